//! What the room promises: every byte that can be decoded, a typed end, bounded output.

use std::io::{self, Cursor, Read, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;

use super::*;
use crate::model::Status;

const KEY: [u8; 32] = [7; 32];

/// What a body gave and how it ended.
#[derive(Debug, PartialEq)]
pub(super) struct Outcome {
    pub bytes: Vec<u8>,
    pub damage: Option<Damage>,
    pub codecs: Vec<&'static str>,
    pub token: Option<[u8; 32]>,
}

fn object() -> Object {
    Object { uri: "x".into(), path: "x".into(), size: None, modified_us: None, device: None, inode: None }
}

fn drain(raw: impl Read + Send + 'static, caps: &Caps, step_bytes: usize) -> Outcome {
    let Opened { mut leaf, tap, .. } = open(object(), Raw::stream(raw), caps, &KEY, &Meter::default());
    let mut bytes = Vec::new();
    let mut chunk = vec![0; step_bytes];
    let damage = loop {
        match leaf.body.read(&mut chunk) {
            Ok(0) => break None,
            Ok(read) => bytes.extend_from_slice(&chunk[..read]),
            Err(error) => {
                let damage = Damage::of(&error).cloned().expect("every error of a body carries its damage");
                let again = leaf.body.read(&mut chunk).expect_err("damage is told again");
                assert_eq!(Damage::of(&again), Some(&damage));
                break Some(damage);
            }
        }
    };
    Outcome { bytes, damage, codecs: leaf.codecs, token: tap.finish() }
}

pub(super) fn read_all(stored: &[u8]) -> Outcome {
    drain(Cursor::new(stored.to_vec()), &Caps::default(), 100_000)
}

pub(super) fn read_under(stored: &[u8], caps: &Caps) -> Outcome {
    drain(Cursor::new(stored.to_vec()), caps, 1_000)
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

fn zstd(content: &[u8]) -> Vec<u8> {
    let mut encoder = ::zstd::Encoder::new(Vec::new(), 3).unwrap();
    encoder.include_checksum(true).unwrap();
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

fn skippable(payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap();
    [&[0x5e, 0x2a, 0x4d, 0x18][..], &length.to_le_bytes(), payload].concat()
}

/// Text that does not shrink to nothing, so that cuts fall into its middle.
pub(super) fn prose(bytes: usize) -> Vec<u8> {
    let mut state = 1_u32;
    let words = std::iter::repeat_with(move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        format!("w{} ", state >> 12)
    });
    words.flat_map(String::into_bytes).take(bytes).collect()
}

/// Gives one byte a read, and is interrupted before each.
struct Trickle(Cursor<Vec<u8>>, bool);

impl Read for Trickle {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.1 = !self.1;
        if self.1 {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let length = into.len().min(1);
        self.0.read(&mut into[..length])
    }
}

/// Fails after its bytes.
struct Failing(Cursor<Vec<u8>>);

impl Read for Failing {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self.0.read(into)? {
            0 if !into.is_empty() => Err(io::Error::other("disk on fire")),
            read => Ok(read),
        }
    }
}

#[test]
fn passes_plain_bytes_through_and_hashes_them() {
    for length in [0, 1, 3, 8_191, 8_192, 300_000, 1_000_000] {
        let content = prose(length);
        let outcome = read_all(&content);
        assert_eq!(outcome.bytes, content);
        assert_eq!((outcome.damage, outcome.codecs.len()), (None, 0));
        assert_eq!(outcome.token, Some(*blake3::keyed_hash(&KEY, &content).as_bytes()));
    }
}

#[test]
fn bytes_that_nothing_wraps_can_be_read_anywhere_and_still_have_a_token() {
    let content = prose(600_000);
    let raw = |bytes: Vec<u8>| Raw::random(std::sync::Arc::new(bytes));
    let mut opened = open(object(), raw(content.clone()), &Caps::default(), &KEY, &Meter::default());
    let mut part = [0; 10];
    opened.leaf.random.as_ref().expect("nothing wraps it").read_exact_at(500_000, &mut part).unwrap();
    assert_eq!(part, content[500_000..500_010]);
    assert_eq!(drain_body(&mut opened), None);
    assert_eq!(opened.tap.finish(), Some(*blake3::keyed_hash(&KEY, &content).as_bytes()));

    let stored = gzip(&content);
    let mut opened = open(object(), raw(stored.clone()), &Caps::default(), &KEY, &Meter::default());
    assert!(opened.leaf.random.is_none());
    let kept = opened.spool.keep(&[], &mut *opened.leaf.body);
    kept.bytes.read_exact_at(500_000, &mut part).unwrap();
    assert_eq!((part.as_slice(), kept.damage), (&content[500_000..500_010], None));
    assert_eq!(opened.tap.finish(), Some(*blake3::keyed_hash(&KEY, &stored).as_bytes()));
}

fn drain_body(opened: &mut Opened) -> Option<Damage> {
    super::drain(&mut *opened.leaf.body, &AtomicBool::new(false))
}

#[test]
fn has_no_token_before_the_end() {
    let raw = Cursor::new(prose(1_000_000));
    let total = Meter::default();
    let mut opened = open(object(), Raw::stream(raw), &Caps::default(), &KEY, &total);
    opened.leaf.body.read_exact(&mut [0; 10]).unwrap();
    assert_eq!(opened.tap.finish(), None);
    assert_eq!(opened.tap.meter().bytes(), 256 * 1024);
    assert_eq!(total.bytes(), 256 * 1024);
}

#[test]
fn joins_gzip_members() {
    let stored = [gzip(b"one "), gzip(b""), gzip(b"two")].concat();
    let outcome = read_all(&stored);
    assert_eq!((outcome.bytes.as_slice(), outcome.damage), (&b"one two"[..], None));
    assert_eq!(outcome.codecs, ["gzip"]);
    assert_eq!(outcome.token, Some(*blake3::keyed_hash(&KEY, &stored).as_bytes()));
}

#[test]
fn takes_zeros_after_a_member_as_padding() {
    let stored = [gzip(b"tape"), vec![0; 700_000]].concat();
    let outcome = read_all(&stored);
    assert_eq!((outcome.bytes.as_slice(), outcome.damage), (&b"tape"[..], None));
    assert_eq!(outcome.token, Some(*blake3::keyed_hash(&KEY, &stored).as_bytes()));
}

#[test]
fn keeps_data_before_trailing_garbage() {
    for tail in [&b"garbage"[..], &[0, 0, 0, 1], b"\x1f\x8bxx"] {
        for (stored, codec) in [(gzip(b"kept"), "gzip"), (zstd(b"kept"), "zstd")] {
            let outcome = read_all(&[&stored[..], tail].concat());
            assert_eq!(outcome.bytes, b"kept");
            assert_eq!(outcome.damage, Some(Damage::TrailingGarbage));
            assert_eq!(outcome.codecs, [codec]);
            assert!(outcome.token.is_some());
        }
    }
}

#[test]
fn delivers_a_prefix_wherever_a_stream_is_cut() {
    let content = prose(3_000);
    for (stored, magic_bytes) in [(gzip(&content), 3), (zstd(&content), 4)] {
        for cut in magic_bytes..stored.len() {
            let outcome = read_all(&stored[..cut]);
            assert!(content.starts_with(&outcome.bytes));
            assert_eq!(outcome.damage, Some(Damage::Truncated), "cut at {cut}");
            assert!(outcome.token.is_some());
        }
    }
}

#[test]
fn delivers_most_of_a_long_stream_that_is_cut_near_its_end() {
    let content = prose(2_000_000);
    for stored in [gzip(&content), zstd(&content)] {
        let outcome = read_all(&stored[..stored.len() - 9]);
        assert!(content.starts_with(&outcome.bytes));
        assert!(outcome.bytes.len() > 1_800_000, "{}", outcome.bytes.len());
    }
}

#[test]
fn tells_a_cut_second_member_from_garbage() {
    let first = gzip(b"first ");
    let stored = [first.clone(), gzip(b"second")].concat();
    for cut in first.len() + 1..stored.len() {
        let outcome = read_all(&stored[..cut]);
        assert!(outcome.bytes.starts_with(b"first "));
        assert_eq!(outcome.damage, Some(Damage::Truncated));
    }
}

#[test]
fn delivers_all_bytes_before_a_wrong_checksum() {
    let content = prose(400_000);
    let mut gz = gzip(&content);
    let crc = gz.len() - 8;
    gz[crc] ^= 1;
    let mut zst = zstd(&content);
    let last = zst.len() - 1;
    zst[last] ^= 1;
    for stored in [gz, zst] {
        let outcome = read_all(&stored);
        assert_eq!(outcome.bytes, content);
        assert!(matches!(outcome.damage, Some(Damage::Corrupt(_))), "{:?}", outcome.damage);
    }
}

#[test]
fn delivers_bytes_before_a_corrupt_middle() {
    let content = prose(2_000_000);
    for mut stored in [gzip(&content), zstd(&content)] {
        let middle = stored.len() / 2;
        stored[middle..middle + 40].fill(0xff);
        let outcome = read_all(&stored);
        assert!(outcome.damage.is_some());
        assert!(outcome.bytes.len() > 700_000, "{} {:?}", outcome.bytes.len(), outcome.damage);
        assert_eq!(outcome.bytes[..700_000], content[..700_000]);
    }
}

#[test]
fn keeps_the_zstd_block_before_a_corrupt_block_header() {
    let content = prose(3 * 128 * 1024);
    let stored = zstd(&content);
    let magic_and_header = 6;
    let first = usize::from(stored[magic_and_header]) | usize::from(stored[magic_and_header + 1]) << 8;
    let first_bytes = (first | usize::from(stored[magic_and_header + 2]) << 16) >> 3;
    let second_header = magic_and_header + 3 + first_bytes;
    let mut broken = stored.clone();
    broken[second_header] |= 0b110;
    let outcome = read_all(&broken);
    assert!(!outcome.bytes.is_empty() && content.starts_with(&outcome.bytes));
    let before = read_all(&stored[..second_header]).bytes;
    assert_eq!(outcome.bytes.len(), before.len());
    assert!(matches!(outcome.damage, Some(Damage::Corrupt(_))));
}

#[test]
fn joins_zstd_frames_around_skippable_ones() {
    let stored = [skippable(b"seek table"), zstd(b"one "), skippable(b""), skippable(&vec![1; 70_000]), zstd(b"two")].concat();
    let outcome = read_all(&stored);
    assert_eq!((outcome.bytes.as_slice(), outcome.damage), (&b"one two"[..], None));
    assert_eq!(outcome.codecs, ["zstd"]);
}

#[test]
fn undoes_codecs_inside_codecs() {
    let content = prose(500_000);
    let outcome = read_all(&zstd(&gzip(&gzip(&content))));
    assert_eq!((outcome.bytes == content, outcome.damage), (true, None));
    assert_eq!(outcome.codecs, ["zstd", "gzip", "gzip"]);
}

#[test]
fn tells_damage_of_an_outer_codec() {
    let content = prose(500_000);
    let stored = gzip(&zstd(&content));
    let outcome = read_all(&stored[..stored.len() / 2]);
    assert!(!outcome.bytes.is_empty() && content.starts_with(&outcome.bytes));
    assert_eq!(outcome.damage, Some(Damage::Truncated));

    let mut wrong_sum = stored;
    let crc = wrong_sum.len() - 8;
    wrong_sum[crc] ^= 1;
    let outcome = read_all(&wrong_sum);
    assert!(outcome.bytes == content);
    assert!(matches!(outcome.damage, Some(Damage::Corrupt(_))));
}

#[test]
fn refuses_codecs_deeper_than_the_cap() {
    let nested = (0..3).fold(b"deep".to_vec(), |inner, _| gzip(&inner));
    let outcome = read_under(&nested, &Caps { codec_depth: 2, ..Caps::default() });
    assert_eq!((outcome.bytes.len(), outcome.damage), (0, Some(Damage::TooDeep { codec_depth: 2 })));
    let outcome = read_under(&nested, &Caps { codec_depth: 3, ..Caps::default() });
    assert_eq!((outcome.bytes.as_slice(), outcome.damage), (&b"deep"[..], None));
}

#[test]
fn stops_at_the_cap_and_not_before() {
    for stored in [gzip(&[b'x'; 10_000]), zstd(&[b'x'; 10_000]), vec![b'x'; 10_000]] {
        let outcome = read_under(&stored, &Caps { leaf_bytes: 10_000, ..Caps::default() });
        assert_eq!((outcome.bytes.len(), outcome.damage), (10_000, None));
        let outcome = read_under(&stored, &Caps { leaf_bytes: 9_999, ..Caps::default() });
        assert_eq!((outcome.bytes.len(), outcome.damage), (9_999, Some(Damage::TooLarge { cap_bytes: 9_999 })));
    }
}

#[test]
fn stops_a_bomb_by_its_ratio() {
    let stored = zstd(&vec![0; 8 << 20]);
    let caps = Caps { ratio: 10, ratio_free_bytes: 50_000, ..Caps::default() };
    let outcome = read_under(&stored, &caps);
    assert_eq!((outcome.bytes.len(), outcome.damage), (50_000, Some(Damage::TooDense { ratio: 10 })));
    let outcome = read_under(&gzip(&stored), &caps);
    assert_eq!((outcome.bytes.len(), outcome.damage), (50_000, Some(Damage::TooDense { ratio: 10 })));
}

#[test]
fn stops_a_bomb_whose_inner_tail_is_padding() {
    let inner = [gzip(b"small"), vec![0; 4 << 20]].concat();
    let outcome = read_under(&zstd(&inner), &Caps { ratio: 10, ratio_free_bytes: 100_000, ..Caps::default() });
    assert_eq!((outcome.bytes.as_slice(), outcome.damage), (&b"small"[..], Some(Damage::TooDense { ratio: 10 })));
}

#[test]
fn refuses_a_zstd_window_above_the_cap() {
    let mut encoder = ::zstd::Encoder::new(Vec::new(), 1).unwrap();
    encoder.window_log(22).unwrap();
    encoder.write_all(&prose(100_000)).unwrap();
    let stored = encoder.finish().unwrap();
    let outcome = read_under(&stored, &Caps { window_log: 21, ..Caps::default() });
    assert_eq!((outcome.bytes.len(), outcome.damage), (0, Some(Damage::WindowTooLarge { window_log: 21 })));
    assert_eq!(read_under(&stored, &Caps { window_log: 22, ..Caps::default() }).damage, None);
}

#[test]
fn gives_the_same_bytes_to_any_reader() {
    let content = prose(30_000);
    for stored in [content.clone(), gzip(&content), zstd(&content), zstd(&gzip(&content)), gzip(&content)[..9_000].to_vec()] {
        let whole = read_all(&stored);
        for step_bytes in [1, 7, 70_000] {
            let trickled = drain(Trickle(Cursor::new(stored.clone()), false), &Caps::default(), step_bytes);
            assert!(trickled == whole, "{:?} {:?}", trickled.damage, whole.damage);
        }
    }
}

#[test]
fn delivers_bytes_before_a_read_fails() {
    let content = prose(300_000);
    let unreadable = Some(Damage::Unreadable("disk on fire".into()));
    let outcome = drain(Failing(Cursor::new(content.clone())), &Caps::default(), 70_000);
    assert_eq!((outcome.bytes == content, outcome.damage, outcome.token), (true, unreadable.clone(), None));

    for stored in [gzip(&content), zstd(&content)] {
        let cut = stored[..stored.len() / 2].to_vec();
        let outcome = drain(Failing(Cursor::new(cut)), &Caps::default(), 70_000);
        assert!(content.starts_with(&outcome.bytes) && outcome.bytes.len() > 100_000);
        assert_eq!((outcome.damage, outcome.token), (unreadable.clone(), None));
    }
}

#[test]
fn says_what_becomes_of_the_leaf() {
    assert_eq!(Damage::Truncated.status(false), Status::Partial);
    assert_eq!(Damage::Corrupt("x".into()).status(false), Status::Failed);
    assert_eq!(Damage::Corrupt("x".into()).status(true), Status::Partial);
    assert_eq!(Damage::TooLarge { cap_bytes: 5 }.to_string(), "longer than the cap of 5 decoded bytes");
}

proptest! {
    #[test]
    fn never_panics_on_bytes_behind_a_magic(
        magic in prop::sample::select(vec![vec![0x1f, 0x8b, 8], vec![0x28, 0xb5, 0x2f, 0xfd], vec![0x53, 0x2a, 0x4d, 0x18], vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]]),
        tail in prop::collection::vec(any::<u8>(), 0..600),
    ) {
        read_under(&[magic, tail].concat(), &Caps { leaf_bytes: 1 << 20, ..Caps::default() });
    }

    #[test]
    fn never_panics_on_a_damaged_stream(
        content in prop::collection::vec(any::<u8>(), 0..2_000),
        at in any::<prop::sample::Index>(),
        flip in 1..=255_u8,
        nested in any::<bool>(),
    ) {
        let mut stored = if nested { gzip(&zstd(&content)) } else { zstd(&content) };
        let index = at.index(stored.len());
        stored[index] ^= flip;
        let outcome = read_under(&stored, &Caps { leaf_bytes: 1 << 20, ..Caps::default() });
        prop_assert!(outcome.bytes.len() <= 1 << 20);
    }

    #[test]
    fn round_trips_any_content(content in prop::collection::vec(any::<u8>(), 0..5_000)) {
        let outcome = read_all(&[gzip(&content), gzip(&content)].concat());
        prop_assert_eq!(outcome.damage, None);
        prop_assert_eq!(outcome.bytes, [&content[..], &content[..]].concat());
    }
}
