//! The one public error. Damaged input is not an error: it is a row of `objects`.

use std::fmt;

/// Short for a result with [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What kind of thing went wrong; it decides the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// The command line asks for something that cannot be done.
    Usage,
    /// A pattern file is invalid.
    Pattern,
    /// A key is missing, malformed or not allowed here.
    Key,
    /// A run folder is not what it should be.
    Run,
    /// A guard refuses what was asked for; nothing changed.
    Refused,
    /// Reading or writing failed outside the scanned input.
    Io,
}

/// An error with what happened, where, and advice.
///
/// Its text never holds a matched byte.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    what: String,
    hint: Option<String>,
}

impl Error {
    /// Makes an error; `what` says what, where and what was expected, in lower case, without a final stop.
    #[must_use]
    pub fn new(kind: ErrorKind, what: impl Into<String>) -> Self {
        Self { kind, what: what.into(), hint: None }
    }

    /// Adds advice, which is shown on its own line.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Makes an error for a failed read or write at a path of the user's.
    #[must_use]
    pub fn io(what: impl fmt::Display, source: &std::io::Error) -> Self {
        Self::new(ErrorKind::Io, format!("{what}: {source}"))
    }

    /// Returns the kind.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// Returns the advice, if there is any.
    #[must_use]
    pub fn advice(&self) -> Option<&str> {
        self.hint.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl std::error::Error for Error {}
