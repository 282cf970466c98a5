//! Checking a file that was written: record by record against the old one, and by looking for what should be gone.

use std::collections::HashSet;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};

use super::edit::{Edited, edit};
use super::records::{Next, Records};
use crate::examine::{Examiner, LeafRun, Opening, Receiver, Step, Worker};
use crate::finding::{ColumnRow, FindingBatch, LeafFacts};
use crate::model::{Id, Object, Result};
use crate::plan::{Kind, OpRows};
use crate::source::Opener;
use crate::unpack::{self, Caps, Meter};

/// What was checked.
#[derive(Default)]
pub(super) struct Checked {
    pub records: u64,
    pub dropped: u64,
    pub changed: u64,
}

/// Compares a file with the one that it was made of. The outer error is the plan's, the inner one says what differs.
pub(super) fn verify(
    old: &str,
    new: &str,
    ops: &dyn Fn() -> Result<OpRows>,
    examiner: &Arc<Examiner>,
) -> Result<std::result::Result<Checked, String>> {
    let (tokens, mut of_old) = (examiner.tokens(), ops()?);
    let (mut old, mut written) = match Records::open(old, tokens).and_then(|old| old.open_alike(new, tokens).map(|new| (old, new))) {
        Ok(both) => both,
        Err(what) => return Ok(Err(what)),
    };
    let mut checked = Checked::default();
    loop {
        match next_record(&mut old) {
            Ok(true) => {}
            Ok(false) => break,
            Err(what) => return Ok(Err(what)),
        }
        let ordinal = i64::try_from(old.row().ordinal).unwrap_or(i64::MAX);
        let of_record = of_old.until(ordinal)?;
        let edited = if of_record.is_empty() { None } else { Some(edit(&old, &of_record, tokens)) };
        let expected = match edited {
            Some(Err(what)) => return Ok(Err(what.to_owned())),
            Some(Ok(Edited::Dropped)) => {
                checked.dropped += 1;
                continue;
            }
            Some(Ok(Edited::Changed { bytes, cells })) => Some((bytes, cells)),
            None => None,
        };
        match next_record(&mut written) {
            Ok(true) => {}
            Ok(false) => return Ok(Err("a record that should be kept is missing".to_owned())),
            Err(what) => return Ok(Err(what)),
        }
        checked.records += 1;
        let same = match expected {
            None => written.bytes() == old.bytes() && written.row().broken == old.row().broken,
            Some((bytes, cells)) => {
                checked.changed += 1;
                written.bytes() == bytes && (written.lines || alike(&written.cells(), &cells))
            }
        };
        if !same {
            return Ok(Err("a record is not as it should be".to_owned()));
        }
    }
    if !matches!(next_record(&mut written), Ok(false)) {
        return Ok(Err("there are more records than there should be".to_owned()));
    }
    Ok(match still_there(new, old.format(), ops()?, examiner)? {
        Some(what) => Err(what.to_owned()),
        None => Ok(checked),
    })
}

/// Goes on to the next record; false at the end.
fn next_record(records: &mut Records) -> std::result::Result<bool, String> {
    loop {
        match records.go_on()? {
            Next::Record => return Ok(true),
            Next::End => return Ok(false),
            Next::Block | Next::BlockEnd => {}
        }
    }
}

/// Whether cells are the same; delimited text does not tell an empty cell from none.
fn alike(a: &[Option<Vec<u8>>], b: &[Option<Vec<u8>>]) -> bool {
    let bare = |cell: &Option<Vec<u8>>| cell.clone().filter(|text| !text.is_empty());
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| bare(a) == bare(b))
}

/// What a scan of the new file finds that should be gone; none: nothing.
fn still_there(path: &str, format: &'static str, ops: OpRows, examiner: &Arc<Examiner>) -> Result<Option<&'static str>> {
    let object = Object::named(path);
    let Ok(raw) = Opener::file(path.into(), false).open() else { return Ok(Some("it cannot be opened")) };
    let opened = unpack::open(object, raw, &Caps::default(), examiner.tokens().content_key(), &Meter::default());
    let found = Arc::new(Mutex::new(None));
    let watch = Watch { format, ops, dropped: 0, at: None, gone: HashSet::new(), read: false, found: Arc::clone(&found) };
    if let Opening::Open(run) = LeafRun::open(examiner, opened, || Ok(Box::new(watch)))? {
        let (mut worker, cancel) = (Worker::new(examiner), AtomicBool::new(false));
        while let Step::Worked = run.step(&mut worker, &cancel)? {}
    }
    let found = *found.lock().unwrap_or_else(PoisonError::into_inner);
    Ok(found)
}

/// Tokens that are kept at once where places do not tell.
const MOST_TOKENS: usize = 100_000;

/// Holds the findings of the new file against the operations, both in the order of records.
struct Watch {
    format: &'static str,
    ops: OpRows,
    /// Records that went before the one at hand.
    dropped: i64,
    /// The record of the new file that `gone` is about.
    at: Option<i64>,
    /// Columns and tokens of values that are gone from there. Lines have no columns.
    gone: HashSet<(Option<String>, Id)>,
    /// Whether the operations were read to their end.
    read: bool,
    found: Arc<Mutex<Option<&'static str>>>,
}

impl Watch {
    /// Goes on to the operations of a record of the new file, or behind it.
    fn go_to(&mut self, record: i64) -> Result<()> {
        while !self.read && self.at.is_none_or(|at| at < record) {
            let ops = self.ops.next_record()?;
            let Some(first) = ops.first() else {
                (self.read, self.at) = (true, None);
                break;
            };
            if ops.iter().any(|op| op.kind == Kind::Record) {
                self.dropped += 1;
                continue;
            }
            self.at = first.record.map(|old| old - self.dropped);
            self.gone = ops.iter().filter_map(|op| Some((op.column.clone(), op.value_token?))).collect();
        }
        Ok(())
    }

    /// Where too little is left to tell the format by, places are others: then what is gone from one may stand nowhere.
    fn read_all(&mut self) -> Result<()> {
        let mut all = HashSet::new();
        while !self.read {
            let ops = self.ops.next_record()?;
            self.read = ops.is_empty();
            if !ops.iter().any(|op| op.kind == Kind::Record) && all.len() < MOST_TOKENS {
                all.extend(ops.iter().filter_map(|op| Some((None, op.value_token?))));
            }
        }
        self.gone.extend(all);
        Ok(())
    }
}

impl Receiver for Watch {
    fn findings(&mut self, batch: &FindingBatch<'_>) -> Result<()> {
        let is_alike = batch.leaf.format == self.format;
        if !is_alike {
            self.read_all()?;
        }
        for finding in batch.findings {
            let record = i64::try_from(finding.record).unwrap_or(i64::MAX);
            let Some(token) = finding.value_token else { continue };
            if is_alike {
                self.go_to(record)?;
                if self.at != Some(record) {
                    continue;
                }
            }
            let column =
                finding.column.filter(|_| is_alike).and_then(|column| batch.columns[column as usize].name.as_deref().map(str::to_owned));
            if self.gone.contains(&(column, token)) {
                *self.found.lock().unwrap_or_else(PoisonError::into_inner) =
                    Some("a value that should be gone is still found in its record");
            } else if !is_alike && self.gone.len() >= MOST_TOKENS {
                *self.found.lock().unwrap_or_else(PoisonError::into_inner) = Some("it reads as another format now");
            }
        }
        Ok(())
    }

    fn columns(&mut self, _: &LeafFacts, _: &[ColumnRow]) -> Result<()> {
        Ok(())
    }
}
