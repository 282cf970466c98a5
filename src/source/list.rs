//! A list of paths, one after the other, as `find` and `git ls-files` write them. It is read as it is walked.

use std::io::{self, BufRead, Cursor, Read};
use std::path::PathBuf;

use crate::model::{Error, Result};

/// Longer than any path that a system takes, so that a list with NULs shows one here.
const HEAD_BYTES: u64 = 16 * 1024;
/// An entry longer than this is no path.
const ENTRY_BYTES: u64 = 64 * 1024;

/// The entries of a list. An entry that cannot be read is an `Err` with its reason.
pub(super) struct List {
    reader: Box<dyn BufRead + Send>,
    separator: u8,
    ended: bool,
}

impl List {
    /// Looks at the head of the list: where it holds a NUL, NULs separate the paths; otherwise newlines do.
    pub(super) fn new(mut reader: impl BufRead + Send + 'static) -> Result<Self> {
        let mut head = Vec::new();
        reader.by_ref().take(HEAD_BYTES).read_to_end(&mut head).map_err(|error| Error::io("list of paths", &error))?;
        let separator = if head.contains(&0) { 0 } else { b'\n' };
        Ok(Self { reader: Box::new(Cursor::new(head).chain(reader)), separator, ended: false })
    }

    /// Reads one entry with its separator; an empty one is the end.
    fn read_entry(&mut self) -> io::Result<Vec<u8>> {
        let mut entry = Vec::new();
        self.reader.by_ref().take(ENTRY_BYTES).read_until(self.separator, &mut entry)?;
        Ok(entry)
    }

    /// Turns an entry into a path, or leaves the rest of an overlong one out.
    fn take_path(&mut self, mut entry: Vec<u8>) -> Result<PathBuf, String> {
        if entry.last() == Some(&self.separator) {
            entry.pop();
        } else if entry.len() as u64 == ENTRY_BYTES {
            self.reader.skip_until(self.separator).map_err(|error| unreadable(&error))?;
            return Err(format!("entry of the list is longer than {ENTRY_BYTES} bytes"));
        }
        Ok(path(entry))
    }
}

impl Iterator for List {
    type Item = Result<PathBuf, String>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            match self.read_entry() {
                Ok(entry) if entry.is_empty() => self.ended = true,
                Ok(entry) if entry == [self.separator] => {}
                Ok(entry) => return Some(self.take_path(entry)),
                Err(error) => {
                    self.ended = true;
                    return Some(Err(unreadable(&error)));
                }
            }
        }
        None
    }
}

fn unreadable(error: &io::Error) -> String {
    format!("list of paths cannot be read: {error}")
}

#[cfg(unix)]
fn path(entry: Vec<u8>) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    std::ffi::OsString::from_vec(entry).into()
}

#[cfg(not(unix))]
fn path(entry: Vec<u8>) -> PathBuf {
    String::from_utf8_lossy(&entry).into_owned().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(text: impl Into<Vec<u8>>) -> Vec<Result<String, String>> {
        let list = List::new(io::BufReader::with_capacity(3, Cursor::new(text.into()))).unwrap();
        list.map(|entry| entry.map(|path| path.display().to_string())).collect()
    }

    fn paths(text: &str) -> Vec<String> {
        entries(text).into_iter().map(Result::unwrap).collect()
    }

    #[test]
    fn reads_lines() {
        assert_eq!(paths("a b\n\n./c\n d"), ["a b", "./c", " d"]);
        assert_eq!(paths(""), [""; 0]);
    }

    #[test]
    fn reads_entries_between_nuls() {
        assert_eq!(paths("a\nb\0c\0\0d"), ["a\nb", "c", "d"]);
    }

    #[test]
    fn goes_on_after_an_overlong_entry() {
        let text = format!("a\n{}\nb\n", "x".repeat(200_000));
        let read = entries(text);
        assert_eq!(read.len(), 3);
        assert!(read[1].as_ref().is_err_and(|reason| reason.contains("longer than")));
        assert_eq!(read[2].as_deref(), Ok("b"));
    }

    #[test]
    fn tells_where_the_list_breaks_off() {
        struct Broken(usize);
        impl Read for Broken {
            fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
                self.0 += 1;
                if self.0 > 3 {
                    return Err(io::Error::other("gone"));
                }
                into.fill(b'\n');
                Ok(into.len())
            }
        }
        let read: Vec<_> = List::new(io::BufReader::new(Broken(0))).unwrap().collect();
        assert_eq!(read, [Err("list of paths cannot be read: gone".to_owned())]);
    }
}
