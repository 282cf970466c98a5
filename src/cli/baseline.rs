//! `datatrawl baseline create|update|prune`: findings that are accepted, so that the gate fails on new ones alone.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::exit::Exit;
use super::gate::{Asked, Judged, judge, read_baseline};
use super::key;
use super::report::write;
use super::terminal::{plain, print};
use crate::gate::{Baseline, Made};
use crate::model::{Error, ErrorKind, Result};

/// Entries that a baseline may be made of: what has more is to be cleaned or to be decided by a policy.
const MOST_ENTRIES: usize = 100_000;

#[derive(clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Accept all that fails now; write a new baseline
    Create(Box<Accept>),
    /// Accept what fails beyond a baseline; entries that it has keep their reasons
    Update(Box<Accept>),
    /// Leave out of a baseline what is not found any more, has expired, or was made by another version of its rule
    Prune(Box<Prune>),
}

#[derive(clap::Args)]
struct Accept {
    #[command(flatten)]
    asked: Asked,
    /// The baseline
    #[arg(long, value_name = "FILE")]
    baseline: PathBuf,
    /// Why it is accepted
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// Who says so
    #[arg(long, value_name = "NAME")]
    author: Option<String>,
    /// Last day on which it holds
    #[arg(long, value_name = "YYYY-MM-DD")]
    expires: Option<Date>,
}

#[derive(clap::Args)]
struct Prune {
    #[command(flatten)]
    asked: Asked,
    /// The baseline
    #[arg(long, value_name = "FILE")]
    baseline: PathBuf,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    match &arguments.command {
        Command::Create(accept) => create(accept),
        Command::Update(accept) => update(accept),
        Command::Prune(prune) => self::prune(prune),
    }
}

fn create(accept: &Accept) -> anyhow::Result<Exit> {
    let path = &accept.baseline;
    if path.symlink_metadata().is_ok() {
        let error = Error::new(ErrorKind::Usage, format!("{} is there already", path.display()));
        return Err(error.hint("datatrawl baseline update adds to it").into());
    }
    let reason = reason(accept)?;
    let own = &accept.asked.input.key;
    let made = match &accept.asked.run {
        // Its ids are made already.
        Some(_) => None,
        None if own.key_file.is_some() || own.require_key => Some(Made::Key(own.required()?.id())),
        None => Some(Made::Salt(key::random()?.to_hex().to_string())),
    };
    let judged = judge(&accept.asked, None, made.as_ref(), true)?;
    if made.is_none() && judged.run.facts.key_mode == "ephemeral" {
        let error = Error::new(ErrorKind::Key, "the run has a key that nobody kept: its ids are found in no other run");
        return Err(error.hint("give the sources instead of --run").into());
    }
    let made = made.unwrap_or_else(|| Made::Key(judged.run.facts.key_id.clone()));
    let mut baseline = Baseline { made, entries: Vec::new() };
    take(accept, reason, &mut baseline, &judged)?;
    write(path, |out| text(&baseline, out))?;
    tell(path, &baseline);
    Ok(done(&judged))
}

fn update(accept: &Accept) -> anyhow::Result<Exit> {
    let reason = reason(accept)?;
    let mut baseline = read_baseline(&accept.baseline)?;
    let judged = judge(&accept.asked, Some(&baseline), None, true)?;
    take(accept, reason, &mut baseline, &judged)?;
    rewrite(&accept.baseline, &baseline)?;
    tell(&accept.baseline, &baseline);
    Ok(done(&judged))
}

fn prune(prune: &Prune) -> anyhow::Result<Exit> {
    let mut baseline = read_baseline(&prune.baseline)?;
    let judged = judge(&prune.asked, Some(&baseline), None, false)?;
    if done(&judged) != Exit::Done {
        let error = Error::new(ErrorKind::Refused, "not all was read: what was not found may stand there still");
        return Err(error.hint("the baseline is as it was").into());
    }
    baseline.prune(&judged.verdict.usage);
    rewrite(&prune.baseline, &baseline)?;
    tell(&prune.baseline, &baseline);
    Ok(Exit::Done)
}

fn reason(accept: &Accept) -> Result<&str> {
    let reason = accept.reason.trim();
    if reason.is_empty() { Err(Error::new(ErrorKind::Usage, "--reason says nothing")) } else { Ok(reason) }
}

fn take(accept: &Accept, reason: &str, baseline: &mut Baseline, judged: &Judged) -> Result<()> {
    let mut met = judged.verdict.entries.clone();
    if met.len() > MOST_ENTRIES {
        let error = Error::new(ErrorKind::Refused, format!("{} values fail: a baseline takes {MOST_ENTRIES}", met.len()));
        return Err(error.hint("a dataset that may hold such data is one of a policy: datatrawl policy new"));
    }
    for entry in met.values_mut() {
        entry.reason = reason.to_owned();
        entry.author.clone_from(&accept.author);
        entry.expires = accept.expires;
    }
    baseline.accept(&met, &judged.verdict.usage);
    Ok(())
}

/// Whether all was read.
fn done(judged: &Judged) -> Exit {
    let totals = &judged.run.facts.totals;
    let of = |status: &str| totals.objects.get(status).copied().unwrap_or(0);
    if of("failed") + of("partial") > 0 || judged.run.facts.status != "complete" { Exit::Gaps } else { Exit::Done }
}

fn text(baseline: &Baseline, out: &mut dyn std::io::Write) -> Result<()> {
    out.write_all(baseline.text().as_bytes()).map_err(|error| Error::io("the baseline", &error))
}

/// Puts a baseline in the place of an older one, which was read as one: at any moment the file is whole.
fn rewrite(path: &Path, baseline: &Baseline) -> Result<()> {
    let failed = |error: std::io::Error| Error::io(path.display(), &error);
    let real = path.canonicalize().map_err(failed)?;
    let folder = real.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    file.write_all(baseline.text().as_bytes()).map_err(failed)?;
    let rights = std::fs::metadata(&real).map_err(failed)?.permissions();
    file.as_file().set_permissions(rights).and_then(|()| file.as_file().sync_all()).map_err(failed)?;
    file.persist(&real).map_err(|error| failed(error.error))?;
    Ok(())
}

fn tell(path: &Path, baseline: &Baseline) {
    let findings: u64 = baseline.entries.iter().map(|entry| entry.count).sum();
    print(&format!("{}: {} entries, {findings} findings\n", plain(&path.display().to_string()), baseline.entries.len()));
}
