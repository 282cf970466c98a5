//! Delimited text, logs and running text, in several character sets.

use crate::Target;

const WORDS: &[&[u8]] = &[
    b"\"",
    b"\"\"",
    b"\\\"",
    b"\n",
    b"\r\n",
    b"\r",
    b",",
    b";",
    b"\t",
    b"|",
    b"sep=;\n",
    b"# comment\n",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xfe\xff",
    b"\0",
    b"\xff",
    b"\xe9",
    b"\x93\xfa\x96\x7b",
    b"2026-03-01 12:00:00 INFO ",
    b"[01/Mar/2026:12:00:00 +0000]",
    b"ana@kusina.ph",
    b"+63 917 555 0123",
    b"4111 1111 1111 1111",
    b"email,phone\n",
    b"a,b\n1,2\n3,4\n",
    b"\xe2\x80\xa8",
    "４１１１".as_bytes(),
    b"    at com.acme.Main.run(Main.java:7)\n",
];

pub const CSV: Target = Target { name: "csv", path: "a.csv", seeds: csv, words: WORDS };
pub const TEXT: Target = Target { name: "text", path: "a.log", seeds: text, words: WORDS };

fn in_utf_16(text: &str) -> Vec<u8> {
    [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
}

fn csv() -> Vec<Vec<u8>> {
    let plain =
        "id,email,phone,note\n1,ana@kusina.ph,+639175550123,\"a \"\"b\"\", c\"\n2,ben@kusina.ph,,\"two\nlines\"\n3,,0917 555 0123,x\n";
    let tabs = "id\temail\n1\tana@kusina.ph\n2\tben@kusina.ph\n3\tcy@kusina.ph\n";
    let escaped = "sep=;\nid;email;data\n1;\"an\\\"a@kusina.ph\";x\n2;ben@kusina.ph;\"{\"\"email\"\":\"\"cy@kusina.ph\"\"}\"\n3;x;y\n";
    let bare = "Ana Reyes,ana@kusina.ph,14.5995\nBen Cruz,ben@kusina.ph,120.9842\nCy Lim,cy@kusina.ph,3\n";
    let latin: Vec<u8> = "nom;ville\nJos\u{e9};Orl\u{e9}ans\nAna;Paris\nBen;N\u{ee}mes\n".chars().map(|c| c as u8).collect();
    vec![plain.into(), tabs.into(), escaped.into(), bare.into(), latin, in_utf_16(plain)]
}

fn text() -> Vec<Vec<u8>> {
    let log = "2026-03-01 12:00:00.123 INFO  [exec-7] mail to ana@kusina.ph from 203.0.113.9\n2026-03-01 12:00:01.456 ERROR card 4111 1111 1111 1111\n    at com.acme.Main.run(Main.java:7)\n2026-03-01 12:00:02 INFO call 0917 555 0123\n";
    let access = "203.0.113.9 - ana [01/Mar/2026:12:00:00 +0000] \"GET /x?email=ana%40kusina.ph HTTP/1.1\" 200 5 \"-\" \"Mozilla/5.0 (X11; Linux x86_64)\"\n".repeat(3);
    let text = "Dear Ana,\n\nplease call +63 917 555 0123 or write to ben@kusina.ph.\nShip to 1600 Amphitheatre Parkway,\nMountain View, CA 94043\n";
    let japanese = b"\x96\xbc\x91\x4f: ana@kusina.ph \x93\xfa\x96\x7b\x8c\xea \x83\x65\x83\x58\x83\x67\n".repeat(4);
    let list = "Ana Reyes\nBEN\nCruz, Maria\n".repeat(8);
    vec![log.into(), access.into(), text.into(), list.into(), japanese, in_utf_16(log), in_utf_16(text)]
}
