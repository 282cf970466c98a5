//! Addresses and names whose parts stand in columns of their own.

use crate::run::{Desk, Row, of, text};

const CSV: &str = "id,first_name,last_name,billing_street,billing_city,billing_zip,city,amount\n\
    1,Maria,Santos,12 Mabini St.,Makati City,1223,Cebu,10\n\
    2,Juan,dela Cruz,7 Wexcombe Road,Zorba,6000,Davao,20\n\
    3,Ana,Reyes,,Quezon City,1100,Iloilo,30\n";

/// Column, part, and group of the parts that were found of an entity.
fn parts(rows: &[Row], entity: &str) -> Vec<(String, String, i64)> {
    let part = |row: &Row| Some((text(row, "column_name").to_owned(), row["part"].as_str()?.to_owned(), row["group_id"].as_i64()?));
    of(rows, entity).filter_map(part).collect()
}

fn scan(file: &str, body: &str) -> (Desk, Vec<Row>) {
    let desk = Desk::new();
    desk.write(&format!("data/{file}"), body);
    let done = desk.keyed(&["scan", "data", "--out", "out", "--region", "PH", "--quiet"]);
    assert_eq!(done.code, 0, "{}", done.stderr);
    let rows = desk.findings();
    (desk, rows)
}

/// What the wholes are in every format: group by record, parts by column, and no city alone.
fn check(file: &str, body: &str) {
    let (_desk, rows) = scan(file, body);
    let address = parts(&rows, "address");
    let last = |column: &str| column.rsplit('.').next().expect("a key").to_owned();
    let seen: Vec<(String, String)> = address.iter().map(|(column, part, _)| (last(column), part.clone())).collect();
    let expected = [("billing_street", "street"), ("billing_city", "city"), ("billing_zip", "postcode")];
    let twice: Vec<(String, String)> =
        expected.iter().chain(&expected).map(|(column, part)| ((*column).to_owned(), (*part).to_owned())).collect();
    assert_eq!(seen, twice, "{file}");
    assert!(address[..3].iter().all(|part| part.2 == address[0].2) && address[3].2 != address[0].2, "{file}: {address:?}");
    let names = parts(&rows, "person_name");
    assert_eq!(
        names.iter().map(|part| part.1.as_str()).collect::<Vec<_>>(),
        ["given", "surname", "given", "surname", "given", "surname"],
        "{file}"
    );
    assert!(rows.iter().all(|row| last(text(row, "column_name")) != "city"), "{file}: a city alone is nothing");
}

#[test]
fn street_city_and_code_of_a_record_are_one_address_in_every_format() {
    check("a.csv", CSV);
    let rows = [
        "1,'Maria','Santos','12 Mabini St.','Makati City','1223','Cebu',10",
        "2,'Juan','dela Cruz','7 Wexcombe Road','Zorba','6000','Davao',20",
        "3,'Ana','Reyes',NULL,'Quezon City','1100','Iloilo',30",
    ];
    let columns = "id, first_name, last_name, billing_street, billing_city, billing_zip, city, amount";
    check("a.sql", &rows.map(|row| format!("INSERT INTO people ({columns}) VALUES ({row});\n")).concat());
    let json = |prefix: &str| {
        CSV.lines().skip(1).map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            format!(
                "{{\"id\":{},{prefix}\"first_name\":\"{}\",\"last_name\":\"{}\",\"bill\":{{\"billing_street\":\"{}\",\"billing_city\":\"{}\",\"billing_zip\":\"{}\"}},\"city\":\"{}\"}}",
                cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6]
            )
        }).collect::<Vec<String>>()
    };
    check("a.ndjson", &(json("").join("\n") + "\n"));
    check("a.json", &format!("[{}]", json("").join(",\n")));
}

#[test]
fn elements_of_an_array_are_addresses_of_their_own() {
    let line = "{\"id\":1,\"addresses\":[{\"street\":\"12 Mabini St.\",\"city\":\"Makati\"},{\"street\":\"7 Wexcombe Road\",\"city\":\"Zorba\"},{\"city\":\"Cebu\"}]}\n";
    let (_desk, rows) = scan("a.ndjson", &line.repeat(3));
    let address = parts(&rows, "address");
    assert_eq!(address.len(), 12);
    let groups: std::collections::BTreeSet<i64> = address.iter().map(|part| part.2).collect();
    assert_eq!(groups.len(), 6);
    assert!(address.chunks(2).all(|pair| pair[0].2 == pair[1].2));
}

#[test]
fn a_whole_counts_once_and_its_city_column_is_no_address() {
    let (desk, rows) = scan("a.csv", CSV);
    assert_eq!(of(&rows, "address").count(), 6);
    let objects = desk.objects();
    assert_eq!(objects[0]["entities"]["address"].as_i64(), Some(2), "{:?}", objects[0]["entities"]);
    assert_eq!(objects[0]["entities"]["person_name"].as_i64(), Some(3));
    let columns = desk.columns();
    let of_column = |name: &str| columns.iter().find(|row| text(row, "column_name") == name).expect("a row").clone();
    assert_eq!(text(&of_column("billing_city"), "likelihood"), "possible");
    assert_eq!(of_column("billing_city")["matched_count"].as_i64(), Some(2));
    assert!(of_column("city")["entity"].is_null());
}
