//! Two plans side by side: what one does and the other does not, and why.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use super::file::Plan;
use super::keyed::{KeyedOp, KeyedOps};
use crate::model::{Id, Result};

/// What differs between two plans.
#[derive(Debug, Default)]
pub struct Diff {
    /// Differences of what they are made of: what it is, and what it is in each.
    pub causes: Vec<(String, String, String)>,
    /// Operations by dataset, rule and action.
    pub totals: BTreeMap<(String, String, &'static str), Side>,
    /// Operations of the first plan that the second does not have, and the other way round, as far as they were asked for.
    pub listed: Vec<(bool, KeyedOp)>,
}

/// Operations of a dataset, rule and action.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Side {
    /// Of the first plan.
    pub before: u64,
    /// Of the second.
    pub after: u64,
    /// Of the first alone.
    pub gone: u64,
    /// Of the second alone.
    pub added: u64,
}

/// Compares two plans; `most`: operations that are listed.
///
/// # Errors
/// `Run` where a table is not as a plan writes it.
pub fn differences(first: (&Path, &Plan), second: (&Path, &Plan), most: usize) -> Result<Diff> {
    let mut diff = Diff { causes: causes(first.1, second.1), ..Diff::default() };
    // How often each operation is in one and in the other.
    let mut counts: HashMap<Id, [u32; 2]> = HashMap::new();
    for (side, (folder, _)) in [first, second].into_iter().enumerate() {
        for op in KeyedOps::open(folder)? {
            counts.entry(identity(&op?)).or_default()[side] += 1;
        }
    }
    for (side, (folder, _)) in [first, second].into_iter().enumerate() {
        for op in KeyedOps::open(folder)? {
            let op = op?;
            let count = counts.get_mut(&identity(&op)).expect("it was counted");
            let is_alone = count[side] > count[1 - side];
            if is_alone {
                // Of those that are alike so many are alone as one plan has more.
                count[side] -= 1;
            }
            let total = diff.totals.entry((op.dataset.clone(), op.rule.clone(), op.action.name())).or_default();
            let (all, alone) = if side == 0 { (&mut total.before, &mut total.gone) } else { (&mut total.after, &mut total.added) };
            *all += 1;
            *alone += u64::from(is_alone);
            if is_alone && diff.listed.len() < most {
                diff.listed.push((side == 1, op));
            }
        }
    }
    Ok(diff)
}

/// What makes an operation the same in two plans: what is done, and to what. A value is told by its finding, a record by its token.
fn identity(op: &KeyedOp) -> Id {
    let mut hasher = blake3::Hasher::new();
    let mut take = |text: Option<&str>| {
        let text = text.unwrap_or_default();
        hasher.update(&(text.len() as u64).to_le_bytes()).update(text.as_bytes());
    };
    let id = |id: Option<Id>| id.map(|id| id.to_string());
    take(Some(op.kind.name()));
    take(Some(op.action.name()));
    take(Some(&op.dataset));
    take(Some(&op.rule));
    take(Some(&op.object_id.to_string()));
    take(id(op.finding_id).as_deref());
    take(id(op.record_token).as_deref());
    if op.record_token.is_none() {
        take(op.record.map(|record| record.to_string()).as_deref());
    }
    take(op.column.as_deref());
    take(op.pointer.as_deref());
    take(op.replacement.as_deref());
    take(op.keep.map(|keep| keep.to_string()).as_deref());
    Id::new(hasher.finalize().as_bytes()[..16].try_into().expect("16 of 32 bytes"))
}

fn causes(first: &Plan, second: &Plan) -> Vec<(String, String, String)> {
    let holds = |plan: &Plan| {
        let said: Vec<String> = plan.holds.iter().map(|hold| format!("{} {}", hold.id, hold.state.replace('_', " "))).collect();
        if said.is_empty() { "none".to_owned() } else { said.join(", ") }
    };
    let policy = |plan: &Plan| format!("{} of {}, {}", plan.policy.id, plan.policy.modified, plan.policy.digest);
    let pairs = [
        ("policy", policy(first), policy(second)),
        ("run", format!("{}, {}", first.run.scan_id, first.run.digest), format!("{}, {}", second.run.scan_id, second.run.digest)),
        ("rules of the scan", first.run.rules_digest.clone(), second.run.rules_digest.clone()),
        ("decided for", first.as_of.clone(), second.as_of.clone()),
        ("key", first.key_id.clone(), second.key_id.clone()),
        ("holds", holds(first), holds(second)),
        ("files not read in full", first.gaps.len().to_string(), second.gaps.len().to_string()),
        ("version", first.tool_version.clone(), second.tool_version.clone()),
    ];
    pairs.into_iter().filter(|(_, a, b)| a != b).map(|(what, a, b)| (what.to_owned(), a, b)).collect()
}
