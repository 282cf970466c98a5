//! A codec that a library undoes as a reader, under a guard.

use std::io::{self, ErrorKind, Read};

use super::Damage;
use super::decoder::Guard;

/// The decoded stream of one codec. Its end, good or bad, is met once and then kept.
pub(super) struct Puller {
    reader: Box<dyn Read + Send>,
    guard: Guard,
    ended: Option<Option<Damage>>,
}

impl Puller {
    pub(super) fn new(reader: Box<dyn Read + Send>, guard: Guard) -> Self {
        Self { reader, guard, ended: None }
    }

    /// Reads on; none where the stream has ended.
    fn pull(&mut self, into: &mut [u8]) -> Option<usize> {
        loop {
            let ended = match self.reader.read(into) {
                Ok(0) => None,
                Ok(read) => return Some(read),
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => Some(named(&error)),
            };
            self.ended = Some(ended);
            return None;
        }
    }
}

/// The library's own words may hold bytes of the stream: only their kind is told.
fn named(error: &io::Error) -> Damage {
    match (Damage::of(error), error.kind()) {
        (Some(damage), _) => damage.clone(),
        (None, ErrorKind::UnexpectedEof) => Damage::Truncated,
        (None, _) => Damage::Corrupt("invalid compressed stream".to_owned()),
    }
}

impl Read for Puller {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if into.is_empty() {
            return Ok(0);
        }
        if self.ended.is_none() {
            let room = usize::try_from(self.guard.room()).unwrap_or(usize::MAX);
            // With no room left, a spare byte tells whether the document ends exactly at its cap.
            if room == 0 {
                if self.pull(&mut [0]).is_some() {
                    self.ended = Some(Some(self.guard.exceeded()));
                }
            } else {
                let allowed = into.len().min(room);
                if let Some(read) = self.pull(&mut into[..allowed]) {
                    self.guard.give(read);
                    return Ok(read);
                }
            }
        }
        match &self.ended {
            Some(Some(damage)) => Err(damage.clone().into()),
            _ => Ok(0),
        }
    }
}
