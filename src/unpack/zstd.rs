//! zstd (RFC 8878), frame by frame; skippable frames decode to nothing.

use zstd::stream::raw::{DParameter, Decoder, InBuffer, Operation, OutBuffer};

use super::codec::{Codec, Format, Progress, Start, Step};
use super::{Caps, Damage};

/// The registry row.
pub(super) const FORMAT: Format = Format { window, ..Format::new("zstd", 4, fits, Start::Push(|caps| Box::new(Zstd::new(caps)))) };

const MAGIC: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];
/// Any low nibble in the first byte: `0x184D2A50` to `0x184D2A5F`, little-endian.
const SKIPPABLE_MAGIC: [u8; 4] = [0x50, 0x2a, 0x4d, 0x18];
/// The least that zstd needs to look at a frame, and the size of a block's header.
const FIRST_WANTED_BYTES: usize = 5;
const BLOCK_HEADER_BYTES: usize = 3;
/// What zstd itself accepts.
const WINDOW_LOGS: std::ops::RangeInclusive<u32> = 10..=30;

struct Zstd {
    decoder: Decoder<'static>,
    window_log: u32,
    wanted: usize,
    held_back: bool,
}

impl Zstd {
    fn new(caps: &Caps) -> Self {
        let window_log = caps.window_log.clamp(*WINDOW_LOGS.start(), *WINDOW_LOGS.end());
        let mut decoder = Decoder::new().expect("a decoder without a dictionary can be made");
        decoder.set_parameter(DParameter::WindowLogMax(window_log)).expect("a clamped window is accepted");
        Self { decoder, window_log, wanted: FIRST_WANTED_BYTES, held_back: false }
    }

    fn run(&mut self, input: &[u8], output: &mut [u8]) -> Step {
        let room = output.len();
        let mut from = InBuffer::around(input);
        let mut to = OutBuffer::around(output);
        let result = self.decoder.run(&mut from, &mut to);
        let (consumed, produced) = (from.pos(), to.pos());
        self.held_back = produced == room;
        let progress = match result {
            Ok(0) => Progress::MemberEnd,
            Ok(wanted) => {
                self.wanted = wanted;
                Progress::More
            }
            Err(error) => Progress::Damaged(self.damage(&error.to_string())),
        };
        Step { consumed, produced, progress }
    }

    fn damage(&self, message: &str) -> Damage {
        // The binding hands on zstd's message and not its code.
        if message.contains("too much memory") {
            Damage::WindowTooLarge { window_log: self.window_log }
        } else {
            Damage::Corrupt(message.to_lowercase())
        }
    }
}

impl Codec for Zstd {
    fn step(&mut self, input: &[u8], output: &mut [u8]) -> Step {
        // A call that fails loses what it put out. So what a full output held back is fetched before new input is fed, and
        // a block is fed without the header of the next one, which the wanted length takes in.
        if self.held_back {
            let step = self.run(&[], output);
            if step.produced > 0 || !matches!(step.progress, Progress::More) {
                return step;
            }
        }
        let fed = if self.wanted > BLOCK_HEADER_BYTES { self.wanted - BLOCK_HEADER_BYTES } else { self.wanted.max(1) };
        self.run(&input[..input.len().min(fed)], output)
    }

    fn restart(&mut self) {
        // The decoder itself starts anew after each frame.
        self.wanted = FIRST_WANTED_BYTES;
        self.held_back = false;
    }
}

fn fits(head: &[u8]) -> bool {
    let mut masked = [0; 4];
    masked[..head.len()].copy_from_slice(head);
    masked[0] &= 0xf0;
    MAGIC.starts_with(head) || SKIPPABLE_MAGIC.starts_with(&masked[..head.len()])
}

/// Whether four bytes begin a skippable frame, of which LZ4 has the same.
pub(super) fn is_skippable(magic: &[u8]) -> bool {
    magic[0] & 0xf0 == SKIPPABLE_MAGIC[0] && magic[1..] == SKIPPABLE_MAGIC[1..]
}

/// Finds the window's size in a frame's header (RFC 8878, 3.1.1.1).
fn window(head: &[u8]) -> Option<u64> {
    let (magic, header) = head.split_at_checked(MAGIC.len())?;
    let (&descriptor, rest) = header.split_first()?;
    if magic != MAGIC {
        return None;
    }
    if descriptor & 0x20 == 0 {
        let window = rest.first()?;
        let base = 1_u64 << (10 + (window >> 3));
        return Some(base + base / 8 * u64::from(window & 7));
    }
    // A single segment: the window is as large as the content.
    let dictionary = [0, 1, 2, 4][usize::from(descriptor & 3)];
    let size = rest.get(dictionary..)?.get(..[1, 2, 4, 8][usize::from(descriptor >> 6)])?;
    let number = size.iter().rev().fold(0, |sum, byte| sum << 8 | u64::from(*byte));
    Some(if size.len() == 2 { number + 256 } else { number })
}
