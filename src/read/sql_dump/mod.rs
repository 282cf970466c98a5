//! SQL dumps as `pg_dump`, `mysqldump`, `mariadb-dump`, SQLite `.dump` and SQL Server scripts write them. A record is a tuple
//! of an `INSERT` or a line of a `COPY`; everything between them is text without cells.

mod cutter;
mod escape;
mod layout;
mod lex;
mod statement;

use super::{Cutter, Format, Head, Reader, Records};
use crate::model::{Block, Layout};
use cutter::SqlCutter;
use layout::SqlLayout;
use lex::{Lex, Syntax};

pub(super) const FORMAT: Format =
    Format { name: "sql_dump", summary: "SQL dumps of PostgreSQL, MySQL, MariaDB, SQLite and SQL Server", recognise };

struct SqlDump {
    syntax: Syntax,
}

/// Keywords that a dump may begin with, after comments.
const FIRST: [&str; 20] = [
    "SET", "CREATE", "INSERT", "COPY", "DROP", "BEGIN", "PRAGMA", "LOCK", "USE", "ALTER", "SELECT", "REPLACE", "START", "DELETE",
    "TRUNCATE", "UPDATE", "DELIMITER", "GO", "COMMIT", "MERGE",
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
    match &*next() {
        b"COPY" => line.trim_ascii().to_ascii_uppercase().ends_with(b"FROM STDIN;"),
        b"INSERT" | b"REPLACE" => (0..3).any(|_| next() == b"INTO") || line.contains(&b'['),
        b"CREATE" => (0..3).any(|_| next() == b"TABLE"),
        _ => false,
    }
}

/// MySQL and MariaDB quote names with backticks, SQL Server with brackets.
fn syntax(head: &[u8]) -> Syntax {
    let has = |text: &[u8]| memchr::memmem::find(head, text).is_some();
    let any = |texts: &[&[u8]]| texts.iter().any(|text| has(text));
    if any(&[b"PostgreSQL database dump", b"PRAGMA foreign_keys"]) {
        Syntax::Standard
    } else if any(&[b"\nGO\n", b"\nGO\r\n"]) {
        Syntax::SqlServer
    } else if any(&[b"MySQL dump", b"MariaDB dump", b"INTO `", b"TABLE `", b"/*!40", b"\\'"]) {
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

    fn cutter(&self) -> Box<dyn Cutter> {
        Box::new(SqlCutter::new(self.syntax))
    }

    fn layout(&self, block: &Block) -> Box<dyn Layout> {
        Box::new(SqlLayout::new(self.syntax, block))
    }
}
