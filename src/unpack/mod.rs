//! Objects become leaves: codecs are recognised by their first bytes, undone one inside the other, and kept under caps.
//!
//! In comes an object with its stored bytes; out goes a leaf whose body is the decoded stream, and a tap on the stored side.
//! A body delivers every byte it can and then says, as a typed [`Damage`], how it ended. Nothing here looks at a name,
//! opens a file, writes one, or holds more than its fixed buffers and one decoder window for each codec.

mod body;
mod budget;
mod bzip2;
mod codec;
mod container;
mod damage;
mod decoder;
#[cfg(test)]
mod every_codec;
mod gzip;
mod input;
mod lz4;
mod names;
mod nest;
mod puller;
mod snappy;
mod spool;
mod tap;
mod tar;
#[cfg(test)]
mod tests;
mod xz;
mod zip;
mod zstd;

use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::model::{Leaf, Object, limits};

pub use crate::source::Raw;

pub use body::Body;
pub use container::CONTAINERS;
pub use damage::Damage;
pub use nest::{Met, Nest, NestSetting, Unread};
pub use spool::{Kept, Spool};
pub use tap::{Meter, Tap};

use budget::{Budget, Windows};
use codec::{Start, sniff};
use decoder::{Decoder, Guard};
use input::Input;
use puller::Puller;

/// Largest read from the stored side.
const STORED_BUFFER_BYTES: usize = 256 * 1024;
/// Smallest buffer of the stored side; files that are known to be short get no more.
const STORED_BUFFER_FLOOR_BYTES: usize = 8 * 1024;
/// Buffer between two codecs.
const DECODED_BUFFER_BYTES: usize = 64 * 1024;

/// Returns the names of the codecs that are undone, in the order in which they are tried.
pub fn codecs() -> impl Iterator<Item = &'static str> {
    codec::FORMATS.iter().map(|format| format.name)
}

/// How far decoding may go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caps {
    /// Decoded bytes that one leaf may have. See [`limits::LEAF_BYTES`].
    pub leaf_bytes: u64,
    /// Decoded bytes per stored byte. See [`limits::RATIO`].
    pub ratio: u64,
    /// Decoded bytes for which the ratio is not looked at. See [`limits::RATIO_FREE_BYTES`].
    pub ratio_free_bytes: u64,
    /// Codecs that may wrap one leaf. See [`limits::CODEC_DEPTH`].
    pub codec_depth: usize,
    /// Log2 of the largest window of zstd and dictionary of xz. See [`limits::WINDOW_LOG`].
    pub window_log: u32,
    /// Bytes that the windows of an object's decoders may take together. See [`limits::WINDOWS_BYTES`].
    pub windows_bytes: u64,
    /// Containers that may lie one inside the other. See [`limits::CONTAINER_DEPTH`].
    pub container_depth: usize,
    /// Members of one object. See [`limits::MEMBERS`].
    pub members: u64,
    /// Bytes that the members of one object decode to. See [`limits::MEMBERS_BYTES`].
    pub members_bytes: u64,
    /// Bytes that they decode to before the ratio is looked at. See [`limits::MEMBERS_FREE_BYTES`].
    pub members_free_bytes: u64,
    /// Bytes of an object that are kept in memory where a leaf must be read out of order. See [`limits::SPOOL_MEMORY_BYTES`].
    pub spool_memory_bytes: u64,
    /// Bytes of an object that are kept in temporary files for that. See [`limits::SPOOL_BYTES`].
    pub spool_bytes: u64,
    /// The system's folder for temporary files; none: nothing is written.
    pub spool_folder: Option<PathBuf>,
}

impl Default for Caps {
    fn default() -> Self {
        Self {
            leaf_bytes: limits::LEAF_BYTES,
            ratio: limits::RATIO,
            ratio_free_bytes: limits::RATIO_FREE_BYTES,
            codec_depth: limits::CODEC_DEPTH,
            window_log: limits::WINDOW_LOG,
            windows_bytes: limits::WINDOWS_BYTES,
            container_depth: limits::CONTAINER_DEPTH,
            members: limits::MEMBERS,
            members_bytes: limits::MEMBERS_BYTES,
            members_free_bytes: limits::MEMBERS_FREE_BYTES,
            spool_memory_bytes: limits::SPOOL_MEMORY_BYTES,
            spool_bytes: limits::SPOOL_BYTES,
            spool_folder: None,
        }
    }
}

/// A leaf and the tap on the stored bytes behind it.
pub struct Opened {
    /// The decoded document. Its body is a [`Body`], whose errors carry a [`Damage`].
    pub leaf: Leaf,
    /// Counts and hashes the stored bytes as they pass.
    pub tap: Tap,
    /// Keeps the leaf where it must be read out of order and is no random bytes.
    pub spool: Spool,
}

/// Opens the stored bytes of an object as one leaf: a container is not looked into (see [`Nest`] for that).
///
/// `key` keys the hash of the stored bytes; `total` counts stored bytes over many objects, for whoever shows progress.
/// The first bytes are read here, to recognise codecs. A failure to read them is reported by the body, like any later one.
#[must_use]
pub fn open(object: Object, raw: Raw, caps: &Caps, key: &[u8; 32], total: &Meter) -> Opened {
    let Raw { stream, random } = raw;
    let (tap, tapped) = Tap::attach(stream, key, total.clone());
    let input = Input::new(Box::new(tapped), stored_buffer_bytes(object.size));
    let (input, codecs) = undo_codecs(input, &tap, caps, None, &Windows::new(caps));
    let body = Box::new(Body::new(input, caps.leaf_bytes));
    let random = random.filter(|_| codecs.is_empty());
    Opened { leaf: Leaf { object, member: None, parent: None, codecs, body, random }, tap, spool: Spool::new(caps) }
}

/// Reads a body to its end, so that the tap sees all stored bytes. Says how it ended; stops early where it is told to.
pub fn drain(body: &mut dyn Read, cancel: &AtomicBool) -> Option<Damage> {
    let mut buffer = vec![0; STORED_BUFFER_BYTES];
    while !cancel.load(Ordering::Relaxed) {
        match body.read(&mut buffer) {
            Ok(0) => break,
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Some(Damage::from_error(&error)),
        }
    }
    None
}

/// Undoes codecs for as long as the first bytes show one.
fn undo_codecs(mut input: Input, tap: &Tap, caps: &Caps, budget: Option<&Budget>, windows: &Windows) -> (Input, Vec<&'static str>) {
    let mut codecs = Vec::new();
    while let Some(format) = sniff(&mut input) {
        if codecs.len() == caps.codec_depth {
            input = Input::refused(Damage::TooDeep { codec_depth: caps.codec_depth });
            break;
        }
        codecs.push(format.name);
        let guard = Guard::new(caps, tap.meter(), budget.cloned());
        let decoded: Box<dyn Read + Send> = match format.start {
            Start::Push(start) => Box::new(Decoder::new(format, start(caps), input, guard, windows.share())),
            Start::Pull(start) => Box::new(Puller::new(start(input), guard)),
        };
        input = Input::new(decoded, DECODED_BUFFER_BYTES);
    }
    (input, codecs)
}

/// Chooses a buffer that holds a short file whole. One byte more lets its end be seen without a second turn.
fn stored_buffer_bytes(size: Option<u64>) -> usize {
    size.and_then(|bytes| usize::try_from(bytes).ok())
        .map_or(STORED_BUFFER_BYTES, |bytes| bytes.saturating_add(1).clamp(STORED_BUFFER_FLOOR_BYTES, STORED_BUFFER_BYTES))
}
