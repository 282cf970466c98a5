//! Dates that numbers of persons begin with.
//!
//! In come digits, out goes whether they are a day of the calendar that a person can have been born on: 1850 to 2049, a range
//! that does not move with today's date.

use super::weighted::number;

/// First and last year of birth that counts.
const YEARS: std::ops::RangeInclusive<u32> = 1850..=2049;

/// Says whether a day exists.
#[must_use]
pub fn is_day(year: u32, month: u32, day: u32) -> bool {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    };
    YEARS.contains(&year) && (1..=days).contains(&day)
}

/// Two digits as a number.
#[must_use]
pub fn two(text: &[u8]) -> u32 {
    u32::try_from(number(text)).unwrap_or(u32::MAX)
}

/// `YYMMDD` of a century that the number does not tell.
#[must_use]
pub fn yymmdd(text: &[u8]) -> bool {
    text.len() >= 6 && in_some_century(two(&text[..2]), two(&text[2..4]), two(&text[4..6]))
}

/// `DDMMYY` of a century that the number does not tell.
#[must_use]
pub fn ddmmyy(text: &[u8]) -> bool {
    text.len() >= 6 && in_some_century(two(&text[4..6]), two(&text[2..4]), two(&text[..2]))
}

/// `YYYYMMDD`.
#[must_use]
pub fn yyyymmdd(text: &[u8]) -> bool {
    text.len() >= 8 && is_day(two(&text[..4]), two(&text[4..6]), two(&text[6..8]))
}

/// A year of two digits: 29 February is a day where one of the centuries has it.
#[must_use]
pub fn in_some_century(year: u32, month: u32, day: u32) -> bool {
    is_day(1900 + year, month, day) || year < 50 && is_day(2000 + year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_calendar() {
        assert!(yymmdd(b"000229") && yymmdd(b"991231") && ddmmyy(b"010150") && yyyymmdd(b"20240229"));
        assert!(!yymmdd(b"990229") && !yymmdd(b"991301") && !yymmdd(b"990100") && !ddmmyy(b"310450") && !yyyymmdd(b"20230229"));
        assert!(!yyyymmdd(b"17991231") && !yyyymmdd(b"20500101") && !yymmdd(b"9901"));
    }
}
