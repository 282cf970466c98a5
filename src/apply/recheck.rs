//! Whether what a plan deletes is gone, whoever was to do it.
//!
//! In come a plan, its key, and its files as they are now; out goes a word on each file, and lines of a ledger. Records are found by their
//! key and by their token, never by their place: somebody has written the file anew. What is not told for certain is unclear, and
//! nothing here changes a file.

use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::files;
use super::target::{LeafTargets, Seen, Values};
use crate::examine::{Examiner, LeafRun, Opening, Receiver, Step, Worker};
use crate::finding::{ColumnRow, FindingBatch, LeafFacts};
use crate::ledger::{Entry, Event, Finding, Ledger, State};
use crate::model::{Id, Result, Status};
use crate::plan::{KeyNames, KeyedOp, KeyedOps, Leaves, NowLeaf, OpLeaf, Plan, open_now, short_text, why_not};
use crate::unpack::Caps;

/// Operations that are looked for at once: a file is gone through again for the next ones.
const MOST_OPS: usize = 100_000;
/// Bytes of a file whose records cannot be told any more, up to which its text is looked through.
const SHORT_BYTES: u64 = 64 * 1024;

/// What is looked for, and by whom.
pub struct Looking<'a> {
    /// Folder of the plan.
    pub folder: &'a Path,
    /// The plan.
    pub plan: &'a Plan,
    /// Its digest.
    pub digest: &'a str,
    /// Examines files under the plan's key, and reports all that it finds.
    pub examiner: &'a Arc<Examiner>,
    /// The ledger.
    pub ledger: &'a Path,
    /// Who looks.
    pub operator: &'a str,
    /// Tells the time, RFC 3339 in UTC.
    pub clock: &'a dyn Fn() -> String,
    /// How far files may be decoded.
    pub caps: Caps,
    /// When set, the file at hand is finished and no other begun.
    pub cancel: &'a AtomicBool,
}

/// What was seen of a file.
#[derive(Clone, Debug)]
pub struct FileOutcome {
    /// Its path, with the member.
    pub path: String,
    /// In a word.
    pub finding: Finding,
    /// Operations whose record or value is gone.
    pub verified: u64,
    /// Operations whose record or value is still there.
    pub still_there: u64,
    /// Operations of which that cannot be told.
    pub unclear: u64,
    /// Why it cannot be told of some.
    pub detail: Option<String>,
}

/// Looks at the files of a plan. Returns what was seen of each, and whether it was stopped.
///
/// # Errors
/// As [`Ledger::open`]; `Run` where the plan's tables are not as they were written.
pub fn recheck(looking: &Looking<'_>) -> Result<(Vec<FileOutcome>, bool)> {
    let leaves = Leaves::open(looking.folder)?;
    let by_id: HashMap<Id, &OpLeaf> = leaves.leaves.iter().map(|leaf| (leaf.object_id, leaf)).collect();
    let (mut ledger, entries) = Ledger::open(looking.ledger)?;
    let written = written(&entries, looking.digest);
    let keys = KeyNames::new(looking.plan);
    let mut outcomes: Vec<(Id, FileOutcome)> = Vec::new();
    let mut ops = KeyedOps::open(looking.folder)?.peekable();
    let mut stopped = false;
    loop {
        if looking.cancel.load(Ordering::Relaxed) {
            stopped = true;
            break;
        }
        let mut part: Vec<KeyedOp> = Vec::new();
        while part.len() < MOST_OPS {
            // What lies in one file is looked for together.
            let uri = |op: &KeyedOp| by_id.get(&op.object_id).map(|leaf| &leaf.uri);
            let is_next = |op: &Result<KeyedOp>| match (op, part.first()) {
                (Ok(op), Some(first)) => uri(op) == uri(first),
                _ => true,
            };
            let Some(op) = ops.next_if(is_next) else { break };
            part.push(op?);
        }
        if part.is_empty() {
            break;
        }
        for (id, outcome) in (File { looking, by_id: &by_id, keys: &keys, written: &written }).look(part)? {
            // A leaf with more operations than are looked for at once goes on where it ended.
            match outcomes.last_mut() {
                Some((own, held)) if *own == id => held.add(outcome),
                _ => outcomes.push((id, outcome)),
            }
        }
    }
    for (id, outcome) in &outcomes {
        ledger.append(
            &(looking.clock)(),
            Event::Checked {
                plan: looking.digest.to_owned(),
                object_id: id.to_string(),
                finding: outcome.finding,
                verified: outcome.verified,
                still_there: outcome.still_there,
                unclear: outcome.unclear,
            },
        )?;
    }
    let sum = |count: fn(&FileOutcome) -> u64| outcomes.iter().map(|(_, outcome)| count(outcome)).sum();
    if !stopped {
        ledger.append(
            &(looking.clock)(),
            Event::CheckEnded {
                plan: looking.digest.to_owned(),
                operator: looking.operator.to_owned(),
                tool_version: env!("CARGO_PKG_VERSION").to_owned(),
                files: outcomes.len() as u64,
                verified: sum(|outcome| outcome.verified),
                still_there: sum(|outcome| outcome.still_there),
                unclear: sum(|outcome| outcome.unclear),
            },
        )?;
    }
    Ok((outcomes.into_iter().map(|(_, outcome)| outcome).collect(), stopped))
}

/// What files hold that `apply` wrote and checked, by leaf: keyed digests.
fn written(entries: &[Entry], digest: &str) -> HashMap<String, String> {
    let (mut intended, mut done) = (HashMap::new(), HashMap::new());
    for entry in entries {
        match &entry.event {
            Event::Intended { plan, object_id, post: Some(post), .. } if plan == digest => {
                intended.insert(object_id.clone(), post.clone());
            }
            Event::Done { plan, object_id, state: State::Verified } if plan == digest => {
                if let Some(post) = intended.get(object_id) {
                    done.insert(object_id.clone(), post.clone());
                }
            }
            _ => {}
        }
    }
    done
}

impl FileOutcome {
    fn new(leaf: &OpLeaf) -> Self {
        let path = leaf.member.as_ref().map_or_else(|| leaf.path.clone(), |member| format!("{}!{member}", leaf.path));
        Self { path, finding: Finding::Verified, verified: 0, still_there: 0, unclear: 0, detail: None }
    }

    fn add(&mut self, other: Self) {
        self.finding = self.finding.max(other.finding);
        self.verified += other.verified;
        self.still_there += other.still_there;
        self.unclear += other.unclear;
        self.detail = self.detail.take().or(other.detail);
    }

    fn take(&mut self, seen: Seen) {
        let (count, finding) = match seen {
            Seen::Gone => (&mut self.verified, Finding::Verified),
            Seen::There => (&mut self.still_there, Finding::StillThere),
            Seen::Unclear => (&mut self.unclear, Finding::Unclear),
        };
        *count += 1;
        self.finding = self.finding.max(finding);
    }
}

/// One file.
struct File<'a> {
    looking: &'a Looking<'a>,
    by_id: &'a HashMap<Id, &'a OpLeaf>,
    keys: &'a KeyNames<'a>,
    written: &'a HashMap<String, String>,
}

impl File<'_> {
    /// Looks for operations that are all in one file.
    fn look(&self, ops: Vec<KeyedOp>) -> Result<Vec<(Id, FileOutcome)>> {
        let mut order: Vec<Id> = Vec::new();
        let mut targets: HashMap<Id, LeafTargets> = HashMap::new();
        for op in ops {
            let of_leaf = targets.entry(op.object_id).or_insert_with(|| {
                order.push(op.object_id);
                LeafTargets::new(&op.format, self.by_id.get(&op.object_id).is_some_and(|leaf| leaf.member.is_some()))
            });
            of_leaf.push(op, self.keys);
        }
        let Some(leaf) = order.first().and_then(|id| self.by_id.get(id)) else { return Ok(Vec::new()) };
        let is_gone = is_gone(Path::new(&leaf.uri));
        let mut out = Vec::new();
        let problem = if is_gone { None } else { self.pass_through(leaf, &mut targets)? };
        for id in order {
            let (Some(leaf), Some(of_leaf)) = (self.by_id.get(&id), targets.remove(&id)) else { continue };
            let mut outcome = FileOutcome::new(leaf);
            if is_gone {
                outcome.finding = Finding::Gone;
                outcome.verified = of_leaf.len();
                out.push((id, outcome));
                continue;
            }
            let as_written = of_leaf.content().is_some_and(|token| self.written.get(&id.to_string()) == Some(token));
            for target in of_leaf.targets() {
                outcome.take(target.seen(&of_leaf, &leaf.content_token, as_written, problem.is_some()));
            }
            if outcome.unclear > 0 {
                outcome.detail = problem.clone().or_else(|| of_leaf.problem().map(str::to_owned));
            }
            out.push((id, outcome));
        }
        Ok(out)
    }

    /// Goes through the records of the file, and looks for values in it. Returns why that could not be done.
    fn pass_through(&self, leaf: &OpLeaf, targets: &mut HashMap<Id, LeafTargets>) -> Result<Option<String>> {
        let Looking { examiner, caps, .. } = self.looking;
        let tokens = examiner.tokens();
        let path = Path::new(&leaf.uri);
        let before = match path.metadata() {
            Ok(before) => before,
            Err(error) => return Ok(Some(why_not(&error))),
        };
        for pass in [Pass::Records, Pass::Rest] {
            let file = match open_now(leaf, tokens, caps) {
                Ok(file) => file,
                Err(error) => return Ok(Some(why_not(&error))),
            };
            let whole = file.leaves(tokens, |id, opened| {
                let Some((of_leaf, leaf)) = targets.get_mut(&id).zip(self.by_id.get(&id)) else { return Ok(()) };
                match pass {
                    Pass::Records => {
                        let went = NowLeaf::records(leaf, opened, &mut |record| {
                            of_leaf.meet(record, examiner);
                            Ok(())
                        })?;
                        of_leaf.went(went);
                    }
                    Pass::Rest if of_leaf.is_other() => of_leaf.take_text(short_text(opened, SHORT_BYTES)),
                    Pass::Rest if of_leaf.asks_for_values() => look_for_values(examiner, opened, of_leaf)?,
                    Pass::Rest => {}
                }
                Ok(())
            })?;
            if !whole {
                return Ok(Some("not all of it can be looked into".to_owned()));
            }
        }
        let is_same = path.metadata().is_ok_and(|after| files::is_same(&before, &after));
        Ok((!is_same).then(|| "it changed while it was read".to_owned()))
    }
}

/// Whether a file is not there, in a folder that is: what cannot be reached is not gone.
fn is_gone(path: &Path) -> bool {
    let is_missing = path.symlink_metadata().is_err_and(|error| error.kind() == std::io::ErrorKind::NotFound);
    is_missing && path.parent().is_some_and(Path::is_dir)
}

#[derive(Clone, Copy)]
enum Pass {
    Records,
    Rest,
}

/// Examines a leaf, and tells the targets which values it holds.
fn look_for_values(examiner: &Arc<Examiner>, opened: crate::unpack::Opened, targets: &mut LeafTargets) -> Result<()> {
    let found = Arc::new(Mutex::new(std::mem::take(&mut targets.values)));
    let watch = Watch(Arc::clone(&found));
    let is_whole = match LeafRun::open(examiner, opened, || Ok(Box::new(watch)))? {
        Opening::Closed(coverage) => coverage.status == Status::Scanned,
        Opening::Open(run) => {
            let (mut worker, cancel) = (Worker::new(examiner), AtomicBool::new(false));
            loop {
                match run.step(&mut worker, &cancel)? {
                    Step::Worked => {}
                    Step::Exhausted => break false,
                    Step::Finished(coverage) => break coverage.status == Status::Scanned,
                }
            }
        }
    };
    targets.values = std::mem::take(&mut *found.lock().unwrap_or_else(PoisonError::into_inner));
    if !is_whole {
        targets.went(NowLeaf::Not("not all of it can be examined".to_owned()));
    }
    Ok(())
}

/// Values that are looked for, and where they were found.
struct Watch(Arc<Mutex<Values>>);

impl Receiver for Watch {
    fn findings(&mut self, batch: &FindingBatch<'_>) -> Result<()> {
        let mut values = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for finding in batch.findings {
            if let Some(token) = finding.value_token {
                values.meet(token, finding.record);
            }
        }
        Ok(())
    }

    fn columns(&mut self, _: &LeafFacts, _: &[ColumnRow]) -> Result<()> {
        Ok(())
    }
}
