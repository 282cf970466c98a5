//! Legal holds: what must be kept, whatever a rule says.

use std::collections::HashSet;

use jiff::civil::Date;

use crate::model::Id;

/// A legal hold.
#[derive(Clone, Debug)]
pub struct Hold {
    /// Its name.
    pub id: String,
    /// Datasets that it holds; none: all.
    pub datasets: Option<Vec<usize>>,
    /// The people whose records it holds; none: everyone's.
    pub subjects: Option<Subjects>,
    /// First day.
    pub opened: Date,
    /// Day until which someone must have looked at it again.
    pub review_by: Option<Date>,
    /// Day from which it no longer holds, and who said so.
    pub released: Option<(Date, String)>,
}

/// People of a hold.
#[derive(Clone, Debug)]
pub struct Subjects {
    /// What they are named by: `phone`, `customer_id`.
    pub entity: String,
    /// Tokens of it.
    pub tokens: HashSet<Id>,
}

/// Whom a record speaks of.
#[derive(Clone, Copy, Debug, Default)]
pub struct People<'a> {
    /// Tokens of values that were found in it, and of what says whom it speaks of.
    pub tokens: &'a [Id],
    /// Entities of which every person of the record has a value that could be read.
    pub told: &'a [String],
}

/// What a hold is on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It holds.
    InForce,
    /// It holds, and someone should have looked at it.
    Overdue,
    /// It was released.
    Released,
}

impl Hold {
    /// Returns what it is on a day. It holds from the day on which it was made known, also before `opened`: who opens a hold late must
    /// not lose what is deleted until then.
    #[must_use]
    pub fn state(&self, today: Date) -> State {
        match (&self.released, self.review_by) {
            (Some((day, _)), _) if *day <= today => State::Released,
            (_, Some(day)) if day < today => State::Overdue,
            _ => State::InForce,
        }
    }

    /// Says whether it is about a dataset.
    #[must_use]
    pub fn is_of(&self, dataset: usize) -> bool {
        self.datasets.as_ref().is_none_or(|datasets| datasets.contains(&dataset))
    }

    /// Says whether it holds a record of a dataset: where it names one of its people, and where it cannot be told whom it names.
    #[must_use]
    pub fn holds(&self, dataset: usize, people: People<'_>) -> bool {
        let named = |held: &Subjects| !people.told.contains(&held.entity) || people.tokens.iter().any(|id| held.tokens.contains(id));
        self.is_of(dataset) && self.subjects.as_ref().is_none_or(named)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hold(subjects: Option<&[u8]>) -> Hold {
        let ids = |list: &[u8]| list.iter().map(|n| Id::new([*n; 16])).collect();
        Hold {
            id: "case".to_owned(),
            datasets: Some(vec![1]),
            subjects: subjects.map(|list| Subjects { entity: "phone".to_owned(), tokens: ids(list) }),
            opened: Date::constant(2026, 1, 5),
            review_by: Some(Date::constant(2026, 6, 30)),
            released: None,
        }
    }

    #[test]
    fn holds_who_is_named_and_who_cannot_be_told() {
        let (seven, eight) = (Id::new([7; 16]), Id::new([8; 16]));
        let told = ["phone".to_owned()];
        let of = |hold: Hold, dataset: usize, tokens: &[Id]| hold.holds(dataset, People { tokens, told: &told });
        assert!(of(hold(Some(&[7])), 1, &[eight, seven]));
        assert!(!of(hold(Some(&[7])), 1, &[eight]));
        assert!(hold(Some(&[7])).holds(1, People { tokens: &[eight], told: &["email".to_owned()] }));
        assert!(!of(hold(Some(&[7])), 0, &[seven]));
        assert!(of(hold(None), 1, &[eight]));
    }

    #[test]
    fn holds_until_it_is_released() {
        let mut hold = hold(None);
        assert_eq!(hold.state(Date::constant(2025, 12, 1)), State::InForce);
        assert_eq!(hold.state(Date::constant(2026, 6, 30)), State::InForce);
        assert_eq!(hold.state(Date::constant(2027, 1, 1)), State::Overdue);
        hold.released = Some((Date::constant(2027, 1, 1), "j".to_owned()));
        assert_eq!(hold.state(Date::constant(2026, 12, 31)), State::Overdue);
        assert_eq!(hold.state(Date::constant(2027, 1, 1)), State::Released);
    }
}
