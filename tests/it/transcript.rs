//! Transcripts: what a command printed and how it ended, without what differs from run to run.

use std::io::Write as _;

use regex::Regex;

use crate::run::{Desk, Done};

/// Runs the program on files in `in/`, under a fixed key, and returns the transcript.
pub fn check(files: &[(&str, &[u8])], args: &[&str]) -> String {
    let desk = Desk::with(files);
    let done = desk.keyed(args);
    transcript(&desk, &done)
}

/// Standard output, standard error and exit code; times, rates, ids and the temporary folder replaced.
pub fn transcript(desk: &Desk, done: &Done) -> String {
    let mut text = String::new();
    for (name, part) in [("stdout", &done.stdout), ("stderr", &done.stderr)] {
        if !part.is_empty() {
            text += &format!("{name}:\n{}\n", part.trim_end());
        }
    }
    text += &format!("exit code {}", done.code);
    let text = text.replace(&*desk.root().to_string_lossy(), "[DESK]");
    let text = replace(&text, r"\b[0-9a-f]{32}\b", "[ID]");
    let text = replace(&text, r"in [0-9.]+ s \([0-9]+ MB/s\)", "in [TIME] s ([RATE] MB/s)");
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

fn replace(text: &str, pattern: &str, by: &str) -> String {
    Regex::new(pattern).expect("a constant").replace_all(text, by).into_owned()
}

/// Compresses bytes as gzip does.
pub fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("memory takes all")
}
