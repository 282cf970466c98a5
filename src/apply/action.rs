//! What an action makes of a value.

use crate::finding::Tokens;
use crate::model::Normalisation;
use crate::plan::OpRow;
use crate::policy::{ActionName, generalise, mask, truncate};

/// What is written in a value's place; none: nothing, or null where the format has one. An error says why the action does not fit.
pub(super) fn replacement(op: &OpRow, value: &str, tokens: &Tokens) -> Result<Option<String>, &'static str> {
    match op.action {
        ActionName::Null => Ok(None),
        ActionName::Redact | ActionName::Replace => op.replacement.clone().map(Some).ok_or("the plan does not say what is written"),
        ActionName::Mask => Ok(Some(mask(value, op.keep))),
        ActionName::PanTruncate => truncate(value, op.keep).map(Some).ok_or("it is no card number"),
        ActionName::Generalise => generalise(value).map(Some).ok_or("it is no date, network address or pair of coordinates"),
        ActionName::Token => {
            let own = || tokens.value("cell", Normalisation::Exact, value.as_bytes(), &mut Vec::new());
            Ok(Some(op.value_token.unwrap_or_else(own).to_string()))
        }
        ActionName::DropFile | ActionName::DropRecord => Err("it drops more than a value"),
    }
}
