//! The house rules of ARCHITECTURE.md that a compiler does not keep.

use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

/// Which room may import which. A room that is not here has no right to be.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("pattern", &["model"]),
    ("source", &["model"]),
    ("unpack", &["model", "source"]),
    ("read", &["model", "unpack"]),
    ("detect", &["model", "pattern"]),
    ("score", &["model", "pattern"]),
    ("finding", &["model"]),
    ("seal", &["model"]),
    ("policy", &["model", "source", "seal"]),
    ("run_folder", &["model", "source"]),
    ("gate", &["model", "pattern", "policy", "report"]),
    ("plan", &["model", "finding", "policy", "source", "run_folder", "unpack", "read", "sink"]),
    ("ledger", &["model"]),
    ("report", &["model", "pattern", "policy", "plan", "ledger", "run_folder"]),
    ("apply", &["model", "finding", "policy", "plan", "ledger", "source", "unpack", "read", "examine", "seal"]),
    ("settings", &["model", "pattern", "source"]),
    ("examine", &["model", "pattern", "unpack", "read", "detect", "score", "finding", "settings", "policy"]),
    ("sink", &["model", "finding"]),
    ("scan", &["model", "source", "unpack", "examine", "finding", "settings", "sink"]),
    (
        "cli",
        &[
            "model", "pattern", "source", "unpack", "read", "detect", "score", "finding", "settings", "examine", "sink", "scan", "policy",
            "plan", "apply", "ledger", "report", "seal", "run_folder", "gate",
        ],
    ),
];

/// What only `cli` may do: print, end the process, ask for the environment or the time.
const ONLY_CLI: &[&str] = &[
    r"\be?print(ln)?!",
    r"\bdbg!",
    r"\bio::(stdout|stderr)\(",
    r"process::(exit|abort)",
    r"env::(var|var_os|vars|args)\b",
    r"\bSystemTime\b",
    r"Timestamp::now",
    r"Zoned::now",
    r"Instant::now",
];

/// What nobody does, outside tests.
const NOBODY: &[&str] = &[r"\.unwrap\(\)", r"\btodo!", r"\bunimplemented!"];

/// The one file that may be unsafe: with a measured reason in `#[expect(unsafe_code, reason = …)]` at each place, and tests.
const UNSAFE: &str = "src/detect/prefilter.rs";

/// What nobody writes, tests included.
const NOWHERE: &[&str] = &[r"#\[ignore", r"\bTODO\b", r"\bFIXME\b", r"\bXXX\b"];

#[derive(Clone)]
struct Source {
    /// Path below the crate, with `/`.
    path: String,
    text: String,
    /// The text without comments and test modules.
    code: String,
}

impl Source {
    fn room(&self) -> &str {
        let below = self.path.strip_prefix("src/").expect("only src has rooms");
        below.split('/').next().expect("split gives a part").trim_end_matches(".rs")
    }

    /// Folders between `src` and the module that the file is, the module included.
    fn depth(&self) -> usize {
        let parts = self.path.split('/').count() - 1;
        if self.path.ends_with("/mod.rs") { parts - 1 } else { parts }
    }

    fn is_test(&self) -> bool {
        self.path.starts_with("tests/") || self.path.ends_with("/tests.rs") || self.path.contains("/tests/")
    }
}

fn sources(folder: &str) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let paths: Vec<PathBuf> =
        crate::run::files(&root.join(folder)).into_iter().filter(|p| p.extension().is_some_and(|e| e == "rs")).collect();
    assert!(!paths.is_empty(), "{folder} holds no source");
    paths
        .iter()
        .map(|path| {
            let text = fs::read_to_string(path).expect("source is UTF-8");
            let below = path.strip_prefix(root).expect("it lies there").to_string_lossy().replace('\\', "/");
            Source { path: below, code: without_comments(without_tests(&text)), text }
        })
        .collect()
}

/// Test modules stand at the end of a file.
fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests {").next().expect("split gives a part")
}

fn without_comments(text: &str) -> String {
    let code = |line: &str| if line.trim_start().starts_with("//") { String::new() } else { line.to_owned() };
    text.lines().map(|line| code(line) + "\n").collect()
}

/// Every place, as `path:line`, where a pattern stands.
fn places(sources: &[Source], patterns: &[&str], text: fn(&Source) -> &str) -> Vec<String> {
    let any = Regex::new(&patterns.join("|")).expect("the patterns are constants");
    let mut out = Vec::new();
    for source in sources {
        let hits = text(source).lines().enumerate().filter(|(_, line)| any.is_match(line));
        out.extend(hits.map(|(n, line)| format!("{}:{} {}", source.path, n + 1, line.trim())));
    }
    out
}

fn allowed(room: &str) -> &'static [&'static str] {
    let row = MAY_IMPORT.iter().find(|(name, _)| *name == room);
    row.unwrap_or_else(|| panic!("the room {room} is not in the import table")).1
}

/// The rooms that a text names by `crate::room` or `crate::{room, …}`, with the line.
fn imports(source: &Source) -> Vec<(usize, String)> {
    let single = Regex::new(r"\bcrate::([a-z_]+)").expect("a constant");
    let group = Regex::new(r"(?s)\bcrate::\{(.*?)\};").expect("a constant");
    let nested = Regex::new(r"\{[^{}]*\}").expect("a constant");
    let first = Regex::new(r"(?:^|,)\s*([a-z_]+)").expect("a constant");
    let line = |at: usize| source.code[..at].matches('\n').count() + 1;
    let mut out: Vec<_> = single.captures_iter(&source.code).map(|c| (line(c.get(0).expect("whole").start()), c[1].to_owned())).collect();
    for hit in group.captures_iter(&source.code) {
        let body = nested.replace_all(&hit[1], "").into_owned();
        out.extend(first.captures_iter(&body).map(|c| (line(hit.get(0).expect("whole").start()), c[1].to_owned())));
    }
    out
}

/// Chains of `super::`, with their lengths.
fn climbs(source: &Source) -> Vec<(usize, usize)> {
    let chain = Regex::new(r"(?:super::)+").expect("a constant");
    let hits = source.code.lines().enumerate().flat_map(|(n, line)| chain.find_iter(line).map(move |hit| (n + 1, hit.as_str().len() / 7)));
    hits.collect()
}

#[test]
fn rooms_import_only_what_the_table_allows() {
    let mut wrong = Vec::new();
    for source in sources("src").iter().filter(|s| !["src/lib.rs", "src/main.rs"].contains(&s.path.as_str()) && !s.is_test()) {
        let room = source.room();
        for (line, other) in imports(source) {
            if other != room && !allowed(room).contains(&other.as_str()) {
                wrong.push(format!("{}:{line} imports {other}", source.path));
            }
        }
        // A module at depth n leaves its room with n supers.
        let out = climbs(source).into_iter().filter(|(_, supers)| *supers >= source.depth());
        wrong.extend(out.map(|(line, _)| format!("{}:{line} climbs out of its room with super", source.path)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_outside_lib_reaches_another_room_through_the_crate_root() {
    // `crate::Name` would go round the table through a `pub use` of lib.rs.
    let inner: Vec<Source> = sources("src").into_iter().filter(|s| s.path != "src/main.rs").collect();
    assert_eq!(places(&inner, &[r"\bcrate::[A-Z]", r"\bdatatrawl::"], |s| &s.code), [""; 0]);
}

#[test]
fn every_room_of_the_crate_is_in_the_table() {
    let lib = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).expect("lib.rs");
    let rooms = Regex::new(r"(?m)^(?:pub |pub\(crate\) )?mod ([a-z_]+);").expect("a constant");
    let mut rooms: Vec<&str> = rooms.captures_iter(&lib).map(|c| c.get(1).expect("a group").as_str()).collect();
    let mut table: Vec<&str> = MAY_IMPORT.iter().map(|(room, _)| *room).collect();
    rooms.sort_unstable();
    table.sort_unstable();
    assert_eq!(rooms, table);
}

#[test]
fn only_cli_prints_exits_and_asks_for_environment_or_time() {
    let others: Vec<Source> = sources("src").into_iter().filter(|s| !s.path.starts_with("src/cli/")).collect();
    assert_eq!(places(&others, ONLY_CLI, |s| &s.code), [""; 0]);
}

#[test]
fn code_never_unwraps_and_is_never_unfinished() {
    let code: Vec<Source> = sources("src").into_iter().filter(|s| !s.is_test()).collect();
    assert_eq!(places(&code, NOBODY, |s| &s.code), [""; 0]);
}

#[test]
fn nothing_is_unsafe_but_one_file_that_gives_its_reasons() {
    let all = sources("src");
    let elsewhere: Vec<Source> = all.iter().filter(|s| s.path != UNSAFE).cloned().collect();
    assert_eq!(places(&elsewhere, &[r"\bunsafe\b", r"unsafe_code"], |s| &s.code), [""; 0]);
    for source in all.iter().filter(|s| s.path == UNSAFE) {
        let count = |pattern: &str| Regex::new(pattern).expect("a constant").find_iter(&source.code).count();
        assert_eq!(count(r"\bunsafe\b"), count(r"#\[expect\(unsafe_code, reason = ."), "a place of {UNSAFE} gives no reason");
        assert!(source.text.contains("#[cfg(test)]\nmod tests {"), "{UNSAFE} has no tests");
    }
}

#[test]
fn nothing_is_ignored_or_left_for_later() {
    let mut all = sources("src");
    all.extend(sources("tests").into_iter().filter(|s| s.path != "tests/it/tidy.rs"));
    assert_eq!(places(&all, NOWHERE, |s| &s.text), [""; 0]);
}

#[test]
fn every_file_says_first_what_it_is() {
    let mut all = sources("src");
    all.extend(sources("tests"));
    let silent: Vec<&str> = all.iter().filter(|s| !s.text.starts_with("//!")).map(|s| s.path.as_str()).collect();
    assert_eq!(silent, [""; 0]);
}

#[test]
fn every_module_of_this_suite_is_run() {
    let main = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/main.rs")).expect("main.rs");
    for source in sources("tests/it") {
        let name = source.path.rsplit('/').next().expect("a name").trim_end_matches(".rs").to_owned();
        assert!(name == "main" || main.contains(&format!("mod {name};")), "{name} is forgotten in main.rs");
    }
}

#[test]
fn architecture_stays_under_300_lines() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("ARCHITECTURE.md");
    if let Ok(text) = fs::read_to_string(path) {
        assert!(text.lines().count() < 300);
    }
}

/// The checks above must be able to fail.
#[test]
fn tidy_sees_inline_paths_groups_and_climbs() {
    let text =
        "//! x\nuse crate::{model::{Error, Id}, sink, scan::Run};\nfn f() { crate::cli::go(); super::super::up(); }\n// crate::unpack\n";
    let source = Source { path: "src/read/csv.rs".to_owned(), text: text.to_owned(), code: without_comments(text) };
    let names: Vec<String> = imports(&source).into_iter().map(|(_, name)| name).collect();
    assert_eq!(names, ["cli", "model", "sink", "scan"]);
    assert_eq!((source.room(), source.depth(), climbs(&source)), ("read", 2, vec![(3, 2)]));
}
