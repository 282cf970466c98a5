//! LZ4 frames, one after the other.

use std::io::{self, Read};

use lz4_flex::frame::FrameDecoder;

use super::Damage;
use super::codec::{Format, Start};
use super::input::Input;

/// The registry row.
pub(super) const FORMAT: Format = Format {
    name: "lz4",
    magic_bytes: 4,
    fits: |head| [0x04, 0x22, 0x4D, 0x18].starts_with(head),
    start: Start::Pull(|input| Box::new(Frames(FrameDecoder::new(Noted { input, last: [0xFF; 8] })))),
};

/// The library's reader says that it has ended after each frame, and where the input ends between two blocks or in a header.
struct Frames(FrameDecoder<Noted>);

/// An input that remembers its last bytes.
struct Noted {
    input: Input,
    last: [u8; 8],
}

impl Noted {
    /// Whether what was read ends as a frame does: with an empty block, and a checksum perhaps.
    fn ends_frame(&self) -> bool {
        self.last[4..] == [0; 4] || self.last[..4] == [0; 4]
    }
}

impl Read for Noted {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(into)?;
        for byte in &into[read.saturating_sub(8)..read] {
            self.last.rotate_left(1);
            self.last[7] = *byte;
        }
        Ok(read)
    }
}

impl Read for Frames {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.0.read(into)?;
            let noted = self.0.get_mut();
            if read > 0 {
                return Ok(read);
            }
            if noted.input.peek(1).is_empty() {
                let damage = noted.input.damage().or_else(|| (!noted.ends_frame()).then_some(Damage::Truncated));
                return damage.map_or(Ok(0), |damage| Err(damage.into()));
            }
        }
    }
}
