//! A file as records, one after the other, for who writes it anew and for who checks that.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use encoding_rs::{Encoding, UTF_8};

use crate::finding::{Tokens, content_token};
use crate::model::{Block, CellText, Change, Charset, Layout, Object, Row, Splice, ValueKind};
use crate::read::{self, Gaps, Kind, Piece, Reader, Records as Lines, Sizes, Supply, Supplying};
use crate::source::Opener;
use crate::unpack::{self, Caps, Damage, Meter, Opened, Tap};

/// A file that is gone through.
pub(super) struct Records {
    reader: Arc<dyn Reader>,
    blocks: Box<dyn Supply>,
    tap: Tap,
    current: Option<(Block, Box<dyn Layout>)>,
    row: Row,
    at: usize,
    /// Whether records are lines without cells.
    pub lines: bool,
    /// The character set that the text is stored in; none: UTF-8.
    pub charset: Option<Charset>,
}

/// Takes a block at its end, and where those bytes end that it owns.
pub(super) type AtEnd<'a> = dyn FnMut(&Block, usize) -> Result<(), String> + 'a;

/// What comes next.
pub(super) enum Next {
    /// A block begins; it must be taken with [`Records::block`].
    Block,
    /// A record of the block.
    Record,
    /// The block is at its end.
    BlockEnd,
    End,
}

impl Records {
    /// Opens a file, of which the path tells nothing but its name. It is no link. `charset`: the name of the one that it was read in.
    pub(super) fn open(path: &str, charset: Option<&str>, tokens: &Tokens) -> Result<Self, String> {
        let encoding = charset.and_then(|name| Encoding::for_label(name.as_bytes())).filter(|encoding| *encoding != UTF_8);
        Self::open_as(path, tokens, None, encoding)
    }

    /// Opens another file as this one reads: what is left of a table may be too little to tell it by.
    pub(super) fn open_alike(&self, path: &str, tokens: &Tokens) -> Result<Self, String> {
        let encoding = match self.charset {
            Some(Charset::Legacy(encoding)) => Some(encoding),
            _ => None,
        };
        Self::open_as(path, tokens, Some(Arc::clone(&self.reader)), encoding)
    }

    /// The decoded bytes of a file.
    pub(super) fn body(path: &str, tokens: &Tokens) -> Result<Box<dyn io::Read + Send>, String> {
        Ok(opened(path, tokens)?.leaf.body)
    }

    fn open_as(path: &str, tokens: &Tokens, reader: Option<Arc<dyn Reader>>, encoding: Option<&'static Encoding>) -> Result<Self, String> {
        let opened = opened(path, tokens)?;
        let mut text = read::open(opened.leaf.body, path, encoding);
        text.text.seek_in(opened.leaf.random, opened.spool);
        let charset = text.text.converted_from();
        let reader = match (reader, text.kind) {
            (Some(reader), _) => reader,
            (None, Kind::Readable(reader)) => reader.into(),
            (None, _) => return Err("it has no records".to_owned()),
        };
        let how = Supplying { sizes: Sizes::default(), asks: Arc::new(|_| true), whole: false };
        let blocks = reader.supply(text.text, &how);
        let lines = reader.records() != Lines::Rows;
        Ok(Self { reader, blocks, tap: opened.tap, current: None, row: Row::default(), at: 0, lines, charset })
    }

    pub(super) fn format(&self) -> &'static str {
        self.reader.format()
    }

    /// Goes on.
    pub(super) fn go_on(&mut self) -> Result<Next, String> {
        self.go_on_with(&mut |_, _| Ok(()))
    }

    /// Goes on; `before` is called at the end of each block.
    pub(super) fn go_on_with(&mut self, before: &mut AtEnd<'_>) -> Result<Next, String> {
        if let Some((block, layout)) = &mut self.current {
            if layout.row_from(block, self.at, &mut self.row) {
                self.at = self.row.behind(block, self.lines);
                return Ok(Next::Record);
            }
            let (block, _) = self.current.take().expect("it is there");
            before(&block, block.owned.end)?;
            self.blocks.recycle(block.bytes);
            return Ok(Next::BlockEnd);
        }
        match self.blocks.next_piece() {
            Some(Piece::Block(block)) => {
                self.at = block.owned.start;
                let layout = read::layout(&*self.reader, &block);
                self.current = Some((block, layout));
                Ok(Next::Block)
            }
            Some(Piece::Records(_)) => Err("its records are no text".to_owned()),
            None => match self.blocks.take_failure() {
                Some(failure) => Err(Damage::from_error(&failure).to_string()),
                None => Ok(Next::End),
            },
        }
    }

    /// The keyed digest of the stored bytes, once all were read.
    pub(super) fn content_token(&self) -> Option<String> {
        self.tap.finish().map(|token| content_token(&token))
    }

    pub(super) fn block(&self) -> &Block {
        &self.current.as_ref().expect("a block has begun").0
    }

    pub(super) fn row(&self) -> &Row {
        &self.row
    }

    pub(super) fn text(&self, field: usize) -> CellText<'_> {
        let (block, layout) = self.current.as_ref().expect("a block has begun");
        layout.text(block, &self.row.fields[field])
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.block().bytes[self.row.span.clone()]
    }

    /// The decoded cells; of a null none.
    pub(super) fn cells(&self) -> Vec<Option<Vec<u8>>> {
        let cell = |n: usize| (self.row.fields[n].kind != ValueKind::Null).then(|| self.text(n).text.into_owned());
        (0..self.row.fields.len()).map(cell).collect()
    }

    /// Spells another text in a cell.
    pub(super) fn spell(&self, field: usize, change: &Change<'_>) -> Result<Splice, &'static str> {
        let (block, layout) = self.current.as_ref().expect("a block has begun");
        layout.spell(block, &self.row.fields[field], change)
    }

    /// Begins to write what stands between records.
    pub(super) fn gaps(&self) -> Box<dyn Gaps> {
        self.reader.gaps()
    }

    /// Whether taking records out may change what is a record of the rest.
    pub(super) fn regroups(&self) -> bool {
        self.reader.regroups()
    }
}

fn opened(path: &str, tokens: &Tokens) -> Result<Opened, String> {
    let raw = Opener::file(PathBuf::from(path), false).open().map_err(|error| Damage::from_error(&error).to_string())?;
    Ok(unpack::open(Object::named(path), raw, &Caps::default(), tokens.content_key(), &Meter::default()))
}
