//! Columns of text that hardly repeats: lengths, then the text.

use parquet::basic::Encoding;
use parquet::errors::Result;
use parquet::schema::types::SchemaDescriptor;

use super::bits::Presence;
use super::chunk::{Chunk, Closed, Packer};
use super::delta;

/// Texts, some of them absent.
pub(in crate::sink) struct Texts {
    chunk: Chunk,
    text: Vec<u8>,
    lengths: Vec<i32>,
    presence: Presence,
}

impl Texts {
    pub(in crate::sink) fn new(schema: &SchemaDescriptor, name: &str) -> Self {
        let chunk = Chunk::new(schema, name, Encoding::DELTA_LENGTH_BYTE_ARRAY);
        Self { chunk, text: Vec::new(), lengths: Vec::new(), presence: Presence::default() }
    }

    pub(in crate::sink) fn push(&mut self, text: Option<&str>) {
        self.presence.push(text.is_some());
        if let Some(text) = text {
            self.text.extend_from_slice(text.as_bytes());
            self.lengths.push(i32::try_from(text.len()).expect("a text is below 2 GiB"));
        }
    }

    /// Bytes of text that are no page yet.
    pub(in crate::sink) fn pending(&self) -> usize {
        self.text.len()
    }

    /// Ends a page.
    pub(in crate::sink) fn page(&mut self, packer: &mut Packer) -> Result<()> {
        self.chunk.page_of(&mut self.presence, packer, |page| {
            delta::encode(&self.lengths, page);
            page.extend_from_slice(&self.text);
        })?;
        self.lengths.clear();
        self.text.clear();
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
