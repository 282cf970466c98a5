//! Tables of any content, written in each format that `apply` edits: what is due is gone or changed, all else is as it was.

use proptest::prelude::*;
use serde_json::Value;

use crate::apply::{CLOCK, HEAD, NOW, RULES, Ready};

/// What means something in some format.
const PIECES: [&str; 27] = [
    "a", "ñ", " ", "\"", "\\", "'", ",", ";", "\t", "\n", "\r\n", "🎂", "--", "/*", "*/", "#", "]", "}", "[{", "$$", "\\N", "\\.", "\0",
    "\\uabcd", "''", "\u{1}", "b c",
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
        let policy = [HEAD, CLOCK, rules].concat();
        if self != Self::Json {
            return policy;
        }
        let named = ["id", "at", "status", "phone", "note"].iter().fold(policy, |policy, name| {
            policy
                .replace(&format!("[\"{name}\"]"), &format!("[\"[].{name}\"]"))
                .replace(&format!("name = \"{name}\""), &format!("name = \"[].{name}\""))
        });
        named.replace("{ status =", "{ \"[].status\" =")
    }

    /// A text that a table of the format may hold: in delimited text a backslash before a quote makes another dialect of it, a line break
    /// another table.
    fn fit(self, text: &str) -> String {
        match self {
            Self::Csv => text.replace('\\', "/").replace(['\n', '\r', '\0'], " "),
            Self::Copy | Self::Insert => text.replace('\0', " "),
            Self::Ndjson | Self::Json | Self::MySql => text.to_owned(),
        }
    }

    fn null(self) -> &'static str {
        match self {
            Self::Csv => "",
            Self::Ndjson | Self::Json => "null",
            Self::Copy => "\\N",
            Self::Insert | Self::MySql => "NULL",
        }
    }

    /// A text as it stands in a cell.
    fn text(self, text: &str) -> String {
        match self {
            Self::Csv => format!("\"{}\"", text.replace('"', "\"\"")),
            Self::Ndjson | Self::Json => Value::from(text).to_string(),
            Self::Copy => text.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\r"),
            Self::Insert => format!("'{}'", text.replace('\'', "''")),
            Self::MySql => format!(
                "'{}'",
                text.replace('\\', "\\\\").replace('\'', "''").replace('\n', "\\n").replace('\r', "\\r").replace('\0', "\\0")
            ),
        }
    }

    /// A record; `None`: null.
    fn row(self, n: usize, phone: Option<&str>, at: &str, status: &str, note: Option<&str>) -> String {
        let cell = |text: &str| if self == Self::Csv { text.to_owned() } else { self.text(text) };
        let (phone, at, status) = (phone.map_or(self.null().to_owned(), cell), cell(at), cell(status));
        let note = note.map_or(self.null().to_owned(), |note| self.text(note));
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
    (!goes).then(|| how.row(n, (!due).then_some(&*phone), &at, status, Some(&how.fit(&format!("{} {mail}.", record.note)))))
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

/// What a person may write in the place of a value.
const WITH: &str = "\\\\ \\\" ' '' ; -- /* */ # ] } $$ \\\\N\\\\.,ñ🎂\\\\";

#[test]
fn any_value_and_any_action_in_each_format() {
    let with = toml::from_str::<std::collections::BTreeMap<String, String>>(&format!("with = \"{WITH}\""))
        .expect("it is TOML")
        .remove("with")
        .unwrap();
    let notes: Vec<String> = PIECES.iter().map(|piece| format!("x{piece}y{piece}{piece}z")).collect();
    for how in How::ALL {
        for action in ["null", "redact", "mask", "replace", "token"] {
            let with_line = if action == "replace" { format!("with = \"{WITH}\"\n") } else { String::new() };
            let rule = format!(
                "[[rule]]\nid = \"a\"\ndataset = \"orders\"\ncolumns = [\"note\"]\nafter = \"P30D\"\naction = \"{action}\"\n{with_line}"
            );
            let rows = |note: &dyn Fn(&str) -> Option<String>| {
                let row =
                    |(n, text): (usize, &String)| Some(how.row(n, None, "2020-01-01T00:00:00Z", "open", note(&how.fit(text)).as_deref()));
                notes.iter().enumerate().map(row).collect::<Vec<_>>()
            };
            let ready = Ready::new(&[(how.name(), how.table(&rows(&|text| Some(text.to_owned()))).as_bytes())], &how.policy(&rule));
            let done = ready.apply();
            assert_eq!(done.code, 0, "{how:?} {action}: {}{}", done.stdout, done.stderr);
            let text = ready.text(how.name());
            if action == "token" {
                let is_token = |text: &str| text.len() == 32 && text.bytes().all(|b| b.is_ascii_hexdigit());
                let found = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| is_token(word)).count();
                assert_eq!(found, notes.len(), "{how:?}");
                continue;
            }
            let wanted = how.table(&rows(&|text| match action {
                "null" => None,
                "redact" => Some("[REDACTED]".to_owned()),
                "mask" => Some("*".repeat(text.chars().count())),
                _ => Some(with.clone()),
            }));
            assert_eq!(text, wanted, "{how:?} {action}");
        }
    }
}

#[test]
fn a_part_of_any_value_in_each_format() {
    for how in How::ALL {
        let note = |n: usize, after: bool| {
            let (before, behind) = (PIECES[n], PIECES[(n * 7 + 3) % PIECES.len()]);
            let card = if after { "**** **** **** 1111" } else { "4111 1111 1111 1111" };
            let ip = if after { "203.0.113.0" } else { "203.0.113.77" };
            how.fit(&format!("{before} {card} {behind} {ip} {before}"))
        };
        let rules = "[[rule]]\nid = \"a\"\ndataset = \"orders\"\nentities = [\"credit_card\"]\nafter = \"P30D\"\naction = \"pan_truncate\"\n\
            [[rule]]\nid = \"b\"\ndataset = \"orders\"\nentities = [\"ip_address\"]\nafter = \"P30D\"\naction = \"generalise\"\nmin_likelihood = \"possible\"\n";
        let rows = |after| {
            (0..PIECES.len()).map(|n| Some(how.row(n, None, "2020-01-01T00:00:00Z", "open", Some(&note(n, after))))).collect::<Vec<_>>()
        };
        let ready = Ready::new(&[(how.name(), how.table(&rows(false)).as_bytes())], &how.policy(rules));
        let done = ready.apply();
        assert_eq!(done.code, 0, "{how:?}: {}{}", done.stdout, done.stderr);
        assert_eq!(ready.text(how.name()), how.table(&rows(true)), "{how:?}");
    }
}

#[test]
fn statements_arrays_and_values_may_lie_over_several_blocks() {
    for how in [How::Json, How::Copy, How::Insert, How::MySql] {
        // Some of the notes are longer than what a block owns, and a whole run of records goes.
        let rows = |after: bool| {
            let row = |n: usize| {
                let long = if n % 17 == 3 { "ab 'c\" \\ ".repeat(40_000) } else { String::new() };
                let goes = after && (20..60).contains(&n);
                let status = if (20..60).contains(&n) { "closed" } else { "open" };
                let mail = if after { "[EMAIL]".to_owned() } else { format!("m{n}@koreo.ph") };
                (!goes).then(|| how.row(n, None, "2020-01-01T00:00:00Z", status, Some(&format!("{long} {mail} {long}"))))
            };
            (0..80).map(row).collect::<Vec<_>>()
        };
        let (before, after) = (how.table(&rows(false)), how.table(&rows(true)));
        assert!(before.len() > 3_000_000);
        let ready = Ready::new(&[(how.name(), before.as_bytes())], &how.policy(RULES));
        let done = ready.apply();
        assert_eq!(done.code, 0, "{how:?}: {}{}", done.stdout, done.stderr);
        assert!(ready.text(how.name()) == after, "{how:?}");
    }
}
