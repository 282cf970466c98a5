//! One codec undone: members one after the other, under a guard, as a stream.

use std::io::{self, Read};

use super::codec::{Codec, Format, Progress, Step};
use super::input::Input;
use super::{Caps, Damage, Meter};

/// How many bytes a decoder may still give.
pub(super) struct Guard {
    leaf_bytes: u64,
    ratio: u64,
    ratio_free_bytes: u64,
    stored: Meter,
    given: u64,
}

impl Guard {
    /// Makes a guard over a decoder whose object's stored bytes `stored` counts.
    pub(super) fn new(caps: &Caps, stored: Meter) -> Self {
        Self { leaf_bytes: caps.leaf_bytes, ratio: caps.ratio, ratio_free_bytes: caps.ratio_free_bytes, stored, given: 0 }
    }

    /// Returns the decoded bytes that are still allowed for the stored bytes seen.
    pub(super) fn room(&self) -> u64 {
        let dense = self.stored.bytes().saturating_mul(self.ratio).max(self.ratio_free_bytes);
        self.leaf_bytes.min(dense).saturating_sub(self.given)
    }

    /// Counts bytes that were given.
    pub(super) fn give(&mut self, bytes: usize) {
        self.given += bytes as u64;
    }

    /// Names the cap that is reached.
    pub(super) fn exceeded(&self) -> Damage {
        if self.given >= self.leaf_bytes { Damage::TooLarge { cap_bytes: self.leaf_bytes } } else { Damage::TooDense { ratio: self.ratio } }
    }
}

/// Where a decoder stands.
enum Phase {
    Between,
    Inside,
    Ended(Option<Damage>),
}

/// The decoded stream of one codec.
pub(super) struct Decoder {
    format: &'static Format,
    codec: Box<dyn Codec>,
    input: Input,
    guard: Guard,
    phase: Phase,
}

impl Decoder {
    pub(super) fn new(format: &'static Format, codec: Box<dyn Codec>, input: Input, guard: Guard) -> Self {
        Self { format, codec, input, guard, phase: Phase::Between }
    }

    /// Finds the next member, padding, or the end.
    fn next_member(&mut self) -> Phase {
        let head = self.input.peek(self.format.magic_bytes);
        if head.is_empty() {
            Phase::Ended(self.input.damage())
        } else if !(self.format.fits)(head) {
            Phase::Ended(self.read_tail())
        } else if head.len() < self.format.magic_bytes {
            Phase::Ended(Some(self.cut_short()))
        } else {
            Phase::Inside
        }
    }

    /// Reads what follows the last member, so that the tap sees it. Zeros are padding, as tapes leave it.
    fn read_tail(&mut self) -> Option<Damage> {
        let mut garbage = false;
        while !self.input.is_at_end() {
            let tail = self.input.available();
            garbage |= tail.iter().any(|&byte| byte != 0);
            let length = tail.len();
            self.input.consume(length);
            self.input.fill();
        }
        self.input.damage().or_else(|| garbage.then_some(Damage::TrailingGarbage))
    }

    /// Names the reason why the input ended inside a member: its own damage comes first.
    fn cut_short(&self) -> Damage {
        self.input.damage().unwrap_or(Damage::Truncated)
    }

    /// Takes one step inside a member and returns how many bytes it put into `into`.
    fn decode(&mut self, into: &mut [u8]) -> usize {
        if self.input.available().is_empty() {
            self.input.fill();
        }
        let room = usize::try_from(self.guard.room()).unwrap_or(usize::MAX);
        if room == 0 {
            return self.look_past_cap();
        }
        let allowed = into.len().min(room);
        let step = self.codec.step(self.input.available(), &mut into[..allowed]);
        let produced = step.produced;
        self.settle(step);
        produced
    }

    /// Steps into a spare byte: a document that ends exactly at its cap is not too long.
    fn look_past_cap(&mut self) -> usize {
        let step = self.codec.step(self.input.available(), &mut [0]);
        if step.produced > 0 {
            self.phase = Phase::Ended(Some(self.guard.exceeded()));
        } else {
            self.settle(step);
        }
        0
    }

    fn settle(&mut self, step: Step) {
        let idle = step.consumed == 0 && step.produced == 0;
        self.input.consume(step.consumed);
        self.guard.give(step.produced);
        match step.progress {
            Progress::Damaged(damage) => self.phase = Phase::Ended(Some(damage)),
            Progress::MemberEnd => {
                self.codec.restart();
                self.phase = Phase::Between;
            }
            Progress::More if idle && self.input.is_at_end() => self.phase = Phase::Ended(Some(self.cut_short())),
            Progress::More if idle => self.phase = Phase::Ended(Some(Damage::Corrupt("the decoder makes no progress".to_owned()))),
            Progress::More => {}
        }
    }
}

impl Read for Decoder {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if into.is_empty() {
            return Ok(0);
        }
        loop {
            match &self.phase {
                Phase::Between => self.phase = self.next_member(),
                Phase::Ended(None) => return Ok(0),
                Phase::Ended(Some(damage)) => return Err(damage.clone().into()),
                Phase::Inside => {
                    let decoded = self.decode(into);
                    if decoded > 0 {
                        return Ok(decoded);
                    }
                }
            }
        }
    }
}
