//! As much of Thrift's compact protocol as tells whether a Parquet footer or page header may be given to a decoder.
//!
//! Parquet's structures are defined in <https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift>, their
//! bytes in <https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md>. Nothing here allocates.

use crate::model::limits;

/// Types of fields, by the low half of their first byte.
pub(crate) const STOP: u8 = 0;
const TRUE: u8 = 1;
const FALSE: u8 = 2;
const BYTE: u8 = 3;
pub(crate) const I16: u8 = 4;
pub(crate) const I32: u8 = 5;
pub(crate) const I64: u8 = 6;
const DOUBLE: u8 = 7;
const BINARY: u8 = 8;
const LIST: u8 = 9;
const SET: u8 = 10;
const MAP: u8 = 11;
pub(crate) const STRUCT: u8 = 12;

/// How deep structures may lie in each other. Those of Parquet do to a depth of five.
pub(crate) const DEPTH: usize = 16;

/// Bytes that are read from the front.
pub(crate) struct Cursor<'a> {
    pub(crate) bytes: &'a [u8],
}

impl Cursor<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(*first)
    }

    pub(crate) fn varint(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }

    pub(crate) fn zigzag(&mut self) -> Option<i64> {
        let value = self.varint()?;
        Some((value >> 1) as i64 ^ -((value & 1) as i64))
    }

    fn skip_bytes(&mut self, count: u64) -> Option<()> {
        self.bytes = self.bytes.get(usize::try_from(count).ok()?..)?;
        Some(())
    }

    /// Reads the head of a field: its number and type; type [`STOP`] at the end of the structure.
    pub(crate) fn field(&mut self, last: i64) -> Option<(i64, u8)> {
        let head = self.byte()?;
        let (delta, kind) = (i64::from(head >> 4), head & 0x0f);
        let number = if kind == STOP || delta > 0 { last.checked_add(delta)? } else { self.zigzag()? };
        Some((number, kind))
    }

    /// Reads the head of a list: how many elements it has, and their type.
    pub(crate) fn list(&mut self) -> Option<(u64, u8)> {
        let head = self.byte()?;
        let count = if head >> 4 == 15 { self.varint()? } else { u64::from(head >> 4) };
        Some((count, head & 0x0f))
    }

    pub(crate) fn skip(&mut self, kind: u8, in_list: bool, depth: usize) -> Option<()> {
        if depth == 0 {
            return None;
        }
        match kind {
            // In a list they are bytes, elsewhere they are in the field's head.
            TRUE | FALSE if !in_list => Some(()),
            TRUE | FALSE | BYTE => self.skip_bytes(1),
            I16 | I32 | I64 => self.varint().map(|_| ()),
            DOUBLE => self.skip_bytes(8),
            BINARY => {
                let length = self.varint()?;
                self.skip_bytes(length)
            }
            LIST | SET => {
                let (count, kind) = self.list()?;
                (0..count).try_for_each(|_| self.skip(kind, true, depth - 1))
            }
            MAP => {
                let count = self.varint()?;
                let kinds = if count == 0 { 0 } else { self.byte()? };
                (0..count).try_for_each(|_| {
                    self.skip(kinds >> 4, true, depth - 1)?;
                    self.skip(kinds & 0x0f, true, depth - 1)
                })
            }
            STRUCT => self.structure(depth - 1, |_, _, _| None),
            _ => None,
        }
    }

    /// Goes through the fields of a structure. `take` reads a field, or says none for one that is to be skipped.
    fn structure(&mut self, depth: usize, mut take: impl FnMut(&mut Self, i64, u8) -> Option<Option<()>>) -> Option<()> {
        let mut last = 0;
        loop {
            let (number, kind) = self.field(last)?;
            if kind == STOP {
                return Some(());
            }
            match take(self, number, kind) {
                Some(taken) => taken?,
                None => self.skip(kind, false, depth)?,
            }
            last = number;
        }
    }
}

/// What a file's footer says of it as a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Footer {
    /// How deep its columns are nested.
    pub depth: usize,
    /// Whether columns are encrypted, and the footer is not.
    pub has_encrypted_columns: bool,
}

/// Reads a footer; none where it cannot be followed.
pub(super) fn footer(bytes: &[u8]) -> Option<Footer> {
    let (mut depth, mut has_encrypted_columns) = (None, false);
    let mut cursor = Cursor { bytes };
    cursor.structure(DEPTH, |cursor, number, kind| match (number, kind) {
        (2, LIST) => Some(element_depth(cursor).map(|found| depth = Some(found))),
        (8, STRUCT) => {
            has_encrypted_columns = true;
            None
        }
        _ => None,
    })?;
    depth.map(|depth| Footer { depth, has_encrypted_columns })
}

/// The depth of a tree that is written as a list of nodes, each with the number of its children, parents first.
fn element_depth(cursor: &mut Cursor<'_>) -> Option<usize> {
    let (count, kind) = cursor.list()?;
    let (mut open, mut deepest): (Vec<i64>, usize) = (Vec::new(), 0);
    if kind != STRUCT {
        return None;
    }
    for _ in 0..count {
        let mut children = 0;
        cursor.structure(DEPTH, |cursor, number, kind| {
            (number == 5 && kind == I32).then(|| {
                children = cursor.zigzag()?;
                Some(())
            })
        })?;
        if let Some(parent) = open.last_mut() {
            *parent -= 1;
        }
        if children > 0 {
            open.push(children);
            deepest = deepest.max(open.len());
            if deepest > limits::SCHEMA_DEPTH {
                return None;
            }
        }
        while open.last() == Some(&0) {
            open.pop();
        }
    }
    Some(deepest)
}

/// What a page's header says of its size.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct PageSize {
    /// Bytes once it is decompressed.
    pub decoded: i64,
    /// Values in it, nulls among them.
    pub values: i64,
    /// Whether it is a dictionary.
    pub is_dictionary: bool,
}

/// Reads the size of a page off its header; none where it cannot be followed, or goes on behind these bytes.
pub(super) fn page_size(header: &[u8]) -> Option<PageSize> {
    let mut out = PageSize::default();
    let mut cursor = Cursor { bytes: header };
    cursor.structure(DEPTH, |cursor, number, kind| match (number, kind) {
        (2, I32) => Some(cursor.zigzag().map(|decoded| out.decoded = decoded)),
        // The headers of data pages of both versions, and of dictionaries, begin with the number of values.
        (5 | 7 | 8, STRUCT) => {
            out.is_dictionary = number == 7;
            Some(cursor.structure(DEPTH, |cursor, number, kind| {
                (number == 1 && kind == I32).then(|| cursor.zigzag().map(|values| out.values = values))
            }))
        }
        _ => None,
    })?;
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_page_header_in_whatever_order_its_fields_stand() {
        // type 0, decoded 100, compressed 50, data page header { values 7, encoding 0 }
        let in_order = [0x15, 0x00, 0x15, 0xc8, 0x01, 0x15, 0x64, 0x2c, 0x15, 0x0e, 0x15, 0x00, 0x00, 0x00];
        assert_eq!(page_size(&in_order), Some(PageSize { decoded: 100, values: 7, is_dictionary: false }));
        for cut in 0..in_order.len() {
            assert_eq!(page_size(&in_order[..cut]), None, "{cut}");
        }
        // data page header (5), then decoded size (2) by its full number
        let out_of_order = [0x5c, 0x15, 0x0e, 0x00, 0x05, 0x04, 0xc8, 0x01, 0x00];
        assert_eq!(page_size(&out_of_order), Some(PageSize { decoded: 100, values: 7, is_dictionary: false }));
        let dictionary = [0x15, 0x04, 0x15, 0xc8, 0x01, 0x15, 0x64, 0x4c, 0x15, 0x0e, 0x15, 0x00, 0x00, 0x00];
        assert_eq!(page_size(&dictionary), Some(PageSize { decoded: 100, values: 7, is_dictionary: true }));
    }

    #[test]
    fn depth_counts_groups_in_groups() {
        // { 2: list of 4 structs: root with 1 child, group with 2 children, two leaves }
        let footer = [0x29, 0x4c, 0x55, 0x02, 0x00, 0x55, 0x04, 0x00, 0x00, 0x00, 0x00];
        assert_eq!(super::footer(&footer), Some(Footer { depth: 2, has_encrypted_columns: false }));
        let mut deep = vec![0x29, 0xfc, 0xff, 0x7f];
        deep.extend([0x55, 0x02, 0x00].repeat(16_383));
        deep.push(0);
        assert_eq!(super::footer(&deep), None);
        assert_eq!(super::footer(&[0x1c; 200]), None);
    }
}
