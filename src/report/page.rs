//! Pages of HTML that stand alone: whatever they show is escaped, and they load nothing.
//!
//! `base.html` and `base.css` are those of every page. The policy in its head lets its own styles apply, and its own script run if it has
//! one, by digest, and nothing else.

use std::fmt::Write as _;

use jiff::Timestamp;
use minijinja::value::Serde;
use minijinja::{Environment, Error as TemplateError, UndefinedBehavior, Value, context, escape_formatter};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::certificate::{Certificate, FileState};
use crate::model::{Error, ErrorKind, Result, base64, plain};

const STYLE: &str = include_str!("base.css");
const TEMPLATES: [(&str, &str); 3] = [
    ("base.html", include_str!("base.html")),
    ("certificate.html", include_str!("certificate.html")),
    ("run.html", include_str!("html/run.html")),
];

/// Files of which a page shows the names; a statement has them all.
const MOST_FILES: usize = 2_000;

/// Makes the page of a certificate.
///
/// # Errors
/// `Io` where it cannot be made.
pub fn page(certificate: &Certificate) -> Result<String> {
    let files = certificate.files.iter().map(|(state, count)| {
        let tone = match state {
            FileState::Verified => "good",
            FileState::Open | FileState::Failed | FileState::Unconfirmed => "bad",
            _ => "warn",
        };
        context! { state => Value::from(Serde(state)), tone, count, words => state.meaning() }
    });
    let values = context! {
        c => Value::from(Serde(certificate)),
        files => files.collect::<Vec<_>>(),
        as_of => local(&certificate.plan.as_of, certificate.policy.timezone.as_deref()),
        verified => certificate.files.get(&FileState::Verified).copied().unwrap_or(0),
        most => MOST_FILES,
        more => certificate.paths.as_ref().map_or(0, Vec::len).saturating_sub(MOST_FILES),
    };
    render("certificate.html", &values, Parts::default())
}

/// What a page has besides its text. None of it is escaped: it comes from this room.
#[derive(Default)]
pub(super) struct Parts<'a> {
    /// Styles that follow those of every page.
    pub styles: &'a [&'a str],
    /// Its script.
    pub script: Option<&'a str>,
    /// JSON for the script, in which nothing ends an element.
    pub data: Option<String>,
}

pub(super) fn render(name: &str, values: &impl Serialize, parts: Parts<'_>) -> Result<String> {
    let failed = |error: TemplateError| Error::new(ErrorKind::Io, format!("the page cannot be made: {error}"));
    let mut templates = Environment::new();
    templates.set_undefined_behavior(UndefinedBehavior::Strict);
    // Names of files and datasets must not drive a page either: marks that turn the direction of text are shown as what they are not.
    templates.set_formatter(|out, state, value| match value.as_str() {
        Some(text) if !value.is_safe() => escape_formatter(out, state, &Value::from(plain(text))),
        _ => escape_formatter(out, state, value),
    });
    templates.add_filter("number", number);
    templates.add_filter("of", of);
    templates.add_filter("time", time);
    templates.add_filter("size", size);
    templates.add_filter("about", about);
    templates.add_filter("link", link);
    templates.add_filter("span", span);
    templates.add_filter("term", |text: &str| if text == "PT0S" { "at once".to_owned() } else { format!("after {}", span(text)) });
    templates.add_filter("day", |text: &str| text.chars().take(10).collect::<String>());
    templates.add_filter("words", |text: &str| text.replace('_', " "));
    for (name, text) in TEMPLATES {
        templates.add_template(name, text).map_err(failed)?;
    }
    let digest = |text: &str| base64(&Sha256::digest(text.as_bytes()));
    let styles: Vec<Value> = std::iter::once(&STYLE).chain(parts.styles).map(|text| Value::from_safe_string((*text).to_owned())).collect();
    let style_digests: Vec<Value> = std::iter::once(&STYLE).chain(parts.styles).map(|text| Value::from_safe_string(digest(text))).collect();
    let script_digest = parts.script.map(|text| Value::from_safe_string(digest(text)));
    let script = parts.script.map(|text| Value::from_safe_string(text.to_owned()));
    let data = parts.data.map(Value::from_safe_string);
    let page = templates.get_template(name).map_err(failed)?;
    page.render(context! { styles, style_digests, script, script_digest, data, ..Value::from(Serde(values)) }).map_err(failed)
}

/// A text as a shell takes it.
pub(super) fn quoted(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/._-+@:".contains(c);
    if !text.is_empty() && !text.starts_with('-') && text.chars().all(is_plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

/// A number with its thousands apart.
fn number(n: u64) -> String {
    let digits = n.to_string();
    digits.bytes().enumerate().fold(String::new(), |mut out, (at, digit)| {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(char::from(digit));
        out
    })
}

/// A count that says where it is only near.
fn about(count: Value) -> std::result::Result<String, TemplateError> {
    let n = u64::try_from(count.get_attr("n")?)?;
    Ok(if count.get_attr("is_exact")?.is_true() { number(n) } else { format!("about {}", number(n)) })
}

/// A text as it stands in the fragment of an address.
fn link(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

/// Bytes, to three digits: `1.25 MB`.
fn size(bytes: u64) -> String {
    let (mut left, mut unit) = (bytes as f64, 0);
    const UNITS: [&str; 6] = ["bytes", "kB", "MB", "GB", "TB", "PB"];
    while left >= 999.5 && unit + 1 < UNITS.len() {
        (left, unit) = (left / 1_000.0, unit + 1);
    }
    let digits = match left {
        _ if unit == 0 => 0,
        0.0..9.995 => 2,
        9.995..99.95 => 1,
        _ => 0,
    };
    format!("{left:.digits$} {}", UNITS[unit])
}

/// A number of things: `1 file`, `2 files`.
fn of(n: u64, what: &str) -> String {
    let mut out = number(n);
    let _ = write!(out, " {what}{}", if n == 1 { "" } else { "s" });
    out
}

/// A time to the minute in a zone, or in UTC.
fn local(text: &str, zone: Option<&str>) -> String {
    let Some(name) = zone else { return time(text) };
    let zoned = text.parse::<Timestamp>().ok().and_then(|time| time.in_tz(name).ok());
    zoned.map_or_else(|| time(text), |zoned| format!("{} in {name}", zoned.strftime("%F %H:%M")))
}

/// An ISO 8601 duration in words: `30 days`.
fn span(text: &str) -> String {
    let spelt = text.parse::<jiff::Span>().ok().filter(|span| !span.is_zero()).map(|span| {
        let parts = [
            (i64::from(span.get_years()), "year"),
            (i64::from(span.get_months()), "month"),
            (i64::from(span.get_weeks()), "week"),
            (i64::from(span.get_days()), "day"),
            (i64::from(span.get_hours()), "hour"),
            (span.get_minutes(), "minute"),
            (span.get_seconds(), "second"),
        ];
        let told = parts.into_iter().filter(|(count, _)| *count > 0).map(|(count, unit)| of(count.unsigned_abs(), unit));
        told.collect::<Vec<_>>().join(", ")
    });
    spelt.filter(|spelt| !spelt.is_empty()).unwrap_or_else(|| text.to_owned())
}

/// A time to the minute.
fn time(text: &str) -> String {
    text.parse::<Timestamp>().map_or_else(|_| text.to_owned(), |time| time.strftime("%F %H:%M UTC").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_times_are_written_for_people() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(number), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!((of(1, "file"), of(2_000, "file")), ("1 file".to_owned(), "2,000 files".to_owned()));
        assert_eq!([0, 999, 1_000, 12_345, 999_600].map(size), ["0 bytes", "999 bytes", "1.00 kB", "12.3 kB", "1.00 MB"]);
        assert_eq!(["runs/a", "a b", "it's"].map(quoted), ["runs/a", "'a b'", r"'it'\''s'"]);
        assert_eq!(time("2026-01-15T08:05:59.123Z"), "2026-01-15 08:05 UTC");
        assert_eq!(time("<b>"), "<b>");
        assert_eq!(local("2026-01-14T16:00:00Z", Some("Asia/Manila")), "2026-01-15 00:00 in Asia/Manila");
        assert_eq!(["P30D", "P1Y6M", "PT72H", "x"].map(span), ["30 days", "1 year, 6 months", "72 hours", "x"]);
    }
}
