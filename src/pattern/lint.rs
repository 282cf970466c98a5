//! What a pattern file must keep to, beside its form.

use regex_syntax::hir::{Class, Hir, HirKind, Look, literal};

use super::builtin::BUILTIN;
use super::example::Example;
use super::expression::{Expression, parse};
use super::file::{CellMatcher, Find, Matcher, PatternFile};
use super::rule::Finder;
use crate::model::{Error, ErrorKind, Result, limits};

/// Fideslang categories that rules may use, and prefixes of them: <https://ethyca.github.io/fideslang/taxonomy/data_categories/>.
#[rustfmt::skip]
const CATEGORIES: &[&str] = &[
    "user.account", "user.authorization", "user.behavior", "user.biometric", "user.childrens", "user.contact", "user.content",
    "user.credentials", "user.criminal_history", "user.demographic", "user.device", "user.financial", "user.government_id",
    "user.health_and_medical", "user.job_title", "user.location", "user.name", "user.organization", "user.payment", "user.preferences",
    "user.sensor", "user.social", "user.telemetry", "user.unique_id", "user.user_sensor", "user.workplace",
];

/// Bytes that a label has at least: what the prefilter looks at.
const LABEL_BYTES: usize = 3;

/// Checks what the form cannot say and compiles the expression.
pub(super) fn check(name: &str, file: &PatternFile) -> Result<(Option<Finder>, Option<Expression>)> {
    let wrong = |what: &str| Err(Error::new(ErrorKind::Pattern, format!("pattern {name}: {what}")));
    let plain = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    if !plain(&file.id) || !plain(&file.entity) {
        return wrong("id and entity are lower-case letters, digits and _");
    }
    if file.version < 1 {
        return wrong("version starts at 1");
    }
    if !CATEGORIES.iter().any(|c| file.category.strip_prefix(c).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))) {
        return wrong("category is not a Fideslang data category under user.");
    }
    if file.find.by.is_some() && file.find.expression.is_some() {
        return wrong("find.by and find.expression exclude each other");
    }
    if file.find.by.is_none() && file.find.expression.is_none() && file.find.cells.is_none() {
        return wrong("find needs one of by, expression and cells");
    }
    if file.find.cells.is_some() && file.columns.speak_for.is_empty() {
        return wrong("find.cells needs names in columns.for");
    }
    if file.find.cells == Some(CellMatcher::Expression) && file.find.expression.is_none() {
        return wrong("find.cells = \"expression\" needs find.expression");
    }
    let by_id = file.find.by == Some(Matcher::Id) || file.find.cells == Some(CellMatcher::Id);
    if by_id != file.find.check.is_some() {
        return wrong("find.check names what the matcher id looks for");
    }
    if file.find.labels.iter().any(|label| label.len() < LABEL_BYTES || !label.as_bytes()[0].is_ascii_alphabetic()) {
        return wrong("a label begins with a letter of ASCII and has three bytes or more");
    }
    if file.find.by.is_some_and(|by| by.needs_labels() == file.find.labels.is_empty()) {
        return wrong("find.labels go with an expression or a matcher that reads what stands behind them");
    }
    if file.find.expression.is_none() && (file.find.form.is_some() || !file.find.labels.is_empty() && file.find.by.is_none()) {
        return wrong("find.labels and find.form need find.expression");
    }
    if file.find.cells_only && (file.find.cells != Some(CellMatcher::Expression) || !file.find.labels.is_empty()) {
        return wrong("find.cells_only needs find.cells = \"expression\", and no labels");
    }
    if file.find.alone && file.find.cells != Some(CellMatcher::Expression) {
        return wrong("find.alone needs find.cells = \"expression\"");
    }
    if file.find.assigned && file.find.labels.is_empty() {
        return wrong("find.assigned needs find.labels");
    }
    if file.examples.is_empty() || file.counter_examples.is_empty() {
        return wrong("at least one example and one counter-example are needed");
    }
    for example in &file.examples {
        if Example::parse(name, example)?.spans.is_empty() {
            return wrong("an example marks nothing with «»");
        }
    }
    for text in &file.counter_examples {
        if !Example::parse(name, text)?.spans.is_empty() {
            return wrong("a counter-example marks a value");
        }
    }
    let finder = match (&file.find.by, &file.find.expression) {
        (Some(matcher), _) => Some(Finder::Matcher(*matcher)),
        (None, Some(expression)) => compile(name, expression, &file.find)?,
        (None, None) => None,
    };
    let whole = match (&file.find.expression, file.find.cells) {
        (Some(expression), Some(CellMatcher::Expression)) => Some(build(name, format!(r"\A(?:{expression})\z"))?),
        _ => None,
    };
    Ok((finder, whole))
}

/// Compiles an expression and decides which prefilter serves it; none where it is for cells alone.
fn compile(name: &str, expression: &str, find: &Find) -> Result<Option<Finder>> {
    let wrong = |what: String| Error::new(ErrorKind::Pattern, format!("pattern {name}: {what}"));
    let hir = parse(expression).map_err(|e| wrong(format!("expression: {e}")))?;
    match hir.properties().maximum_len() {
        Some(most) if most <= limits::MAX_REACH => {}
        _ => return Err(wrong(format!("the expression can match more than {} bytes; bound its repetitions", limits::MAX_REACH))),
    }
    if hir.properties().minimum_len().unwrap_or(0) == 0 {
        return Err(wrong("the expression matches nothing at all".to_owned()));
    }
    let expression = build(name, expression.to_owned())?;
    if find.cells_only {
        return Ok(None);
    }
    if !find.labels.is_empty() {
        return Ok(Some(Finder::Labelled { expression }));
    }
    let prefixes = literal::Extractor::new().limit_total(64).extract(&hir);
    if begins_a_word(&hir)
        && let Some(literals) = prefixes.literals()
        && let Some(literals) = literals.iter().map(|l| std::str::from_utf8(l.as_bytes()).ok()).collect::<Option<Vec<_>>>()
        && !literals.is_empty()
        && literals.iter().all(|l| l.len() >= LABEL_BYTES && l.as_bytes()[0].is_ascii_alphabetic())
    {
        return Ok(Some(Finder::Word { literals: literals.into_iter().map(str::to_owned).collect(), expression }));
    }
    if let Some(literals) = prefixes.literals()
        && !literals.is_empty()
        && literals.iter().all(|l| l.as_bytes().len() >= 2)
    {
        return Ok(Some(Finder::Literal { literals: literals.iter().map(|l| l.as_bytes().to_vec()).collect(), expression }));
    }
    if begins_with_digit(&hir) {
        return Ok(Some(Finder::DigitRun { expression }));
    }
    if find.slow {
        return Ok(Some(Finder::Slow { expression }));
    }
    Err(wrong("no prefilter serves the expression".to_owned())
        .hint("begin it with two or more fixed characters or with a digit, or set find.slow = true to pay a pass over all input"))
}

/// Built-in expressions are compiled when they are first used; a test compiles them all.
fn build(name: &str, expression: String) -> Result<Expression> {
    Expression::new(name, expression, !BUILTIN.iter().any(|(builtin, _)| *builtin == name))
}

/// Whether every match begins where a word does.
fn begins_a_word(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Look(look) => matches!(look, Look::WordAscii | Look::WordStartAscii),
        HirKind::Concat(parts) => parts.first().is_some_and(begins_a_word),
        HirKind::Capture(capture) => begins_a_word(&capture.sub),
        _ => false,
    }
}

/// Whether every match begins with an ASCII digit, looking past assertions such as `\b`.
fn begins_with_digit(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Literal(literal) => literal.0.first().is_some_and(u8::is_ascii_digit),
        HirKind::Class(Class::Bytes(class)) => class.ranges().iter().all(|r| r.start() >= b'0' && r.end() <= b'9'),
        HirKind::Class(Class::Unicode(class)) => class.ranges().iter().all(|r| r.start() >= '0' && r.end() <= '9'),
        HirKind::Repetition(repetition) => repetition.min > 0 && begins_with_digit(&repetition.sub),
        HirKind::Capture(capture) => begins_with_digit(&capture.sub),
        HirKind::Concat(parts) => parts.iter().find(|p| !matches!(p.kind(), HirKind::Look(_))).is_some_and(begins_with_digit),
        HirKind::Alternation(parts) => parts.iter().all(begins_with_digit),
        HirKind::Empty | HirKind::Look(_) => false,
    }
}
