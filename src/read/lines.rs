//! Text and logs: a record is a line.

use super::{Blocks, Cut, Cutter, Format, Head, Reader, Records, Supply, Supplying, Text, newlines, whole_chars};
use crate::model::{Block, CellText, Column, Field, Framing, Layout, Row};

pub(super) const LOG: Format = Format { name: "log", summary: "log lines: most begin with a time", recognise: log };
pub(super) const TEXT: Format = Format { name: "text", summary: "any other text, line by line", recognise: text };

struct Lines(&'static str, Records);

fn text(_: &Head<'_>) -> Option<Box<dyn Reader>> {
    Some(Box::new(Lines("text", Records::Lines)))
}

fn log(head: &Head<'_>) -> Option<Box<dyn Reader>> {
    is_log(head).then(|| Box::new(Lines("log", Records::Entries)) as Box<dyn Reader>)
}

/// Whether most lines begin with a time.
pub(super) fn is_log(head: &Head<'_>) -> bool {
    let (mut timed, mut all) = (0, 0);
    for line in head.lines().filter(|line| !line.is_empty()).take(200) {
        // Lines that go on after the one before, as stack traces do, say nothing.
        if line[0] == b' ' || line[0] == b'\t' {
            continue;
        }
        all += 1;
        timed += usize::from(begins_with_time(line));
    }
    all > 0 && timed * 10 >= all * 6
}

/// Whether `hh:mm:ss` stands in the first 64 bytes, or a bare epoch at the start.
fn begins_with_time(line: &[u8]) -> bool {
    let start = &line[..line.len().min(64)];
    let clock = start.windows(8).any(|w| {
        w[2] == b':'
            && w[5] == b':'
            && [0, 1, 3, 4, 6, 7].iter().all(|i| w[*i].is_ascii_digit())
            && w[0] <= b'2'
            && w[3] <= b'5'
            && w[6] <= b'6'
    });
    let digits = start.iter().take_while(|b| b.is_ascii_digit()).count();
    clock || ((10..=19).contains(&digits) && matches!(start.get(digits), Some(b' ' | b'.' | b'\t')))
}

impl Reader for Lines {
    fn format(&self) -> &'static str {
        self.0
    }

    fn records(&self) -> Records {
        self.1
    }

    fn supply(&self, text: Text, how: &Supplying) -> Box<dyn Supply> {
        Blocks::supply(text, Box::new(LineCutter { blank_lines_count: true, in_torn: false }), how)
    }

    fn layout(&self, block: &Block) -> Box<dyn Layout> {
        Box::new(LineLayout { cursor: LineCursor::new(block, true) })
    }
}

/// Cuts after newlines.
pub(super) struct LineCutter {
    pub blank_lines_count: bool,
    pub in_torn: bool,
}

impl LineCutter {
    fn cut(&mut self, owned: &[u8], unfinished: bool) -> Cut {
        let torn_head = if self.in_torn { memchr::memchr(b'\n', owned).map_or(owned.len(), |n| n + 1) } else { 0 };
        let (torn, body) = owned.split_at(torn_head);
        let (lines, full) = if self.blank_lines_count {
            let lines = newlines(body);
            (lines, lines)
        } else {
            full_lines(body)
        };
        let unfinished = u64::from(unfinished);
        self.in_torn = false;
        Cut {
            len: owned.len(),
            records: u64::from(torn_head > 0) + full + unfinished,
            lines: newlines(torn) + lines + unfinished,
            torn: false,
            framing: Framing { torn_head, ..Framing::default() },
        }
    }
}

/// Newlines, and how many of them end a line that is not blank.
fn full_lines(bytes: &[u8]) -> (u64, u64) {
    let (mut all, mut full) = (0, 0);
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', bytes) {
        all += 1;
        full += u64::from(!is_blank(&bytes[start..end]));
        start = end + 1;
    }
    (all, full)
}

pub(super) fn is_blank(line: &[u8]) -> bool {
    line.first().is_none_or(u8::is_ascii_whitespace) && line.trim_ascii().is_empty()
}

impl Cutter for LineCutter {
    fn boundary(&mut self, window: &[u8], at_end: bool) -> Option<Cut> {
        let end = memchr::memrchr(b'\n', window).map_or(0, |n| n + 1);
        if at_end {
            let last = &window[end..];
            let unfinished = if self.blank_lines_count { !last.is_empty() } else { !is_blank(last) };
            // A torn record that ends with the leaf is counted by `torn_head` alone.
            return Some(self.cut(window, unfinished && !(self.in_torn && end == 0)));
        }
        (end > 0).then(|| self.cut(&window[..end], false))
    }

    fn tear(&mut self, window: &[u8], most: usize) -> Cut {
        let len = whole_chars(window, most);
        self.in_torn = true;
        Cut::torn(&window[..len], false)
    }
}

/// Numbers of physical lines, counted on from the last one that was asked for.
pub(super) struct LineCount {
    /// The line on which byte `at` of the block stands.
    line: u64,
    at: usize,
}

impl LineCount {
    pub(super) fn new(block: &Block) -> Self {
        Self { line: block.framing.first_line, at: block.owned.start }
    }

    /// The line on which byte `at` stands.
    pub(super) fn of(&mut self, block: &Block, at: usize) -> u64 {
        if at < self.at {
            self.line -= newlines(&block.bytes[at..self.at]);
        } else {
            self.line += newlines(&block.bytes[self.at..at]);
        }
        self.at = at;
        self.line
    }
}

/// A layout whose records start where the framing of its block says.
pub(super) trait Framed {
    /// Fills `row` with the record of an index in [`Framing::starts`].
    fn fill(&mut self, block: &Block, index: usize, row: &mut Row);

    /// The lines of the block.
    fn lines(&mut self) -> &mut LineCount;

    /// See [`Layout::row_at`].
    fn framed_at(&mut self, block: &Block, at: usize, row: &mut Row) {
        if let Some(index) = block.record_at(at)
            && block.framing.ends.get(index).is_none_or(|end| at < *end as usize)
        {
            self.fill(block, index, row);
            if at < row.span.end {
                return;
            }
        }
        row.set_outside(block.ordinal_outside(at), self.lines().of(block, at), at);
    }

    /// See [`Layout::row_from`].
    fn framed_from(&mut self, block: &Block, at: usize, row: &mut Row) -> bool {
        let index = block.record_from(at);
        if let Some(index) = index {
            self.fill(block, index, row);
        }
        index.is_some()
    }
}

/// Finds lines and counts them as it goes forward.
pub(super) struct LineCursor {
    /// Start of a line in the block, and its number and ordinal.
    at: usize,
    line: u64,
    ordinal: u64,
    /// Where the newline of that line stands, once it was looked for, and whether the line is a record.
    newline: Option<(usize, bool)>,
    blank_lines_count: bool,
}

impl LineCursor {
    pub(super) fn new(block: &Block, blank_lines_count: bool) -> Self {
        let (line, ordinal) = (block.framing.first_line, block.framing.first_record);
        Self { at: block.owned.start, line, ordinal, newline: None, blank_lines_count }
    }

    /// Fills `row`, without cells, with the line that holds byte `at`.
    pub(super) fn row_at(&mut self, block: &Block, at: usize, row: &mut Row) {
        let owned = &block.bytes[..block.owned.end];
        let start = memchr::memrchr(b'\n', &owned[block.owned.start..at]).map_or(block.owned.start, |n| block.owned.start + n + 1);
        let end = memchr::memchr(b'\n', &owned[at..]).map_or(owned.len(), |n| at + n);
        self.line_at(block, start, end, row);
    }

    /// Fills `row`, without cells, with the line that starts at `start` and has its newline, or the block's end, at `end`.
    pub(super) fn line_at(&mut self, block: &Block, start: usize, end: usize, row: &mut Row) {
        let owned = &block.bytes[..block.owned.end];
        let torn_end = block.owned.start + block.framing.torn_head;
        if start < self.at {
            *self = Self::new(block, self.blank_lines_count);
        }
        match self.newline {
            Some((newline, is_record)) if newline + 1 == start => {
                self.line += 1;
                self.ordinal += u64::from(is_record);
            }
            _ => self.count(&owned[self.at..start], torn_end.saturating_sub(self.at)),
        }
        self.at = start;
        row.ordinal = self.ordinal;
        row.line = self.line;
        row.broken = start < torn_end;
        row.span = start..if end > start && owned[end - 1] == b'\r' { end - 1 } else { end };
        row.clear_fields();
        self.newline = Some((end, self.blank_lines_count || row.broken || !is_blank(&owned[start..end])));
    }

    /// Counts the lines of `passed`, whose first `torn` bytes are the rest of a record that was cut.
    fn count(&mut self, passed: &[u8], torn: usize) {
        if passed.is_empty() {
            return;
        }
        if self.blank_lines_count {
            let lines = newlines(passed);
            self.line += lines;
            self.ordinal += lines;
        } else {
            let (torn, rest) = passed.split_at(torn.min(passed.len()));
            let (lines, full) = full_lines(rest);
            self.line += newlines(torn) + lines;
            self.ordinal += u64::from(!torn.is_empty()) + full;
        }
    }
}

struct LineLayout {
    cursor: LineCursor,
}

impl Layout for LineLayout {
    fn row_at(&mut self, block: &Block, at: usize, row: &mut Row) {
        self.cursor.row_at(block, at, row);
    }

    fn row_from(&mut self, block: &Block, at: usize, row: &mut Row) -> bool {
        if at >= block.owned.end {
            return false;
        }
        self.cursor.row_at(block, at, row);
        true
    }

    fn text<'a>(&self, block: &'a Block, field: &Field) -> CellText<'a> {
        CellText::new(block, field, |content| (content.to_vec(), (0..=content.len()).collect()))
    }

    fn columns(&self) -> &[Column] {
        &[]
    }
}
