//! The forms of a report: one registry of them, a file for each.

mod code_quality;
mod junit;
mod markdown;
pub mod sarif;
mod table;

use std::io::Write;

use super::html::run_page;
use super::told::{Places, Told};
use crate::model::{Error, ErrorKind, Result};

pub use code_quality::code_quality;
pub use junit::junit;
pub use markdown::{escape, markdown};
pub use sarif::sarif;

/// A form of report.
pub struct Form {
    /// Its name on the command line.
    pub name: &'static str,
    /// Its file in a folder of several.
    pub file: &'static str,
    /// What it is, in a few words.
    pub summary: &'static str,
    /// Writes it.
    pub write: fn(&Told<'_>, &mut dyn Write) -> Result<()>,
}

/// All forms, in the order of the alphabet.
pub const FORMS: &[Form] = &[
    Form {
        name: "code_quality",
        file: "code-quality.json",
        summary: "code quality report of GitLab",
        write: |told, out| code_quality(&told.places()?, out),
    },
    Form { name: "csv", file: "findings.csv", summary: "a row a finding", write: table::csv },
    Form { name: "html", file: "report.html", summary: "one page to work with, print and send", write: page },
    Form { name: "jsonl", file: "findings.jsonl", summary: "a JSON object a finding", write: table::jsonl },
    Form {
        name: "junit",
        file: "junit.xml",
        summary: "JUnit XML: a failed case a place",
        write: |told, out| junit(told, &told.places()?, out),
    },
    Form { name: "markdown", file: "report.md", summary: "tables to read", write: |told, out| markdown(told, &told.places()?, out) },
    Form {
        name: "sarif",
        file: "report.sarif",
        summary: "SARIF 2.1.0, for code scanning",
        write: |told, out| sarif(told, &told.places()?, out),
    },
];

/// A page takes more than a run: what a policy says, and an earlier run.
fn page(told: &Told<'_>, out: &mut dyn Write) -> Result<()> {
    let page = told.page.ok_or_else(|| Error::new(ErrorKind::Usage, "a page is made by datatrawl report"))?;
    out.write_all(run_page(page)?.as_bytes()).map_err(|error| failed(&error))
}

/// What is said where not all is told.
pub(super) fn shortened(places: &Places) -> Option<String> {
    if places.beyond > 0 {
        let kept = places.places.len();
        return Some(format!("{} findings of places after the first {kept} are not listed: see findings/", places.beyond));
    }
    (!places.is_whole()).then(|| format!("of {} findings the first of each place is listed: see findings/", places.findings))
}

/// Turns a failure to write into the error of a report.
pub(super) fn failed(error: &std::io::Error) -> Error {
    Error::io("the report", error)
}
