//! `datatrawl settings new|check|show|schema`

use std::path::{Component, Path, PathBuf};

use super::exit::Exit;
use super::key::KeyArguments;
use super::rules::Rules;
use super::scan::ROOT_PATTERNS;
use super::settings_files::{Files, For, Loaded};
use super::terminal::{plain, print};
use crate::model::{Error, ErrorKind, Likelihood, Result};
use crate::pattern::RuleSet;
use crate::settings::{AllowFacts, Compiled, FILE_NAME, Layer, Layers, Scope};
use crate::source::{Root, Selection};

#[derive(clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    rules: Rules,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Print a settings file to begin with
    New,
    /// Test a settings file and say what it sets
    Check {
        /// Settings file [default: .datatrawl.toml]
        file: Option<PathBuf>,
        #[command(flatten)]
        key: KeyArguments,
    },
    /// Say which settings are in force for a path, and where they come from
    Show {
        /// File or folder; it need not exist [default: the scanned folder itself]
        path: Option<PathBuf>,
        /// The folder that is scanned
        #[arg(long, value_name = "DIR", default_value = ".")]
        root: PathBuf,
        #[command(flatten)]
        files: Files,
    },
    /// Print the JSON schema of settings files, for editors
    Schema,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    // As a scan would: the patterns of the folder count too.
    let rules = |folder: &Path| {
        let own = folder.join(ROOT_PATTERNS);
        arguments.rules.load(&if own.is_dir() { vec![own] } else { Vec::new() })
    };
    match &arguments.command {
        Command::New => print(include_str!("new_settings.toml")),
        Command::Schema => print(include_str!("settings.schema.json")),
        Command::Check { file, key } => {
            let path = file.as_deref().unwrap_or(Path::new(FILE_NAME));
            check(path, file.is_none(), key, &rules(path.parent().unwrap_or(Path::new("")))?)?;
        }
        Command::Show { path, root, files } => show(path.as_deref(), root, files, &rules(root)?)?,
    }
    Ok(Exit::Done)
}

/// The real time, in microseconds since the epoch.
fn now() -> i64 {
    jiff::Timestamp::now().as_microsecond()
}

fn check(path: &Path, by_default: bool, key: &KeyArguments, rules: &RuleSet) -> Result<()> {
    if by_default && !path.exists() {
        let error = Error::new(ErrorKind::Usage, format!("no {FILE_NAME} here"));
        return Err(error.hint(format!("name a file, or begin one: datatrawl settings new > {FILE_NAME}")));
    }
    let key_id = key.known_id()?;
    let what = For { rules, key_id: key_id.as_deref(), now_us: now() };
    let (compiled, _) = what.file(path, Scope::Run)?;
    print(&format!("{}: valid\n{}", plain(&path.display().to_string()), says(&compiled)));
    if key_id.is_none() && compiled.lists.iter().any(|list| list.facts.tokens > 0) {
        print("  no key is given: lists of tokens were not held against it\n");
    }
    Ok(())
}

/// What a file sets, without values.
fn says(file: &Compiled) -> String {
    let facts = &file.facts;
    let mut out = String::new();
    let mut line = |what: &str, text: String| {
        if !text.is_empty() {
            out.push_str(&format!("  {what:<12} {}\n", plain(&text)));
        }
    };
    let pairs = |pairs: &mut dyn Iterator<Item = (&String, String)>| {
        pairs.map(|(name, what)| format!("{name} {what}")).collect::<Vec<_>>().join(", ")
    };
    line("regions", facts.regions.as_ref().map_or(String::new(), |regions| regions.join(", ")));
    line("level", facts.min_likelihood.unwrap_or("").to_owned());
    line("levels", pairs(&mut facts.likelihood.iter().map(|(name, level)| (name, (*level).to_owned()))));
    line("rows", pairs(&mut facts.rows.iter().map(|(name, rows)| (name, rows.clone()))));
    line("include", facts.include.join(" "));
    line("exclude", facts.exclude.join(" "));
    for switch in &facts.rules {
        let paths = switch.paths.as_ref().map_or("everywhere".to_owned(), |paths| format!("below {}", paths.join(" ")));
        let word = |what: &str, names: &[String]| if names.is_empty() { String::new() } else { format!("{what} {} ", names.join(", ")) };
        line("rules", format!("{}{}{paths}", word("off", &switch.off), word("on", &switch.on)));
    }
    for list in &file.lists {
        line("allow list", list_of(&list.facts));
    }
    if let Some(known) = &file.known {
        line("known values", known.file.display().to_string());
        line("columns", known.columns.iter().map(|(name, entity)| format!("{name} as {entity}")).collect::<Vec<_>>().join(", "));
        line("subject", known.subject.clone().unwrap_or_default());
    }
    out
}

fn list_of(list: &AllowFacts) -> String {
    let counts = [(list.values, "values"), (list.regex, "expressions"), (list.networks, "networks"), (list.tokens, "tokens")];
    let counts: Vec<String> = counts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
    let entities = list.entities.as_ref().map_or("all entities".to_owned(), |entities| entities.join(", "));
    let paths = list.paths.as_ref().map_or(String::new(), |paths| format!(" below {}", paths.join(" ")));
    let until = match &list.expires {
        Some(date) if list.expired => format!("; expired on {date}: not applied"),
        Some(date) => format!("; until {date}"),
        None => String::new(),
    };
    format!("{}: {} of {entities}{paths}{until}", list.name, counts.join(", "))
}

fn show(path: Option<&Path>, root: &Path, files: &Files, rules: &RuleSet) -> Result<()> {
    if !root.is_dir() {
        return Err(
            Error::new(ErrorKind::Usage, format!("no such folder: {}", root.display())).hint("--root names the folder that is scanned")
        );
    }
    let below = below(path.unwrap_or(Path::new("")), root)?;
    let roots = [Root { name: None, path: root.to_owned() }];
    let loaded = files.load(&roots, &For { rules, key_id: None, now_us: now() }, None)?;
    let mut selection = Selection::default();
    loaded.select(&mut selection);
    let mut out = format!("path: {}\n", if below.is_empty() { "." } else { &below });
    out.push_str(&files_of(&loaded));
    if !below.is_empty() {
        let reason = selection.leaves_out(None, &below)?;
        out.push_str(&reason.map_or("read: yes\n".to_owned(), |reason| format!("read: no: {reason}\n")));
    }
    out.push_str(&match loaded.regions()? {
        Some((regions, file)) => format!("regions: {} ({file})\n", regions.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")),
        None => "regions: none\n".to_owned(),
    });
    out.push_str(&lists_at(&loaded, &below));
    let layers = Layers { layers: loaded.into_layers(), ..Layers::default() };
    out.push_str(&decisions(&layers, rules, &below));
    print(&out.lines().map(|line| plain(line) + "\n").collect::<String>());
    Ok(())
}

/// A path below the root, with `/`.
fn below(path: &Path, root: &Path) -> Result<String> {
    let path = path.strip_prefix(root).unwrap_or(path);
    let parts = path.components().map(|part| match part {
        Component::Normal(part) => Ok(part.to_string_lossy().into_owned()),
        Component::CurDir => Ok(String::new()),
        _ => {
            let what = format!("{} does not lie below {}", path.display(), root.display());
            Err(Error::new(ErrorKind::Usage, what).hint("--root names the folder that is scanned"))
        }
    });
    let parts = parts.collect::<Result<Vec<_>>>()?;
    Ok(parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/"))
}

fn files_of(loaded: &Loaded) -> String {
    let files: Vec<String> = loaded.facts().into_iter().map(|file| format!("  {}\n", file.file)).collect();
    if files.is_empty() {
        "settings files: none\n".to_owned()
    } else {
        format!("settings files, the most important first:\n{}", files.concat())
    }
}

/// What is not as without settings, rule by rule, with where it comes from.
fn decisions(layers: &Layers, rules: &RuleSet, below: &str) -> String {
    let mut out = String::new();
    for (index, rule) in rules.iter() {
        let decision = layers.decide(usize::from(index), None, below);
        let mut line = |what: String, origin: &str| out.push_str(&format!("  {:<20} {what} ({origin})\n", rule.id));
        if let Some(word) = decision.is_on {
            line(if word.what { "on" } else { "off" }.to_owned(), word.origin);
        }
        if let Some(word) = decision.level.filter(|word| word.what != Likelihood::Possible) {
            line(format!("reported from {}", word.what.name()), word.origin);
        }
        if let Some(word) = decision.rows {
            line(format!("rows {}", word.what), word.origin);
        }
    }
    if out.is_empty() { "rules: all on, reported from possible\n".to_owned() } else { format!("rules with settings of their own:\n{out}") }
}

fn lists_at(loaded: &Loaded, below: &str) -> String {
    let here = loaded.lists().filter(|list| list.facts.expired || list.is_in_force(None, below));
    let lists: Vec<String> =
        here.map(|list| format!("  {} ({}; {})\n", list_of(&list.facts), list.facts.reason, list.facts.file)).collect();
    if lists.is_empty() { "allow lists: none\n".to_owned() } else { format!("allow lists:\n{}", lists.concat()) }
}

impl Loaded {
    fn into_layers(self) -> Vec<Layer> {
        self.into_files().map(|file| file.layer).collect()
    }
}
