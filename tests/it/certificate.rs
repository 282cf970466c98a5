//! Certificates: what they say is what was done, and nothing of anyone's is in them.

use std::fs;

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::run::{Desk, Done};

const HEAD: &str = "version = 1\n[policy]\nid = \"p\"\nmodified = 2026-01-15\ntimezone = \"Asia/Manila\"\nunassigned = \"ignore\"\n\
                    [guard]\nmax_records_percent = 100\n";
const DATASET: &str = "[[purpose]]\nid = \"order\"\nuse = \"essential.service\"\nrecipients = [\"psp\"]\n\
                       [[recipient]]\nid = \"psp\"\n[[recipient]]\nid = \"mailer\"\npurposes = [\"order\"]\n[[recipient]]\nid = \"nobody\"\n\
                       [[backup]]\ndatasets = [\"orders\"]\nexpires = \"P35D\"\n\
                       [[hold]]\nid = \"old-case\"\nopened = 2025-01-01\nreleased = 2025-06-01\nby = \"j\"\n\
                       [[dataset]]\nid = \"orders\"\nowner = \"OWNER\"\norigin = \"ORIGIN\"\nmatch = [\"*\"]\npurposes = [\"order\"]\n\
                       clock = [{ kind = \"column\", name = \"at\" }]\n";
const REDACT: &str = "[[rule]]\nid = \"mail\"\ndataset = \"orders\"\nentities = [\"email\"]\nafter = \"P30D\"\naction = \"redact\"\n";
const ROWS: &str = "id,mail,at\n1,a@koreo.ph,2020-01-01\n2,b@koreo.ph,2020-01-01\n3,c@koreo.ph,2026-01-14\n4,d@koreo.ph,\n";
const NOW: &str = "2026-01-15T00:05:00+08:00";

/// A desk with a plan.
struct Ready {
    desk: Desk,
    digest: String,
}

impl Ready {
    fn new(names: &[&str], policy: &str) -> Self {
        let files: Vec<(&str, &[u8])> = names.iter().map(|name| (*name, ROWS.as_bytes())).collect();
        let desk = Desk::with(&files);
        desk.write("p.toml", policy);
        desk.scan(&[]);
        let done = desk.keyed(&["plan", "--findings", "out", "--policy", "p.toml", "--out", "plan", "--as-of", NOW]);
        assert_eq!(done.code, 0, "{}", done.stderr);
        let digest = done.stdout.lines().find_map(|line| line.strip_prefix("digest ")).expect("a plan has a digest").to_owned();
        Self { desk, digest }
    }

    fn apply(&self, operator: &str) -> Done {
        self.desk.keyed(&["apply", "plan", "--execute", &self.digest, "--operator", operator])
    }

    /// The statement's predicate.
    fn predicate(&self, args: &[&str]) -> Value {
        let done = self.desk.run(&[&["certificate", "plan", "--out", "-", "--format", "json"], args].concat());
        assert!([0, 5].contains(&done.code), "{}", done.stderr);
        serde_json::from_str::<Value>(&done.stdout).expect("it is JSON")["predicate"].clone()
    }

    fn page(&self, args: &[&str]) -> String {
        let done = self.desk.run(&[&["certificate", "plan", "--out", "-", "--format", "html"], args].concat());
        assert!([0, 5].contains(&done.code), "{}", done.stderr);
        done.stdout
    }
}

fn policy() -> String {
    [HEAD, DATASET, REDACT].concat()
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn says_what_was_done_and_what_is_not_covered() {
    let ready = Ready::new(&["a.csv", "b.csv"], &policy());
    assert_eq!(ready.apply("J. Cruz").code, 0);
    let done = ready.desk.run(&["certificate", "plan"]);
    assert_eq!((done.code, done.stdout.lines().next()), (0, Some("carried out and verified in full")), "{}", done.stderr);
    let read = |name: &str| fs::read(ready.desk.path(&format!("plan/{name}"))).expect("the file is there");
    let statement: Value = serde_json::from_slice(&read("certificate.json")).unwrap();
    assert_eq!(statement["_type"], "https://in-toto.io/Statement/v1");
    assert_eq!(statement["predicateType"], "urn:datatrawl:erasure:v1");
    for subject in statement["subject"].as_array().unwrap() {
        let name = subject["name"].as_str().unwrap();
        if name != "policy p" {
            assert_eq!(subject["digest"]["sha256"], sha256(&read(name)), "{name}");
            assert_eq!(subject["digest"]["blake3"], blake3::hash(&read(name)).to_hex().to_string(), "{name}");
        }
    }
    let said = &statement["predicate"];
    assert_eq!((said["outcome"].as_str(), said["erases"].as_bool()), (Some("complete"), Some(true)));
    assert_eq!(said["plan"]["blake3"], ready.digest);
    assert_eq!(said["policy"]["blake3"], blake3::hash(policy().as_bytes()).to_hex().to_string());
    let row = &said["done"][0];
    assert_eq!((row["rule"].as_str(), row["action"].as_str(), row["after"].as_str()), (Some("mail"), Some("redact"), Some("P30D")));
    assert_eq!(row["planned"], serde_json::json!({"files": 2, "records": 4, "operations": 4}));
    assert_eq!(row["planned"], row["verified"]);
    assert_eq!(said["carried_out"][0]["operator"], "J. Cruz");
    let exclusions = &said["exclusions"];
    assert_eq!(exclusions["origins"][0]["origin"], "ORIGIN");
    assert_eq!(exclusions["recipients"].as_array().unwrap().iter().map(|r| &r["recipient"]).collect::<Vec<_>>(), ["mailer", "psp"]);
    assert_eq!(exclusions["holds"][0]["state"], "released");
    assert_eq!(exclusions["kept"][0]["why"], "unknown_age");
    // A backup of the day of the erasure is the last that holds it.
    let ledger = String::from_utf8(read("ledger.jsonl")).unwrap();
    let entries: Vec<Value> = ledger.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let last = entries.iter().rev().find(|entry| entry["event"]["kind"] == "done").expect("a file was done");
    let last: jiff::Timestamp = last["at"].as_str().unwrap().parse().unwrap();
    let gone: jiff::Timestamp = exclusions["backups"][0]["gone_at"].as_str().unwrap().parse().unwrap();
    assert_eq!(gone, last + jiff::Span::new().hours(35 * 24));
    assert_eq!(said["ledger"]["head"], entries.last().unwrap()["hash"]);
    let page = String::from_utf8(read("certificate.html")).unwrap();
    for text in ["<h1>Certificate of erasure</h1>", "J. Cruz", "ORIGIN", "psp", &ready.digest, said["ledger"]["head"].as_str().unwrap()] {
        assert!(page.contains(text), "{text}");
    }
    // An older certificate is somebody's evidence.
    assert_eq!(ready.desk.run(&["certificate", "plan"]).code, 2);
    assert_eq!(read("certificate.html"), page.as_bytes());
}

#[test]
fn is_no_certificate_before_all_is_carried_out() {
    let ready = Ready::new(&["a.csv", "b.csv"], &policy());
    let done = ready.desk.run(&["certificate", "plan", "--out", "first"]);
    assert_eq!(done.code, 5, "{}", done.stderr);
    let page = ready.page(&[]);
    assert!(page.contains("<h1>This is not a certificate of erasure yet</h1>") && page.contains("Nothing was erased"));
    assert_eq!(ready.predicate(&[])["files"], serde_json::json!({"open": 2}));
    ready.desk.write("in/b.csv", ROWS.replace("3,", "33,"));
    assert_eq!(ready.apply("t").code, 5);
    let said = ready.predicate(&[]);
    assert_eq!(said["outcome"], "partial");
    assert_eq!(said["files"], serde_json::json!({"verified": 1, "stale": 1}));
    assert_eq!(said["done"][0]["verified"]["operations"], 2);
    assert_eq!(said["exclusions"]["left"][0]["detail"], "it is not what was scanned");
    assert!(ready.page(&[]).contains("<h1>This is not a certificate of erasure yet</h1>"));
    // What was verified and is something else when the plan is carried out again does not count.
    ready.desk.write("in/a.csv", "id\n");
    assert_eq!(ready.apply("t").code, 5);
    assert_eq!(ready.predicate(&[])["files"], serde_json::json!({"changed_since": 1, "stale": 1}));
}

#[test]
fn a_file_that_was_begun_and_not_ended_is_not_counted() {
    let ready = Ready::new(&["a.csv"], &policy());
    assert_eq!(ready.apply("t").code, 0);
    let path = ready.desk.path("plan/ledger.jsonl");
    let ledger = fs::read_to_string(&path).unwrap();
    let cut: String = ledger.split_inclusive('\n').take(2).collect();
    fs::write(&path, cut).unwrap();
    let said = ready.predicate(&[]);
    assert_eq!((&said["outcome"], &said["files"]), (&"partial".into(), &serde_json::json!({"unconfirmed": 1})));
    assert!(said["carried_out"][0]["ended_at"].is_null());
}

#[test]
fn a_ledger_that_was_changed_certifies_nothing() {
    let ready = Ready::new(&["a.csv"], &policy());
    assert_eq!(ready.apply("t").code, 0);
    let path = ready.desk.path("plan/ledger.jsonl");
    let ledger = fs::read_to_string(&path).unwrap();
    fs::write(&path, ledger.replace("\"operator\":\"t\"", "\"operator\":\"u\"")).unwrap();
    let done = ready.desk.run(&["certificate", "plan", "--out", "cert"]);
    assert!(done.code == 4 && done.stderr.contains("no certificate can be made"), "{}", done.stderr);
    assert!(!ready.desk.path("cert").exists());
    assert_eq!(ready.desk.run(&["certificate", "plan", "--ledger", "absent"]).code, 4);
}

#[test]
fn tokens_in_the_place_of_values_are_no_erasure() {
    let ready = Ready::new(&["a.csv"], &policy().replace("\"redact\"", "\"token\""));
    assert_eq!(ready.apply("t").code, 0);
    let said = ready.predicate(&[]);
    assert_eq!((&said["outcome"], &said["erases"]), (&"complete".into(), &false.into()));
    assert_eq!(said["exclusions"]["pseudonymised"], 2);
    let page = ready.page(&[]);
    assert!(page.contains("<h1>This is not a certificate of erasure</h1>") && page.contains("pseudonymised, not erased"));
}

#[test]
fn a_plan_without_operations_is_not_certified() {
    let ready = Ready::new(&["a.csv"], &policy().replace("P30D", "P90Y"));
    let done = ready.desk.run(&["certificate", "plan"]);
    assert_eq!((done.code, done.stdout.lines().next()), (0, Some("nothing was due: this is not a certificate of erasure")));
}

#[test]
fn names_files_only_where_that_is_asked_for_and_never_a_value() {
    let ready = Ready::new(&["maria-cruz.csv"], &policy());
    assert_eq!(ready.apply("t").code, 0);
    let plain = ready.page(&[]) + &ready.predicate(&[]).to_string();
    let named = ready.page(&["--paths"]) + &ready.predicate(&["--paths"]).to_string();
    assert!(!plain.contains("maria-cruz"));
    assert_eq!(named.matches("maria-cruz.csv").count(), 2);
    for value in ["koreo.ph", "2020-01-01"] {
        assert!(!plain.contains(value) && !named.contains(value), "{value}");
    }
}

#[cfg(unix)]
#[test]
fn whatever_it_is_given_a_page_runs_and_loads_nothing() {
    let name = "<img src=x onerror=alert(1)>\u{202e}\"'&.csv";
    let hostile = "</style><script>alert(1)</script>\\u0022 onload=x \\u001b[31m\\u202e{{ 7*7 }}";
    let policy = policy().replace("OWNER", hostile).replace("ORIGIN", "javascript:alert(1)//<svg onload=x>");
    let ready = Ready::new(&[name], &policy);
    assert_eq!(ready.apply("<b>\"O'Brien\"</b> & {% raw %}").code, 0);
    let page = ready.page(&["--paths"]);
    let tags = regex::Regex::new(r"<(/?[a-zA-Z!][a-zA-Z0-9]*)").unwrap();
    let known = [
        "!doctype", "html", "head", "meta", "title", "style", "body", "main", "header", "footer", "h1", "h2", "h3", "p", "div", "strong",
        "dl", "dt", "dd", "table", "thead", "tbody", "tr", "th", "td", "small", "span", "code",
    ];
    for tag in tags.captures_iter(&page) {
        assert!(known.contains(&tag[1].trim_start_matches('/')), "{}", &tag[0]);
    }
    for text in ["<script", "<svg", "<img", "href", "url(", "\u{202e}", "\u{1b}", "O'Brien"] {
        assert!(!page.contains(text), "{text}");
    }
    assert!(page.contains("&lt;script&gt;alert(1)") && page.contains("{{ 7*7 }}") && page.contains("O&#x27;Brien"), "{page}");
    // The one style that may apply is the page's own.
    let style = page.split("<style>").nth(1).unwrap().split("</style>").next().unwrap();
    assert_eq!(page.matches("<style>").count(), 1);
    let digest = page.split("style-src 'sha256-").nth(1).unwrap().split('\'').next().unwrap();
    assert_eq!(digest, datatrawl::model::base64(&Sha256::digest(style.as_bytes())));
    assert!(page.contains("default-src 'none'"));
}

#[test]
fn the_schema_names_all_that_a_predicate_has() {
    let ready = Ready::new(&["a.csv"], &policy());
    let schema: Value = serde_json::from_str(&ready.desk.run(&["certificate", "--schema"]).stdout).expect("it is JSON");
    let predicate = ready.predicate(&[]);
    let known = schema["properties"].as_object().unwrap();
    assert_eq!(known.keys().collect::<Vec<_>>(), predicate.as_object().unwrap().keys().collect::<Vec<_>>());
}

#[test]
fn standard_output_takes_one_form_and_a_file_has_its_ending() {
    let ready = Ready::new(&["a.csv"], &policy());
    let code = |args: &[&str]| ready.desk.run(&[&["certificate", "plan"], args].concat()).code;
    assert_eq!(code(&["--out", "-"]), 2);
    assert_eq!(code(&["--out", "c.html", "--format", "json"]), 2);
    assert_eq!(code(&["--out", "deep/c.html"]), 5);
    assert!(fs::read_to_string(ready.desk.path("deep/c.html")).unwrap().starts_with("<!doctype html>"));
    assert!(!ready.desk.path("plan/certificate.json").exists());
}

#[test]
fn a_plan_that_asks_for_approvals_is_not_carried_out_without() {
    let ready = Ready::new(&["a.csv"], &policy().replace("[guard]\n", "[guard]\napprovals = 1\n"));
    let refused = |operator: &str| {
        let done = ready.apply(operator);
        assert!(done.code == 4 && done.stderr.contains("the policy asks for 1 approval"), "{}", done.stderr);
        assert_eq!(fs::read_to_string(ready.desk.path("in/a.csv")).unwrap(), ROWS);
    };
    let approve = |by: &str, more: &[&str]| ready.desk.run(&[&["plan", "approve", "plan", "--by", by], more].concat());
    refused("J. Cruz");
    // Nobody approves what they carry out, however they spell their name.
    assert_eq!(approve(" j.  cruz", &[]).code, 0);
    refused("J. Cruz");
    // Another ledger is another matter.
    assert_eq!(approve("M. Reyes", &["--ledger", "other.jsonl"]).code, 0);
    refused("J. Cruz");
    assert_eq!(approve("M. Reyes", &[]).code, 0);
    assert!(approve("m. reyes", &[]).stdout.contains("approved this plan before"));
    assert_eq!((approve("", &[]).code, approve("a\nb", &[]).code), (2, 2));
    let shown = ready.desk.run(&["plan", "show", "plan"]).stdout;
    assert!(shown.contains("approved by M. Reyes at ") && shown.contains("the policy asks for 1 approvals"), "{shown}");
    assert_eq!(ready.apply("J. Cruz").code, 0);
    let said = ready.predicate(&[]);
    assert_eq!((&said["approvals"]["needed"], said["approvals"]["given"].as_array().unwrap().len()), (&1.into(), 2));
    assert!(ready.page(&[]).contains("Approved by M. Reyes on "));
}
