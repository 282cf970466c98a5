//! Previews: enough of a value to recognise it in a review, too little to know it.

use crate::model::{Mask, Sensitive};

/// Longest preview in characters.
const LONGEST: usize = 60;

/// Masks a value. What is hidden shows as `*`; lengths of hidden parts are not told exactly.
#[must_use]
pub fn preview(mask: Mask, value: Sensitive<'_>) -> String {
    let text = String::from_utf8_lossy(value.expose());
    match mask {
        Mask::Hidden => String::new(),
        Mask::Email => email(&text),
        Mask::Last2 => last_digits(&text, 2),
        Mask::Last4 => last_digits(&text, 4),
        Mask::Network => network(&text),
        Mask::Initials => initials(&text),
        Mask::Year => year(&text),
        Mask::Country => format!("{}***", text.chars().take(2).collect::<String>()),
    }
}

/// `m***@***.com`
fn email(text: &str) -> String {
    let Some((local, domain)) = text.rsplit_once('@') else { return "***".to_owned() };
    let mut out = String::with_capacity(16);
    out.extend(local.chars().next().filter(|c| c.is_alphanumeric() && local.chars().nth(2).is_some()));
    out.push_str("***@***.");
    out.extend(domain.rsplit_once('.').map_or("***", |(_, top)| top).chars().take(24));
    out
}

/// `+*** *** **23`: digits become `*`, but for the last ones where more than twice as many stay hidden.
fn last_digits(text: &str, shown: usize) -> String {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let shown = if digits > 2 * shown { shown } else { 0 };
    let mut left = digits;
    let mut out = String::with_capacity(text.len().min(LONGEST));
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
    out
}

/// `203.0.*.*`, `2001:db8:***`
fn network(text: &str) -> String {
    if text.contains(':') {
        let mut groups = text.split(':');
        let first = groups.next().unwrap_or("");
        let second = groups.next().unwrap_or("");
        return format!("{first}:{second}:***");
    }
    let mut octets = text.split('.');
    match (octets.next(), octets.next()) {
        (Some(a), Some(b)) => format!("{a}.{b}.*.*"),
        _ => "***".to_owned(),
    }
}

/// `M*** S***`, `12 M*** S*.` → digits are hidden too.
fn initials(text: &str) -> String {
    let words = text.split(|c: char| c == ' ' || c == ',' || c.is_whitespace()).filter(|w| !w.is_empty());
    let mut out = String::with_capacity(40);
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
    out
}

/// `1987-**-**`
fn year(text: &str) -> String {
    let digits: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|part| part.len() == 4).collect();
    match digits.first() {
        Some(year) => format!("{year}-**-**"),
        None => "****-**-**".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(mask: Mask, value: &str) -> String {
        preview(mask, Sensitive::new(value.as_bytes()))
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
