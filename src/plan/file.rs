//! `plan.json`: what a plan is made of, and what it comes to.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::model::{Error, ErrorKind, Result};
use crate::policy::Purpose;
use crate::run_folder::{digest, inside, unreadable};
use crate::source;

/// Bytes that a `plan.json` may have.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// A plan as people and programs read it. Its digest, that of the file's bytes, is what they agree to.
#[derive(Debug, Serialize, Deserialize)]
pub struct Plan {
    /// Version of this form and of the tables beside it.
    pub schema_version: String,
    /// Version of datatrawl.
    pub tool_version: String,
    /// When it was made, RFC 3339 in UTC.
    pub created_at: String,
    /// The time for which it was decided what is due.
    pub as_of: String,
    /// From when on it is not carried out any more.
    pub expires_at: String,
    /// Public name of the key of its tokens.
    pub key_id: String,
    /// The policy.
    pub policy: PolicyFacts,
    /// The run.
    pub run: RunUsed,
    /// The request of a person that it is made for; none: it is made for what is due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<RequestFacts>,
    /// Legal holds of the policy.
    pub holds: Vec<HoldFacts>,
    /// Ids of leaves in which something of payment cards goes, by itself or with its record.
    #[serde(default)]
    pub of_cards: BTreeSet<String>,
    /// Files in scope that the scan did not read in full; there are some only where that was allowed.
    pub gaps: Vec<Kept>,
    /// What is done, by dataset, rule and action.
    pub totals: Vec<Count>,
    /// Datasets, with what their guard was held against.
    pub datasets: Vec<DatasetTotals>,
    /// What is kept and should be looked at, by dataset and reason.
    pub review: Vec<Reason>,
    /// Tables of the plan: rows and BLAKE3.
    pub tables: BTreeMap<String, TableFacts>,
}

impl Plan {
    /// People other than the operator who must approve it.
    #[must_use]
    pub fn approvals_needed(&self) -> u64 {
        self.datasets.iter().filter(|dataset| dataset.files_changed > 0).map(|dataset| dataset.approvals).max().unwrap_or(0)
    }
}

/// The policy that a plan was made under.
#[derive(Debug, Serialize, Deserialize)]
pub struct PolicyFacts {
    /// Its name.
    pub id: String,
    /// The day the published policy was last modified.
    pub modified: String,
    /// BLAKE3 of its text, hex.
    pub digest: String,
    /// Time zone of its calendar.
    #[serde(default)]
    pub timezone: Option<String>,
}

/// The run that a plan was made of.
#[derive(Debug, Serialize, Deserialize)]
pub struct RunUsed {
    /// Its name.
    pub scan_id: String,
    /// When it began.
    pub started_at: String,
    /// BLAKE3 of its `scan.json`, which has those of all its files.
    pub digest: String,
    /// Digest of the rules that it looked with.
    pub rules_digest: String,
    /// Regions whose national forms counted.
    pub regions: Vec<String>,
    /// What it looked into, as whole paths.
    #[serde(default)]
    pub roots: Vec<String>,
}

/// A request of a person.
#[derive(Debug, Serialize, Deserialize)]
pub struct RequestFacts {
    /// Its name.
    pub id: String,
    /// The day on which it came in.
    pub received: Option<String>,
    /// What the person is named by: values by entity.
    pub selectors: BTreeMap<String, u64>,
    /// What was learnt of the person on the way: values by entity.
    pub learnt: BTreeMap<String, u64>,
    /// How many steps were gone from what is named to what is learnt.
    pub hops: u64,
}

/// A legal hold.
#[derive(Debug, Serialize, Deserialize)]
pub struct HoldFacts {
    /// Its name.
    pub id: String,
    /// `in_force`, `review_overdue` or `released`.
    pub state: String,
    /// Datasets that it holds; none: all.
    #[serde(default)]
    pub datasets: Option<Vec<String>>,
    /// First day.
    #[serde(default)]
    pub opened: Option<String>,
    /// Day until which someone must have looked at it again.
    #[serde(default)]
    pub review_by: Option<String>,
    /// Day from which it no longer holds.
    #[serde(default)]
    pub released: Option<String>,
}

/// A file that is kept as it is.
#[derive(Debug, Serialize, Deserialize)]
pub struct Kept {
    /// Its path, with the member.
    pub path: String,
    /// Why.
    pub reason: String,
}

/// What one rule does in one dataset.
#[derive(Debug, Serialize, Deserialize)]
pub struct Count {
    /// Dataset.
    pub dataset: String,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Rule.
    pub rule: String,
    /// Action.
    pub action: String,
    /// How long after its time something is due, as the policy has it.
    #[serde(default)]
    pub after: Option<String>,
    /// Files that it changes.
    pub files: u64,
    /// Records in which it changes something.
    pub records: u64,
    /// Operations.
    pub operations: u64,
    /// The earliest time at which something of it was due.
    pub due_since: Option<String>,
}

/// A dataset.
#[derive(Debug, Serialize, Deserialize)]
pub struct DatasetTotals {
    /// Its name.
    pub id: String,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Files of it that were read again.
    pub files: u64,
    /// Files that the plan changes.
    pub files_changed: u64,
    /// Records.
    pub records: u64,
    /// Records that the plan drops.
    pub records_dropped: u64,
    /// Records of unknown age.
    pub records_without_time: u64,
    /// Columns by which it is decided about them. Where columns are typed, the tokens of records are of these.
    #[serde(default)]
    pub columns: Vec<String>,
    /// Where the original is, which the plan does not reach.
    pub origin: Option<String>,
    /// Columns that tell its records apart: a key that lacks one of them tells nothing.
    #[serde(default)]
    pub key: Vec<String>,
    /// People other than the operator who must approve a plan that changes it.
    #[serde(default)]
    pub approvals: u64,
    /// How long originals of its files are kept, encrypted, where the policy asks for that.
    pub quarantine: Option<String>,
    /// How long those in which something of payment cards goes; none: they are not kept.
    #[serde(default)]
    pub quarantine_cards: Option<String>,
    /// How long those in which something goes that a person asked to be erased; none: they are not kept.
    #[serde(default)]
    pub quarantine_erasures: Option<String>,
    /// The age recipient that can read them.
    #[serde(default)]
    pub quarantine_recipient: Option<String>,
    /// Files that it changes whose originals are not kept for that reason.
    #[serde(default)]
    pub files_without_quarantine: u64,
    /// When the last backup that holds what is deleted today is gone.
    pub backups_until: Option<String>,
    /// How long its backups are kept.
    #[serde(default)]
    pub backups: Vec<String>,
    /// Purposes that it is kept for.
    #[serde(default)]
    pub purposes: Vec<PurposeFacts>,
    /// Who gets data for these purposes, and is to be told.
    #[serde(default)]
    pub recipients: Vec<String>,
}

/// A purpose that data is kept for.
#[derive(Debug, Serialize, Deserialize)]
pub struct PurposeFacts {
    /// Its name.
    pub id: String,
    /// Fideslang data use.
    #[serde(rename = "use")]
    pub data_use: String,
    /// Lawful basis.
    pub lawful_basis: Option<String>,
}

impl PurposeFacts {
    pub(super) fn of(purpose: &Purpose) -> Self {
        Self { id: purpose.id.clone(), data_use: purpose.data_use.clone(), lawful_basis: purpose.lawful_basis.clone() }
    }
}

/// What is kept and should be looked at.
#[derive(Debug, Serialize, Deserialize)]
pub struct Reason {
    /// Dataset; none: files of no dataset.
    pub dataset: Option<String>,
    /// Why: `unknown_age`, `held`, `unsure`, `weak_clock`, `unanswered`, `stale`, `unsupported`, `external`, `not_exact`, `unassigned`, `not_read`, `candidate`, `min_keep`, `key`, `older_copy`.
    pub why: String,
    /// How often.
    pub count: u64,
}

/// A table of a plan.
#[derive(Debug, Serialize, Deserialize)]
pub struct TableFacts {
    /// Rows.
    pub rows: i64,
    /// BLAKE3 of the file, hex.
    pub blake3: String,
}

/// Reads the plan of a folder, with the digest that people agree to. Its tables must be those that were written.
///
/// # Errors
/// `Run` where the folder holds no plan, or one that was changed.
pub fn read(folder: &Path) -> Result<(Plan, String)> {
    let path = folder.join("plan.json");
    let text = source::read_text(&path, MOST_BYTES).map_err(|error| {
        let what = format!("not a plan: {}: {error}", folder.display());
        Error::new(ErrorKind::Run, what).hint("datatrawl plan writes one; plan.json is written last")
    })?;
    let plan: Plan = serde_json::from_str(&text).map_err(|error| unreadable(&path, &error))?;
    for (name, table) in &plan.tables {
        let path = inside(folder, name)?;
        if digest(&path)? != table.blake3 {
            return Err(Error::new(ErrorKind::Run, format!("{} is not as the plan was written", path.display())));
        }
    }
    Ok((plan, blake3::hash(text.as_bytes()).to_hex().to_string()))
}

/// Says in words why something is kept, for [`Reason::why`].
#[must_use]
pub fn meaning(why: &str) -> &'static str {
    match why {
        "held" => "a legal hold keeps it",
        "unknown_age" => "nothing says how old it is",
        "weak_clock" => "only the file's time of modification says how old it is",
        "unsure" => "it is not likely enough to be what its entity says",
        "unanswered" => "a column that the rule's `where` names is missing",
        "not_exact" => "its place is not exact enough to change it alone",
        "unfit" => "the rule's action does not fit the value",
        "no_column" => "a column that a rule names is nowhere in the file",
        "unsupported" => "its format has no records that can be told again",
        "external" => "apply has no editor for its format: another executor carries it out",
        "older_copy" => "a newer copy of the record is not due: its origin is left as it is",
        "stale" => "the file is gone, or not as it was scanned",
        "not_read" => "the scan did not read it",
        "unassigned" => "the file belongs to no dataset",
        "candidate" => "it may be the person's: something they have is shared by others",
        "min_keep" => "the record must be kept; of the person it loses the fields",
        "key" => "the column tells records apart",
        _ => "",
    }
}
