//! Two plans side by side.

use insta::assert_snapshot;
use regex::Regex;

use crate::apply::Ready;

const HEAD: &str = "version = 1\n[policy]\nid = \"p\"\nmodified = 2026-01-15\ntimezone = \"Asia/Manila\"\nunassigned = \"ignore\"\n\
                    [guard]\nmax_records_percent = 100\n[[dataset]]\nid = \"orders\"\nmatch = [\"*\"]\nkey = [\"id\"]\n\
                    clock = [{ kind = \"column\", name = \"at\" }]\n";
const RULES: &str = "[[rule]]\nid = \"row\"\ndataset = \"orders\"\nwhere = { status = \"closed\" }\nafter = \"P1Y\"\naction = \"drop_record\"\n\
                     [[rule]]\nid = \"mail\"\ndataset = \"orders\"\nentities = [\"email\"]\nafter = \"P30D\"\naction = \"redact\"\n";
const ROWS: &str = "id,mail,at,status\n\
    1,a@example.com,2020-01-01T00:00:00+08:00,closed\n\
    2,b@example.com,2020-01-01T00:00:00+08:00,open\n\
    3,c@example.com,2025-12-20T00:00:00+08:00,open\n\
    4,d@example.com,2026-01-14T00:00:00+08:00,open\n";

/// Text without what differs from call to call.
fn told(text: &str) -> String {
    let hex = Regex::new("[0-9a-f]{64}|[0-9a-f]{32}").expect("a constant");
    hex.replace_all(text, "ID").into_owned()
}

#[test]
fn says_what_one_plan_does_and_the_other_does_not_and_why() {
    let ready = Ready::new(&[("a.csv", ROWS.as_bytes())], &[HEAD, RULES].concat());
    let plan = |out: &str, as_of: &str| {
        let done = ready.desk.keyed(&["plan", "--findings", "out", "--policy", "p.toml", "--out", out, "--as-of", as_of]);
        assert_eq!(done.code, 0, "{}", done.stderr);
    };
    plan("same", "2026-01-15T00:05:00+08:00");
    let done = ready.desk.run(&["plan", "diff", "plan", "same"]);
    assert_eq!((done.code, done.stdout.as_str()), (0, "both do the same\n"));
    plan("later", "2026-01-20");
    let hold = "[[hold]]\nid = \"case\"\nopened = 2026-01-01\n";
    ready.desk.write("p.toml", [HEAD, &RULES.replace("redact", "null"), hold].concat());
    plan("other", "2026-01-15T00:05:00+08:00");
    assert_snapshot!(told(&ready.desk.run(&["plan", "diff", "plan", "later"]).stdout), @r#"
    decided for
      - 2026-01-14T16:05:00Z
      + 2026-01-19T16:00:00Z

     DATASET  RULE  ACTION  FIRST  SECOND  FIRST ALONE  SECOND ALONE
     orders   mail  redact  1      2       0            1

    + orders mail redact of mail: finding ID
    "#);
    assert_snapshot!(told(&ready.desk.run(&["plan", "diff", "plan", "other"]).stdout), @r#"
    policy
      - p of 2026-01-15, ID
      + p of 2026-01-15, ID
    holds
      - none
      + case in force

     DATASET  RULE  ACTION       FIRST  SECOND  FIRST ALONE  SECOND ALONE
     orders   mail  redact       1      0       1            0
     orders   row   drop_record  1      0       1            0

    - orders row drop_record: record ID
    - orders mail redact of mail: finding ID
    "#);
    let finding = ready.desk.findings().into_iter().find(|row| row["record"] == 2).expect("each row has one");
    let done = ready.desk.run(&["plan", "diff", "plan", "later", "--all"]);
    assert!(done.stdout.contains(&format!("finding {}", finding["finding_id"].as_str().expect("an id"))), "{}", done.stdout);
}
