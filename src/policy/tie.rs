//! What one of a record's people has to do with the person who asks. Pure.

/// Kinds of values that several people may have at once: a family's phone, a household's address, a tablet, a joint account. They show
/// whose a record is where the request itself names them and nothing better stands there.
const SHARED: [&str; 26] = [
    "address", "advertising_id", "age", "android_id", "bank_account", "date_of_birth", "device_model", "gender", "gps_coordinates", "iban",
    "iccid", "idfv", "imei", "imsi", "industry", "ip_address", "license_plate", "mac_address", "occupation", "person_name", "phone",
    "push_token", "special_category", "ssid", "user_agent", "vehicle_id",
];
/// Kinds of [`SHARED`] that are as good as a name in a text: what is not the person's own phone is somebody else's.
const TELLING: [&str; 10] =
    ["advertising_id", "android_id", "bank_account", "iban", "iccid", "idfv", "imei", "imsi", "mac_address", "phone"];

/// How a value that says who someone is compares with what is known of the person who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compared {
    /// The request names it.
    Named,
    /// The request names it, and records of others have it, too.
    Contested,
    /// It was learnt from a record of the person.
    Learnt,
    /// It is another one of a kind of which some are known.
    Other,
    /// Of its kind none is known.
    Unknown,
}

/// A value that says who one of a record's people is.
#[derive(Clone, Copy, Debug)]
pub struct Mark<'a> {
    /// Its entity.
    pub entity: &'a str,
    /// How it compares.
    pub compared: Compared,
}

/// What a person of a record is to the one who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tie {
    /// The same.
    Own,
    /// Perhaps the same: something is shared, and something else speaks against it or is not known.
    Candidate,
}

/// Says whether several people may have a value of this kind.
#[must_use]
pub fn is_shared(entity: &str) -> bool {
    SHARED.contains(&entity)
}

/// Says whether a value of this kind that the request names, met in a text, is about the person who asks.
#[must_use]
pub fn tells_in_text(entity: &str) -> bool {
    !is_shared(entity) || TELLING.contains(&entity)
}

/// How far a kind tells people apart: numbers that one organisation gives to one person, e-mail addresses, which people change, and what
/// is shared.
fn rank(entity: &str) -> u8 {
    match entity {
        shared if is_shared(shared) => 0,
        "email" | "username" => 1,
        _ => 2,
    }
}

/// Says what a person of a record is to the one who asks; none: nobody. `referred`: a record that is that person's own leads to this one.
///
/// The kind that tells people apart best has the say. What is shared makes a record the person's own only where the request names it
/// and nothing better stands there.
#[must_use]
pub fn tie(marks: &[Mark<'_>], referred: bool) -> Option<Tie> {
    use Compared::{Contested, Learnt, Named, Other, Unknown};
    let any = |ranks: &[u8], of: &[Compared]| marks.iter().any(|mark| ranks.contains(&rank(mark.entity)) && of.contains(&mark.compared));
    for ranks in [&[2][..], &[1]] {
        match (any(ranks, &[Named, Learnt]), any(ranks, &[Other])) {
            // A number that was learnt may stand for none, or for many: whatever else is another's speaks against it.
            (true, false) if any(ranks, &[Named]) || !any(&[0, 1], &[Other]) => return Some(Tie::Own),
            (true, _) => return Some(Tie::Candidate),
            (false, true) => return (referred || any(&[0, 1], &[Named, Contested, Learnt])).then_some(Tie::Candidate),
            (false, false) => {}
        }
    }
    if referred {
        return Some(Tie::Own);
    }
    if any(&[0], &[Named]) {
        return Some(if any(&[1, 2], &[Unknown]) { Tie::Candidate } else { Tie::Own });
    }
    any(&[0], &[Contested, Learnt]).then_some(Tie::Candidate)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(marks: &[(&str, Compared)], referred: bool) -> Option<Tie> {
        let marks: Vec<Mark<'_>> = marks.iter().map(|(entity, compared)| Mark { entity, compared: *compared }).collect();
        tie(&marks, referred)
    }

    #[test]
    fn tells_own_records_from_those_that_share_something() {
        use Compared::{Contested, Learnt, Named, Other, Unknown};
        for (marks, referred, expected) in [
            (&[("customer_id", Named), ("phone", Unknown)][..], false, Some(Tie::Own)),
            (&[("customer_id", Learnt), ("phone", Learnt)], false, Some(Tie::Own)),
            // Guests of one shop may all have the number 0.
            (&[("customer_id", Learnt), ("phone", Other)], false, Some(Tie::Candidate)),
            (&[("customer_id", Learnt), ("email", Other)], false, Some(Tie::Candidate)),
            (&[("email", Named), ("customer_id", Other)], false, Some(Tie::Candidate)),
            // Who has another e-mail address now is still the same customer.
            (&[("customer_id", Named), ("email", Other)], false, Some(Tie::Own)),
            (&[("email", Named), ("customer_id", Unknown)], false, Some(Tie::Own)),
            // A phone alone, and one beside somebody else's number.
            (&[("phone", Named)], false, Some(Tie::Own)),
            (&[("phone", Named), ("customer_id", Unknown)], false, Some(Tie::Candidate)),
            (&[("phone", Named), ("customer_id", Other)], false, Some(Tie::Candidate)),
            (&[("phone", Learnt)], false, Some(Tie::Candidate)),
            (&[("phone", Contested)], false, Some(Tie::Candidate)),
            (&[("phone", Other), ("email", Unknown)], false, None),
            (&[], false, None),
            (&[], true, Some(Tie::Own)),
            (&[("customer_id", Other)], true, Some(Tie::Candidate)),
        ] {
            assert_eq!(of(marks, referred), expected, "{marks:?} {referred}");
        }
    }

    #[test]
    fn names_in_texts_are_not_enough() {
        for (entity, told) in [("email", true), ("phone", true), ("customer_id", true), ("person_name", false), ("ip_address", false)] {
            assert_eq!(tells_in_text(entity), told, "{entity}");
        }
        assert!(TELLING.iter().all(|entity| is_shared(entity)));
    }

    proptest! {
        /// Whatever stands there, a value of somebody else's that only one person has never makes a record one's own.
        #[test]
        fn somebody_elses_mark_is_never_own(kinds in proptest::collection::vec((0..4_usize, 0..4_usize), 0..6), referred in any::<bool>()) {
            let entities = ["customer_id", "email", "phone", "address"];
            let states = [Compared::Named, Compared::Learnt, Compared::Other, Compared::Unknown];
            let mut marks: Vec<Mark<'_>> =
                kinds.iter().map(|(e, s)| Mark { entity: entities[*e], compared: states[*s] }).collect();
            marks.push(Mark { entity: "customer_id", compared: Compared::Other });
            prop_assert_ne!(tie(&marks, referred), Some(Tie::Own));
        }
    }
}
