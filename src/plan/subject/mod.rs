//! A person's records: found in the files of a run, and, for an erasure, what is done with each.

mod act;
mod claim;

pub(super) use self::claim::is_placeholder;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::rc::Rc;

use jiff::Timestamp;

use self::claim::{claims, lessons};
use super::build::{self, Asking, Builder, Claimed, Keep, Scope};
use super::file::Plan;
use super::findings::{FindingRow, FindingRows};
use super::leaf::{LeafPass, Record, people};
use super::ops::Place;
use super::request::{Known, Lesson, Mentioned, Request};
use super::walk::{self, Reread, Seen};
use crate::model::{Id, Likelihood, Result, Status};
use crate::policy::{Events, Tie};
use crate::unpack::Opened;

/// Steps that are gone at most from what a request names to what is learnt.
pub const MOST_HOPS: u64 = 8;

/// What was found of a person.
#[derive(Default)]
pub struct Found {
    /// By dataset, role, tie and what shows it.
    pub counts: BTreeMap<Hit, HitCount>,
    /// Values that were learnt on the way, by entity.
    pub learnt: BTreeMap<String, u64>,
    /// Files of datasets that were not read, or not in full.
    pub not_read: u64,
}

/// What something that was found is to the person.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// Dataset; none: the file belongs to none.
    pub dataset: Option<String>,
    /// Role of the person in the record.
    pub role: Option<String>,
    /// What it is to them.
    pub tie: Stand,
    /// What shows it, such as `email named`.
    pub evidence: String,
}

/// What something is to the person who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stand {
    /// One of the record's people is the same person.
    Own,
    /// A value of theirs stands in it.
    Mention,
    /// It may be theirs.
    Candidate,
}

impl Stand {
    /// Returns the name used in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Mention => "mention",
            Self::Candidate => "candidate",
        }
    }

    fn of(mentioned: Mentioned) -> Self {
        if mentioned == Mentioned::Surely { Self::Mention } else { Self::Candidate }
    }
}

/// How often.
#[derive(Default)]
pub struct HitCount {
    files: BTreeSet<Id>,
    /// Records.
    pub records: u64,
}

impl HitCount {
    /// Files.
    #[must_use]
    pub fn files(&self) -> usize {
        self.files.len()
    }
}

/// Says where a person's data stands.
///
/// # Errors
/// As those of [`super::build()`]; nothing is written.
pub fn find(asking: Asking<'_>, request: &Request, hops: u64) -> Result<Found> {
    let scope = check(&asking, request)?;
    let mut builder = Builder::survey(asking);
    let events = Rc::new(Events::default());
    let known = learn(&mut builder, &scope, request, hops, &events)?;
    let mut search = Search::new(&known, false, Timestamp::MIN);
    pass(&mut builder, &scope, &mut search, &events)?;
    let mut found = search.found;
    found.learnt = request.facts(&known, hops).learnt;
    found.not_read = (scope.gaps.len() + scope.not_read.len()) as u64;
    Ok(found)
}

/// Makes the plan of an erasure: what is a person's own goes as the policy says, of what mentions them the mention alone. What only may
/// be theirs is kept and named.
///
/// # Errors
/// As those of [`super::build()`].
pub fn erase(asking: Asking<'_>, request: &Request, hops: u64, folder: &Path) -> Result<(Plan, String)> {
    let scope = check(&asking, request)?;
    build::write(folder, |folder| {
        let mut builder = Builder::survey(asking);
        let events = Rc::new(builder.events(&scope)?);
        let known = learn(&mut builder, &scope, request, hops, &events)?;
        let due = request.received().unwrap_or(builder.asking.as_of);
        let mut builder = Builder::create(builder.asking, folder)?;
        builder.note_not_read(&scope)?;
        for object in scope.unassigned.iter().map(|index| &builder.asking.run.objects[*index]) {
            if object.status != Status::Scanned.name() {
                builder.keep(Keep::whole("not_read", object, None, object.reason.clone()))?;
            }
        }
        let mut search = Search::new(&known, true, due);
        pass(&mut builder, &scope, &mut search, &events)?;
        builder.guard()?;
        let facts = request.facts(&known, hops);
        builder.finish(&scope, folder, Some(facts))
    })
}

fn check(asking: &Asking<'_>, request: &Request) -> Result<Scope> {
    let persons = asking.policy.datasets.iter().flat_map(|dataset| &dataset.persons);
    let identity: BTreeSet<&str> = persons.flat_map(|person| person.identity.iter().map(|(entity, _)| entity.as_str())).collect();
    build::check(asking, &|entity| (request.names_by(entity) || identity.contains(entity)).then_some(Likelihood::Possible))
}

/// Goes through the files until nothing more is learnt, or often enough, and then for what others have, too. The way that taught
/// nothing more tells that as well.
fn learn(builder: &mut Builder<'_>, scope: &Scope, request: &Request, hops: u64, events: &Rc<Events>) -> Result<Known> {
    let mut known = Known::of(request);
    for left in (0..=hops).rev() {
        if left == 0 && !known.names_shared() {
            break;
        }
        let mut search = Search::new(&known, false, Timestamp::MIN);
        pass(builder, scope, &mut search, events)?;
        let Search { lessons, contested, .. } = search;
        // All that one step teaches counts from the next one on: the order of files has no say.
        if left == 0 || !lessons.into_iter().fold(false, |is_new, lesson| known.learn(lesson) | is_new) {
            known.contest(contested);
            break;
        }
    }
    Ok(known)
}

/// Goes through all files once.
fn pass<'a>(builder: &mut Builder<'a>, scope: &Scope, search: &mut Search<'_>, events: &Rc<Events>) -> Result<()> {
    let run = builder.asking.run;
    builder.leaves(scope, |builder, index, dataset, opened| {
        let leaf = LeafPass::new(run, index, dataset, events)?;
        SubjectPass { leaf, search: &mut *search }.run(builder, opened)
    })?;
    for index in &scope.unassigned {
        let object = &run.objects[*index];
        for finding in FindingRows::of(run, object.object_id)?.until(i64::MAX)? {
            search.elsewhere(builder, &finding, Place::whole(object))?;
        }
    }
    Ok(())
}

/// One way through the files.
struct Search<'k> {
    known: &'k Known,
    lessons: Vec<Lesson>,
    found: Found,
    /// Whether operations are written.
    acts: bool,
    /// Since when what is done is due.
    due: Timestamp,
    /// What stands in records that only may be the person's.
    contested: Vec<Id>,
}

impl<'k> Search<'k> {
    fn new(known: &'k Known, acts: bool, due: Timestamp) -> Self {
        Self { known, lessons: Vec::new(), found: Found::default(), acts, due, contested: Vec::new() }
    }

    fn hit(&mut self, dataset: Option<&str>, claim: Claimed<'_>, file: Id) {
        let hit = Hit {
            dataset: dataset.map(str::to_owned),
            role: claim.role.map(str::to_owned),
            tie: claim.tie,
            evidence: claim.evidence.to_owned(),
        };
        let count = self.found.counts.entry(hit).or_default();
        count.files.insert(file);
        count.records += 1;
    }

    /// A finding that belongs to no dataset.
    fn elsewhere(&mut self, builder: &mut Builder<'_>, finding: &FindingRow, place: Place<'_>) -> Result<()> {
        let Some((mentioned, is_named)) = self.known.mentions(finding) else {
            return Ok(());
        };
        let evidence = evidence(&finding.entity, is_named);
        let tie = Stand::of(mentioned);
        self.hit(None, Claimed { role: None, tie, evidence: &evidence }, place.object.object_id);
        builder.keep(Keep {
            entity: Some(&finding.entity),
            preview: finding.preview.as_deref(),
            place: Place { record: (finding.record >= 0).then_some(finding.record), ..place.of(finding) },
            ..Keep::whole("unassigned", place.object, None, Some(format!("{}: {evidence}", tie.name())))
        })
    }
}

fn evidence(entity: &str, is_named: bool) -> String {
    format!("{entity} {}", if is_named { "named" } else { "learnt" })
}

/// A leaf that is gone through for a person.
struct SubjectPass<'a, 's, 'k> {
    leaf: LeafPass<'a>,
    search: &'s mut Search<'k>,
}

impl<'a> SubjectPass<'a, '_, '_> {
    fn run(mut self, builder: &mut Builder<'a>, opened: Opened) -> Result<Reread> {
        let object = self.leaf.object;
        let asks = self.leaf.asks(builder)?;
        let done = walk::records(object, opened, asks, &mut |seen| self.record(builder, seen))?;
        if done == Reread::Same {
            for finding in self.leaf.findings.until(i64::MAX)? {
                self.out_of_place(builder, None, &finding)?;
            }
            for dataset in 0..builder.asking.policy.datasets.len() {
                builder.note_external(self.leaf.index, dataset)?;
            }
        }
        Ok(done)
    }

    fn record(&mut self, builder: &mut Builder<'a>, seen: &Seen<'_>) -> Result<()> {
        let policy = builder.asking.policy;
        let ordinal = i64::try_from(seen.row.ordinal).unwrap_or(i64::MAX);
        let cells = seen.cells();
        let found = self.leaf.findings.until(ordinal)?;
        let Some(dataset) = self.leaf.dataset_of(policy, &cells)? else {
            for finding in &found {
                self.search.elsewhere(builder, finding, Place { table: cells.table(), ..Place::whole(self.leaf.object) })?;
            }
            return Ok(());
        };
        builder.see(dataset, self.leaf.index);
        let (of_record, before): (Vec<_>, Vec<_>) = found.into_iter().partition(|finding| finding.record >= ordinal && !seen.row.broken);
        for finding in &before {
            self.out_of_place(builder, Some(dataset), finding)?;
        }
        if seen.row.broken {
            return Ok(());
        }
        builder.datasets[dataset].records += 1;
        // Also where nothing is found: the time of an entry of a log holds for the lines behind it.
        let moment = self.leaf.moment(builder, dataset, &cells);
        builder.see_copy(dataset, &cells, moment)?;
        let claims = claims(self.search.known, builder, dataset, &cells, &of_record);
        let mentions: Vec<_> = of_record.iter().filter_map(|finding| Some((finding, self.search.known.mentions(finding)?))).collect();
        if claims.is_empty() && mentions.is_empty() {
            return Ok(());
        }
        let others = claims.iter().filter(|claim| claim.tie == Tie::Candidate).flat_map(|claim| claim.tokens.iter().copied());
        self.search.contested.extend(others);
        self.search.lessons.extend(lessons(&policy.datasets[dataset], &cells, &claims));
        let (people, told) = people(builder, dataset, &cells, &of_record);
        let record = Record::new(builder, seen, &cells, dataset, moment, people, told);
        self.act(builder, &record, &of_record, &claims, mentions)
    }

    /// A finding of the person's that stands in no record.
    fn out_of_place(&mut self, builder: &mut Builder<'a>, dataset: Option<usize>, finding: &FindingRow) -> Result<()> {
        let Some((mentioned, is_named)) = self.search.known.mentions(finding) else {
            return Ok(());
        };
        let dataset = dataset.or(self.leaf.dataset);
        let (tie, evidence) = (Stand::of(mentioned), evidence(&finding.entity, is_named));
        let id = dataset.map(|dataset| builder.asking.policy.datasets[dataset].id.as_str());
        self.search.hit(id, Claimed { role: None, tie, evidence: &evidence }, self.leaf.object.object_id);
        self.leaf.keep_finding(builder, dataset, finding, "not_exact")
    }
}
