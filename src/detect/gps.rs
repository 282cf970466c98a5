//! Coordinates: a latitude and a longitude in decimal degrees that stand together, as `14.5995, 120.9842`, `40.7128° N, 74.0060° W`,
//! `lat=14.5995&lng=120.9842`, and the place in the link of a map, `@14.59,120.98,17z`.
//!
//! In comes the last digit before a decimal point, or an `@`, out goes a candidate from the first number to the second. Rows of
//! three decimals and more are vectors of something else.

use crate::model::{Candidate, RuleIndex, Signal, Signals, Verdict};

/// Decimals that both numbers have at least: four are eleven metres.
const DECIMALS: usize = 4;
/// Bytes between the two numbers.
const GAP: usize = 24;

/// A number in degrees.
#[derive(Clone, Copy)]
struct Degrees {
    start: usize,
    end: usize,
    value: f64,
    decimals: usize,
    /// `N`, `S`, `E` or `W` behind it.
    side: u8,
}

/// Finds the pair whose first number has its point behind `last`.
pub(super) fn find(text: &[u8], last: usize, rule: RuleIndex, out: &mut Vec<Candidate>) {
    if text[last + 1] != b'.' || out.last().is_some_and(|found| found.rule == rule && found.span.end > last) {
        return;
    }
    let digits = text[..=last].iter().rev().take(4).take_while(|b| b.is_ascii_digit()).count();
    let mut start = last + 1 - digits;
    let before = text[..start].last().copied().unwrap_or(b' ');
    if matches!(before, b'-' | b'+') {
        start -= 1;
    } else if before.is_ascii_alphanumeric() || matches!(before, b'.' | b'_' | b'/' | b'$' | b'#') {
        return;
    }
    // The seconds of a time.
    let time = before == b':' && text[..start - 1].last().is_some_and(u8::is_ascii_digit);
    if digits > 3 || time || opens_inside(text, start) {
        return;
    }
    let Some(first) = degrees(text, start) else { return };
    let Some(second) = second_start(text, first.end).and_then(|at| degrees(text, at)) else { return };
    if first.decimals < DECIMALS || second.decimals < DECIMALS {
        return;
    }
    out.extend(judge(text, first, second, rule));
}

/// Finds the place of a map's link behind the `@` at `at`.
pub(super) fn find_link(text: &[u8], at: usize, rule: RuleIndex, out: &mut Vec<Candidate>) {
    if !text[..at].ends_with(b"/") || !text.get(at + 1).is_some_and(|b| b.is_ascii_digit() || *b == b'-') {
        return;
    }
    let Some(first) = degrees(text, at + 1) else { return };
    if text.get(first.end) != Some(&b',') || first.decimals < 2 {
        return;
    }
    let Some(second) = degrees(text, first.end + 1).filter(|second| second.decimals >= 2) else { return };
    // The zoom, or the height of the eye.
    if text.get(second.end) == Some(&b',')
        && let Some(mut candidate) = judge(text, first, second, rule)
    {
        candidate.signals.add(Signal::Path, 25);
        out.push(candidate);
    }
}

/// Whether a decimal and a comma stand before a number: it is not the first of its row.
fn opens_inside(text: &[u8], start: usize) -> bool {
    let before = text[..start].trim_ascii_end();
    let Some(before) = before.strip_suffix(b",") else { return false };
    let digits = before.iter().rev().take(12).take_while(|b| b.is_ascii_digit()).count();
    digits >= DECIMALS && before[..before.len() - digits].ends_with(b".")
}

/// Reads a number at `start`, with a degree sign and a side of the world behind it.
fn degrees(text: &[u8], start: usize) -> Option<Degrees> {
    let rest = text.get(start..text.len().min(start + 24))?;
    let sign = usize::from(matches!(rest.first(), Some(b'-' | b'+')));
    let count = |from: usize| rest[from.min(rest.len())..].iter().take_while(|b| b.is_ascii_digit()).count();
    let whole = count(sign);
    let point = sign + whole;
    if !(1..=3).contains(&whole) || rest.get(point) != Some(&b'.') {
        return None;
    }
    let decimals = count(point + 1);
    let end = point + 1 + decimals;
    if !(1..=16).contains(&decimals) {
        return None;
    }
    let value: f64 = std::str::from_utf8(&rest[..end]).ok()?.parse().ok()?;
    let mut length = end;
    for sign in [&b"\xC2\xB0"[..], b" ", b"%C2%B0"] {
        let signed = rest.get(length..).is_some_and(|tail| tail.starts_with(sign));
        // A space is of the number only before a side.
        let after = length + sign.len();
        let side = rest.get(after).is_some_and(|b| b"NSEWnsew".contains(b)) && !rest.get(after + 1).is_some_and(u8::is_ascii_alphanumeric);
        if signed && (sign != b" " || side) {
            length += sign.len();
        }
    }
    let side = rest.get(length).copied().filter(|b| b"NSEWnsew".contains(b));
    let side = side.filter(|_| !rest.get(length + 1).is_some_and(u8::is_ascii_alphanumeric)).unwrap_or(0).to_ascii_uppercase();
    length += usize::from(side != 0);
    let goes_on = match (rest.get(length), rest.get(length + 1)) {
        (Some(b'.'), next) => next.is_some_and(u8::is_ascii_digit),
        (Some(b'%'), next) => next != Some(&b'2'),
        (next, _) => next.is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_'),
    };
    (!goes_on).then_some(Degrees { start, end: start + length, value, decimals, side })
}

/// Where the second number begins: behind a comma, or behind a word for longitude.
fn second_start(text: &[u8], end: usize) -> Option<usize> {
    let rest = &text[end..text.len().min(end + GAP)];
    let skip = |from: usize, wanted: &[u8]| from + rest[from.min(rest.len())..].iter().take_while(|b| wanted.contains(b)).count();
    let encoded = if rest.starts_with(b"%2C") || rest.starts_with(b"%2c") { 3 } else { 0 };
    let at = skip(encoded, b" ,;/|&\"'\t\\]");
    let word = rest[at.min(rest.len())..].iter().take_while(|b| b.is_ascii_alphabetic() || **b == b'_').count();
    if word > 0 {
        const WORDS: [&[u8]; 6] = [b"lon", b"lng", b"long", b"longitude", b"x", b"location_lng"];
        let name = rest[at..at + word].to_ascii_lowercase();
        let at = skip(at + word, b"\"'\\:= \t");
        return WORDS.contains(&&name[..]).then_some(end + at).filter(|_| at < rest.len());
    }
    let separated = encoded > 0 || rest[..at.min(rest.len())].iter().any(|b| b",;/|".contains(b)) || rest.first() == Some(&b' ');
    (separated && at < rest.len() && at <= 6).then_some(end + at)
}

fn judge(text: &[u8], first: Degrees, second: Degrees, rule: RuleIndex) -> Option<Candidate> {
    let latitude = |d: Degrees| d.value.abs() <= 90.0 && !matches!(d.side, b'E' | b'W');
    let longitude = |d: Degrees| d.value.abs() <= 180.0 && !matches!(d.side, b'N' | b'S');
    let in_order = latitude(first) && longitude(second);
    // GeoJSON and well-known text write the longitude first.
    let bracket = text[..first.start].last().is_some_and(|b| matches!(b, b'[' | b'('));
    let reversed = bracket && longitude(first) && latitude(second);
    if !in_order && !reversed || first.value == second.value {
        return None;
    }
    let mut signals = Signals::default();
    signals.add(Signal::Shape, if first.decimals > DECIMALS && second.decimals > DECIMALS { 8 } else { 0 });
    if first.side != 0 && second.side != 0 {
        signals.add(Signal::Grouping, 25);
    }
    if first.value.abs() < 1.0 && second.value.abs() < 1.0 {
        signals.add(Signal::Decimal, -25);
    }
    let next = second_start(text, second.end).and_then(|at| degrees(text, at));
    if next.is_some_and(|third| third.decimals >= DECIMALS) {
        signals.add(Signal::Repetition, -30);
    }
    Some(Candidate { rule, span: first.start..second.end, verdict: Verdict::NotChecked, region: None, signals })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let bytes = text.as_bytes();
        let mut out = Vec::new();
        for at in 0..bytes.len() {
            if bytes[at].is_ascii_digit() && bytes.get(at + 1) == Some(&b'.') {
                find(bytes, at, 0, &mut out);
            }
            if bytes[at] == b'@' {
                find_link(bytes, at, 0, &mut out);
            }
        }
        out.iter().filter(|c| c.signals.sum() > -10).map(|c| &text[c.span.clone()]).collect()
    }

    #[test]
    fn finds_pairs() {
        for (text, pair) in [
            ("at 14.5995, 120.9842 now", "14.5995, 120.9842"),
            ("40.7128° N, 74.0060° W.", "40.7128° N, 74.0060° W"),
            ("40.7128 N 74.0060 W", "40.7128 N 74.0060 W"),
            ("q=-33.86880,151.20930&z=3", "-33.86880,151.20930"),
            ("?q=14.5995%2C120.9842", "14.5995%2C120.9842"),
            ("lat=14.5995&lng=120.9842", "14.5995&lng=120.9842"),
            ("latitude: 14.5995, longitude: 120.9842", "14.5995, longitude: 120.9842"),
            ("[120.9842,14.5995]", "120.9842,14.5995"),
            ("https://maps.example/@14.59,120.98,17z", "14.59,120.98"),
        ] {
            assert_eq!(found(text), [pair], "{text}");
        }
    }

    #[test]
    fn refuses_other_decimals() {
        for text in [
            "took 0.1234, 0.5678",
            "x 1.5, 2.5",
            "price 14.59, 120.98",
            "95.1234, 12.1234",
            "10.1234.5678, 11.1111",
            "14.5995",
            "v1.2345, 2.3456a",
            "0.1234, 12.3456, 34.5678, 1.2345",
            "12:00:01.1234, 5.12345",
            "$14.5995, $120.9842",
            "me@14.59,120.98,1",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn survives_arbitrary_bytes() {
        let mut state = 3_u64;
        let text: Vec<u8> = (0..30_000)
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                b"0123456789..,-@/ N\xC2\xB0"[(state >> 33) as usize % 20]
            })
            .collect();
        let mut out = Vec::new();
        for at in 0..text.len() {
            if text[at].is_ascii_digit() && text.get(at + 1).is_some() {
                find(&text, at, 0, &mut out);
            }
            find_link(&text, at, 0, &mut out);
        }
        assert!(out.iter().all(|c| c.span.end <= text.len()));
    }
}
