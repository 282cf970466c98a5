//! Plans: what a policy has to be deleted of what a scan found, and everything that must be kept.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use proptest::prelude::*;

use crate::run::{Desk, KEY, Row, number, table, text};

const HEAD: &str = "version = 1\n[policy]\nid = \"p\"\nmodified = 2026-01-15\ntimezone = \"Asia/Manila\"\nunassigned = \"report\"\n\
                    [guard]\nmax_records_percent = 100\n";
/// Five minutes into a day in Manila.
const NOW: &str = "2026-01-15T00:05:00+08:00";

/// A dataset of all files of a kind, and rules.
fn policy(dataset: &str, rules: &str) -> String {
    format!("{HEAD}[[dataset]]\nid = \"orders\"\nowner = \"o\"\nmatch = [\"orders.*\"]\nkey = [\"id\"]\n{dataset}\n{rules}")
}

const CLOCK: &str = "clock = [{ kind = \"column\", name = \"at\" }]";
const ROW: &str =
    "[[rule]]\nid = \"row\"\ndataset = \"orders\"\nwhere = { status = \"closed\" }\nafter = \"P1Y\"\naction = \"drop_record\"\n";
const PHONE: &str = "[[rule]]\nid = \"phone\"\ndataset = \"orders\"\ncolumns = [\"phone\"]\nafter = \"P30D\"\naction = \"null\"\n";
const MAIL: &str = "[[rule]]\nid = \"mail\"\ndataset = \"orders\"\nentities = [\"email\"]\nafter = \"P30D\"\naction = \"redact\"\n";

struct Planned {
    desk: Desk,
    stderr: String,
    code: i32,
}

impl Planned {
    fn new(files: &[(&str, &[u8])], policy: &str, args: &[&str]) -> Self {
        let desk = Desk::with(files);
        desk.write("p.toml", policy);
        desk.scan(&["--region", "PH"]);
        let planned = Self { desk, stderr: String::new(), code: 0 };
        planned.again(args)
    }

    fn again(self, args: &[&str]) -> Self {
        let base = ["plan", "--findings", "out", "--policy", "p.toml", "--out", "plan", "--as-of", NOW];
        let done = self.desk.keyed(&[&base, args].concat());
        Self { desk: self.desk, stderr: done.stderr, code: done.code }
    }

    fn ops(&self) -> Vec<Row> {
        assert_eq!(self.code, 0, "{}", self.stderr);
        table(&self.desk.path("plan/ops.parquet"))
    }

    fn review(&self) -> Vec<Row> {
        table(&self.desk.path("plan/review.parquet"))
    }

    /// Kind, rule, record and column of each operation.
    fn done(&self) -> Vec<(String, String, usize, String)> {
        let row =
            |op: &Row| (text(op, "kind").to_owned(), text(op, "rule").to_owned(), number(op, "record"), text(op, "column_name").to_owned());
        self.ops().iter().map(row).collect()
    }

    fn kept(&self) -> BTreeSet<(String, String)> {
        self.review().iter().map(|row| (text(row, "why").to_owned(), text(row, "rule").to_owned())).collect()
    }
}

const ROWS: &str = "id,phone,mail,at,status,note\n\
    1,0917 555 0101,a@example.com,2020-01-01T00:00:00+08:00,closed,old\n\
    2,0917 555 0102,b@example.com,2020-01-01T00:00:00+08:00,open,\"kept, masked\"\n\
    3,n/a,c@example.com,2025-12-16T00:05:00+08:00,closed,due this very second\n\
    4,0917 555 0104,d@example.com,2025-12-16T00:05:01+08:00,closed,a second short\n\
    5,0917 555 0105,e@example.com,,closed,no date\n\
    6,0917 555 0106,f@example.com,2030-01-01T00:00:00+08:00,closed,from the future\n";

#[test]
fn decides_record_by_record_and_keeps_what_is_not_known() {
    let planned = Planned::new(&[("orders.csv", ROWS.as_bytes())], &policy(CLOCK, &[ROW, PHONE, MAIL].concat()), &[]);
    let op = |kind: &str, rule: &str, record: usize, column: &str| (kind.to_owned(), rule.to_owned(), record, column.to_owned());
    assert_eq!(
        planned.done(),
        [
            op("record", "row", 0, ""),
            op("cell", "phone", 1, "phone"),
            op("span", "mail", 1, "mail"),
            // A broken phone, which no detector knows, goes by its column.
            op("cell", "phone", 2, "phone"),
            op("span", "mail", 2, "mail"),
        ]
    );
    let unknown: Vec<usize> = planned.review().iter().filter(|row| row["why"] == "unknown_age").map(|row| number(row, "record")).collect();
    assert_eq!(unknown.iter().copied().collect::<BTreeSet<_>>(), BTreeSet::from([4, 5]));
    let plan: serde_json::Value = serde_json::from_slice(&std::fs::read(planned.desk.path("plan/plan.json")).unwrap()).unwrap();
    assert_eq!(plan["datasets"][0]["records"], 6);
    assert_eq!(plan["datasets"][0]["records_dropped"], 1);
    assert_eq!(plan["datasets"][0]["records_without_time"], 1);
    assert_eq!(plan["totals"].as_array().unwrap().len(), 3);
}

#[test]
fn operations_name_their_place_and_what_is_expected_there() {
    let planned = Planned::new(&[("orders.csv", ROWS.as_bytes())], &policy(CLOCK, &[ROW, PHONE, MAIL].concat()), &[]);
    let objects = planned.desk.objects();
    let findings = planned.desk.findings();
    for op in planned.ops() {
        assert_eq!(op["content_token"], objects[0]["content_token"]);
        assert_eq!(op["record_key"]["id"], (number(&op, "record") + 1).to_string());
        let (start, end) = (number(&op, "record_start"), number(&op, "record_end"));
        assert!(ROWS[start..end].starts_with(op["record_key"]["id"].as_str().unwrap()));
        let same = findings.iter().find(|finding| finding["record"] == op["record"]).expect("each row has a finding");
        assert_eq!(op["record_token"], same["record_token"]);
        match text(&op, "kind") {
            "span" => {
                assert_eq!(text(&op, "replacement"), "[EMAIL]");
                let value = &ROWS[number(&op, "byte_start")..number(&op, "byte_end")];
                assert!(value.ends_with("@example.com"), "{value}");
                assert!(
                    findings.iter().any(|finding| finding["finding_id"] == op["finding_id"] && finding["guard_token"] == op["guard_token"])
                );
            }
            "cell" => assert!(["0917 555 0102", "n/a"].contains(&&ROWS[number(&op, "byte_start")..number(&op, "byte_end")])),
            other => assert_eq!(other, "record"),
        }
    }
}

#[test]
fn holds_keep_the_people_that_they_name() {
    let desk = Desk::new();
    let list = desk.fed(&["token", "--entity", "phone", "--region", "PH", "--list"], b"+63 917 555 0101\n");
    let person = format!("{CLOCK}\n[[dataset.person]]\nrole = \"customer\"\ncolumns = [\"phone\"]\nidentity = {{ phone = \"phone\" }}\n");
    let hold = "[[hold]]\nid = \"case\"\ndatasets = [\"orders\"]\nsubjects_file = \"case.tokens\"\nopened = 2026-01-01\n";
    let planned = Planned::new(&[("orders.csv", ROWS.as_bytes())], &policy(&person, &[ROW, PHONE, hold].concat()), &[]);
    assert_eq!(planned.code, 2);
    assert!(planned.stderr.contains("the list of this hold cannot be read"), "{}", planned.stderr);
    planned.desk.write("case.tokens", &list.stdout);
    let planned = planned.again(&[]);
    // The record of the phone on hold stays, and that of a phone that cannot be read.
    assert_eq!(planned.done().iter().map(|op| op.2).collect::<BTreeSet<_>>(), BTreeSet::from([1]));
    assert!(planned.kept().contains(&("held".to_owned(), "row".to_owned())));
    let held = planned.review().into_iter().find(|row| row["why"] == "held").expect("there is one");
    assert_eq!((number(&held, "record"), text(&held, "detail")), (0, "case"));
}

#[test]
fn holds_keep_whom_nobody_can_tell() {
    let desk = Desk::new();
    let list = desk.fed(&["token", "--entity", "phone", "--region", "PH", "--list"], b"+63 917 555 0101\n");
    let old = "2020-01-01T00:00:00+08:00,closed";
    let rows = format!(
        "id,phone,rider,at,status,note\n1,0917 555 0101 / 0917 555 0202,0917 555 0303,{old},x\n2,,0917 555 0303,{old},x\n3,n/a,0917 555 0303,{old},x\n\
         4,0917 555 0404,0917 555 0303,{old},call 0917 555 0101\n5,0917 555 0404,0917 555 0303,{old},x\n"
    );
    let person = |role: &str, column: &str| {
        format!("[[dataset.person]]\nrole = \"{role}\"\ncolumns = [\"{column}\"]\nidentity = {{ phone = \"{column}\" }}\n")
    };
    let dataset = [CLOCK, "\n", &person("customer", "phone"), &person("rider", "rider")].concat();
    let hold = "[[hold]]\nid = \"case\"\nsubjects_file = \"case.tokens\"\nopened = 2026-01-01\n";
    let planned = Planned::new(&[("orders.csv", rows.as_bytes())], &policy(&dataset, ROW), &[]);
    planned.desk.write("p.toml", policy(&dataset, &[ROW, hold].concat()));
    planned.desk.write("case.tokens", &list.stdout);
    std::fs::remove_dir_all(planned.desk.path("plan")).unwrap();
    let planned = planned.again(&[]);
    assert_eq!(planned.done().iter().map(|op| op.2).collect::<Vec<_>>(), [4], "{:?}", planned.kept());
}

#[test]
fn what_can_be_read_in_two_ways_is_not_read() {
    let json = "{\"id\":1,\"status\":\"closed\",\"status\":\"open\",\"at\":\"2020-01-01\"}\n\
                {\"id\":2,\"status\":\"closed\",\"at\":\"2020-01-01\",\"at\":\"2026-01-10\"}\n\
                {\"id\":3,\"status\":\"closed\",\"at\":\"2020-01-01\"}\n";
    let planned = Planned::new(&[("orders.ndjson", json.as_bytes())], &policy(CLOCK, ROW), &[]);
    assert_eq!(planned.done().iter().map(|op| op.2).collect::<Vec<_>>(), [2]);
    let csv = "id,at,at,status\n1,2020-01-01,2026-01-10,closed\n2,2020-01-01,2026-01-10,closed\n3,2020-01-01,2026-01-10,closed\n";
    let planned = Planned::new(&[("orders.csv", csv.as_bytes())], &policy(CLOCK, ROW), &[]);
    assert!(planned.ops().is_empty());
    // A time that stands there and cannot be read is no reason to ask an older clock.
    let dataset = "clock = [{ kind = \"column\", name = \"at\" }, { kind = \"partition\", key = \"dt\" }]";
    let csv = "id,at,status\n1,03/04/2026,closed\n2,,closed\n3,1767225600,closed\n";
    let policy = policy(dataset, ROW).replace("orders.*", "dt=*/orders.*");
    let planned = Planned::new(&[("dt=2020-01/orders.csv", csv.as_bytes())], &policy, &[]);
    assert_eq!(planned.done().iter().map(|op| op.2).collect::<Vec<_>>(), [1]);
    assert!(planned.kept().contains(&("unknown_age".to_owned(), "row".to_owned())));
}

#[test]
fn entries_with_another_time_do_not_take_that_of_the_line_before() {
    let log = "2020-01-01 10:00:00 a\n\tat x\n14/Jan/2026:10:00:00 b\n\tat y\nJan 14 10:00:00 c\n1768356000 d\n2020-01-01 10:00:00 e\n";
    let whole = "[[rule]]\nid = \"line\"\ndataset = \"orders\"\nafter = \"P30D\"\naction = \"drop_record\"\n";
    let planned = Planned::new(&[("orders.log", log.as_bytes())], &policy("clock = [{ kind = \"log\" }]", whole), &[]);
    assert_eq!(planned.done().iter().map(|op| op.2).collect::<Vec<_>>(), [0, 1, 6]);
}

#[test]
fn a_column_that_is_nowhere_and_a_table_of_nobody_are_named() {
    let planned = Planned::new(&[("orders.csv", ROWS.replace("phone", "Phone").as_bytes())], &policy(CLOCK, PHONE), &[]);
    assert!(planned.ops().is_empty());
    assert!(planned.kept().contains(&("no_column".to_owned(), String::new())));
    // A column of records that all go is there all the same.
    let old =
        "id,phone,at,status\n1,0917 555 0101,2020-01-01,closed\n2,0917 555 0102,2020-01-01,closed\n3,0917 555 0103,2020-01-01,closed\n";
    let planned = Planned::new(&[("orders.csv", old.as_bytes())], &policy(CLOCK, &[ROW, PHONE].concat()), &[]);
    assert_eq!((planned.ops().len(), planned.review().len()), (3, 0));
    let dump = "INSERT INTO calls (id, at, phone) VALUES (1, '2020-01-01', '0917 555 0101');\nINSERT INTO secrets (id, mail) VALUES (3, 'a@koreo.ph');\n";
    let tables = policy(CLOCK, PHONE).replace("match = [\"orders.*\"]", "tables = [\"*.sql:calls\"]");
    let planned = Planned::new(&[("d.sql", dump.as_bytes())], &tables, &[]);
    assert!(planned.review().iter().any(|row| row["why"] == "unassigned" && row["detail"] == "table secrets"), "{:?}", planned.review());
}

#[test]
fn a_record_that_a_finding_drops_is_not_only_changed() {
    let rules = [PHONE, &MAIL.replace("redact", "drop_record")].concat();
    let planned = Planned::new(&[("orders.csv", ROWS.as_bytes())], &policy(CLOCK, &rules), &[]);
    assert!(planned.done().iter().all(|op| op.0 == "record"), "{:?}", planned.done());
}

#[test]
fn clocks_are_asked_in_their_order() {
    let ndjson = "{\"id\":1,\"phone\":\"0917 555 0101\",\"at\":null,\"status\":\"closed\"}\n\
                  {\"id\":2,\"phone\":\"0917 555 0102\",\"at\":\"2026-01-01T00:00:00+08:00\",\"status\":\"closed\"}\n\
                  {\"id\":3,\"phone\":\"0917 555 0103\",\"at\":\"03/04/2019\",\"status\":\"closed\"}\n";
    let dataset = "clock = [{ kind = \"column\", name = \"at\" }, { kind = \"partition\", key = \"dt\" }]";
    let text = policy(dataset, PHONE).replace("orders.*", "dt=*/orders.*");
    let planned =
        Planned::new(&[("dt=2025-12-15/orders.ndjson", ndjson.as_bytes()), ("dt=2025-12-16/orders.ndjson", ndjson.as_bytes())], &text, &[]);
    // The 15th ended 30 days and five minutes before; the 16th did not. A time that cannot be read is none.
    let ops = planned.ops();
    let said: Vec<(usize, &str)> = ops.iter().map(|op| (number(op, "record"), crate::run::text(op, "time_source"))).collect();
    assert_eq!(said, [(0, "partition")]);
    assert!(ops.iter().all(|op| crate::run::text(op, "path").contains("dt=2025-12-15")));
    assert_eq!(crate::run::text(&ops[0], "pointer"), "/phone");
}

#[test]
fn log_entries_carry_their_time_over_the_lines_that_follow() {
    let log = "2025-01-01 10:00:00,000 INFO a@koreo.ph in\njava.lang.X: b@koreo.ph\n\tat com.acme.Y\n\
               2026-01-14 10:00:00,000 INFO c@koreo.ph in\n\tat d@koreo.ph\n2026-01-14 10:00:01,000 INFO x\n";
    let planned = Planned::new(&[("orders.log", log.as_bytes())], &policy("clock = [{ kind = \"log\" }]", MAIL), &[]);
    assert_eq!(planned.done().iter().map(|op| op.2).collect::<Vec<_>>(), [0, 1]);
    let whole = "[[rule]]\nid = \"line\"\ndataset = \"orders\"\nafter = \"P30D\"\naction = \"drop_record\"\n";
    let planned = Planned::new(&[("orders.log", log.as_bytes())], &policy("clock = [{ kind = \"log\" }]", whole), &[]);
    assert_eq!(planned.done().iter().map(|op| (op.0.as_str(), op.2)).collect::<Vec<_>>(), [("record", 0), ("record", 1), ("record", 2)]);
}

#[test]
fn a_file_goes_when_its_newest_record_is_due() {
    let whole = "[[rule]]\nid = \"file\"\ndataset = \"orders\"\nafter = \"P30D\"\naction = \"drop_file\"\n";
    let of = |rows: &str| format!("id,phone,at,status\n{rows}");
    let old = of("1,0917 555 0101,2020-01-01,x\n2,0917 555 0102,2021-01-01,x\n3,0917 555 0103,2022-01-01,x\n");
    let planned = Planned::new(&[("orders.csv", old.as_bytes())], &policy(CLOCK, whole), &[]);
    let [op] = &planned.ops()[..] else { panic!("one operation") };
    assert_eq!((text(op, "kind"), text(op, "action")), ("file", "drop_file"));
    for newer in ["3,0917 555 0103,2026-01-01,x\n", "3,0917 555 0103,,x\n"] {
        let rows = old.replace("3,0917 555 0103,2022-01-01,x\n", newer);
        let planned = Planned::new(&[("orders.csv", rows.as_bytes())], &policy(CLOCK, whole), &[]);
        assert!(planned.ops().is_empty());
    }
}

#[test]
fn events_of_other_datasets_start_clocks() {
    let closed = "phone,closed_at\n0917 555 0101,2020-01-01T00:00:00+08:00\n0917 555 0102,\n0917 555 0199,2020-01-01T00:00:00+08:00\n";
    let more = "[[dataset]]\nid = \"closings\"\nmatch = [\"closings.csv\"]\n";
    let clock = "clock = [{ kind = \"event\", dataset = \"closings\", on = \"phone\", name = \"closed_at\" }]";
    let files: &[(&str, &[u8])] = &[("orders.csv", ROWS.as_bytes()), ("closings.csv", closed.as_bytes())];
    let planned = Planned::new(files, &policy(clock, &[more, PHONE].concat()), &[]);
    assert_eq!(planned.done().iter().map(|op| op.2).collect::<Vec<_>>(), [0]);
    assert_eq!(text(&planned.ops()[0], "time_source"), "event");
    // Events that were not all read start no clock: a later one may be missing.
    let both = more.replace("closings.csv", "closings*.csv");
    let later: &[(&str, &[u8])] = &[files[0], files[1], ("closings2.csv", closed.as_bytes())];
    let planned = Planned::new(later, &policy(clock, &[&both, PHONE].concat()), &[]);
    assert_eq!(planned.ops().len(), 1);
    std::fs::remove_file(planned.desk.path("in/closings2.csv")).unwrap();
    std::fs::remove_dir_all(planned.desk.path("plan")).unwrap();
    assert!(planned.again(&[]).ops().is_empty());
}

#[test]
fn a_dump_is_told_apart_by_its_tables() {
    let dump = "CREATE TABLE public.calls (id int, at text, phone text);\n\
        INSERT INTO public.calls (id, at, phone) VALUES (1, '2020-01-01', '0917 555 0101'), (2, '2026-01-14', '0917 555 0102');\n\
        CREATE TABLE public.other (id int, at text, phone text);\n\
        INSERT INTO public.other (id, at, phone) VALUES (3, '2020-01-01', '0917 555 0103');\n";
    let policy = policy(CLOCK, PHONE).replace("match = [\"orders.*\"]", "tables = [\"*.sql:calls\"]");
    let planned = Planned::new(&[("d.sql", dump.as_bytes())], &policy, &[]);
    let [op] = &planned.ops()[..] else { panic!("one operation: {:?}", planned.done()) };
    assert_eq!((number(op, "record"), text(op, "table_name").rsplit('.').next()), (0, Some("calls")));
}

#[test]
fn findings_are_changed_where_they_are_sure_and_apart() {
    let rows =
        "id,at,note\n1,2020-01-01,card 4111 1111 1111 1111 and pay 4012888888881881 by mail@example.com\n2,2020-01-01,x\n3,2020-01-01,y\n";
    let rules = "[[rule]]\nid = \"pan\"\ndataset = \"*\"\nentities = [\"credit_card\"]\nafter = \"PT0S\"\naction = \"pan_truncate\"\nmin_likelihood = \"likely\"\n\
                 [[rule]]\nid = \"money\"\ndataset = \"orders\"\ncategories = [\"user.financial\"]\nafter = \"P1Y\"\naction = \"redact\"\n";
    let planned = Planned::new(&[("orders.csv", rows.as_bytes())], &policy(CLOCK, rules), &[]);
    // Of two rules the one that leaves less.
    assert_eq!(planned.done().iter().map(|op| op.1.as_str()).collect::<Vec<_>>(), ["money", "money"]);
    assert!(planned.ops().iter().all(|op| text(op, "replacement") == "[CREDIT_CARD]"));
}

#[test]
fn refuses_what_no_plan_may_be_made_of() {
    let ready = || Planned::new(&[("orders.csv", ROWS.as_bytes())], &policy(CLOCK, ROW), &[]);
    let gone = |planned: &Planned| !planned.desk.path("plan2").exists();
    let call = |desk: &Desk, args: &[&str]| {
        let base = ["plan", "--findings", "out", "--policy", "p.toml", "--out", "plan2", "--as-of", NOW];
        desk.keyed(&[&base, args].concat())
    };
    // A guard.
    let planned = ready();
    planned.desk.write("p.toml", policy(CLOCK, ROW).replace("max_records_percent = 100", "max_records_percent = 10"));
    let done = call(&planned.desk, &[]);
    assert_eq!(done.code, 4, "{}", done.stderr);
    assert!(done.stderr.contains("refused for orders: 1 of 6 records would go, 16.7 percent; the guard is 10"), "{}", done.stderr);
    assert!(gone(&planned));
    // A file that changed, with the same size and time.
    let planned = ready();
    let path = planned.desk.path("in/orders.csv");
    let modified = std::fs::metadata(&path).unwrap().modified().unwrap();
    std::fs::write(&path, ROWS.replace("old", "new")).unwrap();
    std::fs::File::options().write(true).open(&path).unwrap().set_modified(modified).unwrap();
    let done = call(&planned.desk, &[]);
    assert!(done.code == 2 && done.stderr.contains("orders.csv is not as it was scanned"), "{}", done.stderr);
    assert!(gone(&planned));
    // A run that was tampered with.
    let planned = ready();
    let objects = planned.desk.path("out/objects.parquet");
    let mut bytes = std::fs::read(&objects).unwrap();
    bytes[100] ^= 1;
    std::fs::write(&objects, bytes).unwrap();
    let done = call(&planned.desk, &[]);
    assert!(done.code == 2 && done.stderr.contains("is not as the scan wrote it"), "{}", done.stderr);
    // Another key, and none.
    let planned = ready();
    let other = planned
        .desk
        .command(&["plan", "--findings", "out", "--policy", "p.toml", "--out", "plan2"])
        .env("DATATRAWL_KEY", KEY.replace("00", "ff"))
        .output()
        .unwrap();
    assert!(other.status.code() == Some(2) && String::from_utf8_lossy(&other.stderr).contains("the run has the key"));
    let none = planned.desk.run(&["plan", "--findings", "out", "--policy", "p.toml", "--out", "plan2"]);
    assert!(none.code == 2 && none.stderr.contains("no key"), "{}", none.stderr);
}

#[test]
fn a_run_that_does_not_tell_all_is_refused() {
    let category = MAIL.replace("entities = [\"email\"]", "categories = [\"user.contact\"]");
    for rule in [MAIL, &category] {
        for args in [&["--min-likelihood", "very_likely"][..], &["--min-likelihood", "email=very_likely"], &["--rows", "email=sample:1"]] {
            let desk = Desk::with(&[("orders.csv", ROWS.as_bytes())]);
            desk.write("p.toml", policy(CLOCK, rule));
            desk.scan(args);
            let done = desk.keyed(&["plan", "--findings", "out", "--policy", "p.toml", "--out", "plan"]);
            assert!(done.code == 4 && done.stderr.contains("on which the policy or the request acts"), "{}", done.stderr);
        }
        let desk = Desk::with(&[
            ("orders.csv", ROWS.as_bytes()),
            (".datatrawl.toml", b"version = 1\n[[rules]]\noff = [\"email\"]\npaths = [\"orders.csv\"]\n"),
        ]);
        desk.write("p.toml", policy(CLOCK, rule));
        desk.scan(&[]);
        let done = desk.keyed(&["plan", "--findings", "out", "--policy", "p.toml", "--out", "plan"]);
        assert!(done.code == 4 && done.stderr.contains("settings of the scan turn rules off"), "{}", done.stderr);
    }
}

#[test]
fn gaps_of_a_dataset_are_refused_unless_they_are_allowed() {
    let mut cut = crate::transcript::gz(ROWS.repeat(50).as_bytes());
    cut.truncate(cut.len() - 20);
    let files: &[(&str, &[u8])] = &[("orders.csv", ROWS.as_bytes()), ("orders.csv.gz", &cut)];
    let planned = Planned::new(files, &policy(CLOCK, ROW), &[]);
    assert_eq!(planned.code, 4, "{}", planned.stderr);
    assert!(planned.stderr.contains("1 files of datasets were not read in full: orders.csv.gz"), "{}", planned.stderr);
    let planned = planned.again(&["--allow-gaps"]);
    assert_eq!(planned.code, 3);
    assert!(planned.kept().contains(&("not_read".to_owned(), String::new())));
}

#[test]
fn a_changed_plan_is_not_read() {
    let planned = Planned::new(&[("orders.csv", ROWS.as_bytes())], &policy(CLOCK, ROW), &[]);
    let shown = planned.desk.run(&["plan", "show", "plan"]);
    assert_eq!(shown.code, 0, "{}", shown.stderr);
    assert!(shown.stdout.contains("drop_record") && shown.stdout.contains("\ndigest "), "{}", shown.stdout);
    let ops = planned.desk.path("plan/ops.parquet");
    let mut bytes = std::fs::read(&ops).unwrap();
    bytes.push(0);
    std::fs::write(&ops, bytes).unwrap();
    let shown = planned.desk.run(&["plan", "show", "plan"]);
    assert!(shown.code == 2 && shown.stderr.contains("is not as the plan was written"), "{}", shown.stderr);
}

#[derive(Debug, Clone)]
struct Record {
    days: i64,
    closed: bool,
    has_phone: bool,
    dated: bool,
}

fn record() -> impl Strategy<Value = Record> {
    (0..800_i64, any::<bool>(), any::<bool>(), prop::bool::weighted(0.9)).prop_map(|(days, closed, has_phone, dated)| Record {
        days,
        closed,
        has_phone,
        dated,
    })
}

/// The rows of a table in one format.
fn written(records: &[Record], format: &str) -> String {
    let now: jiff::Timestamp = NOW.parse().unwrap();
    let mut out = String::new();
    if format == "csv" {
        out.push_str("id,phone,at,status\n");
    }
    for (n, record) in records.iter().enumerate() {
        let at = if record.dated { (now - jiff::Span::new().hours(24 * record.days)).to_string() } else { String::new() };
        let phone = if record.has_phone { format!("0917 555 {n:04}") } else { String::new() };
        let status = if record.closed { "closed" } else { "open" };
        let _ = match format {
            "csv" => writeln!(out, "{n},{phone},{at},{status}"),
            "ndjson" => writeln!(out, "{{\"id\":{n},\"phone\":\"{phone}\",\"at\":\"{at}\",\"status\":\"{status}\"}}"),
            _ => writeln!(out, "INSERT INTO orders (id, phone, at, status) VALUES ({n}, '{phone}', '{at}', '{status}');"),
        };
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Every record that is due goes, with findings and without, and no other.
    #[test]
    fn what_is_due_is_planned_and_nothing_else(records in prop::collection::vec(record(), 3..40), format in 0..3_usize) {
        let format = ["csv", "ndjson", "sql"][format];
        let name = format!("orders.{format}");
        let body = written(&records, format);
        let policy = policy(CLOCK, &[ROW, PHONE].concat());
        let policy = if format == "sql" { policy.replace("match = [\"orders.*\"]", "tables = [\"orders.sql:orders\"]") } else { policy };
        let planned = Planned::new(&[(&name, body.as_bytes())], &policy, &[]);
        let year = 365;
        let mut expected = Vec::new();
        for (n, record) in records.iter().enumerate().filter(|(_, record)| record.dated) {
            if record.closed && record.days >= year {
                expected.push(("record".to_owned(), "row".to_owned(), n, String::new()));
            } else if record.has_phone && record.days >= 30 {
                expected.push(("cell".to_owned(), "phone".to_owned(), n, "phone".to_owned()));
            }
        }
        prop_assert_eq!(planned.done(), expected);
    }
}
