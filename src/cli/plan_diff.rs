//! `datatrawl plan diff`: what one plan does and another does not.

use std::path::PathBuf;

use super::exit::Exit;
use super::summary::table;
use super::terminal::{plain, print};
use crate::plan::{self, KeyedOp, differences};

/// Operations that are listed where not all are asked for.
const SHORT: usize = 20;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Folder of the first plan
    first: PathBuf,
    /// Folder of the second plan
    second: PathBuf,
    /// List all operations that one plan alone has [default: 20]
    #[arg(long)]
    all: bool,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    let Arguments { first, second, all } = arguments;
    let ((before, _), (after, _)) = (plan::read(first)?, plan::read(second)?);
    let most = if *all { usize::MAX } else { SHORT };
    let diff = differences((first, &before), (second, &after), most)?;
    let mut out = String::new();
    for (what, before, after) in &diff.causes {
        out.push_str(&format!("{what}\n  - {}\n  + {}\n", plain(before), plain(after)));
    }
    let alone: u64 = diff.totals.values().map(|side| side.gone + side.added).sum();
    if alone == 0 {
        out.push_str("both do the same\n");
    } else {
        let mut rows = table(&["dataset", "rule", "action", "first", "second", "first alone", "second alone"]);
        for ((dataset, rule, action), side) in diff.totals.iter().filter(|(_, side)| side.gone + side.added > 0) {
            let counts = [side.before, side.after, side.gone, side.added].map(|count| count.to_string());
            rows.add_row([&[plain(dataset), plain(rule), (*action).to_owned()][..], &counts].concat());
        }
        out.push_str(&format!("\n{}\n\n", super::plan::trimmed(&rows.to_string())));
        for (is_second, op) in &diff.listed {
            out.push_str(&line(*is_second, op));
        }
        let more = alone - diff.listed.len() as u64;
        if more > 0 {
            out.push_str(&format!("and {more} more: --all lists them\n"));
        }
    }
    print(&out);
    Ok(Exit::Done)
}

/// An operation that one plan alone has.
fn line(is_second: bool, op: &KeyedOp) -> String {
    let mark = if is_second { '+' } else { '-' };
    let column = op.column.as_ref().map_or(String::new(), |column| format!(" of {}", plain(column)));
    let told = match (op.finding_id, op.record_token) {
        (Some(finding), _) => format!("finding {finding}"),
        (None, Some(record)) => format!("record {record}"),
        (None, None) => format!("object {}", op.object_id),
    };
    format!("{mark} {} {} {}{column}: {told}\n", plain(&op.dataset), plain(&op.rule), op.action.name())
}
