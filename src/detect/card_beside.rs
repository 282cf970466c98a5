//! What stands beside a card number: the data of a magnetic stripe, and the expiry and verification value behind it.
//!
//! In come digit groups of a run, or the span of a card that was found, out go candidates of their own rules. Stripe data and
//! verification values are what PCI DSS (3.3.1) forbids to keep.

use std::ops::Range;

use crate::detect::check::{issuer, luhn};
use crate::model::{Candidate, RuleIndex, Signal, Signals, Verdict};

/// Longest track: 79 characters on the first, 40 on the second (ISO/IEC 7813).
const LONGEST: usize = 79;

/// Finds stripe data around the numbers of a run: `%B…^NAME^YYMM…?` and `;…=YYMM…?`.
pub(super) fn find_tracks(text: &[u8], groups: &[Range<usize>], rule: RuleIndex, out: &mut Vec<Candidate>) {
    for group in groups.iter().filter(|group| (12..=19).contains(&group.len())) {
        let span = match text[..group.start] {
            [.., b'%', b'B' | b'b'] => first_track(text, group),
            [.., b';'] => second_track(text, group),
            _ => None,
        };
        let Some(span) = span else { continue };
        let digits: Vec<u8> = text[group.clone()].iter().map(|b| b.wrapping_sub(b'0')).collect();
        if !luhn::passes(&digits) || issuer::find(&digits).is_none() {
            continue;
        }
        let mut signals = Signals::default();
        signals.add(Signal::Checksum, 20);
        out.push(Candidate { rule, span, verdict: Verdict::Passed, region: None, signals });
    }
}

/// `%B`, the number, `^`, a name of 2 to 26 characters, `^`, expiry and service code, then what the issuer likes, and `?`.
fn first_track(text: &[u8], number: &Range<usize>) -> Option<Range<usize>> {
    let rest = text.get(number.end..text.len().min(number.end + LONGEST))?.strip_prefix(b"^")?;
    let name = rest.iter().position(|b| *b == b'^').filter(|n| (2..=26).contains(n))?;
    let data = &rest[name + 1..];
    let printable = |b: &u8| b.is_ascii_graphic() && *b != b'?' && *b != b'"' || *b == b' ';
    let length = data.iter().take_while(|b| printable(b)).count();
    let closed = data.get(length) == Some(&b'?');
    let dated = data.len() >= 4 && data[..4].iter().all(u8::is_ascii_digit);
    // Without its end sentinel a track is as long as its digits.
    let length = if closed { length + 1 } else { data.iter().take_while(|b| b.is_ascii_digit()).count() };
    dated.then_some(number.start - 2..number.end + 1 + name + 1 + length)
}

/// `;`, the number, `=`, expiry and service code, digits, and `?`.
fn second_track(text: &[u8], number: &Range<usize>) -> Option<Range<usize>> {
    let data = text.get(number.end..text.len().min(number.end + 40))?.strip_prefix(b"=")?;
    let digits = data.iter().take_while(|b| b.is_ascii_digit()).count();
    let end = number.end + 1 + digits;
    (digits >= 4).then_some(number.start - 1..end + usize::from(text.get(end) == Some(&b'?')))
}

/// Finds the expiry and the verification value behind a card, where both stand there: `… 12/27 123`, `…|12|2027|123`.
pub(super) fn find_behind(text: &[u8], card: &Range<usize>, rules: [Option<RuleIndex>; 2], out: &mut Vec<Candidate>) {
    let mut at = card.end;
    let Some(month) = part(text, &mut at, b" ,;|\t:", 2..=2).filter(|m| (1..=12).contains(&number(&text[m.clone()]))) else { return };
    let gap = text.get(at).copied();
    let Some(year) = part(text, &mut at, b"/-|", 2..=4).filter(|y| y.len() != 3 && gap.is_some()) else { return };
    if year.len() == 4 && !(2000..=2099).contains(&number(&text[year.clone()])) {
        return;
    }
    let Some(code) = part(text, &mut at, b" ,;|\t:", 3..=4) else { return };
    let found = [(rules[0], month.start..year.end), (rules[1], code)];
    for (rule, span) in found {
        let Some(rule) = rule else { continue };
        let mut signals = Signals::default();
        signals.add(Signal::Siblings, 35);
        out.push(Candidate { rule, span, verdict: Verdict::NotChecked, region: None, signals });
    }
}

/// A group of so many digits behind one or a few separators, and nothing longer.
fn part(text: &[u8], at: &mut usize, separators: &[u8], lengths: std::ops::RangeInclusive<usize>) -> Option<Range<usize>> {
    let rest = text.get(*at..)?;
    let gap = rest.iter().take(4).take_while(|b| separators.contains(b)).count();
    let digits = rest[gap..].iter().take(5).take_while(|b| b.is_ascii_digit()).count();
    let start = *at + gap;
    *at = start + digits;
    let ends = !text.get(*at).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_' || *b == b'.');
    (gap > 0 && lengths.contains(&digits) && ends).then_some(start..start + digits)
}

fn number(digits: &[u8]) -> u32 {
    digits.iter().fold(0, |n, b| n * 10 + u32::from(b.wrapping_sub(b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::groups::groups;

    fn tracks(text: &str) -> Vec<&str> {
        let mut out = Vec::new();
        find_tracks(text.as_bytes(), &groups(text.as_bytes()), 0, &mut out);
        out.iter().map(|c| &text[c.span.clone()]).collect()
    }

    #[test]
    fn finds_stripe_data() {
        let first = "%B4539578763621486^DOE/JANE^27121011000?";
        let second = ";4539578763621486=27121011000?";
        assert_eq!(tracks(&format!("swipe {first}{second} ok")), [first, second]);
        assert_eq!(tracks(";4539578763621486=2712101"), [";4539578763621486=2712101"]);
        for text in
            ["%B4539578763621487^DOE/JANE^27121011000?", ";4539578763621486=27", "4539578763621486=27121011", "%B4539578763621486^D^2712"]
        {
            assert_eq!(tracks(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn finds_expiry_and_code_behind_a_card() {
        let behind = |text: &str| {
            let mut out = Vec::new();
            find_behind(text.as_bytes(), &(0..16), [Some(1), Some(2)], &mut out);
            out.iter().map(|c| text[c.span.clone()].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(behind("4539578763621486 12/27 123"), ["12/27", "123"]);
        assert_eq!(behind("4539578763621486|12|2027|1234"), ["12|2027", "1234"]);
        for text in [
            "4539578763621486 13/27 123",
            "4539578763621486 12/27 12",
            "4539578763621486 123",
            "4539578763621486",
            "4539578763621486 12/27 123.5",
        ] {
            assert_eq!(behind(text), [""; 0], "{text}");
        }
    }
}
