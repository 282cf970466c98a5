//! The ledger: what was done with people's data, line by line, so that nobody can change it unseen.
//!
//! In come events, out goes a file of JSON lines. Each line holds the SHA-256 of the line before it and of its own body: a line that
//! is changed, cut out, put in or moved breaks the chain. Bodies hold ids, counts, keyed digests and the operator; no paths, no values.

mod approval;
mod chain;
mod event;
mod reported;

pub use approval::{approvals, is_same_person};
pub use chain::{Checked, Ledger, check};
pub use event::{Entry, Event, Finding, Report, State};
pub use reported::{Reported, stretches};
