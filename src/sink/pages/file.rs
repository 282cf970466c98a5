//! A Parquet file of column chunks that are made here: they go to the file as they are, the `parquet` crate writes the footer.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_schema::Schema;
use parquet::arrow::{ArrowSchemaConverter, add_encoded_arrow_schema_to_metadata};
use parquet::errors::ParquetError;
use parquet::file::metadata::{FileMetaData, ParquetMetaData, ParquetMetaDataWriter, RowGroupMetaData};
use parquet::file::properties::WriterProperties;
use parquet::schema::types::{SchemaDescPtr, SchemaDescriptor};

use super::chunk::{Closed, Packer, absent};
use crate::model::{Error, Result};
use crate::sink::parquet::{Digested, PartFile, described, failed};

/// What a Parquet file begins with.
const MAGIC: &[u8] = b"PAR1";

/// A table whose pages are made here.
pub(in crate::sink) struct PageFile {
    name: String,
    path: PathBuf,
    file: Digested,
    schema: SchemaDescPtr,
    properties: WriterProperties,
    rows: i64,
    groups: Vec<RowGroupMetaData>,
}

impl PageFile {
    /// Opens a new file; `name` is its path in the run folder.
    pub(in crate::sink) fn create(folder: &Path, name: String, table: &str, schema: &Schema) -> Result<Self> {
        let path = folder.join(&name);
        let mut properties = described(table).build();
        add_encoded_arrow_schema_to_metadata(schema, &mut properties);
        let schema = Arc::new(ArrowSchemaConverter::new().convert(schema).map_err(|error| failed(&path, &error))?);
        let mut file = Digested::create_new(&path)?;
        file.write_all(MAGIC).map_err(|error| unwritten(&path, &error))?;
        Ok(Self { name, path, file, schema, properties, rows: 0, groups: Vec::new() })
    }

    pub(in crate::sink) fn schema(&self) -> &SchemaDescriptor {
        &self.schema
    }

    /// Writes a row group. Columns without a chunk are null.
    pub(in crate::sink) fn write_group(&mut self, mut chunks: Vec<Closed>, rows: usize, packer: &mut Packer) -> Result<()> {
        for ordinal in 0..self.schema.num_columns() {
            if !chunks.iter().any(|chunk| chunk.ordinal == ordinal) {
                chunks.push(absent(&self.schema, ordinal, rows, packer).map_err(|error| self.failed(&error))?);
            }
        }
        chunks.sort_by_key(|chunk| chunk.ordinal);
        let rows = i64::try_from(rows).expect("a row group fits memory");
        let ordinal =
            i16::try_from(self.groups.len()).map_err(|_| self.failed(&ParquetError::General("too many row groups".to_owned())))?;
        let (start, mut size) = (self.file.bytes(), 0);
        let mut columns = Vec::with_capacity(chunks.len());
        for chunk in chunks {
            let column = chunk.at(self.file.bytes()).map_err(|error| self.failed(&error))?;
            let written = self.file.write_all(&chunk.head).and_then(|()| self.file.write_all(&chunk.pages));
            written.map_err(|error| unwritten(&self.path, &error))?;
            size += column.uncompressed_size();
            columns.push(column);
        }
        let group = RowGroupMetaData::builder(self.schema.clone())
            .set_column_metadata(columns)
            .set_total_byte_size(size)
            .set_num_rows(rows)
            .set_ordinal(ordinal)
            .set_file_offset(start)
            .build();
        self.groups.push(group.map_err(|error| self.failed(&error))?);
        self.rows += rows;
        Ok(())
    }

    /// Tells that pages could not be made.
    pub(in crate::sink) fn failed(&self, error: &ParquetError) -> Error {
        failed(&self.path, error)
    }

    /// Writes the footer and ends the file.
    pub(in crate::sink) fn close(self) -> Result<PartFile> {
        let Self { name, path, mut file, schema, properties, rows, groups } = self;
        let (version, by) = (properties.writer_version().as_num(), Some(properties.created_by().to_owned()));
        let facts = FileMetaData::new(version, rows, by, properties.key_value_metadata().cloned(), schema, None);
        let mut footer = Vec::new();
        let written = ParquetMetaDataWriter::new(&mut footer, &ParquetMetaData::new(facts, groups)).finish();
        written.map_err(|error| failed(&path, &error))?;
        file.write_all(&footer).map_err(|error| unwritten(&path, &error))?;
        file.close(name, &path, rows)
    }
}

fn unwritten(path: &Path, error: &io::Error) -> Error {
    Error::io(format_args!("writing {}", path.display()), error)
}
