//! Percent-encoding as queries of URLs have it (RFC 3986, 2.1), undone once.

/// Decodes `%XX`; returns the bytes, and for each of them, and the end, where it comes from.
pub(super) fn decode(text: &[u8]) -> (Vec<u8>, Vec<usize>) {
    let mut out = Vec::with_capacity(text.len());
    let mut origin = Vec::with_capacity(text.len() + 1);
    let mut at = 0;
    while at < text.len() {
        origin.push(at);
        let pair = text.get(at + 1..at + 3).filter(|_| text[at] == b'%');
        match pair.and_then(|hex| std::str::from_utf8(hex).ok()).and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(text[at]);
                at += 1;
            }
        }
    }
    origin.push(text.len());
    (out, origin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_pairs_of_hex_digits_alone() {
        let (text, origin) = decode(b"a%40b%zz%4");
        assert_eq!(text, b"a@b%zz%4");
        assert_eq!(origin, [0, 1, 4, 5, 6, 7, 8, 9, 10]);
    }
}
