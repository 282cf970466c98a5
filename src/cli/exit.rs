//! Exit codes, the same for all commands. FINDINGS.md is their contract.

use std::process::ExitCode;

use super::terminal::say;
use crate::model::{Error, ErrorKind};

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exit {
    /// 0: done, everything in scope was read.
    Done,
    /// 1: done, and `--fail-on` was met.
    Met,
    /// 2: usage, configuration, pattern or key is invalid; nothing started.
    Usage,
    /// 3: done, but something in scope failed or was partial.
    Gaps,
    /// 4: refused by a guard; nothing changed.
    Refused,
    /// 5: a plan was carried out in part; the ledger has files that were left.
    Open,
    /// 70: internal fault, or the output could not be written.
    Fault,
    /// 130: interrupted.
    Interrupted,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::Met => 1,
            Exit::Usage => 2,
            Exit::Gaps => 3,
            Exit::Refused => 4,
            Exit::Open => 5,
            Exit::Fault => 70,
            Exit::Interrupted => 130,
        })
    }
}

/// Prints an error with its hint, and returns the code that it means.
pub(super) fn report(error: &anyhow::Error) -> Exit {
    say(&format!("error: {error:#}"));
    let Some(own) = error.downcast_ref::<Error>() else { return Exit::Fault };
    if let Some(hint) = own.advice() {
        say(&format!("hint: {hint}"));
    }
    match own.kind() {
        ErrorKind::Usage | ErrorKind::Pattern | ErrorKind::Key | ErrorKind::Run => Exit::Usage,
        ErrorKind::Refused => Exit::Refused,
        ErrorKind::Io => Exit::Fault,
    }
}
