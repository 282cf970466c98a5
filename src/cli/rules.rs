//! `--patterns`: the rules that a command knows.

use std::path::PathBuf;

use crate::model::Result;
use crate::pattern::RuleSet;

/// The option.
#[derive(clap::Args)]
pub(super) struct Rules {
    /// Folder with further pattern files; they add to the built-in ones and replace those of the same id
    #[arg(long, value_name = "DIR", global = true)]
    patterns: Vec<PathBuf>,
}

impl Rules {
    /// Loads the built-in rules and those of the folders. `beside`: folders of rules that lie beside data, and replace none.
    ///
    /// # Errors
    /// `Pattern` where a file is not as it should be.
    pub(super) fn load(&self, beside: &[PathBuf]) -> Result<RuleSet> {
        RuleSet::load(&self.patterns, beside)
    }
}
