//! Names of persons in running text: words with capitals of which the lists know one, with something that speaks for a person.
//!
//! In comes the place of a capital that begins a word, out go candidates. A word of the lists alone is none: a second word, a
//! rank, an initial, or a sentence around it must stand there. What is a cell on its own is left to the rules of columns.

use std::ops::Range;

use super::known::{Known, may_be_name};
use super::token::{self, Case, Token};
use crate::model::{Candidate, RuleIndex, Signal, Signals, Verdict};

/// Words of one name.
const WORDS: usize = 5;
const NAME: Known = Known::GIVEN.with(Known::SURNAME);
/// What stands in no name of a person, unless it is a surname, too.
const OTHER: Known = Known::PLACE.with(Known::FIRM);

/// Both a given name and a surname are known.
const BOTH: i8 = 15;
/// One is known, the other has a capital.
const ONE: i8 = 7;
/// A given name in a sentence.
const ALONE: i8 = 3;

/// Looks at the word whose capital stands at `at`.
#[inline]
pub(super) fn find(text: &[u8], at: usize, rule: RuleIndex, out: &mut Vec<Candidate>) {
    let plain = text[at..].iter().take(25).take_while(|b| b.is_ascii_alphabetic()).count();
    // Most words end here. A letter with a mark, an apostrophe and a hyphen need a closer look.
    let marked = text.get(at + plain).is_some_and(|b| *b >= 0x80 || matches!(b, b'\'' | b'-'));
    if marked || may_be_name(&text[at..at + plain]) {
        find_known(text, at, rule, out);
    }
}

#[inline(never)]
fn find_known(text: &[u8], at: usize, rule: RuleIndex, out: &mut Vec<Candidate>) {
    if !opens(text, at) {
        return;
    }
    let Some(mut first) = Token::read(text, at) else { return };
    // A word behind a bracket is no place of its own: `(Maria Santos)`.
    if let Some(before) = Token::before(text, at)
        && before.case == Case::Title
        && text[..before.span.start].ends_with(b"(")
    {
        first = before;
    }
    if !first.is(NAME) || first.case != Case::Title || first.is(Known::COMMON) {
        return;
    }
    let found = if first.is(Known::GIVEN) { from_given(text, &first) } else { None };
    let found = found.or_else(|| if first.is(Known::SURNAME) { to_surname(text, &first) } else { None });
    let Some((span, known)) = found else { return };
    if in_street(text, &span) {
        return;
    }
    out.push(candidate(rule, span, known));
}

/// A candidate with what the lists say of it.
pub(super) fn candidate(rule: RuleIndex, span: Range<usize>, known: i8) -> Candidate {
    let mut signals = Signals::default();
    signals.add(Signal::KnownName, known);
    Candidate { rule, span, verdict: Verdict::NotChecked, region: None, signals }
}

/// Whether a name may begin here, by the byte before it.
fn opens(text: &[u8], at: usize) -> bool {
    match text[..at] {
        [] => true,
        // Not in `O'Brien`, `l'Anna`; the apostrophe of typesetters has the same last byte as no letter.
        [.., before, b'\''] => !before.is_ascii_alphanumeric(),
        [.., 0xE2, 0x80, 0x99] => false,
        [.., last] => {
            matches!(last, b' ' | b'\n' | b'\r' | b'\t' | b'"' | b'(' | b'[' | b'|' | b'>' | b'*' | b';' | b':' | b',' | b'{') || {
                last >= 0x80 && !ends_in_letter(&text[..at])
            }
        }
    }
}

fn ends_in_letter(text: &[u8]) -> bool {
    let start = text.iter().rposition(|b| b & 0xC0 != 0x80).unwrap_or(0);
    std::str::from_utf8(&text[start..]).is_ok_and(|s| s.chars().all(char::is_alphabetic))
}

/// Whether a number stands right before or behind a name, as in an address: `92 Ana Reyes 57`.
fn in_street(text: &[u8], span: &Range<usize>) -> bool {
    let before = matches!(text[..span.start], [.., digit, b' '] if digit.is_ascii_digit());
    let behind = matches!(text[span.end..], [b' ', digit, ..] if digit.is_ascii_digit());
    let street = matches!(text[..span.start], [.., b'R' | b'C' | b'/' | b'.', b' '] if !before) && behind;
    behind || street || before && !matches!(text[span.end..], [] | [b' ', ..] | [b'\n' | b'\r' | b'|' | b',', ..])
}

/// The words of a name from its first one on.
struct Chain {
    words: Vec<Token>,
    end: usize,
}

impl Chain {
    /// Reads on while words with capitals, initials and particles follow. None: a word says that it is no person's name.
    fn from(text: &[u8], first: &Token) -> Option<Self> {
        let mut words = vec![first.clone()];
        while words.len() <= WORDS
            && let Some(next) = Token::after(text, words[words.len() - 1].span.end)
        {
            let goes_on = match next.case {
                Case::Title => !next.is(Known::COMMON) || next.is(Known::SURNAME),
                Case::Initial => true,
                Case::Small => is_small_particle(&text[next.span.clone()]),
                Case::Capitals => false,
            };
            let particle = next.case == Case::Small;
            if !goes_on || particle && Token::after(text, next.span.end).is_none_or(|t| t.case == Case::Initial) {
                break;
            }
            if next.is(OTHER) && !next.is(NAME) && !(next.is(Known::PARTICLE) && Token::after(text, next.span.end).is_some()) {
                return None;
            }
            words.push(next);
        }
        while words.len() > 1 && matches!(words[words.len() - 1].case, Case::Small) {
            words.pop();
        }
        // A lone letter without its stop begins something else: `Anna A new day`.
        while words.len() > 1 && words[words.len() - 1].case == Case::Initial && text[words[words.len() - 1].span.end - 1] != b'.' {
            words.pop();
        }
        let mut end = words[words.len() - 1].span.end;
        end += if matches!(&text[words[words.len() - 1].span.clone()], b"Jr" | b"Sr") {
            usize::from(text.get(end) == Some(&b'.'))
        } else {
            suffix(text, end)
        };
        Some(Self { words, end })
    }

    /// The surnames: words with capitals behind the first.
    fn others(&self) -> impl Iterator<Item = &Token> {
        self.words[1..].iter().filter(|word| word.case == Case::Title)
    }
}

fn is_small_particle(word: &[u8]) -> bool {
    const SMALL: &[&[u8]] = &[
        b"de", b"da", b"do", b"dos", b"das", b"del", b"della", b"dela", b"di", b"du", b"des", b"la", b"le", b"van", b"von", b"der", b"den",
        b"ter", b"ten", b"bin", b"binti", b"ibn", b"al", b"el", b"y", b"zu", b"af", b"av", b"dalla", b"degli", b"e",
    ];
    SMALL.contains(&word)
}

/// Length of ` Jr.`, `, Jr.`, ` III` behind a name.
fn suffix(text: &[u8], end: usize) -> usize {
    let gap = if text[end..].starts_with(b", ") { 2 } else { usize::from(text.get(end) == Some(&b' ')) };
    let word = token::end(text, end + gap) - (end + gap);
    let stop = usize::from(text.get(end + gap + word) == Some(&b'.'));
    match &text[end + gap..end + gap + word] {
        b"Jr" | b"Sr" if gap > 0 => gap + word + stop,
        b"II" | b"III" | b"IV" if gap == 1 => gap + word,
        _ => 0,
    }
}

/// A name that begins with a given name that is known.
fn from_given(text: &[u8], first: &Token) -> Option<(Range<usize>, i8)> {
    let before = Token::before(text, first.span.start);
    if let Some(before) = &before
        && before.is_capitalised()
    {
        // The name began before, or it is that of a place.
        if before.is(Known::GIVEN) && !before.is(Known::COMMON) || before.is(OTHER) && !before.is(NAME.with(Known::RANK)) {
            return None;
        }
    }
    let chain = Chain::from(text, first)?;
    let span = first.span.start..chain.end;
    let strong = first.is_plainly(Known::GIVEN);
    let surname = chain.others().any(|word| word.is(NAME));
    let plain_surname = chain.others().any(|word| word.is_plainly(NAME) && !word.is(OTHER));
    let unknown = chain.others().any(|word| !word.is(Known::WEAK.with(Known::COMMON).with(OTHER)));
    let body = chain.others().last().is_some_and(|word| word.is(OTHER));
    if body && before.as_ref().is_some_and(|word| matches!(&text[word.span.clone()], b"the" | b"The")) {
        return None;
    }
    match () {
        () if strong && surname => Some((span, BOTH)),
        () if plain_surname => Some((span, ONE + 3)),
        () if strong && unknown => Some((span, ONE)),
        () if surname && !body => Some((span, ALONE)),
        () if strong && chain.words.len() == 2 && chain.words[1].case == Case::Initial => Some((span, ALONE)),
        () if chain.words.len() == 1 => alone(text, first, before.as_ref()).map(|known| (span, known)),
        () => None,
    }
}

/// A name that ends with a surname that is known: `J. K. Santos`, `Captain Santos`, `Xyz Santos`.
fn to_surname(text: &[u8], last: &Token) -> Option<(Range<usize>, i8)> {
    let chain = Chain::from(text, last)?;
    let mut start = last.span.start;
    let mut before = Token::before(text, start)?;
    // `A. van der Berg`
    for _ in 0..WORDS {
        if before.case != Case::Small || !is_small_particle(&text[before.span.clone()]) {
            break;
        }
        start = before.span.start;
        before = Token::before(text, start)?;
    }
    let particles = start < last.span.start;
    match before.case {
        Case::Initial => {
            let stopped = text[before.span.end - 1] == b'.';
            let mut first = before;
            for _ in 0..WORDS {
                let Some(earlier) = Token::before(text, first.span.start).filter(|t| t.case == Case::Initial) else { break };
                first = earlier;
            }
            let start = match Token::before(text, first.span.start) {
                None if !stopped && !particles && !last.is_plainly(Known::SURNAME) => return None,
                Some(given) if given.case == Case::Title && given.is(Known::GIVEN) => return None,
                Some(given) if may_be_given(text, &given) => given.span.start,
                _ => first.span.start,
            };
            Some((start..chain.end, ONE))
        }
        _ if particles && before.case != Case::Title => None,
        Case::Title if before.is(Known::RANK) => last.is_plainly(Known::SURNAME).then_some((last.span.start..chain.end, ALONE)),
        Case::Title if before.is(Known::GIVEN) || !last.is_plainly(Known::SURNAME) || last.is(OTHER) => None,
        Case::Title => may_be_given(text, &before).then_some((before.span.start..chain.end, ALONE)),
        Case::Capitals | Case::Small => None,
    }
}

/// Whether a word may be a given name that no list has: nothing else is known of it, and it begins what has capitals.
fn may_be_given(text: &[u8], word: &Token) -> bool {
    let ordinary = Known::COMMON.with(Known::PLACE).with(Known::FIRM).with(Known::RANK).with(Known::WEAK).with(Known::PARTICLE);
    let first =
        Token::before(text, word.span.start).is_none_or(|before| !before.is_capitalised() || before.is(Known::RANK.with(Known::COMMON)));
    let ending = ORDINARY_ENDINGS.iter().any(|ending| text[word.span.clone()].ends_with(ending));
    word.case == Case::Title && !word.is(ordinary) && !ending && word.span.len() >= 3 && first && opens(text, word.span.start)
}

/// Endings of English words that hardly a given name has.
const ORDINARY_ENDINGS: &[&[u8]] = &[
    b"ing", b"ed", b"tion", b"sion", b"ment", b"ness", b"ity", b"ous", b"ical", b"able", b"ible", b"ful", b"less", b"ly", b"ship", b"ism",
    b"ology", b"ight", b"ird", b"ance", b"ence", b"ies",
];

/// A given name without another word: a sentence or a list must go on around it.
fn alone(text: &[u8], name: &Token, before: Option<&Token>) -> Option<i8> {
    if !name.is_plainly(Known::GIVEN) || name.is(OTHER) || name.span.len() < 3 {
        return None;
    }
    let rest = &text[name.span.end..];
    let after = Token::after(text, name.span.end);
    let small = |word: &Token| word.case == Case::Small || &text[word.span.clone()] == b"I";
    let sentence_goes_on = after.as_ref().is_some_and(|word| small(word) && &text[word.span.clone()] != b"of");
    if after.is_some() && !sentence_goes_on || after.is_none() && !ends(rest) {
        return None;
    }
    let starts_line = text[..name.span.start].last().is_none_or(|b| matches!(b, b'\n' | b'"'));
    let spoken = rest.starts_with(b", ") && Token::after(text, name.span.end + 1).is_some_and(|word| small(&word));
    let stands = match before {
        Some(before) if before.case == Case::Small => !NOT_BEFORE.contains(&&text[before.span.clone()]),
        Some(before) => before.is(Known::RANK) && before.is_capitalised(),
        None if starts_line && (spoken || rest.starts_with(b": ")) => true,
        None => sentence_goes_on || in_list(text, name),
    };
    stands.then_some(ALONE)
}

/// Whether a name may end before this.
fn ends(rest: &[u8]) -> bool {
    let mark = |b: u8| matches!(b, b',' | b'.' | b'!' | b'?' | b';' | b':' | b')' | b'"');
    match rest {
        [] | [b'\n' | b'\r', ..] | [b'\'', b's', ..] | [0xE2, 0x80, ..] => true,
        [b' ', b',' | b'.' | b'\'' | b'(' | b'-', ..] => true,
        [b, rest @ ..] => mark(*b) && rest.first().is_none_or(|next| mark(*next) || matches!(next, b' ' | b'\n' | b'\r' | b'\\')),
    }
}

/// Whether a name stands between commas with another given name: `Ana, Rosa and Luis`.
fn in_list(text: &[u8], name: &Token) -> bool {
    let is_given = |word: Option<Token>| word.is_some_and(|word| word.case == Case::Title && word.is(Known::GIVEN));
    let start = name.span.start;
    let earlier = text[..start].strip_suffix(b", ").is_some_and(|list| is_given(last_word(list)));
    let later = text[name.span.end..].starts_with(b", ") && is_given(Token::read(text, name.span.end + 2));
    let open = text[..start].ends_with(b", ") || text[..start].ends_with(b": ");
    open && (earlier || later)
}

/// The word that a text ends with.
fn last_word(text: &[u8]) -> Option<Token> {
    let length = text.iter().rev().take(24).take_while(|b| b.is_ascii_alphabetic() || **b >= 0x80).count();
    Token::read(text, text.len() - length)
}

/// Small words before a place, a thing or a day rather than a person.
const NOT_BEFORE: &[&[u8]] = &[
    b"the", b"a", b"an", b"in", b"at", b"near", b"of", b"on", b"into", b"around", b"across", b"through", b"this", b"every", b"per", b"via",
    b"der", b"die", b"das", b"en", b"el", b"la",
];
