//! Which key a run has: a file's, the environment's, the user's own, or one for this run alone.

use std::fs::{self, OpenOptions};
use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use super::terminal::say;
use crate::finding::Key;
use crate::model::{Error, ErrorKind, Result};
use crate::scan::KeyMode;

/// `--key-file`, `--require-key`
#[derive(clap::Args)]
pub(super) struct KeyArguments {
    /// File with the key: 64 hex digits
    #[arg(long, value_name = "FILE")]
    pub key_file: Option<PathBuf>,
    /// Refuse to run with a key made for this run alone
    #[arg(long)]
    pub require_key: bool,
}

const VARIABLE: &str = "DATATRAWL_KEY";

impl KeyArguments {
    /// Finds the key where one must be kept: none is made for this call alone.
    pub(super) fn required(&self) -> Result<Key> {
        let required = Self { key_file: self.key_file.clone(), require_key: true };
        required.resolve().map(|(key, _)| key)
    }

    /// Returns the public name of the key that there is; none where none is given and none must be.
    pub(super) fn known_id(&self) -> Result<Option<String>> {
        match self.required() {
            Ok(key) => Ok(Some(key.id())),
            Err(error) if self.require_key || self.key_file.is_some() => Err(error),
            Err(_) => Ok(None),
        }
    }

    /// Finds the key, in the order of FINDINGS.md.
    pub(super) fn resolve(&self) -> Result<(Key, KeyMode)> {
        if let Some(path) = &self.key_file {
            return Ok((read(path)?, KeyMode::File));
        }
        match std::env::var(VARIABLE) {
            Ok(text) => return Ok((Key::from_hex(&zeroize::Zeroizing::new(text))?, KeyMode::Environment)),
            Err(std::env::VarError::NotUnicode(_)) => return Err(Error::new(ErrorKind::Key, format!("{VARIABLE} is not 64 hex digits"))),
            Err(std::env::VarError::NotPresent) => {}
        }
        let user = user_path();
        if let Some(path) = user.as_deref().filter(|path| path.exists()) {
            return Ok((read(path)?, KeyMode::User));
        }
        if let Some(path) = user.filter(|_| std::io::stderr().is_terminal() && !self.require_key) {
            let key = make(&path)?;
            say(&format!("made a key in {}: keep it, tokens of runs under other keys do not join", path.display()));
            return Ok((key, KeyMode::User));
        }
        if self.require_key {
            return Err(
                Error::new(ErrorKind::Key, "no key").hint(format!("give --key-file, or set {VARIABLE}; datatrawl key new makes one"))
            );
        }
        say(&format!("warning: no key: tokens of this run join with no other run (set {VARIABLE} or give --key-file)"));
        Ok((random()?, KeyMode::Ephemeral))
    }
}

/// Makes a key of 32 random bytes.
pub(super) fn random() -> Result<Key> {
    let mut bytes = zeroize::Zeroizing::new([0; 32]);
    getrandom::fill(bytes.as_mut_slice()).map_err(|e| Error::new(ErrorKind::Key, format!("no random bytes: {e}")))?;
    Ok(Key::new(*bytes))
}

fn read(path: &Path) -> Result<Key> {
    let wrong = |what: &str| Error::new(ErrorKind::Key, format!("key file {}: {what}", path.display()));
    let text = fs::read_to_string(path).map_err(|e| wrong(&e.to_string()))?;
    Key::from_hex(&zeroize::Zeroizing::new(text)).map_err(|e| {
        let named = wrong(&e.to_string());
        match e.advice() {
            Some(advice) => named.hint(advice),
            None => named,
        }
    })
}

/// Writes a new key that only its owner can read. An existing file stays.
pub(super) fn make(path: &Path) -> Result<Key> {
    let failed = |e: std::io::Error| Error::new(ErrorKind::Key, format!("key file {}: {e}", path.display()));
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let key = random()?;
    let mut file = options.open(path).map_err(failed)?;
    writeln!(file, "{}", key.to_hex().as_str()).and_then(|()| file.sync_all()).map_err(failed)?;
    Ok(key)
}

/// `$XDG_CONFIG_HOME/datatrawl/key`, `~/.config/datatrawl/key`
fn user_path() -> Option<PathBuf> {
    let absolute = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|p| p.is_absolute());
    absolute("XDG_CONFIG_HOME").or_else(|| absolute("HOME").map(|home| home.join(".config"))).map(|base| base.join("datatrawl/key"))
}
