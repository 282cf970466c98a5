//! Tables without names of columns: what values beside each other say of their columns.
//!
//! In come the cells of one record, or the profiles of a table's columns; out goes which of them may be a date of birth, and which are
//! the given names and surnames of the same people. No word of a header is known here, and nothing is reported by one cell alone.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::block::Pass;
use crate::detect::year_of_date;
use crate::finding::ColumnFacts;
use crate::model::{Row, RuleIndex};
use crate::score::Profile;

/// Years from a birth to whatever else a record of a person has a date of: the first job, the first account.
const YOUTH: u32 = 14;
/// Most cells of a record that are compared with each other.
const CELLS: usize = 64;
/// Least share of known words in a column of names, and in the one that it lifts.
const NAMES: f32 = 0.6;
const BESIDE_NAMES: f32 = 0.3;

impl Pass<'_> {
    /// Says whether a cell is a date long before all others of its record, which also has the sex of a person.
    pub(super) fn is_born(&self, row: &Row, index: usize) -> bool {
        let cell = |at: usize| &self.block.bytes[row.fields[at].span.clone()];
        if row.fields.len() > CELLS {
            return false;
        }
        let Some(born) = year_of_date(cell(index)) else { return false };
        let others = || (0..row.fields.len()).filter(|at| *at != index);
        others().any(|at| is_sex(cell(at))) && others().filter_map(|at| year_of_date(cell(at))).all(|year| year >= born + YOUTH)
    }
}

fn is_sex(cell: &[u8]) -> bool {
    match cell.trim_ascii() {
        [one] => b"MFWmfw".contains(one),
        word => [&b"male"[..], b"female"].iter().any(|sex| sex.eq_ignore_ascii_case(word)),
    }
}

/// Says, by column, whether a column without a name is one of two neighbours that hold given names and surnames: of the words of one the
/// lists know most, of those of the other some. `names`: the rules that look for names.
pub(super) fn beside_names(facts: &[ColumnFacts], profiles: &[&Profile], names: &[RuleIndex]) -> Vec<bool> {
    let share = |column: usize| names.iter().map(|rule| profiles[column].match_ratio(*rule)).fold(0.0, f32::max);
    let places: BTreeMap<(&Option<Arc<str>>, i32), usize> =
        (0..facts.len()).filter(|at| facts[*at].name.is_none()).filter_map(|at| Some(((&facts[at].table, facts[at].index?), at))).collect();
    let mut out = vec![false; facts.len()];
    for ((table, index), first) in &places {
        let Some(second) = places.get(&(*table, index + 1)) else { continue };
        let (one, other) = (share(*first), share(*second));
        if one.max(other) >= NAMES && one.min(other) >= BESIDE_NAMES {
            (out[*first], out[*second]) = (true, true);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ValueKind;

    #[test]
    fn two_columns_of_known_words_lift_each_other_and_no_third() {
        let profile = |known: u64| {
            let mut profile = Profile::default();
            for at in 0..10 {
                profile.observe(b"x", ValueKind::Text, at);
            }
            profile.matched.insert(7, known);
            profile
        };
        let profiles = [profile(9), profile(4), profile(0), profile(7), profile(2), profile(9)];
        let facts: Vec<_> = (0..6).map(|index| ColumnFacts { index: Some(index), ..ColumnFacts::default() }).collect();
        let found = beside_names(&facts, &profiles.iter().collect::<Vec<_>>(), &[7]);
        assert_eq!(found, [true, true, false, false, false, false]);
        let mut named = facts.clone();
        named[1].name = Some("city".into());
        assert!(!beside_names(&named, &profiles.iter().collect::<Vec<_>>(), &[7]).contains(&true));
    }

    #[test]
    fn sexes_are_letters_or_words() {
        assert!([&b"M"[..], b"f", b" Female "].iter().all(|cell| is_sex(cell)));
        assert!([&b""[..], b"X", b"MF", b"5"].iter().all(|cell| !is_sex(cell)));
    }
}
