//! Rows of `objects`.

use std::path::Path;

use super::rows::{Rows, columns};
use super::unreadable;
use crate::model::{Id, Result};

/// A row of `objects`.
pub struct ObjectRow {
    /// Its id.
    pub object_id: Id,
    /// How it was opened, from the folder that is given.
    pub opened: String,
    /// Path below its root.
    pub path: String,
    /// Path inside a container.
    pub member: Option<String>,
    /// Stored bytes.
    pub size: Option<i64>,
    /// Last modification.
    pub modified_us: Option<i64>,
    /// Device.
    pub device: Option<i64>,
    /// Number on the device.
    pub inode: Option<i64>,
    /// Keyed digest of its bytes.
    pub content_token: Option<String>,
    /// How it was read.
    pub format: String,
    /// Character set.
    pub charset: Option<String>,
    /// Codecs that were undone.
    pub codecs: Vec<String>,
    /// `key=value` folders of the path.
    pub partitions: Vec<(String, String)>,
    /// Whether it was read in full.
    pub status: String,
    /// Why not.
    pub reason: Option<String>,
}

impl ObjectRow {
    /// The path with the member, as findings and policies have it.
    #[must_use]
    pub fn place(&self) -> String {
        self.member.as_ref().map_or_else(|| self.path.clone(), |member| format!("{}!{member}", self.path))
    }
}

/// Reads `objects` whole. `base`: the folder that relative paths go from.
///
/// # Errors
/// `Run` where it is not what a scan writes.
pub fn objects(path: &Path, base: &Path) -> Result<Vec<ObjectRow>> {
    let names = [
        "object_id", "uri", "path", "member", "size", "modified", "device", "inode", "content_token", "format", "charset", "codecs",
        "partitions", "status", "reason",
    ];
    let mut out = Vec::new();
    for batch in columns(path, &names, None)? {
        let batch = batch.map_err(|error| unreadable(path, &error))?;
        let rows = Rows { path, batch: &batch };
        for row in 0..batch.num_rows() {
            let text = |name: &str| rows.text(name, row);
            out.push(ObjectRow {
                object_id: rows.id("object_id", row)?.unwrap_or(Id::NONE),
                opened: base.join(text("uri")?.unwrap_or_default()).to_string_lossy().into_owned(),
                path: text("path")?.unwrap_or_default(),
                member: text("member")?,
                size: rows.long("size", row)?,
                modified_us: rows.long("modified", row)?,
                device: rows.long("device", row)?,
                inode: rows.long("inode", row)?,
                content_token: text("content_token")?,
                format: text("format")?.unwrap_or_default(),
                charset: text("charset")?,
                codecs: rows.list("codecs", row)?,
                partitions: rows.pairs("partitions", row)?,
                status: text("status")?.unwrap_or_default(),
                reason: text("reason")?,
            });
        }
    }
    Ok(out)
}
