//! The operations of a leaf, row group by row group: which rows go, and what cells are to hold.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::footer::Footer;
use crate::apply::action::replacement;
use crate::apply::editor::{Step, Stop, Task, damage};
use crate::finding::Tokens;
use crate::model::{Column, Field, INSIDE};
use crate::plan::{Kind, OpRow, OpRows, TypedRecord, asks, typed_records};
use crate::read::{self, Piece, Reader, Sizes, Supplying};

/// What becomes of a row group.
#[derive(Default)]
pub(super) struct Change {
    /// Rows in it that go, rising.
    pub dropped: Vec<u64>,
    /// By column, cells that are changed, in their order.
    pub cells: BTreeMap<usize, Vec<CellChange>>,
    /// Rows with such cells.
    pub changed: u64,
}

/// What becomes of a cell.
pub(super) struct CellChange {
    pub row: u64,
    /// Which of the cells of its column in the row it is.
    pub nth: u32,
    /// What it holds then; none: null.
    pub to: Option<Box<[u8]>>,
}

type Asks = Arc<dyn Fn(&Column) -> bool + Send + Sync>;

/// The operations of a leaf.
pub(super) struct Targets<'a> {
    task: &'a Task<'a>,
    footer: &'a Footer,
    ops: OpRows,
    /// By row group, whether operations are about it.
    pub touched: Vec<bool>,
    /// Columns that guard a record, and columns that are read.
    guards: Asks,
    asks: Asks,
}

const NO_RECORD: &str = "a record of the plan is not there";

impl<'a> Targets<'a> {
    pub(super) fn new(task: &'a Task<'a>, footer: &'a Footer) -> Step<Self> {
        let (mut touched, mut columns) = (vec![false; footer.groups.len()], BTreeSet::new());
        let mut ops = task.ops()?;
        loop {
            let of_record = ops.next_record()?;
            let Some(first) = of_record.first() else { break };
            let record = first.record.and_then(|record| u64::try_from(record).ok());
            let group = record.and_then(|record| footer.group_of(record)).ok_or_else(|| Stop::failed(NO_RECORD))?;
            touched[group] = true;
            for name in of_record.into_iter().filter_map(|op| op.column) {
                columns.insert(name);
            }
        }
        let dataset = task.plan.datasets.iter().find(|dataset| dataset.id == task.leaf.dataset);
        let guards = dataset.map(|dataset| dataset.columns.clone()).unwrap_or_default();
        columns.extend(guards.iter().cloned());
        Ok(Self { task, footer, ops: task.ops()?, touched, guards: asks(guards), asks: asks(columns) })
    }

    /// What becomes of a row group. Row groups must be asked for in their order.
    pub(super) fn of_group(&mut self, group: usize) -> Step<Change> {
        let opened = self.footer.only(&[group], self.task.tokens());
        let mut text = read::open(opened.leaf.body, "part.parquet", None);
        text.text.seek_in(opened.leaf.random, opened.spool);
        let read::Kind::Readable(reader) = text.kind else { return Err(Stop::failed("it has no records")) };
        let how = Supplying { sizes: Sizes::default(), asks: Arc::clone(&self.asks), whole: true };
        let mut blocks = reader.supply(text.text, &how);
        let mut change = Change::default();
        while let Some(piece) = blocks.next_piece() {
            let Piece::Records(records) = piece else { return Err(Stop::failed("it is no Parquet")) };
            let bytes = typed_records(&*reader, records, &mut |record| self.record(&*reader, group, record, &mut change))?;
            blocks.recycle(bytes);
        }
        if let Some(failure) = blocks.take_failure() {
            return Err(Stop::failed(damage(&failure)));
        }
        change.cells.values_mut().for_each(|cells| cells.sort_by_key(|cell| (cell.row, cell.nth)));
        Ok(change)
    }

    /// Ends, where all operations were met.
    pub(super) fn end(mut self) -> Step<()> {
        if self.ops.next_record()?.is_empty() { Ok(()) } else { Err(Stop::failed(NO_RECORD)) }
    }

    fn record(&mut self, reader: &dyn Reader, group: usize, record: &TypedRecord<'_>, change: &mut Change) -> Step<()> {
        let row = record.stored.ordinal;
        let ordinal = i64::try_from(self.footer.groups[group].first.saturating_add(row)).unwrap_or(i64::MAX);
        let ops = self.ops.until(ordinal)?;
        if ops.is_empty() {
            return Ok(());
        }
        if ops.iter().any(|op| op.record != Some(ordinal)) {
            return Err(Stop::failed(NO_RECORD));
        }
        let tokens = self.task.tokens();
        let token = record.token(tokens, &*self.guards);
        if record.row.broken || ops.iter().any(|op| op.record_token != Some(token)) {
            return Err(Stop::failed("a record is not the one that was planned for"));
        }
        if ops.iter().any(|op| op.kind == Kind::Record) {
            change.dropped.push(row);
            return Ok(());
        }
        let mut by_cell: BTreeMap<(&Option<String>, &Option<String>), Vec<&OpRow>> = BTreeMap::new();
        for op in &ops {
            by_cell.entry((&op.column, &op.pointer)).or_default().push(op);
        }
        for ((column, pointer), ops) in by_cell {
            let column = column.as_deref().ok_or_else(|| Stop::failed("an operation has no column"))?;
            let field = cell(record, column, pointer.as_deref()).ok_or_else(|| Stop::failed("an operation lies in no cell"))?;
            let to = changed(record, field, ops, tokens).map_err(Stop::failed)?;
            let stored = record.stored_of(field).ok_or_else(|| Stop::failed("an operation lies inside of a cell"))?;
            let holding = reader.holding(stored.column).unwrap_or_default();
            if !(if to.is_some() { holding.text } else { holding.null }) {
                return Err(Stop::failed("a column does not take what is to be written"));
            }
            let nth = u32::try_from(record.nth(stored)).map_err(|_| Stop::failed("a record has too many cells"))?;
            let cells = change.cells.entry(stored.column as usize).or_default();
            cells.push(CellChange { row, nth, to: to.map(Vec::into_boxed_slice) });
        }
        change.changed += 1;
        Ok(())
    }
}

/// The one cell of that name and pointer.
fn cell<'r>(record: &TypedRecord<'r>, name: &str, pointer: Option<&str>) -> Option<&'r Field> {
    let columns = record.layout.columns();
    let is_it = |field: &&Field| {
        let column = &columns[field.column as usize];
        column.dotted().is_some_and(|dotted| dotted == name)
            && column.pointer(record.row.indices_of(field)).as_deref() == pointer
            && !column.name.as_ref().is_some_and(|name| name.contains(INSIDE))
    };
    let mut found = record.row.fields.iter().filter(is_it);
    found.next().filter(|_| found.next().is_none())
}

/// What a cell holds then.
fn changed(record: &TypedRecord<'_>, field: &Field, mut ops: Vec<&OpRow>, tokens: &Tokens) -> Result<Option<Vec<u8>>, &'static str> {
    let text = &record.block.bytes[field.span.clone()];
    if ops.iter().any(|op| op.guard_token != Some(tokens.guard(text))) {
        return Err("a value is not the one that was planned for");
    }
    // From the back, so that spans hold until they are used.
    ops.sort_by_key(|op| std::cmp::Reverse(op.cell));
    let (mut out, mut behind) = (text.to_vec(), text.len());
    for op in ops {
        let within = match (op.kind, op.cell) {
            (Kind::Cell, _) => 0..text.len(),
            (Kind::Span, Some((start, end))) => {
                usize::try_from(start).ok().zip(usize::try_from(end).ok()).map(|(a, b)| a..b).ok_or("no span")?
            }
            _ => return Err("an operation lies elsewhere in its cell"),
        };
        if within.start >= within.end || within.end > behind {
            return Err("operations overlap, or lie elsewhere in their cell");
        }
        let value = std::str::from_utf8(&text[within.clone()]).map_err(|_| "a value is not UTF-8")?;
        match replacement(op, value, tokens)? {
            None if within == (0..text.len()) => return Ok(None),
            by => out.splice(within.clone(), by.unwrap_or_default().into_bytes()),
        };
        behind = within.start;
    }
    Ok(Some(out))
}
