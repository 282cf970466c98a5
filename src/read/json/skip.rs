//! Over a JSON value to its end, 64 bytes at a time: strings are masked, brackets counted. Which bracket closes which is not
//! looked at.

use wide::u8x16;

/// Bytes that are looked at at once.
const LANES: usize = 64;

/// Where it is in a value that goes on in the next window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::read) struct Skip {
    /// Containers that are open.
    depth: u64,
    /// All bits where a string is open, else none.
    in_string: u64,
    /// Whether the next byte is escaped: 1, else 0.
    escaped: u64,
    /// Whether it is a string, which ends with its quote, and no container, which ends with its bracket.
    of_string: bool,
}

/// One bit a byte.
struct Masks {
    quote: u64,
    backslash: u64,
    open: u64,
    close: u64,
}

impl Masks {
    #[inline(always)]
    fn of(window: &[u8; LANES]) -> Self {
        let mut out = Self { quote: 0, backslash: 0, open: 0, close: 0 };
        for (i, part) in window.as_chunks::<16>().0.iter().enumerate() {
            let run = u8x16::new(*part);
            let bits = |mask: u8x16| u64::from(mask.to_bitmask()) << (16 * i);
            // `[` and `{`, as `]` and `}`, differ in one bit.
            let small = run | u8x16::splat(0x20);
            out.quote |= bits(run.simd_eq(u8x16::splat(b'"')));
            out.backslash |= bits(run.simd_eq(u8x16::splat(b'\\')));
            out.open |= bits(small.simd_eq(u8x16::splat(b'{')));
            out.close |= bits(small.simd_eq(u8x16::splat(b'}')));
        }
        out
    }
}

impl Skip {
    /// Before a container.
    pub(in crate::read) fn container() -> Self {
        Self::default()
    }

    /// In a string, behind its quote.
    pub(in crate::read) fn string() -> Self {
        Self { in_string: u64::MAX, of_string: true, ..Self::default() }
    }

    /// Goes on at `at`: the end of the value, none where it is not in `bytes`.
    #[inline]
    pub(in crate::read) fn go(&mut self, bytes: &[u8], mut at: usize) -> Option<usize> {
        while let Some(window) = bytes.get(at..at + LANES) {
            if let Some(end) = self.window(window.try_into().expect("it has that length")) {
                return Some(at + end);
            }
            at += LANES;
        }
        let rest = &bytes[at.min(bytes.len())..];
        let mut window = [0; LANES];
        window[..rest.len()].copy_from_slice(rest);
        let escaped_at_end = self.escaped_behind(rest);
        let end = self.window(&window).map(|end| at + end);
        self.escaped = escaped_at_end;
        end
    }

    /// Whether the byte behind `rest` is escaped.
    fn escaped_behind(&self, rest: &[u8]) -> u64 {
        let slashes = rest.iter().rev().take_while(|b| **b == b'\\').count();
        (slashes as u64 + if slashes == rest.len() { self.escaped } else { 0 }) % 2
    }

    #[inline(always)]
    fn window(&mut self, window: &[u8; LANES]) -> Option<usize> {
        let masks = Masks::of(window);
        let quote = masks.quote & !self.escapes(masks.backslash);
        if self.of_string {
            return (quote != 0).then(|| quote.trailing_zeros() as usize + 1);
        }
        let within = prefix_xor(quote) ^ self.in_string;
        self.in_string = ((within as i64) >> 63) as u64;
        let (open, close) = (masks.open & !within, masks.close & !within);
        if self.depth > u64::from(close.count_ones()) {
            self.depth = self.depth + u64::from(open.count_ones()) - u64::from(close.count_ones());
            return None;
        }
        let mut both = open | close;
        while both != 0 {
            let at = both.trailing_zeros();
            if open >> at & 1 == 1 {
                self.depth += 1;
            } else {
                self.depth = self.depth.saturating_sub(1);
                if self.depth == 0 {
                    return Some(at as usize + 1);
                }
            }
            both &= both - 1;
        }
        None
    }

    /// The bytes that a backslash escapes. A backslash that is escaped escapes nothing.
    #[inline(always)]
    fn escapes(&mut self, backslash: u64) -> u64 {
        if backslash == 0 {
            return std::mem::take(&mut self.escaped);
        }
        let mut escapes = 0;
        let mut left = backslash & !self.escaped;
        escapes |= self.escaped;
        self.escaped = 0;
        while left != 0 {
            let at = left.trailing_zeros();
            if at == 63 {
                self.escaped = 1;
                break;
            }
            escapes |= 1 << (at + 1);
            left &= !(0b11 << at);
        }
        escapes
    }
}

/// Bit i is whether an odd number of bits up to and with i is set.
#[inline(always)]
fn prefix_xor(mut bits: u64) -> u64 {
    for shift in [1, 2, 4, 8, 16, 32] {
        bits ^= bits << shift;
    }
    bits
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Byte by byte.
    fn plain(bytes: &[u8], mut in_string: bool) -> Option<usize> {
        let of_string = in_string;
        let (mut depth, mut escaped) = (0_u64, false);
        for (at, byte) in bytes.iter().enumerate() {
            let was_escaped = std::mem::take(&mut escaped);
            match byte {
                b'\\' => escaped = !was_escaped,
                b'"' if !was_escaped => {
                    in_string = !in_string;
                    if of_string {
                        return Some(at + 1);
                    }
                }
                b'{' | b'[' if !in_string => depth += 1,
                b'}' | b']' if !in_string => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        return Some(at + 1);
                    }
                }
                _ => {}
            }
        }
        None
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2_000, ..ProptestConfig::default() })]

        #[test]
        fn says_what_reading_byte_by_byte_says_wherever_it_is_cut(
            text in prop::collection::vec(prop_oneof![Just("{"), Just("}"), Just("["), Just("]"), Just("\""), Just("\\"), Just("\\\\"), Just("ab"), Just("\u{f1}"), Just("a string of more than sixteen bytes")], 0..60),
            of_string in any::<bool>(),
            deep in any::<bool>(),
            cut in any::<prop::sample::Index>(),
        ) {
            let text = if deep && !of_string { format!("{{{}", text.concat()) } else { text.concat() };
            let bytes = text.as_bytes();
            let start = || if of_string { Skip::string() } else { Skip::container() };
            let wanted = plain(bytes, of_string);
            prop_assert_eq!(start().go(bytes, 0), wanted, "{}", text);
            let cut = cut.index(bytes.len() + 1);
            let mut skip = start();
            let found = skip.go(&bytes[..cut], 0).or_else(|| skip.go(&bytes[cut..], 0).map(|end| cut + end));
            prop_assert_eq!(found, wanted, "{} cut at {}", text, cut);
        }
    }
}
