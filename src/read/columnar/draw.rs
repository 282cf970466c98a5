//! Columns of a batch → the text of a block and the table of its cells.
//!
//! Text is written column by column. What a block owns is examined; behind it stand, for the first records of a leaf, the values that
//! are only measured: numbers too short to be anything, times, booleans.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, Date64Type, Decimal32Type, Decimal64Type, Decimal128Type, Decimal256Type, DurationMicrosecondType,
    DurationMillisecondType, DurationNanosecondType, DurationSecondType, Float16Type, Float32Type, Float64Type, Int8Type, Int16Type,
    Int32Type, Int64Type, Time32MillisecondType, Time32SecondType, Time64MicrosecondType, Time64NanosecondType, TimestampMicrosecondType,
    TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, BinaryArray};
use arrow_schema::{DataType, TimeUnit};

use super::dictionary::Dictionary;
use super::plan::{Leaf, Show};
use super::slots::View;
use super::spell;
use crate::model::{CELL_END, CellRun, ValueKind, limits};
use crate::read::Look;

/// What is written of a column.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// What is examined.
    Examined,
    /// What is only measured.
    Measured,
    /// Every value and null.
    Whole,
}

/// A block's text while it is written.
pub(super) struct Drawing<'a> {
    pub bytes: Vec<u8>,
    pub runs: Vec<CellRun>,
    /// Whether all values are wanted, if only to be measured.
    pub measured: bool,
    /// What is told of the values.
    pub told: &'a Told,
}

/// What blocks tell of their values.
#[derive(Default)]
pub(super) struct Told {
    /// Values that are no text.
    pub binary: AtomicU64,
    /// Whether values were left out because one is repeated so often that the text would be too long.
    pub has_left_out: AtomicBool,
}

/// What becomes of one value.
enum Fate {
    Write,
    Skip,
}

impl Drawing<'_> {
    /// Writes a column whose values stand in dictionaries; values are looked at once for all blocks.
    pub(super) fn dictionary(&mut self, view: &View, leaf: &Leaf, dictionary: &Dictionary, look: &mut Look<'_>) {
        let all = self.measured || leaf.asked;
        let keys = dictionary.keys(&view.array);
        let mut texts = Texts { numbers: vec![u32::MAX; dictionary.len()], run: self.start(leaf, ValueKind::Text), null: None };
        let (mut cells, mut records) = (Vec::new(), Vec::new());
        let wanted = if all { None } else { Some(dictionary.holding(look)) };
        // Bytes that are said to be nothing else may be no text.
        let is_binary = |key: usize| !leaf.text && !is_text(dictionary.value(key));
        for record in 0..view.slots.len {
            let text = match keys.get(record) {
                Some(key) if is_binary(key) => {
                    self.told.binary.fetch_add(1, Ordering::Relaxed);
                    continue;
                }
                Some(key) if wanted.is_none_or(|wanted| wanted[key]) => texts.of(key, dictionary, &mut self.bytes),
                None if self.measured => texts.null(&self.bytes),
                _ => continue,
            };
            cells.push(text);
            records.push(number(record));
        }
        let mut run = texts.run;
        if !cells.is_empty() {
            run.starts.push(number(self.bytes.len()));
            (run.texts, run.records) = (Some(cells), Some(records.into()));
            self.runs.push(run);
        }
    }

    /// Writes a part of a column.
    pub(super) fn column(&mut self, view: &View, leaf: &Leaf, part: Part) {
        let array = &view.array;
        match array.data_type() {
            DataType::Binary => self.texts(view, leaf, part, |i| array.as_binary::<i32>().value(i)),
            DataType::LargeBinary => self.texts(view, leaf, part, |i| array.as_binary::<i64>().value(i)),
            DataType::BinaryView => self.texts(view, leaf, part, |i| array.as_binary_view().value(i)),
            DataType::Utf8 => self.texts(view, leaf, part, |i| array.as_string::<i32>().value(i).as_bytes()),
            DataType::LargeUtf8 => self.texts(view, leaf, part, |i| array.as_string::<i64>().value(i).as_bytes()),
            DataType::Utf8View => self.texts(view, leaf, part, |i| array.as_string_view().value(i).as_bytes()),
            DataType::FixedSizeBinary(size) => {
                let values = array.as_fixed_size_binary();
                if *size == 16 && (leaf.asked || leaf.show == Show::Nothing) {
                    self.values(
                        view,
                        leaf,
                        part,
                        |_| false,
                        |i, out| match values.value(i) {
                            text if is_text(text) => out.extend_from_slice(text),
                            bytes => spell::uuid(bytes, out),
                        },
                    );
                } else {
                    self.texts(view, leaf, part, |i| values.value(i));
                }
            }
            DataType::Boolean => self.values(
                view,
                leaf,
                part,
                |_| false,
                |i, out| {
                    out.extend_from_slice(if array.as_boolean().value(i) { b"true" } else { b"false" });
                },
            ),
            DataType::Null => self.nulls(view, leaf, part),
            _ => self.numbers(view, leaf, part),
        }
    }

    fn numbers(&mut self, view: &View, leaf: &Leaf, part: Part) {
        use TimeUnit::{Microsecond, Millisecond, Nanosecond, Second};
        match view.array.data_type() {
            DataType::Int8 => self.primitive::<Int8Type>(view, leaf, part, |_| false, |v, out| spell::integer(v.into(), out)),
            DataType::Int16 => self.primitive::<Int16Type>(view, leaf, part, |_| false, |v, out| spell::integer(v.into(), out)),
            DataType::UInt8 => self.primitive::<UInt8Type>(view, leaf, part, |_| false, |v, out| spell::integer(v.into(), out)),
            DataType::UInt16 => self.primitive::<UInt16Type>(view, leaf, part, |_| false, |v, out| spell::integer(v.into(), out)),
            DataType::Int32 => {
                let long = |v: i32| spell::is_long(v.unsigned_abs().into());
                self.primitive::<Int32Type>(view, leaf, part, long, |v, out| spell::integer(v.into(), out));
            }
            DataType::Int64 => {
                let long = |v: i64| spell::is_long(v.unsigned_abs());
                self.primitive::<Int64Type>(view, leaf, part, long, |v, out| spell::integer(v.into(), out));
            }
            DataType::UInt32 => {
                self.primitive::<UInt32Type>(view, leaf, part, |v| spell::is_long(v.into()), |v, out| spell::integer(v.into(), out));
            }
            DataType::UInt64 => self.primitive::<UInt64Type>(view, leaf, part, spell::is_long, |v, out| spell::integer(v.into(), out)),
            DataType::Float64 => self.primitive::<Float64Type>(view, leaf, part, spell::is_long_double, spell::double),
            DataType::Float32 => self.primitive::<Float32Type>(view, leaf, part, |_| false, spell::single),
            DataType::Float16 => self.primitive::<Float16Type>(view, leaf, part, |_| false, |v, out| spell::single(v.to_f32(), out)),
            DataType::Decimal32(_, scale) => self.decimal::<Decimal32Type>(view, leaf, part, *scale),
            DataType::Decimal64(_, scale) => self.decimal::<Decimal64Type>(view, leaf, part, *scale),
            DataType::Decimal128(_, scale) => self.decimal::<Decimal128Type>(view, leaf, part, *scale),
            DataType::Decimal256(_, scale) => self.decimal::<Decimal256Type>(view, leaf, part, *scale),
            DataType::Date32 => self.primitive::<Date32Type>(view, leaf, part, |_| false, |v, out| spell::date(v.into(), out)),
            DataType::Date64 => {
                self.primitive::<Date64Type>(view, leaf, part, |_| false, |v, out| spell::date(v.div_euclid(86_400_000), out));
            }
            DataType::Timestamp(Second, _) => self.timestamp::<TimestampSecondType>(view, leaf, part, Second),
            DataType::Timestamp(Millisecond, _) => self.timestamp::<TimestampMillisecondType>(view, leaf, part, Millisecond),
            DataType::Timestamp(Microsecond, _) => self.timestamp::<TimestampMicrosecondType>(view, leaf, part, Microsecond),
            DataType::Timestamp(Nanosecond, _) => self.timestamp::<TimestampNanosecondType>(view, leaf, part, Nanosecond),
            DataType::Time32(Second) => {
                self.primitive::<Time32SecondType>(view, leaf, part, |_| false, |v, out| spell::time(v.into(), Second, out));
            }
            DataType::Time32(_) => {
                self.primitive::<Time32MillisecondType>(view, leaf, part, |_| false, |v, out| spell::time(v.into(), Millisecond, out));
            }
            DataType::Time64(Microsecond) => {
                self.primitive::<Time64MicrosecondType>(view, leaf, part, |_| false, |v, out| spell::time(v, Microsecond, out));
            }
            DataType::Time64(_) => {
                self.primitive::<Time64NanosecondType>(view, leaf, part, |_| false, |v, out| spell::time(v, Nanosecond, out));
            }
            DataType::Duration(Second) => self.duration::<DurationSecondType>(view, leaf, part),
            DataType::Duration(Millisecond) => self.duration::<DurationMillisecondType>(view, leaf, part),
            DataType::Duration(Microsecond) => self.duration::<DurationMicrosecondType>(view, leaf, part),
            DataType::Duration(Nanosecond) => self.duration::<DurationNanosecondType>(view, leaf, part),
            // Intervals: months, days and nanoseconds, which nothing is looked for in. They count as values.
            _ => self.values(view, leaf, part, |_| false, |_, out| out.extend_from_slice(b"interval")),
        }
    }

    fn timestamp<T: ArrowPrimitiveType<Native = i64>>(&mut self, view: &View, leaf: &Leaf, part: Part, unit: TimeUnit) {
        // Ages are reckoned from what is written whole: there it says all that is known.
        let is_utc = matches!(view.array.data_type(), DataType::Timestamp(_, Some(_)));
        let write = |v: i64, out: &mut Vec<u8>| {
            spell::timestamp(v, unit, out);
            if part == Part::Whole {
                spell::fraction(v, unit, out);
                out.extend_from_slice(if is_utc { b"Z" } else { b"" });
            }
        };
        self.primitive::<T>(view, leaf, part, |_| false, write);
    }

    fn duration<T: ArrowPrimitiveType<Native = i64>>(&mut self, view: &View, leaf: &Leaf, part: Part) {
        self.primitive::<T>(view, leaf, part, |_| false, |v, out| spell::integer(v.into(), out));
    }

    fn decimal<T: ArrowPrimitiveType>(&mut self, view: &View, leaf: &Leaf, part: Part, scale: i8)
    where
        T::Native: std::fmt::Display,
    {
        let array = view.array.as_primitive::<T>();
        let digits = |i: usize| array.value(i).to_string();
        let long = |i: usize| scale == 0 && digits(i).trim_start_matches('-').len() >= 7;
        self.values(view, leaf, part, long, |i, out| spell::decimal(&digits(i), scale, out));
    }

    fn primitive<T: ArrowPrimitiveType>(
        &mut self,
        view: &View,
        leaf: &Leaf,
        part: Part,
        long: impl Fn(T::Native) -> bool,
        write: impl Fn(T::Native, &mut Vec<u8>),
    ) {
        let values = view.array.as_primitive::<T>().values();
        self.values(view, leaf, part, |i| long(values[i]), |i, out| write(values[i], out));
    }

    /// Values that are no text: which are long, and how each is spelt.
    fn values(&mut self, view: &View, leaf: &Leaf, part: Part, long: impl Fn(usize) -> bool, write: impl Fn(usize, &mut Vec<u8>)) {
        let kind = match view.array.data_type() {
            DataType::Boolean => ValueKind::Bool,
            data_type if data_type.is_numeric() => ValueKind::Number,
            _ => ValueKind::Text,
        };
        match (part, leaf.show) {
            (Part::Examined, Show::All) | (Part::Whole, _) => self.dense(view, leaf, kind, write),
            (Part::Examined, Show::Long) => self.some(view, leaf, kind, false, |i| if long(i) { Fate::Write } else { Fate::Skip }, write),
            (Part::Measured, Show::Long) => self.some(view, leaf, kind, true, |i| if long(i) { Fate::Skip } else { Fate::Write }, write),
            (Part::Measured, Show::Nothing) => self.dense(view, leaf, kind, write),
            (Part::Examined, Show::Nothing) | (Part::Measured, Show::All) => {}
        }
    }

    /// Text, and bytes that may be text.
    fn texts<'v>(&mut self, view: &View, leaf: &Leaf, part: Part, value: impl Fn(usize) -> &'v [u8]) {
        let is_text_at = |i: usize| is_text(value(i));
        match part {
            Part::Whole if !leaf.text => self.dense(view, leaf, ValueKind::Text, |i, out| match value(i) {
                text if is_text(text) => out.extend_from_slice(text),
                bytes => spell::hex(bytes, out),
            }),
            Part::Examined | Part::Whole if leaf.text => self.dense(view, leaf, ValueKind::Text, |i, out| out.extend_from_slice(value(i))),
            Part::Examined | Part::Whole => {
                let mut binary = 0;
                let fate = |i: usize| {
                    if is_text_at(i) {
                        return Fate::Write;
                    }
                    binary += 1;
                    Fate::Skip
                };
                let measured = self.measured;
                self.some(view, leaf, ValueKind::Text, measured, fate, |i, out| out.extend_from_slice(value(i)));
                self.told.binary.fetch_add(binary, Ordering::Relaxed);
            }
            Part::Measured if leaf.text => {}
            Part::Measured => {
                let fate = |i: usize| if is_text_at(i) { Fate::Skip } else { Fate::Write };
                self.some(view, leaf, ValueKind::Text, false, fate, |i, out| spell::hex(value(i), out));
            }
        }
    }

    fn nulls(&mut self, view: &View, leaf: &Leaf, part: Part) {
        if part != Part::Examined {
            self.some(view, leaf, ValueKind::Null, true, |_| Fate::Skip, |_, _| ());
        }
    }

    fn start(&self, leaf: &Leaf, kind: ValueKind) -> CellRun {
        CellRun { column: leaf.column, kind, ..CellRun::default() }
    }

    /// Whether another value may be written. Batches are bounded, but one value of theirs may stand for many.
    fn has_room(&self) -> bool {
        let has_room = (self.bytes.len() as u64) < limits::BATCH_BYTES;
        if !has_room {
            self.told.has_left_out.store(true, Ordering::Relaxed);
        }
        has_room
    }

    /// Writes all values; nulls are empty.
    fn dense(&mut self, view: &View, leaf: &Leaf, kind: ValueKind, write: impl Fn(usize, &mut Vec<u8>)) {
        let (slots, nulls) = (&view.slots, view.array.logical_nulls().filter(|nulls| nulls.null_count() > 0));
        let mut run = self.start(leaf, kind);
        run.starts.reserve_exact(slots.len + 1);
        for cell in 0..slots.len {
            run.starts.push(number(self.bytes.len()));
            let at = slots.at(cell);
            if nulls.as_ref().is_none_or(|nulls| nulls.is_valid(at)) && self.has_room() {
                write(at, &mut self.bytes);
                self.bytes.extend_from_slice(CELL_END);
            }
        }
        run.starts.push(number(self.bytes.len()));
        (run.records, run.indices, run.levels) = (slots.records.clone(), Arc::clone(&slots.indices), slots.levels);
        self.runs.push(run);
    }

    /// Writes some values.
    fn some(
        &mut self,
        view: &View,
        leaf: &Leaf,
        kind: ValueKind,
        with_nulls: bool,
        mut fate: impl FnMut(usize) -> Fate,
        write: impl Fn(usize, &mut Vec<u8>),
    ) {
        let (slots, nulls) = (&view.slots, view.array.logical_nulls().filter(|nulls| nulls.null_count() > 0));
        let (mut run, mut records, mut indices) = (self.start(leaf, kind), Vec::new(), Vec::new());
        for cell in 0..slots.len {
            let at = slots.at(cell);
            let is_null = nulls.as_ref().is_some_and(|nulls| nulls.is_null(at));
            let start = number(self.bytes.len());
            if is_null && !with_nulls || !is_null && matches!(fate(at), Fate::Skip) {
                continue;
            }
            run.starts.push(start);
            if !is_null && self.has_room() {
                write(at, &mut self.bytes);
                self.bytes.extend_from_slice(CELL_END);
            }
            records.push(slots.records.as_ref().map_or_else(|| number(cell), |records| records[cell]));
            indices.extend_from_slice(&slots.indices[cell * slots.levels..(cell + 1) * slots.levels]);
        }
        if records.is_empty() {
            return;
        }
        run.starts.push(number(self.bytes.len()));
        (run.records, run.indices, run.levels) = (Some(records.into()), indices.into(), slots.levels);
        self.runs.push(run);
    }
}

/// Texts of a dictionary that a block uses.
struct Texts {
    /// By key, its text in the run.
    numbers: Vec<u32>,
    run: CellRun,
    null: Option<u32>,
}

impl Texts {
    fn of(&mut self, key: usize, dictionary: &Dictionary, bytes: &mut Vec<u8>) -> u32 {
        if self.numbers[key] == u32::MAX {
            self.numbers[key] = number(self.run.starts.len());
            self.run.starts.push(number(bytes.len()));
            bytes.extend_from_slice(dictionary.value(key));
            bytes.extend_from_slice(CELL_END);
        }
        self.numbers[key]
    }

    fn null(&mut self, bytes: &[u8]) -> u32 {
        *self.null.get_or_insert_with(|| {
            self.run.starts.push(number(bytes.len()));
            number(self.run.starts.len() - 1)
        })
    }
}

/// Numbers of cells and places in a block fit 32 bits: batches are bounded.
pub(super) fn number(n: usize) -> u32 {
    u32::try_from(n).expect("batches are bounded")
}

/// Whether bytes are text: UTF-8, with hardly any control characters.
pub(super) fn is_text(bytes: &[u8]) -> bool {
    let control = || bytes.iter().filter(|b| matches!(b, 0..=8 | 14..=26 | 28..=31 | 127)).count();
    simdutf8::basic::from_utf8(bytes).is_ok() && control() * 20 <= bytes.len()
}

/// Returns the values of a dictionary of text.
pub(super) fn dictionary_values(array: &ArrayRef) -> Option<&BinaryArray> {
    array.as_any_dictionary_opt()?.values().as_binary_opt::<i32>()
}
