//! `datatrawl plan export`: the operations of a plan by key, for a database or another program.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use super::exit::Exit;
use super::ledger::of_plan;
use super::ledger::reported;
use super::terminal::{plain, say};
use crate::model::{Error, ErrorKind, Result};
use crate::plan::export::{Dialect, Exported, Form, Order, Origin, export};
use crate::plan::{self, Plan};

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Folder of a plan
    plan: PathBuf,
    /// What is written: statements for psql or mariadb, or rows of keys as JSON lines or delimited text
    #[arg(long, value_name = "sql|keys|keys-csv", value_parser = ["sql", "keys", "keys-csv"])]
    format: String,
    /// Language of the statements [default: that of the origins]
    #[arg(long, value_name = "postgres|mysql", value_parser = ["postgres", "mysql"])]
    dialect: Option<String>,
    /// Only this dataset
    #[arg(long, value_name = "ID")]
    dataset: Option<String>,
    /// File to write, which must not be there yet; - is standard output. It holds keys of records in clear [default: none, say what
    /// would be written]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// File to write with a line for each operation that is not exported [default: beside --out, with .left.ndjson]
    #[arg(long, value_name = "FILE")]
    left: Option<PathBuf>,
    /// Leave out what this executor did already, as the ledger has it
    #[arg(long, value_name = "EXECUTOR")]
    skip_done_by: Option<String>,
    /// Ledger that is asked for that [default: ledger.jsonl in the folder of the plan]
    #[arg(long, value_name = "FILE", requires = "skip_done_by")]
    ledger: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    let (plan, digest) = plan::read(&arguments.plan)?;
    let form = match arguments.format.as_str() {
        "sql" => Form::Sql(dialect(arguments, &plan)?),
        "keys" => Form::Keys,
        _ => Form::KeysCsv,
    };
    let done = match &arguments.skip_done_by {
        Some(executor) => reported(&of_plan(arguments.ledger.as_deref(), &arguments.plan), &digest, &plan)?.of(executor),
        None => Vec::new(),
    };
    let is_done = |op: i64| usize::try_from(op).ok().and_then(|op| done.get(op)).copied().unwrap_or(false);
    let order =
        Order { folder: &arguments.plan, plan: &plan, digest: &digest, form, dataset: arguments.dataset.as_deref(), is_done: &is_done };
    let exported = match &arguments.out {
        None => export(&order, &mut std::io::sink(), &mut std::io::sink())?,
        Some(out) if out.as_os_str() == "-" => {
            let mut left = arguments.left.as_deref().map(Output::create).transpose()?;
            let mut stdout = BufWriter::new(std::io::stdout().lock());
            let exported = match &mut left {
                Some(left) => export(&order, &mut stdout, &mut left.file)?,
                None => export(&order, &mut stdout, &mut std::io::sink())?,
            };
            stdout.flush().map_err(|error| Error::io("standard output", &error))?;
            left.filter(|_| !exported.left.is_empty()).map(Output::keep).transpose()?;
            exported
        }
        Some(out) => {
            let beside = || PathBuf::from(format!("{}.left.ndjson", out.display()));
            let mut left = Output::create(&arguments.left.clone().unwrap_or_else(beside))?;
            let mut file = Output::create(out)?;
            let exported = export(&order, &mut file.file, &mut left.file)?;
            file.keep()?;
            if !exported.left.is_empty() {
                left.keep()?;
            }
            exported
        }
    };
    say(said(&exported, arguments).trim_end());
    Ok(if exported.left.is_empty() { Exit::Done } else { Exit::Gaps })
}

/// The language that is asked for, or the one of all origins.
fn dialect(arguments: &Arguments, plan: &Plan) -> Result<Dialect> {
    if let Some(name) = &arguments.dialect {
        return Ok(if name == "mysql" { Dialect::Mysql } else { Dialect::Postgres });
    }
    let meant = plan.datasets.iter().filter(|dataset| arguments.dataset.as_ref().is_none_or(|own| *own == dataset.id));
    let mut found: Vec<Dialect> =
        meant.filter_map(|dataset| dataset.origin.as_deref().and_then(Origin::read)).map(|origin| origin.dialect).collect();
    found.dedup();
    match found[..] {
        [one] => Ok(one),
        [] => Err(Error::new(ErrorKind::Usage, "no dataset of the plan names a table of a database as its origin")
            .hint("such as origin = \"postgres:public.orders\" or \"mysql:shop.orders\" in the policy; then plan again")),
        _ => Err(Error::new(ErrorKind::Usage, "the origins of the plan are of several databases").hint("give --dialect or --dataset")),
    }
}

/// A file that is there when it is whole, and that its owner alone can read.
struct Output {
    file: BufWriter<tempfile::NamedTempFile>,
    path: PathBuf,
}

impl Output {
    fn create(path: &Path) -> Result<Self> {
        let failed = |error: &dyn std::fmt::Display| Error::new(ErrorKind::Usage, format!("{}: {error}", path.display()));
        if path.symlink_metadata().is_ok() {
            return Err(failed(&"it is there already").hint("name a file that is not there yet"));
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        // Made with the rights 0600.
        let file = tempfile::NamedTempFile::new_in(folder).map_err(|error| failed(&error))?;
        Ok(Self { file: BufWriter::new(file), path: path.to_owned() })
    }

    fn keep(self) -> Result<()> {
        let failed = |error: &std::io::Error| Error::io(self.path.display(), error);
        let file = self.file.into_inner().map_err(|error| failed(error.error()))?;
        file.as_file().sync_all().map_err(|error| failed(&error))?;
        file.persist_noclobber(&self.path).map_err(|error| failed(&error.error))?;
        Ok(())
    }
}

/// What was exported.
fn said(exported: &Exported, arguments: &Arguments) -> String {
    let would = if arguments.out.is_some() { "" } else { " would be" };
    let mut out = String::new();
    for ((dataset, action), count) in &exported.operations {
        out.push_str(&format!("{}: {count} {action}{would} exported\n", plain(dataset)));
    }
    if exported.done > 0 {
        out.push_str(&format!("{} were done already\n", exported.done));
    }
    for ((dataset, why), count) in &exported.left {
        out.push_str(&format!("{}: {count} not exported: {} ({})\n", plain(dataset), why.meaning(), why.name()));
    }
    if exported.operations.is_empty() && exported.left.is_empty() {
        out.push_str("nothing to export\n");
    }
    match (&arguments.out, exported.operations.is_empty()) {
        (None, _) => out.push_str("nothing was written: --out FILE, or --out - for standard output\n"),
        (Some(_), false) => out.push_str("keys of records stand in it in clear: they are personal data\n"),
        _ => {}
    }
    out
}
