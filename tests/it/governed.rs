//! `scan --policy`: whose and how old records are stands in findings and objects, as a plan would say it.

use serde_json::{Value, json};

use crate::run::{Desk, Row, of, text};

const POLICY: &str = r#"
version = 1
[policy]
id = "p"
modified = 2026-01-15
timezone = "Asia/Manila"
regions = ["PH"]

[[dataset]]
id = "orders"
owner = "team-orders"
match = ["orders.csv", "dt=*/orders.csv"]
key = ["order_id", "shop"]
clock = [{ kind = "column", name = "at" }, { kind = "partition", key = "dt" }]
[[dataset.person]]
role = "customer"
columns = ["name", "phone"]
identity = { customer_id = "customer_id", phone = "phone" }
[[dataset.person]]
role = "rider"
columns = ["rider_phone"]

[[dataset]]
id = "calls"
tables = ["dump.sql:calls"]
key = ["id"]
clock = [{ kind = "column", name = "called_at" }]

[[dataset]]
id = "logs"
match = ["app.log"]
clock = [{ kind = "log" }]

[[dataset]]
id = "uploads"
match = ["dt=*/notes.txt"]
clock = [{ kind = "partition", key = "dt" }]

[[rule]]
id = "log"
dataset = "logs"
after = "P30D"
action = "drop_record"
"#;

const ORDERS: &str = "order_id,shop,customer_id,name,phone,rider_phone,at\n\
    1,a,CUS-10230785,Ana Reyes,0917 555 0101,0917 555 0201,2025-01-01T00:00:00Z\n\
    2,b,,Jose Cruz,0917 555 0102,0917 555 0202,\n\
    3,b,CUS-10230787,Maria Santos,0917 555 0103,0917 555 0203,soon\n";
const DUMP: &str = "CREATE TABLE calls (id int, phone text, called_at timestamp);\n\
    CREATE TABLE other (id int, phone text);\n\
    INSERT INTO calls VALUES (7, '0917 555 0107', '2025-03-01 10:00:00'), (8, '0917 555 0108', '2025-04-01 10:00:00');\n\
    INSERT INTO other VALUES (9, '0917 555 0109');\n";
const LOG: &str = "2026-01-02 10:00:00 INFO a@koreo.ph in\n\
    \tat com.acme.Y for b@koreo.ph\n\
    2026-01-03 10:00:00 INFO c@koreo.ph in\n";

fn desk() -> Desk {
    let desk = Desk::with(&[
        ("orders.csv", ORDERS.as_bytes()),
        ("dt=2024-05-06/orders.csv", ORDERS.replace("2025-01-01T00:00:00Z", "").as_bytes()),
        ("dt=2024-05-06/notes.txt", b"call 0917 555 0104"),
        ("dump.sql", DUMP.as_bytes()),
        ("app.log", LOG.as_bytes()),
        ("free.csv", ORDERS.as_bytes()),
    ]);
    desk.write("p.toml", POLICY);
    desk
}

/// Microseconds since 1970 of a time.
fn at(time: &str) -> Value {
    json!(time.parse::<jiff::Timestamp>().expect("a time").as_microsecond())
}

/// The findings of a run in a fixed order, without what is another one in each run.
fn sorted(run: &std::path::Path, without: &[&str]) -> Vec<Row> {
    let mut rows = crate::run::findings(run);
    for row in &mut rows {
        for name in without.iter().chain(&["scan_id", "scanned_at", "uri"]) {
            row.remove(*name);
        }
    }
    rows.sort_by_cached_key(|row| {
        (text(row, "path").to_owned(), row["record"].as_i64(), row["byte_start"].as_i64(), text(row, "rule").to_owned())
    });
    rows
}

fn told(row: &Row, names: &[&str]) -> Vec<Value> {
    names.iter().map(|name| row[*name].clone()).collect()
}

const COLUMNS: [&str; 7] = ["dataset", "owner", "record_time", "time_source", "record_key", "subject_role", "subject_tokens"];

#[test]
fn findings_say_whose_and_how_old_their_record_is() {
    let desk = desk();
    let rows = desk.scan(&["--policy", "p.toml"]);
    let phones = |path: &str| of(&rows, "phone").filter(|row| row["path"] == path).cloned().collect::<Vec<_>>();
    let orders = phones("orders.csv");
    assert_eq!(orders.len(), 6);
    // No rule finds such numbers; their token is that of the command.
    let token = desk.fed(&["token", "--entity", "customer_id"], b"CUS-10230785");
    let customer = token.stdout.split(' ').next().expect("a token");
    let people = json!({ "customer_id": customer, "phone": orders[0]["value_token"] });
    let key = |order: &str, shop: &str| json!({ "order_id": order, "shop": shop });
    let first = at("2025-01-01T00:00:00Z");
    let expected = |role: &str, people: Value| {
        vec![json!("orders"), json!("team-orders"), first.clone(), json!("column"), key("1", "a"), json!(role), people]
    };
    assert_eq!(told(&orders[0], &COLUMNS), expected("customer", people));
    assert_eq!(told(&orders[1], &COLUMNS), expected("rider", Value::Null));
    // No time, and no number of a customer.
    assert_eq!(told(&orders[2], &COLUMNS[2..6]), [Value::Null, Value::Null, key("2", "b"), json!("customer")]);
    assert_eq!(orders[2]["subject_tokens"], json!({ "phone": orders[2]["value_token"] }));
    // What nobody can read is no time.
    assert_eq!(orders[4]["record_time"], Value::Null);
    let parted = phones("dt=2024-05-06/orders.csv");
    assert_eq!(told(&parted[0], &COLUMNS[2..4]), [at("2024-05-06T16:00:00Z"), json!("partition")]);
    // A table of a dump that belongs to nothing.
    let calls = phones("dump.sql");
    assert_eq!(
        told(&calls[1], &COLUMNS[..5]),
        [json!("calls"), Value::Null, at("2025-04-01T02:00:00Z"), json!("column"), json!({ "id": "8" })]
    );
    assert_eq!(told(&calls[2], &COLUMNS), vec![Value::Null; 7]);
    assert_eq!(told(&phones("free.csv")[0], &COLUMNS), vec![Value::Null; 7]);
}

#[test]
fn lines_are_as_old_as_their_entry() {
    let rows = desk().scan(&["--policy", "p.toml"]);
    let ages: Vec<Value> = of(&rows, "email").filter(|row| row["path"] == "app.log").map(|row| row["record_time"].clone()).collect();
    assert_eq!(ages, [at("2026-01-02T02:00:00Z"), at("2026-01-02T02:00:00Z"), at("2026-01-03T02:00:00Z")]);
}

#[test]
fn objects_say_how_old_their_records_are() {
    let desk = desk();
    desk.scan(&["--policy", "p.toml"]);
    let names = ["dataset", "owner", "record_time_min", "record_time_max", "records_without_time"];
    let time = at("2025-01-01T00:00:00Z");
    assert_eq!(told(&desk.object("orders.csv"), &names), [json!("orders"), json!("team-orders"), time.clone(), time, json!(2)]);
    let (least, most) = (at("2025-03-01T02:00:00Z"), at("2025-04-01T02:00:00Z"));
    assert_eq!(told(&desk.object("dump.sql"), &names), [Value::Null, Value::Null, least, most, json!(0)]);
    let day = at("2024-05-06T16:00:00Z");
    assert_eq!(told(&desk.object("dt=2024-05-06/notes.txt"), &names[2..]), [day.clone(), day, json!(0)]);
    assert_eq!(told(&desk.object("free.csv"), &names), vec![Value::Null; 5]);
    let manifest = desk.manifest();
    assert_eq!(manifest["policy_digest"].as_str().map(str::len), Some(64));
    assert_eq!(manifest["regions"], json!(["PH"]));
}

#[test]
fn a_policy_changes_nothing_else() {
    let (with, without) = (desk(), desk());
    let rows = |desk: &Desk, args: &[&str]| {
        desk.scan(args);
        sorted(&desk.path("out"), &COLUMNS)
    };
    let (with, plain) = (rows(&with, &["--policy", "p.toml"]), rows(&without, &["--region", "PH"]));
    assert!(!plain.is_empty() && with == plain);
    assert!(without.findings().iter().all(|row| text(row, "dataset").is_empty()));
}

#[test]
fn neither_threads_nor_blocks_change_it() {
    let desk = desk();
    let long: String = (0..30_000)
        .map(|n| format!("{n},a,CUS-1023{:04},Ana Reyes,0917 555 {:04},0917 555 0201,2025-01-{:02}\n", n % 10_000, n % 10_000, 1 + n % 28))
        .collect();
    desk.write("in/orders.csv", format!("{}\n{long}", ORDERS.lines().next().expect("a head")));
    let rows = |jobs: &str| {
        let done = desk.keyed(&["scan", "in", "--policy", "p.toml", "--out", jobs, "--jobs", jobs, "--quiet"]);
        assert_eq!(done.code, 0, "{}", done.stderr);
        sorted(&desk.path(jobs), &[])
    };
    let (one, two) = (rows("1"), rows("2"));
    assert!(one.len() > 60_000, "{} rows", one.len());
    assert!(one == two);
    assert!(one.iter().filter(|row| row["path"] == "orders.csv").all(|row| row["record_time"].is_i64() && row["dataset"] == "orders"));
}

#[test]
fn a_wrong_policy_starts_nothing() {
    let desk = desk();
    desk.write("p.toml", POLICY.replace("version = 1", "version = 9"));
    let done = desk.keyed(&["scan", "in", "--policy", "p.toml", "--out", "out"]);
    assert_eq!(done.code, 2, "{}", done.stderr);
    assert!(!desk.path("out").exists());
}

#[test]
fn a_typed_time_is_left_to_plans() {
    let desk = desk();
    desk.write("p.toml", POLICY.replace("\"orders.csv\", ", "\"orders.csv\", \"orders.parquet\", "));
    let script = "import sys, datetime, pyarrow as pa, pyarrow.parquet as pq\n\
        at = pa.array([datetime.datetime(2025, 1, 1)] * 3, pa.timestamp('us', tz='UTC'))\n\
        table = pa.table({'order_id': ['1', '2', '3'], 'shop': ['a'] * 3, 'phone': ['0917 555 0101', '0917 555 0102', '0917 555 0103'], 'at': at})\n\
        pq.write_table(table, sys.argv[1])\n";
    let python = std::env::var_os("DATATRAWL_PYTHON").expect("no DATATRAWL_PYTHON: run the tests with ./test");
    let mut command = std::process::Command::new(python);
    command.args(["-c", script]).arg(desk.path("in/orders.parquet"));
    assert!(command.status().expect("python").success());
    let rows = desk.scan(&["--policy", "p.toml"]);
    let typed: Vec<&Row> = of(&rows, "phone").filter(|row| row["path"] == "orders.parquet").collect();
    assert_eq!(typed.len(), 3);
    assert_eq!(told(typed[0], &COLUMNS[..4]), [json!("orders"), json!("team-orders"), Value::Null, Value::Null]);
    assert_eq!(typed[0]["record_key"], json!({ "order_id": "1", "shop": "a" }));
    assert_eq!(desk.object("orders.parquet")["record_time_min"], Value::Null);
}
