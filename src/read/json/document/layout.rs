//! The cells of a document's records in one block. Where a record stands in its document the block says.

use crate::model::{Block, CellText, Change, Column, Field, Layout, Row, Splice, limits};
use crate::read::json::{Base, Json, spell, unescape};
use crate::read::lines::{Framed, LineCount};

pub(super) struct DocumentLayout {
    json: Json,
    lines: LineCount,
    /// What is open around the records of siblings, and which these are.
    base: Base,
    base_of: Option<usize>,
    /// Whether each document is a record.
    many: bool,
}

impl DocumentLayout {
    pub(super) fn new(block: &Block, many: bool) -> Self {
        Self { many, json: Json::default(), lines: LineCount::new(block), base: Base::default(), base_of: None }
    }

    fn find_base(&mut self, block: &Block, index: usize) {
        let siblings = &block.framing.siblings;
        let at = siblings.partition_point(|siblings| siblings.first <= index) - 1;
        let run = &siblings[at];
        let behind = u32::try_from(index - run.first).unwrap_or(u32::MAX);
        let ordinal = run.ordinal.saturating_add(behind);
        if self.base_of != Some(at) {
            self.base = self.json.base(run.within.as_deref(), ordinal);
            self.base.loose = run.loose;
            self.base_of = Some(at);
        }
        if let Some(last) = self.base.containers.last_mut() {
            last.index = last.index.map(|_| ordinal);
            self.base.nameless = last.index.is_none() && ordinal as usize >= limits::SIBLING_KEYS;
        }
    }
}

impl Framed for DocumentLayout {
    fn fill(&mut self, block: &Block, index: usize, row: &mut Row) {
        let (start, _, ordinal) = block.record(index);
        let span = start..block.framing.ends[index] as usize;
        row.ordinal = ordinal;
        row.line = self.lines.of(block, start);
        row.clear_fields();
        self.find_base(block, index);
        row.broken = !self.json.fields_within(&block.bytes, span.clone(), row, &self.base);
        row.span = span;
    }

    fn lines(&mut self) -> &mut LineCount {
        &mut self.lines
    }
}

impl Layout for DocumentLayout {
    fn row_at(&mut self, block: &Block, at: usize, row: &mut Row) {
        self.framed_at(block, at, row);
    }

    fn row_from(&mut self, block: &Block, at: usize, row: &mut Row) -> bool {
        self.framed_from(block, at, row)
    }

    fn text<'a>(&self, block: &'a Block, field: &Field) -> CellText<'a> {
        CellText::new(block, field, unescape)
    }

    fn columns(&self) -> &[Column] {
        self.json.columns()
    }

    fn spell(&self, _: &Block, field: &Field, change: &Change<'_>) -> Result<Splice, &'static str> {
        spell(field, change)
    }

    /// An element of an array, or one of several documents: all else is a part of a document, or the document.
    fn stands_apart(&self, block: &Block, row: &Row) -> bool {
        let index = block.record_at(row.span.start).filter(|index| block.record(*index).2 == row.ordinal);
        index
            .and_then(|index| block.siblings_of(index))
            .is_some_and(|run| !run.loose && run.within.as_ref().map_or(self.many, |nest| nest.is_array))
    }
}
