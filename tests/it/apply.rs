//! Plans carried out: what is to go is gone, everything else is as it was, and the ledger tells the truth.

use std::fs;
use std::io::{Read as _, Write as _};

use serde_json::Value;

use crate::run::{Desk, Done};
use crate::transcript::gz;

pub const HEAD: &str = "version = 1\n[policy]\nid = \"p\"\nmodified = 2026-01-15\ntimezone = \"Asia/Manila\"\nunassigned = \"ignore\"\n\
                    [guard]\nmax_records_percent = 100\n\
                    [[dataset]]\nid = \"orders\"\nmatch = [\"*\"]\nkey = [\"id\"]\n";
pub const CLOCK: &str = "clock = [{ kind = \"column\", name = \"at\" }]\n";
pub const RULES: &str = "[[rule]]\nid = \"row\"\ndataset = \"orders\"\nwhere = { status = \"closed\" }\nafter = \"P1Y\"\naction = \"drop_record\"\n\
                     [[rule]]\nid = \"phone\"\ndataset = \"orders\"\ncolumns = [\"phone\"]\nafter = \"P30D\"\naction = \"null\"\n\
                     [[rule]]\nid = \"mail\"\ndataset = \"orders\"\nentities = [\"email\"]\nafter = \"P30D\"\naction = \"redact\"\n";
pub const NOW: &str = "2026-01-15T00:05:00+08:00";

/// A desk with a plan.
pub struct Ready {
    pub desk: Desk,
    pub digest: String,
}

impl Ready {
    pub fn new(files: &[(&str, &[u8])], policy: &str) -> Self {
        let desk = Desk::with(files);
        desk.write("p.toml", policy);
        desk.scan(&["--region", "PH"]);
        let done = desk.keyed(&["plan", "--findings", "out", "--policy", "p.toml", "--out", "plan", "--as-of", NOW]);
        assert_eq!(done.code, 0, "{}", done.stderr);
        let digest = done.stdout.lines().find_map(|line| line.strip_prefix("digest ")).expect("a plan has a digest").to_owned();
        Self { desk, digest }
    }

    pub fn apply(&self) -> Done {
        self.desk.keyed(&["apply", "plan", "--execute", &self.digest, "--operator", "t"])
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.desk.path(&format!("in/{name}"))).expect("the file is there")
    }

    pub fn text(&self, name: &str) -> String {
        String::from_utf8(self.read(name)).expect("it is text")
    }

    /// Kinds and states of the ledger's lines.
    fn ledger(&self) -> Vec<String> {
        let lines = fs::read_to_string(self.desk.path("plan/ledger.jsonl")).expect("there is a ledger");
        let said = |line: &str| {
            let event = serde_json::from_str::<Value>(line).expect("it is JSON")["event"].clone();
            let state = event["state"].as_str().map_or(String::new(), |state| format!(" {state}"));
            format!("{}{state}", event["kind"].as_str().expect("a kind"))
        };
        lines.lines().map(said).collect()
    }

    /// Where the new file of one that was scanned is written.
    fn temporary(&self, name: &str) -> std::path::PathBuf {
        let object = self.desk.object(name);
        let id = object["object_id"].as_str().expect("an id");
        self.desk.path(&format!("in/.datatrawl-{}-{}", &self.digest[..16], &id[..16]))
    }

    /// Nothing but what was scanned lies in the folder.
    pub fn is_clean(&self) -> bool {
        fs::read_dir(self.desk.path("in"))
            .expect("a folder")
            .all(|entry| !entry.expect("an entry").file_name().to_string_lossy().contains("datatrawl"))
    }
}

const ROWS: &str = "id,phone,mail,at,status,note\n\
    1,0917 555 0101,a@koreo.ph,2020-01-01T00:00:00+08:00,closed,old\n\
    2,\"0917 555 0102\",b@koreo.ph,2020-01-01T00:00:00+08:00,open,\"said \"\"write b@koreo.ph\"\", twice\"\n\
    3,n/a,c@koreo.ph,2025-12-16T00:05:00+08:00,closed,x\n\
    4,0917 555 0104,d@koreo.ph,2026-01-01T00:00:00+08:00,closed,y\n\
    5,0917 555 0105,e@koreo.ph,,closed,no date\n";
const ROWS_AFTER: &str = "id,phone,mail,at,status,note\n\
    2,,[EMAIL],2020-01-01T00:00:00+08:00,open,\"said \"\"write [EMAIL]\"\", twice\"\n\
    3,,[EMAIL],2025-12-16T00:05:00+08:00,closed,x\n\
    4,0917 555 0104,d@koreo.ph,2026-01-01T00:00:00+08:00,closed,y\n\
    5,0917 555 0105,e@koreo.ph,,closed,no date\n";

fn policy() -> String {
    [HEAD, CLOCK, RULES].concat()
}

#[test]
fn without_a_digest_nothing_changes() {
    let ready = Ready::new(&[("a.csv", ROWS.as_bytes())], &policy());
    let shown = ready.desk.run(&["apply", "plan"]);
    assert_eq!(shown.code, 0, "{}", shown.stderr);
    assert!(
        shown.stdout.contains("6 operations in a.csv") && shown.stdout.contains(&format!("--execute {}", ready.digest)),
        "{}",
        shown.stdout
    );
    let wrong = ready.desk.keyed(&["apply", "plan", "--execute", &"0".repeat(64)]);
    assert_eq!(wrong.code, 4, "{}", wrong.stderr);
    assert_eq!(ready.text("a.csv"), ROWS);
    assert!(!ready.desk.path("plan/ledger.jsonl").exists());
}

#[test]
fn rewrites_delimited_text_and_keeps_how_it_is_written() {
    let (crlf, crlf_after) = (ROWS.replace('\n', "\r\n"), ROWS_AFTER.replace('\n', "\r\n"));
    let (semi, semi_after) = (format!("\u{feff}{}", ROWS.replace(',', ";")), format!("\u{feff}{}", ROWS_AFTER.replace(',', ";")));
    let (short, short_after) = (ROWS.trim_end().to_owned(), ROWS_AFTER.trim_end().to_owned());
    let files: &[(&str, &[u8])] =
        &[("a.csv", ROWS.as_bytes()), ("crlf.csv", crlf.as_bytes()), ("semi.csv", semi.as_bytes()), ("short.csv", short.as_bytes())];
    let ready = Ready::new(files, &policy());
    let done = ready.apply();
    assert_eq!(done.code, 0, "{}{}", done.stdout, done.stderr);
    assert_eq!(ready.text("a.csv"), ROWS_AFTER);
    assert_eq!(ready.text("crlf.csv"), crlf_after);
    assert_eq!(ready.text("semi.csv"), semi_after);
    assert_eq!(ready.text("short.csv"), short_after);
    assert!(ready.is_clean());
    assert_eq!(ready.ledger()[..3], ["begun", "intended", "done verified"]);
    let checked = ready.desk.run(&["ledger", "verify", "plan/ledger.jsonl"]);
    assert_eq!(checked.code, 0, "{}", checked.stderr);
}

#[test]
fn rewrites_json_lines_in_their_own_spelling() {
    let before = "{\"id\": 1, \"phone\": \"0917 555 0101\", \"at\": \"2020-01-01T00:00:00Z\", \"status\": \"closed\"}\n\
        { \"id\":2,\"phone\" : 639175550102 ,\"at\":\"2020-01-01T00:00:00Z\",\"status\":\"open\",\"note\":\"a\\u00f1o\\n b@koreo.ph \\/ \\\"x\\\"\"}\n\n\
        {\"id\":3,\"phone\":null,\"at\":\"2026-01-01T00:00:00Z\",\"status\":\"open\",\"note\":\"c@koreo.ph\"}\n";
    let after = "{ \"id\":2,\"phone\" : null ,\"at\":\"2020-01-01T00:00:00Z\",\"status\":\"open\",\"note\":\"a\\u00f1o\\n [EMAIL] \\/ \\\"x\\\"\"}\n\n\
        {\"id\":3,\"phone\":null,\"at\":\"2026-01-01T00:00:00Z\",\"status\":\"open\",\"note\":\"c@koreo.ph\"}\n";
    let ready = Ready::new(&[("a.ndjson", before.as_bytes())], &policy());
    let done = ready.apply();
    assert_eq!(done.code, 0, "{}{}", done.stdout, done.stderr);
    assert_eq!(ready.text("a.ndjson"), after);
}

#[test]
fn rewrites_logs_and_what_is_packed() {
    let log = "2025-01-01 10:00:00,000 INFO a@koreo.ph in\n\tat com.acme.Y for b@koreo.ph\n2026-01-14 10:00:00,000 INFO c@koreo.ph in\n";
    let after = "2025-01-01 10:00:00,000 INFO [EMAIL] in\n\tat com.acme.Y for [EMAIL]\n2026-01-14 10:00:00,000 INFO c@koreo.ph in\n";
    let packed = gz(log.as_bytes());
    let zstd = zstd::encode_all(log.as_bytes(), 1).expect("memory takes all");
    let rules = "[[rule]]\nid = \"mail\"\ndataset = \"orders\"\nentities = [\"email\"]\nafter = \"P30D\"\naction = \"redact\"\n";
    let files: &[(&str, &[u8])] = &[("a.log", log.as_bytes()), ("b.log.gz", &packed), ("c.log.zst", &zstd)];
    let ready = Ready::new(files, &[HEAD, "clock = [{ kind = \"log\" }]\n", rules].concat());
    let done = ready.apply();
    assert_eq!(done.code, 0, "{}{}", done.stdout, done.stderr);
    assert_eq!(ready.text("a.log"), after);
    let mut unpacked = String::new();
    std::io::Read::read_to_string(&mut flate2::read::MultiGzDecoder::new(&ready.read("b.log.gz")[..]), &mut unpacked).expect("it is gzip");
    assert_eq!(unpacked, after);
    assert_eq!(zstd::decode_all(&ready.read("c.log.zst")[..]).expect("it is zstd"), after.as_bytes());
}

#[test]
fn every_codec_is_written_again() {
    let packed = |name: &str| -> Vec<u8> {
        let bytes = ROWS.as_bytes();
        match name {
            "a.csv.bz2" => {
                let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::new(1));
                encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("memory takes all")
            }
            "a.csv.xz" => {
                let mut encoder = liblzma::write::XzEncoder::new(Vec::new(), 1);
                encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("memory takes all")
            }
            "a.csv.lz4" => {
                let mut encoder = lz4_flex::frame::FrameEncoder::new(Vec::new());
                encoder.write_all(bytes).expect("memory takes all");
                encoder.finish().expect("memory takes all")
            }
            _ => {
                let mut stored = Vec::new();
                snap::read::FrameEncoder::new(bytes).read_to_end(&mut stored).expect("memory takes all");
                stored
            }
        }
    };
    let files = ["a.csv.bz2", "a.csv.xz", "a.csv.lz4", "a.csv.sz"].map(|name| (name, packed(name)));
    let ready = Ready::new(&files.each_ref().map(|(name, bytes)| (*name, &bytes[..])), &policy());
    let done = ready.apply();
    assert_eq!(done.code, 0, "{}{}", done.stdout, done.stderr);
    for (name, _) in &files {
        let (stored, mut text) = (ready.read(name), String::new());
        let read = match *name {
            "a.csv.bz2" => bzip2::read::BzDecoder::new(&stored[..]).read_to_string(&mut text),
            "a.csv.xz" => liblzma::read::XzDecoder::new(&stored[..]).read_to_string(&mut text),
            "a.csv.lz4" => lz4_flex::frame::FrameDecoder::new(&stored[..]).read_to_string(&mut text),
            _ => snap::read::FrameDecoder::new(&stored[..]).read_to_string(&mut text),
        };
        read.expect("it is packed as it was");
        assert_eq!(text, ROWS_AFTER, "{name}");
    }
}

#[test]
fn each_action_writes_what_it_says() {
    let rows = "id,at,card,ip,born,iban,name,ref\n\
        1,2020-01-01,4111 1111 1111 1111,203.0.113.77,1990-10-14,DE89370400440532013000,Ana Reyes,x\n\
        2,2020-01-01,4012-8888-8888-1881,203.0.113.78,1991-01-02,GB33BUKB20201555555555,Jose Cruz,y\n\
        3,2020-01-01,5555555555554444,203.0.113.79,1992-02-03,FR1420041010050500013M02606,Maria Santos,z\n";
    let rule = |id: &str, what: &str, action: &str| {
        format!("[[rule]]\nid = \"{id}\"\ndataset = \"orders\"\n{what}\nafter = \"P30D\"\naction = \"{action}\"\n")
    };
    let rules = [
        rule("a", "entities = [\"credit_card\"]", "pan_truncate"),
        rule("b", "columns = [\"ip\"]", "generalise"),
        rule("c", "columns = [\"born\"]", "generalise"),
        rule("d", "columns = [\"iban\"]\nkeep = 4", "mask"),
        rule("e", "columns = [\"name\"]\nwith = \"one, \\\"two\\\"\"", "replace"),
        rule("f", "columns = [\"ref\"]", "token"),
    ];
    let ready = Ready::new(&[("a.csv", rows.as_bytes())], &[HEAD, CLOCK, &rules.concat()].concat());
    let done = ready.apply();
    assert_eq!(done.code, 0, "{}{}", done.stdout, done.stderr);
    let text = ready.text("a.csv");
    let first: Vec<&str> = text.lines().nth(1).expect("a row").splitn(7, ',').collect();
    assert_eq!(first[2..6], ["**** **** **** 1111", "203.0.113.0", "1990-10", "******************3000"]);
    assert!(first[6].starts_with("\"one, \"\"two\"\"\","), "{}", first[6]);
    let token = first[6].rsplit(',').next().expect("a token");
    assert!(token.len() == 32 && token.bytes().all(|b| b.is_ascii_hexdigit()), "{token}");
}

#[test]
fn an_action_that_does_not_fit_leaves_the_value() {
    let rows = "id,at,ip\n1,2020-01-01,203.0.113.77\n2,2020-01-01,unknown\n3,2020-01-01,203.0.113.79\n";
    let rule = "[[rule]]\nid = \"b\"\ndataset = \"orders\"\ncolumns = [\"ip\"]\nafter = \"P30D\"\naction = \"generalise\"\n";
    let ready = Ready::new(&[("a.csv", rows.as_bytes())], &[HEAD, CLOCK, rule].concat());
    assert_eq!(ready.apply().code, 0);
    assert_eq!(ready.text("a.csv"), rows.replace("113.77", "113.0").replace("113.79", "113.0"));
    let review = crate::run::table(&ready.desk.path("plan/review.parquet"));
    assert_eq!((review.len(), review[0]["why"].as_str()), (1, Some("unfit")));
}

#[test]
fn a_file_that_is_not_what_was_scanned_is_left() {
    let ready = Ready::new(&[("a.csv", ROWS.as_bytes()), ("b.csv", ROWS.as_bytes())], &policy());
    let changed = ROWS.replace("no date", "no-date");
    ready.desk.write("in/a.csv", &changed);
    let done = ready.apply();
    assert_eq!(done.code, 5);
    assert!(done.stdout.contains("stale        a.csv"), "{}", done.stdout);
    assert_eq!((ready.text("a.csv"), ready.text("b.csv").as_str()), (changed, ROWS_AFTER));
}

#[cfg(unix)]
#[test]
fn links_and_files_of_several_names_are_left() {
    let ready = Ready::new(&[("a.csv", ROWS.as_bytes()), ("b.csv", ROWS.as_bytes())], &policy());
    fs::hard_link(ready.desk.path("in/a.csv"), ready.desk.path("other")).unwrap();
    fs::rename(ready.desk.path("in/b.csv"), ready.desk.path("real.csv")).unwrap();
    std::os::unix::fs::symlink(ready.desk.path("real.csv"), ready.desk.path("in/b.csv")).unwrap();
    let done = ready.apply();
    assert_eq!(done.code, 5);
    assert!(
        done.stdout.contains("unsupported  a.csv: it has 2 names") && done.stdout.contains("unsupported  b.csv: it is a link"),
        "{}",
        done.stdout
    );
    assert_eq!((ready.text("a.csv").as_str(), fs::read_to_string(ready.desk.path("real.csv")).unwrap().as_str()), (ROWS, ROWS));
}

#[cfg(unix)]
#[test]
fn rights_stay_and_a_name_that_is_taken_is_not_written_to() {
    use std::os::unix::fs::PermissionsExt as _;
    let ready = Ready::new(&[("a.csv", ROWS.as_bytes()), ("b.csv", ROWS.as_bytes())], &policy());
    fs::set_permissions(ready.desk.path("in/a.csv"), fs::Permissions::from_mode(0o640)).unwrap();
    std::os::unix::fs::symlink(ready.desk.path("victim"), ready.temporary("b.csv")).unwrap();
    ready.desk.write("victim", "keep");
    let done = ready.apply();
    assert_eq!(done.code, 5, "{}", done.stdout);
    assert_eq!(fs::metadata(ready.desk.path("in/a.csv")).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!((fs::read_to_string(ready.desk.path("victim")).unwrap().as_str(), ready.text("b.csv").as_str()), ("keep", ROWS));
}

#[test]
fn two_plans_do_not_write_one_file_at_a_time() {
    let rows = ROWS
        .lines()
        .take(1)
        .chain(std::iter::repeat_n(ROWS.lines().nth(2).unwrap(), 20_000))
        .map(|line| line.to_owned() + "\n")
        .collect::<String>();
    let ready = Ready::new(&[("a.csv", rows.as_bytes())], &policy());
    let other = policy().replace("action = \"null\"", "action = \"redact\"");
    ready.desk.write("q.toml", other);
    let done = ready.desk.keyed(&["plan", "--findings", "out", "--policy", "q.toml", "--out", "plan2", "--as-of", NOW]);
    let digest = done.stdout.lines().find_map(|line| line.strip_prefix("digest ")).expect("a digest").to_owned();
    let start = |plan: &str, digest: &str| {
        let mut command = ready.desk.command(&["apply", plan, "--execute", digest]);
        command.env("DATATRAWL_KEY", crate::run::KEY).stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::null());
        command.spawn().expect("the program starts")
    };
    let both = [start("plan", &ready.digest), start("plan2", &digest)];
    let done = both.map(|child| child.wait_with_output().expect("it ends").status.code());
    // One of them is done, whole; the other left the file, or came before and was the first.
    let text = ready.text("a.csv");
    let (null, redact) = (text.matches(",,[EMAIL]").count(), text.matches("[REDACTED]\",[EMAIL]").count());
    assert!([null, redact].contains(&20_000) && null.min(redact) == 0, "{null} {redact}");
    assert!(done.contains(&Some(0)) && done.contains(&Some(5)), "{done:?}");
    assert!(ready.is_clean());
}

#[test]
fn a_ledger_that_is_none_is_not_written_to() {
    let ready = Ready::new(&[("a.csv", ROWS.as_bytes())], &policy());
    ready.desk.write("notes.txt", "line 1\nline 2 without newline");
    let done = ready.desk.keyed(&["apply", "plan", "--execute", &ready.digest, "--ledger", "notes.txt"]);
    assert_eq!(done.code, 2, "{}", done.stderr);
    assert_eq!(fs::read_to_string(ready.desk.path("notes.txt")).unwrap(), "line 1\nline 2 without newline");
    assert_eq!(ready.text("a.csv"), ROWS);
    let long = ready.desk.keyed(&["apply", "plan", "--execute", &ready.digest, "--operator", &"x".repeat(300)]);
    assert_eq!(long.code, 2);
}

#[test]
fn another_file_of_the_same_content_is_not_touched() {
    let ready = Ready::new(&[("a.csv", ROWS.as_bytes())], &policy());
    ready.desk.write("else/in/a.csv", ROWS);
    let mut command = ready.desk.command(&["apply", "../plan", "--execute", &ready.digest]);
    command.env("DATATRAWL_KEY", crate::run::KEY).current_dir(ready.desk.path("else"));
    assert_eq!(Done::from(command.output().unwrap()).code, 0);
    assert_eq!(fs::read_to_string(ready.desk.path("else/in/a.csv")).unwrap(), ROWS);
    assert_eq!(ready.text("a.csv"), ROWS_AFTER);
}

#[test]
fn values_inside_of_json_in_cells_and_empty_lines_do_not_stop_the_rest() {
    let rows = format!("{ROWS}6,0917 555 0106,f@koreo.ph,2020-01-01T00:00:00+08:00,open,\"{{\"\"mail\"\": \"\"g@koreo.ph\"\"}}\"\n");
    let ready = Ready::new(&[("a.csv", rows.as_bytes())], &policy());
    let done = ready.apply();
    assert_eq!(done.code, 0, "{}", done.stdout);
    assert!(ready.text("a.csv").contains("6,,[EMAIL],2020") && ready.text("a.csv").contains("g@koreo.ph"));
    let log = "2025-01-01 10:00:00 a@koreo.ph\n\n  b\n2026-01-14 10:00:00 c\n";
    let rule = "[[rule]]\nid = \"line\"\ndataset = \"orders\"\nafter = \"P30D\"\naction = \"drop_record\"\n";
    let ready = Ready::new(&[("a.log", log.as_bytes())], &[HEAD, "clock = [{ kind = \"log\" }]\n", rule].concat());
    let done = ready.apply();
    assert_eq!(done.code, 0, "{}", done.stdout);
    assert_eq!(ready.text("a.log"), "2026-01-14 10:00:00 c\n");
}

#[test]
fn goes_on_after_a_crash_at_any_line_of_the_ledger() {
    let ready = Ready::new(&[("a.csv", ROWS.as_bytes()), ("b.csv", ROWS.as_bytes())], &policy());
    assert_eq!(ready.apply().code, 0);
    let ledger = fs::read_to_string(ready.desk.path("plan/ledger.jsonl")).unwrap();
    let lines: Vec<&str> = ledger.split_inclusive('\n').collect();
    // begun, intended a, done a, intended b, done b, ended
    assert_eq!(lines.len(), 6);
    for kept in 0..=lines.len() {
        for (a_done, b_done) in [(false, false), (true, false), (true, true)] {
            // A file is replaced only once that was told.
            if (a_done && kept < 2) || (b_done && kept < 4) {
                continue;
            }
            let cut = if kept < lines.len() { &lines[kept][..lines[kept].len() / 2] } else { "" };
            fs::write(ready.desk.path("plan/ledger.jsonl"), lines[..kept].concat() + cut).unwrap();
            ready.desk.write("in/a.csv", if a_done { ROWS_AFTER } else { ROWS });
            ready.desk.write("in/b.csv", if b_done { ROWS_AFTER } else { ROWS });
            fs::write(ready.temporary("a.csv"), "cut off").unwrap();
            let done = ready.apply();
            assert_eq!(done.code, 0, "{kept} lines, {a_done} {b_done}: {}{}", done.stdout, done.stderr);
            assert_eq!((ready.text("a.csv").as_str(), ready.text("b.csv").as_str()), (ROWS_AFTER, ROWS_AFTER));
            assert!(!a_done || done.stdout.contains("a.csv: was done before"), "{}", done.stdout);
            assert_eq!(ready.desk.run(&["ledger", "verify", "plan/ledger.jsonl"]).code, 0);
            assert!(a_done || ready.is_clean());
            fs::remove_file(ready.temporary("a.csv")).ok();
        }
    }
}

/// Runs `apply` where no file may grow beyond so many blocks of 512 bytes: the write that would is its end, or fails as on a full disk.
#[cfg(unix)]
fn apply_with_room(ready: &Ready, blocks: u32, is_killed: bool) -> Done {
    let trap = if is_killed { "" } else { "trap '' XFSZ; " };
    let program = env!("CARGO_BIN_EXE_datatrawl");
    let script = format!("{trap}ulimit -f {blocks}; exec '{program}' apply plan --execute {}", ready.digest);
    let mut command = std::process::Command::new("sh");
    command.args(["-c", &script]).current_dir(ready.desk.root()).env_clear().env("DATATRAWL_KEY", crate::run::KEY);
    Done::from(command.output().expect("a shell starts"))
}

#[cfg(unix)]
#[test]
fn survives_being_killed_at_any_write_and_a_full_disk() {
    let mut rows = String::from("id,phone,mail,at,status,note\n");
    for n in 0..1_500 {
        let status = if n % 3 == 0 { "closed" } else { "open" };
        rows += &format!("{n},0917 555 {n:04},m{n}@koreo.ph,2020-01-01T00:00:00+08:00,{status},x\n");
    }
    let small = rows.lines().take(9).map(|line| line.to_owned() + "\n").collect::<String>();
    let files = [("a.csv", small), ("b.csv", rows.clone()), ("c.csv", rows)];
    let named: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    let ready = Ready::new(&named, &policy());
    assert_eq!(ready.apply().code, 0);
    let after: Vec<Vec<u8>> = files.iter().map(|(name, _)| ready.read(name)).collect();
    let mut cut_off = 0;
    // The ledger is the first file to reach the lower limits, a new file of data the higher ones.
    for blocks in (0..12).chain([40, 90, 150, 1_000]) {
        for is_killed in [true, false] {
            fs::remove_file(ready.desk.path("plan/ledger.jsonl")).expect("there was one");
            for (name, text) in &files {
                ready.desk.write(&format!("in/{name}"), text);
            }
            let done = apply_with_room(&ready, blocks, is_killed);
            cut_off += u32::from(done.code != 0);
            for ((name, text), after) in files.iter().zip(&after) {
                let now = ready.read(name);
                assert!(now == text.as_bytes() || now == *after, "{name} is neither the old nor the new file at {blocks} blocks");
            }
            let done = ready.apply();
            assert_eq!(done.code, 0, "{}{}", done.stdout, done.stderr);
            assert!(files.iter().zip(&after).all(|((name, _), after)| ready.read(name) == *after));
            assert!(ready.is_clean());
            assert_eq!(ready.desk.run(&["ledger", "verify", "plan/ledger.jsonl"]).code, 0);
        }
    }
    assert!(cut_off >= 20, "{cut_off} calls were cut off");
}

#[test]
fn what_was_replaced_is_not_replaced_again() {
    let ready = Ready::new(&[("a.csv", ROWS.as_bytes())], &policy());
    assert_eq!(ready.apply().code, 0);
    let done = ready.apply();
    assert_eq!(done.code, 0);
    assert!(done.stdout.contains("was done before"), "{}", done.stdout);
    assert_eq!(ready.text("a.csv"), ROWS_AFTER);
}

#[test]
fn files_that_are_due_whole_go() {
    let rule = "[[rule]]\nid = \"file\"\ndataset = \"orders\"\nafter = \"P30D\"\naction = \"drop_file\"\n";
    let old = ROWS.lines().take(4).map(|line| line.to_owned() + "\n").collect::<String>();
    let ready = Ready::new(&[("old.csv", old.as_bytes()), ("young.csv", ROWS.as_bytes())], &[HEAD, CLOCK, rule].concat());
    assert_eq!(ready.apply().code, 0);
    assert!(!ready.desk.path("in/old.csv").exists());
    assert_eq!(ready.text("young.csv"), ROWS);
    assert_eq!(ready.apply().code, 0);
}

#[test]
fn refuses_another_key_other_rules_and_a_plan_for_later() {
    let ready = Ready::new(&[("a.csv", ROWS.as_bytes())], &policy());
    let other = ready.desk.command(&["apply", "plan", "--execute", &ready.digest]).env("DATATRAWL_KEY", "f".repeat(64)).output().unwrap();
    assert!(other.status.code() == Some(2) && String::from_utf8_lossy(&other.stderr).contains("the plan has the key"));
    let later = ready.desk.keyed(&["plan", "--findings", "out", "--policy", "p.toml", "--out", "later", "--as-of", "2999-01-01"]);
    let digest = later.stdout.lines().find_map(|line| line.strip_prefix("digest ")).expect("a digest").to_owned();
    let done = ready.desk.keyed(&["apply", "later", "--execute", &digest]);
    assert!(done.code == 4 && done.stderr.contains("yet to come"), "{}", done.stderr);
    assert_eq!(ready.text("a.csv"), ROWS);
}
