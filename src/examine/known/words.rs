//! Words of a text, and keyed prints of words that follow each other.
//!
//! A word is a run of letters and digits, in any case: what the normal form `text-fold` makes of a text is its words with a space
//! between. Prints are 64 bits and prove nothing; whoever finds one compares the token of the value.

use std::ops::Range;

use wide::u8x16;

use crate::finding::Tokens;

/// Words of a value.
pub(super) const MOST_WORDS: usize = 16;
/// Bytes of a word.
pub(super) const WORD_BYTES: usize = 64;
/// Bytes that may stand between two words of a value.
pub(super) const GAP_BYTES: usize = 3;

/// A run of letters and digits.
pub(super) struct Word {
    pub span: Range<usize>,
    is_ascii: bool,
}

/// What a byte is for words.
const NONE: u8 = 0;
const PART: u8 = 1;
const HIGH: u8 = 2;

static KINDS: [u8; 256] = {
    let mut kinds = [NONE; 256];
    let mut byte = 0;
    while byte < 256 {
        kinds[byte] = if byte >= 0x80 {
            HIGH
        } else if (byte as u8).is_ascii_alphanumeric() {
            PART
        } else {
            NONE
        };
        byte += 1;
    }
    kinds
};

/// The bytes of the character at `at` that is not ASCII, and whether it is a letter or digit.
fn character(text: &[u8], at: usize) -> (usize, bool) {
    let piece = &text[at..text.len().min(at + 4)];
    let valid = match str::from_utf8(piece) {
        Ok(text) => text,
        Err(error) => str::from_utf8(&piece[..error.valid_up_to()]).unwrap_or_default(),
    };
    valid.chars().next().map_or((1, false), |c| (c.len_utf8(), c.is_alphanumeric()))
}

/// Where the run of bytes that may be parts of words ends that begins at `at`, or before it.
pub(super) fn run_end(text: &[u8], at: usize) -> usize {
    text[at..].iter().position(|b| KINDS[usize::from(*b)] == NONE).map_or(text.len(), |length| at + length)
}

/// Whether the byte before `at` may be part of a word.
pub(super) fn is_in_run(text: &[u8], at: usize) -> bool {
    at.checked_sub(1).is_some_and(|last| KINDS[usize::from(text[last])] != NONE)
}

/// Which of 64 bytes may be parts of words, and which of these are not ASCII, a bit each; bytes behind the text are none.
#[inline]
pub(super) fn classify(text: &[u8], at: usize) -> (u64, u64) {
    let mut held = [0; 64];
    let window = match text[at..].first_chunk::<64>() {
        Some(window) => window,
        None => {
            held[..text.len() - at].copy_from_slice(&text[at..]);
            &held
        }
    };
    let in_range = |v: u8x16, low: u8, count: u8| {
        let shifted = v - u8x16::splat(low);
        shifted.min(u8x16::splat(count - 1)).simd_eq(shifted)
    };
    let (mut parts, mut high) = (0, 0);
    for (i, part) in window.as_chunks::<16>().0.iter().enumerate() {
        let v = u8x16::new(*part);
        let part = in_range(v, b'0', 10) | in_range(v | u8x16::splat(0x20), b'a', 26);
        parts |= u64::from((part | v).to_bitmask()) << (16 * i);
        high |= u64::from(v.to_bitmask()) << (16 * i);
    }
    (parts, high)
}

/// Whether a letter or digit ends right before `at`.
pub(super) fn touches(text: &[u8], at: usize) -> bool {
    let Some(last) = at.checked_sub(1) else { return false };
    match KINDS[usize::from(text[last])] {
        NONE => false,
        PART => true,
        _ => (1..=4.min(at)).any(|back| {
            let (length, is_part) = character(text, at - back);
            length == back && is_part
        }),
    }
}

impl Word {
    /// The first word that begins at `at` or behind it.
    #[inline]
    pub(super) fn next(text: &[u8], mut at: usize) -> Option<Self> {
        loop {
            match KINDS[usize::from(*text.get(at)?)] {
                NONE => at += 1,
                PART => break,
                _ => match character(text, at) {
                    (_, true) => break,
                    (length, false) => at += length,
                },
            }
        }
        let start = at;
        let mut is_ascii = true;
        while let Some(byte) = text.get(at) {
            match KINDS[usize::from(*byte)] {
                PART => at += 1,
                NONE => break,
                _ => match character(text, at) {
                    (length, true) => {
                        at += length;
                        is_ascii = false;
                    }
                    (_, false) => break,
                },
            }
        }
        Some(Self { span: start..at, is_ascii })
    }

    /// A word of nothing but ASCII.
    #[inline]
    pub(super) fn ascii(span: Range<usize>) -> Self {
        Self { span, is_ascii: true }
    }
}

/// A word in small letters.
pub(super) struct Folded {
    bytes: [u8; WORD_BYTES],
    length: usize,
}

impl Folded {
    /// Folds a word; none where it is too long.
    #[inline]
    pub(super) fn of(text: &[u8], word: &Word) -> Option<Self> {
        let raw = &text[word.span.clone()];
        let mut folded = Self { bytes: [0; WORD_BYTES], length: raw.len() };
        if raw.len() > WORD_BYTES {
            return None;
        }
        if word.is_ascii {
            folded.bytes[..raw.len()].copy_from_slice(raw);
            folded.bytes[..raw.len()].make_ascii_lowercase();
            return Some(folded);
        }
        folded.length = 0;
        for c in str::from_utf8(raw).ok()?.chars().flat_map(char::to_lowercase) {
            let room = folded.bytes.get_mut(folded.length..folded.length + c.len_utf8())?;
            folded.length += c.encode_utf8(room).len();
        }
        Some(folded)
    }

    pub(super) fn shape(&self) -> usize {
        shape(&self.bytes[..self.length])
    }
}

/// How many shapes there are.
pub(super) const SHAPES: usize = 1 << 16;

/// Length and first bytes of a word, in any case: what tells most words from those of values.
#[inline]
pub(super) fn shape(word: &[u8]) -> usize {
    let first = word.first().copied().unwrap_or_default();
    let second = word.get(1).copied().unwrap_or_default();
    let low = |byte: u8| usize::from(byte & 31);
    word.len().min(31) << 11 | low(first) << 6 | low(second) << 1 | usize::from(first.is_ascii_digit())
}

/// Makes prints under a key of the run.
pub(super) struct Printer([u64; 3]);

impl Printer {
    pub(super) fn new(tokens: &Tokens) -> Self {
        Self([b"known 1", b"known 2", b"known 3"].map(|name| tokens.sketch(name) | 1))
    }

    /// The print of a word of a text; none where it is too long.
    #[inline]
    pub(super) fn word(&self, text: &[u8], word: &Word) -> Option<u64> {
        let length = word.span.len();
        match text[word.span.start..].first_chunk::<16>() {
            Some(chunk) if word.is_ascii && length <= 16 && length > 0 => {
                // The bit makes letters small and leaves digits as they are.
                let small = u128::from_le_bytes(*chunk) | u128::from_ne_bytes([0x20; 16]);
                Some(self.close(self.chunk(self.open(length), small & (!0 >> (128 - 8 * length)))))
            }
            _ => Folded::of(text, word).map(|folded| self.folded(&folded)),
        }
    }

    /// The print of a word in small letters.
    pub(super) fn folded(&self, word: &Folded) -> u64 {
        let chunks = word.bytes[..word.length.next_multiple_of(16)].as_chunks::<16>().0;
        self.close(chunks.iter().fold(self.open(word.length), |state, chunk| self.chunk(state, u128::from_le_bytes(*chunk))))
    }

    #[inline]
    fn open(&self, length: usize) -> u64 {
        self.0[0] ^ length as u64
    }

    #[inline]
    fn chunk(&self, state: u64, chunk: u128) -> u64 {
        mix(chunk as u64 ^ self.0[1], (chunk >> 64) as u64 ^ state)
    }

    #[inline]
    fn close(&self, state: u64) -> u64 {
        mix(state ^ self.0[2], self.0[1])
    }

    /// The print of the words that `before` stands for and one behind them.
    #[inline]
    pub(super) fn join(&self, before: u64, word: u64) -> u64 {
        mix(before.rotate_left(29) ^ self.0[0], word ^ self.0[2])
    }

    /// The print of all words of a text, the print of the first one, and how many there are; none where it has none, or too many or too long ones.
    pub(super) fn text(&self, text: &[u8]) -> Option<Printed> {
        let first = Word::next(text, 0)?;
        let folded = Folded::of(text, &first)?;
        let print = self.folded(&folded);
        let mut out = Printed { print, first: print, shape: folded.shape(), words: 1 };
        let mut at = first.span.end;
        while let Some(word) = Word::next(text, at) {
            out.words += 1;
            if out.words > MOST_WORDS {
                return None;
            }
            out.print = self.join(out.print, self.word(text, &word)?);
            at = word.span.end;
        }
        Some(out)
    }
}

/// What a text is looked up by.
pub(super) struct Printed {
    pub print: u64,
    pub first: u64,
    pub shape: usize,
    pub words: usize,
}

/// Both halves of a product: each bit of the result depends on all bits of both.
#[inline]
fn mix(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    product as u64 ^ (product >> 64) as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Key, normalise};
    use crate::model::{Normalisation, Sensitive};

    fn words(text: &[u8]) -> Vec<Vec<u8>> {
        let mut out = Vec::new();
        let mut at = 0;
        while let Some(word) = Word::next(text, at) {
            if let Some(folded) = Folded::of(text, &word) {
                out.push(folded.bytes[..folded.length].to_vec());
            }
            at = word.span.end;
        }
        out
    }

    proptest::proptest! {
        #[test]
        fn words_are_those_of_the_folded_form(text in "[ -~äÉñıΣ“”中٣\u{a0}]{0,40}") {
            let mut folded = String::new();
            normalise(Normalisation::TextFold, Sensitive::new(text.as_bytes()), &mut folded);
            let expected: Vec<_> = folded.split(' ').filter(|word| !word.is_empty()).map(|word| word.as_bytes().to_vec()).collect();
            proptest::prop_assert_eq!(words(text.as_bytes()), expected);
        }

        #[test]
        fn any_bytes_are_gone_through(bytes in proptest::collection::vec(0..=255_u8, 0..60)) {
            words(&bytes);
            for at in 0..=bytes.len() {
                touches(&bytes, at);
            }
        }
    }

    #[test]
    fn all_bytes_are_of_one_kind_in_a_window_and_alone() {
        let all: Vec<u8> = (0..=255).collect();
        for at in [0, 1, 63, 64, 190, 230] {
            let (parts, high) = classify(&all, at);
            for (bit, byte) in all[at..].iter().take(64).enumerate() {
                assert_eq!(parts >> bit & 1 == 1, KINDS[usize::from(*byte)] != NONE, "{byte}");
                assert_eq!(high >> bit & 1 == 1, KINDS[usize::from(*byte)] == HIGH, "{byte}");
            }
        }
        assert_eq!(classify(b"a.", 0), (1, 0));
    }

    #[test]
    fn prints_tell_words_and_their_order_apart() {
        let printer = Printer::new(&Tokens::new(&Key::new([1; 32])));
        let print = |text: &str| printer.text(text.as_bytes()).map(|printed| printed.print);
        assert_eq!(print("Dela CRUZ, Ana"), print("dela cruz ana"));
        for other in ["ana dela cruz", "dela cruzana", "dela cruz", "dela cruz ana a"] {
            assert_ne!(print("dela cruz ana"), print(other), "{other}");
        }
        assert_ne!(print("abcdefghijklmnopq"), print("abcdefghijklmnopr"));
        assert_eq!((print(""), print(" .-")), (None, None));
        assert_eq!((print(&"a ".repeat(17)), print(&"a".repeat(65))), (None, None));
    }

    proptest::proptest! {
        #[test]
        fn a_word_has_one_print_in_any_case_and_place(before in "[ a-z]{0,20}", word in "[0-9A-Za-z]{1,40}", behind in "[ A-Z]{0,20}") {
            let printer = Printer::new(&Tokens::new(&Key::new([1; 32])));
            let text = format!("{before} {word} {behind}");
            let span = before.len() + 1..before.len() + 1 + word.len();
            let small = word.to_ascii_lowercase();
            let alone = printer.text(small.as_bytes()).expect("a word").print;
            proptest::prop_assert_eq!(printer.word(text.as_bytes(), &Word::ascii(span)), Some(alone));
        }
    }

    #[test]
    fn says_whether_a_word_ends_before_a_place() {
        let text = "a É”x".as_bytes();
        let places: Vec<bool> = [0, 1, 2, 4, 7, 8].map(|at| touches(text, at)).to_vec();
        assert_eq!(places, [false, true, false, true, false, true]);
    }
}
