//! Parquet, Arrow and Avro: small tables of many types, as their libraries write them.

use std::sync::Arc;

use arrow_array::builder::{ListBuilder, MapBuilder, MapFieldNames, StringBuilder};
use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, BooleanArray, DictionaryArray, Float64Array, Int64Array, RecordBatch, StringArray, StructArray};
use arrow_avro::compression::CompressionCodec;
use arrow_avro::writer::WriterBuilder;
use arrow_avro::writer::format::AvroOcfFormat;
use arrow_ipc::CompressionType;
use arrow_ipc::writer::{FileWriter, IpcWriteOptions, StreamWriter};
use arrow_schema::{DataType, Field};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::{WriterProperties, WriterVersion};

use crate::Target;

/// Varints at the ends of what they hold, counts and sizes, magic bytes.
const WORDS: &[&[u8]] = &[
    b"PAR1",
    b"PARE",
    b"ARROW1\0\0",
    b"Obj\x01",
    b"\xff\xff\xff\xff",
    b"\xff\xff\xff\x7f",
    b"\xff\xff\xff\xff\x0f",
    b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",
    b"\xfe\xff\xff\xff\x0f",
    b"\x00\x00\x00\x00\x00\x00\x00\x80",
    b"\xff\xff\xff\xff\xff\xff\xff\x7f",
    b"\x15\x00\x15",
    b"\x19\x4c",
    b"\x48\x06schema",
    b"avro.codec",
    b"{\"type\":\"array\",\"items\":",
    b"\"null\"",
    b"\"next\"",
    b"ana@kusina.ph",
    b"{\"first_name\":\"Ana\"}",
    b"last_name",
    b"\x01",
    b"\x7f",
    b"\x80",
];

pub const PARQUET: Target = Target { name: "parquet", path: "a.parquet", seeds: parquet, words: WORDS };
pub const ARROW: Target = Target { name: "arrow", path: "a.arrow", seeds: arrow, words: WORDS };
pub const AVRO: Target = Target { name: "avro", path: "a.avro", seeds: avro, words: WORDS };

fn notes() -> Vec<Option<&'static str>> {
    vec![Some("mail ana@kusina.ph"), None, Some("+63 917 555 0123"), Some(""), Some("mail ana@kusina.ph"), Some("x")]
}

fn table(with_dictionary: bool) -> RecordBatch {
    let notes = notes();
    let rows = notes.len();
    let note: ArrayRef = if with_dictionary {
        Arc::new(notes.iter().copied().collect::<DictionaryArray<Int32Type>>())
    } else {
        Arc::new(notes.iter().copied().collect::<StringArray>())
    };
    let mut tags = ListBuilder::new(StringBuilder::new());
    for (i, note) in notes.iter().enumerate() {
        tags.append_option((i != 2).then(|| vec![*note, Some("t")]));
    }
    let mail: ArrayRef = Arc::new(notes.iter().rev().copied().collect::<StringArray>());
    let person = StructArray::from(vec![(Arc::new(Field::new("mail", DataType::Utf8, true)), mail)]);
    let cards = Int64Array::from_iter((0..rows).map(|i| (i != 3).then_some(5_555_555_555_554_444 - i as i64 % 2)));
    let json = [r#"{"first_name":"Ana","m":["ben@kusina.ph"]}"#, "[]", "{\"a\":\"{\\\"b\\\":\\\"x\\\"}\"}", "{", "x", "[\"cy@kusina.ph\"]"];
    let names = MapFieldNames { entry: "entries".to_owned(), key: "key".to_owned(), value: "value".to_owned() };
    let mut attrs = MapBuilder::new(Some(names), StringBuilder::new(), StringBuilder::new());
    for text in json {
        attrs.keys().append_value("last_name");
        attrs.values().append_value("Reyes");
        attrs.keys().append_value(text);
        attrs.values().append_value(text);
        attrs.append(true).expect("as many keys as values");
    }
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("data", Arc::new(json.into_iter().map(Some).collect::<StringArray>())),
        ("attrs", Arc::new(attrs.finish())),
        ("note", note),
        ("tags", Arc::new(tags.finish())),
        ("person", Arc::new(person)),
        ("card_number", Arc::new(cards)),
        ("phone", Arc::new(Float64Array::from_iter_values((0..rows).map(|i| 639_175_550_123.0 + i as f64)))),
        ("paid", Arc::new((0..rows).map(|i| Some(i % 2 == 0)).collect::<BooleanArray>())),
    ];
    RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, array)| (name, array, true))).expect("columns of one length")
}

fn parquet() -> Vec<Vec<u8>> {
    let gzip = Compression::GZIP(Default::default());
    let ways = [
        (Compression::UNCOMPRESSED, true, false),
        (Compression::SNAPPY, false, true),
        (gzip, true, true),
        (Compression::LZ4_RAW, false, false),
    ];
    let write = |(codec, dictionary, second): (Compression, bool, bool)| {
        let version = if second { WriterVersion::PARQUET_2_0 } else { WriterVersion::PARQUET_1_0 };
        let properties = WriterProperties::builder().set_compression(codec).set_dictionary_enabled(dictionary).set_writer_version(version);
        let properties = properties.set_max_row_group_row_count(Some(4)).set_data_page_row_count_limit(2).set_write_batch_size(2).build();
        let (mut out, batch) = (Vec::new(), table(false));
        let mut writer = ArrowWriter::try_new(&mut out, batch.schema(), Some(properties)).expect("a schema that Parquet has");
        writer.write(&batch).expect("memory takes all");
        writer.close().expect("memory takes all");
        out
    };
    ways.map(write).to_vec()
}

fn arrow() -> Vec<Vec<u8>> {
    let mut out = Vec::new();
    for (compression, dictionary) in [(None, true), (Some(CompressionType::LZ4_FRAME), false), (Some(CompressionType::ZSTD), true)] {
        let batch = table(dictionary);
        let options = || IpcWriteOptions::default().try_with_compression(compression).expect("a codec that is built in");
        let (mut file, mut stream) = (Vec::new(), Vec::new());
        let mut writer = FileWriter::try_new_with_options(&mut file, &batch.schema(), options()).expect("memory takes all");
        writer.write(&batch).and_then(|()| writer.finish()).expect("memory takes all");
        drop(writer);
        let mut writer = StreamWriter::try_new_with_options(&mut stream, &batch.schema(), options()).expect("memory takes all");
        writer.write(&batch).and_then(|()| writer.write(&batch)).and_then(|()| writer.finish()).expect("memory takes all");
        drop(writer);
        out.extend([file, stream]);
    }
    out
}

fn avro() -> Vec<Vec<u8>> {
    let codecs = [None, Some(CompressionCodec::Deflate), Some(CompressionCodec::Snappy), Some(CompressionCodec::ZStandard)];
    let write = |codec| {
        let (mut out, batch) = (Vec::new(), table(false));
        let builder = WriterBuilder::new(batch.schema().as_ref().clone()).with_compression(codec);
        let mut writer = builder.build::<_, AvroOcfFormat>(&mut out).expect("a schema that Avro has");
        (0..3).for_each(|i| writer.write(&batch.slice(2 * i, 2)).expect("memory takes all"));
        writer.finish().expect("memory takes all");
        drop(writer);
        out
    };
    codecs.map(write).to_vec()
}
