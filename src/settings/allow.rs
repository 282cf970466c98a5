//! Allow lists: values that are no findings, by value, expression, network or token, for some entities below some paths.
//!
//! They run last, on what would be reported. What is listed in clear becomes tokens, so that no list holds a value in memory.

use std::collections::HashSet;
use std::net::IpAddr;

use regex_automata::meta::Regex;
use regex_automata::{Anchored, Input};

use super::Scope;
use super::file::Hidden;
use super::network::Network;
use crate::model::{Id, Normalisation, Sensitive};
use crate::source::Globs;

/// Compiled expressions of one list may take so much.
const EXPRESSION_BYTES: usize = 64 * 1024;

/// One list.
pub struct AllowList {
    /// What it holds for.
    pub(super) scope: Scope,
    /// Rules, by index; none: all.
    pub(super) rules: Option<Vec<u16>>,
    pub(super) paths: Option<Globs>,
    pub(super) is_expired: bool,
    /// Values that are not tokens yet.
    pub(super) values: Vec<Hidden>,
    pub(super) tokens: HashSet<Id>,
    pub(super) expressions: Vec<Regex>,
    pub(super) networks: Vec<Network>,
    /// What people are told of it.
    pub facts: AllowFacts,
}

/// What is told of a list: everything but its values.
#[derive(Clone, Debug, serde::Serialize)]
pub struct AllowFacts {
    /// Its name.
    pub name: String,
    /// The file that it stands in.
    pub file: String,
    /// Why.
    pub reason: String,
    /// The last day on which it applies.
    pub expires: Option<String>,
    /// Whether that day has passed: then it is not applied.
    pub expired: bool,
    /// Entities; none: all.
    pub entities: Option<Vec<String>>,
    /// Globs; none: everywhere.
    pub paths: Option<Vec<String>>,
    /// How many values in clear it has.
    pub values: usize,
    /// How many expressions.
    pub regex: usize,
    /// How many networks.
    pub networks: usize,
    /// How many tokens its file has.
    pub tokens: usize,
    /// Findings that it suppressed, by entity.
    pub suppressed: std::collections::BTreeMap<String, i64>,
}

/// A value that would be reported, in the forms that lists know.
pub struct Reported<'a> {
    /// As it is written.
    pub value: Sensitive<'a>,
    /// Its normal form.
    pub text: Sensitive<'a>,
    /// How that was made.
    pub normalisation: Normalisation,
    /// Its value token.
    pub token: Id,
    /// The token of its writing; see [`AllowList::WRITING`].
    pub writing: Id,
}

impl AllowList {
    /// The entity under which tokens of writings are made: a value that is listed is meant also where no rule reads it.
    pub const WRITING: &str = "";

    /// Whether it has a word on findings of a rule.
    #[must_use]
    pub fn is_of(&self, rule: u16) -> bool {
        self.rules.as_ref().is_none_or(|rules| rules.contains(&rule))
    }

    /// Whether it has a word at a place of a root.
    #[must_use]
    pub fn is_in_force(&self, root: Option<&str>, path: &str) -> bool {
        let in_scope = match &self.scope {
            Scope::Run => true,
            Scope::Root(name) => name.as_deref() == root,
        };
        in_scope && !self.is_expired && self.paths.as_ref().is_none_or(|paths| paths.matches(path))
    }

    /// Whether it holds a value.
    pub(super) fn holds(&self, reported: &Reported<'_>) -> bool {
        self.tokens.contains(&reported.token) || self.tokens.contains(&reported.writing) || self.matches(reported) || self.is_near(reported)
    }

    fn matches(&self, reported: &Reported<'_>) -> bool {
        let input = Input::new(reported.value.expose()).anchored(Anchored::Yes).earliest(true);
        self.expressions.iter().any(|expression| expression.is_match(input.clone()))
    }

    fn is_near(&self, reported: &Reported<'_>) -> bool {
        if self.networks.is_empty() || reported.normalisation != Normalisation::IpText {
            return false;
        }
        let address = std::str::from_utf8(reported.text.expose()).ok().and_then(|text| text.parse::<IpAddr>().ok());
        address.is_some_and(|address| self.networks.iter().any(|network| network.holds(address)))
    }

    /// Takes the values that are listed in clear, to be given back as tokens; for which entities, none for all.
    pub fn take_values(&mut self) -> Vec<zeroize::Zeroizing<String>> {
        std::mem::take(&mut self.values).into_iter().map(|value| value.0).collect()
    }

    /// Adds tokens.
    pub fn add_tokens(&mut self, tokens: impl IntoIterator<Item = Id>) {
        self.tokens.extend(tokens);
    }
}

/// Compiles an expression over whole values. Matching is linear; what it may take is limited. None: it is not valid, or too large.
pub(super) fn expression(text: &str) -> Option<Regex> {
    // Checked alone first: brackets that do not pair must not close the group around it.
    regex_syntax::parse(text).ok()?;
    let config = Regex::config()
        .nfa_size_limit(Some(EXPRESSION_BYTES))
        .onepass_size_limit(Some(EXPRESSION_BYTES))
        .hybrid_cache_capacity(4 * EXPRESSION_BYTES);
    Regex::builder().configure(config).build(&format!(r"\A(?:{text})\z")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_match_whole_values_and_are_limited() {
        let whole = |text: &str, value: &str| expression(text).expect("valid").is_match(value);
        assert!(whole("a+b|c", "aab") && whole("a+b|c", "c") && !whole("a+b|c", "xc") && !whole("a+b|c", "cx"));
        assert!(whole(".*@example\\.com", "ana@example.com") && !whole(".*@example\\.com", "ana@example.com.ph"));
        for wrong in ["(", "a)|(b", "[z-a]", "(?:\\w{1000}){1000}"] {
            assert!(expression(wrong).is_none(), "{wrong}");
        }
    }
}
