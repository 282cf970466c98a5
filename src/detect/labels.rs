//! Labels: words behind which a value stands, such as `dob:` or `account no.`, and the literals that tokens begin with.
//!
//! In come the texts that rules look for, out goes what the prefilter needs to point at them (the first three bytes of each,
//! in eight groups) and a look-up of those that stand at a place. Nothing here reads a value.

use crate::model::RuleIndex;
use crate::pattern::{first_eight, of_eight};

/// Bytes of a label that the prefilter looks at.
pub(super) const PREFIX: usize = 3;

/// What joins the words of a label: `account no`, `account_no`, `account-no`, `account.no`, `accountNo`.
const JOINTS: [&str; 5] = [" ", "_", "-", ".", ""];

/// What a label belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum LabelUse {
    /// The value of a rule follows.
    Value(RuleIndex),
    /// The value of a rule begins here.
    Begin(RuleIndex),
}

/// All labels of a run.
#[derive(Default)]
pub(super) struct Labels {
    /// In small letters.
    labels: Vec<(Box<[u8]>, LabelUse)>,
    /// Labels by the slots of their first four bytes.
    in_slots: Vec<Slotted>,
    /// By slot: where its labels begin in `in_slots`, and the end.
    by_slot: Vec<u16>,
    fingerprints: Fingerprints,
}

/// A label in a slot.
struct Slotted {
    /// Its first eight bytes, folded, and which of them it has: most other texts differ in them.
    head: u64,
    kept: u64,
    label: u16,
}

/// Which bytes labels begin with: the byte at place n is in the groups whose bits its table has. Three bytes may begin a label
/// where some group has all of them.
#[derive(Clone)]
pub(super) struct Fingerprints {
    pub exact: [[u8; 256]; PREFIX],
    /// By the slot of four bytes: whether a longer label may begin so, as bits.
    four: [u64; 1 << (FOUR - 6)],
    /// By the slot of three bytes that are a word: whether they may be a label, as bits.
    three: [u64; 1 << (FOUR - 6)],
}

/// Binary logarithm of the slots of four bytes.
const FOUR: u32 = 14;

impl Default for Fingerprints {
    fn default() -> Self {
        Self { exact: [[0; 256]; PREFIX], four: [0; 1 << (FOUR - 6)], three: [0; 1 << (FOUR - 6)] }
    }
}

impl Fingerprints {
    /// Says whether some group has all of these bytes.
    #[inline(always)]
    pub fn allow(&self, [a, b, c]: [u8; PREFIX]) -> bool {
        self.exact[0][usize::from(a)] & self.exact[1][usize::from(b)] & self.exact[2][usize::from(c)] != 0
    }

    /// Says whether a label may begin with the first four bytes of a text: of other texts one in a hundred.
    #[inline(always)]
    pub fn may_begin(&self, rest: &[u8]) -> bool {
        let four = first_four(rest);
        let has = |table: &[u64], slot: usize| table[slot / 64] >> (slot % 64) & 1 == 1;
        let word = !((four >> 24) as u8).is_ascii_alphanumeric();
        let begins = has(&self.four, slot(four)) || word && has(&self.three, slot(four & 0xFF_FFFF));
        let [a, b, c, _] = four.to_le_bytes();
        begins && self.allow([a, b, c])
    }
}

/// The first four bytes of a text as a number, with zeros behind its end.
#[inline(always)]
fn first_four(rest: &[u8]) -> u32 {
    u32::from_le_bytes(rest.first_chunk().copied().unwrap_or_else(|| {
        let mut four = [0; 4];
        four[..rest.len()].copy_from_slice(rest);
        four
    }))
}

/// The slot of four bytes, the same for letters of both cases.
#[inline(always)]
fn slot(four: u32) -> usize {
    ((four | 0x2020_2020).wrapping_mul(0x9E37_79B1) >> (u32::BITS - FOUR)) as usize
}

/// Says whether no letter or digit follows a label.
fn is_word(label: &[u8], used_by: LabelUse) -> bool {
    matches!(used_by, LabelUse::Value(_)) && label.last().is_some_and(u8::is_ascii_alphanumeric)
}

/// The slots that the first four bytes of a text may have which a label begins.
fn slots(label: &[u8], used_by: LabelUse) -> Vec<usize> {
    let mut slots: Vec<usize> = match *label {
        [a, b, c] => {
            let word = is_word(label, used_by);
            (0..=255_u8).filter(|d| !word || !d.is_ascii_alphanumeric()).map(|d| slot(u32::from_le_bytes([a, b, c, d]))).collect()
        }
        [a, b, c, d, ..] => vec![slot(u32::from_le_bytes([a, b, c, d]))],
        _ => Vec::new(),
    };
    slots.sort_unstable();
    slots.dedup();
    slots
}

impl Labels {
    /// Takes the texts of rules. Each begins with an ASCII letter and has [`PREFIX`] bytes or more, as `pattern` checks.
    pub fn new(texts: &[(String, LabelUse)]) -> Self {
        let written = |(text, used_by): &(String, LabelUse)| {
            let text = text.to_ascii_lowercase();
            let used_by = *used_by;
            JOINTS.map(|joint| (text.replace(' ', joint).into_bytes().into_boxed_slice(), used_by))
        };
        let mut labels: Vec<_> = texts.iter().flat_map(written).filter(|(text, _)| text.len() >= PREFIX).collect();
        labels.sort();
        labels.dedup();
        let fingerprints = fingerprints(&labels);
        let index = |i: usize| u16::try_from(i).expect("labels and their slots are some thousands");
        let mut placed: Vec<(usize, u16)> = labels
            .iter()
            .enumerate()
            .flat_map(|(i, (label, used_by))| slots(label, *used_by).into_iter().map(move |s| (s, i)))
            .map(|(s, i)| (s, index(i)))
            .collect();
        placed.sort_unstable();
        let by_slot = (0..=1 << FOUR).map(|slot| index(placed.partition_point(|(held, _)| *held < slot))).collect();
        let slotted = |label: u16| {
            let text = &labels[usize::from(label)].0;
            let kept = of_eight(text.len());
            Slotted { head: first_eight(text) & kept, kept, label }
        };
        let in_slots = placed.into_iter().map(|(_, label)| slotted(label)).collect();
        Self { labels, in_slots, by_slot, fingerprints }
    }

    pub fn fingerprints(&self) -> &Fingerprints {
        &self.fingerprints
    }

    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// The labels that stand at `at`, each with where it ends.
    pub fn at<'a>(&'a self, text: &'a [u8], at: usize) -> impl Iterator<Item = (LabelUse, usize)> + 'a {
        let slot = slot(first_four(&text[at..]));
        let range = self.by_slot.get(slot..slot + 2).map_or(0..0, |ends| usize::from(ends[0])..usize::from(ends[1]));
        let eight = first_eight(&text[at..]);
        let begun = self.in_slots[range].iter().filter(move |slotted| eight & slotted.kept == slotted.head);
        begun.filter_map(move |slotted| {
            let (label, used_by) = &self.labels[usize::from(slotted.label)];
            let end = at + label.len();
            let stands = text.get(at..end)?.eq_ignore_ascii_case(label);
            let inside = |b: Option<&u8>| b.is_some_and(u8::is_ascii_alphanumeric);
            (stands && !(is_word(label, *used_by) && inside(text.get(end)))).then_some((*used_by, end))
        })
    }
}

/// Labels whose first letters are neighbours share a group: look-ups by the halves of bytes then mix up fewest others.
fn fingerprints(labels: &[(Box<[u8]>, LabelUse)]) -> Fingerprints {
    let mut firsts: Vec<u8> = labels.iter().map(|(label, _)| label[0]).collect();
    firsts.dedup();
    let mut out = Fingerprints::default();
    for (label, used_by) in labels {
        let group = firsts.iter().position(|first| *first == label[0]).map_or(0, |i| i * 8 / firsts.len().max(8));
        match **label {
            [a, b, c] if is_word(label, *used_by) => {
                let slot = slot(u32::from_le_bytes([a, b, c, 0]));
                out.three[slot / 64] |= 1 << (slot % 64);
            }
            _ => slots(label, *used_by).into_iter().for_each(|slot| out.four[slot / 64] |= 1 << (slot % 64)),
        }
        for (table, byte) in out.exact.iter_mut().zip(label) {
            table[usize::from(*byte)] |= 1 << group;
            table[usize::from(byte.to_ascii_uppercase())] |= 1 << group;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels() -> Labels {
        Labels::new(&[
            ("dob".to_owned(), LabelUse::Value(1)),
            ("date of birth".to_owned(), LabelUse::Value(1)),
            ("account no".to_owned(), LabelUse::Value(2)),
            ("eyj".to_owned(), LabelUse::Begin(3)),
        ])
    }

    fn ends(text: &str) -> Vec<(LabelUse, usize)> {
        labels().at(text.as_bytes(), 0).collect()
    }

    #[test]
    fn finds_labels_as_they_are_written() {
        for (text, end) in [("DOB: x", 3), ("dateOfBirth=", 11), ("date_of_birth", 13), ("Date of Birth ", 13)] {
            assert_eq!(ends(text), [(LabelUse::Value(1), end)], "{text}");
        }
        assert_eq!(ends("eyJhbGci"), [(LabelUse::Begin(3), 3)]);
    }

    #[test]
    fn refuses_parts_of_words() {
        for text in ["dobson: x", "account note", "account nor", "do", "", "date of births"] {
            assert_eq!(ends(text), [], "{text}");
        }
    }

    #[test]
    fn fingerprints_allow_all_labels_and_few_others() {
        let labels = labels();
        for start in ["dob", "DOB:", "Date of", "accountNo", "account", "eyJh"] {
            let start = start.as_bytes();
            assert!(labels.fingerprints().allow([start[0], start[1], start[2]]));
            assert!(labels.fingerprints().may_begin(start));
        }
        for other in ["cars", "zzzz", "them", "orde", "dobs", "date"] {
            assert_eq!(labels.fingerprints().may_begin(other.as_bytes()), other == "date", "{other}");
        }
    }
}
