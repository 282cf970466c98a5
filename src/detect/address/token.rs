//! Cuts the text after a house number into words: what they look like, what they mean, and what stands before each.
//!
//! Stops at anything that no address holds (quotes, tabs, `|`, `;`, `<`, braces, `\`, `=`, `:`), at an empty line, at wide
//! gaps, at the end of a sentence, and after [`REACH`] bytes.

use super::lexicon::{Flags, Lexicon};

/// Bytes that are looked at after a house number.
pub const REACH: usize = 512;
/// Words that are looked at after a house number.
pub const WORDS: usize = 40;

/// What the letters of a word look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Lower,
    Title,
    Upper,
    /// Digits only.
    Digits,
    /// Five digits, a hyphen, four digits.
    ZipPlus,
    /// `42nd`.
    Ordinal,
    /// Digits with letters, hyphens or slashes: `4B`, `1/2`, `12-34`.
    Mixed,
    /// `#`.
    Mark,
}

/// What stands before a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    Space,
    Comma,
    Line,
}

/// One word.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    pub start: usize,
    pub end: usize,
    pub shape: Shape,
    pub gap: Gap,
    pub flags: Flags,
    /// A full stop follows it.
    pub dot: bool,
}

const NONE: Token = Token { start: 0, end: 0, shape: Shape::Mark, gap: Gap::Space, flags: Flags::ALL, dot: false };

impl Token {
    /// Says whether it is a capitalised word or name.
    pub fn is_name(&self) -> bool {
        matches!(self.shape, Shape::Title | Shape::Upper)
    }

    /// Says whether it holds a digit.
    pub fn is_number(&self) -> bool {
        matches!(self.shape, Shape::Digits | Shape::Ordinal | Shape::Mixed | Shape::ZipPlus)
    }
}

/// The words after a house number.
pub struct Tokens<'t> {
    pub text: &'t [u8],
    list: [Token; WORDS],
    len: usize,
    /// The last word stands at the end of the text, of a line, of a quoted string or of a cell.
    pub closed: bool,
}

impl<'t> Tokens<'t> {
    /// Cuts the text from `from` on, which is where a number or an anchor word ends.
    pub fn cut(text: &'t [u8], from: usize, lexicon: &Lexicon, read: Flags) -> Self {
        let mut tokens = Self { text, list: [NONE; WORDS], len: 0, closed: false };
        let limit = text.len().min(from.saturating_add(REACH));
        let mut at = from;
        while tokens.len < WORDS {
            let Some((start, gap)) = skip_gap(text, at, limit, tokens.len == 0) else { break };
            let Some(mut token) = word_at(text, start, limit, gap) else { break };
            token.flags = lexicon.word(&text[token.start..token.end]).only(read);
            token.dot = text.get(token.end) == Some(&b'.');
            at = token.end + usize::from(token.dot);
            tokens.list[tokens.len] = token;
            tokens.len += 1;
            if token.dot && !may_be_abbreviated(&token) {
                break;
            }
        }
        tokens.closed = closes(text, at);
        tokens
    }

    /// The words in order.
    pub fn all(&self) -> &[Token] {
        &self.list[..self.len]
    }

    /// The word at an index.
    pub fn get(&self, index: usize) -> Option<&Token> {
        self.all().get(index)
    }

    /// The bytes of a word.
    pub fn bytes(&self, token: &Token) -> &'t [u8] {
        &self.text[token.start..token.end]
    }

    /// Says whether a part that ends before `index` is followed by a comma, a line's end or the end of its cell.
    pub fn ends_at(&self, index: usize) -> bool {
        match self.get(index) {
            Some(next) => next.gap != Gap::Space,
            None => self.closed,
        }
    }

    /// The meanings of the longest known phrase at `index` and its length in words.
    pub fn phrase(&self, index: usize, lexicon: &Lexicon, read: Flags) -> (Flags, usize) {
        let Some(first) = self.get(index) else { return (Flags::default(), 1) };
        if first.flags.any(Flags::PHRASE) {
            let rest = &self.all()[index + 1..];
            let longest = 1 + rest.iter().take(3).take_while(|token| token.gap == Gap::Space).count();
            for len in (2..=longest).rev() {
                let words = self.all()[index..index + len].iter().map(|token| self.bytes(token));
                let flags = lexicon.phrase(words).only(read);
                if flags != Flags::default() {
                    return (flags, len);
                }
            }
        }
        (first.flags, 1)
    }
}

/// A full stop after these is part of an abbreviation; after another word it ends the sentence.
fn may_be_abbreviated(token: &Token) -> bool {
    let known = Flags::SUFFIX.with(Flags::DIRECTION).with(Flags::UNIT).with(Flags::STATE).with(Flags::STATE_CODE);
    let known = known.with(Flags::BARANGAY).with(Flags::PH_ESTATE).with(Flags::US_COUNTRY).with(Flags::HIGHWAY);
    token.end - token.start <= 3 || token.flags.any(known)
}

/// Says whether a cell, line or quoted string ends at `at`, give or take a comma and blanks.
pub fn closes(text: &[u8], mut at: usize) -> bool {
    let mut blanks = 0;
    while let Some(byte) = text.get(at) {
        match byte {
            b',' | b'.' => {}
            b' ' => blanks += 1,
            _ => break,
        }
        at += 1;
        if blanks > 2 {
            return true;
        }
    }
    text.get(at).is_none_or(|byte| matches!(byte, b'\n' | b'\r' | b'"' | b'\'' | b'\t' | b'|' | b';' | b'<' | b'\\' | b')' | b']' | b'}'))
}

/// Skips what may stand between two words of an address; `None` where the address cannot go on.
fn skip_gap(text: &[u8], from: usize, limit: usize, first: bool) -> Option<(usize, Gap)> {
    let mut gap = Gap::Space;
    let (mut at, mut blanks, mut commas) = (from, 0, 0);
    while at < limit {
        match text[at] {
            b' ' => blanks += 1,
            b',' if commas < 2 => {
                commas += 1;
                gap = if gap == Gap::Line { Gap::Line } else { Gap::Comma };
            }
            b'\r' if text.get(at + 1) == Some(&b'\n') => {}
            // `Montréal (Québec) H2S 3L5`: a name in brackets.
            b'(' if gap == Gap::Space && blanks == 1 && text.get(at + 1).is_some_and(u8::is_ascii_uppercase) => gap = Gap::Comma,
            b')' if at == from && text.get(at + 1) == Some(&b' ') => gap = Gap::Comma,
            b'\n' if gap != Gap::Line => {
                gap = Gap::Line;
                blanks = 0;
            }
            b'\n' => return None,
            _ => break,
        }
        at += 1;
        if blanks > if gap == Gap::Line { 16 } else { 2 } {
            return None;
        }
    }
    let marked = text.get(from) == Some(&b'#') || from > 0 && text[from - 1] == b'#';
    let moved = at > from || marked || first;
    (at < limit && moved).then_some((at, gap))
}

/// Reads the word that starts at `start`.
fn word_at(text: &[u8], start: usize, limit: usize, gap: Gap) -> Option<Token> {
    let mut end = start;
    if text[start] == b'#' {
        end += 1;
    } else {
        while end < limit && in_word(text, start, end) {
            end += 1;
        }
    }
    if end == start || end - start > 40 {
        return None;
    }
    let shape = shape_of(&text[start..end])?;
    Some(Token { start, end, shape, gap, flags: Flags::default(), dot: false })
}

/// Says whether the byte at `at` goes on a word that began at `start`.
fn in_word(text: &[u8], start: usize, at: usize) -> bool {
    let letter_after = || text.get(at + 1).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte >= 0x80);
    match text[at] {
        b'-' | b'\'' => at > start && letter_after(),
        b'/' => at > start && at - start <= 3 && letter_after(),
        b'.' => at > start && letter_after() && !text[at - 1].is_ascii_digit() && at - start <= 4,
        byte => byte.is_ascii_alphanumeric() || byte >= 0x80,
    }
}

fn shape_of(word: &[u8]) -> Option<Shape> {
    let digits = word.iter().filter(|byte| byte.is_ascii_digit()).count();
    let first = *word.first()?;
    Some(match first {
        b'#' => Shape::Mark,
        _ if digits == word.len() => Shape::Digits,
        _ if digits == 9 && word.len() == 10 && word[5] == b'-' => Shape::ZipPlus,
        b'0'..=b'9' if is_ordinal(word, digits) => Shape::Ordinal,
        _ if digits > 0 => Shape::Mixed,
        b'a'..=b'z' => Shape::Lower,
        b'A'..=b'Z' if word.iter().all(|byte| !byte.is_ascii_lowercase()) => Shape::Upper,
        _ => Shape::Title,
    })
}

fn is_ordinal(word: &[u8], digits: usize) -> bool {
    let (number, ending) = word.split_at(digits.min(word.len()));
    digits <= 3
        && number.iter().all(u8::is_ascii_digit)
        && [&b"st"[..], b"nd", b"rd", b"th"].iter().any(|known| ending.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::{Flags, Gap, Lexicon, Shape, Tokens};

    fn cut(text: &str) -> Vec<(String, Shape, Gap)> {
        let tokens = Tokens::cut(text.as_bytes(), 0, &Lexicon::new(), Flags::ALL);
        tokens.all().iter().map(|t| (text[t.start..t.end].to_owned(), t.shape, t.gap)).collect()
    }

    #[test]
    fn words_have_shapes_and_gaps() {
        let words = cut(" Elm St.,\n Apt 4B #7 90210-1234");
        assert_eq!(words[1], ("St".to_owned(), Shape::Title, Gap::Space));
        assert_eq!(words[2], ("Apt".to_owned(), Shape::Title, Gap::Line));
        assert_eq!(words[3].1, Shape::Mixed);
        assert_eq!(words[4].1, Shape::Mark);
        assert_eq!(words[6].1, Shape::ZipPlus);
    }

    #[test]
    fn stops_at_what_no_address_holds() {
        for text in [" Elm \"St", " Elm\tSt", " Elm | St", " Elm=St", " Elm\n\nSt", " Elm    St", " Elmer. St"] {
            assert_eq!(cut(text).len(), 1, "{text}");
        }
    }
}
