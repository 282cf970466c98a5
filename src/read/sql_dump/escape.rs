//! The text that escapes spell, and for each byte of it, and its end, where it comes from; and texts as they are spelt.

type Text = (Vec<u8>, Vec<usize>);

/// What a backslash does in a string.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Backslash {
    /// It stands for itself.
    Plain,
    /// MySQL's escapes: letters.
    MySql,
    /// Those of PostgreSQL's `E'…'`: letters, and bytes and characters by number.
    Postgres,
}

/// A string, in which quotes are doubled.
pub(super) fn string(content: &[u8], quote: u8, backslash: Backslash) -> Text {
    decode(content, |rest, text| match rest {
        [q, next, ..] if *q == quote && *next == quote => {
            text.push(quote);
            2
        }
        [b'\\', next, ..] if backslash != Backslash::Plain => {
            let len = if backslash == Backslash::Postgres { numbered(rest, text).or_else(|| character(rest, text)) } else { None };
            len.unwrap_or_else(|| letter(*next, text))
        }
        _ => 0,
    })
}

/// A cell of a `COPY` line in PostgreSQL's text format.
pub(super) fn copy_line(content: &[u8]) -> Text {
    decode(content, |rest, text| match rest {
        [b'\\', b'v', ..] => {
            text.push(b'\x0B');
            2
        }
        [b'\\', next, ..] => numbered(rest, text).unwrap_or_else(|| letter(*next, text)),
        _ => 0,
    })
}

/// An escape of one letter; any other stands for itself. Gives its length.
fn letter(letter: u8, text: &mut Vec<u8>) -> usize {
    text.push(match letter {
        b'n' => b'\n',
        b't' => b'\t',
        b'r' => b'\r',
        b'b' => b'\x08',
        b'f' => b'\x0C',
        b'0' => b'\0',
        b'Z' => b'\x1A',
        other => other,
    });
    2
}

/// A byte by its number, `\101` or `\x41`: the length of the escape.
fn numbered(rest: &[u8], text: &mut Vec<u8>) -> Option<usize> {
    let (head, digits, base, most) = match rest {
        [_, b'0'..=b'7', ..] => (1, &rest[1..], 8, 3),
        [_, b'x', digit, ..] if digit.is_ascii_hexdigit() => (2, &rest[2..], 16, 2),
        _ => return None,
    };
    let (value, len) = number(digits, base, most);
    text.push((value & 0xFF) as u8);
    Some(head + len)
}

/// A character by its number, `\u0041` or `\U00000041`: the length of the escape.
fn character(rest: &[u8], text: &mut Vec<u8>) -> Option<usize> {
    let most = match rest.get(1)? {
        b'u' => 4,
        b'U' => 8,
        _ => return None,
    };
    let (value, len) = number(&rest[2..], 16, most);
    let character = char::from_u32(value).filter(|_| len == most)?;
    text.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
    Some(2 + len)
}

/// The number that at most `most` digits spell, and how many they are.
fn number(digits: &[u8], base: u32, most: usize) -> (u32, usize) {
    let values = digits.iter().map_while(|b| char::from(*b).to_digit(base)).take(most);
    values.fold((0, 0), |(value, len), digit| (u32::wrapping_add(u32::wrapping_mul(value, base), digit), len + 1))
}

/// Pairs of hex digits; an odd one at the end stands for nothing.
pub(super) fn hex(content: &[u8]) -> Text {
    let digit = |b: u8| char::from(b).to_digit(16).and_then(|d| u8::try_from(d).ok()).unwrap_or(0);
    let text: Vec<u8> = content.chunks_exact(2).map(|pair| digit(pair[0]) << 4 | digit(pair[1])).collect();
    let origin = (0..=text.len()).map(|at| 2 * at).collect();
    (text, origin)
}

/// Spells a text for a string, in which quotes are doubled. None: it cannot be.
pub(super) fn write_string(text: &str, quote: u8, backslash: Backslash) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len());
    for byte in text.bytes() {
        match (byte, backslash) {
            (0, Backslash::MySql) => out.extend_from_slice(b"\\0"),
            (0, _) => return None,
            (b'\x1A', Backslash::MySql) => out.extend_from_slice(b"\\Z"),
            (b'\n', Backslash::MySql | Backslash::Postgres) => out.extend_from_slice(b"\\n"),
            (b'\r', Backslash::MySql | Backslash::Postgres) => out.extend_from_slice(b"\\r"),
            (b'\\', Backslash::MySql | Backslash::Postgres) => out.extend_from_slice(b"\\\\"),
            _ if byte == quote => out.extend_from_slice(&[quote, quote]),
            _ => out.push(byte),
        }
    }
    Some(out)
}

/// Spells a text for a cell of a `COPY` line. None: it cannot be.
pub(super) fn write_copy_line(text: &str, delimiter: u8) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            0 => return None,
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            _ if byte == b'\\' || byte == delimiter => out.extend_from_slice(&[b'\\', byte]),
            _ => out.push(byte),
        }
    }
    Some(out)
}

/// Spells the first byte of what stands behind an escape by number by its own, so that none of its digits is taken for that one's.
pub(super) fn keep_from_escape(before: &[u8], spelt: Vec<u8>) -> Vec<u8> {
    let may_go_on = match before {
        [.., b'\\', b'0'..=b'7' | b'x'] | [.., b'\\', b'0'..=b'7', b'0'..=b'7'] => true,
        [.., b'\\', b'x', digit] => digit.is_ascii_hexdigit(),
        _ => false,
    };
    match spelt.first().filter(|first| may_go_on && first.is_ascii_hexdigit()) {
        Some(digit) => [format!("\\{digit:03o}").as_bytes(), &spelt[1..]].concat(),
        None => spelt,
    }
}

/// Spells bytes as pairs of hex digits.
pub(super) fn write_hex(text: &[u8], upper: bool) -> Vec<u8> {
    text.iter().flat_map(|byte| if upper { format!("{byte:02X}") } else { format!("{byte:02x}") }.into_bytes()).collect()
}

/// Whether a text is that of PostgreSQL's `bytea`: `\x` and pairs of hex digits.
pub(super) fn is_bytea(text: &[u8]) -> bool {
    let digits = text.strip_prefix(b"\\x").unwrap_or_default();
    !digits.is_empty() && digits.len().is_multiple_of(2) && digits.iter().all(u8::is_ascii_hexdigit)
}

/// Decodes a text that is that of `bytea`.
pub(super) fn bytea((text, origin): Text) -> Text {
    if !is_bytea(&text) {
        return (text, origin);
    }
    let (bytes, from) = hex(&text[2..]);
    (bytes, from.into_iter().map(|at| origin[at + 2]).collect())
}

/// `escape` writes what stands for an escape at the start of a rest, and gives its length; 0: none stands there.
fn decode(content: &[u8], escape: impl Fn(&[u8], &mut Vec<u8>) -> usize) -> Text {
    let mut text = Vec::with_capacity(content.len());
    let mut origin = Vec::with_capacity(content.len() + 1);
    let mut at = 0;
    while at < content.len() {
        let mut len = escape(&content[at..], &mut text);
        if len == 0 {
            text.push(content[at]);
            len = 1;
        }
        origin.resize(text.len(), at);
        at += len;
    }
    origin.push(content.len());
    (text, origin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_spell_bytes_and_characters_at_their_place() {
        let text = |spelt: &str, backslash| {
            let (text, origin) = string(spelt.as_bytes(), b'\'', backslash);
            assert_eq!(origin.len(), text.len() + 1);
            assert_eq!(origin.last(), Some(&spelt.len()));
            String::from_utf8_lossy(&text).into_owned()
        };
        assert_eq!(text(r"it''s \x41", Backslash::Plain), r"it's \x41");
        assert_eq!(text(r"\x41\n\'", Backslash::MySql), "x41\n'");
        assert_eq!(text(r"\x41\101\u00e9\U0001F642\n\\x41", Backslash::Postgres), "AAé🙂\n\\x41");
        assert_eq!(text(r"\u00\ud800\x", Backslash::Postgres), "u00ud800x");
    }

    #[test]
    fn what_is_written_reads_as_it_was() {
        let text = "it's \\ \"x\"\t\n\r\u{b}101 ñ🙂\u{1a}";
        for backslash in [Backslash::Plain, Backslash::MySql, Backslash::Postgres] {
            for quote in [b'\'', b'"'] {
                let spelt = write_string(text, quote, backslash).expect("it has no NUL");
                assert_eq!(string(&spelt, quote, backslash).0, text.as_bytes());
            }
        }
        assert_eq!(copy_line(&write_copy_line(text, b'|').expect("it has no NUL")).0, text.as_bytes());
        assert_eq!(hex(&write_hex(text.as_bytes(), true)).0, text.as_bytes());
        assert!(write_string("\0", b'\'', Backslash::Plain).is_none() && write_copy_line("\0", b'\t').is_none());
        for before in [r"\1", r"\11", r"\x4", r"\101", "1", r"\n"] {
            let whole = [before.as_bytes(), &keep_from_escape(before.as_bytes(), b"02".to_vec())].concat();
            assert_eq!(copy_line(&whole).0, [&copy_line(before.as_bytes()).0[..], b"02"].concat(), "{before}");
        }
    }

    #[test]
    fn bytea_is_told_by_its_digits() {
        let decoded = |spelt: &[u8]| bytea(copy_line(spelt)).0;
        assert_eq!(decoded(br"\\x616e61"), b"ana");
        assert_eq!(decoded(br"\\x616e6"), br"\x616e6");
        assert_eq!(decoded(br"\\x"), br"\x");
        assert_eq!(bytea((b"\\x6162".to_vec(), (0..=6).collect())).1, [2, 4, 6]);
    }
}
