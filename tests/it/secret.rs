//! Confidentiality: no byte of any output tells a value. Paths of objects stay clear by design.

use std::fs;

use crate::run::{Desk, Done, files, table, text};
use crate::transcript::gz;

/// Values that stand nowhere else, one of each entity, in the spelling that is planted.
const VALUES: &[&str] = &[
    "qwinzy.blorft@example.org",
    "5105 1051 0510 5100",
    "+63 917 864 2035",
    "GB33BUKB20201555555555",
    "536-22-8731",
    "203.0.113.219",
    "4827 Zarquonbury Street",
    "Zaphira Quxenby",
    "1983-11-27",
    "CUS-83640275",
];

/// Which of [`VALUES`] are planted as keys and headers: a name and a date alone cannot be told from a word and a day, so keys
/// that are names of persons stay clear.
const ANCHORED: [usize; 8] = [0, 1, 2, 3, 4, 5, 6, 9];

/// What may not stand anywhere: the values, in other spellings too, and words and runs of digits that only they hold.
///
/// None is so short that a random id or a time of day could hold it by chance.
fn secrets() -> Vec<String> {
    let mut all: Vec<String> = VALUES.iter().map(|value| (*value).to_owned()).collect();
    all.extend(
        ["5105105105105100", "639178642035", "09178642035", "536228731", "qwinzy", "blorft", "Zarquon", "Zaphira", "Quxenby"]
            .map(str::to_owned),
    );
    all.extend(["864 2035", "0510 5100", "20201555", "83640275", "22-8731", "83-11-27", "113.219"].map(str::to_owned));
    all
}

const RULE: &str = r#"id = "customer_id"
version = 1
entity = "customer_id"
category = "user.unique_id"
sensitivity = "medium"
summary = "Customer number"
examples = ["order of «CUS-00012345» delayed"]
counter_examples = ["CUS-123"]
[find]
expression = '\bCUS-[0-9]{8}\b'
[value]
normalise = "exact/1"
mask = "last2"
[score]
base = 70
"#;

const COLUMNS: &str = "email,card_number,phone,iban,ssn,ip,address,full_name,date_of_birth,customer_id";

/// Files of every format, whole and broken, that hold all values: in cells, keys, headers, lines, under gzip.
fn desk() -> Desk {
    let row = VALUES.join(",");
    let csv = format!("{COLUMNS}\n{row}\n{row}\n\"{}\"\n", VALUES.join("\",\""));
    let object: Vec<String> = COLUMNS.split(',').zip(VALUES).map(|(key, value)| format!("\"{key}\":\"{value}\"")).collect();
    let keys: Vec<String> = ANCHORED.iter().map(|at| VALUES[*at]).map(|value| format!("\"{value}\":{{\"note\":\"x {value}\"}}")).collect();
    let ndjson = format!("{{{}}}\n{{{}}}\n", object.join(","), keys.join(",")).repeat(3);
    let log = VALUES.iter().map(|value| format!("2026-03-01 12:00:00 ERROR contact card={value} failed\n")).collect::<String>();
    let log = format!("{log}2026-03-01 12:00:00 ERROR person {}\n", VALUES.join(" "));
    // The first row of data stands where a header is expected.
    let headless = format!("{row}\n{row}\n{row}\n{row}\n");
    let broken = format!("{COLUMNS}\n{row}\n{row}\n1,\"{row}\nnever closed,{row}\n");
    let whole = gz(log.repeat(300).as_bytes());
    let desk = Desk::with(&[("cells.csv", csv.as_bytes()), ("keys.ndjson", ndjson.as_bytes()), ("app.log", log.as_bytes())]);
    desk.write("in/headless.csv", headless);
    let header: Vec<&str> = ANCHORED.iter().map(|at| VALUES[*at]).collect();
    let numbers = ANCHORED.iter().map(|at| at.to_string()).collect::<Vec<_>>().join(",");
    desk.write("in/header-cells.csv", format!("{}\n{}", header.join(","), format!("{numbers}\n").repeat(4)));
    desk.write("in/broken.csv", broken);
    desk.write("in/cut.log.gz", &whole[..whole.len() / 2]);
    desk.write("in/wrong-bytes.txt", [b"caf\xE9 ", log.as_bytes()].concat());
    desk.write("in/half.ndjson", &ndjson[..ndjson.len() - 40]);
    desk.write("in/no-reader.bin", [&[0; 4_000], log.as_bytes()].concat());
    desk.write("rules/customer_id.toml", RULE);
    desk
}

fn assert_silent(what: &str, bytes: &[u8]) {
    for secret in secrets() {
        let at = bytes.windows(secret.len()).position(|window| window.eq_ignore_ascii_case(secret.as_bytes()));
        assert!(at.is_none(), "{what} tells {secret} at byte {at:?}");
    }
}

fn assert_command_silent(what: &str, done: &Done) {
    assert_silent(&format!("standard output of {what}"), done.stdout.as_bytes());
    assert_silent(&format!("standard error of {what}"), done.stderr.as_bytes());
}

/// Every file as bytes, and every Parquet file as values: compression could hide a leak from the first.
fn assert_run_silent(desk: &Desk, run: &str) {
    let paths = files(&desk.path(run));
    assert!(paths.iter().any(|path| path.ends_with("scan.json")), "{run} is not a whole run");
    for path in paths {
        let name = path.display().to_string();
        assert_silent(&name, &fs::read(&path).expect("it was written"));
        if path.extension().is_some_and(|e| e == "parquet") {
            let rows = table(&path);
            let decoded = rows.iter().map(|row| without_tokens(row.clone())).collect::<String>();
            assert_silent(&format!("{name}, decoded,"), decoded.as_bytes());
        }
    }
}

/// A row as text. Tokens, ids, times and places are numbers that may hold four digits of a value by chance.
fn without_tokens(mut row: crate::run::Row) -> String {
    row.retain(|name, value| {
        value.is_string() && !name.ends_with("_id") && !name.ends_with("_token") || value.is_object() || value.is_array()
    });
    serde_json::to_string(&row).expect("it is JSON") + "\n"
}

#[test]
fn a_scan_tells_no_value() {
    let desk = desk();
    for (run, more) in [
        ("out1", &[][..]),
        ("out2", &["--quiet"]),
        ("out3", &["--fail-on", "possible"]),
        ("out4", &["--min-likelihood", "very_unlikely", "--jobs", "1"]),
    ] {
        let done = desk.keyed(&[&["scan", "in", "--out", run, "--patterns", "rules", "--region", "PH,US"], more].concat());
        assert_eq!(done.code, if run == "out3" { 1 } else { 3 }, "{}", done.stderr);
        assert_command_silent(run, &done);
        assert_run_silent(&desk, run);
    }
}

/// Without this the test above could pass by finding nothing.
#[test]
fn every_planted_entity_is_found_in_the_secret_files() {
    let desk = desk();
    let findings = desk.scan(&["--patterns", "rules", "--region", "PH,US"]);
    for entity in
        ["email", "credit_card", "phone", "iban", "us_ssn", "ip_address", "address", "person_name", "date_of_birth", "customer_id"]
    {
        assert!(findings.iter().any(|row| row["entity"] == entity && row["path"] == "cells.csv"), "{entity} is not found");
    }
    for path in ["keys.ndjson", "app.log", "headless.csv", "broken.csv", "cut.log.gz", "wrong-bytes.txt", "half.ndjson"] {
        assert!(findings.iter().any(|row| row["path"] == path), "nothing is found in {path}");
    }
}

/// A list holds the values in clear; nothing that comes of it does.
#[test]
fn a_list_of_known_values_tells_none() {
    let desk = desk();
    let row = VALUES.join(",");
    let columns = COLUMNS.replace("date_of_birth", "birth");
    desk.write("list/known.csv", format!("{columns}\n{row}\n{row}\n{}\n", VALUES[..3].join(",")));
    let mapped: Vec<String> = columns
        .split(',')
        .zip(["email", "credit_card", "phone", "iban", "us_ssn", "ip_address", "address", "person_name"])
        .flat_map(|(name, entity)| ["--known-column".to_owned(), format!("{name}={entity}")])
        .chain(["--known-column", "birth=date_of_birth", "--known-column", "customer_id=member_ref"].map(str::to_owned))
        .collect();
    let mapped: Vec<&str> = mapped.iter().map(String::as_str).collect();
    let done = desk.keyed(&[&["scan", "in", "--out", "out", "--known", "list/known.csv"], &mapped[..]].concat());
    assert_eq!(done.code, 3, "{}", done.stderr);
    assert_command_silent("scan --known", &done);
    assert_run_silent(&desk, "out");
    assert!(desk.findings().iter().any(|row| row["entity"] == "member_ref" && row["subject_tokens"].is_object()));
    // Lists that cannot be used: a header of values, broken quotes, columns that are none.
    for (list, more) in
        [(format!("{row}\n{row}\n"), &[][..]), (format!("{columns}\n{row},\"{row}\n"), &[]), (format!("{columns}\n{row}\n"), &mapped[..2])]
    {
        desk.write("list/wrong.csv", list.replace("email,", "x,"));
        let done = desk.keyed(&[&["scan", "in", "--out", "wrong", "--known", "list/wrong.csv"], more].concat());
        assert_eq!(done.code, 2, "{}", done.stderr);
        assert_command_silent("scan --known", &done);
    }
}

#[test]
fn explain_tells_no_value() {
    let desk = desk();
    let findings = desk.scan(&["--patterns", "rules", "--region", "PH,US"]);
    let mut ids: Vec<&str> = findings.iter().map(|row| text(row, "finding_id")).collect();
    ids.sort_unstable();
    ids.dedup();
    assert!(ids.len() > 20);
    for id in ids {
        let done = desk.run(&["explain", "out", id]);
        assert_eq!(done.code, 0);
        let told: String = done.stdout.lines().filter(|line| !line.contains(id) && !line.contains(" bytes ")).collect();
        assert_silent("explain", told.as_bytes());
        assert_silent("explain", done.stderr.as_bytes());
    }
}

#[test]
fn a_failing_pattern_test_tells_no_text() {
    let desk = Desk::new();
    let secret = RULE.replace("«CUS-00012345» delayed", "«CUS-836402750» qwinzy");
    desk.write("rules/customer_id.toml", secret);
    let done = desk.run(&["patterns", "test", "customer_id", "--patterns", "rules"]);
    assert_eq!(done.code, 1);
    assert_command_silent("patterns test", &done);
}

#[test]
fn standard_input_and_lists_tell_no_value() {
    let desk = desk();
    let log = fs::read(desk.path("in/app.log")).expect("it is there");
    let done = desk.fed(&["scan", "-", "--out", "piped", "--patterns", "rules"], &log);
    assert_eq!(done.code, 0);
    assert_command_silent("scan -", &done);
    assert_run_silent(&desk, "piped");
    let token = desk.fed(&["token", "--entity", "email"], VALUES[0].as_bytes());
    assert_eq!(token.code, 0);
    assert_command_silent("token", &token);
    let unknown = desk.fed(&["token", "--entity", "shoe_size"], VALUES[1].as_bytes());
    assert_eq!(unknown.code, 2);
    assert_command_silent("token", &unknown);
}

#[test]
fn a_wrong_key_is_not_repeated() {
    let desk = desk();
    desk.write("wrong.key", format!("{} and more", VALUES[0]));
    let by_file = desk.run(&["scan", "in", "--out", "out", "--key-file", "wrong.key"]);
    assert_eq!(by_file.code, 2);
    assert_command_silent("scan", &by_file);
    let output = desk.command(&["key", "id"]).env("DATATRAWL_KEY", VALUES[0]).output().expect("it starts");
    let by_variable = Done::from(output);
    assert_eq!(by_variable.code, 2);
    assert_command_silent("key id", &by_variable);
}
