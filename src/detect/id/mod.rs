//! Numbers of registers and documents: national, tax and health numbers, passports, driving licences, vehicles.
//!
//! One matcher for all of them. In come the places that the prefilter found; what stands there is read once as masks of
//! digits, letters and separators, and a table says which few numbers are written so. Their structure, their check digits, the
//! way they are written and whether a word for one of them stands near decide what becomes a candidate. How rarely chance
//! passes is counted in tenths of bits: what has no word near it must be rare.

mod americas;
mod asia;
mod documents;
mod europe;
mod mrz;
mod scheme;
#[cfg(test)]
mod tests;
mod token;

use std::collections::HashMap;
use std::ops::Range;

use crate::model::{Candidate, Region, RuleIndex, Signal, Signals, Verdict};
use crate::pattern::{Cues, Finder, IdCheck, Matcher, Rule, RuleSet, WINDOW};
use scheme::{Outcome, Scheme};
use token::{MOST, Token, is_open, word_start};

/// How rare a value of letters and digits, or with separators, must be to stand in running text without a word for it.
const RARE_IN_TEXT: u16 = 90;
/// The same of digits alone: there are many of them.
const RARE_DIGITS: u16 = 120;
/// The same of a value that is all that a line or cell holds: one in a hundred.
const RARE_WHOLE: u16 = 65;
/// What it counts that the country is one the run was given.
const ASKED: u16 = 30;
/// What the check digit of a number is worth that has none: 33 is one in ten.
const CHECK: u16 = 34;

/// The rules that look for numbers, arranged by how these are written.
pub(super) struct IdMatcher {
    slots: Vec<Slot>,
    /// Forms of all schemes, those of one layout together.
    forms: Vec<FormOf>,
    /// By length and places of separators: which forms.
    layouts: HashMap<(u8, u32), Range<usize>>,
    /// By the length of a first group of digits, as bits: the lengths that a second one has.
    pairs: [u32; 16],
    /// By length: whether digits alone may be a number.
    plain: [bool; MOST + 1],
    /// Rules for numbers that only a word or a column tells.
    loose: Vec<(RuleIndex, IdCheck)>,
    zones: Vec<(RuleIndex, bool)>,
    cues: Cues,
}

/// A rule with its scheme.
struct Slot {
    rule: RuleIndex,
    scheme: &'static Scheme,
    /// Its country is one that the run was given.
    asked: bool,
}

/// One way in which a number is written, as masks.
struct FormOf {
    slot: usize,
    picture: Vec<u8>,
    separators: u32,
    digits: u32,
    letters: u32,
    rarity: u16,
}

/// Says whether the rule's check has no scheme of its own: any number, or what is read in another way.
fn is_loose(check: IdCheck) -> bool {
    matches!(check, IdCheck::AnyNationalId | IdCheck::AnyTaxId | IdCheck::AnyHealthId | IdCheck::AnyPassport | IdCheck::AnyDriverLicense)
}

fn all_schemes() -> impl Iterator<Item = &'static Scheme> {
    [europe::SCHEMES, americas::SCHEMES, asia::SCHEMES, documents::SCHEMES].into_iter().flatten()
}

impl FormOf {
    fn new(slot: usize, picture: &str, rarity: u16) -> Self {
        let mut out = Self { slot, picture: picture.into(), separators: 0, digits: 0, letters: 0, rarity };
        for (place, byte) in picture.bytes().enumerate() {
            let bit = 1 << place;
            match byte {
                b'A' => out.letters |= bit,
                b'X' => (out.letters, out.digits) = (out.letters | bit, out.digits | bit),
                b'0'..=b'9' => out.digits |= bit,
                _ => out.separators |= bit,
            }
        }
        out
    }

    fn layout(&self) -> (u8, u32) {
        (u8::try_from(self.picture.len()).expect("forms are short"), self.separators)
    }

    /// Whether characters have the shape: none if not, else whether the separators are those of the form.
    fn fits(&self, token: &Token) -> Option<bool> {
        let all = (1_u32 << self.picture.len()) - 1;
        if token.digits & all & !self.digits != 0 || token.letters & all & !self.letters != 0 {
            return None;
        }
        let mut separators = (0..self.picture.len()).filter(|place| self.separators >> place & 1 == 1);
        let exact = separators.clone().all(|place| token.chars[place] == self.picture[place]);
        // Other separators than the official ones: they too may be between groups of digits, all of one kind.
        let first = separators.clone().next().map_or(0, |place| token.chars[place]);
        let alike = separators.all(|place| token.chars[place] == first) && b" -./".contains(&first);
        let digits_first = self.letters & ((1 << self.separators.trailing_zeros().min(31)) - 1) == 0;
        if exact { Some(true) } else { (alike && digits_first).then_some(false) }
    }
}

/// A scheme that a token passed.
struct Hit<'a> {
    form: &'a FormOf,
    outcome: Outcome,
    /// Written with the form's own separators.
    exact: bool,
}

impl IdMatcher {
    /// Arranges the rules that have a check.
    pub fn new(rules: &RuleSet, regions: &[Region]) -> Self {
        let of_ids: Vec<(RuleIndex, &Rule, IdCheck)> =
            rules.iter().filter_map(|(index, rule)| rule.check.map(|check| (index, rule, check))).collect();
        let (mut slots, mut forms) = (Vec::new(), Vec::new());
        for &(rule, compiled, check) in &of_ids {
            let in_text = matches!(compiled.finder, Some(Finder::Matcher(Matcher::Id)));
            for scheme in all_schemes().filter(|scheme| scheme.check == check) {
                let asked = scheme.region.and_then(Region::new).is_some_and(|region| regions.contains(&region));
                for form in scheme.forms.iter().filter(|form| in_text && form.rarity != scheme::CELL) {
                    let written = FormOf::new(slots.len(), form.picture, form.rarity);
                    let separated = written.separators != 0;
                    forms.push(written);
                    if form.compact && separated {
                        let compact: String = form.picture.chars().filter(char::is_ascii_alphanumeric).collect();
                        forms.push(FormOf::new(slots.len(), &compact, scheme::NONE));
                    }
                }
                slots.push(Slot { rule, scheme, asked });
            }
        }
        forms.sort_by_key(FormOf::layout);
        let mut out = Self {
            slots,
            layouts: HashMap::new(),
            pairs: [0; 16],
            plain: [false; MOST + 1],
            loose: of_ids.iter().filter(|(_, _, check)| is_loose(*check)).map(|(rule, _, check)| (*rule, *check)).collect(),
            zones: Vec::new(),
            cues: Cues::of(of_ids.iter().map(|(_, rule, _)| *rule)),
            forms,
        };
        for (rule, _, check) in of_ids {
            match check {
                IdCheck::MrzPassport => out.zones.push((rule, true)),
                IdCheck::MrzCard => out.zones.push((rule, false)),
                _ => {}
            }
        }
        out.index();
        out
    }

    fn index(&mut self) {
        for (i, form) in self.forms.iter().enumerate() {
            let range = self.layouts.entry(form.layout()).or_insert(i..i);
            range.end = i + 1;
            let groups: Vec<usize> = form.picture.split(|b| !b.is_ascii_alphanumeric()).map(<[u8]>::len).collect();
            let digits_until = (!form.digits).trailing_zeros() as usize;
            match groups[..] {
                [only] => self.plain[only] |= digits_until >= only,
                [first, second, ..] if digits_until >= first => self.pairs[first.min(15)] |= 1 << second,
                _ => {}
            }
        }
        if !self.loose.is_empty() {
            self.plain[6..=14].fill(true);
        }
    }

    /// Looks at the groups of one run.
    #[inline]
    pub fn run(&self, text: &[u8], groups: &[Range<usize>], out: &mut Vec<Candidate>) {
        for (i, group) in groups.iter().enumerate() {
            if i > 0 && text[groups[i - 1].end] != b' ' {
                continue;
            }
            let before = group.start.checked_sub(1).map_or(b' ', |at| text[at]);
            let after = text.get(group.end).copied().unwrap_or(b' ');
            let next = groups.get(i + 1).filter(|next| next.start == group.end + 1 || after >= 0x80);
            let pairs = next.is_some_and(|next| self.pairs[group.len().min(15)] >> next.len().min(31) & 1 == 1);
            if before.is_ascii_alphanumeric() || after.is_ascii_alphanumeric() || pairs || matches!(after, b'-' | b'(') && next.is_none() {
                self.around(text, group, out);
            } else {
                if self.plain.get(group.len()).is_some_and(|plain| *plain) {
                    self.digits_alone(text, group, before, out);
                }
                self.behind_letters(text, group.start, out);
            }
        }
    }

    /// Looks at two capitals before digits.
    pub fn capitals(&self, text: &[u8], at: usize, out: &mut Vec<Candidate>) {
        let Some(start) = word_start(text, at) else { return };
        self.from(text, start, None, out);
        // Parts that a hyphen or a space joins: `1EG4-TE5-MK73`.
        let mut first = start;
        for _ in 0..3 {
            let Some(before) = first.checked_sub(2).filter(|b| matches!(text[first - 1], b'-' | b' ') && text[*b].is_ascii_alphanumeric())
            else {
                break;
            };
            let Some(earlier) = word_start(text, before + 1).filter(|s| start - s < MOST - 4) else { break };
            first = earlier;
            self.from(text, first, None, out);
        }
    }

    /// Digits with letters or separators at them.
    fn around(&self, text: &[u8], group: &Range<usize>, out: &mut Vec<Candidate>) {
        let Some(start) = word_start(text, group.start) else { return };
        if group.len() == 7 {
            self.zone(text, group.start, out);
        }
        if group.len() <= 18 {
            self.from(text, start, None, out);
            if start == group.start {
                self.behind_letters(text, start, out);
            }
        }
    }

    /// One to four capitals and a hyphen or space before digits: `X-1234567-L`.
    #[inline]
    fn behind_letters(&self, text: &[u8], start: usize, out: &mut Vec<Candidate>) {
        let Some(end) = start.checked_sub(1).filter(|at| matches!(text[*at], b'-' | b' ')) else { return };
        let hyphen = text[end] == b'-';
        let letter = |b: &&u8| b.is_ascii_uppercase() || hyphen && b.is_ascii_lowercase();
        let letters = text[..end].iter().rev().take(5).take_while(letter).count();
        if (1..=4).contains(&letters) {
            self.from(text, end - letters, None, out);
        }
    }

    fn zone(&self, text: &[u8], at: usize, out: &mut Vec<Candidate>) {
        if self.zones.is_empty() || !text.get(at + 8).is_some_and(u8::is_ascii_digit) {
            return;
        }
        let Some(zone) = mrz::read(text, at) else { return };
        for (rule, _) in self.zones.iter().filter(|(_, passport)| *passport == zone.passport) {
            let mut signals = Signals::default();
            signals.add(Signal::Checksum, 50);
            let span = zone.span.clone();
            out.push(Candidate { rule: *rule, span, verdict: Verdict::Passed, region: alpha2(zone.issuer), signals });
        }
    }

    /// Digits alone: worth a look where they are all that stands there, or where a word asks for them.
    #[inline]
    fn digits_alone(&self, text: &[u8], group: &Range<usize>, before: u8, out: &mut Vec<Candidate>) {
        if before == b'_' || matches!(text.get(group.end), Some(b'_' | b'@' | b'%')) {
            return;
        }
        let whole = is_whole(text, group);
        let cued = self.is_cued(text, group);
        if whole || cued || group.len() == 13 || group.len() == 18 {
            self.from(text, group.start, Some(cued), out);
        }
    }

    /// Tries all forms of what begins at `start`.
    fn from(&self, text: &[u8], start: usize, cued: Option<bool>, out: &mut Vec<Candidate>) {
        let labelled = !is_open(text, start);
        if labelled && !self.behind_label(text, start) {
            return;
        }
        let token = Token::read(text, start);
        let mut cued = cued.or(labelled.then_some(true));
        let mut best = None;
        for len in (4..=token.len).rev().filter(|len| token.ends(text, *len)) {
            let Some(range) = self.layouts.get(&(u8::try_from(len).unwrap_or(u8::MAX), token.separators & ((1 << len) - 1))) else {
                continue;
            };
            let mut compact = [0; MOST];
            let count = token.compact(len, &mut compact);
            for form in &self.forms[range.clone()] {
                let Some(exact) = form.fits(&token) else { continue };
                let outcome = (self.slots[form.slot].scheme.judge)(&compact[..count]);
                if matches!(outcome, Outcome::Wrong | Outcome::Impossible) {
                    continue;
                }
                let span = token.span(len);
                let hit = Hit { form, outcome, exact };
                if best.is_none() || outcome == Outcome::Passed {
                    best = Some((len, outcome == Outcome::Passed, self.slots[form.slot].scheme.region));
                }
                if let Some(candidate) = self.candidate(text, &token, span, &hit, &mut cued) {
                    out.push(candidate);
                }
            }
        }
        self.any(text, &token, best, &mut cued, out);
    }

    /// Says whether letters and a hyphen before `start` are a word for a number: `NID-900112233`.
    fn behind_label(&self, text: &[u8], start: usize) -> bool {
        let Some(end) = start.checked_sub(1).filter(|at| matches!(text[*at], b'-' | b'_')) else { return false };
        let letters = text[..end].iter().rev().take(12).take_while(|b| b.is_ascii_alphabetic()).count();
        let label = end - letters;
        letters >= 2 && is_open(text, label) && self.cues.near(&text[label..end])
    }

    /// What the characters, how they are written and where they stand are worth; none where that is too little.
    fn candidate(&self, text: &[u8], token: &Token, span: Range<usize>, hit: &Hit<'_>, cued: &mut Option<bool>) -> Option<Candidate> {
        let slot = &self.slots[hit.form.slot];
        let own = match hit.outcome {
            Outcome::Unchecked => slot.scheme.rarity.saturating_sub(CHECK),
            _ => slot.scheme.rarity,
        };
        let rarity = own + if hit.exact { hit.form.rarity } else { 0 } + if slot.asked { ASKED } else { 0 };
        let digits = hit.form.letters & token.letters == 0 && hit.form.separators == 0;
        let in_text = !token.lower && rarity >= if digits { RARE_DIGITS } else { RARE_IN_TEXT };
        let stands = in_text || rarity >= RARE_WHOLE && is_whole(text, &span);
        if !stands && !*cued.get_or_insert_with(|| self.is_cued(text, &span)) {
            return None;
        }
        let mut signals = Signals::default();
        let checksum = match hit.outcome {
            Outcome::Passed if slot.scheme.rarity >= RARE_WHOLE => 15,
            Outcome::Passed => 10,
            _ => 0,
        };
        if checksum > 0 {
            signals.add(Signal::Checksum, checksum);
        }
        match () {
            () if stands => signals.add(Signal::Shape, 20 - checksum),
            () if hit.exact && hit.form.separators != 0 => signals.add(Signal::Shape, 5),
            () if digits => signals.add(Signal::Bare, 0),
            () => {}
        }
        self.remark(token, slot.asked, &mut signals);
        let verdict = if hit.outcome == Outcome::Passed { Verdict::Passed } else { Verdict::NotChecked };
        Some(Candidate { rule: slot.rule, span, verdict, region: slot.scheme.region.and_then(Region::new), signals })
    }

    /// What is said of every number.
    fn remark(&self, token: &Token, asked: bool, signals: &mut Signals) {
        if asked {
            signals.add(Signal::Region, 5);
        }
        let mut digits = (0..token.len).filter(|place| token.digits >> place & 1 == 1).map(|place| token.chars[place]);
        let first = digits.next();
        if token.len > 4 && digits.all(|digit| Some(digit) == first) {
            signals.add(Signal::Repetition, -25);
        }
    }

    /// Rules for any number: only where a word asks. `best` is the longest that a scheme knows.
    fn any(
        &self,
        text: &[u8],
        token: &Token,
        best: Option<(usize, bool, Option<[u8; 2]>)>,
        cued: &mut Option<bool>,
        out: &mut Vec<Candidate>,
    ) {
        if self.loose.is_empty() {
            return;
        }
        let known = best.map(|(len, ..)| len);
        let Some(len) = known.or_else(|| (6..=token.len.min(20)).rev().find(|len| is_one_word(token, *len) && token.ends(text, *len)))
        else {
            return;
        };
        let span = token.span(len);
        let digits = (token.digits & ((1 << len) - 1)).count_ones();
        if digits < 4 || is_date(token, len) || !*cued.get_or_insert_with(|| self.is_cued(text, &span)) {
            return;
        }
        for &(rule, check) in &self.loose {
            if digits < least_digits(check) {
                continue;
            }
            let mut signals = Signals::default();
            let (passed, region) = best.map_or((false, None), |(_, passed, region)| (passed, region));
            let passed = passed && !matches!(check, IdCheck::AnyPassport | IdCheck::AnyDriverLicense);
            signals.add(if passed { Signal::Checksum } else { Signal::Bare }, if passed { 10 } else { 0 });
            self.remark(token, false, &mut signals);
            let verdict = if passed { Verdict::Passed } else { Verdict::NotChecked };
            let region = region.filter(|_| passed).and_then(Region::new);
            out.push(Candidate { rule, span: span.clone(), verdict, region, signals });
        }
    }

    /// Says whether a word for one of the rules stands near. Of `key=value` the key decides.
    fn is_cued(&self, text: &[u8], span: &Range<usize>) -> bool {
        if let Some(key) = key_before(text, span.start) {
            return self.cues.near(key);
        }
        let before = &text[span.start.saturating_sub(WINDOW - 8)..span.start];
        let after = &text[span.end..text.len().min(span.end + 24)];
        self.cues.near(before) || self.cues.near(after)
    }

    /// Looks at a cell of a column that is named as the rule's numbers are.
    pub fn cell(&self, cell: &[u8], rule: RuleIndex, check: IdCheck) -> Option<Candidate> {
        let start = cell.len() - cell.trim_ascii_start().len();
        let skip = cell[start..].iter().take_while(|b| matches!(b, b'\'' | b'"' | b'=' | b'#')).count();
        let start = start + skip;
        let end = cell.len() - cell.iter().rev().take_while(|b| b.is_ascii_whitespace() || matches!(b, b'\'' | b'"')).count();
        let ruined = cell.get(start..end)?.strip_suffix(b".0").is_some_and(|rest| rest.len() >= 7 && rest.iter().all(u8::is_ascii_digit));
        let span = start..if ruined { end - 2 } else { end };
        let value = cell.get(span.clone())?;
        let token = Token::read(value, 0);
        if token.len == 0 || token.span(token.len).end != value.len() {
            return None;
        }
        let (signals, verdict, region) = if is_loose(check) { loose_cell(&token, check) } else { self.known_cell(&token, rule) }?;
        let mut signals = signals;
        if ruined {
            signals.add(Signal::RuinedNumber, 0);
        }
        self.remark(&token, false, &mut signals);
        Some(Candidate { rule, span, verdict, region, signals })
    }

    /// A whole cell as the number of one scheme: any separators, lost zeros, wrong check digits a little.
    fn known_cell(&self, token: &Token, rule: RuleIndex) -> Option<(Signals, Verdict, Option<Region>)> {
        let slot = self.slots.iter().find(|slot| slot.rule == rule)?;
        let mut compact = [b'0'; MOST];
        let count = token.compact(token.len, &mut compact);
        let mut wrong = None;
        for form in slot.scheme.forms {
            let shape: Vec<u8> = form.picture.bytes().filter(u8::is_ascii_alphanumeric).collect();
            let lost = shape.len().checked_sub(count).filter(|lost| *lost <= 2 && (*lost == 0 || shape.iter().all(u8::is_ascii_digit)));
            let Some(lost) = lost else { continue };
            let mut full = [b'0'; MOST];
            full[lost..shape.len()].copy_from_slice(&compact[..count]);
            let full = &full[..shape.len()];
            let fits = full.iter().zip(&shape).all(|(byte, class)| match class {
                b'A' => byte.is_ascii_uppercase(),
                b'X' => true,
                _ => byte.is_ascii_digit(),
            });
            if !fits {
                continue;
            }
            let mut signals = Signals::default();
            if lost > 0 {
                signals.add(Signal::RuinedNumber, -5);
            }
            let region = slot.scheme.region.and_then(Region::new);
            match (slot.scheme.judge)(full) {
                Outcome::Passed => {
                    signals.add(Signal::Checksum, 15);
                    return Some((signals, Verdict::Passed, region));
                }
                Outcome::Plausible | Outcome::Unchecked if lost == 0 => {
                    signals.add(Signal::Shape, 5);
                    return Some((signals, Verdict::NotChecked, region));
                }
                Outcome::Wrong if lost == 0 => {
                    signals.add(Signal::Checksum, -20);
                    wrong = Some((signals, Verdict::Failed, region));
                }
                _ => {}
            }
        }
        wrong
    }
}

/// A whole cell as any number.
fn loose_cell(token: &Token, check: IdCheck) -> Option<(Signals, Verdict, Option<Region>)> {
    let mut compact = [0; MOST];
    let count = token.compact(token.len, &mut compact);
    if !(5..=20).contains(&count) || is_date(token, token.len) || token.digits.count_ones() < least_digits(check) {
        return None;
    }
    let mut signals = Signals::default();
    let passed = all_schemes().filter(|scheme| scheme.rarity >= 33).find(|scheme| {
        let fits = scheme.forms.iter().any(|form| {
            let shape: Vec<u8> = form.picture.bytes().filter(u8::is_ascii_alphanumeric).collect();
            shape.len() == count
                && compact[..count].iter().zip(&shape).all(|(byte, class)| match class {
                    b'A' => byte.is_ascii_uppercase(),
                    b'X' => true,
                    _ => byte.is_ascii_digit(),
                })
        });
        fits && (scheme.judge)(&compact[..count]) == Outcome::Passed
    });
    signals.add(Signal::Bare, 0);
    let strong = passed.filter(|scheme| scheme.rarity >= RARE_WHOLE).and_then(|scheme| scheme.region);
    Some((signals, Verdict::NotChecked, strong.and_then(Region::new)))
}

/// Says whether the first characters read as a date: `1980-02-29`, `29.02.1980`.
fn is_date(token: &Token, len: usize) -> bool {
    let groups = |first: u32, second: u32| len == 10 && token.separators & 0x3FF == 1 << first | 1 << second;
    token.letters & 0x3FF == 0 && (groups(4, 7) || groups(2, 5))
}

/// How many digits any number of a kind has at least.
fn least_digits(check: IdCheck) -> u32 {
    if matches!(check, IdCheck::AnyPassport | IdCheck::AnyDriverLicense) { 5 } else { 6 }
}

/// Says whether the first characters are letters and digits joined by hyphens, dots and slashes at most.
fn is_one_word(token: &Token, len: usize) -> bool {
    (0..len).all(|place| !matches!(token.chars[place], b' ' | b'(' | b')' | b'+' | b':'))
}

/// Says whether a span is all that a line, a cell or a quoted text holds.
fn is_whole(text: &[u8], span: &Range<usize>) -> bool {
    let edge = |b: u8| matches!(b, b'\n' | b'\r' | b',' | b'\t' | b';' | b'|' | b'"');
    let before = text[..span.start].iter().rev().take(8).find(|b| **b != b' ');
    let after = text[span.end..].iter().take(8).find(|b| **b != b' ');
    before.is_none_or(|b| edge(*b)) && after.is_none_or(|b| edge(*b))
}

/// The key of `key=value` or `"key":"value"`; none where it says nothing by itself.
fn key_before(text: &[u8], start: usize) -> Option<&[u8]> {
    let end = match text[..start] {
        [.., b'=', b'"'] => start - 2,
        [.., b'='] => start - 1,
        [.., b'"', b':', b' ', b'"'] => start - 4,
        [.., b'"', b':', b'"'] | [.., b'"', b':', b' '] => start - 3,
        [.., b'"', b':'] => start - 2,
        _ => return None,
    };
    let ident = |b: &&u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.');
    let key = &text[end - text[..end].iter().rev().take(40).take_while(ident).count()..end];
    let telling =
        !key.is_empty() && ![&b"id"[..], b"no", b"nr", b"num", b"number", b"val", b"value"].iter().any(|k| key.eq_ignore_ascii_case(k));
    telling.then_some(key)
}

/// ISO 3166-1 alpha-2 of the three letters in a machine readable zone, for states whose two letters begin them or that are known.
fn alpha2(issuer: [u8; 3]) -> Option<Region> {
    const KNOWN: &[(&[u8; 3], &[u8; 2])] = &[
        (b"D<<", b"DE"),
        (b"USA", b"US"),
        (b"GBR", b"GB"),
        (b"PHL", b"PH"),
        (b"AUS", b"AU"),
        (b"CAN", b"CA"),
        (b"SGP", b"SG"),
        (b"IND", b"IN"),
        (b"FRA", b"FR"),
        (b"ESP", b"ES"),
        (b"ITA", b"IT"),
        (b"NLD", b"NL"),
        (b"BEL", b"BE"),
        (b"PRT", b"PT"),
        (b"CHE", b"CH"),
        (b"AUT", b"AT"),
        (b"IRL", b"IE"),
        (b"POL", b"PL"),
        (b"CZE", b"CZ"),
        (b"SVK", b"SK"),
        (b"ROU", b"RO"),
        (b"BGR", b"BG"),
        (b"HUN", b"HU"),
        (b"HRV", b"HR"),
        (b"SVN", b"SI"),
        (b"SWE", b"SE"),
        (b"FIN", b"FI"),
        (b"NOR", b"NO"),
        (b"DNK", b"DK"),
        (b"EST", b"EE"),
        (b"LVA", b"LV"),
        (b"LTU", b"LT"),
        (b"GRC", b"GR"),
        (b"NZL", b"NZ"),
        (b"JPN", b"JP"),
        (b"KOR", b"KR"),
        (b"CHN", b"CN"),
        (b"TWN", b"TW"),
        (b"HKG", b"HK"),
        (b"THA", b"TH"),
        (b"MYS", b"MY"),
        (b"IDN", b"ID"),
        (b"VNM", b"VN"),
        (b"TUR", b"TR"),
        (b"ISR", b"IL"),
        (b"RUS", b"RU"),
        (b"UKR", b"UA"),
        (b"BRA", b"BR"),
        (b"MEX", b"MX"),
        (b"ARG", b"AR"),
        (b"CHL", b"CL"),
        (b"COL", b"CO"),
        (b"PER", b"PE"),
        (b"ECU", b"EC"),
        (b"ZAF", b"ZA"),
        (b"NGA", b"NG"),
    ];
    KNOWN.iter().find(|(three, _)| **three == issuer).and_then(|(_, two)| Region::new(**two))
}
