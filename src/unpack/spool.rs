//! The spool: a stream that must be read out of order is kept while that lasts.
//!
//! In comes a stream; out come its bytes at any offset. Short ones stay in memory; longer ones go to a temporary file without
//! a name, encrypted under a key that this process made and never shows, so that nobody can read it, not even from the disk
//! afterwards. Both have a cap. Nothing is written beside the input.

use std::fs::File;
use std::io::{self, Read, Write as _};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use super::{Caps, Damage};
use crate::model::{Random, ReadAt};
use crate::source::Raw;

/// Memory is taken in pieces of this size.
const PIECE_BYTES: usize = 1024 * 1024;
/// Bytes of keystream that are made at a time.
const STREAM_BYTES: usize = 4 * 1024;

/// Where the leaves of one object keep what they must seek in. Clones share its caps.
#[derive(Clone, Debug)]
pub struct Spool {
    memory: Room,
    disk: Room,
    folder: Option<PathBuf>,
}

/// A stream that was kept.
pub struct Kept {
    /// What was kept: all of the stream, or its beginning where there is damage.
    pub bytes: Random,
    /// How the stream ended, or why no more of it was kept.
    pub damage: Option<Damage>,
}

impl Spool {
    /// Makes a spool with the whole room of the caps.
    #[must_use]
    pub fn new(caps: &Caps) -> Self {
        Self { memory: Room::new(caps.spool_memory_bytes), disk: Room::new(caps.spool_bytes), folder: caps.spool_folder.clone() }
    }

    /// Keeps `head` and all that `body` still gives. The room is free again when the bytes are dropped.
    pub fn keep(&self, head: &[u8], body: &mut dyn Read) -> Kept {
        let mut store = Store { spool: self.clone(), pieces: Vec::new(), file: None, size: 0 };
        let damage = store.take(head, body).err();
        Kept { bytes: Arc::new(store), damage }
    }
}

/// Bytes that may be taken, and those that are.
#[derive(Clone, Debug)]
struct Room {
    cap_bytes: u64,
    taken: Arc<AtomicU64>,
}

impl Room {
    fn new(cap_bytes: u64) -> Self {
        Self { cap_bytes, taken: Arc::default() }
    }

    fn take(&self, bytes: u64) -> bool {
        let more = |taken: u64| taken.checked_add(bytes).filter(|sum| *sum <= self.cap_bytes);
        self.taken.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more).is_ok()
    }

    fn give_back(&self, bytes: u64) {
        self.taken.fetch_sub(bytes, Ordering::Relaxed);
    }
}

/// The bytes of one stream.
struct Store {
    spool: Spool,
    /// In memory, until they are too many.
    pieces: Vec<Box<[u8]>>,
    /// All of them, once they are.
    file: Option<Sealed>,
    size: u64,
}

impl Store {
    fn take(&mut self, head: &[u8], body: &mut dyn Read) -> Result<(), Damage> {
        let mut source = head.chain(body);
        loop {
            let mut piece = vec![0; PIECE_BYTES].into_boxed_slice();
            let (filled, ended) = fill(&mut source, &mut piece);
            self.add(piece, filled)?;
            match ended {
                Some(Ok(())) => return Ok(()),
                Some(Err(damage)) => return Err(damage),
                None => {}
            }
        }
    }

    fn add(&mut self, mut piece: Box<[u8]>, filled: usize) -> Result<(), Damage> {
        if filled == 0 {
            return Ok(());
        }
        if self.file.is_none() {
            if self.spool.memory.take(PIECE_BYTES as u64) {
                self.pieces.push(piece);
                self.size += filled as u64;
                return Ok(());
            }
            self.move_out()?;
        }
        self.append(&mut piece[..filled])
    }

    /// Moves what is in memory to a file.
    fn move_out(&mut self) -> Result<(), Damage> {
        let folder = self.spool.folder.as_ref().ok_or(Damage::SpoolFull { cap_bytes: self.spool.memory.cap_bytes })?;
        let file = tempfile::tempfile_in(folder).map_err(unspooled)?;
        let pieces = std::mem::take(&mut self.pieces);
        self.spool.memory.give_back(PIECE_BYTES as u64 * pieces.len() as u64);
        self.file = Some(Sealed::new(file)?);
        let mut left = std::mem::take(&mut self.size);
        for mut piece in pieces {
            let filled = usize::try_from(left).unwrap_or(usize::MAX).min(PIECE_BYTES);
            left -= filled as u64;
            self.append(&mut piece[..filled])?;
        }
        Ok(())
    }

    fn append(&mut self, bytes: &mut [u8]) -> Result<(), Damage> {
        let length = bytes.len() as u64;
        if !self.spool.disk.take(length) {
            return Err(Damage::SpoolFull { cap_bytes: self.spool.disk.cap_bytes });
        }
        let file = self.file.as_mut().expect("it is there once memory is full");
        let written = file.write(self.size, bytes);
        // What failed to be written is no part of the bytes, but its room is given back with them.
        self.size += length;
        written.map_err(unspooled)
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        self.spool.memory.give_back(PIECE_BYTES as u64 * self.pieces.len() as u64);
        if self.file.is_some() {
            self.spool.disk.give_back(self.size);
        }
    }
}

impl ReadAt for Store {
    fn size(&self) -> u64 {
        self.size
    }

    fn read_at(&self, offset: u64, into: &mut [u8]) -> io::Result<usize> {
        let room = usize::try_from(self.size.saturating_sub(offset)).unwrap_or(usize::MAX);
        let allowed = into.len().min(room);
        if allowed == 0 {
            return Ok(0);
        }
        if let Some(file) = &self.file {
            return file.read_at(offset, &mut into[..allowed]);
        }
        let at = usize::try_from(offset).expect("memory holds it");
        let piece = &self.pieces[at / PIECE_BYTES][at % PIECE_BYTES..];
        let read = allowed.min(piece.len());
        into[..read].copy_from_slice(&piece[..read]);
        Ok(read)
    }
}

/// A file whose bytes are encrypted.
///
/// The cipher is an exclusive or with the output of BLAKE3 in keyed mode, which is a pseudo-random function with output of any
/// length that can be made from any position: <https://github.com/BLAKE3-team/BLAKE3-specs>, sections 2.6 and 5.1. The crate
/// is here already. No position is written twice under one message, and every file has its own.
struct Sealed {
    file: File,
    random: Random,
    stream: blake3::OutputReader,
}

impl Sealed {
    fn new(file: File) -> Result<Self, Damage> {
        static KEY: OnceLock<[u8; 32]> = OnceLock::new();
        static FILES: AtomicU64 = AtomicU64::new(0);
        let mut made = [0; 32];
        getrandom::fill(&mut made).map_err(|error| Damage::Unspooled(format!("no random bytes: {error}")))?;
        let key = KEY.get_or_init(|| made);
        let ordinal = FILES.fetch_add(1, Ordering::Relaxed);
        let stream = blake3::Hasher::new_keyed(key).update(&ordinal.to_le_bytes()).finalize_xof();
        let random = Raw::file(file.try_clone().map_err(unspooled)?).map_err(unspooled)?.random.expect("a file can be read anywhere");
        Ok(Self { file, random, stream })
    }

    /// Encrypts in place and writes behind what was written.
    fn write(&mut self, offset: u64, bytes: &mut [u8]) -> io::Result<()> {
        self.turn(offset, bytes);
        self.file.write_all(bytes)
    }

    fn read_at(&self, offset: u64, into: &mut [u8]) -> io::Result<usize> {
        let read = self.random.read_at(offset, into)?;
        self.turn(offset, &mut into[..read]);
        Ok(read)
    }

    /// Encrypts what is plain, and the other way round.
    fn turn(&self, offset: u64, bytes: &mut [u8]) {
        let mut stream = self.stream.clone();
        stream.set_position(offset);
        let mut mask = [0; STREAM_BYTES];
        for part in bytes.chunks_mut(STREAM_BYTES) {
            let mask = &mut mask[..part.len()];
            stream.fill(mask);
            part.iter_mut().zip(mask).for_each(|(byte, mask)| *byte ^= *mask);
        }
    }
}

/// Reads until `into` is full; says how the source ended, where it did.
fn fill(source: &mut dyn Read, into: &mut [u8]) -> (usize, Option<Result<(), Damage>>) {
    let mut filled = 0;
    while filled < into.len() {
        match source.read(&mut into[filled..]) {
            Ok(0) => return (filled, Some(Ok(()))),
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return (filled, Some(Err(Damage::from_error(&error)))),
        }
    }
    (filled, None)
}

fn unspooled(error: io::Error) -> Damage {
    Damage::Unspooled(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::InOrder;

    fn caps(memory: u64, disk: u64) -> Caps {
        Caps { spool_memory_bytes: memory, spool_bytes: disk, spool_folder: Some(std::env::temp_dir()), ..Caps::default() }
    }

    fn content(bytes: usize) -> Vec<u8> {
        (0..bytes).map(|i| (i * i / 7) as u8).collect()
    }

    fn all(bytes: &Random) -> Vec<u8> {
        let mut out = Vec::new();
        InOrder::new(Arc::clone(bytes)).read_to_end(&mut out).unwrap();
        out
    }

    #[test]
    fn gives_the_same_bytes_from_memory_and_from_disk() {
        for length in [0, 1, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 5 * PIECE_BYTES / 2] {
            let content = content(length);
            for memory in [u64::MAX, 2 << 20, 0] {
                let kept = Spool::new(&caps(memory, u64::MAX)).keep(&content[..length / 3], &mut &content[length / 3..]);
                assert_eq!((kept.damage, kept.bytes.size()), (None, length as u64));
                assert!(all(&kept.bytes) == content, "{length} bytes, {memory} in memory");
                for at in [0, 1, 4095, 4097, PIECE_BYTES - 3, PIECE_BYTES, length.saturating_sub(2)] {
                    let mut part = [0; 9];
                    let read = kept.bytes.read_full_at(at as u64, &mut part).unwrap();
                    assert_eq!(part[..read], content[at.min(length)..(at + 9).min(length)]);
                }
            }
        }
    }

    #[test]
    fn keeps_the_beginning_where_the_cap_or_the_stream_ends() {
        let content = content(5 << 20);
        let kept = Spool::new(&caps(2 << 20, 3 << 20)).keep(&[], &mut &*content);
        assert_eq!(kept.damage, Some(Damage::SpoolFull { cap_bytes: 3 << 20 }));
        assert!(all(&kept.bytes) == content[..3 << 20]);

        let memory_only = Caps { spool_folder: None, ..caps(2 << 20, u64::MAX) };
        let kept = Spool::new(&memory_only).keep(&[], &mut &*content);
        assert_eq!(kept.damage, Some(Damage::SpoolFull { cap_bytes: 2 << 20 }));
        assert!(all(&kept.bytes) == content[..2 << 20]);

        let mut broken = (&content[..100]).chain(Broken);
        let kept = Spool::new(&caps(2 << 20, 0)).keep(&[], &mut broken);
        assert_eq!((kept.damage, all(&kept.bytes).len()), (Some(Damage::Truncated), 100));
    }

    struct Broken;

    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(Damage::Truncated.into())
        }
    }

    #[test]
    fn says_where_no_temporary_file_can_be_made() {
        let nowhere = Caps { spool_folder: Some("/nowhere/at/all".into()), ..caps(0, u64::MAX) };
        let kept = Spool::new(&nowhere).keep(b"x", &mut io::empty());
        assert!(matches!(kept.damage, Some(Damage::Unspooled(_))), "{:?}", kept.damage);
        assert_eq!(kept.bytes.size(), 0);
    }

    #[test]
    fn leaves_of_one_object_share_the_room_and_give_it_back() {
        let spool = Spool::new(&caps(1 << 20, 2 << 20));
        let content = content(1 << 20);
        let keep = || spool.keep(&content, &mut io::empty());
        let (one, two, three, four) = (keep(), keep(), keep(), keep());
        assert!([&one, &two, &three].iter().all(|kept| kept.damage.is_none()));
        assert!(four.damage.is_some());
        drop((one, two, three, four));
        assert_eq!((spool.memory.taken.load(Ordering::Relaxed), spool.disk.taken.load(Ordering::Relaxed)), (0, 0));
        assert!(keep().damage.is_none());
    }

    #[test]
    fn nothing_plain_reaches_the_file_and_no_two_files_are_alike() {
        let seal = |text: &[u8]| {
            let mut sealed = Sealed::new(tempfile::tempfile().unwrap()).unwrap();
            sealed.write(0, &mut text.to_vec()).unwrap();
            let mut stored = vec![0; text.len()];
            sealed.random.read_exact_at(0, &mut stored).unwrap();
            stored
        };
        let text = b"write to ana.reyes@example.com".repeat(1_000);
        let (one, two) = (seal(&text), seal(&text));
        assert!(one != text && one != two);
        assert!(memchr::memmem::find(&one, b"ana.reyes").is_none());
    }
}
