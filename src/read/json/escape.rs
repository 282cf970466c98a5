//! Escapes of JSON strings, read and written.

use crate::model::{Change, Field, Splice, ValueKind};

/// Spells another value in the place of one, or another text for a part of a string. What was no string becomes one.
pub(in crate::read) fn spell(field: &Field, change: &Change<'_>) -> Result<Splice, &'static str> {
    let (content, is_string) = (field.span.clone(), field.kind == ValueKind::Text);
    let whole = if is_string { content.start - 1..content.end + 1 } else { content.clone() };
    let text = |by: &str| serde_json::to_string(by).expect("text is JSON").into_bytes();
    let inside = |by: &str| text(by)[1..].strip_suffix(b"\"").expect("a string ends with a quote").to_vec();
    Ok(match change {
        Change::Null => Splice { range: whole, by: b"null".to_vec() },
        Change::Whole(by) if is_string => Splice { range: content, by: inside(by) },
        Change::Whole(by) => Splice { range: whole, by: text(by) },
        Change::Part(range, by) if is_string => Splice { range: range.clone(), by: inside(by) },
        Change::Part(..) => return Err("a part of a number cannot be changed"),
    })
}

/// The text of a string's content, and for each byte of it, and its end, where it comes from.
pub(in crate::read) fn unescape(content: &[u8]) -> (Vec<u8>, Vec<usize>) {
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
