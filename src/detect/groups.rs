//! Groups of digits of a short text, as the prefilter makes them, for the tests of matchers.

use std::ops::Range;

/// Returns every group of digits in the text.
pub(super) fn groups(text: &[u8]) -> Vec<Range<usize>> {
    let mut groups: Vec<Range<usize>> = Vec::new();
    for (i, byte) in text.iter().enumerate() {
        match groups.last_mut() {
            _ if !byte.is_ascii_digit() => {}
            Some(group) if group.end == i => group.end = i + 1,
            _ => groups.push(i..i + 1),
        }
    }
    groups
}
