//! Records that are cut for their length, and texts that are made to break readers.

use std::io::Cursor;

use datatrawl::finding::Finding;
use proptest::prelude::*;

use crate::determinism::{BLOCK, RECORD, VALUES, examine, examiner, filler, found_once, keep};

/// No newline before this.
const NEVER: usize = usize::MAX >> 1;

fn offsets() -> impl Iterator<Item = usize> {
    (1..64).chain(RECORD - 80..RECORD + 2 * BLOCK + 80)
}

#[test]
fn finds_a_value_once_at_every_offset_of_a_long_json_line() {
    for value in VALUES {
        for offset in offsets() {
            let (before, after) = (filler(offset, NEVER), filler(2 * RECORD, NEVER));
            let rest = "{\"seq\":3,\"remark\":\"short\"}\n".repeat(4);
            let text = format!("{{\"seq\":1,\"remark\":\"short\"}}\n{{\"seq\":2,\"remark\":\"{before}{} {after}\"}}\n{rest}", value.1);
            found_once(BLOCK, "a.ndjson", &text, value, 1);
        }
    }
}

#[test]
fn finds_a_value_once_behind_a_long_json_line() {
    for value in VALUES {
        for length in offsets() {
            let rest = "{\"seq\":3,\"remark\":\"short\"}\n".repeat(4);
            let long = filler(RECORD + length, NEVER);
            let text = format!("{{\"seq\":1,\"remark\":\"{long}\"}}\n{{\"seq\":2,\"remark\":\"so {} \"}}\n{rest}", value.1);
            found_once(BLOCK, "a.ndjson", &text, value, 1);
        }
    }
}

#[test]
fn finds_a_value_once_at_every_offset_of_a_long_csv_row() {
    for value in VALUES {
        for offset in offsets() {
            let (before, after) = (filler(offset, NEVER), filler(2 * RECORD, NEVER));
            let rest = "3,short,x\n".repeat(8);
            let text = format!("seq,remark,state\n1,short,x\n2,\"{before}{} {after}\",x\n{rest}", value.1);
            found_once(BLOCK, "a.csv", &text, value, 1);
        }
    }
}

#[test]
fn finds_a_value_once_behind_a_long_csv_row() {
    for value in VALUES {
        for length in offsets() {
            let rest = "3,short,x\n".repeat(8);
            let text = format!("seq,remark,state\n1,{},x\n2,so {} ,x\n{rest}", filler(RECORD + length, NEVER), value.1);
            found_once(BLOCK, "a.csv", &text, value, 1);
        }
    }
}

/// The rest of a cut record must not pass as a record whose first column it fills.
#[test]
fn a_value_in_a_cut_record_has_no_column() {
    let value = VALUES[0].1;
    for offset in offsets() {
        // Before the value more than a record may have, after it little: the piece that holds it ends with the record.
        let long = format!("{}{value} {}", filler(RECORD + offset, NEVER), filler(60, NEVER));
        let csv = format!("seq,remark\n1,short\n2,\"{long}\"\n{}", "3,short\n".repeat(8));
        let json = format!("{{\"seq\":1}}\n{{\"remark\":\"{long}\"}}\n{}", "{\"seq\":3}\n".repeat(4));
        for text in [csv, json] {
            let findings = examine(&examiner(BLOCK), "a", Box::new(Cursor::new(text.into_bytes())));
            let places: Vec<_> = findings.iter().map(|f| (f.column, f.cell, f.pointer.is_some(), f.record_token.is_some())).collect();
            assert_eq!(places, [(None, None, false, false)], "at {offset}");
        }
    }
}

/// Pieces of every format, well-formed and not.
const PIECES: [&str; 40] = [
    "\n",
    "\r\n",
    "\r",
    ",",
    ";",
    "\t",
    "\"",
    "\"\"",
    "\\",
    "\\u0040",
    "\\ud83d",
    "{",
    "}",
    "[",
    "]",
    ":",
    "{\"a\":\"",
    "\"}\n",
    "null",
    "-1.5e9",
    "é",
    "\u{feff}",
    "ana.reyes@example.com",
    "4111 1111 1111 1111",
    "card",
    "+63 917 555 0123",
    "219-09-9999",
    "12 Mango Street, 1100 Quezon City",
    "@",
    "0",
    "'",
    "''",
    "(",
    ")",
    "INSERT INTO t (a, b) VALUES ",
    "COPY t (a, b) FROM stdin;\n",
    "\n\\.\n",
    "/*!40101 ",
    "$$",
    "--",
];

/// Where a finding lies is inside its leaf and its record, and findings come in order.
fn sound(findings: &[Finding], length: usize) -> bool {
    let inside = |f: &Finding| {
        let Some((start, end)) = f.bytes else { return false };
        let in_record = f.record_bytes.is_none_or(|(from, to)| from <= start && end <= to);
        0 <= start && start < end && end <= length as i64 && in_record
    };
    findings.iter().all(inside) && findings.is_sorted_by_key(|f| f.bytes)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn broken_texts_break_no_reader(
        lead in 0..5_usize,
        pieces in prop::collection::vec(0..PIECES.len(), 0..400),
        block in 32..600_usize,
    ) {
        let lead = ["", "id,email,note\n1,a,b\n2,c,d\n3,e,f\n", "{\"a\":1}\n{\"a\":2}\n{\"a\":3}\n{\"a\":4}\n", "CREATE TABLE t (a int, b text);\nINSERT INTO t VALUES (1,'x');\n", "INSERT INTO `t` VALUES (1,'x\\\'y'),("][lead];
        let text = lead.to_owned() + &pieces.iter().map(|at| PIECES[*at]).collect::<String>();
        let findings = examine(&examiner(block), "a", Box::new(Cursor::new(text.clone().into_bytes())));
        prop_assert!(sound(&findings, text.len()), "{:?}", keep(&findings));
    }

    #[test]
    fn any_bytes_break_no_reader(bytes in prop::collection::vec(any::<u8>(), 0..3_000), block in 32..600_usize) {
        let length = bytes.len();
        let findings = examine(&examiner(block), "a", Box::new(Cursor::new(bytes)));
        prop_assert!(sound(&findings, length), "{:?}", keep(&findings));
    }
}
