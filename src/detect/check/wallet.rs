//! Addresses of crypto currencies, told by their check sums: `Base58Check`, Bech32 and Bech32m, EIP-55.
//!
//! In comes one word of letters and digits, out goes whether its check sum is right. A hash of the same length has none.
//!
//! Sources: BIP 13 and the Bitcoin wiki (`Base58Check` and its versions), BIP 173 and BIP 350 (Bech32, Bech32m), EIP-55,
//! XRP Ledger "Base58 Encodings", TRON "Address format".

use super::hash::{keccak256, sha256};

/// What the check sum of a word says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wallet {
    /// The check sum is right.
    Checked,
    /// It has the form of an address without one: the 40 hex digits of Ethereum in one case.
    Unchecked,
}

const BITCOIN: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const RIPPLE: &[u8; 58] = b"rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz";
/// Bytes of a version, a hash and a check sum.
const PAYLOAD: usize = 25;

/// Says what a word is; none where it is no address.
#[must_use]
pub fn check(word: &[u8]) -> Option<Wallet> {
    let checked = |right: bool| right.then_some(Wallet::Checked);
    match (word.first()?, word.len()) {
        (b'0', 42) if word.starts_with(b"0x") => ethereum(&word[2..]),
        (b'1' | b'3' | b'L' | b'M' | b'm' | b'n' | b'2' | b'D' | b'A' | b'9' | b'X' | b'7', 26..=35) => {
            // Bitcoin and its test network, Litecoin, Dogecoin, Dash.
            checked(matches!(base58(word, BITCOIN)?, 0 | 5 | 0x30 | 0x32 | 0x6F | 0xC4 | 0x1E | 0x16 | 0x4C | 0x10))
        }
        (b'T', 34) => checked(base58(word, BITCOIN)? == 0x41),
        (b'r', 25..=35) => checked(base58(word, RIPPLE)? == 0),
        (b'b' | b'B' | b't' | b'T' | b'l' | b'L', 26..=90) => checked(bech32(word)?),
        _ => None,
    }
}

/// Decodes `Base58Check`; returns the version byte where the check sum is right.
fn base58(word: &[u8], alphabet: &[u8; 58]) -> Option<u8> {
    let mut bytes = [0_u8; PAYLOAD];
    for byte in word {
        let mut carry = u32::try_from(alphabet.iter().position(|letter| letter == byte)?).ok()?;
        for slot in bytes.iter_mut().rev() {
            carry += u32::from(*slot) * 58;
            *slot = carry as u8;
            carry >>= 8;
        }
        if carry > 0 {
            return None;
        }
    }
    let (body, sum) = bytes.split_at(PAYLOAD - 4);
    (sha256(&sha256(body))[..4] == *sum).then_some(bytes[0])
}

const BECH32: &[u8; 32] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";

/// A witness program of Bitcoin, its test network or Litecoin: version 0 in Bech32, others in Bech32m.
fn bech32(word: &[u8]) -> Option<bool> {
    let mixed = word.iter().any(u8::is_ascii_lowercase) && word.iter().any(u8::is_ascii_uppercase);
    let lower = word.to_ascii_lowercase();
    let prefix = [&b"bc"[..], b"tb", b"ltc", b"bcrt"].into_iter().find(|p| lower.starts_with(p) && lower.get(p.len()) == Some(&b'1'))?;
    let data = &lower[prefix.len() + 1..];
    if mixed || !(14..=74).contains(&data.len()) {
        return None;
    }
    let mut state = 1;
    for byte in prefix {
        state = step(state, u32::from(byte >> 5));
    }
    state = step(state, 0);
    for byte in prefix {
        state = step(state, u32::from(byte & 31));
    }
    for byte in data {
        state = step(state, u32::try_from(BECH32.iter().position(|letter| letter == byte)?).ok()?);
    }
    Some(state == if data[0] == b'q' { 1 } else { 0x2bc8_30a3 })
}

/// A step of the code over 32 letters of BIP 173.
fn step(state: u32, value: u32) -> u32 {
    const GENERATOR: [u32; 5] = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3];
    let top = state >> 25;
    let next = (state & 0x01ff_ffff) << 5 ^ value;
    GENERATOR.iter().enumerate().fold(next, |sum, (i, part)| if top >> i & 1 == 1 { sum ^ part } else { sum })
}

/// 40 hex digits; capitals among them are a check sum.
fn ethereum(digits: &[u8]) -> Option<Wallet> {
    let lower: [u8; 40] = digits.to_ascii_lowercase().try_into().ok()?;
    if !lower.iter().all(u8::is_ascii_hexdigit) || lower.iter().all(|b| *b == lower[0]) {
        return None;
    }
    let has = |is: fn(&u8) -> bool| digits.iter().any(is);
    if !has(u8::is_ascii_uppercase) || !has(u8::is_ascii_lowercase) {
        return Some(Wallet::Unchecked);
    }
    let hash = keccak256(&lower);
    let right = digits.iter().enumerate().all(|(i, digit)| {
        let nibble = if i % 2 == 0 { hash[i / 2] >> 4 } else { hash[i / 2] & 15 };
        digit.is_ascii_digit() || digit.is_ascii_uppercase() == (nibble >= 8)
    });
    right.then_some(Wallet::Checked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_addresses_of_the_specifications() {
        for address in [
            // Bitcoin's first block; BIP 173 and BIP 350; EIP-55; the XRP Ledger's and TRON's documentation.
            "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
            "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
            "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
            "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7",
            "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
            "rf1BiGeXwwQoi8Z2ueFYTEXSwuJYfV2Jpn",
            "rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh",
            "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t",
        ] {
            assert_eq!(check(address.as_bytes()), Some(Wallet::Checked), "{address}");
        }
        assert_eq!(check(b"0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"), Some(Wallet::Unchecked));
    }

    #[test]
    fn refuses_wrong_check_sums_and_hashes() {
        for word in [
            "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb",
            "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
            "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD",
            "0x0000000000000000000000000000000000000000",
            "1",
            "",
            "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6u",
            "d41d8cd98f00b204e9800998ecf8427e",
            "1zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz",
            "bc1",
        ] {
            assert_eq!(check(word.as_bytes()), None, "{word}");
        }
    }
}
