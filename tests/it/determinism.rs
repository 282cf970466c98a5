//! The same content gives the same rows, wherever blocks end, whatever a read returns, and however many threads work.

use std::io::{self, Read};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, LazyLock, Mutex};

use datatrawl::detect::Detector;
use datatrawl::examine::{Examiner, LeafRun, Opening, Receiver, Settings, Step, Worker};
use datatrawl::finding::{ColumnRow, Finding, FindingBatch, Key, LeafFacts, Tokens};
use datatrawl::model::{Object, Result, limits};
use datatrawl::pattern::RuleSet;
use datatrawl::read::Sizes;
use datatrawl::unpack::{self, Caps, Meter, Raw};
use proptest::prelude::*;

use crate::run::{Desk, KEY, Row};

pub static DETECTOR: LazyLock<Arc<Detector>> =
    LazyLock::new(|| Arc::new(Detector::new(Arc::new(RuleSet::load(&[], &[]).expect("built-in rules")), &[])));

pub const BLOCK: usize = 256;
pub const RECORD: usize = 1024;

/// An examiner that cuts blocks so small that a short text has many.
pub fn examiner(block: usize) -> Arc<Examiner> {
    let sizes = Sizes { block, record: RECORD.max(block), margin: limits::MAX_REACH };
    Arc::new(Examiner::new(Arc::clone(&DETECTOR), Tokens::new(&Key::new([7; 32])), Settings { sizes, ..Settings::default() }))
}

/// Gives at most so many bytes a read, by turns.
struct Drip {
    bytes: io::Cursor<Vec<u8>>,
    most: Vec<usize>,
    turn: usize,
}

impl Read for Drip {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let most = self.most[self.turn % self.most.len()].min(into.len());
        self.turn += 1;
        self.bytes.read(&mut into[..most])
    }
}

struct Keep(Arc<Mutex<Vec<Finding>>>);

impl Receiver for Keep {
    fn findings(&mut self, batch: &FindingBatch<'_>) -> Result<()> {
        self.0.lock().expect("no one panics").extend_from_slice(batch.findings);
        Ok(())
    }

    fn columns(&mut self, _: &LeafFacts, _: &[ColumnRow]) -> Result<()> {
        Ok(())
    }
}

pub fn examine(examiner: &Arc<Examiner>, path: &str, body: Box<dyn Read + Send>) -> Vec<Finding> {
    let object = Object { uri: path.to_owned(), path: path.to_owned(), size: None, modified_us: None, device: None, inode: None };
    let opened = unpack::open(object, Raw::stream(body), &Caps::default(), examiner.tokens().content_key(), &Meter::default());
    let kept = Arc::new(Mutex::new(Vec::new()));
    let receiver = Box::new(Keep(Arc::clone(&kept)));
    if let Opening::Open(run) = LeafRun::open(examiner, opened, || Ok(receiver)).expect("memory takes all") {
        let mut worker = Worker::new(examiner);
        while let Step::Worked = run.step(&mut worker, &AtomicBool::new(false)).expect("memory takes all") {}
    }
    std::mem::take(&mut *kept.lock().expect("no one panics"))
}

/// Entity, span, record, line and cell of every finding.
type Place = (String, (i64, i64), u64, Option<u64>, Option<(i32, i32)>);

fn places(examiner: &Arc<Examiner>, findings: &[Finding]) -> Vec<Place> {
    let entity = |f: &Finding| examiner.rules()[usize::from(f.rule)].entity.to_string();
    findings.iter().map(|f| (entity(f), f.bytes.expect("a place in the bytes"), f.record, f.line, f.cell)).collect()
}

pub const VALUES: [(&str, &str); 3] =
    [("email", "ana.reyes@example.com"), ("iban", "DE89370400440532013000"), ("phone", "+63 917 555 0123")];

/// The one finding of the value must lie exactly where the value stands. `text` holds it once.
pub fn found_once(block: usize, path: &str, text: &str, (entity, value): (&str, &str), record: u64) {
    let examiner = examiner(block);
    let findings = examine(&examiner, path, Box::new(io::Cursor::new(text.as_bytes().to_vec())));
    let start = text.find(value).expect("the text holds the value") as i64;
    let line = 1 + text[..start as usize].matches('\n').count() as u64;
    let found: Vec<_> =
        places(&examiner, &findings).into_iter().map(|(entity, bytes, record, line, _)| (entity, bytes, record, line)).collect();
    let expected = (entity.to_owned(), (start, start + value.len() as i64), record, Some(line));
    assert_eq!(found, [expected], "{path}, value at {start}, blocks of {block}");
}

/// Filler of words and newlines, exactly so long, that ends with a space.
pub fn filler(length: usize, line: usize) -> String {
    let mut text: String = "lorem ipsum dolor sit amet ".chars().cycle().take(length).collect();
    for at in (line..length.saturating_sub(1)).step_by(line) {
        text.replace_range(at..=at, "\n");
    }
    if length > 0 {
        text.replace_range(length - 1.., " ");
    }
    text
}

#[test]
fn finds_a_value_once_at_every_offset_of_a_text() {
    for value in VALUES {
        for offset in 1..3 * BLOCK {
            let text = format!("{}{} end\n{}", filler(offset, 37), value.1, filler(BLOCK, 41));
            let record = text[..offset].matches('\n').count() as u64;
            found_once(BLOCK, "a.txt", &text, value, record);
        }
    }
}

#[test]
fn finds_a_value_once_at_every_offset_of_a_record_longer_than_the_limit() {
    for value in VALUES {
        for offset in (RECORD - 64..RECORD + 3 * BLOCK).chain(1..64) {
            let text = format!("{}{} {}", filler(offset, usize::MAX >> 1), value.1, filler(3 * RECORD, usize::MAX >> 1));
            found_once(BLOCK, "a.txt", &text, value, 0);
        }
    }
}

#[test]
fn finds_a_value_once_at_every_offset_of_a_log() {
    let line = "2026-03-01 12:00:00 INFO ";
    for value in VALUES {
        for before in 0..2 * BLOCK {
            let head = format!("{line}start\n{line}two\n{line}");
            let text =
                format!("{head}{}{} ok\n{}", filler(before + 1, usize::MAX >> 1), value.1, format!("{line}more words here\n").repeat(12));
            found_once(BLOCK, "a.log", &text, value, 2);
        }
    }
}

#[test]
fn finds_a_value_once_at_every_offset_of_a_list() {
    for value in VALUES {
        for offset in 0..2 * BLOCK {
            let entries = "Qu Zx\n".repeat(12);
            let text = format!("{entries}{} {}\n{entries}", filler(offset + 1, usize::MAX >> 1), value.1);
            found_once(BLOCK, "a.txt", &text, value, 12);
        }
    }
}

/// Rows whose notes are quoted, hold newlines and doubled quotes, and grow byte by byte.
fn csv(offset: usize, value: &str, newline: &str) -> String {
    let note = filler(offset + 1, 31).replace('\n', newline);
    let tail = (0..20).map(|n| format!("{n},\"tail {n}, with comma\",x{newline}")).collect::<String>();
    format!("seq,remark,state{newline}1,plain,x{newline}2,\"{note}\",y{newline}3,\"so {value} \",z{newline}{tail}")
}

#[test]
fn finds_a_value_once_at_every_offset_of_a_csv() {
    for value in VALUES {
        for offset in 0..2 * BLOCK {
            for newline in ["\n", "\r\n"] {
                found_once(BLOCK, "a.csv", &csv(offset, value.1, newline), value, 2);
            }
        }
    }
}

#[test]
fn finds_a_value_once_at_every_offset_of_ndjson() {
    for value in VALUES {
        for offset in 0..2 * BLOCK {
            let filler = filler(offset + 1, usize::MAX >> 1);
            let rest = "{\"seq\":9,\"remark\":\"nothing here\"}\n".repeat(20);
            let text = format!("{{\"seq\":1,\"remark\":\"{filler}\"}}\n{{\"seq\":2,\"remark\":\"so {} \"}}\n{rest}", value.1);
            found_once(BLOCK, "a.ndjson", &text, value, 1);
        }
    }
}

/// A text with some of everything, told by its bytes as the given format.
fn mixed(format: usize, seed: &[(usize, usize)]) -> (&'static str, String) {
    let words = [
        "lorem",
        "ipsum «dolor»",
        "4111 1111 1111 1111",
        "card",
        "ana.reyes@example.com",
        "192.0.2.77",
        "+63 917 555 0123",
        "x@y",
        "219-09-9999",
    ];
    let cell = |(a, b): &(usize, usize)| format!("{} {}", words[a % words.len()], words[b % words.len()]);
    let cells: Vec<String> = seed.iter().map(cell).collect();
    match format % 6 {
        0 => ("a.txt", cells.iter().map(|cell| format!("{cell}\n")).collect()),
        1 => ("a.log", cells.iter().map(|cell| format!("2026-03-01 12:00:00 INFO {cell}\n")).collect()),
        2 => (
            "a.csv",
            "seq,remark,email\n".to_owned() + &cells.iter().map(|cell| format!("1,\"a \"\"{cell}\n b\",{cell}\n")).collect::<String>(),
        ),
        3 => ("a.ndjson", cells.iter().map(|cell| format!("{{\"seq\":[1,{{\"remark\":\"\\n{cell}\"}}]}}\n")).collect()),
        4 => ("a.sql", format!("-- dump\nCOPY t (seq, remark, email) FROM stdin;\n{}\\.\nSELECT 'x; y';\n", copy_lines(&cells))),
        _ => ("a.sql", cells.chunks(7).map(insert).collect::<String>() + "UNLOCK TABLES;\n"),
    }
}

fn copy_lines(cells: &[String]) -> String {
    cells.iter().map(|cell| format!("1\ta\\n{cell} b\t{cell}\n")).collect()
}

fn insert(cells: &[String]) -> String {
    let tuples: Vec<String> = cells.iter().map(|cell| format!("(1,'a ''{cell}\n; b',\n '{cell}')")).collect();
    format!("INSERT INTO \"t\" (seq, remark, \"email\") VALUES {};\n", tuples.join(","))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn reads_of_any_size_give_equal_findings(
        format in 0..6_usize,
        seed in prop::collection::vec((0..9_usize, 0..9_usize), 1..120),
        most in prop::collection::vec(1..700_usize, 1..6),
    ) {
        let (path, text) = mixed(format, &seed);
        let examiner = examiner(BLOCK);
        let whole = examine(&examiner, path, Box::new(io::Cursor::new(text.clone().into_bytes())));
        let drip = Drip { bytes: io::Cursor::new(text.into_bytes()), most, turn: 0 };
        let dripped = examine(&examiner, path, Box::new(drip));
        prop_assert_eq!(keep(&whole), keep(&dripped));
    }

    #[test]
    fn blocks_of_any_size_give_equal_findings(
        format in 0..6_usize,
        seed in prop::collection::vec((0..9_usize, 0..9_usize), 1..120),
        block in 64..4_000_usize,
    ) {
        let (path, text) = mixed(format, &seed);
        let in_one = examine(&examiner(1 << 20), path, Box::new(io::Cursor::new(text.clone().into_bytes())));
        let in_many = examine(&examiner(block), path, Box::new(io::Cursor::new(text.into_bytes())));
        prop_assert_eq!(keep(&in_one), keep(&in_many));
    }
}

/// All that a row says of each finding, but for the column's index, which is by order of appearance.
pub fn keep(findings: &[Finding]) -> Vec<String> {
    let place = |f: &Finding| format!("{:?} {} {:?} {:?} {:?} {:?}", f.bytes, f.record, f.line, f.cell, f.pointer, f.record_bytes);
    let value = |f: &Finding| format!("{} {} {} {:?} {:?}", f.rule, f.score, f.finding_id, f.guard_token, f.record_token);
    findings.iter().map(|f| format!("{} {}", place(f), value(f))).collect()
}

/// A file of each format above 1 MiB, so that several workers share it.
fn large() -> Desk {
    let mail = |n: usize| format!("user{}@example.com", n % 5_000);
    let desk = Desk::with(&[]);
    let csv: String = (0..30_000).map(|n| format!("{n},{},\"note, {n}\nmore\",+63917555{:04}\n", mail(n), n % 10_000)).collect();
    desk.write("in/a.csv", format!("id,email,note,phone\n{csv}"));
    let json: String = (0..20_000)
        .map(|n| format!("{{\"id\":{n},\"contact\":{{\"email\":\"{}\"}},\"text\":\"card 4111 1111 1111 1111\"}}\n", mail(n)))
        .collect();
    desk.write("in/b.ndjson", json);
    let log: String = (0..30_000).map(|n| format!("2026-03-01 12:00:{:02} INFO 192.0.2.{} user={}\n", n % 60, n % 250, mail(n))).collect();
    desk.write("in/c.log", &log);
    desk.write("in/c.log.gz", crate::transcript::gz(log.as_bytes()));
    for n in 0..20 {
        desk.write(&format!("in/small/{n}.txt"), format!("write to {}\n", mail(n)));
    }
    desk
}

/// Rows without what is of the run, as sorted lines.
fn lines(rows: Vec<Row>) -> Vec<String> {
    let line = |mut row: Row| {
        for own in ["scan_id", "scanned_at", "elapsed_us"] {
            row.remove(own);
        }
        serde_json::to_string(&row).expect("it is JSON")
    };
    let mut lines: Vec<String> = rows.into_iter().map(line).collect();
    lines.sort();
    lines
}

#[test]
fn any_number_of_jobs_gives_equal_rows() {
    let desk = large();
    let mut first: Option<[Vec<String>; 3]> = None;
    for jobs in ["1", "2", "4"] {
        let out = format!("out{jobs}");
        let done =
            desk.command(&["scan", "in", "--out", &out, "--quiet", "--jobs", jobs]).env("DATATRAWL_KEY", KEY).output().expect("it starts");
        assert_eq!(done.status.code(), Some(0));
        let run = desk.path(&out);
        let tables =
            [crate::run::findings(&run), crate::run::table(&run.join("objects.parquet")), crate::run::table(&run.join("columns.parquet"))]
                .map(lines);
        assert!(tables[0].len() > 100_000, "{} findings", tables[0].len());
        match &first {
            None => first = Some(tables),
            Some(first) => first.iter().zip(&tables).for_each(|(a, b)| assert!(a == b, "--jobs {jobs} differs from --jobs 1")),
        }
    }
}
