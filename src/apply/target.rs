//! What an operation deletes, and whether it is met in a file as it is now.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::examine::{Examiner, tokens_of};
use crate::model::Id;
use crate::plan::{KeyNames, KeyedOp, Kind, NowLeaf, NowRecord, key_digest};
use crate::policy::{ActionName, generalise, mask};

/// What was seen of an operation's record or value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seen {
    Gone,
    There,
    Unclear,
}

/// An operation that is looked for.
pub(super) struct Target {
    op: KeyedOp,
    /// Digest of its record's key; none where that does not tell the record.
    key: Option<Id>,
    /// The record as it was planned for is there.
    untouched: bool,
    /// Records with its key: ordinals.
    met: Vec<u64>,
    /// Of a cell: in some record with its key it is not what the action leaves.
    differs: bool,
}

impl Target {
    pub(super) fn new(op: KeyedOp, keys: &KeyNames<'_>) -> Self {
        let key = keys.of(&op.dataset, &op.key).map(|key| digest(&op.dataset, key.into_iter().map(|(_, value)| value)));
        Self { op, key, untouched: false, met: Vec::new(), differs: false }
    }

    /// What was seen of it. `as_planned`: keyed digest of the file as it was planned for; `as_written`: the file is byte for byte the one
    /// that `apply` wrote and checked; `is_lost`: it could not be read.
    pub(super) fn seen(&self, leaf: &LeafTargets, as_planned: &str, as_written: bool, is_lost: bool) -> Seen {
        if leaf.content().is_some_and(|token| token == as_planned) {
            return Seen::There;
        }
        match self.by_records(leaf) {
            Seen::There => Seen::There,
            _ if is_lost => Seen::Unclear,
            // What was checked when it was written, with the old file beside it, is told where records and values do not tell.
            Seen::Unclear if as_written => Seen::Gone,
            seen => seen,
        }
    }

    fn by_records(&self, leaf: &LeafTargets) -> Seen {
        let Some(went) = &leaf.went else { return if leaf.is_member { Seen::Gone } else { Seen::Unclear } };
        if let NowLeaf::Other = went {
            return leaf.in_text(self);
        }
        if matches!(went, NowLeaf::Not(_)) || self.op.kind == Kind::File {
            return Seen::Unclear;
        }
        let is_met = !self.met.is_empty();
        if self.key.is_some() && !is_met && !self.untouched {
            return if leaf.keyless { Seen::Unclear } else { Seen::Gone };
        }
        match self.op.kind {
            Kind::Record if self.untouched || is_met => Seen::There,
            Kind::Record if leaf.lines => Seen::Gone,
            Kind::Cell if is_met => {
                if self.differs {
                    Seen::There
                } else {
                    Seen::Gone
                }
            }
            _ if self.untouched => Seen::There,
            Kind::Span => match self.op.value_token {
                Some(token) if self.key.is_some() => {
                    let is_there = self.differs || self.met.iter().any(|record| leaf.values.is_at(token, *record));
                    if is_there { Seen::There } else { Seen::Gone }
                }
                Some(token) if !leaf.values.is_anywhere(token) => Seen::Gone,
                _ => Seen::Unclear,
            },
            _ => Seen::Unclear,
        }
    }

    /// Takes in a record with its key.
    fn meet(&mut self, record: &NowRecord<'_>, examiner: &Arc<Examiner>) {
        self.met.push(record.ordinal());
        let Some(column) = &self.op.column else { return };
        match self.op.kind {
            Kind::Cell => {
                let is_left = |cell: &Option<String>| cell.as_ref().is_none_or(|text| text.trim().is_empty() || leaves(&self.op, text));
                self.differs |= !record.cells(column).iter().all(is_left);
            }
            Kind::Span => {
                // What a scan no longer finds may stand where it stood.
                let (Some(token), Some(entity), Some((start, end))) = (self.op.value_token, &self.op.entity, self.op.cell) else {
                    return;
                };
                let span = usize::try_from(start).unwrap_or(usize::MAX)..usize::try_from(end).unwrap_or(0);
                for text in record.cells(column).into_iter().flatten() {
                    for value in [Some(text.as_str()), text.get(span.clone())].into_iter().flatten().filter(|value| !value.is_empty()) {
                        let tokens = tokens_of(examiner, entity, value.as_bytes()).unwrap_or_default();
                        self.differs |= tokens.iter().any(|(_, own)| *own == token);
                    }
                }
            }
            Kind::File | Kind::Record => {}
        }
    }
}

/// Whether a text is what an action leaves.
fn leaves(op: &KeyedOp, text: &str) -> bool {
    let keep = op.keep.and_then(|keep| usize::try_from(keep).ok()).unwrap_or_default();
    match op.action {
        ActionName::Redact | ActionName::Replace => op.replacement.as_deref() == Some(text),
        ActionName::Mask => mask(text, keep) == text,
        ActionName::PanTruncate => text.contains('*') && text.chars().filter(char::is_ascii_digit).count() <= keep.min(4),
        ActionName::Generalise => generalise(text).map_or_else(|| is_month(text), |coarse| coarse == text),
        ActionName::Token => text.parse::<Id>().is_ok(),
        ActionName::Null | ActionName::DropFile | ActionName::DropRecord => false,
    }
}

fn is_month(text: &str) -> bool {
    text.len() == 7 && text.is_ascii() && format!("{text}-01").parse::<jiff::civil::Date>().is_ok()
}

/// A digest of a key, the same for spellings that another program may give it: what is taken for the same too often keeps an
/// operation from being called done.
fn digest<'k>(dataset: &str, values: impl Iterator<Item = &'k str>) -> Id {
    let plain: Vec<String> = values.map(plain_key).collect();
    key_digest(dataset, plain.iter().map(|value| ("", value.as_str())))
}

fn plain_key(value: &str) -> String {
    let text = value.trim();
    let is_number = text.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'-') && text.bytes().any(|b| b.is_ascii_digit());
    if !is_number {
        return text.to_lowercase();
    }
    let (sign, text) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text };
    format!("{sign}{}", text.trim_start_matches('0'))
}

/// What is looked for in one leaf.
pub(super) struct LeafTargets {
    /// By dataset: the columns of its key.
    names: HashMap<String, Vec<String>>,
    targets: Vec<Target>,
    by_token: HashMap<Id, Vec<usize>>,
    by_key: HashMap<Id, Vec<usize>>,
    /// Values that are looked for.
    pub values: Values,
    /// How it went to go through its records; none: it was not met.
    went: Option<NowLeaf>,
    /// Whether it lies in a container.
    is_member: bool,
    /// Whether some record has no key that can be told.
    keyless: bool,
    /// Whether its records are lines, which nobody spells in two ways.
    lines: bool,
    /// Its text, where that is short and its records cannot be told.
    text: Option<Vec<u8>>,
}

impl LeafTargets {
    pub(super) fn new(format: &str, is_member: bool) -> Self {
        Self {
            names: HashMap::new(),
            targets: Vec::new(),
            by_token: HashMap::new(),
            by_key: HashMap::new(),
            values: Values::default(),
            went: None,
            is_member,
            keyless: false,
            lines: matches!(format, "text" | "log"),
            text: None,
        }
    }

    pub(super) fn push(&mut self, op: KeyedOp, keys: &KeyNames<'_>) {
        let (index, target) = (self.targets.len(), Target::new(op, keys));
        let op = &target.op;
        if let Some(token) = op.record_token {
            self.by_token.entry(token).or_default().push(index);
        }
        if let Some(key) = target.key {
            self.by_key.entry(key).or_default().push(index);
            self.names.entry(op.dataset.clone()).or_insert_with(|| keys.names(&op.dataset).to_vec());
        }
        if op.kind == Kind::Span {
            self.values.wanted.extend(op.value_token);
        }
        self.targets.push(target);
    }

    pub(super) fn len(&self) -> u64 {
        self.targets.len() as u64
    }

    pub(super) fn targets(&self) -> &[Target] {
        &self.targets
    }

    pub(super) fn went(&mut self, went: NowLeaf) {
        self.went = Some(went);
    }

    pub(super) fn is_other(&self) -> bool {
        self.went == Some(NowLeaf::Other)
    }

    pub(super) fn asks_for_values(&self) -> bool {
        !self.values.wanted.is_empty()
    }

    pub(super) fn take_text(&mut self, text: Option<Vec<u8>>) {
        self.text = text;
    }

    /// The keyed digest of the leaf's stored bytes, where all were read.
    pub(super) fn content(&self) -> Option<&String> {
        match &self.went {
            Some(NowLeaf::Through(token)) => token.as_ref(),
            _ => None,
        }
    }

    /// Why some of it cannot be told.
    pub(super) fn problem(&self) -> Option<&str> {
        match &self.went {
            Some(NowLeaf::Not(why)) => Some(why),
            Some(NowLeaf::Other) => Some("it reads as another format now"),
            _ if self.keyless => Some("records have no key any more"),
            _ => Some("records without a key were changed, or their values stand elsewhere, too"),
        }
    }

    /// Takes in a record of the leaf.
    pub(super) fn meet(&mut self, record: &NowRecord<'_>, examiner: &Arc<Examiner>) {
        if record.is_broken() {
            self.keyless = true;
            return;
        }
        if !self.by_token.is_empty()
            && let Some(targets) = self.by_token.get(&record.token(examiner.tokens()))
        {
            for index in targets {
                self.targets[*index].untouched = true;
            }
        }
        let Self { names, by_key, targets, keyless, values, .. } = self;
        for (dataset, names) in names {
            let Some(key) = record.key(names) else {
                // A record of another table has other columns.
                *keyless |= record.table().is_none();
                continue;
            };
            let key = digest(dataset, key.iter().map(String::as_str));
            for index in by_key.get(&key).map_or(&[][..], Vec::as_slice) {
                let target = &mut targets[*index];
                if target.op.table.as_deref() == record.table() {
                    target.meet(record, examiner);
                    if let Some(token) = target.op.value_token {
                        values.at.insert((token, record.ordinal()), false);
                    }
                }
            }
        }
    }

    /// What is seen of an operation in a text whose records cannot be told: where nothing of its key stands in a short text, it is gone.
    fn in_text(&self, target: &Target) -> Seen {
        let Some(text) = &self.text else { return Seen::Unclear };
        if text.trim_ascii().is_empty() {
            return Seen::Gone;
        }
        let text = text.to_ascii_lowercase();
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.:@".contains(c);
        let is_absent = |value: &str| value.chars().all(is_plain) && memchr::memmem::find(&text, value.as_bytes()).is_none();
        let is_gone = target.key.is_some() && target.op.key.iter().any(|(_, value)| is_absent(&plain_key(value)));
        if is_gone { Seen::Gone } else { Seen::Unclear }
    }
}

/// Values that are looked for in a leaf, and where they were met.
#[derive(Default)]
pub(super) struct Values {
    wanted: HashSet<Id>,
    /// Records in which a value is asked for, and whether it was met there.
    at: HashMap<(Id, u64), bool>,
    anywhere: HashSet<Id>,
}

impl Values {
    /// Takes in a value that was found.
    pub(super) fn meet(&mut self, token: Id, record: u64) {
        if !self.wanted.contains(&token) {
            return;
        }
        self.anywhere.insert(token);
        if let Some(met) = self.at.get_mut(&(token, record)) {
            *met = true;
        }
    }

    fn is_at(&self, token: Id, record: u64) -> bool {
        self.at.get(&(token, record)).copied().unwrap_or(false)
    }

    fn is_anywhere(&self, token: Id) -> bool {
        self.anywhere.contains(&token)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_the_same_in_other_spellings() {
        for (a, b) in [("1", "1.0"), ("007", "7"), ("AB-1", "ab-1 "), ("-0.50", "-.5"), ("10", "10.")] {
            assert_eq!(plain_key(a), plain_key(b), "{a} {b}");
        }
        for (a, b) in [("1", "10"), ("1", "-1"), ("1.0", "1.01"), ("a", "b")] {
            assert_ne!(plain_key(a), plain_key(b), "{a} {b}");
        }
    }
}
