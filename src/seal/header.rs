//! The head of a file: its key, wrapped for the recipient, under a check sum that the key makes.

use std::io::{BufRead, Error, ErrorKind, Read as _, Result, Write};

use chacha20poly1305::aead::Aead as _;
use chacha20poly1305::{ChaCha20Poly1305, KeyInit as _};
use x25519_dalek::{PublicKey, StaticSecret};
use zeroize::Zeroizing;

use super::derive::{hkdf, hmac};
use super::keys::{Identity, Recipient, random};
use crate::model::base64;

const VERSION: &str = "age-encryption.org/v1";
const WRAP: &str = "age-encryption.org/v1/X25519";
/// Longest line, and most lines: those of other ways to wrap a key are passed over.
const MOST_BYTES: u64 = 4_096;
const MOST_LINES: usize = 1_024;

/// The key of one file.
pub(super) type FileKey = Zeroizing<[u8; 16]>;

fn bare(bytes: &[u8]) -> String {
    base64(bytes).trim_end_matches('=').to_owned()
}

/// Reads 32 bytes in base 64 without padding, spelt as they would be written.
fn thirty_two(text: &str) -> Option<[u8; 32]> {
    let digit = |byte: u8| match byte {
        b'A'..=b'Z' => Some(u32::from(byte - b'A')),
        b'a'..=b'z' => Some(u32::from(byte - b'a') + 26),
        b'0'..=b'9' => Some(u32::from(byte - b'0') + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    let (mut out, mut bits, mut count) = (Vec::with_capacity(32), 0_u32, 0);
    for byte in text.bytes().take(44) {
        (bits, count) = (bits << 6 | digit(byte)?, count + 6);
        if count >= 8 {
            count -= 8;
            out.push((bits >> count & 255) as u8);
        }
    }
    <[u8; 32]>::try_from(out).ok().filter(|bytes| bare(bytes) == text)
}

/// The key that wraps a file's key, from what both sides share; none where a lying key makes them share nothing.
fn wrapping(shared: &x25519_dalek::SharedSecret, share: &PublicKey, recipient: &PublicKey) -> Option<ChaCha20Poly1305> {
    let key = hkdf(shared.as_bytes(), &[*share.as_bytes(), *recipient.as_bytes()].concat(), WRAP);
    shared.was_contributory().then(|| ChaCha20Poly1305::new(&(*key).into()))
}

/// Writes the head of a file for a recipient, and returns its key.
pub(super) fn write(recipient: &Recipient, out: &mut impl Write) -> Result<FileKey> {
    let (mut key, mut secret) = (FileKey::default(), Zeroizing::new([0; 32]));
    random(&mut *key)?;
    random(&mut *secret)?;
    let secret = StaticSecret::from(*secret);
    let share = PublicKey::from(&secret);
    let cipher = wrapping(&secret.diffie_hellman(&recipient.0), &share, &recipient.0)
        .ok_or_else(|| Error::new(ErrorKind::InvalidInput, "the recipient's key is none"))?;
    let wrapped = cipher.encrypt(&[0; 12].into(), &key[..]).map_err(|_| Error::other("the key cannot be wrapped"))?;
    let head = format!("{VERSION}\n-> X25519 {}\n{}\n---", bare(share.as_bytes()), bare(&wrapped));
    let sum = hmac(&*hkdf(&*key, &[], "header"), &[head.as_bytes()]);
    writeln!(out, "{head} {}", bare(&sum))?;
    Ok(key)
}

/// Reads the head of a file, and returns its key. Which identity it is for shows by trying.
pub(super) fn read(identities: &[Identity], input: &mut impl BufRead) -> Result<FileKey> {
    let wrong = |what: &str| Error::new(ErrorKind::InvalidData, what.to_owned());
    let mut head = String::new();
    let (mut share, mut key) = (None, None);
    for n in 0..MOST_LINES {
        let start = head.len();
        input.by_ref().take(MOST_BYTES).read_line(&mut head)?;
        let line = head[start..].strip_suffix('\n').ok_or_else(|| wrong("its head is cut off"))?;
        if n == 0 {
            if line != VERSION {
                return Err(wrong("it is no file of age"));
            }
        } else if let Some(sum) = line.strip_prefix("--- ") {
            let key: FileKey = key.ok_or_else(|| wrong("it is for another identity"))?;
            let expected = hmac(&*hkdf(&*key, &[], "header"), &[&head.as_bytes()[..start + 3]]);
            let sum = thirty_two(sum).ok_or_else(|| wrong("its head is damaged"))?;
            let differs = sum.iter().zip(&expected).fold(0, |all, (a, b)| all | (a ^ b));
            return if differs == 0 { Ok(key) } else { Err(wrong("its head was changed")) };
        } else if let Some(stanza) = line.strip_prefix("-> ") {
            share = stanza.strip_prefix("X25519 ").and_then(thirty_two);
        } else if let Some(share) = share.take().map(PublicKey::from)
            && key.is_none()
            && let Some(wrapped) = thirty_two(line)
        {
            key = identities.iter().find_map(|identity| {
                let cipher = wrapping(&identity.0.diffie_hellman(&share), &share, &identity.recipient().0)?;
                let key = Zeroizing::new(cipher.decrypt(&[0; 12].into(), &wrapped[..]).ok()?);
                key.as_slice().try_into().ok().map(Zeroizing::new)
            });
        }
    }
    Err(wrong("its head is too long"))
}
