//! The chain of hashes, and the file that it stands in.

use std::fs::{File, OpenOptions};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::event::{Entry, Event};
use crate::model::{Error, ErrorKind, Result};

/// Longest line.
const MOST: u64 = 64 * 1024;

/// What stands before the first line.
const START: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// A ledger that is written to.
pub struct Ledger {
    path: PathBuf,
    file: File,
    next: u64,
    last: String,
}

/// What a check of a whole ledger found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// Lines.
    pub entries: Vec<Entry>,
    /// The hash of the last line: who keeps it elsewhere sees when lines at the end are missing.
    pub head: String,
}

#[derive(Serialize)]
struct Body<'a> {
    seq: u64,
    at: &'a str,
    previous: &'a str,
    event: &'a Event,
}

fn hash(seq: u64, at: &str, previous: &str, event: &Event) -> String {
    let body = serde_json::to_vec(&Body { seq, at, previous, event }).expect("an event is plain data");
    Sha256::digest(body).iter().fold(String::with_capacity(64), |mut out, byte| {
        out.push_str(&format!("{byte:02x}"));
        out
    })
}

/// Checks a ledger from its first line to its last.
///
/// # Errors
/// `Run` where a line was changed, cut, put in or moved, or where it is no ledger; `Io` where it cannot be read.
pub fn check(path: &Path) -> Result<Checked> {
    let file = File::open(path).map_err(|error| Error::new(ErrorKind::Run, format!("ledger {}: {error}", path.display())))?;
    match read(path, file)? {
        (checked, None) => Ok(checked),
        (checked, Some(_)) => {
            Err(Error::new(ErrorKind::Run, format!("ledger {}:{}: the line has no end", path.display(), checked.entries.len() + 1)))
        }
    }
}

/// Reads lines; the second value is where a last line begins that a crash cut.
fn read(path: &Path, file: File) -> Result<(Checked, Option<u64>)> {
    if !file.metadata().is_ok_and(|found| found.is_file()) {
        return Err(Error::new(ErrorKind::Run, format!("ledger {}: it is no regular file", path.display())));
    }
    let mut at = 0;
    let mut reader = BufReader::new(file);
    let mut checked = Checked { entries: Vec::new(), head: START.to_owned() };
    loop {
        let mut line = Vec::new();
        let failed = |error: std::io::Error| Error::io(format_args!("ledger {}", path.display()), &error);
        let length = (&mut reader).take(MOST).read_until(b'\n', &mut line).map_err(failed)?;
        if length == 0 {
            return Ok((checked, None));
        }
        let number = checked.entries.len();
        let wrong = |what: &str| Error::new(ErrorKind::Run, format!("ledger {}:{}: {what}", path.display(), number + 1));
        if line.last() != Some(&b'\n') {
            // What a crash left of a line begins as the line would.
            let begins = format!("{{\"seq\":{number},\"at\":\"");
            let is_cut = line.len() < MOST as usize && (begins.as_bytes().starts_with(&line) || line.starts_with(begins.as_bytes()));
            return if is_cut { Ok((checked, Some(at))) } else { Err(wrong("the line has no end")) };
        }
        at += length as u64;
        let entry: Entry = serde_json::from_slice(&line).map_err(|_| wrong("it is no line of a ledger"))?;
        if entry.seq != number as u64 || entry.previous != checked.head {
            return Err(wrong("it does not follow the line before it"));
        }
        if hash(entry.seq, &entry.at, &entry.previous, &entry.event) != entry.hash {
            return Err(wrong("it was changed"));
        }
        // What is written differently and says the same is a change, too.
        let again = serde_json::to_vec(&entry).expect("an entry is plain data");
        if again != line[..line.len() - 1] {
            return Err(wrong("it was changed"));
        }
        checked.head.clone_from(&entry.hash);
        checked.entries.push(entry);
    }
}

impl Ledger {
    /// Opens a ledger to write to, or begins one. All of it is checked first. A last line that a crash cut is taken out: what it would
    /// have told had not happened.
    ///
    /// # Errors
    /// As [`check`]; `Refused` where another process writes to it.
    pub fn open(path: &Path) -> Result<(Self, Vec<Entry>)> {
        let failed = |error: std::io::Error| Error::io(format_args!("ledger {}", path.display()), &error);
        let file = OpenOptions::new().read(true).append(true).create(true).open(path).map_err(failed)?;
        if file.try_lock().is_err() {
            return Err(Error::new(ErrorKind::Refused, format!("ledger {}: another process writes to it", path.display())));
        }
        let (checked, cut) = read(path, file.try_clone().map_err(failed)?)?;
        if let Some(at) = cut {
            file.set_len(at).and_then(|()| file.sync_all()).map_err(failed)?;
        }
        Ok((Self { path: path.to_owned(), file, next: checked.entries.len() as u64, last: checked.head }, checked.entries))
    }

    /// Writes an event, and waits until it is on the disk.
    ///
    /// # Errors
    /// `Io` where it cannot be written.
    pub fn append(&mut self, at: &str, event: Event) -> Result<()> {
        let hash = hash(self.next, at, &self.last, &event);
        let entry = Entry { seq: self.next, at: at.to_owned(), previous: self.last.clone(), event, hash };
        let mut line = serde_json::to_vec(&entry).expect("an entry is plain data");
        line.push(b'\n');
        self.file
            .write_all(&line)
            .and_then(|()| self.file.sync_data())
            .map_err(|error| Error::io(format_args!("ledger {}", self.path.display()), &error))?;
        self.next += 1;
        self.last = entry.hash;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::ledger::State;

    fn event(n: u64) -> Event {
        Event::Done { plan: "p".to_owned(), object_id: format!("{n:032x}"), state: State::Verified }
    }

    fn ledger(lines: u64) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger.jsonl");
        let (mut ledger, before) = Ledger::open(&path).unwrap();
        assert!(before.is_empty());
        for n in 0..lines {
            ledger.append("2026-01-15T00:00:00Z", event(n)).unwrap();
        }
        (folder, path)
    }

    #[test]
    fn goes_on_where_it_ended_and_takes_a_cut_line_out() {
        let (_folder, path) = ledger(3);
        let whole = std::fs::read(&path).unwrap();
        std::fs::write(&path, [&whole[..], b"{\"seq\":3,\"at\""].concat()).unwrap();
        assert!(check(&path).is_err());
        let (mut ledger, entries) = Ledger::open(&path).unwrap();
        assert_eq!(entries.len(), 3);
        ledger.append("2026-01-15T00:00:00Z", event(3)).unwrap();
        assert_eq!(check(&path).unwrap().entries.len(), 4);
    }

    #[test]
    fn one_writes_at_a_time() {
        let (_folder, path) = ledger(1);
        let first = Ledger::open(&path).unwrap();
        assert_eq!(Ledger::open(&path).err().map(|error| error.kind()), Some(ErrorKind::Refused));
        drop(first);
        assert!(Ledger::open(&path).is_ok());
    }

    #[test]
    fn a_file_that_is_no_ledger_is_not_touched() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notes.txt");
        for text in ["important line 1\nimportant line 2 without newline", "no newline", "{\"seq\":1,\"at\"", "\n"] {
            std::fs::write(&path, text).unwrap();
            assert!(Ledger::open(&path).is_err(), "{text}");
            assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
        }
        assert!(Ledger::open(folder.path()).is_err());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn any_change_is_seen(at in 0..2_000_usize, to in any::<u8>(), a in 0..5_usize, b in 0..5_usize, how in 0..4_u8) {
            let (_folder, path) = ledger(5);
            let whole = std::fs::read(&path).unwrap();
            let head = check(&path).unwrap().head;
            let mut lines: Vec<&[u8]> = whole.split_inclusive(|byte| *byte == b'\n').collect();
            let changed: Vec<u8> = match how {
                0 => {
                    let mut bytes = whole.clone();
                    let at = at % bytes.len();
                    bytes[at] = to;
                    bytes
                }
                1 => {
                    lines.remove(a);
                    lines.concat()
                }
                2 => {
                    lines.swap(a, b);
                    lines.concat()
                }
                _ => {
                    lines.insert(a, lines[b]);
                    lines.concat()
                }
            };
            if changed != whole {
                std::fs::write(&path, &changed).unwrap();
                // Lines missing at the end show in the head alone.
                prop_assert!(check(&path).map_or(true, |checked| checked.head != head));
            }
        }
    }
}
