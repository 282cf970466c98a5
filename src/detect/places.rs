//! Places that are worth a look, read off the masks of many chunks at once.
//!
//! In come the masks of [`super::classes`], out go masks of the first byte of what matchers look at. All is shifts and logic
//! over arrays of a fixed length, so that it runs on vectors. Nothing here sees a byte.

use super::classes::Masks;

/// What the caller has rules for.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Wanted {
    pub numbers: bool,
    pub groups: bool,
    pub words: bool,
    pub encoded: bool,
    pub labels: bool,
    pub pairs: bool,
    pub decimals: bool,
    pub tokens: bool,
    pub titles: bool,
    pub foreign: bool,
}

/// Chunks that are classified together: the loop over bytes then holds nothing but vectors, and so does the one over masks.
pub(super) const BATCH: usize = 64;

/// One mask of a batch: of the chunk before it, of its chunks, and of the one after it.
pub(super) type Lane = [u64; BATCH + 2];

/// The masks of a batch.
pub(super) struct Lanes {
    pub digit: Lane,
    pub run: Lane,
    pub space: Lane,
    pub letter: Lane,
    pub upper: Lane,
    pub above: Lane,
    pub at: Lane,
    pub colon: Lane,
    pub percent: Lane,
    pub word: Lane,
    pub label: Lane,
}

impl Lanes {
    pub fn new() -> Self {
        let none = [0; BATCH + 2];
        Self {
            digit: none,
            run: none,
            space: none,
            letter: none,
            upper: none,
            above: none,
            at: none,
            colon: none,
            percent: none,
            word: none,
            label: none,
        }
    }

    #[inline(always)]
    pub fn set(&mut self, i: usize, masks: Masks) {
        self.digit[i] = masks.digit;
        self.run[i] = masks.run;
        self.space[i] = masks.space;
        self.letter[i] = masks.letter;
        self.upper[i] = masks.upper;
        self.above[i] = masks.above;
        self.at[i] = masks.at;
        self.colon[i] = masks.colon;
        self.percent[i] = masks.percent;
        self.word[i] = masks.word;
        self.label[i] = masks.label;
    }

    /// Takes the end of the last batch for the beginning of the next; there is nothing before the first.
    #[inline(always)]
    pub fn go_on(&mut self, first: bool) {
        let lanes = [
            &mut self.digit, &mut self.run, &mut self.space, &mut self.letter, &mut self.upper, &mut self.above, &mut self.at,
            &mut self.colon, &mut self.percent, &mut self.word, &mut self.label,
        ];
        for lane in lanes {
            (lane[0], lane[1]) = if first { (0, 0) } else { (lane[BATCH], lane[BATCH + 1]) };
        }
    }
}

/// Chunks whose places are read off together: their number is fixed, so that the loop becomes one over vectors.
pub(super) const STEP: usize = 16;

/// Part of a lane: the masks of some chunks, of the one before and of the one after them.
type Part = [u64; STEP + 2];

/// The mask of chunk `i` of a part, with each bit telling of the byte n after its own.
#[inline(always)]
fn ahead(part: &Part, i: usize, n: u32) -> u64 {
    part[i + 1] >> n | part[i + 2] << (64 - n)
}

/// The mask of chunk `i` of a part, with each bit telling of the byte before its own.
#[inline(always)]
fn behind(part: &Part, i: usize) -> u64 {
    part[i + 1] << 1 | part[i] >> 63
}

/// The mask of chunk `i` of a part, with each bit telling of the byte n before its own.
#[inline(always)]
fn before(part: &Part, i: usize, n: u32) -> u64 {
    part[i + 1] << n | part[i] >> (64 - n)
}

/// The mask of chunk `i` of a part, with each bit telling whether its byte and all to the 23rd after it are marked.
#[inline(always)]
fn long(part: &Part, i: usize) -> u64 {
    let next = part[i + 2];
    let two = (part[i + 1] & ahead(part, i, 1), next & next >> 1);
    let four = (two.0 & (two.0 >> 2 | two.1 << 62), two.1 & two.1 >> 2);
    let eight = (four.0 & (four.0 >> 4 | four.1 << 60), four.1 & four.1 >> 4);
    let sixteen = eight.0 & (eight.0 >> 8 | eight.1 << 56);
    sixteen & (eight.0 >> 16 | eight.1 << 48)
}

/// The mask of chunk `i` of a part, with each bit telling whether one of the five bytes after its own is marked.
#[inline(always)]
fn soon(part: &Part, i: usize) -> u64 {
    ahead(part, i, 1) | ahead(part, i, 2) | ahead(part, i, 3) | ahead(part, i, 4) | ahead(part, i, 5)
}

/// Where the chunks of a batch are worth a look.
pub(super) struct Places {
    /// The first of seven bytes or more that a run may be made of.
    pub stretch: [u64; BATCH],
    /// The last digit of a group that a word seems to follow.
    pub number: [u64; BATCH],
    /// The first digit of a group.
    pub group: [u64; BATCH],
    pub at: [u64; BATCH],
    pub colon: [u64; BATCH],
    pub capitals: [u64; BATCH],
    pub word: [u64; BATCH],
    pub encoded: [u64; BATCH],
    /// The first byte of what may be a label.
    pub label: [u64; BATCH],
    /// The first separator of six pairs, or of three groups of four: `01-23-45-67-89-ab`, `0123.4567.89ab`.
    pub pair: [u64; BATCH],
    /// The last digit before a separator and four digits, where no time ends so.
    pub decimal: [u64; BATCH],
    /// The first of 24 letters and digits or more.
    pub token: [u64; BATCH],
    /// A capital that begins a word, behind none of `()+-./`, and that small letters follow; or a capital or a byte above ASCII
    /// behind a colon and a space.
    pub title: [u64; BATCH],
    /// All but stretches, numbers, labels, words and titles: most chunks have none.
    pub rare: [u64; BATCH],
}

impl Places {
    pub fn new() -> Self {
        let none = [0; BATCH];
        Self {
            stretch: none,
            number: none,
            group: none,
            at: none,
            colon: none,
            capitals: none,
            word: none,
            encoded: none,
            label: none,
            pair: none,
            decimal: none,
            token: none,
            title: none,
            rare: none,
        }
    }

    #[inline(always)]
    pub fn read_off(&mut self, lanes: &Lanes, from: usize, wanted: Wanted) {
        let part = |lane: &Lane| -> Part { lane[from..from + STEP + 2].try_into().expect("steps make a batch") };
        let (run, digit, space, upper) = (part(&lanes.run), part(&lanes.digit), part(&lanes.space), part(&lanes.upper));
        let (ascii, above, colon, at) = (part(&lanes.letter), part(&lanes.above), part(&lanes.colon), part(&lanes.at));
        let (percent, first, label) = (part(&lanes.percent), part(&lanes.word), part(&lanes.label));
        let asked = |wanted: bool| if wanted { u64::MAX } else { 0 };
        let (numbers, groups, words, encoded) = (asked(wanted.numbers), asked(wanted.groups), asked(wanted.words), asked(wanted.encoded));
        let (pairs, decimals) = (asked(wanted.pairs), asked(wanted.decimals));
        let (labels, tokens, titles) = (asked(wanted.labels), asked(wanted.tokens), asked(wanted.titles));
        let none = [0; STEP];
        let (mut stretch, mut number, mut group, mut colons) = (none, none, none, none);
        let (mut capitals, mut word, mut escape, mut rare) = (none, none, none, none);
        for i in 0..STEP {
            let (next, after) = (run[i + 2], ahead(&run, i, 1));
            let two = (run[i + 1] & after, next & next >> 1);
            let four = (two.0 & (two.0 >> 2 | two.1 << 62), two.1 & two.1 >> 2);
            let seven = four.0 & (four.0 >> 3 | four.1 << 61);
            stretch[i] = seven & !behind(&run, i);
        }
        for i in 0..STEP {
            let (digit_1, digit_2, digit_3) = (ahead(&digit, i, 1), ahead(&digit, i, 2), ahead(&digit, i, 3));
            let (space_1, space_2) = (ahead(&space, i, 1), ahead(&space, i, 2));
            let (letter_1, letter_2) = (ahead(&ascii, i, 1) | ahead(&above, i, 1), ahead(&ascii, i, 2) | ahead(&above, i, 2));
            // An ordinal has three digits at most.
            let longer = ahead(&ascii, i, 4) | ahead(&digit, i, 4) & ahead(&ascii, i, 5);
            let ordinal = digit_2 & (ahead(&ascii, i, 3) | digit_3 & longer);
            number[i] = digit[i + 1] & !digit_1 & (space_1 & (letter_2 | ordinal) | letter_1 & space_2) & numbers;
            group[i] = digit[i + 1] & !behind(&digit, i) & groups;
            // Two capitals before two digits, also behind a space (`AB 12 `); or a word that begins with one.
            let spaced = space_2 & digit_3 & ahead(&digit, i, 4);
            let begins = digit_1 & digit_2 & !(behind(&ascii, i) | behind(&digit, i));
            capitals[i] = upper[i + 1] & (ahead(&upper, i, 1) & (digit_2 & digit_3 | spaced) | begins);
            word[i] = first[i + 1] & !(behind(&ascii, i) | behind(&digit, i)) & words;
            escape[i] = percent[i + 1] & digit_1 & digit_2 & encoded;
        }
        // The colons with another one in the next five bytes.
        let mut near: Part = [0; STEP + 2];
        for i in 0..STEP {
            near[i + 1] = colon[i + 1] & soon(&colon, i);
        }
        let last = colon[STEP + 1];
        near[STEP + 1] = last & (last >> 1 | last >> 2 | last >> 3 | last >> 4 | last >> 5);
        for i in 0..STEP {
            // The other colons of a time, or of a key and its value, are none of an address.
            colons[i] = near[i + 1] & (ahead(&colon, i, 1) | soon(&near, i));
            rare[i] = group[i] | at[i + 1] | colons[i] | capitals[i] | escape[i];
        }
        let (mut begin, mut pair, mut decimal, mut token, mut title) = (none, none, none, none, none);
        let empty = [0; STEP + 2];
        let (mut mark, mut joint, mut alnum, mut small): (Part, Part, Part, Part) = (empty, empty, empty, empty);
        for i in 0..STEP + 2 {
            joint[i] = run[i] & !(digit[i] | above[i]);
            mark[i] = joint[i] & !space[i];
            alnum[i] = ascii[i] | digit[i];
            small[i] = ascii[i] & !upper[i] | above[i];
        }
        for i in 0..STEP {
            let open = !behind(&alnum, i);
            let six = joint[i + 1] & ahead(&joint, i, 3) & ahead(&joint, i, 6) & ahead(&joint, i, 9) & ahead(&joint, i, 12);
            // A UUID has four groups of four and more.
            let three = mark[i + 1] & ahead(&mark, i, 5) & !ahead(&mark, i, 15) & !before(&mark, i, 5);
            pair[i] = (six | three) & pairs;
            let four = ahead(&digit, i, 2) & ahead(&digit, i, 3) & ahead(&digit, i, 4) & ahead(&digit, i, 5);
            decimal[i] = digit[i + 1] & ahead(&mark, i, 1) & four & !(before(&colon, i, 2) & before(&digit, i, 3)) & decimals;
            token[i] = open & long(&alnum, i) & tokens;
            begin[i] = label[i + 1] & open & labels;
            let word = upper[i + 1] & open & ahead(&small, i, 1) & (ahead(&small, i, 2) | ahead(&upper, i, 2)) & !behind(&mark, i);
            let announced = (upper[i + 1] | above[i + 1]) & behind(&space, i) & before(&colon, i, 2);
            title[i] = (word | announced) & titles;
            rare[i] |= pair[i] | decimal[i] | token[i];
        }
        let to = from..from + STEP;
        self.stretch[to.clone()].copy_from_slice(&stretch);
        self.number[to.clone()].copy_from_slice(&number);
        self.group[to.clone()].copy_from_slice(&group);
        self.at[to.clone()].copy_from_slice(&at[1..=STEP]);
        self.colon[to.clone()].copy_from_slice(&colons);
        self.capitals[to.clone()].copy_from_slice(&capitals);
        self.word[to.clone()].copy_from_slice(&word);
        self.encoded[to.clone()].copy_from_slice(&escape);
        self.label[to.clone()].copy_from_slice(&begin);
        self.pair[to.clone()].copy_from_slice(&pair);
        self.decimal[to.clone()].copy_from_slice(&decimal);
        self.token[to.clone()].copy_from_slice(&token);
        self.title[to.clone()].copy_from_slice(&title);
        self.rare[to].copy_from_slice(&rare);
    }
}
