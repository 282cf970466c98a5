//! The street line after a house number: where it ends, how far its last word speaks for an address, how it is written.

use super::lexicon::Flags;
use super::token::{Gap, Shape, Token, Tokens};

/// How far the street words alone speak for an address, in rising order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Road {
    /// No street word.
    Bare,
    /// `Park`, `Run`, `Point`: ordinary words.
    Faint,
    /// `Drive`, `Court`, `Way`: rarely after a name in prose.
    Weak,
    /// `Street`, `Blvd`, `Highway 9`.
    Strong,
}

/// How an address is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    Title,
    Upper,
    Lower,
}

/// A street line.
#[derive(Clone, Copy, Debug)]
pub struct Street {
    pub road: Road,
    pub style: Style,
    /// Index after its last word.
    pub end: usize,
    /// One of its words makes its suffix mean something else: `Hard Drive`.
    pub busy: bool,
}

/// Words of a street's name and suffix.
const WORDS: usize = 7;

impl Street {
    /// Reads the street line that starts with the first word. Without a street word it is [`Road::Bare`] and ends at 0.
    pub fn read(tokens: &Tokens) -> Self {
        let (road, end) = grid(tokens).or_else(|| last_suffix(tokens)).unwrap_or((Road::Bare, 0));
        let named = if end == 0 { 3 } else { end };
        let words = &tokens.all()[..named.min(tokens.all().len())];
        let names = words.split_last().map_or(words, |(_, names)| if end == 0 { words } else { names });
        Self {
            road,
            style: style(words),
            end,
            busy: names.iter().any(|word| word.flags.any(Flags::BUSY) && !word.flags.any(Flags::SUFFIX)),
        }
    }
}

/// `350 East 1270 South`.
fn grid(tokens: &Tokens) -> Option<(Road, usize)> {
    let [first, number, last, ..] = tokens.all() else { return None };
    let compass = first.flags.any(Flags::DIRECTION) && last.flags.any(Flags::DIRECTION);
    let on_one_line = number.gap == Gap::Space && last.gap == Gap::Space;
    (compass && number.shape == Shape::Digits && number.end - number.start <= 5 && on_one_line).then_some((Road::Weak, 3))
}

/// Finds the word that closes the street line: the last of adjacent suffixes, or a numbered road, or a road of one name.
fn last_suffix(tokens: &Tokens) -> Option<(Road, usize)> {
    let capital = tokens.get(0)?.shape != Shape::Lower;
    let mut best: Option<(Road, usize)> = None;
    for (index, token) in tokens.all().iter().take(WORDS).enumerate() {
        if index > 0 && token.gap != Gap::Space {
            break;
        }
        if let Some(road) = numbered(tokens, index).or_else(|| spanish(tokens, index)) {
            return Some(road);
        }
        let road = suffix(tokens, index, capital);
        if road == Road::Bare {
            if best.is_some_and(|(held, end)| held > Road::Faint && !only_directions(tokens, end - 1)) || !goes_on(tokens, index, capital) {
                break;
            }
        } else if best.is_none_or(|(held, end)| replaces(road, held, end == index || only_directions(tokens, end - 1))) {
            best = Some((road, index + 1));
        }
    }
    best
}

/// Says whether a later suffix is the street's rather than one found before.
fn replaces(road: Road, held: Road, adjacent: bool) -> bool {
    if held > Road::Faint { adjacent && road > Road::Faint } else { road > held }
}

/// How far the word at `index` speaks for a street as its suffix.
fn suffix(tokens: &Tokens, index: usize, capital: bool) -> Road {
    let Some(token) = tokens.get(index) else { return Road::Bare };
    let alone = only_directions(tokens, index);
    if token.flags.any(Flags::WHOLE_STREET) && alone {
        return Road::Faint;
    }
    if index == 0 || !token.flags.any(Flags::SUFFIX) || token.is_number() {
        return Road::Bare;
    }
    let known = if token.flags.any(Flags::STRONG) {
        Road::Strong
    } else if token.flags.any(Flags::WEAK) {
        Road::Weak
    } else {
        Road::Faint
    };
    if capital && token.shape == Shape::Lower && known < Road::Strong { Road::Faint } else { known }
}

/// Says whether nothing but points of the compass stands before `index`.
fn only_directions(tokens: &Tokens, index: usize) -> bool {
    tokens.all()[..index].iter().all(|token| token.flags.any(Flags::DIRECTION))
}

/// Says whether a word may stand inside a street's name.
fn goes_on(tokens: &Tokens, index: usize, capital: bool) -> bool {
    let Some(token) = tokens.get(index) else { return false };
    let followed_by_number = tokens.get(index + 1).is_some_and(|next| next.is_number() || next.shape == Shape::Mark);
    match token.shape {
        Shape::Mark | Shape::Digits | Shape::ZipPlus => false,
        Shape::Mixed => index == 0,
        Shape::Ordinal => true,
        Shape::Lower => !token.flags.any(Flags::STOP) && (!capital || token.flags.any(Flags::LINK)),
        Shape::Title | Shape::Upper => !(index > 0 && token.flags.any(Flags::UNIT) && followed_by_number),
    }
}

/// `Hwy 66`, `County Road 12`, `FM 1960`, `US 17`, with the words before it already read.
fn numbered(tokens: &Tokens, index: usize) -> Option<(Road, usize)> {
    let token = tokens.get(index)?;
    let before = index.checked_sub(1).and_then(|before| tokens.get(before));
    let road = tokens.bytes(token).eq_ignore_ascii_case(b"road") || tokens.bytes(token).eq_ignore_ascii_case(b"rd");
    let classed = road && before.is_some_and(|before| before.flags.any(Flags::ROAD_CLASS));
    if !classed && !token.flags.any(Flags::HIGHWAY.with(Flags::US_COUNTRY)) {
        return None;
    }
    let mark = tokens.get(index + 1)?;
    let marked = usize::from(mark.shape == Shape::Mark || tokens.bytes(mark).eq_ignore_ascii_case(b"no"));
    let number = tokens.get(index + 1 + marked)?;
    let len = number.end - number.start;
    let designation = number.is_number() && len <= 5 || number.shape == Shape::Upper && len <= 2 && !number.flags.any(Flags::DIRECTION);
    let short = token.end - token.start <= 2 && !classed && token.shape == Shape::Upper;
    let telling = if short { Road::Faint } else { Road::Strong };
    (designation && number.gap == Gap::Space).then_some((telling, index + 2 + marked))
}

/// `Calle Luna`, `Avenida Rizal`, `Avenue B`, `Via Verde`: the kind stands first.
fn spanish(tokens: &Tokens, index: usize) -> Option<(Road, usize)> {
    let (kind, name) = (tokens.get(index)?, tokens.get(index + 1)?);
    let written = kind.is_name() && (name.is_name() || name.flags.any(Flags::LINK) || name.is_number()) && name.gap == Gap::Space;
    if !written || !kind.flags.any(Flags::PREFIX) || !only_directions(tokens, index) {
        return None;
    }
    let rest = tokens.all()[index + 1..].iter().take(4).enumerate();
    let names = rest.take_while(|(at, word)| *at == 0 || word.gap == Gap::Space && may_name(word)).count();
    let end = index + 1 + names;
    // `93 Via Roma 89, Latina`: a number closes the name, or stands before a unit.
    let number = tokens.get(end).is_some_and(|word| word.shape == Shape::Digits && word.gap == Gap::Space && word.end - word.start <= 4);
    let closed = tokens.ends_at(end + 1) || tokens.get(end + 1).is_some_and(|next| next.flags.any(Flags::UNIT));
    Some((Road::Strong, end + usize::from(number && closed)))
}

/// Says whether a word goes on the name of a street whose kind stands first.
fn may_name(word: &Token) -> bool {
    (word.is_name() || word.flags.any(Flags::LINK)) && !word.flags.any(Flags::UNIT.with(Flags::STATE_CODE))
}

/// How the words that have case are written.
fn style(words: &[Token]) -> Style {
    let mut cased = words.iter().filter(|word| word.is_name() || word.shape == Shape::Lower);
    let long = || words.iter().filter(|word| word.end - word.start > 1 && !word.flags.any(Flags::DIRECTION));
    if cased.next().is_some_and(|first| first.shape == Shape::Lower) {
        Style::Lower
    } else if long().any(|word| word.shape == Shape::Title) || !long().any(|word| word.shape == Shape::Upper) {
        Style::Title
    } else {
        Style::Upper
    }
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::Lexicon;
    use super::{Flags, Road, Street, Style, Tokens};

    fn read(text: &str) -> (Road, String, Style) {
        let tokens = Tokens::cut(text.as_bytes(), 0, &Lexicon::new(), Flags::ALL);
        let street = Street::read(&tokens);
        let end = street.end.checked_sub(1).map_or(0, |last| tokens.all()[last].end);
        (street.road, text[..end].trim().to_owned(), street.style)
    }

    #[test]
    fn the_last_of_adjacent_suffixes_ends_the_street() {
        assert_eq!(read(" Park Avenue South Troy"), (Road::Strong, "Park Avenue".to_owned(), Style::Title));
        assert_eq!(read(" North St Quentin Ave"), (Road::Strong, "North St Quentin Ave".to_owned(), Style::Title));
        assert_eq!(read(" QUAIL CT"), (Road::Weak, "QUAIL CT".to_owned(), Style::Upper));
    }

    #[test]
    fn numbered_and_spanish_roads_are_streets() {
        assert_eq!(read(" County Road 12 Troy").1, "County Road 12");
        assert_eq!(read(" N Hwy 66").1, "N Hwy 66");
        assert_eq!(read(" Calle de la Luna").0, Road::Strong);
        assert_eq!(read(" East 1270 South").1, "East 1270 South");
    }

    #[test]
    fn a_comma_or_a_lower_case_word_ends_the_name() {
        assert_eq!(read(" Zorba, Main Street").0, Road::Bare);
        assert_eq!(read(" Zorba called Main Street").0, Road::Bare);
    }
}
