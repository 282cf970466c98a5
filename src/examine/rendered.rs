//! Blocks whose text their reader wrote, column by column: candidates are brought to their records, and only records that have one,
//! or that a column or a measurement asks for, are gone through.

use super::block::Pass;
use crate::model::{Block, Candidate, CellRun, Cells, Row, limits};

/// Stands for a record that is gone through although no candidate is in it.
const NO_CANDIDATE: u32 = u32::MAX;

/// A record and a candidate that touches one of its cells.
type Hit = (u32, u32);

/// Says, by text, whether a candidate touches it.
pub(super) fn holding(found: &[Candidate], starts: &[u32]) -> Vec<bool> {
    let run = CellRun { starts: starts.to_vec(), ..CellRun::default() };
    let mut out = vec![false; run.text_count()];
    for candidate in found {
        out[run.texts_in(&candidate.span)].fill(true);
    }
    out
}

impl Pass<'_> {
    /// Goes through the records of a rendered block.
    pub(super) fn rendered(&mut self, found: &[Candidate], row: &mut Row) {
        let block: &Block = self.block;
        let Some(cells) = &block.cells else { return };
        self.learn_columns();
        // Columns that are not decoded are columns of the leaf all the same.
        self.result.used.fill(true);
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
            if self.asked.get(run.column as usize) == Some(&true) && span.start < self.block.owned.end {
                let cells = (0..run.len()).filter(|cell| run.text_of_cell(*cell).is_some());
                hits.extend(cells.map(|cell| (run.record(cell), NO_CANDIDATE)));
            }
        }
        hits
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
