//! The body of a leaf: its decoded bytes, and how they ended.

use std::io::{self, Read};

use super::Damage;
use super::input::Input;

/// The decoded bytes of one leaf.
///
/// Every byte that can be decoded is delivered first. A body that did not end well then returns an error that carries a
/// [`Damage`], now and on every later read; one that ended well returns `Ok(0)`.
pub struct Body {
    input: Input,
    cap_bytes: u64,
    room: u64,
}

impl Body {
    pub(super) fn new(input: Input, cap_bytes: u64) -> Self {
        Self { input, cap_bytes, room: cap_bytes }
    }
}

impl Read for Body {
    /// # Errors
    ///
    /// Every error carries a [`Damage`].
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.room == 0 && !into.is_empty() && !self.input.peek(1).is_empty() {
            return Err(Damage::TooLarge { cap_bytes: self.cap_bytes }.into());
        }
        // With no room left the input is at its end, and one byte of space lets it say how it ended.
        let allowed = usize::try_from(self.room.max(1)).unwrap_or(usize::MAX).min(into.len());
        let read = self.input.read(&mut into[..allowed])?;
        self.room = self.room.saturating_sub(read as u64);
        Ok(read)
    }
}
