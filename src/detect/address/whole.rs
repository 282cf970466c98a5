//! A short text of its own that is nothing but an address, in whatever order its parts stand: no house number needs to lead it.
//!
//! In: the text, and the candidates that were found in it. Out: one candidate over all of the text, where its words add up to an
//! address; the parts that were found before give way to it. Running text never comes here.

use super::AddressMatcher;
use super::evidence::Evidence;
use super::lexicon::Flags;
use super::token::Tokens;
use crate::model::{Candidate, RuleIndex};

/// Longest text that is looked at.
const LONGEST: usize = 240;

impl AddressMatcher {
    /// Takes the whole of a text for an address. `out` are the candidates found in it so far: those of `rule` give way.
    pub fn whole(&self, text: &[u8], rule: RuleIndex, out: &mut Vec<Candidate>) {
        if text.len() > LONGEST {
            return;
        }
        let value = text.trim_ascii();
        let start = text.len() - text.trim_ascii_start().len();
        let mut span = start..start + value.len();
        let Some(plain) = plain(value) else { return };
        let tokens = Tokens::cut(&plain, 0, &self.lexicon, self.read);
        if tokens.all().last().is_none_or(|last| last.end + 1 < plain.len()) {
            return;
        }
        let capitals = plain.to_ascii_uppercase();
        let evidence = Evidence::gather(&tokens, &Tokens::cut(&capitals, 0, &self.lexicon, self.read), &self.lexicon, self.read);
        if !evidence.is_address() {
            return;
        }
        // A name before the house number, or on the lines before the address, is the recipient's.
        let lines = tokens.get(evidence.reach.start).map_or(0, |token| plain[..token.start].iter().filter(|b| **b == b'\n').count());
        span.start += value.split_inclusive(|b| *b == b'\n').take(lines).map(<[u8]>::len).sum::<usize>();
        let first = out.iter().find(|candidate| candidate.rule == rule).map(|candidate| candidate.span.start);
        if let Some(first) = first.filter(|first| *first > span.start)
            && !self.belongs(&text[span.start..first])
        {
            span.start = first;
        }
        out.retain(|candidate| candidate.rule != rule);
        let at = out.partition_point(|candidate| candidate.span.start < span.start);
        out.insert(at, evidence.candidate(span, rule));
    }

    /// Whether what stands before a house number is a part of the address: a unit, a building, a number.
    fn belongs(&self, before: &[u8]) -> bool {
        let words = before.split(|b| !b.is_ascii_alphanumeric() && *b < 0x80).filter(|word| !word.is_empty());
        let part = Flags::UNIT.with(Flags::LONE_UNIT).with(Flags::SUFFIX);
        before.is_empty() || words.clone().any(|word| word.iter().any(u8::is_ascii_digit) || self.lexicon.word(word).any(part))
    }
}

/// A text in which blanks are single, dots are left out, and signs between words are words or commas; `None` where it holds what no
/// address does.
fn plain(text: &[u8]) -> Option<Vec<u8>> {
    let mut plain = Vec::with_capacity(text.len() + 8);
    let mut at = 0;
    while at < text.len() {
        let byte = text[at];
        match byte {
            b'.' | b'\r' => {}
            b'\\' if text.get(at + 1) == Some(&b'n') => {
                plain.extend_from_slice(b", ");
                at += 1;
            }
            b';' | b'\t' => plain.push(b','),
            b'&' | b'@' if at > 0 && text[at - 1] == b' ' && text.get(at + 1) == Some(&b' ') => plain.extend_from_slice(b"and"),
            b'-' | b'/' if plain.last().is_none_or(|last| *last == b' ') => {}
            b'-' | b'/' | b'&' => plain.push(if byte == b'&' { b' ' } else { byte }),
            b' ' if plain.last().is_some_and(|last| matches!(last, b' ' | b'\n')) => {}
            b'\n' if plain.last() == Some(&b'\n') => return None,
            b' ' | b',' | b'\n' | b'#' | b'\'' | b'(' | b')' | 0x80.. => plain.push(byte),
            byte if byte.is_ascii_alphanumeric() => plain.push(byte),
            _ => return None,
        }
        at += 1;
    }
    Some(plain)
}

#[cfg(test)]
mod tests {
    use super::super::AddressMatcher;
    use super::plain;

    /// What stands for an address of a text of its own.
    fn whole(text: &str) -> Vec<&str> {
        let matcher = AddressMatcher::new(&[]);
        let mut found = Vec::new();
        matcher.scan(text.as_bytes(), &mut found);
        matcher.whole(text.as_bytes(), 0, &mut found);
        found.into_iter().map(|candidate| &text[candidate.span]).collect()
    }

    #[test]
    fn parts_in_any_order_are_one_address() {
        for text in [
            "Zorba, AK 99559",
            "Quail Road, Zorba FL",
            "Hwy 27 South, Zorba, MS 39654",
            "Quail Street and Finch Avenue",
            "dept qx 16860   zorba il 60055",
            "po box 419 dept 6 - 80967 kansas city mo 64141",
            "12 quail street zorba, ca, 95023 zorba 12 quail street ca 95023",
            "1 quail street,12 st zorba, ca, 941142414",
            "Quail House, Finch Lane, Zorba, DL11 6HL",
            "12 quail crescent zorba on k9j 1x8",
            "3 quailx  zorba nsw 2646",
            "Zorbaplassen 20",
            "ulica Zorbowa 12, Nowy Zorb",
            "Zorbova 68, Praha",
            "Rue de la Zorba, Toulouse",
            "N QUAIL AVE Portland",
        ] {
            assert_eq!(whole(text), [text]);
        }
    }

    #[test]
    fn recipients_and_second_addresses_stay_apart() {
        assert_eq!(whole("ANN ZORBA 12 QUAIL ST TROY NY 12180"), ["12 QUAIL ST TROY NY 12180"]);
        assert_eq!(whole("Ann Zorba\nQuail Road\nTroy, NY 12180"), ["Quail Road\nTroy, NY 12180"]);
        assert_eq!(whole("livrer au 12 bis rue de la Zorbe, 75002 Paris demain"), ["12 bis rue de la Zorbe, 75002 Paris"]);
        assert_eq!(whole("12 Quail St, Troy, NY 12180 7 Finch Ave, Mesa, AZ 85201").len(), 2);
    }

    #[test]
    fn other_short_texts_are_no_address() {
        for text in [
            "",
            "Paris, France",
            "Quail Lane",
            "Ann Court",
            "Austin Way",
            "12 TAPE DRIVE SPARES - NE",
            "2013 courtesy of Zorba, PR",
            "DE 136695976",
            "A0Q2A9",
            "4 units ready at the main road",
            "Version 5, retry in 3 days",
            "see p. 12 of IN 46001: done",
            "76 here be quails, CA 94043",
            "1 book st Zorba et al 35000",
            "99312 4 7 1",
            "status=ok, IL 60601",
        ] {
            assert_eq!(whole(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn arbitrary_bytes_never_panic() {
        let alphabet = b"12 st ave,IL 60601\n.-#&()/'\\nPO BOXrue \xc3\xa9\xff";
        let mut seed = 0x2545_f491_4f6c_dd1du64;
        let matcher = AddressMatcher::new(&[]);
        for round in 0..20_000 {
            let mut text = Vec::new();
            for _ in 0..round % 80 {
                seed ^= seed << 13;
                seed ^= seed >> 7;
                seed ^= seed << 17;
                text.push(alphabet[(seed >> 32) as usize % alphabet.len()]);
            }
            let mut found = Vec::new();
            matcher.scan(&text, &mut found);
            matcher.whole(&text, 0, &mut found);
            assert!(found.iter().all(|candidate| candidate.span.start < candidate.span.end && candidate.span.end <= text.len()));
            let _ = plain(&text);
        }
    }
}
