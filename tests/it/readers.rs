//! `DuckDB`, pandas and pyarrow read a run as this suite does. `./test` gives the interpreter that has them.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::run::{Desk, Row, number, text};
use crate::transcript::gz;

fn desk() -> Desk {
    let csv: String = (0..3_000).map(|n| format!("{n},user{n}@kusina.ph,+63917864{:04}\n", n % 10_000)).collect();
    let csv = format!("id,email,phone\n{csv}");
    let desk = Desk::with(&[("a.csv", csv.as_bytes()), ("empty.csv", b""), ("logo.gif", b"GIF89a\x01\0")]);
    desk.write("in/dt=2026-01-01/b.ndjson.gz", gz("{\"contact\":{\"email\":[\"ana@kusina.ph\"]},\"n\":null}\n".repeat(40).as_bytes()));
    desk.write("in/c.log", "2026-03-01 12:00:00 INFO from 203.0.113.7\n".repeat(100));
    desk
}

fn sum(rows: &[Row], name: &str) -> usize {
    rows.iter().filter(|row| !row[name].is_null()).map(|row| number(row, name)).sum()
}

fn distinct(rows: &[Row]) -> usize {
    rows.iter().map(|row| text(row, "path")).collect::<BTreeSet<_>>().len()
}

/// What every reader has to see.
fn seen(desk: &Desk) -> Value {
    let (findings, objects, columns) = (desk.findings(), desk.objects(), desk.columns());
    let emails: i64 = objects.iter().filter_map(|row| row["entities"]["email"].as_i64()).sum();
    let signals: usize = findings.iter().filter_map(|row| row["signals"].as_array().map(Vec::len)).sum();
    json!({
        "findings": [findings.len(), sum(&findings, "value_length"), distinct(&findings)],
        "objects": [objects.len(), sum(&objects, "bytes_read"), distinct(&objects)],
        "columns": [columns.len(), sum(&columns, "row_count"), distinct(&columns)],
        "joined": [findings.len()],
        "emails": [emails],
        "signals": [signals],
    })
}

#[test]
fn duckdb_pandas_and_pyarrow_read_what_was_written() {
    let python = std::env::var_os("DATATRAWL_PYTHON");
    let python =
        python.expect("no DATATRAWL_PYTHON: run the tests with ./test, which makes an interpreter with duckdb, pandas and pyarrow");
    let desk = desk();
    assert!(desk.scan(&[]).len() > 6_000);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readers.py");
    let output = Command::new(python).arg(script).arg(desk.path("out")).output().expect("the interpreter starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let read: Value = serde_json::from_slice(&output.stdout).expect("the script prints JSON");
    let expected = seen(&desk);
    for reader in ["duckdb", "pandas", "pyarrow"] {
        assert_eq!(read[reader], expected, "{reader}");
    }
}
