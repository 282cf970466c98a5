//! Keys of age: recipients, who files are made for, and identities, who read them.

use std::fmt;

use x25519_dalek::{PublicKey, StaticSecret};
use zeroize::Zeroizing;

use super::bech32;
use crate::model::{Error, ErrorKind, Result};

const PUBLIC: &str = "age";
const SECRET: &str = "age-secret-key-";

/// Whom a file is made for: `age1…`.
#[derive(Clone, PartialEq, Eq)]
pub struct Recipient(pub(super) PublicKey);

impl Recipient {
    /// Reads one; none where it is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        bech32::decode(PUBLIC, text).filter(|_| text.starts_with("age1")).map(|bytes| Self(bytes.into()))
    }
}

impl fmt::Display for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&bech32::encode(PUBLIC, self.0.as_bytes()))
    }
}

/// What reads a file: `AGE-SECRET-KEY-1…`. It is never shown.
pub struct Identity(pub(super) StaticSecret);

impl Identity {
    /// Makes a new one.
    ///
    /// # Errors
    /// `Io` where the system has no random numbers.
    pub fn generate() -> Result<Self> {
        let mut bytes = Zeroizing::new([0; 32]);
        random(&mut *bytes).map_err(|error| Error::new(ErrorKind::Io, error.to_string()))?;
        Ok(Self((*bytes).into()))
    }

    /// Reads those of a file, as `age-keygen` writes them: one a line, beside comments.
    ///
    /// # Errors
    /// `Key` where a line is neither, or where there is none.
    pub fn parse_file(text: &str) -> Result<Vec<Self>> {
        let lines = text.lines().map(str::trim).enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        let read = lines.map(|(n, line)| {
            let bytes = bech32::decode(SECRET, line).map(Zeroizing::new).filter(|_| line.starts_with("AGE-SECRET-KEY-1"));
            let wrong = || Error::new(ErrorKind::Key, format!("line {} is no identity: AGE-SECRET-KEY-1…", n + 1));
            bytes.map(|bytes| Self((*bytes).into())).ok_or_else(wrong)
        });
        let identities: Vec<Self> = read.collect::<Result<_>>()?;
        if identities.is_empty() {
            return Err(Error::new(ErrorKind::Key, "there is no identity in it").hint("age-keygen makes one"));
        }
        Ok(identities)
    }

    /// Whom files are made for that it reads.
    #[must_use]
    pub fn recipient(&self) -> Recipient {
        Recipient(PublicKey::from(&self.0))
    }

    /// Its spelling, to be sealed at once.
    #[must_use]
    pub fn secret(&self) -> Zeroizing<String> {
        let bytes = Zeroizing::new(self.0.to_bytes());
        Zeroizing::new(bech32::encode(SECRET, &bytes).to_ascii_uppercase())
    }
}

/// Fills bytes with random ones.
pub(super) fn random(bytes: &mut [u8]) -> std::io::Result<()> {
    getrandom::fill(bytes).map_err(|error| std::io::Error::other(format!("the system has no random numbers: {error}")))
}
