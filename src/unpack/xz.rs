//! xz, one stream at a time.

use liblzma::stream::{Action, Error, Status, Stream};

use super::codec::{Codec, Format, Progress, Start, Step, moved};
use super::{Caps, Damage};

/// The registry row.
pub(super) const FORMAT: Format =
    Format { name: "xz", magic_bytes: 6, fits: |head| b"\xFD7zXZ\0".starts_with(head), start: Start::Push(|caps| Box::new(Xz::new(caps))) };

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

/// The memory limit takes in the dictionary and the decoder's own tables, which are below 1 MiB.
fn start(window_log: u32) -> Stream {
    Stream::new_stream_decoder((1 << window_log) + (1 << 20), 0).expect("a decoder can be made")
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
}
