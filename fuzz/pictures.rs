//! Pictures of all kinds with Exif, XMP, comments and texts.

#[path = "../src/read/picture/made.rs"]
mod made;

use exif::Tag;

use self::made::{angle, ascii, comment};
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
    let degrees = |degrees| [(degrees, 1), (36, 1), (0, 1)];
    let fields = [
        ascii(Tag::Model, "SM-G991B"),
        ascii(Tag::Artist, "Ana Reyes"),
        ascii(Tag::GPSLatitudeRef, "N"),
        angle(Tag::GPSLatitude, degrees(14)),
        ascii(Tag::GPSLongitudeRef, "E"),
        angle(Tag::GPSLongitude, degrees(120)),
        comment("mail ana@kusina.ph"),
    ];
    made::tiff(&fields, little)
}

fn seeds() -> Vec<Vec<u8>> {
    let (little, big) = (exif(true), exif(false));
    vec![made::jpeg(&big, b""), made::png(&little, b""), made::webp(&little, b""), little.clone(), big]
}
