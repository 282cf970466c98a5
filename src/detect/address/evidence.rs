//! What the words of a text say for an address, in points: streets, numbers, boxes, places, postal codes.
//!
//! In: words. Out: whether they are an address, and its candidate. It looks at what the words mean, not at what stands around them.

use std::ops::Range;

use super::lexicon::{Flags, Lexicon};
use super::token::{Gap, Shape, Token, Tokens};
use super::world::{ENDINGS, STRONG_ENDINGS};
use super::{abroad, us};
use crate::model::{Candidate, Region, RuleIndex, Signal, Signals, Verdict};

/// Kinds of streets that stand before the name.
const KINDS: Flags = Flags::FRENCH.with(Flags::SPANISH).with(Flags::ITALIAN).with(Flags::PORTUGUESE);
/// Words of sentences and logs that stand in addresses too.
const MAY_NAME: [&[u8]; 12] = [b"no", b"at", b"for", b"a", b"us", b"so", b"file", b"page", b"post", b"min", b"day", b"port"];
/// Ends of the names of streets that only count here: no sentence is around them.
const ENDINGS_HERE: [&str; 15] =
    ["veien", "vegen", "plassen", "gata", "gade", "vej", "katu", "tie", "vagen", "singel", "dreef", "kade", "dijk", "stigen", "gränd"];
/// Kinds of streets in other tongues, before the name (Polish, Romanian, Malay, Turkish) or behind it (Nordic, Hungarian, Czech).
const WORDS_HERE: [&str; 45] = [
    "ulica", "ul", "aleja", "aleje", "plac", "osiedle", "strada", "bulevardul", "bdul", "calea", "splaiul", "aleea", "jalan", "jln",
    "lorong", "vei", "vej", "gate", "plass", "plads", "allé", "vägen", "väg", "tie", "utca", "út", "tér", "körút", "ulice", "náměstí",
    "sokak", "caddesi", "cad", "mahallesi", "rúa", "straße", "strasse", "straat", "laan", "weg", "allee", "platz", "plein", "dijk",
    "singel",
];

/// What the words of a text say, in points.
#[derive(Default)]
pub struct Evidence {
    /// 2 for a word that hardly means anything but a street, 1 for one that may.
    street: u8,
    streets: usize,
    /// Two streets, and `and` or `at` between them.
    crossing: bool,
    house: bool,
    /// A point of the compass or an ordinal stands behind the leading number.
    pointed: bool,
    unit: bool,
    boxed: bool,
    state: bool,
    city: bool,
    country: bool,
    /// A postal code of its state, province or city.
    postal: bool,
    region: Option<[u8; 2]>,
    /// Words of two letters or more that are no state's code.
    words: usize,
    /// Words of sentences.
    stops: usize,
    /// The same, and those that stand in addresses too.
    small: usize,
    /// The first and behind the last word that speaks for an address.
    pub reach: Range<usize>,
    /// The words behind them are few, and names or numbers.
    closed: bool,
    /// The first digits of the postal code behind a state.
    code: Option<[u8; 5]>,
    /// There is another such code: they are two addresses. Or a ZIP code belongs to nothing.
    several: bool,
}

impl Evidence {
    /// Adds up the words of a text; `capitals` are the same words in capitals.
    pub fn gather(tokens: &Tokens, capitals: &Tokens, lexicon: &Lexicon, read: Flags) -> Self {
        let mut evidence = Self { reach: tokens.all().len()..0, ..Self::default() };
        let mut crossed = false;
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            let (flags, len) = tokens.phrase(at, lexicon, read);
            let word = tokens.bytes(token);
            evidence.word(tokens, at, flags, len);
            crossed |= evidence.streets > 0 && [&b"and"[..], b"at"].iter().any(|joint| word.eq_ignore_ascii_case(joint));
            let known = evidence.streets;
            // `AL` and `PR` close a text as states.
            if !flags.any(Flags::STATE_CODE) || tokens.get(at + 1).is_some() {
                evidence.street(tokens, at, flags);
            }
            evidence.crossing |= crossed && evidence.streets > known;
            let point = flags.any(Flags::DIRECTION);
            evidence.pointed |= at == 0 && point && word.len() < 3 || at == 1 && evidence.house && (point || token.shape == Shape::Ordinal);
            if is_house(tokens, at) {
                evidence.house(tokens, at);
            }
            evidence.part(tokens, at, len, flags);
            evidence.place(tokens, at, len, flags, lexicon);
            if at > 0 && flags.state() > 0 {
                evidence.behind_state(tokens, capitals, at + len, flags.state());
            }
            if let Some((words, country)) = abroad::postal_code(capitals, at) {
                evidence.postal = true;
                evidence.region = Some(country);
                evidence.speaks(at..at + words);
            }
            evidence.of_the_continent(tokens, at, lexicon);
            evidence.several |= token.shape == Shape::ZipPlus && evidence.code.is_none();
            at += len;
        }
        let behind = tokens.all().get(evidence.reach.end..).unwrap_or_default();
        let small = !tokens.all().iter().any(Token::is_name);
        evidence.closed = behind.len() < 5 && behind.iter().all(|token| token.is_name() || token.is_number() || small && behind.len() == 1);
        evidence
    }

    /// Notes that words speak for an address.
    fn speaks(&mut self, words: Range<usize>) {
        self.reach.start = self.reach.start.min(words.start);
        self.reach.end = self.reach.end.max(words.end);
    }

    /// Counts names, and words that stand in sentences.
    fn word(&mut self, tokens: &Tokens, at: usize, flags: Flags, len: usize) {
        let Some(token) = tokens.get(at) else { return };
        let word = tokens.bytes(token);
        let letters = word.iter().filter(|b| b.is_ascii_alphabetic() || **b >= 0x80).count();
        let code = len == 1 && flags.state() > 0 && letters < 4;
        let other = letters < 2 || token.is_number() || flags.any(Flags::STRONG) || code;
        self.words += usize::from(!other);
        let sentence = token.shape == Shape::Lower && flags.any(Flags::STOP) && flags.state() == 0;
        // `Zorba et al 36001` is a citation.
        let cited = word == b"et" && tokens.get(at + 1).is_some_and(|next| tokens.bytes(next) == b"al");
        self.stops += usize::from(sentence && !MAY_NAME.contains(&word) || cited);
        self.small += usize::from(sentence || cited);
    }

    /// Takes a number for one of a house. Behind a name it says that the name is a street's.
    fn house(&mut self, tokens: &Tokens, at: usize) {
        self.house = true;
        let closes = at > 0 && tokens.ends_at(at + 1);
        let behind = tokens.get(at).is_some_and(|number| number.gap == Gap::Space);
        if closes && behind && tokens.get(at - 1).is_some_and(Token::is_name) {
            self.street = self.street.max(1);
        }
        self.speaks(at..if closes { at + 1 } else { 0 });
    }

    /// A box or a unit with its number.
    fn part(&mut self, tokens: &Tokens, at: usize, len: usize, flags: Flags) {
        let Some(next) = tokens.get(at + len).filter(|next| next.is_number() || next.shape == Shape::Mark) else { return };
        if is_box(tokens, at) {
            self.boxed = true;
            self.speaks(at..at + 2);
        } else if flags.any(Flags::UNIT) {
            self.unit = true;
            self.speaks(at..at + len + 1 + usize::from(next.shape == Shape::Mark));
        }
    }

    /// Takes words for a state, a city or a country; what leads the text is none.
    fn place(&mut self, tokens: &Tokens, at: usize, len: usize, flags: Flags, lexicon: &Lexicon) {
        let Some(token) = tokens.get(at).filter(|_| at > 0) else { return };
        let next = tokens.get(at + len);
        let last = tokens.ends_at(at + len) || next.is_some_and(|next| next.flags.any(Flags::US_COUNTRY));
        let state = flags.state() > 0 && last && (!flags.any(Flags::STATE_CODE) || token.shape == Shape::Upper);
        let word = tokens.bytes(token);
        let country = flags.any(Flags::COUNTRY.with(Flags::US_COUNTRY)) || lexicon.country(word).is_some();
        let city = flags.any(Flags::US_CITY) || lexicon.city(word).is_some();
        self.state |= state;
        self.country |= country;
        self.city |= city;
        if state || country || city {
            self.speaks(at..at + len);
        }
    }

    /// Takes a word for one of a street: a suffix behind a name, a kind before one, a road's class before its number.
    fn street(&mut self, tokens: &Tokens, at: usize, flags: Flags) {
        let Some(token) = tokens.get(at) else { return };
        let word = tokens.bytes(token);
        let before = at.checked_sub(1).and_then(|before| tokens.get(before));
        let after = tokens.get(at + 1);
        let busy = |before: &Token| before.flags.any(Flags::BUSY) && !before.flags.any(Flags::SUFFIX);
        let named = before.is_some_and(|before| (at > 1 || !before.is_number() || before.shape == Shape::Ordinal) && !busy(before));
        let kind = flags.any(KINDS)
            && word.len() > 2
            && after.is_some_and(|after| !after.is_number())
            && before.is_none_or(|before| before.is_number() || token.gap != Gap::Space);
        let numbered = after.is_some_and(|after| after.is_number() || after.shape == Shape::Mark);
        let long = !token.is_number() && word.len() > 6;
        let ends = long && STRONG_ENDINGS.iter().chain(&ENDINGS_HERE).any(|ending| ends_with(word, ending));
        let listed = (named || after.is_some()) && WORDS_HERE.iter().any(|known| word.eq_ignore_ascii_case(known.as_bytes()));
        let road = flags.any(Flags::HIGHWAY) && numbered;
        let sure = kind || ends || listed || road || named && flags.any(Flags::STRONG.with(Flags::WEAK));
        let may = named && flags.any(Flags::FAINT)
            || flags.any(Flags::WHOLE_STREET)
            || numbered && long && ENDINGS.iter().any(|ending| ends_with(word, ending));
        if !sure && !may {
            return;
        }
        let worth = if sure { 2 } else { 1 };
        self.streets += 1;
        self.street = self.street.max(worth);
        self.speaks(at..at + if kind { 3 } else { 1 + usize::from(numbered && sure) });
    }

    /// The postal code behind a state or province.
    fn behind_state(&mut self, tokens: &Tokens, capitals: &Tokens, at: usize, state: u8) {
        if let Some((words, fits)) = abroad::province_code(capitals, at, state) {
            self.state = true;
            self.postal |= fits;
            self.region = abroad::country(state);
            self.speaks(at..at + words);
        }
        let Some(token) = tokens.get(at) else { return };
        let zip = token.shape == Shape::ZipPlus || token.shape == Shape::Digits && matches!(token.end - token.start, 5 | 9);
        let Some(code) = tokens.bytes(token).first_chunk::<5>().filter(|_| zip) else { return };
        if us::zip_belongs(state, code[..3].iter().fold(0, |sum, b| sum * 10 + u16::from(b - b'0'))) {
            self.state = true;
            self.postal = true;
            self.region = Some(*b"US");
            self.several |= self.code.is_some_and(|known| known != *code);
            self.code = Some(*code);
            self.speaks(at..at + 1);
        }
    }

    /// Postal codes of other countries, where the city or country beside them is known: `1012 LG Amsterdam`, `4000-123 Porto`.
    fn of_the_continent(&mut self, tokens: &Tokens, at: usize, lexicon: &Lexicon) {
        let Some(token) = tokens.get(at).filter(|token| token.is_number() && at > 0) else { return };
        let code = tokens.bytes(token);
        let formed = [&b"DDDDD"[..], b"DDDD", b"DDDDLL", b"DD-DDD", b"DDDD-DDD", b"DDDDD-DDD", b"DDD-DDDD"].iter().any(|form| {
            form.len() == code.len()
                && form.iter().zip(code).all(|(kind, b)| match kind {
                    b'D' => b.is_ascii_digit(),
                    b'L' => b.is_ascii_alphabetic(),
                    _ => b == kind,
                })
        });
        let place = |token: Option<&Token>| {
            token.and_then(|token| lexicon.city(tokens.bytes(token)).or_else(|| lexicon.country(tokens.bytes(token))))
        };
        if formed && let Some(country) = (at + 1..at + 4).chain(at - 1..at).find_map(|near| place(tokens.get(near))) {
            self.postal = true;
            self.region = Some(country);
            self.speaks(at..at + 1);
        }
    }

    /// Says whether it is enough.
    pub fn is_address(&self) -> bool {
        let places = u8::from(self.state) + u8::from(self.city) + u8::from(self.country);
        let sum = self.street
            + 3 * u8::from(self.postal || self.boxed)
            + u8::from(self.house)
            + u8::from(self.unit)
            + places
            + u8::from(self.crossing)
            + u8::from(self.pointed);
        let street = self.street == 2 && (self.house || places > 0 || self.pointed);
        let house = self.house && (self.unit || places > 0 && (self.street > 0 || self.pointed));
        let told = self.postal || self.boxed || self.crossing || street || house;
        // A code alone is none: the words of a place stand beside it.
        let named = self.words > 1 || self.words == 1 && self.street + places > 0;
        let bare = self.house && self.street == 0 && !self.city && !self.boxed && self.words < 2;
        let sentence = if self.postal || self.boxed { self.stops > 0 } else { self.small > 0 };
        sum >= 3 && told && named && !bare && !sentence && self.closed && !self.several
    }

    /// The candidate that it makes.
    pub fn candidate(&self, span: Range<usize>, rule: RuleIndex) -> Candidate {
        let mut signals = Signals::default();
        signals.add(Signal::Shape, 10 + if self.house && self.street > 0 || self.boxed { 5 } else { 0 });
        if self.state || self.city || self.country {
            signals.add(Signal::AdminArea, if self.state { 20 } else { 10 });
        }
        if self.postal {
            signals.add(Signal::PostalCode, 20);
        }
        let region = self.region.and_then(Region::new);
        Candidate { rule, span, verdict: Verdict::NotChecked, region, signals }
    }
}

/// A number that leads the text or a part of it, or closes one behind a name.
fn is_house(tokens: &Tokens, at: usize) -> bool {
    let Some(token) = tokens.get(at).filter(|token| matches!(token.shape, Shape::Digits | Shape::Mixed)) else { return false };
    let most = if at == 0 || token.shape == Shape::Mixed { 7 } else { 4 };
    let apart = at == 0 || token.gap != Gap::Space || tokens.ends_at(at + 1);
    let code = at.checked_sub(1).and_then(|before| tokens.get(before)).is_some_and(|before| before.flags.state() > 0);
    token.end - token.start <= most && apart && !code
}

/// `PO Box`, `POB`, the box of a route, `Postfach`.
fn is_box(tokens: &Tokens, at: usize) -> bool {
    let word = |at: usize| tokens.get(at).map_or(&b""[..], |token| tokens.bytes(token));
    let is = |at: usize, known: &[u8]| word(at).eq_ignore_ascii_case(known);
    let routed = |before: usize| [&b"rr"[..], b"rt", b"hc", b"rte", b"route"].iter().any(|known| is(before, known));
    let post = at > 0 && (is(at - 1, b"po") || is(at - 1, b"office") || is(at - 1, b"o"));
    is(at, b"box") && (post || (0..at).any(routed)) || is(at, b"pob") || is(at, b"pobox") || is(at, b"postfach")
}

fn ends_with(word: &[u8], ending: &str) -> bool {
    word.len() > ending.len() + 2 && word[word.len() - ending.len()..].eq_ignore_ascii_case(ending.as_bytes())
}
