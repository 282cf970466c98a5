//! Shapes: what separates the digit groups of a run, and which groups are dates, cards or other things that are no phone numbers.
//!
//! In: text and digit groups. Out: separators, digits, verdicts on form. It knows no number plan and looks at few bytes.

use std::ops::Range;

/// Digits that are kept of one number; more are no phone number.
const MAX_DIGITS: usize = 20;

/// A few ASCII digits, held in place.
#[derive(Clone, Debug)]
pub(super) struct Digits {
    bytes: [u8; MAX_DIGITS],
    len: u8,
}

impl Digits {
    pub fn new() -> Self {
        Self { bytes: [b'0'; MAX_DIGITS], len: 0 }
    }

    /// None where a byte is no digit, or there are too many.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut digits = Self::new();
        digits.push(bytes).then_some(digits)
    }

    /// Appends digits; false, and nothing appended, where they do not fit.
    pub fn push(&mut self, bytes: &[u8]) -> bool {
        let from = usize::from(self.len);
        let to = from + bytes.len();
        if to > MAX_DIGITS || !bytes.iter().all(u8::is_ascii_digit) {
            return false;
        }
        self.bytes[from..to].copy_from_slice(bytes);
        self.len = to as u8;
        true
    }

    pub fn truncate(&mut self, len: usize) {
        self.len = self.len.min(len as u8);
    }

    pub fn len(&self) -> usize {
        usize::from(self.len)
    }

    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes[..usize::from(self.len)]
    }

    pub fn as_str(&self) -> &str {
        std::str::from_utf8(self.as_bytes()).expect("digits are ASCII")
    }

    /// One digit throughout (but a short lead), or counting up or down.
    pub fn repeats(&self) -> bool {
        let digits = self.as_bytes();
        let tail = &digits[digits.len().saturating_sub(8)..];
        let same = tail.iter().all(|d| *d == tail[0]);
        let step = |by: u8| digits.windows(2).all(|w| (w[0] - b'0' + by) % 10 == w[1] - b'0');
        digits.len() >= 7 && (same || step(1) || step(9))
    }
}

/// What stands between two digit groups of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Separator {
    Space,
    Dash,
    Dot,
    Slash,
    /// ` - ` and the like.
    Wide,
    /// `(`, perhaps with a space or dash before it.
    Open,
    /// `)`, perhaps with a space or dash behind it.
    Close,
    /// Ends a number: two spaces, `+`, a full stop with a space, two dashes.
    Break,
}

impl Separator {
    pub fn classify(bytes: &[u8]) -> Self {
        match bytes {
            b" " => Self::Space,
            b"-" => Self::Dash,
            b"." => Self::Dot,
            b"/" => Self::Slash,
            b")" | b") " | b")-" | b").-" | b")/" | b")." | b")(" | b") (" => Self::Close,
            b" (" | b"(" | b"-(" | b".(" => Self::Open,
            b" - " => Self::Wide,
            [0xc2, 0xa0] | [0xe2, 0x80, 0x80..=0x8a | 0xaf] | [0xe3, 0x80, 0x80] => Self::Space,
            [0xe2, 0x80, 0x90..=0x95] | [0xe2, 0x88, 0x92] | [0xef, 0xbc, 0x8d] => Self::Dash,
            [b')', 0xc2, 0xa0] => Self::Close,
            _ => Self::Break,
        }
    }

    /// A number may go on behind it.
    pub fn joins(self) -> bool {
        self != Self::Break
    }

    /// A number may end before it, and another begin behind it.
    pub fn parts(self) -> bool {
        matches!(self, Self::Space | Self::Slash | Self::Wide | Self::Open | Self::Break)
    }
}

/// The separator behind group `i`; a break where there is none.
pub(super) fn separator_after(text: &[u8], groups: &[Range<usize>], i: usize) -> Separator {
    groups.get(i + 1).map_or(Separator::Break, |next| Separator::classify(&text[groups[i].end..next.start]))
}

/// A number of at most four digits.
fn value(text: &[u8], group: &Range<usize>) -> u32 {
    text[group.clone()].iter().take(4).fold(0, |n, d| n * 10 + u32::from(d - b'0'))
}

fn is_year(text: &[u8], group: &Range<usize>) -> bool {
    group.len() == 4 && (1900..2100).contains(&value(text, group))
}

/// Counts the groups from `i` on that are something else than a phone number by their form alone: a date, a span of years, an IPv4
/// address, a card in blocks, a social security number. 0 where they are not.
pub(super) fn foreign_groups(text: &[u8], groups: &[Range<usize>], i: usize) -> usize {
    let rest = &groups[i..];
    let first = separator_after(text, groups, i);
    if rest.len() < 2 || rest[0].len() > 6 {
        return 0;
    }
    if is_year(text, &rest[0]) && matches!(first, Separator::Dash | Separator::Wide | Separator::Slash) && is_year(text, &rest[1]) {
        return 2;
    }
    let Some(second) = rest.get(2).map(|_| separator_after(text, groups, i + 1)) else { return 0 };
    let third = separator_after(text, groups, i + 2);
    if first == second && third != first && is_date(text, rest, first) {
        return 3;
    }
    let lengths = |n: usize| rest.iter().take(n).map(Range::len);
    if first == Separator::Dash && second == Separator::Dash && third != Separator::Dash && lengths(3).eq([3, 2, 4]) {
        return 3;
    }
    if (first, second, third) == (Separator::Dot, Separator::Dot, Separator::Dot) && lengths(4).all(|n| n <= 3) {
        // Five pairs are how French numbers are written; other chains of dots are addresses and object identifiers.
        let chain = (i..groups.len()).take_while(|&at| separator_after(text, groups, at) == Separator::Dot).count() + 1;
        return if chain == 5 && lengths(5).all(|n| n == 2) { 0 } else { chain };
    }
    card_groups(rest, first, second, third)
}

/// Blocks in which cards are printed: 4-4-4-4 and 4-6-5 or 4-6-4.
fn card_groups(rest: &[Range<usize>], first: Separator, second: Separator, third: Separator) -> usize {
    if first != second || !matches!(first, Separator::Space | Separator::Dash) || rest[0].len() != 4 {
        return 0;
    }
    let lengths = |n: usize| rest.iter().take(n).map(Range::len);
    if third == first && lengths(4).eq([4, 4, 4, 4]) {
        return 4;
    }
    if lengths(3).eq([4, 6, 5]) || lengths(3).eq([4, 6, 4]) { 3 } else { 0 }
}

/// Year, month and day in any usual order; one separator throughout.
fn is_date(text: &[u8], rest: &[Range<usize>], separator: Separator) -> bool {
    if !matches!(separator, Separator::Dash | Separator::Dot | Separator::Slash) {
        return false;
    }
    let [a, b, c] = [value(text, &rest[0]), value(text, &rest[1]), value(text, &rest[2])];
    let day = |n: u32| (1..=31).contains(&n);
    let month = |n: u32| (1..=12).contains(&n);
    let short = |i: usize| rest[i].len() <= 2;
    if is_year(text, &rest[0]) {
        return short(1) && short(2) && ((month(b) && day(c)) || (day(b) && month(c)));
    }
    let year_last = is_year(text, &rest[2]) || rest[2].len() == 2;
    year_last && short(0) && short(1) && ((month(a) && day(b)) || (day(a) && month(b)) || (c <= 31 && short(2) && month(b) && day(c)))
}

/// Reads eight digits as a date: year, month, day.
pub(super) fn is_compact_date(digits: &[u8]) -> bool {
    let number = |range: Range<usize>| digits[range].iter().fold(0u32, |n, d| n * 10 + u32::from(d - b'0'));
    digits.len() == 8 && (1900..2100).contains(&number(0..4)) && (1..=12).contains(&number(4..6)) && (1..=31).contains(&number(6..8))
}

/// Reads ten digits as seconds or thirteen as milliseconds between 2001 and 2033.
pub(super) fn is_epoch(digits: &[u8]) -> bool {
    matches!(digits.len(), 10 | 13) && digits[0] == b'1'
}

/// Finds the end of an extension (`x123`, ` ext. 12`, `;ext=9`, ` #4`) that starts at `from`; None where there is none.
pub(super) fn extension_end(text: &[u8], from: usize) -> Option<usize> {
    let window = &text[from..text.len().min(from + 40)];
    let mut at = window.iter().take_while(|b| matches!(b, b' ' | b'\t' | 0xc2 | 0xa0)).count().min(5);
    if at < window.len() && matches!(window[at], b',' | b';' | b'.') && at + 1 < window.len() {
        at += 1;
        at += window[at..].iter().take_while(|b| **b == b' ').count();
    }
    let (label, most) = extension_label(&window[at..])?;
    at += label;
    at += window[at..].iter().take(4).take_while(|b| matches!(b, b' ' | b'.' | b':' | b'=' | b'-' | b'#')).count();
    let digits = window[at..].iter().take_while(|b| b.is_ascii_digit()).count();
    let end = at + digits;
    let closed = window.get(end).is_none_or(|b| !b.is_ascii_alphanumeric() && *b != b'_');
    ((1..=most).contains(&digits) && closed).then_some(from + end)
}

/// Length of an extension's label, and the digits that may follow: few where the label is a single sign.
fn extension_label(text: &[u8]) -> Option<(usize, usize)> {
    // The first bytes of all labels, in both cases.
    if !matches!(text.first()? | 0x20, b'e' | b'x' | b'a' | b'i' | b'#' | 0xf0) {
        return None;
    }
    const WORDS: [(&str, usize); 10] =
        [("extension", 9), ("extn", 9), ("ext", 9), ("xtn", 9), ("xt", 9), ("anexo", 9), ("доб", 9), ("int", 7), ("x", 7), ("#", 7)];
    WORDS.iter().find_map(|&(word, digits)| {
        let head = text.get(..word.len())?;
        (head.eq_ignore_ascii_case(word.as_bytes())).then_some((word.len(), digits))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn foreign(text: &str) -> usize {
        let mut groups: Vec<Range<usize>> = Vec::new();
        for (at, byte) in text.bytes().enumerate().filter(|(_, b)| b.is_ascii_digit()) {
            debug_assert!(byte.is_ascii_digit());
            match groups.last_mut().filter(|group| group.end == at) {
                Some(group) => group.end += 1,
                None => groups.push(at..at + 1),
            }
        }
        foreign_groups(text.as_bytes(), &groups, 0)
    }

    #[test]
    fn other_things_are_told_by_their_groups() {
        assert_eq!(["2015-03-12", "12.03.2015", "12/31/24", "123-45-6789"].map(foreign), [3; 4]);
        assert_eq!(["192.168.10.20", "1.2.3.4.5"].map(foreign), [4, 5]);
        assert_eq!(["4111 1111 1111 1111", "3782 822463 10005", "2015 - 2016"].map(foreign), [4, 3, 2]);
    }

    #[test]
    fn numbers_are_not_told_as_other_things() {
        assert_eq!(["415-555-2671", "01.23.45.67.89", "06 12 34 56 78", "0917 555 0123", "04-05-06-07-08"].map(foreign), [0; 5]);
    }

    #[test]
    fn extension_ends_behind_its_digits() {
        assert_eq!(extension_end(b" x123 or", 0), Some(5));
        assert_eq!(extension_end(b", ext. 12", 0), Some(9));
        assert_eq!(extension_end(b" x12ab", 0), None);
        assert_eq!(extension_end(b" extra 12", 0), None);
        assert_eq!(extension_end(b"", 0), None);
    }
}
