//! The compact table of known values: keyed prints and tokens, no value.

use rayon::prelude::*;

use crate::model::Id;

/// Shards of a table; which one a print is in, its highest bits say.
const SHARDS: usize = 256;
/// Entries that share a bucket, about.
const BUCKET: usize = 4;
/// Bits of the filter for each entry that text is searched for, about.
const FILTER_BITS: usize = 8;
/// Persons that a value may belong to before it is common.
pub(super) const MOST_SUBJECTS: usize = 10;
/// Rows that a list may have.
pub(super) const MOST_ROWS: u32 = (1 << 24) - 2;
/// Stands for several rows of different persons.
const SEVERAL: u32 = (1 << 24) - 1;

/// One form of a known value.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(C, packed(4))]
pub(super) struct Entry {
    /// The print of its words; the lowest bit says that text is searched for it.
    print: u64,
    /// Its value token.
    token: u128,
    /// Its kind, and below it its row.
    place: u32,
}

impl Entry {
    pub(super) fn new(print: u64, is_in_text: bool, token: Id, kind: u8, row: u32) -> Self {
        let print = print & !1 | u64::from(is_in_text);
        Self { print, token: u128::from_le_bytes(*token.bytes()), place: u32::from(kind) << 24 | row }
    }

    pub(super) fn token(&self) -> Id {
        Id::new(self.token.to_le_bytes())
    }

    pub(super) fn kind(&self) -> u8 {
        (self.place >> 24) as u8
    }

    /// The row that it stands in; none where rows of different persons hold it.
    pub(super) fn row(&self) -> Option<usize> {
        let row = self.place & SEVERAL;
        (row != SEVERAL).then_some(row as usize)
    }

    pub(super) fn is_in_text(&self) -> bool {
        self.print & 1 == 1
    }

    fn is_same(&self, other: &Self) -> bool {
        self.print | 1 == other.print | 1 && self.token == other.token && self.kind() == other.kind()
    }
}

/// Entries in the making.
pub(super) struct Draft {
    shards: Vec<Vec<Entry>>,
}

/// What became of entries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// Entries that stand.
    pub entries: usize,
    /// Those that rows of different persons hold.
    pub shared: usize,
    /// Those that so many persons have that they say nothing.
    pub common: usize,
}

impl Draft {
    pub(super) fn new() -> Self {
        Self { shards: vec![Vec::new(); SHARDS] }
    }

    pub(super) fn push(&mut self, entry: Entry) {
        self.shards[shard(entry.print)].push(entry);
    }

    /// Sorts the entries, puts equal ones together, and closes the table. `subject` names the person of a row.
    pub(super) fn close(self, subject: impl Fn(usize) -> Id + Sync) -> (Table, Tally) {
        let shards: Vec<(Shard, Tally)> = self.shards.into_par_iter().map(|entries| Shard::new(entries, &subject)).collect();
        let mut tally = Tally::default();
        for (_, own) in &shards {
            tally.entries += own.entries;
            tally.shared += own.shared;
            tally.common += own.common;
        }
        let shards: Vec<Shard> = shards.into_iter().map(|(shard, _)| shard).collect();
        let searched = || shards.iter().flat_map(|shard| &shard.entries).filter(|entry| entry.is_in_text());
        let mut filter = Filter::new(searched().count());
        searched().for_each(|entry| filter.insert(entry.print));
        (Table { shards, filter }, tally)
    }
}

fn shard(print: u64) -> usize {
    (print >> 56) as usize
}

struct Shard {
    /// By print, then token.
    entries: Vec<Entry>,
    /// Where the entries of each bucket begin.
    starts: Vec<u32>,
    /// Bits that number the buckets.
    bits: u32,
}

impl Shard {
    fn new(mut entries: Vec<Entry>, subject: impl Fn(usize) -> Id) -> (Self, Tally) {
        entries.sort_unstable_by_key(|entry| (entry.print | 1, entry.token, entry.place, entry.print));
        let mut tally = Tally::default();
        let mut kept = 0;
        let mut at = 0;
        while at < entries.len() {
            let mut first = entries[at];
            let run = entries[at..].iter().take_while(|entry| entry.is_same(&first)).count();
            let of = |entry: &Entry| entry.row().map(&subject);
            let mut persons: Vec<Option<Id>> = Vec::new();
            for entry in &entries[at..at + run] {
                first.print |= entry.print & 1;
                if persons.len() <= MOST_SUBJECTS && !persons.contains(&of(entry)) {
                    persons.push(of(entry));
                }
            }
            at += run;
            if persons.len() > MOST_SUBJECTS {
                tally.common += 1;
                continue;
            }
            if persons.len() > 1 {
                tally.shared += 1;
                first.place |= SEVERAL;
            }
            entries[kept] = first;
            kept += 1;
        }
        entries.truncate(kept);
        entries.shrink_to_fit();
        tally.entries = kept;
        let bits = (kept / BUCKET).max(1).ilog2();
        let mut starts = vec![0; (1 << bits) + 1];
        for entry in &entries {
            starts[bucket(entry.print, bits) + 1] += 1;
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        (Self { entries, starts, bits }, tally)
    }
}

/// The bucket of a print in its shard.
fn bucket(print: u64, bits: u32) -> usize {
    // Shifting by all bits there are is none.
    ((print << 8) >> 1 >> (63 - bits)) as usize
}

/// Known values by their prints.
pub(super) struct Table {
    shards: Vec<Shard>,
    filter: Filter,
}

impl Table {
    /// The entries under a print. They may be others: their tokens say.
    pub(super) fn under(&self, print: u64) -> impl Iterator<Item = Entry> {
        let shard = &self.shards[shard(print)];
        let bucket = bucket(print, shard.bits);
        let entries = &shard.entries[shard.starts[bucket] as usize..shard.starts[bucket + 1] as usize];
        entries.iter().copied().filter(move |entry| entry.print | 1 == print | 1)
    }

    /// Whether text may be searched for something under this print.
    #[inline]
    pub(super) fn may_hold(&self, print: u64) -> bool {
        self.filter.holds(print)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.shards.iter().all(|shard| shard.entries.is_empty())
    }

    /// Bytes that it takes.
    pub(super) fn bytes(&self) -> usize {
        let of = |shard: &Shard| shard.entries.capacity() * size_of::<Entry>() + shard.starts.capacity() * size_of::<u32>();
        self.shards.iter().map(of).sum::<usize>() + self.filter.words.len() * size_of::<u64>()
    }
}

/// One bit a print: nearly all that is not in the table ends here. It decides nothing alone.
struct Filter {
    words: Vec<u64>,
    mask: u64,
}

impl Filter {
    fn new(entries: usize) -> Self {
        let bits = (entries * FILTER_BITS).next_power_of_two().max(1 << 12);
        Self { words: vec![0; bits / 64], mask: bits as u64 - 1 }
    }

    fn insert(&mut self, print: u64) {
        let bit = (print >> 1) & self.mask;
        self.words[(bit / 64) as usize] |= 1 << (bit % 64);
    }

    #[inline]
    fn holds(&self, print: u64) -> bool {
        let bit = (print >> 1) & self.mask;
        self.words[(bit / 64) as usize] >> (bit % 64) & 1 == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(n: u64) -> u64 {
        u64::from_le_bytes(blake3::hash(&n.to_le_bytes()).as_bytes()[..8].try_into().expect("8 bytes"))
    }

    fn token(n: u64) -> Id {
        Id::new(u128::from(n).to_le_bytes())
    }

    #[test]
    fn an_entry_is_28_bytes() {
        assert_eq!(size_of::<Entry>(), 28);
    }

    #[test]
    fn holds_what_was_put_in_and_nothing_else() {
        for count in [0, 1, 2, 5, 3_000] {
            let mut draft = Draft::new();
            (0..count).for_each(|n| draft.push(Entry::new(number(n), n % 2 == 0, token(n), 3, n as u32)));
            let (table, tally) = draft.close(|row| token(row as u64));
            assert_eq!(tally, Tally { entries: count as usize, ..Tally::default() });
            for n in 0..count {
                let found: Vec<Entry> = table.under(number(n)).collect();
                assert_eq!(found.len(), 1);
                assert_eq!((found[0].token(), found[0].kind(), found[0].row()), (token(n), 3, Some(n as usize)));
                assert_eq!(found[0].is_in_text(), n % 2 == 0);
                assert!(n % 2 == 1 || table.may_hold(number(n)));
            }
            assert!((count..count + 500).all(|n| table.under(number(n)).next().is_none()));
        }
    }

    #[test]
    fn equal_prints_of_other_values_stand_side_by_side() {
        let mut draft = Draft::new();
        (0..40).for_each(|n| draft.push(Entry::new(77, true, token(n), 0, n as u32)));
        let (table, _) = draft.close(|row| token(row as u64));
        assert_eq!(table.under(77).count(), 40);
    }

    #[test]
    fn values_of_several_persons_have_no_row_and_of_many_are_none() {
        let mut draft = Draft::new();
        for (value, rows) in [(1, 0..3), (2, 0..2), (3, 0..10), (4, 0..11)] {
            rows.for_each(|row| draft.push(Entry::new(number(value), row == 1, token(value), 0, row)));
        }
        // The rows below 2 are of one person.
        let (table, tally) = draft.close(|row| token(if row < 2 { 0 } else { row as u64 }));
        let row = |value| table.under(number(value)).next().map(|entry| (entry.row(), entry.is_in_text()));
        assert_eq!([row(1), row(2), row(3), row(4)], [Some((None, true)), Some((Some(0), true)), Some((None, true)), Some((None, true))]);
        assert_eq!(tally, Tally { entries: 4, shared: 3, common: 0 });
        let mut draft = Draft::new();
        (0..11).for_each(|row| draft.push(Entry::new(number(9), true, token(9), 0, row)));
        let (table, tally) = draft.close(|row| token(row as u64));
        assert_eq!((table.under(number(9)).count(), tally), (0, Tally { common: 1, ..Tally::default() }));
    }
}
