//! Another text in a cell, spelt as the cell is: strings of each kind, hex digits, cells of `COPY`. What stood without quotes becomes a string.

use std::ops::Range;

use super::escape::{Backslash, copy_line, is_bytea, keep_from_escape, string, write_copy_line, write_hex, write_string};
use super::layout::{dialect, style_at};
use super::lex::{Lex, Syntax};
use crate::model::{Block, CellText, Change, Field, Part, SectionStyle, Splice};

type Spelt<T> = Result<T, &'static str>;

const NUL: &str = "a NUL byte cannot be spelt there";
const OWN_NULL: &str = "the COPY has a null of its own";
const EXPRESSION: &str = "a part of an expression cannot be changed";
const COMMENT: &str = "a comment stands beside the value";

/// A cell with what tells how it is spelt.
pub(super) struct Spelling<'a> {
    pub syntax: Syntax,
    pub block: &'a Block,
    pub field: &'a Field,
    pub text: &'a CellText<'a>,
}

/// How a value of a tuple is written.
enum Literal {
    String {
        quote: u8,
        backslash: Backslash,
    },
    /// Up to what closes it, without escapes.
    Raw {
        close: Vec<u8>,
    },
    /// Hex digits; whether there must be some.
    Hex {
        some: bool,
    },
    /// A number, a word, a call.
    Bare,
}

impl Spelling<'_> {
    pub(super) fn spell(&self, change: &Change<'_>) -> Spelt<Splice> {
        let (bytes, span) = (&self.block.bytes, self.field.span.clone());
        let content = &bytes[span.clone()];
        match style_at(self.block, span.start).ok_or("it lies in no record")? {
            SectionStyle::Lines { own_null: false, .. } | SectionStyle::Rows { own_null: false, .. } if matches!(change, Change::Null) => {
                Err(OWN_NULL)
            }
            SectionStyle::Lines { .. } if matches!(change, Change::Null) => Ok(Splice { range: span, by: b"\\N".to_vec() }),
            SectionStyle::Lines { delimiter, .. } => {
                if is_bytea(&copy_line(content).0) {
                    return self.hex(change);
                }
                let (range, by) = self.place(change);
                let by = write_copy_line(by, delimiter).ok_or(NUL)?;
                Ok(Splice { by: keep_from_escape(&bytes[span.start..range.start], by), range })
            }
            style @ SectionStyle::Rows { .. } => {
                let dialect = dialect(style).expect("rows have a dialect");
                if self.field.escaped && is_bytea(&dialect.unescape(content).0) && !matches!(change, Change::Null) {
                    return self.hex(change);
                }
                let mut splice = dialect.spell(bytes, span, change, false);
                // An empty cell without quotes is null, and `\.` alone ends the data.
                if matches!(change, Change::Whole("" | "\\.")) && !splice.by.contains(&dialect.quote) && splice.range == self.field.span {
                    let quoted = splice.range.start > 0 && bytes[splice.range.start - 1] == dialect.quote;
                    if !quoted {
                        splice.by = [&[dialect.quote], &splice.by[..], &[dialect.quote]].concat();
                    }
                }
                Ok(splice)
            }
            SectionStyle::Tuples => self.in_tuple(change),
        }
    }

    /// The bytes that change, and the text that takes their place.
    fn place<'c>(&self, change: &Change<'c>) -> (Range<usize>, &'c str) {
        match change {
            Change::Null => (self.field.span.clone(), ""),
            Change::Whole(by) => (self.text.to_block(0..self.text.text.len()), by),
            Change::Part(range, by) => (range.clone(), by),
        }
    }

    fn in_tuple(&self, change: &Change<'_>) -> Spelt<Splice> {
        let (bytes, span) = (&self.block.bytes, self.field.span.clone());
        let part = self.part().ok_or("its tuple cannot be told")?;
        if matches!(change, Change::Null) {
            return Ok(Splice { range: self.expression(&part)?, by: b"NULL".to_vec() });
        }
        let (range, by) = self.place(change);
        match self.literal(&part) {
            Literal::String { quote, backslash } => {
                let by = write_string(by, quote, backslash).ok_or(NUL)?;
                let by = if backslash == Backslash::Postgres { keep_from_escape(&bytes[span.start..range.start], by) } else { by };
                Ok(Splice { range, by })
            }
            Literal::Raw { close } => {
                let text = [&bytes[span.start..range.start], by.as_bytes(), &bytes[range.end..span.end], &close].concat();
                let ends = memchr::memmem::find(&text, &close) == Some(text.len() - close.len());
                if !ends || by.contains('\0') {
                    return Err("what is written would end the string");
                }
                Ok(Splice { range, by: by.as_bytes().to_vec() })
            }
            Literal::Hex { some } => {
                if !span.len().is_multiple_of(2) && !span.is_empty() {
                    return Err("its hex digits are no pairs");
                }
                if some && by.is_empty() && range == span {
                    return Err("hex digits must stand there");
                }
                self.hex(change)
            }
            Literal::Bare if matches!(change, Change::Whole(_)) => {
                let backslash = if self.syntax == Syntax::MySql { Backslash::MySql } else { Backslash::Plain };
                let by = write_string(by, b'\'', backslash).ok_or(NUL)?;
                Ok(Splice { range: self.expression(&part)?, by: [b"'", &by[..], b"'"].concat() })
            }
            Literal::Bare => Err(EXPRESSION),
        }
    }

    /// A text as hex digits in the place of others.
    fn hex(&self, change: &Change<'_>) -> Spelt<Splice> {
        let (range, by) = self.place(change);
        let upper = self.block.bytes[self.field.span.clone()].iter().any(u8::is_ascii_uppercase);
        Ok(Splice { range, by: write_hex(by.as_bytes(), upper) })
    }

    /// The part of a tuple that the cell is, with indices into the block.
    fn part(&self) -> Option<Part> {
        let (block, at) = (self.block, self.field.span.start);
        let base = u32::try_from(block.owned.start).ok()?;
        let parts = block.framing.parts.of(block.record_at(at)?);
        let at = u32::try_from(at).ok()?.checked_sub(base)?;
        let part = parts.get(parts.partition_point(|part| part.whole.1 < at))?;
        let string = part.string.map(|(start, end, escaped)| (start + base, end + base, escaped));
        Some(Part { whole: (part.whole.0 + base, part.whole.1 + base), string })
    }

    /// The whole expression, without the spaces around it.
    fn expression(&self, part: &Part) -> Spelt<Range<usize>> {
        let whole = part.whole.0 as usize..part.whole.1 as usize;
        let bytes = &self.block.bytes;
        let inside = if part.string.is_some() { self.field.span.clone() } else { whole.end..whole.end };
        let has_comment = [whole.start..inside.start, inside.end..whole.end].into_iter().any(|range| {
            let marks: &[&[u8]] = &[b"--", b"/*", b"*/"];
            let bytes = &bytes[range];
            marks.iter().any(|mark| memchr::memmem::find(bytes, mark).is_some()) || (self.syntax == Syntax::MySql && bytes.contains(&b'#'))
        });
        if has_comment {
            return Err(COMMENT);
        }
        let text = &bytes[whole.clone()];
        let start = whole.start + (text.len() - text.trim_ascii_start().len());
        Ok(start..start + text.trim_ascii().len())
    }

    fn literal(&self, part: &Part) -> Literal {
        let (bytes, span) = (&self.block.bytes, self.field.span.clone());
        let lex = Lex { text: bytes, syntax: self.syntax };
        if part.string.is_none() {
            return if self.field.escaped { Literal::Hex { some: true } } else { Literal::Bare };
        }
        let before = |back: usize| span.start.checked_sub(back).map_or(0, |at| bytes[at]);
        if before(2) == b'\''
            && let Some(close) = lex.alternative_quote(span.start - 2)
        {
            return Literal::Raw { close: close.to_vec() };
        }
        match before(1) {
            quote @ (b'\'' | b'"') => {
                let content = &bytes[span.clone()];
                let backslash = lex.backslash_at(span.start - 1);
                let is_hex = matches!(before(2), b'x' | b'X') && content.iter().all(u8::is_ascii_hexdigit);
                let is_bytea = || self.syntax != Syntax::MySql && is_bytea(&string(content, quote, backslash).0);
                match self.field.escaped {
                    true if is_hex || is_bytea() => Literal::Hex { some: false },
                    _ => Literal::String { quote, backslash },
                }
            }
            // `$tag$`
            _ => {
                let open = memchr::memrchr(b'$', &bytes[..span.start - 1]).unwrap_or(span.start - 1);
                Literal::Raw { close: bytes[open..span.start].to_vec() }
            }
        }
    }
}
