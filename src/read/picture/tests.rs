//! Metadata that the `exif` crate wrote must come back from every kind of picture, and none may make the walk fail.

use exif::Tag as Name;
use proptest::prelude::*;

use super::made::{self, angle, ascii, comment};
use super::*;

fn tiff(little: bool) -> Vec<u8> {
    let fields = [
        ascii(Name::Make, "Canon"),
        ascii(Name::Model, "EOS R5"),
        ascii(Name::Artist, "Ana Reyes"),
        ascii(Name::BodySerialNumber, "012345678901"),
        ascii(Name::GPSLatitudeRef, "N"),
        angle(Name::GPSLatitude, [(14, 1), (35, 1), (5825, 100)]),
        ascii(Name::GPSLongitudeRef, "W"),
        angle(Name::GPSLongitude, [(120, 1), (30, 1), (0, 0)]),
        comment("mail ana@kusina.ph"),
    ];
    made::tiff(&fields, little)
}

fn jpeg(exif: &[u8]) -> Vec<u8> {
    made::jpeg(exif, b"dan@kusina.ph ")
}

fn png(exif: &[u8]) -> Vec<u8> {
    made::png(exif, &[7; 5_000])
}

fn webp(exif: &[u8]) -> Vec<u8> {
    made::webp(exif, &[7; 333])
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
