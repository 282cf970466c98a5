//! Where the metadata of a JPEG, PNG, WebP or TIFF file stands. The stream is read forwards; pixels are passed over.

use std::io::{self, Read};

use super::{METADATA_BYTES, Tag, latin_or_utf8, tiff};

/// Bytes that a compressed text of a PNG may have.
const TEXT_BYTES: u64 = 1024 * 1024;
/// What stands before Exif and XMP in a segment of a JPEG.
const EXIF: &[u8] = b"Exif\0\0";
const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";

/// The metadata of a picture.
#[derive(Default)]
pub(super) struct Metadata {
    pub tags: Vec<Tag>,
    /// Bytes of metadata that were read.
    pub bytes: u64,
    /// Why not all of it was.
    pub damage: Option<&'static str>,
}

pub(super) struct Walk<'a> {
    pub body: &'a mut dyn Read,
    pub found: Metadata,
    /// Memory that texts may still take.
    pub room: usize,
}

impl Walk<'_> {
    /// Reads so many bytes of metadata; none where there are fewer, or too many.
    fn take(&mut self, len: usize) -> io::Result<Option<Vec<u8>>> {
        if self.found.bytes + len as u64 > METADATA_BYTES {
            self.found.damage = Some("more than 16 MiB of metadata");
            return Ok(None);
        }
        let mut bytes = Vec::new();
        (&mut *self.body).take(len as u64).read_to_end(&mut bytes)?;
        self.found.bytes += bytes.len() as u64;
        if bytes.len() < len {
            self.found.damage = Some("the metadata has no end");
            return Ok(None);
        }
        Ok(Some(bytes))
    }

    /// Passes over so many bytes; false where there are fewer.
    fn skip(&mut self, len: u64) -> io::Result<bool> {
        let passed = io::copy(&mut (&mut *self.body).take(len), &mut io::sink())?;
        if passed < len {
            self.found.damage = Some("the metadata has no end");
        }
        Ok(passed == len)
    }

    fn exif(&mut self, bytes: &[u8]) {
        let (tags, is_damaged) = tiff::tags(bytes, &mut self.room);
        self.found.tags.extend(tags);
        if is_damaged {
            self.found.damage.get_or_insert("an offset of the metadata leads nowhere");
        }
    }

    fn text(&mut self, kind: &'static str, name: &str, text: String) {
        if !Tag::fits(&text, &mut self.room) {
            self.found.damage = Some("more than 16 MiB of metadata");
        } else if !text.trim().is_empty() {
            self.found.tags.push(Tag { kind, name: name.to_owned(), text });
        }
    }

    /// The segments before the picture (ITU-T T.81, B.1.1).
    pub(super) fn jpeg(&mut self) -> io::Result<()> {
        let Some(_start) = self.take(2)? else { return Ok(()) };
        loop {
            let Some(head) = self.take(2)? else { return Ok(()) };
            let mut marker = head[1];
            if head[0] != 0xFF {
                self.found.damage = Some("a segment has no marker");
                return Ok(());
            }
            while marker == 0xFF {
                let Some(fill) = self.take(1)? else { return Ok(()) };
                marker = fill[0];
            }
            // The picture, or the end.
            if matches!(marker, 0xDA | 0xD9) {
                return Ok(());
            }
            if matches!(marker, 0x01 | 0xD0..=0xD8) {
                continue;
            }
            let Some(len) = self.take(2)? else { return Ok(()) };
            let len = usize::from(u16::from_be_bytes([len[0], len[1]])).saturating_sub(2);
            if !matches!(marker, 0xE1 | 0xFE) {
                if !self.skip(len as u64)? {
                    return Ok(());
                }
                continue;
            }
            let Some(segment) = self.take(len)? else { return Ok(()) };
            if marker == 0xFE {
                self.text("jpeg", "comment", latin_or_utf8(&segment));
            } else if let Some(exif) = segment.strip_prefix(EXIF) {
                self.exif(exif);
            } else if let Some(packet) = segment.strip_prefix(XMP) {
                self.text("xmp", "packet", latin_or_utf8(packet));
            }
        }
    }

    /// The chunks of a PNG (W3C PNG, third edition, 5).
    pub(super) fn png(&mut self) -> io::Result<()> {
        let Some(_signature) = self.take(8)? else { return Ok(()) };
        loop {
            let Some(head) = self.take(8)? else { return Ok(()) };
            let len = u32::from_be_bytes([head[0], head[1], head[2], head[3]]);
            match &head[4..] {
                b"IEND" => return Ok(()),
                kind @ (b"eXIf" | b"tEXt" | b"zTXt" | b"iTXt") => {
                    let Some(chunk) = self.take(len as usize)? else { return Ok(()) };
                    if kind == b"eXIf" {
                        self.exif(&chunk);
                    } else {
                        self.png_text(kind, &chunk);
                    }
                    if !self.skip(4)? {
                        return Ok(());
                    }
                }
                _ => {
                    if !self.skip(u64::from(len) + 4)? {
                        return Ok(());
                    }
                }
            }
        }
    }

    /// A text of a PNG: keyword, how it is written, text.
    fn png_text(&mut self, kind: &[u8], chunk: &[u8]) {
        let Some((keyword, rest)) = split(chunk) else { return };
        let keyword = latin_or_utf8(keyword);
        let text = match kind {
            b"tEXt" => Some(latin_or_utf8(rest)),
            b"zTXt" => rest.get(1..).and_then(inflate),
            _ => {
                let is_compressed = rest.first() == Some(&1);
                let text = rest.get(2..).and_then(split).and_then(|(_language, rest)| split(rest)).map(|(_translated, text)| text);
                text.and_then(|text| if is_compressed { inflate(text) } else { Some(latin_or_utf8(text)) })
            }
        };
        match text {
            Some(text) if keyword == "XML:com.adobe.xmp" => self.text("xmp", "packet", text),
            Some(text) => self.text("png", &keyword, text),
            None => self.found.damage = Some("a text of the picture cannot be read"),
        }
    }

    /// The chunks of a WebP (RFC 9649).
    pub(super) fn webp(&mut self) -> io::Result<()> {
        let Some(_head) = self.take(12)? else { return Ok(()) };
        loop {
            let mut head = Vec::new();
            (&mut *self.body).take(8).read_to_end(&mut head)?;
            // The end of the file is the end of its chunks.
            let Ok(head) = <[u8; 8]>::try_from(head) else { return Ok(()) };
            let len = u32::from_le_bytes([head[4], head[5], head[6], head[7]]);
            let padded = u64::from(len) + u64::from(len % 2);
            match &head[..4] {
                kind @ (b"EXIF" | b"XMP ") => {
                    let Some(chunk) = self.take(len as usize)? else { return Ok(()) };
                    if kind == b"EXIF" {
                        self.exif(chunk.strip_prefix(EXIF).unwrap_or(&chunk));
                    } else {
                        self.text("xmp", "packet", latin_or_utf8(&chunk));
                    }
                    self.skip(padded - u64::from(len))?;
                }
                _ => {
                    if !self.skip(padded)? {
                        return Ok(());
                    }
                }
            }
        }
    }

    /// A TIFF file is one structure: of a large one the start is read.
    pub(super) fn tiff(&mut self) -> io::Result<()> {
        let mut bytes = Vec::new();
        (&mut *self.body).take(METADATA_BYTES).read_to_end(&mut bytes)?;
        self.found.bytes = bytes.len() as u64;
        self.exif(&bytes);
        if bytes.len() as u64 == METADATA_BYTES && self.found.damage.is_some() {
            self.found.damage = Some("metadata behind the first 16 MiB was not read");
        }
        Ok(())
    }
}

/// What stands before and after the first zero.
fn split(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = memchr::memchr(0, bytes)?;
    Some((&bytes[..at], &bytes[at + 1..]))
}

fn inflate(bytes: &[u8]) -> Option<String> {
    let mut text = Vec::new();
    flate2::read::ZlibDecoder::new(bytes).take(TEXT_BYTES).read_to_end(&mut text).ok()?;
    Some(latin_or_utf8(&text))
}
