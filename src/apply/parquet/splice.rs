//! Structures of Thrift's compact protocol taken apart and put together again: what is not changed keeps its bytes, known or not.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::read::thrift::{Cursor, DEPTH, I16, I32, I64, STOP, STRUCT};

/// The kind of a list.
const LIST: u8 = 9;

/// A structure: by number the kind of each field, and its bytes.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Struct<'a>(BTreeMap<i64, (u8, Cow<'a, [u8]>)>);

impl<'a> Struct<'a> {
    /// Takes a structure apart; none where it cannot be followed, says something twice, or has bytes behind its end.
    pub(super) fn read(bytes: &'a [u8]) -> Option<Self> {
        let (mut cursor, mut last, mut out) = (Cursor { bytes }, 0, BTreeMap::new());
        loop {
            let (number, kind) = cursor.field(last)?;
            if kind == STOP {
                return cursor.bytes.is_empty().then_some(Self(out));
            }
            let before = cursor.bytes;
            cursor.skip(kind, false, DEPTH)?;
            let value = &before[..before.len() - cursor.bytes.len()];
            if out.insert(number, (kind, Cow::Borrowed(value))).is_some() {
                return None;
            }
            last = number;
        }
    }

    pub(super) fn into_owned(self) -> Struct<'static> {
        Struct(self.0.into_iter().map(|(number, (kind, bytes))| (number, (kind, Cow::Owned(bytes.into_owned())))).collect())
    }

    pub(super) fn has(&self, number: i64) -> bool {
        self.0.contains_key(&number)
    }

    /// The bytes of a field.
    pub(super) fn bytes(&self, number: i64) -> Option<&[u8]> {
        self.0.get(&number).map(|(_, bytes)| &**bytes)
    }

    /// A whole number.
    pub(super) fn long(&self, number: i64) -> Option<i64> {
        let (kind, bytes) = self.0.get(&number)?;
        matches!(*kind, I16 | I32 | I64).then(|| Cursor { bytes }.zigzag()).flatten()
    }

    /// Writes a whole number in the place of the one that is there; where there is none, as one of 64 bits.
    pub(super) fn set(&mut self, number: i64, value: i64) {
        let kind = self.0.get(&number).map_or(I64, |(kind, _)| *kind);
        self.set_as(number, kind, value);
    }

    pub(super) fn set_int(&mut self, number: i64, value: i64) {
        self.set_as(number, I32, value);
    }

    fn set_as(&mut self, number: i64, kind: u8, value: i64) {
        let mut bytes = Vec::new();
        varint(((value << 1) ^ (value >> 63)) as u64, &mut bytes);
        self.0.insert(number, (kind, Cow::Owned(bytes)));
    }

    /// Adds to a whole number, where it is there; false where that overflows.
    pub(super) fn shift(&mut self, number: i64, by: i64) -> bool {
        let Some(value) = self.long(number) else { return true };
        let Some(sum) = value.checked_add(by) else { return false };
        self.set(number, sum);
        true
    }

    pub(super) fn remove(&mut self, number: i64) {
        self.0.remove(&number);
    }

    /// A structure in this one.
    pub(super) fn inner(&self, number: i64) -> Option<Struct<'_>> {
        let (kind, bytes) = self.0.get(&number)?;
        (*kind == STRUCT).then(|| Struct::read(bytes)).flatten()
    }

    pub(super) fn set_inner(&mut self, number: i64, inner: &Struct<'_>) {
        self.0.insert(number, (STRUCT, Cow::Owned(inner.write())));
    }

    /// The structures of a list, each as its bytes.
    pub(super) fn list(&self, number: i64) -> Option<Vec<&[u8]>> {
        let (kind, bytes) = self.0.get(&number)?;
        let mut cursor = Cursor { bytes };
        let (count, of) = if *kind == LIST { cursor.list()? } else { return None };
        if count > 0 && of != STRUCT {
            return None;
        }
        let mut out = Vec::new();
        for _ in 0..count {
            let before = cursor.bytes;
            cursor.skip(STRUCT, true, DEPTH)?;
            out.push(&before[..before.len() - cursor.bytes.len()]);
        }
        Some(out)
    }

    pub(super) fn set_list<B: AsRef<[u8]>>(&mut self, number: i64, elements: &[B]) {
        let mut bytes = Vec::new();
        match u8::try_from(elements.len()) {
            Ok(few @ 0..15) => bytes.push(few << 4 | STRUCT),
            _ => {
                bytes.push(0xf0 | STRUCT);
                varint(elements.len() as u64, &mut bytes);
            }
        }
        elements.iter().for_each(|element| bytes.extend_from_slice(element.as_ref()));
        self.0.insert(number, (LIST, Cow::Owned(bytes)));
    }

    pub(super) fn write(&self) -> Vec<u8> {
        let (mut out, mut last) = (Vec::new(), 0);
        for (number, (kind, bytes)) in &self.0 {
            match u8::try_from(number - last) {
                Ok(delta @ 1..16) => out.push(delta << 4 | kind),
                _ => {
                    out.push(*kind);
                    varint(((number << 1) ^ (number >> 63)) as u64, &mut out);
                }
            }
            out.extend_from_slice(bytes);
            last = *number;
        }
        out.push(STOP);
        out
    }
}

/// How many bytes a structure takes that begins here; none where it cannot be followed.
pub(super) fn length(bytes: &[u8]) -> Option<usize> {
    let mut cursor = Cursor { bytes };
    cursor.skip(STRUCT, true, DEPTH)?;
    Some(bytes.len() - cursor.bytes.len())
}

fn varint(mut value: u64, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_changed_keeps_its_bytes() {
        // 1: i32 5, 2: bool, 4: binary "ab", 40: list of two structs, 41: struct
        let bytes = [0x15, 0x0a, 0x11, 0x28, 0x02, b'a', b'b', 0x09, 0x50, 0x2c, 0x15, 0x02, 0x00, 0x00, 0x1c, 0x16, 0x04, 0x00, 0x00];
        let mut read = Struct::read(&bytes).unwrap();
        assert_eq!(read.write(), bytes);
        assert_eq!((read.long(1), read.long(4), read.has(3)), (Some(5), None, false));
        assert_eq!(read.list(40).unwrap(), [&[0x15, 0x02, 0x00][..], &[0x00]]);
        assert_eq!(read.inner(41).unwrap().long(1), Some(2));
        read.set(1, -70);
        assert!(read.shift(1, 1) && read.shift(9, 1));
        let again = read.write();
        let again = Struct::read(&again).unwrap();
        assert_eq!((again.long(1), again.bytes(4)), (Some(-69), Some(&b"\x02ab"[..])));
        let mut large = again.clone();
        large.set(1, i64::MAX);
        assert!(!large.shift(1, 1));
    }

    #[test]
    fn refuses_what_cannot_be_followed() {
        for bytes in [&[][..], &[0x15], &[0x15, 0x0a], &[0x00, 0x00], &[0x15, 0x02, 0x05, 0x02, 0x02, 0x00], &[0x28, 0x7f, 0x00]] {
            assert!(Struct::read(bytes).is_none(), "{bytes:?}");
        }
        assert_eq!((length(&[0x15, 0x02, 0x00, 0xff]), length(&[0x15])), (Some(3), None));
        let many: Vec<[u8; 1]> = vec![[0]; 20];
        let mut list = Struct::read(&[0]).unwrap();
        list.set_list(1, &many);
        assert_eq!(list.list(1).unwrap().len(), 20);
    }
}
