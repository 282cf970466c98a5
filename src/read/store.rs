//! Writes text in the character set that a leaf is stored in.

use std::io::{self, Write};

use encoding_rs::{Encoder, EncoderResult, UTF_16BE, UTF_16LE};

use crate::model::Charset;

/// Takes UTF-8 and gives it on as it is stored. A character that the set does not have is an error.
pub struct Stored<W> {
    charset: Option<Charset>,
    encoder: Option<Encoder>,
    /// The start of a character whose end is still to come.
    begun: Vec<u8>,
    out: W,
}

impl<W: Write> Stored<W> {
    /// Writes in a character set; none: in UTF-8.
    pub fn new(charset: Option<Charset>, out: W) -> Self {
        let encoder = match charset {
            Some(Charset::Legacy(encoding)) if encoding != UTF_16LE && encoding != UTF_16BE => Some(encoding.new_encoder()),
            _ => None,
        };
        Self { charset, encoder, begun: Vec::new(), out }
    }

    /// Writes the byte order mark.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn mark(&mut self) -> io::Result<()> {
        let mut stored = Vec::new();
        self.spell("\u{FEFF}", &mut stored)?;
        self.out.write_all(&stored)
    }

    fn spell(&mut self, text: &str, into: &mut Vec<u8>) -> io::Result<()> {
        match (self.charset, &mut self.encoder) {
            (_, Some(encoder)) => return legacy(encoder, text, into),
            (None, _) => into.extend_from_slice(text.as_bytes()),
            (Some(Charset::Utf32 { big }), _) => {
                let stored = |c| if big { u32::from(c).to_be_bytes() } else { u32::from(c).to_le_bytes() };
                into.extend(text.chars().flat_map(stored));
            }
            (Some(Charset::Legacy(encoding)), _) => {
                let stored = |unit: u16| if encoding == UTF_16BE { unit.to_be_bytes() } else { unit.to_le_bytes() };
                into.extend(text.encode_utf16().flat_map(stored));
            }
        }
        Ok(())
    }
}

fn legacy(encoder: &mut Encoder, mut text: &str, into: &mut Vec<u8>) -> io::Result<()> {
    loop {
        let room = encoder.max_buffer_length_from_utf8_without_replacement(text.len()).unwrap_or(4 * text.len() + 16);
        into.reserve(room);
        let (result, read) = encoder.encode_from_utf8_to_vec_without_replacement(text, into, false);
        text = &text[read..];
        match result {
            EncoderResult::InputEmpty => return Ok(()),
            EncoderResult::OutputFull => {}
            EncoderResult::Unmappable(_) => return Err(io::Error::other("its character set cannot spell what is written")),
        }
    }
}

impl<W: Write> Write for Stored<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.charset.is_none() {
            return self.out.write(bytes);
        }
        let mut text = std::mem::take(&mut self.begun);
        text.extend_from_slice(bytes);
        let valid = match std::str::from_utf8(&text) {
            Ok(text) => text,
            Err(error) if error.error_len().is_none() => {
                self.begun = text[error.valid_up_to()..].to_vec();
                std::str::from_utf8(&text[..error.valid_up_to()]).expect("it was checked")
            }
            Err(_) => return Err(io::Error::other("what is written is no text")),
        };
        let mut stored = Vec::new();
        self.spell(valid, &mut stored)?;
        self.out.write_all(&stored)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.begun.is_empty() { self.out.flush() } else { Err(io::Error::other("what is written ends in a character")) }
    }
}
