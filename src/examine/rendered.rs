//! Blocks whose text their reader wrote, column by column: candidates are brought to their records, and only records that have one,
//! or that a column or a measurement asks for, are gone through.

use std::ops::Range;

use super::block::{Flaw, Pass};
use crate::model::{Block, CELL_END, Candidate, CellRun, Cells, Column, Row, ValueKind, limits};
use crate::read::may_be_json;

/// Stands for a record that is gone through although no candidate is in it.
const NO_CANDIDATE: u32 = u32::MAX;

/// A record and a candidate that touches one of its cells.
type Hit = (u32, u32);

/// Says, by text, whether it may hold something: a candidate touches it, it may be JSON, whose keys ask for values, or is no UTF-8.
pub(super) fn holding(found: &[Candidate], text: &[u8], starts: &[u32]) -> Vec<bool> {
    let run = CellRun { starts: starts.to_vec(), ..CellRun::default() };
    let is_utf8 = simdutf8::basic::from_utf8(text).is_ok();
    let asks = |text: &[u8]| may_be_json(text) || !is_utf8 && simdutf8::basic::from_utf8(text).is_err();
    let mut out: Vec<_> = (0..run.text_count()).map(|at| run.text(at).is_some_and(|span| asks(&text[span]))).collect();
    for candidate in found {
        out[run.texts_in(&candidate.span)].fill(true);
    }
    out
}

/// The first record, in the order of the bytes, with a text that is not UTF-8.
pub(super) fn not_utf8(block: &Block, cells: &Cells) -> Option<u64> {
    let broken = |bytes: &[u8]| simdutf8::basic::from_utf8(bytes).is_err();
    if !broken(block.owned()) {
        return None;
    }
    let run = cells.runs.iter().find(|run| broken(&block.bytes[run.span()]))?;
    let cell = (0..run.len()).find(|cell| run.text_of_cell(*cell).is_some_and(|text| broken(&block.bytes[text])))?;
    Some(block.framing.first_record + u64::from(run.record(cell)))
}

/// The text that a span begins in: words of other cells do not count.
pub(super) fn text_around(bytes: &[u8], span: &Range<usize>) -> Range<usize> {
    let start = memchr::memmem::rfind(&bytes[..span.start], CELL_END).map_or(0, |at| at + CELL_END.len());
    let end = memchr::memmem::find(&bytes[span.end..], CELL_END).map_or(bytes.len(), |at| span.end + at);
    start..end
}

impl Pass<'_> {
    /// Goes through the records of a rendered block.
    pub(super) fn rendered(&mut self, found: &[Candidate], row: &mut Row) {
        let block: &Block = self.block;
        let Some(cells) = &block.cells else { return };
        self.learn_columns();
        // Columns that are not decoded are columns of the leaf all the same.
        for (used, column) in self.result.used.iter_mut().zip(self.layout.columns()) {
            *used = !column.lacks_key();
        }
        let mut hits = self.hits(cells, found);
        hits.sort_unstable();
        hits.dedup();
        let mut at = 0;
        while let Some(&(record, _)) = hits.get(at) {
            let end = at + hits[at..].iter().take_while(|hit| hit.0 == record).count();
            row.ordinal = block.framing.first_record + u64::from(record);
            row.line = 0;
            row.span = 0..block.bytes.len();
            cells.fill(record, row);
            if !self.layout.look_inside(block, row) {
                self.result.flaw = self.result.flaw.or(Some(Flaw::LongCells(row.ordinal)));
            }
            self.learn_columns();
            let candidates = hits[at..end].iter().filter(|hit| hit.1 != NO_CANDIDATE);
            self.row(row, &mut candidates.map(|hit| found[hit.1 as usize].clone()).peekable());
            at = end;
        }
    }

    /// The records to be gone through, with their candidates.
    fn hits(&self, cells: &Cells, found: &[Candidate]) -> Vec<Hit> {
        let mut hits = Vec::new();
        if self.block.framing.first_record < limits::PROFILED_RECORDS {
            hits.extend((0..cells.records).map(|record| (record, NO_CANDIDATE)));
        }
        let mut next = 0;
        for run in &cells.runs {
            let span = run.span();
            // One that begins in the run before may reach into this one.
            while next > 0 && found[next - 1].span.end > span.start {
                next -= 1;
            }
            let first = next;
            next += found[next..].iter().take_while(|candidate| candidate.span.start < span.end).count();
            touched(run, &found[first..next], first, &mut hits);
            if span.start < self.block.owned.end {
                let asks = self.asking(run);
                let cells = (0..run.len()).filter(|cell| asks[run.text_of(*cell)]);
                hits.extend(cells.map(|cell| (run.record(cell), NO_CANDIDATE)));
            }
        }
        hits
    }

    /// Says, by text, whether its records are gone through whatever is found in it: its column asks for it, or the keys of maps and of JSON may.
    fn asking(&self, run: &CellRun) -> Vec<bool> {
        let is_of_map = || self.layout.columns().get(run.column as usize).is_some_and(Column::lacks_key);
        let asked = self.asked.get(run.column as usize) == Some(&true) || is_of_map();
        let asks = |text: Range<usize>| asked || run.kind == ValueKind::Text && may_be_json(&self.block.bytes[text]);
        (0..run.text_count()).map(|text| run.text(text).is_some_and(asks)).collect()
    }
}

/// Adds the records whose cells these candidates touch; `first` is the number of the first candidate.
fn touched(run: &CellRun, found: &[Candidate], first: usize, hits: &mut Vec<Hit>) {
    let number = |at: usize| u32::try_from(first + at).expect("a block has far fewer candidates");
    match &run.texts {
        None => {
            for (at, candidate) in found.iter().enumerate() {
                hits.extend(run.texts_in(&candidate.span).map(|cell| (run.record(cell), number(at))));
            }
        }
        Some(texts) => {
            let mut by_text: Vec<Vec<u32>> = vec![Vec::new(); run.text_count()];
            for (at, candidate) in found.iter().enumerate() {
                by_text[run.texts_in(&candidate.span)].iter_mut().for_each(|of| of.push(number(at)));
            }
            for (cell, text) in texts.iter().enumerate() {
                hits.extend(by_text[*text as usize].iter().map(|candidate| (run.record(cell), *candidate)));
            }
        }
    }
}
