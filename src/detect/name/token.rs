//! Words of running text as names are read off them.
//!
//! In come bytes and a place, out go the word there and what it may be in a name. Nothing here decides that something is one.

use std::ops::Range;

use super::known::{Known, known};

/// Longest word that is read, in bytes.
const LONGEST: usize = 48;

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    /// `Maria`, `McDonald`, and words of scripts without capitals.
    Title,
    /// `SANTOS`.
    Capitals,
    /// `A.`, `J`.
    Initial,
    /// `santos`.
    Small,
}

/// A word of a text.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub span: Range<usize>,
    pub case: Case,
    pub known: Known,
}

impl Token {
    /// Reads the word that begins at `at`; none where no word of a name could be.
    pub fn read(text: &[u8], at: usize) -> Option<Self> {
        let mut end = end(text, at);
        if end == at {
            return None;
        }
        let goes_on = match &text[end..] {
            [b'_' | b'@' | b'=' | b'\\', ..] | [b'0'..=b'9', ..] => true,
            [b'.' | b'/' | b':' | b'-', next, ..] => next.is_ascii_alphanumeric() && !is_initial(&text[at..end]),
            [b'(', next, ..] => *next != b' ' && text[end - 1] != b' ',
            _ => false,
        };
        if goes_on {
            return None;
        }
        let mut word = std::str::from_utf8(&text[at..end]).ok()?;
        for possessive in ["'s", "’s", "'S"] {
            word = word.strip_suffix(possessive).unwrap_or(word);
        }
        end = at + word.len();
        let case = case(word)?;
        if case == Case::Initial {
            end += usize::from(text.get(end) == Some(&b'.'));
        }
        Some(Self { span: at..end, case, known: parts(word) })
    }

    /// Reads the word behind one space.
    pub fn after(text: &[u8], end: usize) -> Option<Self> {
        match &text[end..] {
            [b' ', next, ..] if *next != b' ' => Self::read(text, end + 1),
            [0xC2, 0xA0, ..] => Self::read(text, end + 2),
            _ => None,
        }
    }

    /// Reads the word before one space. A full stop may stand behind it where it is short: `Mr. `, `J. `.
    pub fn before(text: &[u8], at: usize) -> Option<Self> {
        let space = at.checked_sub(1).filter(|space| text[*space] == b' ')?;
        let stop = space.checked_sub(1).filter(|stop| text[*stop] == b'.');
        let last = stop.unwrap_or(space);
        let low = last.saturating_sub(LONGEST);
        let length =
            text[low..last].iter().rev().take_while(|b| b.is_ascii_alphabetic() || matches!(b, b'\'' | b'-') || **b >= 0x80).count();
        let start = last - length;
        let inside = start > 0 && (text[start - 1].is_ascii_alphanumeric() || matches!(text[start - 1], b'_' | b'@' | b'/'));
        if length == 0 || inside || start == low && low > 0 {
            return None;
        }
        let word = std::str::from_utf8(&text[start..last]).ok()?;
        let word = word.trim_start_matches(|c: char| !c.is_alphabetic());
        let token = Self { span: last - word.len()..last, case: case(word)?, known: parts(word) };
        // Behind other words a sentence has ended.
        (stop.is_none() || token.case == Case::Initial || token.known.any(Known::RANK.with(Known::PLACE).with(Known::PARTICLE)))
            .then_some(token)
    }

    pub fn is(&self, kind: Known) -> bool {
        self.known.any(kind)
    }

    /// Says whether it has a capital and is no initial.
    pub fn is_capitalised(&self) -> bool {
        matches!(self.case, Case::Title | Case::Capitals)
    }

    /// A given name or surname that is nothing else.
    pub fn is_plainly(&self, kind: Known) -> bool {
        self.is(kind) && !self.is(Known::WEAK.with(Known::COMMON))
    }
}

/// What a word is known as; of a hyphened one its parts.
fn parts(word: &str) -> Known {
    let whole = known(word);
    match word.split_once('-') {
        Some((first, last)) if whole == Known::default() => {
            let (first, last) = (known(first), known(last.rsplit('-').next().unwrap_or(last)));
            if first.any(Known::GIVEN.with(Known::SURNAME)) { first } else { last }
        }
        _ => whole,
    }
}

/// Where the word that begins at `at` ends.
pub(super) fn end(text: &[u8], at: usize) -> usize {
    let mut i = at;
    while i < text.len() && i - at < LONGEST {
        i += match &text[i..] {
            [b, ..] if b.is_ascii_alphabetic() => 1,
            [b'\'' | b'-', next, ..] if i > at && (next.is_ascii_alphabetic() || matches!(next, 0xC3..=0xCB)) => 1,
            [0xE2, 0x80, 0x99, next, ..] if i > at && next.is_ascii_alphabetic() => 3,
            [first, ..] if *first >= 0xC3 => match letter(&text[i..]) {
                Some(length) => length,
                None => break,
            },
            _ => break,
        };
    }
    i
}

/// The length of the letter above ASCII that a text begins with.
fn letter(text: &[u8]) -> Option<usize> {
    let length = match text[0] {
        0xC3..=0xDF => 2,
        0xE0..=0xEF => 3,
        _ => return None,
    };
    let c = std::str::from_utf8(text.get(..length)?).ok()?.chars().next()?;
    (c.is_alphabetic() || matches!(c, '\u{300}'..='\u{36f}' | '\u{900}'..='\u{dff}' | '\u{e00}'..='\u{e7f}')).then_some(length)
}

fn is_initial(word: &[u8]) -> bool {
    matches!(word, [b'A'..=b'Z'])
}

/// How a word is written; none where letters change their case as in names of programs.
fn case(word: &str) -> Option<Case> {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let first = letters.next()?;
    if first.is_lowercase() {
        return letters.all(|c| !c.is_uppercase()).then_some(Case::Small);
    }
    let (mut upper, mut lower) = (0, 0);
    for c in letters {
        upper += usize::from(c.is_uppercase());
        lower += usize::from(!c.is_uppercase());
    }
    match (upper, lower) {
        (0, 0) if first.is_uppercase() => Some(Case::Initial),
        (0, _) => Some(Case::Title),
        (_, 0) => Some(Case::Capitals),
        // `McDonald`, `O'Brien`, `Smith-Jones`, `DiCaprio`: the second capital begins a part.
        (1 | 2, _) if joined(word) => Some(Case::Title),
        _ => None,
    }
}

/// Whether a capital inside a word stands behind a mark or a beginning of surnames.
fn joined(word: &str) -> bool {
    const BEGINNINGS: [&str; 14] = ["Mc", "Mac", "De", "Di", "Da", "Du", "La", "Le", "Van", "Fitz", "Del", "O", "Al", "Ben"];
    let marks = |c: char| matches!(c, '\'' | '’' | '-');
    word.split(marks).all(|part| {
        let capital = part.char_indices().skip(1).find(|(_, c)| c.is_uppercase());
        capital.is_none_or(|(at, _)| BEGINNINGS.contains(&&part[..at]))
    })
}
