//! Records of typed columns: which columns are read of them, what guards them, and how they are gone through.
//!
//! Such a record has no bytes of its own. What is decided about it is decided by the cells of the columns that are read; a token of these
//! is compared before it is changed.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::finding::Tokens;
use crate::model::{ARRAY_MARK, Block, Column, Field, Id, KEY_SEPARATOR, Layout, Row, ValueKind};
use crate::policy::{ClockKind, Policy, Target};
use crate::read::{self, Reader, Render};

/// Says whether a name, as policies and findings have it, may be of a typed column, or of something inside of it.
fn is_of(column: &Column, name: &str) -> bool {
    let own = column.name.as_deref().unwrap_or_default();
    let root = own.split([KEY_SEPARATOR, ARRAY_MARK]).next().unwrap_or_default();
    name.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

/// Which typed columns are read where these names are asked for.
pub fn asks(names: impl IntoIterator<Item = String>) -> Arc<dyn Fn(&Column) -> bool + Send + Sync> {
    let names: Vec<String> = names.into_iter().collect();
    Arc::new(move |column| names.iter().any(|name| is_of(column, name)))
}

/// The columns by which a policy decides about the records of a dataset.
pub(super) fn read_of(policy: &Policy, index: usize) -> BTreeSet<String> {
    let dataset = &policy.datasets[index];
    let mut out: BTreeSet<String> = dataset.key.iter().cloned().collect();
    for clock in &dataset.clocks {
        match &clock.kind {
            ClockKind::Column(name) | ClockKind::Event { on: name, .. } => out.extend([name.clone()]),
            _ => {}
        }
    }
    for other in policy.datasets.iter().flat_map(|other| &other.clocks) {
        if let ClockKind::Event { dataset, on, name } = &other.kind
            && *dataset == index
        {
            out.extend([on.clone(), name.clone()]);
        }
    }
    out.extend(dataset.references.iter().map(|reference| reference.from.clone()));
    let others = policy.datasets.iter().flat_map(|other| &other.references);
    out.extend(others.filter(|reference| reference.dataset == index).map(|reference| reference.column.clone()));
    out.extend(dataset.consent.iter().map(|consent| consent.column.clone()));
    for person in &dataset.persons {
        out.extend(person.columns.iter().chain(person.identity.iter().map(|(_, column)| column)).cloned());
    }
    for duty in policy.duties.iter().filter(|duty| duty.dataset.is_none_or(|own| own == index)) {
        out.extend(duty.filter.iter().map(|filter| filter.column.clone()));
        if let Target::Columns(columns) = &duty.target {
            out.extend(columns.iter().cloned());
        }
    }
    out
}

/// A record of typed columns.
pub struct TypedRecord<'a> {
    /// Where its cells are written.
    pub block: &'a Block,
    /// Names its cells.
    pub layout: &'a dyn Layout,
    /// Its cells, with the values inside of them in their place.
    pub row: &'a Row,
    /// Its cells as they are stored. Their columns are those of the file.
    pub stored: &'a Row,
    /// The columns of the file.
    pub columns: &'a [Column],
}

/// Goes through records of typed columns.
///
/// # Errors
/// What `each` says.
pub fn typed_records<E>(
    reader: &dyn Reader,
    records: Box<dyn Render>,
    each: &mut dyn FnMut(&TypedRecord<'_>) -> Result<(), E>,
) -> Result<Vec<u8>, E> {
    let block = records.render(&mut |_, starts| vec![true; starts.len()]);
    let (plain, mut layout) = (reader.layout(&block), read::layout(reader, &block));
    let Some(cells) = &block.cells else { return Ok(block.bytes) };
    let (mut row, mut stored) = (Row::default(), Row::default());
    for record in 0..cells.records {
        cells.fill(record, &mut stored);
        stored.ordinal = block.framing.first_record + u64::from(record);
        row.clone_from(&stored);
        row.broken = !layout.look_inside(&block, &mut row);
        each(&TypedRecord { block: &block, layout: &*layout, row: &row, stored: &stored, columns: plain.columns() })?;
    }
    Ok(block.bytes)
}

impl TypedRecord<'_> {
    /// Returns the token of the cells in columns that `asks` names.
    #[must_use]
    pub fn token(&self, tokens: &Tokens, asks: &dyn Fn(&Column) -> bool) -> Id {
        let mut bytes = Vec::new();
        let mut put = |part: &[u8]| {
            bytes.extend_from_slice(&(part.len() as u64).to_le_bytes());
            bytes.extend_from_slice(part);
        };
        for field in &self.stored.fields {
            let column = &self.columns[field.column as usize];
            if asks(column) {
                put(column.name.as_deref().unwrap_or_default().as_bytes());
                put(&[match field.kind {
                    ValueKind::Text => 0,
                    ValueKind::Number => 1,
                    ValueKind::Bool => 2,
                    ValueKind::Null => 3,
                }]);
                self.stored.indices_of(field).iter().for_each(|index| put(&index.to_le_bytes()));
                put(&self.block.bytes[field.span.clone()]);
            }
        }
        tokens.record(&bytes)
    }

    /// Returns the stored cell that a cell of the row is; none where it is a value inside of one.
    #[must_use]
    pub fn stored_of(&self, field: &Field) -> Option<&Field> {
        let mut same = self.stored.fields.iter().filter(|stored| stored.span == field.span && stored.kind == field.kind);
        same.next().filter(|_| same.next().is_none())
    }

    /// Returns which of the cells of its column in the record a stored cell is.
    #[must_use]
    pub fn nth(&self, stored: &Field) -> usize {
        self.stored.fields.iter().filter(|other| other.column == stored.column).take_while(|other| other.span != stored.span).count()
    }
}
