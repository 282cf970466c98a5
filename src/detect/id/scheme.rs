//! What a register's or document's number looks like: the vocabulary of the tables beside this file.
//!
//! A scheme says how a number is written, how its characters are checked, and how rarely characters of that shape pass by chance.
//! It sees the characters of one value alone: capitals and digits, without separators.

use crate::pattern::IdCheck;

/// What a scheme says of a value's characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The check digits are right.
    Passed,
    /// The number can exist; it has no check digits, or none that all numbers keep to.
    Plausible,
    /// The number can exist, but it is of a kind whose check digits it has not.
    Unchecked,
    /// The structure is right, the check digits are wrong.
    Wrong,
    /// No such number exists.
    Impossible,
}

/// One way in which a number is written: `9` is a digit, `A` a letter, `X` either, anything else itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct Form {
    pub picture: &'static str,
    /// How rarely anything else is written so, in tenths of bits.
    pub rarity: u16,
    /// Whether it is written without its separators, too.
    pub compact: bool,
}

/// A form that is also written without separators.
pub(super) const fn form(picture: &'static str, rarity: u16) -> Form {
    Form { picture, rarity, compact: true }
}

/// A form that is written so alone.
pub(super) const fn only(picture: &'static str, rarity: u16) -> Form {
    Form { picture, rarity, compact: false }
}

/// Separators of one kind, or one separator.
pub(super) const PLAIN: u16 = 32;
/// Separators that hardly anything else has in these places.
pub(super) const MARKED: u16 = 60;
/// No separators, or some that other numbers have in the same places.
pub(super) const NONE: u16 = 0;

/// Not in running text: only a cell of a named column is read so.
pub(super) const CELL: u16 = u16::MAX;

/// Looks at capitals and digits without separators, of the length and shape of one of the forms.
pub(super) type Judge = fn(&[u8]) -> Outcome;

/// A number of one register or document.
#[derive(Debug)]
pub(super) struct Scheme {
    pub check: IdCheck,
    /// ISO 3166-1 country.
    pub region: Option<[u8; 2]>,
    pub forms: &'static [Form],
    pub judge: Judge,
    /// How rarely other text of the same shape passes, in tenths of bits: 33 is one in ten, 66 one in a hundred.
    pub rarity: u16,
}

/// Whether the structure is right, and with it the check.
pub(super) fn checked(structure: bool, check: bool) -> Outcome {
    match (structure, check) {
        (false, _) => Outcome::Impossible,
        (true, false) => Outcome::Wrong,
        (true, true) => Outcome::Passed,
    }
}

/// Whether the structure is right, where nothing checks it.
pub(super) fn plausible(structure: bool) -> Outcome {
    if structure { Outcome::Plausible } else { Outcome::Impossible }
}

/// Whether the structure is right, where this form of a checked number has no check.
pub(super) fn unchecked(structure: bool) -> Outcome {
    if structure { Outcome::Unchecked } else { Outcome::Impossible }
}
