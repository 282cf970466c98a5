//! Classes of bytes as bit masks, 64 bytes at a time: what the prefilter reads places off.
//!
//! In come 64 bytes and the one after them, out go a few masks. There is a way for processors with AVX2 and one for all.

#[cfg(target_arch = "x86_64")]
use std::arch::x86_64::{
    __m256i, _mm_set_epi64x, _mm256_and_si256, _mm256_broadcastsi128_si256, _mm256_cmpeq_epi8, _mm256_cmpgt_epi8, _mm256_movemask_epi8,
    _mm256_or_si256, _mm256_set_m128i, _mm256_set1_epi8, _mm256_setzero_si256, _mm256_shuffle_epi8, _mm256_slli_epi16, _mm256_srli_epi16,
};

use wide::u8x16;

use super::address::AddressMatcher;
use super::labels::{Fingerprints, PREFIX};

/// Bytes that are classified, and the two that follow the last of them.
pub(super) type Window = [u8; 66];

/// One bit a byte, for 64 bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Masks {
    pub digit: u64,
    /// Digits, ASCII separators, and all bytes above ASCII: what a run may be made of.
    pub run: u64,
    pub space: u64,
    /// ASCII letters.
    pub letter: u64,
    /// ASCII capitals.
    pub upper: u64,
    /// Bytes above ASCII.
    pub above: u64,
    pub at: u64,
    pub colon: u64,
    pub percent: u64,
    /// Where a word of [`AddressMatcher::ANCHORS`] may begin, by its first letter at least.
    pub word: u64,
    /// Where a label of a rule may begin, and sometimes elsewhere: [`Fingerprints::allow`] says more.
    pub label: u64,
}

/// Bit i is set where byte i is in `low..low + count`.
#[inline(always)]
fn in_range(v: u8x16, low: u8, count: u8) -> u8x16 {
    let shifted = v - u8x16::splat(low);
    shifted.min(u8x16::splat(count - 1)).simd_eq(shifted)
}

/// Classifies on any processor.
#[inline(always)]
pub(super) fn portable(window: &Window, prints: &Prints) -> Masks {
    let mut out = Masks::default();
    for (i, part) in window[..64].as_chunks::<16>().0.iter().enumerate() {
        let v = u8x16::new(*part);
        let bits = |mask: u8x16| u64::from(mask.to_bitmask()) << (16 * i);
        let is = |byte: u8| v.simd_eq(u8x16::splat(byte));
        let small = v | u8x16::splat(0x20);
        let digit = in_range(v, b'0', 10);
        let space = is(b' ');
        // `(` and `)`, then `+` to `/` without the comma.
        let marks = in_range(v, b'(', 2) | (in_range(v, b'+', 5) & !is(b','));
        let letter = in_range(small, b'a', 26);
        let first = FIRST_LETTERS.iter().fold(u8x16::splat(0), |any, first| any | small.simd_eq(u8x16::splat(*first)));
        out.digit |= bits(digit);
        out.run |= bits(digit | space | marks | v);
        out.space |= bits(space);
        out.letter |= bits(letter);
        out.upper |= bits(in_range(v, b'A', 26));
        out.above |= bits(v);
        out.at |= bits(is(b'@'));
        out.colon |= bits(is(b':'));
        out.percent |= bits(is(b'%'));
        out.word |= bits(letter & first);
    }
    // Whether a letter or digit stands before the first byte is not known here.
    let mut starts = out.letter & !((out.letter | out.digit) << 1);
    while starts != 0 {
        let at = starts.trailing_zeros() as usize;
        starts &= starts - 1;
        out.label |= u64::from(prints.exact.allow([window[at], window[at + 1], window[at + 2]])) << at;
    }
    out
}

/// [`Fingerprints`], also by the halves of bytes.
pub(super) struct Prints {
    pub exact: Fingerprints,
    #[cfg(target_arch = "x86_64")]
    halves: [Halves; PREFIX],
    /// At each place, the groups with a byte above ASCII, as in `né le`.
    #[cfg(target_arch = "x86_64")]
    above: [u8; PREFIX],
}

impl Prints {
    pub fn new(exact: Fingerprints) -> Self {
        Self {
            #[cfg(target_arch = "x86_64")]
            halves: std::array::from_fn(|n| {
                let bytes = exact.exact[n].iter().take(128).enumerate();
                bytes.fold(Halves::NONE, |halves, (byte, groups)| if *groups == 0 { halves } else { halves.add(byte as u8, *groups) })
            }),
            #[cfg(target_arch = "x86_64")]
            above: std::array::from_fn(|n| exact.exact[n][128..].iter().fold(0, |all, groups| all | groups)),
            exact,
        }
    }
}

/// How many letters anchor words begin with.
const FIRSTS: usize = {
    let (mut count, mut seen, mut i) = (0, 0_u32, 0);
    while i < AddressMatcher::ANCHORS.len() {
        let bit = 1 << (AddressMatcher::ANCHORS[i].as_bytes()[0] - b'a');
        if seen & bit == 0 {
            count += 1;
        }
        seen |= bit;
        i += 1;
    }
    assert!(count <= 8, "a look-up tells eight first letters apart");
    count
};

/// The letters that anchor words begin with.
const FIRST_LETTERS: [u8; FIRSTS] = {
    let (mut letters, mut count, mut i) = ([0; FIRSTS], 0, 0);
    while i < AddressMatcher::ANCHORS.len() {
        let first = AddressMatcher::ANCHORS[i].as_bytes()[0];
        let mut j = 0;
        while j < count && letters[j] != first {
            j += 1;
        }
        letters[j] = first;
        if j == count {
            count += 1;
        }
        i += 1;
    }
    letters
};

/// Two tables by the halves of a byte: it is in the classes whose bits both have.
#[cfg(target_arch = "x86_64")]
#[derive(Clone, Copy)]
struct Halves {
    upper: [u8; 16],
    lower: [u8; 16],
}

#[cfg(target_arch = "x86_64")]
impl Halves {
    const NONE: Self = Self { upper: [0; 16], lower: [0; 16] };

    /// Adds a byte to a class, and with it all that share a half with it and one with another byte of the class.
    const fn add(mut self, byte: u8, class: u8) -> Self {
        self.upper[(byte >> 4) as usize] |= class;
        self.lower[(byte & 15) as usize] |= class;
        self
    }

    const fn add_all(mut self, bytes: &[u8], class: u8) -> Self {
        let mut i = 0;
        while i < bytes.len() {
            self = self.add(bytes[i], class);
            i += 1;
        }
        self
    }

    /// Adds a letter in both cases; another byte as it is.
    const fn add_folded(self, byte: u8, class: u8) -> Self {
        let out = self.add(byte, class);
        if byte.is_ascii_alphabetic() { out.add(byte ^ 0x20, class) } else { out }
    }
}

/// The bits of [`CLASSES`].
#[cfg(target_arch = "x86_64")]
mod class {
    pub const DIGIT: u8 = 1 << 7;
    pub const SPACE: u8 = 1 << 6;
    /// `(`, `)`, `+`, `-`, `.`, `/`.
    pub const MARK: u8 = 1 << 5;
    pub const AT: u8 = 1 << 4;
    pub const COLON: u8 = 1 << 3;
    pub const PERCENT: u8 = 1 << 2;
    /// `a` to `o`, `A` to `O`.
    pub const A_TO_O: u8 = 1 << 1;
    /// `p` to `z`, `P` to `Z`.
    pub const P_TO_Z: u8 = 1;
}

#[cfg(target_arch = "x86_64")]
const CLASSES: Halves = Halves::NONE
    .add_all(b"0123456789", class::DIGIT)
    .add(b' ', class::SPACE)
    .add_all(b"()+-./", class::MARK)
    .add(b'@', class::AT)
    .add(b':', class::COLON)
    .add(b'%', class::PERCENT)
    .add_all(b"abcdefghijklmnoABCDEFGHIJKLMNO", class::A_TO_O)
    .add_all(b"pqrstuvwxyzPQRSTUVWXYZ", class::P_TO_Z);

/// First and second bytes of anchor words: a bit for each letter that they begin with.
#[cfg(target_arch = "x86_64")]
const PAIRS: [Halves; 2] = {
    let (mut first, mut second, mut i) = (Halves::NONE, Halves::NONE, 0);
    while i < AddressMatcher::ANCHORS.len() {
        let anchor = AddressMatcher::ANCHORS[i].as_bytes();
        let mut letter = 0;
        while FIRST_LETTERS[letter] != anchor[0] {
            letter += 1;
        }
        first = first.add_folded(anchor[0], 1 << letter);
        second = second.add_folded(anchor[1], 1 << letter);
        i += 1;
    }
    [first, second]
};

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
#[inline]
fn table(bytes: [u8; 16]) -> __m256i {
    let bits = u128::from_le_bytes(bytes);
    _mm256_broadcastsi128_si256(_mm_set_epi64x((bits >> 64) as i64, bits as i64))
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
#[inline]
fn load(bytes: &[u8]) -> __m256i {
    let sixteen = |i: usize| {
        let bits = u128::from_le_bytes(bytes.as_chunks::<16>().0[i]);
        _mm_set_epi64x((bits >> 64) as i64, bits as i64)
    };
    _mm256_set_m128i(sixteen(1), sixteen(0))
}

/// The classes of each byte. Bytes above ASCII are in none: with its top bit set, a lower half looks up nothing.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
#[inline]
fn look_up(v: __m256i, halves: Halves) -> __m256i {
    let upper = _mm256_and_si256(_mm256_srli_epi16::<4>(v), _mm256_set1_epi8(0x0F));
    _mm256_and_si256(_mm256_shuffle_epi8(table(halves.lower), v), _mm256_shuffle_epi8(table(halves.upper), upper))
}

/// Classifies with AVX2: two table look-ups tell eight classes of a byte.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
#[inline]
pub(super) fn avx2(window: &Window, prints: &Prints) -> Masks {
    let v = [load(&window[..32]), load(&window[32..64])];
    let after = [load(&window[1..33]), load(&window[33..65])];
    let third = [load(&window[2..34]), load(&window[34..66])];
    let bits = |halves: [__m256i; 2]| {
        let [low, high] = halves.map(|half| u64::from(_mm256_movemask_epi8(half) as u32));
        low | high << 32
    };
    let none = |halves: [__m256i; 2]| bits(halves.map(|half| _mm256_cmpeq_epi8(half, _mm256_setzero_si256())));
    let class = v.map(|v| look_up(v, CLASSES));
    let digit = bits(class);
    let space = bits(class.map(|c| _mm256_slli_epi16::<1>(c)));
    let mark = bits(class.map(|c| _mm256_slli_epi16::<2>(c)));
    let at = bits(class.map(|c| _mm256_slli_epi16::<3>(c)));
    let colon = bits(class.map(|c| _mm256_slli_epi16::<4>(c)));
    let percent = bits(class.map(|c| _mm256_slli_epi16::<5>(c)));
    let letter = !none(class.map(|c| _mm256_and_si256(c, _mm256_set1_epi8((class::A_TO_O | class::P_TO_Z) as i8))));
    let above = bits(v);
    // The bit 0x20 of a letter tells its case.
    let small = bits(v.map(|v| _mm256_slli_epi16::<2>(v)));
    let pair = |i: usize| _mm256_and_si256(look_up(v[i], PAIRS[0]), look_up(after[i], PAIRS[1]));
    let word = !none([pair(0), pair(1)]);
    let print = |n: usize, v: __m256i| {
        let above = _mm256_and_si256(_mm256_cmpgt_epi8(_mm256_setzero_si256(), v), _mm256_set1_epi8(prints.above[n] as i8));
        _mm256_or_si256(look_up(v, prints.halves[n]), above)
    };
    let three = |i: usize| _mm256_and_si256(look_up(v[i], prints.halves[0]), _mm256_and_si256(print(1, after[i]), print(2, third[i])));
    let label = !none([three(0), three(1)]);
    Masks { digit, run: digit | space | mark | above, space, letter, upper: letter & !small, above, at, colon, percent, word, label }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expected(window: &Window) -> Masks {
        let bits = |is: &dyn Fn(u8) -> bool| window[..64].iter().enumerate().fold(0, |bits, (i, b)| bits | u64::from(is(*b)) << i);
        Masks {
            digit: bits(&|b| b.is_ascii_digit()),
            run: bits(&|b| b.is_ascii_digit() || b" ()+-./".contains(&b) || b >= 0x80),
            space: bits(&|b| b == b' '),
            letter: bits(&|b| b.is_ascii_alphabetic()),
            upper: bits(&|b| b.is_ascii_uppercase()),
            above: bits(&|b| b >= 0x80),
            at: bits(&|b| b == b'@'),
            colon: bits(&|b| b == b':'),
            percent: bits(&|b| b == b'%'),
            word: bits(&|b| AddressMatcher::ANCHORS.iter().any(|anchor| anchor.as_bytes()[0] == b.to_ascii_lowercase())),
            label: 0,
        }
    }

    #[test]
    fn every_byte_is_in_its_classes() {
        for first in 0..=255_u8 {
            let window: Window = std::array::from_fn(|i| first.wrapping_add((i * 37) as u8));
            let fingerprints = Fingerprints::default();
            assert_eq!(portable(&window, &Prints::new(fingerprints)), expected(&window), "from {first}");
        }
    }
}
