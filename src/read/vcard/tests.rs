//! Values must be told at the bytes that spell them, however they are folded and escaped, wherever the book is cut.

use std::io::Cursor;
use std::sync::Arc;

use proptest::prelude::*;

use crate::model::Row;
use crate::read::{Kind, Piece, Sizes, Supplying, open};

/// Record, whether it is whole, column, text, and the bytes that spell it.
type Said = (u64, bool, String, String, String);

fn read(book: &[u8], block: usize, record: usize) -> Vec<Said> {
    let opened = open(Box::new(Cursor::new(book.to_vec())), "a", None);
    let Kind::Readable(reader) = opened.kind else { panic!("it is readable") };
    assert_eq!(reader.format(), "vcard");
    let how = Supplying { sizes: Sizes { block, record, margin: 64 }, asks: Arc::new(|_| false), whole: false };
    let mut blocks = reader.supply(opened.text, &how);
    let mut said = Vec::new();
    while let Some(Piece::Block(block)) = blocks.next_piece() {
        let mut layout = reader.layout(&block);
        let (mut row, mut at) = (Row::default(), block.owned.start);
        while layout.row_from(&block, at, &mut row) {
            at = row.span.end.max(row.span.start + 1);
            for field in &row.fields {
                let cell = layout.text(&block, field);
                let span = cell.to_block(0..cell.text.len());
                let name = layout.columns()[field.column as usize].name.as_deref().expect("they have names");
                let name = name.trim_start_matches('\u{1c}').replace('\u{1f}', ".");
                let (text, raw) =
                    (String::from_utf8_lossy(&cell.text).into_owned(), String::from_utf8_lossy(&block.bytes[span]).into_owned());
                said.push((row.ordinal, !row.broken, name, text, raw));
            }
        }
    }
    said
}

fn cells(book: &str) -> Vec<(u64, String, String)> {
    read(book.as_bytes(), 1 << 19, 1 << 20).into_iter().map(|(record, _, name, text, _)| (record, name, text)).collect()
}

fn cell(record: u64, name: &str, text: &str) -> (u64, String, String) {
    (record, name.to_owned(), text.to_owned())
}

#[test]
fn properties_are_columns_and_components_are_cells() {
    let book = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ana Reyes\r\nN:Reyes;Ana;Maria,Luz;;\r\nitem1.TEL;TYPE=\"cell,voice\";VALUE=uri:tel:+63-917-555-0123\r\n\
                ADR;LABEL=\"x:y\":;;12 Mabini St\\, Ermita;Manila;;1000;PH\r\nBDAY:19870423\r\nNOTE:a\\nb\\;c\r\nEND:VCARD\r\n\r\n\
                begin:vcard\r\nfn:Ben\r\nend:vcard";
    assert_eq!(
        cells(book),
        [
            cell(0, "FN", "Ana Reyes"),
            cell(0, "N.family_name", "Reyes"),
            cell(0, "N.given_name", "Ana"),
            cell(0, "N.additional_names", "Maria,Luz"),
            cell(0, "N.honorific_prefix", ""),
            cell(0, "N.honorific_suffix", ""),
            cell(0, "TEL", "tel:+63-917-555-0123"),
            cell(0, "ADR.po_box", ""),
            cell(0, "ADR.extended_address", ""),
            cell(0, "ADR.street", "12 Mabini St, Ermita"),
            cell(0, "ADR.locality", "Manila"),
            cell(0, "ADR.region", ""),
            cell(0, "ADR.postal_code", "1000"),
            cell(0, "ADR.country", "PH"),
            cell(0, "BDAY", "19870423"),
            cell(0, "NOTE", "a\nb;c"),
            cell(1, "FN", "Ben"),
        ]
    );
}

#[test]
fn reads_what_version_2_1_writes() {
    let book = "BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Mu=F1oz;Jos=E9\n\
                NOTE;QUOTED-PRINTABLE:call =\n+63 917 =\n555 0123=0D=0Anow\nTEL;CELL:+63917\n 5550123\n\
                PHOTO;ENCODING=BASE64;TYPE=JPEG:\n YW5hQGt1c2luYS5waA==\n YW5hQGt1c2luYS5waA==\n\nORG;CHARSET=Shift_JIS;ENCODING=QUOTED-PRINTABLE:=93=FA=96{\nEND:VCARD\n";
    let found = read(book.as_bytes(), 1 << 19, 1 << 20);
    let found: Vec<_> = found.iter().map(|(_, _, name, text, raw)| (&**name, &**text, &**raw)).collect();
    assert_eq!(
        found,
        [
            ("N.family_name", "Mu\u{f1}oz", "Mu=F1oz"),
            ("N.given_name", "Jos\u{e9}", "Jos=E9"),
            ("NOTE", "call +63 917 555 0123\r\nnow", "call =\n+63 917 =\n555 0123=0D=0Anow"),
            ("TEL", "+639175550123", "+63917\n 5550123"),
            ("PHOTO", "", ""),
            ("ORG", "\u{65e5}\u{672c}", "=93=FA=96{"),
        ]
    );
}

#[test]
fn contacts_without_an_end_cost_only_themselves() {
    let book = "BEGIN:VCARD\nFN:Ana\nBEGIN:VCARD\nFN:Ben\nEND:VCARD\nFN:Cy\nEND:VCARD\nBEGIN:VCARD\nno colon\nFN:Dan";
    let found = read(book.as_bytes(), 1 << 19, 1 << 20);
    let found: Vec<_> = found.iter().map(|(record, whole, _, text, _)| (*record, *whole, &**text)).collect();
    assert_eq!(found, [(0, false, "Ana"), (1, true, "Ben"), (2, true, "Cy"), (3, false, "Dan")]);
}

/// A property with its value as it is spelt, folded every few characters.
fn spelt(name: &str, value: &str, fold: usize) -> String {
    let escaped = value.replace('\\', "\\\\").replace('\n', "\\n").replace(',', "\\,").replace(';', "\\;");
    let line: Vec<char> = format!("{name}:{escaped}").chars().collect();
    line.chunks(fold).map(|part| part.iter().collect::<String>()).collect::<Vec<_>>().join("\r\n ") + "\r\n"
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn values_come_back_however_they_are_folded_and_wherever_the_book_is_cut(
        contacts in prop::collection::vec(prop::collection::vec("[ -9<-~\u{f1}\u{65e5}\n]{1,40}", 1..5), 1..6),
        fold in 8_usize..60,
        block in 1_usize..200,
    ) {
        let mut book = String::new();
        let mut wanted = Vec::new();
        for (record, values) in contacts.iter().enumerate() {
            book += "BEGIN:VCARD\r\nVERSION:3.0\r\n";
            for value in values {
                book += &spelt("NOTE", value, fold);
                wanted.push((record as u64, true, "NOTE".to_owned(), value.clone()));
            }
            book += "END:VCARD\r\n";
        }
        let found = read(book.as_bytes(), block, 1 << 20);
        let said: Vec<_> = found.iter().map(|(record, whole, name, text, _)| (*record, *whole, name.clone(), text.clone())).collect();
        prop_assert_eq!(said, wanted, "{}", book);
    }

    #[test]
    fn broken_books_are_read_to_their_end(
        faults in prop::collection::vec((any::<prop::sample::Index>(), 0..3, prop::sample::select(&b":;=\\\r\n \"\0BEA\xf1"[..])), 0..12),
        block in 1_usize..200,
        record in prop_oneof![Just(1_usize << 20), 200_usize..400],
    ) {
        let mut book = "BEGIN:VCARD\nN;QUOTED-PRINTABLE;CHARSET=GBK:=C4=E3;=\n b\nADR:;;a\\;b;c\nTEL:+63\n  917\nEND:VCARD\n".repeat(4).into_bytes();
        for (at, how, byte) in faults {
            let at = 14 + at.index(book.len() - 14);
            match how {
                0 => book[at] = byte,
                1 => book.insert(at, byte),
                _ => drop(book.remove(at)),
            }
        }
        read(&book, block, record.max(block));
    }
}
