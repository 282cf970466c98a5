//! What a person sees: whole transcripts of commands that start nothing, and of scans that succeed, warn or are incomplete.

use insta::assert_snapshot;

use crate::run::Desk;
use crate::transcript::{check, gz, transcript};

const SMALL: &[u8] = b"id,email,note\n1,ana.reyes@example.com,hi\n2,ben.cruz@example.org,ho\n3,cara.lim@example.net,hum\n";
const GIF: &[u8] = b"GIF89a\x01\0\x01\0";

#[test]
fn shows_its_help_when_called_without_arguments() {
    assert_snapshot!(check(&[], &[]), @r#"
    stderr:
    Finds personal data in exports, logs and dumps, and writes its findings as Parquet

    Usage: datatrawl <COMMAND>

    Commands:
      scan         Scan files and folders; write a run folder
      gate         Say whether data may go on: fail on personal data, for CI and hooks
      baseline     Accept findings, so that the gate fails on new ones alone
      report       Tell of a run: a page for people, and forms that other programs read
      explain      Say why a finding is one
      patterns     List, show, test and begin patterns
      formats      List the formats, codecs and character sets that are read
      settings     Begin, check and explain settings files
      plan         Plan what a retention policy has to be deleted; nothing is changed
      apply        Carry a plan out; without --execute say what it would do
      subject      Find what a person asks for, and plan its erasure
      quarantine   List, give back or destroy originals that apply kept, encrypted
      certificate  Say what was erased, how that was verified, and what was not: a page and a statement
      verify       Look whether what a plan deletes is gone, whoever carried it out
      ledger       Check a ledger of what was carried out; note what another program did
      policy       Begin, check, compare and explain retention policies
      key          Make a key, or name the one in use
      token        Make the token of a value read from standard input
      completions  Print the completions of a shell
      help         Print this message or the help of the given subcommand(s)

    Options:
      -h, --help     Print help
      -V, --version  Print version
    exit code 2
    "#);
}

#[test]
fn shows_its_help_when_asked() {
    let asked = check(&[], &["--help"]);
    assert!(asked.ends_with("exit code 0"));
    assert_eq!(asked.lines().filter(|line| line.starts_with("  scan ")).count(), 1);
}

#[test]
fn names_every_option_of_scan() {
    assert_snapshot!(check(&[], &["scan", "--help"]), @r#"
    stdout:
    Scan files and folders; write a run folder

    Usage: datatrawl scan [OPTIONS] [SRC]...

    Arguments:
      [SRC]...  Files and folders; NAME=PATH names a root, - is standard input

    Options:
          --files-from <LIST>
              Read the list of files from a file or, with -, from standard input: one a line, or
              separated by NUL
          --region <CC>
              Countries whose national forms (phone numbers) count without context, most important
              first, such as PH,SG
          --patterns <DIR>
              Folder with further pattern files; they add to the built-in ones and replace those of the
              same id
          --no-root-patterns
              Do not read the patterns that a scanned folder has in .datatrawl/patterns
          --config <FILE>
              Settings file for all of the scan; goes before those in scanned folders
          --no-root-settings
              Do not read the settings that a scanned folder has in .datatrawl.toml
          --known <FILE>
              List of known values, delimited text in UTF-8 with a header: each is found wherever it
              stands, as very likely
          --known-column <NAME=ENTITY>
              What a column of the list holds: an entity, or the id of a rule [default: the names of the
              columns say]
          --known-subject <NAME>
              Column of the list that tells persons apart; findings carry its token [default: the
              customer number, e-mail address or phone, or else the first column]
          --policy <FILE>
              Policy: findings and objects say whose and how old records are, and their dataset, owner
              and key
          --min-likelihood <[ENTITY=]LEVEL>
              Lowest likelihood to report, of all entities or of one; may be repeated [default:
              possible]
          --rows <ENTITY=ROWS>
              Rows that findings of an entity have in each file: all, sample:N (the first N) or count;
              all are counted
          --sample <files=N|records=N|bytes=N>
              Read the first N files of each folder alone, of each file its first N records, or those
              that start in its first N bytes; may be repeated
          --include <GLOB>
              Only files that match; a glob without / matches names anywhere
          --exclude <GLOB>
              Leave out files and folders that match
          --no-hidden
              Leave out hidden files and folders
          --ignore-files
              Leave out what .gitignore and .ignore files name (.datatrawlignore always counts)
          --follow-links
              Follow symbolic links
          --encoding <NAME>
              Character set of text without a byte order mark, as the WHATWG Encoding Standard names
              them [default: detected]
          --jobs <N>
              Threads
          --key-file <FILE>
              File with the key: 64 hex digits
          --require-key
              Refuse to run with a key made for this run alone
          --strict
              Exit with 3 also where files had no reader or were left out
      -q, --quiet
              Print nothing but warnings and errors
          --json-progress
              Print progress on standard error as JSON, an object a line, every second and at the end;
              goes with --quiet
          --out <DIR>
              Run folder to write; it must not exist or be empty [default: datatrawl-run-TIME]
          --fail-on <LEVEL>
              Exit with 1 where a finding has at least this likelihood
      -h, --help
              Print help
    exit code 0
    "#);
}

#[test]
fn refuses_a_path_that_does_not_exist() {
    assert_snapshot!(check(&[], &["scan", "absent"]), @r#"
    stderr:
    error: no such file or folder: absent
    exit code 2
    "#);
}

#[test]
fn scans_an_empty_folder() {
    assert_snapshot!(check(&[], &["scan", "in", "--out", "out"]), @r#"
    stdout:
    0.0 MB, 0 records in [TIME] s ([RATE] MB/s)
    objects: none

    nothing found

    regions: none given: phone numbers in national form count only with context (--region PH,SG)

    run folder: out
    next:
      duckdb -c "select path, column_name, entity, likelihood, matched_count from 'out/columns.parquet' where entity is not null order by matched_count desc"
      duckdb -c "select path, status, reason from 'out/objects.parquet' where status <> 'scanned'"
    exit code 0
    "#);
}

#[test]
fn refuses_an_unknown_region() {
    assert_snapshot!(check(&[], &["scan", "in", "--region", "XX"]), @r#"
    stderr:
    error: invalid value 'XX' for '--region <CC>': no country has this code (ISO 3166-1 alpha-2)

    For more information, try '--help'.
    exit code 2
    "#);
}

#[test]
fn scans_a_small_csv() {
    assert_snapshot!(check(&[("a.csv", SMALL)], &["scan", "in", "--out", "out"]), @r#"
    stdout:
    0.0 MB, 3 records in [TIME] s ([RATE] MB/s)
    objects: 1 scanned
    findings: email 3

     WORST PLACES  COLUMN  ENTITY  ROWS  LIKELIHOOD  EXAMPLE (MASKED)
     a.csv         email   email   3     likely      a***@***.com

    regions: none given: phone numbers in national form count only with context (--region PH,SG)

    run folder: out
    next:
      datatrawl explain 'out' [ID]
      duckdb -c "select path, column_name, entity, likelihood, matched_count from 'out/columns.parquet' where entity is not null order by matched_count desc"
      duckdb -c "select path, status, reason from 'out/objects.parquet' where status <> 'scanned'"
    exit code 0
    "#);
}

#[test]
fn says_nothing_when_quiet_and_all_is_well() {
    assert_snapshot!(check(&[("a.csv", SMALL)], &["scan", "in", "--out", "out", "--quiet"]), @r#"exit code 0"#);
}

#[test]
fn exits_3_on_a_truncated_gzip() {
    let whole = gz(&SMALL.repeat(200));
    let cut = &whole[..whole.len() / 2];
    assert_snapshot!(check(&[("a.csv.gz", cut)], &["scan", "in", "--out", "out", "--quiet"]), @r#"
    stderr:
    warning: objects that failed or were read in part: 1 (see objects.parquet)
    exit code 3
    "#);
}

#[test]
fn warns_of_a_file_without_reader() {
    assert_snapshot!(check(&[("logo.gif", GIF)], &["scan", "in", "--out", "out", "--quiet"]), @r#"
    stderr:
    warning: objects without a reader: 1 (see objects.parquet)
    exit code 0
    "#);
}

#[test]
fn exits_3_on_a_file_without_reader_when_strict() {
    assert_snapshot!(check(&[("logo.gif", GIF)], &["scan", "in", "--out", "out", "--quiet", "--strict"]), @r#"
    stderr:
    1 objects have no reader or were left out (--strict): see objects.parquet: exit code 3
    exit code 3
    "#);
}

#[test]
fn exits_1_where_fail_on_is_met() {
    assert_snapshot!(check(&[("a.csv", SMALL)], &["scan", "in", "--out", "out", "--quiet", "--fail-on", "likely"]), @r#"
    stderr:
    findings at the level of --fail-on: exit code 1
    exit code 1
    "#);
}

#[test]
fn exits_0_where_fail_on_is_not_met() {
    let clean = b"id,colour\n1,red\n2,green\n3,blue\n";
    assert_snapshot!(check(&[("a.csv", clean)], &["scan", "in", "--out", "out", "--quiet", "--fail-on", "possible"]), @r#"exit code 0"#);
}

#[test]
fn fail_on_wins_over_an_incomplete_read_and_both_are_told() {
    let whole = gz(&SMALL.repeat(200));
    let files: [(&str, &[u8]); 2] = [("a.csv", SMALL), ("b.csv.gz", &whole[..whole.len() / 2])];
    assert_snapshot!(check(&files, &["scan", "in", "--out", "out", "--quiet", "--fail-on", "likely"]), @r#"
    stderr:
    warning: objects that failed or were read in part: 1 (see objects.parquet)
    findings at the level of --fail-on: exit code 1
    exit code 1
    "#);
}

#[test]
fn explains_a_finding() {
    let desk = Desk::with(&[("a.csv", SMALL)]);
    let findings = desk.scan(&[]);
    let id = findings[0]["finding_id"].as_str().expect("an id");
    assert_snapshot!(transcript(&desk, &desk.run(&["explain", "out", id])), @r#"
    stdout:
    [ID] email (likely), confidence 0.75
      where      a.csv
      column     email
      record     0
      line       2
      bytes      16..37
      preview    a***@***.com
      rule       email version 1
      check      there is none
      signals
         -0.10  test_value           a published test or documentation value
         +0.60  base                 the rule's own starting score
         +0.25  column_name          the column, key or header names the entity
    exit code 0
    "#);
    let short = desk.run(&["explain", "out", &id[..8].to_uppercase()]);
    assert_eq!(short.stdout, desk.run(&["explain", "out", id]).stdout);
}

#[test]
fn says_where_no_finding_has_an_id() {
    let desk = Desk::with(&[("a.csv", SMALL)]);
    desk.scan(&[]);
    assert_snapshot!(transcript(&desk, &desk.run(&["explain", "out", "00000000"])), @r#"
    stderr:
    error: no finding of this run has an id that begins with 00000000
    exit code 2
    "#);
}

#[test]
fn refuses_to_explain_what_is_no_run_or_no_id() {
    assert_snapshot!(check(&[], &["explain", "in", "00000000"]), @r#"
    stderr:
    error: not a run folder: in: No such file or directory (os error 2)
    hint: datatrawl scan writes one; scan.json is written last
    exit code 2
    "#);
    assert_snapshot!(check(&[], &["explain", "in", "xyz"]), @r#"
    stderr:
    error: a finding id is 32 hex digits, or at least the first 6 of them
    exit code 2
    "#);
}

#[test]
fn reads_a_list_of_files_from_standard_input() {
    let desk = Desk::with(&[("a.csv", SMALL), ("b.csv", SMALL), ("c.csv", SMALL)]);
    let done = desk.fed(&["scan", "--files-from", "-", "--out", "out", "--quiet"], b"in/a.csv\nin/c.csv\nin/absent.csv\n");
    assert_eq!(done.code, 3, "{}", done.stderr);
    let mut rows: Vec<String> = desk.objects().iter().map(|row| format!("{} {}", row["path"], row["status"])).collect();
    rows.sort();
    assert_eq!(rows, [r#""in/a.csv" "scanned""#, r#""in/absent.csv" "failed""#, r#""in/c.csv" "scanned""#]);
    assert_eq!(desk.findings().len(), 6);
}

#[test]
fn scans_standard_input() {
    let desk = Desk::new();
    let done = desk.fed(&["scan", "-", "--out", "out", "--quiet"], &gz(SMALL));
    assert_eq!((done.code, done.stderr.as_str()), (0, ""));
    assert_eq!(desk.object("stdin")["format"], "csv");
    assert_eq!(desk.findings().len(), 3);
}

#[test]
fn refuses_standard_input_named_twice() {
    assert_snapshot!(check(&[], &["scan", "-", "-", "--out", "out"]), @r#"
    stderr:
    error: standard input is named twice
    exit code 2
    "#);
}
