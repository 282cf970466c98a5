//! Arrow IPC, file and stream: both are messages one after the other, and a file's directory at its end only repeats where they are.
//!
//! Messages are framed here, so that what they promise is checked before anything is allocated for it; the crate decodes them.
//! The format: <https://arrow.apache.org/docs/format/Columnar.html#serialization-and-interprocess-communication-ipc>.

use std::collections::HashMap;
use std::io::{self, Read};
use std::sync::Arc;

use arrow_array::ArrayRef;
use arrow_buffer::Buffer;
use arrow_ipc::reader::{RecordBatchDecoder, read_dictionary};
use arrow_ipc::{CompressionType, Message, MessageHeader, RecordBatch, convert, root_as_message};
use arrow_schema::{Field, Schema, SchemaRef};

use super::chunk::over;
use super::plan::{self, Leaf, Show};
use super::{Batch, Decode, Table};
use crate::model::{Column, limits};
use crate::read::full::fill;
use crate::unpack::Damage;

/// What a file begins with, filled up to a multiple of eight; it ends with the first six bytes of it.
pub(super) const FILE_MAGIC: &[u8; 8] = b"ARROW1\0\0";
/// What stands before the length of a message.
const CONTINUATION: [u8; 4] = [0xff; 4];
/// Records that a batch may say that it has.
const MOST_RECORDS: i64 = 1 << 31;

/// The messages of a leaf.
pub(super) struct Messages {
    body: Box<dyn Read + Send>,
    is_file: bool,
    schema: SchemaRef,
    leaves: Arc<[Leaf]>,
    dictionaries: HashMap<i64, ArrayRef>,
    first: u64,
    ended: bool,
}

/// Whether a head is that of a stream: a message that holds a schema.
pub(super) fn is_stream(head: &[u8]) -> bool {
    let Some(rest) = head.strip_prefix(&CONTINUATION) else { return false };
    let Some((length, rest)) = rest.split_first_chunk::<4>() else { return false };
    let message = usize::try_from(u32::from_le_bytes(*length)).ok().and_then(|length| rest.get(..length));
    message.is_some_and(|message| root_as_message(message).is_ok_and(|message| message.header_type() == MessageHeader::Schema))
}

/// Opens a leaf: its columns, and what decodes them.
pub(super) fn open(mut body: Box<dyn Read + Send>, asks: &dyn Fn(&Column) -> bool) -> Result<Table, Damage> {
    let mut start = [0; 8];
    let read = read_full(&mut body, &mut start)?;
    let is_file = start[..read] == FILE_MAGIC[..];
    if !is_file {
        body = Box::new(io::Cursor::new(start[..read].to_vec()).chain(body));
    }
    if is_file {
        body = behind_padding(body)?;
    }
    let Some((head, _)) = next_message(&mut *body, is_file)? else { return Err(corrupt("it has no schema")) };
    let message = root_as_message(&head).map_err(|_| corrupt("a message cannot be read"))?;
    let schema = message.header_as_schema().ok_or_else(|| corrupt("it does not begin with a schema"))?;
    let schema = convert::fb_to_schema(schema);
    let fields = plan::leaf_fields(schema.fields())?;
    let leaves = fields.iter().enumerate().map(|(index, field)| {
        let asked = plan::asked(&field.column, asks);
        Leaf {
            column: u32::try_from(index).expect("a message is bounded"),
            text: plan::is_text(&field.data_type),
            flat: field.flat,
            asked,
            show: if asked { Show::All } else { plan::show(&field.data_type) },
        }
    });
    let leaves = leaves.collect();
    let as_bytes = |field: &Arc<Field>| field.as_ref().clone().with_data_type(plan::as_bytes(field.data_type()));
    let schema = Arc::new(Schema::new(schema.fields().iter().map(as_bytes).collect::<Vec<_>>()));
    let columns = fields.into_iter().map(|field| field.column).collect();
    let rows = Messages { body, is_file, schema, leaves, dictionaries: HashMap::new(), first: 0, ended: false };
    Ok(Table { columns, holding: Vec::new(), rows: Box::new(rows) })
}

fn corrupt(what: &str) -> Damage {
    Damage::Corrupt(what.to_owned())
}

fn cut_off() -> Damage {
    corrupt("it is cut off")
}

/// Some writers fill the magic up to 64 bytes.
fn behind_padding(mut body: Box<dyn Read + Send>) -> Result<Box<dyn Read + Send>, Damage> {
    let mut word = [0; 8];
    for _ in 0..8 {
        let read = read_full(&mut body, &mut word)?;
        if read < word.len() || word != [0; 8] {
            return Ok(Box::new(io::Cursor::new(word[..read].to_vec()).chain(body)));
        }
    }
    Ok(body)
}

/// Reads until `into` is full or the body ends.
fn read_full(body: &mut dyn Read, into: &mut [u8]) -> Result<usize, Damage> {
    let filled = fill(body, into);
    filled.failure.map_or(Ok(filled.read), |error| Err(Damage::from_error(&error)))
}

/// Reads bytes whose number was promised: memory is taken as they come.
fn read_promised(body: &mut dyn Read, promised: u64) -> Result<Vec<u8>, Damage> {
    let mut out = Vec::with_capacity(usize::try_from(promised.min(16 * 1024 * 1024)).expect("it is bounded"));
    body.take(promised).read_to_end(&mut out).map_err(|error| Damage::from_error(&error))?;
    if out.len() as u64 == promised { Ok(out) } else { Err(cut_off()) }
}

/// Reads the next message, its head and its body; none at the end.
fn next_message(body: &mut dyn Read, is_file: bool) -> Result<Option<(Vec<u8>, Buffer)>, Damage> {
    let mut word = [0; 4];
    match read_full(body, &mut word)? {
        // A stream may end without a mark, a file does not.
        0 if !is_file => return Ok(None),
        4 => {}
        _ => return Err(cut_off()),
    }
    // Writers before version 0.15 leave the mark away.
    let is_marked = word == CONTINUATION;
    if is_marked && read_full(body, &mut word)? < 4 {
        return Err(cut_off());
    }
    let length = u32::from_le_bytes(word);
    if length == 0 {
        return Ok(None);
    }
    if u64::from(length) > limits::FOOTER_BYTES {
        return Err(Damage::Corrupt(format!("a message has a head of more than {} bytes", limits::FOOTER_BYTES)));
    }
    let head = read_promised(body, length.into())?;
    let promised = match root_as_message(&head) {
        Ok(message) => message.bodyLength(),
        // Old files have no mark at the end of their messages either: what follows is the directory.
        Err(_) if is_file && !is_marked => return Ok(None),
        Err(_) => return Err(corrupt("a message cannot be read")),
    };
    let promised = u64::try_from(promised).ok().filter(|promised| *promised <= limits::BATCH_BYTES);
    let promised = promised.ok_or_else(|| Damage::Corrupt(format!("a message has more than {} bytes", limits::BATCH_BYTES)))?;
    let content = read_promised(body, promised)?;
    Ok(Some((head, Buffer::from_vec(content))))
}

/// Refuses a batch whose buffers lie elsewhere, or decode to more than they may.
fn check(batch: RecordBatch<'_>, body: &[u8]) -> Result<(), Damage> {
    if !(0..=MOST_RECORDS).contains(&batch.length()) {
        return Err(Damage::Corrupt(format!("a batch says that it has more than {MOST_RECORDS} records")));
    }
    let Some(compression) = batch.compression() else { return Ok(()) };
    let mut total = 0_u64;
    for buffer in batch.buffers().iter().flatten() {
        let at = usize::try_from(buffer.offset()).ok().zip(usize::try_from(buffer.length()).ok());
        let stored = at.and_then(|(start, length)| body.get(start..start.checked_add(length)?));
        let stored = stored.ok_or_else(|| corrupt("a batch lies outside of its message"))?;
        let Some((decoded, stored)) = stored.split_first_chunk::<8>() else { continue };
        // -1 stands before what is not compressed.
        total = total.saturating_add(u64::try_from(i64::from_le_bytes(*decoded)).unwrap_or(0));
        if compression.codec() == CompressionType::LZ4_FRAME && stored.len() as u64 * 255 > limits::BATCH_BYTES {
            let mut most = lz4_flex::frame::FrameDecoder::new(stored).take(limits::BATCH_BYTES + 1);
            total = total.max(io::copy(&mut most, &mut io::sink()).unwrap_or(0));
        }
        if total > limits::BATCH_BYTES {
            return Err(Damage::from_error(&over("a batch of records", limits::BATCH_BYTES)));
        }
    }
    Ok(())
}

impl Messages {
    /// Decodes a message; none where it holds no records.
    fn decode(&mut self, message: Message<'_>, body: &Buffer) -> Result<Option<Batch>, Damage> {
        let undecodable = |_| corrupt("a batch of records cannot be decoded");
        match message.header_type() {
            MessageHeader::RecordBatch => {
                let batch = message.header_as_record_batch().ok_or_else(|| corrupt("a message cannot be read"))?;
                check(batch, body)?;
                let first = self.first;
                // Records that cannot be decoded count: those behind them keep their numbers.
                self.first += batch.length().unsigned_abs();
                let version = message.version();
                let decoder = RecordBatchDecoder::try_new(body, batch, Arc::clone(&self.schema), &self.dictionaries, &version);
                let records = decoder.and_then(RecordBatchDecoder::read_record_batch).map_err(undecodable)?;
                Ok((records.num_rows() > 0).then(|| Batch { records, leaves: Arc::clone(&self.leaves), first, group: None }))
            }
            MessageHeader::DictionaryBatch => {
                let batch = message.header_as_dictionary_batch().ok_or_else(|| corrupt("a message cannot be read"))?;
                if let Some(values) = batch.data() {
                    check(values, body)?;
                }
                read_dictionary(body, batch, &self.schema, &mut self.dictionaries, &message.version()).map_err(undecodable)?;
                Ok(None)
            }
            _ => Err(corrupt("a message is of a kind that is not known")),
        }
    }
}

impl Decode for Messages {
    fn next(&mut self) -> Option<Result<Batch, Damage>> {
        while !self.ended {
            let (head, body) = match next_message(&mut *self.body, self.is_file) {
                Ok(Some(message)) => message,
                Ok(None) => {
                    self.ended = true;
                    // What follows is the directory: it is read for the hash of the leaf.
                    let _ = io::copy(&mut self.body, &mut io::sink());
                    return None;
                }
                Err(damage) => {
                    self.ended = true;
                    return Some(Err(damage));
                }
            };
            let Ok(message) = root_as_message(&head) else { continue };
            match self.decode(message, &body) {
                Ok(Some(batch)) => return Some(Ok(batch)),
                Ok(None) => {}
                Err(damage) => return Some(Err(damage)),
            }
        }
        None
    }

    /// The next message stands where this one ends, whatever is in it.
    fn give_up(&mut self) {}

    fn records(&self) -> Option<u64> {
        Some(self.first)
    }
}
