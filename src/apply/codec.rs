//! Writing a file as it was stored: plain or packed; and the keyed digest of what was written.

use std::fs::File;
use std::io::{self, BufWriter, Write};

use crate::finding::content_token;

/// Bytes that are gathered before they are written.
const BUFFER: usize = 256 * 1024;
/// What the programs of these codecs take by themselves.
const GZIP_LEVEL: u32 = 6;
const ZSTD_LEVEL: i32 = 3;
const BZIP2_LEVEL: u32 = 9;
const XZ_LEVEL: u32 = 6;

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
trait Pack: Write + Send {
    /// Ends what it encodes.
    fn close(self: Box<Self>) -> io::Result<Buffered>;
}

type Buffered = BufWriter<Hashed>;

impl Pack for Buffered {
    fn close(self: Box<Self>) -> io::Result<Buffered> {
        Ok(*self)
    }
}

impl Pack for flate2::write::GzEncoder<Buffered> {
    fn close(self: Box<Self>) -> io::Result<Buffered> {
        self.finish()
    }
}

impl Pack for zstd::stream::write::Encoder<'static, Buffered> {
    fn close(self: Box<Self>) -> io::Result<Buffered> {
        self.finish()
    }
}

impl Pack for bzip2::write::BzEncoder<Buffered> {
    fn close(self: Box<Self>) -> io::Result<Buffered> {
        self.finish()
    }
}

impl Pack for liblzma::write::XzEncoder<Buffered> {
    fn close(self: Box<Self>) -> io::Result<Buffered> {
        self.finish()
    }
}

impl Pack for lz4_flex::frame::FrameEncoder<Buffered> {
    fn close(self: Box<Self>) -> io::Result<Buffered> {
        self.finish().map_err(io::Error::other)
    }
}

impl Pack for snap::write::FrameEncoder<Buffered> {
    fn close(self: Box<Self>) -> io::Result<Buffered> {
        self.into_inner().map_err(|error| io::Error::other(error.to_string()))
    }
}

/// A file that is written as another one was stored.
pub(super) struct Encoder(Box<dyn Pack>);

impl Encoder {
    /// Encodes with the codecs that were undone; none where they are more than one.
    pub(super) fn new(codecs: &[&'static str], file: Hashed) -> io::Result<Option<Self>> {
        let file = BufWriter::with_capacity(BUFFER, file);
        let packer: Box<dyn Pack> = match codecs {
            [] => Box::new(file),
            ["gzip"] => Box::new(flate2::write::GzEncoder::new(file, flate2::Compression::new(GZIP_LEVEL))),
            ["zstd"] => Box::new(zstd::stream::write::Encoder::new(file, ZSTD_LEVEL)?),
            ["bzip2"] => Box::new(bzip2::write::BzEncoder::new(file, bzip2::Compression::new(BZIP2_LEVEL))),
            ["xz"] => Box::new(liblzma::write::XzEncoder::new(file, XZ_LEVEL)),
            ["lz4"] => {
                let info = lz4_flex::frame::FrameInfo::new().content_checksum(true);
                Box::new(lz4_flex::frame::FrameEncoder::with_frame_info(info, file))
            }
            ["snappy"] => Box::new(snap::write::FrameEncoder::new(file)),
            _ => return Ok(None),
        };
        Ok(Some(Self(packer)))
    }

    /// Ends the file, and waits until it is on the disk. Returns its keyed digest.
    pub(super) fn finish(self) -> io::Result<String> {
        let Hashed { file, hasher } = self.0.close()?.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.sync_all()?;
        Ok(content_token(hasher.finalize().as_bytes()))
    }
}

impl Write for Encoder {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        // An encoder that is flushed ends a block: what waits is written at the end.
        Ok(())
    }
}
