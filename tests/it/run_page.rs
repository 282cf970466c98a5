//! `report --to html`: what the page of a run says, that nothing in it can be anything but text, and that a browser shows it.

use std::process::Command;

use crate::run::{Desk, Done};

const ORDERS: &str = "id,name,phone,email,at\n\
    1,Ana Reyes,0917 555 0101,ana@example.com,2019-01-01T00:00:00Z\n\
    2,Jose Cruz,0917 555 0102,jose@example.com,2025-06-01T00:00:00Z\n\
    3,Ana Reyes,0917 555 0101,ana@example.com,2025-07-01T00:00:00Z\n";
const POLICY: &str = r#"
version = 1
[policy]
id = "kept"
modified = 2026-01-15
timezone = "Asia/Manila"
regions = ["PH"]
[[dataset]]
id = "orders"
owner = "team-<orders>"
match = ["orders.csv"]
key = ["id"]
clock = [{ kind = "column", name = "at" }]
[[dataset.person]]
role = "customer"
columns = ["name", "phone", "email"]
identity = { phone = "phone" }
[[rule]]
id = "five-years"
dataset = "orders"
after = "P5Y"
action = "drop_record"
[[rule]]
id = "never"
dataset = "orders"
entities = ["email"]
after = "P900Y"
action = "redact"
"#;

fn desk() -> Desk {
    let desk = Desk::with(&[("orders.csv", ORDERS.as_bytes()), ("notes.txt", b"call ana@example.com\n"), ("x.gif", b"GIF89a\x01\0")]);
    desk.write("p.toml", POLICY);
    desk
}

fn report(desk: &Desk, args: &[&str]) -> Done {
    desk.run(&[&["report", "out", "--to", "html"], args].concat())
}

fn page(desk: &Desk, args: &[&str]) -> String {
    let done = report(desk, args);
    assert_eq!((done.code, done.stderr.as_str()), (0, ""));
    done.stdout
}

/// The text of a page, its elements left out and runs of white space made one.
fn words(page: &str) -> String {
    let body = page.split("<main>").nth(1).and_then(|rest| rest.split("</main>").next()).expect("it has a body");
    let text = regex::Regex::new("<[^>]*>").expect("a constant").replace_all(body, " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn data(page: &str) -> serde_json::Value {
    let text = page.split(r#"<script type="application/json" id="data">"#).nth(1).and_then(|rest| rest.split("</script>").next());
    serde_json::from_str(text.expect("it has data")).expect("it is JSON")
}

fn has(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part} is not in {text}");
    }
}

#[test]
fn says_whose_data_are_there_what_is_overdue_and_what_was_not_read() {
    let desk = desk();
    desk.scan(&["--policy", "p.toml", "--region", "PH"]);
    let said = words(&page(&desk, &["--policy", "p.toml", "--as-of", "2026-01-15"]));
    has(
        &said,
        &[
            "People 2 customer by phone",
            "Records 4 with personal data, of",
            "Records overdue 1 by the policy kept",
            "email user.contact.email medium 2 4 2 4",
            "team-&lt;orders&gt; orders 3 1",
            "orders team-&lt;orders&gt; five-years drop_record records of orders after P5Y 1 – 2024-01-01 744 days 2030-06-01 0 0 0",
            "unsupported recognised, but there is no reader for this format 1 8 bytes x.gif",
            "orders · team-&lt;orders&gt; · 3 records, 1 overdue five-years: after 5 years",
            "csv 1 3",
        ],
    );
    assert!(!said.contains("No policy was given"));
}

#[test]
fn says_what_it_would_need_to_say_more() {
    let desk = desk();
    desk.scan(&["--region", "PH"]);
    let said = words(&page(&desk, &[]));
    has(
        &said,
        &[
            "People not known",
            "Records overdue not asked",
            "datatrawl report out --to html --policy FILE",
            "without datatrawl scan --policy FILE no record has an age",
        ],
    );
    // Datasets are known by the policy of the report, too; ages are not.
    let said = words(&page(&desk, &["--policy", "p.toml"]));
    has(
        &said,
        &[
            "Records overdue 0 by the policy kept",
            "No record of this run has an age",
            "five-years drop_record records of orders after P5Y 0 – – – 0 3 0",
        ],
    );
}

#[test]
fn says_what_is_new_gone_and_no_longer_told_since_an_earlier_run() {
    let desk = desk();
    desk.write("in/old.txt", "mail old@example.com\n");
    desk.scan(&["--region", "PH"]);
    std::fs::rename(desk.path("out"), desk.path("earlier")).unwrap();
    std::fs::remove_file(desk.path("in/old.txt")).unwrap();
    desk.write("in/notes.txt", "call ben@example.com\n");
    desk.scan(&["--region", "PH"]);
    let written = page(&desk, &["--since", "earlier"]);
    has(&words(&written), &["New findings 1 1 gone since", "1 stood in files that are not in this run", "email 5 1 1 1 0 4"]);
    assert_eq!(data(&written)["has"]["since"], true);
    // Ids of two keys say nothing of each other.
    let done = desk.command(&["scan", "in", "--out", "other"]).env("DATATRAWL_KEY", "11".repeat(32)).output().unwrap();
    assert!([Some(0), Some(3)].contains(&done.status.code()));
    let done = report(&desk, &["--since", "other"]);
    assert!(done.code == 2 && done.stderr.contains("two keys"), "{}", done.stderr);
}

/// Names that try to be markup, script, links, or to turn text around.
fn hostile() -> Desk {
    let desk = Desk::new();
    let mail = b"mail ana@example.com\n";
    let long = "l".repeat(200);
    for name in [
        "<img src=x onerror=owned=1>.txt",
        "\"><script>owned=1<\u{2215}script>.txt",
        "a'b&amp;\"c.txt",
        "\u{202e}txt.gnp\u{2066}.txt",
        "javascript:owned=1.txt",
        "{{ 7*7 }}{% x %}.txt",
        "\u{2028}\u{2029}.txt",
        "--><!--.txt",
        &format!("{long}.txt"),
    ] {
        desk.write(&format!("in/{name}"), mail);
    }
    desk.write(
        &format!("in/{long}/{long}/<b>/</script>/x.csv"),
        format!(
            "</script><script>owned=1</script>,\"<img src=x onerror=\"\"owned=1\"\">\",{}\na@example.com,0917 555 0101,b@example.com\n",
            "m".repeat(3_000)
        ),
    );
    desk
}

#[test]
fn names_are_text_whatever_they_try() {
    let desk = hostile();
    desk.scan(&["--region", "PH"]);
    let written = page(&desk, &[]);
    assert_eq!(written.matches("<script").count(), 2);
    assert_eq!(written.matches("</script").count(), 2);
    assert!(!written.contains("<img") && !written.contains("<b>/") && !written.contains("49.txt"));
    assert!(!written.contains(['\u{202e}', '\u{2066}', '\u{1b}']));
    assert!(!written.split("id=\"data\"").nth(1).unwrap().contains(['\u{2028}', '\u{2029}']));
    let places: Vec<String> =
        data(&written)["places"].as_array().unwrap().iter().map(|place| place[0].as_str().unwrap().to_owned()).collect();
    assert!(places.iter().any(|path| path.contains("<img src=x onerror=owned=1>.txt")), "{places:?}");
    assert!(places.iter().all(|path| path.chars().count() <= 401));
    for handler in [" onerror=", " onclick=", " onload=", " style="] {
        let outside = written.split("id=\"data\"").next().unwrap();
        assert!(!regex::Regex::new(&format!("<[a-z][^>]*{handler}")).unwrap().is_match(outside), "{handler}");
    }
}

#[test]
fn its_policy_names_its_own_styles_and_script_and_nothing_else() {
    use sha2::{Digest as _, Sha256};
    let desk = desk();
    desk.scan(&[]);
    let written = page(&desk, &[]);
    let policy = written.split("http-equiv=\"Content-Security-Policy\" content=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    has(policy, &["default-src 'none'", "base-uri 'none'", "form-action 'none'", "require-trusted-types-for 'script'"]);
    assert!(!policy.contains("unsafe") && !policy.contains("http") && !policy.contains('*'));
    has(&written, &["<meta name=\"referrer\" content=\"no-referrer\">"]);
    let digest = |text: &str| format!("'sha256-{}'", datatrawl::model::base64(&Sha256::digest(text.as_bytes())));
    let inside =
        |open: &str, close: &str| written.split(open).skip(1).map(|rest| digest(rest.split(close).next().unwrap())).collect::<Vec<_>>();
    let (styles, scripts) = (inside("<style>", "</style>"), inside("<script>", "</script>"));
    assert_eq!((styles.len(), scripts.len(), policy.matches("sha256-").count()), (2, 1, 3));
    styles.iter().chain(&scripts).for_each(|digest| has(policy, &[digest]));
    assert!(!regex::Regex::new(r#"(src|href)="[^#]"#).unwrap().is_match(&written));
}

#[test]
fn findings_above_the_limit_share_rows_and_what_is_left_out_is_counted() {
    let desk = Desk::new();
    for file in 0..3 {
        let lines: String = (0..=file).map(|n| format!("{n},user{n}@example.com\n")).collect();
        desk.write(&format!("in/{file}.csv"), format!("id,email\n{lines}"));
    }
    desk.scan(&[]);
    let all = data(&page(&desk, &[]));
    assert_eq!((&all["rows"], &all["has"]["grouped"]), (&6.into(), &false.into()));
    let written = page(&desk, &["--rows", "3"]);
    assert_eq!((&data(&written)["rows"], &data(&written)["has"]["grouped"]), (&3.into(), &true.into()));
    has(&words(&written), &["The run has 6 findings, more than this page gives a row each"]);
    let written = page(&desk, &["--rows", "2"]);
    has(&words(&written), &["1 finding of the least sensitive and least sure rows are left out (1 row)"]);
    assert_eq!(report(&desk, &["--rows", "0"]).code, 2);
}

#[test]
fn a_run_without_findings_and_a_partial_one_have_a_page() {
    let desk = Desk::with(&[("a.txt", b"nothing\n"), ("b.txt", b"nothing\nat all\n")]);
    desk.scan(&[]);
    has(&words(&page(&desk, &[])), &["Nothing was found in what was read", "Everything was read in full: 2 files", "There are none."]);
    std::fs::remove_dir_all(desk.path("out")).unwrap();
    desk.scan(&["--sample", "records=1"]);
    has(&words(&page(&desk, &[])), &["The scan is partial", "sampled: 1 records of the leaf were read"]);
}

#[test]
fn no_file_is_written_over_and_no_value_is_in_the_page() {
    let desk = desk();
    desk.scan(&["--policy", "p.toml", "--region", "PH"]);
    let done = report(&desk, &["-o", "r.html", "--policy", "p.toml"]);
    assert_eq!((done.code, done.stdout.as_str()), (0, "r.html\n"));
    let first = std::fs::read_to_string(desk.path("r.html")).unwrap();
    for value in ["0917 555 0101", "639175550101", "ana@example.com", "Ana Reyes", "Jose"] {
        assert!(!first.contains(value), "{value}");
    }
    assert_eq!(report(&desk, &["-o", "r.html"]).code, 2);
    assert_eq!(std::fs::read_to_string(desk.path("r.html")).unwrap(), first);
    assert_eq!(report(&desk, &["-o", "absent/r.html"]).code, 2);
    let part = crate::run::files(&desk.path("out/findings")).remove(0);
    std::fs::write(&part, b"PAR1").unwrap();
    let done = report(&desk, &[]);
    assert!(done.code == 2 && done.stderr.contains("not as the scan wrote it") && done.stdout.is_empty(), "{}", done.stderr);
}

/// 100,000 findings, and hostile names, in a browser that can reach nothing.
#[test]
fn a_browser_filters_sorts_links_and_prints_100_000_findings() {
    let given = |name: &str| std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set: run ./test, which sets it"));
    let desk = Desk::new();
    for file in 0..100 {
        let rows: String = (0..500).map(|n| format!("{n},user{file}.{n}@example.com,+63917555{:04}\n", file * 37 + n)).collect();
        desk.write(&format!("in/part-{file:02}.csv"), format!("id,email,phone\n{rows}"));
    }
    assert_eq!(desk.scan(&["--region", "PH"]).len(), 100_000);
    assert_eq!(report(&desk, &["-o", "large.html"]).code, 0);
    assert!(std::fs::metadata(desk.path("large.html")).unwrap().len() < 8_000_000);
    let names = hostile();
    names.scan(&["--region", "PH"]);
    assert_eq!(report(&names, &["-o", "hostile.html"]).code, 0);
    let done = Done::from(
        Command::new("node")
            .arg("tests/browser/report.mjs")
            .args([given("DATATRAWL_BROWSER").into(), desk.path("large.html"), names.path("hostile.html")])
            .env("NODE_MODULES", given("DATATRAWL_NODE_MODULES"))
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .expect("node starts"),
    );
    assert_eq!(done.code, 0, "{}{}", done.stdout, done.stderr);
    let timings: std::collections::BTreeMap<String, u64> = serde_json::from_str(&done.stdout).expect("it says how long it took");
    assert_eq!(timings.len(), 8);
}
