//! Columns of numbers that mostly grow: `DELTA_BINARY_PACKED`, with the smallest and the largest in the footer.

use parquet::basic::Encoding;
use parquet::errors::Result;
use parquet::schema::types::SchemaDescriptor;

use super::bits::Presence;
use super::chunk::{Bounds, Chunk, Closed, Packer};
use super::delta::{self, Integer};

/// Numbers, some of them absent.
pub(in crate::sink) struct Numbers<T> {
    chunk: Chunk,
    values: Vec<T>,
    presence: Presence,
    bounds: Option<(T, T)>,
}

impl<T: Integer> Numbers<T> {
    pub(in crate::sink) fn new(schema: &SchemaDescriptor, name: &str) -> Self {
        let chunk = Chunk::new(schema, name, Encoding::DELTA_BINARY_PACKED);
        Self { chunk, values: Vec::new(), presence: Presence::default(), bounds: None }
    }

    /// Takes numbers of which none is absent.
    pub(in crate::sink) fn extend(&mut self, values: impl ExactSizeIterator<Item = T>) {
        self.presence.push_many(true, values.len());
        self.values.extend(values);
    }

    /// Takes numbers of which some may be absent.
    pub(in crate::sink) fn extend_some(&mut self, values: impl ExactSizeIterator<Item = Option<T>> + Clone) {
        self.presence.extend(values, &mut self.values);
    }

    /// Ends a page.
    pub(in crate::sink) fn page(&mut self, packer: &mut Packer) -> Result<()> {
        self.chunk.page_of(&mut self.presence, packer, |page| {
            delta::encode(&self.values, page);
        })?;
        if let Some(first) = self.values.first() {
            let bounds = self.bounds.unwrap_or((*first, *first));
            self.bounds = Some(self.values.iter().fold(bounds, |(least, most), value| (least.min(*value), most.max(*value))));
        }
        self.values.clear();
        Ok(())
    }

    /// Ends a row group.
    pub(in crate::sink) fn close(&mut self) -> Result<Closed> {
        let bounds = self.bounds.take().map(|(least, most)| Bounds::Int(least.wide(), most.wide()));
        self.chunk.close(None, bounds)
    }

    pub(in crate::sink) fn len(&self) -> usize {
        self.chunk.len()
    }
}
