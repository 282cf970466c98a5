//! Candidates: what a rule matched, before it is judged.

use std::ops::Range;

use super::{Region, Signals};

/// Index of a rule in its compiled rule set.
pub type RuleIndex = u16;

/// What a rule's own check said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Checksum, number plan or structure is right.
    Passed,
    /// The check failed; the candidate is kept for its context or column.
    Failed,
    /// There is no check for this rule.
    NotChecked,
}

/// A span of text that a rule matched. It holds no value: the bytes stay in the block.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The rule.
    pub rule: RuleIndex,
    /// Span of the value in the text that was searched.
    pub span: Range<usize>,
    /// What the rule's check said.
    pub verdict: Verdict,
    /// Country, where the value tells it.
    pub region: Option<Region>,
    /// Reasons that the value itself gives.
    pub signals: Signals,
}
