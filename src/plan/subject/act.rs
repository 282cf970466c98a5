//! What is done with a record of a person, and with what mentions them.

use super::super::build::{Builder, Claimed, Keep, Op};
use super::super::findings::FindingRow;
use super::super::leaf::{Record, fits, is_filled, replacement};
use super::super::ops::Place;
use super::super::request::Mentioned;
use super::claim::{Claim, columns, role_of};
use super::{Stand, SubjectPass, evidence};
use crate::model::{INSIDE, Likelihood, Result};
use crate::policy::{Action, ActionName, Asked, Dataset, Person, Policy, State, Target, Term, Tie, is_shared, is_within};

impl<'a> SubjectPass<'a, '_, '_> {
    /// Counts what was found, and writes what is done with it.
    pub(super) fn act(
        &mut self,
        builder: &mut Builder<'a>,
        record: &Record<'_>,
        found: &[FindingRow],
        claims: &[Claim],
        mentions: Vec<(&FindingRow, (Mentioned, bool))>,
    ) -> Result<()> {
        let policy = builder.asking.policy;
        let of = &policy.datasets[record.dataset];
        let file = self.leaf.object.object_id;
        let held = held(builder, record);
        let (mut edited, mut counted): (Vec<(String, Option<String>)>, Counted) = Default::default();
        for claim in claims {
            let person = claim.person.map(|person| &of.persons[person]);
            let tie = if claim.tie == Tie::Own { Stand::Own } else { Stand::Candidate };
            let claimed = Claimed { role: claim.role(of), tie, evidence: &claim.evidence };
            self.search.hit(Some(&of.id), claimed, file);
            if !self.search.acts {
                if let Some(person) = person.filter(|_| claim.tie == Tie::Own) {
                    edited.extend(columns(person).map(|column| (column.to_owned(), None)));
                }
                continue;
            }
            let keep = |why, detail: String| Keep { detail: Some(detail), ..self.leaf.keep_at(record, why, self.leaf.place(record)) };
            let Some(person) = person.filter(|_| claim.tie == Tie::Own) else {
                builder.keep(keep("candidate", format!("{} {}", claimed.role.unwrap_or("nobody's role"), claim.evidence)))?;
                continue;
            };
            if let Some(hold) = held {
                builder.keep(keep("held", policy.holds[hold].id.clone()))?;
                edited.extend(columns(person).map(|column| (column.to_owned(), None)));
                continue;
            }
            let mut asked = self.asked(builder, record, &person.role);
            if let Some(rule) = asked.kept {
                builder.keep(keep("min_keep", format!("the rule {} keeps the record", policy.duties[rule].id)))?;
            }
            if asked.action.name == ActionName::DropRecord {
                if record.stands_apart() {
                    return self.drop_record(builder, record, &asked, claimed);
                }
                self.leaf.keep_whole(builder, record, asked.duty)?;
                asked.action = plain_action(ActionName::Redact);
            }
            let changed = self.cells(builder, record, found, person, (&asked, claimed), &mut counted)?;
            edited.extend(changed);
        }
        // What somebody shares with the person is that one's, too.
        let is_of = |tie: Tie| claims.iter().any(|claim| claim.tie == tie);
        let (is_own, is_doubtful) = (is_of(Tie::Own) && !is_of(Tie::Candidate), is_of(Tie::Candidate) && !is_of(Tie::Own));
        let mut surely = if held.is_some() { Vec::new() } else { self.repeated(found, &edited, of) };
        for (finding, (mentioned, is_named)) in mentions.into_iter().filter(|(finding, _)| !is_edited(&edited, finding)) {
            let evidence = evidence(&finding.entity, is_named);
            let role = role_of(of, finding.column.as_deref());
            if claims.iter().any(|claim| claim.tie == Tie::Candidate && role.is_some() && claim.role(of) == role) {
                continue;
            }
            let mentioned = match () {
                () if is_own && role.is_none() => Mentioned::Surely,
                () if is_doubtful && is_shared(&finding.entity) => Mentioned::Perhaps,
                () => mentioned,
            };
            self.search.hit(Some(&of.id), Claimed { role, tie: Stand::of(mentioned), evidence: &evidence }, file);
            let why = match held {
                _ if !self.search.acts => continue,
                _ if mentioned == Mentioned::Perhaps => "candidate",
                Some(_) => "held",
                None => {
                    surely.push((finding, evidence, role));
                    continue;
                }
            };
            let detail = held.map_or(evidence, |hold| policy.holds[hold].id.clone());
            builder.keep(Keep {
                entity: Some(&finding.entity),
                preview: finding.preview.as_deref(),
                detail: Some(detail),
                ..self.leaf.keep_at(record, why, self.leaf.place(record).of(finding))
            })?;
        }
        if is_own && held.is_none() && self.search.acts && of.persons.len() == 1 {
            for finding in found.iter().filter(|finding| is_personal(finding) && !is_edited(&edited, finding)) {
                if !surely.iter().any(|(other, ..)| std::ptr::eq(*other, finding)) {
                    builder.keep(Keep {
                        entity: Some(&finding.entity),
                        preview: finding.preview.as_deref(),
                        detail: Some("it stands in their record".to_owned()),
                        ..self.leaf.keep_at(record, "candidate", self.leaf.place(record).of(finding))
                    })?;
                }
            }
        }
        self.spans(builder, record, surely, counted)
    }

    /// What stands elsewhere in the record and is the same value as one that goes.
    fn repeated<'f, 'd>(
        &self,
        found: &'f [FindingRow],
        edited: &[(String, Option<String>)],
        of: &'d Dataset,
    ) -> Vec<(&'f FindingRow, String, Option<&'d str>)> {
        if !self.search.acts || edited.is_empty() {
            return Vec::new();
        }
        let (gone, left): (Vec<_>, Vec<_>) = found.iter().partition(|finding| is_edited(edited, finding));
        let is_others = |finding: &FindingRow| role_of(of, finding.column.as_deref()).is_some();
        let same = |finding: &FindingRow| {
            finding.value_token.is_some()
                && !is_others(finding)
                && gone.iter().any(|other| (other.value_token, &other.entity) == (finding.value_token, &finding.entity))
        };
        let is_known = |finding: &FindingRow| self.search.known.mentions(finding).is_some();
        let row = |finding: &'f FindingRow| (finding, format!("{} as in their columns", finding.entity), None);
        left.into_iter().filter(|finding| same(finding) && !is_known(finding)).map(row).collect()
    }

    /// What is done with a record of the person's own.
    fn asked(&self, builder: &Builder<'a>, record: &Record<'_>, role: &str) -> OnRequest<'a> {
        let policy: &'a Policy = builder.asking.policy;
        let alone = policy.datasets[record.dataset].persons.len() == 1;
        let rule = record
            .decide(builder, Asked::Record)
            .into_iter()
            .find(|(duty, _)| matches!(policy.duties[*duty].target, Target::Records) && record.meets(builder, *duty));
        if let Some((index, _)) = rule {
            let duty = &policy.duties[index];
            let until = |term: &Term| record.moment.and_then(|moment| term.after(moment.time, &policy.zone));
            let is_kept = duty.min_keep.as_ref().is_some_and(|term| until(term).is_none_or(|until| until > builder.asking.as_of));
            let meanwhile = duty.on_request.filter(|action| *action != ActionName::DropRecord);
            return match meanwhile {
                _ if !is_kept && alone => OnRequest { duty: Some(index), action: &duty.action, kept: None },
                Some(action) => OnRequest { duty: Some(index), action: plain_action(action), kept: is_kept.then_some(index) },
                None => OnRequest { duty: None, action: plain_action(ActionName::Redact), kept: is_kept.then_some(index) },
            };
        }
        let by_rule = policy.duties.iter().enumerate().find(|(_, duty)| {
            let means = duty.dataset == Some(record.dataset) && duty.role.as_ref().is_none_or(|own| own == role);
            means && !matches!(duty.target, Target::Records | Target::Files) && duty.on_request.is_some()
        });
        let action = by_rule.and_then(|(_, duty)| duty.on_request).filter(|action| *action != ActionName::DropRecord || alone);
        OnRequest {
            duty: by_rule.map(|(index, _)| index).filter(|_| action.is_some()),
            action: plain_action(action.unwrap_or(ActionName::Redact)),
            kept: None,
        }
    }

    fn drop_record(&self, builder: &mut Builder<'a>, record: &Record<'_>, asked: &OnRequest<'_>, claimed: Claimed<'_>) -> Result<()> {
        builder.datasets[record.dataset].dropped += 1;
        builder.count_record(record.dataset, asked.duty, asked.action);
        let op = Op {
            kind: "record",
            place: self.leaf.place(record),
            tokens: [record.token(), None, None],
            ..self.op(record, asked.duty, asked.action, claimed)
        };
        builder.write(op, self.leaf.index)
    }

    /// Changes the cells of one of the record's people; returns which.
    fn cells(
        &self,
        builder: &mut Builder<'a>,
        record: &Record<'_>,
        found: &[FindingRow],
        person: &Person,
        (asked, claimed): (&OnRequest<'_>, Claimed<'_>),
        counted: &mut Counted,
    ) -> Result<Vec<(String, Option<String>)>> {
        let key = &builder.asking.policy.datasets[record.dataset].key;
        let mut changed = Vec::new();
        for column in columns(person) {
            for field in record.cells.fields(column).filter(|field| is_filled(record, field)).collect::<Vec<_>>() {
                let of = &record.seen.layout.columns()[field.column as usize];
                let pointer = of.pointer(record.seen.row.indices_of(field));
                let place = Place { column: Some(column), pointer: pointer.as_deref(), ..self.leaf.place(record) };
                let why = match () {
                    () if key.iter().any(|own| own == column) => Some("key"),
                    () if of.name.as_ref().is_some_and(|name| name.contains(INSIDE)) => Some("unsupported"),
                    () if record.is_twice(field, column, pointer.as_deref()) => Some("not_exact"),
                    () if !fits(asked.action, &record.cells.text_of(field))
                        || !record.takes(field, asked.action, field.span.len())
                        || !record.can_spell(field, asked.action, None) =>
                    {
                        Some("unfit")
                    }
                    () => None,
                };
                changed.push((column.to_owned(), pointer.clone()));
                if let Some(why) = why {
                    builder.keep(Keep { detail: Some(claimed.evidence.to_owned()), ..self.leaf.keep_at(record, why, place) })?;
                    continue;
                }
                let here = |finding: &&FindingRow| finding.column.as_deref() == Some(column) && finding.pointer == pointer;
                let finding = found.iter().find(here);
                let identity = person.identity.iter().find(|(_, own)| own == column).map(|(entity, _)| entity.as_str());
                let entity = identity.or(finding.map(|finding| finding.entity.as_str()));
                let op = Op {
                    kind: "cell",
                    place: Place { bytes: self.leaf.bytes(record, field), ..place },
                    entity,
                    replacement: replacement(asked.action.name, None, entity),
                    tokens: [record.token(), record.guard(field), finding.and_then(|finding| finding.value_token)],
                    preview: finding.and_then(|finding| finding.preview.as_deref()),
                    ..self.op(record, asked.duty, asked.action, claimed)
                };
                builder.write(op, self.leaf.index)?;
            }
        }
        if !changed.is_empty() {
            count(builder, record, asked.duty, asked.action, counted);
        }
        Ok(changed)
    }

    /// Redacts what mentions the person.
    fn spans(
        &self,
        builder: &mut Builder<'a>,
        record: &Record<'_>,
        mut surely: Vec<(&FindingRow, String, Option<&str>)>,
        mut counted: Counted,
    ) -> Result<()> {
        let span = |finding: &FindingRow| finding.cell.or(finding.bytes).unwrap_or((0, 0));
        surely.sort_by(|(a, ..), (b, ..)| (&a.column, &a.pointer, span(a), &a.entity).cmp(&(&b.column, &b.pointer, span(b), &b.entity)));
        surely.dedup_by(|(later, ..), (first, ..)| {
            let meets = later.column == first.column && later.pointer == first.pointer && span(later).0 < span(first).1;
            if meets && span(later).1 > span(first).1 {
                *first = later;
            }
            meets
        });
        surely.sort_by_key(|(finding, ..)| (finding.bytes, span(finding)));
        let action = plain_action(ActionName::Redact);
        for (finding, evidence, role) in surely {
            let value = record.value(finding, action);
            let why = match &value {
                _ if !finding.exact => Some("not_exact"),
                Err(why) => Some(*why),
                Ok((text, field)) if !field.is_none_or(|field| record.takes(field, action, text.len())) => Some("unfit"),
                Ok(_) => None,
            };
            let guard = value.ok().and_then(|(_, field)| field).and_then(|field| record.guard(field));
            if let Some(why) = why {
                self.leaf.keep_finding(builder, Some(record.dataset), finding, why)?;
                continue;
            }
            let op = Op {
                kind: "span",
                place: self.leaf.place(record).of(finding),
                finding: finding.finding_id,
                entity: Some(&finding.entity),
                replacement: replacement(action.name, None, Some(&finding.entity)),
                tokens: [finding.record_token.or(record.token()), finding.guard_token.or(guard), finding.value_token],
                preview: finding.preview.as_deref(),
                ..self.op(record, None, action, Claimed { role, tie: Stand::Mention, evidence: &evidence })
            };
            builder.write(op, self.leaf.index)?;
            count(builder, record, None, action, &mut counted);
        }
        Ok(())
    }

    fn op<'o>(&self, record: &'o Record<'_>, duty: Option<usize>, action: &'o Action, claim: Claimed<'o>) -> Op<'o>
    where
        'a: 'o,
    {
        Op {
            kind: "",
            place: Place::whole(self.leaf.object),
            dataset: record.dataset,
            duty,
            action,
            claim: Some(claim),
            due: self.search.due,
            finding: None,
            entity: None,
            replacement: None,
            tokens: [None; 3],
            preview: None,
            moment: record.moment,
        }
    }
}

/// Whether a finding is likely to be somebody's.
fn is_personal(finding: &FindingRow) -> bool {
    finding.likelihood >= Likelihood::Likely && is_within(&finding.category, "user")
}

/// Whether a finding stands in a cell that is changed.
fn is_edited(edited: &[(String, Option<String>)], finding: &FindingRow) -> bool {
    edited.iter().any(|(column, pointer)| finding.column.as_ref() == Some(column) && (pointer.is_none() || finding.pointer == *pointer))
}

/// The rules and actions that a record was counted for.
type Counted = Vec<(Option<usize>, ActionName)>;

/// Counts a record for a rule and action, once.
fn count(builder: &mut Builder<'_>, record: &Record<'_>, duty: Option<usize>, action: &Action, counted: &mut Counted) {
    if !counted.contains(&(duty, action.name)) {
        counted.push((duty, action.name));
        builder.count_record(record.dataset, duty, action);
    }
}

/// What a request does with a record of the person's own.
struct OnRequest<'p> {
    /// The rule that says so.
    duty: Option<usize>,
    action: &'p Action,
    /// The rule whose `min_keep` keeps the record.
    kept: Option<usize>,
}

/// An action that needs no more than its name.
fn plain_action(name: ActionName) -> &'static Action {
    const fn plain(name: ActionName) -> Action {
        Action { name, keep: 0, with: None }
    }
    static ACTIONS: [Action; 3] = [plain(ActionName::DropRecord), plain(ActionName::Null), plain(ActionName::Redact)];
    ACTIONS.iter().find(|action| action.name == name).unwrap_or(&ACTIONS[2])
}

/// The hold that keeps a record.
fn held(builder: &Builder<'_>, record: &Record<'_>) -> Option<usize> {
    let policy = builder.asking.policy;
    let today = builder.asking.as_of.to_zoned(policy.zone.clone()).date();
    policy.holds.iter().position(|hold| hold.state(today) != State::Released && hold.holds(record.dataset, record.of_people()))
}
