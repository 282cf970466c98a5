//! User agents: products with versions and comments, as browsers, HTTP clients and mobile systems send them (RFC 9110, 10.1.5).
//!
//! In comes the place of a word that one begins with, out goes a candidate up to the quote that closes it, or as far as
//! products follow each other. Nothing is said of what device it is.

use crate::model::{Candidate, RuleIndex, Signal, Signals, Verdict};

/// What user agents begin with.
pub(super) const BEGINNINGS: [&str; 8] =
    ["mozilla/", "dalvik/", "okhttp/", "opera/", "cfnetwork/", "applecoremedia/", "darwin/", "stagefright/"];

/// Longest user agent.
const LONGEST: usize = 512;

/// Reads the user agent that begins with the word at `at`.
pub(super) fn find(text: &[u8], at: usize, rule: RuleIndex, out: &mut Vec<Candidate>) {
    if out.last().is_some_and(|last| last.rule == rule && last.span.end > at) {
        return;
    }
    let window = &text[at..text.len().min(at + LONGEST)];
    let quote = text[..at].last().copied().filter(|b| matches!(b, b'"' | b'\''));
    let length = match quote.and_then(|quote| memchr::memchr2(quote, b'\n', window)).filter(|end| quote == Some(window[*end])) {
        // A JSON string in a string ends with a backslash.
        Some(end) => end - usize::from(window[end - 1] == b'\\'),
        None => products(window),
    };
    let value = &window[..length];
    // A product alone is the version of a library.
    let has_version = memchr::memchr(b'/', value).is_some_and(|slash| value.get(slash + 1).is_some_and(u8::is_ascii_digit));
    if !has_version {
        return;
    }
    let mut signals = Signals::default();
    let comment = value.windows(2).take(40).any(|pair| pair == b" (");
    signals.add(Signal::Shape, if comment { 15 } else { 0 });
    out.push(Candidate { rule, span: at..at + length, verdict: Verdict::NotChecked, region: None, signals });
}

/// Looks at a cell of a column that is named so: a product with a version at its beginning.
pub(super) fn cell(cell: &[u8], rule: RuleIndex) -> Option<Candidate> {
    let start = cell.len() - cell.trim_ascii_start().len();
    let value = cell.trim_ascii();
    let name = value.iter().take_while(|b| b.is_ascii_alphanumeric() || b"._-".contains(b)).count();
    let versioned = name > 0 && value.get(name) == Some(&b'/') && value.get(name + 1).is_some_and(u8::is_ascii_alphanumeric);
    let comment = value.len() >= 12 && value.contains(&b'(') && value.contains(&b')');
    let plausible = (versioned || comment) && value.len() <= 1_024 && !value.starts_with(b"http");
    let mut signals = Signals::default();
    signals.add(Signal::Shape, 5);
    plausible.then(|| Candidate { rule, span: start..start + value.len(), verdict: Verdict::NotChecked, region: None, signals })
}

/// Length of products and comments that follow each other, one space between them.
fn products(window: &[u8]) -> usize {
    let mut end = 0;
    loop {
        let from = if end == 0 { 0 } else { end + 1 };
        let rest = match window.get(from..) {
            Some(rest) if end == 0 || window[end] == b' ' => rest,
            _ => return end,
        };
        let length = match rest.first() {
            Some(b'(') => match memchr::memchr2(b')', b'\n', rest) {
                Some(close) if rest[close] == b')' => close + 1,
                _ => return end,
            },
            _ => {
                let length = rest.iter().take_while(|b| b.is_ascii_alphanumeric() || b"._-/;".contains(b)).count();
                if !rest[..length].contains(&b'/') && end > 0 {
                    return end;
                }
                length
            }
        };
        if length == 0 {
            return end;
        }
        end = from + length;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let mut out = Vec::new();
        let lower = text.to_ascii_lowercase();
        for at in 0..text.len() {
            if text.is_char_boundary(at) && BEGINNINGS.iter().any(|b| lower[at..].starts_with(b)) {
                find(text.as_bytes(), at, 0, &mut out);
            }
        }
        out.iter().map(|c| &text[c.span.clone()]).collect()
    }

    #[test]
    fn ends_at_the_quote_or_with_the_products() {
        let agent = "Mozilla/5.0 (Linux; Android 14; SM-G991B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Safari/537.36";
        assert_eq!(found(&format!("200 \"{agent}\" rt=0.5")), [agent]);
        assert_eq!(found(&format!("{{\\\"ua\\\":\\\"{agent}\\\"}}")), [agent]);
        assert_eq!(found("ua=okhttp/4.9.3 status=200"), ["okhttp/4.9.3"]);
        assert_eq!(
            found("from Dalvik/2.1.0 (Linux; U; Android 11; Pixel 5 Build/RQ3A) to"),
            ["Dalvik/2.1.0 (Linux; U; Android 11; Pixel 5 Build/RQ3A)"]
        );
        assert_eq!(found("about mozilla/firefox"), [""; 0]);
        assert_eq!(found("Mozilla/5.0 (never closed\nnext"), ["Mozilla/5.0"]);
    }

    #[test]
    fn reads_cells() {
        assert!(cell(b" MyApp/3.2.1 (iPhone; iOS 17.1)", 0).is_some());
        for text in [&b""[..], b"chrome", b"https://example.com/x", b"n/a", b"\xff/"] {
            assert!(cell(text, 0).is_none_or(|c| text == b"n/a" && c.span == (0..3)), "{text:?}");
        }
    }
}
