//! Matched bytes. They leave this type only through [`Sensitive::expose`], in `detect`, `score` and `finding`.

/// Bytes that a rule matched. It has no `Debug`, `Display` or `Serialize`, so that a value cannot be printed by accident.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Sensitive<'a>(&'a [u8]);

impl<'a> Sensitive<'a> {
    /// Wraps matched bytes.
    #[must_use]
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// Hands the bytes out, to be normalised, masked or checked. They must not be stored or printed.
    #[must_use]
    pub const fn expose(self) -> &'a [u8] {
        self.0
    }

    /// Returns the length in bytes.
    #[must_use]
    pub const fn len(self) -> usize {
        self.0.len()
    }

    /// Says whether there are no bytes.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0.is_empty()
    }
}
