//! Columns of the value, as tokens and a mask.

use parquet::errors::Result;
use parquet::schema::types::SchemaDescriptor;

use crate::finding::Finding;
use crate::sink::pages::{Closed, Frames, Ids, Numbers, Packer, Texts, Words};

/// What findings show of their values.
pub(super) struct Values {
    frames: Frames,
    finding_id: Ids,
    value_token: Ids,
    normalisation: Words,
    preview: Texts,
    value_length: Numbers<i32>,
    record_token: Ids,
    guard_token: Ids,
}

impl Values {
    pub(super) fn new(schema: &SchemaDescriptor) -> Self {
        Self {
            frames: Frames::new(),
            finding_id: Ids::new(schema, "finding_id"),
            value_token: Ids::new(schema, "value_token"),
            normalisation: Words::new(schema, "normalisation"),
            preview: Texts::new(schema, "preview"),
            value_length: Numbers::new(schema, "value_length"),
            record_token: Ids::new(schema, "record_token"),
            guard_token: Ids::new(schema, "guard_token"),
        }
    }

    pub(super) fn push(&mut self, findings: &[Finding]) {
        self.finding_id.extend(findings.iter().map(|f| f.finding_id));
        self.value_length.extend(findings.iter().map(|f| f.value_length));
        self.value_token.extend_some(findings.iter().map(|f| f.value_token));
        self.guard_token.extend_some(findings.iter().map(|f| f.guard_token));
        self.record_token.extend_some(findings.iter().map(|f| f.record_token));
        for finding in findings {
            self.preview.push(Some(&finding.preview));
            match finding.value_token {
                Some(_) => self.normalisation.push(finding.normalisation as usize, |words| words.text(finding.normalisation.name())),
                None => self.normalisation.push_absent(),
            }
        }
    }

    /// Bytes of text that are in no page yet.
    pub(super) fn pending(&self) -> usize {
        self.preview.pending()
    }

    pub(super) fn page(&mut self, packer: &mut Packer) -> Result<()> {
        for ids in [&mut self.finding_id, &mut self.value_token, &mut self.record_token, &mut self.guard_token] {
            ids.page(packer, &mut self.frames);
        }
        self.normalisation.page(packer)?;
        self.preview.page(packer)?;
        self.value_length.page(packer)
    }

    pub(super) fn len(&self) -> usize {
        let ids = [&self.finding_id, &self.value_token, &self.record_token, &self.guard_token].map(Ids::len).iter().sum::<usize>();
        ids + self.normalisation.len() + self.preview.len() + self.value_length.len()
    }

    pub(super) fn close(&mut self, packer: &mut Packer, chunks: &mut Vec<Closed>) -> Result<()> {
        for ids in [&mut self.finding_id, &mut self.value_token, &mut self.record_token, &mut self.guard_token] {
            chunks.push(ids.close()?);
        }
        chunks.push(self.normalisation.close(None, packer)?);
        chunks.push(self.preview.close()?);
        chunks.push(self.value_length.close()?);
        Ok(())
    }
}
