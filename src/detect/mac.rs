//! Hardware addresses: EUI-48 and EUI-64 as pairs of hex digits with `:`, `-` or a space between them, and as fours with dots.
//!
//! In comes the index of a separator, out goes a candidate. A part of a longer row, as in fingerprints of certificates, is
//! none. Addresses that are no device's (all zeros, broadcast) are lowered; those of groups and those that software made up
//! are marked. Bare digits are read in cells of named columns alone.
//!
//! Source: IEEE 802-2014, clause 8 (structure and bits of the first octet); RFC 7042 on text forms.

use crate::model::{Candidate, RuleIndex, Signal, Signals, Verdict};

/// Most octets.
const OCTETS: usize = 8;

/// Finds an address whose first colon is at `at`.
pub(super) fn find_colons(text: &[u8], at: usize, rule: RuleIndex, out: &mut Vec<Candidate>) {
    find_groups(text, at, 2, rule, out);
}

/// Finds an address whose first separator is at `at`: a dash, a space, or the dot between fours.
pub(super) fn find_pairs(text: &[u8], at: usize, rule: RuleIndex, out: &mut Vec<Candidate>) {
    match text[at] {
        b'-' | b' ' => find_groups(text, at, 2, rule, out),
        b'.' => find_groups(text, at, 4, rule, out),
        _ => {}
    }
}

fn find_groups(text: &[u8], at: usize, width: usize, rule: RuleIndex, out: &mut Vec<Candidate>) {
    let Some(start) = at.checked_sub(width).filter(|start| text[*start..at].iter().all(u8::is_ascii_hexdigit)) else { return };
    let separator = text[at];
    let before = text[..start].last().copied().unwrap_or(b' ');
    let escaped = matches!(text[..start], [.., b'\\', b'n' | b't' | b'r']);
    if !escaped && (before.is_ascii_alphanumeric() || before == b'_') || before == separator && separator != b' ' {
        return;
    }
    let mut octets = [0; OCTETS];
    let mut groups = 0;
    let mut end = start;
    while groups * width / 2 < OCTETS {
        let Some(group) = text.get(end..end + width).filter(|group| group.iter().all(u8::is_ascii_hexdigit)) else { break };
        for (octet, pair) in octets[groups * width / 2..].iter_mut().zip(group.chunks_exact(2)) {
            *octet = value(pair[0]) << 4 | value(pair[1]);
        }
        groups += 1;
        end += width;
        if text.get(end) != Some(&separator) {
            break;
        }
        end += 1;
    }
    // The separator behind the last group is no part of it.
    end -= usize::from(text[..end].last() == Some(&separator));
    let count = groups * width / 2;
    if count != 6 && count != 8 || !closes(text, end, separator) {
        return;
    }
    let span = start..end;
    if let Some(signals) = judge(&text[span.clone()], &octets[..count], separator) {
        out.push(Candidate { rule, span, verdict: Verdict::NotChecked, region: None, signals });
    }
}

/// Reads a cell of a column that is named as such addresses are: in every form, and as 12 or 16 hex digits.
pub(super) fn cell(cell: &[u8], rule: RuleIndex) -> Option<Candidate> {
    let start = cell.len() - cell.trim_ascii_start().len();
    let value = cell.trim_ascii();
    let bare = matches!(value.len(), 12 | 16) && value.iter().all(u8::is_ascii_hexdigit);
    if bare {
        let mut octets = [0; OCTETS];
        for (octet, pair) in octets.iter_mut().zip(value.chunks_exact(2)) {
            *octet = self::value(pair[0]) << 4 | self::value(pair[1]);
        }
        let signals = judge(value, &octets[..value.len() / 2], b':')?;
        return Some(Candidate { rule, span: start..start + value.len(), verdict: Verdict::NotChecked, region: None, signals });
    }
    let at = value.iter().position(|b| !b.is_ascii_hexdigit()).filter(|at| matches!(at, 2 | 4))?;
    let mut out = Vec::new();
    find_groups(value, at, at, rule, &mut out);
    let found = out.pop().filter(|found| found.span == (0..value.len()))?;
    Some(Candidate { span: start..start + value.len(), ..found })
}

fn value(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        _ => (digit | 0x20) - b'a' + 10,
    }
}

/// Whether an address ends at `end`, and no longer row goes on.
fn closes(text: &[u8], end: usize, separator: u8) -> bool {
    let hex = |at: usize| text.get(at).is_some_and(u8::is_ascii_hexdigit);
    match text.get(end) {
        None => true,
        Some(b) if b.is_ascii_alphanumeric() || *b == b'_' => false,
        Some(b':') if text.get(end + 1) == Some(&b':') => false,
        Some(b) if *b == separator || *b == b':' => !(hex(end + 1) && (separator != b' ' || hex(end + 2))),
        Some(_) => true,
    }
}

fn judge(text: &[u8], octets: &[u8], separator: u8) -> Option<Signals> {
    let mut signals = Signals::default();
    let letters = text.iter().any(u8::is_ascii_alphabetic);
    match separator {
        b':' => signals.add(Signal::Shape, if letters { 10 } else { 0 }),
        // Six pairs of words or numbers are seldom an address.
        b' ' if !letters || !text.iter().any(u8::is_ascii_digit) => return None,
        b' ' => signals.add(Signal::Shape, -10),
        _ if !letters => signals.add(Signal::Bare, -25),
        _ if !text.iter().any(u8::is_ascii_digit) => {}
        _ => signals.add(Signal::Shape, 5),
    }
    let same = |octet: u8| octets.iter().all(|o| *o == octet);
    if same(0) || same(0xFF) {
        signals.add(Signal::ReservedRange, -35);
    } else if octets[0] & 3 != 0 {
        // The address of a group, or one that is not the maker's: phones make up a new one for each network.
        signals.add(Signal::ReservedRange, -5);
    }
    Some(signals)
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use super::*;

    fn spans(text: &str) -> Vec<Range<usize>> {
        let mut out = Vec::new();
        for at in 0..text.len() {
            match text.as_bytes()[at] {
                b':' => find_colons(text.as_bytes(), at, 0, &mut out),
                b'-' | b' ' | b'.' => find_pairs(text.as_bytes(), at, 0, &mut out),
                _ => {}
            }
        }
        out.into_iter().map(|c| c.span).collect()
    }

    #[test]
    fn finds_the_usual_forms() {
        for mac in [
            "00:1A:2B:3C:4D:5E",
            "00-1a-2b-3c-4d-5e",
            "001a.2b3c.4d5e",
            "00 1a 2b 3c 4d 5e",
            "00:1a:2b:ff:fe:3c:4d:5e",
            "00-1a-2b-ff-fe-3c-4d-5e",
            "001a.2bff.fe3c.4d5e",
            "FF:FF:FF:FF:FF:FF",
        ] {
            for (before, after) in [("", ""), ("mac=", ","), ("[", "]"), ("x ", "."), ("\\n", "\\n"), ("(", " is")] {
                let found = spans(&format!("{before}{mac}{after}"));
                assert_eq!(
                    found.iter().map(|s| (s.start, s.len())).collect::<Vec<_>>(),
                    [(before.len(), mac.len())],
                    "{before}{mac}{after}"
                );
            }
        }
    }

    #[test]
    fn refuses_parts_of_longer_rows_and_other_things() {
        for text in [
            "00:1A:2B:3C:4D",
            "00:1A:2B:3C:4D:5E:6F",
            "00:1A:2B:3C:4D:5E:6F:70:81",
            "x00:1A:2B:3C:4D:5E",
            "00:1A:2B:3C:4D:5Ex",
            "1:2:3:4:5:6",
            "AB:CD:EF:GH:01:02",
            "10:2F:33-AC-29-C3",
            "550e8400-e29b-41d4-a716-446655440000",
            "12:34:56",
            "12 34 56 78 90 12",
            "c.acme.java.util",
            "0102.03:04.0506.07ab",
            "01:02:03:04:05:06::ab",
            "do we go to my in",
            "1.2.3.4",
        ] {
            assert!(spans(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn reads_cells() {
        assert_eq!(cell(b" 001A2B3C4D5E", 0).map(|c| c.span), Some(1..13));
        assert_eq!(cell(b"00:1a:2b:3c:4d:5e ", 0).map(|c| c.span), Some(0..17));
        for text in [&b""[..], b"001A2B3C4D5", b"hello", b"001A2B3C4D5G", b"00:1a:2b:3c:4d:5e x", b"\xff\xff"] {
            assert!(cell(text, 0).is_none());
        }
    }

    #[test]
    fn survives_arbitrary_bytes() {
        let mut state = 5_u64;
        let text: Vec<u8> = (0..20_000)
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                b"0aF:-. _\xff"[(state >> 33) as usize % 9]
            })
            .collect();
        let mut out = Vec::new();
        for at in 0..text.len() {
            find_colons(&text, at, 0, &mut out);
            find_pairs(&text, at, 0, &mut out);
        }
        assert!(out.iter().all(|c| c.span.end <= text.len()));
    }
}
