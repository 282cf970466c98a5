//! What the operations of one leaf come to: by dataset, rule and action.

use std::collections::{BTreeMap, BTreeSet};

use super::file::Plan;
use super::read::{Kind, Leaves};

use crate::model::{Id, Result};
use crate::run_folder::{Rows, columns, unreadable};

/// The part of one dataset, rule and action in a leaf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// Dataset.
    pub dataset: String,
    /// Rule.
    pub rule: String,
    /// Action.
    pub action: String,
    /// Why: `retention`, or the request.
    pub reason: String,
    /// Records with an operation of it; of a file as a whole none.
    pub records: u64,
    /// Operations.
    pub operations: u64,
}

/// Says whether an operation is about a payment card.
pub(super) fn is_of_cards(entity: Option<&str>, action: &str) -> bool {
    action == "pan_truncate" || entity.is_some_and(|entity| entity == "credit_card" || entity.starts_with("card_"))
}

/// What becomes of the original of a file, by the policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Keeping {
    /// No dataset asks to keep it.
    NotAsked,
    /// It would keep what is not to be kept: `cards` or `erasure`.
    Not(&'static str),
    /// Its datasets keep originals for different recipients.
    Unlike,
    /// It is kept for a recipient, for the shortest of these spans.
    For {
        /// The age recipient.
        recipient: String,
        /// ISO 8601 durations.
        spans: Vec<String>,
    },
}

impl Plan {
    /// Says what becomes of the original of a file, of a leaf with such operations. What forbids to keep it for one dataset does for all of it.
    #[must_use]
    pub fn keeping(&self, leaf: Id, shares: &[Share]) -> Keeping {
        let of_cards = self.of_cards.contains(&leaf.to_string());
        let of_request = shares.iter().any(|share| share.reason != "retention");
        let (mut recipients, mut spans) = (BTreeSet::new(), Vec::new());
        for dataset in self.datasets.iter().filter(|dataset| shares.iter().any(|share| share.dataset == dataset.id)) {
            let (Some(span), Some(recipient)) = (&dataset.quarantine, &dataset.quarantine_recipient) else { continue };
            recipients.insert(recipient);
            for (is_meant, own, why) in
                [(of_cards, &dataset.quarantine_cards, "cards"), (of_request, &dataset.quarantine_erasures, "erasure")]
            {
                match own {
                    Some(own) if is_meant => spans.push(own.clone()),
                    None if is_meant => return Keeping::Not(why),
                    _ => {}
                }
            }
            if !of_cards && !of_request {
                spans.push(span.clone());
            }
        }
        match (recipients.len(), recipients.first()) {
            (1, Some(recipient)) => Keeping::For { recipient: (*recipient).clone(), spans },
            (0, _) => Keeping::NotAsked,
            _ => Keeping::Unlike,
        }
    }
}

impl Leaves {
    /// Reads what the operations of a leaf come to.
    ///
    /// # Errors
    /// `Run` where they are not as a plan writes them.
    pub fn shares(&self, leaf: Id) -> Result<Vec<Share>> {
        let (path, rows) = self.place(leaf);
        let mut found: BTreeMap<[String; 4], (Share, Option<i64>)> = BTreeMap::new();
        for batch in columns(path, &["dataset", "rule", "action", "reason", "kind", "record"], Some(rows))? {
            let batch = batch.map_err(|error| unreadable(path, &error))?;
            let rows = Rows { path, batch: &batch };
            for row in 0..batch.num_rows() {
                let text = |name: &str| rows.text(name, row).map(Option::unwrap_or_default);
                let [dataset, rule, action, reason] = [text("dataset")?, text("rule")?, text("action")?, text("reason")?];
                let record = if text("kind")? == Kind::File.name() { None } else { rows.long("record", row)? };
                let key = [dataset.clone(), rule.clone(), action.clone(), reason.clone()];
                let share = Share { dataset, rule, action, reason, records: 0, operations: 0 };
                let (share, last) = found.entry(key).or_insert((share, None));
                share.operations += 1;
                // Those of a record stand together.
                if record.is_some() && *last != record {
                    share.records += 1;
                    *last = record;
                }
            }
        }
        Ok(found.into_values().map(|(share, _)| share).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(datasets: &[&str]) -> Plan {
        let zeros = r#""files":1,"files_changed":1,"records":1,"records_dropped":0,"records_without_time":0"#;
        let text = format!(
            r#"{{"schema_version":"1","tool_version":"","created_at":"","as_of":"","expires_at":"","key_id":"",
            "policy":{{"id":"","modified":"","digest":""}},"run":{{"scan_id":"","started_at":"","digest":"","rules_digest":"","regions":[]}},
            "holds":[],"gaps":[],"totals":[],"review":[],"tables":{{}},"datasets":[{}]}}"#,
            datasets.iter().map(|more| format!("{{{zeros},{more}}}")).collect::<Vec<_>>().join(",")
        );
        serde_json::from_str(&text).unwrap()
    }

    fn share(dataset: &str, reason: &str) -> Share {
        let [rule, action] = ["r", "null"].map(str::to_owned);
        Share { dataset: dataset.to_owned(), rule, action, reason: reason.to_owned(), records: 1, operations: 1 }
    }

    #[test]
    fn what_must_not_be_kept_for_one_dataset_is_kept_for_none() {
        let mut plan = plan(&[
            r#""id":"a","quarantine":"P14D","quarantine_recipient":"x""#,
            r#""id":"b","quarantine":"P1D","quarantine_cards":"PT1H","quarantine_erasures":"PT2H","quarantine_recipient":"x""#,
            r#""id":"c","quarantine":"P14D","quarantine_recipient":"y""#,
            r#""id":"d""#,
        ]);
        let (card, other) = (Id::new([1; 16]), Id::new([2; 16]));
        plan.of_cards.insert(card.to_string());
        let of = |leaf: Id, shares: &[(&str, &str)]| {
            plan.keeping(leaf, &shares.iter().map(|(dataset, reason)| share(dataset, reason)).collect::<Vec<_>>())
        };
        let kept =
            |spans: &[&str]| Keeping::For { recipient: "x".to_owned(), spans: spans.iter().map(|span| (*span).to_owned()).collect() };
        let (due, asked) = ("retention", "request");
        assert_eq!(of(other, &[("a", due)]), kept(&["P14D"]));
        assert_eq!(of(other, &[("a", due), ("b", due), ("d", due)]), kept(&["P14D", "P1D"]));
        assert_eq!(of(card, &[("a", due)]), Keeping::Not("cards"));
        assert_eq!(of(other, &[("a", asked)]), Keeping::Not("erasure"));
        assert_eq!(of(card, &[("b", asked)]), kept(&["PT1H", "PT2H"]));
        // Cards of one dataset are in the file that the other would keep.
        assert_eq!(of(card, &[("b", due), ("a", due)]), Keeping::Not("cards"));
        assert_eq!(of(card, &[("d", due)]), Keeping::NotAsked);
        assert_eq!(of(other, &[("a", due), ("c", due)]), Keeping::Unlike);
    }

    #[test]
    fn all_that_stands_beside_a_card_number_is_of_the_card() {
        assert!(is_of_cards(Some("credit_card"), "mask") && is_of_cards(Some("card_cvv"), "null") && is_of_cards(None, "pan_truncate"));
        assert!(!is_of_cards(Some("email"), "null") && !is_of_cards(None, "drop_record"));
    }
}
