//! A complete run, as plans are made on: its objects, and where the findings of each stand.

use std::path::{Path, PathBuf};

use crate::model::{Error, ErrorKind, Id, Region, Result};
use crate::run_folder::{Facts, ObjectRow, Places, RunFolder, objects, places};

/// A complete run with its objects.
pub struct CompleteRun {
    pub(super) folder: PathBuf,
    pub(super) facts: Facts,
    /// BLAKE3 of `scan.json`, hex.
    pub(super) digest: String,
    pub(super) objects: Vec<ObjectRow>,
    /// What the scan looked into.
    pub(super) roots: Vec<String>,
    places: Places,
    parts: Vec<PathBuf>,
}

impl CompleteRun {
    /// Reads a run folder. `base`: the folder that the scan was called in, from which its relative paths go.
    ///
    /// # Errors
    /// `Run` where it is none, where a file was changed since, or where the scan was not complete.
    pub fn open(folder: &Path, base: &Path) -> Result<Self> {
        let RunFolder { folder, facts, digest, parts } = RunFolder::open(folder)?;
        if facts.status != "complete" {
            let error =
                Error::new(ErrorKind::Run, format!("the run {} is {}: a plan needs a complete one", folder.display(), facts.status));
            return Err(error.hint("a run is partial where it was interrupted or read samples: scan again"));
        }
        let objects = objects(&folder.join("objects.parquet"), base)?;
        let places = places(&parts)?;
        let roots = facts.roots.values().map(|root| base.join(root).to_string_lossy().into_owned()).collect();
        Ok(Self { folder, facts, digest, objects, roots, places, parts })
    }

    /// The regions whose national forms counted.
    #[must_use]
    pub fn regions(&self) -> Vec<Region> {
        self.facts.regions.iter().filter_map(|code| code.parse().ok()).collect()
    }

    /// Where the findings of a leaf stand, and how many there are; none where there are none.
    pub(super) fn findings_of(&self, leaf: Id) -> Option<(&Path, usize, usize)> {
        self.places.get(&leaf).map(|(part, first, count)| (self.parts[*part].as_path(), *first, *count))
    }
}
