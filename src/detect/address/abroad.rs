//! Postal codes of Canada and the United Kingdom: they close an address that is written like an American one.
//!
//! Origin: Canada Post (`A1A 1A1`, without D F I O Q U, no W or Z first) and the postcode forms of Royal Mail's PAF guide.

use super::token::{Gap, Tokens};

/// Words of the postal code at `index`, and its country.
pub fn postal_code(tokens: &Tokens, index: usize) -> Option<(usize, [u8; 2])> {
    let (first, second) = (tokens.get(index)?, tokens.get(index + 1)?);
    if !first.is_number() || !second.is_number() || second.gap != Gap::Space {
        return None;
    }
    let (first, second) = (tokens.bytes(first), tokens.bytes(second));
    if form(first, "LDL") && form(second, "DLD") && !b"DFIOQUWZ".contains(&first[0]) {
        return Some((2, *b"CA"));
    }
    let outward = ["LD", "LDD", "LLD", "LLDD", "LDL", "LLDL"].iter().any(|pattern| form(first, pattern));
    (outward && form(second, "DLL")).then_some((2, *b"GB"))
}

/// Says whether a word is made of capitals (`L`) and digits (`D`) as the pattern says.
fn form(word: &[u8], pattern: &str) -> bool {
    let fits = |(byte, kind): (&u8, u8)| if kind == b'L' { byte.is_ascii_uppercase() } else { byte.is_ascii_digit() };
    word.len() == pattern.len() && word.iter().zip(pattern.bytes()).all(fits)
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::{Flags, Lexicon};
    use super::{Tokens, postal_code};

    #[test]
    fn codes_of_two_words_name_their_country() {
        let country = |text: &str| {
            let tokens = Tokens::cut(text.as_bytes(), 0, &Lexicon::new(), Flags::ALL);
            postal_code(&tokens, 0).map(|(_, country)| country)
        };
        assert_eq!(country(" K9Z 9Z9"), Some(*b"CA"));
        assert_eq!(country(" QX9 9ZZ"), Some(*b"GB"));
        assert_eq!(country(" 9QX 9ZZ"), None);
    }
}
