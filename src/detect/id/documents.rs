//! Numbers that no country owns: vehicles, number plates.

use super::scheme::{NONE, Outcome, PLAIN, Scheme, checked, only, plausible};
use crate::detect::check::weighted::{digit, ends_with};
use crate::pattern::IdCheck;

#[rustfmt::skip]
pub(super) const SCHEMES: &[Scheme] = &[
    Scheme { check: IdCheck::Vin, region: None, forms: &[only("XXXXXXXXXXXXX9999", NONE)], judge: vin, rarity: 124 },
    Scheme { check: IdCheck::LicensePlate, region: None, forms: &[
        only("AAA9999", NONE), only("AAA 9999", PLAIN), only("AAA-9999", PLAIN), only("AAA 999", NONE), only("AAA-999", NONE), only("9AAA999", PLAIN),
        only("AA99AAA", NONE), only("AA99 AAA", PLAIN), only("AA-999-AA", PLAIN), only("AA 999 AA", NONE), only("999-AAA", NONE), only("AAA9A99", NONE),
        only("AA 99 AA 9999", PLAIN), only("AA99AA9999", PLAIN), only("A-AA 9999", PLAIN), only("AA-AA 999", PLAIN), only("AA-AA 9999", PLAIN), only("9999 AAA", PLAIN)],
        judge: plate, rarity: 0 },
];

/// Values of letters by ISO 3779 and 49 CFR 565.15: I, O and Q are not used.
fn vin_value(byte: u8) -> Option<u32> {
    const LETTERS: &[u8; 26] = b"12345678-12345-7-923456789";
    match byte {
        b'0'..=b'9' => Some(digit(byte)),
        b'A'..=b'Z' => Some(LETTERS[usize::from(byte - b'A')]).filter(|value| *value != b'-').map(digit),
        _ => None,
    }
}

fn vin(t: &[u8]) -> Outcome {
    const WEIGHTS: [u32; 17] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
    let mut total = 0;
    for (byte, weight) in t.iter().zip(WEIGHTS) {
        let Some(value) = vin_value(*byte) else { return Outcome::Impossible };
        total += value * weight;
    }
    let letters = t.iter().filter(|b| b.is_ascii_uppercase()).count();
    checked((2..=12).contains(&letters), ends_with(&t[8..9], total % 11, b'X'))
}

fn plate(t: &[u8]) -> Outcome {
    plausible(t.len() >= 6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vin_of_the_regulation_passes() {
        // 49 CFR 565.15 works this one out.
        assert_eq!(vin(b"1G4AH59H45G118341"), Outcome::Passed);
        assert_eq!(vin(b"11111111111111111"), Outcome::Impossible);
        assert_eq!(vin(b"1M8GDM9AXKP042788"), Outcome::Passed);
        assert_eq!(vin(b"1M8GDM9A1KP042788"), Outcome::Wrong);
        assert_eq!(vin(b"1M8GDM9AXKPI42788"), Outcome::Impossible);
    }
}
