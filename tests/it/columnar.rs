//! Formats of typed columns: every value stands where it was written, whatever the types, codecs, encodings and sizes.

use std::collections::BTreeSet;
use std::io::{Cursor, Read, Write as _};
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
use parquet::file::metadata::{ColumnChunkMetaDataBuilder, FileMetaData, ParquetMetaData, ParquetMetaDataBuilder, ParquetMetaDataWriter};
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterVersion};
use parquet::file::statistics::Statistics;
use parquet::file::writer::TrackedWrite;
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
        for (key, value) in self.attrs.iter().flatten() {
            add(value, &format!("attrs.{key}"), format!("/attrs/{key}"));
        }
    }
}

fn text() -> impl Strategy<Value = Option<String>> {
    prop_oneof![
        2 => Just(None),
        2 => "[a-zé \"\\n]{0,12}".prop_map(Some),
        // Letters that make no word that a rule knows, such as `upi`.
        3 => "[qzé]{0,6}".prop_map(|before| Some(format!("{before} {MAIL} end"))),
        1 => Just(Some(MAIL.to_owned())),
        1 => "x{200,600}".prop_map(|long| Some(format!("{long} {MAIL}"))),
    ]
}

fn record() -> impl Strategy<Value = Record> {
    let list = || prop::option::of(prop::collection::vec(text(), 0..4));
    let attrs = prop::option::of(prop::collection::vec(("[kqz]{1,5}", text()), 0..3));
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
    (0..5_usize, 0..7_usize, 0..4_usize, flags, 1..20_usize, 1..40_usize).prop_map(
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
        // What Hadoop writes under this name: blocks behind their sizes.
        Compression::LZ4,
    ][way.codec];
    let mut properties = WriterProperties::builder()
        .set_compression(codec)
        .set_writer_version(if way.second_version { WriterVersion::PARQUET_2_0 } else { WriterVersion::PARQUET_1_0 })
        .set_dictionary_enabled(way.dictionary)
        .set_data_page_row_count_limit(way.page_rows)
        .set_write_batch_size(way.page_rows)
        .set_max_row_group_row_count(Some(way.group_rows));
    if !way.statistics {
        properties = properties.set_statistics_enabled(EnabledStatistics::None);
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
            let keys: BTreeSet<_> = records.iter().flat_map(|record| record.attrs.iter().flatten()).map(|(key, _)| key).collect();
            prop_assert_eq!(names.len(), 13 + keys.len());
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
    container_of(schema, "null", blocks)
}

/// The same, whose blocks are compressed.
fn container_of(schema: &str, codec: &str, blocks: &[(i64, Vec<u8>)]) -> Vec<u8> {
    let mut out = b"Obj\x01".to_vec();
    long(2, &mut out);
    for (key, value) in [("avro.schema", schema), ("avro.codec", codec)] {
        string(key, &mut out);
        string(value, &mut out);
    }
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
    let outcome = examine(&examiner, "a.parquet", random(&bytes));
    assert_eq!(outcome.findings.len(), 59);
    let broken = "a text of record 7 is not UTF-8: in such texts values spelt with other characters than ASCII may be missed";
    assert_eq!(outcome.status(), (Status::Partial, broken));
    // The same of a dictionary whose broken value holds nothing, behind the records that are measured.
    let texts: DictionaryArray<Int32Type> = (0..12_000).map(|i| Some(if i == 11_007 { "caf~~" } else { "plain" })).collect();
    let table = RecordBatch::try_from_iter([("note", Arc::new(texts) as ArrayRef)]).expect("one column");
    let mut bytes = parquet(&table, &Way { codec: 0, statistics: false, dictionary: true, page_rows: 500, group_rows: 12_000, ..way });
    let at = memchr::memmem::find(&bytes, b"caf~~").expect("it is stored as it is");
    bytes[at + 3..at + 5].copy_from_slice(b"\xe9\xff");
    let outcome = examine(&examiner, "a.parquet", random(&bytes));
    assert_eq!(outcome.status(), (Status::Partial, &*broken.replace('7', "11007")));
}

/// A table of one column of texts in each format that has one.
fn in_all_formats(texts: &[String]) -> Vec<(&'static str, Vec<u8>)> {
    let dense: StringArray = texts.iter().map(Some).collect();
    let shared: DictionaryArray<Int32Type> = texts.iter().map(|text| Some(text.as_str())).collect();
    let table = |array: ArrayRef| RecordBatch::try_from_iter([("data", array)]).expect("one column");
    let (dense, shared) = (table(Arc::new(dense)), table(Arc::new(shared)));
    let way = Way {
        notes: 0,
        codec: 1,
        encoding: 0,
        second_version: false,
        dictionary: false,
        statistics: true,
        page_rows: 5_000,
        group_rows: 20_000,
    };
    vec![
        ("parquet", parquet(&dense, &way)),
        ("parquet", parquet(&shared, &Way { dictionary: true, ..way.clone() })),
        ("arrow", arrow(&dense, &way, true)),
        ("arrow", arrow(&shared, &way, false)),
        ("avro", avro(&dense, &way)),
    ]
}

#[test]
fn json_in_cells_is_looked_into_as_in_text_formats() {
    let cell = r#"{"user":{"first_name":"Ana","emails":["ana\u0040kusina.ph"]},"raw":"{\"date_of_birth\":\"1987-04-23\"}","n":7}"#;
    // Beyond the records that are measured, too, where only records that may hold something are gone through.
    let mut texts = vec!["plain".to_owned(); 11_000];
    for at in [3, 9_999, 10_500, 10_501] {
        texts[at] = cell.to_owned();
    }
    texts[10_700] = "{not json ben@kusina.ph".to_owned() + "\"}";
    let lines = texts.iter().fold(String::new(), |lines, text| lines + &serde_json::json!({ "data": text }).to_string() + "\n");
    let examiner = examiner(4_096);
    let places = |outcome: &Outcome| {
        ["email", "person_name", "date_of_birth"].map(|entity| {
            let places = outcome.places(&examiner, entity).into_iter();
            // A column of a table has no pointer.
            places.map(|place| Place { pointer: String::new(), ..place }).collect::<BTreeSet<_>>()
        })
    };
    let wanted = places(&examine(&examiner, "a.ndjson", stream(lines.as_bytes())));
    assert_eq!(wanted.each_ref().map(BTreeSet::len), [5, 4, 4]);
    let csv = texts.iter().fold("id;data\n".to_owned(), |csv, text| csv + &format!("1;\"{}\"\n", text.replace('"', "\"\"")));
    assert_eq!(places(&examine(&examiner, "a.csv", stream(csv.as_bytes()))), wanted, "backslashes before doubled quotes are no escapes");
    let columns: BTreeSet<_> = wanted.iter().flatten().map(|place| place.column.as_str()).collect();
    assert_eq!(columns.into_iter().collect::<Vec<_>>(), ["data", "data.raw.date_of_birth", "data.user.emails[]", "data.user.first_name"]);
    for (format, bytes) in in_all_formats(&texts) {
        let outcome = examine(&examiner, "a", stream(&bytes));
        assert_eq!(outcome.status(), (Status::Scanned, ""), "{format}");
        assert_eq!(places(&outcome), wanted, "{format}");
        let row = outcome.columns.iter().find(|row| row.column.name.as_deref() == Some("data.user.first_name")).expect("a column");
        assert_eq!((row.column.index, row.matched_count), (Some(0), 4), "{format}");
    }
}

#[test]
fn cells_of_more_json_than_a_record_may_have_are_told() {
    let long = format!("[{}\"ana@kusina.ph\"]", "\"x\",".repeat(300_000));
    let examiner = examiner(4_096);
    for (format, bytes) in in_all_formats(&["{\"email\":\"ben@kusina.ph\"}".to_owned(), long]) {
        let outcome = examine(&examiner, "a", stream(&bytes));
        let reason = "cells of record 1 hold more than 1 MiB of JSON, or records of its batch more than 256 MiB: such cells were examined as text, without their keys";
        assert_eq!(outcome.status(), (Status::Partial, reason), "{format}");
        let columns: Vec<_> = outcome.places(&examiner, "email").into_iter().map(|place| place.column).collect();
        assert_eq!(columns, ["data.email", "data"], "{format}");
    }
}

/// Maps of texts, of structures, and of maps.
fn maps(rows: usize) -> RecordBatch {
    let names = || MapFieldNames { entry: "entries".to_owned(), key: "key".to_owned(), value: "value".to_owned() };
    let mut texts = MapBuilder::new(Some(names()), StringBuilder::new(), StringBuilder::new());
    let inner = MapBuilder::new(Some(names()), StringBuilder::new(), Int64Builder::new());
    let mut nested = MapBuilder::new(Some(names()), StringBuilder::new(), inner);
    for row in 0..rows {
        for (key, value) in [("first_name", "Ana"), ("n", "7"), ("e-mail ana@kusina.ph", "x"), ("json", "{\"last_name\":\"Reyes\"}")] {
            texts.keys().append_value(key);
            texts.values().append_value(value);
        }
        texts.append(true).expect("as many keys as values");
        nested.keys().append_value("user");
        nested.values().keys().append_value("card_number");
        nested.values().values().append_value(CARD + row as i64);
        nested.values().append(true).expect("as many keys as values");
        nested.append(true).expect("as many keys as values");
    }
    let columns: [(&str, ArrayRef); 2] = [("attrs", Arc::new(texts.finish())), ("deep", Arc::new(nested.finish()))];
    RecordBatch::try_from_iter(columns).expect("columns of one length")
}

#[test]
fn keys_of_maps_name_columns_and_are_looked_at_themselves() {
    let table = maps(3);
    let way =
        Way { notes: 0, codec: 1, encoding: 0, second_version: false, dictionary: true, statistics: true, page_rows: 5, group_rows: 10 };
    let examiner = examiner(4_096);
    for (format, bytes) in [("parquet", parquet(&table, &way)), ("arrow", arrow(&table, &way, true)), ("avro", avro(&table, &way))] {
        let outcome = examine(&examiner, "a", stream(&bytes));
        assert_eq!(outcome.status(), (Status::Scanned, ""), "{format}");
        let first = |entity: &str| {
            let places = outcome.places(&examiner, entity).into_iter().filter(|place| place.record == 0);
            places.map(|place| (place.column, place.pointer)).collect::<Vec<_>>()
        };
        let place = |column: &str, pointer: &str| (column.to_owned(), pointer.to_owned());
        let names = [place("attrs.first_name", "/attrs/first_name"), place("attrs.json.last_name", "/attrs/json")];
        assert_eq!(first("person_name"), names, "{format}");
        assert_eq!(first("credit_card"), [place("deep.user.card_number", "/deep/user/card_number")], "{format}");
        assert_eq!(first("email"), [place("attrs[].key", "/attrs/2/key")], "{format}");
        let columns: BTreeSet<_> = outcome.columns.iter().filter_map(|row| row.column.name.as_deref()).collect();
        assert!(columns.contains("attrs.e-mail {email}"), "{format}: {columns:?}");
        assert!(columns.iter().all(|name| !name.contains("kusina") && !name.contains('\u{fffd}')), "{format}: {columns:?}");
    }
}

#[test]
fn maps_with_more_keys_than_names_share_one() {
    let names = MapFieldNames { entry: "entries".to_owned(), key: "key".to_owned(), value: "value".to_owned() };
    let mut map = MapBuilder::new(Some(names), StringBuilder::new(), StringBuilder::new());
    for key in 0..1_000 {
        map.keys().append_value(format!("k{key}"));
        map.values().append_value(format!("user{key}@kusina.ph"));
    }
    map.append(true).expect("as many keys as values");
    let table = RecordBatch::try_from_iter([("m", Arc::new(map.finish()) as ArrayRef)]).expect("one column");
    let way =
        Way { notes: 0, codec: 0, encoding: 0, second_version: false, dictionary: true, statistics: true, page_rows: 5, group_rows: 10 };
    let outcome = examine(&examiner(4_096), "a", stream(&parquet(&table, &way)));
    assert_eq!(outcome.findings.len(), 1_000);
    assert_eq!(outcome.columns.iter().filter(|row| row.column.name.as_deref().is_some_and(|name| name.starts_with("m.k"))).count(), 256);
    assert_eq!(
        outcome.findings.iter().filter(|(_, column)| column.as_ref().is_some_and(|column| column.name.as_deref() == Some("m.*"))).count(),
        744
    );
}

/// A number of a Thrift structure: its sign in the lowest bit, seven bits a byte.
fn thrift(head: u8, value: i32) -> Vec<u8> {
    let mut out = vec![head];
    long(value.into(), &mut out);
    out
}

/// A page whose header says what it likes: its kind, how large it is once decoded, how many values it has.
fn page(is_dictionary: bool, decoded: i32, values: i32, stored: &[u8]) -> Vec<u8> {
    let sizes = [thrift(0x15, if is_dictionary { 2 } else { 0 }), thrift(0x15, decoded), thrift(0x15, stored.len() as i32)].concat();
    // Of a data page: values, encoding (RLE_DICTIONARY), encodings of levels (RLE).
    let of_data = [thrift(0x15, values), thrift(0x15, 8), thrift(0x15, 3), thrift(0x15, 3)].concat();
    let of_kind = if is_dictionary { [thrift(0x15, values), thrift(0x15, 0)].concat() } else { of_data };
    [&sizes, &[if is_dictionary { 0x4c } else { 0x2c }][..], &of_kind, &[0, 0], stored].concat()
}

/// A Parquet file of one column of texts that has these pages, compressed so, and says that it has so many records.
fn forged(codec: Compression, rows: i64, is_list: bool, pages: &[u8]) -> Vec<u8> {
    let mut list = ListBuilder::new(StringBuilder::new());
    list.append_value([Some(MAIL)]);
    let array: ArrayRef = if is_list { Arc::new(list.finish()) } else { Arc::new(StringArray::from(vec![MAIL])) };
    let nullable = RecordBatch::try_from_iter_with_nullable([("note", array, is_list)]).expect("one column");
    let properties = WriterProperties::builder().set_compression(codec).set_statistics_enabled(EnabledStatistics::None).build();
    let mut honest = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut honest, nullable.schema(), Some(properties)).expect("a schema that Parquet has");
    writer.write(&nullable).expect("memory takes all");
    let metadata = writer.close().expect("memory takes all");
    let size = pages.len() as i64;
    rewritten(&[b"PAR1", pages].concat(), &metadata, rows, |column| {
        column.set_dictionary_page_offset(Some(4)).set_data_page_offset(4).set_total_compressed_size(size).set_num_values(rows)
    })
}

/// The same pages behind another footer.
fn rewritten(
    pages: &[u8],
    metadata: &ParquetMetaData,
    rows: i64,
    edit: impl Fn(ColumnChunkMetaDataBuilder) -> ColumnChunkMetaDataBuilder,
) -> Vec<u8> {
    let groups = metadata.row_groups().iter().map(|group| {
        let columns = group.columns().iter().map(|column| edit(column.clone().into_builder()).build().expect("a column"));
        group.clone().into_builder().set_num_rows(rows).set_column_metadata(columns.collect()).build().expect("a row group")
    });
    let groups = groups.collect();
    let old = metadata.file_metadata();
    let file = FileMetaData::new(old.version(), rows, None, None, old.schema_descr_ptr(), None);
    let metadata = ParquetMetaDataBuilder::new(file).set_row_groups(groups).build();
    let mut out = pages.to_vec();
    ParquetMetaDataWriter::new_with_tracked(TrackedWrite::new(&mut out), &metadata).finish().expect("memory takes all");
    out
}

#[test]
fn statistics_that_lie_hide_nothing() {
    let cards: ArrayRef = Arc::new((0..12_000).map(|i| if i == 11_000 { CARD } else { i }).collect::<arrow_array::Int64Array>());
    let table = RecordBatch::try_from_iter([("card_number", cards)]).expect("one column");
    let mut honest = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut honest, table.schema(), None).expect("a schema that Parquet has");
    writer.write(&table).expect("memory takes all");
    let metadata = writer.close().expect("memory takes all");
    let length = u32::from_le_bytes(honest[honest.len() - 8..honest.len() - 4].try_into().expect("four bytes")) as usize;
    let pages = &honest[..honest.len() - 8 - length];
    let lying = rewritten(pages, &metadata, 12_000, |column| {
        column.set_statistics(Statistics::int64(Some(0), Some(9), None, Some(0), false)).set_page_encoding_stats(Vec::new())
    });
    let examiner = examiner(4_096);
    for bytes in [&honest, &lying] {
        let found = examine(&examiner, "a", random(bytes)).places(&examiner, "credit_card");
        assert_eq!(found.into_iter().map(|place| place.record).collect::<Vec<_>>(), [11_000]);
    }
}

#[test]
fn pages_that_promise_or_decode_to_too_much_are_refused() {
    let examiner = examiner(4_096);
    let plain = |text: &[u8]| [&(text.len() as u32).to_le_bytes()[..], text].concat();
    let mail = plain(MAIL.as_bytes());
    let snappy = snap::raw::Encoder::new().compress_vec(&mail).expect("a small page");
    let mut zeros = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::copy(&mut std::io::repeat(0).take(200 << 20), &mut zeros).expect("memory takes all");
    let zeros = zeros.finish().expect("memory takes all");
    let gzip = Compression::GZIP(Default::default());
    for (codec, pages, reason) in [
        (Compression::SNAPPY, page(true, i32::MAX, 1, &snappy), "corrupt: a page has more than 134217728 decoded bytes"),
        (
            Compression::SNAPPY,
            page(true, mail.len() as i32, i32::MAX, &snappy),
            "corrupt: a page says that it has more than 16777216 values",
        ),
        (gzip, page(true, mail.len() as i32, 1, &zeros), "corrupt: a page has more than 134217728 decoded bytes"),
        (Compression::UNCOMPRESSED, page(true, -1, 1, &mail), "corrupt: a page has more than 134217728 decoded bytes"),
    ] {
        let outcome = examine(&examiner, "a", random(&forged(codec, 1, false, &pages)));
        assert_eq!(outcome.status(), (Status::Failed, reason));
    }
}

#[test]
fn a_long_value_of_a_dictionary_that_many_records_share_is_decoded_a_few_records_at_a_time() {
    // 2 MiB, which 1,000 records have: all decoded at once would be 2 GB.
    let value = [MAIL.as_bytes(), &b" x".repeat(1 << 20)].concat();
    let dictionary = [&(value.len() as u32).to_le_bytes()[..], &value].concat();
    let head = page(true, dictionary.len() as i32, 1, &dictionary);
    // One bit a key, and a run of 1,000 of the key 0; before it, of lists, the levels: all begin a record, none is null.
    let run = |value: u8| {
        // 1,000 times two, seven bits a byte.
        vec![0xd0, 0x0f, value]
    };
    let levels = |value: u8| [&3_u32.to_le_bytes()[..], &run(value)].concat();
    let keys = [&[1][..], &run(0)].concat();
    let listed = [levels(0), levels(3), keys.clone()].concat();
    let examiner = examiner(4_096);
    for (is_list, data) in [(false, keys), (true, listed)] {
        let pages = [head.clone(), page(false, data.len() as i32, 1_000, &data)].concat();
        let before = peak();
        let outcome = examine(&examiner, "a", random(&forged(Compression::UNCOMPRESSED, 1_000, is_list, &pages)));
        assert_eq!((outcome.status(), outcome.records()), ((Status::Scanned, ""), 1_000), "{is_list}");
        assert_eq!(outcome.places(&examiner, "email").len(), 1_000, "{is_list}");
        assert!(peak() - before < 700 << 20, "{is_list}: {} MiB", (peak() - before) >> 20);
    }
}

/// The most memory that the process had so far; nothing where the system does not say.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok()).unwrap_or(0) << 10
}

#[test]
fn avro_blocks_in_xz_are_read_and_bombs_in_them_refused() {
    let schema = r#"{"type":"record","name":"r","fields":[{"name":"mail","type":"string"}]}"#;
    let xz = |bytes: &[u8]| {
        let mut encoder = liblzma::write::XzEncoder::new(Vec::new(), 1);
        encoder.write_all(bytes).expect("memory takes all");
        encoder.finish().expect("memory takes all")
    };
    let mut record = Vec::new();
    string(MAIL, &mut record);
    let mut bomb = Vec::new();
    long(200 << 20, &mut bomb);
    bomb.resize(200 << 20, 0);
    let file = |blocks: &[(i64, Vec<u8>)]| container_of(schema, "xz", blocks);
    let examiner = examiner(4_096);
    let outcome = examine(&examiner, "a.avro", stream(&file(&[(2, xz(&record.repeat(2))), (1, xz(&record))])));
    assert_eq!((outcome.status(), outcome.records()), ((Status::Scanned, ""), 3));
    assert_eq!(outcome.places(&examiner, "email").len(), 3);
    let outcome = examine(&examiner, "a.avro", stream(&file(&[(1, xz(&record)), (1, xz(&bomb)), (1, xz(&record))])));
    assert_eq!(outcome.status(), (Status::Partial, "corrupt: a block has more than 134217728 decoded bytes"));
    assert_eq!(outcome.places(&examiner, "email").len(), 2);
}

#[test]
fn schemas_that_are_nested_too_deep_are_refused() {
    let deep = |levels: usize| {
        let schema = r#"{"type":"array","items":"#.repeat(levels) + r#""string""# + &"}".repeat(levels);
        format!(r#"{{"type":"record","name":"r","fields":[{{"name":"a","type":{schema}}}]}}"#)
    };
    let mut record = Vec::new();
    (0..40).for_each(|_| long(1, &mut record));
    string(MAIL, &mut record);
    record.extend([0; 40]);
    let examiner = examiner(4_096);
    let outcome = examine(&examiner, "a.avro", stream(&container(&deep(40), &[(1, record)])));
    assert_eq!(outcome.status(), (Status::Scanned, ""));
    assert_eq!(outcome.places(&examiner, "email").len(), 1);
    for (levels, reason) in [(100, "corrupt: the schema is nested too deep"), (100_000, "corrupt: the schema is no JSON")] {
        assert_eq!(examine(&examiner, "a.avro", stream(&container(&deep(levels), &[]))).status().1, reason);
    }
    // The same of Arrow, whose schema is no text.
    let mut field = Field::new("item", DataType::Utf8, true);
    for _ in 0..100 {
        field = Field::new("item", DataType::List(Arc::new(field)), true);
    }
    let schema = arrow_schema::Schema::new(vec![field]);
    let mut bytes = Vec::new();
    FileWriter::try_new(&mut bytes, &schema).and_then(|mut writer| writer.finish()).expect("memory takes all");
    let outcome = examine(&examiner, "a.arrow", stream(&bytes));
    assert_eq!(outcome.coverage.as_ref().map(|coverage| coverage.status), Some(Status::Failed), "{:?}", outcome.status());
}
