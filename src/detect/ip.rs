//! Addresses of the Internet Protocol, version 4 from dotted digit groups and version 6 from a colon outward.
//!
//! In come digit groups or the index of a colon, out go candidates whose span is the address alone, without port and prefix
//! length. Reserved and documentation ranges are tagged. Version numbers, object identifiers, times, hardware addresses and
//! the scopes of programming languages are refused or lowered.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::ops::Range;

use crate::model::{Candidate, RuleIndex, Signal, Signals, Verdict};

/// The longest text form, `ffff:…:255.255.255.255`, with a little room to see that a token is longer.
const TOKEN_REACH: usize = 64;
/// The longest zone that is taken into the span.
const ZONE_REACH: usize = 32;
/// Bytes before an address in which a word such as `version` is looked for.
const WORD_REACH: usize = 24;

/// Words after which four dotted numbers are no address: whole words, and endings such as that of `appVersion`.
const VERSION_WORDS: [&[u8]; 12] =
    [b"v", b"ver", b"rev", b"oid", b"section", b"chapter", b"clause", b"figure", b"table", b"appendix", b"fw", b"step"];
const VERSION_ENDINGS: [&[u8]; 7] = [b"version", b"versions", b"release", b"build", b"firmware", b"revision", b"driver"];

/// Finds version 4 addresses among digit groups. Only groups that are joined by one `.` belong together; more or fewer than
/// four in a row are none. `groups` are absolute ranges in order.
pub fn find_v4(text: &[u8], groups: &[Range<usize>], rule: RuleIndex, out: &mut Vec<Candidate>) {
    let mut i = 0;
    while i < groups.len() {
        let mut end = i + 1;
        while end < groups.len() && text.get(groups[end - 1].end..groups[end].start) == Some(b".") {
            end += 1;
        }
        if end - i == 4 {
            out.extend(examine_v4(text, &groups[i..end], rule));
        }
        i = end;
    }
}

fn examine_v4(text: &[u8], groups: &[Range<usize>], rule: RuleIndex) -> Option<Candidate> {
    let mut octets = [0; 4];
    for (octet, group) in octets.iter_mut().zip(groups) {
        *octet = read_octet(text.get(group.clone())?)?;
    }
    let span = groups[0].start..groups[3].end;
    let mut signals = Signals::default();
    judge_v4_before(text, span.start, &mut signals)?;
    judge_v4_after(text, span.end, &mut signals)?;
    judge_v4_range(Ipv4Addr::from(octets), &mut signals);
    if follows_version_word(text, span.start) {
        signals.add(Signal::Version, -40);
    }
    let span = span.start..span.end + prefix_len(&text[span.end..], 32);
    Some(Candidate { rule, span, verdict: Verdict::Passed, region: None, signals })
}

/// Reads a number of 0 to 255 without leading zeros.
fn read_octet(digits: &[u8]) -> Option<u8> {
    if digits.len() > 3 || digits.len() > 1 && digits[0] == b'0' {
        return None;
    }
    let value = digits.iter().fold(0, |sum, byte| sum * 10 + u16::from(byte.wrapping_sub(b'0')));
    u8::try_from(value).ok()
}

fn judge_v4_before(text: &[u8], start: usize, signals: &mut Signals) -> Option<()> {
    let (beyond, before) = match text[..start] {
        [.., beyond, before] => (beyond, before),
        [before] => (b' ', before),
        [] => return Some(()),
    };
    match before {
        b'n' | b't' | b'r' if beyond == b'\\' => {}
        b'v' | b'V' if !beyond.is_ascii_alphanumeric() => signals.add(Signal::Version, -50),
        b'_' | b'.' | b'@' if beyond.is_ascii_alphanumeric() && before != b'@' => return None,
        b'_' => return None,
        // The end of an IPv6 address that is written so is found with it, or is none.
        b':' if text[..start].iter().rev().take(40).take_while(|b| is_token_byte(**b)).filter(|b| **b == b':').count() > 1 => return None,
        _ if before.is_ascii_alphanumeric() => return None,
        // `Chrome/98.0.0.1` is a version, `host/10.0.0.1:8020` is not; a port tells them apart.
        b'/' if beyond.is_ascii_alphabetic() => signals.add(Signal::Version, -40),
        b'-' if beyond.is_ascii_alphabetic() => signals.add(Signal::Version, -25),
        b'@' if names_a_package(&text[..start - 1]) => signals.add(Signal::Version, -40),
        _ => {}
    }
    Some(())
}

/// Says whether `@scope/name` or `path/name` ends here, so that what follows the `@` is a version and no host.
fn names_a_package(before: &[u8]) -> bool {
    let name = before.iter().rev().take(64).take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.')).count();
    name > 0 && before[..before.len() - name].ends_with(b"/")
}

fn judge_v4_after(text: &[u8], end: usize, signals: &mut Signals) -> Option<()> {
    let rest = &text[end..];
    let digit = |i: usize| rest.get(i).is_some_and(u8::is_ascii_digit);
    let letter = |i: usize| rest.get(i).is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'_');
    match rest.first() {
        Some(b':') if digit(1) => {
            if signals.iter().any(|(signal, delta)| signal == Signal::Version && delta == -40) {
                *signals = Signals::default();
            }
            signals.add(Signal::Shape, 5);
        }
        Some(b'/') if digit(1) => signals.add(Signal::Shape, 5),
        Some(b'.') if digit(1) => return None,
        Some(b'.') if letter(1) => signals.add(Signal::Version, -25),
        Some(b'-') if letter(1) || digit(1) && !is_v4_ahead(&rest[1..]) => signals.add(Signal::Version, -25),
        _ if letter(0) => return None,
        _ => {}
    }
    Some(())
}

/// Says whether text begins with three octets and their points, as the second half of a range does.
fn is_v4_ahead(rest: &[u8]) -> bool {
    let mut parts = rest.get(..rest.len().min(16)).unwrap_or_default().split(|&byte| byte == b'.');
    (0..3).all(|_| parts.next().is_some_and(|part| !part.is_empty() && part.len() <= 3 && part.iter().all(u8::is_ascii_digit)))
}

/// Ranges: IANA IPv4 Special-Purpose Address Registry (RFC 6890 and successors), documentation RFC 5737.
fn judge_v4_range(address: Ipv4Addr, signals: &mut Signals) {
    let octets = address.octets();
    if address.is_documentation() {
        signals.add(Signal::TestValue, -5);
    } else if address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_multicast()
        || octets[0] == 0
        || octets[0] >= 240
        || octets[0] == 100 && octets[1] & 0xc0 == 64
    {
        signals.add(Signal::ReservedRange, -5);
    }
    if octets[0] > 0 && octets[0] < 10 && octets[1..] == [0; 3] {
        signals.add(Signal::Version, -15);
    }
}

/// Says whether the word before a value, with `:`, `=` or quotes between them, speaks of a version.
fn follows_version_word(text: &[u8], start: usize) -> bool {
    let reach = &text[start.saturating_sub(WORD_REACH)..start];
    let gap = reach.iter().rev().take(6).take_while(|byte| b" \t:=\"'>(#.".contains(byte)).count();
    let head = &reach[..reach.len() - gap];
    let letters = head.iter().rev().take_while(|byte| byte.is_ascii_alphabetic()).count();
    if gap == 0 || letters == 0 {
        return false;
    }
    let mut small = [0; WORD_REACH];
    let word = &mut small[..letters];
    word.copy_from_slice(&head[head.len() - letters..]);
    word.make_ascii_lowercase();
    VERSION_WORDS.contains(&&*word) || VERSION_ENDINGS.iter().any(|ending| word.ends_with(ending))
}

/// Finds the version 6 address around a colon.
///
/// `at` is the index of a `:`; calls come in the order of the colons. Only the first colon of a token is looked at, so a text
/// of nothing but colons costs a few bytes each. The span holds the zone of link-local and multicast addresses.
pub fn find_v6(text: &[u8], at: usize, rule: RuleIndex, out: &mut Vec<Candidate>) {
    let Some(left) = left_of_first_colon(text, at) else { return };
    let len = token_len(&text[at - left..]);
    if len == 0 {
        return;
    }
    let mut start = at - left;
    let end = trim_end(text, start, start + len);
    if !opens(text, start) {
        // `IPv6:2001:db8::1`, `iface:2001:db8::1`: what stands before the first colon is a word, unless digits are in it.
        let head = &text[start..at];
        if head != b"6" && head.iter().any(u8::is_ascii_digit) {
            return;
        }
        start = at + 1;
        if text.get(start) == Some(&b':') {
            return;
        }
    }
    out.extend(examine_v6(text, start..end, rule));
}

/// Length of the token that begins `rest`, 0 where it is too long or has too few colons: a time, a key of JSON.
fn token_len(rest: &[u8]) -> usize {
    let (mut colons, mut doubled, mut previous) = (0, false, 0);
    for (i, &byte) in rest.iter().take(TOKEN_REACH + 1).enumerate() {
        if !is_token_byte(byte) {
            return if doubled || colons >= 6 { i } else { 0 };
        }
        colons += usize::from(byte == b':');
        doubled |= byte == b':' && previous == b':';
        previous = byte;
    }
    if rest.len() <= TOKEN_REACH && (doubled || colons >= 6) { rest.len() } else { 0 }
}

/// Returns how many hexadecimal digits stand before a colon, `None` where the colon can not be the first of an address.
#[inline]
fn left_of_first_colon(text: &[u8], at: usize) -> Option<usize> {
    let before = text.get(..at)?;
    let after = *text.get(at + 1)?;
    let left = before.iter().rev().take(5).take_while(|byte| byte.is_ascii_hexdigit()).count();
    let first = match before.len().checked_sub(left + 1).map(|i| before[i]) {
        Some(b':') => return first_after_word(before, before.len() - left - 1).then_some(left).filter(|&left| left > 0),
        _ => after == b':' || left > 0 && after.is_ascii_hexdigit(),
    };
    (first && left < 5).then_some(left)
}

/// Says whether the colon at `colon` follows a word and so begins no address: `addr:2001:db8::1`.
fn first_after_word(before: &[u8], colon: usize) -> bool {
    before[..colon].last().is_none_or(|byte| !byte.is_ascii_hexdigit() && *byte != b':')
}

fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_hexdigit() || byte == b':' || byte == b'.'
}

/// Cuts off points and a lone colon at a token's end, which belong to the sentence.
fn trim_end(text: &[u8], start: usize, mut end: usize) -> usize {
    while end > start && (text[end - 1] == b'.' || text[end - 1] == b':' && text[start..end - 1].last() != Some(&b':')) {
        end -= 1;
    }
    end
}

fn opens(text: &[u8], start: usize) -> bool {
    match text[..start] {
        [.., b'\\', b'n' | b't' | b'r'] => true,
        [.., last] => !last.is_ascii_alphanumeric() && !matches!(last, b'_' | b'.' | b'-'),
        [] => true,
    }
}

fn examine_v6(text: &[u8], span: Range<usize>, rule: RuleIndex) -> Option<Candidate> {
    let token = text.get(span.clone())?;
    let compressed = token.windows(2).any(|pair| pair == b"::");
    let colons = token.iter().filter(|&&byte| byte == b':').count();
    if !compressed && colons < 6 || text.get(span.end).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_') {
        return None;
    }
    let address: Ipv6Addr = std::str::from_utf8(token).ok()?.parse().ok()?;
    if text.get(span.end) == Some(&b'%') && zone_text_len(&text[span.end + 1..]) > ZONE_REACH {
        return None; // No zone is so long, and behind an escape of a URL a delimiter comes sooner.
    }
    let groups = token.split(|&byte| byte == b':').filter(|group| !group.is_empty()).count();
    if !compressed && token.len() == 23 && token.split(|&byte| byte == b':').all(|group| group.len() == 2) {
        return None; // An EUI-64 in pairs of digits, or the beginning of a fingerprint.
    }
    let mut signals = Signals::default();
    judge_v6(text, &span, &address, groups, &mut signals)?;
    let end = span.end + zone_len(&text[span.end..], &address);
    let end = end + prefix_len(&text[end..], 128);
    Some(Candidate { rule, span: span.start..end, verdict: Verdict::Passed, region: None, signals })
}

/// Ranges: IANA IPv6 Special-Purpose Address Registry, documentation RFC 3849 and RFC 9637.
fn judge_v6(text: &[u8], span: &Range<usize>, address: &Ipv6Addr, groups: usize, signals: &mut Signals) -> Option<()> {
    let token = &text[span.clone()];
    let head = address.segments()[0];
    let subscript =
        matches!(text[..span.start], [.., beyond, b'['] if beyond.is_ascii_alphanumeric() || matches!(beyond, b'_' | b']' | b')'));
    match groups {
        0 => signals.add(Signal::Shape, -25),
        1 if address.is_loopback() => signals.add(Signal::Shape, if subscript { -25 } else { 0 }),
        1 if !token.contains(&b'.') => return None,
        // `dead::beef` and `ab::c1` are scopes of a programming language, `fe80::1` and `2001::1` are not.
        2 if !is_plausible_head(token) => return None,
        _ if !token.iter().any(u8::is_ascii_digit) => return None,
        3.. => signals.add(Signal::Shape, 10),
        _ => {}
    }
    if head == 0x2001 && address.segments()[1] == 0xdb8 || head == 0x3fff && address.segments()[1] < 0x1000 {
        signals.add(Signal::TestValue, -5);
    } else if address.is_loopback()
        || address.is_unspecified()
        || address.is_multicast()
        || head & 0xffc0 == 0xfe80
        || head & 0xfe00 == 0xfc00
    {
        signals.add(Signal::ReservedRange, -5);
    }
    Some(())
}

fn is_plausible_head(token: &[u8]) -> bool {
    let head = token.split(|&byte| byte == b':').next().unwrap_or_default();
    head.is_empty() || head.iter().any(u8::is_ascii_digit) || head.eq_ignore_ascii_case(b"fd") || head.eq_ignore_ascii_case(b"fc")
}

/// Length of what a zone may be made of.
fn zone_text_len(rest: &[u8]) -> usize {
    rest.iter().take(ZONE_REACH + 1).take_while(|b| b.is_ascii_alphanumeric() || b"._-".contains(b)).count()
}

/// Length of `/24` behind the address of a network (RFC 4632): it belongs to the value.
fn prefix_len(rest: &[u8], most: u16) -> usize {
    let Some((b'/', digits)) = rest.split_first() else { return 0 };
    let len = digits.iter().take(4).take_while(|b| b.is_ascii_digit()).count();
    let bits = digits[..len].iter().fold(0, |sum, b| sum * 10 + u16::from(b - b'0'));
    let ends = digits.get(len).is_none_or(|b| !b.is_ascii_alphanumeric() && *b != b'_' && *b != b'/');
    if (1..=3).contains(&len) && bits <= most && ends { len + 1 } else { 0 }
}

/// Length of `%eth0` behind an address that has a scope (RFC 4007); `%20` behind others is a URL's.
fn zone_len(rest: &[u8], address: &Ipv6Addr) -> usize {
    let head = address.segments()[0];
    if rest.first() != Some(&b'%') || head & 0xffc0 != 0xfe80 && head >> 8 != 0xff {
        return 0;
    }
    let zone = &rest[1..rest.len().min(ZONE_REACH)];
    let len = zone.iter().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.')).count();
    let trimmed = zone[..len].iter().rposition(|&byte| byte != b'.' && byte != b'-').map_or(0, |last| last + 1);
    if trimmed == 0 { 0 } else { trimmed + 1 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::groups::groups;

    fn v4(text: &str) -> Vec<(&str, i16)> {
        let mut out = Vec::new();
        find_v4(text.as_bytes(), &groups(text.as_bytes()), 0, &mut out);
        out.iter().map(|candidate| (&text[candidate.span.clone()], 45 + candidate.signals.sum())).collect()
    }

    fn candidates_v6(text: &[u8]) -> Vec<Candidate> {
        let mut out = Vec::new();
        for at in memchr::memchr_iter(b':', text) {
            find_v6(text, at, 0, &mut out);
        }
        out
    }

    fn v6(text: &str) -> Vec<(&str, i16)> {
        candidates_v6(text.as_bytes()).iter().map(|candidate| (&text[candidate.span.clone()], 45 + candidate.signals.sum())).collect()
    }

    #[test]
    fn finds_v4_without_port_and_with_prefix() {
        assert_eq!(v4("81.2.69.142"), [("81.2.69.142", 45)]);
        assert_eq!(v4("at http://81.2.69.142:8443/x."), [("81.2.69.142", 50)]);
        assert_eq!(v4("81.2.69.0/24"), [("81.2.69.0/24", 50)]);
        assert_eq!(v4("81.2.69.1-81.2.69.9").len(), 2);
        assert_eq!(v4("from 81.2.69.142."), [("81.2.69.142", 45)]);
        assert_eq!(v4("node/81.2.69.142:8020"), [("81.2.69.142", 50)]);
        assert_eq!(v4("81.2.69.142,81.2.69.143 81.2.69.144\n81.2.69.145").len(), 4);
    }

    #[test]
    fn refuses_what_only_looks_like_v4() {
        for text in [
            "1.2.3", "81.2.69.142.5", "81.2.69.256", "081.2.69.142", "81.2.69.142x", "a81.2.69.142", "81.2..69.142", "_81.2.69.142",
            "1.3.6.1.4.1.311",
        ] {
            assert_eq!(v4(text), [], "{text}");
        }
    }

    #[test]
    fn lowers_versions() {
        assert!(v4("resolve @app/core@5.18.0.1")[0].1 < 40);
        assert_eq!(v4("ssh root@81.2.69.142"), [("81.2.69.142", 45)]);
        for text in [
            "v81.2.69.142",
            "version: 81.2.69.142",
            "\"appVersion\":\"81.2.69.142\"",
            "Chrome/81.2.69.142",
            "lib-81.2.69.142",
            "81.2.69.142.tar",
            "2.0.0.0",
        ] {
            assert!(v4(text)[0].1 < 40, "{text}");
        }
        assert_eq!(v4("conversions 81.2.69.142")[0].1, 5);
        assert_eq!(v4("server 81.2.69.142")[0].1, 45);
    }

    #[test]
    fn tags_reserved_and_documentation_ranges() {
        for text in
            ["10.1.2.3", "127.0.0.1", "169.254.9.9", "224.0.0.251", "0.0.0.0", "255.255.255.255", "100.64.1.1", "192.0.2.7", "203.0.113.9"]
        {
            assert_eq!(v4(text)[0].1, 40, "{text}");
        }
    }

    #[test]
    fn finds_v6_in_every_form() {
        for text in [
            "2a02:908:1234::17",
            "2a02:908:1:2:3:4:5:6",
            "fe80::a1",
            "::ffff:81.2.69.142",
            "64:ff9b::81.2.69.142",
            "::1",
            "fe80::1%eth0",
            "ff02::1%12",
        ] {
            assert_eq!(v6(text).first().map(|found| found.0), Some(text));
        }
        assert_eq!(v6("[2a02:908::17]:443")[0].0, "2a02:908::17");
        assert_eq!(v6("IPv6:2a02:908::17, addr:2a02:908::18").len(), 2);
        assert_eq!(v6("fe80::a1: icmp. 2a02:908::17.").len(), 2);
        assert_eq!(v6("2a02:908::17 2a02:908::18\n2a02:908::19,2a02:908::1a").len(), 4);
        assert_eq!(v6("2a02:908::/32")[0].0, "2a02:908::/32");
    }

    #[test]
    fn refuses_times_hardware_addresses_and_scopes() {
        let texts = [
            "12:34:56",
            "2024-01-02T12:34:56:789",
            "00:1a:2b:3c:4d:5e",
            "00:1a:2b:3c:4d:5e:6f:70",
            "std::vec",
            "a::b",
            "dead::beef",
            "abc::def::a1",
            "x[::2]",
            "arn:aws:iam::123456789012:role",
            "1:2:3:4:5:6:7",
            "1:2:3:4:5:6:7:8:9",
            "::1banana",
            "2001::db8::1",
            "::ffff:256.1.1.1",
            "\"a\":1",
            "a:",
            ":",
        ];
        for text in texts {
            assert_eq!(v6(text), [], "{text}");
        }
        assert!(v6("f :: Int").iter().all(|found| found.1 < 40));
    }

    #[test]
    fn survives_arbitrary_bytes() {
        const ALPHABET: &[u8] = b"0123456789:::::...abcf%-/v\\n \xff\xc2";
        let mut state = 5_u64;
        let text: Vec<u8> = (0..60_000)
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                ALPHABET[(state >> 33) as usize % ALPHABET.len()]
            })
            .collect();
        let mut out = candidates_v6(&text);
        assert!(out.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
        out.clear();
        find_v4(&text, &groups(&text), 0, &mut out);
        assert!(out.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
        assert!(candidates_v6(&[b':'; 5_000]).is_empty());
        find_v6(b":", 9, 0, &mut out);
    }
}
