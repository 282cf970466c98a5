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
            | Self::Ended { plan, .. } => Some(plan),
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
