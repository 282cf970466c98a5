//! Where a document goes on behind a fault: at what looks like the start of the next record. A guess that is wrong leads to the
//! next fault.

use super::super::ends;
use super::cutter::Frame;
use crate::model::limits;

/// What a record starts with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Start {
    /// An element of an array, or a document: an object.
    Object,
    /// A member of an object: a key.
    Key,
}

/// The first place at or behind `from` where a record starts. Containers inside the one that it starts in are given up.
pub(super) fn from(window: &[u8], from: usize, frames: &mut Vec<Frame>) -> Option<usize> {
    let array = frames.iter().rposition(|frame| frame.is_array && frame.is_open);
    let object = frames.iter().rposition(|frame| frame.is_open);
    let (keep, start) = match (array, object) {
        (Some(array), _) => (array + 1, Start::Object),
        (None, Some(object)) => (object + 1, Start::Key),
        (None, None) => (0, Start::Object),
    };
    let byte = if start == Start::Key { b'"' } else { b'{' };
    let at = memchr::memchr_iter(byte, &window[from..])
        .map(|n| from + n)
        .find(|at| is_apart(&window[..*at], keep == 0) && if start == Start::Key { is_key(window, *at) } else { is_object(window, *at) })?;
    frames.truncate(keep);
    if let Some(top) = frames.last_mut() {
        top.count = top.count.saturating_add(1);
    }
    Some(at)
}

/// Whether what stands before a record may stand between two: a line ends, or a container and a comma. Documents need no
/// comma.
fn is_apart(before: &[u8], of_documents: bool) -> bool {
    let text = before.trim_ascii_end();
    let in_line = !before[text.len()..].contains(&b'\n');
    match text.strip_suffix(b",") {
        Some(text) => matches!(text.trim_ascii_end().last(), Some(b'}' | b']')) || !in_line,
        None => !in_line || text.is_empty() || (of_documents && matches!(text.last(), Some(b'}' | b']'))),
    }
}

fn is_object(window: &[u8], at: usize) -> bool {
    window[at + 1..].iter().find(|b| !b.is_ascii_whitespace()).is_some_and(|b| matches!(b, b'"' | b'}'))
}

fn is_key(window: &[u8], at: usize) -> bool {
    let to = window.len().min(at + limits::KEY_BYTES);
    let end = ends::string(window, at + 1, to).map(|(end, _)| end + 1);
    end.is_some_and(|end| window[end..].iter().find(|b| !b.is_ascii_whitespace()) == Some(&b':'))
}
