//! The rows of the three tables, before they are Arrow.

use std::collections::BTreeMap;
use std::sync::Arc;

use smol_str::SmolStr;

use crate::model::{Id, Likelihood, Normalisation, Object, Piece, Region, Sensitivity, Signals, Status};

/// What every row of a run begins with.
#[derive(Clone, Debug)]
pub struct RunFacts {
    /// Random name of the run.
    pub scan_id: Id,
    /// Start of the run, microseconds since the epoch.
    pub scanned_at_us: i64,
    /// Public name of the key.
    pub key_id: String,
    /// Whether a policy is in force: what it says of records has columns.
    pub has_policy: bool,
}

/// What findings say of their rule.
#[derive(Clone, Debug)]
pub struct RuleFacts {
    /// See FINDINGS.md for each of these.
    pub rule: Arc<str>,
    /// Version of the rule.
    pub version: i32,
    /// Entity.
    pub entity: Arc<str>,
    /// Fideslang category.
    pub category: Arc<str>,
    /// Harm of a leak.
    pub sensitivity: Sensitivity,
    /// Whether the rule has a check.
    pub checked: bool,
}

/// What findings say of their leaf.
#[derive(Clone, Debug)]
pub struct LeafFacts {
    /// Id of the leaf.
    pub object_id: Id,
    /// Id of the container that holds it.
    pub parent_id: Option<Id>,
    /// The object.
    pub object: Object,
    /// Path inside a container.
    pub member: Option<String>,
    /// Ordinal among members of the same name.
    pub member_ordinal: Option<i64>,
    /// Codecs that were undone, outermost first.
    pub codecs: Vec<&'static str>,
    /// Name of the format; empty where nothing was read.
    pub format: &'static str,
    /// Whose data it holds, where the format says so.
    pub subject_role: Option<&'static str>,
}

/// The name and place of a column.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ColumnFacts {
    /// The table that it is a column of, where a leaf has several.
    pub table: Option<Arc<str>>,
    /// Name as shown: keys joined by dots, values in it replaced.
    pub name: Option<Arc<str>>,
    /// 0-based place among the columns, where the format has one.
    pub index: Option<i32>,
}

/// One finding. Columns of FINDINGS.md that are not here come from the leaf, the rule, the column or a policy.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Index into the batch's rules.
    pub rule: u16,
    /// Index into the batch's columns.
    pub column: Option<u32>,
    /// Score in hundredths, 0–100 once it is settled.
    pub score: i16,
    /// Why.
    pub signals: Signals,
    /// Whether the check passed; none where there is none.
    pub validated: Option<bool>,
    /// Country.
    pub region: Option<Region>,
    /// Normalisation that the token was made with.
    pub normalisation: Normalisation,
    /// Ordinal of the record in the leaf.
    pub record: u64,
    /// 1-based line on which the value starts.
    pub line: Option<u64>,
    /// Span in the decoded leaf; none in formats of columns.
    pub bytes: Option<(i64, i64)>,
    /// Row group, and number of the record in it.
    pub group: Option<(i32, u64)>,
    /// Span of the record in the decoded leaf.
    pub record_bytes: Option<(i64, i64)>,
    /// Span in the decoded cell.
    pub cell: Option<(i32, i32)>,
    /// RFC 6901 pointer.
    pub pointer: Option<Arc<str>>,
    /// The part of an address or name that the cell is.
    pub part: Option<Piece>,
    /// What the parts of one whole share.
    pub whole: Option<i64>,
    /// Whether the place is exact enough to edit the value alone.
    pub exact: bool,
    /// Stable id.
    pub finding_id: Id,
    /// Token of the value.
    pub value_token: Option<Id>,
    /// Token of the record's bytes.
    pub record_token: Option<Id>,
    /// Token of the value and its neighbours; none in formats of columns.
    pub guard_token: Option<Id>,
    /// Masked value.
    pub preview: SmolStr,
    /// Characters of the value.
    pub value_length: i32,
    /// Index of the allow list that holds the value: it is counted and not written.
    pub allowed: Option<u16>,
    /// The person that the value is known to belong to.
    pub subject: Option<Box<Subject>>,
    /// What the policy says of its record.
    pub governed: Option<Box<Governed>>,
}

/// What a policy says of the record that a finding stands in, and of the column.
#[derive(Clone, Debug)]
pub struct Governed {
    /// The record.
    pub record: Arc<RecordFacts>,
    /// Index of the person whose column it is.
    pub person: Option<usize>,
}

/// What a policy says of a record.
#[derive(Clone, Debug, Default)]
pub struct RecordFacts {
    /// Index of its dataset in the policy.
    pub dataset: usize,
    /// Name of that.
    pub dataset_id: Arc<str>,
    /// Who answers for it.
    pub owner: Option<Arc<str>>,
    /// How old it is, in microseconds since 1970, and which clock said so.
    pub time: Option<(i64, &'static str)>,
    /// Columns that tell it apart from others.
    pub key: Vec<(Arc<str>, String)>,
    /// The people that it speaks of.
    pub people: Vec<PersonFacts>,
}

/// One person of a record.
#[derive(Clone, Debug, Default)]
pub struct PersonFacts {
    /// Number of the role in the policy, from 1.
    pub role: usize,
    /// Its name.
    pub role_name: Arc<str>,
    /// What says who it is.
    pub subjects: Vec<Subject>,
}

impl RecordFacts {
    /// Returns the memory that it takes.
    fn weight(&self) -> usize {
        let key: usize = self.key.iter().map(|(_, value)| size_of::<(Arc<str>, String)>() + value.len()).sum();
        let people = self.people.iter().map(|person| size_of::<PersonFacts>() + person.subjects.len() * size_of::<Subject>());
        size_of::<Self>() + key + people.sum::<usize>()
    }
}

/// A person, as a list of known values names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// What tells persons apart: `customer_id`, `email`, …
    pub kind: Arc<str>,
    /// The value token of that.
    pub token: Id,
}

impl Finding {
    /// Returns the level of the score.
    #[must_use]
    pub fn likelihood(&self) -> Likelihood {
        Likelihood::of(self.score)
    }

    /// Returns the memory that it takes, for the bound on held results. It depends on content alone.
    #[must_use]
    pub fn weight(&self) -> usize {
        let governed = self.governed.as_ref().map_or(0, |governed| size_of::<Governed>() + governed.record.weight());
        size_of::<Self>() + self.preview.len() + self.pointer.as_ref().map_or(0, |p| p.len()) + governed
    }
}

/// Findings of one leaf, in order.
pub struct FindingBatch<'a> {
    /// The leaf.
    pub leaf: &'a LeafFacts,
    /// All rules of the run.
    pub rules: &'a [RuleFacts],
    /// The leaf's columns so far.
    pub columns: &'a [ColumnFacts],
    /// The findings.
    pub findings: &'a [Finding],
}

/// What a policy says of a leaf.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GovernedLeaf {
    /// The dataset of all its records.
    pub dataset: Option<Arc<str>>,
    /// Who answers for that.
    pub owner: Option<Arc<str>>,
    /// Times of its oldest and its newest record, in microseconds since 1970.
    pub times: Option<(i64, i64)>,
    /// Records of which nothing says how old they are; none: not all were asked.
    pub without_time: Option<i64>,
}

/// A row of `objects`.
#[derive(Clone, Debug)]
pub struct Coverage {
    /// The leaf.
    pub leaf: LeafFacts,
    /// Keyed BLAKE3 of the raw bytes, hex; none where not all were read.
    pub content_token: Option<String>,
    /// Character set.
    pub charset: Option<String>,
    /// Delimiter, quote, escape, newline, header.
    pub dialect: Option<DialectFacts>,
    /// `key=value` folders on the path.
    pub partitions: Vec<(String, String)>,
    /// Records that ended.
    pub records: Option<i64>,
    /// Decoded bytes examined.
    pub bytes_read: i64,
    /// What the policy says of it.
    pub governed: GovernedLeaf,
    /// Findings by entity, complete also where rows were limited.
    pub entities: BTreeMap<Arc<str>, i64>,
    /// Findings that allow lists suppressed, by list and entity; `objects` shows them by entity.
    pub suppressed: BTreeMap<(u16, Arc<str>), i64>,
    /// Highest score of any reported finding, also of those without a row. It is no column.
    pub best: Option<i16>,
    /// Whether it is partial, or was left out, only because a sample was asked for. It is no column.
    pub sampled: bool,
    /// What became of it.
    pub status: Status,
    /// Why, where it is not `scanned`.
    pub reason: Option<String>,
    /// Time it took.
    pub elapsed_us: i64,
}

/// The dialect of delimited text as `objects` shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DialectFacts {
    /// Between fields.
    pub delimiter: String,
    /// Around fields.
    pub quote: String,
    /// Before literal bytes in quotes.
    pub escape: Option<String>,
    /// `\n` or `\r\n`.
    pub newline: &'static str,
    /// Whether the first record is a header.
    pub header: bool,
}

/// A row of `columns`.
#[derive(Clone, Debug)]
pub struct ColumnRow {
    /// The column.
    pub column: ColumnFacts,
    /// Type of at least nine values in ten.
    pub data_type: &'static str,
    /// Records of the leaf.
    pub row_count: i64,
    /// Cells with a reported finding of the entity, over the whole leaf.
    pub matched_count: i64,
    /// Records that were measured.
    pub profiled_rows: i64,
    /// Of them, those with a value.
    pub non_null: i64,
    /// Distinct values among them.
    pub distinct_estimate: i64,
    /// Share of values that matched among them.
    pub match_ratio: f32,
    /// Entity and category; none where nothing was found.
    pub entity: Option<(Arc<str>, Arc<str>)>,
    /// Score in hundredths.
    pub score: Option<i16>,
    /// Why.
    pub signals: Signals,
}

impl Coverage {
    /// Returns the findings that allow lists suppressed, by entity.
    #[must_use]
    pub fn suppressed_by_entity(&self) -> BTreeMap<&str, i64> {
        let mut out = BTreeMap::new();
        for ((_, entity), count) in &self.suppressed {
            *out.entry(&**entity).or_default() += count;
        }
        out
    }
}

impl LeafFacts {
    /// Returns the path with the member, as people read it: `exports/a.tar!/b.csv`.
    #[must_use]
    pub fn path(&self) -> String {
        match &self.member {
            Some(member) => format!("{}!{member}", self.object.path),
            None => self.object.path.clone(),
        }
    }
}
