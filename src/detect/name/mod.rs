//! Person names in cells of columns that are named so, or whose values say so.
//!
//! A cell is refused where it cannot be a name; nothing proves one. Where the column's name says little or nothing, a cell
//! counts only with a word that [`known`] lists, and then only with the rest of its column: no list ever speaks alone.

mod announced;
mod given;
mod known;
pub(in crate::detect) mod labelled;
mod line;
mod ordinary;
mod particles;
mod surnames;
mod text;
mod token;

pub(in crate::detect) use known::{Known, known};

use crate::model::{Candidate, RuleIndex, Signal, Signals, Verdict};
use crate::pattern::Rule;

/// What people write where there is no name.
#[rustfmt::skip]
const NOBODY: &[&str] = &[
    "n/a", "na", "none", "null", "nil", "unknown", "anonymous", "test", "tbd", "true", "false", "yes", "no", "guest", "admin", "root", "system",
    "user", "default", "undefined", "nan", "-", "redacted", "deleted", "removed", "other",
];

/// The rules that look for names in running text.
#[derive(Default)]
pub(in crate::detect) struct Names {
    sentences: Vec<RuleIndex>,
    announcers: announced::Announcers,
}

impl Names {
    /// Takes a rule that looks for names in sentences.
    pub fn add_sentences(&mut self, rule: RuleIndex) {
        self.sentences.push(rule);
    }

    /// Takes a rule that looks for names behind words.
    pub fn add_announced(&mut self, index: RuleIndex, rule: &Rule) {
        self.announcers.add(index, rule);
    }

    pub fn is_empty(&self) -> bool {
        self.sentences.is_empty() && self.announcers.is_empty()
    }

    /// Looks at a capital that may begin a name.
    #[inline]
    pub fn find(&self, text: &[u8], at: usize, out: &mut Vec<Candidate>) {
        self.announcers.find(text, at, out);
        for &rule in &self.sentences {
            text::find(text, at, rule, out);
        }
    }

    /// Looks at what stands before an e-mail address.
    #[inline]
    pub fn before_mail(&self, text: &[u8], at: usize, out: &mut Vec<Candidate>) {
        out.extend(self.sentences.iter().filter_map(|rule| line::before_mail(text, at, *rule)));
    }

    /// Takes a short text for a name as a whole.
    pub fn whole(&self, text: &[u8]) -> Option<Candidate> {
        self.sentences.iter().find_map(|rule| line::whole(text, *rule))
    }
}

/// What the words of a name are.
#[derive(Clone, Copy, Default)]
struct Words {
    count: usize,
    capitalised: usize,
    given: usize,
    surnames: usize,
    particles: usize,
    initials: usize,
    firm: bool,
    /// A letter of another script than Latin.
    foreign: bool,
}

impl Words {
    fn of(name: &str) -> Self {
        let mut out = Self::default();
        let parts = |c: char| matches!(c, ' ' | ',' | '(' | ')' | '"');
        for word in name.split(parts).filter(|word| !word.is_empty()) {
            out.count += 1;
            let first = word.chars().find(|c| c.is_alphabetic());
            out.capitalised += usize::from(first.is_some_and(|c| !c.is_lowercase()));
            out.foreign |= first.is_some_and(|c| c > '\u{24f}');
            out.initials += usize::from(word.trim_end_matches('.').chars().count() == 1);
            let whole = known(word);
            let parts = if whole == Known::default() && word.contains('-') { known(word.split('-').next().unwrap_or(word)) } else { whole };
            out.given += usize::from(parts.any(Known::GIVEN));
            out.surnames += usize::from(parts.any(Known::SURNAME) && !parts.any(Known::GIVEN));
            out.particles += usize::from(parts.any(Known::PARTICLE) && !parts.any(Known::GIVEN.with(Known::SURNAME)));
            out.firm |= parts.any(Known::FIRM) && !parts.any(Known::GIVEN.with(Known::SURNAME));
        }
        out
    }

    /// Says whether the lists speak for it: a given name, or a surname alone or with an initial or title.
    fn is_known(self) -> bool {
        let surname = self.surnames > 0 && self.surnames + self.initials + self.particles == self.count;
        !self.firm && self.capitalised > 0 && (self.given > 0 || surname)
    }

    fn shape(self) -> i8 {
        match () {
            () if self.foreign => 20,
            () if self.capitalised == 0 => -10,
            () if self.count >= 2 && self.capitalised >= 2 => 10,
            () => 0,
        }
    }
}

/// How far the name of a column asks for names of persons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// It does.
    Plainly,
    /// It may: what is written like a name counts less.
    Maybe,
    /// Nothing but the values speaks for names: they must be known.
    ByValue,
}

/// Looks at a cell; the whole of it, without surrounding space, is the value.
pub(super) fn cell(cell: &[u8], rule: RuleIndex, asked: Asked) -> Option<Candidate> {
    let named = asked == Asked::Plainly;
    let text = std::str::from_utf8(cell).ok()?;
    let name = text.trim();
    if !named && !name.starts_with(|c: char| c.is_uppercase()) {
        return None;
    }
    if name.is_empty() || name.len() > 100 || NOBODY.iter().any(|word| name.eq_ignore_ascii_case(word)) || !may_spell(name) {
        return None;
    }
    let words = Words::of(name);
    let bare = words.count - words.particles;
    let known = words.is_known();
    let unlikely =
        bare > 4 || words.firm || words.capitalised + words.particles < words.count || !known && (asked == Asked::ByValue || bare < 2);
    if words.count > 7 || bare > 6 || !named && unlikely {
        return None;
    }
    let mut signals = Signals::default();
    // One word of a list is what streets, ships and products are called too.
    let shape = if named { words.shape() } else { [-10, 0, 10][usize::from(bare >= 2) + usize::from(bare >= 2 && known)] };
    signals.add(Signal::Shape, shape);
    if known {
        // Without a name for the column, known words let the column speak, and add nothing of their own.
        signals.add(Signal::KnownName, if !named { 0 } else { 5 * i8::from(bare >= 1) + 5 * i8::from(bare >= 2) });
    }
    if words.firm {
        signals.add(Signal::KeywordAgainst, -45);
    }
    let start = text.len() - text.trim_start().len();
    Some(Candidate { rule, span: start..start + name.len(), verdict: Verdict::NotChecked, region: None, signals })
}

/// Says whether a text has two letters, and nothing but what names are written with.
fn may_spell(name: &str) -> bool {
    if name.is_ascii() {
        let allowed = |b: u8| b.is_ascii_alphabetic() || matches!(b, b' ' | b'\'' | b'.' | b'-' | b',' | b'(' | b')' | b'"');
        return name.bytes().all(allowed) && name.bytes().filter(u8::is_ascii_alphabetic).count() >= 2;
    }
    let mut letters = 0;
    for c in name.chars() {
        match c {
            c if c.is_alphabetic() => letters += 1,
            // Marks of scripts that combine, apostrophes, initials, hyphens, titles, `Santos, Maria`, `(Ria)`.
            ' '
            | '\''
            | '’'
            | '.'
            | '-'
            | ','
            | '('
            | ')'
            | '"'
            | '\u{300}'..='\u{36f}'
            | '\u{900}'..='\u{dff}'
            | '\u{e00}'..='\u{e7f}' => {}
            _ => return false,
        }
    }
    letters >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_names_of_many_scripts() {
        for name in ["Maria Santos", "José", "O'Brien-Smith", "山田太郎", "Núñez, Ana M.", "dela Cruz", "  Ana  "] {
            let found = cell(name.as_bytes(), 0, Asked::Plainly);
            assert_eq!(found.map(|c| name[c.span].to_owned()), Some(name.trim().to_owned()));
        }
    }

    #[test]
    fn refuses_what_is_no_name() {
        for text in ["", " ", "N/A", "null", "ORD-123", "a@b.com", "X", "https://x", "42", "one two three four five six seven", "\u{7f}a b"]
        {
            assert!(cell(text.as_bytes(), 0, Asked::Plainly).is_none(), "{text}");
        }
        assert!(cell(b"\xff\xfe", 0, Asked::Plainly).is_none());
    }

    #[test]
    fn a_column_that_is_not_named_for_names_needs_known_words() {
        for name in ["Maria Santos", "Juan Carlos dela Cruz Jr.", "Ma. Teresa Reyes", "Dr. Anna Weber", "Grace"] {
            let found = cell(name.as_bytes(), 0, Asked::ByValue).expect(name);
            assert!(found.signals.has(Signal::KnownName) && found.signals.sum() <= 10, "{name}");
        }
        for text in ["Zyx Quux", "maria santos", "Monthly Report", "Maria Santos Trading Co", "Rose City Hotel", "Grace under pressure"] {
            assert!(cell(text.as_bytes(), 0, Asked::ByValue).is_none(), "{text}");
        }
        let unknown = cell(b"Zyx Quux", 0, Asked::Maybe).expect("written like a name");
        assert!(!unknown.signals.has(Signal::KnownName) && cell(b"Quux", 0, Asked::Maybe).is_none());
    }

    #[test]
    fn a_firm_in_a_column_of_names_is_hardly_one() {
        let sum = |text: &str| cell(text.as_bytes(), 0, Asked::Plainly).expect(text).signals.sum();
        assert!(sum("Santos Trading Co.") <= sum("Maria Santos") - 45);
    }
}
