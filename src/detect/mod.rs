//! Blocks → candidates. Bytes come in, spans with a verdict and signals go out.
//!
//! Two paths: [`Detector::find`] looks for what bytes alone give away; [`Detector::cell`] looks at one cell of a column that
//! is named as its values are. Nothing here opens a file, knows a record, or keeps a value.

mod address;
mod birth;
mod card;
mod card_beside;
mod check;
mod classes;
mod email;
mod foreign;
mod gps;
#[cfg(test)]
mod groups;
mod iban;
mod id;
mod ip;
mod jwt;
mod labelled;
mod labels;
mod mac;
mod measure;
mod name;
mod numbers;
mod packed;
mod percent;
mod phone;
mod places;
mod prefilter;
mod ssn;
mod url_auth;
mod user_agent;

use std::ops::Range;
use std::sync::Arc;

use aho_corasick::{AhoCorasick, MatchKind};
use regex_automata::Input;
use regex_automata::meta::{Cache, Regex};

use crate::model::{Candidate, Normalisation, Region, RuleIndex, Sensitive, Signal, Signals, Verdict, limits};
use crate::pattern::{Beside, CellMatcher, Finder, Matcher, Rule, RuleSet};
use address::AddressMatcher;
pub use birth::year_of as year_of_date;
use classes::Prints;
use id::IdMatcher;
use labels::{Fingerprints, LabelUse, Labels};
pub use name::Asked;
use phone::PhoneMatcher;
use prefilter::{Anchors, Room, Wanted};

/// The rules of a run, arranged by what finds them. One for all workers.
pub struct Detector {
    rules: Arc<RuleSet>,
    regions: Vec<Region>,
    card: Vec<RuleIndex>,
    phone: Vec<RuleIndex>,
    email: Vec<RuleIndex>,
    ip: Vec<RuleIndex>,
    iban: Vec<RuleIndex>,
    ssn: Vec<RuleIndex>,
    address: Vec<RuleIndex>,
    id: Vec<RuleIndex>,
    ids: IdMatcher,
    mac: Vec<RuleIndex>,
    track: Vec<RuleIndex>,
    gps: Vec<RuleIndex>,
    crypto: Vec<RuleIndex>,
    url_auth: Vec<RuleIndex>,
    /// What looks for names in sentences.
    names: name::Names,
    /// Rules whose values may be a text of their own.
    alone: Vec<RuleIndex>,
    /// Expiry and verification value behind a card.
    beside: [Option<RuleIndex>; 2],
    /// What [`numbers`] finds.
    numbers: Vec<(Matcher, RuleIndex)>,
    digit_runs: Vec<RuleIndex>,
    slow: Vec<RuleIndex>,
    literals: Literals,
    labels: Labels,
    /// What the pass over all bytes looks for of [`Detector::labels`].
    prints: Prints,
}

/// Longest text that is taken for a value as a whole, in bytes.
const ALONE: usize = 40;

/// The fixed beginnings of values.
struct Literals {
    /// Searches for those of expressions; the prefilter finds the others.
    automaton: Option<AhoCorasick>,
    /// By the low five bits of their first two bytes, in order of their bytes; those of one byte stand in all they may have.
    by_two: Vec<Vec<(Vec<u8>, LiteralUse)>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum LiteralUse {
    Expression(RuleIndex),
    Address(RuleIndex),
    Email(RuleIndex),
}

/// What a worker keeps between blocks.
pub struct Scratch {
    phone: PhoneMatcher,
    address: AddressMatcher,
    caches: Vec<Option<Cache>>,
    /// The same for the expressions over whole cells.
    cells: Vec<Option<Cache>>,
    room: Option<Box<Room>>,
    /// Where literals may begin.
    starts: Vec<usize>,
}

impl Detector {
    /// Arranges rules; `regions` are those whose national forms count without context.
    #[must_use]
    pub fn new(rules: Arc<RuleSet>, regions: &[Region]) -> Self {
        let mut out = Self {
            regions: regions.to_vec(),
            card: Vec::new(),
            phone: Vec::new(),
            email: Vec::new(),
            ip: Vec::new(),
            iban: Vec::new(),
            ssn: Vec::new(),
            address: Vec::new(),
            id: Vec::new(),
            ids: IdMatcher::new(&rules, regions),
            mac: Vec::new(),
            track: Vec::new(),
            gps: Vec::new(),
            crypto: Vec::new(),
            url_auth: Vec::new(),
            names: name::Names::default(),
            alone: rules.iter().filter(|(_, rule)| rule.alone).map(|(index, _)| index).collect(),
            beside: [None; 2],
            numbers: Vec::new(),
            digit_runs: Vec::new(),
            slow: Vec::new(),
            literals: Literals::default(),
            labels: Labels::default(),
            prints: Prints::new(Fingerprints::default()),
            rules: Arc::clone(&rules),
        };
        let (mut texts, mut labels) = (Vec::new(), Vec::new());
        for (index, rule) in rules.iter() {
            let announced = matches!(rule.finder, Some(Finder::Matcher(Matcher::NameAnnounced)));
            labels.extend(rule.labels.iter().filter(|_| !announced).map(|label| (label.clone(), LabelUse::Value(index))));
            match rule.beside {
                Some(Beside::CardExpiry) => out.beside[0] = Some(index),
                Some(Beside::CardCode) => out.beside[1] = Some(index),
                None => {}
            }
            match &rule.finder {
                None | Some(Finder::Labelled { .. } | Finder::Matcher(Matcher::BirthDate | Matcher::NameBehind)) => {}
                Some(Finder::Matcher(kind @ (Matcher::Imei | Matcher::Iccid | Matcher::Account))) => out.numbers.push((*kind, index)),
                Some(Finder::Matcher(Matcher::NameInText)) => out.names.add_sentences(index),
                Some(Finder::Matcher(Matcher::NameAnnounced)) => out.names.add_announced(index, rule),
                Some(Finder::Matcher(Matcher::Jwt)) => labels.push(("eyj".to_owned(), LabelUse::Begin(index))),
                Some(Finder::Matcher(Matcher::UserAgent)) => {
                    labels.extend(user_agent::BEGINNINGS.map(|text| (text.to_owned(), LabelUse::Begin(index))));
                }
                Some(Finder::Word { literals, .. }) => labels.extend(literals.iter().map(|text| (text.clone(), LabelUse::Begin(index)))),
                Some(Finder::Matcher(matcher)) => {
                    out.by_matcher(*matcher).push(index);
                    if *matcher == Matcher::Email {
                        texts.push((email::ENCODED_AT.to_vec(), LiteralUse::Email(index)));
                    }
                    if *matcher == Matcher::Address {
                        texts
                            .extend(AddressMatcher::ANCHORS.iter().flat_map(|a| written_forms(a)).map(|t| (t, LiteralUse::Address(index))));
                    }
                }
                Some(Finder::Literal { literals, .. }) => texts.extend(literals.iter().map(|t| (t.clone(), LiteralUse::Expression(index)))),
                Some(Finder::DigitRun { .. }) => out.digit_runs.push(index),
                Some(Finder::Slow { .. }) => out.slow.push(index),
            }
        }
        out.literals = Literals::new(texts);
        out.labels = Labels::new(&labels);
        out.prints = Prints::new(out.labels.fingerprints().clone());
        out
    }

    fn by_matcher(&mut self, matcher: Matcher) -> &mut Vec<RuleIndex> {
        match matcher {
            Matcher::Mac => &mut self.mac,
            Matcher::Track => &mut self.track,
            Matcher::Gps => &mut self.gps,
            Matcher::Crypto => &mut self.crypto,
            Matcher::UrlAuth => &mut self.url_auth,
            Matcher::BirthDate
            | Matcher::NameBehind
            | Matcher::NameAnnounced
            | Matcher::NameInText
            | Matcher::Imei
            | Matcher::Iccid
            | Matcher::Account
            | Matcher::UserAgent
            | Matcher::Jwt => {
                unreachable!("they have lists of their own")
            }
            Matcher::Card => &mut self.card,
            Matcher::Phone => &mut self.phone,
            Matcher::Email => &mut self.email,
            Matcher::Ip => &mut self.ip,
            Matcher::Iban => &mut self.iban,
            Matcher::Ssn => &mut self.ssn,
            Matcher::Address => &mut self.address,
            Matcher::Id => &mut self.id,
        }
    }

    /// Makes the state of one worker.
    #[must_use]
    pub fn scratch(&self) -> Scratch {
        Scratch {
            phone: PhoneMatcher::new(&self.regions),
            address: AddressMatcher::new(&[]),
            caches: self.rules.rules().iter().map(|_| None).collect(),
            cells: self.rules.rules().iter().map(|_| None).collect(),
            room: None,
            starts: Vec::new(),
        }
    }

    /// Returns the rules.
    #[must_use]
    pub fn rules(&self) -> &Arc<RuleSet> {
        &self.rules
    }

    /// Finds candidates that start inside `owned`; `text` around it is context. They come sorted by start, the longer first.
    pub fn find(&self, scratch: &mut Scratch, text: &[u8], owned: Range<usize>, out: &mut Vec<Candidate>) {
        let before = out.len();
        let mut room = scratch.room.take().unwrap_or_else(|| Box::new(Room::new()));
        let mut starts = std::mem::take(&mut scratch.starts);
        starts.clear();
        let wanted = Wanted {
            numbers: !self.address.is_empty(),
            groups: !self.digit_runs.is_empty(),
            words: !self.address.is_empty(),
            encoded: !self.email.is_empty(),
            labels: !self.labels.is_empty(),
            pairs: !self.mac.is_empty(),
            decimals: !self.gps.is_empty(),
            tokens: !self.crypto.is_empty(),
            titles: !self.names.is_empty(),
            foreign: !self.card.is_empty() || !self.phone.is_empty(),
        };
        let mut finding = Finding { detector: self, scratch, text, owned: owned.clone(), starts: &mut starts, out };
        prefilter::walk(text, wanted, &self.prints, &mut room, &mut finding);
        self.literals.find(self, scratch, text, owned.clone(), &mut starts, out);
        scratch.room = Some(room);
        scratch.starts = starts;
        for &rule in &self.slow {
            self.everywhere(scratch, text, owned.clone(), rule, out);
        }
        let mut found = if before == 0 { std::mem::take(out) } else { out.split_off(before) };
        found.retain(|c| owned.contains(&c.span.start));
        put_in_order(&mut found);
        found.dedup_by(|a, b| a.rule == b.rule && a.span == b.span);
        if before == 0 {
            *out = found;
        } else {
            out.append(&mut found);
        }
    }

    /// Takes the whole of a short text of its own for a value: a file that holds nothing but a name. `out` is what [`Detector::find`]
    /// found in it.
    pub fn whole(&self, scratch: &mut Scratch, text: &[u8], owned: &Range<usize>, out: &mut Vec<Candidate>) {
        out.extend(self.names.whole(text));
        for &rule in &self.address {
            scratch.address.whole(text, rule, out);
        }
        let value = text.trim_ascii();
        if (4..=ALONE).contains(&value.len()) && !check::named::may_be_word(value) {
            self.ids.sole(text, out);
            for &rule in &self.alone {
                if let Some(mut found) = self.cell(scratch, rule, text, Asked::Plainly) {
                    found.signals.add(Signal::Cell, self.rules.rule(rule).deltas.cell);
                    out.push(found);
                }
            }
        }
        out.retain(|candidate| owned.contains(&candidate.span.start));
        put_in_order(out);
    }

    /// Looks at the whole text of a cell for a rule with a cell matcher. `asked`: how far the column's name asks for names.
    pub fn cell(&self, scratch: &mut Scratch, rule: RuleIndex, text: &[u8], asked: Asked) -> Option<Candidate> {
        match self.rules.rule(rule).cells? {
            CellMatcher::Phone => scratch.phone.cell(text, rule),
            CellMatcher::Ssn => ssn::cell(text, rule),
            CellMatcher::Iban => iban::cell(text, rule),
            CellMatcher::Address => scratch.address.cell(text, rule),
            CellMatcher::PersonName => name::cell(text, rule, asked),
            CellMatcher::BirthDate => birth::cell(text, rule),
            CellMatcher::Id => self.ids.cell(text, rule, self.rules.rule(rule).check?),
            CellMatcher::Mac => mac::cell(text, rule),
            CellMatcher::UserAgent => user_agent::cell(text, rule),
            CellMatcher::Expression => {
                let compiled = self.rules.rule(rule);
                let start = text.len() - text.trim_ascii_start().len();
                let value = text.trim_ascii();
                let expression = compiled.cell_expression.as_ref()?;
                let matches = expression.match_at(&mut scratch.cells[usize::from(rule)], value, 0).is_some();
                if matches { checked(compiled, rule, text, start..start + value.len()) } else { None }
            }
        }
    }

    /// Returns what a value spells that was found in the query of a URL; none for all others.
    #[must_use]
    #[inline(always)]
    pub fn decoded(&self, rule: &Rule, value: Sensitive<'_>) -> Option<Vec<u8>> {
        let bytes = value.expose();
        let encoded = match rule.finder {
            Some(Finder::Matcher(Matcher::Email)) => !bytes.contains(&b'@'),
            Some(Finder::Matcher(Matcher::Phone)) if bytes.is_ascii() => bytes.starts_with(b"%"),
            Some(Finder::Matcher(Matcher::Phone | Matcher::Card)) => return foreign::spelt(bytes),
            Some(Finder::Matcher(Matcher::Gps)) => memchr::memchr(b'%', bytes).is_some(),
            _ => return None,
        };
        encoded.then(|| percent::decode(bytes).0)
    }

    /// The texts of the claims of a token, by their names; none for values of other rules.
    #[must_use]
    pub fn claims(&self, rule: &Rule, value: Sensitive<'_>) -> Vec<(String, String)> {
        match rule.finder {
            Some(Finder::Matcher(Matcher::Jwt)) => jwt::claims(value.expose()),
            _ => Vec::new(),
        }
    }

    /// Reads a number whose digits were of another script.
    fn foreign(&self, scratch: &mut Scratch, number: &foreign::Number, out: &mut Vec<Candidate>) {
        let groups = digit_groups(&number.text);
        let mut found = Vec::new();
        for &rule in &self.card {
            card::find(&number.text, &groups, rule, &mut found);
        }
        for &rule in &self.phone {
            scratch.phone.find(&number.text, &groups, rule, &mut found);
        }
        for mut candidate in found {
            candidate.span = number.origin[candidate.span.start]..number.origin[candidate.span.end];
            out.push(candidate);
        }
    }

    /// Normalises values whose form needs more than the bytes: phones by their number plan, dates. False where the rule's
    /// normalisation does not apply to this value, and the plain one must do.
    pub fn normalise(&self, scratch: &mut Scratch, rule: &Rule, value: Sensitive<'_>, region: Option<Region>, out: &mut String) -> bool {
        match rule.normalisation {
            Normalisation::PhoneE164 => scratch.phone.normalise(value.expose(), region, out),
            Normalisation::DateIso => match birth::iso(value.expose()) {
                Some(iso) => {
                    out.clear();
                    out.push_str(&iso);
                    true
                }
                None => false,
            },
            _ => false,
        }
    }

    /// Tries a rule's expression at one place.
    fn expression_at(&self, scratch: &mut Scratch, text: &[u8], at: usize, rule: RuleIndex, out: &mut Vec<Candidate>) {
        if let Some(span) = self.match_at(scratch, text, at, rule) {
            out.extend(checked(self.rules.rule(rule), rule, text, span));
        }
    }

    /// What a rule's expression matches at one place.
    fn match_at(&self, scratch: &mut Scratch, text: &[u8], at: usize, rule: RuleIndex) -> Option<Range<usize>> {
        self.rules.rule(rule).finder.as_ref()?.expression()?.match_at(&mut scratch.caches[usize::from(rule)], text, at)
    }

    /// Tries a rule's expression at every place of the owned range.
    fn everywhere(&self, scratch: &mut Scratch, text: &[u8], owned: Range<usize>, rule: RuleIndex, out: &mut Vec<Candidate>) {
        let Some(expression) = expression(self.rules.rule(rule)) else { return };
        let mut at = owned.start.saturating_sub(limits::MAX_REACH);
        while at < owned.end {
            let input = Input::new(text).range(at..text.len());
            let Some(found) = expression.search_with(cache(scratch, rule, expression), &input) else { break };
            at = found.end().max(at + 1);
            out.extend(checked(self.rules.rule(rule), rule, text, found.range()));
        }
    }
}

/// Sorts by start, the longer first. Candidates come nearly so: each goes up past a few, unless there are far too many out of order.
fn put_in_order(found: &mut [Candidate]) {
    let key = |c: &Candidate| (c.span.start, std::cmp::Reverse(c.span.end), c.rule);
    let mut steps = 8 * found.len();
    for at in 1..found.len() {
        let own = key(&found[at]);
        let to = found[..at].iter().rev().take(steps).take_while(|before| own < key(before)).count();
        found[at - to..=at].rotate_right(1);
        steps -= to;
        if steps == 0 {
            return found.sort_by_key(key);
        }
    }
}

/// A candidate of an expression, where the rule's check lets it stand.
fn checked(compiled: &Rule, rule: RuleIndex, text: &[u8], span: Range<usize>) -> Option<Candidate> {
    let mut candidate = plain(rule, span);
    match compiled.form {
        None => Some(candidate),
        Some(check) => check::named::apply(check, text.get(candidate.span.clone())?, &mut candidate).then_some(candidate),
    }
}

fn plain(rule: RuleIndex, span: Range<usize>) -> Candidate {
    Candidate { rule, span, verdict: Verdict::NotChecked, region: None, signals: Signals::default() }
}

fn expression(rule: &Rule) -> Option<&Regex> {
    Some(rule.finder.as_ref()?.expression()?.get())
}

fn cache<'a>(scratch: &'a mut Scratch, rule: RuleIndex, expression: &Regex) -> &'a mut Cache {
    scratch.caches[usize::from(rule)].get_or_insert_with(|| expression.create_cache())
}

/// `po box` as it is written: lower case, capitals, capitalised words.
fn written_forms(literal: &str) -> Vec<Vec<u8>> {
    let lower = literal.to_ascii_lowercase();
    let mut title = lower.clone().into_bytes();
    let mut first = true;
    for b in &mut title {
        if first {
            b.make_ascii_uppercase();
        }
        first = !b.is_ascii_alphanumeric();
    }
    let mut forms = vec![literal.as_bytes().to_vec(), lower.clone().into_bytes(), lower.to_ascii_uppercase().into_bytes(), title];
    forms.sort();
    forms.dedup();
    forms
}

impl Default for Literals {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

impl Literals {
    fn new(mut texts: Vec<(Vec<u8>, LiteralUse)>) -> Self {
        texts.retain(|(text, _)| !text.is_empty());
        texts.sort_by(|a, b| a.0.cmp(&b.0));
        let of_expressions: Vec<&[u8]> =
            texts.iter().filter(|(_, used_by)| matches!(used_by, LiteralUse::Expression(_))).map(|(text, _)| &**text).collect();
        let automaton = (!of_expressions.is_empty()).then(|| {
            AhoCorasick::builder()
                .match_kind(MatchKind::LeftmostFirst)
                .build(of_expressions)
                .expect("a few hundred short literals fit an automaton")
        });
        let mut by_two = vec![Vec::new(); 1 << 10];
        for (text, used_by) in texts {
            let seconds = text.get(1).map_or(0..=255, |second| *second..=*second);
            let mut slots: Vec<usize> = seconds.map(|second| two(text[0], second)).collect();
            slots.sort_unstable();
            slots.dedup();
            slots.iter().for_each(|slot| by_two[*slot].push((text.clone(), used_by)));
        }
        Self { automaton, by_two }
    }

    /// Every literal at every place. `starts` are the places that the prefilter found.
    fn find(
        &self,
        detector: &Detector,
        scratch: &mut Scratch,
        text: &[u8],
        owned: Range<usize>,
        starts: &mut Vec<usize>,
        out: &mut Vec<Candidate>,
    ) {
        let mut at = owned.start.saturating_sub(limits::MAX_REACH);
        starts.retain(|start| (at..owned.end).contains(start));
        // The search goes on one byte after each hit.
        while let Some(hit) = self.automaton.as_ref().and_then(|a| a.find(aho_corasick::Input::new(text).range(at..text.len()))) {
            if hit.start() >= owned.end {
                break;
            }
            starts.push(hit.start());
            at = hit.start() + 1;
        }
        starts.sort_unstable();
        starts.dedup();
        for &at in &*starts {
            self.find_at(detector, scratch, text, at, out);
        }
    }

    /// Compares all literals with the text at one place.
    fn find_at(&self, detector: &Detector, scratch: &mut Scratch, text: &[u8], at: usize, out: &mut Vec<Candidate>) {
        let second = text.get(at + 1).copied().unwrap_or_default();
        let mut done: Option<LiteralUse> = None;
        for (literal, used_by) in &self.by_two[two(text[at], second)] {
            // The last byte tells most of them apart.
            if text.get(at + literal.len() - 1) != literal.last()
                || !text[at..].starts_with(literal)
                || done.replace(*used_by) == Some(*used_by)
            {
                continue;
            }
            match *used_by {
                LiteralUse::Expression(rule) => detector.expression_at(scratch, text, at, rule, out),
                LiteralUse::Address(rule) => scratch.address.at_word(text, at, rule, out),
                LiteralUse::Email(rule) => email::find_encoded(text, at, rule, out),
            }
        }
    }
}

/// The low bits of two bytes, which are those of letters in either case.
fn two(first: u8, second: u8) -> usize {
    usize::from(first & 31) << 5 | usize::from(second & 31)
}

/// The address of a crypto currency that is the word at `at`.
fn wallet_at(text: &[u8], at: usize, rule: RuleIndex) -> Option<Candidate> {
    // What begins otherwise is no address; of the rest most are hex digits, without a capital.
    if !matches!(
        text[at],
        b'0' | b'1' | b'2' | b'3' | b'A' | b'D' | b'L' | b'M' | b'T' | b'X' | b'b' | b'B' | b'l' | b'm' | b'n' | b'r' | b't'
    ) {
        return None;
    }
    let length = text[at..].iter().take(91).take_while(|b| b.is_ascii_alphanumeric()).count();
    let word = &text[at..at + length];
    let hex = text[at] != b'0' && word.iter().all(u8::is_ascii_hexdigit);
    if length > 90 || hex || text.get(at + length) == Some(&b'_') || text[..at].last() == Some(&b'_') {
        return None;
    }
    let mut signals = Signals::default();
    let verdict = match check::wallet::check(word)? {
        check::wallet::Wallet::Checked => {
            signals.add(Signal::Checksum, 50);
            Verdict::Passed
        }
        check::wallet::Wallet::Unchecked => Verdict::NotChecked,
    };
    Some(Candidate { rule, span: at..at + length, verdict, region: None, signals })
}

/// Groups of digits of a short text.
fn digit_groups(text: &[u8]) -> Vec<Range<usize>> {
    let mut groups: Vec<Range<usize>> = Vec::new();
    for (i, _) in text.iter().enumerate().filter(|(_, b)| b.is_ascii_digit()) {
        match groups.last_mut() {
            Some(group) if group.end == i => group.end = i + 1,
            _ => groups.push(i..i + 1),
        }
    }
    groups
}

/// Takes the places that the prefilter found to the matchers.
struct Finding<'a> {
    detector: &'a Detector,
    scratch: &'a mut Scratch,
    text: &'a [u8],
    owned: Range<usize>,
    starts: &'a mut Vec<usize>,
    out: &'a mut Vec<Candidate>,
}

impl Finding<'_> {
    /// Cards of a run, their stripes, and what stands behind them.
    fn cards(&mut self, groups: &[Range<usize>]) {
        for &rule in &self.detector.track {
            card_beside::find_tracks(self.text, groups, rule, self.out);
        }
        let before = self.out.len();
        for &rule in &self.detector.card {
            card::find(self.text, groups, rule, self.out);
        }
        for i in before..self.out.len() {
            let card = self.out[i].span.clone();
            card_beside::find_behind(self.text, &card, self.detector.beside, self.out);
        }
    }
}

impl Anchors for Finding<'_> {
    #[inline]
    fn run(&mut self, groups: &[Range<usize>], digits: usize) {
        if digits >= 12 {
            self.cards(groups);
        }
        if digits < card::MAX_DIGITS
            && let Some(last) = groups.last()
            && matches!(self.text.get(last.end), Some(b'\n' | b'\r' | b'-'))
        {
            for &rule in &self.detector.card {
                card::find_wrapped(self.text, groups, rule, self.out);
            }
        }
        if digits >= numbers::LEAST && (groups.len() > 1 || digits >= 15) {
            for &(kind, rule) in &self.detector.numbers {
                numbers::find(self.text, groups, kind, rule, self.out);
            }
        }
        if groups.len() >= 4 {
            for &rule in &self.detector.ip {
                ip::find_v4(self.text, groups, rule, self.out);
            }
        }
        if groups.len() >= 3 && digits >= 9 {
            for &rule in &self.detector.ssn {
                ssn::find(self.text, groups, rule, self.out);
            }
        }
        if let [only] = groups
            && measure::is_before(self.text, only.start)
        {
            return;
        }
        if digits >= 7 {
            for &rule in &self.detector.phone {
                self.scratch.phone.find(self.text, groups, rule, self.out);
            }
        }
        if !self.detector.id.is_empty() {
            self.detector.ids.run(self.text, groups, self.out);
        }
    }

    #[inline]
    fn number(&mut self, group: Range<usize>) {
        for &rule in &self.detector.address {
            self.scratch.address.at_number(self.text, group.clone(), rule, self.out);
        }
    }

    fn group(&mut self, group: Range<usize>) {
        if !self.owned.contains(&group.start) {
            return;
        }
        for &rule in &self.detector.digit_runs {
            self.detector.expression_at(self.scratch, self.text, group.start, rule, self.out);
        }
    }

    #[inline]
    fn at_sign(&mut self, at: usize) {
        for &rule in &self.detector.email {
            email::find(self.text, at, rule, self.out);
        }
        for &rule in &self.detector.url_auth {
            url_auth::find(self.text, at, rule, self.out);
        }
        for &rule in &self.detector.gps {
            gps::find_link(self.text, at, rule, self.out);
        }
        self.detector.names.before_mail(self.text, at, self.out);
    }

    #[inline]
    fn colon(&mut self, at: usize) {
        for &rule in &self.detector.mac {
            mac::find_colons(self.text, at, rule, self.out);
        }
        for &rule in &self.detector.ip {
            ip::find_v6(self.text, at, rule, self.out);
        }
    }

    #[inline]
    fn capitals(&mut self, at: usize) {
        for &rule in &self.detector.iban {
            iban::find(self.text, at, rule, self.out);
        }
        if !self.detector.id.is_empty() {
            self.detector.ids.capitals(self.text, at, self.out);
        }
    }
    #[inline]
    fn word(&mut self, at: usize) {
        self.starts.push(at);
    }

    #[inline]
    fn encoded(&mut self, at: usize) {
        self.starts.push(at);
    }

    #[inline]
    fn label(&mut self, at: usize) {
        self.detector.at_label(self.scratch, self.text, at, self.out);
    }

    #[inline]
    fn pair(&mut self, at: usize) {
        for &rule in &self.detector.mac {
            mac::find_pairs(self.text, at, rule, self.out);
        }
    }

    #[inline]
    fn decimal(&mut self, at: usize) {
        for &rule in &self.detector.gps {
            gps::find(self.text, at, rule, self.out);
        }
    }

    #[inline]
    fn token(&mut self, at: usize) {
        for &rule in &self.detector.crypto {
            self.out.extend(wallet_at(self.text, at, rule));
        }
    }

    #[inline]
    fn title(&mut self, at: usize) {
        self.detector.names.find(self.text, at, self.out);
    }

    fn foreign(&mut self, at: usize) {
        let Some(number) = foreign::read(self.text, at) else { return };
        self.detector.foreign(self.scratch, &number, self.out);
    }
}
