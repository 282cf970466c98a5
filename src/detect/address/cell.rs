//! Cells of a column that is named for addresses: everything is one, but what is plainly something else.

use std::ops::Range;

use crate::model::{Signal, Signals};

/// Longest cell that is read as an address.
const LONGEST: usize = 400;
/// Cells that say that there is nothing, or that name a kind of address.
const NO_VALUE: [&str; 18] = [
    "n/a", "na", "none", "null", "nil", "nan", "unknown", "undefined", "true", "false", "yes", "no", "home", "work", "billing", "shipping",
    "test", "tbd",
];

/// Span of the address in a cell, without blanks; `None` where the cell holds no address.
pub fn address_span(cell: &[u8]) -> Option<Range<usize>> {
    let trimmed = cell.trim_ascii();
    let start = cell.len() - cell.trim_ascii_start().len();
    let letters = trimmed.iter().filter(|byte| byte.is_ascii_alphabetic() || **byte >= 0x80).count();
    let refused = letters < 3 || trimmed.len() > LONGEST || is_value(trimmed) || is_id(trimmed) || is_link(trimmed);
    (!refused).then_some(start..start + trimmed.len())
}

/// The signals of a cell in which no address was recognised.
pub fn plain(cell: &[u8]) -> Signals {
    let mut signals = Signals::default();
    let spaced = cell.iter().any(|byte| matches!(byte, b' ' | b','));
    let number = cell.iter().any(u8::is_ascii_digit);
    match (spaced, number) {
        (true, true) => signals.add(Signal::Shape, 10),
        (true, false) => signals.add(Signal::Shape, 0),
        (false, _) => signals.add(Signal::Bare, -10),
    }
    signals
}

fn is_value(cell: &[u8]) -> bool {
    NO_VALUE.iter().any(|known| cell.eq_ignore_ascii_case(known.as_bytes()))
}

/// One word with digits in it, or of hex digits alone, is an id.
fn is_id(cell: &[u8]) -> bool {
    let spaced = cell.iter().any(|byte| matches!(byte, b' ' | b',' | b'\n'));
    let number = cell.iter().any(u8::is_ascii_digit);
    !spaced && (number || cell.len() > 30 || cell.contains(&b'_')) || matches!(cell[0], b'{' | b'[' | b'<')
}

fn is_link(cell: &[u8]) -> bool {
    cell.contains(&b'@') || cell.windows(3).any(|three| three == b"://") || cell.starts_with(b"www.")
}

#[cfg(test)]
mod tests {
    use super::address_span;

    #[test]
    fn other_values_are_no_address() {
        for cell in ["", "  ", "12345", "a@b.example", "https://b.example/x", "true", "N/A", "1f0c-99ab", "10.0.0.1", "{\"a\":1}"] {
            assert_eq!(address_span(cell.as_bytes()), None, "{cell}");
        }
    }

    #[test]
    fn the_cell_is_taken_without_blanks() {
        assert_eq!(address_span(b"  Quail House, Zorba  "), Some(2..20));
    }
}
