//! Values behind labels: `dob: 1987-04-23`, `"cvv":"…"`, `account no. 12345678`.
//!
//! In comes the place where a label may stand, out go candidates that begin behind it. Between label and value stand only
//! separators and a few small words (`born on`, `account number is`); the value itself is what the rule's expression or
//! matcher reads there.

use std::ops::Range;

use super::labels::LabelUse;
use super::{Detector, Scratch, birth, checked, jwt, name, user_agent};
use crate::model::{Candidate, RuleIndex, Signal, limits};
use crate::pattern::{Finder, Matcher};

/// Bytes between a label and its value.
const GAP: usize = 32;
/// Small words between a label and its value.
const WORDS: usize = 3;

#[rustfmt::skip]
const SMALL_WORDS: &[&str] = &[
    "is", "was", "are", "es", "ist", "est", "è", "é", "jest", "är", "no", "nr", "num", "number", "nummer", "numero", "numéro", "número", "on", "of", "the", "le", "el", "am", "den",
    "date", "value", "address",
];

impl Detector {
    /// Tries what labels that stand at `at` belong to.
    pub(super) fn at_label(&self, scratch: &mut Scratch, text: &[u8], at: usize, out: &mut Vec<Candidate>) {
        let mut labels = self.labels.at(text, at).peekable();
        if labels.peek().is_none() {
            return;
        }
        // Of several labels of a rule the longest is meant: `date of birth` and not `date`.
        let mut found: [Option<(RuleIndex, usize)>; 8] = [None; 8];
        for (used_by, end) in labels {
            match used_by {
                LabelUse::Begin(rule) => match self.rules.rule(rule).finder {
                    Some(Finder::Matcher(Matcher::UserAgent)) => user_agent::find(text, at, rule, out),
                    Some(Finder::Matcher(Matcher::Jwt)) => jwt::find(text, at, rule, out),
                    _ => self.expression_at(scratch, text, at, rule, out),
                },
                LabelUse::Value(rule) => {
                    let slot = found.iter_mut().find(|slot| slot.is_none_or(|(held, _)| held == rule));
                    if let Some(slot) = slot {
                        *slot = Some((rule, slot.map_or(end, |(_, other)| other.max(end))));
                    }
                }
            }
        }
        for (rule, end) in found.into_iter().flatten() {
            self.behind_label(scratch, text, at..end, rule, out);
        }
    }

    /// Reads the value of a rule behind a label.
    fn behind_label(&self, scratch: &mut Scratch, text: &[u8], label: Range<usize>, rule: RuleIndex, out: &mut Vec<Candidate>) {
        let end = label.end;
        let compiled = self.rules.rule(rule);
        if let Some(Finder::Matcher(Matcher::NameBehind)) = compiled.finder {
            if let Some(mut candidate) = name::labelled::behind(text, label, compiled.assigned, compiled.listed, rule) {
                candidate.signals.add(Signal::Keyword, compiled.deltas.keyword);
                out.push(candidate);
            }
            return;
        }
        let starts = if compiled.assigned { assigned(text, end).into_iter().collect() } else { gaps(text, end) };
        for at in starts {
            let candidate = match &compiled.finder {
                Some(Finder::Matcher(Matcher::BirthDate)) => birth::at(text, at, rule),
                _ => self
                    .match_at(scratch, text, at, rule)
                    .filter(|span| ends(text, span))
                    .and_then(|span| checked(compiled, rule, text, span)),
            };
            if let Some(mut candidate) = candidate {
                candidate.signals.add(Signal::Keyword, compiled.deltas.keyword);
                out.push(candidate);
                return;
            }
        }
    }
}

/// Whether a value ends where a word or number does.
fn ends(text: &[u8], span: &Range<usize>) -> bool {
    let last = text[..span.end].last().is_some_and(u8::is_ascii_alphanumeric);
    let next = text.get(span.end);
    let goes_on = next.is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_');
    let number = next.is_some_and(|b| matches!(b, b'.' | b'-' | b'/')) && text.get(span.end + 1).is_some_and(u8::is_ascii_digit);
    !last || !goes_on && !number
}

/// Where a value behind `:` or `=` begins: `password=x`, `"password": "x"`, `password => 'x'`.
fn assigned(text: &[u8], end: usize) -> Option<usize> {
    let window = &text[..text.len().min(end + GAP)];
    let skip = |from: usize, wanted: &[u8]| from + window[from.min(window.len())..].iter().take_while(|b| wanted.contains(b)).count();
    let sign = skip(end, b"\"'\\ \t]");
    let after = skip(sign, b":=>");
    let assigns = window.get(sign..after).is_some_and(|signs| signs.contains(&b':') || signs.contains(&b'='));
    // `==` and `::` compare and qualify; `://` begins a URL.
    let other = matches!(window.get(sign..after), Some(b"==" | b"===" | b"::")) || window[after.min(window.len())..].starts_with(b"//");
    let at = skip(after, b" \t\"'\\");
    (assigns && !other && at < window.len() && at < text.len().min(limits::MAX_REACH + end)).then_some(at)
}

/// Where a value may begin: behind separators, and behind small words.
fn gaps(text: &[u8], end: usize) -> Vec<usize> {
    let window = &text[..text.len().min(end + GAP)];
    let mut at = end;
    let mut out = Vec::new();
    for _ in 0..=WORDS {
        at += gap(&window[at..]);
        // Stars are of a value that is masked, or set a label in bold.
        let stars = window[at..].iter().take_while(|b| **b == b'*').count();
        if stars > 0 {
            out.push(at);
            at += stars + gap(&window[at + stars..]);
        }
        if at >= window.len() {
            break;
        }
        out.push(at);
        let word = window[at..].iter().take_while(|b| b.is_ascii_alphabetic() || **b >= 0x80).count();
        if word == 0 || !SMALL_WORDS.iter().any(|small| small.as_bytes().eq_ignore_ascii_case(&window[at..at + word])) {
            break;
        }
        at += word;
    }
    out
}

/// Bytes that stand between a label and a value.
fn gap(rest: &[u8]) -> usize {
    let mut len = 0;
    loop {
        len += match &rest[len..] {
            [b' ' | b'\t' | b'"' | b'\'' | b':' | b'=' | b'#' | b'(' | b')' | b'[' | b']' | b'>' | b'-' | b'|' | b'.' | b'\\', ..] => 1,
            [0xC2, 0xA0, ..] => 2,
            _ => return len,
        };
    }
}
