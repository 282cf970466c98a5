//! Where the findings of each leaf stand.

use std::collections::HashMap;
use std::path::PathBuf;

use arrow_array::Array as _;

use super::rows::{Rows, columns};
use super::unreadable;
use crate::model::{Id, Result};

/// By leaf: the file that its rows stand in, the first of them, and their number.
pub type Places = HashMap<Id, (usize, usize, usize)>;

/// Finds the rows of each leaf: they stand together.
///
/// # Errors
/// `Run` where they do not.
pub fn places(parts: &[PathBuf]) -> Result<Places> {
    let mut out = Places::new();
    for (part, path) in parts.iter().enumerate() {
        let (mut at, mut last) = (0, None);
        for batch in columns(path, &["object_id"], None)? {
            let batch = batch.map_err(|error| unreadable(path, &error))?;
            let rows = Rows { path, batch: &batch };
            let ids = rows.texts("object_id")?;
            let mut row = 0;
            while row < ids.len() {
                let text = ids.value(row);
                let count = (row..ids.len()).take_while(|other| ids.value(*other) == text).count();
                let id: Id = text.parse().map_err(|_| unreadable(path, &"object_id is no id"))?;
                if last == Some(id) {
                    out.get_mut(&id).expect("it was put there").2 += count;
                } else if out.insert(id, (part, at, count)).is_some() {
                    return Err(unreadable(path, &"the findings of a leaf do not stand together"));
                }
                last = Some(id);
                (row, at) = (row + count, at + count);
            }
        }
    }
    Ok(out)
}
