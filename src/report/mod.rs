//! What is handed to people and to other programs: reports of a run in many forms, and certificates of what was erased.
//!
//! In come a run folder, or a plan and the lines of its ledger; out go plain data, JSON, and pages that stand alone. A form takes names
//! from the data as text: none can forge a line, a mark or a colour. A page is made by templates that
//! escape whatever they are given, runs no script but its own, and loads nothing. No value of anyone's is in what comes in; a certificate names paths
//! only where that is asked for.

mod certificate;
mod collect;
pub mod forms;
mod html;
mod page;
mod statement;
mod told;

pub use certificate::{
    Amount, Approval, Approvals, Backup, Carrying, Certificate, Done, Exclusions, FileFacts, FileState, HeldBack, Hold, LedgerFacts, Left,
    Origin, Outcome, PlanAsked, PolicyAsked, Quarantined, Recipient, RequestAsked, Scope,
};
pub use collect::{Asked, certificate};
pub use html::{MOST_ROWS, PageOf};
pub use page::page;
pub use statement::{PREDICATE_TYPE, STATEMENT_TYPE, Statement, Subject};
pub use told::{Found, Gap, Loudness, Place, Places, Spot, Told};
