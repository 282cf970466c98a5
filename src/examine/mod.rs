//! One leaf → its findings, columns and coverage: read, detect, score and finding put together.
//!
//! A [`LeafRun`] is one leaf that any number of workers can help with: each cuts a block under the stream's lock, examines it
//! alone, and puts the result in order; whoever completes the head drains it. Results do not depend on who did what.
//! Nothing here opens an object, writes a file, or prints.

mod block;
mod columns;
mod governed;
mod groups;
mod known;
mod leaf;
mod probe;
mod rendered;
mod sample;
mod settle;
mod unnamed;
mod window;

pub use block::Worker;
pub use known::{Known, KnownColumn, KnownFacts, KnownList};
pub use leaf::{LeafRun, Opening, Receiver, Step, partitions};
pub use probe::{Case, ValueTokens, cases, probe, tokens_of};
pub use sample::Sample;

use std::collections::BTreeMap;
use std::sync::Arc;

use encoding_rs::Encoding;

use crate::detect::Detector;
use crate::finding::{LeafFacts, RuleFacts, Tokens};
use crate::model::{Likelihood, Member, Object};
use crate::pattern::Finder;
use crate::policy::Policy;
use crate::read::Sizes;
use crate::settings::{InForce, Layers};

/// What all leaves of a run have in common.
pub struct Examiner {
    detector: Arc<Detector>,
    tokens: Tokens,
    rules: Vec<RuleFacts>,
    /// What is in force where no layer of settings has a word.
    standard: Arc<InForce>,
    settings: Settings,
}

/// What may be set for a run.
#[derive(Clone)]
pub struct Settings {
    /// Findings below it are not reported, where no layer says otherwise.
    pub reporting: Likelihood,
    /// Finding rows that one log may have, by entity, where no layer says otherwise; all are counted.
    pub log_rows: BTreeMap<String, u64>,
    /// What options and settings files say.
    pub layers: Arc<Layers>,
    /// How much of each leaf is read; none: all.
    pub sample: Option<Sample>,
    /// How blocks are cut.
    pub sizes: Sizes,
    /// Character set of text without a byte order mark; none: it is detected.
    pub encoding: Option<&'static Encoding>,
    /// Values that are found wherever they stand.
    pub known: Option<Arc<Known>>,
    /// What says whose and how old records are.
    pub policy: Option<Arc<Policy>>,
}

/// Rows per leaf that are kept of the entities that stand on every line of a log.
const LOG_ROWS: u64 = 1_000;

impl Default for Settings {
    fn default() -> Self {
        let log_rows = ["ip_address", "user_agent"].map(|entity| (entity.to_owned(), LOG_ROWS)).into();
        Self {
            reporting: Likelihood::Possible,
            log_rows,
            layers: Arc::default(),
            sample: None,
            sizes: Sizes::default(),
            encoding: None,
            known: None,
            policy: None,
        }
    }
}

impl Examiner {
    /// Puts rules, tokens and settings together.
    #[must_use]
    pub fn new(detector: Arc<Detector>, tokens: Tokens, settings: Settings) -> Self {
        let rules = detector.rules().rules().iter();
        let rules: Vec<RuleFacts> = rules
            .map(|rule| RuleFacts {
                rule: Arc::clone(&rule.id),
                version: rule.version,
                entity: Arc::clone(&rule.entity),
                category: Arc::clone(&rule.category),
                sensitivity: rule.sensitivity,
                checked: matches!(rule.finder, Some(Finder::Matcher(_))),
            })
            .collect();
        let log_rows = rules.iter().map(|rule| settings.log_rows.get(&*rule.entity).copied());
        let standard = Arc::new(InForce::standard(settings.reporting, log_rows));
        Self { rules, standard, detector, tokens, settings }
    }

    /// Returns what findings say of their rules, by index.
    #[must_use]
    pub fn rules(&self) -> &[RuleFacts] {
        &self.rules
    }

    /// Returns the maker of tokens.
    #[must_use]
    pub fn tokens(&self) -> &Tokens {
        &self.tokens
    }

    /// Says which leaf it is; `parent`: the container of a member, none where that is the object itself.
    #[must_use]
    pub fn facts(&self, object: Object, member: Option<Member>, parent: Option<&Member>, codecs: Vec<&'static str>) -> LeafFacts {
        let id = |member: Option<&Member>| self.tokens.object(&object.path, member.map(|m| m.path.as_str()), member.map(|m| m.ordinal));
        LeafFacts {
            object_id: id(member.as_ref()),
            parent_id: member.as_ref().map(|_| id(parent)),
            member_ordinal: member.as_ref().map(|member| member.ordinal),
            member: member.map(|member| member.path),
            object,
            codecs,
            format: "",
            subject_role: None,
        }
    }

    /// Returns what is in force for a leaf.
    #[must_use]
    pub fn in_force(&self, path: &str, member: Option<&str>) -> Arc<InForce> {
        self.settings.layers.in_force(&self.standard, path, member)
    }

    /// Returns the values that are found wherever they stand, where there are any.
    pub(self) fn known(&self) -> Option<&Known> {
        self.settings.known.as_deref()
    }

    /// Returns the settings.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }
}
