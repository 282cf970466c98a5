//! JSON inside the cells of other formats: names of columns, places, depth.

use crate::run::{Desk, Row, number, of, scan_one, text, values};

/// Column, pointer and span in the decoded cell of each value of an entity.
fn places<'a>(rows: &'a [Row], entity: &str) -> Vec<(&'a str, &'a str, usize, usize)> {
    let mut places: Vec<_> = of(rows, entity)
        .map(|row| {
            (
                number(row, "byte_start"),
                (text(row, "column_name"), text(row, "pointer"), number(row, "cell_start"), number(row, "cell_end")),
            )
        })
        .collect();
    places.sort_unstable();
    places.into_iter().map(|place| place.1).collect()
}

#[test]
fn values_in_a_string_of_json_have_its_keys_as_their_column() {
    let line = r#"{"id":1,"list":[{"payload":"{\"user\":{\"first_name\":\"Ana\",\"emails\":[\"ana\\u0040kusina.ph\"]},\"n\":7}"}]}"#;
    let bytes = format!("{line}\n").repeat(3);
    let rows = scan_one("a.ndjson", &bytes);
    assert_eq!(values(&rows, "email", bytes.as_bytes()), [r"ana\\u0040kusina.ph"; 3]);
    assert_eq!(values(&rows, "person_name", bytes.as_bytes()), ["Ana"; 3]);
    let cell = r#"{"user":{"first_name":"Ana","emails":["ana\u0040kusina.ph"]},"n":7}"#;
    let (email, name) = (cell.find("ana\\").expect("it is there"), cell.find("Ana").expect("it is there"));
    assert_eq!(places(&rows, "email")[0], ("list[].payload.user.emails[]", "/list/0/payload", email, email + 18));
    assert_eq!(places(&rows, "person_name")[0], ("list[].payload.user.first_name", "/list/0/payload", name, name + 3));
    assert!(rows.iter().all(|row| row["exact"] == true));
    let plain = scan_one("a.ndjson", "{\"email\":\"ana@kusina.ph\"}\n".repeat(3));
    assert_eq!(of(&plain, "email").next().expect("one")["value_token"], of(&rows, "email").next().expect("one")["value_token"]);
}

#[test]
fn values_in_cells_of_tables_have_the_index_of_their_column() {
    let csv = "id,data,n\n1,\"{\"\"email\"\":\"\"ana@kusina.ph\"\",\"\"date_of_birth\"\":\"\"1987-04-23\"\"}\",x\n2,\"[\"\"ben@kusina.ph\"\"]\",y\n3,\"{not json \"\"cy@kusina.ph\"\"}\",z\n4,{},w\n";
    let desk = Desk::with(&[("a.csv", csv.as_bytes())]);
    let rows = desk.scan(&[]);
    assert_eq!(values(&rows, "email", csv.as_bytes()), ["ana@kusina.ph", "ben@kusina.ph", "cy@kusina.ph"]);
    assert_eq!(places(&rows, "email"), [("data.email", "", 10, 23), ("data[]", "", 2, 15), ("data", "", 11, 23)]);
    assert_eq!(places(&rows, "date_of_birth"), [("data.date_of_birth", "", 42, 52)]);
    assert!(of(&rows, "email").all(|row| number(row, "column_index") == 1));
    let columns = desk.columns();
    let names: Vec<&str> = columns.iter().map(|row| text(row, "column_name")).collect();
    assert_eq!(names.iter().filter(|name| name.starts_with("data")).count(), 4, "{names:?}");

    let sql = "CREATE TABLE t (id int, data json, email text);\nINSERT INTO t VALUES (1,'{\"first_name\": \"Ana\", \"note\": \"it''s ana@kusina.ph\"}','x'),(2,'{}','ben@kusina.ph');\n\
               COPY t (id, data, email) FROM stdin;\n3\t{\"email\": \"cy\\\\u0040kusina.ph\"}\tdan@kusina.ph\n\\.\n";
    let rows = scan_one("a.sql", sql);
    assert_eq!(values(&rows, "email", sql.as_bytes()), ["ana@kusina.ph", "ben@kusina.ph", r"cy\\u0040kusina.ph", "dan@kusina.ph"]);
    let names: Vec<&str> = places(&rows, "email").iter().map(|place| place.0).collect();
    assert_eq!(names, ["data.note", "email", "data.email", "email"]);
    assert_eq!(places(&rows, "person_name").len(), 1);
    assert!(rows.iter().all(|row| row["table_name"] == "t"));
}

#[test]
fn json_in_json_is_read_two_texts_deep() {
    let inner = serde_json::json!({ "a": serde_json::json!({ "b": serde_json::json!({ "c": "ana@kusina.ph" }).to_string() }).to_string() });
    let line = serde_json::json!({ "p": inner.to_string() }).to_string();
    let bytes = format!("{line}\n{line}\n");
    let rows = scan_one("a.ndjson", &bytes);
    assert_eq!(values(&rows, "email", bytes.as_bytes()), ["ana@kusina.ph"; 2]);
    // The third text is a cell that is not looked into.
    assert_eq!(places(&rows, "email")[0].0, "p.a.b");
    let span = places(&rows, "email")[0];
    assert_eq!(&inner.to_string()[span.2..span.3], "ana@kusina.ph");
}

#[test]
fn many_keys_and_deep_texts_are_bounded() {
    let keys: Vec<String> = (0..2_000).map(|n| format!("\"k{n}\":{{\"mail\":\"u{n}@kusina.ph\"}}")).collect();
    let deep = format!("{}\"ana@kusina.ph\"{}", "[".repeat(50_000), "]".repeat(50_000));
    let csv = format!("id;data\n1;{{{}}}\n2;{deep}\n3;{{\"a\":\"\n4;[\"\"]\n", keys.join(","));
    let desk = Desk::with(&[("a.csv", csv.as_bytes())]);
    assert_eq!(of(&desk.scan(&[]), "email").count(), 2_001);
    assert!(desk.columns().len() < 600);
}
