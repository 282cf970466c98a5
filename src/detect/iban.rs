//! International bank account numbers, from two capitals and two digits onward.
//!
//! In comes the index of the first capital, out goes a candidate of exactly the length that the country's numbers have:
//! written together, in groups, or otherwise divided if the check digits are right. What only fails its check digits is kept
//! where it is grouped in fours, low enough that only a word or a column name reports it. Small letters are read
//! in cells of named columns alone.

use std::ops::Range;

use crate::detect::check::iban::{MAX_LEN, Outcome, check, is_published, length};
use crate::model::{Candidate, Region, RuleIndex, Signal, Signals, Verdict};

/// How the characters are divided.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Division {
    None,
    Fours,
    Other,
}

/// Finds the number that begins at `at`, the index of the first of two capitals followed by two digits.
///
/// Calls come in order; an anchor inside the last candidate of the same rule is not looked at.
pub fn find(text: &[u8], at: usize, rule: RuleIndex, out: &mut Vec<Candidate>) {
    let Some(&[first, second, d0, d1]) = text.get(at..).and_then(|rest| rest.first_chunk()) else { return };
    let Some(length) = length([first, second]).filter(|_| d0.is_ascii_digit() && d1.is_ascii_digit()) else { return };
    if !opens(text, at) || out.last().is_some_and(|last| last.rule == rule && last.span.end > at) {
        return;
    }
    let mut number = [0; MAX_LEN];
    let number = &mut number[..length];
    let Some((span, division)) = collect(text, at, number) else { return };
    let Some((signals, verdict)) = judge(number, division) else { return };
    out.push(Candidate { rule, span, verdict, region: Region::new([first, second]), signals });
}

/// Looks at a cell of a column that is named as such numbers are: small letters count there.
pub fn cell(cell: &[u8], rule: RuleIndex) -> Option<Candidate> {
    let upper = cell.to_ascii_uppercase();
    let start = upper.len() - upper.trim_ascii_start().len();
    let mut out = Vec::new();
    if upper.get(start..start + 4).is_some_and(|head| head[..2].iter().all(u8::is_ascii_uppercase)) {
        find(&upper, start, rule, &mut out);
    }
    out.pop().filter(|candidate| candidate.verdict == Verdict::Passed)
}

fn opens(text: &[u8], at: usize) -> bool {
    match text[..at] {
        [.., b'\\', b'n' | b't' | b'r'] => true,
        [.., last] => !last.is_ascii_alphanumeric() && last != b'_',
        [] => true,
    }
}

/// Collects as many characters as `number` holds, and says how they were divided.
fn collect(text: &[u8], at: usize, number: &mut [u8]) -> Option<(Range<usize>, Division)> {
    let mut end = at;
    let mut division = Division::None;
    for (i, slot) in number.iter_mut().enumerate() {
        let gap = gap_len(text.get(end..)?);
        if gap > 0 {
            // A gap anywhere else than after each fourth character is not how these numbers are printed.
            let regular = i % 4 == 0 && (division == Division::Fours || i == 4);
            division = if regular { Division::Fours } else { Division::Other };
        } else if i > 0 && i % 4 == 0 && division == Division::Fours {
            division = Division::Other;
        }
        end += gap;
        let byte = *text.get(end)?;
        if !byte.is_ascii_uppercase() && !byte.is_ascii_digit() {
            return None;
        }
        *slot = byte;
        end += 1;
    }
    let closed = text.get(end).is_none_or(|byte| !byte.is_ascii_alphanumeric() && *byte != b'_');
    closed.then_some((at..end, division))
}

/// Length of one separator: a space, a hyphen, a dot, or a space that does not break.
fn gap_len(rest: &[u8]) -> usize {
    match rest {
        [b' ' | b'-' | b'.', ..] => 1,
        [0xc2, 0xa0, ..] => 2,
        [0xe2, 0x80, 0xaf, ..] => 3,
        _ => 0,
    }
}

fn judge(number: &[u8], division: Division) -> Option<(Signals, Verdict)> {
    let mut signals = Signals::default();
    match check(number) {
        Outcome::Passed => {
            signals.add(Signal::Checksum, 45);
            if division == Division::Other {
                signals.add(Signal::Grouping, -10);
            }
            if is_published(number) {
                signals.add(Signal::TestValue, -5);
            }
            Some((signals, Verdict::Passed))
        }
        Outcome::WrongCheckDigits if division == Division::Fours => {
            signals.add(Signal::Checksum, -20);
            Some((signals, Verdict::Failed))
        }
        Outcome::WrongCheckDigits | Outcome::Wrong => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidates(text: &[u8]) -> Vec<Candidate> {
        let mut out = Vec::new();
        for (at, window) in text.windows(4).enumerate() {
            if let [b'A'..=b'Z', b'A'..=b'Z', b'0'..=b'9', b'0'..=b'9'] = window {
                find(text, at, 0, &mut out);
            }
        }
        out
    }

    fn found(text: &str) -> Vec<(&str, i16)> {
        candidates(text.as_bytes()).iter().map(|candidate| (&text[candidate.span.clone()], 40 + candidate.signals.sum())).collect()
    }

    #[test]
    fn reads_small_letters_in_cells() {
        let found = cell(b" de89370400440532013000 ", 0).map(|c| c.span);
        assert_eq!(found, Some(1..23));
        assert!(cell(b"de89370400440532013001", 0).is_none() && cell(b"", 0).is_none() && cell(b"x", 0).is_none());
    }

    #[test]
    fn finds_numbers_in_every_division() {
        for (text, score) in
            [("NL02ABNA0123456789", 85), ("NL02 ABNA 0123 4567 89", 85), ("NL02-ABNA-0123-4567-89", 85), ("NL02 ABNA 0123456789", 75)]
        {
            assert_eq!(found(text), [(text, score)]);
        }
        assert_eq!(found("NL02\u{a0}ABNA\u{a0}0123\u{a0}4567\u{a0}89").len(), 1);
        assert_eq!(candidates(b"NL02ABNA0123456789")[0].region, Region::new(*b"NL"));
    }

    #[test]
    fn span_ends_where_the_number_ends() {
        assert_eq!(found("IBAN NL02ABNA0123456789 ABNANL2A"), [("NL02ABNA0123456789", 85)]);
        assert_eq!(found("NL02 ABNA 0123 4567 89 BIC ABNANL2A")[0].0, "NL02 ABNA 0123 4567 89");
        assert_eq!(found("(NL02ABNA0123456789)."), [("NL02ABNA0123456789", 85)]);
    }

    #[test]
    fn finds_every_value_of_a_dense_list() {
        for separator in [",", " ", "\n", "\t", "-", ";"] {
            assert_eq!(found(&["NL02ABNA0123456789"; 6].join(separator)).len(), 6, "{separator:?}");
        }
    }

    #[test]
    fn refuses_other_lengths_and_neighbours() {
        for text in [
            "NL02ABNA012345678",
            "NL02ABNA01234567891",
            "XNL02ABNA0123456789",
            "NL02ABNA0123456789_",
            "NL02ABNA012345678x",
            "QQ02ABNA0123456789",
            "NL02",
            "",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn keeps_wrong_check_digits_only_in_groups_of_four() {
        assert_eq!(found("NL03ABNA0123456789"), []);
        assert_eq!(found("NL03 ABNA 0123 4567 89"), [("NL03 ABNA 0123 4567 89", 20)]);
        assert_eq!(candidates(b"NL03 ABNA 0123 4567 89")[0].verdict, Verdict::Failed);
        assert_eq!(found("NL03 ABN1 0123 4567 89"), []);
    }

    #[test]
    fn marks_published_examples() {
        assert!(candidates(b"DE89370400440532013000")[0].signals.has(Signal::TestValue));
    }

    #[test]
    fn survives_arbitrary_bytes() {
        const ALPHABET: &[u8] = b"DEGBNL0123456789 -.\xc2\xa0\xff";
        let mut state = 3_u64;
        let text: Vec<u8> = (0..60_000)
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                ALPHABET[(state >> 33) as usize % ALPHABET.len()]
            })
            .collect();
        assert!(candidates(&text).windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
        let mut out = Vec::new();
        for at in 0..text.len() + 10 {
            find(&text, at, 0, &mut out);
        }
    }
}
