//! What a policy asks of a record: its age, its key, whom it speaks of.

use std::collections::HashMap;

use jiff::Timestamp;

use super::clock::{Clock, ClockKind, Moment};
use super::compile::{Dataset, Policy};
use crate::model::{Block, Field, Layout, Row, ValueKind};

/// What is known of a leaf before it is read.
#[derive(Clone, Copy)]
pub struct LeafAge<'a> {
    /// Its path with the member.
    pub place: &'a str,
    /// `key=value` folders on that.
    pub partitions: &'a [(String, String)],
    /// When its file was modified, in microseconds since 1970.
    pub modified_us: Option<i64>,
}

/// Reads how old the records of one dataset in one leaf are.
pub struct Ages<'a> {
    dataset: &'a Dataset,
    index: usize,
    /// What the path says of the age of all records, by clock.
    fixed: Vec<Option<Timestamp>>,
    /// The time of the last log entry that had one, by clock.
    carried: Vec<Option<Timestamp>>,
}

impl<'a> Ages<'a> {
    /// Those of a dataset, given by its index.
    #[must_use]
    pub fn new(policy: &'a Policy, index: usize, leaf: LeafAge<'_>) -> Self {
        let dataset = &policy.datasets[index];
        let fixed = dataset.clocks.iter().map(|clock| fixed(clock, leaf)).collect();
        Self { dataset, index, fixed, carried: vec![None; dataset.clocks.len()] }
    }

    /// Returns the record's time: the first clock that has something to say says it. What it says and nobody can read is no time: a later
    /// clock may be older. `events`: what other datasets' records say.
    pub fn moment(&mut self, cells: &Cells<'_>, events: &Events) -> Option<Moment> {
        for (n, clock) in self.dataset.clocks.iter().enumerate() {
            let time = match &clock.kind {
                ClockKind::Column(name) => match cells.one(name) {
                    Cell::Filled(text) => Some(clock.read(&text)?),
                    Cell::Several => return None,
                    Cell::Absent | Cell::Empty => None,
                },
                ClockKind::Log => {
                    let line = cells.line()?;
                    match clock.read_entry(&line) {
                        Some(time) => self.carried[n] = Some(time),
                        // Another entry, whose time cannot be read.
                        None if !goes_on(&line) => self.carried[n] = None,
                        None => {}
                    }
                    Some(self.carried[n]?)
                }
                ClockKind::Event { on, .. } => match cells.one(on) {
                    // What has not happened starts no clock.
                    Cell::Filled(key) => Some(events.of(self.index, n, &key)?),
                    _ => return None,
                },
                ClockKind::Partition(_) | ClockKind::Path(_) | ClockKind::Modified => self.fixed[n],
            };
            if let Some(time) = time {
                return Some(Moment { time, source: clock.source() });
            }
        }
        None
    }
}

impl Ages<'_> {
    /// What the path or the file say of all records; none: nothing, or records may say more.
    #[must_use]
    pub fn fixed_moment(&self) -> Option<Moment> {
        let clocks = self.dataset.clocks.iter().zip(&self.fixed);
        clocks.into_iter().find_map(|(clock, time)| time.map(|time| Moment { time, source: clock.source() }))
    }
}

/// Returns the columns that tell a record apart from others, with what stands in them.
#[must_use]
pub fn key(dataset: &Dataset, cells: &Cells<'_>) -> Vec<(String, String)> {
    dataset.key.iter().filter_map(|name| Some((name.clone(), cells.text(name)?))).collect()
}

/// Whether a line goes on with the entry before it: it is indented, empty, or begins as no time does.
#[must_use]
pub fn goes_on(line: &str) -> bool {
    const NAMES: [&str; 19] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun",
    ];
    let bare = line.trim_start_matches(['[', '"', '(', '<', '{']);
    let named = NAMES.iter().any(|name| bare.starts_with(name) && bare[3..].starts_with([' ', ',']));
    line.starts_with([' ', '\t']) || !(bare.starts_with(|c: char| c.is_ascii_digit()) || named)
}

/// What the path or the file system says of the age of all records of a leaf.
fn fixed(clock: &Clock, leaf: LeafAge<'_>) -> Option<Timestamp> {
    match &clock.kind {
        ClockKind::Partition(key) => clock.read(&leaf.partitions.iter().find(|(own, _)| own == key)?.1),
        ClockKind::Path(regex) => {
            let mut groups = regex.create_captures();
            regex.captures(leaf.place, &mut groups);
            clock.read(&leaf.place[groups.get_group(1)?.range()])
        }
        ClockKind::Modified => Timestamp::from_microsecond(leaf.modified_us?).ok(),
        ClockKind::Column(_) | ClockKind::Log | ClockKind::Event { .. } => None,
    }
}

/// The times of events: by dataset and clock, what the column `on` holds and when it was.
#[derive(Default)]
pub struct Events(HashMap<(usize, usize), Option<Times>>);

/// When it was, by the hash of a key; none: that cannot be read.
type Times = HashMap<[u8; 16], Option<Timestamp>>;

impl Events {
    /// Takes the time of an event in; of two the later counts, and of one that cannot be read nothing is known.
    pub fn add(&mut self, dataset: usize, clock: usize, key: &str, time: Option<Timestamp>) {
        let Some(times) = self.0.entry((dataset, clock)).or_insert_with(|| Some(HashMap::new())) else { return };
        times.entry(hash(key)).and_modify(|held| *held = held.zip(time).map(|(held, time)| held.max(time))).or_insert(time);
    }

    fn of(&self, dataset: usize, clock: usize, key: &str) -> Option<Timestamp> {
        *self.0.get(&(dataset, clock))?.as_ref()?.get(&hash(key))?
    }

    /// Not all events were read: none starts a clock.
    pub fn lose(&mut self, dataset: usize, clock: usize) {
        self.0.insert((dataset, clock), None);
    }
}

/// Returns the hash of a key, by which records of two datasets are joined.
#[must_use]
pub fn hash(key: &str) -> [u8; 16] {
    blake3::hash(key.trim().as_bytes()).as_bytes()[..16].try_into().expect("16 of 32 bytes")
}

/// What stands in a column of a record.
pub enum Cell {
    /// The record has no such column.
    Absent,
    /// Nothing, or null.
    Empty,
    /// Text.
    Filled(String),
    /// The record has the column more than once: which is meant cannot be told.
    Several,
}

/// The cells of a record, by the names of their columns.
#[derive(Clone, Copy)]
pub struct Cells<'a> {
    block: &'a Block,
    layout: &'a dyn Layout,
    row: &'a Row,
    is_line: bool,
}

impl<'a> Cells<'a> {
    /// Those of a record; `is_line`: it is a line, and has none.
    #[must_use]
    pub fn of(block: &'a Block, layout: &'a dyn Layout, row: &'a Row, is_line: bool) -> Self {
        Self { block, layout, row, is_line }
    }

    /// All cells of a column, as arrays have them.
    pub fn fields(&self, name: &str) -> impl Iterator<Item = &'a Field> {
        self.row.fields.iter().filter(move |field| self.is_called(field, name))
    }

    /// What stands in a column.
    #[must_use]
    pub fn one(&self, name: &str) -> Cell {
        let mut fields = self.fields(name);
        match (fields.next(), fields.next()) {
            (None, _) => Cell::Absent,
            (Some(_), Some(_)) => Cell::Several,
            (Some(field), None) if field.kind == ValueKind::Null => Cell::Empty,
            (Some(field), None) => {
                let text = self.text_of(field);
                if text.trim().is_empty() { Cell::Empty } else { Cell::Filled(text) }
            }
        }
    }

    /// The text of a column's first cell; of a null none. Empty text is text.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<String> {
        let field = self.fields(name).next()?;
        (field.kind != ValueKind::Null).then(|| self.text_of(field))
    }

    /// The decoded text of a cell.
    #[must_use]
    pub fn text_of(&self, field: &Field) -> String {
        String::from_utf8_lossy(&self.layout.text(self.block, field).text).into_owned()
    }

    /// The record as a line; none where it has cells.
    fn line(&self) -> Option<std::borrow::Cow<'a, str>> {
        self.is_line.then(|| String::from_utf8_lossy(&self.block.bytes[self.row.span.clone()]))
    }

    /// The table that the record is of, where its leaf has several.
    #[must_use]
    pub fn table(&self) -> Option<&'a str> {
        let field = self.row.fields.first()?;
        self.layout.columns().get(field.column as usize)?.table.as_deref()
    }

    fn is_called(&self, field: &Field, name: &str) -> bool {
        let column = self.layout.columns().get(field.column as usize);
        // Most names have no keys inside.
        column.is_some_and(|column| match &column.name {
            Some(own) if **own == *name => true,
            // The mark of an array is written as two characters.
            Some(own) if 2 * own.len() >= name.len() => column.dotted().is_some_and(|dotted| dotted == name),
            _ => false,
        })
    }
}
