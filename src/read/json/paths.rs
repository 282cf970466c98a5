//! The paths of keys in a block, each with an index.
//!
//! Keys of a path are joined by [`KEY_SEPARATOR`], because a dot may be part of a key.

use std::collections::HashMap;

use super::escape::unescape;
use crate::model::{ARRAY_MARK, Column, KEY_SEPARATOR, NO_KEY, limits, plain_key};

/// Paths of keys met so far: `user.emails[]`.
#[derive(Default)]
pub(super) struct Paths {
    columns: Vec<Column>,
    /// By path, the path above it, and whether elements of arrays stand there.
    above: Vec<(u32, bool)>,
    /// Distinct keys below each path.
    children: HashMap<u32, usize>,
    /// By parent and key.
    known: HashMap<(u32, Box<[u8]>), u32>,
}

/// The path of the document itself.
pub(super) const ROOT: u32 = u32::MAX;
/// The key under which elements of arrays stand; no JSON key holds a control character unescaped.
pub(super) const ELEMENT: &[u8] = b"\x00";
/// The key of a document that is no container.
const BARE: &[u8] = "\u{1d}".as_bytes();
/// The name of all keys of an object that has more of them than names: a map keyed by values.
pub(super) const MANY: &[u8] = b"*";

impl Paths {
    pub(super) fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The path above a path, and whether elements of an array stand there.
    #[inline]
    pub(super) fn above(&self, path: u32) -> (u32, bool) {
        self.above[path as usize]
    }

    /// The path of a key. The same parent and key have the same path for good.
    pub(super) fn child(&mut self, parent: u32, key: &[u8]) -> u32 {
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
        } else if parent == ROOT && key == BARE {
            NO_KEY.to_string()
        } else if parent == ROOT {
            plain(key)
        } else {
            format!("{above}{KEY_SEPARATOR}{}", plain(key))
        };
        let index = u32::try_from(self.columns.len()).expect("a block has fewer than 2^32 keys");
        self.columns.push(Column::keyed(name.into()));
        self.above.push((parent, key == ELEMENT));
        self.known.insert((parent, key.into()), index);
        index
    }

    /// The path of a document that is no container.
    pub(super) fn bare(&mut self) -> u32 {
        self.child(ROOT, BARE)
    }
}

/// The text of a key, without the characters that mean something in a path.
fn plain(key: &[u8]) -> String {
    plain_key(&String::from_utf8_lossy(&unescape(key).0)).into_owned()
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
