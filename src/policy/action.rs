//! What actions make of a value, where that hangs on nothing but the value.

use std::net::IpAddr;

/// All but the last characters hidden; all of them where fewer than half would be.
#[must_use]
pub fn mask(value: &str, keep: usize) -> String {
    let count = value.chars().count();
    let keep = if 2 * keep > count { 0 } else { keep };
    value.chars().enumerate().map(|(n, c)| if n + keep >= count { c } else { '*' }).collect()
}

/// All but the last digits of a card number hidden; what stands between digits stays. None where it is no card number.
#[must_use]
pub fn truncate(value: &str, keep: usize) -> Option<String> {
    let digits = value.chars().filter(char::is_ascii_digit).count();
    if !(12..=19).contains(&digits) {
        return None;
    }
    let mut seen = 0;
    let hide = |c: char| {
        if !c.is_ascii_digit() {
            return c;
        }
        seen += 1;
        if seen + keep.min(4) > digits { c } else { '*' }
    };
    Some(value.chars().map(hide).collect())
}

/// A date's month, a network address's network (IPv4 /24, IPv6 /48), coordinates with two decimals. None for what is none of these.
#[must_use]
pub fn generalise(value: &str) -> Option<String> {
    if let Ok(address) = value.parse::<IpAddr>() {
        return Some(match address {
            IpAddr::V4(v4) => {
                let [a, b, c, _] = v4.octets();
                format!("{a}.{b}.{c}.0")
            }
            IpAddr::V6(v6) => {
                let [a, b, c, ..] = v6.segments();
                std::net::Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0).to_string()
            }
        });
    }
    if value.get(..10).is_some_and(|day| day.parse::<jiff::civil::Date>().is_ok()) {
        return Some(value[..7].to_owned());
    }
    let mut parts = value.splitn(2, [',', ' ']);
    let first = coordinate(parts.next()?)?;
    match parts.next() {
        None => Some(first),
        Some(second) => Some(format!("{first}{}{}", &value[value.find([',', ' '])?..][..1], coordinate(second.trim_start())?)),
    }
}

fn coordinate(text: &str) -> Option<String> {
    let number: f64 = text.parse().ok()?;
    let plain = text.bytes().all(|b| b.is_ascii_digit() || b"+-.".contains(&b));
    (plain && text.contains('.') && (-180.0..=180.0).contains(&number)).then(|| format!("{number:.2}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hides_what_it_should() {
        assert_eq!(mask("DE89 3704", 4), "*****3704");
        assert_eq!(mask("Ñandú", 2), "***dú");
        assert_eq!(mask("abc", 2), "***");
        assert_eq!(truncate("4111 1111 1111 1234", 4).as_deref(), Some("**** **** **** 1234"));
        assert_eq!(truncate("4111111111111234", 0).as_deref(), Some("****************"));
        assert_eq!(truncate("1234", 4), None);
    }

    #[test]
    fn makes_coarser() {
        for (value, coarse) in [
            ("203.0.113.77", "203.0.113.0"),
            ("2001:db8:86f:1::80bf", "2001:db8:86f::"),
            ("1990-10-14", "1990-10"),
            ("1990-10-14T10:00:00", "1990-10"),
            ("14.57068,120.90724", "14.57,120.91"),
            ("14.57068, 120.90724", "14.57,120.91"),
            ("-14.5", "-14.50"),
        ] {
            assert_eq!(generalise(value).as_deref(), Some(coarse), "{value}");
        }
        for value in ["", "maria", "1990", "12", "999.5", "1e5", "14 Oct 1990", "1.5,x"] {
            assert_eq!(generalise(value), None, "{value}");
        }
    }
}
