//! Coverage into `objects.parquet`: one row a leaf, also for leaves that were not read.

use std::path::Path;
use std::sync::Arc;

use arrow_array::builder::{
    BooleanBuilder, Int64Builder, ListBuilder, MapBuilder, MapFieldNames, StringBuilder, StringDictionaryBuilder, StructBuilder,
    TimestampMicrosecondBuilder,
};
use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, RecordBatch, new_null_array};

use super::gather::{CHUNK, constant};
use super::parquet::{PartFile, TableFile};
use super::run_columns;
use crate::finding::{Coverage, DialectFacts, RunFacts, schema};
use crate::model::{Object, Result};

type Words = StringDictionaryBuilder<Int32Type>;

/// Writes `objects.parquet`.
pub(super) struct ObjectsWriter {
    file: TableFile,
    run: [ArrayRef; 3],
    rows: Rows,
}

impl ObjectsWriter {
    pub(super) fn create(folder: &Path, facts: &RunFacts) -> Result<Self> {
        let file = TableFile::create(folder, "objects.parquet".to_owned(), "objects", schema::objects())?;
        Ok(Self { file, run: run_columns(facts), rows: Rows::new() })
    }

    pub(super) fn write(&mut self, coverage: &Coverage) -> Result<()> {
        self.rows.push(coverage);
        if self.rows.len == CHUNK { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<()> {
        if self.rows.len == 0 {
            return Ok(());
        }
        let mut columns: Vec<ArrayRef> = self.run.iter().map(|column| constant(column, self.rows.len)).collect();
        self.rows.take(&mut columns);
        let chunk = RecordBatch::try_new(schema::objects(), columns).expect("columns are those of the schema");
        self.file.write(&chunk)
    }

    pub(super) fn close(mut self) -> Result<PartFile> {
        self.flush()?;
        self.file.close()
    }
}

/// Rows in the making.
struct Rows {
    len: usize,
    object_id: StringBuilder,
    parent_id: StringBuilder,
    uri: StringBuilder,
    path: StringBuilder,
    member: StringBuilder,
    member_ordinal: Int64Builder,
    size: Int64Builder,
    modified: TimestampMicrosecondBuilder,
    device: Int64Builder,
    inode: Int64Builder,
    content_token: StringBuilder,
    format: Words,
    charset: Words,
    codecs: ListBuilder<StringBuilder>,
    dialect: StructBuilder,
    partitions: MapBuilder<StringBuilder, StringBuilder>,
    records: Int64Builder,
    bytes_read: Int64Builder,
    entities: MapBuilder<StringBuilder, Int64Builder>,
    suppressed: MapBuilder<StringBuilder, Int64Builder>,
    times: [TimestampMicrosecondBuilder; 2],
    without_time: Int64Builder,
    dataset: Words,
    owner: Words,
    status: Words,
    reason: StringBuilder,
    elapsed_us: Int64Builder,
}

impl Rows {
    fn new() -> Self {
        Self {
            len: 0,
            object_id: StringBuilder::new(),
            parent_id: StringBuilder::new(),
            uri: StringBuilder::new(),
            path: StringBuilder::new(),
            member: StringBuilder::new(),
            member_ordinal: Int64Builder::new(),
            size: Int64Builder::new(),
            modified: TimestampMicrosecondBuilder::new().with_timezone("UTC"),
            device: Int64Builder::new(),
            inode: Int64Builder::new(),
            content_token: StringBuilder::new(),
            format: Words::new(),
            charset: Words::new(),
            codecs: ListBuilder::new(StringBuilder::new()).with_field(schema::element()),
            dialect: StructBuilder::from_fields(schema::dialect(), CHUNK),
            partitions: MapBuilder::new(Some(entry_names()), StringBuilder::new(), StringBuilder::new()),
            records: Int64Builder::new(),
            bytes_read: Int64Builder::new(),
            entities: MapBuilder::new(Some(entry_names()), StringBuilder::new(), Int64Builder::new()),
            suppressed: MapBuilder::new(Some(entry_names()), StringBuilder::new(), Int64Builder::new()),
            times: [(); 2].map(|()| TimestampMicrosecondBuilder::new().with_timezone("UTC")),
            without_time: Int64Builder::new(),
            dataset: Words::new(),
            owner: Words::new(),
            status: Words::new(),
            reason: StringBuilder::new(),
            elapsed_us: Int64Builder::new(),
        }
    }

    fn push(&mut self, coverage: &Coverage) {
        self.object_id.append_value(coverage.leaf.object_id.to_string());
        self.parent_id.append_option(coverage.leaf.parent_id.map(|id| id.to_string()));
        self.push_object(&coverage.leaf.object);
        self.member.append_option(coverage.leaf.member.as_deref());
        self.member_ordinal.append_option(coverage.leaf.member_ordinal);
        self.content_token.append_option(coverage.content_token.as_deref());
        self.format.append_option(Some(coverage.leaf.format).filter(|format| !format.is_empty()));
        self.charset.append_option(coverage.charset.as_deref());
        self.codecs.append_value(coverage.leaf.codecs.iter().copied().map(Some));
        push_dialect(&mut self.dialect, coverage.dialect.as_ref());
        self.push_counts(coverage);
        let governed = &coverage.governed;
        let (least, most) = governed.times.unzip();
        self.times.iter_mut().zip([least, most]).for_each(|(column, time)| column.append_option(time));
        self.without_time.append_option(governed.without_time);
        self.dataset.append_option(governed.dataset.as_deref());
        self.owner.append_option(governed.owner.as_deref());
        self.status.append_value(coverage.status.name());
        self.reason.append_option(coverage.reason.as_deref());
        self.elapsed_us.append_value(coverage.elapsed_us);
        self.len += 1;
    }

    fn push_object(&mut self, object: &Object) {
        self.uri.append_value(&object.uri);
        self.path.append_value(&object.path);
        self.size.append_option(object.size.and_then(|size| i64::try_from(size).ok()));
        self.modified.append_option(object.modified_us);
        self.device.append_option(object.device);
        self.inode.append_option(object.inode);
    }

    fn push_counts(&mut self, coverage: &Coverage) {
        for (key, value) in &coverage.partitions {
            self.partitions.keys().append_value(key);
            self.partitions.values().append_value(value);
        }
        self.partitions.append(true).expect("as many keys as values");
        self.records.append_option(coverage.records);
        self.bytes_read.append_value(coverage.bytes_read);
        push_pairs(&mut self.entities, coverage.entities.iter().map(|(entity, count)| (&**entity, *count)));
        push_pairs(&mut self.suppressed, coverage.suppressed_by_entity().into_iter());
    }

    /// Moves the rows to `columns`, in the order of the schema.
    fn take(&mut self, columns: &mut Vec<ArrayRef>) {
        let rows = std::mem::take(&mut self.len);
        let absent = |name: &str| {
            let schema = schema::objects();
            new_null_array(schema.field_with_name(name).expect("the schema has the column").data_type(), rows)
        };
        columns.push(Arc::new(self.object_id.finish()));
        columns.push(Arc::new(self.parent_id.finish()));
        self.take_object(columns);
        columns.push(absent("version"));
        self.take_contents(columns);
        columns.extend(self.times.iter_mut().map(|column| -> ArrayRef { Arc::new(column.finish()) }));
        columns.push(Arc::new(self.without_time.finish()));
        columns.push(Arc::new(self.dataset.finish()));
        columns.push(Arc::new(self.owner.finish()));
        columns.push(Arc::new(self.status.finish()));
        columns.push(Arc::new(self.reason.finish()));
        columns.push(Arc::new(self.elapsed_us.finish()));
    }

    fn take_object(&mut self, columns: &mut Vec<ArrayRef>) {
        columns.push(Arc::new(self.uri.finish()));
        columns.push(Arc::new(self.path.finish()));
        columns.push(Arc::new(self.member.finish()));
        columns.push(Arc::new(self.member_ordinal.finish()));
        columns.push(Arc::new(self.size.finish()));
        columns.push(Arc::new(self.modified.finish()));
        columns.push(Arc::new(self.device.finish()));
        columns.push(Arc::new(self.inode.finish()));
    }

    fn take_contents(&mut self, columns: &mut Vec<ArrayRef>) {
        columns.push(Arc::new(self.content_token.finish()));
        columns.push(Arc::new(self.format.finish()));
        columns.push(Arc::new(self.charset.finish()));
        columns.push(Arc::new(self.codecs.finish()));
        columns.push(Arc::new(self.dialect.finish()));
        columns.push(Arc::new(self.partitions.finish()));
        columns.push(Arc::new(self.records.finish()));
        columns.push(Arc::new(self.bytes_read.finish()));
        columns.push(Arc::new(self.entities.finish()));
        columns.push(Arc::new(self.suppressed.finish()));
    }
}

fn entry_names() -> MapFieldNames {
    MapFieldNames { entry: "entries".to_owned(), key: "key".to_owned(), value: "value".to_owned() }
}

fn push_pairs<'a>(builder: &mut MapBuilder<StringBuilder, Int64Builder>, pairs: impl Iterator<Item = (&'a str, i64)>) {
    for (key, value) in pairs {
        builder.keys().append_value(key);
        builder.values().append_value(value);
    }
    builder.append(true).expect("as many keys as values");
}

fn push_dialect(builder: &mut StructBuilder, dialect: Option<&DialectFacts>) {
    let texts = [
        dialect.map_or("", |dialect| &dialect.delimiter).into(),
        dialect.map_or("", |dialect| &dialect.quote).into(),
        dialect.and_then(|dialect| dialect.escape.as_deref()),
        dialect.map_or("", |dialect| dialect.newline).into(),
    ];
    for (at, text) in texts.into_iter().enumerate() {
        builder.field_builder::<StringBuilder>(at).expect("the field is text").append_option(text);
    }
    let header = builder.field_builder::<BooleanBuilder>(4).expect("the field is a truth value");
    header.append_value(dialect.is_some_and(|dialect| dialect.header));
    builder.append(dialect.is_some());
}
