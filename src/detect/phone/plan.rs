//! Number plans: what digits a region dials, how it groups them, and which of them exist.
//!
//! In: the digits of one possible number. Out: its calling code, its national significant number and whether the plan knows it.
//! The plans are those of libphonenumber; they are loaded when a number of the region is first seen, because unpacking the library's
//! metadata costs milliseconds. It never looks at text.

use std::borrow::Cow;

use rlibphonenumber::interfaces::AsOriginal;
use rlibphonenumber::{PHONE_NUMBER_UTIL, Region as PlanRegion};

use super::pattern::Pattern;
use super::shape::Digits;
use crate::model::Region;

/// The widest national significant number that a plan can have.
const MAX_NATIONAL: usize = 17;
/// Groups that a written form can have.
const MAX_GROUPS: usize = 8;

/// How well the written groups agree with the plan's own formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    /// All digits stand together.
    Ungrouped,
    /// Grouped, but not as the plan's formats do.
    Loose,
    /// Grouped as one of the plan's formats.
    Exact,
}

/// A number that was read with a plan.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    /// Calling code without `+`.
    pub code: u16,
    /// National significant number.
    pub national: Digits,
    /// Region whose plan was used.
    pub region: Option<Region>,
    /// The plan has this number.
    pub valid: bool,
    /// The plan has numbers of this length.
    pub possible: bool,
    /// Digits before the national significant number: trunk prefix or calling code.
    pub prefix: usize,
    /// The region writes a trunk prefix in national form, and there is none.
    pub trunk_missing: bool,
}

/// Least and greatest digits of each group of one written form.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Format {
    groups: [(u8, u8); MAX_GROUPS],
    len: usize,
}

impl Format {
    /// Reads the group lengths of a pattern such as `(\d{2})(\d{3,4})(\d{4})`. None where there is more in it than that.
    fn parse(pattern: &str) -> Option<Self> {
        let mut format = Self { groups: [(0, 0); MAX_GROUPS], len: 0 };
        let mut rest = pattern.as_bytes();
        while let [b'(', inner @ ..] = rest {
            let close = inner.iter().position(|&b| b == b')')?;
            *format.groups.get_mut(format.len)? = group_lengths(&inner[..close])?;
            format.len += 1;
            rest = &inner[close + 1..];
        }
        (rest.is_empty() && format.len > 0).then_some(format)
    }

    fn fits(&self, lengths: &[u8]) -> bool {
        lengths.len() == self.len && lengths.iter().zip(&self.groups).all(|(&n, &(least, most))| least <= n && n <= most)
    }
}

/// Adds up the lengths of the atoms `\d`, `[…]` and single digits with their `{n}`, `{n,m}` or `?`.
fn group_lengths(mut pattern: &[u8]) -> Option<(u8, u8)> {
    let (mut least, mut most) = (0u8, 0u8);
    while !pattern.is_empty() {
        pattern = match pattern {
            [b'\\', b'd', rest @ ..] => rest,
            [b'[', rest @ ..] => &rest[rest.iter().position(|&b| b == b']')? + 1..],
            [digit, rest @ ..] if digit.is_ascii_digit() => rest,
            _ => return None,
        };
        let (low, high) = match pattern {
            [b'?', rest @ ..] => {
                pattern = rest;
                (0, 1)
            }
            [b'{', rest @ ..] => {
                let close = rest.iter().position(|&b| b == b'}')?;
                let bounds = std::str::from_utf8(&rest[..close]).ok()?;
                pattern = &rest[close + 1..];
                let (low, high) = bounds.split_once(',').unwrap_or((bounds, bounds));
                (low.parse().ok()?, if high.is_empty() { MAX_NATIONAL as u8 } else { high.parse().ok()? })
            }
            _ => (1, 1),
        };
        least = least.saturating_add(low);
        most = most.saturating_add(high);
    }
    Some((least, most))
}

/// One kind of number. Its pattern is compiled when it is first asked.
#[derive(Clone, Debug)]
struct Kind {
    /// Bit n: such a number may have n digits. All bits where the plan does not say.
    lengths: u32,
    text: &'static str,
    pattern: Option<Pattern>,
}

impl Kind {
    fn new(lengths: &[i32], text: &'static str) -> Self {
        Self { lengths: if lengths.is_empty() { !0 } else { length_mask(lengths) }, text, pattern: None }
    }

    fn has(&mut self, national: &[u8]) -> bool {
        national.len() <= MAX_NATIONAL
            && self.lengths >> national.len() & 1 == 1
            // A test holds that each pattern of each plan is read.
            && self.pattern.get_or_insert_with(|| Pattern::new(self.text).unwrap_or_else(Pattern::nothing)).has(national)
    }
}

/// Kinds of numbers that a plan knows, the general pattern first.
const KINDS: usize = 11;

/// The number plan of one region.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    /// None for the plans that belong to no region, such as +800.
    pub region: Option<Region>,
    pub code: u16,
    key: PlanRegion,
    /// Bit n: a national significant number may have n digits.
    lengths: u32,
    /// Bit n: n digits may be dialled inside the region, with or without trunk prefix.
    pub dialled: u32,
    trunk: Box<[u8]>,
    /// The trunk prefix is plain digits; otherwise carrier codes and rewriting make it the library's business.
    plain_trunk: bool,
    trunk_written: bool,
    formats: Vec<Format>,
    kinds: [Kind; KINDS],
    /// What stands before a number where the trunk prefix is not plain.
    before: Option<Pattern>,
}

impl Plan {
    fn load(key: PlanRegion, code: u16) -> Option<Self> {
        let metadata = PHONE_NUMBER_UTIL.as_original().get_metadata_for_region_or_calling_code(i32::from(code), key)?;
        let lengths = length_mask(&metadata.general_desc.original.possible_length);
        let trunk: Box<[u8]> = metadata.original.national_prefix().bytes().filter(u8::is_ascii_digit).collect();
        let parsing = metadata.national_prefix_for_parsing().original_base();
        let plain_trunk = parsing.as_bytes() == &*trunk;
        let dialled = if plain_trunk { lengths | lengths << trunk.len() } else { lengths | lengths << 1 | lengths << 2 | lengths << 3 };
        let formats = metadata.number_format.iter().chain(&metadata.intl_number_format);
        let optional = metadata.number_format.iter().any(|f| f.original.national_prefix_optional_when_formatting());
        let trunk_written = !trunk.is_empty()
            && !optional
            && metadata.number_format.iter().any(|f| {
                let rule = f.original.national_prefix_formatting_rule().as_bytes();
                rule.iter().find(|b| b.is_ascii_digit()) == trunk.first() && rule.first() != Some(&b'$')
            });
        let kinds = [
            &metadata.general_desc,
            &metadata.fixed_line,
            &metadata.mobile,
            &metadata.premium_rate,
            &metadata.toll_free,
            &metadata.shared_cost,
            &metadata.voip,
            &metadata.personal_number,
            &metadata.pager,
            &metadata.uan,
            &metadata.voicemail,
        ];
        Some(Self {
            region: key.as_region_str().as_str().as_bytes().try_into().ok().and_then(Region::new),
            code,
            key,
            lengths,
            dialled,
            trunk,
            plain_trunk,
            trunk_written: trunk_written && code != 1,
            formats: formats.filter_map(|f| Format::parse(f.pattern().original_base())).collect(),
            kinds: kinds.map(|kind| Kind::new(&kind.original.possible_length, kind.national_number_pattern().original_base())),
            before: if plain_trunk { None } else { Pattern::new(parsing) },
        })
    }

    fn for_region(region: Region) -> Option<Self> {
        let key = PlanRegion::from_code(region.as_str()).ok()?;
        let code = PHONE_NUMBER_UTIL.get_country_code_for_region(key)?;
        Self::load(key, u16::try_from(code).ok()?)
    }

    /// Says whether a national significant number may have so many digits.
    fn has_length(&self, digits: usize) -> bool {
        digits <= MAX_NATIONAL && self.lengths >> digits & 1 == 1
    }

    /// A quick look at digits: count, trunk prefix, and in the North American plan the first digits of area and exchange.
    fn may_dial(&self, digits: &[u8]) -> bool {
        if self.dialled >> digits.len() & 1 == 0 {
            return false;
        }
        if self.code != 1 {
            return !self.trunk_written || !self.plain_trunk || digits.starts_with(&self.trunk);
        }
        let number = if digits.len() == 11 && digits[0] == b'1' { &digits[1..] } else { digits };
        number.len() == 10 && number[0] >= b'2' && number[3] >= b'2'
    }

    /// Whether the number is valid: of the plan's general pattern and of one of its kinds. Nearly all numbers are of the first
    /// two kinds, so that the patterns of the others are seldom compiled or tried.
    fn has_number(&mut self, national: &[u8]) -> bool {
        let has_length = self.has_length(national.len());
        let [general, kinds @ ..] = &mut self.kinds;
        has_length && general.has(national) && kinds.iter_mut().any(|kind| kind.has(national))
    }

    /// Removes trunk prefix and carrier code where the plan has them, and rewrites what the plan rewrites.
    fn strip<'a>(&mut self, digits: &'a str) -> Cow<'a, str> {
        if self.plain_trunk {
            let rest = digits.as_bytes().strip_prefix(&*self.trunk).map_or(digits, |rest| &digits[digits.len() - rest.len()..]);
            return Cow::Borrowed(if self.has_length(rest.len()) { rest } else { digits });
        }
        // The library takes milliseconds for its first look at each plan.
        if self.before.as_mut().is_some_and(|before| !before.begins(digits.as_bytes())) {
            return Cow::Borrowed(digits);
        }
        let util = PHONE_NUMBER_UTIL.as_original();
        util.get_metadata_for_region_or_calling_code(i32::from(self.code), self.key)
            .and_then(|metadata| util.maybe_strip_national_prefix_and_carrier_code(metadata, digits).ok())
            .map_or(Cow::Borrowed(digits), |(rest, _)| rest)
    }

    /// Compares the lengths of the written groups, without the first `prefix` digits, with the plan's formats.
    pub fn fit(&self, groups: &[u8], prefix: usize) -> Fit {
        if groups.len() < 2 {
            return Fit::Ungrouped;
        }
        let mut left = prefix;
        let (mut lengths, mut n) = ([0u8; 16], 0);
        for &len in groups {
            let taken = left.min(usize::from(len));
            left -= taken;
            let kept = len - taken as u8;
            if kept > 0 && n < lengths.len() {
                lengths[n] = kept;
                n += 1;
            }
        }
        if n > 1 && self.formats.iter().any(|format| format.fits(&lengths[..n])) { Fit::Exact } else { Fit::Loose }
    }
}

fn length_mask(lengths: &[i32]) -> u32 {
    lengths.iter().filter(|&&n| (1..=MAX_NATIONAL as i32).contains(&n)).fold(0, |mask, &n| mask | 1 << n)
}

/// What is known of a three-digit area code of the North American plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Area {
    Unseen,
    Absent,
    /// Index of the plan that has every number of it.
    Whole(u8),
    /// Only some exchanges of it exist.
    Partial,
}

/// The plans in use, each loaded when it is first asked for.
pub(super) struct Plans {
    wanted: Vec<Region>,
    national: Vec<Plan>,
    /// Regions that a text or a caller named, beside the default ones.
    named: Vec<Plan>,
    loaded: bool,
    /// Bit n: some default region dials n digits.
    dialled: u32,
    /// By calling code: its plans, main region first; empty where the code is not assigned.
    international: Vec<Option<Box<[Plan]>>>,
    areas: Vec<Area>,
}

impl Plans {
    pub fn new(regions: &[Region]) -> Self {
        Self {
            wanted: regions.to_vec(),
            national: Vec::new(),
            named: Vec::new(),
            loaded: false,
            dialled: 0,
            international: vec![None; 1000],
            areas: vec![Area::Unseen; 1000],
        }
    }

    /// The default regions' plans, in order of preference.
    pub fn national(&mut self) -> &[Plan] {
        if !self.loaded {
            self.loaded = true;
            self.national = self.wanted.iter().filter_map(|&region| Plan::for_region(region)).collect();
            self.dialled = self.national.iter().fold(0, |mask, plan| mask | plan.dialled);
        }
        &self.national
    }

    /// Says whether some default region dials so many digits.
    pub fn dials(&mut self, digits: usize) -> bool {
        if !self.loaded {
            self.national();
        }
        digits < 32 && self.dialled >> digits & 1 == 1
    }

    /// A quick look at digits: says whether some default region could dial them, trunk prefix included where it always writes one.
    pub fn may_dial(&mut self, digits: &[u8]) -> bool {
        if !self.dials(digits.len()) {
            return false;
        }
        (0..self.national.len()).any(|at| {
            let plan = &self.national[at];
            plan.may_dial(digits) && (plan.code != 1 || self.area_of(&digits[digits.len() - 10..]) != Area::Absent)
        })
    }

    fn load_code(&mut self, code: u16) -> &mut [Plan] {
        self.international[usize::from(code)].get_or_insert_with(|| {
            let regions = PHONE_NUMBER_UTIL.get_regions_for_country_calling_code(i32::from(code));
            regions.map(|keys| keys.filter_map(|key| Plan::load(key, code)).collect()).unwrap_or_default()
        })
    }

    /// Splits off the calling code: the shortest prefix that is assigned.
    fn split_code(&mut self, digits: &[u8]) -> Option<(u16, usize)> {
        let mut code = 0;
        for (i, digit) in digits.iter().take(3).enumerate() {
            code = code * 10 + u16::from(digit - b'0');
            if code == 0 {
                return None;
            }
            if !self.load_code(code).is_empty() {
                return Some((code, i + 1));
            }
        }
        None
    }

    /// The first plan of a calling code: the one whose formats the others share.
    pub fn main_plan(&self, code: u16) -> Option<&Plan> {
        self.international.get(usize::from(code))?.as_deref()?.first()
    }

    /// Reads digits that start with a calling code. A trunk `0` behind the code, as in `+44 (0)20`, is passed over.
    pub fn read_international(&mut self, digits: &Digits) -> Option<Reading> {
        let (code, prefix) = self.split_code(digits.as_bytes())?;
        let rest = Digits::from_bytes(&digits.as_bytes()[prefix..])?;
        let plain = self.read_code(code, &rest, prefix);
        if plain.valid {
            return Some(plain);
        }
        let stripped = self.load_code(code).first_mut().and_then(|plan| Digits::from_bytes(plan.strip(rest.as_str()).as_bytes()));
        if let Some(national) = stripped.filter(|stripped| stripped.as_bytes() != rest.as_bytes()) {
            let passed = rest.len().saturating_sub(national.len());
            let reading = self.read_code(code, &national, prefix + passed);
            if reading.valid {
                return Some(reading);
            }
        }
        Some(plain)
    }

    /// Reads a national significant number of a calling code.
    fn read_code(&mut self, code: u16, national: &Digits, prefix: usize) -> Reading {
        self.load_code(code);
        let owner = if code == 1 { self.area_owner(national) } else { self.owner(code, national) };
        let plan = owner.and_then(|i| self.international[usize::from(code)].as_ref().and_then(|plans| plans.get(i)));
        Reading {
            code,
            national: national.clone(),
            region: plan.or(self.main_plan(code)).and_then(|plan| plan.region),
            valid: plan.is_some(),
            possible: self.main_plan(code).is_some_and(|plan| plan.has_length(national.len())),
            prefix,
            trunk_missing: false,
        }
    }

    fn owner(&mut self, code: u16, national: &Digits) -> Option<usize> {
        self.load_code(code).iter_mut().position(|plan| plan.has_number(national.as_bytes()))
    }

    /// Finds the North American plan that has a number, by its area code alone where that decides. Area codes are tried with one
    /// exchange of each leading digit: the few that are split are asked for each number.
    fn area_owner(&mut self, national: &Digits) -> Option<usize> {
        let digits = national.as_bytes();
        if digits.len() != 10 || digits[0] < b'2' || digits[3] < b'2' {
            return None;
        }
        match self.area_of(digits) {
            Area::Whole(owner) => Some(usize::from(owner)),
            Area::Partial => self.owner(1, national),
            Area::Absent | Area::Unseen => None,
        }
    }

    /// What is known of the area of a North American number of ten digits.
    #[inline]
    fn area_of(&mut self, number: &[u8]) -> Area {
        let area = number[..3].iter().fold(0, |n, d| n * 10 + usize::from(d - b'0'));
        if self.areas[area] == Area::Unseen {
            self.areas[area] = self.probe_area(number);
        }
        self.areas[area]
    }

    fn probe_area(&mut self, number: &[u8]) -> Area {
        let mut owners = (b'2'..=b'9').map(|lead| {
            let mut probe = *b"0000045678";
            probe[..3].copy_from_slice(&number[..3]);
            probe[3] = lead;
            Digits::from_bytes(&probe).and_then(|digits| self.owner(1, &digits))
        });
        let first = owners.next().flatten();
        match (first, owners.all(|owner| owner == first)) {
            (Some(owner), true) => u8::try_from(owner).map_or(Area::Partial, Area::Whole),
            (None, true) => Area::Absent,
            _ => Area::Partial,
        }
    }

    /// Reads digits as the default regions dial them: the first region that has the number, else the first that could.
    pub fn read_national(&mut self, digits: &Digits) -> Option<(Reading, usize)> {
        let mut possible = None;
        for at in 0..self.national().len() {
            if let Some(reading) = self.read_with(at, digits) {
                if reading.valid {
                    return Some((reading, at));
                }
                possible.get_or_insert((reading, at));
            }
        }
        possible
    }

    /// Reads digits as the default region `at` dials them.
    pub fn read_with(&mut self, at: usize, digits: &Digits) -> Option<Reading> {
        let plan = &mut self.national[at];
        if plan.dialled >> digits.len() & 1 == 0 {
            return None;
        }
        if plan.code == 1 {
            let prefix = usize::from(digits.len() == 11 && digits.as_bytes()[0] == b'1');
            let region = plan.region;
            let mut reading = match prefix {
                0 => self.read_code(1, digits, prefix),
                _ => self.read_code(1, &Digits::from_bytes(&digits.as_bytes()[prefix..])?, prefix),
            };
            if !reading.valid {
                reading.region = region;
            }
            return Some(reading);
        }
        Some(plan.read(digits))
    }

    /// Reads digits as one named region dials them.
    pub fn read_region(&mut self, region: Region, digits: &Digits) -> Option<Reading> {
        if let Some(at) = self.national().iter().position(|plan| plan.region == Some(region)) {
            return self.read_with(at, digits);
        }
        if !self.named.iter().any(|plan| plan.region == Some(region)) {
            self.named.push(Plan::for_region(region)?);
        }
        let plan = self.named.iter_mut().find(|plan| plan.region == Some(region))?;
        (plan.dialled >> digits.len() & 1 == 1).then(|| plan.read(digits))
    }
}

impl Plan {
    fn read(&mut self, digits: &Digits) -> Reading {
        let stripped = self.strip(digits.as_str());
        let national = if self.has_number(stripped.as_bytes()) || !self.has_number(digits.as_bytes()) {
            stripped
        } else {
            Cow::Borrowed(digits.as_str())
        };
        let valid = self.has_number(national.as_bytes());
        let prefix = digits.len().saturating_sub(national.len());
        Reading {
            code: self.code,
            national: Digits::from_bytes(national.as_bytes()).unwrap_or_else(|| digits.clone()),
            region: self.region,
            valid,
            possible: self.has_length(national.len()),
            prefix,
            trunk_missing: self.trunk_written && prefix == 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digits(text: &str) -> Digits {
        Digits::from_bytes(text.as_bytes()).expect("a test number is short")
    }

    #[test]
    fn format_patterns_give_group_lengths() {
        let format = Format::parse("(\\d{2})(\\d{3,4})(\\d{4})").expect("a plain pattern");
        assert!(format.fits(&[2, 4, 4]) && format.fits(&[2, 3, 4]) && !format.fits(&[3, 3, 4]));
        assert!(Format::parse("(\\d)(\\d{4})").is_some());
        assert!(Format::parse("(1|0)(\\d{4})").is_none());
    }

    #[test]
    fn trunk_prefix_is_no_part_of_the_number() {
        let mut plans = Plans::new(&[Region::new(*b"PH").expect("letters")]);
        let (reading, _) = plans.read_national(&digits("09175550123")).expect("a length of the plan");
        assert!(reading.valid);
        assert_eq!((reading.code, reading.national.as_str(), reading.prefix), (63, "9175550123", 1));
    }

    #[test]
    fn trunk_zero_behind_the_calling_code_is_passed_over() {
        let mut plans = Plans::new(&[]);
        let reading = plans.read_international(&digits("4402079460123")).expect("a calling code");
        assert_eq!((reading.valid, reading.national.as_str()), (true, "2079460123"));
    }

    #[test]
    fn unassigned_area_code_is_not_valid() {
        let mut plans = Plans::new(&[]);
        assert!(!plans.read_international(&digits("13425550123")).expect("a calling code").valid);
        assert!(plans.read_international(&digits("14155550123")).expect("a calling code").valid);
    }
}
