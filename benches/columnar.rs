//! A Parquet file, decoded by the crate alone and scanned: `cargo bench --bench columnar [-- ROWS]`. Both read the same file, by turns;
//! the best of five counts. A wrong number of findings fails the bench.

#[allow(dead_code, reason = "only the examiner is used here")]
mod corpus;

use std::fs::File;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use arrow_array::{ArrayRef, Float64Array, Int32Array, Int64Array, RecordBatch, StringArray, TimestampMicrosecondArray};
use datatrawl::examine::{Examiner, LeafRun, Opening, Receiver, Step, Worker};
use datatrawl::finding::{ColumnRow, FindingBatch, LeafFacts};
use datatrawl::model::{Object, Result};
use datatrawl::unpack::{self, Caps, Meter, Raw};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;

const WORDS: [&str; 16] =
    ["rider", "waited", "at", "the", "gate", "until", "noon", "and", "left", "with", "cold", "soup", "twice", "please", "refund", "it"];

/// Numbers that look random and are the same every time.
struct Draws(u64);

impl Draws {
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }
}

/// One record in a hundred has an e-mail address in its comment.
fn batch(from: usize, rows: usize, draws: &mut Draws) -> RecordBatch {
    let mut comment = |i: usize| {
        let mut text = (0..6 + draws.next(8)).map(|_| WORDS[draws.next(16) as usize]).collect::<Vec<_>>().join(" ");
        if i.is_multiple_of(100) {
            text += &format!(", write to ana.reyes{i}@kusina.ph");
        }
        text
    };
    let comments: StringArray = (from..from + rows).map(|i| Some(comment(i))).collect();
    let mut number = |below: u64| draws.next(below);
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("seq", Arc::new(Int64Array::from_iter_values((from..from + rows).map(|i| i as i64)))),
        ("reference", Arc::new((0..rows).map(|_| Some(format!("ORD-{:08x}", number(1 << 31)))).collect::<StringArray>())),
        ("status", Arc::new((0..rows).map(|_| Some(["paid", "open", "sent", "late"][number(4) as usize])).collect::<StringArray>())),
        ("branch", Arc::new((0..rows).map(|_| Some(format!("branch {}", number(900)))).collect::<StringArray>())),
        ("quantity", Arc::new(Int32Array::from_iter_values((0..rows).map(|_| number(40) as i32)))),
        ("amount", Arc::new(Float64Array::from_iter_values((0..rows).map(|_| number(100_000) as f64 / 100.0)))),
        ("at", Arc::new(TimestampMicrosecondArray::from_iter_values((0..rows).map(|_| 1_700_000_000_000_000 + number(1 << 30) as i64)))),
        ("comment", Arc::new(comments)),
    ];
    RecordBatch::try_from_iter(columns).expect("columns of one length")
}

fn write(path: &Path, rows: usize, codec: Compression) {
    let mut draws = Draws(7);
    let properties = WriterProperties::builder().set_compression(codec).set_max_row_group_row_count(Some(250_000)).build();
    let first = batch(0, 1, &mut Draws(7));
    let mut writer = ArrowWriter::try_new(File::create(path).expect("a file"), first.schema(), Some(properties)).expect("a schema");
    for from in (0..rows).step_by(50_000) {
        writer.write(&batch(from, 50_000.min(rows - from), &mut draws)).expect("written");
    }
    writer.close().expect("written");
}

/// Decodes all columns; gives the bytes of their values.
fn decode(path: &Path) -> u64 {
    let builder = ParquetRecordBatchReaderBuilder::try_new(File::open(path).expect("the file")).expect("a footer");
    let reader = builder.with_batch_size(8192).build().expect("a reader");
    reader.map(|batch| batch.expect("a batch").columns().iter().map(|c| c.get_array_memory_size() as u64).sum::<u64>()).sum()
}

struct Count(Arc<Mutex<usize>>);

impl Receiver for Count {
    fn findings(&mut self, batch: &FindingBatch<'_>) -> Result<()> {
        *self.0.lock().expect("no one panics") += batch.findings.len();
        Ok(())
    }

    fn columns(&mut self, _: &LeafFacts, _: &[ColumnRow]) -> Result<()> {
        Ok(())
    }
}

fn scan(path: &Path, examiner: &Arc<Examiner>, jobs: usize) -> usize {
    let name = path.display().to_string();
    let object = Object { uri: name.clone(), path: name, size: None, modified_us: None, device: None, inode: None };
    let raw = Raw::file(File::open(path).expect("the file")).expect("its size");
    let opened = unpack::open(object, raw, &Caps::default(), examiner.tokens().content_key(), &Meter::default());
    let count = Arc::new(Mutex::new(0));
    let receiver = Box::new(Count(Arc::clone(&count)));
    let Opening::Open(run) = LeafRun::open(examiner, opened, || Ok(receiver)).expect("it opens") else { panic!("it has records") };
    std::thread::scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(|| {
                let mut worker = Worker::new(examiner);
                while let Step::Worked = run.step(&mut worker, &AtomicBool::new(false)).expect("memory takes all") {}
            });
        }
    });
    drop(run);
    Arc::try_unwrap(count).expect("the leaf is done").into_inner().expect("no one panics")
}

fn best(mut run: impl FnMut()) -> Duration {
    let mut timed = || {
        let start = Instant::now();
        run();
        start.elapsed()
    };
    (0..5).map(|_| timed()).min().expect("five")
}

fn main() {
    let rows = std::env::args().filter_map(|argument| argument.parse().ok()).next().unwrap_or(1_000_000);
    let folder = tempfile::tempdir().expect("a folder");
    let (_, examiner) = corpus::examiner();
    println!("codec         file MB  decode s  scan s (1 job)  ratio  scan s (2 jobs)  ratio");
    for (name, codec) in
        [("uncompressed", Compression::UNCOMPRESSED), ("snappy", Compression::SNAPPY), ("zstd", Compression::ZSTD(Default::default()))]
    {
        let path = folder.path().join(name);
        write(&path, rows, codec);
        let decoded = best(|| assert!(decode(&path) > 0));
        let scanned = [1, 2].map(|jobs| best(|| assert_eq!(scan(&path, &examiner, jobs), rows.div_ceil(100), "findings")));
        let ratio = |scanned: Duration| decoded.as_secs_f64() / scanned.as_secs_f64();
        let mb = std::fs::metadata(&path).expect("the file").len() / 1_000_000;
        let [one, two] = scanned.map(|time| (time.as_secs_f64(), ratio(time)));
        println!("{name:12} {mb:8} {:9.2} {:15.2} {:6.2} {:16.2} {:6.2}", decoded.as_secs_f64(), one.0, one.1, two.0, two.1);
    }
}
