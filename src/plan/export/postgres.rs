//! Statements for PostgreSQL, as `psql` reads them.
//!
//! Each shape of statement is prepared once, so that a key has the type of its column and the index serves; the key is then compared as
//! text, too. What each operation met goes to a temporary table, which is held against the plan before a batch is committed.

use std::collections::HashMap;
use std::io::{self, Write};

use super::sql::{Language, Row, Set};

/// Writes for PostgreSQL.
#[derive(Default)]
pub(super) struct Postgres {
    /// Numbers of statements that are prepared, by what they are.
    prepared: HashMap<String, usize>,
    batch: u64,
    /// Operations that were written in all.
    operations: u64,
}

impl Language for Postgres {
    fn head(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(
            br"\set QUIET on
\set AUTOCOMMIT on
\set ON_ERROR_STOP on
\set ON_ERROR_ROLLBACK off
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
CREATE TEMPORARY TABLE datatrawl_result (op_id bigint, rows_affected bigint, batch bigint);
",
        )
    }

    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.batch += 1;
        writeln!(out, "BEGIN;")
    }

    fn row(&mut self, row: &Row, out: &mut dyn Write) -> io::Result<()> {
        let (statement, values) = statement(row);
        let next = self.prepared.len() + 1;
        let is_new = !self.prepared.contains_key(&statement);
        let number = *self.prepared.entry(statement.clone()).or_insert(next);
        if is_new {
            writeln!(out, "PREPARE datatrawl_{number} AS {statement};")?;
        }
        let ops: Vec<String> = row.ops.iter().map(ToString::to_string).collect();
        let values: Vec<String> = values.iter().map(|value| literal(value)).collect();
        writeln!(out, "EXECUTE datatrawl_{number}('{{{}}}', {}, {});", ops.join(","), self.batch, values.join(", "))
    }

    fn went_before(&mut self, ops: &[i64], out: &mut dyn Write) -> io::Result<()> {
        let rows: Vec<String> = ops.iter().map(|op| format!("({op}, 1, {})", self.batch)).collect();
        writeln!(out, "INSERT INTO pg_temp.datatrawl_result VALUES {};", rows.join(", "))
    }

    fn end(&mut self, ops: &[i64], out: &mut dyn Write) -> io::Result<()> {
        self.operations += ops.len() as u64;
        let (batch, operations) = (self.batch, self.operations);
        let header = if batch == 1 { ", HEADER" } else { "" };
        writeln!(
            out,
            "DO $$
DECLARE wrong record;
BEGIN
  SELECT op_id, rows_affected INTO wrong FROM pg_temp.datatrawl_result WHERE rows_affected <> 1 ORDER BY op_id LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'operation % meets % rows, not one; its batch is rolled back', wrong.op_id, wrong.rows_affected;
  END IF;
  IF (SELECT count(*) FROM pg_temp.datatrawl_result) <> {operations} THEN
    RAISE EXCEPTION 'a batch before this one was not done';
  END IF;
END $$;
COMMIT;
COPY (SELECT op_id, rows_affected, 'postgres' AS executor FROM pg_temp.datatrawl_result WHERE batch = {batch} ORDER BY op_id) TO STDOUT \
             WITH (FORMAT csv{header});"
        )
    }
}

/// The statement for a row, with parameters, and what these are: the key as its columns' types and as text, and texts to write. The
/// first two parameters are the operations and the batch.
fn statement(row: &Row) -> (String, Vec<String>) {
    let table: Vec<String> = row.table.iter().map(|part| identifier(part)).collect();
    let (table, mut values) = (table.join("."), Vec::new());
    let mut parameter = |value: &str| {
        values.push(value.to_owned());
        format!("${}", values.len() + 2)
    };
    let mut tests: Vec<String> = Vec::new();
    for (name, value) in &row.key {
        let column = identifier(name);
        tests.push(format!("{column} = {}", parameter(value)));
        tests.push(format!("{column}::text = {}", parameter(value)));
    }
    let mut change = format!("DELETE FROM {table}");
    if let Some(sets) = &row.sets {
        let mut written = Vec::new();
        for (name, set) in sets {
            let column = identifier(name);
            let value = match set {
                Set::Null => "NULL".to_owned(),
                Set::Text(text) => parameter(text),
                Set::Mask(keep) => format!(
                    "CASE WHEN 2 * {keep} > char_length({column}::text) THEN repeat('*', char_length({column}::text)) \
                     ELSE repeat('*', char_length({column}::text) - {keep}) || right({column}::text, {keep}) END"
                ),
                Set::Truncate(keep) => {
                    tests.push(format!("char_length(regexp_replace({column}::text, '[^0-9]', '', 'g')) BETWEEN 12 AND 19"));
                    format!("regexp_replace({column}::text, '[0-9](?=([^0-9]*[0-9]){{{keep}}})', '*', 'g')")
                }
            };
            written.push(format!("{column} = {value}"));
        }
        change = format!("UPDATE {table} SET {}", written.join(", "));
    }
    let statement = format!(
        "WITH met AS ({change} WHERE {} RETURNING 1) INSERT INTO pg_temp.datatrawl_result \
         SELECT op, (SELECT count(*) FROM met), $2::bigint FROM unnest($1::bigint[]) AS op",
        tests.join(" AND ")
    );
    (statement, values)
}

/// A quoted identifier.
fn identifier(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A literal that means the same whatever `standard_conforming_strings` is: where a backslash or a control character stands in it, it is
/// an escape string.
fn literal(text: &str) -> String {
    if !text.contains(|c: char| c == '\\' || c.is_control()) {
        return format!("'{}'", text.replace('\'', "''"));
    }
    let mut out = String::from("E'");
    for c in text.chars() {
        match c {
            '\\' => out.push_str(r"\\"),
            '\'' => out.push_str("''"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('\'');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_end_where_they_should() {
        for (text, written) in [
            ("a", "'a'"),
            ("O'Hara", "'O''Hara'"),
            (r"a\'; DROP", r"E'a\\''; DROP'"),
            ("$$ -- /*", "'$$ -- /*'"),
            ("a\r\nb", r"E'a\u000D\u000Ab'"),
        ] {
            assert_eq!(literal(text), written);
        }
        assert_eq!(identifier("a\"b.c"), "\"a\"\"b.c\"");
    }
}
