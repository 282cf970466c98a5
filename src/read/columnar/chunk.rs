//! A Parquet file for the decoder: bytes at offsets, and no page that claims or decodes to more than it may.

use std::io::{self, Read};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use flate2::read::MultiGzDecoder;
use parquet::basic::Compression;
use parquet::errors::{ParquetError, Result};
use parquet::file::reader::{ChunkReader, Length};

use super::thrift::{PageSize, page_size};
use crate::model::{Random, limits};
use crate::unpack::Damage;

/// Bytes that are read at once where a page header may stand: most have fewer than a hundred.
const HEADER_BYTES: usize = 1024;
/// Bytes of statistics and all that a page header may have.
const HEADER_MOST: usize = 1024 * 1024;

/// What the pages take that are open at a time: of each column the last one, and its dictionary.
#[derive(Default)]
struct Pages {
    /// Where the column chunks start, rising.
    starts: Vec<u64>,
    /// By column chunk, decoded bytes of its dictionary and of its last page.
    sizes: Vec<[u64; 2]>,
    /// The sum of these.
    total: u64,
}

impl Pages {
    /// Opens a page in place of the last one of its column; says whether there is room for it.
    fn open(&mut self, at: u64, size: PageSize) -> bool {
        let Some(column) = self.starts.partition_point(|start| *start <= at).checked_sub(1) else { return true };
        let decoded = u64::try_from(size.decoded).unwrap_or(0);
        let last = std::mem::replace(&mut self.sizes[column][usize::from(!size.is_dictionary)], decoded);
        self.total = self.total - last + decoded;
        self.total <= limits::PAGES_BYTES
    }
}

/// A file, or one column chunk of it.
#[derive(Clone)]
pub(crate) struct Chunk {
    bytes: Random,
    pages: Arc<Mutex<Pages>>,
    /// How its pages may be compressed, where they may decode to more than their headers say.
    boundless: Vec<Compression>,
}

impl Chunk {
    pub(crate) fn new(bytes: Random) -> Self {
        Self { bytes, pages: Arc::default(), boundless: Vec::new() }
    }

    /// Gives the same bytes, of which column chunks that start there are read, their pages compressed so.
    pub(crate) fn columns(&self, mut starts: Vec<u64>, by: impl Iterator<Item = Compression>) -> Self {
        starts.sort_unstable();
        let pages = Pages { sizes: vec![[0; 2]; starts.len()], starts, total: 0 };
        let mut boundless: Vec<_> =
            by.filter(|by| matches!(by, Compression::GZIP(_) | Compression::BROTLI(_) | Compression::LZ4)).collect();
        boundless.dedup();
        Self { bytes: Arc::clone(&self.bytes), pages: Arc::new(Mutex::new(pages)), boundless }
    }

    pub(crate) fn read(&self, start: u64, length: usize) -> io::Result<Vec<u8>> {
        let mut out = vec![0; length];
        self.bytes.read_exact_at(start, &mut out)?;
        Ok(out)
    }

    /// Refuses a page whose header promises too much.
    fn check_header(&self, start: u64) -> io::Result<Vec<u8>> {
        let mut header = Vec::new();
        let mut wanted = HEADER_BYTES;
        loop {
            header.resize(wanted, 0);
            let read = self.bytes.read_full_at(start, &mut header)?;
            header.truncate(read);
            match page_size(&header) {
                Some(size) => {
                    let fits = |value: i64, most: u64| u64::try_from(value).is_ok_and(|value| value <= most);
                    return if !fits(size.decoded, limits::PAGE_BYTES) {
                        Err(over("a page", limits::PAGE_BYTES))
                    } else if !fits(size.values, limits::PAGE_VALUES) {
                        Err(Damage::Corrupt(format!("a page says that it has more than {} values", limits::PAGE_VALUES)).into())
                    } else if !self.pages.lock().unwrap_or_else(PoisonError::into_inner).open(start, size) {
                        Err(over("what is open of all columns at a time", limits::PAGES_BYTES))
                    } else {
                        Ok(header)
                    };
                }
                None if read < wanted || wanted >= HEADER_MOST => {
                    return Err(Damage::Corrupt("the header of a page cannot be read".to_owned()).into());
                }
                None => wanted *= 16,
            }
        }
    }

    /// Decodes without keeping anything, for codecs whose decoder in the crate goes on to whatever end.
    #[expect(clippy::disallowed_methods, reason = "this counts what a decoder gives, up to a cap")]
    fn check_page(&self, page: &[u8]) -> io::Result<()> {
        for by in &self.boundless {
            let decoded = match by {
                // Deflate makes at most 1,032 bytes of one, a frame of LZ4 255.
                Compression::GZIP(_) if page.len() > 64 * 1024 => count(MultiGzDecoder::new(page)),
                Compression::BROTLI(_) => count(brotli::Decompressor::new(page, 4096)),
                Compression::LZ4 if page.len() > 256 * 1024 => count(lz4_flex::frame::FrameDecoder::new(page)),
                _ => 0,
            };
            if decoded > limits::PAGE_BYTES {
                return Err(over("a page", limits::PAGE_BYTES));
            }
        }
        Ok(())
    }
}

/// How many bytes a decoder gives before it fails, up to one more than a page may have.
fn count(decoder: impl Read) -> u64 {
    let mut limited = decoder.take(limits::PAGE_BYTES + 1);
    let mut buffer = [0; 16 * 1024];
    let mut total = 0;
    while let Ok(read @ 1..) = limited.read(&mut buffer) {
        total += read as u64;
    }
    total
}

pub(super) fn over(what: &str, cap_bytes: u64) -> io::Error {
    Damage::Corrupt(format!("{what} has more than {cap_bytes} decoded bytes")).into()
}

impl Length for Chunk {
    fn len(&self) -> u64 {
        self.bytes.size()
    }
}

impl ChunkReader for Chunk {
    type T = Ahead;

    /// The crate reads headers of pages through this, and nothing else.
    fn get_read(&self, start: u64) -> Result<Ahead> {
        Ok(Ahead { chunk: self.clone(), ahead: None, at: 0, next: start })
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes> {
        if start.checked_add(length as u64).is_none_or(|end| end > self.len()) {
            return Err(ParquetError::External(Box::new(io::Error::from(Damage::Truncated))));
        }
        let failed = |error: io::Error| ParquetError::External(Box::new(error));
        let page = self.read(start, length).map_err(failed)?;
        self.check_page(&page).map_err(failed)?;
        Ok(page.into())
    }
}

/// The header of a page, which is looked at before a byte of it is given, and what follows.
pub(crate) struct Ahead {
    chunk: Chunk,
    ahead: Option<Vec<u8>>,
    at: usize,
    next: u64,
}

impl Read for Ahead {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.ahead.is_none() {
            let header = self.chunk.check_header(self.next)?;
            self.next += header.len() as u64;
            self.ahead = Some(header);
        }
        let rest = &self.ahead.as_deref().unwrap_or_default()[self.at..];
        if rest.is_empty() {
            let read = self.chunk.bytes.read_at(self.next, into)?;
            self.next += read as u64;
            return Ok(read);
        }
        let taken = rest.len().min(into.len());
        into[..taken].copy_from_slice(&rest[..taken]);
        self.at += taken;
        Ok(taken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_all_columns_share_what_may_be_open() {
        let page = |decoded: u64, is_dictionary| PageSize { decoded: i64::try_from(decoded).expect("small"), values: 1, is_dictionary };
        let half = limits::PAGES_BYTES / 2;
        let mut pages = Pages { starts: vec![4, 100], sizes: vec![[0; 2]; 2], total: 0 };
        assert!(pages.open(4, page(half, true)) && pages.open(40, page(half, false)));
        // A page takes the place of the one before it, and the same page may be looked at again.
        assert!(pages.open(60, page(half, false)) && pages.open(60, page(half, false)));
        assert!(!pages.open(100, page(1, false)));
        assert!(pages.open(80, page(10, false)) && pages.open(120, page(half - 10, false)));
        assert!(pages.open(2, page(u64::MAX >> 2, false)), "before all columns stands none of them");
    }
}
