//! What CI, hooks and pipelines are given runs as it stands there.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::run::{Desk, Done};

const MAILS: &[u8] = b"id,email\n1,ana@example.com\n2,ben@example.com\n3,cat@example.com\n";

fn given(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).expect("it comes with the source")
}

/// The text behind a key, or the block that is indented below it.
fn behind(text: &str, key: &str) -> String {
    let mut lines = text.lines().skip_while(|line| !line.trim_start().starts_with(key));
    let first = lines.next().unwrap_or_else(|| panic!("{key} is there")).trim_start();
    let own = first.strip_prefix(key).expect("it begins with it").trim();
    if !own.is_empty() && own != "|" {
        return own.to_owned();
    }
    let block: Vec<&str> = lines.collect();
    let indent = block[0].len() - block[0].trim_start().len();
    block
        .iter()
        .take_while(|line| line.len() >= indent && line[..indent].trim().is_empty())
        .map(|line| line[indent..].to_owned() + "\n")
        .collect()
}

/// Runs a script of bash with the program on the path.
fn bash(desk: &Desk, script: &str, environment: &[(&str, &str)]) -> Done {
    let program = Path::new(env!("CARGO_BIN_EXE_datatrawl")).parent().expect("it lies in a folder").display().to_string();
    let mut command = Command::new("bash");
    command.args(["-e", "-o", "pipefail", "-c", script]).current_dir(desk.root()).env_clear();
    command.env("PATH", format!("{program}:/usr/local/bin:/usr/bin:/bin")).envs(environment.iter().copied());
    Done::from(command.output().expect("bash starts"))
}

#[test]
fn the_action_of_github_fails_and_names_the_line() {
    let desk = Desk::with(&[("a b.csv", MAILS), ("clean.txt", b"nothing\n")]);
    let script = behind(&given("action.yml"), "run:");
    let run = |paths: &str, fail_on: &str| {
        let of = [("GATE_PATHS", paths), ("GATE_FAIL_ON", fail_on), ("GATE_SINCE", ""), ("GATE_BASELINE", ""), ("GATE_POLICY", "")];
        bash(&desk, &script, &of)
    };
    let done = run("in", "");
    assert_eq!(done.code, 1, "{}", done.stderr);
    assert!(done.stdout.starts_with("::error file=in/a b.csv,line=2,"), "{}", done.stdout);
    assert_eq!(run("in/clean.txt", "").code, 0);
    assert_eq!(run("in/clean.txt\nin/a b.csv", "").code, 1);
    assert_eq!(run("in", "credit_card>=possible").code, 0);
    // What was given is a word and no command.
    assert_eq!(run("in; touch forged", "$(touch forged)").code, 2);
    assert!(!desk.path("forged").exists());
}

#[test]
fn the_job_of_gitlab_writes_its_report() {
    let desk = Desk::with(&[("a.csv", MAILS)]);
    let script = behind(&given("examples/ci/datatrawl.gitlab-ci.yml"), "- datatrawl");
    let done = bash(&desk, &format!("datatrawl {script}"), &[]);
    assert_eq!(done.code, 1, "{}", done.stderr);
    let report = fs::read_to_string(desk.path("gl-code-quality-report.json")).expect("the report");
    assert!(report.contains("\"check_name\": \"email\""));
}

#[test]
fn the_hook_looks_at_the_files_of_a_commit() {
    let desk = Desk::with(&[("a.csv", MAILS), ("clean.txt", b"nothing\n")]);
    let entry = behind(&given(".pre-commit-hooks.yaml"), "entry:");
    assert_eq!(bash(&desk, &format!("{entry} in/clean.txt"), &[]).code, 0);
    assert_eq!(bash(&desk, &format!("{entry} in/clean.txt in/a.csv"), &[]).code, 1);
}

#[test]
fn the_gates_of_dbt_and_airflow_let_through_what_may_go() {
    let desk = Desk::with(&[]);
    let script = given("examples/dbt/gate.sh");
    desk.write("target/external/figures.csv", "day,orders\n1,2\n2,3\n3,5\n");
    assert_eq!(bash(&desk, &script, &[]).code, 0);
    desk.write("target/external/people.csv", MAILS);
    assert_eq!(bash(&desk, &script, &[]).code, 1);

    let dag = given("examples/airflow/gate_dag.py");
    let command = dag.split("GATE = \"").nth(1).and_then(|rest| rest.split('"').next()).expect("the command");
    desk.write("policy.toml", crate::gate::POLICY.replace("in/", "exports/"));
    desk.write("exports/figures.csv", "day,orders\n1,2\n2,3\n3,5\n");
    assert_eq!(bash(&desk, command, &[]).code, 0);
    desk.write("exports/people.csv", MAILS);
    let done = bash(&desk, command, &[]);
    assert!(done.code == 1 && done.stdout.contains("psp may not get user.contact.email"), "{} {}", done.stdout, done.stderr);
}
