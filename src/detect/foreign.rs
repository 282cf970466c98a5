//! Numbers in digits of other scripts: full-width, Arabic-Indic, extended Arabic-Indic and Devanagari.
//!
//! In comes the place of such a digit, out goes the number with ASCII digits and where each byte of it comes from, so that the
//! matchers for digits read it. Source: Unicode Standard, general category Nd of these blocks.

/// Characters of one number, separators among them.
const CHARACTERS: usize = 40;

/// A number in ASCII, and for each of its bytes, and the end, where it stands in the text.
pub(super) struct Number {
    pub text: Vec<u8>,
    pub origin: Vec<usize>,
}

/// The digit that begins `rest`, and its length in bytes; ASCII digits are none.
#[inline]
pub(super) fn digit(rest: &[u8]) -> Option<(u8, usize)> {
    match rest {
        [0xEF, 0xBC, b @ 0x90..=0x99, ..] => Some((b - 0x90, 3)),
        [0xD9, b @ 0xA0..=0xA9, ..] => Some((b - 0xA0, 2)),
        [0xDB, b @ 0xB0..=0xB9, ..] => Some((b - 0xB0, 2)),
        [0xE0, 0xA5, b @ 0xA6..=0xAF, ..] => Some((b - 0xA6, 3)),
        _ => None,
    }
}

/// An ASCII separator, or the one that a full-width form is.
fn separator(rest: &[u8]) -> Option<(u8, usize)> {
    match rest {
        [b @ (b' ' | b'-' | b'.' | b'(' | b')' | b'+' | b'/'), ..] => Some((*b, 1)),
        [0xC2, 0xA0, ..] => Some((b' ', 2)),
        [0xE3, 0x80, 0x80, ..] => Some((b' ', 3)),
        [0xEF, 0xBC, b @ (0x8B | 0x8D | 0x8E | 0x88 | 0x89), ..] => Some((b - 0x60, 3)),
        _ => None,
    }
}

/// Reads the number that a digit at `at` begins; none inside one, or where it has less than seven digits.
pub(super) fn read(text: &[u8], at: usize) -> Option<Number> {
    digit(&text[at..])?;
    let mut start = at;
    // A plus belongs to a number; another digit before this one has read it already.
    for length in [2, 3] {
        if let Some(before) = at.checked_sub(length)
            && digit(&text[before..]).is_some_and(|(_, found)| found == length)
        {
            return None;
        }
    }
    if text[..at].last() == Some(&b'+') || text[..at].last() == Some(&b'(') {
        start -= 1;
    } else if text[..at].ends_with(b"\xEF\xBC\x8B") {
        start -= 3;
    }
    let mut number = Number { text: Vec::new(), origin: Vec::new() };
    let (mut from, mut digits) = (start, 0);
    while number.text.len() < CHARACTERS {
        let rest = &text[from..];
        let (byte, length) = match digit(rest) {
            Some((value, length)) => (b'0' + value, length),
            None => match (separator(rest), rest.first()) {
                (Some(found), _) => found,
                (None, Some(b)) if b.is_ascii_digit() => (*b, 1),
                _ => break,
            },
        };
        digits += usize::from(byte.is_ascii_digit());
        number.text.push(byte);
        number.origin.push(from);
        from += length;
    }
    while number.text.last().is_some_and(|b| !b.is_ascii_digit()) {
        number.text.pop();
        from = number.origin.pop().unwrap_or(from);
    }
    number.origin.push(from);
    (digits >= 7).then_some(number)
}

/// The value with ASCII digits, where it has others.
pub(super) fn spelt(value: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(value.len());
    let (mut at, mut found) = (0, false);
    while at < value.len() {
        match digit(&value[at..]) {
            Some((digit, length)) => {
                out.push(b'0' + digit);
                at += length;
                found = true;
            }
            None => {
                let (byte, length) = separator(&value[at..]).unwrap_or((value[at], 1));
                out.push(byte);
                at += length;
            }
        }
    }
    found.then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_digits_of_four_scripts() {
        for (text, number) in [
            ("４１１１ １１１１ １１１１ １１１１", "4111 1111 1111 1111"),
            ("+٦٣ ٩١٧ ٥٥٥ ٠١٢٣", "+63 917 555 0123"),
            ("۰۹۱۷۵۵۵۰۱۲۳", "09175550123"),
            ("+९१ ९८७६५४३२१०, x", "+91 9876543210"),
            ("０９１７－５５５－０１２３", "0917-555-0123"),
        ] {
            let at = text.find(|c: char| !c.is_ascii()).expect("a digit");
            let read = read(text.as_bytes(), at).expect(text);
            assert_eq!(std::str::from_utf8(&read.text), Ok(number));
            assert_eq!(read.origin.len(), read.text.len() + 1);
            assert!(text.is_char_boundary(*read.origin.last().expect("an end")));
            assert_eq!(spelt(&text.as_bytes()[..read.origin[read.text.len()]]).as_deref(), Some(number.as_bytes()));
        }
    }

    #[test]
    fn refuses_what_has_few_digits_or_is_cut() {
        for text in ["１２３", "４１１", "電話", "\u{660}"] {
            assert!(read(text.as_bytes(), 0).is_none(), "{text}");
        }
        assert!(spelt(b"4111").is_none());
        assert!(digit(b"\xEF\xBC").is_none() && digit(b"\xD9").is_none() && digit(&[]).is_none());
    }
}
