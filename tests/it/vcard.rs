//! Address books: contacts are records, what they say is said of third parties.

use crate::run::{Desk, Row, number, of, text, values};

const BOOK: &str = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Reyes;Ana;;;\r\nFN:Ana Reyes\r\nitem1.TEL;type=CELL:+63 917 55\r\n 5 0123\r\n\
                    EMAIL:ana@kusina.ph\r\nBDAY:1987-04-23\r\nADR;TYPE=HOME:;;1600 Amphitheatre Parkway;Mountain View;CA;94043;USA\r\n\
                    PHOTO;ENCODING=b;TYPE=JPEG:YW5hQGt1c2luYS5waC9ABBB4111111111111111\r\nEND:VCARD\r\n\
                    BEGIN:VCARD\r\nVERSION:2.1\r\nFN:Ben Cruz\r\nNOTE;ENCODING=QUOTED-PRINTABLE:mail=20ben=40kusina.ph=\r\n or call\r\nEND:VCARD\r\n";

fn columns<'a>(rows: &'a [Row], entity: &str) -> Vec<(&'a str, usize)> {
    let mut found: Vec<_> = of(rows, entity).map(|row| (text(row, "column_name"), number(row, "record"))).collect();
    found.sort_unstable();
    found
}

#[test]
fn finds_what_contacts_say_at_its_stored_bytes() {
    let desk = Desk::with(&[("contacts.txt", BOOK.as_bytes())]);
    let rows = desk.scan(&[]);
    assert_eq!(values(&rows, "phone", BOOK.as_bytes()), ["+63 917 55\r\n 5 0123"]);
    assert_eq!(values(&rows, "email", BOOK.as_bytes()), ["ana@kusina.ph", "ben=40kusina.ph"]);
    assert_eq!(columns(&rows, "email"), [("EMAIL", 0), ("NOTE", 1)]);
    assert_eq!(columns(&rows, "date_of_birth"), [("BDAY", 0)]);
    assert_eq!(columns(&rows, "person_name"), [("FN", 0), ("FN", 1), ("N.family_name", 0), ("N.given_name", 0)]);
    assert_eq!(of(&rows, "credit_card").count(), 0, "a photo is not looked at");
    assert!(columns(&rows, "address").iter().any(|place| place.0.starts_with("ADR.")));
    assert!(rows.iter().all(|row| row["subject_role"] == "third_party" && row["format"] == "vcard" && row["pointer"].is_null()));
    let object = desk.object("contacts.txt");
    assert_eq!((text(&object, "format"), number(&object, "records"), text(&object, "status")), ("vcard", 2, "scanned"));
}

#[test]
fn one_phone_has_one_token_folded_or_not() {
    let rows = Desk::with(&[("a.vcf", BOOK.as_bytes()), ("b.csv", b"id,phone\n1,+63 917 555 0123\n2,x\n3,y\n")]).scan(&[]);
    let mut tokens: Vec<&str> = of(&rows, "phone").map(|row| text(row, "value_token")).collect();
    tokens.dedup();
    assert_eq!((tokens.len(), of(&rows, "phone").count()), (1, 2));
    let roles: Vec<_> = rows.iter().filter(|row| row["path"] == "b.csv").map(|row| row["subject_role"].is_null()).collect();
    assert!(!roles.is_empty() && roles.iter().all(|is_null| *is_null), "only address books speak of others");
}

#[test]
fn address_books_in_other_states_are_told() {
    let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(BOOK.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let cut = &BOOK.as_bytes()[..BOOK.find("BDAY").expect("it is there")];
    let long = format!(
        "BEGIN:VCARD\r\nFN:Ana\r\nNOTE:{} cy@kusina.ph {}\r\nEND:VCARD\r\n{BOOK}",
        "word ".repeat(200_000),
        "word ".repeat(200_000)
    );
    let desk = Desk::with(&[("wide.vcf", &utf16), ("cut.vcf", cut), ("long.vcf", long.as_bytes()), ("empty.vcf", b"")]);
    let rows = desk.scan(&[]);
    let emails = |path: &str| rows.iter().filter(|row| row["path"] == path && row["entity"] == "email").count();
    assert_eq!(["wide.vcf", "cut.vcf", "long.vcf"].map(emails), [2, 1, 3]);
    let status = |path: &str| text(&desk.object(path), "status").to_owned();
    assert_eq!(["wide.vcf", "cut.vcf", "long.vcf", "empty.vcf"].map(status), ["scanned", "partial", "partial", "scanned"]);
    assert_eq!(number(&desk.object("long.vcf"), "records"), 3);
}
