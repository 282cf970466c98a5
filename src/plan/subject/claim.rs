//! Whose a record is: its people held against what is known of the one who asks.

use std::collections::BTreeMap;

use super::super::build::Builder;
use super::super::findings::FindingRow;
use super::super::request::{Known, Lesson};
use super::evidence;
use crate::model::Id;
use crate::policy::{Cells, Compared, Dataset, Mark, Person, Tie, hash, is_shared, tie};

/// What one of a record's people is to the person.
pub(super) struct Claim {
    /// Index of the dataset's person; none: the dataset has nobody in that role.
    pub person: Option<usize>,
    pub tie: Tie,
    pub evidence: String,
    /// What says who it is, as far as it can be learnt from.
    identity: Vec<(String, Vec<Id>)>,
    /// Tokens of all that says who it is.
    pub tokens: Vec<Id>,
}

impl Claim {
    pub(super) fn role<'d>(&self, of: &'d Dataset) -> Option<&'d str> {
        self.person.map(|person| of.persons[person].role.as_str())
    }
}

/// What the record's people are to the person.
pub(super) fn claims(known: &Known, builder: &mut Builder<'_>, dataset: usize, cells: &Cells<'_>, found: &[FindingRow]) -> Vec<Claim> {
    let of = &builder.asking.policy.datasets[dataset];
    let mut referred: BTreeMap<&str, &str> = BTreeMap::new();
    for column in known.referring(dataset) {
        let roles = cells.text(column).and_then(|text| known.refers(dataset, column, &text));
        referred.extend(roles.into_iter().flatten().map(|role| (role.as_str(), column)));
    }
    let mut claims = Vec::new();
    for (index, person) in of.persons.iter().enumerate() {
        let (mut marks, mut identity, mut all) = (Vec::new(), Vec::new(), Vec::new());
        for (entity, column) in &person.identity {
            let (tokens, is_telling) = identified(builder, entity, column, cells, found);
            if !tokens.is_empty() {
                marks.push(Mark { entity, compared: known.compare(entity, &tokens) });
                all.extend(tokens.iter().copied());
                if is_telling {
                    identity.push((entity.clone(), tokens));
                }
            }
        }
        let by = referred.remove(person.role.as_str());
        let Some(tie) = tie(&marks, by.is_some()) else { continue };
        claims.push(Claim { person: Some(index), tie, evidence: shown(&marks, by), identity, tokens: all });
    }
    for column in referred.values() {
        let evidence = format!("reference {column}");
        claims.push(Claim { person: None, tie: Tie::Candidate, evidence, identity: Vec::new(), tokens: Vec::new() });
    }
    claims
}

/// Notes what a record that is the person's own says of them.
pub(super) fn lessons(of: &Dataset, cells: &Cells<'_>, claims: &[Claim]) -> Vec<Lesson> {
    let mut out = Vec::new();
    for claim in claims.iter().filter(|claim| claim.tie == Tie::Own) {
        for (entity, tokens) in &claim.identity {
            out.extend(tokens.iter().map(|token| Lesson::Value { entity: entity.clone(), token: *token }));
        }
        let Some(role) = claim.person.map(|person| of.persons[person].role.clone()) else { continue };
        for reference in &of.references {
            if let Some(text) = cells.text(&reference.from).filter(|text| !is_placeholder(text)) {
                let (dataset, column, hash) = (reference.dataset, reference.column.clone(), hash(&text));
                out.push(Lesson::Reference { dataset, column, hash, role: role.clone() });
            }
        }
    }
    out
}

/// Columns of a person, and those that say who it is.
pub(super) fn columns(person: &Person) -> impl Iterator<Item = &str> {
    let identity = person.identity.iter().map(|(_, column)| column).filter(|column| !person.columns.contains(column));
    person.columns.iter().chain(identity).map(String::as_str)
}

/// The role whose column something stands in.
pub(super) fn role_of<'d>(of: &'d Dataset, column: Option<&str>) -> Option<&'d str> {
    let column = column?;
    of.persons.iter().find(|person| columns(person).any(|own| own == column)).map(|person| person.role.as_str())
}

/// Tokens of what says who someone is: those of findings there, or else made anew; and whether one person alone has it, as far as the
/// text shows.
fn identified(builder: &mut Builder<'_>, entity: &str, column: &str, cells: &Cells<'_>, found: &[FindingRow]) -> (Vec<Id>, bool) {
    let here = found.iter().filter(|finding| finding.entity == entity && finding.column.as_deref() == Some(column));
    let mut tokens: Vec<Id> = here.filter_map(|finding| finding.value_token).collect();
    if !tokens.is_empty() {
        return (tokens, true);
    }
    let mut is_telling = true;
    for field in cells.fields(column) {
        let text = cells.text_of(field);
        if !text.trim().is_empty() {
            is_telling &= is_number(&text);
            tokens.extend((builder.asking.people)(entity, text.trim()));
        }
    }
    (tokens, is_telling)
}

/// Characters that a number of one person has at least.
const SHORTEST_NUMBER: usize = 4;

/// Whether a text can be the number of one person: `unknown`, `0000` and `17` may stand in the records of many.
fn is_number(text: &str) -> bool {
    let plain: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    plain.len() >= SHORTEST_NUMBER && plain.iter().any(char::is_ascii_digit) && plain.iter().any(|c| *c != plain[0])
}

/// Whether a text stands for none.
pub(in crate::plan) fn is_placeholder(text: &str) -> bool {
    let plain: String = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    plain.chars().all(|c| c == '0') || ["na", "nan", "nil", "none", "null", "unknown", "undefined"].contains(&plain.as_str())
}

/// What shows whose a record is: the best of its marks.
fn shown(marks: &[Mark<'_>], by: Option<&str>) -> String {
    use Compared::{Contested, Learnt, Named};
    let best = |shared: bool, of| marks.iter().find(|mark| is_shared(mark.entity) == shared && mark.compared == of);
    let mark = best(false, Named).or_else(|| best(false, Learnt));
    let mark = mark
        .or_else(|| if by.is_some() { None } else { best(true, Named).or_else(|| best(true, Contested)).or_else(|| best(true, Learnt)) });
    match (mark, by) {
        (Some(mark), _) => evidence(mark.entity, mark.compared != Learnt),
        (None, Some(column)) => format!("reference {column}"),
        (None, None) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_many_records_may_hold_is_not_learnt() {
        for text in ["CUS-10230785", "550e8400-e29b-41d4-a716-446655440000", "a1b2", "10230785"] {
            assert!(is_number(text), "{text}");
        }
        for text in ["", "n/a", "unknown", "0000", "17", "guest", "----", "1111111"] {
            assert!(!is_number(text), "{text}");
        }
        for text in ["", " - ", "N/A", "0", "000", "NULL", "unknown"] {
            assert!(is_placeholder(text), "{text}");
        }
        assert!(!is_placeholder("17") && !is_placeholder("ORD-1"));
    }
}
