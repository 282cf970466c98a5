//! Rows of keys, for executors that have a language of their own: a JSON object a line, or delimited text.

use std::collections::HashMap;
use std::io::{self, Write};

use serde_json::{Map, Value};

use super::{Order, Why, Writer};
use crate::plan::keyed::KeyedOp;

/// The columns; `key` is an object, in delimited text its JSON.
const COLUMNS: [&str; 15] = [
    "op_id", "kind", "action", "dataset", "origin", "table", "key", "column", "pointer", "cell_start", "cell_end", "entity", "replacement",
    "keep", "rule",
];

/// Writes rows of keys.
pub(super) struct Keys {
    origins: HashMap<String, String>,
    is_csv: bool,
}

impl Keys {
    pub(super) fn new(order: &Order<'_>, is_csv: bool) -> Self {
        let origins = order.plan.datasets.iter().filter_map(|dataset| Some((dataset.id.clone(), dataset.origin.clone()?)));
        Self { origins: origins.collect(), is_csv }
    }
}

impl Writer for Keys {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if self.is_csv { writeln!(out, "{}", COLUMNS.join(",")) } else { Ok(()) }
    }

    fn check(&self, _: &KeyedOp) -> Result<(), Why> {
        Ok(())
    }

    fn take(&mut self, op: &KeyedOp, key: &[(&str, &str)], out: &mut dyn Write) -> io::Result<()> {
        let key: Map<String, Value> = key.iter().map(|(name, value)| ((*name).to_owned(), Value::from(*value))).collect();
        let values: [Value; 15] = [
            op.op_id.into(),
            op.kind.name().into(),
            op.action.name().into(),
            op.dataset.as_str().into(),
            self.origins.get(&op.dataset).cloned().into(),
            op.table.clone().into(),
            key.into(),
            op.column.clone().into(),
            op.pointer.clone().into(),
            op.cell.map(|cell| cell.0).into(),
            op.cell.map(|cell| cell.1).into(),
            op.entity.clone().into(),
            op.replacement.clone().into(),
            op.keep.into(),
            op.rule.as_str().into(),
        ];
        if self.is_csv {
            let cells: Vec<String> = values.iter().map(cell).collect();
            return writeln!(out, "{}", cells.join(","));
        }
        let row: Map<String, Value> = COLUMNS.iter().map(|name| (*name).to_owned()).zip(values).collect();
        serde_json::to_writer(&mut *out, &row)?;
        out.write_all(b"\n")
    }

    fn end(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

/// A cell of delimited text (RFC 4180); of a null nothing, of an empty text a pair of quotes.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => format!("\"{}\"", text.replace('"', "\"\"")),
        other => format!("\"{}\"", other.to_string().replace('"', "\"\"")),
    }
}
