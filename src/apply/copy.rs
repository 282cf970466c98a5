//! A file's text copied with the changes of a plan: records that stay byte for byte, those that change as they are edited, and what stands
//! between them, less what only parted or ended those that go.

use std::io::{self, BufWriter, Write};

use super::edit::{Edited, edit};
use super::records::{Next, Records};
use crate::finding::Tokens;
use crate::model::Result;
use crate::plan::OpRow;
use crate::read::Stored;

/// Bytes that are gathered before they are encoded.
const BUFFER: usize = 64 * 1024;

/// Gives the operations up to a record that were not given before.
pub(super) type Until<'a> = dyn FnMut(i64) -> Result<Vec<OpRow>> + 'a;

/// Copies all records, as they are stored. The outer error is the plan's, the inner one says what does not fit it.
pub(super) fn copy(
    records: &mut Records,
    until: &mut Until<'_>,
    tokens: &Tokens,
    out: &mut dyn Write,
) -> Result<std::result::Result<(), String>> {
    let mut out = BufWriter::with_capacity(BUFFER, Stored::new(records.charset, out));
    let mut gaps = records.gaps();
    let said = |error: io::Error| error.to_string();
    // Where the bytes of the block begin that are not copied yet. A mark at the start of the file stands before what the first block owns.
    let (mut at, mut is_first) = (0, true);
    loop {
        let next = records.go_on_with(&mut |block, end| gaps.between(block, at..end, &mut out).map_err(said));
        match next {
            Err(what) => return Ok(Err(what)),
            Ok(Next::Block) => {
                let block = records.block();
                at = if is_first { 0 } else { block.owned.start };
                // Of text that was converted the mark is no part.
                if std::mem::take(&mut is_first)
                    && block.origin.as_ref().is_some_and(|origin| origin.stored(&block.bytes, 0) > 0)
                    && let Err(error) = out.get_mut().mark()
                {
                    return Ok(Err(said(error)));
                }
            }
            Ok(Next::Record) => {
                let (ordinal, span) = (records.row().ordinal, records.row().span.clone());
                let of_record = until(i64::try_from(ordinal).unwrap_or(i64::MAX))?;
                if of_record.iter().any(|op| op.record.and_then(|record| u64::try_from(record).ok()) != Some(ordinal)) {
                    return Ok(Err("a record of the plan is not there".to_owned()));
                }
                let edited = if of_record.is_empty() { None } else { Some(edit(records, &of_record, tokens)) };
                let (block, mut write) = (records.block(), || gaps.between(records.block(), at..span.start, &mut out));
                let written = match edited {
                    Some(Err(what)) => return Ok(Err(what.to_owned())),
                    Some(Ok(Edited::Dropped)) => write().and_then(|()| gaps.dropped(&mut out)),
                    Some(Ok(Edited::Changed { bytes, .. })) => {
                        write().and_then(|()| gaps.kept(&mut out)).and_then(|()| out.write_all(&bytes))
                    }
                    None => write().and_then(|()| gaps.kept(&mut out)).and_then(|()| out.write_all(&block.bytes[span.clone()])),
                };
                if let Err(error) = written {
                    return Ok(Err(said(error)));
                }
                at = span.end;
            }
            Ok(Next::BlockEnd) => {}
            Ok(Next::End) => {
                if !until(i64::MAX)?.is_empty() {
                    return Ok(Err("a record of the plan is not there".to_owned()));
                }
                return Ok(gaps.end(&mut out).and_then(|()| out.flush()).map_err(said));
            }
        }
    }
}
