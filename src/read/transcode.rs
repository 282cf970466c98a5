//! Converts a body to UTF-8 as it is read, and keeps the way back.

use std::collections::VecDeque;
use std::io::{self, Read};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use encoding_rs::{Decoder, DecoderResult, Encoding};

use super::full::fill;
use crate::model::Charset;

/// Stored bytes between two anchors, at most.
const STRETCH: usize = 256;
/// The most bytes that a decoder needs to go on.
const UNIT: usize = 4;
/// Stored bytes read at once.
const CHUNK: usize = 64 * 1024;
const REPLACEMENT: &[u8] = "\u{FFFD}".as_bytes();

/// The way back from converted text. The converter writes it, the cutter of blocks reads it.
#[derive(Clone)]
pub(super) struct WayBack {
    pub charset: Charset,
    shared: Arc<Mutex<Shared>>,
}

#[derive(Default)]
struct Shared {
    /// Offsets in the text and where they are stored; nothing between two of them was replaced.
    anchors: VecDeque<(u64, u64)>,
    /// Stored offset of the first bytes that are no character.
    malformed: Option<u64>,
}

impl WayBack {
    /// Anchors every character of a stretch, in which some are not stored as the encoder would write them.
    fn anchor_each(&self, encoding: &'static Encoding, stretch: &[u8], text_from: u64, stored_from: u64) {
        let mut decoder = encoding.new_decoder_without_bom_handling();
        let (mut text_at, mut out) = (text_from, [0; 16]);
        let mut shared = self.lock();
        for (at, byte) in stretch.iter().enumerate() {
            let (_, _, written) = decoder.decode_to_utf8_without_replacement(&[*byte], &mut out, false);
            if written > 0 {
                text_at += written as u64;
                shared.anchors.push_back((text_at, stored_from + at as u64 + 1));
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the anchors up to an offset of the text.
    pub(super) fn take_until(&self, offset: u64) -> Vec<(u64, u64)> {
        let mut shared = self.lock();
        let count = shared.anchors.partition_point(|(at, _)| *at <= offset);
        shared.anchors.drain(..count).collect()
    }

    /// Returns the stored offset of the first bytes that were replaced.
    pub(super) fn malformed(&self) -> Option<u64> {
        self.lock().malformed
    }
}

/// A body as UTF-8. What is no character reads as U+FFFD.
pub(super) struct Transcoder {
    body: Box<dyn Read + Send>,
    decoder: Engine,
    way: WayBack,
    /// Stored bytes that wait, and where they start.
    input: Vec<u8>,
    start: usize,
    body_ended: bool,
    failure: Option<io::Error>,
    /// Text that waits, and where it starts.
    output: Vec<u8>,
    given: usize,
    /// Offset of the end of `output` in the text, and where the character there is stored.
    text_at: u64,
    stored_at: u64,
    /// Stored bytes that went into the decoder.
    fed: u64,
    finished: bool,
}

enum Engine {
    Legacy(Decoder),
    Utf32 { big: bool },
}

/// What one step of an engine did.
struct Step {
    read: usize,
    /// Bytes that are no character, and how many were read behind them.
    malformed: Option<(usize, usize)>,
}

impl Engine {
    /// Decodes some of `input`; `last` where nothing follows.
    fn step(&mut self, input: &[u8], last: bool, out: &mut Vec<u8>) -> Step {
        match self {
            Self::Legacy(decoder) => {
                let from = out.len();
                let room = decoder.max_utf8_buffer_length_without_replacement(input.len()).unwrap_or(4 * input.len() + 16);
                out.resize(from + room, 0);
                let (result, read, written) = decoder.decode_to_utf8_without_replacement(input, &mut out[from..], last);
                out.truncate(from + written);
                let malformed = match result {
                    DecoderResult::Malformed(bad, behind) => Some((bad.into(), behind.into())),
                    DecoderResult::InputEmpty | DecoderResult::OutputFull => None,
                };
                Step { read, malformed }
            }
            Self::Utf32 { big } => utf32(*big, input, last, out),
        }
    }
}

fn utf32(big: bool, input: &[u8], last: bool, out: &mut Vec<u8>) -> Step {
    let mut read = 0;
    let (units, rest) = input.as_chunks::<4>();
    for unit in units {
        read += 4;
        let code = if big { u32::from_be_bytes(*unit) } else { u32::from_le_bytes(*unit) };
        let Some(c) = char::from_u32(code) else { return Step { read, malformed: Some((4, 0)) } };
        out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
    }
    let malformed = (last && !rest.is_empty()).then_some((rest.len(), 0));
    read += malformed.map_or(0, |(bad, _)| bad);
    Step { read, malformed }
}

impl Transcoder {
    /// `head`: what was read of the body before, without its byte order mark, which is `mark` bytes long; `failure`: the error
    /// that ended it.
    pub(super) fn new(charset: Charset, head: &[u8], mark: usize, failure: Option<io::Error>, body: Box<dyn Read + Send>) -> Self {
        let decoder = match charset {
            Charset::Legacy(encoding) => Engine::Legacy(encoding.new_decoder_without_bom_handling()),
            Charset::Utf32 { big } => Engine::Utf32 { big },
        };
        Self {
            body,
            decoder,
            way: WayBack { charset, shared: Arc::default() },
            input: head.to_vec(),
            start: 0,
            body_ended: failure.is_some(),
            failure,
            output: Vec::new(),
            given: 0,
            text_at: 0,
            stored_at: mark as u64,
            fed: mark as u64,
            finished: false,
        }
    }

    pub(super) fn way_back(&self) -> WayBack {
        self.way.clone()
    }

    /// Reads more behind the stored bytes that are left.
    fn fill_input(&mut self) {
        self.input.drain(..self.start);
        self.start = 0;
        let left = self.input.len();
        self.input.resize(CHUNK, 0);
        let filled = fill(&mut self.body, &mut self.input[left..]);
        self.body_ended = filled.ended;
        self.failure = filled.failure;
        self.input.truncate(left + filled.read);
    }

    /// Converts one stretch.
    fn convert(&mut self) {
        self.output.clear();
        self.given = 0;
        // A part of a unit of UTF-32 waits for the rest of it.
        if self.input.len() - self.start < UNIT && !self.body_ended {
            self.fill_input();
        }
        let mut end = self.input.len().min(self.start + STRETCH);
        // No character of a character set of bytes ends with a byte below `0`: behind one the stored offset is known.
        let lines = matches!(self.way.charset, Charset::Legacy(encoding) if encoding.is_ascii_compatible());
        let seam = self.input[self.start..end].iter().rposition(|b| *b < b'0').filter(|_| lines);
        if let Some(n) = seam {
            end = self.start + n + 1;
        }
        let last = self.body_ended && end == self.input.len();
        self.anchor();
        let step = self.decoder.step(&self.input[self.start..end], last, &mut self.output);
        self.start += step.read;
        self.fed += step.read as u64;
        let text = std::str::from_utf8(&self.output).expect("decoders give UTF-8");
        let (text_from, stored_from) = (self.text_at, self.stored_at);
        self.text_at += text.len() as u64;
        self.stored_at += self.way.charset.stored_len(text);
        if let (Charset::Legacy(encoding), Some(_), None) = (self.way.charset, seam, step.malformed)
            && self.stored_at != self.fed
        {
            self.way.anchor_each(encoding, &self.input[self.start - step.read..self.start], text_from, stored_from);
        }
        match step.malformed {
            Some((bad, behind)) => {
                self.stored_at = self.fed - behind as u64 - bad as u64;
                self.way.lock().malformed.get_or_insert(self.stored_at);
                self.anchor();
                self.output.extend_from_slice(REPLACEMENT);
                self.text_at += REPLACEMENT.len() as u64;
                self.stored_at += bad as u64;
            }
            None => {
                if seam.is_some() && self.start == end {
                    self.stored_at = self.fed;
                }
                self.finished = last && self.start == self.input.len();
            }
        }
        if self.finished {
            self.anchor();
        }
    }

    /// Notes where the text so far ends.
    fn anchor(&mut self) {
        let anchor = (self.text_at, self.stored_at);
        let mut shared = self.way.lock();
        if shared.anchors.back() != Some(&anchor) {
            shared.anchors.push_back(anchor);
        }
    }
}

impl Read for Transcoder {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.given == self.output.len() {
            if self.finished {
                return self.failure.take().map_or(Ok(0), Err);
            }
            self.convert();
        }
        let n = into.len().min(self.output.len() - self.given);
        into[..n].copy_from_slice(&self.output[self.given..self.given + n]);
        self.given += n;
        Ok(n)
    }
}
