//! Snappy in its framing format.

use std::io::{self, Read};

use snap::read::FrameDecoder;

use super::Damage;
use super::codec::{Format, Start};
use super::input::Input;

/// The registry row: the first chunk names the stream.
pub(super) const FORMAT: Format =
    Format::new("snappy", 10, |head| IDENTIFIER.starts_with(head), Start::Pull(|input| Box::new(FrameDecoder::new(Chunks::new(input)))));

const IDENTIFIER: &[u8; 10] = b"\xFF\x06\x00\x00sNaPpY";
/// Type and length.
const HEADER_BYTES: usize = 4;

/// The chunks of a stream, up to padding: the library takes zeros for a broken chunk.
struct Chunks {
    input: Input,
    /// Bytes until the next chunk.
    left: u64,
}

impl Chunks {
    fn new(input: Input) -> Self {
        Self { input, left: 0 }
    }
}

impl Read for Chunks {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            let mut head = self.input.peek(HEADER_BYTES);
            // A chunk of compressed data has at least its checksum: four zeros are none, and neither are fewer at the end.
            if !head.is_empty() && head.iter().all(|&byte| byte == 0) {
                self.input.skip_zeros();
                if !self.input.peek(1).is_empty() && !IDENTIFIER.starts_with(self.input.peek(IDENTIFIER.len())) {
                    self.input.skip_all();
                    return Err(self.input.damage().unwrap_or(Damage::TrailingGarbage).into());
                }
                head = self.input.peek(HEADER_BYTES);
            }
            self.left = match head {
                [_, a, b, c] => HEADER_BYTES as u64 + u64::from(u32::from_le_bytes([*a, *b, *c, 0])),
                rest => rest.len() as u64,
            };
        }
        let allowed = into.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        let read = self.input.read(&mut into[..allowed])?;
        self.left -= read as u64;
        Ok(read)
    }
}
