//! Seams: what stands between two values of a record, `},"page":`. Records repeat them, so that one that was read before is
//! compared with the bytes and not read again.
//!
//! What may stand after a value is decided by the brackets that are open there, and those by its path: seams are kept by the
//! path of the value before them.

use wide::u8x16;

use crate::model::limits;

/// What a seam leads to that is the rest of the record.
pub(super) const END: u32 = u32::MAX;
/// Seams that are kept of those that follow the values of one path.
const FORKS: usize = 8;
/// Bytes of a seam that are compared at once.
const LANES: usize = 16;
const NONE: u32 = u32::MAX;

/// The place before the value of a path, where a record starts with it.
pub(super) fn at_value(path: u32) -> u32 {
    path.wrapping_add(1) * 3
}

/// The place before the first key of an object, where a record starts with it.
pub(super) fn at_key(path: u32) -> u32 {
    path.wrapping_add(1) * 3 + 1
}

/// The place behind a value.
pub(super) fn behind(path: u32) -> u32 {
    path.wrapping_add(1) * 3 + 2
}

/// The path of the value before a place that is [`behind`] it.
pub(super) fn before(place: u32) -> u32 {
    (place / 3).wrapping_sub(1)
}

/// One seam, with what it does.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seam {
    /// Its first bytes; zeros after its end.
    head: [u8; LANES],
    /// Where it stands in the block.
    start: u32,
    /// Its length, with the quote that opens a string behind it.
    pub len: u32,
    /// The path of the value behind it, or [`END`].
    pub to: u32,
    /// What is added to the index of the last array that stays open.
    pub add: u32,
    /// The next seam that is kept of the same place.
    next: u32,
    /// Arrays that stay open; where it leads to the end, containers that are open there.
    pub keep: u8,
    /// Arrays that are opened.
    pub open: u8,
    /// Whether a string is behind it.
    pub text: bool,
}

/// The seams of one block.
pub(super) struct Seams {
    all: Vec<Seam>,
    /// By place.
    first: Vec<u32>,
    most: usize,
}

impl Default for Seams {
    fn default() -> Self {
        Self::at_most(2 * limits::COLUMNS)
    }
}

impl Seams {
    /// Keeps no more seams than that.
    pub(super) fn at_most(most: usize) -> Self {
        Self { all: Vec::new(), first: Vec::new(), most }
    }

    /// Iterates over the seams at `place` that stand in `bytes` at `at`, and end at or before `to`.
    #[inline]
    pub(super) fn at<'a>(&'a self, place: u32, bytes: &'a [u8], at: usize, to: usize) -> impl Iterator<Item = Seam> + 'a {
        let mut next = self.first.get(place as usize).copied().unwrap_or(NONE);
        let head = bytes.get(at..at + LANES).map(|head| u8x16::new(head.try_into().expect("it has that length")));
        std::iter::from_fn(move || {
            // Near the end of the block seams are read, not compared.
            let head = head?;
            loop {
                let seam = self.all.get(next as usize)?;
                next = seam.next;
                if seam.stands(bytes, head, at, to) {
                    return Some(*seam);
                }
            }
        })
    }

    /// Keeps a seam of `place` that was read at `start`.
    pub(super) fn keep(&mut self, place: u32, bytes: &[u8], start: usize, mut seam: Seam) {
        let content = &bytes[start..start + seam.len as usize];
        seam.start = u32::try_from(start).expect("a block is far below 4 GiB");
        for (to, from) in seam.head.iter_mut().zip(content) {
            *to = *from;
        }
        if self.first.len() <= place as usize {
            self.first.resize(place as usize + 1, NONE);
        }
        let mut last = None;
        let mut at = self.first[place as usize];
        let mut forks = 0;
        while let Some(held) = self.all.get(at as usize) {
            last = Some(at as usize);
            at = held.next;
            forks += 1;
        }
        if forks == FORKS || self.all.len() >= self.most {
            // The last one gives way: the others are older, and those that are met often are among them.
            if let Some(last) = last {
                self.all[last] = seam;
            }
            return;
        }
        let index = u32::try_from(self.all.len()).expect("seams are limited");
        self.all.push(seam);
        match last {
            Some(last) => self.all[last].next = index,
            None => self.first[place as usize] = index,
        }
    }
}

impl Seam {
    /// A seam before it is kept.
    pub(super) fn new(len: usize, to: u32) -> Self {
        let len = u32::try_from(len).expect("a block is far below 4 GiB");
        Self { head: [0; LANES], start: 0, len, to, add: 0, next: NONE, keep: 0, open: 0, text: false }
    }

    /// Whether it stands at `at`, where the block has `head`.
    #[inline]
    fn stands(&self, bytes: &[u8], head: u8x16, at: usize, to: usize) -> bool {
        let len = self.len as usize;
        let same = u8x16::new(self.head).simd_eq(head).to_bitmask().trailing_ones() as usize;
        if at + len > to || same < len.min(LANES) {
            return false;
        }
        if len <= LANES {
            return true;
        }
        let start = self.start as usize;
        let tail = |end: usize| bytes.get(end - LANES..end).map(|run| u8x16::new(run.try_into().expect("it has that length")));
        if len <= 2 * LANES {
            return tail(start + len).zip(tail(at + len)).is_some_and(|(held, here)| held == here);
        }
        bytes[start + LANES..start + len] == bytes[at + LANES..at + len]
    }
}
