//! SQL dumps as `pg_dump`, `mysqldump`, `mariadb-dump`, SQLite `.dump`, SQL Server scripts and SQL Developer write them. A record is a tuple
//! of an `INSERT` or a line or row of a `COPY`; everything between them is text without cells.

mod cutter;
mod escape;
mod gaps;
mod layout;
mod lex;
mod spell;
mod statement;

use super::{Blocks, Format, Gaps, Head, Reader, Records, Supply, Supplying, Text};
use crate::model::{Block, Layout};
use cutter::SqlCutter;
use gaps::SqlGaps;
use layout::SqlLayout;
use lex::{Lex, Syntax};

pub(super) const FORMAT: Format =
    Format { name: "sql_dump", summary: "SQL dumps of PostgreSQL, MySQL, MariaDB, SQLite, SQL Server and Oracle", recognise };

struct SqlDump {
    syntax: Syntax,
}

/// Keywords that a dump may begin with, after comments.
const FIRST: [&str; 22] = [
    "SET", "CREATE", "INSERT", "COPY", "DROP", "BEGIN", "PRAGMA", "LOCK", "USE", "ALTER", "SELECT", "REPLACE", "START", "DELETE",
    "TRUNCATE", "UPDATE", "DELIMITER", "GO", "COMMIT", "MERGE", "REM", "PROMPT",
];

/// The first statement starts with a keyword, and a line starts as a `COPY`, an `INSERT` or a `CREATE TABLE`.
fn recognise(head: &Head<'_>) -> Option<Box<dyn Reader>> {
    let syntax = syntax(head.bytes);
    let lex = Lex { text: head.bytes, syntax };
    let first = lex.skip_space(0)?;
    let known = FIRST.iter().any(|keyword| lex.is_word(first, keyword)) || head.bytes.get(first) == Some(&b'\\');
    let has_data = || head.bytes.split(|b| *b == b'\n').any(starts_data);
    (known && has_data()).then(|| Box::new(SqlDump { syntax }) as Box<dyn Reader>)
}

fn starts_data(line: &[u8]) -> bool {
    let mut words = line.trim_ascii().split(|b| b.is_ascii_whitespace() || *b == b'(').filter(|word| !word.is_empty());
    let mut next = || words.next().unwrap_or_default().to_ascii_uppercase();
    // Prose begins with these words, too: `Insert the key into the lock`.
    let mut after =
        |between: &[&[u8]]| std::iter::repeat_with(&mut next).take(4).find(|word| !between.contains(&&**word)).unwrap_or_default();
    match &*after(&[]) {
        b"COPY" => {
            let upper = line.to_ascii_uppercase();
            memchr::memmem::find(&upper, b"FROM STDIN").is_some_and(|at| statement::stdin(&upper[at..]).is_some())
        }
        b"INSERT" | b"REPLACE" => {
            let word = after(&[b"IGNORE", b"OR", b"REPLACE", b"LOW_PRIORITY", b"DELAYED", b"HIGH_PRIORITY", b"OVERWRITE"]);
            word == b"INTO" || word.starts_with(b"[")
        }
        b"CREATE" => after(&[b"TEMPORARY", b"TEMP", b"GLOBAL", b"LOCAL", b"UNLOGGED", b"FOREIGN"]) == b"TABLE",
        _ => false,
    }
}

/// MySQL and MariaDB quote names with backticks, SQL Server with brackets.
fn syntax(head: &[u8]) -> Syntax {
    let has = |text: &[u8]| memchr::memmem::find(head, text).is_some();
    let any = |texts: &[&[u8]]| texts.iter().any(|text| has(text));
    // Names of products count in comments alone: values may hold them.
    let comments = |text: &[u8]| {
        head.split(|b| *b == b'\n').take(20).any(|line| line.starts_with(b"--") && memchr::memmem::find(line, text).is_some())
    };
    if comments(b"MySQL dump") || comments(b"MariaDB dump") {
        Syntax::MySql
    } else if comments(b"PostgreSQL database dump") || head.starts_with(b"PRAGMA ") || has(b"\nPRAGMA ") {
        Syntax::Standard
    } else if any(&[b"\nGO\n", b"\nGO\r\n"]) {
        Syntax::SqlServer
    } else if any(&[b"INTO `", b"TABLE `", b"/*!40"]) {
        Syntax::MySql
    } else {
        Syntax::Standard
    }
}

impl Reader for SqlDump {
    fn format(&self) -> &'static str {
        FORMAT.name
    }

    fn records(&self) -> Records {
        Records::Rows
    }

    fn torn(&self) -> &'static str {
        "statements or records are longer than 1 MiB or have no end: they were examined as text, not all with their cells"
    }

    fn supply(&self, text: Text, how: &Supplying) -> Box<dyn Supply> {
        Blocks::supply(text, Box::new(SqlCutter::new(self.syntax)), how)
    }

    fn layout(&self, block: &Block) -> Box<dyn Layout> {
        Box::new(SqlLayout::new(self.syntax, block))
    }

    fn gaps(&self) -> Box<dyn Gaps> {
        Box::new(SqlGaps::new(self.syntax))
    }
}
