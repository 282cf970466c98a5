//! The page of a run: what was found and where, what is overdue, what was not read, what changed; and a table of the findings.
//!
//! In come a run folder, a policy and an earlier run where they are given; out goes one page that stands alone. Its only script is its
//! own, which the policy in its head names by digest; it loads nothing. No value is in it: previews are masks.

mod coverage;
mod data;
mod distinct;
mod due;
mod gather;
mod since;
mod table;
mod timeline;
mod view;
mod words;

use jiff::Timestamp;
use serde_json::json;

use super::page::{Parts, render};
use crate::model::Result;
use crate::policy::Policy;
use crate::run_folder::RunFolder;
use due::Due;
use since::Before;

/// Findings that have a row each; of a run with more, those that are alike share one.
pub const MOST_ROWS: usize = 100_000;

/// What a page is made of.
pub struct PageOf<'a> {
    /// The run.
    pub run: &'a RunFolder,
    /// Its folder, as it was typed.
    pub shown: &'a str,
    /// What says what is overdue.
    pub policy: Option<&'a Policy>,
    /// An earlier run.
    pub since: Option<&'a RunFolder>,
    /// Now.
    pub now: Timestamp,
    /// For when it says what is overdue.
    pub as_of: Timestamp,
    /// Rows of the table.
    pub most_rows: usize,
}

/// Makes the page of a run.
///
/// # Errors
/// `Run` where a folder is not as a scan writes it, `Usage` where the runs do not compare, `Io` where the page cannot be made.
pub(super) fn run_page(of: &PageOf<'_>) -> Result<String> {
    let mut coverage = coverage::coverage(of.run)?;
    let mut before = of.since.map(|earlier| Before::read(earlier, of.run, &coverage.files)).transpose()?;
    coverage.files.clear();
    let mut due = Due::new(of.policy, of.as_of);
    let mut gathered = gather::gather(of.run, &mut due, &mut before, of.most_rows)?;
    let mut table = std::mem::replace(&mut gathered.table, table::Table::new(0));
    let rows = table.finish(|row| {
        let kind = &gathered.kinds[row.kind as usize];
        (view::rank(&gathered.entities[kind.entity as usize].sensitivity), row.score, row.count)
    });
    let has = json!({
        "grouped": table.is_grouped(),
        "since": of.since.is_some(),
        "policy": of.policy.is_some(),
        "run": super::page::quoted(of.shown),
    });
    let view = view::View::new(of, &coverage, &gathered, &due, before.as_ref(), &table, rows.len());
    let data = data::data(&rows, &gathered, &has);
    drop(rows);
    let parts = Parts { styles: &[include_str!("run.css")], script: Some(include_str!("run.js")), data: Some(data) };
    render("run.html", &view, parts)
}
