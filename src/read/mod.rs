//! Leaves → blocks with a layout, one file a format.
//!
//! [`open`] looks at the first bytes of a leaf and decides its format by content; [`Blocks`] cuts the stream into blocks at
//! record boundaries that depend on content alone; a [`Layout`] finds records and cells in one block.
//! Nothing here knows what personal data is.

mod blocks;
mod charset;
mod columnar;
mod csv;
mod dialect;
mod full;
mod gaps;
mod json;
mod lines;
mod list;
mod ndjson;
mod nested;
mod picture;
mod recognise;
mod sql_dump;
mod store;
mod transcode;
mod vcard;

pub use blocks::{Blocks, Sizes};
pub use charset::CHARSETS;
/// What is common to reading Parquet and to writing it anew.
pub(crate) use columnar::{Chunk, first_page, footer, thrift};
pub use columnar::{guarded, is_decoding};
pub use dialect::Dialect;
pub use gaps::Gaps;
pub use nested::{layout, may_be_json};
pub use recognise::{Kind, Opened, Text, open, recognised};
pub use store::Stored;

use std::io;
use std::sync::Arc;

use crate::model::{Block, Column, Framing, Layout};

/// One registered format.
pub struct Format {
    /// Name used in `findings` and `objects`.
    pub name: &'static str,
    /// What it is, for people.
    pub summary: &'static str,
    /// Decides whether a head is of this format.
    recognise: fn(&Head<'_>) -> Option<Box<dyn Reader>>,
}

/// All formats, in the order in which they are tried.
pub const FORMATS: &[Format] = &[
    columnar::PARQUET,
    columnar::ARROW,
    columnar::AVRO,
    picture::JPEG,
    picture::PNG,
    picture::TIFF,
    picture::WEBP,
    ndjson::FORMAT,
    vcard::FORMAT,
    json::FORMAT,
    sql_dump::FORMAT,
    csv::FORMAT,
    lines::LOG,
    list::FORMAT,
    lines::TEXT,
];

/// Formats whose leaves can be written anew, record by record, with other values in them.
pub const SPELT: &[&str] = &["text", "log", "list", "csv", "ndjson", "json", "sql_dump"];

/// The start of a leaf, without a byte order mark.
pub(crate) struct Head<'a> {
    pub bytes: &'a [u8],
    /// Whether this is all of the leaf.
    pub whole: bool,
    /// Path of the leaf; it decides only where the bytes leave it open.
    pub path: &'a str,
}

impl<'a> Head<'a> {
    /// Iterates over lines that are known to be complete, without their ends.
    fn lines(&self) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        let complete = if self.whole { self.bytes } else { &self.bytes[..memchr::memrchr(b'\n', self.bytes).map_or(0, |n| n + 1)] };
        complete.split(|b| *b == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line))
    }
}

/// What the records of a format are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Records {
    /// Lines of running text: words of the lines around a value count.
    Lines,
    /// Entries of a log: words of the entry count, and rows of findings that stand in every entry are limited.
    Entries,
    /// Rows with cells.
    Rows,
}

/// How a leaf of a recognised format is cut and laid out.
pub trait Reader: Send + Sync {
    /// Returns the name of the format.
    fn format(&self) -> &'static str;

    /// Returns the dialect of delimited text.
    fn dialect(&self) -> Option<&Dialect> {
        None
    }

    /// Returns what its records are.
    fn records(&self) -> Records;

    /// Returns whose data it holds, where the format says so.
    fn subject_role(&self) -> Option<&'static str> {
        None
    }

    /// Returns what a reader of its coverage must know, though all that can be read was.
    fn note(&self) -> Option<&'static str> {
        None
    }

    /// Returns why stretches of it were examined without cells, as it follows their number.
    fn torn(&self) -> &'static str {
        "records are longer than 1 MiB or have a quote that nothing closes: they were examined as text, without their cells"
    }

    /// Returns what a column may be changed to hold; none where nobody changes it. The blocks of the leaf must have begun to come.
    fn holding(&self, _column: u32) -> Option<Holding> {
        None
    }

    /// Begins to give the leaf's blocks.
    fn supply(&self, text: Text, how: &Supplying) -> Box<dyn Supply>;

    /// Makes the layout of a block. The blocks of the leaf must have begun to come.
    fn layout(&self, block: &Block) -> Box<dyn Layout>;

    /// Begins to write what stands between records, where some of them go.
    fn gaps(&self) -> Box<dyn Gaps> {
        Box::new(gaps::LineGaps::default())
    }

    /// Says whether taking records out may change what is a record of the rest.
    fn regroups(&self) -> bool {
        false
    }
}

/// How blocks are to be made.
#[derive(Clone)]
pub struct Supplying {
    /// How large they are.
    pub sizes: Sizes,
    /// Whether the name of a column asks for its cells, whatever they look like. Formats of typed columns leave numbers out that
    /// are too short to be anything, unless their column is asked for.
    pub asks: Arc<dyn Fn(&Column) -> bool + Send + Sync>,
    /// Whether Parquet gives each cell of the columns that are asked for, nulls and bytes that are no text, too, and nothing else.
    pub whole: bool,
}

/// What a column may be changed to hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Holding {
    /// Whether its own cells may be null.
    pub null: bool,
    /// Whether it takes any text.
    pub text: bool,
}

/// Gives the blocks of one leaf, in order.
pub trait Supply: Send {
    /// Gives the next one; none at the end of the leaf, or where it cannot be read further (see [`Supply::take_failure`]).
    fn next_piece(&mut self) -> Option<Piece>;

    /// Takes a block's memory back.
    fn recycle(&mut self, bytes: Vec<u8>);

    /// Returns the error that ended the leaf early.
    fn take_failure(&mut self) -> Option<io::Error>;

    /// Returns the decoded bytes of what was given so far.
    fn bytes_cut(&self) -> u64;

    /// Returns the records that ended so far.
    fn records(&self) -> u64;

    /// Returns the stored offset of the first bytes that were no character of the leaf's character set.
    fn malformed(&self) -> Option<u64> {
        None
    }

    /// Returns how many records were longer than the limit and cut.
    fn torn_records(&self) -> u64 {
        0
    }

    /// Returns how many values are bytes that are no text, so that nothing was looked for in them.
    fn binary_values(&self) -> u64 {
        0
    }
}

/// What a supply gives: a block, or what is still to be made into one.
#[expect(clippy::large_enum_variant, reason = "a piece is taken apart where it is given")]
pub enum Piece {
    /// A block.
    Block(Block),
    /// Records whose text is to be written. That may be done by another thread than the one that took the piece.
    Records(Box<dyn Render>),
}

/// Says which texts hold something: `text` is all of them, `starts` where each begins and, at last, where the last one ends.
pub type Look<'a> = dyn FnMut(&[u8], &[u32]) -> Vec<bool> + 'a;

/// Records of typed columns.
pub trait Render: Send {
    /// Writes their text. Values that many records share are shown to `look` first, once for all blocks.
    fn render(self: Box<Self>, look: &mut Look<'_>) -> Block;

    /// Leaves out all but the first records; says whether there are others.
    fn keep(&mut self, records: u64) -> bool;
}

/// Where a block ends.
pub struct Cut {
    /// Bytes of the window that the block owns.
    pub len: usize,
    /// Records that end in the block.
    pub records: u64,
    /// Physical lines that end in the block.
    pub lines: u64,
    /// Whether the block ends inside a record that is too long.
    pub torn: bool,
    /// What the layout will want to know; `first_record` and `first_line` are filled in by [`Blocks`].
    pub framing: Framing,
}

impl Cut {
    /// A cut behind records whose starts are in `framing`; `was_torn`: before them ends one that was too long.
    fn records(owned: &[u8], was_torn: bool, at_end: bool, framing: Framing) -> Self {
        Self {
            len: owned.len(),
            records: framing.starts.len() as u64 + u64::from(was_torn),
            lines: newlines(owned) + u64::from(at_end && !owned.ends_with(b"\n")),
            torn: false,
            framing,
        }
    }

    /// A piece of a record that is too long; `ended`: the record ends with it.
    fn torn(piece: &[u8], ended: bool) -> Self {
        Self {
            len: piece.len(),
            records: u64::from(ended),
            lines: newlines(piece),
            torn: true,
            framing: Framing { torn_head: piece.len(), ..Framing::default() },
        }
    }
}

/// Bytes at the start of a window that belong to a record which was too long: up to the end of its line. None: the line does
/// not end in the window.
fn torn_head(in_torn: bool, window: &[u8], at_end: bool) -> Option<usize> {
    if !in_torn {
        return Some(0);
    }
    memchr::memchr(b'\n', window).map(|n| n + 1).or_else(|| at_end.then_some(window.len()))
}

/// The state machine of a format that finds record boundaries. Windows start where the last cut ended.
pub trait Cutter: Send {
    /// Cuts after the last record that ends in the window; all of it where the leaf ends with it. None: no record ends there.
    fn boundary(&mut self, window: &[u8], at_end: bool) -> Option<Cut>;

    /// Cuts a piece of at most `most` bytes off a record that is longer than the window.
    fn tear(&mut self, window: &[u8], most: usize) -> Cut;
}

/// Number of newlines.
fn newlines(bytes: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', bytes).count() as u64
}

/// The largest cut of at most `most` bytes that does not split a UTF-8 sequence.
fn whole_chars(window: &[u8], most: usize) -> usize {
    let most = most.min(window.len());
    (most.saturating_sub(3)..=most).rev().find(|at| window.get(*at).is_none_or(|b| b & 0xC0 != 0x80)).unwrap_or(most).max(1)
}
