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
    if let Some((shown, len)) = ascii(mask, value.expose()) {
        return SmolStr::new(str::from_utf8(&shown[..len]).unwrap_or_default());
    }
    out.clear();
    let text = &*text(value);
    match mask {
        Mask::Hidden => {}
        Mask::Email => email_of(text, out),
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

/// A preview in the making.
type Shown = [u8; 64];

/// The preview of a value of ASCII, as nearly all are, and its length, where it is quicker made of bytes.
fn ascii(mask: Mask, value: &[u8]) -> Option<(Shown, usize)> {
    if !value.is_ascii() {
        return None;
    }
    let (mut shown, mut len) = ([0; 64], 0);
    let mut push = |bytes: &[u8]| {
        shown[len..len + bytes.len()].copy_from_slice(bytes);
        len += bytes.len();
    };
    match mask {
        Mask::Email => {
            let at = memchr::memrchr(b'@', value)?;
            let dot = at + 1 + memchr::memrchr(b'.', &value[at + 1..])?;
            push(value.first().filter(|b| b.is_ascii_alphanumeric() && at > 2).map_or(b"", std::slice::from_ref));
            push(b"***@***.");
            push(&value[dot + 1..value.len().min(dot + 25)]);
        }
        Mask::Last2 | Mask::Last4 => {
            let last = if mask == Mask::Last2 { 2 } else { 4 };
            let mut left = value.iter().filter(|b| b.is_ascii_digit()).count();
            let last = if left > 2 * last { last } else { 0 };
            for b in value.iter().take(LONGEST) {
                left -= usize::from(b.is_ascii_digit());
                let hidden = b.is_ascii_alphabetic() || (b.is_ascii_digit() && left >= last);
                push(&[if hidden { b'*' } else { *b }]);
            }
        }
        Mask::Initials => {
            let words = value.split(|b| matches!(b, b' ' | b',' | 0x09..=0x0D)).filter(|word| !word.is_empty());
            for (at, word) in words.take(8).enumerate() {
                push(if at > 0 { b" " } else { b"" });
                let told = word.len() > 2 && word[0].is_ascii_alphabetic();
                push(&if told { [word[0], b'*', b'*', b'*'] } else { *b"**  " }[..if told { 4 } else { 2 }]);
            }
        }
        _ => return None,
    }
    Some((shown, len))
}

/// `m***@***.com`
fn email_of(text: &str, out: &mut String) {
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
    fn ascii_is_masked_as_all_text_is() {
        proptest::proptest!(|(text in "[ -~\t]{0,90}", email in "[a-z.]{0,6}@[a-z]{0,5}(\\.[a-z]{0,40}){0,2}")| {
            for value in [&text, &email] {
                let mut out = String::new();
                for (mask, digits) in [(Mask::Last2, 2), (Mask::Last4, 4)] {
                    out.clear();
                    last_digits(value, digits, &mut out);
                    proptest::prop_assert_eq!(masked(mask, value), &*out);
                }
                for (mask, make) in [(Mask::Email, email_of as fn(&str, &mut String)), (Mask::Initials, initials)] {
                    out.clear();
                    make(value, &mut out);
                    proptest::prop_assert_eq!(masked(mask, value), &*out);
                }
            }
        });
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
