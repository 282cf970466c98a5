//! Makes new inputs of known ones. An input that leads to a result of a new shape is kept and changed further.

use std::collections::HashSet;

/// The most bytes of an input.
const MOST: usize = 16 * 1024;
/// Inputs that are kept.
const KEPT: usize = 4_000;

pub struct Mutator {
    corpus: Vec<Vec<u8>>,
    words: &'static [&'static [u8]],
    shapes: HashSet<u64>,
    state: u64,
}

impl Mutator {
    pub fn new(corpus: Vec<Vec<u8>>, words: &'static [&'static [u8]], seed: u64) -> Self {
        Self { corpus, words, shapes: HashSet::new(), state: seed | 1 }
    }

    pub fn corpus(&self) -> Vec<Vec<u8>> {
        self.corpus.clone()
    }

    pub fn shapes(&self) -> usize {
        self.shapes.len()
    }

    /// Keeps an input whose result has a shape that none had before.
    pub fn learn(&mut self, shape: u64, input: &[u8]) {
        if self.shapes.insert(shape) && self.corpus.len() < KEPT {
            self.corpus.push(input.to_vec());
        }
    }

    /// The next input.
    pub fn next(&mut self) -> Vec<u8> {
        let pick = self.below(self.corpus.len());
        let mut input = self.corpus[pick].clone();
        for _ in 0..=self.below(6) {
            self.change(&mut input);
        }
        input.truncate(MOST);
        input
    }

    fn change(&mut self, input: &mut Vec<u8>) {
        let at = self.below(input.len() + 1);
        let span = at..input.len().min(at + 1 + self.below(64));
        match self.below(9) {
            0 if at < input.len() => input[at] ^= 1 << self.below(8),
            1 if at < input.len() => input[at] = self.below(256) as u8,
            2 => drop(input.drain(span)),
            3 => input.truncate(at),
            4 => {
                let again = input[span].repeat(1 + self.below(40));
                drop(input.splice(at..at, again));
            }
            5 | 6 => {
                let word = self.words[self.below(self.words.len())];
                drop(input.splice(at..at, word.iter().copied()));
            }
            7 => {
                let other = self.below(self.corpus.len());
                let from = self.below(self.corpus[other].len() + 1);
                let piece = self.corpus[other][from..].to_vec();
                drop(input.splice(at.., piece));
            }
            _ => {
                let to = self.below(input.len() + 1);
                let piece: Vec<u8> = input.drain(span).collect();
                let to = to.min(input.len());
                drop(input.splice(to..to, piece));
            }
        }
    }

    /// A number below `most`, by xorshift.
    fn below(&mut self, most: usize) -> usize {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        (self.state >> 11) as usize % most.max(1)
    }
}
