//! How old a record is: clocks, and the times that texts mean.

use std::fmt;

use jiff::civil::{Date, DateTime};
use jiff::fmt::strtime::BrokenDownTime;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use regex_automata::meta::Regex;

/// Where a record's time may stand.
#[derive(Clone, Debug)]
pub struct Clock {
    /// Where it is looked for.
    pub kind: ClockKind,
    /// How it is written.
    pub format: Format,
    /// Zone of times without an offset.
    pub zone: TimeZone,
}

/// The place of a time.
#[derive(Clone, Debug)]
pub enum ClockKind {
    /// A cell of the record, by the name of its column.
    Column(String),
    /// The start of the log entry that the record belongs to.
    Log,
    /// A folder of the path, by its key: records are as old as the end of the period.
    Partition(String),
    /// A part of the path: the first group of an expression.
    Path(Box<Regex>),
    /// A cell of another dataset's record that has the same value in the column `on`.
    Event {
        /// The other dataset.
        dataset: usize,
        /// The column of both that joins them.
        on: String,
        /// The column with the time.
        name: String,
    },
    /// The file's time of modification.
    Modified,
}

/// How a time is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Format {
    /// ISO 8601: a date, a date and a time, either with an offset or without.
    Iso,
    /// The Common Log Format's `[10/Oct/2000:13:55:36 -0700]`.
    CommonLog,
    /// Conversions of strptime.
    Conversions(String),
    /// A number since 1970.
    Number(Unit),
}

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Seconds.
    Seconds,
    /// Thousandths.
    Milliseconds,
    /// Millionths.
    Microseconds,
}

/// A record's time, and what said so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The time; of a period its end.
    pub time: Timestamp,
    /// What said so.
    pub source: Source,
}

/// What kind of clock said how old something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// A cell.
    Column,
    /// A log entry.
    Log,
    /// A folder.
    Partition,
    /// A path.
    Path,
    /// Another dataset's record.
    Event,
    /// The file system: weak, because a copy is younger than what it holds.
    Modified,
}

impl Source {
    /// Returns the name used in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Column => "column",
            Self::Log => "log",
            Self::Partition => "partition",
            Self::Path => "path",
            Self::Event => "event",
            Self::Modified => "mtime",
        }
    }
}

impl Clock {
    /// Returns what kind of clock it is.
    #[must_use]
    pub fn source(&self) -> Source {
        match self.kind {
            ClockKind::Column(_) => Source::Column,
            ClockKind::Log => Source::Log,
            ClockKind::Partition(_) => Source::Partition,
            ClockKind::Path(_) => Source::Path,
            ClockKind::Event { .. } => Source::Event,
            ClockKind::Modified => Source::Modified,
        }
    }

    /// Reads a text that is a time; of a period such as a day the end. None where it is none of this format.
    #[must_use]
    pub fn read(&self, text: &str) -> Option<Timestamp> {
        let text = text.trim();
        match &self.format {
            Format::Iso => self.iso(text),
            Format::CommonLog => {
                let inside = text.strip_prefix('[').and_then(|rest| rest.split(']').next()).unwrap_or(text);
                self.broken_down(&BrokenDownTime::parse("%d/%b/%Y:%H:%M:%S %z", inside).ok()?)
            }
            Format::Conversions(format) => self.broken_down(&BrokenDownTime::parse(format, text).ok()?),
            Format::Number(unit) => number(text, *unit),
        }
    }

    /// Reads the time at the start of a log entry.
    #[must_use]
    pub fn read_entry(&self, line: &str) -> Option<Timestamp> {
        match &self.format {
            // The time of an access log stands behind the client.
            Format::CommonLog => line.match_indices('[').take(4).find_map(|(at, _)| self.read(&line[at..])),
            Format::Conversions(format) => {
                let (time, _) = BrokenDownTime::parse_prefix(format, line).ok()?;
                self.broken_down(&time)
            }
            Format::Number(unit) => number(&line[..line.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count()], *unit),
            Format::Iso => {
                let line = line.trim_start_matches(['[', '"', '(', '<']);
                // Digits, letters and marks of a time; the second part may stand behind a space.
                let word = |text: &str| text.bytes().take_while(|b| b.is_ascii_alphanumeric() || b"-:.,+/".contains(b)).count();
                let first = word(line);
                let second = line[first..].strip_prefix(' ').map_or(0, |rest| word(rest) + 1);
                let whole = line[..first + second].replace(',', ".");
                let end = |text: &str| text.trim_end_matches([':', '.', ',']).len();
                self.iso(&whole[..end(&whole)]).or_else(|| self.iso(&whole[..end(&whole[..first])]))
            }
        }
    }

    fn iso(&self, text: &str) -> Option<Timestamp> {
        if !text.as_bytes().first()?.is_ascii_digit() {
            return None;
        }
        if let Ok(time) = text.parse::<Timestamp>() {
            return Some(time);
        }
        // Without an offset: a text that names another zone must not lose it.
        if text.contains(['[', 'Z', 'z']) {
            return None;
        }
        match text.len() {
            10 => self.end_of(text.parse::<Date>().ok()?, Span::new().days(1)),
            // The calendar's months.
            7 => self.end_of(format!("{text}-01").parse::<Date>().ok()?, Span::new().months(1)),
            16.. => self.local(text.parse::<DateTime>().ok()?),
            _ => None,
        }
    }

    fn broken_down(&self, time: &BrokenDownTime) -> Option<Timestamp> {
        if time.offset().is_some() {
            return time.to_timestamp().ok();
        }
        if time.hour().is_none() {
            return self.end_of(time.to_date().ok()?, Span::new().days(1));
        }
        self.local(time.to_datetime().ok()?)
    }

    /// A time of the zone; where the clocks showed it twice, or never, the later one.
    fn local(&self, time: DateTime) -> Option<Timestamp> {
        self.zone.to_ambiguous_zoned(time).later().ok().map(|time| time.timestamp())
    }

    /// The end of a period that begins with a day.
    fn end_of(&self, day: Date, period: Span) -> Option<Timestamp> {
        self.local(day.checked_add(period).ok()?.to_datetime(jiff::civil::Time::midnight()))
    }
}

/// A number since 1970. A fraction is left out.
fn number(text: &str, unit: Unit) -> Option<Timestamp> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    if fraction.is_empty() || !fraction.bytes().all(|b| b.is_ascii_digit()) || !whole.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let count: i64 = whole.parse().ok()?;
    match unit {
        Unit::Seconds => Timestamp::from_second(count).ok(),
        Unit::Milliseconds => Timestamp::from_millisecond(count).ok(),
        Unit::Microseconds => Timestamp::from_microsecond(count).ok(),
    }
}

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ClockKind::Column(name) => write!(f, "column {name}"),
            ClockKind::Log => f.write_str("log entry"),
            ClockKind::Partition(key) => write!(f, "partition {key}="),
            ClockKind::Path(_) => f.write_str("path"),
            ClockKind::Event { name, on, .. } => write!(f, "event {name} by {on}"),
            ClockKind::Modified => f.write_str("mtime"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock(format: Format, zone: &str) -> Clock {
        Clock { kind: ClockKind::Log, format, zone: TimeZone::get(zone).expect("a zone") }
    }

    fn read(format: Format, text: &str) -> Option<String> {
        clock(format, "Asia/Manila").read(text).map(|time| time.to_string())
    }

    #[test]
    fn reads_iso_and_nothing_that_could_be_another_month() {
        for (text, time) in [
            ("2021-01-15T13:50:01+08:00", "2021-01-15T05:50:01Z"),
            ("2021-01-15 13:50:01", "2021-01-15T05:50:01Z"),
            ("2021-01-15T13:50:01.25Z", "2021-01-15T13:50:01.25Z"),
            (" 2021-01-15T13:50 ", "2021-01-15T05:50:00Z"),
            // A day is as old as its end.
            ("2021-01-15", "2021-01-15T16:00:00Z"),
            ("2021-01", "2021-01-31T16:00:00Z"),
        ] {
            assert_eq!(read(Format::Iso, text).as_deref(), Some(time), "{text}");
        }
        for wrong in ["", "03/04/2025", "2025-13-01", "2025", "yesterday", "20250101", "2025-02-30", "1735689600", "2021-01-15T13:50:01[X]"]
        {
            assert_eq!(read(Format::Iso, wrong), None, "{wrong}");
        }
    }

    #[test]
    fn reads_other_formats_that_a_policy_names() {
        let format = |text: &str| Format::Conversions(text.to_owned());
        assert_eq!(read(format("%d/%m/%Y"), "03/04/2025").as_deref(), Some("2025-04-03T16:00:00Z"));
        assert_eq!(read(format("%d/%m/%Y"), "03/14/2025"), None);
        assert_eq!(read(format("%b %d, %Y %H:%M"), "Apr 3, 2025 09:30").as_deref(), Some("2025-04-03T01:30:00Z"));
        assert_eq!(read(Format::CommonLog, "[10/Oct/2000:13:55:36 -0700]").as_deref(), Some("2000-10-10T20:55:36Z"));
        assert_eq!(read(Format::Number(Unit::Milliseconds), "1735689600123").as_deref(), Some("2025-01-01T00:00:00.123Z"));
        assert_eq!(read(Format::Number(Unit::Seconds), "1735689600.9").as_deref(), Some("2025-01-01T00:00:00Z"));
        for wrong in ["", "-5", "1e9", "12x", "99999999999999999999", "1."] {
            assert_eq!(read(Format::Number(Unit::Seconds), wrong), None, "{wrong}");
        }
    }

    #[test]
    fn reads_the_time_of_log_entries() {
        let entry = |format: Format, line: &str| clock(format, "UTC").read_entry(line).map(|time| time.to_string());
        for (line, time) in [
            ("2026-03-01 00:00:00.039 INFO  [exec-128] x", "2026-03-01T00:00:00.039Z"),
            ("2026-03-01T00:00:00Z x", "2026-03-01T00:00:00Z"),
            ("[2026-03-01 08:00:00,120] x", "2026-03-01T08:00:00.12Z"),
            ("2026-03-01: x", "2026-03-02T00:00:00Z"),
        ] {
            assert_eq!(entry(Format::Iso, line).as_deref(), Some(time), "{line}");
        }
        for line in ["", "\tat com.acme.X(Y.java:5)", "Caused by: 2026-03-01", "INFO 2026-03-01 00:00:00"] {
            assert_eq!(entry(Format::Iso, line), None, "{line}");
        }
        let line = r#"203.0.113.9 - frank [10/Oct/2000:13:55:36 -0700] "GET / HTTP/1.0" 200 2326"#;
        assert_eq!(entry(Format::CommonLog, line).as_deref(), Some("2000-10-10T20:55:36Z"));
    }

    #[test]
    fn takes_the_later_of_two_times_that_a_clock_showed() {
        let berlin = clock(Format::Iso, "Europe/Berlin");
        assert_eq!(berlin.read("2025-10-26T02:30:00").expect("a time").to_string(), "2025-10-26T01:30:00Z");
        assert_eq!(berlin.read("2025-03-30T02:30:00").expect("a time").to_string(), "2025-03-30T01:30:00Z");
    }
}
