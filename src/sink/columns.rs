//! Rows of `columns.parquet`: what each column of structured data holds.

use std::path::Path;
use std::sync::Arc;

use arrow_array::builder::{Float32Builder, Int32Builder, Int64Builder, StringBuilder, StringDictionaryBuilder};
use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, RecordBatch};

use super::gather::{CHUNK, SignalLists, confidence, constant};
use super::parquet::{PartFile, TableFile};
use super::run_columns;
use crate::finding::{ColumnRow, LeafFacts, RunFacts, schema};
use crate::model::{Likelihood, Result};

type Words = StringDictionaryBuilder<Int32Type>;

/// Writes `columns.parquet`.
pub(super) struct ColumnsWriter {
    file: TableFile,
    run: [ArrayRef; 3],
    rows: Rows,
}

impl ColumnsWriter {
    pub(super) fn create(folder: &Path, facts: &RunFacts) -> Result<Self> {
        let file = TableFile::create(folder, "columns.parquet".to_owned(), "columns", schema::columns())?;
        Ok(Self { file, run: run_columns(facts), rows: Rows::new() })
    }

    pub(super) fn write(&mut self, leaf: &LeafFacts, rows: &[ColumnRow]) -> Result<()> {
        for row in rows {
            self.rows.push(leaf, row);
            if self.rows.len == CHUNK {
                self.flush()?;
            }
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<()> {
        if self.rows.len == 0 {
            return Ok(());
        }
        let mut columns: Vec<ArrayRef> = self.run.iter().map(|column| constant(column, self.rows.len)).collect();
        self.rows.take(&mut columns);
        let chunk = RecordBatch::try_new(schema::columns(), columns).expect("columns are those of the schema");
        self.file.write(&chunk)
    }

    pub(super) fn close(mut self) -> Result<PartFile> {
        self.flush()?;
        self.file.close()
    }
}

/// Rows in the making.
struct Rows {
    len: usize,
    object_id: StringBuilder,
    uri: Words,
    path: Words,
    member: Words,
    table_name: Words,
    column_name: StringBuilder,
    column_index: Int32Builder,
    data_type: Words,
    row_count: Int64Builder,
    matched_count: Int64Builder,
    profiled_rows: Int64Builder,
    non_null: Int64Builder,
    distinct_estimate: Int64Builder,
    match_ratio: Float32Builder,
    entity: Words,
    category: Words,
    confidence: Float32Builder,
    likelihood: Words,
    signals: SignalLists,
}

impl Rows {
    fn new() -> Self {
        Self {
            len: 0,
            object_id: StringBuilder::new(),
            uri: Words::new(),
            path: Words::new(),
            member: Words::new(),
            table_name: Words::new(),
            column_name: StringBuilder::new(),
            column_index: Int32Builder::new(),
            data_type: Words::new(),
            row_count: Int64Builder::new(),
            matched_count: Int64Builder::new(),
            profiled_rows: Int64Builder::new(),
            non_null: Int64Builder::new(),
            distinct_estimate: Int64Builder::new(),
            match_ratio: Float32Builder::new(),
            entity: Words::new(),
            category: Words::new(),
            confidence: Float32Builder::new(),
            likelihood: Words::new(),
            signals: SignalLists::new(),
        }
    }

    fn push(&mut self, leaf: &LeafFacts, row: &ColumnRow) {
        self.object_id.append_value(leaf.object_id.to_string());
        self.uri.append_value(&leaf.object.uri);
        self.path.append_value(&leaf.object.path);
        self.member.append_option(leaf.member.as_deref());
        self.table_name.append_option(row.column.table.as_deref());
        self.column_name.append_option(row.column.name.as_deref());
        self.column_index.append_option(row.column.index);
        self.data_type.append_option(Some(row.data_type).filter(|name| !name.is_empty()));
        self.push_measures(row);
        self.entity.append_option(row.entity.as_ref().map(|(entity, _)| entity));
        self.category.append_option(row.entity.as_ref().map(|(_, category)| category));
        self.confidence.append_option(row.score.map(confidence));
        self.likelihood.append_option(row.score.map(|score| Likelihood::of(score).name()));
        self.signals.push(&row.signals);
        self.len += 1;
    }

    fn push_measures(&mut self, row: &ColumnRow) {
        self.row_count.append_value(row.row_count);
        self.matched_count.append_value(row.matched_count);
        self.profiled_rows.append_value(row.profiled_rows);
        self.non_null.append_value(row.non_null);
        self.distinct_estimate.append_value(row.distinct_estimate);
        self.match_ratio.append_value(row.match_ratio);
    }

    /// Moves the rows to `columns`, in the order of the schema.
    fn take(&mut self, columns: &mut Vec<ArrayRef>) {
        self.len = 0;
        columns.push(Arc::new(self.object_id.finish()));
        columns.push(Arc::new(self.uri.finish()));
        columns.push(Arc::new(self.path.finish()));
        columns.push(Arc::new(self.member.finish()));
        columns.push(Arc::new(self.table_name.finish()));
        columns.push(Arc::new(self.column_name.finish()));
        columns.push(Arc::new(self.column_index.finish()));
        columns.push(Arc::new(self.data_type.finish()));
        self.take_measures(columns);
        columns.push(Arc::new(self.entity.finish()));
        columns.push(Arc::new(self.category.finish()));
        columns.push(Arc::new(self.confidence.finish()));
        columns.push(Arc::new(self.likelihood.finish()));
        columns.push(self.signals.take());
    }

    fn take_measures(&mut self, columns: &mut Vec<ArrayRef>) {
        columns.push(Arc::new(self.row_count.finish()));
        columns.push(Arc::new(self.matched_count.finish()));
        columns.push(Arc::new(self.profiled_rows.finish()));
        columns.push(Arc::new(self.non_null.finish()));
        columns.push(Arc::new(self.distinct_estimate.finish()));
        columns.push(Arc::new(self.match_ratio.finish()));
    }
}
