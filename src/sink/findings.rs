//! Findings into one part file: batches are gathered by column and written every [`CHUNK`] rows.
//!
//! Columns that come from the leaf or the rule are numbers per row; their texts are looked up once a chunk.

use std::path::Path;
use std::sync::Arc;

use arrow_array::types::{Float32Type, Int32Type, Int64Type};
use arrow_array::{ArrayRef, RecordBatch, new_null_array};
use arrow_schema::SchemaRef;

use super::gather::{CHUNK, Few, Flags, Hexes, Numbers, SignalLists, Texts, constant, key, table, words};
use super::parquet::{PartFile, TableFile};
use super::run_columns;
use crate::finding::{ColumnFacts, Finding, FindingBatch, LeafFacts, RuleFacts, RunFacts, schema};
use crate::model::{Likelihood, Normalisation, Region, Result};

/// Rows that are gathered column by column in one go, so that they stay in the nearest cache.
const GATHERED_ROWS: usize = 128;
/// Text of previews and pointers at which a chunk ends early.
const CHUNK_TEXT_BYTES: usize = 8 * 1024 * 1024;

/// Writes one part file. A leaf's batches go to one part, one after the other, so that its rows are contiguous.
pub struct PartWriter {
    file: TableFile,
    rows: Rows,
}

impl PartWriter {
    pub(super) fn create(folder: &Path, ordinal: usize, facts: &RunFacts) -> Result<Self> {
        let file = TableFile::create(folder, format!("findings/part-{ordinal:05}.parquet"), "findings", schema::findings())?;
        Ok(Self { file, rows: Rows::new(facts) })
    }

    /// Writes findings. They reach the file in chunks; the last ones when the run is finished.
    ///
    /// # Errors
    /// `Io` where the file cannot be written.
    pub fn write(&mut self, batch: &FindingBatch<'_>) -> Result<()> {
        self.use_rules(batch.rules)?;
        let mut left = batch.findings;
        while !left.is_empty() {
            let (now, later) = left.split_at(left.len().min(GATHERED_ROWS).min(CHUNK - self.rows.len));
            self.rows.push(batch.leaf, batch.columns, now);
            if self.rows.is_full() {
                self.flush()?;
            }
            left = later;
        }
        Ok(())
    }

    /// Takes other rules; rows that are numbered by the rules before are written first.
    fn use_rules(&mut self, rules: &[RuleFacts]) -> Result<()> {
        if self.rows.rules.are(rules) {
            return Ok(());
        }
        self.flush()?;
        self.rows.rules = Rules::new(rules);
        Ok(())
    }

    fn flush(&mut self) -> Result<()> {
        if self.rows.len == 0 {
            return Ok(());
        }
        let chunk = self.rows.take();
        self.file.write(&chunk)
    }

    pub(super) fn close(mut self) -> Result<PartFile> {
        self.flush()?;
        self.file.close()
    }
}

/// The texts that findings have from their rules, as tables by the rule's number.
struct Rules {
    facts: Vec<RuleFacts>,
    entity: ArrayRef,
    category: ArrayRef,
    sensitivity: ArrayRef,
    rule: ArrayRef,
}

impl Rules {
    fn new(facts: &[RuleFacts]) -> Self {
        Self {
            facts: facts.to_vec(),
            entity: table(facts.iter().map(|rule| &*rule.entity)),
            category: table(facts.iter().map(|rule| &*rule.category)),
            sensitivity: table(facts.iter().map(|rule| rule.sensitivity.name())),
            rule: table(facts.iter().map(|rule| &*rule.rule)),
        }
    }

    /// Says whether the rules are these. Texts are shared, so their addresses tell.
    fn are(&self, rules: &[RuleFacts]) -> bool {
        let same = |(a, b): (&RuleFacts, &RuleFacts)| {
            Arc::ptr_eq(&a.rule, &b.rule)
                && Arc::ptr_eq(&a.entity, &b.entity)
                && Arc::ptr_eq(&a.category, &b.category)
                && a.version == b.version
                && a.sensitivity == b.sensitivity
        };
        self.facts.len() == rules.len() && self.facts.iter().zip(rules).all(same)
    }
}

/// The leaves of a chunk.
#[derive(Default)]
struct Leaves {
    facts: Vec<LeafFacts>,
    /// Names of columns, of all leaves.
    names: Vec<Arc<str>>,
    /// For each column of the current leaf, its name's place in `names`.
    columns: Vec<Option<i32>>,
}

impl Leaves {
    /// Makes a leaf the current one; returns its number in the chunk.
    fn number(&mut self, leaf: &LeafFacts) -> i32 {
        if self.facts.last().is_none_or(|last| last.object_id != leaf.object_id) {
            self.facts.push(leaf.clone());
            self.columns.clear();
        }
        key(self.facts.len() - 1)
    }

    fn column(&mut self, facts: &[ColumnFacts], column: u32) -> Option<i32> {
        let column = column as usize;
        let name = facts[column].name.as_ref()?;
        if self.columns.len() <= column {
            self.columns.resize(column + 1, None);
        }
        let number = self.columns[column].get_or_insert_with(|| {
            self.names.push(name.clone());
            key(self.names.len() - 1)
        });
        Some(*number)
    }
}

/// A chunk in the making.
struct Rows {
    len: usize,
    run: [ArrayRef; 3],
    rules: Rules,
    leaves: Leaves,
    finding_id: Hexes,
    object_id: Hexes,
    leaf: Numbers<Int32Type>,
    member: Numbers<Int32Type>,
    rule: Numbers<Int32Type>,
    rule_version: Numbers<Int32Type>,
    confidence: Numbers<Float32Type>,
    likelihood: Numbers<Int32Type>,
    validated: Flags,
    signals: SignalLists,
    region: Few<Region>,
    record: Numbers<Int64Type>,
    line: Numbers<Int64Type>,
    byte_start: Numbers<Int64Type>,
    byte_end: Numbers<Int64Type>,
    record_start: Numbers<Int64Type>,
    record_end: Numbers<Int64Type>,
    column_name: Numbers<Int32Type>,
    column_index: Numbers<Int32Type>,
    pointer: Texts,
    cell_start: Numbers<Int32Type>,
    cell_end: Numbers<Int32Type>,
    exact: Flags,
    value_token: Hexes,
    normalisation: Few<Normalisation>,
    preview: Texts,
    value_length: Numbers<Int32Type>,
    record_token: Hexes,
    guard_token: Hexes,
    likelihoods: ArrayRef,
    absent: Absent,
}

impl Rows {
    fn new(facts: &RunFacts) -> Self {
        Self {
            len: 0,
            run: run_columns(facts),
            rules: Rules::new(&[]),
            leaves: Leaves::default(),
            finding_id: Hexes::new(),
            object_id: Hexes::new(),
            leaf: Numbers::new(),
            member: Numbers::new(),
            rule: Numbers::new(),
            rule_version: Numbers::new(),
            confidence: Numbers::new(),
            likelihood: Numbers::new(),
            validated: Flags::new(),
            signals: SignalLists::new(),
            region: Few::new(),
            record: Numbers::new(),
            line: Numbers::new(),
            byte_start: Numbers::new(),
            byte_end: Numbers::new(),
            record_start: Numbers::new(),
            record_end: Numbers::new(),
            column_name: Numbers::new(),
            column_index: Numbers::new(),
            pointer: Texts::new(),
            cell_start: Numbers::new(),
            cell_end: Numbers::new(),
            exact: Flags::new(),
            value_token: Hexes::new(),
            normalisation: Few::new(),
            preview: Texts::new(),
            value_length: Numbers::new(),
            record_token: Hexes::new(),
            guard_token: Hexes::new(),
            likelihoods: table(Likelihood::ALL.iter().map(|level| level.name())),
            absent: Absent::new(&schema::findings()),
        }
    }

    fn is_full(&self) -> bool {
        self.len == CHUNK || self.preview.len_bytes() + self.pointer.len_bytes() > CHUNK_TEXT_BYTES
    }

    /// Gathers findings of one leaf, one column after the other.
    fn push(&mut self, leaf: &LeafFacts, columns: &[ColumnFacts], findings: &[Finding]) {
        let number = self.leaves.number(leaf);
        self.leaf.push_many(Some(number), findings.len());
        self.member.push_many(leaf.member.as_ref().map(|_| number), findings.len());
        self.object_id.push_many(leaf.object_id, findings.len());
        self.push_judgement(findings);
        self.push_place(columns, findings);
        self.push_value(findings);
        self.len += findings.len();
    }

    fn push_judgement(&mut self, findings: &[Finding]) {
        let rules = &self.rules.facts;
        self.rule.extend(findings.iter().map(|f| i32::from(f.rule)));
        self.rule_version.extend(findings.iter().map(|f| rules[usize::from(f.rule)].version));
        self.confidence.extend(findings.iter().map(|f| confidence(f.score)));
        self.likelihood.extend(findings.iter().map(|f| f.likelihood() as i32));
        for finding in findings {
            self.validated.push(finding.validated);
            self.signals.push(&finding.signals);
            self.region.push(finding.region);
            self.exact.push(Some(finding.exact));
        }
    }

    fn push_place(&mut self, columns: &[ColumnFacts], findings: &[Finding]) {
        self.record.extend(findings.iter().map(|f| signed(f.record)));
        self.byte_start.extend(findings.iter().map(|f| f.bytes.0));
        self.byte_end.extend(findings.iter().map(|f| f.bytes.1));
        for finding in findings {
            self.line.push(finding.line.map(signed));
            self.record_start.push(finding.record_bytes.map(|span| span.0));
            self.record_end.push(finding.record_bytes.map(|span| span.1));
            self.cell_start.push(finding.cell.map(|span| span.0));
            self.cell_end.push(finding.cell.map(|span| span.1));
            self.pointer.push_option(finding.pointer.as_deref());
            self.column_name.push(finding.column.and_then(|column| self.leaves.column(columns, column)));
            self.column_index.push(finding.column.and_then(|column| columns[column as usize].index));
        }
    }

    fn push_value(&mut self, findings: &[Finding]) {
        self.value_length.extend(findings.iter().map(|f| f.value_length));
        for finding in findings {
            self.finding_id.push(finding.finding_id);
            self.value_token.push_option(finding.value_token);
            self.record_token.push_option(finding.record_token);
            self.guard_token.push(finding.guard_token);
            self.normalisation.push(finding.value_token.map(|_| finding.normalisation));
            self.preview.push(&finding.preview);
        }
    }

    /// Turns what was gathered into a batch.
    fn take(&mut self) -> RecordBatch {
        let rows = std::mem::take(&mut self.len);
        let mut columns: Vec<ArrayRef> = self.run.iter().map(|column| constant(column, rows)).collect();
        self.take_names(&mut columns);
        self.take_places(&mut columns, rows);
        self.take_values(&mut columns, rows);
        self.leaves = Leaves::default();
        RecordBatch::try_new(schema::findings(), columns).expect("columns are those of the schema")
    }

    fn take_names(&mut self, columns: &mut Vec<ArrayRef>) {
        let (leaf, rule) = (self.leaf.take(), self.rule.take());
        let leaves = &self.leaves.facts;
        columns.extend([
            self.finding_id.take(),
            self.object_id.take(),
            words(leaf.clone(), &table(leaves.iter().map(|leaf| &*leaf.object.uri))),
            words(leaf.clone(), &table(leaves.iter().map(|leaf| &*leaf.object.path))),
            words(self.member.take(), &table(leaves.iter().map(|leaf| leaf.member.as_deref().unwrap_or_default()))),
            words(rule.clone(), &self.rules.entity),
            words(rule.clone(), &self.rules.category),
            words(rule.clone(), &self.rules.sensitivity),
            words(rule, &self.rules.rule),
            self.rule_version.take_ref(),
            self.confidence.take_ref(),
            words(self.likelihood.take(), &self.likelihoods),
            self.validated.take(),
            self.signals.take(),
            self.region.take(Region::as_str),
            words(leaf, &table(leaves.iter().map(|leaf| leaf.format))),
        ]);
    }

    fn take_places(&mut self, columns: &mut Vec<ArrayRef>, rows: usize) {
        let names = table(self.leaves.names.iter().map(|name| &**name));
        columns.extend([
            self.record.take_ref(),
            self.line.take_ref(),
            self.byte_start.take_ref(),
            self.byte_end.take_ref(),
            self.record_start.take_ref(),
            self.record_end.take_ref(),
            self.absent.column("table_name", rows),
            words(self.column_name.take(), &names),
            self.column_index.take_ref(),
            Arc::new(self.pointer.take()),
            self.absent.column("row_group", rows),
            self.absent.column("row_in_group", rows),
            self.cell_start.take_ref(),
            self.cell_end.take_ref(),
            self.absent.column("part", rows),
            self.absent.column("group_id", rows),
            self.exact.take(),
        ]);
    }

    fn take_values(&mut self, columns: &mut Vec<ArrayRef>, rows: usize) {
        columns.extend([
            self.value_token.take(),
            self.normalisation.take(|normalisation| normalisation.name()),
            Arc::new(self.preview.take()),
            self.value_length.take_ref(),
            self.record_token.take(),
            self.guard_token.take(),
        ]);
        let policy = ["record_key", "subject_tokens", "subject_role", "record_time", "time_source", "dataset", "owner"];
        columns.extend(policy.map(|name| self.absent.column(name, rows)));
    }
}

/// Columns that nothing fills yet.
struct Absent(SchemaRef);

impl Absent {
    fn new(schema: &SchemaRef) -> Self {
        Self(schema.clone())
    }

    fn column(&self, name: &str, rows: usize) -> ArrayRef {
        let field = self.0.field_with_name(name).expect("the schema has the column");
        new_null_array(field.data_type(), rows)
    }
}

/// A score as `confidence`.
pub(super) fn confidence(score: i16) -> f32 {
    f32::from(score.clamp(0, 100)) / 100.0
}

fn signed(count: u64) -> i64 {
    i64::try_from(count).expect("a leaf is below 2^63 bytes")
}
