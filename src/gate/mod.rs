//! The gate: findings → whether a dataset may be released, and what stands against it.
//!
//! In come the findings of a run, what they are held against – conditions, a policy, a list of people whose data may not appear – and
//! what was accepted before; out go the places that fail. Findings are gone through once and not kept. Nothing is written here.

mod baseline;
mod condition;
mod decide;

pub use baseline::{Accepted, Baseline, Entry, Made, Usage};
pub use condition::{Condition, Names, defaults, parse};
pub use decide::{Against, Verdict, decide};
