//! What another program did with a plan → lines of the ledger.
//!
//! In comes its result; each operation that it names must be one of the plan, once. An operation that met no record is failed: all
//! operations of a plan are about something that was there. What is not named stays open.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use crate::ledger::{Event, Ledger, Report, Reported, stretches};
use crate::model::{Error, ErrorKind, Result};
use crate::plan::{KeyedOps, Kind, Plan, ResultRow, read_result};

/// Stretches of operations in one line of the ledger: a line has a longest length.
const MOST_STRETCHES: usize = 1_000;
/// Programs that one result may name.
const MOST_EXECUTORS: usize = 16;

/// What is recorded.
pub struct Told<'a> {
    /// Folder of the plan.
    pub folder: &'a Path,
    /// The plan.
    pub plan: &'a Plan,
    /// Its digest.
    pub digest: &'a str,
    /// The result.
    pub result: &'a Path,
    /// Who did it, where the result does not say.
    pub executor: Option<&'a str>,
    /// The ledger.
    pub ledger: &'a Path,
    /// Tells the time, RFC 3339 in UTC.
    pub clock: &'a dyn Fn() -> String,
}

/// What was recorded.
#[derive(Debug)]
pub struct Recorded {
    /// All that programs told so far.
    pub reported: Reported,
    /// Operations that are new in the ledger.
    pub new: u64,
    /// Of the operations of this result those that met nothing.
    pub failed: u64,
    /// And those that met too much.
    pub exceeded: u64,
    /// Operations that the ledger had as done by the same program before.
    pub before: u64,
}

/// Returns how many operations a plan has.
#[must_use]
pub fn operations(plan: &Plan) -> usize {
    plan.tables.get("ops.parquet").and_then(|table| usize::try_from(table.rows).ok()).unwrap_or_default()
}

/// Records a result. It is checked as a whole before a line is written.
///
/// # Errors
/// `Run` where the result is none, or names what is not of the plan, or the same twice; as [`Ledger::open`].
pub fn record(told: &Told<'_>) -> Result<Recorded> {
    let kinds = kinds(told)?;
    let results = results(told, &kinds)?;
    let (mut ledger, entries) = Ledger::open(told.ledger)?;
    let mut reported = Reported::read(&entries, told.digest, kinds.len());
    let (mut failed, mut exceeded, mut before, mut new) = (0, 0, 0, 0);
    let mut lines: BTreeMap<(&str, Report), (Vec<i64>, u64)> = BTreeMap::new();
    for ((executor, op), rows) in &results {
        let is_file = usize::try_from(*op).ok().and_then(|op| kinds.get(op)) == Some(&Kind::File);
        let report = match rows {
            0 => Report::Failed,
            1 => Report::Done,
            // A file goes with all its records.
            _ if is_file => Report::Done,
            _ => Report::Exceeded,
        };
        if reported.get(executor, *op) == Some(Report::Done) {
            before += 1;
            continue;
        }
        failed += u64::from(report == Report::Failed);
        exceeded += u64::from(report == Report::Exceeded);
        new += 1;
        let (operations, sum) = lines.entry((executor, report)).or_default();
        operations.push(*op);
        *sum = rows.saturating_add(*sum);
        reported.note(executor, *op, report);
    }
    for ((executor, report), (operations, rows)) in lines {
        let stretches = stretches(&operations);
        for (n, part) in stretches.chunks(MOST_STRETCHES).enumerate() {
            let event = Event::Reported {
                plan: told.digest.to_owned(),
                executor: executor.to_owned(),
                report,
                // The sum stands in the first of its lines.
                rows: if n == 0 { rows } else { 0 },
                operations: part.to_vec(),
            };
            ledger.append(&(told.clock)(), event)?;
        }
    }
    Ok(Recorded { reported, new, failed, exceeded, before })
}

/// The kinds of the operations, by their numbers.
fn kinds(told: &Told<'_>) -> Result<Vec<Kind>> {
    let mut kinds = Vec::new();
    for op in KeyedOps::open(told.folder)? {
        let op = op?;
        if usize::try_from(op.op_id).ok() != Some(kinds.len()) {
            return Err(Error::new(ErrorKind::Run, "the operations of the plan are not numbered in their order"));
        }
        kinds.push(op.kind);
    }
    Ok(kinds)
}

/// Rows by executor and operation.
fn results(told: &Told<'_>, kinds: &[Kind]) -> Result<BTreeMap<(String, i64), u64>> {
    let mut out = BTreeMap::new();
    let mut executors: HashMap<String, ()> = HashMap::new();
    let wrong = |what: String| Err(Error::new(ErrorKind::Run, format!("{}: {what}", told.result.display())));
    read_result(told.result, &mut |row| {
        let ResultRow { op_id, rows_affected, executor } = row;
        if usize::try_from(op_id).ok().is_none_or(|op| op >= kinds.len()) {
            return wrong(format!("the plan has no operation {op_id}"));
        }
        let Some(executor) = executor.or_else(|| told.executor.map(str::to_owned)) else {
            let error = Error::new(ErrorKind::Usage, format!("{}: operation {op_id} has no executor", told.result.display()));
            return Err(error.hint("give --executor, or a column executor"));
        };
        executors.insert(executor.clone(), ());
        if executors.len() > MOST_EXECUTORS {
            return wrong(format!("it names more than {MOST_EXECUTORS} executors"));
        }
        if out.insert((executor, op_id), rows_affected.unsigned_abs()).is_some() {
            return wrong(format!("operation {op_id} stands there twice"));
        }
        Ok(())
    })?;
    Ok(out)
}
