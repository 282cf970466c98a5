//! A written run is read back as any reader would, and its bytes are searched for what must not be there.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;
use std::sync::Arc;

use ::parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use ::parquet::file::metadata::ParquetMetaData;
use arrow_array::cast::AsArray;
use arrow_array::types::{Float32Type, Int32Type, Int64Type, TimestampMicrosecondType};
use arrow_array::{Array, ArrayRef, RecordBatch};

use super::*;
use crate::finding::{
    ColumnFacts, DialectFacts, Finding, FindingBatch, Governed, GovernedLeaf, PersonFacts, RecordFacts, RuleFacts, Subject, schema,
};
use crate::model::{Id, Normalisation, Object, Region, Sensitivity, Signal, Signals, Status};

pub(super) fn id(number: usize) -> Id {
    let digest = blake3::hash(&number.to_le_bytes());
    Id::new(digest.as_bytes()[..16].try_into().expect("16 of 32 bytes"))
}

fn run_facts() -> RunFacts {
    RunFacts { scan_id: id(1), scanned_at_us: 1_795_000_000_000_001, key_id: id(2).to_string(), has_policy: false }
}

fn rules() -> Vec<RuleFacts> {
    let rule = |entity: &str, sensitivity| RuleFacts {
        rule: format!("{entity}/plain").into(),
        version: 3,
        entity: entity.into(),
        category: format!("user.contact.{entity}").into(),
        sensitivity,
        checked: true,
    };
    ["phone", "email", "credit_card", "address", "person_name"].iter().map(|entity| rule(entity, Sensitivity::High)).collect()
}

fn leaf(number: usize, path: &str, member: Option<&str>) -> LeafFacts {
    let object =
        Object { uri: format!("/data/{path}"), path: path.to_owned(), size: Some(5), modified_us: Some(7), device: Some(8), inode: None };
    LeafFacts {
        object_id: id(1_000 + number),
        parent_id: member.map(|_| id(7)),
        object,
        member: member.map(str::to_owned),
        member_ordinal: member.map(|_| 0),
        codecs: vec!["gzip"],
        format: "csv",
        subject_role: None,
    }
}

fn column_facts() -> Vec<ColumnFacts> {
    let mut columns: Vec<_> =
        (0..10).map(|index| ColumnFacts { table: None, name: Some(format!("field_{index}").into()), index: Some(index) }).collect();
    columns.push(ColumnFacts::default());
    columns
}

/// A finding as dense tables have them: five a record, one of the fields absent now and then.
fn finding(number: usize) -> Finding {
    let record = number / 5;
    let start = i64::try_from(record * 350 + number % 5 * 60).expect("small");
    let mut signals = Signals::default();
    signals.add(Signal::Base, 45);
    signals.add(Signal::ColumnName, if number.is_multiple_of(3) { 25 } else { 5 });
    signals.add(Signal::WordNeighbour, -10);
    let odd = number.is_multiple_of(7);
    Finding {
        rule: u16::try_from(number % 5).expect("small"),
        column: (!odd).then_some(u32::try_from(number % 11).expect("small")),
        score: if odd { 130 } else { signals.sum() },
        signals,
        validated: [None, Some(true), Some(false)][number % 3],
        region: Region::new(*[b"PH", b"SG"][number % 2]).filter(|_| !odd),
        normalisation: [Normalisation::PhoneE164, Normalisation::EmailLower, Normalisation::TextFold][number % 3],
        record: record as u64,
        line: (!odd).then_some(record as u64 + 2),
        bytes: Some((start, start + 16)),
        group: odd.then_some((3, number as u64)),
        record_bytes: (!odd).then_some((start, start + 349)),
        cell: (!odd).then_some((0, 16)),
        pointer: odd.then(|| format!("/users/{number}/email").into()),
        part: None,
        whole: None,
        exact: !odd,
        finding_id: id(10_000 + number / 2),
        value_token: (!number.is_multiple_of(9)).then(|| id(50_000 + number / 2)),
        record_token: (!odd).then(|| id(90_000 + record)),
        guard_token: Some(id(900_000 + number)),
        preview: ["+** *** *** **23", "m***@***.com", "", "** M*** S***"][number % 4].into(),
        allowed: None,
        // One group of rows has none of them.
        subject: (number % 5 == 1 && number < 9_000)
            .then(|| Box::new(Subject { kind: ["email", "phone"][number % 2].into(), token: id(number) })),
        governed: None,
        value_length: 16,
    }
}

fn write_findings(run: &RunWriter, leaf: &LeafFacts, findings: &[Finding]) {
    let (rules, columns) = (rules(), column_facts());
    let mut part = run.findings().expect("a part");
    for findings in findings.chunks(1_500) {
        part.write(&FindingBatch { leaf, rules: &rules, columns: &columns, findings }).expect("written");
    }
    run.give_back(part);
}

pub(super) fn read(path: &Path) -> RecordBatch {
    let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(path).expect("the file")).expect("a footer");
    let schema = reader.schema().clone();
    let mut batches = reader.with_batch_size(1 << 20).build().expect("a reader");
    batches.next().map_or_else(|| RecordBatch::new_empty(schema), |batch| batch.expect("a batch"))
}

pub(super) fn footer(path: &Path) -> ParquetMetaData {
    let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(path).expect("the file")).expect("a footer");
    reader.metadata().as_ref().clone()
}

fn column<'a>(batch: &'a RecordBatch, name: &str) -> &'a ArrayRef {
    batch.column_by_name(name).unwrap_or_else(|| panic!("no column {name}"))
}

/// The cell as text, whatever its type.
pub(super) fn cell(column: &ArrayRef, row: usize) -> Option<String> {
    use arrow_schema::DataType::{Boolean, Dictionary, Float32, Int32, Int64, List, Map, Timestamp, Utf8};
    if column.is_null(row) {
        return None;
    }
    Some(match column.data_type() {
        Utf8 => column.as_string::<i32>().value(row).to_owned(),
        Dictionary(..) => {
            let words = column.as_dictionary::<Int32Type>();
            return cell(words.values(), usize::try_from(words.keys().value(row)).expect("a key"));
        }
        Int32 => column.as_primitive::<Int32Type>().value(row).to_string(),
        Int64 => column.as_primitive::<Int64Type>().value(row).to_string(),
        Timestamp(..) => column.as_primitive::<TimestampMicrosecondType>().value(row).to_string(),
        Float32 => column.as_primitive::<Float32Type>().value(row).to_string(),
        Boolean => column.as_boolean().value(row).to_string(),
        List(_) => texts(&column.as_list::<i32>().value(row)).join(" "),
        Map(..) => {
            let pairs = column.as_map().value(row);
            let (keys, values) = (pairs.column(0), pairs.column(1));
            (0..pairs.len()).map(|at| format!("{}={}", texts(keys)[at], texts(values)[at])).collect::<Vec<_>>().join(" ")
        }
        other => panic!("no text for {other}"),
    })
}

fn texts(column: &ArrayRef) -> Vec<String> {
    (0..column.len()).map(|row| cell(column, row).expect("a text")).collect()
}

/// What a row of `findings` must read.
fn expected(leaf: &LeafFacts, number: usize) -> BTreeMap<&'static str, Option<String>> {
    let (finding, rules, columns) = (finding(number), rules(), column_facts());
    let rule = &rules[usize::from(finding.rule)];
    let column = finding.column.map(|column| columns[column as usize].clone());
    let text = |value: &dyn std::fmt::Display| Some(value.to_string());
    let mut row: BTreeMap<_, _> = schema::findings().fields().iter().map(|f| (&*f.name().clone().leak(), None)).collect();
    row.extend([
        ("scan_id", text(&id(1))),
        ("scanned_at", text(&1_795_000_000_000_001_i64)),
        ("key_id", text(&id(2))),
        ("finding_id", text(&finding.finding_id)),
        ("object_id", text(&leaf.object_id)),
        ("uri", text(&leaf.object.uri)),
        ("path", text(&leaf.object.path)),
        ("member", leaf.member.clone()),
        ("entity", text(&rule.entity)),
        ("category", text(&rule.category)),
        ("sensitivity", text(&"high")),
        ("rule", text(&rule.rule)),
        ("rule_version", text(&3)),
        ("confidence", text(&(f32::from(finding.score.clamp(0, 100)) / 100.0))),
        ("likelihood", text(&finding.likelihood())),
        ("validated", finding.validated.map(|passed| passed.to_string())),
        ("signals", text(&format!("base+0.45 column_name+0.{} word_neighbour-0.10", if number.is_multiple_of(3) { "25" } else { "05" }))),
        ("region", finding.region.map(|region| region.to_string())),
        ("format", text(&"csv")),
    ]);
    row.extend([
        ("record", text(&finding.record)),
        ("line", finding.line.map(|line| line.to_string())),
        ("byte_start", finding.bytes.map(|span| span.0.to_string())),
        ("byte_end", finding.bytes.map(|span| span.1.to_string())),
        ("row_group", finding.group.map(|place| place.0.to_string())),
        ("row_in_group", finding.group.map(|place| place.1.to_string())),
        ("record_start", finding.record_bytes.map(|span| span.0.to_string())),
        ("record_end", finding.record_bytes.map(|span| span.1.to_string())),
        ("column_name", column.as_ref().and_then(|column| column.name.as_ref()).map(ToString::to_string)),
        ("column_index", column.and_then(|column| column.index).map(|index| index.to_string())),
        ("pointer", finding.pointer.as_ref().map(ToString::to_string)),
        ("cell_start", finding.cell.map(|span| span.0.to_string())),
        ("cell_end", finding.cell.map(|span| span.1.to_string())),
        ("exact", text(&finding.exact)),
        ("value_token", finding.value_token.map(|token| token.to_string())),
        ("normalisation", finding.value_token.map(|_| finding.normalisation.name().to_owned())),
        ("preview", text(&finding.preview)),
        ("value_length", text(&finding.value_length)),
        ("record_token", finding.record_token.map(|token| token.to_string())),
        ("guard_token", finding.guard_token.map(|id| id.to_string())),
        ("subject_tokens", finding.subject.map(|subject| format!("{}={}", subject.kind, subject.token))),
    ]);
    row
}

#[test]
fn reads_back_every_column_of_findings() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = RunWriter::create(&folder.path().join("run"), run_facts()).expect("a run");
    let leaves = [leaf(0, "a/b.csv", None), leaf(1, "c.tar", Some("d.csv")), leaf(2, "e.csv", None)];
    let counts = [10_000, 3, 6_001];
    for (leaf, count) in leaves.iter().zip(counts) {
        write_findings(&run, leaf, &(0..count).map(finding).collect::<Vec<_>>());
    }
    let files = run.finish().expect("finished");
    assert_eq!(files[0].rows, 16_004);
    let batch = read(&folder.path().join("run/findings/part-00000.parquet"));
    assert_eq!(batch.schema().fields(), schema::findings().fields());
    let rows = leaves.iter().zip(counts).flat_map(|(leaf, count)| (0..count).map(move |number| (leaf, number)));
    let mut read = 0;
    for (at, (leaf, number)) in rows.enumerate() {
        for (name, expected) in expected(leaf, number) {
            assert_eq!(cell(column(&batch, name), at), expected, "{name} of row {at}");
        }
        read += 1;
    }
    assert_eq!(batch.num_rows(), read);
}

/// What a policy says of a record: none of some, several keys and people of others.
fn governed(number: usize) -> Option<Box<Governed>> {
    let record = number / 5;
    let text = |name: &str| -> Arc<str> { name.into() };
    let subject = |kind: &str, number: usize| Subject { kind: text(kind), token: id(number) };
    let person = |role: usize, name: &str, subjects: Vec<Subject>| PersonFacts { role, role_name: text(name), subjects };
    let facts = RecordFacts {
        dataset: record % 2,
        dataset_id: text(["orders", "tickets"][record % 2]),
        owner: record.is_multiple_of(2).then(|| text("team")),
        time: (!record.is_multiple_of(4)).then(|| (i64::try_from(record).expect("small") * 1_000_000, ["column", "mtime"][record % 2])),
        key: (0..record % 3).map(|n| (text(["a", "b"][n]), format!("key {record} \u{f1}"))).collect(),
        people: vec![person(1, "customer", vec![subject("customer_id", record), subject("email", record + 1)]), person(2, "rider", vec![])],
    };
    let person = [Some(0), None, Some(1)][number % 3];
    (!record.is_multiple_of(5)).then(|| Box::new(Governed { record: Arc::new(facts), person }))
}

#[test]
fn reads_back_what_a_policy_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = RunWriter::create(&folder.path().join("run"), RunFacts { has_policy: true, ..run_facts() }).expect("a run");
    let with = |number: usize| Finding { governed: governed(number), ..finding(number) };
    write_findings(&run, &leaf(0, "a/b.csv", None), &(0..20_000).map(with).collect::<Vec<_>>());
    run.finish().expect("finished");
    let batch = read(&folder.path().join("run/findings/part-00000.parquet"));
    assert_eq!((batch.schema().fields(), batch.num_rows()), (schema::findings().fields(), 20_000));
    for number in 0..20_000 {
        let (governed, finding) = (governed(number), finding(number));
        let record = governed.as_ref().map(|governed| &governed.record);
        let person = governed.as_ref().and_then(|governed| governed.record.people.get(governed.person?));
        let own = person.map_or(&[][..], |person| &person.subjects);
        let known = finding.subject.as_deref().filter(|known| own.iter().all(|own| own.kind != known.kind));
        let pairs = |pairs: Vec<String>| (!pairs.is_empty()).then(|| pairs.join(" "));
        for (name, expected) in [
            ("dataset", record.map(|record| record.dataset_id.to_string())),
            ("owner", record.and_then(|record| record.owner.as_ref()).map(ToString::to_string)),
            ("subject_role", person.map(|person| person.role_name.to_string())),
            ("time_source", record.and_then(|record| record.time).map(|(_, source)| source.to_owned())),
            ("record_time", record.and_then(|record| record.time).map(|(time, _)| time.to_string())),
            ("record_key", record.and_then(|record| pairs(record.key.iter().map(|(name, value)| format!("{name}={value}")).collect()))),
            ("subject_tokens", pairs(own.iter().chain(known).map(|subject| format!("{}={}", subject.kind, subject.token)).collect())),
        ] {
            assert_eq!(cell(column(&batch, name), number), expected, "{name} of row {number}");
        }
    }
}

/// Words are held until their row group ends, so many leaves end it early.
#[test]
fn many_leaves_take_several_row_groups() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = RunWriter::create(folder.path(), run_facts()).expect("a run");
    let (rules, columns) = (rules(), column_facts());
    let mut part = run.findings().expect("a part");
    let name = |number: usize| (format!("{number}.csv"), number.is_multiple_of(3).then(|| format!("m{number}")));
    for number in 0..40_000 {
        let (path, member) = name(number);
        let leaf = leaf(number, &path, member.as_deref());
        part.write(&FindingBatch { leaf: &leaf, rules: &rules, columns: &columns, findings: &[finding(number)] }).expect("written");
    }
    run.give_back(part);
    run.finish().expect("finished");
    let path = folder.path().join("findings/part-00000.parquet");
    assert!(footer(&path).num_row_groups() > 1);
    let batch = read(&path);
    for number in 0..40_000 {
        let (path, member) = name(number);
        let row = ["path", "member", "object_id", "finding_id"].map(|name| cell(column(&batch, name), number));
        let ids = [1_000 + number, 10_000 + number / 2].map(|number| Some(id(number).to_string()));
        assert_eq!(row, [Some(path), member, ids[0].clone(), ids[1].clone()]);
    }
}

fn coverage() -> Coverage {
    Coverage {
        leaf: leaf(0, "a.tar.gz", Some("b=1/c.csv")),
        content_token: Some("cd".repeat(32)),
        charset: Some("utf-8".to_owned()),
        dialect: Some(DialectFacts { delimiter: ";".into(), quote: "\"".into(), escape: None, newline: "\r\n", header: true }),
        partitions: vec![("b".into(), "1".into())],
        records: Some(12),
        bytes_read: 340,
        governed: GovernedLeaf { dataset: Some("orders".into()), owner: Some("team".into()), times: Some((3, 9)), without_time: Some(2) },
        suppressed: [((0, "email".into()), 2), ((1, "email".into()), 3)].into(),
        best: None,
        sampled: false,
        entities: BTreeMap::from([("email".into(), 4), ("phone".into(), 5_000)]),
        status: Status::Partial,
        reason: Some("the stream ends early".into()),
        elapsed_us: 99,
    }
}

#[test]
fn reads_back_objects() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = RunWriter::create(folder.path(), run_facts()).expect("an empty folder is taken");
    let unread =
        Coverage { leaf: LeafFacts { format: "", codecs: vec![], ..leaf(1, "x", None) }, dialect: None, records: None, ..coverage() };
    run.object(&coverage()).expect("written");
    run.object(&unread).expect("written");
    run.finish().expect("finished");
    let batch = read(&folder.path().join("objects.parquet"));
    assert_eq!(batch.schema().fields(), schema::objects().fields());
    let row =
        |names: &[&str], row| names.iter().map(|name| cell(column(&batch, name), row).unwrap_or("-".into())).collect::<Vec<_>>().join(" ");
    assert_eq!(row(&["path", "member", "member_ordinal", "size", "modified", "device", "inode"], 0), "a.tar.gz b=1/c.csv 0 5 7 8 -");
    assert_eq!(row(&["format", "charset", "codecs", "records", "bytes_read", "status"], 0), "csv utf-8 gzip 12 340 partial");
    assert_eq!(row(&["reason", "elapsed_us", "parent_id", "owner"], 0), format!("the stream ends early 99 {} team", id(7)));
    assert_eq!(row(&["dataset", "record_time_min", "record_time_max", "records_without_time"], 0), "orders 3 9 2");
    assert_eq!(row(&["format", "codecs", "records"], 1), "-  -");
    let dialect = column(&batch, "dialect").as_struct();
    assert!(dialect.is_null(1));
    assert_eq!(dialect.columns().iter().map(|c| cell(c, 0).unwrap_or("-".into())).collect::<Vec<_>>(), [";", "\"", "-", "\r\n", "true"]);
    let entities = column(&batch, "entities").as_map().value(0);
    assert_eq!([texts(entities.column(0)), texts(entities.column(1))], [["email", "phone"], ["4", "5000"]]);
    let partitions = column(&batch, "partitions").as_map().value(0);
    assert_eq!([texts(partitions.column(0)), texts(partitions.column(1))], [["b"], ["1"]]);
}

#[test]
fn reads_back_columns() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = RunWriter::create(folder.path(), run_facts()).expect("a run");
    let mut signals = Signals::default();
    signals.add(Signal::ColumnName, 30);
    let found = ColumnRow {
        column: column_facts()[4].clone(),
        data_type: "text",
        row_count: 1,
        matched_count: 2,
        profiled_rows: 3,
        non_null: 4,
        distinct_estimate: 5,
        match_ratio: 0.5,
        entity: Some(("email".into(), "user.contact.email".into())),
        score: Some(84),
        signals,
    };
    let clean = ColumnRow { entity: None, score: None, signals: Signals::default(), ..found.clone() };
    run.columns(&leaf(3, "a.csv", None), &[found, clean]).expect("written");
    run.finish().expect("finished");
    let batch = read(&folder.path().join("columns.parquet"));
    assert_eq!(batch.schema().fields(), schema::columns().fields());
    let row = |at| batch.columns()[4..].iter().map(|c| cell(c, at).unwrap_or("-".into())).collect::<Vec<_>>().join(" ");
    assert_eq!(row(0), "/data/a.csv a.csv - - field_4 4 text 1 2 3 4 5 0.5 email user.contact.email 0.84 likely column_name+0.30");
    assert_eq!(row(1), "/data/a.csv a.csv - - field_4 4 text 1 2 3 4 5 0.5 - - - - ");
}

#[test]
fn empty_run_has_a_schema_and_true_digests() {
    let folder = tempfile::tempdir().expect("a folder");
    let files = RunWriter::create(folder.path(), run_facts()).expect("a run").finish().expect("finished");
    let paths: Vec<_> = files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(paths, ["findings/part-00000.parquet", "objects.parquet", "columns.parquet"]);
    for (file, schema) in files.iter().zip([schema::findings(), schema::objects(), schema::columns()]) {
        let path = folder.path().join(&file.path);
        let bytes = fs::read(&path).expect("the file");
        assert_eq!((file.rows, file.bytes), (0, i64::try_from(bytes.len()).expect("small")));
        assert_eq!(file.blake3, blake3::hash(&bytes).to_hex().as_str());
        assert_eq!(read(&path).schema().fields(), schema.fields());
        let footer = footer(&path);
        let facts = footer.file_metadata();
        assert!(facts.created_by().is_some_and(|by| by.starts_with("datatrawl version ")));
        let versions = facts.key_value_metadata().into_iter().flatten().find(|pair| pair.key == "datatrawl.schema_version");
        assert_eq!(versions.and_then(|pair| pair.value.as_deref()), Some(schema::SCHEMA_VERSION));
    }
}

#[test]
fn parts_are_used_again_and_must_come_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = RunWriter::create(folder.path(), run_facts()).expect("a run");
    let (one, two) = (run.findings().expect("a part"), run.findings().expect("a part"));
    run.give_back(two);
    run.give_back(run.findings().expect("the same part"));
    assert!(!folder.path().join("findings/part-00002.parquet").exists());
    drop(one);
    assert_eq!(run.finish().expect_err("one is missing").kind(), ErrorKind::Run);
}

#[test]
fn refuses_a_folder_that_is_in_use() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("x"), "").expect("written");
    for path in [folder.path().to_owned(), folder.path().join("x")] {
        let error = RunWriter::create(&path, run_facts()).err().expect("refused");
        assert_eq!(error.kind(), ErrorKind::Usage);
        assert!(error.advice().is_some());
    }
}

/// Writes a run whose names and previews hold a planted word.
fn planted(folder: &Path) -> Vec<PathBuf> {
    let run = RunWriter::create(folder, run_facts()).expect("a run");
    let leaf = leaf(0, "PLANTED/PLANTED.csv", Some("PLANTED"));
    let column = ColumnFacts { table: None, name: Some("PLANTED".into()), index: Some(0) };
    let secret = |number| Finding { preview: "PLANTED".into(), pointer: Some("/PLANTED".into()), column: Some(0), ..finding(number) };
    let findings: Vec<_> = (0..20).map(secret).collect();
    let mut part = run.findings().expect("a part");
    part.write(&FindingBatch { leaf: &leaf, rules: &rules(), columns: &[column], findings: &findings }).expect("written");
    run.give_back(part);
    let partitions = vec![("PLANTED".to_owned(), "PLANTED".to_owned())];
    run.object(&Coverage { leaf, partitions, reason: Some("PLANTED".into()), ..coverage() }).expect("written");
    run.finish().expect("finished").iter().map(|file| folder.join(&file.path)).collect()
}

#[test]
fn footers_tell_no_names() {
    let folder = tempfile::tempdir().expect("a folder");
    for path in planted(folder.path()) {
        let bytes = fs::read(&path).expect("the file");
        let ends = footer(&path);
        let chunks = ends.row_groups().iter().flat_map(|group| group.columns());
        let data_ends = chunks.map(|chunk| chunk.byte_range()).map(|(start, len)| start + len).max().unwrap_or(4);
        let rest = &bytes[usize::try_from(data_ends).expect("small")..];
        assert!(!rest.windows(7).any(|window| window == b"PLANTED"), "{}", path.display());
    }
}

#[test]
fn only_numbers_have_statistics() {
    let folder = tempfile::tempdir().expect("a folder");
    for path in planted(folder.path()) {
        for chunk in footer(&path).row_groups().iter().flat_map(|group| group.columns()) {
            use ::parquet::basic::Type::{BOOLEAN, BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY};
            let numeric = !matches!(chunk.column_type(), BYTE_ARRAY | FIXED_LEN_BYTE_ARRAY | BOOLEAN);
            assert!(numeric || chunk.statistics().is_none(), "{}", chunk.column_path());
            assert!(chunk.bloom_filter_offset().is_none() && chunk.column_index_offset().is_none());
        }
    }
}

#[test]
fn tokens_and_previews_have_no_dictionary() {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = planted(folder.path());
    let plain = ["finding_id", "value_token", "record_token", "guard_token", "preview", "pointer", "record_key", "subject_tokens"];
    for chunk in footer(&paths[0]).row_groups()[0].columns() {
        let parts = chunk.column_path().parts();
        // The keys of a map are names of entities.
        let is_plain = plain.contains(&parts[0].as_str()) && parts.last().is_none_or(|last| last != "key");
        assert!(!is_plain || chunk.dictionary_page_offset().is_none(), "{}", chunk.column_path());
    }
}

/// The figure in FINDINGS.md: five findings a record, every value met once, so that no token repeats but the record's.
#[test]
fn a_finding_takes_less_than_60_bytes() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = RunWriter::create(folder.path(), run_facts()).expect("a run");
    let distinct = |number| Finding { finding_id: id(2_000_000 + number), value_token: Some(id(4_000_000 + number)), ..finding(number) };
    write_findings(&run, &leaf(0, "exports/2026/customers.csv", None), &(0..50_000).map(distinct).collect::<Vec<_>>());
    let files = run.finish().expect("finished");
    let bytes = files[0].bytes / files[0].rows;
    assert!((48..60).contains(&bytes), "{bytes} bytes a finding");
}
