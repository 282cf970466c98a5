//! What all decoders of one object may take together: decoded bytes of its members, memory for windows.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::{Caps, Damage, Meter};

/// Decoded bytes that all members of an object share. Clones count together.
#[derive(Clone)]
pub(super) struct Budget {
    cap_bytes: u64,
    free_bytes: u64,
    ratio: u64,
    stored: Stored,
    given: Arc<AtomicU64>,
}

/// Stored bytes that decoded ones are held against.
#[derive(Clone)]
enum Stored {
    /// Those that an object has.
    All(u64),
    /// Those that came so far.
    SoFar(Meter),
}

impl Budget {
    /// Makes the budget of an object: of known size, or a stream whose bytes `meter` counts.
    pub(super) fn new(caps: &Caps, size: Option<u64>, meter: Meter) -> Self {
        Self {
            cap_bytes: caps.members_bytes,
            free_bytes: caps.members_free_bytes,
            ratio: caps.ratio,
            stored: size.map_or(Stored::SoFar(meter), Stored::All),
            given: Arc::default(),
        }
    }

    fn allowed(&self) -> u64 {
        let stored = match &self.stored {
            Stored::All(bytes) => *bytes,
            Stored::SoFar(meter) => meter.bytes(),
        };
        self.cap_bytes.min(stored.saturating_mul(self.ratio).max(self.free_bytes))
    }

    /// Returns the bytes that are left.
    pub(super) fn room(&self) -> u64 {
        self.allowed().saturating_sub(self.given.load(Ordering::Relaxed))
    }

    pub(super) fn give(&self, bytes: usize) {
        self.given.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    pub(super) fn exceeded(&self) -> Damage {
        Damage::TooMuch { cap_bytes: self.allowed() }
    }
}

/// Memory for windows that all decoders of an object share.
#[derive(Clone)]
pub(super) struct Windows {
    cap_bytes: u64,
    taken: Arc<AtomicU64>,
}

impl Windows {
    pub(super) fn new(caps: &Caps) -> Self {
        Self { cap_bytes: caps.windows_bytes, taken: Arc::default() }
    }

    /// Starts to take memory for one decoder.
    pub(super) fn share(&self) -> Share {
        Share { windows: self.clone(), taken: 0 }
    }
}

/// What one decoder has taken; it is given back with the decoder, because decoders keep their memory for what follows.
pub(super) struct Share {
    windows: Windows,
    taken: u64,
}

impl Share {
    /// Takes as much as is missing to `bytes`.
    pub(super) fn reach(&mut self, bytes: u64) -> Result<(), Damage> {
        let missing = bytes.saturating_sub(self.taken);
        let cap_bytes = self.windows.cap_bytes;
        let more = |taken: u64| taken.checked_add(missing).filter(|sum| *sum <= cap_bytes);
        match self.windows.taken.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more) {
            Ok(_) => {
                self.taken += missing;
                Ok(())
            }
            Err(_) => Err(Damage::WindowsTooLarge { cap_bytes }),
        }
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.windows.taken.fetch_sub(self.taken, Ordering::Relaxed);
    }
}
