//! Where words begin in a short window, told from bit masks: windows around candidates are looked at often, and most of
//! their words by their first letter and length alone.

use std::ops::Range;

use wide::u8x16;

/// Most bytes of a window.
pub const WINDOW: usize = 64;

/// Classes of the bytes of a window, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    lower: u64,
    upper: u64,
    digit: u64,
    above: u64,
    newline: u64,
}

/// A short text with its words.
pub struct Window {
    /// Zeros follow, so that eight bytes can be read anywhere in it.
    bytes: [u8; WINDOW + 8],
    words: Words,
}

impl Window {
    /// Takes the first `WINDOW` bytes.
    #[must_use]
    pub fn of(text: &[u8]) -> Self {
        let mut bytes = [0; WINDOW + 8];
        let len = text.len().min(WINDOW);
        bytes[..len].copy_from_slice(&text[..len]);
        let words = Marks::of_padded(bytes[..WINDOW].try_into().expect("a window")).tokens();
        Self { bytes, words }
    }

    /// The words that [`super::words::tokens`] cuts.
    #[inline]
    #[must_use]
    pub fn words(&self) -> Words {
        self.words
    }

    /// The bytes of a word.
    #[inline]
    #[must_use]
    pub fn text(&self, word: &Range<usize>) -> &[u8] {
        &self.bytes[word.start..word.end.min(WINDOW)]
    }

    /// The first eight bytes of a word as a number, in small letters if they are letters; zeros behind its end.
    #[inline(always)]
    #[must_use]
    pub fn head(&self, word: &Range<usize>) -> u64 {
        first_eight(&self.bytes[word.start.min(WINDOW)..]) & of_eight(word.len())
    }
}

/// The first eight bytes of a text as a number, in small letters if they are letters; what else becomes one does so everywhere.
/// Zeros stand for what is behind its end.
#[inline(always)]
#[must_use]
pub fn first_eight(text: &[u8]) -> u64 {
    let eight = text.first_chunk().copied().unwrap_or_else(|| {
        let mut eight = [0; 8];
        eight[..text.len()].copy_from_slice(text);
        eight
    });
    u64::from_le_bytes(eight) | 0x2020_2020_2020_2020
}

/// The bits of [`first_eight`] that are those of a word of a length.
#[inline(always)]
#[must_use]
pub fn of_eight(len: usize) -> u64 {
    if len >= 8 { u64::MAX } else { (1 << (8 * len)) - 1 }
}

/// Words of a window, in order.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    starts: u64,
    /// Where a word that began before it ends: at the next start, and at what is part of none.
    stops: u64,
}

impl Marks {
    /// Classifies the first `WINDOW` bytes.
    #[must_use]
    pub fn of(window: &[u8]) -> Self {
        let mut padded = [0; WINDOW];
        let len = window.len().min(WINDOW);
        padded[..len].copy_from_slice(&window[..len]);
        Self::of_padded(&padded)
    }

    fn of_padded(padded: &[u8; WINDOW]) -> Self {
        let mut out = Self::default();
        for (i, part) in padded.as_chunks::<16>().0.iter().enumerate() {
            let v = u8x16::new(*part);
            let bits = |mask: u8x16| u64::from(mask.to_bitmask()) << (16 * i);
            let range = |low: u8, count: u8| {
                let shifted = v - u8x16::splat(low);
                bits(shifted.min(u8x16::splat(count - 1)).simd_eq(shifted))
            };
            out.lower |= range(b'a', 26);
            out.upper |= range(b'A', 26);
            out.digit |= range(b'0', 10);
            out.above |= bits(v);
            out.newline |= bits(v.simd_eq(u8x16::splat(b'\n')));
        }
        out
    }

    /// The words that [`super::words::tokens`] cuts.
    #[must_use]
    pub fn tokens(&self) -> Words {
        let lower = self.lower | self.above;
        let letter = lower | self.upper;
        let starts = self.digit & !(self.digit << 1) | lower & !(letter << 1) | self.upper & (!(self.upper << 1) | self.lower >> 1);
        Words { starts, stops: !(letter | self.digit) | starts }
    }

    /// Words of letters alone, of any script, parted where a capital follows a small letter.
    #[must_use]
    pub fn letters(&self) -> Words {
        let letter = self.lower | self.upper | self.above;
        let starts = letter & (!(letter << 1) | self.upper & (self.lower << 1));
        Words { starts, stops: !letter | starts }
    }

    /// Where the window's last line begins.
    #[must_use]
    pub fn last_line(&self) -> usize {
        (u64::BITS - self.newline.leading_zeros()) as usize
    }

    /// Where the window's first line ends, or the window.
    #[must_use]
    pub fn first_line(&self) -> usize {
        self.newline.trailing_zeros() as usize
    }
}

impl Iterator for Words {
    type Item = Range<usize>;

    #[inline]
    fn next(&mut self) -> Option<Range<usize>> {
        if self.starts == 0 {
            return None;
        }
        let start = self.starts.trailing_zeros();
        self.starts &= self.starts - 1;
        let more = (self.stops >> start >> 1).trailing_zeros().min(u64::BITS - 1 - start);
        Some(start as usize..(start + 1 + more) as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::super::words::tokens;
    use super::*;

    fn letters(text: &[u8]) -> Vec<Range<usize>> {
        let letter = |b: &u8| b.is_ascii_alphabetic() || *b >= 0x80;
        let mut out: Vec<Range<usize>> = Vec::new();
        for at in (0..text.len()).filter(|at| letter(&text[*at])) {
            let parted = at > 0 && text[at - 1].is_ascii_lowercase() && text[at].is_ascii_uppercase();
            match out.last_mut().filter(|last| last.end == at && !parted) {
                Some(last) => last.end = at + 1,
                None => out.push(at..at + 1),
            }
        }
        out
    }

    #[test]
    fn words_are_those_of_the_text_byte_by_byte() {
        let alphabet = b"abAB01 _-\n\xC3\xB1";
        proptest::proptest!(|(picks in proptest::collection::vec(0..alphabet.len(), 0..=WINDOW))| {
            let text: Vec<u8> = picks.iter().map(|i| alphabet[*i]).collect();
            let marks = Marks::of(&text);
            proptest::prop_assert_eq!(marks.tokens().collect::<Vec<_>>(), tokens(&text).collect::<Vec<_>>());
            proptest::prop_assert_eq!(marks.letters().collect::<Vec<_>>(), letters(&text));
            proptest::prop_assert_eq!(marks.last_line(), text.iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1));
            proptest::prop_assert_eq!(marks.first_line().min(text.len()), text.iter().position(|b| *b == b'\n').unwrap_or(text.len()));
        });
    }
}
