//! Behaviour of the whole matcher on made-up addresses.

use super::AddressMatcher;
use crate::model::{Candidate, Region, Signal};

fn scan(text: &[u8]) -> Vec<Candidate> {
    let mut found = Vec::new();
    AddressMatcher::new(&[]).scan(text, &mut found);
    found.retain(|candidate| 30 + candidate.signals.sum() >= 40);
    found
}

fn spans(text: &str) -> Vec<&str> {
    scan(text.as_bytes()).iter().map(|candidate| &text[candidate.span.clone()]).collect()
}

#[test]
fn whole_american_addresses_are_covered() {
    for address in [
        "4471 Quailfeather Blvd, Apt 12B, New Zorba, OH 43210",
        "17 N. Wexcombe Street\nSuite 300\nZorba Falls, TX 77001-0042",
        "17 N. Wexcombe Street\r\nZorba, Texas 77001 USA",
        "88 42nd St NW, Zorba, MN 55401",
        "9020 County Road 12, Zorba, IA 50001",
        "5 Broadway, New York, NY 10004",
        "P.O. Box 4411, Zorba, AK 99501",
        "12-40 Wexcombe Ave, Queens, NY 11101",
        "700 Plumfield Run Zorba OH 43210",
        "12 Wexcombe Street, Zorba, CA, 941142414",
    ] {
        assert_eq!(spans(&format!("ship to {address} today")), [address]);
    }
}

#[test]
fn an_address_that_is_said_twice_is_one() {
    for address in [
        "12 Wexcombe Street, Zorba, CA, 95023 Zorba 12 Wexcombe Street CA 95023",
        "po box 1468 zorba, ca, 95812 zorba po box 1468 ca 95812",
    ] {
        assert_eq!(spans(address), [address]);
    }
    assert_eq!(spans("12 Wexcombe Street, Zorba, CA, 95023 Zorba 14 Wexcombe Street CA 95023").len(), 2);
    assert_eq!(spans("12 Wexcombe Street, Zorba, CA 95023: 12 Wexcombe Street, Zorba, CA 95023").len(), 2);
}

#[test]
fn number_behind_the_name_of_a_street_belongs_to_it() {
    assert_eq!(spans("lives at 93 Via Pisanzorba 89, Zorba, Latvia.")[0], "93 Via Pisanzorba 89, Zorba, Latvia");
    assert_eq!(spans("sent to 40 Rue Zorbe 446 Suite 976, Zorba, OH 43210 now")[0], "40 Rue Zorbe 446 Suite 976, Zorba, OH 43210");
    assert_eq!(spans("sent to 12 rue de la Zorbe 3 times")[0], "12 rue de la Zorbe");
}

#[test]
fn whole_philippine_addresses_are_covered() {
    for address in [
        "88 Sampaguita St., Brgy. Maligaya, Marikina City, Metro Manila 1800",
        "Blk 7 Lot 21 Phase 2, Maligaya Subd., Brgy. Pulo, Cabuyao, Laguna 4025",
        "Unit 9C, 77 Sampaguita Ave., Makati City",
        "Purok 3, Brgy. Maligaya, Tagum City, Davao del Norte",
    ] {
        let text = format!("address: {address}; end");
        assert_eq!(spans(&text), [address]);
        assert_eq!(scan(text.as_bytes())[0].region.map(|region| region.to_string()), Some("PH".to_owned()), "{address}");
    }
}

#[test]
fn whole_addresses_of_other_countries_are_covered_and_their_country_is_told() {
    for (country, address) in [
        ("DE", "Zorbastraße 12, 10115 Berlin"),
        ("DE", "Genter Straße 16a\n20095 Hamburg"),
        ("DE", "Am Markt 1, 99310 Quuxstadt"),
        ("DE", "Lindenweg 3-5, D-80331 München, Germany"),
        ("FR", "12 bis rue de la Paix, 75002 Paris"),
        ("FR", "4 place de la Zorbière\n69002 LYON CEDEX 02"),
        ("FR", "7, rue Zorba, 31000 Toulouse"),
        ("ES", "C/ Mayor 5, 3º B, 28013 Madrid"),
        ("ES", "Calle de la Zorba, 21, 46002 Valencia"),
        ("ES", "Avda. de Quux 7, 41001 Sevilla (Sevilla)"),
        ("IT", "Via Zorba 12, 00184 Roma"),
        ("NL", "Zorbastraat 9, 1012 LG Amsterdam"),
        ("GB", "Flat 3, 12 Wexcombe Road, London, SW1A 1AA"),
        ("GB", "12 Wexcombe Drove, Zorba, BN23 6QD"),
        ("IE", "12 Wexcombe Road, Dublin, D02 X285"),
        ("CA", "12 Wexcombe Road, Toronto, ON M5V 2T6"),
        ("CA", "5800, rue Saint-Zorba, bureau 1105, Montréal (Québec) H2S 3L5"),
        ("AU", "12 Wexcombe Parade, Zorba NSW 2000"),
        ("AU", "1 Wexcombe Street, Brisbane 4000"),
        ("NZ", "9 Wexcombe Terrace, Wellington 6011"),
        ("SG", "12 Wexcombe Road, #04-12, Singapore 238823"),
    ] {
        let text = format!("adresse: {address};");
        let found = scan(text.as_bytes());
        let told = found.iter().map(|candidate| (&text[candidate.span.clone()], candidate.region.map(|region| region.to_string())));
        assert_eq!(told.collect::<Vec<_>>(), [(address, Some(country.to_owned()))]);
        assert!(30 + found[0].signals.sum() >= 60, "{address}: {:?}", found[0].signals);
    }
}

#[test]
fn street_lines_of_other_countries_are_read_in_cells() {
    for address in
        ["Zorbastraße 12", "Lange Gasse 3", "Calle Mayor 5", "Avda. Quux 12", "12 rue de la Paix", "Via Quux 7", "Postfach 12 34"]
    {
        assert_eq!(spans(address), [address]);
    }
}

#[test]
fn numbers_beside_words_of_other_tongues_are_no_addresses() {
    for text in [
        "Spring 12, 2024 Release",
        "took Ring 15 ms",
        "Process 4321 Started",
        "Worker thread, 10115 Requests served",
        "Version 12, 20240 Builds",
        "5 place Order",
        "Route 12, 10115 Items",
        "Jan 12, 2024 Berlin",
        "retry 3 rue",
        "Port 8080, 10115 Connections",
    ] {
        assert!(spans(text).is_empty(), "{text}: {:?}", spans(text));
    }
}

#[test]
fn a_list_of_addresses_is_not_one() {
    let list =
        "#88 Sampaguita Ave., Cebu City 6000\nLot 7 Blk 21 Maligaya Subd., Brgy. Pulo, Cabuyao, Laguna 4025\n7 Wexcombe Road, Pasig City";
    assert_eq!(spans(list), list.lines().collect::<Vec<_>>());
}

#[test]
fn capitals_and_lower_case_need_a_state_or_postal_code() {
    assert_eq!(spans("to 4471 QUAILFEATHER RD ZORBA OH 43210 now"), ["4471 QUAILFEATHER RD ZORBA OH 43210"]);
    assert_eq!(spans("to 4471 quailfeather rd, zorba, oh 43210 now"), ["4471 quailfeather rd, zorba, oh 43210"]);
    assert!(spans("saw 4471 quailfeather rd today").is_empty());
}

#[test]
fn structured_text_around_ends_the_span() {
    assert_eq!(spans("x,12 Wexcombe Road,Zorba,OH,43210,y"), ["12 Wexcombe Road"]);
    for text in [
        "{\"a\":\"12 Wexcombe Road\",\"b\":1}",
        "x|12 Wexcombe Road|y",
        "x\t12 Wexcombe Road\ty",
        "<p>12 Wexcombe Road</p>",
        "'12 Wexcombe Road',",
    ] {
        assert_eq!(spans(text), ["12 Wexcombe Road"], "{text}");
    }
}

#[test]
fn sentences_products_and_logs_are_no_addresses() {
    for text in [
        "5 drive failures",
        "3 court cases",
        "2 way",
        "10 min walk",
        "call 3 park rangers",
        "4 way stop",
        "retry 3 run",
        "1 Lane",
        "404 page",
        "12 May Place order",
        "1 TB Hard Drive, black",
        "2 Data Center",
        "v2.3 Release Drive",
        "In 2008 Wall Street crashed",
        "3 Test Court,",
        "99 bytes in road",
        "took 15 ms Street",
        "5 Star Hotel",
        "Jan 12 Broadway opened",
        "user 42 Place Order",
        "error 7 Connection Point",
        "unit 5 started",
        "blk 12 read",
        "lot 3 of 9",
        "job 8 Run",
        "PO Box office",
    ] {
        assert!(spans(text).is_empty(), "{text}: {:?}", spans(text));
    }
}

#[test]
fn regions_choose_the_grammar() {
    let matcher = AddressMatcher::new(&[Region::new(*b"US").expect("two letters")]);
    let mut found = Vec::new();
    matcher.scan(b"Purok 3, Brgy. Maligaya, Tagum City, Davao del Norte", &mut found);
    assert!(found.is_empty());
}

#[test]
fn cells_are_taken_whole() {
    let matcher = AddressMatcher::new(&[]);
    let whole = matcher.cell(b" 4471 Quailfeather Blvd, Zorba, OH 43210 ", 3).expect("an address");
    assert_eq!((whole.span, whole.rule), (1..40, 3));
    assert!(whole.signals.has(Signal::PostalCode));
    assert!(matcher.cell(b"Quail House, Old Mill", 3).is_some());
    assert!(matcher.cell(b"12345", 3).is_none() && matcher.cell(b"x@y.example", 3).is_none());
}

#[test]
fn every_truncation_is_safe() {
    let text =
        "Unit 4, 4471 Quailfeather Blvd NW, Apt # 12B,\r\nNew Zorba, OH 43210-0001 U.S.A. Blk 7 Lot 21, Brgy. Parañaque 1700 P.O. Box 12";
    for end in 0..=text.len() {
        scan(&text.as_bytes()[..end]);
    }
    assert_eq!(spans("4471 Quailfeather Blvd"), ["4471 Quailfeather Blvd"]);
}

#[test]
fn pseudo_random_bytes_never_panic() {
    let alphabet: &[u8] = b"0123456789  ,.\n\r#-'/\"AaBbNnSstT\xC3\x91\xFFOhRdUunitboxlkBrgy";
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let matcher = AddressMatcher::new(&[]);
    for _ in 0..300 {
        let mut text = Vec::new();
        for _ in 0..200 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push(alphabet[(state >> 33) as usize % alphabet.len()]);
        }
        for at in 0..text.len() {
            let mut out = Vec::new();
            matcher.at_number(&text, at..(at + 1 + at % 5).min(text.len()), 0, &mut out);
            matcher.at_word(&text, at, 0, &mut out);
        }
        let _ = matcher.cell(&text, 0);
    }
}
