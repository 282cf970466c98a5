//! The house number itself: where it starts and ends, and what the byte and the word before it say.

use std::ops::Range;

use super::lexicon::{Flags, Lexicon};
use super::token::REACH;
use super::weigh::Around;

/// Index after a house number with its letter (`12B`) or second part (`12-34`), where one space and a word follow.
pub fn end(text: &[u8], number: &Range<usize>) -> Option<usize> {
    let mut end = number.end;
    if text.get(end) == Some(&b'-') {
        let part = text[end + 1..].iter().take(6).take_while(|byte| byte.is_ascii_alphanumeric()).count();
        if part == 0 || part > 5 {
            return None;
        }
        end += 1 + part;
    } else if text.get(end).is_some_and(u8::is_ascii_alphabetic) {
        end += 1;
    }
    let word = text.get(end + 1)?;
    (text[end] == b' ' && (word.is_ascii_alphanumeric() || *word >= 0x80)).then_some(end)
}

/// Whether the byte before a number lets it be a house number; what [`start`] refuses for more than one byte, it refuses.
#[inline]
pub fn may_stand(text: &[u8], number: &Range<usize>) -> bool {
    match text[..number.start] {
        [] => true,
        [.., beyond, b'-'] => beyond.is_ascii_digit(),
        [.., beyond, b'n' | b'r' | b't'] => beyond == b'\\',
        [.., before] => {
            matches!(
                before,
                b'#' | b'\n' | b'\r' | b'"' | b'\'' | b'\t' | b'|' | b';' | b'>' | b',' | b' ' | b'(' | b'[' | b'{' | b':' | b'=' | 0x80..
            )
        }
    }
}

/// Where the cell of a number ends: after a comma without a blank before the number, the next such comma closes it.
pub fn cell_end(text: &[u8], start: usize) -> usize {
    let last = text.len().min(start + REACH);
    let bare = start > 0 && text[start - 1] == b',';
    let mut commas = text[start..last].windows(2);
    let close = if bare { commas.position(|pair| pair[0] == b',' && !matches!(pair[1], b' ' | b'\r' | b'\n')) } else { None };
    close.map_or(text.len(), |at| start + at)
}

/// Start of a house number, and what stands before it; `None` where it belongs to something else.
pub fn start(text: &[u8], number: &Range<usize>, lexicon: &Lexicon) -> Option<(usize, Around)> {
    let mut start = number.start;
    if start > 1 && text[start - 1] == b'-' && text[start - 2].is_ascii_digit() {
        let part = text[..start - 1].iter().rev().take(7).take_while(|byte| byte.is_ascii_digit()).count();
        start -= 1 + part;
    }
    if start > 0 && text[start - 1] == b'#' {
        start -= 1;
    }
    let year = is_year(&text[number.clone()]);
    let Some(before) = start.checked_sub(1) else { return Some((start, Around { opened: true, year, ..Around::default() })) };
    let opened = match text[before] {
        b'\n' | b'\r' | b'"' | b'\'' | b'\t' | b'|' | b';' | b'>' | b',' => true,
        b' ' | b'(' | b'[' | b'{' | b':' | b'=' => false,
        b'n' | b'r' | b't' if before > 0 && text[before - 1] == b'\\' => true,
        byte if byte >= 0x80 => false,
        _ => return None,
    };
    let around = Around { opened, year, dated: dated(text, number, start, lexicon), ..Around::default() };
    (opened || !is_part(text, number, start, lexicon)).then_some((start, around))
}

/// Start of `Flat 3, ` before a house number at `start`, or `start` itself.
pub fn unit_before(text: &[u8], start: usize, lexicon: &Lexicon) -> usize {
    let Some(before) = text[..start].strip_suffix(b", ") else { return start };
    let value = before.iter().rev().take(5).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let Some(word) = before[..before.len() - value].strip_suffix(b" ") else { return start };
    let len = word.iter().rev().take(10).take_while(|byte| byte.is_ascii_alphabetic()).count();
    let at = word.len() - len;
    let free = at == 0 || !matches!(word[at - 1], b'_' | b'-' | b'.') && !word[at - 1].is_ascii_alphanumeric();
    let unit = free && word[at..].first().is_some_and(u8::is_ascii_uppercase) && lexicon.word(&word[at..]).any(Flags::UNIT);
    let numbered = value > 0 && (value == 1 || before[before.len() - value..].iter().any(u8::is_ascii_digit));
    if unit && numbered { at } else { start }
}

/// The word before the number, and where it starts.
fn word_before(text: &[u8], start: usize) -> &[u8] {
    let mut end = start;
    while end > 0 && start - end < 3 && matches!(text[end - 1], b' ' | b'.' | b'#' | b',') {
        end -= 1;
    }
    let len = text[..end].iter().rev().take(12).take_while(|byte| byte.is_ascii_alphabetic()).count();
    &text[end - len..end]
}

/// A unit's, lot's or road's number, or a ZIP code after its state: not a house number.
fn is_part(text: &[u8], number: &Range<usize>, start: usize, lexicon: &Lexicon) -> bool {
    let word = word_before(text, start);
    let flags = lexicon.word(word);
    let zip = number.len() == 5 && flags.any(Flags::STATE_CODE.with(Flags::STATE)) && word.first().is_some_and(u8::is_ascii_uppercase);
    let comma = text[start - 1] == b' ' && start > 1 && text[start - 2] == b',';
    zip || !comma && !word.is_empty() && flags.any(Flags::UNIT.with(Flags::HIGHWAY))
}

fn is_year(digits: &[u8]) -> bool {
    digits.len() == 4 && (digits.starts_with(b"19") || digits.starts_with(b"20"))
}

/// `May 12`, `in 2019`: a day or a year.
fn dated(text: &[u8], number: &Range<usize>, start: usize, lexicon: &Lexicon) -> bool {
    let word = word_before(text, start);
    let month = lexicon.word(word).any(Flags::MONTH) && number.len() <= 4;
    let next = text.get(number.end + 1..).unwrap_or_default();
    let name = next.iter().take(10).take_while(|byte| byte.is_ascii_alphabetic()).count();
    let day = number.len() <= 2 && name >= 3 && lexicon.word(&next[..name]).any(Flags::MONTH);
    let year = is_year(&text[number.clone()]);
    let years = |text: &[u8]| text.len() >= 9 && is_year(&text[..4]) && text[4] == b'-' && is_year(&text[5..9]);
    let told = [&b"in"[..], b"since", b"of", b"by", b"the", b"until", b"from"].iter().any(|known| word.eq_ignore_ascii_case(known));
    month || day || years(&text[start..]) || year && told
}

#[cfg(test)]
mod tests {
    use super::{Lexicon, end, start};

    fn starts(text: &str, digits: &str) -> Option<usize> {
        let at = text.find(digits).expect("the digits stand in the text");
        start(text.as_bytes(), &(at..at + digits.len()), &Lexicon::new()).map(|(start, _)| start)
    }

    #[test]
    fn a_letter_or_second_part_belongs_to_the_number() {
        assert_eq!(end(b"12B Elm", &(0..2)), Some(3));
        assert_eq!(end(b"12-34 Elm", &(0..2)), Some(5));
        assert_eq!(end(b"12", &(0..2)), None);
        assert_eq!(end(b"12-", &(0..2)), None);
        assert_eq!(starts("x 12-34 Elm", "34"), Some(2));
    }

    #[test]
    fn parts_of_other_values_are_refused() {
        for (text, digits) in [("1.5 Elm", "5"), ("$5 Elm", "5"), ("a/5 Elm", "5"), ("Suite 5 Elm", "5"), ("OH 43210 Elm", "43210")] {
            assert_eq!(starts(text, digits), None, "{text}");
        }
    }
}
