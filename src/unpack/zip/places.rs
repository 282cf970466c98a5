//! The places that members take in an archive: none is taken twice.

use std::collections::BTreeMap;

/// Stretches without overlap, by their starts; those that touch are one, so that a sound archive is a single stretch.
#[derive(Default)]
pub(super) struct Places {
    ends: BTreeMap<u64, u64>,
    covered: u64,
}

impl Places {
    /// Takes a stretch; false where some of it is taken.
    pub(super) fn take(&mut self, start: u64, end: u64) -> bool {
        let before = self.ends.range(..end).next_back().map(|(start, end)| (*start, *end));
        if end < start || before.is_some_and(|(_, before_end)| before_end > start) {
            return false;
        }
        self.covered += end - start;
        let end = self.ends.remove(&end).unwrap_or(end);
        match before {
            Some((before_start, before_end)) if before_end == start => self.ends.insert(before_start, end),
            _ => self.ends.insert(start, end),
        };
        true
    }

    /// Bytes that are taken.
    pub(super) fn covered(&self) -> u64 {
        self.covered
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_every_byte_once() {
        let mut places = Places::default();
        assert!(places.take(10, 20) && places.take(30, 40) && places.take(20, 30) && places.take(0, 5));
        assert_eq!((places.ends.len(), places.covered()), (2, 35));
        for (start, end) in [(10, 11), (39, 41), (0, 100), (4, 6), (15, 35), (50, 49)] {
            assert!(!places.take(start, end), "{start}..{end}");
        }
        assert!(places.take(5, 10) && places.take(40, 50));
        assert_eq!((places.ends.len(), places.covered()), (1, 50));
    }
}
