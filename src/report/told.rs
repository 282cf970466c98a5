//! What a report tells: the findings of a run, one by one, and the places that they stand in.

use std::collections::HashMap;
use std::path::Path;

use super::html::PageOf;
use crate::model::{Likelihood, Result, Sensitivity, plain};
use crate::pattern::RuleSet;
use crate::run_folder::{Rows, RunFolder, Table};

/// Findings up to which each is kept; of more only the first of a place.
const MOST_SPOTS: usize = 5_000;
/// Places that are kept; of more they are counted.
const MOST_PLACES: usize = 20_000;

/// Columns of `findings` that a report reads.
const NAMES: [&str; 25] = [
    "finding_id", "uri", "path", "member", "entity", "category", "sensitivity", "rule", "rule_version", "confidence", "likelihood",
    "region", "format", "record", "line", "byte_start", "byte_end", "table_name", "column_name", "pointer", "value_token", "preview",
    "dataset", "owner", "object_id",
];

/// A finding, as reports tell it.
#[derive(Clone, Debug)]
pub struct Found {
    /// Its id.
    pub finding_id: String,
    /// The leaf.
    pub object_id: String,
    /// The file, as it was opened.
    pub uri: String,
    /// Path below the root.
    pub path: String,
    /// Path inside a container.
    pub member: Option<String>,
    /// Entity.
    pub entity: String,
    /// Category.
    pub category: String,
    /// Harm of a leak.
    pub sensitivity: String,
    /// Rule.
    pub rule: String,
    /// Its version.
    pub rule_version: i64,
    /// Score, 0–1.
    pub confidence: f32,
    /// Level of the score.
    pub likelihood: Likelihood,
    /// Country.
    pub region: Option<String>,
    /// How the leaf was read.
    pub format: String,
    /// Ordinal of the record.
    pub record: Option<i64>,
    /// Line.
    pub line: Option<i64>,
    /// Span in the decoded leaf.
    pub bytes: Option<(i64, i64)>,
    /// Table.
    pub table: Option<String>,
    /// Column or key.
    pub column: Option<String>,
    /// Pointer.
    pub pointer: Option<String>,
    /// Token of the value.
    pub value_token: Option<String>,
    /// Masked value.
    pub preview: Option<String>,
    /// Dataset of the scan's policy.
    pub dataset: Option<String>,
    /// Its owner.
    pub owner: Option<String>,
}

impl Found {
    fn read(rows: &Rows<'_>, row: usize) -> Result<Self> {
        let may = |name: &str| rows.text(name, row);
        let text = |name: &str| may(name).map(Option::unwrap_or_default);
        Ok(Self {
            finding_id: text("finding_id")?,
            object_id: text("object_id")?,
            uri: text("uri")?,
            path: text("path")?,
            member: may("member")?,
            entity: text("entity")?,
            category: text("category")?,
            sensitivity: text("sensitivity")?,
            rule: text("rule")?,
            rule_version: rows.long("rule_version", row)?.unwrap_or(0),
            confidence: rows.fraction("confidence", row)?.unwrap_or(0.0),
            // A level of a later version counts as the highest: nothing passes for being unknown.
            likelihood: text("likelihood")?.parse().unwrap_or(Likelihood::VeryLikely),
            region: may("region")?,
            format: text("format")?,
            record: rows.long("record", row)?,
            line: rows.long("line", row)?,
            bytes: rows.long("byte_start", row)?.zip(rows.long("byte_end", row)?),
            table: may("table_name")?,
            column: may("column_name")?,
            pointer: may("pointer")?,
            value_token: may("value_token")?,
            preview: may("preview")?,
            dataset: may("dataset")?,
            owner: may("owner")?,
        })
    }

    /// The path with the member, as policies have it.
    #[must_use]
    pub fn place(&self) -> String {
        self.member.as_ref().map_or_else(|| self.path.clone(), |member| format!("{}!{member}", self.path))
    }
}

/// A run that is told of.
pub struct Told<'a> {
    /// The run.
    pub run: &'a RunFolder,
    /// What is known of its rules.
    pub rules: &'a RuleSet,
    /// The folder that paths are told from.
    pub base: &'a Path,
    /// What a page is made of besides; none where none is made.
    pub page: Option<&'a PageOf<'a>>,
}

impl Told<'_> {
    /// Goes through the findings, one at a time.
    ///
    /// # Errors
    /// `Run` where they cannot be read; what `each` says.
    pub fn each(&self, each: &mut dyn FnMut(Found) -> Result<()>) -> Result<()> {
        self.run.each(Table::Findings, &NAMES, &mut |rows, row| each(Found::read(rows, row)?))
    }

    /// Gathers the places of all findings.
    ///
    /// # Errors
    /// `Run` where they cannot be read.
    pub fn places(&self) -> Result<Places> {
        let mut places = Places::default();
        self.each(&mut |found| {
            places.add(&found, self.base);
            Ok(())
        })?;
        Ok(places.sorted())
    }

    /// Objects that failed or were read in part, with status and reason; at most so many, and how many there are.
    ///
    /// # Errors
    /// `Run` where they cannot be read.
    pub fn gaps(&self, most: usize) -> Result<(Vec<Gap>, u64)> {
        let (mut gaps, mut all) = (Vec::new(), 0);
        self.run.each(Table::Objects, &["path", "member", "status", "reason"], &mut |rows, row| {
            let status = rows.text("status", row)?.unwrap_or_default();
            if status != "failed" && status != "partial" {
                return Ok(());
            }
            all += 1;
            if gaps.len() < most {
                let path = rows.text("path", row)?.unwrap_or_default();
                let path = rows.word("member", row)?.map_or_else(|| path.clone(), |member| format!("{path}!{member}"));
                gaps.push(Gap { path, status, reason: rows.text("reason", row)?.unwrap_or_default() });
            }
            Ok(())
        })?;
        gaps.sort_by(|a, b| a.path.cmp(&b.path));
        Ok((gaps, all))
    }
}

/// An object that was not read in full.
#[derive(Clone, Debug)]
pub struct Gap {
    /// Its path, with the member.
    pub path: String,
    /// `failed` or `partial`.
    pub status: String,
    /// Why.
    pub reason: String,
}

/// Findings of one rule in one column, or in a leaf without columns.
#[derive(Clone, Debug)]
pub struct Place {
    /// The file, from the base where it lies below it, with `/`.
    pub file: String,
    /// Path below the root.
    pub path: String,
    /// Path inside a container.
    pub member: Option<String>,
    /// Table.
    pub table: Option<String>,
    /// Column or key.
    pub column: Option<String>,
    /// Rule.
    pub rule: String,
    /// Entity.
    pub entity: String,
    /// Category.
    pub category: String,
    /// Harm of a leak.
    pub sensitivity: String,
    /// Highest level.
    pub likelihood: Likelihood,
    /// Why it fails a gate; empty in reports.
    pub why: String,
    /// Findings.
    pub count: u64,
    /// Some of them, at least the first.
    pub spots: Vec<Spot>,
}

/// Where one finding is.
#[derive(Clone, Debug)]
pub struct Spot {
    /// Its id.
    pub finding_id: String,
    /// Line.
    pub line: Option<i64>,
    /// Ordinal of the record.
    pub record: Option<i64>,
    /// Span in the decoded leaf.
    pub bytes: Option<(i64, i64)>,
    /// Masked value.
    pub preview: Option<String>,
}

/// How loud a place is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Loudness {
    /// Worth a note.
    Note,
    /// A warning.
    Warning,
    /// An error.
    Error,
}

impl Place {
    /// How loud it is told: by harm, and less where it is only possible.
    #[must_use]
    pub fn loudness(&self) -> Loudness {
        match (self.sensitivity.as_str(), self.likelihood >= Likelihood::Likely) {
            (s, _) if s == Sensitivity::Prohibited.name() => Loudness::Error,
            (s, true) if s == Sensitivity::High.name() => Loudness::Error,
            (s, false) if s == Sensitivity::High.name() => Loudness::Warning,
            (s, true) if s == Sensitivity::Medium.name() => Loudness::Warning,
            _ => Loudness::Note,
        }
    }

    /// The file with the member.
    #[must_use]
    pub fn shown(&self) -> String {
        plain(&self.member.as_ref().map_or_else(|| self.file.clone(), |member| format!("{}!{member}", self.file)))
    }

    /// Table and column, with a dot between; none where there are none.
    #[must_use]
    pub fn column_shown(&self) -> Option<String> {
        let names = [&self.table, &self.column].into_iter().flatten().map(|name| plain(name)).collect::<Vec<_>>();
        (!names.is_empty()).then(|| names.join("."))
    }

    /// What it is, in a sentence without its place: `12 findings of email (likely) in column x`.
    #[must_use]
    pub fn sentence(&self) -> String {
        format!("{} {} of {}", self.count, if self.count == 1 { "finding" } else { "findings" }, self.one())
    }

    /// What one of its findings is: `email (likely) in column x`.
    #[must_use]
    pub fn one(&self) -> String {
        let column = self.column_shown().map_or(String::new(), |column| format!(" in column {column}"));
        let why = if self.why.is_empty() { String::new() } else { format!(": {}", plain(&self.why)) };
        format!("{} ({}){column}{why}", plain(&self.entity), self.likelihood)
    }

    /// A name of the place that no value is part of, in hex; `nth` tells the results of a place apart.
    #[must_use]
    pub fn fingerprint(&self, nth: usize) -> String {
        let mut hasher = blake3::Hasher::new();
        let parts = [Some(&self.rule), Some(&self.path), self.member.as_ref(), self.table.as_ref(), self.column.as_ref(), Some(&self.why)];
        for part in parts {
            let part = part.map_or("", String::as_str);
            hasher.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes());
        }
        hasher.update(&(nth as u64).to_le_bytes());
        hasher.finalize().to_hex()[..32].to_owned()
    }
}

/// The places of findings, as many as are kept.
#[derive(Default)]
pub struct Places {
    /// The places.
    pub places: Vec<Place>,
    by_key: HashMap<[u8; 16], usize>,
    /// All findings.
    pub findings: u64,
    /// Of them, those of places that are not kept.
    pub beyond: u64,
    spots: usize,
}

impl Places {
    /// Adds a finding.
    pub fn add(&mut self, found: &Found, base: &Path) {
        self.add_for(found, base, "");
    }

    /// Adds a finding, with the reason for which it fails.
    pub fn add_for(&mut self, found: &Found, base: &Path, why: &str) {
        self.findings += 1;
        let key = key(found, why);
        let index = match self.by_key.get(&key) {
            Some(index) => *index,
            None if self.places.len() >= MOST_PLACES => {
                self.beyond += 1;
                return;
            }
            None => {
                self.by_key.insert(key, self.places.len());
                self.places.push(Place {
                    file: file(&found.uri, &found.path, base),
                    path: found.path.clone(),
                    member: found.member.clone(),
                    table: found.table.clone(),
                    column: found.column.clone(),
                    rule: found.rule.clone(),
                    entity: found.entity.clone(),
                    category: found.category.clone(),
                    sensitivity: found.sensitivity.clone(),
                    likelihood: found.likelihood,
                    why: why.to_owned(),
                    count: 0,
                    spots: Vec::new(),
                });
                self.places.len() - 1
            }
        };
        let place = &mut self.places[index];
        place.count += 1;
        place.likelihood = place.likelihood.max(found.likelihood);
        if place.spots.is_empty() || self.spots < MOST_SPOTS {
            self.spots += 1;
            place.spots.push(Spot {
                finding_id: found.finding_id.clone(),
                line: found.line,
                record: found.record,
                bytes: found.bytes,
                preview: found.preview.clone(),
            });
        }
    }

    /// Whether each finding has a spot.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.findings <= MOST_SPOTS as u64
    }

    /// Brings the places into the order of files, lines and rules. Where there are more findings than are kept, a place has its first
    /// one alone, so that what is told does not hang on the order of the files.
    #[must_use]
    pub fn sorted(mut self) -> Self {
        if !self.is_whole() {
            self.places.iter_mut().for_each(|place| place.spots.truncate(1));
        }
        let first = |place: &Place| place.spots.first().map(|spot| (spot.line, spot.record, spot.bytes));
        self.places.sort_by(|a, b| {
            let names = |place: &Place| (place.file.clone(), place.member.clone());
            let rest = |place: &Place| (place.table.clone(), place.column.clone(), place.rule.clone(), place.why.clone());
            names(a).cmp(&names(b)).then_with(|| first(a).cmp(&first(b))).then_with(|| rest(a).cmp(&rest(b)))
        });
        self.by_key.clear();
        self
    }

    /// Takes the places of others in.
    pub fn join(&mut self, others: Self) {
        self.findings += others.findings;
        self.beyond += others.beyond;
        self.spots += others.spots;
        self.places.extend(others.places);
    }
}

fn key(found: &Found, why: &str) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new();
    let parts = [Some(found.object_id.as_str()), Some(&found.rule), found.table.as_deref(), found.column.as_deref(), Some(why)];
    for part in parts {
        let part = part.map_or((u64::MAX, ""), |part| (part.len() as u64, part));
        hasher.update(&part.0.to_le_bytes()).update(part.1.as_bytes());
    }
    let mut out = [0; 16];
    out.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    out
}

/// The file of a finding as a path from the base, with `/`; below no base, as the run has it.
fn file(uri: &str, path: &str, base: &Path) -> String {
    let opened = Path::new(uri);
    let below = if opened.is_absolute() { opened.strip_prefix(base).ok() } else { Some(opened) };
    let parts = below.map(|below| below.components().collect::<Vec<_>>()).unwrap_or_default();
    let leaves = parts.iter().any(|part| !matches!(part, std::path::Component::Normal(_) | std::path::Component::CurDir));
    if leaves || parts.is_empty() {
        return path.to_owned();
    }
    let names = parts.iter().filter_map(|part| match part {
        std::path::Component::Normal(name) => Some(name.to_string_lossy()),
        _ => None,
    });
    names.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_told_from_the_base() {
        let of = |uri: &str| file(uri, "in/x", Path::new("/work"));
        assert_eq!(of("a/b.csv"), "a/b.csv");
        assert_eq!(of("./a//b.csv"), "a/b.csv");
        assert_eq!(of("/work/a/b.csv"), "a/b.csv");
        assert_eq!(of("/srv/b.csv"), "in/x");
        assert_eq!(of("../b.csv"), "in/x");
    }
}
