//! A dictionary of text that blocks share: its values are looked at once, and only those that hold something are written again.

use std::sync::OnceLock;

use arrow_array::cast::AsArray;
use arrow_array::types::Int32Type;
use arrow_array::{Array, ArrayRef, BinaryArray};
use arrow_buffer::NullBuffer;

use super::draw::{dictionary_values, number};
use crate::model::CELL_END;
use crate::read::Look;

/// The values of a dictionary, and what is known of them.
pub(super) struct Dictionary {
    values: BinaryArray,
    /// By value, whether it holds something.
    holding: OnceLock<Vec<bool>>,
}

impl Dictionary {
    /// Takes the dictionary of an array; none where it is none of text.
    pub(super) fn of(array: &ArrayRef) -> Option<Self> {
        let values = dictionary_values(array)?.clone();
        Some(Self { values, holding: OnceLock::new() })
    }

    /// Whether an array has this dictionary. Both are alive, so that addresses tell.
    pub(super) fn is_of(&self, array: &ArrayRef) -> bool {
        dictionary_values(array).is_some_and(|values| {
            values.len() == self.values.len()
                && values.value_data().as_ptr() == self.values.value_data().as_ptr()
                && values.value_offsets().as_ptr() == self.values.value_offsets().as_ptr()
        })
    }

    pub(super) fn len(&self) -> usize {
        self.values.len()
    }

    pub(super) fn value(&self, key: usize) -> &[u8] {
        self.values.value(key)
    }

    /// Returns, by key, whether a value holds something.
    pub(super) fn holding(&self, look: &mut Look<'_>) -> &[bool] {
        self.holding.get_or_init(|| {
            let (mut text, mut starts) = (Vec::new(), Vec::with_capacity(self.len() + 1));
            for key in 0..self.len() {
                starts.push(number(text.len()));
                text.extend_from_slice(self.value(key));
                text.extend_from_slice(CELL_END);
            }
            starts.push(number(text.len()));
            look(&text, &starts)
        })
    }

    /// Returns the keys of an array that has this dictionary.
    pub(super) fn keys(&self, array: &ArrayRef) -> Keys {
        let dictionary = array.as_any_dictionary();
        let keys = match array.as_dictionary_opt::<Int32Type>() {
            _ if self.len() == 0 => Vec::new(),
            Some(dictionary) => dictionary.keys().values().iter().map(|key| number(usize::try_from(*key).unwrap_or(0))).collect(),
            None => dictionary.normalized_keys().into_iter().map(number).collect(),
        };
        Keys { keys, nulls: dictionary.logical_nulls().filter(|nulls| nulls.null_count() > 0), values: self.len() }
    }
}

/// The keys of a batch.
pub(super) struct Keys {
    keys: Vec<u32>,
    nulls: Option<NullBuffer>,
    values: usize,
}

impl Keys {
    /// Returns the key of a record; none for a null.
    pub(super) fn get(&self, record: usize) -> Option<usize> {
        let key = *self.keys.get(record)? as usize;
        (key < self.values && self.nulls.as_ref().is_none_or(|nulls| nulls.is_valid(record))).then_some(key)
    }
}
