//! Columns of few values: a dictionary a row group, and a small number a row.

use std::collections::HashMap;

use parquet::basic::Encoding;
use parquet::errors::Result;
use parquet::schema::types::SchemaDescriptor;

use super::bits::{Presence, hybrid, width};
use super::chunk::{Bounds, Chunk, Closed, Packer};

/// A word's place in its dictionary.
pub(in crate::sink) type Index = u16;
/// A place that is not known yet.
const UNKNOWN: Index = Index::MAX;
/// Words at which a row group ends; a batch may add some thousands.
const MOST_WORDS: usize = 1 << 15;

/// The values of a column, each once.
#[derive(Default)]
pub(in crate::sink) struct Dictionary {
    /// As the dictionary's page holds them.
    plain: Vec<u8>,
    known: HashMap<Box<[u8]>, Index>,
}

impl Dictionary {
    /// Returns the place of a text.
    pub(in crate::sink) fn text(&mut self, text: &str) -> Index {
        let len = u32::try_from(text.len()).expect("a text is below 4 GiB");
        self.value(text.as_bytes(), &len.to_le_bytes())
    }

    /// Returns the place of a number, given by its bytes.
    pub(in crate::sink) fn number(&mut self, bytes: &[u8]) -> Index {
        self.value(bytes, &[])
    }

    fn value(&mut self, value: &[u8], prefix: &[u8]) -> Index {
        if let Some(index) = self.known.get(value) {
            return *index;
        }
        let index = Index::try_from(self.known.len()).expect("a row group ends before");
        self.plain.extend_from_slice(prefix);
        self.plain.extend_from_slice(value);
        self.known.insert(value.into(), index);
        index
    }

    /// Returns the bits of a place. Some readers do without a bit where there is but one word; none must.
    pub(super) fn width(&self) -> usize {
        width(self.known.len().saturating_sub(1) as u64).max(1)
    }

    /// Says whether the row group must end.
    pub(super) fn is_full(&self) -> bool {
        self.known.len() >= MOST_WORDS
    }

    /// Bytes of the words.
    pub(super) fn len(&self) -> usize {
        self.plain.len()
    }

    /// Ends a chunk with its dictionary, and begins the next one.
    pub(super) fn close(&mut self, chunk: &mut Chunk, bounds: Option<Bounds>, packer: &mut Packer) -> Result<Closed> {
        let page = packer.pack(|page| page.extend_from_slice(&self.plain))?;
        let closed = chunk.close(Some((page, self.known.len())), bounds);
        self.plain.clear();
        self.known.clear();
        closed
    }
}

/// Appends the places of a page's words.
pub(super) fn indices(indices: &[Index], width: usize, page: &mut Vec<u8>) {
    page.push(width.to_le_bytes()[0]);
    hybrid(indices, width, page);
}

/// A column whose words come by a small number that the caller has for each.
pub(in crate::sink) struct Words {
    chunk: Chunk,
    dictionary: Dictionary,
    /// For each of the caller's numbers, the word's place.
    places: Vec<Index>,
    rows: Vec<Index>,
    presence: Presence,
}

impl Words {
    pub(in crate::sink) fn new(schema: &SchemaDescriptor, name: &str) -> Self {
        Self {
            chunk: Chunk::new(schema, name, Encoding::RLE_DICTIONARY),
            dictionary: Dictionary::default(),
            places: Vec::new(),
            rows: Vec::new(),
            presence: Presence::default(),
        }
    }

    /// Takes a word by its number; `word` is asked for it the first time.
    pub(in crate::sink) fn push(&mut self, number: usize, word: impl FnOnce(&mut Dictionary) -> Index) {
        self.rows.push(place(&mut self.places, number, || word(&mut self.dictionary)));
        self.presence.push(true);
    }

    pub(in crate::sink) fn push_absent(&mut self) {
        self.presence.push(false);
    }

    /// Forgets what numbers stand for.
    pub(in crate::sink) fn renumber(&mut self) {
        self.places.clear();
    }

    pub(in crate::sink) fn is_full(&self) -> bool {
        self.dictionary.is_full()
    }

    /// Ends a page.
    pub(in crate::sink) fn page(&mut self, packer: &mut Packer) -> Result<()> {
        self.chunk.page_of(&mut self.presence, packer, |page| {
            indices(&self.rows, self.dictionary.width(), page);
        })?;
        self.rows.clear();
        Ok(())
    }

    /// Ends a row group.
    pub(in crate::sink) fn close(&mut self, bounds: Option<Bounds>, packer: &mut Packer) -> Result<Closed> {
        self.places.clear();
        self.dictionary.close(&mut self.chunk, bounds, packer)
    }

    pub(in crate::sink) fn len(&self) -> usize {
        self.chunk.len() + self.dictionary.len()
    }
}

/// The place of a number's word; `make` is asked for it the first time.
fn place(places: &mut Vec<Index>, number: usize, make: impl FnOnce() -> Index) -> Index {
    if number >= places.len() {
        places.resize(number + 1, UNKNOWN);
    }
    if places[number] == UNKNOWN {
        places[number] = make();
    }
    places[number]
}

/// A column that follows from the key of a row, as the columns of its rule do.
pub(in crate::sink) struct KeyedWords {
    chunk: Chunk,
    dictionary: Dictionary,
    /// For each key, the word's place.
    places: Vec<Index>,
}

impl KeyedWords {
    pub(in crate::sink) fn new(schema: &SchemaDescriptor, name: &str) -> Self {
        Self { chunk: Chunk::new(schema, name, Encoding::RLE_DICTIONARY), dictionary: Dictionary::default(), places: Vec::new() }
    }

    /// Makes the word of a key known, where it is not.
    pub(in crate::sink) fn know(&mut self, key: u16, word: impl FnOnce(&mut Dictionary) -> Index) {
        place(&mut self.places, usize::from(key), || word(&mut self.dictionary));
    }

    /// Forgets what keys stand for.
    pub(in crate::sink) fn rekey(&mut self) {
        self.places.clear();
    }

    /// Ends a page of columns that follow from the same keys. Columns whose words stand in the same places share their bytes.
    pub(in crate::sink) fn pages(columns: &mut [&mut Self], keys: &[u16], packer: &mut Packer) -> Result<()> {
        let mut done = vec![false; columns.len()];
        for at in 0..columns.len() {
            if done[at] {
                continue;
            }
            let (places, width) = (std::mem::take(&mut columns[at].places), columns[at].dictionary.width());
            let rows: Vec<Index> = keys.iter().map(|key| places[usize::from(*key)]).collect();
            let page = packer.pack(|page| indices(&rows, width, page))?;
            columns[at].chunk.page(page, keys.len(), 0);
            for other in at + 1..columns.len() {
                let column = &mut *columns[other];
                if !done[other] && column.places == places && column.dictionary.width() == width {
                    column.chunk.page(page, keys.len(), 0);
                    done[other] = true;
                }
            }
            columns[at].places = places;
        }
        Ok(())
    }

    /// Ends a row group.
    pub(in crate::sink) fn close(&mut self, bounds: Option<Bounds>, packer: &mut Packer) -> Result<Closed> {
        self.places.clear();
        self.dictionary.close(&mut self.chunk, bounds, packer)
    }

    pub(in crate::sink) fn len(&self) -> usize {
        self.chunk.len() + self.dictionary.len()
    }
}
