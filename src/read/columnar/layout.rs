//! The layout of a block whose text its reader wrote.

use std::sync::Arc;

use crate::model::{Block, CellText, Column, Field, Layout, Row};

pub(in crate::read) struct RenderedLayout {
    pub columns: Arc<[Column]>,
}

impl Layout for RenderedLayout {
    /// A text may be of many records: this gives the first.
    fn row_at(&mut self, block: &Block, at: usize, row: &mut Row) {
        let found = block.cells.as_ref().and_then(|cells| {
            let run = cells.runs.iter().find(|run| run.span().contains(&at))?;
            let text = run.texts_in(&(at..at + 1)).start;
            let cell = run.texts.as_ref().map_or(Some(text), |texts| texts.iter().position(|of| *of as usize == text))?;
            Some((cells, run.record(cell)))
        });
        match found {
            Some((cells, record)) => {
                row.ordinal = block.framing.first_record + u64::from(record);
                row.span = 0..block.bytes.len();
                cells.fill(record, row);
            }
            None => row.set_outside(block.framing.first_record, 0, at),
        }
    }

    /// Records of such a block do not follow each other in its bytes: [`crate::model::Cells`] has them.
    fn row_from(&mut self, _block: &Block, _at: usize, _row: &mut Row) -> bool {
        false
    }

    fn text<'a>(&self, block: &'a Block, field: &Field) -> CellText<'a> {
        CellText::new(block, field, |content| (content.to_vec(), (0..=content.len()).collect()))
    }

    fn columns(&self) -> &[Column] {
        &self.columns
    }
}
