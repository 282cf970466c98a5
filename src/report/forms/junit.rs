//! JUnit XML, as most CI servers read it: a failed case a place, a case in error a gap.
//!
//! <https://github.com/testmoapp/junitxml>

use std::fmt::Write as _;
use std::io::Write;

use super::{failed, shortened};
use crate::model::{Result, plain};
use crate::report::told::{Places, Told};

/// Gaps that are listed.
const MOST_GAPS: usize = 1_000;

/// Writes a suite.
///
/// # Errors
/// `Io` where it cannot be written, `Run` where the run cannot be read.
pub fn junit(told: &Told<'_>, places: &Places, out: &mut dyn Write) -> Result<()> {
    let (gaps, all_gaps) = told.gaps(MOST_GAPS)?;
    let mut cases = String::new();
    for place in &places.places {
        let column = place.column_shown().map_or(String::new(), |column| format!(" in {column}"));
        let line = place.spots.first().and_then(|spot| spot.line);
        let mut head = format!("classname=\"{}\" name=\"{}\"", xml(&place.shown()), xml(&format!("{}{column}", place.rule)));
        let _ = write!(head, " file=\"{}\"", xml(&place.file));
        if let Some(line) = line {
            let _ = write!(head, " line=\"{line}\"");
        }
        let mut body = String::new();
        for spot in &place.spots {
            let at = spot.line.map(|line| format!(":{line}")).or_else(|| spot.record.map(|record| format!(" record {record}")));
            let _ = writeln!(body, "{}{}", place.shown(), at.unwrap_or_default());
        }
        let _ = writeln!(
            cases,
            "    <testcase {head}>\n      <failure type=\"{}\" message=\"{}\">{}</failure>\n    </testcase>",
            xml(&place.entity),
            xml(&place.sentence()),
            xml_lines(&body)
        );
    }
    for gap in &gaps {
        let _ = writeln!(
            cases,
            "    <testcase classname=\"{}\" name=\"not read in full\">\n      <error type=\"{}\" message=\"{}\"/>\n    </testcase>",
            xml(&gap.path),
            xml(&gap.status),
            xml(&gap.reason)
        );
    }
    let (failures, errors) = (places.places.len(), gaps.len());
    if failures + errors == 0 {
        cases.push_str("    <testcase classname=\"datatrawl\" name=\"nothing found\"/>\n");
    }
    let mut said = shortened(places).unwrap_or_default();
    if all_gaps > errors as u64 {
        let _ =
            write!(said, "{}of {all_gaps} objects that were not read in full {errors} are listed", if said.is_empty() { "" } else { "; " });
    }
    let said = if said.is_empty() { said } else { format!("    <system-out>{}</system-out>\n", xml(&said)) };
    let counts = format!("tests=\"{}\" failures=\"{failures}\" errors=\"{errors}\"", (failures + errors).max(1));
    write!(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"datatrawl\" {counts}>\n  <testsuite name=\"datatrawl\" {counts}>\n{cases}{said}  </testsuite>\n</testsuites>\n"
    )
    .map_err(|error| failed(&error))
}

/// Text for an attribute or an element: what XML 1.0 has no characters for is replaced.
fn xml(text: &str) -> String {
    let mut out = String::new();
    for c in plain(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(c),
        }
    }
    out
}

fn xml_lines(text: &str) -> String {
    text.lines().map(|line| xml(line) + "\n").collect()
}
