//! A policy file checked and compiled.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use regex_automata::meta::Regex;
use toml::Spanned;
use toml::value::Datetime;

use super::clock::{Clock, ClockKind, Format, Unit};
use super::file::{
    ActionName, ClockForm, DatasetForm, GuardForm, HoldForm, OneOrMore, PersonForm, PolicyFile, RuleForm, Scalar, Unassigned, parse,
};
use super::hold::{Hold, Subjects};
use super::term::Term;
use crate::model::{Error, Likelihood, Name, Region, Result, TokenList, Written};
use crate::seal::Recipient as Sealed;
use crate::source::Globs;

/// Lowest likelihood that a rule acts on: for one dataset, and for all.
pub const WEAK_DEFAULT: [Likelihood; 2] = [Likelihood::Likely, Likelihood::VeryLikely];
/// Entries of one kind that a policy may have.
const MOST: usize = 10_000;
/// Approvals that a policy may ask for.
const MOST_APPROVALS: u64 = 9;
/// Digits of a card number that may stay: PCI DSS 3.4.1 lets more be shown to who must see them, which nobody needs in a file.
const MOST_PAN_DIGITS: i64 = 4;

/// A policy.
pub struct Policy {
    /// Its name.
    pub id: String,
    /// Day on which the published policy was last modified.
    pub modified: Date,
    /// Zone of calendar spans.
    pub zone: TimeZone,
    /// Its countries.
    pub regions: Vec<Region>,
    /// What files of no dataset are.
    pub unassigned: Unassigned,
    /// Purposes.
    pub purposes: Vec<Purpose>,
    /// Recipients.
    pub recipients: Vec<Recipient>,
    /// Datasets.
    pub datasets: Vec<Dataset>,
    /// Rules.
    pub duties: Vec<Duty>,
    /// Backups.
    pub backups: Vec<Backup>,
    /// Holds, also those that were released.
    pub holds: Vec<Hold>,
    /// BLAKE3 of its text, hex.
    pub digest: String,
}

/// What plans may do at most.
#[derive(Clone, Debug)]
pub struct Guard {
    /// Share of a dataset's records that may be dropped, in percent.
    pub max_records_percent: f64,
    /// Files of a dataset that may be changed.
    pub max_files: u64,
    /// People other than the operator who must approve a plan.
    pub approvals: u64,
    /// How long originals are kept.
    pub quarantine: Option<Term>,
    /// How long those in which something of payment cards goes; none: they are not.
    pub quarantine_cards: Option<Term>,
    /// How long those in which something goes that a person asked to be erased; none: they are not.
    pub quarantine_erasures: Option<Term>,
    /// Who can read them.
    pub quarantine_recipient: Option<String>,
}

/// A purpose that data is kept for.
#[derive(Clone, Debug)]
pub struct Purpose {
    /// Its name.
    pub id: String,
    /// Fideslang data use.
    pub data_use: String,
    /// Lawful basis.
    pub lawful_basis: Option<String>,
    /// Indices of its recipients.
    pub recipients: Vec<usize>,
}

/// Someone who gets data.
#[derive(Clone, Debug)]
pub struct Recipient {
    /// Its name.
    pub id: String,
    /// Categories that it may get.
    pub allow: Vec<String>,
    /// Indices of purposes.
    pub purposes: Vec<usize>,
}

/// Files and tables that belong together.
pub struct Dataset {
    /// Its name.
    pub id: String,
    /// Who answers for it.
    pub owner: Option<String>,
    files: Globs,
    tables: Vec<(Globs, String)>,
    /// Globs as typed.
    pub shown: Vec<String>,
    /// Where the original is.
    pub origin: Option<String>,
    /// Columns that tell its records apart.
    pub key: Vec<String>,
    /// Indices of purposes.
    pub purposes: Vec<usize>,
    /// Categories that it may hold; none: any.
    pub allow: Option<Vec<String>>,
    /// Columns that name records of other datasets.
    pub references: Vec<Reference>,
    /// Clocks, in the order in which they are asked.
    pub clocks: Vec<Clock>,
    /// The people of a record.
    pub persons: Vec<Person>,
    /// What says that a record's person agreed.
    pub consent: Option<Consent>,
    /// What plans may do to it.
    pub guard: Guard,
}

/// A column that names records of another dataset.
#[derive(Clone, Debug)]
pub struct Reference {
    /// Own column.
    pub from: String,
    /// Index of the other dataset.
    pub dataset: usize,
    /// Its column.
    pub column: String,
}

/// One person of a record.
#[derive(Clone, Debug)]
pub struct Person {
    /// Role.
    pub role: String,
    /// Columns that hold the person's data.
    pub columns: Vec<String>,
    /// Entity and column of what says who it is.
    pub identity: Vec<(String, String)>,
}

/// What says that a record's person agreed.
#[derive(Clone, Debug)]
pub struct Consent {
    /// Column.
    pub column: String,
    /// What stands in it.
    pub equals: Scalar,
}

/// A condition on a cell: one of these stands in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Filter {
    /// Column.
    pub column: String,
    /// Texts, numbers or truth values.
    pub any: Vec<Scalar>,
}

/// What a rule acts on.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// Findings of entities or categories.
    Findings {
        /// Entities.
        entities: Vec<String>,
        /// Fideslang categories; one holds for those below it.
        categories: Vec<String>,
    },
    /// Whole cells of columns.
    Columns(Vec<String>),
    /// Records.
    Records,
    /// Files, when their newest record is due.
    Files,
}

/// What is done.
#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    /// Its name.
    pub name: ActionName,
    /// Characters that stay, of `mask` and `pan_truncate`.
    pub keep: usize,
    /// What is written, of `replace`.
    pub with: Option<String>,
}

/// A rule: what is done with what, and when.
#[derive(Clone, Debug)]
pub struct Duty {
    /// Its name.
    pub id: String,
    /// Index of its dataset; none: all.
    pub dataset: Option<usize>,
    /// Whose data; none: everyone's.
    pub role: Option<String>,
    /// What it acts on.
    pub target: Target,
    /// Only in records that meet all of these.
    pub filter: Vec<Filter>,
    /// Only where consent is not given.
    pub without_consent: bool,
    /// When it is due, from the record's time.
    pub after: Term,
    /// Not before that, whatever else says so.
    pub min_keep: Option<Term>,
    /// What is done.
    pub action: Action,
    /// Lowest likelihood of findings that it acts on.
    pub min_likelihood: Likelihood,
    /// Which of two record rules counts.
    pub priority: Option<i64>,
    /// What an erasure request does meanwhile.
    pub on_request: Option<ActionName>,
    /// Whether the time of modification may say how old a record is.
    pub accept_weak_clock: bool,
    /// Why a finding of it is an incident.
    pub incident: Option<String>,
}

/// Backups that still hold what was deleted.
#[derive(Clone, Debug)]
pub struct Backup {
    /// Indices of datasets.
    pub datasets: Vec<usize>,
    /// How long they are kept.
    pub expires: Term,
}

impl Policy {
    /// The datasets that a file belongs to, or a table of it. More than one is an error of the policy.
    #[must_use]
    pub fn datasets_of(&self, path: &str, table: Option<&str>) -> Vec<usize> {
        (0..self.datasets.len()).filter(|index| self.datasets[*index].holds(path, table)).collect()
    }

    /// Those who get data of a dataset: named by its purposes, or naming one of them.
    pub fn recipients_of<'a>(&'a self, dataset: &'a Dataset) -> impl Iterator<Item = &'a Recipient> {
        let named = |index: usize| dataset.purposes.iter().any(|purpose| self.purposes[*purpose].recipients.contains(&index));
        let names = |recipient: &Recipient| recipient.purposes.iter().any(|purpose| dataset.purposes.contains(purpose));
        self.recipients
            .iter()
            .enumerate()
            .filter(move |(index, recipient)| named(*index) || names(recipient))
            .map(|(_, recipient)| recipient)
    }
}

impl Dataset {
    /// Says whether a file belongs to it, or a table of it. A table without a schema is found in any.
    #[must_use]
    pub fn holds(&self, path: &str, table: Option<&str>) -> bool {
        let same = |own: &str, table: &str| {
            own.eq_ignore_ascii_case(table) || !own.contains('.') && table.rsplit('.').next().is_some_and(|t| t.eq_ignore_ascii_case(own))
        };
        self.files.matches(path)
            || table.is_some_and(|table| self.tables.iter().any(|(files, own)| same(own, table) && files.matches(path)))
    }

    /// Says whether it names tables of a file, so that which of its records belong to it depends on their table.
    #[must_use]
    pub fn names_tables_of(&self, path: &str) -> bool {
        self.tables.iter().any(|(files, _)| files.matches(path))
    }

    /// The columns that say something of a record, other than what is found in it.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        let clocks = self.clocks.iter().flat_map(|clock| match &clock.kind {
            ClockKind::Column(name) => vec![name.as_str()],
            ClockKind::Event { on, .. } => vec![on.as_str()],
            _ => Vec::new(),
        });
        let identity = self.persons.iter().flat_map(|person| person.identity.iter().map(|(_, column)| column.as_str()));
        let consent = self.consent.iter().map(|consent| consent.column.as_str());
        clocks.chain(self.key.iter().map(String::as_str)).chain(identity).chain(consent)
    }
}

impl Scalar {
    /// Says whether a cell holds it; none where the cell should be a truth value and is none. Numbers are compared as numbers.
    #[must_use]
    pub fn is(&self, cell: &str) -> Option<bool> {
        match self {
            Self::Bool(value) => truth(cell.trim()).map(|truth| truth == *value),
            Self::Int(value) => Some(cell.trim().parse::<i64>().is_ok_and(|n| n == *value)),
            Self::Float(value) => Some(cell.trim().parse::<f64>().is_ok_and(|n| n == *value)),
            Self::Text(value) => Some(cell == value),
        }
    }
}

/// The truth value that a text means, as databases and spreadsheets write them.
fn truth(text: &str) -> Option<bool> {
    let is = |words: [&str; 6]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    match () {
        () if is(["true", "t", "yes", "y", "on", "1"]) => Some(true),
        () if is(["false", "f", "no", "n", "off", "0"]) => Some(false),
        () => None,
    }
}

/// What a policy is compiled for.
pub struct Given<'a> {
    /// Path of the file, as people know it.
    pub name: &'a str,
    /// Entities of the rules.
    pub entities: Vec<&'a str>,
    /// Their categories.
    pub categories: Vec<&'a str>,
    /// Codes of countries; what is none is refused.
    pub is_country: fn(&str) -> bool,
    /// Public name of the key; none: holds' lists are not held against it.
    pub key_id: Option<&'a str>,
    /// Reads a file that the policy names.
    pub read: &'a dyn Fn(&str) -> std::io::Result<String>,
}

impl Given<'_> {
    /// Compiles the text of a policy.
    ///
    /// # Errors
    /// `Usage`, with line and column, where something is not as it should be.
    pub fn compile(&self, text: &str) -> Result<Policy> {
        let at = Written { kind: "policy", name: self.name, text };
        let form = parse(&at)?;
        Compiler { given: self, at, form: &form }.policy()
    }
}

struct Compiler<'a> {
    given: &'a Given<'a>,
    at: Written<'a>,
    form: &'a PolicyFile,
}

impl Compiler<'_> {
    fn policy(&self) -> Result<Policy> {
        let Self { form, at, .. } = self;
        let whole = form.version.span();
        self.bound()?;
        for names in [
            names(&form.purpose, |f| &f.id),
            names(&form.recipient, |f| &f.id),
            names(&form.dataset, |f| &f.id),
            names(&form.rule, |f| &f.id),
            names(&form.hold, |f| &f.id),
        ] {
            self.unique(&names)?;
        }
        if form.dataset.is_empty() || form.rule.is_empty() {
            let error = at.wrong(whole, "a policy without datasets or rules decides nothing");
            return Err(error.hint("datatrawl policy new prints one to begin with"));
        }
        let zone = self.zone(&form.policy.timezone)?;
        let regions = form.policy.regions.iter().map(|name| self.region(name)).collect::<Result<_>>()?;
        let purposes = form.purpose.iter().map(|purpose| {
            let recipients = purpose.recipients.iter().map(|name| self.index(name, "recipient", &form.recipient, |f| &f.id));
            Ok(Purpose {
                id: purpose.id.get_ref().clone(),
                data_use: purpose.data_use.clone(),
                lawful_basis: purpose.lawful_basis.clone(),
                recipients: recipients.collect::<Result<_>>()?,
            })
        });
        let recipients = form.recipient.iter().map(|recipient| {
            let purposes = recipient.purposes.iter().map(|name| self.purpose(name));
            let allow = recipient.allow.iter().map(|name| self.category(name)).collect::<Result<_>>()?;
            Ok(Recipient { id: recipient.id.get_ref().clone(), allow, purposes: purposes.collect::<Result<_>>()? })
        });
        let backups = form.backup.iter().map(|backup| {
            let datasets = backup.datasets.iter().map(|name| self.dataset_index(name)).collect::<Result<_>>()?;
            Ok(Backup { datasets, expires: self.term(&backup.expires)? })
        });
        let policy = Policy {
            id: form.policy.id.get_ref().clone(),
            modified: self.day(&form.policy.modified)?,
            regions,
            unassigned: form.policy.unassigned,
            purposes: purposes.collect::<Result<_>>()?,
            recipients: recipients.collect::<Result<_>>()?,
            datasets: form.dataset.iter().map(|dataset| self.dataset(dataset, &zone)).collect::<Result<_>>()?,
            duties: form.rule.iter().map(|rule| self.duty(rule)).collect::<Result<_>>()?,
            backups: backups.collect::<Result<_>>()?,
            holds: form.hold.iter().map(|hold| self.hold(hold)).collect::<Result<_>>()?,
            zone,
            digest: blake3::hash(at.text.as_bytes()).to_hex().to_string(),
        };
        self.refuse_meeting(&policy.duties)?;
        Ok(policy)
    }

    fn bound(&self) -> Result<()> {
        let form = self.form;
        let counts = [form.purpose.len(), form.recipient.len(), form.dataset.len(), form.rule.len(), form.backup.len(), form.hold.len()];
        if counts.into_iter().any(|count| count > MOST) {
            return Err(self.at.wrong(0..0, format_args!("more than {MOST} entries of one kind")));
        }
        Ok(())
    }

    fn unique(&self, names: &[&Name]) -> Result<()> {
        let mut seen = HashSet::new();
        for name in names {
            let plain = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b));
            if name.get_ref().is_empty() || name.get_ref().len() > 100 || !plain(name.get_ref()) {
                return Err(self.at.wrong(name.span(), "a name has 1 to 100 letters, digits, `_`, `-` and `.`"));
            }
            if !seen.insert(name.get_ref()) {
                return Err(self.at.wrong(name.span(), "this name is taken: names are given once"));
            }
        }
        Ok(())
    }

    fn index<T>(&self, name: &Name, what: &str, among: &[T], id: impl Fn(&T) -> &Name) -> Result<usize> {
        let known = || among.iter().map(|form| id(form).get_ref().as_str());
        let all = || format!("known here: {}", known().take(20).collect::<Vec<_>>().join(", "));
        known().position(|known| known == name.get_ref()).ok_or_else(|| self.at.unknown(name, what, known(), &all()))
    }

    fn dataset_index(&self, name: &Name) -> Result<usize> {
        self.index(name, "dataset", &self.form.dataset, |f| &f.id)
    }

    fn purpose(&self, name: &Name) -> Result<usize> {
        self.index(name, "purpose", &self.form.purpose, |f| &f.id)
    }

    fn zone(&self, name: &Name) -> Result<TimeZone> {
        TimeZone::get(name.get_ref())
            .map_err(|_| self.at.wrong(name.span(), "expected a name of the IANA time zone database, such as Asia/Manila or UTC"))
    }

    fn region(&self, name: &Name) -> Result<Region> {
        let region = name.get_ref().parse().ok().filter(|_| (self.given.is_country)(name.get_ref()));
        region.ok_or_else(|| self.at.wrong(name.span(), "expected the two-letter code of a country (ISO 3166-1)"))
    }

    fn term(&self, name: &Name) -> Result<Term> {
        Term::parse(name.get_ref()).ok_or_else(|| {
            self.at.wrong(name.span(), "expected an ISO 8601 duration that goes forward").hint("P180D, P6M, P5Y, PT72H; PT0S is at once")
        })
    }

    fn day(&self, date: &Spanned<Datetime>) -> Result<Date> {
        let whole = date.get_ref();
        let day = whole.date.filter(|_| whole.time.is_none()).and_then(|day| {
            let part = |n: u8| i8::try_from(n).ok();
            Date::new(i16::try_from(day.year).ok()?, part(day.month)?, part(day.day)?).ok()
        });
        day.ok_or_else(|| self.at.wrong(date.span(), "expected a day such as 2026-01-15, without a time"))
    }

    /// A category of the rules, or one above some of them.
    fn category(&self, name: &Name) -> Result<String> {
        let text = name.get_ref();
        if self.given.categories.iter().any(|category| is_within(category, text)) {
            return Ok(text.clone());
        }
        let near = self.given.categories.iter().copied();
        Err(self.at.unknown(name, "category", near, "no rule finds anything of it: datatrawl patterns list shows what there is"))
    }

    fn entity(&self, name: &Name) -> Result<String> {
        let known = || self.given.entities.iter().copied();
        if known().any(|entity| entity == name.get_ref()) {
            return Ok(name.get_ref().clone());
        }
        Err(self.at.unknown(name, "entity", known(), "datatrawl patterns list shows what there is"))
    }

    fn globs(&self, name: &Name, text: &str) -> Result<Globs> {
        Globs::compile(&[text.to_owned()]).map_err(|error| self.at.wrong(name.span(), error))
    }

    fn dataset(&self, form: &DatasetForm, zone: &TimeZone) -> Result<Dataset> {
        let tables = form.tables.iter().map(|name| {
            let Some((files, table)) = name.get_ref().rsplit_once(':').filter(|(_, table)| !table.is_empty()) else {
                return Err(self.at.wrong(name.span(), "expected a glob of files, a colon and a table"));
            };
            Ok((self.globs(name, files)?, table.to_owned()))
        });
        if form.files.is_empty() && form.tables.is_empty() {
            return Err(self.at.wrong(form.id.span(), "a dataset needs `match` or `tables`"));
        }
        for name in &form.files {
            self.globs(name, name.get_ref())?;
        }
        let files: Vec<String> = form.files.iter().map(|name| name.get_ref().clone()).collect();
        let references = form.references.iter().map(|reference| {
            let Some((dataset, column)) = reference.to.get_ref().split_once('.') else {
                return Err(self.at.wrong(reference.to.span(), "expected a dataset, a dot and a column"));
            };
            let name = Spanned::new(reference.to.span(), dataset.to_owned());
            Ok(Reference { from: reference.from.clone(), dataset: self.dataset_index(&name)?, column: column.to_owned() })
        });
        let guard =
            form.guard.as_ref().map_or_else(|| self.guard(&self.form.guard, None), |own| self.guard(own, Some(&self.form.guard)))?;
        let allow = form.allow.as_ref().map(|names| names.iter().map(|name| self.category(name)).collect::<Result<Vec<_>>>());
        Ok(Dataset {
            id: form.id.get_ref().clone(),
            owner: form.owner.clone(),
            shown: files.iter().chain(form.tables.iter().map(Spanned::get_ref)).cloned().collect(),
            files: Globs::compile(&files)?,
            tables: tables.collect::<Result<_>>()?,
            origin: form.origin.clone(),
            key: form.key.clone(),
            purposes: form.purposes.iter().map(|name| self.purpose(name)).collect::<Result<_>>()?,
            allow: allow.transpose()?,
            references: references.collect::<Result<_>>()?,
            clocks: form.clock.iter().map(|clock| self.clock(clock, zone)).collect::<Result<_>>()?,
            persons: self.persons(&form.person)?,
            consent: form.consent.as_ref().map(|c| Consent { column: c.column.clone(), equals: c.equals.clone() }),
            guard,
        })
    }

    fn guard(&self, own: &GuardForm, base: Option<&GuardForm>) -> Result<Guard> {
        let either = |get: fn(&GuardForm) -> Option<&Name>| get(own).or_else(|| base.and_then(get));
        let percent = own.max_records_percent.as_ref().or_else(|| base.and_then(|base| base.max_records_percent.as_ref()));
        let files = own.max_files.as_ref().or_else(|| base.and_then(|base| base.max_files.as_ref()));
        if let Some(percent) = percent.filter(|percent| !(0.0..=100.0).contains(percent.get_ref())) {
            return Err(self.at.wrong(percent.span(), "expected 0 to 100"));
        }
        let max_files = match files {
            None => 500,
            Some(files) => u64::try_from(*files.get_ref()).map_err(|_| self.at.wrong(files.span(), "expected a number of files"))?,
        };
        let approvals = match own.approvals.as_ref().or_else(|| base.and_then(|base| base.approvals.as_ref())) {
            None => 0,
            Some(count) => u64::try_from(*count.get_ref())
                .ok()
                .filter(|count| *count <= MOST_APPROVALS)
                .ok_or_else(|| self.at.wrong(count.span(), format_args!("expected 0 to {MOST_APPROVALS}")))?,
        };
        let quarantine = either(|guard| guard.quarantine.as_ref());
        let recipient = either(|guard| guard.quarantine_recipient.as_ref());
        if let (Some(quarantine), None) = (quarantine, recipient) {
            let error = self.at.wrong(quarantine.span(), "a quarantine needs a quarantine_recipient");
            return Err(error.hint("originals are kept encrypted alone: age-keygen makes a key, its public part is the recipient"));
        }
        if let Some(name) = recipient.filter(|name| Sealed::parse(name.get_ref()).is_none()) {
            let error = self.at.wrong(name.span(), "expected a recipient of age: age1…");
            return Err(error.hint("age-keygen makes a key, its public part is the recipient"));
        }
        let (cards, erasures) = (either(|guard| guard.quarantine_cards.as_ref()), either(|guard| guard.quarantine_erasures.as_ref()));
        if let (None, Some(name)) = (quarantine, cards.or(erasures)) {
            return Err(self.at.wrong(name.span(), "this goes with `quarantine`, which is not there"));
        }
        let term = |name: Option<&Name>| name.map(|name| self.term(name)).transpose();
        Ok(Guard {
            max_records_percent: percent.map_or(5.0, |percent| *percent.get_ref()),
            max_files,
            approvals,
            quarantine: term(quarantine)?,
            quarantine_cards: term(cards)?,
            quarantine_erasures: term(erasures)?,
            quarantine_recipient: recipient.map(|name| name.get_ref().clone()),
        })
    }

    fn persons(&self, forms: &[PersonForm]) -> Result<Vec<Person>> {
        self.unique(&names(forms, |f| &f.role))?;
        let persons = forms.iter().map(|form| {
            let identity = form.identity.iter().map(|(entity, column)| Ok((self.entity(entity)?, column.clone())));
            let identity = identity.collect::<Result<_>>()?;
            Ok(Person { role: form.role.get_ref().clone(), columns: form.columns.clone(), identity })
        });
        persons.collect()
    }

    fn clock(&self, form: &Spanned<ClockForm>, zone: &TimeZone) -> Result<Clock> {
        let (span, form) = (form.span(), form.get_ref());
        let needs = |value: &Option<String>, key: &str| {
            value
                .clone()
                .filter(|text| !text.is_empty())
                .ok_or_else(|| self.at.wrong(span.clone(), format_args!("a clock of the kind {} needs `{key}`", form.kind.get_ref())))
        };
        let kind = match form.kind.get_ref().as_str() {
            "column" | "json" => ClockKind::Column(needs(&form.name, "name")?),
            "log" => ClockKind::Log,
            "partition" => ClockKind::Partition(needs(&form.key, "key")?),
            "path" => {
                let name = form.regex.as_ref().ok_or_else(|| self.at.wrong(span.clone(), "a clock of the kind path needs `regex`"))?;
                let regex =
                    Regex::new(name.get_ref()).ok().filter(|regex| regex.group_info().group_len(regex_automata::PatternID::ZERO) == 2);
                ClockKind::Path(Box::new(
                    regex
                        .ok_or_else(|| self.at.wrong(name.span(), "expected a regular expression with one group, which holds the time"))?,
                ))
            }
            "event" => ClockKind::Event {
                dataset: match &form.dataset {
                    Some(name) => self.dataset_index(name)?,
                    None => return Err(self.at.wrong(span, "a clock of the kind event needs `dataset`")),
                },
                on: needs(&form.on, "on")?,
                name: needs(&form.name, "name")?,
            },
            "mtime" => ClockKind::Modified,
            _ => {
                let kinds = ["column", "log", "partition", "path", "event", "mtime"];
                return Err(self.at.unknown(
                    &form.kind,
                    "kind of clock",
                    kinds.into_iter(),
                    "column, log, partition, path, event or mtime",
                ));
            }
        };
        let zone = form.zone.as_ref().map_or(Ok(zone.clone()), |name| self.zone(name))?;
        Ok(Clock { kind, format: self.format(form)?, zone })
    }

    fn format(&self, form: &ClockForm) -> Result<Format> {
        match (&form.format, &form.unit) {
            (Some(format), Some(_)) => Err(self.at.wrong(format.span(), "a clock has a format or a unit")),
            (None, Some(unit)) => Ok(Format::Number(match unit.get_ref().as_str() {
                "s" => Unit::Seconds,
                "ms" => Unit::Milliseconds,
                "us" => Unit::Microseconds,
                _ => return Err(self.at.wrong(unit.span(), "expected s, ms or us")),
            })),
            (None, None) => Ok(Format::Iso),
            (Some(format), None) => match format.get_ref().as_str() {
                "iso" => Ok(Format::Iso),
                "clf" => Ok(Format::CommonLog),
                // A year of two digits, or none, is no year.
                text if !has_day(text) => {
                    let error =
                        self.at.wrong(format.span(), "expected iso, clf, or conversions of strptime with a day and a year of four digits");
                    Err(error.hint("%d/%m/%Y, %Y-%m-%d %H:%M:%S; numbers since 1970 have a unit instead"))
                }
                text => match jiff::fmt::strtime::format(text, &jiff::Zoned::default()) {
                    Ok(_) => Ok(Format::Conversions(text.to_owned())),
                    Err(_) => Err(self.at.wrong(format.span(), "expected conversions of strptime")),
                },
            },
        }
    }

    fn duty(&self, form: &RuleForm) -> Result<Duty> {
        let everywhere = form.dataset.get_ref() == "*";
        let dataset = if everywhere { None } else { Some(self.dataset_index(&form.dataset)?) };
        let target = self.target(form, dataset)?;
        let after = self.term(&form.after)?;
        let min_keep = form.min_keep.as_ref().map(|term| self.term(term)).transpose()?;
        let filter: Vec<Filter> = form
            .filter
            .iter()
            .map(|(column, any)| Filter {
                column: column.clone(),
                any: match any {
                    OneOrMore::One(one) => vec![one.clone()],
                    OneOrMore::More(more) => more.clone(),
                },
            })
            .collect();
        let of_dataset = dataset.map(|index| &self.form.dataset[index]);
        if !filter.is_empty() && everywhere {
            return Err(self.at.wrong(form.dataset.span(), "`where` needs one dataset: its columns are meant"));
        }
        if form.without_consent && of_dataset.is_none_or(|dataset| dataset.consent.is_none()) {
            return Err(self.at.wrong(form.id.span(), "`without_consent` needs a dataset with `consent`"));
        }
        if let Some(role) = &form.role {
            let persons = of_dataset
                .map(|dataset| dataset.person.as_slice())
                .ok_or_else(|| self.at.wrong(role.span(), "`role` needs one dataset: its people are meant"))?;
            self.index(role, "role", persons, |person| &person.role)?;
        }
        if form.role.is_some() && matches!(target, Target::Records | Target::Files) {
            return Err(self.at.wrong(form.id.span(), "`role` tells whose cells are meant: a record or file goes whole"));
        }
        let drops_all = matches!(target, Target::Records | Target::Files) && filter.is_empty() && !form.without_consent && after.is_zero();
        if drops_all && !form.all_records {
            let error = self.at.wrong(form.id.span(), "this rule would empty its dataset");
            return Err(error.hint("give `where`, a time in `after`, or all_records = true if every record is meant"));
        }
        let level = form.min_likelihood.as_ref().map(|name| {
            let level = Likelihood::ALL.into_iter().find(|level| level.name() == name.get_ref());
            level.ok_or_else(|| self.at.wrong(name.span(), "expected possible, likely or very_likely"))
        });
        Ok(Duty {
            id: form.id.get_ref().clone(),
            dataset,
            role: form.role.as_ref().map(|role| role.get_ref().clone()),
            action: self.action(form, &target)?,
            target,
            filter,
            without_consent: form.without_consent,
            after,
            min_keep,
            min_likelihood: level.transpose()?.unwrap_or(WEAK_DEFAULT[usize::from(everywhere)]),
            priority: form.priority,
            on_request: form.on_request.as_ref().map(|action| self.on_request(action)).transpose()?,
            accept_weak_clock: form.accept_weak_clock,
            incident: form.incident.clone(),
        })
    }

    /// An erasure leaves nothing of a value.
    fn on_request(&self, action: &Spanned<ActionName>) -> Result<ActionName> {
        let name = *action.get_ref();
        if matches!(name, ActionName::DropRecord | ActionName::Null | ActionName::Redact) {
            return Ok(name);
        }
        let error = self.at.wrong(action.span(), format_args!("{} is no erasure", name.name()));
        Err(error.hint("on_request is drop_record, null or redact"))
    }

    fn target(&self, form: &RuleForm, dataset: Option<usize>) -> Result<Target> {
        let on_findings = !form.entities.is_empty() || !form.categories.is_empty();
        let action = *form.action.get_ref();
        let wrong = |what: &str| Err(self.at.wrong(form.action.span(), what));
        match (on_findings, form.columns.is_empty()) {
            (true, false) => Err(self.at.wrong(form.id.span(), "a rule acts on findings or on columns: it has both here")),
            (true, true) if action == ActionName::DropFile => {
                wrong("drop_file goes by the age of records: leave entities and categories out")
            }
            (true, true) => Ok(Target::Findings {
                entities: form.entities.iter().map(|name| self.entity(name)).collect::<Result<_>>()?,
                categories: form.categories.iter().map(|name| self.category(name)).collect::<Result<_>>()?,
            }),
            (false, false) if !action.edits() => wrong("a rule on columns edits cells: leave `columns` out to drop what is due"),
            (false, false) if dataset.is_none() => {
                Err(self.at.wrong(form.dataset.span(), "`columns` needs one dataset: its columns are meant"))
            }
            (false, false) => Ok(Target::Columns(form.columns.clone())),
            (false, true) => match action {
                ActionName::DropFile | ActionName::DropRecord if dataset.is_none() => {
                    Err(self.at.wrong(form.dataset.span(), "what is dropped whole needs one dataset"))
                }
                ActionName::DropFile if !form.filter.is_empty() => wrong("drop_file goes by the age of all records: leave `where` out"),
                ActionName::DropFile => Ok(Target::Files),
                ActionName::DropRecord => Ok(Target::Records),
                _ => wrong("this action needs `entities`, `categories` or `columns`"),
            },
        }
    }

    fn action(&self, form: &RuleForm, target: &Target) -> Result<Action> {
        let name = *form.action.get_ref();
        let at = form.action.span();
        let cards = matches!(target, Target::Findings { entities, categories } if categories.is_empty() && entities.iter().all(|e| e == "credit_card"));
        if name == ActionName::PanTruncate && !cards && !matches!(target, Target::Columns(_)) {
            return Err(self.at.wrong(at, "pan_truncate is for entities = [\"credit_card\"]"));
        }
        if (name == ActionName::Replace) != form.with.is_some() {
            return Err(self.at.wrong(at, "`with` and the action replace go together"));
        }
        if form.with.as_ref().is_some_and(|text| text.chars().any(char::is_control)) {
            return Err(self.at.wrong(at, "`with` holds a control character: it would end a line or a record"));
        }
        let keep = match (&form.keep, name) {
            (None, ActionName::PanTruncate) => 4,
            (None, _) => 0,
            (Some(keep), ActionName::PanTruncate) if !(0..=MOST_PAN_DIGITS).contains(keep.get_ref()) => {
                return Err(self.at.wrong(keep.span(), "at most 4 digits of a card number may stay"));
            }
            (Some(keep), ActionName::Mask | ActionName::PanTruncate) => {
                usize::try_from(*keep.get_ref()).map_err(|_| self.at.wrong(keep.span(), "expected a number of characters"))?
            }
            (Some(keep), _) => return Err(self.at.wrong(keep.span(), "`keep` goes with mask and pan_truncate")),
        };
        Ok(Action { name, keep, with: form.with.clone() })
    }

    /// Two rules that drop records and may mean the same ones must say which of them counts.
    fn refuse_meeting(&self, duties: &[Duty]) -> Result<()> {
        let droppers: Vec<usize> = (0..duties.len()).filter(|i| matches!(duties[*i].target, Target::Records | Target::Files)).collect();
        for (n, &a) in droppers.iter().enumerate() {
            for &b in &droppers[n + 1..] {
                let (first, second) = (&duties[a], &duties[b]);
                let told = first.priority.is_some() && second.priority.is_some() && first.priority != second.priority;
                if first.dataset == second.dataset && may_meet(&first.filter, &second.filter) && !told {
                    let what = format!("this rule and `{}` may mean the same records", first.id);
                    return Err(self
                        .at
                        .wrong(self.form.rule[b].id.span(), what)
                        .hint("give both a priority, or a `where` that tells them apart"));
                }
            }
        }
        Ok(())
    }

    fn hold(&self, form: &HoldForm) -> Result<Hold> {
        let datasets: Vec<usize> = form.datasets.iter().map(|name| self.dataset_index(name)).collect::<Result<_>>()?;
        let released = match (&form.released, &form.by) {
            (Some(day), Some(by)) if !by.is_empty() => Some((self.day(day)?, by.clone())),
            (None, None) => None,
            _ => return Err(self.at.wrong(form.id.span(), "a release needs `released` and `by`: until then it holds")),
        };
        Ok(Hold {
            id: form.id.get_ref().clone(),
            datasets: (!datasets.is_empty()).then_some(datasets),
            subjects: form.subjects_file.as_ref().map(|name| self.subjects(name)).transpose()?,
            opened: self.day(&form.opened)?,
            review_by: form.review_by.as_ref().map(|day| self.day(day)).transpose()?,
            released,
        })
    }

    /// The people of a hold. A list that cannot be trusted would let go of what must be kept: it is refused.
    fn subjects(&self, name: &Name) -> Result<Subjects> {
        let wrong = |what: String| -> Error {
            self.at.wrong(name.span(), what).hint("a hold whose people are not known holds nothing: datatrawl token --list makes its list")
        };
        let text = (self.given.read)(name.get_ref()).map_err(|error| wrong(format!("the list of this hold cannot be read: {error}")))?;
        let list = TokenList::parse(name.get_ref(), &text)?;
        if list.tokens.is_empty() {
            return Err(wrong("the list of this hold is empty".to_owned()));
        }
        if let Some(key_id) = self.given.key_id.filter(|key_id| *key_id != list.key_id) {
            return Err(wrong(format!("the list of this hold was made with the key {}, not {key_id}", list.key_id)));
        }
        Ok(Subjects { entity: list.entity, tokens: list.tokens })
    }
}

/// Whether conversions tell a day, and no name of a zone, which would be left out.
fn has_day(format: &str) -> bool {
    let has = |any: &[&str]| any.iter().any(|one| format.contains(one));
    let day = has(&["%d", "%e", "%F", "%j", "%D"]) && (has(&["%m", "%b", "%B", "%h", "%F", "%j"]));
    day && has(&["%Y", "%F"]) && !has(&["%Q", "%Z", "%s"])
}

/// Says whether a Fideslang category is another one, or below it.
#[must_use]
pub fn is_within(category: &str, above: &str) -> bool {
    category.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn names<T>(forms: &[T], id: impl Fn(&T) -> &Name) -> Vec<&Name> {
    forms.iter().map(id).collect()
}

/// Says whether a record may meet both conditions: it cannot where one column would hold two texts.
fn may_meet(a: &[Filter], b: &[Filter]) -> bool {
    let by_column: BTreeMap<&str, &Filter> = a.iter().map(|filter| (filter.column.as_str(), filter)).collect();
    b.iter()
        .all(|filter| by_column.get(filter.column.as_str()).is_none_or(|other| filter.any.iter().any(|value| other.any.contains(value))))
}
