//! The cells of a block whose text its reader wrote: column by column, each text once, with what separates them.

use std::ops::Range;
use std::sync::Arc;

use super::{Field, Row, ValueKind};

/// What stands behind each text in a block. Nothing that is found reaches over an empty line.
pub const CELL_END: &[u8] = b"\n\n";

/// The cells of a rendered block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cells {
    /// Records in the block.
    pub records: u32,
    /// The row group that they are of, and the number in it of the first one.
    pub group: Option<(i32, u64)>,
    /// Runs in the order of their bytes. A column may have several.
    pub runs: Vec<CellRun>,
}

/// Cells of one column, in the order of their records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CellRun {
    /// Index into [`super::Layout::columns`].
    pub column: u32,
    /// What the texts are.
    pub kind: ValueKind,
    /// Where each text starts, and where the last one ends with its [`CELL_END`]. An empty range is a null.
    pub starts: Vec<u32>,
    /// The text of each cell; none: each cell has its own.
    pub texts: Option<Vec<u32>>,
    /// The record of each cell, rising; none: each record has one cell.
    pub records: Option<Arc<[u32]>>,
    /// Element indices on the way to each cell, [`CellRun::levels`] of them for each.
    pub indices: Arc<[u32]>,
    /// Lists around each cell.
    pub levels: usize,
}

impl CellRun {
    /// Returns the number of cells.
    #[must_use]
    pub fn len(&self) -> usize {
        self.texts.as_ref().map_or(self.text_count(), Vec::len)
    }

    /// Says whether there are no cells.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the number of texts.
    #[must_use]
    pub fn text_count(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Returns the bytes that all texts take.
    #[must_use]
    pub fn span(&self) -> Range<usize> {
        let at = |start: Option<&u32>| start.map_or(0, |start| *start as usize);
        at(self.starts.first())..at(self.starts.last())
    }

    /// Returns where a text stands, without its end; none for a null.
    #[must_use]
    pub fn text(&self, text: usize) -> Option<Range<usize>> {
        let (start, next) = (self.starts[text] as usize, self.starts[text + 1] as usize);
        (start < next).then(|| start..next - CELL_END.len())
    }

    /// Returns the texts that a stretch of bytes touches; ends belong to no text.
    #[must_use]
    pub fn texts_in(&self, bytes: &Range<usize>) -> Range<usize> {
        let first = self.starts.partition_point(|start| *start as usize <= bytes.start).saturating_sub(1);
        let end = self.starts.partition_point(|start| (*start as usize) < bytes.end).min(self.text_count());
        first..end.max(first)
    }

    /// Returns the record of a cell.
    #[must_use]
    pub fn record(&self, cell: usize) -> u32 {
        self.records.as_ref().map_or_else(|| u32::try_from(cell).expect("records are counted in 32 bits"), |records| records[cell])
    }

    /// Returns the cells of a record.
    #[must_use]
    pub fn of_record(&self, record: u32) -> Range<usize> {
        let Some(records) = &self.records else {
            let at = record as usize;
            return if at < self.len() { at..at + 1 } else { 0..0 };
        };
        let records = &records[..self.len()];
        let first = records.partition_point(|other| *other < record);
        let count = records[first..].iter().take_while(|other| **other == record).count();
        first..first + count
    }

    /// Returns where the text of a cell stands; none for a null.
    #[must_use]
    pub fn text_of_cell(&self, cell: usize) -> Option<Range<usize>> {
        self.text(self.text_of(cell))
    }

    /// Returns the text of a cell.
    #[must_use]
    pub fn text_of(&self, cell: usize) -> usize {
        self.texts.as_ref().map_or(cell, |texts| texts[cell] as usize)
    }

    fn field(&self, cell: usize, row: &mut Row) -> Field {
        let indices = self.indices.get(cell * self.levels..(cell + 1) * self.levels).unwrap_or_default();
        let indices = row.add_indices(indices);
        let text = self.text_of(cell);
        let (span, kind) = match self.text(text) {
            Some(span) => (span, self.kind),
            None => (self.starts[text] as usize..self.starts[text] as usize, ValueKind::Null),
        };
        Field { column: self.column, span, escaped: false, kind, indices, offset: 0 }
    }
}

impl Cells {
    /// Fills a row with the cells of a record, in the order of their bytes.
    pub fn fill(&self, record: u32, row: &mut Row) {
        row.clear_fields();
        row.broken = false;
        for run in &self.runs {
            for cell in run.of_record(record) {
                let field = run.field(cell, row);
                row.fields.push(field);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run() -> CellRun {
        // `ab`, null, `c`
        CellRun { column: 7, starts: vec![10, 14, 14, 17], ..CellRun::default() }
    }

    #[test]
    fn texts_are_told_by_the_bytes_they_take() {
        let run = run();
        assert_eq!((run.len(), run.span()), (3, 10..17));
        assert_eq!([0, 1, 2].map(|text| run.text(text)), [Some(10..12), None, Some(14..15)]);
        assert_eq!([run.texts_in(&(11..12)), run.texts_in(&(10..15)), run.texts_in(&(14..15))], [0..1, 0..3, 2..3]);
    }

    #[test]
    fn a_record_has_its_own_cells_and_shares_their_texts() {
        let dense = run();
        let shared = CellRun { texts: Some(vec![2, 0, 2]), ..run() };
        let listed = CellRun { records: Some([0, 0, 2].into()), levels: 1, indices: [0, 1, 0].into(), ..run() };
        let cells = Cells { records: 3, group: None, runs: vec![dense, shared, listed] };
        let mut row = Row::default();
        let mut of = |record| {
            cells.fill(record, &mut row);
            row.fields.iter().map(|f| (f.span.clone(), f.kind, row.indices_of(f).to_vec())).collect::<Vec<_>>()
        };
        use ValueKind::{Null, Text};
        assert_eq!(of(0), [(10..12, Text, vec![]), (14..15, Text, vec![]), (10..12, Text, vec![0]), (14..14, Null, vec![1])]);
        assert_eq!(of(1), [(14..14, Null, vec![]), (10..12, Text, vec![])]);
        assert_eq!(of(2), [(14..15, Text, vec![]), (14..15, Text, vec![]), (14..15, Text, vec![0])]);
    }
}
