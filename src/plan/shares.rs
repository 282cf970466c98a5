//! What the operations of one leaf come to: by dataset, rule and action.

use std::collections::BTreeMap;

use super::read::{Kind, Leaves};
use super::run::{Rows, columns, unreadable};
use crate::model::{Id, Result};

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
    /// Whether it is about numbers of payment cards, or what stands beside them.
    pub of_cards: bool,
    /// Records with an operation of it; of a file as a whole none.
    pub records: u64,
    /// Operations.
    pub operations: u64,
}

/// Says whether an operation is about a payment card.
fn is_of_cards(entity: Option<&str>, action: &str) -> bool {
    action == "pan_truncate" || entity.is_some_and(|entity| entity == "credit_card" || entity.starts_with("card_"))
}

impl Leaves {
    /// Reads what the operations of a leaf come to.
    ///
    /// # Errors
    /// `Run` where they are not as a plan writes them.
    pub fn shares(&self, leaf: Id) -> Result<Vec<Share>> {
        let (path, rows) = self.place(leaf);
        let mut found: BTreeMap<[String; 4], (Share, Option<i64>)> = BTreeMap::new();
        for batch in columns(path, &["dataset", "rule", "action", "reason", "entity", "kind", "record"], Some(rows))? {
            let batch = batch.map_err(|error| unreadable(path, &error))?;
            let rows = Rows { path, batch: &batch };
            for row in 0..batch.num_rows() {
                let text = |name: &str| rows.text(name, row).map(Option::unwrap_or_default);
                let [dataset, rule, action, reason] = [text("dataset")?, text("rule")?, text("action")?, text("reason")?];
                let record = if text("kind")? == Kind::File.name() { None } else { rows.long("record", row)? };
                let of_cards = is_of_cards(rows.text("entity", row)?.as_deref(), &action);
                let key = [dataset.clone(), rule.clone(), action.clone(), reason.clone()];
                let share = Share { dataset, rule, action, reason, of_cards: false, records: 0, operations: 0 };
                let (share, last) = found.entry(key).or_insert((share, None));
                share.operations += 1;
                share.of_cards |= of_cards;
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
