//! A column of maps that have a few pairs or are absent: its keys are few, its values are texts.

use parquet::basic::Encoding;
use parquet::errors::Result;
use parquet::schema::types::SchemaDescriptor;

use super::bits::{hybrid, levels, width};
use super::chunk::{Chunk, Closed, Packer};
use super::delta;
use super::words::{Dictionary, Index, indices};

/// Maps. As long as none is there they cost nothing, and the column is null.
pub(in crate::sink) struct Pairs {
    keys: Chunk,
    values: Chunk,
    dictionary: Dictionary,
    places: Vec<Index>,
    lengths: Vec<i32>,
    texts: Vec<u8>,
    /// Pairs of each row, from the first that has one on.
    counts: Vec<u16>,
    /// Rows before that.
    without: usize,
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
            lengths: Vec::new(),
            texts: Vec::new(),
            counts: Vec::new(),
            without: 0,
            has_pages: false,
        }
    }

    /// Takes rows without a pair.
    pub(in crate::sink) fn push_absent(&mut self, rows: usize) {
        if self.counts.is_empty() { self.without += rows } else { self.counts.resize(self.counts.len() + rows, 0) }
    }

    /// Takes a row with its pairs.
    pub(in crate::sink) fn push<'a>(&mut self, pairs: impl Iterator<Item = (&'a str, &'a [u8])>) {
        let before = self.places.len();
        for (key, value) in pairs {
            self.places.push(self.dictionary.text(key));
            self.lengths.push(i32::try_from(value.len()).expect("a text is below 2 GiB"));
            self.texts.extend_from_slice(value);
        }
        match u16::try_from(self.places.len() - before).expect("a record has few keys and people") {
            0 => self.push_absent(1),
            count => {
                self.counts.resize(self.counts.len() + std::mem::take(&mut self.without), 0);
                self.counts.push(count);
            }
        }
    }

    /// Bytes of text that are in no page yet.
    pub(in crate::sink) fn pending(&self) -> usize {
        self.texts.len()
    }

    /// Says whether the row group must end.
    pub(in crate::sink) fn is_full(&self) -> bool {
        self.dictionary.is_full()
    }

    /// Ends a page, where there is a pair.
    pub(in crate::sink) fn page(&mut self, packer: &mut Packer) -> Result<()> {
        if self.places.is_empty() { Ok(()) } else { self.end_page(packer) }
    }

    fn end_page(&mut self, packer: &mut Packer) -> Result<()> {
        self.counts.resize(self.counts.len() + std::mem::take(&mut self.without), 0);
        let absent = self.counts.iter().filter(|count| **count == 0).count();
        let slots = self.places.len() + absent;
        let page = packer.pack(|page| {
            self.levels(2, page);
            indices(&self.places, self.dictionary.width(), page);
        })?;
        self.keys.page(page, slots, absent);
        let page = packer.pack(|page| {
            self.levels(3, page);
            delta::encode(&self.lengths, page);
            page.extend_from_slice(&self.texts);
        })?;
        self.values.page(page, slots, absent);
        self.places.clear();
        self.lengths.clear();
        self.texts.clear();
        self.counts.clear();
        self.has_pages = true;
        Ok(())
    }

    /// Appends the levels: the pairs behind the first of a row repeat, and what is there is so to its full depth.
    fn levels(&self, depth: u8, page: &mut Vec<u8>) {
        let slots = |of: fn(u16, u8) -> Vec<u8>| self.counts.iter().flat_map(|count| of(*count, depth)).collect::<Vec<u8>>();
        let repeated = slots(|count, _| (0..count.max(1)).map(|pair| u8::from(pair > 0)).collect());
        levels(page, |out| hybrid(&repeated, 1, out));
        let defined = slots(|count, depth| vec![if count > 0 { depth } else { 0 }; usize::from(count.max(1))]);
        levels(page, |out| hybrid(&defined, width(depth.into()), out));
    }

    /// Ends a row group; nothing where no row of it has a pair.
    pub(in crate::sink) fn close(&mut self, packer: &mut Packer, chunks: &mut Vec<Closed>) -> Result<()> {
        if self.has_pages && self.without + self.counts.len() > 0 {
            self.end_page(packer)?;
        }
        self.without = 0;
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
