//! Small integers in few bits: variable-length integers, bit packing, and the hybrid of runs and packed groups.

/// Values that are looked at together: all equal, they are a run.
const STRETCH: usize = 32;

/// Appends an unsigned LEB128 integer.
pub(super) fn varint(mut value: u64, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push(value.to_le_bytes()[0] | 0x80);
        value >>= 7;
    }
    out.push(value.to_le_bytes()[0]);
}

/// Maps small integers of either sign to small ones without.
pub(super) fn zigzag(value: i64) -> u64 {
    (value << 1 ^ value >> 63).cast_unsigned()
}

/// Returns the bits that a value takes.
pub(super) fn width(value: u64) -> usize {
    (u64::BITS - value.leading_zeros()) as usize
}

/// Appends groups of eight values, the first in the lowest bits.
pub(super) fn pack(groups: &[[u64; 8]], width: usize, out: &mut Vec<u8>) {
    if width == 0 {
        return;
    }
    for group in groups {
        match width {
            ..=8 => {
                let word = (0..8).fold(0, |word, at| word | group[at] << (at * width));
                out.extend_from_slice(&u64::to_le_bytes(word)[..width]);
            }
            9..=16 => {
                let half = |from: usize| (0..4).fold(0, |word, at| word | group[from + at] << (at * width));
                let word = u128::from(half(0)) | u128::from(half(4)) << (4 * width);
                out.extend_from_slice(&word.to_le_bytes()[..width]);
            }
            _ => pack_wide(group, width, out),
        }
    }
}

fn pack_wide(group: &[u64; 8], width: usize, out: &mut Vec<u8>) {
    let (mut word, mut held) = (0_u128, 0);
    for value in group {
        word |= u128::from(*value) << held;
        held += width;
        let whole = held / 8;
        out.extend_from_slice(&word.to_le_bytes()[..whole]);
        // A value of 64 bits behind up to 7 is at most 8 whole bytes.
        word >>= whole * 8;
        held %= 8;
    }
}

/// Appends a run of one value.
pub(super) fn run(value: u64, count: usize, width: usize, out: &mut Vec<u8>) {
    varint((count as u64) << 1, out);
    out.extend_from_slice(&value.to_le_bytes()[..width.div_ceil(8)]);
}

/// Appends values as runs and packed groups, whatever is there.
pub(super) fn hybrid<T: Copy + PartialEq + Into<u64>>(values: &[T], width: usize, out: &mut Vec<u8>) {
    let mut left = values;
    while let Some(&first) = left.first() {
        let same = left.chunks(STRETCH).take_while(|stretch| stretch.iter().all(|value| *value == first)).map(<[T]>::len).sum();
        if same > 0 {
            run(first.into(), same, width, out);
            left = &left[same..];
        } else {
            let mixed = left.chunks(STRETCH).take_while(|stretch| stretch.iter().any(|value| *value != stretch[0]));
            let (now, later) = left.split_at(mixed.map(<[T]>::len).sum());
            packed(now, width, out);
            left = later;
        }
    }
}

/// Appends a run of packed groups; only the last run of a page may end within a group.
fn packed<T: Copy + Into<u64>>(values: &[T], width: usize, out: &mut Vec<u8>) {
    varint((values.len().div_ceil(8) as u64) << 1 | 1, out);
    for values in values.chunks(8) {
        let mut group = [0; 8];
        group.iter_mut().zip(values).for_each(|(to, from)| *to = (*from).into());
        pack(&[group], width, out);
    }
}

/// Which rows have a value. As long as all have one, or none has, they are only counted.
#[derive(Default)]
pub(super) struct Presence {
    /// Each row, once they differ.
    rows: Vec<u8>,
    count: usize,
    absent: usize,
}

impl Presence {
    #[inline]
    pub(super) fn push(&mut self, present: bool) {
        self.push_many(present, 1);
    }

    #[inline]
    pub(super) fn push_many(&mut self, present: bool, count: usize) {
        let alike = self.absent == if present { 0 } else { self.count };
        if !alike || !self.rows.is_empty() {
            self.differ(present, count);
        }
        self.count += count;
        self.absent += if present { 0 } else { count };
    }

    #[cold]
    fn differ(&mut self, present: bool, count: usize) {
        if self.rows.is_empty() {
            self.rows.resize(self.count, u8::from(self.absent == 0));
        }
        self.rows.resize(self.rows.len() + count, u8::from(present));
    }

    /// Takes rows of a column; gives the values of those that have one.
    #[inline]
    pub(super) fn extend<T: Copy>(&mut self, rows: impl ExactSizeIterator<Item = Option<T>> + Clone, values: &mut Vec<T>) {
        let count = rows.len();
        let absent = rows.clone().filter(Option::is_none).count();
        match rows.clone().next() {
            // One of the values stands for those that are absent, of which there are none: the length is known that way.
            Some(Some(any)) if absent == 0 => {
                self.push_many(true, count);
                values.extend(rows.map(|row| row.unwrap_or(any)));
            }
            _ if absent == count => self.push_many(false, count),
            _ => {
                rows.clone().for_each(|row| self.push(row.is_some()));
                values.extend(rows.flatten());
            }
        }
    }

    pub(super) fn rows(&self) -> usize {
        self.count
    }

    pub(super) fn absent(&self) -> usize {
        self.absent
    }

    /// Appends the rows as definition levels of a data page, where the column has any, and forgets them.
    pub(super) fn take(&mut self, has_levels: bool, out: &mut Vec<u8>) {
        if has_levels {
            levels(out, |out| match self.rows.is_empty() {
                true => run(u64::from(self.absent == 0), self.count, 1, out),
                false => hybrid(&self.rows, 1, out),
            });
        }
        self.rows.clear();
        self.count = 0;
        self.absent = 0;
    }
}

/// Appends levels, and before them their length.
pub(super) fn levels(out: &mut Vec<u8>, write: impl FnOnce(&mut Vec<u8>)) {
    let start = out.len();
    out.extend_from_slice(&[0; 4]);
    write(out);
    let len = u32::try_from(out.len() - start - 4).expect("a page is below 4 GiB");
    out[start..start + 4].copy_from_slice(&len.to_le_bytes());
}
