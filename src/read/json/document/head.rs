//! Whether the start of a leaf is that of a JSON document.

use crate::read::json::ends;

/// Bytes that must be well-formed where a fault comes after them.
const TRUSTED: usize = 64 * 1024;

/// What the head of a document says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Look {
    /// Whether another value follows the first one.
    pub many: bool,
}

/// What may stand next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Due {
    Value,
    Key,
    Colon,
    /// A comma or a bracket.
    Next,
}

/// Looks at a head; none if it is no JSON, or only a scalar. A head that is not whole may end anywhere, and so may a document
/// that is cut off.
pub(super) fn look(bytes: &[u8], whole: bool) -> Option<Look> {
    let first = bytes.iter().find(|b| !is_space(**b))?;
    if !matches!(first, b'{' | b'[') {
        return None;
    }
    let mut scan = Scan { bytes, at: 0, whole, open: Vec::new(), values: 0, scalars: 0, ended: 0 };
    let fault = scan.run();
    let trusted = fault.is_none_or(|at| at >= TRUSTED);
    (trusted && scan.ended + scan.scalars > 0).then_some(Look { many: scan.ended > 0 && scan.values > 1 })
}

struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
    whole: bool,
    /// The containers that are open: whether each is an array.
    open: Vec<bool>,
    /// Documents that began, and that ended.
    values: usize,
    ended: usize,
    scalars: usize,
}

impl Scan<'_> {
    /// Reads to the end: where it is not well-formed.
    fn run(&mut self) -> Option<usize> {
        let mut due = Due::Value;
        loop {
            while self.bytes.get(self.at).is_some_and(|b| is_space(*b)) {
                self.at += 1;
            }
            let byte = *self.bytes.get(self.at)?;
            if self.open.is_empty() {
                self.values += 1;
                due = Due::Value;
            }
            due = match (due, byte) {
                (Due::Value, b'{' | b'[') => {
                    self.open.push(byte == b'[');
                    self.at += 1;
                    if byte == b'[' { Due::Value } else { Due::Key }
                }
                // Behind `[`, or behind a comma too many.
                (Due::Value | Due::Next, b']') if self.open.last() == Some(&true) => self.close(),
                (Due::Key | Due::Next, b'}') if self.open.last() == Some(&false) => self.close(),
                (Due::Next, b',') => {
                    self.at += 1;
                    if self.open.last() == Some(&true) { Due::Value } else { Due::Key }
                }
                (Due::Colon, b':') => {
                    self.at += 1;
                    Due::Value
                }
                (Due::Key | Due::Value, b'"') => {
                    let (end, _) = ends::string(self.bytes, self.at + 1, self.bytes.len())?;
                    self.at = end + 1;
                    self.scalars += usize::from(due == Due::Value);
                    if due == Due::Key { Due::Colon } else { Due::Next }
                }
                (Due::Value, _) => {
                    let Some(end) = self.bare() else { return Some(self.at) };
                    self.at = end;
                    self.scalars += 1;
                    Due::Next
                }
                _ => return Some(self.at),
            };
        }
    }

    fn close(&mut self) -> Due {
        self.at += 1;
        self.open.pop();
        self.ended += usize::from(self.open.is_empty());
        Due::Next
    }

    /// The end of a number or a word.
    fn bare(&self) -> Option<usize> {
        let rest = &self.bytes[self.at..];
        let len = rest.iter().position(|b| is_space(*b) || b",]}".contains(b)).unwrap_or(rest.len());
        let text = &rest[..len];
        const WORDS: [&[u8]; 6] = [b"true", b"false", b"null", b"NaN", b"Infinity", b"-Infinity"];
        let is_cut = len == rest.len() && !self.whole;
        let is_word = WORDS.iter().any(|word| *word == text || (is_cut && word.starts_with(text)));
        let is_number = text.first().is_some_and(|b| b.is_ascii_digit() || *b == b'-')
            && text.iter().all(|b| b.is_ascii_digit() || b"+-.eE".contains(b))
            && (is_cut || std::str::from_utf8(text).is_ok_and(|text| text.parse::<f64>().is_ok()));
        (is_word || is_number).then_some(self.at + len)
    }
}

/// White space, and the record separator of RFC 7464.
fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | 0x1E)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_documents_by_their_head() {
        let one = Some(Look { many: false });
        let several = Some(Look { many: true });
        for (text, wanted) in [
            ("{}", one),
            ("[]", one),
            (" \r\n[1, 2.5e3, -0, true, null, NaN, -Infinity]\n", one),
            ("{\"a\": [1, {\"b\": \"}\"}],}", one),
            ("{\"a\":1}{\"a\":2}", several),
            ("\u{1e}{\"a\":1}\n\u{1e}{\"a\":2}\n", several),
            ("{\n \"a\": 1\n}\n[2]\n", several),
            ("{\"a\": tr", None),
            ("{\"a\": 1, \"b\": \"cut o", one),
            ("[[[[[[", None),
            ("", None),
            ("\"only a string\"", None),
            ("42", None),
            ("[INFO] started", None),
            ("[2026-01-01 10:00:00] started", None),
            ("{a: 1}", None),
            ("{\"a\": 1} and text", None),
            ("[1, 2} ", None),
            ("{ \"a\" : 1 // comment\n}", None),
            ("{% block %}", None),
        ] {
            assert_eq!(look(text.as_bytes(), true), wanted, "{text}");
        }
    }

    #[test]
    fn a_head_may_end_anywhere() {
        let text = "{\"a\": [true, \"x\\\"y\", {\"b\": -12.5e+3}], \"c\": null}";
        for end in 12..text.len() {
            assert_eq!(look(&text.as_bytes()[..end], false), Some(Look { many: false }), "{}", &text[..end]);
        }
    }
}
