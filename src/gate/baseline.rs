//! Baselines: findings that were accepted, as lines of a file that stands beside the data.
//!
//! The first line says by which key ids are made: of a salt that it holds, or of a key of the organisation. Then one JSON object a line,
//! sorted by path, rule and id, so that versions of it can be compared and joined. It holds no value: an id is a keyed hash.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::model::{Error, ErrorKind, Id, Result, nearest};
use crate::report::Found;

/// By which key the ids of a baseline are made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Made {
    /// A salt in the file, 64 hex digits.
    Salt(String),
    /// A key that is kept elsewhere, by its public name.
    Key(String),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    datatrawl_baseline: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    salt: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    key_id: Option<String>,
}

/// Findings of one id that were accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Path, with the member, below the folder that the gate is called in.
    pub path: String,
    /// Column or key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// Rule.
    pub rule: String,
    /// Its version: of another one the entry does not hold.
    pub rule_version: i64,
    /// Id of the findings.
    pub finding_id: String,
    /// So many are accepted, more are new.
    pub count: u64,
    /// Why.
    pub reason: String,
    /// Who says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// The last day on which it holds.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "day")]
    pub expires: Option<Date>,
}

/// A day, as `YYYY-MM-DD`.
mod day {
    use jiff::civil::Date;
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    pub(super) fn serialize<S: Serializer>(day: &Option<Date>, to: S) -> Result<S::Ok, S::Error> {
        match day {
            Some(day) => to.serialize_str(&day.to_string()),
            None => to.serialize_none(),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Date>, D::Error> {
        let text = Option::<String>::deserialize(from)?;
        text.map(|text| text.parse().map_err(|_| D::Error::custom("expires: expected YYYY-MM-DD"))).transpose()
    }
}

/// A baseline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Baseline {
    /// By which key its ids are made.
    pub made: Made,
    /// Its entries.
    pub entries: Vec<Entry>,
}

impl Baseline {
    /// Reads a baseline; `name` is where it came from.
    ///
    /// # Errors
    /// `Usage`, with the line, where it is not of the form.
    pub fn parse(name: &str, text: &str) -> Result<Self> {
        let wrong = |line: usize, what: &str| {
            Error::new(ErrorKind::Usage, format!("baseline {name}:{line}: {what}")).hint("datatrawl baseline create makes one")
        };
        let mut lines = text.lines().enumerate();
        let head = lines.next().and_then(|(_, line)| serde_json::from_str::<Head>(line).ok());
        let made = head.filter(|head| head.datatrawl_baseline == 1).and_then(|head| match (head.salt, head.key_id) {
            (Some(salt), None) if salt.len() == 64 && salt.bytes().all(|b| b.is_ascii_hexdigit()) => Some(Made::Salt(salt)),
            (None, Some(key_id)) if key_id.parse::<Id>().is_ok() => Some(Made::Key(key_id)),
            _ => None,
        });
        let made = made.ok_or_else(|| wrong(1, "expected {\"datatrawl_baseline\":1} with a salt or a key_id"))?;
        let mut entries: Vec<Entry> = Vec::new();
        let mut seen: HashMap<String, usize> = HashMap::new();
        for (n, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
            let entry: Entry = serde_json::from_str(line).map_err(|error| wrong(n + 1, &format!("not an entry: {error}")))?;
            if entry.finding_id.parse::<Id>().is_err() {
                return Err(wrong(n + 1, "finding_id: expected 32 hex digits"));
            }
            if entry.reason.trim().is_empty() {
                return Err(wrong(n + 1, "an entry needs a reason"));
            }
            if let Some(first) = seen.insert(entry.finding_id.clone(), n + 1) {
                return Err(wrong(n + 1, &format!("the finding stands in line {first} already")));
            }
            entries.push(entry);
        }
        Ok(Self { made, entries })
    }

    /// Writes it, sorted.
    #[must_use]
    pub fn text(&self) -> String {
        let head = match &self.made {
            Made::Salt(salt) => Head { datatrawl_baseline: 1, salt: Some(salt.clone()), key_id: None },
            Made::Key(key_id) => Head { datatrawl_baseline: 1, salt: None, key_id: Some(key_id.clone()) },
        };
        let mut sorted: Vec<&Entry> = self.entries.iter().collect();
        sorted.sort_by(|a, b| (&a.path, &a.rule, &a.finding_id).cmp(&(&b.path, &b.rule, &b.finding_id)));
        let line = |value: serde_json::Result<String>| value.expect("names and numbers are JSON") + "\n";
        let entries = sorted.into_iter().map(|entry| line(serde_json::to_string(entry)));
        std::iter::once(line(serde_json::to_string(&head))).chain(entries).collect()
    }

    /// Takes in findings that were met: new entries get the reason, older ones keep theirs and get the higher count. Entries that do not
    /// hold any more are replaced.
    pub fn accept(&mut self, met: &BTreeMap<String, Entry>, usage: &Usage) {
        let renewed: Vec<&String> = usage.expired.iter().chain(&usage.other_version).map(|entry| &entry.finding_id).collect();
        self.entries.retain(|entry| !(renewed.contains(&&entry.finding_id) && met.contains_key(&entry.finding_id)));
        let by_id: HashMap<String, usize> = self.entries.iter().enumerate().map(|(at, entry)| (entry.finding_id.clone(), at)).collect();
        for (id, entry) in met {
            match by_id.get(id) {
                Some(at) => self.entries[*at].count += entry.count,
                None => self.entries.push(entry.clone()),
            }
        }
    }

    /// Leaves out what was not met, has expired, or was made by another version of its rule; lowers counts to what was met.
    pub fn prune(&mut self, usage: &Usage) {
        let gone = |entry: &Entry| usage.expired.contains(entry) || usage.other_version.contains(entry);
        self.entries.retain(|entry| !gone(entry) && usage.met.get(&entry.finding_id).is_some_and(|met| *met > 0));
        for entry in &mut self.entries {
            entry.count = entry.count.min(usage.met.get(&entry.finding_id).copied().unwrap_or(0));
        }
    }
}

/// What a baseline accepts today.
pub struct Accepted {
    left: HashMap<String, (u64, u64)>,
    versions: HashMap<String, i64>,
    usage: Usage,
    entries: Vec<Entry>,
}

/// What became of the entries of a baseline.
#[derive(Clone, Debug, Default)]
pub struct Usage {
    /// Entries that have expired.
    pub expired: Vec<Entry>,
    /// Entries whose rule has another version now.
    pub other_version: Vec<Entry>,
    /// Entries of which fewer were met than they accept, or none.
    pub unused: Vec<Entry>,
    /// How many were met, by id.
    pub met: HashMap<String, u64>,
}

impl Accepted {
    /// Begins. `version`: that of a rule now.
    #[must_use]
    pub fn new(baseline: &Baseline, today: Date, version: &dyn Fn(&str) -> Option<i64>) -> Self {
        let mut accepted = Self { left: HashMap::new(), versions: HashMap::new(), usage: Usage::default(), entries: Vec::new() };
        for entry in &baseline.entries {
            match () {
                () if entry.expires.is_some_and(|last| last < today) => accepted.usage.expired.push(entry.clone()),
                () if version(&entry.rule) != Some(entry.rule_version) => accepted.usage.other_version.push(entry.clone()),
                () => {
                    accepted.left.insert(entry.finding_id.clone(), (entry.count, entry.count));
                    accepted.versions.insert(entry.finding_id.clone(), entry.rule_version);
                    accepted.entries.push(entry.clone());
                }
            }
        }
        accepted
    }

    /// Says whether a finding is accepted, and counts it.
    pub fn takes(&mut self, found: &Found) -> bool {
        if self.versions.get(&found.finding_id) != Some(&found.rule_version) {
            return false;
        }
        match self.left.get_mut(&found.finding_id) {
            Some((left, _)) if *left > 0 => {
                *left -= 1;
                true
            }
            _ => false,
        }
    }

    /// Ends: what became of the entries.
    #[must_use]
    pub fn usage(mut self) -> Usage {
        for entry in self.entries {
            let (left, all) = self.left[&entry.finding_id];
            self.usage.met.insert(entry.finding_id.clone(), all - left);
            if left > 0 {
                self.usage.unused.push(entry);
            }
        }
        self.usage
    }
}

/// The name that was probably meant by a wrong one of a dataset or recipient.
pub(super) fn meant<'a>(typed: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    nearest(typed, known).map(|near| format!("did you mean {near}?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(id: char, path: &str) -> Entry {
        Entry {
            path: path.to_owned(),
            column: None,
            rule: "email".to_owned(),
            rule_version: 1,
            finding_id: id.to_string().repeat(32),
            count: 2,
            reason: "a test".to_owned(),
            author: None,
            expires: Some(jiff::civil::date(2027, 1, 1)),
        }
    }

    #[test]
    fn reads_what_it_writes_in_one_order() {
        let hostile = "x\n{\"finding_id\":1}\u{202e}";
        let baseline = Baseline { made: Made::Salt("ab".repeat(32)), entries: vec![entry('b', hostile), entry('a', "a")] };
        let text = baseline.text();
        assert_eq!(text.lines().count(), 3);
        let back = Baseline::parse("b", &text).unwrap();
        assert_eq!(back.text(), text);
        assert_eq!(back.entries[1].path, hostile);
    }

    #[test]
    fn says_what_is_wrong_with_a_line() {
        let head = "{\"datatrawl_baseline\":1,\"salt\":\"".to_owned() + &"0".repeat(64) + "\"}\n";
        let own = serde_json::to_string(&entry('a', "a")).unwrap();
        let said = |text: &str| Baseline::parse("b", text).unwrap_err().to_string();
        assert!(said("").starts_with("baseline b:1: expected"));
        assert!(said("{\"datatrawl_baseline\":2}").starts_with("baseline b:1: expected"));
        assert!(said(&format!("{head}x\n")).starts_with("baseline b:2: not an entry"));
        assert!(said(&format!("{head}{own}\n{own}\n")).starts_with("baseline b:3: the finding stands in line 2 already"));
        assert!(said(&(head + &own.replace("a test", " "))).starts_with("baseline b:2: an entry needs a reason"));
    }
}
