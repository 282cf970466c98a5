//! The tap: counts and hashes stored bytes on their way to the decoders. It changes none and keeps none.

use std::io::{self, Read};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

/// A count of bytes that threads share. Clones count together.
#[derive(Clone, Debug, Default)]
pub struct Meter(Arc<AtomicU64>);

impl Meter {
    /// Returns the bytes counted so far.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    pub(super) fn add(&self, bytes: usize) {
        self.0.fetch_add(bytes as u64, Ordering::Relaxed);
    }
}

/// What is known of an object's stored bytes while, and after, its leaf is read.
#[derive(Clone, Debug)]
pub struct Tap {
    stored: Meter,
    token: Arc<OnceLock<[u8; 32]>>,
}

impl Tap {
    /// Puts a tap on `raw`. `total` is counted up beside the tap's own meter.
    pub(super) fn attach(raw: Box<dyn Read + Send>, key: &[u8; 32], total: Meter) -> (Self, Tapped) {
        let tap = Self { stored: Meter::default(), token: Arc::default() };
        let hasher = Box::new(blake3::Hasher::new_keyed(key));
        (tap.clone(), Tapped { raw, hasher, tap, total })
    }

    /// Returns the meter of stored bytes read. It runs ahead of the body by the buffers in between.
    #[must_use]
    pub fn meter(&self) -> Meter {
        self.stored.clone()
    }

    /// Returns the keyed BLAKE3 of all stored bytes, or none where not all of them were read.
    #[must_use]
    pub fn finish(&self) -> Option<[u8; 32]> {
        self.token.get().copied()
    }
}

/// The stored bytes behind a tap.
pub(super) struct Tapped {
    raw: Box<dyn Read + Send>,
    hasher: Box<blake3::Hasher>,
    tap: Tap,
    total: Meter,
}

impl Tapped {
    /// Reads until `into` is full, so that the hash works on whole buffers and results do not hang on how much a read gives.
    fn fill(&mut self, into: &mut [u8]) -> (usize, io::Result<()>) {
        let mut filled = 0;
        while filled < into.len() {
            match self.raw.read(&mut into[filled..]) {
                Ok(0) => break,
                Ok(read) => filled += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return (filled, Err(error)),
            }
        }
        (filled, Ok(()))
    }
}

impl Read for Tapped {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let (filled, ended) = self.fill(into);
        self.hasher.update(&into[..filled]);
        self.tap.stored.add(filled);
        self.total.add(filled);
        match ended {
            // A failure after some bytes is met again by the next read, or was of the moment.
            Err(error) if filled == 0 => return Err(error),
            Ok(()) if filled == 0 && !into.is_empty() => {
                self.tap.token.get_or_init(|| *self.hasher.finalize().as_bytes());
            }
            _ => {}
        }
        Ok(filled)
    }
}
