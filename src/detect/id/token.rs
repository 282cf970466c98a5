//! The characters of one possible number: letters and digits with single separators between them, as masks.
//!
//! In comes where it may begin, out goes what stands there up to [`MOST`] characters. Nothing here knows a scheme.

use std::ops::Range;

/// The most characters that are looked at, separators included.
pub(super) const MOST: usize = 26;

/// What stands at a place. Letters are capitals; a dash of any kind is `-`, a space of any kind a space.
pub(super) struct Token {
    pub chars: [u8; MOST],
    /// Where each character begins, counted from the token's start; then where the last one ends.
    at: [u8; MOST + 1],
    pub len: usize,
    pub start: usize,
    pub letters: u32,
    pub digits: u32,
    pub separators: u32,
    /// Which of the separators are spaces.
    spaces: u32,
    /// Which of them part words: spaces, brackets, `+` and `:`.
    breaks: u32,
    /// Small letters were among them.
    pub lower: bool,
}

impl Token {
    /// Reads on from `start`, which is the first letter or digit. Ends before two separators in a row.
    pub fn read(text: &[u8], start: usize) -> Self {
        let mut token = Self {
            chars: [0; MOST],
            at: [0; MOST + 1],
            len: 0,
            start,
            letters: 0,
            digits: 0,
            separators: 0,
            spaces: 0,
            breaks: 0,
            lower: false,
        };
        let mut end = start;
        while token.len < MOST {
            let Some(&byte) = text.get(end) else { break };
            let (char, size) = match byte {
                b'0'..=b'9' => {
                    token.digits |= 1 << token.len;
                    (byte, 1)
                }
                b'A'..=b'Z' | b'a'..=b'z' => {
                    token.letters |= 1 << token.len;
                    token.lower |= byte.is_ascii_lowercase();
                    (byte.to_ascii_uppercase(), 1)
                }
                _ => {
                    let Some((char, size)) = separator(&text[end..]) else { break };
                    // Two in a row end it, but for the bracket that closes at the end.
                    if token.separators >> (token.len.max(1) - 1) & 1 == 1 {
                        break;
                    }
                    token.separators |= 1 << token.len;
                    token.spaces |= u32::from(char == b' ') << token.len;
                    token.breaks |= u32::from(matches!(char, b' ' | b'(' | b')' | b'+' | b':')) << token.len;
                    (char, size)
                }
            };
            token.chars[token.len] = char;
            token.at[token.len] = u8::try_from(end - start).expect("three bytes a character at most");
            token.len += 1;
            end += size;
        }
        token.at[token.len] = u8::try_from(end - start).expect("three bytes a character at most");
        token
    }

    /// The span of the first characters in the text.
    pub fn span(&self, len: usize) -> Range<usize> {
        self.start..self.start + usize::from(self.at[len])
    }

    /// How many characters letters and digits are that hyphens, dots and slashes at most join.
    pub fn word(&self) -> usize {
        self.len.min(self.breaks.trailing_zeros() as usize)
    }

    /// The letters and digits among the first characters, without separators; returns how many.
    pub fn compact(&self, len: usize, out: &mut [u8; MOST]) -> usize {
        let mut count = 0;
        for place in (0..len).filter(|place| self.separators >> place & 1 == 0) {
            out[count] = self.chars[place];
            count += 1;
        }
        count
    }

    /// Says whether a value may end behind the first `len` characters: nothing that belongs to it goes on there.
    pub fn ends(&self, text: &[u8], len: usize) -> bool {
        let last = 1_u32 << (len - 1);
        let ends_open = self.separators & last != 0 && self.chars[len - 1] != b')';
        !ends_open && is_closed(text, self.span(len).end, self.spaces & (last - 1) != 0)
    }
}

/// A separator at the start of a text, and its length in bytes.
fn separator(rest: &[u8]) -> Option<(u8, usize)> {
    match rest {
        [byte @ (b' ' | b'-' | b'.' | b'/' | b'(' | b')' | b'+' | b':'), ..] => Some((*byte, 1)),
        [0xC2, 0xA0, ..] => Some((b' ', 2)),
        [0xE2, 0x80, 0x90..=0x95, ..] => Some((b'-', 3)),
        [0xE2, 0x80, 0xAF, ..] => Some((b' ', 3)),
        _ => None,
    }
}

/// Says whether a value may begin at `start`: it is no part of a word, a number or a path that began before.
pub(super) fn is_open(text: &[u8], start: usize) -> bool {
    let word = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    match text[..start] {
        [] | [.., b'\\', b'n' | b't' | b'r'] => true,
        [.., before, b'-' | b'.' | b'/' | b'+' | b'@' | b'\'' | b'%'] if word(before) => false,
        [.., b'%' | b'@'] => false,
        [.., last] => !word(last),
    }
}

/// Says whether a value may end at `end`. `spaced`: it has spaces inside, so that another number after a space would go on.
pub(super) fn is_closed(text: &[u8], end: usize, spaced: bool) -> bool {
    let word = |b: &u8| b.is_ascii_alphanumeric() || *b == b'_';
    match text.get(end) {
        None => true,
        Some(b'-' | b'.' | b'/' | b'+' | b':') => !text.get(end + 1).is_some_and(word),
        Some(b' ') => !(spaced && text.get(end + 1).is_some_and(u8::is_ascii_digit)),
        Some(b'@' | b'%') => false,
        Some(next) => !word(next),
    }
}

/// Where the letters and digits around `at` begin; none where they are too many.
pub(super) fn word_start(text: &[u8], at: usize) -> Option<usize> {
    let from = at.saturating_sub(MOST);
    let start = at - text[from..at].iter().rev().take_while(|b| b.is_ascii_alphanumeric()).count();
    (at - start < MOST - 1).then_some(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_letters_digits_and_single_separators() {
        let text = "x-1234567\u{2013}L. next".as_bytes();
        let token = Token::read(text, 0);
        assert_eq!(&token.chars[..token.len], b"X-1234567-L.");
        assert!(token.lower);
        let end = 11;
        assert!(token.ends(text, end) && !token.ends(text, 10) && !token.ends(text, 12));
        assert_eq!(token.span(end), 0..13);
        let mut compact = [0; MOST];
        assert_eq!(token.compact(end, &mut compact), 9);
        assert_eq!(&compact[..9], b"X1234567L");
    }

    #[test]
    fn values_are_no_parts_of_words_or_numbers() {
        for (text, at, open) in
            [("id 12", 3, true), ("ab12", 2, false), ("1.12", 2, false), ("\\n12", 2, true), ("_12", 1, false), ("(12", 1, true)]
        {
            assert_eq!(is_open(text.as_bytes(), at), open, "{text}");
        }
        for (text, at, closed) in
            [("12.", 2, true), ("12.5", 2, false), ("12 5", 2, true), ("12a", 2, false), ("12)", 2, true), ("12@", 2, false)]
        {
            assert_eq!(is_closed(text.as_bytes(), at, false), closed, "{text}");
        }
        assert!(!is_closed(b"12 5", 2, true));
    }

    #[test]
    fn stops_at_the_end_and_survives_any_bytes() {
        let mut state = 5_u64;
        let text: Vec<u8> = (0..4_000)
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                b"0123456789AZaz -./()\xC2\xA0\xE2\x80\x93\xFF"[(state >> 33) as usize % 26]
            })
            .collect();
        for start in 0..text.len() {
            let token = Token::read(&text, start);
            for len in 1..=token.len {
                let _ = token.ends(&text, len);
                assert!(token.span(len).end <= text.len());
            }
        }
    }
}
