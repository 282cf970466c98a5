//! Findings out: batches and coverage come in, the Parquet files of a run folder go out.
//!
//! FINDINGS.md says what the files hold. They are written in place; a run counts once its `scan.json`, which is not
//! written here, stands beside them. Nothing here reads a source or knows a value.

mod columns;
mod findings;
mod gather;
mod objects;
mod pages;
mod parquet;
#[cfg(test)]
mod tests;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

use arrow_array::{ArrayRef, StringArray, TimestampMicrosecondArray};

pub use self::findings::PartWriter;
pub use self::parquet::{PartFile, TableFile};
use crate::finding::{ColumnRow, Coverage, LeafFacts, RunFacts};
use crate::model::{Error, ErrorKind, Result};

/// Where a run's findings, objects and columns go. Workers share it.
pub struct RunWriter {
    folder: PathBuf,
    facts: RunFacts,
    parts: Mutex<Parts>,
    objects: Mutex<objects::ObjectsWriter>,
    columns: Mutex<columns::ColumnsWriter>,
}

/// The part files that are open.
#[derive(Default)]
struct Parts {
    free: Vec<PartWriter>,
    opened: usize,
}

impl RunWriter {
    /// Makes the run folder and opens its files.
    ///
    /// # Errors
    /// `Usage` where the folder is not empty or is no folder, `Io` where it cannot be written.
    pub fn create(folder: &Path, facts: RunFacts) -> Result<Self> {
        refuse_used(folder)?;
        let findings = folder.join("findings");
        fs::create_dir_all(&findings).map_err(|error| Error::io(format_args!("creating {}", findings.display()), &error))?;
        Ok(Self {
            objects: Mutex::new(objects::ObjectsWriter::create(folder, &facts)?),
            columns: Mutex::new(columns::ColumnsWriter::create(folder, &facts)?),
            parts: Mutex::default(),
            folder: folder.to_owned(),
            facts,
        })
    }

    /// Takes a part file that nobody writes to, or opens a new one. One leaf writes to one of them until it ends;
    /// then it goes back with [`RunWriter::give_back`].
    ///
    /// # Errors
    /// `Io` where a new file cannot be made.
    pub fn findings(&self) -> Result<PartWriter> {
        let mut parts = lock(&self.parts);
        if let Some(part) = parts.free.pop() {
            return Ok(part);
        }
        let part = PartWriter::create(&self.folder, parts.opened, &self.facts)?;
        parts.opened += 1;
        Ok(part)
    }

    /// Gives a part back for the next leaf.
    pub fn give_back(&self, part: PartWriter) {
        lock(&self.parts).free.push(part);
    }

    /// Writes a row of `objects`.
    ///
    /// # Errors
    /// `Io` where the file cannot be written.
    pub fn object(&self, coverage: &Coverage) -> Result<()> {
        lock(&self.objects).write(coverage)
    }

    /// Writes rows of `columns` for one leaf.
    ///
    /// # Errors
    /// `Io` where the file cannot be written.
    pub fn columns(&self, leaf: &LeafFacts, rows: &[ColumnRow]) -> Result<()> {
        lock(&self.columns).write(leaf, rows)
    }

    /// Closes all files and tells their digests: parts in their order, then `objects.parquet` and `columns.parquet`.
    /// A run without findings has one empty part, so that readers find a schema.
    ///
    /// # Errors
    /// `Io` where a file cannot be written, `Run` where a part was not given back.
    pub fn finish(self) -> Result<Vec<PartFile>> {
        let Parts { mut free, opened } = unlock(self.parts);
        if free.len() != opened {
            return Err(Error::new(ErrorKind::Run, format!("{} of {opened} part files were not given back", opened - free.len())));
        }
        if opened == 0 {
            free.push(PartWriter::create(&self.folder, 0, &self.facts)?);
        }
        let mut files = free.into_iter().map(PartWriter::close).collect::<Result<Vec<_>>>()?;
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files.push(unlock(self.objects).close()?);
        files.push(unlock(self.columns).close()?);
        Ok(files)
    }
}

/// A run never mixes into what is there already.
fn refuse_used(folder: &Path) -> Result<()> {
    let used = |what: &str| {
        Err(Error::new(ErrorKind::Usage, format!("{} {what}, expected a new or empty folder", folder.display()))
            .hint("name a folder that does not exist yet; runs are never mixed or overwritten"))
    };
    match fs::read_dir(folder) {
        Ok(mut entries) => entries.next().map_or(Ok(()), |_| used("is not empty")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => used("is not a folder"),
        Err(error) => Err(Error::io(format_args!("reading {}", folder.display()), &error)),
    }
}

/// A worker that panicked ends the program, so that what it left behind is never made a valid run.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().expect("no worker has panicked")
}

fn unlock<T>(mutex: Mutex<T>) -> T {
    mutex.into_inner().expect("no worker has panicked")
}

/// The columns that all rows of a run begin with, one chunk long.
fn run_columns(facts: &RunFacts) -> [ArrayRef; 3] {
    let text = |text: &str| Arc::new(StringArray::from_iter_values(std::iter::repeat_n(text, gather::CHUNK))) as ArrayRef;
    let time = TimestampMicrosecondArray::from_value(facts.scanned_at_us, gather::CHUNK).with_timezone("UTC");
    [text(&facts.scan_id.to_string()), Arc::new(time), text(&facts.key_id)]
}
