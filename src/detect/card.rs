//! Payment card numbers, from the digit groups of a run.
//!
//! In come groups of digits with the text around them, out go candidates of 12 to 19 digits whose prefix and length an
//! issuer has and whose Luhn digit is right. Usual groupings raise the score; unusual ones, decimals, hashes and longer rows
//! of groups lower it. A number that is wrapped over one line end needs a common issuer, and a word beside it.

use std::ops::Range;

use crate::detect::check::{issuer, luhn};
use crate::model::{Candidate, RuleIndex, Signal, Signals, Verdict};

const MIN_DIGITS: usize = 12;
pub(super) const MAX_DIGITS: usize = 19;
/// Bytes on each side that are looked at for a UUID or hash around a value.
const HEX_REACH: usize = 40;

/// What stands between two groups.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    Space,
    Hyphen,
    Dot,
    /// Spaces and hyphens, more than one.
    Loose,
    /// Nothing that stands inside a card number.
    Break,
}

/// How the digits of a value are grouped, from the least to the most telling.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Shape {
    Odd,
    Rare,
    Usual,
    Plain,
}

/// A value within the groups of a run, before its surroundings are looked at.
struct Match {
    groups: Range<usize>,
    digits: [u8; MAX_DIGITS],
    len: usize,
    shape: Shape,
    gap: Gap,
    weight: i8,
}

/// Finds card numbers among the digit groups of one run.
///
/// `groups` are absolute ranges in order. Candidates are pushed in order and do not overlap; a value that ends where the
/// next begins, one separator between them, hides neither.
pub fn find(text: &[u8], groups: &[Range<usize>], rule: RuleIndex, out: &mut Vec<Candidate>) {
    let bytes = groups.last().map_or(0, |last| last.end.saturating_sub(groups[0].start));
    if bytes < MIN_DIGITS {
        return;
    }
    let mut previous_end = 0;
    let mut i = 0;
    while i < groups.len() {
        let Some(found) = match_at(text, groups, i) else {
            i += 1;
            continue;
        };
        let follows_card = previous_end == i && i > 0;
        out.push(judge(text, groups, &found, follows_card, rule));
        i = found.groups.end;
        previous_end = i;
    }
}

/// Finds a number that is wrapped over the end of the line on which the run ends: `4111 1111\n1111 1111`, `41111111-\n11111111`.
/// Seven digits or more stand on the first line: fewer are no run.
pub fn find_wrapped(text: &[u8], groups: &[Range<usize>], rule: RuleIndex, out: &mut Vec<Candidate>) {
    let Some(last) = groups.last() else { return };
    let Some(next) = wrap(&text[last.end..]).map(|wrap| last.end + wrap) else { return };
    let mut behind = Vec::new();
    let mut at = next;
    while behind.len() < 4 {
        let length = text[at..].iter().take(MAX_DIGITS + 1).take_while(|b| b.is_ascii_digit()).count();
        if length == 0 {
            break;
        }
        behind.push(at..at + length);
        at += length;
        at += usize::from(matches!(text.get(at..at + 2), Some([b' ' | b'-', digit]) if digit.is_ascii_digit()));
    }
    // The number's first half is the run's last group, or fours before its end.
    for i in (0..groups.len()).rev().take(4) {
        let held: usize = groups[i..].iter().map(ExactSizeIterator::len).sum();
        if !(4..MAX_DIGITS).contains(&held)
            || i + 1 < groups.len() && (groups[i].len() != 4 || gap_between(text, groups, i + 1) == Gap::Break)
        {
            break;
        }
        if lengths_from(text, &groups[i]) == Some(0) {
            continue;
        }
        let mut all = groups[i..].to_vec();
        for group in &behind {
            all.push(group.clone());
            // What goes on in fours is not yet whole.
            if all.len() == 2 || all.iter().all(|group| group.len() == 4) {
                out.extend(wrapped(text, &all, i, groups, rule));
            }
        }
    }
}

/// Length of one line end, with a hyphen before it or not, where digits follow.
fn wrap(rest: &[u8]) -> Option<usize> {
    let hyphen = usize::from(rest.first() == Some(&b'-'));
    match rest.get(hyphen..)? {
        [b'\r', b'\n', b'0'..=b'9', ..] => Some(hyphen + 2),
        [b'\n' | b'\r', b'0'..=b'9', ..] => Some(hyphen + 1),
        _ => None,
    }
}

/// Judges the parts of a number on both sides of a line end; the first are the groups from `i` on.
fn wrapped(text: &[u8], parts: &[Range<usize>], i: usize, groups: &[Range<usize>], rule: RuleIndex) -> Option<Candidate> {
    let mut digits = [0; MAX_DIGITS];
    let mut len = 0;
    for part in parts {
        len = copy_digits(text, part, &mut digits, len)?;
    }
    let digits = &digits[..len];
    // Two numbers of a list that make one together are commoner than a wrapped card: only the common issuers and lengths count.
    let weight = Some(digits).filter(|digits| (15..=16).contains(&digits.len())).and_then(weigh).filter(|weight| *weight >= 12)?;
    let span = parts[0].start..parts[parts.len() - 1].end;
    let before = text[..span.start].last().copied().unwrap_or(b' ');
    let after = text.get(span.end).copied().unwrap_or(b' ');
    let beyond = text.get(span.end + 1).copied().unwrap_or(b' ');
    let touches = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'/' | b'-');
    let goes_on = touches(after) || matches!(after, b'.' | b':') && beyond.is_ascii_digit();
    if touches(before) || before == b'.' || goes_on || i > 0 && gap_between(text, groups, i) == Gap::Dot {
        return None;
    }
    let published = issuer::is_test_number(digits);
    let mut signals = Signals::default();
    signals.add(Signal::Checksum, 10);
    signals.add(Signal::Issuer, if published { 22 } else { weight });
    signals.add(Signal::Shape, if published { 0 } else { -12 });
    if published {
        signals.add(Signal::TestValue, -10);
    }
    judge_digits(digits, published, &mut signals);
    Some(Candidate { rule, span, verdict: Verdict::Passed, region: None, signals })
}

/// The lengths of the numbers that may begin with a group, as bits: all where it has one digit.
fn lengths_from(text: &[u8], group: &Range<usize>) -> Option<u32> {
    Some(match *text.get(group.clone())? {
        [first, second, ..] => issuer::lengths(first.wrapping_sub(b'0'), second.wrapping_sub(b'0')),
        _ => u32::MAX,
    })
}

/// Reads the value that begins with group `i`.
fn match_at(text: &[u8], groups: &[Range<usize>], i: usize) -> Option<Match> {
    let first = &groups[i];
    if first.len() > MAX_DIGITS {
        return None;
    }
    let leading = lengths_from(text, first)?;
    if first.len() >= MIN_DIGITS {
        return if leading >> first.len() & 1 == 1 { plain(text, groups, i) } else { None };
    }
    // A value in groups begins with 4 digits, seldom with another number; then the whole stretch must be the value.
    if leading == 0 || first.len() != 4 && !begins_stretch(text, groups, i) {
        return None;
    }
    grouped(text, groups, i)
}

fn plain(text: &[u8], groups: &[Range<usize>], i: usize) -> Option<Match> {
    let mut digits = [0; MAX_DIGITS];
    let len = copy_digits(text, &groups[i], &mut digits, 0)?;
    let weight = weigh(&digits[..len])?;
    Some(Match { groups: i..i + 1, digits, len, shape: Shape::Plain, gap: Gap::Break, weight })
}

/// Where two lengths pass, as a card with the three digits of its CVV behind it may, the usual grouping of the commoner
/// length is meant.
fn grouped(text: &[u8], groups: &[Range<usize>], i: usize) -> Option<Match> {
    let mut digits = [0; MAX_DIGITS];
    let mut len = copy_digits(text, &groups[i], &mut digits, 0)?;
    let mut gap = None;
    let mut mixed = false;
    let mut best: Option<Match> = None;
    for j in i + 1..groups.len() {
        let next = gap_between(text, groups, j);
        if next == Gap::Break || len + groups[j].len() > MAX_DIGITS {
            break;
        }
        mixed |= next == Gap::Loose || gap.is_some_and(|gap| gap != next);
        gap = gap.or(Some(next));
        len = copy_digits(text, &groups[j], &mut digits, len)?;
        if len < MIN_DIGITS {
            continue;
        }
        let shape = shape_of(&groups[i..=j], mixed);
        if shape == Shape::Odd && !(begins_stretch(text, groups, i) && ends_stretch(text, groups, j)) {
            continue;
        }
        if let Some(weight) = weigh(&digits[..len])
            && best.as_ref().is_none_or(|best| (best.shape, best.weight) <= (shape, weight))
        {
            let gap = if mixed { Gap::Loose } else { next };
            best = Some(Match { groups: i..j + 1, digits, len, shape, gap, weight });
        }
    }
    best
}

/// Copies a group's digit values behind the `len` that are there; returns the new count.
fn copy_digits(text: &[u8], group: &Range<usize>, digits: &mut [u8; MAX_DIGITS], len: usize) -> Option<usize> {
    let source = text.get(group.clone())?;
    for (digit, byte) in digits.get_mut(len..len + source.len())?.iter_mut().zip(source) {
        *digit = byte.wrapping_sub(b'0');
    }
    Some(len + source.len())
}

fn weigh(digits: &[u8]) -> Option<i8> {
    // The cheapest refusals come first: one look at the first two digits, then the sum, then the rows.
    if issuer::lengths(digits[0], digits[1]) >> digits.len() & 1 == 0 || !luhn::passes(digits) {
        return None;
    }
    issuer::find(digits).map(|issuer| issuer.weight)
}

/// Groupings as cards are embossed: 4-4-4-4, 4-6-5 (American Express), 4-6-4 (Diners), 4-4-4-4-3 (19 digits).
fn shape_of(groups: &[Range<usize>], mixed: bool) -> Shape {
    let mut lens = [0; 5];
    if groups.len() > lens.len() {
        return Shape::Odd;
    }
    for (len, group) in lens.iter_mut().zip(groups) {
        *len = group.len();
    }
    match lens {
        [4, 4, 4, 4, 0] | [4, 6, 5, 0, 0] | [4, 6, 4, 0, 0] | [4, 4, 4, 4, 3] if !mixed => Shape::Usual,
        [4, 4, 4, 4, 0] | [4, 6, 5, 0, 0] | [4, 6, 4, 0, 0] => Shape::Rare,
        [4, 4, 4, 1..=3, 0] | [4, 4, 4, 4, 1..=2] | [4, 4, 5, 0, 0] | [4, 5, 6, 0, 0] if !mixed => Shape::Rare,
        _ => Shape::Odd,
    }
}

fn begins_stretch(text: &[u8], groups: &[Range<usize>], i: usize) -> bool {
    i == 0 || gap_between(text, groups, i) == Gap::Break
}

fn ends_stretch(text: &[u8], groups: &[Range<usize>], j: usize) -> bool {
    j + 1 == groups.len() || gap_between(text, groups, j + 1) == Gap::Break
}

/// The gap before group `i`, which is not the first.
fn gap_between(text: &[u8], groups: &[Range<usize>], i: usize) -> Gap {
    let Some(bytes) = text.get(groups[i - 1].end..groups[i].start) else { return Gap::Break };
    match bytes {
        b" " | [0xc2, 0xa0] | [0xe2, 0x80, 0xaf] => Gap::Space,
        b"-" | [0xe2, 0x80, 0x90..=0x95] => Gap::Hyphen,
        b"." => Gap::Dot,
        b"  " | b"   " | b"    " | b"--" | b" - " | b"- " | b" -" => Gap::Loose,
        _ => Gap::Break,
    }
}

fn judge(text: &[u8], groups: &[Range<usize>], found: &Match, follows_card: bool, rule: RuleIndex) -> Candidate {
    let span = groups[found.groups.start].start..groups[found.groups.end - 1].end;
    let digits = &found.digits[..found.len];
    let mut signals = Signals::default();
    let published = issuer::is_test_number(digits);
    signals.add(Signal::Checksum, 10);
    // Nobody writes a published test number but as a card: what its mark takes away, the certainty of its issuer gives back.
    signals.add(Signal::Issuer, if published { 22 } else { found.weight });
    if published {
        signals.add(Signal::TestValue, -10);
    }
    if found.shape == Shape::Plain {
        judge_neighbours_of_plain(text, groups, found.groups.start, &mut signals);
    } else {
        judge_grouping(text, groups, found, follows_card, &mut signals);
    }
    judge_surroundings(text, &span, &mut signals);
    judge_digits(digits, published, &mut signals);
    Candidate { rule, span, verdict: Verdict::Passed, region: None, signals }
}

fn judge_neighbours_of_plain(text: &[u8], groups: &[Range<usize>], i: usize, signals: &mut Signals) {
    let before = i.checked_sub(1).map(|j| (gap_between(text, groups, i), groups[j].len()));
    let mut after = groups.get(i + 1).map(|next| (gap_between(text, groups, i + 1), next.len()));
    if after == Some((Gap::Dot, 1)) && is_spreadsheet_zero(text, &groups[i + 1]) {
        signals.add(Signal::RuinedNumber, 0);
        after = None;
    }
    for (gap, len) in [before, after].into_iter().flatten() {
        // No float has so many digits on both sides of its point: two long groups are two values of a list.
        match gap {
            Gap::Dot if len < MIN_DIGITS => signals.add(Signal::Decimal, -35),
            Gap::Hyphen if len < MIN_DIGITS => signals.add(Signal::Shape, -15),
            _ => {}
        }
    }
    if before.is_none() && text[..groups[i].start].ends_with(b"+") {
        signals.add(Signal::Shape, -15);
    }
}

/// Says whether a group is the lone zero that spreadsheets and data frames put behind a point.
fn is_spreadsheet_zero(text: &[u8], group: &Range<usize>) -> bool {
    text.get(group.clone()) == Some(b"0") && !text.get(group.end).is_some_and(u8::is_ascii_alphabetic)
}

fn judge_grouping(text: &[u8], groups: &[Range<usize>], found: &Match, follows_card: bool, signals: &mut Signals) {
    match found.shape {
        Shape::Usual if found.gap == Gap::Dot => signals.add(Signal::Grouping, 25),
        Shape::Usual => signals.add(Signal::Grouping, 30),
        Shape::Rare => signals.add(Signal::Grouping, 15),
        Shape::Odd | Shape::Plain => signals.add(Signal::Shape, if found.groups.len() <= 4 { -10 } else { -15 }),
    }
    let (start, end) = (found.groups.start, found.groups.end);
    let extended_before = !follows_card
        && start > 0
        && (extends(gap_between(text, groups, start), found.gap, groups[start - 1].len()) || continues_code(text, groups, found));
    let extended_after = end < groups.len()
        && extends(gap_between(text, groups, end), found.gap, groups[end].len())
        && !is_expiry(text, groups, end)
        && match_at(text, groups, end).is_none();
    if extended_before || extended_after {
        signals.add(Signal::Shape, -35);
    }
}

/// Says whether the value follows digits that are glued to letters, as the groups of an IBAN do: `DE44 5001 …`.
fn continues_code(text: &[u8], groups: &[Range<usize>], found: &Match) -> bool {
    let before = &groups[found.groups.start - 1];
    gap_between(text, groups, found.groups.start) == found.gap && text[..before.start].last().is_some_and(u8::is_ascii_uppercase)
}

/// Says whether a further group reads as a part of the same number. Behind a space a year, a CVV or the next column may
/// follow, so only four digits do.
fn extends(gap: Gap, within: Gap, len: usize) -> bool {
    gap == within
        && match gap {
            Gap::Space | Gap::Loose => len == 4,
            Gap::Hyphen | Gap::Dot => true,
            Gap::Break => false,
        }
}

/// Says whether a group is an expiry date as MMYY, with nothing of its kind behind it.
fn is_expiry(text: &[u8], groups: &[Range<usize>], i: usize) -> bool {
    let month = matches!(text.get(groups[i].clone()), Some([b'0', b'1'..=b'9', ..] | [b'1', b'0'..=b'2', ..]));
    month && groups.get(i + 1).is_none_or(|next| next.len() != 4)
}

fn judge_surroundings(text: &[u8], span: &Range<usize>, signals: &mut Signals) {
    let before = text[..span.start].last().copied().unwrap_or(b' ');
    let rest = &text[span.end..];
    let after = match rest {
        [b'.', b'0', next, ..] if signals.has(Signal::RuinedNumber) => *next,
        [next, ..] => *next,
        [] => b' ',
    };
    let beyond = text[..span.start.saturating_sub(1)].last().copied().unwrap_or(b' ');
    if is_track(before, beyond, rest) {
        signals.add(Signal::Grouping, 30);
        return;
    }
    let escaped = matches!(before, b'n' | b't' | b'r') && beyond == b'\\';
    let touches = |byte: u8| byte.is_ascii_alphabetic() || byte == b'_';
    if !escaped && (touches(before) || touches(after)) {
        signals.add(Signal::WordNeighbour, -15);
    }
    if before == b'.' && !beyond.is_ascii_alphanumeric() && beyond != b'.' {
        signals.add(Signal::Decimal, -35);
    }
    if before == b'-' && !beyond.is_ascii_alphanumeric() && !matches!(beyond, b'-' | b' ') {
        signals.add(Signal::Decimal, -15);
    }
    if matches!(after, b'e' | b'E') && rest.get(1).is_some_and(|byte| byte.is_ascii_digit() || b"+-".contains(byte)) {
        signals.add(Signal::Decimal, -35);
    }
    if !escaped && is_in_hex(text, span) {
        signals.add(Signal::HexNeighbour, -35);
    }
}

/// Says whether the value stands in the data of a magnetic stripe (ISO/IEC 7813): `%B…^NAME^` or `;…=YYMM`.
fn is_track(before: u8, beyond: u8, rest: &[u8]) -> bool {
    match rest {
        [b'^', ..] => before == b'B' && beyond == b'%',
        [b'=', digits @ ..] => before == b';' && digits.iter().take(4).filter(|byte| byte.is_ascii_digit()).count() == 4,
        _ => false,
    }
}

/// Says whether the value is a part of a hash, a UUID or another hexadecimal text.
fn is_in_hex(text: &[u8], span: &Range<usize>) -> bool {
    let joins = |byte: u8| byte.is_ascii_hexdigit() || byte == b'-';
    let left = text[..span.start].iter().rev().take(HEX_REACH).take_while(|&&byte| joins(byte)).count();
    let right = text[span.end..].iter().take(HEX_REACH).take_while(|&&byte| joins(byte)).count();
    let (start, end) = (span.start - left, span.end + right);
    let outer = (text[..start].last().copied(), text.get(end).copied());
    if outer.0 == Some(b'x') && left == 0 {
        return text[..start].ends_with(b"0x");
    }
    let closed = |byte: Option<u8>| byte.is_none_or(|byte| !byte.is_ascii_alphanumeric() && byte != b'_');
    if !closed(outer.0) || !closed(outer.1) {
        return false;
    }
    let parts = [&text[start..span.start], &text[span.end..end]];
    let letters = parts.into_iter().flatten().filter(|byte| byte.is_ascii_alphabetic()).count();
    let touching = text[..span.start].last().is_some_and(u8::is_ascii_hexdigit) || text.get(span.end).is_some_and(u8::is_ascii_hexdigit);
    letters > 0 && (touching || end - start >= 28)
}

fn judge_digits(digits: &[u8], published: bool, signals: &mut Signals) {
    let same = digits.windows(2).all(|pair| pair[0] == pair[1]);
    let counts_up = digits.windows(2).all(|pair| pair[1] == (pair[0] + 1) % 10);
    let counts_down = digits.windows(2).all(|pair| pair[0] == (pair[1] + 1) % 10);
    let body = &digits[1..digits.len() - 1];
    // `5836 5837 5838 5839` is a row of a table.
    let numbers: Vec<u32> = digits.chunks_exact(4).map(|four| four.iter().fold(0, |n, digit| 10 * n + u32::from(*digit))).collect();
    let neighbours = numbers.len() > 2 && numbers.windows(2).all(|pair| pair[1] == pair[0] + 1);
    if same || counts_up || counts_down || neighbours {
        signals.add(Signal::Repetition, -40);
    } else if !published && body.iter().all(|&digit| digit == body[0]) {
        signals.add(Signal::Repetition, -20);
    }
    if is_epoch(digits) {
        signals.add(Signal::Epoch, -35);
    }
}

/// Says whether digits read as milli-, micro- or nanoseconds between 2001 and 2033.
fn is_epoch(digits: &[u8]) -> bool {
    digits[0] == 1 && matches!(digits.len(), 13 | 16 | 19)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::groups::groups;

    fn found(text: &str) -> Vec<(&str, i16)> {
        let mut out = Vec::new();
        find(text.as_bytes(), &groups(text.as_bytes()), 0, &mut out);
        out.iter().map(|candidate| (&text[candidate.span.clone()], 20 + candidate.signals.sum())).collect()
    }

    #[test]
    fn scores_bare_and_grouped_values() {
        assert_eq!(found("4539578763621486"), [("4539578763621486", 42)]);
        assert_eq!(found("4539 5787 6362 1486"), [("4539 5787 6362 1486", 72)]);
        assert_eq!(found("4539-5787-6362-1486"), [("4539-5787-6362-1486", 72)]);
        assert_eq!(found("4539.5787.6362.1486"), [("4539.5787.6362.1486", 67)]);
        assert_eq!(found("4539-5787 6362-1486"), [("4539-5787 6362-1486", 57)]);
        assert_eq!(found("45395787 63621486"), [("45395787 63621486", 32)]);
        assert_eq!(found("6759000000050001232").len(), 0);
    }

    #[test]
    fn refuses_wrong_check_digits_issuers_and_longer_runs() {
        for text in ["4539578763621487", "7777777777777777", "45395787636214860", "453957876362148", "45395787636214861234567890"] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn finds_every_value_of_a_dense_list() {
        for separator in [" ", ",", "\n", "\t", ";", "/", "-", ".", "|"] {
            let list = ["4539578763621486"; 7].join(separator);
            let values = found(&list);
            assert_eq!(values.len(), 7, "{separator:?}");
            assert!(values.iter().all(|(_, score)| *score >= 40), "{separator:?} {values:?}");
        }
        for separator in [" ", ",", "-", "\n"] {
            let list = ["4539 5787 6362 1486"; 5].join(separator);
            let values = found(&list);
            assert_eq!(values.len(), 5, "{separator:?}");
            assert!(values.iter().all(|(_, score)| *score == 72), "{separator:?} {values:?}");
        }
    }

    #[test]
    fn lowers_parts_of_a_longer_row_of_groups() {
        assert!(found("1234 4539 5787 6362 1486")[0].1 < 40);
        assert!(found("4539-5787-6362-1486-55")[0].1 < 40);
        assert!(found("DE44 4539 5787 6362 1486 00")[0].1 < 40);
        assert_eq!(found("4539 5787 6362 1486 1227 321")[0].1, 72);
        assert_eq!(found("4539 5787 6362 1486 12/27")[0].1, 72);
    }

    #[test]
    fn finds_numbers_that_are_wrapped_over_one_line_end() {
        let wrapped = |text: &str| {
            let end = text.find(['\n', '\r']).expect("a line end");
            let mut out = Vec::new();
            find_wrapped(text.as_bytes(), &groups(text[..end].trim_end_matches('-').as_bytes()), 0, &mut out);
            out.iter().map(|c| text[c.span.clone()].to_owned()).collect::<Vec<_>>()
        };
        for number in ["45395787\n63621486", "453957-\r\n8763621486", "4539 5787\n6362 1486", "4539 5787 6362\r\n1486"] {
            assert_eq!(wrapped(&format!("card {number} ok")), [number], "{number}");
        }
        for text in
            ["45395787\n63621487", "45395787\n\n63621486", "45395787\n2026-03-01", "45395787\n63621486.5", "x45395787\n63621486", "7\n1"]
        {
            assert_eq!(wrapped(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn takes_no_cvv_for_a_part_of_the_number() {
        assert_eq!(found("4539 5787 6362 1486 131"), [("4539 5787 6362 1486", 72)]);
    }

    #[test]
    fn lowers_but_does_not_hide_beside_letters() {
        assert_eq!(found("_4539578763621486"), [("4539578763621486", 27)]);
        assert_eq!(found("card4539578763621486"), [("4539578763621486", 27)]);
        assert_eq!(found("4539578763621486suffix"), [("4539578763621486", 27)]);
        assert_eq!(found("\\n4539578763621486"), [("4539578763621486", 42)]);
    }

    #[test]
    fn lowers_decimals_and_keeps_spreadsheet_damage() {
        assert_eq!(found("123.4539578763621486")[0].1, 7);
        assert_eq!(found("4539578763621486.25")[0].1, 7);
        assert_eq!(found("=.4539578763621486")[0].1, 7);
        assert_eq!(found("4539578763621486.0"), [("4539578763621486", 42)]);
        assert!(found("4539578763621486e5")[0].1 < 0);
    }

    #[test]
    fn lowers_hex_text() {
        assert!(found("a4539578763621486f")[0].1 < 0);
        assert!(found("0x4539578763621486")[0].1 < 0);
        assert!(found("550e8400-e29b-4539578763621486-aa99")[0].1 < 10);
    }

    #[test]
    fn marks_published_test_numbers_and_still_reports_them() {
        let mut out = Vec::new();
        find(b"4111111111111111", std::slice::from_ref(&(0..16)), 3, &mut out);
        assert!(out[0].signals.has(Signal::TestValue) && out[0].rule == 3);
        assert_eq!(found("4111111111111111"), [("4111111111111111", 42)]);
    }

    #[test]
    fn reads_magnetic_stripe_data() {
        assert_eq!(found("%B4539578763621486^DOE/J^2512")[0].1, 72);
        assert_eq!(found(";4539578763621486=2512101")[0].1, 72);
    }

    #[test]
    fn stays_linear_and_safe_on_arbitrary_groups() {
        const ALPHABET: &[u8] = b"01234567894444555 -.\xc2\xa0\xe2\x80\x93\xffa";
        let mut state = 11_u64;
        let text: Vec<u8> = (0..60_000)
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                ALPHABET[(state >> 33) as usize % ALPHABET.len()]
            })
            .collect();
        let mut out = Vec::new();
        find(&text, &groups(&text), 0, &mut out);
        assert!(out.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
    }
}
