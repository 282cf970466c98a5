//! Batches → blocks: cut to size and counted under the stream's lock, written as text outside of it.

use std::cell::Cell;
use std::collections::VecDeque;
use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef};
use arrow_schema::DataType;

use super::dictionary::Dictionary;
use super::draw::{Drawing, Part, Told, number};
use super::slots::{View, views};
use super::{Batch, Decode, Leaf};
use crate::model::{Block, Cells, Framing, limits};
use crate::read::{Look, Piece, Render, Sizes, Supply, Supplying};
use crate::unpack::Damage;

thread_local! {
    /// Whether this thread runs a decoder of another crate.
    static DECODING: Cell<bool> = const { Cell::new(false) };
}

/// Says whether the calling thread runs a decoder whose panic is damage of its leaf, and nothing to report.
#[must_use]
pub fn is_decoding() -> bool {
    DECODING.get()
}

/// Runs a decoder; none where it panics.
#[must_use]
pub fn guarded<T>(decode: impl FnOnce() -> T) -> Option<T> {
    DECODING.set(true);
    let done = catch_unwind(AssertUnwindSafe(decode));
    DECODING.set(false);
    done.ok()
}

/// The damage of a leaf whose decoder panicked.
pub(super) fn panicked() -> Damage {
    Damage::Corrupt("the decoder gave up on it".to_owned())
}

/// The blocks of a file of typed columns.
pub(super) struct Rows {
    decoder: Option<Box<dyn Decode>>,
    /// Batches that are decoded, in order.
    waiting: VecDeque<Batch>,
    sizes: Sizes,
    /// Whether all cells of what is decoded are written.
    whole: bool,
    /// By leaf column, the dictionary that was met last.
    dictionaries: Vec<Option<Arc<Dictionary>>>,
    ordinal: u64,
    records: u64,
    bytes: u64,
    told: Arc<Told>,
    failure: Option<Damage>,
    /// The stream that was not read, because its bytes were read out of order.
    rest: Box<dyn Read + Send>,
    spare: Vec<Vec<u8>>,
}

impl Rows {
    pub(super) fn new(decoder: Option<Box<dyn Decode>>, failure: Option<Damage>, rest: Box<dyn Read + Send>, how: &Supplying) -> Self {
        Self {
            decoder,
            waiting: VecDeque::new(),
            sizes: how.sizes,
            whole: how.whole,
            dictionaries: Vec::new(),
            ordinal: 0,
            records: 0,
            bytes: 0,
            told: Arc::default(),
            failure,
            rest,
            spare: Vec::new(),
        }
    }

    /// Decodes the next batch; false at the end.
    fn decode(&mut self) -> bool {
        let Some(decoder) = &mut self.decoder else { return false };
        let decoded = guarded(|| decoder.next());
        match decoded {
            Some(Some(Ok(batch))) => self.waiting.push_back(batch),
            Some(Some(Err(damage))) => {
                self.failure.get_or_insert(damage);
            }
            None => {
                self.failure.get_or_insert_with(panicked);
                if guarded(|| decoder.give_up()).is_none() {
                    self.decoder = None;
                }
            }
            Some(None) => self.finish(),
        }
        true
    }

    /// Reads the stream to its end, so that its hash is known.
    fn finish(&mut self) {
        self.records = self.decoder.take().and_then(|decoder| decoder.records()).unwrap_or(self.records);
        let _ = io::copy(&mut self.rest, &mut io::sink());
    }

    /// Takes a batch that is no larger than a block may be, and measured as a whole or not at all.
    fn take(&mut self) -> Option<Batch> {
        loop {
            while self.waiting.is_empty() {
                if !self.decode() {
                    return None;
                }
            }
            let batch = self.waiting.pop_front()?;
            let rows = batch.records.num_rows();
            let measured = usize::try_from(limits::PROFILED_RECORDS.saturating_sub(batch.first)).unwrap_or(usize::MAX);
            if measured > 0 && measured < rows {
                self.split(&batch, measured);
                continue;
            }
            let weight = batch.records.columns().iter().map(weight).sum::<u64>();
            if rows > 1 && (weight > 4 * self.sizes.block as u64 || rows > limits::BATCH_ELEMENTS) {
                self.split(&batch, rows / 2);
                continue;
            }
            if weight > limits::BATCH_BYTES {
                self.failure.get_or_insert_with(|| Damage::Corrupt(format!("a record has more than {} bytes", limits::BATCH_BYTES)));
                continue;
            }
            self.bytes += weight;
            return Some(batch);
        }
    }

    fn split(&mut self, batch: &Batch, at: usize) {
        let part = |from: usize, rows: usize| Batch {
            records: batch.records.slice(from, rows),
            leaves: Arc::clone(&batch.leaves),
            first: batch.first + from as u64,
            group: batch.group.map(|(group, row)| (group, row + from as u64)),
        };
        self.waiting.push_front(part(at, batch.records.num_rows() - at));
        self.waiting.push_front(part(0, at));
    }

    /// The dictionary of a column, which it may share with the batch before.
    fn dictionary(&mut self, view: &View, leaf: &Leaf) -> Option<Arc<Dictionary>> {
        if self.whole || !matches!(view.array.data_type(), DataType::Dictionary(_, _)) {
            return None;
        }
        let column = leaf.column as usize;
        if self.dictionaries.len() <= column {
            self.dictionaries.resize(column + 1, None);
        }
        let known = &mut self.dictionaries[column];
        if !known.as_ref().is_some_and(|known| known.is_of(&view.array)) {
            *known = Dictionary::of(&view.array).map(Arc::new);
        }
        known.clone()
    }
}

/// The bytes of a column's values. Sliced arrays keep all their buffers, so that these do not tell.
fn weight(array: &ArrayRef) -> u64 {
    let rows = array.len() as u64;
    let list = |range: std::ops::Range<usize>, values: &ArrayRef| weight(&values.slice(range.start, range.len()));
    match array.data_type() {
        DataType::Binary => strings(array.as_binary::<i32>().value_offsets().iter().map(|at| i64::from(*at))) + 4 * rows,
        DataType::LargeBinary => strings(array.as_binary::<i64>().value_offsets().iter().copied()) + 8 * rows,
        DataType::BinaryView => array.as_binary_view().lengths().map(u64::from).sum::<u64>() + 16 * rows,
        DataType::FixedSizeBinary(size) => rows.saturating_mul(size.unsigned_abs().into()),
        DataType::Struct(_) => array.as_struct().columns().iter().map(weight).sum(),
        DataType::List(_) => {
            let lists = array.as_list::<i32>();
            list(ends(lists.value_offsets().iter().map(|at| i64::from(*at))), lists.values()) + 4 * rows
        }
        DataType::LargeList(_) => {
            let lists = array.as_list::<i64>();
            list(ends(lists.value_offsets().iter().copied()), lists.values()) + 8 * rows
        }
        DataType::Map(_, _) => {
            let map = array.as_map();
            let entries: ArrayRef = Arc::new(map.entries().clone());
            list(ends(map.value_offsets().iter().map(|at| i64::from(*at))), &entries) + 4 * rows
        }
        DataType::FixedSizeList(_, _) => weight(array.as_fixed_size_list().values()),
        DataType::Union(fields, _) => fields.iter().map(|(id, _)| weight(array.as_union().child(id))).sum::<u64>() + rows,
        DataType::ListView(_) => weight(array.as_list_view::<i32>().values()),
        DataType::LargeListView(_) => weight(array.as_list_view::<i64>().values()),
        DataType::Null | DataType::RunEndEncoded(_, _) => rows,
        data_type => rows.saturating_mul(data_type.primitive_width().unwrap_or(4) as u64),
    }
}

/// The bytes between the first and the last offset.
fn strings(offsets: impl DoubleEndedIterator<Item = i64>) -> u64 {
    ends(offsets).len() as u64
}

fn ends(mut offsets: impl DoubleEndedIterator<Item = i64>) -> std::ops::Range<usize> {
    let index = |offset: Option<i64>| offset.and_then(|offset| usize::try_from(offset).ok());
    let first = index(offsets.next()).unwrap_or(0);
    first..index(offsets.next_back()).unwrap_or(first).max(first)
}

impl Supply for Rows {
    fn next_piece(&mut self) -> Option<Piece> {
        loop {
            let batch = self.take()?;
            let views = match guarded(|| views(&batch.records)).unwrap_or_else(|| Err(panicked())) {
                Ok(views) => views,
                Err(damage) => {
                    self.failure.get_or_insert(damage);
                    continue;
                }
            };
            let rows = batch.records.num_rows();
            self.records = self.records.max(batch.first + rows as u64);
            let columns = views.into_iter().map(|view| {
                let leaf = batch.leaves[view.leaf].clone();
                let dictionary = self.dictionary(&view, &leaf);
                (view, leaf, dictionary)
            });
            let drawn = Drawn {
                columns: columns.collect(),
                ordinal: self.ordinal,
                first: batch.first,
                group: batch.group,
                rows: number(rows),
                whole: self.whole,
                told: Arc::clone(&self.told),
                bytes: self.spare.pop().unwrap_or_default(),
            };
            self.ordinal += 1;
            return Some(Piece::Records(Box::new(drawn)));
        }
    }

    fn recycle(&mut self, bytes: Vec<u8>) {
        if self.spare.len() < 8 {
            self.spare.push(bytes);
        }
    }

    fn take_failure(&mut self) -> Option<io::Error> {
        let left_out = || Damage::Corrupt(format!("the text of one batch of records has more than {} bytes", limits::BATCH_BYTES));
        let left_out = self.told.has_left_out.load(Ordering::Relaxed).then(left_out);
        self.failure.take().or(left_out).map(io::Error::from)
    }

    fn bytes_cut(&self) -> u64 {
        self.bytes
    }

    fn records(&self) -> u64 {
        self.records
    }

    fn binary_values(&self) -> u64 {
        self.told.binary.load(Ordering::Relaxed)
    }
}

/// A batch that is still to be written as text.
struct Drawn {
    columns: Vec<(View, Leaf, Option<Arc<Dictionary>>)>,
    ordinal: u64,
    first: u64,
    group: Option<(i32, u64)>,
    rows: u32,
    whole: bool,
    told: Arc<Told>,
    bytes: Vec<u8>,
}

impl Render for Drawn {
    fn render(self: Box<Self>, look: &mut Look<'_>) -> Block {
        let Self { columns, ordinal, first, group, rows, whole, told, mut bytes } = *self;
        bytes.clear();
        let mut drawing = Drawing { bytes, runs: Vec::new(), measured: !whole && first < limits::PROFILED_RECORDS, told: &told };
        for (view, leaf, dictionary) in &columns {
            match dictionary {
                Some(dictionary) => drawing.dictionary(view, leaf, dictionary, look),
                None => drawing.column(view, leaf, if whole { Part::Whole } else { Part::Examined }),
            }
        }
        let owned = 0..drawing.bytes.len();
        if drawing.measured {
            for (view, leaf, _) in columns.iter().filter(|(_, _, dictionary)| dictionary.is_none()) {
                drawing.column(view, leaf, Part::Measured);
            }
        }
        let framing = Framing { first_record: first, ..Framing::default() };
        let cells = Some(Cells { records: rows, group, runs: drawing.runs });
        Block { ordinal, offset: 0, bytes: drawing.bytes, owned, framing, origin: None, cells }
    }

    fn keep(&mut self, records: u64) -> bool {
        let Some(kept) = u32::try_from(records).ok().filter(|kept| *kept < self.rows) else { return false };
        self.rows = kept;
        self.columns.iter_mut().for_each(|(view, _, _)| view.slots.keep(kept));
        true
    }
}
