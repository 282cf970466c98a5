//! Writing a file as it was stored: plain, gzip or zstd; and the keyed digest of what was written.

use std::fs::File;
use std::io::{self, BufWriter, Write};

use crate::finding::content_token;

/// Bytes that are gathered before they are written.
const BUFFER: usize = 256 * 1024;
/// What `gzip` and `zstd` take by themselves.
const GZIP_LEVEL: u32 = 6;
const ZSTD_LEVEL: i32 = 3;

/// A file that knows the keyed digest of its bytes, as `content_token` has it.
pub(super) struct Hashed {
    file: File,
    hasher: Box<blake3::Hasher>,
}

impl Hashed {
    pub(super) fn new(file: File, key: &[u8; 32]) -> Self {
        Self { file, hasher: Box::new(blake3::Hasher::new_keyed(key)) }
    }
}

impl Write for Hashed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hasher.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Something that encodes what is written to it.
pub(super) enum Encoder {
    Plain(BufWriter<Hashed>),
    Gzip(flate2::write::GzEncoder<BufWriter<Hashed>>),
    Zstd(zstd::stream::write::Encoder<'static, BufWriter<Hashed>>),
}

impl Encoder {
    /// Encodes with the codecs that were undone; none where they are others than one gzip or zstd.
    pub(super) fn new(codecs: &[&'static str], file: Hashed) -> io::Result<Option<Self>> {
        let file = BufWriter::with_capacity(BUFFER, file);
        Ok(match codecs {
            [] => Some(Self::Plain(file)),
            ["gzip"] => Some(Self::Gzip(flate2::write::GzEncoder::new(file, flate2::Compression::new(GZIP_LEVEL)))),
            ["zstd"] => Some(Self::Zstd(zstd::stream::write::Encoder::new(file, ZSTD_LEVEL)?)),
            _ => None,
        })
    }

    /// Ends the file, and waits until it is on the disk. Returns its keyed digest.
    pub(super) fn finish(self) -> io::Result<String> {
        let buffered = match self {
            Self::Plain(file) => file,
            Self::Gzip(encoder) => encoder.finish()?,
            Self::Zstd(encoder) => encoder.finish()?,
        };
        let Hashed { file, hasher } = buffered.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.sync_all()?;
        Ok(content_token(hasher.finalize().as_bytes()))
    }
}

impl Write for Encoder {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(file) => file.write(bytes),
            Self::Gzip(encoder) => encoder.write(bytes),
            Self::Zstd(encoder) => encoder.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(file) => file.flush(),
            Self::Gzip(encoder) => encoder.flush(),
            Self::Zstd(encoder) => encoder.flush(),
        }
    }
}
