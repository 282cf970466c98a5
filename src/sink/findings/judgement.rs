//! Columns of what was found, by which rule, and how sure it is.

use std::sync::Arc;

use parquet::errors::Result;
use parquet::schema::types::SchemaDescriptor;

use crate::finding::{Finding, RuleFacts};
use crate::model::Likelihood;
use crate::sink::gather::confidence;
use crate::sink::pages::{Bounds, Closed, Flags, KeyedWords, Packer, SignalWords, Words};

/// What findings have from their rule and their score.
pub(super) struct Judgements {
    rules: Vec<RuleFacts>,
    /// The rule of each row of the page.
    keys: Vec<u16>,
    entity: KeyedWords,
    category: KeyedWords,
    sensitivity: KeyedWords,
    rule: KeyedWords,
    rule_version: KeyedWords,
    versions: Option<(i32, i32)>,
    confidence: Words,
    scores: Option<(i16, i16)>,
    likelihood: Words,
    validated: Flags,
    signals: SignalWords,
    region: Words,
}

impl Judgements {
    pub(super) fn new(schema: &SchemaDescriptor) -> Self {
        Self {
            rules: Vec::new(),
            keys: Vec::new(),
            entity: KeyedWords::new(schema, "entity"),
            category: KeyedWords::new(schema, "category"),
            sensitivity: KeyedWords::new(schema, "sensitivity"),
            rule: KeyedWords::new(schema, "rule"),
            rule_version: KeyedWords::new(schema, "rule_version"),
            versions: None,
            confidence: Words::new(schema, "confidence"),
            scores: None,
            likelihood: Words::new(schema, "likelihood"),
            validated: Flags::new(schema, "validated"),
            signals: SignalWords::new(schema, "signals"),
            region: Words::new(schema, "region"),
        }
    }

    /// Says whether the rules are these. Texts are shared, so their addresses tell.
    pub(super) fn are_by(&self, rules: &[RuleFacts]) -> bool {
        let same = |(a, b): (&RuleFacts, &RuleFacts)| {
            Arc::ptr_eq(&a.rule, &b.rule)
                && Arc::ptr_eq(&a.entity, &b.entity)
                && Arc::ptr_eq(&a.category, &b.category)
                && a.version == b.version
                && a.sensitivity == b.sensitivity
        };
        self.rules.len() == rules.len() && self.rules.iter().zip(rules).all(same)
    }

    /// Takes other rules; there must be no rows that are not in a page.
    pub(super) fn use_rules(&mut self, rules: &[RuleFacts]) {
        self.rules = rules.to_vec();
        for column in self.by_rule() {
            column.rekey();
        }
    }

    fn by_rule(&mut self) -> [&mut KeyedWords; 5] {
        [&mut self.entity, &mut self.category, &mut self.sensitivity, &mut self.rule, &mut self.rule_version]
    }

    pub(super) fn push(&mut self, findings: &[Finding]) {
        self.keys.extend(findings.iter().map(|f| f.rule));
        for finding in findings {
            let score = finding.score.clamp(0, 100);
            let (least, most) = self.scores.unwrap_or((score, score));
            self.scores = Some((least.min(score), most.max(score)));
            let number = usize::from(score.unsigned_abs());
            self.confidence.push(number, |words| words.number(&confidence(score).to_le_bytes()));
            self.likelihood.push(number, |words| words.text(Likelihood::of(score).name()));
        }
        self.validated.extend_some(findings.iter().map(|f| f.validated));
        for finding in findings {
            self.signals.push(&finding.signals);
            match finding.region {
                Some(region) => self.region.push(region.number(), |words| words.text(region.as_str())),
                None => self.region.push_absent(),
            }
        }
    }

    /// Makes the words of the page's rules known.
    fn know_rules(&mut self) {
        let mut seen = vec![false; self.rules.len()];
        for key in &self.keys {
            if std::mem::replace(&mut seen[usize::from(*key)], true) {
                continue;
            }
            let rule = &self.rules[usize::from(*key)];
            self.entity.know(*key, |words| words.text(&rule.entity));
            self.category.know(*key, |words| words.text(&rule.category));
            self.sensitivity.know(*key, |words| words.text(rule.sensitivity.name()));
            self.rule.know(*key, |words| words.text(&rule.rule));
            self.rule_version.know(*key, |words| words.number(&rule.version.to_le_bytes()));
            let (least, most) = self.versions.unwrap_or((rule.version, rule.version));
            self.versions = Some((least.min(rule.version), most.max(rule.version)));
        }
    }

    pub(super) fn page(&mut self, packer: &mut Packer) -> Result<()> {
        self.know_rules();
        let keys = std::mem::take(&mut self.keys);
        KeyedWords::pages(&mut self.by_rule(), &keys, packer)?;
        self.keys = keys;
        self.keys.clear();
        self.confidence.page(packer)?;
        self.likelihood.page(packer)?;
        self.validated.page(packer)?;
        self.signals.page(packer)?;
        self.region.page(packer)
    }

    pub(super) fn len(&self) -> usize {
        let by_rule = [&self.entity, &self.category, &self.sensitivity, &self.rule, &self.rule_version];
        let words = [&self.confidence, &self.likelihood, &self.region];
        let words = by_rule.map(KeyedWords::len).iter().chain(&words.map(Words::len)).sum::<usize>();
        words + self.validated.len() + self.signals.len()
    }

    pub(super) fn close(&mut self, packer: &mut Packer, chunks: &mut Vec<Closed>) -> Result<()> {
        for column in [&mut self.entity, &mut self.category, &mut self.sensitivity, &mut self.rule] {
            chunks.push(column.close(None, packer)?);
        }
        let versions = self.versions.take().map(|(least, most)| Bounds::Int(least.into(), most.into()));
        chunks.push(self.rule_version.close(versions, packer)?);
        let scores = self.scores.take().map(|(least, most)| Bounds::Float(confidence(least), confidence(most)));
        chunks.push(self.confidence.close(scores, packer)?);
        chunks.push(self.likelihood.close(None, packer)?);
        chunks.push(self.validated.close()?);
        chunks.push(self.signals.close(packer)?);
        chunks.push(self.region.close(None, packer)?);
        Ok(())
    }
}
