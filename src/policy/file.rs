//! The TOML form of a policy. `datatrawl policy new` prints one to begin with, `datatrawl policy schema` its JSON schema.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use crate::model::{Name, Result, Written};

/// A datatrawl policy: what may be kept, for how long, and what is done with what may not.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PolicyFile {
    /// Version of this form: 1.
    #[schemars(with = "i64", range(min = 1, max = 1))]
    pub version: Spanned<i64>,
    pub policy: About,
    #[serde(default)]
    pub guard: GuardForm,
    #[serde(default)]
    pub purpose: Vec<PurposeForm>,
    #[serde(default)]
    pub recipient: Vec<RecipientForm>,
    #[serde(default)]
    pub dataset: Vec<DatasetForm>,
    #[serde(default)]
    pub rule: Vec<RuleForm>,
    #[serde(default)]
    pub backup: Vec<BackupForm>,
    #[serde(default)]
    pub hold: Vec<HoldForm>,
}

/// The policy itself.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct About {
    /// Name of the policy.
    #[schemars(with = "String")]
    pub id: Name,
    /// The day on which the published policy was last modified.
    #[schemars(with = "String")]
    pub modified: Spanned<Datetime>,
    /// Time zone of calendar spans and of times without an offset: a name of the IANA time zone database.
    #[schemars(with = "String")]
    pub timezone: Name,
    /// Countries whose national forms of phone numbers count, most important first (ISO 3166-1 alpha-2).
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub regions: Vec<Name>,
    /// What becomes of records without a time, or with one in the future: they are reported and kept.
    #[serde(default)]
    #[expect(dead_code, reason = "there is one choice: the form makes sure that no other is asked for")]
    pub unknown_age: OnlyReport,
    /// What becomes of files whose only clock is their time of modification.
    #[serde(default)]
    #[expect(dead_code, reason = "as above")]
    pub weak_clock: OnlyReport,
    /// What files are that belong to no dataset.
    #[serde(default)]
    pub unassigned: Unassigned,
}

/// Nothing is ever deleted on what is not known: there is one choice.
#[derive(Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum OnlyReport {
    #[default]
    Report,
}

/// What a file is that belongs to no dataset.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Unassigned {
    /// A violation of the policy.
    #[default]
    Violation,
    /// Named in plans.
    Report,
    /// Left alone without a word.
    Ignore,
}

/// Limits of what one plan may do to one dataset.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GuardForm {
    /// Records of a dataset that a plan may drop, in percent; without it 5.
    #[schemars(with = "Option<f64>", range(min = 0, max = 100))]
    pub max_records_percent: Option<Spanned<f64>>,
    /// Files of a dataset that a plan may change; without it 500.
    #[schemars(with = "Option<i64>", range(min = 1))]
    pub max_files: Option<Spanned<i64>>,
    /// People other than the operator who must approve a plan before it is carried out; without it none.
    #[schemars(with = "Option<i64>", range(min = 0, max = 9))]
    pub approvals: Option<Spanned<i64>>,
    /// How long originals are kept, encrypted: an ISO 8601 duration.
    #[schemars(with = "Option<String>")]
    pub quarantine: Option<Name>,
    /// The same for files in which something of payment cards goes; without it their originals are not kept.
    #[schemars(with = "Option<String>")]
    pub quarantine_cards: Option<Name>,
    /// The same for files in which something goes that a person asked to be erased; without it their originals are not kept.
    #[schemars(with = "Option<String>")]
    pub quarantine_erasures: Option<Name>,
    /// The age recipient that originals are encrypted to.
    #[schemars(with = "Option<String>")]
    pub quarantine_recipient: Option<Name>,
}

/// A purpose that data is kept for.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PurposeForm {
    #[schemars(with = "String")]
    pub id: Name,
    /// Fideslang data use.
    #[serde(rename = "use")]
    pub data_use: String,
    /// Lawful basis, such as `contract` or `consent`.
    pub lawful_basis: Option<String>,
    /// Who gets data for it.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub recipients: Vec<Name>,
}

/// Someone who gets data.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RecipientForm {
    #[schemars(with = "String")]
    pub id: Name,
    /// Fideslang categories that they may get.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub allow: Vec<Name>,
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub purposes: Vec<Name>,
}

/// Files, or tables in dumps, that belong together.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DatasetForm {
    #[schemars(with = "String")]
    pub id: Name,
    pub owner: Option<String>,
    /// Globs of its files, below the scanned root.
    #[serde(default, rename = "match")]
    #[schemars(with = "Vec<String>")]
    pub files: Vec<Name>,
    /// Its tables in dumps: a glob of files, a colon, the table.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub tables: Vec<Name>,
    /// Where the original is that these files are a copy of.
    pub origin: Option<String>,
    /// Columns that tell its records apart.
    #[serde(default)]
    pub key: Vec<String>,
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub purposes: Vec<Name>,
    /// Fideslang categories that it may hold; anything else found in it is a violation.
    #[schemars(with = "Option<Vec<String>>")]
    pub allow: Option<Vec<Name>>,
    #[serde(default)]
    pub references: Vec<ReferenceForm>,
    /// What says how old a record is; the first that answers counts.
    #[serde(default)]
    #[schemars(with = "Vec<ClockForm>")]
    pub clock: Vec<Spanned<ClockForm>>,
    /// The people that a record speaks of.
    #[serde(default)]
    pub person: Vec<PersonForm>,
    pub consent: Option<ConsentForm>,
    pub guard: Option<GuardForm>,
}

/// A column that names records of another dataset.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReferenceForm {
    pub from: String,
    /// Dataset, a dot, column.
    #[schemars(with = "String")]
    pub to: Name,
}

/// One person of a record.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PersonForm {
    /// Such as `customer`, `rider`, `third_party`.
    #[schemars(with = "String")]
    pub role: Name,
    /// Columns that hold this person's data.
    #[serde(default)]
    pub columns: Vec<String>,
    /// Columns that say who it is, by entity.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, String>")]
    pub identity: BTreeMap<Name, String>,
}

/// Records whose person agreed.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ConsentForm {
    pub column: String,
    pub equals: Scalar,
}

/// Something that says how old a record is.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ClockForm {
    /// `column`, `log`, `partition`, `path`, `event` or `mtime`.
    #[schemars(with = "String")]
    pub kind: Name,
    /// Of `column` and `event`: the column, or the path of keys joined by dots.
    pub name: Option<String>,
    /// Of `partition`: its key, such as `dt`.
    pub key: Option<String>,
    /// Of `path`: an expression whose first group holds the time.
    #[schemars(with = "Option<String>")]
    pub regex: Option<Name>,
    /// `iso`, `clf`, or conversions of strptime such as `%d/%m/%Y`; without it ISO 8601.
    #[schemars(with = "Option<String>")]
    pub format: Option<Name>,
    /// Of numbers: `s`, `ms` or `us` since 1970.
    #[schemars(with = "Option<String>")]
    pub unit: Option<Name>,
    /// Time zone of times without an offset; without it the policy's.
    #[schemars(with = "Option<String>")]
    pub zone: Option<Name>,
    /// Of `event`: the dataset that holds the event.
    #[schemars(with = "Option<String>")]
    pub dataset: Option<Name>,
    /// Of `event`: the column of both datasets that joins them.
    pub on: Option<String>,
}

/// A text, number or truth value to compare a cell with.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Scalar {
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Another number.
    Float(f64),
    /// A text.
    Text(String),
}

/// One text or number, or several of which one must be it.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum OneOrMore {
    One(Scalar),
    More(Vec<Scalar>),
}

/// What is done with what, and when.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleForm {
    #[schemars(with = "String")]
    pub id: Name,
    /// A dataset, or `*` for all.
    #[schemars(with = "String")]
    pub dataset: Name,
    /// Whose data, among the dataset's people; without it everyone's.
    #[schemars(with = "Option<String>")]
    pub role: Option<Name>,
    /// Acts on findings of these entities.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub entities: Vec<Name>,
    /// Acts on findings of these Fideslang categories.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub categories: Vec<Name>,
    /// Acts on whole cells of these columns.
    #[serde(default)]
    pub columns: Vec<String>,
    /// Only in records in which these columns say so.
    #[serde(default, rename = "where")]
    pub filter: BTreeMap<String, OneOrMore>,
    /// Only where the purpose's consent is not given.
    #[serde(default)]
    pub without_consent: bool,
    /// When: this long after the record's time. An ISO 8601 duration, reckoned in the calendar.
    #[schemars(with = "String")]
    pub after: Name,
    /// Not before this long after the record's time, whatever else says so.
    #[schemars(with = "Option<String>")]
    pub min_keep: Option<Name>,
    #[schemars(with = "ActionName")]
    pub action: Spanned<ActionName>,
    /// Of `mask`: how many characters stay at the end; of `pan_truncate`: how many of the last digits, up to 4.
    #[schemars(with = "Option<i64>", range(min = 0))]
    pub keep: Option<Spanned<i64>>,
    /// Of `replace`: the text that is written.
    pub with: Option<String>,
    /// Lowest likelihood of findings that it acts on.
    #[schemars(with = "Option<String>")]
    pub min_likelihood: Option<Name>,
    /// Which of two record rules that may meet counts: the higher.
    pub priority: Option<i64>,
    /// What an erasure request does meanwhile.
    #[schemars(with = "Option<ActionName>")]
    pub on_request: Option<Spanned<ActionName>>,
    /// Lets the time of modification of a file say how old its records are.
    #[serde(default)]
    pub accept_weak_clock: bool,
    /// Says that every record of the dataset is meant, whatever its age.
    #[serde(default)]
    pub all_records: bool,
    /// Why a finding of it is an incident.
    pub incident: Option<String>,
}

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ActionName {
    /// The file goes.
    DropFile,
    /// The record goes.
    DropRecord,
    /// The cell becomes empty, or null where the format has one.
    Null,
    /// The value becomes the name of its entity in brackets.
    Redact,
    /// Another text takes its place.
    Replace,
    /// All but the last characters become `*`.
    Mask,
    /// All but the last four digits of a card number become `*`.
    PanTruncate,
    /// A date becomes its month, an address of the Internet Protocol its network, coordinates two decimals.
    Generalise,
    /// A keyed token takes its place. It stays personal data.
    Token,
}

impl ActionName {
    /// All of them, the strictest first.
    pub const ALL: [Self; 9] = [
        Self::DropFile,
        Self::DropRecord,
        Self::Null,
        Self::Redact,
        Self::Replace,
        Self::Mask,
        Self::PanTruncate,
        Self::Generalise,
        Self::Token,
    ];

    /// Returns the name used in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::DropFile => "drop_file",
            Self::DropRecord => "drop_record",
            Self::Null => "null",
            Self::Redact => "redact",
            Self::Replace => "replace",
            Self::Mask => "mask",
            Self::PanTruncate => "pan_truncate",
            Self::Generalise => "generalise",
            Self::Token => "token",
        }
    }

    /// Whether it changes a value and keeps the record.
    #[must_use]
    pub fn edits(self) -> bool {
        !matches!(self, Self::DropFile | Self::DropRecord)
    }
}

/// Backups that still hold what was deleted.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct BackupForm {
    #[schemars(with = "Vec<String>")]
    pub datasets: Vec<Name>,
    /// How long a backup is kept.
    #[schemars(with = "String")]
    pub expires: Name,
}

/// A legal hold: what it names is kept.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct HoldForm {
    #[schemars(with = "String")]
    pub id: Name,
    /// Datasets that it holds; without it all.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub datasets: Vec<Name>,
    /// A list that `datatrawl token --list` made, of the people whose records it holds; without it everyone's.
    #[schemars(with = "Option<String>")]
    pub subjects_file: Option<Name>,
    #[schemars(with = "String")]
    pub opened: Spanned<Datetime>,
    /// When someone must look at it again; it holds on after that day.
    #[schemars(with = "Option<String>")]
    pub review_by: Option<Spanned<Datetime>>,
    /// The day from which it no longer holds.
    #[schemars(with = "Option<String>")]
    pub released: Option<Spanned<Datetime>>,
    /// Who released it.
    pub by: Option<String>,
}

/// Reads the form.
pub(super) fn parse(file: &Written<'_>) -> Result<PolicyFile> {
    let form: PolicyFile = file.parse()?;
    if *form.version.get_ref() != 1 {
        let error = file.wrong(form.version.span(), "expected version = 1");
        return Err(error.hint("this program knows no other form of policies"));
    }
    Ok(form)
}

/// Returns the JSON schema of policies.
#[must_use]
pub fn schema() -> schemars::Schema {
    schemars::schema_for!(PolicyFile)
}
