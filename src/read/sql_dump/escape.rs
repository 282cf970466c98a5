//! The text that escapes spell, and for each byte of it, and its end, where it comes from.

type Text = (Vec<u8>, Vec<usize>);

/// A string: quotes are doubled; `backslash`: MySQL's escapes and those of PostgreSQL's `E'…'`.
pub(super) fn string(content: &[u8], quote: u8, backslash: bool) -> Text {
    decode(content, |rest| match rest {
        [q, next, ..] if *q == quote && *next == quote => Some((&rest[..1], 2)),
        [b'\\', next, ..] if backslash => Some(escape(*next).map_or((&rest[1..2], 2), |text| (text, 2))),
        _ => None,
    })
}

fn escape(byte: u8) -> Option<&'static [u8]> {
    Some(match byte {
        b'n' => b"\n",
        b't' => b"\t",
        b'r' => b"\r",
        b'b' => b"\x08",
        b'f' => b"\x0C",
        b'0' => b"\0",
        b'Z' => b"\x1A",
        _ => return None,
    })
}

/// A cell of a `COPY` line in PostgreSQL's text format.
pub(super) fn copy_line(content: &[u8]) -> Text {
    decode(content, |rest| match rest {
        [b'\\', b'v', ..] => Some((b"\x0B", 2)),
        [b'\\', b'0'..=b'7', ..] => Some(numeric(&rest[1..], 8, 3)).map(|(text, len)| (text, len + 1)),
        [b'\\', b'x', digit, ..] if digit.is_ascii_hexdigit() => Some(numeric(&rest[2..], 16, 2)).map(|(text, len)| (text, len + 2)),
        [b'\\', next, ..] => Some(escape(*next).filter(|_| *next != b'Z').map_or((&rest[1..2], 2), |text| (text, 2))),
        _ => None,
    })
}

/// The byte that at most `most` digits spell, and how many they are.
fn numeric(digits: &[u8], base: u32, most: usize) -> (&'static [u8], usize) {
    /// Every byte, to lend one out.
    static BYTES: [u8; 256] = {
        let mut bytes = [0; 256];
        let mut byte = 0;
        while byte < 256 {
            bytes[byte] = byte as u8;
            byte += 1;
        }
        bytes
    };
    let values = digits.iter().map_while(|b| char::from(*b).to_digit(base)).take(most);
    let (value, len) = values.fold((0, 0), |(value, len), digit| (value * base + digit, len + 1));
    let byte = (value & 0xFF) as usize;
    (&BYTES[byte..=byte], len)
}

/// Pairs of hex digits; an odd one at the end stands for nothing.
pub(super) fn hex(content: &[u8]) -> Text {
    let digit = |b: u8| char::from(b).to_digit(16).and_then(|d| u8::try_from(d).ok()).unwrap_or(0);
    let text: Vec<u8> = content.chunks_exact(2).map(|pair| digit(pair[0]) << 4 | digit(pair[1])).collect();
    let origin = (0..=text.len()).map(|at| 2 * at).collect();
    (text, origin)
}

/// `escape` gives what stands for an escape at the start of a rest, and its length.
fn decode<'a>(content: &'a [u8], escape: impl Fn(&'a [u8]) -> Option<(&'a [u8], usize)>) -> Text {
    let mut text = Vec::with_capacity(content.len());
    let mut origin = Vec::with_capacity(content.len() + 1);
    let mut at = 0;
    while at < content.len() {
        let (spelt, len) = escape(&content[at..]).unwrap_or((&content[at..=at], 1));
        for byte in spelt {
            text.push(*byte);
            origin.push(at);
        }
        at += len;
    }
    origin.push(content.len());
    (text, origin)
}
