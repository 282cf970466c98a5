//! Run folders read back: what a scan says of itself, and the rows of its tables.
//!
//! In comes a folder that a scan wrote; out go facts, and rows in batches: findings are never held all at once. Its files must be
//! those that the scan wrote, by their digests. Nothing here decides anything, and nothing is written.

mod facts;
mod objects;
mod places;
mod rows;

use std::fs::File;
use std::path::{Component, Path, PathBuf};

use crate::model::{Error, ErrorKind, Result};
use crate::source;

pub use facts::{AllowList, Facts, Part, Settings, SettingsFile, Totals};
pub use objects::{ObjectRow, objects};
pub use places::{Places, places};
pub use rows::{Rows, columns, columns_there};

/// Bytes that a `scan.json` may have.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// A table of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// A row a finding.
    Findings,
    /// A row a leaf.
    Objects,
    /// A row a column and entity.
    Columns,
}

/// A run folder.
pub struct RunFolder {
    /// Where it is.
    pub folder: PathBuf,
    /// What it says of itself.
    pub facts: Facts,
    /// BLAKE3 of `scan.json`, hex.
    pub digest: String,
    /// The files of `findings`.
    pub parts: Vec<PathBuf>,
}

impl RunFolder {
    /// Opens a run folder, of a complete run or a partial one. Its files must be those that the scan wrote.
    ///
    /// # Errors
    /// `Run` where it is none, or where a file was changed since.
    pub fn open(folder: &Path) -> Result<Self> {
        let path = folder.join("scan.json");
        let text = source::read_text(&path, MOST_BYTES).map_err(|error| {
            let what = format!("not a run folder: {}: {error}", folder.display());
            Error::new(ErrorKind::Run, what).hint("datatrawl scan writes one; scan.json is written last")
        })?;
        let facts: Facts = serde_json::from_str(&text).map_err(|error| unreadable(&path, &error))?;
        let mut parts = Vec::new();
        for part in &facts.parts {
            let path = inside(folder, &part.path)?;
            if digest(&path)? != part.blake3 {
                return Err(Error::new(ErrorKind::Run, format!("{} is not as the scan wrote it", path.display())));
            }
            if part.path.starts_with("findings/") {
                parts.push(path);
            }
        }
        let digest = blake3::hash(text.as_bytes()).to_hex().to_string();
        Ok(Self { folder: folder.to_owned(), facts, digest, parts })
    }

    /// Goes through the rows of a table in the order in which they were written, with the columns that are asked for.
    ///
    /// # Errors
    /// `Run` where a file is not what a scan writes; whatever `each` says.
    pub fn each(&self, table: Table, names: &[&str], each: &mut dyn FnMut(&Rows<'_>, usize) -> Result<()>) -> Result<()> {
        let files = match table {
            Table::Findings => self.parts.clone(),
            Table::Objects => vec![self.folder.join("objects.parquet")],
            Table::Columns => vec![self.folder.join("columns.parquet")],
        };
        for path in &files {
            for batch in columns(path, names, None)? {
                let batch = batch.map_err(|error| unreadable(path, &error))?;
                let rows = Rows { path, batch: &batch };
                (0..batch.num_rows()).try_for_each(|row| each(&rows, row))?;
            }
        }
        Ok(())
    }
}

/// A path of a folder; it must not lead out of it.
///
/// # Errors
/// `Run` where it does.
pub fn inside(folder: &Path, path: &str) -> Result<PathBuf> {
    let plain = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    if plain { Ok(folder.join(path)) } else { Err(Error::new(ErrorKind::Run, "it names a file that is not of the folder")) }
}

/// BLAKE3 of a file, hex.
///
/// # Errors
/// `Run` where it cannot be read.
pub fn digest(path: &Path) -> Result<String> {
    let hashed = File::open(path).and_then(|file| Ok(blake3::Hasher::new().update_reader(file)?.finalize().to_hex().to_string()));
    hashed.map_err(|error| unreadable(path, &error))
}

/// Makes the error of a file that is not what it should be.
#[must_use]
pub fn unreadable(path: &Path, why: &dyn std::fmt::Display) -> Error {
    Error::new(ErrorKind::Run, format!("{}: {why}", path.display()))
}
