//! SARIF 2.1.0, as code scanning of GitHub and others read it.
//!
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>. No text of the data is in it but names and masks.

use std::collections::{BTreeMap, HashMap};
use std::io::Write;

use serde_json::{Value, json};

use super::{failed, shortened};
use crate::model::{Result, plain};
use crate::report::told::{Loudness, Place, Places, Spot, Told};

/// Gaps that are listed.
const MOST_GAPS: usize = 1_000;

/// Writes a log with one run.
///
/// # Errors
/// `Io` where it cannot be written, `Run` where the run cannot be read.
pub fn sarif(told: &Told<'_>, places: &Places, out: &mut dyn Write) -> Result<()> {
    let facts = &told.run.facts;
    let mut rules: BTreeMap<&str, &Place> = BTreeMap::new();
    places.places.iter().for_each(|place| {
        rules.entry(&place.rule).or_insert(place);
    });
    let index: HashMap<&str, usize> = rules.keys().enumerate().map(|(index, id)| (*id, index)).collect();
    let mut artifacts = Artifacts::default();
    let is_kept = facts.key_mode != "ephemeral";
    let mut results = Vec::new();
    for place in &places.places {
        let at = artifacts.of(place);
        for (nth, spot) in place.spots.iter().enumerate() {
            results.push(result(place, spot, nth, at, index[place.rule.as_str()], is_kept, places.is_whole()));
        }
    }
    let (gaps, all_gaps) = told.gaps(MOST_GAPS)?;
    let mut notes: Vec<Value> = gaps.iter().map(|gap| note("warning", &format!("{}: {}: {}", gap.path, gap.status, gap.reason))).collect();
    if all_gaps > gaps.len() as u64 {
        notes.push(note("warning", &format!("objects that were not read in full: {all_gaps}, of which {} are named", gaps.len())));
    }
    notes.extend(shortened(places).map(|said| note("note", &said)));
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "datatrawl",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(|(id, place)| rule(told, id, place)).collect::<Vec<_>>(),
            } },
            "automationDetails": { "id": "datatrawl/" },
            "columnKind": "utf16CodeUnits",
            "originalUriBaseIds": { "SRCROOT": { "description": { "text": "the folder that the scan was called in" } } },
            "invocations": [{
                "executionSuccessful": facts.status == "complete",
                "toolExecutionNotifications": notes,
            }],
            "artifacts": artifacts.list,
            "results": results,
        }],
    });
    let written = serde_json::to_writer_pretty(&mut *out, &log).map_err(std::io::Error::from);
    written.and_then(|()| writeln!(out)).map_err(|error| failed(&error))
}

fn note(level: &str, text: &str) -> Value {
    json!({ "level": level, "message": { "text": message(text) } })
}

fn rule(told: &Told<'_>, id: &str, place: &Place) -> Value {
    let known = told.rules.rules().iter().find(|rule| *rule.id == *id);
    let summary = known.map_or_else(|| place.entity.clone(), |rule| rule.summary.clone());
    let help = format!(
        "{}. Category {}, sensitivity {}. Remove the value or move it to where it may be; what is no personal data goes on an allow list of \
         settings (datatrawl settings new), what is accepted into a baseline.",
        plain(&summary),
        plain(&place.category),
        plain(&place.sensitivity)
    );
    // The scale of CVSS, by which code scanning sorts.
    let severity = match place.sensitivity.as_str() {
        "prohibited" => "9.5",
        "high" => "8.0",
        "medium" => "5.5",
        _ => "3.0",
    };
    json!({
        "id": plain(id),
        "name": plain(&place.entity),
        "shortDescription": { "text": plain(&summary) },
        "help": { "text": help },
        "properties": {
            "tags": ["privacy", plain(&place.category)],
            "security-severity": severity,
            "precision": "high",
        },
    })
}

fn result(place: &Place, spot: &Spot, nth: usize, artifact: usize, rule: usize, is_kept: bool, is_whole: bool) -> Value {
    let level = match place.loudness() {
        Loudness::Note => "note",
        Loudness::Warning => "warning",
        Loudness::Error => "error",
    };
    let mask = spot.preview.as_ref().filter(|mask| !mask.is_empty()).map_or(String::new(), |mask| format!(", masked {mask}"));
    let mut region = json!({});
    if let Some(line) = spot.line.filter(|line| *line > 0) {
        region["startLine"] = line.into();
    }
    if let Some((start, end)) = spot.bytes.filter(|(start, end)| *start >= 0 && start <= end) {
        region["byteOffset"] = start.into();
        region["byteLength"] = (end - start).into();
    }
    let uri = place.member.as_ref().map_or_else(|| uri(&place.file), |member| uri(&format!("{}!{member}", place.file)));
    let mut physical = json!({ "artifactLocation": { "uri": uri, "uriBaseId": "SRCROOT", "index": artifact } });
    if place.member.is_some() {
        // The nested artifact says where it is.
        physical["artifactLocation"] = json!({ "index": artifact });
    }
    if region.as_object().is_some_and(|region| !region.is_empty()) {
        physical["region"] = region;
    }
    let mut location = json!({ "physicalLocation": physical });
    if let Some(column) = place.column_shown() {
        location["logicalLocations"] = json!([{ "fullyQualifiedName": column, "kind": "member" }]);
    }
    let mut prints = json!({ "datatrawlPlace/v1": place.fingerprint(nth) });
    if is_kept {
        prints["datatrawlFinding/v1"] = format!("{}:{nth}", spot.finding_id).into();
    }
    let sentence = if is_whole { place.one() } else { place.sentence() };
    let mut out = json!({
        "ruleId": plain(&place.rule),
        "ruleIndex": rule,
        "level": level,
        "message": { "text": message(&format!("{sentence}{mask}")) },
        "locations": [location],
        "partialFingerprints": prints,
    });
    if !is_whole {
        out["occurrenceCount"] = place.count.into();
    }
    out
}

/// Files, and what is inside of them.
#[derive(Default)]
struct Artifacts {
    list: Vec<Value>,
    by_path: HashMap<String, usize>,
}

impl Artifacts {
    fn of(&mut self, place: &Place) -> usize {
        let mut path = place.file.clone();
        let mut at = self.put(&path, None, uri(&place.file));
        for member in place.member.iter().flat_map(|member| member.split('!')) {
            path = format!("{path}!{member}");
            at = self.put(&path, Some(at), format!("/{}", uri(member)));
        }
        at
    }

    fn put(&mut self, path: &str, parent: Option<usize>, uri: String) -> usize {
        if let Some(index) = self.by_path.get(path) {
            return *index;
        }
        let mut artifact = json!({ "location": { "uri": uri } });
        match parent {
            Some(parent) => artifact["parentIndex"] = parent.into(),
            None => artifact["location"]["uriBaseId"] = "SRCROOT".into(),
        }
        self.list.push(artifact);
        self.by_path.insert(path.to_owned(), self.list.len() - 1);
        self.list.len() - 1
    }
}

/// A path as the reference of RFC 3986.
fn uri(path: &str) -> String {
    let mut out = String::new();
    for byte in path.trim_start_matches('/').bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// A message in plain text, in which brackets would be links and braces places to fill in (3.11.5, 3.11.6).
fn message(text: &str) -> String {
    let mut out = String::new();
    for c in plain(text).chars() {
        match c {
            '\\' | '[' | ']' => out.extend(['\\', c]),
            '{' | '}' => out.extend([c, c]),
            _ => out.push(c),
        }
    }
    out
}
