//! A column chunk in the making: its pages one after the other, then what the footer says of it.

use std::sync::Arc;

use parquet::basic::{Compression, Encoding, PageType, Type, ZstdLevel};
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::{ColumnChunkMetaData, PageEncodingStats};
use parquet::file::statistics::{Statistics, ValueStatistics};
use parquet::schema::types::{ColumnDescPtr, SchemaDescriptor};

use super::bits::{Presence, levels, run, varint, width, zigzag};
use super::frame::store;

/// How hard zstd tries. Its faster levels take as long on such pages, measured, and leave more.
const LEVEL: i32 = 1;

/// Packs the pages of a part file.
pub(in crate::sink) struct Packer {
    zstd: zstd::bulk::Compressor<'static>,
    /// A page before it is packed.
    pub(super) page: Vec<u8>,
    /// A page that is packed.
    pub(super) packed: Vec<u8>,
}

impl Packer {
    pub(in crate::sink) fn new() -> Result<Self> {
        let zstd = zstd::bulk::Compressor::new(LEVEL).map_err(|error| ParquetError::External(error.into()))?;
        Ok(Self { zstd, page: Vec::new(), packed: Vec::new() })
    }

    /// Packs the page that `write` makes.
    pub(super) fn pack(&mut self, write: impl FnOnce(&mut Vec<u8>)) -> Result<Packed<'_>> {
        self.page.clear();
        write(&mut self.page);
        self.packed.clear();
        self.packed.reserve(zstd::zstd_safe::compress_bound(self.page.len()));
        self.zstd.compress_to_buffer(&self.page, &mut self.packed).map_err(|error| ParquetError::External(error.into()))?;
        Ok(Packed { bytes: &self.packed, size: self.page.len() })
    }

    /// Puts the page that `write` makes into a frame as it is.
    fn store(&mut self, write: impl FnOnce(&mut Vec<u8>)) -> Packed<'_> {
        self.page.clear();
        write(&mut self.page);
        self.packed.clear();
        store(&self.page, &mut self.packed);
        Packed { bytes: &self.packed, size: self.page.len() }
    }
}

/// A packed page, and its size before.
#[derive(Clone, Copy)]
pub(super) struct Packed<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) size: usize,
}

/// The pages of one column in a row group.
pub(in crate::sink) struct Chunk {
    ordinal: usize,
    column: ColumnDescPtr,
    encoding: Encoding,
    /// Shared with the closed chunk until that is written, so that the next chunk has the memory of this one.
    pages: Arc<Vec<u8>>,
    page_count: usize,
    /// What the pages were before they were packed.
    size: usize,
    values: usize,
    nulls: usize,
    /// A page hardly became smaller: the others of the chunk are not packed.
    is_stored: bool,
}

impl Chunk {
    /// Makes the chunk of the column whose path begins with `name`.
    pub(in crate::sink) fn new(schema: &SchemaDescriptor, name: &str, encoding: Encoding) -> Self {
        let ordinal = schema.columns().iter().position(|column| column.path().parts()[0] == name).expect("the schema has the column");
        Self::at(schema, ordinal, encoding)
    }

    pub(super) fn at(schema: &SchemaDescriptor, ordinal: usize, encoding: Encoding) -> Self {
        let column = schema.column(ordinal);
        Self { ordinal, column, encoding, pages: Arc::default(), page_count: 0, size: 0, values: 0, nulls: 0, is_stored: false }
    }

    pub(super) fn is_optional(&self) -> bool {
        self.column.max_def_level() > 0
    }

    /// Bytes held.
    pub(in crate::sink) fn len(&self) -> usize {
        if self.page_count == 0 { 0 } else { self.pages.len() }
    }

    /// Ends a data page: the rows that are present or null, then what `encode` makes of the values.
    pub(super) fn page_of(&mut self, presence: &mut Presence, packer: &mut Packer, encode: impl FnOnce(&mut Vec<u8>)) -> Result<()> {
        let (rows, absent) = (presence.rows(), presence.absent());
        let write = |page: &mut Vec<u8>| {
            presence.take(self.is_optional(), page);
            encode(page);
        };
        let page = if self.is_stored { packer.store(write) } else { packer.pack(write)? };
        self.is_stored = page.bytes.len() * 10 > page.size * 8;
        self.page(page, rows, absent);
        Ok(())
    }

    /// Takes a data page of `values` values, of which some are null.
    pub(super) fn page(&mut self, page: Packed<'_>, values: usize, nulls: usize) {
        let pages = Arc::get_mut(&mut self.pages).expect("the chunk before is written");
        if self.page_count == 0 {
            pages.clear();
        }
        self.size += header(PageType::DATA_PAGE, page, values, self.encoding, pages);
        pages.extend_from_slice(page.bytes);
        self.page_count += 1;
        self.values += values;
        self.nulls += nulls;
    }

    /// Ends the chunk; the next one of the column begins.
    pub(super) fn close(&mut self, dictionary: Option<(Packed<'_>, usize)>, bounds: Option<Bounds>) -> Result<Closed> {
        self.is_stored = false;
        let mut size = take(&mut self.size);
        let (page_count, values, nulls) = (take(&mut self.page_count), take(&mut self.values), take(&mut self.nulls));
        let mut kinds = vec![(PageType::DATA_PAGE, self.encoding, page_count)];
        let mut head = Vec::new();
        if let Some((page, words)) = dictionary {
            size += header(PageType::DICTIONARY_PAGE, page, words, Encoding::PLAIN, &mut head);
            head.extend_from_slice(page.bytes);
            kinds.insert(0, (PageType::DICTIONARY_PAGE, Encoding::PLAIN, 1));
        }
        let mut encodings = vec![Encoding::PLAIN, Encoding::RLE, self.encoding];
        encodings.dedup();
        let kinds = kinds.into_iter().map(|(page_type, encoding, count)| PageEncodingStats { page_type, encoding, count: int(count) });
        let mut builder = ColumnChunkMetaData::builder(self.column.clone())
            .set_compression(Compression::ZSTD(ZstdLevel::try_new(LEVEL)?))
            .set_encodings(encodings)
            .set_page_encoding_stats(kinds.collect())
            .set_num_values(long(values))
            .set_total_compressed_size(long(head.len() + self.pages.len()))
            .set_total_uncompressed_size(long(size))
            .set_data_page_offset(long(head.len()))
            .set_dictionary_page_offset((!head.is_empty()).then_some(0));
        if let Some(statistics) = statistics(&self.column, bounds, nulls as u64) {
            builder = builder.set_statistics(statistics);
        }
        Ok(Closed { ordinal: self.ordinal, metadata: builder.build()?, head, pages: self.pages.clone() })
    }
}

fn take(count: &mut usize) -> usize {
    std::mem::take(count)
}

/// A chunk that is complete.
pub(in crate::sink) struct Closed {
    pub(super) ordinal: usize,
    /// The dictionary.
    pub(super) head: Vec<u8>,
    pub(super) pages: Arc<Vec<u8>>,
    metadata: ColumnChunkMetaData,
}

impl Closed {
    /// Returns what the footer says of it where it begins at `offset` of the file.
    pub(super) fn at(&self, offset: i64) -> Result<ColumnChunkMetaData> {
        let metadata = self.metadata.clone();
        let (data, dictionary) = (metadata.data_page_offset(), metadata.dictionary_page_offset());
        let dictionary = dictionary.map(|dictionary| offset + dictionary);
        metadata.into_builder().set_data_page_offset(offset + data).set_dictionary_page_offset(dictionary).build()
    }
}

/// Makes a chunk that is null all through: levels of zero and no values.
pub(super) fn absent(schema: &SchemaDescriptor, ordinal: usize, rows: usize, packer: &mut Packer) -> Result<Closed> {
    let mut chunk = Chunk::at(schema, ordinal, Encoding::PLAIN);
    let page = packer.pack(|page| {
        for highest in [chunk.column.max_rep_level(), chunk.column.max_def_level()] {
            if highest > 0 {
                levels(page, |out| run(0, rows, width(highest.unsigned_abs().into()), out));
            }
        }
    })?;
    chunk.page(page, rows, rows);
    chunk.close(None, None)
}

/// The smallest and the largest number of a chunk.
#[derive(Clone, Copy)]
pub(in crate::sink) enum Bounds {
    Int(i64, i64),
    Float(f32, f32),
}

/// Only numbers have statistics.
fn statistics(column: &ColumnDescPtr, bounds: Option<Bounds>, nulls: u64) -> Option<Statistics> {
    fn values<T>(bounds: Option<(T, T)>, nulls: u64) -> ValueStatistics<T> {
        let (least, most) = bounds.map_or((None, None), |(least, most)| (Some(least), Some(most)));
        ValueStatistics::new(least, most, None, Some(nulls), false).with_backwards_compatible_min_max(true)
    }
    let ints = match bounds {
        Some(Bounds::Int(least, most)) => Some((least, most)),
        _ => None,
    };
    let floats = match bounds {
        // A reader must not take +0 for the smallest, for -0 may stand below it.
        Some(Bounds::Float(least, most)) => Some((if least == 0.0 { -0.0 } else { least }, most)),
        _ => None,
    };
    let narrow = |value| i32::try_from(value).expect("a column of 32 bits has such bounds");
    Some(match column.physical_type() {
        Type::INT32 => Statistics::Int32(values(ints.map(|(least, most)| (narrow(least), narrow(most))), nulls)),
        Type::INT64 => Statistics::Int64(values(ints, nulls)),
        Type::FLOAT => Statistics::Float(values(floats, nulls)),
        _ => return None,
    })
}

/// Appends a page header in Thrift's compact form. Returns the size of header and page before packing.
fn header(kind: PageType, page: Packed<'_>, values: usize, encoding: Encoding, out: &mut Vec<u8>) -> usize {
    const INT: u8 = 0x15;
    const STOP: u8 = 0;
    let start = out.len();
    let mut number = |field: u8, value: usize| {
        out.push(field);
        varint(zigzag(long(value)), out);
    };
    let is_dictionary = kind == PageType::DICTIONARY_PAGE;
    number(INT, if is_dictionary { 2 } else { 0 });
    number(INT, page.size);
    number(INT, page.bytes.len());
    // Fields 5 and 7 are the headers of data pages and of dictionaries.
    out.push(if is_dictionary { 0x4c } else { 0x2c });
    let mut number = |field: u8, value: usize| {
        out.push(field);
        varint(zigzag(long(value)), out);
    };
    number(INT, values);
    number(INT, code(encoding));
    if is_dictionary {
        // It is not sorted.
        out.push(0x12);
    } else {
        number(INT, code(Encoding::RLE));
        number(INT, code(Encoding::RLE));
    }
    out.extend_from_slice(&[STOP, STOP]);
    out.len() - start + page.size
}

/// An encoding as Parquet numbers it.
fn code(encoding: Encoding) -> usize {
    match encoding {
        Encoding::PLAIN => 0,
        Encoding::RLE => 3,
        Encoding::DELTA_BINARY_PACKED => 5,
        Encoding::DELTA_LENGTH_BYTE_ARRAY => 6,
        Encoding::RLE_DICTIONARY => 8,
        other => unreachable!("{other} is not written"),
    }
}

fn long(count: usize) -> i64 {
    i64::try_from(count).expect("a row group is small")
}

fn int(count: usize) -> i32 {
    i32::try_from(count).expect("a row group is small")
}
