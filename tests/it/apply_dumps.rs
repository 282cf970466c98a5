//! Plans carried out in SQL dumps: values are spelt as they were, records go with what parts them, and the dump still loads.

use crate::apply::{CLOCK, HEAD, RULES, Ready};

fn policy() -> String {
    [HEAD, CLOCK, RULES].concat()
}

fn carried(before: &str, policy: &str) -> String {
    let ready = Ready::new(&[("a.sql", before.as_bytes())], policy);
    let done = ready.apply();
    assert_eq!(done.code, 0, "{}{}", done.stdout, done.stderr);
    assert!(ready.is_clean());
    ready.text("a.sql")
}

/// Why and where something is kept.
fn kept(before: &str, policy: &str) -> Vec<(String, String)> {
    let ready = Ready::new(&[("a.sql", before.as_bytes())], policy);
    let review = crate::run::table(&ready.desk.path("plan/review.parquet"));
    let rows = review.iter().map(|row| (crate::run::text(row, "why").to_owned(), crate::run::text(row, "column_name").to_owned()));
    rows.collect()
}

const OLD: &str = "2020-01-01 00:00:00+08";
const YOUNG: &str = "2026-01-14 00:00:00+08";

/// The same text with times filled in.
fn dump(text: &str) -> String {
    text.replace("OLD", OLD).replace("YOUNG", YOUNG)
}

const POSTGRES: &str = "--\n-- PostgreSQL database dump\n--\n\nSET standard_conforming_strings = on;\n\n\
    CREATE TABLE public.t (\n    id integer NOT NULL,\n    phone text,\n    at timestamptz,\n    status text,\n    note text\n);\n\n";

#[test]
fn lines_of_a_copy() {
    let before = dump(&format!(
        "{POSTGRES}COPY public.t (id, phone, at, status, note) FROM stdin;\n\
         1\t0917 555 0101\tOLD\tclosed\tgone\n\
         2\t0917 555 0102\tOLD\topen\tsaid\\tb@koreo.ph\\\\ and \\N \\101 c@koreo.ph\\n\n\
         3\t\\N\tYOUNG\topen\td@koreo.ph -- \\\\.\n\
         4\t\tOLD\tclosed\tgone\n\
         \\.\n\n\n-- done\nSELECT 1;\n"
    ));
    let after = dump(&format!(
        "{POSTGRES}COPY public.t (id, phone, at, status, note) FROM stdin;\n\
         2\t\\N\tOLD\topen\tsaid\\t[EMAIL]\\\\ and \\N \\101 [EMAIL]\\n\n\
         3\t\\N\tYOUNG\topen\td@koreo.ph -- \\\\.\n\
         \\.\n\n\n-- done\nSELECT 1;\n"
    ));
    assert_eq!(carried(&before, &policy()), after);
    let csv = before.replace("FROM stdin;", "FROM stdin WITH CSV;").replace('\t', ",").replace("\\t", " ").replace("\\N", "");
    let csv_after = after.replace("FROM stdin;", "FROM stdin WITH CSV;").replace('\t', ",").replace("\\t", " ").replace("\\N", "");
    assert_eq!(carried(&csv, &policy()), csv_after);
}

#[test]
fn strings_of_each_kind() {
    let rows = "INSERT INTO public.t (id, phone, at, status, note) VALUES (1, '0917 555 0101', 'OLD', 'closed', 'gone; really');\n\
        INSERT INTO public.t (id, phone, at, status, note) VALUES (2, '0917 555 0102', 'OLD', 'open', 'it''s b@koreo.ph\nand \\ '' );');\n\
        INSERT INTO public.t (id, phone, at, status, note)\n  VALUES (3, E'0917\\u0020555 0103'::text, 'OLD', 'open', E'\\\\ c@koreo.ph \\'x\\' \\101');\n\
        INSERT INTO public.t (id, phone, at, status, note) VALUES (4, 639175550104, 'OLD', 'open', $q$ d@koreo.ph '; $$ $q$), -- here\n\
        \x20 (5, NULL, 'YOUNG', 'open', 'e@koreo.ph'), (6, N'0917 555 0106', 'OLD', 'closed', 'gone')\n\
        \x20 ON CONFLICT (id) DO NOTHING;\n\
        INSERT INTO public.t VALUES (7, 'x', 'OLD', 'closed', 'gone'), (8, 'x', 'OLD', 'closed', 'gone') ON CONFLICT DO NOTHING RETURNING id;\n\
        -- the end\nCOMMIT;\n";
    let wanted = "INSERT INTO public.t (id, phone, at, status, note) VALUES (2, NULL, 'OLD', 'open', 'it''s [EMAIL]\nand \\ '' );');\n\
        INSERT INTO public.t (id, phone, at, status, note)\n  VALUES (3, NULL, 'OLD', 'open', E'\\\\ [EMAIL] \\'x\\' \\101');\n\
        INSERT INTO public.t (id, phone, at, status, note) VALUES (4, NULL, 'OLD', 'open', $q$ [EMAIL] '; $$ $q$), -- here\n\
        \x20 (5, NULL, 'YOUNG', 'open', 'e@koreo.ph')\n\
        \x20 ON CONFLICT (id) DO NOTHING;\n\
        -- the end\nCOMMIT;\n";
    assert_eq!(carried(&dump(&format!("{POSTGRES}{rows}")), &policy()), dump(&format!("{POSTGRES}{wanted}")));
}

const MYSQL: &str = "-- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)\n--\n/*!40101 SET NAMES utf8mb4 */;\n\
    DROP TABLE IF EXISTS `t`;\nCREATE TABLE `t` (\n  `id` int NOT NULL,\n  `phone` varchar(40) DEFAULT NULL,\n  `at` varchar(40),\n  \
    `status` varchar(9),\n  `note` text\n) ENGINE=InnoDB;\nLOCK TABLES `t` WRITE;\n/*!40000 ALTER TABLE `t` DISABLE KEYS */;\n";
const MYSQL_END: &str = "/*!40000 ALTER TABLE `t` ENABLE KEYS */;\nUNLOCK TABLES;\n-- Dump completed\n";

#[test]
fn extended_inserts() {
    let rows = "INSERT INTO `t` VALUES (1,'0917 555 0101','OLD','closed','gone'),(2,'0917 555 0102','OLD','open','it\\'s b@koreo.ph\\n\\\\ \\0 \\\"'),\
        (3,_utf8mb4'0917 555 0103','OLD','open',\"c@koreo.ph \"\"x\"\" '\"),(4,0x30393137,'OLD','open',x'64406b6f72656f2e7068'),(5,NULL,'YOUNG','open','e@koreo.ph');\n\
        INSERT INTO `t` VALUES (6,NULL,'OLD','closed','gone'),\n(7,NULL,'OLD','closed','gone') ON DUPLICATE KEY UPDATE `note`='x;y';\n\
        INSERT INTO `t` VALUES\n(8,NULL,'OLD','closed','gone'),\n(9,NULL,'YOUNG','open','a'),\n# a remark, with a comma\n(10,NULL,'OLD','closed','gone');\n";
    let wanted = "INSERT INTO `t` VALUES (2,NULL,'OLD','open','it\\'s [EMAIL]\\n\\\\ \\0 \\\"'),\
        (3,NULL,'OLD','open',\"[EMAIL] \"\"x\"\" '\"),(4,NULL,'OLD','open',x'5b454d41494c5d'),(5,NULL,'YOUNG','open','e@koreo.ph');\n\
        INSERT INTO `t` VALUES\n(9,NULL,'YOUNG','open','a')\n# a remark, with a comma\n;\n";
    let (before, after) = (dump(&format!("{MYSQL}{rows}{MYSQL_END}")), dump(&format!("{MYSQL}{wanted}{MYSQL_END}")));
    assert_eq!(carried(&before, &policy()), after);
}

#[test]
fn what_cannot_be_spelt_is_left_and_told() {
    let rows = "INSERT INTO public.t VALUES (1, 'x' || 'y', 'OLD', 'open', lower('b@koreo.ph') || 'x'), (2, 'z' /* note */, 'OLD', 'open', 'c@koreo.ph');\n\
        COPY public.t (id, phone, at, status, note) FROM stdin WITH NULL '';\n3\t0917 555 0103\tOLD\topen\td@koreo.ph\n\\.\n";
    let before = dump(&format!("{POSTGRES}{rows}"));
    let said = kept(&before, &policy());
    let unfit = |column: &str| ("unfit".to_owned(), column.to_owned());
    assert_eq!(said, [unfit("note"), unfit("phone"), unfit("phone")]);
    let after = before.replace("'x' || 'y'", "NULL").replace("c@koreo.ph", "[EMAIL]").replace("d@koreo.ph", "[EMAIL]");
    assert_eq!(carried(&before, &policy()), after);
}

#[test]
fn a_statement_whose_end_is_not_told_leaves_the_file() {
    let before = dump(&format!(
        "{MYSQL}/*!50000 INSERT INTO `t` VALUES (1,NULL,'OLD','closed','x') */;\nINSERT INTO `t` VALUES (2,NULL,'OLD','open','b@koreo.ph');\n"
    ));
    let ready = Ready::new(&[("a.sql", before.as_bytes())], &policy());
    let done = ready.apply();
    assert_eq!(done.code, 5, "{}", done.stdout);
    assert!(done.stdout.contains("conditional comment"), "{}", done.stdout);
    assert_eq!(ready.text("a.sql"), before);
}

#[test]
fn a_dump_of_sqlite_still_loads() {
    let mut rows = String::new();
    for n in 0..3_000 {
        let (at, status) = [("OLD", "closed"), ("OLD", "open"), ("YOUNG", "open")][n % 3];
        rows += &format!("INSERT INTO t VALUES({n},'0917 555 {n:04}','{at}','{status}','it''s m{n}@koreo.ph; -- )\n/* x');\n");
    }
    let head = "PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\n\
        CREATE TABLE t(id INTEGER PRIMARY KEY, phone TEXT, at TEXT, status TEXT, note TEXT);\n";
    // What a trigger writes is no record.
    let tail = dump(
        "CREATE INDEX i ON t(at);\nCREATE TRIGGER r AFTER DELETE ON t BEGIN\n  INSERT INTO t VALUES(9001,'x','OLD','closed','a@koreo.ph');\n\
         \x20 INSERT INTO t VALUES(9002,'x','OLD','open','b@koreo.ph');\nEND;\nCOMMIT;\n",
    );
    let before = dump(&format!("{head}{rows}{tail}"));
    let ready = Ready::new(&[("a.sql", before.as_bytes())], &policy());
    assert_eq!(ready.apply().code, 0);
    let script = "import sqlite3, sys\ndb = sqlite3.connect(':memory:')\ndb.executescript(open(sys.argv[1]).read())\n\
        print(db.execute(\"select count(*), sum(phone is null), sum(note like '%[EMAIL]; -- )%/* x'), sum(note like '%koreo%'), min(id) from t\").fetchone())\n";
    let python = std::env::var_os("DATATRAWL_PYTHON").expect("no DATATRAWL_PYTHON: run the tests with ./test");
    let python =
        std::process::Command::new(python).args(["-c", script]).arg(ready.desk.path("in/a.sql")).output().expect("there is Python");
    assert_eq!(String::from_utf8_lossy(&python.stdout), "(2000, 1000, 1000, 1000, 1)\n", "{}", String::from_utf8_lossy(&python.stderr));
    assert!(ready.text("a.sql").starts_with(head) && ready.text("a.sql").ends_with(&tail));
}

#[test]
fn the_policy_of_the_samples_is_carried_out_in_their_dump() {
    let samples = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    let before = std::fs::read_to_string(samples.join("exports/dumps/crm.pg.sql")).expect("there is a dump");
    let policy = std::fs::read_to_string(samples.join(".datatrawl/policy.toml")).expect("there is a policy");
    let ready = Ready::new(&[("exports/dumps/crm.pg.sql", before.as_bytes())], &policy);
    let done = ready.apply();
    assert_eq!(done.code, 0, "{}{}", done.stdout, done.stderr);
    let (mut phones, mut cards) = (0, 0);
    let line = |line: &str| {
        let parts: Vec<&str> = line.split('\'').collect();
        let ["INSERT INTO public.calls (id, called_at, caller_phone, remark) VALUES (", _, _, at, _, phone, ..] = parts[..] else {
            return line.to_owned();
        };
        let is_old = at[..10].parse::<jiff::civil::Date>().expect("a date") < jiff::civil::date(2025, 12, 16);
        let phone = format!("'{phone}'");
        let line = if is_old { line.replacen(&phone, "NULL", 1) } else { line.to_owned() };
        phones += usize::from(is_old);
        // Digits without anything between them are not likely enough for a rule that is for all files.
        let Some(at) = line.find("gave card ").map(|at| at + 10).filter(|at| !line.as_bytes()[at + 4].is_ascii_digit()) else {
            return line;
        };
        cards += 1;
        let end = at + line[at..].find(|c: char| !(c.is_ascii_digit() || c == '-' || c == ' ')).expect("a card ends");
        let hidden: String = line[at..end - 4].chars().map(|c| if c.is_ascii_digit() { '*' } else { c }).collect();
        format!("{}{hidden}{}", &line[..at], &line[end - 4..])
    };
    let after: String = before.split_inclusive('\n').map(line).collect();
    assert!(phones > 5 && cards > 0, "{phones} {cards}");
    let text = ready.text("exports/dumps/crm.pg.sql");
    assert_eq!(text.lines().collect::<Vec<_>>().len(), after.lines().count());
    text.lines().zip(after.lines()).for_each(|(line, wanted)| assert_eq!(line, wanted));
}
