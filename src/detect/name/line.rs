//! Names of persons that stand by themselves: a text that is nothing but a name, and the name before an e-mail address in `< >`.
//!
//! In comes a text, out goes a candidate. Longer lists of names are read as columns and are none of this.

use super::known::Known;
use super::text::candidate;
use super::token::{Case, Token};
use crate::model::{Candidate, RuleIndex};

/// Longest text that is looked at, in bytes.
const LONGEST: usize = 100;
/// Words of it.
const WORDS: usize = 9;
/// Longest local part of an address behind a name.
const LOCAL_PART: usize = 64;
const NAME: Known = Known::GIVEN.with(Known::SURNAME);
const OTHER: Known = Known::PLACE.with(Known::FIRM).with(Known::COMMON);

/// The words of a line by what they are.
#[derive(Default)]
struct Count {
    given: usize,
    surnames: usize,
    unknown: usize,
    others: usize,
    /// Words that are a name and nothing else.
    plain: usize,
}

/// Takes the whole of a text for a name, in any case: `Santos, Maria`, `MARIA SANTOS`, `maria and luis santos`.
pub(in crate::detect) fn whole(text: &[u8], rule: RuleIndex) -> Option<Candidate> {
    if text.len() > LONGEST {
        return None;
    }
    let value = text.trim_ascii();
    let start = text.len() - text.trim_ascii_start().len();
    if value.len() < 3 || value.iter().any(|b| b.is_ascii_digit() || matches!(b, b'\n' | b'@' | b'_' | b':' | b'=' | b'/')) {
        return None;
    }
    let spelt = std::str::from_utf8(value).ok()?;
    let count = count(spelt)?;
    let known = count.given + count.surnames;
    let one = known + count.unknown == 1;
    let stands = count.others == 0
        && known > 0
        && if one { count.plain == 1 } else { count.unknown <= known && (count.given > 0 || count.plain > 0) };
    let worth = match () {
        () if count.given > 0 && known > 1 => 15,
        () if one => 3,
        () => 7,
    };
    stands.then(|| candidate(rule, start..start + value.len(), worth))
}

/// Counts the words of a line; none where it holds what stands in no name.
fn count(line: &str) -> Option<Count> {
    let mut count = Count::default();
    let mut behind_comma = false;
    let apart = |c: char| matches!(c, ' ' | '(' | ')' | '"' | '\t');
    for (number, word) in line.split(apart).filter(|word| !word.is_empty()).enumerate() {
        let bare = word.trim_matches(|c: char| matches!(c, ',' | '.' | '\''));
        let comma = std::mem::replace(&mut behind_comma, word.ends_with(','));
        if number >= WORDS {
            return None;
        }
        if bare.is_empty() || matches!(bare, "&" | "and" | "y" | "und" | "et") {
            continue;
        }
        let token = Token::read(bare.as_bytes(), 0).filter(|token| token.span.end >= bare.len());
        // Degrees: `Santos, RN, PhD`.
        let degree = comma && bare.len() <= 5 && bare.bytes().skip(1).any(|b| b.is_ascii_uppercase() || b == b'.');
        let Some(token) = token else {
            if degree {
                continue;
            }
            // `J.R.`
            let initials = bare.split('.').all(|part| part.len() <= 1);
            if initials { continue } else { return None }
        };
        let kind = |kind: Known| usize::from(token.is(kind));
        match () {
            () if token.case == Case::Initial => {}
            () if token.is(NAME) && !(token.is(Known::COMMON) && token.case == Case::Small) => {
                count.given += kind(Known::GIVEN);
                count.surnames += 1 - kind(Known::GIVEN);
                count.plain += usize::from(token.is_plainly(NAME) && !token.is(OTHER));
            }
            () if token.is(Known::PARTICLE) || degree => {}
            () if token.is(Known::RANK) && number == 0 => {}
            () if token.is(OTHER) => count.others += 1,
            () => count.unknown += 1,
        }
    }
    Some(count)
}

/// The name before an e-mail address: `Maria Santos <ms@example.com>`. `at` is the address's `@`.
pub(in crate::detect) fn before_mail(text: &[u8], at: usize, rule: RuleIndex) -> Option<Candidate> {
    let low = at.saturating_sub(LOCAL_PART);
    let open = memchr::memrchr(b'<', &text[low..at])? + low;
    if text[open + 1..at].iter().any(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'"' | b'=')) {
        return None;
    }
    let before = text[..open].trim_ascii_end();
    let before = before.strip_suffix(b"\"").unwrap_or(before);
    let length = before
        .iter()
        .rev()
        .take(LONGEST)
        .take_while(|b| b.is_ascii_alphabetic() || **b >= 0x80 || matches!(b, b' ' | b'.' | b'\'' | b'-'))
        .count();
    let name = before[before.len() - length..].trim_ascii_start();
    let start = before.len() - name.len();
    let count = count(std::str::from_utf8(name).ok()?)?;
    let words = count.given + count.surnames + count.unknown;
    let titles = name.split(|b| *b == b' ').filter(|word| word.first().is_some_and(|b| b.is_ascii_uppercase() || *b >= 0x80)).count();
    (count.others == 0 && (2..=4).contains(&words) && titles >= 2).then(|| candidate(rule, start..start + name.len(), 25))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<&str> {
        whole(text.as_bytes(), 0).map(|c| &text[c.span])
    }

    #[test]
    fn a_text_that_is_a_name_is_one() {
        for text in [
            "Maria Santos",
            "MARIA SANTOS",
            "maria santos",
            "Santos, Maria",
            "SANTOS, RN, MARIA",
            "Dr. Maria Q. Santos",
            "maria and luis santos",
        ] {
            assert_eq!(found(text), Some(text));
        }
        assert_eq!(found("  Gerhard\n"), Some("Gerhard"));
    }

    #[test]
    fn a_text_that_may_be_anything_is_none() {
        for text in [
            "Hope", "", "ok", "Santos Trading Co", "Maria Santos 12", "Victoria Station", "lamp and table", "maria@example.com",
            "status: Maria", "x\ny",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }

    #[test]
    fn a_name_stands_before_its_address() {
        let name = |text: &str| before_mail(text.as_bytes(), text.find('@').expect("an at sign"), 0).map(|c| text[c.span].to_owned());
        assert_eq!(name("From: Xanthe Quigley <xq@example.com>").as_deref(), Some("Xanthe Quigley"));
        assert_eq!(name("\"Xanthe Quigley\" <xq@example.com>").as_deref(), Some("Xanthe Quigley"));
        for text in
            ["see <xq@example.com>", "Customer Support <help@example.com>", "Xanthe Quigley xq@example.com", "<a href=x@example.com>"]
        {
            assert_eq!(name(text), None, "{text}");
        }
    }
}
