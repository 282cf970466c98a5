//! Examines an input as a leaf at several sizes of blocks: spans must lie in it, and small blocks must find what large ones do.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::Cursor;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};

use datatrawl::detect::Detector;
use datatrawl::examine::{Examiner, LeafRun, Opening, Receiver, Settings, Step, Worker};
use datatrawl::finding::{ColumnRow, Coverage, Finding, FindingBatch, Key, LeafFacts, Tokens};
use datatrawl::model::{Object, Result, Status, limits};
use datatrawl::pattern::RuleSet;
use datatrawl::read::Sizes;
use datatrawl::unpack::{self, Caps, Meter, Raw};

/// The examiners that an input goes through.
pub struct Bench {
    path: &'static str,
    /// With the sizes of a scan, with small blocks, and with small records too.
    examiners: [Arc<Examiner>; 3],
}

impl Bench {
    pub fn new(path: &'static str) -> Self {
        let detector = Arc::new(Detector::new(Arc::new(RuleSet::load(&[], &[]).expect("built-in rules")), &[]));
        let examiner = |block, record| {
            let sizes = Sizes { block, record, margin: limits::MAX_REACH };
            Arc::new(Examiner::new(Arc::clone(&detector), Tokens::new(&Key::new([7; 32])), Settings { sizes, ..Settings::default() }))
        };
        let examiners = [examiner(limits::BLOCK_BYTES, limits::RECORD_BYTES), examiner(64, limits::RECORD_BYTES), examiner(48, 256)];
        Self { path, examiners }
    }

    /// Examines an input; gives the shape of what came out.
    pub fn examine(&self, input: &[u8]) -> u64 {
        let runs = self.examiners.each_ref().map(|examiner| examine(examiner, self.path, input));
        for (findings, columns, coverage) in &runs {
            for finding in findings {
                let size = input.len() as i64;
                // Codecs and character sets make a text longer than what is stored.
                if coverage.leaf.codecs.is_empty() {
                    let is_inside = |(start, end): (i64, i64)| 0 <= start && start <= end && end <= size;
                    assert!(finding.bytes.is_none_or(is_inside), "a span lies outside");
                }
                assert!(finding.column.is_none_or(|column| column < *columns), "a column is unknown");
                assert!(finding.cell.is_none_or(|cell| cell.0 <= cell.1), "a cell's span is reversed");
            }
        }
        let whole = runs[0].2.status == Status::Scanned;
        if whole {
            let places =
                |findings: &[Finding]| findings.iter().map(|f| (f.rule, f.bytes, f.record, f.pointer.clone())).collect::<BTreeSet<_>>();
            assert_eq!(places(&runs[0].0).len(), places(&runs[1].0).len(), "blocks change what is found");
            assert!(places(&runs[0].0) == places(&runs[1].0), "blocks change where it is found");
        }
        let mut hasher = DefaultHasher::new();
        for (findings, columns, coverage) in &runs {
            (findings.len().min(6), (*columns).min(12), coverage.records.map(|n| n.min(20)), coverage.leaf.format).hash(&mut hasher);
            coverage.status.name().hash(&mut hasher);
        }
        hasher.finish()
    }
}

type Kept = Arc<Mutex<(Vec<Finding>, u32)>>;

struct Keep(Kept);

impl Receiver for Keep {
    fn findings(&mut self, batch: &FindingBatch<'_>) -> Result<()> {
        let mut kept = self.0.lock().expect("no one panics while it is locked");
        kept.0.extend_from_slice(batch.findings);
        kept.1 = kept.1.max(u32::try_from(batch.columns.len()).expect("columns are limited"));
        Ok(())
    }

    fn columns(&mut self, _: &LeafFacts, _: &[ColumnRow]) -> Result<()> {
        Ok(())
    }
}

fn examine(examiner: &Arc<Examiner>, path: &str, input: &[u8]) -> (Vec<Finding>, u32, Coverage) {
    let object = Object { uri: path.to_owned(), path: path.to_owned(), size: None, modified_us: None, device: None, inode: None };
    let body = Box::new(Cursor::new(input.to_vec()));
    let opened = unpack::open(object, Raw::stream(body), &Caps::default(), examiner.tokens().content_key(), &Meter::default());
    let kept = Kept::default();
    let receiver = Box::new(Keep(Arc::clone(&kept)));
    let coverage = match LeafRun::open(examiner, opened, || Ok(receiver)).expect("memory takes all") {
        Opening::Closed(coverage) => coverage,
        Opening::Open(run) => {
            let mut worker = Worker::new(examiner);
            loop {
                match run.step(&mut worker, &AtomicBool::new(false)).expect("memory takes all") {
                    Step::Finished(coverage) => break coverage,
                    Step::Worked => {}
                    Step::Exhausted => panic!("a leaf has no end"),
                }
            }
        }
    };
    let kept = std::mem::take(&mut *kept.lock().expect("no one panics while it is locked"));
    (kept.0, kept.1, *coverage)
}
