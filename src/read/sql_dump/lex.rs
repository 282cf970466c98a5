//! Where the parts of SQL end: spaces, comments, names, strings, tuples. Nothing is evaluated.
//!
//! None always means that the text ends before the part does.

use std::ops::Range;

use memchr::{memchr, memchr2, memmem};

use super::escape::{Backslash, is_bytea};
use crate::model::{Part, ValueKind};

/// Whose SQL it is, where that changes how it is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Syntax {
    /// PostgreSQL, SQLite, Oracle.
    Standard,
    /// A backslash escapes in strings, `"` quotes them too, `#` begins a comment.
    MySql,
    /// A line `GO` ends what no semicolon does.
    SqlServer,
}

/// A text with its syntax.
#[derive(Clone, Copy)]
pub(super) struct Lex<'a> {
    pub text: &'a [u8],
    pub syntax: Syntax,
}

/// One value of a tuple.
pub(super) struct Value {
    /// The content of its only string, else the whole expression.
    pub span: Range<usize>,
    pub escaped: bool,
    pub kind: ValueKind,
}

/// Bytes at which something begins or ends inside a tuple or statement.
static MARKS: [bool; 256] = {
    let mut marks = [false; 256];
    let mut at = 0;
    while at < MARKED.len() {
        marks[MARKED[at] as usize] = true;
        at += 1;
    }
    marks
};
const MARKED: &[u8] = b"'\"`$-/()[],;#";

impl<'a> Lex<'a> {
    fn is_mysql(&self) -> bool {
        self.syntax == Syntax::MySql
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.get(at).copied()
    }

    pub(super) fn starts(&self, at: usize, with: &[u8]) -> bool {
        self.text.get(at..).is_some_and(|rest| rest.starts_with(with))
    }

    /// Skips spaces and comments. What stands in a conditional comment (`/*!40101 … */`) is SQL.
    pub(super) fn skip_space(&self, mut at: usize) -> Option<usize> {
        loop {
            match self.byte(at) {
                Some(b) if b.is_ascii_whitespace() => at += 1,
                Some(b'-') if self.starts(at, b"--") => at = self.line_end(at)?,
                Some(b'#') if self.is_mysql() => at = self.line_end(at)?,
                // What these begin may go on behind the window.
                Some(b'-' | b'/' | b'*') if at + 1 == self.text.len() => return None,
                Some(b'/') if self.starts(at, b"/*!") || self.starts(at, b"/*M!") => {
                    at += memchr(b'!', &self.text[at..])? + 1;
                    at += self.text[at..].iter().take_while(|b| b.is_ascii_digit()).count();
                }
                Some(b'*') if self.starts(at, b"*/") => at += 2,
                Some(b'/') if self.starts(at, b"/*") => at = self.comment_end(at)?,
                _ => return Some(at),
            }
        }
    }

    /// The start of the next line.
    pub(super) fn line_end(&self, at: usize) -> Option<usize> {
        memchr(b'\n', &self.text[at..]).map(|n| at + n + 1)
    }

    pub(super) fn comment_end(&self, at: usize) -> Option<usize> {
        memmem::find(&self.text[at + 2..], b"*/").map(|n| at + 2 + n + 2)
    }

    /// The end of the bare word at `at`; `at` where none stands there.
    pub(super) fn word_end(&self, at: usize) -> usize {
        at + self.text[at.min(self.text.len())..].iter().take_while(|b| is_word_byte(**b)).count()
    }

    /// Whether the word at `at` is this keyword.
    pub(super) fn is_word(&self, at: usize, keyword: &str) -> bool {
        self.text[at..self.word_end(at)].eq_ignore_ascii_case(keyword.as_bytes())
    }

    /// The part of a name at `at`, without its quotes, and its end. Some(empty) where none stands there.
    pub(super) fn name_part(&self, at: usize) -> Option<(String, usize)> {
        let close = match self.byte(at)? {
            b'"' => b'"',
            b'`' => b'`',
            b'[' => b']',
            _ => {
                let end = self.word_end(at);
                return (end < self.text.len()).then(|| (String::from_utf8_lossy(&self.text[at..end]).into_owned(), end));
            }
        };
        let (end, _) = self.quoted_end(at, close, false)?;
        let (quote, twice) = (char::from(close).to_string(), char::from(close).to_string().repeat(2));
        Some((String::from_utf8_lossy(&self.text[at + 1..end - 1]).replace(&twice, &quote), end))
    }

    /// A name with its schema, parts joined by dots, and its end.
    pub(super) fn name(&self, at: usize) -> Option<(String, usize)> {
        let (mut name, mut at) = self.name_part(at)?;
        while self.byte(at) == Some(b'.') {
            let (part, end) = self.name_part(at + 1)?;
            name = format!("{name}.{part}");
            at = end;
        }
        Some((name, at))
    }

    /// The end of the string that opens at `at`, and whether it holds escapes or doubled quotes.
    pub(super) fn quoted_end(&self, at: usize, close: u8, backslash: bool) -> Option<(usize, bool)> {
        let mut escaped = false;
        let mut from = at + 1;
        loop {
            let rest = self.text.get(from..)?;
            let hit = from + if backslash { memchr2(close, b'\\', rest)? } else { memchr(close, rest)? };
            let is_escape = (self.text[hit] == b'\\' && backslash) || *self.text.get(hit + 1)? == close;
            if !is_escape {
                return Some((hit + 1, escaped));
            }
            escaped = true;
            from = hit + 2;
        }
    }

    /// Whether a backslash escapes in the string that opens at `at`: always in PostgreSQL's `E'…'`.
    pub(super) fn escapes_at(&self, at: usize) -> bool {
        let prefixed = at > 0 && matches!(self.text[at - 1], b'e' | b'E') && (at < 2 || !is_word_byte(self.text[at - 2]));
        self.is_mysql() || prefixed
    }

    /// What a backslash does in the string that opens at `at`.
    pub(super) fn backslash_at(&self, at: usize) -> Backslash {
        match self.escapes_at(at) {
            true if self.is_mysql() => Backslash::MySql,
            true => Backslash::Postgres,
            false => Backslash::Plain,
        }
    }

    /// What closes the string that opens at `at`, where it is one of Oracle's `q'[…]'`.
    pub(super) fn alternative_quote(&self, at: usize) -> Option<[u8; 2]> {
        let is = |back: usize, letter: u8| at.checked_sub(back).is_some_and(|at| self.text[at].eq_ignore_ascii_case(&letter));
        let begins = |back: usize| at.checked_sub(back).is_none_or(|at| !is_word_byte(self.text[at]));
        if self.syntax != Syntax::Standard || !is(1, b'q') || !(begins(2) || is(2, b'n') && begins(3)) {
            return None;
        }
        let close = match self.byte(at + 1)? {
            b'[' => b']',
            b'{' => b'}',
            b'(' => b')',
            b'<' => b'>',
            other if other.is_ascii_whitespace() || other == b'\'' => return None,
            other => other,
        };
        Some([close, b'\''])
    }

    /// The string that opens at the `'` at `at`: its content, whether that holds escapes, and its end.
    fn string(&self, at: usize) -> Option<(Range<usize>, bool, usize)> {
        if let Some(close) = self.alternative_quote(at) {
            let end = at + 2 + memmem::find(&self.text[at + 2..], &close)?;
            return Some((at + 2..end, false, end + close.len()));
        }
        let (end, escaped) = self.quoted_end(at, b'\'', self.escapes_at(at))?;
        Some((at + 1..end - 1, escaped, end))
    }

    /// The content and end of a dollar-quoted string (`$tag$ … $tag$`) that opens at `at`; Some(None) where none does.
    fn dollar_quoted(&self, at: usize) -> Option<Option<(Range<usize>, usize)>> {
        if at > 0 && is_word_byte(self.text[at - 1]) {
            return Some(None);
        }
        let tag = self.text[at + 1..].iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
        let open = at + 1 + tag;
        if *self.text.get(open)? != b'$' || self.text[at + 1].is_ascii_digit() {
            return Some(None);
        }
        let quote = &self.text[at..=open];
        let content = open + 1;
        let close = content + memmem::find(&self.text[content..], quote)?;
        Some(Some((content..close, close + quote.len())))
    }

    /// Skips what begins at the mark at `at`, when it is a string, a quoted name or a comment: its content and end.
    pub(super) fn skip_quoted(&self, at: usize) -> Option<Option<(Range<usize>, bool, usize)>> {
        Some(match self.text[at] {
            b'\'' => Some(self.string(at)?),
            quote @ (b'"' | b'`') => {
                let (end, escaped) = self.quoted_end(at, quote, quote != b'`' && self.escapes_at(at))?;
                Some((at + 1..end - 1, escaped, end))
            }
            b'$' => self.dollar_quoted(at)?.map(|(content, end)| (content, false, end)),
            b'#' if self.is_mysql() => Some((at..at, false, self.line_end(at)?)),
            b'-' if self.starts(at, b"--") => Some((at..at, false, self.line_end(at)?)),
            b'/' if self.starts(at, b"/*") && !self.starts(at, b"/*!") => Some((at..at, false, self.comment_end(at)?)),
            _ => None,
        })
    }

    /// The end of the statement that `at` stands in, behind its delimiter.
    pub(super) fn statement_end(&self, mut at: usize, delimiter: &[u8]) -> Option<usize> {
        let lines = self.syntax == Syntax::SqlServer;
        loop {
            at += self.text.get(at..)?.iter().position(|b| MARKS[usize::from(*b)] || *b == delimiter[0] || (lines && *b == b'\n'))?;
            if self.starts(at, delimiter) {
                return Some(at + delimiter.len());
            }
            if self.text[at] == b'\n' && lines && (self.is_word(at + 1, "GO") || self.is_word(at + 1, "INSERT")) {
                return Some(at + 1);
            }
            at = self.skip_quoted(at)?.map_or(at + 1, |(_, _, end)| end);
        }
    }

    /// Whether a string, a comment or a parenthesis that opens behind `at` does not close before the text ends.
    pub(super) fn is_open(&self, mut at: usize) -> bool {
        let mut depth = 0_i64;
        while let Some(mark) = self.text.get(at..).and_then(|rest| rest.iter().position(|b| MARKS[usize::from(*b)])) {
            at += mark;
            depth += i64::from(self.text[at] == b'(') - i64::from(self.text[at] == b')');
            match self.skip_quoted(at) {
                Some(skipped) => at = skipped.map_or(at + 1, |(_, _, end)| end),
                // A comment to the end of the line ends with the text, too.
                None => return !(self.starts(at, b"--") || self.text[at] == b'#'),
            }
        }
        depth > 0
    }

    /// Reads the tuple that opens at `at`, hands out its parts, and returns its end.
    #[inline]
    pub(super) fn tuple(&self, at: usize, mut part: impl FnMut(Part)) -> Option<usize> {
        let mut at = at + 1;
        let mut depth = 1;
        let mut start = at;
        // The strings of the part at hand: their number and the last one.
        let mut strings = (0, at..at, false);
        loop {
            at += self.text.get(at..)?.iter().position(|b| MARKS[usize::from(*b)])?;
            match self.text[at] {
                b'(' | b'[' => depth += 1,
                b']' if depth > 1 => depth -= 1,
                b')' | b',' if depth == 1 => {
                    let (count, content, escaped) = std::mem::replace(&mut strings, (0, at..at, false));
                    let string = (count == 1).then_some((small(content.start), small(content.end), escaped));
                    part(Part { whole: (small(start), small(at)), string });
                    start = at + 1;
                    if self.text[at] == b')' {
                        return Some(at + 1);
                    }
                }
                b')' => depth -= 1,
                b'\'' => {
                    let (content, escaped, end) = self.string(at)?;
                    strings = (strings.0 + 1, content, escaped);
                    at = end;
                    continue;
                }
                _ => {
                    let is_string = self.text[at] == b'$' || (self.text[at] == b'"' && self.is_mysql());
                    if let Some((content, escaped, end)) = self.skip_quoted(at)? {
                        if is_string {
                            strings = (strings.0 + 1, content, escaped);
                        }
                        at = end;
                        continue;
                    }
                }
            }
            at += 1;
        }
    }

    /// What a part of a tuple is.
    #[inline]
    pub(super) fn value(&self, part: &Part) -> Value {
        let whole = part.whole.0 as usize..part.whole.1 as usize;
        // Nearly all parts with a string are nothing but that.
        if let Some((start, end, escaped)) = part.string {
            let span = start as usize..end as usize;
            let hex = match self.text[whole.start..span.start].trim_ascii_start() {
                [before @ .., b'x' | b'X', b'\''] => before.last().is_none_or(|b| !is_word_byte(*b)),
                [.., b'\''] => !self.is_mysql() && is_bytea(&self.text[span.clone()]),
                _ => false,
            };
            return Value { span, escaped: escaped || hex, kind: ValueKind::Text };
        }
        self.bare_value(whole)
    }

    /// What an expression without a string of its own is.
    fn bare_value(&self, whole: Range<usize>) -> Value {
        let raw = &self.text[whole.clone()];
        let start = whole.start + (raw.len() - raw.trim_ascii_start().len());
        let raw = raw.trim_ascii();
        // A name of a character set may stand before a literal: `_binary 0x616e61`.
        let (start, raw) = match raw.iter().position(u8::is_ascii_whitespace).filter(|_| raw[0] == b'_' && self.is_mysql()) {
            Some(end) => (start + raw.len() - raw[end..].trim_ascii_start().len(), raw[end..].trim_ascii_start()),
            None => (start, raw),
        };
        let is = |word: &str| raw.eq_ignore_ascii_case(word.as_bytes());
        let span = start..start + raw.len();
        match raw.first() {
            None => Value { span, escaped: false, kind: ValueKind::Null },
            Some(b'0') if raw.len() > 2 && raw[1] == b'x' && raw[2..].iter().all(u8::is_ascii_hexdigit) => {
                Value { span: span.start + 2..span.end, escaped: true, kind: ValueKind::Text }
            }
            Some(b'0'..=b'9' | b'-' | b'+' | b'.') => Value { span, escaped: false, kind: ValueKind::Number },
            _ if is("null") || is("default") => Value { span, escaped: false, kind: ValueKind::Null },
            _ if is("true") || is("false") => Value { span, escaped: false, kind: ValueKind::Bool },
            _ => Value { span, escaped: false, kind: ValueKind::Text },
        }
    }
}

fn small(at: usize) -> u32 {
    u32::try_from(at).expect("a window is far below 4 GiB")
}

pub(super) fn is_word_byte(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'_' | b'$') || b >= 0x80
}
