//! What is to be deleted, as a decision that people can read: a run and a policy → `plan.json` and `ops.parquet`.
//!
//! In come a run folder, a policy, a time, and the files that the run read, which are read again for the age and the key of their
//! records. Out goes a folder. Nothing here changes a file of the user's or looks for personal data: what was found stands in the
//! run. What is unknown, weak, held, changed or in doubt is kept and named in `review.parquet`. [`export`] writes a plan for others.

mod build;
mod copies;
mod diff;
pub mod export;
mod file;
mod findings;
mod keyed;
mod leaf;
mod now;
mod ops;
mod read;
mod request;
mod result;
mod run;
pub mod schema;
mod shares;
mod subject;
mod typed;
mod walk;

pub use build::{Asking, build, is_editable};
pub use diff::{Diff, Side, differences};
pub use file::{Count, DatasetTotals, HoldFacts, Kept, Plan, PolicyFacts, PurposeFacts, Reason, RequestFacts, RunUsed, meaning, read};
pub use keyed::{KeyNames, KeyedOp, KeyedOps, key_digest};
pub use now::{NowFile, NowLeaf, NowRecord, open_now, short_text, why_not};
pub use read::{Kind, Leaves, OpLeaf, OpRow, OpRows};
pub use request::Request;
pub use result::{ResultRow, read_result};
pub use run::CompleteRun;
pub use shares::{Keeping, Share};
pub use subject::{Found, Hit, HitCount, MOST_HOPS, Stand, erase, find};
pub use typed::{TypedRecord, asks, typed_records};
