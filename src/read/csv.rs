//! Delimited text: CSV, TSV and their kin. A record is a row; quoted newlines belong to it.

use std::sync::Arc;

use super::dialect::{Dialect, Sniffed, sniff};
use super::lines::{Framed, LineCount, is_blank, is_log};
use super::{Blocks, Cut, Cutter, Format, Head, Reader, Records, Supply, Supplying, Text, torn_head, whole_chars};
use crate::model::{Block, CellText, Change, Column, Field, Framing, Layout, Row, Splice, ValueKind};

pub(super) const FORMAT: Format = Format { name: "csv", summary: "delimited text, with a header row or without", recognise };

struct Csv {
    dialect: Dialect,
    /// Records before the first one of data.
    skip: usize,
    columns: Arc<[Column]>,
}

/// Rows without a header may as well be a log that has a comma in its times: the log goes first. Tabs with a number before the first of them
/// are no log's.
fn recognise(head: &Head<'_>) -> Option<Box<dyn Reader>> {
    let is_table = |sniffed: &Sniffed| sniffed.dialect.header || sniffed.dialect.delimiter == b'\t' && has_keys(head) || !is_log(head);
    let sniffed = sniff(head.bytes, head.whole, head.path).filter(is_table)?;
    let named =
        |(index, name): (usize, &String)| Column { name: Some(name.trim()).filter(|n| !n.is_empty()).map(Arc::from), ..Column::at(index) };
    let columns = sniffed.header.iter().enumerate().map(named).collect();
    Some(Box::new(Csv { dialect: sniffed.dialect, skip: sniffed.skip, columns }))
}

/// Whether lines begin with a short number and a tab, as rows that a database numbered do.
fn has_keys(head: &Head<'_>) -> bool {
    let is_keyed = |line: &[u8]| {
        line.split(|b| *b == b'\t').next().is_some_and(|key| (1..=8).contains(&key.len()) && key.iter().all(u8::is_ascii_digit))
    };
    head.lines().filter(|line| !line.is_empty()).take(20).all(is_keyed)
}

impl Reader for Csv {
    fn format(&self) -> &'static str {
        "csv"
    }

    fn dialect(&self) -> Option<&Dialect> {
        Some(&self.dialect)
    }

    fn records(&self) -> Records {
        Records::Rows
    }

    fn supply(&self, text: Text, how: &Supplying) -> Box<dyn Supply> {
        Blocks::supply(text, Box::new(RowCutter { dialect: self.dialect, skip_left: self.skip, in_torn: false }), how)
    }

    fn layout(&self, block: &Block) -> Box<dyn Layout> {
        Box::new(CsvLayout { dialect: self.dialect, columns: Arc::clone(&self.columns), lines: LineCount::new(block) })
    }
}

/// Cuts after newlines that are outside quotes.
struct RowCutter {
    dialect: Dialect,
    /// Records before the first one of data that are still to come.
    skip_left: usize,
    in_torn: bool,
}

/// Records that were walked.
struct Walked {
    /// End of the last one.
    end: usize,
    /// Starts of those that count.
    starts: Vec<u32>,
    /// Whether a quote was never closed.
    unclosed: bool,
}

impl RowCutter {
    /// Walks records from `from`.
    fn walk(&mut self, window: &[u8], from: usize, at_end: bool) -> Walked {
        let mut starts = Vec::new();
        let (mut record, mut at, mut end) = (from, from, from);
        let mut skip_left = self.skip_left;
        let mut unclosed = false;
        let mut push = |start: usize, stop: usize| {
            if is_blank(&window[start..stop]) {
                return;
            }
            if skip_left > 0 {
                skip_left -= 1;
            } else {
                starts.push(u32::try_from(start).expect("a window is far below 4 GiB"));
            }
        };
        while let Some(n) = memchr::memchr2(self.dialect.quote, b'\n', &window[at..]) {
            let hit = at + n;
            if window[hit] == b'\n' {
                push(record, hit);
                (record, at, end) = (hit + 1, hit + 1, hit + 1);
            } else if self.dialect.opens(window, record, hit) {
                match self.dialect.close(window, hit + 1, &mut false) {
                    Some(close) => at = close,
                    // At the end of the leaf a quote that nothing closes ends with its line.
                    None if at_end && window[hit..].contains(&b'\n') => {
                        unclosed = true;
                        let line_end = memchr::memchr(b'\n', &window[hit..]).map_or(window.len(), |n| hit + n);
                        push(record, line_end);
                        (record, at, end) = (line_end + 1, line_end + 1, line_end + 1);
                    }
                    None => break,
                }
            } else {
                at = hit + 1;
            }
        }
        if at_end && record < window.len() {
            push(record, window.len());
            end = window.len();
        }
        if end > from {
            self.skip_left = skip_left;
        }
        Walked { end, starts, unclosed }
    }
}

impl Cutter for RowCutter {
    fn boundary(&mut self, window: &[u8], at_end: bool) -> Option<Cut> {
        let was_torn = self.in_torn;
        let torn_head = torn_head(was_torn, window, at_end)?;
        let Walked { end, starts, unclosed } = self.walk(window, torn_head, at_end);
        if end == 0 {
            return None;
        }
        self.in_torn = false;
        let framing = Framing { torn_head, starts, ..Framing::default() };
        Some(Cut { torn: unclosed, ..Cut::records(&window[..end], was_torn, at_end, framing) })
    }

    /// A quote that nothing closes must not swallow the rest: the record ends at its first newline after all.
    fn tear(&mut self, window: &[u8], most: usize) -> Cut {
        let newline = memchr::memchr(b'\n', window).filter(|_| !self.in_torn).map(|n| n + 1).filter(|n| *n <= most);
        let len = newline.unwrap_or_else(|| whole_chars(window, most));
        let ended = newline.is_some();
        self.in_torn = !ended;
        self.skip_left = 0;
        Cut::torn(&window[..len], ended)
    }
}

struct CsvLayout {
    dialect: Dialect,
    columns: Arc<[Column]>,
    lines: LineCount,
}

impl Framed for CsvLayout {
    fn fill(&mut self, block: &Block, index: usize, row: &mut Row) {
        let (start, limit, ordinal) = block.record(index);
        let bytes = &block.bytes[..limit];
        row.ordinal = ordinal;
        row.line = self.lines.of(block, start);
        row.clear_fields();
        let mut column = 0;
        let parsed = self.dialect.record(bytes, start, |field| {
            row.fields.push(Field {
                column,
                span: field.start..field.end,
                escaped: field.escaped,
                kind: if field.start == field.end && !field.quoted { ValueKind::Null } else { ValueKind::Text },
                indices: 0..0,
                offset: 0,
            });
            column += 1;
        });
        let end = parsed.next;
        let end = if end > start && bytes[end - 1] == b'\n' { end - 1 } else { end };
        let end = if end > start && bytes[end - 1] == b'\r' { end - 1 } else { end };
        row.span = start..end;
        row.broken = !parsed.closed;
    }

    fn lines(&mut self) -> &mut LineCount {
        &mut self.lines
    }
}

impl Layout for CsvLayout {
    fn row_at(&mut self, block: &Block, at: usize, row: &mut Row) {
        match block.record_at(at) {
            Some(index) => self.fill(block, index, row),
            // Before the first record: the header, or a record that was cut.
            None => row.set_outside(block.framing.first_record, self.lines.of(block, at), at),
        }
    }

    fn row_from(&mut self, block: &Block, at: usize, row: &mut Row) -> bool {
        self.framed_from(block, at, row)
    }

    fn text<'a>(&self, block: &'a Block, field: &Field) -> CellText<'a> {
        CellText::new(block, field, |content| self.dialect.unescape(content))
    }

    fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn spell(&self, block: &Block, field: &Field, change: &Change<'_>) -> Result<Splice, &'static str> {
        let (start, limit, _) = block.record(block.record_at(field.span.start).ok_or("it lies in no record")?);
        let mut cells = 0;
        self.dialect.record(&block.bytes[..limit], start, |_| cells += 1);
        Ok(self.dialect.spell(&block.bytes, field.span.clone(), change, cells == 1))
    }
}
