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
/// The same of letters with digits, or of parts, that are a text of their own, such as a file of one line.
const RARE_SOLE: u16 = 62;
/// What it counts that the country is one the run was given.
const ASKED: u16 = 30;
/// What the check digit of a number is worth that has none: 33 is one in ten.
const CHECK: u16 = 34;

/// The rules that look for numbers, arranged by how these are written.
pub(super) struct IdMatcher {
    slots: Vec<Slot>,
    /// Forms of all schemes, those of one layout together.
    forms: Vec<FormOf>,
    /// Length and places of separators, with their forms, in order of [`slot_of`].
    layouts: Vec<((u8, u32), Range<usize>)>,
    /// By slot: where its layouts begin, and the end. Most slots have none.
    slots_of_layouts: Box<[u16; SLOTS + 1]>,
    /// By the length of a first group of digits, as bits: the lengths that a second one has, where it is the last group of digits, and
    /// where another follows it.
    pairs: [[u32; 16]; 2],
    /// By the number of letters before a separator, as bits: the lengths of the digits behind it, where they are all.
    lettered: [u32; 5],
    /// By length: whether digits alone may be a number.
    plain: [bool; MOST + 1],
    /// By length: the forms of digits alone, the rarest first.
    alone: Box<[Range<usize>; MOST + 1]>,
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
    /// How rarely chance passes at most.
    most: u16,
}

/// Says whether the rule's check has no scheme of its own: any number, or what is read in another way.
fn is_loose(check: IdCheck) -> bool {
    matches!(check, IdCheck::AnyNationalId | IdCheck::AnyTaxId | IdCheck::AnyHealthId | IdCheck::AnyPassport | IdCheck::AnyDriverLicense)
}

fn all_schemes() -> impl Iterator<Item = &'static Scheme> {
    [europe::SCHEMES, americas::SCHEMES, asia::SCHEMES, documents::SCHEMES].into_iter().flatten()
}

impl FormOf {
    fn new(slot: usize, scheme: u16, picture: &str, rarity: u16) -> Self {
        let mut out = Self { slot, picture: picture.into(), separators: 0, digits: 0, letters: 0, rarity, most: scheme + rarity };
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

    fn is_digits(&self) -> bool {
        self.separators == 0 && self.digits.count_ones() as usize == self.picture.len()
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
        if self.separators == 0 {
            return Some(true);
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

/// The longest value that a scheme knows: its length in characters, whether it passed, and its country. One that passed goes before
/// one that did not.
type Best = Option<(usize, bool, Option<[u8; 2]>)>;

/// A scheme that a token passed.
struct Hit<'a> {
    form: &'a FormOf,
    outcome: Outcome,
    /// Written with the form's own separators.
    exact: bool,
}

impl Hit<'_> {
    /// Digits alone.
    fn digits(&self, token: &Token) -> bool {
        self.form.letters & token.letters == 0 && self.form.separators == 0
    }
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
                    let own = scheme.rarity + if asked { ASKED } else { 0 };
                    let written = FormOf::new(slots.len(), own, form.picture, form.rarity);
                    let separated = written.separators != 0;
                    forms.push(written);
                    if form.compact && separated {
                        let compact: String = form.picture.chars().filter(char::is_ascii_alphanumeric).collect();
                        forms.push(FormOf::new(slots.len(), own, &compact, scheme::NONE));
                    }
                }
                slots.push(Slot { rule, scheme, asked });
            }
        }
        // The rarest first: of the others only a word decides.
        forms.sort_by_key(|form| (form.layout(), !form.is_digits(), std::cmp::Reverse(form.most)));
        let mut out = Self {
            slots,
            layouts: Vec::new(),
            slots_of_layouts: Box::new([0; SLOTS + 1]),
            pairs: [[0; 16]; 2],
            lettered: [0; 5],
            plain: [false; MOST + 1],
            alone: Box::new([const { 0..0 }; MOST + 1]),
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
            match self.layouts.last_mut().filter(|(layout, _)| *layout == form.layout()) {
                Some((_, range)) => range.end = i + 1,
                None => self.layouts.push((form.layout(), i..i + 1)),
            }
            if form.is_digits() {
                let alone = &mut self.alone[form.picture.len()];
                *alone = if alone.end == 0 { i..i + 1 } else { alone.start..i + 1 };
            }
            let groups: Vec<usize> = form.picture.split(|b| !b.is_ascii_alphanumeric()).map(<[u8]>::len).collect();
            let digits_until = (!form.digits).trailing_zeros() as usize;
            match groups[..] {
                [only] => self.plain[only] |= digits_until >= only,
                [letters @ 1..=4, digits] if form.digits.trailing_zeros() as usize > letters => self.lettered[letters] |= 1 << digits,
                [first, second, ..] if digits_until >= first => {
                    let third = form.picture.iter().enumerate().filter(|(_, b)| !b.is_ascii_alphanumeric()).nth(1);
                    let goes_on = third.is_some_and(|(at, _)| form.digits >> (at + 1) & 1 == 1);
                    let ends = third.is_none_or(|(at, _)| form.letters >> (at + 1) & 1 == 1);
                    for (more, is_so) in [(0, ends), (1, goes_on)] {
                        self.pairs[more][first.min(15)] |= u32::from(is_so) << second;
                    }
                }
                _ => {}
            }
        }
        if !self.loose.is_empty() {
            self.plain[6..=14].fill(true);
        }
        self.layouts.sort_by_key(|(layout, _)| slot_of(*layout));
        for (slot, at) in self.slots_of_layouts.iter_mut().enumerate() {
            let before = self.layouts.partition_point(|(layout, _)| slot_of(*layout) < slot);
            *at = u16::try_from(before).expect("layouts are some hundreds");
        }
    }

    /// The forms of a layout.
    #[inline]
    fn forms_of(&self, layout: (u8, u32)) -> &[FormOf] {
        let slot = slot_of(layout);
        let range = usize::from(self.slots_of_layouts[slot])..usize::from(self.slots_of_layouts[slot + 1]);
        self.layouts[range].iter().find(|(held, _)| *held == layout).map_or(&[], |(_, forms)| &self.forms[forms.clone()])
    }

    /// Looks at the groups of one run. The cheapest impossible thing goes first: nearly all are of something else.
    #[inline]
    pub fn run(&self, text: &[u8], groups: &[Range<usize>], out: &mut Vec<Candidate>) {
        if is_address(text, groups) {
            return;
        }
        for (i, group) in groups.iter().enumerate() {
            if i > 0 && text[groups[i - 1].end] != b' ' {
                continue;
            }
            let before = group.start.checked_sub(1).map_or(b'\n', |at| text[at]);
            let after = text.get(group.end).copied().unwrap_or(b'\n');
            if before.is_ascii_alphanumeric() || after.is_ascii_alphanumeric() || after == b'<' {
                self.around(text, group, before.is_ascii_lowercase() || after.is_ascii_lowercase(), out);
                continue;
            }
            let next = groups.get(i + 1).filter(|next| next.start == group.end + 1 || after >= 0x80);
            let pairs = next.is_some_and(|next| {
                let third = groups.get(i + 2).is_some_and(|third| third.start == next.end + 1 || text[next.end] >= 0x80);
                // A number may end before a group that is no part of it, too.
                let fits = |more: usize| self.pairs[more][group.len().min(15)] >> next.len().min(31) & 1 == 1;
                fits(0) || third && fits(1)
            });
            match before {
                b'-' | b' ' if group.start > 1 && text[group.start - 2].is_ascii_alphabetic() => {
                    self.behind_letters(text, group, pairs || matches!(after, b'-' | b'('), out);
                    if before == b'-' {
                        continue;
                    }
                }
                b'-' | b'.' | b'/' | b'+' | b'@' | b'%' | b'\'' | b'_'
                    if group.start < 2 || text[group.start - 2].is_ascii_alphanumeric() =>
                {
                    continue;
                }
                _ => {}
            }
            let tailed = next.is_none() && matches!(text.get(group.end..group.end + 2), Some([b'-', b'A'..=b'Z'] | [b'(', _]));
            if pairs || tailed {
                self.from(text, group.start, None, out);
            }
            if self.plain.get(group.len()).is_some_and(|plain| *plain) {
                self.digits_alone(text, group, before, after, out);
            }
        }
    }

    /// Looks at two capitals before digits, and at a capital before two digits that begins a word.
    #[inline]
    pub fn capitals(&self, text: &[u8], at: usize, out: &mut Vec<Candidate>) {
        let word = text[at..].iter().take(MOST).take_while(|b| b.is_ascii_alphanumeric()).count();
        let after = text.get(at + word).copied().unwrap_or(b'\n');
        let spaced = word == 2 && after == b' ';
        let goes_on = at > 0 && (text[at - 1].is_ascii_digit() || text[at - 1] == b'-');
        if word < 6 && !goes_on && !matches!(after, b'-' | b' ') || spaced && !matches!(text.get(at + 5), Some(b' ' | b'0'..=b'9')) {
            return;
        }
        let Some(start) = word_start(text, at) else { return };
        self.from(text, start, None, out);
        // Parts that a hyphen or a space joins: `1EG4-TE5-MK73`.
        let mut first = start;
        for _ in 0..3 {
            let joined = first > 1 && matches!(text[first - 1], b'-' | b' ') && text[first - 2].is_ascii_alphanumeric();
            if !joined || text[first - 2].is_ascii_lowercase() {
                break;
            }
            let Some(earlier) = word_start(text, first - 1).filter(|s| start - s < MOST - 4) else { break };
            first = earlier;
            self.from(text, first, None, out);
        }
    }

    /// Digits with letters at them. Small letters are most often those of hex numbers: they count where nothing else stands there.
    fn around(&self, text: &[u8], group: &Range<usize>, small: bool, out: &mut Vec<Candidate>) {
        if group.len() == 7 && matches!(text.get(group.end), Some(b'M' | b'F' | b'X' | b'<')) {
            self.zone(text, group.start, out);
        }
        let Some(start) = word_start(text, group.start) else { return };
        if group.len() > 18 || small && !start.checked_sub(1).is_none_or(|at| is_edge(text[at]) || text[at] == b' ') {
            return;
        }
        let rest = text[group.end..].iter().take(MOST).take_while(|b| b.is_ascii_alphanumeric()).count();
        if group.end + rest - start > 18 {
            return;
        }
        self.from(text, start, None, out);
        if start == group.start && start > 1 && matches!(text[start - 1], b'-' | b' ') {
            self.behind_letters(text, group, true, out);
        }
    }

    /// One to four capitals and a hyphen or space before digits: `X-1234567-L`; or a label: `NID-900112233`.
    fn behind_letters(&self, text: &[u8], group: &Range<usize>, goes_on: bool, out: &mut Vec<Candidate>) {
        let end = group.start - 1;
        let letters = text[..end].iter().rev().take(12).take_while(|b| b.is_ascii_alphabetic()).count();
        let start = end - letters;
        if letters >= 2 && text[end] == b'-' && self.cues.begins(&text[start..end]) {
            self.from(text, group.start, None, out);
        }
        let capitals = text[start..end].iter().all(u8::is_ascii_uppercase) || text[end] == b'-';
        if capitals && letters <= 4 && (goes_on || self.lettered[letters] >> group.len().min(31) & 1 == 1) {
            self.from(text, start, None, out);
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
    fn digits_alone(&self, text: &[u8], group: &Range<usize>, before: u8, after: u8, out: &mut Vec<Candidate>) {
        let goes_on = matches!(after, b'-' | b'.' | b'/' | b'+' | b':') && text.get(group.end + 1).is_some_and(u8::is_ascii_alphanumeric);
        if goes_on || matches!(after, b'_' | b'@' | b'%') {
            return;
        }
        // Swiss numbers tell themselves by their first digits.
        let known = group.len() == 13 && text[group.start..].starts_with(b"756") || group.len() == 18;
        let whole = (is_edge(before) || before == b' ') && is_whole(text, group);
        let cued = if whole { self.is_cell_cued(text, group) } else { self.is_cued(text, group) };
        match () {
            // A letter may go on behind the space.
            () if cued && after == b' ' => self.from(text, group.start, Some(true), out),
            () if whole || cued || known => self.digits(text, group, whole, cued, out),
            () => {}
        }
    }

    /// Tries the forms of digits alone. `whole`: nothing else stands there; `cued`: a word for one of the rules stands near.
    fn digits(&self, text: &[u8], group: &Range<usize>, whole: bool, cued: bool, out: &mut Vec<Candidate>) {
        if !is_open(text, group.start) {
            return;
        }
        let forms = self.alone.get(group.len()).map_or(&[][..], |range| &self.forms[range.clone()]);
        let token = || Token::read(&text[..group.end], group.start);
        let mut best = None;
        for form in forms {
            if form.most < RARE_WHOLE && !cued {
                break;
            }
            let hoped = Hit { form, outcome: Outcome::Passed, exact: true };
            if !cued && !self.is_rare(&hoped, true, whole) {
                continue;
            }
            let Some(hit) = self.judge(hoped, &text[group.clone()], group.len(), &mut best) else { continue };
            let stands = self.is_rare(&hit, true, whole);
            if stands || cued {
                out.push(self.candidate(&token(), group.clone(), &hit, stands));
            }
        }
        if cued {
            self.any(text, &token(), best, &mut Some(true), out);
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
        for len in (6..=token.len).rev() {
            let layout = (u8::try_from(len).unwrap_or(u8::MAX), token.separators & ((1 << len) - 1));
            let forms = self.forms_of(layout);
            if forms.is_empty() || !token.ends(text, len) {
                continue;
            }
            let span = token.span(len);
            let mut compact = [0; MOST];
            let count = token.compact(len, &mut compact);
            let mut whole = None;
            for form in forms {
                if form.most < RARE_WHOLE && !*cued.get_or_insert_with(|| self.is_cued(text, &span)) {
                    continue;
                }
                let Some(exact) = form.fits(&token) else { continue };
                let hoped = Hit { form, outcome: Outcome::Passed, exact };
                // What neither its rarity nor a word speaks for is not read: most digits that stand alone.
                let stands = self.stands(text, &token, &span, &hoped, &mut whole);
                if !stands && !*cued.get_or_insert_with(|| self.is_cued(text, &span)) {
                    continue;
                }
                let Some(hit) = self.judge(hoped, &compact[..count], len, &mut best) else { continue };
                let stands = stands && self.stands(text, &token, &span, &hit, &mut whole);
                if stands || *cued.get_or_insert_with(|| self.is_cued(text, &span)) {
                    out.push(self.candidate(&token, span.clone(), &hit, stands));
                }
            }
        }
        self.any(text, &token, best, &mut cued, out);
    }

    /// What the scheme of a form says of a value of `len` characters; none where it is none of its numbers.
    fn judge<'a>(&self, hoped: Hit<'a>, value: &[u8], len: usize, best: &mut Best) -> Option<Hit<'a>> {
        let scheme = self.slots[hoped.form.slot].scheme;
        let outcome = (scheme.judge)(value);
        if matches!(outcome, Outcome::Wrong | Outcome::Impossible) {
            return None;
        }
        let passed = outcome == Outcome::Passed;
        if best.is_none_or(|(_, held, _)| passed && !held) {
            *best = Some((len, passed, scheme.region));
        }
        Some(Hit { outcome, ..hoped })
    }

    /// Says whether letters and a hyphen before `start` are a word for a number: `NID-900112233`.
    fn behind_label(&self, text: &[u8], start: usize) -> bool {
        let Some(end) = start.checked_sub(1).filter(|at| matches!(text[*at], b'-' | b'_')) else { return false };
        let letters = text[..end].iter().rev().take(12).take_while(|b| b.is_ascii_alphabetic()).count();
        let label = end - letters;
        letters >= 2 && is_open(text, label) && self.cues.begins(&text[label..end]) && self.cues.near(&text[label..end])
    }

    /// Says whether chance passes so rarely that the value stands without a word for it. `whole`: whether it is all that stands there.
    fn stands(&self, text: &[u8], token: &Token, span: &Range<usize>, hit: &Hit<'_>, whole: &mut Option<bool>) -> bool {
        let digits = hit.digits(token);
        !token.lower && self.is_rare(hit, digits, false)
            || self.is_rare(hit, digits, true) && *whole.get_or_insert_with(|| is_whole(text, span))
    }

    /// Says whether chance passes rarely enough for where a value stands.
    fn is_rare(&self, hit: &Hit<'_>, digits: bool, whole: bool) -> bool {
        self.rarity(hit)
            >= match (whole, digits) {
                (true, _) => RARE_WHOLE,
                (false, true) => RARE_DIGITS,
                (false, false) => RARE_IN_TEXT,
            }
    }

    /// How rarely chance passes.
    fn rarity(&self, hit: &Hit<'_>) -> u16 {
        let slot = &self.slots[hit.form.slot];
        let own = match hit.outcome {
            Outcome::Unchecked => slot.scheme.rarity.saturating_sub(CHECK),
            _ => slot.scheme.rarity,
        };
        own + if hit.exact { hit.form.rarity } else { 0 } + if slot.asked { ASKED } else { 0 }
    }

    /// Takes a short text of its own for a number: letters with digits, or parts with separators. Digits alone were looked at as lines are.
    pub fn sole(&self, text: &[u8], out: &mut Vec<Candidate>) {
        let start = text.len() - text.trim_ascii_start().len();
        let token = Token::read(text, start);
        let span = token.span(token.len);
        if token.len < 6 || span.end != text.trim_ascii_end().len() {
            return;
        }
        let mut compact = [0; MOST];
        let count = token.compact(token.len, &mut compact);
        let layout = (u8::try_from(token.len).unwrap_or(u8::MAX), token.separators);
        for form in self.forms_of(layout) {
            let Some(exact) = form.fits(&token) else { continue };
            let hoped = Hit { form, outcome: Outcome::Passed, exact };
            let Some(hit) = self.judge(hoped, &compact[..count], token.len, &mut None) else { continue };
            let rule = self.slots[form.slot].rule;
            let is_known = out.iter().any(|held| held.rule == rule && held.span == span);
            if !hit.digits(&token) && self.rarity(&hit) >= RARE_SOLE && !is_known {
                out.insert(0, self.candidate(&token, span.clone(), &hit, true));
            }
        }
    }

    /// What the characters and how they are written are worth. `stands`: without a word for it.
    fn candidate(&self, token: &Token, span: Range<usize>, hit: &Hit<'_>, stands: bool) -> Candidate {
        let slot = &self.slots[hit.form.slot];
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
            () if hit.digits(token) => signals.add(Signal::Bare, 0),
            () => {}
        }
        self.remark(token, slot.asked, &mut signals);
        let verdict = if hit.outcome == Outcome::Passed { Verdict::Passed } else { Verdict::NotChecked };
        Candidate { rule: slot.rule, span, verdict, region: slot.scheme.region.and_then(Region::new), signals }
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
    fn any(&self, text: &[u8], token: &Token, best: Best, cued: &mut Option<bool>, out: &mut Vec<Candidate>) {
        if self.loose.is_empty() {
            return;
        }
        let known = best.map(|(len, ..)| len);
        let Some(len) = known.or_else(|| (6..=token.word().min(20)).rev().find(|len| token.ends(text, *len))) else {
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
            return !key.is_empty() && self.key_is_cue(key);
        }
        let before = &text[span.start.saturating_sub(WINDOW - 8)..span.start];
        let after = &text[span.end..text.len().min(span.end + 24)];
        self.cues.near(before) || matches!(after, [b' ' | b',' | b')', ..]) && self.cues.near(after)
    }

    /// The same of digits that are all of a cell or line: the words are those of the one before it.
    fn is_cell_cued(&self, text: &[u8], span: &Range<usize>) -> bool {
        if let Some(key) = key_before(text, span.start) {
            return !key.is_empty() && self.key_is_cue(key);
        }
        let before = &text[span.start.saturating_sub(WINDOW - 8)..span.start];
        let end = before.iter().rposition(|b| !is_edge(*b) && *b != b' ').map_or(0, |last| last + 1);
        let from = before[..end].iter().rposition(|b| is_edge(*b) && *b != b'"').map_or(0, |edge| edge + 1);
        from < end && self.cues.near(&before[from..end])
    }

    /// Keys are short, and nearly all of them have no word that begins a phrase.
    fn key_is_cue(&self, key: &[u8]) -> bool {
        let plain = key.iter().all(|b| b.is_ascii_lowercase() || matches!(b, b'_' | b'-' | b'.'));
        let may = !plain || key.split(|b| !b.is_ascii_lowercase()).any(|word| !word.is_empty() && self.cues.begins(word));
        may && self.cues.near(key)
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

/// Says whether the groups are an IPv4 address: nothing is written in four groups of at most three digits with dots.
#[inline]
fn is_address(text: &[u8], groups: &[Range<usize>]) -> bool {
    match groups {
        [a, b, c, d] => d.end - a.start <= 15 && d.len() <= 3 && [a, b, c].iter().all(|group| group.len() <= 3 && text[group.end] == b'.'),
        _ => false,
    }
}

/// Where values end in lists and files of cells.
#[inline]
fn is_edge(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r' | b',' | b'\t' | b';' | b'|' | b'"')
}

/// Places of layouts.
const SLOTS: usize = 1024;

/// A layout's place among [`SLOTS`].
#[inline]
fn slot_of((len, separators): (u8, u32)) -> usize {
    ((separators ^ u32::from(len) << 26).wrapping_mul(0x9E37_79B1) >> 22) as usize
}

/// Says whether a span is all that a line, a cell or a quoted text holds.
fn is_whole(text: &[u8], span: &Range<usize>) -> bool {
    let before = text[..span.start].iter().rev().take(8).find(|b| **b != b' ');
    let after = text[span.end..].iter().take(8).find(|b| **b != b' ');
    before.is_none_or(|b| is_edge(*b)) && after.is_none_or(|b| is_edge(*b))
}

/// The key of `key=value` or `"key":"value"`.
fn key_before(text: &[u8], start: usize) -> Option<&[u8]> {
    let end = match text[..start] {
        [.., b'=', b'"'] => start - 2,
        [.., b' ', b'=', b' '] => start - 3,
        [.., b'='] => start - 1,
        [.., b'"', b':', b' ', b'"'] => start - 4,
        [.., b'"', b':', b'"'] | [.., b'"', b':', b' '] => start - 3,
        [.., b'"', b':'] => start - 2,
        _ => return None,
    };
    let ident = |b: &&u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.');
    Some(&text[end - text[..end].iter().rev().take(40).take_while(ident).count()..end])
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
