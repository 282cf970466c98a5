//! The code quality report of GitLab.
//!
//! <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>

use std::io::Write;

use serde_json::json;

use super::failed;
use crate::model::{Result, plain};
use crate::report::told::{Loudness, Places};

/// Writes an entry a spot.
///
/// # Errors
/// `Io` where it cannot be written.
pub fn code_quality(places: &Places, out: &mut dyn Write) -> Result<()> {
    let mut entries = Vec::new();
    for place in &places.places {
        let severity = match place.loudness() {
            Loudness::Note => "minor",
            Loudness::Warning => "major",
            Loudness::Error => "critical",
        };
        for (nth, spot) in place.spots.iter().enumerate() {
            entries.push(json!({
                "description": if places.is_whole() { place.one() } else { place.sentence() },
                "check_name": plain(&place.rule),
                "fingerprint": place.fingerprint(nth),
                "severity": severity,
                "location": { "path": plain(&place.file), "lines": { "begin": spot.line.unwrap_or(1) } },
            }));
        }
    }
    let written = serde_json::to_writer_pretty(&mut *out, &entries).map_err(std::io::Error::from);
    written.and_then(|()| writeln!(out)).map_err(|error| failed(&error))
}
