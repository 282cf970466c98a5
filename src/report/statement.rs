//! The statement: a certificate as other programs take it, in the form of in-toto.
//!
//! <https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md>. It is not signed: whoever answers for it puts it into an
//! envelope.

use std::collections::BTreeMap;

use serde::Serialize;

use super::certificate::Certificate;

/// The type of the statement.
pub const STATEMENT_TYPE: &str = "https://in-toto.io/Statement/v1";
/// The type of its predicate, which PLANS.md describes.
pub const PREDICATE_TYPE: &str = "urn:datatrawl:erasure:v1";

/// A certificate, and the files that it is about.
#[derive(Debug, Serialize)]
pub struct Statement<'a> {
    #[serde(rename = "_type")]
    kind: &'static str,
    subject: Vec<Subject>,
    #[serde(rename = "predicateType")]
    predicate_type: &'static str,
    predicate: &'a Certificate,
}

/// A file that a statement is about.
#[derive(Debug, Serialize)]
pub struct Subject {
    /// Its name.
    pub name: String,
    /// Its digests in hex, by algorithm.
    pub digest: BTreeMap<&'static str, String>,
}

impl<'a> Statement<'a> {
    /// Makes the statement of a certificate.
    #[must_use]
    pub fn new(predicate: &'a Certificate, subject: Vec<Subject>) -> Self {
        Self { kind: STATEMENT_TYPE, subject, predicate_type: PREDICATE_TYPE, predicate }
    }
}
