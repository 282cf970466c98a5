//! The editor of formats that are cut into blocks of text: all bytes but those of an operation are copied.

use std::io::Write;

use super::copy::copy;
use super::editor::{Checked, Editor, Step, Stop, Task};
use super::records::Records;
use super::verify::{same_text, verify};

pub(super) struct Blocks;

impl Editor for Blocks {
    fn write(&self, task: &Task<'_>, out: &mut (dyn Write + Send)) -> Step<()> {
        let (leaf, tokens) = (task.leaf, task.tokens());
        let charset = leaf.charset.as_deref();
        let mut records = Records::open(&leaf.uri, charset, tokens).map_err(Stop::failed)?;
        if records.format() != leaf.format {
            return Err(Stop::unsupported("it reads as another format now"));
        }
        if records.charset.is_some() && same_text(&leaf.uri, &leaf.uri, charset, &mut |_| Ok(Vec::new()), tokens)?.is_err() {
            return Err(Stop::unsupported("it holds bytes that its character set has no text for, or writes in another way"));
        }
        let mut ops = task.ops()?;
        let mut out = out;
        copy(&mut records, &mut |record| ops.until(record), tokens, &mut out)?.map_err(Stop::failed)?;
        if records.content_token().as_ref() != Some(&leaf.content_token) {
            return Err(Stop::stale("it changed while it was read"));
        }
        Ok(())
    }

    fn check(&self, task: &Task<'_>, new: &str) -> Step<Checked> {
        let leaf = task.leaf;
        verify(&leaf.uri, new, leaf.charset.as_deref(), &|| task.ops(), task.examiner)?.map_err(Stop::failed)
    }
}
