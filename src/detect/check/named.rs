//! The checks that pattern files name: what a value that an expression matched must also keep to.
//!
//! In comes the value, out goes whether it stands, and what the check says of it. Nothing here looks at other text.

use super::{bank, countries, luhn};
use crate::model::{Candidate, Region, Signal, Verdict};
use crate::pattern::Check;

/// Most digits of a value.
const DIGITS: usize = 32;

/// Applies a check; false where the value cannot stand.
pub fn apply(check: Check, value: &[u8], candidate: &mut Candidate) -> bool {
    let mut room = [0; DIGITS];
    let mut count = 0;
    for byte in value.iter().filter(|b| b.is_ascii_digit()) {
        // What has more digits is none of the numbers below.
        let Some(slot) = room.get_mut(count) else { break };
        *slot = byte - b'0';
        count += 1;
    }
    let digits = &room[..count];
    match check {
        Check::Luhn => pass(luhn::passes(digits), candidate),
        Check::Imei => imei(digits, candidate),
        Check::Imsi => imsi(digits, candidate),
        Check::Iccid => pass(digits.starts_with(&[8, 9]) && luhn::passes(digits), candidate),
        Check::UsRouting => {
            candidate.region = Region::new(*b"US");
            pass(bank::us_routing(digits), candidate)
        }
        Check::Bic => bic(value, candidate),
        Check::Clabe => {
            candidate.region = Region::new(*b"MX");
            pass(bank::clabe(digits), candidate)
        }
        Check::Secret => secret(value, candidate),
        Check::Varied => value.windows(2).any(|pair| pair[0] != pair[1]),
        Check::Identifier => {
            let mut hex = value.iter().filter(|b| b.is_ascii_hexdigit());
            let first = hex.next();
            hex.any(|b| Some(b) != first)
        }
        Check::Account => digits.windows(2).any(|pair| pair[0] != pair[1]) && !is_date(value, digits),
        Check::Word => word(value),
        Check::Token => {
            let letters = value.iter().filter(|b| b.is_ascii_alphabetic()).count();
            count >= 2 && letters >= 2 && !value.windows(2).all(|pair| pair[0] == pair[1])
        }
        Check::Mixed => {
            let has = |is: fn(&u8) -> bool| value.iter().skip_while(|b| **b != b'_' && **b != b'-').any(is);
            has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic) && (has(u8::is_ascii_uppercase) || value.starts_with(b"PAYID"))
        }
        Check::Truncated => truncated(value, digits),
        Check::Handle => word(value) && value.iter().any(|b| b.is_ascii_alphabetic() || *b >= 0x80) && !nobody(value),
        Check::Place => count >= 2 && value.len() > count,
    }
}

fn pass(passes: bool, candidate: &mut Candidate) -> bool {
    candidate.verdict = if passes { Verdict::Passed } else { Verdict::Failed };
    candidate.signals.add(Signal::Checksum, if passes { 10 } else { -10 });
    passes
}

/// Reporting bodies: the first two digits of a type allocation code (GSMA TS.06, annex on identifiers of reporting bodies).
const REPORTING_BODIES: [u8; 14] = [1, 35, 44, 45, 49, 50, 51, 52, 53, 54, 86, 91, 98, 99];

/// Says whether 15 digits are an IMEI (3GPP TS 23.003, clause 6.2 and annex B: Luhn over the 14 digits before).
pub fn is_imei(digits: &[u8]) -> bool {
    digits.len() == 15 && has_reporting_body(digits) && luhn::passes(digits)
}

fn has_reporting_body(digits: &[u8]) -> bool {
    matches!(digits, [a, b, ..] if REPORTING_BODIES.contains(&(a * 10 + b)))
}

/// An IMEI; without its check digit, or with a version of the software in place of it (IMEISV), nothing proves it.
fn imei(digits: &[u8], candidate: &mut Candidate) -> bool {
    match digits.len() {
        15 => pass(is_imei(digits), candidate),
        14 | 16 => has_reporting_body(digits),
        _ => false,
    }
}

/// An IMSI (ITU-T E.212): mobile country code, network, subscriber; 14 or 15 digits.
fn imsi(digits: &[u8], candidate: &mut Candidate) -> bool {
    let [a, b, c, ..] = digits else { return false };
    let country = countries::mobile_country(u16::from(*a) * 100 + u16::from(*b) * 10 + u16::from(*c));
    candidate.region = country.and_then(Region::new);
    candidate.verdict = Verdict::Passed;
    country.is_some() && matches!(digits.len(), 14 | 15)
}

/// A BIC (ISO 9362): four letters or digits of the party, the country, two of the place, and three of the branch or none.
fn bic(value: &[u8], candidate: &mut Candidate) -> bool {
    let upper = value.to_ascii_uppercase();
    let Some([a, b]) = upper.get(4..6) else { return false };
    candidate.region = Region::new([*a, *b]);
    candidate.verdict = Verdict::Passed;
    countries::is_country([*a, *b])
}

/// Whether letters could be a word: no digit, and no four consonants together.
pub fn may_be_word(value: &[u8]) -> bool {
    let consonant = |b: &u8| b.is_ascii_alphabetic() && !b"aeiouyAEIOUY".contains(b);
    !value.iter().any(u8::is_ascii_digit) && !value.windows(4).any(|four| four.iter().all(consonant))
}

/// Whether a value is written as a date: `2026-03-01`, `20260301`.
fn is_date(value: &[u8], digits: &[u8]) -> bool {
    let [a, b, c, d, e, f, g, h] = *digits else { return false };
    let separators = value.len() - digits.len();
    let ymd = matches!((a, b), (1, 9) | (2, 0)) && (1..=12).contains(&(e * 10 + f)) && (1..=31).contains(&(g * 10 + h));
    let dmy = matches!((e, f), (1, 9) | (2, 0)) && (1..=31).contains(&(a * 10 + b)) && (1..=31).contains(&(c * 10 + d));
    separators == 2 && (ymd || dmy)
}

/// What stands where there is no value.
#[rustfmt::skip]
const NO_WORDS: &[&str] = &[
    "null", "none", "nil", "n/a", "na", "unknown", "undefined", "-", "--", "?", "true", "false", "nan", "other", "empty", "default", "test", "tbd",
    "not available", "not applicable", "not specified", "unspecified", "0", "generic",
];

/// A card number with a mask: first digits of an issuer or none, four digits at its end, and 12 to 19 characters in all, or
/// the last four behind a short mask.
fn truncated(value: &[u8], digits: &[u8]) -> bool {
    let masked = value.iter().filter(|b| b"*Xx#".contains(b)).count() + value.iter().filter(|b| matches!(**b, 0xB7 | 0xA2)).count();
    let tail = value.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    let whole = match digits.len() {
        4 => masked >= 2,
        8..=10 => (12..=19).contains(&(digits.len() + masked)) && digits[0] != 0,
        _ => false,
    };
    tail == 4 && masked >= 2 && whole
}

/// Names of accounts that are no person's.
fn nobody(value: &[u8]) -> bool {
    const NAMES: [&str; 12] =
        ["admin", "root", "guest", "system", "anonymous", "user", "nobody", "test", "postgres", "administrator", "username", "login"];
    NAMES.iter().any(|name| name.as_bytes().eq_ignore_ascii_case(value))
}

/// A word or name that says something.
fn word(value: &[u8]) -> bool {
    let says = value.iter().any(|b| b.is_ascii_alphanumeric() || *b >= 0x80);
    says && !value.starts_with(b"<") && !NO_WORDS.iter().any(|word| word.as_bytes().eq_ignore_ascii_case(value))
}

/// What stands where a secret is left out, and what follows the word in a sentence.
#[rustfmt::skip]
const NO_SECRETS: &[&str] = &[
    "null", "none", "nil", "undefined", "true", "false", "empty", "redacted", "hidden", "masked", "filtered", "removed", "secret", "string", "text",
    "password", "passwd", "required", "invalid", "incorrect", "wrong", "missing", "must", "should", "reset", "changed", "expired", "failed", "field",
    "not", "the", "this", "that", "your", "you", "for", "and", "yes", "error", "mismatch", "authentication", "please", "enter", "set", "unset",
    "protected", "value", "unknown", "optional", "provided", "given", "accepted", "rejected", "env", "n/a", "varchar", "char", "bytea", "bool",
    "boolean", "integer", "object", "token", "default", "auto", "disabled", "enabled", "changeit", "placeholder", "example",
];

/// A secret: no mask, no placeholder, no word of a sentence. Punctuation behind it is of the sentence.
fn secret(value: &[u8], candidate: &mut Candidate) -> bool {
    if value.first().is_none_or(|b| b"${<%[(@:/".contains(b)) && value.iter().any(|b| b"{}<>()[]".contains(b)) {
        return false;
    }
    let trailing = value.iter().rev().take_while(|b| b".,;)]}".contains(b)).count();
    let value = &value[..value.len() - trailing];
    candidate.span.end -= trailing;
    let plain = value.iter().filter(|b| b.is_ascii_alphanumeric() || **b >= 0x80).count();
    let masked = value.windows(3).any(|three| three == b"***" || three == b"...") || value.windows(2).all(|pair| pair[0] == pair[1]);
    let code = value.contains(&b'(') || value.windows(2).any(|pair| pair == b"${" || pair == b"{{") || value == b"%s";
    let word = NO_SECRETS.iter().any(|word| word.as_bytes().eq_ignore_ascii_case(value));
    value.len() >= 3 && plain >= 2 && !masked && !code && !word
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Signals;

    fn stands(check: Check, value: &str) -> Option<String> {
        let mut candidate =
            Candidate { rule: 0, span: 0..value.len(), verdict: Verdict::NotChecked, region: None, signals: Signals::default() };
        apply(check, value.as_bytes(), &mut candidate).then(|| value[candidate.span].to_owned())
    }

    #[test]
    fn checks_device_numbers() {
        // The example of 3GPP TS 23.003, and one with a wrong check digit.
        assert!(stands(Check::Imei, "49-015420-323751-8").is_some());
        assert!(stands(Check::Imei, "490154203237519").is_none());
        assert!(stands(Check::Imei, "4901542032375101").is_some());
        assert!(stands(Check::Imsi, "515021234567890").is_some());
        assert!(stands(Check::Imsi, "999021234567890").is_none());
        assert!(stands(Check::Iccid, "8944110068900000014").is_some());
        assert!(stands(Check::Iccid, "8944110068900000018").is_none());
    }

    #[test]
    fn checks_bics_by_country() {
        assert!(stands(Check::Bic, "DEUTDEFF500").is_some());
        assert!(stands(Check::Bic, "DEUTZZFF").is_none());
    }

    #[test]
    fn tells_secrets_from_what_stands_in_their_place() {
        for secret in ["hunter2", "baz123", "1$d0P3!", "root", "crickets", "P@ss:w/rd", "пароль"] {
            assert_eq!(stands(Check::Secret, secret).as_deref(), Some(secret), "{secret}");
        }
        assert_eq!(stands(Check::Secret, "baz123.").as_deref(), Some("baz123"));
        for other in
            ["****", "", "x", "xxxxx", "null", "${DB_PASS}", "<secret>", "required", "getPassword()", "[FILTERED]", "%s", "ab***cd"]
        {
            assert_eq!(stands(Check::Secret, other), None, "{other}");
        }
    }
}
