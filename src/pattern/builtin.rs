//! The pattern files that are compiled in: `build.rs` lists `patterns/**/*.toml` by path.

/// Path under `patterns/` and text of each compiled-in pattern file, sorted by path.
pub const BUILTIN: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/builtin.rs"));
