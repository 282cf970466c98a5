//! Weighted sums of digits, which most national numbers are checked by.
//!
//! In come ASCII characters and weights, out goes a sum or a remainder; the file of a country says what it must be. Nothing
//! here panics: what is no digit counts as zero, and shorter of the two decides.

/// Value of an ASCII digit.
#[must_use]
pub const fn digit(byte: u8) -> u32 {
    if byte.is_ascii_digit() { (byte - b'0') as u32 } else { 0 }
}

/// Value of a digit, or 10 for `A` to 35 for `Z`.
#[must_use]
pub const fn value(byte: u8) -> u32 {
    match byte {
        b'0'..=b'9' => (byte - b'0') as u32,
        b'A'..=b'Z' => (byte - b'A') as u32 + 10,
        _ => 0,
    }
}

/// The sum of digits, each times its weight.
#[must_use]
pub fn sum(text: &[u8], weights: &[u32]) -> u32 {
    text.iter().zip(weights).map(|(byte, weight)| digit(*byte) * weight).sum()
}

/// The number that digits spell.
#[must_use]
pub fn number(text: &[u8]) -> u64 {
    text.iter().fold(0, |n, byte| n.wrapping_mul(10).wrapping_add(u64::from(digit(*byte))))
}

/// Says whether the digit or `X`, `K` and the like at the end is `check`, where a check of ten is spelt `ten`.
#[must_use]
pub fn ends_with(text: &[u8], check: u32, ten: u8) -> bool {
    text.last().is_some_and(|last| if check == 10 { *last == ten } else { last.is_ascii_digit() && digit(*last) == check })
}

/// Luhn over ASCII digits.
#[must_use]
pub fn luhn(text: &[u8]) -> bool {
    let mut sum = 0;
    for (place, byte) in text.iter().rev().enumerate() {
        let doubled = digit(*byte) * 2;
        sum += if place % 2 == 0 { digit(*byte) } else { doubled / 10 + doubled % 10 };
    }
    !text.is_empty() && sum % 10 == 0
}

/// The check digits 7-3-1 of ICAO Doc 9303 part 3, section 4.9: letters count from 10, `<` as zero.
#[must_use]
pub fn icao(text: &[u8]) -> u32 {
    text.iter().zip([7, 3, 1].iter().cycle()).map(|(byte, weight)| value(*byte) * weight).sum::<u32>() % 10
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_and_numbers() {
        assert_eq!(sum(b"123", &[3, 2, 1]), 10);
        assert_eq!(number(b"0123"), 123);
        assert_eq!(value(b'Z'), 35);
        assert!(ends_with(b"12X", 10, b'X') && ends_with(b"127", 7, b'X') && !ends_with(b"12X", 7, b'X') && !ends_with(b"", 0, b'X'));
    }

    #[test]
    fn luhn_agrees_with_the_one_for_cards() {
        assert!(luhn(b"79927398713") && !luhn(b"79927398710") && !luhn(b""));
    }

    #[test]
    fn icao_agrees_with_the_examples_of_doc_9303() {
        assert_eq!(icao(b"520727"), 3);
        assert_eq!(icao(b"AB2134<<<"), 5);
    }
}
