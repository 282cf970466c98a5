//! HMAC and HKDF over SHA-256 (RFC 2104, RFC 5869).

use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

/// HMAC-SHA-256 of parts, one behind the other.
pub(super) fn hmac(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let mut block = Zeroizing::new([0; 64]);
    if key.len() > block.len() {
        block[..32].copy_from_slice(&Sha256::digest(key));
    } else {
        block[..key.len()].copy_from_slice(key);
    }
    let keyed = |pad: u8| Zeroizing::new(block.iter().map(|byte| byte ^ pad).collect::<Vec<u8>>());
    let mut inner = Sha256::new_with_prefix(&*keyed(0x36));
    parts.iter().for_each(|part| inner.update(part));
    let mut outer = Sha256::new_with_prefix(&*keyed(0x5c));
    outer.update(inner.finalize());
    outer.finalize().into()
}

/// HKDF-SHA-256, 32 bytes of it.
pub(super) fn hkdf(secret: &[u8], salt: &[u8], info: &str) -> Zeroizing<[u8; 32]> {
    let extracted = Zeroizing::new(hmac(salt, &[secret]));
    Zeroizing::new(hmac(&*extracted, &[info.as_bytes(), &[1]]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(text: &str) -> Vec<u8> {
        (0..text.len() / 2).map(|n| u8::from_str_radix(&text[2 * n..2 * n + 2], 16).unwrap()).collect()
    }

    /// RFC 4231, cases 2 and 6.
    #[test]
    fn hmac_is_that_of_the_standard() {
        let said = hmac(b"Jefe", &[b"what do ya want ", b"for nothing?"]);
        assert_eq!(said[..], hex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
        let said = hmac(&[0xaa; 131], &[b"Test Using Larger Than Block-Size Key - Hash Key First"]);
        assert_eq!(said[..], hex("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"));
    }

    /// RFC 5869, case 3: the first 32 bytes.
    #[test]
    fn hkdf_is_that_of_the_standard() {
        let said = hkdf(&[0x0b; 22], &[], "");
        assert_eq!(said[..], hex("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"));
    }
}
