//! One 512-byte header of a tar archive.
//!
//! POSIX.1-2017, pax, "ustar Interchange Format", and the GNU tar manual, "Basic Tar Format".

/// Bytes of a header, and what everything in an archive is a multiple of.
pub(in crate::unpack) const BLOCK_BYTES: usize = 512;

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A file; what is not known is one, as POSIX asks.
    File,
    /// A file whose holes are left out, as old GNU tar stores it.
    Sparse,
    Folder,
    HardLink,
    SymbolicLink,
    Device,
    Pipe,
    /// Its content is the name of the next entry.
    LongName,
    /// Its content is the target of the next entry, a link.
    LongTarget,
    /// Its content says more about the next entry.
    Extended,
    /// Its content says more about all entries that follow.
    Global,
    /// The name of the archive.
    Label,
}

impl Kind {
    fn of(flag: u8) -> Self {
        match flag {
            b'1' => Self::HardLink,
            b'2' => Self::SymbolicLink,
            b'3' | b'4' => Self::Device,
            b'5' => Self::Folder,
            b'6' => Self::Pipe,
            b'L' => Self::LongName,
            b'K' => Self::LongTarget,
            b'x' | b'X' => Self::Extended,
            b'g' => Self::Global,
            b'S' => Self::Sparse,
            b'V' => Self::Label,
            _ => Self::File,
        }
    }
}

/// What a header says.
#[derive(Debug)]
pub(super) struct Header {
    pub(super) kind: Kind,
    pub(super) name: Vec<u8>,
    pub(super) size: u64,
    /// Seconds since the epoch.
    pub(super) modified_s: Option<i64>,
    /// Whether further blocks with the map of a sparse file follow.
    pub(super) has_more_map: bool,
}

impl Header {
    /// Reads a block; none where it is no header.
    pub(super) fn parse(block: &[u8]) -> Option<Self> {
        if !is_header(block) {
            return None;
        }
        let size = number(&block[124..136]).and_then(|size| u64::try_from(size).ok())?;
        let name = text(&block[..100]);
        // GNU tar has other fields where the prefix is.
        let prefix = if &block[257..263] == b"ustar\0" { text(&block[345..500]) } else { &[] };
        let name = if prefix.is_empty() { name.to_vec() } else { [prefix, b"/", name].concat() };
        let kind = match Kind::of(block[156]) {
            Kind::File if name.ends_with(b"/") && size == 0 => Kind::Folder,
            kind => kind,
        };
        let modified_s = number(&block[136..148]).and_then(|seconds| i64::try_from(seconds).ok());
        Some(Self { kind, name, size, modified_s, has_more_map: kind == Kind::Sparse && block[482] != 0 })
    }
}

/// Whether a block is a header: its checksum is right.
pub(in crate::unpack) fn is_header(block: &[u8]) -> bool {
    let Some(block) = block.get(..BLOCK_BYTES) else { return false };
    // Most blocks that are no header have no number here.
    if !block[148..156].iter().all(|byte| matches!(byte, b'0'..=b'7' | b' ' | 0)) {
        return false;
    }
    let Some(stated) = number(&block[148..156]) else { return false };
    // The checksum counts as blanks in its own sum. Some old programs summed signed bytes.
    let rest = || block[..148].iter().chain(&block[156..]);
    let blanks = 8 * i128::from(b' ');
    let sum: i128 = rest().map(|byte| i128::from(*byte)).sum();
    let signed: i128 = rest().map(|byte| i128::from(byte.cast_signed())).sum();
    sum > 0 && (stated == sum + blanks || stated == signed + blanks)
}

/// Whether the first block of something is that of an archive, sound or not.
pub(in crate::unpack) fn begins_archive(head: &[u8]) -> bool {
    head.get(257..262) == Some(b"ustar") || is_header(head)
}

/// A text up to its first NUL.
fn text(field: &[u8]) -> &[u8] {
    &field[..memchr::memchr(0, field).unwrap_or(field.len())]
}

/// A number in octal digits, or, with the highest bit set, in base 256.
fn number(field: &[u8]) -> Option<i128> {
    if field[0] & 0x80 != 0 {
        let negative = field[0] & 0x40 != 0;
        let first = i128::from(field[0] & 0x3F) - if negative { 0x40 } else { 0 };
        return Some(field[1..].iter().fold(first, |sum, byte| sum << 8 | i128::from(*byte)));
    }
    let field = text(field).trim_ascii();
    let mut sum = 0;
    for digit in field {
        if !(b'0'..=b'7').contains(digit) {
            return None;
        }
        sum = sum << 3 | i128::from(digit - b'0');
    }
    Some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_numbers_in_octal_and_in_base_256() {
        assert_eq!(number(b"00000000144\0"), Some(100));
        assert_eq!(number(b"      144 \0\0"), Some(100));
        assert_eq!(number(b"77777777777\0"), Some(8_589_934_591));
        assert_eq!(number(&[0x80, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0]), Some(8_589_934_592));
        assert_eq!(number(&[0xFF; 12]), Some(-1));
        assert_eq!(number(&[0; 12]), Some(0));
        assert_eq!(number(b"12x\0"), None);
    }

    #[test]
    fn takes_no_other_block_for_a_header() {
        assert!(!is_header(&[0; 512]));
        assert!(!is_header(&[b' '; 512]));
        assert!(!is_header(&[b'0'; 100]));
        assert!(!is_header("id,email\n1,ana@example.com\n".repeat(30).as_bytes()));
    }
}
