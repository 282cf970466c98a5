//! `datatrawl gate SRC…`: whether data may go on, for CI and hooks.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::exit::Exit;
use super::key;
use super::policy_command;
use super::report::write;
use super::scan::{self, Given, Input, Naming};
use super::since::Since;
use super::summary::Told as Settings;
use super::terminal::{plain, print, say};
use crate::finding::Key;
use crate::gate::{Accepted, Against, Baseline, Made, Names, Usage, Verdict, decide, defaults, parse};
use crate::model::{Error, ErrorKind, Likelihood, Result, TokenList};
use crate::pattern::RuleSet;
use crate::policy::Policy;
use crate::report::forms::{code_quality, junit, sarif};
use crate::report::{Loudness, Place, Told};
use crate::run_folder::{RunFolder, Table};
use crate::scan::{KeyMode, Summary};
use crate::source;

/// A baseline or list may have so many bytes.
const MOST_BYTES: u64 = 64 * 1024 * 1024;
/// Places that the texts name.
const MOST_PLACES: usize = 50;

#[derive(clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    pub asked: Asked,
    /// Findings that were accepted: what datatrawl baseline writes
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Form in which it is told what fails
    #[arg(long, value_name = "FORM", default_value = "text")]
    format: Format,
    /// File for it, which must not exist; on standard output is said in text what fails [default: standard output]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// What is decided on, and by what.
#[derive(clap::Args)]
pub(super) struct Asked {
    #[command(flatten)]
    pub input: Input,
    /// Decide on the findings of a run folder instead of scanning
    #[arg(long, value_name = "DIR", conflicts_with_all = ["sources", "files_from"])]
    pub run: Option<PathBuf>,
    /// Only what is new since a commit fails: files that git says are other ones since it and HEAD parted, less what they held then
    #[arg(long, value_name = "REV", conflicts_with_all = ["run", "files_from"])]
    pub since: Option<String>,
    /// What fails: LEVEL, NAME>=LEVEL or NAME>=LEVEL:count>=N, separated by commas; names are entities, categories and sensitivities
    /// [default: what GATE.md says: prohibited data, financial data and government ids, contact data in data files]
    #[arg(long, value_name = "CONDITIONS")]
    pub fail_on: Vec<String>,
    /// Dataset of the policy that all files are of [default: by their paths]
    #[arg(long, value_name = "ID", requires = "policy")]
    pub dataset: Option<String>,
    /// Recipient of the policy: what it may not get fails
    #[arg(long, value_name = "ID", requires = "policy")]
    pub recipient: Option<String>,
    /// List of tokens, as datatrawl token --list makes it: its values fail wherever they stand; may be repeated
    #[arg(long, value_name = "FILE")]
    pub suppressed: Vec<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Github,
    Gitlab,
    Junit,
    Sarif,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    let baseline = arguments.baseline.as_deref().map(read_baseline).transpose()?;
    if let Some(out) = arguments.out.as_ref().filter(|out| out.symlink_metadata().is_ok()) {
        return Err(Error::new(ErrorKind::Usage, format!("{} is there already", out.display())).hint("nothing is written over").into());
    }
    let judged = judge(&arguments.asked, baseline.as_ref(), None, false)?;
    let verdict = &judged.verdict;
    let base = working_folder()?;
    let told = Told { run: &judged.run, rules: &judged.rules, base: &base, page: None };
    let mut text = Vec::new();
    match arguments.format {
        Format::Text => text.extend(said(&arguments.asked, &judged, arguments.baseline.as_deref()).into_bytes()),
        Format::Github => text.extend(github(verdict).into_bytes()),
        Format::Gitlab => code_quality(&verdict.places, &mut text)?,
        Format::Junit => junit(&told, &verdict.places, &mut text)?,
        Format::Sarif => sarif(&told, &verdict.places, &mut text)?,
    }
    match &arguments.out {
        Some(out) => {
            write(out, |file| file.write_all(&text).map_err(|error| Error::io(out.display(), &error)))?;
            print(&said(&arguments.asked, &judged, arguments.baseline.as_deref()));
        }
        None => print(&String::from_utf8_lossy(&text)),
    }
    tell_usage(&verdict.usage);
    Ok(exit(&arguments.asked, &judged))
}

/// A decision and what it was made on.
pub(super) struct Judged {
    pub run: RunFolder,
    pub rules: RuleSet,
    pub verdict: Verdict,
    scanned: Option<(Summary, Settings)>,
    /// Keeps the run folder until the end, where the gate made it.
    _folder: Option<TempDir>,
}

fn working_folder() -> Result<PathBuf> {
    std::env::current_dir().map_err(|error| Error::io("the working folder", &error))
}

/// Scans, or opens a run, and decides. `made`: by which key ids are made, where there is no baseline yet.
pub(super) fn judge(asked: &Asked, baseline: Option<&Baseline>, made: Option<&Made>, gather: bool) -> anyhow::Result<Judged> {
    let input = &asked.input;
    let rules = match &input.policy {
        Some(policy) if asked.run.is_some() => policy_command::rules(policy, &input.rules)?,
        _ => input.rules.load(&scan::beside(input))?,
    };
    let mut against = Against { conditions: defaults(), by_default: asked.fail_on.is_empty(), ..Against::default() };
    if !asked.fail_on.is_empty() {
        against.conditions = parse(&asked.fail_on.join(","), &Names::of(&rules))?;
    }
    let policy: Option<Policy> = input.policy.as_ref().map(|path| policy_command::load(path, &rules, None)).transpose()?;
    if let Some(policy) = &policy {
        against.policy(policy, asked.dataset.as_deref(), asked.recipient.as_deref())?;
    }
    for path in &asked.suppressed {
        against.suppressed.push(TokenList::parse(&path.display().to_string(), &read(path)?)?);
    }
    let made = baseline.map(|baseline| &baseline.made).or(made);
    let (folder, scanned) = match &asked.run {
        Some(folder) => (Folder::Given(folder), None),
        None => {
            let folder = TempDir::new().map_err(|error| Error::io("a folder for what is found", &error))?;
            let (key, mode) = chosen(asked, made)?;
            let hex = key.to_hex();
            let key = || Ok((Key::from_hex(&hex)?, mode));
            let scanned = match asked.since.as_deref().map(|rev| Since::of(rev, &input.sources, &working_folder()?)).transpose()? {
                None => scan::perform(input, folder.path(), &key, Naming::Below, scan::now())?,
                Some(since) => {
                    let then = TempDir::new().map_err(|error| Error::io("a folder for what was found then", &error))?;
                    scan::perform_on(input, then.path(), &key, Naming::Below, scan::now(), Some(Given::Items(since.then())))?;
                    against.before = counts(&RunFolder::open(then.path())?)?;
                    scan::perform_on(input, folder.path(), &key, Naming::Below, scan::now(), Some(Given::List(since.now())))?
                }
            };
            (Folder::Made(folder), Some(scanned))
        }
    };
    let run = RunFolder::open(folder.path())?;
    compare_keys(&run, &against.suppressed, made)?;
    let now = jiff::Zoned::now().date();
    let version = |rule: &str| run.facts.rules.get(rule).map(|version| i64::from(*version));
    let accepted = baseline.map(|baseline| Accepted::new(baseline, now, &version));
    let verdict = decide(&Told { run: &run, rules: &rules, base: &working_folder()?, page: None }, &against, accepted, gather)?;
    drop(against);
    let folder = if let Folder::Made(folder) = folder { Some(folder) } else { None };
    Ok(Judged { run, rules, verdict, scanned, _folder: folder })
}

/// How often each finding is in a run.
fn counts(run: &RunFolder) -> Result<HashMap<String, u64>> {
    let mut counts: HashMap<String, u64> = HashMap::new();
    run.each(Table::Findings, &["finding_id"], &mut |rows, row| {
        *counts.entry(rows.text("finding_id", row)?.unwrap_or_default()).or_default() += 1;
        Ok(())
    })?;
    Ok(counts)
}

/// The run folder: of the user's, or the gate's own.
enum Folder<'a> {
    Given(&'a Path),
    Made(TempDir),
}

impl Folder<'_> {
    fn path(&self) -> &Path {
        match self {
            Self::Given(path) => path,
            Self::Made(folder) => folder.path(),
        }
    }
}

/// The key of the scan: that of the baseline, or one that is given, or one for this call.
fn chosen(asked: &Asked, made: Option<&Made>) -> Result<(Key, KeyMode)> {
    let own = &asked.input.key;
    match made {
        Some(Made::Salt(salt)) if own.key_file.is_none() && asked.suppressed.is_empty() => Ok((Key::from_hex(salt)?, KeyMode::Ephemeral)),
        Some(Made::Salt(_)) => {
            let what = "the baseline makes its ids with a salt: --key-file and --suppressed do not go with it";
            Err(Error::new(ErrorKind::Key, what).hint("make one under the key: datatrawl baseline create --key-file FILE"))
        }
        None if asked.suppressed.is_empty() && !own.require_key && own.known_id()?.is_none() => Ok((key::random()?, KeyMode::Ephemeral)),
        Some(Made::Key(_)) | None => {
            // The gate makes no key: it would be another one on the next machine.
            own.required()?;
            own.resolve()
        }
    }
}

/// Tokens and ids compare under one key alone.
fn compare_keys(run: &RunFolder, suppressed: &[TokenList], made: Option<&Made>) -> Result<()> {
    let own = &run.facts.key_id;
    let wrong = |what: &str, other: &str| Err(Error::new(ErrorKind::Key, format!("{what} has the key {other}, the findings have {own}")));
    match made {
        Some(Made::Salt(salt)) if Key::from_hex(salt)?.id() != *own => {
            let what = "the run was not made with the salt of the baseline: its ids do not compare";
            return Err(
                Error::new(ErrorKind::Key, what).hint("give the sources instead of --run, or a baseline that was made under the run's key")
            );
        }
        Some(Made::Key(key_id)) if key_id != own => return wrong("the baseline", key_id),
        _ => {}
    }
    suppressed.iter().find(|list| list.key_id != *own).map_or(Ok(()), |list| wrong("the list of --suppressed", &list.key_id))
}

pub(super) fn read_baseline(path: &Path) -> Result<Baseline> {
    Baseline::parse(&path.display().to_string(), &read(path)?)
}

fn read(path: &Path) -> Result<String> {
    source::read_text(path, MOST_BYTES).map_err(|error| Error::new(ErrorKind::Usage, format!("{}: {error}", path.display())))
}

fn exit(asked: &Asked, judged: &Judged) -> Exit {
    let run = &judged.run.facts;
    let passed = match &judged.scanned {
        Some((summary, told)) => scan::exit(&asked.input, None, summary, told),
        // What a run left out it says; a sample is asked for.
        None => {
            let of = |status: &str| run.totals.objects.get(status).copied().unwrap_or(0);
            let gaps = (of("failed") + of("partial")).saturating_sub(run.totals.sampled);
            if gaps > 0 {
                say(&format!("warning: objects that failed or were read in part: {gaps} (see objects.parquet)"));
            }
            if gaps > 0 || run.status != "complete" && run.totals.sampled + run.totals.left_by_sample == 0 {
                Exit::Gaps
            } else {
                Exit::Done
            }
        }
    };
    match passed {
        Exit::Fault | Exit::Interrupted => passed,
        _ if !judged.verdict.passes() => Exit::Met,
        other => other,
    }
}

/// Says what became of a baseline's entries.
fn tell_usage(usage: &Usage) {
    let tell = |entries: &[crate::gate::Entry], what: &str| {
        for entry in entries.iter().take(10) {
            say(&format!("warning: baseline: {what}: {} of {} in {}", entry.finding_id, entry.rule, plain(&entry.path)));
        }
        if entries.len() > 10 {
            say(&format!("warning: baseline: {what}: {} more", entries.len() - 10));
        }
    };
    tell(&usage.expired, "expired");
    tell(&usage.other_version, "made by another version of the rule, does not hold");
    tell(&usage.unused, "not used, or not in full (datatrawl baseline prune)");
}

/// A name in a line of a log: it drives no terminal, and no runner takes it for a command.
fn shown(text: &str) -> String {
    plain(text).replace("##", "#\u{fffd}").replace("::", ":\u{fffd}")
}

/// Where a place is: `path:line`, or the record where there are no lines.
fn at(place: &Place) -> String {
    let spot = place.spots.first();
    let line = spot.and_then(|spot| spot.line).map(|line| format!(":{line}"));
    let record = || spot.and_then(|spot| spot.record).map(|record| format!(" record {record}"));
    format!("{}{}", shown(&place.shown()), line.or_else(record).unwrap_or_default())
}

fn said(asked: &Asked, judged: &Judged, baseline: Option<&Path>) -> String {
    let verdict = &judged.verdict;
    let accepted = if verdict.accepted > 0 { format!("; {} accepted by the baseline", verdict.accepted) } else { String::new() };
    if verdict.passes() {
        let objects: u64 = judged.run.facts.totals.objects.values().sum();
        if objects == 0 {
            say("warning: there was nothing to look at");
        }
        return format!("gate: passed: nothing that fails in {}{accepted}\n", of(objects, "object"));
    }
    let places = verdict.places.places.len();
    let mut out = format!("{}{accepted}\n\n", failed(verdict));
    for place in verdict.places.places.iter().take(MOST_PLACES) {
        let column = place.column_shown().map_or(String::new(), |column| format!(", column {}", shown(&column)));
        let (count, entity) = (place.count, shown(&place.entity));
        // A line never begins with a name of the data.
        let _ = writeln!(out, "- {}{column}: {count} {entity} ({}): {}", at(place), place.likelihood, shown(&place.why));
    }
    if places > MOST_PLACES {
        let _ = writeln!(out, "- and {} more places", places - MOST_PLACES);
    }
    out.push_str("\nby reason:\n");
    for (why, count) in &verdict.by_why {
        let _ = writeln!(out, "- {count} {}", shown(why));
    }
    out + &next(asked, judged, baseline)
}

/// What to do now.
fn next(asked: &Asked, judged: &Judged, baseline: Option<&Path>) -> String {
    let id = judged.verdict.places.places.first().and_then(|place| place.spots.first()).map_or("", |spot| spot.finding_id.as_str());
    let mut out = "\nnext:\n".to_owned();
    if let Some(run) = &asked.run {
        let _ = writeln!(out, "  datatrawl explain {} {id}", quoted(&run.display().to_string()));
        return out;
    }
    let sources: Vec<String> = match &asked.input.files_from {
        Some(list) => vec!["--files-from".to_owned(), quoted(&list.display().to_string())],
        None => asked.input.sources.iter().map(|source| quoted(&source.to_string_lossy())).collect(),
    };
    let sources = sources.join(" ");
    let _ = writeln!(out, "  remove the values, or list what is no personal data: datatrawl settings new > .datatrawl.toml");
    let _ = writeln!(out, "  look into it: datatrawl scan {sources} --out run");
    let _ = match baseline {
        Some(path) => {
            writeln!(out, "  accept: datatrawl baseline update {sources} --baseline {} --reason WHY", quoted(&path.display().to_string()))
        }
        None => writeln!(out, "  accept: datatrawl baseline create {sources} --baseline datatrawl-baseline.jsonl --reason WHY"),
    };
    out
}

/// A word of a shell.
fn quoted(text: &str) -> String {
    let text = shown(text);
    let is_plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_./=".contains(&b));
    if is_plain { text } else { format!("'{}'", text.replace('\'', "'\\''")) }
}

/// Workflow commands: <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>.
fn github(verdict: &Verdict) -> String {
    let mut out = String::new();
    for place in verdict.places.places.iter().take(MOST_PLACES) {
        let level = match (place.loudness(), place.likelihood) {
            (Loudness::Note, Likelihood::VeryUnlikely | Likelihood::Unlikely) => "warning",
            _ => "error",
        };
        let line = place.spots.first().and_then(|spot| spot.line).map_or(String::new(), |line| format!(",line={line}"));
        let title = property(&format!("{} in {}", place.entity, place.shown()));
        let _ = writeln!(out, "::{level} file={}{line},title={title}::{}", property(&place.file), data(&place.sentence()));
    }
    out.push_str(&if verdict.passes() { "gate: passed".to_owned() } else { failed(verdict) });
    out + "\n"
}

fn failed(verdict: &Verdict) -> String {
    let places = verdict.places.places.len() as u64;
    format!("gate: failed: {} in {}", of(verdict.places.findings, "finding"), of(places, "place"))
}

/// A number of things: `1 place`, `2 places`.
fn of(n: u64, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

/// The text of a workflow command.
fn data(text: &str) -> String {
    plain(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A").replace("##[", "#\u{fffd}[")
}

/// A property of a workflow command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_a_command_of_a_runner() {
        for hostile in ["::error::x", "a\n::error::x", "##[error]x", "##vso[x]", "\u{1b}[31m", "x\r::set-output"] {
            let text = format!("- {}", shown(hostile));
            assert!(!text.contains("::") && !text.contains("##") && text.lines().count() == 1 && !text.contains('\u{1b}'), "{text}");
        }
        assert_eq!(property("a:b,c%d\n"), "a%3Ab%2Cc%25d\u{fffd}");
    }

    #[test]
    fn words_of_a_shell_are_quoted() {
        assert_eq!(quoted("a/b.csv"), "a/b.csv");
        assert_eq!(quoted("a b'; rm -rf x"), "'a b'\\''; rm -rf x'");
    }
}
