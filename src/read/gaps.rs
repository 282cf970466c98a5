//! What stands between the records of a leaf of which some go: what only parted or ended those goes, too, everything else stays.

use std::io::{self, Write};
use std::ops::Range;

use crate::model::{Block, limits};

/// Writes what stands between records. It is told of all bytes between them, and of each record whether it stays, in their order.
pub trait Gaps {
    /// Takes bytes before, between or behind records. Blocks may end in them.
    ///
    /// # Errors
    /// Where they cannot be written.
    fn between(&mut self, block: &Block, bytes: Range<usize>, out: &mut dyn Write) -> io::Result<()>;

    /// The next record stays. What belongs before it is written.
    ///
    /// # Errors
    /// Where it cannot be written, or cannot be told from what goes.
    fn kept(&mut self, out: &mut dyn Write) -> io::Result<()>;

    /// The next record goes.
    ///
    /// # Errors
    /// As [`Gaps::kept`].
    fn dropped(&mut self, out: &mut dyn Write) -> io::Result<()>;

    /// The leaf is at its end.
    ///
    /// # Errors
    /// As [`Gaps::kept`].
    fn end(&mut self, out: &mut dyn Write) -> io::Result<()>;
}

/// Records that are lines, or end with one: what ends the line goes with the record.
#[derive(Default)]
pub(super) struct LineGaps {
    /// Whether the line of a record that went is not at its end yet.
    in_line: bool,
}

impl LineGaps {
    /// The bytes that stay.
    pub(super) fn rest<'a>(&mut self, bytes: &'a [u8]) -> &'a [u8] {
        if !self.in_line {
            return bytes;
        }
        let end = memchr::memchr(b'\n', bytes);
        self.in_line = end.is_none();
        end.map_or(&[], |end| &bytes[end + 1..])
    }

    pub(super) fn dropped(&mut self) {
        self.in_line = true;
    }

    pub(super) fn kept(&mut self) {
        self.in_line = false;
    }
}

impl Gaps for LineGaps {
    fn between(&mut self, block: &Block, bytes: Range<usize>, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(self.rest(&block.bytes[bytes]))
    }

    fn kept(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Self::kept(self);
        Ok(())
    }

    fn dropped(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Self::dropped(self);
        Ok(())
    }

    fn end(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

/// Adds bytes to what is held back until it is known whether a record stays.
pub(super) fn hold(held: &mut Vec<u8>, bytes: &[u8]) -> io::Result<()> {
    if held.len() + bytes.len() > limits::RECORD_BYTES {
        return Err(io::Error::other("more than 1 MiB stands between two records"));
    }
    held.extend_from_slice(bytes);
    Ok(())
}
