//! Dates of birth in cells of columns that are named so, and behind words that say so: a calendar date in the usual forms,
//! between 1900 and 2035; in cells from 1500, because registers of past people are named so, too.
//!
//! The bounds are fixed: detection never depends on today's date.

use crate::model::{Candidate, RuleIndex, Signal, Signals, Verdict};

/// How names of months begin, in English, German, French, Spanish, Italian and Portuguese.
#[rustfmt::skip]
const MONTHS: [(&str, u32); 36] = [
    ("jan", 1), ("ene", 1), ("gen", 1), ("feb", 2), ("fev", 2), ("fév", 2), ("mar", 3), ("mär", 3), ("apr", 4), ("avr", 4), ("abr", 4), ("may", 5),
    ("mai", 5), ("mag", 5), ("jun", 6), ("juin", 6), ("giu", 6), ("jul", 7), ("juil", 7), ("lug", 7), ("aug", 8), ("aou", 8), ("aoû", 8), ("ago", 8),
    ("sep", 9), ("set", 9), ("oct", 10), ("okt", 10), ("ott", 10), ("out", 10), ("nov", 11), ("dec", 12), ("dez", 12), ("dic", 12), ("déc", 12),
    ("enero", 1),
];
/// Words between the parts of a date.
const SMALL_WORDS: [&str; 5] = ["de", "of", "del", "the", "den"];
/// Longest date in bytes.
const LONGEST: usize = 32;
/// Years of people who may be alive.
const YEARS: std::ops::RangeInclusive<u32> = 1900..=2035;
/// Years in columns that are named for dates of birth.
const ALL_YEARS: std::ops::RangeInclusive<u32> = 1500..=2035;

/// A date whose parts are known; day and month may be exchangeable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Date {
    year: u32,
    month: u32,
    day: u32,
    ambiguous: bool,
}

/// Looks at a cell; the date, without a time that follows it, is the value.
pub(super) fn cell(cell: &[u8], rule: RuleIndex) -> Option<Candidate> {
    let text = std::str::from_utf8(cell).ok()?;
    let start = text.len() - text.trim_start().len();
    let trimmed = text.trim();
    let length = date_length(trimmed)?;
    let mut signals = Signals::default();
    signals.add(Signal::DateShape, 5);
    Some(Candidate { rule, span: start..start + length, verdict: Verdict::Passed, region: None, signals })
}

/// Reads the date that begins at `at`, behind a label.
pub(super) fn at(text: &[u8], at: usize, rule: RuleIndex) -> Option<Candidate> {
    let rest = &text[at..text.len().min(at + LONGEST)];
    let line = rest.iter().position(|b| matches!(b, b'\n' | b'\r' | b'"' | b'<' | b'|' | b';')).unwrap_or(rest.len());
    let valid = std::str::from_utf8(&rest[..line]).map_or_else(|e| e.valid_up_to(), str::len);
    let line = std::str::from_utf8(&rest[..valid]).expect("it is valid up to there");
    if !line.starts_with(|c: char| c.is_alphanumeric()) {
        return None;
    }
    // The longest that reads as a date: `12 March 1987` and not `12 March 19`.
    let ends = line.char_indices().rev().filter(|(_, c)| c.is_alphanumeric()).map(|(i, c)| i + c.len_utf8());
    let closed = |end: &usize| match rest.get(*end) {
        Some(b'T') => rest.get(end + 1).is_some_and(u8::is_ascii_digit),
        Some(b'-' | b'/') => !rest.get(end + 1).is_some_and(u8::is_ascii_digit),
        Some(b) => !b.is_ascii_alphanumeric() && *b != b'_' && *b < 0x80,
        None => true,
    };
    // Days as spreadsheets count them are read in cells alone.
    let length = ends.filter(closed).find(|end| line[..*end].contains([' ', '-', '/', '.']) && is_recent(&line[..*end]))?;
    let mut signals = Signals::default();
    signals.add(Signal::DateShape, 5);
    Some(Candidate { rule, span: at..at + length, verdict: Verdict::Passed, region: None, signals })
}

fn is_recent(text: &str) -> bool {
    parse(text).is_some_and(|date| YEARS.contains(&date.year))
}

/// The year of a cell that is a date of the last hundred years, with a time or without; none for days as spreadsheets count them.
#[must_use]
pub fn year_of(cell: &[u8]) -> Option<u32> {
    let text = cell.trim_ascii();
    if !(8..=LONGEST).contains(&text.len()) || !text[0].is_ascii_digit() || !text.iter().any(|b| matches!(b, b'-' | b'/' | b'.')) {
        return None;
    }
    let text = std::str::from_utf8(text).ok()?;
    parse(&text[..date_length(text)?]).map(|date| date.year).filter(|year| YEARS.contains(year))
}

/// Length of the date at the start of a text whose rest is nothing or a time.
fn date_length(text: &str) -> Option<usize> {
    let whole = parse(text).map(|_| text.len());
    whole.or_else(|| {
        let (date, time) = text.split_once(['T', ' '])?;
        let is_time = time.len() >= 5
            && time.as_bytes()[0].is_ascii_digit()
            && time.contains(':')
            && time.bytes().all(|b| b.is_ascii_digit() || b":.+-Z ".contains(&b));
        (is_time && parse(date).is_some()).then_some(date.len())
    })
}

/// The ISO form of a date that [`cell`] accepted; none where day and month cannot be told apart.
pub(super) fn iso(value: &[u8]) -> Option<String> {
    let date = parse(std::str::from_utf8(value).ok()?.trim())?;
    (!date.ambiguous).then(|| format!("{:04}-{:02}-{:02}", date.year, date.month, date.day))
}

fn parse(text: &str) -> Option<Date> {
    if text.len() > LONGEST {
        return None;
    }
    let parts = text.split(['-', '/', '.', ' ', ',']).filter(|p| !p.is_empty() && !SMALL_WORDS.contains(p));
    let parts: Vec<&str> = parts.take(4).collect();
    match parts[..] {
        [serial] | [serial, "0"] if serial.len() == 5 => from_serial(number_of_five(serial)?),
        [packed] if packed.len() == 8 => valid(number(&packed[..4])?, number(&packed[4..6])?, number(&packed[6..])?, false),
        [a, b, c] => three(a, b, c),
        _ => None,
    }
}

/// A day as spreadsheets count them: day 1 is 1 January 1900, and 29 February 1900, which never was, is day 60
/// (ECMA-376, part 1, 18.17.4.1). Five digits begin in 1927.
fn from_serial(serial: u32) -> Option<Date> {
    // Eras of 400 years from 1 March 0000, of which 30 December 1899 is day 693_899: behind day 60 the count is one ahead.
    let days = serial + 693_899;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    valid(era * 400 + year_of_era + u32::from(month <= 2), month, day, false)
}

fn number_of_five(text: &str) -> Option<u32> {
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok())?.filter(|serial| *serial >= 10_000)
}

fn three(a: &str, b: &str, c: &str) -> Option<Date> {
    if let Some(month) = month_name(a) {
        return valid(year(c)?, month, ordinal(b)?, false);
    }
    if let Some(month) = month_name(b) {
        return if a.len() == 4 && number(a).is_some() {
            valid(number(a)?, month, ordinal(c)?, false)
        } else {
            valid(year(c)?, month, ordinal(a)?, false)
        };
    }
    if a.len() == 4 {
        return valid(number(a)?, number(b)?, number(c)?, false);
    }
    let (first, second, year) = (number(a)?, number(b)?, year(c)?);
    match (valid(year, second, first, false), valid(year, first, second, false)) {
        (Some(day_first), Some(_)) => Some(Date { ambiguous: first != second, ..day_first }),
        (one, other) => one.or(other),
    }
}

fn month_name(text: &str) -> Option<u32> {
    let lower = text.to_ascii_lowercase();
    let letters = lower.len() >= 3 && lower.len() <= 12 && lower.chars().all(char::is_alphabetic);
    MONTHS.iter().find(|(name, _)| letters && lower.starts_with(name)).map(|(_, month)| *month)
}

fn ordinal(text: &str) -> Option<u32> {
    number(text.trim_end_matches(|c: char| c.is_ascii_alphabetic()))
}

/// A year of four digits, or of two: 36–99 are of the last century.
fn year(text: &str) -> Option<u32> {
    let n = number(text)?;
    match text.len() {
        4 => Some(n),
        2 => Some(if n > 35 { 1900 + n } else { 2000 + n }),
        _ => None,
    }
}

fn number(text: &str) -> Option<u32> {
    (!text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

fn valid(year: u32, month: u32, day: u32, ambiguous: bool) -> Option<Date> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    (ALL_YEARS.contains(&year) && (1..=12).contains(&month) && (1..=days).contains(&day)).then_some(Date { year, month, day, ambiguous })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_usual_forms() {
        for (text, form) in [
            ("1987-04-23", Some("1987-04-23")),
            ("19870423", Some("1987-04-23")),
            ("23/04/1987", Some("1987-04-23")),
            ("04/23/1987", Some("1987-04-23")),
            ("April 23, 1987", Some("1987-04-23")),
            ("23-Apr-87", Some("1987-04-23")),
            ("03/04/1987", None),
            ("2/2/1990", Some("1990-02-02")),
            ("31885", Some("1987-04-18")),
            ("31885.0", Some("1987-04-18")),
            ("36526", Some("2000-01-01")),
        ] {
            assert!(cell(text.as_bytes(), 0).is_some(), "{text}");
            assert_eq!(iso(text.as_bytes()).as_deref(), form, "{text}");
        }
    }

    #[test]
    fn reads_dates_behind_labels() {
        for (text, date) in [
            ("1987-04-23, seen", "1987-04-23"),
            ("1987-04-23T00:00:00Z", "1987-04-23"),
            ("12 March 1987 in Cebu", "12 March 1987"),
            ("15th June 1991", "15th June 1991"),
            ("23 de abril de 1987.", "23 de abril de 1987"),
            ("23. März 1987", "23. März 1987"),
            ("04/23/1987)", "04/23/1987"),
        ] {
            assert_eq!(at(text.as_bytes(), 0, 0).map(|c| &text[c.span]), Some(date), "{text}");
        }
        for text in ["1987", "a Monday", "", "12345", "1987-04-23x", "1987-04-23-5", "\u{ff}", "31/04/1987"] {
            assert!(at(text.as_bytes(), 0, 0).is_none(), "{text}");
        }
    }

    #[test]
    fn leaves_the_time_out() {
        let found = cell(b" 1987-04-23T00:00:00Z", 0).expect("a date and a time");
        assert_eq!(found.span, 1..11);
    }

    #[test]
    fn dates_of_past_people_stand_in_cells_alone() {
        assert!(cell(b"1781-11-04", 0).is_some());
        assert!(at(b"1781-11-04", 0, 0).is_none());
        assert_eq!(
            [year_of(b"1781-11-04"), year_of(b"1987-04-23 10:00:00"), year_of(b"31885"), year_of(b"1.2.3")],
            [None, Some(1987), None, None]
        );
    }

    #[test]
    fn refuses_impossible_dates() {
        for text in [
            "1987-02-29", "1987-13-01", "31/04/1987", "1450-01-01", "2090-01-01", "unknown", "", "1987", "12345678", "1.2.3",
            "1987-04-23 x", "09999", "60000",
        ] {
            assert!(cell(text.as_bytes(), 0).is_none(), "{text}");
        }
    }
}
