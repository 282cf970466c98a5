//! The opener: how an object's stored bytes are reached, once somebody wants them.

use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Raw, meta};

/// Opens one object. It may be kept, cloned and used more than once.
#[derive(Clone, Debug)]
pub struct Opener(Place);

/// Makes the stored bytes of an object that is no file, each time from their begin.
pub type Supplier = dyn Fn() -> io::Result<Box<dyn io::Read + Send>> + Send + Sync;

#[derive(Clone)]
enum Place {
    Stdin,
    Path { path: PathBuf, follow_links: bool },
    Supplied(Arc<Supplier>),
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stdin => f.write_str("Stdin"),
            Self::Path { path, .. } => f.debug_tuple("Path").field(path).finish(),
            Self::Supplied(_) => f.write_str("Supplied"),
        }
    }
}

impl Opener {
    /// Makes the opener of standard input.
    #[must_use]
    pub fn stdin() -> Self {
        Self(Place::Stdin)
    }

    /// Makes the opener of a file. Unless links are followed, it refuses a path whose last part is a symbolic link.
    #[must_use]
    pub fn file(path: PathBuf, follow_links: bool) -> Self {
        Self(Place::Path { path, follow_links })
    }

    /// Makes the opener of what somebody else gives, such as a version of a file.
    #[must_use]
    pub fn supplied(supplier: Arc<Supplier>) -> Self {
        Self(Place::Supplied(supplier))
    }

    /// Opens the stored bytes.
    ///
    /// # Errors
    ///
    /// Fails where the system refuses, and where the path is no longer the regular file that was met.
    pub fn open(&self) -> io::Result<Raw> {
        match &self.0 {
            Place::Stdin => Ok(Raw::stream(io::stdin())),
            Place::Supplied(supplier) => Ok(Raw::stream(supplier()?)),
            Place::Path { path, follow_links } => Raw::file(open_regular(path, *follow_links)?),
        }
    }
}

/// Reads a regular file of at most so many bytes as text. Its content is in no error.
///
/// # Errors
///
/// Fails where the system refuses, and where it is no regular file, larger, or not UTF-8.
pub fn read_text(path: &Path, most_bytes: u64) -> io::Result<String> {
    let mut bytes = Vec::new();
    open_regular(path, true)?.take(most_bytes + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most_bytes {
        return Err(io::Error::other(format!("larger than {most_bytes} bytes")));
    }
    String::from_utf8(bytes).map_err(|_| io::Error::other("not UTF-8"))
}

/// Opens a regular file.
///
/// # Errors
///
/// Fails where the system refuses, and where it is no regular file.
pub fn open_plain(path: &Path) -> io::Result<File> {
    open_regular(path, true)
}

/// Opens a path if it is a regular file, also where it is exchanged for something else meanwhile.
pub(super) fn open_regular(path: &Path, follow_links: bool) -> io::Result<File> {
    let named = if follow_links { path.metadata()? } else { path.symlink_metadata()? };
    if named.is_symlink() {
        return Err(io::Error::other("symbolic link, not followed"));
    }
    if !named.is_file() {
        return Err(io::Error::other("not a regular file"));
    }
    let file = nonblocking().read(true).open(path)?;
    let opened = file.metadata()?;
    if !opened.is_file() || meta::identity(&opened) != meta::identity(&named) {
        return Err(io::Error::other("replaced while it was opened"));
    }
    Ok(file)
}

/// A pipe that takes a file's place between two calls must not hold the scan up; regular files ignore the flag.
fn nonblocking() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64")))]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, 0o4000);
    #[cfg(target_vendor = "apple")]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, 4);
    options.read(true);
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opens_a_file_more_than_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        std::fs::write(&path, "content").unwrap();
        let opener = Opener::file(path, false);
        for _ in 0..2 {
            assert_eq!(io::read_to_string(opener.open().unwrap().stream).unwrap(), "content");
        }
    }

    #[cfg(unix)]
    #[test]
    fn refuses_links_pipes_and_folders() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("file"), "").unwrap();
        std::os::unix::fs::symlink(at("file"), at("link")).unwrap();
        assert!(std::process::Command::new("mkfifo").arg(at("pipe")).status().unwrap().success());
        std::os::unix::fs::symlink(at("pipe"), at("link-to-pipe")).unwrap();

        let refused = |name: &str, follow| Opener::file(at(name), follow).open().err().map(|error| error.to_string());
        assert_eq!(refused("link", false).as_deref(), Some("symbolic link, not followed"));
        assert_eq!(refused("link", true), None);
        assert_eq!(refused("pipe", false).as_deref(), Some("not a regular file"));
        assert_eq!(refused("link-to-pipe", true).as_deref(), Some("not a regular file"));
        assert_eq!(refused(".", true).as_deref(), Some("not a regular file"));
    }

    #[cfg(unix)]
    #[test]
    fn does_not_wait_on_a_pipe_that_took_a_files_place() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        assert!(!nonblocking().open(&pipe).unwrap().metadata().unwrap().is_file());
    }
}
