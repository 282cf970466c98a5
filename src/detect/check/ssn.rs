//! US Social Security numbers: which numbers can have been assigned.
//!
//! In come nine digit values, out goes whether the Social Security Administration can have assigned them, or what else
//! they are. There is no check digit; since the randomisation of 25 June 2011 neither area nor group tells a state or year.

/// What nine digits are as a Social Security number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assignment {
    /// The number can belong to a person.
    Possible,
    /// Published in advertisements and documentation; it belongs to nobody.
    Published,
    /// Area 900 to 999 that is no ITIN: never assigned, though forms filled in carelessly hold it.
    NeverAssigned,
    /// An individual taxpayer number of the Internal Revenue Service.
    Itin,
    /// Area 000 or 666, group 00 or serial 0000.
    Impossible,
}

/// Numbers that were printed in public: on a wallet insert of 1938, in a pamphlet of 1940, in many forms.
/// Source: <https://www.ssa.gov/history/ssn/misused.html>.
const PUBLISHED: [[u8; 9]; 2] = [[0, 7, 8, 0, 5, 1, 1, 2, 0], [2, 1, 9, 0, 9, 9, 9, 9, 9]];

/// The block 987-65-4320 to 987-65-4329, which was set aside for advertisements.
const ADVERTISED: [u8; 8] = [9, 8, 7, 6, 5, 4, 3, 2];

/// Says what nine digit values are.
///
/// Ranges: <https://www.ssa.gov/employer/randomizationfaqs.html> (areas 000, 666 and 900 to 999 are not assigned) and, for
/// the ITIN groups 50–65, 70–88, 90–92 and 94–99, IRS Publication 1915 with Internal Revenue Manual 3.21.263.
#[must_use]
pub fn assignment(digits: &[u8; 9]) -> Assignment {
    let area = u16::from(digits[0]) * 100 + u16::from(digits[1]) * 10 + u16::from(digits[2]);
    let group = digits[3] * 10 + digits[4];
    if PUBLISHED.contains(digits) || digits[..8] == ADVERTISED {
        return Assignment::Published;
    }
    if area == 0 || area == 666 || group == 0 || digits[5..] == [0; 4] {
        return Assignment::Impossible;
    }
    match (area, group) {
        (..900, _) => Assignment::Possible,
        (_, 50..=65 | 70..=88 | 90..=92 | 94..=99) => Assignment::Itin,
        _ => Assignment::NeverAssigned,
    }
}

#[cfg(test)]
mod tests {
    use super::{Assignment, assignment};

    fn of(text: &str) -> Assignment {
        let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_digit).map(|byte| byte - b'0').collect();
        assignment(digits.as_slice().try_into().expect("nine digits"))
    }

    #[test]
    fn tells_assigned_ranges() {
        for text in ["001-01-0001", "665-99-9999", "667-01-0001", "772-34-5678", "899-99-9999"] {
            assert_eq!(of(text), Assignment::Possible, "{text}");
        }
        for text in ["000-12-3456", "666-12-3456", "123-00-4567", "123-45-0000", "912-00-1234"] {
            assert_eq!(of(text), Assignment::Impossible, "{text}");
        }
    }

    #[test]
    fn tells_itins_and_never_assigned_areas() {
        for text in ["912-70-1234", "999-88-1234", "900-50-1234", "950-94-1234"] {
            assert_eq!(of(text), Assignment::Itin, "{text}");
        }
        for text in ["912-34-1234", "999-89-1234", "950-93-1234"] {
            assert_eq!(of(text), Assignment::NeverAssigned, "{text}");
        }
    }

    #[test]
    fn knows_published_numbers() {
        for text in ["078-05-1120", "219-09-9999", "987-65-4320", "987-65-4329"] {
            assert_eq!(of(text), Assignment::Published, "{text}");
        }
        assert_ne!(of("078-05-1121"), Assignment::Published);
    }
}
