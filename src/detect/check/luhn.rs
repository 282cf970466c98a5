//! The Luhn check digit (ISO/IEC 7812-1, annex B; US patent 2,950,048).
//!
//! In come digit values 0 to 9, out goes whether the last one is the right check digit.
//! It says little alone: one random number in ten passes.

/// A digit doubled, with the two digits of the result added together.
const DOUBLED: [u8; 10] = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9];

/// Says whether the last digit is the Luhn check digit of those before it.
///
/// `digits` holds values, not characters; a value above 9 or an empty slice does not pass.
#[must_use]
pub fn passes(digits: &[u8]) -> bool {
    let mut sum = 0_u32;
    for pair in digits.rchunks(2) {
        let (left, right) = match *pair {
            [left, right] => (left, right),
            [right] => (0, right),
            _ => return false,
        };
        let Some(doubled) = DOUBLED.get(usize::from(left)).filter(|_| right < 10) else { return false };
        sum += u32::from(*doubled) + u32::from(right);
    }
    !digits.is_empty() && sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::passes;

    fn digits(text: &str) -> Vec<u8> {
        text.bytes().map(|byte| byte - b'0').collect()
    }

    #[test]
    fn accepts_right_check_digits_of_even_and_odd_lengths() {
        for text in ["79927398713", "4539578763621486", "0", "18"] {
            assert!(passes(&digits(text)), "{text}");
        }
    }

    #[test]
    fn refuses_every_other_last_digit() {
        for last in 0..10 {
            let mut value = digits("79927398713");
            value[10] = last;
            assert_eq!(passes(&value), last == 3);
        }
    }

    #[test]
    fn refuses_nothing_and_what_is_no_digit() {
        assert!(!passes(&[]));
        assert!(!passes(&[10]));
        assert!(!passes(&[200, 5]));
    }
}
