//! Lists of value tokens: what `datatrawl token --list` writes, and allow lists and legal holds read.
//!
//! The first line says under which key and for which entity they were made; then one token a line, with what it is after it.

use std::collections::HashSet;

use super::{Error, ErrorKind, Id, Result};

/// Begins the first line.
const MARK: &str = "datatrawl-tokens 1";

/// A list of tokens of one entity under one key.
pub struct TokenList {
    /// Public name of the key.
    pub key_id: String,
    /// Entity.
    pub entity: String,
    /// Tokens.
    pub tokens: HashSet<Id>,
}

impl TokenList {
    /// Returns the first line of a list.
    #[must_use]
    pub fn head(key_id: &str, entity: &str) -> String {
        format!("{MARK} key {key_id} entity {entity}\n")
    }

    /// Reads a list; `name` is where it came from. Its lines are never quoted.
    ///
    /// # Errors
    /// `Usage` where it is not of the form that `datatrawl token --list` writes.
    pub fn parse(name: &str, text: &str) -> Result<Self> {
        let wrong = |line: usize, what: &str| {
            Error::new(ErrorKind::Usage, format!("tokens {name}:{line}: {what}"))
                .hint("datatrawl token --entity ENTITY --list makes such a file")
        };
        let mut lines = text.lines();
        let head: Vec<&str> = lines.next().unwrap_or("").strip_prefix(MARK).unwrap_or("").split_whitespace().collect();
        let plain = |name: &str| name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        let (key_id, entity) = match head[..] {
            ["key", key_id, "entity", entity] if key_id.parse::<Id>().is_ok() && plain(entity) => (key_id, entity),
            _ => return Err(wrong(1, &format!("expected `{MARK} key … entity …`"))),
        };
        let mut tokens = HashSet::new();
        for (n, line) in lines.enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let token = line.split_whitespace().next().and_then(|word| word.parse().ok());
            tokens.insert(token.ok_or_else(|| wrong(n + 2, "expected a token of 32 hex digits"))?);
        }
        Ok(Self { key_id: key_id.to_owned(), entity: entity.to_owned(), tokens })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes_and_quotes_nothing() {
        let token = "00112233445566778899aabbccddeeff";
        let text = TokenList::head(token, "phone") + token + " phone-e164/1\n\n";
        let list = TokenList::parse("x", &text).unwrap();
        assert_eq!((list.key_id.as_str(), list.entity.as_str(), list.tokens.len()), (token, "phone", 1));
        for wrong in [
            "",
            "09175550123\n",
            &TokenList::head("a b", "phone"),
            &(TokenList::head(token, "phone") + "09175550123\n"),
            &TokenList::head("09175550123", "phone"),
        ] {
            let error = TokenList::parse("x", wrong).err().expect("it is wrong").to_string();
            assert!(!error.contains("0917"), "{error}");
        }
    }
}
