//! Formats of typed columns: every value stands where it was written, whatever the types, codecs, encodings and sizes.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};

use arrow_array::builder::{Int32Builder, Int64Builder, ListBuilder, MapBuilder, MapFieldNames, StringBuilder, StructBuilder};
use arrow_array::types::Int32Type;
use arrow_array::{
    ArrayRef, BinaryArray, BooleanArray, Date32Array, Decimal128Array, DictionaryArray, Float64Array, LargeStringArray, RecordBatch,
    StringArray, StringViewArray, TimestampMicrosecondArray,
};
use arrow_avro::compression::CompressionCodec;
use arrow_avro::writer::WriterBuilder;
use arrow_avro::writer::format::AvroOcfFormat;
use arrow_ipc::CompressionType;
use arrow_ipc::writer::{FileWriter, IpcWriteOptions, StreamWriter};
use arrow_schema::{DataType, Field, Fields};
use datatrawl::examine::{Examiner, LeafRun, Opening, Receiver, Step, Worker};
use datatrawl::finding::{ColumnFacts, ColumnRow, Coverage, Finding, FindingBatch, LeafFacts};
use datatrawl::model::{Object, Result, Status};
use datatrawl::unpack::{self, Caps, Meter, Raw};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, Encoding};
use parquet::file::properties::{WriterProperties, WriterVersion};
use parquet::schema::types::ColumnPath;
use proptest::prelude::*;

use crate::determinism::examiner;

const MAIL: &str = "ana.reyes@example.com";
const CARD: i64 = 5_555_555_555_554_444;

/// What came of a leaf.
#[derive(Default)]
pub struct Outcome {
    pub findings: Vec<(Finding, Option<ColumnFacts>)>,
    pub columns: Vec<ColumnRow>,
    pub coverage: Option<Coverage>,
}

struct Keep(Arc<Mutex<Outcome>>);

impl Receiver for Keep {
    fn findings(&mut self, batch: &FindingBatch<'_>) -> Result<()> {
        let facts = |f: &Finding| f.column.map(|column| batch.columns[column as usize].clone());
        self.0.lock().expect("no one panics").findings.extend(batch.findings.iter().map(|f| (f.clone(), facts(f))));
        Ok(())
    }

    fn columns(&mut self, _: &LeafFacts, rows: &[ColumnRow]) -> Result<()> {
        self.0.lock().expect("no one panics").columns.extend_from_slice(rows);
        Ok(())
    }
}

pub fn examine(examiner: &Arc<Examiner>, path: &str, raw: Raw) -> Outcome {
    let object = Object { uri: path.to_owned(), path: path.to_owned(), size: None, modified_us: None, device: None, inode: None };
    let opened = unpack::open(object, raw, &Caps::default(), examiner.tokens().content_key(), &Meter::default());
    let kept = Arc::new(Mutex::new(Outcome::default()));
    let receiver = Box::new(Keep(Arc::clone(&kept)));
    let coverage = match LeafRun::open(examiner, opened, || Ok(receiver)).expect("memory takes all") {
        Opening::Closed(coverage) => *coverage,
        Opening::Open(run) => {
            let mut worker = Worker::new(examiner);
            loop {
                if let Step::Finished(coverage) = run.step(&mut worker, &AtomicBool::new(false)).expect("memory takes all") {
                    break *coverage;
                }
            }
        }
    };
    let mut outcome = std::mem::take(&mut *kept.lock().expect("no one panics"));
    outcome.coverage = Some(coverage);
    outcome
}

pub fn random(bytes: &[u8]) -> Raw {
    Raw::random(Arc::new(bytes.to_vec()))
}

pub fn stream(bytes: &[u8]) -> Raw {
    Raw::stream(Cursor::new(bytes.to_vec()).take(u64::MAX))
}

impl Outcome {
    fn status(&self) -> (Status, &str) {
        let coverage = self.coverage.as_ref().expect("a leaf ends");
        (coverage.status, coverage.reason.as_deref().unwrap_or(""))
    }

    fn records(&self) -> i64 {
        self.coverage.as_ref().and_then(|coverage| coverage.records).unwrap_or(-1)
    }

    /// Record, column, pointer and cell of each finding of an entity.
    fn places(&self, examiner: &Examiner, entity: &str) -> BTreeSet<Place> {
        let of = |(f, _): &&(Finding, _)| &*examiner.rules()[usize::from(f.rule)].entity == entity;
        let place = |(f, column): &(Finding, Option<ColumnFacts>)| Place {
            record: f.record,
            column: column.as_ref().and_then(|c| c.name.as_deref()).unwrap_or("").to_owned(),
            pointer: f.pointer.as_deref().unwrap_or("").to_owned(),
            cell: f.cell.expect("a cell"),
        };
        self.findings.iter().filter(of).map(place).collect()
    }
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    record: u64,
    column: String,
    pointer: String,
    cell: (i32, i32),
}

/// One record of the table that is written.
#[derive(Clone, Debug)]
struct Record {
    note: Option<String>,
    person: Option<Option<String>>,
    tags: Option<Vec<Option<String>>>,
    orders: Option<Vec<Option<String>>>,
    attrs: Option<Vec<(String, Option<String>)>>,
    card: Option<i64>,
}

impl Record {
    /// The places of all e-mail addresses in it.
    fn mails(&self, record: u64, out: &mut BTreeSet<Place>) {
        let mut add = |text: &Option<String>, column: &str, pointer: String| {
            if let Some(start) = text.as_ref().and_then(|text| text.find(MAIL)) {
                let small = |at: usize| i32::try_from(at).expect("a short cell");
                out.insert(Place { record, column: column.to_owned(), pointer, cell: (small(start), small(start + MAIL.len())) });
            }
        };
        add(&self.note, "note", String::new());
        add(&self.person.clone().flatten(), "person.mail", "/person/mail".to_owned());
        for (i, tag) in self.tags.iter().flatten().enumerate() {
            add(tag, "tags[]", format!("/tags/{i}"));
        }
        for (i, order) in self.orders.iter().flatten().enumerate() {
            add(order, "orders[].mail", format!("/orders/{i}/mail"));
        }
        for (i, (key, value)) in self.attrs.iter().flatten().enumerate() {
            add(&Some(key.clone()), "attrs[].key", format!("/attrs/{i}/key"));
            add(value, "attrs[].value", format!("/attrs/{i}/value"));
        }
    }
}

fn text() -> impl Strategy<Value = Option<String>> {
    prop_oneof![
        2 => Just(None),
        2 => "[a-zé \"\\n]{0,12}".prop_map(Some),
        3 => "[a-zé]{0,6}".prop_map(|before| Some(format!("{before} {MAIL} end"))),
        1 => Just(Some(MAIL.to_owned())),
        1 => "x{200,600}".prop_map(|long| Some(format!("{long} {MAIL}"))),
    ]
}

fn record() -> impl Strategy<Value = Record> {
    let list = || prop::option::of(prop::collection::vec(text(), 0..4));
    let attrs = prop::option::of(prop::collection::vec(("[a-z]{1,5}", text()), 0..3));
    let card = prop_oneof![Just(None), (0..999_999_i64).prop_map(Some), Just(Some(CARD))];
    (text(), prop::option::of(text()), list(), list(), attrs, card).prop_map(|(note, person, tags, orders, attrs, card)| Record {
        note,
        person,
        tags,
        orders,
        attrs,
        card,
    })
}

fn mail_field() -> Fields {
    Fields::from(vec![Field::new("mail", DataType::Utf8, true), Field::new("age", DataType::Int32, true)])
}

fn people(records: &[Record]) -> ArrayRef {
    let mut out = StructBuilder::new(mail_field(), vec![Box::new(StringBuilder::new()), Box::new(Int32Builder::new())]);
    for record in records {
        let mail = record.person.clone();
        out.field_builder::<StringBuilder>(0).expect("text").append_option(mail.clone().flatten());
        out.field_builder::<Int32Builder>(1).expect("a number").append_option(mail.as_ref().map(|_| 41));
        out.append(mail.is_some());
    }
    Arc::new(out.finish())
}

fn tags(records: &[Record]) -> ArrayRef {
    let mut out = ListBuilder::new(StringBuilder::new());
    for record in records {
        out.append_option(record.tags.clone());
    }
    Arc::new(out.finish())
}

fn orders(records: &[Record]) -> ArrayRef {
    let item = StructBuilder::new(mail_field(), vec![Box::new(StringBuilder::new()), Box::new(Int32Builder::new())]);
    let mut out = ListBuilder::new(item);
    for record in records {
        for mail in record.orders.iter().flatten() {
            let item = out.values();
            item.field_builder::<StringBuilder>(0).expect("text").append_option(mail.clone());
            item.field_builder::<Int32Builder>(1).expect("a number").append_value(7);
            item.append(true);
        }
        out.append(record.orders.is_some());
    }
    Arc::new(out.finish())
}

fn attrs(records: &[Record]) -> ArrayRef {
    let names = MapFieldNames { entry: "entries".to_owned(), key: "key".to_owned(), value: "value".to_owned() };
    let mut out = MapBuilder::new(Some(names), StringBuilder::new(), StringBuilder::new());
    for record in records {
        for (key, value) in record.attrs.iter().flatten() {
            out.keys().append_value(key);
            out.values().append_option(value.clone());
        }
        out.append(record.attrs.is_some()).expect("as many keys as values");
    }
    Arc::new(out.finish())
}

/// How a table is written.
#[derive(Clone, Debug)]
struct Way {
    /// Arrow type of the column of notes.
    notes: usize,
    codec: usize,
    encoding: usize,
    second_version: bool,
    dictionary: bool,
    statistics: bool,
    page_rows: usize,
    group_rows: usize,
}

fn way() -> impl Strategy<Value = Way> {
    let flags = (any::<bool>(), any::<bool>(), any::<bool>());
    (0..5_usize, 0..6_usize, 0..4_usize, flags, 1..20_usize, 1..40_usize).prop_map(
        |(notes, codec, encoding, (second_version, dictionary, statistics), page_rows, group_rows)| Way {
            notes,
            codec,
            encoding,
            second_version,
            dictionary,
            statistics,
            page_rows,
            group_rows,
        },
    )
}

fn batch(records: &[Record], notes: usize) -> RecordBatch {
    let note = records.iter().map(|record| record.note.as_deref());
    let notes: ArrayRef = match notes {
        0 => Arc::new(note.collect::<StringArray>()),
        1 => Arc::new(note.collect::<LargeStringArray>()),
        2 => Arc::new(note.collect::<StringViewArray>()),
        3 => Arc::new(note.map(|text| text.map(str::as_bytes)).collect::<BinaryArray>()),
        _ => Arc::new(note.collect::<DictionaryArray<Int32Type>>()),
    };
    let rows = records.len();
    let mut card = Int64Builder::new();
    records.iter().for_each(|record| card.append_option(record.card));
    let decimals = Decimal128Array::from_iter_values((0..rows).map(|i| i as i128 * 25)).with_precision_and_scale(12, 2).expect("it fits");
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("paid", Arc::new((0..rows).map(|i| Some(i % 2 == 0)).collect::<BooleanArray>())),
        ("person", people(records)),
        ("note", notes),
        ("tags", tags(records)),
        ("at", Arc::new(TimestampMicrosecondArray::from_iter_values((0..rows).map(|i| 1_700_000_000_000_000 + i as i64)))),
        ("orders", orders(records)),
        ("day", Arc::new(Date32Array::from_iter_values((0..rows).map(|i| 19_000 + i as i32)))),
        ("attrs", attrs(records)),
        ("amount", Arc::new(decimals)),
        ("card_number", Arc::new(card.finish())),
        ("card_double", Arc::new(records.iter().map(|record| record.card.map(|card| card as f64)).collect::<Float64Array>())),
    ];
    RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, array)| (name, array, true))).expect("columns of one length")
}

fn parquet(batch: &RecordBatch, way: &Way) -> Vec<u8> {
    let codec = [
        Compression::UNCOMPRESSED,
        Compression::SNAPPY,
        Compression::GZIP(Default::default()),
        Compression::BROTLI(Default::default()),
        Compression::LZ4_RAW,
        Compression::ZSTD(Default::default()),
    ][way.codec];
    let mut properties = WriterProperties::builder()
        .set_compression(codec)
        .set_writer_version(if way.second_version { WriterVersion::PARQUET_2_0 } else { WriterVersion::PARQUET_1_0 })
        .set_dictionary_enabled(way.dictionary)
        .set_data_page_row_count_limit(way.page_rows)
        .set_write_batch_size(way.page_rows)
        .set_max_row_group_row_count(Some(way.group_rows));
    if !way.statistics {
        properties = properties.set_statistics_enabled(parquet::file::properties::EnabledStatistics::None);
    }
    if !way.dictionary {
        let text = [Encoding::PLAIN, Encoding::DELTA_LENGTH_BYTE_ARRAY, Encoding::DELTA_BYTE_ARRAY, Encoding::PLAIN][way.encoding];
        let number = [Encoding::PLAIN, Encoding::DELTA_BINARY_PACKED, Encoding::BYTE_STREAM_SPLIT, Encoding::PLAIN][way.encoding];
        properties =
            properties.set_column_encoding(ColumnPath::from("note"), text).set_column_encoding(ColumnPath::from("card_number"), number);
    }
    let mut out = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut out, batch.schema(), Some(properties.build())).expect("a schema that Parquet has");
    writer.write(batch).expect("memory takes all");
    writer.close().expect("memory takes all");
    out
}

/// Batches of at most so many records.
fn slices(batch: &RecordBatch, rows: usize) -> impl Iterator<Item = RecordBatch> {
    (0..batch.num_rows()).step_by(rows).map(move |from| batch.slice(from, rows.min(batch.num_rows() - from)))
}

fn arrow(batch: &RecordBatch, way: &Way, as_file: bool) -> Vec<u8> {
    let compression = [None, Some(CompressionType::LZ4_FRAME), Some(CompressionType::ZSTD)][way.codec % 3];
    let options = IpcWriteOptions::default().try_with_compression(compression).expect("a codec that is built in");
    let mut out = Vec::new();
    if as_file {
        let mut writer = FileWriter::try_new_with_options(&mut out, &batch.schema(), options).expect("memory takes all");
        slices(batch, way.group_rows).for_each(|part| writer.write(&part).expect("memory takes all"));
        writer.finish().expect("memory takes all");
    } else {
        let mut writer = StreamWriter::try_new_with_options(&mut out, &batch.schema(), options).expect("memory takes all");
        slices(batch, way.group_rows).for_each(|part| writer.write(&part).expect("memory takes all"));
        writer.finish().expect("memory takes all");
    }
    out
}

fn avro(batch: &RecordBatch, way: &Way) -> Vec<u8> {
    let codecs = [None, Some(CompressionCodec::Deflate), Some(CompressionCodec::Snappy), Some(CompressionCodec::ZStandard)];
    let codec = [&codecs[..], &[Some(CompressionCodec::Bzip2)]].concat()[way.codec % 5];
    let mut out = Vec::new();
    let builder = WriterBuilder::new(batch.schema().as_ref().clone()).with_compression(codec);
    let mut writer = builder.build::<_, AvroOcfFormat>(&mut out).expect("a schema that Avro has");
    slices(batch, way.group_rows).for_each(|part| writer.write(&part).expect("memory takes all"));
    writer.finish().expect("memory takes all");
    drop(writer);
    out
}

fn mails(records: &[Record]) -> BTreeSet<Place> {
    let mut out = BTreeSet::new();
    for (i, record) in records.iter().enumerate() {
        record.mails(i as u64, &mut out);
    }
    out
}

fn cards(records: &[Record]) -> BTreeSet<Place> {
    let held = records.iter().enumerate().filter(|(_, record)| record.card == Some(CARD));
    let place =
        |(i, _): (usize, _), column: &str| Place { record: i as u64, column: column.to_owned(), pointer: String::new(), cell: (0, 16) };
    held.clone().map(|at| place(at, "card_number")).chain(held.map(|at| place(at, "card_double"))).collect()
}

/// As many cases as the environment asks for (`PROPTEST_CASES=100000 cargo test --test it damaged_files` is the fuzz run), else a few.
fn cases() -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(48);
    ProptestConfig { failure_persistence: None, cases, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn parquet_gives_every_value_at_its_record_column_and_cell(
        records in prop::collection::vec(record(), 0..60),
        way in way(),
        block in 200..2_000_usize,
        seekable in any::<bool>(),
    ) {
        let bytes = parquet(&batch(&records, way.notes), &way);
        let examiner = examiner(block);
        let outcome = examine(&examiner, "a.parquet", if seekable { random(&bytes) } else { stream(&bytes) });
        prop_assert_eq!(outcome.status(), (Status::Scanned, ""));
        prop_assert_eq!(outcome.records(), records.len() as i64);
        prop_assert_eq!(outcome.places(&examiner, "email"), mails(&records));
        prop_assert_eq!(outcome.places(&examiner, "credit_card"), cards(&records));
        for (finding, _) in &outcome.findings {
            let (group, row) = finding.group.expect("Parquet has row groups");
            prop_assert_eq!(group as u64 * way.group_rows as u64 + row, finding.record);
            prop_assert_eq!((finding.bytes, finding.line, finding.record_token, finding.guard_token), (None, None, None, None));
        }
        prop_assert!(outcome.coverage.as_ref().is_some_and(|coverage| coverage.content_token.is_some()));
        if !records.is_empty() {
            prop_assert!(outcome.columns.iter().all(|row| row.row_count == records.len() as i64));
            let names: BTreeSet<_> = outcome.columns.iter().filter_map(|row| row.column.name.as_deref()).collect();
            prop_assert_eq!(names.len(), 14);
        }
    }

    #[test]
    fn arrow_gives_every_value_at_its_record_column_and_cell(
        records in prop::collection::vec(record(), 0..60),
        way in way(),
        block in 200..2_000_usize,
        as_file in any::<bool>(),
    ) {
        // A dictionary may not change from one batch of a file to the next: all batches have that of the whole table.
        let bytes = arrow(&batch(&records, way.notes), &way, as_file);
        let examiner = examiner(block);
        let outcome = examine(&examiner, "a.arrow", stream(&bytes));
        prop_assert_eq!(outcome.status(), (Status::Scanned, ""));
        prop_assert_eq!(outcome.records(), records.len() as i64);
        prop_assert_eq!(outcome.places(&examiner, "email"), mails(&records));
        prop_assert_eq!(outcome.places(&examiner, "credit_card"), cards(&records));
        prop_assert!(outcome.findings.iter().all(|(finding, _)| finding.group.is_none() && finding.bytes.is_none()));
        prop_assert!(outcome.coverage.as_ref().is_some_and(|coverage| coverage.content_token.is_some()));
    }

    #[test]
    fn avro_gives_every_value_at_its_record_column_and_cell(
        records in prop::collection::vec(record(), 0..60),
        way in way(),
        block in 200..2_000_usize,
    ) {
        let bytes = avro(&batch(&records, [0, 1, 3][way.notes % 3]), &way);
        let examiner = examiner(block);
        let outcome = examine(&examiner, "a.avro", stream(&bytes));
        prop_assert_eq!(outcome.status(), (Status::Scanned, ""));
        prop_assert_eq!(outcome.records(), records.len() as i64);
        prop_assert_eq!(outcome.places(&examiner, "email"), mails(&records));
        prop_assert_eq!(outcome.places(&examiner, "credit_card"), cards(&records));
        prop_assert!(outcome.coverage.as_ref().is_some_and(|coverage| coverage.content_token.is_some()));
    }

    /// Whatever stands in a file: its row says how it ended, no decoder's panic ends the run, and what is whole is found.
    #[test]
    fn damaged_files_end_as_a_row(
        records in prop::collection::vec(record(), 1..30),
        way in way(),
        format in 0..4_usize,
        cut in any::<prop::sample::Index>(),
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        is_cut in any::<bool>(),
    ) {
        let table = batch(&records, [0, 1, 3][way.notes % 3]);
        let mut bytes = match format {
            0 => parquet(&table, &way),
            1 => arrow(&table, &way, true),
            2 => arrow(&table, &way, false),
            _ => avro(&table, &way),
        };
        for (at, byte) in &flips {
            let at = at.index(bytes.len());
            bytes[at] ^= byte;
        }
        if is_cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let examiner = examiner(400);
        for raw in [random(&bytes), stream(&bytes)] {
            let outcome = examine(&examiner, "a", raw);
            let (status, reason) = outcome.status();
            prop_assert!(status == Status::Scanned || !reason.is_empty(), "{:?}", status);
            prop_assert!(!reason.contains(MAIL));
        }
    }
}

#[test]
fn a_file_that_is_cut_off_anywhere_says_so() {
    let record = Record { note: Some(MAIL.to_owned()), person: None, tags: None, orders: None, attrs: None, card: None };
    let records = vec![record; 40];
    let way =
        Way { notes: 0, codec: 1, encoding: 0, second_version: false, dictionary: false, statistics: true, page_rows: 5, group_rows: 10 };
    let table = batch(&records, 0);
    let examiner = examiner(4_000);
    let whole = [parquet(&table, &way), arrow(&table, &way, true), avro(&table, &way)];
    for (format, bytes) in whole.iter().enumerate() {
        for cut in (16..bytes.len() - 1).step_by(bytes.len() / 60) {
            let outcome = examine(&examiner, "a", random(&bytes[..cut]));
            let (status, reason) = outcome.status();
            // The directory of an Arrow file repeats what its messages said.
            let in_directory = format == 1 && outcome.records() == 40;
            // Between two blocks of an Avro file nothing tells that another one was to come.
            let between = format == 2 && outcome.records() % 10 == 0;
            assert!(matches!(status, Status::Failed | Status::Partial) || in_directory || between, "{format} {cut} {status:?} {reason}");
            assert!(format != 0 || status == Status::Failed, "Parquet has its directory at its end");
        }
    }
}

/// One table of values that have a check, in some records several times.
fn customers() -> RecordBatch {
    let rows = 400;
    let text = |of: &dyn Fn(usize) -> Option<String>| -> ArrayRef { Arc::new((0..rows).map(of).collect::<StringArray>()) };
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("seq", Arc::new(arrow_array::Int64Array::from_iter_values(1..=rows as i64))),
        ("email", text(&|i| (i % 7 != 0).then(|| format!("user{i}@kusina.ph")))),
        ("phone", text(&|i| Some(format!("+63 917 864 {:04}", i * 13 % 10_000)))),
        ("iban", text(&|i| (i % 3 == 0).then(|| "DE89370400440532013000".to_owned()))),
        ("card_number", text(&|i| Some(if i % 2 == 0 { "4539 1488 0343 6467" } else { "5555-5555-5555-4444" }.to_owned()))),
        ("note", text(&|i| (i % 5 == 0).then(|| format!("call +65 6123 {:04} or write to note{i}@example.org", 4000 + i)))),
    ];
    RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, array)| (name, array, true))).expect("columns of one length")
}

/// The cells of a table as text, nulls as none.
fn cell(batch: &RecordBatch, column: usize, row: usize) -> Option<String> {
    use arrow_array::cast::AsArray;
    let array = batch.column(column);
    if column == 0 {
        return Some(array.as_primitive::<arrow_array::types::Int64Type>().value(row).to_string());
    }
    let text = array.as_string::<i32>();
    (!arrow_array::Array::is_null(text, row)).then(|| text.value(row).to_owned())
}

#[test]
fn one_table_has_the_same_tokens_in_all_formats() {
    let table = customers();
    let schema = table.schema();
    let names: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
    let (mut csv, mut ndjson) = (names.join(",") + "\n", String::new());
    for row in 0..table.num_rows() {
        let cells: Vec<_> = (0..names.len()).map(|column| cell(&table, column, row)).collect();
        csv += &(cells.iter().map(|cell| cell.clone().unwrap_or_default()).collect::<Vec<_>>().join(",") + "\n");
        let object: serde_json::Map<_, _> =
            names.iter().zip(&cells).map(|(name, cell)| ((*name).to_owned(), cell.clone().into())).collect();
        ndjson += &(serde_json::Value::Object(object).to_string() + "\n");
    }
    let way = |codec| Way {
        notes: 0,
        codec,
        encoding: 0,
        second_version: false,
        dictionary: true,
        statistics: true,
        page_rows: 50,
        group_rows: 90,
    };
    let written = [
        ("csv", csv.into_bytes()),
        ("ndjson", ndjson.into_bytes()),
        ("parquet", parquet(&table, &way(1))),
        ("parquet", parquet(&table, &way(5))),
        ("avro", avro(&table, &way(2))),
        ("arrow", arrow(&table, &way(1), true)),
        ("arrow", arrow(&table, &way(2), false)),
    ];
    let examiner = examiner(4_096);
    let mut wanted: Option<Vec<(String, String)>> = None;
    for (format, bytes) in written {
        let outcome = examine(&examiner, "a", stream(&bytes));
        assert_eq!(outcome.coverage.as_ref().map(|coverage| coverage.leaf.format), Some(format));
        let validated = outcome.findings.iter().filter(|(f, _)| f.validated == Some(true));
        let entity = |f: &Finding| examiner.rules()[usize::from(f.rule)].entity.to_string();
        let mut tokens: Vec<_> = validated.map(|(f, _)| (entity(f), f.value_token.expect("a token").to_string())).collect();
        tokens.sort();
        assert!(tokens.len() > 1_300, "{format}: {}", tokens.len());
        assert_eq!(*wanted.get_or_insert_with(|| tokens.clone()), tokens, "{format}");
    }
}

#[test]
fn tables_without_records_are_read_and_encrypted_ones_are_told() {
    let examiner = examiner(4_096);
    let way =
        Way { notes: 0, codec: 1, encoding: 0, second_version: false, dictionary: true, statistics: true, page_rows: 5, group_rows: 10 };
    let empty = batch(&[], 0);
    for (path, bytes) in [("parquet", parquet(&empty, &way)), ("arrow", arrow(&empty, &way, true)), ("avro", avro(&empty, &way))] {
        let outcome = examine(&examiner, path, stream(&bytes));
        assert_eq!((outcome.status(), outcome.records()), ((Status::Scanned, ""), 0), "{path}");
    }
    let whole = parquet(&batch(&[], 0), &way);
    let encrypted = [b"PARE", &whole[4..whole.len() - 4], b"PARE"].concat();
    let (status, reason) = (examine(&examiner, "a", random(&encrypted)).coverage).map(|c| (c.status, c.reason)).expect("a row");
    assert_eq!((status, reason.as_deref()), (Status::Failed, Some("encrypted: the footer, and with it all columns")));
}

/// A number as Avro writes it.
fn long(value: i64, out: &mut Vec<u8>) {
    let mut rest = ((value << 1) ^ (value >> 63)) as u64;
    while rest >= 0x80 {
        out.push(rest as u8 | 0x80);
        rest >>= 7;
    }
    out.push(rest as u8);
}

fn string(text: &str, out: &mut Vec<u8>) {
    long(text.len() as i64, out);
    out.extend_from_slice(text.as_bytes());
}

const MARK: [u8; 16] = *b"\x01mark of blocks\x02";

/// An Avro file of these blocks, each with the number of its records.
fn container(schema: &str, blocks: &[(i64, Vec<u8>)]) -> Vec<u8> {
    let mut out = b"Obj\x01".to_vec();
    long(1, &mut out);
    string("avro.schema", &mut out);
    string(schema, &mut out);
    long(0, &mut out);
    out.extend_from_slice(&MARK);
    for (count, bytes) in blocks {
        long(*count, &mut out);
        long(bytes.len() as i64, &mut out);
        out.extend_from_slice(bytes);
        out.extend_from_slice(&MARK);
    }
    out
}

#[test]
fn avro_types_that_hold_themselves_and_unions_are_followed() {
    let schema = r#"{"type":"record","name":"Node","namespace":"a.b","fields":[
        {"name":"mail","type":["null","string","long"]},
        {"name":"born","type":{"type":"int","logicalType":"date"}},
        {"name":"next","type":["null","Node"]}]}"#;
    let node = |mail: &str, out: &mut Vec<u8>| {
        long(1, out);
        string(mail, out);
        long(7_000, out);
    };
    let mut record = Vec::new();
    for depth in 0..9 {
        node(&format!("deep{depth}@kusina.ph"), &mut record);
        long(i64::from(depth < 8), &mut record);
    }
    let examiner = examiner(4_096);
    let outcome = examine(&examiner, "a.avro", stream(&container(schema, &[(1, record)])));
    assert_eq!((outcome.status(), outcome.records()), ((Status::Scanned, ""), 1));
    let places = outcome.places(&examiner, "email");
    assert!(places.iter().any(|place| place.column == "mail" && place.pointer.is_empty()));
    assert!(places.iter().any(|place| place.pointer == "/next/next/mail"));
    assert_eq!(outcome.findings.iter().filter(|(f, _)| &*examiner.rules()[usize::from(f.rule)].entity == "email").count(), 9);
}

#[test]
fn an_avro_block_whose_mark_is_wrong_does_not_cost_the_next() {
    let schema = r#"{"type":"record","name":"r","fields":[{"name":"mail","type":"string"}]}"#;
    let block = |name: &str| {
        let mut out = Vec::new();
        string(&format!("{name}@kusina.ph"), &mut out);
        (1, out)
    };
    let mut bytes = container(schema, &[block("first"), block("second"), block("third"), block("fourth")]);
    let at = memchr::memmem::find(&bytes, b"second@").expect("it is there") + "second@kusina.ph".len() + 3;
    bytes[at] ^= 0xff;
    let examiner = examiner(4_096);
    let outcome = examine(&examiner, "a.avro", stream(&bytes));
    assert_eq!(outcome.status(), (Status::Partial, "corrupt: the mark behind a block is wrong"));
    // The mark that is looked for is that of the third block.
    assert_eq!(outcome.findings.len(), 2);
    let mut lying = container(schema, &[block("first")]);
    let promised = lying.len();
    long(1, &mut lying);
    long(i64::MAX, &mut lying);
    let outcome = examine(&examiner, "a.avro", stream(&lying));
    assert_eq!(outcome.status(), (Status::Partial, "corrupt: a block says that it has more than it may"), "{promised}");
}

#[test]
fn bytes_that_are_no_text_are_counted_and_broken_text_costs_nothing_else() {
    let binary: BinaryArray = (0..60).map(|i| Some(if i % 2 == 0 { MAIL.as_bytes() } else { b"\xff\x00\x01" })).collect();
    let table = RecordBatch::try_from_iter([("blob", Arc::new(binary) as ArrayRef)]).expect("one column");
    let way =
        Way { notes: 0, codec: 1, encoding: 0, second_version: false, dictionary: false, statistics: true, page_rows: 5, group_rows: 10 };
    let examiner = examiner(4_096);
    let outcome = examine(&examiner, "a.parquet", random(&parquet(&table, &way)));
    assert_eq!(outcome.status(), (Status::Scanned, "30 values are bytes and no text: nothing was looked for in them"));
    assert_eq!(outcome.findings.len(), 30);
    // Text whose bytes are not UTF-8, as careless writers leave it, in an otherwise good page.
    let texts: StringArray = (0..60).map(|i| Some(if i == 7 { "caf~~" } else { MAIL })).collect();
    let table = RecordBatch::try_from_iter([("note", Arc::new(texts) as ArrayRef)]).expect("one column");
    let mut bytes = parquet(&table, &Way { codec: 0, statistics: false, ..way });
    let at = memchr::memmem::find(&bytes, b"caf~~").expect("it is stored as it is");
    bytes[at + 3..at + 5].copy_from_slice(b"\xe9\xff");
    assert_eq!(examine(&examiner, "a.parquet", random(&bytes)).findings.len(), 59);
}
