//! What an extended header says: records of `length key=value\n` (POSIX.1-2017, pax, "pax Extended Header").

/// What is known of the next entry beside its own header.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Extended {
    pub(super) name: Option<Vec<u8>>,
    pub(super) size: Option<u64>,
    pub(super) modified_us: Option<i64>,
    pub(super) is_sparse: bool,
}

impl Extended {
    /// Takes the records of one header; false where they are malformed. Later records go before earlier ones.
    pub(super) fn read(&mut self, mut records: &[u8]) -> bool {
        while !records.is_empty() {
            let Some((record, rest)) = split(records) else {
                // Zeros behind the records are padding.
                return records.iter().all(|&byte| byte == 0);
            };
            records = rest;
            let Some(equals) = memchr::memchr(b'=', record) else { return false };
            self.note(&record[..equals], &record[equals + 1..]);
        }
        true
    }

    fn note(&mut self, key: &[u8], value: &[u8]) {
        match key {
            // A sparse file has its name here and a made-up one in `path`.
            b"GNU.sparse.name" => {
                self.name = Some(value.to_vec());
                self.is_sparse = true;
            }
            b"path" if !self.is_sparse => self.name = Some(value.to_vec()),
            b"size" => self.size = std::str::from_utf8(value).ok().and_then(|digits| digits.parse().ok()).or(self.size),
            b"mtime" => self.modified_us = microseconds(value).or(self.modified_us),
            _ if key.starts_with(b"GNU.sparse.") => self.is_sparse = true,
            _ => {}
        }
    }
}

/// The first record, without its length and its newline, and what follows it.
fn split(records: &[u8]) -> Option<(&[u8], &[u8])> {
    let blank = memchr::memchr(b' ', records)?;
    let length: usize = std::str::from_utf8(&records[..blank]).ok()?.parse().ok()?;
    let record = records.get(blank + 1..length)?;
    Some((record.strip_suffix(b"\n")?, &records[length..]))
}

/// Seconds with a fraction, in microseconds.
fn microseconds(value: &[u8]) -> Option<i64> {
    let text = std::str::from_utf8(value).ok()?;
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let seconds: i64 = whole.parse().ok()?;
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let micros: i64 = format!("{fraction:0<6}")[..6].parse().ok()?;
    let micros = if whole.starts_with('-') { -micros } else { micros };
    seconds.checked_mul(1_000_000)?.checked_add(micros)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(records: &[u8]) -> (Extended, bool) {
        let mut extended = Extended::default();
        let is_sound = extended.read(records);
        (extended, is_sound)
    }

    #[test]
    fn reads_what_counts_here() {
        let (found, is_sound) = read(b"14 path=a\nb=c\n22 mtime=1700000000.5\n99 size=12\n");
        assert!(!is_sound, "a wrong length ends it");
        assert_eq!(found.name.as_deref(), Some(&b"a\nb=c"[..]));
        let (found, is_sound) = read(b"22 mtime=1700000000.5\n11 size=12\n16 comment=x yz\n\0\0");
        assert!(is_sound);
        assert_eq!((found.modified_us, found.size), (Some(1_700_000_000_500_000), Some(12)));
        assert_eq!(read(b"20 mtime=-1.25000000\n").0.modified_us, None);
        assert_eq!(read(b"21 mtime=-1.25000000\n").0.modified_us, Some(-1_250_000));
    }

    #[test]
    fn a_sparse_file_has_its_own_name() {
        let (found, _) = read(b"25 GNU.sparse.name=real\n\n31 path=./GNUSparseFile.1/real\n");
        assert_eq!((found.name.as_deref(), found.is_sparse), (Some(&b"real\n"[..]), true));
    }

    #[test]
    fn hostile_lengths_end_the_records() {
        for records in [&b"99999999999999999999 path=a\n"[..], b"0 path=a\n", b"3 path=a\n", b"-5 path=a\n", b"path=a\n", b"9 path=a", b" "]
        {
            assert!(!read(records).1, "{}", String::from_utf8_lossy(records));
        }
    }
}
