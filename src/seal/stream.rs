//! The body of a file: chunks of 64 KiB, each sealed under its number and whether it is the last, so that none can be changed, moved
//! or cut away.

use std::io::{BufRead, BufReader, Error, ErrorKind, Read, Result, Write};

use chacha20poly1305::aead::Aead as _;
use chacha20poly1305::{ChaCha20Poly1305, KeyInit as _};
use zeroize::{Zeroize as _, Zeroizing};

use super::derive::hkdf;
use super::header;
use super::keys::{Identity, Recipient, random};

const CHUNK: usize = 64 * 1024;
const TAG: usize = 16;

struct Chunks {
    cipher: ChaCha20Poly1305,
    next: u64,
}

impl Chunks {
    fn new(key: &header::FileKey, nonce: [u8; 16]) -> Self {
        Self { cipher: ChaCha20Poly1305::new(&(*hkdf(&**key, &nonce, "payload")).into()), next: 0 }
    }

    /// The nonce of the next chunk: its number in eleven bytes, and whether it is the last.
    fn nonce(&mut self, is_last: bool) -> [u8; 12] {
        let mut nonce = [0; 12];
        nonce[3..11].copy_from_slice(&self.next.to_be_bytes());
        nonce[11] = u8::from(is_last);
        self.next += 1;
        nonce
    }
}

/// Writes a file for a recipient.
pub struct Sealer<W: Write> {
    out: W,
    chunks: Chunks,
    waiting: Vec<u8>,
}

impl<W: Write> Sealer<W> {
    /// Begins a file.
    ///
    /// # Errors
    /// What the file below says; where the recipient's key is none, or the system has no random numbers.
    pub fn new(recipient: &Recipient, mut out: W) -> Result<Self> {
        let key = header::write(recipient, &mut out)?;
        let mut nonce = [0; 16];
        random(&mut nonce)?;
        out.write_all(&nonce)?;
        Ok(Self { out, chunks: Chunks::new(&key, nonce), waiting: Vec::with_capacity(CHUNK) })
    }

    fn seal(&mut self, is_last: bool) -> Result<()> {
        let nonce = self.chunks.nonce(is_last);
        let sealed = self.chunks.cipher.encrypt(&nonce.into(), &self.waiting[..]);
        self.out.write_all(&sealed.map_err(|_| Error::other("it cannot be sealed"))?)?;
        self.waiting.zeroize();
        Ok(())
    }

    /// Ends the file. Without that it cannot be opened.
    ///
    /// # Errors
    /// What the file below says.
    pub fn finish(mut self) -> Result<W> {
        self.seal(true)?;
        self.out.flush()?;
        Ok(self.out)
    }
}

impl<W: Write> Write for Sealer<W> {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        if bytes.is_empty() {
            return Ok(0);
        }
        // Only when more comes is a full chunk known not to be the last.
        if self.waiting.len() == CHUNK {
            self.seal(false)?;
        }
        let length = bytes.len().min(CHUNK - self.waiting.len());
        self.waiting.extend_from_slice(&bytes[..length]);
        Ok(length)
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

/// Reads a file that was made for one of some identities. What was read is to be trusted once the end was reached without an error.
pub struct Unsealer<R: Read> {
    input: BufReader<R>,
    chunks: Chunks,
    open: Zeroizing<Vec<u8>>,
    at: usize,
    ended: bool,
}

impl<R: Read> Unsealer<R> {
    /// Reads the head of a file.
    ///
    /// # Errors
    /// `InvalidData` where it is for another identity, or was changed.
    pub fn new(identities: &[Identity], input: R) -> Result<Self> {
        let mut input = BufReader::new(input);
        let key = header::read(identities, &mut input)?;
        let mut nonce = [0; 16];
        input.read_exact(&mut nonce)?;
        Ok(Self { input, chunks: Chunks::new(&key, nonce), open: Zeroizing::default(), at: 0, ended: false })
    }

    fn unseal(&mut self) -> Result<()> {
        let mut sealed = Vec::new();
        self.input.by_ref().take((CHUNK + TAG) as u64).read_to_end(&mut sealed)?;
        let is_first = self.chunks.next == 0;
        self.ended = self.input.fill_buf()?.is_empty();
        let nonce = self.chunks.nonce(self.ended);
        let wrong = || Error::new(ErrorKind::InvalidData, "it was changed or cut off");
        let open = self.chunks.cipher.decrypt(&nonce.into(), &sealed[..]).map_err(|_| wrong())?;
        // Only a file of nothing ends with a chunk of nothing.
        if open.is_empty() && !is_first {
            return Err(wrong());
        }
        (self.open, self.at) = (Zeroizing::new(open), 0);
        Ok(())
    }
}

impl<R: Read> Read for Unsealer<R> {
    fn read(&mut self, out: &mut [u8]) -> Result<usize> {
        while self.at == self.open.len() && !self.ended {
            self.unseal()?;
        }
        let length = out.len().min(self.open.len() - self.at);
        out[..length].copy_from_slice(&self.open[self.at..self.at + length]);
        self.at += length;
        Ok(length)
    }
}
