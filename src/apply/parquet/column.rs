//! Column chunks written anew with the changes of their row group, and compared.

use std::io::{self, Write};
use std::sync::Arc;

use parquet::basic::{Encoding, Type as Physical};
use parquet::column::page::{Page, PageReader as _};
use parquet::data_type::{
    AsBytes as _, BoolType, ByteArrayType, DataType, DoubleType, FixedLenByteArrayType, FloatType, Int32Type, Int64Type, Int96Type,
};
use parquet::errors::ParquetError;
use parquet::file::metadata::ColumnChunkMetaData;
use parquet::file::properties::{BloomFilterPosition, EnabledStatistics, WriterProperties, WriterVersion};
use parquet::file::serialized_reader::SerializedPageReader;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{Type, TypePtr};

use super::footer::{Footer, MAGIC, Span, field as f};
use super::levels::{Edit, Records, undecodable};
use super::splice::Struct;
use super::targets::Change;
use crate::apply::editor::{Step, Stop};
use crate::read::{Chunk, first_page, guarded};

/// Calls a function of a column's physical type.
macro_rules! typed {
    ($physical:expr, $function:ident, $($argument:expr),*) => {
        match $physical {
            Physical::BOOLEAN => $function::<BoolType>($($argument),*),
            Physical::INT32 => $function::<Int32Type>($($argument),*),
            Physical::INT64 => $function::<Int64Type>($($argument),*),
            Physical::INT96 => $function::<Int96Type>($($argument),*),
            Physical::FLOAT => $function::<FloatType>($($argument),*),
            Physical::DOUBLE => $function::<DoubleType>($($argument),*),
            Physical::BYTE_ARRAY => $function::<ByteArrayType>($($argument),*),
            Physical::FIXED_LEN_BYTE_ARRAY => $function::<FixedLenByteArrayType>($($argument),*),
        }
    };
}

/// A column chunk of a file.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    pub footer: &'a Footer,
    pub group: usize,
    pub column: usize,
}

impl At<'_> {
    pub(super) fn meta(&self) -> &ColumnChunkMetaData {
        self.footer.metadata.row_group(self.group).column(self.column)
    }

    fn physical(&self) -> Physical {
        self.meta().column_descr().physical_type()
    }

    pub(super) fn pages(&self) -> Result<SerializedPageReader<Chunk>, ParquetError> {
        let meta = self.meta();
        let chunk = Chunk::new(Arc::clone(&self.footer.file)).columns(vec![first_page(meta)], std::iter::once(meta.compression()));
        let rows = usize::try_from(self.footer.groups[self.group].rows).unwrap_or(usize::MAX);
        SerializedPageReader::new(Arc::new(chunk), meta, rows, None)
    }
}

fn unwritable(_: ParquetError) -> Stop {
    Stop::failed("a column cannot be written")
}

fn panicked() -> Stop {
    Stop::failed("the decoder gave up on a column")
}

/// A file that is being written, and how far.
pub(super) struct Out<'a> {
    pub to: &'a mut (dyn Write + Send),
    pub at: u64,
}

impl Out<'_> {
    pub(super) fn put(&mut self, bytes: &[u8]) -> Step<Span> {
        self.to.write_all(bytes).map_err(|error| Stop::failed(format!("it cannot be written: {error}")))?;
        let start = self.at;
        self.at += bytes.len() as u64;
        Ok(start..self.at)
    }
}

/// A column chunk that was written: what the footer says of it, as if the chunk began at 0, and what belongs to it.
pub(super) struct Written {
    pub meta: Vec<u8>,
    pub pages: Span,
    pub index: Option<Vec<u8>>,
    pub offsets: Option<Vec<u8>>,
    pub bloom: Option<Vec<u8>>,
}

/// Where the crate writes a file of one column chunk to: its pages go into ours, what follows is caught.
struct Lane<'a, 'b> {
    out: &'a mut Out<'b>,
    /// Bytes of its head that are still to come.
    head: usize,
    caught: Option<Vec<u8>>,
}

impl Write for Lane<'_, '_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.head > 0 {
            let taken = self.head.min(bytes.len());
            self.head -= taken;
            return Ok(taken);
        }
        match &mut self.caught {
            Some(caught) => caught.extend_from_slice(bytes),
            None => {
                self.out.to.write_all(bytes)?;
                self.out.at += bytes.len() as u64;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes a column chunk anew with the changes of its row group.
pub(super) fn rewrite(at: At<'_>, change: &Change, out: &mut Out<'_>) -> Step<Written> {
    guarded(|| typed!(at.physical(), rewrite_as, at, change, out)).unwrap_or_else(|| Err(panicked()))
}

fn rewrite_as<T: DataType>(at: At<'_>, change: &Change, out: &mut Out<'_>) -> Step<Written> {
    let start = out.at;
    let schema = only(&at.footer.metadata.file_metadata().schema_descr().root_schema_ptr(), at.column, &mut 0);
    let schema = schema.ok_or_else(|| Stop::failed("the schema contradicts itself"))?;
    let properties = Arc::new(properties(at)?);
    let mut file = SerializedFileWriter::new(Lane { out, head: MAGIC.len(), caught: None }, schema, properties).map_err(unwritable)?;
    let mut group = file.next_row_group().map_err(unwritable)?;
    let mut column = group.next_column().map_err(unwritable)?.ok_or_else(|| Stop::failed("the schema contradicts itself"))?;
    let (mut records, mut edit) = (Records::<T>::open(at)?, Edit::of(change, at.column));
    while let Some(batch) = records.some()? {
        let batch = edit.batch(&records, batch)?;
        if batch.records > 0 {
            let definitions = (records.most_definition > 0).then_some(&*batch.definitions);
            let repetitions = (records.most_repetition > 0).then_some(&*batch.repetitions);
            column.typed::<T>().write_batch(&batch.values, definitions, repetitions).map_err(unwritable)?;
        }
    }
    edit.end(at.footer.groups[at.group].rows)?;
    column.close().map_err(unwritable)?;
    group.close().map_err(unwritable)?;
    file.flush().map_err(|error| Stop::failed(format!("it cannot be written: {error}")))?;
    let behind = file.bytes_written() as u64;
    file.inner_mut().caught = Some(Vec::new());
    file.finish().map_err(unwritable)?;
    let caught = file.inner_mut().caught.take().unwrap_or_default();
    drop(file);
    written(at, &caught, behind, start..out.at).ok_or_else(|| Stop::failed("what was written cannot be followed"))
}

/// Takes apart what the crate wrote behind the pages; `behind`: where that began in its file.
fn written(at: At<'_>, caught: &[u8], behind: u64, pages: Span) -> Option<Written> {
    let (rest, tail) = caught.split_at_checked(caught.len().checked_sub(8)?)?;
    let footer = rest.get(rest.len().checked_sub(u32::from_le_bytes(tail[..4].try_into().ok()?) as usize)?..)?;
    let of_file = Struct::read(footer)?;
    let group = Struct::read(of_file.list(f::FILE_GROUPS)?.first()?)?;
    let chunk = Struct::read(group.list(f::GROUP_COLUMNS)?.first()?)?;
    let mut meta = chunk.inner(f::CHUNK_META)?;
    let part = |at: Option<i64>, length: Option<i64>| {
        let start = usize::try_from(u64::try_from(at?).ok()?.checked_sub(behind)?).ok()?;
        caught.get(start..start.checked_add(usize::try_from(length?).ok()?)?).map(<[u8]>::to_vec)
    };
    let old = &at.footer.groups[at.group].chunks[at.column];
    let bloom = part(meta.long(f::BLOOM_AT), meta.long(f::BLOOM_LENGTH)).filter(|_| old.bloom.is_some());
    let index = part(chunk.long(f::INDEX_AT), chunk.long(f::INDEX_LENGTH)).filter(|_| old.index.is_some());
    let offsets = part(chunk.long(f::OFFSETS_AT), chunk.long(f::OFFSETS_LENGTH)).filter(|_| old.offsets.is_some());
    let by = -(MAGIC.len() as i64);
    let moved = [f::DATA_AT, f::INDEX_PAGE_AT, f::DICTIONARY_AT].into_iter().all(|number| meta.shift(number, by));
    [f::BLOOM_AT, f::BLOOM_LENGTH].into_iter().for_each(|number| meta.remove(number));
    let offsets = match offsets {
        Some(offsets) => Some(shifted(&offsets, by)?),
        None => None,
    };
    moved.then(|| Written { meta: meta.write(), pages, index, offsets, bloom })
}

/// An offset index of pages that stand elsewhere.
pub(super) fn shifted(offsets: &[u8], by: i64) -> Option<Vec<u8>> {
    let mut index = Struct::read(offsets)?;
    let mut pages = Vec::new();
    for page in index.list(f::PAGES)? {
        let mut page = Struct::read(page)?;
        page.shift(f::PAGE_AT, by).then_some(())?;
        pages.push(page.write());
    }
    index.set_list(f::PAGES, &pages);
    Some(index.write())
}

/// The schema of one column alone.
fn only(node: &TypePtr, column: usize, next: &mut usize) -> Option<TypePtr> {
    let Type::GroupType { basic_info, fields } = &**node else {
        *next += 1;
        return (*next - 1 == column).then(|| Arc::clone(node));
    };
    let mut found = None;
    for field in fields {
        found = only(field, column, next).or(found);
    }
    let group = Type::group_type_builder(basic_info.name()).with_fields(vec![found?]);
    let group = if basic_info.has_repetition() { group.with_repetition(basic_info.repetition()) } else { group };
    group.build().ok().map(Arc::new)
}

/// How a chunk is written, as far as that can be told and done again.
fn properties(at: At<'_>) -> Step<WriterProperties> {
    let (meta, place) = (at.meta(), &at.footer.groups[at.group].chunks[at.column]);
    let mut pages = at.pages().map_err(undecodable)?;
    let (mut has_dictionary, mut version, mut encoding) = (false, WriterVersion::PARQUET_1_0, Encoding::PLAIN);
    while let Some(page) = pages.get_next_page().map_err(undecodable)? {
        match page {
            Page::DictionaryPage { .. } => has_dictionary = true,
            Page::DataPage { encoding: own, .. } => encoding = own,
            Page::DataPageV2 { encoding: own, .. } => (encoding, version) = (own, WriterVersion::PARQUET_2_0),
        }
        if !has_dictionary || !matches!(encoding, Encoding::PLAIN) || pages.peek_next_page().map_err(undecodable)?.is_none() {
            break;
        }
    }
    if matches!(encoding, Encoding::PLAIN_DICTIONARY | Encoding::RLE_DICTIONARY) {
        let later = |encoding: &Encoding| {
            use Encoding::{BYTE_STREAM_SPLIT, DELTA_BINARY_PACKED, DELTA_BYTE_ARRAY, DELTA_LENGTH_BYTE_ARRAY};
            matches!(encoding, BYTE_STREAM_SPLIT | DELTA_BINARY_PACKED | DELTA_BYTE_ARRAY | DELTA_LENGTH_BYTE_ARRAY)
        };
        encoding = meta.encodings().find(later).unwrap_or(Encoding::PLAIN);
    }
    let statistics = match (&place.index, meta.statistics()) {
        (Some(_), _) => EnabledStatistics::Page,
        (None, Some(_)) => EnabledStatistics::Chunk,
        (None, None) => EnabledStatistics::None,
    };
    let builder = WriterProperties::builder()
        .set_writer_version(version)
        .set_compression(meta.compression())
        .set_dictionary_enabled(has_dictionary)
        .set_encoding(encoding)
        .set_statistics_enabled(statistics)
        .set_bloom_filter_position(BloomFilterPosition::End);
    let values = meta.num_values().max(1).unsigned_abs();
    Ok(if place.bloom.is_some() { builder.set_bloom_filter_max_ndv(values).build() } else { builder.build() })
}

/// Compares a column chunk that was written with the one that it was made of.
pub(super) fn compare(old: At<'_>, new: At<'_>, change: &Change) -> Step<()> {
    if old.physical() != new.physical() {
        return Err(Stop::failed("a column has another type"));
    }
    guarded(|| typed!(old.physical(), compare_as, old, new, change)).unwrap_or_else(|| Err(panicked()))
}

fn compare_as<T: DataType>(old: At<'_>, new: At<'_>, change: &Change) -> Step<()> {
    let (mut of_old, mut of_new, mut edit) = (Records::<T>::open(old)?, Records::<T>::open(new)?, Edit::of(change, old.column));
    while let Some(batch) = of_old.some()? {
        let expected = edit.batch(&of_old, batch)?;
        let found = of_new.exactly(expected.records)?;
        let same = expected.records == found.records
            && expected.definitions == found.definitions
            && expected.repetitions == found.repetitions
            && expected.values.len() == found.values.len()
            && expected.values.iter().zip(&found.values).all(|(a, b)| a.as_bytes() == b.as_bytes());
        if !same {
            return Err(Stop::failed("a column is not as it should be"));
        }
    }
    edit.end(old.footer.groups[old.group].rows)?;
    if of_new.exactly(1)?.records == 0 { Ok(()) } else { Err(Stop::failed("there are more records than there should be")) }
}
