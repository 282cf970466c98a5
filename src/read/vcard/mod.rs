//! Contacts: vCard 2.1, 3.0 and 4.0. A record is a contact, a cell the value of a property, or a component of it.
//!
//! RFC 6350 (4.0), RFC 2426 (3.0) and the vCard 2.1 specification of the Versit Consortium. Everything in an address book is said of
//! somebody else than its owner.

mod cutter;
mod property;
#[cfg(test)]
mod tests;
mod text;

use std::collections::HashMap;

use self::cutter::ContactCutter;
use self::property::{Coding, Property, components};
use super::lines::{Framed, LineCount};
use super::{Blocks, Format, Head, Reader, Records, Supply, Supplying, Text};
use crate::model::{Block, CellText, Column, Field, INSIDE, KEY_SEPARATOR, Layout, Row, ValueKind, limits};

pub(super) const FORMAT: Format = Format { name: "vcard", summary: "contacts: vCard 2.1, 3.0 and 4.0", recognise };

struct Contacts;

fn recognise(head: &Head<'_>) -> Option<Box<dyn Reader>> {
    let start = head.bytes.trim_ascii_start();
    let line = &start[..memchr::memchr(b'\n', start).unwrap_or(start.len())];
    cutter::is_begin(line).then(|| Box::new(Contacts) as Box<dyn Reader>)
}

impl Reader for Contacts {
    fn format(&self) -> &'static str {
        "vcard"
    }

    fn records(&self) -> Records {
        Records::Rows
    }

    fn subject_role(&self) -> Option<&'static str> {
        Some("third_party")
    }

    fn torn(&self) -> &'static str {
        "contacts are longer than 1 MiB or have no end: they were examined as text, without their cells"
    }

    fn supply(&self, text: Text, how: &Supplying) -> Box<dyn Supply> {
        Blocks::supply(text, Box::new(ContactCutter::default()), how)
    }

    fn layout(&self, block: &Block) -> Box<dyn Layout> {
        let mut layout = ContactLayout { columns: Vec::new(), known: HashMap::new(), codings: Vec::new(), lines: LineCount::new(block) };
        // An address book has them, whichever contacts of it stand in the block: what stands beside them is a person's.
        for name in ["TEL", "EMAIL"] {
            layout.column(name);
        }
        Box::new(layout)
    }
}

struct ContactLayout {
    columns: Vec<Column>,
    known: HashMap<String, u32>,
    /// How values with escapes are spelt, by where they start.
    codings: Vec<(usize, Coding)>,
    lines: LineCount,
}

impl ContactLayout {
    fn cells(&mut self, block: &Block, property: &Property<'_>, row: &mut Row) {
        if property.is_frame() {
            return;
        }
        let names = property.components();
        if names.is_empty() {
            self.cell(block, property, &property.name, property.value.clone(), row);
            return;
        }
        for (n, span) in components(&block.bytes, property.value.clone(), property.coding).enumerate() {
            let name = match names.get(n) {
                Some(component) => format!("{}{KEY_SEPARATOR}{component}", property.name),
                None => property.name.clone(),
            };
            self.cell(block, property, &name, span, row);
        }
    }

    fn cell(&mut self, block: &Block, property: &Property<'_>, name: &str, span: std::ops::Range<usize>, row: &mut Row) {
        let coding = property.coding;
        let escaped = coding.is_escaped(&block.bytes[span.clone()]);
        if escaped && self.codings.last().is_none_or(|last| last.0 < span.start) {
            self.codings.push((span.start, coding));
        }
        let kind = if span.is_empty() { ValueKind::Null } else { ValueKind::Text };
        let column = self.column(name);
        row.fields.push(Field { column, span, escaped, kind, indices: 0..0, offset: 0 });
    }

    fn column(&mut self, name: &str) -> u32 {
        if let Some(column) = self.known.get(name) {
            return *column;
        }
        // Extensions may have any name.
        let name = if self.known.len() >= limits::SIBLING_KEYS { "*" } else { name };
        if let Some(column) = self.known.get(name) {
            return *column;
        }
        let index = u32::try_from(self.columns.len()).expect("columns are limited");
        self.columns.push(Column::keyed(format!("{INSIDE}{name}").into()));
        self.known.insert(name.to_owned(), index);
        index
    }
}

impl Framed for ContactLayout {
    fn fill(&mut self, block: &Block, index: usize, row: &mut Row) {
        let (start, _, ordinal) = block.record(index);
        let end = block.framing.ends[index] as usize;
        row.ordinal = ordinal;
        row.line = self.lines.of(block, start);
        row.clear_fields();
        row.broken = !cutter::ends_contact(&block.bytes[start..end]);
        row.span = start..end;
        let mut at = start;
        while let Some(property) = Property::read(&block.bytes[..end], at) {
            at = property.end;
            self.cells(block, &property, row);
        }
    }

    fn lines(&mut self) -> &mut LineCount {
        &mut self.lines
    }
}

impl Layout for ContactLayout {
    fn row_at(&mut self, block: &Block, at: usize, row: &mut Row) {
        self.framed_at(block, at, row);
    }

    fn row_from(&mut self, block: &Block, at: usize, row: &mut Row) -> bool {
        self.framed_from(block, at, row)
    }

    fn text<'a>(&self, block: &'a Block, field: &Field) -> CellText<'a> {
        let coding = self.codings.binary_search_by_key(&field.span.start, |known| known.0);
        let coding = coding.map_or(Coding::default(), |at| self.codings[at].1);
        CellText::new(block, field, |content| text::decode(content, coding))
    }

    fn columns(&self) -> &[Column] {
        &self.columns
    }
}
