//! Settings: what is reported, by entity, rule and path, and how many rows it has.
//!
//! Options and settings files come in as [`Layer`]s; what is in force for one leaf goes out as [`InForce`]. The file of a
//! scanned folder is a layer for that folder alone, and may only narrow what is reported.
//! Nothing here looks at scanned data, the clock or the environment. Values of allow lists are kept as tokens and never told.

mod allow;
mod compile;
mod file;
mod layer;
mod network;
mod rows;

pub use allow::{AllowFacts, AllowList, Reported};
pub use compile::{Compiled, FILE_NAME, FileFacts, Given, KnownEntry, SwitchFacts, read};
pub use layer::{InForce, Layer, Layers, Scope, Switch};
pub use rows::Rows;
