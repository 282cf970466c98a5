//! One leaf from its first byte to its row in `objects`, with any number of workers helping.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use super::Examiner;
use super::block::{BlockResult, Flaw, OfLeaf, Worker};
use super::columns::asks;
use super::governed::Governor;
use super::sample::{Reached, Sample};
use super::settle::{Settle, Settled};
use crate::finding::{ColumnRow, Coverage, DialectFacts, Finding, FindingBatch, GovernedLeaf, LeafFacts, content_token};
use crate::model::{Result, Status};
use crate::read::{self, Dialect, Kind, Piece, Reader, Records, Supply, Supplying};
use crate::settings::InForce;
use crate::unpack::{self, Damage, Tap};

/// Takes what a leaf gives, in order.
pub trait Receiver: Send {
    /// Takes findings.
    ///
    /// # Errors
    /// `Io` where they cannot be written; the run ends.
    fn findings(&mut self, batch: &FindingBatch<'_>) -> Result<()>;

    /// Takes the rows of the leaf's columns, once, at its end.
    ///
    /// # Errors
    /// As [`Receiver::findings`].
    fn columns(&mut self, leaf: &LeafFacts, rows: &[ColumnRow]) -> Result<()>;
}

/// What opening a leaf led to.
pub enum Opening {
    /// Nothing to examine: its row is complete.
    Closed(Box<Coverage>),
    /// It is to be examined by calling [`LeafRun::step`].
    Open(Box<LeafRun>),
}

/// What a step did.
pub enum Step {
    /// A block was examined; there may be more.
    Worked,
    /// Nothing is left to cut; others may still be examining.
    Exhausted,
    /// This step completed the leaf.
    Finished(Box<Coverage>),
}

/// Results that may wait for an earlier block.
const WAITING: usize = 4;

/// A leaf that is being examined.
pub struct LeafRun {
    facts: LeafFacts,
    reader: Box<dyn Reader>,
    charset: Option<String>,
    stream: Mutex<Stream>,
    ordered: Mutex<Ordered>,
    room: Condvar,
    /// By rule: see [`Settle::full`]. Blocks that are cut after it is set come after all rows that are kept.
    full: Mutex<Vec<bool>>,
    force: Arc<InForce>,
    governor: Option<Arc<Governor>>,
    sample: Option<Sample>,
    abandoned: AtomicBool,
}

struct Stream {
    blocks: Box<dyn Supply>,
    tap: Tap,
    cut: u64,
    ended: bool,
    interrupted: bool,
    /// How far the leaf was read, where a sample ended it.
    sampled: Option<Reached>,
    spare: Vec<Vec<u8>>,
}

struct Ordered {
    next: u64,
    total: Option<u64>,
    waiting: BTreeMap<u64, BlockResult>,
    /// Memory for findings that is used again.
    spare: Vec<Vec<Finding>>,
    settle: Option<Settle>,
    receiver: Option<Box<dyn Receiver>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl LeafRun {
    /// Looks at the first bytes of a leaf. `receiver` is asked for only where there is something to examine.
    ///
    /// # Errors
    /// What `receiver` returns.
    pub fn open(examiner: &Arc<Examiner>, opened: unpack::Opened, receiver: impl FnOnce() -> Result<Box<dyn Receiver>>) -> Result<Opening> {
        let unpack::Opened { leaf, tap, spool } = opened;
        let path = leaf.member.as_ref().map_or(&leaf.object.path, |member| &member.path).clone();
        let mut opened = read::open(leaf.body, &path, examiner.settings.encoding);
        opened.text.seek_in(leaf.random, spool);
        let mut facts = examiner.facts(leaf.object, leaf.member, leaf.parent.as_ref(), leaf.codecs);
        match opened.kind {
            Kind::Readable(reader) => {
                facts.format = reader.format();
                facts.subject_role = reader.subject_role();
                let force = examiner.in_force(&facts.object.path, facts.member.as_deref());
                let settle = Settle::new(examiner, reader.records(), Arc::clone(&force));
                let detector = Arc::clone(&examiner.detector);
                let policy = examiner.settings.policy.as_ref();
                let governor = policy.and_then(|policy| Governor::of(policy, &facts, leaf_partitions(&facts))).map(Arc::new);
                let named = governor.clone();
                let asks = move |column: &_| asks(&detector, column) || named.as_ref().is_some_and(|governor| governor.asks(column));
                let how = Supplying { sizes: examiner.settings.sizes, asks: Arc::new(asks), whole: false };
                let blocks = reader.supply(opened.text, &how);
                Ok(Opening::Open(Box::new(Self {
                    facts,
                    reader,
                    charset: opened.charset,
                    stream: Mutex::new(Stream { blocks, tap, cut: 0, ended: false, interrupted: false, sampled: None, spare: Vec::new() }),
                    full: Mutex::new(settle.full()),
                    force,
                    governor,
                    sample: examiner.settings.sample,
                    ordered: Mutex::new(Ordered {
                        next: 0,
                        total: None,
                        waiting: BTreeMap::new(),
                        spare: Vec::new(),
                        settle: Some(settle),
                        receiver: Some(receiver()?),
                    }),
                    room: Condvar::new(),
                    abandoned: AtomicBool::new(false),
                })))
            }
            Kind::Empty | Kind::Unsupported { .. } => {
                let mut coverage = Coverage::unread(facts, Status::Scanned, None);
                coverage.charset = opened.charset;
                if let Kind::Unsupported { format, reason } = opened.kind {
                    coverage.leaf.format = format;
                    (coverage.status, coverage.reason) = (Status::Unsupported, Some(reason.to_owned()));
                } else {
                    coverage.content_token = tap.finish().map(|token| content_token(&token));
                }
                if let Some((failure, delivered)) = opened.text.take_failure() {
                    let damage = Damage::from_error(&failure);
                    (coverage.status, coverage.reason) = (damage.status(delivered), Some(damage.to_string()));
                }
                Ok(Opening::Closed(Box::new(coverage)))
            }
        }
    }

    /// Cuts a block, examines it, and puts its result in order.
    ///
    /// # Errors
    /// `Io` where findings cannot be written.
    pub fn step(&self, worker: &mut Worker, cancel: &AtomicBool) -> Result<Step> {
        let guard = Abandon(self);
        self.wait_for_room();
        let Some(piece) = self.cut(cancel) else {
            let step = self.settle_end();
            std::mem::forget(guard);
            return step;
        };
        let block = match piece {
            Piece::Block(block) => block,
            Piece::Records(records) => worker.render(records),
        };
        let full = lock(&self.full).clone();
        let spare = lock(&self.ordered).spare.pop().unwrap_or_default();
        let of = OfLeaf { leaf: &self.facts, reader: &*self.reader, force: &self.force, governor: self.governor.as_deref(), full: &full };
        let result = worker.examine(&of, &block, spare);
        let ordinal = block.ordinal;
        {
            let mut stream = lock(&self.stream);
            if stream.spare.len() < WAITING {
                stream.spare.push(block.bytes);
            }
        }
        let step = self.put(ordinal, result);
        std::mem::forget(guard);
        step
    }

    /// Says which leaf it is.
    #[must_use]
    pub fn facts(&self) -> &LeafFacts {
        &self.facts
    }

    /// Whether [`LeafRun::step`] would find something to cut.
    #[must_use]
    pub fn has_work(&self) -> bool {
        !lock(&self.stream).ended
    }

    /// Gives the leaf up after a panic; true for the first caller, who writes its row.
    pub fn abandon(&self) -> bool {
        lock(&self.stream).ended = true;
        let mut ordered = lock(&self.ordered);
        ordered.waiting.clear();
        ordered.settle = None;
        ordered.total = None;
        let first = ordered.receiver.take().is_some();
        drop(ordered);
        self.room.notify_all();
        first
    }

    fn wait_for_room(&self) {
        let mut ordered = lock(&self.ordered);
        while ordered.waiting.len() >= WAITING && !self.abandoned.load(Ordering::Relaxed) {
            ordered = self.room.wait(ordered).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn cut(&self, cancel: &AtomicBool) -> Option<Piece> {
        let mut stream = lock(&self.stream);
        if stream.ended {
            return None;
        }
        for bytes in std::mem::take(&mut stream.spare) {
            stream.blocks.recycle(bytes);
        }
        stream.interrupted |= cancel.load(Ordering::Relaxed);
        let piece = if stream.interrupted { None } else { self.next_piece(&mut stream) };
        stream.cut += u64::from(piece.is_some());
        if piece.is_none() || stream.sampled.is_some() {
            stream.ended = true;
            lock(&self.ordered).total = Some(stream.cut);
        }
        piece
    }

    /// The next piece, as far as the sample goes.
    fn next_piece(&self, stream: &mut Stream) -> Option<Piece> {
        let Some(sample) = self.sample else { return stream.blocks.next_piece() };
        let reached = |blocks: &dyn Supply| Reached { records: blocks.records(), bytes: blocks.bytes_cut() };
        let before = reached(&*stream.blocks);
        let mut piece = stream.blocks.next_piece()?;
        if sample.is_met(before) {
            stream.sampled = Some(before);
            return None;
        }
        if sample.is_met(reached(&*stream.blocks)) {
            stream.sampled = match &mut piece {
                Piece::Block(block) => sample.trim(&*self.reader, block),
                Piece::Records(records) => sample.keep(&mut **records, before, reached(&*stream.blocks)),
            };
        }
        Some(piece)
    }

    fn put(&self, ordinal: u64, result: BlockResult) -> Result<Step> {
        let mut ordered = lock(&self.ordered);
        ordered.waiting.insert(ordinal, result);
        let inner = &mut *ordered;
        while let Some(result) = inner.waiting.remove(&inner.next) {
            inner.next += 1;
            if let (Some(settle), Some(receiver)) = (&mut inner.settle, &mut inner.receiver) {
                let spare = settle.push(&self.facts, result, &mut **receiver)?;
                if inner.spare.len() < WAITING && spare.capacity() > 0 {
                    inner.spare.push(spare);
                }
                *lock(&self.full) = settle.full();
            }
        }
        self.room.notify_all();
        drop(ordered);
        Ok(self.finish_if_last()?.map_or(Step::Worked, Step::Finished))
    }

    fn settle_end(&self) -> Result<Step> {
        Ok(self.finish_if_last()?.map_or(Step::Exhausted, Step::Finished))
    }

    /// Completes the leaf where every block that was cut is settled; only one caller gets the coverage.
    fn finish_if_last(&self) -> Result<Option<Box<Coverage>>> {
        let mut ordered = lock(&self.ordered);
        if ordered.total != Some(ordered.next) {
            return Ok(None);
        }
        let (Some(settle), Some(mut receiver)) = (ordered.settle.take(), ordered.receiver.take()) else { return Ok(None) };
        drop(ordered);
        let mut stream = lock(&self.stream);
        let records = stream.sampled.map_or_else(|| stream.blocks.records(), |reached| reached.records);
        let has_cells = self.reader.records() == Records::Rows;
        let settled = settle.finish(&self.facts, has_cells.then_some(records), &mut *receiver)?;
        Ok(Some(Box::new(self.coverage(&mut stream, settled, records))))
    }

    fn coverage(&self, stream: &mut Stream, settled: Settled, records: u64) -> Coverage {
        let mut coverage = Coverage::unread(self.facts.clone(), Status::Scanned, None);
        let failure = stream.blocks.take_failure();
        let bytes = stream.sampled.map_or_else(|| stream.blocks.bytes_cut(), |reached| reached.bytes);
        let torn = stream.blocks.torn_records();
        let partial = |reason: String| (Status::Partial, Some(reason));
        (coverage.status, coverage.reason) = match failure {
            _ if stream.interrupted => partial("interrupted".to_owned()),
            Some(error) => {
                let damage = Damage::from_error(&error);
                (damage.status(bytes > 0), Some(damage.to_string()))
            }
            None if torn > 0 && self.reader.records() == Records::Rows => partial(format!("{torn} {}", self.reader.torn())),
            None => match (settled.flaw, stream.blocks.malformed()) {
                (_, Some(at)) => {
                    let charset = self.charset.as_deref().unwrap_or_default();
                    partial(format!("not {charset} from byte {at} on: what is no character was examined as U+FFFD"))
                }
                (Some(flaw), None) => partial(flaw.to_string()),
                (None, None) => {
                    let note = || self.reader.note().map(str::to_owned);
                    (Status::Scanned, binary(stream.blocks.binary_values()).or_else(note))
                }
            },
        };
        if let Some(reached) = stream.sampled {
            coverage.sampled = coverage.status == Status::Scanned;
            let before = coverage.reason.take().map_or(String::new(), |reason| format!("{reason}; "));
            (coverage.status, coverage.reason) = partial(before + &Sample::reason(reached));
        }
        let all_read = !stream.interrupted && stream.sampled.is_none();
        coverage.content_token = stream.tap.finish().filter(|_| all_read).map(|token| content_token(&token));
        coverage.charset = if matches!(settled.flaw, Some(Flaw::Byte(_))) { None } else { self.charset.clone() };
        coverage.dialect = self.reader.dialect().map(dialect_facts);
        coverage.records = i64::try_from(records).ok();
        coverage.bytes_read = i64::try_from(bytes).unwrap_or(i64::MAX);
        if let Some(governor) = &self.governor {
            coverage.governed = governor.leaf(settled.times, coverage.records);
        }
        coverage.entities = settled.entities;
        coverage.suppressed = settled.suppressed;
        coverage.best = settled.best;
        coverage
    }
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let missed = "values spelt with other characters than ASCII may be missed";
        match self {
            Self::Byte(at) => write!(f, "not UTF-8 from byte {at} on: {missed}"),
            Self::Text(record) => write!(f, "a text of record {record} is not UTF-8: in such texts {missed}"),
            Self::LongCells(record) => {
                let too_much = "more than 1 MiB of JSON, or records of its batch more than 256 MiB";
                write!(f, "cells of record {record} hold {too_much}: such cells were examined as text, without their keys")
            }
        }
    }
}

/// What is said of a leaf of which all was examined but values that are no text, such as pictures in a column.
fn binary(values: u64) -> Option<String> {
    (values > 0).then(|| format!("{values} values are bytes and no text: nothing was looked for in them"))
}

/// Wakes the others where a worker panics, so that the run ends instead of waiting for a block that never comes.
struct Abandon<'a>(&'a LeafRun);

impl Drop for Abandon<'_> {
    fn drop(&mut self) {
        self.0.abandoned.store(true, Ordering::Relaxed);
        self.0.room.notify_all();
    }
}

impl Coverage {
    /// Makes the row of a leaf of which nothing was examined.
    #[must_use]
    pub fn unread(leaf: LeafFacts, status: Status, reason: Option<String>) -> Self {
        Self {
            partitions: leaf_partitions(&leaf),
            leaf,
            content_token: None,
            charset: None,
            dialect: None,
            records: None,
            bytes_read: 0,
            governed: GovernedLeaf::default(),
            entities: BTreeMap::new(),
            suppressed: BTreeMap::new(),
            best: None,
            sampled: false,
            status,
            reason,
            elapsed_us: 0,
        }
    }
}

/// The `key=value` folders on the way to a leaf, also inside containers.
fn leaf_partitions(leaf: &LeafFacts) -> Vec<(String, String)> {
    let inner = leaf.member.iter().flat_map(|member| member.split('!')).flat_map(partitions);
    partitions(&leaf.object.path).into_iter().chain(inner).collect()
}

/// The `key=value` folders on a path, outermost first.
#[must_use]
pub fn partitions(path: &str) -> Vec<(String, String)> {
    let mut folders: Vec<&str> = path.split('/').collect();
    folders.pop();
    let pairs = folders.iter().filter_map(|folder| folder.split_once('='));
    pairs.filter(|(key, value)| !key.is_empty() && !value.is_empty()).map(|(k, v)| (k.to_owned(), v.to_owned())).collect()
}

fn dialect_facts(dialect: &Dialect) -> DialectFacts {
    let text = |byte: u8| char::from(byte).to_string();
    DialectFacts {
        delimiter: text(dialect.delimiter),
        quote: text(dialect.quote),
        escape: dialect.escape.map(text),
        newline: if dialect.crlf { "\r\n" } else { "\n" },
        header: dialect.header,
    }
}
