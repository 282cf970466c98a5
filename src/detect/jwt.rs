//! JSON web tokens (RFC 7519): three parts in base64url, of which the first is a JSON object with `alg`.
//!
//! In comes the place of `eyJ`, out goes a candidate; and the claims of a token are decoded, so that the values in them can be
//! looked for. Claims are read once: a token in a token stays closed.

use crate::model::{Candidate, RuleIndex, Signal, Signals, Verdict};

/// Longest token that is read.
const LONGEST: usize = 4 * 1024;
/// Claims of a token that are looked at.
const CLAIMS: usize = 64;

/// Registered claims that speak of the token and not of a person (RFC 7519, 4.1).
const REGISTERED: [&str; 6] = ["iss", "aud", "exp", "nbf", "iat", "jti"];

/// Reads the token that begins at `at`.
pub(super) fn find(text: &[u8], at: usize, rule: RuleIndex, out: &mut Vec<Candidate>) {
    let window = &text[at..text.len().min(at + LONGEST)];
    let part =
        |from: usize| window[from.min(window.len())..].iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')).count();
    let header = part(0);
    if window.get(header) != Some(&b'.') || !is_header(&window[..header]) {
        return;
    }
    let payload = part(header + 1);
    let dot = header + 1 + payload;
    if payload < 4 || window.get(dot) != Some(&b'.') {
        return;
    }
    // An unsigned token ends with its second dot.
    let end = dot + 1 + part(dot + 1);
    let mut signals = Signals::default();
    signals.add(Signal::Shape, 10);
    out.push(Candidate { rule, span: at..at + end, verdict: Verdict::Passed, region: None, signals });
}

fn is_header(part: &[u8]) -> bool {
    let decoded = part.len().le(&1_024).then(|| decode(part)).flatten();
    decoded.is_some_and(|json| json.starts_with(b"{") && memchr::memmem::find(&json, b"\"alg\"").is_some())
}

/// The names and texts of a token's claims; nothing where its second part is no JSON object.
pub(super) fn claims(token: &[u8]) -> Vec<(String, String)> {
    let payload = token.split(|b| *b == b'.').nth(1).and_then(decode);
    let Some(serde_json::Value::Object(object)) = payload.and_then(|json| serde_json::from_slice(&json).ok()) else { return Vec::new() };
    let text = |value: serde_json::Value| match value {
        serde_json::Value::String(text) => Some(text),
        serde_json::Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let named = object.into_iter().filter(|(name, _)| !REGISTERED.contains(&&**name));
    named.filter_map(|(name, value)| Some((name, text(value)?))).take(CLAIMS).collect()
}

/// Decodes base64url without padding (RFC 4648, 5).
fn decode(part: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(part.len() / 4 * 3 + 3);
    let (mut held, mut bits) = (0_u32, 0);
    for byte in part {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'-' => 62,
            b'_' => 63,
            _ => return None,
        };
        held = held << 6 | u32::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push((held >> bits) as u8);
            held &= (1 << bits) - 1;
        }
    }
    (bits < 6).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Header and claims of RFC 7519, 3.1, and a signature.
    const TOKEN: &str = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    fn found(text: &str) -> Vec<&str> {
        let mut out = Vec::new();
        for (at, _) in text.match_indices("eyJ") {
            find(text.as_bytes(), at, 0, &mut out);
        }
        out.iter().map(|c| &text[c.span.clone()]).collect()
    }

    #[test]
    fn finds_tokens_by_their_header() {
        assert_eq!(found(&format!("Bearer {TOKEN}, x")).first(), Some(&TOKEN));
        for text in ["eyJhbGc....", "eyJhbGciOiJIUzI1NiJ9", "eyJhbGciOiJIUzI1NiJ9.e", "eyJ4IjoxfQ.eyJ4IjoxfQ.sig", "eyJ"] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn reads_claims() {
        assert!(claims(TOKEN.as_bytes()).is_empty());
        // {"sub":"ana@example.com","exp":1}
        let token = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbmFAZXhhbXBsZS5jb20iLCJleHAiOjF9.";
        assert_eq!(claims(token.as_bytes()), [("sub".to_owned(), "ana@example.com".to_owned())]);
        for token in ["", "a.b.c", "a.e30.c", "a.W10.c", "a.!!.c"] {
            assert!(claims(token.as_bytes()).is_empty(), "{token}");
        }
    }
}
