//! `DELTA_BINARY_PACKED`: differences of neighbours, packed 32 at a time.

use super::bits::{pack, varint, width, zigzag};

/// Differences of a block, which share their smallest one.
const BLOCK: usize = 128;
/// Differences of a miniblock, which share their width.
const MINIBLOCK: usize = 32;

/// An integer of a column.
pub(in crate::sink) trait Integer: Copy + Ord {
    /// Returns the difference as the type has it, which may wrap.
    fn minus(self, before: Self) -> i64;

    /// Returns the number itself.
    fn wide(self) -> i64;
}

impl Integer for i32 {
    fn minus(self, before: Self) -> i64 {
        self.wrapping_sub(before).into()
    }

    fn wide(self) -> i64 {
        self.into()
    }
}

impl Integer for i64 {
    fn minus(self, before: Self) -> i64 {
        self.wrapping_sub(before)
    }

    fn wide(self) -> i64 {
        self
    }
}

/// Appends values.
pub(super) fn encode<T: Integer>(values: &[T], out: &mut Vec<u8>) {
    header(values.len(), values.first().map_or(0, |first| first.wide()), out);
    let mut at = 1;
    while at < values.len() {
        let len = BLOCK.min(values.len() - at);
        let (before, after) = (&values[at - 1..at - 1 + len], &values[at..at + len]);
        let mut differences = [0; BLOCK];
        let pairs = before.iter().zip(after);
        differences.iter_mut().zip(pairs).for_each(|(to, (before, after))| *to = after.minus(*before));
        block(&differences, len, out);
        at += len;
    }
}

/// Appends what stands before the blocks.
pub(super) fn header(count: usize, first: i64, out: &mut Vec<u8>) {
    varint(BLOCK as u64, out);
    varint((BLOCK / MINIBLOCK) as u64, out);
    varint(count as u64, out);
    varint(zigzag(first), out);
}

/// Returns the size of the blocks of `count` equal values: they are all zero bytes, the smallest difference and four widths.
pub(super) fn equal_blocks(count: usize) -> usize {
    count.saturating_sub(1).div_ceil(BLOCK) * (1 + BLOCK / MINIBLOCK)
}

/// Appends a block, of which `len` differences count.
fn block(differences: &[i64; BLOCK], len: usize, out: &mut Vec<u8>) {
    let smallest = differences[..len].iter().copied().min().unwrap_or(0);
    varint(zigzag(smallest), out);
    let widths = out.len();
    out.extend_from_slice(&[0; BLOCK / MINIBLOCK]);
    for (at, differences) in differences[..len].chunks(MINIBLOCK).enumerate() {
        let mut groups = [[0; 8]; MINIBLOCK / 8];
        let all = groups.as_flattened_mut();
        // Differences of 32-bit numbers stay within 32 bits here, those of 64-bit ones may wrap.
        all.iter_mut().zip(differences).for_each(|(to, difference)| *to = difference.wrapping_sub(smallest).cast_unsigned());
        let width = width(all.iter().fold(0, |bits, value| bits | value));
        out[widths + at] = width.to_le_bytes()[0];
        pack(&groups, width, out);
    }
}
