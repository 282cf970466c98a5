//! The run's key and what is made with it: tokens of values, records and guards, and identifiers.
//!
//! Every token is the first 128 bits of BLAKE3 in keyed mode under a subkey of its own purpose (BLAKE3 `derive_key`). What is
//! hashed is filled up to whole blocks, so that many tokens can be made at once ([`TokenBatch`]).

use zeroize::Zeroizing;

use super::Finding;
use super::mac::{MacBatch, MacKey, first16};
use crate::model::{Error, ErrorKind, Id, Normalisation, Result};

/// 32 secret bytes. It has no `Debug` and is wiped when dropped.
pub struct Key(Zeroizing<[u8; 32]>);

impl Key {
    /// Takes 32 random bytes.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Reads 64 hex digits; white space around them is ignored.
    ///
    /// # Errors
    /// `Key` where the text is anything else. The text is not repeated.
    pub fn from_hex(text: &str) -> Result<Self> {
        let wrong = || Error::new(ErrorKind::Key, "a key is 64 hex digits").hint("make one with: datatrawl key new");
        let text = text.trim().as_bytes();
        if text.len() != 64 {
            return Err(wrong());
        }
        let mut bytes = Zeroizing::new([0; 32]);
        for (byte, pair) in bytes.iter_mut().zip(text.chunks_exact(2)) {
            let digit = |c: u8| char::from(c).to_digit(16).and_then(|d| u8::try_from(d).ok()).ok_or_else(wrong);
            *byte = digit(pair[0])? << 4 | digit(pair[1])?;
        }
        Ok(Self(bytes))
    }

    /// Writes 64 hex digits, for `datatrawl key new`.
    #[must_use]
    pub fn to_hex(&self) -> Zeroizing<String> {
        use std::fmt::Write as _;
        let mut text = Zeroizing::new(String::with_capacity(64));
        for byte in self.0.iter() {
            write!(text, "{byte:02x}").expect("a string takes all");
        }
        text
    }

    /// Returns the public name of the key: it tells keys apart and reveals nothing of them.
    #[must_use]
    pub fn id(&self) -> String {
        first16(&self.subkey("datatrawl 2026-11 key id")).to_string()
    }

    fn subkey(&self, purpose: &str) -> [u8; 32] {
        blake3::derive_key(purpose, self.0.as_slice())
    }
}

/// Makes tokens and identifiers under one key.
#[derive(Clone)]
pub struct Tokens {
    value: MacKey,
    record: MacKey,
    guard: MacKey,
    finding: MacKey,
    object: MacKey,
    content: MacKey,
    sketch: [u64; 4],
}

impl Tokens {
    /// Derives the subkeys.
    #[must_use]
    pub fn new(key: &Key) -> Self {
        let subkey = |purpose: &str| MacKey::new(key.subkey(purpose));
        Self {
            value: subkey("datatrawl 2026-11 value token"),
            record: subkey("datatrawl 2026-11 record token"),
            guard: subkey("datatrawl 2026-11 guard token"),
            finding: subkey("datatrawl 2026-11 finding id"),
            object: subkey("datatrawl 2026-11 object id"),
            content: subkey("datatrawl 2026-11 content token"),
            sketch: words(&key.subkey("datatrawl 2026-11 distinct sketch")),
        }
    }

    /// Returns the token of a normalised value: equal for the same entity and value in every scan under this key.
    pub fn value(&self, entity: &str, normalisation: Normalisation, value: &[u8], buffer: &mut Vec<u8>) -> Id {
        parts(buffer, &[entity.as_bytes(), normalisation.name().as_bytes(), value]);
        self.value.mac(buffer)
    }

    /// Returns the token of a record's bytes, as findings have it.
    #[must_use]
    pub fn record(&self, bytes: &[u8]) -> Id {
        self.record.mac(bytes)
    }

    /// Returns the token of a value with its neighbours, as findings have it.
    #[must_use]
    pub fn guard(&self, bytes: &[u8]) -> Id {
        self.guard.mac(bytes)
    }

    /// Returns what stands for rule, path, member, table and column in the id of a finding.
    pub fn place(&self, names: &[&[u8]], buffer: &mut Vec<u8>) -> Id {
        parts(buffer, names);
        self.finding.mac(buffer)
    }

    /// Returns the id of a leaf.
    #[must_use]
    pub fn object(&self, path: &str, member: Option<&str>, ordinal: Option<i64>) -> Id {
        let mut buffer = Vec::new();
        let ordinal = ordinal.unwrap_or(-1).to_le_bytes();
        parts(&mut buffer, &[path.as_bytes(), member.unwrap_or("\0").as_bytes(), &ordinal]);
        self.object.mac(&buffer)
    }

    /// Returns a 64-bit hash for counting distinct values; it never leaves the process. No hash of cryptography: a leaf's first
    /// records are hashed cell by cell, and who does not know the key can choose no values that collide.
    #[must_use]
    pub fn sketch(&self, text: &[u8]) -> u64 {
        let fold = |a: u64, b: u64| {
            let product = u128::from(a) * u128::from(b);
            product as u64 ^ (product >> 64) as u64
        };
        let [first, second, third, fourth] = self.sketch;
        let mut state = first ^ text.len() as u64;
        for chunk in text.chunks(16) {
            let mut held = [0; 16];
            held[..chunk.len()].copy_from_slice(chunk);
            let pair = u128::from_le_bytes(held);
            state = fold(pair as u64 ^ second, (pair >> 64) as u64 ^ state);
        }
        fold(state ^ third, fourth)
    }

    /// Returns the key that raw bytes are hashed under for `content_token`.
    #[must_use]
    pub fn content_key(&self) -> &[u8; 32] {
        self.content.bytes()
    }
}

/// Makes the tokens and ids of the findings of one block. They are there when [`TokenBatch::fill`] has run.
pub struct TokenBatch {
    values: MacBatch,
    records: MacBatch,
    guards: MacBatch,
    findings: MacBatch,
    waiting: Vec<Waiting>,
    /// By rule, what stands before its values: entity and normalisation.
    heads: Vec<Option<(Normalisation, Box<[u8]>)>>,
}

/// What the tokens of one finding are made of, besides its value and guard.
struct Waiting {
    place: Id,
    record: Option<usize>,
}

impl TokenBatch {
    /// Makes a batch with nothing in it.
    #[must_use]
    pub fn new(tokens: &Tokens) -> Self {
        Self {
            values: MacBatch::new(tokens.value.clone()),
            records: MacBatch::new(tokens.record.clone()),
            guards: MacBatch::new(tokens.guard.clone()),
            findings: MacBatch::new(tokens.finding.clone()),
            waiting: Vec::new(),
            heads: Vec::new(),
        }
    }

    /// Takes a record; returns its number for [`TokenBatch::finding`].
    pub fn record(&mut self, bytes: &[u8]) -> usize {
        self.records.push([bytes])
    }

    /// Takes the next finding of a rule of this run: its entity and normalised value, its place ([`Tokens::place`]), the bytes
    /// that its guard covers, its record.
    pub fn finding(&mut self, rule: u16, value: (&str, Normalisation, &[u8]), place: Id, guard: &[u8], record: Option<usize>) {
        let (entity, normalisation, value) = value;
        let rule = usize::from(rule);
        if self.heads.len() <= rule {
            self.heads.resize(rule + 1, None);
        }
        let head = match &mut self.heads[rule] {
            Some((known, head)) if *known == normalisation => head,
            other => {
                let mut head = Vec::new();
                parts(&mut head, &[entity.as_bytes(), normalisation.name().as_bytes()]);
                &mut other.insert((normalisation, head.into())).1
            }
        };
        self.values.push([head, &length(value), value]);
        self.guards.push([guard]);
        self.waiting.push(Waiting { place, record });
    }

    /// Writes the tokens into the findings, which are those that were taken since the last time, in that order.
    /// `value_token` and `guard_token` stay none where they are.
    pub fn fill(&mut self, findings: &mut [Finding]) {
        debug_assert_eq!(findings.len(), self.waiting.len(), "each finding was taken");
        let values = self.values.finish();
        for (waiting, value) in self.waiting.iter().zip(values) {
            self.findings.push([waiting.place.bytes(), value.bytes()]);
        }
        let (records, guards, ids) = (self.records.finish(), self.guards.finish(), self.findings.finish());
        for (at, (finding, waiting)) in findings.iter_mut().zip(&self.waiting).enumerate() {
            finding.finding_id = ids[at];
            finding.value_token = finding.value_token.map(|_| values[at]);
            finding.guard_token = finding.guard_token.map(|_| guards[at]);
            finding.record_token = waiting.record.map(|record| records[record]);
        }
        self.clear();
    }

    /// Forgets what was taken: a block that was given up leaves nothing to the next.
    pub fn clear(&mut self) {
        self.waiting.clear();
        for batch in [&mut self.values, &mut self.records, &mut self.guards, &mut self.findings] {
            batch.clear();
        }
    }
}

/// Writes the digest of a content in 64 hex digits: contents are compared in full.
#[must_use]
pub fn content_token(token: &[u8; 32]) -> String {
    let half = |i: usize| Id::new(token[16 * i..16 * (i + 1)].try_into().expect("16 of 32 bytes"));
    format!("{}{}", half(0), half(1))
}

fn words(key: &[u8; 32]) -> [u64; 4] {
    std::array::from_fn(|i| u64::from_le_bytes(std::array::from_fn(|byte| key[8 * i + byte])))
}

/// Joins parts so that no two lists of parts read alike: each after its length.
fn parts(buffer: &mut Vec<u8>, parts: &[&[u8]]) {
    buffer.clear();
    for part in parts {
        buffer.extend_from_slice(&length(part));
        buffer.extend_from_slice(part);
    }
}

fn length(part: &[u8]) -> [u8; 4] {
    u32::try_from(part.len()).expect("parts are below 4 GiB").to_le_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_depend_on_key_entity_normalisation_and_value() {
        let tokens = Tokens::new(&Key::new([1; 32]));
        let other = Tokens::new(&Key::new([2; 32]));
        let mut buffer = Vec::new();
        let token = tokens.value("phone", Normalisation::PhoneE164, b"+6391", &mut buffer);
        assert_eq!(token, tokens.value("phone", Normalisation::PhoneE164, b"+6391", &mut buffer));
        assert_ne!(token, other.value("phone", Normalisation::PhoneE164, b"+6391", &mut buffer));
        assert_ne!(token, tokens.value("phone", Normalisation::Digits, b"+6391", &mut buffer));
        assert_ne!(token, tokens.value("phon", Normalisation::PhoneE164, b"e+6391", &mut buffer));
    }

    #[test]
    fn reads_back_what_it_writes() {
        let key = Key::new([0xA7; 32]);
        let read = Key::from_hex(&format!(" {}\n", key.to_hex().as_str())).expect("64 digits");
        assert_eq!(read.id(), key.id());
        for wrong in ["", "zz", &"g".repeat(64), &"a".repeat(63)] {
            assert!(Key::from_hex(wrong).is_err());
        }
    }
}
