//! Pictures: what their metadata says in words, as the cells of one record. Pixels are not looked at.
//!
//! Exif, XMP packets, comments and texts of JPEG, PNG, WebP and TIFF files. A column is a tag, with the kind of metadata before it:
//! `exif.model`. Where a text stands in the file is not kept.

mod container;
#[cfg(test)]
mod made;
#[cfg(test)]
mod tests;
mod tiff;

use std::collections::HashMap;
use std::io::{self, Read};
use std::sync::{Arc, OnceLock};

use self::container::{Metadata, Walk};
use super::columnar::RenderedLayout;
use super::{Format, Head, Piece, Reader, Records, Supply, Supplying, Text};
use crate::model::{Block, CELL_END, CellRun, Cells, Column, INSIDE, KEY_SEPARATOR, Layout, ValueKind};
use crate::unpack::Damage;

/// Bytes of metadata that are read of one picture.
const METADATA_BYTES: u64 = 16 * 1024 * 1024;

pub(super) const JPEG: Format =
    Format { name: "jpeg", summary: "JPEG pictures: Exif, XMP and comments", recognise: |head| picture("jpeg", head, b"\xFF\xD8\xFF") };
pub(super) const PNG: Format =
    Format { name: "png", summary: "PNG pictures: Exif, XMP and texts", recognise: |head| picture("png", head, b"\x89PNG\r\n\x1A\n") };
pub(super) const TIFF: Format = Format {
    name: "tiff",
    summary: "TIFF pictures: Exif, XMP and texts",
    recognise: |head| picture("tiff", head, b"II*\0").or_else(|| picture("tiff", head, b"MM\0*")),
};
pub(super) const WEBP: Format = Format {
    name: "webp",
    summary: "WebP pictures: Exif and XMP",
    recognise: |head| picture("webp", head, b"RIFF").filter(|_| head.bytes.get(8..12) == Some(b"WEBP")),
};

fn picture(format: &'static str, head: &Head<'_>, magic: &[u8]) -> Option<Box<dyn Reader>> {
    head.bytes.starts_with(magic).then(|| Box::new(Picture { format, columns: OnceLock::new() }) as Box<dyn Reader>)
}

/// A text of the metadata.
struct Tag {
    /// The kind of metadata.
    kind: &'static str,
    name: String,
    text: String,
}

impl Tag {
    /// Takes the memory of a tag with a text off the room that is left; false where it is too little.
    fn fits(text: &str, room: &mut usize) -> bool {
        let left = room.checked_sub(text.len() + 256);
        *room = left.unwrap_or(*room);
        left.is_some()
    }

    fn exif(name: &str, text: String) -> Self {
        Self { kind: "exif", name: name.to_owned(), text }
    }
}

struct Picture {
    format: &'static str,
    columns: OnceLock<Arc<[Column]>>,
}

impl Reader for Picture {
    fn format(&self) -> &'static str {
        self.format
    }

    fn records(&self) -> Records {
        Records::Rows
    }

    fn note(&self) -> Option<&'static str> {
        Some("its metadata was read; pixels were not looked at")
    }

    fn supply(&self, text: Text, _: &Supplying) -> Box<dyn Supply> {
        let mut body = text.into_stream();
        let (Metadata { tags, bytes, damage }, failure) = walk(self.format, &mut *body);
        let failure = failure.or_else(|| damage.map(|damage| Damage::Corrupt(damage.to_owned()).into()));
        let (block, columns) = render(&tags);
        let _ = self.columns.set(columns);
        Box::new(Once { block: Some(block), bytes, failure, rest: body })
    }

    fn layout(&self, _: &Block) -> Box<dyn Layout> {
        Box::new(RenderedLayout { columns: self.columns.get().cloned().unwrap_or_default() })
    }
}

/// Reads the metadata of a picture, and the error that ended it.
fn walk(format: &str, body: &mut dyn Read) -> (Metadata, Option<io::Error>) {
    let mut walk = Walk { body, found: Metadata::default(), room: METADATA_BYTES as usize };
    let read = match format {
        "jpeg" => walk.jpeg(),
        "png" => walk.png(),
        "webp" => walk.webp(),
        _ => walk.tiff(),
    };
    (walk.found, read.err())
}

/// Writes the texts as a block of one record.
fn render(tags: &[Tag]) -> (Block, Arc<[Column]>) {
    let (mut bytes, mut runs) = (Vec::new(), Vec::new());
    let (mut columns, mut known) = (Vec::new(), HashMap::new());
    let small = |at: usize| u32::try_from(at).expect("metadata is limited");
    for tag in tags {
        let column = *known.entry((tag.kind, tag.name.as_str())).or_insert_with(|| {
            columns.push(Column::keyed(format!("{INSIDE}{}{KEY_SEPARATOR}{}", tag.kind, tag.name).into()));
            small(columns.len() - 1)
        });
        let start = small(bytes.len());
        bytes.extend_from_slice(tag.text.as_bytes());
        bytes.extend_from_slice(CELL_END);
        runs.push(CellRun { column, kind: ValueKind::Text, starts: vec![start, small(bytes.len())], ..CellRun::default() });
    }
    let cells = Cells { records: 1, group: None, runs };
    let block = Block { owned: 0..bytes.len(), bytes, cells: Some(cells), ..Block::default() };
    (block, columns.into())
}

/// Gives one block.
struct Once {
    block: Option<Block>,
    bytes: u64,
    failure: Option<io::Error>,
    rest: Box<dyn Read + Send>,
}

impl Supply for Once {
    fn next_piece(&mut self) -> Option<Piece> {
        let block = self.block.take()?;
        // To its end, so that its hash is known.
        if let Err(error) = io::copy(&mut self.rest, &mut io::sink()) {
            self.failure.get_or_insert(error);
        }
        Some(Piece::Block(block))
    }

    fn recycle(&mut self, _: Vec<u8>) {}

    fn take_failure(&mut self) -> Option<io::Error> {
        self.failure.take()
    }

    fn bytes_cut(&self) -> u64 {
        self.bytes
    }

    fn records(&self) -> u64 {
        u64::from(self.block.is_none())
    }
}

/// Bytes that should be ASCII: UTF-8 where they are, else what most programs of the time wrote.
fn latin_or_utf8(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}
