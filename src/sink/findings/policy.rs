//! Columns of what a policy says of the record, and of the person that a value is known to belong to.

use parquet::errors::Result;
use parquet::schema::types::SchemaDescriptor;

use crate::finding::{Finding, Governed, LeafFacts, Subject};
use crate::sink::pages::{Closed, Numbers, Packer, Pairs, Words};

/// The number of the role that a format gives; those of a policy begin behind it.
const FORMAT_ROLE: usize = 0;

/// What findings have from a policy.
pub(super) struct Policies {
    subject_tokens: Pairs,
    /// None: no policy is in force.
    governed: Option<Columns>,
}

struct Columns {
    record_key: Pairs,
    record_time: Numbers<i64>,
    subject_role: Words,
    time_source: Words,
    dataset: Words,
    owner: Words,
}

impl Policies {
    pub(super) fn new(schema: &SchemaDescriptor, has_policy: bool) -> Self {
        let words = |name| Words::new(schema, name);
        let columns = || Columns {
            record_key: Pairs::new(schema, "record_key"),
            record_time: Numbers::new(schema, "record_time"),
            subject_role: words("subject_role"),
            time_source: words("time_source"),
            dataset: words("dataset"),
            owner: words("owner"),
        };
        Self { subject_tokens: Pairs::new(schema, "subject_tokens"), governed: has_policy.then(columns) }
    }

    pub(super) fn push(&mut self, leaf: &LeafFacts, findings: &[Finding]) {
        if let Some(columns) = &mut self.governed {
            findings.iter().for_each(|finding| columns.push(leaf, finding.governed.as_deref()));
        }
        if findings.iter().all(|finding| finding.subject.is_none() && finding.governed.is_none()) {
            self.subject_tokens.push_absent(findings.len());
            return;
        }
        for finding in findings {
            let own = subjects(finding.governed.as_deref());
            let known = finding.subject.as_deref().filter(|known| !own.iter().any(|own| own.kind == known.kind));
            let hex: Vec<(&str, [u8; 32])> = own.iter().chain(known).map(|subject| (&*subject.kind, subject.token.hex())).collect();
            self.subject_tokens.push(hex.iter().map(|(kind, token)| (*kind, &token[..])));
        }
    }

    /// Bytes of text that are in no page yet.
    pub(super) fn pending(&self) -> usize {
        self.governed.as_ref().map_or(0, |columns| columns.record_key.pending())
    }

    /// Says whether the row group must end.
    pub(super) fn is_full(&self) -> bool {
        self.governed.as_ref().is_some_and(|columns| columns.record_key.is_full())
    }

    pub(super) fn page(&mut self, packer: &mut Packer) -> Result<()> {
        if let Some(columns) = &mut self.governed {
            for words in [&mut columns.subject_role, &mut columns.time_source, &mut columns.dataset, &mut columns.owner] {
                words.page(packer)?;
            }
            columns.record_time.page(packer)?;
            columns.record_key.page(packer)?;
        }
        self.subject_tokens.page(packer)
    }

    pub(super) fn len(&self) -> usize {
        let columns = self.governed.as_ref().map_or(0, |columns| {
            let words = [&columns.subject_role, &columns.time_source, &columns.dataset, &columns.owner].map(Words::len);
            words.iter().sum::<usize>() + columns.record_time.len() + columns.record_key.len()
        });
        self.subject_tokens.len() + columns
    }

    pub(super) fn close(&mut self, packer: &mut Packer, chunks: &mut Vec<Closed>) -> Result<()> {
        if let Some(columns) = &mut self.governed {
            for words in [&mut columns.subject_role, &mut columns.time_source, &mut columns.dataset, &mut columns.owner] {
                chunks.push(words.close(None, packer)?);
            }
            chunks.push(columns.record_time.close()?);
            columns.record_key.close(packer, chunks)?;
        }
        self.subject_tokens.close(packer, chunks)
    }
}

fn subjects(governed: Option<&Governed>) -> &[Subject] {
    let person = governed.and_then(|governed| governed.record.people.get(governed.person?));
    person.map_or(&[], |person| &person.subjects)
}

impl Columns {
    fn push(&mut self, leaf: &LeafFacts, governed: Option<&Governed>) {
        let person = governed.and_then(|governed| governed.record.people.get(governed.person?));
        match (person, leaf.subject_role) {
            (Some(person), _) => self.subject_role.push(person.role, |words| words.text(&person.role_name)),
            (None, Some(role)) => self.subject_role.push(FORMAT_ROLE, |words| words.text(role)),
            (None, None) => self.subject_role.push_absent(),
        }
        let Some(record) = governed.map(|governed| &*governed.record) else {
            self.record_key.push_absent(1);
            self.record_time.extend_some([None].into_iter());
            [&mut self.time_source, &mut self.dataset, &mut self.owner].into_iter().for_each(Words::push_absent);
            return;
        };
        self.record_key.push(record.key.iter().map(|(name, value)| (&**name, value.as_bytes())));
        self.record_time.extend_some([record.time.map(|(time, _)| time)].into_iter());
        match record.time {
            Some((_, source)) => self.time_source.push(source_number(source), |words| words.text(source)),
            None => self.time_source.push_absent(),
        }
        self.dataset.push(record.dataset, |words| words.text(&record.dataset_id));
        match &record.owner {
            Some(owner) => self.owner.push(record.dataset, |words| words.text(owner)),
            None => self.owner.push_absent(),
        }
    }
}

/// A small number for each kind of clock.
fn source_number(source: &str) -> usize {
    const SOURCES: [&str; 6] = ["column", "log", "partition", "path", "event", "mtime"];
    SOURCES.iter().position(|known| *known == source).unwrap_or(SOURCES.len())
}
