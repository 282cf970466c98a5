//! What `scan.json` says, as far as plans, reports and the gate ask.

use std::collections::BTreeMap;

use serde::Deserialize;

/// A scan, as it describes itself.
#[derive(Debug, Deserialize)]
pub struct Facts {
    /// `complete` or `partial`.
    pub status: String,
    /// Random name of the run.
    pub scan_id: String,
    /// Version of datatrawl that made it.
    #[serde(default)]
    pub tool_version: String,
    /// Public name of the key.
    pub key_id: String,
    /// Where the key came from.
    pub key_mode: String,
    /// Digest of all rules.
    pub rules_digest: String,
    /// Versions of the rules.
    #[serde(default)]
    pub rules: BTreeMap<String, i32>,
    /// Digest of the scan's policy; none: it had none.
    #[serde(default)]
    pub policy_digest: Option<String>,
    /// Start, RFC 3339 in UTC.
    pub started_at: String,
    /// End, RFC 3339 in UTC.
    #[serde(default)]
    pub ended_at: String,
    /// Regions whose national forms counted.
    #[serde(default)]
    pub regions: Vec<String>,
    /// What was scanned, by name or number.
    #[serde(default)]
    pub roots: BTreeMap<String, String>,
    /// Settings that change what is found.
    #[serde(default)]
    pub settings: Settings,
    /// Settings files in force.
    #[serde(default)]
    pub settings_files: Vec<SettingsFile>,
    /// Allow lists.
    #[serde(default)]
    pub allow_lists: Vec<AllowList>,
    /// Counts.
    pub totals: Totals,
    /// Files of the run.
    pub parts: Vec<Part>,
}

/// Settings of a scan.
#[derive(Debug, Default, Deserialize)]
pub struct Settings {
    /// Levels by entity; `off` where its rules were.
    #[serde(default)]
    pub min_likelihood: BTreeMap<String, String>,
}

/// A settings file of a scan.
#[derive(Debug, Deserialize)]
pub struct SettingsFile {
    /// Its path.
    pub file: String,
    #[serde(default)]
    min_likelihood: Option<String>,
    #[serde(default)]
    likelihood: BTreeMap<String, String>,
    #[serde(default)]
    rules: Vec<Switch>,
}

#[derive(Debug, Deserialize)]
struct Switch {
    #[serde(default)]
    off: Vec<String>,
}

impl SettingsFile {
    /// Whether findings may be missing because of it. What allow lists hold is no personal data.
    #[must_use]
    pub fn hides(&self) -> bool {
        let raises = |level: &String| level != "possible" && level != "unlikely" && level != "very_unlikely";
        self.min_likelihood.as_ref().is_some_and(raises)
            || self.likelihood.values().any(raises)
            || self.rules.iter().any(|rule| !rule.off.is_empty())
    }
}

/// An allow list of a scan.
#[derive(Debug, Deserialize)]
pub struct AllowList {
    /// Its name.
    pub name: String,
    /// The file that it stands in.
    pub file: String,
    /// Findings that it held back, by entity.
    #[serde(default)]
    pub suppressed: BTreeMap<String, i64>,
}

/// Counts of a scan.
#[derive(Debug, Deserialize)]
pub struct Totals {
    /// Leaves by status.
    #[serde(default)]
    pub objects: BTreeMap<String, u64>,
    /// Decoded bytes examined.
    #[serde(default)]
    pub bytes_read: u64,
    /// Records examined.
    #[serde(default)]
    pub records: u64,
    /// Findings by entity.
    #[serde(default)]
    pub findings: BTreeMap<String, i64>,
    /// Of these, those that have no row, by entity.
    #[serde(default)]
    pub without_row: BTreeMap<String, i64>,
    /// Leaves that are partial only because a sample was asked for.
    #[serde(default)]
    pub sampled: u64,
    /// Files left out only because a sample was asked for.
    #[serde(default)]
    pub left_by_sample: u64,
}

/// A file of a run.
#[derive(Debug, Deserialize)]
pub struct Part {
    /// Its path in the folder.
    pub path: String,
    /// Its BLAKE3, hex.
    pub blake3: String,
}
