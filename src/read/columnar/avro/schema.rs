//! An Avro schema → a plan: what stands behind what, and which values are cells of which column.
//!
//! Specification: <https://avro.apache.org/docs/1.12.0/specification/>. Types that hold themselves are followed [`UNROLLED`] levels
//! deep; what lies deeper is reported in the columns of the deepest level.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::Value;

use crate::model::{ARRAY_MARK, Column, KEY_SEPARATOR, MAP_KEY, limits, plain_key};
use crate::read::columnar::plan::{self, Show};
use crate::unpack::Damage;

/// Levels of a type inside itself that have columns of their own.
const UNROLLED: usize = 6;
/// Parts of a plan: schemas that grow by being unrolled are folded from here on.
const MOST_NODES: usize = 1 << 14;

/// Index into [`Plan::nodes`].
pub(super) type NodeId = usize;

/// How the bytes of a record are to be read.
pub(super) struct Plan {
    pub nodes: Vec<Node>,
    pub root: NodeId,
    pub leaves: Vec<Leaf>,
    pub columns: Vec<Column>,
}

/// What stands at a place.
#[derive(Clone, Debug)]
pub(super) enum Node {
    /// Not known yet, while it is being planned.
    Open,
    Null,
    Value(Kind, usize),
    Record(Vec<NodeId>),
    Array(NodeId),
    /// Leaf of the keys, and what stands behind each.
    Map(usize, NodeId),
    Union(Vec<NodeId>),
}

/// How a value is stored and spelt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Boolean,
    Int(Spelling),
    Long(Spelling),
    Float,
    Double,
    Bytes(Spelling),
    Text,
    Fixed(usize, Spelling),
    Enum(Arc<[String]>),
}

/// What a number or bytes mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spelling {
    Plain,
    Date,
    /// Time of the day, or since 1970, in parts of a second.
    Time(arrow_schema::TimeUnit),
    Timestamp(arrow_schema::TimeUnit),
    Decimal(i8),
    Uuid,
}

/// A column of values of one kind.
#[derive(Clone, Debug)]
pub(super) struct Leaf {
    pub column: u32,
    pub show: Show,
}

/// Plans a schema.
pub(super) fn plan(json: &[u8], asks: &dyn Fn(&Column) -> bool) -> Result<Plan, Damage> {
    let schema: Value = serde_json::from_slice(json).map_err(|_| bad("the schema is no JSON"))?;
    let mut named = HashMap::new();
    collect(&schema, "", &mut named);
    let mut planner = Planner { named, asks, nodes: Vec::new(), leaves: Vec::new(), columns: Vec::new(), by_name: HashMap::new() };
    let root = planner.node(&schema, &Place { name: String::new(), flat: true, depth: 0, open: Vec::new(), space: String::new() })?;
    let Planner { nodes, leaves, columns, .. } = planner;
    Ok(Plan { nodes, root, leaves, columns })
}

fn bad(what: &str) -> Damage {
    Damage::Corrupt(what.to_owned())
}

/// The full name of a type: one with a dot in it is full already.
fn full_name(name: &str, space: &str) -> String {
    if name.contains('.') || space.is_empty() { name.to_owned() } else { format!("{space}.{name}") }
}

/// Name and namespace of a named type.
fn name_of(schema: &Value, space: &str) -> Option<(String, String)> {
    let name = schema.get("name")?.as_str()?;
    let own = schema.get("namespace").and_then(Value::as_str).unwrap_or(space);
    let full = full_name(name, own);
    let inner = full.rsplit_once('.').map_or("", |(space, _)| space).to_owned();
    Some((full, inner))
}

/// Gathers the types that have names. The depth is bounded by that of the JSON.
fn collect<'a>(schema: &'a Value, space: &str, named: &mut HashMap<String, (&'a Value, String)>) {
    match schema {
        Value::Array(branches) => branches.iter().for_each(|branch| collect(branch, space, named)),
        Value::Object(_) => {
            let mut inside = space.to_owned();
            if let (Some("record" | "error" | "enum" | "fixed"), Some((full, inner))) =
                (schema.get("type").and_then(Value::as_str), name_of(schema, space))
            {
                named.insert(full, (schema, space.to_owned()));
                inside = inner;
            }
            for key in ["type", "items", "values"] {
                schema.get(key).filter(|part| !part.is_string()).into_iter().for_each(|part| collect(part, &inside, named));
            }
            for field in schema.get("fields").and_then(Value::as_array).into_iter().flatten() {
                field.get("type").into_iter().for_each(|part| collect(part, &inside, named));
            }
        }
        _ => {}
    }
}

struct Planner<'a> {
    named: HashMap<String, (&'a Value, String)>,
    asks: &'a dyn Fn(&Column) -> bool,
    nodes: Vec<Node>,
    leaves: Vec<Leaf>,
    columns: Vec<Column>,
    by_name: HashMap<String, u32>,
}

/// Where in the schema something stands.
#[derive(Clone)]
struct Place {
    name: String,
    flat: bool,
    depth: usize,
    /// The named types around it, with their nodes.
    open: Vec<(String, NodeId)>,
    space: String,
}

impl Place {
    fn below(&self, key: &str) -> Self {
        let name = if self.depth == 0 { key.to_owned() } else { format!("{}{KEY_SEPARATOR}{key}", self.name) };
        Self { name, flat: self.depth == 0, depth: self.depth + 1, ..self.clone() }
    }

    fn listed(&self) -> Self {
        Self { name: format!("{}{ARRAY_MARK}", self.name), flat: false, depth: self.depth + 1, ..self.clone() }
    }
}

impl<'a> Planner<'a> {
    fn add(&mut self, node: Node) -> NodeId {
        self.nodes.push(node);
        self.nodes.len() - 1
    }

    fn node(&mut self, schema: &'a Value, place: &Place) -> Result<NodeId, Damage> {
        if place.depth > limits::SCHEMA_DEPTH || self.nodes.len() > 4 * MOST_NODES {
            return Err(bad("the schema is nested too deep"));
        }
        match schema {
            Value::String(name) => self.by_type(name, schema, place),
            Value::Array(branches) => {
                let id = self.add(Node::Open);
                let branches = branches.iter().map(|branch| self.node(branch, place)).collect::<Result<_, _>>()?;
                self.nodes[id] = Node::Union(branches);
                Ok(id)
            }
            Value::Object(parts) => match parts.get("type") {
                Some(Value::String(name)) => self.by_type(name, schema, place),
                Some(inner) => self.node(inner, place),
                None => Err(bad("the schema has a part without a type")),
            },
            _ => Err(bad("the schema has a part without a type")),
        }
    }

    fn by_type(&mut self, name: &str, schema: &'a Value, place: &Place) -> Result<NodeId, Damage> {
        let spelling = spelling(schema);
        let kind = match name {
            "null" => return Ok(self.add(Node::Null)),
            "boolean" => Kind::Boolean,
            "int" => Kind::Int(spelling),
            "long" => Kind::Long(spelling),
            "float" => Kind::Float,
            "double" => Kind::Double,
            "bytes" => Kind::Bytes(spelling),
            "string" => Kind::Text,
            "record" | "error" => return self.record(schema, place),
            "enum" => {
                let symbols = schema.get("symbols").and_then(Value::as_array).ok_or_else(|| bad("an enum of the schema has no symbols"))?;
                Kind::Enum(symbols.iter().map(|symbol| symbol.as_str().unwrap_or_default().to_owned()).collect())
            }
            "fixed" => {
                let size = schema.get("size").and_then(Value::as_u64).and_then(|size| usize::try_from(size).ok());
                Kind::Fixed(size.ok_or_else(|| bad("a fixed of the schema has no size"))?, spelling)
            }
            "array" => {
                let items = schema.get("items").ok_or_else(|| bad("an array of the schema has no items"))?;
                let id = self.add(Node::Open);
                let items = self.node(items, &place.listed())?;
                self.nodes[id] = Node::Array(items);
                return Ok(id);
            }
            "map" => {
                let values = schema.get("values").ok_or_else(|| bad("a map of the schema has no values"))?;
                let id = self.add(Node::Open);
                let keys = self.leaf(&Kind::Text, &place.listed().below(plan::KEY));
                let values = self.node(values, &Place { depth: place.depth + 2, flat: false, ..place.below(&MAP_KEY.to_string()) })?;
                self.nodes[id] = Node::Map(keys, values);
                return Ok(id);
            }
            other => return self.reference(other, place),
        };
        let leaf = self.leaf(&kind, place);
        Ok(self.add(Node::Value(kind, leaf)))
    }

    /// A type that is defined elsewhere.
    fn reference(&mut self, name: &str, place: &Place) -> Result<NodeId, Damage> {
        let full = full_name(name, &place.space);
        let known = self.named.get(&full).or_else(|| self.named.get(name)).cloned();
        let (schema, space) = known.ok_or_else(|| bad("the schema names a type that it does not have"))?;
        self.node(schema, &Place { space, ..place.clone() })
    }

    fn record(&mut self, schema: &'a Value, place: &Place) -> Result<NodeId, Damage> {
        let (full, space) = name_of(schema, &place.space).ok_or_else(|| bad("a record of the schema has no name"))?;
        let mut inside = place.open.iter().filter(|(name, _)| *name == full).map(|(_, id)| *id);
        // Deep inside itself, or in a schema that grows too large by it, a type is what it was the last time.
        let again = inside.next_back();
        if let Some(id) = again.filter(|_| inside.count() + 1 >= UNROLLED || self.nodes.len() > MOST_NODES) {
            return Ok(id);
        }
        let id = self.add(Node::Open);
        let mut place = Place { space, ..place.clone() };
        place.open.push((full, id));
        let fields = schema.get("fields").and_then(Value::as_array).ok_or_else(|| bad("a record of the schema has no fields"))?;
        let mut nodes = Vec::with_capacity(fields.len());
        for field in fields {
            let name = field.get("name").and_then(Value::as_str).ok_or_else(|| bad("a field of the schema has no name"))?;
            let part = field.get("type").ok_or_else(|| bad("a field of the schema has no type"))?;
            nodes.push(self.node(part, &place.below(&plain_key(name)))?);
        }
        self.nodes[id] = Node::Record(nodes);
        Ok(id)
    }

    /// Makes the leaf of a kind of values; several kinds at one place are one column.
    fn leaf(&mut self, kind: &Kind, place: &Place) -> usize {
        let next = self.columns.len();
        let column = *self.by_name.entry(place.name.clone()).or_insert_with(|| u32::try_from(next).expect("nodes are bounded"));
        if column as usize == next {
            // A file whose records are no records has one column without a name.
            let name = (!place.name.is_empty()).then(|| Arc::from(place.name.as_str()));
            let index = (place.flat || name.is_none()).then(|| i32::try_from(next).ok()).flatten();
            self.columns.push(Column { table: None, name, index });
        }
        let asked = plan::asked(&self.columns[column as usize], self.asks);
        self.leaves.push(Leaf { column, show: if asked { Show::All } else { show(kind) } });
        self.leaves.len() - 1
    }
}

/// Which values of a kind are examined, where the name of the column does not ask for all.
fn show(kind: &Kind) -> Show {
    match kind {
        Kind::Text | Kind::Enum(_) | Kind::Bytes(Spelling::Plain) | Kind::Fixed(_, Spelling::Plain) => Show::All,
        Kind::Int(Spelling::Plain) | Kind::Long(Spelling::Plain) | Kind::Double => Show::Long,
        Kind::Bytes(Spelling::Decimal(0)) | Kind::Fixed(_, Spelling::Decimal(0)) => Show::Long,
        _ => Show::Nothing,
    }
}

/// What the logical type says; one that is not known says nothing.
fn spelling(schema: &Value) -> Spelling {
    use arrow_schema::TimeUnit::{Microsecond, Millisecond, Nanosecond};
    match schema.get("logicalType").and_then(Value::as_str).unwrap_or_default() {
        "date" => Spelling::Date,
        "time-millis" => Spelling::Time(Millisecond),
        "time-micros" => Spelling::Time(Microsecond),
        "timestamp-millis" | "local-timestamp-millis" => Spelling::Timestamp(Millisecond),
        "timestamp-micros" | "local-timestamp-micros" => Spelling::Timestamp(Microsecond),
        "timestamp-nanos" | "local-timestamp-nanos" => Spelling::Timestamp(Nanosecond),
        "decimal" => Spelling::Decimal(schema.get("scale").and_then(Value::as_i64).and_then(|scale| i8::try_from(scale).ok()).unwrap_or(0)),
        "uuid" => Spelling::Uuid,
        _ => Spelling::Plain,
    }
}
