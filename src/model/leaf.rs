//! Objects (what a source can open) and leaves (one uncompressed document of an object).

use std::io::Read;

use super::Random;

/// Something that a source can open.
#[derive(Clone, Debug)]
pub struct Object {
    /// How it was opened: a path as given, or `-` for standard input.
    pub uri: String,
    /// Path relative to its named root, with `/`.
    pub path: String,
    /// Stored size in bytes, where known.
    pub size: Option<u64>,
    /// Last modification in microseconds since the epoch, where known.
    pub modified_us: Option<i64>,
    /// Device and inode, where the system has them.
    pub device: Option<i64>,
    /// See [`Object::device`].
    pub inode: Option<i64>,
}

impl Object {
    /// Makes an object of which nothing but a path is known.
    #[must_use]
    pub fn named(path: &str) -> Self {
        Self { uri: path.to_owned(), path: path.to_owned(), size: None, modified_us: None, device: None, inode: None }
    }
}

/// Where something stands inside an object that is a container.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Member {
    /// Path inside the object, with `!` between a container and what it holds: `b.tar!c.csv`.
    pub path: String,
    /// Ordinal among members with that path.
    pub ordinal: i64,
}

/// One uncompressed document, as a stream.
pub struct Leaf {
    /// The object that holds it; size and time are those of the member, where it is one.
    pub object: Object,
    /// Place inside a container; none for the object itself.
    pub member: Option<Member>,
    /// Place of the container that holds the member; none where that is the object itself.
    pub parent: Option<Member>,
    /// Codecs that were undone, outermost first.
    pub codecs: Vec<&'static str>,
    /// The decoded bytes.
    pub body: Box<dyn Read + Send>,
    /// The same bytes, where they are stored as they are and can be read anywhere.
    pub random: Option<Random>,
}

/// What became of a leaf.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// All of it was examined.
    Scanned,
    /// It has not changed since the run it is compared with.
    Unchanged,
    /// Capped, sampled, truncated or interrupted: some of it was examined.
    Partial,
    /// Recognised, but there is no reader for it.
    Unsupported,
    /// Left out by the user's settings, or a special file.
    Excluded,
    /// Unreadable, corrupt or encrypted.
    Failed,
}

impl Status {
    /// All statuses, in the order in which summaries show them.
    pub const ALL: [Self; 6] = [Self::Scanned, Self::Unchanged, Self::Partial, Self::Unsupported, Self::Excluded, Self::Failed];

    /// Returns the name used in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Scanned => "scanned",
            Self::Unchanged => "unchanged",
            Self::Partial => "partial",
            Self::Unsupported => "unsupported",
            Self::Excluded => "excluded",
            Self::Failed => "failed",
        }
    }
}
