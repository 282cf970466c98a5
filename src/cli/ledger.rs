//! `datatrawl ledger verify`: whether a ledger is as it was written; `ledger record`: what another program did.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::apply::operator;
use super::exit::Exit;
use super::terminal::{plain, print};
use crate::apply::{Recorded, Told, operations, record};
use crate::ledger::{self, Event, Reported};
use crate::model::{Error, ErrorKind, Result};
use crate::plan::{self, Plan};

#[derive(clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Check that no line was changed, cut, put in or moved
    Verify {
        /// Ledger
        file: PathBuf,
        /// The hash of the last line, as it was written down elsewhere: shows lines that are missing at the end
        #[arg(long, value_name = "HASH")]
        head: Option<String>,
    },
    /// Note what another program did with the operations of a plan
    Record(RecordArguments),
}

#[derive(clap::Args)]
struct RecordArguments {
    /// Folder of the plan
    plan: PathBuf,
    /// What the program says, as Parquet or delimited text: columns are the number of the operation, of the rows that it met, and the
    /// executor (see PLANS.md)
    #[arg(long, value_name = "RESULT")]
    external: PathBuf,
    /// Ledger that is written to [default: ledger.jsonl in the folder of the plan]
    #[arg(long, value_name = "FILE")]
    ledger: Option<PathBuf>,
    /// Name of the program, where RESULT has no column executor
    #[arg(long, value_name = "NAME", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    executor: Option<String>,
}

/// The ledger of a plan: the one that is given, or else that in its folder.
pub(super) fn of_plan(given: Option<&Path>, plan: &Path) -> PathBuf {
    given.map_or_else(|| plan.join("ledger.jsonl"), Path::to_owned)
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    match &arguments.command {
        Command::Verify { file, head } => verify(file, head.as_deref()),
        Command::Record(arguments) => note(arguments),
    }
}

fn verify(file: &Path, head: Option<&str>) -> anyhow::Result<Exit> {
    let checked = ledger::check(file)?;
    if checked.entries.is_empty() {
        let error = Error::new(ErrorKind::Run, format!("ledger {}: it has no line", file.display()));
        return Err(error.hint("a ledger that was begun has one: this one was emptied, or never written").into());
    }
    let count = |wanted: fn(&Event) -> bool| checked.entries.iter().filter(|entry| wanted(&entry.event)).count();
    let done = count(|event| matches!(event, Event::Done { .. }));
    let left = count(|event| matches!(event, Event::Left { .. }));
    print(&format!("{} lines, each as it was written: {done} files done, {left} left\nhead {}\n", checked.entries.len(), checked.head));
    if let Some(head) = head
        && !checked.entries.iter().any(|entry| entry.hash == *head)
    {
        let what = "the line of that hash is not in this ledger: lines at its end are missing, or it is another one";
        return Err(Error::new(ErrorKind::Run, what).into());
    }
    Ok(Exit::Done)
}

fn note(arguments: &RecordArguments) -> anyhow::Result<Exit> {
    let (plan, digest) = plan::read(&arguments.plan)?;
    let executor = arguments.executor.as_deref().map(|name| operator(Some(name))).transpose()?;
    let recorded = record(&Told {
        folder: &arguments.plan,
        plan: &plan,
        digest: &digest,
        result: &arguments.external,
        executor: executor.as_deref(),
        ledger: &of_plan(arguments.ledger.as_deref(), &arguments.plan),
        clock: &|| Timestamp::now().to_string(),
    })?;
    print(&said(&recorded));
    Ok(if recorded.failed + recorded.exceeded > 0 { Exit::Open } else { Exit::Done })
}

/// What programs told of the plan.
fn said(recorded: &Recorded) -> String {
    let mut out = String::new();
    for (executor, [done, exceeded, failed, open]) in recorded.reported.counts() {
        let mut line = format!("{}: {done} operations done", plain(executor));
        if failed > 0 {
            line += &format!(", {failed} failed: they met no record");
        }
        if exceeded > 0 {
            line += &format!(", {exceeded} met more records than one");
        }
        out.push_str(&format!("{line}, {open} open\n"));
    }
    out.push_str(&format!("{} recorded, {} were before\n", recorded.new, recorded.before));
    out
}

/// What a ledger has on a plan of other programs; a ledger that is not there has nothing.
pub(super) fn reported(ledger: &Path, digest: &str, plan: &Plan) -> Result<Reported> {
    let entries = if ledger.exists() { ledger::check(ledger)?.entries } else { Vec::new() };
    Ok(Reported::read(&entries, digest, operations(plan)))
}
