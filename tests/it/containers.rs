//! Members of archives: found at their exact places, told apart, left out where asked, the same at any number of jobs.

use std::collections::BTreeMap;

use proptest::prelude::*;

use crate::archive::{METHODS, Member, SIZES_FOLLOW, gzip, member, tar, zip};
use crate::run::{Desk, Row, number, of, text};

const CSV: &str = "id,email\n1,ana.reyes@example.com\n2,ben.cruz@example.org\n3,cara.lim@example.net\n";

fn log(lines: usize) -> String {
    let line = |n: usize| format!("2026-03-01 12:{:02}:{:02} mail user{n}@example.com from 203.0.113.{}\n", n / 60 % 60, n % 60, n % 250);
    (0..lines).map(line).collect()
}

/// Member, ordinal, status and reason of every row, sorted.
fn rows(desk: &Desk) -> Vec<(String, i64, String, String)> {
    let row = |row: &Row| {
        let ordinal = row["member_ordinal"].as_i64().unwrap_or(-1);
        (text(row, "member").to_owned(), ordinal, text(row, "status").to_owned(), text(row, "reason").to_owned())
    };
    let mut rows: Vec<_> = desk.objects().iter().map(row).collect();
    rows.sort();
    rows
}

#[test]
fn a_member_is_found_at_its_place_and_knows_its_container() {
    let stored = zip(&[member("logs/app.tar.gz", gzip(&tar(&[("dt=2026-03-01/part.csv", CSV)])))]);
    let desk = Desk::with(&[("exports.bin", &stored)]);
    let findings = desk.scan(&[]);
    let path = "logs/app.tar.gz!dt=2026-03-01/part.csv";
    let found: Vec<_> = of(&findings, "email").map(|row| (text(row, "path"), text(row, "member"), text(row, "format"))).collect();
    assert_eq!(found, [("exports.bin", path, "csv"); 3]);
    let spans: Vec<&str> = of(&findings, "email").map(|row| &CSV[number(row, "byte_start")..number(row, "byte_end")]).collect();
    assert_eq!(spans, ["ana.reyes@example.com", "ben.cruz@example.org", "cara.lim@example.net"]);

    let objects = desk.objects();
    let row = |member: &str| objects.iter().find(|row| text(row, "member") == member).expect("it has a row");
    let (outer, inner, leaf) = (row(""), row("logs/app.tar.gz"), row(path));
    assert_eq!([outer, inner, leaf].map(|row| text(row, "format")), ["zip", "tar", "csv"]);
    assert!(outer["parent_id"].is_null() && outer["member_ordinal"].is_null());
    assert_eq!((&inner["parent_id"], &leaf["parent_id"]), (&outer["object_id"], &inner["object_id"]));
    assert_eq!((number(leaf, "size"), number(outer, "size")), (CSV.len(), stored.len()));
    assert_eq!(leaf["partitions"]["dt"], "2026-03-01");
    assert_eq!((inner["codecs"][0].as_str(), outer["bytes_read"].as_i64()), (Some("gzip"), Some(0)));
    assert_eq!(number(leaf, "modified"), 1_700_000_000_000_000);
    assert!([outer, inner, leaf].iter().all(|row| row["status"] == "scanned" && row["content_token"].is_string()));
}

#[test]
fn a_file_has_one_content_token_wherever_it_is() {
    let archives: [(&str, &[u8]); 3] =
        [("a.csv", CSV.as_bytes()), ("b.tar", &tar(&[("a.csv", CSV)])), ("c.zip", &zip(&[member("a.csv", CSV)]))];
    let desk = Desk::with(&archives);
    desk.scan(&[]);
    let objects = desk.objects();
    let mut tokens: Vec<&str> = objects.iter().filter(|row| row["format"] == "csv").map(|row| text(row, "content_token")).collect();
    assert_eq!(tokens.len(), 3);
    tokens.dedup();
    assert_eq!(tokens.len(), 1);
}

#[test]
fn one_table_gives_the_same_tokens_plain_in_tar_zst_and_in_zip() {
    let table: String = (0..2_000).map(|n| format!("{n},user{n}@example.com,+63917{:07},4111111111111111\n", 5_550_000 + n)).collect();
    let table = format!("id,email,phone,card\n{table}");
    let tokens = |name: &str, stored: &[u8]| {
        let mut counts = BTreeMap::new();
        for row in Desk::with(&[(name, stored)]).scan(&[]) {
            *counts.entry((text(&row, "entity").to_owned(), text(&row, "value_token").to_owned())).or_insert(0) += 1;
        }
        counts
    };
    let plain = tokens("t.csv", table.as_bytes());
    assert!(plain.len() > 4_000, "{}", plain.len());
    let tarred = zstd::encode_all(&*tar(&[("t.csv", &table)]), 3).expect("memory takes all");
    assert!(plain == tokens("t.tar.zst", &tarred));
    for method in METHODS {
        assert!(plain == tokens("t.zip", &zip(&[Member { method, ..member("t.csv", &table) }])), "method {method}");
    }
}

#[test]
fn globs_leave_out_members_as_they_leave_out_files() {
    let members = [("a.csv", CSV), ("a.bak", CSV), ("tmp/b.csv", CSV), (".hidden", CSV), ("deep/.git/config", CSV)];
    let nested = tar(&[("in.tar", tar(&members))]);
    let desk = Desk::with(&[("a.tar", &nested), ("b.csv", CSV.as_bytes())]);
    let findings = desk.scan(&["--exclude", "*.bak", "--exclude", "tmp/", "--no-hidden", "--include", "*.tar"]);
    assert!(of(&findings, "email").all(|row| text(row, "member") == "in.tar!a.csv"));
    assert_eq!(findings.len(), 3);
    let left: Vec<_> = rows(&desk).into_iter().filter(|row| row.2 == "excluded").map(|row| (row.0, row.3)).collect();
    let expected = [
        ("", "matches no include glob"),
        ("in.tar!.hidden", "hidden file"),
        ("in.tar!a.bak", "excluded by the glob `*.bak`"),
        ("in.tar!deep/.git/config", "store of a version-control system"),
        ("in.tar!tmp/b.csv", "excluded by the glob `tmp/`"),
    ];
    assert_eq!(left, expected.map(|(path, reason)| (path.to_owned(), reason.to_owned())));
}

#[test]
fn names_of_members_never_drive_a_terminal() {
    let stored = zip(&[Member { wrong_crc: true, ..member("evil\x1b[2J\n\u{202e}.csv", CSV) }]);
    let desk = Desk::with(&[("a.zip", &stored)]);
    let done = desk.keyed(&["scan", "in", "--out", "out"]);
    assert_eq!(done.code, 3);
    assert!(
        !done.stdout.contains('\x1b') && !done.stdout.contains('\u{202e}') && done.stdout.contains("evil\\u{1b}[2J\\n"),
        "{}",
        done.stdout
    );
}

#[test]
fn a_truncated_archive_on_standard_input_is_partial_and_its_beginning_is_examined() {
    let stored = gzip(&tar(&[("a.log", log(20_000)), ("b.log", log(20_000))]));
    let desk = Desk::new();
    let done = desk.fed(&["scan", "-", "--out", "out", "--quiet"], &stored[..stored.len() * 3 / 4]);
    assert_eq!(done.code, 3, "{}", done.stderr);
    let status: Vec<_> = rows(&desk).into_iter().map(|row| (row.0, row.2)).collect();
    assert_eq!(status, [("", "partial"), ("a.log", "scanned"), ("b.log", "partial")].map(|(a, b)| (a.to_owned(), b.to_owned())));
    let in_second = desk.findings().iter().filter(|row| text(row, "entity") == "email" && text(row, "member") == "b.log").count();
    assert!(in_second > 5_000, "{in_second}");
}

#[test]
fn totals_of_the_manifest_are_those_of_the_rows() {
    let stored = zip(&[member("a.csv", CSV), member("b.tar", tar(&[("c.csv", CSV)])), Member { flags: 1, ..member("d.csv", CSV) }]);
    let desk = Desk::with(&[("a.zip", &stored)]);
    desk.scan(&[]);
    let (manifest, objects) = (desk.manifest(), desk.objects());
    assert_eq!(objects.len(), 5);
    assert_eq!(manifest["totals"]["objects"]["scanned"], 4);
    assert_eq!(manifest["totals"]["objects"]["failed"], 1);
    let sum: i64 = objects.iter().filter_map(|row| row["bytes_read"].as_i64()).sum();
    assert_eq!((manifest["totals"]["bytes_read"].as_i64(), sum), (Some(sum), 2 * CSV.len() as i64));
}

/// All rows of a run without what differs between runs.
fn comparable(desk: &Desk, out: &str) -> Vec<String> {
    let objects = crate::run::table(&desk.path(out).join("objects.parquet"));
    let columns = crate::run::table(&desk.path(out).join("columns.parquet"));
    let rows = crate::run::findings(&desk.path(out)).into_iter().chain(objects).chain(columns);
    let mut rows: Vec<String> = rows
        .map(|mut row| {
            ["scan_id", "scanned_at", "elapsed_us"].iter().for_each(|name| drop(row.remove(*name)));
            serde_json::to_string(&row).expect("it is JSON")
        })
        .collect();
    rows.sort();
    rows
}

#[test]
fn results_do_not_depend_on_jobs() {
    let small: Vec<Member> = (0..40).map(|n| Member { method: METHODS[n % METHODS.len()], ..member(format!("s{n}.csv"), CSV) }).collect();
    let inner = zip(&[member("big.log", log(9_000)), member("same", CSV), member("same", CSV)]);
    let outer =
        tar(&[("a.log", log(9_000).into_bytes()), ("small.zip", zip(&small)), ("inner.zip", inner), ("b.log", log(9_000).into_bytes())]);
    let desk = Desk::with(&[("a.tar.gz", &gzip(&outer)), ("b.tar", &outer), ("cut.tar", &outer[..outer.len() / 2])]);
    for jobs in ["1", "2", "5"] {
        let done = desk.keyed(&["scan", "in", "--out", jobs, "--quiet", "--jobs", jobs]);
        assert_eq!(done.code, 3, "{}", done.stderr);
    }
    let one = comparable(&desk, "1");
    assert!(one.len() > 5_000);
    assert!(one == comparable(&desk, "2") && one == comparable(&desk, "5"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn every_planted_value_is_found_at_its_member_and_place(
        planted in prop::collection::vec(("[a-z]{1,6}", prop::collection::vec((0..400_usize, 0..900_u32), 0..6)), 1..6),
        method in prop::sample::select(METHODS.to_vec()),
        follow in any::<bool>(),
        nested in any::<bool>(),
    ) {
        let mut expected = Vec::new();
        let mut members = Vec::new();
        let mut met: BTreeMap<String, i64> = BTreeMap::new();
        for (name, values) in &planted {
            let (mut content, mut spans) = (String::new(), Vec::new());
            for (gap, value) in values {
                content.push_str(&"lorem ".repeat(*gap));
                let start = content.len();
                content.push_str(&format!("user{value}@example.com"));
                spans.push((start, content.len()));
                content.push_str(" dolor\n");
            }
            let ordinal = met.entry(name.clone()).or_insert(0);
            expected.extend(spans.into_iter().map(|(start, end)| (name.clone(), *ordinal, start, end)));
            *ordinal += 1;
            members.push((name.clone(), content));
        }
        expected.sort();
        let flags = if follow { SIZES_FOLLOW } else { 0 };
        let made: Vec<Member> = members.iter().map(|(name, content)| Member { method, flags, ..member(name, content) }).collect();
        for archive in [tar(&members), zip(&made)] {
            let (stored, prefix) = if nested { (gzip(&tar(&[("o", archive)])), "o!") } else { (archive, "") };
            let desk = Desk::with(&[("a", &stored)]);
            let findings = desk.scan(&["--jobs", "2"]);
            let ordinals: BTreeMap<String, i64> = desk.objects().iter()
                .map(|row| (text(row, "object_id").to_owned(), row["member_ordinal"].as_i64().unwrap_or(-1))).collect();
            let mut found: Vec<_> = of(&findings, "email").map(|row| {
                let name = text(row, "member").strip_prefix(prefix).expect("it is in the inner one").to_owned();
                (name, ordinals[text(row, "object_id")], number(row, "byte_start"), number(row, "byte_end"))
            }).collect();
            found.sort();
            prop_assert_eq!(&found, &expected);
        }
    }
}
