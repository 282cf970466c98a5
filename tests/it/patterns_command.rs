//! `datatrawl patterns`, and pattern files that a scan is given.

use insta::assert_snapshot;

use crate::run::{Desk, of, text};
use crate::transcript::{check, transcript};

/// A valid rule of an organisation.
const BADGE: &str = r#"id = "badge"
version = 3
entity = "badge"
category = "user.unique_id"
sensitivity = "low"
summary = "Number on a staff badge"
examples = ["badge «BDG-4711» shown"]
counter_examples = ["BDG-47"]

[find]
expression = 'BDG-[0-9]{4}\b'

[value]
normalise = "exact/1"
mask = "last2"

[score]
base = 70
"#;

const STAFF: &[u8] = b"day,badge\n1,BDG-0001\n2,BDG-0002\n3,BDG-0003\n";

fn desk_with_badge(rule: &str) -> Desk {
    let desk = Desk::with(&[("staff.csv", STAFF)]);
    desk.write("rules/badge.toml", rule);
    desk
}

#[test]
fn lists_every_rule() {
    let desk = Desk::new();
    let listed = desk.run(&["patterns", "list"]);
    assert_eq!(listed.code, 0);
    let ids: Vec<&str> = listed.stdout.lines().skip(1).filter_map(|line| line.split_whitespace().next()).collect();
    for entity in ["address", "credit_card", "date_of_birth", "email", "iban", "ip_address", "person_name", "phone", "us_ssn"] {
        assert!(ids.contains(&entity), "{entity} is not among {ids:?}");
    }
}

#[test]
fn shows_a_rule() {
    assert_snapshot!(transcript(&Desk::new(), &desk_with_badge(BADGE).run(&["patterns", "show", "badge", "--patterns", "rules"])), @r#"
    stdout:
    badge (version 3): Number on a staff badge
      entity         badge
      category       user.unique_id
      sensitivity    low
      found by       expression at the literals ["BDG-0", "BDG-1", "BDG-2", "BDG-3"] …
      normalised     exact/1
      base           +0.70
      keyword        +0.35
      keyword against -0.20
      column name    +0.35
      name against   -0.20
      column match   +0.10
      mismatch       -0.10
      sequence       -0.40
      cases          1 examples, 1 counter-examples
      file           rules/badge.toml
    exit code 0
    "#);
}

#[test]
fn refuses_to_show_an_unknown_rule() {
    assert_snapshot!(check(&[], &["patterns", "show", "shoe_size"]), @r#"
    stderr:
    error: no rule has the id shoe_size
    hint: datatrawl patterns list shows them
    exit code 2
    "#);
}

#[test]
fn runs_the_cases_of_the_built_in_rules() {
    let done = Desk::new().run(&["patterns", "test"]);
    assert_eq!((done.code, done.stderr.as_str()), (0, ""));
    assert!(done.stdout.ends_with(" passed, 0 failed\n"), "{}", done.stdout);
    assert!(!done.stdout.starts_with("0 passed"));
}

#[test]
fn tells_which_case_of_a_rule_fails() {
    let wrong = BADGE.replace(r#"["BDG-47"]"#, r#"["BDG-0815 is a shelf"]"#);
    let desk = desk_with_badge(&wrong);
    assert_snapshot!(transcript(&desk, &desk.run(&["patterns", "test", "badge", "--patterns", "rules"])), @r#"
    stdout:
    4 passed, 4 failed
    stderr:
    failed: badge/counter_example 1/alone: found [0..8], expected []
    failed: badge/counter_example 1/csv: found [0..8], expected []
    failed: badge/counter_example 1/json: found [0..8], expected []
    failed: badge/counter_example 1/log: found [59..67], expected []
    exit code 1
    "#);
}

#[test]
fn begins_a_pattern_that_passes_its_own_test() {
    let desk = Desk::new();
    let begun = desk.run(&["patterns", "new", "loyalty_card"]);
    assert_eq!((begun.code, begun.stderr.as_str()), (0, ""));
    desk.write("rules/loyalty_card.toml", begun.stdout);
    assert_snapshot!(transcript(&desk, &desk.run(&["patterns", "test", "loyalty_card", "--patterns", "rules"])), @r#"
    stdout:
    8 passed, 0 failed
    exit code 0
    "#);
}

#[test]
fn refuses_an_id_that_is_no_id() {
    assert_snapshot!(check(&[], &["patterns", "new", "Loyalty Card"]), @r#"
    stderr:
    error: an id is lower-case letters, digits and _
    exit code 2
    "#);
}

#[test]
fn finds_by_a_rule_of_the_organisation() {
    let findings = desk_with_badge(BADGE).scan(&["--patterns", "rules"]);
    let versions: Vec<i64> = of(&findings, "badge").filter_map(|row| row["rule_version"].as_i64()).collect();
    assert_eq!(versions, [3, 3, 3]);
}

#[test]
fn a_given_rule_replaces_the_built_in_one_of_the_same_id() {
    let desk = desk_with_badge(&BADGE.replace("id = \"badge\"", "id = \"email\""));
    desk.write("in/mail.csv", "id,email\n1,ana@example.com\n2,ben@example.com\n3,cat@example.com\n");
    let findings = desk.scan(&["--patterns", "rules"]);
    assert_eq!(of(&findings, "email").count(), 0);
    assert!(of(&findings, "badge").all(|row| text(row, "rule") == "email"));
    assert_eq!(of(&findings, "badge").count(), 3);
}

#[test]
fn uses_the_patterns_of_a_scanned_folder_and_says_so() {
    let desk = Desk::with(&[("staff.csv", STAFF)]);
    desk.write("in/.datatrawl/patterns/badge.toml", BADGE);
    let done = desk.keyed(&["scan", "in", "--out", "out", "--quiet"]);
    assert_eq!((done.code, done.stderr.as_str()), (0, "using the patterns in in/.datatrawl/patterns\n"));
    assert_eq!(of(&desk.findings(), "badge").filter(|row| row["path"] == "staff.csv").count(), 3);
    let without = desk.keyed(&["scan", "in", "--out", "out2", "--quiet", "--no-root-patterns"]);
    assert_eq!((without.code, without.stderr.as_str()), (0, ""));
    assert_eq!(of(&crate::run::findings(&desk.path("out2")), "badge").count(), 0);
}

#[test]
fn scanned_data_may_not_replace_a_rule() {
    let desk = Desk::with(&[("staff.csv", STAFF)]);
    desk.write("in/.datatrawl/patterns/email.toml", BADGE.replace("id = \"badge\"", "id = \"email\""));
    assert_snapshot!(transcript(&desk, &desk.keyed(&["scan", "in", "--out", "out"])), @r#"
    stderr:
    using the patterns in in/.datatrawl/patterns
    error: pattern in/.datatrawl/patterns/email.toml: a pattern beside scanned data may not replace a rule or be slow
    hint: leave the folder out with --no-root-patterns
    exit code 2
    "#);
    assert!(!desk.path("out").exists());
}

#[test]
fn an_unknown_key_is_told_with_file_line_and_column() {
    let desk = desk_with_badge(&BADGE.replace("base = 70", "bass = 70"));
    assert_snapshot!(transcript(&desk, &desk.keyed(&["scan", "in", "--out", "out", "--patterns", "rules"])), @r#"
    stderr:
    error: pattern rules/badge.toml:18:1: unknown field `bass`, expected one of `base`, `keyword`, `keyword_against`, `column`, `column_against`, `column_match`, `column_mismatch`, `column_sequence`, `cell`, `siblings`, `column_maybe`
    exit code 2
    "#);
}

#[test]
fn broken_toml_is_told_with_file_line_and_column() {
    let desk = desk_with_badge(&BADGE.replace("version = 3", "version = = 3"));
    assert_snapshot!(transcript(&desk, &desk.keyed(&["scan", "in", "--out", "out", "--patterns", "rules"])), @r#"
    stderr:
    error: pattern rules/badge.toml:2:11: extra `=`, expected nothing
    exit code 2
    "#);
}

#[test]
fn an_expression_that_can_match_without_bound_is_refused() {
    let desk = desk_with_badge(&BADGE.replace("[0-9]{4}", "[0-9]+"));
    assert_snapshot!(transcript(&desk, &desk.keyed(&["scan", "in", "--out", "out", "--patterns", "rules"])), @r#"
    stderr:
    error: pattern rules/badge.toml: the expression can match more than 4096 bytes; bound its repetitions
    exit code 2
    "#);
}

#[test]
fn an_expression_that_no_prefilter_serves_is_refused() {
    let desk = desk_with_badge(&BADGE.replace("'BDG-[0-9]{4}\\b'", "'[A-Z]{3}-[0-9]{4}\\b'"));
    assert_snapshot!(transcript(&desk, &desk.keyed(&["scan", "in", "--out", "out", "--patterns", "rules"])), @r#"
    stderr:
    error: pattern rules/badge.toml: no prefilter serves the expression
    hint: begin it with two or more fixed characters or with a digit, or set find.slow = true to pay a pass over all input
    exit code 2
    "#);
}

#[test]
fn a_folder_of_patterns_that_does_not_exist_is_refused() {
    assert_snapshot!(check(&[], &["scan", "in", "--out", "out", "--patterns", "absent"]), @r#"
    stderr:
    error: no such folder of patterns: absent
    exit code 2
    "#);
}
