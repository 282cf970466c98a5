//! `datatrawl subject new|find|erase`: requests of people.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::exit::Exit;
use super::ground::Ground;
use super::key::KeyArguments;
use super::plan::{as_of, text, trimmed};
use super::rules::Rules;
use super::summary::table;
use super::terminal::{plain, print, say};
use crate::model::{Error, ErrorKind, Result, Written};
use crate::plan::{self, Found, MOST_HOPS, Request, Stand};
use crate::source;

/// A request may have so many bytes.
const MOST_BYTES: u64 = 1024 * 1024;

#[derive(clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Print a request to begin with
    New,
    /// Say where a person's data stands: their own records, what mentions them, what only may be theirs
    Find {
        #[command(flatten)]
        asked: Asked,
    },
    /// Plan the erasure of a person's data; nothing is changed until datatrawl apply
    Erase {
        #[command(flatten)]
        asked: Asked,
        /// Folder of the plan; it is made
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
}

#[derive(clap::Args)]
struct Asked {
    /// Request file, or - for standard input; datatrawl subject new prints one
    #[arg(long, value_name = "FILE")]
    request: PathBuf,
    /// Run folder of a scan
    #[arg(long, value_name = "DIR")]
    findings: PathBuf,
    /// Policy file: it says who stands in which columns, and what an erasure does
    #[arg(long, value_name = "FILE")]
    policy: PathBuf,
    /// Steps from what the request names to what records of the person say of them, and from there on
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u64).range(0..=MOST_HOPS))]
    hops: u64,
    /// Decide for this day, at its start in the policy's time zone, or for this time [default: now]
    #[arg(long, value_name = "DATE|TIME")]
    as_of: Option<String>,
    /// Go on where files were not read in full; what stands there is not found
    #[arg(long)]
    allow_gaps: bool,
    #[command(flatten)]
    key: KeyArguments,
    #[command(flatten)]
    rules: Rules,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    match &arguments.command {
        Command::New => {
            print(include_str!("new_request.toml"));
            Ok(Exit::Done)
        }
        Command::Find { asked } => find(asked),
        Command::Erase { asked, out } => erase(asked, out),
    }
}

fn find(asked: &Asked) -> anyhow::Result<Exit> {
    let (ground, request) = prepare(asked)?;
    let (now, mut people) = (Timestamp::now(), ground.people());
    let as_of = as_of(asked.as_of.as_deref(), now, &ground.policy)?;
    let found = plan::find(ground.asking(&mut people, now, as_of, asked.allow_gaps), &request, asked.hops)?;
    print(&said(&found));
    Ok(if found.not_read > 0 { Exit::Gaps } else { Exit::Done })
}

fn erase(asked: &Asked, out: &Path) -> anyhow::Result<Exit> {
    let (ground, request) = prepare(asked)?;
    let (now, mut people) = (Timestamp::now(), ground.people());
    let as_of = as_of(asked.as_of.as_deref(), now, &ground.policy)?;
    let (plan, digest) = plan::erase(ground.asking(&mut people, now, as_of, asked.allow_gaps), &request, asked.hops, out)?;
    print(&text(&plan, &digest, out));
    Ok(if plan.gaps.is_empty() { Exit::Done } else { Exit::Gaps })
}

fn prepare(asked: &Asked) -> Result<(Ground, Request)> {
    let name = if asked.request.as_os_str() == "-" { "standard input".to_owned() } else { asked.request.display().to_string() };
    let text = zeroize::Zeroizing::new(read(&asked.request, &name)?);
    let ground = Ground::of(&asked.findings, &asked.policy, &asked.key, &asked.rules)?;
    let entities: Vec<&str> = ground.rules.rules().iter().map(|rule| &*rule.entity).collect();
    let at = Written { kind: "request", name: &name, text: &text };
    let request = Request::compile(at, &ground.policy.zone, &entities, &mut ground.people())?;
    for entity in request.entities() {
        if !ground.rules.rules().iter().any(|rule| *rule.entity == *entity && rule.finder.is_some()) {
            say(&format!(
                "warning: no rule finds {entity} in texts: it is looked for in the policy's identity columns alone (patterns add rules)"
            ));
        }
    }
    if ground.policy.datasets.iter().all(|dataset| dataset.persons.is_empty()) {
        say("warning: the policy names nobody in any dataset: only mentions are found (add [[dataset.person]])");
    }
    Ok((ground, request))
}

fn read(path: &Path, name: &str) -> Result<String> {
    let wrong = |error: &std::io::Error| {
        let error = Error::new(ErrorKind::Usage, format!("request {name}: {error}"));
        if name == "standard input" || path.exists() { error } else { error.hint("begin one: datatrawl subject new > request.toml") }
    };
    if path.as_os_str() != "-" {
        return source::read_text(path, MOST_BYTES).map_err(|error| wrong(&error));
    }
    let mut text = String::new();
    std::io::stdin().lock().take(MOST_BYTES).read_to_string(&mut text).map_err(|error| wrong(&error))?;
    Ok(text)
}

/// What was found.
fn said(found: &Found) -> String {
    let mut out = String::new();
    if found.counts.is_empty() {
        out.push_str("nothing was found\n");
    } else {
        let mut rows = table(&["dataset", "role", "what", "shown by", "files", "records"]);
        for (hit, count) in &found.counts {
            let what = match hit.tie {
                Stand::Own => "their record",
                Stand::Mention => "mentions them",
                Stand::Candidate => "may be theirs",
            };
            let (dataset, role) = (hit.dataset.as_deref().unwrap_or("none"), hit.role.as_deref().unwrap_or(""));
            rows.add_row([
                plain(dataset),
                plain(role),
                what.to_owned(),
                plain(&hit.evidence),
                count.files().to_string(),
                count.records.to_string(),
            ]);
        }
        out.push_str(&format!("{}\n", trimmed(&rows.to_string())));
    }
    if !found.learnt.is_empty() {
        let learnt: Vec<String> = found.learnt.iter().map(|(entity, count)| format!("{count} {entity}")).collect();
        out.push_str(&format!("\nlearnt from their records: {}\n", learnt.join(", ")));
    }
    if found.not_read > 0 {
        out.push_str(&format!("\n{} files of datasets were not read, or not in full: what stands there is not told\n", found.not_read));
    }
    out
}
