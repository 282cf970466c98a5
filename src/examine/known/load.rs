//! A list of known values → the table. Rows are read one after the other and worked on by all threads of the pool.

use std::collections::HashMap;
use std::io::BufRead;

use rayon::prelude::*;

use super::facts::{KnownColumn, KnownFacts};
use super::list::{Column, KnownList};
use super::rows::{Batch, Rows, Wrong};
use super::strength::{self, SPREAD, is_digits, suffices};
use super::table::{Draft, Entry, MOST_ROWS};
use super::walk::Begins;
use super::words::{Printed, Printer};
use super::{Kind, Known, Normal};
use crate::detect::{Asked, Detector, Scratch};
use crate::finding::Tokens;
use crate::model::{Id, Normalisation, Region, Result, RuleIndex};

/// Values that a list may have.
const MOST_VALUES: u64 = 10_000_000;
/// Rows that a thread takes at a time.
const PIECE: usize = 512;
/// Digits that the calling code of a country has at most.
const CALLING_CODE: usize = 3;

/// One form of a value, before its kind has a number.
struct Form {
    printed: Printed,
    is_in_text: bool,
    /// Digits of a form that is one number; zero for all others.
    digits: u8,
    token: Id,
    kind: Kind,
    row: u32,
}

/// What a few rows gave.
#[derive(Default)]
struct Piece {
    forms: Vec<Form>,
    subjects: Vec<Id>,
    ragged: u64,
    columns: Vec<KnownColumn>,
}

/// What all rows have in common.
struct Reading<'a> {
    detector: &'a Detector,
    tokens: &'a Tokens,
    printer: &'a Printer,
    columns: &'a [Column],
    subject: usize,
    fields: usize,
}

impl Known {
    /// Reads a list of known values: delimited text with a header, in UTF-8, of at most ten million values. What is told of it comes with it.
    ///
    /// # Errors
    /// `Usage` where it is no such text, has no such columns, or no value at all, `Io` where it cannot be read. No value is quoted.
    pub fn read(input: impl BufRead, list: &KnownList, detector: &Detector, tokens: &Tokens) -> Result<(Self, KnownFacts)> {
        let mut rows = Rows::new(input);
        let told = |wrong| match wrong {
            Wrong::Io(error) => list.wrong(error),
            Wrong::TooLong(line) => list.wrong(format_args!("the row on line {line} is longer than 1 MiB, or its quotes are not closed")),
        };
        let Some(header) = rows.header().map_err(told)? else { return Err(list.wrong("the file is empty")) };
        if header.iter().any(|name| name.contains(&0) || name.starts_with(b"\xFF\xFE") || name.starts_with(b"\xFE\xFF")) {
            return Err(list.wrong("it is no text in UTF-8").hint("iconv -t utf-8 converts it; compressed lists are not read"));
        }
        let (columns, subject) = list.resolve(&header, detector)?;
        let printer = Printer::new(tokens);
        let reading = Reading { detector, tokens, printer: &printer, columns: &columns, subject, fields: header.len() };
        let mut facts = KnownFacts {
            file: list.name.clone(),
            columns: reading.counts(),
            other_columns: header.len().saturating_sub(columns.len()),
            subject: columns[subject].name.clone(),
            ..KnownFacts::default()
        };
        let mut making =
            Making { draft: Draft::new(), begins: Begins::new(), kinds: Vec::new(), numbers: HashMap::new(), by_length: [0; 32] };
        let (mut batch, mut subjects) = (Batch::default(), Vec::new());
        while rows.read(&mut batch).map_err(told)? {
            let first = u32::try_from(subjects.len()).expect("rows are counted");
            for mut piece in reading.pieces(&batch, first) {
                subjects.append(&mut piece.subjects);
                facts.ragged += piece.ragged;
                facts.columns.iter_mut().zip(&piece.columns).for_each(|(all, own)| all.add(own));
                piece.forms.into_iter().for_each(|form| making.take(form));
            }
            if subjects.len() > MOST_ROWS as usize || facts.columns.iter().map(|column| column.values).sum::<u64>() > MOST_VALUES {
                return Err(list.wrong(format_args!("more than {MOST_VALUES} values")));
            }
        }
        facts.rows = subjects.len() as u64 - facts.ragged;
        let known = making.close(subjects, &columns, subject, printer, (detector, tokens), &mut facts);
        if known.table.is_empty() {
            let why = facts.text().split_off(1).into_iter().map(|line| line.replace("warning: ", "")).collect::<Vec<_>>().join("; ");
            return Err(list.wrong("no value of it can be used").hint(if why.is_empty() { "it has no rows".to_owned() } else { why }));
        }
        facts.bytes = known.bytes();
        Ok((known, facts))
    }
}

impl KnownColumn {
    fn add(&mut self, own: &Self) {
        self.values += own.values;
        self.weak += own.weak;
        self.unusable += own.unusable;
        self.not_utf8 += own.not_utf8;
    }
}

/// The table in the making.
struct Making {
    draft: Draft,
    begins: Begins,
    kinds: Vec<Kind>,
    numbers: HashMap<Kind, u8>,
    /// Numbers that text would be searched for, by how many digits they have.
    by_length: [u64; 32],
}

impl Making {
    fn take(&mut self, form: Form) {
        let Form { printed, is_in_text, digits, token, kind, row } = form;
        let kind = self.number(kind);
        if is_in_text {
            self.begins.add(printed.shape, printed.first, printed.words);
            if digits > 0 {
                self.by_length[usize::from(digits)] += 1;
            }
        }
        self.draft.push(Entry::new(printed.print, is_in_text, token, kind, row));
    }

    /// The number of a kind; where there are too many, of the same without its region.
    fn number(&mut self, kind: Kind) -> u8 {
        if let Some(number) = self.numbers.get(&kind) {
            return *number;
        }
        let number = match u8::try_from(self.kinds.len()) {
            Ok(number) if number < u8::MAX || kind.region.is_none() => number,
            _ => return self.number(Kind { region: None, ..kind }),
        };
        self.kinds.push(kind);
        self.numbers.insert(kind, number);
        number
    }

    fn close(
        mut self,
        mut subjects: Vec<Id>,
        columns: &[Column],
        subject: usize,
        printer: Printer,
        (detector, tokens): (&Detector, &Tokens),
        facts: &mut KnownFacts,
    ) -> Known {
        for (digits, count) in (0..).zip(self.by_length).skip(1) {
            if count.saturating_mul(SPREAD) > 10_u64.saturating_pow(digits) {
                self.begins.pass_over(digits);
                facts.dense.push((digits, count));
            }
        }
        subjects.shrink_to_fit();
        let (table, tally) = self.draft.close(|row| subjects[row]);
        self.begins.shrink();
        facts.shared = tally.shared as u64;
        facts.common = tally.common as u64;
        let entities: Vec<u16> = self.kinds.iter().map(|kind| detector.rules().rule(kind.rule).entity_index).collect();
        let has_values = detector.rules().rules().iter().map(|rule| entities.contains(&rule.entity_index)).collect();
        Known {
            table,
            begins: self.begins,
            printer,
            tokens: tokens.clone(),
            kinds: self.kinds,
            has_values,
            subjects,
            subject_kind: columns[subject].entity.as_str().into(),
        }
    }
}

/// What a thread keeps from value to value.
struct Work {
    scratch: Scratch,
    normal: Normal,
    other: Normal,
}

impl Reading<'_> {
    /// Counts that begin at zero.
    fn counts(&self) -> Vec<KnownColumn> {
        let of = |column: &Column| KnownColumn { name: column.name.clone(), entity: column.entity.clone(), ..KnownColumn::default() };
        self.columns.iter().map(of).collect()
    }

    /// Works on the rows of a batch; `first` is the number of the first one.
    fn pieces(&self, batch: &Batch, first: u32) -> Vec<Piece> {
        let starts: Vec<usize> = (0..batch.len()).step_by(PIECE).collect();
        let work = || Work { scratch: self.detector.scratch(), normal: Normal::default(), other: Normal::default() };
        let piece = |work: &mut Work, start: &usize| {
            let mut out = Piece { columns: self.counts(), ..Piece::default() };
            for at in *start..batch.len().min(start + PIECE) {
                let number = u32::try_from(at).expect("a batch is small");
                self.row(work, batch, at, first + number, &mut out);
            }
            out
        };
        starts.par_iter().map_init(work, piece).collect()
    }

    fn row(&self, work: &mut Work, batch: &Batch, at: usize, row: u32, out: &mut Piece) {
        let fields: Vec<&[u8]> = batch.row(at).collect();
        let mut subject = Id::NONE;
        if fields.len() == self.fields {
            for (number, column) in self.columns.iter().enumerate() {
                let token = self.value(work, column, fields[column.index].trim_ascii(), row, number, out);
                if number == self.subject {
                    subject = token.unwrap_or(Id::NONE);
                }
            }
        } else {
            out.ragged += 1;
        }
        out.subjects.push(subject);
    }

    /// Takes one value; returns its token.
    fn value(&self, work: &mut Work, column: &Column, value: &[u8], row: u32, number: usize, out: &mut Piece) -> Option<Id> {
        if value.is_empty() {
            return None;
        }
        let counts = &mut out.columns[number];
        if str::from_utf8(value).is_err() {
            counts.not_utf8 += 1;
            return None;
        }
        let before = out.forms.len();
        let mut token = None;
        if value.len() <= strength::BYTES {
            for rule in &column.rules {
                token = token.or(self.forms(work, *rule, value, row, &mut out.forms));
            }
        }
        if token.is_none() {
            counts.unusable += 1;
            return None;
        }
        counts.values += 1;
        counts.weak += u64::from(!out.forms[before..].iter().any(|form| form.is_in_text));
        token
    }

    /// The forms of a value under one rule: its normal form, its writing, a phone as it is dialled in its country.
    fn forms(&self, work: &mut Work, rule: RuleIndex, value: &[u8], row: u32, out: &mut Vec<Form>) -> Option<Id> {
        let Work { scratch, normal, other } = work;
        let compiled = self.detector.rules().rule(rule);
        let region = match compiled.normalisation {
            Normalisation::PhoneE164 => self.detector.cell(scratch, rule, value, Asked::Plainly).and_then(|found| found.region),
            _ => None,
        };
        let used = normal.make(self.detector, scratch, rule, region, value);
        let main = self.printer.text(normal.text.as_bytes())?;
        let token = normal.token(self.tokens, &compiled.entity, used);
        let kind = Kind { rule, region };
        let is_date = compiled.normalisation == Normalisation::DateIso;
        let mut add = |printed: Printed, text: &[u8]| {
            let is_in_text = !is_date && suffices(text);
            let digits = if printed.words == 1 && is_digits(text) { u8::try_from(text.len()).unwrap_or(0).min(31) } else { 0 };
            out.push(Form { printed, is_in_text, digits, token, kind, row });
        };
        let print = main.print;
        // The plus before a phone is no part of its word.
        add(main, normal.text.trim_start_matches('+').as_bytes());
        if let Some(written) = self.printer.text(value).filter(|written| written.print != print) {
            add(written, value);
        }
        if used == Normalisation::PhoneE164
            && let Some(region) = region
            && self.dialled(scratch, rule, region, &normal.text, other)
            && let Some(dialled) = self.printer.text(other.buffer.as_slice()).filter(|dialled| dialled.print != print)
        {
            add(dialled, &other.buffer);
        }
        Some(token)
    }

    /// Writes a phone as it is dialled in its own country, into the buffer of `other`; false where that is not known.
    fn dialled(&self, scratch: &mut Scratch, rule: RuleIndex, region: Region, e164: &str, other: &mut Normal) -> bool {
        for trunk in [&b"0"[..], b""] {
            for code in 1..=CALLING_CODE.min(e164.len() - 1) {
                let dialled = [trunk, &e164.as_bytes()[1 + code..]].concat();
                let used = other.make(self.detector, scratch, rule, Some(region), &dialled);
                if used == Normalisation::PhoneE164 && *other.text == e164 {
                    *other.buffer = dialled;
                    return true;
                }
            }
        }
        false
    }
}
