//! Checking a file that was written: record by record against the old one, and by looking for what should be gone.

use std::collections::{HashSet, VecDeque};
use std::io::{self, Read, Write};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};

use super::copy::{Until, copy};
use super::edit::{Edited, edit};
use super::records::{Next, Records};
use crate::examine::{Examiner, LeafRun, Opening, Receiver, Step, Worker};
use crate::finding::{ColumnRow, FindingBatch, LeafFacts, Tokens};
use crate::model::{Id, Object, Result};
use crate::plan::{Kind, OpRows};
use crate::source::Opener;
use crate::unpack::{self, Caps, Meter, Opened};

/// What was checked.
#[derive(Default)]
pub(super) struct Checked {
    pub records: u64,
    pub dropped: u64,
    pub changed: u64,
    /// From which record of the old file on those of the new one are further on than those that went make them.
    moves: VecDeque<(i64, i64)>,
}

impl Checked {
    /// A record of the old file is one of the new file.
    fn moved(&mut self, old: i64, new: u64) {
        let by = i64::try_from(new).unwrap_or(i64::MAX) - (old - i64::try_from(self.dropped).unwrap_or(i64::MAX));
        if self.moves.back().map_or(0, |last| last.1) != by {
            self.moves.push_back((old, by));
        }
    }
}

/// Compares a file with the one that it was made of. The outer error is the plan's, the inner one says what differs.
pub(super) fn verify(
    old_path: &str,
    new_path: &str,
    charset: Option<&str>,
    ops: &dyn Fn() -> Result<OpRows>,
    examiner: &Arc<Examiner>,
) -> Result<std::result::Result<Checked, String>> {
    let (tokens, mut of_old) = (examiner.tokens(), ops()?);
    let (mut old, mut written) =
        match Records::open(old_path, charset, tokens).and_then(|old| old.open_alike(new_path, tokens).map(|new| (old, new))) {
            Ok(both) => both,
            Err(what) => return Ok(Err(what)),
        };
    let mut checked = Checked::default();
    let mut stream = CellStream::default();
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
        checked.records += 1;
        checked.changed += u64::from(expected.is_some());
        let found = if old.regroups() {
            let is_changed = expected.is_some();
            let cells = expected.map_or_else(|| old.cells(), |(_, cells)| cells);
            stream.take(&mut written, &cells).map(|at| {
                if let (true, Some(at)) = (is_changed, at) {
                    checked.moved(ordinal, at);
                }
            })
        } else {
            compare(&old, &mut written, expected.as_ref())
        };
        if let Err(what) = found {
            return Ok(Err(what));
        }
    }
    if !stream.is_empty() || !matches!(next_record(&mut written), Ok(false)) {
        return Ok(Err("there are more records than there should be".to_owned()));
    }
    if old.regroups() || old.charset.is_some() {
        let mut again = ops()?;
        if let Err(what) = same_text(old_path, new_path, charset, &mut |record| again.until(record), tokens)? {
            return Ok(Err(what));
        }
    }
    let moves = std::mem::take(&mut checked.moves);
    Ok(match still_there(old_path, new_path, old.format(), ops()?, moves, examiner)? {
        Some(what) => Err(what.to_owned()),
        None => Ok(checked),
    })
}

/// The decoded cells of a record; of a null none.
type Cells = Vec<Option<Vec<u8>>>;

/// Holds the next record of the new file against one of the old file.
fn compare(old: &Records, written: &mut Records, expected: Option<&(Vec<u8>, Cells)>) -> std::result::Result<(), String> {
    if !next_record(written)? {
        return Err("a record that should be kept is missing".to_owned());
    }
    let same = match expected {
        None => written.bytes() == old.bytes() && written.row().broken == old.row().broken,
        Some((bytes, cells)) => written.bytes() == bytes && (written.lines || alike(&written.cells(), cells)),
    };
    if same { Ok(()) } else { Err(DIFFERS.to_owned()) }
}

const DIFFERS: &str = "a record is not as it should be";

/// The cells of the new file one after the other, where its records may be others.
#[derive(Default)]
struct CellStream {
    waiting: VecDeque<Option<Vec<u8>>>,
    record: u64,
}

impl CellStream {
    /// Holds the cells that come next against those of a record. Gives the record of the new file that the first of them is of.
    fn take(&mut self, written: &mut Records, cells: &[Option<Vec<u8>>]) -> std::result::Result<Option<u64>, String> {
        let mut first = None;
        for cell in cells {
            while self.waiting.is_empty() {
                if !next_record(written)? {
                    return Err("a record that should be kept is missing".to_owned());
                }
                if written.row().broken {
                    return Err("a record cannot be read any more".to_owned());
                }
                self.record = written.row().ordinal;
                self.waiting.extend(written.cells());
            }
            let found = self.waiting.pop_front().expect("one waits");
            if found != *cell {
                return Err(DIFFERS.to_owned());
            }
            first.get_or_insert(self.record);
        }
        Ok(first)
    }

    fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }
}

/// Copies a file again and holds each byte against another one.
pub(super) fn same_text(
    old: &str,
    new: &str,
    charset: Option<&str>,
    until: &mut Until<'_>,
    tokens: &Tokens,
) -> Result<std::result::Result<(), String>> {
    let both = Records::open(old, charset, tokens).and_then(|old| Ok((old, Records::body(new, tokens)?)));
    let (mut old, body) = match both {
        Ok(both) => both,
        Err(what) => return Ok(Err(what)),
    };
    let mut against = Against(body);
    Ok(match copy(&mut old, until, tokens, &mut against)? {
        Ok(()) if against.0.read(&mut [0]).is_ok_and(|read| read == 0) => Ok(()),
        Ok(()) => Err("there is more than there should be".to_owned()),
        Err(what) => Err(what),
    })
}

/// Takes only what a body holds.
struct Against(Box<dyn Read + Send>);

impl Write for Against {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut found = vec![0; bytes.len()];
        self.0.read_exact(&mut found)?;
        if found == bytes { Ok(bytes.len()) } else { Err(io::Error::other("a byte is not as it should be")) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
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
fn still_there(
    old: &str,
    new: &str,
    format: &'static str,
    ops: OpRows,
    moves: VecDeque<(i64, i64)>,
    examiner: &Arc<Examiner>,
) -> Result<Option<&'static str>> {
    // Its name may count for what it is.
    let object = Object::named(old);
    let Ok(raw) = Opener::file(new.into(), false).open() else { return Ok(Some("it cannot be opened")) };
    let opened = unpack::open(object, raw, &Caps::default(), examiner.tokens().content_key(), &Meter::default());
    Ok(watch(opened, format, ops, moves, Box::new(|record| record), examiner)?.1)
}

/// Where a record of the plan stands among those that are looked at, as if none of them had gone.
pub(super) type Place = Box<dyn Fn(i64) -> i64 + Send>;

/// Scans a leaf that was written. Says whether it could be, and what is found that should be gone.
pub(super) fn watch(
    opened: Opened,
    format: &'static str,
    ops: OpRows,
    moves: VecDeque<(i64, i64)>,
    place: Place,
    examiner: &Arc<Examiner>,
) -> Result<(bool, Option<&'static str>)> {
    let found = Arc::new(Mutex::new(None));
    let places = Places { ops, moves, place, dropped: 0, by: 0, next: None, read: false };
    let watch = Watch { format, places, at: None, gone: HashSet::new(), found: Arc::clone(&found) };
    let opening = LeafRun::open(examiner, opened, || Ok(Box::new(watch)))?;
    let is_open = matches!(opening, Opening::Open(_));
    if let Opening::Open(run) = opening {
        let (mut worker, cancel) = (Worker::new(examiner), AtomicBool::new(false));
        while let Step::Worked = run.step(&mut worker, &cancel)? {}
    }
    let found = *found.lock().unwrap_or_else(PoisonError::into_inner);
    Ok((is_open, found))
}

/// Tokens that are kept at once where places do not tell.
const MOST_TOKENS: usize = 100_000;

/// What is gone from a record of the new file.
type Gone = (i64, Vec<(Option<String>, Id)>);

/// The operations that change records, with the records of the new file.
struct Places {
    ops: OpRows,
    /// See [`Checked::moves`].
    moves: VecDeque<(i64, i64)>,
    place: Place,
    /// Records that went before the one at hand.
    dropped: i64,
    by: i64,
    next: Option<Gone>,
    /// Whether the operations were read to their end.
    read: bool,
}

impl Places {
    /// What is gone from the next record of which something is.
    fn peek(&mut self) -> Result<Option<&Gone>> {
        while self.next.is_none() && !self.read {
            let ops = self.ops.next_record()?;
            let Some(old) = ops.first().and_then(|op| op.record) else {
                self.read = true;
                break;
            };
            if ops.iter().any(|op| op.kind == Kind::Record) {
                self.dropped += 1;
                continue;
            }
            while let Some((_, by)) = self.moves.pop_front_if(|(from, _)| *from <= old) {
                self.by = by;
            }
            self.next = Some((
                (self.place)(old) - self.dropped + self.by,
                ops.iter().filter_map(|op| Some((op.column.clone(), op.value_token?))).collect(),
            ));
        }
        Ok(self.next.as_ref())
    }
}

/// Holds the findings of the new file against the operations, both in the order of records.
struct Watch {
    format: &'static str,
    places: Places,
    /// The record of the new file that `gone` is about.
    at: Option<i64>,
    /// Columns and tokens of values that are gone from there. Lines have no columns.
    gone: HashSet<(Option<String>, Id)>,
    found: Arc<Mutex<Option<&'static str>>>,
}

impl Watch {
    /// Goes on to the operations of a record of the new file, or behind it.
    fn go_to(&mut self, record: i64) -> Result<()> {
        while self.places.peek()?.is_some_and(|next| next.0 <= record) {
            let Some((at, gone)) = self.places.next.take() else { break };
            if self.at != Some(at) {
                self.gone.clear();
            }
            self.at = Some(at);
            self.gone.extend(gone);
        }
        Ok(())
    }

    /// Where too little is left to tell the format by, places are others: then what is gone from one may stand nowhere.
    fn read_all(&mut self) -> Result<()> {
        while self.places.peek()?.is_some() {
            let gone = self.places.next.take().map(|(_, gone)| gone);
            if self.gone.len() < MOST_TOKENS {
                self.gone.extend(gone.into_iter().flatten().map(|(_, token)| (None, token)));
            }
        }
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
