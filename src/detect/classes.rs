//! Classes of bytes as bit masks, 64 bytes at a time: what the prefilter reads places off.
//!
//! In come 64 bytes, out go a few masks. There is a way for processors with AVX2 and one for all; both say the same.

#[cfg(target_arch = "x86_64")]
use std::arch::x86_64::{
    __m256i, _mm_set_epi64x, _mm256_and_si256, _mm256_broadcastsi128_si256, _mm256_cmpeq_epi8, _mm256_movemask_epi8, _mm256_set_m128i,
    _mm256_set1_epi8, _mm256_setzero_si256, _mm256_shuffle_epi8, _mm256_slli_epi16, _mm256_srli_epi16,
};

use wide::u8x16;

/// One bit a byte, for 64 bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Masks {
    pub digit: u64,
    /// Digits, ASCII separators, and all bytes above ASCII: what a run may be made of.
    pub run: u64,
    pub space: u64,
    /// ASCII letters, and all bytes above ASCII.
    pub letter: u64,
    /// ASCII capitals.
    pub upper: u64,
    pub at: u64,
    pub colon: u64,
}

/// Bit i is set where byte i is in `low..low + count`.
#[inline(always)]
fn in_range(v: u8x16, low: u8, count: u8) -> u8x16 {
    let shifted = v - u8x16::splat(low);
    shifted.min(u8x16::splat(count - 1)).simd_eq(shifted)
}

/// Classifies on any processor.
#[inline(always)]
pub(super) fn portable(chunk: &[u8; 64]) -> Masks {
    let mut out = Masks::default();
    for (i, part) in chunk.as_chunks::<16>().0.iter().enumerate() {
        let v = u8x16::new(*part);
        let bits = |mask: u8x16| u64::from(mask.to_bitmask()) << (16 * i);
        let is = |byte: u8| v.simd_eq(u8x16::splat(byte));
        let digit = in_range(v, b'0', 10);
        let space = is(b' ');
        // `(` and `)`, then `+` to `/` without the comma.
        let marks = in_range(v, b'(', 2) | (in_range(v, b'+', 5) & !is(b','));
        out.digit |= bits(digit);
        out.run |= bits(digit | space | marks | v);
        out.space |= bits(space);
        out.letter |= bits(in_range(v | u8x16::splat(0x20), b'a', 26) | v);
        out.upper |= bits(in_range(v, b'A', 26));
        out.at |= bits(is(b'@'));
        out.colon |= bits(is(b':'));
    }
    out
}

/// A class as a bit of both tables: a byte is in it where its two halves have the bit.
#[cfg(target_arch = "x86_64")]
mod bit {
    pub const DIGIT: u8 = 1 << 7;
    pub const SPACE: u8 = 1 << 6;
    /// `(`, `)`, `+`, `-`, `.`, `/`.
    pub const MARK: u8 = 1 << 5;
    pub const AT: u8 = 1 << 4;
    pub const COLON: u8 = 1 << 3;
    /// `a` to `o`, `A` to `O`.
    pub const A_TO_O: u8 = 1 << 2;
    /// `p` to `z`, `P` to `Z`.
    pub const P_TO_Z: u8 = 1 << 1;
}

/// By the upper half of a byte: the classes that it may be in.
#[cfg(target_arch = "x86_64")]
const UPPER: [u8; 16] = {
    let mut table = [0; 16];
    table[2] = bit::SPACE | bit::MARK;
    table[3] = bit::DIGIT | bit::COLON;
    table[4] = bit::AT | bit::A_TO_O;
    table[5] = bit::P_TO_Z;
    table[6] = bit::A_TO_O;
    table[7] = bit::P_TO_Z;
    table
};

/// By the lower half of a byte: the classes that it may be in.
#[cfg(target_arch = "x86_64")]
const LOWER: [u8; 16] = {
    let mut table = [0; 16];
    let mut i = 0;
    while i < 16 {
        if i < 10 {
            table[i] |= bit::DIGIT;
        }
        if i == 0 {
            table[i] |= bit::SPACE | bit::AT;
        }
        if i == 8 || i == 9 || i == 11 || i >= 13 {
            table[i] |= bit::MARK;
        }
        if i == 10 {
            table[i] |= bit::COLON;
        }
        if i > 0 {
            table[i] |= bit::A_TO_O;
        }
        if i < 11 {
            table[i] |= bit::P_TO_Z;
        }
        i += 1;
    }
    table
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
fn load(chunk: &[u8; 64], half: usize) -> __m256i {
    let sixteen = |i: usize| {
        let bits = u128::from_le_bytes(chunk.as_chunks::<16>().0[2 * half + i]);
        _mm_set_epi64x((bits >> 64) as i64, bits as i64)
    };
    _mm256_set_m128i(sixteen(1), sixteen(0))
}

/// Classifies with AVX2: two table look-ups tell seven classes of a byte.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
#[inline]
pub(super) fn avx2(chunk: &[u8; 64]) -> Masks {
    let v = [load(chunk, 0), load(chunk, 1)];
    // A lower half with its top bit kept looks up nothing: bytes above ASCII are in no class.
    let class = v.map(|v| {
        let upper = _mm256_and_si256(_mm256_srli_epi16::<4>(v), _mm256_set1_epi8(0x0F));
        _mm256_and_si256(_mm256_shuffle_epi8(table(LOWER), v), _mm256_shuffle_epi8(table(UPPER), upper))
    });
    let bits = |halves: [__m256i; 2]| {
        let [low, high] = halves.map(|half| u64::from(_mm256_movemask_epi8(half) as u32));
        low | high << 32
    };
    let digit = bits(class);
    let space = bits(class.map(|c| _mm256_slli_epi16::<1>(c)));
    let mark = bits(class.map(|c| _mm256_slli_epi16::<2>(c)));
    let at = bits(class.map(|c| _mm256_slli_epi16::<3>(c)));
    let colon = bits(class.map(|c| _mm256_slli_epi16::<4>(c)));
    let either = _mm256_set1_epi8((bit::A_TO_O | bit::P_TO_Z) as i8);
    let letter = !bits(class.map(|c| _mm256_cmpeq_epi8(_mm256_and_si256(c, either), _mm256_setzero_si256())));
    let above = bits(v);
    // The bit 0x20 of a letter tells its case.
    let small = bits(v.map(|v| _mm256_slli_epi16::<2>(v)));
    Masks { digit, run: digit | space | mark | above, space, letter: letter | above, upper: letter & !small, at, colon }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expected(chunk: &[u8; 64]) -> Masks {
        let bits = |is: &dyn Fn(u8) -> bool| chunk.iter().enumerate().fold(0, |bits, (i, b)| bits | u64::from(is(*b)) << i);
        Masks {
            digit: bits(&|b| b.is_ascii_digit()),
            run: bits(&|b| b.is_ascii_digit() || b" ()+-./".contains(&b) || b >= 0x80),
            space: bits(&|b| b == b' '),
            letter: bits(&|b| b.is_ascii_alphabetic() || b >= 0x80),
            upper: bits(&|b| b.is_ascii_uppercase()),
            at: bits(&|b| b == b'@'),
            colon: bits(&|b| b == b':'),
        }
    }

    #[test]
    fn every_byte_is_in_its_classes() {
        for first in 0..=255_u8 {
            let chunk: [u8; 64] = std::array::from_fn(|i| first.wrapping_add((i * 37) as u8));
            assert_eq!(portable(&chunk), expected(&chunk), "from {first}");
        }
    }
}
