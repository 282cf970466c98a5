//! `datatrawl certificate PLAN`: what was asked to be erased, what was done, and what is not covered, for people and for programs.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use super::exit::Exit;
use super::ledger::of_plan;
use super::terminal::{plain, print};
use crate::ledger;
use crate::model::{Error, ErrorKind, Result};
use crate::plan::{self, Leaves, Plan};
use crate::report::{Asked, Certificate, Outcome, Statement, Subject, certificate, page};

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Folder of a plan
    #[arg(required_unless_present = "schema")]
    plan: Option<PathBuf>,
    /// Ledger of its carrying out [default: ledger.jsonl in the folder of the plan]
    #[arg(long, value_name = "FILE")]
    ledger: Option<PathBuf>,
    /// Folder for certificate.html and certificate.json, or the file of one of them; - is standard output
    /// [default: the folder of the plan]
    #[arg(long, value_name = "DIR|FILE")]
    out: Option<PathBuf>,
    /// One form only: a page, or an in-toto statement
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
    /// Name files; without it they are counted
    #[arg(long)]
    paths: bool,
    /// Print the JSON schema of the statement's predicate
    #[arg(long, conflicts_with_all = ["plan", "ledger", "out", "format", "paths"])]
    schema: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Html,
    Json,
}

impl Format {
    const ALL: [Self; 2] = [Self::Html, Self::Json];

    fn ending(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Json => "json",
        }
    }
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    let Some(folder) = &arguments.plan else {
        print(&(serde_json::to_string_pretty(&schemars::schema_for!(Certificate))? + "\n"));
        return Ok(Exit::Done);
    };
    let targets = targets(arguments, folder)?;
    let (plan, digest) = plan::read(folder)?;
    let leaves = Leaves::open(folder)?;
    let checked = checked(arguments.ledger.as_deref(), folder)?;
    let made = certificate(Asked {
        plan: &plan,
        digest: &digest,
        leaves: &leaves,
        ledger: checked.as_ref(),
        made_at: Timestamp::now().to_string(),
        with_paths: arguments.paths,
    })?;
    let mut said = String::new();
    for (format, target) in targets {
        let text = match format {
            Format::Html => page(&made)?,
            Format::Json => serde_json::to_string_pretty(&Statement::new(&made, subjects(folder, &plan, &digest)?))? + "\n",
        };
        match target {
            None => print(&text),
            Some(path) => {
                write(&path, &text)?;
                let _ = writeln!(said, "{}", plain(&path.display().to_string()));
            }
        }
    }
    if !said.is_empty() {
        print(&format!("{}\n{said}", verdict(&made)));
    }
    Ok(if matches!(made.outcome, Outcome::Complete | Outcome::NothingDue) { Exit::Done } else { Exit::Open })
}

/// What is written, and where; no place is standard output.
fn targets(arguments: &Arguments, plan: &Path) -> Result<Vec<(Format, Option<PathBuf>)>> {
    let formats: Vec<Format> = arguments.format.map_or(Format::ALL.to_vec(), |format| vec![format]);
    let out = arguments.out.as_deref().unwrap_or(plan);
    let usage = |what: &str| Err(Error::new(ErrorKind::Usage, what.to_owned()));
    if out == Path::new("-") {
        return match formats[..] {
            [format] => Ok(vec![(format, None)]),
            _ => usage("standard output takes one form: give --format"),
        };
    }
    let ending = out.extension().and_then(|ending| ending.to_str());
    let named = Format::ALL.into_iter().find(|format| Some(format.ending()) == ending).filter(|_| !out.is_dir());
    match (named, arguments.format) {
        (Some(named), Some(format)) if named != format => usage("the file of --out has the ending of the other --format"),
        (Some(named), _) => Ok(vec![(named, Some(out.to_owned()))]),
        (None, _) => Ok(formats.into_iter().map(|format| (format, Some(out.join(format!("certificate.{}", format.ending()))))).collect()),
    }
}

/// The ledger; none where nothing was carried out. One that was changed is evidence of nothing.
fn checked(given: Option<&Path>, plan: &Path) -> Result<Option<ledger::Checked>> {
    let path = of_plan(given, plan);
    if given.is_none() && !path.exists() {
        return Ok(None);
    }
    ledger::check(&path).map(Some).map_err(|error| {
        let error = Error::new(ErrorKind::Refused, format!("no certificate can be made: {error}"));
        error.hint("a last line that a crash cut is mended by carrying the plan out again; all else is to be looked into")
    })
}

/// The files that a statement is about, with the digests that the project goes by and those that other programs know.
fn subjects(folder: &Path, plan: &Plan, digest: &str) -> Result<Vec<Subject>> {
    let named = plan.tables.iter().map(|(name, table)| (name.as_str(), table.blake3.as_str()));
    let files = std::iter::once(("plan.json", digest)).chain(named);
    let mut out = Vec::new();
    for (name, blake3) in files {
        let digest = BTreeMap::from([("blake3", blake3.to_owned()), ("sha256", sha256(&folder.join(name))?)]);
        out.push(Subject { name: name.to_owned(), digest });
    }
    let policy = BTreeMap::from([("blake3", plan.policy.digest.clone())]);
    out.push(Subject { name: format!("policy {}", plan.policy.id), digest: policy });
    Ok(out)
}

fn sha256(path: &Path) -> Result<String> {
    let failed = |error: std::io::Error| Error::io(path.display(), &error);
    let mut file = File::open(path).map_err(failed)?;
    let (mut hasher, mut buffer) = (Sha256::new(), vec![0; 64 * 1024]);
    loop {
        let length = file.read(&mut buffer).map_err(failed)?;
        if length == 0 {
            return Ok(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect());
        }
        hasher.update(&buffer[..length]);
    }
}

/// Writes a file that is not there yet: an older certificate is somebody's evidence.
fn write(path: &Path, text: &str) -> Result<()> {
    let failed = |error: std::io::Error| {
        let error = Error::new(ErrorKind::Usage, format!("{}: {error}", path.display()));
        error.hint("a certificate is not written over another one: give --out")
    };
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut file = File::create_new(path).map_err(failed)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(|error| Error::io(path.display(), &error))
}

/// How far it is, in a line.
fn verdict(made: &Certificate) -> &'static str {
    match made.outcome {
        Outcome::Complete if made.erases => "carried out and verified in full",
        Outcome::Complete => "carried out and verified in full; values were pseudonymised, not erased",
        Outcome::Partial => "carried out in part: this is not a certificate of erasure yet",
        Outcome::NotCarriedOut => "not carried out: this is not a certificate of erasure yet",
        Outcome::NothingDue => "nothing was due: this is not a certificate of erasure",
    }
}
