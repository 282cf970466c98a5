//! What the name of a column means: which rules it speaks for, and how it is shown.

use std::collections::HashMap;
use std::sync::Arc;

use crate::detect::{Detector, Scratch};
use crate::model::{KEY_SEPARATOR, RuleIndex, Signal, limits};
use crate::pattern::NameVerdict;

/// What is known of a column by its name alone.
pub(super) struct ColumnInfo {
    /// The name as shown: keys joined by dots, values in them replaced by `{entity}`.
    pub shown: Option<Arc<str>>,
    /// The keys as shown, for pointers; `[]` marks stay at their ends.
    pub keys: Vec<String>,
    /// What the name says for each rule.
    pub verdicts: Vec<NameVerdict>,
    /// Rules that look at whole cells of this column.
    pub cells: Vec<RuleIndex>,
}

/// Names met by one worker.
#[derive(Default)]
pub(super) struct ColumnCache {
    known: HashMap<Arc<str>, Arc<ColumnInfo>>,
    unnamed: Option<Arc<ColumnInfo>>,
}

impl ColumnCache {
    /// Returns what a column's name means.
    pub(super) fn info(&mut self, detector: &Detector, scratch: &mut Scratch, name: Option<&Arc<str>>) -> Arc<ColumnInfo> {
        let Some(name) = name else {
            return Arc::clone(self.unnamed.get_or_insert_with(|| Arc::new(ColumnInfo::unnamed(detector))));
        };
        if let Some(info) = self.known.get(name) {
            return Arc::clone(info);
        }
        if self.known.len() >= 4 * limits::COLUMNS {
            self.known.clear();
        }
        let info = Arc::new(ColumnInfo::named(detector, scratch, name));
        self.known.insert(Arc::clone(name), Arc::clone(&info));
        info
    }
}

impl ColumnInfo {
    fn unnamed(detector: &Detector) -> Self {
        let verdicts = detector.rules().rules().iter().map(|_| NameVerdict::Neutral).collect();
        Self { shown: None, keys: Vec::new(), verdicts, cells: Vec::new() }
    }

    fn named(detector: &Detector, scratch: &mut Scratch, name: &str) -> Self {
        let keys: Vec<&str> = name.split(KEY_SEPARATOR).collect();
        let last = keys.last().expect("split gives at least one part").trim_end_matches("[]");
        let above = keys.len().checked_sub(2).map_or("", |i| keys[i].trim_end_matches("[]"));
        let verdicts: Vec<NameVerdict> = detector.rules().rules().iter().map(|rule| rule.name_verdict(above, last)).collect();
        let cells =
            detector.rules().iter().filter(|(index, rule)| rule.cells.is_some() && verdicts[usize::from(*index)] == NameVerdict::For);
        let cells = cells.map(|(index, _)| index).collect();
        let keys: Vec<String> = keys.iter().map(|key| without_values(detector, scratch, key)).collect();
        Self { shown: Some(keys.join(".").into()), keys, verdicts, cells }
    }
}

/// A name with every value in it replaced by `{entity}`, and control characters by U+FFFD.
fn without_values(detector: &Detector, scratch: &mut Scratch, name: &str) -> String {
    let mut found = Vec::new();
    detector.find(scratch, name.as_bytes(), 0..name.len(), &mut found);
    let mut out = String::new();
    let mut at = 0;
    for candidate in found {
        let rule = detector.rules().rule(candidate.rule);
        let mut signals = candidate.signals;
        signals.add(Signal::Base, rule.deltas.base);
        // A name needs no context to be suspected: what could be reported anywhere is hidden here.
        let suspected = signals.sum() + i16::from(rule.deltas.keyword.max(0)) >= 40;
        if suspected
            && candidate.span.start >= at
            && name.is_char_boundary(candidate.span.start)
            && name.is_char_boundary(candidate.span.end)
        {
            out.push_str(&name[at..candidate.span.start]);
            out.push_str(&format!("{{{}}}", rule.entity));
            at = candidate.span.end;
        }
    }
    out.push_str(&name[at..]);
    out.replace(|c: char| c.is_control(), "\u{fffd}")
}
