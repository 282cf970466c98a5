//! Columns in the making: rows come in as plain values, Arrow arrays go out.
//!
//! Text that repeats is a number here; its table is made once a chunk. Nothing hashes a string.

use std::sync::Arc;

use arrow_array::{Array, ArrayRef, ListArray, StringArray};
use arrow_buffer::{Buffer, NullBufferBuilder, OffsetBuffer, ScalarBuffer};

use crate::finding::schema;
use crate::model::Signals;

/// Rows of a chunk.
pub(super) const CHUNK: usize = 4_096;

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

    fn end(&mut self) {
        self.offsets.push(i32::try_from(self.bytes.len()).expect("a chunk's text is below 2 GiB"));
    }

    pub(super) fn take(&mut self) -> StringArray {
        let bytes = std::mem::take(&mut self.bytes);
        let offsets = std::mem::replace(&mut self.offsets, vec![0]);
        StringArray::new(OffsetBuffer::new(ScalarBuffer::from(offsets)), Buffer::from_vec(bytes), self.nulls.finish())
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

/// A signal as the column of signals shows it.
pub(super) fn signal_text(name: &str, delta: i8) -> Box<str> {
    let sign = if delta < 0 { '-' } else { '+' };
    let size = delta.unsigned_abs();
    format!("{name}{sign}{}.{:02}", size / 100, size % 100).into()
}

/// The first `rows` rows of a column that is the same all through.
pub(super) fn constant(column: &ArrayRef, rows: usize) -> ArrayRef {
    column.slice(0, rows)
}

/// A score as `confidence`.
pub(super) fn confidence(score: i16) -> f32 {
    f32::from(score.clamp(0, 100)) / 100.0
}
