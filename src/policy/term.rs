//! Spans of the calendar: `P6M`, `P180D`, `PT72H`.

use std::fmt;

use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

/// How long something is kept: an ISO 8601 duration, reckoned forward in the calendar of a time zone.
///
/// A month after 31 January is the last day of February; a day is a day of the calendar, also where the clocks change in it.
#[derive(Clone, Debug)]
pub struct Term {
    text: String,
    span: Span,
}

impl Term {
    /// Reads a duration; none where it is none, or runs backward.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        // The parser also knows other ways of writing than that of the standard.
        let span: Span = text.starts_with('P').then(|| text.parse().ok()).flatten()?;
        (!span.is_negative()).then(|| Self { text: text.to_owned(), span })
    }

    /// Returns what is this long after a time; none beyond the year 9999.
    #[must_use]
    pub fn after(&self, time: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        time.to_zoned(zone.clone()).checked_add(self.span).ok().map(|due| due.timestamp())
    }

    /// Whether it is no time at all.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.span.is_zero()
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl PartialEq for Term {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(term: &str, time: &str, zone: &str) -> String {
        let zone = TimeZone::get(zone).expect("a zone");
        let due = Term::parse(term).expect("a term").after(time.parse().expect("a time"), &zone).expect("in range");
        due.to_zoned(zone).strftime("%FT%T%:z").to_string()
    }

    #[test]
    fn goes_forward_in_the_calendar() {
        for (term, time, zone, due) in [
            ("P1M", "2025-01-31T12:00:00+08:00", "Asia/Manila", "2025-02-28T12:00:00+08:00"),
            ("P1M", "2024-01-31T12:00:00+08:00", "Asia/Manila", "2024-02-29T12:00:00+08:00"),
            ("P1Y", "2024-02-29T00:00:00+08:00", "Asia/Manila", "2025-02-28T00:00:00+08:00"),
            ("P5Y", "2021-01-15T23:59:59+08:00", "Asia/Manila", "2026-01-15T23:59:59+08:00"),
            ("P180D", "2025-07-19T00:00:00+08:00", "Asia/Manila", "2026-01-15T00:00:00+08:00"),
            // The clocks go forward in this day, and back in that one.
            ("P1D", "2025-03-29T12:00:00+01:00", "Europe/Berlin", "2025-03-30T12:00:00+02:00"),
            ("PT24H", "2025-03-29T12:00:00+01:00", "Europe/Berlin", "2025-03-30T13:00:00+02:00"),
            ("P1D", "2025-10-25T12:00:00+02:00", "Europe/Berlin", "2025-10-26T12:00:00+01:00"),
            ("PT0S", "2025-10-25T12:00:00+02:00", "Europe/Berlin", "2025-10-25T12:00:00+02:00"),
        ] {
            assert_eq!(after(term, time, zone), due, "{term} after {time}");
        }
    }

    #[test]
    fn knows_durations_of_the_standard_alone() {
        for wrong in ["", "180D", "180 days", "-P1D", "P-1D", "P", "1 month", "P1D2"] {
            assert!(Term::parse(wrong).is_none(), "{wrong}");
        }
        assert!(Term::parse("PT0S").is_some_and(|term| term.is_zero()));
        assert!(Term::parse("P9999Y").is_some_and(|term| term.after("2025-01-01T00:00:00Z".parse().unwrap(), &TimeZone::UTC).is_none()));
    }
}
