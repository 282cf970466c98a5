//! The owned record of a finding: no value, but a keyed token, a mask and a place.
//!
//! Matched bytes come in as `Sensitive` and end here. Nothing here knows a file or a rule's text.

mod key;
mod mac;
mod mask;
mod normalise;
mod record;
pub mod schema;

use std::borrow::Cow;

use crate::model::Sensitive;
pub use key::{Key, TokenBatch, Tokens, content_token};
pub use mask::preview;
pub use normalise::{normalise, normalise_ascii};
pub use record::{
    ColumnFacts, ColumnRow, Coverage, DialectFacts, Finding, FindingBatch, Governed, GovernedLeaf, LeafFacts, PersonFacts, RecordFacts,
    RuleFacts, RunFacts, Subject,
};

/// A value as text; what is not UTF-8 reads as U+FFFD.
fn text(value: Sensitive<'_>) -> Cow<'_, str> {
    str::from_utf8(value.expose()).map_or_else(|_| String::from_utf8_lossy(value.expose()), Cow::Borrowed)
}
