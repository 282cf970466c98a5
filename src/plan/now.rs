//! The files of a plan as they are now, whoever wrote them since: their leaves, and the records of these by key.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::read::OpLeaf;
use super::walk::{self, Seen, Went};
use crate::finding::Tokens;
use crate::model::{Id, Object, Result, Status, ValueKind};
use crate::policy::Cells;
use crate::source::Opener;
use crate::unpack::{Caps, Damage, Met, Meter, Nest, NestSetting, Opened};

/// A file of a plan.
pub struct NowFile(Nest);

/// Opens the file of a leaf as it is now.
///
/// # Errors
/// Those of the system.
pub fn open_now(leaf: &OpLeaf, tokens: &Tokens, caps: &Caps) -> std::io::Result<NowFile> {
    let raw = Opener::file(PathBuf::from(&leaf.uri), true).open()?;
    let object = Object { path: leaf.path.clone(), ..Object::named(&leaf.uri) };
    let setting = NestSetting { caps: caps.clone(), key: *tokens.content_key(), total: Meter::default(), selection: None };
    Ok(NowFile(Nest::open(object, raw, &Arc::new(setting))))
}

impl NowFile {
    /// Gives its leaves with their ids. Says whether all of it could be looked into.
    ///
    /// # Errors
    /// Those of `each`.
    pub fn leaves(mut self, tokens: &Tokens, mut each: impl FnMut(Id, Opened) -> Result<()>) -> Result<bool> {
        let (cancel, mut whole) = (AtomicBool::new(false), true);
        while let Some(met) = self.0.next_met(&cancel) {
            match met {
                Met::Leaf(opened) => {
                    let member = opened.leaf.member.as_ref();
                    let id = tokens.object(&opened.leaf.object.path, member.map(|m| m.path.as_str()), member.map(|m| m.ordinal));
                    each(id, *opened)?;
                }
                Met::Unread(unread) => whole &= !matches!(unread.status, Status::Failed | Status::Partial),
            }
        }
        Ok(whole)
    }
}

/// How it went to go through a leaf as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NowLeaf {
    /// All of it was read; the keyed digest of its stored bytes.
    Through(Option<String>),
    /// It could not be told record by record, for this reason.
    Not(String),
    /// It has another format, and was not gone through.
    Other,
}

/// A record as it is now.
pub struct NowRecord<'a> {
    seen: &'a Seen<'a>,
    cells: Cells<'a>,
}

impl NowLeaf {
    /// Goes through the records of a leaf that was of a format when it was planned for.
    ///
    /// # Errors
    /// Those of `each`.
    pub fn records(leaf: &OpLeaf, opened: Opened, each: &mut dyn FnMut(&NowRecord<'_>) -> Result<()>) -> Result<Self> {
        let path = leaf.member.as_ref().unwrap_or(&leaf.path);
        let went = walk::go_through(opened, path, &leaf.format, None, None, &mut |seen| each(&NowRecord { seen, cells: seen.cells() }))?;
        Ok(match went {
            Went::Through(token) => Self::Through(token),
            Went::Unsupported => Self::Not("its records cannot be told".to_owned()),
            Went::Other(_) => Self::Other,
            Went::Failed(why) => Self::Not(why),
        })
    }
}

impl NowRecord<'_> {
    /// Returns its ordinal in the leaf.
    #[must_use]
    pub fn ordinal(&self) -> u64 {
        self.seen.row.ordinal
    }

    /// Says whether where it ends, or what its cells are, cannot be told.
    #[must_use]
    pub fn is_broken(&self) -> bool {
        self.seen.row.broken
    }

    /// Returns its table, where its leaf has several.
    #[must_use]
    pub fn table(&self) -> Option<&str> {
        self.cells.table()
    }

    /// Returns the token of its bytes.
    #[must_use]
    pub fn token(&self, tokens: &Tokens) -> Id {
        tokens.record(&self.seen.block.bytes[self.seen.row.span.clone()])
    }

    /// Returns what stands in each of some columns; none where it lacks one.
    #[must_use]
    pub fn key(&self, names: &[String]) -> Option<Vec<String>> {
        names.iter().map(|name| self.cells.text(name)).collect()
    }

    /// Returns the texts of all cells of a column, those of arrays each; of a null none.
    #[must_use]
    pub fn cells(&self, column: &str) -> Vec<Option<String>> {
        let fields = self.cells.fields(column);
        fields.map(|field| (field.kind != ValueKind::Null).then(|| self.cells.text_of(field))).collect()
    }
}

/// Reads what a leaf holds, where it is short.
#[must_use]
pub fn short_text(opened: Opened, most_bytes: u64) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut body = opened.leaf.body;
    let read = std::io::Read::read_to_end(&mut std::io::Read::take(&mut body, most_bytes + 1), &mut bytes);
    (read.is_ok() && bytes.len() as u64 <= most_bytes).then_some(bytes)
}

/// Says in a few words why a file cannot be opened.
#[must_use]
pub fn why_not(error: &std::io::Error) -> String {
    Damage::from_error(error).to_string()
}
