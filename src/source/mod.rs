//! Where objects come from: folders, files, a list of paths, standard input.
//!
//! In come roots and a selection; out comes, lazily and in a fixed order, one [`Item`] for every file that is to be read and
//! for everything that is left out, with its reason, so that coverage is complete. Files are opened by whoever reads them,
//! through an [`Opener`]. Nothing here writes, prints, or opens a pipe, socket or device.

mod ignores;
mod list;
mod meta;
mod opener;
mod raw;
mod root;
mod select;
mod walk;

use crate::model::{Object, Status};

pub use meta::identity;
pub use opener::{Opener, open_plain, read_text};
pub use raw::Raw;
pub use root::Root;
pub use select::{Globs, MemberSelection, Narrowing, Selection};
pub use walk::Walk;

/// One thing that a source met.
#[derive(Debug)]
pub enum Item {
    /// Something to read.
    File {
        /// What it is.
        object: Object,
        /// How to open it.
        open: Opener,
    },
    /// Something that is not read: a file, a special file, or a whole folder.
    Left {
        /// What it is; a folder stands for all that is in it.
        object: Object,
        /// [`Status::Excluded`] on purpose, [`Status::Failed`] otherwise.
        status: Status,
        /// Why, in lower case, without a final stop.
        reason: String,
        /// Whether it is left out because a sample was asked for.
        sampled: bool,
    },
}

impl Item {
    /// Returns standard input as an object of unknown size.
    #[must_use]
    pub fn stdin() -> Self {
        let object = Object { uri: "-".to_owned(), path: "stdin".to_owned(), size: None, modified_us: None, device: None, inode: None };
        Self::File { object, open: Opener::stdin() }
    }

    /// Returns the object.
    #[must_use]
    pub fn object(&self) -> &Object {
        match self {
            Self::File { object, .. } | Self::Left { object, .. } => object,
        }
    }

    pub(self) fn excluded(object: Object, reason: impl Into<String>) -> Self {
        Self::Left { object, status: Status::Excluded, reason: reason.into(), sampled: false }
    }

    /// A file behind the first `most` ones of its folder.
    pub(self) fn beyond_sample(object: Object, most: u64) -> Self {
        let reason = format!("sampled: not among the first {most} files of its folder");
        Self::Left { object, status: Status::Excluded, reason, sampled: true }
    }

    pub(self) fn failed(object: Object, reason: impl Into<String>) -> Self {
        Self::Left { object, status: Status::Failed, reason: reason.into(), sampled: false }
    }
}
