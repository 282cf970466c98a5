//! bzip2, one stream at a time.

use bzip2::{Decompress, Error, Status};

use super::Damage;
use super::codec::{Codec, Format, Progress, Start, Step, moved};

/// The registry row. The magic takes in the first block's, or that of the end of an empty stream: three letters are too few.
pub(super) const FORMAT: Format =
    Format { empty: Some(is_empty), ..Format::new("bzip2", 10, fits, Start::Push(|_| Box::new(Bzip2::new()))) };

const MAGIC: &[u8; 3] = b"BZh";
const BLOCK: [u8; 6] = [0x31, 0x41, 0x59, 0x26, 0x53, 0x59];
const END: [u8; 6] = [0x17, 0x72, 0x45, 0x38, 0x50, 0x90];

fn fits(head: &[u8]) -> bool {
    let (magic, rest) = head.split_at(head.len().min(MAGIC.len()));
    let Some((level, block)) = rest.split_first() else { return MAGIC.starts_with(magic) };
    magic == MAGIC && (b'1'..=b'9').contains(level) && (BLOCK.starts_with(block) || END.starts_with(block))
}

/// A stream without a block: its end comes at once, with a checksum of nothing.
fn is_empty(head: &[u8]) -> bool {
    head.len() == 14 && head.starts_with(MAGIC) && (b'1'..=b'9').contains(&head[3]) && head[4..10] == END && head[10..] == [0; 4]
}

struct Bzip2(Decompress);

impl Bzip2 {
    fn new() -> Self {
        Self(Decompress::new(false))
    }
}

impl Codec for Bzip2 {
    fn step(&mut self, input: &[u8], output: &mut [u8]) -> Step {
        let before = (self.0.total_in(), self.0.total_out());
        let progress = match self.0.decompress(input, output) {
            Ok(Status::StreamEnd) => Progress::MemberEnd,
            Ok(_) => Progress::More,
            Err(Error::DataMagic) => Progress::Damaged(Damage::Corrupt("a block of a bzip2 stream has no magic".to_owned())),
            Err(_) => Progress::Damaged(Damage::Corrupt("invalid bzip2 stream".to_owned())),
        };
        Step { consumed: moved(before.0, self.0.total_in()), produced: moved(before.1, self.0.total_out()), progress }
    }

    fn restart(&mut self) {
        *self = Self::new();
    }
}
