//! What a person reads at the end of a scan.

use std::path::Path;

use comfy_table::presets;
use comfy_table::{ContentArrangement, Table};

use super::terminal::plain;
use crate::model::{Likelihood, Region, Status};
use crate::scan::Summary;

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

/// The whole summary.
pub(super) fn text(summary: &Summary, folder: &Path, regions: &[Region], elapsed_us: i64) -> String {
    let mut out = String::new();
    out.push_str(&totals(summary, elapsed_us));
    if summary.entities.is_empty() {
        out.push_str("\nnothing found\n");
    } else {
        out.push_str(&found(summary));
    }
    let limited: Vec<String> = summary.limited().map(|(entity, count)| format!("{} {count}", plain(entity))).collect();
    if !limited.is_empty() {
        out.push_str(&format!("\ncounted without a row (see --rows): {}\n", limited.join(", ")));
    }
    if summary.sampled > 0 {
        out.push_str(&format!("\nsampled: {} objects were read in part, as --sample asks\n", summary.sampled));
    }
    if !summary.not_read.is_empty() {
        out.push_str(&not_read(summary));
    }
    out.push_str(&match regions {
        [] => "\nregions: none given: phone numbers in national form count only with context (--region PH,SG)\n".to_owned(),
        some => format!("\nregions: {}\n", some.iter().map(Region::as_str).collect::<Vec<_>>().join(", ")),
    });
    out.push_str(&next(summary, folder));
    out
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
    let more = all.saturating_sub(summary.not_read.len() as u64 + summary.sampled);
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
