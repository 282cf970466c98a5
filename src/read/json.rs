//! A JSON text as spans: which bytes spell which value under which path of keys. Values are not built.
//!
//! Keys of a path are joined by [`KEY_SEPARATOR`], because a dot may be part of a key.

use std::collections::HashMap;

use crate::model::{ARRAY_MARK, Column, Field, KEY_SEPARATOR, NO_KEY, ValueKind, limits};

/// Paths of keys met so far, each with an index: `user.emails[]`.
#[derive(Default)]
pub(super) struct Paths {
    columns: Vec<Column>,
    /// Distinct keys below each path.
    children: HashMap<u32, usize>,
    /// By parent and key.
    known: HashMap<(u32, Box<[u8]>), u32>,
    /// The keys of a record met before, in order: most records repeat them, which saves the hashing.
    before: Vec<(u32, Box<[u8]>, u32)>,
    /// Place in `before` where the next key is expected.
    expected: usize,
}

/// The path of the document itself.
const ROOT: u32 = u32::MAX;
/// The key under which elements of arrays stand; no JSON key holds a control character unescaped.
const ELEMENT: &[u8] = b"\x00";
/// The name of all keys of an object that has more of them than names: a map keyed by values.
const MANY: &[u8] = b"*";

impl Paths {
    pub(super) fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The path of a key, guessed from a record met before.
    #[inline]
    fn step(&mut self, parent: u32, key: &[u8]) -> u32 {
        let at = self.expected;
        self.expected += 1;
        match self.before.get(at) {
            Some((p, k, index)) if *p == parent && **k == *key => *index,
            _ => {
                let index = self.child(parent, key);
                if at == self.before.len() && at < limits::COLUMNS {
                    self.before.push((parent, key.into(), index));
                }
                index
            }
        }
    }

    fn child(&mut self, parent: u32, key: &[u8]) -> u32 {
        if let Some(index) = self.known.get(&(parent, key) as &dyn PathKey) {
            return *index;
        }
        let siblings = self.children.entry(parent).or_default();
        *siblings += 1;
        if *siblings > limits::SIBLING_KEYS && key != MANY {
            return self.child(parent, MANY);
        }
        let above = if parent == ROOT { "" } else { self.columns[parent as usize].name.as_deref().unwrap_or("") };
        let name = if key == ELEMENT && parent == ROOT {
            format!("{NO_KEY}{ARRAY_MARK}")
        } else if key == ELEMENT {
            format!("{above}{ARRAY_MARK}")
        } else if parent == ROOT {
            plain(key)
        } else {
            format!("{above}{KEY_SEPARATOR}{}", plain(key))
        };
        let index = u32::try_from(self.columns.len()).expect("a block has fewer than 2^32 keys");
        self.columns.push(Column::keyed(name.into()));
        self.known.insert((parent, key.into()), index);
        index
    }
}

/// The text of a key, without the characters that mean something in a path.
fn plain(key: &[u8]) -> String {
    String::from_utf8_lossy(&unescape(key).0).replace([KEY_SEPARATOR, ARRAY_MARK, NO_KEY], "\u{fffd}")
}

/// Lets the map be asked with a borrowed key.
trait PathKey {
    fn parts(&self) -> (u32, &[u8]);
}

impl PathKey for (u32, Box<[u8]>) {
    fn parts(&self) -> (u32, &[u8]) {
        (self.0, &self.1)
    }
}

impl PathKey for (u32, &[u8]) {
    fn parts(&self) -> (u32, &[u8]) {
        (self.0, self.1)
    }
}

impl std::hash::Hash for dyn PathKey + '_ {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        let (parent, key) = self.parts();
        parent.hash(state);
        key.hash(state);
    }
}

impl PartialEq for dyn PathKey + '_ {
    fn eq(&self, other: &Self) -> bool {
        self.parts() == other.parts()
    }
}

impl Eq for dyn PathKey + '_ {}

impl<'a> std::borrow::Borrow<dyn PathKey + 'a> for (u32, Box<[u8]>) {
    fn borrow(&self) -> &(dyn PathKey + 'a) {
        self
    }
}

struct Container {
    path: u32,
    /// Element index; none for an object.
    index: Option<u32>,
}

/// Reads one JSON text in `bytes[from..to]` and pushes a field for each value that is not a container.
/// Returns false where it is not well formed; what was read before the fault stays.
pub(super) fn fields(bytes: &[u8], from: usize, to: usize, paths: &mut Paths, out: &mut Vec<Field>) -> bool {
    paths.expected = 0;
    Walk { bytes: &bytes[..to], at: from, paths, out, stack: Vec::new() }.document().is_some()
}

struct Walk<'a> {
    bytes: &'a [u8],
    at: usize,
    paths: &'a mut Paths,
    out: &'a mut Vec<Field>,
    stack: Vec<Container>,
}

impl Walk<'_> {
    fn document(&mut self) -> Option<()> {
        let mut path = ROOT;
        loop {
            // A value is due at `path`.
            self.space();
            match *self.bytes.get(self.at)? {
                open @ (b'{' | b'[') => {
                    if self.stack.len() == limits::JSON_DEPTH {
                        return None;
                    }
                    self.at += 1;
                    self.stack.push(Container { path, index: (open == b'[').then_some(0) });
                    self.space();
                    if *self.bytes.get(self.at)? == if open == b'[' { b']' } else { b'}' } {
                        self.at += 1;
                        self.stack.pop();
                    } else {
                        path = self.next_path()?;
                        continue;
                    }
                }
                _ => self.scalar(path)?,
            }
            // A value has ended: close containers until one goes on.
            loop {
                self.space();
                let Some(top) = self.stack.last_mut() else {
                    return (self.at == self.bytes.len()).then_some(());
                };
                let close = if top.index.is_some() { b']' } else { b'}' };
                let byte = *self.bytes.get(self.at)?;
                self.at += 1;
                if byte == close {
                    self.stack.pop();
                } else if byte == b',' {
                    top.index = top.index.map(|i| i.saturating_add(1));
                    path = self.next_path()?;
                    break;
                } else {
                    return None;
                }
            }
        }
    }

    /// The path of the container's next value; reads the key of an object's.
    fn next_path(&mut self) -> Option<u32> {
        let top = self.stack.last()?;
        let (parent, is_array) = (top.path, top.index.is_some());
        if is_array {
            return Some(self.paths.step(parent, ELEMENT));
        }
        self.space();
        if *self.bytes.get(self.at)? != b'"' {
            return None;
        }
        let (start, end, _) = self.string()?;
        let bytes = self.bytes;
        let path = self.paths.step(parent, &bytes[start..end]);
        self.space();
        (*self.bytes.get(self.at)? == b':').then(|| self.at += 1)?;
        Some(path)
    }

    fn scalar(&mut self, path: u32) -> Option<()> {
        let (span, escaped, kind) = if self.bytes[self.at] == b'"' {
            let (start, end, escaped) = self.string()?;
            (start..end, escaped, ValueKind::Text)
        } else {
            let start = self.at;
            let rest = &self.bytes[start..];
            let len = rest.iter().position(|b| matches!(b, b',' | b'}' | b']' | b' ' | b'\t' | b'\r' | b'\n')).unwrap_or(rest.len());
            self.at += len;
            let kind = match &rest[..len] {
                b"null" => ValueKind::Null,
                b"true" | b"false" => ValueKind::Bool,
                [b'0'..=b'9' | b'-', ..] => ValueKind::Number,
                _ => return None,
            };
            (start..self.at, false, kind)
        };
        let indices = self.stack.iter().filter_map(|c| c.index).collect();
        let column = if path == ROOT { self.paths.child(ROOT, NO_KEY.to_string().as_bytes()) } else { path };
        self.out.push(Field { column, span, escaped, kind, indices });
        Some(())
    }

    /// Reads the string that starts here: content span, and whether it holds a backslash.
    fn string(&mut self) -> Option<(usize, usize, bool)> {
        let start = self.at + 1;
        let mut at = start;
        let mut escaped = false;
        loop {
            let hit = at + memchr::memchr2(b'"', b'\\', self.bytes.get(at..)?)?;
            if self.bytes[hit] == b'"' {
                self.at = hit + 1;
                return Some((start, hit, escaped));
            }
            escaped = true;
            at = hit + 2;
        }
    }

    #[inline]
    fn space(&mut self) {
        while let Some(b' ' | b'\t' | b'\r' | b'\n') = self.bytes.get(self.at) {
            self.at += 1;
        }
    }
}

/// The text of a string's content, and for each byte of it, and its end, where it comes from.
pub(super) fn unescape(content: &[u8]) -> (Vec<u8>, Vec<usize>) {
    let mut text = Vec::with_capacity(content.len());
    let mut origin = Vec::with_capacity(content.len() + 1);
    let mut at = 0;
    while at < content.len() {
        if content[at] != b'\\' {
            origin.push(at);
            text.push(content[at]);
            at += 1;
            continue;
        }
        let (decoded, len) = escape(&content[at..]);
        let mut buffer = [0; 4];
        for byte in decoded.encode_utf8(&mut buffer).bytes() {
            origin.push(at);
            text.push(byte);
        }
        at += len;
    }
    origin.push(content.len());
    (text, origin)
}

/// The character that an escape at the start of `bytes` spells, and its length.
fn escape(bytes: &[u8]) -> (char, usize) {
    let unit = |at: usize| {
        let hex = bytes.get(at + 2..at + 6)?;
        (bytes[at] == b'\\' && bytes[at + 1] == b'u').then_some(())?;
        u32::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok()
    };
    match bytes.get(1) {
        Some(b'n') => ('\n', 2),
        Some(b't') => ('\t', 2),
        Some(b'r') => ('\r', 2),
        Some(b'b') => ('\u{8}', 2),
        Some(b'f') => ('\u{c}', 2),
        Some(b'u') => match (unit(0), unit(6)) {
            (Some(high @ 0xD800..0xDC00), Some(low @ 0xDC00..0xE000)) => {
                (char::from_u32(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)).unwrap_or(char::REPLACEMENT_CHARACTER), 12)
            }
            (Some(code), _) => (char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), 6),
            (None, _) => (char::REPLACEMENT_CHARACTER, 2),
        },
        Some(byte) if byte.is_ascii() => (char::from(*byte), 2),
        _ => (char::REPLACEMENT_CHARACTER, 1),
    }
}
