//! Documents that are cut anywhere must say what documents say that are cut nowhere.

use std::io::Cursor;
use std::sync::Arc;

use proptest::prelude::*;
use serde_json::Value;

use crate::model::{Row, limits};
use crate::read::{Kind, Piece, Sizes, Supplying, open};

/// A cell: record, whether it is whole, name of its column, indices, span in the leaf, text.
type Cell = (u64, bool, String, Vec<u32>, (u64, u64), String);

/// The cells of a leaf, the spans of its records, and its faulty stretches.
#[derive(Debug, Default, PartialEq)]
struct Said {
    cells: Vec<Cell>,
    records: Vec<(u64, u64, u64, u64)>,
    count: u64,
}

fn read(text: &[u8], block: usize, record: usize) -> Option<Said> {
    let opened = open(Box::new(Cursor::new(text.to_vec())), "a.json", None);
    let Kind::Readable(reader) = opened.kind else { return None };
    if reader.format() != "json" {
        return None;
    }
    let how = Supplying { sizes: Sizes { block, record, margin: 64 }, asks: Arc::new(|_| false), whole: false };
    let mut blocks = reader.supply(opened.text, &how);
    let mut said = Said::default();
    let mut ended = 0;
    while let Some(Piece::Block(block)) = blocks.next_piece() {
        assert_eq!(block.offset + block.owned.start as u64, ended, "blocks are contiguous");
        ended = block.offset + block.owned.end as u64;
        assert!(!block.owned.is_empty());
        let mut layout = reader.layout(&block);
        let (mut row, mut at) = (Row::default(), block.owned.start);
        while layout.row_from(&block, at, &mut row) {
            assert!(row.span.start >= at && row.span.end <= block.owned.end && !row.span.is_empty(), "{row:?}");
            at = row.span.end;
            said.records.push((row.ordinal, row.line, block.offset + row.span.start as u64, block.offset + row.span.end as u64));
            let mut last = row.span.start;
            for field in &row.fields {
                assert!(field.span.start >= last && field.span.end <= row.span.end);
                last = field.span.end;
                let name = layout.columns()[field.column as usize].name.as_deref().expect("keys have names").to_owned();
                let text = String::from_utf8_lossy(&layout.text(&block, field).text).into_owned();
                let span = (block.offset + field.span.start as u64, block.offset + field.span.end as u64);
                said.cells.push((row.ordinal, !row.broken, name, row.indices_of(field).to_vec(), span, text));
            }
        }
    }
    let is_converted = std::str::from_utf8(text).is_err();
    assert!(is_converted || ended == text.len() as u64, "all of it is in blocks");
    said.count = blocks.records();
    Some(said)
}

fn whole(text: &[u8]) -> Option<Said> {
    read(text, limits::BLOCK_BYTES, limits::RECORD_BYTES)
}

fn names(said: &Said) -> Vec<(u64, String, String)> {
    let shown = |name: &str| name.replace('\u{1f}', ".").replace('\u{1e}', "[]").replace('\u{1d}', "");
    said.cells.iter().map(|(record, _, name, _, _, text)| (*record, shown(name), text.clone())).collect()
}

fn cells(text: &str) -> Vec<(u64, String, String)> {
    names(&whole(text.as_bytes()).expect("it is JSON"))
}

fn cell(record: u64, name: &str, text: &str) -> (u64, String, String) {
    (record, name.to_owned(), text.to_owned())
}

#[test]
fn records_are_elements_of_the_first_array_and_what_stands_between() {
    assert_eq!(
        cells(
            "{\"meta\":{\"by\":\"x\"},\"data\":[{\"a\":1,\"b\":[{\"c\":2}]},{\"a\":3}],\"n\":{\"t\":[5,6],\"more\":[[7],8],\"z\":9},\"y\":0}"
        ),
        [
            cell(0, "meta.by", "x"),
            cell(1, "data[].a", "1"),
            cell(1, "data[].b[].c", "2"),
            cell(2, "data[].a", "3"),
            cell(3, "n.t[]", "5"),
            cell(3, "n.t[]", "6"),
            cell(4, "n.more[][]", "7"),
            cell(5, "n.more[]", "8"),
            cell(6, "n.z", "9"),
            cell(6, "y", "0"),
        ]
    );
    assert_eq!(cells("[1,\"x\",{\"a\":[{}]}]"), [cell(0, "[]", "1"), cell(1, "[]", "x")]);
    assert_eq!(cells("{\"a\":{\"b\":[],\"c\":{}},\"d\":\"e\"}"), [cell(0, "d", "e")]);
}

#[test]
fn documents_that_follow_one_another_are_records() {
    for text in [
        "{\"a\":[{\"b\":1}]}{\"a\":[{\"b\":2}]}",
        "{\"a\":[{\"b\":1}]}\n\n{\n\"a\":[{\"b\":2}]}\n",
        "\u{1e}{\"a\":[{\"b\":1}]}\n \u{1e}{\"a\":[{\"b\":2}]}      ",
    ] {
        assert_eq!(cells(text), [cell(0, "a[].b", "1"), cell(1, "a[].b", "2")], "{text}");
    }
}

#[test]
fn records_above_the_limit_are_opened() {
    let map: String = (0..400).map(|n| format!("\"k{n}\":{{\"mail\":\"u{n}\",\"n\":[{{\"x\":{n}}}]}},")).collect();
    let text = format!("{{{map}\"end\":1}}");
    let said = read(text.as_bytes(), 256, 1024).expect("it is JSON");
    let found = names(&said);
    assert_eq!(found.len(), 801);
    assert_eq!(found[..3], [cell(0, "k0.mail", "u0"), cell(1, "k0.n[].x", "0"), cell(2, "k1.mail", "u1")]);
    assert_eq!(found[798..], [cell(798, "*.mail", "u399"), cell(799, "*.n[].x", "399"), cell(800, "*", "1")]);
    assert_eq!(said, read(text.as_bytes(), 512, 1024).expect("it is JSON"));
    // An element that is too long has its members as records, and an array in it its elements.
    let long: String = (0..400).map(|n| format!("[{n},\"x\"],")).collect();
    let text = format!("[[{long}0],{{\"id\":7,\"list\":[{long}1]}},2]");
    let found = names(&read(text.as_bytes(), 256, 1024).expect("it is JSON"));
    assert_eq!(found[..3], [cell(0, "[][][]", "0"), cell(0, "[][][]", "x"), cell(1, "[][][]", "1")]);
    assert_eq!(found[801..804], [cell(401, "[].id", "7"), cell(402, "[].list[][]", "0"), cell(402, "[].list[][]", "x")]);
    assert_eq!(found.last(), Some(&cell(803, "[]", "2")));
}

#[test]
fn a_string_above_the_limit_is_torn_and_the_rest_is_read() {
    let long = "long } text, \\\" ".repeat(200);
    let text = format!("{{\"data\":[{{\"a\":1}},{{\"note\":\"{long}\",\"b\":2}},{{\"c\":[\"{long}\",\"x\"]}},\"{long}\",{{\"d\":4}}]}}");
    let found = names(&read(text.as_bytes(), 256, 1024).expect("it is JSON"));
    assert_eq!(
        found.iter().map(|(_, name, text)| (&**name, &**text)).collect::<Vec<_>>(),
        [("data[].a", "1"), ("data[].b", "2"), ("data[].c[]", "x"), ("data[].d", "4")]
    );
}

#[test]
fn goes_on_behind_a_fault() {
    let rows = |from: usize, to: usize| (from..to).map(|n| format!("{{\"a\":{n}}},")).collect::<String>();
    for fault in ["{\"a\":\"open},", "{\"a\":1]}},", "{\"a\":{\"b\":1},", "garbage,", "},", "{\"a\" 1},", "\u{0},", "]]}}"] {
        let text = format!("{{\"data\":[{}{fault}{}{{\"a\":900}}]}}", rows(0, 20_000), rows(20_000, 200_000));
        let found = cells(&text);
        let last = found.last().expect("there are cells");
        assert!(last.1.ends_with('a') && found.len() > 199_900, "{fault}: {} {last:?}", found.len());
        assert!(found[..20_000].iter().enumerate().all(|(n, cell)| cell.2 == n.to_string()), "{fault}");
    }
}

#[test]
fn deep_nesting_ends() {
    for text in ["[".repeat(100_000), "{\"a\":".repeat(100_000), format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000))] {
        for (block, record) in [(256, 1024), (limits::BLOCK_BYTES, limits::RECORD_BYTES)] {
            read(text.as_bytes(), block, record);
        }
    }
    let deep = |n: usize| format!("[{}1{},2]", "[".repeat(n), "]".repeat(n));
    assert_eq!(cells(&deep(126)).len(), 2);
    assert_eq!(cells(&deep(200)).len(), 1, "what is deeper has no cells, what follows does");
}

#[test]
fn reads_what_is_nearly_json() {
    assert_eq!(
        cells("[{\"a\":NaN,\"b\":-Infinity,},{\"a\":[1,2,],\"a\":\"\\ud800\",},]"),
        [cell(0, "[].a", "NaN"), cell(0, "[].b", "-Infinity"), cell(1, "[].a[]", "1"), cell(1, "[].a[]", "2"), cell(1, "[].a", "\u{fffd}")]
    );
}

fn document() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        "[a-z\"\\\\{}\\[\\],: \n\u{f1}]{0,24}".prop_map(Value::from),
    ];
    scalar.prop_recursive(5, 60, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map("[a-e]|a key|\"", inner, 0..6).prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// All scalars of a value with the names of their columns and their indices.
fn flat(value: &Value, name: &str, indices: &[u32], out: &mut Vec<(String, Vec<u32>, String)>) {
    match value {
        Value::Array(items) => {
            let name = if name.is_empty() { "\u{1d}" } else { name };
            for (i, item) in items.iter().enumerate() {
                flat(item, &format!("{name}\u{1e}"), &[indices, &[i as u32]].concat(), out);
            }
        }
        Value::Object(items) => {
            for (key, item) in items {
                let name = if name.is_empty() { key.clone() } else { format!("{name}\u{1f}{key}") };
                flat(item, &name, indices, out);
            }
        }
        scalar => {
            let name = if name.is_empty() { "\u{1d}" } else { name };
            let text = scalar.as_str().map_or_else(|| scalar.to_string(), str::to_owned);
            out.push((name.to_owned(), indices.to_vec(), text));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn cells_are_those_of_the_document_wherever_it_is_cut(
        documents in prop::collection::vec(document(), 1..4),
        pretty in any::<bool>(),
        block in 1_usize..200,
        record in prop_oneof![Just(1_usize << 20), 200_usize..600],
    ) {
        let write = |value: &Value| if pretty { serde_json::to_string_pretty(value) } else { serde_json::to_string(value) };
        let text: Vec<String> = documents.iter().map(|document| write(document).expect("it is JSON")).collect();
        let text = text.join(if pretty { "\n" } else { "" });
        let mut wanted = Vec::new();
        documents.iter().for_each(|document| flat(document, "", &[], &mut wanted));
        if let Some(said) = read(text.as_bytes(), block, record.max(block)) {
            let found: Vec<_> = said.cells.iter().map(|cell| (cell.2.clone(), cell.3.clone(), cell.5.clone())).collect();
            prop_assert_eq!(found, wanted, "{}", text);
            prop_assert!(said.cells.iter().all(|cell| cell.1), "all records are whole: {}", text);
            prop_assert_eq!(&said, &read(text.as_bytes(), 1 + block / 3, record.max(block)).expect("as before"), "{}", text);
            prop_assert_eq!(said.count, said.records.len() as u64);
        }
    }

    #[test]
    fn broken_documents_are_read_to_their_end(
        document in document(),
        faults in prop::collection::vec((any::<prop::sample::Index>(), 0..4, prop::sample::select(&b"{}[],:\"\\ \n\0\x1e1na/"[..])), 0..8),
        block in 1_usize..200,
        record in prop_oneof![Just(1_usize << 20), 200_usize..600],
        padding in any::<bool>(),
    ) {
        let mut text = serde_json::to_vec(&serde_json::json!([document, {"a": document}, [document]])).expect("it is JSON");
        for (at, how, byte) in faults {
            let at = at.index(text.len().max(1));
            match how {
                0 if at < text.len() => text[at] = byte,
                1 => text.insert(at, byte),
                2 => text.truncate(at.max(1)),
                _ if at < text.len() => drop(text.remove(at)),
                _ => {}
            }
        }
        // Enough of what is well-formed for the head to be trusted.
        if padding {
            text.splice(0..0, format!("{{\"pad\":[{}1],\"rest\":", "1, ".repeat(23_000)).into_bytes());
        }
        read(&text, block, record.max(block));
        whole(&text);
    }
}
