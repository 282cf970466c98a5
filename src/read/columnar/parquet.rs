//! Parquet: row groups → batches of records. Columns in which nothing can stand are not decoded, but for the first records.

use std::collections::VecDeque;
use std::io;
use std::ops::Range;
use std::sync::Arc;

use arrow_schema::{DataType, Field, Schema, SchemaRef};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use parquet::basic::{ConvertedType, Encoding, LogicalType, Repetition, Type as Physical};
use parquet::column::page::{Page, PageReader as _};
use parquet::errors::ParquetError;
use parquet::file::metadata::{ColumnChunkMetaData, ParquetMetaData, ParquetMetaDataOptions, ParquetMetaDataReader, RowGroupMetaData};
use parquet::file::serialized_reader::SerializedPageReader;
use parquet::schema::types::{SchemaDescriptor, Type, TypePtr};

use super::chunk::Chunk;
use super::plan::{self, Leaf, LeafField, Show};
use super::thrift;
use super::{Batch, Decode, Table};
use crate::model::{Column, Random, limits};
use crate::read::{Holding, Supplying};
use crate::unpack::Damage;

/// Bytes behind the footer: its length and the magic.
const TAIL_BYTES: u64 = 8;
/// Decoded bytes that a batch is meant to have.
const TARGET_BYTES: u64 = 1024 * 1024;
/// Bytes that a batch may take where each record has the longest value of its dictionaries, which pages repeat at will.
const EXPANDED_BYTES: u64 = 64 * 1024 * 1024;
/// Records that a batch has at most.
const BATCH_RECORDS: u64 = 64 * 1024;

/// The row groups of a file, one after the other.
pub(super) struct Groups {
    chunk: Chunk,
    metadata: Arc<ParquetMetaData>,
    schema: SchemaRef,
    leaves: Vec<Leaf>,
    /// Whether the columns that are asked for are decoded, and no others.
    whole: bool,
    /// The row group after the one at hand.
    next: usize,
    /// Number in the file of the first record of the next row group.
    first: u64,
    /// What is still to be read of the row group at hand.
    parts: VecDeque<Part>,
    open: Option<Open>,
}

/// Records of one row group that are read alike.
struct Part {
    group: usize,
    /// Number in the file of the row group's first record.
    first: u64,
    records: Range<u64>,
    /// Leaf columns that are decoded.
    columns: Vec<usize>,
}

/// A part that is being read.
struct Open {
    part: Part,
    leaves: Arc<[Leaf]>,
    reader: ParquetRecordBatchReader,
    read: u64,
}

/// Opens a file: its columns, and what decodes them.
pub(super) fn open(bytes: Random, how: &Supplying) -> Result<Table, Damage> {
    let chunk = Chunk::new(bytes);
    let footer = footer(&chunk)?;
    let undecodable = |_| corrupt("the footer cannot be decoded");
    let stored = ParquetMetaDataReader::decode_schema(&footer).map_err(undecodable)?;
    let schema = Arc::new(SchemaDescriptor::new(without_text(stored.root_schema_ptr()).map_err(undecodable)?));
    let options = ParquetMetaDataOptions::new().with_schema(schema).with_encoding_stats_as_mask(true);
    let metadata = ParquetMetaDataReader::decode_metadata_with_options(&footer, Some(&options)).map_err(undecodable)?;
    if metadata.row_groups().iter().any(|group| group.num_rows() < 0 || group.num_columns() != stored.num_columns()) {
        return Err(corrupt("the footer contradicts itself"));
    }
    let metadata = Arc::new(metadata);
    let arrow = ArrowReaderMetadata::try_new(Arc::clone(&metadata), ArrowReaderOptions::new().with_skip_arrow_metadata(true));
    let arrow = arrow.map_err(|_| corrupt("the types of the columns are not known"))?;
    let fields = plan::leaf_fields(arrow.schema().fields())?;
    if fields.len() != stored.num_columns() {
        return Err(corrupt("the types of the columns are not known"));
    }
    let leaves = fields.iter().enumerate().map(|(i, field)| leaf(i, field, &stored, how)).collect();
    // Pages that stand in another file cannot be written with this one.
    let is_whole = metadata.row_groups().iter().flat_map(RowGroupMetaData::columns).all(|chunk| chunk.file_path().is_none());
    let holding = if is_whole { (0..stored.num_columns()).map(|column| holding(&stored, column)).collect() } else { Vec::new() };
    let columns: Arc<[Column]> = fields.into_iter().map(|field| field.column).collect();
    let schema = Arc::clone(arrow.schema());
    let groups = Groups { chunk, metadata, schema, leaves, whole: how.whole, next: 0, first: 0, parts: VecDeque::new(), open: None };
    Ok(Table { columns, holding, rows: Box::new(groups) })
}

fn corrupt(what: &str) -> Damage {
    Damage::Corrupt(what.to_owned())
}

/// Reads the footer and refuses one that must not be decoded.
pub(crate) fn footer(chunk: &Chunk) -> Result<Vec<u8>, Damage> {
    use parquet::file::reader::Length as _;
    let unreadable = |error: io::Error| Damage::from_error(&error);
    let size = chunk.len();
    let no_footer = || corrupt("no footer: the file is cut off, or was never finished");
    let tail_at = size.checked_sub(TAIL_BYTES).filter(|at| *at >= 4).ok_or_else(no_footer)?;
    let tail = chunk.read(tail_at, 8).map_err(unreadable)?;
    let length = u64::from(u32::from_le_bytes([tail[0], tail[1], tail[2], tail[3]]));
    match &tail[4..] {
        b"PAR1" => {}
        b"PARE" => return Err(Damage::Encrypted("the footer, and with it all columns".to_owned())),
        _ => return Err(no_footer()),
    }
    if length > limits::FOOTER_BYTES {
        return Err(Damage::Corrupt(format!("the footer is longer than {} bytes", limits::FOOTER_BYTES)));
    }
    let start = tail_at.checked_sub(length).ok_or_else(|| corrupt("the footer is longer than the file"))?;
    let footer = chunk.read(start, usize::try_from(length).expect("it is bounded")).map_err(unreadable)?;
    match thrift::footer(&footer) {
        Some(facts) if facts.has_encrypted_columns => Err(Damage::Encrypted("some of the columns".to_owned())),
        Some(_) => Ok(footer),
        None => Err(corrupt("the footer cannot be followed, or nests columns too deep")),
    }
}

/// Takes the annotations of text away: decoders then give the bytes as they are, and what is not UTF-8 costs no other value.
fn without_text(node: TypePtr) -> Result<TypePtr, ParquetError> {
    let info = node.get_basic_info().clone();
    Ok(Arc::new(match &*node {
        Type::GroupType { fields, .. } => {
            let fields = fields.iter().map(|field| without_text(Arc::clone(field))).collect::<Result<_, _>>()?;
            let mut group = Type::group_type_builder(info.name()).with_fields(fields).with_converted_type(info.converted_type());
            group = group.with_logical_type(info.logical_type_ref().cloned());
            if info.has_repetition() {
                group = group.with_repetition(info.repetition());
            }
            group.build()?
        }
        Type::PrimitiveType { physical_type: Physical::BYTE_ARRAY, .. } if is_text(&node) => {
            Type::primitive_type_builder(info.name(), Physical::BYTE_ARRAY).with_repetition(info.repetition()).build()?
        }
        _ => return Ok(node),
    }))
}

fn is_text(node: &Type) -> bool {
    let info = node.get_basic_info();
    matches!(info.logical_type_ref(), Some(LogicalType::String | LogicalType::Json | LogicalType::Enum))
        || matches!(info.converted_type(), ConvertedType::UTF8 | ConvertedType::JSON | ConvertedType::ENUM)
}

/// What a column may be changed to hold. Keys of maps stay apart, and what is said to be JSON stays so.
fn holding(stored: &SchemaDescriptor, column: usize) -> Holding {
    let column = stored.column(column);
    let (node, info) = (column.self_type(), column.self_type().get_basic_info());
    let is_json = matches!(info.logical_type_ref(), Some(LogicalType::Json)) || info.converted_type() == ConvertedType::JSON;
    let is_bare = info.logical_type_ref().is_none() && info.converted_type() == ConvertedType::NONE;
    let text = node.get_physical_type() == Physical::BYTE_ARRAY && (is_text(node) && !is_json || is_bare);
    let is_key = column.path().parts().len() > 2 && info.repetition() == Repetition::REQUIRED && is_map_key(stored, column.path().parts());
    Holding { null: info.repetition() == Repetition::OPTIONAL, text: text && !is_key }
}

/// Whether a path leads to the first column of a map's entries.
fn is_map_key(stored: &SchemaDescriptor, path: &[String]) -> bool {
    let mut node = stored.root_schema();
    let mut is_map = false;
    for (depth, name) in path.iter().enumerate() {
        let Some(child) = node.get_fields().iter().find(|child| child.name() == name) else { return false };
        if is_map && depth + 2 == path.len() {
            return child.is_group() && child.get_fields().first().is_some_and(|key| Some(key.name()) == path.last().map(String::as_str));
        }
        let info = child.get_basic_info();
        is_map = matches!(info.logical_type_ref(), Some(LogicalType::Map))
            || matches!(info.converted_type(), ConvertedType::MAP | ConvertedType::MAP_KEY_VALUE);
        if child.is_primitive() {
            return false;
        }
        node = child;
    }
    false
}

fn leaf(index: usize, field: &LeafField, stored: &SchemaDescriptor, how: &Supplying) -> Leaf {
    let node = stored.column(index).self_type_ptr();
    let asked = if how.whole { (how.asks)(&field.column) } else { plan::asked(&field.column, &*how.asks) };
    let is_uuid = matches!(node.get_basic_info().logical_type_ref(), Some(LogicalType::Uuid));
    let show = match plan::show(&field.data_type) {
        _ if asked => Show::All,
        Show::All if is_uuid => Show::Nothing,
        show => show,
    };
    let text = node.get_physical_type() == Physical::BYTE_ARRAY && is_text(&node);
    let flat = field.flat && stored.column(index).max_rep_level() == 0;
    Leaf { column: u32::try_from(index).expect("a footer is bounded"), text, flat, asked, show }
}

impl Groups {
    /// Goes to the next row group.
    fn plan_group(&mut self) -> bool {
        let Some(group) = self.metadata.row_groups().get(self.next) else { return false };
        let (ordinal, first, rows) = (self.next, self.first, group.num_rows().unsigned_abs());
        self.next += 1;
        self.first = self.first.saturating_add(rows);
        let measured = limits::PROFILED_RECORDS.saturating_sub(first).min(rows);
        let all = 0..self.leaves.len();
        if self.whole {
            // Records are told even where nothing of them is asked for.
            let mut columns: Vec<_> = all.filter(|i| self.leaves[*i].asked).collect();
            if columns.is_empty() && !self.leaves.is_empty() {
                columns.push(0);
            }
            self.parts.extend((rows > 0).then_some(Part { group: ordinal, first, records: 0..rows, columns }));
            return true;
        }
        // Statistics do not count: whoever writes them could hide values behind them.
        let wanted = all.clone().filter(|i| self.leaves[*i].show != Show::Nothing).collect();
        let parts = [(0..measured, all.collect()), (measured..rows, wanted)];
        let parts = parts.into_iter().filter(|(records, _)| !records.is_empty());
        self.parts.extend(parts.map(|(records, columns)| Part { group: ordinal, first, records, columns }));
        true
    }

    fn open_part(&self, part: Part) -> Result<Open, Damage> {
        let group = self.metadata.row_group(part.group);
        let undecodable = |_| undecodable(part.group);
        let options = ArrowReaderOptions::new().with_schema(self.with_dictionaries(group));
        let metadata = ArrowReaderMetadata::try_new(Arc::clone(&self.metadata), options).map_err(undecodable)?;
        let columns = || part.columns.iter().map(|column| group.column(*column));
        let chunk = self.chunk.columns(columns().map(first_page).collect(), columns().map(ColumnChunkMetaData::compression));
        let mask = ProjectionMask::leaves(self.metadata.file_metadata().schema_descr(), part.columns.iter().copied());
        let longest = part
            .columns
            .iter()
            .map(|column| self.longest(&chunk, group.column(*column)))
            .sum::<Result<u64, _>>()
            .map_err(|error| why(&error, part.group))?;
        let index = |n: u64| usize::try_from(n).map_err(|_| corrupt("more records than fit an address space"));
        let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(chunk, metadata)
            .with_row_groups(vec![part.group])
            .with_projection(mask)
            .with_batch_size(index(batch_records(group, &part, longest))?)
            .with_offset(index(part.records.start)?)
            .with_limit(index(part.records.end - part.records.start)?);
        let reader = builder.build().map_err(undecodable)?;
        let leaves = part.columns.iter().map(|column| self.leaves[*column].clone()).collect();
        Ok(Open { read: part.records.start, part, leaves, reader })
    }

    /// The longest value that a dictionary of a column chunk can give.
    fn longest(&self, chunk: &Chunk, column: &ColumnChunkMetaData) -> Result<u64, ParquetError> {
        let fixed = match column.column_type() {
            Physical::BYTE_ARRAY => None,
            Physical::FIXED_LEN_BYTE_ARRAY => Some(column.column_descr().type_length().max(0).unsigned_abs().into()),
            _ => return Ok(0),
        };
        let rows = usize::try_from(column.num_values()).unwrap_or(0);
        let mut pages = SerializedPageReader::new(Arc::new(chunk.clone()), column, rows, None)?;
        if !pages.peek_next_page()?.is_some_and(|page| page.is_dict) {
            return Ok(0);
        }
        match (fixed, pages.get_next_page()?) {
            (Some(length), _) => Ok(length),
            (None, Some(Page::DictionaryPage { buf, .. })) => Ok(longest(&buf)),
            _ => Ok(0),
        }
    }

    /// The schema with those columns as dictionaries that the row group stores as such.
    fn with_dictionaries(&self, group: &RowGroupMetaData) -> SchemaRef {
        let mut flat = self.leaves.iter().enumerate().filter(|(_, leaf)| leaf.flat).map(|(index, leaf)| (index, leaf.text)).peekable();
        if self.whole || flat.peek().is_none() {
            return Arc::clone(&self.schema);
        }
        let typed = |field: &Arc<Field>| {
            // Columns that hold others are no flat leaf; all others are one, in this order.
            let is_leaf = !field.data_type().is_nested();
            let stored = if is_leaf { flat.next() } else { None };
            match stored {
                Some((index, true)) if *field.data_type() == DataType::Binary && is_dictionary(group.column(index)) => {
                    let dictionary = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Binary));
                    Arc::new(field.as_ref().clone().with_data_type(dictionary))
                }
                _ => Arc::clone(field),
            }
        };
        let fields: Vec<_> = self.schema.fields().iter().map(typed).collect();
        Arc::new(Schema::new_with_metadata(fields, self.schema.metadata().clone()))
    }
}

/// The longest value of a dictionary page in plain encoding: each stands behind its length.
fn longest(mut page: &[u8]) -> u64 {
    let mut longest = 0;
    while let Some((length, rest)) = page.split_first_chunk::<4>() {
        let length = u32::from_le_bytes(*length);
        longest = longest.max(length);
        page = usize::try_from(length).ok().and_then(|length| rest.get(length..)).unwrap_or_default();
    }
    longest.into()
}

/// A batch of wide records has few of them. `longest`: bytes of the longest values that dictionaries can give a record.
fn batch_records(group: &RowGroupMetaData, part: &Part, longest: u64) -> u64 {
    let bytes: u64 = part.columns.iter().map(|column| group.column(*column).uncompressed_size().max(0).unsigned_abs()).sum();
    let rows = group.num_rows().max(1).unsigned_abs();
    let most = (EXPANDED_BYTES / longest.max(1)).clamp(1, BATCH_RECORDS);
    (TARGET_BYTES.saturating_mul(rows) / bytes.max(1)).clamp(1, most)
}

/// Where the first page of a column chunk stands.
pub(crate) fn first_page(chunk: &ColumnChunkMetaData) -> u64 {
    let pages = [Some(chunk.data_page_offset()), chunk.dictionary_page_offset()];
    pages.into_iter().flatten().min().and_then(|at| u64::try_from(at).ok()).unwrap_or(0)
}

/// Whether all values of a column chunk stand in its dictionary.
fn is_dictionary(chunk: &ColumnChunkMetaData) -> bool {
    let only = |encoding| chunk.page_encoding_stats_mask().is_some_and(|mask| mask.is_only(encoding));
    chunk.dictionary_page_offset().is_some() && (only(Encoding::RLE_DICTIONARY) || only(Encoding::PLAIN_DICTIONARY))
}

fn undecodable(group: usize) -> Damage {
    Damage::Corrupt(format!("row group {group} cannot be decoded"))
}

/// Why a batch could not be decoded. What the crate says may quote values.
fn why(error: &(dyn std::error::Error + 'static), group: usize) -> Damage {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if let Some(damage) = error.downcast_ref::<Damage>() {
            return damage.clone();
        }
        if let Some(error) = error.downcast_ref::<io::Error>() {
            return Damage::of(error).cloned().unwrap_or_else(|| undecodable(group));
        }
        cause = error.source();
    }
    undecodable(group)
}

impl Decode for Groups {
    fn next(&mut self) -> Option<Result<Batch, Damage>> {
        loop {
            if let Some(open) = &mut self.open {
                let (group, first) = (open.part.group, open.part.first);
                match open.reader.next() {
                    Some(Ok(records)) if records.num_rows() > 0 => {
                        let in_group = open.read;
                        open.read += records.num_rows() as u64;
                        let group = i32::try_from(group).unwrap_or(i32::MAX);
                        let first = first.saturating_add(in_group);
                        return Some(Ok(Batch { records, leaves: Arc::clone(&open.leaves), first, group: Some((group, in_group)) }));
                    }
                    Some(Ok(_)) => {}
                    Some(Err(error)) => {
                        self.give_up();
                        return Some(Err(why(&error, group)));
                    }
                    None => {
                        let is_short = open.read < open.part.records.end;
                        self.open = None;
                        if is_short {
                            self.give_up();
                            return Some(Err(Damage::Corrupt(format!("row group {group} has fewer records than the footer says"))));
                        }
                    }
                }
            } else if let Some(part) = self.parts.pop_front() {
                if part.columns.is_empty() {
                    continue;
                }
                match self.open_part(part) {
                    Ok(open) => self.open = Some(open),
                    Err(damage) => return Some(Err(damage)),
                }
            } else if !self.plan_group() {
                return None;
            }
        }
    }

    /// Goes on with the next row group.
    fn give_up(&mut self) {
        self.open = None;
        self.parts.clear();
    }

    fn records(&self) -> Option<u64> {
        Some(self.first)
    }
}
