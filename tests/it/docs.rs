//! Tables of the documents that are made from the registries, and commands that say what there is.
//!
//! What stands between `<!-- made by: COMMAND -->` and `<!-- end -->` is what the command prints.

use std::fs;
use std::path::Path;

use regex::Regex;

use crate::run::Desk;

/// Documents with tables that a command makes.
const DOCUMENTS: &[&str] = &["README.md"];

/// A document with its tables made anew.
fn made_anew(text: &str) -> (String, usize) {
    let marked = Regex::new(r"(?s)(<!-- made by: datatrawl ([^\n]*) -->\n).*?(<!-- end -->)").expect("a constant");
    let mut tables = 0;
    let anew = marked.replace_all(text, |found: &regex::Captures<'_>| {
        tables += 1;
        let done = Desk::new().run(&found[2].split(' ').collect::<Vec<_>>());
        assert_eq!((done.code, done.stderr.as_str()), (0, ""), "{}", &found[2]);
        format!("{}{}{}", &found[1], done.stdout, &found[3])
    });
    (anew.into_owned(), tables)
}

#[test]
fn tables_of_the_documents_are_those_of_the_registries() {
    for name in DOCUMENTS {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        let text = fs::read_to_string(&path).expect("the document");
        let (anew, tables) = made_anew(&text);
        assert!(tables > 0, "{name} has no table that a command makes");
        if std::env::var_os("MEND_DOCS").is_some() {
            fs::write(&path, &anew).expect("the document");
        } else {
            assert!(anew == text, "{name} disagrees with the registries: mend it with MEND_DOCS=1 cargo test --test it docs");
        }
    }
}

#[test]
fn every_column_of_a_plan_is_in_its_contract() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("PLANS.md")).expect("PLANS.md");
    let start = text.find("## ops.parquet").expect("a part on ops.parquet");
    let part = &text[start..][..text[start..].find("\nRows of a leaf").expect("its end")];
    let rows = part.lines().filter(|line| line.starts_with("| ")).skip(1);
    let told: Vec<&str> = rows.filter_map(|line| line.split('|').nth(1)).flat_map(|cell| cell.split(',')).map(str::trim).collect();
    let schema = datatrawl::plan::schema::ops();
    let names: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
    assert_eq!(told, names);
    for why in [
        "held", "unknown_age", "weak_clock", "unsure", "unanswered", "not_exact", "unsupported", "unfit", "no_column", "external", "stale",
        "not_read", "unassigned", "candidate", "min_keep", "key",
    ] {
        assert!(text.contains(&format!("| `{why}` |")), "{why}");
    }
}

#[test]
fn a_table_that_disagrees_is_seen() {
    let (anew, tables) = made_anew("# x\n<!-- made by: datatrawl formats --markdown -->\nold\n<!-- end -->\n");
    assert_eq!(tables, 1);
    assert!(!anew.contains("old") && anew.contains("| `csv` |") && anew.ends_with("<!-- end -->\n"));
}

#[test]
fn formats_are_told_as_text_and_as_json() {
    let desk = Desk::new();
    let (text, all) = (desk.run(&["formats"]), desk.run(&["formats", "--json"]));
    assert_eq!((text.code, all.code), (0, 0));
    let all: serde_json::Value = serde_json::from_str(&all.stdout).expect("JSON");
    for list in ["codecs", "charsets", "recognised"] {
        let names = all[list].as_array().expect("a list");
        assert!(!names.is_empty());
        assert!(names.iter().all(|name| text.stdout.contains(name.as_str().expect("a name"))), "{list}");
    }
    let formats = all["formats"].as_array().expect("a list");
    assert!(formats.iter().any(|format| format["name"] == "ndjson" && format["summary"].is_string()));
    assert!(formats.iter().all(|format| !all["recognised"].as_array().expect("a list").contains(&format["name"])));
}

#[test]
fn every_character_set_that_is_listed_can_be_given() {
    let desk = Desk::with(&[("a.txt", b"")]);
    let all: serde_json::Value = serde_json::from_str(&desk.run(&["formats", "--json"]).stdout).expect("JSON");
    for (n, name) in all["charsets"].as_array().expect("a list").iter().enumerate() {
        // UTF-32 is told by its bytes.
        let name = name.as_str().expect("a name");
        let done = desk.keyed(&["scan", "in", "--quiet", "--out", &format!("out{n}"), "--encoding", name]);
        assert_eq!(done.code, if name == "utf-32" { 2 } else { 0 }, "{name}: {}", done.stderr);
    }
}
