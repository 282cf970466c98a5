//! An object's stored bytes: as a stream, and, where they are a file, at any offset.

use std::fs::File;
use std::io::{self, Read};
use std::sync::Arc;

use crate::model::{InOrder, Random, ReadAt};

/// Stored bytes that are open.
pub struct Raw {
    /// All of them, in order.
    pub stream: Box<dyn Read + Send>,
    /// The same bytes at any offset; none for a stream such as standard input.
    pub random: Option<Random>,
}

impl Raw {
    /// Takes bytes that can be read only once, in order.
    pub fn stream(stream: impl Read + Send + 'static) -> Self {
        Self { stream: Box::new(stream), random: None }
    }

    /// Takes bytes that can be read anywhere.
    #[must_use]
    pub fn random(random: Random) -> Self {
        Self { stream: Box::new(InOrder::new(Arc::clone(&random))), random: Some(random) }
    }

    /// Takes an open file.
    ///
    /// # Errors
    /// Where the system does not tell its size.
    pub fn file(file: File) -> io::Result<Self> {
        let size = file.metadata()?.len();
        Ok(Self::random(Arc::new(OpenFile { file, size })))
    }
}

/// A file that is read at offsets, so that the stream and others do not move each other.
struct OpenFile {
    file: File,
    size: u64,
}

impl ReadAt for OpenFile {
    fn size(&self) -> u64 {
        self.size
    }

    #[cfg(unix)]
    fn read_at(&self, offset: u64, into: &mut [u8]) -> io::Result<usize> {
        std::os::unix::fs::FileExt::read_at(&self.file, into, offset)
    }

    #[cfg(windows)]
    fn read_at(&self, offset: u64, into: &mut [u8]) -> io::Result<usize> {
        std::os::windows::fs::FileExt::seek_read(&self.file, into, offset)
    }
}
