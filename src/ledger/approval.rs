//! Who agreed to a plan.

use super::event::{Entry, Event};

/// Says whether two names are meant for one person: letters may be capitals, and spaces more.
#[must_use]
pub fn is_same_person(a: &str, b: &str) -> bool {
    let folded = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    folded(a) == folded(b)
}

/// Returns who agreed to a plan, and when, each once.
#[must_use]
pub fn approvals<'a>(entries: &'a [Entry], digest: &str) -> Vec<(&'a str, &'a str)> {
    let mut out: Vec<(&str, &str)> = Vec::new();
    for entry in entries {
        if let Event::Approved { plan, by } = &entry.event
            && plan == digest
            && !out.iter().any(|(known, _)| is_same_person(known, by))
        {
            out.push((by, &entry.at));
        }
    }
    out
}
