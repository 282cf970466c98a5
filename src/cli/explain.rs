//! `datatrawl explain RUN FINDING_ID`: why a finding is one, and where it is.

use std::path::PathBuf;

use super::exit::Exit;
use super::terminal::{plain, print};
use crate::model::{Error, ErrorKind, Result, Signal};
use crate::run_folder::{Rows, RunFolder, Table};

/// What is shown of a finding.
const NAMES: [&str; 18] = [
    "finding_id", "path", "member", "entity", "likelihood", "confidence", "column_name", "pointer", "record", "line", "byte_start",
    "byte_end", "preview", "region", "rule", "rule_version", "validated", "signals",
];

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Run folder
    run: PathBuf,
    /// Id of a finding, or its first digits (at least 6)
    finding_id: String,
}

/// Findings that are shown of one id: equal values in one column share it.
const SHOWN: usize = 20;

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    let id = arguments.finding_id.to_ascii_lowercase();
    if id.len() < 6 || id.len() > 32 || !id.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(Error::new(ErrorKind::Usage, "a finding id is 32 hex digits, or at least the first 6 of them").into());
    }
    let run = RunFolder::open(&arguments.run)?;
    let (mut shown, mut all) = (0, 0);
    run.each(Table::Findings, &NAMES, &mut |rows, row| {
        if rows.word("finding_id", row)?.is_some_and(|own| own.starts_with(&id)) {
            all += 1;
            if shown < SHOWN {
                shown += 1;
                print(&explain(rows, row)?);
            }
        }
        Ok(())
    })?;
    match all {
        0 => Err(Error::new(ErrorKind::Usage, format!("no finding of this run has an id that begins with {id}")).into()),
        n => {
            if n > shown {
                print(&format!("and {} more with this id\n", n - shown));
            }
            Ok(Exit::Done)
        }
    }
}

fn explain(rows: &Rows<'_>, row: usize) -> Result<String> {
    let get = |name: &str| rows.word(name, row).map(|text| text.map_or_else(String::new, plain));
    let number = |name: &str| rows.long(name, row).map(|number| number.map_or_else(String::new, |n| n.to_string()));
    let member = get("member")?;
    let path = if member.is_empty() { get("path")? } else { format!("{}!{member}", get("path")?) };
    let confidence = rows.fraction("confidence", row)?.unwrap_or_default();
    let mut out = format!("{} {} ({}), confidence {confidence:.2}\n", get("finding_id")?, get("entity")?, get("likelihood")?);
    let mut line = |name: &str, value: String| {
        if !value.is_empty() {
            out.push_str(&format!("  {name:<10} {value}\n"));
        }
    };
    line("where", path);
    line("column", get("column_name")?);
    line("pointer", get("pointer")?);
    line("record", number("record")?);
    line("line", number("line")?);
    line("bytes", format!("{}..{}", number("byte_start")?, number("byte_end")?));
    line("preview", get("preview")?);
    line("region", get("region")?);
    line("rule", format!("{} version {}", get("rule")?, number("rule_version")?));
    let check = match rows.truth("validated", row)? {
        Some(true) => "passed",
        Some(false) => "failed",
        None => "there is none",
    };
    line("check", check.to_owned());
    out.push_str("  signals\n");
    for signal in rows.list("signals", row)? {
        let (name, delta) = signal.split_at(signal.find(['+', '-']).unwrap_or(signal.len()));
        let meaning = Signal::named(name).map_or("", Signal::meaning);
        out.push_str(&format!("    {delta:>6}  {:<20} {meaning}\n", plain(name)));
    }
    Ok(out)
}
