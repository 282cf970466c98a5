//! Seams that are compared must say what seams that are read say, on whole texts and on broken ones.

use proptest::prelude::*;

use super::*;
use crate::model::{ARRAY_MARK, KEY_SEPARATOR, NO_KEY};

/// A text to be written: values as they are spelt.
#[derive(Clone, Debug)]
enum Node {
    Scalar(String),
    Array(Vec<Node>),
    Object(Vec<(String, Node)>),
}

/// What a field says: name of its column, indices, spelling, escapes, kind.
type Said = (String, Vec<u32>, String, bool, ValueKind);

/// The names of columns.
type Names = Vec<Option<std::sync::Arc<str>>>;

fn node() -> impl Strategy<Value = Node> {
    let scalar = prop_oneof![
        Just("null"),
        Just("true"),
        Just("false"),
        Just("0"),
        Just("-12.5e3"),
        Just("1234567890123456789"),
        Just(r#""""#),
        Just(r#""a""#),
        Just(r#""a string that is longer than a register""#),
        Just(r#""},\"k\":{\"""#),
        Just(r#""ends with \\""#),
        Just("\"e\u{301}\\u00f1 \u{1f600}\""),
    ];
    let leaf = scalar.prop_map(|text| Node::Scalar(text.to_owned()));
    leaf.prop_recursive(5, 40, 5, |inner| {
        let key = prop_oneof![
            4 => "[a-d]",
            1 => Just("a key that is longer than two registers of 16".to_owned()),
            1 => Just("*".to_owned()),
            1 => Just(r"q\u0022".to_owned()),
            1 => Just(r#"\""#.to_owned()),
        ];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Node::Array),
            prop::collection::vec((key, inner), 0..5).prop_map(Node::Object),
        ]
    })
}

impl Node {
    fn write(&self, space: &str, out: &mut String) {
        match self {
            Self::Scalar(text) => out.push_str(text),
            Self::Array(items) => {
                out.push('[');
                for (i, item) in items.iter().enumerate() {
                    out.push_str(if i > 0 { "," } else { space });
                    item.write(space, out);
                    out.push_str(space);
                }
                out.push(']');
            }
            Self::Object(items) => {
                out.push('{');
                for (i, (key, item)) in items.iter().enumerate() {
                    out.push_str(if i > 0 { "," } else { space });
                    out.push_str(&format!("{space}\"{key}\":{space}"));
                    item.write(space, out);
                }
                out.push_str(space);
                out.push('}');
            }
        }
    }

    /// What the fields of it must be.
    fn said(&self, name: &str, indices: &[u32], out: &mut Vec<Said>) {
        match self {
            Self::Scalar(text) => {
                let kind = match text.as_str() {
                    "null" => ValueKind::Null,
                    "true" | "false" => ValueKind::Bool,
                    _ if text.starts_with('"') => ValueKind::Text,
                    _ => ValueKind::Number,
                };
                let content = if kind == ValueKind::Text { &text[1..text.len() - 1] } else { text };
                let name = if name.is_empty() { "\u{1d}".to_owned() } else { name.to_owned() };
                out.push((name, indices.to_vec(), content.to_owned(), content.contains('\\'), kind));
            }
            Self::Array(items) => {
                let name = if name.is_empty() { NO_KEY.to_string() } else { name.to_owned() };
                for (i, item) in items.iter().enumerate() {
                    let indices = [indices, &[i as u32]].concat();
                    item.said(&format!("{name}{ARRAY_MARK}"), &indices, out);
                }
            }
            Self::Object(items) => {
                for (key, item) in items {
                    let key = key.replace("\\u0022", "\"").replace("\\\"", "\"");
                    let name = if name.is_empty() { key } else { format!("{name}{KEY_SEPARATOR}{key}") };
                    item.said(&name, indices, out);
                }
            }
        }
    }
}

/// Reads lines one after the other, as those of one block, and says of each whether it is whole and what its fields are.
fn read(mut json: Json, lines: &[Vec<u8>]) -> (Vec<(bool, Vec<Said>)>, Names) {
    let bytes = [lines.join(&b'\n'), b"\n{\"next\": [1, {".to_vec()].concat();
    let mut at = 0;
    let mut out = Vec::new();
    let mut row = Row::default();
    for line in lines {
        row.clear_fields();
        let whole = json.fields(&bytes, at..at + line.len(), &mut row);
        let said = row.fields.iter().map(|field| {
            let name = json.columns()[field.column as usize].name.as_deref().expect("keys have names").to_owned();
            let text = String::from_utf8_lossy(&bytes[field.span.clone()]).into_owned();
            (name, row.indices_of(field).to_vec(), text, field.escaped, field.kind)
        });
        out.push((whole, said.collect()));
        at += line.len() + 1;
    }
    (out, json.columns().iter().map(|column| column.name.clone()).collect())
}

/// Compares no seams: reads each byte by byte.
fn plain() -> Json {
    Json { seams: Seams::at_most(0), ..Json::default() }
}

fn same(lines: &[Vec<u8>]) {
    assert_eq!(read(Json::default(), lines), read(plain(), lines));
    // A few seams that give way to others all the time.
    assert_eq!(read(Json { seams: Seams::at_most(3), ..Json::default() }, lines), read(plain(), lines));
}

fn written(nodes: &[Node], spaces: &[&str]) -> Vec<Vec<u8>> {
    let mut lines = Vec::new();
    for (node, space) in nodes.iter().zip(spaces.iter().cycle()) {
        let mut text = String::new();
        node.write(space, &mut text);
        lines.push(text.into_bytes());
    }
    lines
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whole_texts_say_what_was_written(nodes in prop::collection::vec(node(), 1..8), space in prop_oneof![Just(""), Just(" "), Just("\t ")]) {
        // Each twice, so that the second time all is known.
        let nodes = [nodes.clone(), nodes].concat();
        let lines = written(&nodes, &[space]);
        let (read, _) = read(Json::default(), &lines);
        for ((node, line), (whole, said)) in nodes.iter().zip(&lines).zip(read) {
            let mut wanted = Vec::new();
            node.said("", &[], &mut wanted);
            prop_assert!(whole && serde_json::from_slice::<serde_json::Value>(line).is_ok());
            prop_assert_eq!(said, wanted);
        }
    }

    #[test]
    fn broken_texts_read_the_same_with_and_without_seams(
        nodes in prop::collection::vec(node(), 1..6),
        faults in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..4, prop::sample::select(&b"{}[],:\"\\ \t\r\0\x1d1na*"[..])), 0..6),
    ) {
        let mut lines = written(&[nodes.clone(), nodes].concat(), &["", " "]);
        for (line, at, how, byte) in faults {
            let line = line.index(lines.len());
            let mut broken = lines[line].clone();
            if broken.is_empty() {
                continue;
            }
            let at = at.index(broken.len());
            match how {
                0 => broken[at] = byte,
                1 => broken.insert(at, byte),
                2 => broken.truncate(at),
                _ => drop(broken.remove(at)),
            }
            lines.push(broken);
        }
        for line in &lines {
            if serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok() {
                let (read, _) = read(Json::default(), std::slice::from_ref(line));
                prop_assert!(read[0].0, "{:?} is JSON", String::from_utf8_lossy(line));
            }
        }
        same(&lines);
    }
}

#[test]
fn keys_that_are_spelt_like_marks_do_not_mix_with_arrays() {
    let lines =
        ["{\"\0\":1,\"a\":[1,[2],3]}", "[1,{\"\0\":2},[3]]", "{\"\x1d\":1}", "7", "{\"\x1d\":{\"\0\":[1]}}", "\"s\"", "[[1,2],[3]]"];
    let lines: Vec<Vec<u8>> = lines.iter().map(|line| line.as_bytes().to_vec()).collect();
    same(&[lines.clone(), lines].concat());
}

#[test]
fn maps_with_too_many_keys_read_the_same() {
    let map = |from: usize| {
        let keys: Vec<String> = (from..from + 200).map(|k| format!("\"k{k}\":{{\"v\":[{k},{{\"w\":\"x\"}}]}}")).collect();
        format!("{{\"map\":{{{}}}}}", keys.join(",")).into_bytes()
    };
    // Where the names have run out an array shares the path of the other keys.
    same(&[map(0), map(100), map(0), b"{\"map\":[1,2,{\"v\":[3]}]}".to_vec(), map(300), b"{\"map\":[1,[2],3]}".to_vec()]);
}

#[test]
fn depth_is_limited_where_seams_are_compared_too() {
    let deep = |n: usize| format!("{}1{}", "[".repeat(n), "]".repeat(n)).into_bytes();
    let lines = [deep(128), deep(129), deep(128), deep(129), deep(10)];
    same(&lines);
    let (read, _) = read(Json::default(), &lines);
    assert_eq!(
        read.iter().map(|(whole, said)| (*whole, said.len())).collect::<Vec<_>>(),
        [(true, 1), (false, 0), (true, 1), (false, 0), (true, 1)]
    );
}

#[test]
fn indices_go_on_over_empty_elements() {
    let line = br#"{"a":[[],[1,[],{},2],{},[{"b":[3]},{"b":[4,5]}],6],"c":7}"#.to_vec();
    let (read, _) = read(Json::default(), &[line.clone(), line]);
    for (whole, said) in read {
        let places: Vec<(Vec<u32>, String)> = said.into_iter().map(|(_, indices, text, ..)| (indices, text)).collect();
        let wanted: [(&[u32], &str); 7] =
            [(&[1, 0], "1"), (&[1, 3], "2"), (&[3, 0, 0], "3"), (&[3, 1, 0], "4"), (&[3, 1, 1], "5"), (&[4], "6"), (&[], "7")];
        assert!(whole);
        assert_eq!(places, wanted.map(|(indices, text)| (indices.to_vec(), text.to_owned())));
    }
}
