//! What a column as a whole says about the candidates in it.

use std::collections::BTreeMap;

use crate::model::{RuleIndex, Signal, Signals, ValueKind, limits};
use crate::pattern::Rule;

/// What the first records of a column look like. It holds hashes and counts, no value.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    /// Records looked at in which the column was present.
    pub rows: u64,
    /// Of them, those with a value.
    pub non_null: u64,
    integers: u64,
    decimals: u64,
    booleans: u64,
    dates: u64,
    /// Whole numbers that are greater than the one before.
    rising: u64,
    /// First and last whole number, to join profiles of blocks.
    first: Option<u64>,
    last: Option<u64>,
    /// Whole numbers that follow one.
    steps: u64,
    hashes: Smallest,
    /// Cells per rule in which a candidate stood.
    pub matched: BTreeMap<RuleIndex, u64>,
}

impl Profile {
    /// Takes one cell into account; `hash` is a keyed hash of its text.
    pub fn observe(&mut self, text: &[u8], kind: ValueKind, hash: u64) {
        self.rows += 1;
        let value = text.trim_ascii();
        if value.is_empty() || kind == ValueKind::Null {
            return;
        }
        self.non_null += 1;
        self.hashes.keep(hash);
        match shape(value) {
            Shape::Integer => {
                self.integers += 1;
                if let Some(n) = std::str::from_utf8(value).ok().and_then(|t| t.parse::<u64>().ok()) {
                    if let Some(last) = self.last {
                        self.steps += 1;
                        self.rising += u64::from(n > last);
                    }
                    self.first.get_or_insert(n);
                    self.last = Some(n);
                }
            }
            Shape::Decimal => self.decimals += 1,
            Shape::Boolean => self.booleans += 1,
            Shape::Date => self.dates += 1,
            Shape::Text => {}
        }
    }

    /// Adds the profile of the records that follow.
    pub fn append(&mut self, next: &Self) {
        if let (Some(last), Some(first)) = (self.last, next.first) {
            self.steps += 1;
            self.rising += u64::from(first > last);
        }
        self.first = self.first.or(next.first);
        self.last = next.last.or(self.last);
        self.rows += next.rows;
        self.non_null += next.non_null;
        self.integers += next.integers;
        self.decimals += next.decimals;
        self.booleans += next.booleans;
        self.dates += next.dates;
        self.rising += next.rising;
        self.steps += next.steps;
        self.hashes.append(&next.hashes);
        for (rule, count) in &next.matched {
            *self.matched.entry(*rule).or_default() += count;
        }
    }

    /// Returns the number of distinct values: exact up to [`limits::DISTINCT_EXACT`], above it estimated from the smallest
    /// hashes (k minimum values).
    #[must_use]
    pub fn distinct(&self) -> u64 {
        let hashes = self.hashes.sorted();
        let kept = hashes.len();
        match hashes.last() {
            Some(largest) if kept == limits::DISTINCT_EXACT => {
                let part = (*largest as f64 + 1.0) / (u64::MAX as f64);
                (((kept - 1) as f64 / part) as u64).clamp(kept as u64, self.non_null.max(kept as u64))
            }
            _ => kept as u64,
        }
    }

    /// Names the type that at least nine of ten values have.
    #[must_use]
    pub fn data_type(&self) -> &'static str {
        let most = |count: u64| count * 10 >= self.non_null * 9;
        match () {
            () if self.non_null == 0 => "empty",
            () if most(self.integers) => "integer",
            () if most(self.integers + self.decimals) => "decimal",
            () if most(self.booleans) => "boolean",
            () if most(self.dates) => "date",
            () => "text",
        }
    }

    /// Returns the share of values in which a rule matched, 0–1.
    #[must_use]
    pub fn match_ratio(&self, rule: RuleIndex) -> f32 {
        let matched = self.matched.get(&rule).copied().unwrap_or(0);
        if self.non_null == 0 { 0.0 } else { matched as f32 / self.non_null as f32 }
    }

    /// Whether the column counts up: nearly every whole number is greater than the one before.
    fn counts_up(&self) -> bool {
        self.steps >= 10 && self.integers * 10 >= self.non_null * 9 && self.rising * 100 >= self.steps * 95
    }
}

/// Hashes of distinct values, the [`limits::DISTINCT_EXACT`] smallest ones where there are more.
#[derive(Clone, Debug)]
struct Smallest {
    /// In no order, and some of them twice.
    held: Vec<u64>,
    /// Hashes from here on are not among the smallest.
    bound: u64,
    /// The last hashes, for columns of few values.
    recent: [u64; 8],
}

/// Hashes that may wait to be sorted in.
const WAITING: usize = limits::DISTINCT_EXACT / 2;

impl Default for Smallest {
    fn default() -> Self {
        Self { held: Vec::new(), bound: u64::MAX, recent: [u64::MAX; 8] }
    }
}

impl Smallest {
    #[inline]
    fn keep(&mut self, hash: u64) {
        let recent = &mut self.recent[(hash >> 61) as usize];
        if hash >= self.bound || std::mem::replace(recent, hash) == hash {
            return;
        }
        self.held.push(hash);
        if self.held.len() >= limits::DISTINCT_EXACT + WAITING {
            self.tidy();
        }
    }

    fn append(&mut self, next: &Self) {
        self.held.extend(next.held.iter().filter(|hash| **hash < self.bound));
        if self.held.len() >= limits::DISTINCT_EXACT + WAITING {
            self.tidy();
        }
    }

    fn tidy(&mut self) {
        self.held = self.sorted();
        self.bound = self.held.get(limits::DISTINCT_EXACT - 1).map_or(u64::MAX, |largest| *largest);
    }

    /// Each once, the smallest first.
    fn sorted(&self) -> Vec<u64> {
        let mut hashes = self.held.clone();
        hashes.sort_unstable();
        hashes.dedup();
        hashes.truncate(limits::DISTINCT_EXACT);
        hashes
    }
}

enum Shape {
    Integer,
    Decimal,
    Boolean,
    Date,
    Text,
}

fn shape(value: &[u8]) -> Shape {
    let is_boolean = || [&b"true"[..], b"false", b"yes", b"no"].iter().any(|word| value.eq_ignore_ascii_case(word));
    // Numbers and dates begin so.
    if !matches!(value[0], b'0'..=b'9' | b'-' | b'.') {
        return if is_boolean() { Shape::Boolean } else { Shape::Text };
    }
    let unsigned = value.strip_prefix(b"-").unwrap_or(value);
    let digits = unsigned.iter().filter(|b| b.is_ascii_digit()).count();
    let points = unsigned.iter().filter(|b| **b == b'.').count();
    match () {
        () if digits == unsigned.len() => Shape::Integer,
        () if points == 1 && digits > 0 && digits + 1 == unsigned.len() => Shape::Decimal,
        () if value.len() <= 35 && is_date(value) => Shape::Date,
        () => Shape::Text,
    }
}

/// Whether a text begins with year, month and day, or day, month and year, or month, day and year, and goes on as a time at most.
fn is_date(text: &[u8]) -> bool {
    let date = text.split(|b| matches!(b, b' ' | b'T')).next().unwrap_or(text);
    let Some(separator) = date.iter().find(|b| matches!(b, b'-' | b'/' | b'.')) else { return false };
    let mut lengths = [0; 3];
    let mut parts = date.split(|b| b == separator);
    for length in &mut lengths {
        match parts.next() {
            Some(part) if part.iter().all(u8::is_ascii_digit) => *length = part.len(),
            _ => return false,
        }
    }
    parts.next().is_none() && matches!(lengths, [4, 1 | 2, 1 | 2] | [1 | 2, 1 | 2, 2 | 4])
}

/// What a column says about the candidates of each rule. Made once a leaf, when its evidence is frozen.
#[derive(Clone, Debug, Default)]
pub struct ColumnEvidence {
    /// By rule.
    signals: Vec<Option<Signals>>,
}

/// What it is worth that a column beside it holds the other names of the same people.
const BESIDE_NAMES: i8 = 20;
/// Values from which a share says something.
const ENOUGH: u64 = 10;

impl ColumnEvidence {
    /// Draws the evidence from a profile, for the rules that matched in it.
    #[must_use]
    pub fn of<'a>(profile: &Profile, rule: impl Fn(RuleIndex) -> &'a Rule) -> Self {
        let mut out = Self::default();
        for index in profile.matched.keys() {
            let deltas = &rule(*index).deltas;
            let mut signals = Signals::default();
            let ratio = profile.match_ratio(*index);
            let enough = profile.non_null >= ENOUGH;
            if enough && ratio >= 0.6 {
                signals.add(Signal::ColumnMatch, deltas.column_match);
            }
            // A column with few hits keeps them, unless all its values look alike and only some pass a check.
            if enough && ratio < 0.3 && profile.data_type() == "integer" {
                signals.add(Signal::ColumnMismatch, deltas.column_mismatch);
            }
            if profile.counts_up() && rule(*index).finder.is_some() {
                signals.add(Signal::ColumnSequence, deltas.column_sequence);
            }
            out.signals.resize(usize::from(*index) + 1, None);
            out.signals[usize::from(*index)] = Some(signals);
        }
        out
    }

    /// Takes a column without a name for one of given names or surnames, because the one beside it is the other.
    pub fn lift_names(&mut self, index: RuleIndex, rule: &Rule) {
        if let Some(Some(signals)) = self.signals.get_mut(usize::from(index)) {
            signals.add(Signal::ColumnMatch, rule.deltas.column_match);
            signals.add(Signal::Siblings, BESIDE_NAMES);
        }
    }

    /// Adds the evidence to a candidate's signals. Where the column's name speaks for the entity, or the value is known, that its values
    /// count up or seldom match says nothing against them: numbers are handed out in order.
    pub fn apply(&self, rule: RuleIndex, to: &mut Signals) {
        if let Some(Some(signals)) = self.signals.get(usize::from(rule)) {
            let named = to.has(Signal::ColumnName) || to.has(Signal::KnownValue);
            let outweighed = |signal| named && matches!(signal, Signal::ColumnSequence | Signal::ColumnMismatch);
            for (signal, delta) in signals.iter().filter(|(signal, _)| !outweighed(*signal)) {
                to.add(signal, delta);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(values: &[&str]) -> Profile {
        let mut out = Profile::default();
        for (i, value) in values.iter().enumerate() {
            out.observe(value.as_bytes(), ValueKind::Text, i as u64);
        }
        out
    }

    #[test]
    fn names_the_type_of_a_column() {
        assert_eq!(profile(&["1", "22", "-3", ""]).data_type(), "integer");
        assert_eq!(profile(&["1.5", "2"]).data_type(), "decimal");
        assert_eq!(profile(&["2024-01-01", "2024-02-29T10:00:00Z"]).data_type(), "date");
        assert_eq!(profile(&["true", "No"]).data_type(), "boolean");
        assert_eq!(profile(&["a", "1"]).data_type(), "text");
        assert_eq!(profile(&["", " "]).data_type(), "empty");
    }

    #[test]
    fn appending_blocks_equals_observing_all_at_once() {
        let values: Vec<String> = (0..100).map(|i| (i * 37 % 91).to_string()).collect();
        let all: Vec<&str> = values.iter().map(String::as_str).collect();
        let whole = profile(&all);
        for cut in [1, 50, 99] {
            let mut joined = profile(&all[..cut]);
            joined.append(&profile(&all[cut..]));
            assert_eq!((joined.rising, joined.steps, joined.rows), (whole.rising, whole.steps, whole.rows), "cut at {cut}");
        }
    }

    #[test]
    fn estimates_many_distinct_values_within_a_tenth() {
        let mut out = Profile::default();
        for i in 0..50_000u64 {
            let hash = u64::from_le_bytes(blake3::hash(&i.to_le_bytes()).as_bytes()[..8].try_into().expect("8 bytes"));
            out.observe(b"x", ValueKind::Text, hash);
        }
        let estimate = out.distinct();
        assert!((45_000..=50_000).contains(&estimate), "{estimate}");
    }
}
