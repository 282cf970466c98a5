//! The TOML form of a settings file. README.md explains each key, `datatrawl settings new` prints one to begin with.
//!
//! A file may hold values of allow lists: no error of it quotes more than a key's name or a name that the form knows.

use serde::de;
use serde::{Deserialize, Deserializer};
use toml::Spanned;
use toml::value::Datetime;
use zeroize::Zeroizing;

use super::Rows;
use crate::model::{Likelihood, Name, Result, Written};

/// A settings file as written. Unknown keys are errors.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SettingsFile {
    pub version: Spanned<i64>,
    pub regions: Option<Vec<Name>>,
    pub min_likelihood: Option<Read<Likelihood>>,
    #[serde(default)]
    pub paths: Paths,
    #[serde(default)]
    pub likelihood: Table<Likelihood>,
    #[serde(default)]
    pub rows: Table<Rows>,
    #[serde(default)]
    pub rules: Vec<RulesEntry>,
    #[serde(default)]
    pub allow: Vec<Spanned<AllowEntry>>,
    pub known: Option<Spanned<KnownTable>>,
}

/// A list of known values.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KnownTable {
    pub file: String,
    #[serde(default)]
    pub columns: std::collections::BTreeMap<String, String>,
    pub subject: Option<String>,
}

/// What is read.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Paths {
    pub include: Vec<Name>,
    pub exclude: Vec<Name>,
}

/// Rules off, or on after all, below paths.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RulesEntry {
    #[serde(default)]
    pub off: Vec<Name>,
    #[serde(default)]
    pub on: Vec<Name>,
    pub paths: Option<Vec<Name>>,
    pub reason: Option<String>,
}

/// Values that are no findings.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AllowEntry {
    pub name: Option<String>,
    pub entities: Option<Vec<Name>>,
    pub paths: Option<Vec<Name>>,
    #[serde(default)]
    pub values: Vec<Hidden>,
    #[serde(default)]
    pub regex: Vec<Spanned<Hidden>>,
    #[serde(default)]
    pub networks: Vec<Spanned<Hidden>>,
    pub tokens: Option<Name>,
    pub reason: String,
    pub expires: Option<Spanned<Datetime>>,
}

/// Text of an allow list. It has no `Debug` and is wiped when dropped.
pub(super) struct Hidden(pub Zeroizing<String>);

impl<'de> Deserialize<'de> for Hidden {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self(text.into()))
    }
}

/// Something that is written as text.
pub(super) struct Read<T>(pub T);

impl<'de, T: std::str::FromStr<Err: std::fmt::Display>> Deserialize<'de> for Read<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map(Self).map_err(de::Error::custom)
    }
}

/// A table by name.
pub(super) struct Table<T>(pub Vec<(Name, T)>);

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: std::str::FromStr<Err: std::fmt::Display>> Deserialize<'de> for Table<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let table = std::collections::BTreeMap::<Name, Read<T>>::deserialize(deserializer)?;
        Ok(Self(table.into_iter().map(|(name, what)| (name, what.0)).collect()))
    }
}

/// Reads the form.
pub(super) fn parse(file: &Written<'_>) -> Result<SettingsFile> {
    let form: SettingsFile = file.parse()?;
    if *form.version.get_ref() != 1 {
        let error = file.wrong(form.version.span(), "expected version = 1");
        return Err(error.hint("this program knows no other form of settings"));
    }
    Ok(form)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        let error = parse(&Written { kind: "settings", name: "x.toml", text }).err().expect("it is wrong");
        format!("{error} | {}", error.advice().unwrap_or(""))
    }

    #[test]
    fn says_where_and_what_is_near() {
        assert_eq!(error("version = 1\nregoins = []\n"), "settings x.toml:2:1: unknown key regoins | did you mean regions?");
        assert_eq!(error("version = 1\n[paths]\nzzz = 1\n"), "settings x.toml:3:1: unknown key zzz | known here: include, exclude");
        assert_eq!(error("regions = []\n"), "settings x.toml:1:1: missing key `version` | ");
        assert!(error("version = 2\n").starts_with("settings x.toml:1:11: expected version = 1 | "));
        assert_eq!(error("version = 1\nregions = = 1\n"), "settings x.toml:2:11: extra `=`, expected nothing | ");
        assert_eq!(error("version = 1\nrows = 7\n"), "settings x.toml:2:8: expected a map | ");
        assert_eq!(error("version = 1\nrows.ip_address = \"few\"\n"), {
            "settings x.toml:2:19: expected all, count, or sample:N with N of 1 or more | "
        });
    }

    #[test]
    fn quotes_no_value_in_any_error() {
        const SECRET: &str = "+63 917 555 0123";
        let entry = |line: &str| format!("version = 1\n[[allow]]\nreason = \"x\"\n{line}\n");
        for line in [
            format!("values = \"{SECRET}\""),
            format!("values = [\"{SECRET}\""),
            format!("values = [\"{SECRET}]"),
            format!("values = [{SECRET}]"),
            format!("values = [\"{SECRET}\" \"{SECRET}\"]"),
            format!("networks = [7, \"{SECRET}\"]"),
            format!("\"{SECRET}\" = 1"),
            format!("{SECRET} = 1"),
            format!("expires = \"{SECRET}\""),
            format!("regex = {{ \"{SECRET}\" = 1 }}"),
            format!("values = [\"\\x {SECRET}\"]"),
            format!("reason = \"{SECRET}\""),
            format!("[rows]\n\"{SECRET}\" = \"{SECRET}\""),
            format!("[likelihood]\nx = \"{SECRET}\""),
            format!("[[allow]]\nreason = {SECRET}"),
        ] {
            let text = entry(&line);
            let told = error(&text);
            for part in ["63 917", "917 555", "0123", "555"] {
                assert!(!told.contains(part), "{line}: {told}");
            }
        }
    }
}
