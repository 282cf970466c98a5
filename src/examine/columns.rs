//! What the name of a column means: which rules it speaks for, and how it is shown.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::Arc;

use super::Examiner;
use super::groups::Role;
use crate::detect::{Detector, Scratch};
use crate::model::{ARRAY_MARK, Column, INSIDE, KEY_SEPARATOR, NO_KEY, RuleIndex, Signal, limits};
use crate::pattern::{CellMatcher, NameVerdict, Rule};

/// A key as shown, none where an array is below no key, and the levels of arrays below it.
type Key = (Option<String>, usize);

/// Whether the name of a column speaks for some rule, so that all its cells are wanted.
pub(super) fn asks(detector: &Detector, column: &Column) -> bool {
    let Some(name) = &column.name else { return false };
    let (above, last) = last_names(column.table.as_deref(), name);
    detector.rules().rules().iter().any(|rule| match rule.name_verdict(above, last) {
        NameVerdict::For | NameVerdict::Beside => true,
        NameVerdict::Maybe => rule.cells.is_some(),
        NameVerdict::Against | NameVerdict::Neutral => false,
    })
}

/// The last key of a name and the one above it, or the table.
fn last_names<'a>(table: Option<&'a str>, name: &'a str) -> (&'a str, &'a str) {
    let keys = name.trim_start_matches(INSIDE).rsplit([KEY_SEPARATOR, INSIDE]).map(|key| key.trim_end_matches(ARRAY_MARK));
    let mut keys = keys.filter(|key| !key.starts_with(NO_KEY));
    let last = keys.next().unwrap_or_default();
    (keys.next().or(table).unwrap_or_default(), last)
}

/// What is known of a column by its name alone.
pub(super) struct ColumnInfo {
    /// The name as shown: keys joined by dots, values in them replaced by `{entity}`.
    pub shown: Option<Arc<str>>,
    /// The table that it is a column of.
    table: Option<Arc<str>>,
    /// The keys on the way, for pointers.
    keys: Vec<Key>,
    /// How a pointer to its cells is spelt: what stands before each element index, and behind the last one.
    pointer: Vec<Arc<str>>,
    /// What the name says for each rule.
    pub verdicts: Vec<NameVerdict>,
    /// Rules that look at whole cells of this column.
    pub cells: Vec<RuleIndex>,
    /// Rules that do so where columns beside it hold contact data.
    pub cells_beside: Vec<RuleIndex>,
    /// Whether the name speaks for contact data or a government id.
    pub is_contact: bool,
    /// The part of an address or a name that its cells are.
    pub role: Option<Role>,
}

/// Categories of columns that make a column called `name` beside them a person's.
const CONTACT: [&str; 3] = ["user.contact", "user.government_id", "user.demographic"];

/// Where columns stand beside each other: the table, and the keys above.
type Place = (Option<Arc<str>>, Box<[Key]>);

/// Which columns have contact data beside them, in the same object or table.
#[derive(Default)]
pub(super) struct Neighbours {
    groups: HashMap<Place, Group>,
}

#[derive(Default)]
struct Group {
    has_contact: bool,
    /// Columns for which that would mean something.
    waiting: Vec<usize>,
}

impl Neighbours {
    /// Takes a column in. Gives the columns with [`ColumnInfo::cells_beside`] that contact data turns out to be beside.
    pub(super) fn add(&mut self, index: usize, info: &ColumnInfo) -> Vec<usize> {
        if !info.is_contact && info.cells_beside.is_empty() {
            return Vec::new();
        }
        let above = &info.keys[..info.keys.len().saturating_sub(1)];
        let group = self.groups.entry((info.table.clone(), above.into())).or_default();
        if !info.cells_beside.is_empty() {
            group.waiting.push(index);
        }
        group.has_contact |= info.is_contact;
        if group.has_contact { std::mem::take(&mut group.waiting) } else { Vec::new() }
    }
}

/// A table, where there are several, and the name of a column.
type TableAndName = (Option<Arc<str>>, Arc<str>);

/// Names met by one worker.
#[derive(Default)]
pub(super) struct ColumnCache {
    known: HashMap<TableAndName, Arc<ColumnInfo>>,
    unnamed: Option<Arc<ColumnInfo>>,
    /// Names of tables as shown.
    tables: HashMap<Arc<str>, Arc<str>>,
}

impl ColumnCache {
    /// Returns the name of a table as shown: values in it replaced by `{entity}`.
    pub(super) fn table(&mut self, examiner: &Examiner, scratch: &mut Scratch, name: &Arc<str>) -> Arc<str> {
        if let Some(shown) = self.tables.get(name) {
            return Arc::clone(shown);
        }
        if self.tables.len() >= limits::COLUMNS {
            self.tables.clear();
        }
        let shown: Arc<str> = without_values(examiner, scratch, name).into();
        self.tables.insert(Arc::clone(name), Arc::clone(&shown));
        shown
    }

    /// Returns what a column's name means.
    pub(super) fn info(&mut self, examiner: &Examiner, scratch: &mut Scratch, column: &Column) -> Arc<ColumnInfo> {
        let Some(name) = &column.name else {
            return Arc::clone(self.unnamed.get_or_insert_with(|| Arc::new(ColumnInfo::unnamed(&examiner.detector))));
        };
        let key = (column.table.clone(), Arc::clone(name));
        if let Some(info) = self.known.get(&key) {
            return Arc::clone(info);
        }
        if self.known.len() >= 4 * limits::COLUMNS {
            self.known.clear();
        }
        let info = Arc::new(ColumnInfo::named(examiner, scratch, column.table.clone(), name));
        self.known.insert(key, Arc::clone(&info));
        info
    }
}

impl ColumnInfo {
    /// Returns the RFC 6901 pointer of a cell whose element indices are these.
    pub(super) fn pointer(&self, indices: &[u32]) -> Option<Arc<str>> {
        let (last, before) = self.pointer.split_last()?;
        if before.is_empty() {
            return Some(Arc::clone(last));
        }
        let mut out = String::with_capacity(64);
        for (piece, index) in before.iter().zip(indices) {
            let _ = write!(out, "{piece}{index}");
        }
        out.push_str(last);
        (indices.len() >= before.len()).then(|| out.into())
    }

    /// The table that it is a column of.
    pub(super) fn table(&self) -> Option<Arc<str>> {
        self.table.clone()
    }

    /// The keys above its own, as shown.
    pub(super) fn above(&self) -> Vec<Option<String>> {
        let above = &self.keys[..self.keys.len().saturating_sub(1)];
        above.iter().map(|(key, levels)| key.as_ref().map(|key| format!("{key}{}", "[]".repeat(*levels)))).collect()
    }

    fn unnamed(detector: &Detector) -> Self {
        let verdicts = detector.rules().rules().iter().map(|_| NameVerdict::Neutral).collect();
        // What has no name at all may hold names of persons and dates of birth: the values say so, or they do not.
        let is_asked = |rule: &Rule| matches!(rule.cells, Some(CellMatcher::PersonName | CellMatcher::BirthDate));
        let cells = detector.rules().iter().filter(|(_, rule)| is_asked(rule)).map(|(index, _)| index).collect();
        Self {
            shown: None,
            table: None,
            keys: Vec::new(),
            pointer: Vec::new(),
            verdicts,
            cells,
            cells_beside: Vec::new(),
            is_contact: false,
            role: None,
        }
    }

    fn named(examiner: &Examiner, scratch: &mut Scratch, table: Option<Arc<str>>, name: &str) -> Self {
        let detector = &examiner.detector;
        let is_nested = !name.starts_with(INSIDE);
        let keys: Vec<&str> = name.split([KEY_SEPARATOR, INSIDE]).skip(usize::from(!is_nested)).collect();
        let (above, last) = last_names(table.as_deref(), name);
        let role = Role::of(last);
        let verdicts: Vec<NameVerdict> = detector.rules().rules().iter().map(|rule| rule.name_verdict(above, last)).collect();
        let with = |wanted: &[NameVerdict]| {
            let rules = detector.rules().iter().filter(|(index, _)| wanted.contains(&verdicts[usize::from(*index)]));
            rules.filter(|(_, rule)| rule.cells.is_some()).map(|(index, _)| index).collect::<Vec<_>>()
        };
        let is_name = |index: &RuleIndex| detector.rules().rule(*index).cells == Some(CellMatcher::PersonName);
        let mut cells = with(&[NameVerdict::For]);
        cells.extend(with(&[NameVerdict::Maybe, NameVerdict::Beside]).into_iter().filter(is_name));
        let cells_beside = with(&[NameVerdict::Beside]);
        let mut named = detector.rules().iter().filter(|(index, _)| verdicts[usize::from(*index)] == NameVerdict::For);
        let is_contact = named.any(|(_, rule)| CONTACT.iter().any(|category| rule.category.starts_with(category)));
        let mut shown_key = |key: &&str| {
            let bare = key.trim_end_matches(ARRAY_MARK);
            let levels = key.chars().rev().take_while(|c| *c == ARRAY_MARK).count();
            (!bare.starts_with(NO_KEY)).then(|| without_values(examiner, scratch, bare)).map_or((None, levels), |text| (Some(text), levels))
        };
        let keys: Vec<Key> = keys.iter().map(&mut shown_key).collect();
        let shown = shown(&keys);
        // Pointers lead to a cell, not into its text.
        let of_cell = name.split(INSIDE).next().map_or(0, |cell| cell.split(KEY_SEPARATOR).count());
        Self {
            shown: (!shown.is_empty()).then(|| shown.into()),
            table,
            pointer: if is_nested { pointer(&keys[..of_cell]) } else { Vec::new() },
            keys,
            verdicts,
            cells,
            cells_beside,
            is_contact,
            role,
        }
    }
}

/// Keys joined by dots, `[]` behind those of arrays.
fn shown(keys: &[Key]) -> String {
    let mut out = String::new();
    for (n, (key, levels)) in keys.iter().enumerate() {
        if let Some(key) = key {
            out.push_str(if n > 0 { "." } else { "" });
            out.push_str(key);
        }
        out.push_str(&"[]".repeat(*levels));
    }
    out
}

/// The pieces of a pointer; see [`ColumnInfo::pointer`].
fn pointer(keys: &[Key]) -> Vec<Arc<str>> {
    let (mut pieces, mut piece) = (Vec::new(), String::new());
    for (key, levels) in keys {
        if let Some(key) = key {
            piece.push('/');
            piece.push_str(&key.replace('~', "~0").replace('/', "~1"));
        }
        for _ in 0..*levels {
            piece.push('/');
            pieces.push(std::mem::take(&mut piece).into());
        }
    }
    pieces.push(piece.into());
    pieces
}

/// A name with every value in it replaced by `{entity}`, and control characters by U+FFFD.
fn without_values(examiner: &Examiner, scratch: &mut Scratch, name: &str) -> String {
    let (detector, mut found) = (&examiner.detector, Vec::new());
    detector.find(scratch, name.as_bytes(), 0..name.len(), &mut found);
    if let Some(known) = examiner.known() {
        known.mark(detector, scratch, name.as_bytes(), 0..name.len(), &mut found);
    }
    let mut out = String::new();
    let mut at = 0;
    for candidate in found {
        let rule = detector.rules().rule(candidate.rule);
        let mut signals = candidate.signals;
        signals.add(Signal::Base, rule.deltas.base);
        // A name needs no context to be suspected: what could be reported anywhere is hidden here.
        let suspected = signals.sum() + i16::from(rule.deltas.keyword.max(0)) >= 40;
        if suspected
            && candidate.span.start >= at
            && name.is_char_boundary(candidate.span.start)
            && name.is_char_boundary(candidate.span.end)
        {
            out.push_str(&name[at..candidate.span.start]);
            out.push_str(&format!("{{{}}}", rule.entity));
            at = candidate.span.end;
        }
    }
    out.push_str(&name[at..]);
    if is_number(&out) {
        return "{number}".to_owned();
    }
    out.replace(|c: char| c.is_control(), "\u{fffd}")
}

/// Whether a name is nothing but a number of seven digits or more, as phone numbers, dates and ids are written: a map is keyed
/// by values.
fn is_number(name: &str) -> bool {
    let digits = name.bytes().filter(u8::is_ascii_digit).count();
    digits >= 7 && name.bytes().all(|b| b.is_ascii_digit() || b" +-./()".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_beside_contact_data_of_their_own_object_in_whatever_order_they_come() {
        let info = |keys: &[&str], is_contact: bool, asks: bool| ColumnInfo {
            shown: None,
            table: None,
            pointer: Vec::new(),
            keys: keys.iter().map(|key| (Some((*key).to_owned()), 0)).collect(),
            verdicts: Vec::new(),
            cells: Vec::new(),
            cells_beside: if asks { vec![0] } else { Vec::new() },
            is_contact,
            role: None,
        };
        let mut neighbours = Neighbours::default();
        let mut add = |index, keys: &[&str], is_contact, asks| neighbours.add(index, &info(keys, is_contact, asks));
        assert!(add(0, &["user", "name"], false, true).is_empty());
        assert!(add(1, &["user", "seq"], false, false).is_empty());
        assert!(add(2, &["email"], true, false).is_empty());
        assert!(add(3, &["user", "pet", "name"], false, true).is_empty());
        assert!(add(4, &["user", "nick"], false, true).is_empty());
        assert_eq!(add(5, &["user", "phone"], true, false), [0, 4]);
        assert!(add(6, &["user", "email"], true, false).is_empty());
        assert_eq!(add(7, &["name"], false, true), [7]);
        assert_eq!(add(8, &["user", "pet", "owner"], true, true), [3, 8]);
        let other_table = ColumnInfo { table: Some("staff".into()), ..info(&["name"], false, true) };
        assert!(neighbours.add(9, &other_table).is_empty());
    }
}
