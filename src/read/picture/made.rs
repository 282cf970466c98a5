//! Pictures of all kinds with Exif that the `exif` crate wrote, XMP, comments and texts, for tests.

use std::io::{Cursor, Write as _};

use exif::experimental::Writer;
use exif::{Field, In, Rational, Tag, Value};

pub(crate) fn ascii(tag: Tag, text: &str) -> Field {
    Field { tag, ifd_num: In::PRIMARY, value: Value::Ascii(vec![text.as_bytes().to_vec()]) }
}

/// Degrees, minutes and seconds, each with what it is divided by.
pub(crate) fn angle(tag: Tag, parts: [(u32, u32); 3]) -> Field {
    let parts = parts.map(|(num, denom)| Rational { num, denom });
    Field { tag, ifd_num: In::PRIMARY, value: Value::Rational(parts.to_vec()) }
}

pub(crate) fn comment(text: &str) -> Field {
    let value = Value::Undefined([b"ASCII\0\0\0".as_slice(), text.as_bytes()].concat(), 0);
    Field { tag: Tag::UserComment, ifd_num: In::PRIMARY, value }
}

pub(crate) fn tiff(fields: &[Field], little: bool) -> Vec<u8> {
    let mut writer = Writer::new();
    fields.iter().for_each(|field| writer.push_field(field));
    let mut out = Cursor::new(Vec::new());
    writer.write(&mut out, little).expect("memory takes all");
    out.into_inner()
}

pub(crate) fn jpeg(exif: &[u8], pixels: &[u8]) -> Vec<u8> {
    let segment = |marker: u8, body: &[u8]| [&[0xFF, marker], &(body.len() as u16 + 2).to_be_bytes()[..], body].concat();
    let xmp = [b"http://ns.adobe.com/xap/1.0/\0".as_slice(), b"<x>cy@kusina.ph</x>"].concat();
    let exif = [b"Exif\0\0".as_slice(), exif].concat();
    let parts = [segment(0xE0, b"JFIF\0"), segment(0xE1, &exif), segment(0xE1, &xmp), segment(0xFE, b"ben@kusina.ph"), segment(0xDA, b"")];
    [&[0xFF, 0xD8][..], &parts.concat(), b"pixels ", pixels, b"\xFF\xD9"].concat()
}

pub(crate) fn png(exif: &[u8], pixels: &[u8]) -> Vec<u8> {
    let chunk = |kind: &[u8], body: &[u8]| [&(body.len() as u32).to_be_bytes()[..], kind, body, b"crc!"].concat();
    let mut packed = flate2::write::ZlibEncoder::new(b"Comment\0\0".to_vec(), flate2::Compression::fast());
    packed.write_all(b"ben@kusina.ph").expect("memory takes all");
    let parts = [
        chunk(b"IHDR", &[0; 13]),
        chunk(b"tEXt", b"Author\0Ana Reyes"),
        chunk(b"zTXt", &packed.finish().expect("memory takes all")),
        chunk(b"IDAT", pixels),
        chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0<x>cy@kusina.ph</x>"),
        chunk(b"eXIf", exif),
        chunk(b"IEND", b""),
    ];
    [b"\x89PNG\r\n\x1A\n", &parts.concat()[..]].concat()
}

pub(crate) fn webp(exif: &[u8], pixels: &[u8]) -> Vec<u8> {
    let chunk = |kind: &[u8], body: &[u8]| [kind, &(body.len() as u32).to_le_bytes()[..], body, &vec![0; body.len() % 2]].concat();
    let parts = [chunk(b"VP8X", &[0; 10]), chunk(b"VP8 ", pixels), chunk(b"EXIF", exif), chunk(b"XMP ", b"<x>cy@kusina.ph</x>")].concat();
    [b"RIFF", &(parts.len() as u32 + 4).to_le_bytes()[..], b"WEBP", &parts].concat()
}
