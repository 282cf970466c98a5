//! Postal addresses in free text. What is written like American addresses – number, street, city, state, code – is read
//! forwards; what has its number behind the street, backwards from its postal code: see [`world`].
//!
//! In go places at which one may begin – a house number, or a word such as `PO Box` – and out comes at most one candidate
//! that covers the whole address. [`gate`] refuses most numbers; [`token`] cuts words; [`street`] and [`tail`] read the
//! two halves; [`weigh`] says what they are worth. Nothing is allocated on the way, and no byte sequence makes it panic.

mod abroad;
mod anchor;
mod cell;
mod evidence;
mod gate;
mod lexicon;
mod number;
mod ph;
mod street;
mod tail;
mod token;
mod us;
mod weigh;
mod whole;
mod words;
mod world;

use std::ops::Range;

use crate::model::{Candidate, Region, RuleIndex, Signals, Verdict};
use lexicon::{Flags, Lexicon};
use street::Street;
use tail::Walk;
use token::Tokens;
use weigh::Around;

/// Finds postal addresses at places that the caller names.
pub struct AddressMatcher {
    lexicon: Lexicon,
    /// Meanings of words that the chosen regions read.
    read: Flags,
    /// Whether countries beside the United States and the Philippines are read.
    world: bool,
}

/// An address before it becomes a candidate.
struct Found {
    span: Range<usize>,
    signals: Signals,
    region: Option<Region>,
}

impl Found {
    fn candidate(self, rule: RuleIndex) -> Candidate {
        Candidate { rule, span: self.span, verdict: Verdict::NotChecked, region: self.region, signals: self.signals }
    }
}

impl AddressMatcher {
    /// Words that begin an address without a house number; see [`Self::at_word`].
    pub const ANCHORS: &'static [&'static str] = anchor::ANCHORS;

    /// Makes a matcher for regions; none means all grammars there are.
    #[must_use]
    pub fn new(regions: &[Region]) -> Self {
        let has = |code: &[u8; 2]| regions.is_empty() || regions.iter().any(|region| region.as_str().as_bytes() == code);
        let mut read = Flags::ALL;
        if !has(b"US") {
            read = read.without(Flags::AMERICAN);
        }
        if !has(b"PH") {
            read = read.without(Flags::PHILIPPINE);
        }
        let abroad = |region: &Region| !matches!(region.as_str(), "US" | "PH");
        Self { lexicon: Lexicon::new(), read, world: regions.is_empty() || regions.iter().any(abroad) }
    }

    /// Looks at a number that may be a house number and pushes at most one candidate.
    ///
    /// `number` is a group of one to six digits which a letter or `-digits` may follow, before one space and a letter or an
    /// ordinal (`5 42nd St`). A number inside the last candidate of the same rule is not looked at.
    #[inline]
    pub fn at_number(&self, text: &[u8], number: Range<usize>, rule: RuleIndex, out: &mut Vec<Candidate>) {
        if number::may_stand(text, &number) {
            self.at_open_number(text, number.clone(), rule, out);
        }
        if self.world && (world::may_be_postal(text, &number) || world::may_be_behind(text, &number)) {
            self.at_number_of_world(text, number, rule, out);
        }
    }

    fn at_number_of_world(&self, text: &[u8], number: Range<usize>, rule: RuleIndex, out: &mut Vec<Candidate>) {
        let postal = world::may_be_postal(text, &number).then(|| world::at_postal(text, &number, &self.lexicon)).flatten();
        let found = postal.or_else(|| world::may_be_behind(text, &number).then(|| world::at_number(text, &number, &self.lexicon))?);
        let Some(found) = found else { return };
        // The street line by itself was found before the postal code told the rest.
        while out.last().is_some_and(|last| last.rule == rule && found.span.contains(&last.span.start) && last.span.end <= found.span.end) {
            out.pop();
        }
        out.push(found.candidate(rule));
    }

    /// [`Self::at_number`], where the byte before the number lets it be one of a house.
    fn at_open_number(&self, text: &[u8], number: Range<usize>, rule: RuleIndex, out: &mut Vec<Candidate>) {
        let Some(end) = number::end(text, &number) else { return };
        if self.world
            && let Some(to) = world::kind_behind(text, end, &self.lexicon)
            && let Some((start, _)) = number::start(text, &number, &self.lexicon)
        {
            let to = world::number_behind(text, to, &self.lexicon);
            out.push(world::found(text, start..to, &self.lexicon).candidate(rule));
            return;
        }
        if !gate::may_follow(text, end, &self.lexicon) || covers(out, rule, number.start) {
            return;
        }
        let Some((start, around)) = number::start(text, &number, &self.lexicon) else { return };
        let text = &text[..number::cell_end(text, start).max(end)];
        if let Some(mut found) = read_street(text, end, &self.lexicon, self.read, false, around) {
            found.span.start = number::unit_before(text, start, &self.lexicon);
            push(text, found.candidate(rule), out);
        }
    }

    /// Looks at one of [`Self::ANCHORS`] that was found at `at`, in any case, and pushes at most one candidate.
    pub fn at_word(&self, text: &[u8], at: usize, rule: RuleIndex, out: &mut Vec<Candidate>) {
        if covers(out, rule, at) {
            return;
        }
        if let Some(found) = anchor::read(text, at, &self.lexicon, self.read) {
            push(text, found.candidate(rule), out);
        }
    }

    /// Reads a cell of a column that is named for addresses: the whole cell, unless it is plainly something else.
    #[must_use]
    pub fn cell(&self, cell: &[u8], rule: RuleIndex) -> Option<Candidate> {
        let span = cell::address_span(cell)?;
        let mut found = Vec::new();
        self.scan(&cell[span.clone()], &mut found);
        let best = found.into_iter().max_by_key(|candidate| candidate.signals.sum());
        let (signals, region) = best.map_or_else(|| (cell::plain(&cell[span.clone()]), None), |best| (best.signals, best.region));
        Some(Found { span, signals, region }.candidate(rule))
    }

    /// Looks at every number and every anchor of a short text.
    fn scan(&self, text: &[u8], found: &mut Vec<Candidate>) {
        let mut at = 0;
        while at < text.len() {
            let digits = text[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
            if (1..=6).contains(&digits) {
                let known = found.len();
                self.at_number(text, at..at + digits, 0, found);
                // In a cell, what the pass over blocks does not stop at is looked at too.
                if self.world && found.len() == known {
                    found.extend(world::at_number(text, &(at..at + digits), &self.lexicon).map(|found| found.candidate(0)));
                }
            } else if text[at].is_ascii_alphabetic() && !at.checked_sub(1).is_some_and(|before| text[before].is_ascii_alphanumeric()) {
                let starts =
                    |anchor: &&&str| text.get(at..at + anchor.len()).is_some_and(|here| here.eq_ignore_ascii_case(anchor.as_bytes()));
                if Self::ANCHORS.iter().any(|anchor| starts(&anchor)) {
                    self.at_word(text, at, 0, found);
                }
            }
            at += digits.max(1);
        }
    }
}

/// Most bytes between an address and its repetition.
const BETWEEN: usize = 40;

/// Adds a candidate. An address that says once more what the one before it said, as in exports that join a full address and its parts, goes
/// on with that one: `12 Elm St, Troy, NY 12180 Troy 12 Elm St NY 12180`.
fn push(text: &[u8], candidate: Candidate, out: &mut Vec<Candidate>) {
    if let Some(last) = out.last_mut().filter(|last| last.rule == candidate.rule && last.span.end < candidate.span.start)
        && let Some(between) = text.get(last.span.end..candidate.span.start).filter(|between| between.len() <= BETWEEN)
        && between.iter().all(|b| b.is_ascii_alphabetic() || matches!(b, b' ' | b'\'' | b'-' | 0x80..))
        && first_words(&text[last.span.clone()]).is_some_and(|first| first_words(&text[candidate.span.clone()]) == Some(first))
    {
        last.span.end = candidate.span.end;
        return;
    }
    out.push(candidate);
}

/// A house number and the word behind it, or `po box` and its number: the words up to the second blank behind which a digit stood.
fn first_words(address: &[u8]) -> Option<&[u8]> {
    let blanks = address.iter().enumerate().filter(|(_, b)| **b == b' ').map(|(at, _)| at).chain([address.len()]);
    let end = blanks.skip(1).take(2).find(|at| address[..*at].iter().any(u8::is_ascii_digit))?;
    Some(&address[..end])
}

/// Says whether the last candidate of a rule holds the byte at `at`.
fn covers(out: &[Candidate], rule: RuleIndex, at: usize) -> bool {
    out.last().is_some_and(|last| last.rule == rule && last.span.contains(&at))
}

/// Reads street and tail from `from` on, which is where the number ends. The span starts at `from`: the caller knows better.
fn read_street(text: &[u8], from: usize, lexicon: &Lexicon, read: Flags, estate: bool, mut around: Around) -> Option<Found> {
    let tokens = Tokens::cut(text, from, lexicon, read);
    let street = Street::read(&tokens);
    let mut tail = Walk::new(&tokens, lexicon, read, street.style, street.end).finish();
    tail.estate += 2 * usize::from(estate);
    around.street_closed = tokens.ends_at(street.end);
    let end = tokens.get(tail.end.max(street.end).checked_sub(1)?)?.end;
    around.closed = token::closes(text, end);
    let (signals, region) = weigh::weigh(&street, &tail, around)?;
    Some(Found { span: from..end, signals, region })
}

#[cfg(test)]
mod tests;
