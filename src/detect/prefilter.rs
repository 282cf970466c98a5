//! One pass over a block that finds the places where a value could start.
//!
//! Bytes are classified 64 at a time into bit masks ([`super::classes`]); runs of digits, `@`, colons and capitals before
//! digits are read off the masks with shifts ([`super::places`]), so that most bytes are never looked at twice. What is found
//! goes to [`Anchors`], each kind in order. Nothing here decides anything.

#[cfg(target_arch = "x86_64")]
use std::arch::is_x86_feature_detected;
use std::ops::Range;

use super::classes::{self, Masks, Prints, Window};
use super::foreign;
use super::labels::Fingerprints;
pub(super) use super::places::Wanted;
use super::places::{BATCH, Lane, Lanes, Places, STEP};

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
    /// A colon before another one, or with one in the next five bytes that has another in its next five.
    fn colon(&mut self, at: usize);
    /// The first of two capitals that two digits follow, at once or behind a space; or a capital before two digits that begins a word.
    fn capitals(&mut self, at: usize);
    /// Where a word may begin that an address begins with, when [`Wanted::words`] asks for it; most are other words.
    fn word(&mut self, at: usize);
    /// A `%` with two digits, when [`Wanted::encoded`] asks for it.
    fn encoded(&mut self, at: usize);
    /// Where a word begins whose first bytes are those of a label, when [`Wanted::labels`] asks for it.
    fn label(&mut self, at: usize);
    /// A separator of six pairs or the first one of three fours of what may be hex digits, when [`Wanted::pairs`] asks for it.
    fn pair(&mut self, at: usize);
    /// The last digit before a separator and four digits, when [`Wanted::decimals`] asks for it.
    fn decimal(&mut self, at: usize);
    /// The first of 24 letters and digits or more, when [`Wanted::tokens`] asks for it.
    fn token(&mut self, at: usize);
    /// A capital that may begin a name: of a word of small letters, or behind a colon, when [`Wanted::titles`] asks for it.
    fn title(&mut self, at: usize);
    /// A digit of another script, when [`Wanted::foreign`] asks for it.
    fn foreign(&mut self, at: usize);
}

/// Whether groups make a run that is reported.
#[inline]
fn is_run(digits: usize, groups: usize) -> bool {
    digits >= 7 || groups >= 4
}

/// The numbers of the set bits of a mask. A loop over them is compiled with its function's processor features; a closure that
/// is not inlined would not be.
struct Bits(u64);

impl Iterator for Bits {
    type Item = u32;

    #[inline(always)]
    fn next(&mut self) -> Option<u32> {
        let bit = self.0.trailing_zeros();
        self.0 &= self.0.wrapping_sub(1);
        (bit < u64::BITS).then_some(bit)
    }
}

/// What a walk needs room for. It says nothing of a text that was walked before.
pub(super) struct Room {
    groups: Vec<Range<usize>>,
    lanes: Lanes,
    places: Places,
}

impl Room {
    pub fn new() -> Self {
        Self { groups: Vec::new(), lanes: Lanes::new(), places: Places::new() }
    }
}

/// Walks a block.
pub(super) fn walk(bytes: &[u8], wanted: Wanted, prints: &Prints, room: &mut Room, anchors: &mut impl Anchors) {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2")
        && is_x86_feature_detected!("bmi1")
        && is_x86_feature_detected!("bmi2")
        && is_x86_feature_detected!("lzcnt")
        && is_x86_feature_detected!("popcnt")
    {
        // SAFETY: the processor has the five features that the function is compiled for; nothing else in it is unsafe.
        #[expect(unsafe_code, reason = "wider registers for the pass over all bytes; the portable path does the same")]
        return unsafe { walk_avx2(bytes, wanted, prints, room, anchors) };
    }
    walk_with(bytes, wanted, prints, room, anchors, |window| classes::portable(window, prints));
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
fn walk_avx2(bytes: &[u8], wanted: Wanted, prints: &Prints, room: &mut Room, anchors: &mut impl Anchors) {
    walk_with(bytes, wanted, prints, room, anchors, |window| classes::avx2(window, prints));
}

#[inline(always)]
fn walk_with(
    bytes: &[u8],
    wanted: Wanted,
    prints: &Prints,
    room: &mut Room,
    anchors: &mut impl Anchors,
    classify: impl Fn(&Window) -> Masks,
) {
    let Room { groups, lanes, places } = room;
    let total = bytes.len().div_ceil(64);
    for from in (0..total).step_by(BATCH) {
        let count = BATCH.min(total - from);
        // The first batch classifies the chunk after it, too; the others find their first chunk there.
        lanes.go_on(from == 0);
        for i in usize::from(from > 0)..=count {
            let start = (from + i) * 64;
            let mut padded = [0; size_of::<Window>()];
            let window: &Window = match bytes.get(start..start + size_of::<Window>()) {
                Some(window) => window.try_into().expect("a window"),
                None => {
                    let rest = bytes.get(start..).unwrap_or_default();
                    padded[..rest.len()].copy_from_slice(rest);
                    &padded
                }
            };
            lanes.set(1 + i, classify(window));
        }
        for step in (0..count).step_by(STEP) {
            places.read_off(lanes, step, wanted);
        }
        for i in 0..count {
            let chunk = Chunk { bytes, base: (from + i) * 64, lanes, i: 1 + i };
            chunk.visit(places, i, &prints.exact, groups, anchors);
            if wanted.foreign && lanes.above[1 + i] != 0 {
                chunk.foreign(anchors);
            }
        }
    }
}

/// A chunk of a batch.
#[derive(Clone, Copy)]
struct Chunk<'a> {
    bytes: &'a [u8],
    /// Index of its first byte.
    base: usize,
    lanes: &'a Lanes,
    /// Its index in the lanes.
    i: usize,
}

impl Chunk<'_> {
    #[inline(always)]
    fn visit(self, places: &Places, i: usize, labels: &Fingerprints, groups: &mut Vec<Range<usize>>, anchors: &mut impl Anchors) {
        for bit in Bits(places.stretch[i]) {
            self.stretch(bit, groups, anchors);
        }
        for bit in Bits(places.number[i]) {
            self.number(bit, anchors);
        }
        for bit in Bits(places.label[i]) {
            let at = self.at(bit);
            if labels.may_begin(&self.bytes[at..]) {
                anchors.label(at);
            }
        }
        for bit in Bits(places.word[i]) {
            anchors.word(self.at(bit));
        }
        for bit in Bits(places.title[i]) {
            anchors.title(self.at(bit));
        }
        if places.rare[i] == 0 {
            return;
        }
        for bit in Bits(places.group[i]) {
            anchors.group(group_from(self.bytes, self.at(bit)));
        }
        for bit in Bits(places.at[i]) {
            anchors.at_sign(self.at(bit));
        }
        for bit in Bits(places.colon[i]) {
            anchors.colon(self.at(bit));
        }
        for bit in Bits(places.capitals[i]) {
            anchors.capitals(self.at(bit));
        }
        for bit in Bits(places.encoded[i]) {
            anchors.encoded(self.at(bit));
        }
        for bit in Bits(places.pair[i]) {
            anchors.pair(self.at(bit));
        }
        for bit in Bits(places.decimal[i]) {
            anchors.decimal(self.at(bit));
        }
        for bit in Bits(places.token[i]) {
            anchors.token(self.at(bit));
        }
    }

    #[inline(always)]
    fn at(self, bit: u32) -> usize {
        self.base + bit as usize
    }

    /// Digits of other scripts: among the bytes above ASCII, those that lead such a digit.
    #[inline(never)]
    fn foreign(self, anchors: &mut impl Anchors) {
        for bit in Bits(self.lanes.above[self.i]) {
            let at = self.at(bit);
            if matches!(self.bytes[at], 0xD9 | 0xDB | 0xE0 | 0xEF) && foreign::digit(&self.bytes[at..]).is_some() {
                anchors.foreign(at);
            }
        }
    }

    /// A group of digits that ends with this bit, if it is one that a house number could be.
    #[inline(always)]
    fn number(self, bit: u32, anchors: &mut impl Anchors) {
        // Six digits at most: those of the chunk before are seen in the top bits of the sum.
        let digits = self.lanes.digit[self.i] << (63 - bit) | self.lanes.digit[self.i - 1] >> 1 >> bit;
        let digits = digits.leading_ones() as usize;
        let end = self.at(bit) + 1;
        if digits <= 6 && before_word(self.bytes, end) {
            anchors.number(end - digits..end);
        }
    }

    /// The runs in a stretch of digits and separators that begins with this bit.
    #[inline(always)]
    fn stretch(self, bit: u32, groups: &mut Vec<Range<usize>>, anchors: &mut impl Anchors) {
        let at = self.at(bit);
        let from = |lane: &Lane| lane[self.i] >> bit | lane[self.i + 1] << 1 << (63 - bit);
        let len = from(&self.lanes.run).trailing_ones();
        if len == 64 {
            return long_stretch(self.bytes, at, groups, anchors);
        }
        let mut digits = from(&self.lanes.digit) & ((1 << len) - 1);
        if digits & 0x3FF == DATE {
            digits &= !0 << time_length(&self.bytes[at..]);
        }
        if is_run(digits.count_ones() as usize, (digits & !(digits << 1)).count_ones() as usize) {
            runs_of(self.bytes, at, digits, groups, anchors);
        }
    }
}

/// The digits of `2026-03-01` as bits.
const DATE: u64 = 0b11_0110_1111;

/// The runs of a stretch at `at` whose digits are these bits.
#[inline]
fn runs_of(bytes: &[u8], at: usize, mut bits: u64, groups: &mut Vec<Range<usize>>, anchors: &mut impl Anchors) {
    groups.clear();
    let mut digits = 0;
    while bits != 0 {
        let start = bits.trailing_zeros();
        let len = (bits >> start).trailing_ones();
        // A stretch is shorter than 64 bytes: the shifts stay below.
        bits &= !0 << (start + len);
        let start = at + start as usize;
        let group = start..start + len as usize;
        if groups.last().is_some_and(|last| !joins(bytes, last.end, start)) {
            if is_run(digits, groups.len()) {
                anchors.run(groups, digits);
            }
            groups.clear();
            digits = 0;
        }
        digits += group.len();
        groups.push(group);
    }
    if is_run(digits, groups.len()) {
        anchors.run(groups, digits);
    }
}

/// The group of digits that begins at `at`.
#[inline]
fn group_from(bytes: &[u8], at: usize) -> Range<usize> {
    at..at + bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count()
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

/// The runs in a stretch of any length that begins at `at`, byte by byte.
fn long_stretch(bytes: &[u8], at: usize, groups: &mut Vec<Range<usize>>, anchors: &mut impl Anchors) {
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
    use super::super::address::AddressMatcher;
    use super::super::labels::{LabelUse, Labels};
    use super::*;

    #[derive(Default, Debug, PartialEq)]
    struct Seen {
        runs: Vec<Vec<Range<usize>>>,
        numbers: Vec<Range<usize>>,
        groups: Vec<Range<usize>>,
        at_signs: Vec<usize>,
        colons: Vec<usize>,
        capitals: Vec<usize>,
        words: Vec<usize>,
        encoded: Vec<usize>,
        labels: Vec<usize>,
        pairs: Vec<usize>,
        decimals: Vec<usize>,
        tokens: Vec<usize>,
        titles: Vec<usize>,
        foreign: Vec<usize>,
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
        fn word(&mut self, at: usize) {
            self.words.push(at);
        }
        fn encoded(&mut self, at: usize) {
            self.encoded.push(at);
        }
        fn label(&mut self, at: usize) {
            self.labels.push(at);
        }
        fn pair(&mut self, at: usize) {
            self.pairs.push(at);
        }
        fn decimal(&mut self, at: usize) {
            self.decimals.push(at);
        }
        fn token(&mut self, at: usize) {
            self.tokens.push(at);
        }
        fn title(&mut self, at: usize) {
            self.titles.push(at);
        }
        fn foreign(&mut self, at: usize) {
            self.foreign.push(at);
        }
    }

    fn labels() -> Labels {
        let texts = ["dob", "abz", "né le", "pass", "zulu", "cvv", "born", "otp", "eyj", "imei"];
        Labels::new(&texts.map(|text| (text.to_owned(), LabelUse::Value(0))))
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
            let colon = |i: usize| bytes.get(i) == Some(&b':');
            let near = |i: usize| (1..=5).any(|n| colon(i + n));
            if colon(i) && (colon(i + 1) || (1..=5).any(|n| colon(i + n) && near(i + n))) {
                seen.colons.push(i);
            }
            let two = digit(i + 2) && digit(i + 3) || bytes.get(i + 2) == Some(&b' ') && digit(i + 3) && digit(i + 4);
            let begins = digit(i + 1) && digit(i + 2) && (i == 0 || !bytes[i - 1].is_ascii_alphanumeric());
            if upper(i) && (upper(i + 1) && two || begins) {
                seen.capitals.push(i);
            }
            if is_word(bytes, i) {
                seen.words.push(i);
            }
            if bytes[i] == b'%' && digit(i + 1) && digit(i + 2) {
                seen.encoded.push(i);
            }
            more(bytes, i, &mut seen);
        }
        seen
    }

    /// Labels, pairs, decimals, tokens and titles.
    fn more(bytes: &[u8], i: usize, seen: &mut Seen) {
        if foreign::digit(&bytes[i..]).is_some() {
            seen.foreign.push(i);
        }
        let is = |at: Option<usize>, class: &dyn Fn(u8) -> bool| at.and_then(|at| bytes.get(at)).is_some_and(|b| class(*b));
        let ahead = |n: usize, class: &dyn Fn(u8) -> bool| is(Some(i + n), class);
        let behind = |n: usize, class: &dyn Fn(u8) -> bool| is(i.checked_sub(n), class);
        let mark = |b: u8| b"()+-./".contains(&b);
        let joint = |b: u8| mark(b) || b == b' ';
        let alnum = |b: u8| b.is_ascii_alphanumeric();
        let digit = |b: u8| b.is_ascii_digit();
        let open = !behind(1, &alnum);
        if open && bytes[i].is_ascii_alphabetic() && labels().fingerprints().may_begin(&bytes[i..]) {
            seen.labels.push(i);
        }
        let six = [0, 3, 6, 9, 12].iter().all(|n| ahead(*n, &joint));
        if six || ahead(0, &mark) && ahead(5, &mark) && !ahead(15, &mark) && !behind(5, &mark) {
            seen.pairs.push(i);
        }
        if ahead(0, &digit) && ahead(1, &mark) && (2..6).all(|n| ahead(n, &digit)) && !(behind(2, &|b| b == b':') && behind(3, &digit)) {
            seen.decimals.push(i);
        }
        if open && (0..24).all(|n| ahead(n, &alnum)) {
            seen.tokens.push(i);
        }
        let small = |b: u8| b.is_ascii_lowercase() || b >= 0x80;
        let capital = bytes[i].is_ascii_uppercase();
        let word = open && capital && ahead(1, &small) && ahead(2, &|b| small(b) || b.is_ascii_uppercase()) && !behind(1, &mark);
        if word || (capital || bytes[i] >= 0x80) && behind(1, &|b| b == b' ') && behind(2, &|b| b == b':') {
            seen.titles.push(i);
        }
    }

    /// The first letters of an anchor word behind no letter or digit.
    fn is_word(bytes: &[u8], at: usize) -> bool {
        let starts = |anchor: &&&str| bytes[at..].get(..2).is_some_and(|two| two.eq_ignore_ascii_case(&anchor.as_bytes()[..2]));
        let inside = at > 0 && bytes[at - 1].is_ascii_alphanumeric();
        !inside && AddressMatcher::ANCHORS.iter().any(|anchor| starts(&anchor))
    }

    /// What the way for this processor reports, which is what the way for all reports.
    fn walked(bytes: &[u8]) -> Seen {
        let (mut seen, mut portable) = (Seen::default(), Seen::default());
        let wanted = Wanted {
            numbers: true,
            groups: true,
            words: true,
            encoded: true,
            labels: true,
            pairs: true,
            decimals: true,
            tokens: true,
            titles: true,
            foreign: true,
        };
        let labels = labels();
        let prints = Prints::new(labels.fingerprints().clone());
        walk(bytes, wanted, &prints, &mut Room::new(), &mut seen);
        walk_with(bytes, wanted, &prints, &mut Room::new(), &mut portable, |window| classes::portable(window, &prints));
        // More are reported than begin with an anchor's first letters, where a processor cannot tell.
        seen.words.retain(|at| is_word(bytes, *at));
        portable.words.retain(|at| is_word(bytes, *at));
        assert_eq!(seen, portable);
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
    fn agrees_on_every_byte_and_on_long_stretches() {
        let mut state = 11_u64;
        let mut random = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 33) as usize % below
        };
        for _ in 0..300 {
            let mut bytes: Vec<u8> = (0..random(9_000)).map(|_| random(256) as u8).collect();
            for _ in 0..random(20) {
                let at = random(bytes.len() + 1);
                let alphabet: &[u8] = [
                    &b"0123456789"[..],
                    b"0123-. ",
                    b":::ab",
                    b" PO Unit brgy %40",
                    b"2026-03-01 12:",
                    b"ab-cd-01-",
                    b"1.234567",
                    b"abcdef0123456789ABCDEF",
                    "né le dob=CVV PASS".as_bytes(),
                    "４１١٩۰९".as_bytes(),
                ][random(10)];
                let piece: Vec<u8> = (0..random(150))
                    .map(|i| if random(2) == 0 { alphabet[i % alphabet.len()] } else { alphabet[random(alphabet.len())] })
                    .collect();
                bytes.splice(at..at, piece);
            }
            assert_eq!(walked(&bytes), reference(&bytes));
        }
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
