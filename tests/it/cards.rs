//! What stands beside a card number, and what must never be kept of it; numbers in other scripts and in web tokens.

use crate::run::{Desk, Row, of, scan_one, text, values};

const TRACK: &str = "%B4111111111111111^DOE/JANE^27121011000000000?";

/// Asserts that so many findings of an entity tell nothing of their values, not even whether they are equal.
fn assert_tells_nothing(rows: &[Row], entity: &str, count: usize) {
    let rows: Vec<&Row> = of(rows, entity).collect();
    assert_eq!(rows.len(), count, "{entity}");
    for row in &rows {
        assert_eq!(row["sensitivity"], "prohibited");
        assert!(row["value_token"].is_null() && row["normalisation"].is_null(), "{row:?}");
        assert!(row["preview"] == "" || row["preview"].is_null(), "{row:?}");
    }
    assert!(rows.windows(2).all(|pair| pair[0]["finding_id"] == pair[1]["finding_id"]), "an id tells values apart");
}

#[test]
fn verification_values_have_no_token_and_no_preview() {
    let csv = "card_number,card_exp,cvv\n4111111111111111,12/27,737\n5555555555554444,01/29,982\n5105105105105100,03/30,2468\n";
    let rows = scan_one("cards.csv", csv);
    assert_tells_nothing(&rows, "card_cvv", 3);
    assert_eq!(values(&rows, "card_expiry", csv.as_bytes()), ["12/27", "01/29", "03/30"]);
}

#[test]
fn stripe_data_and_pin_blocks_have_no_token_and_no_preview() {
    let log = format!("swipe {TRACK} ok\n");
    let rows = scan_one("pos.txt", &log);
    assert_eq!(values(&rows, "card_track", log.as_bytes()), [TRACK]);
    assert_tells_nothing(&rows, "card_track", 1);
    assert_tells_nothing(&scan_one("pin.txt", "pinblock=0412AC89ABCDEF67\n"), "card_pin_block", 1);
}

#[test]
fn finds_a_card_that_is_wrapped_over_a_line_end() {
    for wrapped in ["41111111\n11111111", "4111 1111\r\n1111 1111", "4111111-\n111111111"] {
        let bytes = format!("card {wrapped} was charged\n");
        assert_eq!(values(&scan_one("mail.txt", &bytes), "credit_card", bytes.as_bytes()), [wrapped]);
    }
    let lines = "5010\n45395787\n63621486\n99\n";
    assert_eq!(of(&scan_one("numbers.txt", lines), "credit_card").count(), 0);
}

#[test]
fn finds_numbers_in_digits_of_other_scripts_with_the_token_of_their_ascii_form() {
    let bytes = "card ４１１１ １１１１ １１１１ １１１１\ncall +٦٣ ٩١٧ ٨٦٤ ٢٠٣٥\ncard ५५५५५५५५५५५५४४४४\n";
    let foreign = Desk::with(&[("a.txt", bytes.as_bytes())]).scan(&[]);
    let plain = Desk::with(&[("a.txt", b"card 4111 1111 1111 1111\ncall +63 917 864 2035\ncard 5555555555554444\n")]).scan(&[]);
    for entity in ["credit_card", "phone"] {
        let tokens = |rows: &[Row]| of(rows, entity).map(|row| text(row, "value_token").to_owned()).collect::<Vec<_>>();
        assert!(!tokens(&plain).is_empty());
        assert_eq!(tokens(&foreign), tokens(&plain), "{entity}");
    }
    assert_eq!(values(&foreign, "phone", bytes.as_bytes()), ["+٦٣ ٩١٧ ٨٦٤ ٢٠٣٥"]);
}

#[test]
fn values_in_the_claims_of_a_web_token_are_found_at_its_place_and_not_exact() {
    // {"alg":"none"} and {"sub":"ana.cruz@kusina.ph","name":"Ana Cruz","exp":1772000000}
    let token = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbmEuY3J1ekBrdXNpbmEucGgiLCJuYW1lIjoiQW5hIENydXoiLCJleHAiOjE3NzIwMDAwMDB9.";
    let bytes = format!("auth token {token} ok\nmail ana.cruz@kusina.ph\n");
    let rows = scan_one("a.txt", &bytes);
    let jwt = of(&rows, "jwt").next().expect("the token");
    let mails: Vec<&Row> = of(&rows, "email").collect();
    assert_eq!(mails.len(), 2);
    assert_eq!((&mails[0]["exact"], &mails[1]["exact"]), (&false.into(), &true.into()));
    assert_eq!(mails[0]["value_token"], mails[1]["value_token"]);
    assert_eq!(mails[0]["byte_start"], jwt["byte_start"]);
    assert_eq!(of(&rows, "person_name").count(), 1);
}
