//! Every example and counter-example of every pattern file as a test of its own, in each surrounding that `examine` knows.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use datatrawl::detect::Detector;
use datatrawl::examine::{Examiner, Settings, cases};
use datatrawl::finding::{Key, Tokens};
use datatrawl::pattern::RuleSet;
use libtest_mimic::{Arguments, Failed, Trial};

fn main() {
    let sample: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/.datatrawl/patterns");
    let mut trials = trials("builtin", &[]);
    let builtin = trials.len();
    assert!(builtin > 0, "no built-in rule has a case");
    trials.extend(crate::trials("sample", &[sample]).into_iter().filter(|trial| trial.name().contains("/customer_id/")));
    assert!(trials.len() > builtin, "the sample data's own rule has no case");
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

fn trials(origin: &str, folders: &[PathBuf]) -> Vec<Trial> {
    let rules = Arc::new(RuleSet::load(folders, &[]).expect("the pattern files are valid"));
    let detector = Arc::new(Detector::new(Arc::clone(&rules), &[]));
    let examiner = Arc::new(Examiner::new(detector, Tokens::new(&Key::new([0; 32])), Settings::default()));
    let mut trials = Vec::new();
    for rule in rules.rules() {
        for case in cases(rule).expect("the marks of examples pair") {
            let examiner = Arc::clone(&examiner);
            let name = format!("{origin}/{}", case.name);
            trials.push(Trial::test(name, move || case.run(&examiner).map_err(|error| Failed::from(error.to_string()))));
        }
    }
    trials
}
