//! Names of persons behind words that announce one: `Name:`, `Dear`, `Mr.`, `my name is`, `Regards,`.
//!
//! In comes the place behind the label, out goes the span of a name. Words with capitals are taken up to what ends a name;
//! where the label says little the lists must know one of them.

use std::ops::Range;

use super::NOBODY;
use super::known::Known;
use super::text::candidate;
use super::token::{Case, Token};
use crate::model::{Candidate, RuleIndex};
use crate::pattern::Listed;

/// Bytes between a label and a name.
const GAP: usize = 24;
/// Words of a name.
const WORDS: usize = 6;
/// Titles before one name: `Prof. Dr. Dr.`
const TITLES: usize = 4;
const NAME: Known = Known::GIVEN.with(Known::SURNAME);
/// Words that no name has, and that end one.
const OTHER: Known = Known::COMMON.with(Known::PLACE).with(Known::FIRM);

/// Where a name stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Behind the sign of a field, which nothing but the name need follow.
    Field,
    /// On a line of its own, behind a closing.
    Line,
    /// In a sentence.
    Sentence,
}

/// Reads the name behind a label that ends at `end`. `assigned`: a `:`, `=` or `|` must stand between. `listed`: whether the
/// lists must know a word of it.
pub(in crate::detect) fn behind(text: &[u8], label: Range<usize>, assigned: bool, listed: Listed, rule: RuleIndex) -> Option<Candidate> {
    let (at, next_line) = if assigned { (sign(text, label.end)?, false) } else { gap(text, label.end)? };
    // A tab parts columns of a table.
    if !assigned && !next_line && text[label.end..at].contains(&b'\t') {
        return None;
    }
    let listed = match listed {
        // `Moon Dr. Springfield`, `HDR Mr 12`: the label belongs to the words before it.
        Listed::No if !assigned && !next_line => {
            Token::before(text, label.start).is_some_and(|word| word.is_capitalised() && !word.is(Known::COMMON.with(Known::RANK)))
                || text[..label.start].ends_with(b"-")
                || text[label.end..at].contains(&b',')
                // `MR Mauritania`: a code of capitals is a title where the lists know the name.
                || shouts(&text[label.clone()]) && Token::read(text, at).is_some_and(|word| word.case == Case::Title)
        }
        Listed::No => false,
        Listed::Always => true,
        Listed::UnlessComma => !followed_by_comma(text, at),
    };
    let place = match () {
        () if next_line => Place::Line,
        () if assigned => Place::Field,
        () => Place::Sentence,
    };
    let (span, known) = name(text, at, listed, place)?;
    if next_line && !matches!(text[span.end..], [] | [b'\n' | b'\r' | b',', ..]) {
        return None;
    }
    Some(candidate(rule, span, known))
}

/// Whether a label is written in capitals alone.
fn shouts(label: &[u8]) -> bool {
    let label = label.trim_ascii();
    label.len() >= 2 && label.iter().all(u8::is_ascii_uppercase)
}

/// Whether one word with a capital and a comma stand here: `Xyz, `, `Xyz!`.
fn followed_by_comma(text: &[u8], at: usize) -> bool {
    Token::read(text, at).is_some_and(|word| word.case == Case::Title && matches!(text[word.span.end..], [b',' | b'!', ..]))
}

/// Where the value behind `:`, `=` or a border of a table begins.
fn sign(text: &[u8], end: usize) -> Option<usize> {
    let window = &text[..text.len().min(end + GAP)];
    let skip = |from: usize, set: &[u8]| from + window[from..].iter().take_while(|b| set.contains(b)).count();
    // The key of a JSON value names a column, which has its own rules.
    if matches!(text[end..], [b'"', b':', ..] | [b'"', b' ', b':', ..]) {
        return None;
    }
    let sign = skip(end, b" \t*_\"'");
    let after = skip(sign, b":=|");
    let at = skip(after, b" \t*_\"'");
    (after > sign && after - sign <= 2 && at < window.len()).then_some(at)
}

/// Where a name behind a word begins, and whether that is on another line.
fn gap(text: &[u8], end: usize) -> Option<(usize, bool)> {
    let window = &text[..text.len().min(end + GAP)];
    let mut at = end;
    let mut lines = 0;
    while let Some(b) = window.get(at) {
        match b {
            b' ' | b'\t' | b',' | b'.' | b':' | b'*' | b'_' | b'"' | b'!' | b'\r' | b'\'' => at += 1,
            b'>' | b'-' if lines > 0 => at += 1,
            b'\n' if lines < 3 => {
                lines += 1;
                at += 1;
            }
            _ => break,
        }
    }
    // A label that ends in its own space or stop has its gap in it.
    let apart = at > end || text[..end].last().is_some_and(|b| !b.is_ascii_alphanumeric());
    (apart && at < window.len()).then_some((at, lines > 0))
}

/// The name that begins at `at`.
fn name(text: &[u8], at: usize, listed: bool, place: Place) -> Option<(Range<usize>, i8)> {
    let mut words: Vec<Token> = Vec::new();
    let mut next = Token::read(text, at);
    let (mut start, mut titles) = (at, 0);
    while let Some(word) = next.take().filter(|_| words.len() < WORDS) {
        let end = word.span.end;
        // `Mr.`, `Dr.`: a title before the name.
        if words.is_empty() && word.is(Known::RANK.with(Known::PARTICLE)) && !word.is(NAME) && word.span.len() <= 5 {
            // A text may be nothing but titles: each of them is looked at by itself.
            titles += 1;
            if titles > TITLES {
                return None;
            }
            let stop = usize::from(text.get(end) == Some(&b'.'));
            next = Token::after(text, end + stop);
            start = next.as_ref().map_or(start, |t| t.span.start);
            continue;
        }
        if !goes_on(text, &words, &word) {
            // `Provider: Santos Clinic` names no person.
            if word.is_capitalised() && word.is(Known::FIRM.with(Known::PLACE)) && !word.is(NAME.with(Known::COMMON)) {
                return None;
            }
            break;
        }
        words.push(word);
        let comma = usize::from(place == Place::Field && words.len() == 1 && text[end..].starts_with(b", "));
        // `name=Maria+Santos` of a URL.
        let plus = text[end..].first() == Some(&b'+') && text[at - 1] == b'=';
        let after = if plus { Token::read(text, end + 1) } else { Token::after(text, end + comma) };
        next = after.filter(|word| comma == 0 || word.case != Case::Small);
    }
    while words.last().is_some_and(|word| word.is(Known::PARTICLE) && !word.is(NAME) && word.case == Case::Small) {
        words.pop();
    }
    let last = words.last()?.span.end;
    let spelt = std::str::from_utf8(&text[start..last]).ok()?;
    if NOBODY.iter().any(|nobody| spelt.eq_ignore_ascii_case(nobody)) || words.iter().any(|word| word.is(Known::FIRM) && !word.is(NAME)) {
        return None;
    }
    judge(text, &words, listed, place).map(|known| (start..last, known))
}

/// Whether a word belongs to the name.
fn goes_on(text: &[u8], words: &[Token], word: &Token) -> bool {
    let first = words.first();
    // The word before a colon is the next label.
    let label = matches!(text[word.span.end..], [b':', ..] | [b' ', b':', ..]) && first.is_some();
    let particle = word.is(Known::PARTICLE) && first.is_some();
    match word.case {
        _ if label => false,
        // `maria santos`, and what ends the line behind a given name.
        Case::Small if first.is_none_or(|first| first.case == Case::Small) => {
            let closes = matches!(text[word.span.end..], [] | [b'\n' | b'\r', ..]);
            let weak = word.is(Known::WEAK) && first.is_none();
            !weak && !word.is(OTHER) && (word.is(NAME.with(Known::PARTICLE)) || closes && first.is_some())
        }
        Case::Small => particle,
        Case::Capitals => first.is_none_or(|first| first.case == Case::Capitals) && (!word.is(OTHER) || word.is(NAME)),
        Case::Title | Case::Initial => !word.is(OTHER) || word.is(NAME) && !word.is(Known::COMMON) || particle,
    }
}

/// What the lists say of the words; none where they must know one and do not, or one word alone says too little.
fn judge(text: &[u8], words: &[Token], listed: bool, place: Place) -> Option<i8> {
    let given = words.iter().any(|word| word.is(Known::GIVEN));
    let known = words.iter().filter(|word| word.is(NAME)).count();
    let plain = words.iter().any(|word| word.is_plainly(NAME));
    let whole = words.iter().filter(|word| word.case != Case::Initial && word.case != Case::Small).count();
    let small = words.iter().all(|word| word.case == Case::Small);
    let foreign = words.iter().any(|word| text[word.span.start] >= 0xD0);
    let stands = match () {
        () if small => plain && words[0].is(NAME),
        () if listed && place == Place::Line && whole == 2 && words.len() == 2 && known == 0 => {
            words.iter().all(|word| word.case == Case::Title)
        }
        () if listed => plain && (words.len() > 1 || words[0].is(Known::GIVEN)) || given && whole > 1,
        () if place != Place::Sentence => whole > 1 || plain || given || foreign,
        () => whole > 0,
    };
    let sure = if given && known > 1 { 10 } else { 5 };
    stands.then_some(if known > 0 { sure } else { 0 })
}
