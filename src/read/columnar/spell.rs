//! How values that are no text are spelt: numbers as exports write them, dates and times by ISO 8601.

use std::io::Write as _;

use arrow_schema::TimeUnit;

/// Whole numbers from here on have seven digits.
const LONG: u64 = 1_000_000;
/// Whole numbers in doubles are exact up to here.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Whether a whole number has seven digits or more.
pub(super) fn is_long(value: u64) -> bool {
    value >= LONG
}

/// Whether a double is a whole number of seven digits or more, none of them lost.
pub(super) fn is_long_double(value: f64) -> bool {
    value.abs() >= LONG as f64 && value.abs() <= EXACT && value.fract() == 0.0
}

/// Writes a whole number.
pub(super) fn integer(value: i128, out: &mut Vec<u8>) {
    if value < 0 {
        out.push(b'-');
    }
    match u64::try_from(value.unsigned_abs()) {
        Ok(mut rest) => {
            let mut digits = [0; 20];
            let mut at = digits.len();
            loop {
                at -= 1;
                digits[at] = b'0' + (rest % 10) as u8;
                rest /= 10;
                if rest == 0 {
                    break;
                }
            }
            out.extend_from_slice(&digits[at..]);
        }
        Err(_) => {
            let _ = write!(out, "{}", value.unsigned_abs());
        }
    }
}

/// Writes a double as `639171234567.0`, `14.5995`, `9.17e20`.
pub(super) fn double(value: f64, out: &mut Vec<u8>) {
    if value.fract() == 0.0 && value.abs() <= EXACT {
        integer(value as i128, out);
        out.extend_from_slice(b".0");
    } else if value.abs() > EXACT || (value != 0.0 && value.abs() < 1e-5) {
        let _ = write!(out, "{value:e}");
    } else {
        let _ = write!(out, "{value}");
    }
}

/// Writes a float of 32 bits with no more digits than it has.
pub(super) fn single(value: f32, out: &mut Vec<u8>) {
    let _ = if value.abs() >= 1e7 { write!(out, "{value:e}") } else { write!(out, "{value:?}") };
}

/// Writes a decimal whose digits are given without their point.
pub(super) fn decimal(digits: &str, scale: i8, out: &mut Vec<u8>) {
    let Ok(scale @ 1..) = usize::try_from(scale) else {
        out.extend_from_slice(digits.as_bytes());
        return;
    };
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |digits| ("-", digits));
    let padded = format!("{digits:0>width$}", width = scale + 1);
    let (whole, fraction) = padded.split_at(padded.len() - scale);
    let _ = write!(out, "{sign}{whole}.{fraction}");
}

/// Writes the date of a day, counted from 1970-01-01.
pub(super) fn date(days: i64, out: &mut Vec<u8>) {
    let (year, month, day) = civil(days);
    let _ = write!(out, "{year:04}-{month:02}-{day:02}");
}

/// Writes a time, counted from 1970-01-01 in UTC.
pub(super) fn timestamp(value: i64, unit: TimeUnit, out: &mut Vec<u8>) {
    let per_second = per_second(unit);
    let seconds = value.div_euclid(per_second);
    date(seconds.div_euclid(86_400), out);
    out.push(b'T');
    time(value.rem_euclid(per_second.saturating_mul(86_400)), unit, out);
}

/// Writes the part of a time that is less than a second, with its point; nothing where there is none.
pub(super) fn fraction(value: i64, unit: TimeUnit, out: &mut Vec<u8>) {
    let (rest, digits) = (value.rem_euclid(per_second(unit)), per_second(unit).ilog10() as usize);
    if rest > 0 {
        let _ = write!(out, ".{rest:0digits$}");
    }
}

/// Writes a time of the day.
pub(super) fn time(value: i64, unit: TimeUnit, out: &mut Vec<u8>) {
    let seconds = value.div_euclid(per_second(unit));
    let _ = write!(out, "{:02}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60);
}

fn per_second(unit: TimeUnit) -> i64 {
    match unit {
        TimeUnit::Second => 1,
        TimeUnit::Millisecond => 1_000,
        TimeUnit::Microsecond => 1_000_000,
        TimeUnit::Nanosecond => 1_000_000_000,
    }
}

/// Year, month and day in the Gregorian calendar, by its cycles of 400 years, which begin here in March.
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days.saturating_add(719_468);
    let (cycle, day) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let of_year = day - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let of_month = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + cycle * 400 + i64::from(month <= 2), month, of_month)
}

/// Writes 16 bytes as a UUID (RFC 9562).
pub(super) fn uuid(bytes: &[u8], out: &mut Vec<u8>) {
    for (i, byte) in bytes.iter().enumerate() {
        let dash = if matches!(i, 4 | 6 | 8 | 10) { "-" } else { "" };
        let _ = write!(out, "{dash}{byte:02x}");
    }
}

/// Writes the first bytes of what is no text, so that it counts as a value.
pub(super) fn hex(bytes: &[u8], out: &mut Vec<u8>) {
    out.extend_from_slice(b"0x");
    for byte in bytes.iter().take(32) {
        let _ = write!(out, "{byte:02x}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelt(write: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        write(&mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn numbers_are_spelt_as_exports_spell_them() {
        let numbers =
            [(0, "0"), (-5, "-5"), (i128::from(u64::MAX), "18446744073709551615"), (i128::from(i64::MIN), "-9223372036854775808")];
        for (value, text) in numbers {
            assert_eq!(spelt(|out| integer(value, out)), text);
        }
        let doubles = [(639_171_234_567.0, "639171234567.0"), (14.5995, "14.5995"), (9.17e20, "9.17e20"), (-0.5, "-0.5"), (1e-7, "1e-7")];
        for (value, text) in doubles {
            assert_eq!(spelt(|out| double(value, out)), text);
        }
        for (digits, scale, text) in [("12345", 2, "123.45"), ("-5", 3, "-0.005"), ("7", 0, "7"), ("7", -2, "7")] {
            assert_eq!(spelt(|out| decimal(digits, scale, out)), text);
        }
    }

    #[test]
    fn long_numbers_have_seven_digits() {
        assert!(is_long(1_000_000) && !is_long(999_999));
        assert!(is_long_double(1e6) && is_long_double(-1e6) && !is_long_double(999_999.0) && !is_long_double(1_234_567.5));
        assert!(![f64::NAN, f64::INFINITY, 1e300].into_iter().any(is_long_double));
    }

    #[test]
    fn days_and_times_follow_the_calendar() {
        let dates = [(0, "1970-01-01"), (-1, "1969-12-31"), (11_016, "2000-02-29"), (19_782, "2024-02-29"), (-719_528, "0000-01-01")];
        for (days, text) in dates {
            assert_eq!(spelt(|out| date(days, out)), text);
        }
        assert_eq!(spelt(|out| timestamp(1_709_164_800_123, TimeUnit::Millisecond, out)), "2024-02-29T00:00:00");
        assert_eq!(spelt(|out| timestamp(-1, TimeUnit::Nanosecond, out)), "1969-12-31T23:59:59");
        let fractions = [(1_500, TimeUnit::Millisecond, ".500"), (-1, TimeUnit::Nanosecond, ".999999999"), (7, TimeUnit::Second, "")];
        for (value, unit, text) in fractions {
            assert_eq!(spelt(|out| fraction(value, unit, out)), text);
        }
        for extreme in [i64::MIN, i64::MAX] {
            spelt(|out| timestamp(extreme, TimeUnit::Second, out));
            spelt(|out| date(extreme, out));
        }
    }

    #[test]
    fn uuids_have_their_dashes() {
        assert_eq!(spelt(|out| uuid(&[0xab; 16], out)), "abababab-abab-abab-abab-abababababab");
    }
}
