//! Where a JSON scalar ends. Most end within a few bytes, so that 16 are looked at at once, without a call.

use wide::u8x16;

use crate::model::ValueKind;

/// Bytes that are looked at at once.
const LANES: usize = 16;

/// The first byte at or after `at`, and before `to`, that `hits` marks in a run of bytes.
#[inline(always)]
fn first(bytes: &[u8], mut at: usize, to: usize, hits: impl Fn(u8x16) -> u8x16) -> Option<usize> {
    while at < to
        && let Some(run) = bytes.get(at..at + LANES)
    {
        let mask = hits(u8x16::new(run.try_into().expect("it has that length"))).to_bitmask();
        if mask != 0 {
            let hit = at + mask.trailing_zeros() as usize;
            return (hit < to).then_some(hit);
        }
        at += LANES;
    }
    let mut run = [0; LANES];
    let rest = bytes.get(at..to)?;
    run[..rest.len()].copy_from_slice(rest);
    let mask = hits(u8x16::new(run)).to_bitmask();
    (mask != 0).then(|| at + mask.trailing_zeros() as usize)
}

/// The end of the string whose content starts at `at`, and whether the content holds a backslash; none if it has no end
/// before `to`.
#[inline]
pub(in crate::read) fn string(bytes: &[u8], mut at: usize, to: usize) -> Option<(usize, bool)> {
    let mut escaped = false;
    loop {
        let hit = first(bytes, at, to, |run| run.simd_eq(u8x16::splat(b'"')) | run.simd_eq(u8x16::splat(b'\\')))?;
        if bytes[hit] == b'"' {
            return Some((hit, escaped));
        }
        escaped = true;
        at = hit + 2;
    }
}

/// The end of the number, `true`, `false` or `null` that starts at `at`, and which it is; none if it is no such thing.
/// Numbers are known by their first byte alone.
#[inline]
pub(super) fn bare(bytes: &[u8], at: usize, to: usize) -> Option<(usize, ValueKind)> {
    let ends = |run: u8x16| {
        let is = |byte: u8| run.simd_eq(u8x16::splat(byte));
        // `]` and `}` differ in one bit.
        let bracket = (run | u8x16::splat(0x20)).simd_eq(u8x16::splat(b'}'));
        is(b',') | bracket | is(b' ') | is(b'\t') | is(b'\r') | is(b'\n')
    };
    let end = first(bytes, at, to, ends).unwrap_or(to);
    let kind = match &bytes[at..end] {
        [b'0'..=b'9' | b'-', ..] => ValueKind::Number,
        b"null" => ValueKind::Null,
        b"true" | b"false" => ValueKind::Bool,
        // No JSON, but what several languages write for numbers that are none.
        b"NaN" => ValueKind::Null,
        b"Infinity" => ValueKind::Number,
        _ => return None,
    };
    Some((end, kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_ends_at_every_distance() {
        for len in 0..50 {
            for behind in 0..20 {
                let content = "x".repeat(len);
                let text = format!("{content}\"{}", "\"".repeat(behind));
                assert_eq!(string(text.as_bytes(), 0, text.len()), Some((len, false)));
                assert_eq!(string(text.as_bytes(), 0, len), None, "the end is the record's, not the string's");
                let escaped = format!("{content}\\\"{content}\"{}", "\"".repeat(behind));
                assert_eq!(string(escaped.as_bytes(), 0, escaped.len()), Some((2 * len + 2, true)));
                let digits = format!("{}{}", "7".repeat(len + 1), "}".repeat(behind));
                assert_eq!(bare(digits.as_bytes(), 0, digits.len()), Some((len + 1, ValueKind::Number)));
            }
        }
    }

    #[test]
    fn a_backslash_takes_the_byte_behind_it() {
        assert_eq!(string(br#"a\\"b"#, 0, 5), Some((3, true)));
        assert_eq!(string(br#"a\""#, 0, 3), None);
        assert_eq!(string(br"a\", 0, 2), None);
    }

    #[test]
    fn tells_bare_values_by_what_stands_there() {
        for (text, wanted) in [
            ("null,", Some((4, ValueKind::Null))),
            ("true]", Some((4, ValueKind::Bool))),
            ("false", Some((5, ValueKind::Bool))),
            ("-1\t", Some((2, ValueKind::Number))),
            ("1\u{1}x}", Some((3, ValueKind::Number))),
            ("nul", None),
            ("nullx", None),
            (",", None),
            ("", None),
        ] {
            assert_eq!(bare(text.as_bytes(), 0, text.len()), wanted, "{text:?}");
        }
    }
}
