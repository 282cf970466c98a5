//! Likelihood: the five levels that a score is told as.

use std::fmt;
use std::str::FromStr;

/// How likely it is that a finding is what its entity says, from a score of 0–100.
///
/// `very_unlikely` < 20 ≤ `unlikely` < 40 ≤ `possible` < 60 ≤ `likely` < 85 ≤ `very_likely`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Likelihood {
    /// Below 20.
    VeryUnlikely,
    /// 20 to 39.
    Unlikely,
    /// 40 to 59. The default reporting level.
    Possible,
    /// 60 to 84.
    Likely,
    /// 85 to 100.
    VeryLikely,
}

impl Likelihood {
    /// All levels, lowest first.
    pub const ALL: [Self; 5] = [Self::VeryUnlikely, Self::Unlikely, Self::Possible, Self::Likely, Self::VeryLikely];

    /// Returns the level of a score in hundredths, which is clamped to 0–100.
    #[must_use]
    pub fn of(score: i16) -> Self {
        match score {
            i16::MIN..20 => Self::VeryUnlikely,
            20..40 => Self::Unlikely,
            40..60 => Self::Possible,
            60..85 => Self::Likely,
            85.. => Self::VeryLikely,
        }
    }

    /// Returns the lowest score, in hundredths, that has this level.
    #[must_use]
    pub fn floor(self) -> i16 {
        match self {
            Self::VeryUnlikely => 0,
            Self::Unlikely => 20,
            Self::Possible => 40,
            Self::Likely => 60,
            Self::VeryLikely => 85,
        }
    }

    /// Returns the name used in files and on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::VeryUnlikely => "very_unlikely",
            Self::Unlikely => "unlikely",
            Self::Possible => "possible",
            Self::Likely => "likely",
            Self::VeryLikely => "very_likely",
        }
    }
}

impl fmt::Display for Likelihood {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Likelihood {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|level| level.name() == text)
            .ok_or_else(|| "expected very_unlikely, unlikely, possible, likely or very_likely".to_owned())
    }
}
