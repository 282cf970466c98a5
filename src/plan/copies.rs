//! Which copies of a record are its newest, where files are copies of a table: what only an older one is due for is not due in the table.
//!
//! Each record is noted with a keyed token of its key and its time, in a file without a name; memory grows with operations alone.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{BufReader, BufWriter, Read as _, Seek as _, Write as _};
use std::path::Path;

use jiff::Timestamp;

use super::keyed::{KeyedOp, KeyedOps, key_digest};
use crate::finding::Tokens;
use crate::model::{Error, Id, Normalisation, Result};
use crate::policy::Policy;

/// Bytes of a note: a token and a time.
const NOTE_BYTES: usize = 24;

/// Records of datasets that are copies of a table.
pub(super) struct Copies {
    file: BufWriter<File>,
    notes: u64,
}

/// The newest copies of a record.
#[derive(Clone, Copy)]
struct Newest {
    time: i64,
    copies: u32,
}

/// Newest copies that an operation is about.
#[derive(Default)]
struct Met {
    copies: u32,
    last: Option<(Id, i64)>,
}

fn failed(error: &std::io::Error) -> Error {
    Error::io("notes on the records of the plan", error)
}

/// Whether copies of its records are noted.
fn is_copy(policy: &Policy, dataset: usize) -> bool {
    let dataset = &policy.datasets[dataset];
    dataset.origin.is_some() && !dataset.key.is_empty()
}

/// A record of unknown age may be the newest.
fn time(time: Option<Timestamp>) -> i64 {
    time.map_or(i64::MAX, Timestamp::as_microsecond)
}

fn token(tokens: &Tokens, dataset: &str, key: &[(String, String)]) -> Id {
    let digest = key_digest(dataset, key.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    tokens.value("key", Normalisation::Exact, digest.bytes(), &mut Vec::new())
}

impl Copies {
    pub(super) fn create(folder: &Path) -> Result<Self> {
        let file = tempfile::tempfile_in(folder).map_err(|error| failed(&error))?;
        Ok(Self { file: BufWriter::new(file), notes: 0 })
    }

    /// Notes a record; its key is asked for where it counts.
    pub(super) fn see(
        &mut self,
        policy: &Policy,
        tokens: &Tokens,
        dataset: usize,
        key: impl FnOnce() -> Vec<(String, String)>,
        moment: Option<Timestamp>,
    ) -> Result<()> {
        if !is_copy(policy, dataset) {
            return Ok(());
        }
        let token = token(tokens, &policy.datasets[dataset].id, &key());
        let written = self.file.write_all(token.bytes()).and_then(|()| self.file.write_all(&time(moment).to_le_bytes()));
        self.notes += 1;
        written.map_err(|error| failed(&error))
    }

    /// Gives operations, one for each rule, column and record, that are not about all newest copies of their record. `folder` holds the table of
    /// operations, which is complete.
    pub(super) fn outdated(
        self,
        policy: &Policy,
        tokens: &Tokens,
        folder: &Path,
        mut each: impl FnMut(&KeyedOp) -> Result<()>,
    ) -> Result<()> {
        if self.notes == 0 {
            return Ok(());
        }
        let index: HashMap<&str, usize> = policy.datasets.iter().enumerate().map(|(index, dataset)| (dataset.id.as_str(), index)).collect();
        let counts = |op: &KeyedOp| index.get(op.dataset.as_str()).is_some_and(|dataset| is_copy(policy, *dataset)) && op.record.is_some();
        let ops = || -> Result<_> { Ok(KeyedOps::open(folder)?.filter(move |op| op.as_ref().is_ok_and(counts) || op.is_err())) };
        let mut newest: HashMap<Id, Newest> = HashMap::new();
        for op in ops()? {
            let op = op?;
            newest.insert(token(tokens, &op.dataset, &op.key), Newest { time: i64::MIN, copies: 0 });
        }
        self.read(|token, time| {
            if let Some(held) = newest.get_mut(&token) {
                if time > held.time {
                    *held = Newest { time, copies: 0 };
                }
                held.copies += u32::from(time == held.time);
            }
        })?;
        // How many of the newest copies each rule acts on, by column.
        let place = |op: &KeyedOp| {
            let column = op.column.as_deref().unwrap_or_default();
            key_digest(op.kind.name(), [(op.rule.as_str(), column), (op.action.name(), op.pointer.as_deref().unwrap_or_default())])
        };
        let mut met: HashMap<(Id, Id), Met> = HashMap::new();
        for op in ops()? {
            let op = op?;
            let token = token(tokens, &op.dataset, &op.key);
            let record = op.record.map(|record| (op.object_id, record));
            let met = met.entry((token, place(&op))).or_default();
            // Of a record that has several values in a column it counts once.
            if met.last != record && op.record_time.unwrap_or(i64::MAX) == newest[&token].time {
                met.copies += 1;
                met.last = record;
            }
        }
        let mut told = HashSet::new();
        for op in ops()? {
            let op = op?;
            let token = token(tokens, &op.dataset, &op.key);
            let is_short = met[&(token, place(&op))].copies < newest[&token].copies;
            if is_short && told.insert((token, place(&op))) {
                each(&op)?;
            }
        }
        Ok(())
    }

    fn read(self, mut each: impl FnMut(Id, i64)) -> Result<()> {
        let mut file = self.file.into_inner().map_err(|error| failed(error.error()))?;
        file.rewind().map_err(|error| failed(&error))?;
        let mut reader = BufReader::new(file);
        for _ in 0..self.notes {
            let mut note = [0; NOTE_BYTES];
            reader.read_exact(&mut note).map_err(|error| failed(&error))?;
            let (token, time) = note.split_at(16);
            each(Id::new(token.try_into().expect("16 bytes")), i64::from_le_bytes(time.try_into().expect("8 bytes")));
        }
        Ok(())
    }
}
