//! A JSON text as spans: which bytes spell which value under which path of keys. Values are not built.

mod document;
mod ends;
mod escape;
mod paths;
mod seams;
mod skip;
#[cfg(test)]
mod tests;

use std::ops::Range;

pub(super) use document::FORMAT;
pub(super) use escape::{spell, unescape};

use self::paths::{ELEMENT, Paths, ROOT};
use self::seams::{END, Seam, Seams, at_key, at_value, before, behind};
use crate::model::{Column, Field, Nest, Row, Under, ValueKind, limits};

/// Reads the JSON texts of one block.
#[derive(Default)]
pub(super) struct Json {
    paths: Paths,
    seams: Seams,
    /// Indices in the arrays that are open.
    indices: Vec<u32>,
    /// The containers that are open.
    stack: Vec<Container>,
}

impl Json {
    /// The paths of keys met so far, as columns.
    pub(super) fn columns(&self) -> &[Column] {
        self.paths.columns()
    }

    /// Forgets where seams stand: the bytes are others from now on. Paths stay what they are.
    pub(super) fn forget_bytes(&mut self) {
        self.seams = Seams::default();
    }

    /// Reads the text in `bytes[span]` and adds a field to `row` for each value that is not a container.
    /// Returns false where it is not well formed; what was read before the fault stays.
    pub(super) fn fields(&mut self, bytes: &[u8], span: Range<usize>, row: &mut Row) -> bool {
        self.fields_within(bytes, span, row, &Base::default())
    }

    /// Reads a text that is a part of a document, as [`Json::fields`] does.
    fn fields_within(&mut self, bytes: &[u8], span: Range<usize>, row: &mut Row, base: &Base) -> bool {
        self.stack.clear();
        self.stack.extend_from_slice(&base.containers);
        self.indices.clear();
        self.indices.extend(base.containers.iter().filter_map(|c| c.index));
        let due = match base.containers.last() {
            Some(Container { index: None, .. }) => Due::Key,
            _ => Due::Value(base.path),
        };
        let start = if matches!(due, Due::Key) { at_key(base.path) } else { at_value(base.path) };
        let mut walk = Walk {
            bytes,
            at: span.start,
            to: span.end,
            row,
            place: base.is_plain.then_some(start),
            stale: false,
            low: 0,
            due: Some(due),
            base: base.containers.len(),
            loose: base.loose,
            nameless: base.nameless,
            json: self,
        };
        walk.document().is_some()
    }

    /// What is open where a record of a document starts, which is child `ordinal` of `within`.
    fn base(&mut self, within: Option<&Nest>, ordinal: u32) -> Base {
        let mut above = Vec::new();
        let mut next = within;
        while let Some(nest) = next {
            above.push(nest);
            next = nest.above.as_deref();
        }
        let mut base = Base::default();
        for (n, nest) in above.iter().enumerate().rev() {
            let last = base.path;
            let path = match &nest.under {
                Under::Document => ROOT,
                Under::Key(key) => self.paths.child(last, key.as_deref().unwrap_or(paths::MANY)),
                Under::Element(_) => self.paths.child(last, ELEMENT),
            };
            let is_element = matches!(nest.under, Under::Element(_));
            base.is_plain &= path == ROOT || self.paths.above(path) == (last, is_element);
            let child = n.checked_sub(1).map(|n| &above[n].under);
            let index = if let Some(Under::Element(index)) = child { *index } else { ordinal };
            base.containers.push(Container { path, index: nest.is_array.then_some(index) });
            base.path = path;
        }
        if let Some(Container { path, index: Some(_) }) = base.containers.last().copied() {
            base.path = self.paths.child(path, ELEMENT);
            base.is_plain &= self.paths.above(base.path) == (path, true);
        }
        base
    }
}

/// What is open where a text starts.
struct Base {
    containers: Vec<Container>,
    /// The path of the value that is due, or of the object whose key is.
    path: u32,
    /// Whether the path tells what is open.
    is_plain: bool,
    /// Whether the text may end with other containers open than it started with.
    loose: bool,
    /// Whether keys of the innermost container have no names of their own: it has too many.
    nameless: bool,
}

impl Default for Base {
    fn default() -> Self {
        Self { containers: Vec::new(), path: ROOT, is_plain: true, loose: false, nameless: false }
    }
}

#[derive(Clone, Copy)]
struct Container {
    path: u32,
    /// Element index; none for an object.
    index: Option<u32>,
}

/// What a text starts with.
#[derive(Clone, Copy)]
enum Due {
    /// The value of a path.
    Value(u32),
    /// A key of the innermost container.
    Key,
}

/// One text while it is read.
struct Walk<'a> {
    bytes: &'a [u8],
    at: usize,
    to: usize,
    json: &'a mut Json,
    row: &'a mut Row,
    /// Where it stands between two values, as [`Seams`] count places; none where the path of the last value does not tell what
    /// is open.
    place: Option<u32>,
    /// Whether the stack is behind, because seams were compared since it was right.
    stale: bool,
    /// Containers that stayed open over the seam that is read.
    low: usize,
    /// What the text starts with, until it was read.
    due: Option<Due>,
    /// Containers that were open where the text starts.
    base: usize,
    /// See [`Base::loose`].
    loose: bool,
    /// See [`Base::nameless`].
    nameless: bool,
}

impl Walk<'_> {
    fn document(&mut self) -> Option<()> {
        loop {
            let ended = match self.known_seam() {
                Some(ended) => ended,
                None => self.new_seam()?,
            };
            if ended {
                return Some(());
            }
        }
    }

    /// Goes over a seam that was met before, and the value behind it; whether the text ended with it. None: there is none, or
    /// no value is behind it.
    #[inline]
    fn known_seam(&mut self) -> Option<bool> {
        if self.nameless && self.due.is_some() {
            return None;
        }
        let json = &mut *self.json;
        let mut seams = json.seams.at(self.place?, self.bytes, self.at, self.to);
        let (seam, span, escaped, kind) = seams.find_map(|seam| {
            let start = self.at + seam.len as usize;
            if seam.to == END {
                let ends = start == self.to && (self.loose || usize::from(seam.keep) == self.base);
                return ends.then_some((seam, start..start, false, ValueKind::Null));
            }
            let (end, escaped, kind) = scalar(self.bytes, start, self.to, seam.text)?;
            Some((seam, start..end, escaped, kind))
        })?;
        if seam.to == END {
            return Some(true);
        }
        drop(seams);
        if json.indices.len() != usize::from(seam.keep) || seam.add != 0 {
            json.indices.truncate(seam.keep.into());
            if let Some(last) = json.indices.last_mut() {
                *last = last.saturating_add(seam.add);
            }
        }
        if seam.open != 0 {
            json.indices.extend(std::iter::repeat_n(0, seam.open.into()));
        }
        self.stale = true;
        self.due = None;
        self.value(seam.to, span, escaped, kind, seam.text);
        Some(false)
    }

    /// Reads a seam byte by byte, and the value behind it; whether the text ended with it. The seam is kept for later.
    #[inline(never)]
    fn new_seam(&mut self) -> Option<bool> {
        self.open_stack();
        let (place, from) = (self.place.filter(|_| !self.nameless || self.due.is_none()), self.at);
        let Some(path) = self.seam()? else {
            if let Some(place) = place {
                let keep = u8::try_from(self.json.stack.len()).expect("nesting is limited");
                let mut seam = Seam::new(self.at - from, END);
                seam.keep = keep;
                self.json.seams.keep(place, self.bytes, from, seam);
            }
            return Some(true);
        };
        let text = self.bytes[self.at] == b'"';
        let start = self.at + usize::from(text);
        let (end, escaped, kind) = scalar(self.bytes, start, self.to, text)?;
        let mut seam = Seam::new(start - from, path);
        seam.text = text;
        let plain = self.move_indices(&mut seam);
        if path == ROOT {
            self.place = None;
        }
        if let (Some(place), Some(_), true) = (place, self.place, plain) {
            self.json.seams.keep(place, self.bytes, from, seam);
        }
        let column = if path == ROOT { self.json.paths.bare() } else { path };
        self.value(column, start..end, escaped, kind, text);
        Some(false)
    }

    /// Adds a value and stands behind it.
    #[inline]
    fn value(&mut self, column: u32, span: Range<usize>, escaped: bool, kind: ValueKind, text: bool) {
        self.at = span.end + usize::from(text);
        if let Some(place) = &mut self.place {
            *place = behind(column);
        }
        let indices = self.row.add_indices(&self.json.indices);
        self.row.fields.push(Field { column, span, escaped, kind, indices, offset: 0 });
    }

    /// Opens the containers that are open behind the value at hand.
    fn open_stack(&mut self) {
        let (true, Some(place)) = (self.stale, self.place) else { return };
        let Json { paths, indices, stack, .. } = &mut *self.json;
        stack.clear();
        let mut indices = indices.iter().rev().copied();
        let mut path = before(place);
        while path != ROOT {
            let (above, in_array) = paths.above(path);
            stack.push(Container { path: above, index: if in_array { indices.next() } else { None } });
            path = above;
        }
        stack.reverse();
        self.stale = false;
    }

    /// Brings the indices up to the stack and notes in `seam` how; whether it could be noted.
    fn move_indices(&mut self, seam: &mut Seam) -> bool {
        let Json { indices, stack, .. } = &mut *self.json;
        let (kept, opened) = stack.split_at(self.low);
        let keep = kept.iter().filter(|c| c.index.is_some()).count();
        if let Some(now) = kept.last().and_then(|c| c.index) {
            seam.add = now - indices[keep - 1];
        }
        let mut plain = true;
        indices.truncate(keep);
        if let (Some(last), true) = (indices.last_mut(), seam.add > 0) {
            *last += seam.add;
        }
        for index in opened.iter().filter_map(|c| c.index) {
            plain &= index == 0;
            indices.push(index);
        }
        let small = |n: usize| u8::try_from(n).expect("nesting is limited");
        (seam.keep, seam.open) = (small(keep), small(indices.len() - keep));
        plain
    }

    /// Reads from the end of a value, or the start of the text, to the start of the next value: its path. None inside: the
    /// text ends.
    fn seam(&mut self) -> Option<Option<u32>> {
        self.low = self.json.stack.len();
        let mut path = match self.due.take() {
            Some(Due::Value(path)) => path,
            Some(Due::Key) => self.next_path()?,
            None => match self.close()? {
                Some(next) => next,
                None => return Some(None),
            },
        };
        loop {
            // A value is due at `path`.
            self.space();
            let open = self.byte()?;
            if open != b'{' && open != b'[' {
                return Some(Some(path));
            }
            if self.json.stack.len() == limits::JSON_DEPTH {
                return None;
            }
            self.at += 1;
            self.json.stack.push(Container { path, index: (open == b'[').then_some(0) });
            self.space();
            path = if self.byte()? == if open == b'[' { b']' } else { b'}' } {
                self.at += 1;
                self.pop();
                match self.close()? {
                    Some(next) => next,
                    None => return Some(None),
                }
            } else {
                self.next_path()?
            };
        }
    }

    /// Closes containers behind a value until one goes on: the path of its next value. None inside: the text ends.
    fn close(&mut self) -> Option<Option<u32>> {
        loop {
            self.space();
            let depth = self.json.stack.len();
            if self.at == self.to {
                return (self.loose || depth == self.base).then_some(None);
            }
            if !self.loose && depth == self.base {
                return None;
            }
            let is_array = self.json.stack.last()?.index.is_some();
            let close = if is_array { b']' } else { b'}' };
            let byte = self.byte()?;
            self.at += 1;
            if byte == close {
                self.pop();
            } else if byte == b',' {
                self.space();
                // No JSON, but a comma behind the last one does no harm.
                if self.byte() == Some(close) {
                    continue;
                }
                let top = self.json.stack.last_mut()?;
                top.index = top.index.map(|i| i.saturating_add(1));
                return self.next_path().map(Some);
            } else {
                return None;
            }
        }
    }

    fn pop(&mut self) {
        self.json.stack.pop();
        self.low = self.low.min(self.json.stack.len());
    }

    /// The path of the container's next value; reads the key of an object's.
    fn next_path(&mut self) -> Option<u32> {
        let top = self.json.stack.last()?;
        let (parent, in_array) = (top.path, top.index.is_some());
        let path = if in_array {
            self.json.paths.child(parent, ELEMENT)
        } else {
            self.space();
            if self.byte()? != b'"' {
                return None;
            }
            let start = self.at + 1;
            let (end, _) = ends::string(self.bytes, start, self.to)?;
            self.at = end + 1;
            let key = if self.nameless && self.json.stack.len() == self.base { paths::MANY } else { &self.bytes[start..end] };
            let path = self.json.paths.child(parent, key);
            self.space();
            (self.byte()? == b':').then(|| self.at += 1)?;
            path
        };
        // Keys of bytes that stand for something else, and arrays where there are too many keys, share paths with others.
        if self.json.paths.above(path) != (parent, in_array) {
            self.place = None;
        }
        Some(path)
    }

    #[inline]
    fn byte(&self) -> Option<u8> {
        self.bytes[..self.to].get(self.at).copied()
    }

    #[inline]
    fn space(&mut self) {
        while let Some(b' ' | b'\t' | b'\r' | b'\n') = self.byte() {
            self.at += 1;
        }
    }
}

/// The value that is due at `at`, a string's content where `text`: its end, whether it holds a backslash, its kind.
#[inline(always)]
fn scalar(bytes: &[u8], at: usize, to: usize, text: bool) -> Option<(usize, bool, ValueKind)> {
    if text {
        ends::string(bytes, at, to).map(|(end, escaped)| (end, escaped, ValueKind::Text))
    } else {
        ends::bare(bytes, at, to).map(|(end, kind)| (end, false, kind))
    }
}
