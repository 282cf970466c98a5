//! Region: an ISO 3166-1 alpha-2 country code.

use std::fmt;
use std::str::FromStr;

/// An ISO 3166-1 alpha-2 country code in capitals, such as `PH`.
///
/// The form is checked (two ASCII letters), membership of the standard is not.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Region([u8; 2]);

impl Region {
    /// Makes a region from two letters of either case.
    #[must_use]
    pub const fn new(letters: [u8; 2]) -> Option<Self> {
        if letters[0].is_ascii_alphabetic() && letters[1].is_ascii_alphabetic() {
            Some(Self([letters[0].to_ascii_uppercase(), letters[1].to_ascii_uppercase()]))
        } else {
            None
        }
    }

    /// Returns a number of its own, below 676.
    #[must_use]
    pub fn number(self) -> usize {
        usize::from(self.0[0] - b'A') * 26 + usize::from(self.0[1] - b'A')
    }

    /// Returns the code in capitals.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("a region is two ASCII letters")
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Region {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        <[u8; 2]>::try_from(text.trim().as_bytes())
            .ok()
            .and_then(Self::new)
            .ok_or_else(|| "expected a two-letter country code such as PH".to_owned())
    }
}
