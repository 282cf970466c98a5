//! Where values stand in each format: escapes, quotes, keys, marks, records that are too long or never end.

use crate::run::{Desk, Row, number, of, scan_one, text, values};

fn spans(rows: &[Row], entity: &str) -> Vec<(usize, usize)> {
    let mut spans: Vec<_> = of(rows, entity).map(|row| (number(row, "byte_start"), number(row, "byte_end"))).collect();
    spans.sort_unstable();
    spans
}

#[test]
fn reads_escapes_of_json_before_it_looks() {
    let line = r#"{"note":"write to ana.reyes\u0040kusina.ph \"now\"","other":"a\/b"}"#;
    let bytes = format!("{line}\n").repeat(3);
    let rows = scan_one("a.ndjson", &bytes);
    assert_eq!(values(&rows, "email", bytes.as_bytes()), [r"ana.reyes\u0040kusina.ph"; 3]);
    let first = of(&rows, "email").find(|row| number(row, "record") == 0).expect("record 0");
    assert_eq!((text(first, "pointer"), text(first, "column_name")), ("/note", "note"));
    assert_eq!((number(first, "cell_start"), number(first, "cell_end")), (9, 28));
    assert_eq!(number(first, "value_length"), "ana.reyes@kusina.ph".len());
}

#[test]
fn a_value_has_one_token_however_it_is_escaped() {
    let bytes = "{\"m\":\"ana\\u0040kusina.ph\"}\n{\"m\":\"ana@kusina.ph\"}\n{\"m\":\"\\u0061NA@kusina.ph\"}\n";
    let rows = scan_one("a.ndjson", bytes);
    let mut tokens: Vec<&str> = of(&rows, "email").map(|row| text(row, "value_token")).collect();
    assert_eq!(tokens.len(), 3);
    tokens.dedup();
    assert_eq!(tokens.len(), 1);
}

#[test]
fn an_escape_is_no_part_of_a_value() {
    // `\n` before an address must not become part of it: `nana@…`.
    let bytes = "{\"note\":\"mail:\\nana@kusina.ph\\tend\"}\n".repeat(3);
    assert_eq!(values(&scan_one("a.ndjson", &bytes), "email", bytes.as_bytes()), ["ana@kusina.ph"; 3]);
}

#[test]
fn reads_doubled_quotes_of_csv_before_it_looks() {
    let bytes = "id,note\n1,\"say \"\"hi\"\" to ana@kusina.ph, \"\"ben\"\"\"\n2,x\n3,y\n";
    let rows = scan_one("a.csv", bytes);
    assert_eq!(values(&rows, "email", bytes.as_bytes()), ["ana@kusina.ph"]);
    let row = of(&rows, "email").next().expect("one");
    assert_eq!((number(row, "cell_start"), number(row, "record"), number(row, "line")), (12, 0, 2));
    assert_eq!((text(row, "column_name"), number(row, "column_index")), ("note", 1));
}

#[test]
fn counts_records_and_lines_apart_where_cells_hold_newlines() {
    let bytes = "id,note\n1,\"a\nb\nc\"\n2,\"d\n mail ana@kusina.ph\"\n3,x\n";
    let rows = scan_one("a.csv", bytes);
    let row = of(&rows, "email").next().expect("one");
    assert_eq!((number(row, "record"), number(row, "line")), (1, 6));
    assert_eq!(values(&rows, "email", bytes.as_bytes()), ["ana@kusina.ph"]);
}

#[test]
fn keys_that_are_values_show_as_their_entity() {
    let bytes = "{\"ana.reyes@kusina.ph\":{\"plan\":\"a\"},\"ben@kusina.ph\":{\"plan\":\"b\"}}\n".repeat(3);
    let desk = Desk::with(&[("a.ndjson", bytes.as_bytes())]);
    let rows = desk.scan(&[]);
    assert_eq!(of(&rows, "email").count(), 6, "the keys themselves are findings");
    let columns = desk.columns();
    let names: Vec<&str> = columns.iter().map(|row| text(row, "column_name")).collect();
    assert!(names.contains(&"{email}.plan"), "{names:?}");
    assert!(!names.iter().any(|name| name.contains('@')), "{names:?}");
}

#[test]
fn many_keys_of_one_object_become_a_star() {
    let keys: Vec<String> = (0..1_000).map(|n| format!("\"k{n}\":{{\"mail\":\"u{n}@kusina.ph\"}}")).collect();
    let desk = Desk::with(&[("a.ndjson", format!("{{{}}}\n", keys.join(",")).repeat(2).as_bytes())]);
    assert_eq!(of(&desk.scan(&[]), "email").count(), 2_000);
    let columns = desk.columns();
    assert!(columns.iter().any(|row| text(row, "column_name") == "*.mail"));
    assert!(columns.len() < 1_000, "{} columns", columns.len());
}

#[test]
fn a_first_row_of_data_is_no_header() {
    let bytes = "ana@kusina.ph,+639178642035\nben@kusina.ph,+639178642036\ncy@kusina.ph,+639178642037\n";
    let desk = Desk::with(&[("a.csv", bytes.as_bytes())]);
    let rows = desk.scan(&[]);
    assert_eq!(values(&rows, "email", bytes.as_bytes()), ["ana@kusina.ph", "ben@kusina.ph", "cy@kusina.ph"]);
    assert_eq!(of(&rows, "phone").count(), 3);
    assert!(desk.columns().iter().all(|row| !text(row, "column_name").contains('@')));
}

#[test]
fn a_header_of_values_shows_as_their_entity_and_is_found() {
    let bytes = "name,ana@kusina.ph\nx,1\ny,2\nz,3\n";
    let desk = Desk::with(&[("a.csv", bytes.as_bytes())]);
    let rows = desk.scan(&[]);
    assert_eq!(values(&rows, "email", bytes.as_bytes()), ["ana@kusina.ph"]);
    assert!(desk.columns().iter().all(|row| !text(row, "column_name").contains('@')));
}

#[test]
fn one_stray_quote_does_not_swallow_the_rest() {
    let rows =
        |from: usize| (from..from + 30_000).map(|n| format!("{n},user{n}@kusina.ph,some note that is long enough\n")).collect::<String>();
    let bytes = format!("id,email,note\n{}30000,\"stray@kusina.ph,open\n{}", rows(0), rows(30_001));
    assert!(bytes.len() > 3 << 20);
    let desk = Desk::with(&[("a.csv", bytes.as_bytes())]);
    let found = desk.scan(&[]);
    assert_eq!(of(&found, "email").count(), 60_001, "every address is found once");
    // Those far behind the quote are in cells again.
    let last = of(&found, "email").filter(|row| number(row, "record") > 0).max_by_key(|row| number(row, "byte_start")).expect("rows");
    assert_eq!(text(last, "column_name"), "email");
}

#[test]
fn a_record_above_one_mebibyte_is_examined_and_told() {
    let long = format!("{{\"id\":2,\"note\":\"{} ana@kusina.ph {}\"}}", "word ".repeat(150_000), "word ".repeat(150_000));
    let bytes = format!("{{\"id\":1,\"note\":\"ben@kusina.ph\"}}\n{long}\n{{\"id\":3,\"note\":\"cy@kusina.ph\"}}\n");
    let desk = Desk::with(&[("a.ndjson", bytes.as_bytes())]);
    let rows = desk.scan(&[]);
    assert_eq!(values(&rows, "email", bytes.as_bytes()), ["ben@kusina.ph", "ana@kusina.ph", "cy@kusina.ph"]);
    let records: Vec<usize> = of(&rows, "email").map(|row| number(row, "record")).collect();
    assert_eq!(records, [0, 1, 2]);
    let object = desk.object("a.ndjson");
    assert_eq!((text(&object, "status"), object["records"].as_i64()), ("partial", Some(3)));
    let torn = of(&rows, "email").find(|row| number(row, "record") == 1).expect("the long one");
    assert!(torn["record_token"].is_null() && torn["record_start"].is_null(), "a record above the limit has no token");
}

#[test]
fn a_line_above_one_mebibyte_is_text_like_any_other() {
    let bytes = format!("{} ana@kusina.ph {}\nben@kusina.ph\n", "word ".repeat(150_000), "word ".repeat(150_000));
    let rows = scan_one("a.txt", &bytes);
    assert_eq!(values(&rows, "email", bytes.as_bytes()), ["ana@kusina.ph", "ben@kusina.ph"]);
    assert_eq!(of(&rows, "email").map(|row| number(row, "line")).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_first_name_and_counts_in_offsets() {
    let bytes = "\u{feff}email,n\nana@kusina.ph,1\nben@kusina.ph,2\ncy@kusina.ph,3\n";
    let desk = Desk::with(&[("a.csv", bytes.as_bytes())]);
    let rows = desk.scan(&[]);
    assert_eq!(values(&rows, "email", bytes.as_bytes()), ["ana@kusina.ph", "ben@kusina.ph", "cy@kusina.ph"]);
    assert!(of(&rows, "email").all(|row| text(row, "column_name") == "email"));
}

#[test]
fn a_name_never_decides_the_type_of_a_file() {
    let csv = "id;email\n1;ana@kusina.ph\n2;ben@kusina.ph\n3;cy@kusina.ph\n";
    let json = "{\"email\":\"ana@kusina.ph\"}\n".repeat(3);
    for (name, bytes, format) in
        [("a.json", csv, "csv"), ("a.csv", json.as_str(), "ndjson"), ("a.png", csv, "csv"), ("noname", json.as_str(), "ndjson")]
    {
        let desk = Desk::with(&[(name, bytes.as_bytes())]);
        assert_eq!(of(&desk.scan(&[]), "email").count(), 3);
        assert_eq!(text(&desk.object(name), "format"), format, "{name}");
    }
}

#[test]
fn a_compressed_file_under_any_name_is_decoded() {
    let csv = b"id,email\n1,ana@kusina.ph\n2,ben@kusina.ph\n3,cy@kusina.ph\n";
    let desk =
        Desk::with(&[("plain.csv", &crate::transcript::gz(csv)), ("twice.txt", &crate::transcript::gz(&crate::transcript::gz(csv)))]);
    let rows = desk.scan(&[]);
    for name in ["plain.csv", "twice.txt"] {
        let of_file: Vec<Row> = rows.iter().filter(|row| row["path"] == name).cloned().collect();
        assert_eq!(spans(&of_file, "email"), [(11, 24), (27, 40), (43, 55)], "{name}");
    }
    assert_eq!(desk.object("twice.txt")["codecs"].as_array().map(Vec::len), Some(2));
}

#[test]
fn a_phone_that_json_writes_as_a_number_is_found_without_quotes() {
    let bytes = "{\"phone\":639178642035}\n{\"phone\":639178642036}\n{\"phone\":639178642037}\n";
    let rows = scan_one("a.ndjson", bytes);
    assert_eq!(values(&rows, "phone", bytes.as_bytes()), ["639178642035", "639178642036", "639178642037"]);
}

#[test]
fn rows_with_too_few_and_too_many_fields_do_not_move_the_others() {
    let bytes = "id,email,n\n1,ana@kusina.ph,1\n2\n3,ben@kusina.ph,1,2,cy@kusina.ph\n4,dan@kusina.ph,1\n5,eve@kusina.ph,1\n6,flo@kusina.ph,2\n7,x,1\n8,y,1\n9,z,1\n10,a,1\n11,b,1\n12,c,1\n13,d,2\n14,e,2\n15,f,2\n";
    let rows = scan_one("a.csv", bytes);
    let places: Vec<(usize, &str)> = of(&rows, "email").map(|row| (number(row, "record"), text(row, "column_name"))).collect();
    assert_eq!(places, [(0, "email"), (2, "email"), (2, ""), (3, "email"), (4, "email"), (5, "email")]);
}
