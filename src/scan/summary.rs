//! What a person is told of a run: totals, the worst places, what was not read. Bounded, whatever the input.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::finding::{ColumnFacts, Coverage, Finding, FindingBatch};
use crate::model::{Id, Likelihood, Sensitivity, Status};

/// Places and unread leaves that are kept.
const SHOWN: usize = 12;

/// Totals of a run.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// Leaves by status.
    pub statuses: BTreeMap<Status, u64>,
    /// Findings by entity, all of them, also where rows were limited.
    pub entities: BTreeMap<Arc<str>, i64>,
    /// Decoded bytes examined.
    pub bytes: u64,
    /// Records examined.
    pub records: u64,
    /// Columns, keys and unstructured leaves with the most and the most harmful findings, worst first.
    pub worst: Vec<Worst>,
    /// The first leaves that were not read in full.
    pub not_read: Vec<NotRead>,
    /// Findings with a row, by entity.
    pub rows: BTreeMap<Arc<str>, u64>,
    /// Findings that allow lists suppressed, by list and entity.
    pub suppressed: BTreeMap<(u16, Arc<str>), i64>,
    /// Leaves that are partial only because a sample was asked for.
    pub sampled: u64,
    /// Files that were left out only because a sample was asked for.
    pub left_by_sample: u64,
    /// The highest level of any finding, with a row or without.
    pub highest: Option<Likelihood>,
    /// Whether the run was stopped before its end.
    pub interrupted: bool,
    /// Leaves in which the program itself failed.
    pub faults: u64,
}

/// A place with findings of one entity.
#[derive(Clone, Debug)]
pub struct Worst {
    /// Path of the leaf.
    pub path: String,
    /// Column or key; none in text.
    pub column: Option<Arc<str>>,
    /// Entity.
    pub entity: Arc<str>,
    /// Harm of a leak.
    pub sensitivity: Sensitivity,
    /// Rows written.
    pub count: u64,
    /// Best score, hundredths.
    pub score: i16,
    /// A masked value.
    pub example: Box<str>,
    /// Id of one of the findings.
    pub finding_id: Id,
}

/// A leaf that was not read in full.
#[derive(Clone, Debug)]
pub struct NotRead {
    /// Path of the leaf.
    pub path: String,
    /// What became of it.
    pub status: Status,
    /// Why.
    pub reason: String,
}

impl Summary {
    pub(super) fn leaf(&mut self, coverage: &Coverage) {
        *self.statuses.entry(coverage.status).or_default() += 1;
        for (place, count) in &coverage.suppressed {
            *self.suppressed.entry(place.clone()).or_default() += count;
        }
        if coverage.status == Status::Excluded {
            self.left_by_sample += u64::from(coverage.sampled);
        } else {
            self.sampled += u64::from(coverage.sampled);
        }
        self.highest = self.highest.max(coverage.best.map(Likelihood::of));
        self.bytes += u64::try_from(coverage.bytes_read).unwrap_or(0);
        self.records += coverage.records.and_then(|n| u64::try_from(n).ok()).unwrap_or(0);
        for (entity, count) in &coverage.entities {
            *self.entities.entry(Arc::clone(entity)).or_default() += count;
        }
        if !matches!(coverage.status, Status::Scanned | Status::Unchanged) && !coverage.sampled {
            let not_read =
                NotRead { path: coverage.leaf.path(), status: coverage.status, reason: coverage.reason.clone().unwrap_or_default() };
            self.not_read.push(not_read);
            // The gravest first; by path, so that threads do not decide.
            self.not_read.sort_by(|a, b| (std::cmp::Reverse(a.status), &a.path).cmp(&(std::cmp::Reverse(b.status), &b.path)));
            self.not_read.truncate(SHOWN);
        }
    }

    pub(super) fn places(&mut self, places: impl Iterator<Item = Worst>) {
        for place in places {
            self.worst.push(place);
        }
        let rank = |w: &Worst| (std::cmp::Reverse(w.sensitivity), std::cmp::Reverse(Likelihood::of(w.score)), std::cmp::Reverse(w.count));
        self.worst.sort_by(|a, b| (rank(a), &a.path, &a.column, &a.entity).cmp(&(rank(b), &b.path, &b.column, &b.entity)));
        self.worst.truncate(SHOWN);
    }

    /// Returns the findings without a row, by entity, where there are any.
    pub fn limited(&self) -> impl Iterator<Item = (&Arc<str>, i64)> {
        let without = |(entity, found): (_, &i64)| {
            let rows = self.rows.get(entity).map_or(0, |rows| i64::try_from(*rows).unwrap_or(i64::MAX));
            (entity, found - rows)
        };
        self.entities.iter().map(without).filter(|(_, rows)| *rows > 0)
    }

    /// Returns the number of leaves of a status.
    #[must_use]
    pub fn count(&self, status: Status) -> u64 {
        self.statuses.get(&status).copied().unwrap_or(0)
    }
}

/// Places of one leaf while it is examined.
#[derive(Default)]
pub(super) struct Places {
    /// By column (none first) and rule.
    by_place: Vec<Option<Worst>>,
}

impl Places {
    pub(super) fn add(&mut self, batch: &FindingBatch<'_>) {
        for finding in batch.findings {
            let key = finding.column.map_or(0, |c| c as usize + 1) * batch.rules.len() + usize::from(finding.rule);
            if self.by_place.len() <= key {
                self.by_place.resize(key + 1, None);
            }
            match &mut self.by_place[key] {
                Some(place) => {
                    place.count += 1;
                    place.score = place.score.max(finding.score);
                }
                empty => *empty = Some(Worst::new(batch, finding)),
            }
        }
    }

    pub(super) fn take(&mut self) -> impl Iterator<Item = Worst> + use<> {
        std::mem::take(&mut self.by_place).into_iter().flatten()
    }
}

/// A column as people read it: `customers.email`.
fn shown(column: &ColumnFacts) -> Option<Arc<str>> {
    let name = column.name.clone().or_else(|| column.index.map(|i| format!("#{i}").into()))?;
    Some(column.table.as_ref().map_or_else(|| Arc::clone(&name), |table| format!("{table}.{name}").into()))
}

impl Worst {
    fn new(batch: &FindingBatch<'_>, finding: &Finding) -> Self {
        let rule = &batch.rules[usize::from(finding.rule)];
        let column = finding.column.map(|c| &batch.columns[c as usize]);
        Self {
            path: batch.leaf.path(),
            column: column.and_then(shown),
            entity: Arc::clone(&rule.entity),
            sensitivity: rule.sensitivity,
            count: 1,
            score: finding.score,
            example: finding.preview.as_str().into(),
            finding_id: finding.finding_id,
        }
    }
}
