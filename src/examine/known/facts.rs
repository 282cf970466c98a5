//! What people are told of a list of known values: everything but its values.

use std::fmt::Write as _;

use serde::Serialize;

use super::strength::{CHARACTERS, DIGITS};
use super::table::MOST_SUBJECTS;

/// What is told of a list.
#[derive(Clone, Debug, Default, Serialize)]
pub struct KnownFacts {
    /// The file.
    pub file: String,
    /// Its rows that were used.
    pub rows: u64,
    /// Rows that have another number of fields than the header: they are not used.
    pub ragged: u64,
    /// Columns whose values are known.
    pub columns: Vec<KnownColumn>,
    /// How many other columns it has.
    pub other_columns: usize,
    /// Its column that tells persons apart.
    pub subject: String,
    /// Values that rows of several persons hold: their findings have no person.
    pub shared: u64,
    /// Values that so many persons have that they say nothing: they are not used.
    pub common: u64,
    /// By length, numbers of which so many are known that any may be one: text is not searched for them.
    pub dense: Vec<(u32, u64)>,
    /// Bytes that the table takes.
    pub bytes: usize,
}

/// What is told of a column of a list.
#[derive(Clone, Debug, Default, Serialize)]
pub struct KnownColumn {
    /// Its name in the header.
    pub name: String,
    /// What its values are.
    pub entity: String,
    /// Values that it has.
    pub values: u64,
    /// Of these, those that text is not searched for, because they are too short or could be an ordinary word.
    pub weak: u64,
    /// Texts that are no values of the entity, or too long: they are not used.
    pub unusable: u64,
    /// Texts that are not UTF-8: they are not used.
    pub not_utf8: u64,
}

impl KnownFacts {
    /// Returns what a person reads: what is looked for, and what is not, with the reason.
    #[must_use]
    pub fn text(&self) -> Vec<String> {
        let columns: Vec<String> = self.columns.iter().map(|c| format!("{} {} as {}", c.values, c.name, c.entity)).collect();
        let mut lines = vec![format!(
            "known values in {}: {} rows, {}; persons are told apart by {}",
            self.file,
            self.rows,
            columns.join(", "),
            self.subject
        )];
        let mut warn = |line: String| lines.push(format!("warning: known values in {}: {line}", self.file));
        for column in &self.columns {
            let KnownColumn { name, weak, unusable, not_utf8, .. } = column;
            if *weak > 0 {
                warn(format!(
                    "{weak} in {name} are too short or common (less than {DIGITS} digits that vary, {CHARACTERS} letters and digits, \
                     or two words of {CHARACTERS} letters): text is not searched for them, they count where a rule finds them"
                ));
            }
            if *unusable > 0 {
                warn(format!("{unusable} in {name} are no {} or too long: not used", column.entity));
            }
            if *not_utf8 > 0 {
                warn(format!("{not_utf8} in {name} are not UTF-8: not used"));
            }
        }
        for (digits, count) in &self.dense {
            warn(format!(
                "{count} are numbers of {digits} digits, so many that any may be one: text is not searched for them, they count where a \
                 rule finds them"
            ));
        }
        if self.ragged > 0 {
            warn(format!("{} rows have another number of fields than the header: not used", self.ragged));
        }
        if self.common > 0 {
            warn(format!("{} belong to more than {MOST_SUBJECTS} persons each: not used", self.common));
        }
        if self.shared > 0 {
            let mut line = String::new();
            let _ = write!(line, "{} stand in rows of several persons: their findings name none", self.shared);
            warn(line);
        }
        lines
    }
}
