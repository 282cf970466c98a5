//! What another program says that it did: a table of Parquet or delimited text with the columns `op_id`, `rows_affected`, `executor`.

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;

use crate::model::{Error, ErrorKind, Result};
use crate::read::guarded;
use crate::run_folder::{Rows, columns_there, unreadable};

/// Longest line of delimited text.
const MOST_LINE_BYTES: u64 = 4 * 1024;
/// Longest name of an executor.
const MOST_NAME_BYTES: usize = 200;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResultRow {
    /// Number of the operation.
    pub op_id: i64,
    /// Records that it met.
    pub rows_affected: i64,
    /// Who says so; none: the table does not say.
    pub executor: Option<String>,
}

/// Reads a result row by row; whether it is Parquet its first bytes say.
///
/// # Errors
/// `Run` where it is none; those of `each`.
pub fn read_result(path: &Path, each: &mut dyn FnMut(ResultRow) -> Result<()>) -> Result<()> {
    let mut file = crate::source::open_plain(path).map_err(|error| unreadable(path, &error))?;
    let mut head = [0; 4];
    let is_parquet = file.read_exact(&mut head).is_ok() && head == *b"PAR1";
    if is_parquet { parquet(path, each) } else { delimited(path, each) }
}

fn parquet(path: &Path, each: &mut dyn FnMut(ResultRow) -> Result<()>) -> Result<()> {
    // Whoever wrote it is not trusted: a decoder that gives up is no fault of this program.
    let gave_up = || unreadable(path, &"the decoder gave up on it");
    let (mut reader, names) = guarded(|| columns_there(path, &["op_id", "rows_affected", "executor"])).ok_or_else(gave_up)??;
    let has_executor = names.iter().any(|name| name == "executor");
    while let Some(batch) = guarded(|| reader.next()).ok_or_else(gave_up)? {
        let batch = batch.map_err(|error| unreadable(path, &error))?;
        let rows = Rows { path, batch: &batch };
        for row in 0..batch.num_rows() {
            let long = |name: &str| rows.long(name, row)?.ok_or_else(|| unreadable(path, &format_args!("{name} is null in a row")));
            let executor = if has_executor { rows.text("executor", row)? } else { None };
            each(checked(path, long("op_id")?, long("rows_affected")?, executor)?)?;
        }
    }
    Ok(())
}

fn checked(path: &Path, op_id: i64, rows_affected: i64, executor: Option<String>) -> Result<ResultRow> {
    let is_name = |name: &String| name.len() <= MOST_NAME_BYTES && !name.trim().is_empty() && !name.chars().any(char::is_control);
    if executor.as_ref().is_some_and(|name| !is_name(name)) {
        return Err(unreadable(path, &"an executor is a name of at most 200 bytes, without control characters"));
    }
    if rows_affected < 0 {
        return Err(unreadable(path, &"rows_affected is below zero in a row"));
    }
    Ok(ResultRow { op_id, rows_affected, executor })
}

fn delimited(path: &Path, each: &mut dyn FnMut(ResultRow) -> Result<()>) -> Result<()> {
    let file = crate::source::open_plain(path).map_err(|error| unreadable(path, &error))?;
    let mut reader = BufReader::new(file);
    let mut places: Option<(char, [Option<usize>; 3])> = None;
    for number in 1_u64.. {
        let mut line = Vec::new();
        let wrong = |what: &str| Error::new(ErrorKind::Run, format!("{}:{number}: {what}", path.display()));
        let length = (&mut reader).take(MOST_LINE_BYTES).read_until(b'\n', &mut line).map_err(|error| unreadable(path, &error))?;
        if length == 0 {
            break;
        }
        if line.len() as u64 == MOST_LINE_BYTES {
            return Err(wrong("the line is too long"));
        }
        let line = std::str::from_utf8(&line).map_err(|_| wrong("it is not UTF-8"))?.trim_end_matches(['\n', '\r']);
        let line = if number == 1 { line.trim_start_matches('\u{feff}') } else { line };
        let Some((delimiter, [op, rows, executor])) = places else {
            let delimiter = if line.contains('\t') { '\t' } else { ',' };
            let header = cells(line, delimiter).ok_or_else(|| wrong("a quote has no end"))?;
            let place = |name: &str| header.iter().position(|own| own == name);
            let found = [place("op_id"), place("rows_affected"), place("executor")];
            if found[0].is_none() || found[1].is_none() {
                return Err(wrong("expected a header with op_id, rows_affected and executor"));
            }
            places = Some((delimiter, found));
            continue;
        };
        if line.is_empty() {
            continue;
        }
        let cells = cells(line, delimiter).ok_or_else(|| wrong("a quote has no end"))?;
        let text = |place: Option<usize>| place.and_then(|place| cells.get(place)).map(|cell| cell.trim());
        let long = |place: Option<usize>, name: &str| {
            text(place).and_then(|cell| cell.parse().ok()).ok_or_else(|| wrong(&format!("{name} is no whole number")))
        };
        let executor = text(executor).filter(|name| !name.is_empty()).map(str::to_owned);
        each(checked(path, long(op, "op_id")?, long(rows, "rows_affected")?, executor)?)?;
    }
    if places.is_none() {
        return Err(unreadable(path, &"it is empty, expected a header with op_id, rows_affected and executor"));
    }
    Ok(())
}

/// The cells of a line; none where a quote has no end.
fn cells(line: &str, delimiter: char) -> Option<Vec<String>> {
    let mut out = vec![String::new()];
    let (mut chars, mut quoted) = (line.chars().peekable(), false);
    while let Some(c) = chars.next() {
        let cell = out.last_mut().expect("there is one");
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => cell.extend(chars.next()),
            '"' if quoted || cell.is_empty() => quoted = !quoted,
            c if c == delimiter && !quoted => out.push(String::new()),
            c => cell.push(c),
        }
    }
    (!quoted).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_told_apart() {
        let of = |line: &str| cells(line, ',');
        assert_eq!(of("1,2,\"a,\"\"b\"\"\"").expect("it ends"), ["1", "2", "a,\"b\""]);
        assert_eq!(of("1,,").expect("it ends"), ["1", "", ""]);
        assert_eq!(of("1,\"x"), None);
    }
}
