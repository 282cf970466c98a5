//! Parquet pages of `findings`, written without Arrow: columns come in as plain values, encoded column chunks go out.
//!
//! What makes it cheap: a word is a small number from the start, rows that share a value share a run, and ids are never text.
//! The `parquet` crate writes the footer.

mod bits;
mod chunk;
mod delta;
mod file;
mod flags;
mod frame;
mod ids;
mod numbers;
mod pairs;
mod runs;
mod sequences;
mod signals;
#[cfg(test)]
mod tests;
mod texts;
mod words;

pub(super) use chunk::{Bounds, Closed, Packer};
pub(super) use file::PageFile;
pub(super) use flags::Flags;
pub(super) use frame::Frames;
pub(super) use ids::Ids;
pub(super) use numbers::Numbers;
pub(super) use pairs::Pairs;
pub(super) use runs::Runs;
pub(super) use signals::SignalWords;
pub(super) use texts::Texts;
pub(super) use words::{KeyedWords, Words};
