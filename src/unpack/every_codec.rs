//! What holds for every codec of the registry.

use std::io::{Cursor, Read, Write};

use super::codec::FORMATS;
use super::tests::{prose, read_all, read_under};
use super::{Caps, Damage};

type Encode = fn(&[u8]) -> Vec<u8>;

/// An encoder for each row of the registry: a codec without one fails the tests.
fn encoder(name: &str) -> Encode {
    match name {
        "gzip" => |content| {
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
            encoder.write_all(content).expect("memory takes all");
            encoder.finish().expect("memory takes all")
        },
        "zstd" => |content| ::zstd::encode_all(content, 3).expect("memory takes all"),
        "bzip2" => |content| {
            let mut encoder = ::bzip2::write::BzEncoder::new(Vec::new(), ::bzip2::Compression::new(1));
            encoder.write_all(content).expect("memory takes all");
            encoder.finish().expect("memory takes all")
        },
        "xz" => |content| {
            let mut encoder = liblzma::write::XzEncoder::new(Vec::new(), 1);
            encoder.write_all(content).expect("memory takes all");
            encoder.finish().expect("memory takes all")
        },
        "lz4" => |content| {
            let info = lz4_flex::frame::FrameInfo::new().content_checksum(true).block_size(lz4_flex::frame::BlockSize::Max64KB);
            let mut encoder = lz4_flex::frame::FrameEncoder::with_frame_info(info, Vec::new());
            encoder.write_all(content).expect("memory takes all");
            encoder.finish().expect("memory takes all")
        },
        "snappy" => |content| {
            let mut stored = Vec::new();
            snap::read::FrameEncoder::new(Cursor::new(content)).read_to_end(&mut stored).expect("memory takes all");
            stored
        },
        other => panic!("no encoder for {other}"),
    }
}

#[test]
fn decodes_what_was_encoded_and_members_in_a_row() {
    for format in FORMATS {
        let encode = encoder(format.name);
        let (one, two) = (prose(300_000), prose(5_000));
        let stored = [encode(&one), encode(&two)].concat();
        let outcome = read_all(&stored);
        assert!(outcome.bytes == [one, two].concat(), "{}: {:?}", format.name, outcome.damage);
        assert_eq!((outcome.damage, outcome.codecs), (None, vec![format.name]));
        assert_eq!(outcome.token, Some(*blake3::keyed_hash(&[7; 32], &stored).as_bytes()), "{}", format.name);
    }
}

#[test]
fn a_stream_that_is_cut_off_gives_its_start_and_says_so() {
    for format in FORMATS {
        let content = prose(200_000);
        let stored = encoder(format.name)(&content);
        let near_start = format.magic_bytes..format.magic_bytes + 20;
        for cut in (near_start.end..stored.len()).step_by(stored.len() / 40).chain(near_start).chain(stored.len() - 8..stored.len()) {
            let outcome = read_all(&stored[..cut]);
            assert!(content.starts_with(&outcome.bytes), "{} at {cut}", format.name);
            // A stream of Snappy has no end mark: behind a whole chunk of 64 KiB nothing tells that more was to come.
            let may_end = format.name == "snappy" && outcome.bytes.len().is_multiple_of(1 << 16);
            assert!(outcome.damage.is_some() || may_end, "{} at {cut} of {}", format.name, stored.len());
        }
    }
}

#[test]
fn a_flipped_byte_never_passes_for_the_content() {
    for format in FORMATS.iter().filter(|format| format.name != "zstd") {
        let content = prose(50_000);
        let stored = encoder(format.name)(&content);
        for at in (format.magic_bytes..stored.len()).step_by(stored.len() / 60) {
            let mut broken = stored.clone();
            broken[at] ^= 0x24;
            let outcome = read_all(&broken);
            assert!(outcome.damage.is_some() || outcome.bytes == content, "{} at {at}", format.name);
        }
    }
}

#[test]
fn a_bomb_stops_at_its_cap() {
    let caps = Caps { leaf_bytes: 100_000, ..Caps::default() };
    for format in FORMATS {
        let encode = encoder(format.name);
        let outcome = read_under(&encode(&vec![b'x'; 5_000_000]), &caps);
        assert_eq!((outcome.bytes.len(), outcome.damage), (100_000, Some(Damage::TooLarge { cap_bytes: 100_000 })), "{}", format.name);
        let outcome = read_under(&encode(&vec![b'x'; 100_000]), &caps);
        assert_eq!((outcome.bytes.len(), outcome.damage), (100_000, None), "{}", format.name);
    }
}

#[test]
fn zeros_between_streams_and_behind_them_are_padding() {
    for format in FORMATS {
        let encode = encoder(format.name);
        let (one, two) = (prose(70_000), prose(3_000));
        for zeros in [4, 5, 512, 300_000] {
            let padding = vec![0; zeros];
            let stored = [&encode(&one), &padding, &encode(&two), &padding].map(|part| &part[..]).concat();
            let outcome = read_all(&stored);
            assert!(outcome.bytes == [&one[..], &two].concat(), "{} with {zeros}: {:?}", format.name, outcome.damage);
            assert_eq!(outcome.damage, None, "{} with {zeros}", format.name);
            assert!(outcome.token.is_some());
            let outcome = read_all(&[&stored, &b"garbage"[..]].concat());
            assert_eq!(outcome.damage, Some(Damage::TrailingGarbage), "{}", format.name);
        }
    }
}

#[test]
fn skippable_frames_stand_anywhere_among_frames_of_lz4_and_of_zstd() {
    let skippable = |bytes: usize| [&[0x57, 0x2A, 0x4D, 0x18][..], &(bytes as u32).to_le_bytes(), &vec![0x22; bytes]].concat();
    for name in ["lz4", "zstd"] {
        let encode = encoder(name);
        let (one, two) = (prose(200_000), prose(10));
        let parts = [skippable(3), skippable(0), encode(&one), skippable(100_000), encode(&two), skippable(70), vec![0; 9]];
        let outcome = read_all(&parts.concat());
        assert!(outcome.bytes == [one.clone(), two].concat(), "{name}: {:?}", outcome.damage);
        assert_eq!((outcome.damage, outcome.codecs), (None, vec![name]));
        let cut = [encode(&one), skippable(100)].concat();
        assert_eq!(read_all(&cut[..cut.len() - 1]).damage, Some(Damage::Truncated), "{name}");
    }
}

/// A decoder for each of them took microseconds; there may be millions.
#[test]
fn streams_of_bzip2_that_hold_nothing_are_passed_over() {
    let empty = encoder("bzip2")(b"");
    assert_eq!(empty.len(), 14);
    let stored = [empty.repeat(100_000), encoder("bzip2")(b"kept"), empty.repeat(3)].concat();
    let outcome = read_all(&stored);
    assert_eq!((outcome.bytes.as_slice(), outcome.damage), (&b"kept"[..], None));
    assert_eq!(read_all(&empty[..13]).damage, Some(Damage::Truncated));
    assert_eq!(read_all(&empty).damage, None);
}

#[test]
fn codecs_inside_each_other_are_undone() {
    let content = prose(20_000);
    let stored = FORMATS.iter().fold(content.clone(), |inner, format| encoder(format.name)(&inner));
    let outcome = read_all(&stored);
    assert!(outcome.bytes == content);
    assert_eq!(outcome.codecs.len(), FORMATS.len());
}
