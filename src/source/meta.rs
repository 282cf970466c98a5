//! What the file system says of an entry, as an object has it.

use std::fs::{FileType, Metadata};
use std::path::Path;

use super::root::shown;
use crate::model::Object;

/// Makes an object of an entry; without metadata its sizes and times are unknown.
pub(super) fn object(uri: &Path, path: String, meta: Option<&Metadata>) -> Object {
    let place = meta.and_then(identity);
    Object {
        uri: shown(uri.as_os_str()),
        path,
        size: meta.filter(|meta| meta.is_file()).map(Metadata::len),
        modified_us: meta.and_then(modified_us),
        device: place.map(|(device, _)| device),
        inode: place.map(|(_, inode)| inode),
    }
}

/// Returns device and inode, where the system has them.
#[cfg(unix)]
#[must_use]
pub fn identity(meta: &Metadata) -> Option<(i64, i64)> {
    use std::os::unix::fs::MetadataExt;
    Some((meta.dev().cast_signed(), meta.ino().cast_signed()))
}

/// Returns device and inode, where the system has them.
#[cfg(not(unix))]
#[must_use]
pub fn identity(_: &Metadata) -> Option<(i64, i64)> {
    None
}

#[cfg(unix)]
fn modified_us(meta: &Metadata) -> Option<i64> {
    use std::os::unix::fs::MetadataExt;
    meta.mtime().checked_mul(1_000_000)?.checked_add(meta.mtime_nsec() / 1_000)
}

#[cfg(not(unix))]
fn modified_us(meta: &Metadata) -> Option<i64> {
    let since = meta.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
    i64::try_from(since.as_micros()).ok()
}

/// Names what is neither a file, a folder nor a link.
#[cfg(unix)]
pub(super) fn special(kind: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    if kind.is_fifo() {
        "named pipe"
    } else if kind.is_socket() {
        "socket"
    } else if kind.is_block_device() || kind.is_char_device() {
        "device"
    } else {
        "special file"
    }
}

/// Names what is neither a file, a folder nor a link.
#[cfg(not(unix))]
pub(super) fn special(_: FileType) -> &'static str {
    "special file"
}
