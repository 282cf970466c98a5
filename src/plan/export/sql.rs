//! Statements by key, in batches of one transaction each, for either dialect.

use std::collections::{HashMap, HashSet};
use std::io::{self, Write};

use super::{Dialect, Order, Origin, Why, Writer, is_plain_column, is_writable, mysql, postgres};
use crate::model::Id;
use crate::plan::keyed::{KeyedOp, key_digest};
use crate::plan::read::Kind;
use crate::policy::ActionName;

/// Rows that one transaction changes at most.
pub(super) const BATCH_ROWS: usize = 500;

/// What is written to a column.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Set {
    Null,
    Text(String),
    /// `*` for all but so many characters.
    Mask(u32),
    /// `*` for all but so many digits of a card number.
    Truncate(u32),
}

/// A row of a table, and what becomes of it.
pub(super) struct Row {
    pub table: Vec<String>,
    pub key: Vec<(String, String)>,
    /// What is written to which column; none: the row goes.
    pub sets: Option<Vec<(String, Set)>>,
    pub ops: Vec<i64>,
}

/// Writes one dialect.
pub(super) trait Language {
    /// What stands before all.
    fn head(&mut self, out: &mut dyn Write) -> io::Result<()>;
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()>;
    fn row(&mut self, row: &Row, out: &mut dyn Write) -> io::Result<()>;
    /// Operations whose row went with another one of the plan.
    fn went_before(&mut self, ops: &[i64], out: &mut dyn Write) -> io::Result<()>;
    /// Checks a batch, ends it, and prints what was done. `ops`: of this batch.
    fn end(&mut self, ops: &[i64], out: &mut dyn Write) -> io::Result<()>;
}

/// Gathers the operations of a row, and rows into batches.
pub(super) struct Statements {
    dialect: Dialect,
    origins: HashMap<String, Origin>,
    language: Box<dyn Language>,
    head: [String; 2],
    /// The record at hand, and its row.
    waiting: Option<((Id, Option<i64>), String, Row)>,
    /// Rows that go.
    gone: HashSet<Id>,
    /// Operations of the batch at hand, and its rows.
    ops: Vec<i64>,
    rows: usize,
}

impl Statements {
    pub(super) fn new(order: &Order<'_>, dialect: Dialect) -> Self {
        let origins = order.plan.datasets.iter().filter_map(|dataset| {
            let origin = Origin::read(dataset.origin.as_deref()?).filter(|origin| origin.dialect == dialect)?;
            Some((dataset.id.clone(), origin))
        });
        let language: Box<dyn Language> = match dialect {
            Dialect::Postgres => Box::new(postgres::Postgres::default()),
            Dialect::Mysql => Box::new(mysql::Mysql::default()),
        };
        let run = match dialect {
            Dialect::Postgres => "psql -X -f FILE > result.csv",
            Dialect::Mysql => "mariadb --batch --skip-column-names < FILE > result.csv",
        };
        let head = [
            format!("-- datatrawl plan {}; keys of records stand here in clear", order.digest),
            format!("-- {run}; then: datatrawl ledger record PLAN --external result.csv"),
        ];
        let (waiting, gone) = (None, HashSet::new());
        Self { dialect, origins: origins.collect(), language, head, waiting, gone, ops: Vec::new(), rows: 0 }
    }

    /// Writes the row at hand.
    fn flush(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let Some((_, dataset, row)) = self.waiting.take() else { return Ok(()) };
        if self.ops.is_empty() {
            self.language.begin(out)?;
        }
        let digest = key_digest(&dataset, row.key.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        if self.gone.contains(&digest) {
            self.language.went_before(&row.ops, out)?;
        } else {
            if row.sets.is_none() {
                self.gone.insert(digest);
            }
            self.language.row(&row, out)?;
        }
        self.ops.extend(&row.ops);
        self.rows += 1;
        if self.rows >= BATCH_ROWS { self.close(out) } else { Ok(()) }
    }

    fn close(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if !self.ops.is_empty() {
            self.language.end(&std::mem::take(&mut self.ops), out)?;
        }
        self.rows = 0;
        Ok(())
    }
}

impl Writer for Statements {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}\n{}", self.head[0], self.head[1])?;
        self.language.head(out)
    }

    fn check(&self, op: &KeyedOp) -> Result<(), Why> {
        let origin = self.origins.get(&op.dataset).ok_or(Why::NoOrigin)?;
        let last = |name: &str| name.rsplit('.').next().map(str::to_owned);
        if op.table.as_ref().is_some_and(|table| last(table).as_ref() != origin.table.last()) {
            return Err(Why::OtherTable);
        }
        // Of nested formats a dotted name is a path.
        let is_nested = |name: &str| op.format != "csv" && op.format != "sql_dump" && name.contains(['.', '[']);
        if op.key.iter().any(|(name, _)| is_nested(name)) {
            return Err(Why::Nested);
        }
        if !op.key.iter().all(|(name, _)| is_writable(name)) {
            return Err(Why::Unwritable);
        }
        match op.kind {
            Kind::Record => return Ok(()),
            Kind::Span => return Err(Why::Value),
            Kind::File => return Err(Why::WholeFile),
            Kind::Cell => {}
        }
        let column = op.column.as_deref().unwrap_or_default();
        if !is_plain_column(op) || is_nested(column) {
            return Err(Why::Nested);
        }
        let written = set(op).ok_or(Why::Value)?;
        let has_nul = matches!(&written, Set::Text(text) if text.contains('\0'));
        if is_writable(column) && !has_nul { Ok(()) } else { Err(Why::Unwritable) }
    }

    fn take(&mut self, op: &KeyedOp, key: &[(&str, &str)], out: &mut dyn Write) -> io::Result<()> {
        let record = (op.object_id, op.record);
        if self.waiting.as_ref().is_some_and(|(own, ..)| *own != record) {
            self.flush(out)?;
        }
        let (_, _, row) = self.waiting.get_or_insert_with(|| {
            let table = self.origins[&op.dataset].table.clone();
            let key = key.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            (record, op.dataset.clone(), Row { table, key, sets: Some(Vec::new()), ops: Vec::new() })
        });
        row.ops.push(op.op_id);
        match (op.kind, &mut row.sets) {
            (Kind::Record, sets) => *sets = None,
            (_, Some(sets)) => {
                let column = op.column.clone().unwrap_or_default();
                // A column that a record has twice is one column of the table.
                if !sets.iter().any(|(own, _)| *own == column) {
                    sets.extend(set(op).map(|set| (column, set)));
                }
            }
            (_, None) => {}
        }
        debug_assert!(self.origins[&op.dataset].dialect == self.dialect);
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.flush(out)?;
        self.close(out)
    }
}

/// What is written to a cell, where SQL can say it exactly.
fn set(op: &KeyedOp) -> Option<Set> {
    let keep = op.keep.and_then(|keep| u32::try_from(keep).ok());
    match op.action {
        ActionName::Null => Some(Set::Null),
        ActionName::Redact | ActionName::Replace => op.replacement.clone().map(Set::Text),
        ActionName::Mask => keep.map(Set::Mask),
        ActionName::PanTruncate => keep.map(|keep| Set::Truncate(keep.min(4))),
        ActionName::Generalise | ActionName::Token | ActionName::DropFile | ActionName::DropRecord => None,
    }
}
