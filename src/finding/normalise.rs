//! Normalised forms that need nothing but the bytes. What needs a number plan or a calendar is done in `detect`.

use std::fmt::Write as _;
use std::net::{IpAddr, Ipv6Addr};

use super::text;
use crate::model::{Normalisation, Sensitive};

/// Writes the normalised form of a value into `out`; returns the normalisation that was really used.
pub fn normalise(wanted: Normalisation, value: Sensitive<'_>, out: &mut String) -> Normalisation {
    out.clear();
    let text = &*text(value);
    match wanted {
        Normalisation::PhoneE164 | Normalisation::PhoneNational => {
            keep(text, out, u8::is_ascii_digit);
            return Normalisation::PhoneNational;
        }
        Normalisation::PanDigits | Normalisation::Digits => keep(text, out, u8::is_ascii_digit),
        Normalisation::EmailLower if text.is_ascii() => {
            out.push_str(text);
            out.make_ascii_lowercase();
        }
        Normalisation::EmailLower => out.extend(text.chars().flat_map(char::to_lowercase)),
        Normalisation::IbanCompact | Normalisation::AlnumUpper => {
            keep(text, out, u8::is_ascii_alphanumeric);
            out.make_ascii_uppercase();
        }
        Normalisation::IpText => {
            let bare = text.split(['%', '/']).next().unwrap_or(text);
            match bare.parse::<IpAddr>() {
                // What reads as IPv4 is in its one form.
                Ok(IpAddr::V4(_)) => out.push_str(bare),
                Ok(IpAddr::V6(v6)) => write!(out, "{}", unmap(v6)).expect("a string takes all"),
                Err(_) => out.push_str(text),
            }
        }
        Normalisation::TextFold | Normalisation::DateIso => {
            fold(text, out);
            return Normalisation::TextFold;
        }
        Normalisation::Exact => out.push_str(text),
    }
    wanted
}

/// The same of ASCII, which nearly all values are, byte by byte; none, and nothing written, where that is not quicker.
pub fn normalise_ascii(wanted: Normalisation, value: Sensitive<'_>, out: &mut Vec<u8>) -> Option<Normalisation> {
    out.clear();
    let value = value.expose();
    if !value.is_ascii() {
        return None;
    }
    let used = match wanted {
        Normalisation::PhoneE164 => Normalisation::PhoneNational,
        Normalisation::DateIso => Normalisation::TextFold,
        other => other,
    };
    match used {
        Normalisation::PhoneNational | Normalisation::PanDigits | Normalisation::Digits => {
            out.extend(value.iter().copied().filter(u8::is_ascii_digit));
        }
        Normalisation::EmailLower => {
            out.extend_from_slice(value);
            out.make_ascii_lowercase();
        }
        Normalisation::IbanCompact => {
            out.extend(value.iter().copied().filter(u8::is_ascii_alphanumeric));
            out.make_ascii_uppercase();
        }
        // IPv4 has one form; what reads as nothing stays as it is.
        Normalisation::IpText if value.iter().all(|b| b.is_ascii_digit() || *b == b'.') => out.extend_from_slice(value),
        Normalisation::TextFold => fold_ascii(value, out),
        Normalisation::Exact => out.extend_from_slice(value),
        _ => return None,
    }
    Some(used)
}

/// [`fold`] of ASCII.
fn fold_ascii(text: &[u8], out: &mut Vec<u8>) {
    out.reserve(text.len());
    let mut gap = false;
    for b in text {
        match FOLDED[usize::from(*b)] {
            0 => gap = !out.is_empty(),
            letter => {
                if std::mem::take(&mut gap) {
                    out.push(b' ');
                }
                out.push(letter);
            }
        }
    }
}

/// ASCII letters in lower case, and digits; zero for all others.
static FOLDED: [u8; 256] = {
    let mut folded = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        if (byte as u8).is_ascii_alphanumeric() {
            folded[byte] = (byte as u8).to_ascii_lowercase();
        }
        byte += 1;
    }
    folded
};

/// Keeps some of the ASCII characters.
fn keep(text: &str, out: &mut String, wanted: impl Fn(&u8) -> bool) {
    out.extend(text.bytes().filter(wanted).map(char::from));
}

/// Lower case; everything but letters and digits becomes one space.
fn fold(text: &str, out: &mut String) {
    let mut gap = false;
    for c in text.chars() {
        if !c.is_alphanumeric() {
            gap = !out.is_empty();
            continue;
        }
        if std::mem::take(&mut gap) {
            out.push(' ');
        }
        if c.is_ascii() {
            out.push(c.to_ascii_lowercase());
        } else {
            out.extend(c.to_lowercase());
        }
    }
}

/// IPv4 in IPv6 (RFC 4291, 2.5.5.2) is IPv4.
fn unmap(address: Ipv6Addr) -> IpAddr {
    address.to_ipv4_mapped().map_or(IpAddr::V6(address), IpAddr::V4)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(wanted: Normalisation, value: &str) -> String {
        let (mut out, mut bytes) = (String::new(), Vec::new());
        let used = normalise(wanted, Sensitive::new(value.as_bytes()), &mut out);
        if let Some(same) = normalise_ascii(wanted, Sensitive::new(value.as_bytes()), &mut bytes) {
            assert_eq!((same, &*bytes), (used, out.as_bytes()));
        }
        out
    }

    #[test]
    fn brings_spellings_of_one_value_together() {
        assert_eq!(form(Normalisation::PanDigits, "4111-1111 1111.1111"), "4111111111111111");
        assert_eq!(form(Normalisation::EmailLower, "Ana@EXAMPLE.com"), "ana@example.com");
        assert_eq!(form(Normalisation::IbanCompact, "de89 3704"), "DE893704");
        assert_eq!(form(Normalisation::IpText, "2001:DB8:0:0::1"), "2001:db8::1");
        assert_eq!(form(Normalisation::IpText, "::ffff:192.0.2.1"), "192.0.2.1");
        assert_eq!(form(Normalisation::TextFold, " Dela  CRUZ,Ana. "), "dela cruz ana");
    }

    #[test]
    fn ascii_reads_as_all_text_does() {
        let all = [
            Normalisation::PhoneE164,
            Normalisation::PhoneNational,
            Normalisation::PanDigits,
            Normalisation::EmailLower,
            Normalisation::IbanCompact,
            Normalisation::IpText,
            Normalisation::Digits,
            Normalisation::TextFold,
            Normalisation::DateIso,
            Normalisation::Exact,
        ];
        proptest::proptest!(|(value in "[ -~]{0,24}", address in "[0-9.:a-f%/]{0,20}")| {
            for wanted in all {
                form(wanted, &value);
                form(wanted, &address);
            }
        });
        assert_eq!(form(Normalisation::IpText, "192.0.2.1"), "192.0.2.1");
        assert_eq!(form(Normalisation::IpText, "192.0.2.1/24"), "192.0.2.1");
    }
}
