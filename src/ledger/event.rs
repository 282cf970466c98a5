//! What a ledger tells.

use serde::{Deserialize, Serialize};

/// One line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Number of the line, from 0.
    pub seq: u64,
    /// When it was written, RFC 3339 in UTC.
    pub at: String,
    /// SHA-256 of the line before it, hex; of the first 64 zeros.
    pub previous: String,
    /// What happened.
    pub event: Event,
    /// SHA-256 of the line's fields above as they are written, hex.
    pub hash: String,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// Somebody agreed to a plan.
    Approved {
        /// Digest of the plan.
        plan: String,
        /// Who.
        by: String,
    },
    /// Carrying out of a plan began.
    Begun {
        /// Digest of its `plan.json`.
        plan: String,
        /// Digest of its policy.
        policy: String,
        /// Name of the policy.
        policy_id: String,
        /// Who carries it out.
        operator: String,
        /// Version of datatrawl.
        tool_version: String,
        /// Public name of the key of the digests below.
        key_id: String,
        /// Operations of the plan.
        operations: u64,
    },
    /// A file is about to be replaced, or removed.
    Intended {
        /// Digest of the plan.
        plan: String,
        /// Id of the leaf.
        object_id: String,
        /// Keyed digest of its content before.
        pre: String,
        /// Keyed digest of its content after; none: it is removed.
        post: Option<String>,
        /// Operations in it.
        operations: u64,
        /// Records that go; none: the whole file.
        records_dropped: Option<u64>,
    },
    /// That was done.
    Done {
        /// Digest of the plan.
        plan: String,
        /// Id of the leaf.
        object_id: String,
        /// How it ended.
        state: State,
    },
    /// The original of a file was kept, encrypted; the file is about to be replaced or removed.
    Quarantined {
        /// Digest of the plan.
        plan: String,
        /// Id of the leaf.
        object_id: String,
        /// Name of the group in the quarantine.
        group: String,
        /// Until when it is kept.
        kept_until: String,
        /// BLAKE3 of the encrypted file, hex.
        blake3: String,
    },
    /// The original of a file was not kept although its dataset keeps them.
    NotQuarantined {
        /// Digest of the plan.
        plan: String,
        /// Id of the leaf.
        object_id: String,
        /// Why: it would keep what is not to be kept, `cards` or `erasure`.
        why: String,
    },
    /// An original is about to be given back.
    Restored {
        /// Digest of the plan.
        plan: String,
        /// Id of the leaf.
        object_id: String,
        /// Name of the group in the quarantine.
        group: String,
    },
    /// The key of a group of originals was destroyed: nobody can read them any more.
    Expired {
        /// Digest of the plan.
        plan: String,
        /// Name of the group in the quarantine.
        group: String,
        /// Originals in it.
        originals: u64,
    },
    /// A file was left as it was.
    Left {
        /// Digest of the plan.
        plan: String,
        /// Id of the leaf.
        object_id: String,
        /// Why.
        state: State,
        /// In a few words, without a path or a value.
        detail: String,
    },
    /// Carrying out ended.
    Ended {
        /// Digest of the plan.
        plan: String,
        /// Files that are as planned.
        verified: u64,
        /// Files that were left.
        left: u64,
    },
    /// Another program told what it did with operations.
    Reported {
        /// Digest of the plan.
        plan: String,
        /// Its name.
        executor: String,
        /// What it told of them.
        report: Report,
        /// Records that it told of, in all.
        rows: u64,
        /// Numbers of the operations: first and last of each stretch.
        operations: Vec<(i64, i64)>,
    },
    /// Somebody looked whether what a plan deletes from a file is gone.
    Checked {
        /// Digest of the plan.
        plan: String,
        /// Id of the leaf.
        object_id: String,
        /// What was seen of it.
        finding: Finding,
        /// Operations whose record or value is gone.
        verified: u64,
        /// Operations whose record or value is still there.
        still_there: u64,
        /// Operations of which that cannot be told.
        unclear: u64,
    },
    /// That came to its end.
    CheckEnded {
        /// Digest of the plan.
        plan: String,
        /// Who looked.
        operator: String,
        /// Version of datatrawl.
        tool_version: String,
        /// Files with operations.
        files: u64,
        /// Operations whose record or value is gone.
        verified: u64,
        /// Operations whose record or value is still there.
        still_there: u64,
        /// Operations of which that cannot be told.
        unclear: u64,
    },
}

/// What another program told of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Report {
    /// It met no record, where there is one to be met.
    Failed,
    /// It met more records than the operation is about.
    Exceeded,
    /// It met what the operation is about.
    Done,
}

impl Report {
    /// Returns the name used in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::Exceeded => "exceeded",
            Self::Done => "done",
        }
    }
}

/// What was seen of a file of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// The file is not there.
    Gone,
    /// All that should be gone from it is.
    Verified,
    /// It was changed in another way, so that it cannot be told of all.
    Unclear,
    /// Something that should be gone is there.
    StillThere,
}

impl Finding {
    /// Returns the name used in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Gone => "gone",
            Self::Verified => "verified",
            Self::Unclear => "unclear",
            Self::StillThere => "still_there",
        }
    }
}

impl Event {
    /// Returns the digest of the plan that it is about.
    #[must_use]
    pub fn plan(&self) -> Option<&str> {
        match self {
            Self::Approved { plan, .. }
            | Self::Begun { plan, .. }
            | Self::Intended { plan, .. }
            | Self::Done { plan, .. }
            | Self::Quarantined { plan, .. }
            | Self::NotQuarantined { plan, .. }
            | Self::Restored { plan, .. }
            | Self::Expired { plan, .. }
            | Self::Left { plan, .. }
            | Self::Ended { plan, .. }
            | Self::Reported { plan, .. }
            | Self::Checked { plan, .. }
            | Self::CheckEnded { plan, .. } => Some(plan),
        }
    }
}

/// How it ended with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It is as planned, and that was checked.
    Verified,
    /// It is not what was planned for.
    Stale,
    /// It cannot be opened.
    Unreachable,
    /// No faithful editor for it exists.
    Unsupported,
    /// It could not be changed as planned.
    Failed,
}

impl State {
    /// Returns the name used in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Stale => "stale",
            Self::Unreachable => "unreachable",
            Self::Unsupported => "unsupported",
            Self::Failed => "failed",
        }
    }
}
