//! Names of columns as tables of many countries have them: each asks for the values that it names.

use crate::run::{Desk, text};

/// Names, and what a cell below them holds.
#[rustfmt::skip]
const NAMES: &[(&str, &str, &[&str])] = &[
    ("person_name", "Quuxa Zyxwick", &[
        "FullName", "name_full", "FIRST_NM", "last_nm", "cust_name", "nombre_completo", "apellidoPaterno", "nom_de_famille", "Prénom", "Familienname",
        "tussenvoegsel", "sobrenome", "cognome", "imię", "nazwisko", "příjmení", "efternavn", "Förnamn", "sukunimi", "soyadı", "nama_lengkap", "họ tên",
        "姓名", "氏名", "성명", "ФИО", "Фамилия", "ονοματεπώνυμο", "الاسم الكامل",
    ]),
    ("date_of_birth", "1987-04-23", &[
        "DOB", "birthDt", "fec_nac", "FechaNacimiento", "date_de_naissance", "ddn", "Geb-Datum", "geboortedatum", "dt_nascimento", "data_di_nascita",
        "data_urodzenia", "datum_narození", "fødselsdato", "födelsedatum", "syntymäaika", "doğum_tarihi", "tgl_lahir", "ngày_sinh", "生年月日", "出生日期", "생년월일",
        "Дата рождения",
    ]),
];

#[test]
fn columns_are_known_by_their_names_in_many_languages() {
    let wanted: Vec<(&str, &str, &str)> =
        NAMES.iter().flat_map(|(entity, value, names)| names.iter().map(|name| (*entity, *value, *name))).collect();
    let header: Vec<&str> = std::iter::once("row_id").chain(wanted.iter().map(|(_, _, name)| *name)).collect();
    let row = |i: usize| {
        std::iter::once(i.to_string()).chain(wanted.iter().map(|(_, value, _)| (*value).to_owned())).collect::<Vec<_>>().join(",")
    };
    let table = std::iter::once(header.join(",")).chain((0..12).map(|i| row(i * 37 % 12))).collect::<Vec<_>>().join("\n");
    let desk = Desk::with(&[("a.csv", table.as_bytes())]);
    desk.scan(&[]);
    let columns = desk.columns();
    for (entity, _, name) in wanted {
        let is_found = |row: &&crate::run::Row| {
            text(row, "column_name") == name && text(row, "entity") == entity && text(row, "likelihood").ends_with("likely")
        };
        assert!(columns.iter().any(|row| is_found(&row)), "{name} as {entity}");
    }
}

#[test]
fn a_column_about_a_value_or_of_something_else_asks_for_none() {
    let names = ["file_name", "account_name", "product name", "birth_date_verified", "name_hash", "table_name"];
    let table = format!(
        "{}\n{}",
        names.join(","),
        "Quuxa Zyxwick,Office Supplies,Quuxa Zyxwick,1987-04-23,Quuxa Zyxwick,Quuxa Zyxwick\n".repeat(12)
    );
    let desk = Desk::with(&[("a.csv", table.as_bytes())]);
    desk.scan(&[]);
    assert!(desk.columns().iter().all(|row| !text(row, "likelihood").ends_with("likely")), "{:?}", desk.columns());
}
