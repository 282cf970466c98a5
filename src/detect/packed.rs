//! Lists of short words as sorted numbers, so that a word is looked up without comparing text.

/// Longest word, in bytes.
pub(super) const LONGEST: usize = 8;

/// A word of at most [`LONGEST`] bytes as a number.
pub(super) const fn pack(word: &str) -> u64 {
    let bytes = word.as_bytes();
    assert!(bytes.len() <= LONGEST, "longer words have a list of their own");
    let (mut packed, mut i) = (0, 0);
    while i < bytes.len() {
        packed = packed << 8 | bytes[i] as u64;
        i += 1;
    }
    packed
}

/// A list in the order in which it is searched.
pub(super) const fn sorted<const N: usize>(mut words: [u64; N]) -> [u64; N] {
    let mut i = 1;
    while i < N {
        let mut j = i;
        while j > 0 && words[j - 1] > words[j] {
            (words[j - 1], words[j]) = (words[j], words[j - 1]);
            j -= 1;
        }
        i += 1;
    }
    words
}
