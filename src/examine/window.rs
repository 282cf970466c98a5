//! The text around a value in which words count. Windows end at words and at paragraphs.

use std::ops::Range;

use crate::pattern::{Context, Rule};

/// Bytes before a value in which words count.
const BEFORE: usize = 56;
/// Bytes after a value in which words count.
const AFTER: usize = 24;

/// What the words around a span say for a rule. They count inside `reach`.
pub(super) fn context(rule: &Rule, text: &[u8], reach: Range<usize>, span: &Range<usize>) -> Context {
    let before = word_start(text, reach.start.max(span.start.saturating_sub(BEFORE)), span.start);
    let after = span.end..word_end(text, span.end, reach.end.max(span.end).min(span.end + AFTER));
    if before == span.start && after.is_empty() {
        return Context::default();
    }
    rule.context(&[&text[before..span.start], &text[after]])
}

/// The line around a span, as far as words count in it, and of what a block owns. It begins with the span's first byte's line;
/// a span that goes on in the next has nothing after it.
pub(super) fn line(bytes: &[u8], owned: &Range<usize>, span: &Range<usize>) -> Range<usize> {
    let low = owned.start.max(span.start.saturating_sub(BEFORE));
    let start = memchr::memrchr(b'\n', &bytes[low..span.start]).map_or(low, |n| low + n + 1);
    let high = owned.end.min(span.end + AFTER + 1);
    if high <= span.end || memchr::memchr(b'\n', &bytes[span.clone()]).is_some() {
        return start..span.end;
    }
    let newline = memchr::memchr(b'\n', &bytes[span.end..high]).map(|n| span.end + n);
    let end = newline.unwrap_or(high);
    let ends = newline.is_some() || end == owned.end;
    start..if ends && end > span.end && bytes[end - 1] == b'\r' { end - 1 } else { end }
}

/// Where a window may begin so that no word is cut in two.
fn word_start(bytes: &[u8], mut from: usize, to: usize) -> usize {
    let word = |b: u8| b.is_ascii_alphanumeric() || b >= 0x80;
    if from > 0 && word(bytes[from - 1]) {
        while from < to && word(bytes[from]) {
            from += 1;
        }
    }
    from
}

/// Where a window may end so that no word is cut in two.
fn word_end(bytes: &[u8], from: usize, mut to: usize) -> usize {
    let word = |b: u8| b.is_ascii_alphanumeric() || b >= 0x80;
    if to < bytes.len() && word(bytes[to]) {
        while to > from && word(bytes[to - 1]) {
            to -= 1;
        }
    }
    to
}

/// The start of the paragraph that `at` stands in, looking back as far as words count.
pub(super) fn paragraph_start(bytes: &[u8], at: usize) -> usize {
    let floor = at.saturating_sub(BEFORE);
    let window = &bytes[floor..at];
    let blank = memchr::memmem::rfind(window, b"\n\n").map(|n| n + 2).or_else(|| memchr::memmem::rfind(window, b"\n\r\n").map(|n| n + 3));
    blank.map_or(floor, |n| floor + n)
}
