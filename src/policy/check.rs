//! What differs between two policies, as people ask it: what is kept longer, what shorter, what is new.

use super::compile::{Duty, Policy};

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What differs: `rule order-row`.
    pub what: String,
    /// What it was; none: there was none.
    pub before: Option<String>,
    /// What it is; none: there is none.
    pub after: Option<String>,
}

/// Returns what differs, in the order of the newer policy; what is gone comes last.
#[must_use]
pub fn changes(old: &Policy, new: &Policy) -> Vec<Change> {
    let mut out = Vec::new();
    let about = |policy: &Policy| {
        let mut rows = vec![
            ("policy id".to_owned(), policy.id.clone()),
            ("policy modified".to_owned(), policy.modified.to_string()),
            ("policy timezone".to_owned(), policy.zone.iana_name().unwrap_or("").to_owned()),
        ];
        rows.extend(policy.datasets.iter().map(|dataset| {
            let allow = dataset.allow.as_ref().map_or("anything".to_owned(), |allow| allow.join(", "));
            let clocks = dataset.clocks.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            (format!("dataset {}", dataset.id), format!("{}; may hold {allow}; age by {clocks}", dataset.shown.join(" ")))
        }));
        rows.extend(policy.duties.iter().map(|duty| (format!("rule {}", duty.id), policy.said(duty))));
        rows.extend(policy.holds.iter().map(|hold| {
            let until = hold.released.as_ref().map_or(String::new(), |(day, by)| format!("; released on {day} by {by}"));
            let datasets = hold.datasets.as_ref().map_or("all datasets".to_owned(), |datasets| {
                datasets.iter().map(|index| policy.datasets[*index].id.as_str()).collect::<Vec<_>>().join(", ")
            });
            let people = hold.subjects.as_ref().map_or("everyone".to_owned(), |people| format!("{} people", people.tokens.len()));
            (format!("hold {}", hold.id), format!("{people} in {datasets}{until}"))
        }));
        rows
    };
    let (before, after) = (about(old), about(new));
    for (what, now) in &after {
        let was = before.iter().find(|(other, _)| other == what).map(|(_, text)| text.clone());
        if was.as_ref() != Some(now) {
            out.push(Change { what: what.clone(), before: was, after: Some(now.clone()) });
        }
    }
    for (what, was) in before {
        if !after.iter().any(|(other, _)| *other == what) {
            out.push(Change { what, before: Some(was), after: None });
        }
    }
    out
}

impl Policy {
    /// Returns a rule as people say it: `null the cells customer_phone of orders after P180D`.
    #[must_use]
    pub fn said(&self, duty: &Duty) -> String {
        use super::compile::Target;
        let dataset = duty.dataset.map_or("every dataset", |index| &self.datasets[index].id);
        let what = match &duty.target {
            Target::Findings { entities, categories } => {
                entities.iter().chain(categories).map(String::as_str).collect::<Vec<_>>().join(", ")
            }
            Target::Columns(columns) => format!("cells of {}", columns.join(", ")),
            Target::Records => "records".to_owned(),
            Target::Files => "files".to_owned(),
        };
        let mut out = format!("{} {what} of {dataset}", duty.action.name.name());
        if let Some(role) = &duty.role {
            out += &format!(" ({role})");
        }
        for filter in &duty.filter {
            let any: Vec<String> = filter.any.iter().map(super::Scalar::shown).collect();
            out += &format!(" where {} is {}", filter.column, any.join(" or "));
        }
        if duty.without_consent {
            out += " without consent";
        }
        out += &if duty.after.is_zero() { " at once".to_owned() } else { format!(" after {}", duty.after) };
        if let Some(keep) = &duty.min_keep {
            out += &format!(", not before {keep}");
        }
        if matches!(duty.target, Target::Findings { .. }) {
            out += &format!(", from {}", duty.min_likelihood.name());
        }
        out
    }
}

impl super::Scalar {
    fn shown(&self) -> String {
        match self {
            Self::Bool(value) => value.to_string(),
            Self::Int(value) => value.to_string(),
            Self::Float(value) => value.to_string(),
            Self::Text(value) => value.clone(),
        }
    }
}
