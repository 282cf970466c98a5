//! Lists: short lines of words, each a value of its own, as a column that was saved without its header.
//!
//! In comes text whose lines are told by the head to be so; out go records of one cell, in a column without a name. Lines with digits are
//! no such list: an address may be written over several of them.

use super::lines::{LineCursor, LineCutter};
use super::{Blocks, Format, Head, Reader, Records, Supply, Supplying, Text};
use crate::model::{Block, CellText, Change, Column, Field, Layout, Row, Splice, ValueKind};

pub(super) const FORMAT: Format = Format { name: "list", summary: "a word or a few on each line, a column without a header", recognise };

/// Lines from which text is a list.
const LEAST: usize = 16;
/// Lines that are looked at.
const SAMPLE: usize = 200;
/// Longest entry in bytes, and most words of one.
const LONGEST: usize = 64;
const WORDS: usize = 5;

struct List;

fn recognise(head: &Head<'_>) -> Option<Box<dyn Reader>> {
    let (mut entries, mut all) = (0, 0);
    // What stands behind the last newline is one more line, or nothing.
    let lines = head.lines().take(SAMPLE);
    for line in lines {
        all += 1;
        entries += usize::from(is_entry(line));
    }
    (entries >= LEAST && (entries + 1) * 20 >= all * 19).then(|| Box::new(List) as Box<dyn Reader>)
}

/// Whether a line is a few words with capitals, and nothing that sentences, keys or code have.
fn is_entry(line: &[u8]) -> bool {
    let letter = |b: u8| b.is_ascii_alphabetic() || b >= 0x80;
    line.len() <= LONGEST
        && line.first().is_some_and(|b| b.is_ascii_uppercase() || *b >= 0x80)
        && line.iter().all(|b| letter(*b) || b" .'-,()\"&".contains(b))
        && line.iter().filter(|b| letter(**b)).count() >= 2
        && line.split(|b| *b == b' ').filter(|word| !word.is_empty()).count() <= WORDS
}

impl Reader for List {
    fn format(&self) -> &'static str {
        FORMAT.name
    }

    fn records(&self) -> Records {
        Records::Rows
    }

    fn supply(&self, text: Text, how: &Supplying) -> Box<dyn Supply> {
        Blocks::supply(text, Box::new(LineCutter { blank_lines_count: true, in_torn: false }), how)
    }

    fn layout(&self, block: &Block) -> Box<dyn Layout> {
        Box::new(ListLayout { cursor: LineCursor::new(block, true), columns: [Column::at(0)] })
    }
}

struct ListLayout {
    cursor: LineCursor,
    columns: [Column; 1],
}

impl Layout for ListLayout {
    fn row_at(&mut self, block: &Block, at: usize, row: &mut Row) {
        self.cursor.row_at(block, at, row);
        if !row.broken {
            let kind = if row.span.is_empty() { ValueKind::Null } else { ValueKind::Text };
            row.fields.push(Field { column: 0, span: row.span.clone(), escaped: false, kind, indices: 0..0, offset: 0 });
        }
    }

    fn row_from(&mut self, block: &Block, at: usize, row: &mut Row) -> bool {
        let mut at = at.max(block.owned.start + block.framing.torn_head);
        // From the end of a line on, the next one.
        if at > block.owned.start && block.bytes[at - 1] != b'\n' {
            at = memchr::memchr(b'\n', &block.bytes[at..block.owned.end]).map_or(block.owned.end, |n| at + n + 1);
        }
        if at >= block.owned.end {
            return false;
        }
        self.row_at(block, at, row);
        true
    }

    fn text<'a>(&self, block: &'a Block, field: &Field) -> CellText<'a> {
        CellText::plain(block, field)
    }

    fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn spell(&self, _: &Block, field: &Field, change: &Change<'_>) -> Result<Splice, &'static str> {
        let (range, by) = match change {
            Change::Null => (field.span.clone(), ""),
            Change::Whole(by) => (field.span.clone(), *by),
            Change::Part(range, by) => (range.clone(), *by),
        };
        if by.contains(['\n', '\r']) {
            return Err("what is written would end the line");
        }
        Ok(Splice { range, by: by.as_bytes().to_vec() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_list(text: &str) -> bool {
        recognise(&Head { bytes: text.as_bytes(), whole: true, path: "a" }).is_some()
    }

    #[test]
    fn entries_are_a_few_words_with_capitals() {
        let names = "Maria Santos\nO'BRIEN\nJürgen Müller-Lang\n姓名\nReyes, Ana M.\n";
        assert!(is_list(&names.repeat(4)) && is_list(names.repeat(4).trim_end()));
        assert!(is_list(&names.repeat(4).replace('\n', "\r\n")));
        assert!(!is_list(names) && !is_list(""));
    }

    #[test]
    fn sentences_keys_code_and_addresses_are_no_lists() {
        for line in ["We went to the sea that day", "Name: Maria", "12 Main St", "the end", "Foo::bar()", "", "Done!"] {
            assert!(!is_list(&format!("Maria Santos\n{line}\n").repeat(20)), "{line}");
        }
    }

    #[test]
    fn every_line_is_a_record_of_one_cell() {
        let bytes = b"Ana\r\n\nBen Cruz".to_vec();
        let block = Block { owned: 0..bytes.len(), bytes, ..Block::default() };
        let (mut layout, mut row, mut at, mut cells) = (List.layout(&block), Row::default(), 0, Vec::new());
        while layout.row_from(&block, at, &mut row) {
            cells.push((row.ordinal, row.fields[0].span.clone()));
            at = row.span.end.max(row.span.start + 1);
        }
        assert_eq!(cells, [(0, 0..3), (1, 5..5), (2, 6..14)]);
        assert!(!layout.row_from(&block, 12, &mut row));
    }
}
