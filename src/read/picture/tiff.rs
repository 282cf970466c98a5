//! The tags of a TIFF structure: Exif (CIPA DC-008), TIFF 6.0 and GPS, as texts with their names.
//!
//! Offsets that lie, loops and sizes beyond the data cost the tag; entries are counted, so that no file makes more work than its size.

use std::collections::HashSet;
use std::ops::Range;

use super::Tag;

/// Entries of all directories that are read.
const ENTRIES: usize = 16 * 1024;
/// Bytes of a tag that are read, but for an XMP packet.
const VALUE_BYTES: usize = 64 * 1024;

/// A directory.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Of an image.
    Main,
    Exif,
    Gps,
}

/// Tags of the main directory that hold text.
const MAIN: &[(u16, &str)] = &[
    (0x010d, "document_name"),
    (0x010e, "image_description"),
    (0x010f, "make"),
    (0x0110, "model"),
    (0x0131, "software"),
    (0x0132, "date_time"),
    (0x013b, "artist"),
    (0x013c, "host_computer"),
    (0x02bc, "xmp"),
    (0x8298, "copyright"),
    (0x9c9b, "xp_title"),
    (0x9c9c, "xp_comment"),
    (0x9c9d, "xp_author"),
    (0x9c9e, "xp_keywords"),
    (0x9c9f, "xp_subject"),
    (0xc62f, "camera_serial_number"),
];

/// Those of the Exif directory.
const EXIF: &[(u16, &str)] = &[
    (0x9003, "date_time_original"),
    (0x9004, "date_time_digitized"),
    (0x9010, "offset_time"),
    (0x9011, "offset_time_original"),
    (0x9286, "user_comment"),
    (0xa420, "image_unique_id"),
    (0xa430, "camera_owner_name"),
    (0xa431, "body_serial_number"),
    (0xa433, "lens_make"),
    (0xa434, "lens_model"),
    (0xa435, "lens_serial_number"),
    (0xa436, "image_title"),
    (0xa437, "photographer"),
    (0xa438, "image_editor"),
];

/// Those of the GPS directory; the position is put together from others.
const GPS: &[(u16, &str)] = &[(0x001b, "gps_processing_method"), (0x001c, "gps_area_information"), (0x001d, "gps_date_stamp")];

/// Latitude, its hemisphere, longitude, its hemisphere.
const POSITIONS: &[(&str, [u16; 4])] = &[("gps_position", [2, 1, 4, 3]), ("gps_destination_position", [0x14, 0x13, 0x16, 0x15])];

struct Tiff<'a> {
    bytes: &'a [u8],
    big: bool,
    left: usize,
    /// Memory that texts may take.
    room: &'a mut usize,
    is_damaged: bool,
}

/// One entry: tag, type, and where its data stands.
struct Entry {
    tag: u16,
    kind: u16,
    data: Range<usize>,
}

/// Reads the tags of a structure that starts with its header, as long as there is room for their texts; says also whether some of it could not be read.
pub(super) fn tags(bytes: &[u8], room: &mut usize) -> (Vec<Tag>, bool) {
    let big = bytes.starts_with(b"MM\0*");
    if !big && !bytes.starts_with(b"II*\0") {
        return (Vec::new(), true);
    }
    let mut tiff = Tiff { bytes, big, left: ENTRIES, room, is_damaged: false };
    let mut out = Vec::new();
    let mut seen = HashSet::new();
    let mut next = Vec::new();
    tiff.leads_to(4, Kind::Main, &mut next);
    while let Some((at, kind)) = next.pop() {
        if seen.insert(at) {
            tiff.directory(at as usize, kind, &mut out, &mut next);
        }
    }
    (out, tiff.is_damaged)
}

impl Tiff<'_> {
    fn u16(&self, at: usize) -> Option<u16> {
        let bytes = self.bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if self.big { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) })
    }

    fn u32(&self, at: usize) -> Option<u32> {
        let bytes = self.bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if self.big { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) })
    }

    /// Notes the directory whose offset stands at `at`; zero is none.
    fn leads_to(&mut self, at: usize, kind: Kind, next: &mut Vec<(u32, Kind)>) {
        match self.u32(at) {
            Some(0) => {}
            Some(directory) => next.push((directory, kind)),
            None => self.is_damaged = true,
        }
    }

    /// Reads one directory and notes those that it leads to.
    fn directory(&mut self, at: usize, kind: Kind, out: &mut Vec<Tag>, next: &mut Vec<(u32, Kind)>) {
        let Some(count) = self.u16(at) else {
            self.is_damaged = true;
            return;
        };
        let mut entries = Vec::new();
        for n in 0..usize::from(count) {
            if self.left == 0 {
                self.is_damaged = true;
                break;
            }
            self.left -= 1;
            let place = at + 2 + 12 * n;
            match self.entry(place) {
                Some(Entry { tag: 0x8769, .. }) if kind == Kind::Main => self.leads_to(place + 8, Kind::Exif, next),
                Some(Entry { tag: 0x8825, .. }) if kind == Kind::Main => self.leads_to(place + 8, Kind::Gps, next),
                Some(entry) => entries.push(entry),
                None => self.is_damaged = true,
            }
        }
        if kind == Kind::Main && self.left > 0 {
            // A page of its own, or a thumbnail.
            self.leads_to(at + 2 + 12 * usize::from(count), Kind::Main, next);
        }
        if kind == Kind::Gps {
            out.extend(POSITIONS.iter().filter_map(|(name, tags)| Some(Tag::exif(name, self.position(&entries, *tags)?))));
        }
        for entry in &entries {
            self.text(entry, kind, out);
        }
    }

    fn entry(&self, at: usize) -> Option<Entry> {
        let (tag, kind, count) = (self.u16(at)?, self.u16(at + 2)?, self.u32(at + 4)? as usize);
        let size = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8].get(usize::from(kind)).copied().unwrap_or(0);
        let len = count.checked_mul(size)?;
        let start = if len <= 4 { at + 8 } else { self.u32(at + 8)? as usize };
        let data = start..start.checked_add(len)?;
        self.bytes.get(data.clone()).map(|_| Entry { tag, kind, data })
    }

    /// Adds the text of a tag, where it holds one.
    fn text(&mut self, entry: &Entry, kind: Kind, out: &mut Vec<Tag>) {
        let names = match kind {
            Kind::Main => MAIN,
            Kind::Exif => EXIF,
            Kind::Gps => GPS,
        };
        let name = names.iter().find(|(tag, _)| *tag == entry.tag).map(|(_, name)| *name);
        let bytes = self.bytes;
        let data = &bytes[entry.data.clone()];
        let most = if name == Some("xmp") { data.len() } else { data.len().min(VALUE_BYTES) };
        let data = &data[..most];
        let text = match (name, entry.kind) {
            (Some("user_comment" | "gps_processing_method" | "gps_area_information"), _) => self.comment(data),
            (Some(name), _) if name.starts_with("xp_") => utf16(data, false),
            (Some("xmp"), _) | (Some(_), 2) => super::latin_or_utf8(data),
            // Tags of makers and of later editions may say anything.
            (None, 2) if kind != Kind::Gps => super::latin_or_utf8(data),
            _ => return,
        };
        let text = text.trim_matches(|c: char| c == '\0' || c.is_whitespace());
        if !Tag::fits(text, self.room) {
            self.is_damaged = true;
        } else if !text.is_empty() {
            out.push(match name {
                Some(name) => Tag::exif(name, text.to_owned()),
                None => Tag::exif(&format!("tag_0x{:04x}", entry.tag), text.to_owned()),
            });
        }
    }

    /// A text behind eight bytes that name its character set.
    fn comment(&self, data: &[u8]) -> String {
        match data.split_first_chunk::<8>() {
            Some((b"UNICODE\0", text)) => utf16(text, self.big),
            Some((b"ASCII\0\0\0" | [0, 0, 0, 0, 0, 0, 0, 0], text)) => super::latin_or_utf8(text),
            Some((b"JIS\0\0\0\0\0", text)) => encoding_rs::ISO_2022_JP.decode_without_bom_handling(text).0.into_owned(),
            _ => super::latin_or_utf8(data),
        }
    }

    /// A position as degrees with a fraction.
    fn position(&self, entries: &[Entry], [latitude, north, longitude, east]: [u16; 4]) -> Option<String> {
        let latitude = self.angle(entries, latitude, north, 90.0)?;
        let longitude = self.angle(entries, longitude, east, 180.0)?;
        Some(format!("{latitude:.6}, {longitude:.6}"))
    }

    /// Degrees, minutes and seconds, each a fraction; negative in the south and west.
    fn angle(&self, entries: &[Entry], tag: u16, hemisphere: u16, most: f64) -> Option<f64> {
        let find = |tag: u16| entries.iter().find(|entry| entry.tag == tag);
        let parts = find(tag).filter(|entry| entry.kind == 5 && entry.data.len() >= 24)?;
        let part = |n: usize| {
            let (above, below) = (self.u32(parts.data.start + 8 * n)?, self.u32(parts.data.start + 8 * n + 4)?);
            // Seconds that are not measured are written as 0/0.
            if below == 0 { (n > 0 && above == 0).then_some(0.0) } else { Some(f64::from(above) / f64::from(below)) }
        };
        let degrees = part(0)? + part(1)? / 60.0 + part(2)? / 3600.0;
        let sign = find(hemisphere).and_then(|entry| self.bytes.get(entry.data.start)).copied();
        let degrees = if matches!(sign, Some(b'S' | b'W' | b's' | b'w')) { -degrees } else { degrees };
        (degrees.abs() <= most).then_some(degrees)
    }
}

fn utf16(data: &[u8], big: bool) -> String {
    let unit = |pair: &[u8; 2]| if big { u16::from_be_bytes(*pair) } else { u16::from_le_bytes(*pair) };
    let units = data.as_chunks::<2>().0.iter().map(unit);
    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}
