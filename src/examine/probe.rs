//! Small texts examined in memory: for the cases of pattern files, and for tokens of single values.

use std::ops::Range;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};

use super::{Examiner, LeafRun, Opening, Receiver, Step, Worker};
use crate::detect::{Asked, Scratch};
use crate::finding::{ColumnRow, Finding, FindingBatch, LeafFacts, normalise};
use crate::model::{Error, ErrorKind, Id, Normalisation, Object, Result, Sensitive};
use crate::pattern::{Example, Rule};
use crate::unpack::{self, Caps, Meter, Raw};

/// Examines a text as a leaf of its own and returns its findings.
///
/// # Errors
/// None that the text causes: damaged text is examined as far as it goes.
pub fn probe(examiner: &Arc<Examiner>, path: &str, bytes: Vec<u8>) -> Result<Vec<Finding>> {
    let object = Object::named(path);
    let opened = unpack::open(object, Raw::random(Arc::new(bytes)), &Caps::default(), examiner.tokens().content_key(), &Meter::default());
    let kept = Arc::new(Mutex::new(Vec::new()));
    let receiver = Box::new(Keep(Arc::clone(&kept)));
    if let Opening::Open(run) = LeafRun::open(examiner, opened, || Ok(receiver))? {
        let mut worker = Worker::new(examiner);
        let cancel = AtomicBool::new(false);
        while let Step::Worked = run.step(&mut worker, &cancel)? {}
    }
    let findings = std::mem::take(&mut *kept.lock().unwrap_or_else(PoisonError::into_inner));
    Ok(findings)
}

struct Keep(Arc<Mutex<Vec<Finding>>>);

impl Receiver for Keep {
    fn findings(&mut self, batch: &FindingBatch<'_>) -> Result<()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(batch.findings);
        Ok(())
    }

    fn columns(&mut self, _: &LeafFacts, _: &[ColumnRow]) -> Result<()> {
        Ok(())
    }
}

/// One case of a pattern file in one surrounding.
pub struct Case {
    /// Such as `credit_card/example 2/csv`.
    pub name: String,
    path: &'static str,
    text: String,
    expected: Vec<Range<usize>>,
    in_cell: bool,
    rule: Arc<str>,
}

/// Returns all cases of a rule: its texts alone, and, where it finds values in raw text, in a CSV cell, a JSON string and a
/// log line.
///
/// # Errors
/// `Pattern` where the marks of an example do not pair.
pub fn cases(rule: &Rule) -> Result<Vec<Case>> {
    let mut out = Vec::new();
    for (kind, texts) in [("example", &rule.examples), ("counter_example", &rule.counter_examples)] {
        for (n, marked) in texts.iter().enumerate() {
            let example = Example::parse(&rule.id, marked)?;
            let name = |form: &str| format!("{}/{kind} {}/{form}", rule.id, n + 1);
            let case = |form: &str, path, text, expected, in_cell| Case {
                name: name(form),
                path,
                text,
                expected,
                in_cell,
                rule: Arc::clone(&rule.id),
            };
            out.push(case("alone", "case.txt", example.text.clone(), example.spans.clone(), false));
            if rule.finder.is_none() || example.text.contains('\n') {
                continue;
            }
            let csv = format!("case_id,remark_text,state_flag\n1,\"{}\",x\n2,plain,y\n3,plain,z\n", example.text.replace('"', "\"\""));
            out.push(case("csv", "case.csv", csv, example.spans.clone(), true));
            let json = serde_json::to_string(&serde_json::json!({ "seq": "a", "remark_text": example.text }))
                .map_err(|e| Error::new(ErrorKind::Pattern, format!("pattern {}: {e}", rule.id)))?;
            out.push(case("json", "case.ndjson", json + "\n", example.spans.clone(), true));
            let head = "2026-03-01 12:00:00.123 INFO  [exec-7] c.acme.web.Filter - ";
            let spans = example.spans.iter().map(|s| s.start + head.len()..s.end + head.len()).collect();
            out.push(case("log", "case.log", format!("{head}{}\n", example.text), spans, false));
        }
    }
    Ok(out)
}

impl Case {
    /// Runs the case. The error says what was found and what was expected, as offsets: texts of pattern files are no secret,
    /// but a pattern under test may be pointed at one that is.
    ///
    /// # Errors
    /// `Pattern` where something else was found than marked.
    pub fn run(&self, examiner: &Arc<Examiner>) -> Result<()> {
        let findings = probe(examiner, self.path, self.text.clone().into_bytes())?;
        let own = findings.iter().filter(|f| examiner.rules()[usize::from(f.rule)].rule == self.rule);
        let found: Vec<Range<usize>> = own
            .map(|f| {
                let (start, end) =
                    if self.in_cell { f.cell.map_or((-1, -1), |(a, b)| (a.into(), b.into())) } else { f.bytes.unwrap_or((-1, -1)) };
                usize::try_from(start).unwrap_or(usize::MAX)..usize::try_from(end).unwrap_or(usize::MAX)
            })
            .collect();
        if found == self.expected {
            return Ok(());
        }
        Err(Error::new(ErrorKind::Pattern, format!("{}: found {found:?}, expected {:?}", self.name, self.expected)))
    }
}

/// Returns the token of a value under each normalisation that rules of the entity use, as a scan would make it.
///
/// # Errors
/// `Usage` where no rule has that entity.
pub fn tokens_of(examiner: &Arc<Examiner>, entity: &str, value: &[u8]) -> Result<Vec<(Normalisation, Id)>> {
    ValueTokens::new(examiner).of(entity, value)
}

/// Makes tokens of many values.
pub struct ValueTokens {
    examiner: Arc<Examiner>,
    scratch: Scratch,
    text: String,
    buffer: Vec<u8>,
}

/// Normalised values pass through both.
impl Drop for ValueTokens {
    fn drop(&mut self) {
        zeroize::Zeroize::zeroize(&mut self.text);
        zeroize::Zeroize::zeroize(&mut self.buffer);
    }
}

impl ValueTokens {
    /// Those that a scan with these rules makes.
    #[must_use]
    pub fn new(examiner: &Arc<Examiner>) -> Self {
        Self { scratch: examiner.detector.scratch(), examiner: Arc::clone(examiner), text: String::new(), buffer: Vec::new() }
    }

    /// As [`tokens_of`].
    ///
    /// # Errors
    /// As there.
    pub fn of(&mut self, entity: &str, value: &[u8]) -> Result<Vec<(Normalisation, Id)>> {
        let Self { examiner, scratch, text, buffer } = self;
        let (detector, mut out) = (&examiner.detector, Vec::new());
        for (index, rule) in detector.rules().iter().filter(|(_, rule)| *rule.entity == *entity) {
            let mut found = Vec::new();
            detector.find(scratch, value, 0..value.len(), &mut found);
            found.retain(|c| c.rule == index && c.span == (0..value.len()));
            let region = found
                .first()
                .and_then(|c| c.region)
                .or_else(|| detector.cell(scratch, index, value, Asked::Plainly).and_then(|c| c.region));
            let value = Sensitive::new(value);
            let used = if detector.normalise(scratch, rule, value, region, text) {
                rule.normalisation
            } else {
                normalise(rule.normalisation, value, text)
            };
            let token = (used, examiner.tokens.value(entity, used, text.as_bytes(), buffer));
            if !out.contains(&token) {
                out.push(token);
            }
        }
        if out.is_empty() {
            let error = Error::new(ErrorKind::Usage, format!("no rule finds the entity {entity}"));
            return Err(error.hint("datatrawl patterns list shows them"));
        }
        Ok(out)
    }
}
