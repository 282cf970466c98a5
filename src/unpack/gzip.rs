//! gzip (RFC 1952), one member at a time.

use flate2::{Decompress, FlushDecompress, Status};

use super::Damage;
use super::codec::{Codec, Format, Progress, Start, Step, moved};

/// The registry row. Method 8 is the only one that was ever defined, so it counts as magic.
pub(super) const FORMAT: Format =
    Format::new("gzip", 3, |head| [0x1f, 0x8b, 0x08].starts_with(head), Start::Push(|_| Box::new(Gzip::new())));

/// Log2 of the deflate window.
const WINDOW_LOG: u8 = 15;

/// flate2's raw state and not its reader: the reader loses the bytes that one call decodes before it meets damage.
struct Gzip(Decompress);

impl Gzip {
    fn new() -> Self {
        Self(Decompress::new_gzip(WINDOW_LOG))
    }
}

impl Codec for Gzip {
    fn step(&mut self, input: &[u8], output: &mut [u8]) -> Step {
        let before = (self.0.total_in(), self.0.total_out());
        let result = self.0.decompress(input, output, FlushDecompress::None);
        let progress = match result {
            Ok(Status::StreamEnd) => Progress::MemberEnd,
            Ok(Status::Ok | Status::BufError) => Progress::More,
            Err(error) => Progress::Damaged(Damage::Corrupt(error.message().unwrap_or("invalid gzip stream").to_owned())),
        };
        Step { consumed: moved(before.0, self.0.total_in()), produced: moved(before.1, self.0.total_out()), progress }
    }

    fn restart(&mut self) {
        *self = Self::new();
    }
}
