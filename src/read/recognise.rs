//! What a leaf is, by its first bytes. The name of a file never decides.

use std::io::{self, Read};

use super::{FORMATS, Head, Reader};
use crate::model::limits;

/// A leaf whose head was read.
pub struct Opened {
    /// The bytes read, to be given to [`super::Blocks::new`].
    pub head: Vec<u8>,
    /// Bytes of the head that are a byte order mark.
    pub mark: usize,
    /// Character set, where it is known.
    pub charset: Option<&'static str>,
    /// What it is.
    pub kind: Kind,
    /// The error that ended the head, where one did.
    pub failure: Option<io::Error>,
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

/// Formats that are told by fixed bytes and have no reader.
const MAGIC: &[(&[u8], &str)] = &[
    (b"PAR1", "parquet"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
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

/// Reads the head of a leaf and decides what it is.
pub fn open(body: &mut dyn Read, path: &str) -> Opened {
    let mut head = Vec::new();
    let (mut have, mut failure, mut whole) = (0, None, false);
    while have < limits::SNIFF_BYTES && !whole {
        if have == head.len() {
            // Most files are small.
            head.resize((4 * have).clamp(16 * 1024, limits::SNIFF_BYTES), 0);
        }
        match body.read(&mut head[have..]) {
            Ok(0) => whole = true,
            Ok(n) => have += n,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => {
                failure = Some(error);
                whole = true;
            }
        }
    }
    head.truncate(have);
    let mark = if head.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    let (kind, charset) = decide(&head[mark..], whole, path);
    Opened { head, mark, charset, kind, failure }
}

fn decide(bytes: &[u8], whole: bool, path: &str) -> (Kind, Option<&'static str>) {
    if bytes.is_empty() {
        return (Kind::Empty, None);
    }
    let no_reader = |format| (Kind::Unsupported { format, reason: "recognised, but there is no reader for this format" }, None);
    if let Some((_, format)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return no_reader(format);
    }
    if bytes.get(257..262) == Some(b"ustar") {
        return no_reader("tar");
    }
    if let Some(charset) = wide_charset(bytes) {
        let reason = "text in UTF-16 or UTF-32: there is no reader for this encoding";
        return (Kind::Unsupported { format: "text", reason }, Some(charset));
    }
    let control = bytes.iter().filter(|b| matches!(b, 0..=8 | 14..=26 | 28..=31 | 127)).count();
    if control * 20 > bytes.len() {
        return (Kind::Unsupported { format: "binary", reason: "more than one byte in twenty is a control character" }, None);
    }
    let head = Head { bytes, whole, path };
    let reader = FORMATS.iter().find_map(|format| (format.recognise)(&head)).expect("text takes everything");
    (Kind::Readable(reader), Some("utf-8"))
}

/// UTF-16 or UTF-32, by mark or by where the zeros are.
fn wide_charset(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xFF, 0xFE, 0, 0, ..] => return Some("utf-32le"),
        [0, 0, 0xFE, 0xFF, ..] => return Some("utf-32be"),
        [0xFF, 0xFE, ..] => return Some("utf-16le"),
        [0xFE, 0xFF, ..] => return Some("utf-16be"),
        _ => {}
    }
    let sample = &bytes[..bytes.len().min(4096) & !3];
    let zeros = |place: usize, step: usize| sample.iter().skip(place).step_by(step).filter(|b| **b == 0).count();
    let most = |count: usize, of: usize| of > 0 && count * 10 >= of * 7;
    let quarter = sample.len() / 4;
    if most(zeros(0, 4), quarter) && most(zeros(1, 4), quarter) && most(zeros(2, 4), quarter) && zeros(3, 4) == 0 {
        return Some("utf-32be");
    }
    if most(zeros(1, 4), quarter) && most(zeros(2, 4), quarter) && most(zeros(3, 4), quarter) && zeros(0, 4) == 0 {
        return Some("utf-32le");
    }
    let half = sample.len() / 2;
    if most(zeros(0, 2), half) && zeros(1, 2) * 10 < half {
        return Some("utf-16be");
    }
    if most(zeros(1, 2), half) && zeros(0, 2) * 10 < half {
        return Some("utf-16le");
    }
    None
}
