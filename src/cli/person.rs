//! Names of people who do something, as a ledger keeps them.

use crate::model::{Error, ErrorKind, Result};

/// Longest name, in bytes.
const LONGEST: usize = 200;

/// Checks a name that an option gives.
pub(super) fn named(option: &str, name: &str) -> Result<String> {
    if name.trim().is_empty() || name.len() > LONGEST || name.chars().any(char::is_control) {
        let what = format!("{option} is a name of 1 to {LONGEST} bytes, without control characters");
        return Err(Error::new(ErrorKind::Usage, what));
    }
    Ok(name.to_owned())
}
