//! LZ4 frames, one after the other; skippable frames decode to nothing.

use std::io::{self, Read};

use lz4_flex::frame::FrameDecoder;

use super::codec::{Format, Start};
use super::input::Input;
use super::{Damage, zstd};

/// The registry row.
pub(super) const FORMAT: Format = Format::new("lz4", 4, fits, Start::Pull(|input| Box::new(Frames::new(input))));

const MAGIC: [u8; 4] = [0x04, 0x22, 0x4D, 0x18];

fn fits(head: &[u8]) -> bool {
    MAGIC.starts_with(head)
}

/// The library's reader says that it has ended after each frame, and where the input ends between two blocks or in a header.
struct Frames {
    decoder: FrameDecoder<Noted>,
    inside: bool,
}

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

    fn damage(&self) -> Damage {
        self.input.damage().unwrap_or(Damage::Truncated)
    }

    /// Finds the next frame behind skippable ones and padding; false at the end.
    fn next_frame(&mut self) -> Result<bool, Damage> {
        loop {
            if self.input.peek(1) == [0] {
                self.input.skip_zeros();
            }
            let head = self.input.peek(8);
            match head {
                [] => return self.input.damage().map_or(Ok(false), Err),
                [a, b, c, d, length @ ..] if zstd::is_skippable(&[*a, *b, *c, *d]) => {
                    let Ok(length) = <[u8; 4]>::try_from(length) else { return Err(self.damage()) };
                    let bytes = 8 + u64::from(u32::from_le_bytes(length));
                    if self.input.skip(bytes) < bytes {
                        return Err(self.damage());
                    }
                }
                _ if fits(&head[..head.len().min(4)]) => return if head.len() < 4 { Err(self.damage()) } else { Ok(true) },
                _ => {
                    self.input.skip_all();
                    return Err(self.input.damage().unwrap_or(Damage::TrailingGarbage));
                }
            }
        }
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

impl Frames {
    fn new(input: Input) -> Self {
        Self { decoder: FrameDecoder::new(Noted { input, last: [0xFF; 8] }), inside: false }
    }
}

impl Read for Frames {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            let noted = self.decoder.get_mut();
            if !self.inside {
                if !noted.next_frame()? {
                    return Ok(0);
                }
                noted.last = [0xFF; 8];
                self.inside = true;
            }
            let read = self.decoder.read(into)?;
            if read > 0 {
                return Ok(read);
            }
            let noted = self.decoder.get_mut();
            if noted.input.peek(1).is_empty() && !noted.ends_frame() {
                return Err(noted.damage().into());
            }
            self.inside = false;
        }
    }
}
