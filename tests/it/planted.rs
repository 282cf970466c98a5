//! The sample data against what was planted in it. The floors are a ratchet: raise them when detection gets better.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use crate::run::{Desk, Row, text};

/// Values planted of each entity, and how many of them must be found at their place, at `possible` or above.
const FLOORS: &[(&str, usize, usize)] = &[
    ("address", 914, 914),
    ("credit_card", 84, 84),
    ("customer_id", 1260, 1260),
    ("date_of_birth", 714, 714),
    ("device_model", 1, 1),
    ("email", 1724, 1723),
    ("gps_coordinates", 1, 1),
    ("iban", 96, 96),
    ("ip_address", 1341, 1341),
    ("person_name", 1707, 1707),
    ("phone", 2091, 2056),
    ("us_ssn", 14, 14),
];

/// Entities of which nothing may be found in `exports/clean` at `likely` or above.
const CLEAN: &[&str] = &["credit_card", "phone", "iban", "us_ssn", "email"];

/// Path, record, column, entity.
type Place = (String, i64, String, String);

fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data")
}

/// One scan of the sample data serves all tests here.
static FOUND: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let desk = Desk::new();
    for file in crate::run::files(&sample().join("exports")) {
        let below = file.strip_prefix(sample()).expect("it lies there").to_string_lossy().replace('\\', "/");
        desk.write(&format!("data/{below}"), fs::read(&file).expect("it is readable"));
    }
    let patterns = sample().join(".datatrawl/patterns");
    let done = desk.keyed(&["scan", "data", "--out", "out", "--region", "PH,SG,US", "--quiet", "--patterns", &patterns.to_string_lossy()]);
    assert_eq!(done.code, 3, "the cut gzip must be told: {}", done.stderr);
    desk.findings()
});

/// How often each place was planted.
fn planted() -> BTreeMap<Place, usize> {
    let csv = fs::read_to_string(sample().join("planted.csv")).expect("planted.csv");
    let mut places = BTreeMap::new();
    for line in csv.lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        let [path, record, column, entity, _role] = fields[..] else { panic!("planted.csv has five columns without quotes") };
        *places.entry((path.to_owned(), record.parse().expect("a record"), column.to_owned(), entity.to_owned())).or_default() += 1;
    }
    places
}

/// A file, or `archive!member`.
fn leaf(row: &Row) -> String {
    let (path, member) = (text(row, "path"), text(row, "member"));
    if member.is_empty() { path.to_owned() } else { format!("{path}!{member}") }
}

/// How often each place was found.
fn found() -> BTreeMap<Place, usize> {
    let mut places = BTreeMap::new();
    for row in &*FOUND {
        let place =
            (leaf(row), row["record"].as_i64().expect("a record"), text(row, "column_name").to_owned(), text(row, "entity").to_owned());
        *places.entry(place).or_default() += 1;
    }
    places
}

/// Planted and found at their place, by entity.
fn recall() -> BTreeMap<String, (usize, usize)> {
    let found = found();
    let mut recall: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (place, count) in planted() {
        let entry = recall.entry(place.3.clone()).or_default();
        entry.0 += count;
        entry.1 += count.min(found.get(&place).copied().unwrap_or(0));
    }
    recall
}

#[test]
fn finds_no_fewer_planted_values_than_before() {
    let recall = recall();
    if let Some(path) = std::env::var_os("DATATRAWL_MISSES") {
        write_misses(Path::new(&path));
    }
    let table: Vec<(&str, usize, usize)> = recall.iter().map(|(entity, (all, hit))| (entity.as_str(), *all, *hit)).collect();
    assert_eq!(FLOORS.iter().map(|row| row.0).collect::<Vec<_>>(), table.iter().map(|row| row.0).collect::<Vec<_>>(), "{table:?}");
    for (floor, now) in FLOORS.iter().zip(&table) {
        assert_eq!(floor.1, now.1, "planted values of {}", now.0);
        assert!(now.2 >= floor.2, "{} of {} {} are found, {} were", now.2, now.1, now.0, floor.2);
    }
}

/// For whoever works on detection: every place that was missed or not planted, one a line.
fn write_misses(path: &Path) {
    let (planted, found) = (planted(), found());
    let mut out = String::new();
    for (kind, these, those) in [("missed", &planted, &found), ("extra", &found, &planted)] {
        for (place, count) in these {
            let short = count.saturating_sub(those.get(place).copied().unwrap_or(0));
            if short > 0 {
                out += &format!("{kind} {} {} {} {} {short}\n", place.3, place.0, place.1, place.2);
            }
        }
    }
    fs::write(path, out).expect("the file that was asked for");
}

#[test]
fn finds_nothing_that_matters_where_there_is_nothing() {
    let alarms: Vec<String> = FOUND
        .iter()
        .filter(|row| text(row, "path").starts_with("exports/clean/") && CLEAN.contains(&text(row, "entity")))
        .filter(|row| ["likely", "very_likely"].contains(&text(row, "likelihood")))
        .map(|row| format!("{} {} {} {}", row["path"], row["record"], row["column_name"], row["entity"]))
        .collect();
    assert_eq!(alarms, [""; 0]);
}

#[test]
fn reports_what_of_the_sample_cannot_be_read() {
    // Both hold personal data that is not listed, so silence about them would go unnoticed elsewhere.
    for (path, status) in [("logs/crash-2025-11-03.log.gz", "partial"), ("notes-utf16.txt", "scanned"), ("survey-2019.csv", "scanned")] {
        let desk = Desk::with(&[]);
        desk.write("in/it", fs::read(sample().join("exports").join(path)).expect("it is there"));
        desk.keyed(&["scan", "in", "--out", "out", "--quiet"]);
        assert_eq!(text(&desk.object("it"), "status"), status, "{path}");
    }
}

/// `./test` gives the interpreter and its packages; elsewhere the generator is run by hand.
#[test]
fn the_samples_are_as_their_generator_makes_them() {
    let Some(python) = std::env::var_os("DATATRAWL_PYTHON") else { return };
    let done = std::process::Command::new(python).arg(sample().join("generate")).arg("--check").output().expect("Python starts");
    assert!(done.status.success(), "{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
}
