//! The gate: what fails, what passes, how it is told, and what a baseline accepts.

use std::fs;
use std::process::Command;

use insta::assert_snapshot;
use serde_json::Value;

use crate::run::{Desk, Done, KEY};

const MAILS: &[u8] = b"id,email\n1,ana@example.com\n2,ben@example.com\n3,cat@example.com\n";
const CARD: &[u8] = b"paid with card number 4111 1111 1111 1111 today\n";

fn gate(desk: &Desk, args: &[&str]) -> Done {
    desk.run(&[&["gate", "--quiet"], args].concat())
}

fn code(desk: &Desk, args: &[&str]) -> i32 {
    let done = gate(desk, args);
    assert!([0, 1].contains(&done.code), "{args:?}: {} {}", done.code, done.stderr);
    done.code
}

#[test]
fn contact_data_fails_in_data_files_and_passes_in_source_code() {
    let desk = Desk::with(&[("main.py", b"# Author: Ana <ana@example.com>\ndef f():\n    return 1\n" as &[u8])]);
    assert_eq!(code(&desk, &["in"]), 0);
    desk.write("in/people.csv", MAILS);
    let done = gate(&desk, &["in"]);
    assert_eq!(done.code, 1);
    assert_snapshot!(done.stdout, @r#"
    gate: failed: 3 findings in 1 place

    - in/people.csv:2, column email: 3 email (likely): user.contact>=likely in data files

    by reason:
    - 3 user.contact>=likely in data files

    next:
      remove the values, or list what is no personal data: datatrawl settings new > .datatrawl.toml
      look into it: datatrawl scan in --out run
      accept: datatrawl baseline create in --baseline datatrawl-baseline.jsonl --reason WHY
    "#);
}

#[test]
fn cards_fail_anywhere() {
    let desk = Desk::with(&[("notes.txt", CARD)]);
    let done = gate(&desk, &["in"]);
    assert_eq!(done.code, 1, "{}", done.stderr);
    assert!(done.stdout.contains("- in/notes.txt:1: 1 credit_card"), "{}", done.stdout);
    assert!(!done.stdout.contains("4111"));
}

#[test]
fn conditions_say_what_fails() {
    let desk = Desk::with(&[("a.csv", MAILS)]);
    for (condition, expected) in [
        ("email>=likely", 1),
        ("user.contact>=possible", 1),
        ("credit_card>=possible", 0),
        ("email>=likely:count>=3", 1),
        ("email>=likely:count>=4", 0),
        ("phone,email>=likely:count>=4,medium>=likely", 1),
        ("prohibited>=possible", 0),
    ] {
        assert_eq!(code(&desk, &["in", "--fail-on", condition]), expected, "{condition}");
    }
    let done = gate(&desk, &["in", "--fail-on", "emial>=likely"]);
    assert_eq!(done.code, 2);
    assert!(done.stderr.contains("at character 1") && done.stderr.contains("did you mean email?"), "{}", done.stderr);
}

#[test]
fn a_run_that_exists_is_not_scanned_again() {
    let desk = Desk::with(&[("a.csv", MAILS)]);
    desk.scan(&[]);
    fs::remove_file(desk.path("in/a.csv")).expect("it is there");
    let done = gate(&desk, &["--run", "out"]);
    assert_eq!(done.code, 1, "{}", done.stderr);
    assert!(done.stdout.contains("datatrawl explain out "), "{}", done.stdout);
}

#[test]
fn a_gap_is_3_and_a_failure_goes_before_it() {
    let desk = Desk::with(&[("broken.gz", b"\x1f\x8b\x08\0\0" as &[u8])]);
    assert_eq!(gate(&desk, &["in"]).code, 3);
    desk.write("in/a.csv", MAILS);
    assert_eq!(gate(&desk, &["in"]).code, 1);
    assert_eq!(gate(&desk, &["absent"]).code, 2);
    assert_eq!(gate(&desk, &[]).code, 2);
}

#[test]
fn nothing_is_left_behind_and_nothing_written_beside_the_data() {
    let desk = Desk::with(&[("a.csv", MAILS)]);
    fs::create_dir(desk.path("tmp")).expect("a folder");
    let done = desk.command(&["gate", "in", "--quiet"]).env("TMPDIR", desk.path("tmp")).output().expect("it starts");
    assert_eq!(done.status.code(), Some(1));
    assert_eq!(fs::read_dir(desk.path("tmp")).expect("it is there").count(), 0);
    assert_eq!(fs::read_dir(desk.path("in")).expect("it is there").count(), 1);
    assert_eq!(fs::read_dir(desk.root()).expect("it is there").count(), 2);
}

#[test]
fn a_list_of_files_on_standard_input_is_what_is_looked_at() {
    let desk = Desk::with(&[("a.csv", MAILS), ("b.txt", b"nothing\n")]);
    assert_eq!(desk.fed(&["gate", "--quiet", "--files-from", "-"], b"in/b.txt\n").code, 0);
    assert_eq!(desk.fed(&["gate", "--quiet", "--files-from", "-"], b"in/b.txt\nin/a.csv\n").code, 1);
}

pub const POLICY: &str = r#"
version = 1
[policy]
id = "p"
modified = 2026-01-15
timezone = "Asia/Manila"
unassigned = "violation"
[[purpose]]
id = "orders"
use = "essential.service"
[[recipient]]
id = "psp"
allow = ["user.financial"]
[[dataset]]
id = "people"
owner = "o"
match = ["in/people*"]
clock = [{ kind = "column", name = "at" }]
purposes = ["orders"]
allow = ["user.contact.email"]
[[dataset]]
id = "figures"
owner = "o"
match = ["in/figures*"]
purposes = ["orders"]
allow = []
[[rule]]
id = "mail"
dataset = "people"
entities = ["email"]
after = "P30D"
action = "redact"
"#;

#[test]
fn a_policy_says_what_a_dataset_may_hold_and_who_gets_it() {
    let desk = Desk::with(&[("people.csv", MAILS)]);
    desk.write("p.toml", POLICY);
    assert_eq!(code(&desk, &["in", "--policy", "p.toml"]), 0);
    let done = gate(&desk, &["in", "--policy", "p.toml", "--dataset", "figures"]);
    assert_eq!(done.code, 1, "{}", done.stderr);
    assert!(done.stdout.contains("dataset figures may not hold user.contact.email"), "{}", done.stdout);
    let done = gate(&desk, &["in", "--policy", "p.toml", "--recipient", "psp"]);
    assert!(done.code == 1 && done.stdout.contains("psp may not get user.contact.email"), "{}", done.stdout);
    // What is asked for is held against everything, whatever a dataset may hold.
    assert_eq!(code(&desk, &["in", "--policy", "p.toml", "--fail-on", "email"]), 1);
    desk.write("in/other.csv", MAILS);
    let done = gate(&desk, &["in", "--policy", "p.toml"]);
    assert!(done.code == 1 && done.stdout.contains("belongs to no dataset"), "{}", done.stdout);
    let done = gate(&desk, &["in", "--policy", "p.toml", "--dataset", "figurs"]);
    assert!(done.code == 2 && done.stderr.contains("did you mean figures?"), "{}", done.stderr);
}

#[test]
fn values_of_a_suppression_list_fail_wherever_they_stand() {
    let desk = Desk::with(&[("main.py", b"# ana@example.com\n# ben@example.com\n" as &[u8])]);
    let list = desk.fed(&["token", "--entity", "email", "--list"], b"ana@example.com\n");
    desk.write("list", &list.stdout);
    let keyed = desk.keyed(&["gate", "in", "--quiet", "--suppressed", "list"]);
    assert_eq!(keyed.code, 1, "{}", keyed.stderr);
    assert!(keyed.stdout.contains("1 finding in 1 place") && keyed.stdout.contains("--suppressed"), "{}", keyed.stdout);
    let other = desk.command(&["gate", "in", "--quiet", "--suppressed", "list"]).env("DATATRAWL_KEY", "ab".repeat(32)).output();
    assert_eq!(other.expect("it starts").status.code(), Some(2));
    assert_eq!(gate(&desk, &["in", "--suppressed", "list"]).code, 2);
}

#[test]
fn each_form_tells_what_fails() {
    let desk = Desk::with(&[("a.csv", MAILS)]);
    let of = |form: &str| gate(&desk, &["in", "--format", form]).stdout;
    assert_snapshot!(of("github"), @r#"
    ::error file=in/a.csv,line=2,title=email in in/a.csv::3 findings of email (likely) in column email: user.contact>=likely in data files
    gate: failed: 3 findings in 1 place
    "#);
    let sarif: Value = serde_json::from_str(&of("sarif")).expect("it is JSON");
    assert_eq!(sarif["runs"][0]["results"].as_array().expect("results").len(), 3);
    let gitlab: Value = serde_json::from_str(&of("gitlab")).expect("it is JSON");
    assert_eq!(gitlab[0]["location"]["path"], "in/a.csv");
    assert!(of("junit").contains("failures=\"1\""));
    let done = gate(&desk, &["in", "--format", "sarif", "--out", "r.sarif"]);
    assert!(done.code == 1 && done.stdout.starts_with("gate: failed: 3 findings in 1 place"), "{}", done.stdout);
    assert!(desk.path("r.sarif").is_file());
    assert_eq!(gate(&desk, &["in", "--format", "sarif", "--out", "r.sarif"]).code, 2);
}

#[test]
fn no_name_is_a_command_of_a_runner() {
    let names = ["::error::x.csv", "##[error]x.csv", "a\n::error::y.csv", "\u{1b}[31m.csv"];
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (*name, MAILS)).collect();
    let desk = Desk::with(&files);
    let text = gate(&desk, &["in"]).stdout;
    assert!(!text.contains("::") && !text.contains("##") && !text.contains('\u{1b}'), "{text}");
    let github = gate(&desk, &["in", "--format", "github"]).stdout;
    let commands: Vec<&str> = github.lines().filter(|line| line.trim_start().starts_with("::")).collect();
    assert_eq!(commands.len(), 4, "{github}");
    assert!(commands.iter().all(|line| line.starts_with("::error file=in/") && line.matches("::").count() == 2), "{github}");
}

#[test]
fn a_baseline_accepts_what_was_there_and_no_more() {
    let desk = Desk::with(&[("a.csv", MAILS)]);
    let made = desk.run(&["baseline", "create", "in", "-q", "--baseline", "b.jsonl", "--reason", "a test", "--author", "ana"]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    assert_eq!(made.stdout, "b.jsonl: 3 entries, 3 findings\n");
    assert_eq!(code(&desk, &["in", "--baseline", "b.jsonl"]), 0);
    // However a file is reached its ids are the same.
    assert_eq!(code(&desk, &["in/a.csv", "--baseline", "b.jsonl"]), 0);
    assert_eq!(code(&desk, &[".", "--exclude", "b.jsonl", "--baseline", "b.jsonl"]), 0);
    let whole = desk.path("in").display().to_string();
    assert_eq!(code(&desk, &[&whole, "--baseline", "b.jsonl"]), 0);
    // Lines may be added above; one more of a value is new.
    desk.write("in/a.csv", "id,email\n0,\n1,ana@example.com\n2,ben@example.com\n3,cat@example.com\n4,ana@example.com\n");
    let done = gate(&desk, &["in", "--baseline", "b.jsonl"]);
    assert_eq!(done.code, 1);
    assert!(done.stdout.starts_with("gate: failed: 1 finding in 1 place; 3 accepted by the baseline"), "{}", done.stdout);
    let updated = desk.run(&["baseline", "update", "in", "-q", "--baseline", "b.jsonl", "--reason", "another"]);
    assert_eq!(updated.stdout, "b.jsonl: 3 entries, 4 findings\n", "{}", updated.stderr);
    assert_eq!(code(&desk, &["in", "--baseline", "b.jsonl"]), 0);
    // What is gone is said, and pruned.
    desk.write("in/a.csv", MAILS.strip_suffix(b"3,cat@example.com\n").expect("its end"));
    let done = gate(&desk, &["in", "--baseline", "b.jsonl"]);
    assert_eq!((done.code, done.stderr.matches("not used, or not in full").count()), (0, 2), "{}", done.stderr);
    let pruned = desk.run(&["baseline", "prune", "in", "-q", "--baseline", "b.jsonl"]);
    assert_eq!(pruned.stdout, "b.jsonl: 2 entries, 2 findings\n", "{}", pruned.stderr);
    let text = fs::read_to_string(desk.path("b.jsonl")).expect("it is there");
    assert!(!text.contains("ana@") && text.contains("\"reason\":\"a test\"") && text.contains("\"author\":\"ana\""), "{text}");
}

#[test]
fn entries_end_with_their_day_and_with_their_rules_version() {
    let desk = Desk::with(&[("a.csv", MAILS)]);
    let create = |args: &[&str]| {
        let made = desk.run(&[&["baseline", "create", "in", "-q", "--reason", "x"], args].concat());
        assert_eq!(made.code, 0, "{}", made.stderr);
    };
    create(&["--baseline", "old", "--expires", "2001-01-01"]);
    let done = gate(&desk, &["in", "--baseline", "old"]);
    assert_eq!((done.code, done.stderr.matches("expired").count()), (1, 3), "{}", done.stderr);
    create(&["--baseline", "new"]);
    let text = fs::read_to_string(desk.path("new")).expect("it is there");
    let other = regex::Regex::new("\"rule_version\":[0-9]+").expect("a constant").replace_all(&text, "\"rule_version\":9999");
    desk.write("new", other.as_bytes());
    let done = gate(&desk, &["in", "--baseline", "new"]);
    assert_eq!((done.code, done.stderr.matches("another version").count()), (1, 3), "{}", done.stderr);
    assert_eq!(desk.run(&["baseline", "prune", "in", "-q", "--baseline", "new"]).stdout, "new: 0 entries, 0 findings\n");
}

#[test]
fn a_baseline_under_a_key_asks_for_the_key() {
    let desk = Desk::with(&[("a.csv", MAILS)]);
    desk.write("key", KEY);
    let made = desk.run(&["baseline", "create", "in", "-q", "--baseline", "b", "--reason", "x", "--key-file", "key"]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    assert_eq!(code(&desk, &["in", "--baseline", "b", "--key-file", "key"]), 0);
    assert_eq!(gate(&desk, &["in", "--baseline", "b"]).code, 2);
    let salted = desk.run(&["baseline", "create", "in", "-q", "--baseline", "s", "--reason", "x"]);
    assert_eq!(salted.code, 0, "{}", salted.stderr);
    assert_eq!(gate(&desk, &["in", "--baseline", "s", "--key-file", "key"]).code, 2);
    desk.scan(&[]);
    let done = gate(&desk, &["--run", "out", "--baseline", "s"]);
    assert!(done.code == 2 && done.stderr.contains("salt"), "{}", done.stderr);
}

#[test]
fn a_baseline_is_not_written_over_nor_pruned_on_half_a_look() {
    let desk = Desk::with(&[("a.csv", MAILS)]);
    desk.write("mine", "mine");
    assert_eq!(desk.run(&["baseline", "create", "in", "-q", "--baseline", "mine", "--reason", "x"]).code, 2);
    assert_eq!(desk.run(&["baseline", "update", "in", "-q", "--baseline", "mine", "--reason", "x"]).code, 2);
    assert_eq!(desk.run(&["baseline", "create", "in", "-q", "--baseline", "b", "--reason", " "]).code, 2);
    assert_eq!(fs::read_to_string(desk.path("mine")).expect("it stands"), "mine");
    assert_eq!(desk.run(&["baseline", "create", "in", "-q", "--baseline", "b", "--reason", "x"]).code, 0);
    let before = fs::read(desk.path("b")).expect("it is there");
    desk.write("in/broken.gz", b"\x1f\x8b\x08\0\0");
    assert_eq!(desk.run(&["baseline", "prune", "in", "-q", "--baseline", "b"]).code, 4);
    assert_eq!(fs::read(desk.path("b")).expect("it is there"), before);
}

/// A call of git in a desk, by a made-up person.
fn git(desk: &Desk, args: &[&str]) {
    let done = Command::new("git")
        .args(["-c", "user.name=Ana", "-c", "user.email=ana@example.com", "-c", "init.defaultBranch=main"])
        .args(args)
        .current_dir(desk.root())
        .output()
        .expect("git starts");
    assert!(done.status.success(), "{args:?}: {}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn since_a_commit_only_what_is_new_fails() {
    let desk = Desk::with(&[("a.csv", MAILS), ("untouched.csv", MAILS)]);
    assert_eq!(gate(&desk, &["in", "--since", "HEAD"]).code, 2);
    git(&desk, &["init", "-q"]);
    git(&desk, &["add", "."]);
    git(&desk, &["commit", "-q", "-m", "one"]);
    assert_eq!(code(&desk, &["in", "--since", "HEAD"]), 0);
    // A line above changes places and no findings.
    desk.write("in/a.csv", "id,email\n0,\n1,ana@example.com\n2,ben@example.com\n3,cat@example.com\n");
    assert_eq!(code(&desk, &["in", "--since", "HEAD"]), 0);
    desk.write("in/a.csv", "id,email\n1,ana@example.com\n2,ben@example.com\n3,cat@example.com\n4,ana@example.com\n5,dan@example.com\n");
    let done = gate(&desk, &["in", "--since", "HEAD"]);
    assert!(done.code == 1 && done.stdout.starts_with("gate: failed: 2 findings in 1 place"), "{} {}", done.stdout, done.stderr);
    desk.write("in/new.csv", MAILS);
    let done = gate(&desk, &["in", "--since", "HEAD"]);
    assert!(done.stdout.starts_with("gate: failed: 5 findings in 2 places"), "{} {}", done.stdout, done.stderr);
    git(&desk, &["checkout", "-q", "-b", "topic"]);
    git(&desk, &["add", "."]);
    git(&desk, &["commit", "-q", "-m", "two"]);
    assert!(gate(&desk, &["in", "--since", "main"]).stdout.starts_with("gate: failed: 5 findings in 2 places"));
    assert_eq!(code(&desk, &["in", "--since", "HEAD"]), 0);
    for (args, said) in [
        (&["in", "--since", "absent"][..], "git knows no commit"),
        (&["in", "--since=--output=x"], "git knows no commit"),
        (&["absent", "--since", "HEAD"], "no such file or folder"),
        (&["..", "--since", "HEAD"], "no path below the working folder"),
        (&["x=in", "--since", "HEAD"], "no path below the working folder"),
    ] {
        let done = gate(&desk, &[&["--fail-on=likely"], args].concat());
        assert!(done.code == 2 && done.stderr.contains(said), "{args:?}: {}", done.stderr);
    }
    assert!(!desk.path("x").exists());
}

#[test]
fn a_shallow_clone_is_told_what_to_fetch() {
    let desk = Desk::with(&[("a.csv", MAILS)]);
    git(&desk, &["init", "-q", "."]);
    for message in ["one", "two"] {
        git(&desk, &["add", "in"]);
        git(&desk, &["commit", "-q", "--allow-empty", "-m", message]);
    }
    let url = format!("file://{}", desk.root().display());
    git(&desk, &["clone", "-q", "--depth", "1", &url, "shallow"]);
    let done = desk.command(&["gate", "in", "--quiet", "--since", "HEAD~1"]).current_dir(desk.path("shallow")).output();
    let done = Done::from(done.expect("it starts"));
    assert!(done.code == 2 && done.stderr.contains("fetch-depth: 0"), "{}", done.stderr);
}
