//! A regular expression of a rule, compiled when it is first used: most runs meet few of them.

use std::ops::Range;
use std::sync::OnceLock;

use regex_automata::meta::{self, Cache, Regex};
use regex_automata::{Anchored, Input};
use regex_syntax::hir::{Class, Hir, HirKind};

use crate::model::{Error, ErrorKind, Result, limits};

/// An expression over bytes that is known to be valid.
pub struct Expression {
    text: String,
    compiled: OnceLock<Compiled>,
}

struct Compiled {
    regex: Regex,
    /// The most bytes that it matches.
    most: usize,
    /// By byte: whether a match may begin with it.
    first: [bool; 256],
}

impl Expression {
    /// Takes an expression that parses. `eager`: compiles it now, so that one that is too large is told at once.
    ///
    /// # Errors
    /// `Pattern` where it is compiled and too large.
    pub(super) fn new(name: &str, text: String, eager: bool) -> Result<Self> {
        let out = Self { text, compiled: OnceLock::new() };
        if eager {
            let compiled = out.build().map_err(|what| Error::new(ErrorKind::Pattern, format!("pattern {name}: expression: {what}")))?;
            out.compiled.get_or_init(|| compiled);
        }
        Ok(out)
    }

    fn compiled(&self) -> &Compiled {
        self.compiled.get_or_init(|| self.build().expect("a test compiles every built-in expression, and others were compiled"))
    }

    /// Returns the compiled expression.
    #[must_use]
    pub fn get(&self) -> &Regex {
        &self.compiled().regex
    }

    /// What it matches from `at` on. What cannot begin there is told without the engine, whose memory grows with what it may read.
    pub fn match_at(&self, cache: &mut Option<Cache>, text: &[u8], at: usize) -> Option<Range<usize>> {
        let Compiled { regex, most, first } = self.compiled();
        if !first[usize::from(*text.get(at)?)] {
            return None;
        }
        let input = Input::new(text).range(at..text.len().min(at + most)).anchored(Anchored::Yes);
        Some(regex.search_with(cache.get_or_insert_with(|| regex.create_cache()), &input)?.range())
    }

    fn build(&self) -> std::result::Result<Compiled, String> {
        let hir = parse(&self.text)?;
        let config = meta::Config::new().utf8_empty(false);
        let regex = meta::Builder::new().configure(config).build_from_hir(&hir).map_err(|e| e.to_string())?;
        let most = hir.properties().maximum_len().unwrap_or(limits::MAX_REACH).min(limits::MAX_REACH);
        let mut first = [false; 256];
        if may_be_empty(&hir, &mut first) {
            first = [true; 256];
        }
        Ok(Compiled { regex, most, first })
    }
}

/// Parses an expression over bytes.
pub(super) fn parse(text: &str) -> std::result::Result<Hir, String> {
    regex_syntax::ParserBuilder::new().unicode(false).utf8(false).build().parse(text).map_err(|e| e.to_string())
}

/// Marks the bytes that a match may begin with. Returns whether it may also be empty.
fn may_be_empty(hir: &Hir, first: &mut [bool; 256]) -> bool {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => true,
        HirKind::Literal(literal) => literal.0.first().is_none_or(|byte| {
            first[usize::from(*byte)] = true;
            false
        }),
        HirKind::Class(Class::Bytes(class)) => {
            class.ranges().iter().for_each(|range| first[usize::from(range.start())..=usize::from(range.end())].fill(true));
            false
        }
        HirKind::Class(Class::Unicode(class)) => {
            for range in class.ranges() {
                let byte = |c: char| usize::from(c.encode_utf8(&mut [0; 4]).as_bytes()[0]);
                first[byte(range.start())..=byte(range.end())].fill(true);
            }
            false
        }
        HirKind::Repetition(repeated) => may_be_empty(&repeated.sub, first) | (repeated.min == 0),
        HirKind::Capture(group) => may_be_empty(&group.sub, first),
        HirKind::Concat(parts) => parts.iter().all(|part| may_be_empty(part, first)),
        HirKind::Alternation(ways) => ways.iter().fold(false, |empty, way| may_be_empty(way, first) | empty),
    }
}

#[cfg(test)]
mod tests {
    use super::super::set::RuleSet;
    use super::*;

    #[test]
    fn every_built_in_expression_compiles() {
        let rules = RuleSet::load(&[], &[]).expect("built-in patterns are valid");
        for rule in rules.rules() {
            if let Some(expression) = rule.finder.as_ref().and_then(|finder| finder.expression()) {
                let _ = expression.get();
            }
            let _ = rule.cell_expression.as_ref().map(|expression| expression.get());
        }
    }

    #[test]
    fn matches_begin_with_the_bytes_that_are_marked() {
        for (text, bytes, at) in [
            ("[0-9]{2}-x", &b"12-x"[..], Some(4)),
            ("a?b|c", b"bz", Some(1)),
            ("a?b|c", b"cz", Some(1)),
            (r"\bfoo(?:bar)?", b"foobar", Some(6)),
            ("(?:x{0,2}y|é)z", "éz".as_bytes(), Some(3)),
            ("(?i)ab", b"AB", Some(2)),
            ("[0-9]{2}", b"x12", None),
        ] {
            let expression = Expression::new("test", text.to_owned(), true).expect("it is valid");
            assert_eq!(expression.match_at(&mut None, bytes, 0).map(|span| span.end), at, "{text}");
        }
        let digits = Expression::new("test", "[0-9]+".to_owned(), false).expect("it is valid");
        assert!(digits.compiled().first.iter().enumerate().all(|(byte, may)| *may == (byte as u8).is_ascii_digit()));
    }
}
