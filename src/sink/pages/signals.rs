//! The column of signals: lists of words such as `name+0.25`.

use parquet::basic::Encoding;
use parquet::errors::Result;
use parquet::schema::types::SchemaDescriptor;

use super::bits::{levels, run, varint};
use super::chunk::{Chunk, Closed, Packer};
use super::words::{Dictionary, Index, indices};
use crate::model::{Signal, Signals};
use crate::sink::gather::signal_text;

/// A word that has no place yet.
const UNKNOWN: Index = Index::MAX;

/// Lists of signals.
pub(in crate::sink) struct SignalWords {
    chunk: Chunk,
    dictionary: Dictionary,
    /// The place of each signal with each delta.
    places: Vec<Index>,
    words: Vec<Index>,
    /// The words of each row.
    counts: Vec<u8>,
    empty: usize,
}

impl SignalWords {
    pub(in crate::sink) fn new(schema: &SchemaDescriptor, name: &str) -> Self {
        Self {
            chunk: Chunk::new(schema, name, Encoding::RLE_DICTIONARY),
            dictionary: Dictionary::default(),
            places: vec![UNKNOWN; Signal::ALL.len() << 8],
            words: Vec::new(),
            counts: Vec::new(),
            empty: 0,
        }
    }

    pub(in crate::sink) fn push(&mut self, signals: &Signals) {
        let before = self.words.len();
        for (signal, delta) in signals.iter() {
            let place = &mut self.places[(signal as usize) << 8 | usize::from(delta.cast_unsigned())];
            if *place == UNKNOWN {
                *place = self.dictionary.text(&signal_text(signal.name(), delta));
            }
            self.words.push(*place);
        }
        let count = self.words.len() - before;
        self.counts.push(count.to_le_bytes()[0]);
        self.empty += usize::from(count == 0);
    }

    /// Ends a page.
    pub(in crate::sink) fn page(&mut self, packer: &mut Packer) -> Result<()> {
        // An empty list is an entry too.
        let entries = self.words.len() + self.empty;
        let page = packer.pack(|page| {
            // The first word of a row has level 0, those that repeat have 1.
            let begins = self.counts.iter().map(|count| (0b111_1111_1111_1110, (*count).max(1)));
            levels(page, |out| bits(begins, entries, out));
            levels(page, |out| match self.empty {
                0 => run(1, entries, 1, out),
                _ => bits(self.counts.iter().map(|count| if *count == 0 { (0, 1) } else { (0b111_1111_1111_1111, *count) }), entries, out),
            });
            indices(&self.words, self.dictionary.width(), page);
        })?;
        self.chunk.page(page, entries, self.empty);
        self.words.clear();
        self.counts.clear();
        self.empty = 0;
        Ok(())
    }

    /// Ends a row group.
    pub(in crate::sink) fn close(&mut self, packer: &mut Packer) -> Result<Closed> {
        self.places.fill(UNKNOWN);
        self.dictionary.close(&mut self.chunk, None, packer)
    }

    pub(in crate::sink) fn len(&self) -> usize {
        self.chunk.len() + self.dictionary.len()
    }
}

/// Appends pieces of a few bits each as one run of packed levels.
fn bits(pieces: impl Iterator<Item = (u64, u8)>, entries: usize, out: &mut Vec<u8>) {
    varint((entries.div_ceil(8) as u64) << 1 | 1, out);
    let (mut word, mut held) = (0, 0);
    for (piece, len) in pieces {
        word |= (piece & ((1 << len) - 1)) << held;
        held += u32::from(len);
        if held >= 32 {
            out.extend_from_slice(&u64::to_le_bytes(word)[..4]);
            word >>= 32;
            held -= 32;
        }
    }
    out.extend_from_slice(&word.to_le_bytes()[..held.div_ceil(8) as usize]);
}
