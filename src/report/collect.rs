//! A plan and its ledger → what a certificate says.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::certificate::{
    Amount, Approval, Approvals, Backup, Carrying, Certificate, Done, Exclusions, FileFacts, FileState, HeldBack, Hold, LedgerFacts, Left,
    Origin, Outcome, PlanAsked, PolicyAsked, Quarantined, Recipient, RequestAsked, Scope, meaning,
};
use crate::ledger::{self, Event, Finding, State};
use crate::model::{Error, ErrorKind, Result};
use crate::plan::{self, DatasetTotals, Leaves, OpLeaf, Plan};
use crate::policy::Term;

/// What a certificate is made of.
pub struct Asked<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// Its digest.
    pub digest: &'a str,
    /// Its operations.
    pub leaves: &'a Leaves,
    /// The ledger, checked; none: nothing was carried out.
    pub ledger: Option<&'a ledger::Checked>,
    /// When it is made, RFC 3339 in UTC.
    pub made_at: String,
    /// Whether it names files.
    pub with_paths: bool,
}

/// Makes a certificate.
///
/// # Errors
/// `Run` where the operations are not as a plan writes them; `Refused` where the ledger tells of another policy than the plan.
pub fn certificate(asked: Asked<'_>) -> Result<Certificate> {
    let told = Told::read(&asked)?;
    let mut sums: BTreeMap<[String; 3], [Amount; 2]> = BTreeMap::new();
    let mut files: BTreeMap<FileState, u64> = BTreeMap::new();
    let mut left: BTreeMap<(FileState, Option<String>), u64> = BTreeMap::new();
    let mut last_done: HashMap<String, Timestamp> = HashMap::new();
    for leaf in &asked.leaves.leaves {
        let end = told.end(leaf);
        *files.entry(end.state).or_default() += 1;
        if end.state != FileState::Verified {
            *left.entry((end.state, end.detail.clone())).or_default() += 1;
        }
        for share in asked.leaves.shares(leaf.object_id)? {
            if let (FileState::Verified, Some(at)) = (end.state, end.at.as_ref().and_then(|at| at.parse().ok())) {
                let last = last_done.entry(share.dataset.clone()).or_insert(at);
                *last = (*last).max(at);
            }
            let [planned, verified] = sums.entry([share.dataset, share.rule, share.action]).or_default();
            let amounts = if end.state == FileState::Verified { vec![planned, verified] } else { vec![planned] };
            for amount in amounts {
                amount.files += 1;
                amount.records += share.records;
                amount.operations += share.operations;
            }
        }
    }
    let paths = asked.with_paths.then(|| asked.leaves.leaves.iter().map(|leaf| told.file(leaf)).collect());
    let plan = asked.plan;
    let of_actions = |actions: &[&str]| -> u64 {
        sums.iter().filter(|([_, _, action], _)| actions.contains(&action.as_str())).map(|(_, [planned, _])| planned.operations).sum()
    };
    let exclusions = Exclusions {
        pseudonymised: of_actions(&["token"]),
        shortened: of_actions(&["mask", "pan_truncate", "generalise"]),
        quarantined: told.groups.into_values().map(|(_, quarantined)| quarantined).collect(),
        not_quarantined: told.not_kept.len() as u64,
        restored: told.restored,
        left: left.into_iter().map(|((state, detail), files)| Left { state, detail, files }).collect(),
        ..exclusions(&asked, &last_done)
    };
    Ok(Certificate {
        version: 1,
        made_at: asked.made_at,
        tool_version: env!("CARGO_PKG_VERSION").to_owned(),
        outcome: outcome(&files),
        erases: sums.keys().any(|[_, _, action]| action != "token"),
        policy: PolicyAsked {
            id: plan.policy.id.clone(),
            modified: plan.policy.modified.clone(),
            blake3: plan.policy.digest.clone(),
            timezone: plan.policy.timezone.clone(),
        },
        plan: PlanAsked {
            blake3: asked.digest.to_owned(),
            created_at: plan.created_at.clone(),
            as_of: plan.as_of.clone(),
            tool_version: plan.tool_version.clone(),
            scan_id: plan.run.scan_id.clone(),
            scan_started_at: plan.run.started_at.clone(),
            scan_blake3: plan.run.digest.clone(),
            key_id: plan.key_id.clone(),
        },
        request: plan.request.as_ref().map(|request| RequestAsked { id: request.id.clone(), received: request.received.clone() }),
        scope: plan.datasets.iter().filter(|dataset| dataset.files > 0).map(scope).collect(),
        approvals: Approvals { needed: plan.approvals_needed(), given: told.approvals },
        carried_out: told.calls,
        done: sums.into_iter().map(|(key, amounts)| done(plan, key, amounts)).collect(),
        files,
        exclusions,
        ledger: told.ledger,
        paths,
    })
}

fn outcome(files: &BTreeMap<FileState, u64>) -> Outcome {
    let of = |state: FileState| files.get(&state).copied().unwrap_or(0);
    let all: u64 = files.values().sum();
    match () {
        () if all == 0 => Outcome::NothingDue,
        () if of(FileState::Verified) == all => Outcome::Complete,
        () if [FileState::Verified, FileState::ChangedSince, FileState::Restored, FileState::Unconfirmed].map(of) == [0; 4] => {
            Outcome::NotCarriedOut
        }
        () => Outcome::Partial,
    }
}

fn scope(dataset: &DatasetTotals) -> Scope {
    Scope {
        dataset: dataset.id.clone(),
        owner: dataset.owner.clone(),
        files: dataset.files,
        records: dataset.records,
        purposes: dataset.purposes.iter().map(|purpose| purpose.id.clone()).collect(),
    }
}

fn done(plan: &Plan, [dataset, rule, action]: [String; 3], [planned, verified]: [Amount; 2]) -> Done {
    let total = plan.totals.iter().find(|total| total.dataset == dataset && total.rule == rule && total.action == action);
    let owner = plan.datasets.iter().find(|known| known.id == dataset).and_then(|known| known.owner.clone());
    Done {
        owner,
        after: total.and_then(|total| total.after.clone()),
        due_since: total.and_then(|total| total.due_since.clone()),
        meaning: meaning(&action).to_owned(),
        dataset,
        rule,
        action,
        planned,
        verified,
    }
}

/// What is not covered, but for files that were left.
fn exclusions(asked: &Asked<'_>, last_done: &HashMap<String, Timestamp>) -> Exclusions {
    let plan = asked.plan;
    let holds = plan.holds.iter().map(|hold| Hold {
        id: hold.id.clone(),
        state: hold.state.clone(),
        datasets: hold.datasets.clone(),
        opened: hold.opened.clone(),
        review_by: hold.review_by.clone(),
        released: hold.released.clone(),
    });
    let kept = plan.review.iter().map(|reason| HeldBack {
        dataset: reason.dataset.clone(),
        why: reason.why.clone(),
        meaning: plan::meaning(&reason.why).to_owned(),
        count: reason.count,
    });
    let changed = || plan.datasets.iter().filter(|dataset| dataset.files_changed > 0);
    let origins = changed().filter_map(|dataset| Some(Origin { dataset: dataset.id.clone(), origin: dataset.origin.clone()? }));
    let zone = plan.policy.timezone.as_ref().and_then(|name| TimeZone::get(name).ok()).unwrap_or(TimeZone::UTC);
    let backups = changed().flat_map(|dataset| {
        let (last, zone) = (last_done.get(&dataset.id), zone.clone());
        dataset.backups.iter().map(move |text| {
            let gone = Term::parse(text).zip(last).and_then(|(term, last)| term.after(*last, &zone));
            Backup { dataset: dataset.id.clone(), kept_for: text.clone(), gone_at: gone.map(|time| time.to_string()) }
        })
    });
    let mut recipients: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for dataset in changed() {
        for recipient in &dataset.recipients {
            recipients.entry(recipient).or_default().push(dataset.id.clone());
        }
    }
    Exclusions {
        holds: holds.collect(),
        kept: kept.collect(),
        not_read: plan.gaps.len() as u64,
        not_read_paths: asked.with_paths.then(|| plan.gaps.iter().map(|gap| gap.path.clone()).collect()),
        origins: origins.collect(),
        backups: backups.collect(),
        recipients: recipients.into_iter().map(|(name, datasets)| Recipient { recipient: name.to_owned(), datasets }).collect(),
        ..Exclusions::default()
    }
}

/// How it ended with a file.
#[derive(Clone)]
struct End {
    state: FileState,
    detail: Option<String>,
    at: Option<String>,
    records_dropped: Option<u64>,
}

/// What the ledger tells of the plan.
#[derive(Default)]
struct Told {
    ends: HashMap<String, End>,
    calls: Vec<Carrying>,
    approvals: Vec<Approval>,
    /// Groups of a quarantine, with the files whose originals are in them.
    groups: BTreeMap<String, (HashSet<String>, Quarantined)>,
    not_kept: HashSet<String>,
    restored: u64,
    ledger: Option<LedgerFacts>,
}

impl Told {
    fn read(asked: &Asked<'_>) -> Result<Self> {
        let Some(checked) = asked.ledger else { return Ok(Self::default()) };
        let mut told = Self::default();
        let mut of_plan = 0;
        for entry in checked.entries.iter().filter(|entry| entry.event.plan() == Some(asked.digest)) {
            of_plan += 1;
            told.take(asked, &entry.at, &entry.event)?;
        }
        told.ledger = Some(LedgerFacts { head: checked.head.clone(), lines: checked.entries.len() as u64, of_plan });
        Ok(told)
    }

    fn take(&mut self, asked: &Asked<'_>, at: &str, event: &Event) -> Result<()> {
        match event {
            Event::Begun { policy, operator, tool_version, .. } => {
                if *policy != asked.plan.policy.digest {
                    return Err(Error::new(ErrorKind::Refused, "the ledger tells of this plan under another policy"));
                }
                let (operator, tool_version) = (operator.clone(), tool_version.clone());
                self.calls.push(Carrying { operator, began_at: at.to_owned(), ended_at: None, tool_version });
            }
            Event::Intended { object_id, records_dropped, .. } => {
                let end = End { state: FileState::Unconfirmed, detail: None, at: Some(at.to_owned()), records_dropped: *records_dropped };
                self.ends.insert(object_id.clone(), end);
            }
            Event::Done { object_id, state, .. } => {
                let dropped = self.ends.get(object_id).and_then(|end| end.records_dropped);
                let end = End { state: of(*state), detail: None, at: Some(at.to_owned()), records_dropped: dropped };
                self.ends.insert(object_id.clone(), end);
            }
            Event::Left { object_id, state, detail, .. } => {
                let was_done =
                    self.ends.get(object_id).is_some_and(|end| matches!(end.state, FileState::Verified | FileState::ChangedSince));
                let state = if was_done { FileState::ChangedSince } else { of(*state) };
                let end = End { state, detail: Some(detail.clone()), at: Some(at.to_owned()), records_dropped: None };
                self.ends.insert(object_id.clone(), end);
            }
            Event::Approved { by, .. } => self.approvals.push(Approval { by: by.clone(), at: at.to_owned() }),
            Event::Quarantined { object_id, group, kept_until, .. } => {
                let empty = || (HashSet::new(), Quarantined { kept_until: kept_until.clone(), files: 0, is_destroyed: false });
                let (objects, quarantined) = self.groups.entry(group.clone()).or_insert_with(empty);
                objects.insert(object_id.clone());
                quarantined.files = objects.len() as u64;
            }
            Event::NotQuarantined { object_id, .. } => {
                self.not_kept.insert(object_id.clone());
            }
            Event::Expired { group, .. } => {
                if let Some((_, quarantined)) = self.groups.get_mut(group) {
                    quarantined.is_destroyed = true;
                }
            }
            Event::Restored { object_id, .. } => {
                self.restored += 1;
                let end = End { state: FileState::Restored, detail: None, at: Some(at.to_owned()), records_dropped: None };
                self.ends.insert(object_id.clone(), end);
            }
            Event::Ended { .. } => {
                if let Some(call) = self.calls.last_mut() {
                    call.ended_at = Some(at.to_owned());
                }
            }
            // Whoever wrote it since: what is there again, or cannot be told any more, is not certified.
            Event::Checked { object_id, finding: Finding::StillThere | Finding::Unclear, .. } => {
                if let Some(end) = self.ends.get_mut(object_id).filter(|end| end.state == FileState::Verified) {
                    end.state = FileState::ChangedSince;
                    end.at = Some(at.to_owned());
                }
            }
            Event::Checked { .. } | Event::CheckEnded { .. } | Event::Reported { .. } => {}
        }
        Ok(())
    }

    fn end(&self, leaf: &OpLeaf) -> End {
        let open = End { state: FileState::Open, detail: None, at: None, records_dropped: None };
        self.ends.get(&leaf.object_id.to_string()).cloned().unwrap_or(open)
    }

    fn file(&self, leaf: &OpLeaf) -> FileFacts {
        let end = self.end(leaf);
        FileFacts {
            path: leaf.member.as_ref().map_or_else(|| leaf.path.clone(), |member| format!("{}!{member}", leaf.path)),
            object_id: leaf.object_id.to_string(),
            state: end.state,
            detail: end.detail,
            at: end.at,
            operations: leaf.operations,
            records_dropped: end.records_dropped,
        }
    }
}

fn of(state: State) -> FileState {
    match state {
        State::Verified => FileState::Verified,
        State::Stale => FileState::Stale,
        State::Unreachable => FileState::Unreachable,
        State::Unsupported => FileState::Unsupported,
        State::Failed => FileState::Failed,
    }
}
