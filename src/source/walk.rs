//! The walk: from roots or a list to items, in the order of file names, one folder at a time.

use std::collections::{HashMap, HashSet};
use std::ffi::OsStr;
use std::fs::Metadata;
use std::io::{self, BufRead};
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::ignores::Ignores;
use super::list::List;
use super::select::{Selector, Selectors};
use super::{Item, Opener, Root, Selection, meta};
use crate::model::{Error, ErrorKind, Object, Result};

/// An iterator over everything that roots or a list lead to.
///
/// Nothing that goes wrong on the way ends it: it becomes an [`Item::Left`]. Below a root, entries come in the order of
/// their names' bytes. What several roots lead to comes once for each.
pub struct Walk {
    rules: Rules,
    feed: Feed,
    folder: Option<Folder>,
    /// Hashes of the paths that a list led to, which may name one twice.
    seen: Option<HashSet<[u8; 16]>>,
    /// Files that a list led to, by the hash of their folder, where only the first of each are read.
    listed: HashMap<[u8; 16], u64>,
}

impl Walk {
    /// Makes a walk over roots, in their order.
    ///
    /// # Errors
    ///
    /// Fails with [`ErrorKind::Usage`] on an invalid glob, a root that does not exist or cannot be reached, a name that two
    /// roots have, and standard input named twice. Nothing has been read then.
    pub fn new(roots: Vec<Root>, selection: &Selection) -> Result<Self> {
        let rules = Rules::compile(selection)?;
        roots.iter().enumerate().try_for_each(|(index, root)| check_root(root, &roots[..index]))?;
        Ok(Self { rules, feed: Feed::Roots(roots.into_iter()), folder: None, seen: None, listed: HashMap::new() })
    }

    /// Makes a walk over a list of paths, one a line, or separated by NULs where its head holds one.
    ///
    /// Relative paths start at `root`, and object paths are relative to it. A missing path becomes [`Item::Left`]; a folder
    /// is walked. What the list leads to twice comes once. Globs apply to what is listed; `hidden` and ignore files only below a listed folder.
    ///
    /// # Errors
    ///
    /// Fails with [`ErrorKind::Usage`] on an invalid glob and with [`ErrorKind::Io`] where the head of the list cannot be read.
    pub fn from_list(reader: impl BufRead + Send + 'static, root: Root, selection: &Selection) -> Result<Self> {
        let rules = Rules::compile(selection)?;
        let feed = Feed::List { list: List::new(reader)?, root };
        Ok(Self { rules, feed, folder: None, seen: Some(HashSet::new()), listed: HashMap::new() })
    }

    /// Whether a list has not led to an item before.
    fn is_new(&mut self, item: &Item) -> bool {
        let Some(seen) = &mut self.seen else { return true };
        seen.insert(short_hash(&item.object().path))
    }

    /// Leaves out a file of a list that comes behind those of its folder that a sample has.
    fn sampled(&mut self, item: Item) -> Item {
        match (self.rules.files, &self.seen, item) {
            (Some(most), Some(_), Item::File { object, open }) => {
                let folder = object.path.rsplit_once('/').map_or("", |(folder, _)| folder);
                let files = self.listed.entry(short_hash(folder)).or_default();
                *files += 1;
                if *files > most { Item::beyond_sample(object, most) } else { Item::File { object, open } }
            }
            (_, _, item) => item,
        }
    }

    /// Starts on a place; a folder's items follow.
    fn begin(&mut self, mut start: Start) -> Option<Item> {
        start.follow_links |= self.rules.follow_links;
        if start.is_stdin {
            return Some(Item::stdin());
        }
        let found = if start.follow_links { start.path.metadata() } else { start.path.symlink_metadata() };
        match found {
            Err(error) => Some(Item::failed(start.object(None), absence(&error))),
            Ok(meta) if meta.is_dir() => self.begin_folder(start, &meta),
            Ok(meta) => Some(self.rules.judge_start(start, &meta)),
        }
    }

    fn begin_folder(&mut self, start: Start, meta: &Metadata) -> Option<Item> {
        let reason = self.rules.ask(&start.root, |s| s.excludes_named(&start.relative)).or_else(|| self.rules.forbids(&start.path, meta));
        if let Some(reason) = reason {
            return Some(Item::excluded(start.object(Some(meta)), reason));
        }
        self.folder = Some(Folder::new(start, &self.rules));
        None
    }
}

impl Iterator for Walk {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        loop {
            if let Some(folder) = &mut self.folder {
                match folder.next_item(&self.rules) {
                    Some(item) if self.is_new(&item) => return Some(item),
                    Some(_) => {}
                    None => self.folder = None,
                }
                continue;
            }
            let item = match self.feed.next()? {
                Ok(start) => self.begin(start).filter(|item| self.is_new(item)),
                Err(reason) => Some(Item::failed(meta::object(Path::new("-"), "list of paths".to_owned(), None), reason)),
            };
            if let Some(item) = item {
                return Some(self.sampled(item));
            }
        }
    }
}

fn short_hash(path: &str) -> [u8; 16] {
    blake3::hash(path.as_bytes()).as_bytes()[..16].try_into().expect("16 of 32 bytes")
}

/// What holds for the whole walk.
struct Rules {
    selectors: Selectors,
    never: Vec<PathBuf>,
    ignore_files: bool,
    follow_links: bool,
    files: Option<u64>,
}

impl Rules {
    fn compile(selection: &Selection) -> Result<Self> {
        let selectors = Selectors::compile(selection)?;
        let Selection { never, ignore_files, follow_links, files, .. } = selection.clone();
        Ok(Self { selectors, never, ignore_files, follow_links, files })
    }

    /// Asks the globs that hold below a root.
    fn ask(&self, root: &Root, reason: impl Fn(&Selector) -> Option<String>) -> Option<String> {
        self.selectors.ask(root.name.as_deref(), reason)
    }

    /// Says whether an entry is a place that is never read. The places are looked up each time: they may be made meanwhile.
    fn forbids(&self, path: &Path, meta: &Metadata) -> Option<String> {
        let is_same = |never: &PathBuf| match meta::identity(meta) {
            Some(identity) => never.metadata().ok().as_ref().and_then(meta::identity) == Some(identity),
            None => path.canonicalize().is_ok_and(|path| never.canonicalize().is_ok_and(|never| never == path)),
        };
        self.never.iter().any(is_same).then(|| "written by this run".to_owned())
    }

    /// Judges a named place that is no folder.
    fn judge_start(&self, start: Start, meta: &Metadata) -> Item {
        let object = start.object(Some(meta));
        if let Some(reason) = not_a_file(meta.file_type()) {
            return Item::excluded(object, reason);
        }
        let reason = self.ask(&start.root, |s| s.excludes_named(&start.relative).or_else(|| s.drops(&start.relative, true)));
        match reason.or_else(|| self.forbids(&start.path, meta)) {
            Some(reason) => Item::excluded(object, reason),
            None => Item::File { object, open: Opener::file(start.path, start.follow_links) },
        }
    }
}

/// Where places to start on come from.
enum Feed {
    Roots(std::vec::IntoIter<Root>),
    List { list: List, root: Root },
}

impl Feed {
    /// Returns the next place, or why the list has none there.
    fn next(&mut self) -> Option<Result<Start, String>> {
        match self {
            Self::Roots(roots) => roots.next().map(|root| Ok(Start::at_root(root))),
            Self::List { list, root } => list.next().map(|entry| entry.map(|path| Start::listed(path, root))),
        }
    }
}

/// A place that the user named.
struct Start {
    root: Root,
    path: PathBuf,
    /// The place below the root; empty for a root that is a folder.
    relative: PathBuf,
    /// Whether this place itself may be a link, whatever holds below it.
    follow_links: bool,
    is_stdin: bool,
}

impl Start {
    fn at_root(root: Root) -> Self {
        let relative = if root.path.is_dir() { OsStr::new("") } else { root.path.file_name().unwrap_or_default() };
        Self { path: root.path.clone(), relative: relative.into(), follow_links: true, is_stdin: root.is_stdin(), root }
    }

    fn listed(path: PathBuf, root: &Root) -> Self {
        let below = path.strip_prefix(&root.path).unwrap_or(&path);
        let relative = below.components().filter(|part| !matches!(part, std::path::Component::RootDir)).collect();
        let path = if root.path == Path::new(".") { path } else { root.path.join(path) };
        Self { root: root.clone(), path, relative, follow_links: false, is_stdin: false }
    }

    fn object(&self, meta: Option<&Metadata>) -> Object {
        meta::object(&self.path, self.root.object_path(&self.relative), meta)
    }
}

/// A folder that is being walked.
struct Folder {
    start: Start,
    entries: walkdir::IntoIter,
    ignores: Ignores,
    /// Files to be read so far, by folder from the start down to the one at hand.
    files: Vec<u64>,
}

impl Folder {
    fn new(start: Start, rules: &Rules) -> Self {
        let entries = WalkDir::new(&start.path).follow_links(rules.follow_links).sort_by_file_name().into_iter();
        Self { start, entries, ignores: Ignores::new(rules.ignore_files), files: Vec::new() }
    }

    fn next_item(&mut self, rules: &Rules) -> Option<Item> {
        loop {
            let item = match self.entries.next()? {
                Ok(entry) => self.judge(&entry, rules),
                Err(error) => Some(self.judge_error(&error, rules)),
            };
            if item.is_some() {
                return item;
            }
        }
    }

    fn relative(&self, path: &Path) -> PathBuf {
        self.start.relative.join(path.strip_prefix(&self.start.path).unwrap_or(path))
    }

    fn object(&self, path: &Path, relative: &Path, meta: Option<&Metadata>) -> Object {
        meta::object(path, self.start.root.object_path(relative), meta)
    }

    /// Judges one entry; a folder that is entered has no item of its own.
    fn judge(&mut self, entry: &DirEntry, rules: &Rules) -> Option<Item> {
        let relative = self.relative(entry.path());
        self.ignores.leave(entry.depth());
        let meta = match entry.metadata() {
            Ok(meta) => meta,
            Err(error) => return Some(self.judge_error(&error, rules)),
        };
        // walkdir follows a link at the start whether or not it follows others, but its entry is that of the link.
        if entry.depth() == 0 || meta.is_dir() {
            return self.judge_folder(entry, &relative, &meta, rules);
        }
        let object = self.object(entry.path(), &relative, Some(&meta));
        if let Some(reason) = not_a_file(meta.file_type()) {
            return Some(Item::excluded(object, reason));
        }
        let reason = self.ignores.drops(entry.path(), false).or_else(|| rules.ask(&self.start.root, |s| s.drops(&relative, false)));
        if let Some(reason) = reason.or_else(|| rules.forbids(entry.path(), &meta)) {
            return Some(Item::excluded(object, reason));
        }
        // The folder was entered before: there is a count for it.
        self.files.truncate(entry.depth());
        let files = self.files.last_mut().map_or(0, |files| {
            *files += 1;
            *files
        });
        Some(match rules.files {
            Some(most) if files > most => Item::beyond_sample(object, most),
            _ => Item::File { object, open: Opener::file(entry.path().to_owned(), rules.follow_links) },
        })
    }

    fn judge_folder(&mut self, entry: &DirEntry, relative: &Path, meta: &Metadata, rules: &Rules) -> Option<Item> {
        if entry.depth() > 0 {
            let reason = self.ignores.drops(entry.path(), true).or_else(|| rules.ask(&self.start.root, |s| s.prunes(relative)));
            if let Some(reason) = reason.or_else(|| rules.forbids(entry.path(), meta)) {
                self.entries.skip_current_dir();
                return Some(Item::excluded(self.object(entry.path(), relative, Some(meta)), reason));
            }
        }
        self.ignores.enter(entry.depth(), entry.path(), relative);
        self.files.truncate(entry.depth());
        self.files.push(0);
        None
    }

    /// Names what the walk could not follow. A link that the user excluded may lead nowhere.
    fn judge_error(&self, error: &walkdir::Error, rules: &Rules) -> Item {
        let path = error.path().unwrap_or(&self.start.path);
        let relative = self.relative(path);
        let object = self.object(path, &relative, path.symlink_metadata().ok().as_ref());
        if path.is_symlink()
            && let Some(reason) = self.ignores.drops(path, false).or_else(|| rules.ask(&self.start.root, |s| s.excludes_named(&relative)))
        {
            return Item::excluded(object, reason);
        }
        match (error.loop_ancestor(), error.io_error()) {
            (Some(above), _) => Item::failed(object, format!("link loop: leads back to `{}`", above.to_string_lossy())),
            (None, Some(_)) if path.is_symlink() => Item::failed(object, "symbolic link that leads nowhere"),
            (None, Some(cause)) => Item::failed(object, absence(cause)),
            (None, None) => Item::failed(object, "cannot be read"),
        }
    }
}

/// Says why an entry that is no folder is never opened.
fn not_a_file(kind: std::fs::FileType) -> Option<String> {
    if kind.is_file() {
        None
    } else if kind.is_symlink() {
        Some("symbolic link, not followed".to_owned())
    } else {
        Some(format!("{}, not opened", meta::special(kind)))
    }
}

fn absence(error: &io::Error) -> String {
    if error.kind() == io::ErrorKind::NotFound { "no such file or folder".to_owned() } else { format!("cannot be read: {error}") }
}

fn check_root(root: &Root, before: &[Root]) -> Result<()> {
    if let Some(name) = &root.name
        && before.iter().any(|other| other.name.as_ref() == Some(name) && !(root.is_file_beside(other)))
    {
        return Err(Error::new(ErrorKind::Usage, format!("two roots have the name `{name}`")));
    }
    if root.is_stdin() {
        let again = before.iter().any(Root::is_stdin);
        return if again { Err(Error::new(ErrorKind::Usage, "standard input is named twice")) } else { Ok(()) };
    }
    let shown = root.path.display();
    root.path.metadata().map(|_| ()).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Error::new(ErrorKind::Usage, format!("no such file or folder: {shown}")),
        _ => Error::new(ErrorKind::Usage, format!("cannot be reached: {shown}: {error}")),
    })
}

#[cfg(test)]
mod tests;
