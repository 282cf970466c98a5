//! The text of a configuration file in TOML, for errors that say where and what was near.
//!
//! A file may hold values of people: no error quotes more than a key's name or a name that its form knows.

use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::Spanned;

use super::nearest::nearest;
use super::{Error, ErrorKind, Result};

/// A name with its place in the file.
pub type Name = Spanned<String>;

/// A file's kind, name and text.
#[derive(Clone, Copy)]
pub struct Written<'a> {
    /// What it is: `settings`, `policy`.
    pub kind: &'static str,
    /// Its path, as people know it.
    pub name: &'a str,
    /// Its text.
    pub text: &'a str,
}

impl Written<'_> {
    /// Reads a form.
    ///
    /// # Errors
    /// `Usage`, with line and column, where the text is not of that form.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T> {
        toml::from_str(self.text).map_err(|error| self.told(&error))
    }

    /// Makes an error at a place of the file.
    #[must_use]
    pub fn wrong(&self, at: Range<usize>, what: impl std::fmt::Display) -> Error {
        let before = self.text.get(..at.start).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
        Error::new(ErrorKind::Usage, format!("{} {}:{line}:{column}: {what}", self.kind, self.name))
    }

    /// The parser's error without what it quotes.
    fn told(&self, error: &toml::de::Error) -> Error {
        let at = error.span().unwrap_or(0..0);
        let message = error.message();
        if message.starts_with("unknown field") {
            let key = self.text.get(at.clone()).unwrap_or("").trim_matches(['"', '\'']);
            let known: Vec<&str> = message.split_once(", expected").map_or(Vec::new(), |(_, known)| quoted(known).collect());
            let error = self.wrong(at, format_args!("unknown key{}", shown(key)));
            return match nearest(key, known.iter().copied()) {
                Some(near) => error.hint(format!("did you mean {near}?")),
                None => error.hint(format!("known here: {}", known.join(", "))),
            };
        }
        let what = match message.split_once(", expected ") {
            Some((_, expected)) if message.starts_with("invalid") => format!("expected {expected}"),
            // What stands between marks in the other messages is punctuation, or a name of the form.
            _ if message.starts_with("missing field") => message.replace("field", "key"),
            _ if quoted(message).any(|word| word.chars().any(char::is_alphanumeric)) || message.contains('"') => {
                "not valid TOML".to_owned()
            }
            _ => message.to_owned(),
        };
        self.wrong(at, what)
    }

    /// Makes an error for a name that is not among the known ones; `all` is the advice where none of them is near.
    #[must_use]
    pub fn unknown<'k>(&self, name: &Name, what: &str, known: impl Iterator<Item = &'k str>, all: &str) -> Error {
        let error = self.wrong(name.span(), format_args!("unknown {what}{}", shown(name.get_ref())));
        match nearest(name.get_ref(), known) {
            Some(near) => error.hint(format!("did you mean {near}?")),
            None => error.hint(all),
        }
    }
}

/// Words between backticks.
fn quoted(message: &str) -> impl Iterator<Item = &str> {
    message.split('`').skip(1).step_by(2)
}

/// A name as it may be shown: what could be a value is not.
fn shown(name: &str) -> String {
    let digits = name.bytes().filter(u8::is_ascii_digit).count();
    let plain = name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
    if plain && digits < 3 && (1..=40).contains(&name.len()) { format!(" {name}") } else { String::new() }
}
