//! Pictures of all kinds with Exif, XMP, comments and texts.

use std::io::{Cursor, Write as _};

use exif::experimental::Writer;
use exif::{Field, In, Rational, Tag, Value};

use crate::Target;

pub const TARGET: Target = Target {
    name: "pictures",
    path: "a.jpg",
    seeds,
    words: &[
        b"\xFF\xD8",
        b"\xFF\xE1",
        b"\xFF\xFE",
        b"\xFF\xDA",
        b"\xFF\xFF\xFF\xFF",
        b"Exif\0\0",
        b"II*\0\x08\0\0\0",
        b"MM\0*\0\0\0\x08",
        b"\x69\x87\x04\0\x01\0\0\0",
        b"\x87\x69\0\x04\0\0\0\x01",
        b"\x25\x88\x04\0\x01\0\0\0",
        b"\x0e\x01\x02\0",
        b"\x86\x92\x07\0",
        b"\xff\xff\xff\x7f",
        b"\0\0\0\0",
        b"UNICODE\0",
        b"JIS\0\0\0\0\0",
        b"\x89PNG\r\n\x1A\n",
        b"tEXt",
        b"zTXt",
        b"iTXt",
        b"eXIf",
        b"IEND",
        b"RIFF",
        b"WEBP",
        b"EXIF",
        b"XMP ",
        b"http://ns.adobe.com/xap/1.0/\0",
        b"ana@kusina.ph",
        b"{\"email\":\"ben@kusina.ph\"}",
    ],
};

fn exif(little: bool) -> Vec<u8> {
    let ascii = |tag, text: &str| Field { tag, ifd_num: In::PRIMARY, value: Value::Ascii(vec![text.as_bytes().to_vec()]) };
    let angle = |tag, degrees| {
        let parts = [degrees, 36, 0].map(|num| Rational { num, denom: 1 });
        Field { tag, ifd_num: In::PRIMARY, value: Value::Rational(parts.to_vec()) }
    };
    let comment = [b"ASCII\0\0\0".as_slice(), b"mail ana@kusina.ph"].concat();
    let fields = [
        ascii(Tag::Model, "SM-G991B"),
        ascii(Tag::Artist, "Ana Reyes"),
        ascii(Tag::GPSLatitudeRef, "N"),
        angle(Tag::GPSLatitude, 14),
        ascii(Tag::GPSLongitudeRef, "E"),
        angle(Tag::GPSLongitude, 120),
        Field { tag: Tag::UserComment, ifd_num: In::PRIMARY, value: Value::Undefined(comment, 0) },
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
    [&[0xFF, 0xD8][..], &parts.concat(), b"pixels \xFF\xD9"].concat()
}

fn png(exif: &[u8]) -> Vec<u8> {
    let chunk = |kind: &[u8], body: &[u8]| [&(body.len() as u32).to_be_bytes()[..], kind, body, b"crc!"].concat();
    let mut packed = flate2::write::ZlibEncoder::new(b"Comment\0\0".to_vec(), flate2::Compression::fast());
    packed.write_all(b"ben@kusina.ph").expect("memory takes all");
    let parts = [
        chunk(b"IHDR", &[0; 13]),
        chunk(b"tEXt", b"Author\0Ana Reyes"),
        chunk(b"zTXt", &packed.finish().expect("memory takes all")),
        chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0<x>cy@kusina.ph</x>"),
        chunk(b"eXIf", exif),
        chunk(b"IEND", b""),
    ];
    [b"\x89PNG\r\n\x1A\n", &parts.concat()[..]].concat()
}

fn webp(exif: &[u8]) -> Vec<u8> {
    let chunk = |kind: &[u8], body: &[u8]| [kind, &(body.len() as u32).to_le_bytes()[..], body, &vec![0; body.len() % 2]].concat();
    let parts = [chunk(b"VP8X", &[0; 10]), chunk(b"EXIF", exif), chunk(b"XMP ", b"<x>cy@kusina.ph</x>")].concat();
    [b"RIFF", &(parts.len() as u32 + 4).to_le_bytes()[..], b"WEBP", &parts].concat()
}

fn seeds() -> Vec<Vec<u8>> {
    let (little, big) = (exif(true), exif(false));
    vec![jpeg(&big), png(&little), webp(&little), little.clone(), big]
}
