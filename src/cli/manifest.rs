//! What `scan.json` says of how a scan was asked for.

use std::collections::BTreeMap;

use serde_json::Value;

use super::scan::{Input, Resolved};
use crate::examine::Examiner;
use crate::finding::schema;
use crate::model::Likelihood;
use crate::scan::{Manifest, RunStatus, Totals};

/// Makes what `scan.json` says before the scan begins.
pub(super) fn manifest(arguments: &Input, resolved: &Resolved, examiner: &Examiner) -> Manifest {
    let settings: BTreeMap<String, Value> = [
        ("min_likelihood", levels(examiner)),
        ("rows", rows(examiner)),
        ("sample", sample(arguments, examiner)),
        ("include", arguments.include.clone().into()),
        ("exclude", arguments.exclude.clone().into()),
        ("hidden", (!arguments.no_hidden).into()),
        ("ignore_files", arguments.ignore_files.into()),
        ("follow_links", arguments.follow_links.into()),
        ("known", serde_json::to_value(&resolved.known_facts).unwrap_or_default()),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .collect();
    let roots = resolved.roots.iter().enumerate();
    Manifest {
        schema_version: schema::SCHEMA_VERSION,
        status: RunStatus::Partial,
        scan_id: String::new(),
        tool_version: env!("CARGO_PKG_VERSION"),
        rules_digest: resolved.rules.digest().to_owned(),
        rules: resolved.rules.rules().iter().map(|rule| (rule.id.to_string(), rule.version)).collect(),
        policy_digest: resolved.policy.as_ref().map(|policy| policy.digest.clone()),
        key_id: String::new(),
        key_mode: resolved.key_mode,
        roots: roots.map(|(i, root)| (root.name.clone().unwrap_or_else(|| i.to_string()), root.path.display().to_string())).collect(),
        regions: resolved.regions.iter().map(ToString::to_string).collect(),
        settings,
        settings_files: resolved.told.files.clone(),
        allow_lists: resolved.told.lists.clone(),
        totals: Totals::default(),
        started_at: String::new(),
        ended_at: String::new(),
        elapsed_us: 0,
        parts: Vec::new(),
    }
}

/// Reporting levels by entity, where no settings say otherwise of a path.
fn levels(examiner: &Examiner) -> Value {
    let force = examiner.in_force("", None);
    let level = |rule: u16, level: i16| if force.is_off(rule) { "off" } else { Likelihood::of(level).name() };
    let rules = examiner.rules().iter().zip(force.levels()).zip(0..);
    let levels = rules.map(|((rule, score), index)| (rule.entity.to_string(), level(index, *score)));
    serde_json::to_value(levels.collect::<BTreeMap<_, _>>()).unwrap_or_default()
}

/// Most rows by entity, of any leaf and of logs, where there is a limit.
fn rows(examiner: &Examiner) -> Value {
    let force = examiner.in_force("", None);
    let limits = force.limits(false).into_iter().zip(force.limits(true)).zip(examiner.rules());
    let limited = limits.filter(|((any, log), _)| any.is_some() || log.is_some());
    let limited = limited.map(|((any, log), rule)| (rule.entity.to_string(), serde_json::json!({ "most": any, "most_in_logs": log })));
    serde_json::to_value(limited.collect::<BTreeMap<_, _>>()).unwrap_or_default()
}

fn sample(arguments: &Input, examiner: &Examiner) -> Value {
    let (files, sample) = (arguments.reported.files(), examiner.settings().sample);
    if files.is_none() && sample.is_none() {
        return Value::Null;
    }
    serde_json::json!({ "files": files, "records": sample.and_then(|sample| sample.records), "bytes": sample.and_then(|sample| sample.bytes) })
}
