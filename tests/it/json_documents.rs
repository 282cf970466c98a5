//! JSON documents from bytes to findings: pointers, records, spans, hostile shapes.

use std::collections::BTreeMap;
use std::io::Cursor;

use datatrawl::examine::{Examiner, Settings};
use datatrawl::finding::{Key, Tokens};
use datatrawl::model::limits;
use datatrawl::read::Sizes;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::determinism::{DETECTOR, examine};
use crate::run::{Desk, Row, number, of, scan_one, text, values};

/// Pointer, record, column name of each e-mail address.
fn places(rows: &[Row]) -> Vec<(&str, usize, &str)> {
    let mut places: Vec<_> = of(rows, "email")
        .map(|row| (number(row, "byte_start"), (text(row, "pointer"), number(row, "record"), text(row, "column_name"))))
        .collect();
    places.sort_unstable();
    places.into_iter().map(|place| place.1).collect()
}

#[test]
fn values_have_their_pointer_record_and_line() {
    let document = json!({
        "features": [
            { "type": "Feature", "geometry": { "coordinates": [[[1.5, 2.5], [3.5, 4.5]]] }, "properties": { "mail": "ana@kusina.ph" } },
            { "type": "Feature", "properties": { "mail": ["x", "ben@kusina.ph"] } },
        ],
        "owner": { "mail": "cy@kusina.ph" },
        "staff": [{ "a/b": [[{ "mail": "dan@kusina.ph" }]] }],
        "type": "FeatureCollection",
    });
    for bytes in [document.to_string(), serde_json::to_string_pretty(&document).expect("it is JSON").replace('\n', "\r\n")] {
        let desk = Desk::with(&[("a.geojson", bytes.as_bytes())]);
        let rows = desk.scan(&[]);
        assert_eq!(
            places(&rows),
            [
                ("/features/0/properties/mail", 0, "features[].properties.mail"),
                ("/features/1/properties/mail/1", 1, "features[].properties.mail[]"),
                ("/owner/mail", 2, "owner.mail"),
                ("/staff/0/a~1b/0/0/mail", 3, "staff[].a/b[][].mail"),
            ]
        );
        assert_eq!(values(&rows, "email", bytes.as_bytes()), ["ana@kusina.ph", "ben@kusina.ph", "cy@kusina.ph", "dan@kusina.ph"]);
        for row in of(&rows, "email") {
            let before = &bytes[..number(row, "byte_start")];
            assert_eq!(number(row, "line"), 1 + before.matches('\n').count());
            let record = &bytes[number(row, "record_start")..number(row, "record_end")];
            assert!(record.contains("@kusina.ph") && !record.contains("features"), "{record}");
            assert!(row["exact"] == true && row["format"] == "json");
        }
        let object = desk.object("a.geojson");
        assert_eq!((text(&object, "status"), number(&object, "records")), ("scanned", 5));
        let columns = desk.columns();
        assert!(columns.iter().any(|row| text(row, "column_name") == "features[].geometry.coordinates[][][]"));
    }
}

#[test]
fn the_bytes_tell_documents_from_lines() {
    let row = "{\"email\":\"ana@kusina.ph\"}";
    let long = format!("[{}{row}]", format!("{row},").repeat(20_000));
    for (name, bytes, format, records) in [
        ("a.json", format!("{row}\n"), "json", 1),
        ("a.ndjson", format!("{row}\n"), "ndjson", 1),
        ("noname", format!("{row}\n{row}\n"), "ndjson", 2),
        ("b.json", format!("{row}\n{row}\n"), "ndjson", 2),
        ("c.json", format!("{row}{row}"), "json", 2),
        ("d", format!("[{row},{row}]"), "json", 2),
        ("e", format!("\u{feff}{{\n\"a\":\n{row}\n}}\n"), "json", 1),
        ("f.txt", long.clone(), "json", 20_001),
        ("g", format!("{{\"meta\":1,\"data\":{long}}}"), "json", 20_002),
        ("h", format!("[\n{row},\n{row}\n]\n"), "json", 2),
        ("i", format!("{row} and text\nmore text\n"), "text", 2),
        ("j", "\"ana@kusina.ph\"\n".to_owned(), "text", 1),
        ("k", format!("{{ // comment\n\"a\": {row} }}\n"), "text", 2),
    ] {
        let desk = Desk::with(&[(name, bytes.as_bytes())]);
        let rows = desk.scan(&[]);
        assert_eq!(of(&rows, "email").count(), bytes.matches('@').count(), "{name}");
        let object = desk.object(name);
        assert_eq!((text(&object, "format"), number(&object, "records"), text(&object, "status")), (format, records, "scanned"), "{name}");
    }
}

#[test]
fn a_document_that_is_cut_off_is_told_and_read_to_its_end() {
    let bytes = "{\"data\": [\n {\"email\": \"ana@kusina.ph\"},\n {\"email\": \"ben@kusina.ph\", \"n\": \"cut o";
    let desk = Desk::with(&[("a.json", bytes.as_bytes())]);
    let rows = desk.scan(&[]);
    assert_eq!(places(&rows), [("/data/0/email", 0, "data[].email"), ("/data/1/email", 1, "data[].email")]);
    assert_eq!(of(&rows, "email").map(|row| row["exact"].clone()).collect::<Vec<_>>(), [true, false]);
    let object = desk.object("a.json");
    assert_eq!(text(&object, "status"), "partial");
    assert!(text(&object, "reason").contains("cut off"), "{object:?}");
}

#[test]
fn a_fault_in_the_middle_costs_a_stretch_and_is_told() {
    let rows = |from: usize, to: usize| (from..to).map(|n| format!("{{\"email\":\"u{n}@kusina.ph\"}},\n")).collect::<String>();
    for fault in ["{\"note\":\"stray,\n", "\0\0garbage\n", "}]}\n", "{\"open\":{\n", "// comment \" here\n"] {
        let bytes = format!("[{}{fault}{}{{\"email\":\"end@kusina.ph\"}}]", rows(0, 40_000), rows(40_000, 80_000));
        let desk = Desk::with(&[("a.json", bytes.as_bytes())]);
        let found = desk.scan(&[]);
        assert_eq!(of(&found, "email").count(), 80_001, "{fault:?}: every value is found once");
        let last = of(&found, "email").max_by_key(|row| number(row, "byte_start")).expect("rows");
        assert!(text(last, "column_name").ends_with("email"), "{fault:?}: {last:?}");
        assert_eq!(text(&desk.object("a.json"), "status"), "partial", "{fault:?}");
    }
}

#[test]
fn maps_of_objects_have_their_members_as_records_where_they_are_large() {
    let member = |n: usize| format!("\"id{n}\":{{\"email\":\"u{n}@kusina.ph\",\"pad\":\"{}\"}}", "x".repeat(400));
    let members: Vec<String> = (0..4_000).map(member).collect();
    let bytes = format!("{{{}}}", members.join(","));
    let desk = Desk::with(&[("a.json", bytes.as_bytes())]);
    let rows = desk.scan(&[]);
    let places = places(&rows);
    assert_eq!(places.len(), 4_000);
    assert!(places.iter().enumerate().all(|(n, place)| place.1 == n));
    assert_eq!((places[7], places[3_999]), (("/id7/email", 7, "id7.email"), ("/*/email", 3_999, "*.email")));
    assert_eq!(text(&desk.object("a.json"), "status"), "scanned");
}

#[test]
fn names_and_dates_of_birth_are_found_by_their_keys() {
    let bytes = serde_json::to_string_pretty(&json!({ "users": [
        { "first_name": "Ana", "last_name": "Reyes", "date_of_birth": "1990-02-03", "email": "ana@kusina.ph" },
        { "first_name": "Ben", "last_name": "Cruz", "date_of_birth": "1984-12-30", "email": "ben@kusina.ph" },
    ]}))
    .expect("it is JSON");
    let rows = scan_one("a.json", &bytes);
    assert_eq!(values(&rows, "date_of_birth", bytes.as_bytes()), ["1990-02-03", "1984-12-30"]);
    assert_eq!(of(&rows, "person_name").count(), 4);
}

#[test]
fn the_same_rows_give_the_same_tokens_as_lines_and_as_a_document() {
    let rows: Vec<Value> = (0..300)
        .map(|n| json!({ "id": n, "user": { "email": format!("u{n}@kusina.ph"), "first_name": "Ana", "tags": ["a", { "phone": "+63 917 555 0123" }] } }))
        .collect();
    let lines: String = rows.iter().map(|row| format!("{row}\n")).collect();
    let pretty: String = rows.iter().map(|row| serde_json::to_string_pretty(row).expect("it is JSON") + "\n").collect();
    let array = Value::from(rows).to_string();
    let say = |bytes: &str| {
        let rows = scan_one("a", bytes);
        let mut said: Vec<String> = rows
            .iter()
            .map(|row| {
                let column = text(row, "column_name").trim_start_matches("[].");
                format!("{} {} {} {column} {} {}", row["entity"], row["value_token"], row["record"], row["confidence"], row["record_token"])
            })
            .collect();
        said.sort();
        said
    };
    let of_lines = say(&lines);
    assert!(of_lines.len() >= 900);
    assert_eq!(of_lines, say(&array));
    let without_record = |said: Vec<String>| said.iter().map(|row| row.rsplit_once(' ').expect("parts").0.to_owned()).collect::<Vec<_>>();
    assert_eq!(without_record(of_lines), without_record(say(&pretty)), "their records are spelt otherwise");
}

fn document() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        2 => Just(json!("plant")),
        1 => Just(json!(null)),
        1 => Just(json!(12.5)),
        1 => Just(json!("text, with \"quotes\", {braces} and \u{f1}")),
        1 => Just(json!("words and plant here")),
    ];
    scalar.prop_recursive(5, 48, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map("[a-e]|k/~", inner, 0..5).prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// Puts an address of its own in place of each `plant` and says where it must be found: pointer and record.
#[derive(Default)]
struct Planter {
    planted: BTreeMap<String, (String, u64)>,
    record: u64,
    /// Whether the run at hand holds a value.
    in_run: bool,
}

impl Planter {
    fn document(&mut self, value: &mut Value, many: bool) {
        self.value(value, "", many);
        self.end_run();
    }

    fn end_run(&mut self) {
        self.record += u64::from(std::mem::take(&mut self.in_run));
    }

    fn value(&mut self, value: &mut Value, pointer: &str, in_record: bool) {
        let splits = |items: &[Value]| pointer.is_empty() || items.first().is_some_and(|item| item.is_array() || item.is_object());
        match value {
            Value::Array(items) if !in_record && splits(items) => {
                self.end_run();
                for (i, item) in items.iter_mut().enumerate() {
                    self.in_run = true;
                    self.value(item, &format!("{pointer}/{i}"), true);
                    self.end_run();
                }
            }
            Value::Array(items) => {
                self.in_run = true;
                items.iter_mut().enumerate().for_each(|(i, item)| self.value(item, &format!("{pointer}/{i}"), true));
            }
            Value::Object(items) => {
                self.in_run |= items.is_empty() || in_record;
                for (key, item) in items {
                    self.value(item, &format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1")), in_record);
                }
            }
            Value::String(text) if text.contains("plant") => {
                self.in_run = true;
                let mail = format!("user{}@kusina.ph", self.planted.len());
                *text = text.replace("plant", &mail);
                self.planted.insert(mail, (pointer.to_owned(), self.record));
            }
            _ => self.in_run = true,
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn every_planted_value_is_found_at_its_pointer_record_and_span(
        mut documents in prop::collection::vec(document(), 1..3),
        pretty in any::<bool>(),
        block in 1_usize..300,
    ) {
        documents.retain(|document| document.is_array() || document.is_object());
        let many = documents.len() > 1;
        let mut planter = Planter::default();
        documents.iter_mut().for_each(|document| planter.document(document, many));
        let write = |value: &Value| if pretty { serde_json::to_string_pretty(value) } else { serde_json::to_string(value) };
        // No text at all is no document.
        let texts: Vec<String> = documents.iter().map(|document| write(document).expect("it is JSON")).collect();
        let text = texts.join(" ");
        let sizes = Sizes { block, record: limits::RECORD_BYTES, margin: limits::MAX_REACH };
        let examiner = std::sync::Arc::new(Examiner::new(std::sync::Arc::clone(&DETECTOR), Tokens::new(&Key::new([7; 32])), Settings { sizes, ..Settings::default() }));
        let findings = examine(&examiner, "a.json", Box::new(Cursor::new(text.clone().into_bytes())));
        let mut found = BTreeMap::new();
        for finding in findings.iter().filter(|f| &*examiner.rules()[usize::from(f.rule)].entity == "email") {
            let (start, end) = finding.bytes.expect("a place in the bytes");
            let value = text[start as usize..end as usize].to_owned();
            let place = (finding.pointer.as_deref().unwrap_or("none").to_owned(), finding.record);
            prop_assert!(found.insert(value, place).is_none(), "once: {}", text);
            prop_assert!(finding.exact);
        }
        prop_assert_eq!(found, planter.planted, "{}", text);
    }
}
