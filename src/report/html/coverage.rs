//! What a run read and what it did not, and the columns in which it found something.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use super::words::shown;
use crate::model::{Id, Result};
use crate::run_folder::{Rows, RunFolder, Table};

/// Reasons that are told apart; the rest shares a row.
const MOST_REASONS: usize = 200;
/// Places that are named for one reason.
const MOST_EXAMPLES: usize = 20;
/// Columns that are shown.
const MOST_COLUMNS: usize = 200;

/// What was not read for one reason.
#[derive(Default, Serialize)]
pub(super) struct NotRead {
    pub status: String,
    pub reason: String,
    pub leaves: u64,
    pub bytes: u64,
    pub examples: Vec<String>,
    pub more: u64,
}

/// What was read of a format.
#[derive(Default, Serialize)]
pub(super) struct Format {
    pub name: String,
    pub leaves: u64,
    pub records: u64,
    pub bytes: u64,
}

/// A column in which something was found.
#[derive(Serialize)]
pub(super) struct Column {
    pub place: String,
    pub name: String,
    pub entity: String,
    pub likelihood: String,
    pub matched: u64,
    pub rows: u64,
    pub percent: Option<u64>,
}

/// What a run read.
#[derive(Default)]
pub(super) struct Coverage {
    pub statuses: BTreeMap<String, u64>,
    pub not_read: Vec<NotRead>,
    pub formats: Vec<Format>,
    /// Whether a leaf was read in full.
    pub files: HashMap<Id, bool>,
    pub records: u64,
    pub bytes: u64,
    pub columns: Vec<Column>,
    pub all_columns: u64,
}

fn count(rows: &Rows<'_>, name: &str, row: usize) -> Result<u64> {
    Ok(rows.long(name, row)?.and_then(|n| u64::try_from(n).ok()).unwrap_or(0))
}

fn place(rows: &Rows<'_>, row: usize) -> Result<String> {
    let path = rows.word("path", row)?.unwrap_or("");
    Ok(shown(&rows.word("member", row)?.map_or_else(|| path.to_owned(), |member| format!("{path}!{member}"))))
}

/// Reads what a run says of its objects and columns.
pub(super) fn coverage(run: &RunFolder) -> Result<Coverage> {
    let mut out = Coverage::default();
    let mut reasons: BTreeMap<(u8, String), NotRead> = BTreeMap::new();
    let mut formats: BTreeMap<String, Format> = BTreeMap::new();
    let names = ["object_id", "path", "member", "format", "status", "reason", "size", "records", "bytes_read"];
    run.each(Table::Objects, &names, &mut |rows, row| {
        let status = rows.word("status", row)?.unwrap_or("");
        let is_read = matches!(status, "scanned" | "unchanged");
        if let Some(id) = rows.id("object_id", row)? {
            out.files.insert(id, is_read);
        }
        *out.statuses.entry(shown(status)).or_default() += 1;
        let (records, bytes) = (count(rows, "records", row)?, count(rows, "bytes_read", row)?);
        out.records += records;
        out.bytes += bytes;
        if let Some(name) = rows.word("format", row)?.filter(|_| formats.len() < MOST_REASONS) {
            let format = formats.entry(name.to_owned()).or_insert_with(|| Format { name: shown(name), ..Format::default() });
            format.leaves += 1;
            format.records += records;
            format.bytes += bytes;
        }
        if is_read {
            return Ok(());
        }
        let mut reason = shown(rows.word("reason", row)?.unwrap_or("no reason was written"));
        if reasons.len() >= MOST_REASONS && !reasons.contains_key(&(order(status), reason.clone())) {
            reason = "other reasons".to_owned();
        }
        let size = count(rows, "size", row)?;
        let fresh = || NotRead { status: shown(status), reason: reason.clone(), ..NotRead::default() };
        let group = reasons.entry((order(status), reason.clone())).or_insert_with(fresh);
        group.leaves += 1;
        group.bytes += size;
        if group.examples.len() < MOST_EXAMPLES {
            group.examples.push(place(rows, row)?);
        } else {
            group.more += 1;
        }
        Ok(())
    })?;
    // What failed stands first, then the reasons with the most files.
    let mut not_read: Vec<((u8, String), NotRead)> = reasons.into_iter().collect();
    not_read.sort_by_key(|((order, _), group)| (*order, std::cmp::Reverse(group.leaves)));
    out.not_read = not_read.into_iter().map(|(_, group)| group).collect();
    out.formats = formats.into_values().collect();
    out.formats.sort_by_key(|format| std::cmp::Reverse(format.bytes));
    columns(run, &mut out)?;
    Ok(out)
}

/// What a status says of the run: failures first.
fn order(status: &str) -> u8 {
    match status {
        "failed" => 0,
        "partial" => 1,
        "unsupported" => 2,
        "excluded" => 3,
        _ => 4,
    }
}

fn columns(run: &RunFolder, out: &mut Coverage) -> Result<()> {
    let names = ["path", "member", "table_name", "column_name", "entity", "likelihood", "matched_count", "row_count", "match_ratio"];
    let worst = |columns: &mut Vec<Column>| {
        columns.sort_by_key(|column| std::cmp::Reverse(column.matched));
        columns.truncate(MOST_COLUMNS);
    };
    run.each(Table::Columns, &names, &mut |rows, row| {
        let Some(entity) = rows.word("entity", row)? else { return Ok(()) };
        out.all_columns += 1;
        let name = rows.word("column_name", row)?.unwrap_or("(no name)");
        let name = rows.word("table_name", row)?.map_or_else(|| name.to_owned(), |table| format!("{table}.{name}"));
        out.columns.push(Column {
            place: place(rows, row)?,
            name: shown(&name),
            entity: shown(entity),
            likelihood: shown(rows.word("likelihood", row)?.unwrap_or("")),
            matched: count(rows, "matched_count", row)?,
            rows: count(rows, "row_count", row)?,
            percent: rows.fraction("match_ratio", row)?.map(|ratio| (ratio * 100.0).round().clamp(0.0, 100.0) as u64),
        });
        if out.columns.len() > 16 * MOST_COLUMNS {
            worst(&mut out.columns);
        }
        Ok(())
    })?;
    worst(&mut out.columns);
    Ok(())
}
