//! One leaf, record by record: what each rule says becomes operations, or rows of what is kept.

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

use jiff::Timestamp;

use super::build::{Builder, Keep, Op, one_only};
use super::findings::{FindingRow, FindingRows};
use super::ops::Place;
use super::run::CompleteRun;
use super::shares::is_of_cards;
use super::typed::{asks, read_of};
use super::walk::{self, Asks, Reread, Seen};
use crate::finding::Tokens;
use crate::model::{Change, Field, INSIDE, Id, Likelihood, Result, ValueKind, limits};
use crate::policy::{
    Action, ActionName, Ages, Asked, Cell, Cells, Dataset, Duty, Events, Facts, LeafAge, Moment, Outcome, People, Policy, State, Target,
    Unassigned, decide, generalise, key, meets_conditions, truncate,
};
use crate::read::SPELT;
use crate::run_folder::ObjectRow;
use crate::unpack::Opened;

/// A leaf that is read again.
pub(super) struct LeafPass<'a> {
    pub index: usize,
    pub object: &'a ObjectRow,
    /// The dataset of all records; none: their tables tell.
    pub dataset: Option<usize>,
    tables: HashMap<String, Option<usize>>,
    readers: HashMap<usize, Ages<'a>>,
    events: Rc<Events>,
    pub findings: FindingRows<'a>,
    /// By rule that drops files: records, those that are due, when the last of them was, and the newest record's time.
    files: HashMap<(usize, usize), FileCount>,
    /// Columns that rules of a dataset act on.
    columns: HashMap<usize, Rc<[String]>>,
    /// Records so far, also those that could not be told.
    records: u64,
    /// Columns that rules name and that some record has.
    met: HashSet<String>,
    /// Whether something of payment cards was found in a record so far.
    has_cards: bool,
}

#[derive(Default)]
struct FileCount {
    due: u64,
    since: Option<Timestamp>,
    newest: Option<Moment>,
    /// Why a record of it is kept, other than that it is not due yet.
    kept: Option<(&'static str, Option<String>)>,
}

/// What is known of the record at hand.
pub(super) struct Record<'a> {
    pub dataset: usize,
    pub cells: &'a Cells<'a>,
    pub seen: &'a Seen<'a>,
    pub moment: Option<Moment>,
    people: Vec<Id>,
    told: Vec<String>,
    of: &'a Dataset,
    tokens: &'a Tokens,
    /// See [`Record::key`] and [`Record::token`]: most records have no operation.
    key: OnceCell<Vec<(String, String)>>,
    token: OnceCell<Option<Id>>,
    guards: Asks,
}

impl<'a> LeafPass<'a> {
    pub(super) fn new(run: &'a CompleteRun, index: usize, dataset: Option<usize>, events: &Rc<Events>) -> Result<Self> {
        let object = &run.objects[index];
        Ok(Self {
            index,
            object,
            dataset,
            tables: HashMap::new(),
            readers: HashMap::new(),
            events: Rc::clone(events),
            findings: FindingRows::of(run, object.object_id)?,
            files: HashMap::new(),
            columns: HashMap::new(),
            records: 0,
            met: HashSet::new(),
            has_cards: false,
        })
    }

    /// Reads the leaf and writes what is to be done with it.
    pub(super) fn run(mut self, builder: &mut Builder<'a>, opened: Opened) -> Result<Reread> {
        let object = self.object;
        let asks = self.asks(builder)?;
        let done = walk::records(object, opened, asks, &mut |seen| self.record(builder, seen))?;
        if done == Reread::Same {
            // Values in headers and between records belong to no record that was read.
            for finding in self.findings.until(i64::MAX)? {
                self.has_cards |= is_card(&finding);
                self.keep_finding(builder, None, &finding, "not_exact")?;
            }
            self.drop_files(builder)?;
            let mut datasets: Vec<usize> = self.readers.keys().copied().collect();
            datasets.sort_unstable();
            for dataset in datasets {
                builder.note_external(self.index, dataset)?;
                for column in &*self.columns_of(builder.asking.policy, dataset) {
                    if !self.met.contains(column) {
                        builder.keep(Keep::whole("no_column", self.object, Some(dataset), Some(column.clone())))?;
                    }
                }
            }
            if builder.asking.policy.unassigned != Unassigned::Ignore {
                let mut tables: Vec<&String> =
                    self.tables.iter().filter(|(_, dataset)| dataset.is_none()).map(|(table, _)| table).collect();
                tables.sort();
                for table in tables {
                    let detail = (!table.is_empty()).then(|| format!("table {table}"));
                    builder.keep(Keep::whole("unassigned", object, None, detail))?;
                }
            }
        }
        Ok(done)
    }

    /// Which typed columns are read: those by which it is decided, and those with findings.
    pub(super) fn asks(&self, builder: &Builder<'_>) -> Result<Asks> {
        let decide = self.dataset.map(|dataset| read_of(builder.asking.policy, dataset)).unwrap_or_default();
        let found = if self.object.format == "parquet" { self.findings.columns()? } else { BTreeSet::new() };
        Ok(asks(decide.into_iter().chain(found)))
    }

    pub(super) fn dataset_of(&mut self, policy: &Policy, cells: &Cells<'_>) -> Result<Option<usize>> {
        if self.dataset.is_some() {
            return Ok(self.dataset);
        }
        let table = cells.table().unwrap_or_default();
        if let Some(known) = self.tables.get(table) {
            return Ok(*known);
        }
        let found = policy.datasets_of(&self.object.place(), Some(table));
        one_only(policy, &format!("{} table {table}", self.object.place()), &found)?;
        self.tables.insert(table.to_owned(), found.first().copied());
        Ok(found.first().copied())
    }

    /// Columns that rules of a dataset act on.
    fn columns_of(&mut self, policy: &Policy, dataset: usize) -> Rc<[String]> {
        Rc::clone(self.columns.entry(dataset).or_insert_with(|| named_columns(policy, dataset).into()))
    }

    fn record(&mut self, builder: &mut Builder<'a>, seen: &Seen<'_>) -> Result<()> {
        let policy = builder.asking.policy;
        let ordinal = i64::try_from(seen.row.ordinal).unwrap_or(i64::MAX);
        let cells = seen.cells();
        let mut found = self.findings.until(ordinal)?;
        let has_card = found.iter().any(is_card);
        self.has_cards |= has_card;
        let Some(dataset) = self.dataset_of(policy, &cells)? else { return Ok(()) };
        builder.see(dataset, self.index);
        self.records += 1;
        let passed = found.iter().take_while(|finding| finding.record < ordinal).count();
        for finding in found.drain(..passed) {
            self.keep_finding(builder, Some(dataset), &finding, "not_exact")?;
        }
        if seen.row.broken {
            for finding in &found {
                self.keep_finding(builder, Some(dataset), finding, "not_exact")?;
            }
            return Ok(());
        }
        builder.datasets[dataset].records += 1;
        for column in &*self.columns_of(policy, dataset) {
            if !self.met.contains(column) && cells.fields(column).next().is_some() {
                self.met.insert(column.clone());
            }
        }
        let moment = self.moment(builder, dataset, &cells);
        builder.datasets[dataset].without_time += u64::from(moment.is_none());
        builder.see_copy(dataset, &cells, moment)?;
        let (people, told) = people(builder, dataset, &cells, &found);
        let record = Record::new(builder, seen, &cells, dataset, moment, people, told);
        let before = builder.operations();
        self.decided(builder, &record, found)?;
        if has_card && builder.operations() > before {
            builder.note_cards(self.index);
        }
        Ok(())
    }

    /// Writes what is to be done with a record.
    fn decided(&mut self, builder: &mut Builder<'a>, record: &Record<'_>, mut found: Vec<FindingRow>) -> Result<()> {
        if self.whole_record(builder, record)? || self.drops_by_finding(builder, record, &found)? {
            return Ok(());
        }
        let edited = self.cells(builder, record)?;
        found.retain(|finding| {
            !edited.iter().any(|(column, pointer)| finding.column.as_ref() == Some(column) && finding.pointer == *pointer)
        });
        self.found(builder, record, &found)
    }

    /// How old a record is.
    pub(super) fn moment(&mut self, builder: &Builder<'a>, dataset: usize, cells: &Cells<'_>) -> Option<Moment> {
        let reader = self.readers.entry(dataset).or_insert_with(|| {
            let (place, object) = (self.object.place(), self.object);
            let leaf = LeafAge { place: &place, partitions: &object.partitions, modified_us: object.modified_us };
            Ages::new(builder.asking.policy, dataset, leaf)
        });
        reader.moment(cells, &self.events)
    }

    /// Decides about the record as a whole; whether it goes.
    fn whole_record(&mut self, builder: &mut Builder<'a>, record: &Record<'_>) -> Result<bool> {
        for (duty, outcome) in record.decide(builder, Asked::Record) {
            let is_file = matches!(builder.asking.policy.duties[duty].target, Target::Files);
            match outcome {
                Outcome::Due(since) if is_file => {
                    let count = self.files.entry((record.dataset, duty)).or_default();
                    count.due += 1;
                    count.since = count.since.max(Some(since));
                    if count.newest.is_none_or(|newest| record.moment.is_some_and(|moment| moment.time > newest.time)) {
                        count.newest = record.moment;
                    }
                }
                Outcome::Due(since) if record.stands_apart() => {
                    self.drop_record(builder, record, duty, since, None)?;
                    return Ok(true);
                }
                Outcome::Due(_) => self.keep_whole(builder, record, Some(duty))?,
                other if is_file => {
                    if let Some(why) = why(&other) {
                        let count = self.files.entry((record.dataset, duty)).or_default();
                        count.kept.get_or_insert_with(|| (why, held_by(builder.asking.policy, &other)));
                    }
                }
                other => self.keep_record(builder, record, duty, &other, None)?,
            }
        }
        Ok(false)
    }

    fn drop_record(
        &self,
        builder: &mut Builder<'a>,
        record: &Record<'_>,
        duty: usize,
        due: Timestamp,
        by: Option<&FindingRow>,
    ) -> Result<()> {
        builder.datasets[record.dataset].dropped += 1;
        let action = &builder.asking.policy.duties[duty].action;
        builder.count_record(record.dataset, Some(duty), action);
        let op = Op {
            kind: "record",
            place: self.place(record),
            dataset: record.dataset,
            duty: Some(duty),
            action,
            claim: None,
            due,
            finding: by.and_then(|finding| finding.finding_id),
            entity: by.map(|finding| finding.entity.as_str()),
            replacement: None,
            tokens: [record.token(), None, by.and_then(|finding| finding.value_token)],
            preview: by.and_then(|finding| finding.preview.as_deref()),
            moment: record.moment,
        };
        builder.write(op, self.index)
    }

    /// Notes a record that is due and cannot go: it is a document, or a part of one that is not an element of an array.
    pub(super) fn keep_whole(&self, builder: &mut Builder<'a>, record: &Record<'_>, duty: Option<usize>) -> Result<()> {
        let detail = Some("the record is its whole document, or holds it together".to_owned());
        builder.keep(Keep { duty, detail, ..self.keep_at(record, "unsupported", self.place(record)) })
    }

    /// Drops the record where a rule does so for something that was found in it.
    fn drops_by_finding(&mut self, builder: &mut Builder<'a>, record: &Record<'_>, found: &[FindingRow]) -> Result<bool> {
        let policy = builder.asking.policy;
        if !policy.duties.iter().any(|duty| duty.action.name == ActionName::DropRecord && matches!(duty.target, Target::Findings { .. })) {
            return Ok(false);
        }
        for finding in found {
            let due = strictest(policy, &record.decide(builder, asked(finding)));
            let Some((duty, since)) = due.filter(|(duty, _)| policy.duties[*duty].action.name == ActionName::DropRecord) else { continue };
            if record.stands_apart() {
                self.drop_record(builder, record, duty, since, Some(finding))?;
                return Ok(true);
            }
            self.keep_whole(builder, record, Some(duty))?;
            break;
        }
        Ok(false)
    }

    /// Decides about cells of columns that rules name. Returns those that are edited.
    fn cells(&mut self, builder: &mut Builder<'a>, record: &Record<'_>) -> Result<Vec<(String, Option<String>)>> {
        let policy = builder.asking.policy;
        let mut edited = Vec::new();
        for column in &*self.columns_of(policy, record.dataset) {
            let verdicts = record.decide(builder, Asked::Column(column));
            let Some(first) = verdicts.first() else { continue };
            let due = strictest(policy, &verdicts);
            let fields = record.cells.fields(column).filter(|field| is_filled(record, field));
            for field in fields.collect::<Vec<_>>() {
                let of = &record.seen.layout.columns()[field.column as usize];
                let pointer = of.pointer(record.seen.row.indices_of(field));
                let place = Place { column: Some(column), pointer: pointer.as_deref(), ..self.place(record) };
                // Text inside of JSON inside of a cell: to write it is to write the cell.
                let inside = of.name.as_ref().is_some_and(|name| name.contains(INSIDE));
                let text = record.cells.text_of(field);
                match due {
                    Some((duty, _)) if !inside && record.is_twice(field, column, pointer.as_deref()) => {
                        builder.keep(Keep { duty: Some(duty), ..self.keep_at(record, "not_exact", place) })?;
                    }
                    Some((duty, _))
                        if !fits(&policy.duties[duty].action, &text)
                            || !inside && !record.takes(field, &policy.duties[duty].action, field.span.len()) =>
                    {
                        builder.keep(Keep { duty: Some(duty), ..self.keep_at(record, "unfit", place) })?;
                    }
                    Some((duty, _)) if !inside && !record.can_spell(field, &policy.duties[duty].action, None) => {
                        builder.keep(Keep { duty: Some(duty), ..self.keep_at(record, "unfit", place) })?;
                    }
                    Some((duty, since)) if !inside => {
                        let action = &policy.duties[duty].action;
                        let op = Op {
                            kind: "cell",
                            place: Place { bytes: self.bytes(record, field), ..place },
                            dataset: record.dataset,
                            duty: Some(duty),
                            action,
                            claim: None,
                            due: since,
                            finding: None,
                            entity: None,
                            replacement: replacement(action.name, action.with.as_deref(), None),
                            tokens: [record.token(), record.guard(field), None],
                            preview: None,
                            moment: record.moment,
                        };
                        builder.write(op, self.index)?;
                        builder.count_record(record.dataset, Some(duty), action);
                        edited.push((column.clone(), pointer));
                    }
                    Some((duty, _)) => {
                        let keep = Keep { duty: Some(duty), ..self.keep_at(record, "unsupported", place) };
                        builder.keep(keep)?;
                    }
                    None => {
                        if let Some(why) = why(&first.1) {
                            let detail = held_by(policy, &first.1);
                            builder.keep(Keep { duty: Some(first.0), detail, ..self.keep_at(record, why, place) })?;
                        }
                    }
                }
            }
        }
        Ok(edited)
    }

    /// Decides about what was found in the record.
    fn found(&mut self, builder: &mut Builder<'a>, record: &Record<'_>, found: &[FindingRow]) -> Result<()> {
        let policy = builder.asking.policy;
        let mut due: Vec<(&FindingRow, usize, Timestamp)> = Vec::new();
        let mut unsure = Vec::new();
        for finding in found {
            let mut verdicts = record.decide(builder, asked(finding));
            // A record that is to go and cannot was told of.
            verdicts.retain(|(duty, outcome)| {
                !(matches!(outcome, Outcome::Due(_)) && policy.duties[*duty].action.name == ActionName::DropRecord)
            });
            match strictest(policy, &verdicts) {
                Some((duty, since)) => due.push((finding, duty, since)),
                None => unsure.push((finding, verdicts)),
            }
        }
        for (finding, verdicts) in unsure {
            // What is the same value as one that goes is sure enough: it would be left behind in the record otherwise.
            let same = due.iter().find(|(other, duty, _)| {
                let is_same = finding.value_token.is_some() && finding.value_token == other.value_token;
                is_same && verdicts.iter().any(|(own, outcome)| own == duty && *outcome == Outcome::Unsure)
            });
            match same.copied() {
                Some((_, duty, since)) => due.push((finding, duty, since)),
                None => {
                    for (duty, outcome) in verdicts {
                        self.keep_record(builder, record, duty, &outcome, Some(finding))?;
                    }
                }
            }
        }
        let mut counted = Vec::new();
        for (finding, duty, since) in apart(policy, due) {
            let text = record.value(finding, &policy.duties[duty].action);
            let why = match &text {
                _ if !finding.exact => Some("not_exact"),
                Err(why) => Some(*why),
                Ok((text, field))
                    if !fits(&policy.duties[duty].action, text)
                        || !field.is_none_or(|field| record.takes(field, &policy.duties[duty].action, text.len())) =>
                {
                    Some("unfit")
                }
                Ok(_) => None,
            };
            let field = text.ok().and_then(|(_, field)| field);
            if let Some(why) = why {
                self.keep_finding(builder, Some(record.dataset), finding, why)?;
                continue;
            }
            let action = &policy.duties[duty].action;
            let op = Op {
                kind: "span",
                place: self.place(record).of(finding),
                dataset: record.dataset,
                duty: Some(duty),
                action,
                claim: None,
                due: since,
                finding: finding.finding_id,
                entity: Some(&finding.entity),
                replacement: replacement(action.name, action.with.as_deref(), Some(&finding.entity)),
                tokens: [
                    finding.record_token.or(record.token()),
                    finding.guard_token.or(field.and_then(|field| record.guard(field))),
                    finding.value_token,
                ],
                preview: finding.preview.as_deref(),
                moment: record.moment,
            };
            builder.write(op, self.index)?;
            if !counted.contains(&duty) {
                counted.push(duty);
                builder.count_record(record.dataset, Some(duty), action);
            }
        }
        Ok(())
    }

    /// Drops files of which every record is due.
    fn drop_files(&self, builder: &mut Builder<'a>) -> Result<()> {
        let Some(dataset) = self.dataset else { return Ok(()) };
        let mut due: Vec<_> = self.files.iter().collect();
        due.sort_by_key(|(place, _)| **place);
        for ((own, duty), count) in due {
            if *own != dataset || count.due < self.records {
                if let Some((why, detail)) = &count.kept {
                    builder.keep(Keep { duty: Some(*duty), ..Keep::whole(why, self.object, Some(*own), detail.clone()) })?;
                }
                continue;
            }
            let action = &builder.asking.policy.duties[*duty].action;
            let op = Op {
                kind: "file",
                place: Place::whole(self.object),
                dataset,
                duty: Some(*duty),
                action,
                claim: None,
                due: count.since.unwrap_or(builder.asking.as_of),
                finding: None,
                entity: None,
                replacement: None,
                tokens: [None; 3],
                preview: None,
                moment: count.newest,
            };
            builder.write(op, self.index)?;
            if self.has_cards {
                builder.note_cards(self.index);
            }
            builder.datasets[dataset].dropped += count.due;
            for _ in 0..count.due {
                builder.count_record(dataset, Some(*duty), action);
            }
        }
        Ok(())
    }

    pub(super) fn place<'r>(&self, record: &'r Record<'_>) -> Place<'r>
    where
        'a: 'r,
    {
        let span = &record.seen.row.span;
        let offset = |at: usize| record.seen.block.leaf_offset(at);
        Place {
            table: record.cells.table(),
            record: i64::try_from(record.seen.row.ordinal).ok(),
            record_span: record.seen.typed.is_none().then(|| (offset(span.start), offset(span.end))),
            key: record.key(),
            ..Place::whole(self.object)
        }
    }

    pub(super) fn bytes(&self, record: &Record<'_>, field: &Field) -> Option<(i64, i64)> {
        let offset = |at: usize| record.seen.block.leaf_offset(at);
        record.seen.typed.is_none().then(|| (offset(field.span.start), offset(field.span.end)))
    }

    pub(super) fn keep_at<'r>(&self, record: &Record<'_>, why: &'static str, place: Place<'r>) -> Keep<'r> {
        let time = record.moment.map(|moment| moment.time);
        Keep { why, place, dataset: Some(record.dataset), entity: None, preview: None, time, duty: None, detail: None }
    }

    /// Notes something that is kept although a rule is about it, unless it is only not due yet.
    fn keep_record(
        &self,
        builder: &mut Builder<'a>,
        record: &Record<'_>,
        duty: usize,
        outcome: &Outcome,
        finding: Option<&FindingRow>,
    ) -> Result<()> {
        let Some(why) = why(outcome) else { return Ok(()) };
        let detail = held_by(builder.asking.policy, outcome);
        let place = self.place(record);
        let place = finding.map_or_else(|| Place { ..place }, |finding| place.of(finding));
        let keep = Keep {
            entity: finding.map(|finding| finding.entity.as_str()),
            preview: finding.and_then(|finding| finding.preview.as_deref()),
            duty: Some(duty),
            detail,
            ..self.keep_at(record, why, place)
        };
        builder.keep(keep)
    }

    /// Notes a finding that cannot be acted on where it stands.
    pub(super) fn keep_finding(
        &self,
        builder: &mut Builder<'a>,
        dataset: Option<usize>,
        finding: &FindingRow,
        why: &'static str,
    ) -> Result<()> {
        let whole = Place::whole(self.object);
        let place = Place { record: (finding.record >= 0).then_some(finding.record), ..whole.of(finding) };
        builder.keep(Keep {
            entity: Some(&finding.entity),
            preview: finding.preview.as_deref(),
            place,
            ..Keep::whole(why, self.object, dataset.or(self.dataset), None)
        })
    }
}

impl<'a> Record<'a> {
    pub(super) fn new<'b: 'a>(
        builder: &Builder<'b>,
        seen: &'a Seen<'a>,
        cells: &'a Cells<'a>,
        dataset: usize,
        moment: Option<Moment>,
        people: Vec<Id>,
        told: Vec<String>,
    ) -> Self {
        let (of, tokens) = (&builder.asking.policy.datasets[dataset], builder.asking.tokens);
        let guards = Arc::clone(&builder.guards[dataset]);
        Self { dataset, of, tokens, guards, key: OnceCell::new(), token: OnceCell::new(), cells, seen, moment, people, told }
    }

    /// Whom it speaks of.
    pub(super) fn of_people(&self) -> People<'_> {
        People { tokens: &self.people, told: &self.told }
    }

    /// What tells it apart from others.
    fn key(&self) -> &[(String, String)] {
        self.key.get_or_init(|| key(self.of, self.cells))
    }

    /// The token of its bytes; none where they are too many.
    pub(super) fn token(&self) -> Option<Id> {
        if let Some(typed) = &self.seen.typed {
            return *self.token.get_or_init(|| Some(typed.record.token(self.tokens, &*self.guards)));
        }
        let span = self.seen.row.span.clone();
        *self.token.get_or_init(|| (span.len() <= limits::RECORD_BYTES).then(|| self.tokens.record(&self.seen.block.bytes[span])))
    }

    /// The token of a typed cell's text; others are guarded with their neighbours.
    pub(super) fn guard(&self, field: &Field) -> Option<Id> {
        self.seen.typed.is_some().then(|| self.tokens.guard(&self.seen.block.bytes[field.span.clone()]))
    }

    /// Whether a typed column takes what an action writes in place of so many bytes of a cell.
    pub(super) fn takes(&self, field: &Field, action: &Action, bytes: usize) -> bool {
        let Some(typed) = &self.seen.typed else { return true };
        let holding = typed.record.stored_of(field).and_then(|stored| typed.reader.holding(stored.column));
        holding
            .is_some_and(|holding| if action.name == ActionName::Null && bytes == field.span.len() { holding.null } else { holding.text })
    }

    /// Whether another typed cell of the record is called the same.
    pub(super) fn is_twice(&self, field: &Field, column: &str, pointer: Option<&str>) -> bool {
        self.seen.typed.is_some() && self.at(column, pointer).is_none_or(|found| found.span != field.span)
    }

    /// The one cell of that name and pointer.
    fn at(&self, column: &str, pointer: Option<&str>) -> Option<&Field> {
        let row = self.seen.row;
        let own = |field: &&Field| self.seen.layout.columns()[field.column as usize].pointer(row.indices_of(field)).as_deref() == pointer;
        let mut found = self.cells.fields(column).filter(own);
        found.next().filter(|_| found.next().is_none())
    }

    /// A value of a typed cell.
    fn typed(&self, finding: &FindingRow, action: &Action) -> std::result::Result<(String, Option<&Field>), &'static str> {
        let column = finding.column.as_deref().ok_or("not_exact")?;
        let is_inside =
            |field: &Field| self.seen.layout.columns()[field.column as usize].name.as_ref().is_some_and(|name| name.contains(INSIDE));
        if self.cells.fields(column).any(is_inside) {
            return Err("unsupported");
        }
        let field = self.at(column, finding.pointer.as_deref()).ok_or("not_exact")?;
        let (start, end) = finding.cell.ok_or("not_exact")?;
        let within = usize::try_from(start).ok().zip(usize::try_from(end).ok()).ok_or("not_exact")?;
        let text = self.cells.text_of(field);
        let value = text.get(within.0..within.1).ok_or("not_exact")?;
        if self.takes(field, action, value.len()) { Ok((value.to_owned(), Some(field))) } else { Err("unfit") }
    }

    /// The text of a value, where it can be changed alone, and the cell if it is typed; else why not.
    pub(super) fn value(&self, finding: &FindingRow, action: &Action) -> std::result::Result<(String, Option<&Field>), &'static str> {
        if self.seen.typed.is_some() {
            return self.typed(finding, action);
        }
        self.spelt(finding, action).map(|text| (text, None))
    }

    fn spelt(&self, finding: &FindingRow, action: &Action) -> std::result::Result<String, &'static str> {
        let block = self.seen.block;
        let span = finding.bytes.and_then(|(start, end)| block.index_of(start).zip(block.index_of(end))).ok_or("not_exact")?;
        if self.seen.lines {
            return Ok(String::from_utf8_lossy(block.bytes.get(span.0..span.1).ok_or("not_exact")?).into_owned());
        }
        let holds = |field: &&Field| field.span.start <= span.0 && span.1 <= field.span.end;
        let field = self.seen.row.fields.iter().find(holds).ok_or("not_exact")?;
        let name = self.seen.layout.columns()[field.column as usize].name.as_ref();
        if name.is_some_and(|name| name.contains(INSIDE)) {
            return Err("unsupported");
        }
        let (start, end) = finding.cell.ok_or("not_exact")?;
        let text = self.cells.text_of(field);
        let within = usize::try_from(start).ok().zip(usize::try_from(end).ok()).ok_or("not_exact")?;
        let value = text.get(within.0..within.1).ok_or("not_exact")?;
        let part = (value.len() < text.len()).then_some(span.0..span.1);
        if self.can_spell(field, action, part) { Ok(value.to_owned()) } else { Err("unfit") }
    }

    /// Whether what an action writes can be spelt in a cell, or a part of it, where it is written in place.
    pub(super) fn can_spell(&self, field: &Field, action: &Action, part: Option<std::ops::Range<usize>>) -> bool {
        if !SPELT.contains(&self.seen.format) {
            return true;
        }
        let text = action.with.as_deref().unwrap_or("x");
        let change = match part {
            None if action.name == ActionName::Null => Change::Null,
            None => Change::Whole(text),
            Some(part) => Change::Part(part, text),
        };
        self.seen.layout.spell(self.seen.block, field, &change).is_ok()
    }

    /// Whether it can go alone.
    pub(super) fn stands_apart(&self) -> bool {
        self.seen.layout.stands_apart(self.seen.block, self.seen.row)
    }

    /// What the rules say, with the rule's index.
    pub(super) fn decide(&self, builder: &Builder<'_>, asked: Asked<'_>) -> Vec<(usize, Outcome)> {
        let verdicts = self.with_facts(|facts| decide(builder.asking.policy, facts, asked, builder.asking.as_of));
        verdicts.into_iter().map(|verdict| (verdict.duty, verdict.outcome)).collect()
    }

    /// Whether the record has all that a rule's conditions ask for, and meets them.
    pub(super) fn meets(&self, builder: &Builder<'_>, duty: usize) -> bool {
        let policy = builder.asking.policy;
        self.with_facts(|facts| meets_conditions(policy, &policy.duties[duty], facts)) == Some(true)
    }

    fn with_facts<T>(&self, ask: impl FnOnce(&Facts<'_>) -> T) -> T {
        let cell = |name: &str| match self.cells.one(name) {
            Cell::Filled(text) => Some(text),
            Cell::Empty => Some(String::new()),
            Cell::Absent | Cell::Several => None,
        };
        ask(&Facts { dataset: self.dataset, moment: self.moment, cell: &cell, people: self.of_people() })
    }
}

/// Whom a record speaks of, where a hold asks for that: tokens of all that was found in it and of what its people are known by, and the
/// entities of which each of its people has a value that was found.
pub(super) fn people(builder: &mut Builder<'_>, dataset: usize, cells: &Cells<'_>, found: &[FindingRow]) -> (Vec<Id>, Vec<String>) {
    let policy = builder.asking.policy;
    let today = builder.asking.as_of.to_zoned(policy.zone.clone()).date();
    let asks = |hold: &crate::policy::Hold| hold.subjects.is_some() && hold.is_of(dataset) && hold.state(today) != State::Released;
    if !policy.holds.iter().any(asks) {
        return (Vec::new(), Vec::new());
    }
    let mut tokens: Vec<Id> = found.iter().filter_map(|finding| finding.value_token).collect();
    let (mut told, mut not_told): (Vec<String>, Vec<&String>) = (Vec::new(), Vec::new());
    for (entity, column) in policy.datasets[dataset].persons.iter().flat_map(|person| &person.identity) {
        for field in cells.fields(column) {
            let text = cells.text_of(field);
            if !text.trim().is_empty() {
                tokens.extend((builder.asking.people)(entity, text.trim()));
            }
        }
        let is_found = found.iter().any(|finding| finding.entity == *entity && finding.column.as_ref() == Some(column));
        if is_found { told.push(entity.clone()) } else { not_told.push(entity) }
    }
    told.retain(|entity| !not_told.contains(&entity));
    (tokens, told)
}

/// Columns that rules of a dataset act on.
fn named_columns(policy: &Policy, dataset: usize) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for duty in policy.duties.iter().filter(|duty| duty.dataset == Some(dataset)) {
        let of_role = policy.datasets[dataset].persons.iter().filter(|person| duty.role.as_ref() == Some(&person.role));
        let of_role: Vec<String> = of_role.flat_map(|person| person.columns.clone()).collect();
        let columns = if let Target::Columns(columns) = &duty.target { columns } else { &of_role };
        {
            out.extend(columns.iter().filter(|column| !out.contains(column)).cloned().collect::<Vec<_>>());
        }
    }
    out
}

/// What rules are asked of a finding.
/// Whether it is likely of a payment card.
fn is_card(finding: &FindingRow) -> bool {
    finding.likelihood >= Likelihood::Likely && is_of_cards(Some(&finding.entity), "")
}

fn asked(finding: &FindingRow) -> Asked<'_> {
    let FindingRow { entity, category, likelihood, column, .. } = finding;
    Asked::Finding { entity, category, likelihood: *likelihood, column: column.as_deref() }
}

/// Whether an action can be done to a text.
pub(super) fn fits(action: &Action, text: &str) -> bool {
    match action.name {
        ActionName::Generalise => generalise(text).is_some(),
        ActionName::PanTruncate => truncate(text, action.keep).is_some(),
        _ => true,
    }
}

/// Whether something stands in a cell.
pub(super) fn is_filled(record: &Record<'_>, field: &Field) -> bool {
    field.kind != ValueKind::Null && !record.seen.layout.text(record.seen.block, field).text.trim_ascii().is_empty()
}

/// Of rules that are due the one whose action leaves least, and the earlier rule of the policy.
fn strictest(policy: &Policy, verdicts: &[(usize, Outcome)]) -> Option<(usize, Timestamp)> {
    // A hold on it for one rule is one for all.
    if verdicts.iter().any(|(_, outcome)| matches!(outcome, Outcome::Held(_))) {
        return None;
    }
    let due = verdicts.iter().filter_map(|(duty, outcome)| match outcome {
        Outcome::Due(since) => Some((*duty, *since)),
        _ => None,
    });
    due.min_by_key(|(duty, _)| (action(&policy.duties[*duty]), *duty))
}

fn action(duty: &Duty) -> ActionName {
    duty.action.name
}

/// Of findings that overlap the one whose action leaves least, and the longer.
fn apart<'f>(policy: &Policy, mut due: Vec<(&'f FindingRow, usize, Timestamp)>) -> Vec<(&'f FindingRow, usize, Timestamp)> {
    let span = |finding: &FindingRow| finding.cell.or(finding.bytes).unwrap_or((0, 0));
    let place = |finding: &'f FindingRow| (&finding.column, &finding.pointer, span(finding));
    due.sort_by(|a, b| place(a.0).cmp(&place(b.0)));
    let rank = |item: &(&FindingRow, usize, Timestamp)| (action(&policy.duties[item.1]), span(item.0).0 - span(item.0).1);
    let mut kept: Vec<(&FindingRow, usize, Timestamp)> = Vec::new();
    for item in due {
        let meets = kept
            .last()
            .is_some_and(|(last, ..)| last.column == item.0.column && last.pointer == item.0.pointer && span(item.0).0 < span(last).1);
        match kept.last_mut() {
            Some(last) if meets => {
                if rank(&item) < rank(last) {
                    *last = item;
                }
            }
            _ => kept.push(item),
        }
    }
    kept.sort_by_key(|(finding, ..)| (finding.bytes, span(finding)));
    kept
}

/// What is written in a value's place, where that does not hang on the value.
pub(super) fn replacement(action: ActionName, with: Option<&str>, entity: Option<&str>) -> Option<String> {
    match action {
        ActionName::Redact => Some(format!("[{}]", entity.map_or("REDACTED".to_owned(), str::to_uppercase))),
        ActionName::Replace => with.map(str::to_owned),
        _ => None,
    }
}

/// Why something is kept that somebody should look at; none where it is only not due yet.
fn why(outcome: &Outcome) -> Option<&'static str> {
    match outcome {
        Outcome::Due(_) | Outcome::Later(_) => None,
        Outcome::Held(_) => Some("held"),
        Outcome::UnknownAge => Some("unknown_age"),
        Outcome::WeakClock => Some("weak_clock"),
        Outcome::Unsure => Some("unsure"),
        Outcome::Unanswered => Some("unanswered"),
    }
}

fn held_by(policy: &Policy, outcome: &Outcome) -> Option<String> {
    match outcome {
        Outcome::Held(hold) => Some(policy.holds[*hold].id.clone()),
        _ => None,
    }
}
