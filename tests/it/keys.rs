//! Keys: where they come from, what is said where there is none; and tokens of single values.

use insta::assert_snapshot;

use crate::run::{Desk, Done, KEY};
use crate::transcript::{check, transcript};

const SMALL: &[u8] = b"id,email,note\n1,ana.reyes@example.com,hi\n2,ben.cruz@example.org,ho\n3,cara.lim@example.net,hum\n";

#[test]
fn refuses_a_key_file_that_holds_no_key() {
    assert_snapshot!(check(&[("bad.key", b"hush-hush-0001")], &["scan", "in", "--key-file", "in/bad.key", "--out", "out"]), @r#"
    stderr:
    error: key file in/bad.key: a key is 64 hex digits
    hint: make one with: datatrawl key new
    exit code 2
    "#);
}

#[test]
fn refuses_a_key_variable_that_holds_no_key() {
    let desk = Desk::with(&[]);
    let output = desk.command(&["scan", "in", "--out", "out"]).env("DATATRAWL_KEY", "hush-hush-0001").output().expect("it starts");
    assert_snapshot!(transcript(&desk, &Done::from(output)), @r#"
    stderr:
    error: a key is 64 hex digits
    hint: make one with: datatrawl key new
    exit code 2
    "#);
}

#[test]
fn refuses_to_run_without_a_key_where_one_is_required() {
    let desk = Desk::with(&[("a.csv", SMALL)]);
    assert_snapshot!(transcript(&desk, &desk.run(&["scan", "in", "--out", "out", "--require-key"])), @r#"
    stderr:
    error: no key
    hint: give --key-file, or set DATATRAWL_KEY; datatrawl key new makes one
    exit code 2
    "#);
    assert!(!desk.path("out").exists());
}

#[test]
fn warns_that_tokens_of_a_keyless_run_join_with_nothing() {
    let desk = Desk::with(&[("a.csv", SMALL)]);
    assert_snapshot!(transcript(&desk, &desk.run(&["scan", "in", "--out", "out", "--quiet"])), @r#"
    stderr:
    warning: no key: tokens of this run join with no other run (set DATATRAWL_KEY or give --key-file)
    exit code 0
    "#);
    assert_eq!(desk.manifest()["key_mode"], "ephemeral");
}

#[test]
fn makes_and_names_keys() {
    let desk = Desk::new();
    let made = desk.run(&["key", "new"]);
    assert_eq!((made.code, made.stdout.trim().len()), (0, 64));
    assert_ne!(desk.run(&["key", "new"]).stdout, made.stdout);
    desk.write("made.key", &made.stdout);
    let id = desk.run(&["key", "id", "--key-file", "made.key"]);
    assert_eq!((id.code, id.stdout.trim().len()), (0, 32));
    assert!(!made.stdout.contains(id.stdout.trim()));
    let file = desk.run(&["key", "new", "keys/mine"]);
    assert_eq!(file.stdout, desk.run(&["key", "id", "--key-file", "keys/mine"]).stdout);
}

#[cfg(unix)]
#[test]
fn writes_keys_that_only_their_owner_reads_and_never_over_a_file() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = Desk::new();
    desk.run(&["key", "new", "mine"]);
    let mode = std::fs::metadata(desk.path("mine")).expect("it was made").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert_snapshot!(transcript(&desk, &desk.run(&["key", "new", "mine"])), @r#"
    stderr:
    error: key file mine: File exists (os error 17)
    exit code 2
    "#);
}

#[test]
fn refuses_to_name_a_key_where_there_is_none() {
    assert_snapshot!(transcript(&Desk::new(), &Desk::new().run(&["key", "id"])), @r#"
    stderr:
    error: no key
    hint: give --key-file, or set DATATRAWL_KEY; datatrawl key new makes one
    exit code 2
    "#);
}

#[test]
fn token_is_the_one_that_a_scan_writes() {
    let desk = Desk::with(&[("a.csv", SMALL)]);
    let findings = desk.scan(&[]);
    let first = findings.iter().find(|row| row["record"] == 0).expect("the first row has an address");
    let expected = format!("{} email-lower/1\n", first["value_token"].as_str().expect("a token"));
    for spelling in ["ana.reyes@example.com", " ANA.Reyes@Example.COM\n"] {
        assert_eq!(desk.fed(&["token", "--entity", "email"], spelling.as_bytes()).stdout, expected);
    }
    desk.write("key", KEY);
    let by_file = desk.fed(&["token", "--entity", "email", "--key-file", "key"], b"ana.reyes@example.com");
    assert_eq!(by_file.stdout, expected);
}

#[test]
fn refuses_to_make_tokens_of_nothing_or_of_an_unknown_entity() {
    let desk = Desk::new();
    assert_snapshot!(transcript(&desk, &desk.fed(&["token", "--entity", "email"], b" \n")), @r#"
    stderr:
    error: no value on standard input
    hint: printf '%s' VALUE | datatrawl token --entity phone
    exit code 2
    "#);
    assert_snapshot!(transcript(&desk, &desk.fed(&["token", "--entity", "shoe_size"], b"42")), @r#"
    stderr:
    error: no rule finds the entity shoe_size
    hint: datatrawl patterns list shows them
    exit code 2
    "#);
}
