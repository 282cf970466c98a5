//! zip (PKWARE APPNOTE.TXT), by its central directory; where that is missing, by the records before the members.
//!
//! Nothing is kept of the directory but the places that members take. A place is read once: members that overlap, with which
//! small archives hold endless data, are refused. What the directory and the record before a member say must agree. Bytes that
//! belong to no member are said.

mod directory;
mod fields;
mod method;
mod places;
mod walk;

use std::io::{self, Read};
use std::sync::Arc;

use super::budget::{Budget, Windows};
use super::container::{Container, Content, Entry, Faults};
use super::decoder::Guard;
use super::{Caps, Damage, Meter};
use crate::model::{InOrder, Random, ReadAt, Status, Stretch};
use directory::Directory;
use fields::{DESCRIPTOR, ENCRYPTED, END, Facts, LOCAL, LOCAL_BYTES, SIZES_FOLLOW, exactly, some, u16_at};
use method::Setting;
use places::Places;
use walk::Walk;

/// Recognises an archive by its first bytes.
pub(super) fn fits(head: &[u8]) -> bool {
    // A volume of a split archive begins with a mark of its own.
    let volume = [DESCRIPTOR, b"PK00"].iter().any(|mark| head.strip_prefix(*mark).is_some_and(|rest| rest.starts_with(LOCAL)));
    head.starts_with(LOCAL) || head.starts_with(END) || volume
}

/// Recognises an archive behind something else, such as the program that unpacks it, by its end.
pub(super) fn fits_end(head: &[u8], bytes: &dyn ReadAt) -> bool {
    let is_program = [&b"MZ"[..], b"\x7fELF", b"#!"].iter().any(|magic| head.starts_with(magic));
    if is_program { Directory::find(bytes).is_some_and(|found| found.stated > 0) } else { Directory::ends(bytes) }
}

/// What the decoders of an object share.
#[derive(Clone)]
pub(super) struct Shared {
    pub(super) caps: Caps,
    pub(super) budget: Budget,
    pub(super) windows: Windows,
}

/// An archive.
pub(super) struct Zip {
    bytes: Random,
    shared: Shared,
    way: Way,
    places: Places,
    faults: Faults,
    members: u64,
    /// Bytes behind members that may say their sizes.
    descriptors: u64,
    ended: bool,
}

/// How members are found.
enum Way {
    Directory(Directory),
    Walk(Walk),
}

impl Zip {
    pub(super) fn new(bytes: Random, shared: Shared) -> Self {
        let mut faults = Faults::default();
        let way = match Directory::find(&*bytes) {
            Some(directory) => Way::Directory(directory),
            None => {
                faults.add("truncated or damaged: the archive has no central directory");
                Way::Walk(Walk::default())
            }
        };
        Self { bytes, shared, way, places: Places::default(), faults, members: 0, descriptors: 0, ended: false }
    }

    fn end(&mut self) {
        self.ended = true;
        let covered = self.places.covered();
        match &self.way {
            Way::Directory(directory) => {
                if !directory.is_done() {
                    self.faults.add("corrupt: the central directory breaks off");
                } else if self.members & 0xFFFF != directory.stated & 0xFFFF {
                    self.faults.add(format!("the archive states {} members and has {}", directory.stated, self.members));
                }
                if directory.is_split {
                    self.faults.add("one of several volumes: members in the others are missing");
                }
                let loose = directory.start.saturating_sub(covered);
                if loose > self.descriptors {
                    self.faults.add(format!("{loose} bytes before the central directory belong to no member and were not examined"));
                }
                let behind = self.bytes.size().saturating_sub(directory.behind);
                if behind > 0 {
                    self.faults.add(format!("{behind} bytes behind the archive were not examined"));
                }
            }
            Way::Walk(_) => {}
        }
    }

    fn next_facts(&mut self) -> Option<Found> {
        match &mut self.way {
            Way::Directory(directory) => {
                let facts = directory.next_record(&*self.bytes)?;
                let at = directory.base.saturating_add(facts.offset);
                Some(Found { local: Local::read(&*self.bytes, at), facts, at, is_directory: true })
            }
            Way::Walk(walk) => {
                let (at, local) = walk.next_member(&*self.bytes)?;
                Some(Found { facts: local.facts.clone(), local: Some(local), at, is_directory: false })
            }
        }
    }

    fn content(&mut self, found: &Found) -> Content {
        let Found { facts, local, at, .. } = found;
        let none = |status, reason: &str| Content::None(status, reason.to_owned());
        let Some(local) = local else {
            return none(Status::Failed, "corrupt: there is no member where the central directory says");
        };
        let available = self.bytes.size().saturating_sub(local.data);
        let end = local.data.saturating_add(facts.stored_bytes);
        if facts.flags & SIZES_FOLLOW != 0 {
            self.descriptors += 24;
        }
        if !self.places.take(*at, end.min(self.bytes.size())) {
            return none(Status::Failed, "it overlaps another member of the archive");
        }
        if facts.is_encrypted() || local.facts.flags & ENCRYPTED != 0 {
            return none(Status::Failed, "encrypted");
        }
        match facts.unix_mode & 0o170_000 {
            0 | 0o100_000 | 0o040_000 => {}
            0o120_000 => return none(Status::Excluded, "symbolic link"),
            0o010_000 => return none(Status::Excluded, "named pipe"),
            _ => return none(Status::Excluded, "device"),
        }
        self.open(found, local, available)
    }

    fn open(&self, found: &Found, local: &Local, available: u64) -> Content {
        let facts = &found.facts;
        let stored = Arc::new(Stretch::new(&self.bytes, local.data, facts.stored_bytes)) as Random;
        let meter = Meter::default();
        let counted = Counted { stream: InOrder::new(Arc::clone(&stored)), meter: meter.clone() };
        let setting = Setting {
            caps: &self.shared.caps,
            guard: Guard::new(&self.shared.caps, meter, Some(self.shared.budget.clone())),
            windows: self.shared.windows.share(),
            bytes: (facts.flags & 2 == 0).then_some(facts.bytes),
        };
        let Some(stream) = method::undo(facts.method, Box::new(counted), setting) else {
            let reason = format!("compressed by method {} ({}), which is not read", facts.method, method::name(facts.method));
            return Content::None(Status::Unsupported, reason);
        };
        let is_cut_off = available < facts.stored_bytes && facts.stored_bytes != u64::MAX;
        let checked = Checked {
            stream,
            crc: flate2::Crc::new(),
            given: 0,
            expected: found.expected(),
            contradiction: found.contradiction(),
            is_cut_off,
        };
        Content::Bytes(Box::new(checked), Some(stored).filter(|_| facts.method == 0))
    }
}

impl Container for Zip {
    fn format(&self) -> &'static str {
        "zip"
    }

    fn next_entry(&mut self) -> Option<Entry> {
        while !self.ended {
            let Some(found) = self.next_facts() else {
                self.end();
                break;
            };
            self.members += 1;
            if found.facts.is_folder() {
                if let Some(local) = &found.local {
                    self.places.take(found.at, local.data.saturating_add(found.facts.stored_bytes));
                }
                continue;
            }
            let content = self.content(&found);
            let size = Some(found.facts.bytes).filter(|bytes| *bytes != u64::MAX);
            return Some(Entry { name: found.facts.name, size, modified_us: found.facts.modified_us, content });
        }
        None
    }

    fn finish(&mut self) -> Option<Damage> {
        None
    }

    fn faults(&self) -> Option<String> {
        self.faults.text()
    }
}

/// A member as it was found.
struct Found {
    facts: Facts,
    local: Option<Local>,
    at: u64,
    is_directory: bool,
}

impl Found {
    /// Size and checksum that the content must have, where they are known.
    fn expected(&self) -> Option<(u64, u32)> {
        let is_known = self.is_directory || self.facts.flags & SIZES_FOLLOW == 0;
        is_known.then_some((self.facts.bytes, self.facts.crc))
    }

    /// What the directory and the record before the member do not agree on.
    fn contradiction(&self) -> Option<&'static str> {
        let (central, local) = (&self.facts, &self.local.as_ref()?.facts);
        let has_sizes = local.flags & SIZES_FOLLOW == 0;
        match () {
            () if central.name != local.name => Some("it has another name in the central directory"),
            () if central.method != local.method => Some("it has another method in the central directory"),
            () if has_sizes && (central.stored_bytes, central.bytes) != (local.stored_bytes, local.bytes) => {
                Some("it has other sizes in the central directory")
            }
            () if has_sizes && central.crc != local.crc => Some("it has another checksum in the central directory"),
            () => None,
        }
    }
}

/// The record before a member.
struct Local {
    facts: Facts,
    /// Offset of the member's bytes.
    data: u64,
}

impl Local {
    fn read(bytes: &dyn ReadAt, at: u64) -> Option<Self> {
        let fixed = exactly::<LOCAL_BYTES>(bytes, at).filter(|fixed| fixed.starts_with(LOCAL))?;
        let [name, extra] = [26, 28].map(|at| usize::from(u16_at(&fixed, at)));
        let mut texts = some(bytes, at + LOCAL_BYTES as u64, name + extra)?;
        let extra = texts.split_off(name);
        let data = at + (LOCAL_BYTES + name + extra.len()) as u64;
        Some(Self { facts: Facts::local(&fixed, texts, &extra), data })
    }
}

/// Counts stored bytes as they are decoded.
struct Counted {
    stream: InOrder,
    meter: Meter,
}

impl Read for Counted {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.stream.read(into)?;
        self.meter.add(read);
        Ok(read)
    }
}

/// A member's content, which says at its end whether it is what the archive says.
struct Checked {
    stream: Box<dyn Read + Send>,
    crc: flate2::Crc,
    given: u64,
    expected: Option<(u64, u32)>,
    contradiction: Option<&'static str>,
    is_cut_off: bool,
}

impl Checked {
    fn verdict(&self) -> Option<Damage> {
        match self.expected {
            _ if self.is_cut_off => Some(Damage::CutOff),
            Some((bytes, _)) if bytes != self.given => {
                Some(Damage::Corrupt("the member has another length than the archive says".to_owned()))
            }
            Some((_, crc)) if crc != self.crc.sum() => Some(Damage::Corrupt("the checksum of the member is wrong".to_owned())),
            _ => self.contradiction.map(Damage::Contradiction),
        }
    }
}

impl Read for Checked {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if into.is_empty() {
            return Ok(0);
        }
        match self.stream.read(into) {
            Ok(0) => self.verdict().map_or(Ok(0), |damage| Err(damage.into())),
            Ok(read) => {
                self.crc.update(&into[..read]);
                self.given += read as u64;
                Ok(read)
            }
            Err(_) if self.is_cut_off => Err(Damage::CutOff.into()),
            Err(error) => Err(error),
        }
    }
}
