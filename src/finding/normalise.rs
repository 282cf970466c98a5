//! Normalised forms that need nothing but the bytes. What needs a number plan or a calendar is done in `detect`.

use std::net::{IpAddr, Ipv6Addr};

use crate::model::{Normalisation, Sensitive};

/// Writes the normalised form of a value into `out`; returns the normalisation that was really used.
pub fn normalise(wanted: Normalisation, value: Sensitive<'_>, out: &mut String) -> Normalisation {
    out.clear();
    let text = String::from_utf8_lossy(value.expose());
    match wanted {
        Normalisation::PhoneE164 | Normalisation::PhoneNational => {
            keep(&text, out, |c| c.is_ascii_digit());
            return Normalisation::PhoneNational;
        }
        Normalisation::PanDigits | Normalisation::Digits => keep(&text, out, |c| c.is_ascii_digit()),
        Normalisation::EmailLower if text.is_ascii() => {
            out.push_str(&text);
            out.make_ascii_lowercase();
        }
        Normalisation::EmailLower => out.extend(text.chars().flat_map(char::to_lowercase)),
        Normalisation::IbanCompact => {
            keep(&text, out, |c| c.is_ascii_alphanumeric());
            out.make_ascii_uppercase();
        }
        Normalisation::IpText => match address(&text) {
            Some(address) => out.push_str(&address.to_string()),
            None => out.push_str(&text),
        },
        Normalisation::TextFold | Normalisation::DateIso => {
            fold(&text, out);
            return Normalisation::TextFold;
        }
        Normalisation::Exact => out.push_str(&text),
    }
    wanted
}

fn keep(text: &str, out: &mut String, wanted: impl Fn(char) -> bool) {
    out.extend(text.chars().filter(|c| wanted(*c)));
}

/// Lower case; everything but letters and digits becomes one space.
fn fold(text: &str, out: &mut String) {
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if !c.is_ascii() && c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
}

/// The address without its zone and prefix length; IPv4 in IPv6 (RFC 4291, 2.5.5.2) is IPv4.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text.split(['%', '/']).next()?;
    match bare.parse::<IpAddr>().ok()? {
        IpAddr::V6(v6) => Some(unmap(v6)),
        v4 => Some(v4),
    }
}

fn unmap(address: Ipv6Addr) -> IpAddr {
    address.to_ipv4_mapped().map_or(IpAddr::V6(address), IpAddr::V4)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(wanted: Normalisation, value: &str) -> String {
        let mut out = String::new();
        normalise(wanted, Sensitive::new(value.as_bytes()), &mut out);
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
}
