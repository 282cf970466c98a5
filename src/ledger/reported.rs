//! What other programs told of the operations of a plan, read back from a ledger.

use std::collections::BTreeMap;

use super::event::{Entry, Event, Report};

/// By program: what it told of each operation; none: nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reported {
    operations: usize,
    executors: BTreeMap<String, Vec<Option<Report>>>,
}

impl Reported {
    /// Reads what a ledger has on a plan of so many operations. Of two words of one program the better holds: what is gone once is not
    /// met again.
    #[must_use]
    pub fn read(entries: &[Entry], digest: &str, operations: usize) -> Self {
        let mut own = Self { operations, executors: BTreeMap::new() };
        for entry in entries {
            if let Event::Reported { plan, executor, report, operations, .. } = &entry.event
                && plan == digest
            {
                for (first, last) in operations {
                    for op in (*first).max(0)..=(*last).min(i64::try_from(own.operations).unwrap_or(i64::MAX)) {
                        own.note(executor, op, *report);
                    }
                }
            }
        }
        own
    }

    /// Takes in what a program tells of an operation.
    pub fn note(&mut self, executor: &str, op: i64, report: Report) {
        if !self.executors.contains_key(executor) {
            self.executors.insert(executor.to_owned(), vec![None; self.operations]);
        }
        let told = self.executors.get_mut(executor).expect("it was put there");
        if let Some(held) = usize::try_from(op).ok().and_then(|op| told.get_mut(op)) {
            *held = (*held).max(Some(report));
        }
    }

    /// Returns what a program told of an operation.
    #[must_use]
    pub fn get(&self, executor: &str, op: i64) -> Option<Report> {
        usize::try_from(op).ok().and_then(|op| *self.executors.get(executor)?.get(op)?)
    }

    /// Returns, by number, whether a program did an operation.
    #[must_use]
    pub fn of(&self, executor: &str) -> Vec<bool> {
        let told = self.executors.get(executor).map_or(&[][..], Vec::as_slice);
        told.iter().map(|report| *report == Some(Report::Done)).collect()
    }

    /// Returns how many operations each program did, met too often, did not meet, and told nothing of.
    pub fn counts(&self) -> impl Iterator<Item = (&str, [u64; 4])> {
        self.executors.iter().map(|(executor, told)| {
            let mut counts = [0; 4];
            for report in told {
                counts[match report {
                    Some(Report::Done) => 0,
                    Some(Report::Exceeded) => 1,
                    Some(Report::Failed) => 2,
                    None => 3,
                }] += 1;
            }
            (executor.as_str(), counts)
        })
    }
}

/// Puts numbers in ascending order together to stretches: first and last of each.
#[must_use]
pub fn stretches(numbers: &[i64]) -> Vec<(i64, i64)> {
    let mut out: Vec<(i64, i64)> = Vec::new();
    for number in numbers {
        match out.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(*number) => *last = *number,
            _ => out.push((*number, *number)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_become_stretches() {
        assert_eq!(stretches(&[]), []);
        assert_eq!(stretches(&[0, 1, 2, 5, 7, 8]), [(0, 2), (5, 5), (7, 8)]);
    }

    #[test]
    fn what_was_done_once_stays_done() {
        let mut reported = Reported::read(&[], "p", 3);
        reported.note("spark", 1, Report::Done);
        reported.note("spark", 1, Report::Failed);
        reported.note("spark", 9, Report::Done);
        assert_eq!(reported.of("spark"), [false, true, false]);
        assert_eq!(reported.counts().collect::<Vec<_>>(), [("spark", [1, 0, 0, 2])]);
        assert_eq!(reported.get("dbt", 1), None);
    }
}
