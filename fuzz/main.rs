//! Mutates inputs of each reader until something panics, is slow, or depends on where blocks end.
//!
//! `cargo test --test fuzz` runs the kept regressions and a few hundred inputs a target. `cargo test --test fuzz -- json 600`
//! runs one target for so many seconds. What fails is written to `fuzz/failures/<target>-<digest>`; its bytes are not printed.

mod columnar;
mod examine;
mod json;
mod mutate;
mod pictures;
mod sql;
mod text;
mod unpack;
mod vcard;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use self::examine::Bench;
use self::mutate::Mutator;

/// Inputs of each target in a run without arguments.
const FEW: u64 = 300;
/// Time that one input may take.
const SLOW: Duration = Duration::from_secs(5);
/// Time after which an input is taken to have no end.
const ENDLESS: Duration = Duration::from_secs(120);

/// One reader to attack, or what comes before readers.
pub struct Target {
    /// Its name, also that of its folder of regressions.
    pub name: &'static str,
    /// A path that the leaf has.
    pub path: &'static str,
    /// Inputs to begin with.
    pub seeds: fn() -> Vec<Vec<u8>>,
    /// Pieces that mean something in the format.
    pub words: &'static [&'static [u8]],
}

const TARGETS: &[Target] = &[
    json::TARGET,
    columnar::PARQUET,
    columnar::ARROW,
    columnar::AVRO,
    vcard::TARGET,
    pictures::TARGET,
    sql::TARGET,
    text::CSV,
    text::TEXT,
    unpack::TARGET,
];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let seconds = arguments.get(1).map(|text| text.parse().expect("the second argument is a number of seconds"));
    let wanted = |target: &&Target| arguments.first().is_none_or(|name| name == target.name);
    let mut failures = 0;
    for target in TARGETS.iter().filter(wanted) {
        failures += attack(target, seconds.map(Duration::from_secs));
    }
    std::process::exit(i32::from(failures > 0));
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz")
}

/// Attacks one target; gives the number of failures.
fn attack(target: &'static Target, time: Option<Duration>) -> usize {
    let bench = Bench::new(target.path);
    // Containers and codecs are taken apart, all else is examined as a leaf.
    let examine = |input: &[u8]| if target.name == unpack::TARGET.name { unpack::examine(input) } else { bench.examine(input) };
    let mut failures = 0;
    let kept = fs::read_dir(folder().join("regressions").join(target.name)).into_iter().flatten();
    let kept: Vec<Vec<u8>> = kept.map(|entry| fs::read(entry.expect("the folder is readable").path()).expect("it is readable")).collect();
    let mut mutator = Mutator::new([(target.seeds)(), kept].concat(), target.words, time.map_or(1, |_| seed()));
    let (start, mut count) = (Instant::now(), 0_u64);
    let at_hand = Arc::new(Mutex::new((Instant::now(), Vec::new())));
    watch(target, &at_hand);
    let mut queue = mutator.corpus();
    while !queue.is_empty() || time.map_or(count < FEW, |time| start.elapsed() < time) {
        let input = queue.pop().unwrap_or_else(|| mutator.next());
        let began = Instant::now();
        *at_hand.lock().expect("no one panics while it is locked") = (began, input.clone());
        match catch_unwind(AssertUnwindSafe(|| examine(&input))) {
            Ok(shape) => mutator.learn(shape, &input),
            Err(_) => failures += report(target, &input, "panics"),
        }
        if began.elapsed() > SLOW {
            failures += report(target, &input, "is slow");
        }
        count += 1;
    }
    println!("fuzz {}: {count} inputs, {} shapes, {failures} failures", target.name, mutator.shapes());
    failures
}

/// Ends the run where an input does not end.
fn watch(target: &'static Target, at_hand: &Arc<Mutex<(Instant, Vec<u8>)>>) {
    let at_hand = Arc::downgrade(at_hand);
    std::thread::spawn(move || {
        while let Some(at_hand) = at_hand.upgrade() {
            let held = at_hand.lock().expect("no one panics while it is locked");
            if held.0.elapsed() > ENDLESS {
                report(target, &held.1, "has no end");
                std::process::exit(1);
            }
            drop(held);
            drop(at_hand);
            std::thread::sleep(Duration::from_secs(1));
        }
    });
}

fn report(target: &Target, input: &[u8], what: &str) -> usize {
    let path = folder().join("failures").join(format!("{}-{}", target.name, &blake3::hash(input).to_hex()[..12]));
    fs::create_dir_all(path.parent().expect("it has a folder")).expect("the folder can be made");
    fs::write(&path, input).expect("the file can be written");
    println!("fuzz {}: an input of {} bytes {what}: {}", target.name, input.len(), path.display());
    1
}

fn seed() -> u64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(1, |time| time.as_nanos() as u64)
}
