//! A page of HTML that stands alone: whatever it shows is escaped, no script runs in it, and it loads nothing.
//!
//! `base.html` and `base.css` are those of every page. The policy in its head lets its own style apply, by digest, and nothing else.

use std::fmt::Write as _;

use jiff::Timestamp;
use minijinja::value::Serde;
use minijinja::{Environment, Error as TemplateError, UndefinedBehavior, Value, context, escape_formatter};
use sha2::{Digest as _, Sha256};

use super::certificate::{Certificate, FileState};
use crate::model::{Error, ErrorKind, Result, base64, plain};

const STYLE: &str = include_str!("base.css");
const TEMPLATES: [(&str, &str); 2] = [("base.html", include_str!("base.html")), ("certificate.html", include_str!("certificate.html"))];

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
    render("certificate.html", values)
}

fn render(name: &str, values: Value) -> Result<String> {
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
    templates.add_filter("span", span);
    templates.add_filter("term", |text: &str| if text == "PT0S" { "at once".to_owned() } else { format!("after {}", span(text)) });
    templates.add_filter("day", |text: &str| text.chars().take(10).collect::<String>());
    templates.add_filter("words", |text: &str| text.replace('_', " "));
    for (name, text) in TEMPLATES {
        templates.add_template(name, text).map_err(failed)?;
    }
    let style = Value::from_safe_string(STYLE.to_owned());
    let digest = Value::from_safe_string(base64(&Sha256::digest(STYLE.as_bytes())));
    let page = templates.get_template(name).map_err(failed)?;
    page.render(context! { style, digest, ..values }).map_err(failed)
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
        assert_eq!(time("2026-01-15T08:05:59.123Z"), "2026-01-15 08:05 UTC");
        assert_eq!(time("<b>"), "<b>");
        assert_eq!(local("2026-01-14T16:00:00Z", Some("Asia/Manila")), "2026-01-15 00:00 in Asia/Manila");
        assert_eq!(["P30D", "P1Y6M", "PT72H", "x"].map(span), ["30 days", "1 year, 6 months", "72 hours", "x"]);
    }
}
