//! The leaf columns of an Arrow schema: their names, and what is looked for in each.

use std::sync::Arc;

use arrow_schema::{DataType, Field, Fields};

use crate::model::{ARRAY_MARK, Column, KEY_SEPARATOR, MAP_KEY, limits, plain_key};
use crate::unpack::Damage;

/// A column that holds values, not others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Leaf {
    /// Index into the leaf's columns.
    pub column: u32,
    /// Whether its values are said to be text, so that nothing else is asked of them.
    pub text: bool,
    /// Whether it lies in no other column.
    pub flat: bool,
    /// Whether its name asks for all its values.
    pub asked: bool,
    /// Which of its values are examined.
    pub show: Show,
}

/// Which values of a column are examined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Show {
    /// All.
    All,
    /// Whole numbers of seven digits or more: no shorter one is anything by itself.
    Long,
    /// None: nothing is spelt like its values.
    Nothing,
}

/// A leaf column with its names, as the schema has it.
pub(super) struct LeafField {
    pub column: Column,
    pub data_type: DataType,
    pub flat: bool,
}

/// What the column of the keys of a map is called.
pub(in crate::read) const KEY: &str = "key";

/// Whether all values of a column are wanted: its name asks for them, or the keys of a map, which are yet to come, may.
pub(super) fn asked(column: &Column, asks: &dyn Fn(&Column) -> bool) -> bool {
    column.lacks_key() || asks(column)
}

/// Lists the leaf columns of a schema, in the order of [`super::views`].
pub(super) fn leaf_fields(fields: &Fields) -> Result<Vec<LeafField>, Damage> {
    let mut out = Vec::new();
    for field in fields {
        walk(field.data_type(), Path { name: plain_key(field.name()).into_owned(), flat: true, depth: 1 }, &mut out)?;
    }
    Ok(out)
}

/// The way to a column.
#[derive(Clone)]
struct Path {
    name: String,
    flat: bool,
    depth: usize,
}

impl Path {
    fn below(&self, key: &str) -> Self {
        Self { name: format!("{}{KEY_SEPARATOR}{key}", self.name), flat: false, depth: self.depth + 1 }
    }

    fn listed(&self) -> Self {
        Self { name: format!("{}{ARRAY_MARK}", self.name), flat: false, depth: self.depth + 1 }
    }
}

fn walk(data_type: &DataType, path: Path, out: &mut Vec<LeafField>) -> Result<(), Damage> {
    if path.depth > limits::SCHEMA_DEPTH {
        return Err(Damage::Corrupt(format!("columns are nested deeper than {}", limits::SCHEMA_DEPTH)));
    }
    match data_type {
        DataType::Struct(fields) => fields.iter().try_for_each(|field| walk(field.data_type(), path.below(&plain_key(field.name())), out)),
        DataType::Union(fields, _) => {
            fields.iter().try_for_each(|(_, field)| walk(field.data_type(), path.below(&plain_key(field.name())), out))
        }
        DataType::Map(entries, _) => {
            let DataType::Struct(fields) = entries.data_type() else { return Err(Damage::Corrupt("a map has no entries".to_owned())) };
            let paths = [path.listed().below(KEY), Path { depth: path.depth + 2, ..path.below(&MAP_KEY.to_string()) }];
            fields.iter().zip(paths).try_for_each(|(field, path)| walk(field.data_type(), path, out))
        }
        DataType::List(field)
        | DataType::LargeList(field)
        | DataType::FixedSizeList(field, _)
        | DataType::ListView(field)
        | DataType::LargeListView(field) => walk(field.data_type(), path.listed(), out),
        DataType::RunEndEncoded(_, field) => walk(field.data_type(), Path { depth: path.depth + 1, ..path }, out),
        DataType::Dictionary(_, values) => walk(values, Path { depth: path.depth + 1, ..path }, out),
        _ => {
            let index = path.flat.then(|| i32::try_from(out.len()).ok()).flatten();
            let column = Column { table: None, name: Some(Arc::from(path.name)), index };
            out.push(LeafField { column, data_type: data_type.clone(), flat: path.flat });
            Ok(())
        }
    }
}

/// Which values of a type are examined, where the name of the column does not ask for all.
pub(super) fn show(data_type: &DataType) -> Show {
    match data_type {
        DataType::Utf8
        | DataType::LargeUtf8
        | DataType::Utf8View
        | DataType::Binary
        | DataType::LargeBinary
        | DataType::BinaryView
        | DataType::FixedSizeBinary(_) => Show::All,
        DataType::Int32 | DataType::Int64 | DataType::UInt32 | DataType::UInt64 | DataType::Float64 => Show::Long,
        DataType::Decimal32(precision, 0)
        | DataType::Decimal64(precision, 0)
        | DataType::Decimal128(precision, 0)
        | DataType::Decimal256(precision, 0)
            if *precision >= 7 =>
        {
            Show::Long
        }
        _ => Show::Nothing,
    }
}

/// Whether values of a type are text by their type.
pub(super) fn is_text(data_type: &DataType) -> bool {
    matches!(data_type, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View)
}

/// The same type with bytes in place of text: what is not UTF-8 must not cost the rest of the column.
pub(super) fn as_bytes(data_type: &DataType) -> DataType {
    let field = |field: &Arc<Field>| Arc::new(field.as_ref().clone().with_data_type(as_bytes(field.data_type())));
    match data_type {
        DataType::Utf8 => DataType::Binary,
        DataType::LargeUtf8 => DataType::LargeBinary,
        DataType::Utf8View => DataType::BinaryView,
        DataType::Struct(fields) => DataType::Struct(fields.iter().map(field).collect()),
        DataType::List(item) => DataType::List(field(item)),
        DataType::LargeList(item) => DataType::LargeList(field(item)),
        DataType::FixedSizeList(item, size) => DataType::FixedSizeList(field(item), *size),
        DataType::ListView(item) => DataType::ListView(field(item)),
        DataType::LargeListView(item) => DataType::LargeListView(field(item)),
        DataType::Map(item, sorted) => DataType::Map(field(item), *sorted),
        DataType::Union(fields, mode) => DataType::Union(fields.iter().map(|(id, item)| (id, field(item))).collect(), *mode),
        DataType::RunEndEncoded(ends, values) => DataType::RunEndEncoded(Arc::clone(ends), field(values)),
        DataType::Dictionary(keys, values) => DataType::Dictionary(keys.clone(), Box::new(as_bytes(values))),
        other => other.clone(),
    }
}
