//! The TOML form of a pattern. `patterns/README.md` is its guide.

use serde::Deserialize;

use super::id_check::IdCheck;
use crate::model::{Error, ErrorKind, Mask, Normalisation, Result, Sensitivity};

/// A pattern file as written. Unknown keys are errors.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PatternFile {
    /// Name of the rule; a later file with the same id replaces an earlier one.
    pub id: String,
    /// Raised whenever what the rule finds changes.
    pub version: i32,
    /// Entity of its findings.
    pub entity: String,
    /// Fideslang data category, such as `user.financial.credit_card`.
    pub category: String,
    /// How much harm a leaked value does.
    pub sensitivity: Sensitivity,
    /// What it finds, in one line.
    pub summary: String,
    /// Official definitions of the format and its check.
    #[serde(default)]
    pub sources: Vec<String>,
    /// Texts in which each `«value»` must be found at `possible` or above.
    #[serde(default)]
    pub examples: Vec<String>,
    /// Texts in which nothing of this rule may be found at `possible` or above.
    #[serde(default)]
    pub counter_examples: Vec<String>,
    /// How it is found.
    pub find: Find,
    /// How values are treated.
    pub value: Value,
    /// Deltas, in hundredths.
    #[serde(default)]
    pub score: Deltas,
    /// Words in the text around a value.
    #[serde(default)]
    pub words: Words,
    /// Names of columns and keys.
    #[serde(default)]
    pub columns: Names,
}

/// How a rule finds its values: at least one of the three.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Find {
    /// A matcher of ours, for what a regular expression cannot say.
    pub by: Option<Matcher>,
    /// A regular expression over bytes, in the syntax of the `regex` crate without Unicode classes.
    pub expression: Option<String>,
    /// Looks at whole cells of columns and keys whose names match `columns.for`.
    pub cells: Option<CellMatcher>,
    /// Which number [`Matcher::Id`] and [`CellMatcher::Id`] look for.
    pub check: Option<IdCheck>,
    /// Keeps the expression to whole cells: running text is not looked at.
    #[serde(default)]
    pub cells_only: bool,
    /// Words behind which the value stands: the expression, or the matcher, is tried there and nowhere else.
    #[serde(default)]
    pub labels: Vec<String>,
    /// Asks for a `:` or `=` between label and value.
    #[serde(default)]
    pub assigned: bool,
    /// Asks that the lists of given names and surnames know a word of the value ([`Matcher::NameBehind`], [`Matcher::NameAnnounced`]).
    #[serde(default)]
    pub listed: Listed,
    /// Takes a text of its own that is nothing but a value, as a cell; letters that could be a word are none.
    #[serde(default)]
    pub alone: bool,
    /// Takes what stands behind a card number for a value, too.
    pub beside: Option<Beside>,
    /// What a value that the expression matches must also keep to.
    pub form: Option<Check>,
    /// Allows an expression that no prefilter serves, at the price of a pass over all input.
    #[serde(default)]
    pub slow: bool,
}

/// The matchers in `detect`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Matcher {
    /// Payment card numbers: digit runs, issuers, Luhn.
    Card,
    /// Phone numbers: digit runs, number plans.
    Phone,
    /// E-mail addresses, from the `@` outward.
    Email,
    /// IPv4 and IPv6.
    Ip,
    /// International bank account numbers: mod 97 and the structure of each country.
    Iban,
    /// US social security numbers.
    Ssn,
    /// Postal addresses.
    Address,
    /// Numbers of registers and documents: the one that `find.check` names.
    Id,
    /// Hardware addresses: pairs or fours of hex digits.
    Mac,
    /// Dates behind words that say that they are of a birth.
    BirthDate,
    /// IMEI numbers: digit runs, reporting body, Luhn.
    Imei,
    /// Serial numbers of SIM cards: digit runs, 89, Luhn.
    Iccid,
    /// Bank accounts in forms that a country checks: CBU, New Zealand, Czech Republic, Norway.
    Account,
    /// What browsers and HTTP clients call themselves.
    UserAgent,
    /// Data of a card's magnetic stripe.
    Track,
    /// Coordinates that stand together.
    Gps,
    /// Addresses of crypto currencies, by their check sums.
    Crypto,
    /// JSON web tokens.
    Jwt,
    /// Passwords in URLs.
    UrlAuth,
    /// Names of persons in sentences: words of the lists of names.
    NameInText,
    /// Names of persons in any case behind words that announce one (with labels).
    NameBehind,
    /// Names of persons that begin with a capital behind words that announce one (with labels).
    NameAnnounced,
}

/// Whether the lists of names must know a word of a name behind a label.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Listed {
    /// No: the label says enough.
    #[default]
    No,
    /// Yes.
    Always,
    /// Yes, unless one word with a capital stands before a comma, as in a greeting.
    UnlessComma,
}

/// What may stand behind a card number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Beside {
    /// Its expiry, where a verification value follows.
    CardExpiry,
    /// Its verification value, behind an expiry.
    CardCode,
}

impl Matcher {
    /// Says whether it reads what stands behind a label, and so needs labels.
    #[must_use]
    pub fn needs_labels(self) -> bool {
        matches!(self, Self::BirthDate | Self::NameBehind | Self::NameAnnounced)
    }
}

/// Checks that an expression cannot make. Each names its source where it is written, in `detect`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// The Luhn check digit.
    Luhn,
    /// An IMEI: reporting body and Luhn digit, or an IMEISV.
    Imei,
    /// An IMSI: a mobile country code that is assigned.
    Imsi,
    /// The serial number of a SIM card: 89, a calling code, Luhn.
    Iccid,
    /// A US routing number: prefix and check digit.
    UsRouting,
    /// A BIC: its country.
    Bic,
    /// A CLABE: its check digit.
    Clabe,
    /// No placeholder, mask or name of a variable.
    Secret,
    /// Not one digit or character throughout.
    Varied,
    /// Hex digits that are not all zero or one digit.
    Identifier,
    /// An account number: digits that vary, no date.
    Account,
    /// A word or name: nothing that stands where there is none.
    Word,
    /// A token: digits and letters, no word.
    Token,
    /// Digits, small letters and capitals.
    Mixed,
    /// A masked card number: four digits at its end, at least two characters masked.
    Truncated,
    /// A handle: a letter, and no word for nobody.
    Handle,
    /// Coordinates, a plus code or a geohash: digits among letters.
    Place,
}

/// The matchers for whole cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CellMatcher {
    /// A phone number, also one that a spreadsheet ruined.
    Phone,
    /// Nine digits.
    Ssn,
    /// An international bank account number, also in small letters.
    Iban,
    /// A street line or a whole address.
    Address,
    /// A person's name.
    PersonName,
    /// A plausible date of birth.
    BirthDate,
    /// The number that `find.check` names.
    Id,
    /// A hardware address, also without separators.
    Mac,
    /// What a browser or HTTP client calls itself.
    UserAgent,
    /// The rule's own expression over the whole cell.
    Expression,
}

/// How values are treated.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Value {
    /// The form that tokens are made of.
    pub normalise: Normalisation,
    /// What a preview may show.
    pub mask: Mask,
}

/// Deltas in hundredths. Those that a rule does not state have these defaults.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Deltas {
    /// Where a candidate starts.
    pub base: i8,
    /// A word for it stands near.
    pub keyword: i8,
    /// A word against it stands near.
    pub keyword_against: i8,
    /// The column's name speaks for it.
    pub column: i8,
    /// The column's name speaks against it.
    pub column_against: i8,
    /// Most values of the column match.
    pub column_match: i8,
    /// Few values of the column match.
    pub column_mismatch: i8,
    /// The column counts up.
    pub column_sequence: i8,
    /// A whole cell of a named column passed the cell matcher.
    pub cell: i8,
    /// The column has a name of `columns.beside`, and stands beside contact data.
    pub siblings: i8,
    /// The column has a name of `columns.maybe`, or one of `columns.beside` with no contact data beside it.
    pub column_maybe: i8,
}

impl Default for Deltas {
    fn default() -> Self {
        Self {
            base: 40,
            keyword: 35,
            keyword_against: -20,
            column: 35,
            column_against: -20,
            column_match: 10,
            column_mismatch: -10,
            column_sequence: -40,
            cell: 20,
            siblings: 20,
            column_maybe: 15,
        }
    }
}

/// Words or names for and against a rule. `credit card` matches `credit_card`, `creditCard` and `creditcard`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Words {
    /// They raise.
    #[serde(rename = "for")]
    pub speak_for: Vec<String>,
    /// They lower, and never erase.
    #[serde(rename = "against")]
    pub speak_against: Vec<String>,
}

/// Names of columns and keys, by what they say.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Names {
    /// They raise, and whole cells below them are looked at.
    #[serde(rename = "for")]
    pub speak_for: Vec<String>,
    /// They lower, and never erase.
    #[serde(rename = "against")]
    pub speak_against: Vec<String>,
    /// They say little: they count where a column beside them speaks for contact data or a government id.
    pub beside: Vec<String>,
    /// They say little: cells count where they, and their column, look like the entity's values.
    pub maybe: Vec<String>,
}

impl PatternFile {
    /// Reads the text of a pattern file; `name` is where it came from.
    ///
    /// # Errors
    /// `Pattern`, with the line and column, where the text is not TOML or has a key that the form does not know.
    pub fn parse(name: &str, text: &str) -> Result<Self> {
        toml::from_str(text).map_err(|e| {
            let at = e.span().map_or(String::new(), |span| {
                let before = &text[..span.start.min(text.len())];
                let line = before.matches('\n').count() + 1;
                let column = before.len() - before.rfind('\n').map_or(0, |n| n + 1) + 1;
                format!(":{line}:{column}")
            });
            Error::new(ErrorKind::Pattern, format!("pattern {name}{at}: {}", e.message()))
        })
    }
}
