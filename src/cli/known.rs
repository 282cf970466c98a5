//! `--known`: a list of the organisation's own values.

use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;
use std::sync::Arc;

use super::settings_files::Loaded;
use super::terminal::say;
use crate::detect::Detector;
use crate::examine::{Known, KnownFacts, KnownList};
use crate::finding::Tokens;
use crate::model::{Error, ErrorKind, Result, nearest};
use crate::pattern::RuleSet;

/// Bytes of the list that are read at a time.
const READ_BYTES: usize = 256 * 1024;

/// `--known`, `--known-column`, `--known-subject`
#[derive(clap::Args)]
pub(super) struct KnownArguments {
    /// List of known values, delimited text in UTF-8 with a header: each is found wherever it stands, as very likely
    #[arg(long = "known", value_name = "FILE")]
    file: Option<PathBuf>,
    /// What a column of the list holds: an entity, or the id of a rule [default: the names of the columns say]
    #[arg(long = "known-column", value_name = "NAME=ENTITY", requires = "file", value_parser = pair)]
    columns: Vec<(String, String)>,
    /// Column of the list that tells persons apart; findings carry its token [default: the customer number, e-mail address or phone, or else
    /// the first column]
    #[arg(long = "known-subject", value_name = "NAME", requires = "file")]
    subject: Option<String>,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (name, entity) = text.rsplit_once('=').unwrap_or_default();
    let (name, entity) = (name.trim(), entity.trim());
    if name.is_empty() || entity.is_empty() {
        return Err("expected NAME=ENTITY, such as customer_email=email".to_owned());
    }
    Ok((name.to_owned(), entity.to_owned()))
}

/// The list of a scan, not read yet.
pub(super) struct Asked {
    path: PathBuf,
    list: KnownList,
}

impl KnownArguments {
    /// The list that is asked for by the options, or else by the file of `--config`.
    pub(super) fn asked(&self, loaded: &Loaded) -> Option<Asked> {
        let (path, columns, subject) = match &self.file {
            Some(path) => (path.clone(), self.columns.clone(), self.subject.clone()),
            None => {
                let entry = loaded.known()?;
                (entry.file.clone(), entry.columns.clone(), entry.subject.clone())
            }
        };
        let name = path.display().to_string();
        Some(Asked { path, list: KnownList { name, columns, subject } })
    }
}

impl Asked {
    /// Gives a rule to each entity of its columns that no rule finds.
    ///
    /// # Errors
    /// `Usage` where a name is nearly one that is known: it is mistyped, perhaps.
    pub(super) fn add_rules(&self, rules: &mut RuleSet) -> Result<()> {
        for (_, what) in &self.list.columns {
            let known = |name: &str| rules.rules().iter().any(|rule| *rule.id == *name || *rule.entity == *name);
            if known(what) {
                continue;
            }
            let error = |text: &str| Error::new(ErrorKind::Usage, format!("known values in {}: {text} {what}", self.list.name));
            if let Some(near) = nearest(what, rules.rules().iter().flat_map(|rule| [&*rule.entity, &*rule.id])) {
                return Err(error("unknown entity").hint(format!("did you mean {near}?")));
            }
            rules.add_known(what).map_err(|cause| error("not the name of an entity:").hint(cause.to_string()))?;
        }
        Ok(())
    }

    /// Reads the list, and says what of it is looked for and what is not.
    ///
    /// # Errors
    /// `Usage` where it is not as it should be.
    pub(super) fn read(&self, detector: &Detector, tokens: &Tokens, is_quiet: bool) -> Result<(Arc<Known>, KnownFacts)> {
        let wrong = |what: &dyn std::fmt::Display| Error::new(ErrorKind::Usage, format!("known values in {}: {what}", self.list.name));
        let file = File::open(&self.path).map_err(|error| wrong(&error))?;
        if !file.metadata().is_ok_and(|facts| facts.is_file()) {
            return Err(wrong(&"not a regular file"));
        }
        let (known, facts) = Known::read(BufReader::with_capacity(READ_BYTES, file), &self.list, detector, tokens)?;
        for line in facts.text().iter().filter(|line| !is_quiet || line.starts_with("warning")) {
            say(line);
        }
        Ok((Arc::new(known), facts))
    }
}
