//! Keeping originals: each is whole and on the disk before the ledger says that its file is about to go.

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::{BufWriter, Read as _, Write as _};
use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use jiff::{RoundMode, Timestamp, TimestampRound, Unit};
use serde::{Deserialize, Serialize};

use super::folder::{Facts, groups, make_file, make_folder, name_part, remove_if_there, write};
use crate::apply::files::sync_folder;
use crate::finding::{Tokens, content_token};
use crate::ledger::{Entry, Event};
use crate::model::{Error, ErrorKind, Result};
use crate::plan::OpLeaf;
use crate::policy::Term;
use crate::seal::{Identity, Recipient, Sealer};

/// Why something is not kept, without its path: the ledger has it.
const UNSYNCED: &str = "its name does not reach the disk";

/// What stands before the bytes of an original.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Place {
    /// Its path below what was scanned.
    pub path: String,
    /// Its whole path.
    pub uri: String,
    /// Rights, of systems that have them.
    pub mode: Option<u32>,
    /// When it was last changed, microseconds since 1970.
    pub modified_us: Option<i64>,
    /// Its length.
    pub bytes: u64,
}

/// An original that is kept.
pub(in crate::apply) struct Kept {
    pub group: String,
    pub kept_until: String,
    pub blake3: String,
}

/// Keeps the originals of one call.
pub(in crate::apply) struct Keeper<'a> {
    folder: &'a Path,
    plan: &'a str,
    zone: TimeZone,
    tokens: &'a Tokens,
    /// What earlier calls kept, by leaf, and the ledger vouches for.
    known: HashMap<String, (String, String)>,
    made: BTreeMap<(String, Timestamp), (PathBuf, Recipient)>,
}

impl<'a> Keeper<'a> {
    /// `entries` are those that the ledger had before this call.
    pub(in crate::apply) fn new(folder: &'a Path, plan: &'a str, zone: Option<&str>, tokens: &'a Tokens, entries: &[Entry]) -> Self {
        let mut known = HashMap::new();
        for entry in entries {
            if let Event::Quarantined { plan: own, object_id, group, blake3, .. } = &entry.event
                && own == plan
            {
                known.insert(object_id.clone(), (group.clone(), blake3.clone()));
            }
        }
        let zone = zone.and_then(|name| TimeZone::get(name).ok()).unwrap_or(TimeZone::UTC);
        Self { folder, plan, zone, tokens, known, made: BTreeMap::new() }
    }

    /// Keeps the original of a file for a recipient, for the shortest of some spans; none: an earlier call kept it. The inner error says
    /// why it cannot be kept: then its file must stay.
    pub(in crate::apply) fn keep(
        &mut self,
        leaf: &OpLeaf,
        recipient: &str,
        spans: &[String],
        now: &str,
    ) -> Result<std::result::Result<Option<Kept>, String>> {
        let now: Timestamp = now.parse().map_err(|_| Error::new(ErrorKind::Run, "the clock tells no time"))?;
        let until =
            spans.iter().map(|span| Term::parse(span).and_then(|term| whole_hour(term.after(now, &self.zone)?, now))).min().flatten();
        let Some(until) = until else { return Ok(Err("the plan does not say how long it is kept".to_owned())) };
        let id = leaf.object_id.to_string();
        if self.was_kept(&id, now)? {
            return Ok(Ok(None));
        }
        let group = match self.group(recipient, until, now) {
            Ok(group) => group,
            Err(error) => return Ok(Err(error.to_string())),
        };
        let name = group.0.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let written = self.write(leaf, &id, &group);
        Ok(written.map(|blake3| Some(Kept { group: name, kept_until: until.to_string(), blake3 })))
    }

    /// Looks for what an earlier call kept of a file. What the ledger does not vouch for was cut off before it did: the file is still
    /// there, so that is taken away and kept anew.
    fn was_kept(&self, id: &str, now: Timestamp) -> Result<bool> {
        if !self.folder.is_dir() {
            return Ok(false);
        }
        let mut found = false;
        for group in groups(self.folder)?.into_iter().filter(|group| group.facts.plan == self.plan) {
            remove_if_there(&group.object(id).with_extension("part"))?;
            if !group.objects.iter().any(|object| object == id) {
                continue;
            }
            let is_vouched = self.known.get(id).is_some_and(|(name, blake3)| {
                *name == group.name() && group.has_key && !group.is_over(now) && digest(&group.object(id)).is_ok_and(|own| own == *blake3)
            });
            if is_vouched {
                found = true;
            } else {
                remove_if_there(&group.object(id))?;
            }
        }
        Ok(found)
    }

    /// The group of a recipient and a time, made where there is none.
    fn group(&mut self, recipient: &str, until: Timestamp, now: Timestamp) -> std::io::Result<(PathBuf, Recipient)> {
        let key = (recipient.to_owned(), until);
        if let Some(group) = self.made.get(&key) {
            return Ok(group.clone());
        }
        let wrong = |what: &str| std::io::Error::other(what.to_owned());
        let whom = Recipient::parse(recipient).ok_or_else(|| wrong("the plan names no recipient of age"))?;
        let identity = Identity::generate().map_err(|error| wrong(&error.to_string()))?;
        // Its public key is its own, and so is its name.
        let path = self.folder.join(format!("{}-{}", &self.plan[..16], &identity.recipient().to_string()[4..16]));
        make_folder(self.folder)?;
        make_folder(&path)?;
        let mut sealer = Sealer::new(&whom, Vec::new())?;
        sealer.write_all(identity.secret().as_bytes())?;
        sealer.write_all(b"\n")?;
        write(&path.join("key.age"), &sealer.finish()?)?;
        let facts = Facts {
            version: 1,
            plan: self.plan.to_owned(),
            made_at: now.to_string(),
            kept_until: until.to_string(),
            recipient: recipient.to_owned(),
            public: identity.recipient().to_string(),
        };
        // Written last: without it there is no group.
        write(&path.join("group.json"), &[&serde_json::to_vec_pretty(&facts)?[..], b"\n"].concat())?;
        for name in [&path.join("key.age"), &path, self.folder] {
            sync_folder(name).map_err(|_| wrong(UNSYNCED))?;
        }
        self.made.insert(key, (path.clone(), identity.recipient()));
        Ok((path, identity.recipient()))
    }

    /// Writes an original, and returns the digest of what was written. It must be what was planned for.
    fn write(&self, leaf: &OpLeaf, id: &str, (folder, public): &(PathBuf, Recipient)) -> std::result::Result<String, String> {
        let whole = folder.join(format!("{id}.age"));
        let part = whole.with_extension("part");
        let written = (|| {
            let mut original = File::open(&leaf.uri)?;
            let place = serde_json::to_vec(&place(leaf, &original.metadata()?))?;
            let mut sealer = Sealer::new(public, BufWriter::new(make_file(&part)?))?;
            sealer.write_all(&place)?;
            sealer.write_all(b"\n")?;
            let mut hasher = blake3::Hasher::new_keyed(self.tokens.content_key());
            let mut buffer = vec![0; 64 * 1024];
            loop {
                let length = original.read(&mut buffer)?;
                if length == 0 {
                    break;
                }
                hasher.update(&buffer[..length]);
                sealer.write_all(&buffer[..length])?;
            }
            if content_token(hasher.finalize().as_bytes()) != leaf.content_token {
                return Err(std::io::Error::other("the file changed while it was read"));
            }
            let file = sealer.finish()?.into_inner().map_err(std::io::IntoInnerError::into_error)?;
            file.sync_all()?;
            name_part(&part, &whole)?;
            digest(&whole)
        })();
        written
            .map_err(|error| {
                // What is not whole is nothing, and the file stays.
                let _ = remove_if_there(&part);
                error.to_string()
            })
            .and_then(|digest| sync_folder(&whole).map(|()| digest).map_err(|_| UNSYNCED.to_owned()))
    }
}

/// The next whole hour, so that originals of one call lie together; no time at all stays none.
fn whole_hour(until: Timestamp, now: Timestamp) -> Option<Timestamp> {
    if until == now {
        return Some(until);
    }
    until.round(TimestampRound::new().smallest(Unit::Hour).mode(RoundMode::Ceil)).ok()
}

/// BLAKE3 of a file, hex.
pub(super) fn digest(path: &Path) -> std::io::Result<String> {
    Ok(blake3::Hasher::new().update_reader(File::open(path)?)?.finalize().to_hex().to_string())
}

fn place(leaf: &OpLeaf, found: &std::fs::Metadata) -> Place {
    #[cfg(unix)]
    let mode = Some(std::os::unix::fs::MetadataExt::mode(found) & 0o7777);
    #[cfg(not(unix))]
    let mode = None;
    let modified = found.modified().ok().and_then(|time| Timestamp::try_from(time).ok());
    Place { path: leaf.path.clone(), uri: leaf.uri.clone(), mode, modified_us: modified.map(Timestamp::as_microsecond), bytes: found.len() }
}
