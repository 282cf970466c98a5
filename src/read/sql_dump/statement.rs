//! The statements that matter: those that name tables and columns, and those that records follow.

use std::collections::HashMap;
use std::sync::Arc;

use super::lex::{Lex, Syntax, is_word_byte};
use crate::model::{SectionStyle, Table, limits};

/// What a statement is, and where what follows it starts.
pub(super) enum Statement {
    /// `INSERT INTO table (columns) VALUES`: tuples follow.
    Insert { table: String, columns: Option<Vec<Arc<str>>>, end: usize },
    /// `COPY table (columns) FROM stdin;`: lines follow, of which the first may be a header.
    Copy { table: String, columns: Option<Vec<Arc<str>>>, style: SectionStyle, header: bool, end: usize },
    /// `CREATE TABLE`; `like`: the table whose columns it has before its own.
    Create { table: String, like: Option<String>, columns: Vec<Arc<str>>, end: usize },
    /// `DELIMITER ;;`
    Delimiter { delimiter: Vec<u8>, end: usize },
    /// Any other.
    Other { end: usize },
}

/// Words between the keyword of a statement and the name of its table.
const BEFORE_NAME: [&str; 14] = [
    "LOW_PRIORITY", "DELAYED", "HIGH_PRIORITY", "IGNORE", "OVERWRITE", "OR", "REPLACE", "ABORT", "FAIL", "ROLLBACK", "INTO", "TABLE",
    "ONLY", "BINARY",
];
/// Words with which a part of `CREATE TABLE` is not a column.
const NO_COLUMN: [&str; 13] = [
    "PRIMARY", "KEY", "UNIQUE", "INDEX", "CONSTRAINT", "FOREIGN", "CHECK", "FULLTEXT", "SPATIAL", "LIKE", "EXCLUDE", "PERIOD", "VERSIONING",
];

/// Columns that a table takes from another one: a few bytes ask for all of them.
const MOST_LIKE: usize = 256;

impl Lex<'_> {
    /// Reads the statement that starts at `at`, which is neither space nor comment.
    pub(super) fn statement(&self, at: usize, delimiter: &[u8]) -> Option<Statement> {
        if self.starts(at, b"\\") {
            return Some(Statement::Other { end: self.line_end(at)? });
        }
        if self.starts(at, delimiter) {
            return Some(Statement::Other { end: at + delimiter.len() });
        }
        let word = self.word_end(at);
        if word == self.text.len() {
            return None;
        }
        let is = |keyword| self.is_word(at, keyword);
        let found = if is("INSERT") || is("REPLACE") {
            self.insert(word)?
        } else if is("COPY") {
            self.copy(word)?
        } else if is("CREATE") {
            self.create(word, delimiter)?
        } else if is("DELIMITER") {
            let end = self.line_end(at)?;
            let delimiter = self.text[word..end].trim_ascii().to_vec();
            (!delimiter.is_empty()).then_some(Statement::Delimiter { delimiter, end })
        } else if is("GO") || is("REM") || is("PROMPT") {
            Some(Statement::Other { end: self.line_end(at)? })
        } else {
            None
        };
        match found {
            Some(statement) => Some(statement),
            None if is("CREATE") && self.is_trigger(word)? => Some(Statement::Other { end: self.trigger_end(at, delimiter)? }),
            None => Some(Statement::Other { end: self.statement_end(at, delimiter)? }),
        }
    }

    /// Whether a trigger is made whose statements have the delimiter of all others, as SQLite writes them.
    fn is_trigger(&self, at: usize) -> Option<bool> {
        let at = self.skip_words(at, &["TEMPORARY", "TEMP"])?;
        Some(self.syntax == Syntax::Standard && self.is_word(at, "TRIGGER"))
    }

    /// The end of a trigger: where it has statements, `END` stands behind the last of them
    /// (<https://www.sqlite.org/c3ref/complete.html>).
    fn trigger_end(&self, at: usize, delimiter: &[u8]) -> Option<usize> {
        let mut end = self.statement_end(at, delimiter)?;
        if !self.text[at..end].split(|b| !is_word_byte(*b)).any(|word| word.eq_ignore_ascii_case(b"BEGIN")) {
            return Some(end);
        }
        loop {
            let next = self.skip_space(end)?;
            let is_end = self.is_word(next, "END");
            end = self.statement_end(next, delimiter)?;
            if is_end {
                return Some(end);
            }
        }
    }

    /// Skips words of a list.
    fn skip_words(&self, mut at: usize, words: &[&str]) -> Option<usize> {
        loop {
            at = self.skip_space(at)?;
            if !words.iter().any(|word| self.is_word(at, word)) {
                return (at < self.text.len()).then_some(at);
            }
            at = self.word_end(at);
        }
    }

    /// A list of names in parentheses; Some(None) where none stands there.
    fn names(&self, at: usize) -> Option<Option<(Vec<Arc<str>>, usize)>> {
        if *self.text.get(at)? != b'(' {
            return Some(None);
        }
        let mut names = Vec::new();
        let mut at = at + 1;
        loop {
            at = self.skip_space(at)?;
            let (name, end) = self.name(at)?;
            at = self.skip_space(end)?;
            let close = *self.text.get(at)?;
            if name.is_empty() || !matches!(close, b',' | b')') {
                return Some(None);
            }
            if names.len() < limits::COLUMNS {
                names.push(name.into());
            }
            at += 1;
            if close == b')' {
                return Some(Some((names, at)));
            }
        }
    }

    /// The table that follows, the columns that are listed behind it, and where they end.
    #[expect(clippy::type_complexity, reason = "three parts of one clause")]
    fn target(&self, at: usize) -> Option<(String, Option<Vec<Arc<str>>>, usize)> {
        let (table, at) = self.name(self.skip_words(at, &BEFORE_NAME)?)?;
        let at = self.skip_space(at)?;
        Some(match self.names(at)? {
            Some((names, end)) => (table, Some(names), end),
            None => (table, None, at),
        })
    }

    /// The outer None: the text ends; the inner: no values follow.
    #[expect(clippy::option_option, reason = "both say something")]
    fn insert(&self, at: usize) -> Option<Option<Statement>> {
        let (table, columns, at) = self.target(at)?;
        let mut at = self.skip_words(at, &["OVERRIDING", "SYSTEM", "USER", "VALUE"])?;
        // `VALUE` is MySQL's other word for `VALUES`; it may have been skipped as part of `OVERRIDING … VALUE`.
        if self.is_word(at, "VALUES") {
            at = self.word_end(at);
        } else if self.text[at] != b'(' || table.is_empty() {
            return Some(None);
        }
        Some(Some(Statement::Insert { table, columns, end: at }))
    }

    #[expect(clippy::option_option, reason = "both say something")]
    fn copy(&self, at: usize) -> Option<Option<Statement>> {
        let (table, columns, at) = self.target(at)?;
        let end = self.line_end(at)?;
        let options = stdin(&self.text[at..end]).and_then(Copied::read);
        Some(options.map(|Copied { style, header }| Statement::Copy { table, columns, style, header, end }))
    }

    #[expect(clippy::option_option, reason = "both say something")]
    fn create(&self, at: usize, delimiter: &[u8]) -> Option<Option<Statement>> {
        let at = self.skip_words(at, &["TEMPORARY", "TEMP", "GLOBAL", "LOCAL", "UNLOGGED", "FOREIGN", "OR", "REPLACE"])?;
        if !self.is_word(at, "TABLE") {
            return Some(None);
        }
        let (table, at) = self.name(self.skip_words(self.word_end(at), &["IF", "NOT", "EXISTS"])?)?;
        let open = self.skip_space(at)?;
        let mut columns = Vec::new();
        if self.is_word(open, "LIKE") {
            let like = Some(self.like(open)?);
            return Some(Some(Statement::Create { table, like, columns, end: self.statement_end(open, delimiter)? }));
        }
        if *self.text.get(open)? != b'(' {
            return Some(None);
        }
        let mut like = None;
        let mut starts = vec![open + 1];
        let close = self.tuple(open, |part| starts.push(part.whole.1 as usize + 1))?;
        // Behind the last part stands the parenthesis.
        starts.pop();
        for start in starts {
            let start = self.skip_space(start)?;
            let (name, _) = self.name_part(start)?;
            let quoted = matches!(self.text[start], b'"' | b'`' | b'[');
            if !quoted && like.is_none() && name.eq_ignore_ascii_case("LIKE") {
                like = Some(self.like(start)?);
            }
            if !name.is_empty()
                && (quoted || !NO_COLUMN.iter().any(|word| name.eq_ignore_ascii_case(word)))
                && columns.len() < limits::COLUMNS
            {
                columns.push(name.into());
            }
        }
        Some(Some(Statement::Create { table, like, columns, end: self.statement_end(close, delimiter)? }))
    }

    /// The table behind `LIKE`.
    fn like(&self, at: usize) -> Option<String> {
        Some(self.name(self.skip_space(self.word_end(at))?)?.0)
    }
}

/// What stands behind `FROM stdin` at the start of a text, where its `COPY` ends there.
pub(super) fn stdin(text: &[u8]) -> Option<&[u8]> {
    let word = |text: &'_ [u8], word: &[u8]| text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    let text = text.trim_ascii().strip_suffix(b";")?;
    let rest = word(text, b"FROM").then(|| text[4..].trim_ascii_start())?;
    word(rest, b"STDIN").then(|| &rest[5..])
}

/// How a `COPY` says that its data are written.
struct Copied {
    style: SectionStyle,
    header: bool,
}

impl Copied {
    /// Reads options in either form, `WITH (FORMAT csv, HEADER)` and `WITH CSV HEADER`; none where the data are no text.
    fn read(options: &[u8]) -> Option<Self> {
        let (mut csv, mut header, mut null, mut bytes) = (false, false, None, [None; 3]);
        let mut words = words(options).into_iter().peekable();
        while let Some(word) = words.next() {
            let is = |keyword: &str| word.eq_ignore_ascii_case(keyword.as_bytes());
            let at = ["DELIMITER", "QUOTE", "ESCAPE"].into_iter().position(is);
            if is("BINARY") {
                return None;
            }
            csv |= is("CSV");
            if is("HEADER") {
                header = !words.peek().is_some_and(|word| [&b"false"[..], b"off", b"0"].iter().any(|no| word.eq_ignore_ascii_case(no)));
            }
            if is("NULL") {
                null = words.by_ref().find(|word| !word.eq_ignore_ascii_case(b"AS"));
            }
            if let Some(at) = at {
                let value = words.by_ref().find(|word| !word.eq_ignore_ascii_case(b"AS"));
                bytes[at] = value.as_deref().and_then(one_byte);
            }
        }
        let [delimiter, quote, escape] = bytes;
        let own_null = null.is_none_or(|null| null == if csv { &b""[..] } else { b"\\N" });
        let style = if csv {
            let quote = quote.unwrap_or(b'"');
            let escape = escape.filter(|escape| *escape != quote);
            SectionStyle::Rows { delimiter: delimiter.unwrap_or(b','), quote, escape, own_null }
        } else {
            SectionStyle::Lines { delimiter: delimiter.unwrap_or(b'\t'), own_null }
        };
        Some(Self { style, header })
    }
}

/// The one byte that the value of an option is.
fn one_byte(value: &[u8]) -> Option<u8> {
    match value {
        [byte] => Some(*byte),
        br"\t" => Some(b'\t'),
        _ => None,
    }
}

/// Words and strings of a list of options. A doubled quote in a string is one.
fn words(options: &[u8]) -> Vec<Vec<u8>> {
    let (mut out, mut at) = (Vec::new(), 0);
    while at < options.len() {
        let start = at;
        if options[at] == b'\'' {
            let mut string = Vec::new();
            at += 1;
            while at < options.len() && (options[at] != b'\'' || options.get(at + 1) == Some(&b'\'')) {
                string.push(options[at]);
                at += if options[at] == b'\'' { 2 } else { 1 };
            }
            at += 1;
            out.push(string);
        } else if is_word_byte(options[at]) {
            while at < options.len() && is_word_byte(options[at]) {
                at += 1;
            }
            // E'\t'
            if !(at - start == 1 && matches!(options[start], b'e' | b'E') && options.get(at) == Some(&b'\'')) {
                out.push(options[start..at].to_vec());
            }
        } else {
            at += 1;
        }
    }
    out
}

/// Tables by name, from `CREATE TABLE`.
#[derive(Default)]
pub(super) struct Tables {
    created: HashMap<String, Arc<Table>>,
    /// By the columns that a statement lists, so that the next one that lists them has the same table.
    listed: HashMap<(String, Vec<Arc<str>>), Arc<Table>>,
}

impl Tables {
    pub(super) fn create(&mut self, name: String, like: Option<&str>, mut columns: Vec<Arc<str>>) {
        if let Some(table) = like.and_then(|like| self.made(&like.to_lowercase())) {
            columns.splice(0..0, table.columns.iter().take(MOST_LIKE).cloned());
            columns.truncate(limits::COLUMNS);
        }
        if self.created.len() < limits::COLUMNS {
            self.created.insert(name.to_lowercase(), Arc::new(Table { name: name.into(), columns }));
        }
    }

    /// The table that was made under a name, or under the last part of it.
    fn made(&self, name: &str) -> Option<&Arc<Table>> {
        self.created.get(name).or_else(|| self.created.get(name.rsplit('.').next().unwrap_or(name)))
    }

    /// The table of an `INSERT` or `COPY`, with the columns that it lists, else those that it was made with.
    pub(super) fn table(&mut self, name: &str, columns: Option<Vec<Arc<str>>>) -> Arc<Table> {
        if let Some(table) =
            self.made(&name.to_lowercase()).filter(|table| columns.as_ref().is_none_or(|columns| *columns == table.columns))
        {
            return Arc::clone(table);
        }
        let key = (name.to_owned(), columns.unwrap_or_default());
        if let Some(table) = self.listed.get(&key) {
            return Arc::clone(table);
        }
        let table = Arc::new(Table { name: name.into(), columns: key.1.clone() });
        if self.listed.len() >= limits::COLUMNS {
            self.listed.clear();
        }
        self.listed.insert(key, Arc::clone(&table));
        table
    }
}
