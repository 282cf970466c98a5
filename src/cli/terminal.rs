//! What reaches a terminal: control characters of scanned names never do.

use std::io::{self, Write as _};

pub(super) use crate::model::plain;

/// Writes lines to standard error; a closed one is nobody's problem.
pub(super) fn say(text: &str) {
    let shown: Vec<String> = text.split('\n').map(plain).collect();
    let _ = writeln!(io::stderr().lock(), "{}", shown.join("\n"));
}

/// Writes text to standard output. A reader that has gone away ends nothing.
pub(super) fn print(text: &str) {
    let _ = io::stdout().lock().write_all(text.as_bytes());
}

/// Replaces the message of a panic, which could quote scanned bytes, by its place. A decoder that gives damaged bytes up by panicking is
/// no fault: the leaf's row says so.
pub(super) fn hide_panics() {
    std::panic::set_hook(Box::new(|info| {
        if crate::read::is_decoding() {
            return;
        }
        let place = info.location().map(|at| format!("{}:{}", at.file(), at.line())).unwrap_or_default();
        say(&format!("internal fault at {place}\nhint: please report this place and the version; the scan goes on without that file"));
    }));
}
