//! Phone numbers in text and in cells.
//!
//! In: text and its runs of digit groups, or one cell. Out: candidates with the number plan's verdict and the reasons that the
//! number itself gives, and the E.164 digits of an accepted value. Forms come first (`shape`, `context`), the number plan last
//! (`plan`): 60 % of random ten-digit runs are valid in the North American plan, so validity alone is no filter.
//! It reports no keyword and no column name: those are judged where all rules are.

mod alone;
mod cell;
mod context;
mod form;
mod pattern;
mod plan;
mod shape;
mod weigh;

use std::ops::Range;

use crate::model::{Candidate, Region, RuleIndex, Signal, Signals, Verdict};
use context::Touch;
use form::{Form, Lead, Reach, Start};
use plan::{Fit, Plans, Reading};
use shape::{Digits, Separator};

/// Least digits of a number.
const MIN_DIGITS: usize = 7;
/// Most digits, with an international prefix such as 0011.
const MAX_DIGITS: usize = 17;
/// Most digits behind a `+`: ITU-T E.164.
const MAX_INTERNATIONAL: usize = 15;

/// Most digits of a number that only a phone word speaks for.
const NAMED_DIGITS: usize = 13;

/// Finds phone numbers. Holds the number plans that were needed so far; make one a worker.
pub struct PhoneMatcher {
    plans: Plans,
}

impl PhoneMatcher {
    /// `regions`: the default regions for national forms, in order of preference. May be empty: then only international forms are
    /// found, and national forms beside a phone word.
    #[must_use]
    pub fn new(regions: &[Region]) -> Self {
        Self { plans: Plans::new(regions) }
    }

    /// Finds numbers whose first digit group lies in this run.
    ///
    /// `text` is the whole block, of which at most 64 bytes before and behind the run are looked at; `groups` are the run's groups of
    /// ASCII digits in order. `rule` is copied into the candidates, which are pushed in order and never overlap.
    #[inline]
    pub fn find(&mut self, text: &[u8], groups: &[Range<usize>], rule: RuleIndex, out: &mut Vec<Candidate>) {
        let known = out.len();
        self.find_in_run(text, groups, rule, out);
        if out.len() == known && groups.last().is_some_and(|last| alone::ends_line(text, last.end)) {
            out.extend(self.alone(text, groups, rule));
        }
    }

    fn find_in_run(&mut self, text: &[u8], groups: &[Range<usize>], rule: RuleIndex, out: &mut Vec<Candidate>) {
        let (Some(first), Some(last)) = (groups.first(), groups.last()) else { return };
        if last.end - first.start < MIN_DIGITS {
            return;
        }
        if !Lead::may_stand_before(text, first.start) {
            if let [group] = groups {
                if let Some(touch) = self.touch_of_bare(text, group) {
                    let lead = Lead { bracket: None, bare_start: group.start, plus: false };
                    let found = self.find_from(text, groups, Start { at: 0, lead, touch, crowded: false, follows: false });
                    out.extend(found.map(|(candidate, _)| Candidate { rule, ..candidate }));
                }
                return;
            }
            if is_dotted_quad(text, groups) {
                return;
            }
        }
        let (mut at, mut floor) = (0, 0);
        while at < groups.len() && last.end - groups[at].start >= MIN_DIGITS {
            let (found, groups_passed) = self.find_at(text, groups, at, floor);
            at += groups_passed.max(1);
            if let Some(mut candidate) = found {
                candidate.rule = rule;
                floor = candidate.span.end;
                out.push(candidate);
            }
        }
    }

    /// The cheapest gate for digits that stand alone, which most runs of a log are: what the byte before them does to a number,
    /// where they may be one.
    #[inline]
    fn touch_of_bare(&mut self, text: &[u8], group: &Range<usize>) -> Option<Touch> {
        let digits = &text[group.clone()];
        if !(MIN_DIGITS..=MAX_DIGITS).contains(&digits.len()) {
            return None;
        }
        let dialled = self.may_be_dialled(digits);
        if !dialled && digits.len() > NAMED_DIGITS {
            return None;
        }
        let touch = context::touch_before(text, group.start, false);
        (touch != Touch::Out && (dialled || context::has_phone_word_beside(text, group.start, group.end))).then_some(touch)
    }

    /// Reads the number that starts at group `at`. Returns it with the groups that are done with.
    fn find_at(&mut self, text: &[u8], groups: &[Range<usize>], at: usize, floor: usize) -> (Option<Candidate>, usize) {
        let group = &groups[at];
        let before = at.checked_sub(1).map(|i| (shape::separator_after(text, groups, i), groups[i].end));
        let lead = Lead::read(text, group.start, floor.max(before.map_or(0, |(_, end)| end)));
        if !lead.plus {
            // A number that failed as a whole is not searched for numbers behind its dashes and dots.
            if before.is_some_and(|(separator, end)| !separator.parts() && separator != Separator::Close && floor < end) {
                return (None, 1);
            }
            if groups.len() > at + 1 {
                let foreign = shape::foreign_groups(text, groups, at);
                if foreign > 0 {
                    return (None, foreign);
                }
            }
            // No plan writes digits one by one.
            if groups[at..].iter().take(form::MAX_GROUPS).all(|group| group.len() == 1) {
                return (None, 1);
            }
        }
        let touch = match before {
            Some((Separator::Slash, end)) if floor < end && !lead.plus => Touch::Lowers(Signal::Path, -15),
            // A `+` between digits may as well be a sum.
            Some((_, end)) if lead.plus && lead.outer_start() == end && floor < end => Touch::Lowers(Signal::WordNeighbour, -25),
            Some(_) => Touch::Clear,
            None => context::touch_before(text, lead.outer_start(), lead.plus),
        };
        if touch == Touch::Out || (groups.len() == 1 && !lead.plus && !self.may_be_number(text, group)) {
            return (None, 1);
        }
        let crowded = before.is_some_and(|(separator, end)| separator == Separator::Space && floor < end && !lead.plus);
        let follows = before.is_some_and(|(_, end)| floor >= end);
        let found = self.find_from(text, groups, Start { at, lead, touch, crowded, follows });
        found.map_or((None, 1), |(candidate, passed)| (Some(candidate), passed))
    }

    /// Reads the longest number that begins so. Returns it with the count of its groups.
    fn find_from(&mut self, text: &[u8], groups: &[Range<usize>], start: Start) -> Option<(Candidate, usize)> {
        let reach = Reach::gather(text, groups, start.at);
        if reach.digits.len() < MIN_DIGITS {
            return None;
        }
        let coded = start.lead.plus || reach.digits.as_bytes().starts_with(b"00") || reach.digits.as_bytes().starts_with(b"011");
        let valid =
            if coded || reach.totals().any(|total| self.plans.dials(total)) { self.find_valid(text, groups, &reach, start) } else { None };
        valid.or_else(|| self.find_likely(text, groups, &reach, start))
    }

    /// Says whether digits that stand alone may be a number by their count and first digits, or by a phone word.
    fn may_be_number(&mut self, text: &[u8], group: &Range<usize>) -> bool {
        let digits = &text[group.clone()];
        (MIN_DIGITS..=MAX_DIGITS).contains(&digits.len())
            && (self.may_be_dialled(digits)
                || (digits.len() <= NAMED_DIGITS && context::has_phone_word_beside(text, group.start, group.end)))
    }

    /// Says whether digits may be a number of a default region, or begin with an international prefix.
    #[inline]
    fn may_be_dialled(&mut self, digits: &[u8]) -> bool {
        digits.starts_with(b"00") || digits.starts_with(b"011") || self.plans.may_dial(digits)
    }

    /// The longest number from here that the plan has.
    fn find_valid(&mut self, text: &[u8], groups: &[Range<usize>], reach: &Reach, start: Start) -> Option<(Candidate, usize)> {
        for n in (1..=reach.groups).rev() {
            let Some(mut form) = reach.form(n, text, groups, start) else { continue };
            let Some((reading, fit)) = self.read(&form) else { continue };
            if reading.valid && form.is_plausible(&reading, fit) && form.look_around(groups) {
                let signals = form.signals(&reading, fit);
                return Some((form.candidate(Verdict::Passed, reading.region, signals), form.lengths.len()));
            }
        }
        None
    }

    /// The longest number from here that a `+` or a phone word speaks for, though no plan has it.
    fn find_likely(&mut self, text: &[u8], groups: &[Range<usize>], reach: &Reach, start: Start) -> Option<(Candidate, usize)> {
        let named = || reach.totals().any(|total| total <= NAMED_DIGITS);
        if !start.lead.plus && (start.touch != Touch::Clear || start.crowded || !named()) {
            return None;
        }
        for n in (1..=reach.groups).rev() {
            let Some(mut form) = reach.form(n, text, groups, start) else { continue };
            let found = if form.lead.plus { self.read_unlisted(&form) } else { self.read_named(&form) };
            if let Some((verdict, region, signals)) = found
                && form.look_around(groups)
                && (form.lead.plus || (form.touches[1] == Touch::Clear && !form.crowded))
            {
                let signals = form.surrounded(signals);
                return Some((form.candidate(verdict, region, signals), form.lengths.len()));
            }
        }
        None
    }

    /// Reads a form with the plan that its beginning calls for.
    fn read(&mut self, form: &Form<'_>) -> Option<(Reading, Fit)> {
        if form.lead.plus {
            return self.read_code(&form.digits, 0, form.lengths);
        }
        if let Some(prefix) = form.international_prefix()
            && let Some(found) = self.read_code(&form.digits, prefix, form.lengths)
            && found.0.valid
        {
            return Some(found);
        }
        if !self.plans.may_dial(form.digits.as_bytes()) {
            return None;
        }
        self.read_national(form)
    }

    /// Reads a form as the default regions dial it. A region whose formats the groups agree with goes before a preferred one.
    fn read_national(&mut self, form: &Form<'_>) -> Option<(Reading, Fit)> {
        let mut best: Option<(Reading, Fit)> = None;
        for at in 0..self.plans.national().len() {
            let Some(reading) = self.plans.read_with(at, &form.digits).filter(|reading| reading.valid) else { continue };
            let fit = self.plans.national()[at].fit(form.lengths, reading.prefix);
            let agrees = fit != Fit::Loose && !reading.trunk_missing;
            if agrees || best.is_none() {
                best = Some((reading, fit));
            }
            if agrees {
                break;
            }
        }
        best
    }

    /// Reads digits that have a calling code behind the first `prefix` digits.
    fn read_code(&mut self, digits: &Digits, prefix: usize, lengths: &[u8]) -> Option<(Reading, Fit)> {
        let rest = Digits::from_bytes(digits.as_bytes().get(prefix..)?)?;
        if rest.len() > MAX_INTERNATIONAL {
            return None;
        }
        let mut reading = self.plans.read_international(&rest)?;
        reading.prefix += prefix;
        let fit = self.plans.main_plan(reading.code).map_or(Fit::Loose, |plan| plan.fit(lengths, reading.prefix));
        Some((reading, fit))
    }

    /// A number with `+` that no plan has: of the right length, it is likely a made-up or a new one.
    fn read_unlisted(&mut self, form: &Form<'_>) -> Option<(Verdict, Option<Region>, Signals)> {
        let (reading, fit) = self.read_code(&form.digits, 0, form.lengths)?;
        if !reading.possible || form.digits.len() < 8 || reading.national.as_bytes()[0] == b'0' {
            return None;
        }
        let mut signals = Signals::default();
        signals.add(Signal::International, if fit == Fit::Ungrouped { 15 } else { 20 });
        match fit {
            // `+1 (383) 555-1234` is hardly anything else.
            Fit::Exact => signals.add(Signal::Grouping, if reading.code == 1 { 25 } else { 10 }),
            Fit::Loose => signals.add(Signal::Shape, 0),
            Fit::Ungrouped => {}
        }
        weigh::add_value(&mut signals, &reading);
        Some((Verdict::Failed, reading.region, signals))
    }

    /// A number without `+` that no default region has, but a phone word or a country in the text speaks for.
    fn read_named(&mut self, form: &Form<'_>) -> Option<(Verdict, Option<Region>, Signals)> {
        let total = form.digits.len();
        let grouped = form.lengths.len() > 1;
        if !(MIN_DIGITS..=NAMED_DIGITS).contains(&total) || form.lengths.len() > 6 || !form.is_written_as_phone() {
            return None;
        }
        let (start, end) = (form.span.start, form.span.end);
        let beside = context::has_phone_word_beside(form.text, start, end);
        let near = (grouped && total > MIN_DIGITS) || form.follows;
        let named = beside || (near && context::has_phone_word(form.text, start, end));
        if !named && !context::is_called_number(form.text, start) {
            return None;
        }
        let mut signals = Signals::default();
        form.add_word(&mut signals);
        let told = context::named_region(form.text, start).and_then(|region| self.plans.read_region(region, &form.digits));
        if !named && !told.as_ref().is_some_and(|reading| reading.valid) {
            return None;
        }
        let national = self.plans.read_national(&form.digits).map(|(reading, _)| reading);
        let coded = if total >= 11 { self.read_code(&form.digits, 0, form.lengths).map(|(reading, _)| reading) } else { None };
        if let Some(reading) = [told, national.clone(), coded].into_iter().flatten().find(|reading| reading.valid) {
            signals.add(Signal::NumberPlan, 10);
            weigh::add_value(&mut signals, &reading);
            return Some((Verdict::Passed, reading.region, signals));
        }
        signals.add(if grouped { Signal::Shape } else { Signal::Bare }, if grouped { 0 } else { -10 });
        if form.digits.repeats() {
            signals.add(Signal::Repetition, if grouped { -10 } else { -30 });
        }
        let region = national.filter(|reading| reading.possible).and_then(|reading| reading.region);
        Some((Verdict::Failed, region, signals))
    }
}

/// Says whether a run is four short groups with a dot between each two: an address of the Internet Protocol.
fn is_dotted_quad(text: &[u8], groups: &[Range<usize>]) -> bool {
    let joined = |pair: &[Range<usize>]| pair[1].start - pair[0].end == 1 && text[pair[0].end] == b'.';
    groups.len() == 4 && groups.iter().all(|group| group.len() <= 3) && groups.windows(2).all(joined)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Makes the runs of digit groups as the engine does.
    fn runs(text: &[u8]) -> Vec<Vec<Range<usize>>> {
        let mut runs: Vec<Vec<Range<usize>>> = Vec::new();
        let mut at = 0;
        while at < text.len() {
            let digits = text[at..].iter().take_while(|b| b.is_ascii_digit()).count();
            if digits > 0 {
                let joined = |run: &Vec<Range<usize>>| run.last().is_some_and(|last| is_joint(&text[last.end..at]));
                match runs.last_mut().filter(|run| joined(run)) {
                    Some(run) => run.push(at..at + digits),
                    None => runs.push(std::iter::once(at..at + digits).collect()),
                }
            }
            at += digits.max(1);
        }
        runs
    }

    fn is_joint(bytes: &[u8]) -> bool {
        (1..=4).contains(&bytes.len()) && bytes.iter().all(|b| matches!(b, b' ' | b'.' | b'-' | b'(' | b')' | b'/' | b'+') || *b >= 0x80)
    }

    fn matcher(regions: &[&str]) -> PhoneMatcher {
        let regions: Vec<Region> = regions.iter().map(|code| code.parse().expect("a country code")).collect();
        PhoneMatcher::new(&regions)
    }

    /// Found values with their scores, the base of 20 included.
    fn found_in<'a>(regions: &[&str], text: &'a str) -> Vec<(&'a str, i16)> {
        let mut found = Vec::new();
        let mut matcher = matcher(regions);
        for run in runs(text.as_bytes()) {
            matcher.find(text.as_bytes(), &run, 3, &mut found);
        }
        found.iter().map(|candidate| (&text[candidate.span.clone()], 20 + candidate.signals.sum())).collect()
    }

    /// Found values that are reported without a keyword.
    fn reported<'a>(regions: &[&str], text: &'a str) -> Vec<&'a str> {
        found_in(regions, text).into_iter().filter(|(_, score)| *score >= 40).map(|(value, _)| value).collect()
    }

    fn score(regions: &[&str], text: &str) -> i16 {
        found_in(regions, text).first().map_or(0, |(_, score)| *score)
    }

    #[test]
    fn international_number_is_likely_without_any_region() {
        assert_eq!(found_in(&[], "id 7 sent to +63 917 555 0123 at 9"), [("+63 917 555 0123", 70)]);
        assert_eq!(found_in(&[], "sent to +639175550123, done"), [("+639175550123", 65)]);
    }

    #[test]
    fn national_forms_of_a_default_region_are_found() {
        for text in ["(415) 555-2671", "415-555-2671", "415.555.2671", "415 555 2671", "1-415-555-2671"] {
            assert_eq!(reported(&["US"], &format!("see {text} or")), [text]);
        }
        assert_eq!(reported(&["PH"], "see 0917 555 0123 or"), ["0917 555 0123"]);
        assert_eq!(reported(&["FR"], "see 06 12 34 56 78 or"), ["06 12 34 56 78"]);
        assert_eq!(reported(&["DE", "US"], "see (415) 555-2671 or"), ["(415) 555-2671"]);
    }

    #[test]
    fn digits_alone_need_a_keyword_or_a_line_of_their_own() {
        assert!((20..40).contains(&score(&["US"], "took 4155552671 steps")));
        assert!((40..50).contains(&score(&["US"], "a\n4155552671\nb")));
        assert!(score(&["PH"], "took 09175550123 steps") > score(&["US"], "took 4155552671 steps"));
    }

    #[test]
    fn extension_belongs_to_the_span() {
        for text in ["415-555-2671 x123", "415-555-2671 ext. 12", "(415) 555-2671 , ext 7246433", "+1 415 555 2671;ext=9"] {
            assert_eq!(reported(&["US"], text), [text]);
        }
    }

    #[test]
    fn digits_one_by_one_are_no_number() {
        for text in ["call 4 1 5 5 5 5 2 6 7 1", "tel (4(1(5(5(5(5(2(6(7(1", "0.0.1.4.1.5.5.5.5.2.6.7.1", "phone: 5/5/5/2/6/7/1"] {
            assert_eq!(found_in(&["US", "DE", "FR"], text), [], "{text}");
        }
    }

    #[test]
    fn long_extension_is_no_number_of_its_own() {
        assert_eq!(found_in(&["US", "IS"], "call 415-555-2671 ext. 7246433").len(), 1);
    }

    #[test]
    fn every_number_of_a_dense_list_is_found() {
        for separator in [" ", "\n", "\r\n", ",", "\t", ";", ", ", "/"] {
            let spaced: Vec<String> = (0..60).map(|n| format!("415-555-{:04}", 2600 + n)).collect();
            assert_eq!(found_in(&["US"], &spaced.join(separator)).len(), 60, "separator {separator:?}");
            let plain: Vec<String> = (0..60).map(|n| format!("+63917555{:04}", 100 + n)).collect();
            assert_eq!(found_in(&[], &plain.join(separator)).len(), 60, "separator {separator:?}");
            let bare: Vec<String> = (0..60).map(|n| format!("415555{:04}", 2600 + n)).collect();
            assert_eq!(found_in(&["US"], &bare.join(separator)).len(), 60, "separator {separator:?}");
        }
        assert_eq!(reported(&["US"], "415 555 2671 415 555 2672 (415) 555-2673").len(), 3);
    }

    #[test]
    fn dates_and_times_are_no_numbers() {
        for text in ["2015-03-12", "12.03.2015", "2015 – 03/2016", "1979-2011 100", "2012-01-02 08:00", "12/31/2024 10:11", "20150312"] {
            assert_eq!(reported(&["US", "DE", "DK", "SG"], &format!("on {text} it")), [""; 0], "{text}");
        }
    }

    #[test]
    fn decimals_coordinates_versions_and_addresses_are_no_numbers() {
        for text in ["3.141592653", "96258.00", "37.774929, -122.419416", "192.168.100.200", "10.0.19045.3803", "1.2.840.113549.1"] {
            assert_eq!(reported(&["US", "DE", "GB", "SG"], &format!("got {text} here")), [""; 0], "{text}");
        }
    }

    #[test]
    fn ids_cards_and_ordinals_are_no_numbers() {
        for text in [
            "550e8400-e29b-41d4-a716-446655440000",
            "4111 1111 1111 1111",
            "4111111111111111",
            "123-45-6789",
            "978-0-306-40615-7",
            "53222110-740-9196",
            "1776772263",
            "1776772263907",
            "$415-555-2671",
            "415-555-2671$",
            "ORD-4155552671",
            "x4155552671y",
            "28601 28602",
            "3515 3479",
        ] {
            assert_eq!(reported(&["US", "GB", "SG", "IN"], &format!("got {text} here")), [""; 0], "{text}");
        }
    }

    #[test]
    fn digits_in_urls_and_addresses_are_no_numbers() {
        for text in ["https://example.com/p/415-555-2671", "415-555-2671@example.com", "img/4155552671.jpg"] {
            assert_eq!(reported(&["US"], text), [""; 0], "{text}");
        }
        assert_eq!(reported(&["US"], "tel:+1-415-555-2671"), ["+1-415-555-2671"]);
        assert_eq!(reported(&["US"], "https://example.com/?phone=+1-415-555-2671"), ["+1-415-555-2671"]);
    }

    #[test]
    fn underscore_beside_digits_lowers_but_does_not_hide() {
        let touched = score(&["US"], "_415-555-2671");
        assert!(touched > 0 && touched < score(&["US"], " 415-555-2671"));
    }

    #[test]
    fn repeated_digits_and_fictional_numbers_are_lowered() {
        assert!(score(&["US"], "+1 415 555 0132") < score(&["US"], "+1 415 555 2671"));
        assert!(score(&["US"], "+1 222 222 2222") <= 40);
    }

    #[test]
    fn phone_word_speaks_for_numbers_that_no_plan_has() {
        assert_eq!(found_in(&["US"], "my phone is 5551231234."), [("5551231234", 10)]);
        assert_eq!(found_in(&["US"], "call 555-1234/555-5678").len(), 2);
        assert_eq!(found_in(&["US"], "sold 5551231234 units").len(), 0);
    }

    #[test]
    fn word_beside_a_number_counts_more_than_one_that_is_near() {
        assert!(score(&["US"], "Phone: 040 553 9917") > score(&["US"], "answering at 040 553 9917"));
        assert!(score(&["US"], "answering at 785 9917") >= 40 && score(&["US"], "(85) 5539-9174 office") >= 40);
        assert!(score(&["US"], "answering since 785 9917 days") < 40);
    }

    #[test]
    fn country_of_a_number_speaks_for_it() {
        assert!(score(&["US"], "my Filipino number is 0917 553 9917") >= 20 + 10);
        assert_eq!(found_in(&["US"], "my lucky number is 0917 553 9917"), []);
        assert_eq!(found_in(&["US"], "Filipino order 0917 553 9917"), []);
    }

    #[test]
    fn plus_between_digits_may_be_a_sum() {
        assert_eq!(reported(&["US"], "n=5+4155552671"), [""; 0]);
    }

    #[test]
    fn long_runs_take_linear_time() {
        let mut matcher = matcher(&["US", "DE"]);
        for piece in ["7", "1.", "415 ", "415-", "4155552671 ", "+49 "] {
            let text = piece.repeat(200_000 / piece.len());
            let mut found = Vec::new();
            for run in runs(text.as_bytes()) {
                matcher.find(text.as_bytes(), &run, 0, &mut found);
            }
            assert!(found.len() <= text.len() / MIN_DIGITS);
        }
    }

    #[test]
    fn country_in_the_text_tells_the_region() {
        let text = b"Manila, Philippines, mobile 0917 555 0123";
        let mut found = Vec::new();
        matcher(&[]).find(text, &runs(text)[0], 0, &mut found);
        assert_eq!(found[0].region, Region::new(*b"PH"));
        assert_eq!(found[0].verdict, Verdict::Passed);
    }

    #[test]
    fn unlisted_international_number_is_possible_and_failed() {
        let text = b"at +1 (342) 555-2671 or";
        let mut found = Vec::new();
        matcher(&[]).find(text, &runs(text)[0], 7, &mut found);
        assert_eq!((found[0].verdict, found[0].rule), (Verdict::Failed, 7));
        assert!(found[0].signals.sum() >= 20);
    }

    #[test]
    fn arbitrary_bytes_never_panic_and_candidates_never_overlap() {
        let alphabet = b"0123456789012345678901234567890 .-()/+x#ext,:;@_$\n\xc2\xa0\xe2\x80\x93\xff\xc3tel";
        let mut seed = 0x2545_f491_4f6c_dd1du64;
        let mut matcher = matcher(&["US", "DE", "AR", "PH", "IT"]);
        for round in 0..20_000 {
            let mut text = Vec::new();
            for _ in 0..round % 90 {
                seed ^= seed << 13;
                seed ^= seed >> 7;
                seed ^= seed << 17;
                let wild = round % 3 == 0;
                text.push(if wild { (seed >> 32) as u8 } else { alphabet[(seed >> 32) as usize % alphabet.len()] });
            }
            let mut found = Vec::new();
            for run in runs(&text) {
                matcher.find(&text, &run, 0, &mut found);
            }
            assert!(found.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start), "{:?}", String::from_utf8_lossy(&text));
            assert!(found.iter().all(|candidate| candidate.span.end <= text.len()));
            let _ = matcher.cell(&text, 0);
            let _ = matcher.normalise(&text, None, &mut String::new());
        }
    }
}
