//! Previews: enough of a value to recognise it in a review, too little to know it.

use smol_str::SmolStr;

use super::text;
use crate::model::{Mask, Sensitive};

/// Longest preview in characters.
const LONGEST: usize = 60;

/// Masks a value. What is hidden shows as `*`; lengths of hidden parts are not told exactly. `out` is overwritten: it is only
/// given so that its memory is used again.
#[must_use]
pub fn preview(mask: Mask, value: Sensitive<'_>, out: &mut String) -> SmolStr {
    out.clear();
    let text = &*text(value);
    match mask {
        Mask::Hidden => {}
        Mask::Email => email(text, out),
        Mask::Last2 => last_digits(text, 2, out),
        Mask::Last4 => last_digits(text, 4, out),
        Mask::Network => network(text, out),
        Mask::Initials => initials(text, out),
        Mask::Year => year(text, out),
        Mask::Country => {
            out.extend(text.chars().take(2));
            out.push_str("***");
        }
    }
    SmolStr::new(out)
}

/// `m***@***.com`
fn email(text: &str, out: &mut String) {
    let Some((local, domain)) = text.rsplit_once('@') else { return out.push_str("***") };
    out.extend(local.chars().next().filter(|c| c.is_alphanumeric() && local.chars().nth(2).is_some()));
    out.push_str("***@***.");
    out.extend(domain.rsplit_once('.').map_or("***", |(_, top)| top).chars().take(24));
}

/// `+*** *** **23`: digits become `*`, but for the last ones where more than twice as many stay hidden.
fn last_digits(text: &str, shown: usize, out: &mut String) {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let shown = if digits > 2 * shown { shown } else { 0 };
    let mut left = digits;
    if text.is_ascii() {
        let mask = |b: u8| {
            left -= usize::from(b.is_ascii_digit());
            if b.is_ascii_alphabetic() || (b.is_ascii_digit() && left >= shown) { b'*' } else { b }
        };
        let mut bytes = std::mem::take(out).into_bytes();
        bytes.extend(text.bytes().take(LONGEST).map(mask));
        *out = String::from_utf8(bytes).unwrap_or_default();
        return;
    }
    for c in text.chars().take(LONGEST) {
        if c.is_ascii_digit() {
            left -= 1;
            out.push(if left < shown { c } else { '*' });
        } else if c.is_alphanumeric() {
            out.push('*');
        } else {
            out.push(c);
        }
    }
}

/// `203.0.*.*`, `2001:db8:***`
fn network(text: &str, out: &mut String) {
    let (separator, hidden) = if text.contains(':') { (':', ":***") } else { ('.', ".*.*") };
    let mut parts = text.split(separator);
    match (parts.next(), parts.next()) {
        (Some(first), Some(second)) => {
            out.push_str(first);
            out.push(separator);
            out.push_str(second);
            out.push_str(hidden);
        }
        _ => out.push_str("***"),
    }
}

/// `M*** S***`, `12 M*** S*.` → digits are hidden too.
fn initials(text: &str, out: &mut String) {
    if text.is_ascii() {
        return ascii_initials(text.as_bytes(), out);
    }
    let words = text.split(|c: char| c == ' ' || c == ',' || c.is_whitespace()).filter(|w| !w.is_empty());
    for word in words.take(8) {
        if !out.is_empty() {
            out.push(' ');
        }
        match word.chars().next() {
            // A word of one or two characters would be told by its first.
            Some(c) if c.is_alphabetic() && word.chars().nth(2).is_some() => {
                out.push(c);
                out.push_str("***");
            }
            _ => out.push_str("**"),
        }
    }
}

/// The same of ASCII, byte by byte.
fn ascii_initials(text: &[u8], out: &mut String) {
    let words = text.split(|b| matches!(b, b' ' | b',' | 0x09..=0x0D)).filter(|word| !word.is_empty());
    for word in words.take(8) {
        if !out.is_empty() {
            out.push(' ');
        }
        if word.len() > 2 && word[0].is_ascii_alphabetic() {
            out.push(char::from(word[0]));
            out.push_str("***");
        } else {
            out.push_str("**");
        }
    }
}

/// `1987-**-**`
fn year(text: &str, out: &mut String) {
    let year = text.split(|c: char| !c.is_ascii_digit()).find(|part| part.len() == 4);
    out.push_str(year.unwrap_or("****"));
    out.push_str("-**-**");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(mask: Mask, value: &str) -> String {
        preview(mask, Sensitive::new(value.as_bytes()), &mut String::new()).into()
    }

    #[test]
    fn shows_little() {
        assert_eq!(masked(Mask::Email, "maria.santos@example.com"), "m***@***.com");
        assert_eq!(masked(Mask::Email, "ab@example.com"), "***@***.com");
        assert_eq!(masked(Mask::Last2, "+63 917 555 0123"), "+** *** *** **23");
        assert_eq!(masked(Mask::Last4, "1234"), "****");
        assert_eq!(masked(Mask::Hidden, "4111"), "");
        assert_eq!(masked(Mask::Network, "203.0.113.7"), "203.0.*.*");
        assert_eq!(masked(Mask::Network, "2001:db8::1"), "2001:db8:***");
        assert_eq!(masked(Mask::Initials, "Maria Santos-Cruz"), "M*** S***");
        assert_eq!(masked(Mask::Initials, "12 Mabini St., Makati"), "** M*** S*** M***");
        assert_eq!(masked(Mask::Initials, "李 明"), "** **");
        assert_eq!(masked(Mask::Year, "23/04/1987"), "1987-**-**");
        assert_eq!(masked(Mask::Country, "DE89370400440532013000"), "DE***");
    }

    #[test]
    fn never_shows_a_long_value_whole() {
        for mask in [Mask::Email, Mask::Last2, Mask::Last4, Mask::Network, Mask::Initials, Mask::Year, Mask::Country] {
            let value = "Quezon.4155550132.x";
            assert!(!masked(mask, value).contains(value), "{mask:?}");
        }
    }
}
