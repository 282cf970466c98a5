//! One record with its operations → the record as it is written, and what its cells must then hold.

use std::ops::Range;

use super::action::replacement;
use super::records::Records;
use crate::finding::Tokens;
use crate::model::{Change, Splice, limits};
use crate::plan::{Kind, OpRow};

/// What becomes of a record.
pub(super) enum Edited {
    /// It goes.
    Dropped,
    /// It is written so; these are its cells then, of a line the one text.
    Changed { bytes: Vec<u8>, cells: Vec<Option<Vec<u8>>> },
}

/// Carries out the operations of a record. An error says why they do not fit what stands there.
pub(super) fn edit(records: &Records, ops: &[OpRow], tokens: &Tokens) -> Result<Edited, &'static str> {
    let (block, row) = (records.block(), records.row());
    let own = tokens.record(records.bytes());
    if row.broken || ops.iter().any(|op| op.record_token.is_some_and(|token| token != own)) {
        return Err("a record is not the one that was planned for");
    }
    if ops.iter().any(|op| op.kind == Kind::Record) {
        return if ops.iter().all(|op| op.record_token.is_some()) { Ok(Edited::Dropped) } else { Err("a record to drop has no token") };
    }
    let (mut splices, mut cells) = (Vec::new(), if records.lines { vec![Some(records.bytes().to_vec())] } else { records.cells() });
    // From the back, so that spans of decoded cells hold until they are used.
    for op in ops.iter().rev() {
        let (start, end) = op.bytes.ok_or("an operation has no place")?;
        let range = block.index_of(start).zip(block.index_of(end)).map(|(start, end)| start..end).ok_or("an operation lies elsewhere")?;
        if range.start < row.span.start || range.end > row.span.end || range.is_empty() {
            return Err("an operation lies elsewhere");
        }
        if let Some(guard) = op.guard_token {
            let around =
                &block.bytes[range.start.saturating_sub(limits::GUARD_BYTES)..block.bytes.len().min(range.end + limits::GUARD_BYTES)];
            if tokens.guard(around) != guard {
                return Err("a value is not the one that was planned for");
            }
        } else if op.record_token.is_none() {
            return Err("an operation has no token");
        }
        if records.lines {
            let value = std::str::from_utf8(&block.bytes[range.clone()]).map_err(|_| "a value is not UTF-8")?;
            let by = replacement(op, value, tokens)?.unwrap_or_default();
            if by.contains('\n') {
                return Err("what is written would end the line");
            }
            let text = cells[0].as_mut().expect("a line has text");
            text.splice(range.start - row.span.start..range.end - row.span.start, by.bytes());
            splices.push(Splice { range, by: by.into_bytes() });
            continue;
        }
        let field = row.fields.iter().position(|field| field.span.start <= range.start && range.end <= field.span.end);
        let field = field.ok_or("an operation lies in no cell")?;
        splices.push(in_cell(records, op, field, range, &mut cells[field], tokens)?);
    }
    splices.sort_by_key(|splice| splice.range.start);
    let (mut bytes, mut at) = (Vec::new(), row.span.start);
    for splice in splices {
        if splice.range.start < at {
            return Err("operations overlap");
        }
        bytes.extend_from_slice(&block.bytes[at..splice.range.start]);
        bytes.extend_from_slice(&splice.by);
        at = splice.range.end;
    }
    bytes.extend_from_slice(&block.bytes[at..row.span.end]);
    Ok(Edited::Changed { bytes, cells })
}

/// An operation in a cell: what changes in the bytes, and in the decoded text.
fn in_cell(
    records: &Records,
    op: &OpRow,
    index: usize,
    range: Range<usize>,
    cell: &mut Option<Vec<u8>>,
    tokens: &Tokens,
) -> Result<Splice, &'static str> {
    let field = &records.row().fields[index];
    let text = records.text(index);
    let within = match (op.kind, op.cell) {
        (Kind::Cell, _) if range == field.span => 0..text.text.len(),
        (Kind::Span, Some((start, end))) => {
            usize::try_from(start).ok().zip(usize::try_from(end).ok()).map(|(a, b)| a..b).ok_or("no span")?
        }
        _ => return Err("an operation lies elsewhere in its cell"),
    };
    let elsewhere = || op.kind == Kind::Span && text.to_block(within.clone()) != range;
    if within.end > text.text.len() || within.start >= within.end || elsewhere() {
        return Err("an operation lies elsewhere in its cell");
    }
    let value = std::str::from_utf8(&text.text[within.clone()]).map_err(|_| "a value is not UTF-8")?;
    let by = replacement(op, value, tokens)?;
    let is_whole = within == (0..text.text.len());
    let held = cell.as_mut().ok_or("an operation lies in a cell without a value")?;
    let change = match &by {
        None if is_whole => Change::Null,
        Some(by) if is_whole => Change::Whole(by),
        by => Change::Part(range, by.as_deref().unwrap_or_default()),
    };
    let splice = records.spell(index, &change)?;
    if matches!(change, Change::Null) {
        *cell = None;
    } else {
        held.splice(within, by.unwrap_or_default().bytes());
    }
    Ok(splice)
}
