//! `datatrawl token --entity phone`: the token of a value, to look it up in `findings`.

use std::io::{BufRead as _, Read as _};
use std::sync::Arc;

use super::exit::Exit;
use super::key::KeyArguments;
use super::regions::Regions;
use super::rules::Rules;
use super::terminal::print;
use crate::detect::Detector;
use crate::examine::{Examiner, Settings, tokens_of};
use crate::finding::Tokens;
use crate::model::{Error, ErrorKind, TokenList};

/// Longest value that is read.
const LONGEST: u64 = 64 * 1024;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Entity, as `datatrawl patterns list` shows it
    #[arg(long)]
    entity: String,
    /// Read one value a line and print a list of tokens, for the allow lists of settings
    #[arg(long)]
    list: bool,
    #[command(flatten)]
    regions: Regions,
    #[command(flatten)]
    key: KeyArguments,
    #[command(flatten)]
    rules: Rules,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    let key = arguments.key.required()?;
    let rules = Arc::new(arguments.rules.load(&[])?);
    let detector = Arc::new(Detector::new(rules, &arguments.regions.regions));
    let examiner = Arc::new(Examiner::new(detector, Tokens::new(&key), Settings::default()));
    if arguments.list {
        return list(&examiner, &arguments.entity, &key.id());
    }
    let mut value = zeroize::Zeroizing::new(Vec::new());
    std::io::stdin().lock().take(LONGEST).read_to_end(&mut value).map_err(|e| Error::io("standard input", &e))?;
    let trimmed = value.trim_ascii();
    if trimmed.is_empty() {
        return Err(Error::new(ErrorKind::Usage, "no value on standard input")
            .hint("printf '%s' VALUE | datatrawl token --entity phone")
            .into());
    }
    for (normalisation, token) in tokens_of(&examiner, &arguments.entity, trimmed)? {
        print(&format!("{token} {}\n", normalisation.name()));
    }
    Ok(Exit::Done)
}

/// Prints the tokens of each line of standard input.
fn list(examiner: &Arc<Examiner>, entity: &str, key_id: &str) -> anyhow::Result<Exit> {
    // Checks the entity before the first line.
    tokens_of(examiner, entity, b"0")?;
    print(&TokenList::head(key_id, entity));
    let mut lines = std::io::BufReader::new(std::io::stdin());
    loop {
        let mut line = zeroize::Zeroizing::new(Vec::new());
        let read = (&mut lines).take(LONGEST).read_until(b'\n', &mut line).map_err(|e| Error::io("standard input", &e))?;
        if read == 0 {
            return Ok(Exit::Done);
        }
        let value = line.trim_ascii();
        if !value.is_empty() {
            for (normalisation, token) in tokens_of(examiner, entity, value)? {
                print(&format!("{token} {}\n", normalisation.name()));
            }
        }
    }
}
