//! Workers that pull items and help each other with large leaves.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use super::progress::Progress;
use super::summary::{Places, Summary};
use super::{Clock, Run};
use crate::examine::{Examiner, LeafRun, Opening, Receiver, Step, Worker};
use crate::finding::{ColumnRow, Coverage, FindingBatch, LeafFacts, content_token};
use crate::model::{Error, ErrorKind, Object, Result, Status};
use crate::sink::{PartWriter, RunWriter};
use crate::source::Item;
use crate::unpack::{self, Damage, Met, Nest, NestSetting, Unread};

/// What a row says where the program itself failed.
const FAULT: &str = "internal fault while it was examined";

pub(super) struct Belt<'a, I> {
    examiner: Arc<Examiner>,
    writer: Arc<RunWriter>,
    jobs: usize,
    setting: Arc<NestSetting>,
    clock: Clock,
    cancel: &'a AtomicBool,
    progress: Arc<Progress>,
    items: Mutex<I>,
    shared: Mutex<Shared>,
    /// Signalled when a leaf is opened for helpers, and when a worker is done with an item.
    changed: Condvar,
    summary: Arc<Mutex<Summary>>,
}

#[derive(Default)]
struct Shared {
    /// Leaves that others may help with.
    open: Vec<Arc<OpenLeaf>>,
    /// Workers that have an item and could still open a leaf.
    busy: usize,
    exhausted: bool,
    error: Option<Error>,
}

struct OpenLeaf {
    run: LeafRun,
    started_us: i64,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<'a, I: Iterator<Item = Item> + Send> Belt<'a, I> {
    pub(super) fn new(run: &mut Run<'a>, writer: Arc<RunWriter>, items: I) -> Self {
        let setting = NestSetting {
            caps: run.caps.clone(),
            key: *run.examiner.tokens().content_key(),
            total: run.progress.bytes.clone(),
            selection: run.members.take(),
        };
        Self {
            examiner: Arc::clone(&run.examiner),
            writer,
            jobs: run.jobs.max(1),
            setting: Arc::new(setting),
            clock: run.clock,
            cancel: run.cancel,
            progress: Arc::clone(&run.progress),
            items: Mutex::new(items),
            shared: Mutex::default(),
            changed: Condvar::new(),
            summary: Arc::default(),
        }
    }

    pub(super) fn run(self) -> Result<Summary> {
        if self.jobs == 1 {
            self.work();
        } else {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(self.jobs).thread_name(|i| format!("worker-{i}")).build();
            let pool = pool.map_err(|e| Error::new(ErrorKind::Io, format!("worker threads could not be started: {e}")))?;
            pool.scope(|scope| {
                for _ in 0..self.jobs {
                    scope.spawn(|_| self.work());
                }
            });
        }
        if let Some(error) = lock(&self.shared).error.take() {
            return Err(error);
        }
        let mut summary = lock(&self.summary).clone();
        summary.rows = self.progress.findings();
        summary.interrupted = self.cancel.load(Ordering::Relaxed);
        Ok(summary)
    }

    fn work(&self) {
        let mut worker = Worker::new(&self.examiner);
        loop {
            if let Some(item) = self.next_item() {
                let done = self.take(item, &mut worker);
                self.keep_error(done);
                lock(&self.shared).busy -= 1;
                self.changed.notify_all();
            } else if let Some(leaf) = self.leaf_to_help() {
                let done = self.drive(&leaf, &mut worker);
                self.keep_error(done);
            } else {
                return;
            }
        }
    }

    /// The next item, counted as busy; none where there are no more, or the run is to stop.
    fn next_item(&self) -> Option<Item> {
        let mut shared = lock(&self.shared);
        if shared.exhausted || shared.error.is_some() || self.cancel.load(Ordering::Relaxed) {
            return None;
        }
        // Busy before the lock is let go: nobody may think that all is done while an item is on its way.
        shared.busy += 1;
        drop(shared);
        let item = lock(&self.items).next();
        if item.is_none() {
            let mut shared = lock(&self.shared);
            shared.exhausted = true;
            shared.busy -= 1;
            drop(shared);
            self.changed.notify_all();
        }
        item
    }

    /// A leaf with blocks to cut; waits while one may still be opened; none where all is done.
    fn leaf_to_help(&self) -> Option<Arc<OpenLeaf>> {
        let mut shared = lock(&self.shared);
        loop {
            if let Some(leaf) = shared.open.iter().find(|leaf| leaf.run.has_work()) {
                return Some(Arc::clone(leaf));
            }
            if shared.busy == 0 {
                return None;
            }
            shared = self.changed.wait(shared).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn keep_error(&self, done: Result<()>) {
        if let Err(error) = done {
            lock(&self.shared).error.get_or_insert(error);
            self.cancel.store(true, Ordering::Relaxed);
        }
    }

    fn take(&self, item: Item, worker: &mut Worker) -> Result<()> {
        let started_us = (self.clock)();
        let (object, opener) = match item {
            Item::Left { object, status, reason, sampled } => return self.left(object, status, reason, sampled),
            Item::File { object, open } => (object, open),
        };
        let raw = match opener.open() {
            Ok(raw) => raw,
            Err(error) => return self.left(object, Status::Failed, Damage::from_error(&error).to_string(), false),
        };
        let mut nest = Nest::open(object, raw, &self.setting);
        while let Some(met) = self.next_met(&mut nest)? {
            match met {
                Met::Leaf(opened) => self.leaf(*opened, started_us, worker)?,
                Met::Unread(unread) => self.unread(*unread, started_us)?,
            }
        }
        Ok(())
    }

    /// Goes on in an object. A panic costs what is open of it, not the run.
    fn next_met(&self, nest: &mut Nest) -> Result<Option<Met>> {
        if let Ok(met) = catch_unwind(AssertUnwindSafe(|| nest.next_met(self.cancel))) {
            return Ok(met);
        }
        lock(&self.summary).faults += 1;
        for unread in nest.abandon(FAULT) {
            self.unread(unread, (self.clock)())?;
        }
        Ok(None)
    }

    /// Examines one leaf, with the help of others where it is long.
    fn leaf(&self, opened: unpack::Opened, started_us: i64, worker: &mut Worker) -> Result<()> {
        let receiver = || {
            let part = Some(self.writer.findings()?);
            let (writer, summary, progress) = (Arc::clone(&self.writer), Arc::clone(&self.summary), Arc::clone(&self.progress));
            Ok(Box::new(LeafSink { writer, part, summary, progress, places: Places::default() }) as Box<dyn Receiver>)
        };
        let (object, member, parent) = (opened.leaf.object.clone(), opened.leaf.member.clone(), opened.leaf.parent.clone());
        let Ok(opening) = catch_unwind(AssertUnwindSafe(|| LeafRun::open(&self.examiner, opened, receiver))) else {
            let facts = self.examiner.facts(object, member, parent.as_ref(), Vec::new());
            return self.fault(facts);
        };
        match opening? {
            Opening::Closed(coverage) => self.done(*coverage, started_us),
            Opening::Open(run) => {
                let leaf = Arc::new(OpenLeaf { run: *run, started_us });
                if self.step(&leaf, worker)? {
                    lock(&self.shared).open.push(Arc::clone(&leaf));
                    self.changed.notify_all();
                    let driven = self.drive(&leaf, worker);
                    lock(&self.shared).open.retain(|other| !Arc::ptr_eq(other, &leaf));
                    driven?;
                }
                Ok(())
            }
        }
    }

    fn drive(&self, leaf: &Arc<OpenLeaf>, worker: &mut Worker) -> Result<()> {
        while self.step(leaf, worker)? {}
        Ok(())
    }

    /// One step; whether there may be more. A panic costs the leaf, not the run.
    fn step(&self, leaf: &OpenLeaf, worker: &mut Worker) -> Result<bool> {
        match catch_unwind(AssertUnwindSafe(|| leaf.run.step(worker, self.cancel))) {
            Ok(Ok(Step::Worked)) => Ok(true),
            Ok(Ok(Step::Exhausted)) => Ok(false),
            Ok(Ok(Step::Finished(coverage))) => self.done(*coverage, leaf.started_us).map(|()| false),
            Ok(Err(error)) => Err(error),
            Err(_) => {
                *worker = Worker::new(&self.examiner);
                if leaf.run.abandon() { self.fault(leaf.run.facts().clone()).map(|()| false) } else { Ok(false) }
            }
        }
    }

    /// Writes the row of a leaf in which the program itself failed.
    fn fault(&self, facts: LeafFacts) -> Result<()> {
        lock(&self.summary).faults += 1;
        self.done(Coverage::unread(facts, Status::Failed, Some(FAULT.to_owned())), (self.clock)())
    }

    fn unread(&self, unread: Unread, started_us: i64) -> Result<()> {
        let Unread { object, member, parent, codecs, format, token, status, reason } = unread;
        let facts = LeafFacts { format, ..self.examiner.facts(object, member, parent.as_ref(), codecs) };
        let mut coverage = Coverage::unread(facts, status, reason);
        coverage.content_token = token.map(|token| content_token(&token));
        self.done(coverage, started_us)
    }

    fn left(&self, object: Object, status: Status, reason: String, sampled: bool) -> Result<()> {
        let facts = self.examiner.facts(object, None, None, Vec::new());
        self.done(Coverage { sampled, ..Coverage::unread(facts, status, Some(reason)) }, (self.clock)())
    }

    fn done(&self, mut coverage: Coverage, started_us: i64) -> Result<()> {
        coverage.elapsed_us = ((self.clock)() - started_us).max(0);
        self.writer.object(&coverage)?;
        lock(&self.summary).leaf(&coverage);
        self.progress.leaf_done();
        Ok(())
    }
}

/// Takes the findings of one leaf to one part file.
struct LeafSink {
    writer: Arc<RunWriter>,
    part: Option<PartWriter>,
    summary: Arc<Mutex<Summary>>,
    progress: Arc<Progress>,
    places: Places,
}

impl Receiver for LeafSink {
    fn findings(&mut self, batch: &FindingBatch<'_>) -> Result<()> {
        self.places.add(batch);
        let mut counts = vec![0; batch.rules.len()];
        for finding in batch.findings {
            counts[usize::from(finding.rule)] += 1;
        }
        let counted = batch.rules.iter().zip(counts).filter(|(_, n)| *n > 0);
        self.progress.found(counted.map(|(rule, n)| (Arc::clone(&rule.entity), n)));
        self.part.as_mut().expect("it is given back only when dropped").write(batch)
    }

    fn columns(&mut self, leaf: &LeafFacts, rows: &[ColumnRow]) -> Result<()> {
        self.writer.columns(leaf, rows)
    }
}

impl Drop for LeafSink {
    fn drop(&mut self) {
        if let Some(part) = self.part.take() {
            self.writer.give_back(part);
        }
        lock(&self.summary).places(self.places.take());
    }
}
