//! One open hash table over every word and phrase of the gazetteers: in goes a word of any case, out come its meanings.
//!
//! A word has as many meanings as lists name it (`ct` is a suffix and a state). Letters are folded while they are hashed:
//! nothing is copied, nothing allocated after the table is made.

use super::{abroad, ph, us, words, world};

/// The meanings of a word: bits below [`Flags::STATE_SHIFT`], the index of a state, and that of a country above them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags(u64);

impl Flags {
    pub const STRONG: Self = Self(1);
    pub const WEAK: Self = Self(1 << 1);
    pub const FAINT: Self = Self(1 << 2);
    pub const DIRECTION: Self = Self(1 << 3);
    pub const UNIT: Self = Self(1 << 4);
    pub const LONE_UNIT: Self = Self(1 << 5);
    pub const HIGHWAY: Self = Self(1 << 6);
    pub const ROAD_CLASS: Self = Self(1 << 7);
    pub const PREFIX: Self = Self(1 << 8);
    pub const WHOLE_STREET: Self = Self(1 << 9);
    pub const STOP: Self = Self(1 << 10);
    pub const LINK: Self = Self(1 << 11);
    pub const STATE: Self = Self(1 << 12);
    pub const STATE_CODE: Self = Self(1 << 13);
    pub const US_CITY: Self = Self(1 << 14);
    pub const US_COUNTRY: Self = Self(1 << 15);
    pub const COUNTRY: Self = Self(1 << 16);
    pub const BARANGAY: Self = Self(1 << 17);
    pub const PH_CITY: Self = Self(1 << 18);
    pub const PH_PROVINCE: Self = Self(1 << 19);
    pub const PH_ESTATE: Self = Self(1 << 20);
    pub const PH_COUNTRY: Self = Self(1 << 21);
    pub const BUSY: Self = Self(1 << 22);
    pub const MONTH: Self = Self(1 << 23);
    pub const ORDINAL: Self = Self(1 << 24);
    /// The first word of a longer phrase.
    pub const PHRASE: Self = Self(1 << 25);
    /// Kinds of streets that stand before the name, by tongue.
    pub const FRENCH: Self = Self(1 << 26);
    pub const SPANISH: Self = Self(1 << 27);
    pub const ITALIAN: Self = Self(1 << 28);
    pub const PORTUGUESE: Self = Self(1 << 29);
    /// Words that begin a German street's name.
    pub const GERMAN_FIRST: Self = Self(1 << 30);
    /// Small words inside names of the continent.
    pub const PARTICLE: Self = Self(1 << 31);
    /// Words that begin a city's name of two words.
    pub const CITY_FIRST: Self = Self(1 << 32);
    /// Large cities and names of countries that [`Flags::country`] tells.
    pub const WORLD_CITY: Self = Self(1 << 33);
    pub const WORLD_COUNTRY: Self = Self(1 << 34);
    const STATE_SHIFT: u32 = 40;
    const COUNTRY_SHIFT: u32 = 48;

    /// Suffixes of any weight.
    pub const SUFFIX: Self = Self(Self::STRONG.0 | Self::WEAK.0 | Self::FAINT.0);
    /// Meanings that only the grammar of the Philippines reads.
    pub const PHILIPPINE: Self = Self(Self::BARANGAY.0 | Self::PH_CITY.0 | Self::PH_PROVINCE.0 | Self::PH_ESTATE.0 | Self::PH_COUNTRY.0);
    /// Meanings that only the grammar of the United States reads.
    pub const AMERICAN: Self = Self(Self::STATE.0 | Self::STATE_CODE.0 | Self::US_CITY.0 | Self::US_COUNTRY.0);
    /// Words that may open the way from a number to an address.
    pub const STREET_WORD: Self =
        Self(Self::SUFFIX.0 | Self::HIGHWAY.0 | Self::PREFIX.0 | Self::WHOLE_STREET.0 | Self::BARANGAY.0 | Self::PH_ESTATE.0);
    /// Everything.
    pub const ALL: Self = Self(u64::MAX);

    /// Says whether any of the bits is set.
    #[must_use]
    pub const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Joins two sets.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Takes bits away.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Keeps the bits of `other` only.
    #[must_use]
    pub const fn only(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Index of the state from 1, or 0; see [`us::zip_belongs`].
    #[must_use]
    pub const fn state(self) -> u8 {
        (self.0 >> Self::STATE_SHIFT) as u8
    }

    /// The country of a city that closes an address written as American ones are.
    #[must_use]
    pub fn abroad(self) -> Option<[u8; 2]> {
        let index = usize::from(self.country()).checked_sub(1 + world::CITIES.len())?;
        abroad::city_country(u8::try_from(index).ok()?)
    }

    /// Index of the country from 1, or 0.
    const fn country(self) -> u8 {
        (self.0 >> Self::COUNTRY_SHIFT) as u8
    }

    fn of_country(index: usize) -> Self {
        Self((index as u64 + 1) << Self::COUNTRY_SHIFT)
    }

    fn of_state(index: usize) -> Self {
        Self((index as u64 + 1) << Self::STATE_SHIFT)
    }
}

/// A running hash over folded letters (FNV-1a, 32 bits).
#[derive(Clone, Copy)]
pub struct Hash(u32);

impl Hash {
    /// Before the first byte.
    pub const START: Self = Self(0x811c_9dc5);

    /// Adds one folded byte.
    #[inline]
    #[must_use]
    pub const fn push(self, byte: u8) -> Self {
        Self((self.0 ^ byte as u32).wrapping_mul(0x0100_0193))
    }

    /// Adds a word, folded.
    #[inline]
    #[must_use]
    pub fn word(self, word: &[u8]) -> Self {
        folded(word).fold(self, Self::push)
    }

    const fn slot(self, mask: usize) -> usize {
        ((self.0 ^ (self.0 >> 15)) as usize) & mask
    }
}

/// Letters in lower case, without dots; capitals of Latin-1 in UTF-8 (`Ñ`) are lowered too.
fn folded(word: &[u8]) -> impl Iterator<Item = u8> + '_ {
    let mut before = 0;
    word.iter().copied().filter(|&byte| byte != b'.').map(move |byte| {
        let low = if before == 0xC3 && (0x80..=0x9E).contains(&byte) { byte + 0x20 } else { byte.to_ascii_lowercase() };
        before = byte;
        low
    })
}

/// The second byte of a word, in either case, as an index.
fn second(word: &[u8]) -> usize {
    usize::from(word.get(1).map_or(0, |byte| (byte | 0x20) & 31))
}

fn names(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.split(['|', '\n']).map(str::trim).filter(|name| !name.is_empty())
}

fn country_of(flags: Flags, kind: Flags) -> Option<[u8; 2]> {
    let index = usize::from(flags.country()).checked_sub(1).filter(|_| flags.any(kind))?;
    let (code, _) = world::CITIES.get(index)?;
    code.as_bytes().try_into().ok()
}

/// The table.
pub struct Lexicon {
    entries: Vec<(&'static str, Flags)>,
    slots: Box<[u16]>,
    /// By first letter and [`second`]: the lengths that words with [`Flags::STREET_WORD`], [`Flags::STOP`] or other gate
    /// meanings have.
    lengths: [[u32; 32]; 26],
    /// The same of all words.
    all_lengths: [[u32; 32]; 26],
}

const SLOTS: usize = 8192;

impl Lexicon {
    /// Builds the table from the gazetteers.
    #[must_use]
    pub fn new() -> Self {
        let lengths = [[0; 32]; 26];
        let mut lexicon =
            Self { entries: Vec::with_capacity(3000), slots: vec![0; SLOTS].into_boxed_slice(), lengths, all_lengths: lengths };
        lexicon.add_words();
        lexicon.add_places();
        lexicon
    }

    fn add_words(&mut self) {
        for (list, flag) in [
            (words::STRONG, Flags::STRONG),
            (words::WEAK, Flags::WEAK),
            (words::FAINT, Flags::FAINT),
            (words::WHOLE_STREET, Flags::WHOLE_STREET),
            (words::PREFIX, Flags::PREFIX),
            (words::HIGHWAY, Flags::HIGHWAY),
            (words::ROAD_CLASS, Flags::ROAD_CLASS),
            (words::DIRECTION, Flags::DIRECTION),
            (words::UNIT, Flags::UNIT),
            (words::LONE_UNIT, Flags::LONE_UNIT),
            (words::ORDINAL, Flags::ORDINAL),
            (words::LINK, Flags::LINK),
            (words::STOP, Flags::STOP),
            (words::BUSY, Flags::BUSY),
            (words::MONTH, Flags::MONTH),
        ] {
            list.split_ascii_whitespace().for_each(|word| self.add(word, flag));
        }
    }

    fn add_places(&mut self) {
        for (list, flag) in [
            (words::COUNTRY, Flags::COUNTRY),
            (us::COUNTRY, Flags::US_COUNTRY),
            (us::CITIES, Flags::US_CITY),
            (ph::BARANGAY, Flags::BARANGAY),
            (ph::ESTATE, Flags::PH_ESTATE),
            (ph::COUNTRY, Flags::PH_COUNTRY),
            (ph::PROVINCES, Flags::PH_PROVINCE),
            (ph::CITIES, Flags::PH_CITY),
        ] {
            names(list).for_each(|name| self.add_phrase(name, flag));
        }
        self.add_world();
        for (index, state) in us::STATES.iter().enumerate() {
            self.add(state.code, Flags::STATE_CODE.with(Flags::of_state(index)));
            for name in state.names {
                self.add_phrase(name, Flags::STATE.with(Flags::of_state(index)));
            }
        }
    }

    fn add_world(&mut self) {
        for (list, flag) in [
            (world::FRENCH, Flags::FRENCH),
            (world::SPANISH, Flags::SPANISH),
            (world::ITALIAN, Flags::ITALIAN),
            (world::PORTUGUESE, Flags::PORTUGUESE),
            (world::GERMAN_FIRST, Flags::GERMAN_FIRST),
            (world::PARTICLES, Flags::PARTICLE),
            (world::CITY_FIRST, Flags::CITY_FIRST),
        ] {
            names(list).for_each(|word| self.add(word, flag));
        }
        for (list, flag) in [(world::CITIES, Flags::WORLD_CITY), (world::COUNTRIES, Flags::WORLD_COUNTRY)] {
            for (country, (_, list)) in list.iter().enumerate() {
                names(list).for_each(|name| self.add_once(name, flag.with(Flags::of_country(country))));
            }
        }
        for (country, (_, list)) in abroad::CITIES.iter().enumerate() {
            let flags = Flags::US_CITY.with(Flags::of_country(world::CITIES.len() + country));
            for name in names(list) {
                self.add_once(name, flags);
                self.add_phrase(name, Flags::US_CITY);
            }
        }
        for (index, province) in abroad::PROVINCES.iter().enumerate() {
            let state = Flags::of_state(abroad::FIRST_PROVINCE + index);
            self.add_once(province.code, Flags::STATE_CODE.with(state));
            province.names.iter().for_each(|name| self.add_phrase(name, Flags::STATE.with(state)));
        }
    }

    /// Adds a place that is another's name already only where no index is taken.
    fn add_once(&mut self, key: &'static str, flags: Flags) {
        let held = self.word(key.as_bytes());
        if (flags.country() == 0 || held.country() == 0) && (flags.state() == 0 || held.state() == 0) {
            self.add(key, flags);
        }
    }

    /// The country of a large city.
    #[must_use]
    pub fn city(&self, name: &[u8]) -> Option<[u8; 2]> {
        country_of(self.word(name), Flags::WORLD_CITY)
    }

    /// The country that a name is of.
    #[must_use]
    pub fn country(&self, name: &[u8]) -> Option<[u8; 2]> {
        country_of(self.word(name), Flags::WORLD_COUNTRY)
    }

    fn add_phrase(&mut self, phrase: &'static str, flags: Flags) {
        self.add(phrase, flags);
        if let Some((first, _)) = phrase.split_once(' ') {
            self.add(first, Flags::PHRASE);
        }
    }

    fn add(&mut self, key: &'static str, flags: Flags) {
        let first = key.as_bytes()[0].wrapping_sub(b'a');
        if let Some(lengths) = self.all_lengths.get_mut(usize::from(first)) {
            lengths[second(key.as_bytes())] |= 1 << key.len().min(31);
        }
        if flags.any(Flags::STREET_WORD.with(Flags::STOP).with(Flags::UNIT)) && !key.contains(' ') {
            let first = key.as_bytes()[0];
            if first.is_ascii_lowercase() {
                self.lengths[usize::from(first - b'a')][second(key.as_bytes())] |= 1 << key.len().min(31);
            }
        }
        let mut slot = Hash::START.word(key.as_bytes()).slot(SLOTS - 1);
        while self.slots[slot] != 0 {
            let entry = &mut self.entries[usize::from(self.slots[slot]) - 1];
            if entry.0 == key {
                entry.1 = entry.1.with(flags);
                return;
            }
            slot = (slot + 1) & (SLOTS - 1);
        }
        self.entries.push((key, flags));
        self.slots[slot] = u16::try_from(self.entries.len()).expect("the lists hold a few thousand words");
    }

    /// The meanings of a word or phrase whose hash is known; `same` compares it with a folded key.
    fn find(&self, hash: Hash, same: impl Fn(&[u8]) -> bool) -> Flags {
        let mut slot = hash.slot(SLOTS - 1);
        loop {
            let Some(entry) = usize::from(self.slots[slot]).checked_sub(1) else { return Flags::default() };
            let (key, flags) = self.entries[entry];
            if same(key.as_bytes()) {
                return flags;
            }
            slot = (slot + 1) & (SLOTS - 1);
        }
    }

    /// The meanings of one word; none where it is unknown.
    #[must_use]
    pub fn word(&self, word: &[u8]) -> Flags {
        // Most words are turned away by their first letters and length. Dots are left out when words are compared.
        let first = word.first().map_or(0, |byte| byte | 0x20).wrapping_sub(b'a');
        if let Some(lengths) = self.all_lengths.get(usize::from(first))
            && lengths[second(word)] >> word.len().min(31) & 1 == 0
            && !word.contains(&b'.')
        {
            return Flags::default();
        }
        self.find(Hash::START.word(word), |key| folded(word).eq(key.iter().copied()))
    }

    /// The meanings of some words with one space between them.
    #[must_use]
    pub fn phrase<'t>(&self, phrase: impl Iterator<Item = &'t [u8]> + Clone) -> Flags {
        let bytes = || phrase.clone().enumerate().flat_map(|(i, word)| (i > 0).then_some(b' ').into_iter().chain(folded(word)));
        self.find(bytes().fold(Hash::START, Hash::push), |key| bytes().eq(key.iter().copied()))
    }

    /// Like [`Self::word`] for ASCII words of the gate: words of other first letters or another length are not looked up.
    #[inline]
    #[must_use]
    pub fn gate_word(&self, word: &[u8]) -> Flags {
        let first = word.first().map_or(0, |byte| byte | 0x20).wrapping_sub(b'a');
        match self.lengths.get(usize::from(first)) {
            Some(lengths) if lengths[second(word)] >> word.len().min(31) & 1 != 0 => self.word(word),
            _ => Flags::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Flags, Lexicon};

    #[test]
    fn a_word_has_all_its_meanings() {
        let lexicon = Lexicon::new();
        let ct = lexicon.word(b"CT");
        assert!(ct.any(Flags::WEAK) && ct.any(Flags::STATE_CODE) && ct.state() > 0);
        assert!(lexicon.word(b"N.W").any(Flags::DIRECTION));
        assert_eq!(lexicon.word(b"zyzzyva"), Flags::default());
        assert_eq!(lexicon.word(b""), Flags::default());
    }

    #[test]
    fn phrases_and_tildes_are_folded() {
        let lexicon = Lexicon::new();
        let phrase = |words: &[&str]| lexicon.phrase(words.iter().map(|word| word.as_bytes()));
        assert!(phrase(&["New", "HAMPSHIRE"]).any(Flags::STATE));
        assert!(phrase(&["LAS", "PIÑAS"]).any(Flags::PH_CITY));
        assert!(!phrase(&["New", "Gotham"]).any(Flags::STATE));
    }

    #[test]
    fn gate_agrees_with_the_table_on_street_words() {
        let lexicon = Lexicon::new();
        for word in ["Street", "AVE", "blvd", "brgy", "Hwy", "broadway", "bytes"] {
            assert_eq!(lexicon.gate_word(word.as_bytes()), lexicon.word(word.as_bytes()), "{word}");
        }
    }

    #[test]
    fn all_words_are_found_in_any_case() {
        let lexicon = Lexicon::new();
        for (key, flags) in lexicon.entries.iter().filter(|(key, _)| !key.contains(' ')) {
            assert_eq!(lexicon.word(key.as_bytes()), *flags, "{key}");
            assert_eq!(lexicon.word(key.to_uppercase().as_bytes()), *flags, "{key}");
        }
    }
}
