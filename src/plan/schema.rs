//! The Arrow schemas of `ops.parquet` and `review.parquet`, which PLANS.md promises to who executes a plan.

use std::sync::{Arc, LazyLock};

use arrow_schema::{DataType, Field, Schema, SchemaRef, TimeUnit};

/// Version of both; it stands in every footer.
pub const SCHEMA_VERSION: &str = "1";

fn text(name: &str, null: bool) -> Field {
    Field::new(name, DataType::Utf8, null)
}

fn long(name: &str) -> Field {
    Field::new(name, DataType::Int64, true)
}

/// Where something stands.
fn place() -> Vec<Field> {
    vec![
        text("dataset", true),
        text("owner", true),
        text("object_id", false),
        text("uri", false),
        text("path", false),
        text("member", true),
        text("format", false),
        text("charset", true),
        text("table_name", true),
        text("column_name", true),
        text("pointer", true),
        long("record"),
        long("record_start"),
        long("record_end"),
        long("cell_start"),
        long("cell_end"),
        long("byte_start"),
        long("byte_end"),
        Field::new("record_key", keys(), true),
    ]
}

fn keys() -> DataType {
    let entry = vec![text("key", false), text("value", true)];
    DataType::Map(Arc::new(Field::new("entries", DataType::Struct(entry.into()), false)), false)
}

fn time(name: &str) -> Field {
    Field::new(name, DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into())), true)
}

/// Returns the schema of `ops.parquet`: one row an operation.
#[must_use]
pub fn ops() -> SchemaRef {
    static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
        let mut fields = vec![Field::new("op_id", DataType::Int64, false), text("kind", false), text("action", false)];
        fields.extend(place());
        fields.extend([
            text("finding_id", true),
            text("entity", true),
            text("replacement", true),
            long("keep"),
            text("content_token", false),
            text("record_token", true),
            text("guard_token", true),
            text("value_token", true),
            text("preview", true),
            time("record_time"),
            text("time_source", true),
            time("due"),
            text("rule", false),
            text("reason", false),
            text("role", true),
            text("tie", true),
            text("evidence", true),
        ]);
        Arc::new(Schema::new(fields))
    });
    SCHEMA.clone()
}

/// Returns the schema of `review.parquet`: one row for each thing that is kept and that somebody should know of.
#[must_use]
pub fn review() -> SchemaRef {
    static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
        let mut fields = vec![text("why", false)];
        fields.extend(place());
        fields.extend([text("entity", true), text("preview", true), time("record_time"), text("rule", true), text("detail", true)]);
        Arc::new(Schema::new(fields))
    });
    SCHEMA.clone()
}
