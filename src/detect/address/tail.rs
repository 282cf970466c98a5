//! What follows a street line: unit, city, state or province, postal code, country – over commas and line breaks.
//!
//! The walk goes on over words that may belong to it and remembers the last place at which an address may end.

use super::abroad;
use super::lexicon::{Flags, Lexicon};
use super::street::Style;
use super::token::{Gap, Shape, Token, Tokens};
use super::us;

/// What was found after the street.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tail {
    /// Index after the last word of the address.
    pub end: usize,
    /// Index of the state from 1, or 0.
    pub state: u8,
    /// Five digits, or four in the Philippines, stand where a postal code belongs.
    pub postal: bool,
    /// The postal code belongs to the state.
    pub postal_fits: bool,
    /// The country that the postal code tells, where it is another.
    pub abroad: Option<[u8; 2]>,
    /// The country of the last city.
    pub city: Option<[u8; 2]>,
    /// A unit, and the words before it.
    pub unit: Option<usize>,
    /// A city of the United States or a country closes a part.
    pub place: bool,
    /// Barangay, purok, sitio.
    pub barangay: usize,
    /// Lot, block, phase, subdivision, village.
    pub estate: usize,
    /// Cities and provinces of the Philippines.
    pub ph_place: usize,
    /// The Philippines, by name.
    pub ph_country: bool,
    /// Names before the state or postal code.
    pub names: usize,
    /// Index after the last city.
    names_end: usize,
}

impl Tail {
    /// Says whether two things speak for the Philippines.
    pub fn philippine(&self) -> bool {
        let kinds = [self.barangay > 0, self.estate > 1, self.ph_country, self.postal && self.ph_place > 0];
        self.state == 0 && self.ph_place + kinds.iter().filter(|kind| **kind).count() > 1 && (self.ph_place > 0 || self.barangay > 0)
    }
}

/// The last index of a Canadian province: codes of Australian states are no other words.
const CANADIAN: u8 = 93;
/// Names in a row that may be a city.
const NAMES: usize = 5;
/// Lines after that of the street.
const LINES: usize = 4;

/// Walks over the words after a street line.
pub struct Walk<'a> {
    pub tokens: &'a Tokens<'a>,
    pub lexicon: &'a Lexicon,
    pub read: Flags,
    pub style: Style,
    tail: Tail,
    at: usize,
    pending: usize,
}

/// What one step of the walk says.
enum Step {
    On,
    Stop,
}

impl<'a> Walk<'a> {
    /// Prepares a walk that starts at the word `start`.
    pub fn new(tokens: &'a Tokens<'a>, lexicon: &'a Lexicon, read: Flags, style: Style, start: usize) -> Self {
        Self { tokens, lexicon, read, style, tail: Tail { end: start, ..Tail::default() }, at: start, pending: 0 }
    }

    /// Walks to the end of the address.
    pub fn finish(mut self) -> Tail {
        let mut lines = 0;
        while let Some(token) = self.tokens.get(self.at) {
            lines += usize::from(token.gap == Gap::Line && self.at > 0);
            if lines > LINES || self.pending > NAMES {
                break;
            }
            if matches!(self.step(*token), Step::Stop) {
                break;
            }
        }
        self.tail
    }

    fn step(&mut self, token: Token) -> Step {
        let (flags, len) = self.tokens.phrase(self.at, self.lexicon, self.read);
        // Once a place is named, a further line that begins with a unit, lot or barangay is the next address of a list.
        let placed = self.tail.ph_place > 0 || self.tail.place || self.tail.postal;
        let part = Flags::UNIT.with(Flags::BARANGAY).with(Flags::PH_ESTATE);
        if token.gap == Gap::Line && placed && (flags.any(part) || token.shape == Shape::Mark) {
            return Step::Stop;
        }
        // `Zorba et al 36001` is a citation.
        let next = self.tokens.get(self.at + 1);
        if self.tokens.bytes(&token) == b"et" && next.is_some_and(|next| self.tokens.bytes(next) == b"al") {
            return Step::Stop;
        }
        if self.postal(&token) || self.unit(&token) || self.state(&token, flags, len) {
            return Step::On;
        }
        if self.tail.state == 0 && flags.abroad().is_some_and(|country| self.code_follows(country, len)) {
            return if self.city(&token, flags, len) { Step::On } else { self.word(&token) };
        }
        if self.country(&token, flags, len) {
            return Step::On;
        }
        if self.tail.state > 0 || self.tail.postal && self.tail.end == self.at {
            return Step::Stop;
        }
        if self.compass(&token) || self.philippine(&token, flags, len) || self.city(&token, flags, len) {
            return Step::On;
        }
        self.word(&token)
    }

    /// Takes `len` words as a place at which the address may end.
    fn take(&mut self, len: usize) -> bool {
        self.at += len;
        self.tail.end = self.at;
        self.pending = 0;
        true
    }

    fn postal(&mut self, token: &Token) -> bool {
        if self.tail.postal {
            return false;
        }
        let len = token.end - token.start;
        let after_part = self.tail.end == self.at;
        if let Some((words, fits)) = abroad::province_code(self.tokens, self.at, self.tail.state) {
            self.tail.postal = true;
            self.tail.postal_fits = fits;
            self.tail.abroad = abroad::country(self.tail.state);
            return self.take(words);
        }
        if let Some(country) = self.tail.city
            && token.shape == Shape::Digits
            && self.tail.names_end == self.at
            && abroad::closes_city(country, self.tokens.bytes(token))
        {
            self.tail.postal = true;
            self.tail.postal_fits = true;
            self.tail.abroad = Some(country);
            return self.take(1);
        }
        // ZIP+4 as exports write it: nine digits behind the state they belong to.
        if self.tail.state > 0 && after_part && self.is_joined_zip(token, self.tail.state) {
            self.tail.postal = true;
            self.tail.postal_fits = true;
            return self.take(1);
        }
        if is_zip(token) && self.read.any(Flags::US_CITY) {
            let fits = us::zip_belongs(self.tail.state, prefix(self.tokens.bytes(token)));
            let placed = self.tail.state > 0 && after_part
                || self.tail.state == 0 && (self.tail.names > 0 || self.at == 0 || token.gap != Gap::Space || after_part);
            if placed {
                self.tail.postal = true;
                self.tail.postal_fits = fits;
                return self.take(1);
            }
        }
        let code = if self.tail.state == 0 { abroad::postal_code(self.tokens, self.at) } else { None };
        if let Some((words, country)) = code {
            self.tail.postal = true;
            self.tail.abroad = Some(country);
            return self.take(words);
        }
        if token.shape == Shape::Digits
            && len == 4
            && token.gap != Gap::Line
            && after_part
            && self.tail.state == 0
            && (self.tail.ph_place > 0 || self.tail.barangay > 0)
        {
            self.tail.postal = true;
            return self.take(1);
        }
        false
    }

    /// `Apt 4B`, `# 12`, `5th Floor`, `Second Floor`, `Penthouse`.
    fn unit(&mut self, token: &Token) -> bool {
        let next = self.tokens.get(self.at + 1);
        if let Some(len) = self.floor() {
            return self.take_unit(len);
        }
        if !token.flags.any(Flags::UNIT) && token.shape != Shape::Mark {
            let lone = token.flags.any(Flags::LONE_UNIT) && !token.flags.any(Flags::ORDINAL);
            return lone && (self.tokens.ends_at(self.at + 1) || next.is_some_and(is_zip)) && self.take_unit(1);
        }
        let marks = self.tokens.all()[self.at + 1..].iter().take(2);
        let marked = marks
            .take_while(|mark| {
                mark.shape == Shape::Mark || mark.flags.any(Flags::UNIT) || self.tokens.bytes(mark).eq_ignore_ascii_case(b"no")
            })
            .count();
        let Some(value) = self.tokens.get(self.at + 1 + marked) else { return false };
        let letter = value.end - value.start == 1 && value.is_name();
        let numbered = value.is_number() && value.end - value.start <= 8 && !(is_zip(value) && token.flags.any(Flags::STATE_CODE));
        (numbered || letter) && value.gap != Gap::Line && self.take_unit(2 + marked)
    }

    /// Words of `5th Floor`, `Second Floor`, `3rd and 7th Floors`.
    fn floor(&self) -> Option<usize> {
        let ordinal = |token: &Token| token.shape == Shape::Ordinal || token.flags.any(Flags::ORDINAL);
        let words = self.tokens.all()[self.at..].iter().take(4);
        let before = words.take_while(|word| ordinal(word) || word.flags.any(Flags::LINK)).count();
        let floor = self.tokens.get(self.at + before)?;
        (before > 0 && ordinal(self.tokens.get(self.at)?) && floor.flags.any(Flags::LONE_UNIT) && floor.gap == Gap::Space)
            .then_some(before + 1)
    }

    fn take_unit(&mut self, len: usize) -> bool {
        self.tail.unit = self.tail.unit.or(Some(self.at));
        self.take(len)
    }

    fn state(&mut self, token: &Token, flags: Flags, len: usize) -> bool {
        if self.tail.state > 0 || flags.state() == 0 || !self.state_stands(token, flags, len) {
            return false;
        }
        self.tail.state = flags.state();
        self.take(len)
    }

    /// Says whether a state's name or code is meant as one here.
    fn state_stands(&self, token: &Token, flags: Flags, len: usize) -> bool {
        let after = self.at + len;
        let zip_follows = match abroad::country(flags.state()) {
            None => self.tokens.get(after).is_some_and(|code| is_zip(code) || self.is_joined_zip(code, flags.state())),
            Some(_) => abroad::province_code(self.tokens, after, flags.state()).is_some_and(|(_, fits)| fits || flags.state() > CANADIAN),
        };
        if flags.any(Flags::STATE) && (token.shape != Shape::Lower || self.style == Style::Lower) {
            // `New York, NY` and `Washington DC`: the first of two is the city.
            let (next, _) = self.tokens.phrase(after, self.lexicon, self.read);
            let city =
                next.state() > 0 && self.tokens.get(after).is_some_and(|next| next.shape != Shape::Lower || self.style == Style::Lower);
            return !city && (zip_follows || self.tokens.ends_at(after) || token.gap != Gap::Space);
        }
        if zip_follows {
            // A code in small letters after a capitalised name is a word: `Zorba et al 36001`.
            return token.shape != Shape::Lower || !self.tokens.all()[..self.at].iter().any(|before| before.shape == Shape::Title);
        }
        let word = token.flags.any(Flags::STOP.with(Flags::LINK));
        let ends = self.tokens.ends_at(after);
        let country = self.tokens.get(after).is_some_and(|next| next.flags.any(Flags::US_COUNTRY));
        match (self.style, token.shape) {
            (Style::Title, Shape::Upper) => self.tail.names > 0 || token.gap != Gap::Space,
            (Style::Upper, Shape::Upper) => token.gap != Gap::Space || !word && self.tail.names > 0 && (ends || country),
            (Style::Lower, Shape::Lower) => !word && ends && self.tail.names > 0,
            (Style::Lower, Shape::Upper) => ends && self.tail.names > 0,
            _ => false,
        }
    }

    /// Nine digits that begin as the state's ZIP codes do.
    fn is_joined_zip(&self, code: &Token, state: u8) -> bool {
        code.shape == Shape::Digits && code.end - code.start == 9 && us::zip_belongs(state, prefix(self.tokens.bytes(code)))
    }

    fn country(&mut self, token: &Token, flags: Flags, len: usize) -> bool {
        let after_part = self.tail.end == self.at;
        let located = self.tail.state > 0 || self.tail.postal;
        let capital = token.shape != Shape::Lower || self.style == Style::Lower && self.tokens.ends_at(self.at + len);
        if flags.any(Flags::US_COUNTRY.with(Flags::PH_COUNTRY)) && capital && (located && after_part || self.tokens.ends_at(self.at + len))
        {
            let lone_code = token.end - token.start == 2 && len == 1;
            if located || !lone_code {
                self.tail.ph_country |= flags.any(Flags::PH_COUNTRY);
                self.tail.place = true;
                return self.take(len);
            }
        }
        let zip_follows = self.tokens.get(self.at + len).is_some_and(is_zip);
        let closes = self.tokens.ends_at(self.at + len) || zip_follows || self.tail.unit.is_some();
        if flags.any(Flags::COUNTRY) && self.tail.state == 0 && capital && closes && (self.tail.names > 0 || self.tail.unit.is_some()) {
            self.tail.place = true;
            self.tail.names += len;
            return self.take(len);
        }
        false
    }

    /// A direction straight after the street: `5th St NW`.
    fn compass(&mut self, token: &Token) -> bool {
        let first = self.tail.end == self.at && self.tail.unit.is_none() && self.tail.names == 0;
        let long = token.end - token.start > 4 && token.gap == Gap::Space && !self.tokens.ends_at(self.at + 1);
        first && token.flags.any(Flags::DIRECTION) && token.gap != Gap::Line && !long && self.take(1)
    }

    fn philippine(&mut self, token: &Token, flags: Flags, len: usize) -> bool {
        if !flags.any(Flags::PHILIPPINE) || token.shape == Shape::Lower && self.style != Style::Lower {
            return false;
        }
        if flags.any(Flags::BARANGAY) {
            return self.barangay(token);
        }
        if flags.any(Flags::PH_ESTATE) {
            self.tail.estate += 1;
            self.tail.names += 1;
            let numbered = self.tokens.get(self.at + 1).is_some_and(|next| next.is_number() && next.end - next.start <= 3);
            return self.take(1 + usize::from(numbered));
        }
        let city = self
            .tokens
            .get(self.at + len)
            .is_some_and(|next| next.gap == Gap::Space && self.tokens.bytes(next).eq_ignore_ascii_case(b"city"));
        let after = self.at + len + usize::from(city);
        let zip_follows = self.tokens.get(after).is_some_and(|next| next.shape == Shape::Digits && next.end - next.start == 4);
        let apart = token.gap != Gap::Space || self.tail.barangay > 0 || city || zip_follows;
        if flags.any(Flags::PH_CITY.with(Flags::PH_PROVINCE)) && apart && (zip_follows || self.tokens.ends_at(after) || city) {
            self.tail.ph_place += 1;
            self.tail.names += len;
            return self.take(after - self.at);
        }
        false
    }

    /// `Brgy. San Lorenzo`, `Purok 4`, `Poblacion`.
    fn barangay(&mut self, token: &Token) -> bool {
        let own = self.tokens.bytes(token).len() > 8 && token.flags.any(Flags::PH_CITY);
        let rest = self.tokens.all()[self.at + 1..].iter().take(4);
        let named = rest
            .take_while(|next| {
                next.gap == Gap::Space && (next.is_name() || next.is_number() && next.end - next.start <= 3 || self.style == Style::Lower)
            })
            .count();
        let poblacion = self.tokens.bytes(token).to_ascii_lowercase().starts_with(b"pob");
        if named == 0 && !poblacion && !own {
            return false;
        }
        self.tail.barangay += 1;
        self.tail.names += named;
        self.take(1 + named)
    }

    /// A large city of the United States that closes a part, or stands before a postal code.
    fn city(&mut self, token: &Token, flags: Flags, len: usize) -> bool {
        let coded = flags.abroad().is_some_and(|country| self.code_follows(country, len));
        let apart = token.gap != Gap::Space || self.tail.end == self.at || coded;
        if !flags.any(Flags::US_CITY) || !apart || token.shape == Shape::Lower && self.style != Style::Lower {
            return false;
        }
        self.tail.names += len;
        self.tail.city = flags.abroad();
        self.tail.names_end = self.at + len;
        if self.tokens.ends_at(self.at + len) {
            self.tail.place = true;
            return self.take(len);
        }
        self.at += len;
        self.pending += 1;
        true
    }

    /// Says whether digits that close the country's addresses stand behind a city of it.
    fn code_follows(&self, country: [u8; 2], len: usize) -> bool {
        let code = self.tokens.get(self.at + len).filter(|next| next.shape == Shape::Digits);
        code.is_some_and(|code| abroad::closes_city(country, self.tokens.bytes(code)))
    }

    /// Any other word: it may be part of a city's name.
    fn word(&mut self, token: &Token) -> Step {
        let passes = match token.shape {
            Shape::Title | Shape::Upper => true,
            Shape::Lower => {
                !token.flags.any(Flags::STOP) && (self.style == Style::Lower || token.flags.any(Flags::LINK))
                    || self.tail.names > 0 && self.state_next()
            }
            _ => false,
        };
        if !passes {
            return Step::Stop;
        }
        self.at += 1;
        self.pending += 1;
        self.tail.names += 1;
        Step::On
    }

    /// `Zorba in OH 43210`.
    fn state_next(&self) -> bool {
        let state = self.tokens.get(self.at + 1).is_some_and(|next| next.flags.state() > 0 && next.shape == Shape::Upper);
        state && self.tokens.get(self.at + 2).is_some_and(is_zip)
    }
}

/// Says whether a word is written as a ZIP code.
pub fn is_zip(token: &Token) -> bool {
    token.shape == Shape::ZipPlus || token.shape == Shape::Digits && token.end - token.start == 5
}

fn prefix(zip: &[u8]) -> u16 {
    zip.iter().take(3).fold(0, |sum, byte| sum * 10 + u16::from(byte.wrapping_sub(b'0')))
}

#[cfg(test)]
mod tests {
    use super::{Flags, Lexicon, Style, Tail, Tokens, Walk};

    fn walk(text: &str, style: Style) -> (Tail, String) {
        let lexicon = Lexicon::new();
        let tokens = Tokens::cut(text.as_bytes(), 0, &lexicon, Flags::ALL);
        let tail = Walk::new(&tokens, &lexicon, Flags::ALL, style, 0).finish();
        let end = tail.end.checked_sub(1).map_or(0, |last| tokens.all()[last].end);
        (tail, text[..end].trim().to_owned())
    }

    #[test]
    fn unit_city_state_and_zip_are_taken() {
        let (tail, text) = walk(" NW, Suite 12\nNew Quux, OH 43210-0001 USA and more", Style::Title);
        assert_eq!(text, "NW, Suite 12\nNew Quux, OH 43210-0001 USA");
        assert!(tail.postal && tail.postal_fits && tail.state > 0 && tail.unit.is_some());
    }

    #[test]
    fn lower_case_prose_ends_the_walk() {
        assert_eq!(walk(" was closed in Ohio 43210", Style::Title).1, "");
        assert_eq!(walk(" quux oh 43210 was closed", Style::Lower).1, "quux oh 43210");
    }

    #[test]
    fn philippine_parts_are_taken() {
        let (tail, text) = walk(", Brgy. Maligaya, Marikina City, Metro Manila 1800, Philippines", Style::Title);
        assert_eq!(text, ", Brgy. Maligaya, Marikina City, Metro Manila 1800, Philippines");
        assert!(tail.philippine() && tail.postal);
    }
}
