//! Progress on standard error: a bar on a terminal, a plain line now and then elsewhere.

use std::io::IsTerminal as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use super::terminal::say;
use crate::scan::Progress;

/// Time between two lines off a terminal.
const LINE_EVERY: Duration = Duration::from_secs(10);
/// Time between two objects for programs.
const JSON_EVERY: Duration = Duration::from_secs(1);
/// Time between two drawings of the bar.
const BAR_EVERY: Duration = Duration::from_millis(100);

/// Stored bytes and files that are to be read, counted while the scan has begun.
#[derive(Default)]
pub(super) struct Expected {
    pub bytes: AtomicU64,
    pub files: AtomicU64,
}

/// For whom progress is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A bar on a terminal, lines elsewhere.
    People,
    /// An object a line.
    Json,
}

/// Shows the counters of a run until it is dropped.
pub(super) struct Shown {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Shown {
    pub(super) fn start(progress: Arc<Progress>, expected: Arc<Expected>, form: Form) -> Self {
        let (stop, stopped) = mpsc::channel::<()>();
        let thread = std::thread::spawn(move || {
            let started = Instant::now();
            let bar = (form == Form::People && std::io::stderr().is_terminal()).then(bar);
            let every = match form {
                Form::Json => JSON_EVERY,
                Form::People if bar.is_some() => BAR_EVERY,
                Form::People => LINE_EVERY,
            };
            while stopped.recv_timeout(every) == Err(RecvTimeoutError::Timeout) {
                match &bar {
                    Some(bar) => draw(bar, &progress, &expected),
                    None if form == Form::Json => say(&object(&progress, started.elapsed())),
                    None => say(&line(&progress, started.elapsed())),
                }
            }
            if let Some(bar) = bar {
                bar.finish_and_clear();
            }
            if form == Form::Json {
                say(&object(&progress, started.elapsed()));
            }
        });
        Self { stop: Some(stop), thread: Some(thread) }
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn bar() -> ProgressBar {
    let bar = ProgressBar::new(0);
    let template = "{bar:24} {decimal_bytes}/{decimal_total_bytes} {decimal_bytes_per_sec} ETA {eta} {wide_msg}";
    bar.set_style(ProgressStyle::with_template(template).expect("the template is a constant").progress_chars("=> "));
    bar
}

fn draw(bar: &ProgressBar, progress: &Progress, expected: &Expected) {
    let read = progress.bytes.bytes();
    bar.set_length(expected.bytes.load(Ordering::Relaxed).max(read));
    bar.set_position(read);
    bar.set_message(format!("{}/{} files {}", progress.leaves(), expected.files.load(Ordering::Relaxed), findings(progress)));
}

fn line(progress: &Progress, elapsed: Duration) -> String {
    let megabytes = progress.bytes.bytes() as f64 / 1e6;
    let rate = megabytes / elapsed.as_secs_f64().max(1e-3);
    format!("{megabytes:.0} MB, {} files, {rate:.0} MB/s {}", progress.leaves(), findings(progress))
}

fn object(progress: &Progress, elapsed: Duration) -> String {
    let findings: std::collections::BTreeMap<String, u64> =
        progress.findings().into_iter().map(|(entity, count)| (entity.to_string(), count)).collect();
    let micros = u64::try_from(elapsed.as_micros()).unwrap_or(u64::MAX);
    let all = serde_json::json!({ "bytes": progress.bytes.bytes(), "leaves": progress.leaves(), "rows": findings, "elapsed_us": micros });
    all.to_string()
}

fn findings(progress: &Progress) -> String {
    let mut counts: Vec<_> = progress.findings().into_iter().collect();
    counts.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    counts.iter().map(|(entity, n)| format!("{entity} {n}")).collect::<Vec<_>>().join(" ")
}
