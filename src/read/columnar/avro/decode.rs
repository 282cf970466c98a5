//! The bytes of Avro records → texts by leaf column.

use std::sync::Arc;

use super::schema::{Kind, Node, NodeId, Plan, Spelling};
use crate::model::{CELL_END, CellRun, ValueKind, limits};
use crate::read::columnar::draw::{is_text, number};
use crate::read::columnar::plan::Show;
use crate::read::columnar::spell;
use crate::unpack::Damage;

/// Values inside each other that are followed in a record.
const DEPTH: usize = limits::JSON_DEPTH;

/// Cells of one leaf while records are read.
#[derive(Clone, Default)]
struct Texts {
    bytes: Vec<u8>,
    starts: Vec<u32>,
    records: Vec<u32>,
    indices: Vec<u32>,
    levels: usize,
    kind: ValueKind,
}

/// Reads records.
pub(super) struct Decoder<'a> {
    plan: &'a Plan,
    /// What is examined, by leaf.
    examined: Vec<Texts>,
    /// What is only measured, by leaf.
    measured: Vec<Texts>,
    measures: bool,
    record: u32,
    indices: Vec<u32>,
    elements: usize,
    scratch: Vec<u8>,
    /// Values that are no text.
    pub binary: u64,
}

/// What is wrong with the bytes of a block.
fn broken() -> Damage {
    Damage::Corrupt("a block does not hold what the schema says".to_owned())
}

impl<'a> Decoder<'a> {
    pub(super) fn new(plan: &'a Plan, measures: bool) -> Self {
        let texts = vec![Texts::default(); plan.leaves.len()];
        Self {
            plan,
            examined: texts.clone(),
            measured: texts,
            measures,
            record: 0,
            indices: Vec::new(),
            elements: 0,
            scratch: Vec::new(),
            binary: 0,
        }
    }

    /// Reads the records of one block, from the one of this number on, as far as there may be records.
    pub(super) fn block(&mut self, mut bytes: &[u8], first: u32, count: u32, most: u32) -> Result<(), Damage> {
        self.elements = 0;
        for record in first..first + count {
            if record >= most {
                return Ok(());
            }
            self.record = record;
            self.indices.clear();
            self.value(&mut bytes, self.plan.root, 0)?;
        }
        if bytes.is_empty() { Ok(()) } else { Err(broken()) }
    }

    /// Writes what was read; gives where what is only measured begins.
    pub(super) fn finish(self, out: &mut Vec<u8>, runs: &mut Vec<CellRun>) -> usize {
        let leaves = self.plan.leaves.iter();
        leaves.clone().zip(self.examined).for_each(|(leaf, texts)| texts.append(leaf.column, out, runs));
        let owned = out.len();
        leaves.zip(self.measured).for_each(|(leaf, texts)| texts.append(leaf.column, out, runs));
        owned
    }

    fn value(&mut self, bytes: &mut &[u8], node: NodeId, depth: usize) -> Result<(), Damage> {
        if depth > DEPTH {
            return Err(Damage::Corrupt(format!("a record has values nested deeper than {DEPTH}")));
        }
        let plan = self.plan;
        match &plan.nodes[node] {
            Node::Open => Err(broken()),
            Node::Null => Ok(()),
            Node::Record(fields) => fields.iter().try_for_each(|field| self.value(bytes, *field, depth + 1)),
            Node::Union(branches) => {
                let branch = usize::try_from(long(bytes)?).ok().and_then(|branch| branches.get(branch)).ok_or_else(broken)?;
                if self.measures && matches!(plan.nodes[*branch], Node::Null) {
                    self.null(branches);
                }
                self.value(bytes, *branch, depth + 1)
            }
            Node::Array(items) => self.items(bytes, |decoder, bytes| decoder.value(bytes, *items, depth + 1)),
            Node::Map(keys, values) => self.items(bytes, |decoder, bytes| {
                let key = sized(bytes)?;
                decoder.text(*keys, key);
                decoder.value(bytes, *values, depth + 1)
            }),
            Node::Value(kind, leaf) => self.leaf(bytes, kind, *leaf),
        }
    }

    /// The blocks of an array or map.
    fn items(&mut self, bytes: &mut &[u8], mut item: impl FnMut(&mut Self, &mut &[u8]) -> Result<(), Damage>) -> Result<(), Damage> {
        let level = self.indices.len();
        self.indices.push(0);
        loop {
            let mut count = long(bytes)?;
            if count < 0 {
                // The size of the block stands behind its count.
                long(bytes)?;
                count = count.checked_neg().ok_or_else(broken)?;
            }
            if count == 0 {
                break;
            }
            for _ in 0..count {
                self.elements += 1;
                if self.elements > limits::BATCH_ELEMENTS {
                    return Err(Damage::Corrupt(format!("a block has more than {} elements", limits::BATCH_ELEMENTS)));
                }
                item(self, bytes)?;
                self.indices[level] += 1;
            }
        }
        self.indices.truncate(level);
        Ok(())
    }

    /// A null in a union: one of the first value that stands in it otherwise.
    fn null(&mut self, branches: &[NodeId]) {
        let of = |branch: &NodeId| if let Node::Value(_, leaf) = &self.plan.nodes[*branch] { Some(*leaf) } else { None };
        if let Some(leaf) = branches.iter().find_map(of) {
            self.measured[leaf].push(self.record, &self.indices, None);
        }
    }

    fn leaf(&mut self, bytes: &mut &[u8], kind: &Kind, leaf: usize) -> Result<(), Damage> {
        let mut out = std::mem::take(&mut self.scratch);
        out.clear();
        match kind {
            Kind::Text => {
                let text = sized(bytes)?;
                self.text(leaf, text);
            }
            Kind::Enum(symbols) => {
                let symbol = usize::try_from(long(bytes)?).ok().and_then(|symbol| symbols.get(symbol)).ok_or_else(broken)?;
                self.text(leaf, symbol.as_bytes());
            }
            Kind::Bytes(spelling) => {
                let value = sized(bytes)?;
                self.bytes(leaf, value, *spelling, &mut out);
            }
            Kind::Fixed(size, spelling) => {
                let value = take(bytes, *size)?;
                self.bytes(leaf, value, *spelling, &mut out);
            }
            Kind::Boolean => {
                out.extend_from_slice(if take(bytes, 1)?[0] == 0 { b"false" } else { b"true" });
                self.put(leaf, ValueKind::Bool, &out, false);
            }
            Kind::Int(spelling) | Kind::Long(spelling) => {
                let value = long(bytes)?;
                spell_long(value, *spelling, &mut out);
                self.put(leaf, ValueKind::Number, &out, spell::is_long(value.unsigned_abs()));
            }
            Kind::Float => {
                let value = f32::from_le_bytes(take(bytes, 4)?.try_into().map_err(|_| broken())?);
                spell::single(value, &mut out);
                self.put(leaf, ValueKind::Number, &out, false);
            }
            Kind::Double => {
                let value = f64::from_le_bytes(take(bytes, 8)?.try_into().map_err(|_| broken())?);
                spell::double(value, &mut out);
                self.put(leaf, ValueKind::Number, &out, spell::is_long_double(value));
            }
        }
        self.scratch = out;
        Ok(())
    }

    fn bytes(&mut self, leaf: usize, value: &[u8], spelling: Spelling, out: &mut Vec<u8>) {
        match spelling {
            // The unscaled value in two's complement, the high byte first; longer ones than 128 bits are spelt as bytes.
            Spelling::Decimal(scale) if value.len() <= 16 => {
                let negative = value.first().is_some_and(|byte| *byte >= 0x80);
                let unscaled = value.iter().fold(if negative { -1_i128 } else { 0 }, |sum, byte| (sum << 8) | i128::from(*byte));
                let digits = unscaled.to_string();
                spell::decimal(&digits, scale, out);
                self.put(leaf, ValueKind::Number, out, scale <= 0 && digits.trim_start_matches('-').len() >= 7);
            }
            Spelling::Uuid if value.len() == 16 => {
                spell::uuid(value, out);
                self.put(leaf, ValueKind::Text, out, false);
            }
            _ if is_text(value) => self.text(leaf, value),
            _ => {
                self.binary += 1;
                if self.measures {
                    spell::hex(value, out);
                    self.measured[leaf].push(self.record, &self.indices, Some(out));
                }
            }
        }
    }

    /// Text is examined in whatever column.
    fn text(&mut self, leaf: usize, text: &[u8]) {
        self.examined[leaf].push(self.record, &self.indices, Some(text));
    }

    /// What is no text is examined where it is long, or where its column asks for it.
    fn put(&mut self, leaf: usize, kind: ValueKind, text: &[u8], long: bool) {
        let to = match self.plan.leaves[leaf].show {
            Show::All => &mut self.examined[leaf],
            Show::Long if long => &mut self.examined[leaf],
            _ if self.measures => &mut self.measured[leaf],
            _ => return,
        };
        to.kind = kind;
        to.push(self.record, &self.indices, Some(text));
    }
}

impl Texts {
    fn push(&mut self, record: u32, indices: &[u32], text: Option<&[u8]>) {
        self.starts.push(number(self.bytes.len()));
        if let Some(text) = text {
            self.bytes.extend_from_slice(text);
            self.bytes.extend_from_slice(CELL_END);
        }
        self.records.push(record);
        // A type inside itself lies in more lists the deeper it is: only those of its column's name count.
        if self.records.len() == 1 {
            self.levels = indices.len();
        }
        self.indices.extend((0..self.levels).map(|level| indices.get(level).copied().unwrap_or(0)));
    }

    fn append(self, column: u32, out: &mut Vec<u8>, runs: &mut Vec<CellRun>) {
        if self.records.is_empty() {
            return;
        }
        let base = number(out.len());
        let mut starts: Vec<u32> = self.starts.iter().map(|start| base + start).collect();
        out.extend_from_slice(&self.bytes);
        starts.push(number(out.len()));
        let (records, indices) = (Some(Arc::from(self.records)), Arc::from(self.indices));
        runs.push(CellRun { column, kind: self.kind, starts, texts: None, records, indices, levels: self.levels });
    }
}

fn spell_long(value: i64, spelling: Spelling, out: &mut Vec<u8>) {
    match spelling {
        Spelling::Date => spell::date(value, out),
        Spelling::Time(unit) => spell::time(value, unit, out),
        Spelling::Timestamp(unit) => spell::timestamp(value, unit, out),
        Spelling::Plain | Spelling::Decimal(_) | Spelling::Uuid => spell::integer(value.into(), out),
    }
}

/// Reads a number: seven bits a byte, the low ones first, the sign in the lowest.
pub(super) fn long(bytes: &mut &[u8]) -> Result<i64, Damage> {
    let mut value = 0_u64;
    for shift in (0..64).step_by(7) {
        let (first, rest) = bytes.split_first().ok_or_else(broken)?;
        *bytes = rest;
        value |= u64::from(first & 0x7f) << shift;
        if *first < 0x80 {
            return Ok((value >> 1) as i64 ^ -((value & 1) as i64));
        }
    }
    Err(broken())
}

fn take<'b>(bytes: &mut &'b [u8], count: usize) -> Result<&'b [u8], Damage> {
    let (taken, rest) = bytes.split_at_checked(count).ok_or_else(broken)?;
    *bytes = rest;
    Ok(taken)
}

/// Reads bytes behind their number.
fn sized<'b>(bytes: &mut &'b [u8]) -> Result<&'b [u8], Damage> {
    let count = usize::try_from(long(bytes)?).map_err(|_| broken())?;
    take(bytes, count)
}
