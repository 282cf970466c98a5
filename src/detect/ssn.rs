//! Social Security numbers of the United States in running text and in columns named after them.
//!
//! In come digit groups, out go candidates of the form 3-2-4 with one separator throughout (hyphen, space, or a dot, which
//! needs context). Nine bare digits are taken only from a cell whose column is named so: everywhere else they are order
//! numbers. A part of a longer row of groups, a date or a decimal is never one.

use std::ops::Range;

use crate::detect::check::ssn::{Assignment, assignment};
use crate::model::{Candidate, Region, RuleIndex, Signal, Signals, Verdict};

/// How the three groups are joined.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    Hyphen,
    Space,
    Dot,
}

/// Finds numbers written as 3-2-4 among the digit groups of one run.
///
/// `groups` are absolute ranges in order. Candidates are pushed in order and do not overlap.
pub fn find(text: &[u8], groups: &[Range<usize>], rule: RuleIndex, out: &mut Vec<Candidate>) {
    let mut i = 0;
    while i + 2 < groups.len() {
        let window = &groups[i..i + 3];
        if window[0].len() != 3 || window[1].len() != 2 || window[2].len() != 4 {
            i += 1;
            continue;
        }
        match examine(text, groups, i, rule) {
            Some(candidate) => {
                out.push(candidate);
                i += 3;
            }
            None => i += 1,
        }
    }
}

/// Reads a cell of a column that is named after these numbers: with separators, as nine bare digits, or as `123456789.0`,
/// which is what pandas makes of a column with gaps. The span covers the digits only.
#[must_use]
pub fn cell(cell: &[u8], rule: RuleIndex) -> Option<Candidate> {
    let start = cell.iter().position(u8::is_ascii_digit)?;
    let trimmed = cell.trim_ascii_end();
    let last = trimmed.iter().rposition(u8::is_ascii_digit)? + 1;
    if last - start > 16 || !is_padding(&cell[..start]) || !is_padding(&trimmed[last..]) {
        return None;
    }
    let whole = &cell[start..last];
    let ruined = whole.len() == 11 && whole.ends_with(b".0");
    let end = if ruined { last - 2 } else { last };
    let value = &cell[start..end];
    let mut digits = [0; 9];
    let mut count = 0;
    for &byte in value.iter().filter(|byte| byte.is_ascii_digit()) {
        *digits.get_mut(count)? = byte - b'0';
        count += 1;
    }
    let (mut signals, verdict) = judge(&digits).filter(|_| count == 9)?;
    match value {
        _ if value.len() == 9 => signals.add(Signal::Bare, 0),
        [_, _, _, first, _, _, second, ..] if value.len() == 11 && first == second && b"- .".contains(first) => {
            signals.add(Signal::Shape, 25);
        }
        _ => return None,
    }
    if ruined {
        signals.add(Signal::RuinedNumber, 0);
    }
    Some(Candidate { rule, span: start..end, verdict, region: Region::new(*b"US"), signals })
}

fn is_padding(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| b" \t'\"=".contains(byte))
}

fn examine(text: &[u8], groups: &[Range<usize>], i: usize, rule: RuleIndex) -> Option<Candidate> {
    let (first, middle, last) = (&groups[i], &groups[i + 1], &groups[i + 2]);
    let joint = joint_of(text.get(first.end..middle.start)?)?;
    if joint_of(text.get(middle.end..last.start)?)? != joint {
        return None;
    }
    let span = first.start..last.end;
    let before = i.checked_sub(1).map(|j| &text[groups[j].end..first.start]);
    let after = groups.get(i + 3).map(|next| &text[last.end..next.start]);
    if before.is_some_and(|gap| continues(gap, joint)) || after.is_some_and(|gap| continues(gap, joint)) || !stands_alone(text, &span) {
        return None;
    }
    let mut digits = [0; 9];
    let bytes = [first, middle, last].into_iter().flat_map(|group| &text[group.clone()]);
    for (digit, byte) in digits.iter_mut().zip(bytes) {
        *digit = byte.wrapping_sub(b'0');
    }
    let (mut signals, verdict) = judge(&digits)?;
    let shape = match joint {
        _ if verdict == Verdict::Failed && !signals.has(Signal::TestValue) => 0,
        Joint::Hyphen => 25,
        Joint::Space => 10,
        Joint::Dot => -5,
    };
    signals.add(Signal::Shape, shape);
    Some(Candidate { rule, span, verdict, region: Region::new(*b"US"), signals })
}

/// Says what the digits are worth. Numbers that nobody can have are dropped; those of areas 900 to 999 outside the ITIN
/// groups stay, low enough that only a word or a column name that asks for one reports them: forms do hold them.
fn judge(digits: &[u8; 9]) -> Option<(Signals, Verdict)> {
    let mut signals = Signals::default();
    match assignment(digits) {
        Assignment::Possible => Some((signals, Verdict::Passed)),
        Assignment::Published => {
            signals.add(Signal::TestValue, -10);
            Some((signals, Verdict::Failed))
        }
        Assignment::NeverAssigned => {
            signals.add(Signal::NumberPlan, -15);
            Some((signals, Verdict::Failed))
        }
        Assignment::Itin | Assignment::Impossible => None,
    }
}

fn joint_of(gap: &[u8]) -> Option<Joint> {
    match gap {
        b"-" | [0xe2, 0x80, 0x90..=0x95] => Some(Joint::Hyphen),
        b" " | [0xc2, 0xa0] => Some(Joint::Space),
        b"." => Some(Joint::Dot),
        _ => None,
    }
}

/// Says whether a gap to a further group makes the value a part of something longer.
fn continues(gap: &[u8], within: Joint) -> bool {
    match joint_of(gap) {
        Some(Joint::Space) => within == Joint::Space,
        Some(_) => true,
        None => gap.contains(&b'+'),
    }
}

fn stands_alone(text: &[u8], span: &Range<usize>) -> bool {
    let before = text[..span.start].last().copied().unwrap_or(b' ');
    let after = text.get(span.end).copied().unwrap_or(b' ');
    let beyond = text.get(span.end + 1).copied().unwrap_or(b' ');
    let escaped = matches!(before, b'n' | b't' | b'r') && text[..span.start - 1].last() == Some(&b'\\');
    let open = !before.is_ascii_alphanumeric() && !matches!(before, b'_' | b'.' | b'-' | b'+' | b'@') || escaped;
    let closed = !after.is_ascii_alphanumeric() && !matches!(after, b'_' | b'@');
    open && closed && !(matches!(after, b'-' | b'.') && (beyond.is_ascii_alphanumeric() || beyond == b'_'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::groups::groups;

    fn found(text: &str) -> Vec<(&str, i16)> {
        let mut out = Vec::new();
        find(text.as_bytes(), &groups(text.as_bytes()), 0, &mut out);
        out.iter().map(|candidate| (&text[candidate.span.clone()], candidate.signals.sum())).collect()
    }

    #[test]
    fn finds_usual_forms_anywhere() {
        assert_eq!(found("514-22-7301"), [("514-22-7301", 25)]);
        assert_eq!(found("ssn #514 22 7301."), [("514 22 7301", 10)]);
        assert_eq!(found("(514-22-7301)"), [("514-22-7301", 25)]);
        assert_eq!(found("514.22.7301"), [("514.22.7301", -5)]);
        assert_eq!(found("\\n514-22-7301\\n"), [("514-22-7301", 25)]);
    }

    #[test]
    fn finds_every_value_of_a_dense_list() {
        assert_eq!(found("514-22-7301 515-22-7302 516-22-7303").len(), 3);
        assert_eq!(found("514-22-7301/515-22-7302").len(), 2);
        assert_eq!(found("514-22-7301,515-22-7302,516-22-7303,517-22-7304").len(), 4);
    }

    #[test]
    fn refuses_parts_of_longer_things() {
        let texts = [
            "1-514-22-7301", "514-22-7301-5", "514-22 7301", "x514-22-7301", "514-22-7301x", "0.514-22-7301", "514-22-7301.5",
            "+514-22-7301", "1 514 22 7301",
        ];
        for text in texts {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn refuses_impossible_numbers_and_itins_and_keeps_published_ones() {
        for text in ["000-22-7301", "666-22-7301", "514-00-7301", "514-22-0000", "912-71-4321"] {
            assert_eq!(found(text), [], "{text}");
        }
        assert_eq!(found("078-05-1120"), [("078-05-1120", 15)]);
        assert_eq!(found("912-31-4321"), [("912-31-4321", -15)]);
    }

    #[test]
    fn reads_cells_of_named_columns() {
        let span = |text: &[u8]| cell(text, 0).map(|candidate| candidate.span);
        assert_eq!(span(b"514227301"), Some(0..9));
        assert_eq!(span(b" 514-22-7301 "), Some(1..12));
        assert_eq!(span(b"514227301.0"), Some(0..9));
        assert!(cell(b"514227301.0", 0).is_some_and(|candidate| candidate.signals.has(Signal::RuinedNumber)));
        for text in [&b""[..], b"51422730", b"5142273011", b"a514227301", b"000227301", b"514-22/7301", b"514227301.5", b"\xff"] {
            assert_eq!(span(text), None);
        }
    }

    #[test]
    fn survives_arbitrary_bytes() {
        const ALPHABET: &[u8] = b"0123456789-- .\xc2\xa0\xe2\x80\x93\xffx";
        let mut state = 7_u64;
        let text: Vec<u8> = (0..20_000)
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                ALPHABET[(state >> 33) as usize % ALPHABET.len()]
            })
            .collect();
        let mut out = Vec::new();
        find(&text, &groups(&text), 0, &mut out);
        assert!(out.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
        for start in 0..2_000 {
            let _ = cell(&text[start..start + start % 20], 0);
        }
    }
}
