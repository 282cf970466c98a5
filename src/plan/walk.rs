//! A file of a run read again: its leaves, and their records with their cells.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::typed::{TypedRecord, typed_records};
use crate::finding::{Tokens, content_token};
use crate::model::{Block, Column, Id, Layout, Object, Result, Row};
use crate::policy::Cells;
use crate::read::{self, Kind, Piece, Reader, Records, Sizes, Supplying};
use crate::run_folder::ObjectRow;
use crate::source::{Opener, identity};
use crate::unpack::{Caps, Damage, Met, Nest, NestSetting, Opened};

/// Says which typed columns are read.
pub(super) type Asks = Arc<dyn Fn(&Column) -> bool + Send + Sync>;

/// How a leaf was read again.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Reread {
    /// All of it, and it is what the scan read.
    Same,
    /// It cannot be told record by record.
    Unsupported,
    /// It is not what the scan read, or cannot be read.
    Changed(String),
}

/// One record.
pub(super) struct Seen<'a> {
    pub block: &'a Block,
    pub layout: &'a dyn Layout,
    pub row: &'a Row,
    /// Whether records are lines of a text or log.
    pub lines: bool,
    pub format: &'static str,
    /// Set where columns are typed: such a record has no bytes of its own.
    pub typed: Option<Typed<'a>>,
}

/// What is known of a record of typed columns.
pub(super) struct Typed<'a> {
    pub record: &'a TypedRecord<'a>,
    pub reader: &'a dyn Reader,
}

impl<'a> Seen<'a> {
    /// Its cells, by the names of their columns.
    pub(super) fn cells(&'a self) -> Cells<'a> {
        Cells::of(self.block, self.layout, self.row, self.lines)
    }
}

/// Opens a file of a run, if it is still the one that was scanned.
pub(super) fn open(object: &ObjectRow, tokens: &Tokens, caps: &Caps) -> Result<Nest, String> {
    let planned = object.device.zip(object.inode).filter(|_| object.member.is_none());
    let found = std::fs::metadata(&object.opened).ok().and_then(|found| identity(&found));
    if planned.is_some() && found.is_some() && planned != found {
        return Err("another file has its name".to_owned());
    }
    let raw = Opener::file(PathBuf::from(&object.opened), true).open().map_err(|error| Damage::from_error(&error).to_string())?;
    let size = object.size.and_then(|size| u64::try_from(size).ok());
    let found = Object {
        uri: object.opened.clone(),
        path: object.path.clone(),
        size,
        modified_us: object.modified_us,
        device: object.device,
        inode: object.inode,
    };
    let setting = NestSetting { caps: caps.clone(), key: *tokens.content_key(), total: crate::unpack::Meter::default(), selection: None };
    Ok(Nest::open(found, raw, &Arc::new(setting)))
}

/// Goes through the leaves of a file.
pub(super) fn leaves(mut nest: Nest, tokens: &Tokens, mut each: impl FnMut(Id, Opened) -> Result<()>) -> Result<()> {
    let cancel = AtomicBool::new(false);
    while let Some(met) = nest.next_met(&cancel) {
        if let Met::Leaf(opened) = met {
            let member = opened.leaf.member.as_ref();
            let id = tokens.object(&opened.leaf.object.path, member.map(|m| m.path.as_str()), member.map(|m| m.ordinal));
            each(id, *opened)?;
        }
    }
    Ok(())
}

/// Reads the records of a leaf again; of typed columns those that `asks` names.
pub(super) fn records(row: &ObjectRow, opened: Opened, asks: Asks, each: &mut dyn FnMut(&Seen<'_>) -> Result<()>) -> Result<Reread> {
    let path = row.member.as_ref().unwrap_or(&row.path);
    let encoding = row.charset.as_ref().and_then(|name| encoding_rs::Encoding::for_label(name.as_bytes()));
    match go_through(opened, path, &row.format, encoding, Some(asks), each)? {
        Went::Unsupported => Ok(Reread::Unsupported),
        Went::Other(format) => Ok(Reread::Changed(format!("it is now {format}"))),
        Went::Failed(why) => Ok(Reread::Changed(why)),
        Went::Through(token) if token.is_none() || token != row.content_token => {
            Ok(Reread::Changed("its content is not what was scanned".to_owned()))
        }
        Went::Through(_) => Ok(Reread::Same),
    }
}

/// How it went to go through a leaf.
pub(super) enum Went {
    /// All of it was read; the keyed digest of its stored bytes.
    Through(Option<String>),
    /// It cannot be told record by record.
    Unsupported,
    /// It is of another format than expected, and was not gone through.
    Other(&'static str),
    /// It could be read in part only.
    Failed(String),
}

/// Goes through the records of a leaf that is of a format; of typed columns through those that `asks` names.
pub(super) fn go_through(
    opened: Opened,
    path: &str,
    format: &str,
    encoding: Option<&'static encoding_rs::Encoding>,
    asks: Option<Asks>,
    each: &mut dyn FnMut(&Seen<'_>) -> Result<()>,
) -> Result<Went> {
    let Opened { leaf, tap, spool } = opened;
    let mut opened = read::open(leaf.body, path, encoding.filter(|encoding| *encoding != encoding_rs::UTF_8));
    opened.text.seek_in(leaf.random, spool);
    let reader = match opened.kind {
        Kind::Readable(reader) => reader,
        Kind::Empty if opened.text.take_failure().is_none() => return Ok(Went::Through(tap.finish().map(|token| content_token(&token)))),
        Kind::Empty | Kind::Unsupported { .. } => return Ok(Went::Unsupported),
    };
    if reader.format() != format {
        return Ok(Went::Other(reader.format()));
    }
    let lines = reader.records() != Records::Rows;
    let is_typed = reader.format() == "parquet" && asks.is_some();
    let how = Supplying { sizes: Sizes::default(), asks: asks.unwrap_or_else(|| Arc::new(|_| false)), whole: true };
    let mut blocks = reader.supply(opened.text, &how);
    if is_typed && reader.holding(0).is_none() {
        return Ok(blocks.take_failure().map_or(Went::Unsupported, |failure| Went::Failed(Damage::from_error(&failure).to_string())));
    }
    while let Some(piece) = blocks.next_piece() {
        let bytes = match piece {
            Piece::Block(block) => {
                block_records(&*reader, &block, lines, each)?;
                block.bytes
            }
            Piece::Records(records) if is_typed => typed_records(&*reader, records, &mut |record| {
                let typed = Some(Typed { record, reader: &*reader });
                each(&Seen { block: record.block, layout: record.layout, row: record.row, lines: false, format: "parquet", typed })
            })?,
            Piece::Records(_) => return Ok(Went::Unsupported),
        };
        blocks.recycle(bytes);
    }
    if let Some(failure) = blocks.take_failure() {
        return Ok(Went::Failed(Damage::from_error(&failure).to_string()));
    }
    Ok(Went::Through(tap.finish().map(|token| content_token(&token))))
}

fn block_records(reader: &dyn Reader, block: &Block, lines: bool, each: &mut dyn FnMut(&Seen<'_>) -> Result<()>) -> Result<()> {
    let mut layout = read::layout(reader, block);
    let (mut row, mut at) = (Row::default(), block.owned.start);
    while layout.row_from(block, at, &mut row) {
        at = row.behind(block, lines);
        each(&Seen { block, layout: &*layout, row: &row, lines, format: reader.format(), typed: None })?;
    }
    Ok(())
}
