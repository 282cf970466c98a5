//! Which elements of an array are cells, and of which record: lists, structs and unions taken apart.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Int16Type, Int32Type, Int64Type, RunEndIndexType};
use arrow_array::{Array, ArrayRef, OffsetSizeTrait, RecordBatch};
use arrow_buffer::NullBuffer;
use arrow_schema::{DataType, UnionMode};

use crate::model::limits;
use crate::unpack::Damage;

/// The cells of one leaf column in a batch.
pub(super) struct View {
    /// Ordinal among the leaf columns of the batch.
    pub leaf: usize,
    pub array: ArrayRef,
    pub slots: Slots,
}

/// Cells in an array, in the order of their records.
#[derive(Clone)]
pub(super) struct Slots {
    pub len: usize,
    /// The record of each; none: that of its number.
    pub records: Option<Arc<[u32]>>,
    /// Where each stands in the array; none: at its number.
    pub at: Option<Arc<[u32]>>,
    /// Lists around each.
    pub levels: usize,
    /// Element indices, `levels` for each.
    pub indices: Arc<[u32]>,
}

/// Takes a batch apart into its leaf columns, in the order of [`super::plan::leaf_fields`].
pub(super) fn views(batch: &RecordBatch) -> Result<Vec<View>, Damage> {
    let mut out = Vec::new();
    let whole = Slots { len: batch.num_rows(), records: None, at: None, levels: 0, indices: Arc::default() };
    for column in batch.columns() {
        visit(column, whole.clone(), &mut out)?;
    }
    Ok(out)
}

fn visit(array: &ArrayRef, slots: Slots, out: &mut Vec<View>) -> Result<(), Damage> {
    match array.data_type() {
        DataType::Struct(_) => {
            let slots = slots.valid(array.nulls())?;
            array.as_struct().columns().iter().try_for_each(|child| visit(child, slots.clone(), out))
        }
        DataType::List(_) => visit(array.as_list::<i32>().values(), slots.offsets(array, array.as_list::<i32>().value_offsets())?, out),
        DataType::LargeList(_) => {
            visit(array.as_list::<i64>().values(), slots.offsets(array, array.as_list::<i64>().value_offsets())?, out)
        }
        DataType::Map(_, _) => {
            let map = array.as_map();
            let entries: ArrayRef = Arc::new(map.entries().clone());
            visit(&entries, slots.offsets(array, map.value_offsets())?, out)
        }
        DataType::FixedSizeList(_, size) => {
            let size = usize::try_from(*size).unwrap_or(0);
            visit(array.as_fixed_size_list().values(), slots.lists(array, |i| (i * size, size))?, out)
        }
        DataType::ListView(_) => {
            let list = array.as_list_view::<i32>();
            visit(list.values(), slots.lists(array, |i| (index(list.value_offset(i)), index(list.value_size(i))))?, out)
        }
        DataType::LargeListView(_) => {
            let list = array.as_list_view::<i64>();
            visit(list.values(), slots.lists(array, |i| (index(list.value_offset(i)), index(list.value_size(i))))?, out)
        }
        DataType::Union(fields, mode) => {
            let union = array.as_union();
            for (id, _) in fields.iter() {
                let at = |i: usize| if *mode == UnionMode::Dense { union.value_offset(i) } else { i };
                visit(union.child(id), slots.chosen(|i| (union.type_id(i) == id).then(|| at(i)))?, out)?;
            }
            Ok(())
        }
        DataType::RunEndEncoded(ends, _) => match ends.data_type() {
            DataType::Int16 => runs::<Int16Type>(array, &slots, out),
            DataType::Int32 => runs::<Int32Type>(array, &slots, out),
            _ => runs::<Int64Type>(array, &slots, out),
        },
        // Flat dictionaries of text stay as they are: their values are written once.
        DataType::Dictionary(_, values) if !(slots.is_whole() && matches!(**values, DataType::Binary)) => {
            let dictionary = array.as_any_dictionary();
            let keys = if dictionary.values().is_empty() { Vec::new() } else { dictionary.normalized_keys() };
            let slots = slots.chosen(|i| (dictionary.keys().is_valid(i) && !keys.is_empty()).then(|| keys[i]))?;
            visit(dictionary.values(), slots, out)
        }
        _ => {
            out.push(View { leaf: out.len(), array: Arc::clone(array), slots });
            Ok(())
        }
    }
}

fn runs<R: RunEndIndexType>(array: &ArrayRef, slots: &Slots, out: &mut Vec<View>) -> Result<(), Damage> {
    let Some(runs) = array.as_run_opt::<R>() else { return Err(Damage::Corrupt("run ends are no numbers".to_owned())) };
    visit(runs.values(), slots.chosen(|i| Some(runs.get_physical_index(i)))?, out)
}

fn index(offset: impl OffsetSizeTrait) -> usize {
    offset.as_usize()
}

fn small(n: usize) -> Result<u32, Damage> {
    u32::try_from(n).map_err(|_| too_many())
}

fn too_many() -> Damage {
    Damage::Corrupt(format!("a batch of records has more than {} elements", limits::BATCH_ELEMENTS))
}

impl Slots {
    /// Whether each record has one cell, which stands at its number.
    pub(super) fn is_whole(&self) -> bool {
        self.records.is_none() && self.at.is_none()
    }

    /// Where a cell stands in the array.
    pub(super) fn at(&self, cell: usize) -> usize {
        self.at.as_ref().map_or(cell, |at| at[cell] as usize)
    }

    fn record(&self, cell: usize) -> Result<u32, Damage> {
        self.records.as_ref().map_or_else(|| small(cell), |records| Ok(records[cell]))
    }

    fn indices_of(&self, cell: usize) -> &[u32] {
        &self.indices[cell * self.levels..(cell + 1) * self.levels]
    }

    /// Leaves out all cells but those of the first records.
    pub(super) fn keep(&mut self, records: u32) {
        self.len = match &self.records {
            Some(of) => of[..self.len].partition_point(|record| *record < records),
            None => self.len.min(records as usize),
        };
    }

    /// Leaves out what lies in a null.
    fn valid(self, nulls: Option<&NullBuffer>) -> Result<Self, Damage> {
        match nulls.filter(|nulls| nulls.null_count() > 0) {
            Some(nulls) => self.chosen(|i| nulls.is_valid(i).then_some(i)),
            None => Ok(self),
        }
    }

    /// Takes some of the cells, each to another place.
    fn chosen(&self, place: impl Fn(usize) -> Option<usize>) -> Result<Self, Damage> {
        let (mut records, mut at, mut indices) = (Vec::with_capacity(self.len), Vec::with_capacity(self.len), Vec::new());
        for cell in 0..self.len {
            if let Some(place) = place(self.at(cell)) {
                records.push(self.record(cell)?);
                at.push(small(place)?);
                indices.extend_from_slice(self.indices_of(cell));
            }
        }
        Ok(Self { len: at.len(), records: Some(records.into()), at: Some(at.into()), levels: self.levels, indices: indices.into() })
    }

    fn offsets<O: OffsetSizeTrait>(&self, array: &ArrayRef, offsets: &[O]) -> Result<Self, Damage> {
        self.lists(array, |i| (index(offsets[i]), index(offsets[i + 1]) - index(offsets[i])))
    }

    /// Goes from lists to their elements; `list`: where each begins, and how many it has.
    fn lists(&self, array: &ArrayRef, list: impl Fn(usize) -> (usize, usize)) -> Result<Self, Damage> {
        let (mut records, mut at, mut indices) = (Vec::new(), Vec::new(), Vec::new());
        for cell in 0..self.len {
            let place = self.at(cell);
            if array.is_null(place) {
                continue;
            }
            let (start, count) = list(place);
            if at.len() + count > limits::BATCH_ELEMENTS {
                return Err(too_many());
            }
            let record = self.record(cell)?;
            for element in 0..count {
                records.push(record);
                at.push(small(start + element)?);
                indices.extend_from_slice(self.indices_of(cell));
                indices.push(small(element)?);
            }
        }
        Ok(Self { len: at.len(), records: Some(records.into()), at: Some(at.into()), levels: self.levels + 1, indices: indices.into() })
    }
}
