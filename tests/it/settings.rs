//! `.datatrawl.toml`, `--config` and `datatrawl settings`: what they change, what they say, and what they keep to themselves.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use insta::assert_snapshot;
use serde_json::json;

use crate::archive::{member, zip};
use crate::run::{Desk, Row, findings, of, table, text};
use crate::transcript::{check, transcript};

const CONTACTS: &str = "id,email,phone,ip\n\
    1,ana@kusina.ph,+639178640001,10.1.2.3\n\
    2,ben@kusina.ph,+639178640002,203.0.113.9\n\
    3,qa+1@kusina.ph,+639178640003,2001:db8::1\n";

fn desk(settings: &str) -> Desk {
    let desk = Desk::with(&[("a.csv", CONTACTS.as_bytes()), ("logs/app.log", log(5).as_bytes())]);
    if !settings.is_empty() {
        desk.write("in/.datatrawl.toml", format!("version = 1\n{settings}"));
    }
    desk
}

fn log(lines: usize) -> String {
    (0..lines).fold(String::new(), |text, n| text + &format!("2026-03-01 12:00:00 INFO call +63917864000{n} from 203.0.113.{n}\n"))
}

/// What was found at a path, as `entity count`.
fn found(rows: &[Row], path: &str) -> Vec<String> {
    let own = rows.iter().filter(|row| row["path"] == path);
    let entities: BTreeSet<&str> = own.clone().map(|row| text(row, "entity")).collect();
    entities.iter().map(|entity| format!("{entity} {}", own.clone().filter(|row| row["entity"] == **entity).count())).collect()
}

#[test]
fn an_allow_list_of_values_holds_them_in_every_spelling() {
    let desk = desk("[[allow]]\nname = \"staff\"\nvalues = [\"ANA@kusina.ph\", \"+63 917 864 0002\"]\nreason = \"staff\"\n");
    let rows = desk.scan(&[]);
    assert_eq!(found(&rows, "a.csv"), ["email 2", "ip_address 3", "phone 2"]);
    assert_eq!(desk.object("a.csv")["suppressed"], json!({ "email": 1, "phone": 1 }));
    assert_eq!(desk.object("a.csv")["entities"], json!({ "email": 2, "ip_address": 3, "phone": 2 }));
    assert_eq!(desk.object("logs/app.log")["suppressed"], json!({ "phone": 1 }));
    let matched = |entity: &str| desk.columns().iter().find(|row| row["entity"] == entity).map(|row| row["matched_count"].clone());
    assert_eq!(matched("email"), Some(json!(2)));
    let manifest = desk.manifest();
    // One of each stands in the settings file, which is scanned like any other.
    assert_eq!(manifest["totals"]["suppressed"], json!({ "email": 2, "phone": 3 }));
    assert_eq!(manifest["allow_lists"][0]["suppressed"], json!({ "email": 2, "phone": 3 }));
    assert_eq!((&manifest["allow_lists"][0]["values"], &manifest["allow_lists"][0]["name"]), (&json!(2), &json!("staff")));
}

#[test]
fn an_allow_list_keeps_to_its_entities_and_paths() {
    let list = |more: &str| format!("[[allow]]\nvalues = [\"+639178640001\"]\nreason = \"x\"\n{more}\n");
    let suppressed = |more: &str| {
        let desk = desk(&list(more));
        desk.scan(&[]);
        (desk.object("a.csv")["suppressed"].clone(), desk.object("logs/app.log")["suppressed"].clone())
    };
    let one = json!({ "phone": 1 });
    assert_eq!(suppressed(""), (one.clone(), one.clone()));
    assert_eq!(suppressed("entities = [\"email\"]"), (json!({}), json!({})));
    assert_eq!(suppressed("paths = [\"logs/\"]"), (json!({}), one.clone()));
    assert_eq!(suppressed("paths = [\"*.csv\"]\nentities = [\"phone\", \"email\"]"), (one, json!({})));
}

#[test]
fn an_allow_list_of_expressions_holds_whole_values() {
    let desk = desk("[[allow]]\nregex = ['qa\\+[0-9]@kusina\\.ph', 'kusina', '[+]63917864000[12]']\nreason = \"tests\"\n");
    assert_eq!(found(&desk.scan(&[]), "a.csv"), ["email 2", "ip_address 3", "phone 1"]);
}

#[test]
fn an_allow_list_of_networks_holds_their_addresses() {
    let desk = desk("[[allow]]\nnetworks = [\"10.0.0.0/8\", \"2001:db8::/32\"]\nreason = \"ours\"\n");
    assert_eq!(found(&desk.scan(&[]), "a.csv"), ["email 3", "ip_address 1", "phone 3"]);
}

#[test]
fn a_list_of_tokens_holds_values_under_its_key_alone() {
    let desk = desk("");
    let made = desk.fed(&["token", "--entity", "phone", "--list"], b"+63 917 864 0001\n\n0917 864 0002\n+639178640003\n");
    assert_eq!((made.code, made.stderr.as_str()), (0, ""));
    assert!(made.stdout.starts_with("datatrawl-tokens 1 key ") && !made.stdout.contains("0001"), "{}", made.stdout);
    desk.write("in/allow/phones.tokens", &made.stdout);
    desk.write("in/.datatrawl.toml", "version = 1\n[[allow]]\ntokens = \"allow/phones.tokens\"\nreason = \"staff\"\n");
    let rows = desk.scan(&[]);
    assert_eq!(desk.object("a.csv")["suppressed"], json!({ "phone": 2 }), "{:?}", found(&rows, "a.csv"));
    desk.write("other.key", "f".repeat(64));
    let refused = desk.run(&["scan", "in", "--out", "out2", "--key-file", "other.key"]);
    let text = transcript(&desk, &refused);
    assert!(text.contains("the list of tokens was made under the key [ID], this run has the key [ID]"), "{text}");
    assert!(text.contains("hint: give that key (--key-file)") && text.ends_with("exit code 2"), "{text}");
    assert!(!desk.path("out2").exists());
}

#[test]
fn a_list_of_tokens_beside_the_data_stays_below_its_folder() {
    let desk = desk("[[allow]]\ntokens = \"../secret\"\nreason = \"x\"\n");
    desk.write("secret", "09178640001\n");
    assert_snapshot!(transcript(&desk, &desk.keyed(&["scan", "in", "--out", "out"])), @r"
    stderr:
    error: settings in/.datatrawl.toml:3:10: expected a path below the folder of this file
    hint: --no-root-settings leaves out what lies beside the data
    exit code 2
    ");
    let other = desk.path("in/x.tokens");
    fs::write(other, "09178640001\n").expect("a file");
    desk.write("in/.datatrawl.toml", "version = 1\n[[allow]]\ntokens = \"x.tokens\"\nreason = \"x\"\n");
    let told = desk.keyed(&["scan", "in", "--out", "out"]);
    assert!(told.code == 2 && !told.stderr.contains("0917"), "{}", told.stderr);
}

#[test]
fn an_expired_list_is_said_and_not_applied() {
    let list = |date: &str| format!("[[allow]]\nname = \"old\"\nvalues = [\"ana@kusina.ph\"]\nreason = \"x\"\nexpires = {date}\n");
    let past = desk(&list("2020-02-29"));
    let done = past.keyed(&["scan", "in", "--out", "out", "--quiet"]);
    assert_eq!(
        done.stderr,
        "using the settings in in/.datatrawl.toml\nwarning: the allow list `old` in in/.datatrawl.toml expired on 2020-02-29: it is not applied\n"
    );
    assert_eq!(past.object("a.csv")["suppressed"], json!({}));
    assert_eq!(past.manifest()["allow_lists"][0]["expired"], true);
    let future = desk(&list("9999-12-31"));
    future.scan(&[]);
    assert_eq!(future.object("a.csv")["suppressed"], json!({ "email": 1 }));
    for wrong in ["\"2020-02-29\"", "2020-02-29T00:00:00Z", "12:00:00"] {
        let told = desk(&list(wrong)).keyed(&["scan", "in", "--out", "out"]);
        assert!(told.code == 2 && told.stderr.contains(".datatrawl.toml:6:"), "{wrong}: {}", told.stderr);
    }
}

#[test]
fn rules_are_off_below_paths_and_the_run_says_so() {
    let desk = desk(
        "[[rules]]\noff = [\"phone\", \"ip_address\"]\npaths = [\"logs/\"]\nreason = \"noise\"\n\n[[rules]]\non = [\"phone\"]\npaths = [\"app.log\"]\n",
    );
    let done = desk.keyed(&["scan", "in", "--out", "out"]);
    assert_eq!(done.code, 0, "{}", done.stderr);
    assert!(done.stdout.contains("settings beside the data narrow what is reported (--no-root-settings leaves them out):\n  in/.datatrawl.toml: rules off: phone, ip_address\n"), "{}", done.stdout);
    assert_eq!(found(&desk.findings(), "logs/app.log"), ["phone 5"]);
    assert_eq!(found(&desk.findings(), "a.csv"), ["email 3", "ip_address 3", "phone 3"]);
    assert_eq!(desk.object("logs/app.log")["entities"], json!({ "phone": 5 }));
    let file = &desk.manifest()["settings_files"][0];
    assert_eq!((&file["file"], &file["scope"]), (&json!("in/.datatrawl.toml"), &json!("root")));
    assert_eq!(file["rules"][0], json!({ "off": ["phone", "ip_address"], "on": [], "paths": ["logs/"], "reason": "noise" }));
    assert!(file["digest"].as_str().is_some_and(|digest| digest.len() == 64));
}

#[test]
fn who_does_not_trust_the_data_leaves_its_settings_out_or_is_strict() {
    let settings = "[[rules]]\noff = [\"phone\"]\n[[allow]]\nvalues = [\"ana@kusina.ph\"]\nreason = \"x\"\n";
    let desk = desk(settings);
    let without = desk.keyed(&["scan", "in", "--out", "out", "--no-root-settings", "--quiet", "--strict"]);
    assert_eq!((without.code, without.stderr.as_str()), (0, ""));
    assert_eq!(found(&desk.findings(), "a.csv"), ["email 3", "ip_address 3", "phone 3"]);
    assert_eq!(desk.manifest()["settings_files"], json!([]));
    let strict = desk.keyed(&["scan", "in", "--out", "out2", "--quiet", "--strict"]);
    assert_snapshot!(transcript(&desk, &strict), @r"
    stderr:
    using the settings in in/.datatrawl.toml
    settings beside the data may hide findings (--strict): see --no-root-settings: exit code 3
    exit code 3
    ");
    // What the user gives is the user's own.
    desk.write("mine.toml", format!("version = 1\n{settings}"));
    fs::remove_file(desk.path("in/.datatrawl.toml")).expect("it is there");
    let own = desk.keyed(&["scan", "in", "--out", "out3", "--quiet", "--strict", "--config", "mine.toml"]);
    assert_eq!((own.code, own.stderr.as_str()), (0, ""));
    assert_eq!(found(&findings(&desk.path("out3")), "a.csv"), ["email 2", "ip_address 3"]);
}

#[test]
fn the_command_line_goes_before_the_config_and_that_before_the_root() {
    let desk = desk(
        "regions = [\"SG\"]\nmin_likelihood = \"very_likely\"\n[rows]\nemail = \"count\"\nphone = \"count\"\n[[rules]]\noff = [\"ip_address\"]\n",
    );
    desk.write("mine.toml", "version = 1\nregions = [\"PH\"]\nmin_likelihood = \"possible\"\n[rows]\nemail = \"sample:2\"\nphone = \"sample:2\"\n[[rules]]\non = [\"ip_address\"]\n");
    desk.scan(&["--config", "mine.toml", "--rows", "phone=sample:1"]);
    assert_eq!(found(&desk.findings(), "a.csv"), ["email 2", "ip_address 3", "phone 1"]);
    assert_eq!(desk.manifest()["regions"], json!(["PH"]));
    let scopes: Vec<&str> = desk.manifest()["settings_files"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|file| match file["scope"].as_str() {
            Some("run") => "run",
            _ => "root",
        })
        .collect();
    assert_eq!(scopes, ["run", "root"]);
    let alone = desk.keyed(&["scan", "in", "--out", "out2"]);
    assert_eq!(alone.code, 0);
    assert!(alone.stdout.contains("\nregions: SG (in/.datatrawl.toml)\n"), "{}", alone.stdout);
    assert!(of(&findings(&desk.path("out2")), "email").next().is_none());
}

#[test]
fn a_root_has_a_say_in_itself_alone() {
    let desk = desk(
        "[paths]\nexclude = [\"logs/\"]\n[likelihood]\nphone = \"very_likely\"\n[[allow]]\nvalues = [\"ana@kusina.ph\"]\nreason = \"x\"\n[[rules]]\noff = [\"ip_address\"]\n",
    );
    desk.write("other/a.csv", CONTACTS);
    desk.write("other/logs/app.log", log(5));
    let done = desk.keyed(&["scan", "in", "other", "--out", "out", "--quiet"]);
    assert_eq!(done.code, 0, "{}", done.stderr);
    let rows = desk.findings();
    assert_eq!(found(&rows, "other/a.csv"), ["email 3", "ip_address 3", "phone 3"]);
    assert_eq!(found(&rows, "in/a.csv"), ["email 2", "phone 3"]);
    assert_eq!(found(&rows, "other/logs/app.log").len(), 2);
    let left = desk.object("in/logs");
    assert_eq!((text(&left, "status"), text(&left, "reason")), ("excluded", "excluded by the glob `logs/` of in/.datatrawl.toml"));
}

#[test]
fn roots_that_give_different_regions_are_refused() {
    let desk = desk("regions = [\"PH\"]\n");
    desk.write("other/.datatrawl.toml", "version = 1\nregions = [\"SG\"]\n");
    let done = desk.keyed(&["scan", "in", "other", "--out", "out"]);
    assert!(
        done.stderr.contains("error: in/.datatrawl.toml and other/.datatrawl.toml give different regions\nhint: give --region"),
        "{}",
        done.stderr
    );
    assert_eq!(done.code, 2);
    assert_eq!(desk.keyed(&["scan", "in", "other", "--out", "out", "--region", "US", "--quiet"]).code, 0);
}

#[test]
fn an_include_of_a_root_leaves_out_the_rest_by_name() {
    let desk = desk("[paths]\ninclude = [\"*.csv\"]\n");
    desk.scan(&[]);
    assert_eq!(text(&desk.object("logs/app.log"), "reason"), "matches no include glob of in/.datatrawl.toml");
    assert_eq!(desk.object("a.csv")["status"], "scanned");
}

#[test]
fn a_list_of_files_is_read_once_each_and_under_the_settings_of_its_folder() {
    let desk = desk("");
    desk.write(".datatrawl.toml", "version = 1\n[[rules]]\noff = [\"phone\"]\n");
    let done = desk.fed(
        &["scan", "--files-from", "-", "--out", "out", "--quiet"],
        b"in/a.csv\n./in/a.csv\nin/logs\nin/logs/app.log\nin/a.csv\nabsent\nabsent\n",
    );
    assert_eq!((done.code, done.stderr.contains("using the settings in ./.datatrawl.toml")), (3, true), "{}", done.stderr);
    let paths: Vec<String> = desk.objects().iter().map(|row| text(row, "path").to_owned()).collect();
    assert_eq!(paths.len(), 3, "{paths:?}");
    assert!(of(&desk.findings(), "phone").next().is_none());
}

#[test]
fn no_output_holds_a_value_of_an_allow_list() {
    let desk = desk(
        "[[allow]]\nname = \"a\"\nvalues = [\"ana@kusina.ph\"]\nregex = ['[+]639178640002']\nnetworks = [\"10.1.2.3\"]\nreason = \"x\"\n",
    );
    let mut said = String::new();
    for args in
        [&["scan", "in", "--out", "out"][..], &["settings", "check", "in/.datatrawl.toml"], &["settings", "show", "a.csv", "--root", "in"]]
    {
        let done = desk.keyed(args);
        assert_eq!(done.code, 0, "{args:?}: {}", done.stderr);
        said += &(done.stdout + &done.stderr);
    }
    let mut bytes: Vec<Vec<u8>> = crate::run::files(&desk.path("out")).iter().map(|path| fs::read(path).expect("readable")).collect();
    bytes.push(said.into_bytes());
    for secret in ["ana@kusina.ph", "639178640002", "10.1.2.3"] {
        assert!(bytes.iter().all(|bytes| !bytes.windows(secret.len()).any(|window| window == secret.as_bytes())), "{secret}");
    }
}

#[test]
fn settings_that_are_wrong_start_nothing() {
    let told = |settings: &str| {
        let desk = desk(settings);
        let done = desk.keyed(&["scan", "in", "--out", "out"]);
        assert!(done.code == 2 && !desk.path("out").exists(), "{settings}");
        done.stderr.lines().take(1).collect::<String>()
    };
    assert_eq!(told("regoins = []\n"), "error: settings in/.datatrawl.toml:2:1: unknown key regoins");
    assert_eq!(
        told("regions = [\"XX\"]\n"),
        "error: settings in/.datatrawl.toml:2:12: expected a two-letter country code such as PH (ISO 3166-1 alpha-2)"
    );
    assert_eq!(told("[rows]\nemial = \"all\"\n"), "error: settings in/.datatrawl.toml:3:1: unknown entity emial");
    assert_eq!(told("[[rules]]\noff = [\"us_snn\"]\n"), "error: settings in/.datatrawl.toml:3:8: unknown rule or entity us_snn");
    assert_eq!(
        told("[[allow]]\nreason = \"x\"\n"),
        "error: settings in/.datatrawl.toml:2:1: allow list 1: expected values, regex, networks or tokens"
    );
    assert_eq!(told("[[allow]]\nvalues = [\"x\"]\n"), "error: settings in/.datatrawl.toml:2:1: missing key `reason`");
    assert_eq!(
        told("[[allow]]\nregex = [\"(\"]\nreason = \"x\"\n"),
        "error: settings in/.datatrawl.toml:3:10: expected a regular expression over whole values, of at most 64 KiB compiled"
    );
    assert_eq!(
        told("[[allow]]\nnetworks = [\"10.0.0.1/8\"]\nreason = \"x\"\n"),
        "error: settings in/.datatrawl.toml:3:13: expected a range that begins with its first address, such as 10.0.0.0/8"
    );
    assert_eq!(
        told("[paths]\nexclude = [\"a[\"]\n"),
        "error: settings in/.datatrawl.toml:3:12: invalid glob `a[`: unclosed character class; missing ']'"
    );
}

#[test]
fn what_is_no_regular_file_is_no_settings_file() {
    let desk = Desk::with(&[("a.csv", CONTACTS.as_bytes())]);
    fs::create_dir(desk.path("in/.datatrawl.toml")).expect("a folder");
    let done = desk.keyed(&["scan", "in", "--out", "out"]);
    assert_eq!((done.code, done.stderr.lines().next()), (2, Some("error: settings in/.datatrawl.toml: not a regular file")));
    fs::remove_dir(desk.path("in/.datatrawl.toml")).expect("empty");
    desk.write("in/.datatrawl.toml", vec![b'#'; 2 << 20]);
    assert!(desk.keyed(&["scan", "in", "--out", "out"]).stderr.contains("larger than 1048576 bytes"));
    desk.write("in/.datatrawl.toml", b"version = 1 # \xFF");
    assert!(desk.keyed(&["scan", "in", "--out", "out"]).stderr.contains("not UTF-8"));
    assert_eq!(desk.keyed(&["scan", "in", "--out", "out", "--config", "absent.toml"]).code, 2);
}

#[test]
fn a_file_can_make_the_scan_hold_only_so_much() {
    let told = |settings: String| desk(&settings).keyed(&["scan", "in", "--out", "out"]).stderr;
    let lists = |line: &str, count: usize| format!("[[allow]]\nreason = \"x\"\n{line}\n").repeat(count);
    let many = |what: &str, count: usize| vec![what; count].join(",");
    assert!(told(lists("values = [\"x\"]", 101)).contains(":1:1: 101 allow lists, expected at most 100"));
    assert!(told(lists(&format!("values = [{}]", many("\"x\"", 501)), 2)).contains("1002 values in clear"));
    assert!(told(lists(&format!("regex = [{}]", many("\"x\"", 101)), 1)).contains("101 expressions"));
    assert!(told(format!("[paths]\nexclude = [{}]\n", many("\"x\"", 1_001))).contains("1001 globs"));
}

#[test]
fn suppression_is_the_same_at_any_number_of_jobs() {
    let lines: String = (0..40_000).map(|n| format!("2026-03-01 12:00:00 INFO from 203.0.{}.{}\n", n / 250 % 8, n % 250)).collect();
    let desk = Desk::with(&[("a.log", lines.as_bytes())]);
    desk.write("in/.datatrawl.toml", "version = 1\n[[allow]]\nnetworks = [\"203.0.2.0/23\"]\nreason = \"x\"\n");
    let mut seen = BTreeSet::new();
    for jobs in ["1", "2", "4"] {
        let out = format!("out{jobs}");
        desk.keyed(&["scan", "in", "--out", &out, "--jobs", jobs, "--quiet"]);
        let object = table(&desk.path(&format!("{out}/objects.parquet"))).into_iter().find(|row| row["path"] == "a.log").expect("its row");
        let rows: Vec<i64> = of(&findings(&desk.path(&out)), "ip_address").filter_map(|row| row["record"].as_i64()).collect();
        assert_eq!((object["suppressed"]["ip_address"].as_i64(), object["entities"]["ip_address"].as_i64()), (Some(10_000), Some(30_000)));
        assert_eq!(rows.len(), 1_000);
        seen.insert(rows);
    }
    assert_eq!(seen.len(), 1);
}

#[test]
fn begins_a_settings_file_that_is_valid_with_every_line_in_force() {
    let desk = Desk::new();
    let begun = desk.run(&["settings", "new"]);
    assert_eq!((begun.code, begun.stderr.as_str()), (0, ""));
    desk.write(".datatrawl.toml", &begun.stdout);
    assert_snapshot!(transcript(&desk, &desk.run(&["settings", "check"])), @r"
    stdout:
    .datatrawl.toml: valid
    exit code 0
    ");
    let every = |line: &str| line.strip_prefix("# ").unwrap_or(line).to_owned() + "\n";
    desk.write("all.toml", begun.stdout.lines().map(every).collect::<String>());
    assert_snapshot!(transcript(&desk, &desk.run(&["settings", "check", "all.toml"])), @r"
    stdout:
    all.toml: valid
      regions      PH, SG
      level        possible
      levels       phone likely
      rows         ip_address count
      include      *.csv logs/
      exclude      tmp/
      rules        off ip_address below logs/
      allow list   hotlines: 1 values of phone below *.csv app/; until 2099-12-31
      allow list   our networks: 2 networks of ip_address
      allow list   test accounts: 1 expressions of email
      known values customers.csv
      columns      customer_no as customer_id, holder as person_name
      subject      customer_no
    exit code 0
    ");
}

#[test]
fn shows_what_is_in_force_for_a_path_and_why() {
    let desk = desk(
        "regions = [\"PH\"]\n[paths]\nexclude = [\"tmp/\"]\n[likelihood]\nphone = \"likely\"\n[rows]\nip_address = \"count\"\n[[rules]]\noff = [\"us_ssn\"]\npaths = [\"logs/\"]\n[[allow]]\nname = \"ours\"\nnetworks = [\"10.0.0.0/8\"]\nentities = [\"ip_address\"]\nreason = \"machines\"\n",
    );
    desk.write("mine.toml", "version = 1\n[rows]\nip_address = \"all\"\n");
    assert_snapshot!(transcript(&desk, &desk.run(&["settings", "show", "logs/app.log", "--root", "in", "--config", "mine.toml"])), @r"
    stdout:
    path: logs/app.log
    settings files, the most important first:
      mine.toml
      in/.datatrawl.toml
    read: yes
    regions: PH (in/.datatrawl.toml)
    allow lists:
      ours: 1 networks of ip_address (machines; in/.datatrawl.toml)
    rules with settings of their own:
      ip_address           rows all (mine.toml)
      phone                reported from likely (in/.datatrawl.toml)
      us_ssn               off (in/.datatrawl.toml)
    exit code 0
    ");
    assert_snapshot!(transcript(&desk, &desk.run(&["settings", "show", "in/tmp/x", "--root", "in"])).lines().nth(4).unwrap_or(""), @"read: no: excluded by the glob `tmp/` of in/.datatrawl.toml");
    assert_snapshot!(check(&[], &["settings", "show"]), @r"
    stdout:
    path: .
    settings files: none
    regions: none
    allow lists: none
    rules: all on, reported from possible
    exit code 0
    ");
    assert_snapshot!(check(&[], &["settings", "show", "../x"]), @r"
    stderr:
    error: ../x does not lie below .
    hint: --root names the folder that is scanned
    exit code 2
    ");
}

#[test]
fn the_samples_have_settings_that_are_valid_and_name_their_own_rule() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    let done = Desk::new().run(&["settings", "check", &samples.join(".datatrawl.toml").to_string_lossy()]);
    assert_eq!((done.code, done.stderr.as_str()), (0, ""));
    assert!(done.stdout.contains("regions      PH, SG, US\n") && done.stdout.contains("customer_id"), "{}", done.stdout);
}

#[test]
fn checks_the_file_of_this_folder_or_says_how_to_begin_one() {
    assert_snapshot!(check(&[], &["settings", "check"]), @r"
    stderr:
    error: no .datatrawl.toml here
    hint: name a file, or begin one: datatrawl settings new > .datatrawl.toml
    exit code 2
    ");
    assert_snapshot!(check(&[], &["settings", "check", "absent.toml"]), @r"
    stderr:
    error: settings absent.toml: No such file or directory (os error 2)
    exit code 2
    ");
    assert_snapshot!(check(&[("x.toml", b"version = 1\n[[alow]]\n")], &["settings", "check", "in/x.toml"]), @r"
    stderr:
    error: settings in/x.toml:2:3: unknown key alow
    hint: did you mean allow?
    exit code 2
    ");
}

/// The keys that a table of the form knows, as its own error lists them.
fn known(text: &str) -> BTreeSet<String> {
    let desk = Desk::new();
    desk.write("x.toml", text);
    let told = desk.run(&["settings", "check", "x.toml"]).stderr;
    let list = told.split("known here: ").nth(1).unwrap_or_else(|| panic!("{told}"));
    list.trim().split(", ").map(str::to_owned).collect()
}

#[test]
fn the_schema_has_the_keys_of_the_form() {
    let schema: serde_json::Value = serde_json::from_str(&Desk::new().run(&["settings", "schema"]).stdout).expect("JSON");
    let keys = |place: &str| -> BTreeSet<String> {
        let object = schema.pointer(place).unwrap_or_else(|| panic!("{place}"));
        object.as_object().expect("an object").keys().cloned().collect()
    };
    assert_eq!(keys("/properties"), known("zzzzzzzz = 1\n"));
    assert_eq!(keys("/properties/paths/properties"), known("version = 1\n[paths]\nzzzzzzzz = 1\n"));
    assert_eq!(keys("/properties/rules/items/properties"), known("version = 1\n[[rules]]\nzzzzzzzz = 1\n"));
    assert_eq!(keys("/properties/known/properties"), known("version = 1\n[known]\nzzzzzzzz = 1\n"));
    assert_eq!(keys("/properties/allow/items/properties"), known("version = 1\n[[allow]]\nzzzzzzzz = 1\n"));
}

#[test]
fn the_settings_that_readme_shows_are_valid() {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("README.md");
    let shown = readme.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).expect("README shows a settings file");
    let desk = Desk::new();
    desk.write(".datatrawl.toml", shown);
    let done = desk.keyed(&["settings", "check"]);
    assert_eq!((done.code, done.stderr.as_str()), (0, ""), "{shown}");
}

#[test]
fn settings_hold_for_members_of_archives_as_if_these_were_folders() {
    let zipped = zip(&[member("app.log", log(5)), member("logs/old.log", log(5)), member("deep/a.csv", CONTACTS)]);
    let desk = Desk::with(&[("all.zip", &zipped), ("a.csv", CONTACTS.as_bytes())]);
    desk.write(
        "in/.datatrawl.toml",
        "version = 1\n[paths]\nexclude = [\"all.zip/logs/\"]\n[rows]\nemail = \"count\"\n\
         [[rules]]\noff = [\"ip_address\"]\npaths = [\"all.zip/*.log\"]\n\
         [[allow]]\nvalues = [\"+639178640001\"]\npaths = [\"all.zip/deep/\"]\nreason = \"x\"\n",
    );
    desk.scan(&[]);
    let object =
        |member: &str| desk.objects().into_iter().find(|row| row["member"] == member).unwrap_or_else(|| panic!("a row of {member}"));
    assert_eq!((&object("app.log")["entities"], &object("app.log")["suppressed"]), (&json!({ "phone": 5 }), &json!({})));
    assert_eq!(object("deep/a.csv")["entities"], json!({ "email": 3, "ip_address": 3, "phone": 2 }));
    assert_eq!(object("deep/a.csv")["suppressed"], json!({ "phone": 1 }));
    let left = object("logs/old.log");
    assert_eq!((text(&left, "status"), text(&left, "reason")), ("excluded", "excluded by the glob `all.zip/logs/` of in/.datatrawl.toml"));
    assert_eq!(desk.object("a.csv")["suppressed"], json!({}));
    assert!(of(&desk.findings(), "email").next().is_none());
}

#[test]
fn files_that_are_named_have_the_settings_of_their_folder() {
    let desk = desk("[[rules]]\noff = [\"phone\"]\n\n[[rules]]\noff = [\"email\"]\npaths = [\"a.csv\"]\n");
    desk.write("in/b.csv", CONTACTS);
    desk.write("other/a.csv", CONTACTS);
    let scan = |out: &str, roots: &[&str]| {
        let done = desk.keyed(&[&["scan", "--out", out], roots].concat());
        assert_eq!(done.code, 0, "{}", done.stderr);
        (findings(&desk.path(out)), done.stderr)
    };
    let (rows, told) = scan("one", &["in/a.csv"]);
    assert_eq!(told, "using the settings in in/.datatrawl.toml\n");
    assert_eq!(found(&rows, "a.csv"), ["ip_address 3"]);
    // Two files of one folder share its settings, and those of another folder have none of them.
    let (rows, told) = scan("some", &["in/a.csv", "in/b.csv", "other/a.csv"]);
    assert_eq!(told, "using the settings in in/.datatrawl.toml\n");
    assert_eq!(found(&rows, "in/a.csv"), ["ip_address 3"]);
    assert_eq!(found(&rows, "in/b.csv"), ["email 3", "ip_address 3"]);
    assert_eq!(found(&rows, "other/a.csv"), ["email 3", "ip_address 3", "phone 3"]);
    let (rows, told) = scan("without", &["in/a.csv", "--no-root-settings"]);
    assert_eq!((told.as_str(), found(&rows, "a.csv").len()), ("", 3));
}
