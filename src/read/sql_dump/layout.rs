//! The cells of tuples and of `COPY` lines.

use std::sync::Arc;

use super::escape::{bytea, copy_line, hex, is_bytea, string};
use super::lex::{Lex, Syntax};
use super::spell::Spelling;
use crate::model::{Block, CellText, Change, Column, Field, Layout, Part, Row, SectionStyle, Splice, Table, ValueKind};
use crate::read::dialect::Dialect;
use crate::read::lines::{Framed, LineCount};

pub(super) struct SqlLayout {
    syntax: Syntax,
    columns: Vec<Column>,
    /// The tables of the block, and which columns are theirs, by place.
    tables: Vec<(Arc<Table>, Vec<u32>)>,
    /// By section, its table.
    sections: Vec<usize>,
    lines: LineCount,
}

impl SqlLayout {
    pub(super) fn new(syntax: Syntax, block: &Block) -> Self {
        let mut out = Self { syntax, columns: Vec::new(), tables: Vec::new(), sections: Vec::new(), lines: LineCount::new(block) };
        for section in &block.framing.sections {
            let known = out.tables.iter().rposition(|(table, _)| Arc::ptr_eq(table, &section.table));
            let table = known.unwrap_or_else(|| {
                out.tables.push((Arc::clone(&section.table), Vec::new()));
                out.tables.len() - 1
            });
            out.sections.push(table);
        }
        for table in 0..out.tables.len() {
            for place in 0..out.tables[table].0.columns.len() {
                column(&mut out.columns, &mut out.tables[table], place);
            }
        }
        out
    }
}

/// How the record is written that holds a byte.
pub(super) fn style_at(block: &Block, at: usize) -> Option<SectionStyle> {
    let index = block.record_at(at)?;
    let section = block.framing.sections.partition_point(|section| section.first <= index).checked_sub(1)?;
    Some(block.framing.sections[section].style)
}

/// How rows of a section are written, where they are delimited text.
pub(super) fn dialect(style: SectionStyle) -> Option<Dialect> {
    let SectionStyle::Rows { delimiter, quote, escape, .. } = style else { return None };
    Some(Dialect { delimiter, quote, escape, crlf: false, header: false })
}

impl Framed for SqlLayout {
    fn fill(&mut self, block: &Block, index: usize, row: &mut Row) {
        let framing = &block.framing;
        let (start, limit, ordinal) = block.record(index);
        row.ordinal = ordinal;
        row.line = self.lines.of(block, start);
        row.clear_fields();
        let section = framing.sections.partition_point(|section| section.first <= index) - 1;
        let table = &mut self.tables[self.sections[section]];
        let columns = &mut self.columns;
        let mut push = |place: usize, span, escaped, kind| {
            let column = table.1.get(place).copied().unwrap_or_else(|| column(columns, table, place));
            row.fields.push(Field { column, span, escaped, kind, indices: 0..0, offset: 0 });
        };
        let style = framing.sections[section].style;
        if let Some(dialect) = dialect(style) {
            let mut place = 0;
            let row_read = dialect.record(&block.bytes[..limit], start, |field| {
                let kind = if field.start == field.end && !field.quoted { ValueKind::Null } else { ValueKind::Text };
                push(place, field.start..field.end, field.escaped || is_bytea(&block.bytes[field.start..field.end]), kind);
                place += 1;
            });
            let read = block.bytes[start..row_read.next].strip_suffix(b"\n").unwrap_or(&block.bytes[start..row_read.next]);
            let end = start + read.strip_suffix(b"\r").unwrap_or(read).len();
            (row.span, row.broken) = (start..end, !row_read.closed);
        } else if let SectionStyle::Lines { delimiter, .. } = style {
            let end = memchr::memchr(b'\n', &block.bytes[start..limit]).map_or(limit, |n| start + n);
            let end = if end > start && block.bytes[end - 1] == b'\r' { end - 1 } else { end };
            let (mut at, mut place, mut escaped) = (start, 0, false);
            let marks = memchr::memchr2_iter(delimiter, b'\\', &block.bytes[start..end]).map(|mark| start + mark);
            let mut spelt = start;
            for mark in marks.chain([end]) {
                // What a backslash escapes is no mark: a delimiter, or another backslash.
                if mark < end && (block.bytes[mark] == b'\\' || mark < spelt) {
                    spelt = if mark < spelt { spelt } else { mark + 2 };
                    escaped = true;
                    continue;
                }
                let null = escaped && &block.bytes[at..mark] == b"\\N";
                push(place, at..mark, escaped && !null, if null { ValueKind::Null } else { ValueKind::Text });
                (at, place, escaped) = (mark + 1, place + 1, false);
            }
            (row.span, row.broken) = (start..end, false);
        } else {
            // The cutter has met the parts, but for a tuple that the end of the leaf cuts off.
            let parts = framing.parts.of(index);
            let text = &block.bytes[block.owned.start.min(limit)..limit];
            let base = block.owned.start.min(limit);
            let lex = Lex { text, syntax: self.syntax };
            let mut place = 0;
            let mut take = |part: &Part| {
                let value = lex.value(part);
                push(place, base + value.span.start..base + value.span.end, value.escaped, value.kind);
                place += 1;
            };
            parts.iter().for_each(&mut take);
            let end = match parts.last() {
                Some(last) => Some(last.whole.1 as usize + 1),
                None => lex.tuple(start - base, |part| take(&part)),
            };
            let end = end.map(|end| base + end);
            (row.span, row.broken) = (start..end.unwrap_or(limit), end.is_none());
        }
    }

    fn lines(&mut self) -> &mut LineCount {
        &mut self.lines
    }
}

/// The column at a place of a table; one that the table does not name has only its place.
fn column(columns: &mut Vec<Column>, (table, known): &mut (Arc<Table>, Vec<u32>), place: usize) -> u32 {
    while known.len() <= place {
        let at = known.len();
        known.push(u32::try_from(columns.len()).expect("a block has fewer than 2^32 columns"));
        columns.push(Column { table: Some(Arc::clone(&table.name)), name: table.columns.get(at).cloned(), ..Column::at(at) });
    }
    known[place]
}

impl Layout for SqlLayout {
    fn row_at(&mut self, block: &Block, at: usize, row: &mut Row) {
        self.framed_at(block, at, row);
    }

    fn row_from(&mut self, block: &Block, at: usize, row: &mut Row) -> bool {
        self.framed_from(block, at, row)
    }

    fn text<'a>(&self, block: &'a Block, field: &Field) -> CellText<'a> {
        let at = field.span.start;
        let before = |back: usize| at.checked_sub(back).map_or(b'\n', |at| block.bytes[at]);
        if let Some(dialect) = style_at(block, at).and_then(dialect) {
            return CellText::new(block, field, |content| bytea(dialect.unescape(content)));
        }
        CellText::new(block, field, |content| match before(1) {
            b'\'' if matches!(before(2), b'x' | b'X') && content.iter().all(u8::is_ascii_hexdigit) => hex(content),
            quote @ (b'\'' | b'"') => {
                let lex = Lex { text: &block.bytes, syntax: self.syntax };
                let text = string(content, quote, lex.backslash_at(at - 1));
                if self.syntax == Syntax::MySql { text } else { bytea(text) }
            }
            b'x' => hex(content),
            _ => bytea(copy_line(content)),
        })
    }

    fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn spell(&self, block: &Block, field: &Field, change: &Change<'_>) -> Result<Splice, &'static str> {
        Spelling { syntax: self.syntax, block, field, text: &self.text(block, field) }.spell(change)
    }
}
