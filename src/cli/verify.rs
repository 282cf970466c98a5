//! `datatrawl verify PLAN`: whether what a plan deletes is gone, whoever carried it out.

use std::path::PathBuf;

use jiff::Timestamp;

use super::apply::{examiner, key_of, operator, stop_behind_file};
use super::exit::Exit;
use super::key::KeyArguments;
use super::ledger::of_plan;
use super::rules::Rules;
use super::terminal::{plain, print};
use crate::apply::{FileOutcome, Looking, recheck};
use crate::ledger::Finding;
use crate::model::Likelihood;
use crate::plan;
use crate::unpack::Caps;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Folder of a plan
    plan: PathBuf,
    /// Ledger that is written to [default: ledger.jsonl in the folder of the plan]
    #[arg(long, value_name = "FILE")]
    ledger: Option<PathBuf>,
    /// Who looks, for the ledger [default: the user of this process]
    #[arg(long, value_name = "NAME")]
    operator: Option<String>,
    #[command(flatten)]
    key: KeyArguments,
    #[command(flatten)]
    rules: Rules,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    let (plan, digest) = plan::read(&arguments.plan)?;
    let key = key_of(&arguments.key, &plan)?;
    // What is found counts, however unsure.
    let examiner = examiner(&arguments.rules, &plan, &key, Likelihood::ALL[0])?;
    let (outcomes, stopped) = recheck(&Looking {
        folder: &arguments.plan,
        plan: &plan,
        digest: &digest,
        examiner: &examiner,
        ledger: &of_plan(arguments.ledger.as_deref(), &arguments.plan),
        operator: &operator(arguments.operator.as_deref())?,
        clock: &|| Timestamp::now().to_string(),
        caps: Caps { spool_folder: Some(std::env::temp_dir()), ..Caps::default() },
        cancel: stop_behind_file()?,
    })?;
    print(&said(&outcomes));
    Ok(match () {
        () if stopped => Exit::Interrupted,
        () if outcomes.iter().any(|file| file.still_there + file.unclear > 0) => Exit::Open,
        () => Exit::Done,
    })
}

/// What was seen.
fn said(outcomes: &[FileOutcome]) -> String {
    let mut out = String::new();
    let (mut gone, mut there, mut unclear) = (0, 0, 0);
    for file in outcomes {
        let counts = [(file.verified, "gone"), (file.still_there, "still there"), (file.unclear, "cannot be told")];
        let counts: Vec<String> = counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
        let detail = file.detail.as_ref().map_or(String::new(), |detail| format!(" ({})", plain(detail)));
        let finding = match file.finding {
            Finding::Gone => "no file",
            Finding::Verified => "verified",
            Finding::Unclear => "unclear",
            Finding::StillThere => "still there",
        };
        out.push_str(&format!("{finding:<12} {}: {}{detail}\n", plain(&file.path), counts.join(", ")));
        (gone, there, unclear) = (gone + file.verified, there + file.still_there, unclear + file.unclear);
    }
    out.push_str(&format!(
        "{}{gone} of {} operations verified, {there} still there, {unclear} cannot be told\n",
        if outcomes.is_empty() { "" } else { "\n" },
        gone + there + unclear
    ));
    out
}
