//! A settings file checked against the rules of a run, and compiled.

use std::path::PathBuf;

use toml::value::Datetime;

use super::allow::{AllowFacts, AllowList, expression};
use super::file::{AllowEntry, Hidden, RulesEntry, SettingsFile, Table, parse};
use super::network::{Network, Wrong};

use super::{Layer, Scope, Switch};
use crate::model::{Error, ErrorKind, Name, Region, Result, TokenList, Written};
use crate::pattern::RuleSet;
use crate::source::{self, Globs};

/// Name of the settings file of a scanned folder.
pub const FILE_NAME: &str = ".datatrawl.toml";
/// A settings file may have so many bytes.
const FILE_BYTES: u64 = 1024 * 1024;
/// A list of tokens may have so many bytes: about 350,000 tokens.
const TOKENS_BYTES: u64 = 16 * 1024 * 1024;
/// Allow lists that a file may have: each is asked once a leaf.
const LISTS: usize = 100;
/// Values in clear that they may have together.
const VALUES: usize = 1_000;
/// Expressions that they may have together.
const EXPRESSIONS: usize = 100;
/// Globs that a file may have.
const GLOBS: usize = 1_000;

/// What a settings file says, compiled for a run.
pub struct Compiled {
    /// Levels, rows, rules on and off.
    pub layer: Layer,
    /// Its allow lists.
    pub lists: Vec<AllowList>,
    /// Regions; none: it does not say.
    pub regions: Option<Vec<Region>>,
    /// Globs of what is read.
    pub include: Vec<String>,
    /// Globs of what is left out.
    pub exclude: Vec<String>,
    /// A list of known values; only the file of a run may name one.
    pub known: Option<KnownEntry>,
    /// What `scan.json` and people are told.
    pub facts: FileFacts,
}

/// A list of known values, as a settings file names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownEntry {
    /// Its file; a relative path starts at the settings file.
    pub file: PathBuf,
    /// Columns, and the entity or rule of their values; none: their names say.
    pub columns: Vec<(String, String)>,
    /// The column that tells persons apart.
    pub subject: Option<String>,
}

/// What is told of a settings file: everything but values.
#[derive(Clone, Debug, serde::Serialize)]
pub struct FileFacts {
    /// Its path.
    pub file: String,
    /// `run`, or `root`: it lies beside the scanned data, and whoever writes these may have written it.
    pub scope: &'static str,
    /// Keyed digest of its text; empty until it is known.
    pub digest: String,
    /// Regions.
    pub regions: Option<Vec<String>>,
    /// Reporting level of all entities.
    pub min_likelihood: Option<&'static str>,
    /// Reporting levels by entity.
    pub likelihood: std::collections::BTreeMap<String, &'static str>,
    /// Rows by entity.
    pub rows: std::collections::BTreeMap<String, String>,
    /// Globs of what is read.
    pub include: Vec<String>,
    /// Globs of what is left out.
    pub exclude: Vec<String>,
    /// Rules on and off.
    pub rules: Vec<SwitchFacts>,
}

/// One entry of `[[rules]]`.
#[derive(Clone, Debug, serde::Serialize)]
pub struct SwitchFacts {
    /// Rules and entities that are off.
    pub off: Vec<String>,
    /// Rules and entities that are on after all.
    pub on: Vec<String>,
    /// Globs; none: everywhere.
    pub paths: Option<Vec<String>>,
    /// Why.
    pub reason: Option<String>,
}

impl FileFacts {
    /// Whether it could hide a finding or a file: what is beside the data is to be looked at then.
    #[must_use]
    pub fn narrows(&self, lists: usize) -> bool {
        lists > 0
            || self.min_likelihood.is_some()
            || !self.likelihood.is_empty()
            || !self.include.is_empty()
            || !self.exclude.is_empty()
            || self.rules.iter().any(|switch| !switch.off.is_empty())
    }
}

/// What a file is compiled for.
pub struct Given<'a> {
    /// Path of the file, as people know it.
    pub path: PathBuf,
    /// What it holds for.
    pub scope: Scope,
    /// Rules of the run.
    pub rules: &'a RuleSet,
    /// Codes of countries; what is none is refused.
    pub is_country: fn(&str) -> bool,
    /// Public name of the run's key; none: lists of tokens are not compared.
    pub key_id: Option<&'a str>,
    /// Microseconds since the epoch, against which `expires` is held.
    pub now_us: i64,
}

/// Reads a settings file. It must be a regular file of at most 1 MiB.
///
/// # Errors
/// `Usage` where it is not.
pub fn read(path: &std::path::Path) -> Result<String> {
    source::read_text(path, FILE_BYTES).map_err(|error| Error::new(ErrorKind::Usage, format!("settings {}: {error}", path.display())))
}

impl Given<'_> {
    /// Compiles the text of a settings file.
    ///
    /// # Errors
    /// `Usage` with line and column where something is not as it should be. No value of an allow list is quoted.
    pub fn compile(&self, text: &str) -> Result<Compiled> {
        let shown = self.path.display().to_string();
        let at = Written { kind: "settings", name: &shown, text };
        let file = parse(&at)?;
        bound(&at, &file)?;
        let mut layer = Layer { scope: self.scope.clone(), origin: shown.clone(), ..Layer::default() };
        layer.levels = vec![file.min_likelihood.as_ref().map(|level| level.0); self.rules.rules().len()];
        layer.rows = vec![None; self.rules.rules().len()];
        self.fill(&at, &file.likelihood, &mut layer.levels)?;
        self.fill(&at, &file.rows, &mut layer.rows)?;
        layer.switches = file.rules.iter().map(|entry| self.switch(&at, entry)).collect::<Result<_>>()?;
        let regions = file.regions.as_ref().map(|names| names.iter().map(|name| self.region(&at, name)).collect::<Result<Vec<_>>>());
        let regions = regions.transpose()?;
        self.globs(&at, Some(&file.paths.include))?;
        self.globs(&at, Some(&file.paths.exclude))?;
        let facts = self.facts(&shown, &file);
        let known = file.known.map(|entry| self.known(&at, entry)).transpose()?;
        let numbered = file.allow.into_iter().enumerate();
        let lists = numbered.map(|(n, entry)| self.list(&at, n + 1, entry)).collect::<Result<Vec<_>>>()?;
        Ok(Compiled { layer, lists, regions, include: facts.include.clone(), exclude: facts.exclude.clone(), known, facts })
    }

    /// A list of known values. Whoever writes the data has no say in it.
    fn known(&self, at: &Written<'_>, entry: toml::Spanned<super::file::KnownTable>) -> Result<KnownEntry> {
        if self.scope != Scope::Run {
            let error = at.wrong(entry.span(), "a list of known values is named by --known or the file of --config");
            return Err(error.hint("beside the data, settings may only narrow what is reported"));
        }
        let entry = entry.into_inner();
        let file = self.path.parent().unwrap_or(std::path::Path::new("")).join(entry.file);
        Ok(KnownEntry { file, columns: entry.columns.into_iter().collect(), subject: entry.subject })
    }

    fn facts(&self, shown: &str, file: &SettingsFile) -> FileFacts {
        FileFacts {
            file: shown.to_owned(),
            scope: if self.scope == Scope::Run { "run" } else { "root" },
            digest: String::new(),
            regions: file.regions.as_deref().map(texts),
            min_likelihood: file.min_likelihood.as_ref().map(|level| level.0.name()),
            likelihood: file.likelihood.0.iter().map(|(name, level)| (name.get_ref().clone(), level.name())).collect(),
            rows: file.rows.0.iter().map(|(name, rows)| (name.get_ref().clone(), rows.to_string())).collect(),
            include: texts(&file.paths.include),
            exclude: texts(&file.paths.exclude),
            rules: file.rules.iter().map(SwitchFacts::of).collect(),
        }
    }

    fn fill<T: Copy>(&self, at: &Written<'_>, table: &Table<T>, by_rule: &mut [Option<T>]) -> Result<()> {
        for (name, what) in &table.0 {
            for rule in self.of_entity(at, name)? {
                by_rule[usize::from(rule)] = Some(*what);
            }
        }
        Ok(())
    }

    /// The rules of an entity.
    fn of_entity(&self, at: &Written<'_>, name: &Name) -> Result<Vec<u16>> {
        let own: Vec<u16> = self.rules.iter().filter(|(_, rule)| *rule.entity == **name.get_ref()).map(|(index, _)| index).collect();
        if own.is_empty() {
            let known = self.rules.rules().iter().map(|rule| &*rule.entity);
            return Err(at.unknown(name, "entity", known, "datatrawl patterns list shows them"));
        }
        Ok(own)
    }

    /// The rule of an id, or the rules of an entity.
    fn of_rule(&self, at: &Written<'_>, name: &Name) -> Result<Vec<u16>> {
        let meant = |rule: &crate::pattern::Rule| *rule.id == **name.get_ref() || *rule.entity == **name.get_ref();
        let own: Vec<u16> = self.rules.iter().filter(|(_, rule)| meant(rule)).map(|(index, _)| index).collect();
        if own.is_empty() {
            let known = self.rules.rules().iter().flat_map(|rule| [&*rule.id, &*rule.entity]);
            return Err(at.unknown(name, "rule or entity", known, "datatrawl patterns list shows them"));
        }
        Ok(own)
    }

    fn switch(&self, at: &Written<'_>, entry: &RulesEntry) -> Result<Switch> {
        let rules = |names: &[Name]| {
            let each = names.iter().map(|name| self.of_rule(at, name)).collect::<Result<Vec<_>>>();
            each.map(|rules| rules.concat())
        };
        Ok(Switch { paths: self.globs(at, entry.paths.as_deref())?, off: rules(&entry.off)?, on: rules(&entry.on)? })
    }

    fn region(&self, at: &Written<'_>, name: &Name) -> Result<Region> {
        let wrong = || at.wrong(name.span(), "expected a two-letter country code such as PH (ISO 3166-1 alpha-2)");
        let region: Region = name.get_ref().parse().map_err(|_| wrong())?;
        if (self.is_country)(region.as_str()) { Ok(region) } else { Err(wrong()) }
    }

    /// Compiles globs; none where none are given.
    fn globs(&self, at: &Written<'_>, names: Option<&[Name]>) -> Result<Option<Globs>> {
        let Some(names) = names else { return Ok(None) };
        for name in names {
            Globs::compile(std::slice::from_ref(name.get_ref())).map_err(|error| at.wrong(name.span(), error))?;
        }
        Globs::compile(&texts(names)).map(Some)
    }

    fn list(&self, at: &Written<'_>, number: usize, entry: toml::Spanned<AllowEntry>) -> Result<AllowList> {
        let whole = entry.span();
        let entry = entry.into_inner();
        let name = entry.name.clone().unwrap_or_else(|| format!("allow {number}"));
        let wrong = |what: &str| Err(at.wrong(whole.clone(), format_args!("allow list {number}: {what}")));
        if entry.reason.trim().is_empty() {
            return wrong("expected a reason");
        }
        if entry.values.is_empty() && entry.regex.is_empty() && entry.networks.is_empty() && entry.tokens.is_none() {
            return wrong("expected values, regex, networks or tokens");
        }
        let rules = entry.entities.as_deref().map(|names| names.iter().map(|name| self.of_entity(at, name)).collect::<Result<Vec<_>>>());
        let rules = rules.transpose()?.map(|rules| rules.concat());
        let last = entry.expires.as_ref().map(|date| last_day(at, date)).transpose()?;
        let is_expired = last.is_some_and(|last| self.today() > last);
        let expressions = entry.regex.iter().map(|regex| {
            let compiled = expression(&regex.get_ref().0);
            compiled.ok_or_else(|| at.wrong(regex.span(), "expected a regular expression over whole values, of at most 64 KiB compiled"))
        });
        let expressions = expressions.collect::<Result<Vec<_>>>()?;
        let networks = entry.networks.iter().map(|network| self.network(at, network)).collect::<Result<Vec<_>>>()?;
        let tokens = match &entry.tokens {
            Some(file) if !is_expired => self.tokens(at, file, entry.entities.as_deref())?,
            _ => Default::default(),
        };
        let facts = AllowFacts {
            name,
            file: at.name.to_owned(),
            reason: entry.reason,
            expires: last.map(|last| last.to_string()),
            expired: is_expired,
            entities: entry.entities.as_deref().map(texts),
            paths: entry.paths.as_deref().map(texts),
            values: entry.values.len(),
            regex: expressions.len(),
            networks: networks.len(),
            tokens: tokens.len(),
            suppressed: Default::default(),
        };
        let paths = self.globs(at, entry.paths.as_deref())?;
        Ok(AllowList { scope: self.scope.clone(), rules, paths, is_expired, values: entry.values, tokens, expressions, networks, facts })
    }

    fn network(&self, at: &Written<'_>, network: &toml::Spanned<Hidden>) -> Result<Network> {
        network.get_ref().0.parse().map_err(|wrong| {
            let what = match wrong {
                Wrong::Form => "expected an IP address, or a range such as 10.0.0.0/8 or 2001:db8::/32",
                Wrong::HostBits => "expected a range that begins with its first address, such as 10.0.0.0/8",
            };
            at.wrong(network.span(), what)
        })
    }

    /// Reads a list of tokens that lies beside the settings file.
    fn tokens(&self, at: &Written<'_>, file: &Name, entities: Option<&[Name]>) -> Result<std::collections::HashSet<crate::model::Id>> {
        let relative = std::path::Path::new(file.get_ref());
        let stays = relative.components().all(|part| matches!(part, std::path::Component::Normal(_) | std::path::Component::CurDir));
        if self.scope != Scope::Run && !stays {
            return Err(at.wrong(file.span(), "expected a path below the folder of this file"));
        }
        let path = self.path.parent().unwrap_or(std::path::Path::new("")).join(relative);
        let text =
            source::read_text(&path, TOKENS_BYTES).map_err(|error| at.wrong(file.span(), format_args!("list of tokens: {error}")))?;
        let list = TokenList::parse(&path.display().to_string(), &text)?;
        if entities.is_some_and(|names| names.iter().all(|name| *name.get_ref() != list.entity)) {
            return Err(at.wrong(file.span(), "the list of tokens was made for an entity that is not among entities"));
        }
        match self.key_id {
            Some(key) if key != list.key_id => {
                let what = format!("the list of tokens was made under the key {}, this run has the key {key}", list.key_id);
                Err(at.wrong(file.span(), what).hint("give that key (--key-file), or make the list again with datatrawl token --list"))
            }
            _ => Ok(list.tokens),
        }
    }

    /// The day of the run's clock, in UTC.
    fn today(&self) -> jiff::civil::Date {
        let time = jiff::Timestamp::from_microsecond(self.now_us).unwrap_or(jiff::Timestamp::MAX);
        time.to_zoned(jiff::tz::TimeZone::UTC).date()
    }
}

/// A file comes with the data, perhaps: what it makes the scan do and hold is limited.
fn bound(at: &Written<'_>, file: &SettingsFile) -> Result<()> {
    let lists = || file.allow.iter().map(toml::Spanned::get_ref);
    let paths = |paths: &Option<Vec<Name>>| paths.as_ref().map_or(0, Vec::len);
    let own: usize = file.rules.iter().map(|entry| paths(&entry.paths)).chain(lists().map(|list| paths(&list.paths))).sum();
    for (what, count, most) in [
        ("allow lists", file.allow.len(), LISTS),
        ("lists of tokens", lists().filter(|list| list.tokens.is_some()).count(), 8),
        ("values in clear; lists of tokens may be longer", lists().map(|list| list.values.len()).sum(), VALUES),
        ("expressions", lists().map(|list| list.regex.len()).sum(), EXPRESSIONS),
        ("globs", file.paths.include.len() + file.paths.exclude.len() + own, GLOBS),
        ("entries of rules", file.rules.len(), GLOBS),
    ] {
        if count > most {
            return Err(at.wrong(0..0, format_args!("{count} {what}, expected at most {most}")));
        }
    }
    Ok(())
}

/// The last day on which a list applies.
fn last_day(at: &Written<'_>, date: &toml::Spanned<Datetime>) -> Result<jiff::civil::Date> {
    let wrong = || at.wrong(date.span(), "expected a date such as 2027-01-31");
    let Datetime { date: Some(day), time: None, offset: None } = *date.get_ref() else { return Err(wrong()) };
    let number = |n: u8| i8::try_from(n).map_err(|_| wrong());
    let year = i16::try_from(day.year).map_err(|_| wrong())?;
    jiff::civil::Date::new(year, number(day.month)?, number(day.day)?).map_err(|_| wrong())
}

impl SwitchFacts {
    fn of(entry: &RulesEntry) -> Self {
        Self { off: texts(&entry.off), on: texts(&entry.on), paths: entry.paths.as_deref().map(texts), reason: entry.reason.clone() }
    }
}

fn texts(names: &[Name]) -> Vec<String> {
    names.iter().map(|name| name.get_ref().clone()).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const WHOLE: &str = "version = 1\nregions = [\"PH\"]\nmin_likelihood = \"likely\"\n[paths]\ninclude = [\"*.csv\"]\n[likelihood]\nemail = \"likely\"\n\
        [rows]\nemail = \"sample:7\"\n[[rules]]\noff = [\"email\"]\npaths = [\"a/\"]\n[[allow]]\nreason = \"x\"\nvalues = [\"secret-4711\"]\n\
        regex = ['secret-\\d+']\nnetworks = [\"10.0.0.0/8\"]\nexpires = 2026-01-31\n";

    fn compile(text: &str, now_us: i64) -> Result<Compiled> {
        static RULES: std::sync::LazyLock<RuleSet> =
            std::sync::LazyLock::new(|| RuleSet::load(&[], &[]).expect("the built-in rules compile"));
        let path = PathBuf::from("x.toml");
        Given { path, scope: Scope::Root(None), rules: &RULES, is_country: |code| code == "PH", key_id: None, now_us }.compile(text)
    }

    #[test]
    fn a_list_applies_through_its_last_day_in_utc() {
        let at = |time: &str| time.parse::<jiff::Timestamp>().expect("a time").as_microsecond();
        let expired = |time| compile(WHOLE, at(time)).expect("valid").lists[0].facts.expired;
        assert!(!expired("2026-01-31T23:59:59.999999Z") && expired("2026-02-01T00:00:00Z") && !expired("1970-01-01T00:00:00Z"));
    }

    proptest! {
        #[test]
        fn damaged_settings_are_told_without_their_values(at in 0..WHOLE.len(), cut in 0usize..6, put in "[a-z=\"'\\[\\]{}.\n#\u{0}\u{e9}]{0,4}") {
            let end = (at + cut).min(WHOLE.len());
            let text = format!("{}{put}{}", &WHOLE[..at], &WHOLE[end..]);
            if let Err(error) = compile(&text, 0) {
                let told = format!("{error} {}", error.advice().unwrap_or(""));
                prop_assert!(!told.contains("4711") && !told.contains("secret"), "{told}");
                prop_assert!(told.starts_with("settings x.toml:"), "{told}");
            }
        }
    }
}
