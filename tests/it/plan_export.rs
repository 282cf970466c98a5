//! Plans written for databases and other programs: what is written, what is not, and who may read it.

use std::os::unix::fs::PermissionsExt as _;

use insta::assert_snapshot;
use serde_json::Value;

use crate::apply::Ready;
use crate::transcript::transcript;

const HEAD: &str = "version = 1\n[policy]\nid = \"p\"\nmodified = 2026-01-15\ntimezone = \"Asia/Manila\"\nunassigned = \"ignore\"\n\
                    [guard]\nmax_records_percent = 100\n";
const RULES: &str = "[[rule]]\nid = \"row\"\ndataset = \"orders\"\nwhere = { status = \"closed\" }\nafter = \"P1Y\"\naction = \"drop_record\"\n\
                     [[rule]]\nid = \"phone\"\ndataset = \"orders\"\ncolumns = [\"phone\"]\nafter = \"P30D\"\naction = \"null\"\n\
                     [[rule]]\nid = \"mail\"\ndataset = \"orders\"\nentities = [\"email\"]\nafter = \"P30D\"\naction = \"redact\"\n";
const OLD: &str = "2020-01-01T00:00:00+08:00";

fn dataset(id: &str, files: &str, key: &str, origin: &str) -> String {
    format!(
        "[[dataset]]\nid = \"{id}\"\nmatch = [\"{files}\"]\nkey = [{key}]\norigin = \"{origin}\"\nclock = [{{ kind = \"column\", name = \"at\" }}]\n"
    )
}

fn orders() -> String {
    let row = |id: &str, status: &str| format!("{id},0917 555 0101,a@example.com,{OLD},{status}\n");
    ["id,phone,mail,at,status\n".to_owned(), row("1", "closed"), row("2", "open"), row("", "closed"), row("4", "open")].concat()
}

fn ready() -> Ready {
    let policy = [HEAD, &dataset("orders", "*.csv", "\"id\"", "postgres:public.orders"), RULES].concat();
    Ready::new(&[("orders.csv", orders().as_bytes())], &policy)
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn only_its_owner_reads_an_export_and_none_is_overwritten() {
    let ready = ready();
    let args = ["plan", "export", "plan", "--format", "sql", "--out", "p.sql"];
    let done = ready.desk.run(&args);
    assert_snapshot!(transcript(&ready.desk, &done), @r#"
    stderr:
    orders: 1 drop_record exported
    orders: 2 null exported
    orders: 1 not exported: the record has no key, or a part of it is missing (no_key)
    orders: 2 not exported: what is written hangs on a value that SQL cannot check (value)
    keys of records stand in it in clear: they are personal data
    exit code 3
    "#);
    for name in ["p.sql", "p.sql.left.ndjson"] {
        let mode = std::fs::metadata(ready.desk.path(name)).expect("it is there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
    let left = std::fs::read_to_string(ready.desk.path("p.sql.left.ndjson")).expect("it is text");
    let whys: Vec<(Value, Value)> = lines(&left).iter().map(|row| (row["why"].clone(), row["record"].clone())).collect();
    assert_eq!(whys.len(), 3);
    assert!(whys.contains(&("no_key".into(), 2.into())) && whys.contains(&("value".into(), 1.into())), "{whys:?}");
    assert!(!left.contains("example.com"));
    ready.desk.write("p.sql", "mine");
    let done = ready.desk.run(&args);
    assert!(done.code == 2 && done.stderr.contains("it is there already"), "{}", done.stderr);
    assert_eq!(std::fs::read_to_string(ready.desk.path("p.sql")).expect("it is text"), "mine");
    let names = std::fs::read_dir(ready.desk.root()).expect("a folder").map(|entry| entry.expect("a file").file_name());
    assert_eq!(names.filter(|name| name.to_string_lossy().starts_with(".tmp")).count(), 0);
}

#[test]
fn without_a_file_nothing_is_written_and_no_key_is_shown() {
    let done = ready().desk.run(&["plan", "export", "plan", "--format", "keys"]);
    assert_eq!((done.code, done.stdout.as_str()), (3, ""));
    assert!(done.stderr.contains("would be exported") && done.stderr.contains("no_key"), "{}", done.stderr);
}

#[test]
fn rows_of_keys_name_every_operation_with_a_key() {
    let ready = ready();
    let done = ready.desk.run(&["plan", "export", "plan", "--format", "keys", "--out", "-"]);
    assert_eq!(done.code, 3);
    let rows = lines(&done.stdout);
    assert_eq!(rows.len(), 5);
    assert_eq!((&rows[0]["op_id"], &rows[0]["action"], &rows[0]["key"]["id"]), (&0.into(), &"drop_record".into(), &"1".into()));
    assert!(rows.iter().all(|row| row["origin"] == "postgres:public.orders" && row["dataset"] == "orders"));
    let done = ready.desk.run(&["plan", "export", "plan", "--format", "keys-csv", "--out", "-"]);
    assert_eq!(done.stdout.lines().count(), 6);
    assert!(done.stdout.lines().nth(1).is_some_and(|line| line.contains("\"{\"\"id\"\":\"\"1\"\"}\"")), "{}", done.stdout);
}

#[test]
fn a_part_of_a_key_is_no_key() {
    let policy = [HEAD, &dataset("orders", "*", "\"id\", \"line\"", "postgres:public.orders"), RULES].concat();
    let row = |line: &str| format!("{{\"id\":1,{line}\"phone\":\"0917 555 0101\",\"at\":\"{OLD}\",\"status\":\"closed\"}}\n");
    let text = [row(""), row("\"line\":null,"), row("\"line\":\"\","), row("\"line\":2,")].concat();
    let ready = Ready::new(&[("orders.ndjson", text.as_bytes())], &policy);
    let done = ready.desk.run(&["plan", "export", "plan", "--format", "keys", "--out", "-"]);
    let rows = lines(&done.stdout);
    assert_eq!((rows.len(), &rows[0]["key"]["line"]), (1, &"2".into()));
    assert!(done.stderr.contains("3 not exported"), "{}", done.stderr);
}

#[test]
fn what_a_hold_keeps_in_another_copy_is_not_exported() {
    let list = crate::run::Desk::new().fed(&["token", "--entity", "phone", "--region", "PH", "--list"], b"+63 917 555 0101\n");
    let person = "[[dataset.person]]\nrole = \"customer\"\ncolumns = [\"phone\"]\nidentity = { phone = \"phone\" }\n";
    let hold = "[[hold]]\nid = \"case\"\nsubjects_file = \"case.tokens\"\nopened = 2026-01-01\n";
    let policy = [HEAD, &dataset("orders", "*", "\"id\"", "postgres:public.orders"), person, RULES].concat();
    let row = |id: u32, phone: &str| format!("{id},{phone},a@example.com,{OLD},closed\n");
    let head = "id,phone,mail,at,status\n";
    let older = [head, &row(1, "0917 555 0199"), &row(2, "0917 555 0102"), &row(3, "0917 555 0103")].concat();
    let newer = [head, &row(1, "0917 555 0101"), &row(2, "0917 555 0102"), &row(3, "0917 555 0103")].concat();
    let ready = Ready::new(&[("older.csv", older.as_bytes()), ("newer.csv", newer.as_bytes())], &policy);
    ready.desk.write("case.tokens", &list.stdout);
    ready.desk.write("p.toml", [policy.as_str(), hold].concat());
    let done = ready.desk.keyed(&["plan", "--findings", "out", "--policy", "p.toml", "--out", "held"]);
    assert_eq!(done.code, 0, "{}", done.stderr);
    let done = ready.desk.run(&["plan", "export", "held", "--format", "sql", "--out", "-"]);
    assert_eq!(done.code, 3);
    assert!(done.stderr.contains("1 not exported: another copy of the record is kept"), "{}", done.stderr);
    assert!(!done.stdout.contains("'1', '1')") && done.stdout.contains("'2', '2')"), "{}", done.stdout);
    // The second copy of a row goes with the first.
    assert_eq!(done.stdout.matches("'2', '2')").count(), 1);
    assert_eq!(done.stdout.matches("INSERT INTO pg_temp.datatrawl_result VALUES").count(), 2);
}

/// What is due in an old export alone is not due in the table: the newest copy decides, column by column.
#[test]
fn only_what_the_newest_copy_is_due_for_is_exported() {
    let policy = [HEAD, &dataset("orders", "*", "\"id\"", "postgres:public.orders"), RULES].concat();
    let row = |id: u32, phone: &str, at: &str, status: &str| format!("{id},{phone},x,{at},{status}\n");
    let (head, older, newer, young) = ("id,phone,mail,at,status\n", OLD, "2021-01-01T00:00:00+08:00", "2026-01-14T00:00:00+08:00");
    let phone = "0917 555 0101";
    let old = [
        head,
        &row(1, phone, older, "closed"),
        &row(2, phone, older, "closed"),
        &row(3, phone, older, "open"),
        &row(4, phone, older, "open"),
        &row(5, phone, older, "closed"),
    ];
    // 1 was written to since; 2 was opened again; 3 was closed; 4 has no phone any more; 5 has no age any more.
    let new = [
        head,
        &row(1, phone, young, "closed"),
        &row(2, phone, newer, "open"),
        &row(3, phone, newer, "closed"),
        &row(4, "", newer, "open"),
        &row(5, phone, "", "closed"),
    ];
    let ready = Ready::new(&[("a.csv", old.concat().as_bytes()), ("b.csv", new.concat().as_bytes())], &policy);
    let done = ready.desk.run(&["plan", "export", "plan", "--format", "keys", "--out", "-"]);
    let told: Vec<String> = lines(&done.stdout).iter().map(|row| format!("{} {}", row["key"]["id"], row["action"])).collect();
    // The copy of 3 that is still open would lose its phone, too, but the newest goes as a whole.
    assert_eq!(told, ["\"2\" \"null\"", "\"3\" \"drop_record\""]);
    let review = crate::run::table(&ready.desk.path("plan/review.parquet"));
    let older: Vec<String> =
        review.iter().filter(|row| row["why"] == "older_copy").map(|row| format!("{} {}", row["record_key"]["id"], row["rule"])).collect();
    assert_eq!(older, ["\"1\" \"row\"", "\"2\" \"row\"", "\"3\" \"phone\"", "\"4\" \"phone\"", "\"5\" \"row\""]);
    // In the files all copies that are due are changed.
    assert_eq!(ready.apply().code, 0);
    assert_eq!(std::fs::read_to_string(ready.desk.path("in/a.csv")).expect("it is text").lines().count(), 3);
}

#[test]
fn nested_columns_and_files_are_named_and_not_exported() {
    let rules = "[[rule]]\nid = \"phone\"\ndataset = \"orders\"\ncolumns = [\"who.phone\", \"phone\"]\nafter = \"P30D\"\naction = \"null\"\n\
                 [[rule]]\nid = \"file\"\ndataset = \"logs\"\nafter = \"P30D\"\naction = \"drop_file\"\n";
    let logs = dataset("logs", "*.csv", "\"id\"", "postgres:public.logs");
    let policy = [HEAD, &dataset("orders", "*.ndjson", "\"id\"", "postgres:public.orders"), &logs, rules].concat();
    let text: String = (0..4)
        .map(|id| format!("{{\"id\":{id},\"phone\":\"0917 555 0101\",\"who\":{{\"phone\":\"0917 555 0102\"}},\"at\":\"{OLD}\"}}\n"))
        .collect();
    let csv = format!("id,phone,at\n1,x,{OLD}\n2,x,{OLD}\n3,x,{OLD}\n");
    let ready = Ready::new(&[("orders.ndjson", text.as_bytes()), ("logs.csv", csv.as_bytes())], &policy);
    let done = ready.desk.run(&["plan", "export", "plan", "--format", "sql", "--out", "-"]);
    assert_eq!(done.code, 3);
    assert_snapshot!(done.stderr, @r#"
    orders: 4 null exported
    logs: 1 not exported: a file goes as a whole, its records have no operations (whole_file)
    orders: 4 not exported: it stands in a nested column (nested)
    keys of records stand in it in clear: they are personal data
    "#);
}

#[test]
fn a_dialect_is_that_of_the_origins() {
    let tables =
        [dataset("orders", "*.csv", "\"id\"", "postgres:public.orders"), dataset("other", "*.x", "\"id\"", "mysql:shop.x")].concat();
    let ready = Ready::new(&[("orders.csv", orders().as_bytes())], &[HEAD, &tables, RULES].concat());
    let export = |args: &[&str]| ready.desk.run(&[&["plan", "export", "plan", "--format", "sql"], args].concat());
    let done = export(&[]);
    assert!(done.code == 2 && done.stderr.contains("several databases"), "{}", done.stderr);
    assert_eq!(export(&["--dataset", "orders"]).code, 3);
    assert!(export(&["--dialect", "mysql"]).stderr.contains("no origin of this kind"));
    assert_eq!(export(&["--dataset", "absent"]).code, 2);
    let none =
        Ready::new(&[("orders.csv", orders().as_bytes())], &[HEAD, &dataset("orders", "*.csv", "\"id\"", "s3://bucket/x"), RULES].concat());
    let done = none.desk.run(&["plan", "export", "plan", "--format", "sql", "--out", "x"]);
    assert!(done.code == 2 && done.stderr.contains("names a table of a database"), "{}", done.stderr);
    assert!(!none.desk.path("x").exists());
}

#[test]
fn a_plan_that_does_nothing_exports_nothing() {
    let policy = [HEAD, &dataset("orders", "*.csv", "\"id\"", "mysql:orders"), RULES].concat();
    let ready = Ready::new(&[("orders.csv", orders().replace(OLD, "2026-01-14").as_bytes())], &policy);
    let done = ready.desk.run(&["plan", "export", "plan", "--format", "sql", "--out", "x.sql"]);
    assert_eq!((done.code, done.stderr.as_str()), (0, "nothing to export\n"));
    assert!(!std::fs::read_to_string(ready.desk.path("x.sql")).expect("it is text").contains("START TRANSACTION"));
}
