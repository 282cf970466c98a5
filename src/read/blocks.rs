//! Cuts a stream into blocks. Boundaries depend on content alone, never on how much a `read` returns.

use std::io::{self, Read};
use std::ops::Range;

use super::full::fill;
use super::transcode::WayBack;
use super::{Cut, Cutter, Piece, Supply, Supplying, Text};
use crate::model::{Block, Framing, Origin, limits};

/// The sizes that blocks are cut to. Only tests use others than the default.
#[derive(Clone, Copy, Debug)]
pub struct Sizes {
    /// Bytes that a block owns, unless its last record ends later.
    pub block: usize,
    /// Bytes that a record may have before it is cut.
    pub record: usize,
    /// Bytes of context on either side.
    pub margin: usize,
}

impl Default for Sizes {
    fn default() -> Self {
        Self { block: limits::BLOCK_BYTES, record: limits::RECORD_BYTES, margin: limits::MAX_REACH }
    }
}

/// The blocks of one leaf, in order.
pub struct Blocks {
    body: Box<dyn Read + Send>,
    cutter: Box<dyn Cutter>,
    sizes: Sizes,
    /// Bytes that were read: margin, then what is not cut yet.
    carry: Vec<u8>,
    /// Where the uncut bytes start in `carry`.
    start: usize,
    /// Offset of `carry[0]` in the leaf.
    offset: u64,
    ordinal: u64,
    record: u64,
    line: u64,
    torn_records: u64,
    in_torn: bool,
    ended: bool,
    failure: Option<io::Error>,
    spare: Vec<Vec<u8>>,
    conversion: Option<Conversion>,
}

/// What is known of text that was converted.
struct Conversion {
    way: WayBack,
    /// Where the uncut text is stored.
    stored: u64,
}

impl Blocks {
    /// Starts cutting.
    #[must_use]
    pub fn new(text: Text, cutter: Box<dyn Cutter>, sizes: Sizes) -> Self {
        let Text { body, head, mark: skip, failure, way, .. } = text;
        let conversion = way.map(|way| {
            let stored = way.take_until(0).last().map_or(0, |(_, stored)| *stored);
            Conversion { way, stored }
        });
        Self {
            conversion,
            body,
            cutter,
            sizes,
            carry: head,
            start: skip,
            offset: 0,
            ordinal: 0,
            record: 0,
            line: 1,
            torn_records: 0,
            in_torn: false,
            ended: failure.is_some(),
            failure,
            spare: Vec::new(),
        }
    }

    /// Starts cutting for a reader.
    pub(in crate::read) fn supply(text: Text, cutter: Box<dyn Cutter>, how: &Supplying) -> Box<dyn Supply> {
        Box::new(Self::new(text, cutter, how.sizes))
    }

    /// Cuts the next block; none at the end of the leaf or where it cannot be read further (see [`Supply::take_failure`]).
    fn next_block(&mut self) -> Option<Block> {
        self.fill(self.sizes.block + self.sizes.margin);
        if self.carry.len() == self.start {
            return None;
        }
        let mut cut = self.cut();
        let owned = self.start..self.start + cut.len;
        self.torn_records += u64::from(cut.torn && !self.in_torn);
        self.in_torn = cut.torn;
        self.fill(cut.len + self.sizes.margin);
        let block = self.hand_out(owned, std::mem::take(&mut cut.framing));
        self.ordinal += 1;
        self.record += cut.records;
        self.line += cut.lines;
        Some(block)
    }

    fn cut(&mut self) -> Cut {
        for most in [self.sizes.block, self.sizes.record] {
            self.fill(most + 1);
            let window = &self.carry[self.start..];
            let at_end = window.len() <= most;
            let window = &window[..window.len().min(most)];
            if let Some(cut) = self.cutter.boundary(window, at_end) {
                return cut;
            }
        }
        let window = &self.carry[self.start..self.start + self.sizes.record];
        self.cutter.tear(window, self.sizes.block)
    }

    /// Makes the block from `carry` and keeps what the next one needs.
    fn hand_out(&mut self, owned: Range<usize>, mut framing: Framing) -> Block {
        let end = self.carry.len().min(owned.end + self.sizes.margin);
        let keep_from = owned.end.saturating_sub(self.sizes.margin);
        let mut next = self.spare.pop().unwrap_or_default();
        next.clear();
        next.extend_from_slice(&self.carry[keep_from..]);
        let mut bytes = std::mem::replace(&mut self.carry, next);
        bytes.truncate(end);
        framing.first_record = self.record;
        framing.first_line = self.line;
        let base = u32::try_from(owned.start).expect("a block is far below 4 GiB");
        framing.starts.iter_mut().chain(&mut framing.ends).for_each(|at| *at += base);
        framing.marks.iter_mut().for_each(|mark| mark.shift(base));
        let mut block =
            Block { ordinal: self.ordinal, offset: self.offset, bytes, owned: owned.clone(), framing, origin: None, cells: None };
        if let Some(conversion) = &mut self.conversion {
            block.origin = Some(conversion.origin(&block));
        }
        self.start = owned.end - keep_from;
        self.offset += keep_from as u64;
        block
    }

    /// Reads until that many uncut bytes are there, or the leaf ends.
    fn fill(&mut self, wanted: usize) {
        let wanted = self.start + wanted;
        let have = self.carry.len();
        if have >= wanted || self.ended {
            return;
        }
        // Room for the block that is being built and for its margin, so that one allocation serves it.
        self.carry.reserve_exact((wanted - have).max(self.sizes.block + 2 * self.sizes.margin));
        self.carry.resize(wanted, 0);
        let filled = fill(&mut self.body, &mut self.carry[have..]);
        self.ended = filled.ended;
        self.failure = filled.failure;
        self.carry.truncate(have + filled.read);
    }
}

impl Supply for Blocks {
    fn next_piece(&mut self) -> Option<Piece> {
        self.next_block().map(Piece::Block)
    }

    fn recycle(&mut self, bytes: Vec<u8>) {
        if self.spare.len() < 8 {
            self.spare.push(bytes);
        }
    }

    fn take_failure(&mut self) -> Option<io::Error> {
        self.failure.take()
    }

    fn malformed(&self) -> Option<u64> {
        self.conversion.as_ref()?.way.malformed()
    }

    fn bytes_cut(&self) -> u64 {
        self.conversion.as_ref().map_or(self.offset + self.start as u64, |conversion| conversion.stored)
    }

    fn records(&self) -> u64 {
        self.record
    }

    fn torn_records(&self) -> u64 {
        self.torn_records
    }
}

impl Conversion {
    /// The way back for a block, which starts where the last one ended.
    fn origin(&mut self, block: &Block) -> Origin {
        let end = block.offset + block.owned.end as u64;
        let index = |offset: u64| usize::try_from(offset - block.offset).expect("it is in the block");
        let mut anchors = vec![(block.owned.start, self.stored)];
        anchors.extend(self.way.take_until(end).into_iter().map(|(offset, stored)| (index(offset), stored)));
        let origin = Origin { charset: self.way.charset, anchors };
        self.stored = origin.stored(&block.bytes, block.owned.end);
        origin
    }
}
