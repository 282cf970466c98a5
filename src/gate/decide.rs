//! Findings, one at a time → what fails, and why.

use std::collections::{BTreeMap, HashMap};

use super::baseline::{Accepted, Entry, Usage, meant};
use super::condition::Condition;
use crate::model::{Error, ErrorKind, Id, Likelihood, Result, Sensitivity, TokenList};
use crate::policy::{Policy, Unassigned, is_within};
use crate::report::{Found, Places, Told};

/// What findings are held against.
#[derive(Default)]
pub struct Against<'a> {
    /// Conditions.
    pub conditions: Vec<Condition>,
    /// Whether the conditions are those where none were given: what a policy allows does not meet them, unless it is prohibited.
    pub by_default: bool,
    /// A policy.
    pub policy: Option<&'a Policy>,
    /// The dataset that all files are of.
    pub dataset: Option<usize>,
    /// Who is to get the data.
    pub recipient: Option<usize>,
    /// Values that may not appear.
    pub suppressed: Vec<TokenList>,
    /// What was there before, and is not new, by id.
    pub before: HashMap<String, u64>,
}

impl<'a> Against<'a> {
    /// Sets the policy, and looks up the dataset and the recipient in it.
    ///
    /// # Errors
    /// `Usage` where it has none of that name.
    pub fn policy(&mut self, policy: &'a Policy, dataset: Option<&str>, recipient: Option<&str>) -> Result<()> {
        self.policy = Some(policy);
        let find = |what: &str, name: &str, known: &[&str]| {
            known.iter().position(|own| *own == name).ok_or_else(|| {
                let error = Error::new(ErrorKind::Usage, format!("the policy has no {what} `{name}`"));
                let hint = meant(name, known.iter().copied()).unwrap_or_else(|| format!("it has: {}", known.join(", ")));
                error.hint(hint)
            })
        };
        let datasets: Vec<&str> = policy.datasets.iter().map(|dataset| dataset.id.as_str()).collect();
        let recipients: Vec<&str> = policy.recipients.iter().map(|recipient| recipient.id.as_str()).collect();
        self.dataset = dataset.map(|name| find("dataset", name, &datasets)).transpose()?;
        self.recipient = recipient.map(|name| find("recipient", name, &recipients)).transpose()?;
        Ok(())
    }
}

/// What came of it.
#[derive(Default)]
pub struct Verdict {
    /// What fails, place by place.
    pub places: Places,
    /// Findings that fail, by why.
    pub by_why: BTreeMap<String, u64>,
    /// Findings that would fail and were accepted by the baseline.
    pub accepted: u64,
    /// What became of the baseline's entries.
    pub usage: Usage,
    /// What fails, as entries of a baseline; only where that is asked for.
    pub entries: BTreeMap<String, Entry>,
}

impl Verdict {
    /// Whether nothing fails.
    #[must_use]
    pub fn passes(&self) -> bool {
        self.places.findings == 0
    }
}

/// Goes through the findings of a run. `gather`: what fails is wanted as entries of a baseline.
///
/// # Errors
/// `Run` where they cannot be read.
pub fn decide(told: &Told<'_>, against: &Against<'_>, mut accepted: Option<Accepted>, gather: bool) -> Result<Verdict> {
    let mut verdict = Verdict::default();
    // Conditions that ask for a number are decided at the end.
    let mut counted: Vec<Places> = against.conditions.iter().map(|_| Places::default()).collect();
    let mut held = Held::default();
    let mut before = against.before.clone();
    told.each(&mut |found| {
        let why = held.why(&found, against);
        let permitted = held.permitted && against.by_default && found.sensitivity != Sensitivity::Prohibited.name();
        let met = |condition: &&Condition| !permitted && condition.holds(&found);
        let why = why.or_else(|| against.conditions.iter().filter(|c| c.count == 1).find(met).map(|condition| condition.shown.clone()));
        let of_counts = || (0..against.conditions.len()).filter(|index| against.conditions[*index].count > 1);
        if why.is_none() && !of_counts().any(|index| met(&&against.conditions[index])) {
            return Ok(());
        }
        if let Some(left) = before.get_mut(&found.finding_id).filter(|left| **left > 0) {
            *left -= 1;
            return Ok(());
        }
        if accepted.as_mut().is_some_and(|accepted| accepted.takes(&found)) {
            verdict.accepted += 1;
            return Ok(());
        }
        if gather {
            let entry = verdict.entries.entry(found.finding_id.clone()).or_insert_with(|| entry(&found));
            entry.count += 1;
        }
        match why {
            Some(why) => {
                verdict.places.add_for(&found, told.base, &why);
                *verdict.by_why.entry(why).or_default() += 1;
            }
            None => {
                for index in of_counts().filter(|index| met(&&against.conditions[*index])) {
                    counted[index].add_for(&found, told.base, &against.conditions[index].shown);
                }
            }
        }
        Ok(())
    })?;
    for (places, condition) in counted.into_iter().zip(&against.conditions) {
        if condition.count > 1 && places.findings >= condition.count {
            *verdict.by_why.entry(condition.shown.clone()).or_default() += places.findings;
            verdict.places.join(places);
        }
    }
    verdict.places = verdict.places.sorted();
    verdict.usage = accepted.map(Accepted::usage).unwrap_or_default();
    Ok(verdict)
}

fn entry(found: &Found) -> Entry {
    Entry {
        path: found.place(),
        column: found.column.clone(),
        rule: found.rule.clone(),
        rule_version: found.rule_version,
        finding_id: found.finding_id.clone(),
        count: 0,
        reason: String::new(),
        author: None,
        expires: None,
    }
}

/// What lists and a policy say of a finding. Which datasets a leaf belongs to is kept for the findings that follow in it.
#[derive(Default)]
struct Held {
    leaf: Option<(String, Option<String>)>,
    datasets: Vec<usize>,
    /// Whether the policy allows the last one that was asked about.
    permitted: bool,
}

impl Held {
    fn why(&mut self, found: &Found, against: &Against<'_>) -> Option<String> {
        self.permitted = false;
        let token: Option<Id> = found.value_token.as_ref().and_then(|token| token.parse().ok());
        let on_list = |list: &&TokenList| list.entity == found.entity && token.is_some_and(|token| list.tokens.contains(&token));
        if against.suppressed.iter().any(|list| on_list(&list)) {
            return Some("it is on the list of --suppressed".to_owned());
        }
        let policy = against.policy?;
        let at_least = if found.sensitivity == Sensitivity::Prohibited.name() { Likelihood::Possible } else { Likelihood::Likely };
        let is_sure = found.likelihood >= at_least;
        let within = |allow: &[String]| allow.iter().any(|above| is_within(&found.category, above));
        let recipient = against.recipient.map(|index| &policy.recipients[index]);
        if let Some(recipient) = recipient.filter(|recipient| !within(&recipient.allow)) {
            return is_sure.then(|| format!("{} may not get {}", recipient.id, found.category));
        }
        if let Some(dataset) = against.dataset {
            self.datasets = vec![dataset];
        } else {
            let leaf = (found.place(), found.table.clone());
            if self.leaf.as_ref() != Some(&leaf) {
                self.datasets = policy.datasets_of(&leaf.0, leaf.1.as_deref());
                self.leaf = Some(leaf);
            }
        }
        let mut allowed = recipient.is_some();
        for dataset in self.datasets.iter().map(|index| &policy.datasets[*index]) {
            match &dataset.allow {
                Some(allow) if !within(allow) => return is_sure.then(|| format!("dataset {} may not hold {}", dataset.id, found.category)),
                Some(_) => allowed = true,
                None => {}
            }
        }
        if self.datasets.is_empty() && policy.unassigned == Unassigned::Violation {
            return is_sure.then(|| "the file belongs to no dataset of the policy".to_owned());
        }
        self.permitted = allowed;
        None
    }
}
