//! Columns of truth values: a bit each.

use parquet::basic::Encoding;
use parquet::errors::Result;
use parquet::schema::types::SchemaDescriptor;

use super::bits::Presence;
use super::chunk::{Chunk, Closed, Packer};

/// Truth values, some of them absent.
pub(in crate::sink) struct Flags {
    chunk: Chunk,
    values: Vec<bool>,
    presence: Presence,
}

impl Flags {
    pub(in crate::sink) fn new(schema: &SchemaDescriptor, name: &str) -> Self {
        Self { chunk: Chunk::new(schema, name, Encoding::PLAIN), values: Vec::new(), presence: Presence::default() }
    }

    /// Takes values of which some may be absent.
    pub(in crate::sink) fn extend_some(&mut self, values: impl ExactSizeIterator<Item = Option<bool>> + Clone) {
        self.presence.extend(values, &mut self.values);
    }

    /// Ends a page.
    pub(in crate::sink) fn page(&mut self, packer: &mut Packer) -> Result<()> {
        self.chunk.page_of(&mut self.presence, packer, |page| {
            page.extend(self.values.chunks(8).map(|bits| bits.iter().rev().fold(0, |byte, bit| byte << 1 | u8::from(*bit))));
        })?;
        self.values.clear();
        Ok(())
    }

    /// Ends a row group.
    pub(in crate::sink) fn close(&mut self) -> Result<Closed> {
        self.chunk.close(None, None)
    }

    pub(in crate::sink) fn len(&self) -> usize {
        self.chunk.len()
    }
}
