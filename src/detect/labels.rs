//! Labels: words behind which a value stands, such as `dob:` or `account no.`, and the literals that tokens begin with.
//!
//! In come the texts that rules look for, out goes what the prefilter needs to point at them (the first three bytes of each,
//! in eight groups) and a look-up of those that stand at a place. Nothing here reads a value.

use crate::model::RuleIndex;

/// Bytes of a label that the prefilter looks at.
pub(super) const PREFIX: usize = 3;

/// What joins the words of a label: `account no`, `account_no`, `account-no`, `account.no`, `accountNo`.
const JOINTS: [&str; 5] = [" ", "_", "-", ".", ""];

/// What a label belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum LabelUse {
    /// The value of a rule follows.
    Value(RuleIndex),
    /// The value of a rule begins here.
    Begin(RuleIndex),
}

/// All labels of a run.
#[derive(Default)]
pub(super) struct Labels {
    /// In small letters, in order of what [`folded`] makes of their first bytes, and of their bytes.
    labels: Vec<(Box<[u8]>, LabelUse)>,
    /// By what [`folded`] makes of first bytes: where their labels begin, and the end.
    by_prefix: Vec<u16>,
    fingerprints: Fingerprints,
}

/// Which bytes labels begin with: the byte at place n is in the groups whose bits its table has. Three bytes may begin a label
/// where some group has all of them.
#[derive(Clone)]
pub(super) struct Fingerprints {
    pub exact: [[u8; 256]; PREFIX],
    /// By what [`folded`] makes of three bytes: whether a label begins so, as bits.
    begins: [u64; FOLDED / 64],
}

impl Default for Fingerprints {
    fn default() -> Self {
        Self { exact: [[0; 256]; PREFIX], begins: [0; FOLDED / 64] }
    }
}

impl Fingerprints {
    /// Says whether a label may begin with these bytes.
    #[inline(always)]
    pub fn allow(&self, bytes: [u8; PREFIX]) -> bool {
        let [a, b, c] = bytes.map(usize::from);
        let at = folded(bytes);
        self.exact[0][a] & self.exact[1][b] & self.exact[2][c] != 0 && self.begins[at / 64] >> (at % 64) & 1 == 1
    }
}

/// Values of [`folded`].
const FOLDED: usize = 1 << 15;

/// The low five bits of three bytes: those of a letter are the same in both cases.
#[inline(always)]
fn folded([a, b, c]: [u8; PREFIX]) -> usize {
    let low = |byte: u8| usize::from(byte & 31);
    low(a) << 10 | low(b) << 5 | low(c)
}

/// What [`folded`] makes of the first bytes of a label.
fn beginning(label: &[u8]) -> usize {
    folded([label[0], label[1], label[2]])
}

impl Labels {
    /// Takes the texts of rules. Each begins with an ASCII letter and has [`PREFIX`] bytes or more, as `pattern` checks.
    pub fn new(texts: &[(String, LabelUse)]) -> Self {
        let written = |(text, used_by): &(String, LabelUse)| {
            let text = text.to_ascii_lowercase();
            let used_by = *used_by;
            JOINTS.map(|joint| (text.replace(' ', joint).into_bytes().into_boxed_slice(), used_by))
        };
        let mut labels: Vec<_> = texts.iter().flat_map(written).filter(|(text, _)| text.len() >= PREFIX).collect();
        labels.sort();
        labels.dedup();
        let fingerprints = fingerprints(&labels);
        labels.sort_by_key(|(label, _)| beginning(label));
        let mut by_prefix = vec![0; FOLDED + 1];
        for (label, _) in &labels {
            by_prefix[beginning(label) + 1] += 1;
        }
        for at in 0..FOLDED {
            by_prefix[at + 1] += by_prefix[at];
        }
        Self { labels, by_prefix, fingerprints }
    }

    pub fn fingerprints(&self) -> &Fingerprints {
        &self.fingerprints
    }

    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// The labels that stand at `at`, each with where it ends.
    pub fn at<'a>(&'a self, text: &'a [u8], at: usize) -> impl Iterator<Item = (LabelUse, usize)> + 'a {
        let prefix = text.get(at..at + PREFIX).map_or(0, beginning);
        let range = self.by_prefix.get(prefix..prefix + 2).map_or(0..0, |ends| usize::from(ends[0])..usize::from(ends[1]));
        self.labels[range].iter().filter_map(move |(label, used_by)| {
            let end = at + label.len();
            let stands = text.get(at..end)?.eq_ignore_ascii_case(label);
            let inside = |b: Option<&u8>| b.is_some_and(u8::is_ascii_alphanumeric);
            (stands && !(inside(label.last()) && inside(text.get(end)) && matches!(used_by, LabelUse::Value(_)))).then_some((*used_by, end))
        })
    }
}

/// Labels whose first letters are neighbours share a group: look-ups by the halves of bytes then mix up fewest others.
fn fingerprints(labels: &[(Box<[u8]>, LabelUse)]) -> Fingerprints {
    let mut firsts: Vec<u8> = labels.iter().map(|(label, _)| label[0]).collect();
    firsts.dedup();
    let mut out = Fingerprints::default();
    for (label, _) in labels {
        let group = firsts.iter().position(|first| *first == label[0]).map_or(0, |i| i * 8 / firsts.len().max(8));
        let begins = beginning(label);
        out.begins[begins / 64] |= 1 << (begins % 64);
        for (table, byte) in out.exact.iter_mut().zip(label) {
            table[usize::from(*byte)] |= 1 << group;
            table[usize::from(byte.to_ascii_uppercase())] |= 1 << group;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels() -> Labels {
        Labels::new(&[
            ("dob".to_owned(), LabelUse::Value(1)),
            ("date of birth".to_owned(), LabelUse::Value(1)),
            ("account no".to_owned(), LabelUse::Value(2)),
            ("eyj".to_owned(), LabelUse::Begin(3)),
        ])
    }

    fn ends(text: &str) -> Vec<(LabelUse, usize)> {
        labels().at(text.as_bytes(), 0).collect()
    }

    #[test]
    fn finds_labels_as_they_are_written() {
        for (text, end) in [("DOB: x", 3), ("dateOfBirth=", 11), ("date_of_birth", 13), ("Date of Birth ", 13)] {
            assert_eq!(ends(text), [(LabelUse::Value(1), end)], "{text}");
        }
        assert_eq!(ends("eyJhbGci"), [(LabelUse::Begin(3), 3)]);
    }

    #[test]
    fn refuses_parts_of_words() {
        for text in ["dobson: x", "account note", "account nor", "do", "", "date of births"] {
            assert_eq!(ends(text), [], "{text}");
        }
    }

    #[test]
    fn fingerprints_allow_all_labels_and_few_others() {
        let labels = labels();
        for start in [b"dob", b"DOB", b"Dat", b"acc", b"eyJ"] {
            assert!(labels.fingerprints().allow(*start));
        }
        for other in [b"car", b"zzz", b"the", b"ord"] {
            assert!(!labels.fingerprints().allow(*other));
        }
    }
}
