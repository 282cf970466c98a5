//! Words of texts and names: `creditCard_no2` is `credit card no 2`. Whole words are compared, never parts of words.

use std::collections::HashMap;
use std::ops::Range;

use super::marks::{Window, Words, first_eight, of_eight};
use super::rule::Rule;

/// Iterates over the words of a text or name: they end at what is neither letter nor digit, between a lower-case and an
/// upper-case letter, and between letters and digits. Bytes above ASCII count as letters.
pub fn tokens(text: &[u8]) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < text.len() && CLASSES[usize::from(text[at])] == Class::Other {
            at += 1;
        }
        let start = at;
        let mut last = Class::Other;
        while let Some(byte) = text.get(at) {
            let class = CLASSES[usize::from(*byte)];
            // `IPAddress` is `IP Address`: the last capital before lower case begins a word.
            let begins = last == Class::Upper && class == Class::Upper && text.get(at + 1).is_some_and(u8::is_ascii_lowercase);
            let goes_on = match (last, class) {
                (_, Class::Other) => false,
                (Class::Other, _) | (Class::Upper, Class::Lower) => true,
                (last, class) => last == class && !begins,
            };
            if !goes_on {
                break;
            }
            last = class;
            at += 1;
        }
        (start < at).then_some(start..at)
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Lower,
    Upper,
    Digit,
    Other,
}

/// The class of each byte; those above ASCII are letters.
static CLASSES: [Class; 256] = {
    let mut classes = [Class::Other; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b'a'..=b'z' | 0x80.. => Class::Lower,
            b'A'..=b'Z' => Class::Upper,
            b'0'..=b'9' => Class::Digit,
            _ => Class::Other,
        };
        byte += 1;
    }
    classes
};

/// A word, folded to ASCII lower case, at most 23 bytes of it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Word {
    bytes: [u8; 23],
    len: u8,
}

impl Word {
    pub(crate) fn new(text: &[u8]) -> Self {
        let mut word = Self { bytes: [0; 23], len: u8::try_from(text.len().min(24)).expect("at most 24") };
        for (to, from) in word.bytes.iter_mut().zip(text) {
            *to = from.to_ascii_lowercase();
        }
        word
    }
}

/// A multiplicative hash over the words' bytes: tables are small and made of our own words, so that nobody can flood them.
#[derive(Default, Clone, Copy)]
pub(crate) struct WordHasher(u64);

impl std::hash::Hasher for WordHasher {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.0 = (self.0.rotate_left(5) ^ u64::from_le_bytes(word)).wrapping_mul(0x517c_c1b7_2722_0a95);
        }
    }
}

type Table<V> = HashMap<Word, V, std::hash::BuildHasherDefault<WordHasher>>;

/// A set of phrases, found as whole words.
#[derive(Clone)]
pub struct Phrases {
    /// By first word: the words that must follow.
    table: Table<Vec<Vec<Word>>>,
    gate: Gate,
}

impl Default for Phrases {
    fn default() -> Self {
        Self::of(Table::default())
    }
}

/// Turns nearly all words away that are in no table, by their first eight bytes and their length.
#[derive(Clone)]
struct Gate {
    bits: Box<[u64]>,
    shift: u32,
}

impl Gate {
    fn new<'a>(words: impl ExactSizeIterator<Item = &'a Word>) -> Self {
        // One bit in sixty-four is set at most.
        let log = (words.len().max(8) * 64).next_power_of_two().trailing_zeros();
        let mut out = Self { bits: vec![0; 1 << (log - 6)].into_boxed_slice(), shift: u64::BITS - log };
        for word in words {
            let len = usize::from(word.len);
            let slot = (print(head(&word.bytes[..len.min(23)]), len) >> out.shift) as usize;
            out.bits[slot / 64] |= 1 << (slot % 64);
        }
        out
    }

    #[inline(always)]
    fn allows(&self, print: u64) -> bool {
        let slot = (print >> self.shift) as usize;
        self.bits[slot / 64] >> (slot % 64) & 1 == 1
    }
}

/// What [`Window::head`] gives of a word.
#[inline]
fn head(word: &[u8]) -> u64 {
    first_eight(word) & of_eight(word.len())
}

/// Spreads the first bytes and the length of a word over 64 bits, of which the upper ones are used.
#[inline(always)]
fn print(head: u64, len: usize) -> u64 {
    (head ^ (len.min(24) as u64) << 59).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

impl Phrases {
    /// Makes a set of phrases. A phrase of several words is also found written as one.
    #[must_use]
    pub fn new(phrases: &[String]) -> Self {
        let mut table: Table<Vec<Vec<Word>>> = Table::default();
        for phrase in phrases {
            let words: Vec<Word> = tokens(phrase.as_bytes()).map(|r| Word::new(&phrase.as_bytes()[r])).collect();
            if let Some((first, rest)) = words.split_first() {
                table.entry(*first).or_default().push(rest.to_vec());
            }
            if words.len() > 1 {
                let joined: Vec<u8> = phrase.bytes().filter(u8::is_ascii_alphanumeric).collect();
                table.entry(Word::new(&joined)).or_default().push(Vec::new());
            }
        }
        Self::of(table)
    }

    fn of(mut table: Table<Vec<Vec<Word>>>) -> Self {
        for rests in table.values_mut() {
            rests.sort_by_key(|rest| std::cmp::Reverse(rest.len()));
        }
        Self { gate: Gate::new(table.keys()), table }
    }

    /// Says whether a word is the first of some phrase.
    #[inline]
    pub(crate) fn begins(&self, word: &[u8]) -> bool {
        self.gate.allows(print(head(word), word.len())) && self.table.contains_key(&Word::new(word))
    }

    /// Says whether a phrase begins at a word of a window, whose other words follow.
    fn begins_at(&self, window: &Window, word: &Range<usize>, words: Words) -> bool {
        let Some(rests) = self.table.get(&Word::new(window.text(word))) else { return false };
        rests.iter().any(|rest| {
            let mut words = words;
            rest.iter().all(|wanted| words.next().is_some_and(|word| Word::new(window.text(&word)) == *wanted))
        })
    }

    /// Returns the number of words that the longest phrase starting at word `at` takes; none where no phrase starts there.
    #[inline]
    pub(crate) fn at(&self, text: &[u8], words: &[Range<usize>], at: usize) -> Option<usize> {
        let first = &text[words[at].clone()];
        if !self.gate.allows(print(head(first), first.len())) {
            return None;
        }
        let rests = self.table.get(&Word::new(first))?;
        let follows = |rest: &&Vec<Word>| {
            let next = words[at + 1..].iter().map(|word| Word::new(&text[word.clone()]));
            words.len() - at > rest.len() && rest.iter().copied().eq(next.take(rest.len()))
        };
        rests.iter().find(follows).map(|rest| rest.len() + 1)
    }

    /// Says whether a phrase stands anywhere in these words of a text.
    pub(crate) fn any(&self, text: &[u8], words: &[Range<usize>]) -> bool {
        (0..words.len()).any(|at| self.at(text, words, at).is_some())
    }
}

/// Says which of two sets of phrases have one in a window.
pub(super) fn in_window([one, other]: [&Phrases; 2], window: &Window) -> [bool; 2] {
    let mut found = [false; 2];
    let mut words = window.words();
    while let Some(word) = words.next() {
        let print = print(window.head(&word), word.len());
        found[0] |= one.gate.allows(print) && one.begins_at(window, &word, words);
        found[1] |= other.gate.allows(print) && other.begins_at(window, &word, words);
    }
    found
}

/// The words that speak for any of several rules: what has none of them near needs no look at each.
pub struct Cues(Phrases);

impl Cues {
    /// Puts the words of rules together.
    pub fn of<'a>(rules: impl Iterator<Item = &'a Rule>) -> Self {
        let mut table: Table<Vec<Vec<Word>>> = Table::default();
        for rule in rules {
            for (first, rests) in &rule.words_for.table {
                table.entry(*first).or_default().extend(rests.iter().cloned());
            }
        }
        Self(Phrases::of(table))
    }

    /// Says whether a word is the first of some phrase.
    #[inline]
    #[must_use]
    pub fn begins(&self, word: &[u8]) -> bool {
        self.0.begins(word)
    }

    /// Says whether one of the phrases stands in a piece of text of at most [`super::WINDOW`] bytes.
    #[must_use]
    pub fn near(&self, piece: &[u8]) -> bool {
        let window = Window::of(piece);
        let mut words = window.words();
        while let Some(word) = words.next() {
            if self.0.gate.allows(print(window.head(&word), word.len())) && self.0.begins_at(&window, &word, words) {
                return true;
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        tokens(text.as_bytes()).map(|r| &text[r]).collect()
    }

    fn any(phrases: &Phrases, text: &str) -> bool {
        phrases.any(text.as_bytes(), &tokens(text.as_bytes()).collect::<Vec<_>>())
    }

    #[test]
    fn splits_names_at_case_digits_and_punctuation() {
        assert_eq!(split("creditCard_no2"), ["credit", "Card", "no", "2"]);
        assert_eq!(split("IPAddress"), ["IP", "Address"]);
        assert_eq!(split("téléphone--mobile"), ["téléphone", "mobile"]);
        assert_eq!(split(" ._"), [""; 0]);
        assert_eq!(split("SSN"), ["SSN"]);
    }

    #[test]
    fn finds_whole_words_only() {
        let phrases = Phrases::new(&["lic".into(), "credit card".into()]);
        assert!(!any(&phrases, "publication"));
        assert!(any(&phrases, "driver_lic"));
        assert!(any(&phrases, "creditCard"));
        assert!(any(&phrases, "CREDITCARD:"));
        assert!(!any(&phrases, "credit note, card"));
    }
}
