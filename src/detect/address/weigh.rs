//! Turns what was found into signals, or into nothing where it is no address.

use super::abroad;
use super::street::{Road, Street, Style};
use super::tail::Tail;
use crate::model::{Region, Signal, Signals};

/// What stands around the words.
#[derive(Clone, Copy, Debug, Default)]
pub struct Around {
    /// A line, cell or quoted string starts with the number.
    pub opened: bool,
    /// A line, cell or quoted string ends with the last word.
    pub closed: bool,
    /// The street line is followed by a comma, a line's end or the end of its cell.
    pub street_closed: bool,
    /// The number is a year or a day by the word beside it.
    pub dated: bool,
    /// The number may be a year.
    pub year: bool,
}

/// Signals and country of an address, or `None`.
pub fn weigh(street: &Street, tail: &Tail, around: Around) -> Option<(Signals, Option<Region>)> {
    let located = tail.state > 0 || tail.postal || tail.philippine();
    if street.busy && !(tail.state > 0 && tail.postal) || around.dated && !located {
        return None;
    }
    let shape = match (street.road, street.style) {
        (Road::Bare, style) => bare(tail, style)?,
        (_, Style::Title) => title(street.road, tail, around, located)?,
        (_, Style::Upper) => upper(street.road, tail, around, located)?,
        (_, Style::Lower) => lower(street.road, tail, around)?,
    };
    Some((signals(shape, tail), region(tail)))
}

/// The signals of an accepted address.
pub fn signals(shape: i8, tail: &Tail) -> Signals {
    let mut signals = Signals::default();
    signals.add(Signal::Shape, shape + if tail.unit.is_some() { 5 } else { 0 });
    if tail.state > 0 || tail.philippine() {
        signals.add(Signal::AdminArea, 20);
    } else if tail.place || tail.ph_place > 0 || tail.barangay > 0 {
        signals.add(Signal::AdminArea, 10);
    }
    if tail.postal {
        signals.add(Signal::PostalCode, if tail.postal_fits || tail.abroad.is_some() || tail.philippine() { 20 } else { 17 });
    }
    signals
}

/// The country, where something tells it.
pub fn region(tail: &Tail) -> Option<Region> {
    if let Some(country) = tail.abroad {
        Region::new(country)
    } else if tail.state > 0 {
        Region::new(abroad::country(tail.state).unwrap_or(*b"US"))
    } else if tail.philippine() || tail.ph_country || tail.ph_place > 0 && !tail.place && !tail.postal {
        Region::new(*b"PH")
    } else {
        None
    }
}

/// A number and names without a street word: only with a state and its own ZIP, a unit, or two signs of the Philippines.
fn bare(tail: &Tail, style: Style) -> Option<i8> {
    let sited = tail.philippine() && tail.ph_place > 0 && (tail.barangay + tail.estate > 0 || tail.ph_place > 1 || tail.ph_country);
    let fits = tail.state > 0 && tail.postal_fits && tail.names >= 2;
    let unit = style == Style::Title && tail.unit.is_some_and(|before| (1..=6).contains(&before)) && tail.names > 0;
    if fits && style != Style::Lower || sited && tail.names > 1 { Some(15) } else { unit.then_some(8) }
}

fn title(road: Road, tail: &Tail, around: Around, located: bool) -> Option<i8> {
    let more = located || tail.unit.is_some() || tail.place || tail.ph_place > 0;
    match road {
        Road::Strong if more || around.street_closed => Some(18),
        Road::Strong => Some(14),
        Road::Weak if more => Some(18),
        Road::Weak if around.year => Some(5),
        Road::Weak => around.street_closed.then_some(12),
        _ if located => Some(15),
        _ if more => Some(10),
        _ => (around.opened && around.closed).then_some(5),
    }
}

fn upper(road: Road, tail: &Tail, around: Around, located: bool) -> Option<i8> {
    let cell = around.opened && around.closed;
    match road {
        _ if located => Some(15),
        Road::Strong if cell || tail.unit.is_some() => Some(12),
        Road::Strong => Some(6),
        Road::Weak if cell => Some(8),
        _ => None,
    }
}

fn lower(road: Road, tail: &Tail, around: Around) -> Option<i8> {
    let cell = around.opened && around.closed;
    match road {
        _ if tail.state > 0 && tail.postal || tail.philippine() => Some(10),
        Road::Strong | Road::Weak if tail.postal || tail.state > 0 => Some(8),
        Road::Strong if tail.unit.is_some() => Some(8),
        Road::Strong if cell => Some(5),
        _ => None,
    }
}
