//! Runs the real program in a temporary folder and reads back what it wrote.
//!
//! The environment is empty but for what a test gives, so that no key, no colour and no configuration of the machine counts.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use arrow_array::cast::AsArray as _;
use arrow_array::types::{Float32Type, Int32Type, Int64Type, TimestampMicrosecondType};
use arrow_array::{Array, MapArray, StructArray};
use arrow_schema::DataType;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use serde_json::{Map, Value, json};
use tempfile::TempDir;

/// A row of a table of the run folder, nulls included.
pub type Row = Map<String, Value>;

/// A key for tests that compare tokens.
pub const KEY: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

/// What the program left behind.
pub struct Done {
    pub stdout: String,
    pub stderr: String,
    /// Exit code; −1 where a signal ended it.
    pub code: i32,
}

impl Done {
    pub fn from(output: Output) -> Self {
        Self {
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
            code: output.status.code().unwrap_or(-1),
        }
    }
}

/// A temporary folder that the program runs in.
pub struct Desk {
    folder: TempDir,
}

impl Desk {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// A desk with files in `in/`.
    pub fn with(files: &[(&str, &[u8])]) -> Self {
        let desk = Self::new();
        fs::create_dir(desk.path("in")).expect("a folder");
        for (name, bytes) in files {
            desk.write(&format!("in/{name}"), bytes);
        }
        desk
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("it lies in the desk")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }

    /// The program with arguments, not started yet.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_datatrawl"));
        command.args(args).current_dir(self.root()).env_clear().stdin(Stdio::null());
        command
    }

    pub fn run(&self, args: &[&str]) -> Done {
        Done::from(self.command(args).output().expect("the program starts"))
    }

    /// Runs under [`KEY`].
    pub fn keyed(&self, args: &[&str]) -> Done {
        Done::from(self.command(args).env("DATATRAWL_KEY", KEY).output().expect("the program starts"))
    }

    /// Runs with bytes on standard input, under [`KEY`].
    pub fn fed(&self, args: &[&str], stdin: &[u8]) -> Done {
        let mut command = self.command(args);
        command.env("DATATRAWL_KEY", KEY).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let mut pipe = child.stdin.take().expect("it is piped");
        let bytes = stdin.to_vec();
        // A program that stops reading early is judged by what it says, not here.
        let feeder = std::thread::spawn(move || pipe.write_all(&bytes).ok());
        let done = Done::from(child.wait_with_output().expect("the program ends"));
        feeder.join().expect("the feeder ends");
        done
    }

    /// Scans `in` into `out` under [`KEY`] with further arguments; returns the findings.
    pub fn scan(&self, args: &[&str]) -> Vec<Row> {
        let done = self.keyed(&[&["scan", "in", "--out", "out"], args].concat());
        assert!([0, 3].contains(&done.code), "exit code {}: {}", done.code, done.stderr);
        self.findings()
    }

    pub fn findings(&self) -> Vec<Row> {
        findings(&self.path("out"))
    }

    pub fn objects(&self) -> Vec<Row> {
        table(&self.path("out/objects.parquet"))
    }

    pub fn columns(&self) -> Vec<Row> {
        table(&self.path("out/columns.parquet"))
    }

    /// The row of one object.
    pub fn object(&self, path: &str) -> Row {
        let rows: Vec<Row> = self.objects().into_iter().filter(|row| row["path"] == path).collect();
        assert_eq!(rows.len(), 1, "rows of {path}");
        rows.into_iter().next().expect("there is one")
    }

    pub fn manifest(&self) -> Value {
        serde_json::from_slice(&fs::read(self.path("out/scan.json")).expect("scan.json")).expect("it is JSON")
    }
}

/// Scans one file and returns its findings.
pub fn scan_one(name: &str, bytes: impl AsRef<[u8]>) -> Vec<Row> {
    Desk::with(&[(name, bytes.as_ref())]).scan(&[])
}

/// The values of one entity, spelt as the file has them: for plain files only.
pub fn values<'a>(rows: &[Row], entity: &str, bytes: &'a [u8]) -> Vec<&'a str> {
    let mut spans: Vec<(usize, usize)> = of(rows, entity).map(|row| (number(row, "byte_start"), number(row, "byte_end"))).collect();
    spans.sort_unstable();
    spans.iter().map(|(start, end)| std::str::from_utf8(&bytes[*start..*end]).expect("values are text")).collect()
}

/// The rows of one entity.
pub fn of<'a>(rows: &'a [Row], entity: &str) -> impl Iterator<Item = &'a Row> {
    rows.iter().filter(move |row| row["entity"] == entity)
}

pub fn number(row: &Row, name: &str) -> usize {
    usize::try_from(row[name].as_i64().unwrap_or_else(|| panic!("{name} is no number"))).expect("it is not negative")
}

pub fn text<'a>(row: &'a Row, name: &str) -> &'a str {
    row[name].as_str().unwrap_or("")
}

/// All files below a folder.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(|entry| entry.expect("the folder is readable"));
    entries.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path).collect()
}

/// The findings of a run folder.
pub fn findings(run: &Path) -> Vec<Row> {
    files(&run.join("findings")).iter().flat_map(|part| table(part)).collect()
}

/// The rows of a Parquet file.
pub fn table(path: &Path) -> Vec<Row> {
    let file = File::open(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).expect("it is Parquet").build().expect("it is Parquet");
    let mut rows = Vec::new();
    for batch in reader {
        let batch = StructArray::from(batch.expect("the rows are whole"));
        rows.extend((0..batch.len()).map(|row| object(&batch, row)));
    }
    rows
}

fn object(fields: &StructArray, row: usize) -> Row {
    fields.column_names().iter().zip(fields.columns()).map(|(name, column)| ((*name).to_owned(), cell(column, row))).collect()
}

fn cell(array: &dyn Array, row: usize) -> Value {
    if array.is_null(row) {
        return Value::Null;
    }
    match array.data_type() {
        DataType::Utf8 => json!(array.as_string::<i32>().value(row)),
        DataType::Boolean => json!(array.as_boolean().value(row)),
        DataType::Int32 => json!(array.as_primitive::<Int32Type>().value(row)),
        DataType::Int64 => json!(array.as_primitive::<Int64Type>().value(row)),
        DataType::Float32 => json!(array.as_primitive::<Float32Type>().value(row)),
        DataType::Timestamp(..) => json!(array.as_primitive::<TimestampMicrosecondType>().value(row)),
        DataType::Dictionary(..) => {
            let words = array.as_dictionary::<Int32Type>();
            words.key(row).map_or(Value::Null, |key| cell(words.values(), key))
        }
        DataType::List(_) => {
            let values = array.as_list::<i32>().value(row);
            (0..values.len()).map(|i| cell(&values, i)).collect()
        }
        DataType::Map(..) => pairs(array.as_map(), row),
        DataType::Struct(_) => Value::Object(object(array.as_struct(), row)),
        other => panic!("no test reads {other}"),
    }
}

fn pairs(map: &MapArray, row: usize) -> Value {
    let entries = map.value(row);
    let (keys, values) = (entries.column(0), entries.column(1));
    let pair = |i| (cell(keys, i).as_str().unwrap_or("").to_owned(), cell(values, i));
    Value::Object((0..entries.len()).map(pair).collect())
}
