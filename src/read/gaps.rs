//! What stands between the records of a leaf of which some go: what only parted or ended those goes, too, everything else stays.

use std::io::{self, Write};
use std::ops::Range;

use crate::model::{Block, limits};

/// Writes what stands between records. It is told of all bytes between them, and of each record whether it stays, in their order.
pub trait Gaps {
    /// Takes bytes before, between or behind records. Blocks may end in them.
    ///
    /// # Errors
    /// Where they cannot be written.
    fn between(&mut self, block: &Block, bytes: Range<usize>, out: &mut dyn Write) -> io::Result<()>;

    /// The next record stays. What belongs before it is written.
    ///
    /// # Errors
    /// Where it cannot be written, or cannot be told from what goes.
    fn kept(&mut self, out: &mut dyn Write) -> io::Result<()>;

    /// The next record goes.
    ///
    /// # Errors
    /// As [`Gaps::kept`].
    fn dropped(&mut self, out: &mut dyn Write) -> io::Result<()>;

    /// The leaf is at its end.
    ///
    /// # Errors
    /// As [`Gaps::kept`].
    fn end(&mut self, out: &mut dyn Write) -> io::Result<()>;
}

/// Records that are lines, or end with one: what ends the line goes with the record.
#[derive(Default)]
pub(super) struct LineGaps {
    /// Whether the line of a record that went is not at its end yet.
    in_line: bool,
}

impl LineGaps {
    /// The bytes that stay.
    pub(super) fn rest<'a>(&mut self, bytes: &'a [u8]) -> &'a [u8] {
        if !self.in_line {
            return bytes;
        }
        let end = memchr::memchr(b'\n', bytes);
        self.in_line = end.is_none();
        end.map_or(&[], |end| &bytes[end + 1..])
    }

    pub(super) fn dropped(&mut self) {
        self.in_line = true;
    }

    pub(super) fn kept(&mut self) {
        self.in_line = false;
    }
}

impl Gaps for LineGaps {
    fn between(&mut self, block: &Block, bytes: Range<usize>, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(self.rest(&block.bytes[bytes]))
    }

    fn kept(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Self::kept(self);
        Ok(())
    }

    fn dropped(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Self::dropped(self);
        Ok(())
    }

    fn end(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

/// Adds bytes to what is held back until it is known whether a record stays.
pub(super) fn hold(held: &mut Vec<u8>, bytes: &[u8]) -> io::Result<()> {
    if held.len() + bytes.len() > limits::RECORD_BYTES {
        return Err(io::Error::other("more than 1 MiB stands between two records"));
    }
    held.extend_from_slice(bytes);
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::Row;
    use crate::read::{self, Kind, Piece, Reader, Sizes, Supplying};

    /// The records of a text that is cut into small blocks, with whether each stands apart, and the text without those that go.
    fn without(text: &[u8], goes: &dyn Fn(usize) -> bool) -> (Vec<(Vec<u8>, bool)>, Vec<u8>) {
        let opened = read::open(Box::new(io::Cursor::new(text.to_vec())), "a", None);
        let Kind::Readable(reader) = opened.kind else { panic!("it is text") };
        let sizes = Sizes { block: 96, record: 512, margin: 16 };
        let mut blocks = reader.supply(opened.text, &Supplying { sizes, asks: std::sync::Arc::new(|_| true), whole: false });
        let (mut gaps, mut out, mut records) = (reader.gaps(), Vec::new(), Vec::new());
        while let Some(Piece::Block(block)) = blocks.next_piece() {
            let (mut layout, mut row) = (reader.layout(&block), Row::default());
            let mut at = block.owned.start;
            while layout.row_from(&block, at, &mut row) {
                gaps.between(&block, at..row.span.start, &mut out).expect("memory takes all");
                let apart = layout.stands_apart(&block, &row);
                if goes(records.len()) && apart {
                    gaps.dropped(&mut out).expect("it may go");
                } else {
                    gaps.kept(&mut out).expect("it may stay");
                    out.extend_from_slice(&block.bytes[row.span.clone()]);
                }
                records.push((block.bytes[row.span.clone()].to_vec(), apart));
                at = row.span.end;
            }
            gaps.between(&block, at..block.owned.end, &mut out).expect("memory takes all");
        }
        gaps.end(&mut out).expect("memory takes all");
        (records, out)
    }

    fn format(text: &[u8]) -> &'static str {
        match read::open(Box::new(io::Cursor::new(text.to_vec())), "a", None).kind {
            Kind::Readable(reader) => Reader::format(&*reader),
            _ => "",
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// Without anything that goes the text is what it was; without some records it reads as those that stay.
        #[test]
        fn statements_stay_whole(
            tuples in prop::collection::vec((0..4_usize, 0..6_usize, any::<bool>()), 1..40),
        ) {
            let (mut text, mut open) = ("-- a dump\nCREATE TABLE t (a int, b text);\n".to_owned(), false);
            for (n, (starts, gap, _)) in tuples.iter().enumerate() {
                if *starts == 0 || !open {
                    let tail = [";\n", " ON CONFLICT (a) DO UPDATE SET b = 'x;y';\n", "\n;\n\n", " ; -- behind\n"][gap % 4];
                    text += if open { tail } else { "" };
                    text += ["INSERT INTO t VALUES ", "INSERT INTO t (a, b) VALUES\n", "INSERT INTO \"t\" /* of; */ VALUES "][gap % 3];
                    open = true;
                } else {
                    text += [",", ",\n  ", " , ", ", -- a remark, of two\n", "/* ( */,", ",\t"][*gap];
                }
                text += &format!("({n}, 'it''s ; -- {} )')", "x".repeat(gap * 9));
            }
            text += ";\nCOPY t (a, b) FROM stdin;\n1\tx;\n2\t-- y\n\\.\nCOMMIT;\n";
            let (records, same) = without(text.as_bytes(), &|_| false);
            prop_assert_eq!(records.len(), tuples.len() + 2, "{}", text);
            prop_assert_eq!(String::from_utf8(same).unwrap(), text.clone());
            let goes = |n: usize| n == tuples.len() || tuples.get(n).is_some_and(|(.., goes)| *goes);
            let (_, less) = without(text.as_bytes(), &goes);
            let kept: Vec<_> = records.iter().enumerate().filter(|(n, _)| !goes(*n)).map(|(_, record)| record.clone()).collect();
            let less_text = String::from_utf8_lossy(&less).into_owned();
            prop_assert_eq!(without(&less, &|_| false).0, kept, "{}", less_text);
            prop_assert!(!less_text.contains("VALUES ;") && !less_text.contains(",;") && less_text.contains("-- a dump\n"));
        }

        #[test]
        fn documents_stay_documents(
            arrays in prop::collection::vec(prop::collection::vec((0..5_usize, any::<bool>()), 0..12), 1..5),
            space in prop::sample::select(&["", " ", "\n    ", " \r\n"][..]),
        ) {
            let (mut text, mut going) = ("{".to_owned(), Vec::new());
            for (n, array) in arrays.iter().enumerate() {
                let elements: Vec<String> = array.iter().map(|(kind, _)| match kind {
                    0 => "{}".to_owned(),
                    1 => "[1, \"],\"]".to_owned(),
                    kind => format!("{{\"a\": \"{},}} \\\"\", \"b\": [{{\"c\": null}}]}}", "y".repeat(kind * 12)),
                }).collect();
                going.extend(array.iter().map(|(_, goes)| *goes));
                let separator = format!("{space},{space}");
                text += &format!("{}\"k{n} [,\":{space}[{space}{}{space}]", if n > 0 { "," } else { "" }, elements.join(&separator));
                if n % 2 == 1 {
                    text += &format!(",{space}\"more{n}\": {{\"x\": \"[{{\"}}");
                }
            }
            text += "}\n";
            prop_assume!(format(text.as_bytes()) == "json");
            prop_assert_eq!(String::from_utf8(without(text.as_bytes(), &|_| false).1).unwrap(), text.clone());
            // Which of the records are elements, in order.
            let elements = std::cell::Cell::new(0);
            let (records, _) = without(text.as_bytes(), &|_| false);
            let goes: Vec<bool> = records.iter().map(|(_, apart)| {
                *apart && {
                    elements.set(elements.get() + 1);
                    going.get(elements.get() - 1).copied().unwrap_or(false)
                }
            }).collect();
            let (_, less) = without(text.as_bytes(), &|n| goes[n]);
            let less = String::from_utf8(less).unwrap();
            let value: serde_json::Value = serde_json::from_str(&less).map_err(|error| TestCaseError::fail(format!("{error}: {less}")))?;
            let found: usize = value.as_object().unwrap().values().filter_map(|value| value.as_array()).map(Vec::len).sum();
            let gone = goes.iter().filter(|goes| **goes).count();
            prop_assert_eq!(found, arrays.iter().map(Vec::len).sum::<usize>() - gone, "{}", less);
        }
    }
}
