//! Columns of ids: 32 hex digits, of which none is ever made but by the reader.

use parquet::basic::Encoding;
use parquet::errors::Result;
use parquet::schema::types::SchemaDescriptor;

use super::bits::Presence;
use super::chunk::{Chunk, Closed, Packed, Packer};
use super::delta;
use super::frame::{DIGITS, Frames};
use crate::model::Id;

/// Ids, some of them absent.
pub(in crate::sink) struct Ids {
    chunk: Chunk,
    ids: Vec<Id>,
    presence: Presence,
}

impl Ids {
    pub(in crate::sink) fn new(schema: &SchemaDescriptor, name: &str) -> Self {
        Self { chunk: Chunk::new(schema, name, Encoding::DELTA_LENGTH_BYTE_ARRAY), ids: Vec::new(), presence: Presence::default() }
    }

    /// Takes ids of which none is absent.
    pub(in crate::sink) fn extend(&mut self, ids: impl ExactSizeIterator<Item = Id>) {
        self.presence.push_many(true, ids.len());
        self.ids.extend(ids);
    }

    /// Takes ids of which some may be absent.
    pub(in crate::sink) fn extend_some(&mut self, ids: impl ExactSizeIterator<Item = Option<Id>> + Clone) {
        self.presence.extend(ids, &mut self.ids);
    }

    /// Ends a page.
    pub(in crate::sink) fn page(&mut self, packer: &mut Packer, frames: &mut Frames) {
        let (rows, absent) = (self.presence.rows(), self.presence.absent());
        packer.page.clear();
        self.presence.take(self.chunk.is_optional(), &mut packer.page);
        // Lengths that are all the same are a header and zero bytes.
        delta::header(self.ids.len(), if self.ids.is_empty() { 0 } else { DIGITS as i64 }, &mut packer.page);
        packer.packed.clear();
        let size = frames.write(&packer.page, delta::equal_blocks(self.ids.len()), &self.ids, &mut packer.packed);
        self.ids.clear();
        self.chunk.page(Packed { bytes: &packer.packed, size }, rows, absent);
    }

    /// Ends a row group.
    pub(in crate::sink) fn close(&mut self) -> Result<Closed> {
        self.chunk.close(None, None)
    }

    pub(in crate::sink) fn len(&self) -> usize {
        self.chunk.len()
    }
}
