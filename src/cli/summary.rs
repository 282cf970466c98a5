//! What a person reads at the end of a scan.

use std::path::Path;

use comfy_table::presets;
use comfy_table::{ContentArrangement, Table};

use super::terminal::plain;
use crate::model::{Likelihood, Region, Status};
use crate::scan::Summary;
use crate::settings::{AllowFacts, FileFacts};

/// An empty table in the program's style.
pub(super) fn table(header: &[&str]) -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    // A pipe gets whole lines, a terminal what fits it.
    if let Some((_, width)) = console::Term::stdout().size_checked() {
        table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    }
    table.set_header(header.iter().map(|name| name.to_uppercase()));
    table
}

/// What people are told of settings.
pub(super) struct Told {
    pub regions: Vec<Region>,
    /// The settings file that gave them.
    pub regions_from: Option<String>,
    pub files: Vec<FileFacts>,
    pub lists: Vec<AllowFacts>,
    /// Files beside the data that may hide findings or files.
    pub narrowing: Vec<FileFacts>,
}

/// The whole summary.
pub(super) fn text(summary: &Summary, folder: &Path, told: &Told, elapsed_us: i64) -> String {
    let mut out = String::new();
    out.push_str(&totals(summary, elapsed_us));
    if summary.entities.is_empty() {
        out.push_str("\nnothing found\n");
    } else {
        out.push_str(&found(summary));
    }
    out.push_str(&suppressed(summary, told));
    let limited: Vec<String> = summary.limited().map(|(entity, count)| format!("{} {count}", plain(entity))).collect();
    if !limited.is_empty() {
        out.push_str(&format!("\ncounted without a row (see --rows): {}\n", limited.join(", ")));
    }
    if summary.sampled > 0 {
        out.push_str(&format!("\nsampled: {} objects were read in part, as --sample asks\n", summary.sampled));
    }
    if summary.left_by_sample > 0 {
        out.push_str(&format!("\nsampled: {} files were not read, as --sample asks\n", summary.left_by_sample));
    }
    if !summary.not_read.is_empty() {
        out.push_str(&not_read(summary));
    }
    out.push_str(&narrowing(told));
    let from = told.regions_from.as_ref().map_or(String::new(), |file| format!(" ({})", plain(file)));
    out.push_str(&match &told.regions[..] {
        [] => "\nregions: none given: phone numbers in national form count only with context (--region PH,SG)\n".to_owned(),
        some => format!("\nregions: {}{from}\n", some.iter().map(Region::as_str).collect::<Vec<_>>().join(", ")),
    });
    out.push_str(&next(summary, folder));
    out
}

/// What allow lists held back, list by list.
fn suppressed(summary: &Summary, told: &Told) -> String {
    let mut out = String::new();
    for (index, list) in told.lists.iter().enumerate() {
        let own = summary.suppressed.iter().filter(|((of, _), _)| usize::from(*of) == index);
        let counts: Vec<String> = own.map(|((_, entity), count)| format!("{} {count}", plain(entity))).collect();
        if !counts.is_empty() {
            out.push_str(&format!("  {} ({}): {}\n", plain(&list.name), plain(&list.file), counts.join(", ")));
        }
    }
    if out.is_empty() { out } else { format!("\nsuppressed by allow lists:\n{out}") }
}

/// What settings that came with the data may hide.
fn narrowing(told: &Told) -> String {
    let mut out = String::new();
    for file in &told.narrowing {
        let off: Vec<String> = file.rules.iter().flat_map(|switch| &switch.off).map(|rule| plain(rule)).collect();
        let levels = file.likelihood.len() + usize::from(file.min_likelihood.is_some());
        let globs = file.include.len() + file.exclude.len();
        let lists = told.lists.iter().filter(|list| list.file == file.file && !list.expired).count();
        let parts = [
            (!off.is_empty()).then(|| format!("rules off: {}", off.join(", "))),
            (levels > 0).then(|| format!("{levels} levels")),
            (globs > 0).then(|| format!("{globs} globs")),
            (lists > 0).then(|| format!("{lists} allow lists")),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        out.push_str(&format!("  {}: {}\n", plain(&file.file), parts.join("; ")));
    }
    if out.is_empty() {
        out
    } else {
        format!("\nsettings beside the data narrow what is reported (--no-root-settings leaves them out):\n{out}")
    }
}

fn totals(summary: &Summary, elapsed_us: i64) -> String {
    let seconds = (elapsed_us as f64 / 1e6).max(1e-6);
    let megabytes = summary.bytes as f64 / 1e6;
    let statuses: Vec<String> =
        Status::ALL.iter().filter(|s| summary.count(**s) > 0).map(|s| format!("{} {}", summary.count(*s), s.name())).collect();
    format!(
        "{megabytes:.1} MB, {} records in {seconds:.2} s ({:.0} MB/s)\nobjects: {}{}\n",
        summary.records,
        megabytes / seconds,
        if statuses.is_empty() { "none".to_owned() } else { statuses.join(", ") },
        if summary.interrupted { "; interrupted: the run is partial" } else { "" },
    )
}

fn found(summary: &Summary) -> String {
    let mut entities: Vec<_> = summary.entities.iter().collect();
    entities.sort_by_key(|(name, count)| (std::cmp::Reverse(**count), *name));
    let counts: Vec<String> = entities.iter().map(|(name, count)| format!("{} {count}", plain(name))).collect();
    let mut places = table(&["worst places", "column", "entity", "rows", "likelihood", "example (masked)"]);
    for place in &summary.worst {
        places.add_row([
            plain(&place.path),
            place.column.as_deref().map_or("-".to_owned(), plain),
            plain(&place.entity),
            place.count.to_string(),
            Likelihood::of(place.score).name().to_owned(),
            if place.example.is_empty() { "-".to_owned() } else { plain(&place.example) },
        ]);
    }
    format!("findings: {}\n\n{places}\n", counts.join(", "))
}

fn not_read(summary: &Summary) -> String {
    let mut rows = table(&["not read in full", "status", "reason"]);
    for leaf in &summary.not_read {
        rows.add_row([plain(&leaf.path), leaf.status.name().to_owned(), plain(&leaf.reason)]);
    }
    let all: u64 = [Status::Partial, Status::Unsupported, Status::Excluded, Status::Failed].iter().map(|s| summary.count(*s)).sum();
    let more = all.saturating_sub(summary.not_read.len() as u64 + summary.sampled + summary.left_by_sample);
    let rest = if more > 0 { format!("and {more} more: see objects.parquet\n") } else { String::new() };
    format!("\n{rows}\n{rest}")
}

fn next(summary: &Summary, folder: &Path) -> String {
    let run = plain(&folder.display().to_string());
    let mut out = format!("\nrun folder: {run}\nnext:\n");
    if let Some(place) = summary.worst.first() {
        out.push_str(&format!("  datatrawl explain '{run}' {}\n", place.finding_id));
    }
    out.push_str(&format!(
        "  duckdb -c \"select path, column_name, entity, likelihood, matched_count from '{run}/columns.parquet' where entity is not null order by matched_count desc\"\n"
    ));
    out.push_str(&format!("  duckdb -c \"select path, status, reason from '{run}/objects.parquet' where status <> 'scanned'\"\n"));
    out
}
