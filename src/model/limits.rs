//! Every bound in one place. Units stand in the names.

/// Bytes of content around a block that a rule may look at, and the longest match a rule may have.
pub const MAX_REACH: usize = 4 * 1024;
/// Bytes on either side of a value that its guard token covers.
pub const GUARD_BYTES: usize = 32;
/// Bytes of content that a block owns, unless its last record ends later.
pub const BLOCK_BYTES: usize = 512 * 1024;
/// A record longer than this is examined in pieces.
pub const RECORD_BYTES: usize = 1024 * 1024;
/// Results of one leaf that are held before its column evidence is frozen.
pub const HELD_BYTES: usize = 32 * 1024 * 1024;
/// Records of a leaf whose every cell is measured for `columns.parquet`.
pub const PROFILED_RECORDS: u64 = 10_000;
/// Distinct values of a column that are counted exactly; above it the count is an estimate.
pub const DISTINCT_EXACT: usize = 4_096;
/// Columns of a leaf that have rows of their own; the rest share the row `*`.
pub const COLUMNS: usize = 4_096;
/// Decoded bytes at the start of a leaf that decide its format.
pub const SNIFF_BYTES: usize = 256 * 1024;
/// Nesting of JSON containers that is followed.
pub const JSON_DEPTH: usize = 128;
/// Decoded bytes that one leaf may have.
pub const LEAF_BYTES: u64 = 1 << 42;
/// Decoded bytes per stored byte that a compressed stream may reach once it is past [`RATIO_FREE_BYTES`].
pub const RATIO: u64 = 1_100;
/// Decoded bytes for which the ratio is not looked at.
pub const RATIO_FREE_BYTES: u64 = 64 * 1024 * 1024;
/// Codecs that may wrap one leaf, one inside the other.
pub const CODEC_DEPTH: usize = 8;
/// Log2 of the largest zstd window that is accepted: 128 MiB, which is also the limit of the `zstd` tool.
pub const WINDOW_LOG: u32 = 27;
/// Windows of all decoders that one object may need at a time, one inside the other.
pub const WINDOWS_BYTES: u64 = 192 * 1024 * 1024;
/// Containers that may lie one inside the other.
pub const CONTAINER_DEPTH: usize = 8;
/// Members that one object may have, at all depths together.
pub const MEMBERS: u64 = 1 << 20;
/// Bytes that all members of one object may decode to, at all depths together.
pub const MEMBERS_BYTES: u64 = 1 << 42;
/// Bytes that they may decode to before [`RATIO`] is looked at, once for the whole object.
pub const MEMBERS_FREE_BYTES: u64 = 1 << 30;
/// Bytes of a member's name that are shown; the rest is cut.
pub const MEMBER_NAME_BYTES: usize = 4 * 1024;
/// Bytes of one extended header of a tar archive that are looked at.
pub const TAR_HEADER_BYTES: usize = 1024 * 1024;
/// Bytes of one object that are kept in memory where they must be read out of order.
pub const SPOOL_MEMORY_BYTES: u64 = 64 * 1024 * 1024;
/// Bytes of one object that are kept in temporary files where they must be read out of order and memory does not do.
pub const SPOOL_BYTES: u64 = 4 * 1024 * 1024 * 1024;
/// Keys below one path of a block that keep their names; the rest are called `*`.
pub const SIBLING_KEYS: usize = 256;
/// Bytes of a key on the way to a record of a JSON document that are kept; a longer one is called `*`.
pub const KEY_BYTES: usize = 1024;
/// Nesting of the columns of a schema that is followed.
pub const SCHEMA_DEPTH: usize = 64;
/// Bytes of the footer of a Parquet file, or of one message's head in an Arrow file.
pub const FOOTER_BYTES: u64 = 64 * 1024 * 1024;
/// Decoded bytes of one page of a Parquet file, of one block of an Avro file.
pub const PAGE_BYTES: u64 = 128 * 1024 * 1024;
/// Decoded bytes of the pages of all columns of a Parquet file that are open at a time, with their dictionaries.
pub const PAGES_BYTES: u64 = 1 << 30;
/// Values that one page of a Parquet file may say that it has.
pub const PAGE_VALUES: u64 = 1 << 24;
/// Bytes of one batch of records in an Arrow file, as it is stored and once it is decoded.
pub const BATCH_BYTES: u64 = 1 << 30;
/// Elements that a column of one batch of records may have in its lists.
pub const BATCH_ELEMENTS: usize = 1 << 24;
