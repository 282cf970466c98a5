//! An archive without its directory: members are found by the records before them.

use super::Local;
use super::fields::{CENTRAL, DESCRIPTOR, LOCAL, SIZES_FOLLOW, u32_at};
use crate::model::ReadAt;

/// Bytes that are searched at a time: few at first, because records may stand close together.
const SEARCH_BYTES: [usize; 2] = [256, 64 * 1024];
/// Bytes of a descriptor, at most.
const DESCRIPTOR_BYTES: usize = 16;

/// How far the walk came.
#[derive(Default)]
pub(super) struct Walk {
    at: u64,
}

impl Walk {
    /// Finds the next member.
    pub(super) fn next_member(&mut self, bytes: &dyn ReadAt) -> Option<(u64, Local)> {
        loop {
            let at = search(bytes, self.at, &[LOCAL, CENTRAL]).unwrap_or(bytes.size());
            self.at = at;
            if at == bytes.size() {
                return None;
            }
            let Some(mut local) = Local::read(bytes, at).filter(|local| !local.facts.name.is_empty()) else {
                // The directory, or what only looks like a record.
                self.at += LOCAL.len() as u64;
                continue;
            };
            if local.facts.flags & SIZES_FOLLOW != 0 {
                local.facts.stored_bytes = length(bytes, local.data);
                local.facts.bytes = u64::MAX;
            }
            self.at = local.data.saturating_add(local.facts.stored_bytes).min(bytes.size());
            return Some((at, local));
        }
    }
}

/// The length of a member that says it behind itself: up to a descriptor with just that length, else up to the next record.
fn length(bytes: &dyn ReadAt, data: u64) -> u64 {
    let mut from = data;
    while let Some(at) = search(bytes, from, &[DESCRIPTOR, LOCAL, CENTRAL]) {
        let mut descriptor = [0; DESCRIPTOR_BYTES];
        let is_whole = bytes.read_exact_at(at, &mut descriptor).is_ok();
        let is_its_own = is_whole && u64::from(u32_at(&descriptor, 8)) == (at - data) & u64::from(u32::MAX);
        if !descriptor.starts_with(DESCRIPTOR) || is_its_own {
            return at - data;
        }
        from = at + 1;
    }
    bytes.size().saturating_sub(data)
}

/// The next offset at which one of the records begins.
fn search(bytes: &dyn ReadAt, from: u64, records: &[&[u8; 4]]) -> Option<u64> {
    let mut buffer = vec![0; SEARCH_BYTES[0]];
    let mut start = from;
    loop {
        let filled = bytes.read_full_at(start, &mut buffer).ok()?;
        let found = memchr::memmem::find_iter(&buffer[..filled], b"PK").find(|&at| {
            let record = buffer.get(at..at + 4).filter(|_| at + 4 <= filled);
            record.is_some_and(|record| records.iter().any(|magic| record == &magic[..]))
        });
        if let Some(at) = found {
            return Some(start + at as u64);
        }
        if filled < buffer.len() {
            return None;
        }
        start += (filled - 3) as u64;
        buffer.resize((4 * buffer.len()).min(SEARCH_BYTES[1]), 0);
    }
}
