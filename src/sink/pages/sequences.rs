//! The sequences of a zstd block (RFC 8878, 3.1.1.3.2): how many literals, then how many bytes to repeat from how far back.
//!
//! The codes use the format's default tables, so that none are written.

use std::sync::LazyLock;

/// Literals, then bytes that stood at a distance before. All three are multiples of an id's 32 digits.
#[derive(Clone, Copy)]
pub(super) struct Sequence {
    pub(super) literals: u32,
    pub(super) repeats: u32,
    pub(super) distance: u32,
}

/// Appends the section of sequences; `last` is the distance of the frame's last sequence so far.
pub(super) fn write(sequences: &[Sequence], last: &mut u32, out: &mut Vec<u8>) {
    let count = sequences.len();
    let bytes = count.to_le_bytes();
    match count {
        0 => return out.push(0),
        1..0x80 => out.push(bytes[0]),
        0x80..0x7f00 => out.extend_from_slice(&[bytes[1] | 0x80, bytes[0]]),
        _ => {
            let above = (count - 0x7f00).to_le_bytes();
            out.extend_from_slice(&[0xff, above[0], above[1]]);
        }
    }
    // The default tables for all three codes.
    out.push(0);
    // Readers begin at the end, so the last sequence goes first; its distance needs the one before.
    let before = |at: usize| if at == 0 { *last } else { sequences[at - 1].distance };
    let codes = |at: usize| Codes::of(sequences[at], before(at));
    let [for_literals, for_repeats, for_distances] = &*TABLES;
    let end = codes(count - 1);
    let mut bits = Bits { word: 0, held: 0, out };
    let mut literals = for_literals.start(end.literals.code);
    let mut repeats = for_repeats.start(end.repeats.code);
    let mut distances = for_distances.start(end.distance.code);
    end.extra(&mut bits);
    for at in (0..count - 1).rev() {
        let codes = codes(at);
        for_distances.step(&mut distances, codes.distance.code, &mut bits);
        for_repeats.step(&mut repeats, codes.repeats.code, &mut bits);
        for_literals.step(&mut literals, codes.literals.code, &mut bits);
        codes.extra(&mut bits);
    }
    bits.push(repeats, for_repeats.log);
    bits.push(distances, for_distances.log);
    bits.push(literals, for_literals.log);
    bits.close();
    *last = sequences[count - 1].distance;
}

/// A number as a code and extra bits.
#[derive(Clone, Copy)]
struct Code {
    code: u8,
    bits: u8,
    extra: u32,
}

/// A code of the numbers between two powers of two, counted from `base`.
fn power(first: u8, base: u32, value: u32) -> Code {
    let bits = (value - base).ilog2();
    let log = bits.to_le_bytes()[0];
    Code { code: first + log, bits: log, extra: value - base - (1 << bits) }
}

/// The codes of a sequence.
struct Codes {
    literals: Code,
    repeats: Code,
    distance: Code,
}

impl Codes {
    fn of(sequence: Sequence, last: u32) -> Self {
        let literals = match sequence.literals {
            0 => Code { code: 0, bits: 0, extra: 0 },
            32 => Code { code: 22, bits: 3, extra: 0 },
            many => power(19, 0, many),
        };
        let repeats = match sequence.repeats {
            32 => Code { code: 29, bits: 0, extra: 0 },
            64 => Code { code: 39, bits: 3, extra: 64 - 59 },
            96 => Code { code: 41, bits: 4, extra: 96 - 83 },
            128 => Code { code: 42, bits: 5, extra: 128 - 99 },
            many => power(36, 3, many),
        };
        // Behind literals, 1 stands for the distance of the sequence before.
        let again = sequence.distance == last && sequence.literals > 0;
        Self { literals, repeats, distance: power(0, 0, if again { 1 } else { sequence.distance + 3 }) }
    }

    fn extra(&self, bits: &mut Bits<'_>) {
        for code in [self.literals, self.repeats, self.distance] {
            bits.push(code.extra, code.bits);
        }
    }
}

/// A stream of bits that readers begin at its end.
struct Bits<'a> {
    word: u64,
    held: u32,
    out: &'a mut Vec<u8>,
}

impl Bits<'_> {
    /// Appends the low `count` bits.
    fn push(&mut self, value: u32, count: u8) {
        self.word |= (u64::from(value) & ((1 << count) - 1)) << self.held;
        self.held += u32::from(count);
        if self.held >= 32 {
            self.out.extend_from_slice(&self.word.to_le_bytes()[..4]);
            self.word >>= 32;
            self.held -= 32;
        }
    }

    /// Ends the stream with a bit that is set.
    fn close(mut self) {
        self.push(1, 1);
        let left = self.held.div_ceil(8) as usize;
        self.out.extend_from_slice(&self.word.to_le_bytes()[..left]);
    }
}

/// A table of an FSE coder (RFC 8878, 4.1).
struct Table {
    log: u8,
    /// Next states, symbol by symbol.
    states: Vec<u16>,
    symbols: Vec<Symbol>,
}

/// Where the next state of a symbol stands, and how many bits the step to it writes.
#[derive(Clone, Copy)]
struct Symbol {
    bits: u32,
    find: i32,
}

/// Tables for literals, repeats and distances.
static TABLES: LazyLock<[Table; 3]> = LazyLock::new(|| [Table::new(6, &LITERALS), Table::new(6, &REPEATS), Table::new(5, &DISTANCES)]);

/// Default shares of the codes; -1 is less than one.
const LITERALS: [i8; 36] = [4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1, -1, -1, -1, -1];
const REPEATS: [i8; 53] = [
    1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    1, -1, -1, -1, -1, -1, -1, -1,
];
const DISTANCES: [i8; 29] = [1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1];

impl Table {
    fn new(log: u8, shares: &[i8]) -> Self {
        let size = 1_u16 << log;
        let spread = spread(usize::from(size), shares);
        let mut states = Vec::with_capacity(spread.len());
        let mut symbols = Vec::with_capacity(shares.len());
        for (symbol, share) in shares.iter().enumerate() {
            let total = i32::try_from(states.len()).expect("a table is small");
            let share = u32::from(share.unsigned_abs());
            let most = if share == 1 { u32::from(log) } else { u32::from(log) - (share - 1).ilog2() };
            let bits = (most << 16).wrapping_sub(share << most);
            symbols.push(Symbol { bits, find: total - share.cast_signed() });
            states.extend((size..).zip(&spread).filter(|(_, at)| **at == symbol).map(|(state, _)| state));
        }
        Self { log, states, symbols }
    }

    fn next(&self, symbol: Symbol, state: u32, bits: u32) -> u32 {
        let at = (state >> bits).cast_signed() + symbol.find;
        self.states[usize::try_from(at).expect("a state is in its table")].into()
    }

    /// The state before the first step.
    fn start(&self, code: u8) -> u32 {
        let symbol = self.symbols[usize::from(code)];
        let bits = symbol.bits.wrapping_add(1 << 15) >> 16;
        self.next(symbol, (bits << 16).wrapping_sub(symbol.bits), bits)
    }

    fn step(&self, state: &mut u32, code: u8, out: &mut Bits<'_>) {
        let symbol = self.symbols[usize::from(code)];
        let bits = state.wrapping_add(symbol.bits) >> 16;
        out.push(*state, bits.to_le_bytes()[0]);
        *state = self.next(symbol, *state, bits);
    }
}

/// Spreads the codes over the states: rare ones at the end, the others in steps.
fn spread(size: usize, shares: &[i8]) -> Vec<usize> {
    let mut spread = vec![0; size];
    let mut high = size;
    for (symbol, _) in shares.iter().enumerate().filter(|(_, share)| **share < 0) {
        high -= 1;
        spread[high] = symbol;
    }
    let mut at = 0;
    for (symbol, share) in shares.iter().enumerate() {
        for _ in 0..*share {
            spread[at] = symbol;
            at = (at + size / 2 + size / 8 + 3) % size;
            while at >= high {
                at = (at + size / 2 + size / 8 + 3) % size;
            }
        }
    }
    spread
}
