//! Forms: the ways in which the digit groups of a run can make one number.
//!
//! In: text, its groups and where a number may start. Out: forms, the longest first, with their digits, separators and neighbours.
//! It asks no number plan; what a form is worth is weighed in `weigh`.

use std::ops::Range;

use super::context::{self, Touch};
use super::plan::{Fit, Reading};
use super::shape::{self, Digits, Separator};
use super::{MAX_DIGITS, MAX_INTERNATIONAL, MIN_DIGITS};
use crate::model::{Candidate, Region, Signals, Verdict};

/// Most groups of one number.
pub(super) const MAX_GROUPS: usize = 10;

/// How a number begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lead {
    /// The bracket that opens before it.
    pub bracket: Option<usize>,
    /// Where its `+` or first digit stands.
    pub bare_start: usize,
    pub plus: bool,
}

/// The groups from one start on, as far as one number can reach.
pub(super) struct Reach {
    pub digits: Digits,
    pub lengths: [u8; MAX_GROUPS],
    pub separators: [Separator; MAX_GROUPS],
    pub groups: usize,
}

/// One possible number: the first groups of a reach.
pub(super) struct Form<'a> {
    pub text: &'a [u8],
    pub lead: Lead,
    pub span: Range<usize>,
    pub digits: Digits,
    pub lengths: &'a [u8],
    pub separators: &'a [Separator],
    /// Index of its last group.
    pub last: usize,
    pub extension: bool,
    /// A number ends right before it.
    pub follows: bool,
    /// Other groups stand before it, only a space away.
    pub start_crowded: bool,
    /// Other groups stand before or behind it, only a space away.
    pub crowded: bool,
    pub touches: [Touch; 2],
}

/// Where and how a number starts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Start {
    pub at: usize,
    pub lead: Lead,
    pub touch: Touch,
    /// A number ends right before it.
    pub follows: bool,
    /// A group stands before it, only a space away, that is no number of its own.
    pub crowded: bool,
}

impl Lead {
    /// Whether the byte before a digit may be the end of a lead: of `+`, `(`, `%2B` or a wide plus.
    #[inline]
    pub fn may_stand_before(text: &[u8], digit: usize) -> bool {
        matches!(text[..digit], [.., b'+' | b'(' | b'B' | b'b' | 0x8b])
    }

    /// Reads the `+` and the bracket before a digit, not beyond `floor`.
    pub fn read(text: &[u8], digit: usize, floor: usize) -> Self {
        let mut lead = Self { bracket: None, bare_start: digit, plus: false };
        let mut at = digit;
        while at > floor && digit - at < 6 {
            let before = &text[floor..at];
            if before.ends_with(b"+") || before.ends_with("\u{ff0b}".as_bytes()) {
                at -= if before.ends_with(b"+") { 1 } else { 3 };
                lead.plus = true;
                lead.bare_start = at;
            } else if before.ends_with(b"%2B") || before.ends_with(b"%2b") {
                // A `+` in the query of a URL.
                at -= 3;
                lead.plus = true;
                lead.bare_start = at;
            } else if before.ends_with(b"(") && lead.bracket.is_none() {
                at -= 1;
                lead.bracket = Some(at);
            } else {
                break;
            }
        }
        lead
    }

    /// Where its span starts; the bracket counts if it is closed within the number.
    pub fn start(&self, closed: bool) -> usize {
        self.bracket.filter(|_| closed).map_or(self.bare_start, |bracket| bracket.min(self.bare_start))
    }

    /// The first byte of all that belongs to the lead.
    pub fn outer_start(&self) -> usize {
        self.start(true)
    }
}

impl Reach {
    pub fn gather(text: &[u8], groups: &[Range<usize>], at: usize) -> Self {
        let mut reach = Self { digits: Digits::new(), lengths: [0; MAX_GROUPS], separators: [Separator::Break; MAX_GROUPS], groups: 0 };
        for (i, group) in groups[at..].iter().take(MAX_GROUPS).enumerate() {
            if reach.digits.len() + group.len() > MAX_DIGITS || !reach.digits.push(&text[group.clone()]) {
                break;
            }
            reach.lengths[i] = group.len() as u8;
            reach.groups = i + 1;
            reach.separators[i] = shape::separator_after(text, groups, at + i);
            if !reach.separators[i].joins() {
                break;
            }
        }
        reach
    }

    /// Digits of each form that [`Self::form`] gives for a number without `+`.
    pub fn totals(&self) -> impl Iterator<Item = usize> {
        let mut total = 0;
        (0..self.groups).filter_map(move |i| {
            total += usize::from(self.lengths[i]);
            (total >= MIN_DIGITS && self.separators[i].parts()).then_some(total)
        })
    }

    /// The form of the first `n` groups, if a number may end behind them.
    #[inline(always)]
    pub fn form<'a>(&'a self, n: usize, text: &'a [u8], groups: &[Range<usize>], start: Start) -> Option<Form<'a>> {
        let total: usize = self.lengths[..n].iter().map(|&len| usize::from(len)).sum();
        if total < MIN_DIGITS || !self.separators[n - 1].parts() || (start.lead.plus && total > MAX_INTERNATIONAL + 1) {
            return None;
        }
        let mut digits = self.digits.clone();
        digits.truncate(total);
        let separators = &self.separators[..n - 1];
        let closed = separators.contains(&Separator::Close);
        Some(Form {
            text,
            lead: start.lead,
            span: start.lead.start(closed)..groups[start.at + n - 1].end,
            digits,
            lengths: &self.lengths[..n],
            separators,
            last: start.at + n - 1,
            extension: false,
            follows: start.follows,
            start_crowded: start.crowded,
            crowded: start.crowded,
            touches: [start.touch, Touch::Clear],
        })
    }
}

impl Form<'_> {
    /// Digits of an international prefix (`00`, or `011` of the North American plan) that it starts with.
    pub fn international_prefix(&self) -> Option<usize> {
        let digits = self.digits.as_bytes();
        let prefix = if digits.starts_with(b"00") {
            2
        } else if digits.starts_with(b"011") {
            3
        } else {
            return None;
        };
        (digits.len() >= prefix + 8).then_some(prefix)
    }

    /// Weighs separators and groups of a valid number: some groupings no phone has.
    pub fn is_plausible(&self, reading: &Reading, fit: Fit) -> bool {
        let dots = self.count(Separator::Dot);
        if self.lead.plus {
            return self.count(Separator::Slash) <= 2;
        }
        match fit {
            Fit::Exact => dots == 0 || self.separators.len() > 1,
            Fit::Ungrouped => !shape::is_epoch(self.digits.as_bytes()) || reading.prefix > 0,
            Fit::Loose => dots == 0 && !reading.trunk_missing && self.is_written_as_phone() && !self.is_written_as_employer(),
        }
    }

    pub fn count(&self, separator: Separator) -> usize {
        self.separators.iter().filter(|held| **held == separator).count()
    }

    /// `12-3456789`: the two and seven digits of a US employer number.
    fn is_written_as_employer(&self) -> bool {
        self.lengths == [2, 7] && self.separators[0] == Separator::Dash
    }

    /// Two to five groups, none but the first of a single digit, no dots of a decimal or version, no year in front, none but the last
    /// longer than an area code.
    pub fn is_written_as_phone(&self) -> bool {
        let Some((last, lead)) = self.lengths.split_last() else { return false };
        let dots = self.count(Separator::Dot);
        let spaces = self.separators.iter().any(|separator| matches!(separator, Separator::Space | Separator::Wide));
        let singles = self.lengths[1..].iter().filter(|&&len| len == 1).count();
        let lone_dot = dots == 1 && self.separators.len() == 1;
        let year = self.lengths.len() > 1 && self.lengths[0] == 4 && matches!(&self.digits.as_bytes()[..2], b"19" | b"20");
        let long = lead.iter().any(|&len| len > 5) || (self.lengths.len() > 1 && *last > 8);
        let dotted = lone_dot || (dots > 0 && spaces);
        !(singles > 0 || dotted || year || long || self.count(Separator::Slash) > 1)
    }

    /// Looks at what stands behind the number, and takes in its extension. False where no number can stand.
    pub fn look_around(&mut self, groups: &[Range<usize>]) -> bool {
        let end = self.span.end;
        if self.lengths.len() == 1 && self.last == 0 && self.digits.len() <= 9 && context::is_extension(self.text, self.span.start) {
            return false;
        }
        let separator = shape::separator_after(self.text, groups, self.last);
        if separator != Separator::Break {
            self.crowded |= separator == Separator::Space && groups[self.last + 1].len() < MIN_DIGITS;
            return true;
        }
        if let Some(extension) = shape::extension_end(self.text, end) {
            self.extension = true;
            self.span.end = extension;
            return true;
        }
        self.touches[1] = context::touch_behind(self.text, end);
        self.touches[1] != Touch::Out
    }

    pub fn candidate(&self, verdict: Verdict, region: Option<Region>, signals: Signals) -> Candidate {
        Candidate { rule: 0, span: self.span.clone(), verdict, region, signals }
    }
}
