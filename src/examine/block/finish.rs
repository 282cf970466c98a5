//! A record with its candidates → findings: overlaps settled, values normalised, masked and handed over to be hashed.

use std::sync::Arc;

use super::{Pass, Placed};
use crate::detect::Asked;
use crate::examine::known::Known;
use crate::examine::window::context;
use crate::finding::{Finding, Governed, RecordFacts, normalise, normalise_ascii, preview};
use crate::model::{Candidate, Field, Id, Normalisation, Row, Sensitive, Sensitivity, Signal, Verdict, limits};
use crate::pattern::{Context, NameVerdict};
use crate::read::Records;
use crate::score;
use crate::settings::{AllowList, Reported};

impl Pass<'_> {
    /// Settles overlaps and turns what could still be reported into findings.
    pub(super) fn finish_row(&mut self, row: &Row) {
        let mut items = std::mem::take(&mut self.items);
        if self.examiner.known().is_some() {
            items.iter_mut().map(|item| &mut item.candidate.signals).filter(|held| held.has(Signal::KnownValue)).for_each(Known::raise);
        }
        items.retain(|item| self.may_report(&item.candidate));
        if !items.is_empty() {
            items.sort_by_key(|item| item.candidate.span.start);
            score::settle_overlaps(&mut items, self.force.levels(), |item| &mut item.candidate);
            // Logs have no columns, so that the score of these is final.
            items.retain(|item| {
                let counted = self.full[usize::from(item.candidate.rule)] && item.field.is_none();
                if counted {
                    self.count(&item.candidate);
                }
                !counted
            });
        }
        self.open_tokens(&mut items);
        if !items.is_empty() {
            let whole =
                !row.broken && self.block.cells.is_none() && row.span.start < row.span.end && row.span.len() <= limits::RECORD_BYTES;
            let record = whole.then(|| self.tokens.record(&self.block.bytes[row.span.clone()]));
            // Lines are counted on from item to item: a record may be long and full of them.
            let (mut line, mut counted_to) = (row.line, row.span.start);
            let last = items.last().map_or(row.span.start, |item| item.candidate.span.start.max(row.span.start));
            let has_lines = self.block.cells.is_none() && memchr::memchr(b'\n', &self.block.bytes[row.span.start..last]).is_some();
            let is_line = self.records != Records::Rows;
            let governed =
                self.governed.as_mut().and_then(|governed| governed.record(self.block, &mut *self.layout, row, is_line, self.scratch));
            for item in &items {
                if has_lines {
                    let start = item.candidate.span.start.max(counted_to);
                    line += memchr::memchr_iter(b'\n', &self.block.bytes[counted_to..start]).count() as u64;
                    counted_to = start;
                }
                let mut finding = self.finding(row, item, line, record);
                finding.governed = governed.as_ref().map(|record| Box::new(self.governed_by(record, finding.column)));
                self.result.findings.push(finding);
            }
        }
        items.clear();
        self.items = items;
    }

    /// What the policy says of a finding: of its record, and of the column.
    fn governed_by(&mut self, record: &Arc<RecordFacts>, column: Option<u32>) -> Governed {
        let column = column.and_then(|column| Some((column, self.layout.columns().get(column as usize)?)));
        let person = self.governed.as_mut().and_then(|governed| governed.person(record.dataset, column));
        Governed { record: Arc::clone(record), person }
    }

    /// Adds what the claims of web tokens hold. Their place is the token's, so that they stand beside it and not against it.
    fn open_tokens(&mut self, items: &mut Vec<Placed>) {
        let mut inside = Vec::new();
        for item in &*items {
            let rule = self.detector.rules().rule(item.candidate.rule);
            let value = item.decoded.as_deref().unwrap_or(&self.block.bytes[item.candidate.span.clone()]);
            for (name, text) in self.detector.claims(rule, Sensitive::new(value)) {
                for (candidate, value) in self.in_claim(&name, text.as_bytes()) {
                    let candidate = Candidate { span: item.candidate.span.clone(), ..candidate };
                    inside.push(Placed {
                        candidate,
                        field: item.field,
                        cell: item.cell.clone(),
                        decoded: Some(value),
                        inside: true,
                        whole: None,
                    });
                }
            }
        }
        items.append(&mut inside);
    }

    /// What stands in the text of a claim, with the values.
    fn in_claim(&mut self, name: &str, text: &[u8]) -> Vec<(Candidate, Vec<u8>)> {
        let mut found = Vec::new();
        self.detector.find(self.scratch, text, 0..text.len(), &mut found);
        if let Some(known) = self.examiner.known() {
            known.mark(self.detector, self.scratch, text, 0..text.len(), &mut found);
        }
        for candidate in &mut found {
            let rule = self.detector.rules().rule(candidate.rule);
            let context = context(rule, text, 0..text.len(), &candidate.span);
            score::local(rule, candidate, context, rule.name_verdict("", name), false);
        }
        for (index, rule) in self.detector.rules().iter().filter(|(_, rule)| rule.cells.is_some()) {
            let seen = found.iter().any(|c| self.detector.rules().rule(c.rule).entity == rule.entity);
            let named = rule.name_verdict("", name) == NameVerdict::For || name == "name" && &*rule.entity == "person_name";
            if named
                && !seen
                && let Some(mut candidate) = self.detector.cell(self.scratch, index, text, Asked::Plainly)
            {
                score::local(rule, &mut candidate, Context::default(), NameVerdict::For, true);
                found.push(candidate);
            }
        }
        found.retain(|candidate| self.may_report(candidate));
        score::settle_overlaps(&mut found, self.force.levels(), |candidate| candidate);
        found.into_iter().map(|candidate| (candidate.clone(), text[candidate.span.clone()].to_vec())).collect()
    }

    fn finding(&mut self, row: &Row, item: &Placed, line: u64, record: Option<usize>) -> Finding {
        let candidate = &item.candidate;
        let rule = self.detector.rules().rule(candidate.rule);
        let span = candidate.span.clone();
        let bytes = &self.block.bytes;
        let raw = Sensitive::new(item.decoded.as_deref().unwrap_or(&bytes[span.clone()]));
        let spelt = self.detector.decoded(rule, raw);
        let value = spelt.as_deref().map_or(raw, Sensitive::new);
        let field = item.field.map(|index| &row.fields[index]);
        let place = self.place(field.map(|f| f.column), candidate.rule);
        let has_lists = self.force.has_lists(candidate.rule);
        let mut in_bytes = false;
        let normalisation = if self.detector.normalise(self.scratch, rule, value, candidate.region, self.text) {
            rule.normalisation
        } else if !has_lists && let Some(used) = normalise_ascii(rule.normalisation, value, self.buffer) {
            in_bytes = true;
            used
        } else {
            normalise(rule.normalisation, value, self.text)
        };
        let allowed = if has_lists { self.allowed(candidate.rule, value, normalisation) } else { None };
        let normal = if in_bytes { &**self.buffer } else { self.text.as_bytes() };
        let prohibited = rule.sensitivity == Sensitivity::Prohibited;
        let guard = &bytes[span.start.saturating_sub(limits::GUARD_BYTES)..bytes.len().min(span.end + limits::GUARD_BYTES)];
        // A prohibited value is hashed nowhere: its few digits could be guessed.
        let hashed = if prohibited { &[][..] } else { normal };
        self.tokens.finding(candidate.rule, (&rule.entity, normalisation, hashed), place, guard, record);
        let subject = self.examiner.known().filter(|_| candidate.signals.has(Signal::KnownValue));
        let subject = subject.and_then(|known| known.subject(self.detector, self.scratch, candidate, raw.expose()));
        let offset = |at: usize| self.block.leaf_offset(at);
        // The bytes of a rendered block are in no file.
        let cells = self.block.cells.as_ref();
        let group =
            cells.and_then(|cells| cells.group).map(|(group, first)| (group, first + (row.ordinal - self.block.framing.first_record)));
        let small = |at: usize| i32::try_from(at).unwrap_or(i32::MAX);
        let characters = match value.expose() {
            ascii if ascii.is_ascii() => ascii.len(),
            other => other.iter().filter(|b| **b & 0xC0 != 0x80).count(),
        };
        Finding {
            rule: candidate.rule,
            column: field.map(|f| f.column),
            score: candidate.signals.sum(),
            signals: candidate.signals,
            validated: match candidate.verdict {
                Verdict::Passed => Some(true),
                Verdict::Failed => Some(false),
                Verdict::NotChecked => None,
            },
            region: candidate.region,
            normalisation,
            record: row.ordinal,
            line: cells.is_none().then_some(line),
            bytes: cells.is_none().then(|| (offset(span.start), offset(span.end))),
            group,
            record_bytes: record.map(|_| (offset(row.span.start), offset(row.span.end))),
            cell: item.cell.as_ref().map(|cell| (small(cell.start), small(cell.end))),
            pointer: field.and_then(|f| self.pointer(row, f)),
            exact: !row.broken && !item.inside && (field.is_some() || self.records != Records::Rows),
            finding_id: Id::NONE,
            value_token: (!prohibited).then_some(Id::NONE),
            record_token: None,
            guard_token: cells.is_none().then_some(Id::NONE),
            part: item.whole.map(|(_, part)| part),
            whole: item.whole.map(|(id, _)| id),
            preview: if prohibited { Default::default() } else { preview(rule.mask, value, self.text) },
            value_length: small(characters),
            allowed,
            subject,
            governed: None,
        }
    }

    /// The allow list that holds a value, whose normal form is in `text`.
    fn allowed(&mut self, rule: u16, value: Sensitive<'_>, normalisation: Normalisation) -> Option<u16> {
        let (tokens, entity) = (&self.examiner.tokens, &self.detector.rules().rule(rule).entity);
        let reported = Reported {
            value,
            text: Sensitive::new(self.text.as_bytes()),
            normalisation,
            token: tokens.value(entity, normalisation, self.text.as_bytes(), self.buffer),
            writing: tokens.value(AllowList::WRITING, Normalisation::Exact, value.expose(), self.buffer),
        };
        self.force.allowed(rule, &reported)
    }

    /// `Tokens::place`, made once a column and rule.
    fn place(&mut self, column: Option<u32>, rule: u16) -> Id {
        let rules = self.examiner.rules.len();
        let slot = column.map_or(0, |c| c as usize + 1) * rules + usize::from(rule);
        if self.places.len() <= slot {
            self.places.resize(slot + 1, None);
        }
        if let Some(id) = self.places[slot] {
            return id;
        }
        let facts = column.map(|c| &self.result.columns[c as usize]);
        let index = facts.and_then(|f| f.index).map(|i| i.to_string());
        let name = facts.and_then(|f| f.name.as_deref()).or(index.as_deref()).unwrap_or("");
        let rule = &self.examiner.rules[usize::from(rule)];
        let member = self.leaf.member.as_deref().unwrap_or("");
        let table = facts.and_then(|f| f.table.as_deref()).unwrap_or("");
        let names = [rule.rule.as_bytes(), self.leaf.object.path.as_bytes(), member.as_bytes(), table.as_bytes(), name.as_bytes()];
        let id = self.examiner.tokens.place(&names, self.buffer);
        self.places[slot] = Some(id);
        id
    }

    /// The RFC 6901 pointer of a JSON value.
    fn pointer(&self, row: &Row, field: &Field) -> Option<Arc<str>> {
        if self.result.columns[field.column as usize].index.is_some() {
            return None;
        }
        self.infos[field.column as usize].pointer(row.indices_of(field))
    }
}
