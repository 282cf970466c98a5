//! What a leaf is, by its first bytes. The name of a file never decides.

use std::io::{self, Read};

use encoding_rs::Encoding;

use super::charset::{self, Found};
use super::full::fill;
use super::transcode::{Transcoder, WayBack};
use super::{FORMATS, Head, Reader, columnar};
use crate::model::{Charset, Random, limits};
use crate::unpack::{Damage, Spool};

/// A leaf whose head was read.
pub struct Opened {
    /// Its text, to be given to [`Reader::supply`].
    pub text: Text,
    /// Character set, where it is known.
    pub charset: Option<String>,
    /// What it is.
    pub kind: Kind,
}

/// The text of a leaf: what was read of it, and what follows.
pub struct Text {
    pub(super) body: Box<dyn Read + Send>,
    pub(super) head: Vec<u8>,
    /// Bytes of the head that are a byte order mark.
    pub(super) mark: usize,
    /// The error that ended the head, where one did.
    pub(super) failure: Option<io::Error>,
    /// Where it is stored, where it was converted.
    pub(super) way: Option<WayBack>,
    /// The same bytes, where they can be read anywhere.
    pub(super) random: Option<Random>,
    /// Where they are kept otherwise.
    pub(super) spool: Option<Spool>,
}

impl Text {
    /// Says how the bytes are reached out of order.
    pub fn seek_in(&mut self, random: Option<Random>, spool: Spool) {
        (self.random, self.spool) = (random, Some(spool));
    }

    /// Returns the character set that the text is converted from; none: it is UTF-8, or no text.
    #[must_use]
    pub fn converted_from(&self) -> Option<Charset> {
        self.way.as_ref().map(|way| way.charset)
    }

    /// Gives the bytes in order, with the failure that ended them.
    pub(super) fn into_stream(self) -> Box<dyn Read + Send> {
        let end: Box<dyn Read + Send> = match self.failure {
            Some(error) => Box::new(Ended(Damage::from_error(&error))),
            None => self.body,
        };
        Box::new(io::Cursor::new(self.head).chain(end))
    }

    /// Gives the bytes for reading anywhere, with the damage that ended them early, and what of the stream was not read for that.
    pub(super) fn into_random(mut self) -> (Random, Option<Damage>, Box<dyn Read + Send>) {
        if let Some(random) = self.random {
            return (random, None, self.body);
        }
        let spool = self.spool.unwrap_or_else(|| Spool::new(&crate::unpack::Caps::default()));
        let failure = self.failure.map(|error| Damage::from_error(&error));
        let mut nothing = io::empty();
        let body: &mut dyn Read = if failure.is_some() { &mut nothing } else { &mut *self.body };
        let kept = spool.keep(&self.head, body);
        (kept.bytes, failure.or(kept.damage), Box::new(io::empty()))
    }

    /// Takes the error that ended the head; says also whether there are bytes before it.
    pub fn take_failure(&mut self) -> Option<(io::Error, bool)> {
        self.failure.take().map(|error| (error, !self.head.is_empty()))
    }
}

/// A body that has nothing but its failure.
struct Ended(Damage);

impl Read for Ended {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(self.0.clone().into())
    }
}

/// What a head is.
pub enum Kind {
    /// No bytes at all.
    Empty,
    /// A format with a reader.
    Readable(Box<dyn Reader>),
    /// Something else: the name of it, and why it is not read.
    Unsupported {
        /// Name for the `format` column.
        format: &'static str,
        /// Reason for the `reason` column.
        reason: &'static str,
    },
}

/// What is told by its control characters alone.
const BINARY: &str = "binary";

/// Formats that are told by fixed bytes and have no reader.
const MAGIC: &[(&[u8], &str)] = &[
    (b"PAR1", "parquet"),
    (b"PARE", "parquet"),
    (b"7z\xBC\xAF\x27\x1C", "7z"),
    (b"Rar!\x1A\x07", "rar"),
    (b"Obj\x01", "avro"),
    (b"ORC", "orc"),
    (b"ARROW1", "arrow"),
    (b"SQLite format 3\x00", "sqlite"),
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1A\n", "png"),
    (b"\xFF\xD8\xFF", "jpeg"),
    (b"GIF8", "gif"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"RIFF", "riff"),
    (b"\x7FELF", "elf"),
    (b"\xCA\xFE\xBA\xBE", "class"),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "ole"),
    (b"age-encryption.org/", "age"),
    (b"-----BEGIN PGP MESSAGE", "pgp"),
];

/// Returns the names of what is recognised and has no reader, sorted.
#[must_use]
pub fn recognised() -> Vec<&'static str> {
    let told = MAGIC.iter().map(|(_, format)| *format).chain([BINARY]);
    let mut names: Vec<&str> = told.filter(|name| FORMATS.iter().all(|format| format.name != *name)).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Reads the head of a leaf and decides what it is. `encoding`: what a person says text without a byte order mark is in.
#[must_use]
pub fn open(mut body: Box<dyn Read + Send>, path: &str, encoding: Option<&'static Encoding>) -> Opened {
    let (head, whole, failure) = read_head(&mut *body);
    if is_known_binary(&head) {
        let (kind, charset) = decide(&head, whole, path);
        return Opened { text: Text { body, head, mark: 0, failure, way: None, random: None, spool: None }, charset, kind };
    }
    match charset::detect(&head, whole, encoding) {
        Found::Plain { mark } => {
            let (kind, charset) = decide(&head[mark..], whole, path);
            Opened { text: Text { body, head, mark, failure, way: None, random: None, spool: None }, charset, kind }
        }
        Found::Convert { charset, mark } => {
            let converter = Transcoder::new(charset, &head[mark..], mark, failure, body);
            let way = converter.way_back();
            let mut body: Box<dyn Read + Send> = Box::new(converter);
            let (head, whole, failure) = read_head(&mut *body);
            let (kind, _) = decide(&head, whole, path);
            Opened {
                text: Text { body, head, mark: 0, failure, way: Some(way), random: None, spool: None },
                charset: Some(charset.name()),
                kind,
            }
        }
    }
}

fn read_head(body: &mut dyn Read) -> (Vec<u8>, bool, Option<io::Error>) {
    let mut head = Vec::new();
    let (mut have, mut failure, mut whole) = (0, None, false);
    while have < limits::SNIFF_BYTES && !whole {
        if have == head.len() {
            // Most files are small.
            head.resize((4 * have).clamp(16 * 1024, limits::SNIFF_BYTES), 0);
        }
        let filled = fill(body, &mut head[have..]);
        have += filled.read;
        (whole, failure) = (filled.ended, filled.failure);
    }
    head.truncate(have);
    (head, whole, failure)
}

fn is_known_binary(head: &[u8]) -> bool {
    magic(head).is_some()
}

/// The format that fixed bytes tell. Four letters are too few: text may begin with them.
fn magic(head: &[u8]) -> Option<&'static str> {
    if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP") {
        return Some("webp");
    }
    let is_binary = || head.iter().take(64).any(|b| matches!(b, 0..=8 | 14..=31 | 0x80..));
    let weak = |magic: &[u8]| magic.len() <= 4 && magic.iter().all(u8::is_ascii_alphanumeric);
    let fixed = MAGIC.iter().find(|(magic, _)| head.starts_with(magic) && (!weak(magic) || is_binary())).map(|(_, format)| *format);
    fixed.or_else(|| columnar::is_arrow_stream(head).then_some("arrow"))
}

fn decide(bytes: &[u8], whole: bool, path: &str) -> (Kind, Option<String>) {
    if bytes.is_empty() {
        return (Kind::Empty, None);
    }
    let no_reader = |format| (Kind::Unsupported { format, reason: "recognised, but there is no reader for this format" }, None);
    let head = Head { bytes, whole, path };
    if let Some(format) = magic(bytes) {
        let reader = FORMATS.iter().filter(|known| known.name == format).find_map(|known| (known.recognise)(&head));
        return reader.map_or_else(|| no_reader(format), |reader| (Kind::Readable(reader), None));
    }
    let control = bytes.iter().filter(|b| matches!(b, 0..=8 | 14..=26 | 28..=31 | 127)).count();
    if control * 20 > bytes.len() {
        return (Kind::Unsupported { format: BINARY, reason: "more than one byte in twenty is a control character" }, None);
    }
    // Formats that fixed bytes tell were told above, or it is text that begins like them.
    let mut told = FORMATS.iter().filter(|format| MAGIC.iter().all(|(_, known)| *known != format.name));
    let reader = told.find_map(|format| (format.recognise)(&head)).expect("text takes everything");
    (Kind::Readable(reader), Some("utf-8".to_owned()))
}
