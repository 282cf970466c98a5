//! Candidates → likelihood with named signals, in two steps.
//!
//! Step one, in the workers: what the value, the words around it and the name of its column say ([`local`]), and which of
//! overlapping candidates stands ([`settle_overlaps`]). Step two, in the ordered stage: what the column as a whole says
//! ([`ColumnEvidence`]). Scores are whole hundredths, so that no order of adding changes a result.

mod column;

pub use column::{ColumnEvidence, Profile};

use crate::model::{Candidate, Signal, Verdict};
use crate::pattern::{Context, NameVerdict, Rule};

/// Adds what the rule, the words around the value and the name of the column say. `whole_cell`: the cell matcher found it.
pub fn local(rule: &Rule, candidate: &mut Candidate, context: Context, name: NameVerdict, whole_cell: bool) {
    let deltas = &rule.deltas;
    let signals = &mut candidate.signals;
    signals.add(Signal::Base, deltas.base);
    if whole_cell {
        signals.add(Signal::Cell, deltas.cell);
    }
    match name {
        NameVerdict::For => signals.add(Signal::ColumnName, deltas.column),
        NameVerdict::Against => signals.add(Signal::ColumnNameAgainst, deltas.column_against),
        NameVerdict::Beside if whole_cell => signals.add(Signal::Siblings, deltas.siblings),
        NameVerdict::Maybe if whole_cell => signals.add(Signal::ColumnName, deltas.column_maybe),
        NameVerdict::Beside | NameVerdict::Maybe | NameVerdict::Neutral => {}
    }
    if context.speaks_for {
        signals.add(Signal::Keyword, deltas.keyword);
    }
    if context.speaks_against {
        signals.add(Signal::KeywordAgainst, deltas.keyword_against);
    }
}

/// The highest score that column evidence can still lift a candidate of this rule to.
#[must_use]
pub fn reach(rule: &Rule, candidate: &Candidate) -> i16 {
    candidate.signals.sum() + i16::from(rule.deltas.column_match.max(0))
}

/// The highest score that words around it can lift a candidate of this rule to, where it has no column.
#[must_use]
pub fn reach_in_text(rule: &Rule, candidate: &Candidate) -> i16 {
    candidate.signals.sum() + i16::from(rule.deltas.base) + i16::from(rule.deltas.keyword.max(0))
}

/// Of overlapping candidates of one record, keeps the one that speaks best; it gets the signal `overlap`. Candidates come
/// sorted by start. `levels` are the scores from which candidates count, by rule.
pub fn settle_overlaps<T>(items: &mut Vec<T>, levels: &[i16], candidate: impl Fn(&mut T) -> &mut Candidate) {
    let mut end = 0;
    let apart = items.iter_mut().all(|item| {
        let span = &candidate(item).span;
        std::mem::replace(&mut end, span.end) <= span.start
    });
    if apart {
        return;
    }
    let mut kept: Vec<T> = Vec::with_capacity(items.len());
    for mut item in items.drain(..) {
        let mut stands = true;
        while let Some(last) = kept.last_mut() {
            let (held, new) = (candidate(last), candidate(&mut item));
            if held.span.end <= new.span.start {
                break;
            }
            if rank(held, levels) >= rank(new, levels) {
                held.signals.add(Signal::Overlap, 0);
                stands = false;
                break;
            }
            new.signals.add(Signal::Overlap, 0);
            kept.pop();
        }
        if stands {
            kept.push(item);
        }
    }
    *items = kept;
}

/// How well a candidate speaks: reportable first, then validated and scored, then longer; the rule's index settles ties.
fn rank(candidate: &Candidate, levels: &[i16]) -> (bool, i16, std::cmp::Reverse<u16>) {
    let score = candidate.signals.sum();
    let length = i16::try_from(candidate.span.len().min(40)).expect("at most 40");
    let checked = if candidate.verdict == Verdict::Passed { 15 } else { 0 };
    (score >= levels[usize::from(candidate.rule)], score + checked + length / 2, std::cmp::Reverse(candidate.rule))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Signals;

    fn candidate(rule: u16, span: std::ops::Range<usize>, score: i8, verdict: Verdict) -> Candidate {
        let mut signals = Signals::default();
        signals.add(Signal::Base, score);
        Candidate { rule, span, verdict, region: None, signals }
    }

    #[test]
    fn keeps_the_longer_and_better_validated_of_overlapping_candidates() {
        let mut items = vec![
            candidate(1, 0..20, 60, Verdict::NotChecked),
            candidate(2, 4..14, 62, Verdict::NotChecked),
            candidate(3, 30..40, 45, Verdict::NotChecked),
            candidate(4, 30..46, 45, Verdict::Passed),
            candidate(5, 46..50, 45, Verdict::Passed),
        ];
        settle_overlaps(&mut items, &[40; 6], |c| c);
        assert_eq!(items.iter().map(|c| c.rule).collect::<Vec<_>>(), [1, 4, 5]);
        assert!(items[0].signals.has(Signal::Overlap) && !items[2].signals.has(Signal::Overlap));
    }

    #[test]
    fn a_candidate_below_the_level_never_hides_one_above_it() {
        let mut items = vec![candidate(1, 0..60, 39, Verdict::Passed), candidate(2, 10..14, 40, Verdict::NotChecked)];
        settle_overlaps(&mut items, &[40; 6], |c| c);
        assert_eq!(items.iter().map(|c| c.rule).collect::<Vec<_>>(), [2]);
    }
}
