//! One pass over the findings of a run: what is counted, and the rows that the page shows.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use arrow_array::cast::AsArray as _;
use arrow_array::types::{Float32Type, Int64Type, TimestampMicrosecondType};
use arrow_array::{Array as _, BooleanArray, Float32Array, Int64Array, MapArray, StringArray, TimestampMicrosecondArray};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::distinct::{Distinct, spread};
use super::due::{Due, Told};
use super::since::Before;
use super::table::{NEW, OVERDUE, Row, Table, VALID};
use super::words::Words;
use crate::model::{Id, Likelihood, Result};
use crate::run_folder::{Rows, RunFolder, columns, unreadable};

/// Records of one leaf that are told apart at a time.
const MOST_RECORDS: usize = 4_000_000;

const NAMES: [&str; 25] = [
    "finding_id", "object_id", "path", "member", "entity", "category", "sensitivity", "rule", "rule_version", "confidence", "validated",
    "region", "format", "record", "line", "table_name", "column_name", "value_token", "preview", "subject_tokens", "subject_role",
    "record_time", "time_source", "dataset", "owner",
];

/// A rule, and what it finds.
pub(super) struct Kind {
    pub entity: u32,
    pub rule: String,
    pub version: i64,
    pub findings: u64,
}

/// What was found of an entity.
#[derive(Default)]
pub(super) struct Entity {
    pub category: String,
    pub sensitivity: String,
    pub findings: u64,
    pub likely: u64,
    pub fresh: u64,
    pub values: Distinct,
    pub people: Distinct,
    pub records: u64,
    pub leaves: u64,
}

/// A month of a dataset: its records, and those of them that are overdue.
#[derive(Clone, Copy, Default)]
pub(super) struct Month {
    pub records: u64,
    pub overdue: u64,
}

/// What one pass gathers.
pub(super) struct Gathered {
    pub places: Words,
    pub formats: Vec<u32>,
    pub columns: Words,
    /// Formats, regions, tables: what has few texts.
    pub words: Words,
    pub entity_names: Words,
    pub entities: Vec<Entity>,
    pub kinds: Vec<Kind>,
    pub datasets: Vec<(String, String)>,
    pub table: Table,
    pub findings: u64,
    pub records: u64,
    pub records_exact: bool,
    pub records_by_sensitivity: BTreeMap<String, u64>,
    pub records_by_dataset: HashMap<u32, u64>,
    pub overdue_by_dataset: HashMap<u32, u64>,
    pub records_without_time: u64,
    pub leaves: u64,
    /// People by role and by what tells them apart.
    pub people: BTreeMap<(String, String), Distinct>,
    pub months: BTreeMap<(u32, i16, i8), Month>,
    /// Findings by place, dataset and entity.
    pub heat: HashMap<(u32, u32, u32), u64>,
    kind_numbers: HashMap<String, u32>,
    dataset_numbers: HashMap<(String, String), u32>,
    of_policy: HashMap<(u32, Option<String>), u32>,
}

/// What is known of the leaf in hand.
#[derive(Default)]
struct Leaf {
    id: Option<Id>,
    place: u32,
    records: HashSet<i64>,
    overdue: HashSet<i64>,
    by_entity: HashSet<(u32, i64)>,
    by_sensitivity: HashSet<(u32, i64)>,
    entities: BTreeSet<u32>,
}

impl Leaf {
    fn forget(&mut self) {
        self.records.clear();
        self.overdue.clear();
        self.by_entity.clear();
        self.by_sensitivity.clear();
    }
}

/// The columns of a batch.
struct Batch<'a> {
    finding_id: &'a StringArray,
    object_id: &'a StringArray,
    path: &'a StringArray,
    member: &'a StringArray,
    entity: &'a StringArray,
    category: &'a StringArray,
    sensitivity: &'a StringArray,
    rule: &'a StringArray,
    confidence: &'a Float32Array,
    validated: &'a BooleanArray,
    region: &'a StringArray,
    format: &'a StringArray,
    record: &'a Int64Array,
    line: &'a Int64Array,
    table_name: &'a StringArray,
    column_name: &'a StringArray,
    value_token: &'a StringArray,
    preview: &'a StringArray,
    subject_role: &'a StringArray,
    subject: &'a MapArray,
    subject_kinds: &'a StringArray,
    subject_tokens: &'a StringArray,
    record_time: &'a TimestampMicrosecondArray,
    time_source: &'a StringArray,
    dataset: &'a StringArray,
    owner: &'a StringArray,
}

impl<'a> Batch<'a> {
    fn new(rows: &'a Rows<'a>) -> Result<Self> {
        let wrong = |name: &str| unreadable(rows.path, &format_args!("{name} is not what a scan writes"));
        let column = |name: &str| rows.batch.column_by_name(name).ok_or_else(|| wrong(name));
        let long = |name: &str| column(name)?.as_primitive_opt::<Int64Type>().ok_or_else(|| wrong(name));
        let subject = column("subject_tokens")?.as_map_opt().ok_or_else(|| wrong("subject_tokens"))?;
        let of_subject = |array: &'a arrow_array::ArrayRef| array.as_string_opt::<i32>().ok_or_else(|| wrong("subject_tokens"));
        Ok(Self {
            finding_id: rows.texts("finding_id")?,
            object_id: rows.texts("object_id")?,
            path: rows.texts("path")?,
            member: rows.texts("member")?,
            entity: rows.texts("entity")?,
            category: rows.texts("category")?,
            sensitivity: rows.texts("sensitivity")?,
            rule: rows.texts("rule")?,
            confidence: column("confidence")?.as_primitive_opt::<Float32Type>().ok_or_else(|| wrong("confidence"))?,
            validated: column("validated")?.as_boolean_opt().ok_or_else(|| wrong("validated"))?,
            region: rows.texts("region")?,
            format: rows.texts("format")?,
            record: long("record")?,
            line: long("line")?,
            table_name: rows.texts("table_name")?,
            column_name: rows.texts("column_name")?,
            value_token: rows.texts("value_token")?,
            preview: rows.texts("preview")?,
            subject_role: rows.texts("subject_role")?,
            subject,
            subject_kinds: of_subject(subject.keys())?,
            subject_tokens: of_subject(subject.values())?,
            record_time: column("record_time")?.as_primitive_opt::<TimestampMicrosecondType>().ok_or_else(|| wrong("record_time"))?,
            time_source: rows.texts("time_source")?,
            dataset: rows.texts("dataset")?,
            owner: rows.texts("owner")?,
        })
    }

    /// The pairs of whom a row speaks of.
    fn subjects(&self, row: usize) -> std::ops::Range<usize> {
        if self.subject.is_null(row) {
            return 0..0;
        }
        let offsets = self.subject.value_offsets();
        offsets[row] as usize..offsets[row + 1] as usize
    }
}

fn get(texts: &StringArray, row: usize) -> &str {
    if texts.is_valid(row) { texts.value(row) } else { "" }
}

fn number(numbers: &Int64Array, row: usize) -> Option<i64> {
    numbers.is_valid(row).then(|| numbers.value(row))
}

/// A number of 64 bits that stands for a token.
pub(super) fn short(token: &str) -> u64 {
    token.get(..16).and_then(|digits| u64::from_str_radix(digits, 16).ok()).unwrap_or_else(|| {
        let hash = blake3::hash(token.as_bytes());
        u64::from_le_bytes(hash.as_bytes()[..8].try_into().expect("a hash has 32 bytes"))
    })
}

/// Goes through the findings of a run.
pub(super) fn gather(run: &RunFolder, due: &mut Due<'_>, before: &mut Option<Before>, most_rows: usize) -> Result<Gathered> {
    let mut out = Gathered {
        places: Words::default(),
        formats: Vec::new(),
        columns: Words::default(),
        words: Words::default(),
        entity_names: Words::default(),
        entities: Vec::new(),
        kinds: Vec::new(),
        datasets: vec![(String::new(), String::new())],
        table: Table::new(most_rows),
        findings: 0,
        records: 0,
        records_exact: true,
        records_by_sensitivity: BTreeMap::new(),
        records_by_dataset: HashMap::new(),
        overdue_by_dataset: HashMap::new(),
        records_without_time: 0,
        leaves: 0,
        people: BTreeMap::new(),
        months: BTreeMap::new(),
        heat: HashMap::new(),
        kind_numbers: HashMap::new(),
        dataset_numbers: HashMap::new(),
        of_policy: HashMap::new(),
    };
    // The first word of each is that of none.
    out.words.number("");
    out.columns.number("");
    let mut leaf = Leaf::default();
    for path in &run.parts {
        for batch in columns(path, &NAMES, None)? {
            let batch = batch.map_err(|error| unreadable(path, &error))?;
            let rows = Rows { path, batch: &batch };
            let columns = Batch::new(&rows)?;
            for row in 0..batch.num_rows() {
                out.take(&rows, &columns, row, &mut leaf, due, before)?;
            }
        }
    }
    Ok(out)
}

impl Gathered {
    fn take(
        &mut self,
        rows: &Rows<'_>,
        batch: &Batch<'_>,
        row: usize,
        leaf: &mut Leaf,
        due: &mut Due<'_>,
        before: &mut Option<Before>,
    ) -> Result<()> {
        let id = |texts: &StringArray, name: &str| {
            get(texts, row).parse::<Id>().map_err(|_| unreadable(rows.path, &format_args!("{name} is no id")))
        };
        let object_id = id(batch.object_id, "object_id")?;
        if leaf.id != Some(object_id) {
            self.leaf(leaf, object_id, batch, row);
            due.next_leaf();
        }
        let kind = self.kind(rows, batch, row)?;
        let entity = self.kinds[kind as usize].entity;
        let column = self.column(get(batch.table_name, row), get(batch.column_name, row));
        let dataset = self.dataset(leaf.place, batch, row, due);
        let score = (batch.confidence.value(row) * 100.0).round().clamp(0.0, 100.0) as u8;
        let record = number(batch.record, row).unwrap_or(-1);
        let time = batch.record_time.is_valid(row).then(|| batch.record_time.value(row));
        let finding_id = id(batch.finding_id, "finding_id")?;
        let is_new = before.as_mut().is_some_and(|before| before.is_new(finding_id));

        self.findings += 1;
        let is_new_record = leaf.records.insert(record);
        let told = due.tell(&mut Told {
            dataset,
            dataset_id: &self.datasets[dataset as usize].0,
            time,
            source: get(batch.time_source, row),
            entity: get(batch.entity, row),
            category: get(batch.category, row),
            likelihood: Likelihood::of(i16::from(score)),
            column: batch.column_name.is_valid(row).then(|| batch.column_name.value(row)),
            record,
            is_new_record,
            subjects: &mut batch.subjects(row).map(|at| (get(batch.subject_kinds, at), get(batch.subject_tokens, at))),
        });
        self.count_record(dataset, time, is_new_record, told && leaf.overdue.insert(record));
        self.count_entity(leaf, entity, record, score, is_new, batch, row);
        self.kinds[kind as usize].findings += 1;
        *self.heat.entry((leaf.place, dataset, entity)).or_default() += 1;
        let flags = [(is_new, NEW), (told, OVERDUE), (batch.validated.is_valid(row) && batch.validated.value(row), VALID)];
        let region = self.words.number(get(batch.region, row));
        self.table.push(Row {
            finding_id,
            place: leaf.place,
            column,
            kind,
            dataset,
            region,
            score,
            flags: flags.into_iter().filter(|(is, _)| *is).map(|(_, flag)| flag).sum(),
            record,
            line: number(batch.line, row).unwrap_or(-1),
            time,
            count: 1,
            preview: get(batch.preview, row).into(),
        });
        if leaf.records.len() > MOST_RECORDS || leaf.by_entity.len() > 2 * MOST_RECORDS {
            self.records_exact = false;
            leaf.forget();
        }
        Ok(())
    }

    /// Datasets in which something was found, none among them.
    pub(super) fn datasets_of_findings(&self) -> usize {
        self.records_by_dataset.len()
    }

    /// Findings of a leaf stand together: what is told apart in it is forgotten behind it.
    fn leaf(&mut self, leaf: &mut Leaf, id: Id, batch: &Batch<'_>, row: usize) {
        let (path, member) = (get(batch.path, row), get(batch.member, row));
        let before = self.places.len();
        let place = if member.is_empty() { self.places.number(path) } else { self.places.number(&format!("{path}!{member}")) };
        if self.places.len() > before {
            let format = self.words.number(get(batch.format, row));
            self.formats.push(format);
        }
        leaf.forget();
        leaf.entities.clear();
        (leaf.id, leaf.place) = (Some(id), place);
        self.leaves += 1;
    }

    fn kind(&mut self, rows: &Rows<'_>, batch: &Batch<'_>, row: usize) -> Result<u32> {
        let version = rows.long("rule_version", row)?.unwrap_or(0);
        let name = format!("{}\0{}\0{version}", get(batch.rule, row), get(batch.entity, row));
        if let Some(number) = self.kind_numbers.get(&name) {
            return Ok(*number);
        }
        if self.kinds.len() >= 65_000 {
            return Err(unreadable(rows.path, &"it has more rules than there are"));
        }
        let entity = self.entity_names.number(get(batch.entity, row));
        if entity as usize == self.entities.len() {
            let plain = |texts| super::words::shown(get(texts, row));
            let (category, sensitivity) = (plain(batch.category), plain(batch.sensitivity));
            self.entities.push(Entity { category, sensitivity, ..Entity::default() });
        }
        let number = u32::try_from(self.kinds.len()).expect("it is bounded");
        self.kinds.push(Kind { entity, rule: super::words::shown(get(batch.rule, row)), version, findings: 0 });
        self.kind_numbers.insert(name, number);
        Ok(number)
    }

    fn column(&mut self, table: &str, column: &str) -> u32 {
        if table.is_empty() { self.columns.number(column) } else { self.columns.number(&format!("{table}.{column}")) }
    }

    /// The dataset that the scan wrote, else that of the policy which the report has.
    fn dataset(&mut self, place: u32, batch: &Batch<'_>, row: usize, due: &Due<'_>) -> u32 {
        let id = get(batch.dataset, row);
        if !id.is_empty() {
            return self.dataset_number(id, get(batch.owner, row));
        }
        let Some(policy) = due.policy() else { return 0 };
        let table = batch.table_name.is_valid(row).then(|| batch.table_name.value(row));
        let key = (place, table.map(str::to_owned));
        if let Some(number) = self.of_policy.get(&key) {
            return *number;
        }
        let (path, member) = (get(batch.path, row), get(batch.member, row));
        let place = if member.is_empty() { path.to_owned() } else { format!("{path}!{member}") };
        let number = match policy.datasets_of(&place, table)[..] {
            [index] => {
                let dataset = &policy.datasets[index];
                self.dataset_number(&dataset.id, dataset.owner.as_deref().unwrap_or(""))
            }
            _ => 0,
        };
        if self.of_policy.len() < MOST_RECORDS {
            self.of_policy.insert(key, number);
        }
        number
    }

    fn dataset_number(&mut self, id: &str, owner: &str) -> u32 {
        let key = (id.to_owned(), owner.to_owned());
        if let Some(number) = self.dataset_numbers.get(&key) {
            return *number;
        }
        // A policy has at most 10,000 datasets; what a strange run has beyond shares the entry of none.
        if self.datasets.len() > 20_000 {
            return 0;
        }
        let number = u32::try_from(self.datasets.len()).expect("it is bounded");
        self.datasets.push((super::words::shown(id), super::words::shown(owner)));
        self.dataset_numbers.insert(key, number);
        number
    }

    fn count_record(&mut self, dataset: u32, time: Option<i64>, is_new: bool, is_overdue: bool) {
        if is_new {
            self.records += 1;
            *self.records_by_dataset.entry(dataset).or_default() += 1;
        }
        if is_overdue {
            *self.overdue_by_dataset.entry(dataset).or_default() += 1;
        }
        let month = time.and_then(|us| Timestamp::from_microsecond(us).ok()).map(|time| time.to_zoned(TimeZone::UTC).date());
        let Some(day) = month else {
            self.records_without_time += u64::from(is_new);
            return;
        };
        if is_new || is_overdue {
            let month = self.months.entry((dataset, day.year(), day.month())).or_default();
            month.records += u64::from(is_new);
            month.overdue += u64::from(is_overdue);
        }
    }

    #[expect(clippy::too_many_arguments, reason = "one finding is counted in many ways at once")]
    fn count_entity(&mut self, leaf: &mut Leaf, entity: u32, record: i64, score: u8, is_new: bool, batch: &Batch<'_>, row: usize) {
        let facts = &mut self.entities[entity as usize];
        facts.findings += 1;
        facts.fresh += u64::from(is_new);
        facts.likely += u64::from(score >= 60);
        facts.leaves += u64::from(leaf.entities.insert(entity));
        facts.records += u64::from(leaf.by_entity.insert((entity, record)));
        if batch.value_token.is_valid(row) {
            facts.values.add(short(batch.value_token.value(row)));
        }
        let sensitivity = super::view::rank(&facts.sensitivity);
        if leaf.by_sensitivity.insert((sensitivity, record)) {
            *self.records_by_sensitivity.entry(facts.sensitivity.clone()).or_default() += 1;
        }
        let role = get(batch.subject_role, row);
        for (nth, at) in batch.subjects(row).enumerate() {
            let (kind, token) = (get(batch.subject_kinds, at), short(get(batch.subject_tokens, at)));
            if nth == 0 {
                facts.people.add(spread(token));
            }
            if let Some(people) = self.people.get_mut(&(role.to_owned(), kind.to_owned())) {
                people.add(token);
            } else if self.people.len() < 256 {
                let mut people = Distinct::default();
                people.add(token);
                self.people.insert((role.to_owned(), kind.to_owned()), people);
            }
        }
    }
}
