//! Weights: the reasons that a number's own form gives for and against it.
//!
//! In: a form and how the number plan reads it. Out: signals with their deltas, without those of words and column names. The deltas add to
//! a base of 20; 40 is reported.

use super::context::{self, Touch};
use super::form::Form;
use super::plan::{Fit, Reading};
use super::shape::{self, Separator};
use crate::model::{Signal, Signals};

impl Form<'_> {
    /// The reasons of a valid number.
    pub fn signals(&self, reading: &Reading, fit: Fit) -> Signals {
        let mut signals = Signals::default();
        let alone = context::is_alone_on_line(self.text, self.span.start, self.span.end);
        if self.lead.plus {
            signals.add(Signal::NumberPlan, 25);
            signals.add(Signal::International, 20);
            if fit == Fit::Exact {
                signals.add(Signal::Grouping, 5);
            }
        } else if reading.prefix > 1 && self.international_prefix().is_some() {
            signals.add(Signal::NumberPlan, 15);
            signals.add(
                Signal::International,
                match (fit, alone) {
                    (Fit::Ungrouped, false) => 0,
                    (Fit::Ungrouped, true) => 10,
                    _ => 20,
                },
            );
        } else {
            self.add_national(&mut signals, reading, fit, alone);
        }
        if self.extension {
            signals.add(Signal::Shape, 10);
        }
        add_value(&mut signals, reading);
        self.surrounded(signals)
    }

    fn add_national(&self, signals: &mut Signals, reading: &Reading, fit: Fit, alone: bool) {
        match fit {
            Fit::Exact => {
                signals.add(Signal::NumberPlan, 20);
                signals.add(Signal::Grouping, self.exact_weight(reading, alone));
                if self.separators.contains(&Separator::Close) {
                    signals.add(Signal::Shape, 5);
                }
            }
            Fit::Loose => {
                signals.add(Signal::NumberPlan, 15);
                signals.add(Signal::Shape, self.loose_weight(reading) + if alone && !self.crowded { 10 } else { 0 });
                self.add_word(signals);
            }
            Fit::Ungrouped => self.add_bare(signals, reading, alone),
        }
    }

    /// A phone word beside groups that no plan writes so. A label outweighs the date of the line before.
    pub fn add_word(&self, signals: &mut Signals) {
        let (start, end) = (self.span.start, self.span.end);
        if self.lengths.len() > 1 && context::has_phone_word_beside(self.text, start, end) {
            signals.add(Signal::Keyword, if context::is_labelled(self.text, start) { 50 } else { 35 });
        }
    }

    /// Weighs digits without separators: a trunk prefix, or a line of their own, speaks for them.
    fn add_bare(&self, signals: &mut Signals, reading: &Reading, alone: bool) {
        let sure = reading.national.len() >= 9 && !reading.trunk_missing;
        signals.add(Signal::NumberPlan, if sure { 10 } else { 5 });
        signals.add(Signal::Bare, -5);
        let long_trunk = reading.prefix > 0 && self.digits.len() >= 10 + usize::from(reading.code == 1);
        let weight = if long_trunk { 10 } else { 0 } + if alone { 17 } else { 0 };
        if weight > 0 {
            signals.add(Signal::Shape, weight);
        }
        if shape::is_compact_date(self.digits.as_bytes()) {
            signals.add(Signal::DateShape, -20);
        }
    }

    /// Weighs the plan's own groups. Two groups without trunk prefix or bracket are how logs write any two numbers, and a trunk prefix
    /// that the region always writes is missed.
    fn exact_weight(&self, reading: &Reading, alone: bool) -> i8 {
        let pair = self.lengths.len() == 2 && reading.prefix == 0 && !self.separators.contains(&Separator::Close);
        if pair || reading.trunk_missing {
            if self.crowded {
                -30
            } else if alone {
                10
            } else {
                -10
            }
        } else if self.lengths.len() == 2 && self.count(Separator::Slash) == 1 {
            // Month and day, then a time, look like a German number.
            -5
        } else if self.start_crowded {
            10
        } else {
            20
        }
    }

    /// Weighs groups that are not quite the plan's. North American area codes always stand alone.
    fn loose_weight(&self, reading: &Reading) -> i8 {
        let area = usize::from(self.lengths[0]) + if self.lengths[0] == 1 { usize::from(self.lengths[1]) - 1 } else { 0 };
        if self.crowded {
            -20
        } else if reading.code == 1 && area != 3 {
            -15
        } else if self.count(Separator::Slash) > 0 {
            -10
        } else if reading.prefix > 0 || self.separators.contains(&Separator::Close) {
            5
        } else {
            -5
        }
    }

    /// Adds what the neighbouring bytes say.
    pub fn surrounded(&self, mut signals: Signals) -> Signals {
        for touch in self.touches {
            if let Touch::Lowers(signal, delta) = touch {
                signals.add(signal, delta);
            }
        }
        if context::is_in_url_path(self.text, self.span.start) {
            signals.add(Signal::Path, -30);
        }
        signals
    }
}

/// Adds what the digits themselves say against a number.
pub(super) fn add_value(signals: &mut Signals, reading: &Reading) {
    if reading.national.repeats() {
        // Behind a calling code made-up numbers are still meant as numbers.
        signals.add(Signal::Repetition, if signals.has(Signal::International) && reading.valid { -25 } else { -30 });
    }
    if is_fictional(reading) {
        signals.add(Signal::TestValue, -10);
    }
}

/// Says whether a number belongs to a block kept free for films and documents.
///
/// Sources: NANPA 555 line number guidelines; Ofcom, "Numbers for use in TV and drama"; ACMA, "Phone numbers for use in TV shows, films and
/// creative works".
fn is_fictional(reading: &Reading) -> bool {
    let national = reading.national.as_bytes();
    let starts = |blocks: &[&[u8]]| blocks.iter().any(|block| national.starts_with(block));
    match reading.code {
        1 => national.len() == 10 && &national[3..6] == b"555" && &national[6..8] == b"01",
        44 => {
            starts(&[b"7700900", b"2079460", b"2896496", b"2920180", b"1632960", b"8081570", b"9098790", b"3069990"])
                || (national.len() == 10 && national[0] == b'1' && &national[3..7] == b"4960")
        }
        61 => starts(&[b"491570", b"25550", b"35550", b"75550", b"85550", b"1800975"]),
        _ => false,
    }
}
