//! Columns that are the same for all findings of a leaf.

use parquet::errors::Result;
use parquet::schema::types::SchemaDescriptor;

use crate::finding::LeafFacts;
use crate::model::Id;
use crate::sink::pages::{Closed, Packer, Runs};

/// Text of leaves at which a row group ends: it is held until then.
const MOST_TEXT: usize = 4 * 1024 * 1024;

/// What findings have from their leaf.
pub(super) struct Leaves {
    /// The leaf of the last row.
    current: Option<Id>,
    object_id: Runs,
    uri: Runs,
    path: Runs,
    member: Runs,
    format: Runs,
    subject_role: Runs,
}

impl Leaves {
    pub(super) fn new(schema: &SchemaDescriptor) -> Self {
        let runs = |name| Runs::new(schema, name);
        Self {
            current: None,
            object_id: runs("object_id"),
            uri: runs("uri"),
            path: runs("path"),
            member: runs("member"),
            format: runs("format"),
            subject_role: runs("subject_role"),
        }
    }

    /// Takes rows of a leaf; says whether it is another one than before.
    pub(super) fn push(&mut self, leaf: &LeafFacts, rows: usize) -> bool {
        let is_new = self.current.replace(leaf.object_id) != Some(leaf.object_id);
        if is_new || self.object_id.is_empty() {
            self.object_id.push(Some(&leaf.object_id.to_string()), rows);
            self.uri.push(Some(&leaf.object.uri), rows);
            self.path.push(Some(&leaf.object.path), rows);
            self.member.push(leaf.member.as_deref(), rows);
            self.format.push(Some(leaf.format), rows);
            self.subject_role.push(leaf.subject_role, rows);
        } else {
            for column in self.columns() {
                column.lengthen(rows);
            }
        }
        is_new
    }

    fn columns(&mut self) -> [&mut Runs; 6] {
        [&mut self.object_id, &mut self.uri, &mut self.path, &mut self.member, &mut self.format, &mut self.subject_role]
    }

    /// Says whether the row group must end.
    pub(super) fn is_full(&self) -> bool {
        self.object_id.is_full() || self.len() >= MOST_TEXT
    }

    pub(super) fn len(&self) -> usize {
        self.object_id.len() + self.uri.len() + self.path.len() + self.member.len() + self.format.len() + self.subject_role.len()
    }

    pub(super) fn close(&mut self, packer: &mut Packer, chunks: &mut Vec<Closed>) -> Result<()> {
        for column in self.columns() {
            chunks.push(column.close(packer)?);
        }
        Ok(())
    }
}
