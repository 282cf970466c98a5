//! A plan for other executors: its operations by the key of their records, as statements of SQL or as rows of keys.
//!
//! In comes a plan; out go bytes, and a row for each operation that is not among them. What cannot be said exactly is left out and
//! named, never said nearly. What goes out holds values of records in clear: their keys.

mod keys;
mod mysql;
mod postgres;
mod sql;

use std::collections::{BTreeMap, HashSet};
use std::io::Write;
use std::path::Path;

use super::file::Plan;
use super::keyed::{KeyNames, KeyedOp, KeyedOps, key_digest};
use super::read::Kind;
use crate::model::{Error, ErrorKind, Id, Result};
use crate::run_folder::{Rows, columns, unreadable};

/// A language of databases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// PostgreSQL, for `psql`.
    Postgres,
    /// MySQL and MariaDB, for their clients.
    Mysql,
}

impl Dialect {
    /// Returns the name used in options and results.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Postgres => "postgres",
            Self::Mysql => "mysql",
        }
    }
}

/// The table that a dataset is a copy of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// What it is kept in.
    pub dialect: Dialect,
    /// Parts of its name: schema or database, where it has one, and table.
    pub table: Vec<String>,
}

impl Origin {
    /// Reads `postgres:schema.table`, `mysql:database.table`; none where it is something else.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (scheme, name) = text.split_once(':')?;
        let dialect = match scheme {
            "postgres" | "postgresql" => Dialect::Postgres,
            "mysql" | "mariadb" => Dialect::Mysql,
            _ => return None,
        };
        let table: Vec<String> = name.split('.').map(str::to_owned).collect();
        let is_plain = table.len() <= 2 && table.iter().all(|part| is_writable(part) && !part.trim().is_empty() && !part.starts_with('/'));
        is_plain.then_some(Self { dialect, table })
    }
}

/// Whether a name can be written as an identifier; PostgreSQL cuts longer ones, and may mean another.
fn is_writable(name: &str) -> bool {
    !name.is_empty() && name.len() <= 63 && !name.chars().any(char::is_control)
}

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Statements.
    Sql(Dialect),
    /// Rows of keys, a JSON object a line.
    Keys,
    /// Rows of keys, delimited text.
    KeysCsv,
}

/// What is asked for.
pub struct Order<'a> {
    /// Folder of the plan.
    pub folder: &'a Path,
    /// The plan.
    pub plan: &'a Plan,
    /// Its digest.
    pub digest: &'a str,
    /// What is written.
    pub form: Form,
    /// The one dataset that is meant; none: all.
    pub dataset: Option<&'a str>,
    /// Says of an operation that it is done already.
    pub is_done: &'a dyn Fn(i64) -> bool,
}

/// Why an operation is not exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// Its record has no key, or a part of it is missing.
    NoKey,
    /// Another copy of the record is kept: a hold is on it, the same rule could not decide, or it is newer and not due.
    Kept,
    /// The dataset names no origin of the dialect.
    NoOrigin,
    /// Its record is of another table than the origin.
    OtherTable,
    /// It stands in a nested column.
    Nested,
    /// What is written hangs on the value in a way that SQL does not say exactly, or the value is a part of a cell.
    Value,
    /// A file goes as a whole: its records have no operations of their own.
    WholeFile,
    /// A name or text cannot be written in the dialect.
    Unwritable,
}

impl Why {
    /// Returns the name used in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NoKey => "no_key",
            Self::Kept => "kept",
            Self::NoOrigin => "no_origin",
            Self::OtherTable => "other_table",
            Self::Nested => "nested",
            Self::Value => "value",
            Self::WholeFile => "whole_file",
            Self::Unwritable => "unwritable",
        }
    }

    /// Says it in words.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::NoKey => "the record has no key, or a part of it is missing",
            Self::Kept => "another copy of the record is kept",
            Self::NoOrigin => "the dataset names no origin of this kind",
            Self::OtherTable => "the record is of another table than the origin",
            Self::Nested => "it stands in a nested column",
            Self::Value => "what is written hangs on a value that SQL cannot check",
            Self::WholeFile => "a file goes as a whole, its records have no operations",
            Self::Unwritable => "a name or text cannot be written",
        }
    }
}

/// What was exported, and what was not.
#[derive(Default, Debug)]
pub struct Exported {
    /// Operations by dataset and action.
    pub operations: BTreeMap<(String, &'static str), u64>,
    /// Operations that are not exported, by dataset and reason.
    pub left: BTreeMap<(String, Why), u64>,
    /// Operations that were done already.
    pub done: u64,
}

/// Writes a plan for another executor. `left` gets a line of JSON for each operation that is not written: it holds no value.
///
/// # Errors
/// `Usage` where no dataset has the given name; `Run` where the tables are not as a plan writes them; `Io` where it cannot be written.
pub fn export(order: &Order<'_>, out: &mut dyn Write, left: &mut dyn Write) -> Result<Exported> {
    if let Some(wanted) = order.dataset
        && !order.plan.datasets.iter().any(|dataset| dataset.id == wanted)
    {
        return Err(Error::new(ErrorKind::Usage, "the plan has no dataset of that name").hint("datatrawl plan show names them"));
    }
    let chooser = Chooser::new(order)?;
    let failed = |error: std::io::Error| Error::io("the export", &error);
    let mut exported = Exported::default();
    let mut writer: Box<dyn Writer> = match order.form {
        Form::Sql(dialect) => Box::new(sql::Statements::new(order, dialect)),
        Form::Keys => Box::new(keys::Keys::new(order, false)),
        Form::KeysCsv => Box::new(keys::Keys::new(order, true)),
    };
    writer.begin(out).map_err(failed)?;
    for op in KeyedOps::open(order.folder)? {
        let op = op?;
        if order.dataset.is_some_and(|wanted| wanted != op.dataset) {
            continue;
        }
        if (order.is_done)(op.op_id) {
            exported.done += 1;
            continue;
        }
        let chosen = chooser.choose(&op).and_then(|key| writer.check(&op).map(|()| key));
        match chosen {
            Ok(key) => {
                writer.take(&op, &key, out).map_err(failed)?;
                *exported.operations.entry((op.dataset, op.action.name())).or_default() += 1;
            }
            Err(why) => {
                serde_json::to_writer(&mut *left, &left_row(&op, why)).map_err(|error| failed(error.into()))?;
                left.write_all(b"\n").map_err(failed)?;
                *exported.left.entry((op.dataset, why)).or_default() += 1;
            }
        }
    }
    writer.end(out).map_err(failed)?;
    Ok(exported)
}

/// What is said of an operation that is not exported.
fn left_row(op: &KeyedOp, why: Why) -> serde_json::Value {
    serde_json::json!({
        "op_id": op.op_id,
        "why": why.name(),
        "dataset": op.dataset,
        "rule": op.rule,
        "kind": op.kind.name(),
        "action": op.action.name(),
        "object_id": op.object_id.to_string(),
        "record": op.record,
        "column": op.column,
    })
}

/// Something that operations are written to.
trait Writer {
    fn begin(&mut self, out: &mut dyn Write) -> std::io::Result<()>;
    /// Says why an operation cannot be written.
    fn check(&self, op: &KeyedOp) -> std::result::Result<(), Why>;
    fn take(&mut self, op: &KeyedOp, key: &[(&str, &str)], out: &mut dyn Write) -> std::io::Result<()>;
    fn end(&mut self, out: &mut dyn Write) -> std::io::Result<()>;
}

/// Says which operations may go by the key of their record.
struct Chooser<'a> {
    keys: KeyNames<'a>,
    /// Keys of records that are kept: by a hold, or for a time.
    held: HashSet<Id>,
    /// The same with a rule that could not decide.
    undecided: HashSet<(Id, Id)>,
    /// The same with a column of which the newest copy says nothing; of whole records an empty one.
    outdated: HashSet<(Id, Id)>,
}

impl<'a> Chooser<'a> {
    fn new(order: &Order<'a>) -> Result<Self> {
        let keys = KeyNames::new(order.plan);
        let mut own = Self { keys, held: HashSet::new(), undecided: HashSet::new(), outdated: HashSet::new() };
        let path = order.folder.join("review.parquet");
        for batch in columns(&path, &["why", "dataset", "rule", "column_name", "record_key"], None)? {
            let batch = batch.map_err(|error| unreadable(&path, &error))?;
            let rows = Rows { path: &path, batch: &batch };
            for row in 0..batch.num_rows() {
                let text = |name: &str| rows.text(name, row).map(Option::unwrap_or_default);
                let (why, dataset, key) = (text("why")?, text("dataset")?, rows.pairs("record_key", row)?);
                let Some(key) = own.keys.of(&dataset, &key) else { continue };
                let digest = key_digest(&dataset, key);
                match why.as_str() {
                    "held" | "min_keep" => {
                        own.held.insert(digest);
                    }
                    "unknown_age" | "weak_clock" | "unanswered" => {
                        own.undecided.insert((digest, text_digest(&text("rule")?)));
                    }
                    "older_copy" => {
                        own.outdated.insert((digest, text_digest(&text("column_name")?)));
                    }
                    _ => {}
                }
            }
        }
        Ok(own)
    }

    /// The key of an operation's record.
    fn choose<'k>(&self, op: &'k KeyedOp) -> std::result::Result<Vec<(&'k str, &'k str)>, Why> {
        if op.kind == Kind::File {
            return Err(Why::WholeFile);
        }
        let key = self.keys.of(&op.dataset, &op.key).ok_or(Why::NoKey)?;
        let digest = key_digest(&op.dataset, key.iter().copied());
        let column = op.column.as_deref().unwrap_or_default();
        let is_kept = self.held.contains(&digest)
            || self.undecided.contains(&(digest, text_digest(&op.rule)))
            || self.outdated.contains(&(digest, text_digest(column)));
        if is_kept { Err(Why::Kept) } else { Ok(key) }
    }
}

fn text_digest(text: &str) -> Id {
    key_digest(text, [])
}

/// Whether an operation stands in a column that is nothing but its name.
fn is_plain_column(op: &KeyedOp) -> bool {
    let Some(column) = &op.column else { return false };
    op.pointer.as_ref().is_none_or(|pointer| pointer.strip_prefix('/') == Some(column))
}
