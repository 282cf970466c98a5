//! Originals kept for a while: whole, for their recipient alone, once, and until their time.

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

use datatrawl::seal::{Identity, Recipient, Sealer};
use serde_json::Value;

use crate::run::{Desk, Done, KEY, files};

const HEAD: &str = "version = 1\n[policy]\nid = \"p\"\nmodified = 2026-01-15\ntimezone = \"Asia/Manila\"\nunassigned = \"ignore\"\n";
const DATASET: &str = "[[dataset]]\nid = \"orders\"\nmatch = [\"*\"]\nclock = [{ kind = \"column\", name = \"at\" }]\n";
const MAIL: &str = "[[rule]]\nid = \"mail\"\ndataset = \"orders\"\nentities = [\"email\"]\nafter = \"P30D\"\naction = \"redact\"\n";
const PAN: &str =
    "[[rule]]\nid = \"pan\"\ndataset = \"orders\"\nentities = [\"credit_card\"]\nafter = \"PT0S\"\naction = \"pan_truncate\"\n";
const WHOLE: &str = "[[rule]]\nid = \"file\"\ndataset = \"orders\"\nafter = \"P30D\"\naction = \"drop_file\"\n";
const ROWS: &str = "id,mail,at\n1,a@koreo.ph,2020-01-01\n2,b@koreo.ph,2020-01-01\n3,c@koreo.ph,2026-01-14\n";
const ROWS_AFTER: &str = "id,mail,at\n1,[EMAIL],2020-01-01\n2,[EMAIL],2020-01-01\n3,c@koreo.ph,2026-01-14\n";
const OLD: &str = "id,mail,at\n1,a@koreo.ph,2020-01-01\n2,b@koreo.ph,2020-01-01\n3,c@koreo.ph,2020-01-01\n";
const NOW: &str = "2026-01-15T00:05:00+08:00";

/// A desk with a plan of a policy that keeps originals, and who can read them.
struct Ready {
    desk: Desk,
    digest: String,
    shown: String,
}

impl Ready {
    fn new(named: &[(&str, &str)], guard: &str, rules: &str) -> Self {
        let bytes: Vec<(&str, &[u8])> = named.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
        let desk = Desk::with(&bytes);
        let identity = Identity::generate().unwrap();
        desk.write("id.txt", format!("# for a test\n{}\n", identity.secret().as_str()));
        let recipient = format!("quarantine_recipient = \"{}\"\n", identity.recipient());
        desk.write("p.toml", [HEAD, "[guard]\nmax_records_percent = 100\n", guard, &recipient, DATASET, rules].concat());
        desk.scan(&[]);
        let done = desk.keyed(&["plan", "--findings", "out", "--policy", "p.toml", "--out", "plan", "--as-of", NOW]);
        assert_eq!(done.code, 0, "{}", done.stderr);
        let digest = done.stdout.lines().find_map(|line| line.strip_prefix("digest ")).expect("a plan has a digest").to_owned();
        Self { desk, digest, shown: done.stdout }
    }

    fn apply(&self, args: &[&str]) -> Done {
        self.desk.keyed(&[&["apply", "plan", "--execute", &self.digest, "--operator", "t"], args].concat())
    }

    fn restore(&self, args: &[&str]) -> Done {
        self.desk.run(&[&["quarantine", "restore", "plan/quarantine", "--identity", "id.txt"], args].concat())
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.desk.path(name)).expect("the file is there")
    }

    /// Events of the ledger, of one kind.
    fn events(&self, kind: &str) -> Vec<Value> {
        let text = self.text("plan/ledger.jsonl");
        let events = text.lines().map(|line| serde_json::from_str::<Value>(line).expect("it is JSON")["event"].clone());
        events.filter(|event| kind.is_empty() || event["kind"] == kind).collect()
    }

    /// Files of the quarantine that hold an original, or are cut off.
    fn copies(&self) -> Vec<PathBuf> {
        let name = |path: &PathBuf| path.file_name().expect("a name").to_string_lossy().into_owned();
        files(&self.desk.path("plan/quarantine")).into_iter().filter(|path| !["key.age", "group.json"].contains(&&*name(path))).collect()
    }

    fn certificate(&self) -> Value {
        let done = self.desk.run(&["certificate", "plan", "--out", "-", "--format", "json"]);
        serde_json::from_str::<Value>(&done.stdout).expect("it is JSON")["predicate"].clone()
    }
}

const KEEP: &str = "quarantine = \"P14D\"\n";

#[test]
fn originals_come_back_byte_for_byte_and_over_nothing() {
    let ready = Ready::new(&[("deep/maria-cruz.csv", ROWS), ("b.csv", ROWS)], KEEP, MAIL);
    assert!(ready.shown.contains("originals are kept encrypted for P14D"), "{}", ready.shown);
    assert!(ready.desk.run(&["apply", "plan"]).stdout.contains("its original is kept, encrypted"));
    let modified = |name: &str| {
        let time = fs::metadata(ready.desk.path(name)).unwrap().modified().unwrap();
        jiff::Timestamp::try_from(time).unwrap().as_microsecond()
    };
    let before = modified("in/b.csv");
    assert_eq!(ready.apply(&[]).code, 0);
    assert_eq!(ready.text("in/deep/maria-cruz.csv"), ROWS_AFTER);
    let kinds: Vec<String> = ready.events("").iter().map(|event| event["kind"].as_str().unwrap().to_owned()).collect();
    assert_eq!(kinds[..4], ["begun", "quarantined", "intended", "done"]);
    // Nothing of it can be read, and no name tells anything.
    let folder = ready.desk.path("plan/quarantine");
    assert_eq!(ready.copies().len(), 2);
    for path in files(&folder) {
        let bytes = fs::read(&path).unwrap();
        for text in [&b"koreo"[..], b"maria", b"AGE-SECRET-KEY"] {
            assert!(!bytes.windows(text.len()).any(|window| window == text), "{}", path.display());
        }
        assert!(!path.display().to_string().contains("maria"));
    }
    let listed = ready.desk.run(&["quarantine", "list", "plan/quarantine"]);
    assert!(listed.code == 0 && listed.stdout.contains("kept") && listed.stdout.contains(&ready.digest[..16]), "{}", listed.stdout);
    assert_eq!(ready.certificate()["exclusions"]["quarantined"][0]["files"], 2);
    // In place something is there already.
    let done = ready.restore(&[]);
    assert!(done.code == 5 && done.stdout.contains("b.csv: left: something is there already"), "{}", done.stdout);
    assert_eq!((ready.text("in/b.csv").as_str(), ready.events("restored").len()), (ROWS_AFTER, 0));
    let done = ready.restore(&["--out", "back"]);
    assert_eq!(done.code, 0, "{}{}", done.stdout, done.stderr);
    assert_eq!((ready.text("back/deep/maria-cruz.csv").as_str(), ready.text("back/b.csv").as_str()), (ROWS, ROWS));
    assert_eq!(modified("back/b.csv"), before);
    assert_eq!(files(&ready.desk.path("back")).len(), 2);
    // What was erased is there again, and no certificate says otherwise.
    let said = ready.certificate();
    assert_eq!((&said["outcome"], &said["files"]), (&"partial".into(), &serde_json::json!({"restored": 2})));
    assert_eq!(ready.desk.run(&["ledger", "verify", "plan/ledger.jsonl"]).code, 0);
}

#[test]
fn a_file_that_went_whole_comes_back_where_it_was() {
    let ready = Ready::new(&[("a.csv", OLD)], KEEP, WHOLE);
    assert_eq!(ready.apply(&[]).code, 0);
    assert!(!ready.desk.path("in/a.csv").exists());
    let done = ready.restore(&[]);
    assert_eq!(done.code, 0, "{}{}", done.stdout, done.stderr);
    assert_eq!(ready.text("in/a.csv"), OLD);
    assert_eq!(files(&ready.desk.path("in")).len(), 1);
}

#[test]
fn originals_of_card_data_are_not_kept_unless_that_is_asked_for() {
    let cards = "id,card,mail,at\n1,4111 1111 1111 1111,a@koreo.ph,2020-01-01\n2,4012888888881881,b@koreo.ph,2020-01-01\n3,5555555555554444,c@koreo.ph,2020-01-01\n";
    let rules = [MAIL, PAN].concat();
    let ready = Ready::new(&[("cards.csv", cards), ("a.csv", ROWS)], KEEP, &rules);
    assert!(ready.shown.contains("but not of 1 files in which card data goes,"), "{}", ready.shown);
    assert!(ready.desk.run(&["apply", "plan"]).stdout.contains("cards.csv; its original is not kept"));
    assert_eq!(ready.apply(&[]).code, 0);
    assert_eq!((ready.copies().len(), ready.events("quarantined").len()), (1, 1));
    assert_eq!(ready.events("not_quarantined")[0]["why"], "cards");
    assert_eq!(ready.certificate()["exclusions"]["not_quarantined"], 1);
    let ready = Ready::new(&[("cards.csv", cards), ("a.csv", ROWS)], "quarantine = \"P14D\"\nquarantine_cards = \"PT72H\"\n", &rules);
    assert_eq!(ready.apply(&[]).code, 0);
    let mut until: Vec<jiff::Timestamp> =
        ready.events("quarantined").iter().map(|event| event["kept_until"].as_str().unwrap().parse().unwrap()).collect();
    until.sort_unstable();
    assert_eq!((until[1] - until[0]).total(jiff::Unit::Hour).unwrap().round(), f64::from((14 - 3) * 24));
    assert_eq!(ready.restore(&["--out", "back"]).code, 0);
    assert_eq!(ready.text("back/cards.csv"), cards);
}

#[test]
fn card_data_that_goes_with_its_column_record_or_file_is_not_kept_either() {
    let rows = "id,card,phone,at\n1,4111 1111 1111 1111,x,2020-01-01\n2,4012888888881881,y,2020-01-01\n3,5555555555554444,z,2020-01-01\n";
    let rule = |what: &str| format!("[[rule]]\nid = \"r\"\ndataset = \"orders\"\n{what}after = \"P30D\"\n");
    for rule in [
        rule("columns = [\"card\"]\naction = \"null\"\n"),
        rule("where = { phone = \"y\" }\naction = \"drop_record\"\n"),
        rule("action = \"drop_file\"\n"),
    ] {
        let ready = Ready::new(&[("a.csv", rows)], KEEP, &rule);
        assert_eq!(ready.apply(&[]).code, 0);
        assert_eq!(ready.events("not_quarantined").len(), 1, "{rule}");
        assert!(!ready.desk.path("plan/quarantine").exists(), "{rule}");
    }
}

#[test]
fn a_quarantine_lies_in_no_scanned_folder_and_what_cannot_be_kept_stays() {
    let ready = Ready::new(&[("a.csv", ROWS)], KEEP, MAIL);
    for place in ["in/kept", "in", "out/../in/kept"] {
        let done = ready.apply(&["--quarantine", place]);
        assert!(done.code == 4 && done.stderr.contains("would lie inside the scanned folder"), "{}", done.stderr);
    }
    assert!(!ready.desk.path("in/kept").exists() && !ready.desk.path("plan/ledger.jsonl").exists());
    let done = ready.apply(&["--quarantine", "p.toml"]);
    assert!(done.code == 5 && done.stdout.contains("failed       a.csv: its original cannot be kept"), "{}", done.stdout);
    assert_eq!(ready.text("in/a.csv"), ROWS);
    assert_eq!(files(&ready.desk.path("in")).len(), 1);
}

#[test]
fn what_is_past_its_time_is_destroyed() {
    let ready = Ready::new(&[("a.csv", ROWS)], "quarantine = \"PT0S\"\n", MAIL);
    assert_eq!(ready.apply(&[]).code, 0);
    assert!(ready.desk.run(&["quarantine", "list", "plan/quarantine"]).stdout.contains("past its time"));
    let expire = || ready.desk.run(&["quarantine", "expire", "plan/quarantine"]);
    let done = expire();
    assert!(done.code == 0 && done.stdout.contains(": 1 originals"), "{}{}", done.stdout, done.stderr);
    assert!(files(&ready.desk.path("plan/quarantine")).is_empty());
    assert_eq!(ready.events("expired")[0]["originals"], 1);
    assert_eq!(ready.certificate()["exclusions"]["quarantined"][0]["is_destroyed"], true);
    assert!(expire().stdout.contains("nothing is past its time"));
    assert!(ready.desk.run(&["quarantine", "list", "plan/quarantine"]).stdout.contains("nothing is kept"));
    // What is not past its time stays, and so does what the program did not make.
    let ready = Ready::new(&[("a.csv", ROWS)], KEEP, MAIL);
    assert_eq!(ready.apply(&[]).code, 0);
    ready.desk.write("plan/quarantine/notes.txt", "mine");
    assert!(ready.desk.run(&["quarantine", "expire", "plan/quarantine"]).stdout.contains("nothing is past its time"));
    assert_eq!((ready.copies().len(), ready.text("plan/quarantine/notes.txt").as_str()), (2, "mine"));
}

#[cfg(unix)]
#[test]
fn a_link_to_another_quarantine_is_not_followed() {
    let ready = Ready::new(&[("a.csv", ROWS)], "quarantine = \"PT0S\"\n", MAIL);
    assert_eq!(ready.apply(&[]).code, 0);
    fs::create_dir(ready.desk.path("other")).unwrap();
    let group = fs::read_dir(ready.desk.path("plan/quarantine")).unwrap().next().unwrap().unwrap().path();
    std::os::unix::fs::symlink(group, ready.desk.path("other/group")).unwrap();
    let done = ready.desk.run(&["quarantine", "expire", "other", "--ledger", "plan/ledger.jsonl"]);
    assert!(done.code == 0 && done.stdout.contains("nothing is past its time"), "{}{}", done.stdout, done.stderr);
    assert_eq!(ready.copies().len(), 1);
}

#[test]
fn only_the_recipient_gets_it_back_and_only_whole() {
    let ready = Ready::new(&[("a.csv", ROWS)], KEEP, MAIL);
    assert_eq!(ready.apply(&[]).code, 0);
    ready.desk.write("other.txt", Identity::generate().unwrap().secret().as_str());
    let other = ["quarantine", "restore", "plan/quarantine", "--out", "back", "--identity"];
    let done = ready.desk.run(&[&other[..], &["other.txt"]].concat());
    assert!(done.code == 2 && done.stderr.contains("another identity"), "{}", done.stderr);
    let done = ready.desk.run(&[&other[..], &["p.toml"]].concat());
    assert!(done.code == 2 && done.stderr.contains("is no identity"), "{}", done.stderr);
    let copy = ready.copies().remove(0);
    let mut bytes = fs::read(&copy).unwrap();
    let last = bytes.len() - 20;
    bytes[last] ^= 1;
    fs::write(&copy, bytes).unwrap();
    let done = ready.restore(&["--out", "back"]);
    assert!(done.code == 5 && done.stdout.contains("left: the ledger does not vouch for it"), "{}{}", done.stdout, done.stderr);
    assert!(!ready.desk.path("back").exists() || files(&ready.desk.path("back")).is_empty());
    // Anybody can encrypt to a key that is public: what the ledger does not know is not put anywhere.
    let group = fs::read_to_string(copy.with_file_name("group.json")).unwrap();
    let public = serde_json::from_str::<Value>(&group).unwrap()["public"].as_str().unwrap().to_owned();
    let mut forged = Sealer::new(&Recipient::parse(&public).unwrap(), Vec::new()).unwrap();
    let place = format!("{{\"path\":\"x\",\"uri\":\"{}\",\"mode\":511,\"bytes\":1}}\nx", ready.desk.path("forged").display());
    forged.write_all(place.as_bytes()).unwrap();
    fs::write(copy, forged.finish().unwrap()).unwrap();
    let done = ready.restore(&[]);
    assert!(done.code == 5 && done.stdout.contains("the ledger does not vouch for it"), "{}{}", done.stdout, done.stderr);
    assert!(!ready.desk.path("forged").exists() && ready.events("restored").is_empty());
}

#[test]
fn after_a_crash_at_any_line_of_the_ledger_one_copy_is_kept() {
    let ready = Ready::new(&[("a.csv", ROWS), ("b.csv", ROWS)], KEEP, MAIL);
    assert_eq!(ready.apply(&[]).code, 0);
    let ledger = ready.text("plan/ledger.jsonl");
    let lines: Vec<&str> = ledger.split_inclusive('\n').collect();
    // begun; quarantined, intended, done of each; ended
    assert_eq!(lines.len(), 8);
    for kept in 0..=lines.len() {
        for (a_done, b_done) in [(false, false), (true, false), (true, true)] {
            // A file is replaced only once that was told.
            if (a_done && kept < 3) || (b_done && kept < 6) {
                continue;
            }
            let cut = if kept < lines.len() { &lines[kept][..lines[kept].len() / 2] } else { "" };
            fs::write(ready.desk.path("plan/ledger.jsonl"), lines[..kept].concat() + cut).unwrap();
            ready.desk.write("in/a.csv", if a_done { ROWS_AFTER } else { ROWS });
            ready.desk.write("in/b.csv", if b_done { ROWS_AFTER } else { ROWS });
            let copy = ready.copies().remove(0);
            fs::write(copy.with_extension("part"), "cut off").unwrap();
            let done = ready.apply(&[]);
            assert_eq!(done.code, 0, "{kept} lines, {a_done} {b_done}: {}{}", done.stdout, done.stderr);
            assert_eq!((ready.text("in/a.csv").as_str(), ready.text("in/b.csv").as_str()), (ROWS_AFTER, ROWS_AFTER));
            let whole: Vec<PathBuf> = ready.copies().into_iter().filter(|path| path.extension().is_some_and(|end| end == "age")).collect();
            assert_eq!(whole.len(), 2, "{kept} lines, {a_done} {b_done}");
            assert_eq!(ready.desk.run(&["ledger", "verify", "plan/ledger.jsonl"]).code, 0);
        }
    }
    // Whatever lies there of calls that a ledger does not know any more, what the last one kept is what comes back.
    fs::remove_file(ready.desk.path("plan/ledger.jsonl")).unwrap();
    ready.desk.write("in/a.csv", ROWS);
    ready.desk.write("in/b.csv", ROWS);
    assert_eq!(ready.apply(&[]).code, 0);
    let done = ready.restore(&["--out", "back"]);
    assert_eq!(done.code, 0, "{}{}", done.stdout, done.stderr);
    assert_eq!((ready.text("back/a.csv").as_str(), ready.text("back/b.csv").as_str()), (ROWS, ROWS));
}

#[cfg(unix)]
#[test]
fn survives_being_killed_at_any_write_and_a_full_disk() {
    let rows: String =
        std::iter::once("id,mail,at\n".to_owned()).chain((0..900).map(|n| format!("{n},m{n}@koreo.ph,2020-01-01\n"))).collect();
    let ready = Ready::new(&[("a.csv", &rows), ("b.csv", ROWS)], KEEP, MAIL);
    assert_eq!(ready.apply(&[]).code, 0);
    let after = ready.text("in/a.csv");
    let mut cut_off = 0;
    for blocks in [0, 1, 2, 3, 4, 6, 40, 55, 60, 1_000] {
        for trap in ["", "trap '' XFSZ; "] {
            fs::remove_file(ready.desk.path("plan/ledger.jsonl")).expect("there was one");
            ready.desk.write("in/a.csv", &rows);
            ready.desk.write("in/b.csv", ROWS);
            let program = env!("CARGO_BIN_EXE_datatrawl");
            let script = format!("{trap}ulimit -f {blocks}; exec '{program}' apply plan --execute {}", ready.digest);
            let mut command = std::process::Command::new("sh");
            command.args(["-c", &script]).current_dir(ready.desk.root()).env_clear().env("DATATRAWL_KEY", KEY);
            cut_off += u32::from(Done::from(command.output().expect("a shell starts")).code != 0);
            let (a, b) = (ready.text("in/a.csv"), ready.text("in/b.csv"));
            assert!(
                (a == rows || a == after) && (b == ROWS || b == ROWS_AFTER),
                "a file is neither the old nor the new one at {blocks} blocks"
            );
            let done = ready.apply(&[]);
            assert_eq!(done.code, 0, "{}{}", done.stdout, done.stderr);
            assert_eq!(
                (ready.text("in/a.csv"), ready.text("in/b.csv").as_str(), ready.copies().len()),
                (after.clone(), ROWS_AFTER, 2),
                "{blocks}"
            );
        }
    }
    assert!(cut_off >= 10, "{cut_off} calls were cut off");
    assert_eq!(ready.restore(&["--out", "back"]).code, 0);
    assert_eq!((ready.text("back/a.csv"), ready.text("back/b.csv").as_str()), (rows, ROWS));
}
