//! Columns of where a value stands.

use parquet::errors::Result;
use parquet::schema::types::SchemaDescriptor;

use crate::finding::{ColumnFacts, Finding};
use crate::sink::pages::{Closed, Flags, Numbers, Packer, Texts, Words};

/// Where findings stand in their leaf.
pub(super) struct Places {
    record: Numbers<i64>,
    line: Numbers<i64>,
    byte_start: Numbers<i64>,
    byte_end: Numbers<i64>,
    record_start: Numbers<i64>,
    record_end: Numbers<i64>,
    table_name: Words,
    column_name: Words,
    column_index: Numbers<i32>,
    pointer: Texts,
    row_group: Numbers<i32>,
    row_in_group: Numbers<i64>,
    cell_start: Numbers<i32>,
    cell_end: Numbers<i32>,
    part: Words,
    group_id: Numbers<i64>,
    exact: Flags,
}

impl Places {
    pub(super) fn new(schema: &SchemaDescriptor) -> Self {
        Self {
            record: Numbers::new(schema, "record"),
            line: Numbers::new(schema, "line"),
            byte_start: Numbers::new(schema, "byte_start"),
            byte_end: Numbers::new(schema, "byte_end"),
            record_start: Numbers::new(schema, "record_start"),
            record_end: Numbers::new(schema, "record_end"),
            table_name: Words::new(schema, "table_name"),
            column_name: Words::new(schema, "column_name"),
            column_index: Numbers::new(schema, "column_index"),
            pointer: Texts::new(schema, "pointer"),
            row_group: Numbers::new(schema, "row_group"),
            row_in_group: Numbers::new(schema, "row_in_group"),
            cell_start: Numbers::new(schema, "cell_start"),
            cell_end: Numbers::new(schema, "cell_end"),
            part: Words::new(schema, "part"),
            group_id: Numbers::new(schema, "group_id"),
            exact: Flags::new(schema, "exact"),
        }
    }

    /// Forgets the columns of the leaf before.
    pub(super) fn renumber_columns(&mut self) {
        self.table_name.renumber();
        self.column_name.renumber();
    }

    pub(super) fn push(&mut self, columns: &[ColumnFacts], findings: &[Finding]) {
        self.record.extend(findings.iter().map(|f| signed(f.record)));
        self.byte_start.extend_some(findings.iter().map(|f| f.bytes.map(|span| span.0)));
        self.byte_end.extend_some(findings.iter().map(|f| f.bytes.map(|span| span.1)));
        self.row_group.extend_some(findings.iter().map(|f| f.group.map(|place| place.0)));
        self.row_in_group.extend_some(findings.iter().map(|f| f.group.map(|place| signed(place.1))));
        self.line.extend_some(findings.iter().map(|f| f.line.map(signed)));
        self.record_start.extend_some(findings.iter().map(|f| f.record_bytes.map(|span| span.0)));
        self.record_end.extend_some(findings.iter().map(|f| f.record_bytes.map(|span| span.1)));
        self.cell_start.extend_some(findings.iter().map(|f| f.cell.map(|span| span.0)));
        self.cell_end.extend_some(findings.iter().map(|f| f.cell.map(|span| span.1)));
        self.exact.extend_some(findings.iter().map(|f| Some(f.exact)));
        let facts = |f: &Finding| f.column.map(|column| &columns[column as usize]);
        self.column_index.extend_some(findings.iter().map(|f| facts(f).and_then(|facts| facts.index)));
        self.group_id.extend_some(findings.iter().map(|f| f.whole));
        for finding in findings {
            match finding.part {
                Some(part) => self.part.push(part as usize, |words| words.text(part.name())),
                None => self.part.push_absent(),
            }
            self.pointer.push(finding.pointer.as_deref());
            let facts = finding.column.map(|column| (column as usize, &columns[column as usize]));
            match facts.and_then(|(column, facts)| Some((column, facts.table.as_deref()?))) {
                Some((column, table)) => self.table_name.push(column, |words| words.text(table)),
                None => self.table_name.push_absent(),
            }
            match facts.and_then(|(column, facts)| Some((column, facts.name.as_deref()?))) {
                Some((column, name)) => self.column_name.push(column, |words| words.text(name)),
                None => self.column_name.push_absent(),
            }
        }
    }

    /// Bytes of text that are in no page yet.
    pub(super) fn pending(&self) -> usize {
        self.pointer.pending()
    }

    /// Says whether the row group must end.
    pub(super) fn is_full(&self) -> bool {
        self.table_name.is_full() || self.column_name.is_full()
    }

    fn wide(&mut self) -> [&mut Numbers<i64>; 8] {
        let Self { record, line, byte_start, byte_end, record_start, record_end, row_in_group, group_id, .. } = self;
        [record, line, byte_start, byte_end, record_start, record_end, row_in_group, group_id]
    }

    fn narrow(&mut self) -> [&mut Numbers<i32>; 4] {
        [&mut self.column_index, &mut self.row_group, &mut self.cell_start, &mut self.cell_end]
    }

    pub(super) fn page(&mut self, packer: &mut Packer) -> Result<()> {
        self.wide().into_iter().try_for_each(|column| column.page(packer))?;
        self.narrow().into_iter().try_for_each(|column| column.page(packer))?;
        self.table_name.page(packer)?;
        self.column_name.page(packer)?;
        self.part.page(packer)?;
        self.pointer.page(packer)?;
        self.exact.page(packer)
    }

    pub(super) fn len(&self) -> usize {
        let bytes = [&self.byte_start, &self.byte_end, &self.record_start, &self.record_end];
        let wide = [&self.record, &self.line, &self.row_in_group, &self.group_id];
        let narrow = [&self.column_index, &self.row_group, &self.cell_start, &self.cell_end];
        let numbers = bytes.map(Numbers::len).iter().chain(&wide.map(Numbers::len)).chain(&narrow.map(Numbers::len)).sum::<usize>();
        numbers + self.part.len() + self.table_name.len() + self.column_name.len() + self.pointer.len() + self.exact.len()
    }

    pub(super) fn close(&mut self, packer: &mut Packer, chunks: &mut Vec<Closed>) -> Result<()> {
        for column in self.wide() {
            chunks.push(column.close()?);
        }
        for column in self.narrow() {
            chunks.push(column.close()?);
        }
        chunks.push(self.table_name.close(None, packer)?);
        chunks.push(self.column_name.close(None, packer)?);
        chunks.push(self.part.close(None, packer)?);
        chunks.push(self.pointer.close()?);
        chunks.push(self.exact.close()?);
        Ok(())
    }
}

fn signed(count: u64) -> i64 {
    i64::try_from(count).expect("a leaf is below 2^63 bytes")
}
