//! 128-bit identifiers and tokens, written as 32 lower-case hex digits.

use std::fmt;
use std::str::FromStr;

/// The two digits of each byte: every finding writes four ids.
const PAIRS: [[u8; 2]; 256] = {
    let digits = b"0123456789abcdef";
    let mut pairs = [[0; 2]; 256];
    let mut byte = 0;
    while byte < 256 {
        pairs[byte] = [digits[byte >> 4], digits[byte & 15]];
        byte += 1;
    }
    pairs
};

/// A 128-bit identifier or keyed token.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id([u8; 16]);

impl Id {
    /// Stands for an id that is not made yet.
    pub const NONE: Self = Self([0; 16]);

    /// Takes 16 bytes as they are.
    #[must_use]
    pub const fn new(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// Returns the 16 bytes.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// Writes the 32 hex digits.
    #[must_use]
    pub fn hex(&self) -> [u8; 32] {
        let mut out = [0; 32];
        for (pair, byte) in out.chunks_exact_mut(2).zip(&self.0) {
            pair.copy_from_slice(&PAIRS[usize::from(*byte)]);
        }
        out
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(std::str::from_utf8(&self.hex()).expect("hex digits are ASCII"))
    }
}

/// 32 hex digits of either case. The error does not repeat the text.
impl FromStr for Id {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits: Option<Vec<u32>> = text.chars().map(|c| c.to_digit(16)).collect();
        let digits = digits.filter(|digits| digits.len() == 32).ok_or("expected 32 hex digits")?;
        let mut bytes = [0; 16];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = u8::try_from(pair[0] << 4 | pair[1]).expect("two hex digits are a byte");
        }
        Ok(Self(bytes))
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
