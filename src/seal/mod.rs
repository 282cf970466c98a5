//! Files that only the holder of a key can read, in the format of age (<https://age-encryption.org/v1>), so that `age` reads them, too.
//!
//! In come bytes and the recipient; out goes a file for that recipient alone. Of the format's ways to wrap a key there is X25519
//! here and no other; what is not understood is not opened. Keys are wiped from memory behind their use.
//!
//! The `age` crate does the same with some ninety crates more, for the most part to translate its messages. The primitives are those of
//! crates all the same; what is here is how they are put together, and it is held to files that `age` made.

mod bech32;
mod derive;
mod header;
mod keys;
mod stream;
#[cfg(test)]
mod tests;

pub use keys::{Identity, Recipient};
pub use stream::{Sealer, Unsealer};
