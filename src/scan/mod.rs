//! The belt over many leaves: items of a source come in, a run folder goes out, `scan.json` last.
//!
//! Workers pull: each takes the next item, or helps with a leaf that another one opened. Only the run folder is written.
//! The clock, the key and the choice of sources are arguments.

mod belt;
mod manifest;
mod progress;
mod summary;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

pub use manifest::{KeyMode, Manifest, RunStatus, Totals};
pub use progress::Progress;
pub use summary::{NotRead, Summary, Worst};

use crate::examine::Examiner;
use crate::finding::RunFacts;
use crate::model::{Error, ErrorKind, Result, Status};
use crate::sink::RunWriter;
use crate::source::{Item, MemberSelection};
use crate::unpack::Caps;

/// Microseconds since the epoch. Only the command line knows the real one.
pub type Clock = fn() -> i64;

/// What a run needs beside its items.
pub struct Run<'a> {
    /// Rules, tokens and settings.
    pub examiner: Arc<Examiner>,
    /// The run's folder; it must not exist, or be empty.
    pub folder: &'a Path,
    /// Random name, start and key of the run.
    pub facts: RunFacts,
    /// Threads; 1 runs on the calling one.
    pub jobs: usize,
    /// How far decoding may go.
    pub caps: Caps,
    /// What is left out of containers; none: nothing.
    pub members: Option<MemberSelection>,
    /// Tells the time.
    pub clock: Clock,
    /// Set to stop cleanly: what was done is written and marked partial.
    pub cancel: &'a AtomicBool,
    /// Counters that others may read while the run goes on.
    pub progress: Arc<Progress>,
    /// What `scan.json` says of how the run was asked for.
    pub manifest: Manifest,
}

/// Scans every item and writes the run folder.
///
/// # Errors
/// `Usage` where the folder is not empty, `Io` where it cannot be written. Unreadable items are rows, not errors.
pub fn run(mut run: Run<'_>, items: impl Iterator<Item = Item> + Send) -> Result<Summary> {
    let writer = Arc::new(RunWriter::create(run.folder, run.facts.clone())?);
    let belt = belt::Belt::new(&mut run, Arc::clone(&writer), items);
    let summary = belt.run()?;
    let writer = Arc::try_unwrap(writer).map_err(|_| Error::new(ErrorKind::Io, "a worker still holds the run folder"))?;
    let parts = writer.finish()?;
    let status = if summary.interrupted || summary.faults > 0 || summary.sampled + summary.left_by_sample > 0 {
        RunStatus::Partial
    } else {
        RunStatus::Complete
    };
    run.manifest.finish(&run.facts, &summary, parts, status, (run.clock)()).write(run.folder)?;
    Ok(summary)
}

/// Whether a status means that something in scope was not examined in full.
#[must_use]
pub fn is_gap(status: Status) -> bool {
    matches!(status, Status::Partial | Status::Failed)
}
