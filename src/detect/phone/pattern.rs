//! The patterns of number plans: regular expressions over digits and nothing else.
//!
//! In: the text of a pattern, then digits. Out: whether the pattern has them. A general engine compiles such a pattern for
//! milliseconds, and a scan asks dozens of them; here states are made as digits reach them, and most are never reached.

use std::collections::HashMap;

/// A part of the automaton, or [`NOWHERE`].
type At = u16;
const NOWHERE: At = At::MAX;
/// States at which all are forgotten: digits are chosen by whoever wrote the input.
const MOST_STATES: usize = 4_096;
/// No more parts than that; the largest pattern has some thousands.
const MOST_PARTS: usize = 1 << 15;

#[derive(Clone, Copy, Debug)]
enum Part {
    /// One of the digits whose bits are set.
    Digit(u16, At),
    Fork(At, At),
    Pass(At),
    /// `$`
    Last(At),
    End,
}

/// A pattern that may end in several ways: where it begins, and the `Pass` behind it that waits for what follows.
#[derive(Clone, Copy)]
struct Piece {
    start: At,
    end: At,
}

/// A state of the search: the digits that may follow.
#[derive(Clone, Debug)]
struct State {
    parts: Box<[At]>,
    /// The pattern may end here.
    ends: bool,
    /// It may end here where no digit follows.
    ends_last: bool,
    next: [u16; 10],
}

/// What a state's `next` holds before that digit was met.
const UNMET: u16 = u16::MAX;

/// A compiled pattern.
#[derive(Clone, Debug, Default)]
pub(super) struct Pattern {
    parts: Vec<Part>,
    start: At,
    states: Vec<State>,
    known: HashMap<Box<[At]>, u16>,
}

impl Pattern {
    /// Reads digits, `\d`, classes, groups, alternatives, `?`, `{n}`, `{n,m}` and `$`. None where there is more in it than that.
    pub fn new(pattern: &str) -> Option<Self> {
        let mut out = Self::default();
        let (piece, rest) = out.alternatives(pattern.as_bytes())?;
        let end = out.part(Part::End)?;
        out.parts[usize::from(piece.end)] = Part::Pass(end);
        out.start = piece.start;
        rest.is_empty().then_some(out)
    }

    /// A pattern that has no digits at all.
    pub fn nothing() -> Self {
        Self { parts: vec![Part::Digit(0, 0)], ..Self::default() }
    }

    /// Whether it has exactly these digits.
    pub fn has(&mut self, digits: &[u8]) -> bool {
        let mut state = self.first();
        for digit in digits {
            state = self.next(state, *digit);
            if self.states[usize::from(state)].parts.is_empty() && !self.states[usize::from(state)].ends_last {
                return false;
            }
        }
        self.states[usize::from(state)].ends_last
    }

    /// Whether it has some of the first of these digits, or none of them where that will do.
    pub fn begins(&mut self, digits: &[u8]) -> bool {
        let mut state = self.first();
        for digit in digits {
            if self.states[usize::from(state)].ends {
                return true;
            }
            state = self.next(state, *digit);
        }
        self.states[usize::from(state)].ends_last
    }

    fn part(&mut self, part: Part) -> Option<At> {
        (self.parts.len() < MOST_PARTS).then(|| {
            self.parts.push(part);
            At::try_from(self.parts.len() - 1).expect("parts are limited")
        })
    }

    /// `a|b`, up to the end or a parenthesis.
    fn alternatives<'a>(&mut self, pattern: &'a [u8]) -> Option<(Piece, &'a [u8])> {
        let (mut all, mut rest) = self.sequence(pattern)?;
        while let [b'|', more @ ..] = rest {
            let (piece, left) = self.sequence(more)?;
            self.parts[usize::from(piece.end)] = Part::Pass(all.end);
            all.start = self.part(Part::Fork(all.start, piece.start))?;
            rest = left;
        }
        Some((all, rest))
    }

    fn sequence<'a>(&mut self, mut rest: &'a [u8]) -> Option<(Piece, &'a [u8])> {
        let empty = self.part(Part::Pass(NOWHERE))?;
        let mut all = Piece { start: empty, end: empty };
        while !matches!(rest, [] | [b'|' | b')', ..]) {
            let (piece, left) = self.repeated(rest)?;
            self.parts[usize::from(all.end)] = Part::Pass(piece.start);
            all.end = piece.end;
            rest = left;
        }
        Some((all, rest))
    }

    /// An atom and how often it stands: its text is read once for each time.
    fn repeated<'a>(&mut self, pattern: &'a [u8]) -> Option<(Piece, &'a [u8])> {
        let (first, rest) = self.atom(pattern)?;
        let (least, most, rest) = match rest {
            [b'?', rest @ ..] => (0, 1, rest),
            [b'{', rest @ ..] => bounds(rest)?,
            _ => return Some((first, rest)),
        };
        let out = self.part(Part::Pass(NOWHERE))?;
        let start = self.part(Part::Pass(first.start))?;
        let mut all = Piece { start, end: start };
        for time in 0..most {
            let piece = if time == 0 { first } else { self.atom(pattern)?.0 };
            let begin = if time < least { Part::Pass(piece.start) } else { Part::Fork(piece.start, out) };
            self.parts[usize::from(all.end)] = begin;
            all.end = piece.end;
        }
        self.parts[usize::from(all.end)] = Part::Pass(out);
        Some((Piece { start, end: out }, rest))
    }

    fn atom<'a>(&mut self, pattern: &'a [u8]) -> Option<(Piece, &'a [u8])> {
        let (digits, rest) = match pattern {
            [b'(', rest @ ..] => {
                let (piece, rest) = self.alternatives(rest.strip_prefix(b"?:").unwrap_or(rest))?;
                return Some((piece, rest.strip_prefix(b")")?));
            }
            [b'$', rest @ ..] => {
                let end = self.part(Part::Pass(NOWHERE))?;
                return Some((Piece { start: self.part(Part::Last(end))?, end }, rest));
            }
            [b'\\', b'd', rest @ ..] => (0x3FF, rest),
            [b'[', rest @ ..] => class(rest)?,
            [digit, rest @ ..] if digit.is_ascii_digit() => (1 << (digit - b'0'), rest),
            _ => return None,
        };
        let end = self.part(Part::Pass(NOWHERE))?;
        Some((Piece { start: self.part(Part::Digit(digits, end))?, end }, rest))
    }

    fn first(&mut self) -> u16 {
        if self.states.is_empty() {
            self.state(&[self.start]);
        }
        0
    }

    #[inline]
    fn next(&mut self, state: u16, digit: u8) -> u16 {
        match self.states[usize::from(state)].next[usize::from(digit - b'0')] {
            UNMET => self.meet(state, digit - b'0'),
            next => next,
        }
    }

    fn meet(&mut self, state: u16, digit: u8) -> u16 {
        let takes = |at: &At| match self.parts[usize::from(*at)] {
            Part::Digit(digits, next) if digits >> digit & 1 == 1 => Some(next),
            _ => None,
        };
        let reached: Vec<At> = self.states[usize::from(state)].parts.iter().filter_map(takes).collect();
        if self.states.len() >= MOST_STATES {
            self.states.clear();
            self.known.clear();
            self.first();
            return self.state(&reached);
        }
        let next = self.state(&reached);
        self.states[usize::from(state)].next[usize::from(digit)] = next;
        next
    }

    /// The state of all that is reached from these parts without a digit.
    fn state(&mut self, from: &[At]) -> u16 {
        let (mut ends, mut ends_last) = (false, false);
        let mut parts: Vec<At> = Vec::new();
        let mut seen: Vec<(At, bool)> = from.iter().rev().map(|at| (*at, false)).collect();
        while let Some((at, last)) = seen.pop() {
            match self.parts[usize::from(at)] {
                Part::Digit(..) if !last => parts.push(at),
                Part::Digit(..) => {}
                Part::Fork(one, other) => seen.extend([(other, last), (one, last)]),
                Part::Pass(next) => seen.push((next, last)),
                Part::Last(next) => seen.push((next, true)),
                Part::End => {
                    ends_last = true;
                    ends |= !last;
                }
            }
        }
        parts.sort_unstable();
        parts.dedup();
        // Two states of the same digits may differ in how they end.
        let key: Box<[At]> = parts.iter().copied().chain([NOWHERE - At::from(ends), NOWHERE - At::from(ends_last)]).collect();
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let state = u16::try_from(self.states.len()).expect("states are limited");
        self.states.push(State { parts: parts.into(), ends, ends_last, next: [UNMET; 10] });
        self.known.insert(key, state);
        state
    }
}

/// `n}` or `n,m}`
fn bounds(text: &[u8]) -> Option<(usize, usize, &[u8])> {
    let close = text.iter().position(|b| *b == b'}')?;
    let bounds = std::str::from_utf8(&text[..close]).ok()?;
    let (least, most) = bounds.split_once(',').unwrap_or((bounds, bounds));
    let (least, most) = (least.parse().ok()?, most.parse().ok()?);
    (least <= most && (1..=20).contains(&most)).then_some((least, most, &text[close + 1..]))
}

/// `0-24-9]`
fn class(text: &[u8]) -> Option<(u16, &[u8])> {
    let close = text.iter().position(|b| *b == b']')?;
    let (mut rest, mut digits) = (&text[..close], 0);
    while let [first, more @ ..] = rest {
        let (last, more) = if let [b'-', last, more @ ..] = more { (last, more) } else { (first, more) };
        if !first.is_ascii_digit() || !last.is_ascii_digit() {
            return None;
        }
        digits |= (*first..=*last).fold(0, |digits, digit| digits | 1 << (digit - b'0'));
        rest = more;
    }
    Some((digits, &text[close + 1..]))
}

#[cfg(test)]
mod tests {
    use regex_automata::meta::Regex;
    use rlibphonenumber::PHONE_NUMBER_UTIL;
    use rlibphonenumber::interfaces::AsOriginal;

    use super::*;

    /// All patterns of all plans: of numbers, then of what stands before them.
    fn all() -> [Vec<String>; 2] {
        let util = PHONE_NUMBER_UTIL.as_original();
        let regions = util.get_supported_regions().map(|region| (0, region));
        let others = util.get_supported_global_network_calling_codes().map(|code| (code, rlibphonenumber::Region::World));
        let (mut numbers, mut prefixes) = (Vec::new(), Vec::new());
        for (code, region) in regions.chain(others) {
            let plan = util.get_metadata_for_region_or_calling_code(code, region).expect("a plan");
            let kinds = [
                &plan.general_desc,
                &plan.fixed_line,
                &plan.mobile,
                &plan.premium_rate,
                &plan.toll_free,
                &plan.shared_cost,
                &plan.voip,
                &plan.personal_number,
                &plan.pager,
                &plan.uan,
                &plan.voicemail,
            ];
            numbers.extend(kinds.iter().map(|kind| kind.national_number_pattern().original_base().to_owned()));
            prefixes.push(plan.national_prefix_for_parsing().original_base().to_owned());
        }
        [numbers, prefixes].map(|mut all| {
            all.sort();
            all.dedup();
            all
        })
    }

    #[test]
    fn every_pattern_of_every_plan_is_read() {
        let [numbers, prefixes] = all();
        assert!(numbers.len() > 500 && prefixes.len() > 20);
        for pattern in numbers.iter().chain(&prefixes) {
            assert!(Pattern::new(pattern).is_some(), "{pattern}");
        }
    }

    #[test]
    fn says_what_a_regular_expression_says() {
        let mut state = 7_u64;
        let mut random = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 33) as usize % below
        };
        let [numbers, prefixes] = all();
        for (at, text) in numbers.iter().chain(&prefixes).enumerate().filter(|(at, _)| at % 11 == 0) {
            let mut pattern = Pattern::new(text).expect("it is read");
            let whole = Regex::new(&format!(r"\A(?:{text})\z")).expect("it is an expression");
            let begin = Regex::new(&format!(r"\A(?:{text})")).expect("it is an expression");
            let mut digits = Vec::new();
            for _ in 0..400 {
                // A walk along the pattern meets more of it than chance does.
                digits.clear();
                for _ in 0..random(14) {
                    let tried: Vec<u8> = (0..10).map(|digit| b'0' + digit).filter(|_| random(4) > 0).collect();
                    let goes_on = tried.iter().find(|digit| {
                        let reached = digits.iter().chain([*digit]).fold(pattern.first(), |state, digit| pattern.next(state, *digit));
                        !pattern.states[usize::from(reached)].parts.is_empty()
                    });
                    digits.push(goes_on.copied().unwrap_or(b'0' + random(10) as u8));
                }
                assert_eq!(pattern.has(&digits), whole.is_match(&digits), "{text} {digits:?} {at}");
                assert_eq!(pattern.begins(&digits), begin.is_match(&digits), "{text} {digits:?} {at}");
            }
        }
    }

    #[test]
    fn forgets_states_and_goes_on() {
        let mut pattern = Pattern::new(r"(?:\d?1\d{9}|\d{2,9}2\d{3}|\d{0,7}[35]\d{5})\d{0,4}").expect("it is read");
        let whole = Regex::new(r"\A(?:(?:\d?1\d{9}|\d{2,9}2\d{3}|\d{0,7}[35]\d{5})\d{0,4})\z").expect("it is an expression");
        for n in (1_000_000_000_000_u64..).step_by(7_777_777_777).take(20_000) {
            let digits = n.to_string();
            assert_eq!(pattern.has(digits.as_bytes()), whole.is_match(&digits), "{digits}");
        }
    }

    #[test]
    fn what_it_cannot_read_is_none() {
        for text in ["a", "1*", "[^1]", "(1", "1)", "1{2", "1{3,2}", "[1", r"\w", "1{99}"] {
            assert!(Pattern::new(text).is_none(), "{text}");
        }
    }
}
