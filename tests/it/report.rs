//! Reports of a run in the forms that other programs read, also of data whose names are hostile.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use insta::assert_snapshot;
use serde_json::Value;

use crate::run::Desk;

const CSV: &[u8] = b"id,email,note\n1,ana@example.com,\n2,ben@example.com,card 4111 1111 1111 1111\n";

fn report(desk: &Desk, form: &str) -> String {
    let done = desk.run(&["report", "out", "--to", form]);
    assert_eq!((done.code, done.stderr.as_str()), (0, ""), "{form}");
    done.stdout
}

fn json(desk: &Desk, form: &str) -> Value {
    serde_json::from_str(&report(desk, form)).expect("it is JSON")
}

/// A tar file with one member.
fn tar(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_size(bytes.len() as u64);
    header.set_mode(0o644);
    header.set_cksum();
    builder.append_data(&mut header, name, bytes).expect("a member");
    builder.into_inner().expect("an archive")
}

#[test]
fn a_sarif_log_is_as_its_schema_says() {
    let desk = Desk::with(&[("a b.csv", CSV), ("x.tar", &tar("in/n.csv", CSV)), ("broken.gz", b"\x1f\x8b\x08\0\0")]);
    desk.scan(&[]);
    let log = json(&desk, "sarif");
    Schema::sarif().check(&log);
    let run = &log["runs"][0];
    let results = run["results"].as_array().expect("results");
    let of = |rule: &str| results.iter().filter(|result| result["ruleId"] == rule).collect::<Vec<_>>();
    let card = of("credit_card");
    assert_eq!(card.len(), 2, "{log}");
    let place = &card[0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "in/a%20b.csv");
    assert_eq!(place["region"]["startLine"], 3);
    assert_eq!(place["region"]["byteLength"], 19);
    assert_eq!(card[0]["level"], "error");
    // A member is an artifact in one.
    let index = card[1]["locations"][0]["physicalLocation"]["artifactLocation"]["index"].as_u64().expect("an index") as usize;
    let inner = &run["artifacts"][index];
    assert_eq!(inner["location"]["uri"], "/in/n.csv");
    let parent = inner["parentIndex"].as_u64().expect("it has a parent") as usize;
    assert_eq!(run["artifacts"][parent]["location"]["uri"], "in/x.tar");
    let prints: BTreeSet<String> = results.iter().map(|result| result["partialFingerprints"].to_string()).collect();
    assert_eq!(prints.len(), results.len());
    assert!(results.iter().all(|result| result["partialFingerprints"]["datatrawlFinding/v1"].is_string()));
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    assert!(rules.iter().all(|rule| rule["help"]["text"].as_str().is_some_and(|help| help.contains("Category user."))));
    let notes = run["invocations"][0]["toolExecutionNotifications"].to_string();
    assert!(notes.contains("broken.gz"), "{notes}");
    assert!(!log.to_string().contains("4111") && !log.to_string().contains("ana@"));
}

#[test]
fn of_many_findings_a_sarif_log_has_one_result_a_place() {
    let mut csv = "id,email\n".to_owned();
    (0..6_000).for_each(|n| csv += &format!("{n},user{n}@example.com\n"));
    let desk = Desk::with(&[("many.csv", csv.as_bytes()), ("few.csv", CSV)]);
    desk.scan(&[]);
    let log = json(&desk, "sarif");
    Schema::sarif().check(&log);
    let results = log["runs"][0]["results"].as_array().expect("results");
    assert_eq!(results.len(), 3);
    let many = results.iter().find(|result| result["occurrenceCount"] == 6_000).expect("the large place");
    assert!(many["message"]["text"].as_str().expect("a message").starts_with("6000 findings of email"));
    let notes = log["runs"][0]["invocations"][0]["toolExecutionNotifications"].to_string();
    assert!(notes.contains("the first of each place is listed"), "{notes}");
}

/// Names that a format, a terminal or a runner could take for something else.
const HOSTILE: [&str; 7] =
    ["a\nb,c.csv", "\u{1b}[31mred.csv", "]]><x>&.csv", "q\"'`|.csv", "::error::forged.csv", "##[error]forged.csv", "\u{202e}vsc.exe"];

fn hostile() -> Desk {
    let body = |name: &str| {
        let column = name.replace('"', "\"\"");
        format!("id,\"{column}\"\n1,ana@example.com\n2,ben@example.com\n3,cat@example.com\n")
    };
    let bodies: Vec<String> = HOSTILE.iter().map(|name| body(name)).collect();
    let files: Vec<(&str, &[u8])> = HOSTILE.iter().copied().zip(bodies.iter().map(String::as_bytes)).collect();
    let desk = Desk::with(&files);
    desk.scan(&[]);
    desk
}

#[test]
fn no_name_drives_a_terminal_or_forges_a_line() {
    let desk = hostile();
    for form in ["sarif", "junit", "code_quality", "markdown", "csv", "jsonl"] {
        let text = report(&desk, form);
        let drives = |c: char| (c.is_control() && c != '\n' && c != '\r') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        assert!(!text.contains(drives), "{form}");
        assert!(!text.lines().any(|line| line.trim_start().starts_with("::")), "{form}");
        assert!(!text.lines().any(|line| line.starts_with("b,c.csv")), "{form}");
    }
    let findings = desk.findings().len();
    assert_eq!(report(&desk, "csv").lines().count(), findings + 1);
    assert_eq!(report(&desk, "jsonl").lines().count(), findings);
    assert_eq!(json(&desk, "code_quality").as_array().expect("entries").len(), findings);
    Schema::sarif().check(&json(&desk, "sarif"));
    let rows = report(&desk, "markdown");
    let widths: BTreeSet<usize> =
        rows.lines().filter(|line| line.starts_with("| in/")).map(|line| line.replace("\\|", "").matches('|').count()).collect();
    assert_eq!(widths, BTreeSet::from([8]), "{rows}");
}

#[test]
fn python_reads_what_is_written() {
    let Ok(python) = std::env::var("DATATRAWL_PYTHON") else { return };
    let desk = hostile();
    let done = desk.run(&["report", "out", "--to", "junit", "--to", "csv,jsonl", "-o", "told"]);
    assert_eq!(done.code, 0, "{}", done.stderr);
    let script = "
import csv, json, xml.etree.ElementTree as E
rows = list(csv.DictReader(open('told/findings.csv', newline='', encoding='utf-8')))
lines = [json.loads(line) for line in open('told/findings.jsonl', encoding='utf-8')]
suite = E.parse('told/junit.xml').getroot()
assert len(rows) == len(lines) == sum(1 for c in suite.iter('failure') for l in c.text.splitlines()), (len(rows), len(lines))
assert all(not v.startswith(tuple('=+-@\\t\\r')) for row in rows for v in row.values() if v)
assert len({line['path'] for line in lines}) == 7
assert suite.get('failures') == str(len(list(suite.iter('testcase'))))
";
    let out = Command::new(python).args(["-c", script]).current_dir(desk.root()).output().expect("python starts");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
}

#[test]
fn reports_are_as_they_were() {
    let desk = Desk::with(&[("a.csv", CSV), ("empty.txt", b"nothing here\n")]);
    desk.scan(&[]);
    let steady = |form: &str| {
        let text = report(&desk, form);
        regex::Regex::new("`[0-9a-f]{32}`, begun .*, complete").expect("a constant").replace(&text, "[ID]").into_owned()
    };
    assert_snapshot!(steady("markdown"), @r#"
    # Personal data found by datatrawl

    Scan [ID].

    | entity | findings |
    |---|---:|
    | credit\_card | 1 |
    | email | 2 |

    ## Places

    | file | line | column | entity | findings | likelihood | sensitivity |
    |---|---:|---|---|---:|---|---|
    | in/a.csv | 2 | email | email | 2 | likely | medium |
    | in/a.csv | 3 | note | credit\_card | 1 | very_likely | high |
    "#);
    assert_snapshot!(steady("junit"), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="datatrawl" tests="2" failures="2" errors="0">
      <testsuite name="datatrawl" tests="2" failures="2" errors="0">
        <testcase classname="in/a.csv" name="email in email" file="in/a.csv" line="2">
          <failure type="email" message="2 findings of email (likely) in column email">in/a.csv:2
    in/a.csv:3
    </failure>
        </testcase>
        <testcase classname="in/a.csv" name="credit_card in note" file="in/a.csv" line="3">
          <failure type="credit_card" message="1 finding of credit_card (very_likely) in column note">in/a.csv:3
    </failure>
        </testcase>
      </testsuite>
    </testsuites>
    "#);
    assert_snapshot!(steady("code_quality"), @r#"
    [
      {
        "check_name": "email",
        "description": "email (likely) in column email",
        "fingerprint": "a2f0bbdd494dfb742175cc422dbab347",
        "location": {
          "lines": {
            "begin": 2
          },
          "path": "in/a.csv"
        },
        "severity": "major"
      },
      {
        "check_name": "email",
        "description": "email (likely) in column email",
        "fingerprint": "09eb01da08c0616cecfcbf34b8affc25",
        "location": {
          "lines": {
            "begin": 3
          },
          "path": "in/a.csv"
        },
        "severity": "major"
      },
      {
        "check_name": "credit_card",
        "description": "credit_card (very_likely) in column note",
        "fingerprint": "d3a8807d8f4a5f62541ab7bc55833fde",
        "location": {
          "lines": {
            "begin": 3
          },
          "path": "in/a.csv"
        },
        "severity": "critical"
      }
    ]
    "#);
    assert_snapshot!(steady("csv"), @r#"
    finding_id,path,member,table_name,column_name,pointer,line,record,byte_start,byte_end,entity,category,sensitivity,likelihood,confidence,rule,rule_version,region,format,preview,dataset,owner
    1e8f569dbc7f6b3d5ee12c7a2b80910b,a.csv,,,email,,2,0,16,31,email,user.contact.email,medium,likely,0.75,email,1,,csv,a***@***.com,,
    474a9ab45614997be558d72839e7cbf1,a.csv,,,email,,3,1,35,50,email,user.contact.email,medium,likely,0.75,email,1,,csv,b***@***.com,,
    ccd209a3b47a154a7a14bcbbc1a02a45,a.csv,,,note,,3,1,56,75,credit_card,user.financial.credit_card,high,very_likely,1.00,credit_card,1,,csv,,,
    "#);
}

#[test]
fn a_report_of_nothing_says_so() {
    let desk = Desk::with(&[("a.txt", b"nothing here\n")]);
    desk.scan(&[]);
    assert!(report(&desk, "markdown").contains("Nothing was found."));
    assert!(report(&desk, "junit").contains("failures=\"0\""));
    assert_eq!(json(&desk, "code_quality"), serde_json::json!([]));
    Schema::sarif().check(&json(&desk, "sarif"));
}

#[test]
fn reports_write_over_nothing_and_refuse_a_changed_run() {
    let desk = Desk::with(&[("a.csv", CSV)]);
    desk.scan(&[]);
    desk.write("mine.csv", "mine");
    let done = desk.run(&["report", "out", "--to", "csv", "-o", "mine.csv"]);
    assert_eq!(done.code, 2, "{}", done.stderr);
    assert_eq!(fs::read_to_string(desk.path("mine.csv")).expect("it stands"), "mine");
    let two = desk.run(&["report", "out", "--to", "csv,junit"]);
    assert_eq!((two.code, two.stderr.contains("one form")), (2, true));
    desk.write("out/columns.parquet", "changed");
    let done = desk.run(&["report", "out", "--to", "csv"]);
    assert_eq!((done.code, done.stderr.contains("is not as the scan wrote it")), (2, true), "{}", done.stderr);
}

/// The part of JSON Schema (draft 7) that the schema of SARIF is written in.
struct Schema(Value);

impl Schema {
    /// That of OASIS, as `serde-sarif` 0.8.0 carries it.
    fn sarif() -> Self {
        Self(serde_json::from_str(include_str!("schemas/sarif-2.1.0.json")).expect("a schema"))
    }

    fn check(&self, value: &Value) {
        let mut wrong = Vec::new();
        self.go(&self.0, value, "", &mut wrong);
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    fn go(&self, schema: &Value, value: &Value, at: &str, wrong: &mut Vec<String>) {
        let fields = schema.as_object().expect("a schema is an object");
        for (word, says) in fields {
            let holds = match word.as_str() {
                "$ref" => {
                    let name = says.as_str().and_then(|path| path.strip_prefix("#/definitions/")).expect("a definition");
                    self.go(&self.0["definitions"][name], value, at, wrong);
                    true
                }
                "type" => match says.as_str().expect("one type") {
                    "object" => value.is_object(),
                    "array" => value.is_array(),
                    "string" => value.is_string(),
                    "integer" => value.is_i64() || value.is_u64(),
                    "number" => value.is_number(),
                    "boolean" => value.is_boolean(),
                    other => panic!("type {other}"),
                },
                "enum" => says.as_array().expect("values").contains(value),
                "minimum" => value.as_f64().is_none_or(|n| n >= says.as_f64().expect("a number")),
                "maximum" => value.as_f64().is_none_or(|n| n <= says.as_f64().expect("a number")),
                "minItems" => value.as_array().is_none_or(|list| list.len() as u64 >= says.as_u64().expect("a number")),
                "uniqueItems" => value.as_array().is_none_or(|list| (1..list.len()).all(|n| !list[..n].contains(&list[n]))),
                "pattern" => {
                    let pattern = regex::Regex::new(says.as_str().expect("a pattern")).expect("a pattern");
                    value.as_str().is_none_or(|text| pattern.is_match(text))
                }
                "format" => value.as_str().is_none_or(|text| !text.contains([' ', '\\', '<', '>', '"'])),
                "required" => says.as_array().expect("names").iter().all(|name| value.get(name.as_str().expect("a name")).is_some()),
                "items" => {
                    for (n, item) in value.as_array().into_iter().flatten().enumerate() {
                        self.go(says, item, &format!("{at}/{n}"), wrong);
                    }
                    true
                }
                "properties" => {
                    for (name, own) in says.as_object().expect("properties") {
                        if let Some(item) = value.get(name) {
                            self.go(own, item, &format!("{at}/{name}"), wrong);
                        }
                    }
                    true
                }
                "additionalProperties" => {
                    let own = |name: &str| schema.get("properties").and_then(|known| known.get(name)).is_some();
                    let others: Vec<_> = value.as_object().into_iter().flatten().filter(|(name, _)| !own(name)).collect();
                    match says {
                        Value::Bool(allowed) => *allowed || others.is_empty(),
                        _ => {
                            others.iter().for_each(|(name, item)| self.go(says, item, &format!("{at}/{name}"), wrong));
                            true
                        }
                    }
                }
                "anyOf" | "oneOf" => says.as_array().expect("schemas").iter().any(|one| {
                    let mut own = Vec::new();
                    self.go(one, value, at, &mut own);
                    own.is_empty()
                }),
                "description" | "title" | "default" | "definitions" | "$id" | "$schema" => true,
                other => panic!("the schema says {other}"),
            };
            if !holds {
                wrong.push(format!("{at}: {word} {says}"));
            }
        }
    }
}

#[test]
fn the_schema_check_sees_what_is_wrong() {
    let schema = Schema::sarif();
    for wrong in [
        serde_json::json!({ "version": "2.1.0" }),
        serde_json::json!({ "version": "2.0.0", "runs": [] }),
        serde_json::json!({ "version": "2.1.0", "runs": [{ "tool": { "driver": { "name": 1 } } }] }),
        serde_json::json!({ "version": "2.1.0", "runs": [{ "tool": { "driver": { "name": "x" } }, "unknown": 1 }] }),
    ] {
        let mut said = Vec::new();
        schema.go(&schema.0, &wrong, "", &mut said);
        assert!(!said.is_empty(), "{wrong}");
    }
}
