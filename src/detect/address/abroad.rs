//! Postal codes of countries whose addresses are written like American ones, and the provinces and states among them.
//!
//! Origin: Canada Post (`A1A 1A1`, without D F I O Q U, no W or Z first; the first letter tells the province), the postcode
//! forms and areas of Royal Mail's PAF guide, Eircode (a routing key and four characters), Australia Post (four digits, by
//! state), Singapore Post (six digits, of which the first two are a sector from 01 to 82), New Zealand Post (four digits).

use super::token::{Gap, Shape, Tokens};

/// Province or state of Canada or Australia.
pub struct Province {
    /// Lower case.
    pub code: &'static str,
    pub names: &'static [&'static str],
    country: [u8; 2],
    /// First letters of its postal codes in Canada.
    letters: &'static [u8],
    /// Its postal codes in Australia.
    codes: &'static [(u32, u32)],
}

const fn canadian(code: &'static str, names: &'static [&'static str], letters: &'static [u8]) -> Province {
    Province { code, names, country: *b"CA", letters, codes: &[] }
}

const fn australian(code: &'static str, names: &'static [&'static str], codes: &'static [(u32, u32)]) -> Province {
    Province { code, names, country: *b"AU", letters: &[], codes }
}

/// Index of the first of [`PROVINCES`] among states, behind those of the United States.
pub const FIRST_PROVINCE: usize = 80;

/// `WA` is Washington: Western Australia is known by its name alone, and by a code that nobody writes.
pub const PROVINCES: &[Province] = &[
    canadian("on", &["ontario"], b"KLMNP"),
    canadian("qc", &["quebec", "québec"], b"GHJ"),
    canadian("bc", &["british columbia", "colombie-britannique"], b"V"),
    canadian("ab", &["alberta"], b"T"),
    canadian("mb", &["manitoba"], b"R"),
    canadian("sk", &["saskatchewan"], b"S"),
    canadian("ns", &["nova scotia", "nouvelle-écosse"], b"B"),
    canadian("nb", &["new brunswick", "nouveau-brunswick"], b"E"),
    canadian("nl", &["newfoundland and labrador", "newfoundland"], b"A"),
    canadian("pe", &["prince edward island"], b"C"),
    canadian("yt", &["yukon"], b"Y"),
    canadian("nu", &["nunavut"], b"X"),
    canadian("pq", &[], b"GHJ"),
    australian("nsw", &["new south wales"], &[(1000, 2599), (2619, 2899), (2921, 2999)]),
    australian("vic", &["victoria"], &[(3000, 3999), (8000, 8999)]),
    australian("qld", &["queensland"], &[(4000, 4999), (9000, 9999)]),
    australian("act", &["australian capital territory"], &[(200, 299), (2600, 2618), (2900, 2920)]),
    australian("tas", &["tasmania"], &[(7000, 7999)]),
    australian("nt", &["northern territory"], &[(800, 999)]),
    australian("sa", &["south australia"], &[(5000, 5999)]),
    australian("wau", &["western australia"], &[(6000, 6999)]),
];

/// Large cities whose four digits, or six in Singapore, close an address, and others that end one: they are read as American
/// cities are.
pub const CITIES: &[(&str, &str)] = &[
    (
        "AU",
        "sydney|melbourne|brisbane|perth|adelaide|canberra|hobart|darwin|gold coast|newcastle|wollongong|geelong|townsville|cairns|toowoomba
        ballarat|bendigo|launceston|parramatta|fremantle|penrith|mackay|rockhampton|bunbury|sunshine coast",
    ),
    ("NZ", "auckland|wellington|christchurch|hamilton|tauranga|dunedin|palmerston north|nelson|rotorua|napier|invercargill|whangarei|queenstown"),
    ("SG", "singapore"),
    (
        "GB",
        "london|birmingham|manchester|glasgow|liverpool|leeds|sheffield|edinburgh|bristol|leicester|coventry|bradford|cardiff|belfast|nottingham
        hull|newcastle upon tyne|stoke-on-trent|southampton|derby|portsmouth|brighton|plymouth|northampton|reading|luton|wolverhampton|bolton
        bournemouth|norwich|swindon|swansea|southend-on-sea|middlesbrough|peterborough|cambridge|oxford|york|exeter|gloucester|ipswich|aberdeen
        dundee|inverness|milton keynes|sunderland|blackpool|huddersfield|stockport|slough|watford|croydon",
    ),
    ("IE", "dublin|cork|limerick|galway|waterford|drogheda|dundalk|swords|kilkenny|sligo|athlone"),
    (
        "CA",
        "toronto|montreal|montréal|calgary|ottawa|edmonton|mississauga|winnipeg|brampton|surrey|laval|halifax|london|markham|vaughan|gatineau
        saskatoon|kitchener|longueuil|burnaby|windsor|regina|oakville|richmond hill|burlington|sherbrooke|oshawa|saguenay|lévis|barrie
        abbotsford|st catharines|trois-rivières|cambridge|kingston|whitby|guelph|kelowna|victoria|vancouver|québec|quebec|moncton|fredericton",
    ),
];

/// The country of a place's index in [`CITIES`].
pub fn city_country(index: u8) -> Option<[u8; 2]> {
    CITIES.get(usize::from(index)).and_then(|(code, _)| code.as_bytes().try_into().ok())
}

/// Whether digits are a postal code of the country that a city is in.
pub fn closes_city(country: [u8; 2], digits: &[u8]) -> bool {
    match (&country, digits.len()) {
        (b"AU" | b"NZ", 4) => digits[0] != b'0' || country == *b"NZ" || digits.starts_with(b"08"),
        // Sectors 01 to 82.
        (b"SG", 6) => (b"01".as_slice()..=b"82".as_slice()).contains(&&digits[..2]),
        _ => false,
    }
}

/// The country of a state's index, where it is not the United States.
pub fn country(state: u8) -> Option<[u8; 2]> {
    province(state).map(|province| province.country)
}

fn province(state: u8) -> Option<&'static Province> {
    PROVINCES.get(usize::from(state).checked_sub(FIRST_PROVINCE + 1)?)
}

/// Words of the postal code at `index` behind a province, and whether it is one of the province's.
pub fn province_code(tokens: &Tokens, index: usize, state: u8) -> Option<(usize, bool)> {
    let province = province(state)?;
    let token = tokens.get(index)?;
    if province.country == *b"CA" {
        let (words, country) = postal_code(tokens, index)?;
        let first = tokens.bytes(token)[0].to_ascii_uppercase();
        return (country == *b"CA").then_some((words, province.letters.contains(&first)));
    }
    let digits = token.shape == Shape::Digits && token.end - token.start == 4;
    let code = || tokens.bytes(token).iter().fold(0, |sum, byte| sum * 10 + u32::from(byte - b'0'));
    digits.then(|| (1, province.codes.iter().any(|(low, high)| (*low..=*high).contains(&code()))))
}

/// Words of the postal code at `index`, and its country.
pub fn postal_code(tokens: &Tokens, index: usize) -> Option<(usize, [u8; 2])> {
    let first = tokens.get(index)?;
    if !first.is_number() {
        return None;
    }
    if let Some(country) = joined(tokens.bytes(first)) {
        return Some((1, country));
    }
    let second = tokens.get(index + 1)?;
    if !second.is_number() && second.shape != Shape::Upper || second.gap != Gap::Space {
        return None;
    }
    let (first, second) = (tokens.bytes(first), tokens.bytes(second));
    if (form(first, "LDD") || first == b"D6W") && second.len() == 4 && is_eircode(second) {
        return Some((2, *b"IE"));
    }
    if form(first, "LDL") && form(second, "DLD") && !b"DFIOQUWZ".contains(&first[0]) {
        return Some((2, *b"CA"));
    }
    let outward = ["LD", "LDD", "LLD", "LLDD", "LDL", "LLDL"].iter().any(|pattern| form(first, pattern));
    (outward && form(second, "DLL")).then_some((2, *b"GB"))
}

/// `N13LY`, `H2G3H1`, and `SE1-9AB` never: a code of one word.
fn joined(word: &[u8]) -> Option<[u8; 2]> {
    if !(5..=7).contains(&word.len()) || !word.is_ascii() {
        return None;
    }
    let (outward, inward) = word.split_at(word.len() - 3);
    if form(outward, "LDL") && form(inward, "DLD") && !b"DFIOQUWZ".contains(&outward[0]) {
        return Some(*b"CA");
    }
    let british = ["LD", "LDD", "LLD", "LLDD", "LDL", "LLDL"].iter().any(|pattern| form(outward, pattern));
    (british && form(inward, "DLL") && AREAS.split(' ').any(|area| outward.starts_with(area.as_bytes()))).then_some(*b"GB")
}

/// Postcode areas of the United Kingdom.
const AREAS: &str = "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G GL GU \
HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S \
SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE";

/// The four characters behind a routing key: no letters that look like others.
fn is_eircode(word: &[u8]) -> bool {
    word.iter().all(|byte| byte.is_ascii_digit() || b"ACDEFHKNPRTVWXY".contains(byte)) && word.iter().any(u8::is_ascii_digit)
}

/// Says whether a word is made of capitals (`L`) and digits (`D`) as the pattern says.
fn form(word: &[u8], pattern: &str) -> bool {
    let fits = |(byte, kind): (&u8, u8)| if kind == b'L' { byte.is_ascii_uppercase() } else { byte.is_ascii_digit() };
    word.len() == pattern.len() && word.iter().zip(pattern.bytes()).all(fits)
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::{Flags, Lexicon};
    use super::{Tokens, postal_code};

    #[test]
    fn codes_of_two_words_name_their_country() {
        let country = |text: &str| {
            let tokens = Tokens::cut(text.as_bytes(), 0, &Lexicon::new(), Flags::ALL);
            postal_code(&tokens, 0).map(|(_, country)| country)
        };
        assert_eq!(country(" K9Z 9Z9"), Some(*b"CA"));
        assert_eq!(country(" QX9 9ZZ"), Some(*b"GB"));
        assert_eq!(country(" 9QX 9ZZ"), None);
        assert_eq!(country(" D02 X285"), Some(*b"IE"));
        assert_eq!((country(" N13LY"), country(" QQ13LY"), country(" H2G3H1")), (Some(*b"GB"), None, Some(*b"CA")));
    }
}
