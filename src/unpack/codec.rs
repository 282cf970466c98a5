//! What a codec is, and the registry of those that can be undone.

use std::io::Read;

use super::input::Input;
use super::{Caps, Damage, bzip2, gzip, lz4, snappy, xz, zstd};

/// Longest magic of the registry.
const MAGIC_BYTES: usize = 10;

/// Every codec that can be undone, in the order in which they are tried.
pub(super) const FORMATS: &[Format] = &[gzip::FORMAT, zstd::FORMAT, bzip2::FORMAT, xz::FORMAT, lz4::FORMAT, snappy::FORMAT];

/// One row of the registry.
#[derive(Clone, Copy)]
pub(super) struct Format {
    /// Name as it stands in `codecs`.
    pub(super) name: &'static str,
    /// Bytes of the magic.
    pub(super) magic_bytes: usize,
    /// Says whether bytes, at most as many as the magic has, are the magic or its beginning.
    pub(super) fits: fn(&[u8]) -> bool,
    /// Bytes of the window that a member needs, by its first bytes, as far as they tell.
    pub(super) window: fn(&[u8]) -> Option<u64>,
    /// Says whether the first bytes are a whole member that holds nothing.
    pub(super) empty: Option<fn(&[u8]) -> bool>,
    /// Makes a decoder.
    pub(super) start: Start,
}

impl Format {
    /// A row whose members need no window worth counting.
    pub(super) const fn new(name: &'static str, magic_bytes: usize, fits: fn(&[u8]) -> bool, start: Start) -> Self {
        Self { name, magic_bytes, fits, window: |_| None, empty: None, start }
    }
}

/// How a decoder is made.
#[derive(Clone, Copy)]
pub(super) enum Start {
    /// One that is fed by hand.
    Push(fn(&Caps) -> Box<dyn Codec>),
    /// One that reads by itself, all members one after the other.
    Pull(fn(Input) -> Box<dyn Read + Send>),
}

/// How far a step came.
#[derive(Debug)]
pub(super) enum Progress {
    /// The member goes on.
    More,
    /// The member is complete, and so is its output.
    MemberEnd,
    /// The member cannot be decoded further.
    Damaged(Damage),
}

/// The outcome of a step.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) consumed: usize,
    pub(super) produced: usize,
    pub(super) progress: Progress,
}

/// A decoder of one codec, fed by hand.
pub(super) trait Codec: Send {
    /// Decodes from `input` to `output`, as far as one of them reaches. Bytes that precede damage are delivered with it.
    fn step(&mut self, input: &[u8], output: &mut [u8]) -> Step;

    /// Gets ready for the next member.
    fn restart(&mut self);

    /// Says how large a window the member may take.
    fn limit(&mut self, _window_bytes: u64) {}
}

/// How far a library's counter went.
pub(super) fn moved(before: u64, after: u64) -> usize {
    usize::try_from(after - before).expect("a step moves within its slices")
}

/// Recognises the codec of an input by its first bytes.
pub(super) fn sniff(input: &mut Input) -> Option<&'static Format> {
    let head = input.peek(MAGIC_BYTES);
    let named = |head: &[u8]| FORMATS.iter().find(|format| head.get(..format.magic_bytes).is_some_and(format.fits));
    let found = named(head);
    // A skippable frame may begin a stream of zstd or of LZ4: what follows it decides, where the buffer reaches that far.
    if head.get(..4).is_some_and(zstd::is_skippable) {
        let mut at = 0;
        while let Some(frame) = input.peek(at + MAGIC_BYTES).get(at..).filter(|rest| rest.len() >= 8) {
            if !zstd::is_skippable(&frame[..4]) {
                return named(frame).or(found);
            }
            let length = u32::from_le_bytes([frame[4], frame[5], frame[6], frame[7]]) as usize;
            at = at.saturating_add(8).saturating_add(length);
            if at + MAGIC_BYTES > input.capacity() {
                break;
            }
        }
    }
    found
}
