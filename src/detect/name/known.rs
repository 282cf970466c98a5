//! Which words are names: one table over the lists of [`given`] and [`surnames`], made at first use.
//!
//! Words are folded while they are looked up: capitals, and Latin letters with marks, become the plain small letter.

use std::sync::LazyLock;

use super::{given, ordinary, particles, surnames};

/// What a word of a name is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::detect) struct Known(u8);

impl Known {
    pub const GIVEN: Self = Self(1);
    pub const SURNAME: Self = Self(2);
    /// A title, a particle, a suffix.
    pub const PARTICLE: Self = Self(4);
    /// A word of firms and places.
    pub const FIRM: Self = Self(8);
    /// An ordinary word that is written with a capital where a sentence begins, or always.
    pub const COMMON: Self = Self(16);
    /// A word that makes the name beside it that of a place, a work or a body.
    pub const PLACE: Self = Self(32);
    /// A rank or an office before a surname.
    pub const RANK: Self = Self(64);
    /// A name that is an ordinary word or a place as well.
    pub const WEAK: Self = Self(128);

    /// Says whether it is any of these.
    pub const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Joins two.
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

const SLOTS: usize = 65_536;
/// Longest word that is looked up, folded.
const LONGEST: usize = 24;

struct Table {
    /// Words, filled up with zeros, so that one is compared without a call.
    entries: Vec<(Folded, Known)>,
    slots: Box<[u16]>,
    /// By [`print`]: whether a given name or surname in plain letters has it.
    prints: Box<[u64; PRINTS / 64]>,
}

/// Values of [`print`].
const PRINTS: usize = 1 << 16;

type Folded = [u8; LONGEST];

static TABLE: LazyLock<Table> = LazyLock::new(Table::new);

/// Says what a word is known as.
pub(in crate::detect) fn known(word: &str) -> Known {
    let mut folded = [0; LONGEST];
    match fold(word, &mut folded) {
        Some(length) => TABLE.find(&folded, length).map_or(Known::default(), |entry| TABLE.entries[entry].1),
        None => Known::default(),
    }
}

impl Table {
    fn new() -> Self {
        let mut table =
            Self { entries: Vec::with_capacity(16_000), slots: vec![0; SLOTS].into_boxed_slice(), prints: Box::new([0; PRINTS / 64]) };
        let given_names = given::ALL.iter().map(|list| (*list, Known::GIVEN));
        let family_names = surnames::ALL.iter().map(|list| (*list, Known::SURNAME));
        let others = [
            (particles::PARTICLES, Known::PARTICLE),
            (particles::FIRM, Known::FIRM),
            (ordinary::PLACE, Known::PLACE),
            (ordinary::RANK, Known::RANK),
            (ordinary::WEAK, Known::WEAK),
        ];
        let common = ordinary::COMMON.iter().map(|list| (*list, Known::COMMON));
        for (list, kind) in given_names.chain(family_names).chain(others).chain(common) {
            list.split_ascii_whitespace().for_each(|word| table.add(word, kind));
        }
        table
    }

    fn add(&mut self, word: &str, kind: Known) {
        if kind.any(Known::GIVEN.with(Known::SURNAME)) && word.len() >= PRINTED {
            let print = print(word.as_bytes());
            self.prints[print / 64] |= 1 << (print % 64);
        }
        let mut folded = [0; LONGEST];
        folded[..word.len()].copy_from_slice(word.as_bytes());
        if let Some(entry) = self.find(&folded, word.len()) {
            self.entries[entry].1 = self.entries[entry].1.with(kind);
            return;
        }
        let mut slot = slot(word.as_bytes());
        while self.slots[slot] != 0 {
            slot = (slot + 1) % SLOTS;
        }
        self.entries.push((folded, kind));
        self.slots[slot] = u16::try_from(self.entries.len()).expect("the lists hold a few thousand words");
    }

    fn find(&self, word: &Folded, length: usize) -> Option<usize> {
        let mut slot = slot(&word[..length]);
        loop {
            let entry = usize::from(self.slots[slot]).checked_sub(1)?;
            if self.entries[entry].0 == *word {
                return Some(entry);
            }
            slot = (slot + 1) % SLOTS;
        }
    }
}

/// Fewest letters that [`print`] looks at.
const PRINTED: usize = 3;

/// Says whether a word of plain letters may be a given name or surname; a few others pass as well.
#[inline]
pub(in crate::detect) fn may_be_name(word: &[u8]) -> bool {
    if word.len() < PRINTED || word.len() > LONGEST {
        return false;
    }
    let print = print(word);
    TABLE.prints[print / 64] >> (print % 64) & 1 == 1
}

/// Tells words apart by their length and by their first and last letters, in either case.
#[inline]
fn print(word: &[u8]) -> usize {
    let four = |at: usize| u32::from_le_bytes([word[at], word[at + 1], word[at + 2], word.get(at + 3).copied().unwrap_or(0)]);
    let (first, last) = (four(0) | 0x2020_2020, four(word.len().saturating_sub(4)) | 0x2020_2020);
    let mixed = (u64::from(first) << 32 | u64::from(last)) ^ (word.len() as u64) << 28;
    (mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 48) as usize
}

/// Eight bytes at a time; the table is made of our own words, so that nobody can flood it.
fn slot(word: &[u8]) -> usize {
    let mut hash = 0_u64;
    for chunk in word.chunks(8) {
        let mut eight = [0; 8];
        eight[..chunk.len()].copy_from_slice(chunk);
        hash = (hash.rotate_left(5) ^ u64::from_le_bytes(eight)).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
    (hash >> 40) as usize % SLOTS
}

/// Folds a word into `out`; its length, or none where it is too long or holds a letter of another script.
fn fold(word: &str, out: &mut [u8; LONGEST]) -> Option<usize> {
    let mut length = 0;
    if word.is_ascii() {
        for byte in word.bytes().filter(|byte| !matches!(byte, b'.' | b'\'')) {
            let plain = byte.is_ascii_alphabetic().then(|| byte.to_ascii_lowercase())?;
            *out.get_mut(length)? = plain;
            length += 1;
        }
        return (length > 0).then_some(length);
    }
    for c in word.chars() {
        let plain: &[u8] = match c {
            'a'..='z' | 'A'..='Z' => &[c.to_ascii_lowercase() as u8],
            '.' | '\'' | '’' | '\u{300}'..='\u{36f}' => &[],
            'ß' => b"ss",
            'Æ' | 'æ' => b"ae",
            'Œ' | 'œ' => b"oe",
            c => &[plain_letter(c)?],
        };
        out.get_mut(length..length + plain.len())?.copy_from_slice(plain);
        length += plain.len();
    }
    (length > 0).then_some(length)
}

/// The letter without its mark (Latin-1 and Latin Extended-A of Unicode).
fn plain_letter(c: char) -> Option<u8> {
    Some(match c {
        'À'..='Å' | 'à'..='å' | 'Ā'..='ą' => b'a',
        'Ç' | 'ç' | 'Ć'..='č' => b'c',
        'Ď'..='đ' | 'Ð' | 'ð' => b'd',
        'È'..='Ë' | 'è'..='ë' | 'Ē'..='ě' => b'e',
        'Ĝ'..='ģ' => b'g',
        'Ĥ'..='ħ' => b'h',
        'Ì'..='Ï' | 'ì'..='ï' | 'Ĩ'..='ı' => b'i',
        'Ĵ' | 'ĵ' => b'j',
        'Ķ' | 'ķ' => b'k',
        'Ĺ'..='ł' => b'l',
        'Ñ' | 'ñ' | 'Ń'..='ŋ' => b'n',
        'Ò'..='Ö' | 'Ø' | 'ò'..='ö' | 'ø' | 'Ō'..='ő' => b'o',
        'Ŕ'..='ř' => b'r',
        'Ś'..='š' | 'Ș' | 'ș' => b's',
        'Ţ'..='ŧ' | 'Ț' | 'ț' => b't',
        'Ù'..='Ü' | 'ù'..='ü' | 'Ũ'..='ų' => b'u',
        'Ŵ' | 'ŵ' => b'w',
        'Ý' | 'ý' | 'ÿ' | 'Ŷ'..='Ÿ' => b'y',
        'Ź'..='ž' => b'z',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{Known, LONGEST, given, known, surnames};

    #[test]
    fn words_are_folded() {
        assert!(known("José").any(Known::GIVEN) && known("JOSE").any(Known::GIVEN));
        assert!(known("O'Brien").any(Known::SURNAME) && known("Müller").any(Known::SURNAME));
        assert!(known("dela").any(Known::PARTICLE) && known("Jr.").any(Known::PARTICLE));
        for word in ["Zyzzyva", "", "田", "a-very-long-word-that-is-in-no-list-at-all", "x1"] {
            assert_eq!(known(word), Known::default(), "{word}");
        }
    }

    #[test]
    fn every_word_of_the_lists_is_found_as_it_is_written() {
        for word in given::ALL.iter().flat_map(|list| list.split_ascii_whitespace()) {
            assert!(word.len() <= LONGEST && known(word).any(Known::GIVEN), "{word}");
        }
        for word in surnames::ALL.iter().flat_map(|list| list.split_ascii_whitespace()) {
            assert!(word.len() <= LONGEST && known(word).any(Known::SURNAME), "{word}");
        }
    }
}
