//! How a value is treated once it is found: normalised for its token, masked for its preview, ranked.

use serde::Deserialize;

/// How much harm a leaked value does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sensitivity {
    /// Little on its own.
    Low,
    /// Contact data and the like.
    Medium,
    /// Financial data, government ids, dates of birth.
    High,
    /// What must not be stored at all, such as card verification values (PCI DSS 3.3).
    Prohibited,
}

impl Sensitivity {
    /// Returns the name used in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Prohibited => "prohibited",
        }
    }
}

/// How a value is brought to the one form that its token is made of. The name carries a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
pub enum Normalisation {
    /// `+` and digits of ITU-T E.164, without extension; where no region is known, [`Normalisation::PhoneNational`].
    #[serde(rename = "phone-e164/1")]
    PhoneE164,
    /// The digits alone, for numbers of no known region.
    #[serde(rename = "phone-national/1")]
    PhoneNational,
    /// The digits of a card number.
    #[serde(rename = "pan-digits/1")]
    PanDigits,
    /// Unicode lower case.
    #[serde(rename = "email-lower/1")]
    EmailLower,
    /// The text form of RFC 5952, mapped IPv4 as IPv4.
    #[serde(rename = "ip-text/1")]
    IpText,
    /// Capitals and digits without separators.
    #[serde(rename = "iban-compact/1")]
    IbanCompact,
    /// Letters in capitals and digits, nothing else.
    #[serde(rename = "alnum-upper/1")]
    AlnumUpper,
    /// The digits alone.
    #[serde(rename = "digits/1")]
    Digits,
    /// Unicode lower case; everything but letters and digits becomes one space.
    #[serde(rename = "text-fold/1")]
    TextFold,
    /// `YYYY-MM-DD`; where day and month cannot be told apart, as [`Normalisation::TextFold`].
    #[serde(rename = "date-iso/1")]
    DateIso,
    /// The bytes as they are.
    #[serde(rename = "exact/1")]
    Exact,
}

impl Normalisation {
    /// Returns the name used in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::PhoneE164 => "phone-e164/1",
            Self::PhoneNational => "phone-national/1",
            Self::PanDigits => "pan-digits/1",
            Self::EmailLower => "email-lower/1",
            Self::IpText => "ip-text/1",
            Self::IbanCompact => "iban-compact/1",
            Self::AlnumUpper => "alnum-upper/1",
            Self::Digits => "digits/1",
            Self::TextFold => "text-fold/1",
            Self::DateIso => "date-iso/1",
            Self::Exact => "exact/1",
        }
    }
}

/// What of a value its preview may show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mask {
    /// Nothing: the preview is empty.
    Hidden,
    /// The first letter of an e-mail's local part and its top-level domain.
    Email,
    /// The last two digits.
    Last2,
    /// The last four digits; fewer where more than half of the digits would show.
    Last4,
    /// The network part of an address.
    Network,
    /// The first letter of each word.
    Initials,
    /// The year of a date.
    Year,
    /// The first two characters, which tell the country of an IBAN.
    Country,
}
