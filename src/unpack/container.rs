//! What a container is to the nest: entries one after the other, and how it ended.

use std::io::Read;

use super::Damage;
use crate::model::{Random, Status};

/// Every container that is looked into.
pub const CONTAINERS: &[&str] = &["tar", "zip"];

/// A container that is being read.
pub(super) trait Container: Send {
    /// Returns the format's name.
    fn format(&self) -> &'static str;

    /// Goes on to the next entry. What was not read of the last one is passed over; its content gives no more.
    fn next_entry(&mut self) -> Option<Entry>;

    /// Reads what follows the last entry, so that a tap sees all of it, and says what is wrong with the container, if anything.
    fn finish(&mut self) -> Option<Damage>;

    /// Says what is wrong so far.
    fn faults(&self) -> Option<String>;
}

/// Something that a container holds and that is no folder.
pub(super) struct Entry {
    /// Name as it is stored.
    pub(super) name: Vec<u8>,
    /// Bytes that it has, where that is known.
    pub(super) size: Option<u64>,
    /// Last modification in microseconds since the epoch, where known.
    pub(super) modified_us: Option<i64>,
    pub(super) content: Content,
}

/// What there is to read.
pub(super) enum Content {
    /// The member's bytes; where they are stored as they are, also at any offset.
    Bytes(Box<dyn Read + Send>, Option<Random>),
    /// Nothing, and why.
    None(Status, String),
}

/// Things that are wrong with a container, in the order in which they were met, each said once.
#[derive(Default)]
pub(super) struct Faults(Vec<String>);

impl Faults {
    pub(super) fn add(&mut self, fault: impl Into<String>) {
        let fault = fault.into();
        if !self.0.contains(&fault) {
            self.0.push(fault);
        }
    }

    pub(super) fn text(&self) -> Option<String> {
        (!self.0.is_empty()).then(|| self.0.join("; "))
    }
}
