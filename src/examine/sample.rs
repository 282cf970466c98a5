//! Sampling: the first records, or the first bytes, of each leaf.
//!
//! It is the start of a leaf and not a choice of blocks, so that a compressed stream need not be decoded to its end, and so that
//! two runs, at any number of jobs, read the same.

use crate::model::{Block, Row};
use crate::read::{Reader, Render};

/// How much of each leaf is read; at least one is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// The first so many records.
    pub records: Option<u64>,
    /// Records that start in the first so many decoded bytes.
    pub bytes: Option<u64>,
}

/// How far a leaf was read: records, and bytes as they are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reached {
    pub records: u64,
    pub bytes: u64,
}

impl Sample {
    /// Whether a record that would start there is not asked for.
    pub(super) fn is_met(self, reached: Reached) -> bool {
        self.records.is_some_and(|records| reached.records >= records) || self.bytes.is_some_and(|bytes| reached.bytes >= bytes)
    }

    /// Shortens a block to the records that are asked for; says where the first other one starts, where there is one.
    pub(super) fn trim(self, reader: &dyn Reader, block: &mut Block) -> Option<Reached> {
        let mut layout = reader.layout(block);
        let (mut row, mut at) = (Row::default(), block.owned.start);
        while layout.row_from(block, at, &mut row) {
            let start = u64::try_from(block.leaf_offset(row.span.start)).unwrap_or(0);
            let reached = Reached { records: row.ordinal, bytes: start };
            if self.is_met(reached) {
                block.shorten(row.span.start);
                return Some(reached);
            }
            at = row.span.end.max(at + 1);
        }
        None
    }

    /// Leaves out the records that are not asked for; says where the first of them is, where there is one. Bytes are counted by the batch.
    pub(super) fn keep(self, records: &mut dyn Render, before: Reached, behind: Reached) -> Option<Reached> {
        let most = self.records?;
        records.keep(most - before.records).then_some(Reached { records: most, bytes: behind.bytes })
    }

    /// What `objects` says of a leaf that was read so far.
    pub(super) fn reason(reached: Reached) -> String {
        format!("sampled: {} records of the leaf were read", reached.records)
    }
}
