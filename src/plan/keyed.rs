//! Operations as those read them who carry them out elsewhere, or look whether they were: with their ids, and the keys of their records.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use parquet::arrow::arrow_reader::ParquetRecordBatchReader;

use super::file::Plan;
use super::read::Kind;
use crate::model::{Id, Result};
use crate::policy::ActionName;
use crate::run_folder::{Rows, columns, unreadable};

/// A row of `ops.parquet`.
#[derive(Clone, Debug)]
pub struct KeyedOp {
    /// Number of the operation.
    pub op_id: i64,
    /// What it is about.
    pub kind: Kind,
    /// What is done.
    pub action: ActionName,
    /// Dataset.
    pub dataset: String,
    /// Leaf.
    pub object_id: Id,
    /// Its format.
    pub format: String,
    /// Table of a dump.
    pub table: Option<String>,
    /// Column.
    pub column: Option<String>,
    /// Pointer in a nested record.
    pub pointer: Option<String>,
    /// Ordinal of the record.
    pub record: Option<i64>,
    /// How old the record is: microseconds.
    pub record_time: Option<i64>,
    /// What stands in the columns of the dataset's key, as far as the record has them. See [`KeyNames::of`].
    pub key: Vec<(String, String)>,
    /// Span in the decoded cell.
    pub cell: Option<(i64, i64)>,
    /// The finding.
    pub finding_id: Option<Id>,
    /// Entity of the value.
    pub entity: Option<String>,
    /// What is written, where that does not hang on the value.
    pub replacement: Option<String>,
    /// Characters that stay.
    pub keep: Option<i64>,
    /// Token of the record as it was planned for.
    pub record_token: Option<Id>,
    /// Token of the value.
    pub value_token: Option<Id>,
    /// Rule.
    pub rule: String,
}

const NAMES: [&str; 21] = [
    "op_id", "kind", "action", "dataset", "object_id", "format", "table_name", "column_name", "pointer", "record", "record_time",
    "record_key", "cell_start", "cell_end", "finding_id", "entity", "replacement", "keep", "record_token", "value_token", "rule",
];

/// All operations of a plan, in their order: those of a leaf stand together, and in it those of a record.
pub struct KeyedOps {
    path: PathBuf,
    reader: ParquetRecordBatchReader,
    waiting: std::vec::IntoIter<KeyedOp>,
}

impl KeyedOps {
    /// Begins to read the operations of the plan in a folder.
    ///
    /// # Errors
    /// `Run` where `ops.parquet` is not as a plan writes it.
    pub fn open(plan: &Path) -> Result<Self> {
        let path = plan.join("ops.parquet");
        let reader = columns(&path, &NAMES, None)?;
        Ok(Self { path, reader, waiting: Vec::new().into_iter() })
    }

    fn fill(&mut self) -> Result<bool> {
        let Some(batch) = self.reader.next().transpose().map_err(|error| unreadable(&self.path, &error))? else { return Ok(false) };
        let rows = Rows { path: &self.path, batch: &batch };
        self.waiting = (0..batch.num_rows()).map(|row| keyed(&rows, row)).collect::<Result<Vec<_>>>()?.into_iter();
        Ok(true)
    }
}

impl Iterator for KeyedOps {
    type Item = Result<KeyedOp>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(op) = self.waiting.next() {
                return Some(Ok(op));
            }
            match self.fill() {
                Ok(true) => {}
                Ok(false) => return None,
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

fn keyed(rows: &Rows<'_>, row: usize) -> Result<KeyedOp> {
    let wrong = |what: &str| unreadable(rows.path, &what);
    let text = |name: &str| rows.text(name, row);
    let action = text("action")?.unwrap_or_default();
    let action = ActionName::ALL.into_iter().find(|known| known.name() == action);
    Ok(KeyedOp {
        op_id: rows.long("op_id", row)?.ok_or_else(|| wrong("an operation has no number"))?,
        kind: text("kind")?.as_deref().and_then(Kind::named).ok_or_else(|| wrong("an operation is of no known kind"))?,
        action: action.ok_or_else(|| wrong("an operation does nothing that is known"))?,
        dataset: text("dataset")?.unwrap_or_default(),
        object_id: rows.id("object_id", row)?.unwrap_or(Id::NONE),
        format: text("format")?.unwrap_or_default(),
        table: text("table_name")?,
        column: text("column_name")?,
        pointer: text("pointer")?,
        record: rows.long("record", row)?,
        record_time: rows.long("record_time", row)?,
        key: rows.pairs("record_key", row)?,
        cell: rows.long("cell_start", row)?.zip(rows.long("cell_end", row)?),
        finding_id: rows.id("finding_id", row)?,
        entity: text("entity")?,
        replacement: text("replacement")?,
        keep: rows.long("keep", row)?,
        record_token: rows.id("record_token", row)?,
        value_token: rows.id("value_token", row)?,
        rule: text("rule")?.unwrap_or_default(),
    })
}

/// The columns that tell records apart, by dataset.
pub struct KeyNames<'a>(HashMap<&'a str, &'a [String]>);

impl<'a> KeyNames<'a> {
    /// Those of a plan.
    #[must_use]
    pub fn new(plan: &'a Plan) -> Self {
        Self(plan.datasets.iter().map(|dataset| (dataset.id.as_str(), dataset.key.as_slice())).collect())
    }

    /// Returns a record's key in the order of the dataset's columns; none where it does not tell the record: the dataset has no key, a
    /// column of it is missing or empty, or was not text as it stood.
    #[must_use]
    pub fn of<'k>(&self, dataset: &str, key: &'k [(String, String)]) -> Option<Vec<(&'k str, &'k str)>> {
        let names = self.0.get(dataset).filter(|names| !names.is_empty())?;
        let one = |name: &String| {
            let (own, value) = key.iter().find(|(own, _)| own == name)?;
            let is_told = !value.trim().is_empty() && !value.contains(['\0', char::REPLACEMENT_CHARACTER]);
            is_told.then_some((own.as_str(), value.as_str()))
        };
        names.iter().map(one).collect()
    }

    /// Returns the columns of a dataset's key.
    #[must_use]
    pub fn names(&self, dataset: &str) -> &'a [String] {
        self.0.get(dataset).copied().unwrap_or_default()
    }
}

/// A short digest of a dataset's key, to compare many of them in little memory.
#[must_use]
pub fn key_digest<'k>(dataset: &str, key: impl IntoIterator<Item = (&'k str, &'k str)>) -> Id {
    let mut hasher = blake3::Hasher::new();
    let mut take = |text: &str| {
        hasher.update(&(text.len() as u64).to_le_bytes()).update(text.as_bytes());
    };
    take(dataset);
    for (name, value) in key {
        take(name);
        take(value);
    }
    Id::new(hasher.finalize().as_bytes()[..16].try_into().expect("16 of 32 bytes"))
}
