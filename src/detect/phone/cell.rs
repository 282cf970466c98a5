//! Phone numbers that are a whole cell of a column named for them, and the E.164 digits of an accepted value.
//!
//! In: a cell or a value. Out: a candidate, or digits. Lenient: the column's name already says what the cell is, so spreadsheet damage
//! (`639171234567.0`, `9.17123E+11`, lost zeros) is read through and marked.

use std::ops::Range;

use super::form::{Lead, MAX_GROUPS};
use super::plan::Reading;
use super::shape::{self, Digits};
use super::{MAX_DIGITS, MIN_DIGITS, PhoneMatcher, weigh};
use crate::model::{Candidate, Region, RuleIndex, Signal, Signals, Verdict};

/// Bytes of a cell that are looked at; what is longer is text, not a number.
const CELL_BYTES: usize = 64;

/// The number in a cell, freed from what surrounds it.
struct Core {
    span: Range<usize>,
    digits: Digits,
    plus: bool,
    /// Spreadsheet damage was found: a `.0` or an exponent.
    ruined: bool,
    /// Digits are gone for good.
    rounded: bool,
}

impl PhoneMatcher {
    /// Reads a cell of a column that is named as phones are. The candidate's span lies in `cell`.
    ///
    /// [`Signal::RuinedNumber`] marks what a spreadsheet damaged; with an exponent the verdict is [`Verdict::Failed`], because the last
    /// digits are lost.
    pub fn cell(&mut self, cell: &[u8], rule: RuleIndex) -> Option<Candidate> {
        let core = Core::read(cell)?;
        if core.rounded {
            let mut signals = Signals::default();
            signals.add(Signal::RuinedNumber, -5);
            return Some(Candidate { rule, span: core.span, verdict: Verdict::Failed, region: None, signals });
        }
        // Digits alone are judged here: running text asks more of them than a column does.
        if !core.ruined && core.span.len() != core.digits.len() {
            let groups = cell_groups(cell);
            if let Some(found) = self.first_in_cell(cell, &groups, rule) {
                return Some(found);
            }
            if !core.plus && shape::foreign_groups(cell, &groups, 0) > 0 {
                return None;
            }
        }
        self.lenient(core, rule)
    }

    /// The first valid number that running text would show too.
    fn first_in_cell(&mut self, cell: &[u8], groups: &[Range<usize>], rule: RuleIndex) -> Option<Candidate> {
        let mut found = Vec::new();
        self.find(cell, groups, rule, &mut found);
        found.into_iter().find(|candidate| candidate.verdict == Verdict::Passed)
    }

    /// A cell whose digits alone make a number, however they are written.
    fn lenient(&mut self, core: Core, rule: RuleIndex) -> Option<Candidate> {
        let mut signals = Signals::default();
        if core.ruined {
            signals.add(Signal::RuinedNumber, 0);
        }
        let (verdict, region) = match self.resolve(&core, None) {
            Some((reading, international)) if reading.valid => {
                signals.add(Signal::NumberPlan, 10);
                if international {
                    signals.add(Signal::International, 5);
                }
                if reading.trunk_missing && !international {
                    signals.add(Signal::RuinedNumber, 0);
                }
                weigh::add_value(&mut signals, &reading);
                (Verdict::Passed, reading.region)
            }
            Some((reading, _)) => (Verdict::Failed, reading.region.filter(|_| reading.possible)),
            None => (Verdict::Failed, None),
        };
        let national = self.plans.dials(core.digits.len());
        let count = core.digits.len();
        let unlikely = shape::is_epoch(core.digits.as_bytes()) || !(national || (MIN_DIGITS..=13).contains(&count));
        if verdict == Verdict::Failed && !core.plus && unlikely {
            return None;
        }
        if verdict == Verdict::Failed {
            signals.add(Signal::Bare, -5);
        }
        if core.digits.repeats() {
            signals.add(Signal::Repetition, -30);
        }
        Some(Candidate { rule, span: core.span, verdict, region, signals })
    }

    /// Reads a core as international, then as the region or the default regions dial it, then as international without its `+`.
    fn resolve(&mut self, core: &Core, region: Option<Region>) -> Option<(Reading, bool)> {
        let digits = &core.digits;
        if core.plus {
            return self.read_code(digits, 0, &[]).map(|(reading, _)| (reading, true));
        }
        let national = match region {
            Some(region) => self.plans.read_region(region, digits),
            None => self.plans.read_national(digits).map(|(reading, _)| reading),
        };
        if let Some(reading) = national.clone().filter(|reading| reading.valid) {
            return Some((reading, false));
        }
        let prefixes = [(2, digits.as_bytes().starts_with(b"00")), (3, digits.as_bytes().starts_with(b"011")), (0, digits.len() >= 10)];
        for (prefix, _) in prefixes.into_iter().filter(|(_, fits)| *fits) {
            if let Some((reading, _)) = self.read_code(digits, prefix, &[]).filter(|(reading, _)| reading.valid) {
                return Some((reading, true));
            }
        }
        national.map(|reading| (reading, false))
    }

    /// Writes the E.164 digits (`+` and calling code first) of a value that `find` or `cell` accepted. The extension is no part of it.
    ///
    /// `region` says whose national form it is; without it the default regions are tried. Returns false, and leaves `out` empty, where no
    /// region is known or digits were lost.
    pub fn normalise(&mut self, value: &[u8], region: Option<Region>, out: &mut String) -> bool {
        out.clear();
        let Some(core) = Core::read(value).filter(|core| !core.rounded) else { return false };
        let Some((reading, _)) = self.resolve(&core, region).filter(|(reading, _)| reading.valid || reading.possible) else { return false };
        out.push('+');
        out.push_str(itoa(reading.code, &mut [0; 5]));
        out.push_str(reading.national.as_str());
        true
    }
}

/// Decimal digits of a calling code, without an allocation.
fn itoa(mut number: u16, buffer: &mut [u8; 5]) -> &str {
    let mut at = buffer.len();
    while at > 0 && (number > 0 || at == 5) {
        at -= 1;
        buffer[at] = b'0' + (number % 10) as u8;
        number /= 10;
    }
    std::str::from_utf8(&buffer[at..]).expect("decimal digits are ASCII")
}

impl Core {
    fn read(cell: &[u8]) -> Option<Self> {
        let start = cell.iter().position(|b| b.is_ascii_digit())?;
        let lead = Lead::read(cell, start, 0);
        let end = cell.iter().rposition(u8::is_ascii_digit)? + 1;
        if end - start > CELL_BYTES {
            return None;
        }
        let mut core = Self { span: lead.outer_start()..end, digits: Digits::new(), plus: lead.plus, ruined: false, rounded: false };
        let body = &cell[start..end];
        if is_exponential(body) {
            core.rounded = true;
            core.ruined = true;
            return Some(core);
        }
        let body = core.without_decimal(body);
        core.take_digits(cell, start, body).then_some(core)
    }

    /// Drops a `.0` behind seven or more digits.
    fn without_decimal<'a>(&mut self, body: &'a [u8]) -> &'a [u8] {
        let Some(dot) = body.iter().position(|b| !b.is_ascii_digit()) else { return body };
        if dot >= MIN_DIGITS && body[dot] == b'.' && body[dot + 1..].iter().all(|b| *b == b'0') {
            self.ruined = true;
            return &body[..dot];
        }
        body
    }

    /// Takes the digits up to an extension or a second number; false where there are too few or too many.
    fn take_digits(&mut self, cell: &[u8], start: usize, body: &[u8]) -> bool {
        let mut at = 0;
        while at < body.len() {
            let digits = body[at..].iter().take_while(|b| b.is_ascii_digit()).count();
            if digits > 0 {
                if self.digits.len() + digits > MAX_DIGITS || !self.digits.push(&body[at..at + digits]) {
                    break;
                }
                at += digits;
                if self.digits.len() >= MIN_DIGITS
                    && !self.ruined
                    && let Some(end) = shape::extension_end(cell, start + at)
                {
                    self.span.end = end;
                    break;
                }
            } else if is_between(&body[at..]) {
                at += 1;
            } else if self.digits.len() >= MIN_DIGITS {
                self.span.end = start + at;
                break;
            } else {
                return false;
            }
        }
        self.digits.len() >= MIN_DIGITS - 1
    }
}

/// A byte that may stand between the digits of a number.
fn is_between(rest: &[u8]) -> bool {
    matches!(rest[0], b' ' | b'-' | b'.' | b'/' | b'(' | b')' | b'*' | b'\'' | b'\t') || rest[0] >= 0x80
}

/// `9.17123E+11` and its kin.
fn is_exponential(body: &[u8]) -> bool {
    let Some(e) = body.iter().position(|b| matches!(b, b'e' | b'E')) else { return false };
    let mantissa = &body[..e];
    let exponent = body[e + 1..].strip_prefix(b"+").unwrap_or(&body[e + 1..]);
    let comma = |b: &u8| matches!(b, b'.' | b',');
    let marks = mantissa.iter().filter(|b| comma(b)).count();
    let number = std::str::from_utf8(exponent).ok().and_then(|text| text.parse::<u8>().ok());
    mantissa.iter().all(|b| b.is_ascii_digit() || comma(b)) && marks <= 1 && number.is_some_and(|n| (6..=15).contains(&n))
}

/// The digit groups of a cell, all in one run.
fn cell_groups(cell: &[u8]) -> Vec<Range<usize>> {
    let mut groups = Vec::new();
    let mut at = 0;
    while at < cell.len() && groups.len() < MAX_GROUPS * 2 {
        let digits = cell[at..].iter().take_while(|b| b.is_ascii_digit()).count();
        if digits > 0 {
            groups.push(at..at + digits);
        }
        at += digits.max(1);
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matcher(regions: &[&[u8; 2]]) -> PhoneMatcher {
        let regions: Vec<Region> = regions.iter().filter_map(|code| Region::new(**code)).collect();
        PhoneMatcher::new(&regions)
    }

    fn e164(regions: &[&[u8; 2]], value: &str) -> String {
        let mut out = String::from("old");
        matcher(regions).normalise(value.as_bytes(), None, &mut out);
        out
    }

    #[test]
    fn spreadsheet_damage_is_read_through_and_marked() {
        let mut matcher = matcher(&[b"PH"]);
        for (cell, verdict) in [("639175550123.0", Verdict::Passed), ("9175550123", Verdict::Passed), ("9.17555E+11", Verdict::Failed)] {
            let found = matcher.cell(cell.as_bytes(), 0).expect("a damaged number is a number");
            assert_eq!(found.verdict, verdict, "{cell}");
            assert!(found.signals.has(Signal::RuinedNumber), "{cell}");
        }
        let whole = matcher.cell(b"0917 555 0123", 0).expect("a whole number");
        assert!(!whole.signals.has(Signal::RuinedNumber));
    }

    #[test]
    fn cell_takes_what_running_text_would_not() {
        let mut matcher = matcher(&[b"US"]);
        for cell in ["555-1234", "4155552671", "14155552671", "639175550123", "(0)917 5550123", "'4155552671"] {
            assert!(matcher.cell(cell.as_bytes(), 0).is_some(), "{cell}");
        }
    }

    #[test]
    fn dates_times_and_text_in_a_phone_column_are_no_numbers() {
        let mut matcher = matcher(&[b"US", b"DE"]);
        for cell in ["2024-03-12 10:11:12", "12/31/2024", "1776772263907", "n/a", "", "12", "192.168.1.10", "customer 12 of 2024"] {
            assert!(matcher.cell(cell.as_bytes(), 0).is_none(), "{cell}");
        }
    }

    #[test]
    fn all_written_forms_have_one_e164_form() {
        for value in [
            "+63 917 555 0123", "0917-555-0123", "(0917) 555 0123", "639175550123.0", "9175550123", "0063 917 555 0123",
            "+63 (0)917 5550123",
        ] {
            assert_eq!(e164(&[b"PH"], value), "+639175550123", "{value}");
        }
        for value in ["(415) 555-0132 x123", "tel:+1-415-555-0132;ext=7", "1 415 555 0132 ext. 7"] {
            assert_eq!(e164(&[b"US"], value), "+14155550132", "{value}");
        }
        assert_eq!(e164(&[b"IT"], "06 6988 3262"), "+390669883262");
    }

    #[test]
    fn normalise_takes_the_region_that_is_given() {
        let mut out = String::new();
        assert!(matcher(&[]).normalise(b"0917 555 0123", Region::new(*b"PH"), &mut out));
        assert_eq!(out, "+639175550123");
    }

    #[test]
    fn normalise_refuses_without_region_or_with_lost_digits() {
        assert_eq!(e164(&[], "0917 555 0123"), "");
        assert_eq!(e164(&[b"PH"], "9.17555E+11"), "");
    }
}
