//! Every command with nothing, with `--help`, and with a place that does not exist.

use insta::assert_snapshot;

use crate::run::Desk;
use crate::transcript::{check, transcript};

/// Every command and subcommand.
const COMMANDS: &[&[&str]] = &[
    &["scan"],
    &["gate"],
    &["baseline"],
    &["baseline", "create"],
    &["baseline", "update"],
    &["baseline", "prune"],
    &["report"],
    &["explain"],
    &["patterns"],
    &["patterns", "list"],
    &["patterns", "show"],
    &["patterns", "test"],
    &["patterns", "new"],
    &["formats"],
    &["settings"],
    &["settings", "new"],
    &["settings", "check"],
    &["settings", "show"],
    &["settings", "schema"],
    &["plan"],
    &["plan", "show"],
    &["plan", "approve"],
    &["plan", "export"],
    &["plan", "diff"],
    &["apply"],
    &["subject"],
    &["subject", "new"],
    &["subject", "find"],
    &["subject", "erase"],
    &["quarantine"],
    &["quarantine", "list"],
    &["quarantine", "restore"],
    &["quarantine", "expire"],
    &["certificate"],
    &["verify"],
    &["ledger"],
    &["ledger", "verify"],
    &["ledger", "record"],
    &["policy"],
    &["policy", "new"],
    &["policy", "check"],
    &["policy", "explain"],
    &["policy", "diff"],
    &["policy", "schema"],
    &["key"],
    &["key", "new"],
    &["key", "id"],
    &["token"],
    &["completions"],
];

#[test]
fn every_command_is_in_the_list() {
    let help = Desk::new().run(&["--help"]).stdout;
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let commands: Vec<&str> = commands.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help").collect();
    let listed: Vec<&str> = COMMANDS.iter().filter(|command| command.len() == 1).map(|command| command[0]).collect();
    assert_eq!(commands, listed);
}

#[test]
fn every_command_explains_itself() {
    for command in COMMANDS {
        let done = Desk::new().run(&[command, &["--help"][..]].concat());
        assert_eq!((done.code, done.stderr.as_str()), (0, ""), "{command:?}");
        assert!(done.stdout.contains(&format!("Usage: datatrawl {}", command.join(" "))), "{command:?}: {}", done.stdout);
        assert!(done.stdout.lines().next().is_some_and(|line| line.len() > 10 && !line.starts_with("Usage")), "{command:?}");
    }
}

#[test]
fn every_command_does_or_says_something_when_called_with_nothing() {
    let mut said = String::new();
    let cases = regex::Regex::new("^[0-9]+ passed").expect("a constant");
    for command in COMMANDS {
        let desk = Desk::new();
        let done = desk.run(command);
        let first = |text: &str| text.lines().next().unwrap_or("").to_owned();
        let line = if done.code == 0 { first(&done.stdout) } else { first(&done.stderr) };
        // A key is another one each time, and tables are for a terminal.
        let line = if *command == ["key", "new"] {
            format!("{} digits", line.len())
        } else {
            line.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let line = cases.replace(&line, "[N] passed").into_owned();
        said += &format!("{} -> {}: {line}\n", command.join(" "), done.code);
    }
    assert_snapshot!(said, @r#"
    scan -> 2: error: nothing to scan
    gate -> 2: error: nothing to scan
    baseline -> 2: Accept findings, so that the gate fails on new ones alone
    baseline create -> 2: error: the following required arguments were not provided:
    baseline update -> 2: error: the following required arguments were not provided:
    baseline prune -> 2: error: the following required arguments were not provided:
    report -> 2: error: the following required arguments were not provided:
    explain -> 2: error: the following required arguments were not provided:
    patterns -> 2: List, show, test and begin patterns
    patterns list -> 0: RULE ENTITY CATEGORY SENSITIVITY FINDS
    patterns show -> 2: error: the following required arguments were not provided:
    patterns test -> 0: [N] passed, 0 failed
    patterns new -> 2: error: the following required arguments were not provided:
    formats -> 0: FORMAT WHAT IS READ
    settings -> 2: Begin, check and explain settings files
    settings new -> 0: ## Settings of datatrawl. In a scanned folder, as .datatrawl.toml, they hold for that folder and may only narrow what is
    settings check -> 2: error: no .datatrawl.toml here
    settings show -> 0: path: .
    settings schema -> 0: {
    plan -> 2: Plan what a retention policy has to be deleted; nothing is changed
    plan show -> 2: error: the following required arguments were not provided:
    plan approve -> 2: error: the following required arguments were not provided:
    plan export -> 2: error: the following required arguments were not provided:
    plan diff -> 2: error: the following required arguments were not provided:
    apply -> 2: error: the following required arguments were not provided:
    subject -> 2: Find what a person asks for, and plan its erasure
    subject new -> 0: # A request of a person. It names them: keep it where personal data may be kept, and delete it when the case is closed.
    subject find -> 2: error: the following required arguments were not provided:
    subject erase -> 2: error: the following required arguments were not provided:
    quarantine -> 2: List, give back or destroy originals that apply kept, encrypted
    quarantine list -> 2: error: the following required arguments were not provided:
    quarantine restore -> 2: error: the following required arguments were not provided:
    quarantine expire -> 2: error: the following required arguments were not provided:
    certificate -> 2: error: the following required arguments were not provided:
    verify -> 2: error: the following required arguments were not provided:
    ledger -> 2: Check a ledger of what was carried out; note what another program did
    ledger verify -> 2: error: the following required arguments were not provided:
    ledger record -> 2: error: the following required arguments were not provided:
    policy -> 2: Begin, check, compare and explain retention policies
    policy new -> 0: # A datatrawl policy. Test it: datatrawl policy check FILE
    policy check -> 2: error: the following required arguments were not provided:
    policy explain -> 2: error: the following required arguments were not provided:
    policy diff -> 2: error: the following required arguments were not provided:
    policy schema -> 0: {
    key -> 2: Make a key, or name the one in use
    key new -> 0: 64 digits
    key id -> 2: error: no key
    token -> 2: error: the following required arguments were not provided:
    completions -> 2: error: the following required arguments were not provided:
    "#);
}

#[test]
fn a_place_that_does_not_exist_is_told_and_starts_nothing() {
    let mut said = String::new();
    for args in [
        &["scan", "absent", "--out", "out"][..],
        &["scan", "--files-from", "absent", "--out", "out"],
        &["scan", "in", "--config", "absent", "--out", "out"],
        &["scan", "in", "--patterns", "absent", "--out", "out"],
        &["scan", "in", "--key-file", "absent", "--out", "out"],
        &["gate", "absent"],
        &["gate", "--run", "absent"],
        &["gate", "in", "--baseline", "absent"],
        &["baseline", "create", "absent", "--baseline", "out", "--reason", "x"],
        &["baseline", "update", "in", "--baseline", "absent", "--reason", "x"],
        &["baseline", "prune", "in", "--baseline", "absent"],
        &["report", "absent", "--to", "csv"],
        &["explain", "absent", "abcdef"],
        &["patterns", "list", "--patterns", "absent"],
        &["settings", "check", "absent"],
        &["settings", "show", "x", "--root", "absent"],
        &["plan", "--findings", "absent", "--policy", "absent", "--out", "out"],
        &["plan", "show", "absent"],
        &["plan", "approve", "absent", "--by", "x"],
        &["apply", "absent"],
        &["subject", "find", "--request", "absent", "--findings", "absent", "--policy", "absent"],
        &["subject", "erase", "--request", "absent", "--findings", "absent", "--policy", "absent", "--out", "out"],
        &["quarantine", "list", "absent"],
        &["quarantine", "restore", "absent", "--identity", "absent"],
        &["quarantine", "expire", "absent"],
        &["certificate", "absent"],
        &["plan", "export", "absent", "--format", "sql"],
        &["plan", "diff", "absent", "absent"],
        &["apply", "absent"],
        &["subject", "find", "--request", "absent", "--findings", "absent", "--policy", "absent"],
        &["subject", "erase", "--request", "absent", "--findings", "absent", "--policy", "absent", "--out", "out"],
        &["verify", "absent"],
        &["ledger", "verify", "absent"],
        &["ledger", "record", "absent", "--external", "absent"],
        &["policy", "check", "absent"],
        &["policy", "explain", "x", "--policy", "absent"],
        &["policy", "diff", "absent", "absent"],
        &["key", "id", "--key-file", "absent"],
        &["token", "--entity", "absent"],
        &["completions", "absent"],
    ] {
        let desk = Desk::with(&[]);
        let done = desk.keyed(args);
        said += &format!("{} -> {}: {}\n", args.join(" "), done.code, done.stderr.lines().next().unwrap_or(""));
        assert!(!desk.path("out").exists(), "{args:?}");
    }
    assert_snapshot!(said, @r#"
    scan absent --out out -> 2: error: no such file or folder: absent
    scan --files-from absent --out out -> 2: error: absent: No such file or directory (os error 2)
    scan in --config absent --out out -> 2: error: settings absent: No such file or directory (os error 2)
    scan in --patterns absent --out out -> 2: error: no such folder of patterns: absent
    scan in --key-file absent --out out -> 2: error: key file absent: No such file or directory (os error 2)
    gate absent -> 2: error: no such file or folder: absent
    gate --run absent -> 2: error: not a run folder: absent: No such file or directory (os error 2)
    gate in --baseline absent -> 2: error: absent: No such file or directory (os error 2)
    baseline create absent --baseline out --reason x -> 2: error: no such file or folder: absent
    baseline update in --baseline absent --reason x -> 2: error: absent: No such file or directory (os error 2)
    baseline prune in --baseline absent -> 2: error: absent: No such file or directory (os error 2)
    report absent --to csv -> 2: error: not a run folder: absent: No such file or directory (os error 2)
    explain absent abcdef -> 2: error: not a run folder: absent: No such file or directory (os error 2)
    patterns list --patterns absent -> 2: error: no such folder of patterns: absent
    settings check absent -> 2: error: settings absent: No such file or directory (os error 2)
    settings show x --root absent -> 2: error: no such folder: absent
    plan --findings absent --policy absent --out out -> 2: error: policy absent: No such file or directory (os error 2)
    plan show absent -> 2: error: not a plan: absent: No such file or directory (os error 2)
    plan approve absent --by x -> 2: error: not a plan: absent: No such file or directory (os error 2)
    apply absent -> 2: error: not a plan: absent: No such file or directory (os error 2)
    subject find --request absent --findings absent --policy absent -> 2: error: request absent: No such file or directory (os error 2)
    subject erase --request absent --findings absent --policy absent --out out -> 2: error: request absent: No such file or directory (os error 2)
    quarantine list absent -> 2: error: absent: No such file or directory (os error 2)
    quarantine restore absent --identity absent -> 2: error: absent: No such file or directory (os error 2)
    quarantine expire absent -> 2: error: absent: No such file or directory (os error 2)
    certificate absent -> 2: error: not a plan: absent: No such file or directory (os error 2)
    plan export absent --format sql -> 2: error: not a plan: absent: No such file or directory (os error 2)
    plan diff absent absent -> 2: error: not a plan: absent: No such file or directory (os error 2)
    apply absent -> 2: error: not a plan: absent: No such file or directory (os error 2)
    subject find --request absent --findings absent --policy absent -> 2: error: request absent: No such file or directory (os error 2)
    subject erase --request absent --findings absent --policy absent --out out -> 2: error: request absent: No such file or directory (os error 2)
    verify absent -> 2: error: not a plan: absent: No such file or directory (os error 2)
    ledger verify absent -> 2: error: ledger absent: No such file or directory (os error 2)
    ledger record absent --external absent -> 2: error: not a plan: absent: No such file or directory (os error 2)
    policy check absent -> 2: error: policy absent: No such file or directory (os error 2)
    policy explain x --policy absent -> 2: error: policy absent: No such file or directory (os error 2)
    policy diff absent absent -> 2: error: policy absent: No such file or directory (os error 2)
    key id --key-file absent -> 2: error: key file absent: No such file or directory (os error 2)
    token --entity absent -> 2: error: no value on standard input
    completions absent -> 2: error: invalid value 'absent' for '<SHELL>'
    "#);
}

#[test]
fn a_run_folder_that_is_used_is_never_mixed_into() {
    let desk = Desk::with(&[("a.txt", b"ana@kusina.ph")]);
    desk.write("out/other.txt", "x");
    assert_snapshot!(transcript(&desk, &desk.keyed(&["scan", "in", "--out", "out"])), @r#"
    stderr:
    error: out is not empty, expected a new or empty folder
    hint: name a folder that does not exist yet; runs are never mixed or overwritten
    exit code 2
    "#);
    desk.write("file", "x");
    assert_snapshot!(transcript(&desk, &desk.keyed(&["scan", "in", "--out", "file"])), @r#"
    stderr:
    error: file is not a folder, expected a new or empty folder
    hint: name a folder that does not exist yet; runs are never mixed or overwritten
    exit code 2
    "#);
}

#[test]
fn completions_know_commands_and_options() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let done = Desk::new().run(&["completions", shell]);
        assert_eq!((done.code, done.stderr.as_str()), (0, ""), "{shell}");
        for word in ["patterns", "settings", "no-root-settings", "min-likelihood"] {
            assert!(done.stdout.contains(word), "{shell}: {word}");
        }
    }
    assert!(check(&[], &["completions", "cmd"]).ends_with("exit code 2"));
}

#[test]
fn progress_for_programs_ends_with_the_counts() {
    let desk = Desk::with(&[("a.txt", b"ana@kusina.ph\nben@kusina.ph\n")]);
    let done = desk.keyed(&["scan", "in", "--out", "out", "--quiet", "--json-progress"]);
    assert_eq!((done.code, done.stdout.as_str()), (0, ""));
    let last: serde_json::Value = serde_json::from_str(done.stderr.lines().last().expect("a line")).expect("JSON");
    assert_eq!((&last["bytes"], &last["leaves"], &last["rows"]["email"]), (&28.into(), &1.into(), &2.into()));
    assert!(last["elapsed_us"].is_u64());
}
