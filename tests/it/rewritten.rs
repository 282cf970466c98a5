//! Plans carried out in Parquet: what is to go is in no page, no index and no footer any more, and everything else is as it was.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::{ArrayRef, BooleanArray, Int64Array, RecordBatch, StringArray, TimestampMicrosecondArray};
use arrow_schema::{DataType, Field, Schema, TimeUnit};
use bytes::Bytes;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::{Compression, Encoding};
use parquet::bloom_filter::Sbbf;
use parquet::file::metadata::{ColumnChunkMetaDataBuilder, KeyValue};
use parquet::file::metadata::{
    FileMetaData, PageIndexPolicy, ParquetMetaData, ParquetMetaDataBuilder, ParquetMetaDataReader, ParquetMetaDataWriter,
};
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterPropertiesBuilder, WriterVersion};
use parquet::file::reader::{FileReader as _, SerializedFileReader};
use parquet::file::writer::TrackedWrite;
use parquet::schema::types::ColumnPath;
use proptest::prelude::*;

use crate::apply::{NOW, Ready};

const POLICY: &str = "version = 1\n[policy]\nid = \"p\"\nmodified = 2026-01-15\ntimezone = \"Asia/Manila\"\nunassigned = \"ignore\"\n\
    [guard]\nmax_records_percent = 100\n[[dataset]]\nid = \"orders\"\nmatch = [\"*\"]\nkey = [\"id\"]\n\
    clock = [{ kind = \"column\", name = \"at\" }]\n";
const RULES: &str = "[[rule]]\nid = \"row\"\ndataset = \"orders\"\nwhere = { status = \"closed\" }\nafter = \"P1Y\"\naction = \"drop_record\"\n\
    [[rule]]\nid = \"phone\"\ndataset = \"orders\"\ncolumns = [\"phone\"]\nafter = \"P30D\"\naction = \"null\"\n\
    [[rule]]\nid = \"mail\"\ndataset = \"orders\"\nentities = [\"email\"]\nafter = \"P30D\"\naction = \"redact\"\n";

fn policy() -> String {
    [POLICY, RULES].concat()
}

fn python() -> std::ffi::OsString {
    std::env::var_os("DATATRAWL_PYTHON").expect("no DATATRAWL_PYTHON: run the tests with ./test")
}

fn script(arguments: &[&Path], what: &str) -> String {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rewritten.py");
    let output = Command::new(python()).arg(script).arg(what).args(arguments).output().expect("the interpreter starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn files_of_pyarrow_lose_what_is_due_and_nothing_else() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    script(&[folder.path()], "write");
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for entry in fs::read_dir(folder.path()).expect("a folder") {
        let path = entry.expect("an entry").path();
        files.push((path.file_name().expect("a name").to_string_lossy().into_owned(), fs::read(&path).expect("a file")));
    }
    assert_eq!(files.len(), 24);
    let named: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), &**bytes)).collect();
    let ready = Ready::new(&named, &policy());
    let done = ready.apply();
    assert_eq!(done.code, 0, "{}{}", done.stdout, done.stderr);
    assert_eq!(script(&[folder.path(), &ready.desk.path("in")], "check"), "");
    for (name, old) in &files {
        assert!(holds(old, b"late"), "{name}");
        assert!(!holds(&ready.read(name), b"late"), "{name} still holds what should be gone");
    }
    assert!(ready.is_clean());
}

/// Whether text stands in a file, or in one of its pages once it is decompressed.
fn holds(file: &[u8], text: &[u8]) -> bool {
    let finder = memchr::memmem::Finder::new(text);
    let reader = SerializedFileReader::new(Bytes::from(file.to_vec())).expect("it is Parquet");
    let mut found = finder.find(file).is_some();
    for group in 0..reader.num_row_groups() {
        let group = reader.get_row_group(group).expect("a row group");
        for column in 0..group.num_columns() {
            for page in group.get_column_page_reader(column).expect("a column") {
                found |= finder.find(page.expect("a page").buffer()).is_some();
            }
        }
    }
    found
}

/// One record: how many days old, what stands in it.
#[derive(Clone, Debug)]
struct Record {
    days: i64,
    closed: bool,
    phone: bool,
    mail: Option<bool>,
    tags: Option<Vec<Option<bool>>>,
}

impl Record {
    fn is_due(&self) -> bool {
        self.days >= 30
    }

    fn goes(&self) -> bool {
        self.closed && self.days >= 365
    }
}

fn schema() -> Arc<Schema> {
    let item = Field::new_list_field(DataType::Utf8, true);
    Arc::new(Schema::new(vec![
        Field::new("id", DataType::Int64, false),
        Field::new("phone", DataType::Utf8, true),
        Field::new("mail", DataType::Utf8, true),
        Field::new("note", DataType::Utf8, false),
        Field::new("tags", DataType::List(Arc::new(item)), true),
        Field::new("at", DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into())), true),
        Field::new("status", DataType::Utf8, false),
        Field::new("paid", DataType::Boolean, true),
    ]))
}

/// The table, before or after a plan was carried out.
fn batch(records: &[Record], after: bool) -> RecordBatch {
    let now: jiff::Timestamp = NOW.parse().unwrap();
    let kept: Vec<(usize, &Record)> = records.iter().enumerate().filter(|(_, record)| !(after && record.goes())).collect();
    let mail = |n: usize, record: &Record, has: bool, kind: &str| match (has, record.is_due()) {
        (false, _) => "none".to_owned(),
        (true, true) if after => "[EMAIL]".to_owned(),
        (true, true) => format!("late{kind}{n}@koreo.ph"),
        (true, false) => format!("kept{kind}{n}@koreo.ph"),
    };
    let phone = |(n, record): &(usize, &Record)| (record.phone && !(after && record.is_due())).then(|| format!("0917 555 {n:04}"));
    let mut tags = ListBuilder::new(StringBuilder::new());
    for (n, record) in &kept {
        for tag in record.tags.iter().flatten() {
            tags.values().append_option(tag.map(|has| mail(*n, record, has, "t")));
        }
        tags.append(record.tags.is_some());
    }
    let at = |record: &Record| (now - jiff::Span::new().hours(24 * record.days)).as_microsecond();
    let columns: Vec<ArrayRef> = vec![
        Arc::new(kept.iter().map(|(n, _)| *n as i64).collect::<Int64Array>()),
        Arc::new(kept.iter().map(phone).collect::<StringArray>()),
        Arc::new(kept.iter().map(|(n, record)| record.mail.map(|has| mail(*n, record, has, "m"))).collect::<StringArray>()),
        Arc::new(
            kept.iter()
                .map(|(n, record)| Some(format!("{n}: write {}.", mail(*n, record, record.mail.is_some(), "n"))))
                .collect::<StringArray>(),
        ),
        Arc::new(tags.finish()),
        Arc::new(kept.iter().map(|(_, record)| Some(at(record))).collect::<TimestampMicrosecondArray>().with_timezone("UTC")),
        Arc::new(kept.iter().map(|(_, record)| Some(if record.closed { "closed" } else { "open" })).collect::<StringArray>()),
        Arc::new(kept.iter().map(|(n, _)| (n % 3 > 0).then_some(n % 2 == 0)).collect::<BooleanArray>()),
    ];
    RecordBatch::try_new(schema(), columns).expect("columns of one length")
}

fn written(batch: &RecordBatch, properties: WriterPropertiesBuilder) -> Vec<u8> {
    let mut out = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut out, batch.schema(), Some(properties.build())).expect("a schema that Parquet has");
    writer.write(batch).expect("memory takes all");
    writer.append_key_value_metadata(KeyValue::new("made".to_owned(), "by hand".to_owned()));
    writer.close().expect("memory takes all");
    out
}

fn read(file: &[u8]) -> RecordBatch {
    let builder = ParquetRecordBatchReaderBuilder::try_new(Bytes::from(file.to_vec())).expect("it is Parquet");
    let schema = Arc::clone(builder.schema());
    let mut reader = builder.with_batch_size(1 << 20).build().expect("it can be read");
    let all = reader.next().map_or_else(|| RecordBatch::new_empty(schema), |batch| batch.expect("it can be decoded"));
    assert!(reader.next().is_none());
    all
}

fn metadata(file: &[u8]) -> ParquetMetaData {
    let reader = ParquetMetaDataReader::new().with_page_index_policy(PageIndexPolicy::Optional);
    reader.parse_and_finish(&Bytes::from(file.to_vec())).expect("it has a footer")
}

/// Some records; the second group of ten has none that is due, all of the third go.
fn forty() -> Vec<Record> {
    let record = |n: usize| match n / 10 {
        1 => Record { days: 1, closed: true, phone: true, mail: Some(true), tags: None },
        2 => Record { days: 900, closed: true, phone: true, mail: Some(true), tags: Some(vec![Some(true)]) },
        _ => Record {
            days: if n % 5 == 2 { 400 } else { 3 },
            closed: n % 10 == 7,
            phone: n.is_multiple_of(2),
            mail: Some(n % 3 != 1),
            tags: Some(vec![None, Some(true), Some(false)]),
        },
    };
    (0..40).map(record).collect()
}

fn indexed() -> WriterPropertiesBuilder {
    WriterProperties::builder()
        .set_max_row_group_row_count(Some(10))
        .set_data_page_row_count_limit(4)
        .set_write_batch_size(2)
        .set_bloom_filter_enabled(true)
        .set_statistics_enabled(EnabledStatistics::Page)
        .set_created_by("somebody version 1".to_owned())
}

#[test]
fn row_groups_that_nothing_is_due_in_are_copied_with_their_indexes() {
    let records = forty();
    let file = written(&batch(&records, false), indexed());
    let ready = Ready::new(&[("a.parquet", &file)], &policy());
    let done = ready.apply();
    assert_eq!(done.code, 0, "{}{}", done.stdout, done.stderr);
    let new = ready.read("a.parquet");
    assert_eq!(read(&new), batch(&records, true));
    assert!(!holds(&new, b"late"));
    let (before, after) = (metadata(&file), metadata(&new));
    assert_eq!((before.num_row_groups(), after.num_row_groups()), (4, 3));
    assert_eq!(before.file_metadata().key_value_metadata(), after.file_metadata().key_value_metadata());
    assert_eq!(after.file_metadata().created_by(), Some("somebody version 1"));
    let bytes = |file: &[u8], metadata: &ParquetMetaData, group: usize, column: usize| {
        let (start, length) = metadata.row_group(group).column(column).byte_range();
        file[start as usize..(start + length) as usize].to_vec()
    };
    let opened = [&file, &new].map(|file| Bytes::from(file.clone()));
    let filter = |metadata: &ParquetMetaData, file: &Bytes, group: usize, column: usize| {
        Sbbf::read_from_column_chunk(metadata.row_group(group).column(column), file).expect("it can be read").expect("it is there")
    };
    for column in 0..before.row_group(0).num_columns() {
        assert_eq!(bytes(&file, &before, 1, column), bytes(&new, &after, 1, column));
        let (old, now) = (before.row_group(1).column(column), after.row_group(1).column(column));
        assert_eq!((old.statistics(), old.num_values()), (now.statistics(), now.num_values()));
        assert_eq!(before.column_index().unwrap()[1][column], after.column_index().unwrap()[1][column]);
        let pages = |metadata: &ParquetMetaData| {
            let start = metadata.row_group(1).column(column).byte_range().0 as i64;
            let pages = metadata.offset_index().unwrap()[1][column].page_locations.clone();
            pages.into_iter().map(|page| (page.offset - start, page.compressed_page_size, page.first_row_index)).collect::<Vec<_>>()
        };
        assert_eq!(pages(&before), pages(&after));
        for group in 0..3 {
            let now = after.row_group(group).column(column);
            assert!(now.column_index_offset().is_some() && now.offset_index_offset().is_some() && now.bloom_filter_offset().is_some());
        }
    }
    // What was changed is looked up under what it holds now.
    let mails = filter(&after, &opened[1], 0, 2);
    assert!(mails.check(&"keptm0@koreo.ph") && mails.check(&"[EMAIL]") && !mails.check(&"latem2@koreo.ph"));
    assert!(filter(&before, &opened[0], 0, 2).check(&"latem2@koreo.ph"));
    assert!(filter(&after, &opened[1], 1, 2).check(&"keptm10@koreo.ph"));
}

#[test]
fn columns_that_nothing_is_due_in_are_copied_where_no_row_goes() {
    let records: Vec<Record> = forty().into_iter().map(|record| Record { closed: false, ..record }).collect();
    let file = written(&batch(&records, false), indexed().set_dictionary_enabled(false));
    let ready = Ready::new(&[("a.parquet", &file)], &policy());
    assert_eq!(ready.apply().code, 0);
    let new = ready.read("a.parquet");
    assert_eq!(read(&new), batch(&records, true));
    let (before, after) = (metadata(&file), metadata(&new));
    for column in [0, 5, 6, 7] {
        let bytes = |file: &[u8], metadata: &ParquetMetaData| {
            let (start, length) = metadata.row_group(2).column(column).byte_range();
            file[start as usize..(start + length) as usize].to_vec()
        };
        assert_eq!(bytes(&file, &before), bytes(&new, &after));
    }
    // Of the same plan nothing is left to do.
    let again = ready.apply();
    assert!(again.code == 0 && again.stdout.contains("was done before"), "{}", again.stdout);
}

#[test]
fn a_column_is_sorted_by_no_longer_where_it_was_changed() {
    use parquet::file::metadata::SortingColumn;
    let sorting = |column_idx| SortingColumn { column_idx, descending: false, nulls_first: false };
    let records: Vec<Record> = forty().into_iter().map(|record| Record { closed: false, ..record }).collect();
    let file = written(&batch(&records, false), indexed().set_sorting_columns(Some(vec![sorting(0), sorting(2)])));
    let ready = Ready::new(&[("a.parquet", &file)], &policy());
    assert_eq!(ready.apply().code, 0);
    let after = metadata(&ready.read("a.parquet"));
    assert_eq!(after.row_group(0).sorting_columns(), Some(&vec![sorting(0)]));
    assert_eq!(after.row_group(1).sorting_columns(), Some(&vec![sorting(0), sorting(2)]));
}

#[test]
fn what_a_column_cannot_hold_is_kept_and_named() {
    let records: Vec<Record> = (0..12).map(|_| Record { days: 400, closed: false, phone: true, mail: Some(true), tags: None }).collect();
    let cards: ArrayRef = Arc::new(Int64Array::from(vec![4_111_111_111_111_111; 12]));
    let own: ArrayRef = Arc::new(StringArray::from(vec!["{\"mail\": \"late@koreo.ph\"}"; 12]));
    let base = batch(&records, false);
    let schema: Vec<Field> = base.schema().fields().iter().map(|field| field.as_ref().clone()).collect();
    let fields = [schema, vec![Field::new("card_number", DataType::Int64, true), Field::new("payload", DataType::Utf8, true)]].concat();
    let batch = RecordBatch::try_new(Arc::new(Schema::new(fields)), [base.columns(), &[cards, own]].concat()).unwrap();
    let file = written(&batch, WriterProperties::builder());
    let rule = |id: &str, what: &str, action: &str| {
        format!("[[rule]]\nid = \"{id}\"\ndataset = \"orders\"\n{what}\nafter = \"P30D\"\naction = \"{action}\"\n")
    };
    let rules = [
        rule("note", "columns = [\"note\"]", "null"),
        rule("card", "entities = [\"credit_card\"]", "pan_truncate"),
        rule("day", "columns = [\"at\"]", "generalise"),
        rule("mail", "entities = [\"email\"]", "redact"),
    ];
    let ready = Ready::new(&[("a.parquet", &file)], &[POLICY, &rules.concat()].concat());
    let review = crate::run::table(&ready.desk.path("plan/review.parquet"));
    let kept = |why: &str, column: &str| review.iter().filter(|row| row["why"] == why && row["column_name"] == column).count();
    assert_eq!([kept("unfit", "note"), kept("unfit", "card_number"), kept("unfit", "at")], [12, 12, 12]);
    assert_eq!(kept("unsupported", "payload.mail"), 12);
    assert_eq!(ready.apply().code, 0);
    let new = read(&ready.read("a.parquet"));
    assert_eq!((new.column(8), new.column(9)), (batch.column(8), batch.column(9)));
    let null = Ready::new(&[("a.parquet", &file)], &[POLICY, &rule("card", "entities = [\"credit_card\"]", "null")].concat());
    assert_eq!(null.apply().code, 0);
    let new = read(&null.read("a.parquet"));
    assert_eq!((new.column(8).null_count(), new.column(9)), (12, batch.column(9)));
    assert!(!holds(&null.read("a.parquet"), &4_111_111_111_111_111_i64.to_le_bytes()));
}

#[test]
fn a_file_of_which_all_goes_is_still_a_file() {
    let records: Vec<Record> = (0..30).map(|_| Record { days: 900, closed: true, phone: true, mail: None, tags: None }).collect();
    let file = written(&batch(&records, false), indexed());
    let ready = Ready::new(&[("a.parquet", &file)], &policy());
    let done = ready.apply();
    assert!(done.code == 0 && done.stdout.contains("30 records gone"), "{}", done.stdout);
    let new = ready.read("a.parquet");
    assert_eq!((read(&new).num_rows(), metadata(&new).num_row_groups()), (0, 0));
    assert_eq!(metadata(&new).file_metadata().schema_descr(), metadata(&file).file_metadata().schema_descr());
}

#[test]
fn ages_are_told_to_the_microsecond_and_in_their_zone() {
    let now: jiff::Timestamp = NOW.parse().unwrap();
    let due = (now - jiff::Span::new().hours(24 * 30)).as_microsecond();
    let at = TimestampMicrosecondArray::from(vec![due - 1, due, due + 1, due + 1_000_000]).with_timezone("UTC");
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("id", Arc::new(Int64Array::from(vec![0, 1, 2, 3]))),
        ("phone", Arc::new(StringArray::from(vec!["0917 555 0101"; 4]))),
        ("at", Arc::new(at)),
    ];
    let file = written(&RecordBatch::try_from_iter(columns).unwrap(), WriterProperties::builder());
    let rule = "[[rule]]\nid = \"row\"\ndataset = \"orders\"\nafter = \"P30D\"\naction = \"drop_record\"\n";
    let ready = Ready::new(&[("a.parquet", &file)], &[POLICY, rule].concat());
    let ops = crate::run::table(&ready.desk.path("plan/ops.parquet"));
    assert_eq!(ops.iter().map(|op| crate::run::number(op, "record")).collect::<Vec<_>>(), [0, 1]);
}

/// The same pages under another footer.
fn with_footer(file: &[u8], edit: impl Fn(ColumnChunkMetaDataBuilder) -> ColumnChunkMetaDataBuilder) -> Vec<u8> {
    let old = metadata(file);
    let length = u32::from_le_bytes(file[file.len() - 8..file.len() - 4].try_into().unwrap()) as usize;
    let groups = old.row_groups().iter().map(|group| {
        let columns = group.columns().iter().map(|column| edit(column.clone().into_builder()).build().expect("a column"));
        group.clone().into_builder().set_column_metadata(columns.collect()).build().expect("a row group")
    });
    let of_file = old.file_metadata();
    let of_file = FileMetaData::new(of_file.version(), of_file.num_rows(), None, None, of_file.schema_descr_ptr(), None);
    let new = ParquetMetaDataBuilder::new(of_file).set_row_groups(groups.collect()).build();
    let mut out = file[..file.len() - 8 - length].to_vec();
    ParquetMetaDataWriter::new_with_tracked(TrackedWrite::new(&mut out), &new).finish().expect("memory takes all");
    out
}

#[test]
fn files_whose_footers_lie_stay_whole() {
    let file = written(&batch(&forty(), false), indexed());
    type Edit = fn(ColumnChunkMetaDataBuilder) -> ColumnChunkMetaDataBuilder;
    let edits: [(&str, Edit); 5] = [
        ("filter.parquet", |chunk| chunk.set_bloom_filter_offset(Some(i64::MAX - 5)).set_bloom_filter_length(Some(100))),
        ("index.parquet", |chunk| chunk.set_column_index_offset(Some(-7)).set_column_index_length(Some(70))),
        ("shared.parquet", |chunk| chunk.set_bloom_filter_offset(Some(4)).set_bloom_filter_length(Some(4_000))),
        ("pages.parquet", |chunk| chunk.set_offset_index_offset(Some(4)).set_offset_index_length(Some(9))),
        ("other.parquet", |chunk| chunk.set_file_path("elsewhere.parquet".to_owned())),
    ];
    let files: Vec<(&str, Vec<u8>)> = edits.iter().map(|(name, edit)| (*name, with_footer(&file, edit))).collect();
    let named: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (*name, &**bytes)).collect();
    let ready = Ready::new(&named, &policy());
    let done = ready.apply();
    assert_eq!(done.code, 5, "{}{}", done.stdout, done.stderr);
    let review = crate::run::table(&ready.desk.path("plan/review.parquet"));
    assert!(
        review.iter().any(|row| row["why"] == "unsupported" && row["path"].as_str().is_some_and(|path| path.ends_with("other.parquet")))
    );
    for (name, bytes) in &files {
        let is_failed = done.stdout.lines().any(|line| line.starts_with("failed") && line.contains(name));
        assert_eq!(is_failed, *name != "other.parquet", "{name}: {}", done.stdout);
        assert!(ready.read(name) == *bytes, "{name} was changed");
    }
    assert!(ready.is_clean());
}

#[test]
fn a_file_that_was_cut_off_since_is_stale() {
    let file = written(&batch(&forty(), false), indexed());
    let ready = Ready::new(&[("a.parquet", &file)], &policy());
    for bytes in [&file[..file.len() - 9], &file[..100], &[&file[..], b"PAR1"].concat()] {
        ready.desk.write("in/a.parquet", bytes);
        let done = ready.apply();
        assert!(done.code == 5 && done.stdout.contains("stale "), "{}", done.stdout);
        assert_eq!(ready.read("a.parquet"), bytes);
    }
}

#[test]
fn a_plan_names_who_cannot_be_rewritten() {
    let file = written(&batch(&forty(), false), WriterProperties::builder());
    let packed = crate::transcript::gz(&file);
    let ready = Ready::new(&[("a.parquet.gz", &packed)], &policy());
    let review = crate::run::table(&ready.desk.path("plan/review.parquet"));
    assert!(review.iter().any(|row| row["why"] == "external"), "{review:?}");
    let done = ready.apply();
    assert!(done.code == 5 && done.stdout.contains("unsupported"), "{}", done.stdout);
    assert_eq!(ready.read("a.parquet.gz"), packed);
}

fn record() -> impl Strategy<Value = Record> {
    let tag = prop::option::weighted(0.8, any::<bool>());
    let tags = prop::option::weighted(0.8, prop::collection::vec(tag, 0..4));
    let days = prop_oneof![3 => 0..25_i64, 1 => 35..800_i64];
    (days, any::<bool>(), any::<bool>(), prop::option::of(any::<bool>()), tags).prop_map(|(days, closed, phone, mail, tags)| Record {
        days,
        closed,
        phone,
        mail,
        tags,
    })
}

/// Ways to write a file.
fn way() -> impl Strategy<Value = (usize, bool, bool, usize, usize, bool, bool)> {
    (0..7_usize, any::<bool>(), any::<bool>(), 1..40_usize, 1..9_usize, any::<bool>(), any::<bool>())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Of all records those that are due are gone or changed, and the others are as they were.
    #[test]
    fn what_is_due_is_gone_from_tables_and_nothing_else(
        records in prop::collection::vec(record(), 3..60),
        (codec, second, dictionary, group, page, index, filter) in way(),
    ) {
        let codec = [
            Compression::UNCOMPRESSED, Compression::SNAPPY, Compression::GZIP(Default::default()), Compression::BROTLI(Default::default()),
            Compression::LZ4_RAW, Compression::ZSTD(Default::default()), Compression::LZ4,
        ][codec];
        let mut properties = WriterProperties::builder()
            .set_compression(codec)
            .set_writer_version(if second { WriterVersion::PARQUET_2_0 } else { WriterVersion::PARQUET_1_0 })
            .set_dictionary_enabled(dictionary)
            .set_max_row_group_row_count(Some(group))
            .set_data_page_row_count_limit(page)
            .set_write_batch_size(page)
            .set_bloom_filter_enabled(filter)
            .set_statistics_enabled([EnabledStatistics::None, EnabledStatistics::Page][usize::from(index)]);
        if !dictionary {
            properties = properties.set_column_encoding(ColumnPath::from("mail"), Encoding::DELTA_LENGTH_BYTE_ARRAY);
        }
        let file = written(&batch(&records, false), properties);
        let ready = Ready::new(&[("a.parquet", &file)], &policy());
        let done = ready.apply();
        prop_assert_eq!(done.code, 0, "{}{}", done.stdout, done.stderr);
        let new = ready.read("a.parquet");
        prop_assert_eq!(read(&new), batch(&records, true));
        prop_assert!(!holds(&new, b"late"));
        prop_assert!(ready.is_clean());
    }
}
