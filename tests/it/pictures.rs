//! Pictures: their metadata is examined, their pixels are not, and the row says so.

use std::io::Cursor;

use exif::experimental::Writer;
use exif::{Field, In, Rational, Tag, Value};

use crate::run::{Desk, number, of, text};

/// A JPEG whose Exif names a person, a mail address and a place.
fn photo() -> Vec<u8> {
    let ascii = |tag, text: &str| Field { tag, ifd_num: In::PRIMARY, value: Value::Ascii(vec![text.as_bytes().to_vec()]) };
    let angle = |tag, degrees, minutes| {
        let parts = [degrees, minutes, 0].map(|num| Rational { num, denom: 1 });
        Field { tag, ifd_num: In::PRIMARY, value: Value::Rational(parts.to_vec()) }
    };
    let fields = [
        ascii(Tag::Artist, "Ana Reyes"),
        ascii(Tag::ImageDescription, "sent to ben@kusina.ph"),
        ascii(Tag::Model, "SM-G991B"),
        ascii(Tag::GPSLatitudeRef, "N"),
        angle(Tag::GPSLatitude, 14, 36),
        ascii(Tag::GPSLongitudeRef, "E"),
        angle(Tag::GPSLongitude, 120, 59),
    ];
    let mut writer = Writer::new();
    fields.iter().for_each(|field| writer.push_field(field));
    let mut exif = Cursor::new(Vec::new());
    writer.write(&mut exif, false).expect("memory takes all");
    let body = [b"Exif\0\0".as_slice(), &exif.into_inner()].concat();
    let size = (body.len() as u16 + 2).to_be_bytes();
    [b"\xFF\xD8\xFF\xE1", &size[..], &body, b"\xFF\xDA\0\x02 pixels cy@kusina.ph \xFF\xD9"].concat()
}

#[test]
fn what_the_metadata_of_a_picture_says_is_found() {
    let photo = photo();
    let desk = Desk::with(&[("photo.dat", &photo)]);
    let rows = desk.scan(&[]);
    let mail: Vec<_> = of(&rows, "email").collect();
    assert_eq!(mail.len(), 1, "pixels are not looked at");
    assert_eq!((text(mail[0], "column_name"), text(mail[0], "table_name"), number(mail[0], "record")), ("ImageDescription", "exif", 0));
    assert_eq!((number(mail[0], "cell_start"), number(mail[0], "cell_end")), (8, 21));
    assert!(["byte_start", "line", "pointer", "record_token", "guard_token"].iter().all(|name| mail[0][*name].is_null()));
    assert_eq!(of(&rows, "person_name").map(|row| text(row, "column_name")).collect::<Vec<_>>(), ["Artist"]);
    let object = desk.object("photo.dat");
    assert_eq!((text(&object, "format"), text(&object, "status"), number(&object, "records")), ("jpeg", "scanned", 1));
    assert!(text(&object, "reason").contains("pixels were not looked at"));
    assert!(!object["content_token"].is_null());
    let columns = desk.columns();
    let position = columns.iter().find(|row| text(row, "column_name") == "GPSPosition").expect("it is a column");
    assert_eq!((number(position, "row_count"), number(position, "non_null")), (1, 1));
}

#[test]
fn pictures_that_are_broken_are_told() {
    let photo = photo();
    let desk = Desk::with(&[("cut.jpg", &photo[..60]), ("bare.png", b"\x89PNG\r\n\x1A\n"), ("anim.webp", b"RIFF\x04\0\0\0WEBP")]);
    desk.scan(&[]);
    for (path, status) in [("cut.jpg", "partial"), ("bare.png", "partial"), ("anim.webp", "scanned")] {
        assert_eq!(text(&desk.object(path), "status"), status, "{path}");
    }
}
