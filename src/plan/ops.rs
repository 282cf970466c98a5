//! Rows of `ops.parquet` and `review.parquet` into files.

use std::path::Path;
use std::sync::Arc;

use arrow_array::builder::{Int64Builder, MapBuilder, MapFieldNames, StringBuilder, TimestampMicrosecondBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, SchemaRef};
use jiff::Timestamp;

use super::findings::FindingRow;

use crate::model::Result;
use crate::run_folder::ObjectRow;
use crate::sink::{PartFile, TableFile};

/// Rows that are put together before they are encoded.
const CHUNK: usize = 4_096;

/// A value of a row.
pub(super) enum Value<'a> {
    Text(Option<&'a str>),
    Owned(Option<String>),
    Long(Option<i64>),
    Time(Option<Timestamp>),
    Keys(&'a [(String, String)]),
}

#[expect(clippy::large_enum_variant, reason = "a table has a few dozen")]
enum Column {
    Text(StringBuilder),
    Long(Int64Builder),
    Time(TimestampMicrosecondBuilder),
    Keys(MapBuilder<StringBuilder, StringBuilder>),
}

/// A table that is being written row by row.
pub(super) struct Table {
    file: TableFile,
    schema: SchemaRef,
    columns: Vec<Column>,
    waiting: usize,
    pub rows: i64,
}

impl Table {
    pub(super) fn create(folder: &Path, name: &str, schema: SchemaRef) -> Result<Self> {
        let file = TableFile::create(folder, format!("{name}.parquet"), name, schema.clone())?;
        let columns = schema.fields().iter().map(|field| Column::of(field)).collect();
        Ok(Self { file, schema, columns, waiting: 0, rows: 0 })
    }

    /// Writes a row: one value for each column of the schema, in its order.
    pub(super) fn push<'a>(&mut self, values: impl IntoIterator<Item = Value<'a>>) -> Result<()> {
        let mut columns = self.columns.iter_mut();
        for value in values {
            columns.next().expect("a value has a column").push(value);
        }
        assert!(columns.next().is_none(), "each column has a value");
        (self.waiting, self.rows) = (self.waiting + 1, self.rows + 1);
        if self.waiting == CHUNK { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<()> {
        let columns = self.columns.iter_mut().map(Column::take).collect();
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), columns).expect("columns are those of the schema");
        self.waiting = 0;
        self.file.write(&batch)
    }

    pub(super) fn close(mut self) -> Result<PartFile> {
        if self.waiting > 0 {
            self.flush()?;
        }
        self.file.close()
    }
}

impl Column {
    fn of(field: &Field) -> Self {
        match field.data_type() {
            DataType::Int64 => Self::Long(Int64Builder::new()),
            DataType::Timestamp(..) => Self::Time(TimestampMicrosecondBuilder::new().with_timezone("UTC")),
            DataType::Map(..) => {
                let names = MapFieldNames { entry: "entries".to_owned(), key: "key".to_owned(), value: "value".to_owned() };
                Self::Keys(MapBuilder::new(Some(names), StringBuilder::new(), StringBuilder::new()))
            }
            _ => Self::Text(StringBuilder::new()),
        }
    }

    fn push(&mut self, value: Value<'_>) {
        match (self, value) {
            (Self::Text(builder), Value::Text(text)) => builder.append_option(text),
            (Self::Text(builder), Value::Owned(text)) => builder.append_option(text),
            (Self::Long(builder), Value::Long(long)) => builder.append_option(long),
            (Self::Time(builder), Value::Time(time)) => builder.append_option(time.map(Timestamp::as_microsecond)),
            (Self::Keys(builder), Value::Keys(keys)) => {
                for (key, value) in keys {
                    builder.keys().append_value(key);
                    builder.values().append_value(value);
                }
                builder.append(!keys.is_empty()).expect("keys and values go together");
            }
            _ => unreachable!("values are those of the schema"),
        }
    }

    fn take(&mut self) -> ArrayRef {
        match self {
            Self::Text(builder) => Arc::new(builder.finish()),
            Self::Long(builder) => Arc::new(builder.finish()),
            Self::Time(builder) => Arc::new(builder.finish()),
            Self::Keys(builder) => Arc::new(builder.finish()),
        }
    }
}

/// Where an operation, or something that is kept, stands.
pub(super) struct Place<'a> {
    pub dataset: Option<&'a str>,
    pub owner: Option<&'a str>,
    pub object: &'a ObjectRow,
    pub table: Option<&'a str>,
    pub column: Option<&'a str>,
    pub pointer: Option<&'a str>,
    pub record: Option<i64>,
    pub record_span: Option<(i64, i64)>,
    pub cell: Option<(i64, i64)>,
    pub bytes: Option<(i64, i64)>,
    pub key: &'a [(String, String)],
}

impl<'a> Place<'a> {
    /// A file as a whole.
    pub(super) fn whole(object: &'a ObjectRow) -> Self {
        Self {
            dataset: None,
            owner: None,
            object,
            table: None,
            column: None,
            pointer: None,
            record: None,
            record_span: None,
            cell: None,
            bytes: None,
            key: &[],
        }
    }

    /// The same, of something that was found there.
    pub(super) fn of(&self, finding: &'a FindingRow) -> Self {
        Self { column: finding.column.as_deref(), pointer: finding.pointer.as_deref(), cell: finding.cell, bytes: finding.bytes, ..*self }
    }

    pub(super) fn values(&self) -> Vec<Value<'a>> {
        let pair = |pair: Option<(i64, i64)>| [Value::Long(pair.map(|p| p.0)), Value::Long(pair.map(|p| p.1))];
        let mut out = vec![
            Value::Text(self.dataset),
            Value::Text(self.owner),
            Value::Owned(Some(self.object.object_id.to_string())),
            Value::Text(Some(&self.object.opened)),
            Value::Text(Some(&self.object.path)),
            Value::Text(self.object.member.as_deref()),
            Value::Text(Some(&self.object.format)),
            Value::Text(self.object.charset.as_deref()),
            Value::Text(self.table),
            Value::Text(self.column),
            Value::Text(self.pointer),
            Value::Long(self.record),
        ];
        out.extend([self.record_span, self.cell, self.bytes].into_iter().flat_map(pair));
        out.push(Value::Keys(self.key));
        out
    }
}
