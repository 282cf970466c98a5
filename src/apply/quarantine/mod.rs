//! Originals of files that were replaced or removed, kept for a while, encrypted, so that a mistake can be undone.
//!
//! In a folder stands one folder for each call that kept something, each recipient and each time until which it is kept:
//!
//! ```text
//! QUARANTINE/<plan>-<key>/
//!   group.json        the plan, until when it is kept, for whom, and the group's public key
//!   key.age           the group's own key, for the recipient alone
//!   <object>.age      an original, for the group's key: a line of JSON that says where it was, then its bytes
//!   <object>.part     one that a crash cut off; it is nothing
//! ```
//!
//! All of it is in the format of age. The group's key is nowhere in clear: who destroys `key.age` destroys what it opens. Names tell
//! nothing. Nothing here touches a file of the user's, but that `restore` makes one where there is none.

mod folder;
mod keep;
mod restore;

pub use folder::{Group, groups};
pub(super) use keep::{Keeper, Kept};
pub use restore::{Expired, Restored, Restoring, expire, restore};
