//! The records of a zip archive (PKWARE APPNOTE.TXT 6.3.10, sections 4.3 to 4.5), each read from its fixed bytes.

use crate::model::ReadAt;

/// First bytes of the record before a member.
pub(super) const LOCAL: &[u8; 4] = b"PK\x03\x04";
/// First bytes of a record of the central directory.
pub(super) const CENTRAL: &[u8; 4] = b"PK\x01\x02";
/// First bytes of the record that ends an archive.
pub(super) const END: &[u8; 4] = b"PK\x05\x06";
/// First bytes of the record behind a member whose sizes were not known before it.
pub(super) const DESCRIPTOR: &[u8; 4] = b"PK\x07\x08";
/// First bytes of the same record with 64-bit fields, and of the one that says where it is.
pub(super) const END_64: &[u8; 4] = b"PK\x06\x06";
pub(super) const LOCATOR_64: &[u8; 4] = b"PK\x06\x07";

pub(super) const LOCAL_BYTES: usize = 30;
pub(super) const CENTRAL_BYTES: usize = 46;
pub(super) const END_BYTES: usize = 22;
pub(super) const END_64_BYTES: usize = 56;
pub(super) const LOCATOR_64_BYTES: usize = 20;

/// General purpose flags.
pub(super) const ENCRYPTED: u16 = 1;
pub(super) const SIZES_FOLLOW: u16 = 1 << 3;
const MASKED: u16 = 1 << 13;

pub(super) fn u16_at(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

pub(super) fn u64_at(bytes: &[u8], at: usize) -> u64 {
    u64::from(u32_at(bytes, at)) | u64::from(u32_at(bytes, at + 4)) << 32
}

/// What a record says of a member.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts {
    pub(super) flags: u16,
    pub(super) method: u16,
    pub(super) crc: u32,
    pub(super) stored_bytes: u64,
    pub(super) bytes: u64,
    pub(super) name: Vec<u8>,
    pub(super) modified_us: Option<i64>,
    /// Where its local record is, as the directory says.
    pub(super) offset: u64,
    /// Type and permissions, where a Unix system wrote it.
    pub(super) unix_mode: u32,
}

impl Facts {
    /// Reads a record of the central directory, whose name and extra fields follow.
    pub(super) fn central(fixed: &[u8], name: Vec<u8>, extra: &[u8]) -> Self {
        let is_unix = matches!(fixed[5], 3 | 19);
        let mut facts = Self {
            flags: u16_at(fixed, 8),
            method: u16_at(fixed, 10),
            crc: u32_at(fixed, 16),
            stored_bytes: u32_at(fixed, 20).into(),
            bytes: u32_at(fixed, 24).into(),
            offset: u32_at(fixed, 42).into(),
            unix_mode: if is_unix { u32_at(fixed, 38) >> 16 } else { 0 },
            modified_us: None,
            name,
        };
        facts.take_extra(extra, true);
        facts
    }

    /// Reads the record before a member.
    pub(super) fn local(fixed: &[u8], name: Vec<u8>, extra: &[u8]) -> Self {
        let mut facts = Self {
            flags: u16_at(fixed, 6),
            method: u16_at(fixed, 8),
            crc: u32_at(fixed, 14),
            stored_bytes: u32_at(fixed, 18).into(),
            bytes: u32_at(fixed, 22).into(),
            name,
            ..Self::default()
        };
        facts.take_extra(extra, false);
        facts
    }

    pub(super) fn is_encrypted(&self) -> bool {
        self.flags & (ENCRYPTED | MASKED) != 0 || self.method == 99
    }

    pub(super) fn is_folder(&self) -> bool {
        // Nothing takes a few bytes, whatever compresses it.
        self.name.ends_with(b"/") && self.bytes == 0 && self.stored_bytes <= 64
    }

    fn take_extra(&mut self, mut extra: &[u8], is_central: bool) {
        while let Some((head, rest)) = extra.split_at_checked(4) {
            let Some((field, rest)) = rest.split_at_checked(u16_at(head, 2).into()) else { return };
            extra = rest;
            match u16_at(head, 0) {
                0x0001 => self.take_zip64(field, is_central),
                // Info-ZIP: a flag for each time, then the modification in seconds of UTC.
                0x5455 if field.len() >= 5 && field[0] & 1 != 0 => {
                    self.modified_us = Some(i64::from(u32_at(field, 1).cast_signed()) * 1_000_000);
                }
                // Info-ZIP: the name in UTF-8, with the checksum of the name that it stands for.
                0x7075 if field.len() > 5 && field[0] == 1 && u32_at(field, 1) == crc(&self.name) => self.name = field[5..].to_vec(),
                _ => {}
            }
        }
    }

    /// Takes the 64-bit fields, which are there for those that do not fit, in this order.
    fn take_zip64(&mut self, mut field: &[u8], is_central: bool) {
        let mut wide = [&mut self.bytes, &mut self.stored_bytes, &mut self.offset];
        let count = if is_central { 3 } else { 2 };
        for number in wide.iter_mut().take(count).filter(|number| ***number == u64::from(u32::MAX)) {
            let Some((value, rest)) = field.split_at_checked(8) else { return };
            **number = u64_at(value, 0);
            field = rest;
        }
    }
}

pub(super) fn crc(bytes: &[u8]) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(bytes);
    crc.sum()
}

/// Bytes at an offset, all of them or none.
pub(super) fn exactly<const N: usize>(bytes: &dyn ReadAt, offset: u64) -> Option<[u8; N]> {
    let mut into = [0; N];
    bytes.read_exact_at(offset, &mut into).ok().map(|()| into)
}

/// As [`exactly`], for a length that is not known before.
pub(super) fn some(bytes: &dyn ReadAt, offset: u64, length: usize) -> Option<Vec<u8>> {
    let mut into = vec![0; length];
    bytes.read_exact_at(offset, &mut into).ok().map(|()| into)
}
