//! Archives and streams of all methods and codecs, one inside the other: what comes out is bounded, and the same whatever is read at a time.

#[path = "../tests/it/archive.rs"]
mod archive;

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::{self, Read};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, LazyLock};

use archive::{METHODS, Member, SIZES_FOLLOW, gzip, member, tar, zip};
use datatrawl::model::{Object, Status};
use datatrawl::unpack::{Caps, Met, Meter, Nest, NestSetting, Raw};

use crate::Target;

pub const TARGET: Target = Target {
    name: "unpack",
    path: "x",
    seeds,
    // Lengths and offsets are where parsers break.
    words: &[
        b"\0\0\0\0",
        b"\x01\0\0\0",
        b"\xff\xff\xff\x7f",
        b"\xff\xff\xff\xff",
        b"\xff\xff\0\0",
        b"\xff\xff\xff\xff\xff\xff\xff\xff",
        b"PK\x03\x04",
        b"PK\x01\x02",
        b"PK\x05\x06",
        b"PK\x06\x06",
        b"PK\x07\x08",
        b"ustar\0",
        b"00000000017\0",
        b"\x80\0\0\0\0\0\0\0\x7f\xff\xff\xff",
        b"18 path=a/b/c.txt\n",
        b"\x1f\x8b\x08\0\0\0\0\0\0\xff",
        b"\x28\xb5\x2f\xfd",
        b"\x50\x2a\x4d\x18\x04\0\0\0",
        b"BZh9",
        b"\xfd7zXZ\0",
        b"\x04\x22\x4d\x18",
        b"\xff\x06\0\0sNaPpY",
    ],
};

const LEAF_BYTES: u64 = 1 << 20;
const MEMBERS: u64 = 64;
const DECODED_BYTES: u64 = 4 << 20;

static SETTING: LazyLock<Arc<NestSetting>> = LazyLock::new(|| {
    let caps = Caps {
        leaf_bytes: LEAF_BYTES,
        members: MEMBERS,
        members_free_bytes: DECODED_BYTES,
        spool_memory_bytes: 4 << 20,
        ratio: 100,
        ratio_free_bytes: LEAF_BYTES,
        ..Caps::default()
    };
    Arc::new(NestSetting { caps, key: [7; 32], total: Meter::default(), selection: None })
});

fn seeds() -> Vec<Vec<u8>> {
    let text = "2026-03-01 mail ana.reyes@example.com\n".repeat(40);
    let all: Vec<Member> = METHODS.iter().map(|method| Member { method: *method, ..member(format!("m{method}"), &text) }).collect();
    let follow: Vec<Member> = all.iter().map(|made| Member { flags: SIZES_FOLLOW, ..made.clone() }).collect();
    let wide: Vec<Member> = all.iter().map(|made| Member { is_wide: true, ..made.clone() }).collect();
    let long = "n".repeat(300);
    let tarred = tar(&[("a.csv", text.as_str()), (long.as_str(), "long"), ("d/b", "")]);
    let lz4 = {
        let mut encoder = lz4_flex::frame::FrameEncoder::new(Vec::new());
        io::Write::write_all(&mut encoder, text.as_bytes()).expect("memory takes all");
        encoder.finish().expect("memory takes all")
    };
    let mut snappy = Vec::new();
    snap::read::FrameEncoder::new(text.as_bytes()).read_to_end(&mut snappy).expect("memory takes all");
    let zstd = zstd::encode_all(text.as_bytes(), 3).expect("memory takes all");
    let (mut bzip2, mut xz) = (Vec::new(), Vec::new());
    bzip2::read::BzEncoder::new(text.as_bytes(), bzip2::Compression::fast()).read_to_end(&mut bzip2).expect("memory takes all");
    liblzma::read::XzEncoder::new(text.as_bytes(), 1).read_to_end(&mut xz).expect("memory takes all");
    let mut out =
        vec![zip(&all), zip(&follow), zip(&wide), tarred.clone(), gzip(&tarred), lz4.clone(), snappy.clone(), zstd.clone(), bzip2, xz];
    let (first, second) = (zip(&all), zip(&follow));
    out.push(zip(&[member("t.tar", &tarred), Member { method: 0, ..member("z.zip", first) }, member("y.gz", gzip(text.as_bytes()))]));
    out.push(tar(&[("i.zip", second), ("l.lz4", lz4), ("s.sz", snappy), ("z.zst", zstd)]));
    out
}

/// Gives at most a few bytes a read.
struct Small(io::Cursor<Vec<u8>>, usize);

impl Read for Small {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = into.len().min(self.1);
        self.0.read(&mut into[..length])
    }
}

/// Path, ordinal, decoded bytes, digest, status and reason of all that is met.
type Seen = Vec<(String, i64, u64, String, &'static str, String)>;

fn take(raw: Raw, setting: &Arc<NestSetting>, step: usize) -> Seen {
    let object = Object { uri: "x".into(), path: "x".into(), size: None, modified_us: None, device: None, inode: None };
    let mut nest = Nest::open(object, raw, setting);
    let mut seen = Vec::new();
    let mut buffer = vec![0; step];
    while let Some(met) = nest.next_met(&AtomicBool::new(false)) {
        match met {
            Met::Leaf(mut opened) => {
                let (mut bytes, mut hasher) = (0, blake3::Hasher::new());
                let reason = loop {
                    match opened.leaf.body.read(&mut buffer) {
                        Ok(0) => break String::new(),
                        Ok(read) => {
                            bytes += read as u64;
                            hasher.update(&buffer[..read]);
                        }
                        Err(error) => break error.to_string(),
                    }
                };
                let (path, ordinal) = opened.leaf.member.map_or((String::new(), -1), |member| (member.path, member.ordinal));
                seen.push((path, ordinal, bytes, hasher.finalize().to_string(), Status::Scanned.name(), reason));
            }
            Met::Unread(unread) => {
                let (path, ordinal) = unread.member.map_or((String::new(), -1), |member| (member.path, member.ordinal));
                seen.push((path, ordinal, 0, String::new(), unread.status.name(), unread.reason.unwrap_or_default()));
            }
        }
    }
    seen
}

/// Takes an input apart, from random bytes and as a stream of small reads; gives the shape of what came out.
pub fn examine(bytes: &[u8]) -> u64 {
    let setting = &SETTING;
    let small = 1 + bytes.iter().fold(0_usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(*byte))) % 5_000;
    let whole = take(Raw::random(Arc::new(bytes.to_vec())), setting, 64 * 1024);
    assert!(!whole.is_empty(), "an object has a row");
    assert!(whole.len() as u64 <= MEMBERS + 20, "{} rows", whole.len());
    assert!(whole.iter().all(|seen| seen.2 <= LEAF_BYTES), "a leaf above its cap");
    let again = take(Raw::random(Arc::new(bytes.to_vec())), setting, small);
    assert_eq!(whole, again, "results depend on the sizes of reads");
    let stream = |step| take(Raw::stream(Small(io::Cursor::new(bytes.to_vec()), small)), setting, step);
    assert_eq!(stream(small), stream(64 * 1024), "results depend on the sizes of reads");
    let mut hasher = DefaultHasher::new();
    for (path, ordinal, bytes, _, status, reason) in whole.iter().take(12) {
        (path.len().min(20), ordinal, bytes.checked_ilog2(), status, reason.split(' ').take(4).collect::<Vec<_>>()).hash(&mut hasher);
    }
    hasher.finish()
}
