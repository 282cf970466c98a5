//! Machine readable zones of travel documents: ICAO Doc 9303 parts 4 (TD3), 5 (TD1) and 6 (TD2).
//!
//! In comes the date of birth with its check digit, seven digits before a sex, seven digits follow; out goes the span of the
//! lines where all check digits of the number, the dates and the composite are right.

use std::ops::Range;

use crate::detect::check::weighted::{digit, icao};

/// A zone that was read.
pub(super) struct Zone {
    pub span: Range<usize>,
    /// A passport, not a card.
    pub passport: bool,
    /// The state that gave it, as three characters.
    pub issuer: [u8; 3],
}

/// Reads the zone whose date of birth is at `at`, seven digits.
pub(super) fn read(text: &[u8], at: usize) -> Option<Zone> {
    let rest = text.get(at..at + 15)?;
    let sexed = matches!(rest[7], b'M' | b'F' | b'X' | b'<') && rest[8..].iter().all(u8::is_ascii_digit);
    if !sexed || icao(&rest[..6]) != digit(rest[6]) || icao(&rest[8..14]) != digit(rest[14]) {
        return None;
    }
    // Where the date begins the line it is a card of three lines; else the number and its state stand before it.
    if at >= 13 && is_zone(&text[at - 13..at]) { two_lines(text, at - 13) } else { three_lines(text, at) }
}

fn is_zone(text: &[u8]) -> bool {
    text.iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || *b == b'<')
}

/// How many characters of a zone stand at `at`.
fn zone_len(text: &[u8], at: usize) -> usize {
    text[at..].iter().take(45).take_while(|b| is_zone(&[**b])).count()
}

/// TD3 and TD2: `at` is where the second line begins.
fn two_lines(text: &[u8], at: usize) -> Option<Zone> {
    let len = zone_len(text, at);
    let line = text.get(at..at + len)?;
    let composite = |parts: &[&[u8]]| icao(&parts.concat());
    let number = |passed: &u8| passed.is_ascii_digit() && icao(&line[..9]) == digit(*passed);
    let right = match len {
        44 => number(&line[9]) && composite(&[&line[..10], &line[13..20], &line[21..43]]) == digit(line[43]),
        36 => number(&line[9]) && composite(&[&line[..10], &line[13..20], &line[21..35]]) == digit(line[35]),
        _ => false,
    };
    if !right {
        return None;
    }
    let first = line_before(text, at, len);
    let passport = first.map_or(len == 44, |start| text[start] == b'P');
    let issuer = first.map_or([line[10], line[11], line[12]], |start| [text[start + 2], text[start + 3], text[start + 4]]);
    Some(Zone { span: first.unwrap_or(at)..at + len, passport, issuer })
}

/// TD1: `at` is where the second of three lines begins.
fn three_lines(text: &[u8], at: usize) -> Option<Zone> {
    let start = line_before(text, at, 30)?;
    let (first, second) = (text.get(start..start + 30)?, text.get(at..at + 30)?);
    let composite = [&first[5..30], &second[..7], &second[8..15], &second[18..29]].concat();
    let number = first[14] == b'<' || icao(&first[5..14]) == digit(first[14]);
    if !number || !is_zone(second) || icao(&composite) != digit(second[29]) {
        return None;
    }
    Some(Zone { span: start..at + 30, passport: first[0] == b'P', issuer: [first[2], first[3], first[4]] })
}

/// Where the line before begins, if it is a zone as long as this one that begins as a document does.
fn line_before(text: &[u8], at: usize, len: usize) -> Option<usize> {
    let end = match text[..at] {
        [.., b'\r', b'\n'] => at - 2,
        [.., b'\n' | b'\r' | b' '] => at - 1,
        _ => at,
    };
    let start = end.checked_sub(len)?;
    let line = &text[start..end];
    (is_zone(line) && matches!(line[0], b'P' | b'I' | b'A' | b'C' | b'V')).then_some(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The specimens of Doc 9303: nobody's documents, of a state that does not exist.
    const TD3: &str = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";
    const TD2: &str = "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6";
    const TD1: &str = "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<";

    fn zone(text: &str) -> Option<Zone> {
        read(text.as_bytes(), text.find("7408122")?)
    }

    #[test]
    fn reads_the_specimens() {
        let passport = zone(TD3).expect("a passport");
        assert!(passport.passport && passport.span == (0..89) && passport.issuer == *b"UTO");
        let card = zone(TD2).expect("a card");
        assert!(!card.passport && card.span == (0..73));
        let card = zone(TD1).expect("a card");
        assert!(!card.passport && card.span == (0..61));
        let alone = zone(&TD3[45..]).expect("the second line alone");
        assert!(alone.passport && alone.span == (0..44));
    }

    #[test]
    fn one_wrong_digit_is_no_zone() {
        for text in [TD3, TD2, TD1] {
            for at in text.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at) {
                let mut wrong = text.as_bytes().to_vec();
                wrong[at] = if wrong[at] == b'9' { b'0' } else { wrong[at] + 1 };
                let born = text.find("7408122").expect("it is there");
                assert!(read(&wrong, born).is_none(), "{text} at {at}");
            }
            for end in 0..text.len() {
                let _ = read(&text.as_bytes()[..end], text.find("7408122").expect("it is there"));
            }
        }
    }
}
