//! One Parquet file written through Arrow: how its columns are stored; and the size and digest of any file once it is closed.
//!
//! What could tell a name, a path or a value without reading rows (statistics, page indices, Bloom filters) is left out;
//! only plain numbers have statistics.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use arrow_array::RecordBatch;
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use parquet::arrow::{ArrowSchemaConverter, ArrowWriter};
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterPropertiesBuilder};
use parquet::schema::types::ColumnPath;

use super::gather::CHUNK;
use crate::finding::schema::SCHEMA_VERSION;
use crate::model::{Error, ErrorKind, Result};

/// Encoded bytes at which a row group ends.
const ROW_GROUP_BYTES: usize = 16 * 1024 * 1024;
/// Rows at which a row group ends.
const ROW_GROUP_ROWS: usize = 1_000_000;
/// Rows at which a page ends: small pages stay in the cache while they are encoded.
const PAGE_ROWS: usize = 16_384;
/// Text without an Arrow dictionary that repeats over long runs all the same.
const LONG_RUNS: [&str; 3] = ["scan_id", "key_id", "object_id"];

/// Bytes that are written in one go and then hashed: they stay in the cache in between.
const WRITE_BYTES: usize = 64 * 1024;

/// A file of a run that is complete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartFile {
    /// Path relative to the run folder, with `/`.
    pub path: String,
    /// Rows in it.
    pub rows: i64,
    /// Its size.
    pub bytes: i64,
    /// BLAKE3 of its bytes, 64 hex digits.
    pub blake3: String,
}

/// A table that is being written.
pub struct TableFile {
    name: String,
    path: PathBuf,
    rows: i64,
    writer: ArrowWriter<Digested>,
}

impl TableFile {
    /// Opens a new file; `name` is its path in the folder, `table` what its footer calls it.
    ///
    /// # Errors
    /// `Io` where it is there already or cannot be made.
    pub fn create(folder: &Path, name: String, table: &str, schema: SchemaRef) -> Result<Self> {
        let path = folder.join(&name);
        let file = Digested::create_new(&path)?;
        let writer = properties(table, &schema)
            .and_then(|properties| ArrowWriter::try_new(file, schema, Some(properties)))
            .map_err(|error| failed(&path, &error))?;
        Ok(Self { name, path, rows: 0, writer })
    }

    /// Writes rows.
    ///
    /// # Errors
    /// `Io` where the file cannot be written.
    pub fn write(&mut self, batch: &RecordBatch) -> Result<()> {
        self.rows += i64::try_from(batch.num_rows()).expect("a batch fits memory");
        let written = self
            .writer
            .write(batch)
            .and_then(|()| if self.writer.in_progress_size() < ROW_GROUP_BYTES { Ok(()) } else { self.writer.flush() });
        written.map_err(|error| failed(&self.path, &error))
    }

    /// Ends the file.
    ///
    /// # Errors
    /// As [`TableFile::write`].
    pub fn close(self) -> Result<PartFile> {
        let Self { name, path, rows, writer } = self;
        // This writes the last row group and the footer, too.
        writer.into_inner().map_err(|error| failed(&path, &error))?.close(name, &path, rows)
    }
}

pub(super) fn failed(path: &Path, error: &ParquetError) -> Error {
    Error::new(ErrorKind::Io, format!("writing {}: {error}", path.display()))
}

/// What the footer says of a table.
pub(super) fn described(table: &str) -> WriterPropertiesBuilder {
    let facts = [("datatrawl.schema_version", SCHEMA_VERSION), ("datatrawl.table", table)];
    let facts = facts.map(|(key, value)| KeyValue::new(key.to_owned(), value.to_owned()));
    WriterProperties::builder()
        .set_created_by(concat!("datatrawl version ", env!("CARGO_PKG_VERSION")).to_owned())
        .set_key_value_metadata(Some(facts.to_vec()))
}

/// How a table is stored.
fn properties(table: &str, schema: &Schema) -> Result<WriterProperties, ParquetError> {
    let mut builder = described(table)
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(1)?))
        .set_max_row_group_row_count(Some(ROW_GROUP_ROWS))
        .set_data_page_row_count_limit(PAGE_ROWS)
        .set_write_batch_size(CHUNK)
        .set_statistics_enabled(EnabledStatistics::None);
    for leaf in ArrowSchemaConverter::new().convert(schema)?.columns() {
        let root = &leaf.path().parts()[0];
        let field = schema.field_with_name(root)?;
        builder = column(builder, leaf.path(), field);
    }
    Ok(builder.build())
}

/// How a column is stored.
fn column(builder: WriterPropertiesBuilder, path: &ColumnPath, field: &Field) -> WriterPropertiesBuilder {
    let name = field.name().as_str();
    match field.data_type() {
        DataType::Int32 | DataType::Int64 | DataType::Timestamp(..) => builder
            .set_column_statistics_enabled(path.clone(), EnabledStatistics::Chunk)
            .set_column_dictionary_enabled(path.clone(), false)
            .set_column_encoding(path.clone(), Encoding::DELTA_BINARY_PACKED),
        DataType::Float32 => builder.set_column_statistics_enabled(path.clone(), EnabledStatistics::Chunk),
        DataType::Utf8 if !LONG_RUNS.contains(&name) => {
            builder.set_column_dictionary_enabled(path.clone(), false).set_column_encoding(path.clone(), Encoding::DELTA_LENGTH_BYTE_ARRAY)
        }
        _ => builder,
    }
}

/// A file that knows the digest of what was written to it.
pub(super) struct Digested {
    file: File,
    hasher: blake3::Hasher,
    bytes: i64,
}

impl Digested {
    /// Makes a file that is not there yet.
    pub(super) fn create_new(path: &Path) -> Result<Self> {
        let file = File::create_new(path).map_err(|error| Error::io(format_args!("creating {}", path.display()), &error))?;
        Ok(Self { file, hasher: blake3::Hasher::new(), bytes: 0 })
    }

    /// Bytes written so far.
    pub(super) fn bytes(&self) -> i64 {
        self.bytes
    }

    /// Ends the file, which has so many rows.
    pub(super) fn close(mut self, name: String, path: &Path, rows: i64) -> Result<PartFile> {
        self.file.flush().map_err(|error| Error::io(format_args!("writing {}", path.display()), &error))?;
        Ok(PartFile { path: name, rows, bytes: self.bytes, blake3: self.hasher.finalize().to_hex().to_string() })
    }
}

impl Write for Digested {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let written = self.file.write(&buffer[..buffer.len().min(WRITE_BYTES)])?;
        self.hasher.update(&buffer[..written]);
        self.bytes += i64::try_from(written).expect("a write is below 2^63 bytes");
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
