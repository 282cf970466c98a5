//! `datatrawl plan`: what a policy says is to be deleted of what a run found; `show` reads a plan, `export` and `diff` stand beside it.

use std::path::{Path, PathBuf};
use std::str::FromStr as _;

use jiff::Timestamp;

use super::exit::Exit;
use super::ground::Ground;
use super::key::KeyArguments;
use super::ledger::of_plan;
use super::person::named;
use super::rules::Rules;
use super::summary::table;
use super::terminal::{plain, print, say};
use crate::ledger::{self, Event, Ledger};
use crate::model::{Error, ErrorKind, Result};
use crate::plan::{self, Plan};
use crate::policy::Policy;

#[derive(clap::Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true, arg_required_else_help = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// Run folder of a scan
    #[arg(long, value_name = "DIR", required = true)]
    findings: Option<PathBuf>,
    /// Policy file
    #[arg(long, value_name = "FILE", required = true)]
    policy: Option<PathBuf>,
    /// Folder of the plan; it is made
    #[arg(long, value_name = "DIR", required = true)]
    out: Option<PathBuf>,
    /// Decide for this day, at its start in the policy's time zone, or for this time [default: now]
    #[arg(long, value_name = "DATE|TIME")]
    as_of: Option<String>,
    /// Leave files as they are that the scan did not read in full
    #[arg(long)]
    allow_gaps: bool,
    #[command(flatten)]
    key: KeyArguments,
    #[command(flatten)]
    rules: Rules,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Say what a plan does, and what it leaves
    Show {
        /// Folder of a plan
        plan: PathBuf,
        /// Ledger with its approvals [default: ledger.jsonl in the folder of the plan]
        #[arg(long, value_name = "FILE")]
        ledger: Option<PathBuf>,
    },
    /// Agree to a plan that somebody else carries out; the ledger keeps who did
    Approve {
        /// Folder of a plan
        plan: PathBuf,
        /// Who agrees
        #[arg(long, value_name = "NAME")]
        by: String,
        /// Ledger that is written to [default: ledger.jsonl in the folder of the plan]
        #[arg(long, value_name = "FILE")]
        ledger: Option<PathBuf>,
    },
    /// Write a plan for a database or another program, by the keys of its records
    Export(super::plan_export::Arguments),
    /// Say what one plan does and another does not
    Diff(super::plan_diff::Arguments),
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    match &arguments.command {
        Some(Command::Show { plan, ledger }) => {
            let (read, digest) = plan::read(plan)?;
            print(&text(&read, &digest, plan));
            print(&approved(&read, &digest, &of_plan(ledger.as_deref(), plan)));
            return Ok(Exit::Done);
        }
        Some(Command::Approve { plan, by, ledger }) => {
            return approve(plan, &named("--by", by)?, &of_plan(ledger.as_deref(), plan));
        }
        Some(Command::Export(arguments)) => return super::plan_export::run(arguments),
        Some(Command::Diff(arguments)) => return super::plan_diff::run(arguments),
        None => {}
    }
    let given = arguments.findings.as_deref().zip(arguments.policy.as_deref()).zip(arguments.out.as_deref());
    let ((findings, policy), out) = given.expect("clap requires them");
    make(arguments, findings, policy, out)
}

fn make(arguments: &Arguments, findings: &Path, policy_path: &Path, out: &Path) -> anyhow::Result<Exit> {
    let ground = Ground::of(findings, policy_path, &arguments.key, &arguments.rules)?;
    let now = Timestamp::now();
    let as_of = as_of(arguments.as_of.as_deref(), now, &ground.policy)?;
    let mut people = ground.people();
    let (plan, digest) = plan::build(ground.asking(&mut people, now, as_of, arguments.allow_gaps), out)?;
    print(&text(&plan, &digest, out));
    Ok(if plan.gaps.is_empty() { Exit::Done } else { Exit::Gaps })
}

/// Writes to the ledger that somebody agrees to a plan.
fn approve(folder: &Path, by: &str, ledger: &Path) -> anyhow::Result<Exit> {
    let (plan, digest) = plan::read(folder)?;
    let now = Timestamp::now();
    if plan.expires_at.parse::<Timestamp>().is_ok_and(|until| until < now) {
        let error = Error::new(ErrorKind::Refused, format!("the plan was good until {}", plan.expires_at));
        return Err(error.hint("make it again").into());
    }
    let (mut ledger, entries) = Ledger::open(ledger)?;
    if ledger::approvals(&entries, &digest).iter().any(|(known, _)| ledger::is_same_person(known, by)) {
        print(&format!("{by} approved this plan before\n"));
        return Ok(Exit::Done);
    }
    ledger.append(&now.to_string(), Event::Approved { plan: digest.clone(), by: by.to_owned() })?;
    print(&format!("{by} approved the plan {digest}\n"));
    Ok(Exit::Done)
}

/// Who agreed to a plan, and whether that is enough.
fn approved(plan: &Plan, digest: &str, ledger: &Path) -> String {
    let needed = plan.approvals_needed();
    let mut out = String::new();
    if ledger.exists() {
        match ledger::check(ledger) {
            Ok(checked) => {
                for (by, at) in ledger::approvals(&checked.entries, digest) {
                    out.push_str(&format!("approved by {} at {}\n", plain(by), plain(at)));
                }
            }
            Err(error) => out.push_str(&format!("approvals are not known: {}\n", plain(&error.to_string()))),
        }
    }
    if needed > 0 {
        out.push_str(&format!("the policy asks for {needed} approvals by others than the operator\n"));
    }
    out
}

/// The time that is decided for: a day, at its start, or a time.
pub(super) fn as_of(text: Option<&str>, now: Timestamp, policy: &Policy) -> Result<Timestamp> {
    let Some(text) = text else { return Ok(now) };
    let start = || jiff::civil::Date::from_str(text).and_then(|day| day.to_zoned(policy.zone.clone())).map(|start| start.timestamp());
    let as_of = Timestamp::from_str(text)
        .or_else(|_| start())
        .map_err(|_| Error::new(ErrorKind::Usage, "--as-of is a day such as 2026-01-15 or a time such as 2026-01-15T08:00:00Z"))?;
    if as_of > now {
        say("warning: this is decided for a time that is yet to come: what is due then is not due now");
    }
    Ok(as_of)
}

/// What people read of a plan.
pub(super) fn text(plan: &Plan, digest: &str, folder: &Path) -> String {
    let mut out = format!("plan of the policy {} of {}\n", plan.policy.id, plan.policy.modified);
    if let Some(request) = &plan.request {
        let learnt: u64 = request.learnt.values().sum();
        let received = request.received.as_ref().map_or(String::new(), |day| format!(" of {day}"));
        out.push_str(&format!("  request      {}{received}; {learnt} values learnt on the way\n", request.id));
    }
    out.push_str(&format!("  decided for  {}, good until {}\n", plan.as_of, plan.expires_at));
    out.push_str(&format!("  scan         {} of {}\n", plan.run.scan_id, plan.run.started_at));
    for hold in &plan.holds {
        out.push_str(&format!("  hold         {}: {}\n", hold.id, hold.state.replace('_', " ")));
    }
    if plan.totals.is_empty() {
        out.push_str("\nnothing is due\n");
    } else {
        let mut rows = table(&["dataset", "owner", "rule", "action", "files", "records", "operations", "due since"]);
        for total in &plan.totals {
            rows.add_row([
                plain(&total.dataset),
                plain(total.owner.as_deref().unwrap_or("")),
                plain(&total.rule),
                total.action.clone(),
                total.files.to_string(),
                total.records.to_string(),
                total.operations.to_string(),
                total.due_since.as_deref().map_or(String::new(), |time| time.chars().take(10).collect()),
            ]);
        }
        out.push_str(&format!("\nto be done\n{}\n", trimmed(&rows.to_string())));
    }
    out.push_str(&datasets(plan));
    if !plan.review.is_empty() {
        let mut rows = table(&["kept", "dataset", "why", "how often"]);
        for reason in &plan.review {
            let meaning = plan::meaning(&reason.why);
            rows.add_row([reason.why.as_str(), &plain(reason.dataset.as_deref().unwrap_or("none")), meaning, &reason.count.to_string()]);
        }
        out.push_str(&format!("\nkept, to be looked at (review.parquet)\n{}\n", trimmed(&rows.to_string())));
    }
    for gap in &plan.gaps {
        out.push_str(&format!("not read in full and left as it is: {}: {}\n", plain(&gap.path), plain(&gap.reason)));
    }
    out.push_str(&format!(
        "\ndigest {digest}\nin {}: plan.json, ops.parquet, review.parquet; nothing was changed\n",
        plain(&folder.display().to_string())
    ));
    out
}

/// Lines without the spaces at their ends.
pub(super) fn trimmed(table: &str) -> String {
    table.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

fn datasets(plan: &Plan) -> String {
    let mut out = String::new();
    for dataset in plan.datasets.iter().filter(|dataset| dataset.files > 0) {
        let mut line = format!("{}: {} records in {} files", plain(&dataset.id), dataset.records, dataset.files);
        if dataset.records_dropped > 0 {
            line += &format!(", {} go", dataset.records_dropped);
        }
        if dataset.records_without_time > 0 {
            line += &format!(", {} of unknown age", dataset.records_without_time);
        }
        if let Some(origin) = dataset.origin.as_ref().filter(|_| dataset.files_changed > 0) {
            line += &format!("; {} still holds them", plain(origin));
        }
        if let Some(until) = dataset.backups_until.as_ref().filter(|_| dataset.files_changed > 0) {
            line += &format!("; backups do until {}", until.chars().take(10).collect::<String>());
        }
        if let Some(span) = dataset.quarantine.as_ref().filter(|_| dataset.files_changed > 0) {
            line += &format!("; originals are kept encrypted for {}", plain(span));
            if dataset.files_without_quarantine > 0 {
                line +=
                    &format!(", but not of {} files in which card data goes, or what a person asked for", dataset.files_without_quarantine);
            }
        }
        out.push_str(&format!("{line}\n"));
    }
    if out.is_empty() { out } else { format!("\n{out}") }
}
