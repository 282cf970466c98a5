//! What is handed to people and to other programs about what was done: certificates of erasure, as a page and as a statement.
//!
//! In come a plan and the lines of its ledger; out go plain data, JSON, and pages that stand alone. A page is made by templates that
//! escape whatever they are given, holds no script, and loads nothing. No value of anyone's is in what comes in; paths go out only
//! where they are asked for.

mod certificate;
mod collect;
mod page;
mod statement;

pub use certificate::{
    Amount, Approval, Approvals, Backup, Carrying, Certificate, Done, Exclusions, FileFacts, FileState, HeldBack, Hold, LedgerFacts, Left,
    Origin, Outcome, PlanAsked, PolicyAsked, Quarantined, Recipient, RequestAsked, Scope,
};
pub use collect::{Asked, certificate};
pub use page::page;
pub use statement::{PREDICATE_TYPE, STATEMENT_TYPE, Statement, Subject};
