//! `datatrawl explain RUN FINDING_ID`: why a finding is one, and where it is.

use std::fs::File;
use std::path::{Path, PathBuf};

use arrow_array::cast::AsArray as _;
use arrow_array::types::{Float32Type, Int32Type, Int64Type};
use arrow_array::{Array as _, RecordBatch, StringArray};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use super::exit::Exit;
use super::terminal::{plain, print};
use crate::model::{Error, ErrorKind, Result, Signal};

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
    let folder = arguments.run.join("findings");
    if !folder.is_dir() {
        let what = format!("not a run folder: {}", arguments.run.display());
        return Err(Error::new(ErrorKind::Run, what).hint("datatrawl scan writes one; give its path").into());
    }
    let mut parts: Vec<PathBuf> = std::fs::read_dir(&folder)?.map(|e| e.map(|e| e.path())).collect::<Result<_, _>>()?;
    parts.retain(|path| path.extension().is_some_and(|e| e == "parquet"));
    parts.sort();
    let (mut shown, mut all) = (0, 0);
    for part in parts {
        for batch in open(&part)? {
            let batch = batch.map_err(|e| unreadable(&part, &e))?;
            let ids = batch.column_by_name("finding_id").map(|c| c.as_string::<i32>().clone());
            let Some(ids) = ids else { return Err(unreadable(&part, &"it has no column finding_id").into()) };
            for row in (0..ids.len()).filter(|row| ids.value(*row).starts_with(&id)) {
                all += 1;
                if shown < SHOWN {
                    shown += 1;
                    print(&explain(&batch, row));
                }
            }
        }
    }
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

fn open(part: &Path) -> Result<parquet::arrow::arrow_reader::ParquetRecordBatchReader> {
    let file = File::open(part).map_err(|e| unreadable(part, &e))?;
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(|e| unreadable(part, &e))?;
    builder.build().map_err(|e| unreadable(part, &e))
}

fn unreadable(part: &Path, why: &dyn std::fmt::Display) -> Error {
    Error::new(ErrorKind::Run, format!("{}: {why}", part.display()))
}

/// A cell as text; empty for null.
fn text(batch: &RecordBatch, name: &str, row: usize) -> String {
    let Some(column) = batch.column_by_name(name).filter(|c| c.is_valid(row)) else { return String::new() };
    if let Some(strings) = column.as_string_opt::<i32>() {
        return plain(strings.value(row));
    }
    if let Some(dictionary) = column.as_dictionary_opt::<Int32Type>() {
        let values = dictionary.values().as_string::<i32>();
        return dictionary.key(row).map_or(String::new(), |key| plain(values.value(key)));
    }
    let long = column.as_primitive_opt::<Int64Type>().map(|c| c.value(row).to_string());
    let int = || column.as_primitive_opt::<Int32Type>().map(|c| c.value(row).to_string());
    let float = || column.as_primitive_opt::<Float32Type>().map(|c| format!("{:.2}", c.value(row)));
    let boolean = || column.as_boolean_opt().map(|c| c.value(row).to_string());
    long.or_else(int).or_else(float).or_else(boolean).unwrap_or_default()
}

fn explain(batch: &RecordBatch, row: usize) -> String {
    let get = |name: &str| text(batch, name, row);
    let member = get("member");
    let path = if member.is_empty() { get("path") } else { format!("{}!{member}", get("path")) };
    let mut out = format!("{} {} ({}), confidence {}\n", get("finding_id"), get("entity"), get("likelihood"), get("confidence"));
    let mut line = |name: &str, value: String| {
        if !value.is_empty() {
            out.push_str(&format!("  {name:<10} {value}\n"));
        }
    };
    line("where", path);
    line("column", get("column_name"));
    line("pointer", get("pointer"));
    line("record", get("record"));
    line("line", get("line"));
    line("bytes", format!("{}..{}", get("byte_start"), get("byte_end")));
    line("preview", get("preview"));
    line("region", get("region"));
    line("rule", format!("{} version {}", get("rule"), get("rule_version")));
    line(
        "check",
        match get("validated").as_str() {
            "true" => "passed".to_owned(),
            "false" => "failed".to_owned(),
            _ => "there is none".to_owned(),
        },
    );
    out.push_str("  signals\n");
    for signal in signals(batch, row) {
        let (name, delta) = signal.split_at(signal.find(['+', '-']).unwrap_or(signal.len()));
        let meaning = Signal::named(name).map_or("", Signal::meaning);
        out.push_str(&format!("    {delta:>6}  {:<20} {meaning}\n", plain(name)));
    }
    out
}

fn signals(batch: &RecordBatch, row: usize) -> Vec<String> {
    let Some(list) = batch.column_by_name("signals").and_then(|c| c.as_list_opt::<i32>()).filter(|c| c.is_valid(row)) else {
        return Vec::new();
    };
    let values = list.value(row);
    let Some(strings) = values.as_any().downcast_ref::<StringArray>() else { return Vec::new() };
    strings.iter().flatten().map(str::to_owned).collect()
}
