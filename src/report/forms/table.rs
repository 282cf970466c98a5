//! Findings as CSV and JSON Lines: all of them, one at a time.

use std::borrow::Cow;
use std::io::Write;

use serde_json::json;

use super::failed;
use crate::model::{Result, plain};
use crate::report::told::{Found, Told};

const HEADER: &str = "finding_id,path,member,table_name,column_name,pointer,line,record,byte_start,byte_end,entity,category,sensitivity,\
    likelihood,confidence,rule,rule_version,region,format,preview,dataset,owner";

/// Writes CSV (RFC 4180, lines end with CR LF).
pub fn csv(told: &Told<'_>, out: &mut dyn Write) -> Result<()> {
    write!(out, "{HEADER}\r\n").map_err(|error| failed(&error))?;
    told.each(&mut |found| {
        let cells = cells(&found).map(|cell| cell_of_csv(&cell.unwrap_or_default()));
        write!(out, "{}\r\n", cells.join(",")).map_err(|error| failed(&error))
    })
}

fn cells(found: &Found) -> [Option<String>; 22] {
    let number = |n: Option<i64>| n.map(|n| n.to_string());
    let word = |text: &str| Some(text.to_owned());
    [
        word(&found.finding_id),
        word(&found.path),
        found.member.clone(),
        found.table.clone(),
        found.column.clone(),
        found.pointer.clone(),
        number(found.line),
        number(found.record),
        number(found.bytes.map(|b| b.0)),
        number(found.bytes.map(|b| b.1)),
        word(&found.entity),
        word(&found.category),
        word(&found.sensitivity),
        word(found.likelihood.name()),
        Some(format!("{:.2}", found.confidence)),
        word(&found.rule),
        Some(found.rule_version.to_string()),
        found.region.clone(),
        word(&found.format),
        found.preview.clone(),
        found.dataset.clone(),
        found.owner.clone(),
    ]
}

/// A cell that no spreadsheet takes for a formula, and that is one line.
/// <https://owasp.org/www-community/attacks/CSV_Injection>
fn cell_of_csv(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let text = if is_formula { format!("'{}", plain(text)) } else { plain(text) };
    if text.contains(['"', ',', '\'', ';']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

/// Writes JSON Lines, with the names that the table has.
pub fn jsonl(told: &Told<'_>, out: &mut dyn Write) -> Result<()> {
    told.each(&mut |f| {
        let line = json!({
            "finding_id": f.finding_id, "path": f.path, "member": f.member, "table_name": f.table, "column_name": f.column,
            "pointer": f.pointer, "line": f.line, "record": f.record, "byte_start": f.bytes.map(|b| b.0), "byte_end": f.bytes.map(|b| b.1),
            "entity": f.entity, "category": f.category, "sensitivity": f.sensitivity, "likelihood": f.likelihood.name(),
            "confidence": (f64::from(f.confidence) * 100.0).round() / 100.0, "rule": f.rule, "rule_version": f.rule_version,
            "region": f.region, "format": f.format, "preview": f.preview, "dataset": f.dataset, "owner": f.owner,
        });
        // JSON escapes controls below a space alone; the others turn text around or end lines for some readers.
        writeln!(out, "{}", ascii_controls(&line.to_string())).map_err(|error| failed(&error))
    })
}

/// Escapes what `plain` would hide, so that nothing is lost and nothing drives a terminal.
fn ascii_controls(json: &str) -> Cow<'_, str> {
    if json.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return Cow::Borrowed(json);
    }
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        let mut buffer = [0; 4];
        let own: &str = c.encode_utf8(&mut buffer);
        if plain(own) == own && !matches!(c, '\u{2028}' | '\u{2029}') {
            out.push(c);
        } else {
            let mut units = [0; 2];
            c.encode_utf16(&mut units).iter().for_each(|unit| out.push_str(&format!("\\u{unit:04x}")));
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_or_breaks_its_line() {
        for (text, cell) in [
            ("=1+1", "\"'=1+1\""),
            ("+63•••", "\"'+63•••\""),
            ("@x", "\"'@x\""),
            ("\tx", "\"'\u{fffd}x\""),
            ("-1", "\"'-1\""),
            ("a,\"b\"", "\"a,\"\"b\"\"\""),
            ("a\r\nb", "a\u{fffd}\u{fffd}b"),
            ("plain", "plain"),
        ] {
            assert_eq!(cell_of_csv(text), cell);
        }
    }

    #[test]
    fn json_keeps_names_and_drives_no_terminal() {
        let text = json!({ "a": "x\u{1b}\u{202e}\u{2028}\u{85}" }).to_string();
        let out = ascii_controls(&text);
        assert!(out.is_ascii(), "{out}");
        let back: serde_json::Value = serde_json::from_str(&out).unwrap();
        assert_eq!(back["a"], "x\u{1b}\u{202e}\u{2028}\u{85}");
    }
}
