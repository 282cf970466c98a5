//! What a certificate says: plain data, which is the predicate of the statement and what the page shows.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

/// What was asked to be erased, what was done, how it was verified, and what it does not cover.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Certificate {
    /// Version of this form: 1.
    pub version: u32,
    /// When it was made, RFC 3339 in UTC, as all times here.
    pub made_at: String,
    /// Version of datatrawl that made it.
    pub tool_version: String,
    /// How far the plan is carried out. Only `complete` certifies an erasure.
    pub outcome: Outcome,
    /// Whether anything that the plan does is more than to write tokens in the place of values.
    pub erases: bool,
    /// The policy.
    pub policy: PolicyAsked,
    /// The plan.
    pub plan: PlanAsked,
    /// The request of a person that it answers; none: what was due by itself.
    pub request: Option<RequestAsked>,
    /// Datasets that the plan went through.
    pub scope: Vec<Scope>,
    /// Who agreed to it.
    pub approvals: Approvals,
    /// Who carried it out.
    pub carried_out: Vec<Carrying>,
    /// What was done, by dataset, rule and action.
    pub done: Vec<Done>,
    /// Files with operations, by how it ended with them.
    pub files: BTreeMap<FileState, u64>,
    /// What this certificate does not cover.
    pub exclusions: Exclusions,
    /// The ledger; none: there is none.
    pub ledger: Option<LedgerFacts>,
    /// Each file with operations, where paths were asked for.
    pub paths: Option<Vec<FileFacts>>,
}

/// How far a plan is carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// All of it, and each file was verified.
    Complete,
    /// In some files.
    Partial,
    /// In none.
    NotCarriedOut,
    /// It has no operations.
    NothingDue,
}

/// How it ended with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FileState {
    /// It is as planned, and that was checked.
    Verified,
    /// It was verified, and was not the same any more when the plan was carried out again, or when it was looked at again.
    ChangedSince,
    /// Its original was given back from the quarantine.
    Restored,
    /// It was about to be replaced or removed, and nothing says that it was.
    Unconfirmed,
    /// It was not what was planned for, and was left.
    Stale,
    /// It could not be opened, and was left.
    Unreachable,
    /// There is no faithful editor for it, and it was left.
    Unsupported,
    /// It could not be changed as planned, and was left.
    Failed,
    /// The plan was not carried out in it yet.
    Open,
}

impl FileState {
    /// Says what it means.
    pub(super) fn meaning(self) -> &'static str {
        match self {
            Self::Verified => "as planned, and that was checked",
            Self::ChangedSince => "verified, and not the same any more when it was looked at again",
            Self::Restored => "its original was given back from the quarantine",
            Self::Unconfirmed => "about to be replaced or removed, and nothing says that it was: carry the plan out again",
            Self::Stale => "not what was planned for: left as it was",
            Self::Unreachable => "could not be opened",
            Self::Unsupported => "no faithful editor for it: left as it was",
            Self::Failed => "could not be changed as planned: left as it was",
            Self::Open => "not carried out yet",
        }
    }
}

/// The policy that a plan was made under.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PolicyAsked {
    /// Its name.
    pub id: String,
    /// The day the published policy was last modified.
    pub modified: String,
    /// BLAKE3 of its text, hex.
    pub blake3: String,
    /// Time zone of its calendar.
    pub timezone: Option<String>,
}

/// The plan.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PlanAsked {
    /// BLAKE3 of `plan.json`, hex: what was agreed to.
    pub blake3: String,
    /// When it was made.
    pub created_at: String,
    /// The time for which it was decided what is due.
    pub as_of: String,
    /// Version of datatrawl that made it.
    pub tool_version: String,
    /// Name of the scan that it was made of.
    pub scan_id: String,
    /// When that scan began.
    pub scan_started_at: String,
    /// BLAKE3 of its `scan.json`, hex.
    pub scan_blake3: String,
    /// Public name of the key of its tokens.
    pub key_id: String,
}

/// A request of a person.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RequestAsked {
    /// Number of the case.
    pub id: String,
    /// The day on which it came in.
    pub received: Option<String>,
}

/// A dataset that the plan went through.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Scope {
    /// Its name.
    pub dataset: String,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Files that were read again.
    pub files: u64,
    /// Records.
    pub records: u64,
    /// Purposes that it is kept for.
    pub purposes: Vec<String>,
}

/// Who agreed to a plan.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Approvals {
    /// How many the policy asks for.
    pub needed: u64,
    /// Those that were given.
    pub given: Vec<Approval>,
}

/// An approval.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Approval {
    /// Who gave it.
    pub by: String,
    /// When.
    pub at: String,
}

/// A call that carried the plan out.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Carrying {
    /// Who made it.
    pub operator: String,
    /// When it began.
    pub began_at: String,
    /// When it ended; none: it was cut off.
    pub ended_at: Option<String>,
    /// Version of datatrawl.
    pub tool_version: String,
}

/// Numbers of files, records and operations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Amount {
    /// Files.
    pub files: u64,
    /// Records; none are counted of files that go whole.
    pub records: u64,
    /// Operations.
    pub operations: u64,
}

/// What one rule did in one dataset.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Done {
    /// Dataset.
    pub dataset: String,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Rule.
    pub rule: String,
    /// How long after its time something is due.
    pub after: Option<String>,
    /// The earliest time at which something of it was due.
    pub due_since: Option<String>,
    /// Action.
    pub action: String,
    /// What the action leaves, in words.
    pub meaning: String,
    /// What was planned.
    pub planned: Amount,
    /// What stands in files that were verified.
    pub verified: Amount,
}

/// What a certificate does not cover.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub struct Exclusions {
    /// Legal holds of the policy.
    pub holds: Vec<Hold>,
    /// What was kept, by dataset and reason.
    pub kept: Vec<HeldBack>,
    /// Files of datasets that the scan did not read in full.
    pub not_read: u64,
    /// Those files, where paths were asked for.
    pub not_read_paths: Option<Vec<String>>,
    /// Files that are not as planned, by state and reason.
    pub left: Vec<Left>,
    /// Where originals are that the plan did not reach.
    pub origins: Vec<Origin>,
    /// Backups that still hold what was erased.
    pub backups: Vec<Backup>,
    /// Who got the data and is to be told.
    pub recipients: Vec<Recipient>,
    /// Originals that are kept, encrypted, by the time until which they are.
    pub quarantined: Vec<Quarantined>,
    /// Files whose originals were not kept although their dataset keeps them, because they would hold what is not to be kept.
    pub not_quarantined: u64,
    /// Originals that were given back from a quarantine, here or elsewhere.
    pub restored: u64,
    /// Operations that write a keyed token in the place of a value: it is not erased.
    pub pseudonymised: u64,
    /// Operations that leave a part of a value.
    pub shortened: u64,
}

/// A legal hold.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Hold {
    /// Its name.
    pub id: String,
    /// `in_force`, `review_overdue` or `released`, when the plan was made.
    pub state: String,
    /// Datasets that it holds; none: all.
    pub datasets: Option<Vec<String>>,
    /// First day.
    pub opened: Option<String>,
    /// Day until which someone must have looked at it again.
    pub review_by: Option<String>,
    /// Day from which it no longer holds.
    pub released: Option<String>,
}

/// What was kept for one reason.
#[derive(Debug, Serialize, JsonSchema)]
pub struct HeldBack {
    /// Dataset; none: files of no dataset.
    pub dataset: Option<String>,
    /// Why, as in `review.parquet`.
    pub why: String,
    /// The same in words.
    pub meaning: String,
    /// How often.
    pub count: u64,
}

/// Files that are not as planned for one reason.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Left {
    /// How it ended with them.
    pub state: FileState,
    /// Why, where the ledger says so.
    pub detail: Option<String>,
    /// Their number.
    pub files: u64,
}

/// Where the original of a dataset is.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Origin {
    /// Dataset.
    pub dataset: String,
    /// The original.
    pub origin: String,
}

/// Backups of a dataset.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Backup {
    /// Dataset.
    pub dataset: String,
    /// How long one is kept.
    pub kept_for: String,
    /// When the last that holds what was erased is gone; none: nothing was erased yet.
    pub gone_at: Option<String>,
}

/// Someone who gets data of datasets in which something was erased.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Recipient {
    /// Its name.
    pub recipient: String,
    /// Datasets.
    pub datasets: Vec<String>,
}

/// Originals that are kept together.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Quarantined {
    /// Until when.
    pub kept_until: String,
    /// Originals.
    pub files: u64,
    /// Whether the key that opens them was destroyed.
    pub is_destroyed: bool,
}

/// The ledger.
#[derive(Debug, Serialize, JsonSchema)]
pub struct LedgerFacts {
    /// SHA-256 of its last line when the certificate was made: a later cut shows against it.
    pub head: String,
    /// Its lines.
    pub lines: u64,
    /// Those about this plan.
    pub of_plan: u64,
}

/// A file with operations.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FileFacts {
    /// Its path, with the member.
    pub path: String,
    /// Id of the leaf, as in the ledger.
    pub object_id: String,
    /// How it ended with it.
    pub state: FileState,
    /// Why it was left.
    pub detail: Option<String>,
    /// When that was written down.
    pub at: Option<String>,
    /// Its operations.
    pub operations: u64,
    /// Records that went; none: the file did, or nothing was done.
    pub records_dropped: Option<u64>,
}

/// Says in words what an action leaves.
pub(super) fn meaning(action: &str) -> &'static str {
    match action {
        "drop_file" => "the file is gone",
        "drop_record" => "the record is gone",
        "null" => "the value is gone",
        "redact" => "the value is gone; what kind it was of stays",
        "replace" => "the value is gone; a fixed text is in its place",
        "mask" => "the value is hidden but for its last characters",
        "pan_truncate" => "the card number is hidden but for its last digits",
        "generalise" => "the value is made coarser: its month, network or area stays",
        "token" => "the value became a keyed token: pseudonymised, not erased",
        _ => "",
    }
}
