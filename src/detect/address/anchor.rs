//! Addresses that begin with a word: post-office boxes, units before the house number, lots and blocks, barangays.

use super::Found;
use super::lexicon::{Flags, Lexicon};
use super::street::Style;
use super::tail::Walk;
use super::token::{Shape, Token, Tokens};
use super::weigh::{self, Around};
use super::world;

/// Literals at which [`read`] is worth a call.
pub const ANCHORS: &[&str] = &[
    "po box", "p.o. box", "p o box", "p.o.box", "post office box", "unit ", "lot ", "blk ", "blk. ", "block ", "rm ", "rr ", "hc ", "hcr ",
    "rural route ", "psc ", "brgy", "barangay", "purok ", "sitio ", "rue ", "rua ", "postfach ",
];

/// Reads the address that begins with the word at `at`.
pub fn read(text: &[u8], at: usize, lexicon: &Lexicon, read: Flags) -> Option<Found> {
    if at.checked_sub(1).is_some_and(|before| text[before].is_ascii_alphanumeric() || matches!(text[before], b'_' | b'-' | b'.')) {
        return None;
    }
    if let Some(found) = world::at_kind(text, at, lexicon) {
        return Some(found);
    }
    match text.get(at)? | 0x20 {
        b'p' if box_word(text, at).is_some() => post_box(text, at, box_word(text, at)?, lexicon, read),
        b'p' | b's' if text.get(at + 2)? | 0x20 != b'c' => local(text, at, lexicon, read),
        b'b' if text.get(at + 1)? | 0x20 != b'l' => local(text, at, lexicon, read),
        _ => parts(text, at, lexicon, read),
    }
}

/// Index after the word `box` of `PO Box`, `P.O. Box`, `Post Office Box`.
fn box_word(text: &[u8], at: usize) -> Option<usize> {
    let rest = &text[at..text.len().min(at + 18)];
    let end = rest.windows(3).position(|three| three.eq_ignore_ascii_case(b"box"))? + 3;
    let before = rest[..end - 3].iter().filter(|byte| byte.is_ascii_alphabetic()).map(u8::to_ascii_lowercase);
    (before.clone().eq(*b"po") || before.eq(*b"postoffice")).then_some(at + end)
}

fn post_box(text: &[u8], at: usize, after: usize, lexicon: &Lexicon, read: Flags) -> Option<Found> {
    let tokens = Tokens::cut(text, after, lexicon, read);
    let value = usize::from(tokens.get(0)?.shape == Shape::Mark);
    let number = tokens.get(value)?;
    if !number.is_number() || number.end - number.start > 8 {
        return None;
    }
    let style = if text[at].is_ascii_lowercase() { Style::Lower } else { Style::Title };
    let tail = Walk::new(&tokens, lexicon, read, style, value + 1).finish();
    let end = tokens.get(tail.end.max(value + 1) - 1)?.end;
    Some(Found { span: at..end, signals: weigh::signals(15, &tail), region: weigh::region(&tail) })
}

/// `Brgy. Maligaya, Marikina City`: a barangay is no address without a city or province.
fn local(text: &[u8], at: usize, lexicon: &Lexicon, read: Flags) -> Option<Found> {
    let tokens = Tokens::cut(text, at, lexicon, read);
    let style = if tokens.get(0)?.shape == Shape::Lower { Style::Lower } else { Style::Title };
    let tail = Walk::new(&tokens, lexicon, read, style, 0).finish();
    let end = tokens.get(tail.end.checked_sub(1)?)?.end;
    (tail.barangay > 0 && tail.ph_place > 0 && tail.philippine()).then(|| Found {
        span: at..end,
        signals: weigh::signals(if style == Style::Lower { 5 } else { 12 }, &tail),
        region: weigh::region(&tail),
    })
}

/// `Unit 4B, 12 Ayala Ave.`, `Blk 12 Lot 4, Maligaya Subd.`: parts with numbers, then a street or a place.
fn parts(text: &[u8], start: usize, lexicon: &Lexicon, read: Flags) -> Option<Found> {
    let rural = text[start..].get(..6).is_some_and(|word| word.eq_ignore_ascii_case(b"rural "));
    let at = if rural { start + 6 } else { start };
    let mut probe = at + text[at..].iter().take(8).take_while(|byte| byte.is_ascii_alphabetic()).count();
    probe += text[probe..].iter().take(3).take_while(|byte| matches!(byte, b' ' | b'.' | b'#')).count();
    if !text[probe..].iter().take(4).take_while(|byte| byte.is_ascii_alphanumeric()).any(u8::is_ascii_digit) {
        return None;
    }
    let tokens = Tokens::cut(text, at, lexicon, read);
    let count = numbered_parts(&tokens);
    let last = tokens.get(count.checked_sub(1)?)?;
    let house = tokens.get(count).filter(|next| next.is_number() && next.shape != Shape::Ordinal);
    let style = if text[at].is_ascii_lowercase() { Style::Lower } else { Style::Title };
    let tail = Walk::new(&tokens, lexicon, read, style, count).finish();
    if house.is_none() && (boxed(&tokens, count) || tail.state > 0 && tail.postal) {
        let end = tokens.get(tail.end.max(count) - 1)?.end;
        return Some(Found { span: start..end, signals: weigh::signals(15, &tail), region: weigh::region(&tail) });
    }
    let from = house.map_or(last.end, |house| house.end);
    let mut found =
        super::read_street(text, from, lexicon, read, house.is_none() && count > 2, Around { opened: false, ..Around::default() })?;
    found.span.start = start;
    Some(found)
}

/// Rural routes and highway contracts (USPS Publication 28, sections 24 and 25).
fn route(word: &[u8]) -> bool {
    [&b"rr"[..], b"hc", b"hcr", b"route"].iter().any(|known| word.eq_ignore_ascii_case(known))
}

/// `RR 2 Box 18`: a route with a box is an address of its own.
fn boxed(tokens: &Tokens, count: usize) -> bool {
    let words = &tokens.all()[..count];
    words.first().is_some_and(|first| route(tokens.bytes(first)))
        && words.iter().any(|word| tokens.bytes(word).eq_ignore_ascii_case(b"box"))
}

/// Words at the start that are pairs of a designator and a number.
fn numbered_parts(tokens: &Tokens) -> usize {
    let designates = |token: &Token| token.flags.any(Flags::UNIT.with(Flags::PH_ESTATE)) || route(tokens.bytes(token));
    let mut at = 0;
    while tokens.get(at).is_some_and(designates) {
        let marked = usize::from(tokens.get(at + 1).is_some_and(|next| next.shape == Shape::Mark));
        let Some(value) = tokens.get(at + 1 + marked) else { break };
        if !value.is_number() || value.end - value.start > 6 {
            break;
        }
        at += 2 + marked;
    }
    at
}
