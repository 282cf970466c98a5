//! `datatrawl quarantine list|restore|expire`: originals that `apply` kept, encrypted.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use zeroize::Zeroizing;

use super::exit::Exit;
use super::summary::table;
use super::terminal::{plain, print};
use crate::apply::quarantine::{Restoring, expire, groups, restore};
use crate::ledger::{Entry, Ledger};
use crate::model::{Error, ErrorKind, Result};
use crate::seal::Identity;
use crate::source;

/// A file of identities may have so many bytes.
const MOST_BYTES: u64 = 1024 * 1024;

#[derive(clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Say what is kept, and until when
    List {
        /// Quarantine
        folder: PathBuf,
    },
    /// Give originals back, byte for byte; what is there stays as it is
    Restore {
        /// Quarantine
        folder: PathBuf,
        /// File with the identity of the policy's recipient, as age-keygen makes it
        #[arg(long, value_name = "FILE")]
        identity: PathBuf,
        /// Folder that they are written into [default: where they were]
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
        /// Ledger that is written to [default: ledger.jsonl beside the quarantine]
        #[arg(long, value_name = "FILE")]
        ledger: Option<PathBuf>,
    },
    /// Destroy what is past its time
    Expire {
        /// Quarantine
        folder: PathBuf,
        /// Ledger that is written to [default: ledger.jsonl beside the quarantine]
        #[arg(long, value_name = "FILE")]
        ledger: Option<PathBuf>,
    },
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    match &arguments.command {
        Command::List { folder } => {
            print(&listed(folder)?);
            Ok(Exit::Done)
        }
        Command::Restore { folder, identity, out, ledger } => give_back(folder, identity, out.as_deref(), ledger.as_deref()),
        Command::Expire { folder, ledger } => {
            groups(folder)?;
            let done = expire(folder, Timestamp::now(), &mut open(folder, ledger.as_deref())?.0)?;
            for group in &done {
                print(&format!("destroyed {}: {} originals\n", plain(&group.group), group.originals));
            }
            if done.is_empty() {
                print("nothing is past its time\n");
            }
            Ok(Exit::Done)
        }
    }
}

/// What is kept.
fn listed(folder: &Path) -> Result<String> {
    let (groups, now) = (groups(folder)?, Timestamp::now());
    if groups.is_empty() {
        return Ok("nothing is kept\n".to_owned());
    }
    let mut rows = table(&["group", "plan", "originals", "kept until", "state", "for"]);
    for group in &groups {
        let state = match () {
            () if !group.has_key => "its key was destroyed",
            () if group.is_over(now) => "past its time",
            () => "kept",
        };
        rows.add_row([
            plain(&group.name()),
            plain(&group.plan().chars().take(16).collect::<String>()),
            group.objects.len().to_string(),
            group.kept_until.strftime("%F %H:%M UTC").to_string(),
            state.to_owned(),
            plain(group.recipient()),
        ]);
    }
    Ok(rows.to_string().lines().map(|line| line.trim_end().to_owned() + "\n").collect())
}

fn give_back(folder: &Path, identity: &Path, out: Option<&Path>, ledger: Option<&Path>) -> anyhow::Result<Exit> {
    groups(folder)?;
    let named = |what: String| Error::new(ErrorKind::Key, format!("identity file {}: {what}", identity.display()));
    let text = source::read_text(identity, MOST_BYTES).map(Zeroizing::new).map_err(|error| named(error.to_string()))?;
    let identities = Identity::parse_file(&text).map_err(|error| named(error.to_string()))?;
    let (mut ledger, entries) = open(folder, ledger)?;
    let clock = || Timestamp::now().to_string();
    let done = restore(&Restoring { folder, identities: &identities, out, entries: &entries, clock: &clock }, &mut ledger)?;
    for file in &done {
        let name = plain(file.path.as_ref().unwrap_or(&file.object_id));
        let what = file.failed.as_ref().map_or("given back".to_owned(), |what| format!("left: {}", plain(what)));
        print(&format!("{name}: {what}\n"));
    }
    if done.is_empty() {
        print("nothing is kept\n");
    }
    Ok(if done.iter().any(|file| file.failed.is_some()) { Exit::Open } else { Exit::Done })
}

/// The ledger: what is done here is as much to be known as what was erased.
fn open(folder: &Path, given: Option<&Path>) -> Result<(Ledger, Vec<Entry>)> {
    let own = folder.join("../ledger.jsonl");
    let path = given.unwrap_or(&own);
    if given.is_none() && !path.exists() {
        let error = Error::new(ErrorKind::Usage, format!("no ledger beside {}", folder.display()));
        return Err(error.hint("give that of the plan with --ledger"));
    }
    Ledger::open(path)
}
