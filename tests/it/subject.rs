//! Requests of people: their own records, what mentions them, and what only shares something with them.

use std::fs;

use proptest::prelude::*;

use crate::run::{Desk, Done, Row, table, text};

const POLICY: &str = r#"
version = 1
[policy]
id = "p"
modified = 2026-01-15
timezone = "Asia/Manila"
unassigned = "ignore"
[guard]
max_records_percent = 100

[[dataset]]
id = "accounts"
match = ["accounts.csv"]
key = ["customer_id"]
references = [{ from = "customer_id", to = "surveys.respondent" }]
[[dataset.person]]
role = "customer"
columns = ["name", "email", "phone"]
identity = { customer_id = "customer_id", email = "email", phone = "phone" }

[[dataset]]
id = "orders"
match = ["orders.csv"]
key = ["order_id"]
clock = [{ kind = "column", name = "at" }]
[[dataset.person]]
role = "customer"
columns = ["customer_name", "customer_phone"]
identity = { customer_id = "customer_id", phone = "customer_phone" }
[[dataset.person]]
role = "rider"
columns = ["rider_name", "rider_phone"]
identity = { phone = "rider_phone" }

[[dataset]]
id = "tickets"
match = ["tickets.ndjson"]
[[dataset.person]]
role = "customer"
columns = ["customer.name"]
identity = { email = "customer.email" }

[[dataset]]
id = "contacts"
match = ["contacts.csv"]
[[dataset.person]]
role = "third_party"
columns = ["Name", "Mobile", "E-mail"]
identity = { phone = "Mobile", email = "E-mail" }
[[dataset.person]]
role = "customer"
identity = { customer_id = "Uploaded by" }

[[dataset]]
id = "surveys"
match = ["surveys.csv"]
key = ["n"]
[[dataset.person]]
role = "customer"
columns = ["answer"]
identity = { customer_id = "respondent" }

[[dataset]]
id = "logs"
match = ["app.log"]

[[rule]]
id = "account"
dataset = "accounts"
after = "P10Y"
action = "drop_record"

[[rule]]
id = "order"
dataset = "orders"
min_keep = "P5Y"
after = "P5Y"
action = "drop_record"
on_request = "null"
"#;

const ACCOUNTS: &str = "customer_id,name,email,phone\n\
    CUS-10230785,Maria Santos Reyes,maria.reyes@koreo.ph,0917 555 0101\n\
    CUS-10230786,Jose Cruz Reyes,jose.reyes@koreo.ph,0917 555 0101\n\
    CUS-10230787,Ana Lim Dizon,ana.dizon@koreo.ph,0917 555 0103\n";
const ORDERS: &str = "order_id,customer_id,customer_name,customer_phone,rider_name,rider_phone,at,note\n\
    1,CUS-10230785,Maria Santos Reyes,0917 555 0101,Ben Uy Tan,0917 555 0201,2025-01-01,Maria Santos Reyes at the gate\n\
    2,CUS-10230786,Jose Cruz Reyes,0917 555 0101,Ben Uy Tan,0917 555 0201,2025-01-01,call 0917 555 0101\n\
    3,CUS-10230787,Ana Lim Dizon,0917 555 0103,Ben Uy Tan,0917 555 0201,2025-01-01,write maria.reyes@koreo.ph\n\
    4,CUS-10230785,Maria Santos Reyes,0917 555 0101,Ben Uy Tan,0917 555 0201,2010-01-01,\n";
const ORDERS_AFTER: &str = "order_id,customer_id,customer_name,customer_phone,rider_name,rider_phone,at,note\n\
    1,,,,Ben Uy Tan,0917 555 0201,2025-01-01,[PERSON_NAME] at the gate\n\
    2,CUS-10230786,Jose Cruz Reyes,0917 555 0101,Ben Uy Tan,0917 555 0201,2025-01-01,call 0917 555 0101\n\
    3,CUS-10230787,Ana Lim Dizon,0917 555 0103,Ben Uy Tan,0917 555 0201,2025-01-01,write [EMAIL]\n\
    4,,,,Ben Uy Tan,0917 555 0201,2010-01-01,\n";
const TICKETS: &str = "{\"n\":1,\"customer\":{\"name\":\"Maria Reyes\",\"email\":\"maria.reyes@koreo.ph\"},\"text\":\"hello\"}\n\
    {\"n\":2,\"customer\":{\"name\":\"Ana Dizon\",\"email\":\"ana.dizon@koreo.ph\"},\"text\":\"ask Maria.Reyes@koreo.ph or ben.tan@koreo.ph\"}\n";
const TICKETS_AFTER: &str = "{\"n\":1,\"customer\":{\"name\":\"[PERSON_NAME]\",\"email\":\"[EMAIL]\"},\"text\":\"hello\"}\n\
    {\"n\":2,\"customer\":{\"name\":\"Ana Dizon\",\"email\":\"ana.dizon@koreo.ph\"},\"text\":\"ask [EMAIL] or ben.tan@koreo.ph\"}\n";
const CONTACTS: &str = "Name,Mobile,E-mail,Uploaded by\n\
    Mum,,maria.reyes@koreo.ph,CUS-10230787\n\
    Dad,0917 555 0101,,CUS-10230787\n\
    Plumber,0917 555 0333,,CUS-10230785\n";
const SURVEYS: &str = "n,respondent,answer\n1,CUS-10230785,too slow\n2,CUS-10230787,fine\n";
const LOG: &str = "2026-01-01 10:00:00 INFO login maria.reyes@koreo.ph\n2026-01-01 10:00:01 INFO login ana.dizon@koreo.ph\n";
const REQUEST: &str =
    "version = 1\nid = \"case-7\"\nreceived = 2026-01-10\n[selectors]\nemail = \"maria.reyes@koreo.ph\"\nphone = [\"+63 917 555 0101\"]\n";

fn desk(policy: &str, request: &str) -> Desk {
    let desk = Desk::with(&[
        ("accounts.csv", ACCOUNTS.as_bytes()),
        ("orders.csv", ORDERS.as_bytes()),
        ("tickets.ndjson", TICKETS.as_bytes()),
        ("contacts.csv", CONTACTS.as_bytes()),
        ("surveys.csv", SURVEYS.as_bytes()),
        ("app.log", LOG.as_bytes()),
    ]);
    desk.write("p.toml", policy);
    desk.write("r.toml", request);
    desk.scan(&["--region", "PH"]);
    desk
}

const ASKED: [&str; 8] = ["--request", "r.toml", "--findings", "out", "--policy", "p.toml", "--as-of", "2026-01-15"];

fn find(desk: &Desk, args: &[&str]) -> Vec<String> {
    let done = desk.keyed(&[&["subject", "find"], &ASKED[..], args].concat());
    assert_eq!(done.code, 0, "{}", done.stderr);
    let lines = done.stdout.lines().filter(|line| !line.contains("DATASET"));
    lines.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|line| !line.is_empty()).collect()
}

fn erase(desk: &Desk) -> (Vec<Row>, Vec<Row>, String) {
    let done = desk.keyed(&[&["subject", "erase", "--out", "plan"], &ASKED[..]].concat());
    assert_eq!(done.code, 0, "{}", done.stderr);
    let digest = done.stdout.lines().find_map(|line| line.strip_prefix("digest ")).expect("a plan has a digest").to_owned();
    (table(&desk.path("plan/ops.parquet")), table(&desk.path("plan/review.parquet")), digest)
}

fn apply(desk: &Desk, digest: &str) -> Done {
    desk.keyed(&["apply", "plan", "--execute", digest, "--operator", "t"])
}

fn read(desk: &Desk, name: &str) -> String {
    fs::read_to_string(desk.path(&format!("in/{name}"))).expect("the file is there")
}

#[test]
fn tells_own_records_from_mentions_and_from_what_is_shared() {
    let desk = desk(POLICY, REQUEST);
    assert_eq!(
        find(&desk, &["--hops", "0"]),
        [
            "accounts customer their record email named 1 1",
            "accounts customer may be theirs phone named 1 1",
            "contacts third_party their record email named 1 1",
            "contacts third_party may be theirs phone named 1 1",
            "logs mentions them email named 1 1",
            "orders mentions them email named 1 1",
            "orders may be theirs phone named 1 1",
            "orders customer may be theirs phone named 1 3",
            "tickets mentions them email named 1 1",
            "tickets customer their record email named 1 1",
        ]
    );
    assert_eq!(
        find(&desk, &[]),
        [
            "accounts customer their record email named 1 1",
            "accounts customer may be theirs phone named 1 1",
            "contacts customer their record customer_id learnt 1 1",
            "contacts third_party their record email named 1 1",
            "contacts third_party may be theirs phone named 1 1",
            "logs mentions them email named 1 1",
            "orders mentions them email named 1 1",
            "orders may be theirs phone named 1 1",
            "orders customer their record customer_id learnt 1 2",
            "orders customer may be theirs phone named 1 1",
            "surveys customer their record customer_id learnt 1 1",
            "tickets mentions them email named 1 1",
            "tickets customer their record email named 1 1",
            "learnt from their records: 1 customer_id",
        ]
    );
    for name in ["accounts.csv", "orders.csv", "tickets.ndjson", "contacts.csv"] {
        assert!(!read(&desk, name).contains("[EMAIL]"));
    }
}

#[test]
fn erases_what_is_theirs_and_leaves_everyone_else() {
    let desk = desk(POLICY, REQUEST);
    let (ops, review, digest) = erase(&desk);
    assert!(ops.iter().all(|op| text(op, "reason") == "request" && !text(op, "tie").is_empty() && !text(op, "evidence").is_empty()));
    let done = apply(&desk, &digest);
    assert_eq!(done.code, 0, "{}{}", done.stdout, done.stderr);
    let without = |text: &str, line: usize| {
        let kept = text.split_inclusive('\n').enumerate().filter(|(n, _)| *n != line);
        kept.map(|(_, line)| line).collect::<String>()
    };
    assert_eq!(read(&desk, "accounts.csv"), without(ACCOUNTS, 1));
    assert_eq!(read(&desk, "orders.csv"), ORDERS_AFTER);
    assert_eq!(read(&desk, "tickets.ndjson"), TICKETS_AFTER);
    let contacts = "Name,Mobile,E-mail,Uploaded by\n\
        [PERSON_NAME],,[EMAIL],CUS-10230787\nDad,0917 555 0101,,CUS-10230787\nPlumber,0917 555 0333,,[CUSTOMER_ID]\n";
    assert_eq!(read(&desk, "contacts.csv"), contacts);
    assert_eq!(read(&desk, "surveys.csv"), SURVEYS.replace("CUS-10230785,too slow", "[CUSTOMER_ID],[REDACTED]"));
    assert_eq!(read(&desk, "app.log"), LOG.replace("maria.reyes@koreo.ph", "[EMAIL]"));
    let kept: Vec<(&str, &str, i64)> =
        review.iter().map(|row| (text(row, "why"), text(row, "path"), row["record"].as_i64().unwrap_or(-1))).collect();
    // The spouse's account and order, and the record that the law keeps.
    for expected in
        [("candidate", "contacts.csv", 1), ("candidate", "accounts.csv", 1), ("candidate", "orders.csv", 1), ("min_keep", "orders.csv", 0)]
    {
        assert!(kept.contains(&expected), "{expected:?} in {kept:?}");
    }
    assert!(!kept.contains(&("min_keep", "orders.csv", 3)), "{kept:?}");
    // Looked for again, only what may be somebody else's is left.
    fs::rename(desk.path("out"), desk.path("before")).expect("a folder");
    desk.scan(&["--region", "PH"]);
    assert_eq!(
        find(&desk, &["--hops", "0"]),
        [
            "accounts customer may be theirs phone named 1 1",
            "contacts third_party may be theirs phone named 1 1",
            "orders may be theirs phone named 1 1",
            "orders customer may be theirs phone named 1 1"
        ]
    );
}

#[test]
fn a_hold_goes_before_a_request() {
    let hold = "[[hold]]\nid = \"case-14\"\ndatasets = [\"orders\"]\nopened = 2026-01-05\n";
    let desk = desk(&[POLICY, hold].concat(), REQUEST);
    let (_, review, digest) = erase(&desk);
    assert_eq!(apply(&desk, &digest).code, 0);
    assert_eq!(read(&desk, "orders.csv"), ORDERS);
    let held: Vec<i64> = review.iter().filter(|row| text(row, "why") == "held").filter_map(|row| row["record"].as_i64()).collect();
    assert_eq!(held, [0, 2, 3]);
}

#[test]
fn a_condition_that_cannot_be_told_drops_nothing() {
    let policy = POLICY.replace("dataset = \"accounts\"\nafter", "dataset = \"accounts\"\nwhere = { status = \"closed\" }\nafter");
    let desk = desk(&policy, REQUEST);
    let (ops, ..) = erase(&desk);
    let of_accounts: Vec<&str> = ops.iter().filter(|op| text(op, "dataset") == "accounts").map(|op| text(op, "kind")).collect();
    assert_eq!(of_accounts, ["cell"; 3]);
}

#[test]
fn what_stands_for_no_number_leads_nowhere() {
    let guest = |text: &str| text.replace("CUS-10230785", "guest").replace("CUS-10230786", "guest");
    let desk = Desk::with(&[("accounts.csv", guest(ACCOUNTS).as_bytes()), ("orders.csv", guest(ORDERS).as_bytes())]);
    desk.write("p.toml", POLICY);
    desk.write("r.toml", REQUEST.replace("phone", "# phone"));
    desk.scan(&["--region", "PH"]);
    let found = find(&desk, &["--hops", "8"]);
    assert!(found.contains(&"accounts customer their record email named 1 1".to_owned()), "{found:?}");
    assert!(!found.iter().any(|line| line.starts_with("orders customer their record")), "{found:?}");
}

#[test]
fn what_speaks_against_it_makes_a_candidate() {
    let request = "version = 1\nid = \"c\"\n[selectors]\nemail = \"maria.reyes@koreo.ph\"\ncustomer_id = \"CUS-10230799\"\n";
    let found = find(&desk(POLICY, request), &["--hops", "8"]);
    assert!(found.contains(&"accounts customer may be theirs email named 1 1".to_owned()), "{found:?}");
    assert!(!found.iter().any(|line| line.starts_with("orders customer their record")), "{found:?}");
}

#[test]
fn a_name_in_a_text_is_a_candidate() {
    let request = "version = 1\nid = \"c\"\n[selectors]\nperson_name = \"Maria Santos Reyes\"\n";
    let found = find(&desk(POLICY, request), &[]);
    assert!(found.iter().all(|line| line.contains("may be theirs")), "{found:?}");
    assert!(!found.is_empty());
}

#[test]
fn wrong_requests_are_refused_without_a_value() {
    for (request, said) in [
        ("", "request r.toml"),
        ("version = 1\nid = \"c\"\n[selectors]\n", "it names nobody"),
        ("version = 1\nid = \"c\"\n[selectors]\nemail = []\n", "it names nobody"),
        ("version = 1\nid = \"c\"\n[selectors]\nemial = \"secret.person@koreo.ph\"\n", "request r.toml:4:1: unknown entity"),
        ("version = 1\nid = \"c\"\n[selectors]\nemail = 7\n", "request r.toml:4:9"),
        ("version = 1\nid = \"secret.person@koreo.ph\"\n[selectors]\nemail = \"x@koreo.ph\"\n", "expected the number of a case"),
        ("version = 1\nid = \"c\"\nrole = \"secret\"\n[selectors]\nemail = \"x@koreo.ph\"\n", "unknown key role"),
        ("version = 2\nid = \"c\"\n[selectors]\nemail = \"x@koreo.ph\"\n", "expected version 1"),
        ("version = 1\nid = \"c\"\nreceived = 10:00:00\n[selectors]\nemail = \"x@koreo.ph\"\n", "expected a day"),
        ("version = 1\nid = \"c\"\n[selectors]\nemail = \" \"\n", "a value is empty"),
        ("version = 1\nid = \"c\"\n[selectors]\ncustomer_id = \"000\"\n", "a value stands for none"),
    ] {
        let desk = desk(POLICY, request);
        for command in [&["subject", "find"][..], &["subject", "erase", "--out", "plan"]] {
            let done = desk.keyed(&[command, &ASKED].concat());
            assert_eq!(done.code, 2, "{request}: {}", done.stdout);
            assert!(done.stderr.contains(said), "{request}: {}", done.stderr);
            assert!(!done.stderr.contains("secret"), "{}", done.stderr);
            assert!(!desk.path("plan").exists());
        }
    }
}

#[test]
fn what_is_printed_and_planned_holds_no_value() {
    let desk = desk(POLICY, REQUEST);
    let (ops, review, _) = erase(&desk);
    let found = desk.keyed(&[&["subject", "find"], &ASKED[..]].concat());
    let shown = desk.run(&["plan", "show", "plan"]);
    let plan = fs::read_to_string(desk.path("plan/plan.json")).expect("a plan");
    assert!(shown.stdout.contains("request      case-7 of 2026-01-10"), "{}", shown.stdout);
    // The key columns are what other programs find the record by.
    let bare = |rows: &[Row]| {
        let without = rows.iter().map(|row| row.iter().filter(|(name, _)| *name != "record_key").map(|(_, value)| value.to_string()));
        without.flatten().collect::<Vec<_>>().join("\n")
    };
    for text in [found.stdout, found.stderr, shown.stdout, plan, bare(&ops), bare(&review)] {
        for value in ["maria", "Maria", "555 0101", "5550101", "CUS-10230785"] {
            assert!(!text.contains(value), "{value} in {text}");
        }
    }
}

#[test]
fn standard_input_may_hold_the_request() {
    let desk = desk(POLICY, "");
    let mut asked = ASKED;
    asked[1] = "-";
    let done = desk.fed(&[&["subject", "find"], &asked[..]].concat(), REQUEST.as_bytes());
    assert!(done.code == 0 && done.stdout.contains("their record"), "{}{}", done.stdout, done.stderr);
}

#[test]
fn steps_follow_references_in_the_same_role_alone() {
    // Orders lead to tickets of the customer; whoever rode is somebody else.
    let policy = POLICY
        .replace("identity = { email = \"customer.email\" }\n", "")
        .replace("match = [\"orders.csv\"]\n", "match = [\"orders.csv\"]\nreferences = [{ from = \"order_id\", to = \"tickets.n\" }]\n");
    let request = |selector: &str| format!("version = 1\nid = \"c\"\n[selectors]\n{selector}\n");
    let of_customer = find(&desk(&policy, &request("customer_id = \"CUS-10230785\"")), &[]);
    assert!(of_customer.contains(&"tickets customer their record reference n 1 1".to_owned()), "{of_customer:?}");
    let of_rider = find(&desk(&policy, &request("phone = \"0917 555 0201\"")), &[]);
    assert!(of_rider.contains(&"orders rider their record phone named 1 4".to_owned()), "{of_rider:?}");
    assert!(of_rider.contains(&"tickets may be theirs reference n 1 2".to_owned()), "{of_rider:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    /// Random orders of three people: all of one's fields go, and every other byte stays.
    #[test]
    fn others_keep_every_byte(owners in proptest::collection::vec((0..3_usize, 0..3_usize), 3..40)) {
        let people = [("CUS-10230785", "maria.reyes@koreo.ph"), ("CUS-10230786", "jose.reyes@koreo.ph"), ("CUS-10230787", "ana.dizon@koreo.ph")];
        let row = |n: usize, id: &str, name: &str, mail: &str| format!("{n},{id},{name},0917 555 01{n:02},,,2025-01-01,said \"\"{mail}\"\", twice\n");
        let head = ORDERS.lines().next().expect("a head").to_owned() + "\n";
        let (mut before, mut after) = (head.clone(), head);
        for (n, (owner, named)) in owners.iter().enumerate() {
            let line = row(n, people[*owner].0, "Some Body", people[*named].1).replace("said", "\"said").replace("twice\n", "twice\"\n");
            let mut kept = line.clone();
            if *named == 0 {
                kept = kept.replace(people[0].1, "[EMAIL]");
            }
            if *owner == 0 {
                kept = kept.replace(&format!("{},Some Body,0917 555 01{n:02}", people[0].0), ",,");
            }
            before += &line;
            after += &kept;
        }
        let desk = Desk::with(&[("orders.csv", before.as_bytes())]);
        desk.write("p.toml", POLICY);
        desk.write("r.toml", "version = 1\nid = \"c\"\n[selectors]\ncustomer_id = \"CUS-10230785\"\nemail = \"maria.reyes@koreo.ph\"\n");
        desk.scan(&["--region", "PH"]);
        let (_, _, digest) = erase(&desk);
        let done = apply(&desk, &digest);
        prop_assert_eq!(done.code, 0, "{}{}", done.stdout, done.stderr);
        prop_assert_eq!(read(&desk, "orders.csv"), after);
    }
}
