//! Addresses whose house number may stand behind the street: German, French, Spanish, Italian, Dutch, Portuguese.
//!
//! The way in is the postal code before the city (`Hauptstraße 12, 10115 Berlin`), from which the street line is read
//! backwards, or a street word with a number beside it. A few comparisons at the bytes around a number refuse nearly all.

mod line;
mod words;

use std::ops::Range;

use super::Found;
use super::lexicon::{Flags, Lexicon};
use super::street::Style;
use super::tail::Walk;
use super::token::{Tokens, closes};
use super::weigh;
use crate::model::{Region, Signal, Signals};
use line::{Line, Tongue};
pub use words::{CITIES, CITY_FIRST, COUNTRIES, ENDINGS, FRENCH, GERMAN_FIRST, ITALIAN, PARTICLES, PORTUGUESE, SPANISH, STRONG_ENDINGS};

/// Says in a few comparisons whether a number may be the postal code before a city: digits, a space, a capital.
#[inline]
pub fn may_be_postal(text: &[u8], number: &Range<usize>) -> bool {
    matches!(number.len(), 4 | 5)
        && number.start > 6
        && matches!(text[number.start - 1], b' ' | b'\n' | b',' | b'-')
        && matches!(text.get(number.end), Some(b' '))
        && text.get(number.end + 1).is_some_and(|b| b.is_ascii_uppercase() || *b == 0xC3)
}

/// Says whether a number may be one of a house whose street stands before it: a capitalised word that ends as streets do.
#[inline]
pub fn may_be_behind(text: &[u8], number: &Range<usize>) -> bool {
    let start = number.start;
    number.len() <= 4
        && start > 5
        && text[start - 1] == b' '
        && (text[start - 2].is_ascii_lowercase() || text[start - 2] == b'.')
        && line::ends_as_street(&text[start.saturating_sub(40)..start - 1])
}

/// Reads an address around the postal code at `number`; see [`may_be_postal`].
pub fn at_postal(text: &[u8], number: &Range<usize>, lexicon: &Lexicon) -> Option<Found> {
    let city = City::read(text, number, lexicon)?;
    let (gap, lead) = before_code(text, number.start)?;
    let mut line = Line::ending_at(text, gap, lexicon)?;
    let mut unit = false;
    if line.is_unit() {
        unit = true;
        line = Line::ending_at(text, line.gap_before()?, lexicon)?;
    }
    let street = line.street(lexicon)?;
    let region = lead.or(city.region).or_else(|| street.tongue.region(&text[number.clone()], city.letters));
    let mut signals = Signals::default();
    let known = city.region.is_some();
    let fits = region.is_some_and(|region| code_belongs(region, &text[number.clone()], city.letters));
    let enough = match street.tongue {
        Tongue::Unknown => known && fits && number.len() == 5,
        Tongue::Weak => known && fits,
        Tongue::Loose => fits,
        _ => true,
    };
    if !enough {
        return None;
    }
    signals.add(Signal::Shape, if street.tongue == Tongue::Unknown { 5 } else { 15 } + 5 * i8::from(unit));
    signals.add(Signal::PostalCode, if fits { 20 } else { 15 });
    if known {
        signals.add(Signal::AdminArea, 10);
    }
    Some(Found { span: street.start..city.end, signals, region: region.and_then(Region::new) })
}

/// Reads a street line with its kind and a number, without a postal code behind it. `number` has the digits.
pub fn at_number(text: &[u8], number: &Range<usize>, lexicon: &Lexicon) -> Option<Found> {
    let end = line::number_end(text, number.end);
    // The name of the street stands just before the number, or its kind just behind it.
    let behind = number.start > 4 && matches!(number.len(), 1..=4) && text[number.start - 1] == b' ';
    let behind = behind && (text[number.start - 2].is_ascii_alphabetic() || matches!(text[number.start - 2], b'.' | b',' | 0x80..));
    let stops = text.get(end).is_none_or(|b| !b.is_ascii_alphanumeric() && !matches!(b, b':' | b'%' | b'_' | b'='));
    if !behind || !stops {
        return None;
    }
    let street = Line::ending_at(text, end, lexicon)?.street(lexicon)?;
    if matches!(street.tongue, Tongue::Unknown | Tongue::Loose | Tongue::Weak) {
        return None;
    }
    Some(found(text, street.start..end, lexicon))
}

/// Reads `5800, rue de la Paix` at its kind, or a box at its word; `None` at the other anchors.
pub fn at_kind(text: &[u8], at: usize, lexicon: &Lexicon) -> Option<Found> {
    match text.get(at..at + 4)? {
        word if word.eq_ignore_ascii_case(b"post") => post_box(text, at),
        word if word.eq_ignore_ascii_case(b"rue ") || word.eq_ignore_ascii_case(b"rua ") => {
            let start = line::number_before(text, at)?;
            let end = number_behind(text, line::name_end(text, at, lexicon)?, lexicon);
            Some(found(text, start..end, lexicon))
        }
        _ => None,
    }
}

/// Where `rue de la Paix` ends, if a street's kind and name stand behind the house number that ends at `end`.
pub fn kind_behind(text: &[u8], end: usize, lexicon: &Lexicon) -> Option<usize> {
    let mut at = end + 1;
    let mut len = line::word_len(text.get(at..)?);
    if [&b"bis"[..], b"ter", b"quater"].contains(&&text[at..at + len]) && text.get(at + len) == Some(&b' ') {
        at += len + 1;
        len = line::word_len(&text[at..]);
    }
    if len < 2 {
        return None;
    }
    let kinds = Flags::FRENCH.with(Flags::SPANISH).with(Flags::ITALIAN).with(Flags::PORTUGUESE);
    let flags = lexicon.word(&text[at..at + len]);
    if !flags.any(kinds) {
        return None;
    }
    let dot = usize::from(text.get(at + len) == Some(&b'.'));
    let next = at + len + dot + 1;
    let small = line::word_len(text.get(next..)?);
    let joined = lexicon.word(&text[next..next + small]).any(Flags::PARTICLE) && !line::is_capital(text, next);
    // Kinds that are words of English, too, need a small word behind them: `3 place de la Gare`.
    let plain = line::is_plain_kind(&text[at..at + len]);
    if !plain && !joined {
        return None;
    }
    line::name_end(text, at, lexicon)
}

/// Where a number behind a street's name ends that closes its part or stands before a unit: `Via Roma 112, Latina`, `Rua Forno 76 Apt. 3`.
pub fn number_behind(text: &[u8], end: usize, lexicon: &Lexicon) -> usize {
    let Some(rest) = text.get(end..).and_then(|rest| rest.strip_prefix(b" ")) else { return end };
    let digits = rest.iter().take(5).take_while(|b| b.is_ascii_digit()).count();
    let to = line::number_end(text, end + 1 + digits);
    let closed = match text.get(to) {
        None | Some(b',' | b'\n' | b'\r' | b'"' | b')' | b';' | b'|') => true,
        Some(b' ') => lexicon.word(&text[to + 1..to + 1 + line::word_len(&text[to + 1..])]).any(Flags::UNIT),
        Some(_) => false,
    };
    if (1..=4).contains(&digits) && closed { to } else { end }
}

/// `Postfach 12 34`.
fn post_box(text: &[u8], at: usize) -> Option<Found> {
    let from = at + b"postfach ".len();
    if !text[at..].get(..9).is_some_and(|word| word.eq_ignore_ascii_case(b"postfach ")) {
        return None;
    }
    let digits = text[from..].iter().take(9).take_while(|b| b.is_ascii_digit() || **b == b' ').count();
    let value = text[from..from + digits].trim_ascii_end();
    let count = value.iter().filter(|b| b.is_ascii_digit()).count();
    let mut signals = Signals::default();
    signals.add(Signal::Shape, 15);
    (2..=6).contains(&count).then(|| Found { span: at..from + value.len(), signals, region: None })
}

/// A street line by itself, with what stands behind it where that is a unit, a province, a known city or a code.
pub fn found(text: &[u8], span: Range<usize>, lexicon: &Lexicon) -> Found {
    let mut signals = Signals::default();
    let opened = span.start == 0 || !matches!(text[span.start - 1], b' ');
    let closed = closes(text, span.end) || text.get(span.end) == Some(&b',');
    signals.add(Signal::Shape, 10 + 4 * i8::from(closed) + 4 * i8::from(opened && closed));
    if text[span.end..].starts_with(b", ")
        && let Some((end, country)) = known_city(text, span.end + 2, lexicon)
    {
        signals.add(Signal::AdminArea, 20);
        return Found { span: span.start..end, signals, region: Region::new(country) };
    }
    let tokens = Tokens::cut(text, span.end, lexicon, Flags::ALL.without(Flags::PHILIPPINE));
    let tail = Walk::new(&tokens, lexicon, Flags::ALL.without(Flags::PHILIPPINE), Style::Title, 0).finish();
    // Digits straight behind the number are the postal code of a city, which is read from there.
    let coded = tokens.get(0).is_some_and(|first| first.is_number());
    let located = !coded && (tail.state > 0 || tail.postal || tail.place || tail.unit.is_some());
    let end = tail.end.checked_sub(1).filter(|_| located).and_then(|last| tokens.get(last)).map_or(span.end, |last| last.end);
    if end > span.end {
        weigh::signals(0, &tail)
            .iter()
            .filter(|(signal, _)| *signal != Signal::Shape)
            .for_each(|(signal, delta)| signals.add(signal, delta));
    }
    Found { span: span.start..end, signals, region: if end > span.end { weigh::region(&tail) } else { None } }
}

/// A known city at `at`: where it ends, and its country.
fn known_city(text: &[u8], at: usize, lexicon: &Lexicon) -> Option<(usize, [u8; 2])> {
    (1..=3).rev().find_map(|count| {
        let (mut end, mut words) = (at, 0);
        while words < count {
            let len = line::word_len(&text[end..]);
            if len == 0 {
                return None;
            }
            end += len;
            words += 1;
            if words < count {
                if text.get(end) != Some(&b' ') {
                    return None;
                }
                end += 1;
            }
        }
        let country = lexicon.city(&text[at..end])?;
        let whole = text.get(end).is_none_or(|b| !b.is_ascii_alphanumeric() && *b < 0x80);
        whole.then_some((end, country))
    })
}

/// What stands behind a postal code.
struct City {
    end: usize,
    region: Option<[u8; 2]>,
    /// Two capitals belong to the code: `1012 LG`.
    letters: bool,
}

impl City {
    fn read(text: &[u8], number: &Range<usize>, lexicon: &Lexicon) -> Option<Self> {
        let mut at = number.end + 1;
        let two = text.get(at..at + 3).is_some_and(|t| t[0].is_ascii_uppercase() && t[1].is_ascii_uppercase() && t[2] == b' ');
        let letters = number.len() == 4 && two;
        at += 3 * usize::from(letters);
        let known = known_city(text, at, lexicon);
        let mut end = known.map_or_else(|| name_of_city(text, at, lexicon), |(end, _)| Some(end))?;
        let mut region = known.map(|(_, country)| country);
        end = after_city(text, end);
        if let Some((to, country)) = country_at(text, end, lexicon) {
            end = to;
            region = Some(country);
        }
        Some(Self { end, region, letters })
    }
}

/// A capitalised word, and more where the first is half a name or a small word joins them.
fn name_of_city(text: &[u8], at: usize, lexicon: &Lexicon) -> Option<usize> {
    let first = line::word_len(&text[at..]);
    if first < 2 || !line::is_capital(text, at) {
        return None;
    }
    let mut end = at + first;
    let mut goes_on = lexicon.word(&text[at..end]).any(Flags::CITY_FIRST);
    for _ in 0..4 {
        if text.get(end) != Some(&b' ') {
            break;
        }
        let len = line::word_len(&text[end + 1..]);
        let word = end + 1..end + 1 + len;
        if len == 0 {
            break;
        }
        let small = lexicon.word(&text[word.clone()]).any(Flags::PARTICLE) && !line::is_capital(text, word.start);
        let next = text.get(word.end) == Some(&b' ') && (line::is_capital(text, word.end + 1) || small);
        if line::is_capital(text, word.start) && goes_on {
            end = word.end;
            goes_on = false;
        } else if small && next {
            end = word.end;
            goes_on = true;
        } else {
            break;
        }
    }
    Some(end)
}

/// `CEDEX 08`, `(Barcelona)`.
fn after_city(text: &[u8], end: usize) -> usize {
    let rest = &text[end..];
    if rest.get(..6).is_some_and(|word| word.eq_ignore_ascii_case(b" cedex")) {
        let digits = rest[6..].iter().take(3).take_while(|b| b.is_ascii_digit() || **b == b' ').count();
        let number = rest[6..6 + digits].trim_ascii_end().len();
        return end + 6 + number;
    }
    if rest.starts_with(b" (") {
        let close = rest.iter().take(24).position(|b| *b == b')');
        return close.map_or(end, |close| end + close + 1);
    }
    end
}

fn country_at(text: &[u8], end: usize, lexicon: &Lexicon) -> Option<(usize, [u8; 2])> {
    let gap = [&b", "[..], b"\n", b"\r\n", b" "].into_iter().find(|gap| text[end..].starts_with(gap))?;
    let at = end + gap.len();
    let len = line::word_len(&text[at..]);
    let country = lexicon.country(&text[at..at + len])?;
    Some((at + len, country))
}

/// Steps back over what stands before a postal code: where the line before ends, and the country of `D-10115`.
fn before_code(text: &[u8], start: usize) -> Option<(usize, Option<[u8; 2]>)> {
    let mut at = start;
    let mut country = None;
    if text[at - 1] == b'-' {
        let letters = text[..at - 1].iter().rev().take(3).take_while(|b| b.is_ascii_uppercase()).count();
        country = Some(match &text[at - 1 - letters..at - 1] {
            b"D" | b"DE" => *b"DE",
            b"F" | b"FR" => *b"FR",
            b"E" | b"ES" => *b"ES",
            b"I" | b"IT" => *b"IT",
            b"A" | b"AT" => *b"AT",
            b"CH" => *b"CH",
            b"B" | b"BE" => *b"BE",
            b"NL" => *b"NL",
            _ => return None,
        });
        at -= 1 + letters;
    }
    let gap = line::gap_before(text, at)?;
    Some((gap, country))
}

/// Whether a postal code is one of its country: Germany 01001–99998, France by department, Spain by province,
/// Italy 00010–98168, the Netherlands 1000–9999 with two letters, four digits in Austria, Switzerland and Belgium.
fn code_belongs(country: [u8; 2], digits: &[u8], letters: bool) -> bool {
    let code = digits.iter().fold(0_u32, |sum, b| sum * 10 + u32::from(b - b'0'));
    match (&country, digits.len()) {
        (b"DE", 5) => (1001..=99_998).contains(&code),
        (b"FR", 5) => (1000..=98_999).contains(&code),
        (b"ES", 5) => (1000..=52_999).contains(&code),
        (b"IT", 5) => (10..=98_168).contains(&code),
        (b"NL", 4) => code >= 1000 && letters,
        (b"AT" | b"CH" | b"BE" | b"PT", 4) => code >= 1000,
        _ => false,
    }
}
