//! Names of members as they are shown, and what tells equal ones apart.
//!
//! A name is a text from a stranger: it is never used as a path. What could drive a terminal or is no UTF-8 is escaped.

use std::collections::HashMap;
use std::fmt::Write as _;

use crate::model::{Member, limits};

/// Stands between a container and what it holds.
const INSIDE: char = '!';

/// Members of one object that were met.
#[derive(Default)]
pub(super) struct Names {
    /// How often a path was met, by the first half of its digest: paths may be long and many.
    met: HashMap<[u8; 16], u32>,
}

impl Names {
    /// Makes the place of a member inside `container`; none: the object itself.
    pub(super) fn place(&mut self, container: Option<&Member>, name: &[u8]) -> Member {
        let mut path = container.map_or_else(String::new, |member| format!("{}{INSIDE}", member.path));
        path.push_str(&shown(name));
        let digest = blake3::hash(path.as_bytes());
        let half = digest.as_bytes()[..16].try_into().expect("16 of 32 bytes");
        let met = self.met.entry(half).or_default();
        let ordinal = i64::from(*met);
        *met = met.saturating_add(1);
        Member { path, ordinal }
    }
}

/// Returns the path of a member with `/` where one container lies in another, as globs see it.
pub(super) fn as_path(member: &Member) -> String {
    member.path.replace(INSIDE, "/")
}

/// A name as it is shown. A leading `./` says nothing.
fn shown(name: &[u8]) -> String {
    let mut name = name;
    while let Some(rest) = name.strip_prefix(b"./").filter(|rest| !rest.is_empty()) {
        name = rest;
    }
    let mut out = String::with_capacity(name.len());
    for chunk in name.utf8_chunks() {
        for c in chunk.valid().chars() {
            if is_plain(c) {
                out.push(c);
            } else {
                let _ = write!(out, "{}", c.escape_default());
            }
        }
        for byte in chunk.invalid() {
            let _ = write!(out, "\\x{byte:02x}");
        }
        if out.len() > limits::MEMBER_NAME_BYTES {
            break;
        }
    }
    if out.len() > limits::MEMBER_NAME_BYTES {
        let end = (0..=limits::MEMBER_NAME_BYTES).rev().find(|at| out.is_char_boundary(*at)).unwrap_or(0);
        out.truncate(end);
        out.push('…');
    }
    if out.is_empty() { "(no name)".to_owned() } else { out }
}

/// Whether a character changes nothing around it: neither a control nor one that turns the direction of text.
fn is_plain(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_names_of_strangers_escaped() {
        let cases: [(&[u8], &str); 11] = [
            (b"a/b.csv", "a/b.csv"),
            (b"././a.csv", "a.csv"),
            (b"./", "./"),
            (b"", "(no name)"),
            (b"../../etc/passwd", "../../etc/passwd"),
            (b"/abs", "/abs"),
            (b"C:\\x\\y.txt", "C:\\x\\y.txt"),
            (b"a\0b\x1b[31m\n", "a\\u{0}b\\u{1b}[31m\\n"),
            ("gnp.\u{202e}fdp".as_bytes(), "gnp.\\u{202e}fdp"),
            (b"caf\xe9", "caf\\xe9"),
            ("ñandú.csv".as_bytes(), "ñandú.csv"),
        ];
        for (name, expected) in cases {
            assert_eq!(shown(name), expected);
        }
        let long = shown("é".repeat(100_000).as_bytes());
        assert!(long.len() <= limits::MEMBER_NAME_BYTES + 3 && long.ends_with('…'));
    }

    #[test]
    fn tells_equal_names_apart() {
        let mut names = Names::default();
        let mut place = |container: Option<&Member>, name: &[u8]| {
            let member = names.place(container, name);
            (member.path.clone(), member.ordinal, member)
        };
        let (first, second) = (place(None, b"b.tar"), place(None, b"./b.tar"));
        assert_eq!([(first.0.as_str(), first.1), (second.0.as_str(), second.1)], [("b.tar", 0), ("b.tar", 1)]);
        let inner = [place(Some(&first.2), b"c"), place(Some(&second.2), b"c"), place(Some(&first.2), b"d")];
        assert_eq!(inner.map(|(path, ordinal, _)| (path, ordinal)), [("b.tar!c".into(), 0), ("b.tar!c".into(), 1), ("b.tar!d".into(), 0)]);
    }
}
