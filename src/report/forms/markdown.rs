//! Markdown: tables to read, where whatever comes from the data is text and nothing else.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write;

use super::{failed, shortened};
use crate::model::{Result, plain};
use crate::report::told::{Places, Told};

/// Places and gaps that are listed.
const MOST: usize = 500;

/// Writes a page.
///
/// # Errors
/// `Io` where it cannot be written, `Run` where the run cannot be read.
pub fn markdown(told: &Told<'_>, places: &Places, out: &mut dyn Write) -> Result<()> {
    let facts = &told.run.facts;
    let mut text = format!("# Personal data found by datatrawl\n\nScan `{}`, ", plain(&facts.scan_id).replace('`', ""));
    let _ = writeln!(text, "begun {}, {}.\n", escape(&facts.started_at), escape(&facts.status));
    let mut entities: BTreeMap<&str, i64> = BTreeMap::new();
    facts.totals.findings.iter().for_each(|(entity, count)| *entities.entry(entity).or_default() += count);
    if places.findings == 0 && entities.is_empty() {
        text.push_str("Nothing was found.\n");
    } else {
        text.push_str("| entity | findings |\n|---|---:|\n");
        for (entity, count) in entities {
            let _ = writeln!(text, "| {} | {count} |", escape(entity));
        }
        text.push_str(
            "\n## Places\n\n| file | line | column | entity | findings | likelihood | sensitivity |\n|---|---:|---|---|---:|---|---|\n",
        );
    }
    for place in places.places.iter().take(MOST) {
        let line = place.spots.first().and_then(|spot| spot.line).map_or(String::new(), |line| line.to_string());
        let column = place.column_shown().unwrap_or_default();
        let _ = writeln!(
            text,
            "| {} | {line} | {} | {} | {} | {} | {} |",
            escape(&place.shown()),
            escape(&column),
            escape(&place.entity),
            place.count,
            place.likelihood,
            escape(&place.sensitivity)
        );
    }
    let more = places.places.len().saturating_sub(MOST);
    if more > 0 {
        let _ = writeln!(text, "\nAnd {more} more places.");
    }
    if let Some(said) = shortened(places) {
        let _ = writeln!(text, "\n{said}");
    }
    let (gaps, all) = told.gaps(MOST)?;
    if all > 0 {
        let _ = writeln!(text, "\n## Not read in full: {all}\n\n| file | status | reason |\n|---|---|---|");
        for gap in &gaps {
            let _ = writeln!(text, "| {} | {} | {} |", escape(&gap.path), escape(&gap.status), escape(&gap.reason));
        }
    }
    out.write_all(text.as_bytes()).map_err(|error| failed(&error))
}

/// Text that no reader of Markdown takes for a mark: punctuation that could be one is escaped, and of HTML nothing is left.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::new();
    for c in plain(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '(' | ')' | '#' | '!' | '|' | '~' | '{' | '}' | '$' => out.extend(['\\', c]),
            // Names that would call people or turn into links.
            '@' => out.push_str("&#64;"),
            ':' => out.push_str("&#58;"),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_text_and_nothing_else() {
        let hostile = "a|b`c`<img src=x>[l](http://x)\n# h @everyone \u{1b}[31m\u{202e}";
        let shown = escape(hostile);
        assert_eq!(shown.lines().count(), 1);
        assert!(!shown.contains(['<', '@', '\u{1b}', '\u{202e}']));
        assert_eq!(shown.matches('|').count(), shown.matches("\\|").count());
        assert_eq!(shown.matches('`').count(), shown.matches("\\`").count());
        assert!(!shown.contains("http:"));
    }
}
