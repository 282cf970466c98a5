//! The findings of one leaf, record by record.

use std::collections::BTreeSet;

use parquet::arrow::arrow_reader::ParquetRecordBatchReader;

use super::run::CompleteRun;
use crate::model::{Id, Likelihood, Result};
use crate::run_folder::{Rows, columns, unreadable};

/// A row of `findings`, as far as a plan asks.
pub(super) struct FindingRow {
    pub finding_id: Option<Id>,
    pub record: i64,
    pub entity: String,
    pub category: String,
    pub likelihood: Likelihood,
    pub column: Option<String>,
    pub pointer: Option<String>,
    pub bytes: Option<(i64, i64)>,
    pub cell: Option<(i64, i64)>,
    pub exact: bool,
    pub value_token: Option<Id>,
    pub record_token: Option<Id>,
    pub guard_token: Option<Id>,
    pub preview: Option<String>,
}

const NAMES: [&str; 16] = [
    "finding_id", "record", "entity", "category", "likelihood", "column_name", "pointer", "byte_start", "byte_end", "cell_start",
    "cell_end", "exact", "value_token", "record_token", "guard_token", "preview",
];

/// Gives the findings of one leaf in order of their records.
pub(super) struct FindingRows<'a> {
    run: &'a CompleteRun,
    leaf: Id,
    reader: Option<ParquetRecordBatchReader>,
    waiting: std::collections::VecDeque<FindingRow>,
    last: i64,
}

impl<'a> FindingRows<'a> {
    pub(super) fn of(run: &'a CompleteRun, leaf: Id) -> Result<Self> {
        let reader = run.findings_of(leaf).map(|(path, first, count)| columns(path, &NAMES, Some((first, count)))).transpose()?;
        Ok(Self { run, leaf, reader, waiting: std::collections::VecDeque::new(), last: -1 })
    }

    /// The columns that the leaf has findings in.
    pub(super) fn columns(&self) -> Result<BTreeSet<String>> {
        let mut out = BTreeSet::new();
        let Some((path, first, count)) = self.run.findings_of(self.leaf) else { return Ok(out) };
        for batch in columns(path, &["column_name"], Some((first, count)))? {
            let batch = batch.map_err(|error| unreadable(path, &error))?;
            let rows = Rows { path, batch: &batch };
            for name in rows.texts("column_name")?.iter().flatten() {
                if !out.contains(name) {
                    out.insert(name.to_owned());
                }
            }
        }
        Ok(out)
    }

    /// The findings of a record, which must be asked for in order; those of records before it are given, too.
    pub(super) fn until(&mut self, record: i64) -> Result<Vec<FindingRow>> {
        let mut out = Vec::new();
        loop {
            while self.waiting.front().is_some_and(|row| row.record <= record) {
                out.extend(self.waiting.pop_front());
            }
            if !self.waiting.is_empty() || !self.fill()? {
                return Ok(out);
            }
        }
    }

    fn fill(&mut self) -> Result<bool> {
        let Some(reader) = &mut self.reader else { return Ok(false) };
        let (path, ..) = self.run.findings_of(self.leaf).expect("there is a reader for it");
        let Some(batch) = reader.next().transpose().map_err(|error| unreadable(path, &error))? else { return Ok(false) };
        let rows = Rows { path, batch: &batch };
        for row in 0..batch.num_rows() {
            let text = |name: &str| rows.text(name, row);
            let pair = |a: &str, b: &str| -> Result<Option<(i64, i64)>> { Ok(rows.long(a, row)?.zip(rows.long(b, row)?)) };
            let level = text("likelihood")?.unwrap_or_default();
            let level = Likelihood::ALL.into_iter().find(|known| known.name() == level);
            let found = FindingRow {
                finding_id: rows.id("finding_id", row)?,
                record: rows.long("record", row)?.unwrap_or(-1),
                entity: text("entity")?.unwrap_or_default(),
                category: text("category")?.unwrap_or_default(),
                likelihood: level.ok_or_else(|| unreadable(path, &"a likelihood is none of the five levels"))?,
                column: text("column_name")?,
                pointer: text("pointer")?,
                bytes: pair("byte_start", "byte_end")?,
                cell: pair("cell_start", "cell_end")?,
                exact: rows.flag("exact", row)?,
                value_token: rows.id("value_token", row)?,
                record_token: rows.id("record_token", row)?,
                guard_token: rows.id("guard_token", row)?,
                preview: text("preview")?,
            };
            if found.record < self.last {
                return Err(unreadable(path, &"the findings of a leaf do not stand in the order of its records"));
            }
            self.last = found.record;
            self.waiting.push_back(found);
        }
        Ok(true)
    }
}
