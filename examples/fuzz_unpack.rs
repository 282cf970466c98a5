//! Feeds damaged archives and streams to `unpack` until its time is up.
//!
//! `cargo run --release --example fuzz_unpack -- SECONDS [SEED]`. Inputs are sound archives of all methods and codecs, cut, spliced
//! and changed at random. Each is read twice, from random bytes and as a stream of small reads; what comes out must be
//! bounded. An input that panics is written to `fuzz-unpack-SEED.bin`, to become a test in `src/unpack/nest/tests.rs`.

#[path = "../tests/it/archive.rs"]
mod archive;

use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use archive::{METHODS, Member, SIZES_FOLLOW, gzip, member, tar, zip};
use datatrawl::model::{Object, Status};
use datatrawl::unpack::{Caps, Met, Meter, Nest, NestSetting, Raw};

const LEAF_BYTES: u64 = 1 << 20;
const MEMBERS: u64 = 64;
const DECODED_BYTES: u64 = 4 << 20;

/// xorshift64*.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() >> 16).unwrap_or(0) % end.max(1)
    }
}

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
    let mut out = vec![zip(&all), zip(&follow), zip(&wide), tarred.clone(), gzip(&tarred), lz4.clone(), snappy.clone(), zstd.clone()];
    let (first, second) = (zip(&all), zip(&follow));
    out.push(zip(&[member("t.tar", &tarred), Member { method: 0, ..member("z.zip", first) }, member("y.gz", gzip(text.as_bytes()))]));
    out.push(tar(&[("i.zip", second), ("l.lz4", lz4), ("s.sz", snappy), ("z.zst", zstd)]));
    out
}

fn mutate(random: &mut Random, seeds: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = seeds[random.below(seeds.len())].clone();
    for _ in 0..=random.below(8) {
        let at = random.below(bytes.len());
        match random.below(8) {
            0 => bytes.truncate(at.max(1)),
            1 => bytes[at] ^= 1 << random.below(8),
            2 => bytes[at] = random.next() as u8,
            3 => {
                let end = (at + random.below(16)).min(bytes.len());
                bytes[at..end].fill([0, 0xFF][random.below(2)]);
            }
            4 => {
                let part = bytes[at..(at + random.below(600)).min(bytes.len())].to_vec();
                let to = random.below(bytes.len());
                bytes.splice(to..to, part);
            }
            5 => {
                let end = (at + random.below(600)).min(bytes.len());
                bytes.drain(at..end);
            }
            6 => {
                let other = &seeds[random.below(seeds.len())];
                let from = random.below(other.len());
                bytes.splice(at..at, other[from..].iter().take(random.below(2_000)).copied());
            }
            _ => {
                // Lengths and offsets are where parsers break.
                let number = [0_u32, 1, 0x7FFF_FFFF, 0xFFFF_FFFF, 0xFFFF, bytes.len() as u32][random.below(6)];
                let end = (at + 4).min(bytes.len());
                bytes[at..end].copy_from_slice(&number.to_le_bytes()[..end - at]);
            }
        }
        if bytes.is_empty() {
            bytes.push(0);
        }
    }
    bytes
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

fn check(bytes: &[u8], setting: &Arc<NestSetting>, small: usize) {
    let whole = take(Raw::random(Arc::new(bytes.to_vec())), setting, 64 * 1024);
    assert!(!whole.is_empty(), "an object has a row");
    assert!(whole.len() as u64 <= MEMBERS + 20, "{} rows", whole.len());
    assert!(whole.iter().all(|seen| seen.2 <= LEAF_BYTES), "a leaf above its cap");
    let again = take(Raw::random(Arc::new(bytes.to_vec())), setting, small);
    assert_eq!(whole, again, "results depend on the sizes of reads");
    let stream = |step| take(Raw::stream(Small(io::Cursor::new(bytes.to_vec()), small)), setting, step);
    assert_eq!(stream(small), stream(64 * 1024), "results depend on the sizes of reads");
}

fn main() {
    let argument = |n: usize| std::env::args().nth(n).and_then(|text| text.parse::<u64>().ok());
    let (seconds, first) = (argument(1).unwrap_or(60), argument(2).unwrap_or(1));
    let caps = Caps {
        leaf_bytes: LEAF_BYTES,
        members: MEMBERS,
        members_free_bytes: DECODED_BYTES,
        spool_memory_bytes: 4 << 20,
        ratio: 100,
        ratio_free_bytes: LEAF_BYTES,
        ..Caps::default()
    };
    let setting = Arc::new(NestSetting { caps, key: [7; 32], total: Meter::default(), selection: None });
    let (seeds, until) = (seeds(), Instant::now() + Duration::from_secs(seconds));
    let (mut seed, mut faults) = (first, 0);
    while Instant::now() < until {
        let mut random = Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        let bytes = mutate(&mut random, &seeds);
        let small = 1 + random.below(5_000);
        if catch_unwind(AssertUnwindSafe(|| check(&bytes, &setting, small))).is_err() {
            faults += 1;
            std::fs::write(format!("fuzz-unpack-{seed}.bin"), &bytes).expect("the folder can be written");
        }
        seed += 1;
    }
    println!("{} inputs, {faults} faults", seed - first);
    std::process::exit(i32::from(faults > 0));
}
