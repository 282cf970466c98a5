//! The rules of a run.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::builtin::BUILTIN;
use super::file::PatternFile;
use super::lint;
use super::rule::Rule;
use crate::model::{Error, ErrorKind, Result, RuleIndex};

/// Compiled rules, sorted by id, then those of [`RuleSet::add_known`]; a rule's index is its place.
pub struct RuleSet {
    rules: Vec<Rule>,
    /// By [`Rule::entity_index`].
    entities: Vec<Arc<str>>,
    digest: String,
}

/// What is said of values that are known from a list and that no rule finds, such as customer numbers.
const KNOWN: &str = r#"id = "known_ENTITY"
version = 1
entity = "ENTITY"
category = "user.unique_id"
sensitivity = "medium"
summary = "Known from a list"
[find]
[value]
normalise = "alnum-upper/1"
mask = "last2"
[score]
base = 0
"#;

impl RuleSet {
    /// Compiles the built-in patterns, then those of the given folders, later ones replacing earlier ones of the same id.
    /// Folders are searched for `*.toml` at any depth. Patterns in `scanned` came with the scanned data: they may add rules,
    /// but not replace any, nor ask for a pass over all input.
    ///
    /// # Errors
    /// `Pattern` where a file is invalid, `Io` where a folder cannot be read, `Usage` where it does not exist.
    pub fn load(folders: &[PathBuf], scanned: &[PathBuf]) -> Result<Self> {
        let mut texts: Vec<(String, String)> = BUILTIN.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        for folder in folders {
            read_folder(folder, &mut texts)?;
        }
        let trusted = texts.len();
        for folder in scanned {
            read_folder(folder, &mut texts)?;
        }
        let files = parse(&texts)?;
        let (known, added) = files.split_at(trusted);
        for (file, (name, _)) in added.iter().zip(&texts[trusted..]) {
            if known.iter().any(|known| known.id == file.id) || file.find.slow {
                let what = format!("pattern {name}: a pattern beside scanned data may not replace a rule or be slow");
                return Err(Error::new(ErrorKind::Pattern, what).hint("leave the folder out with --no-root-patterns"));
            }
        }
        Self::assemble(&texts, files)
    }

    /// Compiles named texts of pattern files.
    ///
    /// # Errors
    /// `Pattern` where one is invalid.
    pub fn compile(texts: &[(String, String)]) -> Result<Self> {
        Self::assemble(texts, parse(texts)?)
    }

    /// `files` are what the texts say.
    fn assemble(texts: &[(String, String)], files: Vec<PatternFile>) -> Result<Self> {
        let mut rules: Vec<Rule> = Vec::with_capacity(texts.len());
        let mut used: Vec<(String, &str)> = Vec::new();
        for ((name, text), file) in texts.iter().zip(files) {
            let (finder, cell_expression) = lint::check(name, &file)?;
            rules.retain(|rule| *rule.id != *file.id);
            used.retain(|(id, _)| *id != file.id);
            used.push((file.id.clone(), text));
            rules.push(Rule::new(name, file, finder, cell_expression));
        }
        rules.sort_by(|a, b| a.id.cmp(&b.id));
        used.sort();
        let mut hasher = blake3::Hasher::new();
        for (id, text) in used {
            hasher.update(&(id.len() as u64).to_le_bytes()).update(id.as_bytes());
            hasher.update(&(text.len() as u64).to_le_bytes()).update(text.as_bytes());
        }
        let mut set = Self { rules, entities: Vec::new(), digest: hasher.finalize().to_hex()[..32].to_owned() };
        set.number_entities()?;
        Ok(set)
    }

    /// Adds a rule for an entity that no rule finds, whose values are known from a list. Indices of other rules stay.
    ///
    /// # Errors
    /// `Pattern` where the name is none of an entity.
    pub fn add_known(&mut self, entity: &str) -> Result<()> {
        if entity.is_empty() || !entity.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_') {
            let what = "the name of an entity is lower-case letters, digits and _";
            return Err(Error::new(ErrorKind::Pattern, what));
        }
        let text = KNOWN.replace("ENTITY", entity);
        let name = format!("known_{entity}.toml");
        self.rules.push(Rule::new(&name, PatternFile::parse(&name, &text)?, None, None));
        self.digest = blake3::hash([self.digest.as_bytes(), text.as_bytes()].concat().as_slice()).to_hex()[..32].to_owned();
        self.number_entities()
    }

    /// Numbers the entities of the rules.
    fn number_entities(&mut self) -> Result<()> {
        if self.rules.len() > usize::from(RuleIndex::MAX) {
            return Err(Error::new(ErrorKind::Pattern, "more than 65535 rules"));
        }
        self.entities = self.rules.iter().map(|rule| Arc::clone(&rule.entity)).collect();
        self.entities.sort();
        self.entities.dedup();
        for rule in &mut self.rules {
            let index = self.entities.partition_point(|entity| *entity < rule.entity);
            rule.entity_index = u16::try_from(index).expect("there are no more entities than rules");
        }
        Ok(())
    }

    /// Returns the rules.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// Returns a rule by its index.
    ///
    /// # Panics
    /// Where the index is of another set.
    #[must_use]
    pub fn rule(&self, index: RuleIndex) -> &Rule {
        &self.rules[usize::from(index)]
    }

    /// Iterates over rules with their indices.
    pub fn iter(&self) -> impl Iterator<Item = (RuleIndex, &Rule)> {
        self.rules.iter().enumerate().map(|(i, rule)| (RuleIndex::try_from(i).expect("load counts them"), rule))
    }

    /// Returns the number of an entity, where a rule has it.
    #[must_use]
    pub fn entity_index(&self, entity: &str) -> Option<u16> {
        let index = self.entities.binary_search_by(|held| (**held).cmp(entity)).ok()?;
        u16::try_from(index).ok()
    }

    /// Returns a digest of the texts of all rules, 32 hex digits.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.digest
    }
}

fn parse(texts: &[(String, String)]) -> Result<Vec<PatternFile>> {
    texts.iter().map(|(name, text)| PatternFile::parse(name, text)).collect()
}

fn read_folder(folder: &Path, texts: &mut Vec<(String, String)>) -> Result<()> {
    if !folder.is_dir() {
        return Err(Error::new(ErrorKind::Usage, format!("no such folder of patterns: {}", folder.display())));
    }
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.map_err(|e| Error::new(ErrorKind::Io, format!("patterns in {}: {e}", folder.display())))?;
        let path = entry.path();
        if entry.file_type().is_file() && path.extension().is_some_and(|e| e == "toml") {
            let text = fs::read_to_string(path).map_err(|e| Error::io(format!("pattern {}", path.display()), &e))?;
            texts.push((path.display().to_string(), text));
        }
    }
    Ok(())
}
