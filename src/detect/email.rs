//! E-mail addresses, from an `@` outward (RFC 5321 and 6531, in the form that people use).
//!
//! In comes the index of an `@`, out goes a candidate whose span is the address alone, without `mailto:`, brackets or quotes.
//! Letters of every script are accepted on both sides. User information of a URL, package versions, file names, handles and
//! object ids of stack traces are refused; unknown and reserved top-level domains are lowered.

use std::ops::Range;

use super::check::tld::{Tld, classify};
use super::percent;
use crate::model::{Candidate, RuleIndex, Signal, Signals, Verdict};

const MAX_LOCAL: usize = 64;
const MAX_DOMAIN: usize = 253;
const MAX_LABEL: usize = 63;
/// Bytes before an address in which the scheme of a URL is looked for.
const SCHEME_REACH: usize = 128;

/// An `@` in the query of a URL (RFC 3986, 2.1).
pub const ENCODED_AT: &[u8] = b"%40";

/// Bytes on either side of an encoded sign in which its address must end.
const ENCODED_REACH: usize = 128;

/// Finds an address that is percent-encoded; `at` is the index of its [`ENCODED_AT`]. It is decoded once.
pub fn find_encoded(text: &[u8], at: usize, rule: RuleIndex, out: &mut Vec<Candidate>) {
    let part = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-' | b'%' | b'+' | b'~');
    let near = |b: Option<&u8>| b.is_some_and(u8::is_ascii_alphanumeric);
    if !near(text[..at].last()) || !near(text.get(at + ENCODED_AT.len())) {
        return;
    }
    let before = text[..at].iter().rev().take(ENCODED_REACH).take_while(|b| part(b)).count();
    let after = text[at..].iter().take(ENCODED_REACH).take_while(|b| part(b)).count();
    let start = at - before;
    // Two signs make no address; decoding around each of many would take long.
    if memchr::memmem::find(&text[start..at], ENCODED_AT).is_some() || memchr::memmem::find(&text[at + 1..at + after], ENCODED_AT).is_some()
    {
        return;
    }
    let (decoded, origin) = percent::decode(&text[start..at + after]);
    let Some(sign) = origin.iter().position(|from| *from == before) else { return };
    let mut found = Vec::new();
    find(&decoded, sign, rule, &mut found);
    for mut candidate in found {
        candidate.span = start + origin[candidate.span.start]..start + origin[candidate.span.end];
        out.push(candidate);
    }
}

/// Finds the address around the `@` at index `at`.
///
/// Calls come in order; an address that would begin inside the last candidate of the same rule is not taken.
pub fn find(text: &[u8], at: usize, rule: RuleIndex, out: &mut Vec<Candidate>) {
    let Some((before, after)) = text.get(..at).zip(text.get(at + 1..)) else { return };
    if !before.last().is_some_and(|&byte| is_local(byte) || byte == b'"') || !after.first().is_some_and(|&byte| is_label(byte)) {
        return;
    }
    let Some((domain_len, tld)) = measure_domain(after) else { return };
    let Some(start) = local_start(before) else { return };
    let span = start..at + 1 + domain_len;
    let overlaps = out.last().is_some_and(|last| last.rule == rule && last.span.end > start);
    if overlaps || is_refused_before(text, &span) {
        return;
    }
    let signals = judge(text, &span, at, tld);
    let verdict = if tld == Tld::Known { Verdict::Passed } else { Verdict::NotChecked };
    out.push(Candidate { rule, span, verdict, region: None, signals });
}

/// Bytes of a local part that is not quoted. RFC 5322 allows more, but those are the delimiters of logs and markup.
fn is_local(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || byte >= 0x80
        || matches!(byte, b'.' | b'_' | b'-' | b'+' | b'%' | b'\'' | b'&' | b'~' | b'!' | b'#' | b'$')
}

fn is_label(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
}

/// Measures the domain at the beginning of `after`, and says what its top level is.
fn measure_domain(after: &[u8]) -> Option<(usize, Tld)> {
    let reach = &after[..after.len().min(MAX_DOMAIN + 1)];
    let raw = reach.iter().take_while(|&&byte| is_label(byte) || byte == b'.' || byte == b'-').count();
    let raw = domain_text_len(&reach[..raw]);
    let run = &reach[..reach[..raw].windows(2).position(|pair| pair == b"..").unwrap_or(raw)];
    let mut end = run.iter().rposition(|&byte| is_label(byte)).map(|last| last + 1)?;
    if end > MAX_DOMAIN {
        return None;
    }
    let mut dot = memchr::memrchr(b'.', &run[..end])?;
    // `a@b.com请` ends before the letters of another script, `a@b.com-x` before the hyphen.
    let ascii = run[dot + 1..end].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    if ascii > 0 && dot + 1 + ascii < end && classify(&run[dot + 1..dot + 1 + ascii]) == Tld::Known && !run[dot + 1..].starts_with(b"xn--")
    {
        let beyond = run[dot + 1 + ascii];
        if beyond >= 0x80 || beyond == b'-' {
            end = dot + 1 + ascii;
        }
    }
    let mut tld = classify(&run[dot + 1..end]);
    // `Write to a@b.com.Thanks`: the sentence goes on without a space.
    while tld == Tld::Unknown && run[dot + 1].is_ascii_uppercase() {
        let Some(earlier) = memchr::memrchr(b'.', &run[..dot]) else { break };
        let shorter = classify(&run[earlier + 1..dot]);
        if shorter != Tld::Known {
            break;
        }
        (end, dot, tld) = (dot, earlier, shorter);
    }
    let labels_are_right = run[..end].split(|&byte| byte == b'.').all(is_right_label);
    if tld == Tld::Private || tld == Tld::Known || tld == Tld::Unknown {
        tld = if is_test_domain(&run[..end]) { Tld::Test } else { tld };
    }
    (tld != Tld::Wrong && labels_are_right).then_some((end, tld))
}

/// Cuts bytes at the first thing that is no letter of some script: an invalid byte, a dash or a quote of typography.
fn domain_text_len(bytes: &[u8]) -> usize {
    if bytes.is_ascii() {
        return bytes.len();
    }
    let valid = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&bytes[..error.valid_up_to()]).expect("the bytes up to there are valid"),
    };
    valid.find(|letter: char| !letter.is_ascii() && !is_word_letter(letter)).unwrap_or(valid.len())
}

/// Letters, digits and the marks that scripts of South Asia put into words; not their full-width forms.
fn is_word_letter(letter: char) -> bool {
    let full_width = ('\u{ff00}'..='\u{ffef}').contains(&letter);
    let mark = matches!(letter, '\u{300}'..='\u{36f}' | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}' | '\u{e31}'..='\u{e4e}' | '\u{200c}' | '\u{200d}');
    (letter.is_alphanumeric() || mark) && !full_width
}

fn is_right_label(label: &[u8]) -> bool {
    !label.is_empty() && label.len() <= MAX_LABEL && label[0] != b'-' && label[label.len() - 1] != b'-'
}

/// Says whether a domain is one of those of RFC 2606, or lies under one.
fn is_test_domain(domain: &[u8]) -> bool {
    [&b"example.com"[..], b"example.net", b"example.org"].iter().any(|name| {
        let Some(cut) = domain.len().checked_sub(name.len()) else { return false };
        domain[cut..].eq_ignore_ascii_case(name) && (cut == 0 || domain[cut - 1] == b'.')
    })
}

/// Finds where the local part begins.
fn local_start(before: &[u8]) -> Option<usize> {
    let end = before.len();
    if before[end - 1] == b'"' {
        return quoted_start(before);
    }
    let run = before.iter().rev().take(MAX_LOCAL + 1).take_while(|&&byte| is_local(byte)).count();
    if before[end - 1] == b'.' {
        return None;
    }
    let mut start = end - run;
    if run > MAX_LOCAL {
        // Percent escapes and quotes may stand before a local part of the right length; nothing else may.
        start += 1;
    }
    start += letters_of_another_script(&before[start..]);
    if let Some(dots) = before[start..].windows(2).rposition(|pair| pair == b"..") {
        start += dots + 2;
    }
    start += delimiters(before, start);
    let too_long = run > MAX_LOCAL && start <= end - MAX_LOCAL;
    (start < end && !too_long).then_some(start)
}

/// Number of bytes at `start` that belong to what stands before the address: delimiters, escapes, the `n` of `\n`.
fn delimiters(before: &[u8], start: usize) -> usize {
    let local = &before[start..];
    let mut skip = 0;
    if start > 0 && before[start - 1] == b'\\' && matches!(local.first(), Some(b'n' | b't' | b'r')) {
        skip += 1;
    }
    // `%3Ca%40…`: an escaped delimiter ends before the local part; `%2B` is a plus inside it.
    while let Some(percent) = memchr::memchr(b'%', &local[skip..]) {
        match local.get(skip + percent + 1..skip + percent + 3) {
            Some(hex) if hex.iter().all(u8::is_ascii_hexdigit) && !hex.eq_ignore_ascii_case(b"2b") => skip += percent + 3,
            _ => break,
        }
    }
    // In `a=1&b@c.org` and `x!y@z.org` the sign divides; in `O'Brien@` and `r&d@` it stands between letters and stays.
    if let Some(cut) = local[skip..].iter().rposition(|byte| matches!(byte, b'!' | b'#' | b'$' | b'~')) {
        skip += cut + 1;
    }
    let ampersand = memchr::memrchr(b'&', &local[skip..]);
    if let Some(cut) = ampersand.filter(|_| start > 0 && matches!(before[start - 1], b'=' | b'?' | b';')) {
        skip += cut + 1;
    }
    skip + local[skip..].iter().take_while(|byte| matches!(byte, b'.' | b'\'' | b'&' | b'-' | b'+' | b'%')).count()
}

/// Length of the run of letters without Latin ones at the beginning, if Latin ones follow it: `请联系a@b.com`.
fn letters_of_another_script(local: &[u8]) -> usize {
    if local.is_ascii() {
        return 0;
    }
    let broken = match std::str::from_utf8(local) {
        Ok(_) => 0,
        // What stands before an invalid byte, or is the rest of a letter cut off, is not of the address.
        Err(_) => local.iter().rposition(|&byte| byte >= 0x80).map_or(0, |last| last + 1),
    };
    let text = std::str::from_utf8(&local[broken..]).unwrap_or_default();
    let divider = text.rfind(|letter: char| !letter.is_ascii() && !is_word_letter(letter));
    let divided = divider.map_or(0, |i| i + text[i..].chars().next().map_or(0, char::len_utf8));
    let text = &text[divided..];
    let foreign = text.find(|letter: char| letter < '\u{250}').unwrap_or(0);
    let joined = text[foreign..].starts_with(|letter: char| letter.is_ascii_alphanumeric());
    broken + divided + if joined { foreign } else { 0 }
}

/// Finds the opening quote of `"a b"@c.org`.
fn quoted_start(before: &[u8]) -> Option<usize> {
    let end = before.len() - 1;
    let floor = before.len().saturating_sub(MAX_LOCAL);
    let open = (floor..end).rev().find(|&i| before[i] == b'"' && (i == 0 || before[i - 1] != b'\\'))?;
    let inner = &before[open + 1..end];
    let opens = open == 0 || matches!(before[open - 1], b' ' | b'\t' | b'\n' | b'\r' | b'<' | b',' | b';' | b':' | b'(' | b'\'');
    let printable =
        !inner.is_empty() && inner.iter().all(|&byte| byte >= b' ' && byte != 0x7f && !matches!(byte, b',' | b':' | b'{' | b'}'));
    (opens && printable).then_some(open)
}

/// Says whether what stands before an address makes it something else.
fn is_refused_before(text: &[u8], span: &Range<usize>) -> bool {
    match text[..span.start].last() {
        // `@user@host` is a handle of a social network.
        Some(b'@') => true,
        Some(b'=' | b'&' | b';') => false,
        _ => is_user_information(&text[..span.start]),
    }
}

/// Says whether an address stands where a URL has `user:password@`.
fn is_user_information(before: &[u8]) -> bool {
    let reach = &before[before.len().saturating_sub(SCHEME_REACH)..];
    let ends = |&byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'?' | b'#' | b'@' | b'"' | b'<' | b'>' | b',' | b'|');
    let Some(slash) = reach.iter().rposition(ends) else { return false };
    reach[..=slash].ends_with(b"://") && !reach[..=slash].ends_with(b"mailto://")
}

fn judge(text: &[u8], span: &Range<usize>, at: usize, tld: Tld) -> Signals {
    let mut signals = Signals::default();
    let local = &text[span.start..at];
    let rest = &text[span.end..];
    match tld {
        Tld::Known | Tld::Wrong => {}
        Tld::Unknown => signals.add(Signal::Shape, -25),
        Tld::Private => signals.add(Signal::ReservedRange, -30),
        Tld::Test => signals.add(Signal::TestValue, -10),
    }
    let remote =
        matches!(rest, [b':', b'/' | b'~', ..]) || matches!(rest, [b':', next, ..] if next.is_ascii_alphanumeric()) && has_path(rest);
    if remote || [&b"git"[..], b"hg", b"svn"].contains(&local) {
        signals.add(Signal::Path, -30);
    } else if rest.first() == Some(&b'@') {
        signals.add(Signal::Shape, -10);
    } else if tld == Tld::Known && local.len() <= 40 && local.iter().any(|byte| byte.is_ascii_alphabetic() || *byte >= 0x80) {
        signals.add(Signal::Shape, 25);
    }
    if rest.first() == Some(&b'_') {
        signals.add(Signal::WordNeighbour, -15);
    }
    signals
}

/// Says whether `:org/repo.git` follows, as behind a remote of a version control system.
fn has_path(rest: &[u8]) -> bool {
    let path = &rest[..rest.len().min(80)];
    let end = path.iter().position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'' | b',')).unwrap_or(path.len());
    path[..end].ends_with(b".git")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidates(text: &[u8]) -> Vec<Candidate> {
        let mut out = Vec::new();
        for at in memchr::memchr_iter(b'@', text) {
            find(text, at, 0, &mut out);
        }
        out
    }

    fn found(text: &str) -> Vec<&str> {
        candidates(text.as_bytes()).iter().map(|candidate| &text[candidate.span.clone()]).collect()
    }

    fn score(text: &str) -> i16 {
        60 + candidates(text.as_bytes())[0].signals.sum()
    }

    #[test]
    fn finds_percent_encoded_addresses() {
        let text = b"GET /r?email=ana%2Borders%40example.com&x=1";
        let mut out = Vec::new();
        let at = memchr::memmem::find(text, ENCODED_AT).expect("it is there");
        find_encoded(text, at, 0, &mut out);
        assert_eq!(out.iter().map(|c| &text[c.span.clone()]).collect::<Vec<_>>(), [b"ana%2Borders%40example.com"]);
    }

    #[test]
    fn finds_the_exact_span_in_its_surroundings() {
        let texts = [
            "a.b+c@mail.org",
            "<a.b+c@mail.org>",
            "mailto:a.b+c@mail.org",
            "'a.b+c@mail.org'",
            "\"a.b+c@mail.org\"",
            "a.b+c@mail.org.",
            "?e=a.b+c@mail.org&x=1",
            "(a.b+c@mail.org)",
            "a.b+c@mail.org:secret",
            "…a.b+c@mail.org…",
            "\\na.b+c@mail.org\\n",
            "请联系a.b+c@mail.org吧",
            "%3Ca.b+c@mail.org%3E",
            "https://x.org/u/a.b+c@mail.org/edit",
            "|a.b+c@mail.org|",
            "a.b+c@mail.org.Thanks",
            "..a.b+c@mail.org",
            "x...a.b+c@mail.org",
            "/a.b+c@mail.org",
        ];
        for text in texts {
            assert_eq!(found(text), ["a.b+c@mail.org"], "{text}");
        }
    }

    #[test]
    fn finds_other_scripts_quotes_and_apostrophes() {
        for text in [
            "jürgen@müller.de",
            "o'neill@mail.ie",
            "用户@例子.广告",
            "\"a b\"@mail.org",
            "иван@почта.рф",
            "x@xn--bcher-kva.xn--p1ai",
            "1@mail.org",
        ] {
            assert_eq!(found(text), [text]);
        }
    }

    #[test]
    fn refuses_what_is_no_address() {
        let texts = [
            "user@host",
            "npm@1.2.3",
            "icon@2x.png",
            "Foo@1a2b3c",
            "https://user:pw@mail.org/x",
            "https://1%40a.org@mail.org/x",
            "ssh://git@mail.org/x",
            "@user@mail.social",
            "a.@mail.org",
            "a@-b.org",
            "a@b..org",
            "@mail.org",
            "a@",
            "@",
            "getty@tty1.service",
            "a@mail.o",
            "a@mail.c0m",
            "fn@app.js:12",
            "a b@",
            "lib@3.2.1/dist",
        ];
        for text in texts {
            assert!(found(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn finds_every_value_of_a_dense_list() {
        for separator in [",", ";", " ", "\n", "\t", "|", "><", "\0"] {
            assert_eq!(found(&["a@mail.org"; 9].join(separator)).len(), 9, "{separator:?}");
        }
    }

    #[test]
    fn weighs_top_level_domains() {
        assert_eq!(score("a@mail.org"), 85);
        assert_eq!(score("a@mail.qwerty"), 35);
        assert_eq!(score("a@pod.svc"), 30);
        assert_eq!(score("a@sub.example.com"), 50);
        assert_eq!(score("a@x.test"), 50);
        assert_eq!(score("git@mail.org:a/b.git"), 30);
        assert_eq!(score("someone@mail.org:~/x"), 30);
    }

    #[test]
    fn bounds_local_part_and_labels() {
        assert_eq!(found(&format!("{}@mail.org", "a".repeat(64))).len(), 1);
        assert_eq!(found(&format!("{}@mail.org", "a".repeat(65))).len(), 0);
        assert_eq!(found(&format!("a@{}.org", "b".repeat(63))).len(), 1);
        assert_eq!(found(&format!("a@{}.org", "b".repeat(64))).len(), 0);
        assert_eq!(found(&format!("a@{}org", "b.".repeat(200))).len(), 0);
    }

    #[test]
    fn survives_arbitrary_bytes() {
        const ALPHABET: &[u8] = b"ab@@@@..com\"\\%2'&-+/: \xff\xc3\xa4\xe8\xaf\xb7!";
        let mut state = 9_u64;
        let mut text: Vec<u8> = (0..60_000)
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                ALPHABET[(state >> 33) as usize % ALPHABET.len()]
            })
            .collect();
        assert!(candidates(&text).windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
        text.fill(b'@');
        assert!(candidates(&text).is_empty());
        find(b"@", 40, 0, &mut Vec::new());
    }
}
