//! Known values in running text: words that begin as one does, looked up by their prints.

use std::ops::Range;

use super::strength::{is_digits, is_letters};
use super::table::{Entry, Table};
use super::words::{Folded, GAP_BYTES, MOST_WORDS, Printer, SHAPES, WORD_BYTES, Word, classify, is_in_run, run_end, shape, touches};

/// Bits that number the slots of [`Begins`] at most.
const MOST_BITS: u32 = 20;
/// A slot in so many is taken, or fewer.
const SPARSE: usize = 16;

/// How values begin, in a few kilobytes: what most words of a text end at.
pub(super) struct Begins {
    /// Shapes of values of one word, a bit each.
    alone: Shapes,
    /// Shapes of the first words of the others.
    first: Shapes,
    /// By the print of the first word: how many words values have that begin so, a bit each.
    counts: Vec<u16>,
    bits: u32,
    /// Lengths of numbers of which so many are known that any may be one, a bit each.
    dense: u32,
}

/// A set of shapes.
struct Shapes(Vec<u64>);

impl Shapes {
    fn add(&mut self, shape: usize) {
        self.0[shape / 64] |= 1 << (shape % 64);
    }

    #[inline]
    fn has(&self, shape: usize) -> bool {
        self.0[shape / 64] >> (shape % 64) & 1 == 1
    }
}

impl Begins {
    pub(super) fn new() -> Self {
        let shapes = || Shapes(vec![0; SHAPES / 64]);
        Self { alone: shapes(), first: shapes(), counts: vec![0; 1 << MOST_BITS], bits: MOST_BITS, dense: 0 }
    }

    /// Takes a value of so many words.
    pub(super) fn add(&mut self, shape: usize, first: u64, words: usize) {
        if words == 1 {
            self.alone.add(shape);
        } else {
            self.first.add(shape);
            let slot = self.slot(first);
            self.counts[slot] |= 1 << (words - 1);
        }
    }

    /// Leaves numbers of this length alone.
    pub(super) fn pass_over(&mut self, digits: u32) {
        self.dense |= 1 << digits;
    }

    /// Makes it as small as its values allow.
    pub(super) fn shrink(&mut self) {
        let taken = self.counts.iter().filter(|counts| **counts != 0).count();
        while self.bits > 4 && taken * SPARSE < self.counts.len() / 2 {
            self.counts = self.counts.chunks(2).map(|pair| pair[0] | pair[1]).collect();
            self.bits -= 1;
        }
        self.counts.shrink_to_fit();
    }

    fn slot(&self, first: u64) -> usize {
        (first >> (64 - self.bits)) as usize
    }

    /// Bytes that it takes.
    pub(super) fn bytes(&self) -> usize {
        2 * SHAPES / 8 + self.counts.len() * 2
    }

    /// Gives the spans of text that begin inside `owned` and have the print of a value that text is searched for.
    pub(super) fn walk(&self, printer: &Printer, table: &Table, text: &[u8], owned: Range<usize>, hit: impl FnMut(Range<usize>, Entry)) {
        let mut walk = Walk { begins: self, printer, table, text, hit };
        let mut at = owned.start;
        if is_in_run(text, at) {
            let end = run_end(text, at);
            // The word that reaches into the range is the business of whoever owns its first byte.
            let first = if touches(text, at) { Word::next(&text[..end], at).filter(|word| word.span.start == at) } else { None };
            walk.run(first.map_or(at, |word| word.span.end)..end, owned.end);
            at = end;
        }
        let mut inside = 0;
        while at < owned.end {
            let (parts, high) = classify(text, at);
            let mut starts = parts & !(parts << 1 | inside);
            inside = parts >> 63;
            while starts != 0 {
                let bit = starts.trailing_zeros();
                starts &= starts - 1;
                let start = at + bit as usize;
                if start >= owned.end {
                    return;
                }
                let length = (!parts >> bit).trailing_zeros();
                let end = if bit + length < 64 { start + length as usize } else { run_end(text, start) };
                if high >> bit & !(!0 << length.min(63)) == 0 && (bit + length < 64 || text[start..end].is_ascii()) {
                    walk.look(&Word::ascii(start..end), shape(&text[start..end]));
                } else {
                    walk.run(start..end, owned.end);
                }
            }
            at += 64;
        }
    }

    fn is_dense(&self, word: &[u8]) -> bool {
        self.dense != 0 && word.len() < 32 && self.dense >> word.len() & 1 == 1 && is_digits(word)
    }
}

/// One text while it is gone through.
struct Walk<'a, F> {
    begins: &'a Begins,
    printer: &'a Printer,
    table: &'a Table,
    text: &'a [u8],
    hit: F,
}

impl<F: FnMut(Range<usize>, Entry)> Walk<'_, F> {
    /// Looks at the words of a run in which there are other characters than ASCII; those that begin before `limit`.
    fn run(&mut self, run: Range<usize>, limit: usize) {
        let mut at = run.start;
        while let Some(word) = Word::next(&self.text[..run.end], at).filter(|word| word.span.start < limit) {
            at = word.span.end;
            if let Some(folded) = Folded::of(self.text, &word) {
                self.look(&word, folded.shape());
            }
        }
    }

    /// Looks for the values that begin with a word of this shape.
    #[inline]
    fn look(&mut self, word: &Word, shape: usize) {
        let (alone, first) = (self.begins.alone.has(shape), self.begins.first.has(shape));
        if !alone && !first {
            return;
        }
        let Some(print) = self.printer.word(self.text, word) else { return };
        if alone && self.table.may_hold(print) && !self.begins.is_dense(&self.text[word.span.clone()]) {
            self.look_up(print, &word.span);
        }
        let counts = if first { self.begins.counts[self.begins.slot(print)] } else { 0 };
        if counts != 0 {
            self.follow(word, print, counts);
        }
    }

    /// Tries values of several words that begin with `first`; `counts` says how many they have.
    fn follow(&mut self, first: &Word, mut print: u64, counts: u16) {
        let text = self.text;
        let mut end = first.span.end;
        let most = MOST_WORDS - counts.leading_zeros() as usize;
        for count in 2..=most {
            // A word that is cut off here is too long.
            let near = &text[..text.len().min(end + GAP_BYTES + WORD_BYTES + 8)];
            let Some(word) = Word::next(near, end).filter(|word| word.span.start <= end + GAP_BYTES) else { return };
            if text[end..word.span.start].iter().any(|b| matches!(b, b'\n' | b'\r' | b'\t')) {
                return;
            }
            let Some(next) = self.printer.word(text, &word) else { return };
            print = self.printer.join(print, next);
            end = word.span.end;
            if counts >> (count - 1) & 1 == 1 && self.table.may_hold(print) {
                self.look_up(print, &(first.span.start..end));
            }
        }
    }

    fn look_up(&mut self, print: u64, span: &Range<usize>) {
        for entry in self.table.under(print).filter(Entry::is_in_text) {
            (self.hit)(span.clone(), entry);
        }
    }
}

/// Whether a value stands for itself and is no part of something longer: a decimal, an address of mail, a UUID, another name.
pub(super) fn stands_alone(text: &[u8], span: &Range<usize>) -> bool {
    let value = &text[span.clone()];
    let (before, behind) = (&text[..span.start], &text[span.end..]);
    let digits = is_digits(value);
    let letters = is_letters(value);
    let is_mail = value.contains(&b'@');
    let joins = |mark: u8, beyond: Option<&u8>| {
        let Some(beyond) = beyond.filter(|b| b.is_ascii_alphanumeric()) else { return false };
        match mark {
            b'.' => is_mail || !letters && beyond.is_ascii_digit(),
            b'-' => letters,
            b'@' => true,
            b'\'' => letters && beyond.is_ascii_alphabetic(),
            _ => false,
        }
    };
    let joined_before = before.split_last().is_some_and(|(mark, beyond)| joins(*mark, beyond.last()));
    let possessive = behind.starts_with(b"'s") && !behind.get(2).is_some_and(u8::is_ascii_alphanumeric);
    let joined_behind = !possessive && behind.split_first().is_some_and(|(mark, beyond)| joins(*mark, beyond.first()));
    !(joined_before || joined_behind || digits && is_in_uuid(before, behind))
}

/// Whether a run of hex digits is one of the groups of a UUID (RFC 9562).
fn is_in_uuid(before: &[u8], behind: &[u8]) -> bool {
    let quad = |text: &[u8]| text.len() >= 4 && text[..4].iter().all(u8::is_ascii_hexdigit);
    let ahead = behind.first() == Some(&b'-') && quad(&behind[1..]) && behind.get(5) == Some(&b'-');
    let back = before.last() == Some(&b'-') && before.len() >= 6 && quad(&before[before.len() - 5..]) && before[before.len() - 6] == b'-';
    ahead || back
}

/// Whether words with nothing but letters are written as names are – a capital first, or letters that have no case – or fill what holds
/// them: the words of names in small letters are those of sentences, too.
pub(super) fn is_written_as_name(text: &[u8], span: &Range<usize>) -> bool {
    let value = &text[span.clone()];
    if !is_letters(value) {
        return true;
    }
    let has_capital = |word: Option<&str>| word.and_then(|word| word.chars().next()).is_some_and(|c| !c.is_lowercase());
    let words = |value: &[u8]| {
        str::from_utf8(value).is_ok_and(|value| {
            let mut words = value.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
            has_capital(words.next()) && has_capital(words.next_back())
        })
    };
    words(value) || fills(text, span)
}

/// Whether marks of a format stand on both sides.
fn fills(text: &[u8], span: &Range<usize>) -> bool {
    let mark = |b: Option<&u8>| {
        b.is_none_or(|b| matches!(b, b'"' | b'\'' | b',' | b';' | b'|' | b'\t' | b'\n' | b'\r' | b'=' | b':' | b'<' | b'>' | b'&'))
    };
    let before = text[..span.start].strip_suffix(b" ").unwrap_or(&text[..span.start]);
    // Behind it there may be the escape of a quote or a line end.
    mark(before.last()) && (mark(text.get(span.end)) || text[span.end..].starts_with(b"\\"))
}

/// Whether what stands between the words of a name or an address could stand there: a space, a comma and a space, a hyphen.
pub(super) fn has_plain_gaps(value: &[u8]) -> bool {
    // Characters that are not ASCII: a space that does not break, a quotation mark of printers.
    let spaced = |gap: &[u8]| gap.ends_with(b" ") && gap.iter().all(|b| matches!(b, b' ' | b',' | b'.'));
    gaps(value, |gap| spaced(gap) || matches!(gap, b"-" | b"'") || !gap.is_ascii())
}

/// Whether what stands between the groups of a number or code could stand there: a hyphen, a point, a bracket and a space.
pub(super) fn has_tight_gaps(value: &[u8]) -> bool {
    gaps(value, |gap| gap.len() <= 2 && gap.iter().all(|b| b" -./()_".contains(b)))
}

/// Whether all that stands between words is as it should be.
fn gaps(value: &[u8], may_be: impl Fn(&[u8]) -> bool) -> bool {
    let mut end: Option<usize> = None;
    while let Some(word) = Word::next(value, end.unwrap_or(0)) {
        if end.is_some_and(|end| !may_be(&value[end..word.span.start])) {
            return false;
        }
        end = Some(word.span.end);
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(marked: &str) -> (Vec<u8>, Range<usize>) {
        let start = marked.find('[').expect("a mark");
        let end = marked.find(']').expect("a mark") - 1;
        (marked.replace(['[', ']'], "").into_bytes(), start..end)
    }

    #[test]
    fn parts_of_something_longer_are_no_values() {
        let alone = |marked: &str| {
            let (text, span) = span(marked);
            stands_alone(&text, &span)
        };
        for marked in [
            "[12345678]",
            "a,[12345678],b",
            "id_[12345678]",
            "/users/[12345678]/x",
            "[12345678].",
            "[12345678].pdf",
            "[Ana Cruz]'s bag",
            "so [Ana Cruz]. Then",
            "acct-[12345678]",
            "[12345678], 5",
            "mailto:[a.b@example.com]?x",
            "write to [a.b@example.com].",
        ] {
            assert!(alone(marked), "{marked}");
        }
        for marked in [
            "0.[12345678]",
            "[12345678].5",
            "[12345678]-1234-1234-1234-123456789012",
            "12345678-1234-[12345678]",
            "[Ana Cruz]-Lopez",
            "x@[Ana Cruz]",
            "[ana.cruz]@example.com",
            "O'[Ana Cruz]",
            "[a.b@example.co].uk",
            "[Ana Cruz]'sx",
        ] {
            assert!(!alone(marked), "{marked}");
        }
    }

    #[test]
    fn names_in_small_letters_must_fill_what_holds_them() {
        let written = |marked: &str| {
            let (text, span) = span(marked);
            is_written_as_name(&text, &span)
        };
        for marked in [
            "by [Ana dela Cruz] now",
            "by [ANA CRUZ]",
            "\"[ana cruz]\"",
            "name=[ana cruz]&x",
            "x,[ana cruz],y",
            "[ana cruz]",
            "no [12 ab]",
            "x [王 小明] y",
        ] {
            assert!(written(marked), "{marked}");
        }
        for marked in ["at [mark price] of", "the [Mark price] of", "the [mark Price] of", "a [ana cruz]\""] {
            assert!(!written(marked), "{marked}");
        }
    }

    #[test]
    fn words_of_names_stand_side_by_side() {
        for value in ["Ana Cruz", "CRUZ, Ana", "J. Cruz", "Ana-Maria O'Neil", "Ana\u{a0}Cruz"] {
            assert!(has_plain_gaps(value.as_bytes()), "{value}");
        }
        for value in ["ana.cruz", "ana_cruz", "Ana,Cruz", "ana@cruz", "Ana\tCruz", "Ana: Cruz"] {
            assert!(!has_plain_gaps(value.as_bytes()), "{value}");
        }
    }
}
