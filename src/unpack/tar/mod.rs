//! tar (POSIX ustar and pax, GNU, the old form) as a stream: entries come in the order in which they are stored.
//!
//! Nothing is kept but one header and one name. Blocks that are no header where one should be are passed over, and said; so is
//! an end without its mark. What follows the mark is looked at: archives may be appended to each other.

mod header;
mod pax;

use std::io::{self, Read};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::Damage;
use super::container::{Container, Content, Entry, Faults};
use super::input::Input;
use crate::model::{Random, Status, Stretch, limits};
use header::{BLOCK_BYTES, Header, Kind};
use pax::Extended;

pub(super) use header::begins_archive;

/// What an archive of nothing is long, as programs write it: two blocks, or a record.
const EMPTY_BYTES: [usize; 2] = [1_024, 10_240];

/// Recognises an archive by its first block; one without a member by being nothing but zeros of the usual length.
pub(super) fn fits(input: &mut Input) -> bool {
    if begins_archive(input.peek(BLOCK_BYTES)) {
        return true;
    }
    input.peek(BLOCK_BYTES).iter().all(|&byte| byte == 0) && {
        let head = input.peek(EMPTY_BYTES[1] + 1);
        EMPTY_BYTES.contains(&head.len()) && head.iter().all(|&byte| byte == 0)
    }
}

/// An archive.
pub(super) struct Tar {
    stream: Arc<Mutex<Stream>>,
    random: Option<Random>,
    faults: Faults,
    zero_blocks: u64,
    /// Bytes that are no header where one should be.
    passed_over: u64,
    ended: bool,
}

/// The archive's bytes, which the content of its current member shares.
struct Stream {
    input: Input,
    /// Offset of what comes next.
    at: u64,
    /// Ordinal of the entry that may read.
    turn: u64,
    /// Bytes of it that were not read yet.
    left: u64,
    padding: u64,
    is_cut_off: bool,
}

impl Stream {
    /// Passes over what is left of an entry.
    fn close_entry(&mut self) {
        self.turn += 1;
        let bytes = std::mem::take(&mut self.left);
        let skipped = self.input.skip(bytes);
        self.is_cut_off |= skipped < bytes;
        // The archive may end without the padding of its last member.
        let padding = std::mem::take(&mut self.padding);
        self.at += skipped + self.input.skip(padding);
    }

    fn open_entry(&mut self, size: u64) -> u64 {
        self.left = size;
        self.padding = size.wrapping_neg() % BLOCK_BYTES as u64;
        self.turn
    }

    /// Reads the content of an entry that says something about others; what is too long is passed over.
    fn take_content(&mut self, size: u64) -> Option<Vec<u8>> {
        self.open_entry(size);
        let wanted = usize::try_from(size).unwrap_or(usize::MAX);
        let mut content = Vec::new();
        if wanted <= limits::TAR_HEADER_BYTES {
            while content.len() < wanted && !self.input.peek(1).is_empty() {
                let some = self.input.available().len().min(wanted - content.len());
                content.extend_from_slice(&self.input.available()[..some]);
                self.input.consume(some);
                self.at += some as u64;
                self.left -= some as u64;
            }
        }
        self.close_entry();
        (content.len() == wanted).then_some(content)
    }
}

/// What came before an entry and is about it.
#[derive(Default)]
struct About {
    long_name: Option<Vec<u8>>,
    extended: Extended,
}

impl Tar {
    pub(super) fn new(input: Input, random: Option<Random>) -> Self {
        let stream = Stream { input, at: 0, turn: 0, left: 0, padding: 0, is_cut_off: false };
        Self { stream: Arc::new(Mutex::new(stream)), random, faults: Faults::default(), zero_blocks: 0, passed_over: 0, ended: false }
    }

    /// Finds the next header; none at the end.
    fn next_header(&mut self, stream: &mut Stream) -> Option<Header> {
        loop {
            let block = stream.input.peek(BLOCK_BYTES);
            if block.len() < BLOCK_BYTES {
                self.end(stream);
                return None;
            }
            let header = Header::parse(block);
            if header.is_none() {
                let is_zero = block.iter().all(|&byte| byte == 0);
                self.zero_blocks += u64::from(is_zero);
                self.passed_over += if is_zero { 0 } else { BLOCK_BYTES as u64 };
            }
            stream.input.consume(BLOCK_BYTES);
            stream.at += BLOCK_BYTES as u64;
            if header.is_some() {
                self.zero_blocks = 0;
                return header;
            }
        }
    }

    fn end(&mut self, stream: &mut Stream) {
        self.ended = true;
        let rest = stream.input.available();
        if rest.iter().any(|&byte| byte != 0) {
            self.passed_over += rest.len() as u64;
        }
        stream.input.skip_all();
        if stream.is_cut_off {
            self.faults.add("truncated: the archive ends inside a member");
        } else if self.zero_blocks == 0 {
            self.faults.add("truncated: the archive has no end mark");
        }
        if self.passed_over > 0 {
            self.faults.add(format!("{} bytes that belong to no member were passed over", self.passed_over));
        }
    }

    /// Passes over the map of a sparse file, which continues in blocks of its own.
    fn pass_map(stream: &mut Stream, header: &Header) {
        let mut has_more = header.has_more_map;
        while has_more {
            let block = stream.input.peek(BLOCK_BYTES);
            has_more = block.get(504).is_some_and(|&more| more != 0);
            let bytes = block.len();
            stream.input.consume(bytes);
            stream.at += bytes as u64;
        }
    }

    /// Takes what an entry says about the next one; false where it is one itself.
    fn note(&mut self, stream: &mut Stream, header: &Header, about: &mut About) -> bool {
        if !matches!(header.kind, Kind::LongName | Kind::LongTarget | Kind::Extended | Kind::Global) {
            return false;
        }
        let Some(content) = stream.take_content(header.size) else {
            self.faults.add(format!("a header longer than {} bytes, or cut off, was passed over", limits::TAR_HEADER_BYTES));
            return true;
        };
        match header.kind {
            Kind::LongName => {
                let end = memchr::memchr(0, &content).unwrap_or(content.len());
                about.long_name = Some(content[..end].to_vec());
            }
            Kind::Extended if !about.extended.read(&content) => self.faults.add("a malformed extended header"),
            // Targets of links, and what holds for all entries: sizes and names are never among it in practice.
            _ => {}
        }
        true
    }

    /// Makes an entry of a header that is one; none for folders and labels.
    fn entry(&mut self, stream: &mut Stream, header: Header, about: About) -> Option<Entry> {
        let About { long_name, extended } = about;
        let name = extended.name.or(long_name).unwrap_or(header.name);
        let modified_us = extended.modified_us.or_else(|| header.modified_s?.checked_mul(1_000_000));
        let mut size = extended.size.unwrap_or(header.size);
        let is_file = matches!(header.kind, Kind::File | Kind::Sparse);
        // What has no content by its kind may state a size all the same, with content or without: the next block tells.
        if !is_file && size > 0 && Header::parse(stream.input.peek(BLOCK_BYTES)).is_some() {
            size = 0;
        }
        let start = stream.at;
        let turn = stream.open_entry(size);
        let content = match header.kind {
            Kind::Label | Kind::Folder if size == 0 => return None,
            Kind::HardLink if size == 0 => Content::None(Status::Excluded, "hard link to another member".to_owned()),
            Kind::SymbolicLink if size == 0 => Content::None(Status::Excluded, "symbolic link".to_owned()),
            Kind::Device if size == 0 => Content::None(Status::Excluded, "device".to_owned()),
            Kind::Pipe if size == 0 => Content::None(Status::Excluded, "named pipe".to_owned()),
            _ => {
                let is_sparse = extended.is_sparse || header.kind == Kind::Sparse;
                let bytes = Member { stream: Arc::clone(&self.stream), turn, is_sparse };
                let random = self.random.as_ref().filter(|_| !is_sparse);
                Content::Bytes(Box::new(bytes), random.map(|whole| Arc::new(Stretch::new(whole, start, size)) as Random))
            }
        };
        Some(Entry { name, size: Some(size), modified_us, content })
    }
}

fn lock(stream: &Mutex<Stream>) -> MutexGuard<'_, Stream> {
    stream.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Container for Tar {
    fn format(&self) -> &'static str {
        "tar"
    }

    fn next_entry(&mut self) -> Option<Entry> {
        let shared = Arc::clone(&self.stream);
        let mut stream = lock(&shared);
        let mut about = About::default();
        while !self.ended {
            stream.close_entry();
            let header = self.next_header(&mut stream)?;
            if self.note(&mut stream, &header, &mut about) {
                continue;
            }
            Self::pass_map(&mut stream, &header);
            let entry = self.entry(&mut stream, header, std::mem::take(&mut about));
            if entry.is_some() {
                return entry;
            }
        }
        None
    }

    fn finish(&mut self) -> Option<Damage> {
        let mut stream = lock(&self.stream);
        stream.close_entry();
        stream.input.skip_all();
        stream.input.damage()
    }

    fn faults(&self) -> Option<String> {
        self.faults.text()
    }
}

/// The content of one entry.
struct Member {
    stream: Arc<Mutex<Stream>>,
    turn: u64,
    is_sparse: bool,
}

impl Read for Member {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let mut stream = lock(&self.stream);
        if stream.turn != self.turn {
            return Err(Damage::Unreadable("the archive was read on".to_owned()).into());
        }
        let allowed = into.len().min(usize::try_from(stream.left).unwrap_or(usize::MAX));
        if allowed == 0 {
            return if self.is_sparse && !into.is_empty() { Err(Damage::Sparse.into()) } else { Ok(0) };
        }
        let read = stream.input.read(&mut into[..allowed])?;
        if read == 0 {
            stream.is_cut_off = true;
            return Err(Damage::CutOff.into());
        }
        stream.left -= read as u64;
        stream.at += read as u64;
        Ok(read)
    }
}
