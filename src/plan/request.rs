//! A request of a person: what it names the person by, and what is learnt of them on the way.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use super::file::RequestFacts;
use super::findings::FindingRow;
use super::subject::is_placeholder;
use crate::model::{Error, ErrorKind, Id, Name, Result, Written};
use crate::policy::{Compared, hash, is_shared, tells_in_text};

/// Longest name of a request, in bytes: it goes into plans and ledgers.
const LONGEST_ID: usize = 64;
/// Values that a request may name a person by.
const MOST_VALUES: usize = 1_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    version: Spanned<i64>,
    id: Name,
    received: Option<Spanned<Datetime>>,
    selectors: BTreeMap<Name, OneOrMore>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

/// A request of a person. Of what names the person it holds tokens alone.
pub struct Request {
    id: String,
    received: Option<(String, Timestamp)>,
    named: HashMap<Id, String>,
    counts: BTreeMap<String, u64>,
}

impl Request {
    /// Reads the text of a request. `entities`: what a person can be named by. `tokens` makes the tokens of a value, as findings have
    /// them.
    ///
    /// # Errors
    /// `Usage`, with line and column and without a value, where it is not of the form.
    pub fn compile(at: Written<'_>, zone: &TimeZone, entities: &[&str], tokens: &mut dyn FnMut(&str, &str) -> Vec<Id>) -> Result<Self> {
        let form: Form = at.parse()?;
        if *form.version.get_ref() != 1 {
            return Err(at.wrong(form.version.span(), "expected version 1"));
        }
        let id = form.id.get_ref();
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "._-/:#".contains(c);
        if id.is_empty() || id.len() > LONGEST_ID || !id.chars().all(is_plain) {
            let error = at.wrong(form.id.span(), "expected the number of a case: letters, digits and ._-/:#, at most 64");
            return Err(error.hint("it stands in plans and ledgers, where nothing may name the person"));
        }
        let received = form.received.as_ref().map(|day| {
            let text = day.get_ref().to_string();
            let read = text.parse::<jiff::civil::Date>().ok().and_then(|date| date.to_zoned(zone.clone()).ok());
            let start = read.ok_or_else(|| at.wrong(day.span(), "expected a day, such as 2026-01-15"))?;
            Ok((text, start.timestamp()))
        });
        let (mut named, mut counts) = (HashMap::new(), BTreeMap::new());
        for (entity, values) in &form.selectors {
            let values = match values {
                OneOrMore::One(one) => std::slice::from_ref(one),
                OneOrMore::More(more) => more.as_slice(),
            };
            if !entities.contains(&entity.get_ref().as_str()) {
                let error = at.wrong(entity.span(), "unknown entity");
                let near = crate::model::nearest(entity.get_ref(), entities.iter().copied());
                return Err(
                    error.hint(near.map_or("datatrawl patterns list shows them".to_owned(), |near| format!("did you mean {near}?")))
                );
            }
            for value in values {
                if value.trim().is_empty() {
                    return Err(at.wrong(entity.span(), "a value is empty"));
                }
                if is_placeholder(value) {
                    let error = at.wrong(entity.span(), "a value stands for none, such as 0 or n/a: it is in the records of many");
                    return Err(error.hint("name the person by something that is theirs"));
                }
                named.extend(tokens(entity.get_ref(), value.trim()).into_iter().map(|token| (token, entity.get_ref().clone())));
            }
            counts.insert(entity.get_ref().clone(), values.len() as u64);
        }
        match counts.values().sum::<u64>() {
            0 => Err(Error::new(ErrorKind::Usage, format!("request {}: it names nobody", at.name)).hint("give [selectors]: email = \"…\"")),
            n if n > MOST_VALUES as u64 => {
                Err(Error::new(ErrorKind::Usage, format!("request {}: more than {MOST_VALUES} values", at.name)))
            }
            _ => Ok(Self { id: id.clone(), received: received.transpose()?, named, counts }),
        }
    }

    /// The entities that it names the person by.
    pub fn entities(&self) -> impl Iterator<Item = &str> {
        self.counts.keys().map(String::as_str)
    }

    /// When it came in.
    pub(super) fn received(&self) -> Option<Timestamp> {
        self.received.as_ref().map(|(_, time)| *time)
    }

    /// Whether it names the person by a value of an entity.
    pub(super) fn names_by(&self, entity: &str) -> bool {
        self.counts.contains_key(entity)
    }

    /// What a plan says of it.
    pub(super) fn facts(&self, known: &Known, hops: u64) -> RequestFacts {
        RequestFacts {
            id: self.id.clone(),
            received: self.received.as_ref().map(|(day, _)| day.clone()),
            selectors: self.counts.clone(),
            learnt: known.learnt_counts(),
            hops,
        }
    }
}

/// What is known of the person who asks.
pub(super) struct Known {
    named: HashMap<Id, String>,
    learnt: HashMap<Id, String>,
    /// Entities of which some value is known.
    kinds: HashSet<String>,
    /// Values that the request names and that stand in records of others, too.
    contested: HashSet<Id>,
    /// By dataset and column: hashes of what leads to records there, and in which roles.
    references: HashMap<(usize, String), HashMap<[u8; 16], HashSet<String>>>,
}

/// How a value that was found is about the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mentioned {
    /// It is theirs.
    Surely,
    /// Others may have it too.
    Perhaps,
}

impl Known {
    pub(super) fn of(request: &Request) -> Self {
        Self {
            named: request.named.clone(),
            learnt: HashMap::new(),
            kinds: request.counts.keys().cloned().collect(),
            contested: HashSet::new(),
            references: HashMap::new(),
        }
    }

    /// Whether the request names values that several people may have.
    pub(super) fn names_shared(&self) -> bool {
        self.named.values().any(|entity| is_shared(entity))
    }

    /// Takes in values that others have, too.
    pub(super) fn contest(&mut self, tokens: Vec<Id>) {
        self.contested.extend(tokens.into_iter().filter(|token| self.named.get(token).is_some_and(|entity| is_shared(entity))));
    }

    /// How a value compares, of which these are the tokens.
    pub(super) fn compare(&self, entity: &str, tokens: &[Id]) -> Compared {
        match () {
            () if tokens.iter().any(|token| self.named.contains_key(token) && !self.contested.contains(token)) => Compared::Named,
            () if tokens.iter().any(|token| self.named.contains_key(token)) => Compared::Contested,
            () if tokens.iter().any(|token| self.learnt.contains_key(token)) => Compared::Learnt,
            () if self.kinds.contains(entity) => Compared::Other,
            () => Compared::Unknown,
        }
    }

    /// Whether something that was found is about the person, and whether the request names it.
    pub(super) fn mentions(&self, finding: &FindingRow) -> Option<(Mentioned, bool)> {
        let (entity, token) = (&finding.entity, finding.value_token?);
        if self.named.contains_key(&token) {
            let is_sure = tells_in_text(entity) && !self.contested.contains(&token);
            return Some((if is_sure { Mentioned::Surely } else { Mentioned::Perhaps }, true));
        }
        let learnt = self.learnt.contains_key(&token);
        learnt.then(|| (if is_shared(entity) { Mentioned::Perhaps } else { Mentioned::Surely }, false))
    }

    /// Whether a record of the person leads to one with this text in a column, for a role; none: for no role at all.
    pub(super) fn refers(&self, dataset: usize, column: &str, text: &str) -> Option<&HashSet<String>> {
        self.references.get(&(dataset, column.to_owned()))?.get(&hash(text))
    }

    /// Columns of a dataset by which its records are referred to.
    pub(super) fn referring(&self, dataset: usize) -> impl Iterator<Item = &str> {
        self.references.keys().filter(move |(own, _)| *own == dataset).map(|(_, column)| column.as_str())
    }

    /// Takes in what a record of the person says; whether it is new.
    pub(super) fn learn(&mut self, lesson: Lesson) -> bool {
        match lesson {
            Lesson::Value { entity, token } => {
                let is_new = !self.named.contains_key(&token) && !self.learnt.contains_key(&token);
                if is_new {
                    self.kinds.insert(entity.clone());
                    self.learnt.insert(token, entity);
                }
                is_new
            }
            Lesson::Reference { dataset, column, hash, role } => {
                self.references.entry((dataset, column)).or_default().entry(hash).or_default().insert(role)
            }
        }
    }

    fn learnt_counts(&self) -> BTreeMap<String, u64> {
        let mut counts = BTreeMap::new();
        for entity in self.learnt.values() {
            *counts.entry(entity.clone()).or_default() += 1;
        }
        counts
    }
}

/// Something that a record says of the person whose own it is.
pub(super) enum Lesson {
    /// A value that they are known by.
    Value { entity: String, token: Id },
    /// What leads to records of another dataset that are theirs in the same role.
    Reference { dataset: usize, column: String, hash: [u8; 16], role: String },
}
