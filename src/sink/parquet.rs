//! One Parquet file: how its columns are stored, and its size and digest once it is closed.
//!
//! What could tell a name, a path or a value without reading rows (statistics, page indices, Bloom filters) is left out;
//! only plain numbers have statistics.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use parquet::arrow::{ArrowSchemaConverter, ArrowWriter, add_encoded_arrow_schema_to_metadata};
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterPropertiesBuilder};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{ColumnPath, SchemaDescriptor};

use super::gather::CHUNK;
use super::pages::{Closed, Packer, absent, append};
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
/// Nested columns that name a person or a row.
const OF_A_PERSON: [&str; 2] = ["record_key", "subject_tokens"];

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
pub(super) struct TableFile {
    name: String,
    path: PathBuf,
    rows: i64,
    writer: ArrowWriter<Digested>,
}

impl TableFile {
    /// Opens a new file; `name` is its path in the run folder.
    pub(super) fn create(folder: &Path, name: String, table: &str, schema: SchemaRef) -> Result<Self> {
        let path = folder.join(&name);
        let file = create_new(&path)?;
        let writer = properties(table, &schema)
            .and_then(|properties| ArrowWriter::try_new(file, schema, Some(properties)))
            .map_err(|error| failed(&path, &error))?;
        Ok(Self { name, path, rows: 0, writer })
    }

    pub(super) fn write(&mut self, batch: &RecordBatch) -> Result<()> {
        self.rows += i64::try_from(batch.num_rows()).expect("a batch fits memory");
        let written = self
            .writer
            .write(batch)
            .and_then(|()| if self.writer.in_progress_size() < ROW_GROUP_BYTES { Ok(()) } else { self.writer.flush() });
        written.map_err(|error| failed(&self.path, &error))
    }

    pub(super) fn close(self) -> Result<PartFile> {
        let Self { name, path, rows, writer } = self;
        // This writes the last row group and the footer, too.
        ended(name, &path, rows, writer.into_inner())
    }
}

/// A table whose pages are made here.
pub(super) struct PageFile {
    name: String,
    path: PathBuf,
    rows: i64,
    writer: SerializedFileWriter<Digested>,
}

impl PageFile {
    /// Opens a new file; `name` is its path in the run folder.
    pub(super) fn create(folder: &Path, name: String, table: &str, schema: &Schema) -> Result<(Self, Packer)> {
        let path = folder.join(&name);
        let file = create_new(&path)?;
        let made = (|| {
            let mut properties = described(table).build();
            add_encoded_arrow_schema_to_metadata(schema, &mut properties);
            let root = ArrowSchemaConverter::new().convert(schema)?.root_schema_ptr();
            Ok((SerializedFileWriter::new(file, root, Arc::new(properties))?, Packer::new()?))
        })();
        let (writer, packer) = made.map_err(|error| failed(&path, &error))?;
        Ok((Self { name, path, rows: 0, writer }, packer))
    }

    pub(super) fn schema(&self) -> &SchemaDescriptor {
        self.writer.schema_descr()
    }

    /// Writes a row group. Columns without a chunk are null.
    pub(super) fn write_group(&mut self, chunks: Vec<Closed>, rows: usize, packer: &mut Packer) -> Result<()> {
        self.rows += i64::try_from(rows).expect("a row group fits memory");
        self.try_write_group(chunks, rows, packer).map_err(|error| failed(&self.path, &error))
    }

    fn try_write_group(&mut self, mut chunks: Vec<Closed>, rows: usize, packer: &mut Packer) -> Result<(), ParquetError> {
        let schema = self.writer.schema_descr();
        for ordinal in 0..schema.num_columns() {
            if !chunks.iter().any(|chunk| chunk.ordinal == ordinal) {
                chunks.push(absent(schema, ordinal, rows, packer)?);
            }
        }
        chunks.sort_by_key(|chunk| chunk.ordinal);
        let mut group = self.writer.next_row_group()?;
        for chunk in chunks {
            append(&mut group, chunk, rows)?;
        }
        group.close()?;
        Ok(())
    }

    pub(super) fn failed(&self, error: &ParquetError) -> Error {
        failed(&self.path, error)
    }

    pub(super) fn close(self) -> Result<PartFile> {
        let Self { name, path, rows, writer } = self;
        ended(name, &path, rows, writer.into_inner())
    }
}

fn create_new(path: &Path) -> Result<Digested> {
    let file = File::create_new(path).map_err(|error| Error::io(format_args!("creating {}", path.display()), &error))?;
    Ok(Digested::new(file))
}

/// Tells of a file whose footer is written.
fn ended(name: String, path: &Path, rows: i64, file: Result<Digested, ParquetError>) -> Result<PartFile> {
    let file = file.map_err(|error| failed(path, &error))?;
    let (bytes, blake3) = file.close().map_err(|error| Error::io(format_args!("writing {}", path.display()), &error))?;
    Ok(PartFile { path: name, rows, bytes, blake3 })
}

fn failed(path: &Path, error: &ParquetError) -> Error {
    Error::new(ErrorKind::Io, format!("writing {}: {error}", path.display()))
}

/// What the footer says of a table.
fn described(table: &str) -> WriterPropertiesBuilder {
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

/// How a column is stored. Lengths apart from the text leave tokens as one run of hex digits, which zstd packs faster and
/// tighter: a finding took a fifth less time to write, measured, than with a length before each token.
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
        DataType::Map(..) if OF_A_PERSON.contains(&name) => builder.set_column_dictionary_enabled(path.clone(), false),
        _ => builder,
    }
}

/// A file that knows the digest of what was written to it.
struct Digested {
    file: File,
    hasher: blake3::Hasher,
    bytes: i64,
}

impl Digested {
    fn new(file: File) -> Self {
        Self { file, hasher: blake3::Hasher::new(), bytes: 0 }
    }

    fn close(mut self) -> io::Result<(i64, String)> {
        self.file.flush()?;
        Ok((self.bytes, self.hasher.finalize().to_hex().to_string()))
    }
}

impl Write for Digested {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let written = self.file.write(buffer)?;
        self.hasher.update(&buffer[..written]);
        self.bytes += i64::try_from(written).expect("a write is below 2^63 bytes");
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
