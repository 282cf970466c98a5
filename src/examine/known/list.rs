//! Which columns of a list are known values, and of what: as they are given, or by their names.

use crate::detect::Detector;
use crate::model::{Error, ErrorKind, Normalisation, Result, RuleIndex, Sensitivity};
use crate::pattern::{CellMatcher, NameVerdict, Rule};

/// A list of known values, as it is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownList {
    /// Path of the file, for people.
    pub name: String,
    /// Columns and what their values are: an entity, or the id of a rule. Empty: the names of the columns say.
    pub columns: Vec<(String, String)>,
    /// The column that tells persons apart; none: the customer number, e-mail address or phone, or else the first column.
    pub subject: Option<String>,
}

/// A column whose values are known.
pub(super) struct Column {
    /// Its place in the file.
    pub index: usize,
    pub name: String,
    pub entity: String,
    /// One rule for each normal form that values of the entity have.
    pub rules: Vec<RuleIndex>,
}

/// Entities that tell persons apart, the best first.
const SUBJECTS: [&str; 3] = ["customer_id", "email", "phone"];

impl KnownList {
    /// An error about the list.
    pub(super) fn wrong(&self, what: impl std::fmt::Display) -> Error {
        Error::new(ErrorKind::Usage, format!("known values in {}: {what}", self.name))
    }

    /// Finds the columns in a header, and which of them tells persons apart.
    ///
    /// # Errors
    /// `Usage` where a column is missing or means nothing. The header is not quoted: a file without one begins with values.
    pub(super) fn resolve(&self, header: &[Vec<u8>], detector: &Detector) -> Result<(Vec<Column>, usize)> {
        let header: Vec<String> = header.iter().map(|name| String::from_utf8_lossy(name).trim().to_owned()).collect();
        let columns = match &self.columns[..] {
            [] => by_name(&header, detector),
            given => given.iter().map(|(name, what)| self.column(&header, name, what, detector)).collect::<Result<_>>()?,
        };
        if columns.is_empty() {
            let error = self.wrong("no column is named for values that tell persons");
            return Err(error.hint("the first row must be a header; --known-column NAME=ENTITY says what a column holds"));
        }
        let subject = match &self.subject {
            Some(name) => {
                let at = columns.iter().position(|column| column.name.eq_ignore_ascii_case(name));
                at.ok_or_else(|| self.wrong(format_args!("{name} is none of its known columns")).hint("give it with --known-column, too"))?
            }
            None => SUBJECTS.iter().find_map(|entity| columns.iter().position(|column| column.entity == *entity)).unwrap_or(0),
        };
        Ok((columns, subject))
    }

    fn column(&self, header: &[String], name: &str, what: &str, detector: &Detector) -> Result<Column> {
        let exact = header.iter().position(|held| held == name);
        let Some(index) = exact.or_else(|| header.iter().position(|held| held.eq_ignore_ascii_case(name))) else {
            return Err(self.wrong(format_args!("it has no column {name}")));
        };
        let rules = detector.rules();
        let named = rules.iter().find(|(_, rule)| *rule.id == *what).map(|(index, _)| index);
        // An entity goes before a rule that has its name.
        let (entity, rules) = match rules_of(detector, what) {
            own if !own.is_empty() => (what.to_owned(), own),
            _ => named.map(|rule| (rules.rule(rule).entity.to_string(), vec![rule])).unwrap_or_default(),
        };
        if rules.is_empty() {
            return Err(self.wrong(format_args!("no rule finds {what}")).hint("datatrawl patterns list shows entities and rules"));
        }
        if rules.iter().any(|rule| detector.rules().rule(*rule).sensitivity == Sensitivity::Prohibited) {
            return Err(self.wrong(format_args!("{what} must not be kept, in no list either")));
        }
        Ok(Column { index, name: header[index].clone(), entity, rules })
    }
}

/// Rules of an entity, one for each normal form; the one that has its name first.
fn rules_of(detector: &Detector, entity: &str) -> Vec<RuleIndex> {
    let mut own: Vec<(RuleIndex, &Rule)> = detector.rules().iter().filter(|(_, rule)| *rule.entity == *entity).collect();
    own.sort_by_key(|(_, rule)| *rule.id != *entity);
    let mut forms: Vec<Normalisation> = Vec::new();
    own.retain(|(_, rule)| {
        let is_new = !forms.contains(&rule.normalisation);
        forms.push(rule.normalisation);
        is_new
    });
    own.into_iter().map(|(index, _)| index).collect()
}

/// Columns whose names speak for one entity whose values tell persons.
fn by_name(header: &[String], detector: &Detector) -> Vec<Column> {
    let mut out = Vec::new();
    let mut scratch = detector.scratch();
    for (index, name) in header.iter().enumerate().filter(|(_, name)| is_name(name)) {
        // A street speaks for addresses as a column `street` does.
        let mut found = Vec::new();
        detector.find(&mut scratch, name.as_bytes(), 0..name.len(), &mut found);
        if !found.is_empty() {
            continue;
        }
        let speaking = |wanted: NameVerdict| {
            let rules = detector.rules().rules().iter().filter(|rule| tells_persons(rule) && rule.name_verdict("", name) == wanted);
            let mut entities: Vec<&str> = rules.map(|rule| &*rule.entity).collect();
            entities.sort_unstable();
            entities.dedup();
            entities
        };
        // A column `name` in a list of persons holds their names.
        let entities =
            Some(speaking(NameVerdict::For)).filter(|entities| !entities.is_empty()).unwrap_or_else(|| speaking(NameVerdict::Beside));
        if let [entity] = entities[..] {
            out.push(Column { index, name: name.clone(), entity: entity.to_owned(), rules: rules_of(detector, entity) });
        }
    }
    out
}

/// Whether a text may be the name of a column: a file without a header begins with values.
fn is_name(text: &str) -> bool {
    text.chars().count() <= 40 && !text.contains('@') && text.bytes().filter(u8::is_ascii_digit).count() < 3
}

/// Whether values that a rule finds belong to few persons each: not so dates, sexes, occupations.
fn tells_persons(rule: &Rule) -> bool {
    let has_form = rule.finder.is_some() || rule.cells == Some(CellMatcher::PersonName);
    has_form && rule.normalisation != Normalisation::DateIso && rule.sensitivity != Sensitivity::Prohibited
}
