//! Tables as people write them: headers that are not quite names, lines above them, arrays, keys that are values.

use crate::run::{Desk, of, scan_one, text, values};

/// A table of that header with 40 rows; the first columns are id, name and date of birth.
fn table(header: &str, delimiter: &str, more: &str) -> String {
    let names = ["Ana Cruz", "Ben Reyes", "Carla Santos", "Dino Garcia"];
    let row = |i: usize| [&i.to_string(), names[i % 4], "1987-04-23", more].join(delimiter);
    let rows: Vec<String> = (0..40).map(row).collect();
    format!("{header}\n{}\n", rows.join("\n"))
}

fn counts(bytes: &str) -> (usize, usize) {
    let rows = scan_one("table.csv", bytes);
    (of(&rows, "person_name").count(), of(&rows, "date_of_birth").count())
}

#[test]
fn reads_headers_that_are_not_all_plain_names() {
    let long = "q".repeat(80);
    for header in [
        "id,full_name,date_of_birth,n",
        "id,full_name,date_of_birth,id",
        &format!("id,full_name,date_of_birth,{long}"),
        "id,full_name,date_of_birth,total_20240101",
        "id,full_name,date_of_birth,2024",
        "id,full_name,date_of_birth,https://example.com/q",
        "id,full_name,date_of_birth,\"total\n(PHP)\"",
        "Id,Full Name,Date of Birth,City",
        "id,full_name,date_of_birth",
    ] {
        assert_eq!(counts(&table(header, ",", "x")), (40, 40), "{header}");
    }
}

#[test]
fn passes_over_lines_above_a_header() {
    for above in ["# export of today\n", "sep=;\n", "Customer export\n\n"] {
        let bytes = above.to_owned() + &table("id;full_name;date_of_birth;n", ";", "x");
        assert_eq!(counts(&bytes), (40, 40), "{above}");
        let rows = scan_one("table.csv", &bytes);
        assert_eq!(of(&rows, "date_of_birth").filter(|row| text(row, "column_name") == "date_of_birth").count(), 40);
        assert!(of(&rows, "date_of_birth").any(|row| row["record"].as_i64() == Some(0)), "{above}");
    }
}

#[test]
fn an_unclosed_quote_in_the_first_row_does_not_hide_the_table() {
    let bytes = table("id,full_name,date_of_birth,n\n0,\"Zoe,1990-01-01,x", ",", "x");
    let desk = Desk::with(&[("table.csv", bytes.as_bytes())]);
    let rows = desk.scan(&[]);
    assert!(of(&rows, "person_name").count() >= 40 && of(&rows, "date_of_birth").count() >= 40);
    assert_eq!(desk.object("table.csv")["status"], "partial");
}

#[test]
fn a_first_row_with_a_number_over_numbers_is_no_header() {
    let people = ["Maria,Gonzalez,45", "John,Smith,31", "Anna,Miller,28", "Olga,Davis,77"].map(|row| row.to_owned() + "\n").concat();
    assert_eq!(of(&scan_one("a.csv", people.repeat(5)), "person_name").count(), 40);
}

#[test]
fn a_first_row_of_values_is_no_header() {
    let bytes = "ana@kusina.ph,Ana,x\nben@kusina.ph,Ben,y\ncarla@kusina.ph,Carla,z\n".repeat(4);
    assert_eq!(values(&scan_one("a.csv", &bytes), "email", bytes.as_bytes()).len(), 12);
}

#[test]
fn every_element_of_an_array_is_a_cell() {
    let card = |i: u32| (0..10).map(|d| format!("41111111{:03}0000{d}", i * 7919 % 1000)).find(|c| luhn(c)).expect("one digit fits");
    let line = |i: u32| format!("{{\"v\":[{},{},{},{}]}}\n", card(4 * i), card(4 * i + 1), card(4 * i + 2), card(4 * i + 3));
    let bytes: String = (0..100).map(line).collect();
    let desk = Desk::with(&[("a.ndjson", bytes.as_bytes())]);
    assert_eq!(of(&desk.scan(&[]), "credit_card").count(), 400);
    let column = desk.columns().into_iter().find(|row| row["column_name"] == "v[]").expect("the column");
    assert_eq!((column["matched_count"].as_i64(), column["non_null"].as_i64()), (Some(400), Some(400)));
}

fn luhn(digits: &str) -> bool {
    let doubled = |i: usize, d: u32| if i % 2 == 1 { 2 * d / 10 + 2 * d % 10 } else { d };
    digits.bytes().rev().enumerate().map(|(i, b)| doubled(i, u32::from(b - b'0'))).sum::<u32>() % 10 == 0
}

#[test]
fn points_at_values_under_strange_keys() {
    let bytes =
        "{\"\":{\"email\":\"ana@kusina.ph\"},\"t[]\":\"ben@kusina.ph\",\"a/b\":[[\"carla@kusina.ph\"]]}\n[{\"x\":\"dan@kusina.ph\"}]\n";
    let rows = scan_one("a.ndjson", bytes);
    let pointers: Vec<&str> = of(&rows, "email").map(|row| text(row, "pointer")).collect();
    assert_eq!(pointers, ["//email", "/t[]", "/a~1b/0/0", "/0/x"]);
}

#[test]
fn keys_that_are_numbers_are_hidden() {
    let bytes = "{\"users\":{\"91-7555-0199\":{\"phone\":\"x\"},\"1987-04-23\":{\"v\":\"y\"}}}\n".repeat(5);
    let desk = Desk::with(&[("a.ndjson", bytes.as_bytes())]);
    desk.scan(&[]);
    let names: Vec<String> = desk.columns().iter().map(|row| text(row, "column_name").to_owned()).collect();
    assert!(names.iter().all(|name| name.contains("{number}")), "{names:?}");
}

#[test]
fn files_of_one_folder_are_scanned_together_and_nothing_twice() {
    let desk = Desk::with(&[("two/a.txt", b"ana@kusina.ph\n"), ("two/b.txt", b"ben@kusina.ph\n")]);
    let done = desk.run(&["scan", "in/two/a.txt", "in/two/b.txt", "--out", "files", "--quiet"]);
    assert_eq!(done.code, 0, "{}", done.stderr);
    for again in [["in/two", "in/two/b.txt"], ["in/two", "in/two"], ["in/two/a.txt", "./in/two/a.txt"]] {
        let done = desk.run(&["scan", again[0], again[1], "--out", "again", "--quiet"]);
        assert_eq!(done.code, 2, "{again:?}");
        assert!(done.stderr.contains("is scanned with"), "{}", done.stderr);
    }
}

#[test]
fn numbers_that_are_handed_out_in_order_are_phones_where_the_column_says_so() {
    let rows: String = (0..50).map(|i| format!("{i},0917555{i:04},x\n")).collect();
    let found = scan_one("a.csv", format!("id,mobile_no,note\n{rows}"));
    assert_eq!(of(&found, "phone").filter(|row| ["likely", "very_likely"].contains(&text(row, "likelihood"))).count(), 50);
}

#[test]
fn rows_of_neighbouring_numbers_are_no_cards() {
    let found = scan_one("a.txt", "5836 5837 5838 5839 is a row of a table\n");
    assert!(of(&found, "credit_card").all(|row| text(row, "likelihood") == "possible"));
}
