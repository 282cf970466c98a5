//! What lies in the cells of any format: JSON, whose values take the place of the cell, and maps of typed columns, whose keys name columns.
//!
//! A value's column is that of its cell with the keys on the way behind it, its span the bytes that spell it in the leaf. A cell
//! whose text is not well-formed JSON stays as it is. JSON inside a string of such JSON is read too, and no deeper.

use std::collections::HashMap;
use std::ops::Range;

use super::json::{Json, unescape};
use super::{Reader, Records, columnar};
use crate::model::{
    ARRAY_MARK, Block, CellText, Change, Column, Field, INSIDE, KEY_SEPARATOR, Layout, MAP_KEY, NO_KEY, Row, Splice, ValueKind, limits,
    plain_key,
};

/// Texts inside texts that are read.
const DEPTH: usize = 2;
/// Bytes behind each text, so that what stands near its end is compared as well.
const PADDING: usize = 16;
/// Bytes of decoded texts that are kept from record to record, where records do not follow each other in the block.
const KEPT: usize = 4 * limits::RECORD_BYTES;
/// Bytes of JSON that are read in one block. A page of a few bytes can give one text to thousands of records.
const OPENED: usize = 256 * 1024 * 1024;
/// The key of values whose own key is no text, is too long, or has too many others beside it.
const ANY: &[u8] = b"*";

/// Returns the layout of a block, in which JSON inside cells is laid out too.
pub fn layout(reader: &dyn Reader, block: &Block) -> Box<dyn Layout> {
    let cells = reader.layout(block);
    if reader.records() == Records::Rows { Box::new(Nested::new(cells)) } else { cells }
}

struct Nested {
    cells: Box<dyn Layout>,
    json: Json,
    /// Decoded texts of the block one after the other.
    texts: Texts,
    /// Values found in them, by where they stand in the block.
    values: Vec<Value>,
    /// Columns of cells and of values; empty until a value is found.
    columns: Vec<Column>,
    /// By column of the cells, its index in `columns`.
    own: Vec<u32>,
    /// By column of a cell or value and path in its text, the column of the values there.
    known: HashMap<(u32, u32), u32>,
    /// By column, the keys of maps that its name still lacks, outermost first; see [`Lacking`].
    lacking: Vec<Vec<Lacking>>,
    /// By column of a map's values, the columns that they have by key.
    keyed: HashMap<u32, HashMap<Box<[u8]>, u32>>,
    /// The columns of keys that such names lack.
    key_columns: Vec<u32>,
    /// Whether there are maps.
    has_maps: bool,
    /// Bytes of JSON that were read.
    opened: usize,
    /// Columns that rows had so far.
    widest: usize,
    fields: Vec<Field>,
    inner: Row,
}

/// A key that stands in the name of a column only once its record is known.
#[derive(Clone, Copy)]
struct Lacking {
    /// The column of the keys.
    keys: Option<u32>,
    /// Which of the element indices of a value is that of its entry in the map.
    level: usize,
}

/// A value in a decoded text.
struct Value {
    /// Where it starts in the block.
    start: usize,
    /// Its content in `texts`.
    content: Range<usize>,
    escaped: bool,
}

/// Texts, each with the way back.
#[derive(Default)]
struct Texts {
    bytes: Vec<u8>,
    /// By byte, and behind each text, where it is spelt in the block.
    origin: Vec<u32>,
    /// By byte, and behind each text, where it stands in the text of the cell.
    place: Vec<u32>,
}

impl Texts {
    /// Adds a text; `origin` has an entry for its end too. Gives where it stands.
    fn add(&mut self, text: &[u8], origin: impl Iterator<Item = u32>, place: impl Iterator<Item = u32>) -> Range<usize> {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(text);
        let end = self.bytes.len();
        self.bytes.resize(end + PADDING, 0);
        self.origin.extend(origin);
        self.place.extend(place);
        self.origin.resize(end + PADDING, 0);
        self.place.resize(end + PADDING, 0);
        start..end
    }
}

fn small(at: usize) -> u32 {
    u32::try_from(at).expect("a block is far below 4 GiB")
}

impl Nested {
    fn new(cells: Box<dyn Layout>) -> Self {
        let has_maps = cells.columns().iter().any(Column::lacks_key);
        Self {
            has_maps,
            opened: 0,
            lacking: Vec::new(),
            key_columns: Vec::new(),
            keyed: HashMap::new(),
            cells,
            json: Json::default(),
            texts: Texts::default(),
            values: Vec::new(),
            columns: Vec::new(),
            own: Vec::new(),
            known: HashMap::new(),
            widest: 0,
            fields: Vec::new(),
            inner: Row::default(),
        }
    }

    /// Puts the values inside cells in place of these. False where cells are too long for that.
    fn expand(&mut self, block: &Block, row: &mut Row) -> bool {
        self.widest = self.widest.max(row.fields.last().map_or(0, |field| field.column as usize + 1));
        let may_hold = |field: &Field| field.kind == ValueKind::Text && may_be_json(&block.bytes[field.span.clone()]);
        let has_json = row.fields.iter().any(may_hold);
        if has_json || self.has_maps || !self.columns.is_empty() {
            self.own_columns();
            row.fields.iter_mut().for_each(|field| field.column = self.own[field.column as usize]);
        }
        if self.has_maps {
            self.name_by_keys(block, row);
        }
        !has_json || self.open_cells(block, row)
    }

    /// Puts the values of JSON in place of cells whose text it is.
    fn open_cells(&mut self, block: &Block, row: &mut Row) -> bool {
        let mut fields = std::mem::take(&mut self.fields);
        fields.clear();
        let most = limits::RECORD_BYTES.min(OPENED - self.opened);
        let mut room = most;
        let mut has_room = true;
        for field in row.fields.drain(..) {
            if field.kind == ValueKind::Text && may_be_json(&block.bytes[field.span.clone()]) {
                let Some(left) = room.checked_sub(field.span.len()) else {
                    has_room = false;
                    fields.push(field);
                    continue;
                };
                room = left;
                let cell = self.cells.text(block, &field);
                let place = 0..=small(cell.text.len());
                let origin = place.clone().map(|at| small(cell.to_block(at as usize..at as usize).start));
                let text = self.texts.add(&cell.text, origin, place);
                let before = fields.len();
                self.values_of(block, text, &field, DEPTH, &mut fields);
                if fields.len() > before {
                    continue;
                }
            }
            fields.push(field);
        }
        self.opened += most - room;
        std::mem::swap(&mut row.fields, &mut fields);
        self.fields = fields;
        has_room
    }

    /// Gives values of maps columns that are named by their keys.
    fn name_by_keys(&mut self, block: &Block, row: &mut Row) {
        let mut keys: Vec<(u32, &[u32], &[u8])> = Vec::new();
        for field in &row.fields {
            if self.key_columns.contains(&field.column) {
                keys.push((field.column, row.indices_of(field), &block.bytes[field.span.clone()]));
            }
        }
        keys.sort_unstable();
        let mut named = Vec::new();
        for (at, field) in row.fields.iter().enumerate() {
            let lacking = self.lacking[field.column as usize].clone();
            if lacking.is_empty() {
                continue;
            }
            let indices = row.indices_of(field);
            let mut column = field.column;
            for Lacking { keys: of, level } in &lacking {
                let entry = indices.get(..=*level).unwrap_or(indices);
                let found = keys.binary_search_by(|(column, indices, _)| (Some(*column), *indices).cmp(&(*of, entry)));
                column = self.keyed(column, found.map_or(ANY, |found| keys[found].2));
            }
            let kept = indices.iter().enumerate().filter(|(level, _)| lacking.iter().all(|lacking| lacking.level != *level));
            named.push((at, column, kept.map(|(_, index)| *index).collect::<Vec<_>>()));
        }
        for (at, column, indices) in named {
            let indices = row.add_indices(&indices);
            row.fields[at].column = column;
            row.fields[at].indices = indices;
        }
    }

    /// The column of the values that stand in a map under a key.
    fn keyed(&mut self, column: u32, key: &[u8]) -> u32 {
        let known = self.keyed.entry(column).or_default();
        if let Some(column) = known.get(key) {
            return *column;
        }
        if key != ANY && (known.len() >= limits::SIBLING_KEYS || key.len() > limits::KEY_BYTES) {
            return self.keyed(column, ANY);
        }
        let index = small(self.columns.len());
        known.insert(key.into(), index);
        let above = &self.columns[column as usize];
        let name = above.name.as_deref().unwrap_or_default().replacen(MAP_KEY, &plain_key(&String::from_utf8_lossy(key)), 1);
        self.columns.push(Column { name: Some(name.into()), ..above.clone() });
        self.lacking.push(self.lacking[column as usize].get(1..).unwrap_or_default().to_vec());
        index
    }

    /// Adds a field for each value in a text; none where it is not well-formed.
    fn values_of(&mut self, block: &Block, text: Range<usize>, outer: &Field, depth: usize, fields: &mut Vec<Field>) {
        let mut inner = std::mem::take(&mut self.inner);
        inner.clear_fields();
        if self.json.fields(&self.texts.bytes, text, &mut inner) {
            for value in &inner.fields {
                self.value(block, value, outer, depth, fields);
            }
        }
        self.inner = inner;
    }

    fn value(&mut self, block: &Block, value: &Field, outer: &Field, depth: usize, fields: &mut Vec<Field>) {
        let content = value.span.clone();
        let column = self.column(outer.column, value.column);
        let span = self.texts.origin[content.start] as usize..self.texts.origin[content.end] as usize;
        // A value that the block spells as it is, and the text of the cell too, needs no text of its own.
        let (offset, end) = (self.texts.place[content.start], self.texts.place[content.end]);
        let plain = !value.escaped && end - offset == small(content.len());
        let escaped = !plain || block.bytes[span.clone()] != self.texts.bytes[content.clone()];
        let field =
            Field { column, span, escaped, kind: value.kind, indices: outer.indices.clone(), offset: if escaped { 0 } else { offset } };
        if depth > 1 && value.kind == ValueKind::Text && may_be_json(&self.texts.bytes[content.clone()]) {
            let (text, from) = self.decoded(content.clone(), value.escaped);
            let way = |table: &[u32]| from.iter().map(|at| table[*at]).collect::<Vec<_>>();
            let (origin, place) = (way(&self.texts.origin), way(&self.texts.place));
            let text = self.texts.add(&text, origin.into_iter(), place.into_iter());
            let before = fields.len();
            self.values_of(block, text, &field, depth - 1, fields);
            if fields.len() > before {
                return;
            }
        }
        if escaped {
            self.values.push(Value { start: field.span.start, content, escaped: value.escaped });
        }
        fields.push(field);
    }

    /// The text of a content, and for each byte of it, and its end, where in `texts` it is spelt.
    fn decoded(&self, content: Range<usize>, escaped: bool) -> (Vec<u8>, Vec<usize>) {
        let bytes = &self.texts.bytes[content.clone()];
        if !escaped {
            return (bytes.to_vec(), (content.start..=content.end).collect());
        }
        let (text, mut from) = unescape(bytes);
        from.iter_mut().for_each(|at| *at += content.start);
        (text, from)
    }

    /// Gives columns of cells that were met since an index.
    fn own_columns(&mut self) {
        let names = self.cells.columns();
        let new = self.own.len()..names.len().max(self.widest);
        let keys = if self.has_maps && !new.is_empty() { named_keys(names) } else { HashMap::new() };
        for index in new {
            self.own.push(small(self.columns.len()));
            self.columns.push(names.get(index).cloned().unwrap_or_else(|| Column::at(index)));
            let lacking = names.get(index).map_or_else(Vec::new, |column| lacking(column, &keys));
            for of in lacking.iter().filter_map(|lacking| lacking.keys) {
                if !self.key_columns.contains(&of) {
                    self.key_columns.push(of);
                }
            }
            self.lacking.push(lacking);
        }
    }

    /// The column of the values at a path of the texts of a column.
    fn column(&mut self, outer: u32, path: u32) -> u32 {
        if let Some(column) = self.known.get(&(outer, path)) {
            return *column;
        }
        let above = &self.columns[outer as usize];
        let inner = self.json.columns()[path as usize].name.as_deref().unwrap_or("");
        let name = match &above.name {
            Some(name) => format!("{name}{INSIDE}{inner}"),
            None if inner.starts_with(NO_KEY) => format!("{NO_KEY}{INSIDE}{inner}"),
            None => inner.to_owned(),
        };
        let column = Column { name: Some(name.into()), ..above.clone() };
        self.columns.push(column);
        self.lacking.push(Vec::new());
        let index = small(self.columns.len() - 1);
        self.known.insert((outer, path), index);
        index
    }
}

/// The columns of keys of maps, by their names.
fn named_keys(columns: &[Column]) -> HashMap<&str, u32> {
    let keys = [ARRAY_MARK, KEY_SEPARATOR].iter().collect::<String>() + columnar::KEY;
    let named = columns.iter().enumerate().filter_map(|(index, column)| Some((column.name.as_deref()?, small(index))));
    named.filter(|(name, _)| name.ends_with(&keys)).collect()
}

/// The keys that the name of a column lacks.
fn lacking(column: &Column, keys: &HashMap<&str, u32>) -> Vec<Lacking> {
    let Some(name) = column.name.as_deref() else { return Vec::new() };
    let mut out = Vec::new();
    for (at, _) in name.match_indices(MAP_KEY) {
        let above = name[..at].strip_suffix(KEY_SEPARATOR).unwrap_or(&name[..at]);
        let keys = keys.get(&*format!("{above}{ARRAY_MARK}{KEY_SEPARATOR}{}", columnar::KEY)).copied();
        out.push(Lacking { keys, level: above.chars().filter(|c| matches!(*c, ARRAY_MARK | MAP_KEY)).count() });
    }
    out
}

/// Whether a text is worth to be read as JSON: an object or array that holds a string.
#[must_use]
pub fn may_be_json(text: &[u8]) -> bool {
    let (Some(first), Some(last)) = (text.first(), text.last()) else { return false };
    matches!((first, last), (b'{', b'}') | (b'[', b']')) && text.len() > 4 && memchr::memchr(b'"', text).is_some()
}

impl Layout for Nested {
    fn row_at(&mut self, block: &Block, at: usize, row: &mut Row) {
        // Such a row is asked where it is, and not for its cells.
        self.cells.row_at(block, at, row);
    }

    fn row_from(&mut self, block: &Block, at: usize, row: &mut Row) -> bool {
        let found = self.cells.row_from(block, at, row);
        if found {
            // A record of such a block is not too long: longer ones have no cells.
            self.expand(block, row);
        }
        found
    }

    fn look_inside(&mut self, block: &Block, row: &mut Row) -> bool {
        // Only the cells of one record are in the order of their bytes.
        self.values.clear();
        if self.texts.bytes.len() > KEPT {
            self.texts = Texts::default();
            self.json.forget_bytes();
        }
        self.expand(block, row)
    }

    fn text<'a>(&self, block: &'a Block, field: &Field) -> CellText<'a> {
        if !field.escaped {
            return CellText::plain(block, field);
        }
        let found = self.values.binary_search_by_key(&field.span.start, |value| value.start);
        let Ok(found) = found.map(|index| &self.values[index]) else { return self.cells.text(block, field) };
        let (text, from) = self.decoded(found.content.clone(), found.escaped);
        CellText {
            text: text.into(),
            origin: from.iter().map(|at| self.texts.origin[*at] as usize).collect(),
            start: field.span.start,
            place: from.iter().map(|at| self.texts.place[*at] as usize).collect(),
            offset: 0,
        }
    }

    fn columns(&self) -> &[Column] {
        if self.columns.is_empty() { self.cells.columns() } else { &self.columns }
    }

    fn spell(&self, block: &Block, field: &Field, change: &Change<'_>) -> Result<Splice, &'static str> {
        let column = self.columns().get(field.column as usize);
        if column.and_then(|column| column.name.as_deref()).is_some_and(|name| name.contains(INSIDE)) {
            return Err("to write a value inside of a cell is to write the cell");
        }
        self.cells.spell(block, field, change)
    }

    fn stands_apart(&self, block: &Block, row: &Row) -> bool {
        self.cells.stands_apart(block, row)
    }
}
