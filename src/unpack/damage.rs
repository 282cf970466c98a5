//! Damage: how a body ended, when it did not end well. Its text never holds a byte of content.

use std::fmt;
use std::io;

use crate::model::Status;

/// Why a body ended before its document did, or why its end cannot be trusted.
///
/// It travels inside an [`io::Error`]; [`Damage::of`] takes it out again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Damage {
    /// The stored bytes stop in the middle of a compressed stream.
    Truncated,
    /// The archive stops in the middle of this member.
    CutOff,
    /// The archive contradicts itself about this member, all of which was delivered; what it contradicts itself in.
    Contradiction(&'static str),
    /// The member is stored without its holes, so that offsets are not those of the file.
    Sparse,
    /// The compressed stream breaks the rules of its format, or its checksum is wrong.
    Corrupt(String),
    /// Bytes that belong to nothing follow a complete compressed stream. All of the stream was delivered.
    TrailingGarbage,
    /// The decoded document is longer than the cap.
    TooLarge {
        /// The cap in decoded bytes.
        cap_bytes: u64,
    },
    /// The members of the object decode to more bytes than they all may.
    TooMuch {
        /// The cap in decoded bytes.
        cap_bytes: u64,
    },
    /// The decoders of the object need more memory for their windows than they all may.
    WindowsTooLarge {
        /// The cap in bytes.
        cap_bytes: u64,
    },
    /// The stream decodes to far more bytes than it stores.
    TooDense {
        /// The cap in decoded bytes per stored byte.
        ratio: u64,
    },
    /// Another codec lies inside the last one that may be undone.
    TooDeep {
        /// The cap in codecs.
        codec_depth: usize,
    },
    /// Another container lies inside the last one that may be looked into.
    TooNested {
        /// The cap in containers.
        container_depth: usize,
    },
    /// The stream needs a larger decoder window than is allowed.
    WindowTooLarge {
        /// Log2 of the cap in bytes.
        window_log: u32,
    },
    /// It, or a part of it, is encrypted; the text says what.
    Encrypted(String),
    /// It must be read out of order, and is too long to be kept for that.
    SpoolFull {
        /// The cap in bytes.
        cap_bytes: u64,
    },
    /// It must be read out of order, and could not be kept for that; the text is the system's.
    Unspooled(String),
    /// The stored bytes could not be read; the text is the system's.
    Unreadable(String),
}

impl Damage {
    /// Finds the damage in an error that a body returned.
    #[must_use]
    pub fn of(error: &io::Error) -> Option<&Self> {
        error.get_ref()?.downcast_ref()
    }

    /// Takes the damage out of any error; one that carries none came from the reader below.
    #[must_use]
    pub fn from_error(error: &io::Error) -> Self {
        Self::of(error).cloned().unwrap_or_else(|| Self::Unreadable(error.to_string()))
    }

    /// Says what becomes of the leaf; `delivered` tells whether any of its bytes could be examined.
    #[must_use]
    pub fn status(&self, delivered: bool) -> Status {
        match self {
            Self::Truncated
            | Self::CutOff
            | Self::Contradiction(_)
            | Self::Sparse
            | Self::TrailingGarbage
            | Self::TooLarge { .. }
            | Self::TooMuch { .. }
            | Self::TooDense { .. } => Status::Partial,
            _ if delivered => Status::Partial,
            _ => Status::Failed,
        }
    }
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Truncated => write!(f, "truncated: the compressed stream has no end"),
            Self::CutOff => write!(f, "truncated: the archive ends inside this member"),
            Self::Contradiction(what) => write!(f, "the archive contradicts itself: {what}"),
            Self::Sparse => write!(f, "sparse file: examined as it is stored, without its holes, which moves offsets"),
            Self::TooMuch { cap_bytes } => write!(f, "the members of the file decode to more than the cap of {cap_bytes} bytes"),
            Self::WindowsTooLarge { cap_bytes } => {
                write!(f, "the decoders of the file need more than the cap of {cap_bytes} bytes for their windows")
            }
            Self::Corrupt(what) => write!(f, "corrupt: {what}"),
            Self::TrailingGarbage => write!(f, "bytes that are not compressed data follow the compressed stream"),
            Self::TooLarge { cap_bytes } => write!(f, "longer than the cap of {cap_bytes} decoded bytes"),
            Self::TooDense { ratio } => write!(f, "decodes to more than {ratio} bytes per stored byte"),
            Self::TooDeep { codec_depth } => write!(f, "more than {codec_depth} codecs, one inside the other"),
            Self::TooNested { container_depth } => write!(f, "more than {container_depth} containers, one inside the other"),
            Self::WindowTooLarge { window_log } => write!(f, "needs a decoder window above the cap of 2^{window_log} bytes"),
            Self::Encrypted(what) => write!(f, "encrypted: {what}"),
            Self::SpoolFull { cap_bytes } => {
                write!(f, "must be read from its end, and is longer than the cap of {cap_bytes} bytes for that")
            }
            Self::Unspooled(what) => write!(f, "must be read from its end, and cannot be kept in a temporary file: {what}"),
            Self::Unreadable(what) => write!(f, "cannot be read: {what}"),
        }
    }
}

impl std::error::Error for Damage {}

impl From<Damage> for io::Error {
    fn from(damage: Damage) -> Self {
        let kind = match damage {
            Damage::Truncated | Damage::CutOff => io::ErrorKind::UnexpectedEof,
            Damage::Unreadable(_) => io::ErrorKind::Other,
            _ => io::ErrorKind::InvalidData,
        };
        Self::new(kind, damage)
    }
}
