//! Counters of a run that goes on, for whoever shows them.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::unpack::Meter;

/// Counters; all may be read at any time.
#[derive(Default)]
pub struct Progress {
    /// Stored bytes read.
    pub bytes: Meter,
    leaves: AtomicU64,
    findings: Mutex<BTreeMap<Arc<str>, u64>>,
}

impl Progress {
    /// Returns the leaves that are done.
    #[must_use]
    pub fn leaves(&self) -> u64 {
        self.leaves.load(Ordering::Relaxed)
    }

    /// Returns the findings so far, by entity.
    #[must_use]
    pub fn findings(&self) -> BTreeMap<Arc<str>, u64> {
        self.findings.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn leaf_done(&self) {
        self.leaves.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn found(&self, counts: impl Iterator<Item = (Arc<str>, u64)>) {
        let mut findings = self.findings.lock().unwrap_or_else(PoisonError::into_inner);
        for (entity, count) in counts {
            *findings.entry(entity).or_default() += count;
        }
    }
}
