//! What may be kept, for how long, and what is done with what may not: policies and what they decide.
//!
//! In come the text of a policy file, and facts of records; out come decisions. Deciding is pure: nothing here opens a file, knows
//! the time, or changes anything. What is unknown, weak, held or in doubt is kept and named.

mod action;
mod check;
mod clock;
mod compile;
mod decide;
mod file;
mod hold;
mod record;
mod term;
#[cfg(test)]
mod tests;
mod tie;

pub use action::{generalise, mask, truncate};
pub use check::{Change, changes};
pub use clock::{Clock, ClockKind, Moment, Source, Unit};
pub use compile::{
    Action, Backup, Consent, Dataset, Duty, Filter, Given, Guard, Person, Policy, Purpose, Recipient, Reference, Target, WEAK_DEFAULT,
    is_within,
};
pub use decide::{Asked, Facts, Outcome, Verdict, decide, meets_conditions};
pub use file::{ActionName, Scalar, Unassigned, schema};
pub use hold::{Hold, People, State, Subjects};
pub use record::{Ages, Cell, Cells, Events, LeafAge, goes_on, hash, key};
pub use term::Term;
pub use tie::{Compared, Mark, Tie, is_shared, tells_in_text, tie};
