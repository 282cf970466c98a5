//! Layout: where records and cells lie in a block, resolved only where something needs it.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::Block;

/// What joins the keys of a nested column's path inside the program; files show a dot.
pub const KEY_SEPARATOR: char = '\u{1f}';

/// What stands behind a key, once a level, that holds an array; files show `[]`.
pub const ARRAY_MARK: char = '\u{1e}';

/// What stands before the keys of JSON inside a cell, behind the name of the cell's column, and before names that are no keys; files
/// show a dot between keys.
pub const INSIDE: char = '\u{1c}';

/// What stands in place of a key where an array is not below one; files show nothing.
pub const NO_KEY: char = '\u{1d}';

/// What stands in place of a key where a map of typed columns has one, until [`Layout::look_inside`] puts the key there.
pub const MAP_KEY: char = '\u{1a}';

/// Returns a key without the characters that mean something in the name of a column.
#[must_use]
pub fn plain_key(key: &str) -> Cow<'_, str> {
    const MARKS: [char; 5] = [KEY_SEPARATOR, ARRAY_MARK, NO_KEY, INSIDE, MAP_KEY];
    if key.contains(MARKS) { key.replace(MARKS, "\u{fffd}").into() } else { key.into() }
}

/// What a cell's text is, as its format says it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ValueKind {
    /// Text, or a format that does not tell.
    #[default]
    Text,
    /// A number literal.
    Number,
    /// `true` or `false`.
    Bool,
    /// A null literal, or a cell that the format calls absent.
    Null,
}

/// One column of a leaf, as its format names it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Column {
    /// The table that it is a column of, where a leaf has several.
    pub table: Option<Arc<str>>,
    /// Its header; for nested formats the keys on the way, joined by [`KEY_SEPARATOR`], with [`ARRAY_MARK`] after a key that
    /// holds an array. None: no header.
    pub name: Option<Arc<str>>,
    /// 0-based place in its table; none in nested formats, whose cells have pointers.
    pub index: Option<i32>,
}

impl Column {
    /// A column of nested keys.
    #[must_use]
    pub fn keyed(name: Arc<str>) -> Self {
        Self { table: None, name: Some(name), index: None }
    }

    /// A column that has only a place.
    #[must_use]
    pub fn at(index: usize) -> Self {
        Self { table: None, name: None, index: i32::try_from(index).ok() }
    }

    /// Returns its name as policies and people write it: keys joined by dots, `[]` behind those of arrays. Values that are keys stand
    /// in it: it is for comparing, not for showing.
    #[must_use]
    pub fn dotted(&self) -> Option<String> {
        let name = self.name.as_deref()?;
        let mut out = String::new();
        for key in name.trim_start_matches(INSIDE).split([KEY_SEPARATOR, INSIDE]) {
            let bare = key.trim_end_matches(ARRAY_MARK);
            if !bare.starts_with(NO_KEY) {
                out.push_str(if out.is_empty() { "" } else { "." });
                out.push_str(bare);
            }
            out.extend(key[bare.len()..].chars().map(|_| "[]"));
        }
        Some(out)
    }

    /// Returns the RFC 6901 pointer of one of its cells, by the element indices on the way to it; none for columns with a place.
    #[must_use]
    pub fn pointer(&self, indices: &[u32]) -> Option<String> {
        let name = self.name.as_deref().filter(|name| self.index.is_none() && !name.contains(INSIDE))?;
        let (mut out, mut indices) = (String::new(), indices.iter());
        for key in name.split(KEY_SEPARATOR) {
            let bare = key.trim_end_matches(ARRAY_MARK);
            if !bare.starts_with(NO_KEY) {
                out.push('/');
                out.push_str(&bare.replace('~', "~0").replace('/', "~1"));
            }
            for _ in key[bare.len()..].chars() {
                out.push_str(&format!("/{}", indices.next()?));
            }
        }
        Some(out)
    }

    /// Says whether its name still lacks a key of a map.
    #[must_use]
    pub fn lacks_key(&self) -> bool {
        self.name.as_ref().is_some_and(|name| name.contains(MAP_KEY))
    }
}

/// One cell of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Index into [`Layout::columns`].
    pub column: u32,
    /// The cell's content in the block's bytes, without its quotes.
    pub span: Range<usize>,
    /// Whether the content holds escapes, so that its text is [`Layout::text`] and not the bytes.
    pub escaped: bool,
    /// What kind of value it is.
    pub kind: ValueKind,
    /// Where in [`Row::indices`] the element indices on the way to the cell stand, outermost first; they fill the `[]` of the
    /// column's path.
    pub indices: Range<u32>,
    /// Where the content begins in the text of its cell; above zero where it is a value in JSON in the cell.
    pub offset: u32,
}

/// One record, resolved. Rows are reused: a layout overwrites all of it.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// Ordinal in the leaf.
    pub ordinal: u64,
    /// 1-based physical line on which it starts.
    pub line: u64,
    /// Its bytes in the block, without the newline that ends it.
    pub span: Range<usize>,
    /// Its cells in byte order; empty for formats without cells.
    pub fields: Vec<Field>,
    /// The element indices of its cells, one after the other; see [`Row::indices_of`].
    pub indices: Vec<u32>,
    /// Whether its structure could not be followed to its end.
    pub broken: bool,
}

impl Row {
    /// Makes it a place that no record holds.
    pub fn set_outside(&mut self, ordinal: u64, line: u64, at: usize) {
        self.ordinal = ordinal;
        self.line = line;
        self.span = at..at;
        self.broken = true;
        self.clear_fields();
    }

    /// Returns where the next record may begin. `lines`: records are lines; others may touch.
    #[must_use]
    pub fn behind(&self, block: &Block, lines: bool) -> usize {
        if lines { block.line_end(self.span.end) } else { self.span.end.max(self.span.start + 1) }
    }

    /// Takes all cells away.
    pub fn clear_fields(&mut self) {
        self.fields.clear();
        self.indices.clear();
    }

    /// Adds the element indices of a cell: what [`Field::indices`] says of them.
    #[inline]
    pub fn add_indices(&mut self, indices: &[u32]) -> Range<u32> {
        if indices.is_empty() {
            return 0..0;
        }
        let small = |n: usize| u32::try_from(n).expect("a record is far below 2^32 values");
        let start = small(self.indices.len());
        self.indices.extend_from_slice(indices);
        start..small(self.indices.len())
    }

    /// Returns the element indices of one of its cells.
    #[must_use]
    pub fn indices_of(&self, field: &Field) -> &[u32] {
        &self.indices[field.indices.start as usize..field.indices.end as usize]
    }
}

/// The text of a cell and the way back from an offset in it to the block.
pub struct CellText<'a> {
    /// The decoded text.
    pub text: Cow<'a, [u8]>,
    /// For each byte of `text`, and its end, the index in the block; empty where text and bytes are the same.
    pub origin: Vec<usize>,
    /// Index in the block at which the content starts.
    pub start: usize,
    /// For each byte of `text`, and its end, where it stands in the text of the cell that it lies in; empty where `offset` tells.
    pub place: Vec<usize>,
    /// Where `text` begins in the text of the cell that it lies in.
    pub offset: usize,
}

impl<'a> CellText<'a> {
    /// Makes the text of a cell; `unescape` gives the text of a content with escapes, and for each byte of it, and its end,
    /// the index in the content.
    pub fn new(block: &'a Block, field: &Field, unescape: impl FnOnce(&[u8]) -> (Vec<u8>, Vec<usize>)) -> Self {
        if !field.escaped {
            return Self::plain(block, field);
        }
        let start = field.span.start;
        let (text, mut origin) = unescape(&block.bytes[field.span.clone()]);
        origin.iter_mut().for_each(|at| *at += start);
        Self { text: text.into(), origin, start, place: Vec::new(), offset: 0 }
    }

    /// Makes the text of a cell without escapes.
    #[must_use]
    pub fn plain(block: &'a Block, field: &Field) -> Self {
        let Field { span, offset, .. } = field;
        Self { text: block.bytes[span.clone()].into(), origin: Vec::new(), start: span.start, place: Vec::new(), offset: *offset as usize }
    }

    /// Maps a span of the text to the text of the cell.
    #[must_use]
    pub fn to_cell(&self, span: &Range<usize>) -> Range<usize> {
        if self.place.is_empty() { self.offset + span.start..self.offset + span.end } else { self.place[span.start]..self.place[span.end] }
    }

    /// Maps a span of the text to the bytes of the block that spell it.
    #[must_use]
    pub fn to_block(&self, span: Range<usize>) -> Range<usize> {
        if self.origin.is_empty() { self.start + span.start..self.start + span.end } else { self.origin[span.start]..self.origin[span.end] }
    }
}

/// What takes the place of a cell's text.
#[derive(Clone, Debug)]
pub enum Change<'a> {
    /// Null, where the format has it; else nothing.
    Null,
    /// Another text.
    Whole(&'a str),
    /// Another text for the part of it that those bytes of the block spell.
    Part(Range<usize>, &'a str),
}

/// Bytes of a block, and what is written in their place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Splice {
    /// The bytes.
    pub range: Range<usize>,
    /// What takes their place.
    pub by: Vec<u8>,
}

/// The structure of one block. A layout belongs to one block and one worker.
pub trait Layout {
    /// Fills `row` with the record that holds byte `at` of the block. Calls come with rising `at`.
    fn row_at(&mut self, block: &Block, at: usize, row: &mut Row);

    /// Fills `row` with the first record that starts at or after byte `at` of the owned range; false at its end.
    fn row_from(&mut self, block: &Block, at: usize, row: &mut Row) -> bool;

    /// Puts values that lie in cells of a row in place of these, and keys of maps into names of columns. Rows of [`Layout::row_from`] are so
    /// already. False where cells hold too much to be looked into.
    fn look_inside(&mut self, _block: &Block, _row: &mut Row) -> bool {
        true
    }

    /// Returns the text of a cell.
    fn text<'a>(&self, block: &'a Block, field: &Field) -> CellText<'a>;

    /// Returns the columns met so far, by index.
    fn columns(&self) -> &[Column];

    /// Spells another text in a cell, as the format and the cell have it. The cell is no value inside of another one.
    ///
    /// # Errors
    /// Why it cannot be spelt there.
    fn spell(&self, _block: &Block, _field: &Field, _change: &Change<'_>) -> Result<Splice, &'static str> {
        Err("no value of its format can be spelt anew")
    }

    /// Says whether a record can be taken out and leave a whole document behind.
    fn stands_apart(&self, _block: &Block, _row: &Row) -> bool {
        true
    }
}
