//! Files of `age` are read, keys are spelt as it spells them, and whatever is changed is not opened.

use std::io::{Read as _, Write as _};

use proptest::prelude::*;

use super::*;

/// Made by age 1.1.1: a key for tests, and a file for it.
const IDENTITY: &str = "AGE-SECRET-KEY-17QLHDLJRVM0CKGVZ3VUWRRKHAG3V22GAAHD84VMT53JR577G6JKSHRMU0P";
const RECIPIENT: &str = "age1t36xjscppz4kgwwqweh55nj9q50h2eu6p3yvf6nnmxqtufx0ugrqagasdl";
const FILE: &str = "6167652d656e6372797074696f6e2e6f72672f76310a2d3e2058323535313920766d6332585964332f75586e66695167624442466137744d615353426b597270567150484b4456795158670a6c69346c6c4b64347733737359352b2f7744645a314f4a475442514e42727677415456653666546f4156410a2d2d2d204e6b467936324a743238344f2b70377a5843614e4e67362f4a6b546f775835647070536e734f44347578380a9fe45c62219bcd5249c3dad9f225810a0cf819d57bc4fa625c1e74d5d8210ad6fef94e8b3d6e3470d9121aeb3e3a";

fn hex(text: &str) -> Vec<u8> {
    (0..text.len() / 2).map(|n| u8::from_str_radix(&text[2 * n..2 * n + 2], 16).unwrap()).collect()
}

fn sealed(identity: &Identity, bytes: &[u8]) -> Vec<u8> {
    let mut sealer = Sealer::new(&identity.recipient(), Vec::new()).unwrap();
    // In pieces that do not end where chunks do.
    bytes.chunks(50_001).for_each(|piece| sealer.write_all(piece).unwrap());
    sealer.finish().unwrap()
}

fn opened(identity: Identity, file: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut out = Vec::new();
    Unsealer::new(&[identity], file)?.read_to_end(&mut out)?;
    Ok(out)
}

fn identity() -> Identity {
    Identity::parse_file(&format!("# a comment\n\n{IDENTITY}\n")).unwrap().remove(0)
}

#[test]
fn reads_what_age_made() {
    assert_eq!(opened(identity(), &hex(FILE)).unwrap(), b"what was kept\n");
    assert_eq!(identity().recipient().to_string(), RECIPIENT);
    assert_eq!(identity().secret().as_str(), IDENTITY);
    assert_eq!(Recipient::parse(RECIPIENT).unwrap().to_string(), RECIPIENT);
}

#[test]
fn what_is_no_key_is_refused() {
    for text in ["", "age1", &RECIPIENT[..60], &RECIPIENT.replace('q', "p"), &RECIPIENT.to_uppercase(), IDENTITY, "age1é"] {
        assert!(Recipient::parse(text).is_none(), "{text}");
    }
    for text in ["", "# nothing\n", RECIPIENT, &IDENTITY.to_lowercase(), &IDENTITY.replace('Q', "P")] {
        assert!(Identity::parse_file(text).is_err(), "{text}");
    }
}

#[test]
fn chunks_end_where_they_end() {
    for length in [0, 1, 65_535, 65_536, 65_537, 131_072, 200_000] {
        let bytes: Vec<u8> = (0..length).map(|n| (n % 251) as u8).collect();
        let file = sealed(&identity(), &bytes);
        assert_eq!(opened(identity(), &file).unwrap(), bytes, "{length}");
        // A chunk less, a byte less, a byte more.
        for cut in [file.len().saturating_sub(65_552), file.len() - 1] {
            assert!(opened(identity(), &file[..cut]).is_err(), "{length} {cut}");
        }
        assert!(opened(identity(), &[&file[..], b"x"].concat()).is_err(), "{length}");
    }
}

#[test]
fn only_the_recipient_reads_it() {
    let file = sealed(&identity(), b"value");
    let other = Identity::generate().unwrap();
    let error = Unsealer::new(&[other], &file[..]).err().unwrap();
    assert!(error.to_string().contains("another identity"), "{error}");
    assert!(!file.windows(5).any(|window| window == b"value"));
    assert_ne!(file, sealed(&identity(), b"value"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_was_changed_is_not_opened(at in any::<prop::sample::Index>(), bit in 0..8_u32) {
        let mut file = sealed(&identity(), b"what was kept");
        let at = at.index(file.len());
        file[at] ^= 1 << bit;
        prop_assert!(opened(identity(), &file).is_err());
    }

    #[test]
    fn whatever_is_read_is_no_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let head = b"age-encryption.org/v1\n-> X25519 ";
        prop_assert!(opened(identity(), &bytes).is_err());
        prop_assert!(opened(identity(), &[&head[..], &bytes].concat()).is_err());
    }
}
