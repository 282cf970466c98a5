//! SQL dumps of several systems.

use crate::Target;

pub const TARGET: Target = Target {
    name: "sql",
    path: "a.sql",
    seeds,
    words: &[
        b"INSERT INTO t VALUES ",
        b"CREATE TABLE t (",
        b"COPY t (a, b) FROM stdin;\n",
        b"COPY t FROM stdin WITH (FORMAT csv, HEADER);\n",
        b"\\.\n",
        b"\\N",
        b"\t",
        b"'",
        b"''",
        b"\\'",
        b"\"",
        b"`",
        b"(",
        b")",
        b",",
        b";",
        b"--",
        b"/*",
        b"*/",
        b"/*!40101 ",
        b"$$",
        b"$x$",
        b"E'\\x41",
        b"N'",
        b"q'[",
        b"]'",
        b"ROW(",
        b"_binary ",
        b"'\\x616e61",
        b"0x616e61406b7573696e612e7068",
        b"X'616e61'",
        b"NULL",
        b"'ana@kusina.ph'",
        b"DELIMITER //\n",
        b"\n",
        b"\0",
        b"\xff",
    ],
};

fn seeds() -> Vec<Vec<u8>> {
    let seeds: [&str; 5] = [
        "CREATE TABLE `t` (`id` int, `email` varchar(90), `note` text);\nINSERT INTO `t` VALUES (1,'ana@kusina.ph','it\\'s; fine'),(2,0x62656E406B7573696E612E7068,NULL);\n/*!40000 ALTER TABLE `t` ENABLE KEYS */;\nINSERT INTO `t` (`email`,`id`) VALUES (_binary 'cy@kusina.ph',3);\n",
        "SET client_encoding = 'UTF8';\nCREATE TABLE public.t (\n    id integer,\n    email text,\n    data json\n);\nCOPY public.t (id, email, data) FROM stdin;\n1\tana@kusina.ph\t{\"phone\": \"+63 917 555 0123\"}\n2\t\\N\ta\\tb\\n\n\\.\nINSERT INTO public.t VALUES (3, E'ben\\x40kusina.ph', '\\x6379406b7573696e612e7068');\n",
        "SET IDENTITY_INSERT [dbo].[t] ON\nGO\nINSERT [dbo].[t] ([id], [email]) VALUES (1, N'ana@kusina.ph')\nGO\nINSERT [dbo].[t] ([id], [email]) VALUES (2, N'it''s ben@kusina.ph')\nGO\n",
        "PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\nCREATE TABLE t (id INTEGER PRIMARY KEY, email TEXT);\nINSERT INTO t VALUES(1,'ana@kusina.ph');\nINSERT INTO t VALUES(2,replace('ben\\n@kusina.ph','\\n',char(10)));\nCOMMIT;\n",
        "Insert into T (ID,EMAIL) values (1,q'[it's ana@kusina.ph]');\nInsert into T (ID,EMAIL) values (2,'ben@kusina.ph');\nINSERT INTO t VALUES ROW(3,'cy@kusina.ph'),ROW(4,'x');\nCOPY t (id, email) FROM stdin WITH (FORMAT csv);\n5,\"dan@kusina.ph\"\n\\.\n",
    ];
    seeds.map(|seed| seed.as_bytes().to_vec()).to_vec()
}
