//! Inputs of the benches: files of `sample-data`, repeated, with the findings that they must give.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use datatrawl::detect::Detector;
use datatrawl::examine::{Examiner, Settings};
use datatrawl::finding::{Key, Tokens};
use datatrawl::model::Region;
use datatrawl::pattern::RuleSet;

/// One input. Each bench uses its part.
#[allow(dead_code, reason = "the two benches share this module and compare different counts")]
pub struct Corpus {
    /// Name of the bench.
    pub name: &'static str,
    /// Path under `sample-data/exports`.
    file: &'static str,
    /// Whether its first line is a header, which is not repeated.
    header: bool,
    /// Findings in one copy at `possible` or above, rows that a log leaves out not counted.
    pub findings: usize,
    /// Candidates of the detector alone in one copy.
    pub candidates: usize,
}

/// All inputs, one a format at least.
pub const CORPORA: &[Corpus] = &[
    Corpus { name: "log", file: "logs/app.log", header: false, findings: 433, candidates: 483 },
    Corpus { name: "log_without_findings", file: "clean/build.log", header: false, findings: 0, candidates: 77 },
    Corpus { name: "csv_dense", file: "signup.csv", header: true, findings: 3592, candidates: 2355 },
    Corpus { name: "csv_without_findings", file: "clean/metrics.csv", header: true, findings: 0, candidates: 283 },
    Corpus { name: "ndjson_dense", file: "tickets.ndjson", header: false, findings: 481, candidates: 319 },
    Corpus { name: "ndjson_without_findings", file: "clean/inventory.ndjson", header: false, findings: 0, candidates: 102 },
];

/// Copies of a file in one input. A log has at most as many rows of an entity as its limit, so that copies stay few.
pub const COPIES: usize = 20;

impl Corpus {
    /// The input: the file, repeated.
    pub fn bytes(&self) -> Vec<u8> {
        let text =
            fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/exports").join(self.file)).expect("sample-data is complete");
        let body = if self.header { 1 + text.iter().position(|b| *b == b'\n').expect("it has a header") } else { 0 };
        let mut out = text[..body].to_vec();
        for _ in 0..COPIES {
            out.extend_from_slice(&text[body..]);
        }
        out
    }

    /// Name of the leaf.
    #[allow(dead_code, reason = "detection alone knows no leaf")]
    pub fn path(&self) -> &'static str {
        self.file
    }
}

/// The rules as they are shipped, for the regions of `sample-data`, without limits on rows.
pub fn examiner() -> (Arc<Detector>, Arc<Examiner>) {
    let rules = Arc::new(RuleSet::load(&[], &[]).expect("built-in patterns are valid"));
    let regions = [*b"PH", *b"SG", *b"US"].map(|letters| Region::new(letters).expect("two letters"));
    let detector = Arc::new(Detector::new(rules, &regions));
    let settings = Settings { log_rows: std::collections::BTreeMap::new(), ..Settings::default() };
    let examiner = Arc::new(Examiner::new(Arc::clone(&detector), Tokens::new(&Key::new([0; 32])), settings));
    (detector, examiner)
}
