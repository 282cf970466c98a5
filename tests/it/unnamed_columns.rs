//! Tables without a header: what values beside each other say of their columns.

use crate::run::{Desk, number, text};

const GIVEN: [&str; 12] = ["Maria", "Juan", "Anna", "Peter", "Grace", "Jose", "Elena", "Marco", "Lucia", "David", "Sofia", "Daniel"];
const SURNAMES: [&str; 12] =
    ["Santos", "Reyes", "Schmidt", "Quuxley", "Garcia", "Zyxwick", "Cruz", "Rossi", "Fernandez", "Brzlink", "Torres", "Okaforde"];

/// Column, entity and likelihood of what was found in a table of twelve rows.
fn found(row: impl Fn(usize) -> String) -> Vec<(usize, String, String)> {
    let table: String = (0..12).map(|i| row(i) + "\n").collect();
    let desk = Desk::with(&[("a.tsv", table.as_bytes())]);
    desk.scan(&[]);
    let columns = desk.columns();
    let with_entity = columns.iter().filter(|row| !text(row, "entity").is_empty());
    with_entity.map(|row| (number(row, "column_index"), text(row, "entity").into(), text(row, "likelihood").into())).collect()
}

fn likely(column: usize, entity: &str) -> (usize, String, String) {
    (column, entity.into(), "likely".into())
}

#[test]
fn given_names_and_surnames_beside_each_other_lift_each_other() {
    let rows = found(|i| format!("{i}\t{}\t{}\t{}", GIVEN[i], SURNAMES[i], i * 37));
    assert_eq!(rows, [likely(1, "person_name"), likely(2, "person_name")]);
    let apart = found(|i| format!("{i}\t{}\t{}\t{}", GIVEN[i], i * 37, SURNAMES[i]));
    assert!(apart.iter().all(|row| row.2 == "possible"), "{apart:?}");
}

#[test]
fn a_date_long_before_all_others_beside_a_sex_is_one_of_birth() {
    let dates = |i: usize| (format!("19{}-03-1{}", 50 + i * 3, i % 10), format!("20{:02}-07-2{}", 5 + i, i % 10));
    let rows = found(|i| format!("{i}\t{}\t{}\t{} 00:00:00", dates(i).0, ["M", "F"][i % 2], dates(i).1));
    assert_eq!(rows, [likely(1, "date_of_birth")]);
    let without_sex = found(|i| format!("{i}\t{}\tx\t{}", dates(i).0, dates(i).1));
    let too_close = found(|i| format!("{i}\t{}\tM\t19{}-01-01", dates(i).0, 60 + i * 3));
    assert!(without_sex.is_empty() && too_close.is_empty(), "{without_sex:?} {too_close:?}");
}

#[test]
fn rows_that_begin_with_a_number_and_a_tab_are_a_table_though_they_end_in_a_time() {
    let desk = Desk::with(&[(
        "a.tsv",
        b"1\tana@kusina.ph\t2009-01-07 00:00:00\n2\tben@kusina.ph\t2009-01-07 00:00:01\n3\tx\t2009-01-07 00:00:02\n",
    )]);
    desk.scan(&[]);
    assert_eq!(text(&desk.object("a.tsv"), "format"), "csv");
}

#[test]
fn a_table_behind_the_measured_records_keeps_the_score_of_its_values() {
    let mut dump = String::from("INSERT INTO a VALUES (0)");
    (1..10_500).for_each(|i| dump.push_str(&format!(",({i})")));
    dump.push_str(";\nINSERT INTO b VALUES (1,'ana@kusina.ph');\n");
    let desk = Desk::with(&[("a.sql", dump.as_bytes())]);
    desk.scan(&[]);
    let columns = desk.columns();
    let mail = columns.iter().find(|row| text(row, "entity") == "email").expect("a column of addresses");
    assert_eq!((text(mail, "table_name"), text(mail, "likelihood")), ("b", "very_likely"));
}

#[test]
fn a_list_of_names_is_a_column_of_them_and_one_of_firms_is_none() {
    let names: String = (0..24).map(|i| format!("{} {}\n", GIVEN[i % 12], SURNAMES[i * 5 % 12])).collect();
    let surnames = SURNAMES.join("\n").to_uppercase() + "\n" + &GIVEN.join("\n");
    let firms: String = (0..24).map(|i| format!("{} Trading Co\n", SURNAMES[i % 12])).collect();
    let desk = Desk::with(&[("a.txt", names.as_bytes()), ("b", surnames.as_bytes()), ("c.txt", firms.as_bytes())]);
    let found = desk.scan(&[]);
    let of = |path: &str, level: &str| found.iter().filter(|row| text(row, "path") == path && text(row, "likelihood") == level).count();
    assert_eq!((text(&desk.object("a.txt"), "format"), of("a.txt", "likely")), ("list", 24));
    assert!(of("b", "possible") >= 15, "{}", of("b", "possible"));
    assert!(found.iter().all(|row| text(row, "path") != "c.txt"));
}
