//! Checks: what the digits and letters of a value say about it, without looking at its surroundings.
//!
//! In come the characters of one value, out goes whether its checksum, structure or number range is right.
//! A check never looks at text outside the value, never allocates and never panics.

pub mod bank;
pub mod calendar;
pub mod countries;
pub mod hash;
pub mod iban;
pub mod iso7064;
pub mod issuer;
pub mod luhn;
pub mod named;
pub mod ssn;
pub mod tld;
pub mod verhoeff;
pub mod wallet;
pub mod weighted;
