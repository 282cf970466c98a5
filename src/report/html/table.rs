//! The rows of the page's table: one a finding, or, where there are too many, one for all alike.

use std::collections::HashMap;

use crate::model::{Id, Likelihood};

/// It was not in the earlier run.
pub(super) const NEW: u8 = 1;
/// It is overdue by the policy.
pub(super) const OVERDUE: u8 = 2;
/// Its check holds.
pub(super) const VALID: u8 = 4;

/// Groups that are counted at a time.
const MOST_GROUPS: usize = 1_000_000;

/// A row: a finding, or the surest of those that are alike.
pub(super) struct Row {
    pub finding_id: Id,
    pub place: u32,
    pub column: u32,
    pub kind: u32,
    pub dataset: u32,
    pub region: u32,
    pub score: u8,
    pub flags: u8,
    /// −1: none.
    pub record: i64,
    /// −1: none.
    pub line: i64,
    pub time: Option<i64>,
    pub count: u32,
    pub preview: Box<str>,
}

type Alike = (u32, u32, u32, u32, Likelihood, u8);

/// The rows.
pub(super) struct Table {
    most: usize,
    rows: Vec<Row>,
    groups: Option<HashMap<Alike, usize>>,
    /// Findings that no row stands for.
    pub left_out: u64,
    /// Groups that no row stands for.
    pub groups_left_out: u64,
}

impl Table {
    pub(super) fn new(most: usize) -> Self {
        Self { most, rows: Vec::new(), groups: None, left_out: 0, groups_left_out: 0 }
    }

    pub(super) fn push(&mut self, row: Row) {
        if self.groups.is_none() {
            if self.rows.len() < self.most {
                self.rows.push(row);
                return;
            }
            self.groups = Some(HashMap::new());
            for row in std::mem::take(&mut self.rows) {
                self.join(row);
            }
        }
        self.join(row);
    }

    fn join(&mut self, row: Row) {
        let groups = self.groups.get_or_insert_default();
        let level = Likelihood::of(i16::from(row.score));
        let alike = (row.place, row.column, row.kind, row.dataset, level, row.flags & (NEW | OVERDUE));
        if let Some(at) = groups.get(&alike) {
            let own = &mut self.rows[*at];
            let count = own.count.saturating_add(row.count);
            if row.score > own.score {
                *own = row;
            }
            own.count = count;
        } else if self.rows.len() < MOST_GROUPS {
            groups.insert(alike, self.rows.len());
            self.rows.push(row);
        } else {
            self.left_out += u64::from(row.count);
        }
    }

    /// Whether a row may stand for more than one finding.
    pub(super) fn is_grouped(&self) -> bool {
        self.groups.is_some()
    }

    /// The rows that are shown, those that matter most first where not all are. `weight`: how much a row matters, more first.
    pub(super) fn finish(&mut self, weight: impl Fn(&Row) -> (u32, u8, u32)) -> Vec<Row> {
        let mut rows = std::mem::take(&mut self.rows);
        if rows.len() > self.most {
            rows.sort_by_key(|row| std::cmp::Reverse(weight(row)));
            let rest = rows.split_off(self.most);
            self.left_out += rest.iter().map(|row| u64::from(row.count)).sum::<u64>();
            self.groups_left_out = rest.len() as u64;
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(place: u32, score: u8) -> Row {
        let finding_id = Id::new([score; 16]);
        let preview = "".into();
        Row {
            finding_id,
            place,
            column: 0,
            kind: 0,
            dataset: 0,
            region: 0,
            score,
            flags: 0,
            record: 0,
            line: 0,
            time: None,
            count: 1,
            preview,
        }
    }

    #[test]
    fn keeps_findings_while_there_is_room_and_joins_them_then() {
        let mut table = Table::new(3);
        [(0, 90), (0, 95), (1, 90)].into_iter().for_each(|(place, score)| table.push(row(place, score)));
        assert!(!table.is_grouped());
        table.push(row(1, 99));
        table.push(row(1, 50));
        assert!(table.is_grouped());
        let rows = table.finish(|row| (0, row.score, row.count));
        let told: Vec<_> = rows.iter().map(|row| (row.place, row.score, row.count)).collect();
        assert_eq!(told, [(0, 95, 2), (1, 99, 2), (1, 50, 1)]);
        assert_eq!((table.left_out, table.groups_left_out), (0, 0));
    }

    #[test]
    fn leaves_out_what_matters_least_and_counts_it() {
        let mut table = Table::new(2);
        [(0, 50), (0, 50), (1, 90), (2, 95)].into_iter().for_each(|(place, score)| table.push(row(place, score)));
        let rows = table.finish(|row| (0, row.score, row.count));
        assert_eq!(rows.iter().map(|row| row.score).collect::<Vec<_>>(), [95, 90]);
        assert_eq!((table.left_out, table.groups_left_out), (2, 1));
    }
}
