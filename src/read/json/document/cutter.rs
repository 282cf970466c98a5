//! Cuts documents between records, and opens records that are too long.
//!
//! Between two records only the open containers are known ([`Frame`]). Inside a record nothing but its end is looked for; only
//! where an array of records may still come on the path, keys are read.

use std::ops::Range;
use std::sync::Arc;

use super::super::ends;
use super::super::skip::Skip;
use super::resume;
use crate::model::{Framing, Nest, Siblings, Under, limits};
use crate::read::{Cut, Cutter, whole_chars};

/// A container that is open.
#[derive(Clone)]
pub(super) struct Frame {
    pub is_array: bool,
    /// Whether its children are records.
    pub is_open: bool,
    /// Whether it is an array or stands in one.
    below_array: bool,
    /// Children that ended.
    pub count: u32,
    /// Where the key of the child at hand stands in the window.
    key: (usize, usize),
    place: Place,
    nest: Option<Arc<Nest>>,
}

/// Place what a container stands in the one around it, until it has a [`Nest`].
#[derive(Clone, Copy)]
enum Place {
    Document,
    Element(u32),
    /// A key of the window; none: it has no name of its own.
    Key(Option<(usize, usize)>),
}

/// A stretch without layout that goes on in the next window.
#[derive(Clone, Copy)]
enum Torn {
    /// A value that cannot be opened.
    Value(Skip),
    /// A number or word that does not end.
    Bare,
    /// Behind a fault.
    Lost,
}

/// What reading a record led to.
enum Read {
    /// It ends here, or what follows is no part of it.
    To(usize),
    /// It does not end in the window.
    Unfinished,
    /// It is not well-formed here.
    Fault(usize),
}

/// What a walk over keys may meet next.
#[derive(Clone, Copy)]
enum Due {
    Key,
    Value,
    Next,
}

#[derive(Default)]
struct Found {
    starts: Vec<u32>,
    ends: Vec<u32>,
    siblings: Vec<Siblings>,
}

pub(super) struct DocumentCutter {
    /// Whether each document is a record.
    many: bool,
    frames: Vec<Frame>,
    /// The frames before the record at hand.
    saved: Vec<Frame>,
    torn: Option<Torn>,
    /// Where the value that is torn starts in the window.
    torn_from: usize,
    found: Found,
    /// Whether a fault was met in the window.
    faulty: bool,
}

impl DocumentCutter {
    pub(super) fn new(many: bool) -> Self {
        Self { many, frames: Vec::new(), saved: Vec::new(), torn: None, torn_from: 0, found: Found::default(), faulty: false }
    }

    /// Reads records from `at`: where a block may end.
    fn scan(&mut self, window: &[u8], mut at: usize, at_end: bool) -> usize {
        loop {
            let Some(start) = between(window, at) else { return window.len() };
            let kind = self.frames.last().map(|top| top.is_array);
            if window[start] == b']' && kind == Some(true) || window[start] == b'}' && kind == Some(false) {
                self.pop();
                at = start + 1;
                continue;
            }
            at = match self.record(window, start, at_end) {
                Read::To(end) => end,
                Read::Unfinished if at_end => {
                    self.faulty = true;
                    self.emit(window, start..window.len(), self.frames.len(), self.ordinal(), false);
                    return window.len();
                }
                Read::Unfinished => return start,
                Read::Fault(fault) => {
                    self.faulty = true;
                    if fault > start {
                        self.frames.clone_from(&self.saved);
                        self.emit(window, start..fault, self.frames.len(), self.ordinal(), false);
                    }
                    match resume::from(window, fault, &mut self.frames) {
                        Some(next) => next,
                        None if at_end => return window.len(),
                        None => {
                            self.torn = Some(Torn::Lost);
                            return fault;
                        }
                    }
                }
            };
        }
    }

    /// Reads the record that starts at `start`, or a part of it.
    fn record(&mut self, window: &[u8], start: usize, at_end: bool) -> Read {
        self.saved.clear();
        let (in_object, below_array) = self.frames.last().map_or((false, false), |top| (!top.is_array, top.below_array));
        let is_opaque = below_array || (self.frames.is_empty() && self.many);
        if !is_opaque {
            self.saved.clone_from(&self.frames);
            let read = self.walk(window, start, at_end);
            if matches!(read, Read::Unfinished) {
                self.frames.clone_from(&self.saved);
            }
            return read;
        }
        let value = match if in_object { self.key(window, start) } else { Read::To(start) } {
            Read::To(value) => value,
            other => return self.unchanged(other),
        };
        match value_end(window, value, at_end) {
            Read::To(end) => {
                self.emit(window, start..end, self.frames.len(), self.ordinal(), false);
                self.child_ended();
                Read::To(end)
            }
            other => self.unchanged(other),
        }
    }

    /// What is restored after a fault is what is there.
    fn unchanged(&mut self, read: Read) -> Read {
        self.saved.clone_from(&self.frames);
        read
    }

    /// Reads a key of the innermost container and its colon, to the value.
    fn key(&mut self, window: &[u8], start: usize) -> Read {
        if window[start] != b'"' {
            return Read::Fault(start);
        }
        let Some((end, _)) = ends::string(window, start + 1, window.len()) else { return Read::Unfinished };
        let Some(colon) = space(window, end + 1) else { return Read::Unfinished };
        if window[colon] != b':' {
            return Read::Fault(colon);
        }
        if let Some(top) = self.frames.last_mut() {
            top.key = (start + 1, end);
        }
        space(window, colon + 1).map_or(Read::Unfinished, Read::To)
    }

    /// Reads a record in which an array of records may stand: to its end, or into that array.
    fn walk(&mut self, window: &[u8], start: usize, at_end: bool) -> Read {
        let depth = self.frames.len();
        let is_whole = self.frames.last().is_none_or(|top| top.is_open);
        if !is_whole {
            // Containers around it may end with it.
            self.nest(window, depth);
            self.saved.clone_from(&self.frames);
        }
        let ordinal = self.ordinal();
        // Where the last of its values ends, and the containers around it that are still open.
        let (mut end, mut low) = (start, depth);
        let mut due = if self.frames.last().is_some_and(|top| !top.is_array) { Due::Key } else { Due::Value };
        let mut at = start;
        loop {
            let Some(next) = space(window, at) else { return Read::Unfinished };
            let byte = window[next];
            (due, at) = match (due, byte) {
                (Due::Key | Due::Next, b'}') => {
                    self.pop();
                    if self.frames.len() >= low {
                        end = next + 1;
                    } else {
                        low = self.frames.len();
                    }
                    (Due::Next, next + 1)
                }
                (Due::Next, b',') => (Due::Key, next + 1),
                (Due::Key, _) => match self.key(window, next) {
                    Read::To(value) => (Due::Value, value),
                    other => return other,
                },
                (Due::Value, b'{') if self.frames.len() < limits::JSON_DEPTH => {
                    self.push(false, false);
                    (Due::Key, next + 1)
                }
                (Due::Value, b'[') if self.frames.len() < limits::JSON_DEPTH => {
                    let Some(first) = space(window, next + 1) else { return Read::Unfinished };
                    if self.frames.is_empty() || matches!(window[first], b'{' | b'[') {
                        if end > start {
                            self.emit_run(window, start..end, depth, ordinal, is_whole.then_some(true));
                        }
                        self.push(true, true);
                        return Read::To(next + 1);
                    }
                    let Some(behind) = Skip::container().go(window, next) else { return Read::Unfinished };
                    end = behind;
                    self.child_ended();
                    (Due::Next, behind)
                }
                (Due::Value, _) => match value_end(window, next, at_end) {
                    Read::To(behind) => {
                        end = behind;
                        self.child_ended();
                        (Due::Next, behind)
                    }
                    other => return other,
                },
                (Due::Next, _) => return Read::Fault(next),
            };
            if matches!(due, Due::Next) && self.frames.last().is_none_or(|top| top.is_open) {
                if end > start {
                    self.emit_run(window, start..end, depth, ordinal, is_whole.then_some(false));
                }
                return Read::To(at);
            }
        }
    }

    /// Adds a record that was walked over; `loose`: whether it is but a part of the child that it starts with, none where it
    /// starts inside one.
    fn emit_run(&mut self, window: &[u8], span: Range<usize>, depth: usize, ordinal: u32, loose: Option<bool>) {
        match loose {
            Some(loose) => self.emit(window, span, depth, ordinal, loose),
            None => {
                let within = self.saved.last().and_then(|top| top.nest.clone());
                self.found.push(span, within, ordinal, true);
            }
        }
    }

    /// Adds a record that is a child of frame `depth`.
    fn emit(&mut self, window: &[u8], span: Range<usize>, depth: usize, ordinal: u32, loose: bool) {
        let within = self.nest(window, depth);
        self.found.push(span, within, ordinal, loose);
    }

    /// Place of the next child of the innermost container.
    fn ordinal(&self) -> u32 {
        self.frames.last().map_or(0, |top| top.count)
    }

    /// Opens a container under the child at hand of the innermost one.
    fn push(&mut self, is_array: bool, is_open: bool) {
        let place = match self.frames.last() {
            None => Place::Document,
            Some(top) if top.is_array => Place::Element(top.count),
            Some(top) => {
                let is_named = top.key.1 - top.key.0 <= limits::KEY_BYTES && (top.count as usize) < limits::SIBLING_KEYS;
                Place::Key(is_named.then_some(top.key))
            }
        };
        let below_array = is_array || self.frames.last().is_some_and(|top| top.below_array);
        self.frames.push(Frame { is_array, is_open, below_array, count: 0, key: (0, 0), place, nest: None });
    }

    /// Closes the innermost container.
    fn pop(&mut self) {
        self.frames.pop();
        self.child_ended();
    }

    fn child_ended(&mut self) {
        if let Some(top) = self.frames.last_mut() {
            top.count = top.count.saturating_add(1);
        }
    }

    /// The innermost of the first `depth` containers, with those around it.
    fn nest(&mut self, window: &[u8], depth: usize) -> Option<Arc<Nest>> {
        let top = depth.checked_sub(1)?;
        if self.frames[top].nest.is_none() {
            let known = self.frames[..depth].iter().take_while(|frame| frame.nest.is_some()).count();
            let mut above = known.checked_sub(1).and_then(|last| self.frames[last].nest.clone());
            for frame in &mut self.frames[known..depth] {
                let under = match frame.place {
                    Place::Document => Under::Document,
                    Place::Element(index) => Under::Element(index),
                    Place::Key(span) => Under::Key(span.map(|(start, end)| window[start..end].into())),
                };
                let nest = Arc::new(Nest { above: above.take(), under, is_array: frame.is_array });
                frame.nest = Some(Arc::clone(&nest));
                above = Some(nest);
            }
        }
        self.frames[top].nest.clone()
    }

    /// Makes the cut that ends at `end`.
    fn cut(&mut self, window: &[u8], torn_head: usize, end: usize, at_end: bool) -> Cut {
        // Keys do not stay where they are.
        self.nest(window, self.frames.len());
        let Found { starts, ends, siblings } = std::mem::take(&mut self.found);
        let framing = Framing { torn_head, starts, ends, siblings, ..Framing::default() };
        let torn = std::mem::take(&mut self.faulty);
        Cut { torn, ..Cut::records(&window[..end], torn_head > 0, at_end, framing) }
    }

    /// The end of what is torn.
    fn torn_head(&mut self, window: &[u8]) -> Option<usize> {
        match self.torn {
            None => Some(0),
            Some(Torn::Value(mut skip)) => skip.go(window, 0),
            Some(Torn::Bare) => window.iter().position(|b| is_end(*b)),
            Some(Torn::Lost) => resume::from(window, 0, &mut self.frames),
        }
    }

    /// Opens what the window begins with: the outermost container whose members are no records yet, else the record. Gives
    /// where it goes on, none where there is nothing to open.
    fn open(&mut self, window: &[u8]) -> Option<usize> {
        if let Some(frame) = self.frames.iter_mut().find(|frame| !frame.is_open) {
            frame.is_open = true;
            return Some(0);
        }
        let in_object = self.frames.last().is_some_and(|top| !top.is_array);
        let value = if in_object { self.key(window, 0) } else { Read::To(0) };
        match value {
            Read::To(value) if matches!(window[value], b'{' | b'[') && self.frames.len() < limits::JSON_DEPTH => {
                self.push(window[value] == b'[', true);
                Some(value + 1)
            }
            Read::To(value) => {
                let (torn, from) = match window[value] {
                    b'"' => (Torn::Value(Skip::string()), value + 1),
                    b'{' | b'[' => (Torn::Value(Skip::container()), value),
                    _ => (Torn::Bare, value),
                };
                self.tear_from(torn, from)
            }
            // A key that does not end.
            _ => self.tear_from(Torn::Value(Skip::string()), 1),
        }
    }

    fn tear_from(&mut self, torn: Torn, from: usize) -> Option<usize> {
        self.torn = Some(torn);
        self.torn_from = from;
        self.child_ended();
        None
    }
}

impl Found {
    fn push(&mut self, span: Range<usize>, within: Option<Arc<Nest>>, ordinal: u32, loose: bool) {
        let small = |at: usize| u32::try_from(at).expect("a window is far below 4 GiB");
        let goes_on = self.siblings.last().is_some_and(|last| {
            let next = last.ordinal as usize + (self.starts.len() - last.first);
            let same = match (&last.within, &within) {
                (Some(last), Some(within)) => Arc::ptr_eq(last, within) && next == ordinal as usize,
                (None, None) => true,
                _ => false,
            };
            same && !loose && !last.loose
        });
        if !goes_on {
            self.siblings.push(Siblings { first: self.starts.len(), within, ordinal, loose });
        }
        self.starts.push(small(span.start));
        self.ends.push(small(span.end));
    }
}

impl Cutter for DocumentCutter {
    fn boundary(&mut self, window: &[u8], at_end: bool) -> Option<Cut> {
        self.found = Found::default();
        self.faulty = false;
        let torn_head = match self.torn_head(window) {
            Some(end) => end,
            None if at_end => {
                self.faulty = true;
                window.len()
            }
            None => return None,
        };
        self.torn = None;
        let end = self.scan(window, torn_head, at_end);
        self.faulty |= at_end && !self.frames.is_empty();
        if end == 0 {
            self.nest(window, self.frames.len());
            return None;
        }
        Some(self.cut(window, torn_head, end, at_end))
    }

    fn tear(&mut self, window: &[u8], most: usize) -> Cut {
        self.found = Found::default();
        self.torn_from = 0;
        while self.torn.is_none()
            && let Some(at) = self.open(window)
        {
            let end = self.scan(window, at, false);
            if end > 0 {
                return self.cut(window, 0, end, false);
            }
        }
        self.nest(window, self.frames.len());
        let piece = &window[..whole_chars(window, most.max(self.torn_from))];
        if let Some(Torn::Value(skip)) = &mut self.torn {
            // It has no end in the window.
            skip.go(piece, self.torn_from);
        }
        Cut::torn(piece, false)
    }
}

/// Over what may stand between records.
fn between(window: &[u8], mut at: usize) -> Option<usize> {
    while matches!(window.get(at)?, b',' | b' ' | b'\t' | b'\r' | b'\n' | 0x1E) {
        at += 1;
    }
    Some(at)
}

/// Over white space.
fn space(window: &[u8], mut at: usize) -> Option<usize> {
    while matches!(window.get(at)?, b' ' | b'\t' | b'\r' | b'\n') {
        at += 1;
    }
    Some(at)
}

/// Whether a byte ends a number or a word.
fn is_end(byte: u8) -> bool {
    matches!(byte, b',' | b']' | b'}' | b' ' | b'\t' | b'\r' | b'\n')
}

/// The end of the value that starts at `at`.
fn value_end(window: &[u8], at: usize, at_end: bool) -> Read {
    let end = match window[at] {
        b'{' | b'[' => Skip::container().go(window, at),
        b'"' => ends::string(window, at + 1, window.len()).map(|(end, _)| end + 1),
        b'0'..=b'9' | b'-' | b't' | b'f' | b'n' | b'N' | b'I' => {
            window[at..].iter().position(|b| is_end(*b)).map(|len| at + len).or_else(|| at_end.then_some(window.len()))
        }
        _ => return Read::Fault(at),
    };
    end.map_or(Read::Unfinished, Read::To)
}
