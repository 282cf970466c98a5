//! Making a plan: each leaf of a dataset is read again, record by record, and decided.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::rc::Rc;

use jiff::{Span, Timestamp};

use super::copies::Copies;
use super::file::{Count, DatasetTotals, HoldFacts, Kept, Plan, PolicyFacts, PurposeFacts, Reason, RequestFacts, RunUsed, TableFacts};
use super::leaf::LeafPass;
use super::ops::{Place, Table, Value};
use super::run::CompleteRun;
use super::schema;
use super::shares::is_of_cards;
use super::subject::Stand;
use super::typed::{asks, read_of};
use super::walk::{self, Asks, Reread};
use crate::finding::Tokens;
use crate::model::{Error, ErrorKind, Id, Likelihood, Result, Status};
use crate::policy::{Action, ActionName, Cells, ClockKind, Events, Moment, Policy, State, Target, Unassigned, is_within, key};
use crate::read::SPELT;
use crate::run_folder::ObjectRow;
use crate::unpack::Caps;

/// The reason, and the rule, of what a request asks for.
const REQUEST: &str = "request";
/// How long a plan may be carried out: what is decided grows old.
const GOOD_FOR_DAYS: i64 = 7;

/// What a plan is made of.
pub struct Asking<'a> {
    /// The run.
    pub run: &'a CompleteRun,
    /// The policy.
    pub policy: &'a Policy,
    /// The run's key.
    pub tokens: &'a Tokens,
    /// Its public name.
    pub key_id: &'a str,
    /// The time for which it is decided what is due.
    pub as_of: Timestamp,
    /// Now.
    pub now: Timestamp,
    /// Whether files that the scan did not read in full may be left as they are.
    pub allow_gaps: bool,
    /// How far files may be decoded.
    pub caps: Caps,
    /// Entities of the rules of the scan, with their categories.
    pub entities: Vec<(&'a str, &'a str)>,
    /// Makes the tokens of a value of an entity, as findings have them.
    pub people: &'a mut dyn FnMut(&str, &str) -> Vec<Id>,
}

/// Makes a plan in a folder, which must not be there yet. Returns it with the digest that people agree to.
///
/// # Errors
/// `Key` where the run has another key; `Run` where it cannot be planned from; `Usage` where a file belongs to two datasets; `Refused`
/// where a guard of the policy does not let so much be done, or the scan left something out; `Io` where the folder cannot be written.
pub fn build(asking: Asking<'_>, folder: &Path) -> Result<(Plan, String)> {
    let scope = check(&asking, &|entity| acts_from(&asking, entity))?;
    write(folder, |folder| Builder::create(asking, folder).and_then(|builder| builder.run(scope, folder)))
}

/// Makes the folder of a plan and what is in it, or nothing.
pub(super) fn write(folder: &Path, make: impl FnOnce(&Path) -> Result<(Plan, String)>) -> Result<(Plan, String)> {
    std::fs::create_dir(folder).map_err(|error| {
        let error = Error::new(ErrorKind::Usage, format!("{}: {error}", folder.display()));
        error.hint("--out names a folder that is not there yet")
    })?;
    let made = make(folder);
    if made.is_err() {
        take_away(folder);
    }
    made
}

/// Nothing of a plan that was refused stays.
#[expect(clippy::disallowed_methods, reason = "the folder and what is in it were made by this call")]
fn take_away(folder: &Path) {
    for name in ["ops.parquet", "review.parquet", "plan.json"] {
        let _ = std::fs::remove_file(folder.join(name));
    }
    let _ = std::fs::remove_dir(folder);
}

/// What belongs to which dataset.
pub(super) struct Scope {
    /// Leaves that are read again: index into the objects, and the dataset of all their records; none: their tables tell.
    pub leaves: Vec<(usize, Option<usize>)>,
    pub gaps: Vec<usize>,
    pub not_read: Vec<usize>,
    pub unassigned: Vec<usize>,
}

/// Refuses what no plan may be made of, and finds out what is in scope. `acts`: the lowest likelihood from which something is done
/// with findings of an entity; none: nothing is.
pub(super) fn check(asking: &Asking<'_>, acts: &dyn Fn(&str) -> Option<Likelihood>) -> Result<Scope> {
    let Asking { run, policy, .. } = asking;
    let run_error = |what: String| Error::new(ErrorKind::Run, what);
    if run.facts.key_mode == "ephemeral" {
        let error = run_error(format!("the run {} has a key that nobody kept: its tokens fit nothing", run.folder.display()));
        return Err(error.hint("scan with --key-file or DATATRAWL_KEY"));
    }
    if run.facts.key_id != asking.key_id {
        return Err(Error::new(ErrorKind::Key, format!("the run has the key {}, given is {}", run.facts.key_id, asking.key_id)));
    }
    refuse_what_was_not_told(asking, acts)?;
    let mut scope = Scope { leaves: Vec::new(), gaps: Vec::new(), not_read: Vec::new(), unassigned: Vec::new() };
    for (index, object) in run.objects.iter().enumerate() {
        // Containers have rows of their own beside those of what they hold.
        if matches!(object.format.as_str(), "tar" | "zip") && object.status == Status::Scanned.name() {
            continue;
        }
        let place = object.place();
        let found = policy.datasets_of(&place, None);
        one_only(policy, &place, &found)?;
        let by_table = policy.datasets.iter().any(|dataset| dataset.names_tables_of(&place));
        let list = match object.status.as_str() {
            _ if found.is_empty() && !by_table => &mut scope.unassigned,
            "scanned" | "unchanged" if object.format.is_empty() => continue,
            "scanned" | "unchanged" => {
                scope.leaves.push((index, found.first().copied()));
                continue;
            }
            "partial" | "failed" => &mut scope.gaps,
            _ => &mut scope.not_read,
        };
        list.push(index);
    }
    if let Some(first) = scope.gaps.first().filter(|_| !asking.allow_gaps) {
        let (object, count) = (&run.objects[*first], scope.gaps.len());
        let reason = object.reason.as_deref().unwrap_or(&object.status);
        let error =
            Error::new(ErrorKind::Refused, format!("{count} files of datasets were not read in full: {}: {reason}", object.place()));
        return Err(error.hint("mend them and scan again, or leave them as they are with --allow-gaps"));
    }
    Ok(scope)
}

/// Writes a row of what is kept, and counts it.
fn note(policy: &Policy, review: Option<&mut Table>, reasons: &mut Reasons, keep: Keep<'_>) -> Result<()> {
    let dataset = keep.dataset.map(|index| &policy.datasets[index]);
    let owner = dataset.and_then(|dataset| dataset.owner.as_deref());
    let place = Place { dataset: dataset.map(|dataset| dataset.id.as_str()), owner, ..keep.place };
    let mut values = vec![Value::Text(Some(keep.why))];
    values.extend(place.values());
    values.extend([
        Value::Text(keep.entity),
        Value::Text(keep.preview),
        Value::Time(keep.time),
        Value::Text(keep.duty.map(|duty| policy.duties[duty].id.as_str())),
        Value::Owned(keep.detail),
    ]);
    if let Some(review) = review {
        review.push(values)?;
    }
    *reasons.entry((keep.dataset, keep.why)).or_default() += 1;
    Ok(())
}

/// Notes operations that are about older copies of a record alone.
fn note_outdated(asking: &Asking<'_>, copies: Copies, folder: &Path, mut keep: impl FnMut(Keep<'_>) -> Result<()>) -> Result<()> {
    let Asking { run, policy, tokens, .. } = asking;
    let objects: HashMap<Id, &ObjectRow> = run.objects.iter().map(|object| (object.object_id, object)).collect();
    copies.outdated(policy, tokens, folder, |op| {
        let Some(object) = objects.get(&op.object_id) else { return Ok(()) };
        let (column, pointer) = (op.column.as_deref(), op.pointer.as_deref());
        let dataset = policy.datasets.iter().position(|dataset| dataset.id == op.dataset);
        keep(Keep {
            place: Place { table: op.table.as_deref(), record: op.record, column, pointer, key: &op.key, ..Place::whole(object) },
            entity: op.entity.as_deref(),
            time: op.record_time.and_then(|time| Timestamp::from_microsecond(time).ok()),
            duty: policy.duties.iter().position(|duty| duty.id == op.rule),
            ..Keep::whole("older_copy", object, dataset, None)
        })
    })
}

/// Refuses what belongs to two datasets.
pub(super) fn one_only(policy: &Policy, place: &str, found: &[usize]) -> Result<()> {
    let [first, second, ..] = *found else { return Ok(()) };
    let (first, second) = (&policy.datasets[first].id, &policy.datasets[second].id);
    Err(Error::new(ErrorKind::Usage, format!("{place} belongs to {first} and to {second}")).hint("one dataset is meant"))
}

/// Characters that an action leaves.
fn keep_of(action: &Action) -> Option<i64> {
    matches!(action.name, ActionName::Mask | ActionName::PanTruncate).then(|| i64::try_from(action.keep).unwrap_or(i64::MAX))
}

/// Says whether [`crate::apply`] can change what stands in a format, and in a member of an archive.
#[must_use]
pub fn is_editable(format: &str, member: Option<&str>) -> bool {
    member.is_none() && (SPELT.contains(&format) || format == "parquet")
}

/// The lowest likelihood from which some rule acts on an entity.
fn acts_from(asking: &Asking<'_>, entity: &str) -> Option<Likelihood> {
    let Asking { policy, entities, .. } = asking;
    let of_category = |above: &String| entities.iter().any(|(own, category)| *own == entity && is_within(category, above));
    let acts = policy.duties.iter().filter(|duty| match &duty.target {
        Target::Findings { entities, categories } => entities.iter().any(|own| own == entity) || categories.iter().any(of_category),
        _ => false,
    });
    acts.map(|duty| duty.min_likelihood).min()
}

/// Refuses a run that has no row for something that is acted on: it would stay, and nobody would know.
fn refuse_what_was_not_told(asking: &Asking<'_>, from: &dyn Fn(&str) -> Option<Likelihood>) -> Result<()> {
    let run = asking.run;
    let refused = |what: String, hint: String| Err(Error::new(ErrorKind::Refused, what).hint(hint));
    for entity in run.facts.totals.without_row.keys() {
        if from(entity).is_some() {
            return refused(
                format!("the run has not a row for each {entity}, on which the policy or the request acts"),
                format!("scan with --rows {entity}=all"),
            );
        }
    }
    for (entity, level) in &run.facts.settings.min_likelihood {
        let level = Likelihood::ALL.into_iter().find(|known| known.name() == level);
        if from(entity).is_some_and(|from| level.is_none_or(|level| level > from)) {
            let what = format!("the run does not report every {entity}, on which the policy or the request acts");
            return refused(what, format!("scan with --min-likelihood {entity}=possible, and with its rules on"));
        }
    }
    // Settings that hold for some paths only may do the same there.
    if let Some(file) = run.facts.settings_files.iter().find(|file| file.hides()) {
        let what = format!("settings of the scan turn rules off or raise levels: {}", file.file);
        return refused(what, "scan without them: --no-root-settings, or another --config".to_owned());
    }
    Ok(())
}

/// What rows are counted by.
#[derive(Default)]
pub(super) struct Tally {
    files: BTreeSet<usize>,
    records: u64,
    operations: u64,
    due_since: Option<Timestamp>,
}

#[derive(Default, Clone)]
pub(super) struct DatasetTally {
    files: BTreeSet<usize>,
    changed: BTreeSet<usize>,
    pub records: u64,
    pub dropped: u64,
    pub without_time: u64,
}

/// A plan in the making.
pub(super) struct Builder<'a> {
    pub asking: Asking<'a>,
    /// None: the files are gone through, and nothing is written.
    tables: Option<Tables>,
    /// By dataset, the typed columns that guard a record.
    pub guards: Vec<Asks>,
    /// By dataset, rule and action. What no rule says comes last.
    tallies: BTreeMap<(usize, usize, ActionName), Tally>,
    pub datasets: Vec<DatasetTally>,
    reasons: Reasons,
    /// Files in which something of payment cards goes, and those in which something goes that a person asked for.
    unkept: [BTreeSet<usize>; 2],
}

/// How often something is kept, by dataset and why.
type Reasons = BTreeMap<(Option<usize>, &'static str), u64>;

struct Tables {
    ops: Table,
    review: Table,
    copies: Copies,
}

/// An operation.
pub(super) struct Op<'a> {
    pub kind: &'static str,
    pub place: Place<'a>,
    pub dataset: usize,
    /// The rule; of a request none where no rule says what is done on one.
    pub duty: Option<usize>,
    pub action: &'a Action,
    /// Of a request: whose data it is, and what shows that.
    pub claim: Option<Claimed<'a>>,
    pub due: Timestamp,
    pub finding: Option<Id>,
    pub entity: Option<&'a str>,
    pub replacement: Option<String>,
    pub tokens: [Option<Id>; 3],
    pub preview: Option<&'a str>,
    pub moment: Option<Moment>,
}

/// Whose data an operation of a request is about.
#[derive(Clone, Copy)]
pub(super) struct Claimed<'a> {
    pub role: Option<&'a str>,
    pub tie: Stand,
    pub evidence: &'a str,
}

/// Something that is kept.
pub(super) struct Keep<'a> {
    pub why: &'static str,
    pub place: Place<'a>,
    pub dataset: Option<usize>,
    pub entity: Option<&'a str>,
    pub preview: Option<&'a str>,
    pub time: Option<Timestamp>,
    pub duty: Option<usize>,
    pub detail: Option<String>,
}

impl<'a> Keep<'a> {
    pub(super) fn whole(why: &'static str, object: &'a ObjectRow, dataset: Option<usize>, detail: Option<String>) -> Self {
        Self { why, place: Place::whole(object), dataset, entity: None, preview: None, time: None, duty: None, detail }
    }
}

impl<'a> Builder<'a> {
    pub(super) fn create(asking: Asking<'a>, folder: &Path) -> Result<Self> {
        let tables = Tables {
            ops: Table::create(folder, "ops", schema::ops())?,
            review: Table::create(folder, "review", schema::review())?,
            copies: Copies::create(folder)?,
        };
        Ok(Self { tables: Some(tables), ..Self::survey(asking) })
    }

    /// One that only goes through the files.
    pub(super) fn survey(asking: Asking<'a>) -> Self {
        let datasets = vec![DatasetTally::default(); asking.policy.datasets.len()];
        let guards = (0..datasets.len()).map(|index| asks(read_of(asking.policy, index))).collect();
        Self { asking, guards, tables: None, tallies: BTreeMap::new(), datasets, reasons: BTreeMap::new(), unkept: Default::default() }
    }

    fn run(mut self, scope: Scope, folder: &Path) -> Result<(Plan, String)> {
        let run = self.asking.run;
        self.note_scope(&scope)?;
        let events = Rc::new(self.events(&scope)?);
        self.leaves(&scope, |builder, index, dataset, opened| LeafPass::new(run, index, dataset, &events)?.run(builder, opened))?;
        self.guard()?;
        self.finish(&scope, folder, None)
    }

    /// Notes what of the scope is not read again.
    pub(super) fn note_scope(&mut self, scope: &Scope) -> Result<()> {
        let run = self.asking.run;
        let unassigned = if self.asking.policy.unassigned == Unassigned::Ignore { &[][..] } else { &scope.unassigned };
        for index in unassigned {
            self.keep(Keep::whole("unassigned", &run.objects[*index], None, run.objects[*index].reason.clone()))?;
        }
        self.note_not_read(scope)
    }

    /// Notes what of the scope the scan did not read.
    pub(super) fn note_not_read(&mut self, scope: &Scope) -> Result<()> {
        let run = self.asking.run;
        for index in scope.not_read.iter().chain(&scope.gaps) {
            let object = &run.objects[*index];
            let dataset = self.asking.policy.datasets_of(&object.place(), None).first().copied();
            self.keep(Keep::whole("not_read", object, dataset, object.reason.clone()))?;
        }
        Ok(())
    }

    /// Goes through the files that leaves of the scope stand in, one after the other.
    pub(super) fn leaves(
        &mut self,
        scope: &Scope,
        mut each: impl FnMut(&mut Self, usize, Option<usize>, crate::unpack::Opened) -> Result<Reread>,
    ) -> Result<()> {
        let run = self.asking.run;
        let mut by_file: BTreeMap<&str, Vec<(usize, Option<usize>)>> = BTreeMap::new();
        for leaf in &scope.leaves {
            by_file.entry(&run.objects[leaf.0].opened).or_default().push(*leaf);
        }
        for leaves in by_file.into_values() {
            let mut wanted: HashMap<Id, (usize, Option<usize>)> =
                leaves.iter().map(|leaf| (run.objects[leaf.0].object_id, *leaf)).collect();
            let opened = walk::open(&run.objects[leaves[0].0], self.asking.tokens, &self.asking.caps);
            let nest = match opened {
                Ok(nest) => nest,
                Err(reason) => {
                    for (index, dataset) in leaves {
                        self.keep(Keep::whole("stale", &run.objects[index], dataset, Some(reason.clone())))?;
                    }
                    continue;
                }
            };
            let tokens = self.asking.tokens;
            walk::leaves(nest, tokens, |id, opened| {
                let Some((index, dataset)) = wanted.remove(&id) else { return Ok(()) };
                let object = &run.objects[index];
                match each(self, index, dataset, opened)? {
                    Reread::Same => Ok(()),
                    Reread::Unsupported => {
                        let detail = format!("records of {} are not read again", object.format);
                        self.keep(Keep::whole("unsupported", object, dataset, Some(detail)))
                    }
                    // Operations of it are written already.
                    Reread::Changed(why) => {
                        let error = Error::new(ErrorKind::Run, format!("{} is not as it was scanned: {why}", object.place()));
                        Err(error.hint("scan again"))
                    }
                }
            })?;
            for (index, dataset) in wanted.into_values() {
                self.keep(Keep::whole("stale", &run.objects[index], dataset, Some("it is not there any more".to_owned())))?;
            }
        }
        Ok(())
    }

    /// Reads the times of events that clocks of other datasets go by.
    pub(super) fn events(&mut self, scope: &Scope) -> Result<Events> {
        let policy = self.asking.policy;
        let mut asked: Vec<(usize, usize, usize)> = Vec::new();
        for (dataset, of) in policy.datasets.iter().enumerate() {
            for (n, clock) in of.clocks.iter().enumerate() {
                if let ClockKind::Event { dataset: other, .. } = &clock.kind {
                    asked.push((dataset, n, *other));
                }
            }
        }
        let mut events = Events::default();
        if asked.is_empty() {
            return Ok(events);
        }
        // An event that stands in what was not read may be younger than those that were.
        let run = self.asking.run;
        let missing = |index: &usize| policy.datasets_of(&run.objects[*index].place(), None);
        let not_read: Vec<usize> = scope.gaps.iter().chain(&scope.not_read).flat_map(missing).collect();
        let stale_before = self.reasons.clone();
        let leaves = scope.leaves.iter().filter(|(_, dataset)| dataset.is_some_and(|own| asked.iter().any(|(.., other)| *other == own)));
        let of_events = Scope { leaves: leaves.copied().collect(), gaps: Vec::new(), not_read: Vec::new(), unassigned: Vec::new() };
        self.leaves(&of_events, |_, index, own, opened| {
            let names = own.map(|own| read_of(policy, own)).unwrap_or_default();
            walk::records(&run.objects[index], opened, asks(names), &mut |seen| {
                let cells = seen.cells();
                for (dataset, n, other) in asked.iter().filter(|(.., other)| Some(*other) == own) {
                    let clock = &policy.datasets[*dataset].clocks[*n];
                    let ClockKind::Event { on, name, .. } = &clock.kind else { continue };
                    debug_assert_eq!(Some(*other), own);
                    if let Some(key) = cells.text(on).filter(|key| !key.is_empty()) {
                        events.add(*dataset, *n, &key, cells.text(name).and_then(|text| clock.read(&text)));
                    }
                }
                Ok(())
            })
        })?;
        for (dataset, n, other) in asked {
            let whys = ["stale", "unsupported"].map(|why| (Some(other), why));
            let is_short = whys.iter().any(|key| self.reasons.get(key) != stale_before.get(key));
            if is_short || not_read.contains(&other) {
                events.lose(dataset, n);
            }
        }
        Ok(events)
    }

    pub(super) fn write(&mut self, op: Op<'_>, leaf: usize) -> Result<()> {
        let policy = self.asking.policy;
        let Some(tables) = &mut self.tables else { return Ok(()) };
        let (dataset, duty) = (&policy.datasets[op.dataset], op.duty.map(|duty| policy.duties[duty].id.as_str()));
        let place = Place { dataset: Some(&dataset.id), owner: dataset.owner.as_deref(), ..op.place };
        let token = |id: Option<Id>| Value::Owned(id.map(|id| id.to_string()));
        let mut values = vec![Value::Long(Some(tables.ops.rows)), Value::Text(Some(op.kind)), Value::Text(Some(op.action.name.name()))];
        values.extend(place.values());
        values.extend([
            token(op.finding),
            Value::Text(op.entity),
            Value::Owned(op.replacement),
            Value::Long(keep_of(op.action)),
            Value::Text(Some(place.object.content_token.as_deref().unwrap_or_default())),
            token(op.tokens[0]),
            token(op.tokens[1]),
            token(op.tokens[2]),
            Value::Text(op.preview),
            Value::Time(op.moment.map(|moment| moment.time)),
            Value::Text(op.moment.map(|moment| moment.source.name())),
            Value::Time(Some(op.due)),
            Value::Text(Some(duty.unwrap_or(REQUEST))),
            Value::Text(Some(if op.claim.is_some() { REQUEST } else { "retention" })),
            Value::Text(op.claim.and_then(|claim| claim.role)),
            Value::Text(op.claim.map(|claim| claim.tie.name())),
            Value::Text(op.claim.map(|claim| claim.evidence)),
        ]);
        tables.ops.push(values)?;
        if is_of_cards(op.entity, op.action.name.name()) {
            self.unkept[0].insert(leaf);
        }
        if op.claim.is_some() {
            self.unkept[1].insert(leaf);
        }
        self.datasets[op.dataset].changed.insert(leaf);
        let tally = self.tally(op.dataset, op.duty, op.action);
        tally.files.insert(leaf);
        tally.operations += 1;
        tally.due_since = Some(tally.due_since.map_or(op.due, |since| since.min(op.due)));
        Ok(())
    }

    /// Notes a file with operations that `apply` has no editor for: somebody else carries them out.
    pub(super) fn note_external(&mut self, index: usize, dataset: usize) -> Result<()> {
        let object = &self.asking.run.objects[index];
        // Each codec can be written, but not one inside the other; Parquet is read out of order.
        let most = if object.format == "parquet" { 0 } else { 1 };
        let is_editable = is_editable(&object.format, object.member.as_deref()) && object.codecs.len() <= most;
        if self.datasets[dataset].changed.contains(&index) && !is_editable {
            let how = [&*object.format, &object.codecs.join(" in ")].join(" ").trim().to_owned();
            let detail = format!("operations in {how} are for another executor");
            self.keep(Keep::whole("external", object, Some(dataset), Some(detail)))?;
        }
        Ok(())
    }

    /// Notes a record that may be one of several copies.
    pub(super) fn see_copy(&mut self, dataset: usize, cells: &Cells<'_>, moment: Option<Moment>) -> Result<()> {
        let Asking { policy, tokens, .. } = self.asking;
        let Some(tables) = &mut self.tables else { return Ok(()) };
        let key = || key(&policy.datasets[dataset], cells);
        tables.copies.see(policy, tokens, dataset, key, moment.map(|moment| moment.time))
    }

    /// Operations that were written.
    pub(super) fn operations(&self) -> i64 {
        self.tables.as_ref().map_or(0, |tables| tables.ops.rows)
    }

    /// Notes a file in which something of payment cards goes.
    pub(super) fn note_cards(&mut self, leaf: usize) {
        self.unkept[0].insert(leaf);
    }

    /// Counts a record in which a rule, or a request, does something.
    pub(super) fn count_record(&mut self, dataset: usize, duty: Option<usize>, action: &Action) {
        self.tally(dataset, duty, action).records += 1;
    }

    fn tally(&mut self, dataset: usize, duty: Option<usize>, action: &Action) -> &mut Tally {
        self.tallies.entry((dataset, duty.unwrap_or(usize::MAX), action.name)).or_default()
    }

    pub(super) fn see(&mut self, dataset: usize, leaf: usize) {
        self.datasets[dataset].files.insert(leaf);
    }

    pub(super) fn keep(&mut self, keep: Keep<'_>) -> Result<()> {
        let Self { asking, tables, reasons, .. } = self;
        note(asking.policy, tables.as_mut().map(|tables| &mut tables.review), reasons, keep)
    }

    /// Refuses to do more than the policy's guards let.
    pub(super) fn guard(&self) -> Result<()> {
        for (dataset, tally) in self.asking.policy.datasets.iter().zip(&self.datasets) {
            let refused = |what: String| {
                let error = Error::new(ErrorKind::Refused, format!("refused for {}: {what}", dataset.id));
                Err(error.hint("look at the rules and clocks; if so much is meant, raise the guard in the policy"))
            };
            let percent = if tally.records == 0 { 0.0 } else { 100.0 * tally.dropped as f64 / tally.records as f64 };
            if percent > dataset.guard.max_records_percent {
                let most = dataset.guard.max_records_percent;
                return refused(format!(
                    "{} of {} records would go, {percent:.1} percent; the guard is {most}",
                    tally.dropped, tally.records
                ));
            }
            if tally.changed.len() as u64 > dataset.guard.max_files {
                return refused(format!("{} files would change; the guard is {}", tally.changed.len(), dataset.guard.max_files));
            }
        }
        Ok(())
    }

    pub(super) fn finish(self, scope: &Scope, folder: &Path, request: Option<RequestFacts>) -> Result<(Plan, String)> {
        let Self { asking, tables, tallies, datasets, mut reasons, unkept, .. } = self;
        let Asking { run, policy, .. } = asking;
        let Tables { ops, mut review, copies } = tables.expect("what is finished was written");
        let ops = ops.close()?;
        note_outdated(&asking, copies, folder, |keep| note(policy, Some(&mut review), &mut reasons, keep))?;
        let parts = [ops, review.close()?];
        let today = asking.as_of.to_zoned(policy.zone.clone()).date();
        let holds = policy.holds.iter().map(|hold| {
            let state = match hold.state(today) {
                State::InForce => "in_force",
                State::Overdue => "review_overdue",
                State::Released => "released",
            };
            let ids = |datasets: &Vec<usize>| datasets.iter().map(|index| policy.datasets[*index].id.clone()).collect();
            HoldFacts {
                id: hold.id.clone(),
                state: state.to_owned(),
                datasets: hold.datasets.as_ref().map(ids),
                opened: Some(hold.opened.to_string()),
                review_by: hold.review_by.map(|day| day.to_string()),
                released: hold.released.as_ref().map(|(day, _)| day.to_string()),
            }
        });
        let counts = tallies.into_iter().map(|((dataset, duty, action), tally)| {
            let dataset = &policy.datasets[dataset];
            Count {
                dataset: dataset.id.clone(),
                owner: dataset.owner.clone(),
                rule: policy.duties.get(duty).map_or(REQUEST, |duty| &duty.id).to_owned(),
                action: action.name().to_owned(),
                after: policy.duties.get(duty).map(|duty| duty.after.to_string()),
                files: tally.files.len() as u64,
                records: tally.records,
                operations: tally.operations,
                due_since: tally.due_since.map(|since| since.to_string()),
            }
        });
        let of_datasets = policy.datasets.iter().zip(datasets).enumerate().map(|(index, (dataset, tally))| {
            let backups = || policy.backups.iter().filter(|backup| backup.datasets.contains(&index));
            DatasetTotals {
                id: dataset.id.clone(),
                owner: dataset.owner.clone(),
                files: tally.files.len() as u64,
                files_changed: tally.changed.len() as u64,
                records: tally.records,
                records_dropped: tally.dropped,
                records_without_time: tally.without_time,
                columns: read_of(policy, index).into_iter().collect(),
                origin: dataset.origin.clone(),
                key: dataset.key.clone(),
                approvals: dataset.guard.approvals,
                quarantine: dataset.guard.quarantine.as_ref().map(ToString::to_string),
                quarantine_cards: dataset.guard.quarantine_cards.as_ref().map(ToString::to_string),
                quarantine_erasures: dataset.guard.quarantine_erasures.as_ref().map(ToString::to_string),
                quarantine_recipient: dataset.guard.quarantine_recipient.clone(),
                files_without_quarantine: {
                    let guard = &dataset.guard;
                    let own = [&guard.quarantine_cards, &guard.quarantine_erasures];
                    let sets = unkept.iter().zip(own).filter(|(_, own)| guard.quarantine.is_some() && own.is_none());
                    let files: BTreeSet<&usize> = sets.flat_map(|(files, _)| files.intersection(&tally.changed)).collect();
                    files.len() as u64
                },
                backups_until: backups().filter_map(|b| b.expires.after(asking.now, &policy.zone)).max().map(|time| time.to_string()),
                backups: backups().map(|backup| backup.expires.to_string()).collect(),
                purposes: dataset.purposes.iter().map(|index| PurposeFacts::of(&policy.purposes[*index])).collect(),
                recipients: policy.recipients_of(dataset).map(|recipient| recipient.id.clone()).collect(),
            }
        });
        let expires = asking.now.checked_add(Span::new().hours(24 * GOOD_FOR_DAYS)).unwrap_or(Timestamp::MAX);
        let plan = Plan {
            schema_version: schema::SCHEMA_VERSION.to_owned(),
            tool_version: env!("CARGO_PKG_VERSION").to_owned(),
            created_at: asking.now.to_string(),
            as_of: asking.as_of.to_string(),
            expires_at: expires.to_string(),
            key_id: asking.key_id.to_owned(),
            policy: PolicyFacts {
                id: policy.id.clone(),
                modified: policy.modified.to_string(),
                digest: policy.digest.clone(),
                timezone: policy.zone.iana_name().map(str::to_owned),
            },
            run: RunUsed {
                scan_id: run.facts.scan_id.clone(),
                started_at: run.facts.started_at.clone(),
                digest: run.digest.clone(),
                rules_digest: run.facts.rules_digest.clone(),
                regions: run.facts.regions.clone(),
                roots: run.roots.clone(),
            },
            request,
            holds: holds.collect(),
            of_cards: unkept[0].iter().map(|index| run.objects[*index].object_id.to_string()).collect(),
            gaps: scope
                .gaps
                .iter()
                .map(|index| &run.objects[*index])
                .map(|object| Kept { path: object.place(), reason: object.reason.clone().unwrap_or_else(|| object.status.clone()) })
                .collect(),
            totals: counts.collect(),
            datasets: of_datasets.collect(),
            review: reasons
                .into_iter()
                .map(|((dataset, why), count)| Reason {
                    dataset: dataset.map(|index| policy.datasets[index].id.clone()),
                    why: why.to_owned(),
                    count,
                })
                .collect(),
            tables: parts.into_iter().map(|part| (part.path, TableFacts { rows: part.rows, blake3: part.blake3 })).collect(),
        };
        let path = folder.join("plan.json");
        let failed = |error: std::io::Error| Error::io(path.display(), &error);
        let mut text = serde_json::to_vec_pretty(&plan).map_err(|error| failed(error.into()))?;
        text.push(b'\n');
        let mut file = std::fs::File::create_new(&path).map_err(failed)?;
        std::io::Write::write_all(&mut file, &text).and_then(|()| file.sync_all()).map_err(failed)?;
        Ok((plan, blake3::hash(&text).to_hex().to_string()))
    }
}
