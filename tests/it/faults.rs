//! `apply` ended, or failed, at each call that changes a file or waits for a disk: files are whole, the ledger tells the truth, and the
//! same call again ends what was begun.
//!
//! `tests/faults/faults.c` stands before those calls. Some of its numbers are tried, spread over all; `DATATRAWL_FAULTS=all` tries
//! each.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

use serde_json::Value;

use crate::run::{Desk, Done, KEY};
use crate::transcript::gz;

const POLICY: &str = "version = 1\n[policy]\nid = \"p\"\nmodified = 2026-01-15\ntimezone = \"UTC\"\nunassigned = \"ignore\"\n\
    [guard]\nmax_records_percent = 100\n\
    [[dataset]]\nid = \"rows\"\nmatch = [\"rows.csv\", \"rows.ndjson\"]\nkey = [\"id\"]\nclock = [{ kind = \"column\", name = \"at\" }]\n\
    [[dataset]]\nid = \"doc\"\nmatch = [\"rows.json\"]\nclock = [{ kind = \"column\", name = \"[].at\" }]\n\
    [[dataset]]\nid = \"logs\"\nmatch = [\"*.log*\"]\nclock = [{ kind = \"log\" }]\n\
    [[dataset]]\nid = \"dump\"\ntables = [\"dump.sql:rows\"]\nclock = [{ kind = \"column\", name = \"at\" }]\n\
    [[dataset]]\nid = \"old\"\nmatch = [\"old.csv\"]\nclock = [{ kind = \"column\", name = \"at\" }]\n\
    [[rule]]\nid = \"row\"\ndataset = \"rows\"\nwhere = { status = \"closed\" }\nafter = \"P1Y\"\naction = \"drop_record\"\n\
    [[rule]]\nid = \"mail\"\ndataset = \"rows\"\nentities = [\"email\"]\nafter = \"P30D\"\naction = \"redact\"\n\
    [[rule]]\nid = \"doc\"\ndataset = \"doc\"\nwhere = { \"[].status\" = \"closed\" }\nafter = \"P1Y\"\naction = \"drop_record\"\n\
    [[rule]]\nid = \"dump\"\ndataset = \"dump\"\ncolumns = [\"mail\"]\nafter = \"P30D\"\naction = \"null\"\n\
    [[rule]]\nid = \"log\"\ndataset = \"logs\"\nentities = [\"email\"]\nafter = \"P30D\"\naction = \"redact\"\n\
    [[rule]]\nid = \"old\"\ndataset = \"old\"\nafter = \"P30D\"\naction = \"drop_file\"\n";

/// Numbers that are tried of each fault, unless all are.
const TRIED: usize = 24;

/// The library, made once.
fn library() -> PathBuf {
    static MADE: OnceLock<PathBuf> = OnceLock::new();
    let made = MADE.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder").keep();
        let library = folder.join("faults.so");
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/faults/faults.c");
        let done = Command::new("cc").args(["-shared", "-fPIC", "-O1", "-o"]).arg(&library).arg(source).arg("-ldl").status();
        assert!(done.expect("a C compiler").success());
        library
    });
    made.clone()
}

fn rows() -> [(String, Vec<u8>); 8] {
    let csv = "id,mail,at,status\n1,a@koreo.ph,2020-01-01,closed\n2,b@koreo.ph,2020-01-01,open\n3,c@koreo.ph,2026-01-14,open\n";
    let json = |n: u32, mail: &str, at: &str, status: &str| {
        format!("{{\"id\":{n},\"mail\":\"{mail}@koreo.ph\",\"at\":\"{at}\",\"status\":\"{status}\"}}")
    };
    let lines = [json(1, "d", "2020-01-01", "closed"), json(2, "e", "2020-01-01", "open"), json(3, "f", "2026-01-14", "open")];
    let log = "2025-01-01 10:00:00 INFO a@koreo.ph in\n2026-01-14 10:00:00 INFO b@koreo.ph in\n";
    let dump = "CREATE TABLE rows (id int, mail text, at date);\nINSERT INTO rows VALUES (1, 'a@koreo.ph', '2020-01-01'), (2, 'b@koreo.ph', '2026-01-14');\n";
    [
        ("rows.csv".to_owned(), csv.as_bytes().to_vec()),
        ("rows.ndjson".to_owned(), (lines.join("\n") + "\n").into_bytes()),
        ("rows.json".to_owned(), format!("[{}]\n", lines.join(",\n")).into_bytes()),
        ("app.log".to_owned(), log.as_bytes().to_vec()),
        ("packed.log.gz".to_owned(), gz(log.as_bytes())),
        ("packed.log.zst".to_owned(), zstd::encode_all(log.as_bytes(), 1).expect("memory takes all")),
        ("dump.sql".to_owned(), dump.as_bytes().to_vec()),
        ("old.csv".to_owned(), b"id,at\n1,2020-01-01\n2,2020-01-02\n".to_vec()),
    ]
}

struct Tried {
    desk: Desk,
    digest: String,
    before: Vec<(String, Vec<u8>)>,
    after: Vec<Option<Vec<u8>>>,
    calls: usize,
}

impl Tried {
    fn new() -> Self {
        let before: Vec<(String, Vec<u8>)> = rows().into();
        let files: Vec<(&str, &[u8])> = before.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        let desk = Desk::with(&files);
        desk.write("p.toml", POLICY);
        desk.scan(&[]);
        let done = desk.keyed(&["plan", "--findings", "out", "--policy", "p.toml", "--out", "plan", "--as-of", "2026-01-15"]);
        assert_eq!(done.code, 0, "{}", done.stderr);
        let digest = done.stdout.lines().find_map(|line| line.strip_prefix("digest ")).expect("a plan has a digest").to_owned();
        let mut tried = Self { desk, digest, before, after: Vec::new(), calls: 0 };
        let done = tried.apply(&[("FAULT_COUNT", "calls")]);
        assert_eq!(done.code, 0, "{}{}", done.stdout, done.stderr);
        tried.after = tried.before.iter().map(|(name, _)| tried.read(name)).collect();
        let changed = tried.after.iter().zip(&tried.before).filter(|(after, (_, before))| after.as_ref() != Some(before)).count();
        assert_eq!(changed, tried.before.len(), "each file is to be changed: {}", done.stdout);
        let calls = fs::read_to_string(tried.desk.path("calls")).expect("a count");
        tried.calls = calls.parse().expect("a number");
        assert!(tried.calls > 8 * tried.before.len(), "{} calls", tried.calls);
        tried
    }

    fn read(&self, name: &str) -> Option<Vec<u8>> {
        fs::read(self.desk.path(&format!("in/{name}"))).ok()
    }

    fn apply(&self, environment: &[(&str, &str)]) -> Done {
        let mut command = self.desk.command(&["apply", "plan", "--execute", &self.digest, "--operator", "t"]);
        command.env("DATATRAWL_KEY", KEY).env("LD_PRELOAD", library()).envs(environment.iter().copied());
        Done::from(command.output().expect("the program starts"))
    }

    /// Everything as it was before.
    fn renew(&self) {
        for (name, bytes) in &self.before {
            self.desk.write(&format!("in/{name}"), bytes);
        }
        let _ = fs::remove_file(self.desk.path("plan/ledger.jsonl"));
        assert_eq!(self.others(), Vec::<String>::new());
    }

    /// Files beside those of the user's.
    fn others(&self) -> Vec<String> {
        let entries = fs::read_dir(self.desk.path("in")).expect("a folder").map(|entry| entry.expect("an entry"));
        let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
        names.filter(|name| self.before.iter().all(|(own, _)| own != name)).collect()
    }

    /// Each file is the old one or the new one.
    fn check_whole(&self, at: &str) {
        for ((name, before), after) in self.before.iter().zip(&self.after) {
            let now = self.read(name);
            assert!(now.as_ref() == Some(before) || now == *after, "{name} is neither the old nor the new file: {at}");
        }
    }

    /// The same call once more ends what was begun, and the ledger says of each file that it was done.
    fn check_again(&self, at: &str) {
        let done = self.apply(&[]);
        assert_eq!(done.code, 0, "{at}: {}{}", done.stdout, done.stderr);
        for ((name, _), after) in self.before.iter().zip(&self.after) {
            assert!(self.read(name) == *after, "{name}: {at}");
        }
        assert_eq!(self.others(), Vec::<String>::new(), "{at}");
        let checked = self.desk.run(&["ledger", "verify", "plan/ledger.jsonl"]);
        assert_eq!(checked.code, 0, "{at}: {}", checked.stderr);
        let lines = fs::read_to_string(self.desk.path("plan/ledger.jsonl")).expect("a ledger");
        let done = lines.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON")["event"].clone());
        let mut done: Vec<String> =
            done.filter(|event| event["kind"] == "done").map(|event| event["object_id"].as_str().expect("an id").to_owned()).collect();
        done.sort();
        done.dedup();
        assert_eq!(done.len(), self.before.len(), "{at}");
    }

    /// Numbers of calls, spread over all.
    fn numbers(&self) -> Vec<usize> {
        let all = std::env::var("DATATRAWL_FAULTS").is_ok_and(|which| which == "all");
        let step = if all { 1 } else { self.calls.div_ceil(TRIED) };
        (1..=self.calls).step_by(step).collect()
    }

    /// Ends the program at each number.
    fn ended(&self, fault: &str) {
        for number in self.numbers() {
            let at = format!("{fault} at call {number} of {}", self.calls);
            self.renew();
            let done = self.apply(&[("FAULT", fault), ("FAULT_AT", &number.to_string())]);
            assert_eq!(done.code, -1, "{at}: it was not ended: {}{}", done.stdout, done.stderr);
            self.check_whole(&at);
            self.check_again(&at);
        }
    }

    /// Lets calls fail from each number on, or at it.
    fn failing(&self, fault: &str) {
        for number in self.numbers() {
            let at = format!("{fault} at call {number} of {}", self.calls);
            self.renew();
            let done = self.apply(&[("FAULT", fault), ("FAULT_AT", &number.to_string())]);
            assert!((0..=5).contains(&done.code) || done.code == 70, "{at}: {} {}", done.code, done.stderr);
            assert_ne!(done.code, 70, "{at}: {}", done.stderr);
            self.check_whole(&at);
            if done.code == 0 {
                self.before.iter().zip(&self.after).for_each(|((name, _), after)| assert!(self.read(name) == *after, "{name}: {at}"));
            }
            self.check_again(&at);
        }
    }
}

#[test]
fn killed_at_any_call_it_leaves_whole_files_and_ends_the_work_when_called_again() {
    Tried::new().ended("kill");
}

#[test]
fn killed_within_a_write_or_behind_a_rename_it_does_the_same() {
    Tried::new().ended("tear");
}

#[test]
fn on_a_full_disk_it_leaves_what_it_cannot_write() {
    Tried::new().failing("full");
}

#[test]
fn a_disk_that_does_not_keep_what_it_is_given_is_not_trusted() {
    Tried::new().failing("sync");
}
