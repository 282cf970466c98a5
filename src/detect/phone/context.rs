//! The surroundings of a number: what touches it, words that name phones, and countries that the text names.
//!
//! In: text and a span. Out: how well something may stand there. At most 64 bytes on either side are looked at, and never
//! beyond the line.

use crate::detect::packed::{pack, sorted};
use crate::model::{Region, Signal};
use crate::pattern::Marks;

/// Bytes looked at before a number.
const BEFORE: usize = 48;
/// Bytes looked at behind a number.
const BEHIND: usize = 16;

/// What a neighbouring byte does to a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Touch {
    Clear,
    /// Possible, with a reason against it and its delta.
    Lowers(Signal, i8),
    /// No number can stand here.
    Out,
}

/// Judges what stands directly before a number that starts at `start` (its `+` or bracket included).
pub(super) fn touch_before(text: &[u8], start: usize, signed: bool) -> Touch {
    let Some(&b) = text[..start].last() else { return Touch::Clear };
    let before = || text[..start - 1].last().copied().unwrap_or(b' ');
    match b {
        b' ' | b'\t' | b'\n' | b'\r' | b'"' | b'\'' | b',' | b';' | b'>' | b'|' | b'[' | b'(' | b'{' => Touch::Clear,
        b'a'..=b'z' | b'A'..=b'Z' => {
            if is_phone_word(last_word(&text[..start])) {
                Touch::Clear
            } else if signed {
                Touch::Lowers(Signal::WordNeighbour, -10)
            } else {
                Touch::Out
            }
        }
        b'0'..=b'9' => {
            if signed {
                Touch::Lowers(Signal::WordNeighbour, -20)
            } else {
                Touch::Out
            }
        }
        b'_' => Touch::Lowers(Signal::WordNeighbour, -20),
        b'$' | b'%' | b'@' | b'^' | b'~' if !signed => Touch::Out,
        b'@' => Touch::Out,
        b'#' => Touch::Lowers(Signal::WordNeighbour, -20),
        b'/' | b'\\' => touch_slash(text, start),
        b'-' | b'.' if before().is_ascii_alphanumeric() || before() == b'_' => {
            if is_phone_word(last_word(&text[..start - 1])) {
                Touch::Clear
            } else {
                Touch::Lowers(Signal::WordNeighbour, -25)
            }
        }
        b'-' | b'.' if !before().is_ascii_whitespace() => Touch::Lowers(Signal::WordNeighbour, -20),
        b'-' if !signed => Touch::Lowers(Signal::Decimal, -15),
        b':' if before().is_ascii_digit() && !signed => Touch::Out,
        0x80.. => touch_foreign(&text[..start], signed || text.get(start) == Some(&b'(')),
        _ => Touch::Clear,
    }
}

/// Currency signs beyond ASCII are ¢ £ ¤ ¥ and U+20A0..U+20BF; 0xC3..0xC5 lead Latin letters. Other scripts write without spaces.
fn touch_foreign(before: &[u8], signed: bool) -> Touch {
    match before {
        [.., 0xc2, 0xa2..=0xa5] | [.., 0xe2, 0x82, 0xa0..=0xbf] if !signed => Touch::Out,
        [.., 0xc3..=0xc5, _] if !signed => Touch::Lowers(Signal::WordNeighbour, -30),
        _ => Touch::Clear,
    }
}

/// Behind a slash: part of a path, unless the slashes are those of `tel://` or a messenger's link.
fn touch_slash(text: &[u8], start: usize) -> Touch {
    let token = token_before(text, start);
    let ends = |tail: &[u8]| token.len() >= tail.len() && token[token.len() - tail.len()..].eq_ignore_ascii_case(tail);
    if ends(b"tel://") || ends(b"wa.me/") || ends(b"tel/") || ends(b"phone/") || token == b"/" {
        Touch::Clear
    } else {
        Touch::Lowers(Signal::Path, -30)
    }
}

/// Judges what stands directly behind a number that ends at `end`.
pub(super) fn touch_behind(text: &[u8], end: usize) -> Touch {
    let Some(&b) = text.get(end) else { return Touch::Clear };
    let next = text.get(end + 1).copied().unwrap_or(b' ');
    match b {
        b'a'..=b'z' | b'A'..=b'Z' => {
            let word = first_word(&text[end..]);
            if is_phone_word(word) { Touch::Clear } else { Touch::Out }
        }
        b'0'..=b'9' | b'$' | b'%' | b'@' => Touch::Out,
        b'_' => Touch::Lowers(Signal::WordNeighbour, -20),
        b':' if next.is_ascii_digit() => Touch::Out,
        b'.' if next.is_ascii_lowercase() => Touch::Lowers(Signal::Path, -30),
        b'/' if next.is_ascii_alphabetic() => Touch::Lowers(Signal::Path, -20),
        b'-' if next.is_ascii_alphanumeric() => {
            if is_phone_word(first_word(&text[end + 1..])) {
                Touch::Clear
            } else {
                Touch::Lowers(Signal::WordNeighbour, -25)
            }
        }
        0x80.. => match &text[end..] {
            [0xc2, 0xa2..=0xa5 | 0xb0, ..] | [0xe2, 0x82, 0xa0..=0xbf, ..] => Touch::Out,
            [0xc3..=0xc5, ..] => Touch::Lowers(Signal::WordNeighbour, -30),
            _ => Touch::Clear,
        },
        _ => Touch::Clear,
    }
}

/// Says whether the digits at `start` are the extension of a number before them, as in `… ext. 1234567`.
pub(super) fn is_extension(text: &[u8], start: usize) -> bool {
    let mut at = start;
    while at > 0 && start - at < 4 && matches!(text[at - 1], b' ' | b'.' | b':' | b'=' | b'-' | b'#') {
        at -= 1;
    }
    let label = last_word(&text[..at]);
    let labelled =
        ["x", "xt", "ext", "xtn", "extn", "int", "anexo", "extension"].iter().any(|known| known.as_bytes().eq_ignore_ascii_case(label));
    let hash = text[at..start].contains(&b'#');
    let before = &text[at.saturating_sub(label.len() + 4)..at - label.len()];
    (labelled && before.iter().any(u8::is_ascii_digit)) || (hash && label.is_empty() && before.last().is_some_and(u8::is_ascii_digit))
}

/// Says whether a number stands in the host or path of a URL. Behind `=` it is a parameter's value, and stays one.
pub(super) fn is_in_url_path(text: &[u8], start: usize) -> bool {
    let token = token_before(text, start);
    memchr::memchr_iter(b':', token).find(|at| token[*at..].starts_with(b"://")).is_some_and(|at| {
        let scheme = &token[..at];
        !scheme.ends_with(b"tel")
            && !token.ends_with(b"wa.me/")
            && !token.ends_with(b"=")
            && !token.ends_with(b"=%2B")
            && !token.contains(&b'=')
    })
}

fn token_before(text: &[u8], start: usize) -> &[u8] {
    let window = &text[start.saturating_sub(64)..start];
    let from = window.iter().rposition(|b| b.is_ascii_whitespace() || matches!(b, b'"' | b'\'' | b'<' | b'>' | b'(' | b','));
    &window[from.map_or(0, |at| at + 1)..]
}

/// Says whether a line holds nothing but this span, quotes and spaces.
pub(super) fn is_alone_on_line(text: &[u8], start: usize, end: usize) -> bool {
    let blank = |b: &&u8| matches!(b, b' ' | b'\t' | b'\r' | b'"' | b'\'');
    let before = text[start.saturating_sub(8)..start].iter().rev().find(|b| !blank(b)).copied();
    let behind = text[end..text.len().min(end + 8)].iter().find(|b| !blank(b)).copied();
    let edge = |b: Option<u8>, open: bool| b.map_or(open, |b| b == b'\n');
    edge(before, start <= 8) && edge(behind, text.len() <= end + 8)
}

/// Words of at most eight letters that name phones, or what one does with them, in common languages.
#[rustfmt::skip]
const SHORT_WORDS: [u64; 51] = sorted([
    pack("ph"), pack("hp"), pack("tel"), pack("fax"), pack("sms"), pack("mob"), pack("gsm"), pack("tlf"), pack("tfn"),
    pack("call"), pack("cell"), pack("dial"), pack("text"), pack("telp"), pack("mobi"), pack("telf"), pack("fono"), pack("desk"),
    pack("phone"), pack("handy"), pack("mobil"), pack("telno"), pack("reach"), pack("movil"), pack("viber"), pack("tlfno"),
    pack("mobile"), pack("phones"), pack("msisdn"), pack("called"), pack("caller"), pack("dialed"), pack("office"), pack("móvil"),
    pack("电话"), pack("電話"), pack("手机"), pack("calling"), pack("hotline"), pack("handset"), pack("contact"), pack("telefon"),
    pack("telepon"), pack("celular"), pack("mobiles"), pack("toestel"), pack("landline"), pack("whatsapp"), pack("telefono"),
    pack("telefone"), pack("telepono"),
]);

/// The longer words, up to [`LONGEST_WORD`] bytes.
#[rustfmt::skip]
const LONG_WORDS: [&str; 9] = [
    "telephone", "answering", "cellulare", "cellphone", "teléfono", "téléphone", "telefoon", "mobilnummer", "helpline",
];
const LONGEST_WORD: usize = 11;

/// Words that may stand between a phone word and its number.
const FILLERS: [u64; 12] = sorted([
    pack("number"),
    pack("no"),
    pack("nr"),
    pack("num"),
    pack("is"),
    pack("at"),
    pack("me"),
    pack("us"),
    pack("on"),
    pack("my"),
    pack("our"),
    pack("to"),
]);

fn pack_lower(word: &[u8]) -> u64 {
    word.iter().fold(0, |packed, b| packed << 8 | u64::from(b.to_ascii_lowercase()))
}

/// By the low five bits of the first two bytes, which are the same in both cases of a letter: the lengths of words, as bits.
struct Lengths([[u16; 32]; 32]);

impl Lengths {
    const fn new(short: &[u64], long: &[&str]) -> Self {
        let mut lengths = [[0; 32]; 32];
        let mut i = 0;
        while i < short.len() {
            let len = 8 - short[i].leading_zeros() / 8;
            let two = short[i] >> (8 * (len - 2));
            lengths[(two >> 8 & 31) as usize][(two & 31) as usize] |= 1 << len;
            i += 1;
        }
        i = 0;
        while i < long.len() {
            let word = long[i].as_bytes();
            lengths[(word[0] & 31) as usize][(word[1] & 31) as usize] |= 1 << word.len();
            i += 1;
        }
        Self(lengths)
    }

    /// Says whether a word may be one of them: most are turned away here.
    #[inline]
    fn may_hold(&self, word: &[u8]) -> bool {
        let [first, second, ..] = word else { return false };
        word.len() <= LONGEST_WORD && self.0[usize::from(first & 31)][usize::from(second & 31)] >> word.len() & 1 == 1
    }
}

static LENGTHS: Lengths = Lengths::new(&SHORT_WORDS, &LONG_WORDS);
static FILLER_LENGTHS: Lengths = Lengths::new(&FILLERS, &[]);

/// Says whether a word names phones, or what one does with them, in some common language. Only a whole word counts.
#[inline]
pub(super) fn is_phone_word(word: &[u8]) -> bool {
    LENGTHS.may_hold(word) && is_listed(word)
}

fn is_listed(word: &[u8]) -> bool {
    match word.len() {
        2..=8 => SHORT_WORDS.binary_search(&pack_lower(word)).is_ok(),
        _ => LONG_WORDS.iter().any(|known| known.as_bytes().eq_ignore_ascii_case(word)),
    }
}

fn is_filler(word: &[u8]) -> bool {
    FILLER_LENGTHS.may_hold(word) && FILLERS.binary_search(&pack_lower(word)).is_ok()
}

/// Says whether the word directly before a number, fillers such as `number is` passed over, or directly behind it names phones.
pub(super) fn has_phone_word_beside(text: &[u8], start: usize, end: usize) -> bool {
    let window = &text[start.saturating_sub(BEFORE / 2)..start];
    let mut at = window.len();
    for _ in 0..4 {
        while at > 0 && SIDES[usize::from(window[at - 1])] == Side::Between {
            at -= 1;
        }
        let stop = at;
        while at > 0 && SIDES[usize::from(window[at - 1])] == Side::Letter {
            at -= 1;
        }
        let word = &window[at..stop];
        if word.is_empty() || !is_filler(word) {
            if is_phone_word(last_part(word)) {
                return true;
            }
            break;
        }
    }
    let behind = &text[end..text.len().min(end + BEHIND)];
    matches!(behind, [b' ' | b'-' | b'/', b'a'..=b'z' | b'A'..=b'Z', ..] | [b' ', b'(', ..])
        && is_phone_word(first_word(behind[1..].strip_prefix(b"(").unwrap_or(&behind[1..])))
}

/// Says whether the word directly before a number calls it one: `number is`, `no:`. What number it is the rest of the line must say.
pub(super) fn is_called_number(text: &[u8], start: usize) -> bool {
    let before = &text[start.saturating_sub(BEFORE / 2)..start];
    let named = before.iter().rposition(|b| SIDES[usize::from(*b)] != Side::Between).map_or(0, |at| at + 1);
    let word = last_word(&before[..named]);
    let word = if word.eq_ignore_ascii_case(b"is") { last_word(before[..named - 2].trim_ascii_end()) } else { word };
    [&b"number"[..], b"numbers", b"no", b"nr"].iter().any(|known| word.eq_ignore_ascii_case(known))
}

/// Says whether a colon or `=` stands before a number, quotes and spaces passed over.
pub(super) fn is_labelled(text: &[u8], start: usize) -> bool {
    let before = &text[start.saturating_sub(4)..start];
    before.iter().rev().find(|b| !matches!(b, b' ' | b'"' | b'\'' | b'\\' | b'\t' | b'(')).is_some_and(|b| matches!(b, b':' | b'='))
}

/// What a byte is beside a number.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Letter,
    /// Ties a word to the number behind it; a comma or digit does not.
    Between,
    Other,
}

static SIDES: [Side; 256] = {
    let mut sides = [Side::Other; 256];
    let mut b = 0;
    while b < 256 {
        sides[b] = match b as u8 {
            b'a'..=b'z' | b'A'..=b'Z' | 0x80.. => Side::Letter,
            b' ' | b':' | b'=' | b'"' | b'\'' | b'.' | b'#' | b'(' | b'>' | b'-' | b'_' | b'+' | b'\t' | b'[' | b'\\' | b'/' => {
                Side::Between
            }
            _ => Side::Other,
        };
        b += 1;
    }
    sides
};

/// Letters, in any script: bytes beyond ASCII count.
fn is_letter(b: &u8) -> bool {
    b.is_ascii_alphabetic() || *b >= 0x80
}

fn last_word(text: &[u8]) -> &[u8] {
    let window = &text[text.len().saturating_sub(16)..];
    &window[window.iter().rposition(|b| !is_letter(b)).map_or(0, |at| at + 1)..]
}

fn first_word(text: &[u8]) -> &[u8] {
    let window = &text[..text.len().min(16)];
    &window[..window.iter().position(|b| !is_letter(b)).unwrap_or(window.len())]
}

/// Says whether a word that names phones stands in the same line, before the span rather than behind it.
pub(super) fn has_phone_word(text: &[u8], start: usize, end: usize) -> bool {
    let before = &text[start.saturating_sub(BEFORE)..start];
    let marks = Marks::of(before);
    let line = marks.last_line();
    // A newline is part of no word, so that none is cut by it.
    if marks.letters().any(|word| word.start >= line && is_phone_word(&before[word])) {
        return true;
    }
    let behind = &text[end..text.len().min(end + BEHIND)];
    let marks = Marks::of(behind);
    let line = marks.first_line();
    marks.letters().any(|word| word.start < line && is_phone_word(&behind[word]))
}

/// The last part of a name that is split where a capital follows a small letter.
fn last_part(word: &[u8]) -> &[u8] {
    let parted = word.windows(2).rposition(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase());
    &word[parted.map_or(0, |at| at + 1)..]
}

/// Finds the country that the 64 bytes before a number name last, in English or its own language.
pub(super) fn named_region(text: &[u8], start: usize) -> Option<Region> {
    let window = &text[start.saturating_sub(64)..start];
    let mut last: &[u8] = b"";
    let mut found = None;
    for word in window.split(|b| !is_letter(b)).filter(|word| !word.is_empty()) {
        found = country(last, word).and_then(|code| Region::new(*code)).or(found);
        last = word;
    }
    found
}

/// A country by its name; `last` is the word before, for the names of two words.
#[rustfmt::skip]
fn country(last: &[u8], word: &[u8]) -> Option<&'static [u8; 2]> {
    if !(3..=12).contains(&word.len()) {
        return None;
    }
    let mut lower = [0u8; 12];
    let lower = &mut lower[..word.len()];
    lower.copy_from_slice(word);
    lower.make_ascii_lowercase();
    Some(match &*lower {
        b"usa" | b"american" => b"US", b"canada" | b"canadian" => b"CA", b"ireland" | b"irish" => b"IE", b"india" | b"indian" => b"IN",
        b"england" | b"scotland" | b"wales" | b"british" | b"english" | b"scottish" | b"welsh" => b"GB", b"australia" | b"australian" => b"AU",
        b"zealand" => b"NZ", b"philippines" | b"pilipinas" | b"philippine" | b"filipino" => b"PH", b"singapore" | b"singaporean" => b"SG",
        b"germany" | b"deutschland" | b"german" => b"DE", b"france" | b"french" => b"FR", b"spain" | b"spanish" => b"ES",
        b"italy" | b"italia" | b"italian" => b"IT", b"netherlands" | b"nederland" | b"dutch" => b"NL", b"belgium" | b"belgian" => b"BE",
        b"brazil" | b"brasil" | b"brazilian" => b"BR", b"japan" | b"japanese" => b"JP", b"mexico" | b"mexican" => b"MX",
        b"argentina" | b"argentine" => b"AR", b"chile" | b"chilean" => b"CL", b"colombia" | b"colombian" => b"CO",
        b"poland" | b"polska" | b"polish" => b"PL", b"sweden" | b"sverige" | b"swedish" => b"SE", b"norway" | b"norge" | b"norwegian" => b"NO",
        b"denmark" | b"danmark" | b"danish" => b"DK", b"finland" | b"suomi" | b"finnish" => b"FI", b"switzerland" | b"schweiz" | b"swiss" => b"CH",
        b"austria" | b"austrian" => b"AT", b"portugal" | b"portuguese" => b"PT", b"turkey" | b"turkish" => b"TR",
        b"malaysia" | b"malaysian" => b"MY", b"indonesia" | b"indonesian" => b"ID", b"thailand" | b"thai" => b"TH",
        b"vietnam" | b"vietnamese" => b"VN", b"china" | b"chinese" => b"CN", b"korean" => b"KR", b"nigeria" | b"nigerian" => b"NG",
        b"kenya" | b"kenyan" => b"KE", b"israel" | b"israeli" => b"IL", b"ukraine" | b"ukrainian" => b"UA", b"greece" | b"greek" => b"GR",
        b"egypt" | b"egyptian" => b"EG", b"pakistan" | b"pakistani" => b"PK", b"bangladesh" | b"bangladeshi" => b"BD",
        b"states" if last.eq_ignore_ascii_case(b"united") => b"US",
        b"kingdom" if last.eq_ignore_ascii_case(b"united") => b"GB",
        b"korea" if last.eq_ignore_ascii_case(b"south") => b"KR",
        b"africa" if last.eq_ignore_ascii_case(b"south") => b"ZA",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phone_words_count_as_whole_words_only() {
        assert!(has_phone_word(b"customerPhone=1", 14, 15) && has_phone_word(b"tel_no 1", 7, 8) && has_phone_word(b"1 (fax)", 0, 1));
        assert!(!has_phone_word(b"telemetry 1", 10, 11) && !has_phone_word(b"smartphoned 1", 12, 13) && !has_phone_word(b"phone\n1", 6, 7));
    }

    #[test]
    fn fillers_stand_between_word_and_number() {
        assert!(has_phone_word_beside(b"my phone number is: 1", 20, 21));
        assert!(!has_phone_word_beside(b"phone sold for 1", 15, 16));
        assert!(!has_phone_word_beside(b"phone, 1", 7, 8));
    }

    #[test]
    fn country_that_stands_last_is_taken() {
        let text = b"from France to South Korea 1";
        assert_eq!(named_region(text, text.len() - 1), Region::new(*b"KR"));
        assert_eq!(named_region(b"franceville 1", 12), None);
    }
}
