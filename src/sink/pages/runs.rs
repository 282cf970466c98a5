//! Columns that are the same over long runs of rows: a dictionary, and one page of runs a row group.

use parquet::basic::Encoding;
use parquet::errors::Result;
use parquet::schema::types::SchemaDescriptor;

use super::bits::{levels, run};
use super::chunk::{Bounds, Chunk, Closed, Packer};
use super::words::{Dictionary, Index};

/// Runs of words, some of them absent.
pub(in crate::sink) struct Runs {
    chunk: Chunk,
    dictionary: Dictionary,
    runs: Vec<(Option<Index>, usize)>,
}

impl Runs {
    pub(in crate::sink) fn new(schema: &SchemaDescriptor, name: &str) -> Self {
        Self { chunk: Chunk::new(schema, name, Encoding::RLE_DICTIONARY), dictionary: Dictionary::default(), runs: Vec::new() }
    }

    /// Takes a word for so many rows.
    pub(in crate::sink) fn push(&mut self, word: Option<&str>, rows: usize) {
        let index = word.map(|word| self.dictionary.text(word));
        self.extend(index, rows);
    }

    fn extend(&mut self, index: Option<Index>, rows: usize) {
        match self.runs.last_mut() {
            Some((last, count)) if *last == index => *count += rows,
            _ => self.runs.push((index, rows)),
        }
    }

    /// Takes the last word for more rows.
    pub(in crate::sink) fn lengthen(&mut self, rows: usize) {
        let (_, count) = self.runs.last_mut().expect("there is a word");
        *count += rows;
    }

    pub(in crate::sink) fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    pub(in crate::sink) fn is_full(&self) -> bool {
        self.dictionary.is_full()
    }

    /// Ends a row group.
    pub(in crate::sink) fn close(&mut self, packer: &mut Packer) -> Result<Closed> {
        self.close_with(None, packer)
    }

    /// Ends a row group of rows that all have one point in time.
    pub(in crate::sink) fn close_time(&mut self, micros: i64, rows: usize, packer: &mut Packer) -> Result<Closed> {
        let index = self.dictionary.number(&micros.to_le_bytes());
        self.extend(Some(index), rows);
        self.close_with(Some(Bounds::Int(micros, micros)), packer)
    }

    fn close_with(&mut self, bounds: Option<Bounds>, packer: &mut Packer) -> Result<Closed> {
        let width = self.dictionary.width();
        let rows = self.runs.iter().map(|(_, count)| count).sum();
        let absent = self.runs.iter().filter(|(index, _)| index.is_none()).map(|(_, count)| count).sum();
        let page = packer.pack(|page| {
            if self.chunk.is_optional() {
                levels(page, |out| self.runs.iter().for_each(|(index, count)| run(index.is_some().into(), *count, 1, out)));
            }
            page.push(width.to_le_bytes()[0]);
            for (index, count) in &self.runs {
                if let Some(index) = index {
                    run(u64::from(*index), *count, width, page);
                }
            }
        })?;
        self.chunk.page(page, rows, absent);
        self.runs.clear();
        self.dictionary.close(&mut self.chunk, bounds, packer)
    }

    pub(in crate::sink) fn len(&self) -> usize {
        self.runs.len() * 8 + self.dictionary.len()
    }
}
