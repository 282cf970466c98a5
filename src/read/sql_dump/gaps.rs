//! What parts tuples and the statements around them, where some tuples go; of lines of a `COPY` their ends.
//!
//! The start of an `INSERT` is held back until a tuple of it stays; where none does it goes with what ends it. Comments stay.

use std::io::{self, Write};
use std::ops::Range;

use super::lex::{Lex, Syntax};
use crate::model::{Block, Mark};
use crate::read::Gaps;
use crate::read::gaps::{LineGaps, hold};

pub(super) struct SqlGaps {
    syntax: Syntax,
    lines: LineGaps,
    /// The `INSERT` that is read.
    insert: Option<Insert>,
    /// Whether what is written so far ends a line.
    at_line: bool,
    /// Whether a statement went that a line began with: where it was all of that, what ends the line goes, too.
    in_blank: bool,
}

#[derive(Default)]
struct Insert {
    /// What stands before the first tuple that stays.
    head: Vec<u8>,
    /// What stands behind the last tuple.
    gap: Vec<u8>,
    kept: bool,
    dropped: bool,
    /// Whether it stands at the start of a line.
    at_line: bool,
}

impl SqlGaps {
    pub(super) fn new(syntax: Syntax) -> Self {
        Self { syntax, lines: LineGaps::default(), insert: None, at_line: true, in_blank: false }
    }

    fn write(&mut self, bytes: &[u8], out: &mut dyn Write) -> io::Result<()> {
        if let Some(last) = bytes.last() {
            self.at_line = *last == b'\n';
        }
        out.write_all(bytes)
    }

    /// Takes bytes in which no statement begins or ends.
    fn take(&mut self, bytes: &[u8], out: &mut dyn Write) -> io::Result<()> {
        match &mut self.insert {
            Some(insert) => hold(if insert.kept || insert.dropped { &mut insert.gap } else { &mut insert.head }, bytes),
            None => {
                let bytes = self.behind_blank(bytes);
                let bytes = self.lines.rest(bytes);
                self.write(bytes, out)
            }
        }
    }

    fn behind_blank<'a>(&mut self, bytes: &'a [u8]) -> &'a [u8] {
        let Some(at) = bytes.iter().position(|b| !matches!(b, b' ' | b'\t' | b'\r')).filter(|_| self.in_blank) else { return bytes };
        self.in_blank = false;
        if bytes[at] == b'\n' { &bytes[at + 1..] } else { bytes }
    }

    /// The `INSERT` has ended. `is_told`: it is known where.
    fn end_insert(&mut self, is_told: bool, out: &mut dyn Write) -> io::Result<()> {
        let Some(insert) = self.insert.take() else { return Ok(()) };
        if insert.kept || !insert.dropped {
            self.write(&insert.head, out)?;
            return self.write(&insert.gap, out);
        }
        if !is_told {
            return Err(io::Error::other("no record of a statement stays, and what ends it cannot be told"));
        }
        let comments = [comments(self.syntax, &insert.head)?, comments(self.syntax, &insert.gap)?].concat();
        self.in_blank = comments.is_empty() && insert.at_line;
        self.write(&comments, out)
    }
}

/// The comments of a text that is no record, with the spaces around them; none of them may be a conditional one, for what stands in that is
/// no comment.
fn comments(syntax: Syntax, text: &[u8]) -> io::Result<Vec<u8>> {
    // A comment to the end of the line may end with the text.
    let padded = [text, b"\n"].concat();
    let lex = Lex { text: &padded, syntax };
    let (mut out, mut at, mut any) = (Vec::new(), 0, false);
    while at < text.len() {
        if lex.starts(at, b"/*!") || lex.starts(at, b"/*M!") || lex.starts(at, b"*/") {
            return Err(io::Error::other("a conditional comment stands around records that go"));
        }
        let is_comment = lex.starts(at, b"--") || lex.starts(at, b"/*") || (syntax == Syntax::MySql && text[at] == b'#');
        let end = match lex.skip_quoted(at) {
            Some(quoted) => quoted.map_or(at + 1, |(.., end)| end).min(text.len()),
            None => return Err(io::Error::other("what stands around records that go has no end")),
        };
        any |= is_comment;
        if is_comment || text[at].is_ascii_whitespace() {
            out.extend_from_slice(&text[at..end]);
        }
        at = end;
    }
    Ok(if any { out } else { Vec::new() })
}

impl Gaps for SqlGaps {
    fn between(&mut self, block: &Block, bytes: Range<usize>, out: &mut dyn Write) -> io::Result<()> {
        let mut at = bytes.start;
        let first = block.framing.marks.partition_point(|mark| mark.at() < bytes.start);
        for mark in block.framing.marks[first..].iter().take_while(|mark| mark.at() <= bytes.end) {
            self.take(&block.bytes[at..mark.at()], out)?;
            at = mark.at();
            match mark {
                Mark::Begin(_) => {
                    self.end_insert(false, out)?;
                    self.insert = Some(Insert { at_line: self.at_line, ..Insert::default() });
                }
                Mark::End(_) => self.end_insert(true, out)?,
                Mark::Lost(_) => self.end_insert(false, out)?,
            }
        }
        self.take(&block.bytes[at..bytes.end], out)
    }

    fn kept(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let Some(insert) = &mut self.insert else {
            self.lines.kept();
            self.at_line = false;
            return Ok(());
        };
        let (head, gap) = (std::mem::take(&mut insert.head), std::mem::take(&mut insert.gap));
        let gap = if insert.kept { gap } else { comments(self.syntax, &gap)? };
        insert.kept = true;
        self.write(&head, out)?;
        self.write(&gap, out)?;
        self.at_line = false;
        Ok(())
    }

    fn dropped(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let Some(insert) = &mut self.insert else {
            self.lines.dropped();
            return Ok(());
        };
        let gap = std::mem::take(&mut insert.gap);
        let comments = comments(self.syntax, &gap)?;
        insert.dropped = true;
        if insert.kept { self.write(&comments, out) } else { hold(&mut insert.head, &comments) }
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let is_told = self.insert.as_ref().is_none_or(|insert| {
            let lex = Lex { text: &insert.gap, syntax: self.syntax };
            insert.gap.is_empty() || lex.skip_space(0) == Some(insert.gap.len())
        });
        self.end_insert(is_told, out)
    }
}
