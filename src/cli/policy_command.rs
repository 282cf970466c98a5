//! `datatrawl policy new|check|explain|diff|schema`

use std::path::{Path, PathBuf};

use super::exit::Exit;
use super::key::KeyArguments;
use super::regions::is_country;
use super::rules::Rules;
use super::terminal::{plain, print, say};
use crate::model::{Error, ErrorKind, Result};
use crate::pattern::RuleSet;
use crate::policy::{self, Dataset, Policy, State, Target};
use crate::source;

/// A policy may have so many bytes, and so may a list of a hold.
const MOST_BYTES: u64 = 16 * 1024 * 1024;

#[derive(clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    rules: Rules,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Print a policy to begin with
    New,
    /// Test a policy and say what it means
    Check {
        /// Policy file
        file: PathBuf,
        #[command(flatten)]
        key: KeyArguments,
    },
    /// Say which dataset a file belongs to, and what the policy does with it
    Explain {
        /// Path below the scanned root, as findings have it
        path: String,
        /// Table of a dump
        #[arg(long, value_name = "NAME")]
        table: Option<String>,
        /// Policy file
        #[arg(long, value_name = "FILE")]
        policy: PathBuf,
    },
    /// Say what differs between two policies
    Diff {
        /// Older policy
        old: PathBuf,
        /// Newer policy
        new: PathBuf,
    },
    /// Print the JSON schema of policies, for editors
    Schema,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    let load = |path: &Path, key_id: Option<&str>| load(path, &rules(path, &arguments.rules)?, key_id);
    match &arguments.command {
        Command::New => print(include_str!("new_policy.toml")),
        Command::Schema => print(&(serde_json::to_string_pretty(&policy::schema())? + "\n")),
        Command::Check { file, key } => {
            let key_id = key.known_id()?;
            let policy = load(file, key_id.as_deref())?;
            print(&format!("{}: valid\n{}", plain(&file.display().to_string()), said(&policy)));
            warn(&policy, key_id.is_some());
        }
        Command::Explain { path, table, policy } => print(&explain(&load(policy, None)?, path, table.as_deref())?),
        Command::Diff { old, new } => {
            let changes = policy::changes(&load(old, None)?, &load(new, None)?);
            if changes.is_empty() {
                print("no difference\n");
            }
            for change in changes {
                let side = |mark: &str, text: &Option<String>| text.as_ref().map_or(String::new(), |text| format!("  {mark} {text}\n"));
                let text = format!("{}\n{}{}", change.what, side("-", &change.before), side("+", &change.after));
                print(&text.lines().map(|line| plain(line) + "\n").collect::<String>());
            }
        }
    }
    Ok(Exit::Done)
}

/// Reads and compiles a policy. Files that it names lie beside it.
pub(super) fn load(path: &Path, rules: &RuleSet, key_id: Option<&str>) -> Result<Policy> {
    let name = path.display().to_string();
    let text = source::read_text(path, MOST_BYTES).map_err(|error| {
        let error = Error::new(ErrorKind::Usage, format!("policy {name}: {error}"));
        if path.exists() { error } else { error.hint("begin one: datatrawl policy new > policy.toml") }
    })?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let given = policy::Given {
        name: &name,
        entities: rules.rules().iter().map(|rule| &*rule.entity).collect(),
        categories: rules.rules().iter().map(|rule| &*rule.category).collect(),
        is_country,
        key_id,
        read: &|file| source::read_text(&folder.join(file), MOST_BYTES),
    };
    given.compile(&text)
}

/// The rules that a policy is read with: patterns beside it are those of the folder that both are for.
pub(super) fn rules(policy: &Path, rules: &Rules) -> Result<RuleSet> {
    let own = policy.parent().unwrap_or(Path::new("")).join("patterns");
    rules.load(&if own.is_dir() { vec![own] } else { Vec::new() })
}

fn today(policy: &Policy) -> jiff::civil::Date {
    jiff::Timestamp::now().to_zoned(policy.zone.clone()).date()
}

/// What a policy says, as lines.
fn said(policy: &Policy) -> String {
    let zone = policy.zone.iana_name().unwrap_or("");
    let mut out = format!("  policy       {} of {}, {zone}\n", policy.id, policy.modified);
    let mut line = |what: &str, text: String| out.push_str(&format!("  {what:<12} {}\n", plain(&text)));
    for dataset in &policy.datasets {
        let owner = dataset.owner.as_ref().map_or(String::new(), |owner| format!(" ({owner})"));
        line("dataset", format!("{}{owner}: {}", dataset.id, dataset.shown.join(" ")));
    }
    for duty in &policy.duties {
        line("rule", format!("{}: {}", duty.id, policy.said(duty)));
    }
    for hold in &policy.holds {
        let datasets = hold.datasets.as_ref().map_or("all datasets".to_owned(), |datasets| names(policy, datasets));
        let people = hold.subjects.as_ref().map_or("everyone".to_owned(), |people| format!("{} people", people.tokens.len()));
        let state = match (hold.state(today(policy)), &hold.released) {
            (State::Released, Some((day, by))) => format!("released on {day} by {by}"),
            (State::Overdue, _) => "in force, review overdue".to_owned(),
            _ => "in force".to_owned(),
        };
        line("hold", format!("{}: {people} in {datasets}, since {}: {state}", hold.id, hold.opened));
    }
    for backup in &policy.backups {
        line("backups", format!("of {} lapse after {}", names(policy, &backup.datasets), backup.expires));
    }
    out
}

fn names(policy: &Policy, datasets: &[usize]) -> String {
    datasets.iter().map(|index| policy.datasets[*index].id.as_str()).collect::<Vec<_>>().join(", ")
}

/// Says what is allowed and likely not meant.
fn warn(policy: &Policy, has_key: bool) {
    for (index, dataset) in policy.datasets.iter().enumerate() {
        let timed = policy.duties.iter().any(|duty| duty.dataset.is_none_or(|own| own == index) && !duty.after.is_zero());
        if dataset.clocks.is_empty() && timed {
            say(&format!("warning: {} has no clock: nothing in it has an age, so that no rule with a time acts on it", dataset.id));
        }
    }
    for hold in policy.holds.iter().filter(|hold| hold.state(today(policy)) != State::Released) {
        let Some(people) = &hold.subjects else { continue };
        for (_, dataset) in policy.datasets.iter().enumerate().filter(|(index, _)| hold.is_of(*index)) {
            let named = dataset.persons.iter().any(|person| person.identity.iter().any(|(entity, _)| *entity == people.entity));
            if !named {
                let what = format!("no person of {} is known by {}", dataset.id, people.entity);
                say(&format!("warning: the hold {} holds all of {}: {what}", hold.id, dataset.id));
            }
        }
    }
    for hold in policy.holds.iter().filter(|hold| hold.state(today(policy)) == State::Overdue) {
        say(&format!(
            "warning: the hold {} was to be reviewed by {}",
            hold.id,
            hold.review_by.map_or(String::new(), |day| day.to_string())
        ));
    }
    if !has_key && policy.holds.iter().any(|hold| hold.subjects.is_some()) {
        say("warning: no key is given: the lists of holds were not held against it");
    }
}

fn explain(policy: &Policy, path: &str, table: Option<&str>) -> Result<String> {
    let place = table.map_or(path.to_owned(), |table| format!("{path}, table {table}"));
    let found = policy.datasets_of(path, table);
    let index = match found[..] {
        [] => {
            let tables = policy.datasets.iter().any(|dataset| table.is_none() && dataset.names_tables_of(path));
            let hint = if tables { ": its tables do (--table)" } else { "" };
            return Ok(plain(&format!("{place}: belongs to no dataset{hint}")) + "\n");
        }
        [index] => index,
        _ => return Err(Error::new(ErrorKind::Usage, format!("{place} belongs to {}: one only is meant", names(policy, &found)))),
    };
    let dataset = &policy.datasets[index];
    let mut out = plain(&format!("{place}: dataset {}", dataset.id)) + "\n";
    out.push_str(&of_dataset(policy, dataset));
    for duty in policy.duties.iter().filter(|duty| duty.dataset.is_none_or(|own| own == index)) {
        out.push_str(&format!("  {:<12} {}\n", "rule", plain(&format!("{}: {}", duty.id, policy.said(duty)))));
        if let (Some(request), Target::Records | Target::Findings { .. } | Target::Columns(_)) = (duty.on_request, &duty.target) {
            out.push_str(&format!("  {:<12} {} where an erasure is asked for before that\n", "", request.name()));
        }
    }
    for hold in policy.holds.iter().filter(|hold| hold.state(today(policy)) != State::Released && hold.is_of(index)) {
        out.push_str(&format!("  {:<12} {}\n", "hold", plain(&hold.id)));
    }
    Ok(out)
}

fn of_dataset(policy: &Policy, dataset: &Dataset) -> String {
    let mut out = String::new();
    let mut line = |what: &str, text: String| {
        if !text.is_empty() {
            out.push_str(&format!("  {what:<12} {}\n", plain(&text)));
        }
    };
    line("owner", dataset.owner.clone().unwrap_or_default());
    line("origin", dataset.origin.clone().unwrap_or_default());
    line("key", dataset.key.join(", "));
    line("age by", dataset.clocks.iter().map(ToString::to_string).collect::<Vec<_>>().join(", then "));
    line("may hold", dataset.allow.as_ref().map_or("anything".to_owned(), |allow| allow.join(", ")));
    let purposes = dataset.purposes.iter().map(|index| &policy.purposes[*index]);
    line("purposes", purposes.map(|purpose| format!("{} ({})", purpose.id, purpose.data_use)).collect::<Vec<_>>().join(", "));
    for person in &dataset.persons {
        let identity: Vec<String> = person.identity.iter().map(|(entity, column)| format!("{entity} in {column}")).collect();
        let known = if identity.is_empty() { String::new() } else { format!("; known by {}", identity.join(", ")) };
        line("person", format!("{}: {}{known}", person.role, person.columns.join(", ")));
    }
    out
}
