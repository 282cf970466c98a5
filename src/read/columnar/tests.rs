//! What is decoded, looked through and written of a file, and how often.

use std::io::Cursor;
use std::sync::Arc;

use arrow_array::{ArrayRef, Int64Array, RecordBatch, StringArray, TimestampMicrosecondArray};
use parquet::arrow::ArrowWriter;
use parquet::file::properties::WriterProperties;

use crate::model::Block;
use crate::read::{Kind, Piece, Sizes, Supplying, open};

const ROWS: i64 = 60_000;

fn file() -> Vec<u8> {
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("status", Arc::new((0..ROWS).map(|i| Some(["paid", "open", "call 0917 555 0123"][i as usize % 3])).collect::<StringArray>())),
        ("quantity", Arc::new(Int64Array::from_iter_values((0..ROWS).map(|i| i % 40)))),
        ("seq", Arc::new(Int64Array::from_iter_values(0..ROWS))),
        ("reference", Arc::new(Int64Array::from_iter_values((0..ROWS).map(|i| i * 100)))),
        ("at", Arc::new(TimestampMicrosecondArray::from_iter_values(0..ROWS))),
    ];
    let batch = RecordBatch::try_from_iter(columns).expect("columns of one length");
    let properties = WriterProperties::builder().set_max_row_group_row_count(Some(30_000)).build();
    let mut out = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut out, batch.schema(), Some(properties)).expect("a schema that Parquet has");
    writer.write(&batch).expect("memory takes all");
    writer.close().expect("memory takes all");
    out
}

/// The blocks of a file, and how often a dictionary was looked through.
fn blocks() -> (Vec<Block>, usize) {
    let opened = open(Box::new(Cursor::new(file())), "a", None);
    let Kind::Readable(reader) = opened.kind else { panic!("it is Parquet") };
    let how = Supplying { sizes: Sizes { block: 16 * 1024, ..Sizes::default() }, asks: Arc::new(|_| false), whole: false };
    let mut supply = reader.supply(opened.text, &how);
    let (mut blocks, mut looks) = (Vec::new(), 0);
    while let Some(Piece::Records(records)) = supply.next_piece() {
        blocks.push(records.render(&mut |text, starts| {
            looks += 1;
            let texts = starts.windows(2).map(|pair| &text[pair[0] as usize..pair[1] as usize]);
            texts.map(|text| text.starts_with(b"call")).collect()
        }));
    }
    assert!(supply.take_failure().is_none());
    (blocks, looks)
}

#[test]
fn a_dictionary_is_looked_through_once_a_row_group_and_writes_what_holds_something_once_a_block() {
    let (blocks, looks) = blocks();
    let later: Vec<_> = blocks.iter().filter(|block| block.framing.first_record >= 10_000).collect();
    assert!(later.len() > 4, "{}", later.len());
    assert_eq!(looks, 2);
    for block in later {
        let cells = block.cells.as_ref().expect("they are rendered");
        let status = cells.runs.iter().find(|run| run.column == 0).expect("a third of the records has it");
        assert_eq!(&block.bytes[status.span()], b"call 0917 555 0123\n\n");
        let wanted = (0..cells.records).filter(|record| (block.framing.first_record + u64::from(*record)) % 3 == 2);
        assert!((0..status.len()).map(|cell| status.record(cell)).eq(wanted));
    }
}

#[test]
fn numbers_that_are_too_short_are_measured_and_never_examined() {
    let (blocks, _) = blocks();
    let records: u64 = blocks.iter().map(|block| u64::from(block.cells.as_ref().expect("cells").records)).sum();
    assert_eq!(records, ROWS as u64);
    for block in &blocks {
        let cells = block.cells.as_ref().expect("they are rendered");
        let is_measured = block.framing.first_record < 10_000;
        for run in cells.runs.iter().filter(|run| run.column != 0) {
            let is_examined = run.span().end <= block.owned.end;
            // References from 1,000,000 on are long enough; the others, and times, are there to be measured alone.
            assert_eq!(is_examined, run.column == 3 && block.bytes[run.text(0).expect("no nulls")].len() >= 7);
            assert!(is_examined || is_measured);
        }
        let groups = cells.group.map(|(group, row)| group as u64 * 30_000 + row);
        assert_eq!(groups, Some(block.framing.first_record));
    }
}
