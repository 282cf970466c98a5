//! Metadata that the `exif` crate wrote must come back from every kind of picture, and none may make the walk fail.

use std::io::{Cursor, Write as _};

use exif::experimental::Writer;
use exif::{Field, In, Rational, Tag as Name, Value};
use proptest::prelude::*;

use super::*;

fn ascii(tag: Name, text: &str) -> Field {
    Field { tag, ifd_num: In::PRIMARY, value: Value::Ascii(vec![text.as_bytes().to_vec()]) }
}

fn angle(tag: Name, parts: [(u32, u32); 3]) -> Field {
    let parts = parts.map(|(num, denom)| Rational { num, denom });
    Field { tag, ifd_num: In::PRIMARY, value: Value::Rational(parts.to_vec()) }
}

fn tiff(little: bool) -> Vec<u8> {
    let comment = [b"ASCII\0\0\0".as_slice(), b"mail ana@kusina.ph"].concat();
    let fields = [
        ascii(Name::Make, "Canon"),
        ascii(Name::Model, "EOS R5"),
        ascii(Name::Artist, "Ana Reyes"),
        ascii(Name::BodySerialNumber, "012345678901"),
        ascii(Name::GPSLatitudeRef, "N"),
        angle(Name::GPSLatitude, [(14, 1), (35, 1), (5825, 100)]),
        ascii(Name::GPSLongitudeRef, "W"),
        angle(Name::GPSLongitude, [(120, 1), (30, 1), (0, 0)]),
        Field { tag: Name::UserComment, ifd_num: In::PRIMARY, value: Value::Undefined(comment, 0) },
    ];
    let mut writer = Writer::new();
    fields.iter().for_each(|field| writer.push_field(field));
    let mut out = Cursor::new(Vec::new());
    writer.write(&mut out, little).expect("memory takes all");
    out.into_inner()
}

fn jpeg(exif: &[u8]) -> Vec<u8> {
    let segment = |marker: u8, body: &[u8]| [&[0xFF, marker], &(body.len() as u16 + 2).to_be_bytes()[..], body].concat();
    let xmp = [b"http://ns.adobe.com/xap/1.0/\0".as_slice(), b"<x>cy@kusina.ph</x>"].concat();
    let exif = [b"Exif\0\0".as_slice(), exif].concat();
    let parts = [segment(0xE0, b"JFIF\0"), segment(0xE1, &exif), segment(0xE1, &xmp), segment(0xFE, b"ben@kusina.ph"), segment(0xDA, b"")];
    [&[0xFF, 0xD8][..], &parts.concat(), b"pixels dan@kusina.ph \xFF\xD9"].concat()
}

fn png(exif: &[u8]) -> Vec<u8> {
    let chunk = |kind: &[u8], body: &[u8]| [&(body.len() as u32).to_be_bytes()[..], kind, body, b"crc!"].concat();
    let mut packed = flate2::write::ZlibEncoder::new(b"Comment\0\0".to_vec(), flate2::Compression::fast());
    packed.write_all(b"ben@kusina.ph").expect("memory takes all");
    let parts = [
        chunk(b"IHDR", &[0; 13]),
        chunk(b"tEXt", b"Author\0Ana Reyes"),
        chunk(b"zTXt", &packed.finish().expect("memory takes all")),
        chunk(b"IDAT", &[7; 5_000]),
        chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0<x>cy@kusina.ph</x>"),
        chunk(b"eXIf", exif),
        chunk(b"IEND", b""),
    ];
    [b"\x89PNG\r\n\x1A\n", &parts.concat()[..]].concat()
}

fn webp(exif: &[u8]) -> Vec<u8> {
    let chunk = |kind: &[u8], body: &[u8]| [kind, &(body.len() as u32).to_le_bytes()[..], body, &vec![0; body.len() % 2]].concat();
    let parts =
        [chunk(b"VP8X", &[0; 10]), chunk(b"VP8 ", &[7; 333]), chunk(b"EXIF", exif), chunk(b"XMP ", b"<x>cy@kusina.ph</x>")].concat();
    [b"RIFF", &(parts.len() as u32 + 4).to_le_bytes()[..], b"WEBP", &parts].concat()
}

fn read(format: &str, bytes: &[u8]) -> Metadata {
    let mut body = bytes;
    walk(format, &mut body).0
}

fn said(found: &Metadata) -> Vec<(&'static str, &str, &str)> {
    let mut said: Vec<_> = found.tags.iter().map(|tag| (tag.kind, &*tag.name, &*tag.text)).collect();
    said.sort_unstable();
    said
}

const EXIF: [(&str, &str, &str); 6] = [
    ("exif", "artist", "Ana Reyes"),
    ("exif", "body_serial_number", "012345678901"),
    ("exif", "gps_position", "14.599514, -120.500000"),
    ("exif", "make", "Canon"),
    ("exif", "model", "EOS R5"),
    ("exif", "user_comment", "mail ana@kusina.ph"),
];

#[test]
fn metadata_comes_back_from_every_kind_of_picture() {
    for little in [true, false] {
        let exif = tiff(little);
        let xmp = ("xmp", "packet", "<x>cy@kusina.ph</x>");
        for (format, bytes, others) in [
            ("tiff", exif.clone(), vec![]),
            ("jpeg", jpeg(&exif), vec![("jpeg", "comment", "ben@kusina.ph"), xmp]),
            ("png", png(&exif), vec![("png", "Author", "Ana Reyes"), ("png", "Comment", "ben@kusina.ph"), xmp]),
            ("webp", webp(&exif), vec![xmp]),
        ] {
            let found = read(format, &bytes);
            let mut wanted = EXIF.to_vec();
            wanted.extend(others);
            assert_eq!(said(&found), wanted, "{format}");
            assert_eq!(found.damage, None, "{format}");
            let cut = read(format, &bytes[..bytes.len() / 3]);
            assert!(cut.damage.is_some() || format == "webp", "{format}");
        }
    }
}

#[test]
fn directories_that_lie_end() {
    // A directory that leads to itself, and one of 65,535 entries that all have the same large value.
    let round = [b"II*\0\x08\0\0\0".as_slice(), &[1, 0], &[0x69, 0x87, 4, 0, 1, 0, 0, 0, 8, 0, 0, 0], &[8, 0, 0, 0]].concat();
    assert!(read("tiff", &round).tags.is_empty());
    let entry = [0x0e, 0x01, 2, 0, 0, 0, 4, 0, 8, 0, 0, 0];
    let many = [b"II*\0\x08\0\0\0\xFF\xFF".as_slice(), &entry.repeat(65_535), &[b'x'; 300_000]].concat();
    let found = read("tiff", &many);
    assert!(found.damage.is_some() && found.tags.iter().map(|tag| tag.text.len()).sum::<usize>() <= 17 * 1024 * 1024);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn broken_pictures_are_read_to_their_end(
        kind in 0..4_usize,
        faults in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..20),
        cut in any::<prop::sample::Index>(),
    ) {
        let exif = tiff(kind % 2 == 0);
        let (format, mut bytes) = [("tiff", exif.clone()), ("jpeg", jpeg(&exif)), ("png", png(&exif)), ("webp", webp(&exif))][kind].clone();
        for (at, byte) in faults {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(1 + cut.index(bytes.len()));
        let found = read(format, &bytes);
        render(&found.tags);
        prop_assert!(found.bytes <= bytes.len() as u64);
    }
}
