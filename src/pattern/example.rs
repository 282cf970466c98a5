//! Examples of a pattern file: a text in which `«…»` marks what must be found.

use std::ops::Range;

use crate::model::{Error, ErrorKind, Result};

/// A text without its marks, and the marked spans.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The text.
    pub text: String,
    /// Byte spans of the values in it.
    pub spans: Vec<Range<usize>>,
}

impl Example {
    /// Takes the marks out.
    ///
    /// # Errors
    /// `Pattern` where marks do not pair.
    pub fn parse(rule: &str, marked: &str) -> Result<Self> {
        let unpaired = || Error::new(ErrorKind::Pattern, format!("pattern {rule}: an example has « without » or the other way round"));
        let mut example = Self { text: String::new(), spans: Vec::new() };
        let mut rest = marked;
        while let Some((before, after)) = rest.split_once('«') {
            let (value, tail) = after.split_once('»').ok_or_else(unpaired)?;
            example.text.push_str(before);
            let start = example.text.len();
            example.text.push_str(value);
            example.spans.push(start..example.text.len());
            rest = tail;
        }
        example.text.push_str(rest);
        if example.text.contains(['«', '»']) { Err(unpaired()) } else { Ok(example) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_marks_out() {
        let example = Example::parse("r", "a «b» «c»").expect("marks pair");
        assert_eq!(example, Example { text: "a b c".into(), spans: vec![2..3, 4..5] });
        assert!(Example::parse("r", "«a").is_err());
        assert!(Example::parse("r", "a»").is_err());
    }
}
