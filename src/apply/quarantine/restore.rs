//! Giving originals back, and destroying those that are past their time.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Component, Path, PathBuf};

use jiff::Timestamp;
use zeroize::Zeroizing;

use super::folder::{Group, groups};
use super::keep::{Place, digest};
use crate::apply::files::{self, New};
use crate::ledger::{Entry, Event, Ledger};
use crate::model::{Error, ErrorKind, Result};
use crate::seal::{Identity, Unsealer};

/// Longest line before an original, and longest key of a group.
const MOST_BYTES: u64 = 64 * 1024;

/// What came of an original.
pub struct Restored {
    /// Its path, where that could be read.
    pub path: Option<String>,
    /// Id of its leaf.
    pub object_id: String,
    /// Why it was not given back; none: it was.
    pub failed: Option<String>,
}

/// What originals are given back with.
pub struct Restoring<'a> {
    /// The quarantine.
    pub folder: &'a Path,
    /// Identities of its recipients.
    pub identities: &'a [Identity],
    /// Folder that they are written into; none: where they were.
    pub out: Option<&'a Path>,
    /// Lines of the ledger. Only what they vouch for is given back: anybody can encrypt to a public key.
    pub entries: &'a [Entry],
    /// Tells the time, RFC 3339 in UTC.
    pub clock: &'a dyn Fn() -> String,
}

/// Gives the originals of a quarantine back, byte for byte. What is there already stays as it is. The ledger has each before it is there:
/// what was erased is there again.
///
/// # Errors
/// `Run` where it is no quarantine; `Key` where no identity opens any of it; `Io` where the ledger cannot be written.
pub fn restore(order: &Restoring<'_>, ledger: &mut Ledger) -> Result<Vec<Restored>> {
    let mut done = Vec::new();
    let (mut opened, mut last) = (false, None);
    for group in groups(order.folder)? {
        let own = match key(&group, order.identities) {
            Ok(own) => own,
            Err(error) => {
                last = Some(error.clone());
                let failed = |id: &String| Restored { path: None, object_id: id.clone(), failed: Some(error.clone()) };
                done.extend(group.objects.iter().map(failed));
                continue;
            }
        };
        opened = true;
        for id in &group.objects {
            let mut told = || {
                let (plan, object_id) = (group.facts.plan.clone(), id.clone());
                ledger.append(&(order.clock)(), Event::Restored { plan, object_id, group: group.name() })
            };
            done.push(original(order, &group, id, &own, &mut told)?);
        }
    }
    match last {
        Some(error) if !opened => Err(Error::new(ErrorKind::Key, format!("nothing can be read: {error}"))),
        _ => Ok(done),
    }
}

/// The key of a group.
fn key(group: &Group, identities: &[Identity]) -> std::result::Result<Vec<Identity>, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", group.name());
    if !group.has_key {
        return Err(format!("{}: its key was destroyed", group.name()));
    }
    let file = File::open(group.path.join("key.age")).map_err(failed)?;
    let mut text = Zeroizing::new(String::new());
    Unsealer::new(identities, file).and_then(|open| open.take(MOST_BYTES).read_to_string(&mut text)).map_err(failed)?;
    Identity::parse_file(&text).map_err(|error| format!("{}: {error}", group.name()))
}

/// Gives one original back. The outer error is the ledger's.
fn original(order: &Restoring<'_>, group: &Group, id: &str, own: &[Identity], told: &mut dyn FnMut() -> Result<()>) -> Result<Restored> {
    let mut restored = Restored { path: None, object_id: id.to_owned(), failed: None };
    let made = (|| {
        if !is_vouched(order.entries, group, id)? {
            return Err(std::io::Error::other("the ledger does not vouch for it"));
        }
        let mut open = BufReader::new(Unsealer::new(own, File::open(group.object(id))?)?);
        let mut line = Vec::new();
        open.by_ref().take(MOST_BYTES).read_until(b'\n', &mut line)?;
        let place: Place = serde_json::from_slice(&line)?;
        restored.path = Some(place.path.clone());
        let path = match order.out {
            Some(out) => below(out, &place.path)?,
            None => PathBuf::from(&place.uri),
        };
        let mut new = New::create(&path, &format!("restored-{}", &id[..16]))?;
        let length = std::io::copy(&mut open, new.file())?;
        if length != place.bytes {
            return Err(std::io::Error::other("it has another length than its original"));
        }
        new.finish(place.mode, place.modified_us)?;
        Ok((new, path))
    })();
    let failed = match made {
        Ok((new, path)) => {
            if files::meta(&path).is_ok() {
                Some("something is there already: it stays as it is".to_owned())
            } else {
                told()?;
                new.place().err().map(|error| error.to_string())
            }
        }
        Err(error) => Some(error.to_string()),
    };
    Ok(Restored { failed, ..restored })
}

/// Whether the ledger says that just this was kept.
fn is_vouched(entries: &[Entry], group: &Group, id: &str) -> std::io::Result<bool> {
    let (own, name) = (digest(&group.object(id))?, group.name());
    Ok(entries.iter().any(|entry| match &entry.event {
        Event::Quarantined { plan, object_id, group: kept_in, blake3, .. } => {
            *plan == group.facts.plan && object_id == id && *kept_in == name && *blake3 == own
        }
        _ => false,
    }))
}

/// A path below a folder; one that leads out of it is none.
fn below(folder: &Path, path: &str) -> std::io::Result<PathBuf> {
    let parts = Path::new(path).components().filter(|part| !matches!(part, Component::RootDir | Component::Prefix(_) | Component::CurDir));
    let parts: Vec<Component<'_>> = parts.collect();
    if parts.is_empty() || parts.iter().any(|part| !matches!(part, Component::Normal(_))) {
        return Err(std::io::Error::other("its path leads out of the folder"));
    }
    Ok(parts.iter().fold(folder.to_owned(), |path, part| path.join(part)))
}

/// A group that was destroyed.
pub struct Expired {
    /// Its name.
    pub group: String,
    /// Originals that were in it.
    pub originals: u64,
}

/// Destroys what is past its time, the key before the rest, and tells the ledger in between.
///
/// # Errors
/// `Run` where it is no quarantine; `Io` where something cannot be removed, or the ledger cannot be written.
pub fn expire(quarantine: &Path, now: Timestamp, ledger: &mut Ledger) -> Result<Vec<Expired>> {
    let mut done = Vec::new();
    for group in groups(quarantine)?.into_iter().filter(|group| group.is_over(now) || !group.has_key) {
        group.destroy_key()?;
        let (plan, originals) = (group.facts.plan.clone(), group.objects.len() as u64);
        ledger.append(&now.to_string(), Event::Expired { plan, group: group.name(), originals })?;
        group.clear()?;
        done.push(Expired { group: group.name(), originals });
    }
    Ok(done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_leads_out_of_the_folder() {
        let out = Path::new("back");
        for path in ["a/b.csv", "/a/b.csv", "./a/b.csv"] {
            assert_eq!(below(out, path).unwrap(), Path::new("back/a/b.csv"), "{path}");
        }
        for path in ["", "/", ".", "..", "a/../../b.csv", "/../b.csv"] {
            assert!(below(out, path).is_err(), "{path}");
        }
    }
}
