//! What `--fail-on` says: `likely`, `credit_card>=possible,user.contact>=likely`, `email>=likely:count>=10`.

use std::collections::BTreeSet;

use crate::model::{Error, ErrorKind, Likelihood, Result, Sensitivity, nearest};
use crate::pattern::RuleSet;
use crate::policy::is_within;
use crate::report::Found;

/// Formats that hold no records of a dataset: source code and prose, where addresses of authors are at home.
const PROSE: [&str; 1] = ["text"];
/// Endings of names that say what a file is, also where too little stands in it to tell: one row below a header reads as text.
const DATA: [&str; 8] = ["csv", "tsv", "psv", "tab", "ndjson", "jsonl", "sql", "vcf"];

/// Whether a file is source code or prose.
fn is_prose(format: &str, path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let ending = name.split('.').skip(1).filter(|part| !["gz", "zst", "bz2", "xz"].contains(part)).last().unwrap_or("");
    PROSE.contains(&format) && !DATA.iter().any(|data| ending.eq_ignore_ascii_case(data))
}

/// Names that a condition may have.
pub struct Names {
    entities: BTreeSet<String>,
    /// With those above them.
    categories: BTreeSet<String>,
}

impl Names {
    /// Those of rules.
    #[must_use]
    pub fn of(rules: &RuleSet) -> Self {
        let mut names = Self { entities: BTreeSet::new(), categories: BTreeSet::new() };
        for rule in rules.rules() {
            names.entities.insert(rule.entity.to_string());
            let category: &str = &rule.category;
            let ends = category.match_indices('.').map(|(at, _)| at).chain([category.len()]);
            names.categories.extend(ends.map(|end| category[..end].to_owned()));
        }
        names
    }

    fn all(&self) -> impl Iterator<Item = &str> {
        let levels = Likelihood::ALL.iter().map(|level| level.name());
        self.entities.iter().chain(&self.categories).map(String::as_str).chain(SENSITIVITIES.iter().map(|s| s.name())).chain(levels)
    }
}

const SENSITIVITIES: [Sensitivity; 4] = [Sensitivity::Low, Sensitivity::Medium, Sensitivity::High, Sensitivity::Prohibited];

/// What a condition is about.
#[derive(Clone, Debug, PartialEq, Eq)]
enum What {
    Anything,
    Entity(String),
    Category(String),
    Sensitivity(String),
}

/// A condition that fails the gate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    what: What,
    at_least: Likelihood,
    /// So many findings fail, fewer do not.
    pub count: u64,
    /// Whether source code and prose pass.
    data_only: bool,
    /// Whether what does little harm passes: card numbers that are cut, codes of banks.
    spares_low: bool,
    /// As people are told it.
    pub shown: String,
}

impl Condition {
    /// Says whether a finding is one that it is about.
    #[must_use]
    pub fn holds(&self, found: &Found) -> bool {
        let kind = [&*found.entity, &*found.category, &*found.sensitivity];
        found.likelihood >= self.at_least && self.is_about(kind, is_prose(&found.format, found.member.as_ref().unwrap_or(&found.path)))
    }

    /// Whether it is about what is of an entity, category and sensitivity.
    fn is_about(&self, [entity, category, sensitivity]: [&str; 3], in_prose: bool) -> bool {
        let named = match &self.what {
            What::Anything => true,
            What::Entity(name) => name == entity,
            What::Category(name) => is_within(category, name),
            What::Sensitivity(name) => name == sensitivity,
        };
        let is_spared = self.data_only && in_prose || self.spares_low && sensitivity == Sensitivity::Low.name();
        named && !is_spared
    }
}

/// The conditions where none are given.
#[must_use]
pub fn defaults() -> Vec<Condition> {
    let of = |what: What, at_least: Likelihood, data_only: bool, shown: &str| Condition {
        what,
        at_least,
        count: 1,
        data_only,
        spares_low: true,
        shown: shown.to_owned(),
    };
    let category = |name: &str| What::Category(name.to_owned());
    let prohibited = What::Sensitivity(Sensitivity::Prohibited.name().to_owned());
    vec![
        of(prohibited, Likelihood::Possible, false, "prohibited>=possible"),
        of(category("user.financial"), Likelihood::Likely, false, "user.financial>=likely"),
        of(category("user.government_id"), Likelihood::Likely, false, "user.government_id>=likely"),
        of(category("user.contact"), Likelihood::Likely, true, "user.contact>=likely in data files"),
    ]
}

/// Reads conditions, separated by commas.
///
/// # Errors
/// `Usage`, with the place, where one is not of the form.
pub fn parse(text: &str, names: &Names) -> Result<Vec<Condition>> {
    let mut at = 0;
    let mut out = Vec::new();
    for part in text.split(',') {
        out.push(one(part, names).map_err(|(offset, what, hint)| {
            let place = text[..at + offset].chars().count() + 1;
            let error = Error::new(ErrorKind::Usage, format!("--fail-on: at character {place}: {what}"));
            hint.map_or_else(|| Error::new(ErrorKind::Usage, format!("--fail-on: at character {place}: {what}")), |hint| error.hint(hint))
        })?);
        at += part.len() + 1;
    }
    Ok(out)
}

type Wrong = (usize, String, Option<String>);

const FORM: &str = "expected NAME>=LEVEL, LEVEL or NAME>=LEVEL:count>=N, such as credit_card>=possible,email>=likely:count>=10";

fn one(part: &str, names: &Names) -> Result<Condition, Wrong> {
    let lead = part.len() - part.trim_start().len();
    let (head, tail) = part.trim().split_once(':').map_or((part.trim(), None), |(head, tail)| (head, Some(tail)));
    if head.is_empty() {
        return Err((lead, FORM.to_owned(), None));
    }
    let count = match tail {
        None => 1,
        Some(tail) => {
            let digits = tail.strip_prefix("count>=").and_then(|digits| digits.parse().ok()).filter(|n| *n > 0);
            digits.ok_or_else(|| (lead + head.len() + 1, "expected count>= and a number of 1 or more".to_owned(), None))?
        }
    };
    let shown = part.trim().to_owned();
    if let Ok(at_least) = head.parse() {
        return Ok(Condition { what: What::Anything, at_least, count, data_only: false, spares_low: false, shown });
    }
    let (name, level) = head.split_once(">=").map_or((head, None), |(name, level)| (name.trim_end(), Some(level)));
    let what = named(name, names).ok_or_else(|| {
        let near = nearest(name, names.all()).map(|near| format!("did you mean {near}?"));
        (lead, format!("no entity, category, sensitivity or level is called `{name}`"), near.or_else(|| Some(FORM.to_owned())))
    })?;
    let at_least = match level {
        None => Likelihood::Likely,
        Some(level) => level.trim().parse().map_err(|expected: String| {
            let near = nearest(level.trim(), Likelihood::ALL.iter().map(|level| level.name())).map(|near| format!("did you mean {near}?"));
            (lead + head.len() - level.len(), expected, near)
        })?,
    };
    Ok(Condition { what, at_least, count, data_only: false, spares_low: false, shown })
}

fn named(name: &str, names: &Names) -> Option<What> {
    let own = name.to_owned();
    match () {
        () if names.entities.contains(name) => Some(What::Entity(own)),
        () if names.categories.contains(name) => Some(What::Category(own)),
        () if SENSITIVITIES.iter().any(|sensitivity| sensitivity.name() == name) => Some(What::Sensitivity(own)),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> String {
        let names = Names::of(&RuleSet::load(&[], &[]).unwrap());
        match parse(text, &names) {
            Ok(conditions) => {
                let all = conditions.iter().map(|c| format!("{:?} {} {}", c.what, c.at_least, c.count));
                all.collect::<Vec<_>>().join("; ")
            }
            Err(error) => format!("{error} ({})", error.advice().unwrap_or("")),
        }
    }

    #[test]
    fn reads_conditions() {
        assert_eq!(said("likely"), "Anything likely 1");
        assert_eq!(
            said("credit_card>=possible, user.contact>=likely,prohibited>=unlikely"),
            "Entity(\"credit_card\") possible 1; Category(\"user.contact\") likely 1; Sensitivity(\"prohibited\") unlikely 1"
        );
        assert_eq!(said("email>=likely:count>=10,phone"), "Entity(\"email\") likely 10; Entity(\"phone\") likely 1");
    }

    #[test]
    fn a_name_says_that_a_file_is_data() {
        for (format, path, prose) in [
            ("text", "a/b.csv", false),
            ("text", "a/B.TSV.gz", false),
            ("text", "README.md", true),
            ("text", "csv", true),
            ("text", "a.csv/main.rs", true),
            ("csv", "README", false),
        ] {
            assert_eq!(is_prose(format, path), prose, "{path}");
        }
    }

    #[test]
    fn by_default_what_does_little_harm_passes() {
        let (card, cut) = (["credit_card", "user.financial.credit_card", "high"], ["card_truncated", "user.financial.credit_card", "low"]);
        let fails = |kind: [&str; 3]| defaults().iter().any(|condition| condition.is_about(kind, false));
        assert!(fails(card) && !fails(cut));
        let names = Names::of(&RuleSet::load(&[], &[]).unwrap());
        assert!(parse("user.financial>=likely", &names).unwrap()[0].is_about(cut, false));
    }

    #[test]
    fn says_where_a_condition_is_wrong_and_what_was_meant() {
        assert_eq!(
            said("email>=likely,crdit_card>=likely"),
            "--fail-on: at character 15: no entity, category, sensitivity or level is called `crdit_card` (did you mean credit_card?)"
        );
        assert!(said("email>=likly").contains("at character 8:") && said("email>=likly").ends_with("(did you mean likely?)"));
        assert!(said("email>=likely:count>=0").starts_with("--fail-on: at character 15: expected count"));
        assert!(said("email,").starts_with("--fail-on: at character 7: expected NAME"));
        assert!(said("").starts_with("--fail-on: at character 1: expected NAME"));
    }
}
