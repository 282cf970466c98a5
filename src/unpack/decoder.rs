//! One codec undone: members one after the other, under a guard, as a stream.

use std::io::{self, Read};

use super::budget::{Budget, Share};
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
    window_bytes: u64,
    /// What it shares with the decoders of other members.
    budget: Option<Budget>,
}

impl Guard {
    /// Makes a guard over a decoder whose object's stored bytes `stored` counts.
    pub(super) fn new(caps: &Caps, stored: Meter, budget: Option<Budget>) -> Self {
        Self {
            leaf_bytes: caps.leaf_bytes,
            ratio: caps.ratio,
            ratio_free_bytes: caps.ratio_free_bytes,
            stored,
            given: 0,
            window_bytes: 1 << caps.window_log,
            budget,
        }
    }

    /// Returns the decoded bytes that are still allowed for the stored bytes seen.
    pub(super) fn room(&self) -> u64 {
        let dense = self.stored.bytes().saturating_mul(self.ratio).max(self.ratio_free_bytes);
        let own = self.leaf_bytes.min(dense).saturating_sub(self.given);
        self.budget.as_ref().map_or(own, |budget| own.min(budget.room()))
    }

    /// Counts bytes that were given.
    pub(super) fn give(&mut self, bytes: usize) {
        self.given += bytes as u64;
        if let Some(budget) = &self.budget {
            budget.give(bytes);
        }
    }

    /// Names the cap that is reached.
    pub(super) fn exceeded(&self) -> Damage {
        match &self.budget {
            Some(budget) if budget.room() == 0 => budget.exceeded(),
            _ if self.given >= self.leaf_bytes => Damage::TooLarge { cap_bytes: self.leaf_bytes },
            _ => Damage::TooDense { ratio: self.ratio },
        }
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
    windows: Share,
    phase: Phase,
}

impl Decoder {
    pub(super) fn new(format: &'static Format, codec: Box<dyn Codec>, input: Input, guard: Guard, windows: Share) -> Self {
        Self { format, codec, input, guard, windows, phase: Phase::Between }
    }

    /// Finds the next member, padding, or the end.
    fn next_member(&mut self) -> Phase {
        self.skip_empty();
        if self.input.peek(1) == [0] {
            self.input.skip_zeros();
        }
        let head = self.input.peek(self.format.magic_bytes);
        if head.is_empty() {
            Phase::Ended(self.input.damage())
        } else if !(self.format.fits)(head) {
            Phase::Ended(self.read_tail())
        } else if head.len() < self.format.magic_bytes {
            Phase::Ended(Some(self.cut_short()))
        } else {
            self.make_room_for_window()
        }
    }

    /// Takes memory for the member's window. One above its own cap is refused by the decoder.
    fn make_room_for_window(&mut self) -> Phase {
        let Some(window) = (self.format.window)(self.input.peek(WINDOW_HEAD_BYTES)) else { return Phase::Inside };
        if window <= self.guard.window_bytes {
            if let Err(damage) = self.windows.reach(window) {
                return Phase::Ended(Some(damage));
            }
            self.codec.limit(window);
        }
        Phase::Inside
    }

    /// Passes over members that hold nothing: to make a decoder for each takes far longer.
    fn skip_empty(&mut self) {
        let Some(empty) = self.format.empty else { return };
        while empty(self.input.peek(EMPTY_HEAD_BYTES)) {
            self.input.consume(EMPTY_HEAD_BYTES);
        }
    }

    /// Reads what follows the last member, so that the tap sees it.
    fn read_tail(&mut self) -> Option<Damage> {
        self.input.skip_all();
        self.input.damage().or(Some(Damage::TrailingGarbage))
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

/// Bytes of a member that say how large a window it needs.
const WINDOW_HEAD_BYTES: usize = 64;
/// Bytes of a member of bzip2 that holds nothing; no other codec has the matter.
const EMPTY_HEAD_BYTES: usize = 14;

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
