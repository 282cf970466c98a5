//! A quarantine on disk: its groups, and the files in them.

#![expect(clippy::disallowed_methods, reason = "these files are the program's own, made by `keep` in a folder that it made")]

use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::apply::files::sync_folder;
use crate::model::{Error, ErrorKind, Result};
use crate::source;

/// Bytes that small files of a group may have.
const MOST_BYTES: u64 = 64 * 1024;

/// What a group says of itself.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Facts {
    /// Version of this form: 1.
    pub version: u32,
    /// Digest of the plan.
    pub plan: String,
    /// When it was begun, RFC 3339 in UTC.
    pub made_at: String,
    /// Until when it is kept.
    pub kept_until: String,
    /// The age recipient whose identity opens the group's key.
    pub recipient: String,
    /// The group's own public key, as an age recipient.
    pub public: String,
}

/// Originals that are kept until one time, for one recipient.
pub struct Group {
    pub(super) path: PathBuf,
    pub(super) facts: Facts,
    /// When it is over.
    pub kept_until: Timestamp,
    /// Ids of the leaves whose originals are in it.
    pub objects: Vec<String>,
    /// Whether its key is there.
    pub has_key: bool,
}

impl Group {
    /// The name of its folder.
    #[must_use]
    pub fn name(&self) -> String {
        self.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    }

    /// Digest of the plan that its originals were replaced under.
    #[must_use]
    pub fn plan(&self) -> &str {
        &self.facts.plan
    }

    /// The age recipient that it is kept for.
    #[must_use]
    pub fn recipient(&self) -> &str {
        &self.facts.recipient
    }

    /// Whether it is past its time.
    #[must_use]
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.kept_until <= now
    }

    pub(super) fn object(&self, id: &str) -> PathBuf {
        self.path.join(format!("{id}.age"))
    }

    fn read(path: PathBuf) -> Result<Self> {
        let wrong = |what: &str| Error::new(ErrorKind::Run, format!("{}: {what}", path.display()));
        let text = source::read_text(&path.join("group.json"), MOST_BYTES).map_err(|error| wrong(&format!("no group: {error}")))?;
        let facts: Facts = serde_json::from_str(&text).map_err(|_| wrong("group.json is not as it was written"))?;
        let kept_until = facts.kept_until.parse().map_err(|_| wrong("group.json has a time that is none"))?;
        let mut objects = Vec::new();
        for name in names(&path)? {
            if let Some(id) = name.strip_suffix(".age").filter(|id| is_id(id)) {
                objects.push(id.to_owned());
            }
        }
        let has_key = path.join("key.age").is_file();
        Ok(Self { path, facts, kept_until, objects, has_key })
    }

    /// Destroys what opens it: from then on nobody can read it.
    pub(super) fn destroy_key(&self) -> Result<()> {
        let key = self.path.join("key.age");
        remove_if_there(&key)?;
        sync_folder(&key)
    }

    /// Takes away what is left of a group whose key is destroyed.
    pub(super) fn clear(&self) -> Result<()> {
        for name in names(&self.path)? {
            if name.strip_suffix(".age").or_else(|| name.strip_suffix(".part")).is_some_and(is_id) {
                remove_if_there(&self.path.join(name))?;
            }
        }
        remove_if_there(&self.path.join("group.json"))?;
        fs::remove_dir(&self.path).map_err(|error| Error::io(self.path.display(), &error))?;
        sync_folder(&self.path)
    }
}

/// Whether a name is the id of a leaf: what is none was put there by somebody else.
fn is_id(name: &str) -> bool {
    name.len() == 32 && name.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn names(folder: &Path) -> Result<Vec<String>> {
    let failed = |error: std::io::Error| Error::new(ErrorKind::Run, format!("{}: {error}", folder.display()));
    let entries = fs::read_dir(folder).map_err(failed)?;
    let named = entries.map(|entry| entry.map(|entry| entry.file_name().to_string_lossy().into_owned()));
    let mut names: Vec<String> = named.collect::<std::io::Result<_>>().map_err(failed)?;
    names.sort_unstable();
    Ok(names)
}

/// The groups of a quarantine, in the order of their names.
///
/// # Errors
/// `Run` where the folder cannot be read, or a group is not as it was written.
pub fn groups(folder: &Path) -> Result<Vec<Group>> {
    // A link is none: what it leads to is not this quarantine's to destroy.
    let is_folder = |path: &PathBuf| path.symlink_metadata().is_ok_and(|found| found.is_dir());
    let is_group = |path: &PathBuf| is_folder(path) && path.join("group.json").symlink_metadata().is_ok_and(|found| found.is_file());
    names(folder)?.iter().map(|name| folder.join(name)).filter(is_group).map(Group::read).collect()
}

/// Makes a folder that its owner alone can look into, and those above it.
pub(super) fn make_folder(path: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Makes a file that its owner alone can read.
pub(super) fn make_file(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Writes a small file, onto the disk.
pub(super) fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = make_file(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Gives a file that is written its name.
pub(super) fn name_part(part: &Path, whole: &Path) -> std::io::Result<()> {
    fs::rename(part, whole)
}

/// Removes a file, if there is one.
pub(super) fn remove_if_there(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Error::io(path.display(), &error)),
        _ => Ok(()),
    }
}
