//! Texts that stand many times, each kept once and named by a number.

use std::collections::HashMap;

use crate::model::plain;

/// Bytes that the texts of one dictionary have. What comes behind them shares one entry.
const MOST_BYTES: usize = 64 * 1024 * 1024;
/// Characters of a text that are shown: names of 4 KiB are somebody's joke.
const MOST_CHARACTERS: usize = 400;

/// A dictionary of texts that are fit to be shown.
#[derive(Default)]
pub(super) struct Words {
    numbers: HashMap<String, u32>,
    texts: Vec<String>,
    bytes: usize,
    /// The entry of what found no room.
    others: Option<u32>,
}

impl Words {
    pub(super) fn number(&mut self, text: &str) -> u32 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        if self.bytes + text.len() > MOST_BYTES {
            let others = self.others.unwrap_or_else(|| self.push("(more than this page can hold)".to_owned()));
            self.others = Some(others);
            return others;
        }
        self.bytes += text.len();
        let number = self.push(shown(text));
        self.numbers.insert(text.to_owned(), number);
        number
    }

    fn push(&mut self, text: String) -> u32 {
        self.texts.push(text);
        u32::try_from(self.texts.len() - 1).expect("64 MiB hold fewer")
    }

    pub(super) fn text(&self, number: u32) -> &str {
        &self.texts[number as usize]
    }

    pub(super) fn len(&self) -> usize {
        self.texts.len()
    }
}

/// A text fit to be shown, and cut in its middle where it is too long.
pub(super) fn shown(text: &str) -> String {
    if text.len() <= MOST_CHARACTERS {
        return plain(text);
    }
    let characters: Vec<char> = text.chars().collect();
    if characters.len() <= MOST_CHARACTERS {
        return plain(text);
    }
    let half = MOST_CHARACTERS / 2;
    let (head, tail) = (characters[..half].iter(), characters[characters.len() - half..].iter());
    plain(&head.chain(&['…']).chain(tail).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_kept_once_made_plain_and_cut() {
        let mut words = Words::default();
        assert_eq!([words.number("a"), words.number("b\u{202e}"), words.number("a")], [0, 1, 0]);
        assert_eq!((words.text(1), words.len()), ("b\u{fffd}", 2));
        let long = words.number(&format!("{}z", "é".repeat(5_000)));
        assert_eq!(words.text(long).chars().count(), 401);
        assert!(words.text(long).ends_with("éz"));
    }
}
