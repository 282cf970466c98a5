//! How many rows the findings of an entity have in a leaf. All are counted, whatever this says.

use std::fmt;
use std::str::FromStr;

/// Rows that findings of an entity may have in each leaf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    /// One each.
    All,
    /// The first so many in the leaf.
    Sample(u64),
    /// None.
    Count,
}

impl Rows {
    /// Returns the most rows that a leaf may have; none: there is no limit.
    #[must_use]
    pub fn limit(self) -> Option<i64> {
        match self {
            Self::All => None,
            Self::Sample(rows) => Some(i64::try_from(rows).unwrap_or(i64::MAX)),
            Self::Count => Some(0),
        }
    }
}

impl fmt::Display for Rows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("all"),
            Self::Sample(rows) => write!(f, "sample:{rows}"),
            Self::Count => f.write_str("count"),
        }
    }
}

impl FromStr for Rows {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match (text, text.strip_prefix("sample:").map(str::parse)) {
            ("all", _) => Ok(Self::All),
            ("count", _) => Ok(Self::Count),
            (_, Some(Ok(rows))) if rows > 0 => Ok(Self::Sample(rows)),
            _ => Err("expected all, count, or sample:N with N of 1 or more"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes_and_nothing_else() {
        for rows in [Rows::All, Rows::Count, Rows::Sample(1), Rows::Sample(u64::MAX)] {
            assert_eq!(rows.to_string().parse(), Ok(rows));
        }
        for wrong in ["", "none", "sample", "sample:", "sample:0", "sample:-1", "sample:1.5", "ALL"] {
            assert!(wrong.parse::<Rows>().is_err(), "{wrong}");
        }
    }
}
