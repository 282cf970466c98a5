//! Check characters of ISO/IEC 7064:2003: the pure system MOD 11-2, the hybrid system MOD 11,10.
//!
//! In come ASCII digits, the check last; out goes whether it is right. One random number in ten or eleven passes.

/// MOD 11,10: ten remainders, one check digit. Used by Croatia's OIB and Germany's tax identification number.
#[must_use]
pub fn mod_11_10(text: &[u8]) -> bool {
    let mut product = 10;
    let Some((last, rest)) = text.split_last() else { return false };
    for byte in rest {
        if !byte.is_ascii_digit() {
            return false;
        }
        let sum = (u32::from(byte - b'0') + product) % 10;
        product = if sum == 0 { 10 } else { sum } * 2 % 11;
    }
    last.is_ascii_digit() && (product + u32::from(last - b'0')) % 10 == 1
}

/// MOD 11-2: the check is a digit or `X` for ten. Used by China's citizen number.
#[must_use]
pub fn mod_11_2(text: &[u8]) -> bool {
    let Some((last, rest)) = text.split_last() else { return false };
    let mut sum = 0;
    for byte in rest {
        if !byte.is_ascii_digit() {
            return false;
        }
        sum = (sum + u32::from(byte - b'0')) * 2 % 11;
    }
    let check = match last {
        b'X' => 10,
        b'0'..=b'9' => u32::from(last - b'0'),
        _ => return false,
    };
    (sum + check) % 11 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn only_last(text: &[u8], check: fn(&[u8]) -> bool, alphabet: &[u8]) {
        let mut text = text.to_vec();
        let last = text.len() - 1;
        let right = text[last];
        for other in alphabet {
            text[last] = *other;
            assert_eq!(check(&text), *other == right, "{}", char::from(*other));
        }
    }

    #[test]
    fn accepts_the_examples_of_the_standard() {
        // ISO/IEC 7064 computes 5 for 0794, and X for 079 under MOD 11-2.
        only_last(b"07945", mod_11_10, b"0123456789");
        only_last(b"079X", mod_11_2, b"0123456789X");
    }

    #[test]
    fn refuses_other_characters() {
        for check in [mod_11_10, mod_11_2] {
            assert!(!check(b"") && !check(b"07 5") && !check(b"a794x"));
        }
        assert!(!mod_11_10(b"0A945"));
    }
}
