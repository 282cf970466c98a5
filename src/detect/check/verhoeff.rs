//! The Verhoeff check digit (J. Verhoeff, *Error Detecting Decimal Codes*, Mathematical Centre Tract 29, Amsterdam 1969).
//!
//! In come ASCII digits, out goes whether the last one is right. It finds every single wrong digit and every swap of
//! neighbours; one random number in ten passes.

/// Multiplication in the dihedral group of the pentagon.
const fn multiply(a: u8, b: u8) -> u8 {
    match (a < 5, b < 5) {
        (true, true) => (a + b) % 5,
        (true, false) => (a + b - 5) % 5 + 5,
        (false, true) => (a - b) % 5 + 5,
        (false, false) => (a + 5 - b) % 5,
    }
}

/// The permutation that is applied once more at each place.
const PERMUTATION: [u8; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];

/// Says whether the last digit is the Verhoeff check digit of those before it. What is no digit does not pass.
#[must_use]
pub fn passes(digits: &[u8]) -> bool {
    let mut check = 0;
    for (place, byte) in digits.iter().rev().enumerate() {
        if !byte.is_ascii_digit() {
            return false;
        }
        let mut digit = byte - b'0';
        for _ in 0..place % 8 {
            digit = PERMUTATION[usize::from(digit)];
        }
        check = multiply(check, digit);
    }
    !digits.is_empty() && check == 0
}

#[cfg(test)]
mod tests {
    use super::passes;

    #[test]
    fn accepts_the_usual_vectors_and_no_other_last_digit() {
        for vector in [&b"2363"[..], b"123451"] {
            let mut text = vector.to_vec();
            assert!(passes(&text));
            let last = text.len() - 1;
            let right = text[last];
            for other in b'0'..=b'9' {
                text[last] = other;
                assert_eq!(passes(&text), other == right);
            }
        }
    }

    #[test]
    fn finds_every_swap_of_neighbours() {
        let text = b"123451";
        for at in 0..text.len() - 1 {
            let mut swapped = *text;
            swapped.swap(at, at + 1);
            assert!(!passes(&swapped), "{at}");
        }
        assert!(!passes(b"") && !passes(b"12a"));
    }
}
