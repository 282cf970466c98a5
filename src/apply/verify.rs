//! Checking a file that was written: record by record against the old one, and by looking for what should be gone.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};

use super::edit::{Edited, edit};
use super::records::{Next, Records};
use crate::examine::{Examiner, LeafRun, Opening, Receiver, Step, Worker};
use crate::finding::{ColumnRow, FindingBatch, LeafFacts};
use crate::model::{Id, Object, Result};
use crate::plan::OpRows;
use crate::source::Opener;
use crate::unpack::{self, Caps, Meter};

/// What was checked.
#[derive(Default)]
pub(super) struct Checked {
    pub records: u64,
    pub dropped: u64,
    pub changed: u64,
}

/// By record of the new file, the columns and tokens of values that are gone from there. Lines have no columns.
type Targets = HashMap<u64, HashSet<(Option<String>, Id)>>;

/// Compares a file with the one that it was made of. The outer error is the plan's, the inner one says what differs.
pub(super) fn verify(old: &str, new: &str, mut ops: OpRows, examiner: &Arc<Examiner>) -> Result<std::result::Result<Checked, String>> {
    let tokens = examiner.tokens();
    let (mut old, mut written) = match Records::open(old, tokens).and_then(|old| old.open_alike(new, tokens).map(|new| (old, new))) {
        Ok(both) => both,
        Err(what) => return Ok(Err(what)),
    };
    let (mut checked, mut targets) = (Checked::default(), Targets::new());
    loop {
        match next_record(&mut old) {
            Ok(true) => {}
            Ok(false) => break,
            Err(what) => return Ok(Err(what)),
        }
        let ordinal = i64::try_from(old.row().ordinal).unwrap_or(i64::MAX);
        let of_record = ops.until(ordinal)?;
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
                let gone = of_record.iter().filter_map(|op| Some((op.column.clone(), op.value_token?))).collect();
                targets.insert(written.row().ordinal, gone);
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
    if still_there(new, old.format(), targets, examiner)? {
        return Ok(Err("a value that should be gone is still found in its record".to_owned()));
    }
    Ok(Ok(checked))
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

/// Whether a scan of the new file finds a value in a record that it should be gone from.
fn still_there(path: &str, format: &'static str, targets: Targets, examiner: &Arc<Examiner>) -> Result<bool> {
    if targets.values().all(HashSet::is_empty) {
        return Ok(false);
    }
    let object = Object { uri: path.to_owned(), path: path.to_owned(), size: None, modified_us: None, device: None, inode: None };
    let Ok(raw) = Opener::file(path.into(), false).open() else { return Ok(true) };
    let opened = unpack::open(object, raw, &Caps::default(), examiner.tokens().content_key(), &Meter::default());
    let found = Arc::new(Mutex::new(false));
    let watch = Box::new(Watch { format, targets, found: Arc::clone(&found) });
    if let Opening::Open(run) = LeafRun::open(examiner, opened, || Ok(watch))? {
        let (mut worker, cancel) = (Worker::new(examiner), AtomicBool::new(false));
        while let Step::Worked = run.step(&mut worker, &cancel)? {}
    }
    let found = *found.lock().unwrap_or_else(PoisonError::into_inner);
    Ok(found)
}

struct Watch {
    format: &'static str,
    targets: Targets,
    found: Arc<Mutex<bool>>,
}

impl Receiver for Watch {
    fn findings(&mut self, batch: &FindingBatch<'_>) -> Result<()> {
        let is_target = |finding: &crate::finding::Finding| {
            // Where too little is left to tell the format by, places are others: then it may stand nowhere.
            if batch.leaf.format != self.format {
                let mut all = self.targets.values().flatten();
                return finding.value_token.is_some_and(|token| all.any(|(_, gone)| *gone == token));
            }
            let Some((gone, token)) = self.targets.get(&finding.record).zip(finding.value_token) else { return false };
            let column = finding.column.and_then(|column| batch.columns[column as usize].name.as_deref().map(str::to_owned));
            gone.contains(&(column, token))
        };
        if batch.findings.iter().any(is_target) {
            *self.found.lock().unwrap_or_else(PoisonError::into_inner) = true;
        }
        Ok(())
    }

    fn columns(&mut self, _: &LeafFacts, _: &[ColumnRow]) -> Result<()> {
        Ok(())
    }
}
