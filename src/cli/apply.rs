//! `datatrawl apply PLAN`: what a plan would do, and with `--execute` doing it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::Timestamp;

use super::exit::Exit;
use super::key::KeyArguments;
use super::ledger::of_plan;
use super::person::named;
use super::rules::Rules;
use super::scan::real_place;
use super::terminal::{plain, print, say};
use crate::apply::{Order, Report, apply};
use crate::detect::Detector;
use crate::examine::{Examiner, Settings};
use crate::finding::{Key, Tokens};
use crate::model::{Error, ErrorKind, Likelihood, Region, Result};
use crate::pattern::RuleSet;
use crate::plan::{self, Keeping, Leaves, Plan, is_editable};

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Folder of a plan
    plan: PathBuf,
    /// Carry the plan of this digest out; datatrawl plan show says it
    #[arg(long, value_name = "DIGEST")]
    execute: Option<String>,
    /// Ledger that is written to [default: ledger.jsonl in the folder of the plan]
    #[arg(long, value_name = "FILE")]
    ledger: Option<PathBuf>,
    /// Folder for originals, where the policy keeps them for a while [default: quarantine in the folder of the plan]
    #[arg(long, value_name = "DIR")]
    quarantine: Option<PathBuf>,
    /// Who carries it out, for the ledger [default: the user of this process]
    #[arg(long, value_name = "NAME")]
    operator: Option<String>,
    #[command(flatten)]
    key: KeyArguments,
    #[command(flatten)]
    rules: Rules,
}

/// What is set when the user asks to stop: the file at hand is finished, and no other begun.
pub(super) fn stop_behind_file() -> anyhow::Result<&'static AtomicBool> {
    static CANCEL: AtomicBool = AtomicBool::new(false);
    ctrlc::set_handler(|| {
        CANCEL.store(true, Ordering::Relaxed);
        say("stopping behind the file at hand");
    })?;
    Ok(&CANCEL)
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    let (plan, digest) = plan::read(&arguments.plan)?;
    let Some(execute) = &arguments.execute else {
        print(&preview(&plan, &digest, &arguments.plan)?);
        return Ok(Exit::Done);
    };
    if *execute != digest {
        let error = Error::new(ErrorKind::Refused, format!("the plan in {} has another digest", arguments.plan.display()));
        return Err(error.hint(format!("look at it with datatrawl plan show {}", arguments.plan.display())).into());
    }
    refuse(&plan, Timestamp::now())?;
    let quarantine = arguments.quarantine.clone().unwrap_or_else(|| arguments.plan.join("quarantine"));
    outside_roots(&plan, &quarantine)?;
    let key = key_of(&arguments.key, &plan)?;
    let examiner = examiner(&arguments.rules, &plan, &key, Settings::default().reporting)?;
    let done = apply(&Order {
        folder: &arguments.plan,
        plan: &plan,
        digest: &digest,
        examiner: &examiner,
        ledger: &of_plan(arguments.ledger.as_deref(), &arguments.plan),
        quarantine: &quarantine,
        operator: &operator(arguments.operator.as_deref())?,
        clock: &|| Timestamp::now().to_string(),
        cancel: stop_behind_file()?,
    });
    let report = match done {
        // What cannot be told is not done; what was told is, or is ended by the next call.
        Err(error) if error.kind() == ErrorKind::Io => {
            say(&format!("error: {error}"));
            say("hint: it stopped part-way; every file is whole, the old one or the new one: carry the plan out again");
            return Ok(Exit::Open);
        }
        done => done?,
    };
    print(&said(&report));
    Ok(match () {
        () if report.stopped => Exit::Interrupted,
        () if !report.left.is_empty() => Exit::Open,
        () => Exit::Done,
    })
}

/// Refuses a plan that is not to be carried out now, or not by this version.
fn refuse(plan: &Plan, now: Timestamp) -> Result<()> {
    let refused = |what: String, hint: &str| Err(Error::new(ErrorKind::Refused, what).hint(hint));
    let time = |text: &str| text.parse::<Timestamp>().map_err(|_| Error::new(ErrorKind::Run, "the plan has a time that is none"));
    if time(&plan.expires_at)? < now {
        return refused(format!("the plan was good until {}", plan.expires_at), "make it again");
    }
    if time(&plan.as_of)? > now {
        return refused(format!("the plan is decided for {}, which is yet to come", plan.as_of), "carry it out then, or plan for now");
    }
    Ok(())
}

/// Refuses to keep originals where the next scan would find them.
fn outside_roots(plan: &Plan, quarantine: &Path) -> Result<()> {
    if !plan.datasets.iter().any(|dataset| dataset.files_changed > 0 && dataset.quarantine.is_some()) {
        return Ok(());
    }
    let place = real_place(quarantine);
    let roots = plan.run.roots.iter().filter_map(|root| Path::new(root).canonicalize().ok());
    if let Some(root) = roots.into_iter().find(|root| place.starts_with(root)) {
        let what = format!("the quarantine {} would lie inside the scanned folder {}", quarantine.display(), root.display());
        return Err(Error::new(ErrorKind::Refused, what).hint("choose another place with --quarantine"));
    }
    Ok(())
}

/// The key of a plan.
pub(super) fn key_of(arguments: &KeyArguments, plan: &Plan) -> Result<Key> {
    let key = arguments.required()?;
    if key.id() != plan.key_id {
        return Err(Error::new(ErrorKind::Key, format!("the plan has the key {}, given is {}", plan.key_id, key.id())));
    }
    Ok(key)
}

/// Examines files as the scan did that a plan was made of, but tells of each finding that is at least so likely, also in logs.
pub(super) fn examiner(given: &Rules, plan: &Plan, key: &Key, reporting: Likelihood) -> Result<Arc<Examiner>> {
    let settings = Settings { reporting, log_rows: BTreeMap::new(), ..Settings::default() };
    let regions: Vec<Region> = plan.run.regions.iter().filter_map(|code| code.parse().ok()).collect();
    let detector = Arc::new(Detector::new(rules(given, plan)?, &regions));
    Ok(Arc::new(Examiner::new(detector, Tokens::new(key), settings)))
}

/// The rules that the scan looked with: what is gone is looked for with the same.
fn rules(given: &Rules, plan: &Plan) -> Result<Arc<RuleSet>> {
    let rules = given.load(&[])?;
    if rules.digest() != plan.run.rules_digest {
        let error = Error::new(ErrorKind::Refused, "these are not the rules of the scan that the plan was made of");
        return Err(error.hint("give its --patterns, also those that lay beside the data, and use the same version"));
    }
    Ok(Arc::new(rules))
}

/// Who does it, as given or else the user of this process.
pub(super) fn operator(given: Option<&str>) -> Result<String> {
    let user = || ["USER", "LOGNAME", "USERNAME"].iter().find_map(|name| std::env::var(name).ok());
    named("--operator", &given.map(str::to_owned).or_else(user).unwrap_or_else(|| "unknown".to_owned()))
}

/// What would be done.
fn preview(plan: &Plan, digest: &str, folder: &Path) -> Result<String> {
    let leaves = Leaves::open(folder)?;
    let mut out = String::new();
    for leaf in &leaves.leaves {
        let how = if is_editable(&leaf.format, leaf.member.as_deref()) { "" } else { ": for another executor, apply leaves it" };
        let member = leaf.member.as_ref().map_or(String::new(), |member| format!("!{member}"));
        let kept = match plan.keeping(leaf.object_id, &leaves.shares(leaf.object_id)?) {
            Keeping::For { .. } => "; its original is kept, encrypted",
            Keeping::Not("cards") => "; its original is not kept: it holds card data that is to go",
            Keeping::Not(_) => "; its original is not kept: somebody asked for the erasure",
            Keeping::NotAsked | Keeping::Unlike => "",
        };
        let kept = if how.is_empty() { kept } else { "" };
        out.push_str(&format!("{} operations in {}{how}{kept}\n", leaf.operations, plain(&format!("{}{member}", leaf.path))));
    }
    if leaves.leaves.is_empty() {
        out.push_str("nothing to do\n");
    } else {
        let folder = plain(&folder.display().to_string());
        out.push_str(&format!("\nnothing was changed; to carry it out until {}:\n", plan.expires_at));
        out.push_str(&format!("datatrawl apply {folder} --execute {digest}\n"));
    }
    Ok(out)
}

/// What was done.
fn said(report: &Report) -> String {
    let mut out = String::new();
    for file in &report.carried {
        let what = if file.before {
            "was done before".to_owned()
        } else if let Some(dropped) = file.dropped {
            format!("{dropped} records gone, {} changed", file.changed)
        } else {
            "the file is gone".to_owned()
        };
        out.push_str(&format!("{:<12} {}: {what}\n", "verified", plain(&file.path)));
    }
    for file in &report.left {
        out.push_str(&format!("{:<12} {}: {}\n", file.state.name(), plain(&file.path), plain(&file.detail)));
    }
    out.push_str(&format!("\n{} files as planned, {} left\n", report.carried.len(), report.left.len()));
    out
}
