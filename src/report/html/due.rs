//! What a policy says of the findings of a run: what is overdue, and where nobody can say.
//!
//! It decides with what stands in the run. A plan reads the files again and knows more: cells, joins, records in which nothing was found.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::Timestamp;

use crate::model::{Id, Likelihood};
use crate::policy::{Asked, Facts, Moment, Outcome, People, Policy, Source, Target, decide};

/// Records that are told apart by rule at a time.
const MOST: usize = 4_000_000;

/// What a finding is told by.
pub(super) struct Told<'a> {
    pub dataset: u32,
    pub dataset_id: &'a str,
    pub time: Option<i64>,
    pub source: &'a str,
    pub entity: &'a str,
    pub category: &'a str,
    pub likelihood: Likelihood,
    pub column: Option<&'a str>,
    pub record: i64,
    pub is_new_record: bool,
    pub subjects: &'a mut dyn Iterator<Item = (&'a str, &'a str)>,
}

/// What a rule comes to in a dataset.
#[derive(Clone, Default)]
pub(super) struct Tally {
    /// Findings that are overdue; none where the rule is about records.
    pub findings: u64,
    pub records: u64,
    /// Since when the first of them is.
    pub since: Option<Timestamp>,
    pub held: u64,
    /// Nothing says how old they are.
    pub unknown: u64,
    /// Overdue if the time of modification, a missing cell or a low likelihood were enough.
    pub in_doubt: u64,
    pub later: u64,
    /// The next that will be due.
    pub next: Option<Timestamp>,
}

/// Decides what is overdue.
pub(super) struct Due<'a> {
    policy: Option<&'a Policy>,
    now: Timestamp,
    datasets: HashMap<&'a str, usize>,
    /// By dataset of the page and rule of the policy.
    pub tallies: BTreeMap<(u32, usize), Tally>,
    counted: HashSet<(usize, i64)>,
    /// Records of the leaf in hand that a rule about records has overdue.
    overdue: HashSet<i64>,
    /// Findings of no dataset of the policy.
    pub outside: u64,
}

impl<'a> Due<'a> {
    pub(super) fn new(policy: Option<&'a Policy>, now: Timestamp) -> Self {
        let datasets = policy.iter().flat_map(|policy| policy.datasets.iter().enumerate().map(|(at, set)| (set.id.as_str(), at)));
        Self {
            policy,
            now,
            datasets: datasets.collect(),
            tallies: BTreeMap::new(),
            counted: HashSet::new(),
            overdue: HashSet::new(),
            outside: 0,
        }
    }

    pub(super) fn policy(&self) -> Option<&'a Policy> {
        self.policy
    }

    /// Forgets the records of a leaf: another begins.
    pub(super) fn next_leaf(&mut self) {
        self.counted.clear();
        self.overdue.clear();
    }

    /// Counts a finding; says whether it is overdue.
    pub(super) fn tell(&mut self, told: &mut Told<'_>) -> bool {
        let Some(policy) = self.policy else { return false };
        let Some(dataset) = self.datasets.get(told.dataset_id).copied() else {
            self.outside += 1;
            return false;
        };
        let has_people = policy.holds.iter().any(|hold| hold.subjects.is_some() && hold.is_of(dataset));
        let (mut tokens, mut kinds) = (Vec::new(), Vec::new());
        if has_people {
            for (kind, token) in &mut *told.subjects {
                tokens.extend(token.parse::<Id>());
                kinds.push(kind.to_owned());
            }
            // Of a record with several people a row names one.
            if policy.datasets[dataset].persons.len() > 1 {
                kinds.clear();
            }
        }
        let facts = Facts {
            dataset,
            moment: told.time.and_then(|us| Some(Moment { time: Timestamp::from_microsecond(us).ok()?, source: source(told.source)? })),
            cell: &|_| None,
            people: People { tokens: &tokens, told: &kinds },
        };
        if told.is_new_record {
            let verdicts = decide(policy, &facts, Asked::Record, self.now);
            for verdict in verdicts.into_iter().filter(|verdict| matches!(policy.duties[verdict.duty].target, Target::Records)) {
                if self.count(told, verdict.duty, &verdict.outcome, false) {
                    self.overdue.insert(told.record);
                }
            }
        }
        let finding = Asked::Finding { entity: told.entity, category: told.category, likelihood: told.likelihood, column: told.column };
        let mut verdicts = decide(policy, &facts, finding, self.now);
        if let Some(column) = told.column {
            verdicts.extend(decide(policy, &facts, Asked::Column(column), self.now));
        }
        let mut is_overdue = self.overdue.contains(&told.record);
        for verdict in verdicts {
            is_overdue |= self.count(told, verdict.duty, &verdict.outcome, true);
        }
        if self.counted.len() > MOST {
            self.counted.clear();
        }
        is_overdue
    }

    fn count(&mut self, told: &Told<'_>, duty: usize, outcome: &Outcome, is_finding: bool) -> bool {
        let tally = self.tallies.entry((told.dataset, duty)).or_default();
        match outcome {
            Outcome::Due(since) => {
                tally.findings += u64::from(is_finding);
                tally.records += u64::from(self.counted.insert((duty, told.record)));
                tally.since = Some(tally.since.map_or(*since, |old| old.min(*since)));
                return true;
            }
            Outcome::Later(next) => {
                tally.later += 1;
                tally.next = tally.next.into_iter().chain(*next).min();
            }
            Outcome::Held(_) => tally.held += 1,
            Outcome::UnknownAge => tally.unknown += 1,
            Outcome::WeakClock | Outcome::Unsure | Outcome::Unanswered => tally.in_doubt += 1,
        }
        false
    }
}

fn source(name: &str) -> Option<Source> {
    [Source::Column, Source::Log, Source::Partition, Source::Path, Source::Event, Source::Modified]
        .into_iter()
        .find(|source| source.name() == name)
}
