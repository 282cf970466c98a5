//! The settings files of a scan, and what they and the options come to: `--config`, then those of the scanned folders.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::regions::is_country;
use crate::detect::Detector;
use crate::examine::{Examiner, Settings, tokens_of};
use crate::finding::Tokens;
use crate::model::{Error, ErrorKind, Normalisation, Region, Result};
use crate::pattern::RuleSet;
use crate::settings::{self, AllowList, Compiled, FILE_NAME, FileFacts, Given, KnownEntry, Layer, Layers, Scope};
use crate::source::{Narrowing, Root, Selection};

/// `--config`, `--no-root-settings`
#[derive(clap::Args)]
pub(super) struct Files {
    /// Settings file for all of the scan; goes before those in scanned folders
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Do not read the settings that a scanned folder has in .datatrawl.toml
    #[arg(long)]
    pub no_root_settings: bool,
}

/// Settings files, compiled.
pub(super) struct Loaded {
    files: Vec<(Scope, Compiled)>,
}

/// What files are compiled for.
pub(super) struct For<'a> {
    pub rules: &'a RuleSet,
    /// Public name of the key; none: lists of tokens are not held against it.
    pub key_id: Option<&'a str>,
    pub now_us: i64,
}

impl For<'_> {
    /// Reads and compiles one file. The second value is its text, for a digest.
    pub(super) fn file(&self, path: &Path, scope: Scope) -> Result<(Compiled, String)> {
        let text = settings::read(path)?;
        let Self { rules, key_id, now_us } = *self;
        let compiled = Given { path: path.to_owned(), scope, rules, is_country, key_id, now_us }.compile(&text)?;
        Ok((compiled, text))
    }
}

impl Files {
    /// Reads the files: that of `--config`, and those in the roots, for a root that is a file that of its folder.
    ///
    /// # Errors
    /// `Usage` where one is not as it should be.
    pub(super) fn load(&self, roots: &[Root], what: &For<'_>, tokens: Option<&Tokens>) -> Result<Loaded> {
        let mut places: Vec<(PathBuf, Scope)> = self.config.iter().map(|path| (path.clone(), Scope::Run)).collect();
        if !self.no_root_settings {
            for root in roots.iter().filter(|root| !root.is_stdin()) {
                let folder = if root.path.is_dir() { Some(root.path.as_path()) } else { root.path.parent() };
                let place = (folder.unwrap_or(Path::new("")).join(FILE_NAME), Scope::Root(root.name.clone()));
                // Files beside each other share their name, and the settings of their folder.
                if place.0.symlink_metadata().is_ok() && !places.contains(&place) {
                    places.push(place);
                }
            }
        }
        let mut files = Vec::new();
        for (path, scope) in places {
            let is_beside = scope != Scope::Run;
            let (mut compiled, text) = what.file(&path, scope.clone()).map_err(|error| if is_beside { leave_out(error) } else { error })?;
            compiled.facts.digest = tokens.map_or(String::new(), |tokens| digest(tokens, &text));
            files.push((scope, compiled));
        }
        Ok(Loaded { files })
    }
}

/// A keyed digest, so that who reads `scan.json` cannot try values against it.
fn digest(tokens: &Tokens, text: &str) -> String {
    blake3::keyed_hash(tokens.content_key(), text.as_bytes()).to_hex().to_string()
}

/// Tells how to do without a file that came with the data.
fn leave_out(error: Error) -> Error {
    let own = error.advice().map_or(String::new(), |advice| format!("{advice}; "));
    error.hint(format!("{own}--no-root-settings leaves out what lies beside the data"))
}

impl Loaded {
    /// What is told of the files, the most important first.
    pub(super) fn facts(&self) -> Vec<FileFacts> {
        self.files.iter().map(|(_, file)| file.facts.clone()).collect()
    }

    /// Files, the most important first.
    pub(super) fn into_files(self) -> impl Iterator<Item = Compiled> {
        self.files.into_iter().map(|(_, file)| file)
    }

    /// The list of known values that the file of `--config` names.
    pub(super) fn known(&self) -> Option<&KnownEntry> {
        self.files.iter().find_map(|(_, file)| file.known.as_ref())
    }

    /// Allow lists of all files.
    pub(super) fn lists(&self) -> impl Iterator<Item = &AllowList> {
        self.files.iter().flat_map(|(_, file)| &file.lists)
    }

    /// Files beside the data that may hide something.
    pub(super) fn narrowing(&self) -> impl Iterator<Item = &FileFacts> {
        let beside = self.files.iter().filter(|(scope, _)| *scope != Scope::Run);
        beside
            .map(|(_, file)| (file, file.lists.iter().filter(|list| !list.facts.expired).count()))
            .filter(|(file, lists)| file.facts.narrows(*lists))
            .map(|(file, _)| &file.facts)
    }

    /// The regions of the first file that gives some, and which that is.
    ///
    /// # Errors
    /// `Usage` where roots differ: a scan has the same regions everywhere.
    pub(super) fn regions(&self) -> Result<Option<(Vec<Region>, String)>> {
        let mut given = self.files.iter().filter_map(|(scope, file)| Some((scope, file.regions.clone()?, &file.facts.file)));
        let Some((scope, regions, file)) = given.next() else { return Ok(None) };
        if *scope != Scope::Run
            && let Some((_, _, other)) = given.find(|(_, others, _)| *others != regions)
        {
            let error = Error::new(ErrorKind::Usage, format!("{file} and {other} give different regions"));
            return Err(error.hint("give --region, or scan the folders one by one"));
        }
        Ok(Some((regions, file.clone())))
    }

    /// Adds the files' globs to a selection; what is given on the command line replaces the include globs of `--config`.
    pub(super) fn select(&self, selection: &mut Selection) {
        for (scope, file) in &self.files {
            match scope {
                Scope::Run => {
                    selection.exclude.extend(file.exclude.iter().cloned());
                    if selection.include.is_empty() {
                        selection.include.clone_from(&file.include);
                    }
                }
                Scope::Root(root) => selection.narrowed.push(Narrowing {
                    root: root.clone(),
                    origin: file.facts.file.clone(),
                    include: file.include.clone(),
                    exclude: file.exclude.clone(),
                }),
            }
        }
    }

    /// Puts the options before the files. Values that lists have in clear become tokens.
    pub(super) fn layers(self, options: Layer, roots: &[Root], detector: &Arc<Detector>, tokens: &Tokens) -> Result<Layers> {
        let (mut layers, mut lists) = (vec![options], Vec::new());
        for (_, file) in self.files {
            layers.push(file.layer);
            lists.extend(file.lists);
        }
        let examiner = Arc::new(Examiner::new(Arc::clone(detector), tokens.clone(), Settings::default()));
        for list in &mut lists {
            make_tokens(list, &examiner)?;
        }
        let roots = roots.iter().filter_map(|root| root.name.clone()).collect();
        Ok(Layers { layers, roots, lists: Arc::new(lists) })
    }
}

/// Turns the values of a list into tokens: of each normal form that they have, and of their writing.
fn make_tokens(list: &mut AllowList, examiner: &Arc<Examiner>) -> Result<()> {
    let entities = list.facts.entities.clone().unwrap_or_else(|| {
        let mut all: Vec<String> = examiner.rules().iter().map(|rule| rule.entity.to_string()).collect();
        all.dedup();
        all
    });
    let mut buffer = Vec::new();
    for value in list.take_values() {
        let value = value.trim().as_bytes();
        list.add_tokens([examiner.tokens().value(AllowList::WRITING, Normalisation::Exact, value, &mut buffer)]);
        for entity in &entities {
            list.add_tokens(tokens_of(examiner, entity, value)?.into_iter().map(|(_, token)| token));
        }
    }
    Ok(())
}
