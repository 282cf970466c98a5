//! Passwords in URLs: `scheme://user:password@host` (RFC 3986, 3.2.1).
//!
//! In comes the index of an `@`, out goes a candidate of the password alone.

use super::check::named;
use crate::model::{Candidate, RuleIndex, Signals, Verdict};
use crate::pattern::Check;

/// Bytes before an `@` in which the scheme is looked for.
const REACH: usize = 160;

/// Finds the password that ends before the `@` at `at`.
pub(super) fn find(text: &[u8], at: usize, rule: RuleIndex, out: &mut Vec<Candidate>) {
    let window = &text[at.saturating_sub(REACH)..at];
    let stops = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'/' | b'?' | b'#' | b'@' | b'"' | b'\'' | b'<' | b'>' | b',');
    let Some(slash) = window.iter().rposition(stops).filter(|i| window[*i] == b'/') else { return };
    if !window[..=slash].ends_with(b"://") {
        return;
    }
    let Some(colon) = memchr::memchr(b':', &window[slash + 1..]).map(|n| slash + 1 + n) else { return };
    let span = at - (window.len() - colon - 1)..at;
    let mut candidate = Candidate { rule, span: span.clone(), verdict: Verdict::NotChecked, region: None, signals: Signals::default() };
    let host = text.get(at + 1).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'[');
    if host && colon > slash + 1 && named::apply(Check::Secret, &text[span.clone()], &mut candidate) {
        candidate.span = span;
        out.push(candidate);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let mut out = Vec::new();
        for at in memchr::memchr_iter(b'@', text.as_bytes()) {
            find(text.as_bytes(), at, 0, &mut out);
        }
        out.iter().map(|c| &text[c.span.clone()]).collect()
    }

    #[test]
    fn finds_the_password_alone() {
        assert_eq!(found("dsn postgres://app:s3cr3t!x@db.example.com:5432/shop"), ["s3cr3t!x"]);
        assert_eq!(found("\"https://ana:hunter2@example.com\""), ["hunter2"]);
        for text in
            ["https://example.com/a:b@c", "mailto:ana@example.com", "https://ana@example.com", "ftp://x:***@h", "a://b:${PASS}@h", "://:x@"]
        {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
