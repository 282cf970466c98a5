//! Delimited text: which delimiter, quote and escape a head uses, and whether its first record is a header; how cells are spelt.

use std::ops::Range;

use crate::model::{Change, Splice};

/// How delimited text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// Byte between fields.
    pub delimiter: u8,
    /// Byte around fields that hold delimiters or newlines.
    pub quote: u8,
    /// Byte that makes the next one literal inside quotes, beside the doubled quote.
    pub escape: Option<u8>,
    /// Whether lines end in CR LF.
    pub crlf: bool,
    /// Whether the first record holds names.
    pub header: bool,
}

const DELIMITERS: [u8; 5] = [b',', b'\t', b';', b'|', 0x01];
/// Records of a head that are looked at.
const SAMPLE: usize = 200;
/// Records that must agree before text is taken as delimited.
const AGREEING: usize = 3;

/// Fields and end of one record.
pub(super) struct Parsed {
    /// Where the next record starts.
    pub next: usize,
    /// Whether the record ended with a newline or at the end of the text.
    pub closed: bool,
}

/// One field as the record parser meets it.
pub(super) struct RawField {
    pub start: usize,
    pub end: usize,
    pub quoted: bool,
    /// Whether the content holds a doubled quote or an escape.
    pub escaped: bool,
}

impl Dialect {
    /// Whether a quote at `at` opens a field: only spaces stand between it and the delimiter or the record's start.
    #[inline]
    pub(super) fn opens(&self, bytes: &[u8], record: usize, at: usize) -> bool {
        let mut before = at;
        while before > record && bytes[before - 1] == b' ' {
            before -= 1;
        }
        before == record || bytes[before - 1] == self.delimiter
    }

    /// Index just after the quote that closes the field opened just before `at`; none where it stays open.
    #[inline]
    pub(super) fn close(&self, bytes: &[u8], mut at: usize, escaped: &mut bool) -> Option<usize> {
        loop {
            let hit = at
                + match self.escape {
                    None => memchr::memchr(self.quote, &bytes[at..])?,
                    Some(escape) => memchr::memchr2(self.quote, escape, &bytes[at..])?,
                };
            if bytes[hit] != self.quote || bytes.get(hit + 1) == Some(&self.quote) {
                *escaped = true;
                at = (hit + 2).min(bytes.len());
            } else {
                return Some(hit + 1);
            }
        }
    }

    /// Parses the record that starts at `start`, calling `field` for each field.
    pub(super) fn record(&self, bytes: &[u8], start: usize, mut field: impl FnMut(RawField)) -> Parsed {
        let mut at = start;
        loop {
            let mut content = at;
            while bytes.get(content) == Some(&b' ') {
                content += 1;
            }
            let mut escaped = false;
            let mut found = None;
            if bytes.get(content) == Some(&self.quote) {
                let Some(close) = self.close(bytes, content + 1, &mut escaped) else {
                    field(RawField { start: content + 1, end: bytes.len(), quoted: true, escaped });
                    return Parsed { next: bytes.len(), closed: false };
                };
                found = Some((content + 1, close - 1));
                at = close;
            }
            let end = memchr::memchr2(self.delimiter, b'\n', &bytes[at..]).map_or(bytes.len(), |n| at + n);
            let newline = bytes.get(end) != Some(&self.delimiter);
            let trimmed = if newline && end > at && bytes[end - 1] == b'\r' { end - 1 } else { end };
            match found {
                Some((from, to)) => field(RawField { start: from, end: to, quoted: true, escaped }),
                None => field(RawField { start: at, end: trimmed, quoted: false, escaped: false }),
            }
            if newline {
                return Parsed { next: (end + 1).min(bytes.len()), closed: true };
            }
            at = end + 1;
        }
    }

    /// The text of a quoted field's content.
    pub(super) fn unescape(&self, content: &[u8]) -> (Vec<u8>, Vec<usize>) {
        let mut text = Vec::with_capacity(content.len());
        let mut origin = Vec::with_capacity(content.len() + 1);
        let mut at = 0;
        while at < content.len() {
            let pair = content.get(at + 1).is_some_and(|next| {
                Some(content[at]) == self.escape && (*next == self.quote || Some(*next) == self.escape)
                    || content[at] == self.quote && *next == self.quote
            });
            at += usize::from(pair);
            origin.push(at - usize::from(pair));
            text.push(content[at]);
            at += 1;
        }
        origin.push(content.len());
        (text, origin)
    }
}

impl Dialect {
    /// Spells another text in the cell with that content. `alone`: it is the only one of its record.
    pub(super) fn spell(&self, bytes: &[u8], content: Range<usize>, change: &Change<'_>, alone: bool) -> Splice {
        let quoted = content.start > 0 && bytes[content.start - 1] == self.quote && bytes.get(content.end) == Some(&self.quote);
        let (range, by) = match change {
            Change::Null => {
                let range = if quoted { content.start - 1..content.end + 1 } else { content };
                // An empty line would be no record.
                return Splice { range, by: if alone { vec![self.quote; 2] } else { Vec::new() } };
            }
            Change::Whole(by) => (content.clone(), by),
            Change::Part(range, by) => (range.clone(), by),
        };
        if quoted {
            return Splice { range, by: self.escape(by.as_bytes()) };
        }
        if !by.bytes().any(|b| [self.delimiter, self.quote, b'\n', b'\r'].contains(&b) || self.escape == Some(b)) {
            return Splice { range, by: by.as_bytes().to_vec() };
        }
        // The whole cell goes into quotes.
        let mut out = vec![self.quote];
        out.extend(self.escape(&bytes[content.start..range.start]));
        out.extend(self.escape(by.as_bytes()));
        out.extend(self.escape(&bytes[range.end..content.end]));
        out.push(self.quote);
        Splice { range: content, by: out }
    }

    /// A text as it stands in quotes.
    fn escape(&self, text: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        for byte in text {
            if *byte == self.quote || self.escape == Some(*byte) {
                out.push(self.escape.unwrap_or(self.quote));
            }
            out.push(*byte);
        }
        out
    }
}

/// What sniffing found.
pub(super) struct Sniffed {
    pub dialect: Dialect,
    pub header: Vec<String>,
    /// Records before the first one of data: the header, and a title or comment above it.
    pub skip: usize,
}

/// Decides whether a head is delimited text.
pub(super) fn sniff(head: &[u8], whole: bool, path: &str) -> Option<Sniffed> {
    let crlf = memchr::memchr(b'\n', head).is_some_and(|n| n > 0 && head[n - 1] == b'\r');
    let escape = escapes_with_backslash(head).then_some(b'\\');
    let mut best: Option<(usize, Sniffed)> = None;
    for delimiter in DELIMITERS {
        let dialect = Dialect { delimiter, quote: b'"', escape, crlf, header: false };
        let records = sample(&dialect, head, whole);
        let Some((fields, agreeing)) = mode(&records).filter(|(fields, agreeing)| *fields >= 2 && *agreeing >= AGREEING) else { continue };
        let titles = records.iter().take(TITLES).take_while(|record| is_title(record)).count();
        let header = header_of(&records[titles..], fields);
        // Without names to go by, rows of prose with a comma each must not pass: three columns, nearly all rows alike.
        let (least, share) = if header.is_some() { (2, 60) } else { (3, 95) };
        if fields < least || agreeing * 100 < (records.len() - titles) * share {
            continue;
        }
        let worth = agreeing * 10_000 / records.len() * 100 + fields.min(99);
        if best.as_ref().is_none_or(|(w, _)| worth > *w) {
            let skip = if header.is_some() { titles + 1 } else { 0 };
            let dialect = Dialect { header: header.is_some(), ..dialect };
            best = Some((worth, Sniffed { dialect, header: header.unwrap_or_default(), skip }));
        }
    }
    best.map(|(_, sniffed)| sniffed).or_else(|| single_column(head, whole, path, crlf))
}

/// Lines of one field, such as a title, a comment or `sep=;`, that may stand above a header.
const TITLES: usize = 4;

fn is_title(record: &[String]) -> bool {
    record.len() == 1 || record.first().is_some_and(|first| first.starts_with('#') || first.starts_with("sep="))
}

/// The names of the columns, where the first record holds them.
fn header_of(records: &[Vec<String>], fields: usize) -> Option<Vec<String>> {
    let (first, rest) = records.split_first()?;
    let about = first.len() >= 2 && first.len().abs_diff(fields) <= 1.max(fields / 3);
    (about && is_header(first, rest)).then(|| first.clone())
}

/// A list of values under one name: only the file's name can tell it from text.
fn single_column(head: &[u8], whole: bool, path: &str, crlf: bool) -> Option<Sniffed> {
    let lower = path.to_ascii_lowercase();
    if ![".csv", ".tsv", ".csv.gz", ".tsv.gz", ".csv.zst", ".tsv.zst"].iter().any(|end| lower.ends_with(end)) {
        return None;
    }
    let dialect = Dialect { delimiter: b',', quote: b'"', escape: None, crlf, header: true };
    let records = sample(&dialect, head, whole);
    let (fields, agreeing) = mode(&records)?;
    let (first, rest) = records.split_first()?;
    (fields == 1 && agreeing >= AGREEING && agreeing == records.len() && is_header(first, rest)).then(|| Sniffed {
        dialect,
        header: first.clone(),
        skip: 1,
    })
}

/// Whether quoted text holds `\"` that does not close it. `\""` is a backslash and a doubled quote, as JSON in cells has it, where it does not
/// end a cell.
fn escapes_with_backslash(head: &[u8]) -> bool {
    let ends = |at: usize| matches!(head.get(at), Some(b',' | b';' | b'\t' | b'|' | b'\n' | b'\r') | None);
    memchr::memmem::find_iter(head, b"\\\"").any(|at| !ends(at + 2) && (head.get(at + 2) != Some(&b'"') || ends(at + 3)))
}

fn sample(dialect: &Dialect, head: &[u8], whole: bool) -> Vec<Vec<String>> {
    let mut records = Vec::new();
    let mut at = 0;
    while at < head.len() && records.len() < SAMPLE {
        let mut fields = Vec::new();
        let parsed = dialect.record(head, at, |f| {
            let content = &head[f.start..f.end];
            let text = if f.escaped { dialect.unescape(content).0 } else { content.to_vec() };
            fields.push(String::from_utf8_lossy(&text).into_owned());
        });
        let cut_off = parsed.next == head.len() && !(whole && parsed.closed) && !(parsed.closed && head.ends_with(b"\n"));
        let blank = fields.len() == 1 && fields[0].trim().is_empty();
        if !cut_off && !blank {
            records.push(fields);
        }
        // A quote that nothing closes must not hide all other records.
        at = if parsed.closed { parsed.next } else { memchr::memchr(b'\n', &head[at..]).map_or(head.len(), |n| at + n + 1) };
    }
    records
}

/// The commonest number of fields, and how many records have it.
fn mode(records: &[Vec<String>]) -> Option<(usize, usize)> {
    let mut counts = std::collections::BTreeMap::new();
    for record in records {
        *counts.entry(record.len()).or_insert(0) += 1;
    }
    counts.into_iter().max_by_key(|(fields, count)| (*count, *fields))
}

/// Whether the first record names the columns of the others. A record that holds a value as data do is none: a first row of
/// data that is taken as a header would be lost.
fn is_header(first: &[String], rest: &[Vec<String>]) -> bool {
    let names: Vec<&str> = first.iter().map(|name| name.trim()).filter(|name| !name.is_empty()).collect();
    let like = names.iter().filter(|name| is_name(name)).count();
    if names.len() * 2 < first.len() || like * 10 < names.len() * 6 || names.is_empty() || names.iter().any(|name| is_value(name)) {
        return false;
    }
    let known = names.iter().filter(|name| has_known_word(name)).count();
    if known * 2 >= names.len() || names.iter().any(|name| name.contains('_') || is_lower_camel(name) && !name.contains(' ')) {
        return true;
    }
    // A column in which few values look like names tells them from a row of data, unless its own first cell looks like a value.
    (0..first.len()).filter(|i| is_name(first[*i].trim())).any(|i| {
        let values: Vec<&str> = rest.iter().filter_map(|r| r.get(i)).map(|v| v.trim()).filter(|v| !v.is_empty()).collect();
        let like = values.iter().filter(|v| is_name(v)).count();
        !values.is_empty() && !first[i].trim().is_empty() && like * 4 < values.len()
    })
}

/// Whether a cell is a value and no name: an address with `@`, or seven digits and more that no letter leads.
fn is_value(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let mail = text.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.'));
    mail || digits >= 7 && !text.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Words that names of columns are made of.
#[rustfmt::skip]
const KNOWN: &[&str] = &[
    "account", "address", "age", "amount", "balance", "birth", "birthday", "bday", "card", "category", "city", "code", "comment", "company",
    "contact", "country", "created", "currency", "customer", "date", "day", "department", "description", "dob", "email", "employee", "end",
    "fax", "first", "firstname", "forename", "gender", "given", "iban", "id", "ip", "item", "job", "key", "last", "lastname", "line", "mail",
    "middle", "mobile", "month", "name", "no", "note", "notes", "number", "occupation", "order", "paid", "phone", "postal", "postcode", "price",
    "product", "province", "qty", "quantity", "region", "role", "salary", "sex", "ssn", "start", "state", "status", "street", "surname", "tel",
    "telephone", "time", "title", "total", "town", "type", "updated", "url", "user", "username", "value", "year", "zip", "zipcode",
];

fn has_known_word(name: &str) -> bool {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).any(|word| KNOWN.contains(&word.as_str()))
}

fn is_name(text: &str) -> bool {
    let first_ok = text.chars().next().is_some_and(|c| c.is_alphabetic() || c == '_' || c == '#' || c == '$' || c == '(');
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    first_ok
        && text.chars().count() <= 64
        && digits <= 4
        && !text.contains('@')
        && !text.contains("://")
        && !text.contains(['\n', '\t', '{', '}', '='])
}

/// `name`, `firstName`: begins in lower case.
fn is_lower_camel(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
}
