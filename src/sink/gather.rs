//! Columns in the making: rows come in as plain values, Arrow arrays go out.
//!
//! Text that repeats is a number here; its table is made once a chunk. Nothing hashes a string.

use std::sync::Arc;

use arrow_array::types::Int32Type;
use arrow_array::{Array, ArrayRef, ArrowPrimitiveType, BooleanArray, DictionaryArray, ListArray, PrimitiveArray, StringArray};
use arrow_buffer::{BooleanBufferBuilder, Buffer, NullBufferBuilder, OffsetBuffer, ScalarBuffer};

use crate::finding::schema;
use crate::model::{Id, Signals};

/// Rows of a chunk.
pub(super) const CHUNK: usize = 4_096;
/// Hex digits of an id.
const DIGITS: usize = 32;

/// 32-digit ids, some of them absent. All share one table of offsets.
pub(super) struct Hexes {
    bytes: Vec<u8>,
    nulls: NullBufferBuilder,
    last: Option<Id>,
    offsets: OffsetBuffer<i32>,
}

impl Hexes {
    pub(super) fn new() -> Self {
        let offsets = OffsetBuffer::from_lengths(std::iter::repeat_n(DIGITS, CHUNK));
        Self { bytes: Vec::with_capacity(CHUNK * DIGITS), nulls: NullBufferBuilder::new(CHUNK), last: None, offsets }
    }

    pub(super) fn push(&mut self, id: Id) {
        if self.last == Some(id) {
            self.bytes.extend_from_within(self.bytes.len() - DIGITS..);
        } else {
            self.bytes.extend_from_slice(&id.hex());
            self.last = Some(id);
        }
        self.nulls.append_non_null();
    }

    pub(super) fn push_option(&mut self, id: Option<Id>) {
        if let Some(id) = id {
            return self.push(id);
        }
        // The slot of an absent id is filled, so that all offsets stay the same; it is not written.
        self.bytes.extend_from_slice(&[b'0'; DIGITS]);
        self.nulls.append_null();
        self.last = None;
    }

    pub(super) fn push_many(&mut self, id: Id, count: usize) {
        for _ in 0..count {
            self.push(id);
        }
    }

    pub(super) fn take(&mut self) -> ArrayRef {
        let bytes = std::mem::replace(&mut self.bytes, Vec::with_capacity(CHUNK * DIGITS));
        self.last = None;
        let offsets = self.offsets.slice(0, bytes.len() / DIGITS);
        Arc::new(StringArray::new(offsets, Buffer::from_vec(bytes), self.nulls.finish()))
    }
}

/// Text that hardly repeats.
pub(super) struct Texts {
    bytes: Vec<u8>,
    offsets: Vec<i32>,
    nulls: NullBufferBuilder,
}

impl Texts {
    pub(super) fn new() -> Self {
        Self { bytes: Vec::new(), offsets: vec![0], nulls: NullBufferBuilder::new(CHUNK) }
    }

    pub(super) fn push(&mut self, text: &str) {
        self.bytes.extend_from_slice(text.as_bytes());
        self.end();
        self.nulls.append_non_null();
    }

    pub(super) fn push_option(&mut self, text: Option<&str>) {
        if let Some(text) = text {
            return self.push(text);
        }
        self.end();
        self.nulls.append_null();
    }

    fn end(&mut self) {
        self.offsets.push(i32::try_from(self.bytes.len()).expect("a chunk's text is below 2 GiB"));
    }

    /// Bytes gathered since the last take.
    pub(super) fn len_bytes(&self) -> usize {
        self.bytes.len()
    }

    pub(super) fn take(&mut self) -> StringArray {
        let bytes = std::mem::take(&mut self.bytes);
        let offsets = std::mem::replace(&mut self.offsets, vec![0]);
        StringArray::new(OffsetBuffer::new(ScalarBuffer::from(offsets)), Buffer::from_vec(bytes), self.nulls.finish())
    }
}

/// Numbers, some of them absent.
pub(super) struct Numbers<T: ArrowPrimitiveType> {
    values: Vec<T::Native>,
    nulls: NullBufferBuilder,
}

impl<T: ArrowPrimitiveType> Numbers<T> {
    pub(super) fn new() -> Self {
        Self { values: Vec::with_capacity(CHUNK), nulls: NullBufferBuilder::new(CHUNK) }
    }

    pub(super) fn extend(&mut self, values: impl ExactSizeIterator<Item = T::Native>) {
        self.nulls.append_n_non_nulls(values.len());
        self.values.extend(values);
    }

    pub(super) fn push(&mut self, value: Option<T::Native>) {
        self.nulls.append(value.is_some());
        self.values.push(value.unwrap_or_default());
    }

    pub(super) fn push_many(&mut self, value: Option<T::Native>, count: usize) {
        if value.is_some() {
            self.nulls.append_n_non_nulls(count);
        } else {
            self.nulls.append_n_nulls(count);
        }
        self.values.resize(self.values.len() + count, value.unwrap_or_default());
    }

    pub(super) fn take(&mut self) -> PrimitiveArray<T> {
        let values = std::mem::replace(&mut self.values, Vec::with_capacity(CHUNK));
        PrimitiveArray::new(ScalarBuffer::from(values), self.nulls.finish())
    }

    pub(super) fn take_ref(&mut self) -> ArrayRef {
        Arc::new(self.take())
    }
}

/// Truth values, some of them absent.
pub(super) struct Flags {
    values: BooleanBufferBuilder,
    nulls: NullBufferBuilder,
}

impl Flags {
    pub(super) fn new() -> Self {
        Self { values: BooleanBufferBuilder::new(CHUNK), nulls: NullBufferBuilder::new(CHUNK) }
    }

    pub(super) fn push(&mut self, value: Option<bool>) {
        self.values.append(value == Some(true));
        self.nulls.append(value.is_some());
    }

    pub(super) fn take(&mut self) -> ArrayRef {
        Arc::new(BooleanArray::new(self.values.finish(), self.nulls.finish()))
    }
}

/// A column of few values that are cheap to compare: it remembers the last one.
pub(super) struct Few<T> {
    known: Vec<T>,
    last: usize,
    keys: Numbers<Int32Type>,
}

impl<T: Copy + PartialEq> Few<T> {
    pub(super) fn new() -> Self {
        Self { known: Vec::new(), last: 0, keys: Numbers::new() }
    }

    pub(super) fn push(&mut self, value: Option<T>) {
        let key = value.map(|value| self.key(value));
        self.keys.push(key);
    }

    fn key(&mut self, value: T) -> i32 {
        if self.known.get(self.last) != Some(&value) {
            self.last = self.known.iter().position(|known| *known == value).unwrap_or_else(|| {
                self.known.push(value);
                self.known.len() - 1
            });
        }
        key(self.last)
    }

    pub(super) fn take(&mut self, name: impl Fn(&T) -> &str) -> ArrayRef {
        words(self.keys.take(), &table(self.known.iter().map(name)))
    }
}

/// The signals of findings, as `name+0.25`.
pub(super) struct SignalLists {
    texts: Texts,
    offsets: Vec<i32>,
    count: i32,
    known: Vec<Box<str>>,
}

impl SignalLists {
    pub(super) fn new() -> Self {
        Self { texts: Texts::new(), offsets: vec![0], count: 0, known: vec![Box::default(); SIGNALS << 8] }
    }

    pub(super) fn push(&mut self, signals: &Signals) {
        for (signal, delta) in signals.iter() {
            let slot = &mut self.known[(signal as usize) << 8 | usize::from(delta.cast_unsigned())];
            if slot.is_empty() {
                *slot = signal_text(signal.name(), delta);
            }
            self.texts.push(slot);
            self.count += 1;
        }
        self.offsets.push(self.count);
    }

    pub(super) fn take(&mut self) -> ArrayRef {
        self.count = 0;
        let offsets = OffsetBuffer::new(ScalarBuffer::from(std::mem::replace(&mut self.offsets, vec![0])));
        Arc::new(ListArray::new(Arc::new(schema::element()), offsets, Arc::new(self.texts.take()), None))
    }
}

/// How many signals there are.
const SIGNALS: usize = crate::model::Signal::ALL.len();

fn signal_text(name: &str, delta: i8) -> Box<str> {
    let sign = if delta < 0 { '-' } else { '+' };
    let size = delta.unsigned_abs();
    format!("{name}{sign}{}.{:02}", size / 100, size % 100).into()
}

/// A table of words from their texts.
pub(super) fn table<'a>(texts: impl Iterator<Item = &'a str>) -> ArrayRef {
    Arc::new(StringArray::from_iter_values(texts))
}

/// A dictionary column from keys and its table.
pub(super) fn words(keys: PrimitiveArray<Int32Type>, table: &ArrayRef) -> ArrayRef {
    Arc::new(DictionaryArray::new(keys, table.clone()))
}

/// An index as a dictionary key.
pub(super) fn key(index: usize) -> i32 {
    i32::try_from(index).expect("a chunk has few words")
}

/// The first `rows` rows of a column that is the same all through.
pub(super) fn constant(column: &ArrayRef, rows: usize) -> ArrayRef {
    column.slice(0, rows)
}
