//! A property: its name, how its value is spelt, and its components.

use std::ops::Range;

use encoding_rs::Encoding;

/// Components of `N` and `ADR` in their order (RFC 6350, 6.2.2 and 6.3.1).
const NAME: &[&str] = &["family_name", "given_name", "additional_names", "honorific_prefix", "honorific_suffix"];
const ADDRESS: &[&str] = &["po_box", "extended_address", "street", "locality", "region", "postal_code", "country"];

/// How a value is spelt.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Coding {
    pub quoted_printable: bool,
    /// Base64: an image, a sound, a key. It is not decoded.
    pub is_binary: bool,
    /// Character set of what quoted-printable spells; none: UTF-8.
    pub charset: Option<&'static Encoding>,
}

impl Coding {
    /// Whether the text of a value is other than its bytes.
    pub(super) fn is_escaped(self, value: &[u8]) -> bool {
        self.is_binary || memchr::memchr2(b'\\', b'\n', value).is_some() || (self.quoted_printable && memchr::memchr(b'=', value).is_some())
    }
}

pub(super) struct Property<'a> {
    /// In capitals, without its group.
    pub name: String,
    pub coding: Coding,
    pub value: Range<usize>,
    /// Where the next one starts.
    pub end: usize,
    parameters: &'a [u8],
}

impl<'a> Property<'a> {
    /// Reads the property on the lines from `at`; lines that are none are passed over. None: there is no more.
    pub(super) fn read(bytes: &'a [u8], mut at: usize) -> Option<Self> {
        loop {
            if at >= bytes.len() {
                return None;
            }
            let line_end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |n| at + n);
            let unfolded = unfolded_end(bytes, line_end);
            let Some(colon) = colon(bytes, at..unfolded) else {
                at = unfolded + 1;
                continue;
            };
            let head = &bytes[at..colon];
            let name_end = head.iter().position(|b| *b == b';').unwrap_or(head.len());
            let parameters = &head[name_end..];
            let coding = coding(parameters, &bytes[colon + 1..unfolded]);
            let end = if coding.quoted_printable { soft_end(bytes, unfolded) } else { unfolded };
            let name = head[..name_end].rsplit(|b| *b == b'.').next().unwrap_or_default();
            let text_end = if end > colon + 1 && bytes[end - 1] == b'\r' { end - 1 } else { end };
            return Some(Self {
                name: String::from_utf8_lossy(name).trim().to_ascii_uppercase(),
                coding,
                value: colon + 1..text_end,
                end: end + 1,
                parameters,
            });
        }
    }

    /// Whether it says nothing of the contact.
    pub(super) fn is_frame(&self) -> bool {
        matches!(self.name.as_str(), "BEGIN" | "END" | "VERSION" | "PRODID" | "") && self.parameters.is_empty()
    }

    /// Names of its components; none where its value is one cell.
    pub(super) fn components(&self) -> &'static [&'static str] {
        match self.name.as_str() {
            "N" => NAME,
            "ADR" => ADDRESS,
            _ => &[],
        }
    }
}

/// The end of a line and of those that begin with a space: they are folded off it.
fn unfolded_end(bytes: &[u8], mut end: usize) -> usize {
    while matches!(bytes.get(end + 1), Some(b' ' | b'\t')) {
        end = memchr::memchr(b'\n', &bytes[end + 1..]).map_or(bytes.len(), |n| end + 1 + n);
    }
    end
}

/// The end of a quoted-printable value: a line that ends with `=` goes on.
fn soft_end(bytes: &[u8], mut end: usize) -> usize {
    while end < bytes.len() && bytes[..end].trim_ascii_end().last() == Some(&b'=') {
        end = memchr::memchr(b'\n', &bytes[end + 1..]).map_or(bytes.len(), |n| end + 1 + n);
    }
    end
}

/// The colon before the value; one in quotes is part of a parameter.
fn colon(bytes: &[u8], line: Range<usize>) -> Option<usize> {
    let mut quoted = false;
    bytes[line.clone()]
        .iter()
        .position(|byte| {
            quoted ^= *byte == b'"';
            *byte == b':' && !quoted
        })
        .map(|n| line.start + n)
}

fn coding(parameters: &[u8], value: &[u8]) -> Coding {
    let mut out =
        Coding { is_binary: starts_with(value, b"data:") && memchr::memmem::find(value, b";base64,").is_some(), ..Coding::default() };
    for parameter in parameters.split(|b| *b == b';') {
        let (name, value) = match parameter.iter().position(|b| *b == b'=') {
            Some(at) => (parameter[..at].trim_ascii(), parameter[at + 1..].trim_ascii()),
            // vCard 2.1 leaves the name of a parameter out.
            None => (&b"ENCODING"[..], parameter.trim_ascii()),
        };
        if name.eq_ignore_ascii_case(b"ENCODING") {
            out.quoted_printable |= value.eq_ignore_ascii_case(b"QUOTED-PRINTABLE");
            out.is_binary |= value.eq_ignore_ascii_case(b"BASE64") || value.eq_ignore_ascii_case(b"B");
        } else if name.eq_ignore_ascii_case(b"CHARSET") {
            out.charset = Encoding::for_label(value).filter(|charset| *charset != encoding_rs::UTF_8);
        }
    }
    out
}

fn starts_with(bytes: &[u8], prefix: &[u8]) -> bool {
    bytes.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

/// The parts of a value between semicolons that are not escaped.
pub(super) fn components(bytes: &[u8], value: Range<usize>, coding: Coding) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut start = Some(value.start);
    std::iter::from_fn(move || {
        let from = start?;
        let mut at = from;
        while at < value.end && (bytes[at] != b';' || coding.is_binary) {
            at += if bytes[at] == b'\\' { 2 } else { 1 };
        }
        let end = at.min(value.end);
        start = (at < value.end).then_some(at + 1);
        Some(from..end)
    })
}
