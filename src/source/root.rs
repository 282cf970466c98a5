//! A root: a place that the user named, and how paths below it are written.

use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};

/// A file or folder to scan, with the name that goes before the paths below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Root {
    /// Put before every path, with a `/`.
    pub name: Option<String>,
    /// The file or folder; `-` is standard input.
    pub path: PathBuf,
}

impl Root {
    /// Reads `PATH` or `NAME=PATH`. What exists as it stands is a path, whatever it looks like.
    #[must_use]
    pub fn parse(argument: &OsStr) -> Self {
        let whole = Path::new(argument);
        if whole.symlink_metadata().is_err()
            && let Some((name, path)) = split_name(argument)
        {
            return Self { name: Some(name), path };
        }
        Self { name: None, path: whole.to_owned() }
    }

    /// Names a root without a name by its path as it was typed, so that paths below several roots differ: the folder itself,
    /// or the folder of a file.
    pub fn name_as_typed(&mut self) {
        let folder = if self.path.is_dir() { Some(self.path.as_path()) } else { self.path.parent() };
        let name = folder.map(slashed).filter(|name| !name.is_empty());
        if self.name.is_none() && !self.is_stdin() {
            self.name = name;
        }
    }

    /// Whether both are different files: these may share a name, that of their folder.
    pub(super) fn is_file_beside(&self, other: &Self) -> bool {
        !self.path.is_dir() && !other.path.is_dir() && self.path.file_name() != other.path.file_name()
    }

    /// Says whether this is standard input.
    #[must_use]
    pub fn is_stdin(&self) -> bool {
        self.path.as_os_str() == "-"
    }

    /// Writes a path relative to this root with its name before it.
    pub(super) fn object_path(&self, relative: &Path) -> String {
        let relative = slashed(relative);
        match &self.name {
            Some(name) if relative.is_empty() => name.clone(),
            Some(name) => format!("{name}/{relative}"),
            None => relative,
        }
    }
}

/// Writes a path with `/`, without its leading `/` or `.`; for what is not UTF-8 see [`shown`].
pub(super) fn slashed(path: &Path) -> String {
    let parts = path.components().filter_map(|part| match part {
        Component::Normal(_) | Component::ParentDir => Some(shown(part.as_os_str())),
        Component::Prefix(_) | Component::RootDir | Component::CurDir => None,
    });
    parts.collect::<Vec<_>>().join("/")
}

/// A name as text. A byte that is not UTF-8 becomes U+FFFD and its two hex digits, so that different names stay different.
pub(super) fn shown(name: &OsStr) -> String {
    let mut out = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        out.push_str(chunk.valid());
        for byte in chunk.invalid() {
            out.push_str(&format!("\u{fffd}{byte:02x}"));
        }
    }
    out
}

fn split_name(argument: &OsStr) -> Option<(String, PathBuf)> {
    let bytes = argument.as_encoded_bytes();
    let at = bytes.iter().position(|&byte| byte == b'=')?;
    let name = std::str::from_utf8(&bytes[..at]).ok()?;
    let usable = !name.is_empty() && name != "." && name != ".." && !name.contains(['/', '\\', '\0']);
    let path = tail(argument, at + 1)?;
    (usable && !path.as_os_str().is_empty()).then(|| (name.to_owned(), path))
}

#[cfg(unix)]
fn tail(argument: &OsStr, from: usize) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStrExt;
    Some(PathBuf::from(OsStr::from_bytes(&argument.as_bytes()[from..])))
}

#[cfg(not(unix))]
fn tail(argument: &OsStr, from: usize) -> Option<PathBuf> {
    Some(PathBuf::from(&argument.to_str()?[from..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_a_root_as_it_was_typed() {
        for (path, name) in [("./a/b.csv", Some("a")), ("b.csv", None), ("/srv/x/c", Some("srv/x"))] {
            let mut root = Root { name: None, path: path.into() };
            root.name_as_typed();
            assert_eq!(root.name.as_deref(), name, "{path}");
        }
    }

    fn parse(argument: &str) -> (Option<String>, String) {
        let root = Root::parse(OsStr::new(argument));
        (root.name, root.path.display().to_string())
    }

    #[test]
    fn reads_a_name_before_a_path() {
        assert_eq!(parse("crm=/data/a=b"), (Some("crm".into()), "/data/a=b".into()));
        assert_eq!(parse("/data/a"), (None, "/data/a".into()));
    }

    #[test]
    fn takes_odd_names_as_paths() {
        for odd in ["=x", "a/b=c", "name=", "..=x"] {
            assert_eq!(parse(odd), (None, odd.into()));
        }
    }

    #[test]
    fn takes_what_exists_as_a_path() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("day=1");
        std::fs::create_dir(&path).unwrap();
        assert_eq!(Root::parse(path.as_os_str()), Root { name: None, path });
    }

    #[test]
    fn writes_paths_with_slashes() {
        let named = Root { name: Some("crm".into()), path: "x".into() };
        assert_eq!(named.object_path(Path::new("a/b")), "crm/a/b");
        assert_eq!(named.object_path(Path::new("")), "crm");
        assert_eq!(slashed(Path::new("./a//b/./c/../d")), "a/b/c/../d");
        assert_eq!(slashed(Path::new("/a/b")), "a/b");
    }
}
