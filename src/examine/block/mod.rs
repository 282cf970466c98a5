//! One block → its findings before column evidence. This is what workers spend their time in.

mod finish;

use std::iter::Peekable;
use std::ops::Range;
use std::sync::Arc;

use super::Examiner;
use super::columns::{ColumnCache, ColumnInfo, Neighbours};
use super::governed::{Governed as Governing, Governor, Times};
use super::groups::{Groups, Whole};
use super::known::Known;
use super::rendered::{holding, not_utf8, text_around};
use super::window::{context, line, paragraph_start};
use crate::detect::{Asked, Detector, Scratch};
use crate::finding::{ColumnFacts, Finding, LeafFacts, TokenBatch};
use crate::model::{Block, Candidate, Column, Field, Id, Layout, Piece, Row, Signal, ValueKind, Verdict, limits};
use crate::pattern::{CellMatcher, Context, NameVerdict};
use crate::read::{self, Reader, Records, Render};
use crate::score::{self, Profile};
use crate::settings::InForce;

/// Addresses and names of one record that are put together from cells.
const MOST_WHOLES: usize = 4096;
/// What is taken from a name that a cell mentions: titles of songs and products hold names, too.
const IN_CELL: i8 = -15;
/// Shortest cell that may hold more than a title, in bytes.
const SENTENCE: usize = 64;
/// Longest cell that is part of one, in bytes.
const LONGEST_PART: usize = 200;

/// What one block gave.
pub(super) struct BlockResult {
    pub findings: Vec<Finding>,
    /// Columns that findings and profiles refer to.
    pub columns: Vec<ColumnFacts>,
    /// By column, whether a cell stands in it: a JSON key that only leads to others is none.
    pub used: Vec<bool>,
    /// By column, where the block holds records that are measured.
    pub profiles: Vec<Profile>,
    /// Reported findings that need no row, by rule.
    pub counted: Vec<i64>,
    /// Highest score of those.
    pub counted_best: i16,
    /// Records by table, where the leaf has several.
    pub tables: Vec<(Arc<str>, i64)>,
    /// The first thing that could not be read as it was meant.
    pub flaw: Option<Flaw>,
    /// Ordinal of its first record.
    pub first_record: u64,
    /// How old its records are, where a policy asks and each was gone through.
    pub times: Option<Times>,
}

/// What cannot be read as it was meant, though it is examined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flaw {
    /// A byte that is not UTF-8, at this offset.
    Byte(i64),
    /// A text that is not UTF-8, in this record.
    Text(u64),
    /// Cells that hold too much JSON to be looked into, in this record.
    LongCells(u64),
}

/// The state that one thread keeps from block to block.
pub struct Worker {
    examiner: Arc<Examiner>,
    scratch: Scratch,
    columns: ColumnCache,
    found: Vec<Candidate>,
    row: Row,
    tokens: TokenBatch,
    buffer: Vec<u8>,
    text: String,
}

/// A candidate with where it is in its record.
struct Placed {
    candidate: Candidate,
    /// Index into the row's fields.
    field: Option<usize>,
    /// Span in the decoded cell.
    cell: Option<Range<usize>>,
    /// The value where it was found in a decoded cell and not in the block.
    decoded: Option<Vec<u8>>,
    /// Whether it stands in the claims of a token: its place is the token's.
    inside: bool,
    /// The whole that the cell is part of, and which part.
    whole: Option<(i64, Piece)>,
}

/// Where in a cell a candidate is; see [`Placed`].
struct InCell {
    field: usize,
    /// In the text that it was found in.
    within: Range<usize>,
    /// In the text of the cell.
    cell: Range<usize>,
    decoded: Option<Vec<u8>>,
}

impl Placed {
    fn outside(candidate: Candidate) -> Self {
        Self { candidate, field: None, cell: None, decoded: None, inside: false, whole: None }
    }
}

/// What the blocks of a leaf have in common.
#[derive(Clone, Copy)]
pub(super) struct OfLeaf<'a> {
    pub leaf: &'a LeafFacts,
    pub reader: &'a dyn Reader,
    /// What settings say.
    pub force: &'a InForce,
    /// What a policy says.
    pub governor: Option<&'a Governor>,
    /// Rules whose rows are limited in this leaf, and which have them already.
    pub full: &'a [bool],
}

/// One block while it is examined.
pub(super) struct Pass<'a> {
    examiner: &'a Examiner,
    detector: &'a Detector,
    /// What is in force for the leaf.
    force: &'a InForce,
    scratch: &'a mut Scratch,
    names: &'a mut ColumnCache,
    tokens: &'a mut TokenBatch,
    buffer: &'a mut Vec<u8>,
    text: &'a mut String,
    leaf: &'a LeafFacts,
    pub(super) block: &'a Block,
    full: &'a [bool],
    pub(super) layout: Box<dyn Layout>,
    records: Records,
    /// What column names mean, by the layout's index.
    infos: Vec<Arc<ColumnInfo>>,
    /// Columns whose weak names count, because columns beside them hold contact data.
    beside: Vec<bool>,
    neighbours: Neighbours,
    /// Columns whose cells are parts of a whole.
    groups: Groups,
    /// The entities that are put together: addresses and names.
    wholes: [Option<u16>; 2],
    /// Columns whose cells are looked at one by one.
    pub(super) asked: Vec<bool>,
    /// `Tokens::place` by column and rule.
    places: Vec<Option<Id>>,
    /// The candidates of the record at hand.
    items: Vec<Placed>,
    /// What a policy says of the records.
    governed: Option<Governing<'a>>,
    pub(super) result: BlockResult,
}

/// Normalised values pass through `text` and `buffer`: they are wiped with the worker.
impl Drop for Worker {
    fn drop(&mut self) {
        zeroize::Zeroize::zeroize(&mut self.text);
        zeroize::Zeroize::zeroize(&mut self.buffer);
    }
}

impl Worker {
    /// Makes the state of one thread.
    #[must_use]
    pub fn new(examiner: &Arc<Examiner>) -> Self {
        Self {
            scratch: examiner.detector.scratch(),
            tokens: TokenBatch::new(examiner.tokens()),
            examiner: Arc::clone(examiner),
            columns: ColumnCache::default(),
            found: Vec::new(),
            row: Row::default(),
            buffer: Vec::new(),
            text: String::new(),
        }
    }

    /// Writes the text of records. Values that many records share are looked through here, once.
    pub(super) fn render(&mut self, records: Box<dyn Render>) -> Block {
        let Self { examiner, scratch, found, .. } = self;
        records.render(&mut |text, starts| {
            found.clear();
            examiner.detector.find(scratch, text, 0..text.len(), found);
            if let Some(known) = examiner.known() {
                known.mark(&examiner.detector, scratch, text, 0..text.len(), found);
            }
            holding(found, text, starts)
        })
    }

    /// `spare`: memory for findings, empty.
    pub(super) fn examine(&mut self, of: &OfLeaf<'_>, block: &Block, spare: Vec<Finding>) -> BlockResult {
        let OfLeaf { leaf, reader, force, governor, full } = *of;
        let examiner = Arc::clone(&self.examiner);
        let mut found = std::mem::take(&mut self.found);
        found.clear();
        self.tokens.clear();
        examiner.detector.find(&mut self.scratch, &block.bytes, block.owned.clone(), &mut found);
        if reader.records() == Records::Lines {
            examiner.detector.whole(&mut self.scratch, &block.bytes, &block.owned, &mut found);
        }
        if let Some(known) = examiner.known() {
            known.mark(&examiner.detector, &mut self.scratch, &block.bytes, block.owned.clone(), &mut found);
        }
        let result = BlockResult {
            findings: spare,
            columns: Vec::new(),
            used: Vec::new(),
            profiles: Vec::new(),
            counted: vec![0; full.len()],
            counted_best: 0,
            tables: block.framing.table_records(),
            flaw: flaw(block),
            first_record: block.framing.first_record,
            times: None,
        };
        let mut row = std::mem::take(&mut self.row);
        let mut pass = Pass {
            detector: &examiner.detector,
            force,
            examiner: &examiner,
            scratch: &mut self.scratch,
            names: &mut self.columns,
            tokens: &mut self.tokens,
            buffer: &mut self.buffer,
            text: &mut self.text,
            leaf,
            block,
            full,
            layout: read::layout(reader, block),
            records: reader.records(),
            infos: Vec::new(),
            beside: Vec::new(),
            neighbours: Neighbours::default(),
            groups: Groups::default(),
            wholes: ["address", "person_name"].map(|entity| examiner.detector.rules().entity_index(entity)),
            asked: Vec::new(),
            places: Vec::new(),
            items: Vec::new(),
            governed: governor.map(|governor| Governing::new(governor, &examiner)),
            result,
        };
        if block.cells.is_some() {
            pass.rendered(&found, &mut row);
        } else if pass.records == Records::Rows {
            pass.rows(&mut found, &mut row);
            pass.result.times = pass.governed.as_ref().map(|governed| governed.times);
        } else {
            pass.lines(&mut found, &mut row);
        }
        let mut result = pass.result;
        for (table, _) in &mut result.tables {
            *table = self.columns.table(&examiner, &mut self.scratch, table);
        }
        self.tokens.fill(&mut result.findings);
        self.found = found;
        self.row = row;
        result
    }
}

fn asked(info: &ColumnInfo, verdict: NameVerdict) -> Asked {
    match verdict {
        NameVerdict::For | NameVerdict::Beside => Asked::Plainly,
        NameVerdict::Maybe if info.cells_beside.is_empty() => Asked::Maybe,
        _ => Asked::ByValue,
    }
}

fn flaw(block: &Block) -> Option<Flaw> {
    if let Some(cells) = &block.cells {
        return not_utf8(block, cells).map(Flaw::Text);
    }
    let owned = block.owned();
    if simdutf8::basic::from_utf8(owned).is_ok() {
        return None;
    }
    let at = simdutf8::compat::from_utf8(owned).err()?.valid_up_to();
    Some(Flaw::Byte(block.leaf_offset(block.owned.start + at)))
}

impl Pass<'_> {
    /// Text and logs: the record is the line of the candidate's first byte. Lines are looked up for what may be reported alone.
    fn lines(&mut self, found: &mut Vec<Candidate>, row: &mut Row) {
        let mut found = found.drain(..).peekable();
        // Where what may be reported ends so far.
        let mut reached = 0;
        while let Some(mut candidate) = found.next() {
            let index = usize::from(candidate.rule);
            if score::reach_in_text(self.detector.rules().rule(candidate.rule), &candidate) < self.force.levels()[index] {
                continue;
            }
            self.score_in_line(&mut candidate);
            if !self.may_report(&candidate) {
                continue;
            }
            let apart = reached <= candidate.span.start && found.peek().is_none_or(|next| candidate.span.end <= next.span.start);
            reached = reached.max(candidate.span.end);
            // There are no columns here to lift it later.
            let below = candidate.signals.sum().clamp(0, 100) < self.force.levels()[index];
            if apart && (self.full[index] || below) {
                self.count(&candidate);
                continue;
            }
            if !self.items.is_empty() && row.span.end <= candidate.span.start {
                self.finish_row(row);
            }
            if self.items.is_empty() {
                self.layout.row_at(self.block, candidate.span.start, row);
            }
            self.items.push(Placed::outside(candidate));
        }
        if !self.items.is_empty() {
            self.finish_row(row);
        }
    }

    /// Whether column evidence could still lift a candidate to the level of its rule.
    fn may_report(&self, candidate: &Candidate) -> bool {
        let rule = self.detector.rules().rule(candidate.rule);
        score::reach(rule, candidate) >= self.force.levels()[usize::from(candidate.rule)]
    }

    /// Counts a candidate whose score is final and which needs no row.
    fn count(&mut self, candidate: &Candidate) {
        let (rule, score) = (usize::from(candidate.rule), candidate.signals.sum());
        if score >= self.force.levels()[rule] {
            self.result.counted[rule] += 1;
            self.result.counted_best = self.result.counted_best.max(score);
        }
    }

    fn score_in_line(&self, candidate: &mut Candidate) {
        let mut line = line(&self.block.bytes, &self.block.owned, &candidate.span);
        if self.records == Records::Lines {
            line.start = paragraph_start(&self.block.bytes, candidate.span.start);
        }
        self.score_in_text(&self.block.bytes, line.start, line.end, candidate);
    }

    /// Adds what the words around a candidate say; they count from `floor` to `ceiling`.
    fn score_in_text(&self, text: &[u8], floor: usize, ceiling: usize, candidate: &mut Candidate) {
        let rule = self.detector.rules().rule(candidate.rule);
        let context = context(rule, text, floor..ceiling, &candidate.span);
        score::local(rule, candidate, context, NameVerdict::Neutral, false);
    }

    /// Formats with cells. Rows are parsed where a candidate stands, where a column is looked at cell by cell, and where
    /// the leaf's columns are measured.
    fn rows(&mut self, found: &mut Vec<Candidate>, row: &mut Row) {
        let mut found = found.drain(..).peekable();
        self.learn_columns();
        let mut at = self.block.owned.start;
        // Candidates before the first record: in a header, or in a record that was cut.
        while let Some(next) = found.peek() {
            self.layout.row_at(self.block, next.span.start, row);
            if !row.broken || !row.fields.is_empty() {
                break;
            }
            self.outside_cells(row, &mut found, usize::MAX);
        }
        let mut gap = Row::default();
        while self.layout.row_from(self.block, at, row) {
            self.learn_columns();
            while let Some(next) = found.peek().filter(|c| c.span.start < row.span.start) {
                self.layout.row_at(self.block, next.span.start, &mut gap);
                self.outside_cells(&gap, &mut found, row.span.start);
            }
            self.row(row, &mut found);
            // Records may touch.
            at = row.span.end.max(row.span.start + 1);
        }
        while let Some(next) = found.peek() {
            self.layout.row_at(self.block, next.span.start, row);
            self.outside_cells(row, &mut found, usize::MAX);
        }
    }

    /// A value in a header, or in a record whose structure is lost, and what overlaps it and starts before `limit`.
    fn outside_cells(&mut self, row: &Row, found: &mut Peekable<impl Iterator<Item = Candidate>>, limit: usize) {
        let mut reached = usize::MAX;
        while let Some(mut candidate) = found.next_if(|c| c.span.start < reached.min(limit)) {
            reached = if self.items.is_empty() { candidate.span.end } else { reached.max(candidate.span.end) };
            self.score_in_text(&self.block.bytes, 0, self.block.bytes.len(), &mut candidate);
            self.items.push(Placed::outside(candidate));
        }
        self.finish_row(row);
    }

    /// Looks up the names of columns that the layout has met since.
    pub(super) fn learn_columns(&mut self) {
        for index in self.infos.len()..self.layout.columns().len() {
            self.learn_column(index);
        }
    }

    fn learn_column(&mut self, index: usize) {
        let column = self.layout.columns().get(index).cloned().unwrap_or_else(|| Column::at(index));
        let info = self.names.info(self.examiner, self.scratch, &column);
        let table = column.table.as_ref().map(|table| self.names.table(self.examiner, self.scratch, table));
        let facts = ColumnFacts { table, name: info.shown.clone(), index: column.index };
        self.result.profiles.push(Profile::default());
        self.result.used.push(facts.index.is_some());
        self.result.columns.push(facts);
        self.beside.push(false);
        self.asked.push(!info.cells.is_empty());
        for index in self.neighbours.add(index, &info) {
            self.beside[index] = true;
            self.asked[index] = true;
        }
        self.groups.add(&info);
        self.infos.push(info);
    }

    /// One record with cells. Takes its candidates from `found`.
    pub(super) fn row(&mut self, row: &Row, found: &mut Peekable<impl Iterator<Item = Candidate>>) {
        if let Some(governed) = self.governed.as_mut().filter(|_| !row.broken) {
            governed.see(self.block, &*self.layout, row);
        }
        // Rows may have more fields than the header has names.
        while self.infos.len() < row.fields.last().map_or(0, |f| f.column as usize + 1) {
            self.learn_column(self.infos.len());
        }
        let (mut asked, mut escaped) = (false, false);
        for field in &row.fields {
            let column = field.column as usize;
            self.result.used[column] = true;
            asked |= self.asked[column];
            escaped |= field.escaped;
        }
        let end = row.span.end.max(row.span.start + 1);
        let mut field = 0;
        let mut again: Vec<usize> = Vec::new();
        while let Some(candidate) = found.next_if(|c| c.span.start < end) {
            while field < row.fields.len() && row.fields[field].span.end <= candidate.span.start {
                field += 1;
            }
            match row.fields.get(field) {
                Some(f) if f.span.start <= candidate.span.start && candidate.span.end <= f.span.end => {
                    if !f.escaped {
                        let within = candidate.span.start - f.span.start..candidate.span.end - f.span.start;
                        let text = &self.block.bytes[f.span.clone()];
                        let offset = f.offset as usize;
                        let cell = offset + within.start..offset + within.end;
                        self.place_in_cell(f, text, candidate, InCell { field, cell, within, decoded: None });
                    }
                }
                Some(f) if f.span.start < candidate.span.end => {
                    again.extend((field..row.fields.len()).take_while(|i| row.fields[*i].span.start < candidate.span.end));
                }
                _ => {
                    let mut candidate = candidate;
                    let rendered = self.block.cells.is_some().then(|| text_around(&self.block.bytes, &candidate.span));
                    let text = rendered.unwrap_or_else(|| row.span.clone());
                    self.score_in_text(&self.block.bytes, text.start, text.end, &mut candidate);
                    self.items.push(Placed::outside(candidate));
                }
            }
        }
        if escaped {
            again.extend((0..row.fields.len()).filter(|i| row.fields[*i].escaped));
        }
        again.sort_unstable();
        again.dedup();
        for index in again {
            self.cell_again(row, index);
        }
        if asked {
            self.named_cells(row);
        }
        if self.groups.are_live() && !self.items.is_empty() {
            self.put_together(row);
        }
        if row.ordinal < limits::PROFILED_RECORDS {
            self.profile(row);
        }
        if !self.items.is_empty() {
            self.finish_row(row);
        }
    }

    /// Examines the decoded text of one cell: what was found in the raw bytes may be wrong there, or hidden by escapes.
    fn cell_again(&mut self, row: &Row, index: usize) {
        let field = &row.fields[index];
        let cell = self.layout.text(self.block, field);
        let mut found = Vec::new();
        self.detector.find(self.scratch, &cell.text, 0..cell.text.len(), &mut found);
        if let Some(known) = self.examiner.known() {
            known.mark(self.detector, self.scratch, &cell.text, 0..cell.text.len(), &mut found);
        }
        for mut candidate in found {
            let within = candidate.span.clone();
            candidate.span = cell.to_block(within.clone());
            let decoded = Some(cell.text[within.clone()].to_vec());
            self.place_in_cell(field, &cell.text, candidate, InCell { field: index, cell: cell.to_cell(&within), within, decoded });
        }
    }

    /// Scores a candidate in its cell and keeps it. `text` is the cell's text.
    fn place_in_cell(&mut self, field: &Field, text: &[u8], mut candidate: Candidate, placed: InCell) {
        let rule = self.detector.rules().rule(candidate.rule);
        // A cell that is nothing but a name is judged with its column, unless the name is one of a list.
        let is_listed = candidate.signals.has(Signal::KnownValue);
        if rule.finds_names() && !is_listed && text.trim_ascii().len() == placed.within.len() {
            return;
        }
        let context = context(rule, text, 0..text.len(), &placed.within);
        let verdict = self.infos[field.column as usize].verdicts[usize::from(candidate.rule)];
        score::local(rule, &mut candidate, context, verdict, false);
        if rule.finds_names() && verdict != NameVerdict::For && (text.len() < SENTENCE || candidate.signals.sum() >= 60) {
            candidate.signals.add(Signal::InCell, IN_CELL);
        }
        self.items.push(Placed {
            candidate,
            field: Some(placed.field),
            cell: Some(placed.cell),
            decoded: placed.decoded,
            inside: false,
            whole: None,
        });
    }

    /// The column path: whole cells of columns that are named as an entity's values are.
    fn named_cells(&mut self, row: &Row) {
        for (index, field) in row.fields.iter().enumerate() {
            if !self.asked[field.column as usize] || field.span.is_empty() {
                continue;
            }
            let here = self.items.iter().any(|item| item.field == Some(index));
            let info = &self.infos[field.column as usize];
            let rules = if self.beside[field.column as usize] { &info.cells_beside } else { &info.cells };
            for &rule_index in rules {
                if self.force.is_off(rule_index) {
                    continue;
                }
                let rule = self.detector.rules().rule(rule_index);
                let is_name = rule.cells == Some(CellMatcher::PersonName);
                if here && !is_name && self.items.iter().any(|item| self.is_of(item, index, rule.entity_index)) {
                    continue;
                }
                let verdict = self.name_verdict(field.column, rule_index);
                let is_unnamed_date = verdict == NameVerdict::Neutral && rule.cells == Some(CellMatcher::BirthDate);
                if is_unnamed_date && !self.is_born(row, index) {
                    continue;
                }
                let cell = self.layout.text(self.block, field);
                let Some(mut candidate) = self.detector.cell(self.scratch, rule_index, &cell.text, asked(info, verdict)) else { continue };
                if let Some(known) = self.examiner.known() {
                    known.mark_one(self.detector, self.scratch, &cell.text, &mut candidate);
                }
                let within = candidate.span.clone();
                candidate.span = cell.to_block(within.clone());
                let decoded = field.escaped.then(|| cell.text[within.clone()].to_vec());
                score::local(rule, &mut candidate, Context::default(), verdict, true);
                if is_unnamed_date {
                    candidate.signals.add(Signal::InCell, IN_CELL);
                }
                if is_name && here {
                    // The whole cell is the name, not a part of it.
                    self.items.retain(|item| item.field != Some(index) || !self.detector.rules().rule(item.candidate.rule).finds_names());
                }
                self.items.push(Placed {
                    candidate,
                    field: Some(index),
                    cell: Some(cell.to_cell(&within)),
                    decoded,
                    inside: false,
                    whole: None,
                });
            }
        }
    }

    /// Joins cells of a record that are one address or one name.
    fn put_together(&mut self, row: &Row) {
        for (number, whole) in self.groups.wholes(row).into_iter().take(MOST_WHOLES).enumerate() {
            let id = i64::try_from(row.ordinal).unwrap_or(i64::MAX).saturating_mul(MOST_WHOLES as i64).saturating_add(number as i64);
            self.join(row, &whole, id);
        }
    }

    /// Marks the cells of a whole. Parts that no rule looks at alone – a city, a postal code – become findings of the address.
    fn join(&mut self, row: &Row, whole: &Whole, id: i64) {
        let Some((lead, part)) = whole.cells.iter().copied().find(|(_, part)| part.leads()) else { return };
        let Some(entity) = self.wholes[usize::from(part.is_of_name())] else { return };
        let Some(found) = self.items.iter().find(|item| self.is_of(item, lead, entity)) else { return };
        let mut model = found.candidate.clone();
        if self.examiner.known().is_some() {
            // That the street is known says nothing of the city.
            model.signals = model.signals.without(Signal::KnownValue);
        }
        if !part.is_of_name() {
            model.signals.add(Signal::AdminArea, 10);
            model.signals.add(Signal::PostalCode, if whole.has(Piece::Postcode) { 10 } else { 0 });
        }
        let second = whole
            .cells
            .iter()
            .any(|(field, part)| *part == Piece::Surname && self.items.iter().any(|item| self.is_of(item, *field, entity)));
        if part.is_of_name() && !second {
            return;
        }
        let known = self.items.len();
        for &(field, part) in &whole.cells {
            let mut held = false;
            for at in 0..known {
                if self.is_of(&self.items[at], field, entity) {
                    held = true;
                    self.items[at].whole = Some((id, part));
                    if !part.is_of_name() {
                        let signals = &mut self.items[at].candidate.signals;
                        let is_known = self.examiner.known().is_some() && signals.has(Signal::KnownValue);
                        *signals = model.signals;
                        if is_known {
                            Known::mark_signals(signals);
                        }
                    }
                }
            }
            if !held {
                self.add_part(row, field, &model, (id, part));
            }
        }
    }

    /// Says whether an item may be reported as an entity in this field.
    fn is_of(&self, item: &Placed, field: usize, entity: u16) -> bool {
        item.field == Some(field)
            && self.detector.rules().rule(item.candidate.rule).entity_index == entity
            && self.may_report(&item.candidate)
    }

    /// Makes a whole cell a part of what `model` found in another.
    fn add_part(&mut self, row: &Row, index: usize, model: &Candidate, whole: (i64, Piece)) {
        let field = &row.fields[index];
        let cell = self.layout.text(self.block, field);
        let start = cell.text.len() - cell.text.trim_ascii_start().len();
        let within = start..start + cell.text.trim_ascii().len();
        if within.is_empty() || within.len() > LONGEST_PART || field.kind == ValueKind::Null || field.kind == ValueKind::Bool {
            return;
        }
        let candidate = Candidate { span: cell.to_block(within.clone()), verdict: Verdict::NotChecked, ..model.clone() };
        let decoded = field.escaped.then(|| cell.text[within.clone()].to_vec());
        self.items.push(Placed {
            candidate,
            field: Some(index),
            cell: Some(cell.to_cell(&within)),
            decoded,
            inside: false,
            whole: Some(whole),
        });
    }

    /// What the name of a column says for a rule, where its cells are looked at one by one.
    fn name_verdict(&self, column: u32, rule: u16) -> NameVerdict {
        match self.infos[column as usize].verdicts[usize::from(rule)] {
            NameVerdict::Beside if !self.beside[column as usize] => NameVerdict::Maybe,
            verdict => verdict,
        }
    }

    /// Measures the first records of a leaf.
    fn profile(&mut self, row: &Row) {
        for field in &row.fields {
            let profile = &mut self.result.profiles[field.column as usize];
            let mut observe = |text: &[u8]| profile.observe(text, field.kind, self.examiner.tokens.sketch(text));
            if field.escaped {
                observe(&self.layout.text(self.block, field).text);
            } else {
                observe(&self.block.bytes[field.span.clone()]);
            }
        }
        // A cell counts once for a rule, however many values it holds.
        let mut seen: Vec<(usize, u16)> = Vec::new();
        for item in &self.items {
            let Some(index) = item.field else { continue };
            let place = (index, item.candidate.rule);
            // A name does not speak for its column, unless its words are known or the column is named for names.
            let rule = self.detector.rules().rule(item.candidate.rule);
            let known = rule.cells != Some(CellMatcher::PersonName) || item.candidate.signals.has(Signal::KnownName);
            if !known && self.name_verdict(row.fields[index].column, item.candidate.rule) != NameVerdict::For {
                continue;
            }
            if self.may_report(&item.candidate) && !seen.contains(&place) {
                seen.push(place);
                let profile = &mut self.result.profiles[row.fields[index].column as usize];
                *profile.matched.entry(item.candidate.rule).or_default() += 1;
            }
        }
    }
}
