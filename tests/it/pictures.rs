//! Pictures: their metadata is examined, their pixels are not, and the row says so.

use std::io::Cursor;

use exif::experimental::Writer;
use exif::{Field, In, Rational, Tag, Value};

use crate::run::{Desk, number, of, text};

/// Exif that names a person, a mail address, a device and a place in Manila Bay.
fn exif(little: bool) -> Vec<u8> {
    let ascii = |tag, text: &str| Field { tag, ifd_num: In::PRIMARY, value: Value::Ascii(vec![text.as_bytes().to_vec()]) };
    let angle = |tag, degrees, minutes| {
        let parts = [degrees, minutes, 0].map(|num| Rational { num, denom: 1 });
        Field { tag, ifd_num: In::PRIMARY, value: Value::Rational(parts.to_vec()) }
    };
    let fields = [
        ascii(Tag::Artist, "Ana Reyes"),
        ascii(Tag::ImageDescription, "sent to ben@kusina.ph"),
        ascii(Tag::Make, "Samsung"),
        ascii(Tag::Model, "SM-G991B"),
        ascii(Tag::GPSLatitudeRef, "N"),
        angle(Tag::GPSLatitude, 14, 36),
        ascii(Tag::GPSLongitudeRef, "E"),
        angle(Tag::GPSLongitude, 120, 59),
    ];
    let mut writer = Writer::new();
    fields.iter().for_each(|field| writer.push_field(field));
    let mut exif = Cursor::new(Vec::new());
    writer.write(&mut exif, little).expect("memory takes all");
    exif.into_inner()
}

fn jpeg(exif: &[u8]) -> Vec<u8> {
    let body = [b"Exif\0\0".as_slice(), exif].concat();
    let size = (body.len() as u16 + 2).to_be_bytes();
    [b"\xFF\xD8\xFF\xE1", &size[..], &body, b"\xFF\xDA\0\x02 pixels cy@kusina.ph \xFF\xD9"].concat()
}

fn png(exif: &[u8]) -> Vec<u8> {
    let chunk = |kind: &[u8], body: &[u8]| [&(body.len() as u32).to_be_bytes()[..], kind, body, b"crc!"].concat();
    let parts = [chunk(b"IHDR", &[0; 13]), chunk(b"eXIf", exif), chunk(b"IDAT", b" pixels cy@kusina.ph "), chunk(b"IEND", b"")];
    [b"\x89PNG\r\n\x1A\n", &parts.concat()[..]].concat()
}

#[test]
fn what_the_metadata_of_a_picture_says_is_found() {
    for (format, picture) in [("jpeg", jpeg(&exif(false))), ("png", png(&exif(true))), ("tiff", exif(true)), ("tiff", exif(false))] {
        let desk = Desk::with(&[("photo.dat", &picture)]);
        let rows = desk.scan(&[]);
        let mut found: Vec<_> = rows.iter().map(|row| (text(row, "entity"), text(row, "column_name"), text(row, "likelihood"))).collect();
        found.sort_unstable();
        // Pixels are not looked at.
        let wanted = [
            ("device_model", "exif.model", "possible"),
            ("email", "exif.image_description", "very_likely"),
            ("gps_coordinates", "exif.gps_position", "likely"),
            ("person_name", "exif.artist", "likely"),
        ];
        assert_eq!(found, wanted, "{format}");
        let mail = of(&rows, "email").next().expect("one");
        assert_eq!((number(mail, "record"), number(mail, "cell_start"), number(mail, "cell_end")), (0, 8, 21));
        assert!(["byte_start", "line", "pointer", "table_name", "record_token", "guard_token"].iter().all(|name| mail[*name].is_null()));
        let object = desk.object("photo.dat");
        assert_eq!((text(&object, "format"), text(&object, "status"), number(&object, "records")), (format, "scanned", 1));
        assert!(text(&object, "reason").contains("pixels were not looked at"));
        assert!(!object["content_token"].is_null());
        let columns = desk.columns();
        let position = columns.iter().find(|row| text(row, "column_name") == "exif.gps_position").expect("it is a column");
        assert_eq!((number(position, "row_count"), number(position, "non_null")), (1, 1));
    }
}

#[test]
fn pictures_that_are_broken_are_told() {
    let photo = jpeg(&exif(false));
    let desk = Desk::with(&[("cut.jpg", &photo[..60]), ("bare.png", b"\x89PNG\r\n\x1A\n"), ("anim.webp", b"RIFF\x04\0\0\0WEBP")]);
    desk.scan(&[]);
    for (path, status) in [("cut.jpg", "partial"), ("bare.png", "partial"), ("anim.webp", "scanned")] {
        assert_eq!(text(&desk.object(path), "status"), status, "{path}");
    }
}
