//! What a value must have to be looked for in text: enough that chance does not write it.

use super::words::Word;

/// Digits of a value that has nothing else.
pub(super) const DIGITS: usize = 8;
/// Letters and digits of any other value.
pub(super) const CHARACTERS: usize = 6;
/// Bytes of a value.
pub(super) const BYTES: usize = 256;
/// Of so many numbers of a length at most one may be known.
pub(super) const SPREAD: u64 = 1_000;

pub(super) fn is_digits(text: &[u8]) -> bool {
    text.iter().all(u8::is_ascii_digit)
}

/// Whether there are no digits.
pub(super) fn is_letters(text: &[u8]) -> bool {
    !text.iter().any(u8::is_ascii_digit)
}

/// Whether text may be searched for a value: eight digits that vary, six letters and digits where both are there, or two words of six
/// letters. One word of nothing but letters may stand in any sentence.
pub(super) fn suffices(value: &[u8]) -> bool {
    let (mut words, mut digits, mut letters) = (0, Vec::new(), 0);
    let mut at = 0;
    while let Some(word) = Word::next(value, at) {
        at = word.span.end;
        words += 1;
        for b in &value[word.span] {
            match b {
                b'0'..=b'9' => digits.push(*b),
                // Bytes in the middle of a character are none.
                0x80..=0xBF => {}
                _ => letters += 1,
            }
        }
    }
    match (letters, digits.len()) {
        (0, count) => count >= DIGITS && varies(&digits),
        (_, 0) => words > 1 && letters >= CHARACTERS,
        (_, count) => words > 1 && letters >= CHARACTERS || letters + count >= CHARACTERS && count >= 2,
    }
}

/// Whether digits are no repetition and do not count up or down: `00000000`, `12345678`.
fn varies(digits: &[u8]) -> bool {
    let steps = |step: u8| digits.windows(2).all(|pair| (pair[0] + step) % 10 == pair[1] % 10);
    // The codes of digits begin with one that ends in 8; steps of them are those of their values.
    !digits.windows(2).all(|pair| pair[0] == pair[1]) && !steps(1) && !digits.windows(2).all(|pair| pair[0] == pair[1] + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_common_values_do_not_suffice() {
        for value in [
            "12349876",
            "CUS-0042",
            "K7Q9M2",
            "Ana Cruz",
            "Li Weiwei",
            "ana@example.com",
            "12 Rizal St",
            "+63 917 555 0123",
            "王小明 李四光",
        ] {
            assert!(suffices(value.as_bytes()), "{value}");
        }
        for value in ["", "1234567", "00000000", "12345678", "87654321", "Anastasia", "customer", "Li Wu", "N/A", "A-1", "a1b2", "王小明"]
        {
            assert!(!suffices(value.as_bytes()), "{value}");
        }
    }
}
