//! Words that announce a name – `Name:`, `Dear`, `Mr.`, `my name is`, `Regards,` – looked up where a name may begin.
//!
//! In comes the place of a capital, out go candidates of the rules one of whose labels stands before it. A pass over all input
//! never looks for these words: they are many, and most of what they stand in says no name.

use std::collections::HashMap;

use super::labelled;
use crate::model::{Candidate, RuleIndex, Signal};
use crate::pattern::{Listed, Rule};

/// Bytes between a label and a name.
const GAP: usize = 24;
/// Words of a label.
const WORDS: usize = 4;
/// Longest label, in bytes.
const LONGEST: usize = 48;

/// The labels of all rules that look for announced names.
#[derive(Default)]
pub(in crate::detect) struct Announcers {
    /// By their letters, without what is between words.
    labels: HashMap<Vec<u8>, Vec<Announcer>>,
    /// By what [`three`] makes of a label's end: whether one ends so; without a sign behind it, and with one.
    ends: [Box<[bool]>; 2],
}

#[derive(Clone, Copy)]
struct Announcer {
    rule: RuleIndex,
    assigned: bool,
    listed: Listed,
    keyword: i8,
}

impl Announcers {
    /// Adds the labels of a rule.
    pub fn add(&mut self, index: RuleIndex, rule: &Rule) {
        let announcer = Announcer { rule: index, assigned: rule.assigned, listed: rule.listed, keyword: rule.deltas.keyword };
        for label in &rule.labels {
            let letters: Vec<u8> = label.to_lowercase().bytes().filter(|b| is_letter(*b)).collect();
            let ends = &mut self.ends[usize::from(rule.assigned)];
            if ends.is_empty() {
                *ends = vec![false; 1 << 15].into_boxed_slice();
            }
            ends[three(label.to_lowercase().trim_end_matches(|c: char| !c.is_alphanumeric()).as_bytes())] = true;
            self.labels.entry(letters).or_default().push(announcer);
        }
    }

    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// Looks at what stands before the name that may begin at `at`.
    #[inline]
    pub fn find(&self, text: &[u8], at: usize, out: &mut Vec<Candidate>) {
        let Some((end, assigned)) = label_end(text, at) else { return };
        if self.ends[usize::from(assigned)].get(three(&text[..end])) == Some(&true) {
            self.find_label(text, end, assigned, out);
        }
    }

    #[inline(never)]
    fn find_label(&self, text: &[u8], end: usize, assigned: bool, out: &mut Vec<Candidate>) {
        let starts = words_before(text, end);
        // The longest label is meant: `file name` and not `name`.
        let Some(first) = starts.iter().rev().flatten().next() else { return };
        let letters: Vec<u8> = text[*first..end].iter().filter(|b| is_letter(**b)).map(u8::to_ascii_lowercase).collect();
        for start in starts.into_iter().rev().flatten() {
            let length = text[start..end].iter().filter(|b| is_letter(**b)).count();
            let Some(found) = self.labels.get(&letters[letters.len() - length..]) else { continue };
            for announcer in found.iter().filter(|a| a.assigned == assigned) {
                if let Some(mut candidate) = labelled::behind(text, start..end, assigned, announcer.listed, announcer.rule) {
                    candidate.signals.add(Signal::Keyword, announcer.keyword);
                    out.push(candidate);
                }
            }
            return;
        }
    }
}

/// What counts of a label.
fn is_letter(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b >= 0x80 || b == b'\''
}

/// The low bits of the last three letters; fewer where the word has fewer.
#[inline]
fn three(text: &[u8]) -> usize {
    let mut out = 0;
    for (n, b) in text.iter().rev().take(3).take_while(|b| is_letter(**b)).enumerate() {
        out |= usize::from(b & 31) << (5 * n);
    }
    out
}

/// Where the word before a name ends, and whether `:`, `=` or `|` stand between. None: nothing announces what stands here.
#[inline]
fn label_end(text: &[u8], at: usize) -> Option<(usize, bool)> {
    let low = at.saturating_sub(GAP);
    let mut end = at;
    let mut signs = 0;
    let (mut lines, mut dashes) = (0, 0);
    while end > low {
        match text[end - 1] {
            // The key of a JSON value names a column, which has its own rules.
            b'"' if signs > 0 => return None,
            b' ' | b'\t' | b'*' | b'_' | b'"' | b',' | b'.' | b'!' | b'\r' => {}
            b'>' | b'-' => dashes += 1,
            b':' | b'=' | b'|' => signs += 1,
            b'\n' if signs == 0 && lines < 3 => lines += 1,
            b'\n' => return None,
            // A dash stands before a name on a line of its own alone.
            b if is_letter(b) => return (end < at && (dashes == 0 || lines > 0)).then_some((end, signs > 0)),
            _ => return None,
        }
        end -= 1;
    }
    None
}

/// Where the last word before `end` begins, where the last two do, and so on.
fn words_before(text: &[u8], end: usize) -> [Option<usize>; WORDS] {
    let low = end.saturating_sub(LONGEST);
    let mut starts = [None; WORDS];
    let mut at = end;
    for start in &mut starts {
        let length = text[low..at].iter().rev().take_while(|b| is_letter(**b)).count();
        if length == 0 {
            break;
        }
        *start = Some(at - length);
        let joined = matches!(text[..at - length], [.., b' ' | b'_' | b'-' | b'.' | b'/' | b'(' | b')']);
        at -= length;
        if !joined || at <= low {
            break;
        }
        at -= 1;
    }
    starts
}

/// Labels that end where a text does.
#[cfg(test)]
fn label_of(text: &str) -> Option<(std::ops::Range<usize>, bool)> {
    let (end, assigned) = label_end(text.as_bytes(), text.len())?;
    let first = words_before(text.as_bytes(), end)[0]?;
    Some((first..end, assigned))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sees_the_word_before_a_name_and_the_sign_between() {
        for (text, word, assigned) in [
            ("Dear ", "Dear", false),
            ("Name: ", "Name", true),
            ("customer_name = ", "name", true),
            ("Regards,\n\n", "Regards", false),
            ("| Name | ", "Name", true),
        ] {
            assert_eq!(label_of(text).map(|(span, assigned)| (&text[span], assigned)), Some((word, assigned)), "{text}");
        }
        for text in ["", "a; ", "\"name\": \"", "Listener - ", "x\n\n\n\n\n"] {
            assert_eq!(label_of(text), None, "{text}");
        }
    }

    #[test]
    fn words_of_a_label_may_be_joined() {
        let text = b"the account-holder_name";
        let starts = words_before(text, text.len());
        assert_eq!(
            starts.map(|start| start.map(|at| &text[at..])),
            [Some(&b"name"[..]), Some(b"holder_name"), Some(b"account-holder_name"), Some(b"the account-holder_name")]
        );
    }
}
