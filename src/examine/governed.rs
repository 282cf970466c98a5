//! What a policy says of a leaf and of its records: dataset, age, key, people.

use std::collections::HashMap;
use std::sync::Arc;

use super::Examiner;
use crate::detect::{Asked, Scratch};
use crate::finding::{GovernedLeaf, LeafFacts, PersonFacts, RecordFacts, Subject, normalise};
use crate::model::{Block, Column, Id, Layout, Row, Sensitive};
use crate::policy::{Ages, Cells, ClockKind, Dataset, Events, LeafAge, Moment, Person, Policy, Source, goes_on, key};

/// Lines that are gone back at most to the one that an entry of a log begins with.
const LINES_BACK: usize = 64;

/// What a policy says of one leaf.
pub(super) struct Governor {
    policy: Arc<Policy>,
    /// The dataset of all records; none: their tables tell.
    dataset: Option<usize>,
    place: String,
    partitions: Vec<(String, String)>,
    modified_us: Option<i64>,
}

impl Governor {
    /// None where no record of the leaf can belong to a dataset. A leaf that is of two belongs to neither: plans refuse it.
    pub(super) fn of(policy: &Arc<Policy>, leaf: &LeafFacts, partitions: Vec<(String, String)>) -> Option<Self> {
        let place = leaf.member.as_ref().map_or_else(|| leaf.object.path.clone(), |member| format!("{}!{member}", leaf.object.path));
        let found = policy.datasets_of(&place, None);
        let dataset = match found[..] {
            [one] => Some(one),
            [] if policy.datasets.iter().any(|dataset| dataset.names_tables_of(&place)) => None,
            _ => return None,
        };
        Some(Self { policy: Arc::clone(policy), dataset, place, partitions, modified_us: leaf.object.modified_us })
    }

    /// Whether something is asked of a column.
    pub(super) fn asks(&self, column: &Column) -> bool {
        let Some(name) = name_of(column) else { return false };
        let datasets = self.policy.datasets.iter().enumerate().filter(|(index, _)| self.dataset.is_none_or(|own| own == *index));
        datasets.into_iter().any(|(_, dataset)| dataset.columns().any(|own| own == name))
    }

    /// What is said of the leaf as a whole; `times`: what its records said, where all were asked.
    pub(super) fn leaf(&self, times: Option<Times>, records: Option<i64>) -> GovernedLeaf {
        let Some(dataset) = self.dataset.map(|index| &self.policy.datasets[index]) else { return times.unwrap_or_default().into() };
        let mut out = match times {
            Some(times) => times.into(),
            None if is_fixed(dataset) => {
                let time = self.ages(self.dataset.unwrap_or_default()).fixed_moment().map(|moment| moment.time.as_microsecond());
                GovernedLeaf { times: time.map(|time| (time, time)), without_time: time.map_or(records, |_| Some(0)), ..Default::default() }
            }
            None => GovernedLeaf::default(),
        };
        (out.dataset, out.owner) = (Some(dataset.id.as_str().into()), dataset.owner.as_deref().map(Into::into));
        out
    }

    fn ages(&self, dataset: usize) -> Ages<'_> {
        Ages::new(&self.policy, dataset, LeafAge { place: &self.place, partitions: &self.partitions, modified_us: self.modified_us })
    }
}

/// What a policy calls a column.
fn name_of(column: &Column) -> Option<String> {
    column.dotted().or_else(|| column.name.as_ref().map(ToString::to_string))
}

/// Whether the path or the file alone say how old its records are.
fn is_fixed(dataset: &Dataset) -> bool {
    let fixed = |kind: &ClockKind| matches!(kind, ClockKind::Partition(_) | ClockKind::Path(_) | ClockKind::Modified);
    dataset.clocks.iter().all(|clock| fixed(&clock.kind))
}

/// Times of records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Times {
    range: Option<(i64, i64)>,
    without: i64,
}

impl Times {
    fn see(&mut self, moment: Option<Moment>) {
        match moment.map(|moment| moment.time.as_microsecond()) {
            Some(time) => self.add(Some((time, time))),
            None => self.without += 1,
        }
    }

    fn add(&mut self, range: Option<(i64, i64)>) {
        if let Some((least, most)) = range {
            let own = self.range.unwrap_or((least, most));
            self.range = Some((own.0.min(least), own.1.max(most)));
        }
    }

    /// Takes those of the next block in.
    pub(super) fn append(&mut self, other: Self) {
        self.add(other.range);
        self.without += other.without;
    }
}

impl From<Times> for GovernedLeaf {
    fn from(times: Times) -> Self {
        Self { times: times.range, without_time: Some(times.without), ..Self::default() }
    }
}

/// The records of one block.
pub(super) struct Governed<'a> {
    governor: &'a Governor,
    examiner: &'a Examiner,
    datasets: HashMap<Box<str>, Option<usize>>,
    ages: HashMap<usize, Ages<'a>>,
    of_datasets: HashMap<usize, OfDataset>,
    /// By dataset and column, the person whose column it is.
    persons: HashMap<(usize, u32), Option<usize>>,
    events: Events,
    /// The record that was asked last, with its dataset.
    current: Option<(u64, Option<usize>, Option<Moment>)>,
    pub times: Times,
}

/// What all records of a dataset have in common.
struct OfDataset {
    id: Arc<str>,
    owner: Option<Arc<str>>,
    people: Vec<Of>,
}

/// One person of a dataset.
struct Of {
    role: usize,
    name: Arc<str>,
    /// Entity, column, and the rules that tell how a value of it is written.
    identity: Vec<(Arc<str>, String, Option<u16>)>,
}

impl<'a> Governed<'a> {
    pub(super) fn new(governor: &'a Governor, examiner: &'a Examiner) -> Self {
        let (datasets, ages, of_datasets, persons) = Default::default();
        Self { governor, examiner, datasets, ages, of_datasets, persons, events: Events::default(), current: None, times: Times::default() }
    }

    /// Asks a record with cells how old it is.
    pub(super) fn see(&mut self, block: &Block, layout: &dyn Layout, row: &Row) {
        let cells = Cells::of(block, layout, row, false);
        let dataset = self.dataset(&cells);
        // Typed times are written without their zone here: a plan, which reads them whole, says how old such records are.
        let is_typed = |moment: &Moment| block.cells.is_some() && moment.source == Source::Column;
        let moment = dataset.and_then(|dataset| self.ages(dataset, &cells)).filter(|moment| !is_typed(moment));
        if dataset.is_some() {
            self.times.see(moment);
        }
        self.current = Some((row.ordinal, dataset, moment));
    }

    fn dataset(&mut self, cells: &Cells<'_>) -> Option<usize> {
        if self.governor.dataset.is_some() {
            return self.governor.dataset;
        }
        let table = cells.table().unwrap_or_default();
        if let Some(known) = self.datasets.get(table) {
            return *known;
        }
        let found = self.governor.policy.datasets_of(&self.governor.place, Some(table));
        let dataset = if let [one] = found[..] { Some(one) } else { None };
        self.datasets.insert(table.into(), dataset);
        dataset
    }

    fn ages(&mut self, dataset: usize, cells: &Cells<'_>) -> Option<Moment> {
        let governor = self.governor;
        self.ages.entry(dataset).or_insert_with(|| governor.ages(dataset)).moment(cells, &self.events)
    }

    /// How old a line is: its entry begins with a time, on this line or on one before.
    fn age_of_line(&mut self, dataset: usize, block: &Block, layout: &mut dyn Layout, row: &Row) -> Option<Moment> {
        let line = |start: usize, end: usize| String::from_utf8_lossy(&block.bytes[start..end]).into_owned();
        let mut starts = vec![row.span.start];
        while starts.len() < LINES_BACK {
            let start = starts[starts.len() - 1];
            let end = memchr::memchr(b'\n', &block.bytes[start..]).map_or(block.bytes.len(), |at| start + at);
            if start == 0 || !goes_on(&line(start, end)) {
                break;
            }
            starts.push(memchr::memrchr(b'\n', &block.bytes[..start - 1]).map_or(0, |at| at + 1));
        }
        let (mut moment, mut at) = (None, Row::default());
        for start in starts.into_iter().rev() {
            layout.row_at(block, start, &mut at);
            moment = self.ages(dataset, &Cells::of(block, layout, &at, true));
        }
        moment
    }

    /// What is said of a record in which something was found.
    pub(super) fn record(
        &mut self,
        block: &Block,
        layout: &mut dyn Layout,
        row: &Row,
        is_line: bool,
        scratch: &mut Scratch,
    ) -> Option<Arc<RecordFacts>> {
        if row.broken {
            return None;
        }
        let seen = self.current.filter(|(ordinal, ..)| *ordinal == row.ordinal && !is_line);
        let (dataset, moment) = match seen {
            Some((_, dataset, moment)) => (dataset?, moment),
            None => {
                let dataset = self.dataset(&Cells::of(block, layout, row, is_line))?;
                let moment = if is_line { self.age_of_line(dataset, block, layout, row) } else { None };
                (dataset, moment.or_else(|| if is_line { None } else { self.ages(dataset, &Cells::of(block, layout, row, false)) }))
            }
        };
        let cells = Cells::of(block, layout, row, is_line);
        let (policy, examiner) = (&self.governor.policy, self.examiner);
        let of = self.of_datasets.entry(dataset).or_insert_with(|| OfDataset::new(policy, &policy.datasets[dataset], examiner));
        let keys = key(&policy.datasets[dataset], &cells).into_iter().map(|(name, value)| (name.into(), value));
        Some(Arc::new(RecordFacts {
            dataset,
            dataset_id: Arc::clone(&of.id),
            owner: of.owner.clone(),
            time: moment.map(|moment| (moment.time.as_microsecond(), moment.source.name())),
            key: keys.collect(),
            people: of.people.iter().map(|person| person.facts(&cells, examiner, scratch)).collect(),
        }))
    }

    /// The person whose column something stands in; the only one, where a dataset has but one.
    pub(super) fn person(&mut self, dataset: usize, column: Option<(u32, &Column)>) -> Option<usize> {
        let persons = &self.governor.policy.datasets[dataset].persons;
        let (index, column) = column?;
        *self.persons.entry((dataset, index)).or_insert_with(|| {
            let name = name_of(column);
            let own = |person: &Person| {
                let mut columns = person.columns.iter().chain(person.identity.iter().map(|(_, own)| own));
                columns.any(|own| Some(own) == name.as_ref())
            };
            let found = persons.iter().position(own);
            found.or_else(|| (persons.len() == 1).then_some(0))
        })
    }
}

impl OfDataset {
    fn new(policy: &Policy, dataset: &Dataset, examiner: &Examiner) -> Self {
        // Roles of the same name have one number throughout the policy.
        let roles: Vec<&str> = policy.datasets.iter().flat_map(|dataset| &dataset.persons).map(|person| person.role.as_str()).collect();
        let rules = examiner.detector.rules();
        let rule = |entity: &str| rules.iter().find(|(_, rule)| *rule.entity == *entity).map(|(index, _)| index);
        let of = |person: &Person| Of {
            role: 1 + roles.iter().position(|role| **role == *person.role).unwrap_or_default(),
            name: person.role.as_str().into(),
            identity: person.identity.iter().map(|(entity, column)| (entity.as_str().into(), column.clone(), rule(entity))).collect(),
        };
        Self {
            id: dataset.id.as_str().into(),
            owner: dataset.owner.as_deref().map(Into::into),
            people: dataset.persons.iter().map(of).collect(),
        }
    }
}

impl Of {
    fn facts(&self, cells: &Cells<'_>, examiner: &Examiner, scratch: &mut Scratch) -> PersonFacts {
        let mut subjects = Vec::new();
        for (entity, column, rule) in &self.identity {
            let (Some(rule), Some(text)) = (rule, cells.text(column).filter(|text| !text.trim().is_empty())) else { continue };
            subjects.push(Subject { kind: Arc::clone(entity), token: token(examiner, scratch, *rule, text.trim()) });
        }
        PersonFacts { role: self.role, role_name: Arc::clone(&self.name), subjects }
    }
}

/// The token of a value that says who someone is, as findings of a rule have it.
fn token(examiner: &Examiner, scratch: &mut Scratch, index: u16, value: &str) -> Id {
    let detector = &examiner.detector;
    let rule = detector.rules().rule(index);
    let region = detector.cell(scratch, index, value.as_bytes(), Asked::Plainly).and_then(|candidate| candidate.region);
    let (mut text, mut buffer) = (zeroize::Zeroizing::new(String::new()), zeroize::Zeroizing::new(Vec::new()));
    let value = Sensitive::new(value.as_bytes());
    let used = if detector.normalise(scratch, rule, value, region, &mut text) {
        rule.normalisation
    } else {
        normalise(rule.normalisation, value, &mut text)
    };
    examiner.tokens.value(&rule.entity, used, text.as_bytes(), &mut buffer)
}
