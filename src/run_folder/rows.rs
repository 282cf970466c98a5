//! Columns of a Parquet file, read in batches and looked up by name.

use std::fs::File;
use std::path::Path;

use arrow_array::cast::AsArray as _;
use arrow_array::types::{Float32Type, Int32Type, Int64Type, TimestampMicrosecondType};
use arrow_array::{Array as _, RecordBatch, StringArray};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder, RowSelection, RowSelector,
};

use super::unreadable;
use crate::model::{Id, Result};

/// Reads columns of a Parquet file as their plain types; of some rows only: from which on, and how many.
///
/// # Errors
/// `Run` where it is none.
pub fn columns(path: &Path, names: &[&str], rows: Option<(usize, usize)>) -> Result<ParquetRecordBatchReader> {
    let file = File::open(path).map_err(|error| unreadable(path, &error))?;
    // Without its Arrow schema, words are texts and no dictionaries.
    let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
    let builder = ParquetRecordBatchReaderBuilder::try_new_with_options(file, options).map_err(|error| unreadable(path, &error))?;
    let mask = ProjectionMask::columns(builder.parquet_schema(), names.iter().copied());
    let mut builder = builder.with_projection(mask).with_batch_size(4_096);
    if let Some((first, count)) = rows {
        builder = builder.with_row_selection(RowSelection::from(vec![RowSelector::skip(first), RowSelector::select(count)]));
    }
    builder.build().map_err(|error| unreadable(path, &error))
}

/// Reads columns of a Parquet file that may be there, with the names of those that are.
///
/// # Errors
/// `Run` where it is none.
pub fn columns_there(path: &Path, names: &[&str]) -> Result<(ParquetRecordBatchReader, Vec<String>)> {
    let reader = columns(path, names, None)?;
    let names = arrow_array::RecordBatchReader::schema(&reader).fields().iter().map(|field| field.name().clone()).collect();
    Ok((reader, names))
}

/// A batch whose columns are looked up by name.
pub struct Rows<'a> {
    /// The file that it is of.
    pub path: &'a Path,
    /// The batch.
    pub batch: &'a RecordBatch,
}

impl Rows<'_> {
    pub(super) fn column(&self, name: &str) -> Result<&arrow_array::ArrayRef> {
        self.batch.column_by_name(name).ok_or_else(|| unreadable(self.path, &format_args!("it has no column {name}")))
    }

    /// A column of texts.
    ///
    /// # Errors
    /// `Run` where there is none of that name; so of all that follow.
    pub fn texts(&self, name: &str) -> Result<&StringArray> {
        self.column(name)?.as_string_opt::<i32>().ok_or_else(|| unreadable(self.path, &format_args!("{name} is no text")))
    }

    /// A text, lent.
    ///
    /// # Errors
    /// `Run` where the column is no text.
    pub fn word(&self, name: &str, row: usize) -> Result<Option<&str>> {
        let texts = self.texts(name)?;
        Ok(texts.is_valid(row).then(|| texts.value(row)))
    }

    /// A text.
    ///
    /// # Errors
    /// `Run` where the column is no text.
    pub fn text(&self, name: &str, row: usize) -> Result<Option<String>> {
        Ok(self.word(name, row)?.map(str::to_owned))
    }

    /// An id or token.
    ///
    /// # Errors
    /// `Run` where it is none.
    pub fn id(&self, name: &str, row: usize) -> Result<Option<Id>> {
        let id = self.word(name, row)?.map(|text| text.parse().map_err(|_| unreadable(self.path, &format_args!("{name} is no id"))));
        id.transpose()
    }

    /// A whole number, or a time in microseconds.
    ///
    /// # Errors
    /// `Run` where the column holds neither.
    pub fn long(&self, name: &str, row: usize) -> Result<Option<i64>> {
        let column = self.column(name)?;
        if column.is_null(row) {
            return Ok(None);
        }
        let long = column.as_primitive_opt::<Int64Type>().map(|c| c.value(row));
        let int = || column.as_primitive_opt::<Int32Type>().map(|c| i64::from(c.value(row)));
        let time = || column.as_primitive_opt::<TimestampMicrosecondType>().map(|c| c.value(row));
        long.or_else(int).or_else(time).map(Some).ok_or_else(|| unreadable(self.path, &format_args!("{name} is no number")))
    }

    /// A number with a fraction.
    ///
    /// # Errors
    /// `Run` where the column holds none.
    pub fn fraction(&self, name: &str, row: usize) -> Result<Option<f32>> {
        let column = self.column(name)?;
        let numbers =
            column.as_primitive_opt::<Float32Type>().ok_or_else(|| unreadable(self.path, &format_args!("{name} is no fraction")))?;
        Ok(numbers.is_valid(row).then(|| numbers.value(row)))
    }

    /// Whether it holds; null: no one knows.
    ///
    /// # Errors
    /// `Run` where the column holds no truth values.
    pub fn truth(&self, name: &str, row: usize) -> Result<Option<bool>> {
        let column = self.column(name)?.as_boolean_opt().ok_or_else(|| unreadable(self.path, &format_args!("{name} is no truth value")))?;
        Ok(column.is_valid(row).then(|| column.value(row)))
    }

    /// Whether it holds; null does not.
    ///
    /// # Errors
    /// `Run` where the column holds no truth values.
    pub fn flag(&self, name: &str, row: usize) -> Result<bool> {
        Ok(self.truth(name, row)?.unwrap_or(false))
    }

    /// A list of texts.
    ///
    /// # Errors
    /// `Run` where the column holds none.
    pub fn list(&self, name: &str, row: usize) -> Result<Vec<String>> {
        let wrong = || unreadable(self.path, &format_args!("{name} is no list of texts"));
        let list = self.column(name)?.as_list_opt::<i32>().ok_or_else(wrong)?;
        let values = list.value(row);
        let texts = values.as_string_opt::<i32>().ok_or_else(wrong)?;
        Ok(texts.iter().flatten().map(str::to_owned).collect())
    }

    /// Pairs of texts.
    ///
    /// # Errors
    /// `Run` where the column holds none.
    pub fn pairs(&self, name: &str, row: usize) -> Result<Vec<(String, String)>> {
        let wrong = || unreadable(self.path, &format_args!("{name} is no map of texts"));
        let map = self.column(name)?.as_map_opt().ok_or_else(wrong)?;
        if map.is_null(row) {
            return Ok(Vec::new());
        }
        let entries = map.value(row);
        let (keys, values) = (entries.column(0).as_string_opt::<i32>(), entries.column(1).as_string_opt::<i32>());
        let (Some(keys), Some(values)) = (keys, values) else { return Err(wrong()) };
        Ok(keys.iter().zip(values).filter_map(|(key, value)| Some((key?.to_owned(), value?.to_owned()))).collect())
    }
}
