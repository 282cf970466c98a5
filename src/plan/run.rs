//! A run folder read back: what it says of itself, its objects, and where the findings of each stand.

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::path::{Path, PathBuf};

use arrow_array::cast::AsArray as _;
use arrow_array::types::{Int64Type, TimestampMicrosecondType};
use arrow_array::{Array as _, RecordBatch, StringArray};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder, RowSelection, RowSelector,
};
use serde::Deserialize;

use crate::model::{Error, ErrorKind, Id, Region, Result};
use crate::source;

/// Bytes that a `scan.json` may have.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// What `scan.json` says, as far as a plan asks.
#[derive(Deserialize)]
pub(super) struct Facts {
    pub status: String,
    pub scan_id: String,
    pub key_id: String,
    pub key_mode: String,
    pub rules_digest: String,
    pub started_at: String,
    #[serde(default)]
    pub regions: Vec<String>,
    #[serde(default)]
    roots: BTreeMap<String, String>,
    #[serde(default)]
    pub settings: Settings,
    #[serde(default)]
    pub settings_files: Vec<SettingsFile>,
    pub totals: Totals,
    pub parts: Vec<Part>,
}

#[derive(Default, Deserialize)]
pub(super) struct Settings {
    /// By entity; `off` where its rules were.
    #[serde(default)]
    pub min_likelihood: BTreeMap<String, String>,
}

/// A settings file of the scan.
#[derive(Deserialize)]
pub(super) struct SettingsFile {
    pub file: String,
    #[serde(default)]
    min_likelihood: Option<String>,
    #[serde(default)]
    likelihood: BTreeMap<String, String>,
    #[serde(default)]
    rules: Vec<Switch>,
}

#[derive(Deserialize)]
struct Switch {
    #[serde(default)]
    off: Vec<String>,
}

impl SettingsFile {
    /// Whether findings may be missing because of it. What allow lists hold is no personal data.
    pub(super) fn hides(&self) -> bool {
        let raises = |level: &String| level != "possible" && level != "unlikely" && level != "very_unlikely";
        self.min_likelihood.as_ref().is_some_and(raises)
            || self.likelihood.values().any(raises)
            || self.rules.iter().any(|rule| !rule.off.is_empty())
    }
}

#[derive(Deserialize)]
pub(super) struct Totals {
    #[serde(default)]
    pub without_row: BTreeMap<String, i64>,
}

#[derive(Deserialize)]
pub(super) struct Part {
    pub path: String,
    pub blake3: String,
}

/// A row of `objects`.
pub(super) struct ObjectRow {
    pub object_id: Id,
    /// How it was opened, from where the plan is made.
    pub opened: String,
    pub path: String,
    pub member: Option<String>,
    pub size: Option<i64>,
    pub modified_us: Option<i64>,
    pub device: Option<i64>,
    pub inode: Option<i64>,
    pub content_token: Option<String>,
    pub format: String,
    pub charset: Option<String>,
    pub codecs: Vec<String>,
    pub partitions: Vec<(String, String)>,
    pub status: String,
    pub reason: Option<String>,
}

impl ObjectRow {
    /// The path with the member, as findings and policies have it.
    pub(super) fn place(&self) -> String {
        self.member.as_ref().map_or_else(|| self.path.clone(), |member| format!("{}!{member}", self.path))
    }
}

/// By leaf: the file that its rows stand in, the first of them, and their number.
pub(super) type Places = HashMap<Id, (usize, usize, usize)>;

/// A run folder.
pub struct RunFolder {
    pub(super) folder: PathBuf,
    pub(super) facts: Facts,
    /// BLAKE3 of `scan.json`, hex.
    pub(super) digest: String,
    pub(super) objects: Vec<ObjectRow>,
    /// What the scan looked into.
    pub(super) roots: Vec<String>,
    places: Places,
    parts: Vec<PathBuf>,
}

impl RunFolder {
    /// Reads a run folder. Its files must be those that the scan wrote. `base`: the folder that the scan was called in, from which its
    /// relative paths go.
    ///
    /// # Errors
    /// `Run` where it is none, where a file was changed since, or where the scan was not complete.
    pub fn open(folder: &Path, base: &Path) -> Result<Self> {
        let path = folder.join("scan.json");
        let text = source::read_text(&path, MOST_BYTES).map_err(|error| {
            let what = format!("not a run folder: {}: {error}", folder.display());
            Error::new(ErrorKind::Run, what).hint("datatrawl scan writes one; scan.json is written last")
        })?;
        let facts: Facts = serde_json::from_str(&text).map_err(|error| unreadable(&path, &error))?;
        if facts.status != "complete" {
            let error =
                Error::new(ErrorKind::Run, format!("the run {} is {}: a plan needs a complete one", folder.display(), facts.status));
            return Err(error.hint("a run is partial where it was interrupted or read samples: scan again"));
        }
        let mut parts = Vec::new();
        for part in &facts.parts {
            let path = inside(folder, &part.path)?;
            if digest(&path)? != part.blake3 {
                return Err(Error::new(ErrorKind::Run, format!("{} is not as the scan wrote it", path.display())));
            }
            if part.path.starts_with("findings/") {
                parts.push(path);
            }
        }
        let objects = objects(&folder.join("objects.parquet"), base)?;
        let places = places(&parts)?;
        let digest = blake3::hash(text.as_bytes()).to_hex().to_string();
        let roots = facts.roots.values().map(|root| base.join(root).to_string_lossy().into_owned()).collect();
        Ok(Self { folder: folder.to_owned(), facts, digest, objects, roots, places, parts })
    }

    /// The regions whose national forms counted.
    #[must_use]
    pub fn regions(&self) -> Vec<Region> {
        self.facts.regions.iter().filter_map(|code| code.parse().ok()).collect()
    }

    /// Where the findings of a leaf stand, and how many there are; none where there are none.
    pub(super) fn findings_of(&self, leaf: Id) -> Option<(&Path, usize, usize)> {
        self.places.get(&leaf).map(|(part, first, count)| (self.parts[*part].as_path(), *first, *count))
    }
}

/// A path of a folder; it must not lead out of it.
pub(super) fn inside(folder: &Path, path: &str) -> Result<PathBuf> {
    let plain = Path::new(path).components().all(|part| matches!(part, std::path::Component::Normal(_)));
    if plain { Ok(folder.join(path)) } else { Err(Error::new(ErrorKind::Run, "it names a file that is not of the folder")) }
}

pub(super) fn digest(path: &Path) -> Result<String> {
    let hashed = File::open(path).and_then(|file| Ok(blake3::Hasher::new().update_reader(file)?.finalize().to_hex().to_string()));
    hashed.map_err(|error| unreadable(path, &error))
}

pub(super) fn unreadable(path: &Path, why: &dyn std::fmt::Display) -> Error {
    Error::new(ErrorKind::Run, format!("{}: {why}", path.display()))
}

/// Reads columns of a Parquet file as their plain types, from a row on.
pub(super) fn columns(path: &Path, names: &[&str], rows: Option<(usize, usize)>) -> Result<ParquetRecordBatchReader> {
    let file = File::open(path).map_err(|error| unreadable(path, &error))?;
    // Without its Arrow schema, words are texts and no dictionaries.
    let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
    let builder = ParquetRecordBatchReaderBuilder::try_new_with_options(file, options).map_err(|error| unreadable(path, &error))?;
    let mask = ProjectionMask::columns(builder.parquet_schema(), names.iter().copied());
    let mut builder = builder.with_projection(mask).with_batch_size(4_096);
    if let Some((first, count)) = rows {
        builder = builder.with_row_selection(RowSelection::from(vec![RowSelector::skip(first), RowSelector::select(count)]));
    }
    builder.build().map_err(|error| unreadable(path, &error))
}

/// Reads columns of a Parquet file that may be there, with the names of those that are.
pub(super) fn columns_there(path: &Path, names: &[&str]) -> Result<(ParquetRecordBatchReader, Vec<String>)> {
    let reader = columns(path, names, None)?;
    let names = arrow_array::RecordBatchReader::schema(&reader).fields().iter().map(|field| field.name().clone()).collect();
    Ok((reader, names))
}

/// A batch whose columns are looked up by name.
pub(super) struct Rows<'a> {
    pub path: &'a Path,
    pub batch: &'a RecordBatch,
}

impl Rows<'_> {
    fn column(&self, name: &str) -> Result<&arrow_array::ArrayRef> {
        self.batch.column_by_name(name).ok_or_else(|| unreadable(self.path, &format_args!("it has no column {name}")))
    }

    pub(super) fn texts(&self, name: &str) -> Result<&StringArray> {
        self.column(name)?.as_string_opt::<i32>().ok_or_else(|| unreadable(self.path, &format_args!("{name} is no text")))
    }

    pub(super) fn text(&self, name: &str, row: usize) -> Result<Option<String>> {
        let texts = self.texts(name)?;
        Ok(texts.is_valid(row).then(|| texts.value(row).to_owned()))
    }

    pub(super) fn id(&self, name: &str, row: usize) -> Result<Option<Id>> {
        let texts = self.texts(name)?;
        let id = texts.is_valid(row).then(|| texts.value(row).parse().map_err(|_| unreadable(self.path, &format_args!("{name} is no id"))));
        id.transpose()
    }

    pub(super) fn long(&self, name: &str, row: usize) -> Result<Option<i64>> {
        let column = self.column(name)?;
        if column.is_null(row) {
            return Ok(None);
        }
        let long = column.as_primitive_opt::<Int64Type>().map(|c| c.value(row));
        let int = || column.as_primitive_opt::<arrow_array::types::Int32Type>().map(|c| i64::from(c.value(row)));
        let time = || column.as_primitive_opt::<TimestampMicrosecondType>().map(|c| c.value(row));
        long.or_else(int).or_else(time).map(Some).ok_or_else(|| unreadable(self.path, &format_args!("{name} is no number")))
    }

    /// The pairs of a map of texts; a null among its values is none.
    pub(super) fn pairs(&self, name: &str, row: usize) -> Result<Vec<(String, String)>> {
        let map = self.column(name)?.as_map_opt().ok_or_else(|| unreadable(self.path, &format_args!("{name} is no map")))?;
        let entries = map.value(row);
        let texts = |n: usize| entries.columns().get(n).and_then(|column| column.as_string_opt::<i32>());
        let (Some(keys), Some(values)) = (texts(0), texts(1)) else {
            return Err(unreadable(self.path, &format_args!("{name} holds no texts")));
        };
        Ok(keys.iter().zip(values).filter_map(|(key, value)| Some((key?.to_owned(), value?.to_owned()))).collect())
    }

    pub(super) fn flag(&self, name: &str, row: usize) -> Result<bool> {
        let column = self.column(name)?.as_boolean_opt().ok_or_else(|| unreadable(self.path, &format_args!("{name} is no truth value")))?;
        Ok(column.is_valid(row) && column.value(row))
    }
}

fn objects(path: &Path, base: &Path) -> Result<Vec<ObjectRow>> {
    let names = [
        "object_id", "uri", "path", "member", "size", "modified", "device", "inode", "content_token", "format", "charset", "codecs",
        "partitions", "status", "reason",
    ];
    let mut out = Vec::new();
    for batch in columns(path, &names, None)? {
        let batch = batch.map_err(|error| unreadable(path, &error))?;
        let rows = Rows { path, batch: &batch };
        for row in 0..batch.num_rows() {
            let text = |name: &str| rows.text(name, row);
            out.push(ObjectRow {
                object_id: rows.id("object_id", row)?.unwrap_or(Id::NONE),
                opened: base.join(text("uri")?.unwrap_or_default()).to_string_lossy().into_owned(),
                path: text("path")?.unwrap_or_default(),
                member: text("member")?,
                size: rows.long("size", row)?,
                modified_us: rows.long("modified", row)?,
                device: rows.long("device", row)?,
                inode: rows.long("inode", row)?,
                content_token: text("content_token")?,
                format: text("format")?.unwrap_or_default(),
                charset: text("charset")?,
                codecs: codecs(&rows, row)?,
                partitions: rows.pairs("partitions", row)?,
                status: text("status")?.unwrap_or_default(),
                reason: text("reason")?,
            });
        }
    }
    Ok(out)
}

fn codecs(rows: &Rows<'_>, row: usize) -> Result<Vec<String>> {
    let list = rows.column("codecs")?.as_list_opt::<i32>().ok_or_else(|| unreadable(rows.path, &"codecs is no list"))?;
    let values = list.value(row);
    let names = values.as_string_opt::<i32>().ok_or_else(|| unreadable(rows.path, &"codecs holds no texts"))?;
    Ok(names.iter().flatten().map(str::to_owned).collect())
}

/// Finds the rows of each leaf: they stand together.
pub(super) fn places(parts: &[PathBuf]) -> Result<Places> {
    let mut out = Places::new();
    for (part, path) in parts.iter().enumerate() {
        let (mut at, mut last) = (0, None);
        for batch in columns(path, &["object_id"], None)? {
            let batch = batch.map_err(|error| unreadable(path, &error))?;
            let rows = Rows { path, batch: &batch };
            let ids = rows.texts("object_id")?;
            let mut row = 0;
            while row < ids.len() {
                let text = ids.value(row);
                let count = (row..ids.len()).take_while(|other| ids.value(*other) == text).count();
                let id: Id = text.parse().map_err(|_| unreadable(path, &"object_id is no id"))?;
                if last == Some(id) {
                    out.get_mut(&id).expect("it was put there").2 += count;
                } else if out.insert(id, (part, at, count)).is_some() {
                    return Err(unreadable(path, &"the findings of a leaf do not stand together"));
                }
                last = Some(id);
                (row, at) = (row + count, at + count);
            }
        }
    }
    Ok(out)
}
