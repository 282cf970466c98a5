//! Avro object container files: a header with the schema, then blocks of records, each with a mark behind it.
//!
//! Blocks are found under the stream's lock; whoever took them decompresses and reads them. After damage the next mark is looked for, and
//! reading goes on behind it. Specification: <https://avro.apache.org/docs/1.12.0/specification/#object-container-files>.

mod decode;
mod schema;

use std::io::{self, Read};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use self::decode::{Decoder, long};
use self::schema::Plan;
use super::chunk::over;
use super::draw::number;
use crate::model::{Block, Cells, Column, Framing, limits};
use crate::read::{Look, Piece, Render, Supply, Supplying};
use crate::unpack::Damage;

/// What a file begins with.
pub(super) const MAGIC: &[u8] = b"Obj\x01";
/// Bytes of the mark behind each block.
const MARK: usize = 16;
/// Records that a piece is made of, unless its first block has more.
const PIECE_RECORDS: u64 = 16 * 1024;

/// How blocks are compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Codec {
    Null,
    Deflate,
    Snappy,
    Zstandard,
    Bzip2,
    Xz,
}

/// The blocks of a file.
struct Avro {
    source: Source,
    header: Option<Header>,
    how: Supplying,
    ordinal: u64,
    records: u64,
    failure: Option<Damage>,
    shared: Arc<Shared>,
    /// A block that was read and did not fit the last piece.
    ahead: Option<Stored>,
}

/// What pieces tell that were read by others.
#[derive(Default)]
struct Shared {
    binary: AtomicU64,
    /// What went wrong in the piece that is the first of those in which something did.
    failure: Mutex<Option<(u64, Damage)>>,
}

struct Header {
    plan: Arc<Plan>,
    codec: Codec,
    mark: [u8; MARK],
}

/// A block as it is stored.
struct Stored {
    count: u32,
    bytes: Vec<u8>,
}

/// Opens a leaf: its columns, and what gives its blocks.
pub(super) fn open(body: Box<dyn Read + Send>, how: &Supplying) -> (Arc<[Column]>, Box<dyn Supply>) {
    let mut source = Source { body, ahead: Vec::new(), at: 0, read: 0 };
    let (header, failure) = match header(&mut source, how) {
        Ok(header) => (Some(header), None),
        Err(damage) => (None, Some(damage)),
    };
    let columns = header.as_ref().map(|header| Arc::from(header.plan.columns.as_slice())).unwrap_or_default();
    let avro = Avro { source, header, how: how.clone(), ordinal: 0, records: 0, failure, shared: Arc::default(), ahead: None };
    (columns, Box::new(avro))
}

fn corrupt(what: &str) -> Damage {
    Damage::Corrupt(what.to_owned())
}

fn cut_off() -> Damage {
    corrupt("it is cut off")
}

fn header(source: &mut Source, how: &Supplying) -> Result<Header, Damage> {
    source.bytes(MAGIC.len() as u64)?;
    let (mut schema, mut codec) = (None, Codec::Null);
    let mut room = limits::FOOTER_BYTES;
    loop {
        let mut count = source.long()?;
        if count < 0 {
            source.long()?;
            count = count.checked_neg().ok_or_else(cut_off)?;
        }
        if count == 0 {
            break;
        }
        for _ in 0..count {
            let (key, value) = (source.sized(&mut room)?, source.sized(&mut room)?);
            match key.as_slice() {
                b"avro.schema" => schema = Some(value),
                b"avro.codec" => codec = Codec::named(&value)?,
                _ => {}
            }
        }
    }
    let mark = source.bytes(MARK as u64)?.try_into().map_err(|_| cut_off())?;
    let schema = schema.ok_or_else(|| corrupt("it has no schema"))?;
    let plan = schema::plan(&schema, &*how.asks)?;
    Ok(Header { plan: Arc::new(plan), codec, mark })
}

impl Codec {
    fn named(name: &[u8]) -> Result<Self, Damage> {
        Ok(match name {
            b"null" | b"" => Self::Null,
            b"deflate" => Self::Deflate,
            b"snappy" => Self::Snappy,
            b"zstandard" => Self::Zstandard,
            b"bzip2" => Self::Bzip2,
            b"xz" => Self::Xz,
            _ => return Err(corrupt("its blocks are compressed by a codec that is not known")),
        })
    }

    #[expect(clippy::disallowed_methods, reason = "capped and given a largest window here")]
    fn decompress(self, stored: Vec<u8>) -> Result<Vec<u8>, Damage> {
        let failed = |error: io::Error| match Damage::of(&error) {
            Some(damage) => damage.clone(),
            None => corrupt("a block cannot be decompressed"),
        };
        let mut stored = stored;
        match self {
            Self::Null => Ok(stored),
            Self::Deflate => capped(flate2::read::DeflateDecoder::new(&stored[..])).map_err(failed),
            Self::Zstandard => {
                let mut decoder = zstd::Decoder::new(&stored[..]).map_err(failed)?;
                decoder.window_log_max(limits::WINDOW_LOG).map_err(failed)?;
                capped(decoder).map_err(failed)
            }
            Self::Bzip2 => capped(bzip2::read::MultiBzDecoder::new(&stored[..])).map_err(failed),
            Self::Xz => {
                let stream = liblzma::stream::Stream::new_stream_decoder(1 << (limits::WINDOW_LOG + 1), 0);
                let stream = stream.map_err(|_| corrupt("a block cannot be decompressed"))?;
                capped(liblzma::read::XzDecoder::new_stream(&stored[..], stream)).map_err(failed)
            }
            // The raw format, and behind it the CRC-32 of what it decodes to, the high byte first.
            Self::Snappy => {
                let at = stored.len().checked_sub(4).ok_or_else(cut_off)?;
                let sum = stored.split_off(at);
                let length = snap::raw::decompress_len(&stored).map_err(|_| corrupt("a block cannot be decompressed"))?;
                if length as u64 > limits::PAGE_BYTES {
                    return Err(Damage::from_error(&over("a block", limits::PAGE_BYTES)));
                }
                let decoded = snap::raw::Decoder::new().decompress_vec(&stored).map_err(|_| corrupt("a block cannot be decompressed"))?;
                let mut crc = flate2::Crc::new();
                crc.update(&decoded);
                if crc.sum().to_be_bytes()[..] == sum[..] { Ok(decoded) } else { Err(corrupt("the checksum of a block is wrong")) }
            }
        }
    }
}

/// Decodes as much as a block may have.
fn capped(decoder: impl Read) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    decoder.take(limits::PAGE_BYTES + 1).read_to_end(&mut out)?;
    if out.len() as u64 > limits::PAGE_BYTES { Err(over("a block", limits::PAGE_BYTES)) } else { Ok(out) }
}

/// The stored bytes, of which some can be put back.
struct Source {
    body: Box<dyn Read + Send>,
    /// Bytes that come before those of the body.
    ahead: Vec<u8>,
    at: usize,
    /// Bytes given so far.
    read: u64,
}

impl Read for Source {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = if self.at < self.ahead.len() {
            let taken = into.len().min(self.ahead.len() - self.at);
            into[..taken].copy_from_slice(&self.ahead[self.at..self.at + taken]);
            self.at += taken;
            taken
        } else {
            self.body.read(into)?
        };
        self.read += read as u64;
        Ok(read)
    }
}

impl Source {
    /// Reads so many bytes; memory is taken as they come.
    fn bytes(&mut self, count: u64) -> Result<Vec<u8>, Damage> {
        let out = self.up_to(count)?;
        if out.len() as u64 == count { Ok(out) } else { Err(cut_off()) }
    }

    fn up_to(&mut self, count: u64) -> Result<Vec<u8>, Damage> {
        let mut out = Vec::with_capacity(usize::try_from(count.min(1024 * 1024)).expect("it is bounded"));
        self.take(count).read_to_end(&mut out).map_err(|error| Damage::from_error(&error))?;
        Ok(out)
    }

    fn long(&mut self) -> Result<i64, Damage> {
        let mut bytes = Vec::with_capacity(10);
        loop {
            let byte = self.bytes(1)?[0];
            bytes.push(byte);
            if byte < 0x80 || bytes.len() == 10 {
                return long(&mut &bytes[..]);
            }
        }
    }

    fn sized(&mut self, room: &mut u64) -> Result<Vec<u8>, Damage> {
        let count = u64::try_from(self.long()?).map_err(|_| corrupt("its header cannot be read"))?;
        *room = room.checked_sub(count + 1).ok_or_else(|| corrupt("its header is too long"))?;
        self.bytes(count)
    }

    /// Whether nothing is left.
    fn is_at_end(&mut self) -> Result<bool, Damage> {
        let next = self.up_to(1)?;
        let ended = next.is_empty();
        self.put_back(next);
        Ok(ended)
    }

    /// Puts bytes before those that are still to come.
    fn put_back(&mut self, mut bytes: Vec<u8>) {
        self.read -= bytes.len() as u64;
        bytes.extend_from_slice(&self.ahead[self.at..]);
        (self.ahead, self.at) = (bytes, 0);
    }

    /// Goes behind the next mark; false where there is none.
    fn skip_to(&mut self, mark: &[u8; MARK]) -> Result<bool, Damage> {
        let mut window = Vec::new();
        loop {
            let more = self.up_to(256 * 1024)?;
            let ended = more.is_empty();
            window.extend_from_slice(&more);
            if let Some(at) = memchr::memmem::find(&window, mark) {
                let rest = window.split_off(at + MARK);
                self.put_back(rest);
                return Ok(true);
            }
            if ended {
                return Ok(false);
            }
            window.drain(..window.len().saturating_sub(MARK - 1));
        }
    }
}

impl Avro {
    fn fail(&mut self, damage: Damage) {
        self.failure.get_or_insert(damage);
    }

    /// Reads the next block; none at the end.
    fn block(&mut self) -> Option<Stored> {
        let mark = self.header.as_ref()?.mark;
        loop {
            match self.source.is_at_end() {
                Ok(false) => {}
                Ok(true) => return None,
                Err(damage) => {
                    self.fail(damage);
                    return None;
                }
            }
            let read = match self.framed(&mark) {
                Ok(block) => return Some(block),
                Err(read) => read,
            };
            self.fail(read.damage);
            self.source.put_back(read.bytes);
            if !self.source.skip_to(&mark).unwrap_or(false) {
                return None;
            }
        }
    }

    fn framed(&mut self, mark: &[u8; MARK]) -> Result<Stored, Misread> {
        let misread = |damage| Misread { damage, bytes: Vec::new() };
        let count = self.source.long().map_err(misread)?;
        let size = self.source.long().map_err(misread)?;
        let count = u32::try_from(count).ok().filter(|count| *count as usize <= limits::BATCH_ELEMENTS);
        let size = u64::try_from(size).ok().filter(|size| *size <= limits::PAGE_BYTES);
        let (Some(count), Some(size)) = (count, size) else { return Err(misread(corrupt("a block says that it has more than it may"))) };
        let mut bytes = self.source.up_to(size + MARK as u64).map_err(misread)?;
        let whole = usize::try_from(size).expect("it is bounded");
        if bytes.get(whole..) == Some(&mark[..]) {
            bytes.truncate(whole);
            return Ok(Stored { count, bytes });
        }
        let damage = if bytes.len() < whole + MARK { cut_off() } else { corrupt("the mark behind a block is wrong") };
        Err(Misread { damage, bytes })
    }
}

/// Bytes that are no block, and may hold the mark that ends one.
struct Misread {
    damage: Damage,
    bytes: Vec<u8>,
}

impl Supply for Avro {
    fn next_piece(&mut self) -> Option<Piece> {
        let first = self.records;
        let (mut blocks, mut count, mut size) = (Vec::new(), 0, 0);
        while let Some(block) = self.ahead.take().or_else(|| self.block()) {
            // A block alone may be large; several are no larger than one of text.
            let joined = count + u64::from(block.count) <= PIECE_RECORDS && size + block.bytes.len() <= self.how.sizes.block / 2;
            if !blocks.is_empty() && !joined {
                self.ahead = Some(block);
                break;
            }
            count += u64::from(block.count);
            size += block.bytes.len();
            blocks.push(block);
        }
        let header = self.header.as_ref().filter(|_| !blocks.is_empty())?;
        self.records += count;
        self.ordinal += 1;
        let (plan, codec, shared) = (Arc::clone(&header.plan), header.codec, Arc::clone(&self.shared));
        let most = u32::try_from(count).unwrap_or(u32::MAX);
        Some(Piece::Records(Box::new(Records { plan, codec, blocks, ordinal: self.ordinal - 1, first, most, shared })))
    }

    /// Blocks grow with what is in them.
    fn recycle(&mut self, _: Vec<u8>) {}

    fn take_failure(&mut self) -> Option<io::Error> {
        let late = self.shared.failure.lock().unwrap_or_else(PoisonError::into_inner).take();
        late.map(|(_, damage)| damage).or(self.failure.take()).map(io::Error::from)
    }

    fn bytes_cut(&self) -> u64 {
        self.source.read
    }

    fn records(&self) -> u64 {
        self.records
    }

    fn binary_values(&self) -> u64 {
        self.shared.binary.load(Ordering::Relaxed)
    }
}

/// Blocks that are still to be read.
struct Records {
    plan: Arc<Plan>,
    codec: Codec,
    blocks: Vec<Stored>,
    ordinal: u64,
    first: u64,
    /// Records that are wanted.
    most: u32,
    shared: Arc<Shared>,
}

impl Render for Records {
    fn render(self: Box<Self>, _: &mut Look<'_>) -> Block {
        let mut decoder = Decoder::new(&self.plan, self.first < limits::PROFILED_RECORDS);
        let mut at = 0;
        for block in self.blocks {
            // What was read of a block before it broke stays.
            let read = self.codec.decompress(block.bytes).and_then(|bytes| decoder.block(&bytes, at, block.count, self.most));
            if let Err(damage) = read {
                let mut failure = self.shared.failure.lock().unwrap_or_else(PoisonError::into_inner);
                if failure.as_ref().is_none_or(|(ordinal, _)| self.ordinal < *ordinal) {
                    *failure = Some((self.ordinal, damage));
                }
            }
            at += block.count;
        }
        self.shared.binary.fetch_add(decoder.binary, Ordering::Relaxed);
        let (mut bytes, mut runs) = (Vec::new(), Vec::new());
        let owned = 0..decoder.finish(&mut bytes, &mut runs);
        let framing = Framing { first_record: self.first, ..Framing::default() };
        let cells = Some(Cells { records: self.most.min(number(at as usize)), group: None, runs });
        Block { ordinal: self.ordinal, offset: 0, bytes, owned, framing, origin: None, cells }
    }

    fn keep(&mut self, records: u64) -> bool {
        let kept = u32::try_from(records).ok().filter(|kept| *kept < self.most);
        self.most = kept.unwrap_or(self.most);
        kept.is_some()
    }
}
