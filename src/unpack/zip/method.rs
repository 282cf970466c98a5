//! The methods that members of a zip archive are compressed by, each under the guard of all codecs.

use std::io::{self, Read};

use deflate64::InflaterManaged;
use flate2::{Decompress, FlushDecompress, Status};
use liblzma::stream::{Action, Stream};

use super::super::codec::{Codec, Format, Progress, Start, Step, moved};
use super::super::decoder::{Decoder, Guard};
use super::super::input::Input;
use super::super::{Caps, DECODED_BUFFER_BYTES, Damage, budget, bzip2, xz, zstd};

/// What a method needs to begin.
pub(super) struct Setting<'a> {
    pub(super) caps: &'a Caps,
    pub(super) guard: Guard,
    pub(super) windows: budget::Share,
    /// Bytes of the member, where it has no end mark of its own.
    pub(super) bytes: Option<u64>,
}

/// Undoes a method; none where there is no decoder for it.
pub(super) fn undo(method: u16, stored: Box<dyn Read + Send>, setting: Setting<'_>) -> Option<Box<dyn Read + Send>> {
    let mut input = Input::new(stored, DECODED_BUFFER_BYTES);
    let format: &'static Format = match method {
        0 => return Some(Box::new(input)),
        8 => return Some(Box::new(Single::new(Box::new(Deflate(Decompress::new(false))), input, setting))),
        9 => return Some(Box::new(Single::new(Box::new(Deflate64(Box::new(InflaterManaged::new()))), input, setting))),
        14 => return Some(lzma(input, setting)),
        12 => &bzip2::FORMAT,
        20 | 93 => &zstd::FORMAT,
        95 => &xz::FORMAT,
        _ => return None,
    };
    let Start::Push(start) = format.start else { return None };
    if !(format.fits)(input.peek(format.magic_bytes)) {
        return Some(Box::new(Input::refused(broken(method))));
    }
    Some(Box::new(Decoder::new(format, start(setting.caps), input, setting.guard, setting.windows)))
}

/// Returns the name of a method that is not undone, where it has one.
pub(super) fn name(method: u16) -> &'static str {
    match method {
        1 => "shrink",
        2..=5 => "reduce",
        6 => "implode",
        10 => "PKWARE DCL implode",
        16 => "IBM CMPSC",
        18 => "IBM TERSE",
        19 => "IBM LZ77",
        94 => "MP3",
        96 => "JPEG",
        97 => "WavPack",
        98 => "PPMd",
        _ => "not a registered one",
    }
}

fn broken(method: u16) -> Damage {
    Damage::Corrupt(format!("the member is not compressed by method {method}, as the archive says"))
}

/// A stream with one end, behind which nothing belongs to it.
struct Single {
    codec: Box<dyn Codec>,
    input: Input,
    guard: Guard,
    _windows: budget::Share,
    ended: Option<Option<Damage>>,
}

impl Single {
    fn new(codec: Box<dyn Codec>, input: Input, setting: Setting<'_>) -> Self {
        Self { codec, input, guard: setting.guard, _windows: setting.windows, ended: None }
    }

    fn step(&mut self, into: &mut [u8]) -> usize {
        if self.input.available().is_empty() {
            self.input.fill();
        }
        let room = usize::try_from(self.guard.room()).unwrap_or(usize::MAX);
        let mut spare = [0];
        // With no room left, a spare byte tells whether the member ends exactly at its cap.
        let output = if room == 0 { &mut spare[..] } else { &mut into[..] };
        let allowed = output.len().min(room.max(1));
        let step = self.codec.step(self.input.available(), &mut output[..allowed]);
        self.input.consume(step.consumed);
        if room == 0 && step.produced > 0 {
            self.ended = Some(Some(self.guard.exceeded()));
            return 0;
        }
        self.guard.give(step.produced);
        self.ended = match step.progress {
            Progress::MemberEnd => Some(None),
            Progress::Damaged(damage) => Some(Some(damage)),
            Progress::More if step.consumed > 0 || step.produced > 0 => None,
            Progress::More if self.input.is_at_end() => Some(Some(self.input.damage().unwrap_or(Damage::Truncated))),
            Progress::More => Some(Some(Damage::Corrupt("the decoder makes no progress".to_owned()))),
        };
        step.produced
    }
}

impl Read for Single {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if into.is_empty() {
            return Ok(0);
        }
        while self.ended.is_none() {
            let produced = self.step(into);
            if produced > 0 {
                return Ok(produced);
            }
        }
        match &self.ended {
            Some(Some(damage)) => Err(damage.clone().into()),
            _ => Ok(0),
        }
    }
}

struct Deflate(Decompress);

impl Codec for Deflate {
    fn step(&mut self, input: &[u8], output: &mut [u8]) -> Step {
        let before = (self.0.total_in(), self.0.total_out());
        let progress = match self.0.decompress(input, output, FlushDecompress::None) {
            Ok(Status::StreamEnd) => Progress::MemberEnd,
            Ok(Status::Ok | Status::BufError) => Progress::More,
            Err(error) => Progress::Damaged(Damage::Corrupt(error.message().unwrap_or("invalid deflate stream").to_owned())),
        };
        Step { consumed: moved(before.0, self.0.total_in()), produced: moved(before.1, self.0.total_out()), progress }
    }

    fn restart(&mut self) {
        self.0.reset(false);
    }
}

/// Deflate with a window of 64 KiB, as Windows makes for members above 2 GiB.
struct Deflate64(Box<InflaterManaged>);

impl Codec for Deflate64 {
    fn step(&mut self, input: &[u8], output: &mut [u8]) -> Step {
        let result = self.0.inflate(input, output);
        let progress = if result.data_error || self.0.errored() {
            Progress::Damaged(Damage::Corrupt("invalid deflate64 stream".to_owned()))
        } else if self.0.finished() && self.0.available_output() == 0 {
            Progress::MemberEnd
        } else {
            Progress::More
        };
        Step { consumed: result.bytes_consumed, produced: result.bytes_written, progress }
    }

    fn restart(&mut self) {
        *self.0 = InflaterManaged::new();
    }
}

/// LZMA as zip has it: a version and the length of the properties before them (APPNOTE, 5.8.8).
fn lzma(mut input: Input, mut setting: Setting<'_>) -> Box<dyn Read + Send> {
    const HEAD_BYTES: usize = 9;
    let head = input.peek(HEAD_BYTES).to_vec();
    if head.len() < HEAD_BYTES || head[2..4] != [5, 0] {
        return Box::new(Input::refused(input.damage().unwrap_or_else(|| broken(14))));
    }
    let dictionary = u64::from(u32::from_le_bytes([head[5], head[6], head[7], head[8]]));
    let cap = 1 << setting.caps.window_log;
    if dictionary > cap {
        return Box::new(Input::refused(Damage::WindowTooLarge { window_log: setting.caps.window_log }));
    }
    if let Err(damage) = setting.windows.reach(dictionary) {
        return Box::new(Input::refused(damage));
    }
    input.consume(HEAD_BYTES);
    // The decoder wants the head of a .lzma file: properties, then the size, all ones where the stream ends with a mark.
    let codec = Lzma(Stream::new_lzma_decoder(cap + (1 << 20)).expect("a decoder can be made"));
    let head = [&head[4..], &setting.bytes.unwrap_or(u64::MAX).to_le_bytes()].concat();
    let input = Input::new(Box::new(io::Cursor::new(head).chain(input)), DECODED_BUFFER_BYTES);
    Box::new(Single::new(Box::new(codec), input, setting))
}

struct Lzma(Stream);

impl Codec for Lzma {
    fn step(&mut self, input: &[u8], output: &mut [u8]) -> Step {
        let before = (self.0.total_in(), self.0.total_out());
        let progress = match self.0.process(input, output, Action::Run) {
            Ok(liblzma::stream::Status::StreamEnd) => Progress::MemberEnd,
            Ok(_) => Progress::More,
            Err(_) => Progress::Damaged(Damage::Corrupt("invalid LZMA stream".to_owned())),
        };
        Step { consumed: moved(before.0, self.0.total_in()), produced: moved(before.1, self.0.total_out()), progress }
    }

    fn restart(&mut self) {}
}
