//! Records of a column chunk as levels and physical values, and the changes of a row group carried out in them.

use std::any::Any;

use parquet::column::reader::{ColumnReaderImpl, get_column_reader, get_typed_column_reader};
use parquet::data_type::{AsBytes as _, ByteArray, DataType};
use parquet::errors::ParquetError;

use super::column::At;
use super::targets::{CellChange, Change};
use crate::apply::editor::{Step, Stop};

/// Records that are read together at most, and bytes of values from which they are fewer.
const MOST_RECORDS: usize = 4096;
const MANY_BYTES: usize = 4 * 1024 * 1024;

/// What cannot be decoded, or contradicts itself. What the crate says of it may quote values.
pub(super) fn undecodable(_: ParquetError) -> Stop {
    Stop::failed("a column cannot be decoded")
}

/// Some records of a column: levels, and the values that are there.
pub(super) struct Batch<T: DataType> {
    pub definitions: Vec<i16>,
    pub repetitions: Vec<i16>,
    pub values: Vec<T::T>,
    /// Records of them.
    pub records: usize,
}

/// The records of a column chunk.
pub(super) struct Records<T: DataType> {
    reader: ColumnReaderImpl<T>,
    pub most_definition: i16,
    pub most_repetition: i16,
    /// The definition level from which there is a cell, if only of null.
    of_cell: i16,
    step: usize,
}

impl<T: DataType> Records<T> {
    pub(super) fn open(at: At<'_>) -> Step<Self> {
        let column = at.meta().column_descr_ptr();
        let (most_definition, most_repetition) = (column.max_def_level(), column.max_rep_level());
        let of_cell = most_definition - i16::from(column.self_type().is_optional());
        let pages = Box::new(at.pages().map_err(undecodable)?);
        Ok(Self { reader: get_typed_column_reader(get_column_reader(column, pages)), most_definition, most_repetition, of_cell, step: 64 })
    }

    /// Reads records, as many as `most` if there are so many; fewer only at the end.
    pub(super) fn exactly(&mut self, most: usize) -> Step<Batch<T>> {
        let mut out = Batch { definitions: Vec::new(), repetitions: Vec::new(), values: Vec::new(), records: 0 };
        while out.records < most {
            let definitions = (self.most_definition > 0).then_some(&mut out.definitions);
            let repetitions = (self.most_repetition > 0).then_some(&mut out.repetitions);
            let read = self.reader.read_records(most - out.records, definitions, repetitions, &mut out.values);
            let (records, _, levels) = read.map_err(undecodable)?;
            out.records += records;
            if records == 0 && levels == 0 {
                break;
            }
        }
        let within = |levels: &[i16], most: i16| levels.iter().all(|level| (0..=most).contains(level));
        let starts = out.repetitions.iter().filter(|level| **level == 0).count();
        let there = out.definitions.iter().filter(|level| **level == self.most_definition).count();
        let is_sound = within(&out.definitions, self.most_definition)
            && within(&out.repetitions, self.most_repetition)
            && (self.most_repetition == 0 || starts == out.records && out.repetitions.first().is_none_or(|first| *first == 0))
            && (self.most_definition == 0 || there == out.values.len());
        if is_sound { Ok(out) } else { Err(Stop::failed("the levels of a column contradict themselves")) }
    }

    /// Reads some records; none at the end.
    pub(super) fn some(&mut self) -> Step<Option<Batch<T>>> {
        let out = self.exactly(self.step)?;
        let bytes: usize = out.values.iter().map(|value| value.as_bytes().len()).sum();
        self.step = if bytes > MANY_BYTES { (self.step / 4).max(1) } else { (self.step * 2).min(MOST_RECORDS) };
        Ok((out.records > 0).then_some(out))
    }
}

/// Carries the changes of a row group out in the records of one of its columns.
pub(super) struct Edit<'a> {
    dropped: &'a [u64],
    cells: &'a [CellChange],
    /// The row after those so far.
    row: u64,
}

impl<'a> Edit<'a> {
    pub(super) fn of(change: &'a Change, column: usize) -> Self {
        Self { dropped: &change.dropped, cells: change.cells.get(&column).map(Vec::as_slice).unwrap_or_default(), row: 0 }
    }

    pub(super) fn batch<T: DataType>(&mut self, of: &Records<T>, batch: Batch<T>) -> Step<Batch<T>> {
        let rows = self.row..self.row + batch.records as u64;
        if self.dropped.first().is_none_or(|row| *row >= rows.end) && self.cells.first().is_none_or(|cell| cell.row >= rows.end) {
            self.row = rows.end;
            return Ok(batch);
        }
        let entries = if of.most_definition > 0 {
            batch.definitions.len()
        } else if of.most_repetition > 0 {
            batch.repetitions.len()
        } else {
            batch.values.len()
        };
        let mut out = Batch { definitions: Vec::new(), repetitions: Vec::new(), values: Vec::new(), records: 0 };
        let (mut values, mut nth, mut goes) = (batch.values.into_iter(), 0, false);
        for entry in 0..entries {
            let definition = batch.definitions.get(entry).copied().unwrap_or(of.most_definition);
            let repetition = batch.repetitions.get(entry).copied().unwrap_or(0);
            if repetition == 0 {
                self.row += 1;
                nth = 0;
                goes = self.dropped.first() == Some(&(self.row - 1));
                self.dropped = &self.dropped[usize::from(goes)..];
                out.records += usize::from(!goes);
            }
            let value = if definition == of.most_definition { values.next() } else { None };
            if goes {
                continue;
            }
            let is_cell = definition >= of.of_cell;
            let change = self.cells.first().filter(|cell| is_cell && (cell.row, cell.nth) == (self.row - 1, nth));
            nth += u32::from(is_cell);
            let (definition, value) = match change {
                None => (definition, value),
                Some(_) if value.is_none() => return Err(Stop::failed("a cell that is to be changed is null")),
                Some(CellChange { to: None, .. }) if of.of_cell < of.most_definition => (of.of_cell, None),
                Some(CellChange { to: None, .. }) => return Err(Stop::failed("a column takes no null")),
                Some(CellChange { to: Some(text), .. }) => (definition, Some(text_of::<T>(text)?)),
            };
            self.cells = &self.cells[usize::from(change.is_some())..];
            if of.most_definition > 0 {
                out.definitions.push(definition);
            }
            if of.most_repetition > 0 {
                out.repetitions.push(repetition);
            }
            out.values.extend(value);
        }
        Ok(out)
    }

    pub(super) fn end(&self, rows: u64) -> Step<()> {
        let is_done = self.dropped.is_empty() && self.cells.is_empty() && self.row == rows;
        if is_done { Ok(()) } else { Err(Stop::failed("a column has not the records that the footer says")) }
    }
}

/// Text as a value of a column, where it holds text.
fn text_of<T: DataType>(text: &[u8]) -> Step<T::T> {
    let value: Box<dyn Any> = Box::new(ByteArray::from(text.to_vec()));
    value.downcast::<T::T>().map(|value| *value).map_err(|_| Stop::failed("a column takes no text"))
}
