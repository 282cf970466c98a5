//! Keyed BLAKE3 of many short messages at once: vector units hash up to 16 of them in little more than the time of one.

use blake3::IncrementCounter;
use blake3::platform::Platform;
use zeroize::{Zeroize, Zeroizing};

use crate::model::Id;

/// Bytes of a BLAKE3 block.
const BLOCK: usize = 64;
/// Blocks of a BLAKE3 chunk: longer messages are hashed as a tree, one by one.
const CHUNK_BLOCKS: usize = 16;
/// Messages of equal length that are hashed together.
const TOGETHER: usize = 16;
/// Flags of the BLAKE3 paper, section 2.2: keyed hash; first and last block of a chunk; root of the tree.
const KEYED_HASH: u8 = 1 << 4;
const CHUNK_START: u8 = 1;
const CHUNK_END: u8 = 1 << 1;
const ROOT: u8 = 1 << 3;
/// Ends a message before it is filled up with zeros to whole blocks, so that no two messages are filled up alike.
const END: u8 = 0x80;

/// A key of one purpose.
#[derive(Clone)]
pub(super) struct MacKey(Zeroizing<[u8; 32]>);

impl MacKey {
    pub(super) fn new(key: [u8; 32]) -> Self {
        Self(Zeroizing::new(key))
    }

    pub(super) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Hashes one message.
    pub(super) fn mac(&self, message: &[u8]) -> Id {
        self.mac_of([message])
    }

    /// Hashes one message, given in parts.
    fn mac_of<const N: usize>(&self, parts: [&[u8]; N]) -> Id {
        let mut hasher = blake3::Hasher::new_keyed(&self.0);
        let mut len = 0;
        for part in parts {
            hasher.update(part);
            len += part.len();
        }
        let mut filling = [0; BLOCK];
        filling[0] = END;
        hasher.update(&filling[..BLOCK - len % BLOCK]);
        first16(hasher.finalize().as_bytes())
    }

    fn words(&self) -> [u32; 8] {
        std::array::from_fn(|i| u32::from_le_bytes(std::array::from_fn(|byte| self.0[4 * i + byte])))
    }
}

pub(super) fn first16(bytes: &[u8; 32]) -> Id {
    Id::new(bytes[..16].try_into().expect("16 of 32 bytes"))
}

/// Messages that wait to be hashed under one key, and what became of those before them.
pub(super) struct MacBatch {
    key: MacKey,
    platform: Platform,
    /// By number of blocks, less one.
    lanes: [Lane; CHUNK_BLOCKS],
    macs: Vec<Id>,
}

/// Waiting messages of equal length.
#[derive(Default)]
struct Lane {
    /// Room for [`TOGETHER`] messages, once one was there.
    bytes: Vec<u8>,
    /// Places in `macs`.
    slots: [usize; TOGETHER],
    count: usize,
}

impl MacBatch {
    pub(super) fn new(key: MacKey) -> Self {
        Self { key, platform: Platform::detect(), lanes: Default::default(), macs: Vec::new() }
    }

    /// Takes a message, given in parts; returns its place among the results.
    #[inline]
    pub(super) fn push<const N: usize>(&mut self, parts: [&[u8]; N]) -> usize {
        let slot = self.macs.len();
        let len = parts.iter().map(|part| part.len()).sum::<usize>();
        let blocks = len / BLOCK + 1;
        let Some(lane) = self.lanes.get_mut(blocks - 1) else {
            self.macs.push(self.key.mac_of(parts));
            return slot;
        };
        self.macs.push(Id::NONE);
        let size = blocks * BLOCK;
        if lane.bytes.is_empty() {
            lane.bytes.resize(TOGETHER * size, 0);
        }
        let message = &mut lane.bytes[lane.count * size..][..size];
        // What fills the message up stands in its last block.
        message[size - BLOCK..].copy_from_slice(&[0; BLOCK]);
        let mut at = 0;
        for part in parts {
            message[at..at + part.len()].copy_from_slice(part);
            at += part.len();
        }
        message[at] = END;
        lane.slots[lane.count] = slot;
        lane.count += 1;
        if lane.count == TOGETHER {
            self.hash(blocks);
        }
        slot
    }

    /// Hashes what waits and returns all results, in order of their messages.
    pub(super) fn finish(&mut self) -> &[Id] {
        for blocks in 1..=CHUNK_BLOCKS {
            self.hash(blocks);
        }
        &self.macs
    }

    /// Forgets messages and results.
    pub(super) fn clear(&mut self) {
        for lane in &mut self.lanes {
            lane.count = 0;
        }
        self.macs.clear();
    }

    fn hash(&mut self, blocks: usize) {
        match blocks {
            1 => self.hash_lane::<{ BLOCK }>(),
            2 => self.hash_lane::<{ 2 * BLOCK }>(),
            3 => self.hash_lane::<{ 3 * BLOCK }>(),
            4 => self.hash_lane::<{ 4 * BLOCK }>(),
            5 => self.hash_lane::<{ 5 * BLOCK }>(),
            6 => self.hash_lane::<{ 6 * BLOCK }>(),
            7 => self.hash_lane::<{ 7 * BLOCK }>(),
            8 => self.hash_lane::<{ 8 * BLOCK }>(),
            9 => self.hash_lane::<{ 9 * BLOCK }>(),
            10 => self.hash_lane::<{ 10 * BLOCK }>(),
            11 => self.hash_lane::<{ 11 * BLOCK }>(),
            12 => self.hash_lane::<{ 12 * BLOCK }>(),
            13 => self.hash_lane::<{ 13 * BLOCK }>(),
            14 => self.hash_lane::<{ 14 * BLOCK }>(),
            15 => self.hash_lane::<{ 15 * BLOCK }>(),
            _ => self.hash_lane::<{ CHUNK_BLOCKS * BLOCK }>(),
        }
    }

    fn hash_lane<const N: usize>(&mut self) {
        let lane = &mut self.lanes[N / BLOCK - 1];
        let count = std::mem::take(&mut lane.count);
        if count == 0 {
            return;
        }
        let (messages, _) = lane.bytes.as_chunks::<N>();
        let inputs: [&[u8; N]; TOGETHER] = std::array::from_fn(|i| &messages[i.min(count - 1)]);
        let mut out = [0; 32 * TOGETHER];
        let (start, end) = (CHUNK_START, CHUNK_END | ROOT);
        self.platform.hash_many(&inputs[..count], &self.key.words(), 0, IncrementCounter::No, KEYED_HASH, start, end, &mut out);
        let (hashes, _) = out.as_chunks::<32>();
        for (slot, hash) in lane.slots[..count].iter().zip(hashes) {
            self.macs[*slot] = first16(hash);
        }
    }
}

/// Messages hold values.
impl Drop for MacBatch {
    fn drop(&mut self) {
        for lane in &mut self.lanes {
            lane.bytes.zeroize();
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_batch_gives_the_keyed_hash_of_each_message(lens in prop::collection::vec(0usize..1_200, 0..120), key in any::<[u8; 32]>()) {
            let bytes: Vec<u8> = (0..1_200u32).map(|i| (i * 7 % 251) as u8).collect();
            let mut batch = MacBatch::new(MacKey::new(key));
            for (n, len) in lens.iter().enumerate() {
                prop_assert_eq!(batch.push([&bytes[..len / 2], &bytes[len / 2..*len]]), n);
            }
            let macs = batch.finish().to_vec();
            prop_assert_eq!(macs.len(), lens.len());
            for (len, mac) in lens.iter().zip(macs) {
                let mut message = bytes[..*len].to_vec();
                message.push(END);
                message.resize(message.len().next_multiple_of(BLOCK), 0);
                prop_assert_eq!(mac, first16(blake3::keyed_hash(&key, &message).as_bytes()));
                prop_assert_eq!(mac, MacKey::new(key).mac(&bytes[..*len]));
            }
        }
    }
}
