//! The way back from text that was converted to UTF-8 to the bytes that are stored.

use std::str::{self, Chars};

use encoding_rs::Encoding;

/// A character set that is converted, and how long its characters are where they are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charset {
    /// UTF-32, big-endian or not.
    Utf32 {
        /// Whether the high byte comes first.
        big: bool,
    },
    /// One of the WHATWG Encoding Standard, UTF-16 among them.
    Legacy(&'static Encoding),
}

impl Charset {
    /// Returns the name for the `charset` column: that of the Encoding Standard in lower case, or `utf-32le`, `utf-32be`.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::Utf32 { big: false } => "utf-32le".to_owned(),
            Self::Utf32 { big: true } => "utf-32be".to_owned(),
            Self::Legacy(encoding) => encoding.name().to_ascii_lowercase(),
        }
    }

    /// Returns how many bytes a valid text takes where it is stored.
    #[must_use]
    pub fn stored_len(self, text: &str) -> u64 {
        let of = |each: &dyn Fn(char) -> usize, chars: Chars<'_>| chars.map(each).sum::<usize>() as u64;
        match self {
            Self::Utf32 { .. } => 4 * text.chars().count() as u64,
            Self::Legacy(encoding) if encoding == encoding_rs::UTF_16LE || encoding == encoding_rs::UTF_16BE => {
                of(&|c| 2 * c.len_utf16(), text.chars())
            }
            Self::Legacy(encoding) if encoding.is_single_byte() => text.chars().count() as u64,
            Self::Legacy(_) if text.is_ascii() => text.len() as u64,
            Self::Legacy(encoding) => of(&|c| legacy_len(encoding, c), text.chars()),
        }
    }
}

/// The bytes of one character. Some can be read and not written, by the standard: in EUC-JP they have three, in GBK four.
fn legacy_len(encoding: &'static Encoding, c: char) -> usize {
    match c {
        '\0'..='\x7F' => return 1,
        // Kana, and the unified ideographs of the first Unicode: two bytes wherever they are but in EUC-JP.
        '\u{3041}'..='\u{30FE}' => return 2,
        '\u{4E00}'..='\u{9FA5}' if encoding != encoding_rs::EUC_JP => return 2,
        '\u{AC00}'..='\u{D7A3}' if encoding == encoding_rs::EUC_KR => return 2,
        _ => {}
    }
    match encoding.encode(c.encode_utf8(&mut [0; 4])) {
        (bytes, _, false) => bytes.len(),
        _ if encoding == encoding_rs::EUC_JP => 3,
        _ if encoding == encoding_rs::GBK => 4,
        _ => 2,
    }
}

/// Where the text of a block is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The character set.
    pub charset: Charset,
    /// Indices into the block's bytes at which a character starts, with the offset of that character in the leaf as it is
    /// stored. They rise; the first is the start of the owned range. Between two of them nothing was replaced.
    pub anchors: Vec<(usize, u64)>,
}

impl Origin {
    /// Returns the stored offset of the character at an index of the owned range.
    #[must_use]
    pub fn stored(&self, bytes: &[u8], index: usize) -> u64 {
        let after = self.anchors.partition_point(|(at, _)| *at <= index);
        let (at, stored) = self.anchors[after.saturating_sub(1)];
        let text = bytes.get(at..index).unwrap_or_default();
        // An index inside a character, as a record that was cut may have, counts up to its start.
        let text = str::from_utf8(text).unwrap_or_else(|error| str::from_utf8(&text[..error.valid_up_to()]).expect("it was checked"));
        stored + self.charset.stored_len(text)
    }

    /// Returns the index of the character that is stored at an offset, or of the end of the bytes there; none where no character begins.
    #[must_use]
    pub fn index(&self, bytes: &[u8], offset: u64) -> Option<usize> {
        let after = self.anchors.partition_point(|(_, stored)| *stored <= offset);
        let (from, mut stored) = self.anchors[after.checked_sub(1)?];
        // Where something was replaced the next anchor is before what is looked for.
        let to = self.anchors.get(after).map_or(bytes.len(), |(at, _)| *at);
        let text = bytes.get(from..to)?;
        let text = str::from_utf8(text).unwrap_or_else(|error| str::from_utf8(&text[..error.valid_up_to()]).expect("it was checked"));
        for (at, character) in text.char_indices() {
            if stored >= offset {
                return (stored == offset).then_some(from + at);
            }
            stored += self.charset.stored_len(character.encode_utf8(&mut [0; 4]));
        }
        (stored == offset).then_some(from + text.len())
    }
}
