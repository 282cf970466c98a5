//! Tables of any content, written in each format that `apply` edits: what is due is gone or changed, all else is as it was.

use proptest::prelude::*;
use serde_json::Value;

use crate::apply::{CLOCK, HEAD, NOW, RULES, Ready};
use crate::apply_documents;

/// What means something in some format.
const PIECES: [&str; 26] = [
    "a", "ñ", " ", "\"", "\\", "'", ",", ";", "\t", "\n", "\r\n", "🎂", "--", "/*", "*/", "#", "]", "}", "[{", "$$", "\\N", "\\.", "\\u0000", "''", "\u{1}",
    "b c",
];

#[derive(Debug, Clone)]
struct Record {
    days: i64,
    closed: bool,
    mail: bool,
    note: String,
}

fn record() -> impl Strategy<Value = Record> {
    let note = prop::collection::vec(prop::sample::select(&PIECES[..]), 0..8).prop_map(|pieces| pieces.concat());
    (0..800_i64, any::<bool>(), any::<bool>(), note).prop_map(|(days, closed, mail, note)| Record { days, closed, mail, note })
}

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq)]
enum How {
    Csv,
    Ndjson,
    Json,
    Copy,
    Insert,
    MySql,
}

impl How {
    const ALL: [Self; 6] = [Self::Csv, Self::Ndjson, Self::Json, Self::Copy, Self::Insert, Self::MySql];

    fn name(self) -> &'static str {
        match self {
            Self::Csv => "a.csv",
            Self::Ndjson => "a.ndjson",
            Self::Json => "a.json",
            _ => "a.sql",
        }
    }

    fn policy(self, rules: &str) -> String {
        if self == Self::Json { apply_documents::policy("[].") } else { [HEAD, CLOCK, rules].concat() }
    }

    /// A text as it stands in a cell.
    fn text(self, text: &str) -> String {
        match self {
            // A backslash before a quote would make another dialect of it, a line break another table.
            Self::Csv => format!("\"{}\"", text.replace('\\', "/").replace(['\n', '\r'], " ").replace('"', "\"\"")),
            Self::Ndjson | Self::Json => Value::from(text).to_string(),
            Self::Copy => {
                text.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\r")
            }
            Self::Insert => format!("'{}'", text.replace('\'', "''")),
            Self::MySql => format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'").replace('\n', "\\n")),
        }
    }

    /// A record; `None`: null.
    fn row(self, n: usize, phone: Option<&str>, at: &str, status: &str, note: &str) -> String {
        let cell = |text: &str| if self == Self::Csv { text.to_owned() } else { self.text(text) };
        let null = match self {
            Self::Csv => "",
            Self::Ndjson | Self::Json => "null",
            Self::Copy => "\\N",
            Self::Insert | Self::MySql => "NULL",
        };
        let (phone, at, status, note) = (phone.map_or(null.to_owned(), cell), cell(at), cell(status), self.text(note));
        match self {
            Self::Csv => format!("{n},{phone},{at},{status},{note}\n"),
            Self::Ndjson => format!("{{\"id\":{n},\"phone\":{phone},\"at\":{at},\"status\":{status},\"note\":{note}}}\n"),
            Self::Json => format!("  {{\"id\": {n}, \"phone\": {phone}, \"at\": {at}, \"status\": {status}, \"note\": {note}}}"),
            Self::Copy => format!("{n}\t{phone}\t{at}\t{status}\t{note}\n"),
            Self::Insert | Self::MySql => format!("({n}, {phone}, {at}, {status}, {note})"),
        }
    }

    /// A table of records, of which those that are none went.
    fn table(self, rows: &[Option<String>]) -> String {
        let kept = |rows: &[Option<String>]| rows.iter().flatten().cloned().collect::<Vec<_>>();
        let table = "t (id integer, phone text, at text, status text, note text);\n";
        match self {
            Self::Csv => format!("id,phone,at,status,note\n{}", kept(rows).concat()),
            Self::Ndjson => kept(rows).concat(),
            Self::Json => format!("[\n{}\n]\n", kept(rows).join(",\n")),
            Self::Copy => format!("CREATE TABLE {table}COPY t (id, phone, at, status, note) FROM stdin;\n{}\\.\n", kept(rows).concat()),
            Self::Insert => {
                let each = rows.chunks(3).map(kept).filter(|rows| !rows.is_empty());
                let each = each.map(|rows| format!("INSERT INTO t VALUES {};\n", rows.join(",\n  ")));
                format!("CREATE TABLE {table}{}COMMIT;\n", each.collect::<String>())
            }
            Self::MySql => {
                let each = rows.chunks(4).map(kept).filter(|rows| !rows.is_empty());
                let each = each.map(|rows| format!("INSERT INTO `t` VALUES\n{};\n", rows.join(",\n")));
                format!("-- MySQL dump 10.13\nCREATE TABLE {table}{}UNLOCK TABLES;\n", each.collect::<String>())
            }
        }
    }
}

/// A record as it is, or as it is to be; none: it goes.
fn row(how: How, record: &Record, n: usize, after: bool) -> Option<String> {
    let now: jiff::Timestamp = NOW.parse().unwrap();
    let at = (now - jiff::Span::new().hours(24 * record.days)).to_string();
    let due = record.days >= 30 && after;
    let phone = format!("0917 555 {n:04}");
    let mail = if !record.mail {
        "none".to_owned()
    } else if due {
        "[EMAIL]".to_owned()
    } else {
        format!("m{n}@koreo.ph")
    };
    let goes = after && record.closed && record.days >= 365;
    let status = if record.closed { "closed" } else { "open" };
    (!goes).then(|| how.row(n, (!due).then_some(&*phone), &at, status, &format!("{} {mail}.", record.note)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Of all records those that are due are gone or changed, and the others are byte for byte as they were.
    #[test]
    fn what_is_due_is_gone_and_nothing_else(records in prop::collection::vec(record(), 3..40), how in prop::sample::select(&How::ALL[..])) {
        let rows = |after| records.iter().zip(0..).map(|(record, n)| row(how, record, n, after)).collect::<Vec<_>>();
        let (before, after) = (how.table(&rows(false)), how.table(&rows(true)));
        let ready = Ready::new(&[(how.name(), before.as_bytes())], &how.policy(RULES));
        let done = ready.apply();
        prop_assert_eq!(done.code, 0, "{}{}", done.stdout, done.stderr);
        prop_assert_eq!(ready.text(how.name()), after);
        prop_assert!(ready.is_clean());
    }
}
