//! Commas between the elements of arrays of which some go.
//!
//! A comma belongs to the element behind it, and is held back until that is known to stay. Where no element before it stays, the next one
//! needs none. What is neither comma nor white space opens, closes or names containers, and always stays.

use std::io::{self, Write};
use std::ops::Range;

use crate::model::Block;
use crate::read::Gaps;
use crate::read::gaps::hold;

#[derive(Default)]
pub(super) struct DocumentGaps {
    /// Commas and white space behind the last record, bracket or key.
    held: Vec<u8>,
    /// Whether an element that stays stands before them in the same container.
    follows: bool,
    /// Whether elements went that stood between that one, or the start of the container, and them.
    parted: bool,
    /// Inside of a key: whether behind a backslash.
    key: Option<bool>,
}

/// What stands behind what is held back.
#[derive(PartialEq, Eq)]
enum Before {
    /// Something of the same container.
    Child,
    /// Its end.
    Close,
}

impl DocumentGaps {
    fn release(&mut self, before: Before, out: &mut dyn Write) -> io::Result<()> {
        let mut held = std::mem::take(&mut self.held);
        if std::mem::take(&mut self.parted) && !self.follows {
            // What stands before the first element was written in front of the one that went.
            held.retain(|b| before == Before::Close && *b != b',');
        }
        out.write_all(&held)
    }

    /// Takes a byte that is no part of a key.
    fn take(&mut self, byte: u8, out: &mut dyn Write) -> io::Result<()> {
        let before = match byte {
            b',' | b' ' | b'\t' | b'\r' | b'\n' | 0x1E => return hold(&mut self.held, &[byte]),
            b']' | b'}' => Before::Close,
            _ => Before::Child,
        };
        self.release(before, out)?;
        self.follows = !matches!(byte, b'[' | b'{' | b':');
        self.key = (byte == b'"').then_some(false);
        out.write_all(&[byte])
    }
}

impl Gaps for DocumentGaps {
    fn between(&mut self, block: &Block, bytes: Range<usize>, out: &mut dyn Write) -> io::Result<()> {
        for byte in &block.bytes[bytes] {
            match self.key {
                None => self.take(*byte, out)?,
                Some(is_escaped) => {
                    self.key = (is_escaped || *byte != b'"').then_some(!is_escaped && *byte == b'\\');
                    out.write_all(&[*byte])?;
                }
            }
        }
        Ok(())
    }

    fn kept(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.release(Before::Child, out)?;
        self.follows = true;
        Ok(())
    }

    fn dropped(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if !self.follows && !self.parted {
            out.write_all(&self.held)?;
        }
        self.held.clear();
        self.parted = true;
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if self.parted && !self.follows {
            // Of several documents none stays.
            self.held.clear();
        }
        self.release(Before::Close, out)
    }
}
