//! What an earlier run had found: which findings are new, and what became of those that are gone.

use std::collections::HashMap;

use super::gather::short;
use super::words::Words;
use crate::model::{Error, ErrorKind, Id, Result};
use crate::run_folder::{Rows, RunFolder, columns, unreadable};

/// Different findings of an earlier run that are held.
const MOST: usize = 16_000_000;

/// What this run did with a file of the earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum File {
    /// It was read in full.
    Read,
    /// It was not, so that nobody knows.
    NotRead,
    /// It is not in this run.
    Absent,
}

/// Findings of an entity that are no longer found, by what this run did with their files.
#[derive(Clone, Copy, Default)]
pub(super) struct Gone {
    pub before: u64,
    pub read: u64,
    pub not_read: u64,
    pub absent: u64,
}

struct Seen {
    count: u32,
    entity: u32,
    file: File,
}

/// The findings of an earlier run that were not met yet.
pub(super) struct Before {
    seen: HashMap<u64, Seen>,
    entities: Words,
    counts: Vec<u64>,
    pub total: u64,
}

impl Before {
    /// Reads the ids of an earlier run. `files`: whether a leaf of this run was read in full.
    ///
    /// # Errors
    /// `Usage` where both runs do not have one key, so that nothing compares, or where the earlier one is too large; `Run` where it cannot be read.
    pub(super) fn read(earlier: &RunFolder, run: &RunFolder, files: &HashMap<Id, bool>) -> Result<Self> {
        if earlier.facts.key_id != run.facts.key_id {
            let error = Error::new(ErrorKind::Usage, "the runs were made under two keys: their findings cannot be told to be the same");
            return Err(error.hint("scan both with one key: --key-file, or DATATRAWL_KEY"));
        }
        let mut out = Self { seen: HashMap::new(), entities: Words::default(), counts: Vec::new(), total: 0 };
        for path in &earlier.parts {
            for batch in columns(path, &["finding_id", "object_id", "entity"], None)? {
                let batch = batch.map_err(|error| unreadable(path, &error))?;
                let rows = Rows { path, batch: &batch };
                let (ids, leaves, entities) = (rows.texts("finding_id")?, rows.texts("object_id")?, rows.texts("entity")?);
                for row in 0..batch.num_rows() {
                    let file = match leaves.value(row).parse::<Id>().ok().and_then(|leaf| files.get(&leaf)) {
                        Some(true) => File::Read,
                        Some(false) => File::NotRead,
                        None => File::Absent,
                    };
                    out.add(short(ids.value(row)), entities.value(row), file);
                }
                if out.seen.len() > MOST {
                    let what = format!("the earlier run has more than {MOST} different findings, which is more than can be compared");
                    return Err(Error::new(ErrorKind::Usage, what));
                }
            }
        }
        Ok(out)
    }

    fn add(&mut self, id: u64, entity: &str, file: File) {
        let entity = self.entities.number(entity);
        self.counts.resize(self.entities.len(), 0);
        self.counts[entity as usize] += 1;
        self.total += 1;
        self.seen.entry(id).or_insert(Seen { count: 0, entity, file }).count += 1;
    }

    /// Whether a finding was not in the earlier run. Ids are not unique: one that stood there twice is new the third time.
    pub(super) fn is_new(&mut self, id: Id) -> bool {
        let id = u64::from_be_bytes(id.bytes()[..8].try_into().expect("an id has 16 bytes"));
        let Some(seen) = self.seen.get_mut(&id).filter(|seen| seen.count > 0) else { return true };
        seen.count -= 1;
        false
    }

    /// What was not met, by entity.
    pub(super) fn gone(&self) -> Vec<(String, Gone)> {
        let mut out: Vec<(String, Gone)> = (0..self.entities.len())
            .map(|at| {
                let name = self.entities.text(u32::try_from(at).expect("entities are few")).to_owned();
                (name, Gone { before: self.counts[at], ..Gone::default() })
            })
            .collect();
        for seen in self.seen.values() {
            let gone = &mut out[seen.entity as usize].1;
            let count = match seen.file {
                File::Read => &mut gone.read,
                File::NotRead => &mut gone.not_read,
                File::Absent => &mut gone.absent,
            };
            *count += u64::from(seen.count);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_ids_are_met_one_by_one_and_what_is_left_is_told_by_its_file() {
        let id = |n: u8| Id::new([n; 16]);
        let mut before = Before { seen: HashMap::new(), entities: Words::default(), counts: Vec::new(), total: 0 };
        for (n, entity, file) in [
            (1, "email", File::Read),
            (1, "email", File::Read),
            (2, "email", File::NotRead),
            (3, "phone", File::Absent),
            (4, "phone", File::Read),
        ] {
            before.add(short(&id(n).to_string()), entity, file);
        }
        assert_eq!([1, 1, 1, 3, 9].map(|n| before.is_new(id(n))), [false, false, true, false, true]);
        let told = |gone: &Gone| (gone.before, gone.read, gone.not_read, gone.absent);
        let gone = before.gone();
        assert_eq!(
            gone.iter().map(|(name, gone)| (name.as_str(), told(gone))).collect::<Vec<_>>(),
            [("email", (3, 0, 1, 0)), ("phone", (2, 1, 0, 0))]
        );
    }
}
