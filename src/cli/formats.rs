//! `datatrawl formats`: what is read and what is only recognised, from the registries.

use serde_json::json;

use super::exit::Exit;
use super::terminal::print;
use crate::read::{CHARSETS, FORMATS, recognised};
use crate::unpack::{CONTAINERS, codecs};

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// As JSON
    #[arg(long, conflicts_with = "markdown")]
    json: bool,
    /// As the table of formats in README.md
    #[arg(long)]
    markdown: bool,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    print(&match () {
        () if arguments.json => as_json(),
        () if arguments.markdown => as_markdown(),
        () => as_text(),
    });
    Ok(Exit::Done)
}

/// A list of names with what it is a list of.
fn lists() -> [(&'static str, Vec<&'static str>); 4] {
    [
        ("containers, looked into at any depth", CONTAINERS.to_vec()),
        ("codecs, undone one inside the other", codecs().collect()),
        ("character sets", CHARSETS.to_vec()),
        ("recognised, no reader (status unsupported)", recognised()),
    ]
}

fn as_text() -> String {
    let mut table = super::summary::table(&["format", "what is read"]);
    for format in FORMATS {
        table.add_row([format.name, format.summary]);
    }
    let mut out = format!("{table}\n");
    for (what, names) in lists() {
        out.push_str(&format!("\n{what}:\n"));
        for line in wrapped(&names) {
            out.push_str(&format!("  {line}\n"));
        }
    }
    out
}

/// Names joined by commas, in lines of at most 90 characters.
fn wrapped(names: &[&str]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for name in names {
        match lines.last_mut() {
            Some(line) if line.len() + name.len() < 90 => line.push_str(&format!(", {name}")),
            _ => lines.push((*name).to_owned()),
        }
    }
    lines
}

fn as_markdown() -> String {
    let mut out = "| format | what is read |\n|---|---|\n".to_owned();
    for format in FORMATS {
        out.push_str(&format!("| `{}` | {} |\n", format.name, format.summary.replace('|', "\\|")));
    }
    for (what, names) in lists() {
        let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        let (first, rest) = what.split_at(1);
        out.push_str(&format!("\n{}{rest}: {}.\n", first.to_uppercase(), names.join(", ")));
    }
    out
}

fn as_json() -> String {
    let formats: Vec<_> = FORMATS.iter().map(|format| json!({ "name": format.name, "summary": format.summary })).collect();
    let codecs: Vec<&str> = codecs().collect();
    let all = json!({ "formats": formats, "containers": CONTAINERS, "codecs": codecs, "charsets": CHARSETS, "recognised": recognised() });
    format!("{all:#}\n")
}
