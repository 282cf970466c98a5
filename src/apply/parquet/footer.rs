//! The footer of a Parquet file: where its row groups, column chunks, indexes and filters stand, and files with some of its row groups.
//!
//! Structures are those of <https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift>. Nothing that a footer
//! says is believed: all places must lie in the file, and come to no more than it has.

use std::io::{self, Cursor};
use std::ops::Range;
use std::sync::Arc;

use parquet::file::metadata::{ParquetMetaData, ParquetMetaDataReader};

use super::splice::{Struct, length};
use crate::apply::editor::{Step, Stop, damage};
use crate::finding::Tokens;
use crate::model::{Object, Random, ReadAt};
use crate::read::{Chunk, footer, guarded};
use crate::source::Raw;
use crate::unpack::{self, Caps, Meter, Opened};

/// What every file begins and ends with.
pub(super) const MAGIC: &[u8] = b"PAR1";
/// What tells that bytes are no text that begins with the same letters.
const HEAD: &[u8] = b"PAR1\0";
/// Bytes in which the head of a Bloom filter stands.
const BLOOM_HEAD: usize = 256;

/// Numbers of fields.
pub(super) mod field {
    pub const FILE_ROWS: i64 = 3;
    pub const FILE_GROUPS: i64 = 4;
    pub const FILE_ENCRYPTION: i64 = 8;
    pub const GROUP_COLUMNS: i64 = 1;
    pub const GROUP_DECODED: i64 = 2;
    pub const GROUP_ROWS: i64 = 3;
    pub const GROUP_SORTING: i64 = 4;
    pub const GROUP_OFFSET: i64 = 5;
    pub const GROUP_STORED: i64 = 6;
    pub const GROUP_ORDINAL: i64 = 7;
    pub const CHUNK_FILE: i64 = 1;
    pub const CHUNK_OFFSET: i64 = 2;
    pub const CHUNK_META: i64 = 3;
    pub const OFFSETS_AT: i64 = 4;
    pub const OFFSETS_LENGTH: i64 = 5;
    pub const INDEX_AT: i64 = 6;
    pub const INDEX_LENGTH: i64 = 7;
    pub const CHUNK_CRYPTO: i64 = 8;
    pub const CHUNK_ENCRYPTED: i64 = 9;
    pub const META_PATH: i64 = 3;
    pub const META_CODEC: i64 = 4;
    pub const META_DECODED: i64 = 6;
    pub const META_STORED: i64 = 7;
    pub const DATA_AT: i64 = 9;
    pub const INDEX_PAGE_AT: i64 = 10;
    pub const DICTIONARY_AT: i64 = 11;
    pub const STATISTICS: i64 = 12;
    pub const BLOOM_AT: i64 = 14;
    pub const BLOOM_LENGTH: i64 = 15;
    pub const PAGES: i64 = 1;
    pub const PAGE_AT: i64 = 1;
    pub const SORTING_COLUMN: i64 = 1;
}
use field as f;

/// A stretch of a file.
pub(super) type Span = Range<u64>;

/// Where a column chunk stands, and what belongs to it.
#[derive(Clone)]
pub(super) struct Place {
    pub pages: Span,
    pub index: Option<Span>,
    pub offsets: Option<Span>,
    pub bloom: Option<Span>,
}

/// A row group.
pub(super) struct Group {
    /// Number in the file of its first record.
    pub first: u64,
    pub rows: u64,
    /// As the footer has it.
    pub bytes: Vec<u8>,
    pub chunks: Vec<Place>,
}

/// A file with its footer.
pub(super) struct Footer {
    pub file: Random,
    pub metadata: Arc<ParquetMetaData>,
    /// As it is written.
    pub bytes: Vec<u8>,
    pub groups: Vec<Group>,
}

fn contradicts() -> Stop {
    Stop::failed("the footer contradicts itself")
}

fn unreadable(error: &io::Error) -> Stop {
    Stop::failed(damage(error))
}

/// Reads a stretch of a file.
pub(super) fn read(file: &Random, span: &Span) -> Step<Vec<u8>> {
    let mut out = vec![0; usize::try_from(span.end - span.start).map_err(|_| contradicts())?];
    file.read_exact_at(span.start, &mut out).map_err(|error| unreadable(&error))?;
    Ok(out)
}

impl Footer {
    pub(super) fn open(opened: Opened) -> Step<Self> {
        let file = opened.leaf.random.ok_or_else(|| Stop::unsupported("it is packed, and can only be read in order"))?;
        let chunk = Chunk::new(Arc::clone(&file));
        let bytes = footer(&chunk).map_err(|damage| Stop::failed(damage.to_string()))?;
        let decoded = guarded(|| ParquetMetaDataReader::decode_metadata(&bytes)).and_then(Result::ok);
        let metadata = Arc::new(decoded.ok_or_else(|| Stop::failed("the footer cannot be decoded"))?);
        let of_file = Struct::read(&bytes).ok_or_else(contradicts)?;
        if of_file.has(f::FILE_ENCRYPTION) {
            return Err(Stop::unsupported("it is encrypted"));
        }
        let mut groups = Vec::new();
        let mut first = 0_u64;
        let mut total = 0_u64;
        for raw in of_file.list(f::FILE_GROUPS).ok_or_else(contradicts)? {
            let group = Struct::read(raw).ok_or_else(contradicts)?;
            let rows = group.long(f::GROUP_ROWS).and_then(|rows| u64::try_from(rows).ok()).ok_or_else(contradicts)?;
            let columns = group.list(f::GROUP_COLUMNS).ok_or_else(contradicts)?;
            let chunks = columns.iter().map(|chunk| place(&file, chunk)).collect::<Step<Vec<_>>>()?;
            if chunks.len() != metadata.file_metadata().schema_descr().num_columns() {
                return Err(contradicts());
            }
            for chunk in &chunks {
                let spans = [Some(&chunk.pages), chunk.index.as_ref(), chunk.offsets.as_ref(), chunk.bloom.as_ref()];
                total = spans.into_iter().flatten().map(|span| span.end - span.start).fold(total, u64::saturating_add);
            }
            groups.push(Group { first, rows, bytes: raw.to_vec(), chunks });
            first = first.checked_add(rows).ok_or_else(contradicts)?;
        }
        // What several chunks share would be written once for each.
        if total > file.size() || metadata.row_groups().len() != groups.len() {
            return Err(contradicts());
        }
        Ok(Self { file, metadata, bytes, groups })
    }

    /// The footer as a structure.
    pub(super) fn structure(&self) -> Struct<'_> {
        Struct::read(&self.bytes).expect("it was read when the file was opened")
    }

    /// The row group that a record is in.
    pub(super) fn group_of(&self, record: u64) -> Option<usize> {
        let at = self.groups.partition_point(|group| group.first + group.rows <= record);
        (at < self.groups.len()).then_some(at)
    }

    /// Opens the same bytes as a file of some row groups alone.
    pub(super) fn only(&self, groups: &[usize], tokens: &Tokens) -> Opened {
        let mut of_file = self.structure();
        let raws: Vec<&[u8]> = groups.iter().map(|group| &*self.groups[*group].bytes).collect();
        of_file.set_list(f::FILE_GROUPS, &raws);
        of_file.set(f::FILE_ROWS, groups.iter().map(|group| self.groups[*group].rows as i64).sum());
        let file = Tailed { file: Arc::clone(&self.file), tail: tail(&of_file) };
        // The bytes tell the format at their start; all else is read out of order.
        let raw = Raw { stream: Box::new(Cursor::new(HEAD)), random: Some(Arc::new(file)) };
        unpack::open(Object::named("part.parquet"), raw, &Caps::default(), tokens.content_key(), &Meter::default())
    }
}

/// A footer with what stands behind it.
pub(super) fn tail(of_file: &Struct<'_>) -> Vec<u8> {
    let mut out = of_file.write();
    let length = u32::try_from(out.len()).expect("a footer is bounded");
    out.extend_from_slice(&length.to_le_bytes());
    out.extend_from_slice(MAGIC);
    out
}

/// Where a column chunk stands.
fn place(file: &Random, bytes: &[u8]) -> Step<Place> {
    let chunk = Struct::read(bytes).ok_or_else(contradicts)?;
    if chunk.has(f::CHUNK_CRYPTO) || chunk.has(f::CHUNK_ENCRYPTED) {
        return Err(Stop::unsupported("a column is encrypted"));
    }
    if chunk.has(f::CHUNK_FILE) {
        return Err(Stop::unsupported("a column stands in another file"));
    }
    let meta = chunk.inner(f::CHUNK_META).ok_or_else(contradicts)?;
    let span = |at: i64, length: i64| {
        let (start, length) = (u64::try_from(at).ok()?, u64::try_from(length).ok()?);
        start.checked_add(length).filter(|end| *end <= file.size()).map(|end| start..end)
    };
    let of_two = |at: i64, length: i64| match (chunk.long(at), chunk.long(length)) {
        (Some(at), Some(length)) => span(at, length).map(Some).ok_or_else(contradicts),
        _ => Ok(None),
    };
    let start = first_page(&meta).ok_or_else(contradicts)?;
    let pages = span(start, meta.long(f::META_STORED).ok_or_else(contradicts)?).filter(|pages| pages.start >= MAGIC.len() as u64);
    let bloom = match (meta.long(f::BLOOM_AT), meta.long(f::BLOOM_LENGTH)) {
        (None, _) => None,
        (Some(at), Some(length)) => Some(span(at, length).ok_or_else(contradicts)?),
        (Some(at), None) => Some(bloom(file, at).and_then(|length| span(at, length)).ok_or_else(contradicts)?),
    };
    Ok(Place {
        pages: pages.ok_or_else(contradicts)?,
        index: of_two(f::INDEX_AT, f::INDEX_LENGTH)?,
        offsets: of_two(f::OFFSETS_AT, f::OFFSETS_LENGTH)?,
        bloom,
    })
}

/// Where the pages of a chunk begin. A dictionary at 0 is none, as some writers say it.
pub(super) fn first_page(meta: &Struct<'_>) -> Option<i64> {
    let data = meta.long(f::DATA_AT)?;
    Some(meta.long(f::DICTIONARY_AT).filter(|at| *at > 0 && *at < data).unwrap_or(data))
}

/// How long a Bloom filter is, by its head.
fn bloom(file: &Random, at: i64) -> Option<i64> {
    let mut head = [0; BLOOM_HEAD];
    let filled = file.read_full_at(u64::try_from(at).ok()?, &mut head).ok()?;
    let length = length(&head[..filled])?;
    let bits = Struct::read(&head[..length])?.long(1)?;
    i64::try_from(length).ok()?.checked_add(bits).filter(|_| bits >= 0)
}

/// Bytes of a file with another end behind them.
struct Tailed {
    file: Random,
    tail: Vec<u8>,
}

impl ReadAt for Tailed {
    fn size(&self) -> u64 {
        self.file.size() + self.tail.len() as u64
    }

    fn read_at(&self, offset: u64, into: &mut [u8]) -> io::Result<usize> {
        match offset.checked_sub(self.file.size()) {
            Some(behind) => self.tail.read_at(behind, into),
            None => {
                let room = usize::try_from(self.file.size() - offset).unwrap_or(usize::MAX).min(into.len());
                self.file.read_at(offset, &mut into[..room])
            }
        }
    }
}
