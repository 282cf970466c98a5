//! Parts of an address or a name whose cells stand in columns of their own.

/// What one cell is of the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Piece {
    /// Street, with or without the house number; an address is counted at it.
    Street,
    /// House number that has a column of its own.
    House,
    /// Flat, floor, second line.
    Unit,
    /// Barangay, suburb.
    District,
    /// City.
    City,
    /// State, province, region.
    State,
    /// Postal code.
    Postcode,
    /// Country.
    Country,
    /// Given name; a name is counted at it.
    Given,
    /// Middle name or initial.
    Middle,
    /// Surname.
    Surname,
}

impl Piece {
    /// Returns the word of the column `part`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Street => "street",
            Self::House => "house",
            Self::Unit => "unit",
            Self::District => "district",
            Self::City => "city",
            Self::State => "state",
            Self::Postcode => "postcode",
            Self::Country => "country",
            Self::Given => "given",
            Self::Middle => "middle",
            Self::Surname => "surname",
        }
    }

    /// Says whether it is of a person's name; all others are of an address.
    #[must_use]
    pub const fn is_of_name(self) -> bool {
        matches!(self, Self::Given | Self::Middle | Self::Surname)
    }

    /// Says whether the whole is counted at this part.
    #[must_use]
    pub const fn leads(self) -> bool {
        matches!(self, Self::Street | Self::Given)
    }
}
