//! The vocabulary of the whole crate: plain types that every room speaks.
//!
//! Nothing here reads a file, prints, or imports another room.

mod block;
mod candidate;
mod cells;
mod error;
mod id;
mod layout;
mod leaf;
mod likelihood;
pub mod limits;
mod nearest;
mod origin;
mod piece;
mod plain;
mod random;
mod region;
mod sensitive;
mod signal;
mod token_list;
mod treatment;
mod written;

pub use block::{Block, Framing, Mark, Nest, Part, Parts, Section, SectionStyle, Siblings, Table, Under};
pub use candidate::{Candidate, RuleIndex, Verdict};
pub use cells::{CELL_END, CellRun, Cells};
pub use error::{Error, ErrorKind, Result};
pub use id::Id;
pub use layout::{
    ARRAY_MARK, CellText, Change, Column, Field, INSIDE, KEY_SEPARATOR, Layout, MAP_KEY, NO_KEY, Row, Splice, ValueKind, plain_key,
};
pub use leaf::{Leaf, Member, Object, Status};
pub use likelihood::Likelihood;
pub use nearest::nearest;
pub use origin::{Charset, Origin};
pub use piece::Piece;
pub use plain::{base64, plain};
pub use random::{InOrder, Random, ReadAt, Stretch};
pub use region::Region;
pub use sensitive::Sensitive;
pub use signal::{Signal, Signals};
pub use token_list::TokenList;
pub use treatment::{Mask, Normalisation, Sensitivity};
pub use written::{Name, Written};
