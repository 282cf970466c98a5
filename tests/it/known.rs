//! `--known`: values of a list are found wherever they stand, in any format and whatever cuts the blocks, and by nothing but themselves.

use std::io::Cursor;
use std::sync::{Arc, LazyLock};

use arrow_array::{ArrayRef, DictionaryArray, Int64Array, RecordBatch, StringArray};
use datatrawl::examine::{Examiner, Known, KnownList, Settings};
use datatrawl::finding::{Finding, Key, Tokens};
use datatrawl::model::limits;
use datatrawl::read::Sizes;
use parquet::arrow::ArrowWriter;
use proptest::prelude::*;
use serde_json::json;

use crate::determinism::{BLOCK, DETECTOR, RECORD, examine, filler, keep};
use crate::run::{Desk, Done, KEY, Row, of, text, values};
use crate::transcript::gz;

const LIST: &str = "customer_no,full_name,email,mobile,account\n\
    CUS-00012345,Ana dela Cruz,ana.delacruz@kusina.ph,+63 917 864 0123,900112233445\n\
    CUS-00012346,Mark Price,mark@kusina.ph,0918 864 0199,900112233446\n\
    77889911,Li Wu,li.wu@kusina.ph,+1 415 864 0132,12345\n";

const COLUMNS: [&str; 10] = [
    "--known-column",
    "customer_no=customer_id",
    "--known-column",
    "full_name=person_name",
    "--known-column",
    "email=email",
    "--known-column",
    "mobile=phone",
    "--known-column",
    "account=bank_account",
];

fn desk(files: &[(&str, &[u8])]) -> Desk {
    let desk = Desk::with(files);
    desk.write("known.csv", LIST);
    desk
}

/// Scans `in` with the list.
fn scan(desk: &Desk, more: &[&str]) -> (Vec<Row>, Done) {
    let done = desk.keyed(&[&["scan", "in", "--out", "out", "--known", "known.csv", "--region", "PH"], &COLUMNS[..], more].concat());
    assert_eq!(done.code, 0, "{}", done.stderr);
    (desk.findings(), done)
}

/// The findings that are known values.
fn known(rows: &[Row]) -> Vec<&Row> {
    let has = |row: &&Row| {
        row["signals"].as_array().is_some_and(|signals| signals.iter().any(|s| s.as_str().unwrap().starts_with("known_value")))
    };
    rows.iter().filter(has).collect()
}

/// The token that looks a value up.
fn token(desk: &Desk, entity: &str, value: &str) -> String {
    let done = desk.fed(&["token", "--entity", entity, "--region", "PH"], value.as_bytes());
    done.stdout.split(' ').next().expect("a token").to_owned()
}

#[test]
fn a_value_that_a_rule_finds_is_raised_and_names_its_person() {
    let text = "2026-03-01 12:00:00 INFO Ana.DelaCruz@KUSINA.ph and x@kusina.ph\n2026-03-01 12:00:01 INFO dial 09188640199\n".repeat(2);
    let desk = desk(&[("a.log", text.as_bytes())]);
    let (rows, _) = scan(&desk, &[]);
    assert_eq!(values(&rows, "email", text.as_bytes())[..2], ["Ana.DelaCruz@KUSINA.ph", "x@kusina.ph"]);
    let found = known(&rows);
    assert_eq!(found.len(), 4);
    assert!(found.iter().all(|row| row["likelihood"] == "very_likely"));
    let mail = of(&rows, "email").find(|row| known(std::slice::from_ref(*row)).len() == 1).expect("one is known");
    assert_eq!((text_of(mail, "rule"), mail["value_token"].as_str()), ("email", Some(&*token(&desk, "email", "ana.delacruz@kusina.ph"))));
    let other = of(&rows, "email").find(|row| known(std::slice::from_ref(*row)).is_empty()).expect("one is not");
    assert_eq!(other["subject_tokens"], json!(null));
    let phone = of(&rows, "phone").next().expect("a phone");
    assert_eq!(phone["value_token"].as_str(), Some(&*token(&desk, "phone", "+63 918 864 0199")));
    assert_ne!(phone["subject_tokens"], mail["subject_tokens"]);
    assert!(phone["subject_tokens"]["customer_id"].is_string());
}

fn text_of<'a>(row: &'a Row, name: &str) -> &'a str {
    text(row, name)
}

#[test]
fn a_name_that_is_all_of_its_cell_is_found_in_any_column() {
    let files: &[(&str, &[u8])] = &[("a.json", b"{\"note\":\"Ana dela Cruz\"}"), ("b.csv", b"n,o\n1,Ana dela Cruz\n2,b\n3,c\n")];
    let desk = desk(files);
    let (rows, _) = scan(&desk, &[]);
    let known = known(&rows);
    assert_eq!(known.iter().map(|row| text(row, "path")).collect::<Vec<_>>(), ["a.json", "b.csv"]);
    assert!(known.iter().all(|row| text(row, "likelihood") == "very_likely"));
}

#[test]
fn the_person_is_the_token_of_its_column() {
    let desk = desk(&[("a.txt", b"account 900112233446 of Mark Price\n")]);
    let (rows, done) = scan(&desk, &["--known-subject", "EMAIL"]);
    let mail = token(&desk, "email", "mark@kusina.ph");
    assert_eq!(known(&rows).len(), 2);
    assert!(known(&rows).iter().all(|row| row["subject_tokens"] == json!({ "email": mail })));
    assert!(done.stderr.contains("persons are told apart by email"), "{}", done.stderr);
}

#[test]
fn values_that_no_rule_finds_are_found_where_they_stand_alone() {
    let found = "customer 77889911 and cus-00012345, acct=900112233446; GET /users/CUS-00012346/x 77889911.pdf id_77889911 call 4158640132\n\
        Mark Price's bag, \"ana dela cruz\", ANA DELA CRUZ and DELA CRUZ\n";
    let not = "the mark price of eggs; 177889911 778899112 0.77889911 x77889911 77889911-1234-1234-1234-123456789012 CUS-000123456\n\
        Ana dela Cruz-Lopez, Mark.Price, mark_price@x and Li Wu 12345, Ana\tdela Cruz\n";
    let desk = desk(&[("found.txt", found.as_bytes()), ("not.txt", not.as_bytes())]);
    let (rows, _) = scan(&desk, &[]);
    let of_file = |path: &str| -> Vec<Row> { known(&rows).into_iter().filter(|row| row["path"] == path).cloned().collect() };
    let own = of_file("found.txt");
    assert_eq!(values(&own, "customer_id", found.as_bytes()), ["77889911", "cus-00012345", "CUS-00012346", "77889911", "77889911"]);
    assert_eq!(values(&own, "bank_account", found.as_bytes()), ["900112233446"]);
    assert_eq!(values(&own, "phone", found.as_bytes()), ["4158640132"]);
    assert_eq!(values(&own, "person_name", found.as_bytes()), ["Mark Price", "ana dela cruz", "ANA DELA CRUZ"]);
    assert_eq!(of_file("not.txt").len(), 0);
}

/// Every format, with all values in cells, texts and strings with escapes.
fn formats() -> Vec<(&'static str, Vec<u8>)> {
    let note = "CUS-00012345 \"Mark Price\" 900112233445";
    let csv = format!("seq,remark,state\n1,\"{}\",77889911\n2,x,y\n3,z,w\n", note.replace('"', "\"\""));
    let object = json!({ "seq": "a", "remark": note, "in": { "state": 77_889_911, "more": "{\"deep\":\"ana dela cruz\"}" } });
    let lines = format!("{object}\n{{\"seq\":\"b\"}}\n");
    let sql =
        format!("CREATE TABLE t (seq int, remark text, state bigint);\nINSERT INTO t VALUES (1,'{note} it''s',77889911),(2,'x',3);\n");
    let vcard = format!("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:x\r\nNOTE:{note} 77889911\r\nEND:VCARD\r\n");
    let log = format!("2026-03-01 12:00:00 INFO {note} 77889911\n").repeat(3);
    vec![
        ("a.txt", format!("{note} 77889911\n").into_bytes()),
        ("a.log", log.clone().into_bytes()),
        ("a.log.gz", gz(log.as_bytes())),
        ("a.csv", csv.into_bytes()),
        ("a.ndjson", lines.into_bytes()),
        ("a.json", format!("[{object},\n{{\"seq\":\"b\"}}]").into_bytes()),
        ("a.sql", sql.into_bytes()),
        ("a.vcf", vcard.into_bytes()),
        ("a.parquet", parquet(note)),
        ("utf16.txt", format!("\u{feff}{note} 77889911\n").encode_utf16().flat_map(u16::to_le_bytes).collect()),
    ]
}

/// The note stands in a dictionary of texts, of which nothing but the list knows a value.
fn parquet(note: &str) -> Vec<u8> {
    let remark: DictionaryArray<arrow_array::types::Int32Type> = ["x", note, "y"].into_iter().collect();
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("remark", Arc::new(remark)),
        ("state", Arc::new(Int64Array::from(vec![5, 77_889_911, 6]))),
        ("plain", Arc::new(StringArray::from(vec!["", "ana dela cruz", "z"]))),
    ];
    let batch = RecordBatch::try_from_iter(columns).expect("three columns");
    let mut out = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut out, batch.schema(), None).expect("a writer");
    writer.write(&batch).expect("memory takes all");
    writer.close().expect("memory takes all");
    out
}

#[test]
fn every_format_gives_the_same_hits() {
    let formats = formats();
    let desk = desk(&formats.iter().map(|(name, bytes)| (*name, &**bytes)).collect::<Vec<_>>());
    let (rows, _) = scan(&desk, &[]);
    for (name, _) in &formats {
        let own: Vec<&Row> = known(&rows).into_iter().filter(|row| row["path"] == *name).collect();
        let mut found: Vec<(&str, &str)> = own.iter().map(|row| (text(row, "entity"), text(row, "value_token"))).collect();
        found.sort_unstable();
        found.dedup();
        let mut expected = vec![
            ("customer_id", "CUS-00012345"),
            ("customer_id", "77889911"),
            ("bank_account", "900112233445"),
            ("person_name", "Mark Price"),
        ];
        if name.contains("json") || name.contains("parquet") {
            expected.push(("person_name", "Ana dela Cruz"));
        }
        // No rule finds customer numbers but in a scan with the list: their tokens are those of other formats.
        let tokens: Vec<(&str, String)> = expected
            .iter()
            .filter(|(entity, _)| *entity != "customer_id")
            .map(|(entity, value)| (*entity, token(&desk, entity, value)))
            .collect();
        for (entity, token) in &tokens {
            assert!(found.contains(&(entity, token)), "{name}: {entity}");
        }
        assert_eq!(found.len(), expected.len(), "{name}: {found:?}");
        assert!(own.iter().all(|row| row["likelihood"] == "very_likely" && row["subject_tokens"].is_object()), "{name}");
    }
    let numbers: std::collections::BTreeSet<&str> = of(&rows, "customer_id").map(|row| text(row, "value_token")).collect();
    assert_eq!(numbers.len(), 2);
}

/// An examiner with a list, that cuts small blocks.
fn knowing(block: usize) -> Arc<Examiner> {
    static KNOWN: LazyLock<Arc<Known>> = LazyLock::new(|| {
        let columns = [("full_name", "person_name"), ("account", "bank_account"), ("email", "email")];
        let columns = columns.map(|(name, entity)| (name.to_owned(), entity.to_owned())).into();
        let list = KnownList { name: "list".to_owned(), columns, subject: None };
        let (known, _) = Known::read(LIST.as_bytes(), &list, &DETECTOR, &Tokens::new(&Key::new([7; 32]))).expect("a list");
        Arc::new(known)
    });
    let sizes = Sizes { block, record: RECORD.max(block), margin: limits::MAX_REACH };
    let settings = Settings { sizes, known: Some(Arc::clone(&KNOWN)), ..Settings::default() };
    Arc::new(Examiner::new(Arc::clone(&DETECTOR), Tokens::new(&Key::new([7; 32])), settings))
}

fn examined(examiner: &Arc<Examiner>, path: &str, text: &str) -> Vec<Finding> {
    examine(examiner, path, Box::new(Cursor::new(text.as_bytes().to_vec())))
}

#[test]
fn a_known_value_is_found_once_at_every_offset() {
    let (small, whole) = (knowing(BLOCK), knowing(1 << 20));
    for value in ["Ana dela Cruz", "900112233445"] {
        for offset in 1..2 * BLOCK {
            for (path, line) in [("a.txt", 37), ("long.txt", usize::MAX >> 1)] {
                let text = format!("{}{value} end\n{}", filler(offset, line), filler(BLOCK, 41));
                for examiner in [&small, &whole] {
                    let found = examined(examiner, path, &text);
                    let start = offset as i64;
                    let spans: Vec<_> = found.iter().map(|f| (f.bytes, f.subject.is_some())).collect();
                    assert_eq!(spans, [(Some((start, start + value.len() as i64)), true)], "{path}, {value} at {offset}");
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn blocks_of_any_size_give_equal_hits(
        format in 0..3_usize,
        seed in prop::collection::vec((0..9_usize, 0..9_usize), 1..100),
        block in 64..2_000_usize,
    ) {
        let words = [
            "lorem", "Ana dela", "Cruz", "Ana dela Cruz", "900112233446", "“Mark Price”", "é900112233445", "mark@kusina.ph", "price 9001 12233445",
        ];
        let cell = |(a, b): &(usize, usize)| format!("{} {}", words[*a], words[*b]);
        let text: String = match format {
            0 => seed.chunks(9).map(|pairs| pairs.iter().map(cell).collect::<Vec<_>>().join(" ") + "\n").collect(),
            1 => "seq,remark,state\n".to_owned() + &seed.iter().map(|pair| format!("1,\"a \"\"{}\"\"\n b\",{}\n", cell(pair), cell(pair))).collect::<String>(),
            _ => seed.iter().map(|pair| format!("{{\"seq\":[1,{{\"remark\":\"\\n{}\"}}]}}\n", cell(pair))).collect(),
        };
        let (one, many) = (examined(&knowing(1 << 20), "a", &text), examined(&knowing(block), "a", &text));
        prop_assert_eq!(keep(&one), keep(&many));
        let subjects = |found: &[Finding]| found.iter().map(|f| f.subject.clone()).collect::<Vec<_>>();
        prop_assert_eq!(subjects(&one), subjects(&many));
    }
}

#[test]
fn any_number_of_jobs_gives_equal_hits() {
    let line = |n: usize| format!("2026-03-01 12:00:00 INFO n={n} customer 77889911, Mark Price, 90011223344{}\n", n % 10);
    let log: String = (0..30_000).map(line).collect();
    let desk = desk(&[("a.log", log.as_bytes())]);
    let hits = |jobs: &str| {
        let done = desk.keyed(&[&["scan", "in", "--quiet", "--out", jobs, "--jobs", jobs, "--known", "known.csv"], &COLUMNS[..]].concat());
        assert_eq!(done.code, 0);
        let rows = crate::run::findings(&desk.path(jobs));
        let mut hits: Vec<String> = known(&rows)
            .iter()
            .map(|row| format!("{} {} {} {}", row["byte_start"], row["entity"], row["finding_id"], row["subject_tokens"]))
            .collect();
        hits.sort();
        hits
    };
    let one = hits("1");
    assert_eq!(one.len(), 30_000 * 2 + 6_000);
    assert!(one == hits("2") && one == hits("4"));
}

/// Scans one text with a list; returns what is said and the known findings.
fn with_list(list: impl AsRef<[u8]>, columns: &[&str], text: &str) -> (Done, Vec<Row>) {
    let desk = Desk::with(&[("a.txt", text.as_bytes())]);
    desk.write("known.csv", list);
    let columns: Vec<&str> = columns.iter().flat_map(|column| ["--known-column", column]).collect();
    let done = desk.keyed(&[&["scan", "in", "--out", "out", "--known", "known.csv"], &columns[..]].concat());
    let rows = if done.code == 0 { desk.findings() } else { Vec::new() };
    (done, known(&rows).into_iter().cloned().collect())
}

#[test]
fn names_of_columns_say_what_they_hold() {
    let list = "id;name;e-mail;Phone Number;gender;date_of_birth\n1;Ana dela Cruz;ana@kusina.ph;+639178640123;F;1987-04-23\n";
    let (done, rows) = with_list(list, &[], "of Ana dela Cruz, born 1987-04-23, F\n");
    assert_eq!(rows.len(), 1);
    assert!(
        done.stderr.contains("1 name as person_name, 1 e-mail as email, 1 Phone Number as phone; persons are told apart by e-mail"),
        "{}",
        done.stderr
    );
}

#[test]
fn a_list_that_cannot_be_used_starts_nothing() {
    let utf16: Vec<u8> = "\u{feff}email\nana@kusina.ph\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let cases: Vec<(Vec<u8>, &[&str], &str)> = vec![
        (b"".to_vec(), &[], "the file is empty"),
        (b"\n \n".to_vec(), &[], "the file is empty"),
        (b"email\n".to_vec(), &[], "no value of it can be used"),
        (b"email,x\nana@kusina.ph\n".to_vec(), &[], "1 rows have another number of fields"),
        (b"Ana dela Cruz,12349876\n".to_vec(), &[], "no column is named for values that tell persons"),
        (b"email\nana@kusina.ph\n".to_vec(), &["mail=email"], "it has no column mail"),
        (b"email\nana@kusina.ph\n".to_vec(), &["email=emial"], "did you mean email?"),
        (b"cvv\n123\n".to_vec(), &["cvv=card_cvv"], "must not be kept"),
        (utf16, &[], "it is no text in UTF-8"),
        (gz(b"email\nana@kusina.ph\n"), &[], "no"),
        (b"email,x\nana@kusina.ph,\"1\nben@kusina.ph,2\n".to_vec(), &[], "its quotes are not closed"),
        (b"email\nana@kusina.ph\n".to_vec(), &["email"], "expected NAME=ENTITY"),
    ];
    for (list, columns, expected) in cases {
        let (done, _) = with_list(&list, columns, "ana@kusina.ph\n");
        assert_eq!(done.code, 2, "{expected}: {}", done.stderr);
        assert!(done.stderr.contains(expected), "{expected}: {}", done.stderr);
        for value in ["ana@", "ben@", "dela Cruz", "12349876"] {
            assert!(!done.stderr.contains(value), "{}", done.stderr);
        }
    }
    let desk = Desk::with(&[("a.txt", b"x")]);
    for (args, expected) in [(["--known", "missing.csv"], "missing.csv"), (["--known", "in"], "not a regular file")] {
        let done = desk.keyed(&[&["scan", "in", "--out", "out"], &args[..]].concat());
        assert!(done.code == 2 && done.stderr.contains(expected), "{}", done.stderr);
    }
    assert!(!desk.path("out").exists());
}

#[test]
fn what_is_not_looked_for_is_said() {
    let mut list = b"no,name,email\n12349876,Ana dela Cruz,ana@kusina.ph\n1,Ana,x\n12345678,Li Wu,ben@kusina.ph\n\xFF\xFE1234,b\xE9b\xE9 x,c@kusina.ph\n1,2\n".to_vec();
    list.extend(format!("{},,\n", "9".repeat(300)).bytes());
    let text = "so 12349876 and 12345678 and Li Wu\nto ana@kusina.ph\n";
    let (done, rows) = with_list(&list, &["no=customer_id", "name=person_name", "email=email"], text);
    assert_eq!(done.code, 0, "{}", done.stderr);
    assert_eq!(values(&rows, "customer_id", text.as_bytes()), ["12349876"]);
    assert_eq!(rows.len(), 2);
    for expected in [
        "2 in no are too short or common",
        "2 in name are too short or common",
        "1 in no are not UTF-8",
        "1 in name are not UTF-8",
        "1 in no are no customer_id or too long",
        "1 rows have another number of fields",
    ] {
        assert!(done.stderr.contains(expected), "{expected}: {}", done.stderr);
    }
}

#[test]
fn a_value_of_several_persons_names_none_and_one_of_many_is_not_known() {
    let rows: String = (0..30).map(|n| format!("C-{n:04},{},Juan Santos\n", if n < 2 { "900112233445" } else { "" })).collect();
    let list = format!("no,account,name\n{rows}C-0099,900112233446,Ana dela Cruz\nC-0099,900112233446,Ana dela Cruz\n");
    let text = "900112233445 900112233446 Juan Santos Ana dela Cruz\n";
    let (done, rows) = with_list(&list, &["no=customer_id", "account=bank_account", "name=person_name"], text);
    assert_eq!(values(&rows, "bank_account", text.as_bytes()), ["900112233445", "900112233446"]);
    assert_eq!(values(&rows, "person_name", text.as_bytes()), ["Ana dela Cruz"]);
    let subjects: Vec<bool> = of(&rows, "bank_account").map(|row| row["subject_tokens"].is_object()).collect();
    assert_eq!(subjects, [false, true]);
    assert!(done.stderr.contains("1 belong to more than 10 persons each: not used"), "{}", done.stderr);
    assert!(done.stderr.contains("1 stand in rows of several persons: their findings name none"), "{}", done.stderr);
}

#[test]
fn numbers_of_which_too_many_are_known_are_left_to_rules() {
    // Of 8 digits one number in a thousand may be known.
    let list: String = (0..100_200).map(|n| format!("{}\n", 20_000_000 + n * 7)).collect();
    let text = "order 20000007 and 20000014\ncustomer 20000021\n";
    let (done, rows) = with_list(format!("no\n{list}"), &["no=customer_id"], text);
    assert_eq!(rows.len(), 0);
    assert!(done.stderr.contains("100200 are numbers of 8 digits, so many that any may be one"), "{}", done.stderr);
    let (_, rows) = with_list(format!("no\n{}", &list[..9 * 99_000]), &["no=customer_id"], text);
    assert_eq!(rows.len(), 3);
}

#[test]
fn a_settings_file_of_the_run_may_name_the_list_and_one_beside_the_data_may_not() {
    let desk = desk(&[("a.txt", b"of Mark Price, 77889911\n")]);
    let table = "version = 1\n[known]\nfile = \"../known.csv\"\nsubject = \"customer_no\"\n[known.columns]\ncustomer_no = \"customer_id\"\nfull_name = \"person_name\"\n";
    desk.write("conf/run.toml", table);
    let done = desk.keyed(&["scan", "in", "--out", "out", "--config", "conf/run.toml"]);
    assert_eq!(done.code, 0, "{}", done.stderr);
    assert_eq!(known(&desk.findings()).len(), 2);
    let told = desk.manifest();
    assert_eq!(told["settings"]["known"]["subject"], "customer_no");
    assert_eq!(told["settings"]["known"]["columns"][0]["values"], 3);
    let said = desk.keyed(&["settings", "check", "conf/run.toml"]).stdout;
    assert!(said.contains("customer_no as customer_id, full_name as person_name") && said.contains("../known.csv"), "{said}");
    desk.write("in/.datatrawl.toml", table);
    let done = desk.keyed(&["scan", "in", "--out", "out2"]);
    assert_eq!(done.code, 2);
    assert!(done.stderr.contains("a list of known values is named by --known or the file of --config"), "{}", done.stderr);
}

#[test]
fn an_allow_list_and_a_level_hold_for_known_values_too() {
    let desk = desk(&[("a.txt", b"of Mark Price, 900112233446\n")]);
    desk.write("run.toml", "version = 1\n[[allow]]\nvalues = [\"mark price\"]\nentities = [\"person_name\"]\nreason = \"staff\"\n[[rules]]\noff = [\"bank_account\"]\n");
    let (rows, _) = scan(&desk, &["--config", "run.toml"]);
    assert_eq!(rows.len(), 0);
    assert_eq!(desk.object("a.txt")["suppressed"], json!({ "person_name": 1 }));
}

#[test]
fn explain_says_that_a_value_is_known() {
    let desk = desk(&[("a.txt", b"of Mark Price\n")]);
    let (rows, _) = scan(&desk, &[]);
    let done = desk.command(&["explain", "out", text(&rows[0], "finding_id")]).env("DATATRAWL_KEY", KEY).output().expect("it starts");
    assert!(Done::from(done).stdout.contains("+1.00  known_value"));
}
