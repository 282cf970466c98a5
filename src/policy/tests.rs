//! Policies as people write them: what is refused and why, and what is decided.

use jiff::Timestamp;
use proptest::prelude::*;

use super::*;
use crate::model::{Id, Likelihood, Result, TokenList};

const KEY: &str = "00112233445566778899aabbccddeeff";

/// A policy with one dataset, and more of it.
fn text(dataset: &str, more: &str) -> String {
    format!(
        "version = 1\n[policy]\nid = \"p\"\nmodified = 2026-01-15\ntimezone = \"Asia/Manila\"\n\
         [[dataset]]\nid = \"orders\"\nmatch = [\"orders/*.csv\"]\n{dataset}\n{more}"
    )
}

fn compile(text: &str) -> Result<Policy> {
    let given = Given {
        name: "p.toml",
        entities: vec!["phone", "email", "credit_card", "customer_id", "person_name"],
        categories: vec!["user.contact.phone", "user.contact.email", "user.financial.credit_card", "user.name"],
        is_country: |code| code == "PH",
        key_id: Some(KEY),
        read: &|name| match name {
            "good.tokens" => Ok(TokenList::head(KEY, "phone") + &"7".repeat(32) + "\n"),
            "empty.tokens" => Ok(TokenList::head(KEY, "phone")),
            "other.tokens" => Ok(TokenList::head(&"f".repeat(32), "phone") + &"7".repeat(32) + "\n"),
            _ => Err(std::io::ErrorKind::NotFound.into()),
        },
    };
    given.compile(text)
}

fn refused(dataset: &str, more: &str) -> String {
    let error = compile(&text(dataset, more)).err().expect("it is refused");
    error.to_string()
}

const CLOCK: &str = "clock = [{ kind = \"column\", name = \"at\" }]";
const ROW: &str = "[[rule]]\nid = \"row\"\ndataset = \"orders\"\nafter = \"P5Y\"\naction = \"drop_record\"\n";

fn policy(more: &str) -> Policy {
    let text = text(CLOCK, more);
    compile(&text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// What is said of a record of that time.
fn of_record(policy: &Policy, time: Option<&str>, cells: &[(&str, &str)], people: &[Id], now: &str) -> Vec<(String, Outcome)> {
    asked(policy, time, Source::Column, cells, people, Asked::Record, now)
}

fn asked(
    policy: &Policy,
    time: Option<&str>,
    source: Source,
    cells: &[(&str, &str)],
    people: &[Id],
    asked: Asked<'_>,
    now: &str,
) -> Vec<(String, Outcome)> {
    let cell = |name: &str| cells.iter().find(|(own, _)| *own == name).map(|(_, text)| (*text).to_owned());
    let moment = time.map(|time| Moment { time: time.parse().expect("a time"), source });
    let told = ["phone".to_owned()];
    let people = People { tokens: people, told: if people.is_empty() { &[] } else { &told } };
    let facts = Facts { dataset: 0, moment, cell: &cell, people };
    let verdicts = decide(policy, &facts, asked, now.parse().expect("a time"));
    verdicts.into_iter().map(|verdict| (policy.duties[verdict.duty].id.clone(), verdict.outcome)).collect()
}

#[test]
fn says_where_something_is_wrong() {
    for (dataset, more, told) in [
        ("", "", "policy p.toml:1:11: a policy without datasets or rules decides nothing"),
        ("clokc = []", ROW, "policy p.toml:9:1: unknown key clokc"),
        (
            "",
            "[[rule]]\nid = \"r\"\ndataset = \"ordres\"\nafter = \"P1D\"\naction = \"drop_record\"",
            "policy p.toml:12:11: unknown dataset ordres",
        ),
        ("purposes = [\"x\"]", ROW, "policy p.toml:9:13: unknown purpose x"),
        ("allow = [\"user.contcat\"]", ROW, "policy p.toml:9:10: unknown category"),
        (CLOCK, &ROW.replace("P5Y", "5 years"), "policy p.toml:13:9: expected an ISO 8601 duration that goes forward"),
        (CLOCK, &ROW.replace("P5Y", "PT0S"), "policy p.toml:11:6: this rule would empty its dataset"),
        (CLOCK, &ROW.replace("drop_record", "null"), "policy p.toml:14:10: this action needs `entities`, `categories` or `columns`"),
        (CLOCK, &ROW.replace("orders", "*"), "policy p.toml:12:11: what is dropped whole needs one dataset"),
        ("clock = [{ kind = \"sundial\" }]", ROW, "policy p.toml:9:19: unknown kind of clock sundial"),
        ("clock = [{ kind = \"column\" }]", ROW, "policy p.toml:9:10: a clock of the kind column needs `name`"),
        ("clock = [{ kind = \"log\", format = \"%d/%m/%y\" }]", ROW, "policy p.toml:9:35: expected iso, clf"),
        ("clock = [{ kind = \"log\", format = \"%Y\" }]", ROW, "policy p.toml:9:35: expected iso, clf"),
        ("clock = [{ kind = \"log\", format = \"%F %T %Q\" }]", ROW, "policy p.toml:9:35: expected iso, clf"),
        ("clock = [{ kind = \"path\", regex = \"(a)(b)\" }]", ROW, "policy p.toml:9:35: expected a regular expression with one group"),
        ("clock = [{ kind = \"log\", zone = \"Mars\" }]", ROW, "policy p.toml:9:33: expected a name of the IANA time zone database"),
        ("", &format!("{ROW}{ROW}"), "policy p.toml:16:6: this name is taken"),
        ("", &format!("{ROW}{}", ROW.replace("\"row\"", "\"other\"")), "policy p.toml:16:6: this rule and `row` may mean the same records"),
        (CLOCK, &format!("{ROW}[guard]\nquarantine = \"P14D\""), "policy p.toml:16:14: a quarantine needs a quarantine_recipient"),
        (CLOCK, &format!("{ROW}role = \"rider\""), "policy p.toml:15:8: unknown role rider"),
        (CLOCK, &format!("{ROW}without_consent = true"), "policy p.toml:11:6: `without_consent` needs a dataset with `consent`"),
        (
            CLOCK,
            &format!("{ROW}[[hold]]\nid = \"h\"\nopened = 2026-01-05\nreleased = 2026-02-01"),
            "policy p.toml:16:6: a release needs `released` and `by`",
        ),
    ] {
        let refused = refused(dataset, more);
        assert!(refused.starts_with(told), "{refused}\nexpected {told}");
    }
}

#[test]
fn refuses_a_hold_whose_people_are_not_known() {
    let hold = |file: &str| format!("{ROW}[[hold]]\nid = \"h\"\nopened = 2026-01-05\nsubjects_file = \"{file}\"");
    assert!(compile(&text(CLOCK, &hold("good.tokens"))).is_ok());
    for (file, told) in [("no.tokens", "cannot be read"), ("empty.tokens", "is empty"), ("other.tokens", "was made with the key f")] {
        let refused = refused(CLOCK, &hold(file));
        assert!(refused.contains(told), "{refused}");
    }
}

#[test]
fn lets_rules_meet_that_say_which_counts() {
    let other = |more: &str| format!("{ROW}priority = 1\n{}{more}", ROW.replace("\"row\"", "\"late\"").replace("P5Y", "P9Y"));
    let both = policy(&other("priority = 2"));
    let said = of_record(&both, Some("2018-01-01T00:00:00Z"), &[], &[], "2026-01-01T00:00:00Z");
    assert_eq!(said, [("late".to_owned(), Outcome::Later(Some("2027-01-01T00:00:00Z".parse().unwrap())))]);
    assert!(compile(&text(CLOCK, &other("priority = 1"))).is_err());
    let apart = |status: &str| format!("where = {{ status = \"{status}\" }}\n");
    let text = text(CLOCK, &format!("{ROW}{}{}{}", apart("closed"), ROW.replace("\"row\"", "\"late\""), apart("open")));
    assert!(compile(&text).is_ok());
}

#[test]
fn a_record_is_due_from_the_very_second() {
    let policy = policy(ROW);
    let due = |time: &str, now: &str| of_record(&policy, Some(time), &[], &[], now).remove(0).1;
    let now = "2026-01-15T00:00:00+08:00";
    assert!(matches!(due("2021-01-15T00:00:00+08:00", now), Outcome::Due(_)));
    assert!(matches!(due("2021-01-15T00:00:01+08:00", now), Outcome::Later(Some(_))));
    // 29 February of five years ago is 28 February.
    assert!(matches!(due("2020-02-29T12:00:00+08:00", "2025-02-28T12:00:00+08:00"), Outcome::Due(_)));
}

#[test]
fn what_is_not_known_is_kept() {
    let policy = policy(&format!("{ROW}where = {{ status = \"closed\" }}"));
    let say = |time: Option<&str>, cells: &[(&str, &str)]| of_record(&policy, time, cells, &[], "2026-01-15T00:00:00Z");
    let old = Some("2000-01-01T00:00:00Z");
    assert!(matches!(say(old, &[("status", "closed")])[0].1, Outcome::Due(_)));
    assert!(say(old, &[("status", "open")]).is_empty());
    assert_eq!(say(old, &[])[0].1, Outcome::Unanswered);
    assert_eq!(say(None, &[("status", "closed")])[0].1, Outcome::UnknownAge);
    assert_eq!(say(Some("2026-01-15T00:00:01Z"), &[("status", "closed")])[0].1, Outcome::UnknownAge);
    assert_eq!(say(Some("0001-01-01T00:00:00Z"), &[("status", "closed")])[0].1, Outcome::UnknownAge);
    assert_eq!(say(Some("1970-01-01T00:00:00Z"), &[("status", "closed")])[0].1, Outcome::UnknownAge);
    let weak = asked(&policy, old, Source::Modified, &[("status", "closed")], &[], Asked::Record, "2026-01-15T00:00:00Z");
    assert_eq!(weak[0].1, Outcome::WeakClock);
}

#[test]
fn a_hold_goes_before_everything_that_is_due() {
    let hold = "[[hold]]\nid = \"h\"\ndatasets = [\"orders\"]\nopened = 2026-01-05\nsubjects_file = \"good.tokens\"";
    let policy = policy(&format!("{ROW}{hold}"));
    let (held, free) = (Id::new([0x77; 16]), Id::new([0x78; 16]));
    let say = |people: &[Id], time: &str| of_record(&policy, Some(time), &[], people, "2026-02-01T00:00:00Z").remove(0).1;
    assert_eq!(say(&[free, held], "2000-01-01T00:00:00Z"), Outcome::Held(0));
    assert!(matches!(say(&[free], "2000-01-01T00:00:00Z"), Outcome::Due(_)));
    // Who cannot be told may be one of them.
    assert_eq!(say(&[], "2000-01-01T00:00:00Z"), Outcome::Held(0));
    assert!(matches!(say(&[held], "2026-01-01T00:00:00Z"), Outcome::Later(_)));
}

#[test]
fn findings_are_acted_on_by_entity_category_role_and_likelihood() {
    let persons =
        "[[dataset.person]]\nrole = \"customer\"\ncolumns = [\"c_phone\"]\n[[dataset.person]]\nrole = \"rider\"\ncolumns = [\"r_phone\"]\n";
    let rule = "[[rule]]\nid = \"contact\"\ndataset = \"orders\"\nrole = \"customer\"\ncategories = [\"user.contact\"]\nafter = \"P1D\"\naction = \"null\"\n\
                [[rule]]\nid = \"pan\"\ndataset = \"*\"\nentities = [\"credit_card\"]\nafter = \"PT0S\"\naction = \"pan_truncate\"\n";
    let policy = compile(&text(CLOCK, &format!("{persons}{rule}"))).unwrap_or_else(|error| panic!("{error}"));
    let say = |entity: &str, category: &str, likelihood: Likelihood, column: &str, time: Option<&str>| {
        let finding = Asked::Finding { entity, category, likelihood, column: Some(column) };
        asked(&policy, time, Source::Column, &[], &[], finding, "2026-01-15T00:00:00Z")
    };
    let old = Some("2025-01-01T00:00:00Z");
    let phone = |likelihood, column| say("phone", "user.contact.phone", likelihood, column, old);
    assert!(matches!(phone(Likelihood::Likely, "c_phone")[..], [(_, Outcome::Due(_))]));
    assert!(matches!(phone(Likelihood::Possible, "c_phone")[..], [(_, Outcome::Unsure)]));
    assert!(phone(Likelihood::VeryLikely, "r_phone").is_empty());
    assert!(phone(Likelihood::VeryLikely, "note").is_empty());
    // At once: whatever the age, but in all datasets only what is very likely.
    let pan = |likelihood| say("credit_card", "user.financial.credit_card", likelihood, "note", None);
    assert!(matches!(pan(Likelihood::VeryLikely)[..], [(_, Outcome::Due(_))]));
    assert!(matches!(pan(Likelihood::Likely)[..], [(_, Outcome::Unsure)]));
}

#[test]
fn consent_keeps_what_has_none_to_keep_it() {
    let consent = format!("{CLOCK}\nconsent = {{ column = \"opt_in\", equals = true }}");
    let policy = compile(&text(&consent, &format!("{ROW}without_consent = true"))).expect("it is valid");
    let say = |cells: &[(&str, &str)]| of_record(&policy, Some("2000-01-01T00:00:00Z"), cells, &[], "2026-01-15T00:00:00Z");
    assert!(say(&[("opt_in", "TRUE")]).is_empty());
    assert!(matches!(say(&[("opt_in", "false")])[0].1, Outcome::Due(_)));
    assert!(say(&[("opt_in", "t")]).is_empty() && say(&[("opt_in", " yes ")]).is_empty());
    assert!(matches!(say(&[("opt_in", "0")])[0].1, Outcome::Due(_)));
    assert_eq!(say(&[("opt_in", "")])[0].1, Outcome::Unanswered);
    assert_eq!(say(&[("opt_in", "perhaps")])[0].1, Outcome::Unanswered);
    assert_eq!(say(&[])[0].1, Outcome::Unanswered);
}

#[test]
fn datasets_are_told_by_path_and_table() {
    let more = "[[dataset]]\nid = \"calls\"\ntables = [\"dumps/*.sql.gz:public.calls\", \"dumps/*.sql.gz:people\"]\n";
    let policy = policy(&format!("{more}{ROW}"));
    assert_eq!(policy.datasets_of("orders/a.csv", None), [0]);
    assert_eq!(policy.datasets_of("orders/x/a.csv", None), [0_usize; 0]);
    assert_eq!(policy.datasets_of("dumps/a.sql.gz", Some("public.calls")), [1]);
    assert_eq!(policy.datasets_of("dumps/a.sql.gz", Some("PUBLIC.People")), [1]);
    assert_eq!(policy.datasets_of("dumps/a.sql.gz", Some("calls")), [0_usize; 0]);
    assert_eq!(policy.datasets_of("dumps/a.sql.gz", None), [0_usize; 0]);
}

#[test]
fn tells_what_differs() {
    let (old, new) = (policy(ROW), policy(&ROW.replace("P5Y", "P6Y")));
    assert!(changes(&old, &old).is_empty());
    let [change] = &changes(&old, &new)[..] else { panic!("one change") };
    assert_eq!(change.what, "rule row");
    assert_eq!(change.before.as_deref(), Some("drop_record records of orders after P5Y"));
    assert_eq!(change.after.as_deref(), Some("drop_record records of orders after P6Y"));
}

#[test]
fn the_schema_names_every_key() {
    let schema = serde_json::to_value(schema()).expect("it is JSON");
    for key in ["policy", "guard", "dataset", "rule", "hold", "backup", "purpose", "recipient"] {
        assert!(schema["properties"].get(key).is_some(), "{key}");
    }
    assert!(schema["$defs"]["RuleForm"]["properties"].get("where").is_some());
}

fn times() -> impl Strategy<Value = i64> {
    // 1990 to 2060, in seconds.
    631_152_000..2_840_140_800_i64
}

proptest! {
    /// What is due stays due, and nothing is due before its time.
    #[test]
    fn due_never_goes_back(time in times(), now in times(), later in 0..400_000_000_i64, term in 0..4_usize, zone in 0..3_usize) {
        let term = ["P1M", "P180D", "P5Y", "PT36H"][term];
        let zone = ["Asia/Manila", "Europe/Berlin", "America/New_York"][zone];
        let text = text(CLOCK, &ROW.replace("P5Y", term)).replace("Asia/Manila", zone);
        let policy = compile(&text).expect("it is valid");
        let at = |seconds: i64| Timestamp::from_second(seconds).expect("in range").to_string();
        let say = |now: i64| of_record(&policy, Some(&at(time)), &[], &[], &at(now)).remove(0).1;
        match say(now) {
            Outcome::Due(since) => {
                prop_assert!(since.as_second() <= now && since.as_second() >= time);
                prop_assert_eq!(say(now + later), Outcome::Due(since));
            }
            Outcome::Later(Some(due)) => {
                prop_assert!(due.as_second() > now);
                prop_assert_eq!(say(due.as_second()), Outcome::Due(due));
                prop_assert_eq!(say(due.as_second() - 1), if time < due.as_second() { Outcome::Later(Some(due)) } else { Outcome::UnknownAge });
            }
            Outcome::UnknownAge => prop_assert!(time > now),
            other => prop_assert!(false, "{other:?}"),
        }
    }

    /// No text is a policy by chance, and none makes the reader fail.
    #[test]
    fn survives_any_text(lines in prop::collection::vec("[a-z_\\[\\]]{1,12}( = [\"0-9a-zP{}, ]{0,12})?", 0..12)) {
        prop_assert!(compile(&lines.join("\n")).is_err());
    }
}
