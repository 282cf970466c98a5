//! Long numbers of devices and bank accounts whose check digits or structure speak for them: IMEI, ICCID, accounts of
//! countries that write them in groups.
//!
//! In come the digit groups of a run, out go candidates. What has ten digits and no structure is looked for behind labels
//! alone.

use std::ops::Range;

use crate::detect::check::{bank, luhn, named};
use crate::model::{Candidate, Region, RuleIndex, Signal, Signals, Verdict};
use crate::pattern::Matcher;

/// Digits below which none of these begins.
pub(super) const LEAST: usize = 11;
/// Most digits of one number.
const MOST: usize = 22;

/// Digits of neighbouring groups.
struct Digits {
    values: [u8; MOST],
    len: usize,
}

impl Digits {
    fn of(text: &[u8], groups: &[Range<usize>]) -> Option<Self> {
        let mut out = Self { values: [0; MOST], len: 0 };
        for byte in groups.iter().flat_map(|group| &text[group.clone()]) {
            *out.values.get_mut(out.len)? = byte.wrapping_sub(b'0');
            out.len += 1;
        }
        Some(out)
    }

    fn as_slice(&self) -> &[u8] {
        &self.values[..self.len]
    }
}

/// Finds numbers of one kind among the groups of a run.
pub(super) fn find(text: &[u8], groups: &[Range<usize>], kind: Matcher, rule: RuleIndex, out: &mut Vec<Candidate>) {
    let mut i = 0;
    while i < groups.len() {
        let found = match kind {
            Matcher::Imei => imei(text, &groups[i..]),
            Matcher::Iccid => iccid(text, &groups[i..]),
            _ => account(text, &groups[i..], i == 0),
        };
        let Some((count, mut signals, region)) = found else {
            i += 1;
            continue;
        };
        let span = groups[i].start..groups[i + count - 1].end;
        if stands_alone(text, &span) {
            if count > 1 {
                signals.add(Signal::Grouping, 10);
            }
            out.push(Candidate { rule, span, verdict: Verdict::Passed, region, signals });
        }
        i += count;
    }
}

type Found = Option<(usize, Signals, Option<Region>)>;

/// 15 digits, or 2-6-6-1 as they are printed.
fn imei(text: &[u8], groups: &[Range<usize>]) -> Found {
    let count = match lengths(groups) {
        [15, ..] => 1,
        [2, 6, 6, 1, ..] if joints(text, &groups[..4])? != b'.' => 4,
        _ => return None,
    };
    let digits = Digits::of(text, &groups[..count])?;
    let mut signals = Signals::default();
    signals.add(Signal::Checksum, 10);
    signals.add(Signal::Issuer, 12);
    (named::is_imei(digits.as_slice()) && varies(digits.as_slice())).then_some((count, signals, None))
}

/// 19 or 20 digits that begin with 89, the code of telecommunications (ITU-T E.118), together or in fours.
fn iccid(text: &[u8], groups: &[Range<usize>]) -> Found {
    let count = match lengths(groups) {
        [19 | 20, ..] => 1,
        [4, 4, 4, 4, 3 | 4, ..] => 5,
        [6, 4, 4, 5 | 6, ..] => 4,
        _ => return None,
    };
    if !text[groups[0].clone()].starts_with(b"89") || count > 1 && joints(text, &groups[..count]).is_none() {
        return None;
    }
    let digits = Digits::of(text, &groups[..count])?;
    let mut signals = Signals::default();
    signals.add(Signal::Checksum, 10);
    signals.add(Signal::Issuer, 15);
    // A country's calling code does not begin with 0.
    (digits.values[2] != 0 && luhn::passes(digits.as_slice())).then_some((count, signals, None))
}

/// Accounts that are written in a form of their own: Argentina, New Zealand, the Czech Republic, Norway.
fn account(text: &[u8], groups: &[Range<usize>], begins: bool) -> Found {
    let (count, checksum, region) = match lengths(groups) {
        [2, 3 | 4, 7, 1..=3, ..] if new_zealand(text, &groups[..4])? => (4, 20, *b"NZ"),
        [6, 7, 2 | 3, ..] if new_zealand_joined(text, &groups[..3])? => (3, 20, *b"NZ"),
        [4, 2, 5, ..] if norway(text, &groups[..3])? => (3, 12, *b"NO"),
        [22, ..] if bank::cbu(Digits::of(text, &groups[..1])?.as_slice()) => (1, 20, *b"AR"),
        _ if begins && argentina(text, groups).unwrap_or(false) => (groups.len(), 20, *b"AR"),
        _ => {
            let count = czech(text, groups)?;
            (count, 20, *b"CZ")
        }
    };
    let mut signals = Signals::default();
    signals.add(Signal::Checksum, checksum);
    Some((count, signals, Region::new(region)))
}

fn new_zealand(text: &[u8], groups: &[Range<usize>]) -> Option<bool> {
    joints(text, groups).filter(|joint| *joint != b'.')?;
    let [bank, branch, base, suffix] = [0, 1, 2, 3].map(|i| number(&text[groups[i].clone()]));
    Some(bank::new_zealand(bank?, branch?, base?, suffix?))
}

/// Bank and branch written as one.
fn new_zealand_joined(text: &[u8], groups: &[Range<usize>]) -> Option<bool> {
    joints(text, groups).filter(|joint| *joint != b'.')?;
    let [both, base, suffix] = [0, 1, 2].map(|i| number(&text[groups[i].clone()]));
    Some(bank::new_zealand(both? / 10_000, both? % 10_000, base?, suffix?))
}

/// Eleven digits, 4-2-5; weights 5, 4, 3, 2, 7, 6, 5, 4, 3, 2 and modulus 11 (Finance Norway, "Kontonummer").
fn norway(text: &[u8], groups: &[Range<usize>]) -> Option<bool> {
    joints(text, groups)?;
    let digits = Digits::of(text, groups)?;
    let sum: u32 = digits.as_slice().iter().zip([5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]).map(|(d, w)| u32::from(*d) * w).sum();
    Some(sum.is_multiple_of(11) && varies(digits.as_slice()))
}

/// A run that is a CBU, however it is divided.
fn argentina(text: &[u8], groups: &[Range<usize>]) -> Option<bool> {
    let length: usize = groups.iter().map(ExactSizeIterator::len).sum();
    Some(length == MOST && groups.len() > 1 && bank::cbu(Digits::of(text, groups)?.as_slice()))
}

/// Codes of banks in the Czech Republic: Czech National Bank, "Číselník kódů platebního styku".
#[rustfmt::skip]
static CZECH_BANKS: [u16; 54] = [
    100, 300, 600, 710, 800, 2010, 2060, 2070, 2100, 2200, 2220, 2250, 2260, 2275, 2600, 2700, 3030, 3050, 3060, 3500, 4000, 4300, 5500, 5800, 6000, 6100,
    6200, 6210, 6300, 6363, 6700, 6800, 7910, 7950, 7960, 7970, 7990, 8030, 8040, 8060, 8090, 8150, 8190, 8198, 8200, 8220, 8230, 8240, 8250, 8255, 8265,
    8270, 8280, 8500,
];

/// `[prefix-]number/bank`, each part with a check of its own (Decree 169/2011 of the Czech National Bank).
fn czech(text: &[u8], groups: &[Range<usize>]) -> Option<usize> {
    let gap = |i: usize| &text[groups[i].end..groups[i + 1].start];
    let parts = match groups {
        [prefix, _, _, ..] if prefix.len() <= 6 && gap(0) == b"-" && gap(1) == b"/" => 3,
        [_, _, ..] if gap(0) == b"/" => 2,
        _ => return None,
    };
    let body = &groups[parts - 2];
    let bank = &groups[parts - 1];
    if !(2..=10).contains(&body.len()) || bank.len() != 4 || body.len() < 6 && parts == 2 {
        return None;
    }
    let right = |part: &Range<usize>| {
        let digits = text[part.clone()].iter().rev().map(|b| u32::from(b - b'0'));
        digits.zip([1, 2, 4, 8, 5, 10, 9, 7, 3, 6]).map(|(d, w)| d * w).sum::<u32>().is_multiple_of(11)
    };
    let known = CZECH_BANKS.binary_search(&u16::try_from(number(&text[bank.clone()])?).ok()?).is_ok();
    (known && groups[..parts - 1].iter().all(right)).then_some(parts)
}

/// Lengths of the first groups; 0 where there is none.
fn lengths(groups: &[Range<usize>]) -> [usize; 6] {
    std::array::from_fn(|i| groups.get(i).map_or(0, ExactSizeIterator::len))
}

/// The one separator of all groups: a space, a dash or a dot.
fn joints(text: &[u8], groups: &[Range<usize>]) -> Option<u8> {
    let mut all = groups.windows(2).map(|pair| match &text[pair[0].end..pair[1].start] {
        [b' '] | [0xC2, 0xA0] => Some(b' '),
        [b'-'] | [0xE2, 0x80, 0x90..=0x95] => Some(b'-'),
        [b'.'] => Some(b'.'),
        _ => None,
    });
    let first = all.next()??;
    let rest = all.next().unwrap_or(Some(first))?;
    // `12-3456 7890123-00`: two kinds are written too, by hand.
    all.all(|joint| joint.is_some()).then_some(if first == rest { first } else { b'-' })
}

fn number(digits: &[u8]) -> Option<u32> {
    (digits.len() <= 9).then(|| digits.iter().fold(0, |n, b| n * 10 + u32::from(b.wrapping_sub(b'0'))))
}

fn varies(digits: &[u8]) -> bool {
    digits.windows(2).any(|pair| pair[0] != pair[1])
}

/// Whether nothing touches a number that would make it a part of something else.
fn stands_alone(text: &[u8], span: &Range<usize>) -> bool {
    let before = text[..span.start].last().copied().unwrap_or(b' ');
    let escaped = matches!(text[..span.start], [.., b'\\', b'n' | b't' | b'r']);
    let open = !before.is_ascii_alphanumeric() && !matches!(before, b'_' | b'.' | b'-' | b'+' | b'/');
    let after = text.get(span.end).copied().unwrap_or(b' ');
    let beyond = text.get(span.end + 1).copied().unwrap_or(b' ');
    let closed =
        !after.is_ascii_alphanumeric() && after != b'_' && !(matches!(after, b'-' | b'.' | b'/') && beyond.is_ascii_alphanumeric());
    (open || escaped) && closed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::groups::groups;

    fn found(kind: Matcher, text: &str) -> Vec<&str> {
        let mut out = Vec::new();
        find(text.as_bytes(), &groups(text.as_bytes()), kind, 0, &mut out);
        out.iter().map(|c| &text[c.span.clone()]).collect()
    }

    #[test]
    fn finds_numbers_of_devices() {
        for imei in ["490154203237518", "49-015420-323751-8", "49 015420 323751 8"] {
            assert_eq!(found(Matcher::Imei, &format!("imei={imei},")), [imei]);
        }
        for other in ["490154203237519", "100154203237518", "4901542032375180", "x490154203237518", "1.490154203237518", "000000000000000"]
        {
            assert_eq!(found(Matcher::Imei, other), [""; 0], "{other}");
        }
        assert_eq!(found(Matcher::Iccid, "sim 8944110068900000014"), ["8944110068900000014"]);
        assert_eq!(found(Matcher::Iccid, "8944110068900000013"), [""; 0]);
    }

    #[test]
    fn finds_accounts_that_have_a_form() {
        for account in [
            "2850590940090418135201",
            "28505909 40090418135201",
            "2850590-9-4009041813520-1",
            "01-902-0068389-00",
            "08-6523-1954512-001",
            "26 2600 0320871 032",
            "19-2000145399/0800",
        ] {
            assert_eq!(found(Matcher::Account, &format!("to {account}.")), [account]);
        }
        for other in [
            "2850590940090418135202",
            "01-902-0068388-00",
            "9269640/4678919",
            "12/03/2026",
            "2026-03-01 12",
            "19-2000145398/0800",
            "1234567/0800",
        ] {
            assert_eq!(found(Matcher::Account, other), [""; 0], "{other}");
        }
    }

    #[test]
    fn survives_arbitrary_groups() {
        let mut state = 9_u64;
        let text: Vec<u8> = (0..30_000)
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                b"01234567899898 -./\xe2\x80\x93a"[(state >> 33) as usize % 22]
            })
            .collect();
        for kind in [Matcher::Imei, Matcher::Iccid, Matcher::Account] {
            find(&text, &groups(&text), kind, 0, &mut Vec::new());
        }
    }
}
