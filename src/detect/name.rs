//! Person names in cells of columns that are named so. A cell is refused where it cannot be a name; nothing proves one.

use crate::model::{Candidate, RuleIndex, Signal, Signals, Verdict};

/// What people write where there is no name.
#[rustfmt::skip]
const NOBODY: &[&str] = &[
    "n/a", "na", "none", "null", "nil", "unknown", "anonymous", "test", "tbd", "true", "false", "yes", "no", "guest", "admin", "root", "system",
    "user", "default", "undefined", "nan", "-", "redacted", "deleted", "removed", "other",
];

/// Looks at a cell; the whole of it, without surrounding space, is the value.
pub(super) fn cell(cell: &[u8], rule: RuleIndex) -> Option<Candidate> {
    let text = std::str::from_utf8(cell).ok()?;
    let name = text.trim();
    if name.is_empty() || name.len() > 100 || NOBODY.iter().any(|word| name.eq_ignore_ascii_case(word)) {
        return None;
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
            _ => return None,
        }
    }
    if letters < 2 {
        return None;
    }
    let words = name.split([' ', ',']).filter(|w| !w.is_empty());
    let (count, capitalised) =
        words.fold((0, 0), |(n, c), w| (n + 1, c + usize::from(w.chars().find(|c| c.is_alphabetic()).is_some_and(|c| !c.is_lowercase()))));
    if count > 6 {
        return None;
    }
    let mut signals = Signals::default();
    signals.add(
        Signal::Shape,
        if capitalised == 0 {
            -10
        } else if count >= 2 && capitalised >= 2 {
            10
        } else {
            0
        },
    );
    let start = text.len() - text.trim_start().len();
    Some(Candidate { rule, span: start..start + name.len(), verdict: Verdict::NotChecked, region: None, signals })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_names_of_many_scripts() {
        for name in ["Maria Santos", "José", "O'Brien-Smith", "山田太郎", "Núñez, Ana M.", "dela Cruz", "  Ana  "] {
            let found = cell(name.as_bytes(), 0);
            assert_eq!(found.map(|c| name[c.span].to_owned()), Some(name.trim().to_owned()));
        }
    }

    #[test]
    fn refuses_what_is_no_name() {
        for text in ["", " ", "N/A", "null", "ORD-123", "a@b.com", "X", "https://x", "42", "one two three four five six seven", "\u{7f}a b"]
        {
            assert!(cell(text.as_bytes(), 0).is_none(), "{text}");
        }
        assert!(cell(b"\xff\xfe", 0).is_none());
    }
}
