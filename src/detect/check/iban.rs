//! International bank account numbers (ISO 13616-1, SWIFT IBAN registry release 99).
//!
//! In come the characters of one number without separators, out go its country's length and whether country, length,
//! structure of the account part and the mod-97 check digits are right. Structures are those of the crate `iban_validate`,
//! which is generated from the registry. Small letters are not accepted.

use iban::Iban;

/// The most characters that an IBAN can have.
pub const MAX_LEN: usize = 34;

/// Countries of the registry with the length of their numbers.
/// Source: <https://www.swift.com/resource/iban-registry-pdf>, field "IBAN length".
const LENGTHS: [(&[u8; 2], u8); 89] = [
    (b"AD", 24),
    (b"AE", 23),
    (b"AL", 28),
    (b"AT", 20),
    (b"AZ", 28),
    (b"BA", 20),
    (b"BE", 16),
    (b"BG", 22),
    (b"BH", 22),
    (b"BI", 27),
    (b"BR", 29),
    (b"BY", 28),
    (b"CH", 21),
    (b"CR", 22),
    (b"CY", 28),
    (b"CZ", 24),
    (b"DE", 22),
    (b"DJ", 27),
    (b"DK", 18),
    (b"DO", 28),
    (b"EE", 20),
    (b"EG", 29),
    (b"ES", 24),
    (b"FI", 18),
    (b"FK", 18),
    (b"FO", 18),
    (b"FR", 27),
    (b"GB", 22),
    (b"GE", 22),
    (b"GI", 23),
    (b"GL", 18),
    (b"GR", 27),
    (b"GT", 28),
    (b"HN", 28),
    (b"HR", 21),
    (b"HU", 28),
    (b"IE", 22),
    (b"IL", 23),
    (b"IQ", 23),
    (b"IS", 26),
    (b"IT", 27),
    (b"JO", 30),
    (b"KW", 30),
    (b"KZ", 20),
    (b"LB", 28),
    (b"LC", 32),
    (b"LI", 21),
    (b"LT", 20),
    (b"LU", 20),
    (b"LV", 21),
    (b"LY", 25),
    (b"MC", 27),
    (b"MD", 24),
    (b"ME", 22),
    (b"MK", 19),
    (b"MN", 20),
    (b"MR", 27),
    (b"MT", 31),
    (b"MU", 30),
    (b"NI", 28),
    (b"NL", 18),
    (b"NO", 15),
    (b"OM", 23),
    (b"PK", 24),
    (b"PL", 28),
    (b"PS", 29),
    (b"PT", 25),
    (b"QA", 29),
    (b"RO", 24),
    (b"RS", 22),
    (b"RU", 33),
    (b"SA", 24),
    (b"SC", 31),
    (b"SD", 18),
    (b"SE", 24),
    (b"SI", 19),
    (b"SK", 24),
    (b"SM", 27),
    (b"SO", 23),
    (b"ST", 25),
    (b"SV", 28),
    (b"TL", 23),
    (b"TN", 24),
    (b"TR", 26),
    (b"UA", 29),
    (b"VA", 22),
    (b"VG", 24),
    (b"XK", 20),
    (b"YE", 30),
];

/// Lengths by the two letters, 0 where no country has them: one look instead of a search.
static BY_LETTERS: [[u8; 26]; 26] = {
    let mut table = [[0; 26]; 26];
    let mut i = 0;
    while i < LENGTHS.len() {
        let (letters, length) = LENGTHS[i];
        table[(letters[0] - b'A') as usize][(letters[1] - b'A') as usize] = length;
        i += 1;
    }
    table
};

/// Numbers printed in the registry and in banks' manuals, which belong to nobody.
const PUBLISHED: [&str; 8] = [
    "AT611904300234573201",
    "BE68539007547034",
    "CH9300762011623852957",
    "DE89370400440532013000",
    "FR1420041010050500013M02606",
    "GB29NWBK60161331926819",
    "GB82WEST12345698765432",
    "NL91ABNA0417164300",
];

/// What a check of a whole number says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Country, length, structure and check digits are right.
    Passed,
    /// All but the check digits are right.
    WrongCheckDigits,
    /// It is no IBAN.
    Wrong,
}

/// Returns the length of the numbers of a country, `None` where the registry has no such country.
#[must_use]
pub fn length(letters: [u8; 2]) -> Option<usize> {
    let row = BY_LETTERS.get(usize::from(letters[0].wrapping_sub(b'A')))?;
    row.get(usize::from(letters[1].wrapping_sub(b'A'))).map(|&length| usize::from(length)).filter(|&length| length > 0)
}

/// Checks a whole number without separators.
#[must_use]
pub fn check(number: &[u8]) -> Outcome {
    if number.len() < 5 || number.len() > MAX_LEN || !number.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()) {
        return Outcome::Wrong;
    }
    if remainder(number, number[2], number[3]) == 1 {
        return if structure_is_right(number) { Outcome::Passed } else { Outcome::Wrong };
    }
    // The crate looks at the structure only where the check digits are right, so it is shown the number with right ones.
    let check_digits = 98 - remainder(number, b'0', b'0');
    let mut mended = [0; MAX_LEN];
    mended[..number.len()].copy_from_slice(number);
    mended[2] = b'0' + (check_digits / 10) as u8;
    mended[3] = b'0' + (check_digits % 10) as u8;
    if structure_is_right(&mended[..number.len()]) { Outcome::WrongCheckDigits } else { Outcome::Wrong }
}

/// Says whether a number is one of the published examples.
#[must_use]
pub fn is_published(number: &[u8]) -> bool {
    PUBLISHED.iter().any(|example| example.as_bytes() == number)
}

/// The crate's table has no row for Pakistan (`4!a16!c`) and Honduras (`4!a20!n`); theirs stand here.
fn structure_is_right(number: &[u8]) -> bool {
    let (bank, account) = (&number[4..number.len().min(8)], &number[number.len().min(8)..]);
    match (number.len(), &number[..2]) {
        (24, b"PK") => bank.iter().all(u8::is_ascii_uppercase),
        (28, b"HN") => bank.iter().all(u8::is_ascii_uppercase) && account.iter().all(u8::is_ascii_digit),
        _ => std::str::from_utf8(number).is_ok_and(|text| text.parse::<Iban>().is_ok()),
    }
}

/// Remainder of ISO 7064 MOD 97-10 with the given two check characters; `number` holds capitals and digits only.
fn remainder(number: &[u8], first: u8, second: u8) -> u32 {
    let moved = [number[0], number[1], first, second];
    let rest = number[4..].iter().chain(&moved).fold(0_u64, |rest, &byte| {
        let rest = if rest < 1 << 56 { rest } else { rest % 97 };
        match byte {
            b'0'..=b'9' => rest * 10 + u64::from(byte - b'0'),
            _ => rest * 100 + u64::from(byte.wrapping_sub(b'A')) + 10,
        }
    });
    (rest % 97) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passes_registry_examples_of_their_length() {
        for example in PUBLISHED {
            let bytes = example.as_bytes();
            assert_eq!(check(bytes), Outcome::Passed, "{example}");
            assert_eq!(length([bytes[0], bytes[1]]), Some(bytes.len()), "{example}");
            assert!(is_published(bytes));
        }
    }

    #[test]
    fn tells_wrong_check_digits_from_wrong_structure() {
        assert_eq!(check(b"DE88370400440532013000"), Outcome::WrongCheckDigits);
        assert_eq!(check(b"DE8937040044053201300A"), Outcome::Wrong);
        assert_eq!(check(b"DE893704004405320130"), Outcome::Wrong);
        assert_eq!(check(b"de89370400440532013000"), Outcome::Wrong);
        assert_eq!(check(b"ZZ89370400440532013000"), Outcome::Wrong);
    }

    #[test]
    fn checks_countries_that_the_crate_lacks() {
        assert_eq!(check(b"PK76ABCD0000001234567890"), Outcome::Passed);
        assert_eq!(check(b"HN56ABCD00000000001234567890"), Outcome::Passed);
        assert_eq!(check(b"PK77ABCD0000001234567890"), Outcome::WrongCheckDigits);
        assert_eq!(check(b"PK1812340000001234567890"), Outcome::Wrong);
        assert_eq!(check(b"HN18ABCD0000001234567890"), Outcome::Wrong);
    }

    #[test]
    fn survives_what_is_no_number() {
        for text in [&b""[..], b"DE", b"DE89", &[0xff; 20], &[b'A'; 60]] {
            assert_eq!(check(text), Outcome::Wrong);
        }
        assert_eq!(length([0, 0xff]), None);
        assert_eq!(length(*b"QQ"), None);
    }

    #[test]
    fn countries_are_sorted_and_listed_once() {
        assert!(LENGTHS.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(LENGTHS.iter().all(|(_, length)| usize::from(*length) <= MAX_LEN));
    }
}
