//! The central directory of a zip archive: where it is, and its records one after the other.

use super::fields::{
    CENTRAL, CENTRAL_BYTES, END, END_64, END_64_BYTES, END_BYTES, Facts, LOCATOR_64, LOCATOR_64_BYTES, exactly, some, u16_at, u32_at,
    u64_at,
};
use crate::model::ReadAt;

/// The longest comment that may follow the end.
const COMMENT_BYTES: u64 = 65_535;

/// Where things are in an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Directory {
    /// Offset of the next record.
    at: u64,
    end: u64,
    /// First byte of the directory.
    pub(super) start: u64,
    /// What offsets of members are counted from: there may be something before the archive.
    pub(super) base: u64,
    /// Members, as the archive states them.
    pub(super) stated: u64,
    /// First byte behind the archive and its comment.
    pub(super) behind: u64,
    /// Whether it is one of several volumes.
    pub(super) is_split: bool,
}

impl Directory {
    /// Looks for the end of an archive in the last bytes.
    pub(super) fn find(bytes: &dyn ReadAt) -> Option<Self> {
        let tail = bytes.size().min(COMMENT_BYTES + END_BYTES as u64);
        let from = bytes.size() - tail;
        let last = some(bytes, from, usize::try_from(tail).ok()?)?;
        let found = |at: &usize| last.get(*at..*at + END_BYTES).and_then(|end| Self::at(bytes, from + *at as u64, end));
        memchr::memmem::rfind_iter(&last, END).find_map(|at| found(&at))
    }

    /// Whether an archive, without a comment, ends exactly where the bytes end.
    pub(super) fn ends(bytes: &dyn ReadAt) -> bool {
        let Some(at) = bytes.size().checked_sub(END_BYTES as u64) else { return false };
        let Some(end) = exactly::<END_BYTES>(bytes, at) else { return false };
        end.starts_with(END) && Self::at(bytes, at, &end).is_some_and(|directory| directory.stated > 0)
    }

    /// Reads the record that ends an archive; none where no directory is before it.
    fn at(bytes: &dyn ReadAt, at: u64, end: &[u8]) -> Option<Self> {
        let comment = u64::from(u16_at(end, 20));
        let (mut disk, mut length) = (u32::from(u16_at(end, 4)), u64::from(u32_at(end, 12)));
        let (mut stated, mut offset, mut directory_end) = (u64::from(u16_at(end, 10)), u64::from(u32_at(end, 16)), at);
        if let Some((at_64, end_64)) = end_64(bytes, at) {
            (disk, stated) = (u32_at(&end_64, 16), u64_at(&end_64, 32));
            (length, offset, directory_end) = (u64_at(&end_64, 40), u64_at(&end_64, 48), at_64);
        }
        // What is before the archive moves all of it; an archive that was padded inside has its offsets right.
        let before_end = directory_end.checked_sub(length);
        let starts = |start: &u64| stated == 0 || exactly::<4>(bytes, *start).is_some_and(|magic| magic == *CENTRAL);
        let start = before_end.filter(starts).or(Some(offset).filter(|offset| *offset <= directory_end && starts(offset)))?;
        Some(Self {
            at: start,
            end: directory_end,
            start,
            base: start.saturating_sub(offset),
            stated,
            behind: at + END_BYTES as u64 + comment,
            is_split: disk != 0,
        })
    }

    /// Reads the next record; none at the end, or where there is no record (see [`Directory::is_done`]).
    pub(super) fn next_record(&mut self, bytes: &dyn ReadAt) -> Option<Facts> {
        if self.at + CENTRAL_BYTES as u64 > self.end {
            return None;
        }
        let fixed = exactly::<CENTRAL_BYTES>(bytes, self.at).filter(|fixed| fixed.starts_with(CENTRAL))?;
        let [name, extra, comment] = [28, 30, 32].map(|at| usize::from(u16_at(&fixed, at)));
        let mut texts = some(bytes, self.at + CENTRAL_BYTES as u64, name + extra)?;
        let extra = texts.split_off(name);
        self.at += (CENTRAL_BYTES + name + extra.len() + comment) as u64;
        Some(Facts::central(&fixed, texts, &extra))
    }

    /// Whether all of the directory was read.
    pub(super) fn is_done(&self) -> bool {
        // A digital signature may follow the records.
        self.at + CENTRAL_BYTES as u64 > self.end || self.at >= self.end
    }
}

/// The record with 64-bit fields, and where it is.
fn end_64(bytes: &dyn ReadAt, end: u64) -> Option<(u64, [u8; END_64_BYTES])> {
    let at = end.checked_sub(LOCATOR_64_BYTES as u64)?;
    let locator = exactly::<LOCATOR_64_BYTES>(bytes, at).filter(|locator| locator.starts_with(LOCATOR_64))?;
    // It is where the locator says, or, with something before the archive, right before the locator.
    let places = [Some(u64_at(&locator, 8)), at.checked_sub(END_64_BYTES as u64)];
    places.into_iter().flatten().find_map(|at| {
        let record = exactly::<END_64_BYTES>(bytes, at).filter(|record| record.starts_with(END_64))?;
        Some((at, record))
    })
}
