//! A column of maps that have one pair or are absent: its keys are few, its values are ids.

use parquet::basic::Encoding;
use parquet::errors::Result;
use parquet::schema::types::SchemaDescriptor;

use super::bits::{Presence, hybrid, levels, run, width};
use super::chunk::{Chunk, Closed, Packer};
use super::delta;
use super::words::{Dictionary, Index, indices};
use crate::model::Id;

/// Maps of one pair. As long as none is there they cost nothing, and the column is null.
pub(in crate::sink) struct Pairs {
    keys: Chunk,
    values: Chunk,
    dictionary: Dictionary,
    places: Vec<Index>,
    ids: Vec<Id>,
    present: Vec<u8>,
    rows: Presence,
    has_pages: bool,
}

impl Pairs {
    pub(in crate::sink) fn new(schema: &SchemaDescriptor, name: &str) -> Self {
        let mut of_map = (0..schema.num_columns()).filter(|at| schema.column(*at).path().parts()[0] == name);
        let mut column = |encoding| Chunk::at(schema, of_map.next().expect("a map has keys and values"), encoding);
        Self {
            keys: column(Encoding::RLE_DICTIONARY),
            values: column(Encoding::DELTA_LENGTH_BYTE_ARRAY),
            dictionary: Dictionary::default(),
            places: Vec::new(),
            ids: Vec::new(),
            present: Vec::new(),
            rows: Presence::default(),
            has_pages: false,
        }
    }

    /// Takes rows.
    pub(in crate::sink) fn extend<'a>(&mut self, rows: impl ExactSizeIterator<Item = Option<(&'a str, Id)>> + Clone) {
        if rows.clone().all(|row| row.is_none()) {
            self.rows.push_many(false, rows.len());
            return;
        }
        for row in rows {
            self.rows.push(row.is_some());
            if let Some((key, id)) = row {
                self.places.push(self.dictionary.text(key));
                self.ids.push(id);
            }
        }
    }

    /// Ends a page, where there is a pair.
    pub(in crate::sink) fn page(&mut self, packer: &mut Packer) -> Result<()> {
        if self.ids.is_empty() { Ok(()) } else { self.end_page(packer) }
    }

    fn end_page(&mut self, packer: &mut Packer) -> Result<()> {
        let (rows, absent) = (self.rows.rows(), self.rows.absent());
        self.present.clear();
        self.rows.expand(&mut self.present);
        let page = packer.pack(|page| {
            self.levels(2, page);
            indices(&self.places, self.dictionary.width(), page);
        })?;
        self.keys.page(page, rows, absent);
        let page = packer.pack(|page| {
            self.levels(3, page);
            let digits: Vec<i32> = self.ids.iter().map(|_| 32).collect();
            delta::encode(&digits, page);
            self.ids.iter().for_each(|id| page.extend_from_slice(&id.hex()));
        })?;
        self.values.page(page, rows, absent);
        self.places.clear();
        self.ids.clear();
        self.has_pages = true;
        Ok(())
    }

    /// Appends the levels: nothing repeats, and what is there is so to its full depth.
    fn levels(&self, depth: u8, page: &mut Vec<u8>) {
        levels(page, |out| run(0, self.present.len(), 1, out));
        let defined: Vec<u16> = self.present.iter().map(|present| u16::from(present * depth)).collect();
        levels(page, |out| hybrid(&defined, width(depth.into()), out));
    }

    /// Ends a row group; nothing where no row of it has a pair.
    pub(in crate::sink) fn close(&mut self, packer: &mut Packer, chunks: &mut Vec<Closed>) -> Result<()> {
        if self.has_pages && self.rows.rows() > 0 {
            self.end_page(packer)?;
        }
        self.rows.expand(&mut Vec::new());
        if std::mem::take(&mut self.has_pages) {
            chunks.push(self.dictionary.close(&mut self.keys, None, packer)?);
            chunks.push(self.values.close(None, None)?);
        }
        Ok(())
    }

    pub(in crate::sink) fn len(&self) -> usize {
        self.keys.len() + self.values.len()
    }
}
