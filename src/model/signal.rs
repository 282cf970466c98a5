//! Signals: the named reasons that move a score.

/// A named reason that moves a score. `datatrawl explain` shows its [`Signal::meaning`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Signal {
    /// The rule's own starting score.
    Base,
    /// The check digits are right.
    Checksum,
    /// Prefix and length belong to a known issuer.
    Issuer,
    /// Digits are grouped as such values are written.
    Grouping,
    /// Valid in the number plan of its region.
    NumberPlan,
    /// Written with + and a calling code.
    International,
    /// A word near it names the entity.
    Keyword,
    /// A word near it names something else.
    KeywordAgainst,
    /// The whole cell reads as such a value.
    Cell,
    /// The column, key or header names the entity.
    ColumnName,
    /// The column, key or header names something else.
    ColumnNameAgainst,
    /// Most values of the column match.
    ColumnMatch,
    /// Few values of the column match.
    ColumnMismatch,
    /// The column counts up: its values are ordinals or times.
    ColumnSequence,
    /// Columns beside it hold a person's data.
    Siblings,
    /// Written in the usual form.
    Shape,
    /// Nothing but the digits speaks for it.
    Bare,
    /// Reads as a point in time since 1970.
    Epoch,
    /// Part of a UUID, hash or other hex text.
    HexNeighbour,
    /// A letter or underscore touches it.
    WordNeighbour,
    /// Part of a decimal number.
    Decimal,
    /// Reads as a date or time.
    DateShape,
    /// Reads as a version or an object identifier.
    Version,
    /// Part of a URL, path or file name.
    Path,
    /// A published test or documentation value.
    TestValue,
    /// Private, loopback or otherwise reserved range.
    ReservedRange,
    /// Damaged by a spreadsheet: .0, exponent or lost zeros.
    RuinedNumber,
    /// A postal code stands where one belongs.
    PostalCode,
    /// A state, province or city stands where one belongs.
    AdminArea,
    /// One digit or a simple sequence throughout.
    Repetition,
    /// A given name or surname of the lists stands in it.
    KnownName,
    /// Stands in a cell whose column names no persons.
    InCell,
    /// Its country is one of those that the run was given.
    Region,
    /// Stands in a list of known values.
    KnownValue,
    /// Another rule matched the same text less well.
    Overlap,
}

impl Signal {
    /// All signals, in declaration order.
    pub const ALL: [Self; 35] = [
        Self::Base,
        Self::Checksum,
        Self::Issuer,
        Self::Grouping,
        Self::NumberPlan,
        Self::International,
        Self::Keyword,
        Self::KeywordAgainst,
        Self::Cell,
        Self::ColumnName,
        Self::ColumnNameAgainst,
        Self::ColumnMatch,
        Self::ColumnMismatch,
        Self::ColumnSequence,
        Self::Siblings,
        Self::Shape,
        Self::Bare,
        Self::Epoch,
        Self::HexNeighbour,
        Self::WordNeighbour,
        Self::Decimal,
        Self::DateShape,
        Self::Version,
        Self::Path,
        Self::TestValue,
        Self::ReservedRange,
        Self::RuinedNumber,
        Self::PostalCode,
        Self::AdminArea,
        Self::Repetition,
        Self::KnownName,
        Self::InCell,
        Self::Region,
        Self::KnownValue,
        Self::Overlap,
    ];

    /// Returns the name used in `signals`, and what it means, as `explain` shows it.
    const fn text(self) -> (&'static str, &'static str) {
        match self {
            Self::Base => ("base", "the rule's own starting score"),
            Self::Checksum => ("checksum", "the check digits are right"),
            Self::Issuer => ("issuer", "prefix and length belong to a known issuer"),
            Self::Grouping => ("grouping", "digits are grouped as such values are written"),
            Self::NumberPlan => ("number_plan", "valid in the number plan of its region"),
            Self::International => ("international", "written with + and a calling code"),
            Self::Keyword => ("keyword", "a word near it names the entity"),
            Self::KeywordAgainst => ("keyword_against", "a word near it names something else"),
            Self::Cell => ("cell", "the whole cell reads as such a value"),
            Self::ColumnName => ("column_name", "the column, key or header names the entity"),
            Self::ColumnNameAgainst => ("column_name_against", "the column, key or header names something else"),
            Self::ColumnMatch => ("column_match", "most values of the column match"),
            Self::ColumnMismatch => ("column_mismatch", "few values of the column match"),
            Self::ColumnSequence => ("column_sequence", "the column counts up: its values are ordinals or times"),
            Self::Siblings => ("siblings", "columns beside it hold a person's data"),
            Self::Shape => ("shape", "written in the usual form"),
            Self::Bare => ("bare", "nothing but the digits speaks for it"),
            Self::Epoch => ("epoch", "reads as a point in time since 1970"),
            Self::HexNeighbour => ("hex_neighbour", "part of a UUID, hash or other hex text"),
            Self::WordNeighbour => ("word_neighbour", "a letter or underscore touches it"),
            Self::Decimal => ("decimal", "part of a decimal number"),
            Self::DateShape => ("date_shape", "reads as a date or time"),
            Self::Version => ("version", "reads as a version or an object identifier"),
            Self::Path => ("path", "part of a URL, path or file name"),
            Self::TestValue => ("test_value", "a published test or documentation value"),
            Self::ReservedRange => ("reserved_range", "private, loopback or otherwise reserved range"),
            Self::RuinedNumber => ("ruined_number", "damaged by a spreadsheet: .0, exponent or lost zeros"),
            Self::PostalCode => ("postal_code", "a postal code stands where one belongs"),
            Self::AdminArea => ("admin_area", "a state, province or city stands where one belongs"),
            Self::Repetition => ("repetition", "one digit or a simple sequence throughout"),
            Self::KnownName => ("known_name", "a given name or surname of the lists stands in it"),
            Self::InCell => ("in_cell", "stands in a cell whose column is not named for it"),
            Self::Region => ("region", "its country is one of those that the run was given"),
            Self::KnownValue => ("known_value", "stands in the list of known values that the run was given"),
            Self::Overlap => ("overlap", "another rule matched the same text less well"),
        }
    }

    /// Returns the name used in the `signals` column.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.text().0
    }

    /// Returns what it means, in a few words.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        self.text().1
    }

    /// Finds a signal by its name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|signal| signal.name() == name)
    }
}

/// The signals of one candidate with their deltas in hundredths, in the order in which they were added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signals {
    items: [(Signal, i8); Self::CAPACITY],
    len: u8,
}

impl Default for Signals {
    fn default() -> Self {
        Self { items: [(Signal::Base, 0); Self::CAPACITY], len: 0 }
    }
}

impl Signals {
    const CAPACITY: usize = 15;

    /// Adds a reason. A signal that is already there keeps the delta that is further from zero.
    pub fn add(&mut self, signal: Signal, delta: i8) {
        if let Some(held) = self.items[..usize::from(self.len)].iter_mut().find(|(s, _)| *s == signal) {
            if delta.unsigned_abs() > held.1.unsigned_abs() {
                held.1 = delta;
            }
        } else if usize::from(self.len) < Self::CAPACITY {
            self.items[usize::from(self.len)] = (signal, delta);
            self.len += 1;
        }
    }

    /// Returns them without one of them.
    #[must_use]
    pub fn without(self, signal: Signal) -> Self {
        let mut out = Self::default();
        self.iter().filter(|(held, _)| *held != signal).for_each(|(held, delta)| out.add(held, delta));
        out
    }

    /// Says whether a signal is there.
    #[must_use]
    pub fn has(&self, signal: Signal) -> bool {
        self.iter().any(|(s, _)| s == signal)
    }

    /// Iterates over signals and deltas.
    pub fn iter(&self) -> impl Iterator<Item = (Signal, i8)> + '_ {
        self.items[..usize::from(self.len)].iter().copied()
    }

    /// Returns the sum of the deltas, not clamped.
    #[must_use]
    pub fn sum(&self) -> i16 {
        self.iter().map(|(_, delta)| i16::from(delta)).sum()
    }
}
