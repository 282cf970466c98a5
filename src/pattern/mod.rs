//! Patterns: rules as data. TOML files come in, a compiled [`RuleSet`] goes out.
//!
//! A pattern file says what is found, how it is checked, which words speak for and against it, and how its values are
//! masked. Files under `patterns/` are compiled in; a folder of the user's adds to them and overrides by `id`.
//! Nothing here looks at scanned data.

mod builtin;
mod example;
mod expression;
mod file;
mod id_check;
mod lint;
mod marks;
mod rule;
mod set;
mod words;

pub use builtin::BUILTIN;
pub use example::Example;
pub use expression::Expression;
pub use file::{Beside, CellMatcher, Check, Listed, Matcher, PatternFile};
pub use id_check::IdCheck;
pub use marks::{Marks, WINDOW, Window, Words, first_eight, of_eight};
pub use rule::{Context, Finder, NameVerdict, Rule};
pub use set::RuleSet;
pub use words::{Cues, Phrases, tokens};
