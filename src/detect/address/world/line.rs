//! One street line, read backwards from its end: where it starts, and in which tongue it is written.

use super::super::lexicon::{Flags, Lexicon};
use super::words::{ENDINGS, STRONG_ENDINGS};

/// Longest line that is looked at.
const LONGEST: usize = 80;
/// Most words of a street's name.
const WORDS: usize = 8;

/// Whose street words stand in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tongue {
    German,
    French,
    Spanish,
    Italian,
    Portuguese,
    /// Begins as German streets do (`Am Markt 1`): only with a postal code.
    Loose,
    /// Ends as German streets, and much else, do (`Lindenring`): only with a known city.
    Weak,
    /// A name and a number.
    Unknown,
}

impl Tongue {
    /// The country that tongue and postal code tell together.
    pub fn region(self, digits: &[u8], letters: bool) -> Option<[u8; 2]> {
        match (self, digits.len()) {
            (Self::German | Self::Loose | Self::Weak, 5) => Some(*b"DE"),
            (Self::German, 4) if letters => Some(*b"NL"),
            (Self::French, 5) => Some(*b"FR"),
            (Self::Spanish, 5) => Some(*b"ES"),
            (Self::Italian, 5) => Some(*b"IT"),
            _ => None,
        }
    }
}

/// A street line that was recognised.
pub struct StreetLine {
    pub start: usize,
    pub tongue: Tongue,
}

/// The text between a separator and where a line ends.
pub struct Line<'a> {
    text: &'a [u8],
    start: usize,
    end: usize,
    words: [(usize, usize); WORDS],
    count: usize,
}

impl<'a> Line<'a> {
    /// Cuts the words before `end`, the last first.
    pub fn ending_at(text: &'a [u8], end: usize, _: &Lexicon) -> Option<Self> {
        let floor = end.saturating_sub(LONGEST);
        let mut start = end;
        while start > floor
            && !matches!(
                text[start - 1],
                b',' | b'\n' | b'\r' | b'"' | b'\t' | b'|' | b';' | b'<' | b'>' | b':' | b'=' | b'{' | b'[' | b'('
            )
        {
            start -= 1;
        }
        let mut line = Self { text, start, end, words: [(0, 0); WORDS], count: 0 };
        let mut at = end;
        while line.count < WORDS {
            while at > start && text[at - 1] == b' ' {
                at -= 1;
            }
            let to = at;
            while at > start && text[at - 1] != b' ' {
                at -= 1;
            }
            if at == to {
                break;
            }
            line.words[line.count] = (at, to);
            line.count += 1;
        }
        (line.count > 0).then_some(line)
    }

    /// Where the line before this one ends.
    pub fn gap_before(&self) -> Option<usize> {
        gap_before(self.text, self.start)
    }

    /// A word, counted from the end.
    fn word(&self, index: usize) -> Option<&'a [u8]> {
        let (from, to) = *self.words[..self.count].get(index)?;
        Some(&self.text[from..to])
    }

    /// `3º B`, `2. OG`, `Apt. 4`, `Bâtiment C`, `1er étage`.
    pub fn is_unit(&self) -> bool {
        let first = self.word(self.count - 1).unwrap_or_default();
        if self.count > 4 || self.end - self.start > 24 {
            return false;
        }
        let lead = first.iter().take_while(|b| b.is_ascii_digit()).count();
        let floor = (1..=2).contains(&lead) && first.len() > lead && !first[lead].is_ascii_digit() && first[lead] != b'-';
        let words: [&[u8]; 18] = [
            b"apt",
            b"apt.",
            b"apto",
            b"apto.",
            b"piso",
            b"bajo",
            b"esc",
            b"esc.",
            b"puerta",
            b"pta.",
            "bâtiment".as_bytes(),
            "bât".as_bytes(),
            "bât.".as_bytes(),
            b"appt",
            b"int.",
            b"interno",
            b"scala",
            b"hinterhaus",
        ];
        floor && self.count <= 3 || words.iter().any(|word| first.eq_ignore_ascii_case(word))
    }

    /// Recognises the street; `None` where it is none.
    pub fn street(&self, lexicon: &Lexicon) -> Option<StreetLine> {
        let last = self.word(0)?;
        let numbered = is_house_number(last);
        if let Some(found) = self.kind_first(lexicon, numbered) {
            return Some(found);
        }
        if !numbered || self.count < 2 {
            return None;
        }
        self.german(lexicon).or_else(|| self.plain(lexicon))
    }

    /// `12 bis rue de la Paix`, `Calle Mayor 5`, `Via Roma, 1`: the kind stands before the name.
    fn kind_first(&self, lexicon: &Lexicon, numbered: bool) -> Option<StreetLine> {
        let from = usize::from(numbered);
        for index in from + 1..self.count {
            let word = self.word(index)?;
            let tongue = kind(word, lexicon);
            let Some(tongue) = tongue else { continue };
            let capital = is_capital(word, 0);
            if !(capital || tongue == Tongue::French || tongue == Tongue::Spanish && word.contains(&b'/')) {
                continue;
            }
            if !(from..index).all(|i| self.may_name(i, lexicon))
                || !is_capital(self.text, self.words[from].0) && !digits_only(self.word(from)?)
            {
                return None;
            }
            let before = self.number_at(index + 1);
            let start = match before {
                Some(first) => self.words[first].0,
                None if numbered => self.words[index].0,
                None if index + 1 == self.count => number_before(self.text, self.words[index].0)?,
                None => return None,
            };
            return Some(StreetLine { start, tongue });
        }
        // `Calle Mayor, 5`: the number is a line of its own.
        if numbered && self.count == 1 && self.start > 0 && self.text[self.start - 1] == b',' {
            let name = Line::ending_at(self.text, self.gap_before()?, lexicon)?;
            for index in 1..name.count {
                if let Some(tongue) = kind(name.word(index)?, lexicon).filter(|_| is_capital(self.text, name.words[index].0)) {
                    let named = (0..index).all(|i| name.may_name(i, lexicon));
                    return named.then_some(StreetLine { start: name.words[index].0, tongue });
                }
            }
        }
        None
    }

    /// Index of the word of a house number that ends at `index`: `12`, `12 bis`, `12,`.
    fn number_at(&self, index: usize) -> Option<usize> {
        let word = self.word(index)?;
        if is_house_number(word) {
            return Some(index);
        }
        let more = [&b"bis"[..], b"ter", b"quater"].iter().any(|known| word.eq_ignore_ascii_case(known)) || word.len() == 1;
        (more && self.word(index + 1).is_some_and(is_house_number)).then_some(index + 1)
    }

    /// `Hauptstraße 12`, `Genter Straße 16a`, `Am Markt 1`.
    fn german(&self, lexicon: &Lexicon) -> Option<StreetLine> {
        let word = self.word(1)?;
        let bare = word.strip_suffix(b".").unwrap_or(word);
        let ending = ENDINGS.iter().find(|ending| ends_with(bare, ending))?;
        let alone = bare.len() == ending.len();
        if !alone {
            // `Berg` and `Hof` end names of persons, too: they speak only with a postal code.
            let tongue = if STRONG_ENDINGS.contains(ending) { Tongue::German } else { Tongue::Weak };
            return is_capital(word, 0).then(|| StreetLine { start: self.words[1].0, tongue });
        }
        let mut first = 1;
        while first + 1 < self.count && first < 4 && self.may_name(first + 1, lexicon) {
            first += 1;
        }
        while first > 1 && !is_capital(self.text, self.words[first].0) {
            first -= 1;
        }
        (first > 1 && is_capital(word, 0)).then(|| StreetLine { start: self.words[first].0, tongue: Tongue::German })
    }

    /// A name and a number that fill their line.
    fn plain(&self, lexicon: &Lexicon) -> Option<StreetLine> {
        let first = self.count - 1;
        let whole = self.words[first].0 <= self.start + 1 && self.count <= 5;
        let named = (1..=first).all(|i| self.may_name(i, lexicon)) && is_capital(self.text, self.words[first].0);
        if let Some(at) =
            (2..=first).find(|i| self.word(*i).is_some_and(|word| lexicon.word(word).any(Flags::GERMAN_FIRST) && is_capital(word, 0)))
            && (1..at).all(|i| self.may_name(i, lexicon))
        {
            return Some(StreetLine { start: self.words[at].0, tongue: Tongue::Loose });
        }
        (whole && named).then_some(StreetLine { start: self.words[first].0, tongue: Tongue::Unknown })
    }

    /// Whether a word may stand in a street's name.
    fn may_name(&self, index: usize, lexicon: &Lexicon) -> bool {
        let Some(word) = self.word(index) else { return false };
        let letters = word.iter().all(|b| b.is_ascii_alphabetic() || *b >= 0x80 || matches!(b, b'-' | b'\'' | b'.'));
        let year = word.len() <= 4 && digits_only(word);
        letters && (is_capital(word, 0) || lexicon.word(word).any(Flags::PARTICLE) || elided(word)) || year
    }
}

/// Says whether the last word before a number is capitalised and ends as names of streets do.
pub fn ends_as_street(before: &[u8]) -> bool {
    let from = before.iter().rposition(|b| *b == b' ' || *b == b',' || *b == b'\n').map_or(0, |at| at + 1);
    let word = before[from..].strip_suffix(b".").unwrap_or(&before[from..]);
    word.len() > 4 && is_capital(word, 0) && STRONG_ENDINGS.iter().any(|ending| ends_with(word, ending))
        || word.len() <= 8
            && word.len() > 2
            && from > 4
            && is_capital(word, 0)
            && STRONG_ENDINGS.iter().any(|ending| word.eq_ignore_ascii_case(ending.as_bytes()))
}

/// Kinds of streets that no English text has behind a number.
pub fn is_plain_kind(word: &[u8]) -> bool {
    const PLAIN: [&str; 14] = [
        "rue", "impasse", "chemin", "allée", "quai", "bd", "boulevard", "calle", "avenida", "viale", "piazza", "rua", "travessa", "ruelle",
    ];
    PLAIN.iter().any(|kind| word.eq_ignore_ascii_case(kind.as_bytes()))
}

/// `l'Amiral`, `d'Aragó`.
fn elided(word: &[u8]) -> bool {
    word.len() > 2 && matches!(word[0] | 0x20, b'l' | b'd') && (word[1] == b'\'' || word.get(1..4) == Some("’".as_bytes()))
}

fn digits_only(word: &[u8]) -> bool {
    !word.is_empty() && word.iter().all(u8::is_ascii_digit)
}

fn kind(word: &[u8], lexicon: &Lexicon) -> Option<Tongue> {
    let bare = word.strip_suffix(b".").unwrap_or(word);
    if bare.len() < 2 {
        return None;
    }
    let flags = lexicon.word(bare);
    match () {
        () if flags.any(Flags::FRENCH) => Some(Tongue::French),
        () if flags.any(Flags::SPANISH) => Some(Tongue::Spanish),
        () if flags.any(Flags::ITALIAN) => Some(Tongue::Italian),
        () if flags.any(Flags::PORTUGUESE) => Some(Tongue::Portuguese),
        () => None,
    }
}

/// `12`, `12a`, `12-14`, `12/3`, `nº12`.
fn is_house_number(word: &[u8]) -> bool {
    let word = word.strip_suffix(b".").unwrap_or(word);
    let digits = word.iter().take_while(|b| b.is_ascii_digit()).count();
    let rest = &word[digits..];
    let more = match rest {
        [] => true,
        [letter] => letter.is_ascii_alphabetic(),
        [b'-' | b'/', more @ ..] => !more.is_empty() && more.len() <= 5 && more.iter().all(u8::is_ascii_alphanumeric),
        _ => false,
    };
    (1..=4).contains(&digits) && word[0] != b'0' && more
}

/// Where a house number that begins with the digits before `end` ends: `12a`, `12-14`, `12/3`.
pub fn number_end(text: &[u8], end: usize) -> usize {
    let rest = &text[end..];
    match rest {
        [b'-' | b'/', digit, ..] if digit.is_ascii_digit() => end + 1 + rest[1..].iter().take(4).take_while(|b| b.is_ascii_digit()).count(),
        [letter, after, ..] if letter.is_ascii_lowercase() && !after.is_ascii_alphanumeric() => end + 1,
        [letter] if letter.is_ascii_lowercase() => end + 1,
        _ => end,
    }
}

/// Start of the house number before a street's kind: `5800, rue`, `12 rue`.
pub fn number_before(text: &[u8], at: usize) -> Option<usize> {
    let mut end = at;
    while end > 0 && at - end < 2 && matches!(text[end - 1], b' ' | b',') {
        end -= 1;
    }
    let len = text[..end].iter().rev().take(8).take_while(|b| b.is_ascii_alphanumeric() || **b == b'-').count();
    let before = end - len;
    let free = before == 0 || matches!(text[before - 1], b' ' | b'\n' | b'\r' | b'"' | b'\'' | b'\t' | b'|' | b';' | b'>' | b',' | b'(');
    (end < at && free && is_house_number(&text[before..end])).then_some(before)
}

/// Where the name behind a street's kind at `at` ends.
pub fn name_end(text: &[u8], at: usize, lexicon: &Lexicon) -> Option<usize> {
    let mut end = at + word_len(&text[at..]);
    let mut named = None;
    for _ in 0..6 {
        if text.get(end) != Some(&b' ') {
            break;
        }
        let from = end + 1;
        let len = word_len(&text[from..]);
        let word = &text[from..from + len];
        let capital = is_capital(text, from) || elided(word);
        let unit = text
            .get(from + len..)
            .is_some_and(|rest| matches!(rest, [b' ', digit, ..] | [b'.', b' ', digit, ..] if digit.is_ascii_digit()));
        if len == 0 || !(capital || lexicon.word(word).any(Flags::PARTICLE)) || unit && lexicon.word(word).any(Flags::UNIT) {
            break;
        }
        end = from + len;
        if capital {
            named = Some(end);
        }
    }
    named
}

/// Length of the word at the start of a text: letters, hyphens and apostrophes between them.
pub fn word_len(text: &[u8]) -> usize {
    let inner = |b: &u8| b.is_ascii_alphabetic() || *b >= 0x80 || matches!(b, b'-' | b'\'');
    let len = text.iter().take(40).take_while(|b| inner(b)).count();
    text[..len].iter().rposition(|b| !matches!(b, b'-' | b'\'')).map_or(0, |last| last + 1)
}

/// Whether the letter at `at` is a capital; of other scripts and marked letters, those of Latin-1 are told.
pub fn is_capital(text: &[u8], at: usize) -> bool {
    match text.get(at) {
        Some(0xC3) => text.get(at + 1).is_some_and(|b| (0x80..=0x9E).contains(b)),
        Some(0xC4..=0xC5) => true,
        Some(b) => b.is_ascii_uppercase(),
        None => false,
    }
}

fn ends_with(word: &[u8], ending: &str) -> bool {
    word.len() >= ending.len() && word[word.len() - ending.len()..].eq_ignore_ascii_case(ending.as_bytes())
}

/// Where the line ends before the blanks, comma or line break that stand before `at`.
pub fn gap_before(text: &[u8], at: usize) -> Option<usize> {
    let mut end = at;
    let mut breaks = 0;
    while end > 0 && at - end < 8 && matches!(text[end - 1], b' ' | b',' | b'\n' | b'\r') {
        breaks += usize::from(text[end - 1] == b'\n');
        end -= 1;
    }
    (end > 3 && end < at && breaks < 2).then_some(end)
}
