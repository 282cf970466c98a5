//! `--since REV`: the files that git says changed, as they are and as they were. Versions are read through a pipe; none is put on disk.

use std::ffi::{OsStr, OsString};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use super::scan::from_here;
use crate::model::{Error, ErrorKind, Object, Result};
use crate::source::{Item, Opener, Root};

/// What changed since a commit.
pub(super) struct Since {
    base: String,
    /// Paths below the working folder, separated by NUL: files that were changed or made.
    now: Vec<u8>,
    /// Of them, those that there were.
    then: Vec<String>,
}

impl Since {
    /// Asks git. The commit is the one at which `rev` and `HEAD` parted.
    ///
    /// # Errors
    /// `Usage` where there is no git, no repository or no such commit.
    pub(super) fn of(rev: &str, sources: &[OsString], here: &Path) -> Result<Self> {
        let sources = &below(sources, here)?;
        let commit = format!("{rev}^{{commit}}");
        let known = git(&["rev-parse", "--verify", "--quiet", "--end-of-options", &commit], &[])?;
        let base = match known {
            Some(known) => git(&["merge-base", line(&known)?, "HEAD"], &[])?,
            None => None,
        };
        let base = base.ok_or_else(|| unknown(rev))?;
        let base = line(&base)?.to_owned();
        let diff = |filter: &str| {
            let filter = format!("--diff-filter={filter}");
            let words =
                ["diff", "--name-only", "-z", "--no-renames", "--relative", "--no-ext-diff", "--ignore-submodules", &filter, &base, "--"];
            git(&words, sources)?.ok_or_else(|| failed("git diff"))
        };
        let mut now = diff("AMT")?;
        let others = git(&["ls-files", "-z", "--others", "--exclude-standard", "--"], sources)?;
        now.extend(others.ok_or_else(|| failed("git ls-files"))?);
        let then = diff("MT")?.split(|byte| *byte == 0).filter_map(|path| std::str::from_utf8(path).ok().map(str::to_owned)).collect();
        Ok(Self { base, now, then })
    }

    /// The files as they are.
    pub(super) fn now(&self) -> Vec<u8> {
        self.now.clone()
    }

    /// The files as they were. One that cannot be read was empty: then all of it is new.
    pub(super) fn then(&self) -> Box<dyn Iterator<Item = Item> + Send> {
        let base = self.base.clone();
        Box::new(self.then.clone().into_iter().filter(|path| !path.is_empty()).map(move |path| {
            let object = format!("{base}:./{path}");
            let object_of_run = Object { uri: path.clone(), path, size: None, modified_us: None, device: None, inode: None };
            Item::File { object: object_of_run, open: Opener::supplied(Arc::new(move || Ok(Box::new(Blob::open(&object)?)))) }
        }))
    }
}

/// The sources as paths below the working folder. Git would say nothing of others, and what it does not name would pass.
fn below(sources: &[OsString], here: &Path) -> Result<Vec<OsString>> {
    let mut out = Vec::new();
    for source in sources {
        let mut root = Root::parse(source);
        from_here(&mut root, here);
        let is_below = root.path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
        if root.name.is_some() || root.is_stdin() || !is_below {
            let what = format!("--since: {} is no path below the working folder", source.display());
            return Err(Error::new(ErrorKind::Usage, what).hint("call it in the folder that they are in, and give no names"));
        }
        if root.path.symlink_metadata().is_err() {
            return Err(Error::new(ErrorKind::Usage, format!("no such file or folder: {}", source.display())));
        }
        out.push(root.path.into_os_string());
    }
    if out.is_empty() { Err(Error::new(ErrorKind::Usage, "nothing to scan").hint("give files or folders")) } else { Ok(out) }
}

fn unknown(rev: &str) -> Error {
    let error = Error::new(ErrorKind::Usage, format!("--since: git knows no commit that `{rev}` and HEAD both come from"));
    let shallow = git(&["rev-parse", "--is-shallow-repository"], &[]).ok().flatten().is_some_and(|said| said.starts_with(b"true"));
    error.hint(if shallow {
        "the clone is shallow: fetch its history (actions/checkout with fetch-depth: 0; GIT_DEPTH: 0 in GitLab; git fetch --unshallow)"
    } else {
        "fetch it first: git fetch origin"
    })
}

fn failed(what: &str) -> Error {
    Error::new(ErrorKind::Usage, format!("--since: {what} failed")).hint("it works in a repository of git, from a folder of it")
}

fn line(bytes: &[u8]) -> Result<&str> {
    let text = std::str::from_utf8(bytes).map(str::trim).unwrap_or_default();
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) { Err(failed("git rev-parse")) } else { Ok(text) }
}

/// A call of git that runs nothing that the repository names.
fn command(words: &[&str], paths: &[OsString]) -> Command {
    let mut command = Command::new("git");
    command.args(["--no-optional-locks", "--literal-pathspecs", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"]);
    command.args(words).args(paths).stdin(Stdio::null()).stderr(Stdio::null());
    command
}

/// What git says; none where it fails.
fn git(words: &[&str], paths: &[OsString]) -> Result<Option<Vec<u8>>> {
    let output = command(words, paths).output().map_err(|error| {
        Error::new(ErrorKind::Usage, format!("--since: git does not start: {error}")).hint("install git, or give a list with --files-from")
    })?;
    if !output.status.success() && words.first() == Some(&"rev-parse") && inside().is_none() {
        return Err(failed("git"));
    }
    Ok(output.status.success().then_some(output.stdout))
}

/// The folder of the repository; none outside of one.
fn inside() -> Option<PathBuf> {
    let output = command(&["rev-parse", "--show-toplevel"], &[]).output().ok().filter(|output| output.status.success())?;
    Some(PathBuf::from(OsStr::new(std::str::from_utf8(&output.stdout).ok()?.trim())))
}

/// A version of a file, read from git as it comes.
struct Blob(Child);

impl Blob {
    fn open(object: &str) -> io::Result<Self> {
        command(&["cat-file", "blob", object], &[]).stdout(Stdio::piped()).spawn().map(Self)
    }
}

impl Read for Blob {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.stdout.as_mut().map_or(Ok(0), |pipe| pipe.read(buffer))
    }
}

impl Drop for Blob {
    fn drop(&mut self) {
        // Who reads no further lets git end.
        drop(self.0.stdout.take());
        let _ = self.0.wait();
    }
}
