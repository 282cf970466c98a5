//! `docs/walkthrough.md`: what it shows is what happens.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::run::Desk;

/// A command with what is shown of its output.
struct Step {
    command: String,
    shown: Vec<String>,
    code: i32,
}

/// The commands of a document's `console` blocks, in order.
fn steps(text: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        match line {
            "```console" => inside = true,
            "```" => inside = false,
            _ if !inside => {}
            _ => match (line.strip_prefix("$ "), line.strip_prefix("> "), line.strip_prefix("exit code ")) {
                (Some(command), ..) => steps.push(Step { command: command.to_owned(), shown: Vec::new(), code: 0 }),
                (_, Some(more), _) => {
                    let step = steps.last_mut().expect("a command goes on");
                    step.command += &format!("\n{more}");
                }
                (.., Some(code)) => steps.last_mut().expect("a command ends").code = code.parse().expect("a number"),
                _ => steps.last_mut().expect("a command says something").shown.push(line.to_owned()),
            },
        }
    }
    steps
}

/// Whether a line is as it is shown; `…` stands for anything.
fn is_alike(shown: &str, line: &str) -> bool {
    let parts: Vec<&str> = shown.split('…').collect();
    let Some(mut rest) = line.strip_prefix(parts[0]) else { return false };
    for part in &parts[1..] {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    shown.ends_with('…') || rest.is_empty()
}

/// What is shown stands in the output, line by line; between lines that are `…` something may be left out.
fn check(step: &Step, output: &str) {
    let mut lines = output.lines();
    let mut may_skip = false;
    for shown in &step.shown {
        if shown == "…" {
            may_skip = true;
            continue;
        }
        let found = if may_skip { lines.any(|line| is_alike(shown, line)) } else { lines.next().is_some_and(|line| is_alike(shown, line)) };
        assert!(found, "$ {}\nis to say\n{shown}\nand says\n{output}", step.command);
        may_skip = false;
    }
    if step.shown.last().is_some_and(|last| last != "…") {
        assert_eq!(lines.next(), None, "$ {} says more", step.command);
    }
}

#[test]
fn every_command_says_what_is_shown() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let steps = steps(&fs::read_to_string(root.join("docs/walkthrough.md")).expect("the document"));
    assert!(steps.len() > 20, "{} commands", steps.len());
    let desk = Desk::new();
    let mut script = String::new();
    for (n, step) in steps.iter().enumerate() {
        script += &format!("{{\n{}\n}} > {n}.out 2>&1\necho $? > {n}.code\n", step.command);
    }
    let program = Path::new(env!("CARGO_BIN_EXE_datatrawl")).parent().expect("a folder");
    let mut command = Command::new("bash");
    command.arg("-c").arg(&script).current_dir(desk.root()).env_clear();
    command.env("PATH", format!("{}:/usr/bin:/bin", program.display())).env("SAMPLES", root.join("sample-data"));
    assert!(command.status().expect("bash").success());
    for (n, step) in steps.iter().enumerate() {
        let read = |ending: &str| fs::read_to_string(desk.path(&format!("{n}.{ending}"))).expect("it was run");
        let (output, code) = (read("out"), read("code"));
        assert_eq!(code.trim(), step.code.to_string(), "$ {}\n{output}", step.command);
        check(step, &output);
    }
}
