//! Numbers of persons in the Americas. The official definition of each stands in its pattern file.

use super::scheme::{CELL, Form, Judge, MARKED, NONE, Outcome, PLAIN, Scheme, checked, form, only, plausible, unchecked};
use crate::detect::check::calendar::{in_some_century, two, yymmdd};
use crate::detect::check::weighted::{digit, ends_with, luhn, number, sum, value};
use crate::pattern::IdCheck;

const fn scheme(check: IdCheck, region: &[u8; 2], forms: &'static [Form], judge: Judge, rarity: u16) -> Scheme {
    Scheme { check, region: Some(*region), forms, judge, rarity }
}

#[rustfmt::skip]
pub(super) const SCHEMES: &[Scheme] = &[
    scheme(IdCheck::ArCuit, b"AR", &[form("99-99999999-9", MARKED)], ar_cuit, 69),
    scheme(IdCheck::ArDni, b"AR", &[form("99.999.999", NONE), form("9.999.999", NONE)], ar_dni, 0),
    scheme(IdCheck::BrCnpj, b"BR", &[form("99.999.999/9999-99", MARKED)], br_cnpj, 69),
    scheme(IdCheck::BrCpf, b"BR", &[form("999.999.999-99", MARKED), only("999999999-99", PLAIN)], br_cpf, 69),
    scheme(IdCheck::CaBusinessNumber, b"CA", &[form("999999999 AA9999", PLAIN), only("99999 9999 AA 9999", MARKED)], ca_business_number, 110),
    scheme(IdCheck::CaDriverLicense, b"CA", &[form("A9999-99999-99999", MARKED), form("A9999-999999-99", MARKED), only("9999999", NONE), only("999999-999", NONE)], ca_driver_license, 0),
    scheme(IdCheck::CaPassport, b"CA", &[only("AA999999", NONE), only("A999999AA", NONE)], any, 0),
    scheme(IdCheck::CaSin, b"CA", &[form("999-999-999", PLAIN), only("999 999 999", 20)], ca_sin, 33),
    scheme(IdCheck::ClRut, b"CL", &[form("99.999.999-X", MARKED), form("9.999.999-X", MARKED), only("99999999-X", PLAIN), only("9999999-X", PLAIN)], cl_rut, 34),
    scheme(IdCheck::CoNit, b"CO", &[form("999.999.999-9", MARKED), only("9.999.999.999-9", MARKED), only("99.999.999-9", MARKED), only("99999999-9", NONE), only("999999999-9", PLAIN), only("9999999999-9", PLAIN)], co_nit, 34),
    scheme(IdCheck::CrCedula, b"CR", &[form("9-9999-9999", 66), only("99-9999-9999", PLAIN)], cr_cedula, 0),
    scheme(IdCheck::DoCedula, b"DO", &[form("999-9999999-9", MARKED)], do_cedula, 33),
    scheme(IdCheck::EcCedula, b"EC", &[form("999999999-9", 28)], ec_cedula, 61),
    scheme(IdCheck::GtNit, b"GT", &[only("999999-X", NONE), only("9999999-X", NONE), only("99999999-X", NONE)], gt_nit, 34),
    scheme(IdCheck::MxCurp, b"MX", &[only("AAAA999999AAAAAAX9", NONE)], mx_curp, 200),
    scheme(IdCheck::MxNss, b"MX", &[form("99-99-99-9999-9", MARKED)], mx_nss, 33),
    scheme(IdCheck::MxRfc, b"MX", &[form(concat!("AAAA-999999-X", "XX"), MARKED), form(concat!("AAA-999999-X", "XX"), MARKED)], mx_rfc, 112),
    scheme(IdCheck::PeDni, b"PE", &[only("99999999", NONE), only("99999999-X", 28), only("99999999A", NONE)], pe_dni, 34),
    scheme(IdCheck::PeRuc, b"PE", &[only("99999999999", NONE)], pe_ruc, 80),
    scheme(IdCheck::PyRuc, b"PY", &[only("9999999-9", NONE), only("99999999-9", NONE)], py_ruc, 34),
    scheme(IdCheck::UsAtin, b"US", &[form("999-99-9999", MARKED)], us_atin, 99),
    scheme(IdCheck::UsDriverLicense, b"US", &[
        only("A9999999", NONE), only("A99999999", NONE), only("A999999999", NONE), only("A99999999999", NONE), only("A999999999999", NONE),
        only("A99999999999999", NONE), only("A999-9999-9999", PLAIN), only("A999-999-99-999-9", MARKED), only("A999-999-999-999", PLAIN),
        only("A9999-99999-99999", PLAIN), only("A999-9999-9999-99", PLAIN), only("A-999-999-999-999", PLAIN), only("99-999-9999", NONE), only("999-999-999", NONE), only("999 999 999", NONE),
        only("AA999999", NONE), only("AA999999A", NONE), only("AA9999999", NONE), only("9999999", NONE), only("99999999", NONE), only("999999999", NONE), only("9999999999", NONE),
        only("99999999999", NONE), only("999999999999", NONE), only("AAAAAXX999XX", NONE), only("AAAAA999999A9", NONE)], any, 0),
    scheme(IdCheck::UsEin, b"US", &[only("99-9999999", NONE), only("999999999", CELL)], us_ein, 0),
    scheme(IdCheck::UsItin, b"US", &[form("999-99-9999", MARKED)], us_itin, 44),
    scheme(IdCheck::UsMbi, b"US", &[form("9AX9-AX9-AA99", MARKED)], us_mbi, 99),
    scheme(IdCheck::UsPassport, b"US", &[only("999999999", NONE), only("A99999999", NONE)], any, 0),
    scheme(IdCheck::UsPtin, b"US", &[form("A-99999999", PLAIN)], us_ptin, 70),
    scheme(IdCheck::UyCi, b"UY", &[form("9.999.999-9", MARKED), only("9999999-9", 30)], uy_ci, 33),
    scheme(IdCheck::UyRut, b"UY", &[form("99-999999-9999", MARKED)], uy_rut, 115),
    scheme(IdCheck::VeRif, b"VE", &[form("A-99999999-9", MARKED), only("A-999999999", PLAIN)], ve_rif, 58),
];

/// A shape without more structure.
fn any(_: &[u8]) -> Outcome {
    Outcome::Plausible
}

/// The same digit throughout passes many checks and is nobody's.
fn one_digit(t: &[u8]) -> bool {
    t.iter().all(|byte| *byte == t[0])
}

/// Weights 2, 3, 4 … from the right, beginning again after `most`.
fn rising(t: &[u8], most: u32) -> u32 {
    t.iter().rev().zip((2..=most).cycle()).map(|(byte, weight)| digit(*byte) * weight).sum()
}

fn ar_cuit(t: &[u8]) -> Outcome {
    let kind = matches!(two(&t[..2]), 20 | 23..=27 | 30 | 33 | 34 | 50 | 51 | 55);
    let check = (11 - rising(&t[..10], 7) % 11) % 11;
    checked(kind, check == digit(t[10]))
}

fn ar_dni(t: &[u8]) -> Outcome {
    plausible(t[0] != b'0')
}

/// Brazil's check: 11 less the remainder, zero for ten and eleven.
fn brazil(total: u32) -> u32 {
    if total % 11 < 2 { 0 } else { 11 - total % 11 }
}

fn br_cpf(t: &[u8]) -> Outcome {
    checked(!one_digit(t), brazil(rising(&t[..9], 10)) == digit(t[9]) && brazil(rising(&t[..10], 11)) == digit(t[10]))
}

fn br_cnpj(t: &[u8]) -> Outcome {
    checked(!one_digit(t), brazil(rising(&t[..12], 9)) == digit(t[12]) && brazil(rising(&t[..13], 9)) == digit(t[13]))
}

fn ca_business_number(t: &[u8]) -> Outcome {
    let account = [b"RC", b"RM", b"RP", b"RT", b"RR", b"RZ"].iter().any(|kind| t[9..11] == **kind);
    checked(account, luhn(&t[..9]))
}

fn ca_driver_license(t: &[u8]) -> Outcome {
    match t.len() {
        // Ontario ends with the date of birth, women's months with 50 more. Quebec has DDMMYY.
        15 => plausible(in_some_century(two(&t[9..11]), two(&t[11..13]) % 50, two(&t[13..15]))),
        13 => plausible(in_some_century(two(&t[9..11]), two(&t[7..9]) % 50, two(&t[5..7]))),
        _ => Outcome::Plausible,
    }
}

fn ca_sin(t: &[u8]) -> Outcome {
    // 0 stands for fictitious numbers, 8 is not given.
    checked(!matches!(t[0], b'0' | b'8'), luhn(t))
}

fn cl_rut(t: &[u8]) -> Outcome {
    let (last, body) = (t[t.len() - 1], &t[..t.len() - 1]);
    checked(last.is_ascii_digit() || last == b'K', ends_with(&[last], (11 - rising(body, 7) % 11) % 11, b'K') && !one_digit(t))
}

fn co_nit(t: &[u8]) -> Outcome {
    let weights = [3, 7, 13, 17, 19, 23, 29, 37, 41, 43];
    let total: u32 = t[..t.len() - 1].iter().rev().zip(weights).map(|(byte, weight)| digit(*byte) * weight).sum();
    let check = if total % 11 < 2 { total % 11 } else { 11 - total % 11 };
    checked(t[0] != b'0', check == digit(t[t.len() - 1]))
}

fn cr_cedula(t: &[u8]) -> Outcome {
    plausible(t[0] != b'0' && (t.len() == 9 || t[0] == b'1'))
}

fn do_cedula(t: &[u8]) -> Outcome {
    checked(!one_digit(t), luhn(t))
}

fn ec_cedula(t: &[u8]) -> Outcome {
    checked(matches!(two(&t[..2]), 1..=24 | 30) && t[2] < b'6', luhn(t))
}

fn gt_nit(t: &[u8]) -> Outcome {
    let body = &t[..t.len() - 1];
    checked(number(body) > 0, ends_with(t, (11 - rising(body, 12) % 11) % 11, b'K'))
}

fn mx_curp(t: &[u8]) -> Outcome {
    const STATES: &[u8] = b"ASBCBSCCCLCMCSCHDFDGGTGRHGJCMCMNMSNTNLOCPLQTQRSPSLSRTCTSTLVZYNZSNE";
    let state = STATES.chunks(2).any(|state| t[11..13] == *state);
    let vowel = b"AEIOUX".contains(&t[1]);
    let consonants = t[13..16].iter().all(|b| !b"AEIOU".contains(b));
    let structure = state && vowel && consonants && yymmdd(&t[4..]) && matches!(t[10], b'H' | b'M' | b'X');
    // The alphabet has Ñ between N and O.
    let n = |byte: u8| value(byte) + u32::from(byte > b'N');
    let total: u32 = t[..17].iter().zip((2..=18).rev()).map(|(byte, weight)| n(*byte) * weight).sum();
    checked(structure, (10 - total % 10) % 10 == digit(t[17]))
}

fn mx_nss(t: &[u8]) -> Outcome {
    checked(two(&t[..2]) > 0, luhn(t))
}

/// The last three characters are given by the tax office, and old ones do not all keep to the check.
fn mx_rfc(t: &[u8]) -> Outcome {
    let date = yymmdd(&t[t.len() - 9..]);
    // The alphabet has `&` between N and O; names of companies are filled up by a space, worth 37.
    let n = |byte: u8| value(byte) + u32::from(byte > b'N');
    let filled = if t.len() == 12 { 37 * 13 } else { 0 };
    let total: u32 = filled + t[..t.len() - 1].iter().rev().zip(2..).map(|(byte, weight)| n(*byte) * weight).sum::<u32>();
    let right = match (11 - total % 11, t[t.len() - 1]) {
        (11, last) => last == b'0',
        (10, last) => last == b'A',
        (check, last) => last.is_ascii_digit() && digit(last) == check,
    };
    if date && right { Outcome::Passed } else { unchecked(date) }
}

/// The ninth character is one of two: a digit on newer documents, a letter on older ones.
fn pe_dni(t: &[u8]) -> Outcome {
    if t.len() == 8 {
        return unchecked(true);
    }
    let rest = sum(t, &[3, 2, 7, 6, 5, 4, 3, 2]) as usize % 11;
    checked(!one_digit(&t[..8]), t[8] == b"65432110987"[rest] || t[8] == b"KJIHGFEDCBA"[rest])
}

fn pe_ruc(t: &[u8]) -> Outcome {
    let check = (11 - rising(&t[..10], 7) % 11) % 10;
    checked(matches!(two(&t[..2]), 10 | 15 | 16 | 17 | 20), check == digit(t[10]))
}

fn py_ruc(t: &[u8]) -> Outcome {
    let body = &t[..t.len() - 1];
    checked(number(body) > 0, (11 - rising(body, 12) % 11) % 11 % 10 == digit(t[t.len() - 1]))
}

fn us_atin(t: &[u8]) -> Outcome {
    plausible(t[0] == b'9' && two(&t[3..5]) == 93)
}

/// Prefixes that the Internal Revenue Service has given out.
fn us_ein(t: &[u8]) -> Outcome {
    let assigned = !matches!(two(&t[..2]), 0 | 7..=9 | 17..=19 | 28 | 29 | 49 | 69 | 70 | 78 | 79 | 89 | 96 | 97);
    // The list grows: where a word says what it is, an unknown prefix is none against it.
    if assigned { Outcome::Plausible } else { unchecked(number(&t[2..]) > 0) }
}

fn us_itin(t: &[u8]) -> Outcome {
    plausible(t[0] == b'9' && matches!(two(&t[3..5]), 50..=65 | 70..=88 | 90..=92 | 94..=99))
}

/// Letters are those that look like no digit: not S, L, O, I, B, Z.
fn us_mbi(t: &[u8]) -> Outcome {
    plausible(t[0] != b'0' && t.iter().all(|b| !b"SLOIBZ".contains(b)))
}

fn us_ptin(t: &[u8]) -> Outcome {
    plausible(t[0] == b'P' && t[1] == b'0' && number(&t[1..]) > 0)
}

fn uy_ci(t: &[u8]) -> Outcome {
    checked(!one_digit(t), (10 - sum(t, &[2, 9, 8, 7, 6, 3, 4]) % 10) % 10 == digit(t[7]))
}

fn uy_rut(t: &[u8]) -> Outcome {
    let structure = matches!(two(&t[..2]), 1..=22) && number(&t[2..8]) > 0 && two(&t[8..10]) == 0;
    checked(structure, (11 - sum(t, &[4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]) % 11) % 11 == digit(t[11]))
}

fn ve_rif(t: &[u8]) -> Outcome {
    let kind = match t[0] {
        b'V' => 4,
        b'E' => 8,
        b'J' => 12,
        b'P' => 16,
        b'G' => 20,
        _ => return Outcome::Impossible,
    };
    let rest = (kind + sum(&t[1..], &[3, 2, 7, 6, 5, 4, 3, 2])) % 11;
    checked(number(&t[1..9]) > 0, t[9] == b"00987654321"[rest as usize])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_specimens_pass() {
        let specimens: [(Judge, &[u8]); 8] = [
            (br_cpf, b"11144477735"),
            (br_cnpj, b"11222333000181"),
            (ca_business_number, b"123456782RT0001"),
            (mx_rfc, b"GODE561231GR8"),
            (cl_rut, b"123456785"),
            (gt_nit, b"576937K"),
            (py_ruc, b"800280610"),
            (ve_rif, b"V114702834"),
        ];
        for (judge, text) in specimens {
            assert_eq!(judge(text), Outcome::Passed, "{}", String::from_utf8_lossy(text));
        }
        assert_eq!(us_mbi(b"1EG4TE5MK73"), Outcome::Plausible);
        assert_eq!(us_mbi(b"1BG4TE5MK73"), Outcome::Impossible);
    }
}
