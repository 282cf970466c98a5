//! `scan.json`: what a run was, written last.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write as _;
use std::path::Path;

use serde::Serialize;

use super::summary::Summary;
use crate::finding::{RunFacts, schema};
use crate::model::{Error, Result, Status};
use crate::settings::{AllowFacts, FileFacts};
use crate::sink::PartFile;

/// Where the run's key came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyMode {
    /// From `--key-file`.
    File,
    /// From `DATATRAWL_KEY`.
    Environment,
    /// From the user's configuration folder.
    User,
    /// Made for this run alone: its tokens join with nothing, and no plan accepts it.
    Ephemeral,
}

/// Whether plans may rely on a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RunStatus {
    /// Every item was dealt with.
    Complete,
    /// The run was stopped before its end, or read samples.
    Partial,
}

/// The content of `scan.json`.
#[derive(Clone, Debug, Serialize)]
pub struct Manifest {
    /// Version of the file schemas.
    pub schema_version: &'static str,
    /// Complete or partial.
    pub status: RunStatus,
    /// Random name of the run.
    pub scan_id: String,
    /// Version of datatrawl.
    pub tool_version: &'static str,
    /// Digest of the texts of all rules.
    pub rules_digest: String,
    /// Rules and their versions.
    pub rules: BTreeMap<String, i32>,
    /// Digest of the policy; null until a scan takes one.
    pub policy_digest: Option<String>,
    /// Public name of the key.
    pub key_id: String,
    /// Where the key came from.
    pub key_mode: KeyMode,
    /// Roots by name; unnamed ones by number.
    pub roots: BTreeMap<String, String>,
    /// Regions whose national forms counted.
    pub regions: Vec<String>,
    /// Settings that change what is found or written.
    pub settings: BTreeMap<String, serde_json::Value>,
    /// Settings files, in the order of their importance.
    pub settings_files: Vec<FileFacts>,
    /// Allow lists, also those that have expired.
    pub allow_lists: Vec<AllowFacts>,
    /// Counts.
    pub totals: Totals,
    /// Start, RFC 3339 in UTC.
    pub started_at: String,
    /// End, RFC 3339 in UTC.
    pub ended_at: String,
    /// Time between.
    pub elapsed_us: i64,
    /// Files of the run with their digests.
    pub parts: Vec<Part>,
}

/// Counts of a run.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Totals {
    /// Leaves by status.
    pub objects: BTreeMap<&'static str, u64>,
    /// Decoded bytes examined.
    pub bytes_read: u64,
    /// Records examined.
    pub records: u64,
    /// Findings by entity.
    pub findings: BTreeMap<String, i64>,
    /// Of these, those that are counted and have no row, by entity.
    pub without_row: BTreeMap<String, i64>,
    /// Findings that allow lists suppressed, by entity; they are not among `findings`.
    pub suppressed: BTreeMap<String, i64>,
    /// Leaves that were read in part because a sample was asked for.
    pub sampled: u64,
    /// Files that were left out because a sample was asked for.
    pub left_by_sample: u64,
}

/// A file of the run.
#[derive(Clone, Debug, Serialize)]
pub struct Part {
    /// Path in the run folder.
    pub path: String,
    /// Rows.
    pub rows: i64,
    /// Size.
    pub bytes: i64,
    /// BLAKE3 of the file, hex.
    pub blake3: String,
}

impl Manifest {
    pub(super) fn finish(mut self, facts: &RunFacts, summary: &Summary, parts: Vec<PartFile>, status: RunStatus, now_us: i64) -> Self {
        self.schema_version = schema::SCHEMA_VERSION;
        self.status = status;
        self.scan_id = facts.scan_id.to_string();
        self.key_id.clone_from(&facts.key_id);
        self.totals = Totals {
            objects: Status::ALL.iter().map(|s| (s.name(), summary.count(*s))).collect(),
            bytes_read: summary.bytes,
            records: summary.records,
            findings: summary.entities.iter().map(|(entity, count)| (entity.to_string(), *count)).collect(),
            without_row: summary.limited().map(|(entity, count)| (entity.to_string(), count)).collect(),
            suppressed: BTreeMap::new(),
            sampled: summary.sampled,
            left_by_sample: summary.left_by_sample,
        };
        for ((list, entity), count) in &summary.suppressed {
            *self.totals.suppressed.entry(entity.to_string()).or_default() += count;
            if let Some(list) = self.allow_lists.get_mut(usize::from(*list)) {
                *list.suppressed.entry(entity.to_string()).or_default() += count;
            }
        }
        self.started_at = time(facts.scanned_at_us);
        self.ended_at = time(now_us);
        self.elapsed_us = now_us - facts.scanned_at_us;
        self.parts = parts.into_iter().map(|p| Part { path: p.path, rows: p.rows, bytes: p.bytes, blake3: p.blake3 }).collect();
        self
    }

    pub(super) fn write(&self, folder: &Path) -> Result<()> {
        let path = folder.join("scan.json");
        let failed = |error: std::io::Error| Error::io(path.display(), &error);
        let mut text = serde_json::to_vec_pretty(self).map_err(|error| failed(error.into()))?;
        text.push(b'\n');
        let mut file = File::create_new(&path).map_err(failed)?;
        file.write_all(&text).and_then(|()| file.sync_all()).map_err(failed)
    }
}

fn time(us: i64) -> String {
    jiff::Timestamp::from_microsecond(us).map_or_else(|_| us.to_string(), |t| t.to_string())
}
