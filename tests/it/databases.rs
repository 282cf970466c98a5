//! Exported plans, run by PostgreSQL and MariaDB: rows that are to go are gone, all others are as they were, and what does not fit stops.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::apply::Ready;
use crate::run::Done;
use crate::servers::{Kind, Server};

const OLD: &str = "2020-01-01T00:00:00+08:00";
const YOUNG: &str = "2026-01-10T00:00:00+08:00";
const KEY: &str = "or\"der `id";

/// Keys that end a literal, a comment or a command where somebody does not take care.
const HOSTILE: [&str; 22] = [
    "O'Hara",
    "''",
    "a\\",
    "a\\'b",
    "x'; DROP TABLE orders; --",
    "$$",
    "$1",
    "$datatrawl$",
    "--",
    "# x",
    "/*!50000 x */",
    ":'id'",
    "\"q\"",
    "back`tick",
    "%_",
    "ñandú 🎂",
    "{1,2}",
    "\\copy",
    "DELIMITER ;",
    "NULL",
    "E'\\\\'",
    "日本 \u{a0} ünï",
];

struct Row {
    key: String,
    closed: bool,
    old: bool,
}

/// Rows in all combinations, the hostile ones first.
fn rows(count: usize) -> Vec<Row> {
    let keys = HOSTILE.iter().map(|key| (*key).to_owned()).chain((0..).map(|n| format!("k{n}")));
    keys.take(count).enumerate().map(|(n, key)| Row { key, closed: n % 3 == 0, old: n % 5 != 0 }).collect()
}

fn csv(rows: &[Row]) -> String {
    let mut out = format!("\"{}\",phone,iban,card,remark,status,at\n", KEY.replace('"', "\"\""));
    for row in rows {
        let (status, at) = (if row.closed { "closed" } else { "open" }, if row.old { OLD } else { YOUNG });
        let key = row.key.replace('"', "\"\"");
        writeln!(out, "\"{key}\",0917 555 0101,DE89370400440532013000,4111-1111-1111-1111,hello,{status},{at}").unwrap();
    }
    out
}

fn policy(origin: &str) -> String {
    let rule = |id: &str, column: &str, action: &str| {
        format!("[[rule]]\nid = \"{id}\"\ndataset = \"orders\"\ncolumns = [\"{column}\"]\nafter = \"P30D\"\naction = {action}\n")
    };
    let key = KEY.replace('"', "\\\"");
    format!(
        "version = 1\n[policy]\nid = \"p\"\nmodified = 2026-01-15\ntimezone = \"Asia/Manila\"\nunassigned = \"ignore\"\n\
         [guard]\nmax_records_percent = 100\n[[dataset]]\nid = \"orders\"\nmatch = [\"*\"]\nkey = [\"{key}\"]\norigin = \"{origin}\"\n\
         clock = [{{ kind = \"column\", name = \"at\" }}]\n\
         [[rule]]\nid = \"row\"\ndataset = \"orders\"\nwhere = {{ status = \"closed\" }}\nafter = \"P1Y\"\naction = \"drop_record\"\n\
         {}{}{}{}",
        rule("phone", "phone", "\"null\""),
        rule("iban", "iban", "\"mask\"\nkeep = 4"),
        rule("card", "card", "\"pan_truncate\""),
        rule("remark", "remark", "\"replace\"\nwith = \"it's \\\\ gone; -- $$\""),
    )
}

/// What a table should hold, by key.
fn expected(rows: &[Row]) -> BTreeMap<String, String> {
    let left = rows.iter().filter(|row| !(row.closed && row.old));
    left.map(|row| {
        let cells = if row.old {
            "null|******************3000|****-****-****-1111|it's \\ gone; -- $$"
        } else {
            "0917 555 0101|DE89370400440532013000|4111-1111-1111-1111|hello"
        };
        (row.key.clone(), cells.to_owned())
    })
    .collect()
}

struct Base {
    ready: Ready,
    server: Server,
}

impl Base {
    /// A plan, and a server with a new table that holds the same rows.
    fn on(server: Server, rows: &[Row], key_type: &str) -> Self {
        let kind = server.kind;
        let ready = Ready::new(&[("orders.csv", csv(rows).as_bytes())], &policy(table_of(kind).0));
        let quote = |name: &str| quoted(kind, name);
        server.run(match kind {
            Kind::Postgres => "DROP TABLE IF EXISTS public.orders",
            Kind::Mariadb => "DROP DATABASE IF EXISTS `sh``op`; CREATE DATABASE `sh``op` CHARACTER SET utf8mb4",
        });
        server.run(&format!(
            "CREATE TABLE {} ({} {key_type}, phone text, iban varchar(40), card text, remark text, status text, at text)",
            table_of(kind).1,
            quote(KEY)
        ));
        let own = Self { ready, server };
        own.load(rows);
        own
    }

    fn load(&self, rows: &[Row]) {
        self.ready.desk.write("load.csv", csv(rows));
        self.server.load(table_of(self.server.kind).1, &self.ready.desk.path("load.csv"));
    }

    /// What the table holds, asked for in a way of its own.
    fn held(&self) -> BTreeMap<String, String> {
        let (table, key) = (table_of(self.server.kind).1, quoted(self.server.kind, KEY));
        let all = match self.server.kind {
            Kind::Postgres => {
                format!(
                    "SELECT concat_ws('|', encode(convert_to({key}::text, 'UTF8'), 'hex'), coalesce(phone, 'null'), iban, card, remark) FROM {table}"
                )
            }
            Kind::Mariadb => {
                format!(
                    "SELECT concat_ws('|', lower(hex(convert({key} USING utf8mb4))), coalesce(phone, 'null'), iban, card, remark) FROM {table}"
                )
            }
        };
        let rows = self.server.run(&all);
        rows.lines().map(|line| line.split_once('|').expect("a key")).map(|(key, rest)| (unhex(key), rest.to_owned())).collect()
    }

    fn export(&self, name: &str, args: &[&str]) -> Done {
        self.ready.desk.run(&[&["plan", "export", "plan", "--format", "sql", "--out", name], args].concat())
    }

    fn run(&self, name: &str) -> Done {
        let done = self.server.run_file(&self.ready.desk.path(name));
        self.ready.desk.write("result.csv", &done.stdout);
        done
    }

    fn record(&self) -> Done {
        self.ready.desk.run(&["ledger", "record", "plan", "--external", "result.csv"])
    }

    fn statement(&self, what: &str) {
        let (table, key) = (table_of(self.server.kind).1, quoted(self.server.kind, KEY));
        self.server.run(&what.replace("TABLE", table).replace("KEY", &key));
    }
}

/// The origin, and the table's name in statements.
fn table_of(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Postgres => ("postgres:public.orders", "public.orders"),
        Kind::Mariadb => ("mariadb:sh`op.orders", "`sh``op`.orders"),
    }
}

fn quoted(kind: Kind, name: &str) -> String {
    match kind {
        Kind::Postgres => format!("\"{}\"", name.replace('"', "\"\"")),
        Kind::Mariadb => format!("`{}`", name.replace('`', "``")),
    }
}

fn unhex(text: &str) -> String {
    let bytes: Vec<u8> = (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).expect("hex")).collect();
    String::from_utf8(bytes).expect("keys are UTF-8")
}

fn key_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Postgres => "text PRIMARY KEY",
        Kind::Mariadb => "varchar(100) PRIMARY KEY",
    }
}

/// What a plan says is what the database does; a second call changes nothing; the result is what the ledger takes.
fn does_what_the_plan_says(server: Server) -> Server {
    let kind = server.kind;
    let rows = rows(40);
    let base = Base::on(server, &rows, key_type(kind));
    let before = base.held();
    assert_eq!(before.len(), rows.len());
    let done = base.export("p.sql", &[]);
    assert_eq!(done.code, 0, "{}", done.stderr);
    let done = base.run("p.sql");
    assert_eq!(done.code, 0, "{}", done.stderr);
    assert_eq!(base.held(), expected(&rows));
    let operations = done.stdout.lines().count() - 1;
    let done = base.record();
    assert_eq!(done.code, 0, "{}", done.stderr);
    assert!(done.stdout.contains(&format!("{operations} operations done, 0 open")), "{}", done.stdout);
    let ledger = std::fs::read_to_string(base.ready.desk.path("plan/ledger.jsonl")).expect("there is one");
    assert!(rows.iter().filter(|row| row.key.len() > 3).all(|row| !ledger.contains(&row.key)));
    let done = base.run("p.sql");
    assert!(done.code != 0 && done.stderr.contains("operation 0 "), "{}", done.stderr);
    assert!(!done.stdout.contains('1'), "{}", done.stdout);
    assert_eq!(base.held(), expected(&rows));
    assert_eq!(base.ready.desk.run(&["ledger", "verify", "plan/ledger.jsonl"]).code, 0);
    base.server
}

/// A batch that meets a row that is not there changes nothing; what was done before it stays done, and the rest can be done later.
fn goes_on_behind_a_batch_that_failed(server: Server) -> Server {
    let kind = server.kind;
    let rows = rows(700);
    let base = Base::on(server, &rows, key_type(kind));
    let all = base.held();
    let missing = rows.iter().rev().find(|row| row.closed && row.old).expect("one is to go");
    base.statement(&format!("DELETE FROM TABLE WHERE KEY = '{}'", missing.key));
    assert_eq!(base.export("p.sql", &[]).code, 0);
    let done = base.run("p.sql");
    assert!(done.code != 0 && done.stderr.contains("0 rows"), "{}", done.stderr);
    let (held, wanted) = (base.held(), expected(&rows));
    let (changed, untouched): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(|row| held.get(&row.key) != all.get(&row.key));
    // 500 rows are a batch; the second one is as it was.
    assert_eq!(changed.len(), 501);
    assert!(changed.iter().all(|row| held.get(&row.key) == wanted.get(&row.key)));
    assert!(untouched.iter().filter(|row| row.old).count() > 50);
    let done = base.record();
    assert!(done.code == 0 && !done.stdout.contains(" 0 open"), "{}{}", done.stdout, done.stderr);
    base.load(std::slice::from_ref(missing));
    let executor = if kind == Kind::Postgres { "postgres" } else { "mysql" };
    let done = base.export("rest.sql", &["--skip-done-by", executor]);
    assert!(done.code == 0 && done.stderr.contains("were done already"), "{}", done.stderr);
    let done = base.run("rest.sql");
    assert_eq!(done.code, 0, "{}", done.stderr);
    assert_eq!(base.held(), wanted);
    let done = base.record();
    assert!(done.stdout.contains(" 0 open"), "{}", done.stdout);
    base.server
}

/// Two rows of one key, a key that only a collation takes for the same, and an error of the database stop the batch.
fn stops_where_a_key_is_not_one_row(server: Server) -> Server {
    let kind = server.kind;
    let rows: Vec<Row> = ["a", "b", "c"].map(|key| Row { key: key.to_owned(), closed: key != "b", old: true }).into_iter().collect();
    let open_type = if kind == Kind::Postgres { "text" } else { "varchar(100)" };
    let base = Base::on(server, &rows, open_type);
    assert_eq!(base.export("p.sql", &[]).code, 0);
    base.load(&rows[2..]);
    let count = || {
        let table = table_of(kind).1;
        base.server.run(&format!("SELECT count(*) FROM {table} WHERE remark = 'hello'")).trim().to_owned()
    };
    let refused = |why: &str| {
        let before = count();
        for force in [false, true] {
            let done = if force { run_on_and_on(&base) } else { base.run("p.sql") };
            assert!(force || done.code != 0, "{why}");
            assert!(!done.stdout.contains('1'), "{why}: {}", done.stdout);
            assert_eq!(count(), before, "{why}");
        }
    };
    refused("two rows have the key c");
    base.statement("DELETE FROM TABLE WHERE KEY = 'c'");
    base.load(&[Row { key: "C".to_owned(), closed: true, old: true }]);
    refused("the row has the key C");
    base.statement("UPDATE TABLE SET KEY = 'c' WHERE KEY = 'C'");
    base.statement("UPDATE TABLE SET phone = 'x'");
    let alter = |how: &str| base.server.run(&format!("ALTER TABLE {} {how}", table_of(kind).1));
    alter(if kind == Kind::Postgres { "ALTER phone SET NOT NULL" } else { "MODIFY phone varchar(40) NOT NULL" });
    refused("phone must not be null");
    alter(if kind == Kind::Postgres { "ALTER phone DROP NOT NULL" } else { "MODIFY phone varchar(40) NULL" });
    if kind == Kind::Mariadb {
        alter("ENGINE = MyISAM");
        refused("the table has no transactions");
        alter("ENGINE = InnoDB");
    }
    assert_eq!(base.run("p.sql").code, 0);
    assert_eq!(base.held(), expected(&rows));
    base.server
}

/// A client that goes on behind errors.
fn run_on_and_on(base: &Base) -> Done {
    let path = base.ready.desk.path("p.sql");
    let mut command = base.server.client();
    match base.server.kind {
        Kind::Postgres => {
            let text = std::fs::read_to_string(&path).expect("it is text").replace("\\set ON_ERROR_STOP on", "");
            base.ready.desk.write("on.sql", text);
            command.arg("-f").arg(base.ready.desk.path("on.sql"));
        }
        Kind::Mariadb => {
            command.args(["--force", "--batch", "--skip-column-names"]).stdin(std::fs::File::open(path).expect("it is there"));
        }
    }
    Done::from(command.output().expect("the client starts"))
}

/// Statements mean the same whatever a server's modes are.
fn does_so_in_any_mode(mut server: Server) -> Server {
    let rows = rows(30);
    let modes: &[&str] = match server.kind {
        Kind::Mariadb => &[
            "SET GLOBAL sql_mode = ''",
            "SET GLOBAL sql_mode = 'NO_BACKSLASH_ESCAPES,ANSI_QUOTES,PIPES_AS_CONCAT', GLOBAL character_set_server = 'latin1'",
            "SET GLOBAL sql_mode = 'ANSI,HIGH_NOT_PRECEDENCE,STRICT_TRANS_TABLES'",
        ],
        Kind::Postgres => &["ALTER ROLE tester SET standard_conforming_strings = off; ALTER ROLE tester SET client_encoding = 'LATIN1'"],
    };
    for mode in modes {
        let of_key = key_type(server.kind);
        let base = Base::on(server, &rows, of_key);
        base.server.run(mode);
        assert_eq!(base.export("p.sql", &[]).code, 0);
        let done = base.run("p.sql");
        assert_eq!(done.code, 0, "{mode}: {}", done.stderr);
        base.server.run(match base.server.kind {
            Kind::Mariadb => "SET GLOBAL sql_mode = DEFAULT",
            Kind::Postgres => "ALTER ROLE tester RESET ALL",
        });
        assert_eq!(base.held(), expected(&rows), "{mode}");
        server = base.server;
    }
    server
}

/// A key is compared as its column's type, by its index, and as the text that it is.
fn takes_numbers_for_keys_where_they_are_spelt_alike(server: Server) -> Server {
    let row = |key: &str| Row { key: key.to_owned(), closed: true, old: true };
    let kind = server.kind;
    let rows = [row("9007199254740993"), row("7"), row("12"), Row { closed: false, ..row("12345") }];
    let base = Base::on(server, &rows, "bigint PRIMARY KEY");
    base.load(&[row("9007199254740992")]);
    assert_eq!(base.export("p.sql", &[]).code, 0);
    assert_eq!(base.run("p.sql").code, 0);
    assert_eq!(base.held().keys().collect::<Vec<_>>(), ["12345", "9007199254740992"]);
    // 007 is a key that the table spells otherwise.
    let ready = Ready::new(&[("orders.csv", csv(&[row("007"), row("8x"), row("9")]).as_bytes())], &policy(table_of(kind).0));
    let other = Base { ready, server: base.server };
    other.load(&[row("7"), row("8"), row("9")]);
    assert_eq!(other.export("p.sql", &[]).code, 0);
    assert_ne!(other.run("p.sql").code, 0);
    assert_eq!(other.held().len(), 5);
    other.server
}

/// One server serves all: to make one takes longer than what is asked of it.
fn carries_plans_out(kind: Kind) {
    let scenarios: [fn(Server) -> Server; 5] = [
        does_what_the_plan_says,
        goes_on_behind_a_batch_that_failed,
        stops_where_a_key_is_not_one_row,
        does_so_in_any_mode,
        takes_numbers_for_keys_where_they_are_spelt_alike,
    ];
    scenarios.into_iter().fold(Server::start(kind), |server, scenario| scenario(server));
}

#[test]
fn postgres_carries_a_plan_out_or_changes_nothing() {
    carries_plans_out(Kind::Postgres);
}

#[test]
fn mariadb_carries_a_plan_out_or_changes_nothing() {
    carries_plans_out(Kind::Mariadb);
}
