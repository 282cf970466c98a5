//! What writes a leaf anew: one implementation a family of formats.
//!
//! In come a leaf and the operations of a plan; out goes the leaf without what these take away. Where its stored bytes come from and go
//! to, and whether they may take the place of the old ones, an editor does not know.

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;

use super::blocks::Blocks;
use super::parquet::Parquet;
pub(super) use super::verify::Checked;
use crate::examine::Examiner;
use crate::finding::Tokens;
use crate::ledger::State;
use crate::model::{Error, Object, Result};
use crate::plan::{Leaves, OpLeaf, OpRows, Plan, is_editable};
use crate::source::Opener;
use crate::unpack::{self, Caps, Damage, Meter, Opened};

/// Writes leaves of some formats anew.
pub(super) trait Editor {
    /// Writes a leaf without what its operations take away. The leaf must be the one that was planned for: what guards a record is
    /// compared before it is changed.
    fn write(&self, task: &Task<'_>, out: &mut (dyn Write + Send)) -> Step<()>;

    /// Compares a file that was written with the one that it was made of: what was not to change is as it was, what was is as it
    /// should be, and a scan finds nothing that should be gone.
    fn check(&self, task: &Task<'_>, new: &str) -> Step<Checked>;
}

/// Returns the editor of a format; none: it has none.
pub(super) fn editor_of(format: &str) -> Option<&'static dyn Editor> {
    match format {
        "parquet" => Some(&Parquet),
        _ => is_editable(format, None).then_some(&Blocks as &dyn Editor),
    }
}

/// What is to be done with a leaf.
pub(super) struct Task<'a> {
    pub leaves: &'a Leaves,
    pub leaf: &'a OpLeaf,
    pub plan: &'a Plan,
    pub examiner: &'a Arc<Examiner>,
}

impl Task<'_> {
    /// The operations, in the order of records.
    pub(super) fn ops(&self) -> Result<OpRows> {
        self.leaves.ops(self.leaf.object_id)
    }

    pub(super) fn tokens(&self) -> &Tokens {
        self.examiner.tokens()
    }
}

/// Opens a file, of which the path tells nothing but its name. It is no link.
pub(super) fn open(path: &str, tokens: &Tokens) -> Step<Opened> {
    let raw = Opener::file(PathBuf::from(path), false).open().map_err(|error| Stop::failed(damage(&error)))?;
    Ok(unpack::open(Object::named(path), raw, &Caps::default(), tokens.content_key(), &Meter::default()))
}

/// What is wrong with bytes, in a few words.
pub(super) fn damage(error: &io::Error) -> String {
    Damage::from_error(error).to_string()
}

/// Why a leaf is not written anew.
pub(super) enum Stop {
    /// It is left as it was: how it ends, and why in a few words.
    Left(State, String),
    /// Nothing more can be done at all.
    Error(Error),
}

/// Something that is done, or that a leaf ends with.
pub(super) type Step<T> = std::result::Result<T, Stop>;

impl Stop {
    pub(super) fn failed(why: impl Into<String>) -> Self {
        Self::Left(State::Failed, why.into())
    }

    pub(super) fn unsupported(why: impl Into<String>) -> Self {
        Self::Left(State::Unsupported, why.into())
    }

    pub(super) fn stale(why: impl Into<String>) -> Self {
        Self::Left(State::Stale, why.into())
    }

    /// Says what the reason is a reason for.
    pub(super) fn because(self, what: &str) -> Self {
        match self {
            Self::Left(state, why) => Self::Left(state, format!("{what}: {why}")),
            error => error,
        }
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}
