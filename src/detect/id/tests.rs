//! Tests over all schemes: what their tables claim holds.

use super::scheme::{Outcome, Scheme};
use super::*;

/// Numbers that only depend on the seed.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }

    /// Characters of a picture's shape.
    fn of(&mut self, picture: &str) -> String {
        let mut one = |class: char| match class {
            '9' => char::from(b'0' + u8::try_from(self.below(10)).expect("a digit")),
            'A' => char::from(b'A' + u8::try_from(self.below(26)).expect("a letter")),
            'X' if self.below(3) > 0 => char::from(b'0' + u8::try_from(self.below(10)).expect("a digit")),
            'X' => char::from(b'A' + u8::try_from(self.below(26)).expect("a letter")),
            other => other,
        };
        picture.chars().map(&mut one).collect()
    }
}

fn compact(text: &str) -> Vec<u8> {
    text.bytes().filter(u8::is_ascii_alphanumeric).collect()
}

/// How many of `count` random texts of a form pass.
fn tries(scheme: &Scheme, picture: &str, random: &mut Random, count: u32) -> u32 {
    let passes = |_: &u32| matches!((scheme.judge)(&compact(&random.of(picture))), Outcome::Passed);
    u32::try_from((0..count).filter(passes).count()).expect("a count")
}

#[test]
fn chance_passes_as_rarely_as_schemes_say() {
    let mut random = Random(2026);
    for scheme in all_schemes().filter(|scheme| scheme.rarity >= 33) {
        for form in scheme.forms {
            // What is fixed in a picture is part of its rarity.
            let free: String = form.picture.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect();
            let passed = tries(scheme, &free, &mut random, 4_000);
            let most = 4_000.0 * 0.5_f64.powf(f64::from(scheme.rarity) / 10.0) * 1.6 + 12.0;
            // That letters stand where they do is worth some bits.
            let letters = if form.picture.contains(['A', 'X']) { 16.0 } else { 1.0 };
            assert!(f64::from(passed) <= most * letters, "{:?} {}: {passed} of 4000, {most} at most", scheme.check, form.picture);
        }
    }
}

#[test]
fn every_check_has_one_scheme_or_is_read_otherwise() {
    let mut checks: Vec<String> = all_schemes().map(|scheme| format!("{:?}", scheme.check)).collect();
    let count = checks.len();
    checks.sort();
    checks.dedup();
    assert_eq!(checks.len(), count);
    for scheme in all_schemes() {
        assert!(!scheme.forms.is_empty());
        for form in scheme.forms {
            assert!(form.picture.len() < MOST && form.picture.is_ascii(), "{}", form.picture);
            assert!(
                form.picture.bytes().all(|b| b.is_ascii_digit() || b == b'A' || b == b'X' || b" -./()+:".contains(&b)),
                "{}",
                form.picture
            );
        }
    }
}

#[test]
fn any_characters_of_a_form_are_judged() {
    let mut random = Random(7);
    for scheme in all_schemes() {
        for form in scheme.forms {
            for _ in 0..300 {
                let _ = (scheme.judge)(&compact(&random.of(form.picture)));
            }
            for filler in ["0", "9"] {
                let text = form.picture.replace(['9', 'X'], filler);
                let _ = (scheme.judge)(&compact(&text));
                let _ = (scheme.judge)(&compact(&text.replace('A', "Z")));
            }
        }
    }
}
