//! Which character set a text is in.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::model::Charset;

/// Character sets that text may be in: those of the WHATWG Encoding Standard (<https://encoding.spec.whatwg.org/#names-and-labels>)
/// that keep ASCII apart, and UTF-32, which is told by its mark or its zeros alone.
#[rustfmt::skip]
pub const CHARSETS: &[&str] = &[
    "big5", "euc-jp", "euc-kr", "gb18030", "gbk", "ibm866", "iso-8859-10", "iso-8859-13", "iso-8859-14", "iso-8859-15", "iso-8859-16",
    "iso-8859-2", "iso-8859-3", "iso-8859-4", "iso-8859-5", "iso-8859-6", "iso-8859-7", "iso-8859-8", "iso-8859-8-i", "koi8-r", "koi8-u",
    "macintosh", "shift_jis", "utf-16be", "utf-16le", "utf-32", "utf-8", "windows-1250", "windows-1251", "windows-1252", "windows-1253",
    "windows-1254", "windows-1255", "windows-1256", "windows-1257", "windows-1258", "windows-874", "x-mac-cyrillic",
];

/// What the first bytes of a leaf say.
pub(super) enum Found {
    /// UTF-8, or bytes that are no text: they are taken as they are. `mark`: length of the byte order mark.
    Plain { mark: usize },
    /// Text that is to be converted, after its byte order mark.
    Convert { charset: Charset, mark: usize },
}

/// Decides by byte order mark, by where zeros stand, and, for text that is not UTF-8, by what it would read as. `wanted` is
/// what a person says the text is, which a byte order mark overrules.
pub(super) fn detect(head: &[u8], whole: bool, wanted: Option<&'static Encoding>) -> Found {
    let convert = |charset, mark| Found::Convert { charset, mark };
    match head {
        [0xEF, 0xBB, 0xBF, ..] => return Found::Plain { mark: 3 },
        [0xFF, 0xFE, 0, 0, ..] => return convert(Charset::Utf32 { big: false }, 4),
        [0, 0, 0xFE, 0xFF, ..] => return convert(Charset::Utf32 { big: true }, 4),
        [0xFF, 0xFE, ..] => return convert(Charset::Legacy(UTF_16LE), 2),
        [0xFE, 0xFF, ..] => return convert(Charset::Legacy(UTF_16BE), 2),
        _ => {}
    }
    if let Some(encoding) = wanted {
        return if encoding == UTF_8 { Found::Plain { mark: 0 } } else { convert(Charset::Legacy(encoding), 0) };
    }
    if let Some(charset) = by_zeros(head) {
        return convert(charset, 0);
    }
    let control = head.iter().filter(|b| matches!(b, 0..=8 | 14..=26 | 28..=31 | 127)).count();
    if control * 100 > head.len() {
        return Found::Plain { mark: 0 };
    }
    by_guess(head, whole).map_or(Found::Plain { mark: 0 }, |encoding| convert(Charset::Legacy(encoding), 0))
}

/// UTF-16 or UTF-32 by where the zeros are.
fn by_zeros(head: &[u8]) -> Option<Charset> {
    let sample = &head[..head.len().min(4096) & !3];
    let zeros = |place: usize, step: usize| sample.iter().skip(place).step_by(step).filter(|b| **b == 0).count();
    let most = |count: usize, of: usize| of > 0 && count * 10 >= of * 7;
    let few = |count: usize, of: usize| count * 10 < of;
    let quarter = sample.len() / 4;
    if most(zeros(0, 4), quarter) && most(zeros(1, 4), quarter) && most(zeros(2, 4), quarter) && few(zeros(3, 4), quarter) {
        return Some(Charset::Utf32 { big: true });
    }
    if most(zeros(1, 4), quarter) && most(zeros(2, 4), quarter) && most(zeros(3, 4), quarter) && few(zeros(0, 4), quarter) {
        return Some(Charset::Utf32 { big: false });
    }
    let half = sample.len() / 2;
    if most(zeros(0, 2), half) && few(zeros(1, 2), half) {
        return Some(Charset::Legacy(UTF_16BE));
    }
    if most(zeros(1, 2), half) && few(zeros(0, 2), half) {
        return Some(Charset::Legacy(UTF_16LE));
    }
    None
}

/// The character set of bytes that are not UTF-8; none where they are, or where they are UTF-8 with some bytes broken.
fn by_guess(head: &[u8], whole: bool) -> Option<&'static Encoding> {
    let (mut sequences, mut broken) = (0, 0);
    let mut chunks = head.utf8_chunks().peekable();
    while let Some(chunk) = chunks.next() {
        sequences += chunk.valid().bytes().filter(|b| *b >= 0xC0).count();
        // The head may end inside a character.
        let cut = !whole && chunks.peek().is_none();
        broken += usize::from(!chunk.invalid().is_empty() && !cut);
    }
    if broken == 0 || sequences >= broken {
        return None;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(head, whole);
    Some(detector.guess(None, Utf8Detection::Deny)).filter(|encoding| *encoding != UTF_8 && encoding.is_ascii_compatible())
}
