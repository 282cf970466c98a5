//! A plan carried out: files are written anew without what is to go, checked, and put in the place of the old ones.
//!
//! In come a plan, its digest as agreed to, and the key; out go changed files and lines of a ledger. This is the one room that changes
//! files of the user's. A file that is not what was planned for is left as it is: never a best effort. At any moment a file is whole,
//! the old one or the new one, and carrying a plan out again ends what was begun. What other programs did of a plan is written to the
//! same ledger ([`record`]), and whether it is gone is looked at without changing anything ([`recheck`]).

mod action;
mod blocks;
mod codec;
mod copy;
mod edit;
mod editor;
mod external;
mod files;
mod parquet;
pub mod quarantine;
mod recheck;
mod records;
mod run;
mod target;
mod verify;

pub use external::{Recorded, Told, operations, record};
pub use recheck::{FileOutcome, Looking, recheck};
pub use run::{Carried, Left, Order, Report, apply};
