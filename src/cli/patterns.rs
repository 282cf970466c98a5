//! `datatrawl patterns list|show|test|new`

use std::collections::BTreeMap;
use std::sync::Arc;

use super::exit::Exit;
use super::rules::Rules;
use super::terminal::{plain, print, say};
use crate::detect::Detector;
use crate::examine::{Examiner, Settings, cases};
use crate::finding::{Key, Tokens};
use crate::model::{Error, ErrorKind, Sensitivity};
use crate::pattern::{Rule, RuleSet};

#[derive(clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    rules: Rules,
}

#[derive(clap::Subcommand)]
enum Command {
    /// List the rules
    List {
        /// As the table of entities in README.md
        #[arg(long)]
        markdown: bool,
    },
    /// Show one rule: how it finds, what raises and lowers it
    Show {
        /// Id of the rule
        id: String,
    },
    /// Run the examples and counter-examples of all rules, or of one
    Test {
        /// Id of the rule
        id: Option<String>,
    },
    /// Print a pattern file to begin with
    New {
        /// Id of the rule: lower-case letters, digits and _
        id: String,
    },
}

pub(super) fn run(arguments: Arguments) -> anyhow::Result<Exit> {
    if let Command::New { id } = &arguments.command {
        return begin(id);
    }
    let rules = Arc::new(arguments.rules.load(&[])?);
    match arguments.command {
        Command::List { markdown: true } => print(&markdown(&rules)),
        Command::List { markdown: false } => list(&rules),
        Command::Show { id } => print(&show(one(&rules, &id)?)),
        Command::Test { id } => return test(&rules, id.as_deref()),
        Command::New { .. } => {}
    }
    Ok(Exit::Done)
}

fn one<'a>(rules: &'a RuleSet, id: &str) -> anyhow::Result<&'a Rule> {
    let found = rules.rules().iter().find(|rule| *rule.id == *id);
    Ok(found.ok_or_else(|| Error::new(ErrorKind::Usage, format!("no rule has the id {id}")).hint("datatrawl patterns list shows them"))?)
}

fn list(rules: &RuleSet) {
    let mut table = super::summary::table(&["rule", "entity", "category", "sensitivity", "finds"]);
    for rule in rules.rules() {
        table.add_row([&*rule.id, &*rule.entity, &*rule.category, rule.sensitivity.name(), &rule.summary].map(plain));
    }
    print(&format!("{table}\n"));
}

/// Rules of one entity whose summaries a row shows; of more it shows the ids.
const SUMMED_UP: usize = 3;

/// A row for each entity.
fn markdown(rules: &RuleSet) -> String {
    let mut entities: BTreeMap<&str, Vec<&Rule>> = BTreeMap::new();
    for rule in rules.rules() {
        entities.entry(&rule.entity).or_default().push(rule);
    }
    let mut out = "| entity | sensitivity | where | what |\n|---|---|---|---|\n".to_owned();
    for (entity, rules) in entities {
        let anywhere = rules.iter().any(|rule| rule.finder.is_some());
        let cells = rules.iter().any(|rule| rule.cells.is_some());
        let place = match (anywhere, cells) {
            (true, false) => "anywhere",
            (true, true) => "anywhere; whole cells of named columns and keys",
            (false, _) => "whole cells of named columns and keys",
        };
        let sensitivity = rules.iter().map(|rule| rule.sensitivity).max().map_or("", Sensitivity::name);
        let what: Vec<String> = if rules.len() <= SUMMED_UP {
            rules.iter().map(|rule| rule.summary.replace('|', "\\|")).collect()
        } else {
            rules.iter().map(|rule| format!("`{}`", rule.id)).collect()
        };
        let (head, joint) = if rules.len() <= SUMMED_UP { (String::new(), "; ") } else { (format!("{} rules: ", rules.len()), ", ") };
        out.push_str(&format!("| `{entity}` | {sensitivity} | {place} | {head}{} |\n", what.join(joint)));
    }
    out
}

fn show(rule: &Rule) -> String {
    let deltas = &rule.deltas;
    let found_by = match (&rule.finder, rule.cells) {
        (Some(finder), None) => finder.describe(),
        (Some(finder), Some(_)) => format!("{}; whole cells of named columns", finder.describe()),
        (None, _) => "whole cells of named columns".to_owned(),
    };
    let mut out = format!("{} (version {}): {}\n", rule.id, rule.version, rule.summary);
    let mut line = |name: &str, text: &str| out.push_str(&format!("  {name:<14} {text}\n"));
    line("entity", &rule.entity);
    line("category", &rule.category);
    line("sensitivity", rule.sensitivity.name());
    line("found by", &found_by);
    line("normalised", rule.normalisation.name());
    line("base", &format!("{:+.2}", f32::from(deltas.base) / 100.0));
    for (name, delta) in [
        ("keyword", deltas.keyword),
        ("keyword against", deltas.keyword_against),
        ("column name", deltas.column),
        ("name against", deltas.column_against),
        ("column match", deltas.column_match),
        ("mismatch", deltas.column_mismatch),
        ("sequence", deltas.column_sequence),
    ] {
        line(name, &format!("{:+.2}", f32::from(delta) / 100.0));
    }
    line("cases", &format!("{} examples, {} counter-examples", rule.examples.len(), rule.counter_examples.len()));
    line("file", &plain(&rule.origin));
    for source in &rule.sources {
        line("source", source);
    }
    out
}

fn test(rules: &Arc<RuleSet>, id: Option<&str>) -> anyhow::Result<Exit> {
    if let Some(id) = id {
        one(rules, id)?;
    }
    let detector = Arc::new(Detector::new(Arc::clone(rules), &[]));
    // Cases compare places, not tokens: any key will do.
    let examiner = Arc::new(Examiner::new(detector, Tokens::new(&Key::new([0; 32])), Settings::default()));
    let (mut passed, mut failed) = (0, 0);
    for rule in rules.rules().iter().filter(|rule| id.is_none_or(|id| *rule.id == *id)) {
        for case in cases(rule)? {
            match case.run(&examiner) {
                Ok(()) => passed += 1,
                Err(error) => {
                    failed += 1;
                    say(&format!("failed: {error}"));
                }
            }
        }
    }
    print(&format!("{passed} passed, {failed} failed\n"));
    Ok(if failed == 0 { Exit::Done } else { Exit::Met })
}

fn begin(id: &str) -> anyhow::Result<Exit> {
    if id.is_empty() || !id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_') {
        return Err(Error::new(ErrorKind::Usage, "an id is lower-case letters, digits and _").into());
    }
    print(&include_str!("new_pattern.toml").replace("NEW_ID", id));
    Ok(Exit::Done)
}
