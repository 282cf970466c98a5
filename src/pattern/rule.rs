//! A compiled rule.

use std::borrow::Cow;
use std::sync::Arc;

use super::expression::Expression;
use super::file::{Beside, CellMatcher, Check, Deltas, Listed, Matcher, PatternFile};
use super::id_check::IdCheck;
use super::marks::{WINDOW, Window};
use super::words::{Phrases, in_window, tokens};
use crate::model::{Mask, Normalisation, Sensitivity};

/// How a rule finds values in raw text.
pub enum Finder {
    /// Through a matcher of `detect`.
    Matcher(Matcher),
    /// Through an expression, tried where one of the literals stands.
    Literal {
        /// Every match begins with one of these.
        literals: Vec<Vec<u8>>,
        /// The expression.
        expression: Expression,
    },
    /// Through an expression, tried where a word begins with one of the literals.
    Word {
        /// Every match begins with one of these.
        literals: Vec<String>,
        /// The expression.
        expression: Expression,
    },
    /// Through an expression, tried behind the rule's labels.
    Labelled {
        /// The expression.
        expression: Expression,
    },
    /// Through an expression, tried where a group of digits begins.
    DigitRun {
        /// The expression.
        expression: Expression,
    },
    /// Through an expression, tried everywhere.
    Slow {
        /// The expression.
        expression: Expression,
    },
}

impl Finder {
    /// Returns the expression, where it has one.
    #[must_use]
    pub fn expression(&self) -> Option<&Expression> {
        match self {
            Self::Literal { expression, .. }
            | Self::Word { expression, .. }
            | Self::Labelled { expression }
            | Self::DigitRun { expression }
            | Self::Slow { expression } => Some(expression),
            Self::Matcher(_) => None,
        }
    }

    /// Returns what `patterns show` says of the prefilter.
    #[must_use]
    pub fn describe(&self) -> String {
        match self {
            Self::Matcher(matcher) => format!("matcher {matcher:?}").to_lowercase(),
            Self::Literal { literals, .. } => {
                let shown: Vec<_> = literals.iter().take(4).map(|l| String::from_utf8_lossy(l).into_owned()).collect();
                format!("expression at the literals {shown:?}{}", if literals.len() > 4 { " …" } else { "" })
            }
            Self::Word { literals, .. } => {
                let shown: Vec<_> = literals.iter().take(4).collect();
                format!("expression at words that begin with {shown:?}{}", if literals.len() > 4 { " …" } else { "" })
            }
            Self::Labelled { .. } => "expression behind labels".to_owned(),
            Self::DigitRun { .. } => "expression at groups of digits".to_owned(),
            Self::Slow { .. } => "expression over all input (slow)".to_owned(),
        }
    }
}

/// What the name of a column says about a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameVerdict {
    /// It names the entity.
    For,
    /// It names something else.
    Against,
    /// It names the entity where columns beside it hold contact data.
    Beside,
    /// It may name the entity: the values must say so.
    Maybe,
    /// It says nothing.
    Neutral,
}

/// Words that turn the name of a value into the name of something about it: `phone_verified_at`.
#[rustfmt::skip]
const ABOUT: &[&str] = &[
    "at", "algorithm", "bytes", "checksum", "code", "confirmed", "consent", "count", "created", "date", "digest", "domain", "enabled", "error",
    "failed", "fk", "flag", "format", "hash", "hashed", "has", "id", "ids", "is", "kind", "label", "last", "len", "length", "limit", "mask",
    "model", "opt", "optin", "per", "provider", "rate", "sent", "size", "source", "state", "status", "template", "time", "timestamp", "token",
    "total", "ttl", "type", "updated", "uuid", "valid", "validated", "verified", "version",
];

/// A compiled rule.
pub struct Rule {
    /// Name.
    pub id: Arc<str>,
    /// Version of the rule.
    pub version: i32,
    /// Entity of its findings.
    pub entity: Arc<str>,
    /// Number of the entity in the set.
    pub entity_index: u16,
    /// Fideslang data category.
    pub category: Arc<str>,
    /// How much harm a leaked value does.
    pub sensitivity: Sensitivity,
    /// One line.
    pub summary: String,
    /// Official definitions.
    pub sources: Vec<String>,
    /// How values are found in raw text.
    pub finder: Option<Finder>,
    /// How cells of named columns are looked at.
    pub cells: Option<CellMatcher>,
    /// The number that [`Matcher::Id`] looks for.
    pub check: Option<IdCheck>,
    /// The rule's expression over whole cells.
    pub cell_expression: Option<Expression>,
    /// Words behind which values stand.
    pub labels: Vec<String>,
    /// Whether a `:` or `=` must stand between a label and the value.
    pub assigned: bool,
    /// Whether the lists of names must know a word of the value.
    pub listed: Listed,
    /// Whether a text that is nothing but a value is one.
    pub alone: bool,
    /// What a value that the expression matches must keep to.
    pub form: Option<Check>,
    /// What behind a card number is a value, too.
    pub beside: Option<Beside>,
    /// Form for tokens.
    pub normalisation: Normalisation,
    /// What previews show.
    pub mask: Mask,
    /// Deltas in hundredths.
    pub deltas: Deltas,
    /// Marked texts in which the rule must find.
    pub examples: Vec<String>,
    /// Texts in which it must not.
    pub counter_examples: Vec<String>,
    /// Where the file came from.
    pub origin: String,
    pub(super) words_for: Phrases,
    pub(super) words_against: Phrases,
    pub(super) names_for: Phrases,
    pub(super) names_against: Phrases,
    /// Whole names, in lower case.
    pub(super) names_beside: Vec<String>,
    /// Whole names, in lower case.
    pub(super) names_maybe: Vec<String>,
}

/// What words near a value say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// A word for the rule stands there.
    pub speaks_for: bool,
    /// A word against it stands there.
    pub speaks_against: bool,
}

impl Rule {
    /// Says whether it looks for names of persons in running text.
    #[must_use]
    pub fn finds_names(&self) -> bool {
        matches!(self.finder, Some(Finder::Matcher(Matcher::NameInText | Matcher::NameBehind | Matcher::NameAnnounced)))
    }

    pub(super) fn new(origin: &str, file: PatternFile, finder: Option<Finder>, cell_expression: Option<Expression>) -> Self {
        // A label near a value speaks for it wherever it is found.
        let words: Vec<String> = file.words.speak_for.iter().chain(&file.find.labels).cloned().collect();
        Self {
            id: file.id.into(),
            version: file.version,
            entity: file.entity.into(),
            entity_index: 0,
            category: file.category.into(),
            sensitivity: file.sensitivity,
            summary: file.summary,
            sources: file.sources,
            finder,
            cells: file.find.cells,
            cell_expression,
            check: file.find.check,
            labels: file.find.labels,
            assigned: file.find.assigned,
            listed: file.find.listed,
            alone: file.find.alone,
            form: file.find.form,
            beside: file.find.beside,
            normalisation: file.value.normalise,
            mask: file.value.mask,
            deltas: file.score,
            examples: file.examples,
            counter_examples: file.counter_examples,
            origin: origin.to_owned(),
            words_for: Phrases::new(&words),
            words_against: Phrases::new(&file.words.speak_against),
            names_for: Phrases::new(&file.columns.speak_for),
            names_against: Phrases::new(&file.columns.speak_against),
            names_beside: file.columns.beside,
            names_maybe: file.columns.maybe,
        }
    }

    /// Says what the words of these pieces of text mean for the rule. Phrases do not reach from one piece into another.
    #[must_use]
    pub fn context(&self, pieces: &[&[u8]]) -> Context {
        let mut out = Context::default();
        for piece in pieces {
            if piece.len() > WINDOW {
                let words: Vec<_> = tokens(piece).collect();
                out.speaks_for |= self.words_for.any(piece, &words);
                out.speaks_against |= self.words_against.any(piece, &words);
                continue;
            }
            let [speaks_for, speaks_against] = in_window([&self.words_for, &self.words_against], &Window::of(piece));
            out.speaks_for |= speaks_for;
            out.speaks_against |= speaks_against;
        }
        out
    }

    /// Says what the name of a column means for the rule, and the name of what it stands in: the last key decides, the key
    /// above it may begin the phrase (`customer`, `name`).
    #[must_use]
    pub fn name_verdict(&self, above: &str, last: &str) -> NameVerdict {
        let (above, folded) = (fold(above), fold(last));
        let name = [above.as_bytes(), b".", folded.as_bytes()].concat();
        let words: Vec<_> = tokens(&name).collect();
        let own = words.iter().take_while(|word| word.start <= above.len()).count();
        if self.names_against.any(&name, &words[own..]) {
            return NameVerdict::Against;
        }
        let phrase = |at: usize| self.names_for.at(&name, &words, at).map(|n| at..at + n).filter(|r| r.end > own);
        let Some(phrase) = (0..words.len()).find_map(phrase) else {
            let is_one = |names: &[String]| names.iter().any(|name| name.eq_ignore_ascii_case(folded.trim()));
            return match () {
                () if is_one(&self.names_beside) => NameVerdict::Beside,
                () if is_one(&self.names_maybe) => NameVerdict::Maybe,
                () => NameVerdict::Neutral,
            };
        };
        let is_about = |at: usize| ABOUT.iter().any(|about| name[words[at].clone()].eq_ignore_ascii_case(about.as_bytes()));
        let about = (own..words.len()).filter(|at| !phrase.contains(at)).any(is_about);
        if about { NameVerdict::Against } else { NameVerdict::For }
    }
}

/// A name with letters beyond ASCII in lower case; capitals of ASCII stay, because words begin at them.
fn fold(name: &str) -> Cow<'_, str> {
    if name.is_ascii() {
        return name.into();
    }
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        if c.is_ascii() { out.push(c) } else { out.extend(c.to_lowercase()) }
    }
    out.into()
}
