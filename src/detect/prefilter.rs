//! One pass over a block that finds the places where a value could start.
//!
//! Bytes are classified 64 at a time into bit masks; runs of digits, `@`, colons and capitals before digits are read off the
//! masks with shifts, so that most bytes are never looked at twice. What is found goes to [`Anchors`], each kind in order.
//! Nothing here decides anything.

use std::ops::Range;

use wide::u8x16;

/// Receives the places.
pub(super) trait Anchors {
    /// Groups of digits with only separators between them: seven digits or more, or four groups or more (`10.0.0.1`).
    fn run(&mut self, groups: &[Range<usize>], digits: usize);
    /// A group of at most six digits before a space and a word, or before a letter and a space.
    fn number(&mut self, group: Range<usize>);
    /// A group of digits, when [`Wanted::groups`] asks for them.
    fn group(&mut self, group: Range<usize>);
    /// An `@`.
    fn at_sign(&mut self, at: usize);
    /// A colon with another one in the next five bytes.
    fn colon(&mut self, at: usize);
    /// The first of two capitals that two digits follow.
    fn capitals(&mut self, at: usize);
}

/// Whether groups make a run that is reported.
#[inline]
fn is_run(digits: usize, groups: usize) -> bool {
    digits >= 7 || groups >= 4
}

/// What the caller has rules for.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Wanted {
    pub numbers: bool,
    pub groups: bool,
}

#[derive(Clone, Copy, Default)]
struct Masks {
    digit: u64,
    upper: u64,
    at: u64,
    colon: u64,
}

/// Bit i is set where byte i is in `low..low + count`.
#[inline(always)]
fn in_range(v: u8x16, low: u8, count: u8) -> u32 {
    let shifted = v - u8x16::splat(low);
    shifted.min(u8x16::splat(count - 1)).simd_eq(shifted).to_bitmask()
}

#[inline(always)]
fn classify(chunk: &[u8; 64]) -> Masks {
    let mut out = Masks::default();
    for (i, part) in chunk.chunks_exact(16).enumerate() {
        let v = u8x16::new(part.try_into().expect("chunks are exact"));
        out.digit |= u64::from(in_range(v, b'0', 10)) << (16 * i);
        out.upper |= u64::from(in_range(v, b'A', 26)) << (16 * i);
        out.at |= u64::from(v.simd_eq(u8x16::splat(b'@')).to_bitmask()) << (16 * i);
        out.colon |= u64::from(v.simd_eq(u8x16::splat(b':')).to_bitmask()) << (16 * i);
    }
    out
}

/// The masks of chunk `k`; bytes past the end count as zero.
#[inline(always)]
fn masks_of(bytes: &[u8], k: usize) -> Masks {
    let start = k * 64;
    match bytes.get(start..start + 64) {
        Some(chunk) => classify(chunk.try_into().expect("64 bytes")),
        None => {
            let mut padded = [0; 64];
            if let Some(rest) = bytes.get(start..) {
                padded[..rest.len()].copy_from_slice(rest);
            }
            classify(&padded)
        }
    }
}

/// Walks a block.
pub(super) fn walk(bytes: &[u8], wanted: Wanted, groups: &mut Vec<Range<usize>>, anchors: &mut impl Anchors) {
    let mut runs = Runs { bytes, wanted, groups, digits: 0 };
    runs.groups.clear();
    let mut here = masks_of(bytes, 0);
    let mut in_group = 0u64;
    let mut start = 0;
    for k in 0..bytes.len().div_ceil(64) + 1 {
        let next = masks_of(bytes, k + 1);
        let base = k * 64;
        let mut edges = here.digit ^ (here.digit << 1 | in_group);
        while edges != 0 {
            let at = base + edges.trailing_zeros() as usize;
            edges &= edges - 1;
            if in_group == 0 {
                start = at;
            } else {
                runs.push(start..at, anchors);
            }
            in_group ^= 1;
        }
        let mut at_signs = here.at;
        while at_signs != 0 {
            anchors.at_sign(base + at_signs.trailing_zeros() as usize);
            at_signs &= at_signs - 1;
        }
        let ahead = |n: u32| here.colon >> n | next.colon << (64 - n);
        let mut colons = here.colon;
        if colons != 0 {
            colons &= ahead(1) | ahead(2) | ahead(3) | ahead(4) | ahead(5);
        }
        while colons != 0 {
            anchors.colon(base + colons.trailing_zeros() as usize);
            colons &= colons - 1;
        }
        let mut capitals = here.upper & (here.upper >> 1 | next.upper << 63);
        if capitals != 0 {
            capitals &= (here.digit >> 2 | next.digit << 62) & (here.digit >> 3 | next.digit << 61);
        }
        while capitals != 0 {
            anchors.capitals(base + capitals.trailing_zeros() as usize);
            capitals &= capitals - 1;
        }
        here = next;
    }
    runs.flush(anchors);
}

/// Collects groups of digits into runs.
struct Runs<'a> {
    bytes: &'a [u8],
    wanted: Wanted,
    groups: &'a mut Vec<Range<usize>>,
    digits: usize,
}

impl Runs<'_> {
    #[inline]
    fn push(&mut self, group: Range<usize>, anchors: &mut impl Anchors) {
        if let Some(last) = self.groups.last()
            && !joins(self.bytes, last.end, group.start)
        {
            self.flush(anchors);
        }
        if self.wanted.numbers && group.len() <= 6 && before_word(self.bytes, group.end) {
            anchors.number(group.clone());
        }
        if self.wanted.groups {
            anchors.group(group.clone());
        }
        self.digits += group.len();
        self.groups.push(group);
    }

    #[inline]
    fn flush(&mut self, anchors: &mut impl Anchors) {
        if is_run(self.digits, self.groups.len()) {
            anchors.run(self.groups, self.digits);
        }
        self.groups.clear();
        self.digits = 0;
    }
}

/// Whether a space and a letter or an ordinal (`270 3rd St`), or a letter and a space, follow.
#[inline]
fn before_word(bytes: &[u8], end: usize) -> bool {
    match bytes.get(end..end + 2) {
        Some([b' ', b]) if b.is_ascii_digit() => {
            let after = bytes[end + 1..].iter().take(4).find(|b| !b.is_ascii_digit());
            after.is_some_and(|b| matches!(b | 0x20, b's' | b'n' | b'r' | b't'))
        }
        Some([b' ', b]) => b.is_ascii_alphabetic() || *b >= 0x80,
        Some([a, b' ']) => a.is_ascii_alphabetic(),
        _ => false,
    }
}

/// Whether only separators, at most four bytes of them, stand between two groups.
#[inline]
fn joins(bytes: &[u8], end: usize, start: usize) -> bool {
    start - end <= 4 && bytes[end..start].iter().all(|b| SEPARATOR[usize::from(*b)])
}

/// ` .-()/+`, and the bytes of no-break space, of the dashes U+2010–2015 and of the spaces U+2000–200A, U+202F in UTF-8.
const SEPARATOR: [bool; 256] = {
    let mut table = [false; 256];
    let ascii = b" .-()/+\xC2\xA0\xE2\xAF";
    let mut i = 0;
    while i < ascii.len() {
        table[ascii[i] as usize] = true;
        i += 1;
    }
    let mut b = 0x80;
    while b <= 0x95 {
        table[b] = true;
        b += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default, Debug, PartialEq)]
    struct Seen {
        runs: Vec<Vec<Range<usize>>>,
        numbers: Vec<Range<usize>>,
        groups: Vec<Range<usize>>,
        at_signs: Vec<usize>,
        colons: Vec<usize>,
        capitals: Vec<usize>,
    }

    impl Anchors for Seen {
        fn run(&mut self, groups: &[Range<usize>], digits: usize) {
            assert_eq!(digits, groups.iter().map(ExactSizeIterator::len).sum::<usize>());
            self.runs.push(groups.to_vec());
        }
        fn number(&mut self, group: Range<usize>) {
            self.numbers.push(group);
        }
        fn group(&mut self, group: Range<usize>) {
            self.groups.push(group);
        }
        fn at_sign(&mut self, at: usize) {
            self.at_signs.push(at);
        }
        fn colon(&mut self, at: usize) {
            self.colons.push(at);
        }
        fn capitals(&mut self, at: usize) {
            self.capitals.push(at);
        }
    }

    /// The same, byte by byte.
    fn reference(bytes: &[u8]) -> Seen {
        let mut seen = Seen::default();
        let digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
        let upper = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_uppercase);
        let mut run: Vec<Range<usize>> = Vec::new();
        let mut close = |run: &mut Vec<Range<usize>>| {
            if is_run(run.iter().map(ExactSizeIterator::len).sum(), run.len()) {
                seen.runs.push(run.clone());
            }
            run.clear();
        };
        let mut i = 0;
        while i < bytes.len() {
            if digit(i) {
                let start = i;
                while digit(i) {
                    i += 1;
                }
                if run.last().is_some_and(|last| !joins(bytes, last.end, start)) {
                    close(&mut run);
                }
                run.push(start..i);
                seen.groups.push(start..i);
                if i - start <= 6 && before_word(bytes, i) {
                    seen.numbers.push(start..i);
                }
            } else {
                i += 1;
            }
        }
        close(&mut run);
        for i in 0..bytes.len() {
            if bytes[i] == b'@' {
                seen.at_signs.push(i);
            }
            if bytes[i] == b':' && (1..=5).any(|n| bytes.get(i + n) == Some(&b':')) {
                seen.colons.push(i);
            }
            if upper(i) && upper(i + 1) && digit(i + 2) && digit(i + 3) {
                seen.capitals.push(i);
            }
        }
        seen
    }

    fn walked(bytes: &[u8]) -> Seen {
        let mut seen = Seen::default();
        walk(bytes, Wanted { numbers: true, groups: true }, &mut Vec::new(), &mut seen);
        seen
    }

    #[test]
    fn agrees_with_the_byte_by_byte_reference() {
        let alphabet = b"0123456789 -.:@ABz\xC2\xA0\n,";
        proptest::proptest!(proptest::test_runner::Config::with_cases(300), |(picks in proptest::collection::vec(0..alphabet.len(), 0..400))| {
            let bytes: Vec<u8> = picks.iter().map(|i| alphabet[*i]).collect();
            proptest::prop_assert_eq!(walked(&bytes), reference(&bytes));
        });
    }

    #[test]
    fn joins_groups_across_chunks() {
        for pad in 0..130 {
            let text = format!("{}4111 1111-1111.1111 x", "a".repeat(pad));
            let seen = walked(text.as_bytes());
            assert_eq!(seen.runs, [vec![pad..pad + 4, pad + 5..pad + 9, pad + 10..pad + 14, pad + 15..pad + 19]], "at {pad}");
        }
    }
}
