//! SQL dumps as the tools of five databases write them: tables, columns, tuples, lines, strings.

use crate::run::{Desk, Row, number, of, scan_one, text, values};

/// Entity, table, column and record of each finding.
fn places(rows: &[Row]) -> Vec<(String, String, String, usize)> {
    let place =
        |row: &Row| (text(row, "entity").into(), text(row, "table_name").into(), text(row, "column_name").into(), number(row, "record"));
    let mut places: Vec<_> = rows.iter().map(place).collect();
    places.sort_by_key(|place| place.3);
    places
}

fn place(entity: &str, table: &str, column: &str, record: usize) -> (String, String, String, usize) {
    (entity.into(), table.into(), column.into(), record)
}

const POSTGRES: &str = r"--
-- PostgreSQL database dump
--
\restrict abc
SET client_encoding = 'UTF8';
CREATE FUNCTION public.f() RETURNS text LANGUAGE sql AS $_$ SELECT 'it''s; (' $_$;
CREATE TABLE public.riders (
    id integer DEFAULT nextval('a;b'::regclass) NOT NULL,
    mail character varying(80),
    CONSTRAINT riders_pkey PRIMARY KEY (id)
);
COPY public.riders (id, mail, note) FROM stdin;
1	ana@kusina.ph	\N
2	\N	mail ben\100kusina.ph or\tcarla@kusina.ph
\.

INSERT INTO public.staff (id, mail) VALUES (7, 'dino@kusina.ph'), (8, E'o\'hara@kusina.ph');
COMMENT ON TABLE public.staff IS 'ask eva@kusina.ph';
";

#[test]
fn reads_what_pg_dump_writes() {
    let rows = scan_one("dump.sql", POSTGRES);
    assert_eq!(
        places(&rows),
        [
            place("email", "public.riders", "mail", 0),
            place("email", "public.riders", "note", 1),
            place("email", "public.riders", "note", 1),
            place("email", "public.staff", "mail", 2),
            place("email", "public.staff", "mail", 3),
            place("email", "", "", 4),
        ]
    );
    let found = values(&rows, "email", POSTGRES.as_bytes());
    assert!(found.contains(&"carla@kusina.ph") && found.contains(&"eva@kusina.ph"), "{found:?}");
    let first = of(&rows, "email").find(|row| number(row, "record") == 0).expect("record 0");
    assert_eq!((text(first, "format"), number(first, "line"), number(first, "column_index")), ("sql_dump", 13, 1));
    let (start, end) = (number(first, "record_start"), number(first, "record_end"));
    assert_eq!(&POSTGRES[start..end], "1\tana@kusina.ph\t\\N");
    let third = of(&rows, "email").find(|row| number(row, "record") == 2).expect("record 2");
    assert_eq!(&POSTGRES[number(third, "record_start")..number(third, "record_end")], "(7, 'dino@kusina.ph')");
}

const MYSQL: &str = r#"-- MySQL dump 10.13  Distrib 8.0.36
/*!40101 SET NAMES utf8mb4 */;
CREATE TABLE `customers` (
  `id` bigint NOT NULL AUTO_INCREMENT COMMENT 'a, b (c)',
  `e-mail` varchar(255) DEFAULT 'x''y',
  `note` text,
  `raw` blob,
  PRIMARY KEY (`id`),
  KEY `k` (`e-mail`)
) ENGINE=InnoDB;
LOCK TABLES `customers` WRITE;
/*!40000 ALTER TABLE `customers` DISABLE KEYS */;
INSERT INTO `customers` VALUES (1,'ana@kusina.ph','it\'s (ben@kusina.ph), ok; \"yes\"',NULL),(2,"carla@kusina.ph",'a\\',0x64696E6F406B7573696E612E7068),(3,'x','y',_binary 'eva@kusina.ph');
UNLOCK TABLES;
DELIMITER ;;
CREATE TRIGGER t BEFORE INSERT ON customers FOR EACH ROW BEGIN SET @a = 'z'; SET @b = 1; END ;;
DELIMITER ;
INSERT IGNORE INTO db.`other` (a, `b`) VALUES (1, CONCAT('fe', '@kusina.ph'));
"#;

#[test]
fn reads_what_mysqldump_writes() {
    let desk = Desk::with(&[("dump.txt", MYSQL.as_bytes())]);
    let rows = desk.scan(&[]);
    assert_eq!(
        places(&rows),
        [
            place("email", "customers", "e-mail", 0),
            place("email", "customers", "note", 0),
            place("email", "customers", "e-mail", 1),
            place("email", "customers", "raw", 1),
            place("email", "customers", "raw", 2),
        ]
    );
    let hex = of(&rows, "email").find(|row| number(row, "record") == 1 && text(row, "column_name") == "raw").expect("hex");
    assert_eq!(text(hex, "preview"), "d***@***.ph");
    assert_eq!(&MYSQL[number(hex, "byte_start")..number(hex, "byte_end")], "64696E6F406B7573696E612E7068");
    let object = desk.object("dump.txt");
    assert_eq!((text(&object, "status"), number(&object, "records")), ("scanned", 4));
    let columns = desk.columns();
    let other: Vec<_> = columns.iter().filter(|row| text(row, "table_name") == "db.other").map(|row| text(row, "column_name")).collect();
    assert_eq!(other, ["a", "b"]);
    assert!(columns.iter().filter(|row| text(row, "table_name") == "customers").all(|row| number(row, "row_count") == 3));
}

#[test]
fn reads_what_sqlite_writes() {
    let dump = "PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\nCREATE TABLE users(id INTEGER PRIMARY KEY, mail TEXT, path TEXT);\n\
                INSERT INTO users VALUES(1,'ana@kusina.ph','C:\\');\nINSERT INTO users VALUES(2,replace('ben@kusina.ph\\n','\\n',char(10)),X'616E61');\nCOMMIT;\n";
    let rows = scan_one("a", dump);
    assert_eq!(places(&rows), [place("email", "users", "mail", 0), place("email", "users", "mail", 1)]);
}

#[test]
fn reads_scripts_of_sql_server() {
    let dump = "USE [shop]\nGO\nSET IDENTITY_INSERT [dbo].[Users] ON\nGO\nINSERT [dbo].[Users] ([Id], [Mail]) VALUES (1, N'ana@kusina.ph')\n\
                INSERT [dbo].[Users] ([Id], [Mail]) VALUES (2, N'ben@kusina.ph')\nGO\n";
    let rows = scan_one("a.sql", dump);
    assert_eq!(places(&rows), [place("email", "dbo.Users", "Mail", 0), place("email", "dbo.Users", "Mail", 1)]);
}

#[test]
fn a_dump_that_is_cut_off_is_read_to_its_end() {
    for dump in [
        "INSERT INTO t (id, mail) VALUES (1,'ana@kusina.ph'),(2,'ben@kusina.ph",
        "CREATE TABLE t (id int, mail text);\nCOPY t FROM stdin;\n1\tana@kusina.ph\n2\tben@kusina.ph",
    ] {
        let rows = scan_one("a.sql", dump);
        assert_eq!(values(&rows, "email", dump.as_bytes()), ["ana@kusina.ph", "ben@kusina.ph"], "{dump}");
        assert!(rows.iter().all(|row| text(row, "table_name") == "t" || number(row, "record") == 1));
    }
}

#[test]
fn a_quote_that_nothing_closes_does_not_hide_the_rest() {
    let tuple = "INSERT INTO t (id, mail) VALUES (1,'ana@kusina.ph');\n";
    let dump = format!("{tuple}INSERT INTO t VALUES (2,'stray);\n{}{}", "SELECT 1;\n".repeat(150_000), tuple.replace("'", ""));
    let desk = Desk::with(&[("a.sql", dump.as_bytes())]);
    let rows = desk.scan(&[]);
    assert_eq!(of(&rows, "email").count(), 2);
    assert_eq!(desk.object("a.sql")["status"], "partial");
}

#[test]
fn names_of_tables_that_are_values_show_as_their_entity() {
    let dump = "INSERT INTO `ana.reyes@kusina.ph` (`ben@kusina.ph`) VALUES ('carla@kusina.ph');\n";
    let desk = Desk::with(&[("a.sql", dump.as_bytes())]);
    let rows = desk.scan(&[]);
    let found = of(&rows, "email").find(|row| number(row, "record") == 0 && !text(row, "column_name").is_empty()).expect("the cell");
    assert_eq!((text(found, "table_name"), text(found, "column_name")), ("{email}", "{email}"));
}

#[test]
fn prose_with_a_statement_in_it_is_text() {
    for prose in [
        "How to insert:\nINSERT INTO t VALUES (1,'ana@kusina.ph');\n",
        "Select a seat.\nana@kusina.ph\n",
        "Use this guide well\nInsert the key into the lock, ana@kusina.ph\n",
    ] {
        assert!(scan_one("a.txt", prose).iter().all(|row| text(row, "format") == "text"), "{prose}");
    }
}

#[test]
fn the_table_that_was_made_keeps_its_columns_beside_lists_of_others() {
    let dump = "CREATE TABLE t (id int, email text, phone text);\nINSERT INTO t (phone,email) VALUES ('1','ana@kusina.ph');\n\
                INSERT INTO t VALUES (1,'ben@kusina.ph','5');\n";
    assert_eq!(places(&scan_one("a.sql", dump)), [place("email", "t", "email", 0), place("email", "t", "email", 1)]);
}

#[test]
fn a_table_made_like_another_has_its_columns() {
    for like in
        ["CREATE TABLE b.u (LIKE t INCLUDING ALL, note text);", "CREATE TABLE b.u LIKE `t`;", "CREATE TABLE b.u (id int, like a.t);"]
    {
        let dump = format!("CREATE TABLE t (mail text, id int);\n{like}\nINSERT INTO b.u VALUES ('ana@kusina.ph',1);\n");
        assert_eq!(places(&scan_one("a.sql", &dump)), [place("email", "b.u", "mail", 0)], "{like}");
    }
}

#[test]
fn what_values_say_of_databases_changes_nothing() {
    let standard = "SET x=1;\nCREATE TABLE t (id int, d text, email text);\nINSERT INTO t VALUES (1,'C:\\dir\\','ana@kusina.ph');\n\
                    INSERT INTO t VALUES (2,'z','ben@kusina.ph');\n";
    assert_eq!(places(&scan_one("a.sql", standard)), [place("email", "t", "email", 0), place("email", "t", "email", 1)]);
    let mysql = "-- MySQL dump 10.13\nCREATE TABLE `t` (`id` int, # don't\n`n` text, `email` text);\n\
                 INSERT INTO `t` VALUES (1,'see PostgreSQL database dump','x'),(2,'it\\'s','ana@kusina.ph'),(3,'o\\'k','ben@kusina.ph');\n";
    assert_eq!(places(&scan_one("a.sql", mysql)), [place("email", "t", "email", 1), place("email", "t", "email", 2)]);
}

#[test]
fn a_table_whose_name_is_hidden_has_its_rows_counted() {
    let dump = "INSERT INTO `backup_ana@kusina.ph` (em) VALUES ('x.y@kusina.ph'),('z.z@kusina.ph');\n";
    let desk = Desk::with(&[("a.sql", dump.as_bytes())]);
    desk.scan(&[]);
    assert!(desk.columns().iter().all(|row| number(row, "row_count") == 2));
}

#[test]
fn statements_that_never_end_count_no_records() {
    let dump = format!("INSERT INTO t (id) VALUES (1)\n{}", "SELECT id, name FROM customers WHERE x\n".repeat(60_000));
    let desk = Desk::with(&[("a.sql", dump.as_bytes())]);
    desk.scan(&[]);
    assert_eq!(number(&desk.object("a.sql"), "records"), 1);
}

#[test]
fn overlaps_between_records_are_settled() {
    // An apostrophe may stand in the local part of an e-mail address.
    let dump = "CREATE TABLE t (a int, b text);\nINSERT INTO t VALUES (1,'x');\n219-09-9999'ana.reyes@kusina.ph\n";
    assert_eq!(scan_one("a.sql", dump).iter().map(|row| text(row, "entity")).collect::<Vec<_>>(), ["email"]);
}

/// Column, record and value as it is stored, of each e-mail address.
fn mails(name: &str, dump: &str) -> (String, Vec<(String, usize, String)>) {
    let desk = Desk::with(&[(name, dump.as_bytes())]);
    let rows = desk.scan(&[]);
    let mut found: Vec<_> = of(&rows, "email")
        .map(|row| {
            let (start, end) = (number(row, "byte_start"), number(row, "byte_end"));
            (start, (text(row, "column_name").to_owned(), number(row, "record"), dump[start..end].to_owned()))
        })
        .collect();
    found.sort();
    (text(&desk.object(name), "status").to_owned(), found.into_iter().map(|found| found.1).collect())
}

fn mail(column: &str, record: usize, spelt: &str) -> (String, usize, String) {
    (column.to_owned(), record, spelt.to_owned())
}

#[test]
fn copy_is_read_as_its_options_say() {
    let rows = "1,ana@kusina.ph,\"a \"\"b\"\"\nben@kusina.ph\"\n2,,x\n3,\"cy@kusina.ph\",\n\\.\n";
    for options in ["WITH (FORMAT csv)", "with (format 'csv', NULL '')", "WITH CSV", "csv DELIMITER AS ','"] {
        let dump = format!(
            "SET x = 1;\nCOPY public.t (id, mail, note) FROM stdin {options};\n{rows}INSERT INTO t (mail) VALUES ('dan@kusina.ph');\n"
        );
        let wanted = [
            mail("mail", 0, "ana@kusina.ph"),
            mail("note", 0, "ben@kusina.ph"),
            mail("mail", 2, "cy@kusina.ph"),
            mail("mail", 3, "dan@kusina.ph"),
        ];
        assert_eq!(mails("a.sql", &dump), ("scanned".to_owned(), wanted.to_vec()), "{options}");
    }
    let other = "SET x = 1;\nCOPY t (id, mail) FROM STDIN WITH (FORMAT csv, HEADER, DELIMITER ';', QUOTE '''', ESCAPE '\\');\nid;mail\n1;'an\\'a@kusina.ph'\n\\.\n\
                 COPY t (id, mail) FROM STDIN (DELIMITER '|');\n2|x\\|ben@kusina.ph\n\\.\nCOPY t FROM stdin WITH (FORMAT binary);\n";
    let (status, found) = mails("a.sql", other);
    assert_eq!((status.as_str(), found), ("scanned", vec![mail("mail", 0, "an\\'a@kusina.ph"), mail("mail", 1, "ben@kusina.ph")]));
}

#[test]
fn strings_and_bytes_of_all_kinds_are_decoded() {
    let hex: String = "ana@kusina.ph".bytes().map(|byte| format!("{byte:02x}")).collect();
    let postgres = format!(
        "SET x = 1;\nCREATE TABLE t (a text, raw bytea, c text);\nINSERT INTO t VALUES (E'ben\\x40kusina.ph\\u0021', '\\x{hex}', E'\\\\x{hex}');\n\
         COPY t (a, raw, c) FROM stdin;\nx\t\\\\x{hex}\ty\n\\.\nCOPY t (a, raw, c) FROM stdin csv;\nx,\\x{hex},y\n\\.\n"
    );
    let wanted = [mail("a", 0, "ben\\x40kusina.ph"), mail("raw", 0, &hex), mail("c", 0, &hex), mail("raw", 1, &hex), mail("raw", 2, &hex)];
    assert_eq!(mails("a.sql", &postgres), ("scanned".to_owned(), wanted.to_vec()));
    let mysql = format!(
        "-- MySQL dump 10.13\nCREATE TABLE `t` (`a` text, `raw` blob);\nINSERT INTO `t` VALUES ('\\x61',_binary 0x{hex}),('x',_binary X'{hex}');\n\
         INSERT INTO `t` VALUES ROW('x',0x{hex}), ROW('ben@kusina.ph', NULL);\n"
    );
    let wanted = [mail("raw", 0, &hex), mail("raw", 1, &hex), mail("raw", 2, &hex), mail("a", 3, "ben@kusina.ph")];
    assert_eq!(mails("a.sql", &mysql), ("scanned".to_owned(), wanted.to_vec()));
    let oracle = "REM INSERTING into T\nSET DEFINE OFF;\nInsert into T (ID,MAIL,NOTE) values (1,q'[it's (ana@kusina.ph)]',nQ'!a'b!');\n\
                  Insert into T (ID,MAIL,NOTE) values (2,'ben@kusina.ph',q'{,}');\n";
    assert_eq!(mails("a.sql", oracle), ("scanned".to_owned(), vec![mail("MAIL", 0, "ana@kusina.ph"), mail("MAIL", 1, "ben@kusina.ph")]));
}

#[test]
fn a_leaf_whose_last_statement_never_ends_is_partial() {
    let whole = "INSERT INTO t (id, mail) VALUES (1,'ana@kusina.ph');\n";
    for open in [
        "INSERT INTO t VALUES (2,'stray);\nSELECT 1;\n",
        "INSERT INTO t VALUES (2,'x'",
        "COPY t (id, mail) FROM stdin;\n2\tx\n",
        "COPY t (id, mail) FROM stdin csv;\n2,\"x\n",
        "/* no end\nSELECT 1;\n",
        "CREATE TABLE t (id int,\n",
        "SELECT $$ no end;\n",
    ] {
        assert_eq!(mails("a.sql", &format!("{whole}{open}")).0, "partial", "{open}");
    }
    for closed in ["COMMIT", "SELECT 1\n", "-- don't", "INSERT INTO t VALUES (2,'x')\n", "COPY t (id, mail) FROM stdin;\n2\tx\n\\."] {
        assert_eq!(mails("a.sql", &format!("{whole}{closed}")).0, "scanned", "{closed}");
    }
}
