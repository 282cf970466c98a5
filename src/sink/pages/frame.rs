//! A zstd frame (RFC 8878) of ids in hex, made from the ids themselves.
//!
//! Hex digits are equally frequent, so a Huffman code gives each four bits, and with symbols in order these are the
//! bits of the id. What a coder would write for the digits is the id's bytes from last to first. Ids that stood before in the
//! page are repeated, not written again.

use super::sequences::{self, Sequence};
use crate::model::Id;

/// Hex digits of an id.
pub(super) const DIGITS: usize = 32;
/// Bytes of a block at most, as the format has it.
const MOST_BYTES: usize = 128 * 1024;
/// Ids of a block.
const BLOCK_IDS: usize = MOST_BYTES / DIGITS;
/// Ids of a block below which it is written as text, without a code.
const FEW_IDS: usize = 8;
/// Weights of the symbols up to `e`, four bits each, that of `f` follows: one for digits, none for others.
const WEIGHTS: [u8; 51] = {
    let mut weights = [0; 51];
    let digits = b"0123456789abcde";
    let mut at = 0;
    while at < digits.len() {
        let symbol = digits[at] as usize;
        weights[symbol / 2] |= if symbol.is_multiple_of(2) { 0x10 } else { 0x01 };
        at += 1;
    }
    weights
};

/// Makes frames; its tables are used again.
pub(in crate::sink) struct Frames {
    /// For some bits of an id, where one with these bits stood last.
    places: Vec<u32>,
    literals: Vec<[u8; 16]>,
    sequences: Vec<Sequence>,
}

impl Frames {
    pub(in crate::sink) fn new() -> Self {
        Self { places: Vec::new(), literals: Vec::with_capacity(BLOCK_IDS), sequences: Vec::new() }
    }

    /// Appends a frame that holds `head`, then `zeros` zero bytes, then the digits of the ids. Returns the size of its content.
    pub(super) fn write(&mut self, head: &[u8], zeros: usize, ids: &[Id], out: &mut Vec<u8>) -> usize {
        let content = head.len() + zeros + ids.len() * DIGITS;
        frame_header(content, out);
        block(Kind::Raw, head.len(), zeros == 0 && ids.is_empty(), out);
        out.extend_from_slice(head);
        if zeros > 0 {
            block(Kind::Repeated, zeros, ids.is_empty(), out);
            out.push(0);
        }
        self.places.clear();
        self.places.resize(ids.len().next_power_of_two(), u32::MAX);
        let mut last_distance = 1;
        for start in (0..ids.len()).step_by(BLOCK_IDS) {
            let end = ids.len().min(start + BLOCK_IDS);
            self.block(ids, start, end, &mut last_distance, out);
        }
        content
    }

    fn block(&mut self, ids: &[Id], start: usize, end: usize, last_distance: &mut u32, out: &mut Vec<u8>) {
        let is_last = end == ids.len();
        if end - start < FEW_IDS {
            block(Kind::Raw, (end - start) * DIGITS, is_last, out);
            return ids[start..end].iter().for_each(|id| out.extend_from_slice(&id.hex()));
        }
        self.find(ids, start, end);
        let header = out.len();
        out.extend_from_slice(&[0; 3]);
        literals(&self.literals, out);
        sequences::write(&self.sequences, last_distance, out);
        let size = out.len() - header - 3;
        out[header..header + 3].copy_from_slice(&block_header(Kind::Compressed, size, is_last));
    }

    /// Sorts the ids of a block into new ones and repeated ones.
    fn find(&mut self, ids: &[Id], start: usize, end: usize) {
        self.literals.clear();
        self.sequences.clear();
        let (mut at, mut pending) = (start, 0);
        let mask = self.places.len() - 1;
        while at < end {
            let id = ids[at];
            let place = &mut self.places[low_bits(id) & mask];
            let before = std::mem::replace(place, small(at)) as usize;
            if ids.get(before) != Some(&id) {
                self.literals.push(*id.bytes());
                pending += DIGITS;
                at += 1;
                continue;
            }
            let same = ids[before..].iter().zip(&ids[at..end]).take_while(|(a, b)| a == b).count();
            let [literals, repeats, distance] = [pending, same * DIGITS, (at - before) * DIGITS].map(small);
            self.sequences.push(Sequence { literals, repeats, distance });
            pending = 0;
            at += same;
        }
    }
}

/// Appends a frame that holds bytes as they are.
pub(super) fn store(bytes: &[u8], out: &mut Vec<u8>) {
    frame_header(bytes.len(), out);
    let last = bytes.len().div_ceil(MOST_BYTES).max(1) - 1;
    for at in 0..=last {
        let part = &bytes[at * MOST_BYTES..bytes.len().min((at + 1) * MOST_BYTES)];
        block(Kind::Raw, part.len(), at == last, out);
        out.extend_from_slice(part);
    }
}

/// One segment, the size of its content in four bytes, no checksum, no dictionary.
fn frame_header(content: usize, out: &mut Vec<u8>) {
    out.extend_from_slice(&[0x28, 0xb5, 0x2f, 0xfd, 0xa0]);
    out.extend_from_slice(&u32::try_from(content).expect("a page is below 4 GiB").to_le_bytes());
}

/// Kinds of blocks, as the format numbers them.
#[derive(Clone, Copy)]
enum Kind {
    Raw,
    Repeated,
    Compressed,
}

fn block(kind: Kind, size: usize, is_last: bool, out: &mut Vec<u8>) {
    if size > 0 || is_last {
        out.extend_from_slice(&block_header(kind, size, is_last));
    }
}

fn block_header(kind: Kind, size: usize, is_last: bool) -> [u8; 3] {
    let header = (size << 3 | (kind as usize) << 1 | usize::from(is_last)).to_le_bytes();
    [header[0], header[1], header[2]]
}

/// Appends the section of literals: in the Huffman code of the digits, in four streams of equal size.
fn literals(ids: &[[u8; 16]], out: &mut Vec<u8>) {
    let digits = ids.len() * DIGITS;
    if ids.len() < FEW_IDS {
        // As they are, with a size of twenty bits.
        out.extend_from_slice(&(digits << 4 | 0b1100).to_le_bytes()[..3]);
        return ids.iter().for_each(|id| out.extend_from_slice(&Id::new(*id).hex()));
    }
    // Each stream ends with a byte that has nothing but the bit that ends it.
    let stream = ids.len() * 4 + 1;
    let size = 1 + WEIGHTS.len() + 6 + stream * 4;
    // With a code, in four streams, sizes of eighteen bits.
    out.extend_from_slice(&(size << 22 | digits << 4 | 0b1110).to_le_bytes()[..5]);
    // So many weights follow, four bits each.
    out.push(127 + 102);
    out.extend_from_slice(&WEIGHTS);
    for _ in 0..3 {
        out.extend_from_slice(&stream.to_le_bytes()[..2]);
    }
    for bytes in ids.as_flattened().chunks(stream - 1) {
        out.extend(bytes.rchunks(4).flat_map(|word| [word[3], word[2], word[1], word[0]]));
        out.push(1);
    }
}

fn low_bits(id: Id) -> usize {
    let [a, b, ..] = id.bytes();
    usize::from(u16::from_le_bytes([*a, *b]))
}

fn small(size: usize) -> u32 {
    u32::try_from(size).expect("a page is below 4 GiB")
}
