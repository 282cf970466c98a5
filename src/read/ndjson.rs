//! NDJSON: a record is a line that holds one JSON value.

use super::json::{Json, spell, unescape};
use super::lines::{LineCursor, LineCutter, is_blank};
use super::{Blocks, Format, Head, Reader, Records, Supply, Supplying, Text};
use crate::model::{Block, CellText, Change, Column, Field, Layout, Row, Splice};

pub(super) const FORMAT: Format = Format { name: "ndjson", summary: "one JSON value a line", recognise };

struct Ndjson;

/// One line alone, or the start of a line that is longer than the head, may as well be a document: then the name decides. Arrays
/// that stand alone are documents.
fn recognise(head: &Head<'_>) -> Option<Box<dyn Reader>> {
    let (mut good, mut all) = (0, 0);
    for line in head.lines().filter(|line| !is_blank(line)).take(20) {
        all += 1;
        let value = line.trim_ascii();
        good += usize::from(matches!(value[0], b'{' | b'[') && serde_json::from_slice::<serde::de::IgnoredAny>(value).is_ok());
    }
    let start = head.bytes.trim_ascii_start();
    let is_ndjson = match all {
        0 => !head.whole && start.starts_with(b"{\"") && is_named(head.path, &["ndjson", "jsonl", "ldjson"]),
        1 if head.whole && !is_named(head.path, &["ndjson", "jsonl", "ldjson"]) => {
            good == 1 && start.starts_with(b"{") && !is_named(head.path, &["json", "geojson"])
        }
        _ => good > 0 && good * 10 >= all * 8,
    };
    is_ndjson.then(|| Box::new(Ndjson) as Box<dyn Reader>)
}

/// Whether one of the endings of a file's name is among these.
fn is_named(path: &str, endings: &[&str]) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.split('.').skip(1).any(|part| endings.iter().any(|ending| part.eq_ignore_ascii_case(ending)))
}

impl Reader for Ndjson {
    fn format(&self) -> &'static str {
        "ndjson"
    }

    fn records(&self) -> Records {
        Records::Rows
    }

    fn supply(&self, text: Text, how: &Supplying) -> Box<dyn Supply> {
        Blocks::supply(text, Box::new(LineCutter { blank_lines_count: false, in_torn: false }), how)
    }

    fn layout(&self, block: &Block) -> Box<dyn Layout> {
        Box::new(NdjsonLayout { cursor: LineCursor::new(block, false), json: Json::default() })
    }
}

struct NdjsonLayout {
    cursor: LineCursor,
    json: Json,
}

impl NdjsonLayout {
    fn read_fields(&mut self, block: &Block, row: &mut Row) {
        if !row.broken {
            row.broken = !self.json.fields(&block.bytes, row.span.clone(), row);
        }
    }
}

impl Layout for NdjsonLayout {
    fn row_at(&mut self, block: &Block, at: usize, row: &mut Row) {
        self.cursor.row_at(block, at, row);
        self.read_fields(block, row);
    }

    fn row_from(&mut self, block: &Block, at: usize, row: &mut Row) -> bool {
        let mut at = at.max(block.owned.start + block.framing.torn_head);
        while at < block.owned.end {
            let end = memchr::memchr(b'\n', &block.bytes[at..block.owned.end]).map_or(block.owned.end, |n| at + n);
            if !is_blank(&block.bytes[at..end]) {
                self.cursor.line_at(block, at, end, row);
                self.read_fields(block, row);
                return true;
            }
            at = end + 1;
        }
        false
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
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::Framing;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// Going from row to row counts as a look at each row alone does, and as counting by hand does.
        #[test]
        fn rows_have_the_numbers_of_their_lines(
            lines in prop::collection::vec(prop_oneof![Just("{\"a\":1}"), Just("[2]\r"), Just(""), Just(" \t"), Just("\r"), Just("{\"a\":")], 1..12),
            torn in any::<bool>(),
            newline_at_end in any::<bool>(),
        ) {
            let text = lines.join("\n") + if newline_at_end { "\n" } else { "" };
            let torn_head = if torn { text.find('\n').map_or(text.len(), |n| n + 1) } else { 0 };
            let framing = Framing { first_record: 100, first_line: 1_000, torn_head, ..Framing::default() };
            let bytes = [b"margin\n", text.as_bytes(), b"{\"margin\":1}\n"].concat();
            let block = Block { bytes, owned: 7..7 + text.len(), framing, ..Block::default() };

            let (mut wanted, mut start, mut ordinal) = (Vec::new(), 7, 100);
            for (n, line) in lines.iter().enumerate() {
                let in_head = torn && n == 0;
                if !in_head && !line.trim().is_empty() {
                    let end = start + line.trim_end_matches('\r').len();
                    wanted.push((start..end, 1_000 + n as u64, ordinal, line.ends_with(':')));
                }
                ordinal += u64::from((in_head && torn_head > 0) || !line.trim().is_empty());
                start += line.len() + 1;
            }

            let (mut row, mut at, mut rows) = (Row::default(), 7, Vec::new());
            let mut layout = Ndjson.layout(&block);
            while layout.row_from(&block, at, &mut row) {
                rows.push((row.span.clone(), row.line, row.ordinal, row.broken));
                at = row.span.end.max(at) + 1;
            }
            prop_assert_eq!(&rows, &wanted);
            let mut layout = Ndjson.layout(&block);
            for (span, line, ordinal, broken) in rows.iter().chain(rows.first()) {
                layout.row_at(&block, span.end - 1, &mut row);
                prop_assert_eq!((&row.span, row.line, row.ordinal, row.broken), (span, *line, *ordinal, *broken));
            }
        }
    }
}
