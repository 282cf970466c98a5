//! Places of the United States: states and territories, the ZIP prefixes of each, large cities, names of the country.
//!
//! Origin: USPS Publication 28, Appendix B (state and possession abbreviations, military "states"); USPS labelling list
//! L002 (three-digit ZIP prefixes by state); U.S. Census Bureau list of the most populous places.

/// Abbreviation, name and further written forms, and ranges of three-digit ZIP prefixes.
pub struct State {
    /// Two letters, lower case.
    pub code: &'static str,
    /// Names and longer abbreviations, lower case, without dots.
    pub names: &'static [&'static str],
    /// Inclusive ranges of the first three digits of its ZIP codes.
    pub zips: &'static [(u16, u16)],
}

const fn state(code: &'static str, names: &'static [&'static str], zips: &'static [(u16, u16)]) -> State {
    State { code, names, zips }
}

/// All states, territories and military mail regions.
pub const STATES: &[State] = &[
    state("al", &["alabama", "ala"], &[(350, 369)]),
    state("ak", &["alaska"], &[(995, 999)]),
    state("az", &["arizona", "ariz"], &[(850, 865)]),
    state("ar", &["arkansas", "ark"], &[(716, 729)]),
    state("ca", &["california", "calif", "cal"], &[(900, 961)]),
    state("co", &["colorado", "colo"], &[(800, 816)]),
    state("ct", &["connecticut", "conn"], &[(60, 69)]),
    state("de", &["delaware"], &[(197, 199)]),
    state("dc", &["district of columbia"], &[(200, 205), (569, 569)]),
    state("fl", &["florida", "fla"], &[(320, 349)]),
    state("ga", &["georgia"], &[(300, 319), (398, 399)]),
    state("hi", &["hawaii"], &[(967, 968)]),
    state("id", &["idaho"], &[(832, 838)]),
    state("il", &["illinois", "ill"], &[(600, 629)]),
    state("in", &["indiana"], &[(460, 479)]),
    state("ia", &["iowa"], &[(500, 528)]),
    state("ks", &["kansas", "kans"], &[(660, 679)]),
    state("ky", &["kentucky"], &[(400, 427)]),
    state("la", &["louisiana"], &[(700, 714)]),
    state("me", &["maine"], &[(39, 49)]),
    state("md", &["maryland"], &[(206, 219)]),
    state("ma", &["massachusetts", "mass"], &[(10, 27), (55, 55)]),
    state("mi", &["michigan", "mich"], &[(480, 499)]),
    state("mn", &["minnesota", "minn"], &[(550, 567)]),
    state("ms", &["mississippi"], &[(386, 397)]),
    state("mo", &["missouri"], &[(630, 658)]),
    state("mt", &["montana"], &[(590, 599)]),
    state("ne", &["nebraska"], &[(680, 693)]),
    state("nv", &["nevada"], &[(889, 898)]),
    state("nh", &["new hampshire"], &[(30, 38)]),
    state("nj", &["new jersey"], &[(70, 89)]),
    state("nm", &["new mexico"], &[(870, 884)]),
    state("ny", &["new york"], &[(5, 5), (63, 63), (100, 149)]),
    state("nc", &["north carolina"], &[(269, 289)]),
    state("nd", &["north dakota"], &[(580, 588)]),
    state("oh", &["ohio"], &[(430, 459)]),
    state("ok", &["oklahoma", "okla"], &[(730, 749)]),
    state("or", &["oregon", "ore"], &[(970, 979)]),
    state("pa", &["pennsylvania", "penn"], &[(150, 196)]),
    state("ri", &["rhode island"], &[(28, 29)]),
    state("sc", &["south carolina"], &[(290, 299)]),
    state("sd", &["south dakota"], &[(570, 577)]),
    state("tn", &["tennessee", "tenn"], &[(370, 385)]),
    state("tx", &["texas", "tex"], &[(733, 733), (750, 799), (885, 885)]),
    state("ut", &["utah"], &[(840, 847)]),
    state("vt", &["vermont"], &[(50, 54), (56, 59)]),
    state("va", &["virginia"], &[(201, 201), (220, 246)]),
    state("wa", &["washington", "wash"], &[(980, 994)]),
    state("wv", &["west virginia"], &[(247, 268)]),
    state("wi", &["wisconsin", "wis"], &[(530, 549)]),
    state("wy", &["wyoming"], &[(820, 831), (834, 834)]),
    state("pr", &["puerto rico"], &[(6, 7), (9, 9)]),
    state("vi", &["virgin islands", "us virgin islands"], &[(8, 8)]),
    state("gu", &["guam"], &[(969, 969)]),
    state("as", &["american samoa"], &[(967, 967)]),
    state("mp", &["northern mariana islands"], &[(969, 969)]),
    state("aa", &[], &[(340, 340)]),
    state("ae", &[], &[(90, 98)]),
    state("ap", &[], &[(962, 966)]),
];

/// Says whether a ZIP code's first three digits belong to a state; `state` counts from 1, as the lexicon keeps it.
#[must_use]
pub fn zip_belongs(state: u8, prefix: u16) -> bool {
    let Some(state) = usize::from(state).checked_sub(1).and_then(|i| STATES.get(i)) else { return false };
    state.zips.iter().any(|&(low, high)| (low..=high).contains(&prefix))
}

/// Names of the country.
pub const COUNTRY: &str = "usa|us|united states|united states of america";

/// Large cities, for addresses that end with the city.
pub const CITIES: &str = "
    akron|albany|albuquerque|alexandria|allentown|amarillo|anaheim|anchorage|ann arbor|arlington|atlanta|augusta|aurora|austin
    bakersfield|baltimore|baton rouge|beaumont|bellevue|berkeley|billings|birmingham|boise|boston|boulder|bronx|brooklyn|brownsville
    buffalo|burbank|cambridge|cape coral|cary|cedar rapids|chandler|charleston|charlotte|chattanooga|chesapeake|chicago
    chula vista|cincinnati|clarksville|cleveland|colorado springs|columbia|columbus|corpus christi|costa mesa|dallas|daly city
    davenport|dayton|denton|denver|des moines|detroit|durham|el paso|elk grove|eugene|evanston|evansville|everett|fayetteville
    fort collins|fort lauderdale|fort wayne|fort worth|fremont|fresno|frisco|fullerton|garden grove|garland|gilbert|glendale
    grand prairie|grand rapids|green bay|greensboro|hampton|hartford|hayward|henderson|hialeah|hollywood|honolulu|houston
    huntington beach|huntsville|independence|indianapolis|irvine|irving|jackson|jacksonville|jersey city|joliet|kansas city
    killeen|knoxville|lafayette|lakewood|lancaster|lansing|laredo|las cruces|las vegas|lexington|lincoln|little rock|long beach
    los angeles|louisville|lowell|lubbock|madison|manchester|mcallen|mckinney|memphis|mesa|mesquite|miami|midland|milwaukee
    minneapolis|mobile|modesto|montgomery|murfreesboro|naperville|nashville|new haven|new orleans|new york|new york city|newark|newport news
    norfolk|norman|north las vegas|oakland|oceanside|oklahoma city|olathe|omaha|ontario|orange|orlando|overland park|oxnard
    palmdale|palo alto|pasadena|paterson|pembroke pines|peoria|philadelphia|phoenix|pittsburgh|plano|pomona|portland|providence
    provo|pueblo|queens|raleigh|rancho cucamonga|reno|richmond|riverside|roanoke|rochester|rockford|roseville|sacramento
    saint louis|saint paul|salem|salinas|salt lake city|san antonio|san bernardino|san diego|san francisco|san jose|san mateo
    santa ana|santa barbara|santa clara|santa monica|santa rosa|savannah|scottsdale|seattle|shreveport|simi valley|sioux falls
    spokane|springfield|st louis|st paul|st petersburg|stamford|staten island|sterling heights|stockton|sunnyvale|syracuse
    tacoma|tallahassee|tampa|tempe|thousand oaks|toledo|topeka|torrance|tucson|tulsa|vallejo|vancouver|virginia beach|waco
    washington|waterbury|wichita|wilmington|winston-salem|worcester|yonkers";

#[cfg(test)]
mod tests {
    use super::{STATES, zip_belongs};

    #[test]
    fn every_state_has_two_letters_and_a_range() {
        assert!(STATES.len() < 63, "the lexicon keeps the index in six bits");
        for state in STATES {
            assert_eq!(state.code.len(), 2);
            assert!(state.zips.iter().all(|(low, high)| low <= high && *high < 1000), "{}", state.code);
        }
    }

    #[test]
    fn zip_prefix_names_its_state() {
        let index = |code| u8::try_from(STATES.iter().position(|s| s.code == code).expect("listed") + 1).expect("few states");
        assert!(zip_belongs(index("tx"), 770) && zip_belongs(index("ny"), 101));
        assert!(!zip_belongs(index("tx"), 101) && !zip_belongs(0, 101));
    }
}
