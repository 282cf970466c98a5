//! Bytes that can be read anywhere: what formats need whose directory stands at their end.

use std::io;
use std::sync::Arc;

/// Bytes that can be read at any offset, by several threads at once. What is read is that of the moment: a file may change.
pub trait ReadAt: Send + Sync {
    /// Returns the number of bytes, as it was when they were opened.
    fn size(&self) -> u64;

    /// Reads at an offset; 0 means that there is nothing.
    ///
    /// # Errors
    /// Where the bytes cannot be read. Like any reader it may return less than is asked for.
    fn read_at(&self, offset: u64, into: &mut [u8]) -> io::Result<usize>;

    /// Reads until `into` is full.
    ///
    /// # Errors
    /// As [`ReadAt::read_at`], and `UnexpectedEof` where the bytes end before.
    fn read_exact_at(&self, offset: u64, into: &mut [u8]) -> io::Result<()> {
        let filled = self.read_full_at(offset, into)?;
        if filled == into.len() { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
    }

    /// Reads until `into` is full or the bytes end, and returns how many were read.
    ///
    /// # Errors
    /// As [`ReadAt::read_at`].
    fn read_full_at(&self, offset: u64, into: &mut [u8]) -> io::Result<usize> {
        let mut filled = 0;
        while filled < into.len() {
            let Some(at) = offset.checked_add(filled as u64) else { break };
            match self.read_at(at, &mut into[filled..]) {
                Ok(0) => break,
                Ok(read) => filled += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(filled)
    }
}

/// Shared bytes that can be read anywhere.
pub type Random = Arc<dyn ReadAt>;

/// A part of other bytes.
pub struct Stretch {
    whole: Random,
    start: u64,
    bytes: u64,
}

impl Stretch {
    /// Takes the part that starts at `start` and has `bytes` bytes, fewer where the whole ends before.
    #[must_use]
    pub fn new(whole: &Random, start: u64, bytes: u64) -> Self {
        let bytes = bytes.min(whole.size().saturating_sub(start));
        Self { whole: Arc::clone(whole), start, bytes }
    }
}

impl ReadAt for Stretch {
    fn size(&self) -> u64 {
        self.bytes
    }

    fn read_at(&self, offset: u64, into: &mut [u8]) -> io::Result<usize> {
        let room = usize::try_from(self.bytes.saturating_sub(offset)).unwrap_or(usize::MAX);
        let allowed = into.len().min(room);
        if allowed == 0 { Ok(0) } else { self.whole.read_at(self.start + offset, &mut into[..allowed]) }
    }
}

impl ReadAt for Vec<u8> {
    fn size(&self) -> u64 {
        self.len() as u64
    }

    fn read_at(&self, offset: u64, into: &mut [u8]) -> io::Result<usize> {
        let from = usize::try_from(offset).unwrap_or(usize::MAX).min(self.len());
        let read = into.len().min(self.len() - from);
        into[..read].copy_from_slice(&self[from..from + read]);
        Ok(read)
    }
}

/// Random bytes from their first to their last, as a stream.
pub struct InOrder {
    bytes: Random,
    at: u64,
}

impl InOrder {
    /// Starts at the first byte.
    #[must_use]
    pub fn new(bytes: Random) -> Self {
        Self { bytes, at: 0 }
    }
}

impl io::Read for InOrder {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read_at(self.at, into)?;
        self.at += read as u64;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read as _;

    #[test]
    fn a_stretch_ends_with_itself_and_with_the_whole() {
        let whole: Random = Arc::new(b"0123456789".to_vec());
        let read = |start, bytes| {
            let mut text = String::new();
            let stretch = Stretch::new(&whole, start, bytes);
            assert!(stretch.size() <= bytes);
            InOrder::new(Arc::new(stretch)).read_to_string(&mut text).unwrap();
            text
        };
        assert_eq!([read(2, 3), read(8, 5), read(10, 5), read(99, 5), read(0, u64::MAX)], ["234", "89", "", "", "0123456789"]);
        let stretch = Stretch::new(&whole, 2, 3);
        let mut four = [0; 4];
        assert_eq!(stretch.read_full_at(1, &mut four).unwrap(), 2);
        assert_eq!(stretch.read_exact_at(1, &mut four).unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
        assert_eq!(stretch.read_at(u64::MAX, &mut four).unwrap(), 0);
    }
}
