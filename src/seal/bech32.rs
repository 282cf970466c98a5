//! Bech32, the spelling of keys (BIP 173): letters with a check sum of six.

const DIGITS: &[u8; 32] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";

fn sum(prefix: &str, values: &[u8]) -> u32 {
    let high = prefix.bytes().map(|byte| byte >> 5);
    let low = prefix.bytes().map(|byte| byte & 31);
    high.chain([0]).chain(low).chain(values.iter().copied()).fold(1, |sum: u32, value| {
        let top = sum >> 25;
        let taps = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3];
        let next = (sum & 0x01ff_ffff) << 5 ^ u32::from(value);
        taps.iter().enumerate().filter(|(bit, _)| top >> bit & 1 == 1).fold(next, |sum, (_, tap)| sum ^ tap)
    })
}

/// Spells 32 bytes behind a prefix, in small letters.
pub(super) fn encode(prefix: &str, bytes: &[u8; 32]) -> String {
    let (mut values, mut bits, mut count) = (Vec::with_capacity(58), 0_u32, 0);
    for byte in bytes {
        (bits, count) = (bits << 8 | u32::from(*byte), count + 8);
        while count >= 5 {
            count -= 5;
            values.push((bits >> count & 31) as u8);
        }
    }
    values.push((bits << (5 - count) & 31) as u8);
    let check = sum(prefix, &[&values[..], &[0; 6]].concat()) ^ 1;
    values.extend((0..6).map(|n| (check >> (5 * (5 - n)) & 31) as u8));
    let digits: String = values.iter().map(|value| char::from(DIGITS[usize::from(*value)])).collect();
    format!("{prefix}1{digits}")
}

/// Reads 32 bytes behind a prefix. Letters are all small or all capital.
pub(super) fn decode(prefix: &str, text: &str) -> Option<[u8; 32]> {
    let (small, capital) = (text.to_ascii_lowercase(), text.to_ascii_uppercase());
    if text != small && text != capital {
        return None;
    }
    let digits = small.strip_prefix(prefix)?.strip_prefix('1')?;
    let value = |digit: u8| DIGITS.iter().position(|known| *known == digit).and_then(|at| u8::try_from(at).ok());
    let values: Vec<u8> = digits.bytes().map(value).collect::<Option<_>>()?;
    if values.len() != 58 || sum(prefix, &values) != 1 {
        return None;
    }
    let (mut out, mut bits, mut count) = (Vec::with_capacity(32), 0_u32, 0);
    for value in &values[..52] {
        (bits, count) = (bits << 5 | u32::from(*value), count + 5);
        if count >= 8 {
            count -= 8;
            out.push((bits >> count & 255) as u8);
        }
    }
    // What is left over is padding, of zeros.
    if bits & ((1 << count) - 1) != 0 {
        return None;
    }
    out.try_into().ok()
}
