//! xz, one stream at a time.

use liblzma::stream::{Action, Error, Status, Stream};

use super::codec::{Codec, Format, Progress, Start, Step, moved};
use super::{Caps, Damage};

/// The registry row.
pub(super) const FORMAT: Format = Format {
    window: |head| Some(dictionary(head).unwrap_or(0)),
    ..Format::new("xz", 6, |head| b"\xFD7zXZ\0".starts_with(head), Start::Push(|caps| Box::new(Xz::new(caps))))
};

/// Bytes before the first block.
const STREAM_HEADER_BYTES: usize = 12;
/// Id of the filter LZMA2.
const LZMA2: u8 = 0x21;

/// Finds the dictionary's size in the header of the first block (The .xz File Format, 3.1 and 5.3.1); other blocks of a
/// stream have the same in practice, and the decoder's own limit holds for all.
fn dictionary(head: &[u8]) -> Option<u64> {
    let block = head.get(STREAM_HEADER_BYTES..)?;
    let (&size, &flags) = (block.first()?, block.get(1)?);
    if size == 0 {
        return None;
    }
    let mut at = 2;
    for present in [flags & 0x40, flags & 0x80] {
        if present != 0 {
            at += block.get(at..)?.iter().position(|byte| byte & 0x80 == 0)? + 1;
        }
    }
    for _ in 0..=flags & 3 {
        let (&id, &properties) = (block.get(at)?, block.get(at + 1)?);
        if id == LZMA2 {
            let bits = block.get(at + 2)? & 0x3F;
            return Some(if bits >= 40 { u64::from(u32::MAX) } else { (2 | u64::from(bits & 1)) << (bits / 2 + 11) });
        }
        at += 2 + usize::from(properties);
    }
    None
}

struct Xz {
    stream: Stream,
    window_log: u32,
}

impl Xz {
    fn new(caps: &Caps) -> Self {
        let window_log = caps.window_log;
        Self { stream: start(window_log), window_log }
    }
}

/// More than the decoder's own tables take.
const TABLES_BYTES: u64 = 1 << 20;

/// The memory limit takes in the dictionary and the decoder's own tables.
fn start(window_log: u32) -> Stream {
    Stream::new_stream_decoder((1 << window_log) + TABLES_BYTES, 0).expect("a decoder can be made")
}

impl Codec for Xz {
    fn step(&mut self, input: &[u8], output: &mut [u8]) -> Step {
        let before = (self.stream.total_in(), self.stream.total_out());
        let progress = match self.stream.process(input, output, Action::Run) {
            Ok(Status::StreamEnd) => Progress::MemberEnd,
            Ok(_) => Progress::More,
            Err(Error::MemLimit | Error::Mem) => Progress::Damaged(Damage::WindowTooLarge { window_log: self.window_log }),
            Err(_) => Progress::Damaged(Damage::Corrupt("invalid xz stream".to_owned())),
        };
        Step { consumed: moved(before.0, self.stream.total_in()), produced: moved(before.1, self.stream.total_out()), progress }
    }

    fn restart(&mut self) {
        self.stream = start(self.window_log);
    }

    fn limit(&mut self, window_bytes: u64) {
        // Blocks may differ in their dictionaries: none gets more than was counted.
        self.stream.set_memlimit(window_bytes + TABLES_BYTES).expect("a decoder that has not begun takes any limit");
    }
}
