//! One object, and all that lies in it: leaves, and rows for what is no leaf.
//!
//! In comes an object with its stored bytes; out come, one after the other, its leaves, members that are not read, and each
//! container itself once it is at its end. Containers are told by their content, at any depth up to a cap. Nothing is unpacked to
//! disk; what must be read out of order is spooled.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::budget::{Budget, Windows};
use super::container::{Container, Content, Entry};
use super::input::Input;
use super::names::{Names, as_path};
use super::zip::{self, Shared, Zip};
use super::{Body, Caps, Damage, Meter, Opened, Raw, Spool, Tap, stored_buffer_bytes, tar, undo_codecs};
use crate::model::{Leaf, Member, Object, Random, Status};
use crate::source::MemberSelection;

/// Bytes that are read before it is asked again whether to stop.
const STRIDE_BYTES: u64 = 16 * 1024 * 1024;

/// What is the same for all objects of a run.
pub struct NestSetting {
    /// How far decoding may go.
    pub caps: Caps,
    /// Keys the hashes of contents.
    pub key: [u8; 32],
    /// Counts stored bytes of objects.
    pub total: Meter,
    /// What is left out of containers; none: nothing.
    pub selection: Option<MemberSelection>,
}

/// What is met in an object.
pub enum Met {
    /// Something to examine. Its body is good until the next thing is asked for.
    Leaf(Box<Opened>),
    /// Something that is not examined itself: a member without a body, or a container at its end.
    Unread(Box<Unread>),
}

/// A row without a leaf.
pub struct Unread {
    /// The object; size and time are those of the member, where it is one.
    pub object: Object,
    /// Place inside a container; none for the object itself.
    pub member: Option<Member>,
    /// Place of the container that holds the member.
    pub parent: Option<Member>,
    /// Codecs that were undone, outermost first.
    pub codecs: Vec<&'static str>,
    /// `tar`, `zip`; empty for what is no container.
    pub format: &'static str,
    /// Keyed BLAKE3 of a container's stored bytes, where all were read.
    pub token: Option<[u8; 32]>,
    /// What became of it.
    pub status: Status,
    /// Why.
    pub reason: Option<String>,
}

/// An object that is being taken apart.
pub struct Nest {
    setting: Arc<NestSetting>,
    object: Object,
    shared: Shared,
    spool: Spool,
    names: Names,
    first: Option<Opening>,
    levels: Vec<Level>,
    members: u64,
}

/// Something whose bytes are open and were not looked at.
struct Opening {
    object: Object,
    member: Option<Member>,
    parent: Option<Member>,
    tap: Tap,
    input: Input,
    random: Option<Random>,
}

/// A container that is open.
struct Level {
    container: Box<dyn Container>,
    object: Object,
    member: Option<Member>,
    parent: Option<Member>,
    codecs: Vec<&'static str>,
    tap: Tap,
    /// Stored bytes that the container does not read itself, for the tap.
    rest: Option<Input>,
    /// How the container's bytes were lost.
    damage: Option<Damage>,
    members: u64,
}

impl Nest {
    /// Opens the stored bytes of an object. Nothing is read yet.
    #[must_use]
    pub fn open(object: Object, raw: Raw, setting: &Arc<NestSetting>) -> Self {
        let caps = &setting.caps;
        let Raw { stream, random } = raw;
        let (tap, tapped) = Tap::attach(stream, &setting.key, setting.total.clone());
        let shared = Shared {
            budget: Budget::new(caps, random.as_ref().map(|bytes| bytes.size()), tap.meter()),
            windows: Windows::new(caps),
            caps: caps.clone(),
        };
        let input = Input::new(Box::new(tapped), stored_buffer_bytes(object.size));
        let first = Opening { object: object.clone(), member: None, parent: None, tap, input, random };
        let (setting, spool) = (Arc::clone(setting), Spool::new(caps));
        Self { setting, object, shared, spool, names: Names::default(), first: Some(first), levels: Vec::new(), members: 0 }
    }

    /// Goes on to the next thing; none where all is done. When `cancel` is set, open containers are closed as they are.
    pub fn next_met(&mut self, cancel: &AtomicBool) -> Option<Met> {
        if let Some(met) = self.first.take().and_then(|first| self.look_at(first)) {
            return Some(met);
        }
        loop {
            let is_full = self.members >= self.setting.caps.members;
            let is_cancelled = cancel.load(Ordering::Relaxed);
            let level = self.levels.last_mut()?;
            let entry = if is_cancelled || is_full { None } else { level.container.next_entry() };
            let Some(entry) = entry else { return self.close(is_full, cancel).map(Met::Unread) };
            level.members += 1;
            self.members += 1;
            if let Some(met) = self.take(entry) {
                return Some(met);
            }
        }
    }

    /// Gives the object up, after a fault: what is open counts as failed.
    #[must_use]
    pub fn abandon(&mut self, reason: &str) -> Vec<Unread> {
        let first = self.first.take().map(|first| (first.object, first.member, first.parent));
        let levels = std::mem::take(&mut self.levels).into_iter().rev();
        let open = levels.map(|level| (level.object, level.member, level.parent)).chain(first);
        let failed = |(object, member, parent)| Unread {
            object,
            member,
            parent,
            codecs: Vec::new(),
            format: "",
            token: None,
            status: Status::Failed,
            reason: Some(reason.to_owned()),
        };
        open.map(failed).collect()
    }

    /// Makes a row or a leaf of an entry; none where it is a container, which is then open.
    fn take(&mut self, entry: Entry) -> Option<Met> {
        let level = self.levels.last().expect("an entry comes from a level");
        let parent = level.member.clone();
        let member = self.names.place(parent.as_ref(), &entry.name);
        let object = Object { size: entry.size, modified_us: entry.modified_us, device: None, inode: None, ..self.object.clone() };
        let unread = |object, member, parent, status, reason| {
            let codecs = Vec::new();
            Some(Met::Unread(Box::new(Unread { object, member, parent, codecs, format: "", token: None, status, reason: Some(reason) })))
        };
        let selection = self.setting.selection.as_ref();
        if let Some(reason) = selection.and_then(|selection| selection.drops(&self.object.path, &as_path(&member))) {
            return unread(object, Some(member), parent, Status::Excluded, reason);
        }
        match entry.content {
            Content::None(status, reason) => unread(object, Some(member), parent, status, reason),
            Content::Bytes(stream, random) => {
                let (tap, tapped) = Tap::attach(stream, &self.setting.key, Meter::default());
                let input = Input::new(Box::new(tapped), stored_buffer_bytes(entry.size));
                self.look_at(Opening { object, member: Some(member), parent, tap, input, random })
            }
        }
    }

    /// Undoes codecs and tells a container from a leaf.
    fn look_at(&mut self, opening: Opening) -> Option<Met> {
        let Opening { object, member, parent, tap, input, random } = opening;
        let Shared { caps, budget, windows } = &self.shared;
        let budget = member.is_some().then_some(budget);
        let (mut input, codecs) = undo_codecs(input, &tap, caps, budget, windows);
        let random = random.filter(|_| codecs.is_empty());
        let is_tar = tar::fits(&mut input);
        let is_zip = !is_tar && (zip::fits(input.peek(8)) || random.as_ref().is_some_and(|bytes| zip::fits_end(input.peek(4), &**bytes)));
        if !is_tar && !is_zip {
            let body = Box::new(Body::new(input, caps.leaf_bytes));
            let leaf = Leaf { object, member, parent, codecs, body, random };
            return Some(Met::Leaf(Box::new(Opened { leaf, tap, spool: self.spool.clone() })));
        }
        if self.levels.len() == caps.container_depth {
            let format = if is_tar { "tar" } else { "zip" };
            let reason = Some(Damage::TooNested { container_depth: caps.container_depth }.to_string());
            let unread = Unread { object, member, parent, codecs, format, token: None, status: Status::Failed, reason };
            return Some(Met::Unread(Box::new(unread)));
        }
        let (container, rest, damage): (Box<dyn Container>, _, _) = if is_tar {
            (Box::new(tar::Tar::new(input, random)), None, None)
        } else if let Some(bytes) = random {
            (Box::new(Zip::new(bytes, self.shared.clone())), Some(input), None)
        } else {
            let kept = self.spool.keep(&[], &mut input);
            (Box::new(Zip::new(kept.bytes, self.shared.clone())), Some(input), kept.damage)
        };
        self.levels.push(Level { container, object, member, parent, codecs, tap, rest, damage, members: 0 });
        None
    }

    /// Makes the row of the innermost container.
    fn close(&mut self, is_full: bool, cancel: &AtomicBool) -> Option<Box<Unread>> {
        let mut level = self.levels.pop()?;
        let mut faults: Vec<String> = level.container.faults().into_iter().collect();
        faults.extend(level.damage.take().map(|damage| damage.to_string()));
        if is_full {
            faults.push(format!("the file has more than {} members: the rest was not read", self.setting.caps.members));
        }
        let damage = level.read_rest(cancel);
        let is_interrupted = cancel.load(Ordering::Relaxed);
        faults.extend(if is_interrupted { Some("interrupted".to_owned()) } else { damage.map(|damage| damage.to_string()) });
        faults.dedup();
        let status = match faults.is_empty() {
            true => Status::Scanned,
            false if level.members == 0 && !is_interrupted => Status::Failed,
            false => Status::Partial,
        };
        Some(Box::new(Unread {
            format: level.container.format(),
            object: level.object,
            member: level.member,
            parent: level.parent,
            codecs: level.codecs,
            token: level.tap.finish().filter(|_| !is_interrupted),
            status,
            reason: (!faults.is_empty()).then(|| faults.join("; ")),
        }))
    }
}

impl Level {
    /// Reads what no member is made of, so that the tap sees all stored bytes.
    fn read_rest(&mut self, cancel: &AtomicBool) -> Option<Damage> {
        if cancel.load(Ordering::Relaxed) {
            return None;
        }
        let Some(rest) = &mut self.rest else { return self.container.finish() };
        while !cancel.load(Ordering::Relaxed) && rest.skip(STRIDE_BYTES) > 0 {}
        rest.damage()
    }
}

#[cfg(test)]
#[path = "../../../tests/it/archive.rs"]
mod archive;
#[cfg(test)]
mod tests;
