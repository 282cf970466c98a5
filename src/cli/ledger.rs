//! `datatrawl ledger verify`: whether a ledger is as it was written.

use std::path::PathBuf;

use super::exit::Exit;
use super::terminal::print;
use crate::ledger::{self, Event};

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
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    let Command::Verify { file, head } = &arguments.command;
    let checked = ledger::check(file)?;
    let count = |wanted: fn(&Event) -> bool| checked.entries.iter().filter(|entry| wanted(&entry.event)).count();
    let done = count(|event| matches!(event, Event::Done { .. }));
    let left = count(|event| matches!(event, Event::Left { .. }));
    print(&format!("{} lines, each as it was written: {done} files done, {left} left\nhead {}\n", checked.entries.len(), checked.head));
    if let Some(head) = head
        && !checked.entries.iter().any(|entry| entry.hash == *head)
    {
        let what = "the line of that hash is not in this ledger: lines at its end are missing, or it is another one";
        return Err(crate::model::Error::new(crate::model::ErrorKind::Run, what).into());
    }
    Ok(Exit::Done)
}
