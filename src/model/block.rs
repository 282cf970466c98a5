//! A block: a contiguous run of one leaf's decoded bytes with margins on both sides.

use std::ops::Range;
use std::sync::Arc;

use super::{Cells, Origin};

/// What the cutter of a format knew about a block when it cut it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Framing {
    /// Ordinal, in the leaf, of the first record that starts in the block (or of the one that it continues).
    pub first_record: u64,
    /// 1-based physical line on which the owned range starts.
    pub first_line: u64,
    /// Owned bytes at the start that belong to a record which was cut for its length. They have no layout.
    pub torn_head: usize,
    /// Starts of the records in the block, as indices into its bytes, where the format cannot find them backwards.
    pub starts: Vec<u32>,
    /// Ends of the records in `starts`, where the format cannot find them forwards.
    pub ends: Vec<u32>,
    /// Which table the records in `starts` are of, where a leaf has several.
    pub sections: Vec<Section>,
    /// In which containers of a document the records in `starts` stand.
    pub siblings: Vec<Siblings>,
    /// Parts of the records in `starts`, where the cutter had to find them anyway; counted from the start of the owned range.
    pub parts: Parts,
    /// Where statements begin and end whose values are records; one may reach over several blocks.
    pub marks: Vec<Mark>,
}

/// Where a statement whose values are records begins or ends, as an index into the block's bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Its first byte.
    Begin(u32),
    /// Behind its last byte, which ends it.
    End(u32),
    /// Behind its last value: it cannot be told what ends it.
    Lost(u32),
}

impl Mark {
    /// Returns its place.
    #[must_use]
    pub fn at(self) -> usize {
        let (Self::Begin(at) | Self::End(at) | Self::Lost(at)) = self;
        at as usize
    }

    /// Moves it on.
    pub fn shift(&mut self, by: u32) {
        let (Self::Begin(at) | Self::End(at) | Self::Lost(at)) = self;
        *at += by;
    }
}

/// Parts of records, as a cutter met them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// By record, how many parts stand before its own.
    pub firsts: Vec<u32>,
    /// All parts, in order.
    pub all: Vec<Part>,
}

impl Parts {
    /// Returns the parts of a record; none where the cutter did not keep them.
    #[must_use]
    pub fn of(&self, record: usize) -> &[Part] {
        let Some(first) = self.firsts.get(record) else { return &[] };
        let end = self.firsts.get(record + 1).map_or(self.all.len(), |next| *next as usize);
        &self.all[*first as usize..end]
    }
}

/// One part of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Where it begins and ends.
    pub whole: (u32, u32),
    /// The content of its only string, and whether that holds escapes.
    pub string: Option<(u32, u32, bool)>,
}

impl Framing {
    /// Returns how many records each table has in the block, run by run.
    #[must_use]
    pub fn table_records(&self) -> Vec<(Arc<str>, i64)> {
        let ends = self.sections.iter().skip(1).map(|next| next.first).chain([self.starts.len()]);
        let records =
            |(section, end): (&Section, usize)| (Arc::clone(&section.table.name), i64::try_from(end - section.first).unwrap_or(i64::MAX));
        self.sections.iter().zip(ends).map(records).collect()
    }
}

/// Records that are neighbours in one container of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Siblings {
    /// Index of the first one in [`Framing::starts`].
    pub first: usize,
    /// The container; none for whole documents.
    pub within: Option<Arc<Nest>>,
    /// Place of the first one among the children of the container.
    pub ordinal: u32,
    /// Whether its one record is a run of members that opens or closes more containers than it closes or opens.
    pub loose: bool,
}

/// An open container of a document, with those around it.
#[derive(Debug, PartialEq, Eq)]
pub struct Nest {
    /// The container around it.
    pub above: Option<Arc<Nest>>,
    /// Under what it stands there.
    pub under: Under,
    /// Whether it is an array.
    pub is_array: bool,
}

/// How a value is reached from the container around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Under {
    /// It is the document.
    Document,
    /// The key of a member, as it is spelt; none where keys of the object are too many or too long to be told apart.
    Key(Option<Box<[u8]>>),
    /// The index of an element.
    Element(u32),
}

/// Records of one table that follow each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Index of the first one in [`Framing::starts`].
    pub first: usize,
    /// The table.
    pub table: Arc<Table>,
    /// How the records are written.
    pub style: SectionStyle,
}

/// How records of a table are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SectionStyle {
    /// Values in parentheses.
    Tuples,
    /// Lines of cells between delimiters, with escapes.
    Lines {
        /// What stands between cells.
        delimiter: u8,
        /// Whether null is written as it is by itself.
        own_null: bool,
    },
    /// Rows as delimited text has them.
    Rows {
        /// What stands between cells.
        delimiter: u8,
        /// What stands around cells that hold a delimiter or a newline.
        quote: u8,
        /// What makes a quote literal, where that is not another quote.
        escape: Option<u8>,
        /// Whether null is written as it is by itself.
        own_null: bool,
    },
}

/// A table of a leaf that has several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name, with the schema where the leaf says it.
    pub name: Arc<str>,
    /// Names of its columns; empty where the leaf does not say them.
    pub columns: Vec<Arc<str>>,
}

/// A run of decoded bytes of one leaf.
///
/// A block owns `owned`; the bytes around it are margins of up to [`super::limits::MAX_REACH`], present for context.
/// A candidate belongs to the block that owns its first byte. Boundaries depend on content alone.
#[derive(Clone, Debug, Default)]
pub struct Block {
    /// Ordinal of the block in its leaf.
    pub ordinal: u64,
    /// Offset, in the text of the leaf, of `bytes[0]`.
    pub offset: u64,
    /// Margin, owned run, margin.
    pub bytes: Vec<u8>,
    /// The owned part of `bytes`.
    pub owned: Range<usize>,
    /// What the cutter knew.
    pub framing: Framing,
    /// Where the text is stored, where it was converted to UTF-8.
    pub origin: Option<Origin>,
    /// Its cells, where the reader wrote its text: such a block has no offsets in the leaf.
    pub cells: Option<Cells>,
}

impl Block {
    /// Returns the owned bytes.
    #[must_use]
    pub fn owned(&self) -> &[u8] {
        &self.bytes[self.owned.clone()]
    }

    /// Gives up what it owns from a byte on, which is the start of a record.
    pub fn shorten(&mut self, end: usize) {
        self.owned.end = end;
        self.framing.starts.retain(|start| (*start as usize) < end);
        let records = self.framing.starts.len();
        self.framing.ends.truncate(records);
        self.framing.sections.retain(|section| section.first < records);
        self.framing.siblings.retain(|siblings| siblings.first < records);
        self.framing.marks.retain(|mark| mark.at() <= end);
    }

    /// Returns the run of siblings that a record in [`Framing::starts`] is of.
    #[must_use]
    pub fn siblings_of(&self, record: usize) -> Option<&Siblings> {
        let behind = self.framing.siblings.partition_point(|siblings| siblings.first <= record);
        self.framing.siblings.get(behind.checked_sub(1)?)
    }

    /// Returns the index, in [`Framing::starts`], of the last record that starts at or before a byte.
    #[must_use]
    pub fn record_at(&self, at: usize) -> Option<usize> {
        self.framing.starts.partition_point(|start| *start as usize <= at).checked_sub(1)
    }

    /// Returns the index, in [`Framing::starts`], of the first record that starts at or after a byte.
    #[must_use]
    pub fn record_from(&self, at: usize) -> Option<usize> {
        let index = self.framing.starts.partition_point(|start| (*start as usize) < at);
        (index < self.framing.starts.len()).then_some(index)
    }

    /// Returns the ordinal of what stands outside of the records in [`Framing::starts`]: of a torn record, else of the next one.
    #[must_use]
    pub fn ordinal_outside(&self, at: usize) -> u64 {
        let Framing { first_record, torn_head, .. } = self.framing;
        if at < self.owned.start + torn_head {
            return first_record;
        }
        let before = self.record_at(at).map_or(0, |index| index as u64 + 1);
        first_record + u64::from(torn_head > 0) + before
    }

    /// Returns where a record of [`Framing::starts`] starts, where it ends at the latest, and its ordinal in the leaf.
    #[must_use]
    pub fn record(&self, index: usize) -> (usize, usize, u64) {
        let starts = &self.framing.starts;
        let limit = starts.get(index + 1).map_or(self.owned.end, |next| *next as usize);
        let ordinal = self.framing.first_record + u64::from(self.framing.torn_head > 0) + index as u64;
        (starts[index] as usize, limit, ordinal)
    }

    /// Turns an offset in the decoded leaf into an index into `bytes`; none outside of them.
    #[must_use]
    pub fn index_of(&self, offset: i64) -> Option<usize> {
        if let Some(origin) = &self.origin {
            return origin.index(&self.bytes, u64::try_from(offset).ok()?);
        }
        usize::try_from(offset - self.leaf_offset(0)).ok().filter(|at| *at <= self.bytes.len())
    }

    /// Returns where the line ends that a place is in, its newline included.
    #[must_use]
    pub fn line_end(&self, at: usize) -> usize {
        memchr::memchr(b'\n', &self.bytes[at..self.owned.end]).map_or(self.owned.end, |n| at + n + 1)
    }

    /// Turns an index into `bytes` into an offset in the decoded leaf, before its text was converted.
    #[must_use]
    pub fn leaf_offset(&self, index: usize) -> i64 {
        let offset = self.origin.as_ref().map_or(self.offset + index as u64, |origin| origin.stored(&self.bytes, index));
        i64::try_from(offset).expect("a leaf is below 2^63 bytes")
    }
}
