//! Known values: a list of the organisation's own data, of which every value is found wherever it stands.
//!
//! The list comes in as delimited text ([`Known::read`]) and stays as keyed prints and tokens; no value is kept. Of each value its normal
//! form, its writing and, for a phone, how its country dials it are an entry of 28 bytes. Candidates of rules whose entity is known are
//! brought to their normal form and looked up. Text is searched, too: a word that no value begins with ends at a bit by length and first
//! bytes, then at one by its print; only words that begin values of several words are followed. A print says where to look; a hit is where
//! the value has the entry's token. Nothing here opens a file or knows a record.

mod facts;
mod list;
mod load;
mod rows;
mod strength;
mod table;
mod walk;
mod words;

use std::cmp::Reverse;
use std::ops::Range;
use std::sync::Arc;

use zeroize::Zeroizing;

use crate::detect::{Detector, Scratch};
use crate::finding::{Subject, Tokens, normalise};
use crate::model::{Candidate, Id, Normalisation, Region, RuleIndex, Sensitive, Signal, Signals, Verdict};
pub use facts::{KnownColumn, KnownFacts};
pub use list::KnownList;
use table::Table;
use walk::{Begins, has_plain_gaps, has_tight_gaps, is_written_as_name, stands_alone};
use words::Printer;

/// What a known value adds to a score: more than all that may speak against it.
const KNOWN: i8 = 100;

/// The values of a list.
pub struct Known {
    table: Table,
    begins: Begins,
    printer: Printer,
    tokens: Tokens,
    kinds: Vec<Kind>,
    /// By rule, whether values of its entity are known.
    has_values: Vec<bool>,
    /// The tokens of the persons, by row; [`Id::NONE`] where a row names none.
    subjects: Vec<Id>,
    /// What tells persons apart.
    subject_kind: Arc<str>,
}

/// What values are, and how they come to their normal form.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Kind {
    rule: RuleIndex,
    region: Option<Region>,
}

/// A value that is known.
struct Hit {
    row: Option<usize>,
    region: Option<Region>,
}

/// The normal form of a value, wiped when dropped.
#[derive(Default)]
struct Normal {
    text: Zeroizing<String>,
    buffer: Zeroizing<Vec<u8>>,
}

impl Normal {
    /// Brings a value to the normal form of a rule; returns how that was made.
    fn make(&mut self, detector: &Detector, scratch: &mut Scratch, rule: RuleIndex, region: Option<Region>, value: &[u8]) -> Normalisation {
        let rule = detector.rules().rule(rule);
        let value = Sensitive::new(value);
        if detector.normalise(scratch, rule, value, region, &mut self.text) {
            rule.normalisation
        } else {
            normalise(rule.normalisation, value, &mut self.text)
        }
    }

    fn token(&mut self, tokens: &Tokens, entity: &str, used: Normalisation) -> Id {
        tokens.value(entity, used, self.text.as_bytes(), &mut self.buffer)
    }
}

impl Known {
    /// Marks the candidates of a text whose values are known, and adds known values that no rule found; those that begin inside `owned`.
    pub(super) fn mark(&self, detector: &Detector, scratch: &mut Scratch, text: &[u8], owned: Range<usize>, found: &mut Vec<Candidate>) {
        for candidate in &mut *found {
            self.mark_one(detector, scratch, text, candidate);
        }
        let by_rules = found.len();
        let mut normal = Normal::default();
        let mut last: Option<Range<usize>> = None;
        self.begins.walk(&self.printer, &self.table, text, owned, |span, entry| {
            let kind = self.kinds[usize::from(entry.kind())];
            // A value of several forms has the same token under each.
            if last.as_ref() == Some(&span) && found.last().is_some_and(|before| before.rule == kind.rule && before.span == span) {
                return;
            }
            let value = &text[span.clone()];
            let used = normal.make(detector, scratch, kind.rule, kind.region, value);
            let rule = detector.rules().rule(kind.rule);
            let stands = normal.token(&self.tokens, &rule.entity, used) == entry.token()
                && stands_alone(text, &span)
                && is_written_as_name(text, &span)
                && has_gaps_of(used, value)
                && !self.is_held(detector, &found[..by_rules], rule.entity_index, &span);
            if stands {
                let mut signals = Signals::default();
                Self::mark_signals(&mut signals);
                last = Some(span.clone());
                found.push(Candidate { rule: kind.rule, span, verdict: Verdict::NotChecked, region: kind.region, signals });
            }
        });
        if found.len() > by_rules {
            found.sort_by_key(|c| (c.span.start, Reverse(c.span.end), c.rule));
        }
    }

    /// Whether a rule found the same, or something longer with a check that it is part of. Candidates come sorted by start.
    fn is_held(&self, detector: &Detector, found: &[Candidate], entity: u16, span: &Range<usize>) -> bool {
        let before = found.partition_point(|c| c.span.start <= span.start);
        found[..before].iter().rev().take(64).any(|c| {
            let is_same = c.span == *span && c.signals.has(Signal::KnownValue) && detector.rules().rule(c.rule).entity_index == entity;
            let is_longer = c.span.end >= span.end && c.span.len() > span.len() && c.verdict == Verdict::Passed;
            is_same || is_longer
        })
    }

    /// Marks a candidate of a text whose value is known.
    pub(super) fn mark_one(&self, detector: &Detector, scratch: &mut Scratch, text: &[u8], candidate: &mut Candidate) {
        let value = &text[candidate.span.clone()];
        if let Some(hit) = self.look_up(detector, scratch, candidate.rule, candidate.region, value) {
            Self::mark_signals(&mut candidate.signals);
            candidate.region = hit.region;
        }
    }

    pub(super) fn mark_signals(signals: &mut Signals) {
        signals.add(Signal::KnownValue, KNOWN);
    }

    /// Outweighs what speaks against a marked candidate, as far as a signal can.
    pub(super) fn raise(signals: &mut Signals) {
        let sum = signals.sum();
        if sum < i16::from(KNOWN) {
            let lacking = i16::from(KNOWN) - sum + i16::from(KNOWN);
            signals.add(Signal::KnownValue, i8::try_from(lacking).unwrap_or(i8::MAX));
        }
    }

    /// The person that a value of a marked candidate belongs to.
    pub(super) fn subject(&self, detector: &Detector, scratch: &mut Scratch, candidate: &Candidate, value: &[u8]) -> Option<Box<Subject>> {
        let row = self.look_up(detector, scratch, candidate.rule, candidate.region, value)?.row?;
        let token = self.subjects[row];
        (token != Id::NONE).then(|| Box::new(Subject { kind: Arc::clone(&self.subject_kind), token }))
    }

    fn look_up(&self, detector: &Detector, scratch: &mut Scratch, rule: RuleIndex, region: Option<Region>, value: &[u8]) -> Option<Hit> {
        if !self.has_values[usize::from(rule)] {
            return None;
        }
        let compiled = detector.rules().rule(rule);
        let spelt = detector.decoded(compiled, Sensitive::new(value)).map(Zeroizing::new);
        let value = spelt.as_deref().map_or(value, |spelt| spelt);
        let mut normal = Normal::default();
        let used = normal.make(detector, scratch, rule, region, value);
        let print = self.printer.text(normal.text.as_bytes())?.print;
        let mut own = None;
        for entry in self.table.under(print) {
            let kind = self.kinds[usize::from(entry.kind())];
            if detector.rules().rule(kind.rule).entity_index != compiled.entity_index {
                continue;
            }
            let own = *own.get_or_insert_with(|| normal.token(&self.tokens, &compiled.entity, used));
            if own == entry.token() {
                return Some(Hit { row: entry.row(), region });
            }
            // A national form without a country reads as that of the known value's.
            if kind.region.is_some() && kind.region != region {
                let mut other = Normal::default();
                let used = other.make(detector, scratch, kind.rule, kind.region, value);
                if other.token(&self.tokens, &compiled.entity, used) == entry.token() {
                    return Some(Hit { row: entry.row(), region: kind.region });
                }
            }
        }
        None
    }

    /// Bytes that the table takes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.table.bytes() + self.begins.bytes() + self.subjects.capacity() * size_of::<Id>()
    }
}

/// Whether what stands between the words of a value may stand in one of its normal form; where that keeps it, the token says.
fn has_gaps_of(normalisation: Normalisation, value: &[u8]) -> bool {
    match normalisation {
        Normalisation::TextFold => has_plain_gaps(value),
        Normalisation::PhoneE164
        | Normalisation::PhoneNational
        | Normalisation::PanDigits
        | Normalisation::Digits
        | Normalisation::IbanCompact
        | Normalisation::AlnumUpper => has_tight_gaps(value),
        Normalisation::EmailLower | Normalisation::IpText | Normalisation::DateIso | Normalisation::Exact => true,
    }
}

#[cfg(test)]
mod tests {
    use super::table::{Draft, Entry};
    use super::*;
    use crate::finding::Key;
    use crate::pattern::RuleSet;

    fn detector() -> Detector {
        Detector::new(Arc::new(RuleSet::load(&[], &[]).expect("built-in rules")), &[])
    }

    fn read(list: &str, columns: &[(&str, &str)], detector: &Detector) -> Known {
        let columns = columns.iter().map(|(name, entity)| ((*name).to_owned(), (*entity).to_owned())).collect();
        let list_of = KnownList { name: "list".to_owned(), columns, subject: None };
        Known::read(list.as_bytes(), &list_of, detector, &Tokens::new(&Key::new([7; 32]))).expect("a list").0
    }

    fn marked(known: &Known, detector: &Detector, text: &str) -> Vec<String> {
        let mut found = Vec::new();
        known.mark(detector, &mut detector.scratch(), text.as_bytes(), 0..text.len(), &mut found);
        found.into_iter().map(|candidate| text[candidate.span].to_owned()).collect()
    }

    #[test]
    fn an_equal_print_of_another_value_is_no_hit() {
        let detector = detector();
        let mut known =
            read("account,name\n900112233445,Ana dela Cruz\n", &[("account", "bank_account"), ("name", "person_name")], &detector);
        let text = "900112233445 900112233446 Ana dela Cruz";
        assert_eq!(marked(&known, &detector, text), ["900112233445", "Ana dela Cruz"]);
        let mut draft = Draft::new();
        for other in ["900112233445", "900112233446", "Ana dela Cruz"] {
            let print = known.printer.text(other.as_bytes()).expect("words").print;
            (0..40_u8).for_each(|n| draft.push(Entry::new(print, true, Id::new([n; 16]), n % 2, 0)));
        }
        known.table = draft.close(|_| Id::NONE).0;
        assert_eq!(marked(&known, &detector, text), [""; 0]);
    }

    #[test]
    fn a_number_that_is_part_of_a_checked_one_is_left_to_that() {
        let detector = detector();
        let known = read("account\n48210937\n", &[("account", "bank_account")], &detector);
        let text = "call +65 48210937 or 48210937";
        let mut found = Vec::new();
        let passed = Candidate { rule: 0, span: 5..17, verdict: Verdict::Passed, region: None, signals: Signals::default() };
        found.push(passed);
        known.mark(&detector, &mut detector.scratch(), text.as_bytes(), 0..text.len(), &mut found);
        assert_eq!(found.iter().map(|candidate| candidate.span.start).collect::<Vec<_>>(), [5, 21]);
    }

    #[test]
    fn what_speaks_against_a_known_value_is_outweighed() {
        for against in [0, 20, 27] {
            let mut signals = Signals::default();
            Known::mark_signals(&mut signals);
            signals.add(Signal::KeywordAgainst, -against);
            Known::raise(&mut signals);
            assert_eq!(signals.sum(), 100, "{against}");
        }
    }
}
