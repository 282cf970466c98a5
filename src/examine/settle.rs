//! The ordered stage of a leaf: block results come in order; column evidence is frozen and applied; findings go out.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::Examiner;
use super::block::{BlockResult, Flaw};
use super::governed::Times;
use super::leaf::Receiver;
use super::unnamed::beside_names;
use crate::finding::{ColumnFacts, ColumnRow, Finding, FindingBatch, LeafFacts};
use crate::model::{Likelihood, Piece, Result, RuleIndex, Signal, Signals, limits};
use crate::pattern::CellMatcher;
use crate::read::Records;
use crate::score::{ColumnEvidence, Profile};
use crate::settings::InForce;

pub(super) struct Settle {
    examiner: Arc<Examiner>,
    columns: Vec<Column>,
    facts: Vec<ColumnFacts>,
    by_name: HashMap<ColumnFacts, u32>,
    /// Findings by block, until the evidence is frozen.
    held: Vec<Vec<Finding>>,
    held_bytes: usize,
    /// One per column that was known when the evidence was frozen.
    evidence: Option<Vec<ColumnEvidence>>,
    /// Scores from which findings are reported, by rule.
    force: Arc<InForce>,
    /// Reported findings, by rule.
    counts: Vec<i64>,
    /// Highest score of any reported finding.
    best: Option<i16>,
    /// Findings that allow lists hold, by list and rule.
    suppressed: BTreeMap<(u16, u16), i64>,
    /// Rows that findings of a rule may have.
    limits: Vec<Option<i64>>,
    /// Records by table, where the leaf has several.
    tables: BTreeMap<Arc<str>, i64>,
    flaw: Option<Flaw>,
    /// How old records are; none: not all were asked.
    times: Option<Times>,
}

/// One column over the whole leaf.
#[derive(Default)]
struct Column {
    profile: Profile,
    used: bool,
    /// By rule.
    matches: Vec<Option<Match>>,
}

/// What one rule left in a column.
#[derive(Clone)]
struct Match {
    cells: i64,
    /// Record and pointer of the last cell, so that a cell with several values counts once.
    last: (u64, u64),
    rule: u16,
    score: i16,
    signals: Signals,
    /// Whether some cell says by itself what it is: a city alone does not.
    alone: bool,
}

/// What a leaf gave in all.
pub(super) struct Settled {
    pub entities: BTreeMap<Arc<str>, i64>,
    /// By allow list and entity.
    pub suppressed: BTreeMap<(u16, Arc<str>), i64>,
    /// Highest score of any reported finding.
    pub best: Option<i16>,
    pub flaw: Option<Flaw>,
    pub times: Option<Times>,
}

impl Settle {
    /// A leaf without cells has no columns to wait for.
    pub(super) fn new(examiner: &Arc<Examiner>, records: Records, force: Arc<InForce>) -> Self {
        Self {
            examiner: Arc::clone(examiner),
            columns: Vec::new(),
            facts: Vec::new(),
            by_name: HashMap::new(),
            held: Vec::new(),
            held_bytes: 0,
            evidence: (records != Records::Rows).then(Vec::new),
            counts: vec![0; examiner.rules.len()],
            limits: force.limits(records == Records::Entries),
            force,
            best: None,
            suppressed: BTreeMap::new(),
            tables: BTreeMap::new(),
            flaw: None,
            times: Some(Times::default()),
        }
    }

    /// Takes the result of the next block.
    /// Returns memory for findings that is free again.
    pub(super) fn push(&mut self, leaf: &LeafFacts, result: BlockResult, out: &mut dyn Receiver) -> Result<Vec<Finding>> {
        // Nothing is measured from here on: to wait for more would change nothing.
        if self.evidence.is_none() && result.first_record >= limits::PROFILED_RECORDS {
            self.freeze(leaf, out)?;
        }
        self.flaw = self.flaw.or(result.flaw);
        self.times = self.times.zip(result.times).map(|(mut times, own)| {
            times.append(own);
            times
        });
        for (table, records) in result.tables {
            *self.tables.entry(table).or_default() += records;
        }
        let index: Vec<u32> = result.columns.iter().map(|facts| self.column(facts)).collect();
        for ((column, profile), used) in index.iter().zip(&result.profiles).zip(&result.used) {
            let column = &mut self.columns[*column as usize];
            column.profile.append(profile);
            column.used |= used;
        }
        for (count, counted) in self.counts.iter_mut().zip(&result.counted) {
            *count += counted;
        }
        if result.counted.iter().any(|counted| *counted > 0) {
            self.best = self.best.max(Some(result.counted_best));
        }
        let mut findings = result.findings;
        for finding in &mut findings {
            finding.column = finding.column.map(|c| index[c as usize]);
        }
        if self.evidence.is_some() {
            return self.settle(leaf, findings, out);
        }
        findings.shrink_to_fit();
        self.held_bytes += findings.iter().map(Finding::weight).sum::<usize>();
        self.held.push(findings);
        if self.held_bytes > limits::HELD_BYTES {
            self.freeze(leaf, out)?;
        }
        Ok(Vec::new())
    }

    /// Rules that have all the rows they may have in this leaf: later findings of them are only counted.
    pub(super) fn full(&self) -> Vec<bool> {
        let is_full = |(limit, count): (&Option<i64>, &i64)| limit.is_some_and(|limit| *count >= limit);
        // What is only counted is not held against allow lists.
        let by_rule = self.limits.iter().zip(&self.counts).zip(0..);
        by_rule.map(|(held, rule)| is_full(held) && !self.force.has_lists(rule)).collect()
    }

    /// The index of a column in the leaf; beyond the limit all share `*`.
    fn column(&mut self, facts: &ColumnFacts) -> u32 {
        if let Some(index) = self.by_name.get(facts) {
            return *index;
        }
        let mut facts = facts.clone();
        if self.columns.len() >= limits::COLUMNS {
            facts = ColumnFacts { name: Some("*".into()), ..ColumnFacts::default() };
            if let Some(index) = self.by_name.get(&facts) {
                return *index;
            }
        }
        let index = u32::try_from(self.columns.len()).expect("columns are limited");
        self.columns.push(Column::default());
        self.by_name.insert(facts.clone(), index);
        self.facts.push(facts);
        index
    }

    /// Fixes the column evidence and settles what was held. It depends on the content up to here alone.
    fn freeze(&mut self, leaf: &LeafFacts, out: &mut dyn Receiver) -> Result<()> {
        let rules = Arc::clone(self.examiner.detector.rules());
        let names: Vec<RuleIndex> =
            rules.iter().filter(|(_, rule)| rule.cells == Some(CellMatcher::PersonName)).map(|(index, _)| index).collect();
        let profiles: Vec<&Profile> = self.columns.iter().map(|column| &column.profile).collect();
        let beside = beside_names(&self.facts, &profiles, &names);
        let evidence = profiles.iter().zip(beside).map(|(profile, beside)| {
            let mut evidence = ColumnEvidence::of(profile, |index| rules.rule(index));
            if beside {
                names.iter().for_each(|rule| evidence.lift_names(*rule, rules.rule(*rule)));
            }
            evidence
        });
        self.evidence = Some(evidence.collect());
        self.held_bytes = 0;
        for findings in std::mem::take(&mut self.held) {
            self.settle(leaf, findings, out)?;
        }
        Ok(())
    }

    /// Adds column evidence, drops what stays below the level, counts, and hands out rows where they are not limited.
    fn settle(&mut self, leaf: &LeafFacts, mut findings: Vec<Finding>, out: &mut dyn Receiver) -> Result<Vec<Finding>> {
        findings.retain_mut(|finding| self.judge(finding));
        if !findings.is_empty() {
            out.findings(&FindingBatch { leaf, rules: &self.examiner.rules, columns: &self.facts, findings: &findings })?;
            findings.clear();
        }
        Ok(findings)
    }

    /// Gives a finding its final score; whether it gets a row.
    fn judge(&mut self, finding: &mut Finding) -> bool {
        if let (Some(evidence), Some(column)) = (&self.evidence, finding.column)
            && let Some(evidence) = evidence.get(column as usize)
        {
            evidence.apply(finding.rule, &mut finding.signals);
        }
        finding.score = finding.signals.sum().clamp(0, 100);
        if self.examiner.known().is_some() && finding.signals.has(Signal::KnownValue) {
            finding.score = finding.score.max(Likelihood::VeryLikely.floor());
        }
        let rule = usize::from(finding.rule);
        if finding.score < self.force.levels()[rule] {
            return false;
        }
        if let Some(list) = finding.allowed {
            *self.suppressed.entry((list, finding.rule)).or_default() += 1;
            return false;
        }
        // An address or a name in several cells is one.
        self.counts[rule] += i64::from(finding.part.is_none_or(Piece::leads));
        self.best = self.best.max(Some(finding.score));
        if let Some(column) = finding.column {
            self.columns[column as usize].count(finding);
        }
        self.limits[rule].is_none_or(|limit| self.counts[rule] <= limit)
    }

    /// Settles what is left at the end of the leaf; `records` is their number, none where the format has no cells.
    pub(super) fn finish(mut self, leaf: &LeafFacts, records: Option<u64>, out: &mut dyn Receiver) -> Result<Settled> {
        if self.evidence.is_none() {
            self.freeze(leaf, out)?;
        }
        if let Some(records) = records {
            let rows = self.column_rows(i64::try_from(records).unwrap_or(i64::MAX));
            if !rows.is_empty() {
                out.columns(leaf, &rows)?;
            }
        }
        let mut entities: BTreeMap<Arc<str>, i64> = BTreeMap::new();
        for (rule, count) in self.examiner.rules.iter().zip(&self.counts).filter(|(_, count)| **count > 0) {
            *entities.entry(Arc::clone(&rule.entity)).or_default() += count;
        }
        let mut suppressed: BTreeMap<(u16, Arc<str>), i64> = BTreeMap::new();
        for ((list, rule), count) in self.suppressed {
            *suppressed.entry((list, Arc::clone(&self.examiner.rules[usize::from(rule)].entity))).or_default() += count;
        }
        Ok(Settled { entities, suppressed, best: self.best, flaw: self.flaw, times: self.times })
    }

    fn column_rows(&self, records: i64) -> Vec<ColumnRow> {
        let mut rows = Vec::new();
        let mut order: Vec<usize> = (0..self.columns.len()).filter(|index| self.columns[*index].used).collect();
        let place = |index: &usize| (&self.facts[*index].table, self.facts[*index].index, &self.facts[*index].name);
        order.sort_by(|a, b| place(a).cmp(&place(b)));
        for index in order {
            let column = &self.columns[index];
            let row_count = self.facts[index].table.as_ref().map_or(records, |table| self.tables.get(table).copied().unwrap_or(records));
            let row = |entity, found: Option<&Match>| ColumnRow {
                column: self.facts[index].clone(),
                data_type: column.profile.data_type(),
                row_count,
                matched_count: found.map_or(0, |m| m.cells),
                profiled_rows: signed(column.profile.rows),
                non_null: signed(column.profile.non_null),
                distinct_estimate: signed(column.profile.distinct()),
                match_ratio: found.map_or(0.0, |m| column.profile.match_ratio(m.rule).min(1.0)),
                entity,
                score: found.map(|m| m.column_score(&column.profile)),
                signals: found.map(|m| m.column_signals(&column.profile)).unwrap_or_default(),
            };
            let matches = self.by_entity(column);
            if matches.is_empty() {
                rows.push(row(None, None));
            }
            for (entity, found) in &matches {
                let category = Arc::clone(&self.examiner.rules[usize::from(found.rule)].category);
                rows.push(row(Some((Arc::clone(entity), category)), Some(found)));
            }
        }
        rows
    }
}

fn signed(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

impl Settle {
    /// What each entity left in a column: the counts of its rules, and its best rule.
    fn by_entity(&self, column: &Column) -> BTreeMap<Arc<str>, Match> {
        let mut out: BTreeMap<Arc<str>, Match> = BTreeMap::new();
        for found in column.matches.iter().flatten() {
            let entity = Arc::clone(&self.examiner.rules[usize::from(found.rule)].entity);
            match out.get_mut(&entity) {
                None => {
                    out.insert(entity, found.clone());
                }
                Some(held) => {
                    let cells = held.cells + found.cells;
                    if found.score > held.score {
                        *held = found.clone();
                    }
                    held.cells = cells;
                }
            }
        }
        out
    }
}

impl Column {
    fn count(&mut self, finding: &Finding) {
        let rule = usize::from(finding.rule);
        if self.matches.len() <= rule {
            self.matches.resize(rule + 1, None);
        }
        let found = self.matches[rule].get_or_insert(Match {
            cells: 0,
            last: (u64::MAX, 0),
            rule: finding.rule,
            score: finding.score,
            signals: finding.signals,
            alone: false,
        });
        found.alone |= finding.part.is_none_or(|part| part.leads() || part.is_of_name());
        let place = (finding.record, finding.pointer.as_deref().map_or(0, hash));
        found.cells += i64::from(std::mem::replace(&mut found.last, place) != place);
        if finding.score > found.score {
            (found.score, found.signals) = (finding.score, finding.signals);
        }
    }
}

/// FNV-1a: pointers of one record are few, and only neighbours are compared.
fn hash(pointer: &str) -> u64 {
    pointer.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, b| (hash ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}

impl Match {
    /// The column's score: that of its best value, less where few values match and the name does not speak for it. That values
    /// of a test or of documentation stand in it says nothing of what the column is for.
    fn column_score(&self, profile: &Profile) -> i16 {
        let ratio = profile.match_ratio(self.rule);
        // Of a table that begins behind the measured records nothing is known.
        let few = profile.non_null > 0 && ratio < 0.02 && !self.signals.has(Signal::ColumnName);
        let score = self.column_signals(profile).sum().clamp(0, 100).max(self.score);
        if few || !self.alone { score.min(Likelihood::Likely.floor() - 1) } else { score }
    }

    fn column_signals(&self, profile: &Profile) -> Signals {
        if profile.match_ratio(self.rule) >= 0.6 { self.signals.without(Signal::TestValue) } else { self.signals }
    }
}
