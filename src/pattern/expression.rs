//! A regular expression of a rule, compiled when it is first used: most runs meet few of them.

use std::sync::OnceLock;

use regex_automata::meta::{self, Regex};

use crate::model::{Error, ErrorKind, Result};

/// An expression over bytes that is known to be valid.
pub struct Expression {
    text: String,
    compiled: OnceLock<Regex>,
}

impl Expression {
    /// Takes an expression that parses. `eager`: compiles it now, so that one that is too large is told at once.
    ///
    /// # Errors
    /// `Pattern` where it is compiled and too large.
    pub(super) fn new(name: &str, text: String, eager: bool) -> Result<Self> {
        let out = Self { text, compiled: OnceLock::new() };
        if eager {
            let regex = out.build().map_err(|e| Error::new(ErrorKind::Pattern, format!("pattern {name}: expression: {e}")))?;
            out.compiled.get_or_init(|| regex);
        }
        Ok(out)
    }

    /// Returns the compiled expression.
    #[must_use]
    pub fn get(&self) -> &Regex {
        self.compiled.get_or_init(|| self.build().expect("a test compiles every built-in expression, and others were compiled"))
    }

    #[expect(clippy::result_large_err, reason = "it is turned into an error of ours, or never made")]
    fn build(&self) -> std::result::Result<Regex, meta::BuildError> {
        meta::Builder::new()
            .syntax(regex_automata::util::syntax::Config::new().unicode(false).utf8(false))
            .configure(meta::Config::new().utf8_empty(false).hybrid(false))
            .build(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::super::set::RuleSet;

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
}
