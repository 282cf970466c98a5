//! Text in other character sets than UTF-8: values are found, and their spans are those of the stored bytes.

use std::io::Cursor;
use std::sync::Arc;

use datatrawl::finding::{Finding, Key, Tokens};
use datatrawl::model::limits;
use datatrawl::read::Sizes;
use datatrawl::{Examiner, Settings};
use encoding_rs::Encoding;

use crate::determinism::{DETECTOR, examine};
use crate::run::{Desk, of, text};

/// Words of each language, so that the character set can be told by them.
pub const TEXTS: [(&str, &str); 12] = [
    ("utf-16le", "naïve café, 東京 и 😀"),
    ("utf-16be", "naïve café, 東京 и 😀"),
    ("windows-1252", "Bestellung für Frühstück, Straße über Größe; déjà reçu à l’hôtel"),
    ("iso-8859-2", "Zażółć gęślą jaźń, proszę o kontakt w sprawie zamówienia"),
    ("windows-1251", "Пожалуйста, позвоните по поводу заказа и доставки еды"),
    ("koi8-u", "Пожалуйста, позвоните по поводу заказа и доставки еды"),
    ("windows-1253", "Παρακαλώ καλέστε μας για την παραγγελία σας"),
    ("shift_jis", "ご注文の件でお電話ください。ﾃｽﾄ東京都渋谷区"),
    ("euc-jp", "ご注文の件でお電話ください。東京都渋谷区"),
    ("gbk", "请联系我们关于您的订单，送餐地址在北京市朝阳区"),
    ("big5", "請聯絡我們關於您的訂單，送餐地址在台北市信義區"),
    ("euc-kr", "주문에 대해 전화해 주세요. 서울특별시 강남구"),
];

/// Text in a character set; the library writes no UTF-16.
pub fn store(charset: &str, text: &str) -> Vec<u8> {
    match charset {
        "utf-16le" => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        "utf-16be" => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        "utf-32le" => text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect(),
        "utf-32be" => text.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect(),
        label => {
            let (bytes, _, lost) = Encoding::for_label(label.as_bytes()).expect("a known name").encode(text);
            assert!(!lost, "{label} can write {text}");
            bytes.into_owned()
        }
    }
}

fn load(charset: &str, bytes: &[u8]) -> String {
    match charset {
        "utf-32le" | "utf-32be" => {
            let code = |unit: &[u8]| {
                let unit = unit.try_into().expect("four bytes");
                if charset == "utf-32le" { u32::from_le_bytes(unit) } else { u32::from_be_bytes(unit) }
            };
            bytes.chunks(4).map(|unit| char::from_u32(code(unit)).expect("a character")).collect()
        }
        label => Encoding::for_label(label.as_bytes()).expect("a known name").decode_without_bom_handling(bytes).0.into_owned(),
    }
}

fn examiner(block: usize, encoding: Option<&str>) -> Arc<Examiner> {
    let sizes = Sizes { block, record: (4 * block).max(8_192), margin: limits::MAX_REACH };
    let encoding = encoding.map(|label| Encoding::for_label(label.as_bytes()).expect("a known name"));
    let settings = Settings { sizes, encoding, ..Settings::default() };
    Arc::new(Examiner::new(Arc::clone(&DETECTOR), Tokens::new(&Key::new([7; 32])), settings))
}

/// The values of a leaf, read again from the stored bytes at the spans of the findings.
fn stored_values(charset: &str, stored: &[u8], findings: &[Finding]) -> Vec<String> {
    let at = |n: i64| usize::try_from(n).expect("not negative");
    findings.iter().filter_map(|f| f.bytes).map(|(start, end)| load(charset, &stored[at(start)..at(end)])).collect()
}

#[test]
fn spans_are_of_the_stored_bytes_in_every_encoding_at_odd_cuts() {
    for (charset, words) in TEXTS.into_iter().chain([("utf-32le", "naïve 東京 😀"), ("utf-32be", "naïve 東京 😀")]) {
        let lines: Vec<String> = (0..60).map(|n| format!("{words} {n}: ana.reyes{n}@example.com {words}\n")).collect();
        let (stored, expected) =
            (store(charset, &lines.concat()), (0..60).map(|n| format!("ana.reyes{n}@example.com")).collect::<Vec<_>>());
        for block in [333, 1_024, 5_001, 1 << 20] {
            let wanted = (!charset.starts_with("utf-32")).then_some(charset);
            let findings = examine(&examiner(block, wanted), "a.txt", Box::new(Cursor::new(stored.clone())));
            assert_eq!(stored_values(charset, &stored, &findings), expected, "{charset}, blocks of {block}");
            let record = findings[1].record_bytes.expect("a short record");
            let bytes = &stored[usize::try_from(record.0).expect("not negative")..usize::try_from(record.1).expect("not negative")];
            assert_eq!(load(charset, bytes), lines[1].trim_end(), "{charset}");
        }
    }
}

#[test]
fn a_table_in_another_encoding_has_columns() {
    for charset in ["utf-16le", "windows-1252", "utf-16be"] {
        let rows: String = (0..40).map(|n| format!("{n};Jürgen Müller;jürgen{n}@bücher.example\r\n")).collect();
        let stored = store(charset, &format!("Nr;Kundenname Größe;E-Mail\r\n{rows}"));
        let desk = Desk::with(&[("a.csv", &stored)]);
        let rows = desk.scan(&[]);
        assert_eq!(of(&rows, "email").filter(|row| text(row, "column_name") == "E-Mail").count(), 40, "{charset}");
        let object = desk.object("a.csv");
        assert_eq!((text(&object, "status"), text(&object, "charset"), text(&object, "format")), ("scanned", charset, "csv"));
        assert_eq!(object["bytes_read"].as_u64(), Some(stored.len() as u64));
    }
}

#[test]
fn character_sets_are_told_by_what_they_would_read_as() {
    for (charset, words) in TEXTS {
        let stored = store(charset, &format!("{words}\n{words}: ana@example.com\n").repeat(5));
        let desk = Desk::with(&[("a.txt", &stored)]);
        assert_eq!(of(&desk.scan(&[]), "email").count(), 5, "{charset}");
        let object = desk.object("a.txt");
        let name = text(&object, "charset");
        // What is Windows-1252 here is Latin-1, too; the standard has one name for both.
        assert_eq!((name, text(&object, "status")), (charset, "scanned"));
    }
}

#[test]
fn a_byte_order_mark_counts_in_offsets_and_is_no_text() {
    for (charset, mark) in
        [("utf-16le", &b"\xFF\xFE"[..]), ("utf-16be", b"\xFE\xFF"), ("utf-32le", b"\xFF\xFE\0\0"), ("utf-32be", b"\0\0\xFE\xFF")]
    {
        let stored = [mark, &store(charset, "ana@example.com and ben@example.com\n")].concat();
        let findings = examine(&examiner(1 << 20, None), "a.txt", Box::new(Cursor::new(stored.clone())));
        assert_eq!(stored_values(charset, &stored, &findings), ["ana@example.com", "ben@example.com"], "{charset}");
    }
}

#[test]
fn what_is_no_character_is_told_and_moves_nothing() {
    for at in 0..40 {
        let mut units: Vec<u16> = "ana@example.com and then ben@example.com\n".repeat(3).encode_utf16().collect();
        // Half a pair.
        units.insert(16 + at % 8, 0xD800);
        let stored: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).chain((at % 2 == 1).then_some(0x41)).collect();
        let findings = examine(&examiner(333, None), "a.txt", Box::new(Cursor::new(stored.clone())));
        let expected: Vec<&str> = ["ana@example.com", "ben@example.com"].repeat(3);
        assert_eq!(stored_values("utf-16le", &stored, &findings), expected, "at {at}");
    }
    let stored = [store("utf-16le", "ana@example.com\n"), vec![0x00, 0xD8, 0x41, 0x00]].concat();
    let desk = Desk::with(&[("a.txt", &stored)]);
    desk.scan(&[]);
    let object = desk.object("a.txt");
    assert_eq!(object["status"], "partial");
    assert!(text(&object, "reason").contains("not utf-16le from byte 32 on"), "{object:?}");
}

#[test]
fn utf_8_with_some_bytes_broken_stays_utf_8() {
    let bytes = ["naïve café ".repeat(20).as_bytes(), b"caf\xE9 ana@example.com\n"].concat();
    let desk = Desk::with(&[("a.txt", &bytes)]);
    assert_eq!(of(&desk.scan(&[]), "email").count(), 1);
    let object = desk.object("a.txt");
    assert!(object["status"] == "partial" && object["charset"].is_null());
}

#[test]
fn an_encoding_can_be_given_and_a_wrong_name_is_refused() {
    let stored = store("windows-1251", "Ж ana@example.com\n");
    let desk = Desk::with(&[("a.txt", &stored)]);
    desk.scan(&["--encoding", "windows-1251"]);
    assert_eq!(text(&desk.object("a.txt"), "charset"), "windows-1251");
    let refused = desk.keyed(&["scan", "a.txt", "--out", "other", "--encoding", "klingon"]);
    assert_eq!(refused.code, 2);
}

/// Characters that are stored in another way than the encoder writes them: `€` of GBK, three bytes in EUC-JP, two characters of
/// Big5 in two bytes.
#[test]
fn characters_that_have_two_spellings_move_nothing() {
    for (charset, odd) in [("gbk", &b"\xA2\xE3"[..]), ("gb18030", b"\x80"), ("euc-jp", b"\x8F\xA2\xF1"), ("big5", b"\x88\x62")] {
        for space in ["\n", " "] {
            let one = |n: usize| [&store(charset, "\u{5317}\u{4EAC} "), odd, format!(" ana{n}@example.com{space}").as_bytes()].concat();
            let stored: Vec<u8> = (0..200).flat_map(one).collect();
            let findings = examine(&examiner(1_024, Some(charset)), "a.txt", Box::new(Cursor::new(stored.clone())));
            let expected: Vec<String> = (0..200).map(|n| format!("ana{n}@example.com")).collect();
            assert_eq!(stored_values(charset, &stored, &findings), expected, "{charset}");
        }
    }
}

#[test]
fn utf_32_that_ends_inside_a_unit_has_an_end() {
    for charset in ["utf-32le", "utf-32be"] {
        // More than what is read at once, and less.
        for lines in [3, 20_000] {
            for part in 1..4 {
                let stored = [
                    store(charset, "\u{feff}mail ana@example.com\n"),
                    store(charset, &"and ben@example.com\n".repeat(lines)),
                    vec![0; part],
                ]
                .concat();
                let desk = Desk::with(&[("a.txt", &stored)]);
                let rows = desk.scan(&[]);
                assert_eq!(of(&rows, "email").count(), 1 + lines, "{charset} {part}");
                let object = desk.object("a.txt");
                assert_eq!(object["status"], "partial", "{charset} {part}");
                let reason = format!("not {charset} from byte {} on", stored.len() - part);
                assert!(text(&object, "reason").starts_with(&reason), "{object:?}");
            }
        }
    }
}
