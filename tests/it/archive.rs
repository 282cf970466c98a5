//! Archives as tests want them, sound or not: a zip writer that says of a member whatever it is told to, and tar by its crate.

use std::io::{Cursor, Write as _};

/// A member of a zip archive in the making.
#[derive(Clone, Default)]
pub struct Member {
    pub name: Vec<u8>,
    pub content: Vec<u8>,
    pub method: u16,
    pub flags: u16,
    /// Whether 64-bit fields stand in the directory.
    pub is_wide: bool,
    /// What the directory says of the size, if not the truth.
    pub stated_bytes: Option<u32>,
    /// What the directory calls it, if not by its name.
    pub central_name: Option<Vec<u8>>,
    pub wrong_crc: bool,
    pub unix_mode: u32,
}

/// Sizes and checksum follow the member.
pub const SIZES_FOLLOW: u16 = 8;

pub fn member(name: impl AsRef<[u8]>, content: impl AsRef<[u8]>) -> Member {
    Member { name: name.as_ref().to_vec(), content: content.as_ref().to_vec(), method: 8, ..Member::default() }
}

/// Methods that can be written here.
pub const METHODS: [u16; 6] = [0, 8, 12, 14, 93, 95];

fn compress(method: u16, content: &[u8]) -> Vec<u8> {
    let done = "memory takes all";
    match method {
        8 => {
            let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
            encoder.write_all(content).expect(done);
            encoder.finish().expect(done)
        }
        12 => {
            let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::new(1));
            encoder.write_all(content).expect(done);
            encoder.finish().expect(done)
        }
        14 => {
            let options = liblzma::stream::LzmaOptions::new_preset(1).expect(done);
            let stream = liblzma::stream::Stream::new_lzma_encoder(&options).expect(done);
            let mut encoder = liblzma::write::XzEncoder::new_stream(Vec::new(), stream);
            encoder.write_all(content).expect(done);
            // A .lzma file begins with properties and a size; zip has a version, and no size.
            let lzma = encoder.finish().expect(done);
            [&[9, 4, 5, 0], &lzma[..5], &lzma[13..]].concat()
        }
        93 => zstd::encode_all(content, 3).expect(done),
        95 => {
            let mut encoder = liblzma::write::XzEncoder::new(Vec::new(), 1);
            encoder.write_all(content).expect(done);
            encoder.finish().expect(done)
        }
        _ => content.to_vec(),
    }
}

fn crc(bytes: &[u8]) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(bytes);
    crc.sum()
}

fn le16(out: &mut Vec<u8>, number: usize) {
    out.extend_from_slice(&u16::try_from(number).expect("it is small").to_le_bytes());
}

fn le32(out: &mut Vec<u8>, number: usize) {
    out.extend_from_slice(&u32::try_from(number).expect("it is small").to_le_bytes());
}

/// A zip archive.
pub fn zip(members: &[Member]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for member in members {
        let stored = compress(member.method, &member.content);
        let crc = crc(&member.content) ^ u32::from(member.wrong_crc);
        let flags = member.flags | if member.method == 14 { 2 } else { 0 };
        let start = out.len();
        let follow = flags & SIZES_FOLLOW != 0;
        let sizes = |out: &mut Vec<u8>, known: bool, bytes: usize| {
            for number in [crc as usize, stored.len(), bytes] {
                le32(out, if known { number } else { 0 });
            }
        };
        out.extend_from_slice(b"PK\x03\x04\x14\0");
        le16(&mut out, flags.into());
        le16(&mut out, member.method.into());
        le32(&mut out, 0);
        sizes(&mut out, !follow, member.content.len());
        le16(&mut out, member.name.len());
        le16(&mut out, 0);
        out.extend_from_slice(&member.name);
        out.extend_from_slice(&stored);
        if follow {
            out.extend_from_slice(b"PK\x07\x08");
            sizes(&mut out, true, member.content.len());
        }
        let name = member.central_name.as_ref().unwrap_or(&member.name);
        directory.extend_from_slice(b"PK\x01\x02\x14\x03\x14\0");
        le16(&mut directory, flags.into());
        le16(&mut directory, member.method.into());
        le32(&mut directory, 0);
        le32(&mut directory, crc as usize);
        let bytes = member.stated_bytes.map_or(member.content.len(), |bytes| bytes as usize);
        for number in [stored.len(), bytes] {
            le32(&mut directory, if member.is_wide { u32::MAX as usize } else { number });
        }
        le16(&mut directory, name.len());
        le16(&mut directory, if member.is_wide { 28 } else { 0 });
        directory.extend_from_slice(&[0; 6]);
        directory.extend_from_slice(&(member.unix_mode << 16).to_le_bytes());
        le32(&mut directory, if member.is_wide { u32::MAX as usize } else { start });
        directory.extend_from_slice(name);
        if member.is_wide {
            le16(&mut directory, 1);
            le16(&mut directory, 24);
            for number in [bytes, stored.len(), start] {
                directory.extend_from_slice(&(number as u64).to_le_bytes());
            }
        }
    }
    let start = out.len();
    out.extend_from_slice(&directory);
    end(&mut out, members.len(), directory.len(), start);
    out
}

/// The record that ends an archive.
pub fn end(out: &mut Vec<u8>, members: usize, directory_bytes: usize, directory_start: usize) {
    out.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    le16(out, members);
    le16(out, members);
    le32(out, directory_bytes);
    le32(out, directory_start);
    le16(out, 0);
}

/// A tar archive of files.
pub fn tar<N: AsRef<str>, C: AsRef<[u8]>>(members: &[(N, C)]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, content) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.as_ref().len() as u64);
        header.set_mode(0o644);
        header.set_mtime(1_700_000_000);
        builder.append_data(&mut header, name.as_ref(), Cursor::new(content.as_ref())).expect("memory takes all");
    }
    builder.into_inner().expect("memory takes all")
}

pub fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(content).expect("memory takes all");
    encoder.finish().expect("memory takes all")
}
