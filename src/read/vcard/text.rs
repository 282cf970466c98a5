//! The text of a value: folds, quoted-printable and backslashes undone, each byte with where it is spelt.

use encoding_rs::{CoderResult, Encoding};

use super::property::Coding;

/// A text, and for each byte of it, and its end, where it comes from.
type Spelt = (Vec<u8>, Vec<usize>);

/// The text of a value's bytes. A binary value has none.
pub(super) fn decode(content: &[u8], coding: Coding) -> Spelt {
    if coding.is_binary {
        return (Vec::new(), vec![0]);
    }
    let mut out = unfold(content);
    if coding.quoted_printable {
        out = quoted_printable(out);
        if let Some(charset) = coding.charset.or_else(|| charset_of(&out.0)) {
            out = convert(out, charset);
        }
    }
    unescape(out)
}

/// What is no UTF-8 though it should be is taken as what most phones wrote.
fn charset_of(text: &[u8]) -> Option<&'static Encoding> {
    std::str::from_utf8(text).is_err().then_some(encoding_rs::WINDOWS_1252)
}

/// Takes line ends with the one space behind them out (RFC 6350, 3.2).
fn unfold(content: &[u8]) -> Spelt {
    let (mut text, mut origin) = (Vec::with_capacity(content.len()), Vec::with_capacity(content.len() + 1));
    let mut at = 0;
    while at < content.len() {
        let end = match &content[at..] {
            [b'\r', b'\n', ..] => Some(at + 2),
            [b'\n', ..] => Some(at + 1),
            _ => None,
        };
        match end.map(|end| (end, content.get(end))) {
            Some((end, Some(b' ' | b'\t'))) => at = end + 1,
            _ => {
                text.push(content[at]);
                origin.push(at);
                at += 1;
            }
        }
    }
    origin.push(content.len());
    (text, origin)
}

/// Undoes quoted-printable (RFC 2045, 6.7).
fn quoted_printable((text, from): Spelt) -> Spelt {
    let (mut out, mut origin) = (Vec::with_capacity(text.len()), Vec::with_capacity(from.len()));
    let hex = |at: usize| text.get(at).and_then(|b| char::from(*b).to_digit(16));
    let mut at = 0;
    while at < text.len() {
        let soft = match &text[at..] {
            [b'=', b'\r', b'\n', ..] => 3,
            [b'=', b'\n', ..] => 2,
            [b'='] => 1,
            _ => 0,
        };
        if soft > 0 {
            at += soft;
            continue;
        }
        let (byte, len) = match (text[at], hex(at + 1), hex(at + 2)) {
            (b'=', Some(high), Some(low)) => ((high * 16 + low) as u8, 3),
            (byte, ..) => (byte, 1),
        };
        out.push(byte);
        origin.push(from[at]);
        at += len;
    }
    origin.push(from[text.len()]);
    (out, origin)
}

/// Converts to UTF-8, byte by byte, so that each character keeps its place.
fn convert((text, from): Spelt, charset: &'static Encoding) -> Spelt {
    let mut decoder = charset.new_decoder_without_bom_handling();
    let (mut out, mut origin) = (Vec::with_capacity(text.len()), Vec::with_capacity(from.len()));
    let mut buffer = [0; 16];
    // Where the character that is being read starts.
    let mut start = 0;
    for at in 0..=text.len() {
        let (bytes, last) = if at < text.len() { (&text[at..=at], false) } else { (&text[at..], true) };
        let (result, _, written, _) = decoder.decode_to_utf8(bytes, &mut buffer, last);
        debug_assert!(result == CoderResult::InputEmpty);
        out.extend_from_slice(&buffer[..written]);
        origin.extend(std::iter::repeat_n(from[start.min(text.len())], written));
        if written > 0 {
            start = at + 1;
        }
    }
    origin.push(from[text.len()]);
    (out, origin)
}

/// Undoes backslashes (RFC 6350, 3.4).
fn unescape((text, from): Spelt) -> Spelt {
    if !text.contains(&b'\\') {
        return (text, from);
    }
    let (mut out, mut origin) = (Vec::with_capacity(text.len()), Vec::with_capacity(from.len()));
    let mut at = 0;
    while at < text.len() {
        let (byte, len) = match &text[at..] {
            [b'\\', b'n' | b'N', ..] => (b'\n', 2),
            [b'\\', byte @ (b',' | b';' | b':' | b'\\' | b'"'), ..] => (*byte, 2),
            [byte, ..] => (*byte, 1),
            [] => break,
        };
        out.push(byte);
        origin.push(from[at]);
        at += len;
    }
    origin.push(from[text.len()]);
    (out, origin)
}
