//! Formats of typed columns: Parquet, Arrow, Avro. Their readers decode batches of records and write the text of each block themselves.
//!
//! A batch never crosses a row group. Its text stands column by column ([`Cells`] says where), so that values which are shared are
//! written once, and numbers too short to be anything not at all. Whatever the decoders of other crates do – fail, panic, ask for too
//! much – ends as damage of the leaf.

mod arrow;
mod avro;
mod chunk;
mod dictionary;
mod draw;
mod layout;
mod parquet;
mod plan;
mod slots;
mod spell;
mod supply;
#[cfg(test)]
mod tests;
pub(crate) mod thrift;

use std::io::{self, Read};
use std::sync::{Arc, OnceLock};

use arrow_array::RecordBatch;

pub(super) use self::layout::RenderedLayout;
pub(super) use self::plan::KEY;
use self::plan::Leaf;
use self::supply::Rows;
use super::{Format, Head, Holding, Reader, Records, Supply, Supplying, Text};
use crate::model::{Block, Column, Layout};
use crate::unpack::Damage;

pub(crate) use self::chunk::Chunk;
pub(crate) use self::parquet::{first_page, footer};
pub use self::supply::{guarded, is_decoding};

pub(super) const PARQUET: Format =
    Format { name: "parquet", summary: "Parquet: all encodings and codecs, nested columns", recognise: recognise_parquet };

pub(super) const ARROW: Format =
    Format { name: "arrow", summary: "Arrow IPC, files (Feather 2) and streams: all types, compressed or not", recognise: recognise_arrow };

pub(super) const AVRO: Format =
    Format { name: "avro", summary: "Avro object container files: all codecs, unions, recursive types", recognise: recognise_avro };

/// An open file of typed columns.
struct Table {
    columns: Arc<[Column]>,
    /// What each may be changed to hold, where that can be done.
    holding: Vec<Holding>,
    rows: Box<dyn Decode>,
}

/// Records that were decoded together.
struct Batch {
    records: RecordBatch,
    /// The leaf columns in it.
    leaves: Arc<[Leaf]>,
    /// Number in the file of the first record.
    first: u64,
    /// Row group, and the number in it of the first record.
    group: Option<(i32, u64)>,
}

/// Decodes a file of typed columns.
trait Decode: Send {
    /// Decodes the next batch; none at the end. After damage there may be more.
    fn next(&mut self) -> Option<Result<Batch, Damage>>;

    /// Leaves out what cannot be decoded: after a panic, decoding goes on behind it.
    fn give_up(&mut self);

    /// Returns the records so far, where they are not those that were given.
    fn records(&self) -> Option<u64>;
}

fn recognise_parquet(head: &Head<'_>) -> Option<Box<dyn Reader>> {
    reader("parquet", head.bytes.starts_with(b"PAR1") || head.bytes.starts_with(b"PARE"), open_parquet)
}

fn recognise_arrow(head: &Head<'_>) -> Option<Box<dyn Reader>> {
    reader("arrow", head.bytes.starts_with(arrow::FILE_MAGIC) || is_arrow_stream(head.bytes), open_arrow)
}

fn recognise_avro(head: &Head<'_>) -> Option<Box<dyn Reader>> {
    reader("avro", head.bytes.starts_with(avro::MAGIC), open_avro)
}

fn reader(format: &'static str, is_it: bool, open: Open) -> Option<Box<dyn Reader>> {
    is_it.then(|| Box::new(Columnar { format, columns: OnceLock::new(), holding: OnceLock::new(), open }) as Box<dyn Reader>)
}

/// Whether a head is that of a stream of Arrow messages.
pub(super) fn is_arrow_stream(head: &[u8]) -> bool {
    arrow::is_stream(head)
}

/// Opens a leaf: its columns, and what gives its blocks.
type Open = fn(Text, &Supplying) -> (Arc<[Column]>, Vec<Holding>, Box<dyn Supply>);

/// A reader of one of the formats.
struct Columnar {
    format: &'static str,
    /// Known once the leaf is open.
    columns: OnceLock<Arc<[Column]>>,
    holding: OnceLock<Vec<Holding>>,
    open: Open,
}

fn open_parquet(text: Text, how: &Supplying) -> (Arc<[Column]>, Vec<Holding>, Box<dyn Supply>) {
    let (bytes, damage, rest) = text.into_random();
    decoded(|| parquet::open(bytes, how), damage, rest, how)
}

fn open_arrow(text: Text, how: &Supplying) -> (Arc<[Column]>, Vec<Holding>, Box<dyn Supply>) {
    decoded(|| arrow::open(text.into_stream(), &*how.asks), None, Box::new(io::empty()), how)
}

fn open_avro(text: Text, how: &Supplying) -> (Arc<[Column]>, Vec<Holding>, Box<dyn Supply>) {
    let (columns, supply) = avro::open(text.into_stream(), how);
    (columns, Vec::new(), supply)
}

/// Opens a leaf that another crate decodes. `damage`: how its bytes ended, where that was early; `rest`: what of them was not read.
fn decoded(
    open: impl FnOnce() -> Result<Table, Damage>,
    damage: Option<Damage>,
    rest: Box<dyn Read + Send>,
    how: &Supplying,
) -> (Arc<[Column]>, Vec<Holding>, Box<dyn Supply>) {
    let table = guarded(open).unwrap_or_else(|| Err(supply::panicked()));
    let (columns, holding, rows, failure) = match table {
        Ok(table) => (table.columns, table.holding, Some(table.rows), damage),
        // What ended the bytes early is why they could not be opened.
        Err(refused) => (Arc::default(), Vec::new(), None, Some(damage.unwrap_or(refused))),
    };
    (columns, holding, Box::new(Rows::new(rows, failure, rest, how)))
}

impl Reader for Columnar {
    fn format(&self) -> &'static str {
        self.format
    }

    fn records(&self) -> Records {
        Records::Rows
    }

    fn supply(&self, text: Text, how: &Supplying) -> Box<dyn Supply> {
        let (columns, holding, supply) = (self.open)(text, how);
        let _ = self.columns.set(columns);
        let _ = self.holding.set(holding);
        supply
    }

    fn holding(&self, column: u32) -> Option<Holding> {
        self.holding.get()?.get(column as usize).copied()
    }

    fn layout(&self, _block: &Block) -> Box<dyn Layout> {
        Box::new(RenderedLayout { columns: self.columns.get().cloned().unwrap_or_default() })
    }
}
