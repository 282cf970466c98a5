//! What a policy asks of a record: its age, its key, whom it speaks of.

use std::collections::HashMap;

use jiff::Timestamp;

use super::run::ObjectRow;
use super::walk::Seen;
use crate::model::{Field, ValueKind};
use crate::policy::{Clock, ClockKind, Dataset, Moment, Policy};

/// What is read of the records of one dataset in one leaf.
pub(super) struct Reader<'a> {
    dataset: &'a Dataset,
    index: usize,
    /// What the path says of the age of all records, by clock.
    fixed: Vec<Option<Timestamp>>,
    /// The time of the last log entry that had one, by clock.
    carried: Vec<Option<Timestamp>>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(policy: &'a Policy, index: usize, object: &ObjectRow) -> Self {
        let dataset = &policy.datasets[index];
        let fixed = dataset.clocks.iter().map(|clock| fixed(clock, object)).collect();
        Self { dataset, index, fixed, carried: vec![None; dataset.clocks.len()] }
    }

    /// Returns the record's time: the first clock that has something to say says it. What it says and nobody can read is no time: a later
    /// clock may be older. `events`: what other datasets' records say.
    pub(super) fn moment(&mut self, cells: &Cells<'_>, events: &Events) -> Option<Moment> {
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
                        None if !is_continuation(&line) => self.carried[n] = None,
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

/// Returns the columns that tell a record apart from others, with what stands in them.
pub(super) fn key(dataset: &Dataset, cells: &Cells<'_>) -> Vec<(String, String)> {
    dataset.key.iter().filter_map(|name| Some((name.clone(), cells.text(name)?))).collect()
}

/// Whether a line goes on with the entry before it: it is indented, empty, or begins as no time does.
fn is_continuation(line: &str) -> bool {
    const NAMES: [&str; 19] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun",
    ];
    let bare = line.trim_start_matches(['[', '"', '(', '<', '{']);
    let named = NAMES.iter().any(|name| bare.starts_with(name) && bare[3..].starts_with([' ', ',']));
    line.starts_with([' ', '\t']) || !(bare.starts_with(|c: char| c.is_ascii_digit()) || named)
}

/// What the path or the file system says of the age of all records of a leaf.
fn fixed(clock: &Clock, object: &ObjectRow) -> Option<Timestamp> {
    match &clock.kind {
        ClockKind::Partition(key) => clock.read(&object.partitions.iter().find(|(own, _)| own == key)?.1),
        ClockKind::Path(regex) => {
            let place = object.place();
            let mut groups = regex.create_captures();
            regex.captures(&place, &mut groups);
            clock.read(&place[groups.get_group(1)?.range()])
        }
        ClockKind::Modified => Timestamp::from_microsecond(object.modified_us?).ok(),
        ClockKind::Column(_) | ClockKind::Log | ClockKind::Event { .. } => None,
    }
}

/// The times of events: by dataset and clock, what the column `on` holds and when it was.
#[derive(Default)]
pub(super) struct Events(HashMap<(usize, usize), Option<Times>>);

/// When it was, by the hash of a key; none: that cannot be read.
type Times = HashMap<[u8; 16], Option<Timestamp>>;

impl Events {
    /// Takes the time of an event in; of two the later counts, and of one that cannot be read nothing is known.
    pub(super) fn add(&mut self, dataset: usize, clock: usize, key: &str, time: Option<Timestamp>) {
        let Some(times) = self.0.entry((dataset, clock)).or_insert_with(|| Some(HashMap::new())) else { return };
        times.entry(hash(key)).and_modify(|held| *held = held.zip(time).map(|(held, time)| held.max(time))).or_insert(time);
    }

    fn of(&self, dataset: usize, clock: usize, key: &str) -> Option<Timestamp> {
        *self.0.get(&(dataset, clock))?.as_ref()?.get(&hash(key))?
    }

    /// Not all events were read: none starts a clock.
    pub(super) fn lose(&mut self, dataset: usize, clock: usize) {
        self.0.insert((dataset, clock), None);
    }
}

pub(super) fn hash(key: &str) -> [u8; 16] {
    blake3::hash(key.trim().as_bytes()).as_bytes()[..16].try_into().expect("16 of 32 bytes")
}

/// What stands in a column of a record.
pub(super) enum Cell {
    Absent,
    /// Nothing, or null.
    Empty,
    Filled(String),
    /// The record has the column more than once: which is meant cannot be told.
    Several,
}

/// The cells of a record, by the names of their columns.
pub(super) struct Cells<'a> {
    seen: &'a Seen<'a>,
}

impl<'a> Cells<'a> {
    pub(super) fn of(seen: &'a Seen<'a>) -> Self {
        Self { seen }
    }

    /// All cells of a column, as arrays have them.
    pub(super) fn fields(&self, name: &str) -> impl Iterator<Item = &'a Field> {
        self.seen.row.fields.iter().filter(move |field| self.is_called(field, name))
    }

    /// What stands in a column.
    pub(super) fn one(&self, name: &str) -> Cell {
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
    pub(super) fn text(&self, name: &str) -> Option<String> {
        let field = self.fields(name).next()?;
        (field.kind != ValueKind::Null).then(|| self.text_of(field))
    }

    pub(super) fn text_of(&self, field: &Field) -> String {
        String::from_utf8_lossy(&self.seen.layout.text(self.seen.block, field).text).into_owned()
    }

    /// The record as a line; none where it has cells.
    fn line(&self) -> Option<std::borrow::Cow<'a, str>> {
        self.seen.lines.then(|| String::from_utf8_lossy(&self.seen.block.bytes[self.seen.row.span.clone()]))
    }

    /// The table that the record is of, where its leaf has several.
    pub(super) fn table(&self) -> Option<&'a str> {
        let field = self.seen.row.fields.first()?;
        self.seen.layout.columns().get(field.column as usize)?.table.as_deref()
    }

    fn is_called(&self, field: &Field, name: &str) -> bool {
        let column = self.seen.layout.columns().get(field.column as usize);
        // Most names have no keys inside.
        column.is_some_and(|column| match &column.name {
            Some(own) if **own == *name => true,
            Some(own) if own.len() >= name.len() => column.dotted().is_some_and(|dotted| dotted == name),
            _ => false,
        })
    }
}
