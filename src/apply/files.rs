//! What changes files of the user's: a new one takes the place of an old one, or one goes. Nothing else in the program does that.

#![expect(clippy::disallowed_methods, reason = "carrying a plan out is to change files")]

use std::fs::{self, File, OpenOptions};
use std::path::{Path, PathBuf};

use crate::model::{Error, Result};
use crate::source::identity;

/// Removes a file.
pub(super) fn remove(path: &Path) -> std::io::Result<()> {
    fs::remove_file(path)
}

/// What the file system says of a name, links not followed.
pub(super) fn meta(path: &Path) -> std::io::Result<fs::Metadata> {
    path.symlink_metadata()
}

/// How many names a file has.
#[cfg(unix)]
pub(super) fn names(found: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::nlink(found)
}

#[cfg(not(unix))]
pub(super) fn names(_: &fs::Metadata) -> u64 {
    1
}

/// Whether a file is the same and was not written to.
pub(super) fn is_same(a: &fs::Metadata, b: &fs::Metadata) -> bool {
    #[cfg(unix)]
    let same = {
        use std::os::unix::fs::MetadataExt as _;
        (a.dev(), a.ino(), a.ctime(), a.ctime_nsec()) == (b.dev(), b.ino(), b.ctime(), b.ctime_nsec())
    };
    #[cfg(not(unix))]
    let same = true;
    same && a.len() == b.len() && a.modified().ok() == b.modified().ok()
}

/// Waits until the name of a file is on the disk.
pub(super) fn sync_folder(path: &Path) -> Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let synced = File::open(folder).and_then(|folder| folder.sync_all());
    synced.map_err(|error| Error::io(folder.display(), &error))
}

/// A file beside another one, which is gone when it does not take its place.
pub(super) struct Temporary {
    path: PathBuf,
    file: File,
    kept: bool,
}

impl Temporary {
    /// Makes a file in the same folder, with the owner and rights of the other. `name` is one that nothing else has: what is there under it
    /// was left by a crash of the same work, while the caller has the other file for itself.
    pub(super) fn beside(path: &Path, found: &fs::Metadata, name: &str) -> std::io::Result<Self> {
        let own = path.with_file_name(format!(".datatrawl-{name}"));
        if let Ok(old) = own.symlink_metadata() {
            if !old.is_file() {
                return Err(std::io::Error::other("something else has the name of the new file"));
            }
            fs::remove_file(&own)?;
        }
        let file = OpenOptions::new().write(true).create_new(true).open(&own)?;
        let made = Self { path: own, file, kept: false };
        made.file.set_permissions(found.permissions())?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt as _;
            let now = made.file.metadata()?;
            if (now.uid(), now.gid()) != (found.uid(), found.gid()) {
                std::os::unix::fs::fchown(&made.file, Some(found.uid()), Some(found.gid()))?;
                // Rights may be lost with the owner.
                made.file.set_permissions(found.permissions())?;
            }
        }
        Ok(made)
    }

    /// The file, to be written to once.
    pub(super) fn file(&self) -> std::io::Result<File> {
        self.file.try_clone()
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Whether its name still leads to it.
    pub(super) fn is_there(&self) -> bool {
        let same = self.file.metadata().and_then(|own| meta(&self.path).map(|named| identity(&own) == identity(&named)));
        same.unwrap_or(false)
    }

    /// Takes the place of the other file.
    pub(super) fn replace(mut self, path: &Path) -> std::io::Result<()> {
        if !self.is_there() {
            return Err(std::io::Error::other("something else has its name"));
        }
        fs::rename(&self.path, path)?;
        self.kept = true;
        Ok(())
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if !self.kept && self.is_there() {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// A file that takes a place where nothing is.
pub(super) struct New {
    path: PathBuf,
    temporary: PathBuf,
    file: File,
}

impl New {
    /// Makes it beside its place, under a name of its own, and the folders above it.
    pub(super) fn create(path: &Path, name: &str) -> std::io::Result<Self> {
        let folder = path.parent().ok_or_else(|| std::io::Error::other("it has no folder"))?;
        fs::create_dir_all(folder)?;
        let temporary = folder.join(format!(".datatrawl-{name}"));
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&temporary)?;
        Ok(Self { path: path.to_owned(), temporary, file })
    }

    pub(super) fn file(&mut self) -> &mut File {
        &mut self.file
    }

    /// Ends its writing.
    pub(super) fn finish(&mut self, mode: Option<u32>, modified_us: Option<i64>) -> std::io::Result<()> {
        #[cfg(unix)]
        if let Some(mode) = mode {
            // Not the bits that let a program run as somebody else: its owner may be another one now.
            self.file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(mode & 0o777))?;
        }
        #[cfg(not(unix))]
        let _ = mode;
        if let Some(time) = modified_us.and_then(|us| jiff::Timestamp::from_microsecond(us).ok()) {
            self.file.set_modified(time.into())?;
        }
        self.file.sync_all()
    }

    /// Takes its place, unless something is there: the second name of a file is never that of another one.
    pub(super) fn place(self) -> std::io::Result<()> {
        fs::hard_link(&self.temporary, &self.path)?;
        sync_folder(&self.path).map_err(|error| std::io::Error::other(error.to_string()))
    }
}

impl Drop for New {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.temporary);
    }
}

/// Has a file for itself, against others of this program; none where one of them has it.
pub(super) fn lock(path: &Path) -> std::io::Result<Option<File>> {
    let file = File::open(path)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(fs::TryLockError::WouldBlock) => Ok(None),
        Err(fs::TryLockError::Error(error)) => Err(error),
    }
}
