//! Ignore files met on the way down: `.datatrawlignore` always, `.ignore` and `.gitignore` where asked.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::opener::open_regular;
use super::root::slashed;

/// In the order in which they are asked; the first that has a word on a path decides.
const ALWAYS: &[&str] = &[".datatrawlignore"];
const WHERE_ASKED: &[&str] = &[".datatrawlignore", ".ignore", ".gitignore"];
/// What is read of one ignore file.
const FILE_BYTES: u64 = 1024 * 1024;

/// The ignore files of the folders between the root and the current entry.
pub(super) struct Ignores {
    names: &'static [&'static str],
    stack: Vec<Ignore>,
}

struct Ignore {
    depth: usize,
    label: String,
    rules: Gitignore,
}

impl Ignores {
    pub(super) fn new(ignore_files: bool) -> Self {
        Self { names: if ignore_files { WHERE_ASKED } else { ALWAYS }, stack: Vec::new() }
    }

    /// Forgets the folders that do not lie above an entry of this depth.
    pub(super) fn leave(&mut self, depth: usize) {
        while self.stack.last().is_some_and(|ignore| ignore.depth >= depth) {
            self.stack.pop();
        }
    }

    /// Takes up the ignore files of a folder.
    pub(super) fn enter(&mut self, depth: usize, folder: &Path, relative: &Path) {
        // The last one pushed is asked first.
        for name in self.names.iter().rev() {
            if let Some(rules) = read_rules(folder, name) {
                self.stack.push(Ignore { depth, label: slashed(&relative.join(name)), rules });
            }
        }
    }

    /// Says which ignore file leaves an entry out.
    pub(super) fn drops(&self, path: &Path, is_folder: bool) -> Option<String> {
        for ignore in self.stack.iter().rev() {
            match ignore.rules.matched(path, is_folder) {
                Match::None => {}
                Match::Whitelist(_) => return None,
                Match::Ignore(_) => return Some(format!("ignored by `{}`", ignore.label)),
            }
        }
        None
    }
}

/// Reads an ignore file. A line that is no glob excludes nothing, which is the safe side.
fn read_rules(folder: &Path, name: &str) -> Option<Gitignore> {
    let file = open_regular(&folder.join(name), true).ok()?;
    let mut builder = GitignoreBuilder::new(folder);
    for line in BufReader::new(file.take(FILE_BYTES)).split(b'\n') {
        let line = line.ok()?;
        let text = String::from_utf8_lossy(&line);
        let _ = builder.add_line(None, text.trim_start_matches('\u{feff}').trim_end_matches('\r'));
    }
    builder.build().ok()
}
