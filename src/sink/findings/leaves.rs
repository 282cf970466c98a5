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
    /// None: the policy says it row by row.
    subject_role: Option<Runs>,
}

impl Leaves {
    pub(super) fn new(schema: &SchemaDescriptor, has_policy: bool) -> Self {
        let runs = |name| Runs::new(schema, name);
        Self {
            current: None,
            object_id: runs("object_id"),
            uri: runs("uri"),
            path: runs("path"),
            member: runs("member"),
            format: runs("format"),
            subject_role: (!has_policy).then(|| runs("subject_role")),
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
            if let Some(column) = &mut self.subject_role {
                column.push(leaf.subject_role, rows);
            }
        } else {
            for column in self.columns() {
                column.lengthen(rows);
            }
        }
        is_new
    }

    fn columns(&mut self) -> impl Iterator<Item = &mut Runs> {
        let Self { object_id, uri, path, member, format, subject_role, .. } = self;
        [object_id, uri, path, member, format].into_iter().chain(subject_role)
    }

    /// Says whether the row group must end.
    pub(super) fn is_full(&self) -> bool {
        self.object_id.is_full() || self.len() >= MOST_TEXT
    }

    pub(super) fn len(&self) -> usize {
        let columns = [&self.object_id, &self.uri, &self.path, &self.member, &self.format].into_iter().chain(&self.subject_role);
        columns.map(Runs::len).sum()
    }

    pub(super) fn close(&mut self, packer: &mut Packer, chunks: &mut Vec<Closed>) -> Result<()> {
        for column in self.columns() {
            chunks.push(column.close(packer)?);
        }
        Ok(())
    }
}
