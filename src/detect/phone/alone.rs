//! Numbers that are a line of their own, as any country dials them.
//!
//! In: text and the digit groups of one run, in which no number of a default region was found. Out: one candidate, where the run is all of
//! its line and is written as a national number with the trunk prefix `0`, or as an international one without its `+`. It is never
//! more than possible: which country a trunk prefix belongs to nothing tells, and plans such as the German one have nearly all such
//! numbers, so that the form decides, and the lines around it: a list of ids has other first digits.
//!
//! Source: ITU-T E.164 annex on national prefixes; most countries that dial a trunk prefix dial `0`.

use std::ops::Range;

use super::PhoneMatcher;
use super::form::Lead;
use super::shape::{self, Digits, Separator};
use crate::model::{Candidate, RuleIndex, Signal, Signals, Verdict};

/// Most groups of such a number.
const MAX_GROUPS: usize = 6;
/// Bytes of the neighbouring lines that are looked at.
const LINE: usize = 32;

impl PhoneMatcher {
    /// Reads a run that [`ends_line`], if it is all of its line. Check digits of an id speak better.
    pub(super) fn alone(&mut self, text: &[u8], groups: &[Range<usize>], rule: RuleIndex) -> Option<Candidate> {
        let (first, last) = (groups.first()?, groups.last()?);
        if groups.len() > MAX_GROUPS {
            return None;
        }
        let lead = Lead::read(text, first.start, 0);
        if lead.plus || !begins_line(text, lead.outer_start()) {
            return None;
        }
        let mut digits = Digits::new();
        if !groups.iter().all(|group| digits.push(&text[group.clone()]))
            || !is_one_number(text, groups, lead.bracket)
            || is_made_up(&digits)
        {
            return None;
        }
        let span = lead.outer_start()..last.end;
        let mut signals = Signals::default();
        let national = is_trunk_form(&digits, groups) || is_area_form(&digits, groups, lead.bracket);
        if national && lines_agree(text, &span, |line| matches!(line[0], b'0' | b'+' | b'(')) {
            signals.add(Signal::Shape, 22);
            return Some(Candidate { rule, span, verdict: Verdict::NotChecked, region: None, signals });
        }
        let own = digits.as_bytes();
        let coded = (11..=13).contains(&own.len()) && own[0] != b'0' && !shape::is_epoch(own) && lead.bracket.is_none();
        if !coded || !lines_agree(text, &span, |line| line[0] == b'+' || line.starts_with(&own[..2])) {
            return None;
        }
        let (reading, _) = self.read_code(&digits, 0, &[]).filter(|(reading, _)| reading.valid && !reading.national.repeats())?;
        signals.add(Signal::NumberPlan, 10);
        signals.add(Signal::Shape, 12);
        Some(Candidate { rule, span, verdict: Verdict::NotChecked, region: reading.region, signals })
    }
}

fn begins_line(text: &[u8], start: usize) -> bool {
    matches!(text[..start].last(), None | Some(b'\n'))
}

/// Whether a line ends at `end`: most runs are turned away by it.
#[inline]
pub(super) fn ends_line(text: &[u8], end: usize) -> bool {
    matches!(text.get(end), None | Some(b'\n' | b'\r'))
}

/// Counts up or down, or ends in zeros or nines: what forms are filled with.
fn is_made_up(digits: &Digits) -> bool {
    let own = digits.as_bytes();
    let tail = &own[own.len().saturating_sub(8)..];
    let same = tail.iter().all(|digit| *digit == tail[0]);
    if same { matches!(tail[0], b'0' | b'9') } else { digits.repeats() }
}

/// Says whether the groups are parted as those of one number: by a space, dash, dot or bracket each, of which dots stand alone; one slash
/// may stand behind the area code.
fn is_one_number(text: &[u8], groups: &[Range<usize>], bracket: Option<usize>) -> bool {
    let mut dots = 0;
    for i in 0..groups.len() - 1 {
        match shape::separator_after(text, groups, i) {
            Separator::Dot => dots += 1,
            Separator::Slash if i == 0 && groups[0].len() > 2 => {}
            Separator::Close if i == 0 && bracket.is_some() => {}
            Separator::Open | Separator::Close if bracket.is_none() && i < 2 => {}
            Separator::Space | Separator::Dash | Separator::Wide => {}
            _ => return false,
        }
    }
    (dots == 0 || dots + 1 == groups.len() && dots > 1) && shape::foreign_groups(text, groups, 0) == 0
}

/// An area code in brackets and six to nine digits in up to three groups.
fn is_area_form(digits: &Digits, groups: &[Range<usize>], bracket: Option<usize>) -> bool {
    let first = groups[0].len();
    let rest = digits.as_bytes().len() - first;
    bracket.is_some()
        && (2..=4).contains(&first)
        && (6..=9).contains(&rest)
        && (2..=4).contains(&groups.len())
        && groups[1..].iter().all(|group| group.len() > 1)
}

/// A trunk prefix and nine or ten digits, or eight to eleven in groups: the first of up to five digits, the others of two to eight.
fn is_trunk_form(digits: &Digits, groups: &[Range<usize>]) -> bool {
    let digits = digits.as_bytes();
    let (first, rest) = (&groups[0], &groups[1..]);
    let lengths = if rest.is_empty() { 10..=11 } else { 9..=12 };
    let grouped = rest.is_empty() || (first.len() <= 5 && rest.iter().all(|group| (2..=8).contains(&group.len())));
    lengths.contains(&digits.len()) && digits[0] == b'0' && digits[1] != b'0' && grouped
}

/// Says whether the lines around a number are such numbers too, as `same` tells by their digits, or no digits at all.
fn lines_agree(text: &[u8], span: &Range<usize>, same: impl Fn(&[u8]) -> bool) -> bool {
    let before = text[..span.start].strip_suffix(b"\n").unwrap_or_default();
    let before = before.strip_suffix(b"\r").unwrap_or(before);
    let from = before.len().saturating_sub(LINE);
    let before = &before[from..];
    let before = &before[memchr::memrchr(b'\n', before).map_or(0, |at| at + 1)..];
    let behind = text[span.end..].strip_prefix(b"\r").unwrap_or(&text[span.end..]);
    let behind = behind.strip_prefix(b"\n").unwrap_or_default();
    let behind = &behind[..behind.len().min(LINE)];
    let behind = behind.split(|b| matches!(b, b'\n' | b'\r')).next().unwrap_or_default();
    [before, behind].into_iter().all(|line| line.is_empty() || line.iter().any(u8::is_ascii_alphabetic) || same(line))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Region;

    /// Values that are found without a region, line by line.
    fn found(text: &str) -> Vec<&str> {
        let mut matcher = PhoneMatcher::new(&[]);
        let mut at = 0;
        let mut found = Vec::new();
        for line in text.split_inclusive('\n') {
            let groups: Vec<_> =
                crate::detect::digit_groups(line.as_bytes()).into_iter().map(|group| group.start + at..group.end + at).collect();
            matcher.find(text.as_bytes(), &groups, 0, &mut found);
            at += line.len();
        }
        found.into_iter().filter(|candidate| candidate.signals.sum() >= 20).map(|candidate| &text[candidate.span]).collect()
    }

    #[test]
    fn trunk_form_that_is_all_of_its_line_is_found() {
        for text in ["0431 553 99 17", "0431-5539917", "(0431) 5539917", "04315539917", "0431/553991", "0431.553.99.17", "(31) 5539-9174"] {
            assert_eq!(found(text), [text]);
            assert_eq!(found(&format!("Ann Zorba\r\n{text}\r\nat home")), [text]);
        }
    }

    #[test]
    fn international_form_without_plus_is_found() {
        assert_eq!(found("639175539917\n"), ["639175539917"]);
        assert_eq!(found("639175539917\n639185539917\n").len(), 2);
    }

    #[test]
    fn lists_of_other_numbers_are_not_taken() {
        for text in [
            "2041553991\n0431553991\n8143553991\n",
            "411755399171\n639175539917\n",
            "0000431553",
            "0431553",
            "04.31.2553",
            "0-431-55399-1",
            "0 4 3 1 5 5 3 9 9 1",
            "0123456789",
            "0999999999",
            "1776772263907",
            "took 0431553991 steps",
            "0431553991 0",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn country_of_an_international_form_is_told() {
        let mut out = Vec::new();
        PhoneMatcher::new(&[]).find(b"639175539917", std::slice::from_ref(&(0..12)), 0, &mut out);
        assert_eq!(out[0].region, Region::new(*b"PH"));
    }
}
