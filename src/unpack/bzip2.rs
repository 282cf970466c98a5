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

/// Bytes that the library puts out at a time.
const PIECE_BYTES: usize = 4 * 1024;

/// A call of the library that fails loses what it put out. So it fills a small buffer of its own: little is lost, and as much
/// whatever is asked for at a time.
struct Bzip2 {
    stream: Decompress,
    piece: Box<[u8]>,
    start: usize,
    end: usize,
    /// What comes once the piece is given out.
    then: Option<Progress>,
}

impl Bzip2 {
    fn new() -> Self {
        Self { stream: Decompress::new(false), piece: vec![0; PIECE_BYTES].into_boxed_slice(), start: 0, end: 0, then: None }
    }

    /// Decodes a piece; returns how much input that took.
    fn refill(&mut self, input: &[u8]) -> usize {
        let before = (self.stream.total_in(), self.stream.total_out());
        self.then = match self.stream.decompress(input, &mut self.piece) {
            Ok(Status::StreamEnd) => Some(Progress::MemberEnd),
            Ok(_) => None,
            Err(Error::DataMagic) => Some(Progress::Damaged(Damage::Corrupt("a block of a bzip2 stream has no magic".to_owned()))),
            Err(_) => Some(Progress::Damaged(Damage::Corrupt("invalid bzip2 stream".to_owned()))),
        };
        (self.start, self.end) = (0, moved(before.1, self.stream.total_out()));
        moved(before.0, self.stream.total_in())
    }
}

impl Codec for Bzip2 {
    fn step(&mut self, input: &[u8], output: &mut [u8]) -> Step {
        let consumed = if self.start == self.end && self.then.is_none() { self.refill(input) } else { 0 };
        let produced = output.len().min(self.end - self.start);
        output[..produced].copy_from_slice(&self.piece[self.start..self.start + produced]);
        self.start += produced;
        let progress = if self.start == self.end { self.then.take() } else { None };
        Step { consumed, produced, progress: progress.unwrap_or(Progress::More) }
    }

    fn restart(&mut self) {
        self.stream = Decompress::new(false);
        (self.start, self.end, self.then) = (0, 0, None);
    }
}
