//! Reading until a buffer is full, whatever a body gives at a time.

use std::io::{self, Read};

/// How far a buffer was filled.
pub(super) struct Filled {
    /// Bytes that were read.
    pub read: usize,
    /// Whether the body has ended, or failed.
    pub ended: bool,
    /// The error that ended it.
    pub failure: Option<io::Error>,
}

/// Reads until `into` is full or the body ends.
pub(super) fn fill(body: &mut (impl Read + ?Sized), into: &mut [u8]) -> Filled {
    let mut filled = Filled { read: 0, ended: false, failure: None };
    while filled.read < into.len() && !filled.ended {
        match body.read(&mut into[filled.read..]) {
            Ok(0) => filled.ended = true,
            Ok(read) => filled.read += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => (filled.ended, filled.failure) = (true, Some(error)),
        }
    }
    filled
}
