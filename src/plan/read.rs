//! The operations of a plan read back, leaf by leaf and record by record.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};

use parquet::arrow::arrow_reader::ParquetRecordBatchReader;

use crate::model::{Id, Result};
use crate::policy::ActionName;
use crate::run_folder::{Places, Rows, columns, places, unreadable};

/// What an operation is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A file as a whole.
    File,
    /// A record as a whole.
    Record,
    /// A cell as a whole.
    Cell,
    /// A value in a cell or line.
    Span,
}

impl Kind {
    const ALL: [Self; 4] = [Self::File, Self::Record, Self::Cell, Self::Span];

    /// Returns the name used in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Record => "record",
            Self::Cell => "cell",
            Self::Span => "span",
        }
    }

    /// Returns the kind of a name.
    #[must_use]
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// A row of `ops.parquet`, as far as who carries it out asks.
#[derive(Clone, Debug)]
pub struct OpRow {
    /// What it is about.
    pub kind: Kind,
    /// What is done.
    pub action: ActionName,
    /// Column that it stands in.
    pub column: Option<String>,
    /// Pointer to it, where columns are nested.
    pub pointer: Option<String>,
    /// Entity of the value.
    pub entity: Option<String>,
    /// Ordinal of the record; of a file none.
    pub record: Option<i64>,
    /// Span in the decoded cell.
    pub cell: Option<(i64, i64)>,
    /// Span in the decoded leaf.
    pub bytes: Option<(i64, i64)>,
    /// What is written, where that does not hang on the value.
    pub replacement: Option<String>,
    /// Characters that stay.
    pub keep: usize,
    /// Token that the record must have.
    pub record_token: Option<Id>,
    /// Token that the value with its neighbours must have.
    pub guard_token: Option<Id>,
    /// Token of the value.
    pub value_token: Option<Id>,
}

/// A leaf with operations.
#[derive(Clone, Debug)]
pub struct OpLeaf {
    /// Its id.
    pub object_id: Id,
    /// How it is opened.
    pub uri: String,
    /// Its path.
    pub path: String,
    /// Its place in a container.
    pub member: Option<String>,
    /// Its format.
    pub format: String,
    /// Its character set, where it is text.
    pub charset: Option<String>,
    /// The dataset of its first operation.
    pub dataset: String,
    /// Keyed digest that its stored bytes must have, hex.
    pub content_token: String,
    /// Number of operations.
    pub operations: u64,
}

/// The leaves of a plan that have operations, in order.
pub struct Leaves {
    path: PathBuf,
    places: Places,
    /// The leaves.
    pub leaves: Vec<OpLeaf>,
}

impl Leaves {
    /// Reads which leaves have operations.
    ///
    /// # Errors
    /// `Run` where `ops.parquet` is not as a plan writes it.
    pub fn open(plan: &Path) -> Result<Self> {
        let path = plan.join("ops.parquet");
        let places = places(std::slice::from_ref(&path))?;
        let mut order: Vec<(Id, usize, usize)> = places.iter().map(|(id, (_, first, count))| (*id, *first, *count)).collect();
        order.sort_by_key(|(_, first, _)| *first);
        let names = ["object_id", "uri", "path", "member", "format", "charset", "dataset", "content_token"];
        let mut leaves = Vec::new();
        for (object_id, first, count) in order {
            let batch = columns(&path, &names, Some((first, 1)))?.next().transpose().map_err(|error| unreadable(&path, &error))?;
            let Some(batch) = batch else { continue };
            let rows = Rows { path: &path, batch: &batch };
            let text = |name: &str| rows.text(name, 0).map(Option::unwrap_or_default);
            leaves.push(OpLeaf {
                object_id,
                uri: text("uri")?,
                path: text("path")?,
                member: rows.text("member", 0)?,
                format: text("format")?,
                charset: rows.text("charset", 0)?,
                dataset: text("dataset")?,
                content_token: text("content_token")?,
                operations: count as u64,
            });
        }
        Ok(Self { path, places, leaves })
    }

    /// The table, and where the rows of a leaf stand in it.
    pub(super) fn place(&self, leaf: Id) -> (&Path, (usize, usize)) {
        let (_, first, count) = self.places[&leaf];
        (&self.path, (first, count))
    }

    /// The operations of a leaf, in order of its records.
    ///
    /// # Errors
    /// As [`Leaves::open`].
    pub fn ops(&self, leaf: Id) -> Result<OpRows> {
        let (_, rows) = self.place(leaf);
        let names = [
            "column_name", "pointer", "kind", "action", "entity", "record", "cell_start", "cell_end", "byte_start", "byte_end",
            "replacement", "keep", "record_token", "guard_token", "value_token",
        ];
        let reader = columns(&self.path, &names, Some(rows))?;
        Ok(OpRows { path: self.path.clone(), reader, waiting: VecDeque::new(), last: -1 })
    }
}

/// The operations of one leaf.
pub struct OpRows {
    path: PathBuf,
    reader: ParquetRecordBatchReader,
    waiting: VecDeque<OpRow>,
    last: i64,
}

impl OpRows {
    /// Returns the operations up to a record that were not returned before; those of the whole file come first.
    ///
    /// # Errors
    /// `Run` where they are not as a plan writes them.
    pub fn until(&mut self, record: i64) -> Result<Vec<OpRow>> {
        let mut out = Vec::new();
        loop {
            while self.waiting.front().is_some_and(|op| op.record.unwrap_or(-1) <= record) {
                out.extend(self.waiting.pop_front());
            }
            if !self.waiting.is_empty() || !self.fill()? {
                return Ok(out);
            }
        }
    }

    /// Returns the operations of the next record that has some; none at the end.
    ///
    /// # Errors
    /// As [`OpRows::until`].
    pub fn next_record(&mut self) -> Result<Vec<OpRow>> {
        while self.waiting.is_empty() {
            if !self.fill()? {
                return Ok(Vec::new());
            }
        }
        let record = self.waiting[0].record.unwrap_or(-1);
        self.until(record)
    }

    fn fill(&mut self) -> Result<bool> {
        let path = &self.path;
        let Some(batch) = self.reader.next().transpose().map_err(|error| unreadable(path, &error))? else { return Ok(false) };
        let rows = Rows { path, batch: &batch };
        for row in 0..batch.num_rows() {
            let pair = |a: &str, b: &str| -> Result<Option<(i64, i64)>> { Ok(rows.long(a, row)?.zip(rows.long(b, row)?)) };
            let name = rows.text("action", row)?.unwrap_or_default();
            let action = ActionName::ALL.into_iter().find(|action| action.name() == name);
            let kind = rows.text("kind", row)?.as_deref().and_then(Kind::named);
            let kind = kind.ok_or_else(|| unreadable(path, &"an operation is of no known kind"))?;
            let record = rows.long("record", row)?;
            // Files are dropped last: what comes before is then moot.
            if kind != Kind::File {
                if record.is_none_or(|record| record < self.last) {
                    return Err(unreadable(path, &"operations do not stand in the order of their records"));
                }
                self.last = record.unwrap_or(self.last);
            }
            self.waiting.push_back(OpRow {
                kind,
                action: action.ok_or_else(|| unreadable(path, &"an operation does nothing that is known"))?,
                column: rows.text("column_name", row)?,
                pointer: rows.text("pointer", row)?,
                entity: rows.text("entity", row)?,
                record: if kind == Kind::File { Some(self.last) } else { record },
                cell: pair("cell_start", "cell_end")?,
                bytes: pair("byte_start", "byte_end")?,
                replacement: rows.text("replacement", row)?,
                keep: rows.long("keep", row)?.and_then(|keep| usize::try_from(keep).ok()).unwrap_or_default(),
                record_token: rows.id("record_token", row)?,
                guard_token: rows.id("guard_token", row)?,
                value_token: rows.id("value_token", row)?,
            });
        }
        Ok(true)
    }

    /// Says whether the file as a whole goes: that makes all else moot. It reads to the end.
    ///
    /// # Errors
    /// As [`OpRows::until`].
    pub fn drops_file(mut self) -> Result<bool> {
        while self.fill()? {
            if self.waiting.drain(..).any(|op| op.kind == Kind::File) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
