//! Deciding: facts of a record and a time → what a rule says of it. Pure.

use jiff::Timestamp;

use super::clock::{Moment, Source};
use super::compile::{Dataset, Duty, Policy, Target, is_within};
use super::hold::{People, State};
use crate::model::Likelihood;

/// Times before it are what programs write for none: 1970-01-02.
const OLDEST: Timestamp = Timestamp::constant(86_400, 0);

/// What is known of a record.
pub struct Facts<'a> {
    /// Index of its dataset.
    pub dataset: usize,
    /// How old it is; none: nothing says so.
    pub moment: Option<Moment>,
    /// The text of a column's cell; none: it has no such cell. An empty cell is empty text.
    pub cell: &'a dyn Fn(&str) -> Option<String>,
    /// Whom it speaks of.
    pub people: People<'a>,
}

/// What a rule is asked of.
#[derive(Clone, Copy, Debug)]
pub enum Asked<'a> {
    /// The record as a whole.
    Record,
    /// One of its columns.
    Column(&'a str),
    /// Something found in it.
    Finding {
        /// Entity.
        entity: &'a str,
        /// Fideslang category.
        category: &'a str,
        /// How sure it is.
        likelihood: Likelihood,
        /// Column that it stands in.
        column: Option<&'a str>,
    },
}

/// What a rule says of something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is to be done; it was due then.
    Due(Timestamp),
    /// Not yet; none: never in the calendar.
    Later(Option<Timestamp>),
    /// A hold keeps it, by index. It would be due otherwise.
    Held(usize),
    /// Nothing says how old it is, or it comes from the future.
    UnknownAge,
    /// Only the time of modification says how old it is. It would be due otherwise.
    WeakClock,
    /// It is not sure enough. It would be due otherwise.
    Unsure,
    /// A column that the rule's `where` names is missing, so that nobody can say. It would be due otherwise.
    Unanswered,
}

/// What one rule says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Index of the rule.
    pub duty: usize,
    /// What it says.
    pub outcome: Outcome,
}

/// Decides what each rule that means this record, and this in it, says at a time. Rules that do not mean it say nothing.
///
/// A hold goes before `min_keep`, and `min_keep` before `after`. What is unknown, weak or in doubt is never due. Of several rules that
/// drop a record only the one of the highest priority speaks.
#[must_use]
pub fn decide(policy: &Policy, facts: &Facts<'_>, asked: Asked<'_>, now: Timestamp) -> Vec<Verdict> {
    let dataset = &policy.datasets[facts.dataset];
    let mut out = Vec::new();
    let mut top: Option<i64> = None;
    for (index, duty) in policy.duties.iter().enumerate() {
        if !means(dataset, duty, facts, asked) {
            continue;
        }
        let met = meets(dataset, duty, facts);
        if met == Some(false) {
            continue;
        }
        let priority = duty.priority.unwrap_or(i64::MIN);
        if matches!(asked, Asked::Record) {
            if top.is_some_and(|top| top > priority) {
                continue;
            }
            out.clear();
            top = Some(priority);
        }
        out.push(Verdict { duty: index, outcome: outcome(policy, duty, facts, asked, met.is_some(), now) });
    }
    out
}

/// Whether a rule speaks of this at all.
fn means(dataset: &Dataset, duty: &Duty, facts: &Facts<'_>, asked: Asked<'_>) -> bool {
    if duty.dataset.is_some_and(|own| own != facts.dataset) {
        return false;
    }
    let of_role = |column: Option<&str>| {
        let Some(role) = &duty.role else { return true };
        let Some(person) = dataset.persons.iter().find(|person| person.role == *role) else { return false };
        column.is_some_and(|column| person.columns.iter().chain(person.identity.iter().map(|(_, own)| own)).any(|own| own == column))
    };
    match (&duty.target, asked) {
        (Target::Records | Target::Files, Asked::Record) => true,
        (Target::Columns(columns), Asked::Column(column)) => columns.iter().any(|own| own == column) && of_role(Some(column)),
        (Target::Findings { entities, categories }, Asked::Finding { entity, category, column, .. }) => {
            let within = categories.iter().any(|own| is_within(category, own));
            (within || entities.iter().any(|own| own == entity)) && of_role(column)
        }
        _ => false,
    }
}

/// Says whether a record meets the conditions of a rule of its dataset; none where a column of theirs is missing.
#[must_use]
pub fn meets_conditions(policy: &Policy, duty: &Duty, facts: &Facts<'_>) -> Option<bool> {
    meets(&policy.datasets[facts.dataset], duty, facts)
}

/// Whether a record meets a rule's conditions; none where a column of theirs is missing.
fn meets(dataset: &Dataset, duty: &Duty, facts: &Facts<'_>) -> Option<bool> {
    let mut known = true;
    for filter in &duty.filter {
        match (facts.cell)(&filter.column) {
            Some(text) if filter.any.iter().any(|value| value.is(&text) == Some(true)) => {}
            Some(text) if filter.any.iter().all(|value| value.is(&text) == Some(false)) => return Some(false),
            _ => known = false,
        }
    }
    if duty.without_consent
        && let Some(consent) = &dataset.consent
    {
        match (facts.cell)(&consent.column) {
            Some(text) => match consent.equals.is(&text) {
                Some(true) => return Some(false),
                Some(false) => {}
                None => known = false,
            },
            None => known = false,
        }
    }
    known.then_some(true)
}

fn outcome(policy: &Policy, duty: &Duty, facts: &Facts<'_>, asked: Asked<'_>, answered: bool, now: Timestamp) -> Outcome {
    let moment = facts.moment.filter(|moment| (OLDEST..=now).contains(&moment.time));
    let since = match moment {
        Some(moment) => {
            let due = [Some(&duty.after), duty.min_keep.as_ref()].into_iter().flatten();
            let due: Option<Vec<Timestamp>> = due.map(|term| term.after(moment.time, &policy.zone)).collect();
            let Some(due) = due.and_then(|due| due.into_iter().max()) else { return Outcome::Later(None) };
            if due > now {
                return Outcome::Later(Some(due));
            }
            due
        }
        // What is due at once is due at any age.
        None if duty.after.is_zero() && duty.min_keep.is_none() => now,
        None => return Outcome::UnknownAge,
    };
    let today = now.to_zoned(policy.zone.clone()).date();
    let hold = policy.holds.iter().position(|hold| hold.state(today) != State::Released && hold.holds(facts.dataset, facts.people));
    if let Some(hold) = hold {
        return Outcome::Held(hold);
    }
    let weak = moment.is_some_and(|moment| moment.source == Source::Modified) && !duty.after.is_zero();
    match asked {
        _ if !answered => Outcome::Unanswered,
        _ if weak && !duty.accept_weak_clock => Outcome::WeakClock,
        Asked::Finding { likelihood, .. } if likelihood < duty.min_likelihood => Outcome::Unsure,
        _ => Outcome::Due(since),
    }
}
