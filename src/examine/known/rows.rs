//! Rows of delimited text, many at a time: RFC 4180, with the delimiter that the header has.

use std::io::{self, BufRead};
use std::ops::Range;

use zeroize::Zeroize;

/// Bytes of a row.
const ROW_BYTES: usize = 1024 * 1024;
/// Rows of a batch.
const BATCH_ROWS: usize = 16 * 1024;
/// Text of a batch.
const BATCH_BYTES: usize = 4 * 1024 * 1024;

/// Reads rows one after the other.
pub(super) struct Rows<R> {
    input: R,
    delimiter: u8,
    /// Lines before the next row.
    line: u64,
    raw: Vec<u8>,
}

/// Rows that were read, wiped when dropped.
#[derive(Default)]
pub(super) struct Batch {
    text: Vec<u8>,
    fields: Vec<Range<u32>>,
    /// Where the fields of each row begin.
    starts: Vec<usize>,
}

/// Why a row cannot be read.
#[derive(Debug)]
pub(super) enum Wrong {
    Io(io::Error),
    /// A row that begins on this line is too long: a quote is not closed, perhaps.
    TooLong(u64),
}

impl Drop for Batch {
    fn drop(&mut self) {
        self.text.zeroize();
    }
}

impl<R> Drop for Rows<R> {
    fn drop(&mut self) {
        self.raw.zeroize();
    }
}

impl Batch {
    pub(super) fn len(&self) -> usize {
        self.starts.len()
    }

    /// The fields of a row, without their quotes.
    pub(super) fn row(&self, at: usize) -> impl ExactSizeIterator<Item = &[u8]> {
        let end = self.starts.get(at + 1).copied().unwrap_or(self.fields.len());
        self.fields[self.starts[at]..end].iter().map(|span| &self.text[span.start as usize..span.end as usize])
    }

    fn clear(&mut self) {
        self.text.zeroize();
        self.fields.clear();
        self.starts.clear();
    }

    /// Splits a row into fields.
    fn push(&mut self, raw: &[u8], delimiter: u8) {
        self.starts.push(self.fields.len());
        let small = |at: usize| u32::try_from(at).expect("a batch is small");
        let mut rest = raw;
        loop {
            let start = self.text.len();
            if let Some(quoted) = rest.strip_prefix(b"\"") {
                rest = self.unquote(quoted);
            }
            let end = memchr::memchr(delimiter, rest).unwrap_or(rest.len());
            self.text.extend_from_slice(&rest[..end]);
            self.fields.push(small(start)..small(self.text.len()));
            match rest.get(end) {
                Some(_) => rest = &rest[end + 1..],
                None => return,
            }
        }
    }

    /// Takes what stands in quotes; returns what is behind them.
    fn unquote<'a>(&mut self, mut rest: &'a [u8]) -> &'a [u8] {
        while let Some(quote) = memchr::memchr(b'"', rest) {
            self.text.extend_from_slice(&rest[..quote]);
            rest = &rest[quote + 1..];
            match rest.strip_prefix(b"\"") {
                Some(more) => {
                    self.text.push(b'"');
                    rest = more;
                }
                None => return rest,
            }
        }
        self.text.extend_from_slice(rest);
        &[]
    }
}

impl<R: BufRead> Rows<R> {
    pub(super) fn new(input: R) -> Self {
        Self { input, delimiter: b',', line: 1, raw: Vec::new() }
    }

    /// Reads the header; none where there is no row at all. The most frequent of four delimiters is the one.
    pub(super) fn header(&mut self) -> Result<Option<Vec<Vec<u8>>>, Wrong> {
        if !self.next()? {
            return Ok(None);
        }
        let raw = self.raw.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&self.raw);
        let count = |delimiter: &u8| raw.iter().filter(|b| *b == delimiter).count();
        self.delimiter = [b'|', b';', b'\t', b','].into_iter().max_by_key(count).unwrap_or(b',');
        let mut batch = Batch::default();
        batch.push(raw, self.delimiter);
        Ok(Some(batch.row(0).map(<[u8]>::to_vec).collect()))
    }

    /// Reads rows into a batch; false where there are no more.
    pub(super) fn read(&mut self, batch: &mut Batch) -> Result<bool, Wrong> {
        batch.clear();
        while batch.starts.len() < BATCH_ROWS && batch.text.len() < BATCH_BYTES && self.next()? {
            batch.push(&self.raw, self.delimiter);
        }
        Ok(!batch.starts.is_empty())
    }

    /// Reads the next row that is not empty into `raw`, without its line end.
    fn next(&mut self) -> Result<bool, Wrong> {
        loop {
            self.raw.clear();
            let first = self.line;
            let mut state = State::Start;
            let mut seen = 0;
            loop {
                let most = (ROW_BYTES + 1 - self.raw.len()) as u64;
                let read = io::Read::take(&mut self.input, most).read_until(b'\n', &mut self.raw).map_err(Wrong::Io)?;
                self.line += u64::from(self.raw.ends_with(b"\n"));
                state = state.after(&self.raw[seen..], self.delimiter);
                seen = self.raw.len();
                if self.raw.len() > ROW_BYTES {
                    return Err(Wrong::TooLong(first));
                }
                if read == 0 && state == State::Quoted {
                    return Err(Wrong::TooLong(first));
                }
                if read == 0 || state != State::Quoted && self.raw.ends_with(b"\n") {
                    break;
                }
            }
            if self.raw.is_empty() {
                return Ok(false);
            }
            let end = self.raw.strip_suffix(b"\n").map_or(self.raw.len(), |raw| raw.strip_suffix(b"\r").unwrap_or(raw).len());
            self.raw.truncate(end);
            if !self.raw.trim_ascii().is_empty() {
                return Ok(true);
            }
        }
    }
}

/// Where in a row one is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Start,
    Plain,
    Quoted,
    /// Behind a quote in quotes: the end of them, or the first of two.
    Closed,
}

impl State {
    /// Where one is after these bytes.
    fn after(self, bytes: &[u8], delimiter: u8) -> Self {
        bytes.iter().fold(self, |state, byte| match (state, byte) {
            (Self::Quoted, b'"') => Self::Closed,
            (Self::Quoted, _) | (Self::Start | Self::Closed, b'"') => Self::Quoted,
            (_, other) if *other == delimiter => Self::Start,
            _ => Self::Plain,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<Vec<String>>, Wrong> {
        let mut rows = Rows::new(text.as_bytes());
        let plain = |field: &[u8]| String::from_utf8_lossy(field).into_owned();
        let mut out = vec![rows.header()?.unwrap_or_default().iter().map(|field| plain(field)).collect()];
        let mut batch = Batch::default();
        while rows.read(&mut batch)? {
            out.extend((0..batch.len()).map(|at| batch.row(at).map(plain).collect()));
        }
        Ok(out)
    }

    #[test]
    fn reads_quotes_and_line_ends() {
        let rows = read("\u{feff}a;b\r\n\r\n\"x;\"\"y\"\"\nz\";2\n  \n3;5\" pipe\n;\n4").unwrap();
        assert_eq!(rows, [vec!["a", "b"], vec!["x;\"y\"\nz", "2"], vec!["3", "5\" pipe"], vec!["", ""], vec!["4"]]);
        assert_eq!(read("").unwrap(), [[""; 0]]);
        assert_eq!(read("a\tb,c\td\n1\t2\t\"3\"\n").unwrap()[1], ["1", "2", "3"]);
    }

    #[test]
    fn a_quote_that_nothing_closes_ends_the_reading() {
        for text in ["a,b\n1,\"2\n3,4\n".to_owned(), format!("a,b\n1,2\n3,\"{}", "x\n".repeat(ROW_BYTES))] {
            assert!(matches!(read(&text), Err(Wrong::TooLong(2 | 3))));
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[a\",;\\n\\r\u{e9}]{0,60}") {
            let _ = read(&text);
        }
    }
}
