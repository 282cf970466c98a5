//! A buffer over a reader that can be peeked and that remembers how the reader ended.

use std::io::{self, Read};

use super::Damage;

/// Reads this long go past the buffer.
const DIRECT_READ_BYTES: usize = 64 * 1024;

/// A buffered reader. Its end, good or bad, is met once and then kept.
pub(super) struct Input {
    source: Box<dyn Read + Send>,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    ended: Option<Result<(), Damage>>,
}

impl Input {
    pub(super) fn new(source: Box<dyn Read + Send>, buffer_bytes: usize) -> Self {
        Self { source, buffer: vec![0; buffer_bytes], start: 0, end: 0, ended: None }
    }

    /// Makes an input that has nothing but its damage.
    pub(super) fn refused(damage: Damage) -> Self {
        Self { source: Box::new(io::empty()), buffer: Vec::new(), start: 0, end: 0, ended: Some(Err(damage)) }
    }

    /// Returns the bytes at hand.
    pub(super) fn available(&self) -> &[u8] {
        &self.buffer[self.start..self.end]
    }

    /// Gives up the first `bytes` of what is at hand.
    pub(super) fn consume(&mut self, bytes: usize) {
        self.start += bytes;
        debug_assert!(self.start <= self.end, "no more is consumed than was at hand");
    }

    /// Reads once more into the free part of the buffer, if the end was not met yet.
    pub(super) fn fill(&mut self) {
        if self.ended.is_some() {
            return;
        }
        self.buffer.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.start = 0;
        match read_uninterrupted(&mut self.source, &mut self.buffer[self.end..]) {
            Ok(0) => self.ended = Some(Ok(())),
            Ok(read) => self.end += read,
            Err(error) => self.ended = Some(Err(Damage::from_error(&error))),
        }
    }

    /// Returns the most bytes that can be at hand.
    pub(super) fn capacity(&self) -> usize {
        self.buffer.len()
    }

    /// Returns the next `bytes`, fewer only where the input ends before.
    pub(super) fn peek(&mut self, bytes: usize) -> &[u8] {
        let bytes = bytes.min(self.capacity());
        while self.available().len() < bytes && self.ended.is_none() {
            self.fill();
        }
        let available = self.available();
        &available[..available.len().min(bytes)]
    }

    /// Gives up all zeros that come next: the padding between streams and after them.
    pub(super) fn skip_zeros(&mut self) {
        while !self.peek(1).is_empty() {
            let zeros = self.available().iter().position(|&byte| byte != 0);
            self.consume(zeros.unwrap_or(self.available().len()));
            if zeros.is_some() {
                return;
            }
        }
    }

    /// Gives up the next `bytes`, fewer where the input ends before; returns how many there were.
    pub(super) fn skip(&mut self, bytes: u64) -> u64 {
        let mut left = bytes;
        while left > 0 && !self.peek(1).is_empty() {
            let some = self.available().len().min(usize::try_from(left).unwrap_or(usize::MAX));
            self.consume(some);
            left -= some as u64;
        }
        bytes - left
    }

    /// Reads to the end, so that a tap sees all.
    pub(super) fn skip_all(&mut self) {
        self.skip(u64::MAX);
    }

    /// Says whether nothing is at hand and nothing will come.
    pub(super) fn is_at_end(&self) -> bool {
        self.start == self.end && self.ended.is_some()
    }

    /// Returns how the reader ended, if it ended badly.
    pub(super) fn damage(&self) -> Option<Damage> {
        self.ended.clone()?.err()
    }

    /// Reads into `into` without the buffer, to spare a copy of every byte.
    fn read_directly(&mut self, into: &mut [u8]) -> usize {
        match read_uninterrupted(&mut self.source, into) {
            Ok(0) => self.ended = Some(Ok(())),
            Ok(read) => return read,
            Err(error) => self.ended = Some(Err(Damage::from_error(&error))),
        }
        0
    }
}

impl Read for Input {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if into.is_empty() {
            return Ok(0);
        }
        if self.available().is_empty() && self.ended.is_none() {
            if into.len() >= DIRECT_READ_BYTES {
                let read = self.read_directly(into);
                if read > 0 {
                    return Ok(read);
                }
            } else {
                self.fill();
            }
        }
        let taken = self.available().len().min(into.len());
        into[..taken].copy_from_slice(&self.available()[..taken]);
        self.consume(taken);
        match self.damage() {
            Some(damage) if taken == 0 => Err(damage.into()),
            _ => Ok(taken),
        }
    }
}

fn read_uninterrupted(source: &mut dyn Read, into: &mut [u8]) -> io::Result<usize> {
    loop {
        match source.read(into) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            result => return result,
        }
    }
}
