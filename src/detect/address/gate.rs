//! The first look after a number: does a street word, a unit or a postal code come within the next words? Most numbers of
//! a log end here, so it reads each byte once, allocates nothing, and gives up at the first thing no address holds.

use super::lexicon::{Flags, Lexicon};

/// Words within which a street word must come.
const NEAR: usize = 6;
/// Words within which a postal code or unit must come, where the first word is a name.
const FAR: usize = 12;

/// Says whether the words from `from` on, which is just after a number, may make an address.
pub fn may_follow(text: &[u8], from: usize, lexicon: &Lexicon) -> bool {
    let mut at = from;
    let mut named = false;
    for index in 0..FAR {
        let Some(word) = next_word(text, at) else { return false };
        at = word.end;
        let bytes = &text[word];
        let first = bytes[0];
        if first.is_ascii_digit() {
            match digits(bytes, index) {
                Digits::Postal if named => return true,
                Digits::Refused => return false,
                _ => continue,
            }
        }
        if first == b'#' {
            return index > 0;
        }
        let lower = first.is_ascii_lowercase();
        named |= index == 0 && !lower;
        let flags = lexicon.gate_word(bytes);
        if opens(flags, index, named) {
            return true;
        }
        let stray = lower && (flags.any(Flags::STOP) || named && bytes.len() > 3);
        if stray || index + 1 >= NEAR && !named {
            return false;
        }
    }
    false
}

/// Says whether a word's meaning is worth a full look.
fn opens(flags: Flags, index: usize, named: bool) -> bool {
    let start = Flags::HIGHWAY.with(Flags::PREFIX).with(Flags::WHOLE_STREET).with(Flags::BARANGAY);
    let later = start.with(Flags::STRONG).with(Flags::WEAK);
    let later = if named { later.with(Flags::FAINT).with(Flags::PH_ESTATE).with(Flags::UNIT) } else { later };
    flags.any(if index == 0 { start } else { later }) && (index < NEAR || flags.any(Flags::UNIT.with(Flags::BARANGAY)))
}

enum Digits {
    /// Four or five digits where a postal code may stand.
    Postal,
    /// Ordinal, grid or unit number: look on.
    Neutral,
    /// A plain number straight after the house number.
    Refused,
}

fn digits(word: &[u8], index: usize) -> Digits {
    let count = word.iter().take_while(|byte| byte.is_ascii_digit()).count();
    match (index, count) {
        (0, _) if count == word.len() || count > 3 => Digits::Refused,
        (2.., 4 | 5) => Digits::Postal,
        _ => Digits::Neutral,
    }
}

/// Finds the next word; `None` where something stands that no address holds.
#[inline]
fn next_word(text: &[u8], from: usize) -> Option<std::ops::Range<usize>> {
    let mut start = from;
    while matches!(text.get(start)?, b' ' | b',' | b'.' | b'\n' | b'\r') {
        start += 1;
        if start - from > 20 {
            return None;
        }
    }
    let mut end = start;
    while let Some(&byte) = text.get(end) {
        if !(byte.is_ascii_alphanumeric() || byte >= 0x80 || matches!(byte, b'-' | b'\'' | b'/')) {
            break;
        }
        end += 1;
        if end - start > 40 {
            return None;
        }
    }
    while end > start && matches!(text[end - 1], b'\'' | b'-' | b'/') {
        end -= 1;
    }
    if end == start {
        end += usize::from(text[start] == b'#');
    }
    (end > start).then_some(start..end)
}

#[cfg(test)]
mod tests {
    use super::{Lexicon, may_follow};

    fn passes(text: &str) -> bool {
        may_follow(text.as_bytes(), 0, &Lexicon::new())
    }

    #[test]
    fn street_words_units_and_postal_codes_pass() {
        for text in [" Quail Hollow Rd", " 5th Ave", " w quail st", " Route 4", " Zorba Suite 200", " Zorba Quux OH 43210"] {
            assert!(passes(text), "{text}");
        }
    }

    #[test]
    fn log_words_do_not_pass() {
        for text in [" bytes in the road", " retries left on lane", " 17 Street", " Zorba called Main Street", " x=Street", ""] {
            assert!(!passes(text), "{text}");
        }
    }
}
