//! What changes files of the user's: a new one takes the place of an old one, or one goes. Nothing else in the program does that.

#![expect(clippy::disallowed_methods, reason = "carrying a plan out is to change files")]

use std::fs::{self, File, OpenOptions};
use std::path::{Path, PathBuf};

use crate::model::{Error, Result};

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

/// A file beside another one, which is gone when it is not kept.
pub(super) struct Temporary {
    path: PathBuf,
    kept: bool,
}

impl Temporary {
    /// Makes a file in the same folder, with the owner and rights of the other. One that a crash left there is taken away.
    pub(super) fn beside(path: &Path, found: &fs::Metadata) -> std::io::Result<Self> {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let own = path.with_file_name(format!(".{name}.datatrawl-new"));
        if let Ok(old) = own.symlink_metadata() {
            if !old.is_file() {
                return Err(std::io::Error::other("something else has the name of the new file"));
            }
            fs::remove_file(&own)?;
        }
        OpenOptions::new().write(true).create_new(true).open(&own)?;
        let made = Self { path: own, kept: false };
        fs::set_permissions(&made.path, found.permissions())?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt as _;
            let now = made.path.metadata()?;
            if (now.uid(), now.gid()) != (found.uid(), found.gid()) {
                std::os::unix::fs::chown(&made.path, Some(found.uid()), Some(found.gid()))?;
                // Rights may be lost with the owner.
                fs::set_permissions(&made.path, found.permissions())?;
            }
        }
        Ok(made)
    }

    pub(super) fn open(&self) -> std::io::Result<File> {
        OpenOptions::new().write(true).truncate(true).open(&self.path)
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Takes the place of the other file.
    pub(super) fn replace(mut self, path: &Path) -> std::io::Result<()> {
        fs::rename(&self.path, path)?;
        self.kept = true;
        Ok(())
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if !self.kept {
            let _ = fs::remove_file(&self.path);
        }
    }
}
