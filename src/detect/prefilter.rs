//! One pass over a block that finds the places where a value could start.
//!
//! Bytes are classified 64 at a time into bit masks; runs of digits, `@`, colons and capitals before digits are read off the
//! masks with shifts, so that most bytes are never looked at twice. What is found goes to [`Anchors`], each kind in order.
//! Nothing here decides anything.

#[cfg(target_arch = "x86_64")]
use std::arch::is_x86_feature_detected;
use std::hint::black_box;
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

/// One bit a byte, for 64 bytes.
#[derive(Clone, Copy, Default)]
struct Masks {
    digit: u64,
    /// Digits, ASCII separators, and all bytes above ASCII: what a run may be made of.
    run: u64,
    space: u64,
    letter: u64,
    upper: u64,
    at: u64,
    colon: u64,
}

/// Bit i is set where byte i is in `low..low + count`.
#[inline(always)]
fn in_range(v: u8x16, low: u8, count: u8) -> u8x16 {
    let shifted = v - u8x16::splat(low);
    shifted.min(u8x16::splat(count - 1)).simd_eq(shifted)
}

#[inline(always)]
fn classify(chunk: &[u8; 64]) -> Masks {
    let mut out = Masks::default();
    for (i, part) in chunk.chunks_exact(16).enumerate() {
        let v = u8x16::new(part.try_into().expect("chunks are exact"));
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
    // The compiler would otherwise keep masks as vectors across iterations and rebuild them lane by lane.
    black_box(out)
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

/// `mask` with bit i telling of byte i + n.
#[inline(always)]
fn ahead(here: u64, next: u64, n: u32) -> u64 {
    here >> n | next << (64 - n)
}

/// Calls `visit` with the index of each set bit.
#[inline(always)]
fn each(mut mask: u64, base: usize, mut visit: impl FnMut(usize)) {
    while mask != 0 {
        visit(base + mask.trailing_zeros() as usize);
        mask &= mask - 1;
    }
}

/// Walks a block.
pub(super) fn walk(bytes: &[u8], wanted: Wanted, groups: &mut Vec<Range<usize>>, anchors: &mut impl Anchors) {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2")
        && is_x86_feature_detected!("bmi1")
        && is_x86_feature_detected!("bmi2")
        && is_x86_feature_detected!("lzcnt")
        && is_x86_feature_detected!("popcnt")
    {
        // SAFETY: the processor has the five features that the function is compiled for; nothing else in it is unsafe.
        #[expect(unsafe_code, reason = "wider registers for the pass over all bytes; the portable path is the same code")]
        return unsafe { walk_avx2(bytes, wanted, groups, anchors) };
    }
    walk_portable(bytes, wanted, groups, anchors);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
fn walk_avx2(bytes: &[u8], wanted: Wanted, groups: &mut Vec<Range<usize>>, anchors: &mut impl Anchors) {
    walk_portable(bytes, wanted, groups, anchors);
}

#[inline(always)]
fn walk_portable(bytes: &[u8], wanted: Wanted, groups: &mut Vec<Range<usize>>, anchors: &mut impl Anchors) {
    let mut here = masks_of(bytes, 0);
    let (mut digit_before, mut run_before) = (0, 0);
    for k in 0..bytes.len().div_ceil(64) {
        let next = masks_of(bytes, k + 1);
        let base = k * 64;
        // Seven bytes or more that a run may be made of, from their first on.
        let two = (here.run & ahead(here.run, next.run, 1), next.run & next.run >> 1);
        let four = (two.0 & ahead(two.0, two.1, 2), two.1 & two.1 >> 2);
        let seven = four.0 & ahead(four.0, four.1, 3);
        each(seven & !(here.run << 1 | run_before), base, |at| stretch(bytes, at, groups, anchors));
        if wanted.numbers {
            let last = here.digit & !ahead(here.digit, next.digit, 1);
            let (space_1, space_2) = (ahead(here.space, next.space, 1), ahead(here.space, next.space, 2));
            let (letter_1, letter_2) = (ahead(here.letter, next.letter, 1), ahead(here.letter, next.letter, 2));
            let word = space_1 & (letter_2 | ahead(here.digit, next.digit, 2)) | letter_1 & space_2;
            each(last & word, base, |at| number(bytes, at + 1, anchors));
        }
        if wanted.groups {
            each(here.digit & !(here.digit << 1 | digit_before), base, |at| anchors.group(group_from(bytes, at)));
        }
        each(here.at, base, |at| anchors.at_sign(at));
        if here.colon != 0 {
            let near = (1..=5).fold(0, |near, n| near | ahead(here.colon, next.colon, n));
            each(here.colon & near, base, |at| anchors.colon(at));
        }
        let capitals = here.upper & ahead(here.upper, next.upper, 1);
        if capitals != 0 {
            each(capitals & ahead(here.digit, next.digit, 2) & ahead(here.digit, next.digit, 3), base, |at| anchors.capitals(at));
        }
        (digit_before, run_before) = (here.digit >> 63, here.run >> 63);
        here = next;
    }
}

/// The group of digits that begins at `at`.
#[inline]
fn group_from(bytes: &[u8], at: usize) -> Range<usize> {
    at..at + bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count()
}

/// A group of digits that ends at `end`, if it is one that a house number could be.
#[inline]
fn number(bytes: &[u8], end: usize, anchors: &mut impl Anchors) {
    let digits = bytes[..end].iter().rev().take(7).take_while(|b| b.is_ascii_digit()).count();
    if digits <= 6 && before_word(bytes, end) {
        anchors.number(end - digits..end);
    }
}

/// Length of an ISO date, with the hour of a time after it, at the start of a stretch: every log line begins so, and nothing
/// that is looked for does.
#[inline]
fn time_length(bytes: &[u8]) -> usize {
    let Some(date) = bytes.get(..13) else { return 0 };
    let is_date = matches!(date[0], b'1' | b'2')
        && date[4] == b'-'
        && date[7] == b'-'
        && [1, 2, 3, 5, 6, 8, 9].iter().all(|i| date[*i].is_ascii_digit());
    match () {
        () if !is_date || date[10].is_ascii_digit() || date[10] == b'-' => 0,
        () if date[10] == b' ' && date[11].is_ascii_digit() && date[12].is_ascii_digit() && bytes.get(13) == Some(&b':') => 13,
        () => 10,
    }
}

/// The runs in a stretch of digits and separators that begins at `at`.
#[inline]
fn stretch(bytes: &[u8], at: usize, groups: &mut Vec<Range<usize>>, anchors: &mut impl Anchors) {
    groups.clear();
    let mut digits = 0;
    let mut i = at + time_length(&bytes[at..]);
    while let Some(byte) = bytes.get(i) {
        if byte.is_ascii_digit() {
            let group = group_from(bytes, i);
            if groups.last().is_some_and(|last| !joins(bytes, last.end, group.start)) {
                if is_run(digits, groups.len()) {
                    anchors.run(groups, digits);
                }
                groups.clear();
                digits = 0;
            }
            digits += group.len();
            i = group.end;
            groups.push(group);
        } else if SEPARATOR[usize::from(*byte)] || *byte >= 0x80 {
            i += 1;
        } else {
            break;
        }
    }
    if is_run(digits, groups.len()) {
        anchors.run(groups, digits);
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
            // A stretch begins after a byte that no run is made of.
            let starts = i == 0 || !(digit(i - 1) || SEPARATOR[usize::from(bytes[i - 1])] || bytes[i - 1] >= 0x80);
            if starts && time_length(&bytes[i..]) > 0 {
                close(&mut run);
                let end = i + time_length(&bytes[i..]);
                while i < end {
                    let start = i;
                    while digit(i) {
                        i += 1;
                    }
                    if i > start && i - start <= 6 && before_word(bytes, i) {
                        seen.numbers.push(start..i);
                    }
                    if i > start {
                        seen.groups.push(start..i);
                    } else {
                        i += 1;
                    }
                }
            } else if digit(i) {
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
    fn leaves_the_time_of_a_log_line_out() {
        assert_eq!(walked(b"2026-03-01 12:00:00 x 4111111111111111").runs.concat().first(), Some(&(22..38)));
        assert_eq!(walked(b"2026-03-01 9175550123").runs.concat().first(), Some(&(11..21)));
        assert_eq!(walked(b"2026-03-0112345678").runs.len(), 1);
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
