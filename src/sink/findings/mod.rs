//! Findings into one part file: rows are taken apart into columns, columns become pages, pages row groups.
//!
//! Columns that come from the leaf or the rule are small numbers per row; a text is looked up once a leaf, rule or column.

mod judgement;
mod leaves;
mod place;
mod policy;
mod value;

use std::path::Path;

use self::judgement::Judgements;
use self::leaves::Leaves;
use self::place::Places;
use self::policy::Policies;
use self::value::Values;
use super::pages::{Closed, Packer, PageFile, Runs};
use super::parquet::PartFile;
use crate::finding::{Finding, FindingBatch, RuleFacts, RunFacts, schema};
use crate::model::Result;

/// Rows that are taken apart column by column in one go, so that they stay in the nearest cache.
const GATHERED_ROWS: usize = 128;
/// Rows at which a page ends: what is not encoded yet stays in the cache.
const PAGE_ROWS: usize = 8_192;
/// Text of previews and pointers at which a page ends early.
const PAGE_TEXT_BYTES: usize = 8 * 1024 * 1024;
/// Encoded bytes at which a row group ends.
const GROUP_BYTES: usize = 16 * 1024 * 1024;
/// Rows at which a row group ends.
const GROUP_ROWS: usize = 1_000_000;

/// Writes one part file. A leaf's batches go to one part, one after the other, so that its rows are contiguous.
pub struct PartWriter {
    file: PageFile,
    packer: Packer,
    run: Run,
    leaves: Leaves,
    judgements: Judgements,
    places: Places,
    values: Values,
    policies: Policies,
    page_rows: usize,
    group_rows: usize,
}

impl PartWriter {
    pub(super) fn create(folder: &Path, ordinal: usize, facts: &RunFacts) -> Result<Self> {
        let file = PageFile::create(folder, format!("findings/part-{ordinal:05}.parquet"), "findings", &schema::findings())?;
        let schema = file.schema();
        Ok(Self {
            run: Run {
                facts: facts.clone(),
                scan_id: Runs::new(schema, "scan_id"),
                scanned_at: Runs::new(schema, "scanned_at"),
                key_id: Runs::new(schema, "key_id"),
            },
            leaves: Leaves::new(schema, facts.has_policy),
            judgements: Judgements::new(schema),
            places: Places::new(schema),
            values: Values::new(schema),
            policies: Policies::new(schema, facts.has_policy),
            page_rows: 0,
            group_rows: 0,
            packer: Packer::new().map_err(|error| file.failed(&error))?,
            file,
        })
    }

    /// Writes findings. They reach the file in row groups; the last one when the run is finished.
    ///
    /// # Errors
    /// `Io` where the file cannot be written.
    pub fn write(&mut self, batch: &FindingBatch<'_>) -> Result<()> {
        self.use_rules(batch.rules)?;
        for findings in batch.findings.chunks(GATHERED_ROWS) {
            self.push(batch, findings);
            if self.is_group_full() {
                self.end_group()?;
            } else if self.page_rows >= PAGE_ROWS
                || self.places.pending() + self.values.pending() + self.policies.pending() >= PAGE_TEXT_BYTES
            {
                self.end_page()?;
            }
        }
        Ok(())
    }

    /// Takes other rules; rows that are numbered by the rules before end their page first.
    fn use_rules(&mut self, rules: &[RuleFacts]) -> Result<()> {
        if !self.judgements.are_by(rules) {
            self.end_page()?;
            self.judgements.use_rules(rules);
        }
        Ok(())
    }

    fn push(&mut self, batch: &FindingBatch<'_>, findings: &[Finding]) {
        if self.leaves.push(batch.leaf, findings.len()) {
            self.places.renumber_columns();
        }
        self.judgements.push(findings);
        self.places.push(batch.columns, findings);
        self.values.push(findings);
        self.policies.push(batch.leaf, findings);
        self.page_rows += findings.len();
    }

    /// Says whether there are more words than a dictionary should have.
    fn is_group_full(&self) -> bool {
        self.leaves.is_full() || self.places.is_full() || self.policies.is_full()
    }

    fn end_page(&mut self) -> Result<()> {
        if self.page_rows == 0 {
            return Ok(());
        }
        let packer = &mut self.packer;
        let packed = self.judgements.page(packer).and_then(|()| self.places.page(packer)).and_then(|()| self.values.page(packer));
        let packed = packed.and_then(|()| self.policies.page(packer));
        packed.map_err(|error| self.file.failed(&error))?;
        self.group_rows += std::mem::take(&mut self.page_rows);
        let bytes = self.leaves.len() + self.judgements.len() + self.places.len() + self.values.len() + self.policies.len();
        if bytes >= GROUP_BYTES || self.group_rows >= GROUP_ROWS { self.write_group() } else { Ok(()) }
    }

    fn end_group(&mut self) -> Result<()> {
        self.end_page()?;
        if self.group_rows > 0 { self.write_group() } else { Ok(()) }
    }

    /// Writes the pages as a row group.
    fn write_group(&mut self) -> Result<()> {
        let rows = std::mem::take(&mut self.group_rows);
        let chunks = self.close_chunks(rows).map_err(|error| self.file.failed(&error))?;
        self.file.write_group(chunks, rows, &mut self.packer)
    }

    fn close_chunks(&mut self, rows: usize) -> Result<Vec<Closed>, parquet::errors::ParquetError> {
        let (packer, mut chunks) = (&mut self.packer, Vec::new());
        self.run.close(rows, packer, &mut chunks)?;
        self.leaves.close(packer, &mut chunks)?;
        self.judgements.close(packer, &mut chunks)?;
        self.places.close(packer, &mut chunks)?;
        self.values.close(packer, &mut chunks)?;
        self.policies.close(packer, &mut chunks)?;
        Ok(chunks)
    }

    pub(super) fn close(mut self) -> Result<PartFile> {
        self.end_group()?;
        self.file.close()
    }
}

/// The columns that all rows of a run begin with.
struct Run {
    facts: RunFacts,
    scan_id: Runs,
    scanned_at: Runs,
    key_id: Runs,
}

impl Run {
    fn close(&mut self, rows: usize, packer: &mut Packer, chunks: &mut Vec<Closed>) -> parquet::errors::Result<()> {
        self.scan_id.push(Some(&self.facts.scan_id.to_string()), rows);
        self.key_id.push(Some(&self.facts.key_id), rows);
        chunks.push(self.scan_id.close(packer)?);
        chunks.push(self.scanned_at.close_time(self.facts.scanned_at_us, rows, packer)?);
        chunks.push(self.key_id.close(packer)?);
        Ok(())
    }
}
