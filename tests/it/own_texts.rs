//! Texts that are nothing but one value: no word stands near, and nothing else either.

use crate::run::{Desk, scan_one, text};

/// The entities found in a file that holds this and nothing else.
fn entities(value: &str) -> Vec<String> {
    scan_one("a.txt", format!("{value}\n")).iter().map(|row| text(row, "entity").to_owned()).collect()
}

#[test]
fn letters_with_digits_and_parts_stand_alone_as_possible_values() {
    for (value, entity) in [
        ("K204418839", "health_id"),
        ("k204418839", "health_id"),
        ("7FH2-TA4-MK15", "health_id"),
        ("7FH2TA4MK15", "health_id"),
        ("XD8844120", "passport"),
        ("P8E101798", "passport"),
        ("040789X117Y", "national_id"),
    ] {
        assert_eq!(entities(value), [entity], "{value}");
        let rows = scan_one("a.txt", value);
        assert!(rows.iter().all(|row| text(row, "likelihood") == "possible"), "{value}");
    }
}

#[test]
fn digits_alone_and_values_in_other_text_need_a_word_as_ever() {
    for text in ["48127730", "9151092014", "the part K204418839 broke", "XD8844120 arrived", "XD8844120\nXD8844121"] {
        assert!(entities(text).is_empty(), "{text}");
    }
}

#[test]
fn parts_that_end_in_two_letters_and_two_digits_are_read_in_running_text() {
    let desk = Desk::with(&[("a.txt", b"patient 7FH2-TA4-MK15, Medicare, and Medicare ID: 8GJ3-UC5-NP26")]);
    let found = desk.scan(&[]);
    assert_eq!(found.iter().filter(|row| text(row, "entity") == "health_id").count(), 2);
}
