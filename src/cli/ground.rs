//! What a plan is made on: a run, a policy, their key and rules.

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;

use super::key::KeyArguments;
use super::policy_command;
use super::rules::Rules;
use crate::detect::Detector;
use crate::examine::{Examiner, Settings, ValueTokens};
use crate::finding::Tokens;
use crate::model::{Error, Id, Result};
use crate::pattern::RuleSet;
use crate::plan::{Asking, CompleteRun};
use crate::policy::Policy;
use crate::unpack::Caps;

/// A run with a policy.
pub(super) struct Ground {
    pub run: CompleteRun,
    pub policy: Policy,
    pub rules: Arc<RuleSet>,
    tokens: Tokens,
    key_id: String,
    examiner: Arc<Examiner>,
}

impl Ground {
    pub(super) fn of(findings: &Path, policy_path: &Path, key: &KeyArguments, rules: &Rules) -> Result<Self> {
        let key = key.required()?;
        let rules = Arc::new(policy_command::rules(policy_path, rules)?);
        let policy = policy_command::load(policy_path, &rules, Some(&key.id()))?;
        let base = std::env::current_dir().map_err(|error| Error::io("the working folder", &error))?;
        let run = CompleteRun::open(findings, &base)?;
        let tokens = Tokens::new(&key);
        let regions = if policy.regions.is_empty() { run.regions() } else { policy.regions.clone() };
        let detector = Arc::new(Detector::new(Arc::clone(&rules), &regions));
        let examiner = Arc::new(Examiner::new(detector, tokens.clone(), Settings::default()));
        Ok(Self { run, policy, rules, tokens, key_id: key.id(), examiner })
    }

    /// Makes the tokens of a value of an entity, as findings have them.
    pub(super) fn people(&self) -> impl FnMut(&str, &str) -> Vec<Id> {
        let mut tokens = ValueTokens::new(&self.examiner);
        move |entity, value| {
            let tokens = tokens.of(entity, value.as_bytes());
            tokens.map_or(Vec::new(), |tokens| tokens.into_iter().map(|(_, token)| token).collect())
        }
    }

    pub(super) fn asking<'a>(
        &'a self,
        people: &'a mut dyn FnMut(&str, &str) -> Vec<Id>,
        now: Timestamp,
        as_of: Timestamp,
        allow_gaps: bool,
    ) -> Asking<'a> {
        Asking {
            run: &self.run,
            policy: &self.policy,
            tokens: &self.tokens,
            key_id: &self.key_id,
            as_of,
            now,
            allow_gaps,
            caps: Caps { spool_folder: Some(std::env::temp_dir()), ..Caps::default() },
            entities: self.rules.rules().iter().map(|rule| (&*rule.entity, &*rule.category)).collect(),
            people,
        }
    }
}
