//! Statements for MySQL and MariaDB, as their clients read them.
//!
//! There is no way to raise an error between statements, and a client may be told to go on behind one. So the session counts what is
//! wrong: once something is, no statement changes anything, no batch is committed, and the end of the batch is an error that names the
//! operation. Literals are plain ASCII or hex, which mean the same in every mode and character set.

use std::collections::HashSet;
use std::io::{self, Write};

use super::sql::{Language, Row, Set};

/// Writes for MySQL and MariaDB.
#[derive(Default)]
pub(super) struct Mysql {
    /// Tables that were asked about.
    asked: HashSet<Vec<String>>,
}

impl Mysql {
    /// Stops where a table cannot take changes back.
    fn ask(&mut self, table: &[String], out: &mut dyn Write) -> io::Result<()> {
        if !self.asked.insert(table.to_vec()) {
            return Ok(());
        }
        let (name, schema) = match table {
            [schema, name] => (literal(name), literal(schema)),
            _ => (literal(&table[0]), "DATABASE()".to_owned()),
        };
        writeln!(
            out,
            "SET @datatrawl_met = (SELECT COUNT(*) FROM information_schema.TABLES t JOIN information_schema.ENGINES e ON e.ENGINE = t.ENGINE \
             WHERE t.TABLE_SCHEMA = {schema} AND t.TABLE_NAME = {name} AND e.TRANSACTIONS = 'YES');
SET @datatrawl_wrong = @datatrawl_wrong + IF(@datatrawl_met <=> 1, 0, 1);
SET @datatrawl_end = IF(@datatrawl_met <=> 1, 'DO 0', 'DO `a table is missing or has no transactions`');
PREPARE datatrawl_end FROM @datatrawl_end;
EXECUTE datatrawl_end;"
        )
    }
}

impl Language for Mysql {
    fn head(&mut self, out: &mut dyn Write) -> io::Result<()> {
        // A text that is too long, or null where there must be something, is an error and not another value.
        out.write_all(
            b"SET NAMES utf8mb4;
SET SESSION sql_mode = CONCAT(@@SESSION.sql_mode, ',STRICT_ALL_TABLES');
SET @datatrawl_wrong = 0, @datatrawl_at = 0, @datatrawl_met = 0;
SELECT 'op_id,rows_affected,executor';
",
        )
    }

    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "START TRANSACTION;")
    }

    fn row(&mut self, row: &Row, out: &mut dyn Write) -> io::Result<()> {
        self.ask(&row.table, out)?;
        let table: Vec<String> = row.table.iter().map(|part| identifier(part)).collect();
        let table = table.join(".");
        let mut tests: Vec<String> = Vec::new();
        for (name, value) in &row.key {
            let column = identifier(name);
            tests.push(format!("{column} = {}", literal(value)));
            // Collations take for equal what is not, and numbers are compared with the start of a text.
            tests.push(format!("CAST(CONVERT({column} USING utf8mb4) AS BINARY) = {}", hex(value)));
        }
        let (change, bad) = match &row.sets {
            None => (format!("DELETE FROM {table}"), "<> 1"),
            Some(sets) => {
                let written: Vec<String> = sets.iter().map(|(name, set)| assigned(name, set, &mut tests)).collect();
                // Rows that have the value already are met and not counted as changed.
                (format!("UPDATE {table} SET {}", written.join(", ")), "< 0")
            }
        };
        let (tests, first) = (tests.join(" AND "), row.ops.first().copied().unwrap_or_default());
        writeln!(
            out,
            "SET @met = NULL;
SELECT COUNT(*) INTO @met FROM {table} WHERE {tests} FOR UPDATE;
SET @datatrawl_at = IF(@datatrawl_wrong = 0, {first}, @datatrawl_at), @datatrawl_met = IF(@datatrawl_wrong = 0, @met, @datatrawl_met), \
             @datatrawl_wrong = @datatrawl_wrong + IF(@met <=> 1, 0, 1);
{change} WHERE @datatrawl_wrong = 0 AND {tests};
SET @datatrawl_wrong = @datatrawl_wrong + (ROW_COUNT() {bad});"
        )
    }

    fn went_before(&mut self, _: &[i64], _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    fn end(&mut self, ops: &[i64], out: &mut dyn Write) -> io::Result<()> {
        writeln!(
            out,
            "SET @datatrawl_end = IF(@datatrawl_wrong = 0, 'COMMIT', CONCAT('DO `operation ', @datatrawl_at, ' met ', \
             COALESCE(@datatrawl_met, 'unknown'), ' rows or failed; rolled back`'));
PREPARE datatrawl_end FROM @datatrawl_end;
EXECUTE datatrawl_end;
ROLLBACK;"
        )?;
        // Each operation met one row, or nothing is printed.
        ops.iter().try_for_each(|op| writeln!(out, "SELECT '{op},1,mysql' FROM DUAL WHERE @datatrawl_wrong = 0;"))
    }
}

fn assigned(name: &str, set: &Set, tests: &mut Vec<String>) -> String {
    let column = identifier(name);
    let text = format!("CONVERT({column} USING utf8mb4)");
    let value = match set {
        Set::Null => "NULL".to_owned(),
        Set::Text(text) => literal(text),
        Set::Mask(keep) => format!(
            "CASE WHEN 2 * {keep} > CHAR_LENGTH({text}) THEN REPEAT('*', CHAR_LENGTH({text})) \
             ELSE CONCAT(REPEAT('*', CHAR_LENGTH({text}) - {keep}), RIGHT({text}, {keep})) END"
        ),
        Set::Truncate(keep) => {
            tests.push(format!("CHAR_LENGTH(REGEXP_REPLACE({text}, '[^0-9]', '')) BETWEEN 12 AND 19"));
            format!("REGEXP_REPLACE({text}, '[0-9](?=([^0-9]*[0-9]){{{keep}}})', '*')")
        }
    };
    format!("{column} = {value}")
}

/// A quoted identifier.
fn identifier(name: &str) -> String {
    format!("`{}`", name.replace('`', "``"))
}

/// A literal without a quote, a backslash or anything that a client could take for something else.
fn literal(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':' | '@' | '+' | ' ' | '[' | ']');
    if text.chars().all(is_plain) && !text.contains("--") { format!("'{text}'") } else { format!("_utf8mb4 {}", hex(text)) }
}

fn hex(text: &str) -> String {
    let digits: String = text.bytes().map(|byte| format!("{byte:02X}")).collect();
    format!("X'{digits}'")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_have_no_character_that_could_end_them() {
        for text in ["O'Hara", r"a\'; DROP", "$$ -- x", "ñ", "a\nb", "`", "--", "%"] {
            assert!(literal(text).starts_with("_utf8mb4 X'"), "{text}");
        }
        assert_eq!(literal("ord-1 a@b.c"), "'ord-1 a@b.c'");
        assert_eq!(literal(""), "''");
        assert_eq!(hex("a'"), "X'6127'");
        assert_eq!(identifier("a`b"), "`a``b`");
    }
}
