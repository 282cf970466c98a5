//! Cuts an address book between contacts.

use crate::model::Framing;
use crate::read::{Cut, Cutter, whole_chars};

#[derive(Default)]
pub(super) struct ContactCutter {
    in_torn: bool,
}

/// Whether a line begins a contact.
pub(super) fn is_begin(line: &[u8]) -> bool {
    line.trim_ascii().eq_ignore_ascii_case(b"BEGIN:VCARD")
}

/// Whether a line ends one.
pub(super) fn is_end(line: &[u8]) -> bool {
    line.trim_ascii().eq_ignore_ascii_case(b"END:VCARD")
}

/// Whether a record has its end.
pub(super) fn ends_contact(record: &[u8]) -> bool {
    let start = memchr::memrchr(b'\n', record).map_or(0, |n| n + 1);
    is_end(&record[start..])
}

/// Contacts of a window.
struct Found {
    starts: Vec<u32>,
    ends: Vec<u32>,
    /// Behind the last line that ends a contact.
    end: usize,
    /// Contacts without an end.
    open: usize,
}

/// Reads lines from `from`. A contact that has no end ends where the next one begins.
fn contacts(window: &[u8], from: usize, at_end: bool) -> Found {
    let small = |at: usize| u32::try_from(at).expect("a window is far below 4 GiB");
    let mut found = Found { starts: Vec::new(), ends: Vec::new(), end: from, open: 0 };
    let (mut at, mut start, mut text_end) = (from, None, from);
    while at < window.len() {
        let newline = memchr::memchr(b'\n', &window[at..]).map(|n| at + n);
        if newline.is_none() && !at_end {
            break;
        }
        let next = newline.map_or(window.len(), |n| n + 1);
        let line = window[at..next].trim_ascii_end();
        // Folded lines begin with a space: they neither begin nor end a contact.
        let (begins, ends) = match line.first() {
            Some(b'B' | b'b') => (is_begin(line), false),
            Some(b'E' | b'e') => (false, is_end(line)),
            _ => (false, false),
        };
        if let (true, Some(open)) = (begins, start) {
            found.starts.push(small(open));
            found.ends.push(small(text_end));
            found.open += 1;
            (found.end, start) = (at, None);
        }
        if !line.is_empty() {
            start = start.or(Some(at));
            text_end = at + line.len();
        }
        if let (true, Some(open)) = (ends, start) {
            found.starts.push(small(open));
            found.ends.push(small(text_end));
            start = None;
        }
        if start.is_none() {
            found.end = next;
        }
        at = next;
    }
    if at_end {
        if let Some(open) = start {
            found.starts.push(small(open));
            found.ends.push(small(text_end));
            found.open += 1;
        }
        found.end = window.len();
    }
    found
}

/// Where a contact that is torn ends: behind its last line, or before the next contact.
fn torn_head(window: &[u8], at_end: bool) -> Option<usize> {
    let mut at = 0;
    while let Some(n) = memchr::memchr(b'\n', &window[at..]) {
        let next = at + n + 1;
        if is_end(&window[at..next]) {
            return Some(next);
        }
        if is_begin(&window[at..next]) {
            return Some(at);
        }
        at = next;
    }
    at_end.then_some(window.len())
}

impl Cutter for ContactCutter {
    fn boundary(&mut self, window: &[u8], at_end: bool) -> Option<Cut> {
        let torn_head = if self.in_torn { torn_head(window, at_end)? } else { 0 };
        let found = contacts(window, torn_head, at_end);
        if found.end == 0 {
            return None;
        }
        self.in_torn = false;
        let framing = Framing { torn_head, starts: found.starts, ends: found.ends, ..Framing::default() };
        Some(Cut { torn: found.open > 0, ..Cut::records(&window[..found.end], torn_head > 0, at_end, framing) })
    }

    /// A piece ends with a line, where one ends in it.
    fn tear(&mut self, window: &[u8], most: usize) -> Cut {
        self.in_torn = true;
        let len = whole_chars(window, most);
        let len = memchr::memrchr(b'\n', &window[..len]).map_or(len, |n| n + 1);
        Cut::torn(&window[..len], false)
    }
}
