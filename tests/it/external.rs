//! Other executors of a plan: what they say goes to the ledger, and whether they did it is looked at in the files.

use std::fs;
use std::path::Path;
use std::process::Command;

use insta::assert_snapshot;
use serde_json::Value;

use crate::apply::Ready;
use crate::run::Done;

const HEAD: &str = "version = 1\n[policy]\nid = \"p\"\nmodified = 2026-01-15\ntimezone = \"Asia/Manila\"\nunassigned = \"ignore\"\n\
                    [guard]\nmax_records_percent = 100\n[[dataset]]\nid = \"orders\"\nmatch = [\"*\"]\nkey = [\"id\"]\n\
                    clock = [{ kind = \"column\", name = \"at\" }]\n";
const ROW: &str =
    "[[rule]]\nid = \"row\"\ndataset = \"orders\"\nwhere = { status = \"closed\" }\nafter = \"P1Y\"\naction = \"drop_record\"\n";
const PHONE: &str = "[[rule]]\nid = \"phone\"\ndataset = \"orders\"\ncolumns = [\"phone\"]\nafter = \"P30D\"\naction = \"null\"\n";
const MAIL: &str = "[[rule]]\nid = \"mail\"\ndataset = \"orders\"\nentities = [\"email\"]\nafter = \"P30D\"\naction = \"redact\"\n";

const ROWS: &str = "id,phone,mail,at,status,note\n\
    1,0917 555 0101,a@example.com,2020-01-01T00:00:00+08:00,closed,old\n\
    2,0917 555 0102,b@example.com,2020-01-01T00:00:00+08:00,open,\"write to c@example.com, or call\"\n\
    3,0917 555 0103,b@example.com,2026-01-10T00:00:00+08:00,open,young\n\
    4,0917 555 0104,d@example.com,2020-01-01T00:00:00+08:00,open,x\n";
/// The same once all was done, spelt and ordered by somebody else.
const AFTER: &str = "\"id\",\"phone\",\"mail\",\"at\",\"status\",\"note\"\n\
    \"4\",\"\",\"[EMAIL]\",\"2020-01-01T00:00:00+08:00\",\"open\",\"x\"\n\
    \"3\",\"0917 555 0103\",\"b@example.com\",\"2026-01-10T00:00:00+08:00\",\"open\",\"young\"\n\
    \"2\",\"\",\"[EMAIL]\",\"2020-01-01T00:00:00+08:00\",\"open\",\"write to [EMAIL], or call\"\n";

fn ready(rules: &[&str]) -> Ready {
    Ready::new(&[("a.csv", ROWS.as_bytes())], &[&[HEAD][..], rules].concat().concat())
}

fn record(ready: &Ready, result: &str, args: &[&str]) -> Done {
    ready.desk.write("result.csv", result);
    ready.desk.run(&[&["ledger", "record", "plan", "--external", "result.csv"], args].concat())
}

fn verify(ready: &Ready) -> Done {
    ready.desk.keyed(&["verify", "plan", "--operator", "t"])
}

fn events(ready: &Ready) -> Vec<Value> {
    let text = fs::read_to_string(ready.desk.path("plan/ledger.jsonl")).unwrap_or_default();
    text.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON")["event"].clone()).collect()
}

#[test]
fn a_result_that_is_not_of_the_plan_is_not_recorded() {
    let ready = ready(&[ROW, PHONE, MAIL]);
    let mut said = String::new();
    for result in [
        "",
        "a,b\n1,2\n",
        "op_id,rows_affected,executor\n99,1,x\n",
        "op_id,rows_affected,executor\n0,1,x\n-1,1,x\n",
        "op_id,rows_affected,executor\n0,1,x\n0,0,x\n",
        "op_id,rows_affected,executor\n0,-1,x\n",
        "op_id,rows_affected,executor\n0,,x\n",
        "op_id,rows_affected,executor\n0,1,\"x\n",
        "op_id,rows_affected,executor\n0,1,x\u{7}\n",
        "op_id,rows_affected\n0,1\n",
        "PAR1 and nothing of it",
    ] {
        let done = record(&ready, result, &[]);
        said += &format!("{}: {}", done.code, done.stderr.lines().next().unwrap_or("").split("result.csv").last().unwrap_or(""))
            .replace('\u{7}', "?");
        said += "\n";
    }
    assert!(events(&ready).is_empty());
    assert_snapshot!(said, @r#"
    2: : it is empty, expected a header with op_id, rows_affected and executor
    2: :1: expected a header with op_id, rows_affected and executor
    2: : the plan has no operation 99
    2: : the plan has no operation -1
    2: : operation 0 stands there twice
    2: : rows_affected is below zero in a row
    2: :2: rows_affected is no whole number
    2: :2: a quote has no end
    2: : an executor is a name of at most 200 bytes, without control characters
    2: : operation 0 has no executor
    2: : Parquet error: Invalid Parquet file. Corrupt footer
    "#);
}

#[test]
fn what_met_no_record_is_failed_and_what_is_not_named_stays_open() {
    let ready = ready(&[ROW, PHONE, MAIL]);
    let done = record(&ready, "\u{feff}op_id,rows_affected,executor\r\n0,1,spark\r\n1,0,spark\r\n2,3,spark\r\n", &[]);
    assert_eq!(done.code, 5);
    assert_snapshot!(done.stdout, @r#"
    spark: 1 operations done, 1 failed: they met no record, 1 met more records than one, 3 open
    3 recorded, 0 were before
    "#);
    // The second call tells what is new; another program is another matter.
    let done = record(&ready, "op_id\trows_affected\n0\t1\n1\t1\n2\t1\n3\t1\n4\t1\n5\t1\n", &["--executor", "spark"]);
    assert_eq!(done.code, 0, "{}", done.stderr);
    assert_snapshot!(done.stdout, @r#"
    spark: 6 operations done, 0 open
    5 recorded, 1 were before
    "#);
    let done = record(&ready, "op_id,rows_affected\n0,0\n", &["--executor", "dbt"]);
    assert_eq!(done.code, 5);
    assert_snapshot!(done.stdout, @r#"
    dbt: 0 operations done, 1 failed: they met no record, 5 open
    spark: 6 operations done, 0 open
    1 recorded, 0 were before
    "#);
    let kinds: Vec<String> = events(&ready)
        .iter()
        .map(|event| format!("{} {} {} {}", event["executor"], event["report"], event["rows"], event["operations"]))
        .collect();
    assert_snapshot!(kinds.join("\n"), @r#"
    "spark" "failed" 0 [[1,1]]
    "spark" "exceeded" 3 [[2,2]]
    "spark" "done" 1 [[0,0]]
    "spark" "done" 5 [[1,5]]
    "dbt" "failed" 0 [[0,0]]
    "#);
    assert_eq!(ready.desk.run(&["ledger", "verify", "plan/ledger.jsonl"]).code, 0);
}

#[test]
fn a_plan_that_nobody_carried_out_is_not_verified() {
    let ready = ready(&[ROW, PHONE, MAIL]);
    let done = verify(&ready);
    assert_eq!(done.code, 5);
    assert_snapshot!(done.stdout, @r#"
    still there  a.csv: 6 still there

    0 of 6 operations verified, 6 still there, 0 cannot be told
    "#);
    let checked = &events(&ready)[0];
    assert_eq!((&checked["kind"], &checked["finding"], &checked["still_there"]), (&"checked".into(), &"still_there".into(), &6.into()));
}

#[test]
fn what_apply_did_is_verified() {
    let log = "2020-01-01 10:00:00 INFO a@example.com from 203.0.113.7\n2026-01-14 10:00:00 INFO a@example.com in\n2020-01-01 10:00:00 INFO z@example.com in\n";
    let policy = HEAD.replace("\"column\", name = \"at\" }", "\"column\", name = \"at\" }, { kind = \"log\" }");
    let ready = Ready::new(&[("a.csv", ROWS.as_bytes()), ("a.log", log.as_bytes())], &[&policy, ROW, PHONE, MAIL].concat());
    assert_eq!(ready.apply().code, 0);
    let done = verify(&ready);
    assert_eq!(done.code, 0, "{}{}", done.stdout, done.stderr);
    assert_snapshot!(done.stdout, @r#"
    verified     a.csv: 6 gone
    verified     a.log: 1 gone

    7 of 7 operations verified, 0 still there, 0 cannot be told
    "#);
    let last = events(&ready).pop().expect("a line");
    assert_eq!((&last["kind"], &last["operator"], &last["unclear"]), (&"check_ended".into(), &"t".into(), &0.into()));
    // The address stands in a line that is kept, too: without the word of who wrote the file that is no proof.
    ready.desk.write("in/a.log", log.replace("INFO a@example.com from", "INFO [EMAIL] from").replace("z@example.com", "[EMAIL]"));
    let done = ready.desk.keyed(&["verify", "plan", "--ledger", "other.jsonl"]);
    assert!(done.code == 5 && done.stdout.contains("cannot be told"), "{}", done.stdout);
}

#[test]
fn what_somebody_else_wrote_is_told_by_keys_and_values() {
    let ready = ready(&[ROW, PHONE, MAIL]);
    let seen = |text: &str| {
        ready.desk.write("in/a.csv", text);
        let done = verify(&ready);
        format!("{}: {}", done.code, done.stdout.lines().next().unwrap_or("")).replace("a.csv: ", "")
    };
    let mut said = String::new();
    for (what, text) in [
        ("all done", AFTER.to_owned()),
        ("record 1 is there, changed", format!("{AFTER}\"1\",\"\",\"\",\"2020-01-01T00:00:00+08:00\",\"closed\",\"\"\n")),
        ("keys as floats", AFTER.replace("\"4\",\"\"", "\"4.0\",\"0917 555 0104\"")),
        ("a phone is there", AFTER.replace("\"4\",\"\"", "\"4\",\"0917 555 0104\"")),
        ("another phone is there", AFTER.replace("\"4\",\"\"", "\"4\",\"n/a\"")),
        ("a mail moved", AFTER.replace("\"x\"", "\"mail d@example.com\"")),
        ("a mail is spelt otherwise", AFTER.replace("write to [EMAIL]", "write to C@Example.COM")),
        (
            "records 2 and 4 are gone, too",
            "id,phone,mail,at,status,note\n3,0917 555 0103,b@example.com,2026-01-10,open,young\n5,,,,,\n6,,,,,\n".to_owned(),
        ),
        ("no keys", AFTER.replace("\"id\"", "\"no\"")),
        ("only a header", "id,phone,mail,at,status,note\n".to_owned()),
        ("nothing", String::new()),
        ("another format", "[{\"id\": 1}]".to_owned()),
        ("half a file", ROWS[..ROWS.len() - 30].to_owned()),
    ] {
        said += &format!("{what}: {}\n", seen(&text));
    }
    fs::remove_file(ready.desk.path("in/a.csv")).expect("it is there");
    let done = verify(&ready);
    said += &format!("no file: {}: {}\n", done.code, done.stdout.lines().next().unwrap_or(""));
    fs::remove_dir(ready.desk.path("in")).expect("it is empty");
    let done = verify(&ready);
    said += &format!("no folder: {}: {}\n", done.code, done.stdout.lines().next().unwrap_or(""));
    assert_snapshot!(said, @r#"
    all done: 0: verified     6 gone
    record 1 is there, changed: 5: still there  5 gone, 1 still there
    keys as floats: 5: still there  5 gone, 1 still there
    a phone is there: 5: still there  5 gone, 1 still there
    another phone is there: 5: still there  5 gone, 1 still there
    a mail moved: 5: still there  5 gone, 1 still there
    a mail is spelt otherwise: 5: still there  5 gone, 1 still there
    records 2 and 4 are gone, too: 0: verified     6 gone
    no keys: 5: unclear      6 cannot be told (records have no key any more)
    only a header: 0: verified     6 gone
    nothing: 0: verified     6 gone
    another format: 5: unclear      5 gone, 1 cannot be told (it reads as another format now)
    half a file: 5: still there  6 still there
    no file: 0: no file      a.csv: 6 gone
    no folder: 5: unclear      a.csv: 6 cannot be told (cannot be read: No such file or directory (os error 2))
    "#);
}

#[test]
fn what_is_there_again_is_not_certified() {
    let ready = ready(&[ROW, PHONE, MAIL]);
    assert_eq!(ready.apply().code, 0);
    assert_eq!(verify(&ready).code, 0);
    let done = ready.desk.run(&["certificate", "plan"]);
    assert_eq!(done.code, 0, "{}{}", done.stdout, done.stderr);
    ready.desk.write("in/a.csv", ROWS);
    assert_eq!(verify(&ready).code, 5);
    let done = ready.desk.run(&["certificate", "plan", "--out", "later"]);
    assert_eq!(done.code, 5, "{}{}", done.stdout, done.stderr);
}

#[test]
fn other_keys_and_rules_verify_nothing() {
    let ready = ready(&[ROW]);
    let done = ready.desk.command(&["verify", "plan"]).env("DATATRAWL_KEY", "f".repeat(64)).output().expect("it starts");
    assert_eq!(done.status.code(), Some(2));
    assert!(events(&ready).is_empty());
    let done = ready.desk.run(&["verify", "plan"]);
    assert!(done.code == 2 && done.stderr.contains("no key"), "{}", done.stderr);
}

fn python(ready: &Ready, script: &str) {
    let python = std::env::var_os("DATATRAWL_PYTHON");
    let python = python.expect("no DATATRAWL_PYTHON: run the tests with ./test, which makes an interpreter with duckdb and pyarrow");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join(script);
    let [plan, file, result] = ["plan", "in/a.csv", "result.parquet"].map(|name| ready.desk.path(name));
    let output = Command::new(python).arg(script).args([plan, file, result]).output().expect("the interpreter starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn duckdb_carries_a_plan_out() {
    let ready = ready(&[ROW, PHONE]);
    python(&ready, "tests/duckdb_executor.py");
    let done = ready.desk.run(&["ledger", "record", "plan", "--external", "result.parquet"]);
    assert_eq!((done.code, done.stdout.as_str()), (0, "duckdb: 3 operations done, 0 open\n3 recorded, 0 were before\n"), "{}", done.stderr);
    let done = verify(&ready);
    assert!(done.code == 0 && done.stdout.contains("3 of 3 operations verified"), "{}{}", done.stdout, done.stderr);
    let text = fs::read_to_string(ready.desk.path("in/a.csv")).expect("it is there");
    assert_eq!(text.lines().count(), 4);
}

#[test]
fn a_program_carries_a_plan_out_from_its_operations_alone() {
    let ready = ready(&[ROW, PHONE, MAIL]);
    python(&ready, "examples/execute_plan.py");
    let done = ready.desk.run(&["ledger", "record", "plan", "--external", "result.parquet"]);
    assert!(done.code == 0 && done.stdout.contains(" 0 open"), "{}{}", done.stdout, done.stderr);
    let done = verify(&ready);
    assert_eq!(done.code, 0, "{}{}", done.stdout, done.stderr);
    // A second time it meets what is gone no more.
    python(&ready, "examples/execute_plan.py");
    let done = ready.desk.run(&["ledger", "record", "plan", "--external", "result.parquet", "--ledger", "other.jsonl"]);
    assert!(done.code == 5 && done.stdout.contains("failed"), "{}", done.stdout);
}
