//! The Arrow schemas of the three tables, which FINDINGS.md promises to readers.
//!
//! Within a major version columns are only added, and only nullable ones. Integers are signed: Spark reads unsigned
//! 64-bit ones as decimals. A column that needs a policy or a format of a later version is there and null.

use std::sync::{Arc, LazyLock};

use arrow_schema::{DataType, Field, Fields, Schema, SchemaRef, TimeUnit};

/// Version of the three schemas; `datatrawl.schema_version` in every footer.
pub const SCHEMA_VERSION: &str = "1";

/// Returns the schema of `findings/part-*.parquet`: one row a finding.
#[must_use]
pub fn findings() -> SchemaRef {
    static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| table(&[finding_names(), finding_places(), finding_values()].concat()));
    SCHEMA.clone()
}

/// Returns the schema of `objects.parquet`: one row a leaf.
#[must_use]
pub fn objects() -> SchemaRef {
    static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| table(&[object_names(), object_contents()].concat()));
    SCHEMA.clone()
}

/// Returns the schema of `columns.parquet`: one row a column and entity.
#[must_use]
pub fn columns() -> SchemaRef {
    static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| table(&column_fields()));
    SCHEMA.clone()
}

fn finding_names() -> Vec<Field> {
    vec![
        certain("finding_id", DataType::Utf8),
        certain("object_id", DataType::Utf8),
        certain("uri", word()),
        certain("path", word()),
        maybe("member", word()),
        certain("entity", word()),
        certain("category", word()),
        certain("sensitivity", word()),
        certain("rule", word()),
        certain("rule_version", DataType::Int32),
        certain("confidence", DataType::Float32),
        certain("likelihood", word()),
        maybe("validated", DataType::Boolean),
        certain("signals", list()),
        maybe("region", word()),
        certain("format", word()),
    ]
}

fn finding_places() -> Vec<Field> {
    vec![
        maybe("record", DataType::Int64),
        maybe("line", DataType::Int64),
        maybe("byte_start", DataType::Int64),
        maybe("byte_end", DataType::Int64),
        maybe("record_start", DataType::Int64),
        maybe("record_end", DataType::Int64),
        maybe("table_name", word()),
        maybe("column_name", word()),
        maybe("column_index", DataType::Int32),
        maybe("pointer", DataType::Utf8),
        maybe("row_group", DataType::Int32),
        maybe("row_in_group", DataType::Int64),
        maybe("cell_start", DataType::Int32),
        maybe("cell_end", DataType::Int32),
        maybe("part", word()),
        maybe("group_id", DataType::Int64),
        certain("exact", DataType::Boolean),
    ]
}

fn finding_values() -> Vec<Field> {
    vec![
        maybe("value_token", DataType::Utf8),
        maybe("normalisation", word()),
        maybe("preview", DataType::Utf8),
        maybe("value_length", DataType::Int32),
        maybe("record_token", DataType::Utf8),
        maybe("guard_token", DataType::Utf8),
        maybe("record_key", map(DataType::Utf8)),
        maybe("subject_tokens", map(DataType::Utf8)),
        maybe("subject_role", word()),
        maybe("record_time", time()),
        maybe("time_source", word()),
        maybe("dataset", word()),
        maybe("owner", word()),
    ]
}

fn object_names() -> Vec<Field> {
    vec![
        certain("object_id", DataType::Utf8),
        maybe("parent_id", DataType::Utf8),
        certain("uri", DataType::Utf8),
        certain("path", DataType::Utf8),
        maybe("member", DataType::Utf8),
        maybe("member_ordinal", DataType::Int64),
        maybe("size", DataType::Int64),
        maybe("modified", time()),
        maybe("device", DataType::Int64),
        maybe("inode", DataType::Int64),
        maybe("version", DataType::Utf8),
        maybe("content_token", DataType::Utf8),
    ]
}

fn object_contents() -> Vec<Field> {
    vec![
        maybe("format", word()),
        maybe("charset", word()),
        certain("codecs", list()),
        maybe("dialect", DataType::Struct(dialect())),
        certain("partitions", map(DataType::Utf8)),
        maybe("records", DataType::Int64),
        certain("bytes_read", DataType::Int64),
        certain("entities", map(DataType::Int64)),
        maybe("suppressed", map(DataType::Int64)),
        maybe("record_time_min", time()),
        maybe("record_time_max", time()),
        maybe("records_without_time", DataType::Int64),
        maybe("dataset", word()),
        maybe("owner", word()),
        certain("status", word()),
        maybe("reason", DataType::Utf8),
        certain("elapsed_us", DataType::Int64),
    ]
}

fn column_fields() -> Vec<Field> {
    vec![
        certain("object_id", DataType::Utf8),
        certain("uri", word()),
        certain("path", word()),
        maybe("member", word()),
        maybe("table_name", word()),
        maybe("column_name", DataType::Utf8),
        maybe("column_index", DataType::Int32),
        maybe("data_type", word()),
        certain("row_count", DataType::Int64),
        certain("matched_count", DataType::Int64),
        certain("profiled_rows", DataType::Int64),
        certain("non_null", DataType::Int64),
        certain("distinct_estimate", DataType::Int64),
        certain("match_ratio", DataType::Float32),
        maybe("entity", word()),
        maybe("category", word()),
        maybe("confidence", DataType::Float32),
        maybe("likelihood", word()),
        certain("signals", list()),
    ]
}

/// The fields of `objects.dialect`.
pub(crate) fn dialect() -> Fields {
    Fields::from(vec![
        certain("delimiter", DataType::Utf8),
        certain("quote", DataType::Utf8),
        maybe("escape", DataType::Utf8),
        certain("newline", DataType::Utf8),
        certain("header", DataType::Boolean),
    ])
}

/// The one field of every list.
pub(crate) fn element() -> Field {
    certain("element", DataType::Utf8)
}

/// A schema that begins with the three columns of the run, so that tables of several runs can be unioned.
fn table(own: &[Field]) -> SchemaRef {
    let run = [certain("scan_id", DataType::Utf8), certain("scanned_at", time()), certain("key_id", DataType::Utf8)];
    Arc::new(Schema::new([&run, own].concat()))
}

fn certain(name: &str, data_type: DataType) -> Field {
    Field::new(name, data_type, false)
}

fn maybe(name: &str, data_type: DataType) -> Field {
    Field::new(name, data_type, true)
}

/// Text that repeats.
fn word() -> DataType {
    DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8))
}

fn time() -> DataType {
    DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into()))
}

fn list() -> DataType {
    DataType::List(Arc::new(element()))
}

fn map(value: DataType) -> DataType {
    let entry = DataType::Struct(Fields::from(vec![certain("key", DataType::Utf8), maybe("value", value)]));
    DataType::Map(Arc::new(certain("entries", entry)), false)
}

#[cfg(test)]
mod tests {
    use super::*;

    // Words that need quotes as a column name in one of DuckDB, PostgreSQL, Spark (ANSI), MySQL, Snowflake, BigQuery, Trino.
    const RESERVED: &str = "account all alter analyse analyze and any array as asc asymmetric at authorization between both by case cast \
        check cluster collate collation column condition connect connection constraint contains create cross cube current \
        current_date current_role current_time current_timestamp current_user database default deferrable define delete desc describe \
        distinct div do drop else end enum escape except exclude exists extract false fetch filter float for foreign freeze from full \
        function grant group grouping groups hash having if ignore ilike in increment index initially inner insert int intersect \
        interval into is isnull issue join json_table key keys kill lag lateral lead leading left like limit lines load localtime \
        localtimestamp lock lookup match minus mod natural new no not notnull null nulls of offset on only option or order organization \
        outer over overlaps partition pivot placing primary proto purge qualify range rank read recursive references regexp rename \
        repeat replace respect returning revoke right rlike rollup row row_number rows sample schema select session_user set show \
        similar some ssl start symmetric system table tablesample then time timestamp to trailing treat trigger true uescape unbounded \
        union unique unknown unnest unpivot unsigned update usage use user using values variadic view when whenever where window with \
        within write";

    fn tables() -> [SchemaRef; 3] {
        [findings(), objects(), columns()]
    }

    fn has_unsigned(data_type: &DataType) -> bool {
        match data_type {
            DataType::Dictionary(key, value) => has_unsigned(key) || has_unsigned(value),
            DataType::List(field) | DataType::Map(field, _) => has_unsigned(field.data_type()),
            DataType::Struct(fields) => fields.iter().any(|field| has_unsigned(field.data_type())),
            other => other.is_unsigned_integer(),
        }
    }

    #[test]
    fn begins_with_the_columns_of_the_run() {
        for schema in tables() {
            let names: Vec<_> = schema.fields()[..3].iter().map(|field| field.name().as_str()).collect();
            assert_eq!(names, ["scan_id", "scanned_at", "key_id"]);
        }
    }

    #[test]
    fn has_no_unsigned_integers() {
        for schema in tables() {
            assert!(!schema.fields().iter().any(|field| has_unsigned(field.data_type())));
        }
    }

    #[test]
    fn names_no_column_by_a_reserved_word_nor_twice() {
        for schema in tables() {
            let mut seen = std::collections::BTreeSet::new();
            for field in schema.fields() {
                assert!(!RESERVED.split_whitespace().any(|word| word == field.name()), "{}", field.name());
                assert!(seen.insert(field.name()), "{}", field.name());
                assert!(field.name().bytes().all(|b| b.is_ascii_lowercase() || b == b'_'), "{}", field.name());
            }
        }
    }
}
