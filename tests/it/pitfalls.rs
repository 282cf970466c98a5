//! What other tools get wrong in text: each test is a complaint that somebody really had.

use crate::run::{Desk, Row, number, of, scan_one, text, values};

const CARDS: [&str; 6] =
    ["4111111111111111", "5555555555554444", "378282246310005", "6011000990139424", "4012888888881881", "5105105105105100"];
const MAILS: [&str; 5] = ["ana@kusina.ph", "ben.cruz@tindahan.ph", "c@a.co", "dan+x@koreo.net", "eve_l@salamat.org"];
const PHONES: [&str; 4] = ["+639178642035", "+639178642036", "+6581234567", "+12025550143"];
const IBANS: [&str; 3] = ["DE89370400440532013000", "GB82WEST12345698765432", "NL91ABNA0417164300"];
const IPS: [&str; 4] = ["203.0.113.7", "198.51.100.23", "2001:db8::1f", "192.0.2.200"];
const SSNS: [&str; 3] = ["536-22-8731", "219-09-9999", "401-55-1234"];

/// Scans with every level reported: what is found at all, however doubtful alone.
fn scan_all(name: &str, bytes: &str) -> Vec<Row> {
    Desk::with(&[(name, bytes.as_bytes())]).scan(&["--min-likelihood", "very_unlikely"])
}

fn dense(entity: &str, list: &[&str], lead: &str) {
    for separator in ["\n", "\r\n", ",", "\t", " ", ";", "|"] {
        let bytes = format!("{lead}{}{separator}", list.repeat(4).join(separator));
        let rows = scan_all("list.txt", &bytes);
        assert_eq!(values(&rows, entity, bytes.as_bytes()), list.repeat(4), "{entity} between {separator:?}");
    }
}

#[test]
fn finds_every_card_of_a_dense_list() {
    // Spaces join digit groups into other numbers, so they are no separator of a dense list of cards.
    for separator in ["\n", "\r\n", ",", "\t", ";", "|"] {
        let bytes = format!("cards\n{}{separator}", CARDS.repeat(4).join(separator));
        let rows = scan_all("list.txt", &bytes);
        assert_eq!(values(&rows, "credit_card", bytes.as_bytes()), CARDS.repeat(4), "between {separator:?}");
    }
}

#[test]
fn finds_every_email_of_a_dense_list() {
    dense("email", &MAILS, "");
}

#[test]
fn finds_every_iban_of_a_dense_list() {
    dense("iban", &IBANS, "");
}

#[test]
fn finds_every_ip_address_of_a_dense_list() {
    dense("ip_address", &IPS, "hosts\n");
}

#[test]
fn finds_every_ssn_of_a_dense_list() {
    dense("us_ssn", &SSNS, "ssn\n");
}

#[test]
fn finds_every_phone_of_a_dense_list() {
    dense("phone", &PHONES, "phones\n");
}

#[test]
fn letters_and_underscores_beside_a_card_lower_and_do_not_hide() {
    for text in ["card _4111111111111111 x", "card x4111111111111111 y", "card 4111111111111111_ z", "card pan4111111111111111end"] {
        let rows = scan_all("a.txt", text);
        assert_eq!(values(&rows, "credit_card", text.as_bytes()), ["4111111111111111"], "{text}");
    }
}

#[test]
fn a_card_inside_a_longer_run_of_digits_is_none() {
    for text in ["card 41111111111111110", "card 94111111111111111000", "card 0004111111111111111"] {
        assert_eq!(of(&scan_one("a.txt", text), "credit_card").count(), 0, "{text}");
    }
}

/// The signals of the only card.
fn signals(sentence: &str) -> String {
    let rows = scan_all("a.txt", sentence);
    let cards: Vec<&Row> = of(&rows, "credit_card").collect();
    assert_eq!(cards.len(), 1, "{sentence}");
    cards[0]["signals"].to_string()
}

#[test]
fn keywords_count_as_whole_words_only() {
    assert!(signals("your pan 4111111111111111").contains("keyword+"));
    assert!(!signals("your company 4111111111111111").contains("keyword+"));
}

#[test]
fn words_against_lower_and_never_erase() {
    let rows = scan_all("a.txt", "order trace serial 4111111111111111");
    assert_eq!(of(&rows, "credit_card").count(), 1);
}

#[test]
fn a_luhn_number_alone_is_possible_at_most() {
    let rows = scan_one("a.txt", "value 4539578763621486 seen");
    assert!(of(&rows, "credit_card").all(|row| text(row, "likelihood") == "possible"));
}

#[test]
fn epochs_uuids_versions_and_hashes_are_no_cards_and_no_phones() {
    let text =
        "ts=1772000000000 id=5f9c4111-1111-4111-8111-aa0e1c2b3d4f v=10.4.3.12 sha=4111111111111111deadbeef4111111111111111deadbeef\n";
    let rows = scan_one("a.txt", text.repeat(20));
    for entity in ["credit_card", "phone", "us_ssn"] {
        assert_eq!(of(&rows, entity).count(), 0, "{entity}");
    }
}

#[test]
fn addresses_of_programs_are_no_emails() {
    let rows = scan_one("a.txt", "lodash@4.17.21 logo@2x.png root@builder-3 at Frame@1a2b3c npm@1.2.3\n");
    assert_eq!(of(&rows, "email").count(), 0);
}

#[test]
fn a_phone_inside_an_email_or_a_url_is_no_second_finding() {
    let rows = scan_one("a.txt", "phone 09178642035@kusina.ph mail\n");
    assert_eq!((of(&rows, "email").count(), of(&rows, "phone").count()), (1, 0));
}

#[test]
fn scoring_knows_no_date() {
    // The same text, as if it had been written long ago and long after today.
    let dates = ["1970-01-01", "2024-02-29", "2999-12-31"];
    let rows = dates.map(|date| scan_one("a.log", format!("{date} 12:00:00 INFO phone +639178642035 card 4111111111111111\n")));
    let signals =
        rows.each_ref().map(|rows| rows.iter().map(|row| format!("{} {}", row["confidence"], row["signals"])).collect::<Vec<_>>());
    assert_eq!(signals[0].len(), 2);
    assert_eq!(signals[0], signals[1]);
    assert_eq!(signals[0], signals[2]);
}

#[test]
fn published_test_values_are_found_and_marked() {
    let rows = scan_all("a.txt", "card 4111111111111111 ssn 219-09-9999 mail ana@example.com ip 203.0.113.7\n");
    for entity in ["credit_card", "us_ssn", "email", "ip_address"] {
        let marked = of(&rows, entity).filter(|row| row["signals"].to_string().contains("test_value-")).count();
        assert_eq!(marked, 1, "{entity}");
    }
}

#[test]
fn a_street_of_two_words_without_number_is_no_address() {
    let rows = scan_one("a.txt", "we walked down Main Street and up the hill\n");
    assert_eq!(of(&rows, "address").count(), 0);
}

#[test]
fn a_date_without_context_is_no_date_of_birth() {
    let csv = "id,created_at,dob\n1,1983-11-27,1983-11-27\n2,1984-11-27,1984-11-27\n3,1985-11-27,1985-11-27\n";
    let rows = scan_one("a.csv", csv);
    assert_eq!(of(&rows, "date_of_birth").map(|row| text(row, "column_name")).collect::<Vec<_>>(), ["dob"; 3]);
}

#[test]
fn names_are_found_by_column_and_not_in_names_of_things() {
    let csv = "id,full_name,store_name,file_name\n1,Ana Reyes,Maria Santos,Ana Reyes\n2,Ben Cruz,Ben Cruz,x\n3,Cara Lim,Cara Lim,y\n";
    let rows = scan_one("a.csv", csv);
    assert_eq!(of(&rows, "person_name").map(|row| text(row, "column_name")).collect::<Vec<_>>(), ["full_name"; 3]);
}

#[test]
fn one_stray_card_in_a_column_of_order_numbers_stays_and_sequences_do_not() {
    let sequence: String = (0..500).map(|n| format!("{n},{}\n", 4_111_111_111_111_000_u64 + n)).collect();
    let rows = scan_one("a.csv", format!("id,batch_no\n{sequence}"));
    assert_eq!(of(&rows, "credit_card").count(), 0, "numbers that count up are no cards");
    let notes: String =
        (0..500).map(|n| format!("{n},{}\n", if n == 77 { "card 5105105105105100 declined" } else { "all well" })).collect();
    let rows = scan_one("b.csv", format!("id,note\n{notes}"));
    assert_eq!(of(&rows, "credit_card").map(|row| number(row, "record")).collect::<Vec<_>>(), [77]);
}
