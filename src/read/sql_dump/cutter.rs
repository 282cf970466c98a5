//! Cuts a dump after records, and after what is none.

use std::sync::Arc;

use memchr::memrchr;

use super::layout;
use super::lex::{Lex, Syntax};
use super::statement::{Statement, Tables};
use crate::model::{Framing, Mark, Parts, Section, SectionStyle, Table};
use crate::read::{Cut, Cutter, torn_head, whole_chars};

/// What stands at the start of a window.
#[derive(Clone)]
enum State {
    Statement,
    /// Tuples of an `INSERT`.
    Tuples(Arc<Table>),
    /// Lines or rows of a `COPY`; whether the first one, which names columns, is still to come.
    Copied(Arc<Table>, SectionStyle, bool),
}

pub(super) struct SqlCutter {
    syntax: Syntax,
    tables: Tables,
    state: State,
    delimiter: Vec<u8>,
    /// Whether the tuples of an `INSERT` have ended, and what ends it is still to come.
    in_tail: bool,
    in_torn: bool,
}

/// Words that what stands behind the tuples of an `INSERT` begins with.
const TAIL: [&str; 3] = ["ON", "AS", "RETURNING"];

/// Records found in a window.
#[derive(Default)]
struct Found {
    starts: Vec<u32>,
    sections: Vec<Section>,
    parts: Parts,
    marks: Vec<Mark>,
}

impl Found {
    /// Takes a record without parts.
    fn push(&mut self, start: usize, table: &Arc<Table>, style: SectionStyle) {
        self.push_with(start, table, style, self.parts.all.len());
    }

    /// Takes a record whose parts begin with that one.
    fn push_with(&mut self, start: usize, table: &Arc<Table>, style: SectionStyle, first: usize) {
        self.parts.firsts.push(small(first));
        let same = |last: &Section| Arc::ptr_eq(&last.table, table) && last.style == style;
        if !self.sections.last().is_some_and(same) {
            self.sections.push(Section { first: self.starts.len(), table: Arc::clone(table), style });
        }
        self.starts.push(small(start));
    }
}

fn small(at: usize) -> u32 {
    u32::try_from(at).expect("a window is far below 4 GiB")
}

impl SqlCutter {
    pub(super) fn new(syntax: Syntax) -> Self {
        Self { syntax, tables: Tables::default(), state: State::Statement, delimiter: b";".to_vec(), in_tail: false, in_torn: false }
    }

    /// Reads one record or statement at `at`; returns where the next one starts. None: it does not end in the window.
    fn step(&mut self, lex: Lex<'_>, at: usize, found: &mut Found) -> Option<usize> {
        match &self.state {
            State::Copied(table, style, is_header) => {
                let mut end = lex.line_end(at)?;
                if lex.text[at..end].trim_ascii_end() == b"\\." {
                    self.state = State::Statement;
                    return Some(end);
                }
                if let Some(dialect) = layout::dialect(*style) {
                    let row = dialect.record(lex.text, at, |_| ());
                    end = Some(row.next).filter(|end| row.closed && lex.text[..*end].ends_with(b"\n"))?;
                }
                if *is_header {
                    self.state = State::Copied(Arc::clone(table), *style, false);
                } else {
                    found.push(at, table, *style);
                }
                Some(end)
            }
            State::Tuples(table) => {
                let at = lex.skip_space(at)?;
                match *lex.text.get(at)? {
                    b',' => Some(at + 1),
                    // The word may go on behind the window.
                    b'r' | b'R' if lex.word_end(at) == lex.text.len() => None,
                    // MySQL's `VALUES ROW(1, 2)`.
                    b'r' | b'R' if lex.is_word(at, "ROW") => {
                        let open = lex.skip_space(lex.word_end(at))?;
                        if *lex.text.get(open)? != b'(' {
                            self.state = State::Statement;
                        }
                        Some(open)
                    }
                    b'(' => {
                        let first = found.parts.all.len();
                        let Some(end) = lex.tuple(at, |part| found.parts.all.push(part)) else {
                            found.parts.all.truncate(first);
                            return None;
                        };
                        found.push_with(at, table, SectionStyle::Tuples, first);
                        Some(end)
                    }
                    _ => {
                        (self.state, self.in_tail) = (State::Statement, true);
                        Some(at)
                    }
                }
            }
            State::Statement => {
                let at = lex.skip_space(at)?;
                let statement = lex.statement(at, &self.delimiter)?;
                if std::mem::take(&mut self.in_tail) {
                    found.marks.push(self.tail(lex, at, &statement));
                }
                Some(match statement {
                    Statement::Insert { table, columns, end } => {
                        found.marks.push(Mark::Begin(small(at)));
                        self.state = State::Tuples(self.tables.table(&table, columns));
                        end
                    }
                    Statement::Copy { table, columns, style, header, end } => {
                        self.state = State::Copied(self.tables.table(&table, columns), style, header);
                        end
                    }
                    Statement::Create { table, like, columns, end } => {
                        self.tables.create(table, like.as_deref(), columns);
                        end
                    }
                    Statement::Delimiter { delimiter, end } => {
                        self.delimiter = delimiter;
                        end
                    }
                    Statement::Other { end } => end,
                })
            }
        }
    }

    /// Where an `INSERT` ends behind whose tuples a statement was read at `at`.
    fn tail(&self, lex: Lex<'_>, at: usize, statement: &Statement) -> Mark {
        match statement {
            Statement::Other { end } if lex.starts(at, &self.delimiter) => Mark::End(small(*end)),
            Statement::Other { end } if TAIL.iter().any(|word| lex.is_word(at, word)) && lex.text[..*end].ends_with(&self.delimiter) => {
                Mark::End(small(*end))
            }
            // Nothing but the next statement ends one there.
            _ if self.syntax == Syntax::SqlServer => Mark::End(small(at)),
            _ => Mark::Lost(small(at)),
        }
    }

    /// Takes the record that the end of the leaf cuts off. Says whether something was still to come: lines, or what closes a tuple, a string
    /// or a comment.
    fn unfinished(&self, lex: Lex<'_>, at: usize, found: &mut Found) -> bool {
        match &self.state {
            State::Copied(..) if lex.text[at..].trim_ascii_end() == b"\\." => false,
            State::Copied(table, style, is_header) => {
                if at < lex.text.len() && !is_header {
                    found.push(at, table, *style);
                }
                true
            }
            State::Tuples(table) => match lex.skip_space(at) {
                Some(open) if lex.starts(open, b"(") => {
                    found.push(open, table, SectionStyle::Tuples);
                    true
                }
                _ => false,
            },
            State::Statement => lex.is_open(at),
        }
    }

    /// A record that was torn has ended with its line.
    fn resume(&mut self) {
        self.in_tail = false;
        if !matches!(self.state, State::Copied(..)) {
            self.state = State::Statement;
        }
    }
}

impl Cutter for SqlCutter {
    fn boundary(&mut self, window: &[u8], at_end: bool) -> Option<Cut> {
        let was_torn = self.in_torn;
        let torn_head = torn_head(was_torn, window, at_end)?;
        if was_torn {
            self.resume();
        }
        let lex = Lex { text: window, syntax: self.syntax };
        let mut found = Found::default();
        let mut end = torn_head;
        while let Some(next) = self.step(lex, end, &mut found) {
            end = next;
        }
        let is_open = at_end && self.unfinished(lex, end, &mut found);
        if at_end {
            end = window.len();
        }
        if end == 0 {
            return None;
        }
        self.in_torn = false;
        let Found { starts, sections, parts, marks } = found;
        let framing = Framing { torn_head, starts, sections, parts, marks, ..Framing::default() };
        Some(Cut { torn: is_open, ..Cut::records(&window[..end], was_torn, at_end, framing) })
    }

    /// What does not end within the limit ends with a line after all: one stray quote must not swallow the rest. As many lines
    /// go as may, so that the rest is not read again for each of them.
    fn tear(&mut self, window: &[u8], most: usize) -> Cut {
        let newline = memrchr(b'\n', &window[..most.min(window.len())]).filter(|_| !self.in_torn).map(|n| n + 1);
        let is_record = !matches!(self.state, State::Statement);
        let len = newline.unwrap_or_else(|| whole_chars(window, most));
        let ended = newline.is_some();
        self.in_torn = !ended;
        if ended {
            self.resume();
        }
        Cut::torn(&window[..len], ended && is_record)
    }
}
