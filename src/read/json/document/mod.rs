//! JSON documents of any size, one or several in a leaf: pretty-printed or on one line.
//!
//! A record is an element of the first array of containers on each path, and what stands between such arrays, in runs; where
//! there is none, the document. Where a leaf holds several documents each is a record. A record above the limit is opened: then
//! its members or elements are records. Of a document only the containers around a record are known, never more of it.

mod cutter;
mod gaps;
mod head;
mod layout;
mod resume;
#[cfg(test)]
mod tests;

use self::cutter::DocumentCutter;
use self::gaps::DocumentGaps;
use self::layout::DocumentLayout;
use crate::model::{Block, Layout};
use crate::read::{Blocks, Format, Gaps, Head, Reader, Records, Supply, Supplying, Text};

pub(in crate::read) const FORMAT: Format =
    Format { name: "json", summary: "JSON documents of any size, one or several, with line breaks or without", recognise };

struct Documents {
    /// Whether the first one ends in the head and another follows.
    many: bool,
}

fn recognise(head: &Head<'_>) -> Option<Box<dyn Reader>> {
    let look = head::look(head.bytes, head.whole)?;
    Some(Box::new(Documents { many: look.many }))
}

impl Reader for Documents {
    fn format(&self) -> &'static str {
        "json"
    }

    fn records(&self) -> Records {
        Records::Rows
    }

    fn torn(&self) -> &'static str {
        "stretches are not well-formed JSON, cut off, or a string longer than 1 MiB: they were examined as text, without their cells"
    }

    fn supply(&self, text: Text, how: &Supplying) -> Box<dyn Supply> {
        Blocks::supply(text, Box::new(DocumentCutter::new(self.many)), how)
    }

    fn layout(&self, block: &Block) -> Box<dyn Layout> {
        Box::new(DocumentLayout::new(block, self.many))
    }

    fn gaps(&self) -> Box<dyn Gaps> {
        Box::new(DocumentGaps::default())
    }

    /// An array is looked into where its first element is a container.
    fn regroups(&self) -> bool {
        true
    }
}
