//! Columns whose cells together are an address or a name: street, city, postal code; given name, surname.
//!
//! In go names of columns, out come groups: columns of one table or object whose names agree in all but the part
//! (`billing_street`, `billing_city`). Which cells of a record are one whole is told by [`Groups::wholes`]. No value is looked at.

use std::collections::HashMap;
use std::sync::Arc;

use super::columns::ColumnInfo;
use crate::model::{Piece, Row};
use crate::pattern::tokens;

/// What the name of a column says of the part that its cells are, and the words beside that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Role {
    pub part: Piece,
    /// `billing` of `billing_street`.
    beside: String,
}

/// Names of parts, written as one word.
const NAMES: &[(Piece, &str)] = &[
    (
        Piece::Street,
        "streetaddress streetname street1 streetline1 streetline street addressline1 addressline addrline1 addressstreet address1 addr1 line1 \
         address addr strasse straße strassenname rue calle direccion dirección adresse anschrift indirizzo domicilio endereco endereço straat \
         straatnaam morada logradouro ulica adres gatuadress gateadresse osoite katuosoite alamat tirahan via viale",
    ),
    (
        Piece::House,
        "housenumber houseno housenum streetnumber streetno hausnummer hausnr huisnummer huisnr buildingnumber numerodomu numero número husnummer",
    ),
    (Piece::Unit, "addressline2 addrline2 address2 addr2 line2 street2 streetline2 unit unitnumber unitno apartment apt suite floor"),
    (Piece::District, "barangay brgy suburb neighborhood neighbourhood district bairro colonia purok subdivision"),
    (Piece::City, "city cityname town municipality locality ort stadt ville ciudad cidade città citta comune woonplaats lungsod"),
    (
        Piece::State,
        "state statecode statename stateprovince province region prefecture county bundesland provincia estado lalawigan kanton canton uf departamento wojewodztwo województwo provincie provinsi",
    ),
    (
        Piece::Postcode,
        "zip zipcode zippostalcode postalcode postcode postal plz cap cep pincode codepostal codigopostal códigopostal postleitzahl \
         kodpocztowy psc psč postnummer postnr postinumero kodepos postakodu zip5 zipcode5 postcodes",
    ),
    (Piece::Country, "country countrycode countryname pays pais país paese land kraj"),
    (
        Piece::Given,
        "firstname givenname givennames forename fname vorname prenom prénom firstnames firstnm voornaam nombres primernombre imie imię jmeno \
         jméno fornavn fornamn förnamn etunimi prenume keresztnev keresztnév namadepan unangpangalan",
    ),
    (Piece::Middle, "middlename middleinitial middlenames mname minitial"),
    (
        Piece::Surname,
        "lastname surname familyname lname nachname apellido apellidos lastnames lastnm familienname achternaam cognome sobrenome apelido \
         primerapellido apellidopaterno nazwisko prijmeni příjmení etternavn efternavn efternamn sukunimi soyad soyadi namabelakang apelyido",
    ),
];

/// Words beside the part that say nothing of which address it is.
const SILENT: &[&str] = &["address", "addr", "mailing", "no", "text", "name", "full", "1"];
/// Words that make the name that of something about a part.
const ABOUT: &[&str] = &[
    "id", "ids", "type", "code2", "hash", "count", "at", "date", "status", "verified", "valid", "is", "has", "lat", "lng", "ip", "email",
    "mac", "url",
];

impl Role {
    /// Reads the last key of a column's name.
    pub(super) fn of(name: &str) -> Option<Self> {
        let words: Vec<String> = tokens(name.as_bytes()).map(|word| name[word].to_lowercase()).collect();
        if words.is_empty() || words.len() > 6 || words.iter().any(|word| ABOUT.contains(&word.as_str())) {
            return None;
        }
        let windows = (1..=words.len().min(3)).rev().flat_map(|len| (0..=words.len() - len).map(move |at| at..at + len));
        // Longer phrases first, and of equal ones the last: `address_city` is a city.
        let mut best = None;
        for window in windows {
            let joined = words[window.clone()].concat();
            let part = NAMES.iter().find(|(_, names)| names.split_ascii_whitespace().any(|name| name == joined)).map(|(part, _)| *part);
            if let Some(part) = part
                && best.as_ref().is_none_or(|(_, held): &(Piece, std::ops::Range<usize>)| held.len() == window.len())
            {
                best = Some((part, window));
            }
        }
        let (part, window) = best?;
        let rest = words.iter().enumerate().filter(|(at, word)| !window.contains(at) && !SILENT.contains(&word.as_str()));
        Some(Self { part, beside: rest.map(|(_, word)| word.as_str()).collect::<Vec<_>>().join(" ") })
    }
}

/// Table, keys above, words beside, and whether it is a name.
type Key = (Option<Arc<str>>, Vec<Option<String>>, String, bool);

/// The groups of the columns that a layout has.
#[derive(Default)]
pub(super) struct Groups {
    known: HashMap<Key, usize>,
    /// By group, the parts that it has as bits.
    parts: Vec<u32>,
    /// By column.
    columns: Vec<Option<(usize, Piece)>>,
    /// Whether one of them has what makes a whole.
    live: bool,
}

/// Cells of a record that are one whole: indices of its fields, and what each is.
pub(super) struct Whole {
    pub cells: Vec<(usize, Piece)>,
    group: usize,
}

impl Whole {
    pub fn has(&self, part: Piece) -> bool {
        self.cells.iter().any(|(_, held)| *held == part)
    }
}

const fn bit(part: Piece) -> u32 {
    1 << part as u32
}

/// Parts of which one must stand beside a street.
const PLACES: u32 = bit(Piece::City) | bit(Piece::State) | bit(Piece::Postcode) | bit(Piece::District);

fn is_whole(parts: u32) -> bool {
    let address = parts & bit(Piece::Street) != 0 && parts & PLACES != 0;
    address || parts & bit(Piece::Given) != 0 && parts & bit(Piece::Surname) != 0
}

impl Groups {
    /// Takes the next column in.
    pub(super) fn add(&mut self, info: &ColumnInfo) {
        let member = info.role.as_ref().map(|role| {
            let key = (info.table(), info.above(), role.beside.clone(), role.part.is_of_name());
            let next = self.parts.len();
            let group = *self.known.entry(key).or_insert(next);
            if group == next {
                self.parts.push(0);
            }
            self.parts[group] |= bit(role.part);
            self.live |= is_whole(self.parts[group]);
            (group, role.part)
        });
        self.columns.push(member);
    }

    /// Says whether some columns may make a whole.
    pub(super) fn are_live(&self) -> bool {
        self.live
    }

    /// The wholes of a record, in the order of their first cells. Cells of one array element belong together.
    pub(super) fn wholes(&self, row: &Row) -> Vec<Whole> {
        let mut out: Vec<Whole> = Vec::new();
        for (index, field) in row.fields.iter().enumerate() {
            let Some(Some((group, part))) = self.columns.get(field.column as usize).copied() else { continue };
            if field.span.is_empty() || !is_whole(self.parts[group]) {
                continue;
            }
            let beside = |whole: &&mut Whole| {
                let first = &row.fields[whole.cells[0].0];
                let (held, own) = (row.indices_of(first), row.indices_of(field));
                // Most are empty: to compare nothing at no address costs some processors hundreds of cycles.
                whole.group == group && held.len() == own.len() && (own.is_empty() || held == own)
            };
            // Elements of an array follow one another: only the last few can be open.
            match out.iter_mut().rev().take(8).find(beside) {
                Some(whole) => whole.cells.push((index, part)),
                None => out.push(Whole { cells: vec![(index, part)], group }),
            }
        }
        out.retain(|whole| is_whole(whole.cells.iter().fold(0, |parts, (_, part)| parts | bit(*part))));
        out
    }
}

#[cfg(test)]
mod tests {
    use super::{Piece, Role};

    fn role(name: &str) -> Option<(Piece, String)> {
        Role::of(name).map(|role| (role.part, role.beside))
    }

    #[test]
    fn a_name_tells_its_part_and_what_stands_beside_it() {
        for (name, part, beside) in [
            ("street", Piece::Street, ""),
            ("AddressLine1", Piece::Street, ""),
            ("address_line_2", Piece::Unit, ""),
            ("BillingCity", Piece::City, "billing"),
            ("billing_address", Piece::Street, "billing"),
            ("shipping_address_city", Piece::City, "shipping"),
            ("ZIP", Piece::Postcode, ""),
            ("postalCode", Piece::Postcode, ""),
            ("barangay", Piece::District, ""),
            ("contactFirstName", Piece::Given, "contact"),
            ("contact_last_name", Piece::Surname, "contact"),
            ("house_number", Piece::House, ""),
        ] {
            assert_eq!(role(name), Some((part, beside.to_owned())), "{name}");
        }
        for name in ["city_id", "address_type", "email_address", "ip_address", "status", "capital", "", "order_total"] {
            assert_eq!(role(name), None, "{name}");
        }
    }
}
