//! NDJSON: a record is a line that holds one JSON value.

use super::json::{self, Paths};
use super::lines::{LineCursor, LineCutter, is_blank};
use super::{Cutter, Format, Head, Reader, Records};
use crate::model::{Block, CellText, Column, Field, Layout, Row};

pub(super) const FORMAT: Format = Format { name: "ndjson", summary: "one JSON value a line", recognise };

struct Ndjson;

fn recognise(head: &Head<'_>) -> Option<Box<dyn Reader>> {
    let (mut good, mut all) = (0, 0);
    for line in head.lines().filter(|line| !is_blank(line)).take(20) {
        all += 1;
        let value = line.trim_ascii();
        good += usize::from(matches!(value[0], b'{' | b'[') && serde_json::from_slice::<serde::de::IgnoredAny>(value).is_ok());
    }
    // A head without one whole line may still be the start of a long first record.
    let long_record = all == 0 && head.bytes.trim_ascii_start().starts_with(b"{\"") && !head.whole;
    (good > 0 && good * 10 >= all * 8 || long_record).then(|| Box::new(Ndjson) as Box<dyn Reader>)
}

impl Reader for Ndjson {
    fn format(&self) -> &'static str {
        "ndjson"
    }

    fn records(&self) -> Records {
        Records::Rows
    }

    fn cutter(&self) -> Box<dyn Cutter> {
        Box::new(LineCutter { blank_lines_count: false, in_torn: false })
    }

    fn layout(&self, block: &Block) -> Box<dyn Layout> {
        Box::new(NdjsonLayout { cursor: LineCursor::new(block, false), paths: Paths::default() })
    }
}

struct NdjsonLayout {
    cursor: LineCursor,
    paths: Paths,
}

impl Layout for NdjsonLayout {
    fn row_at(&mut self, block: &Block, at: usize, row: &mut Row) {
        self.cursor.row_at(block, at, row);
        if !row.broken {
            row.broken = !json::fields(&block.bytes, row.span.start, row.span.end, &mut self.paths, &mut row.fields);
        }
    }

    fn row_from(&mut self, block: &Block, at: usize, row: &mut Row) -> bool {
        let mut at = at.max(block.owned.start + block.framing.torn_head);
        while at < block.owned.end {
            let end = memchr::memchr(b'\n', &block.bytes[at..block.owned.end]).map_or(block.owned.end, |n| at + n);
            if !is_blank(&block.bytes[at..end]) {
                self.row_at(block, at, row);
                return true;
            }
            at = end + 1;
        }
        false
    }

    fn text<'a>(&self, block: &'a Block, field: &Field) -> CellText<'a> {
        CellText::new(block, field, json::unescape)
    }

    fn columns(&self) -> &[Column] {
        self.paths.columns()
    }
}
