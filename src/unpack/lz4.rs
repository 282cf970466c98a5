//! LZ4 frames, one after the other.

use std::io::{self, Read};

use lz4_flex::frame::FrameDecoder;

use super::codec::{Format, Start};
use super::input::Input;

/// The registry row.
pub(super) const FORMAT: Format = Format {
    name: "lz4",
    magic_bytes: 4,
    fits: |head| [0x04, 0x22, 0x4D, 0x18].starts_with(head),
    start: Start::Pull(|input| Box::new(Frames(FrameDecoder::new(input)))),
};

/// The library's reader says that it has ended after each frame.
struct Frames(FrameDecoder<Input>);

impl Read for Frames {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.0.read(into)?;
            let input = self.0.get_mut();
            if read > 0 || input.peek(1).is_empty() {
                return if read > 0 { Ok(read) } else { input.damage().map_or(Ok(0), |damage| Err(damage.into())) };
            }
        }
    }
}
