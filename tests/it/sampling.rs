//! `--sample`, `--rows` and levels by entity: what is read and written of each file, and what says so.

use std::collections::BTreeSet;
use std::sync::Arc;

use arrow_array::{ArrayRef, Int64Array, RecordBatch, StringArray};
use arrow_avro::writer::WriterBuilder;
use arrow_avro::writer::format::AvroOcfFormat;
use arrow_ipc::writer::FileWriter;
use parquet::arrow::ArrowWriter;
use parquet::file::properties::WriterProperties;

use crate::archive::{member, tar, zip};
use crate::run::{Desk, Row, number, of};
use crate::transcript::{gz, transcript};

fn csv(rows: usize) -> String {
    (0..rows).fold("id,email\n".to_owned(), |text, n| text + &format!("{n},user{n}@kusina.ph\n"))
}

fn ndjson(rows: usize) -> String {
    (0..rows).fold(String::new(), |text, n| text + &format!("{{\"id\":{n},\"email\":\"user{n}@kusina.ph\"}}\n"))
}

/// A document whose records are the elements of an array, over several lines each.
fn json(rows: usize) -> String {
    let rows: Vec<String> = (0..rows).map(|n| format!("  {{\n    \"id\": {n},\n    \"email\": \"user{n}@kusina.ph\"\n  }}")).collect();
    format!("[\n{}\n]\n", rows.join(",\n"))
}

fn log(rows: usize) -> String {
    (0..rows).fold(String::new(), |text, n| text + &format!("2026-03-01 12:00:00 INFO mail to user{n}@kusina.ph\n"))
}

fn dump(rows: usize) -> String {
    let rows: Vec<String> = (0..rows).map(|n| format!("({n},'user{n}@kusina.ph')")).collect();
    format!("CREATE TABLE users (id int, email text);\nINSERT INTO users VALUES {};\n", rows.join(",\n"))
}

/// The same table in formats of typed columns, in row groups or blocks of 10,000 records.
fn columnar(rows: usize) -> Vec<(&'static str, Vec<u8>)> {
    let numbers: Int64Array = (0..i64::try_from(rows).expect("small")).collect();
    let mails: StringArray = (0..rows).map(|n| Some(format!("user{n}@kusina.ph"))).collect();
    let columns: [(&str, ArrayRef); 2] = [("id", Arc::new(numbers)), ("email", Arc::new(mails))];
    let table = RecordBatch::try_from_iter(columns).expect("columns of one length");
    let parts = || (0..rows).step_by(10_000).map(|from| table.slice(from, 10_000.min(rows - from)));
    let done = "memory takes all";
    let (mut parquet, mut arrow, mut avro) = (Vec::new(), Vec::new(), Vec::new());
    let groups = WriterProperties::builder().set_max_row_group_row_count(Some(10_000)).build();
    let mut writer = ArrowWriter::try_new(&mut parquet, table.schema(), Some(groups)).expect(done);
    writer.write(&table).expect(done);
    writer.close().expect(done);
    let mut writer = FileWriter::try_new(&mut arrow, &table.schema()).expect(done);
    parts().for_each(|part| writer.write(&part).expect(done));
    writer.finish().expect(done);
    drop(writer);
    let mut writer = WriterBuilder::new(table.schema().as_ref().clone()).build::<_, AvroOcfFormat>(&mut avro).expect(done);
    parts().for_each(|part| writer.write(&part).expect(done));
    writer.finish().expect(done);
    drop(writer);
    vec![("a.parquet", parquet), ("a.arrow", arrow), ("a.avro", avro)]
}

/// Whether a format has offsets in its leaf.
fn has_offsets(name: &str) -> bool {
    !["parquet", "arrow", "avro"].iter().any(|ending| name.ends_with(ending))
}

fn every_format(rows: usize) -> Vec<(&'static str, Vec<u8>)> {
    let mut files = columnar(rows);
    files.extend([
        ("a.csv", csv(rows).into()),
        ("a.ndjson", ndjson(rows).into()),
        ("a.json", json(rows).into()),
        ("a.log", log(rows).into()),
        ("a.txt", log(rows).replace("2026-03-01 12:00:00 INFO", "write a").into()),
        ("a.sql", dump(rows).into()),
        ("a.csv.gz", gz(csv(rows).as_bytes())),
        ("a.utf16.csv", [0xFF, 0xFE].into_iter().chain(csv(rows).encode_utf16().flat_map(u16::to_le_bytes)).collect()),
    ]);
    files
}

fn desk(files: &[(&str, Vec<u8>)]) -> Desk {
    Desk::with(&files.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect::<Vec<_>>())
}

fn records(rows: &[Row], path: &str) -> Vec<usize> {
    rows.iter().filter(|row| row["path"] == path && row["entity"] == "email").map(|row| number(row, "record")).collect()
}

#[test]
fn a_sample_is_the_first_records_of_each_file_and_says_so() {
    // Larger than the blocks that files are read in, so that more than one is at hand.
    let files = every_format(40_000);
    let desk = desk(&files);
    let done = desk.keyed(&["scan", "in", "--out", "out", "--sample", "records=25", "--jobs", "2"]);
    assert_eq!((done.code, done.stderr.as_str()), (0, ""));
    assert!(done.stdout.contains("sampled: 11 objects were read in part, as --sample asks"), "{}", done.stdout);
    let found = desk.findings();
    for (name, bytes) in &files {
        let object = desk.object(name);
        assert_eq!(object["status"], "partial", "{name}");
        assert_eq!(object["reason"], "sampled: 25 records of the leaf were read", "{name}");
        assert_eq!(object["content_token"], serde_json::Value::Null, "{name}");
        assert_eq!(object["records"], 25, "{name}");
        assert_eq!(object["entities"]["email"], 25, "{name}");
        let read = number(&object, "bytes_read");
        assert!(read > 0 && (name.ends_with("gz") || !has_offsets(name) || read < bytes.len() / 100), "{name}: {read}");
        assert_eq!(records(&found, name).len(), 25, "{name}");
        assert!(records(&found, name).into_iter().max() < Some(26), "{name}");
    }
    for row in desk.columns().iter().filter(|row| row["column_name"] == "email") {
        assert_eq!((&row["row_count"], &row["matched_count"], &row["profiled_rows"]), (&25.into(), &25.into(), &25.into()), "{row:?}");
    }
    let manifest = desk.manifest();
    assert_eq!(manifest["status"], "partial");
    assert_eq!(manifest["settings"]["sample"]["records"], 25);
    assert_eq!(manifest["totals"]["sampled"], 11);
}

#[test]
fn a_file_that_the_sample_holds_whole_is_scanned() {
    let desk = desk(&every_format(25));
    let done = desk.keyed(&["scan", "in", "--out", "out", "--sample", "records=26", "--quiet"]);
    assert_eq!((done.code, done.stderr.as_str()), (0, ""));
    for object in desk.objects() {
        assert_eq!((&object["status"], &object["entities"]["email"]), (&"scanned".into(), &25.into()), "{object:?}");
        assert!(object["content_token"].is_string());
    }
    assert_eq!(desk.manifest()["status"], "complete");
}

#[test]
fn a_sample_that_ends_with_the_file_is_no_part_of_it() {
    let desk = Desk::with(&[("a.ndjson", ndjson(25).as_bytes())]);
    desk.scan(&["--sample", "records=25"]);
    assert_eq!(desk.object("a.ndjson")["status"], "scanned");
}

#[test]
fn a_sample_of_bytes_ends_between_records() {
    let desk = desk(&every_format(40_000));
    desk.scan(&["--sample", "bytes=100KiB"]);
    for object in desk.objects() {
        let (records, read) = (number(&object, "records"), number(&object, "bytes_read"));
        assert_eq!(object["status"], "partial");
        assert_eq!(object["entities"]["email"], records, "{object:?}");
        // Batches of typed columns are read whole.
        let least = 100 << 10;
        let most = if has_offsets(object["path"].as_str().expect("a path")) { least + 256 } else { usize::MAX };
        assert!((least..most).contains(&read), "{object:?}");
    }
}

#[test]
fn a_sample_does_not_decode_the_rest_of_a_stream() {
    // What follows the sample is damaged: who read it would say so.
    let mut bytes = gz(csv(400_000).as_bytes());
    let end = bytes.len();
    bytes[end - 2_000..].fill(0xA5);
    let desk = Desk::with(&[("a.csv.gz", &bytes)]);
    let done = desk.keyed(&["scan", "in", "--out", "out", "--sample", "records=10", "--quiet"]);
    assert_eq!(done.code, 0, "{}", done.stderr);
    assert_eq!(desk.object("a.csv.gz")["reason"], "sampled: 10 records of the leaf were read");
}

#[test]
fn damage_before_the_end_of_a_sample_is_told_with_it() {
    let desk = Desk::with(&[("a.csv", &[csv(100).as_bytes(), b"\xFF\xFE\n", csv(40_000).as_bytes()].concat())]);
    let done = desk.keyed(&["scan", "in", "--out", "out", "--sample", "records=200", "--quiet", "--encoding", "utf-8"]);
    assert_eq!(done.code, 3);
    let reason = desk.object("a.csv")["reason"].as_str().expect("a reason").to_owned();
    assert!(reason.starts_with("not UTF-8") && reason.contains("; sampled: 200 records"), "{reason}");
}

#[test]
fn strict_takes_a_sample_for_a_gap() {
    let desk = Desk::with(&[("a.csv", csv(100).as_bytes())]);
    let done = desk.keyed(&["scan", "in", "--out", "out", "--sample", "records=10", "--quiet", "--strict"]);
    insta::assert_snapshot!(transcript(&desk, &done), @r"
    stderr:
    files were read in part or not at all, as --sample asks (--strict): exit code 3
    exit code 3
    ");
}

#[test]
fn rows_are_limited_in_every_format_and_counts_are_not() {
    let desk = desk(&every_format(300));
    for (n, (rows, kept)) in [("all", 300), ("sample:7", 7), ("count", 0)].into_iter().enumerate() {
        let out = format!("out{n}");
        let done = desk.keyed(&["scan", "in", "--out", &out, "--rows", &format!("email={rows}"), "--fail-on", "likely"]);
        // Findings without a row count for --fail-on.
        assert_eq!(done.code, 1, "{rows}: {}", done.stderr);
        let found = crate::run::findings(&desk.path(&out));
        for object in crate::run::table(&desk.path(&format!("{out}/objects.parquet"))) {
            assert_eq!(object["entities"]["email"], 300, "{rows}: {object:?}");
            let own = of(&found, "email").filter(|row| row["path"] == object["path"]).count();
            assert_eq!(own, kept, "{rows}: {object:?}");
        }
        let manifest: serde_json::Value =
            serde_json::from_slice(&std::fs::read(desk.path(&format!("{out}/scan.json"))).expect("scan.json")).expect("JSON");
        let without = 11 * (300 - i64::try_from(kept).expect("small"));
        assert_eq!(manifest["totals"]["without_row"]["email"], if without > 0 { without.into() } else { serde_json::Value::Null });
        assert_eq!(done.stdout.contains("counted without a row (see --rows): email"), without > 0, "{}", done.stdout);
    }
}

#[test]
fn rows_that_are_kept_are_the_first_at_any_number_of_jobs() {
    let desk = Desk::with(&[("a.log", log(30_000).as_bytes()), ("a.csv", csv(30_000).as_bytes())]);
    let mut runs = BTreeSet::new();
    for jobs in ["1", "4"] {
        let out = format!("out{jobs}");
        desk.keyed(&["scan", "in", "--out", &out, "--rows", "email=sample:100", "--jobs", jobs, "--quiet"]);
        let found = crate::run::findings(&desk.path(&out));
        let mut kept: Vec<(String, usize)> = of(&found, "email").map(|row| (row["path"].to_string(), number(row, "record"))).collect();
        kept.sort();
        assert_eq!(kept.len(), 200);
        runs.insert(kept);
    }
    assert_eq!(runs.len(), 1);
}

#[test]
fn a_level_can_be_set_for_one_entity() {
    let text = "seen ana@kusina.ph, card 4111 1111 1111 1111, from 203.0.113.9\n";
    let desk = Desk::with(&[("a.txt", text.as_bytes())]);
    let entities = |args: &[&str], out: &str| {
        desk.keyed(&[&["scan", "in", "--quiet", "--out", out], args].concat());
        crate::run::findings(&desk.path(out)).iter().map(|row| row["entity"].as_str().unwrap_or("").to_owned()).collect::<BTreeSet<_>>()
    };
    let all = entities(&[], "all");
    assert!(all.contains("ip_address") && all.len() > 1, "{all:?}");
    let without = entities(&["--min-likelihood", "ip_address=very_likely"], "without");
    assert_eq!(&without | &BTreeSet::from(["ip_address".to_owned()]), all);
    assert!(!without.contains("ip_address"));
    assert_eq!(entities(&["--min-likelihood", "very_likely"], "none"), without);
    // What is said of one entity goes before what is said of all, wherever it stands.
    assert_eq!(entities(&["--min-likelihood", "ip_address=possible", "--min-likelihood", "very_likely"], "one"), all);
}

#[test]
fn refuses_entities_and_samples_that_are_none() {
    let desk = Desk::with(&[("a.txt", b"x")]);
    insta::assert_snapshot!(transcript(&desk, &desk.keyed(&["scan", "in", "--rows", "shoe_size=count"])), @r"
    stderr:
    error: no rule finds the entity shoe_size
    hint: datatrawl patterns list shows them
    exit code 2
    ");
    insta::assert_snapshot!(transcript(&desk, &desk.keyed(&["scan", "in", "--rows", "email=few"])), @r"
    stderr:
    error: invalid value 'email=few' for '--rows <ENTITY=ROWS>': expected all, count, or sample:N with N of 1 or more

    For more information, try '--help'.
    exit code 2
    ");
    insta::assert_snapshot!(transcript(&desk, &desk.keyed(&["scan", "in", "--sample", "10"])), @r"
    stderr:
    error: invalid value '10' for '--sample <files=N|records=N|bytes=N>': expected files=N, records=N or bytes=N, with N of 1 or more (bytes also as 64KiB, 16MiB, 1GiB)

    For more information, try '--help'.
    exit code 2
    ");
}

#[test]
fn each_member_of_an_archive_is_sampled_for_itself() {
    let zipped = zip(&[member("a.csv", csv(40_000)), member("b.log", log(40_000)), member("c.ndjson", ndjson(5))]);
    let tarred = tar(&[("a.csv", csv(40_000)), ("b.log", log(40_000)), ("c.ndjson", ndjson(5))]);
    let desk = Desk::with(&[("x.zip", &zipped), ("x.tar", &tarred), ("x.tar.gz", &gz(&tarred))]);
    let done = desk.keyed(&["scan", "in", "--out", "out", "--sample", "records=10", "--quiet"]);
    assert_eq!((done.code, done.stderr.as_str()), (0, ""));
    let members: Vec<Row> = desk.objects().into_iter().filter(|row| row["member"].is_string()).collect();
    assert_eq!(members.len(), 9);
    for row in members {
        let whole = row["member"] == "c.ndjson";
        assert_eq!(row["status"], if whole { "scanned" } else { "partial" }, "{row:?}");
        assert_eq!(row["entities"]["email"], if whole { 5 } else { 10 }, "{row:?}");
        assert_eq!(row["content_token"].is_string(), whole, "{row:?}");
    }
}

/// Paths of objects with their status, but for those that were scanned.
fn left(desk: &Desk) -> Vec<String> {
    let mut left: Vec<_> = desk
        .objects()
        .iter()
        .filter(|row| row["status"] != "scanned")
        .map(|row| format!("{} {}: {}", row["path"], row["status"], row["reason"]))
        .collect();
    left.sort();
    left
}

#[test]
fn a_sample_of_files_is_the_first_of_each_folder_and_names_the_others() {
    let file = csv(3).into_bytes();
    let names = ["b.csv", "a.csv", "c.csv", "x/2.csv", "x/1.csv", "x/y/1.csv", "x/3.csv", "z/.hidden.csv", "z/1.csv"];
    let desk = Desk::with(&names.map(|name| (name, &file[..])));
    let done = desk.keyed(&["scan", "in", "--out", "out", "--sample", "files=2", "--no-hidden"]);
    assert_eq!((done.code, done.stderr.as_str()), (0, ""));
    assert!(done.stdout.contains("sampled: 2 files were not read, as --sample asks"), "{}", done.stdout);
    // What is left out for another reason does not count.
    let wanted = [
        r#""c.csv" "excluded": "sampled: not among the first 2 files of its folder""#,
        r#""x/3.csv" "excluded": "sampled: not among the first 2 files of its folder""#,
        r#""z/.hidden.csv" "excluded": "hidden file""#,
    ];
    assert_eq!(left(&desk), wanted);
    let manifest = desk.manifest();
    assert_eq!((&manifest["status"], &manifest["settings"]["sample"]["files"]), (&"partial".into(), &2.into()));
    assert_eq!((&manifest["totals"]["left_by_sample"], &manifest["totals"]["sampled"]), (&2.into(), &0.into()));
    let strict = desk.keyed(&["scan", "in", "--out", "strict", "--sample", "files=2", "--quiet", "--strict"]);
    assert_eq!(
        (strict.code, strict.stderr.as_str()),
        (3, "files were read in part or not at all, as --sample asks (--strict): exit code 3\n")
    );
}

#[test]
fn a_sample_of_files_counts_the_folders_of_a_list_and_goes_with_one_of_records() {
    let file = csv(30).into_bytes();
    let desk = Desk::with(&["a.csv", "b.csv", "x/1.csv", "x/2.csv"].map(|name| (name, &file[..])));
    desk.write("list", "in/x/2.csv\nin/b.csv\nin/x/1.csv\nin/x/2.csv\nin/a.csv\n");
    let done = desk.keyed(&["scan", "--files-from", "list", "--out", "out", "--sample", "files=1,records=5", "--quiet"]);
    assert_eq!((done.code, done.stderr.as_str()), (0, ""));
    let wanted = [
        r#""in/a.csv" "excluded": "sampled: not among the first 1 files of its folder""#,
        r#""in/b.csv" "partial": "sampled: 5 records of the leaf were read""#,
        r#""in/x/1.csv" "excluded": "sampled: not among the first 1 files of its folder""#,
        r#""in/x/2.csv" "partial": "sampled: 5 records of the leaf were read""#,
    ];
    assert_eq!(left(&desk), wanted);
}
