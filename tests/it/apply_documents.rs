//! Plans carried out in JSON documents: values are spelt as they were, elements go with their commas, all else stays.

use crate::apply::{HEAD, Ready};

/// A policy for records below a path of keys.
pub fn policy(path: &str) -> String {
    let head = HEAD.replace("key = [\"id\"]", &format!("key = [\"{path}id\"]"));
    format!(
        "{head}clock = [{{ kind = \"column\", name = \"{path}at\" }}]\n\
         [[rule]]\nid = \"row\"\ndataset = \"orders\"\nwhere = {{ \"{path}status\" = \"closed\" }}\nafter = \"P1Y\"\naction = \"drop_record\"\n\
         [[rule]]\nid = \"phone\"\ndataset = \"orders\"\ncolumns = [\"{path}phone\"]\nafter = \"P30D\"\naction = \"null\"\n\
         [[rule]]\nid = \"mail\"\ndataset = \"orders\"\nentities = [\"email\"]\nafter = \"P30D\"\naction = \"redact\"\n"
    )
}

fn carried(name: &str, before: &str, policy: &str) -> String {
    let ready = Ready::new(&[(name, before.as_bytes())], policy);
    let done = ready.apply();
    assert_eq!(done.code, 0, "{}{}", done.stdout, done.stderr);
    assert!(ready.is_clean());
    ready.text(name)
}

/// An element: a letter says what becomes of it.
fn element(letter: char, n: usize) -> String {
    let (at, status) = match letter {
        'd' => ("2020-01-01T00:00:00Z", "closed"),
        _ => ("2026-01-14T00:00:00Z", "open"),
    };
    format!("{{\"id\": {n}, \"at\": \"{at}\", \"status\": \"{status}\", \"mail\": \"m{n}@koreo.ph\"}}")
}

/// An array of elements that are kept and dropped, as three writers write one.
fn arrays(letters: &str) -> [String; 3] {
    let all: Vec<String> = letters.chars().enumerate().map(|(n, letter)| element(letter, n)).collect();
    [format!("[{}]", all.join(",")), format!("[\n  {}\n]\n", all.join(",\n  ")), format!("[ {} ]", all.join(" , "))]
}

#[test]
fn values_are_spelt_as_they_were() {
    let before = r#"{"meta": {"id": 7}, "rows": [
  {"id": 1, "phone": "0917 555 0101", "at": "2020-01-01T00:00:00Z", "status": "open", "note": "a\u00f1o \ud83c\udf82\n b@koreo.ph \/ \"x\" ]},"},
  { "id":2,"phone" : 639175550102 ,"at":"2020-01-01T00:00:00Z","status":"open","tags":["x", "c@koreo.ph", "\\"]},
  {"id":3,"phone":null,"at":"2026-01-14T00:00:00Z","status":"open","note":"d@koreo.ph"}
], "end": [1,  2]}"#;
    let after = before
        .replace("\"0917 555 0101\"", "null")
        .replace("639175550102", "null")
        .replace("b@koreo.ph", "[EMAIL]")
        .replace("c@koreo.ph", "[EMAIL]");
    assert_eq!(carried("a.json", before, &policy("rows[].")), after);
}

#[test]
fn elements_go_with_their_commas() {
    for letters in ["dkk", "kdk", "kkd", "ddk", "kdd", "dkd", "dkdkddkd", "d", "dd", "k"] {
        for (before, kind) in arrays(letters).iter().zip(0..) {
            if letters == "k" {
                continue;
            }
            let after = carried("a.json", before, &policy("[]."));
            let kept: Vec<String> = letters.chars().enumerate().filter(|(_, l)| *l == 'k').map(|(n, l)| element(l, n)).collect();
            let wanted = match (kind, kept.is_empty()) {
                (0, _) => format!("[{}]", kept.join(",")),
                (1, true) => "[\n  \n]\n".to_owned(),
                (1, false) => format!("[\n  {}\n]\n", kept.join(",\n  ")),
                (_, true) => "[  ]".to_owned(),
                (_, false) => format!("[ {} ]", kept.join(" , ")),
            };
            assert_eq!(after, wanted, "{letters}");
            assert!(serde_json::from_str::<serde_json::Value>(&after).is_ok_and(|value| value.as_array().unwrap().len() == kept.len()));
        }
    }
}

#[test]
fn an_array_inside_of_a_document_may_lose_all_its_elements() {
    for array in arrays("dd").iter().chain(&arrays("dkd")) {
        let before = format!("{{\"head\": {{\"of\": \"x@koreo.ph\"}}, \"rows\": {array}, \"more\": {array}, \"tail\": \"y@koreo.ph\"}}\n");
        let after = carried("a.json", &before, &policy("rows[]."));
        let value: serde_json::Value = serde_json::from_str(&after).expect("it is JSON");
        assert_eq!(value["rows"].as_array().unwrap().len(), array.matches("open").count());
        // Records of another array have no age.
        assert_eq!(value["more"], serde_json::from_str::<serde_json::Value>(array).unwrap());
        assert!(after.starts_with("{\"head\": {\"of\": \"x@koreo.ph\"}, \"rows\": ") && after.ends_with(", \"tail\": \"y@koreo.ph\"}\n"));
    }
}

#[test]
fn documents_one_after_the_other_are_records() {
    let pretty = |letter, n| element(letter, n).replace(", ", ",\n ").replace('{', "{\n ").replace('}', "\n}");
    let text = |letters: &str| letters.chars().enumerate().map(|(n, l)| pretty(l, n) + "\n").collect::<String>();
    let kept = |letters: &str| letters.chars().enumerate().filter(|(_, l)| *l == 'k').map(|(n, l)| pretty(l, n) + "\n").collect::<String>();
    for letters in ["dkk", "kdk", "kkd", "dkd"] {
        assert_eq!(carried("a.json", &text(letters), &policy("")), kept(letters), "{letters}");
    }
}

#[test]
fn a_document_that_is_one_record_stays_and_the_plan_says_so() {
    let before = element('d', 1).replace(", ", ",\n ");
    let ready = Ready::new(&[("a.json", before.as_bytes())], &policy(""));
    let review = crate::run::table(&ready.desk.path("plan/review.parquet"));
    let said: Vec<(&str, &str)> = review.iter().map(|row| (crate::run::text(row, "why"), crate::run::text(row, "rule"))).collect();
    assert_eq!(said, [("unsupported", "row"), ("no_column", "")]);
    assert_eq!(ready.apply().code, 0);
    // What else is due in it is done.
    assert_eq!(ready.text("a.json"), before.replace("m1@koreo.ph", "[EMAIL]"));
}

#[test]
fn json_in_strings_stays() {
    let before = element('k', 1).replace("2026-01-14", "2020-01-01").replace("m1@koreo.ph", "{\\\"to\\\": \\\"z@koreo.ph\\\"}");
    let before = format!("[{before}, {}]", element('d', 2));
    let after = carried("a.json", &before, &policy("[]."));
    assert_eq!(after, format!("[{}]", before[1..].split("}, {\"id\"").next().unwrap().to_owned() + "}"));
}

#[test]
fn blocks_may_end_anywhere_in_a_large_document() {
    let mut letters = String::new();
    (0..20_000).for_each(|n| letters.push(if n % 3 == 0 || n > 15_000 { 'd' } else { 'k' }));
    let [_, before, _] = arrays(&letters);
    let before = before.replace("\n  {\"id\": 9000", &format!("{}{{\"id\": 9000", " ".repeat(700_000)));
    assert!(before.len() > 2_500_000);
    let after = carried("a.json", &before, &policy("[]."));
    let kept: Vec<String> = letters.chars().enumerate().filter(|(_, l)| *l == 'k').map(|(n, l)| element(l, n)).collect();
    assert_eq!(after, format!("[\n  {}\n]\n", kept.join(",\n  ")));
}
