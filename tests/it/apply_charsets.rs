//! Plans carried out in text of other character sets than UTF-8: it stays in its own.

use crate::apply::{CLOCK, HEAD, RULES, Ready};
use crate::apply_documents;
use crate::encodings::{TEXTS, store};

/// Each format with a word of the character set on every record; a record goes, and values of another one.
fn tables(word: &str) -> [(&'static str, String, String, String); 4] {
    let old = "2020-01-01T00:00:00Z";
    let young = "2026-01-14T00:00:00Z";
    let plain = [HEAD, CLOCK, RULES].concat();
    let csv = |rows: &str| format!("id,phone,at,status,note\n{rows}");
    let row = |n: usize, phone: &str, at: &str, status: &str, mail: &str| format!("{n},{phone},{at},{status},\"{word} {mail}, {word}\"\n");
    let kept = row(3, "0917 555 0103", young, "open", "c@koreo.ph");
    let csv_before =
        csv(&[row(1, "0917 555 0101", old, "closed", "a@koreo.ph"), row(2, "0917 555 0102", old, "open", "b@koreo.ph"), kept.clone()]
            .concat());
    let csv_after = csv(&[row(2, "", old, "open", "[EMAIL]"), kept].concat());
    let element = |n: usize, phone: &str, at: &str, status: &str, mail: &str| {
        format!(
            "{{\"id\": {n}, \"phone\": {phone}, \"at\": \"{at}\", \"status\": \"{status}\", \"note\": \"{word} {mail} \\u00f1 {word}\"}}"
        )
    };
    let kept = element(3, "\"0917 555 0103\"", young, "open", "c@koreo.ph");
    let of = |rows: &[String]| format!("[\n {}\n]\n", rows.join(",\n "));
    let json_before = of(&[
        element(1, "\"0917 555 0101\"", old, "closed", "a@koreo.ph"),
        element(2, "\"0917 555 0102\"", old, "open", "b@koreo.ph"),
        kept.clone(),
    ]);
    let json_after = of(&[element(2, "null", old, "open", "[EMAIL]"), kept]);
    let line = |n: usize, cells: [&str; 3], mail: &str| format!("{n}\t{}\t{}\t{}\t{word}\\t{mail} {word}\n", cells[0], cells[1], cells[2]);
    let copy = |rows: &str| format!("CREATE TABLE t (id int);\nCOPY t (id, phone, at, status, note) FROM stdin;\n{rows}\\.\n");
    let kept = line(3, ["0917 555 0103", young, "open"], "c@koreo.ph");
    let lines =
        [line(1, ["0917 555 0101", old, "closed"], "a@koreo.ph"), line(2, ["0917 555 0102", old, "open"], "b@koreo.ph"), kept.clone()];
    let sql_before = copy(&lines.concat());
    let sql_after = copy(&[line(2, ["\\N", old, "open"], "[EMAIL]"), kept].concat());
    let log =
        |mails: [&str; 2]| format!("2025-01-01 10:00:00 {word} {} {word}\n2026-01-14 10:00:00 {word} {} {word}\n", mails[0], mails[1]);
    let log_rules = "[[rule]]\nid = \"mail\"\ndataset = \"orders\"\nentities = [\"email\"]\nafter = \"P30D\"\naction = \"redact\"\n";
    let log_policy = [HEAD, "clock = [{ kind = \"log\" }]\n", log_rules].concat();
    [
        ("a.csv", plain.clone(), csv_before, csv_after),
        ("a.json", apply_documents::policy("[]."), json_before, json_after),
        ("a.sql", plain, sql_before, sql_after),
        ("a.log", log_policy, log(["a@koreo.ph", "b@koreo.ph"]), log(["[EMAIL]", "b@koreo.ph"])),
    ]
}

#[test]
fn text_stays_in_its_character_set() {
    let marked =
        [("utf-16le", "naïve 東京 😀"), ("utf-16be", "naïve 東京 😀"), ("utf-32le", "naïve 東京 😀"), ("utf-32be", "naïve 東京 😀")];
    let all = TEXTS.iter().map(|text| (text, "")).chain(marked.iter().map(|text| (text, "\u{FEFF}")));
    for ((charset, word), mark) in all {
        for (name, policy, before, after) in tables(&word.replace(',', " ")) {
            let stored = |text: &str| store(charset, &format!("{mark}{text}"));
            let ready = Ready::new(&[(name, &stored(&before))], &policy);
            let done = ready.apply();
            assert_eq!(done.code, 0, "{charset} {name}: {}{}", done.stdout, done.stderr);
            assert!(ready.read(name) == stored(&after), "{charset} {name}: {}", String::from_utf8_lossy(&ready.read(name)));
            assert!(ready.is_clean());
        }
    }
}

#[test]
fn what_a_character_set_cannot_spell_is_not_written() {
    let [(name, policy, before, _), ..] = tables("Bestellung für Frühstück Straße über Größe");
    let policy = policy.replace(
        "columns = [\"phone\"]\nafter = \"P30D\"\naction = \"null\"",
        "columns = [\"phone\"]\nafter = \"P30D\"\naction = \"replace\"\nwith = \"東京\"",
    );
    let stored = store("windows-1252", &before);
    let ready = Ready::new(&[(name, &stored)], &policy);
    let done = ready.apply();
    assert_eq!(done.code, 5, "{}", done.stdout);
    assert!(done.stdout.contains("failed       a.csv: its character set cannot spell what is written"), "{}", done.stdout);
    assert!(ready.read(name) == stored && ready.is_clean());
}

#[test]
fn bytes_that_a_character_set_writes_in_two_ways_leave_the_file() {
    let [(name, policy, before, _), ..] = tables("ご注文の件でお電話ください。東京都渋谷区");
    let mut stored = store("shift_jis", &before);
    // The last sign of the table, in the form of another maker: it reads as 纊 and is written as FA5C.
    let at = stored.len() - 4;
    stored.splice(at..at, [0xED, 0x40]);
    let ready = Ready::new(&[(name, &stored)], &policy);
    let done = ready.apply();
    assert_eq!(done.code, 5, "{}", done.stdout);
    assert!(done.stdout.contains("unsupported  a.csv: it holds bytes"), "{}", done.stdout);
    assert!(ready.read(name) == stored && ready.is_clean());
}

#[test]
fn blocks_of_converted_text_may_end_anywhere() {
    let rows = |after: bool| {
        let row = |n: usize| {
            let (status, goes) = if n.is_multiple_of(5) { ("closed", after) } else { ("open", false) };
            let mail = if after { "[EMAIL]".to_owned() } else { format!("m{n}@koreo.ph") };
            (!goes).then(|| format!("{n},,2020-01-01T00:00:00Z,{status},naïve 東京 😀 {mail} — и так далее\n"))
        };
        format!("id,phone,at,status,note\n{}", (0..12_000).filter_map(row).collect::<String>())
    };
    for charset in ["utf-16le", "gb18030"] {
        let rows = |after| {
            if charset == "gb18030" {
                rows(after).replace("naïve 東京 😀", "请联系我们关于您的订单 送餐地址")
            } else {
                rows(after)
            }
        };
        let stored = store(charset, &rows(false));
        let ready = Ready::new(&[("a.csv", &stored)], &[HEAD, CLOCK, RULES].concat());
        let done = ready.apply();
        assert_eq!(done.code, 0, "{charset}: {}{}", done.stdout, done.stderr);
        assert!(ready.read("a.csv") == store(charset, &rows(true)), "{charset}");
    }
}
